/* Head lines: `key: value`, each value in its one spelling where it can be read. */
#include <string.h>

#include "core/notation_parts.h"
#include "core/text.h"

/* ---- keys ---- */

static bool key_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

static const struct head_key *known_key(struct span key)
{
    for (size_t i = 0; i < nhead_keys; i++)
        if (span_is(key, head_keys[i].key))
            return &head_keys[i];
    return NULL;
}

/* What begins a line of the body, though it looks like a key. */
static bool of_the_body(struct span key)
{
    static const char *const words[] = {
#define KIND(id, word, letter, longword, family) longword,
#include "core/entry.def"
#undef KIND
        "outcome", "recommendation",
    };
    for (size_t i = 0; i < NITEMS(words); i++)
        if (words[i][0] != '\0' && span_is(key, words[i]))
            return true;
    return false;
}

/* A key of the head: one that is known, or at least two letters, digits and hyphens. */
static bool take_key(struct span *s, struct span *key)
{
    size_t colon = span_colon(*s, 0);
    if (colon == SIZE_MAX || colon < 2)
        return false;
    *key = span_cut_to(*s, colon);
    if (of_the_body(*key) && known_key(*key) == NULL)
        return false;
    bool good = known_key(*key) != NULL || span_is(*key, "evenhand");
    if (!good) {
        good = true;
        for (size_t i = 0; i < key->n; i++)
            good = good && key_char(key->s[i]);
    }
    *s = span_from(*s, colon + 1);
    return good;
}

/* ---- values ---- */

static const char *put_day(struct reading *r, struct span s)
{
    int32_t day;
    if (span_full_day(s, &day))
        return civil_day_dup(r->reader->arena, day);
    notice_at(r, s.s, "“%s” is no date (YYYY-MM-DD); it is kept as written", shown(r, s));
    return NULL;
}

static const char *put_times(struct reading *r, struct span s)
{
    static const char dash[] = "–";
    size_t minus = span_find(s, "-"), n = 1, at = minus;
    int from, to = TIME_NONE;
    if (minus == SIZE_MAX) {
        at = span_find(s, dash);
        n = strlen(dash);
    }
    struct span begin = span_trim(span_cut_to(s, at == SIZE_MAX ? s.n : at));
    struct span end = at == SIZE_MAX ? span_cut_to(s, 0) : span_from(s, at + n);
    if (!civil_read_time(begin.s, begin.n, &from) || (end.n > 0 && !civil_read_time(end.s, end.n, &to))) {
        notice_at(r, s.s, "“%s” is no time (14:00-15:10); it is kept as written", shown(r, s));
        return NULL;
    }
    if (to == TIME_NONE)
        return civil_time_dup(r->reader->arena, from);
    if (to < from)
        notice_at(r, s.s, "the meeting ends before it begins");
    return arena_printf(r->reader->arena, "%s-%s", civil_time_dup(r->reader->arena, from), civil_time_dup(r->reader->arena, to));
}

static const char *put_time(struct reading *r, struct span s)
{
    int time;
    if (civil_read_time(s.s, s.n, &time))
        return civil_time_dup(r->reader->arena, time);
    notice_at(r, s.s, "“%s” is no time (14:05); it is kept as written", shown(r, s));
    return NULL;
}

/* Four digits in a row. */
static bool has_year(struct span s)
{
    size_t digits = 0;
    for (size_t i = 0; i < s.n && digits < 4; i++)
        digits = s.s[i] >= '0' && s.s[i] <= '9' ? digits + 1 : 0;
    return digits == 4;
}

static const char *put_next(struct reading *r, struct span s)
{
    struct when when;
    struct span rest;
    struct arena *arena = r->reader->arena;
    if (span_word(s, "none", &rest) && (rest.n == 0 || rest.s[0] == ':')) {
        if (rest.n > 0)
            rest = span_from(rest, 1);
        return rest.n == 0 ? "none" : arena_printf(arena, "none: %s", span_dup(r, rest));
    }
    if (has_year(s) && civil_read_phrase(s.s, s.n, civil_day((struct civil){2000, 1, 1}), &when) && when.day != DAY_NONE && when.from == DAY_NONE) {
        const char *day = civil_day_dup(arena, when.day);
        return when.time == TIME_NONE ? day : arena_printf(arena, "%s %s", day, civil_time_dup(arena, when.time));
    }
    notice_at(r, s.s, "“%s” is neither a date nor “none: reason”; it is kept as written", shown(r, s));
    return NULL;
}

static const char *put_type(struct reading *r, struct span s)
{
    size_t dash = span_find(s, " - ");
    struct span type = span_trim(span_cut_to(s, dash));
    struct span title = dash == SIZE_MAX ? span_cut_to(s, 0) : span_from(s, dash + 3);
    const struct meeting_type *known = types_find(r->reader->types, type.s, type.n);
    if (known == NULL && r->reader->types != NULL)
        notice_at(r, s.s, "“%s” is no type of meeting that is known; it is kept as written", shown(r, type));
    if (known == NULL)
        return NULL;
    return title.n == 0 ? known->name : arena_printf(r->reader->arena, "%s - %s", known->name, span_dup(r, title));
}

static const char *put_kept_as(struct reading *r, struct span s)
{
    if (span_is(s, "minutes"))
        return "minutes";
    if (span_is(s, "notes"))
        return "notes";
    notice_at(r, s.s, "a record is kept as “minutes” or as “notes”; “%s” is kept as written", shown(r, s));
    return NULL;
}

static const char *put_year(struct reading *r, struct span s)
{
    bool number = s.n <= 4;
    for (size_t i = 0; i < s.n; i++)
        number = number && s.s[i] >= '0' && s.s[i] <= '9';
    if (!number)
        notice_at(r, s.s, "“%s” is no number of a school year; it is kept as written", shown(r, s));
    return NULL;
}

static const char *put_transfer(struct reading *r, struct span s)
{
    static const char *const phases[] = {"early-years", "primary", "secondary", "post-16"};
    struct span rest;
    if (span_is(s, "none"))
        return "none";
    for (size_t i = 0; i < NITEMS(phases); i++)
        if (span_word(s, phases[i], &rest) && rest.n == 4 && strspn(span_dup(r, rest), "0123456789") == 4)
            return arena_printf(r->reader->arena, "%s %s", phases[i], span_dup(r, rest));
    notice_at(r, s.s, "a transfer is “none” or like “secondary 2027”; “%s” is kept as written", shown(r, s));
    return NULL;
}

static const char *put_version(struct reading *r, struct span s)
{
    if (!span_is(s, "1"))
        notice_at(r, s.s, "this file says that it is written in notation %s; it is read as notation 1", shown(r, s));
    return NULL;
}

static const char *put_child(struct reading *r, struct span s)
{
    return span_dup(r, span_name(r, s));
}

static const struct {
    const char *key;
    const char *(*put)(struct reading *r, struct span s); /* the value's one spelling; NULL: as written */
} values[] = {
    {"evenhand", put_version}, {"meeting", put_type},       {"date", put_day},         {"time", put_times},      {"began", put_time},
    {"kept-as", put_kept_as},  {"notice-sent", put_day},    {"papers-sent", put_day},  {"plan-made", put_day},   {"school-year", put_year},
    {"transfer", put_transfer}, {"next-meeting", put_next}, {"child", put_child},
};

/* ---- lines ---- */

/* How many lines of that key there are. */
static int key_count(const struct record *record, const char *key)
{
    int count = 0;
    for (size_t i = 0; i < record->nhead; i++)
        if (strcmp(record->head[i].key, key) == 0 && record->head[i].index >= count)
            count = record->head[i].index + 1;
    return count;
}

bool read_head_line(struct reading *r, struct span s, bool goes_on)
{
    struct span key;
    if (!take_key(&s, &key))
        return false;
    const struct head_key *known = known_key(key);
    if (s.n == 0 && (known != NULL || span_is(key, "evenhand")))
        return true; /* nothing was said */
    struct fact f = reading_fact(r, FACT_HEAD);
    f.replaces = (struct uuid){0};
    f.key = known != NULL ? known->key : span_dup(r, key);
    if (span_is(key, "evenhand"))
        f.key = "evenhand";
    for (size_t i = 0; i < NITEMS(values); i++)
        if (strcmp(values[i].key, f.key) == 0)
            f.value = values[i].put(r, s);
    if (f.value == NULL)
        f.value = span_dup(r, s);
    int count = key_count(r->record, f.key);
    if (known == NULL || known->repeats) {
        f.index = goes_on && count > 0 ? count - 1 : count;
    } else if (count > 0 && !goes_on) {
        notice_at(r, key.s, "“%s:” stands in the head twice; the later line counts", f.key);
    }
    reading_add(r, f);
    return true;
}
