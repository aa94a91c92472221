#include <string.h>

#include "core/notation_parts.h"
#include "core/text.h"

static const struct {
    char letter;
    const char *longword;
} forms[ENTRY_COUNT] = {
#define KIND(id, word, letter, longword, family) {letter, longword},
#include "core/entry.def"
#undef KIND
};

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- beginnings of lines ---- */

bool take_time(struct span *s, int *time)
{
    size_t n = 0;
    while (n < s->n && !text_blank(s->s[n]))
        n++;
    if (n == s->n || n > 5 || !civil_read_time(s->s, n, time))
        return false;
    *s = span_from(*s, n);
    return true;
}

/* Where the bracket of X(…) ends that a colon follows: balanced, else the first "):" so that an odd name never makes a restricted line open. */
static size_t readers_end(struct span s, size_t open)
{
    size_t depth = 0;
    for (size_t i = open; i < s.n; i++) {
        if (s.s[i] == '(')
            depth++;
        else if (s.s[i] == ')' && --depth == 0) {
            if (i + 1 < s.n && s.s[i + 1] == ':')
                return i;
            break;
        }
    }
    size_t at = span_find(span_cut_to(s, s.n), "):");
    return at == SIZE_MAX || at < open ? SIZE_MAX : at;
}

static bool texts_has(const struct texts *list, const char *text)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->v[i], text) == 0)
            return true;
    return false;
}

static void texts_add(struct reading *r, struct texts *list, const char *text)
{
    if (text[0] == '\0' || texts_has(list, text))
        return;
    struct arena *arena = r->reader->arena;
    const char **v = arena_alloc(arena, list->n + 1, sizeof *v);
    if (list->n > 0)
        memcpy(v, list->v, list->n * sizeof *v);
    v[list->n++] = text;
    list->v = v;
}

/* The same word once more: not worth another lookup. */
static bool said_before(const struct texts *list, struct span *s)
{
    struct span rest = *s, first = span_part(&rest, ',');
    for (size_t i = 0; i < list->n; i++) {
        if (span_same(first, list->v[i])) {
            *s = rest;
            return true;
        }
    }
    return false;
}

bool read_names(struct reading *r, struct span s, struct texts *out)
{
    enum { MOST_NAMES = 200 }; /* what stands behind them is one name more, as written */
    bool known = true;
    for (s = span_trim(s); s.n > 0;) {
        const struct attendee *person = NULL;
        size_t after = 0;
        struct span piece = s;
        if (out->n >= MOST_NAMES) {
            s = span_cut_to(s, 0);
        } else if (said_before(out, &s)) {
            continue;
        } else if (names_before(r->record, s.s, s.n, ',', &person, &after) == NAMES_ONE) {
            s = span_from(s, after);
        } else if ((person = span_person(r, s)) != NULL) {
            s = span_cut_to(s, 0);
        } else {
            piece = span_part(&s, ',');
            while (s.n > 0 && s.s[0] == ',')
                s = span_from(s, 1);
            person = NULL;
        }
        known = known && person != NULL;
        texts_add(r, out, person != NULL ? person->name : span_dup(r, piece));
    }
    return known && out->n > 0;
}

static void read_readers(struct reading *r, struct span inside, struct texts *readers)
{
    if (!read_names(r, inside, readers) && readers->n > 0)
        for (size_t i = 0; i < readers->n; i++)
            if (record_person(r->record, readers->v[i]) == NULL && strcmp(readers->v[i], "*") != 0)
                notice_at(r, inside.s, "“%s” is nobody on the list; the line stays restricted to the names as written",
                          shown(r, span_of(readers->v[i])));
    if (readers->n == 0) {
        notice_at(r, inside.s, "nobody is named between the brackets: the line is confidential");
        texts_add(r, readers, "*");
    }
}

bool read_restriction(struct reading *r, struct span *s, struct texts *readers)
{
    if (s->n < 2 || upper(s->s[0]) != 'X')
        return false;
    if (s->s[1] == ':') {
        texts_add(r, readers, "*");
        *s = span_from(*s, 2);
        return true;
    }
    size_t open = 1;
    while (open < s->n && text_blank(s->s[open]))
        open++;
    if (open == s->n || s->s[open] != '(')
        return false;
    size_t end = readers_end(*s, open);
    if (end == SIZE_MAX && open == 1)
        notice_at(r, s->s, "“X(” without “):” restricts nothing: this line is open to everybody");
    if (end == SIZE_MAX || (open > 1 && s->s[0] == 'x'))
        return false;
    read_readers(r, (struct span){s->s + open + 1, end - open - 1}, readers);
    *s = span_from(*s, end + 2);
    return true;
}

/* "P:" or "Parent:"; lines of actions are taken apart by take_action(). */
static bool take_letter(struct span *s, enum entry_kind *kind)
{
    for (size_t i = 0; i < ENTRY_COUNT; i++) {
        char letter = forms[i].letter;
        size_t n = strlen(forms[i].longword);
        size_t used = 0;
        if (letter == 0)
            continue;
        if (s->n >= 2 && upper(s->s[0]) == letter && s->s[1] == ':')
            used = 2;
        else if (s->n > n && s->s[n] == ':' && text_same_word(s->s, n, forms[i].longword) && span_colon(*s, n) == n)
            used = n + 1;
        if (used == 0)
            continue;
        *kind = (enum entry_kind)i;
        *s = span_from(*s, used);
        return true;
    }
    return false;
}

/* `(Name): text`: a full name in brackets, whatever colons and brackets it has itself. The longest counts. */
static const char *bracketed_speaker(const struct reading *r, struct span *s)
{
    const char *name = NULL;
    size_t longest = 0;
    for (size_t i = 0; s->n > 0 && s->s[0] == '(' && i < r->record->npeople; i++) {
        size_t n = strlen(r->record->people[i].name);
        if (span_colon(*s, n) == n && memcmp(s->s, r->record->people[i].name, n) == 0)
            return NULL; /* listed with brackets */
        bool fits = n > longest && s->n >= n + 3 && memcmp(s->s + 1, r->record->people[i].name, n) == 0;
        if (!fits || s->s[n + 1] != ')' || span_colon(*s, n + 2) != n + 2)
            continue;
        name = r->record->people[i].name;
        longest = n;
    }
    if (name != NULL)
        *s = span_from(*s, longest + 3);
    return name;
}

const char *take_speaker(struct reading *r, struct span *s, bool *many, bool *known_word)
{
    const struct attendee *person = NULL;
    size_t after = 0;
    bool known = false;
    const char *bracketed = bracketed_speaker(r, s);
    *many = *known_word = false;
    if (bracketed != NULL)
        return bracketed;
    enum names_result result = names_speaker(r->record, s->s, s->n, &person, &after, &known);
    *many = result == NAMES_MANY;
    *known_word = known;
    if (result != NAMES_ONE)
        return NULL;
    *s = span_from(*s, after);
    return person->name;
}

/* ---- forms of entries ---- */

static const char *kind_word(enum entry_kind kind)
{
    return entry_word(kind);
}

static void note_form(struct reading *r, struct span s, struct fact *f)
{
    f->kind = kind_word(ENTRY_NOTE);
    f->text = span_dup(r, s);
}

/* `Name: text`, else a plain note. */
static void read_said(struct reading *r, struct span s, struct fact *f)
{
    bool many, known;
    struct span rest = s;
    const char *name = take_speaker(r, &rest, &many, &known);
    if (name != NULL) {
        f->kind = kind_word(ENTRY_SAID);
        f->speaker = name;
        f->text = span_dup(r, rest);
        return;
    }
    note_form(r, s, f);
    size_t colon = span_colon(s, 0);
    if (colon == SIZE_MAX)
        return;
    struct span words = span_cut_to(s, colon);
    if (many)
        notice_at(r, s.s, "“%s” may mean more than one person; the line is kept as a note", shown(r, words));
    else if (known)
        notice_at(r, s.s, "“%s” is nobody on the list; the line is kept as a note", shown(r, words));
}

static bool looks_restricted(struct span s)
{
    return s.n >= 2 && upper(s.s[0]) == 'X' && s.s[1] == '(';
}

/* What stands behind time and restriction. */
static void read_form(struct reading *r, struct span s, struct fact *f)
{
    enum entry_kind kind;
    struct span rest = s;
    if (s.n >= 2 && s.s[0] == '/' && s.s[1] == '/') {
        note_form(r, span_from(s, 2), f);
    } else if (take_action(r, &rest, f)) {
        read_action(r, rest, f);
    } else if (take_letter(&rest, &kind)) {
        f->kind = kind_word(kind);
        if (kind == ENTRY_CONSENT)
            read_consent(r, rest, f);
        else
            read_view(r, rest, f);
    } else if (s.n >= 2 && (s.s[0] == '+' || s.s[0] == '-') && !text_blank(s.s[1])) {
        read_arrival(r, s, f);
    } else if (!read_clock(r, s, f)) {
        if (looks_restricted(s))
            note_form(r, s, f);
        else
            read_said(r, s, f);
    }
}

void read_entry(struct reading *r, struct span s, struct fact *f)
{
    struct texts readers = {0};
    if (f->time == TIME_NONE)
        (void)take_time(&s, &f->time);
    if (f->time == TIME_NONE)
        f->time = r->goes_on != NULL ? r->goes_on->time : r->reader->stamp;
    if (read_restriction(r, &s, &readers))
        f->readers = readers;
    read_form(r, s, f);
    if (f->text == NULL)
        f->text = "";
}

void read_note(struct reading *r, struct span s)
{
    struct fact f = reading_fact(r, FACT_ENTRY);
    struct texts readers = {0};
    if (!take_time(&s, &f.time))
        f.time = r->goes_on != NULL ? r->goes_on->time : r->reader->stamp;
    if (read_restriction(r, &s, &readers))
        f.readers = readers;
    note_form(r, s, &f);
    reading_add(r, f);
}

/* ---- lines ---- */

static bool item_form(struct span s, struct span *title)
{
    if (s.n >= 1 && s.s[0] == '#' && (s.n == 1 || text_blank(s.s[1]))) {
        *title = span_from(s, 1);
        return true;
    }
    if (s.n >= 2 && upper(s.s[0]) == 'T' && s.s[1] == ':') {
        *title = span_from(s, 2);
        return true;
    }
    return false;
}

/* Behind "X:" or "X(…):", without looking at the names. */
static struct span behind_restriction(struct span s)
{
    if (s.n < 2 || upper(s.s[0]) != 'X')
        return s;
    if (s.s[1] == ':')
        return span_from(s, 2);
    size_t open = 1;
    while (open < s.n && text_blank(s.s[open]))
        open++;
    size_t end = open < s.n && s.s[open] == '(' && (open == 1 || s.s[0] == 'X') ? readers_end(s, open) : SIZE_MAX;
    return end == SIZE_MAX ? s : span_from(s, end + 2);
}

enum line_class line_class(struct span s, enum notation_section *section)
{
    static const struct {
        const char *word;
        enum notation_section section;
    } sections[] = {{"people:", SECTION_PEOPLE}, {"signoff:", SECTION_SIGNOFF}, {"copies:", SECTION_COPIES}};
    struct span rest;
    int time;
    if (s.n == 0 || (s.n >= 2 && s.s[0] == ';' && s.s[1] == ';'))
        return LINE_NOTHING;
    for (size_t i = 0; i < NITEMS(sections); i++) {
        if (span_is(s, sections[i].word)) {
            *section = sections[i].section;
            return LINE_SECTION;
        }
    }
    rest = behind_restriction(s);
    if (span_key(rest, "outcome", &rest))
        return LINE_OUTCOME;
    rest = behind_restriction(s);
    if (span_key(rest, "recommendation", &rest))
        return LINE_RECOMMENDATION;
    (void)take_time(&s, &time);
    if (item_form(s, &rest))
        return LINE_ITEM;
    return is_correction(s) ? LINE_CORRECTION : LINE_ENTRY;
}

/* "[10m]" at the end of a title. */
static int planned_minutes(struct span *title)
{
    size_t open = span_find_last(*title, "[");
    if (open == SIZE_MAX || title->n < 3 || title->s[title->n - 1] != ']' || title->s[title->n - 2] != 'm')
        return -1;
    size_t digits = title->n - 3 - open;
    int minutes = 0;
    if (digits == 0 || digits > 4)
        return -1;
    for (size_t i = open + 1; i < open + 1 + digits; i++) {
        if (!digit(title->s[i]))
            return -1;
        minutes = minutes * 10 + (title->s[i] - '0');
    }
    *title = span_trim(span_cut_to(*title, open));
    return minutes;
}

const char *notation_planned(struct arena *arena, const char *line, int *minutes)
{
    struct span title = span_trim((struct span){line, strlen(line)});
    *minutes = planned_minutes(&title);
    return arena_strndup(arena, title.s, title.n);
}

static void read_item(struct reading *r, struct span s, int time)
{
    struct fact f = reading_fact(r, FACT_ITEM);
    struct span title;
    (void)item_form(s, &title);
    f.minutes = planned_minutes(&title);
    f.time = time;
    f.title = span_dup(r, title);
    if (title.n == 0)
        notice_at(r, s.s, "this item has no title");
    reading_add(r, f);
}

static void read_end(struct reading *r, struct span s, enum line_class class)
{
    struct texts readers = {0};
    (void)read_restriction(r, &s, &readers);
    if (class == LINE_OUTCOME && span_key(s, "outcome", &s))
        read_outcome(r, s, readers);
    else if (span_key(s, "recommendation", &s))
        read_recommendation(r, s, readers);
}

void read_body_line(struct reading *r, struct span s)
{
    enum notation_section section;
    enum line_class class = line_class(s, &section);
    int time = TIME_NONE;
    struct span rest = s;
    (void)take_time(&rest, &time);
    bool other = class == LINE_ITEM || class == LINE_OUTCOME || class == LINE_RECOMMENDATION || class == LINE_CORRECTION ||
                 class == LINE_SECTION;
    if (r->entry_only && other) {
        read_note(r, s);
        return;
    }
    if (class == LINE_ITEM) {
        read_item(r, rest, time);
        return;
    }
    if (class == LINE_OUTCOME || class == LINE_RECOMMENDATION) {
        read_end(r, s, class);
        return;
    }
    if (class == LINE_CORRECTION) {
        if (read_correction(r, rest, time))
            return;
        notice_at(r, rest.s, "no entry contains these words: the line is kept as a note");
        read_note(r, s);
        return;
    }
    struct fact f = reading_fact(r, FACT_ENTRY);
    f.time = time;
    read_entry(r, rest, &f);
    if (time != TIME_NONE && (span_key(rest, "outcome", &s) || span_key(rest, "recommendation", &s)))
        notice_at(r, rest.s, "this stands on a line without a time; it is kept as a note");
    reading_add(r, f);
}
