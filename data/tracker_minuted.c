/* What people may be told of their open actions: as the minutes have them. Records kept as notes are one person's own: what stands only there is nobody's action yet,
 * and what they carry on of the minutes does not say how the minutes' action stands. */
#include <string.h>

#include "data/action_row.h"

struct minuted {
    struct uuid id;
    bool current, carried, notes;
};

/* The action and those it carries on, oldest first, as far as they are in minutes; *latest is the last of all. */
static enum evh minutes_of(struct store *store, struct arena *arena, struct uuid action, struct uuid **out, size_t *n, struct uuid *latest, struct err *err)
{
    size_t all = 0, kept = 0;
    enum evh r = thread_of(store, arena, action, out, &all, err);
    if (r == EVH_OK)
        *latest = (*out)[all - 1];
    for (size_t i = 0; i < all && r == EVH_OK; i++) {
        struct query q;
        query_begin(&q, store, STMT_own_notes);
        query_id(&q, 1, (*out)[i]);
        bool notes = query_row(&q) && query_get_int(&q, 0) != 0;
        r = query_end(&q, err);
        if (!notes)
            (*out)[kept++] = (*out)[i];
    }
    *n = kept;
    return r;
}

static enum evh row_of(struct store *store, struct uuid id, struct row_words *words, const struct now *now, struct action_row *row, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_action_one);
    query_id(&q, 1, id);
    if (query_row(&q))
        *row = action_row_read(&q, words, now, true);
    return query_end(&q, err);
}

/* What happened to it under earlier meetings comes before what happened since; of what was restricted there, nothing. */
static enum evh add_history(struct store *store, const struct uuid *thread, size_t n, struct row_words *words, const struct now *now, struct action_row *row,
                            struct err *err)
{
    struct action_change *all = NULL;
    size_t count = 0, cap = 0;
    enum evh r = EVH_OK;
    for (size_t i = 0; i < n && r == EVH_OK; i++) {
        struct action_row earlier = {0};
        if (i + 1 < n)
            r = row_of(store, thread[i], words, now, &earlier, err);
        else
            earlier = *row;
        for (size_t k = 0; k < earlier.nhistory && (i + 1 == n || !restricted(&earlier.restriction)); k++) {
            all = arena_grow(words->arena, all, count, &cap, sizeof all[0]);
            all[count++] = earlier.history[k];
        }
    }
    row->history = all;
    row->nhistory = count;
    return r;
}

/* *is: it is the last that the minutes say of this action, and whoever finished it in notes that carry it on is not told to do it again. */
static enum evh read_one(struct store *store, const struct minuted *m, struct row_words *words, const struct now *now, struct action_row *row, bool *is, struct err *err)
{
    *is = true;
    enum evh r = row_of(store, m->id, words, now, row, err);
    if (r != EVH_OK || (m->current && !m->carried))
        return r;
    struct uuid *thread = NULL, last;
    size_t n = 0;
    r = minutes_of(store, words->arena, m->id, &thread, &n, &last, err);
    *is = r == EVH_OK && n > 0 && uuid_same(thread[n - 1], m->id);
    if (*is && !m->current) {
        struct action_row latest = {0};
        r = row_of(store, last, words, now, &latest, err);
        *is = r == EVH_OK && latest.status != NULL && action_is_open(latest.status);
    }
    return *is && n > 1 ? add_history(store, thread, n, words, now, row, err) : r;
}

static enum evh find(struct store *store, struct arena *arena, const char *owner, int32_t until, struct minuted **out, size_t *n, struct err *err)
{
    size_t cap = 0;
    struct query q;
    query_begin(&q, store, STMT_action_ids_minuted);
    query_int(&q, 1, until);
    query_text(&q, 2, words_folded(arena, owner));
    while (query_row(&q)) {
        *out = arena_grow(arena, *out, *n, &cap, sizeof (*out)[0]);
        (*out)[(*n)++] = (struct minuted){query_get_id(&q, 0), query_get_int(&q, 1) != 0, query_get_int(&q, 2) != 0, query_get_int(&q, 3) != 0};
    }
    return query_end(&q, err);
}

enum evh store_actions_minuted(struct store *store, struct arena *arena, const char *owner, int32_t until, struct action_rows *out, size_t *in_notes, struct err *err)
{
    struct now now = store->world.now(store->world.data);
    struct row_words words = {.arena = arena};
    struct arena *scratch = arena_new();
    struct minuted *found = NULL;
    size_t n = 0;
    bool own = false;
    enum evh r = view_begin(store, &own, err);
    if (r == EVH_OK)
        r = find(store, scratch, owner, until, &found, &n, err);
    *out = (struct action_rows){.v = arena_alloc(arena, n + 1, sizeof out->v[0])};
    *in_notes = 0;
    for (size_t i = 0; i < n && r == EVH_OK; i++) {
        bool is = false;
        *in_notes += found[i].notes;
        if (!found[i].notes)
            r = read_one(store, &found[i], &words, &now, &out->v[out->n], &is, err);
        out->n += r == EVH_OK && is;
    }
    view_end(store, own);
    arena_free(scratch);
    return r;
}
