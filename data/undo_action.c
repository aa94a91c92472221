/* One action's last change, whoever made it: what is taken back after the user was told whose it is. */
#include <string.h>

#include "data/action_row.h"
#include "data/change.h"

/* Where each fact of the log stands after all that was taken back and given again. */
static bool *void_facts(const struct change *c, struct arena *arena)
{
    const struct facts *log = &c->log.facts;
    bool *taken = arena_alloc(arena, log->n + 1, sizeof *taken);
    memset(taken, 0, (log->n + 1) * sizeof *taken);
    for (size_t i = log->n; i > 0; i--) {
        const struct fact *f = &log->v[i - 1];
        for (size_t k = i - 1; k > 0 && f->kind_of_fact == FACT_UNDONE && !taken[i - 1]; k--)
            if (uuid_same(log->v[k - 1].id, f->target)) {
                taken[k - 1] = true;
                break;
            }
    }
    return taken;
}

static const struct fact *fact_of(const struct change *c, struct uuid id)
{
    const struct facts *log = &c->log.facts;
    for (size_t i = 0; i < log->n; i++)
        if (uuid_same(log->v[i].id, id))
            return &log->v[i];
    return NULL;
}

static bool changes(const struct change *c, const struct fact *f, struct uuid action)
{
    const struct entry *e = f == NULL || f->kind_of_fact != FACT_ACTION ? NULL : record_entry(c->record, f->target);
    return e != NULL && uuid_same(e->id, action);
}

/* The last change that holds; or (`given`) the last taking back that holds, when nothing was changed after it. */
static const struct fact *find_last(const struct change *c, struct uuid action, bool given, struct arena *arena)
{
    const bool *taken = void_facts(c, arena);
    for (size_t i = c->log.facts.n; i > 0; i--) {
        const struct fact *f = &c->log.facts.v[i - 1];
        if (taken[i - 1])
            continue;
        if (changes(c, f, action))
            return given ? NULL : f;
        if (given && f->kind_of_fact == FACT_UNDONE && changes(c, fact_of(c, f->target), action))
            return f;
    }
    return NULL;
}

/* The action as its latest meeting has it. */
static enum evh load(struct change *c, struct store *store, struct arena *arena, struct uuid *action, struct err *err)
{
    struct uuid *thread, meeting;
    size_t n = 0;
    enum evh r = thread_of(store, arena, *action, &thread, &n, err);
    if (r != EVH_OK)
        return r;
    *action = thread[n - 1];
    r = action_meeting(store, *action, &meeting, err);
    return r == EVH_OK ? change_load(c, store, meeting, err) : r;
}

static enum evh last(struct change *c, struct uuid action, bool given, struct arena *arena, const struct fact **out, struct err *err)
{
    *out = find_last(c, action, given, arena);
    if (*out == NULL)
        return err_set(err, EVH_STATE, given ? "nothing of it was taken back that can be given again" : "it has no change that could be taken back");
    return EVH_OK;
}

enum evh op_action_last(struct store *store, struct uuid action, bool given, struct arena *arena, struct action_change *out, struct err *err)
{
    struct change c = {0};
    const struct fact *f = NULL;
    bool own = false;
    enum evh r = view_begin(store, &own, err);
    if (r != EVH_OK)
        return r;
    r = load(&c, store, arena, &action, err);
    if (r == EVH_OK)
        r = last(&c, action, given, arena, &f, err);
    if (r == EVH_OK) {
        const struct fact *changed = given ? fact_of(&c, f->target) : f;
        struct fact copy = fact_copy(arena, changed);
        *out = (struct action_change){.id = f->id, .date = copy.date, .change = copy.change, .from = copy.from, .to = copy.to, .by = copy.by, .text = copy.text};
    }
    view_end(store, own);
    change_free(&c);
    return r;
}

static enum evh take_back(struct change *c, struct uuid action, struct uuid change, bool given, struct arena *arena, struct err *err)
{
    const struct fact *f = NULL;
    enum evh r = last(c, action, given, arena, &f, err);
    if (r == EVH_OK && !uuid_same(f->id, change))
        r = err_set(err, EVH_STATE, "there was another change since");
    if (r != EVH_OK)
        return r;
    struct idgen ids = store_ids(c->store);
    struct fact undone = fact_new(FACT_UNDONE, ids.next(ids.data));
    struct facts facts = {0};
    undone.target = change;
    facts_add(c->arena, &facts, undone);
    return change_write(c, &facts, NULL, err);
}

enum evh op_action_take_back(struct store *store, struct uuid action, struct uuid change, bool given, struct err *err)
{
    struct arena *arena = arena_new();
    struct change c = {0};
    enum evh r = db_begin(store, err);
    if (r == EVH_OK) {
        r = load(&c, store, arena, &action, err);
        if (r == EVH_OK)
            r = take_back(&c, action, change, given, arena, err);
        change_free(&c);
        r = db_finish(store, r, err);
    }
    arena_free(arena);
    return r;
}
