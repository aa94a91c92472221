/* The action tracker's lists: which actions, in which order, comes from an index; only what is shown is read. */
#include <string.h>

#include "data/action_row.h"

/* A moment as the statements compare them: actions without a time are due until the end of their day. */
static int64_t moment(int32_t day, int time)
{
    return (int64_t)day * 10000 + time;
}

#define SOON_DAYS 7

/* The days and moments in which an action of this filter is due. */
struct span {
    int64_t first_day, last_day; /* both included */
    int64_t from, to;            /* `to` is not */
};

static struct span span_of(const struct action_filter *f, const struct now *now)
{
    struct span s = {INT32_MIN, DUE_NONE, INT64_MIN, INT64_MAX};
    if (f->due_before != DAY_NONE)
        s.last_day = (int64_t)f->due_before - 1;
    if (f->overdue) {
        s.to = moment(now->day, now->time);
        s.last_day = now->day < s.last_day ? now->day : s.last_day;
    }
    if (f->due_soon) {
        s.from = moment(now->day, now->time);
        s.first_day = now->day;
        int64_t last = (int64_t)now->day + SOON_DAYS;
        s.last_day = last < s.last_day ? last : s.last_day;
    }
    return s;
}

/* Where an action is in the table, and its id. */
struct place {
    int64_t rowid;
    struct uuid id;
};

struct places {
    struct place *v;
    size_t n, cap;
};

static enum stmt which_list(const struct action_filter *f)
{
    if (!uuid_none(f->meeting))
        return STMT_action_ids_meeting;
    bool open = !f->all || f->overdue || f->due_soon;
    return open && f->order == ACTIONS_BY_DUE ? STMT_action_ids_due : STMT_action_ids_by;
}

static void bind(struct query *q, enum stmt which, const struct action_filter *f, const struct now *now, struct arena *arena)
{
    struct span span = span_of(f, now);
    query_int(q, 1, span.first_day);
    query_int(q, 2, span.last_day);
    query_int(q, 3, span.from);
    query_int(q, 4, span.to);
    const char *owner = words_folded(arena, f->owner);
    query_text(q, 5, owner == NULL && f->owner != NULL && f->owner[0] == '\0' ? "" : owner);
    query_text(q, 6, words_folded(arena, f->child));
    query_text(q, 7, f->type);
    query_text(q, 8, words_folded(arena, f->words));
    query_int(q, 9, f->unmasked);
    query_int(q, 10, f->limit == 0 || f->limit > INT32_MAX ? -1 : (int64_t)f->limit);
    if (which == STMT_action_ids_due)
        return;
    query_int(q, 11, f->order);
    query_int(q, 12, !f->all || f->overdue || f->due_soon); /* what is closed is never overdue, nor due */
    if (which == STMT_action_ids_meeting)
        query_id(q, 13, f->meeting);
}

void action_list_begin(struct query *q, struct store *store, const struct action_filter *f, const struct now *now, struct arena *arena)
{
    enum stmt which = which_list(f);
    query_begin(q, store, which);
    bind(q, which, f, now, arena);
}

void action_list_days(const struct action_filter *f, const struct now *now, int64_t *first, int64_t *last)
{
    struct span span = span_of(f, now);
    *first = span.first_day;
    *last = span.last_day;
}

static enum evh find(struct store *store, struct arena *arena, const struct action_filter *f, const struct now *now, struct places *out, struct err *err)
{
    struct query q;
    action_list_begin(&q, store, f, now, arena);
    while (query_row(&q)) {
        out->v = arena_grow(arena, out->v, out->n, &out->cap, sizeof out->v[0]);
        out->v[out->n++] = (struct place){query_get_int(&q, 0), query_get_id(&q, 1)};
    }
    return query_end(&q, err);
}

static enum evh row_at(struct store *store, int64_t rowid, struct row_words *words, const struct now *now, bool unmasked, struct action_row *out, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_action_row);
    query_int(&q, 1, rowid);
    if (query_row(&q))
        *out = action_row_read(&q, words, now, unmasked);
    return query_end(&q, err);
}

enum evh store_action_ids(struct store *store, struct arena *arena, const struct action_filter *f, struct action_ids *out, struct err *err)
{
    struct now now = store->world.now(store->world.data);
    struct arena *scratch = arena_new();
    struct places places = {0};
    enum evh r = find(store, scratch, f, &now, &places, err);
    if (r == EVH_OK) {
        *out = (struct action_ids){.v = arena_alloc(arena, places.n + 1, sizeof out->v[0]), .n = places.n};
        for (size_t i = 0; i < places.n; i++)
            out->v[i] = places.v[i].id;
    }
    arena_free(scratch);
    return r;
}

enum evh store_actions(struct store *store, struct arena *arena, const struct action_filter *f, struct action_rows *out, struct err *err)
{
    struct now now = store->world.now(store->world.data);
    struct row_words words = {.arena = arena};
    struct arena *scratch = arena_new();
    struct places places = {0};
    bool own = false;
    enum evh r = view_begin(store, &own, err);
    if (r == EVH_OK)
        r = find(store, scratch, f, &now, &places, err);
    struct action_rows rows = {.v = arena_alloc(arena, places.n + 1, sizeof rows.v[0]), .n = places.n};
    for (size_t i = 0; i < places.n && r == EVH_OK; i++)
        r = row_at(store, places.v[i].rowid, &words, &now, f->unmasked, &rows.v[i], err);
    view_end(store, own);
    arena_free(scratch);
    if (r == EVH_OK)
        *out = rows;
    return r;
}

/* Rows are given in memory that is used again after so much. */
#define EACH_ROOM ((size_t)64 << 10)

enum evh store_actions_each(struct store *store, const struct action_filter *f, bool (*each)(void *data, const struct action_row *row), void *data,
                            struct err *err)
{
    struct now now = store->world.now(store->world.data);
    struct arena *scratch = arena_new(), *one = arena_new();
    struct row_words words = {.arena = one};
    struct places places = {0};
    bool own = false, more = true;
    enum evh r = view_begin(store, &own, err);
    if (r == EVH_OK)
        r = find(store, scratch, f, &now, &places, err);
    for (size_t i = 0; i < places.n && r == EVH_OK && more; i++) {
        struct action_row row = {0};
        if (arena_size(one) > EACH_ROOM) {
            arena_free(one);
            one = arena_new();
            words = (struct row_words){.arena = one};
        }
        r = row_at(store, places.v[i].rowid, &words, &now, f->unmasked, &row, err);
        if (r == EVH_OK)
            more = each(data, &row);
    }
    view_end(store, own);
    arena_free(one);
    arena_free(scratch);
    return r;
}

enum evh store_action_rows(struct store *store, struct arena *arena, const struct uuid *ids, size_t n, bool unmasked, struct action_rows *out, struct err *err)
{
    struct now now = store->world.now(store->world.data);
    struct row_words words = {.arena = arena};
    struct action_rows rows = {.v = arena_alloc(arena, n + 1, sizeof rows.v[0])};
    bool own = false;
    enum evh r = view_begin(store, &own, err);
    for (size_t i = 0; i < n && r == EVH_OK; i++) {
        struct query q;
        query_begin(&q, store, STMT_action_one);
        query_id(&q, 1, ids[i]);
        if (query_row(&q))
            rows.v[rows.n++] = action_row_read(&q, &words, &now, unmasked);
        r = query_end(&q, err);
    }
    view_end(store, own);
    if (r == EVH_OK)
        *out = rows;
    return r;
}

enum evh store_action_counts(struct store *store, struct action_counts *out, struct err *err)
{
    struct now now = store->world.now(store->world.data);
    struct action_counts counts = {0};
    int32_t sunday = now.day + 6 - civil_weekday(now.day);
    struct query q;
    query_begin(&q, store, STMT_tally_sums);
    query_int(&q, 1, now.day);
    query_int(&q, 2, sunday);
    if (query_row(&q)) {
        counts.open = (int)query_get_int(&q, 0);
        counts.overdue = (int)query_get_int(&q, 1);
        counts.due_this_week = (int)query_get_int(&q, 2);
    }
    enum evh r = query_end(&q, err);
    if (r != EVH_OK)
        return r;
    query_begin(&q, store, STMT_action_past_time);
    query_int(&q, 1, now.day);
    query_int(&q, 2, now.time);
    int late = query_row(&q) ? (int)query_get_int(&q, 0) : 0;
    r = query_end(&q, err);
    if (r == EVH_OK) {
        counts.overdue += late;
        counts.due_this_week -= late;
        *out = counts;
    }
    return r;
}

/* ---- one action ---- */

static enum evh one(struct store *store, struct arena *arena, struct uuid id, struct action_row *out, struct err *err)
{
    struct now now = store->world.now(store->world.data);
    struct row_words words = {.arena = arena};
    struct query q;
    query_begin(&q, store, STMT_action_one);
    query_id(&q, 1, id);
    bool found = query_row(&q);
    struct action_row row = found ? action_row_read(&q, &words, &now, true) : (struct action_row){0};
    enum evh r = query_end(&q, err);
    if (r == EVH_OK && !found)
        r = err_set(err, EVH_NOTFOUND, "that action is not in the database");
    if (r == EVH_OK)
        *out = row;
    return r;
}

enum evh store_find_action(struct store *store, struct arena *arena, const char *words, struct action_row *out, struct err *err)
{
    struct uuid id;
    enum evh r = find_prefix(store, STMT_action_prefix, words, "action", &id, err);
    if (r != EVH_OK)
        return r;
    struct uuid *thread;
    size_t n;
    r = thread_of(store, arena, id, &thread, &n, err);
    struct action_row row = {0};
    struct action_change *all = NULL;
    struct action_dispute *disputes = NULL;
    size_t count = 0, cap = 0, ndisputes = 0, dcap = 0;
    for (size_t i = 0; i < n && r == EVH_OK; i++) {
        r = one(store, arena, thread[i], &row, err);
        for (size_t k = 0; k < row.nhistory && r == EVH_OK; k++) {
            all = arena_grow(arena, all, count, &cap, sizeof all[0]);
            all[count++] = row.history[k];
        }
        for (size_t k = 0; k < row.ndisputes && r == EVH_OK; k++) {
            disputes = arena_grow(arena, disputes, ndisputes, &dcap, sizeof disputes[0]);
            disputes[ndisputes++] = row.disputes[k];
        }
    }
    if (r != EVH_OK)
        return r;
    row.history = all;
    row.nhistory = count;
    row.disputes = disputes;
    row.ndisputes = ndisputes;
    *out = row;
    return EVH_OK;
}
