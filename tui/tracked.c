#include "tui/tracked.h"

#include <string.h>

void tracked_free(struct tracked *t)
{
    arena_free(t->ids_arena);
    arena_free(t->rows_arena);
    *t = (struct tracked){0};
}

void tracked_stale(struct tracked *t)
{
    arena_free(t->rows_arena);
    t->rows_arena = NULL;
    t->nrows = 0;
}

/* Rows come in the order of the ids; what is gone leaves a gap. */
static void place_rows(struct tracked *t, const struct action_rows *rows)
{
    size_t k = 0;
    for (size_t i = 0; i < t->nrows; i++) {
        bool here = k < rows->n && uuid_same(rows->v[k].id, t->ids.v[t->from + i]);
        t->rows[i] = here ? &rows->v[k++] : NULL;
    }
}

static enum evh read_part(struct tracked *t, struct arena *ids, struct arena *arena, struct store *store, const struct action_filter *filter, struct err *err)
{
    struct action_filter first = *filter;
    struct action_rows rows = {0};
    first.limit = TRACKED_FIRST;
    enum evh e = store_actions(store, arena, &first, &rows, err);
    if (e != EVH_OK)
        return e;
    t->ids.v = arena_alloc(ids, rows.n + 1, sizeof t->ids.v[0]);
    for (size_t i = 0; i < rows.n; i++)
        t->ids.v[i] = rows.v[i].id;
    t->ids.n = rows.n;
    t->rows_arena = arena;
    t->nrows = rows.n < TRACKED_BLOCK ? rows.n : TRACKED_BLOCK;
    place_rows(t, &rows);
    t->part = rows.n == TRACKED_FIRST;
    return EVH_OK;
}

enum evh tracked_read(struct tracked *t, struct store *store, const struct action_filter *filter, bool part, struct err *err)
{
    struct arena *ids = arena_new(), *rows = part ? arena_new() : NULL;
    struct tracked fresh = {.ids_arena = ids};
    enum evh e = part ? read_part(&fresh, ids, rows, store, filter, err) : store_action_ids(store, ids, filter, &fresh.ids, err);
    if (e != EVH_OK) {
        arena_free(ids);
        arena_free(rows);
        return e;
    }
    tracked_free(t);
    *t = fresh;
    return EVH_OK;
}

/* Most of the block lies in the direction the list is gone through. */
static void read_block(struct tracked *t, struct store *store, size_t i)
{
    size_t before = t->nrows > 0 && i < t->from ? TRACKED_BLOCK * 3 / 4 : TRACKED_BLOCK / 4;
    size_t from = i > before ? i - before : 0;
    size_t n = t->ids.n - from < TRACKED_BLOCK ? t->ids.n - from : TRACKED_BLOCK;
    struct arena *arena = arena_new();
    struct action_rows rows = {0};
    struct err err = {0};
    if (store_action_rows(store, arena, t->ids.v + from, n, false, &rows, &err) != EVH_OK)
        rows = (struct action_rows){0}; /* drawn as not readable; whoever reads the list says why */
    arena_free(t->rows_arena);
    t->rows_arena = arena;
    t->from = from;
    t->nrows = n;
    place_rows(t, &rows);
}

const struct action_row *tracked_row(struct tracked *t, struct store *store, size_t i)
{
    if (i >= t->ids.n)
        return NULL;
    if (i < t->from || i >= t->from + t->nrows)
        read_block(t, store, i);
    return t->rows[i - t->from];
}

size_t tracked_find(const struct tracked *t, struct uuid id)
{
    size_t i = 0;
    while (i < t->ids.n && !uuid_same(t->ids.v[i], id))
        i++;
    return i;
}
