/* How the actions of each month went. Counted from the index alone, in one pass: no row is read. */
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "data/action_row.h"

/* A month that lies further away is somebody's slip of the pen: it is not drawn, and everything between is not either. */
#define MONTHS_MAX 240

struct series {
    struct uuid file;
    const char *child;
    struct action_month *v; /* months from the first; NULL: nothing yet */
};

/* A child of a meeting: which series its actions go to. */
struct member {
    struct uuid meeting;
    size_t series;
};

struct picture {
    struct arena *arena;
    struct now now;
    bool limited;           /* to some children: meetings without one of them are left out */
    int32_t from;           /* first day of a month */
    int first, last;        /* months, counted from `from`, that have anything; last < first: none */
    struct series all, *v;
    size_t n, cap;
    struct member *members;
    size_t nmembers, members_cap;
};

static int month_number(int32_t day)
{
    struct civil c = civil_from_day(day);
    return c.year * 12 + c.month - 1;
}

static int32_t month_day(int number)
{
    return civil_day((struct civil){number / 12, number % 12 + 1, 1});
}

/* ---- the children ---- */

static int by_meeting(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    int order = uuid_compare(x->meeting, y->meeting);
    return order != 0 ? order : (x->series > y->series) - (x->series < y->series);
}

/* File by file, the newest meeting first: that is how the child is called. */
static enum evh read_children(struct store *store, struct picture *p, const char *child, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_picture_children);
    query_text(&q, 1, child);
    while (query_row(&q)) {
        struct uuid file = query_get_id(&q, 0);
        if (p->n == 0 || !uuid_same(p->v[p->n - 1].file, file)) {
            p->v = arena_grow(p->arena, p->v, p->n, &p->cap, sizeof p->v[0]);
            p->v[p->n++] = (struct series){.file = file, .child = query_dup(&q, 2, p->arena)};
        }
        p->members = arena_grow(p->arena, p->members, p->nmembers, &p->members_cap, sizeof p->members[0]);
        p->members[p->nmembers++] = (struct member){.meeting = query_get_id(&q, 1), .series = p->n - 1};
    }
    if (p->nmembers > 0)
        qsort(p->members, p->nmembers, sizeof p->members[0], by_meeting);
    return query_end(&q, err);
}

/* The first child of a meeting, or where it would be. */
static size_t members_of(const struct picture *p, struct uuid meeting)
{
    size_t low = 0, high = p->nmembers;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (uuid_compare(p->members[middle].meeting, meeting) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- the actions ---- */

struct counted {
    struct uuid meeting;
    int32_t day;  /* that says the month; DAY_NONE: nothing does */
    int which;
};

enum { COUNT_OPEN, COUNT_OVERDUE, COUNT_IN_TIME, COUNT_LATE, COUNT_NOT };

static int state_of(const char *status, bool open, int64_t due, int64_t due_time, int32_t finished, const struct now *now)
{
    if (open)
        return due < now->day || (due == now->day && due_time < now->time) ? COUNT_OVERDUE : COUNT_OPEN;
    if (status == NULL || strcmp(status, "done") != 0)
        return COUNT_NOT;
    return finished != DAY_NONE && finished > due ? COUNT_LATE : COUNT_IN_TIME;
}

static struct counted counted(struct query *q, const struct now *now)
{
    int64_t due = query_get_int(q, 2);
    struct counted c = {.meeting = query_get_id(q, 0)};
    c.day = due == DUE_NONE ? (int32_t)query_get_int_or(q, 4, DAY_NONE) : (int32_t)due;
    c.which = state_of(query_get(q, 5), query_get_int(q, 1) != 0, due, query_get_int(q, 3), (int32_t)query_get_int_or(q, 6, DAY_NONE), now);
    return c;
}

static void add(struct picture *p, struct series *s, int month, int which)
{
    if (s->v == NULL)
        s->v = arena_alloc(p->arena, MONTHS_MAX, sizeof s->v[0]);
    struct action_month *m = &s->v[month];
    int *const counts[] = {[COUNT_OPEN] = &m->open, [COUNT_OVERDUE] = &m->overdue, [COUNT_IN_TIME] = &m->in_time, [COUNT_LATE] = &m->late};
    (*counts[which])++;
}

static void count(struct picture *p, const struct counted *c)
{
    if (c->which == COUNT_NOT || c->day == DAY_NONE)
        return;
    int month = month_number(c->day) - month_number(p->from);
    size_t at = members_of(p, c->meeting);
    bool found = at < p->nmembers && uuid_same(p->members[at].meeting, c->meeting);
    if (month < 0 || month >= MONTHS_MAX || (p->limited && !found))
        return;
    p->first = p->last < p->first || month < p->first ? month : p->first;
    p->last = month > p->last ? month : p->last;
    add(p, &p->all, month, c->which);
    for (; at < p->nmembers && uuid_same(p->members[at].meeting, c->meeting); at++)
        add(p, &p->v[p->members[at].series], month, c->which);
}

static enum evh read_actions(struct store *store, struct picture *p, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_picture_actions);
    while (query_row(&q)) {
        struct counted c = counted(&q, &p->now);
        count(p, &c);
    }
    return query_end(&q, err);
}

/* ---- together ---- */

static struct action_months months_of(const struct picture *p, const struct series *s, struct arena *arena)
{
    size_t n = (size_t)(p->last - p->first + 1);
    struct action_months m = {.child = arena_strdup(arena, s->child), .v = arena_alloc(arena, n, sizeof m.v[0]), .n = n};
    for (size_t i = 0; i < n; i++) {
        int month = p->first + (int)i;
        if (s->v != NULL)
            m.v[i] = s->v[month];
        m.v[i].month = month_day(month_number(p->from) + month);
    }
    return m;
}

static int by_name(const void *a, const void *b)
{
    const struct series *const *x = a, *const *y = b;
    int order = strcmp((*x)->child, (*y)->child);
    return order != 0 ? order : uuid_compare((*x)->file, (*y)->file);
}

static struct action_picture put_together(const struct picture *p, struct arena *arena)
{
    const struct series **shown = arena_alloc(p->arena, p->n + 1, sizeof shown[0]);
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (p->v[i].v != NULL)
            shown[n++] = &p->v[i];
    }
    qsort(shown, n, sizeof shown[0], by_name);
    struct action_picture out = {.v = arena_alloc(arena, n + 1, sizeof out.v[0]), .n = n + 1};
    out.v[0] = months_of(p, &p->all, arena);
    for (size_t i = 0; i < n; i++)
        out.v[i + 1] = months_of(p, shown[i], arena);
    return out;
}

enum evh store_action_picture(struct store *store, struct arena *arena, const char *child, int32_t from, struct action_picture *out, struct err *err)
{
    struct picture p = {.arena = arena_new(), .now = store->world.now(store->world.data), .last = -1};
    const char *folded = words_folded(p.arena, child);
    int32_t earliest = civil_add_months(p.now.day, -MONTHS_MAX / 2);
    bool own = false;
    p.limited = folded != NULL;
    p.from = month_day(month_number(from > earliest ? from : earliest));
    enum evh r = view_begin(store, &own, err);
    if (r == EVH_OK)
        r = read_children(store, &p, folded, err);
    if (r == EVH_OK)
        r = read_actions(store, &p, err);
    view_end(store, own);
    if (r == EVH_OK)
        *out = put_together(&p, arena);
    arena_free(p.arena);
    return r;
}
