/* A whole list of actions for a table. The index tells which and in which order; the rows themselves lie in the order in which they were written, and are read in
 * that one: page after page, each once. */
#include <stdlib.h>
#include <string.h>

#include "data/action_row.h"

/* Where an action is in the table of the database, and which line of the list it is. */
struct spot {
    int64_t rowid;
    size_t line;
};

struct spots {
    struct spot *v;
    size_t n, cap;
};

static int by_rowid(const void *a, const void *b)
{
    const struct spot *x = a, *y = b;
    return (x->rowid > y->rowid) - (x->rowid < y->rowid);
}

static enum evh find_spots(struct store *store, struct arena *arena, const struct action_filter *f, const struct now *now, struct spots *out, struct err *err)
{
    struct query q;
    action_list_begin(&q, store, f, now, arena);
    while (query_row(&q)) {
        out->v = arena_grow(arena, out->v, out->n, &out->cap, sizeof out->v[0]);
        out->v[out->n] = (struct spot){query_get_int(&q, 0), out->n};
        out->n++;
    }
    return query_end(&q, err);
}

/* Into the order of the rows. `rows`: about as many as the table has; of a list that is a good part of them each is put in its place, which is quicker. */
static void sort_spots(struct arena *scratch, struct spots *spots, int64_t rows, bool few)
{
    uint32_t *lines = few ? NULL : arena_alloc(scratch, (size_t)rows + 1, sizeof *lines), n = 0;
    for (; lines != NULL && n < spots->n && spots->v[n].rowid > 0 && spots->v[n].rowid <= rows; n++)
        lines[spots->v[n].rowid] = (uint32_t)spots->v[n].line + 1;
    if (n < spots->n) {
        qsort(spots->v, spots->n, sizeof spots->v[0], by_rowid);
        return;
    }
    n = 0;
    for (int64_t rowid = 1; lines != NULL && rowid <= rows; rowid++)
        if (lines[rowid] > 0)
            spots->v[n++] = (struct spot){rowid, lines[rowid] - 1};
}

/* ---- what stands in the rows ---- */

static const char *word_at(struct query *q, int column, struct row_words *words)
{
    size_t n = 0;
    const char *s = query_get_n(q, column, &n);
    return row_word(words, s, n);
}

/* How long the short id of each row is, by its rowid; `v` NULL: nobody knows yet. */
struct lengths {
    unsigned char *v;
    int64_t n;
};

static void cut_id(struct action_line *line, const char *id, size_t n)
{
    n = n < UUID_TEXT ? n : UUID_TEXT - 1;
    memcpy(line->short_id, id, n);
    line->short_id[n] = '\0';
}

static struct action_line line_read(struct query *q, struct row_words *words, const struct now *now, bool unmasked)
{
    int64_t due = query_get_int(q, 4), due_time = query_get_int(q, 5);
    size_t n = 0, limited = 0, id_bytes = 0;
    const char *text = query_get_n(q, 2, &n);
    (void)query_get_n(q, 10, &limited);
    struct action_line line = {
        .number = word_at(q, 1, words),
        .owner = word_at(q, 3, words),
        .due = due == DUE_NONE ? DAY_NONE : (int32_t)due,
        .due_time = due_time == DUE_TIME_NONE ? TIME_NONE : (int)due_time,
        .carried = (int32_t)query_get_int_or(q, 6, DAY_NONE),
        .status = word_at(q, 7, words),
        .child = word_at(q, 8, words),
        .meeting_date = (int32_t)query_get_int_or(q, 9, DAY_NONE),
        .masked = !unmasked && limited > 0,
    };
    line.text = line.masked ? "confidential" : arena_strndup(words->arena, text, n);
    const char *id = query_get_n(q, 11, &id_bytes);
    cut_id(&line, id, id_bytes);
    line.overdue = action_past(line.status, line.due, line.due_time, now);
    return line;
}

/* The index names a row that is not there. */
static enum evh broken(struct store *store, struct query *q, struct err *err)
{
    enum evh r = query_end(q, err);
    return r == EVH_OK ? db_fail(store, SQLITE_CORRUPT, err) : r;
}

/* Rows that nobody asked for are stepped over while that is shorter than looking for the next from the top of the tree. */
#define NEAR 8

static enum evh read_lines(struct store *store, const struct spots *spots, struct row_words *words, const struct now *now, const struct action_filter *f,
                           const struct lengths *lengths, struct action_line *v, struct err *err)
{
    struct query q;
    int64_t at = 0, first, last;
    action_list_days(f, now, &first, &last);
    query_begin(&q, store, STMT_action_lines);
    for (size_t i = 0; i < spots->n; i++) {
        int64_t wanted = spots->v[i].rowid;
        if (i == 0 || wanted - at > NEAR) {
            enum evh r = query_end(&q, err);
            if (r != EVH_OK)
                return r;
            query_begin(&q, store, STMT_action_lines);
            query_int(&q, 1, wanted);
            query_int(&q, 2, first);
            query_int(&q, 3, last);
            at = INT64_MIN;
        }
        while (at < wanted && query_row(&q))
            at = query_get_int(&q, 0);
        if (at != wanted)
            return broken(store, &q, err);
        struct action_line *line = &v[spots->v[i].line];
        *line = line_read(&q, words, now, f->unmasked);
        if (wanted > 0 && wanted < lengths->n)
            line->short_id[lengths->v[wanted]] = '\0';
    }
    return query_end(&q, err);
}

/* ---- what one types for them ---- */

/* How many rows are passed in the time of one search for two neighbours. */
#define PASSED 24

static enum evh rows_about(struct store *store, int64_t *rows, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_action_last);
    *rows = query_row(&q) ? query_get_int(&q, 0) : 0; /* those that are gone may be counted too */
    return query_end(&q, err);
}

/* All ids of the database, in order: each stands between its neighbours. */
static enum evh measure_all(struct store *store, struct lengths *lengths, struct err *err)
{
    char text[2][UUID_TEXT] = {""};
    size_t before = 0, turn = 0;
    int64_t last = 0;
    struct query q;
    query_begin(&q, store, STMT_action_every_id);
    while (query_row(&q)) {
        char *this = text[turn], *other = text[turn ^ 1U];
        size_t n = 0;
        const char *id = query_get_n(&q, 1, &n);
        memcpy(this, id, n < UUID_TEXT ? n : UUID_TEXT - 1);
        size_t common = short_common(this, other);
        if (last > 0 && last < lengths->n)
            lengths->v[last] = (unsigned char)short_length(other, common > before ? common : before);
        before = common;
        last = query_get_int(&q, 0);
        turn ^= 1U;
    }
    if (last > 0 && last < lengths->n)
        lengths->v[last] = (unsigned char)short_length(text[turn ^ 1U], before);
    return query_end(&q, err);
}

static enum evh cut_few(struct store *store, const struct spots *spots, struct action_line *v, struct err *err)
{
    for (size_t i = 0; i < spots->n; i++) {
        struct action_line *line = &v[spots->v[i].line];
        struct query q;
        query_begin(&q, store, STMT_action_neighbours);
        query_text(&q, 1, line->short_id);
        if (query_row(&q)) {
            size_t before = short_common(line->short_id, query_get(&q, 0)), after = short_common(line->short_id, query_get(&q, 1));
            line->short_id[short_length(line->short_id, before > after ? before : after)] = '\0';
        }
        enum evh r = query_end(&q, err);
        if (r != EVH_OK)
            return r;
    }
    return EVH_OK;
}

static enum evh read_all(struct store *store, struct arena *scratch, struct spots *spots, struct row_words *words, const struct now *now,
                         const struct action_filter *f, struct action_line *v, struct err *err)
{
    int64_t rows;
    struct lengths lengths = {NULL, 0};
    enum evh r = rows_about(store, &rows, err);
    bool few = (int64_t)spots->n < rows / PASSED;
    if (r == EVH_OK && !few) {
        lengths = (struct lengths){arena_alloc(scratch, (size_t)rows + 1, 1), rows + 1};
        memset(lengths.v, UUID_TEXT - 1, (size_t)rows + 1);
        r = measure_all(store, &lengths, err);
    }
    if (r == EVH_OK)
        sort_spots(scratch, spots, rows, few);
    if (r == EVH_OK)
        r = read_lines(store, spots, words, now, f, &lengths, v, err);
    return r == EVH_OK && few ? cut_few(store, spots, v, err) : r;
}

enum evh store_action_lines(struct store *store, struct arena *arena, const struct action_filter *f, struct action_lines *out, struct err *err)
{
    struct now now = store->world.now(store->world.data);
    struct row_words words = {.arena = arena};
    struct arena *scratch = arena_new();
    struct spots spots = {0};
    struct action_lines lines = {0};
    bool own = false;
    enum evh r = view_begin(store, &own, err);
    if (r == EVH_OK)
        r = find_spots(store, scratch, f, &now, &spots, err);
    if (r == EVH_OK) {
        lines = (struct action_lines){arena_alloc(arena, spots.n + 1, sizeof lines.v[0]), spots.n};
        r = read_all(store, scratch, &spots, &words, &now, f, lines.v, err);
    }
    view_end(store, own);
    arena_free(scratch);
    if (r == EVH_OK)
        *out = lines;
    return r;
}
