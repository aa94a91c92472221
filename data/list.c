/* Lists of meetings, and finding one by what a person types. */
#include <string.h>

#include "core/text.h"
#include "data/inside.h"

const char *day_words(struct arena *arena, int32_t day)
{
    static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July",
                                         "August", "September", "October", "November", "December"};
    if (day == DAY_NONE)
        return "no date";
    struct civil c = civil_from_day(day);
    return arena_printf(arena, "%d %s %d", c.day, months[c.month - 1], c.year);
}

static struct meeting_row row_read(struct query *q, struct arena *arena)
{
    struct meeting_row row = {
        .id = query_get_id(q, 0),
        .date = (int32_t)query_get_int_or(q, 1, DAY_NONE),
        .start = (int)query_get_int_or(q, 2, TIME_NONE),
        .type = query_dup(q, 3, arena),
        .title = query_dup(q, 4, arena),
        .kept_as = query_dup(q, 5, arena),
        .kept_by = query_dup(q, 6, arena),
        .status = query_dup(q, 7, arena),
        .entries = (int)query_get_int(q, 9),
        .child = query_dup(q, 10, arena),
        .open_actions = (int)query_get_int(q, 11),
        .overdue = (int)query_get_int(q, 12),
        .has_line = query_get_int(q, 13) != 0,
    };
    row.unsigned_draft = strcmp(row.status, "draft") == 0 && query_get_int(q, 8) == 0;
    return row;
}

/* Parameter 1 is bound by the caller; 2 to 4 here. */
static enum evh rows_read(struct query *q, struct arena *arena, size_t limit, struct meeting_rows *out, struct err *err)
{
    struct store *store = q->store;
    struct now now = store->world.now(store->world.data);
    struct meeting_rows rows = {0};
    size_t cap = 0;
    query_int(q, 2, limit == 0 || limit > INT32_MAX ? -1 : (int64_t)limit);
    query_int(q, 3, now.day);
    query_int(q, 4, now.time);
    while (query_row(q)) {
        rows.v = arena_grow(arena, rows.v, rows.n, &cap, sizeof rows.v[0]);
        rows.v[rows.n++] = row_read(q, arena);
    }
    enum evh r = query_end(q, err);
    for (size_t i = 0; i < rows.n && r == EVH_OK; i++)
        r = short_id(store, arena, rows.v[i].id, &rows.v[i].short_id, err);
    if (r == EVH_OK)
        *out = rows;
    return r;
}

enum evh store_meetings(struct store *store, struct arena *arena, const char *child, size_t limit, struct meeting_rows *out, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_meeting_list);
    query_text(&q, 1, child == NULL ? NULL : text_fold_dup(arena, child, strlen(child)));
    return rows_read(&q, arena, limit, out, err);
}

enum evh store_unsigned(struct store *store, struct arena *arena, const char *child, int32_t until, size_t limit, struct meeting_rows *out, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_meeting_unsigned);
    query_text(&q, 1, child == NULL ? NULL : text_fold_dup(arena, child, strlen(child)));
    query_int(&q, 5, until);
    return rows_read(&q, arena, limit, out, err);
}

enum evh store_file_meetings(struct store *store, struct arena *arena, struct uuid file, struct meeting_rows *out, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_meeting_list_file);
    query_id(&q, 1, file);
    return rows_read(&q, arena, 0, out, err);
}

/* ---- finding ---- */

static bool prefix_ok(const char *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char c = words[i];
        bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? c != '-' : !hex)
            return false;
    }
    return n >= 4 && n < UUID_TEXT;
}

enum evh find_prefix(struct store *store, enum stmt which, const char *words, const char *what, struct uuid *id, struct err *err)
{
    char low[UUID_TEXT + 1], high[UUID_TEXT + 1];
    size_t n = strlen(words);
    for (size_t i = 0; i < n && i < sizeof low; i++)
        low[i] = (char)(words[i] >= 'A' && words[i] <= 'Z' ? words[i] - 'A' + 'a' : words[i]);
    struct buf shown = {0};
    text_show(&shown, words);
    enum evh r = EVH_OK;
    if (n >= UUID_TEXT || !prefix_ok(low, n)) {
        r = err_set(err, EVH_NOTFOUND, "there is no %s “%s”; give at least four characters of an id as the list prints it", what, buf_str(&shown));
        buf_free(&shown);
        return r;
    }
    low[n] = '\0';
    memcpy(high, low, n);
    high[n] = '~'; /* above every character of an id */
    high[n + 1] = '\0';
    struct query q;
    query_begin(&q, store, which);
    query_text(&q, 1, low);
    query_text(&q, 2, high);
    int found = 0;
    struct uuid first = {{0}};
    while (query_row(&q)) {
        if (found++ == 0)
            first = query_get_id(&q, 0);
    }
    r = query_end(&q, err);
    if (r == EVH_OK && found == 0)
        r = err_set(err, EVH_NOTFOUND, "there is no %s whose id begins with %s", what, buf_str(&shown));
    else if (r == EVH_OK && found > 1)
        r = err_set(err, EVH_INVALID, "several ids begin with %s; give more of it", buf_str(&shown));
    buf_free(&shown);
    if (r == EVH_OK)
        *id = first;
    return r;
}

enum evh store_find_meeting(struct store *store, const char *words, struct uuid *id, struct err *err)
{
    if (strcmp(words, "last") != 0)
        return find_prefix(store, STMT_meeting_prefix, words, "meeting", id, err);
    struct query q;
    query_begin(&q, store, STMT_meeting_newest);
    bool found = query_row(&q);
    struct uuid newest = found ? query_get_id(&q, 0) : (struct uuid){{0}};
    enum evh r = query_end(&q, err);
    if (r == EVH_OK && !found)
        r = err_set(err, EVH_NOTFOUND, "there are no meetings yet; “evenhand new” plans one, “evenhand import” reads one");
    if (r == EVH_OK)
        *id = newest;
    return r;
}

enum evh store_record(struct store *store, struct uuid meeting, struct record **out, struct err *err)
{
    struct arena *arena = arena_new();
    struct log log = {0};
    enum evh r = log_read(store, meeting, arena, &log, NULL, err);
    if (r == EVH_OK && log.facts.n == 0)
        r = err_set(err, EVH_NOTFOUND, "that meeting is not in the database");
    if (r == EVH_OK) {
        *out = record_replay(meeting, log.facts.v, log.facts.n);
        for (size_t i = 0; i < (*out)->nentries; i++)
            (*out)->entries[i].changed = false;
    }
    arena_free(arena);
    return r;
}
