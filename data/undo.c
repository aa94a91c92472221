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

static bool one_change(const struct log_mark *a, const struct log_mark *b)
{
    return a->clock == b->clock && uuid_same(a->device, b->device);
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

/* Plays one change of this device on the two stacks. */
static void play(const struct change *c, struct history *h, size_t at, struct uuid action)
{
    struct batch *b = &h->v[at];
    const struct fact *f = &c->log.facts.v[b->first];
    if (f->kind_of_fact != FACT_UNDONE) {
        if (can_undo(&c->log, b) && about(c, b, action)) {
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
        h->done[h->ndone++] = h->took[of];
    } else {
        h->took[at] = of;
        if (!about(c, &h->v[of], action))
            return;
        take(h->done, &h->ndone, of);
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
    for (size_t i = 0; i < h->n; i++) {
        if (uuid_same(log->marks[h->v[i].first].device, c->store->device))
            play(c, h, i, action);
    }
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

/* ---- in words ---- */

static const char *const kind_words[ENTRY_COUNT] = {
    [ENTRY_NOTE] = "note", [ENTRY_SAID] = "words said", [ENTRY_PARENT_VIEW] = "parent's view", [ENTRY_CHILD_VIEW] = "child's view",
    [ENTRY_OPINION] = "opinion", [ENTRY_REPORTED] = "report", [ENTRY_STRENGTH] = "strength", [ENTRY_DECISION] = "decision",
    [ENTRY_ACTION] = "action", [ENTRY_DISAGREEMENT] = "disagreement", [ENTRY_MINUTED] = "minuted words", [ENTRY_CONSENT] = "consent",
    [ENTRY_ARRIVES] = "arrival", [ENTRY_LEAVES] = "leaving", [ENTRY_CLOCK] = "line",
};

#define WORDS_SHOWN 40

/* "the note of 14:12: “…”"; of a restricted line no word is repeated. */
static const char *entry_words(struct arena *arena, enum entry_kind kind, int time, const char *text, bool hidden)
{
    const char *at = time == TIME_NONE ? "" : arena_printf(arena, " of %s", civil_time_dup(arena, time));
    if (hidden)
        return arena_printf(arena, "the confidential line%s", at);
    size_t n = strlen(text), fit = text_fit(text, n, WORDS_SHOWN);
    if (n == 0)
        return arena_printf(arena, "the %s%s", kind_words[kind], at);
    return arena_printf(arena, "the %s%s: “%.*s%s”", kind_words[kind], at, (int)fit, text, fit < n ? "…" : "");
}

static const char *added_words(const struct fact *f, struct arena *arena)
{
    enum entry_kind kind = ENTRY_NOTE;
    if (f->kind != NULL)
        (void)entry_kind_of_word(f->kind, &kind);
    return entry_words(arena, kind, f->time, f->text == NULL ? "" : f->text, f->readers.n > 0);
}

static const char *target_words(const struct change *c, struct uuid target, struct arena *arena)
{
    const struct entry *e = record_entry(c->record, target);
    if (e == NULL)
        return "a line";
    char label[16];
    entry_label(e, label);
    if (label[0] != '\0')
        return arena_strdup(arena, label);
    return entry_words(arena, e->kind, e->time, e->text, restricted(&e->restriction));
}

static const char *or_empty(const char *s)
{
    return s == NULL ? "" : s;
}

static const char *fact_words(const struct change *c, const struct fact *f, struct arena *arena)
{
    switch (f->kind_of_fact) {
    case FACT_ENTRY:
        return added_words(f, arena);
    case FACT_REWORDED:
        return arena_printf(arena, "the new wording of %s", target_words(c, f->target, arena));
    case FACT_MARKED:
        return arena_printf(arena, "“%s” under %s", or_empty(f->mark), target_words(c, f->target, arena));
    case FACT_POSITION:
        return arena_printf(arena, "the position of %s on %s", or_empty(f->name), target_words(c, f->target, arena));
    case FACT_STATE:
        return arena_printf(arena, "“%s” of %s", or_empty(f->state), target_words(c, f->target, arena));
    case FACT_ACTION:
        return arena_printf(arena, "“%s” of %s", or_empty(f->change), target_words(c, f->target, arena));
    case FACT_ITEM:
        return arena_printf(arena, "the item “%s”", or_empty(f->title));
    case FACT_ATTENDEE:
        return arena_printf(arena, "%s in the list of people", or_empty(f->name));
    case FACT_HELP:
        return arena_printf(arena, "the help offered to %s", or_empty(f->name));
    case FACT_CONTACT:
        return arena_printf(arena, "the contact with %s", or_empty(f->whom));
    case FACT_HEAD:
        return arena_printf(arena, "“%s: %s”", or_empty(f->key), or_empty(f->value));
    case FACT_OUTCOME:
        return f->readers.n > 0 ? "the confidential outcome" : arena_printf(arena, "the outcome “%s”", or_empty(f->outcome));
    case FACT_RECOMMENDATION:
        return "the recommendation";
    case FACT_SIGNOFF:
        return f->readers.n > 0 ? "a confidential sign-off" : arena_printf(arena, "the sign-off of %s", or_empty(f->name));
    case FACT_COPY:
        return f->readers.n > 0 ? "a confidential copy" : arena_printf(arena, "the copy for %s", or_empty(f->name));
    case FACT_FILED:
        return "which child's file this is in";
    case FACT_PLANNED:
    case FACT_OPENED:
    case FACT_UNDONE:
    case FACT_COUNT:
        break;
    }
    return "the last change";
}

const char *undo_says(const struct change *c, size_t first, bool redo, struct arena *arena)
{
    size_t n = 1;
    while (first + n < c->log.facts.n && one_change(&c->log.marks[first], &c->log.marks[first + n]))
        n++;
    const char *words = fact_words(c, &c->log.facts.v[first], arena);
    const char *more = n > 1 ? arena_printf(arena, " and %zu more", n - 1) : "";
    return arena_printf(arena, "%s %s%s", redo ? "gives again" : "takes back", words, more);
}
