/* Whom the program runs for, and what they opened. */
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"
#include "data/inside.h"

#define NAME_MAX_BYTES 4000
#define WORD_MAX_BYTES 200
#define WHAT_MAX_BYTES 40

struct opened {
    struct uuid meeting;
    char what[WHAT_MAX_BYTES + 1];
};

struct visiting {
    struct arena *arena;  /* the visitor's strings */
    struct visitor who;
    bool named;
    struct uuid visit;    /* what ties the rows of one visit together */
    struct opened *opened;
    size_t n, cap;
};

static struct visiting *visiting_of(struct store *store)
{
    if (store->visiting == NULL) {
        store->visiting = memory_take(1, sizeof *store->visiting);
        store->visiting->arena = arena_new();
    }
    return store->visiting;
}

void visit_forget(struct store *store)
{
    if (store->visiting == NULL)
        return;
    arena_free(store->visiting->arena);
    free(store->visiting->opened);
    free(store->visiting);
    store->visiting = NULL;
}

/* Clean, without blanks at its ends, cut between characters; NULL for what is then empty. */
static const char *kept(struct arena *arena, const char *s, size_t max)
{
    if (s == NULL)
        return NULL;
    const char *clean = text_clean_dup(arena, s, strlen(s));
    size_t n = strlen(clean);
    text_trim(&clean, &n);
    while (n > max)
        n = text_prev(clean, n, n);
    return n == 0 ? NULL : arena_strndup(arena, clean, n);
}

void visit_set(struct store *store, const struct visitor *visitor)
{
    struct visiting *v = visiting_of(store);
    struct arena *arena = arena_new();
    struct visitor who = {
        .person = visitor->person,
        .name = kept(arena, visitor->name, NAME_MAX_BYTES),
        .peer = kept(arena, visitor->peer, WORD_MAX_BYTES),
        .fingerprint = kept(arena, visitor->fingerprint, WORD_MAX_BYTES),
    };
    arena_free(v->arena);
    v->arena = arena;
    v->who = who;
    v->named = true;
}

enum evh store_set_visitor(struct store *store, const struct visitor *visitor, struct err *err)
{
    const struct visitor *now = store_visitor(store);
    struct visitor who = *visitor;
    if (store->own != NULL && !uuid_none(who.person) && !uuid_same(who.person, now->person))
        return err_set(err, EVH_STATE, "this was opened for one person, who cannot become another");
    struct buf name = {0};
    if (store->own != NULL) { /* who that is was said when it was opened; only where they come from is told now */
        buf_adds(&name, now->name);
        who.person = now->person;
        who.name = buf_str(&name);
    }
    visit_set(store, &who);
    buf_free(&name);
    return EVH_OK;
}

const struct visitor *store_visitor(const struct store *store)
{
    return store->visiting == NULL || !store->visiting->named ? NULL : &store->visiting->who;
}

const char *visit_author(const struct store *store)
{
    const struct visitor *who = store_visitor(store);
    return who == NULL || uuid_none(who->person) ? NULL : who->name;
}

/* ---- writing ---- */

static bool opened_before(const struct visiting *v, const char *what, struct uuid meeting)
{
    for (size_t i = 0; i < v->n; i++) {
        if (uuid_same(v->opened[i].meeting, meeting) && strcmp(v->opened[i].what, what) == 0)
            return true;
    }
    return false;
}

static void note_opened(struct visiting *v, const char *what, struct uuid meeting)
{
    if (v->n == v->cap) {
        v->cap = v->cap == 0 ? 16 : v->cap * 2;
        v->opened = memory_grow(v->opened, v->cap, sizeof v->opened[0]);
    }
    struct opened *o = &v->opened[v->n++];
    *o = (struct opened){.meeting = meeting};
    memcpy(o->what, what, strlen(what));
}

static enum evh insert(struct store *store, const struct visiting *v, const char *what, struct uuid meeting, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_visit_add);
    query_id(&q, 1, v->visit);
    query_int(&q, 2, store->world.now(store->world.data).utc_ms);
    if (!uuid_none(v->who.person))
        query_id(&q, 3, v->who.person);
    query_text(&q, 4, v->who.name);
    query_text(&q, 5, what);
    if (!uuid_none(meeting))
        query_id(&q, 6, meeting);
    query_text(&q, 7, v->who.peer);
    query_text(&q, 8, v->who.fingerprint);
    return query_run(&q, err);
}

static enum evh insert_new(struct store *store, struct visiting *v, const char *what, const struct uuid *meetings, size_t n, struct err *err)
{
    enum evh r = EVH_OK;
    for (size_t i = 0; i < n && r == EVH_OK; i++) {
        if (opened_before(v, what, meetings[i]))
            continue;
        r = insert(store, v, what, meetings[i], err);
        if (r == EVH_OK)
            note_opened(v, what, meetings[i]);
    }
    return r;
}

enum evh visit_each(struct store *store, const char *what, const struct uuid *meetings, size_t n, struct err *err)
{
    struct visiting *v = visiting_of(store);
    size_t length = strlen(what), before = v->n, at = 0;
    if (length == 0 || length > WHAT_MAX_BYTES || !text_is_clean(what, length))
        return err_set(err, EVH_INVALID, "a visit is written down in one to %d plain characters", WHAT_MAX_BYTES);
    while (at < n && opened_before(v, what, meetings[at]))
        at++;
    if (at == n)
        return EVH_OK;
    if (store->read_only)
        return err_set(err, EVH_STATE, "opened for reading only: nothing is written down, visits neither");
    if (uuid_none(v->visit)) {
        struct idgen ids = store_ids(store);
        v->visit = ids.next(ids.data);
    }
    bool backup = store->no_backup;
    store->no_backup = true; /* nobody's words are changed by it */
    own_phase(store, OWN_VISIT);
    enum evh r = db_begin(store, err);
    if (r == EVH_OK)
        r = db_finish(store, insert_new(store, v, what, meetings + at, n - at, err), err);
    own_phase(store, OWN_LOOK);
    store->no_backup = backup;
    if (r != EVH_OK)
        v->n = before; /* none of them is on the disk */
    return r;
}

enum evh store_visit(struct store *store, const char *what, struct uuid meeting, struct err *err)
{
    return visit_each(store, what, &meeting, 1, err);
}

/* ---- reading ---- */

static bool holds(struct arena *arena, const char *text, const char *words)
{
    if (words == NULL)
        return true;
    return text != NULL && strstr(text_fold_dup(arena, text, strlen(text)), words) != NULL;
}

static const char *folded(struct arena *arena, const char *words)
{
    if (words == NULL)
        return NULL;
    size_t n = strlen(words);
    text_trim(&words, &n);
    return text_fold_dup(arena, words, n);
}

enum evh store_visits(struct store *store, struct arena *arena, const struct visit_filter *filter, struct visit_rows *out, struct err *err)
{
    struct visit_rows rows = {0};
    size_t cap = 0;
    const char *who = folded(arena, filter->who);
    struct query q;
    query_begin(&q, store, STMT_visit_list);
    query_text(&q, 1, folded(arena, filter->child));
    query_int(&q, 2, filter->since == DAY_NONE ? INT64_MIN : (int64_t)filter->since * 86400000);
    while ((filter->limit == 0 || rows.n < filter->limit) && query_row(&q)) {
        if (!holds(arena, query_get(&q, 2), who))
            continue;
        rows.v = arena_grow(arena, rows.v, rows.n, &cap, sizeof rows.v[0]);
        struct visit_row *row = &rows.v[rows.n++];
        *row = (struct visit_row){
            .utc_ms = query_get_int(&q, 0), .person = query_get_id(&q, 1), .name = query_dup(&q, 2, arena), .what = query_dup(&q, 3, arena),
            .meeting = query_get_id(&q, 4), .peer = query_dup(&q, 5, arena), .fingerprint = query_dup(&q, 6, arena), .child = query_dup(&q, 7, arena),
            .date = (int32_t)query_get_int_or(&q, 8, DAY_NONE),
        };
        if (!uuid_none(row->meeting))
            row->short_id = short_of(arena, row->meeting, query_get(&q, 9), query_get(&q, 10));
    }
    enum evh r = query_end(&q, err);
    if (r == EVH_OK)
        *out = rows;
    return r;
}
