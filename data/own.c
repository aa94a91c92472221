/* A handle for one person: its phases, and what it keeps. */
#include "data/own.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

#define STMT(name, sql)
static const char *const tables[] = {
#include "data/sql/own.h"
};
#undef STMT

void own_phase(struct store *store, enum own_phase phase)
{
    struct own *own = store->own;
    if (own == NULL || !own->installed || own->phase == phase)
        return;
    own->phase = phase;
    if (own_authorize(store, NULL) != EVH_OK)
        own->installed = false; /* from here on nothing is asked of the connection any more */
}

enum evh own_refuse(const struct store *store, struct err *err)
{
    if (store->own == NULL)
        return EVH_OK;
    return err_set(err, EVH_STATE, "this is open for one person's own actions and nothing else");
}

struct uuid own_draft_key(const struct store *store, struct uuid meeting)
{
    return store->own == NULL ? meeting : store->own->person;
}

/* The connection is new: its tables, and then its guard. */
enum evh own_install(struct store *store, struct err *err)
{
    struct own *own = store->own;
    if (own == NULL)
        return EVH_OK;
    enum own_phase after = own->phase == OWN_SETUP ? OWN_LOOK : own->phase; /* opened again in the midst of something, that goes on */
    own->installed = true;
    own->phase = OWN_SETUP;
    own->places = own->rows = NEVER;
    enum evh r = db_script(store, tables, NITEMS(tables), err);
    if (r == EVH_OK) {
        struct query q;
        query_begin(&q, store, STMT_own_person_put);
        query_id(&q, 1, own->person);
        query_text(&q, 2, own->name);
        r = query_run(&q, err);
    }
    own->phase = after;
    if (r == EVH_OK)
        r = own_authorize(store, err);
    own->installed = r == EVH_OK;
    store->doubtful = store->doubtful || r != EVH_OK; /* nothing is asked of it; the next who begins opens it once more */
    return r;
}

void own_free(struct store *store)
{
    if (store->own == NULL)
        return;
    free(store->own->name);
    free(store->own->made);
    free(store->own);
    store->own = NULL;
}

enum evh own_retry(struct store *store, struct err *err)
{
    static const char place[] = "can this be written";
    struct uuid none = {{0}};
    enum evh r = store_draft_save_at(store, none, place, "?", 0, err);
    return r == EVH_OK ? store_draft_save_at(store, none, place, "", 0, err) : r;
}

/* ---- what is said ---- */

enum evh own_unopened(enum evh r, struct err *err)
{
    static const struct { enum evh code; const char *sentence; } told[] = { /* the others name no place */
        {EVH_NOTFOUND, "the records are not where they should be: tell whoever keeps them"},
        {EVH_IO, "the records cannot be opened as they lie there: tell whoever keeps them, who can ask “evenhand doctor” why"},
        {EVH_BUSY, "another program is writing and does not finish: try again in a moment"},
        {EVH_FULL, "the disk is full where the records are: tell whoever keeps them"},
        {EVH_CORRUPT, "the records are damaged: tell whoever keeps them"},
        {EVH_NEWER, "the records were written by a newer Evenhand than this one: tell whoever keeps them"},
    };
    for (size_t i = 0; i < NITEMS(told); i++) {
        if (told[i].code == r)
            return err_set(err, r, "%s", told[i].sentence);
    }
    return r;
}

/* ---- one view ---- */

static enum evh fill(struct store *store, struct err *err)
{
    if (store->own->rows == store_version(store))
        return EVH_OK;
    own_phase(store, OWN_FILL);
    enum evh r = own_fill_places(store, err);
    if (r == EVH_OK)
        r = own_fill_rows(store, err);
    return r;
}

enum evh own_look(struct store *store, struct own_view *view, struct err *err)
{
    view->inside = !sqlite3_get_autocommit(store->db);
    enum evh r = view->inside ? EVH_OK : db_begin_read(store, err);
    if (r == EVH_OK)
        r = fill(store, err);
    own_phase(store, OWN_LOOK);
    if (r != EVH_OK)
        own_looked(store, view);
    return r;
}

/* What was filled stays only when it is committed: the temporary tables belong to the transaction. Nobody's commit is counted. */
void own_looked(struct store *store, const struct own_view *view)
{
    struct query q;
    bool kept = false;
    own_phase(store, OWN_LOOK);
    if (!view->inside && !sqlite3_get_autocommit(store->db)) {
        query_begin(&q, store, STMT_commit);
        kept = query_run(&q, NULL) == EVH_OK;
        if (!kept)
            db_rollback(store);
    }
    if (!kept)
        store->own->places = store->own->rows = NEVER;
}
