/* The capacity and presence columns of the list of people: notation.md, section 2. */
#include <string.h>

#include "core/record.h"
#include "core/record_inside.h"
#include "core/text.h"

static const struct {
    const char *word;
    enum capacity bit;
    bool for_whom;
} capacities[] = {
    {"chair", CAP_CHAIR, false},
    {"minute-taker", CAP_MINUTE_TAKER, false},
    {"lead-professional", CAP_LEAD, false},
    {"professional", CAP_PROFESSIONAL, false},
    {"parent", CAP_PARENT, false},
    {"carer", CAP_CARER, false},
    {"child", CAP_CHILD, false},
    {"family", CAP_FAMILY, false},
    {"advocate", CAP_ADVOCATE, true},
    {"parent-partner", CAP_PARENT_PARTNER, true},
    {"supporter", CAP_SUPPORTER, true},
    {"interpreter", CAP_INTERPRETER, true},
    {"witness", CAP_WITNESS, false},
    {"observer", CAP_OBSERVER, false},
};

static const char *const responsibilities[] = {"PR", "no PR", "PR not known"};
static const char *const absences[] = {"apologies", "absent", "no reply", "report only", "not invited"};

/* Without case; a blank counts as a hyphen. */
static bool same_term(const char *s, size_t n, const char *word)
{
    if (strlen(word) != n)
        return false;
    for (size_t i = 0; i < n; i++) {
        char a = text_blank(s[i]) ? '-' : s[i], b = word[i] == ' ' ? '-' : word[i];
        if (!text_same_word(&a, 1, (char[]){b, '\0'}))
            return false;
    }
    return true;
}

/* Bytes up to `word` (a comma, " and ", " for ") outside brackets, or all. */
static size_t until(const char *s, size_t n, const char *word)
{
    size_t length = strlen(word);
    int depth = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '(')
            depth++;
        else if (s[i] == ')' && depth > 0)
            depth--;
        if (depth == 0 && n - i >= length && text_same_word(s + i, length, word))
            return i;
    }
    return n;
}

/* ---- capacity ---- */

struct part {
    const char *word; /* canonical, or as written */
    unsigned bit;     /* CAP_OTHER: not on the list; 0: parental responsibility */
    const char *language;
    struct texts names;
};

static void read_names(struct arena *arena, const char *s, size_t n, struct texts *names)
{
    size_t cap = 0;
    while (n > 0) {
        size_t end = until(s, n, " and ");
        const char *name = s;
        size_t length = end;
        text_trim(&name, &length);
        if (length > 0) {
            names->v = arena_grow(arena, names->v, names->n, &cap, sizeof *names->v);
            names->v[names->n++] = arena_strndup(arena, name, length);
        }
        size_t skip = end < n ? end + 5 : n;
        s += skip;
        n -= skip;
    }
}

static bool starts_with_word(const char *s, size_t n, const char *word)
{
    size_t length = strlen(word);
    return n >= length && same_term(s, length, word) && (n == length || text_blank(s[length]));
}

static struct part read_part(struct arena *arena, const char *s, size_t n)
{
    for (size_t i = 0; i < NITEMS(responsibilities); i++) {
        if (same_term(s, n, responsibilities[i]))
            return (struct part){.word = responsibilities[i]};
    }
    for (size_t i = 0; i < NITEMS(capacities); i++) {
        struct part part = {.word = capacities[i].word, .bit = capacities[i].bit};
        if (!starts_with_word(s, n, part.word))
            continue;
        size_t length = strlen(part.word);
        const char *rest = s + length;
        size_t left = n - length;
        if (left == 0)
            return part;
        if (!capacities[i].for_whom)
            continue; /* "parent partner" */
        size_t whom = until(rest, left, " for ");
        if (whom < left)
            read_names(arena, rest + whom + 5, left - whom - 5, &part.names);
        size_t language = whom;
        text_trim(&rest, &language);
        if (language > 0 && part.bit != CAP_INTERPRETER)
            break;
        part.language = language > 0 ? arena_strndup(arena, rest, language) : NULL;
        return part;
    }
    return (struct part){.word = arena_strndup(arena, s, n), .bit = CAP_OTHER};
}

static void put_part(struct buf *out, const struct part *part)
{
    if (out->n > 0)
        buf_adds(out, ", ");
    buf_adds(out, part->word);
    if (part->language != NULL)
        buf_addf(out, " %s", part->language);
    for (size_t i = 0; i < part->names.n; i++)
        buf_addf(out, "%s%s", i == 0 ? " for " : " and ", part->names.v[i]);
}

/* The next part of a column; false at its end. */
static bool next_part(struct arena *arena, const char **s, size_t *n, struct part *part)
{
    while (*n > 0) {
        size_t end = until(*s, *n, ",");
        const char *text = *s;
        size_t length = end;
        text_trim(&text, &length);
        size_t skip = end < *n ? end + 1 : *n;
        *s += skip;
        *n -= skip;
        if (length > 0) {
            *part = read_part(arena, text, length);
            return true;
        }
    }
    return false;
}

static bool has(const struct texts *list, const char *s)
{
    for (size_t i = 0; i < list->n && i < 200; i++) { /* a longer list only costs time */
        if (strcmp(list->v[i], s) == 0)
            return true;
    }
    return false;
}

static void add(struct arena *arena, struct texts *list, size_t *cap, const char *s)
{
    if (has(list, s))
        return;
    list->v = arena_grow(arena, list->v, list->n, cap, sizeof *list->v);
    list->v[list->n++] = s;
}

bool capacity_read(struct arena *arena, struct attendee *a, const char *text, struct buf *warning)
{
    bool good = true;
    size_t ncap = 0, nhelps = 0, n = text == NULL ? 0 : strlen(text);
    struct buf canonical = {0};
    struct part part;
    a->capacity = a->helps = (struct texts){0};
    a->bits = 0;
    a->responsibility = a->language = NULL;
    for (const char *s = text; next_part(arena, &s, &n, &part);) {
        put_part(&canonical, &part);
        if (part.bit == 0) {
            a->responsibility = part.word;
            continue;
        }
        if (part.bit == CAP_OTHER) {
            good = false;
            if (warning != NULL)
                buf_addf(warning, "%s\"%s\" is not a capacity of the list", warning->n > 0 ? "; " : "", part.word);
        }
        a->bits |= part.bit;
        add(arena, &a->capacity, &ncap, part.word);
        for (size_t i = 0; i < part.names.n; i++)
            add(arena, &a->helps, &nhelps, part.names.v[i]);
        if (part.language != NULL && a->language == NULL)
            a->language = part.language;
    }
    a->capacity_text = arena_strdup(arena, buf_str(&canonical));
    buf_free(&canonical);
    return good;
}

const char *capacity_renamed(struct arena *arena, const char *text, const char *old, const char *now)
{
    struct buf out = {0};
    struct part part;
    size_t n = strlen(text);
    for (const char *s = text; next_part(arena, &s, &n, &part);) {
        for (size_t i = 0; i < part.names.n; i++) {
            if (strcmp(part.names.v[i], old) == 0)
                part.names.v[i] = now;
        }
        put_part(&out, &part);
    }
    const char *renamed = arena_strdup(arena, buf_str(&out));
    buf_free(&out);
    return renamed;
}

/* ---- presence ---- */

static bool read_mode(const char *s, size_t n, enum mode *mode)
{
    static const struct {
        const char *words;
        enum mode mode;
    } modes[] = {{"", MODE_UNSAID}, {"by phone", MODE_PHONE}, {"by video", MODE_VIDEO}, {"in person", MODE_IN_PERSON}};
    text_trim(&s, &n);
    for (size_t i = 0; i < NITEMS(modes); i++) {
        if (same_term(s, n, modes[i].words)) {
            *mode = modes[i].mode;
            return true;
        }
    }
    return false;
}

/* A clock time at *s, moved past with the blanks after it. */
static bool take_time(const char **s, size_t *n, int *time)
{
    size_t length = 0;
    while (length < *n && ((*s)[length] == ':' || ((*s)[length] >= '0' && (*s)[length] <= '9')))
        length++;
    if (!civil_read_time(*s, length, time))
        return false;
    *s += length;
    *n -= length;
    text_trim(s, n);
    return true;
}

static bool read_interval(const char *s, size_t n, struct interval *v)
{
    text_trim(&s, &n);
    if (!take_time(&s, &n, &v->from))
        return false;
    static const char dash[] = "\xe2\x80\x93";
    size_t skip = n > 0 && s[0] == '-' ? 1 : n >= 3 && memcmp(s, dash, 3) == 0 ? 3 : 0;
    if (skip == 0)
        return false;
    s += skip;
    n -= skip;
    text_trim(&s, &n);
    v->to = TIME_NONE;
    if (n > 0 && s[0] >= '0' && s[0] <= '9' && (!take_time(&s, &n, &v->to) || v->to < v->from))
        return false;
    return read_mode(s, n, &v->mode);
}

static int end_of(const struct interval *v)
{
    return v->to == TIME_NONE ? 24 * 60 : v->to;
}

/* In order of their beginnings and without overlaps: where two overlap, the one that begins later tells. */
static size_t put_in_order(struct arena *arena, struct interval **v, size_t n)
{
    struct interval *out = arena_alloc(arena, 2 * n + 1, sizeof *out);
    struct interval *in = *v;
    for (size_t i = 1; i < n; i++) {
        struct interval x = in[i];
        size_t at = i;
        for (; at > 0 && in[at - 1].from > x.from; at--)
            in[at] = in[at - 1];
        in[at] = x;
    }
    size_t nout = 0;
    for (size_t i = 0; i < n; i++) {
        struct interval x = in[i];
        struct interval *last = nout > 0 ? &out[nout - 1] : NULL;
        if (last == NULL || end_of(last) <= x.from) {
            out[nout++] = x;
            continue;
        }
        if (last->mode == x.mode) {
            if (end_of(&x) > end_of(last))
                last->to = x.to;
            continue;
        }
        struct interval rest = {x.to, last->to, last->mode};
        bool more = x.to != TIME_NONE && end_of(last) > x.to;
        last->to = x.from;
        out[nout++] = x;
        if (more)
            out[nout++] = rest;
    }
    *v = out;
    return nout;
}

#define INTERVALS_MAX 1000 /* nobody comes and goes so often; keeps the sorting cheap */

static bool read_intervals(struct arena *arena, struct attendee *a, const char *text)
{
    size_t cap = 0, n = strlen(text), count = 0;
    struct interval *v = NULL;
    for (const char *s = text; n > 0;) {
        size_t end = strcspn(s, ",");
        v = arena_grow(arena, v, count, &cap, sizeof *v);
        if (count == INTERVALS_MAX || !read_interval(s, end, &v[count++]))
            return false;
        size_t skip = end < n ? end + 1 : n;
        s += skip;
        n -= skip;
    }
    a->nlisted = put_in_order(arena, &v, count);
    a->listed = v;
    return true;
}

bool presence_read(struct arena *arena, struct attendee *a, const char *text, struct buf *warning)
{
    a->listed = NULL;
    a->nlisted = 0;
    a->absence = a->absence_reason = a->presence_text = NULL;
    const char *s = text == NULL ? "" : text;
    size_t n = strlen(s);
    text_trim(&s, &n);
    if (n == 0)
        return true;
    size_t word = until(s, n, ":"), reason = word < n ? word + 1 : n;
    const char *state = s;
    size_t nstate = word;
    text_trim(&state, &nstate);
    for (size_t i = 0; i < NITEMS(absences); i++) {
        if (same_term(state, nstate, absences[i])) {
            const char *why = s + reason;
            size_t left = n - reason;
            text_trim(&why, &left);
            a->absence = absences[i];
            a->absence_reason = said(arena_strndup(arena, why, left));
            return true;
        }
    }
    const char *whole = arena_strndup(arena, s, n);
    if (read_intervals(arena, a, whole))
        return true;
    a->presence_text = whole;
    if (warning != NULL)
        buf_addf(warning, "%swhen they are present could not be read (write 13:55-15:10, apologies, …); it is kept as it stands", warning->n > 0 ? "; " : "");
    return false;
}

void presence_put(struct buf *out, const struct interval *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_adds(out, ", ");
        civil_put_time(out, v[i].from);
        buf_addc(out, '-');
        if (v[i].to != TIME_NONE)
            civil_put_time(out, v[i].to);
        if (v[i].mode == MODE_PHONE || v[i].mode == MODE_VIDEO)
            buf_addf(out, " by %s", mode_word(v[i].mode));
    }
}
