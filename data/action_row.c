#include "data/action_row.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"

const char *row_word(struct row_words *w, const char *s, size_t n)
{
    if (s == NULL)
        return NULL;
    uint32_t h = 2166136261U;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619U;
    const char **slot = &w->v[h % ROW_WORDS];
    if (*slot == NULL || strncmp(*slot, s, n) != 0 || (*slot)[n] != '\0')
        *slot = arena_strndup(w->arena, s, n);
    return *slot;
}

static const char *query_word(struct query *q, int column, struct row_words *w)
{
    const char *s = query_get(q, column);
    return row_word(w, s, s == NULL ? 0 : strlen(s));
}

/* The parts of a line between tabs; the last part takes the rest. */
static size_t parts_of(struct row_words *w, const char *line, size_t n, const char **parts, size_t max)
{
    size_t count = 0, from = 0;
    for (size_t i = 0; i <= n && count < max; i++) {
        if (i < n && (line[i] != '\t' || count == max - 1))
            continue;
        parts[count++] = i > from ? row_word(w, line + from, i - from) : NULL;
        from = i + 1;
    }
    return count;
}

static void history_get(struct row_words *w, const char *s, struct action_row *row)
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

bool action_past(const char *status, int32_t due, int due_time, const struct now *now)
{
    if (!action_is_open(status) || due == DAY_NONE)
        return false;
    return due < now->day || (due == now->day && due_time != TIME_NONE && due_time < now->time);
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

/* "by, text" a line, as derive_action.c writes them. */
static void disputes_get(struct row_words *w, const char *s, struct action_row *row)
{
    size_t n = 0, lines = s == NULL ? 0 : 1;
    for (const char *at = s; at != NULL && *at != '\0'; at++)
        lines += *at == '\n';
    struct action_dispute *v = lines == 0 ? NULL : arena_alloc(w->arena, lines, sizeof *v);
    while (s != NULL && n < lines) {
        const char *p[2] = {0};
        size_t length = strcspn(s, "\n");
        parts_of(w, s, length, p, NITEMS(p));
        v[n++] = (struct action_dispute){.by = p[0], .text = p[1] == NULL ? "" : p[1]};
        s += length + (s[length] == '\n');
    }
    row->disputes = v;
    row->ndisputes = n;
}

/* The tracker shows that there is something to do, and nothing of what a restricted line says. */
void action_row_mask(struct action_row *row)
{
    row->restricted_masked = true;
    row->text = "confidential";
    row->done_when = NULL;
    row->otherwise = NULL;
    row->with = (struct texts){0};
    row->history = NULL;
    row->nhistory = 0;
    row->disputes = NULL;
    row->ndisputes = 0;
    row->finished = DAY_NONE;
}

struct action_row action_row_read(struct query *q, struct row_words *w, const struct now *now, bool unmasked)
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
    row.finished = (int32_t)query_get_int_or(q, 20, DAY_NONE);
    row.short_id = short_of(arena, row.id, query_get(q, 22), query_get(q, 23));
    restriction_get(arena, query_get(q, 15), &row);
    history_get(w, query_get(q, 16), &row);
    disputes_get(w, query_get(q, 21), &row);
    row.overdue = action_past(row.status, row.due, row.due_time, now);
    if (!unmasked && restricted(&row.restriction))
        action_row_mask(&row);
    return row;
}

const char *words_folded(struct arena *arena, const char *words)
{
    if (words == NULL)
        return NULL;
    size_t n = strlen(words);
    text_trim(&words, &n);
    return n == 0 ? NULL : text_fold_dup(arena, words, n);
}

enum evh view_begin(struct store *store, bool *own, struct err *err)
{
    *own = sqlite3_get_autocommit(store->db) != 0;
    return *own ? db_begin_read(store, err) : EVH_OK;
}

void view_end(struct store *store, bool own)
{
    if (own)
        db_rollback(store); /* nothing was written */
}
