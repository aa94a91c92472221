/* What is typed in the panel of positions: letters and words of a decision, sides and state of a disagreement, and lines that are none of these. */
#include "tui/live_panel.h"

#include <string.h>

#include "core/names.h"
#include "core/text.h"

struct key_word {
    char letter;
    const char *words; /* with ": " at the end: the person's own follow */
};

static const struct key_word decision_letters[] = {
    {'a', "agrees"}, {'r', "agrees with reservations: "}, {'d', "disagrees: "}, {'n', "no position"}, {'k', "not asked"}, {'b', "absent"},
};
static const struct key_word state_letters[] = {{'o', "open"}, {'r', "resolved: "}, {'a', "agreed to differ"}, {'e', "escalated: "}};

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

/* The text when it begins with one of the words, alone or with a sign of `ends` behind it; a comma there becomes the colon that the notation
 * wants. NULL: it does not. */
static const char *with_word(struct arena *arena, const char *text, const char *const *words, const char *ends)
{
    size_t n = strlen(text);
    for (; *words != NULL; words++) {
        size_t length = strcspn(*words, ":");
        if (n < length || !text_same_word(text, length, arena_strndup(arena, *words, length)))
            continue;
        size_t after = length;
        while (text_blank(text[after]))
            after++;
        if (text[after] == ',')
            return arena_printf(arena, "%.*s:%s", (int)length, text, text + after + 1);
        if (text[after] == '\0' || strchr(ends, text[after]) != NULL)
            return text;
    }
    return NULL;
}

/* What people type for it in a hurry. */
static const char *usual_word(const char *text)
{
    static const struct {
        const char *said, *word;
    } usual[] = {{"yes", "agrees"}, {"agree", "agrees"}, {"agreed", "agrees"}, {"disagree", "disagrees: "}, {"not present", "absent"}};
    for (size_t i = 0; i < NITEMS(usual); i++)
        if (text_same_word(text, strlen(text), usual[i].said))
            return usual[i].word;
    return NULL;
}

/* What may stand between a letter and a person's own words. A capital with a colon is a line of the notation ("R: …"), a small letter is theirs. */
static bool parts_words(char letter, char c)
{
    return text_blank(c) || c == ',' || c == ';' || (c == ':' && letter >= 'a');
}

/* "d", or "d she was not asked", "d: she was not asked": the words for the letter, and what follows it. NULL: it is no such letter. */
static const char *for_letter(struct arena *arena, const struct key_word *letters, size_t n, const char *text, bool *goes_on)
{
    for (size_t i = 0; i < n; i++) {
        char c = text[0] >= 'A' && text[0] <= 'Z' ? (char)(text[0] - 'A' + 'a') : text[0];
        bool own = strchr(letters[i].words, ':') != NULL;
        size_t after = 1;
        if (c != letters[i].letter || (text[1] != '\0' && !parts_words(text[0], text[1])))
            continue;
        while (parts_words(text[0], text[after]))
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
    const struct key_word *letters = state ? state_letters : decision_letters;
    const char *words = for_letter(arena, letters, state ? NITEMS(state_letters) : NITEMS(decision_letters), text, &goes_on);
    if (words == NULL && !state) {
        words = usual_word(text);
        goes_on = words != NULL && strchr(words, ':') != NULL;
    }
    if (words != NULL && goes_on)
        return (struct panel_meaning){.deed = PANEL_EXPANDS, .words = words};
    if (words == NULL)
        words = with_word(arena, text, state ? state_words : decision_words, state ? ":;" : ":");
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
    if (person == NULL)
        return meaning;
    name = arena_strdup(arena, person->name); /* the record may be made anew before it is done with */
    return closed ? closed_words(live, arena, name, words) : records(arena, name, words);
}
