/* Lists of people across meetings, and finding one by what somebody types. */
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"
#include "data/people.h"

/* ---- rows ---- */

/* Appearances, person by person, the newest meeting first. */
struct in_order {
    size_t leader, at;
    int32_t date;
    int start;
    struct uuid meeting;
};

static int newest_first(const void *a, const void *b)
{
    const struct in_order *x = a, *y = b;
    if (x->leader != y->leader)
        return x->leader < y->leader ? -1 : 1;
    if (x->date != y->date)
        return x->date > y->date ? -1 : 1;
    if (x->start != y->start)
        return x->start > y->start ? -1 : 1;
    return uuid_compare(y->meeting, x->meeting);
}

static struct in_order *put_in_order(const struct people *p)
{
    struct in_order *v = memory_take(p->n + 1, sizeof *v);
    for (size_t i = 0; i < p->n; i++)
        v[i] = (struct in_order){p->v[i].leader, i, p->v[i].date, p->v[i].start, p->v[i].meeting};
    qsort(v, p->n, sizeof v[0], newest_first);
    return v;
}

/* The children of a person's meetings, each file once, newest first. */
static const char *children_of(struct arena *arena, const struct people *p, const struct in_order *v, size_t n, size_t *files)
{
    struct uuid *seen = NULL;
    size_t cap = 0, count = 0;
    struct buf names = {0};
    for (size_t i = 0; i < n; i++) {
        size_t from, to;
        people_files(p, v[i].meeting, &from, &to);
        for (size_t f = from; f < to; f++) {
            size_t k = 0;
            while (k < count && !uuid_same(seen[k], p->files[f].file))
                k++;
            if (k < count)
                continue;
            seen = arena_grow(arena, seen, count, &cap, sizeof seen[0]);
            seen[count++] = p->files[f].file;
            buf_addf(&names, "%s%s", names.n > 0 ? ", " : "", p->files[f].child);
        }
    }
    *files = count;
    const char *all = arena_strndup(arena, buf_str(&names), names.n);
    buf_free(&names);
    return all;
}

static struct person_row row_of(struct arena *arena, const struct people *p, const struct in_order *v, size_t n, const int *open)
{
    const struct appearance *a = &p->v[v[0].at];
    struct person_row row = {
        .id = people_id(p, v[0].at), .name = arena_strdup(arena, a->name), .role = arena_strdup(arena, a->role),
        .organisation = arena_strdup(arena, a->organisation), .open_actions = open[a->leader],
    };
    row.children = children_of(arena, p, v, n, &row.files);
    for (size_t i = 0; i < n; i++)
        row.meetings += i == 0 || !uuid_same(v[i].meeting, v[i - 1].meeting);
    return row;
}

static enum evh add_short(struct store *store, struct arena *arena, struct person_row *row, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_person_neighbours);
    query_id(&q, 1, row->id);
    if (query_row(&q))
        row->short_id = short_of(arena, row->id, query_get(&q, 0), query_get(&q, 1));
    return query_end(&q, err);
}

/* Open actions of each person, by the place of their leader. */
static void count_open(const struct people *p, struct query *q, int *open)
{
    while (query_row(q)) {
        size_t who = people_owner(p, query_get_id(q, 0), query_get(q, 1));
        if (who != NOBODY)
            open[p->v[who].leader] += (int)query_get_int(q, 2);
    }
}

static enum evh open_actions(struct store *store, const struct people *p, bool everybody, int *open, struct err *err)
{
    struct query q;
    enum evh r = EVH_OK;
    if (everybody) {
        query_begin(&q, store, STMT_person_open);
        count_open(p, &q, open);
        return query_end(&q, err);
    }
    for (size_t i = 0; i < p->n && r == EVH_OK; i++) {
        if (i > 0 && strcmp(p->v[i].fold, p->v[i - 1].fold) == 0)
            continue;
        query_begin(&q, store, STMT_person_open_of_name);
        query_text(&q, 1, p->v[i].fold);
        count_open(p, &q, open);
        r = query_end(&q, err);
    }
    return r;
}

/* One row for each person of whom `keep` holds. */
static enum evh rows_of(struct store *store, struct arena *arena, const struct people *p, bool everybody,
                        bool (*keep)(const struct people *p, size_t at, const void *data), const void *data, struct person_rows *out, struct err *err)
{
    int *open = memory_take(p->n + 1, sizeof *open);
    struct in_order *v = put_in_order(p);
    struct person_rows rows = {0};
    size_t cap = 0;
    enum evh r = open_actions(store, p, everybody, open, err);
    for (size_t from = 0, to; from < p->n && r == EVH_OK; from = to) {
        for (to = from + 1; to < p->n && v[to].leader == v[from].leader; to++)
            ;
        if (!keep(p, v[from].at, data))
            continue;
        rows.v = arena_grow(arena, rows.v, rows.n, &cap, sizeof rows.v[0]);
        rows.v[rows.n] = row_of(arena, p, v + from, to - from, open);
        r = add_short(store, arena, &rows.v[rows.n++], err);
    }
    free(open);
    free(v);
    if (r == EVH_OK)
        *out = rows;
    return r;
}

/* ---- the list ---- */

static bool holds_words(const struct people *p, size_t at, const void *data)
{
    const char *words = data;
    return words == NULL || strstr(p->v[at].fold, words) != NULL;
}

struct sorted { const char *fold; struct person_row row; };

static int by_name(const void *a, const void *b)
{
    const struct sorted *x = a, *y = b;
    int c = strcmp(x->fold, y->fold);
    return c != 0 ? c : uuid_compare(x->row.id, y->row.id);
}

static void sort_rows(struct arena *arena, struct person_rows *rows)
{
    struct sorted *v = memory_take(rows->n + 1, sizeof *v);
    for (size_t i = 0; i < rows->n; i++)
        v[i] = (struct sorted){text_fold_dup(arena, rows->v[i].name, strlen(rows->v[i].name)), rows->v[i]};
    qsort(v, rows->n, sizeof v[0], by_name);
    for (size_t i = 0; i < rows->n; i++)
        rows->v[i] = v[i].row;
    free(v);
}

static const char *folded(struct arena *arena, const char *words)
{
    if (words == NULL)
        return NULL;
    size_t n = strlen(words);
    text_trim(&words, &n);
    return text_fold_dup(arena, words, n);
}

enum evh store_people(struct store *store, struct arena *arena, const char *name, struct person_rows *out, struct err *err)
{
    struct arena *scratch = arena_new();
    struct people p;
    struct person_rows rows = {0};
    enum evh r = people_load(store, scratch, &p, err);
    if (r == EVH_OK)
        r = rows_of(store, arena, &p, true, holds_words, folded(scratch, name), &rows, err);
    if (r == EVH_OK) {
        sort_rows(scratch, &rows);
        *out = rows;
    }
    arena_free(scratch);
    return r;
}

/* ---- one ---- */

static bool has_leader(const struct people *p, size_t at, const void *data)
{
    const size_t *leader = data;
    return p->v[at].leader == *leader;
}

static enum evh row_at(struct store *store, struct arena *arena, const struct people *p, size_t at, struct person_row *out, struct err *err)
{
    struct person_rows rows = {0};
    enum evh r = rows_of(store, arena, p, false, has_leader, &p->v[at].leader, &rows, err);
    if (r == EVH_OK)
        *out = rows.v[0];
    return r;
}

/* Several people of one name: what tells them apart, so that one can be chosen. */
static enum evh several(const struct person_rows *rows, const char *words, struct err *err)
{
    struct buf list = {0}, all = {0}, shown = {0};
    size_t n = 0;
    for (; n < rows->n && list.n < 200; n++) {
        const struct person_row *row = &rows->v[n];
        const char *what = row->role != NULL ? row->role : row->organisation;
        buf_addf(&all, "%s%s (%.40s%s%.60s)", n > 0 ? ", " : "", row->short_id, what == NULL ? "" : what, what == NULL ? "" : ", ", row->children);
        buf_clear(&list);
        text_show(&list, buf_str(&all));
    }
    text_show(&shown, words);
    enum evh r = err_set(err, EVH_INVALID, "several people are called “%.60s”: %s%s; give one of these ids, or say that they are one person with “evenhand person join”",
                         buf_str(&shown), buf_str(&list), n < rows->n ? " …" : "");
    buf_free(&list);
    buf_free(&all);
    buf_free(&shown);
    return r;
}

static bool has_fold(const struct people *p, size_t at, const void *data)
{
    const char *fold = data;
    for (size_t i = 0; i < p->n; i++) {
        if (p->v[i].leader == p->v[at].leader && strcmp(p->v[i].fold, fold) == 0)
            return true;
    }
    return false;
}

/* *found false: nobody is called so. */
static enum evh find_name(struct store *store, struct arena *arena, const char *words, struct person_row *out, bool *found, struct err *err)
{
    struct people p;
    struct person_rows rows = {0};
    const char *fold = folded(arena, words);
    enum evh r = people_named(store, arena, fold, &p, err);
    if (r == EVH_OK)
        r = rows_of(store, arena, &p, false, has_fold, fold, &rows, err);
    *found = rows.n > 0;
    if (r != EVH_OK || rows.n == 0)
        return r;
    if (rows.n > 1)
        return several(&rows, words, err);
    *out = rows.v[0];
    return EVH_OK;
}

static enum evh not_there(const char *words, struct err *err)
{
    struct buf shown = {0};
    text_show(&shown, words);
    enum evh r = err_set(err, EVH_NOTFOUND, "nobody is called “%.80s”; give a whole name, or an id as “evenhand person list” prints it", buf_str(&shown));
    buf_free(&shown);
    return r;
}

/* The ids that begin with what was typed; they may all be one person's. */
static enum evh with_prefix(struct store *store, struct arena *arena, const char *low, struct uuid **out, size_t *n, struct err *err)
{
    struct uuid *v = NULL;
    size_t cap = 0;
    struct query q;
    *n = 0;
    query_begin(&q, store, STMT_person_prefix);
    query_text(&q, 1, low);
    query_text(&q, 2, arena_printf(arena, "%s~", low)); /* above every character of an id */
    while (query_row(&q)) {
        v = arena_grow(arena, v, *n, &cap, sizeof v[0]);
        v[(*n)++] = query_get_id(&q, 0);
    }
    *out = v;
    return query_end(&q, err);
}

static enum evh find_id(struct store *store, struct arena *arena, const char *words, struct person_row *out, struct err *err)
{
    char *low = arena_strdup(arena, words);
    size_t n = 0, length = strlen(low);
    for (char *c = low; *c != '\0'; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
    if (length < 4 || length >= UUID_TEXT || low[strspn(low, "0123456789abcdef-")] != '\0')
        return not_there(words, err);
    struct uuid *ids = NULL;
    enum evh r = with_prefix(store, arena, low, &ids, &n, err);
    if (r == EVH_OK && n == 0)
        return not_there(words, err);
    struct people p;
    size_t at = NOBODY;
    if (r == EVH_OK)
        r = people_of(store, arena, ids[0], &p, &at, err);
    for (size_t i = 1; i < n && r == EVH_OK; i++) {
        size_t other = people_find(&p, ids[i]);
        if (other == NOBODY || p.v[other].leader != p.v[at].leader)
            return err_set(err, EVH_INVALID, "several people's ids begin with %s; give more of it", low);
    }
    if (r == EVH_OK && at == NOBODY)
        return not_there(words, err);
    return r == EVH_OK ? row_at(store, arena, &p, at, out, err) : r;
}

enum evh store_find_person(struct store *store, struct arena *arena, const char *words, struct person_row *out, struct err *err)
{
    bool found = false;
    size_t n = strlen(words);
    text_trim(&words, &n);
    words = arena_strndup(arena, words, n);
    enum evh r = find_name(store, arena, words, out, &found, err);
    return r != EVH_OK || found ? r : find_id(store, arena, words, out, err);
}
