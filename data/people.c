/* In one child's file the same full name with the same role or organisation is one person; across files a person is one only when somebody said so
 * (design.md, "Who is who"). Whatever is not certain is not put together: this decides what a reviewer sees. */
#include "data/people.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"

/* ---- order ---- */

static int by_name(const void *a, const void *b)
{
    const struct appearance *x = a, *y = b;
    int c = strcmp(x->fold, y->fold);
    if (c == 0)
        c = uuid_compare(x->meeting, y->meeting);
    return c != 0 ? c : uuid_compare(x->id, y->id);
}

static int by_meeting(const void *a, const void *b)
{
    const struct filed *x = a, *y = b;
    int c = uuid_compare(x->meeting, y->meeting);
    return c != 0 ? c : uuid_compare(x->file, y->file);
}

struct id_place { struct uuid id; size_t at; };

static int by_id(const void *a, const void *b)
{
    const struct id_place *x = a, *y = b;
    return uuid_compare(x->id, y->id);
}

size_t people_find(const struct people *p, struct uuid id)
{
    size_t low = 0, high = p->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = uuid_compare(p->v[p->by_id[middle]].id, id);
        if (c == 0)
            return p->by_id[middle];
        if (c < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NOBODY;
}

void people_range(const struct people *p, const char *fold, size_t *from, size_t *to)
{
    size_t low = 0, high = p->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(p->v[middle].fold, fold) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *from = low;
    for (high = p->n; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(p->v[middle].fold, fold) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    *to = low;
}

void people_files(const struct people *p, struct uuid meeting, size_t *from, size_t *to)
{
    size_t low = 0, high = p->nfiles;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (uuid_compare(p->files[middle].meeting, meeting) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *from = *to = low;
    while (*to < p->nfiles && uuid_same(p->files[*to].meeting, meeting))
        ++*to;
}

/* ---- reading ---- */

static void take_rows(struct people *p, struct query *q)
{
    while (query_row(q)) {
        p->v = arena_grow(p->arena, p->v, p->n, &p->cap, sizeof p->v[0]);
        p->v[p->n++] = (struct appearance){
            .id = query_get_id(q, 0), .meeting = query_get_id(q, 1), .name = query_dup(q, 2, p->arena), .fold = query_dup(q, 3, p->arena),
            .role = query_dup(q, 4, p->arena), .organisation = query_dup(q, 5, p->arena), .apart = query_get_int(q, 6) != 0,
            .date = (int32_t)query_get_int_or(q, 7, DAY_NONE), .start = (int)query_get_int_or(q, 8, TIME_NONE),
        };
    }
}

static void take_files(struct people *p, struct query *q)
{
    while (query_row(q)) {
        p->files = arena_grow(p->arena, p->files, p->nfiles, &p->files_cap, sizeof p->files[0]);
        p->files[p->nfiles++] = (struct filed){query_get_id(q, 0), query_get_id(q, 1), query_dup(q, 2, p->arena)};
    }
}

static enum evh load_same(struct store *store, struct people *p, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_person_same);
    while (query_row(&q)) {
        p->same = arena_grow(p->arena, p->same, p->nsame, &p->same_cap, sizeof p->same[0]);
        p->same[p->nsame++] = (struct same){query_get_id(&q, 0), query_get_id(&q, 1), query_get_id(&q, 2), query_get_id(&q, 3)};
    }
    return query_end(&q, err);
}

static bool has_name(const struct people *p, const char *fold)
{
    for (size_t i = 0; i < p->n; i++) {
        if (strcmp(p->v[i].fold, fold) == 0)
            return true;
    }
    return false;
}

static bool has_id(const struct people *p, struct uuid id)
{
    for (size_t i = 0; i < p->n; i++) {
        if (uuid_same(p->v[i].id, id))
            return true;
    }
    return false;
}

static enum evh add_name(struct store *store, struct people *p, const char *fold, struct err *err)
{
    struct query q;
    if (has_name(p, fold))
        return EVH_OK;
    query_begin(&q, store, STMT_person_rows_of_name);
    query_text(&q, 1, fold);
    take_rows(p, &q);
    enum evh r = query_end(&q, err);
    if (r != EVH_OK)
        return r;
    query_begin(&q, store, STMT_person_files_of_name);
    query_text(&q, 1, fold);
    take_files(p, &q);
    return query_end(&q, err);
}

/* The folded name of an appearance; NULL: it is not there. */
static enum evh name_of(struct store *store, struct people *p, struct uuid id, const char **fold, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_person_row);
    query_id(&q, 1, id);
    *fold = query_row(&q) ? query_dup(&q, 3, p->arena) : NULL;
    return query_end(&q, err);
}

/* Everybody whom somebody said to be the same as one who is here already, until nobody comes any more. */
static enum evh add_same(struct store *store, struct people *p, struct err *err)
{
    enum evh r = EVH_OK;
    bool more = true;
    while (more && r == EVH_OK) {
        more = false;
        for (size_t i = 0; i < p->nsame && r == EVH_OK; i++) {
            bool one = has_id(p, p->same[i].attendee), other = has_id(p, p->same[i].person);
            const char *fold = NULL;
            if (one != other)
                r = name_of(store, p, one ? p->same[i].person : p->same[i].attendee, &fold, err);
            if (r == EVH_OK && fold != NULL) {
                r = add_name(store, p, fold, err);
                more = true;
            }
        }
    }
    return r;
}

/* ---- putting together ---- */

static size_t leader_of(struct people *p, size_t at)
{
    while (p->v[at].leader != at) {
        p->v[at].leader = p->v[p->v[at].leader].leader;
        at = p->v[at].leader;
    }
    return at;
}

static void unite(struct people *p, size_t a, size_t b)
{
    size_t x = leader_of(p, a), y = leader_of(p, b);
    if (x != y)
        p->v[x > y ? x : y].leader = x > y ? y : x;
}

/* What an appearance can be known by in one file: appearances with the same are one person. */
struct mark {
    const char *fold, *word;
    struct uuid file;
    size_t at;
};

struct marks { struct arena *arena; struct mark *v; size_t n, cap; };

static int mark_compare(const struct mark *x, const struct mark *y)
{
    int c = strcmp(x->fold, y->fold);
    if (c == 0)
        c = uuid_compare(x->file, y->file);
    return c != 0 ? c : strcmp(x->word, y->word);
}

static int by_mark(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    int c = mark_compare(x, y);
    return c != 0 ? c : (x->at > y->at) - (x->at < y->at);
}

static void add_mark(struct marks *m, const struct people *p, size_t at, struct uuid file, const char *word)
{
    m->v = arena_grow(m->arena, m->v, m->n, &m->cap, sizeof m->v[0]);
    m->v[m->n++] = (struct mark){p->v[at].fold, word, file, at};
}

static const char *folded(struct arena *arena, const char *s)
{
    if (s == NULL)
        return NULL;
    size_t n = strlen(s);
    text_trim(&s, &n);
    return n == 0 ? NULL : text_fold_dup(arena, s, n);
}

/* Whether two of one name stand on one list of that file: then a role or an organisation alone does not tell who is who. */
static bool two_in_file(const struct people *p, size_t from, size_t to, struct uuid file)
{
    for (size_t i = from + 1; i < to; i++) {
        size_t first, last;
        if (!uuid_same(p->v[i].meeting, p->v[i - 1].meeting))
            continue;
        people_files(p, p->v[i].meeting, &first, &last);
        for (size_t f = first; f < last; f++) {
            if (uuid_same(p->files[f].file, file))
                return true;
        }
    }
    return false;
}

static bool two_anywhere(const struct people *p, size_t from, size_t to)
{
    for (size_t i = from + 1; i < to; i++) {
        if (uuid_same(p->v[i].meeting, p->v[i - 1].meeting))
            return true;
    }
    return false;
}

static void mark_one(struct marks *m, const struct people *p, size_t at, size_t from, size_t to, bool doubled)
{
    const char *role = folded(m->arena, p->v[at].role), *organisation = folded(m->arena, p->v[at].organisation);
    size_t first, last;
    people_files(p, p->v[at].meeting, &first, &last);
    for (size_t f = first; f < last; f++) {
        struct uuid file = p->files[f].file;
        if (doubled && two_in_file(p, from, to, file)) {
            if (role != NULL && organisation != NULL)
                add_mark(m, p, at, file, arena_printf(m->arena, "both %s\t%s", role, organisation));
            continue;
        }
        if (role != NULL)
            add_mark(m, p, at, file, arena_printf(m->arena, "role %s", role));
        if (organisation != NULL)
            add_mark(m, p, at, file, arena_printf(m->arena, "organisation %s", organisation));
        if (role == NULL && organisation == NULL)
            add_mark(m, p, at, file, "neither");
    }
}

/* Two lines of one list that nothing tells apart leave everybody who could be either alone. */
static bool two_of_one_meeting(const struct people *p, const struct mark *v, size_t n)
{
    for (size_t i = 1; i < n; i++) { /* by place, which is by meeting */
        if (uuid_same(p->v[v[i].at].meeting, p->v[v[i - 1].at].meeting))
            return true;
    }
    return false;
}

static void put_together(struct people *p)
{
    struct marks m = {.arena = arena_new()};
    for (size_t from = 0, to; from < p->n; from = to) {
        people_range(p, p->v[from].fold, &from, &to);
        bool doubled = two_anywhere(p, from, to), nameless = p->v[from].fold[0] == '(' || p->v[from].fold[0] == '\0';
        for (size_t i = from; i < to && !nameless; i++) {
            if (!p->v[i].apart)
                mark_one(&m, p, i, from, to, doubled);
        }
    }
    if (m.n > 0)
        qsort(m.v, m.n, sizeof m.v[0], by_mark);
    for (size_t from = 0, to; from < m.n; from = to) {
        for (to = from + 1; to < m.n && mark_compare(&m.v[from], &m.v[to]) == 0; to++)
            ;
        for (size_t i = from + 1; i < to && !two_of_one_meeting(p, m.v + from, to - from); i++)
            unite(p, m.v[from].at, m.v[i].at);
    }
    arena_free(m.arena);
    for (size_t i = 0; i < p->nsame; i++) {
        size_t one = people_find(p, p->same[i].attendee), other = people_find(p, p->same[i].person);
        if (one != NOBODY && other != NOBODY)
            unite(p, one, other);
    }
    for (size_t i = 0; i < p->n; i++)
        p->v[i].leader = leader_of(p, i);
}

static void finish(struct people *p)
{
    if (p->n > 0)
        qsort(p->v, p->n, sizeof p->v[0], by_name);
    if (p->nfiles > 0)
        qsort(p->files, p->nfiles, sizeof p->files[0], by_meeting);
    size_t kept = 0;
    for (size_t i = 0; i < p->nfiles; i++) {
        if (i == 0 || by_meeting(&p->files[i], &p->files[i - 1]) != 0)
            p->files[kept++] = p->files[i];
    }
    p->nfiles = kept;
    struct id_place *ids = memory_take(p->n + 1, sizeof *ids);
    for (size_t i = 0; i < p->n; i++) {
        ids[i] = (struct id_place){p->v[i].id, i};
        p->v[i].leader = i;
    }
    qsort(ids, p->n, sizeof ids[0], by_id);
    p->by_id = arena_alloc(p->arena, p->n + 1, sizeof p->by_id[0]);
    for (size_t i = 0; i < p->n; i++)
        p->by_id[i] = ids[i].at;
    free(ids);
    put_together(p);
    p->first = arena_alloc(p->arena, p->n + 1, sizeof p->first[0]);
    for (size_t i = p->n; i > 0; i--)
        p->first[p->v[p->by_id[i - 1]].leader] = p->by_id[i - 1];
}

/* ---- loading ---- */

enum evh people_load(struct store *store, struct arena *arena, struct people *out, struct err *err)
{
    *out = (struct people){.arena = arena};
    enum evh r = load_same(store, out, err);
    struct query q;
    if (r == EVH_OK) {
        query_begin(&q, store, STMT_person_rows);
        take_rows(out, &q);
        r = query_end(&q, err);
    }
    if (r == EVH_OK) {
        query_begin(&q, store, STMT_person_files);
        take_files(out, &q);
        r = query_end(&q, err);
    }
    if (r == EVH_OK)
        finish(out);
    return r;
}

enum evh people_named(struct store *store, struct arena *arena, const char *fold, struct people *out, struct err *err)
{
    *out = (struct people){.arena = arena};
    enum evh r = load_same(store, out, err);
    if (r == EVH_OK && fold != NULL)
        r = add_name(store, out, fold, err);
    if (r == EVH_OK)
        r = add_same(store, out, err);
    if (r == EVH_OK)
        finish(out);
    return r;
}

enum evh people_of(struct store *store, struct arena *arena, struct uuid id, struct people *out, size_t *at, struct err *err)
{
    const char *fold = NULL;
    *out = (struct people){.arena = arena};
    enum evh r = name_of(store, out, id, &fold, err);
    if (r == EVH_OK)
        r = people_named(store, arena, fold, out, err);
    if (r == EVH_OK)
        *at = people_find(out, id);
    return r;
}

/* ---- asking ---- */

struct uuid people_id(const struct people *p, size_t at)
{
    return p->v[p->first[p->v[at].leader]].id;
}

static bool share_file(const struct people *p, struct uuid a, struct uuid b)
{
    size_t a0, a1, b0, b1;
    people_files(p, a, &a0, &a1);
    people_files(p, b, &b0, &b1);
    for (size_t i = a0; i < a1; i++) {
        for (size_t k = b0; k < b1; k++) {
            if (uuid_same(p->files[i].file, p->files[k].file))
                return true;
        }
    }
    return false;
}

/* The appearances of one name in one meeting: from the first, behind the last. They stand together. */
static void in_meeting(const struct people *p, struct uuid meeting, size_t *from, size_t *to)
{
    size_t low = *from, high = *to, end = *to;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (uuid_compare(p->v[middle].meeting, meeting) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *from = *to = low;
    while (*to < end && uuid_same(p->v[*to].meeting, meeting))
        ++*to;
}

size_t people_owner(const struct people *p, struct uuid meeting, const char *fold)
{
    size_t from, to, first, last, found = NOBODY;
    if (fold[0] == '\0' || fold[0] == '(')
        return NOBODY;
    people_range(p, fold, &from, &to);
    first = from;
    last = to;
    in_meeting(p, meeting, &first, &last);
    if (first < last)
        return last - first == 1 ? first : NOBODY;
    for (size_t i = from; i < to; i++) {
        if (!share_file(p, p->v[i].meeting, meeting))
            continue;
        if (found != NOBODY && p->v[i].leader != p->v[found].leader)
            return NOBODY;
        found = i;
    }
    return found;
}
