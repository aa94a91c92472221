/* "A<A4 2026-10-21" is the action A4 of the meeting of 21 October of the same child: one thread, whose latest meeting
 * says how it stands. Which of its rows is current is decided anew whenever one of them changes, so it does not
 * matter which meeting came into the database first. */
#include <string.h>

#include "data/inside.h"

struct member {
    struct uuid action;
    bool carried, minutes, replaced;
    int thread; /* place of the action it carries on, or NO_ORIGIN */
};

struct group {
    struct member *v;
    size_t n, cap;
};

#define NO_ORIGIN (-1)

void thread_key_add(struct arena *arena, struct thread_keys *keys, struct thread_key key)
{
    for (size_t i = keys->n; i > 0 && keys->n - i < 8; i--) {
        const struct thread_key *k = &keys->v[i - 1];
        if (uuid_same(k->file, key.file) && k->date == key.date && strcmp(k->number, key.number) == 0)
            return; /* near repeats only: one more settling does no harm */
    }
    keys->v = arena_grow(arena, keys->v, keys->n, &keys->cap, sizeof keys->v[0]);
    keys->v[keys->n++] = key;
}

static enum evh load(struct store *store, struct arena *arena, const struct thread_key *key, struct group *g, struct err *err)
{
    *g = (struct group){0};
    struct query q;
    query_begin(&q, store, STMT_key_group);
    query_id(&q, 1, key->file);
    query_int(&q, 2, key->date);
    query_text(&q, 3, key->number);
    while (query_row(&q)) {
        g->v = arena_grow(arena, g->v, g->n, &g->cap, sizeof g->v[0]);
        g->v[g->n++] = (struct member){
            .action = query_get_id(&q, 0),
            .carried = query_get_int(&q, 2) != 0,
            .minutes = query_get_int(&q, 3) != 0,
            .replaced = query_get_int(&q, 6) != 0,
        };
    }
    return query_end(&q, err);
}

static int origin(const struct group *g, bool minutes)
{
    for (size_t i = 0; i < g->n; i++) {
        if (!g->v[i].carried && g->v[i].minutes == minutes)
            return (int)i;
    }
    return NO_ORIGIN;
}

/* Minutes carry on an action of the minutes, parallel notes one of the notes; where that record is not here, the other's. */
static void find_threads(struct group *g)
{
    int of_minutes = origin(g, true), of_notes = origin(g, false);
    for (size_t i = 0; i < g->n; i++) {
        struct member *m = &g->v[i];
        if (!m->carried)
            m->thread = (int)i;
        else if (m->minutes)
            m->thread = of_minutes != NO_ORIGIN ? of_minutes : of_notes;
        else
            m->thread = of_notes != NO_ORIGIN ? of_notes : of_minutes;
    }
}

static bool carried_on(const struct group *g, size_t at)
{
    for (size_t i = at + 1; i < g->n; i++) {
        if (g->v[i].thread == g->v[at].thread)
            return true;
    }
    return false;
}

static enum evh set_replaced(struct store *store, const struct thread_key *key, struct uuid action, bool replaced, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_key_replaced);
    query_id(&q, 1, key->file);
    query_int(&q, 2, key->date);
    query_text(&q, 3, key->number);
    query_id(&q, 4, action);
    query_int(&q, 5, replaced);
    return query_run(&q, err);
}

static enum evh set_current(struct store *store, struct uuid action, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_key_any_replaced);
    query_id(&q, 1, action);
    bool replaced = query_row(&q) && query_get_int(&q, 0) != 0;
    enum evh r = query_end(&q, err);
    if (r != EVH_OK)
        return r;
    query_begin(&q, store, STMT_action_current);
    query_id(&q, 1, action);
    query_int(&q, 2, !replaced);
    return query_run(&q, err);
}

static enum evh settle(struct store *store, struct arena *arena, const struct thread_key *key, struct err *err)
{
    struct group g;
    enum evh r = load(store, arena, key, &g, err);
    if (r != EVH_OK || (g.n == 1 && !g.v[0].replaced))
        return r;
    find_threads(&g);
    for (size_t i = 0; i < g.n && r == EVH_OK; i++) {
        bool replaced = carried_on(&g, i);
        if (replaced != g.v[i].replaced)
            r = set_replaced(store, key, g.v[i].action, replaced, err);
        if (r == EVH_OK)
            r = set_current(store, g.v[i].action, err);
    }
    return r;
}

enum evh thread_settle(struct store *store, struct arena *arena, const struct thread_keys *keys, struct err *err)
{
    enum evh r = EVH_OK;
    for (size_t i = 0; i < keys->n && r == EVH_OK; i++)
        r = settle(store, arena, &keys->v[i], err);
    return r;
}

static size_t place_of(const struct group *g, struct uuid action)
{
    for (size_t i = 0; i < g->n; i++) {
        if (uuid_same(g->v[i].action, action))
            return i;
    }
    return g->n;
}

enum evh thread_of(struct store *store, struct arena *arena, struct uuid action, struct uuid **out, size_t *n, struct err *err)
{
    struct thread_keys keys = {0};
    struct query q;
    query_begin(&q, store, STMT_key_of_action);
    query_id(&q, 1, action);
    while (query_row(&q))
        thread_key_add(arena, &keys, (struct thread_key){query_get_id(&q, 0), (int32_t)query_get_int(&q, 1), query_dup(&q, 2, arena)});
    enum evh r = query_end(&q, err);
    struct uuid *best = arena_alloc(arena, 1, sizeof *best);
    size_t most = 1;
    best[0] = action;
    for (size_t k = 0; k < keys.n && r == EVH_OK; k++) {
        struct group g;
        r = load(store, arena, &keys.v[k], &g, err);
        size_t at = r == EVH_OK ? place_of(&g, action) : 0;
        if (r != EVH_OK || at == g.n)
            continue;
        find_threads(&g);
        struct uuid *v = arena_alloc(arena, g.n, sizeof *v);
        size_t count = 0;
        for (size_t i = 0; i < g.n; i++) {
            if (g.v[i].thread == g.v[at].thread)
                v[count++] = g.v[i].action;
        }
        if (count > most) {
            best = v;
            most = count;
        }
    }
    if (r == EVH_OK) {
        *out = best;
        *n = most;
    }
    return r;
}
