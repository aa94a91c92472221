/* Undo appends; nothing is taken out of the log. A change is what one transaction recorded: its facts have one clock. */
#include <string.h>

#include "core/text.h"
#include "data/change.h"

struct batch {
    size_t first, n;  /* in the log */
    bool undoing;     /* takes back or gives again */
    bool redoing;
};

struct history {
    struct batch *v;
    size_t n, cap;
    size_t *done, *undone; /* stacks of indexes into v; of undone: the batch that took back */
    size_t ndone, nundone;
    size_t *took;          /* for an undoing batch: which batch it took back */
};

bool one_change(const struct log_mark *a, const struct log_mark *b)
{
    return a->clock == b->clock && uuid_same(a->device, b->device);
}

/* Several people may share one account: of what was there already only the named person's own is theirs to take back. */
static bool by_visitor(struct store *store, struct uuid event)
{
    const char *named = visit_author(store);
    struct query q;
    if (named == NULL)
        return true;
    query_begin(&q, store, STMT_event_author);
    query_id(&q, 1, event);
    bool same = query_row(&q) && query_get(&q, 0) != NULL && strcmp(query_get(&q, 0), named) == 0;
    return query_end(&q, NULL) == EVH_OK && same;
}

/* Written here: by this program, or by this computer before the meeting was opened here. What another screen writes meanwhile is its own. */
static bool ours(const struct change *c, const struct batch *b)
{
    const struct log_mark *mark = &c->log.marks[b->first];
    struct uuid event = c->log.facts.v[b->first].id;
    if (!uuid_same(mark->device, c->store->device))
        return false;
    return db_wrote(c->store, event) || (mark->n <= c->opened && by_visitor(c->store, event));
}

static size_t fact_at(const struct log *log, struct uuid id, size_t before)
{
    for (size_t i = before; i > 0; i--) {
        if (uuid_same(log->facts.v[i - 1].id, id))
            return i - 1;
    }
    return SIZE_MAX;
}

/* Planning, importing and opening are no keystrokes: undo stops there. */
static bool can_undo(const struct log *log, const struct batch *b)
{
    for (size_t i = b->first; i < b->first + b->n; i++) {
        enum fact_kind kind = log->facts.v[i].kind_of_fact;
        if (kind == FACT_PLANNED || kind == FACT_OPENED)
            return false;
    }
    return true;
}

/* One action's own changes: done, due, owner, note. */
static bool about(const struct change *c, const struct batch *b, struct uuid action)
{
    if (uuid_none(action))
        return true;
    for (size_t i = b->first; i < b->first + b->n; i++) {
        const struct fact *f = &c->log.facts.v[i];
        if (f->kind_of_fact != FACT_ACTION)
            return false;
        const struct entry *e = record_entry(c->record, f->target);
        if (e == NULL || !uuid_same(e->id, action))
            return false;
    }
    return true;
}

static size_t batch_of(const struct history *h, size_t fact)
{
    for (size_t i = h->n; i > 0; i--) {
        if (h->v[i - 1].first <= fact)
            return i - 1;
    }
    return SIZE_MAX;
}

static void take(size_t *stack, size_t *n, size_t value)
{
    for (size_t i = *n; i > 0; i--) {
        if (stack[i - 1] != value)
            continue;
        memmove(&stack[i - 1], &stack[i], (*n - i) * sizeof stack[0]);
        (*n)--;
        return;
    }
}

/* Plays one change on the two stacks. Another's counts only where it takes back or gives again what is ours. */
static void play(const struct change *c, struct history *h, size_t at, struct uuid action)
{
    struct batch *b = &h->v[at];
    const struct fact *f = &c->log.facts.v[b->first];
    bool own = ours(c, b);
    if (f->kind_of_fact != FACT_UNDONE) {
        if (own && can_undo(&c->log, b) && about(c, b, action)) {
            h->done[h->ndone++] = at;
            h->nundone = 0; /* after something new there is nothing to give again */
        }
        return;
    }
    size_t target = fact_at(&c->log, f->target, b->first);
    size_t of = target == SIZE_MAX ? SIZE_MAX : batch_of(h, target);
    if (of == SIZE_MAX)
        return;
    if (c->log.facts.v[target].kind_of_fact == FACT_UNDONE) { /* gives again what `of` took back */
        if (!about(c, &h->v[h->took[of]], action))
            return;
        take(h->undone, &h->nundone, of);
        if (own || ours(c, &h->v[h->took[of]]))
            h->done[h->ndone++] = h->took[of];
    } else {
        h->took[at] = of;
        if (!about(c, &h->v[of], action))
            return;
        take(h->done, &h->ndone, of);
        if (own)
            h->undone[h->nundone++] = at;
    }
}

static void play_all(const struct change *c, struct uuid action, struct arena *arena, struct history *h)
{
    const struct log *log = &c->log;
    *h = (struct history){0};
    for (size_t i = 0; i < log->facts.n; i++) {
        if (i > 0 && one_change(&log->marks[i], &log->marks[i - 1])) {
            h->v[h->n - 1].n++;
            continue;
        }
        h->v = arena_grow(arena, h->v, h->n, &h->cap, sizeof h->v[0]);
        h->v[h->n++] = (struct batch){.first = i, .n = 1};
    }
    h->done = arena_alloc(arena, h->n + 1, sizeof h->done[0]);
    h->undone = arena_alloc(arena, h->n + 1, sizeof h->undone[0]);
    h->took = arena_alloc(arena, h->n + 1, sizeof h->took[0]);
    for (size_t i = 0; i < h->n; i++)
        play(c, h, i, action);
}

enum evh undo_facts(const struct change *c, struct uuid action, bool redo, struct facts *facts, size_t *first, struct err *err)
{
    struct arena *scratch = arena_new();
    struct history h;
    play_all(c, action, scratch, &h);
    size_t depth = redo ? h.nundone : h.ndone;
    if (depth == 0) {
        arena_free(scratch);
        return err_set(err, EVH_STATE, redo ? "there is nothing to give again" : "there is nothing to take back");
    }
    size_t at = redo ? h.undone[depth - 1] : h.done[depth - 1];
    struct batch b = h.v[at];
    *first = redo ? h.v[h.took[at]].first : b.first;
    struct idgen ids = store_ids(c->store);
    for (size_t i = 0; i < b.n; i++) {
        struct fact f = fact_new(FACT_UNDONE, ids.next(ids.data));
        f.target = c->log.facts.v[b.first + i].id;
        facts_add(c->arena, facts, f);
    }
    arena_free(scratch);
    return EVH_OK;
}
