/* The end of the minutes: outcome, recommendation, sign-off, copies. */
#include <string.h>

#include "core/notation_parts.h"
#include "core/text.h"

const char *const signoff_words[] = {"signed with reservations", "signed", "accuracy only", "declined", "shown",
                                     "not present", "sent", "no reply", "not asked", NULL};

/* ---- outcome ---- */

struct next {
    int32_t day;
    int time;
    const char *none;
};

/* "2027-01-05 14:00", a date phrase, or "none: reason". */
static bool read_next(struct reading *r, struct span s, struct next *next)
{
    struct when when;
    struct span rest;
    *next = (struct next){DAY_NONE, TIME_NONE, NULL};
    if (span_word(s, "none", &rest) && (rest.n == 0 || rest.s[0] == ':')) {
        next->none = span_dup(r, rest.n == 0 ? rest : span_from(rest, 1));
        return true;
    }
    if (!civil_read_phrase(s.s, s.n, r->record->date, &when) || when.day == DAY_NONE || when.from != DAY_NONE)
        return false;
    next->day = when.day;
    next->time = when.time;
    return true;
}

static bool next_absent(const struct record *record)
{
    return record->next_date == DAY_NONE && record->next_none == NULL;
}

/* The same, or the same date where one of them gives no time. */
static bool next_same(const struct record *record, const struct next *next)
{
    if (next->none != NULL || record->next_none != NULL)
        return next->none != NULL && record->next_none != NULL && strcmp(next->none, record->next_none) == 0;
    return next->day == record->next_date && (next->time == record->next_time || next->time == TIME_NONE);
}

static void set_next(struct reading *r, const struct next *next)
{
    struct fact f = reading_fact(r, FACT_HEAD);
    f.key = "next-meeting";
    if (next->none != NULL)
        f.value = next->none[0] == '\0' ? "none" : arena_printf(r->reader->arena, "none: %s", next->none);
    else if (next->time == TIME_NONE)
        f.value = civil_day_dup(r->reader->arena, next->day);
    else
        f.value = arena_printf(r->reader->arena, "%s %s", civil_day_dup(r->reader->arena, next->day), civil_time_dup(r->reader->arena, next->time));
    reading_add(r, f);
}

static bool head_has_next(const struct record *record)
{
    for (size_t i = 0; i < record->nhead; i++)
        if (strcmp(record->head[i].key, "next-meeting") == 0)
            return true;
    return false;
}

/* "; next: …" at the end of the text: *before is what stands before it. */
static bool next_at_end(struct span text, struct span *before, struct span *value)
{
    size_t last = span_find_last(text, ";");
    struct span part = last == SIZE_MAX ? text : span_from(text, last + 1);
    *before = span_trim(span_cut_to(text, last == SIZE_MAX ? 0 : last));
    if (!span_word(part, "next", value) || value->n < 2 || value->s[0] != ':')
        return false;
    *value = span_from(*value, 1);
    return true;
}

/* The head is the only store of the next date: what it says is left out of the text, and an open outcome sets it where it says nothing. */
static struct span take_next(struct reading *r, struct span text, bool open, struct next *set, bool *sets)
{
    struct span before, value;
    struct next next;
    const struct record *record = r->record;
    while (next_at_end(text, &before, &value)) {
        if (!read_next(r, value, &next)) {
            notice_at(r, value.s, "“%s” is no date; it stays in the text", shown(r, value));
            break;
        }
        bool more = next.day != DAY_NONE && next.day == record->next_date && record->next_time == TIME_NONE;
        bool sets_it = open && !*sets && (more || (next_absent(record) && !head_has_next(record)));
        bool same_as_set = *sets && next.day == set->day && (next.time == set->time || next.time == TIME_NONE) && next.none == NULL;
        if (!next_same(record, &next) && !sets_it && !same_as_set) {
            if (open)
                notice_at(r, value.s, "this is not the next meeting that the head gives; it stays in the text");
            break;
        }
        if (sets_it && !next_same(record, &next)) {
            *set = next;
            *sets = true;
        }
        text = before;
    }
    return text;
}

static const char *outcome_name(struct reading *r, struct span word)
{
    const struct meeting_type *type = NULL;
    if (r->reader->types != NULL && r->record->type != NULL)
        type = types_find(r->reader->types, r->record->type, strlen(r->record->type));
    for (size_t i = 0; type != NULL && i < type->outcomes.n; i++)
        if (types_same(word.s, word.n, type->outcomes.v[i]))
            return type->outcomes.v[i];
    if (word.n == 0)
        notice_at(r, word.s, "what is the outcome?");
    else if (type != NULL && type->outcomes.n > 0)
        notice_at(r, word.s, "“%s” is not an outcome of this type of meeting; it is kept", shown(r, word));
    return span_dup(r, word);
}

void read_outcome(struct reading *r, struct span s, struct texts readers)
{
    struct fact f = reading_fact(r, FACT_OUTCOME);
    struct next next;
    bool sets = false;
    struct span text = s;
    struct span word = span_part(&text, ';');
    f.outcome = outcome_name(r, word);
    f.readers = readers;
    f.text = span_dup_or_null(r, take_next(r, text, readers.n == 0, &next, &sets));
    reading_add(r, f);
    if (sets)
        set_next(r, &next);
}

struct span outcome_text(const struct record *record, struct arena *arena, const struct outcome *o)
{
    struct notation_reader reader = {.arena = arena};
    struct reading r = {.reader = &reader, .record = record};
    struct next next;
    bool sets = false;
    return take_next(&r, span_of(o->text), false, &next, &sets);
}

void read_recommendation(struct reading *r, struct span s, struct texts readers)
{
    struct fact f = reading_fact(r, FACT_RECOMMENDATION);
    f.text = span_dup(r, s);
    f.readers = readers;
    if (s.n == 0)
        notice_at(r, s.s, "what is recommended?");
    reading_add(r, f);
}

/* ---- lines of sections ---- */

/* A line without columns is a note. */
static bool no_columns(struct reading *r, struct span s)
{
    struct span rest = s;
    (void)span_part(&rest, '|');
    bool columns = memchr(s.s, '|', s.n) != NULL;
    struct texts readers = {0};
    struct span name = s;
    struct notices *notices = r->notices;
    r->notices = NULL;
    (void)read_restriction(r, &name, &readers);
    r->notices = notices;
    if (columns && span_part(&name, '|').n > 0)
        return false;
    notice_at(r, s.s, columns ? "there is no name in this line; it is kept as a note" : "this line has no columns (“|”); it is kept as a note");
    read_note(r, s);
    return true;
}

static const char *take_listed(struct reading *r, struct span s)
{
    const char *name = names_full(r->record, r->reader->arena, s.s, s.n);
    if (record_person(r->record, name) == NULL)
        notice_at(r, s.s, "“%s” is nobody on the list; the name is kept as written", shown(r, s));
    return name;
}

/* A date column. What cannot be read goes before the words of the next column, so that nothing is lost. */
static int32_t take_day(struct reading *r, struct span s, struct buf *words)
{
    struct when when;
    int32_t day;
    if (s.n == 0)
        return DAY_NONE;
    if (span_full_day(s, &day))
        return day;
    if (civil_read_phrase(s.s, s.n, r->record->date, &when) && when.day != DAY_NONE && when.time == TIME_NONE && when.from == DAY_NONE)
        return when.day;
    notice_at(r, s.s, "“%s” is no date; it is kept in the text", shown(r, s));
    buf_add(words, s.s, s.n);
    return DAY_NONE;
}

static void add_words(struct buf *words, struct span s)
{
    if (words->n > 0 && s.n > 0)
        buf_adds(words, "; ");
    buf_add(words, s.s, s.n);
}

/* `signed (items 4-7)`: the closed word where it is one, and the scope. */
static void read_sign_state(struct reading *r, struct span s, struct fact *f)
{
    size_t open = span_bracket_start(s);
    struct span word = s, scope = {0};
    if (open != SIZE_MAX && open > 0) {
        scope = span_trim((struct span){s.s + open + 1, s.n - open - 2});
        word = span_trim(span_cut_to(s, open));
    }
    for (size_t i = 0; signoff_words[i] != NULL; i++) {
        if (span_is(word, signoff_words[i])) {
            f->state = signoff_words[i];
            f->scope = scope.s == NULL ? NULL : span_dup_or_null(r, scope);
            return;
        }
    }
    f->state = span_dup(r, s);
    notice_at(r, s.s, "“%s” is no state of a sign-off; it is kept as written", shown(r, s));
}

void read_signoff(struct reading *r, struct span s)
{
    struct buf words = {0};
    struct texts readers = {0};
    if (no_columns(r, s))
        return;
    (void)read_restriction(r, &s, &readers);
    struct fact f = reading_fact(r, FACT_SIGNOFF);
    f.readers = readers;
    f.name = take_listed(r, span_part(&s, '|'));
    read_sign_state(r, span_part(&s, '|'), &f);
    f.date = take_day(r, span_part(&s, '|'), &words);
    add_words(&words, s);
    f.text = words.n == 0 ? NULL : arena_strndup(r->reader->arena, words.s, words.n);
    if (f.text == NULL && (strcmp(f.state, "signed with reservations") == 0 || strcmp(f.state, "declined") == 0))
        notice_at(r, r->line.s, "“%s” needs a comment, in their own words", f.state);
    buf_free(&words);
    reading_add(r, f);
}

void read_copy(struct reading *r, struct span s)
{
    static const char *const audiences[] = {"open", "limited", "full"};
    struct buf words = {0};
    struct texts readers = {0};
    if (no_columns(r, s))
        return;
    (void)read_restriction(r, &s, &readers);
    struct fact f = reading_fact(r, FACT_COPY);
    f.readers = readers;
    f.name = take_listed(r, span_part(&s, '|'));
    struct span audience = span_part(&s, '|');
    f.audience = span_dup_or_null(r, audience);
    bool known = false;
    for (size_t i = 0; i < NITEMS(audiences); i++) {
        if (span_is(audience, audiences[i])) {
            f.audience = audiences[i];
            known = true;
        }
    }
    if (!known)
        notice_at(r, audience.s, "which copy: open, limited or full? “%s” is kept as written", shown(r, audience));
    struct span how = span_part(&s, '|');
    buf_add(&words, how.s, how.n);
    struct buf late = {0};
    f.date = take_day(r, s, &late);
    for (size_t i = 0; i < late.n; i++)
        if (late.s[i] == '|') /* a column of its own in the last one */
            late.s[i] = '/';
    add_words(&words, (struct span){buf_str(&late), late.n});
    f.how = words.n == 0 ? NULL : arena_strndup(r->reader->arena, words.s, words.n);
    buf_free(&late);
    buf_free(&words);
    reading_add(r, f);
}
