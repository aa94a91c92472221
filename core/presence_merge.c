/* + and - lines merged into the intervals of the list (notation.md, section 2: "the line wins").
 *
 * The merged list is written back and read again with the same lines, so merging must not change what it has merged before. Three rules
 * beyond the notation's serve that: lines are taken in the order of their times, those of one minute are first brought down to what they
 * come to, and a second + while the person is there already changes nothing but the mode. */
#include <limits.h>
#include <string.h>

#include "core/record_inside.h"

#define OPEN INT_MAX

struct span {
    int from, to; /* OPEN: to the end */
    enum mode mode;
    bool begun;  /* a + line said when */
    bool closed; /* a - line said when it ends */
};

struct merge {
    struct span *v;
    size_t n;
    size_t current; /* begun by the last + line; SIZE_MAX: none, or it has ended */
    int cut;        /* where the span that the last - line cut short ended; -1: none */
    bool disagrees;
};

static void insert(struct merge *m, size_t at, struct span span)
{
    memmove(&m->v[at + 1], &m->v[at], (m->n - at) * sizeof *m->v);
    m->v[at] = span;
    m->n++;
    if (m->current != SIZE_MAX && m->current >= at)
        m->current++;
}

static bool there(const struct merge *m, int time)
{
    if (m->current == SIZE_MAX)
        return false;
    const struct span *s = &m->v[m->current];
    return s->from <= time && time <= s->to;
}

/* ---- + ---- */

static void begin(struct merge *m, size_t at, int time, enum mode mode)
{
    struct span *s = &m->v[at];
    if (s->from != time || (mode != MODE_UNSAID && mode != s->mode))
        m->disagrees = true;
    s->from = time;
    s->begun = true;
    if (mode != MODE_UNSAID)
        s->mode = mode;
    m->current = at;
}

/* There already: from here on in another way. */
static void go_on(struct merge *m, int time, enum mode mode)
{
    struct span *s = &m->v[m->current];
    m->disagrees = true;
    if (mode == MODE_UNSAID || mode == s->mode)
        return;
    if (s->from == time) {
        s->mode = mode;
        return;
    }
    struct span rest = {time, s->to, mode, true, false};
    s->to = time;
    s->closed = true;
    size_t at = m->current + 1;
    insert(m, at, rest);
    m->current = at;
}

static void begin_new(struct merge *m, int time, enum mode mode)
{
    struct span span = {time, m->cut > time ? m->cut : OPEN, mode, true, false};
    size_t at = 0;
    while (at < m->n && (m->v[at].from < time || m->v[at].closed))
        at++;
    size_t gone = at; /* what the list says of later is overtaken */
    while (gone < m->n && m->v[gone].from < span.to)
        gone++;
    m->disagrees = true;
    memmove(&m->v[at], &m->v[gone], (m->n - gone) * sizeof *m->v);
    m->n -= gone - at;
    m->current = SIZE_MAX;
    insert(m, at, span);
    m->current = at;
}

static void arrive(struct merge *m, int time, enum mode mode)
{
    size_t exact = 0, inside = 0;
    while (exact < m->n && (m->v[exact].begun || m->v[exact].closed || m->v[exact].from != time))
        exact++;
    while (inside < m->n && (m->v[inside].closed || m->v[inside].from >= time || m->v[inside].to <= time))
        inside++;
    if (exact < m->n)
        begin(m, exact, time, mode);
    else if (there(m, time))
        go_on(m, time, mode);
    else if (inside < m->n)
        begin(m, inside, time, mode); /* the part before it falls away */
    else
        begin_new(m, time, mode);
    m->cut = -1;
}

/* ---- - ---- */

static void leave(struct merge *m, int time)
{
    size_t at = 0;
    if (there(m, time))
        at = m->current;
    else
        while (at < m->n && (m->v[at].closed || m->v[at].from >= time || m->v[at].to < time))
            at++;
    if (at == m->n) {
        m->disagrees = true;
        return;
    }
    m->cut = -1;
    if (m->v[at].to != time) {
        m->cut = m->v[at].to;
        m->v[at].to = time;
        m->disagrees = true;
    }
    m->v[at].closed = true;
    m->current = SIZE_MAX;
}

/* ---- lines ---- */

/* The lines of one minute come to at most one - and one +, in the order that leaves the same person in the room. */
static void minute(struct merge *m, const struct presence_line *v, size_t n)
{
    bool arrives = false, leaves = false;
    enum mode mode = MODE_UNSAID;
    for (size_t i = 0; i < n; i++) {
        arrives = arrives || v[i].arrives;
        leaves = leaves || !v[i].arrives;
        if (v[i].arrives && v[i].mode != MODE_UNSAID)
            mode = v[i].mode;
    }
    bool stays = v[n - 1].arrives;
    if (leaves && stays)
        leave(m, v[0].time);
    if (arrives)
        arrive(m, v[0].time, mode);
    if (leaves && !stays)
        leave(m, v[0].time);
}

static void sort_lines(struct presence_line *v, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct presence_line x = v[i];
        size_t at = i;
        for (; at > 0 && v[at - 1].time > x.time; at--)
            v[at] = v[at - 1];
        v[at] = x;
    }
}

size_t presence_merge(struct arena *arena, const struct interval *listed, size_t nlisted, const struct presence_line *lines,
                      size_t nlines, struct interval **out, bool *disagrees)
{
    struct merge m = {.current = SIZE_MAX, .cut = -1};
    m.v = arena_alloc(arena, nlisted + nlines + 1, sizeof *m.v); /* a line adds one at most */
    for (m.n = 0; m.n < nlisted; m.n++)
        m.v[m.n] = (struct span){listed[m.n].from, listed[m.n].to == TIME_NONE ? OPEN : listed[m.n].to, listed[m.n].mode, false, false};
    struct presence_line *sorted = arena_alloc(arena, nlines, sizeof *sorted);
    if (nlines > 0)
        memcpy(sorted, lines, nlines * sizeof *sorted);
    sort_lines(sorted, nlines);
    for (size_t i = 0, next; i < nlines; i = next) {
        for (next = i + 1; next < nlines && sorted[next].time == sorted[i].time; next++)
            ;
        minute(&m, &sorted[i], next - i);
    }
    *out = arena_alloc(arena, m.n, sizeof **out);
    for (size_t i = 0; i < m.n; i++)
        (*out)[i] = (struct interval){m.v[i].from, m.v[i].to == OPEN ? TIME_NONE : m.v[i].to, m.v[i].mode};
    if (disagrees != NULL)
        *disagrees = m.disagrees && nlisted > 0;
    return m.n;
}
