/* The action tracker's lists. */
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"
#include "data/inside.h"

/* The few words that stand in thousands of rows (owners, children, states) are kept once. */
#define WORDS 256

struct words {
    struct arena *arena;
    const char *v[WORDS];
};

static const char *word(struct words *w, const char *s, size_t n)
{
    if (s == NULL)
        return NULL;
    uint32_t h = 2166136261U;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619U;
    const char **slot = &w->v[h % WORDS];
    if (*slot == NULL || strncmp(*slot, s, n) != 0 || (*slot)[n] != '\0')
        *slot = arena_strndup(w->arena, s, n);
    return *slot;
}

static const char *query_word(struct query *q, int column, struct words *w)
{
    const char *s = query_get(q, column);
    return word(w, s, s == NULL ? 0 : strlen(s));
}

/* The parts of a line between tabs; the last part takes the rest. */
static size_t parts_of(struct words *w, const char *line, size_t n, const char **parts, size_t max)
{
    size_t count = 0, from = 0;
    for (size_t i = 0; i <= n && count < max; i++) {
        if (i < n && (line[i] != '\t' || count == max - 1))
            continue;
        parts[count++] = i > from ? word(w, line + from, i - from) : NULL;
        from = i + 1;
    }
    return count;
}

static void history_get(struct words *w, const char *s, struct action_row *row)
{
    size_t n = 0, lines = s == NULL ? 0 : 1;
    for (const char *at = s; at != NULL && *at != '\0'; at++)
        lines += *at == '\n';
    struct action_change *v = lines == 0 ? NULL : arena_alloc(w->arena, lines, sizeof *v);
    while (s != NULL && *s != '\0') {
        const char *end = strchr(s, '\n');
        size_t length = end == NULL ? strlen(s) : (size_t)(end - s);
        const char *p[6] = {0};
        size_t id = strcspn(s, "\t\n");
        if (id < length)
            parts_of(w, s + id + 1, length - id - 1, p, NITEMS(p));
        v[n] = (struct action_change){
            .date = p[0] == NULL ? DAY_NONE : (int32_t)strtol(p[0], NULL, 10),
            .change = p[1], .from = p[2], .to = p[3], .by = p[4], .text = p[5],
        };
        (void)uuid_read(s, strcspn(s, "\t"), &v[n].id);
        n++;
        s = end == NULL ? NULL : end + 1;
    }
    row->history = v;
    row->nhistory = n;
}

static bool past(const struct action_row *row, const struct now *now)
{
    if (!action_is_open(row->status) || row->due == DAY_NONE)
        return false;
    return row->due < now->day || (row->due == now->day && row->due_time != TIME_NONE && row->due_time < now->time);
}

static void restriction_get(struct arena *arena, const char *s, struct action_row *row)
{
    if (s == NULL)
        return;
    if (strcmp(s, "*") == 0)
        row->restriction.confidential = true;
    else
        row->restriction.readers = tabs_split(arena, s);
}

/* The tracker shows that there is something to do, and nothing of what a restricted line says. */
static void mask(struct action_row *row)
{
    row->restricted_masked = true;
    row->text = "confidential";
    row->done_when = NULL;
    row->otherwise = NULL;
    row->with = (struct texts){0};
    row->history = NULL;
    row->nhistory = 0;
}

static struct action_row row_read(struct query *q, struct words *w, const struct now *now, bool unmasked)
{
    struct arena *arena = w->arena;
    int64_t due = query_get_int(q, 8), due_time = query_get_int(q, 9);
    struct action_row row = {
        .id = query_get_id(q, 0),
        .meeting = query_get_id(q, 1),
        .number = query_word(q, 2, w),
        .item = (int)query_get_int(q, 3),
        .entry = (int)query_get_int(q, 4),
        .text = query_dup(q, 5, arena),
        .owner = query_word(q, 6, w),
        .with = tabs_split(arena, query_get(q, 7)),
        .due = due == DUE_NONE ? DAY_NONE : (int32_t)due,
        .due_time = due_time == DUE_TIME_NONE ? TIME_NONE : (int)due_time,
        .from_day = (int32_t)query_get_int_or(q, 10, DAY_NONE),
        .done_when = query_dup(q, 11, arena),
        .otherwise = query_dup(q, 12, arena),
        .carried = (int32_t)query_get_int_or(q, 13, DAY_NONE),
        .status = query_word(q, 14, w),
        .child = query_word(q, 17, w),
        .meeting_date = (int32_t)query_get_int_or(q, 18, DAY_NONE),
        .meeting_type = query_word(q, 19, w),
    };
    row.short_id = short_of(arena, row.id, query_get(q, 20), query_get(q, 21));
    restriction_get(arena, query_get(q, 15), &row);
    history_get(w, query_get(q, 16), &row);
    row.overdue = past(&row, now);
    if (!unmasked && restricted(&row.restriction))
        mask(&row);
    return row;
}

static enum stmt which_list(const struct action_filter *f)
{
    if (!uuid_none(f->meeting))
        return STMT_action_list_meeting;
    return f->all ? STMT_action_list_all : STMT_action_list_open;
}

static const char *folded(struct arena *arena, const char *words)
{
    if (words == NULL)
        return NULL;
    size_t n = strlen(words);
    text_trim(&words, &n);
    return text_fold_dup(arena, words, n);
}

/* Rows are gathered in blocks and put together once, so that a long list is never in memory twice. */
#define BLOCK 256

struct block {
    struct action_row v[BLOCK];
    struct block *next;
    size_t n;
};

static struct action_row *block_room(struct block **first, struct block **last)
{
    if (*last == NULL || (*last)->n == BLOCK) {
        struct block *b = memory_take(1, sizeof *b);
        if (*last == NULL)
            *first = b;
        else
            (*last)->next = b;
        *last = b;
    }
    return &(*last)->v[(*last)->n++];
}

static struct action_rows put_together(struct block *b, struct arena *arena)
{
    struct action_rows rows = {0};
    size_t n = 0;
    for (const struct block *at = b; at != NULL; at = at->next)
        n += at->n;
    rows.v = arena_alloc(arena, n, sizeof rows.v[0]);
    while (b != NULL) {
        struct block *next = b->next;
        memcpy(rows.v + rows.n, b->v, b->n * sizeof rows.v[0]);
        rows.n += b->n;
        free(b);
        b = next;
    }
    return rows;
}

enum evh store_actions(struct store *store, struct arena *arena, const struct action_filter *f, struct action_rows *out, struct err *err)
{
    struct now now = store->world.now(store->world.data);
    struct block *first = NULL, *last = NULL;
    struct words words = {.arena = arena};
    char meeting[UUID_TEXT];
    uuid_text(f->meeting, meeting);
    enum stmt which = which_list(f);
    struct query q;
    query_begin(&q, store, which);
    query_text(&q, 1, folded(arena, f->owner));
    query_text(&q, 2, folded(arena, f->child));
    query_int(&q, 3, f->due_before == DAY_NONE ? INT64_MAX : f->due_before);
    query_text(&q, 4, uuid_none(f->meeting) ? NULL : meeting);
    query_int(&q, 5, f->overdue ? now.day : INT64_MAX);
    query_int(&q, 6, now.time);
    query_int(&q, 7, f->limit == 0 || f->limit > INT32_MAX ? -1 : (int64_t)f->limit);
    if (which == STMT_action_list_meeting)
        query_int(&q, 8, f->all);
    while (query_row(&q)) {
        struct action_row row = row_read(&q, &words, &now, f->unmasked);
        if (!f->overdue || row.overdue) /* closed ones are never overdue */
            *block_room(&first, &last) = row;
    }
    enum evh r = query_end(&q, err);
    struct action_rows rows = put_together(first, arena);
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
    struct words words = {.arena = arena};
    struct query q;
    query_begin(&q, store, STMT_action_one);
    query_id(&q, 1, id);
    bool found = query_row(&q);
    struct action_row row = found ? row_read(&q, &words, &now, true) : (struct action_row){0};
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
    size_t count = 0, cap = 0;
    for (size_t i = 0; i < n && r == EVH_OK; i++) {
        r = one(store, arena, thread[i], &row, err);
        for (size_t k = 0; k < row.nhistory && r == EVH_OK; k++) {
            all = arena_grow(arena, all, count, &cap, sizeof all[0]);
            all[count++] = row.history[k];
        }
    }
    if (r != EVH_OK)
        return r;
    row.history = all;
    row.nhistory = count;
    *out = row;
    return EVH_OK;
}
