/* What a person does to their own actions: the same code as for everybody's, after a look, in the same transaction, at whose they are. */
#include <string.h>

#include "core/memory.h"
#include "core/text.h"
#include "data/own.h"
#include "data/review.h"

struct deed {
    const char *change;  /* "note", "done"; NULL: a dispute */
    const char *words;
    int32_t on;
};

static const char *cleaned(struct arena *arena, const char *s)
{
    if (s == NULL)
        return NULL;
    const char *clean = text_clean_dup(arena, s, strlen(s));
    size_t n = strlen(clean);
    text_trim(&clean, &n);
    return n == 0 ? NULL : arena_strndup(arena, clean, n);
}

static void note_made(struct store *store, struct uuid meeting, struct uuid action, struct uuid fact, const char *change)
{
    struct own *own = store->own;
    while (own->n > 0 && own->made[own->n - 1].undone)
        own->n--; /* after something new there is nothing to give again */
    if (own->n == own->cap) {
        own->cap = own->cap == 0 ? 16 : own->cap * 2;
        own->made = memory_grow(own->made, own->cap, sizeof own->made[0]);
    }
    own->made[own->n++] = (struct own_made){.meeting = meeting, .action = action, .fact = fact, .change = change};
}

/* A transaction in which the tables of whose actions these are say what the disk says. */
static enum evh begin(struct store *store, struct err *err)
{
    if (store->own == NULL)
        return err_set(err, EVH_STATE, "this is not open for one person");
    own_phase(store, OWN_FILL);
    enum evh r = db_begin(store, err);
    if (r != EVH_OK) {
        own_phase(store, OWN_LOOK);
        return r;
    }
    return own_fill_places(store, err);
}

static enum evh finish(struct store *store, enum evh r, struct err *err)
{
    r = db_finish(store, r, err);
    own_phase(store, OWN_LOOK);
    if (r != EVH_OK)
        store->own->places = store->own->rows = NEVER; /* they went back with everything else */
    return r;
}

static enum evh dispute(struct store *store, struct arena *arena, struct uuid meeting, struct uuid action, const char *owner, const char *words, struct err *err)
{
    struct change c = {0};
    struct facts facts = {0};
    struct idgen ids = store_ids(store);
    struct fact f = fact_new(FACT_MARKED, ids.next(ids.data));
    f.target = action;
    f.mark = "disputed";
    f.by = owner;
    f.text = cleaned(arena, words);
    if (f.text == NULL)
        return err_set(err, EVH_INVALID, "say what is not right, in your own words");
    enum evh r = change_load(&c, store, meeting, err);
    if (r == EVH_OK) {
        facts_add(c.arena, &facts, f);
        r = change_write(&c, &facts, NULL, err);
    }
    change_free(&c);
    return r;
}

static enum evh change(struct store *store, struct uuid meeting, struct uuid action, const char *owner, const struct deed *deed, struct err *err)
{
    struct action_edit edit = {.change = deed->change, .note = deed->words, .on = deed->on, .due = DAY_NONE, .due_time = TIME_NONE, .by = owner};
    return op_action_in(store, meeting, action, &edit, err);
}

/* The first fact of the newest change that this handle wrote down. */
static struct uuid last_written(const struct store *store)
{
    struct uuid id = {{0}};
    if (store->wrote.n >= sizeof id.b)
        memcpy(id.b, store->wrote.s + store->wrote.n - sizeof id.b, sizeof id.b);
    return id;
}

static enum evh act(struct store *store, struct uuid action, struct deed deed, struct err *err)
{
    struct arena *arena = arena_new();
    struct uuid latest = {{0}}, meeting = {{0}};
    const char *owner = NULL;
    enum evh r = begin(store, err);
    if (r == EVH_OK || !sqlite3_get_autocommit(store->db)) {
        if (r == EVH_OK)
            r = own_latest(store, arena, action, &latest, &meeting, &owner, err);
        own_phase(store, OWN_CHANGE);
        if (r == EVH_OK && deed.change == NULL)
            r = dispute(store, arena, meeting, latest, owner, deed.words, err);
        else if (r == EVH_OK)
            r = change(store, meeting, latest, owner, &deed, err);
        r = finish(store, r, err);
        if (r == EVH_OK)
            note_made(store, meeting, latest, last_written(store), deed.change);
    }
    arena_free(arena);
    return r;
}

enum evh review_note(struct store *store, struct uuid action, const char *words, struct err *err)
{
    return act(store, action, (struct deed){.change = "note", .words = words, .on = DAY_NONE}, err);
}

enum evh review_done(struct store *store, struct uuid action, int32_t on, const char *words, struct err *err)
{
    if (on != DAY_NONE && on > store->world.now(store->world.data).day)
        return err_set(err, EVH_INVALID, "that day has not come yet: nothing can be done on it already");
    return act(store, action, (struct deed){.change = "done", .words = words, .on = on}, err);
}

enum evh review_dispute(struct store *store, struct uuid action, const char *words, struct err *err)
{
    return act(store, action, (struct deed){.words = words, .on = DAY_NONE}, err);
}

/* ---- taking back ---- */

static bool stands(const struct facts *facts, struct uuid id)
{
    struct arena *arena = arena_new();
    bool *undone = arena_alloc(arena, facts->n + 1, sizeof *undone), found = false;
    record_undone(facts->v, facts->n, undone);
    for (size_t i = 0; i < facts->n && !found; i++)
        found = !undone[i] && uuid_same(facts->v[i].id, id);
    arena_free(arena);
    return found;
}

/* What takes back is taken back in its turn; somebody else may have done so meanwhile. */
static enum evh turn(struct store *store, struct own_made *made, bool redo, struct uuid *fact, struct err *err)
{
    struct change c = {0};
    struct facts facts = {0};
    struct idgen ids = store_ids(store);
    enum evh r = change_load(&c, store, made->meeting, err);
    if (r == EVH_OK && stands(&c.log.facts, made->fact) == redo)
        r = err_set(err, EVH_STATE, redo ? "somebody gave it again already" : "somebody took it back already");
    if (r == EVH_OK) {
        struct fact f = fact_new(FACT_UNDONE, ids.next(ids.data));
        f.target = redo ? made->undoing : made->fact;
        *fact = f.id;
        facts_add(c.arena, &facts, f);
        r = change_write(&c, &facts, NULL, err);
    }
    change_free(&c);
    return r;
}

static struct own_made *to_turn(struct own *own, bool redo)
{
    size_t standing = 0;
    while (standing < own->n && !own->made[standing].undone)
        standing++; /* what was taken back stands behind what was not */
    if (redo)
        return standing < own->n ? &own->made[standing] : NULL;
    return standing > 0 ? &own->made[standing - 1] : NULL;
}

const char *review_next(const struct store *store, bool redo)
{
    const struct own_made *made = store->own == NULL ? NULL : to_turn(store->own, redo);
    return made == NULL ? NULL : made->change == NULL ? "dispute" : made->change;
}

enum evh review_undo(struct store *store, bool redo, struct uuid *action, struct err *err)
{
    struct own_made *made = store->own == NULL ? NULL : to_turn(store->own, redo);
    if (made == NULL)
        return err_set(err, EVH_NO, redo ? "there is nothing to give again" : "nothing was changed in this visit that could be taken back");
    struct arena *arena = arena_new();
    struct uuid latest = {{0}}, fact = {{0}};
    enum evh r = begin(store, err);
    if (r == EVH_OK || !sqlite3_get_autocommit(store->db)) {
        if (r == EVH_OK)
            r = own_latest(store, arena, made->action, &latest, NULL, NULL, err);
        own_phase(store, OWN_CHANGE);
        if (r == EVH_OK)
            r = turn(store, made, redo, &fact, err);
        r = finish(store, r, err);
    }
    if (r == EVH_OK) {
        made->undoing = fact;
        made->undone = !redo;
    }
    if (r == EVH_OK && action != NULL)
        *action = latest;
    arena_free(arena);
    return r;
}
