#include "data/review.h"

#include <stdlib.h>
#include <string.h>

#include "core/mask.h"
#include "core/memory.h"
#include "core/text.h"
#include "data/action_row.h"
#include "data/own.h"

/* ---- opening ---- */

/* Nothing is migrated, made or repaired for somebody who may only see their own actions. */
static enum evh same_tables(struct store *store, struct err *err)
{
    static const char old[] = "the records have to be brought up to date first: whoever keeps them opens them once with this Evenhand";
    bool same = false;
    int64_t version = 0;
    struct query q;
    enum evh r = db_pragma(store, "user_version", &version, err);
    if (r == EVH_OK && version < migrate_version())
        r = err_set(err, EVH_STATE, "%s", old);
    if (r == EVH_OK)
        r = migrate_same(store, err);
    if (r != EVH_OK)
        return r;
    query_begin(&q, store, STMT_device_here);
    if (query_row(&q))
        store->device = query_get_id(&q, 0);
    r = query_end(&q, err);
    if (r == EVH_OK)
        r = derive_stamp_same(store, &same, err);
    if (r == EVH_OK && (!same || uuid_none(store->device)))
        r = err_set(err, EVH_STATE, "%s", old);
    return r;
}

static enum evh find(struct store *store, struct uuid person, struct err *err)
{
    struct arena *arena = arena_new();
    struct people p;
    size_t at = NOBODY, newest = NOBODY;
    enum evh r = own_unopened(people_of(store, arena, person, &p, &at, err), err);
    for (size_t i = 0; r == EVH_OK && at != NOBODY && i < p.n; i++) {
        if (p.v[i].leader == p.v[at].leader && (newest == NOBODY || p.v[i].date > p.v[newest].date))
            newest = i;
    }
    if (r == EVH_OK && newest == NOBODY)
        r = err_set(err, EVH_NOTFOUND, "there is no such person in these records");
    if (r == EVH_OK) {
        const char *name = p.v[newest].name;
        store->own = memory_take(1, sizeof *store->own);
        store->own->person = person;
        store->own->name = memory_take(strlen(name) + 1, 1);
        memcpy(store->own->name, name, strlen(name));
    }
    arena_free(arena);
    return r;
}

static enum evh open_file(struct store *store, const char *dir, struct err *err)
{
    enum evh r = store_check_dir(dir, err);
    if (r == EVH_OK)
        r = store_set_paths(store, dir, err);
    if (r == EVH_OK)
        r = db_open(store, false, err);
    return r == EVH_OK ? same_tables(store, err) : r;
}

static enum evh open_in(struct store *store, const char *dir, struct uuid person, struct err *err)
{
    enum evh r = own_unopened(open_file(store, dir, err), err);
    if (r == EVH_OK && store->read_only)
        r = err_set(err, EVH_IO, "the records can only be read here: no visit can be written down, so nothing is shown");
    if (r == EVH_OK)
        r = find(store, person, err);
    if (r == EVH_OK)
        r = own_install(store, err);
    if (r == EVH_OK)
        visit_set(store, &(struct visitor){.person = person, .name = store->own->name});
    return r;
}

enum evh store_open_review(struct store **out, const char *dir, struct uuid person, const struct world *world, struct err *err)
{
    struct store *store = memory_take(1, sizeof *store);
    store->world = *world;
    store->no_backup = true;
    world->random(world->data, &store->jitter, sizeof store->jitter);
    enum evh r = open_in(store, dir, person, err);
    if (r == EVH_OK)
        *out = store;
    else
        store_close(store);
    return r;
}

const char *review_name(const struct store *store)
{
    return store->own == NULL ? "" : store->own->name;
}

static enum evh must_be_own(const struct store *store, struct err *err)
{
    return store->own != NULL ? EVH_OK : err_set(err, EVH_STATE, "this is not open for one person");
}

/* ---- what is shown ---- */

/* What hides the children of one meeting. */
struct meeting_mask {
    struct uuid meeting;
    struct mask *mask;
    const char *children; /* as they are shown */
};

struct masks {
    struct store *store;
    struct arena *arena;
    struct meeting_mask *v;
    size_t n, cap;
};

struct child_name {
    int64_t place;
    const char *label, *names[4];
};

static bool same_name(struct arena *arena, const char *a, const char *b)
{
    return strcmp(text_fold_dup(arena, a, strlen(a)), text_fold_dup(arena, b, strlen(b))) == 0;
}

static enum evh mask_children(struct masks *m, struct meeting_mask *out, struct child_name **names, size_t *n, struct err *err)
{
    struct child_name *v = NULL;
    size_t cap = 0;
    int64_t last = -1;
    struct query q;
    query_begin(&q, m->store, STMT_own_children);
    query_id(&q, 1, out->meeting);
    while (query_row(&q)) {
        v = arena_grow(m->arena, v, *n, &cap, sizeof v[0]);
        struct child_name *c = &v[(*n)++];
        c->place = query_get_int(&q, 0);
        for (int i = 0; i < 4; i++)
            c->names[i] = query_dup(&q, i == 0 ? 1 : i + 2, m->arena);
        c->label = mask_label(m->arena, c->names[0], query_get(&q, 2));
        for (size_t i = 0; i < NITEMS(c->names); i++)
            mask_child(out->mask, c->names[i], c->label);
        if (c->place != last)
            out->children = out->children[0] == '\0' ? c->label : arena_printf(m->arena, "%s, %s", out->children, c->label);
        last = c->place;
    }
    *names = v;
    return query_end(&q, err);
}

static bool is_child(struct arena *arena, const struct child_name *v, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < NITEMS(v[i].names); k++) {
            if (v[i].names[k] != NULL && same_name(arena, v[i].names[k], name))
                return true;
        }
    }
    return false;
}

static enum evh mask_of(struct masks *m, struct uuid meeting, struct meeting_mask *out, struct err *err)
{
    for (size_t i = m->n; i > 0; i--) {
        if (uuid_same(m->v[i - 1].meeting, meeting)) {
            *out = m->v[i - 1];
            return EVH_OK;
        }
    }
    struct meeting_mask one = {.meeting = meeting, .mask = mask_new(m->arena), .children = ""};
    struct child_name *names = NULL;
    size_t n = 0;
    enum evh r = mask_children(m, &one, &names, &n, err);
    if (r != EVH_OK)
        return r;
    struct query q;
    query_begin(&q, m->store, STMT_own_attendees);
    query_id(&q, 1, meeting);
    while (query_row(&q)) {
        if (!is_child(m->arena, names, n, query_get(&q, 0)))
            mask_other(one.mask, query_get(&q, 0));
    }
    r = query_end(&q, err);
    m->v = arena_grow(m->arena, m->v, m->n, &m->cap, sizeof m->v[0]);
    m->v[m->n++] = one;
    *out = one;
    return r;
}

static void mask_texts(const struct mask *mask, struct arena *arena, struct texts *list)
{
    for (size_t i = 0; i < list->n; i++)
        list->v[i] = mask_text(mask, arena, list->v[i]);
}

static void mask_words(struct action_row *row, const struct mask *mask, struct arena *arena)
{
    row->text = mask_text(mask, arena, row->text);
    row->done_when = mask_text(mask, arena, row->done_when);
    row->otherwise = mask_text(mask, arena, row->otherwise);
    mask_texts(mask, arena, &row->with);
    mask_texts(mask, arena, &row->restriction.readers);
    struct action_change *history = arena_alloc(arena, row->nhistory + 1, sizeof *history);
    for (size_t i = 0; i < row->nhistory; i++) {
        const struct action_change *c = &row->history[i];
        history[i] = (struct action_change){c->id, c->date, c->change, mask_text(mask, arena, c->from), mask_text(mask, arena, c->to),
                                            mask_text(mask, arena, c->by), mask_text(mask, arena, c->text)};
    }
    row->history = history;
    struct action_dispute *disputes = arena_alloc(arena, row->ndisputes + 1, sizeof *disputes);
    for (size_t i = 0; i < row->ndisputes; i++)
        disputes[i] = (struct action_dispute){mask_text(mask, arena, row->disputes[i].by), mask_text(mask, arena, row->disputes[i].text)};
    row->disputes = disputes;
}

/* Limited to readers of whom the owner is one: theirs to read. */
static bool may_read(struct arena *arena, const struct action_row *row)
{
    if (!restricted(&row->restriction))
        return true;
    for (size_t i = 0; !row->restriction.confidential && row->owner != NULL && i < row->restriction.readers.n; i++) {
        if (same_name(arena, row->restriction.readers.v[i], row->owner))
            return true;
    }
    return false;
}

static enum evh finish_row(struct masks *m, struct action_row *row, struct err *err)
{
    struct meeting_mask mask;
    enum evh r = mask_of(m, row->meeting, &mask, err);
    if (r != EVH_OK)
        return r;
    row->child = mask.children;
    if (!may_read(m->arena, row)) {
        action_row_mask(row);
        row->restriction = (struct restriction){.confidential = true}; /* nor who may */
    }
    mask_words(row, mask.mask, m->arena);
    return EVH_OK;
}

static enum evh read_rows(struct store *store, struct arena *arena, bool all, struct action_rows *out, struct err *err)
{
    struct now now = store->world.now(store->world.data);
    struct row_words words = {.arena = arena};
    struct masks masks = {.store = store, .arena = arena};
    struct action_rows rows = {0};
    size_t cap = 0;
    struct query q;
    query_begin(&q, store, STMT_own_list);
    query_int(&q, 1, all);
    while (query_row(&q)) {
        rows.v = arena_grow(arena, rows.v, rows.n, &cap, sizeof rows.v[0]);
        rows.v[rows.n++] = action_row_read(&q, &words, &now, true);
    }
    enum evh r = query_end(&q, err);
    for (size_t i = 0; i < rows.n && r == EVH_OK; i++)
        r = finish_row(&masks, &rows.v[i], err);
    if (r == EVH_OK)
        *out = rows;
    return r;
}

enum evh review_actions(struct store *store, struct arena *arena, bool all, struct action_rows *out, struct err *err)
{
    struct own_view view;
    enum evh r = must_be_own(store, err);
    if (r == EVH_OK)
        r = own_look(store, &view, err);
    if (r != EVH_OK)
        return r;
    r = read_rows(store, arena, all, out, err);
    own_looked(store, &view);
    return r;
}

enum evh review_shown(struct store *store, const struct action_rows *rows, struct err *err)
{
    enum evh r = must_be_own(store, err);
    if (r != EVH_OK || rows->n == 0)
        return r;
    struct arena *arena = arena_new();
    struct uuid *meetings = arena_alloc(arena, rows->n, sizeof *meetings);
    for (size_t i = 0; i < rows->n; i++)
        meetings[i] = rows->v[i].meeting;
    r = visit_each(store, "actions", meetings, rows->n, err);
    arena_free(arena);
    return r;
}

/* One row of a thread; *found false: that part of it was not theirs. */
static enum evh read_one(struct masks *m, struct uuid id, struct action_row *out, bool *found, struct err *err)
{
    struct now now = m->store->world.now(m->store->world.data);
    struct row_words words = {.arena = m->arena};
    struct query q;
    query_begin(&q, m->store, STMT_own_one);
    query_id(&q, 1, id);
    *found = query_row(&q);
    if (*found)
        *out = action_row_read(&q, &words, &now, true);
    enum evh r = query_end(&q, err);
    return r == EVH_OK && *found ? finish_row(m, out, err) : r;
}

static enum evh read_story(struct store *store, struct arena *arena, const struct uuid *thread, size_t n, struct action_row *out, struct err *err)
{
    struct masks masks = {.store = store, .arena = arena};
    struct action_change *history = NULL;
    struct action_dispute *disputes = NULL;
    size_t nhistory = 0, hcap = 0, ndisputes = 0, dcap = 0;
    struct action_row row = {0};
    bool found = false;
    enum evh r = EVH_OK;
    for (size_t i = 0; i < n && r == EVH_OK; i++) {
        r = read_one(&masks, thread[i], &row, &found, err);
        for (size_t k = 0; r == EVH_OK && found && k < row.nhistory; k++) {
            history = arena_grow(arena, history, nhistory, &hcap, sizeof history[0]);
            history[nhistory++] = row.history[k];
        }
        for (size_t k = 0; r == EVH_OK && found && k < row.ndisputes; k++) {
            disputes = arena_grow(arena, disputes, ndisputes, &dcap, sizeof disputes[0]);
            disputes[ndisputes++] = row.disputes[k];
        }
    }
    if (r == EVH_OK && !found)
        r = err_set(err, EVH_NOTFOUND, "there is no such action of yours");
    if (r != EVH_OK)
        return r;
    row.history = history;
    row.nhistory = nhistory;
    row.disputes = disputes;
    row.ndisputes = ndisputes;
    *out = row;
    return EVH_OK;
}

enum evh review_action(struct store *store, struct arena *arena, struct uuid action, struct action_row *out, struct err *err)
{
    struct own_view view;
    struct uuid latest, *thread = NULL;
    size_t n = 0;
    enum evh r = must_be_own(store, err);
    if (r == EVH_OK)
        r = own_look(store, &view, err);
    if (r != EVH_OK)
        return r;
    own_phase(store, OWN_FILL);
    r = own_latest(store, arena, action, &latest, NULL, NULL, err);
    if (r == EVH_OK)
        r = own_add_thread(store, arena, latest, &thread, &n, err);
    own_phase(store, OWN_LOOK);
    if (r == EVH_OK)
        r = read_story(store, arena, thread, n, out, err);
    own_looked(store, &view);
    return r;
}
