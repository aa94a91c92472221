/* What is typed in the panel of positions: letters and words of a decision, sides and state of a disagreement, and lines that are none of these. */
#include "tui/live_panel.h"

#include <string.h>

#include "core/names.h"
#include "core/text.h"

struct letter {
    char letter;
    const char *words; /* with ": " at the end: the person's own follow */
};

static const struct letter decision_letters[] = {
    {'a', "agrees"}, {'r', "agrees with reservations: "}, {'d', "disagrees: "}, {'n', "no position"}, {'k', "not asked"}, {'b', "absent"},
};
static const struct letter state_letters[] = {{'o', "open"}, {'r', "resolved: "}, {'a', "agreed to differ"}, {'e', "escalated: "}};

static const char *const decision_words[] = {"agrees", "agrees with reservations: ", "disagrees: ", "no position", "not asked", "absent", NULL};
static const char *const state_words[] = {"open", "resolved: ", "agreed to differ", "escalated: ", NULL};

static bool of_decision(const struct live *live)
{
    const struct entry *e = record_entry(live->session.record, live->panel->entry);
    return e != NULL && e->kind == ENTRY_DECISION;
}

static bool of_state(const struct live *live)
{
    return live->panel->name.n == 0;
}

const char *const *panel_words(const struct live *live)
{
    return of_state(live) ? state_words : of_decision(live) ? decision_words : NULL;
}

const char *panel_letters(const struct live *live, int columns)
{
    if (of_state(live))
        return columns >= 60 ? "o open  r resolved  a agreed to differ  e escalated  ; next: \xe2\x80\xa6" : "o open r resolved a differ e escal.";
    if (of_decision(live))
        return columns >= 75 ? "a agrees  r reservations  d disagrees  n no position  k not asked  b absent" : "a agrees r reserv. d disagr. n k b";
    return columns >= 60 ? "what they say themselves, and on what ground (basis: \xe2\x80\xa6)" : "their words (basis: \xe2\x80\xa6)";
}

/* ---- positions ---- */

/* One of the words stands there by itself, or with a sign of `ends` behind it. */
static bool begins_word(const char *text, const char *const *words, const char *ends)
{
    size_t n = strlen(text);
    for (; *words != NULL; words++) {
        size_t length = strcspn(*words, ":");
        char word[32];
        if (length >= sizeof word)
            BUG("a word of the panel is too long");
        memcpy(word, *words, length);
        word[length] = '\0';
        if (n < length || !text_same_word(text, length, word))
            continue;
        size_t after = length;
        while (text_blank(text[after]))
            after++;
        if (text[after] == '\0' || strchr(ends, text[after]) != NULL)
            return true;
    }
    return false;
}

/* "d", or "d she was not asked": the words for the letter, and what follows it. NULL: it is no such letter. */
static const char *for_letter(struct arena *arena, const struct letter *letters, size_t n, const char *text, bool *goes_on)
{
    for (size_t i = 0; i < n; i++) {
        char c = text[0] >= 'A' && text[0] <= 'Z' ? (char)(text[0] - 'A' + 'a') : text[0];
        bool own = strchr(letters[i].words, ':') != NULL;
        size_t after = 1;
        if (c != letters[i].letter || (text[1] != '\0' && !text_blank(text[1])))
            continue;
        while (text_blank(text[after]))
            after++;
        if (text[after] != '\0' && !own)
            return NULL;
        *goes_on = own && text[after] == '\0';
        return arena_printf(arena, "%s%s", letters[i].words, text + after);
    }
    return NULL;
}

static struct panel_meaning records(struct arena *arena, const char *name, const char *words)
{
    return (struct panel_meaning){.deed = PANEL_RECORDS, .name = name, .words = name == NULL ? words : arena_printf(arena, "- %s: %s", name, words)};
}

/* The letters and words of the row; PANEL_NO_POSITION: neither. */
static struct panel_meaning closed_words(const struct live *live, struct arena *arena, const char *name, const char *text)
{
    bool state = of_state(live), goes_on = false;
    const struct letter *letters = state ? state_letters : decision_letters;
    const char *words = for_letter(arena, letters, state ? NITEMS(state_letters) : NITEMS(decision_letters), text, &goes_on);
    if (words != NULL && goes_on)
        return (struct panel_meaning){.deed = PANEL_EXPANDS, .words = words};
    if (words == NULL && begins_word(text, state ? state_words : decision_words, state ? ":;" : ":"))
        words = text;
    if (words == NULL)
        return (struct panel_meaning){.deed = PANEL_NO_POSITION};
    return records(arena, state ? NULL : name, state ? arena_printf(arena, "= %s", words) : words);
}

/* ---- what belongs to the panel ---- */

/* Read as it stands, it is more than plain words: then it is a line of its own, and goes where it would have gone. */
static bool leaves(const struct live *live, struct arena *arena, const char *text, struct panel_meaning *out)
{
    struct notation_reader reader = live->session.reader;
    struct preview p = {0};
    reader.arena = arena;
    reader.section = SECTION_BODY;
    reader.stamp = TIME_NONE;
    notation_preview(&reader, live->session.record, text, strlen(text), &p);
    bool plain = p.is_entry && p.has_fact && (p.kind == ENTRY_NOTE || p.kind == ENTRY_SAID) && p.fact.time == TIME_NONE && p.fact.readers.n == 0 && !text_starts(text, "//");
    *out = (struct panel_meaning){.deed = PANEL_LEAVES, .summary = p.summary};
    return !plain;
}

/* "Mrs Okafor: agrees" names the person itself. */
static const struct attendee *named(const struct live *live, const char *text, const char **words)
{
    const struct attendee *person = NULL;
    size_t after = 0;
    bool known;
    if (names_speaker(live->session.record, text, strlen(text), &person, &after, &known) != NAMES_ONE)
        return NULL;
    *words = text + after;
    while (text_blank((*words)[0]))
        (*words)++;
    return (*words)[0] == '\0' ? NULL : person;
}

struct panel_meaning panel_meaning(const struct live *live, struct arena *arena, const char *text)
{
    struct panel_meaning meaning;
    const char *name = buf_str(&live->panel->name), *words;
    size_t n = strlen(text);
    text_trim(&text, &n);
    text = arena_strndup(arena, text, n);
    if (n == 0)
        return (struct panel_meaning){.deed = PANEL_NOTHING};
    if ((text[0] == '-' || text[0] == '=') && text_blank(text[1])) /* written out as in the notation: it is for this entry, whoever was asked */
        return records(arena, NULL, text);
    bool closed = panel_words(live) != NULL;
    meaning = closed ? closed_words(live, arena, name, text) : records(arena, name, text);
    if (closed && meaning.deed != PANEL_NO_POSITION)
        return meaning;
    const struct attendee *person = of_state(live) ? NULL : named(live, text, &words);
    struct panel_meaning other;
    if (leaves(live, arena, text, &other))
        return other;
    if (person != NULL)
        return closed ? closed_words(live, arena, person->name, words) : records(arena, person->name, words);
    return meaning;
}
