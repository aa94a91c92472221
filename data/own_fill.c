/* Which actions are a person's own (data/review.h): decided here, by the same code that counts them in lists of people, and put into the handle's
 * temporary tables. */
#include <stdlib.h>
#include <string.h>

#include "data/own.h"

static enum evh clear(struct store *store, enum stmt which, struct err *err)
{
    struct query q;
    query_begin(&q, store, which);
    return query_run(&q, err);
}

static enum evh put_place(struct store *store, struct uuid meeting, const char *fold, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_own_place_put);
    query_id(&q, 1, meeting);
    query_text(&q, 2, fold);
    return query_run(&q, err);
}

/* The meetings in which somebody of that name has an action. */
static enum evh meetings_of(struct store *store, struct arena *arena, const char *fold, struct uuid **out, size_t *n, struct err *err)
{
    size_t cap = 0;
    struct uuid *v = NULL;
    struct query q;
    *n = 0;
    query_begin(&q, store, STMT_own_meetings_of_name);
    query_text(&q, 1, fold);
    while (query_row(&q)) {
        v = arena_grow(arena, v, *n, &cap, sizeof v[0]);
        v[(*n)++] = query_get_id(&q, 0);
    }
    *out = v;
    return query_end(&q, err);
}

static enum evh fill_name(struct store *store, struct arena *arena, const struct people *p, size_t at, const char *fold, struct err *err)
{
    struct uuid *meetings;
    size_t n;
    enum evh r = meetings_of(store, arena, fold, &meetings, &n, err);
    for (size_t i = 0; i < n && r == EVH_OK; i++) {
        size_t owner = people_owner(p, meetings[i], fold);
        if (owner != NOBODY && p->v[owner].leader == p->v[at].leader)
            r = put_place(store, meetings[i], fold, err);
    }
    return r;
}

/* Notes and the like change nobody's name and no owner: most of what others write leaves everything here as it is. */
static enum evh news(struct store *store, bool *any, struct err *err)
{
    struct own *own = store->own;
    int64_t last = 0;
    struct query q;
    *any = own->places == NEVER;
    query_begin(&q, store, *any ? STMT_event_last : STMT_own_news);
    if (!*any)
        query_int(&q, 1, own->seen);
    if (query_row(&q)) {
        last = query_get_int(&q, 0);
        *any = *any || query_get_int(&q, 1) != 0;
    }
    if (last > 0)
        own->seen = last;
    return query_end(&q, err);
}

static enum evh fill_all(struct store *store, struct err *err)
{
    struct arena *arena = arena_new();
    struct people p;
    size_t at = NOBODY;
    enum evh r = clear(store, STMT_own_place_clear, err);
    if (r == EVH_OK)
        r = people_of(store, arena, store->own->person, &p, &at, err);
    const char *done = NULL;
    for (size_t i = 0; r == EVH_OK && at != NOBODY && i < p.n; i++) {
        bool again = done != NULL && strcmp(done, p.v[i].fold) == 0; /* one name after another */
        if (again || p.v[i].leader != p.v[at].leader)
            continue;
        done = p.v[i].fold;
        r = fill_name(store, arena, &p, at, p.v[i].fold, err);
    }
    arena_free(arena);
    return r;
}

enum evh own_fill_places(struct store *store, struct err *err)
{
    struct own *own = store->own;
    int64_t version = store_version(store);
    bool any = false;
    if (own->places == version)
        return EVH_OK;
    enum evh r = news(store, &any, err);
    own->rows = NEVER;
    if (r == EVH_OK && any)
        r = fill_all(store, err);
    own->places = r == EVH_OK ? version : NEVER;
    return r;
}

/* ---- threads ---- */

static enum evh in_notes(struct store *store, struct uuid action, bool *notes, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_own_notes);
    query_id(&q, 1, action);
    *notes = query_row(&q) && query_get_int(&q, 0) != 0;
    return query_end(&q, err);
}

/* An action and what it carries on, without what stands in records kept as notes: those are private, and say here neither what is the latest nor anything else.
 * *cut: the latest of all was among them. */
static enum evh own_thread(struct store *store, struct arena *arena, struct uuid action, struct uuid **out, size_t *n, bool *cut, struct err *err)
{
    size_t all = 0, kept = 0;
    enum evh r = thread_of(store, arena, action, out, &all, err);
    *cut = false;
    for (size_t i = 0; i < all && r == EVH_OK; i++) {
        r = in_notes(store, (*out)[i], cut, err);
        if (!*cut)
            (*out)[kept++] = (*out)[i];
    }
    *n = kept;
    return r == EVH_OK && kept == 0 ? err_set(err, EVH_NOTFOUND, "there is no such action of yours") : r;
}

static enum evh add(struct store *store, struct uuid action, bool latest, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_own_action_add);
    query_id(&q, 1, action);
    query_int(&q, 2, latest);
    return query_run(&q, err);
}

/* Actions of the minutes that only somebody's notes carry on. */
static enum evh add_hidden(struct store *store, struct arena *arena, struct err *err)
{
    struct uuid *v = NULL;
    size_t n = 0, cap = 0;
    struct query q;
    query_begin(&q, store, STMT_own_hidden);
    while (query_row(&q)) {
        v = arena_grow(arena, v, n, &cap, sizeof v[0]);
        v[n++] = query_get_id(&q, 0);
    }
    enum evh r = query_end(&q, err);
    for (size_t i = 0; i < n && r == EVH_OK; i++) {
        struct uuid *thread;
        size_t length = 0;
        bool cut = false;
        r = own_thread(store, arena, v[i], &thread, &length, &cut, err);
        if (r == EVH_OK && cut && uuid_same(thread[length - 1], v[i]))
            r = add(store, v[i], true, err);
    }
    return r;
}

enum evh own_fill_rows(struct store *store, struct err *err)
{
    static const enum stmt steps[] = {
        STMT_own_action_clear, STMT_own_child_clear, STMT_own_name_clear, STMT_own_attendee_clear,
        STMT_own_action_fill, STMT_own_child_fill, STMT_own_name_fill, STMT_own_attendee_fill,
    };
    struct arena *arena = arena_new();
    enum evh r = EVH_OK;
    for (size_t i = 0; i < NITEMS(steps) && r == EVH_OK; i++)
        r = clear(store, steps[i], err);
    if (r == EVH_OK)
        r = add_hidden(store, arena, err);
    arena_free(arena);
    store->own->rows = r == EVH_OK ? store->own->places : NEVER;
    return r;
}

enum evh own_latest(struct store *store, struct arena *arena, struct uuid action, struct uuid *latest, struct uuid *meeting, const char **owner, struct err *err)
{
    struct uuid *thread;
    size_t n;
    bool cut;
    struct query q;
    enum evh r = own_thread(store, arena, action, &thread, &n, &cut, err);
    if (r != EVH_OK)
        return r;
    *latest = thread[n - 1];
    query_begin(&q, store, STMT_own_check);
    query_id(&q, 1, *latest);
    query_int(&q, 2, cut);
    bool found = query_row(&q);
    if (found && meeting != NULL)
        *meeting = query_get_id(&q, 0);
    if (found && owner != NULL)
        *owner = query_dup(&q, 1, arena);
    r = query_end(&q, err);
    return r != EVH_OK || found ? r : err_set(err, EVH_NOTFOUND, "there is no such action of yours");
}

enum evh own_add_thread(struct store *store, struct arena *arena, struct uuid latest, struct uuid **out, size_t *n, struct err *err)
{
    bool cut;
    enum evh r = own_thread(store, arena, latest, out, n, &cut, err);
    for (size_t i = 0; r == EVH_OK && i + 1 < *n; i++)
        r = add(store, (*out)[i], false, err);
    return r;
}
