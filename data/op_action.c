/* One change of one action or of several, wherever the latest meeting of each has it. */
#include <stdlib.h>
#include <string.h>

#include "core/names.h"
#include "core/text.h"
#include "data/change.h"

static const struct {
    const char *word;   /* as a command says it */
    const char *change; /* as the record says it */
    bool note_needed;
    const char *why;
} changes[] = {
    {"done", "done", false, NULL},
    {"progress", "in progress", false, NULL},
    {"not-done", "not done", false, NULL},
    {"withdraw", "withdrawn", false, NULL},
    {"due", "due", true, "say why the date changes"},
    {"owner", "owner", true, "say why it passes to somebody else"},
    {"note", "note", true, "there are no words to note"},
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

static enum evh find_change(const struct action_edit *edit, const char *note, size_t *which, struct err *err)
{
    for (size_t i = 0; i < NITEMS(changes); i++) {
        if (edit->change == NULL || strcmp(edit->change, changes[i].word) != 0)
            continue;
        if (changes[i].note_needed && note == NULL)
            return err_set(err, EVH_INVALID, "%s", changes[i].why);
        *which = i;
        return EVH_OK;
    }
    return err_set(err, EVH_INVALID, "an action can be done, progress, not-done, withdraw, due, owner or note");
}

static const char *due_text(struct arena *arena, int32_t due, int time)
{
    if (due == DAY_NONE)
        return NULL;
    const char *day = civil_day_dup(arena, due);
    return time == TIME_NONE ? day : arena_printf(arena, "%s %s", day, civil_time_dup(arena, time));
}

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* Refuses what would say nothing or contradict itself. */
static enum evh check(const char *label, const struct action_now *now, const struct fact *f, struct err *err)
{
    bool note = strcmp(f->change, "note") == 0;
    if (strcmp(now->status, "withdrawn") == 0 && !note)
        return err_set(err, EVH_STATE, "%s was withdrawn; take that back first", label);
    if (strcmp(now->status, f->change) == 0 && f->text == NULL)
        return err_set(err, EVH_STATE, "%s is already “%s”; add a note, or take the change back", label, now->status);
    if (strcmp(now->status, "done") == 0 && strcmp(f->change, "done") == 0)
        return err_set(err, EVH_STATE, "%s is done already; take that back first, or add a note", label);
    if (strcmp(f->change, "due") == 0 && f->due == now->due && f->due_time == now->due_time)
        return err_set(err, EVH_STATE, "%s has that date already", label);
    if (strcmp(f->change, "owner") == 0 && same(f->owner, now->owner))
        return err_set(err, EVH_STATE, "%s is theirs already", label);
    return EVH_OK;
}

/* "A1"; where it is one of several, of which meeting and child too. */
static const char *name_of(const struct change *c, const struct entry *e, bool several)
{
    char label[16];
    entry_label(e, label);
    const char *name = label[0] == '\0' ? "the action" : arena_strdup(c->arena, label);
    if (!several)
        return name;
    return arena_printf(c->arena, "%s of %s (%s)", name, day_words(c->arena, c->record->date), child_shown(c->arena, c->record));
}

const char *op_action_author(const struct store *store, const struct record *record)
{
    const char *visitor = visit_author(store);
    if (visitor != NULL)
        return visitor;
    bool minutes = record->kept_as == NULL || strcmp(record->kept_as, "notes") != 0;
    return minutes ? record->kept_by : NULL; /* notes are their writer's own, who need not be the one who changes this */
}

static enum evh make_fact(const struct change *c, const struct entry *e, const struct action_edit *edit, size_t which, const char *note,
                          struct fact *out, struct err *err)
{
    struct arena *arena = c->arena;
    struct action_now now = action_now(c->record, e);
    struct idgen ids = store_ids(c->store);
    struct fact f = fact_new(FACT_ACTION, ids.next(ids.data));
    const char *by = cleaned(arena, edit->by);
    f.target = e->id;
    f.change = changes[which].change;
    f.date = edit->on == DAY_NONE ? c->store->world.now(c->store->world.data).day : edit->on;
    if (by == NULL)
        by = op_action_author(c->store, c->record);
    f.by = by == NULL ? NULL : names_full(c->record, arena, by, strlen(by));
    f.text = note;
    if (strcmp(f.change, "due") == 0) {
        f.due = edit->due;
        f.due_time = edit->due == DAY_NONE ? TIME_NONE : edit->due_time;
        f.from = due_text(arena, now.due, now.due_time);
        f.to = due_text(arena, f.due, f.due_time);
    }
    if (strcmp(f.change, "owner") == 0) {
        const char *owner = cleaned(arena, edit->owner);
        if (owner == NULL)
            return err_set(err, EVH_INVALID, "say who it passes to");
        f.owner = f.to = names_full(c->record, arena, owner, strlen(owner));
        f.from = now.owner;
    }
    *out = f;
    return EVH_OK;
}

enum evh action_meeting(struct store *store, struct uuid action, struct uuid *meeting, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_action_one);
    query_id(&q, 1, action);
    bool found = query_row(&q);
    if (found)
        *meeting = query_get_id(&q, 1);
    enum evh r = query_end(&q, err);
    if (r == EVH_OK && !found)
        r = err_set(err, EVH_NOTFOUND, "that action is not in the database");
    return r;
}

/* ---- one or several, all or none ---- */

/* An action as its latest meeting has it. */
struct target {
    struct uuid meeting, id;
    size_t at;      /* where it was named */
    size_t first;   /* where the first of its meeting was */
};

/* What is done to each of them. */
struct deed {
    const struct action_edit *edit; /* NULL: taken back, or given again */
    bool redo;
    bool several;
};

static int compare_places(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int by_meeting(const void *a, const void *b)
{
    const struct target *x = a, *y = b;
    int order = uuid_compare(x->meeting, y->meeting);
    if (order == 0)
        order = uuid_compare(x->id, y->id);
    return order != 0 ? order : compare_places(x->at, y->at);
}

static int as_named(const void *a, const void *b)
{
    const struct target *x = a, *y = b;
    int order = compare_places(x->first, y->first);
    return order != 0 ? order : compare_places(x->at, y->at);
}

/* Meeting by meeting, else in the order in which they were named; one that is named twice is changed once. */
static size_t put_in_order(struct target *v, size_t n)
{
    size_t kept = 0;
    qsort(v, n, sizeof v[0], by_meeting);
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || !uuid_same(v[i].id, v[kept - 1].id))
            v[kept++] = v[i];
    }
    for (size_t from = 0, to = 0; from < kept; from = to) {
        size_t first = v[from].at;
        for (to = from; to < kept && uuid_same(v[to].meeting, v[from].meeting); to++)
            first = v[to].at < first ? v[to].at : first;
        for (size_t i = from; i < to; i++)
            v[i].first = first;
    }
    qsort(v, kept, sizeof v[0], as_named);
    return kept;
}

static enum evh find_targets(struct store *store, struct arena *arena, const struct uuid *actions, size_t n, struct target *out, size_t *nout, struct err *err)
{
    enum evh r = EVH_OK;
    for (size_t i = 0; i < n && r == EVH_OK; i++) {
        struct uuid *thread;
        size_t length;
        r = thread_of(store, arena, actions[i], &thread, &length, err);
        if (r != EVH_OK)
            break;
        out[i].id = thread[length - 1];
        out[i].at = i;
        r = action_meeting(store, out[i].id, &out[i].meeting, err);
    }
    if (r == EVH_OK)
        *nout = put_in_order(out, n);
    return r;
}

static enum evh edit_fact(const struct change *c, const struct entry *e, const struct deed *deed, struct facts *facts, struct err *err)
{
    size_t which = 0;
    struct fact f;
    const char *note = cleaned(c->arena, deed->edit->note);
    enum evh r = find_change(deed->edit, note, &which, err);
    if (r == EVH_OK)
        r = make_fact(c, e, deed->edit, which, note, &f, err);
    if (r != EVH_OK)
        return r;
    facts_add(c->arena, facts, f);
    struct action_now now = action_now(c->record, e);
    return check(name_of(c, e, deed->several), &now, &f, err);
}

static enum evh undo_fact(const struct change *c, const struct entry *e, const struct deed *deed, struct facts *facts, struct err *err)
{
    size_t first = 0;
    enum evh r = undo_facts(c, e->id, deed->redo, facts, &first, err);
    if (r != EVH_OK && deed->several)
        err_prefix(err, "%s", name_of(c, e, true));
    return r;
}

/* Each action's change has a clock of its own, so that it is taken back by itself. */
static enum evh change_one(struct change *c, struct uuid action, const struct deed *deed, struct facts *all, struct err *err)
{
    struct facts facts = {0};
    const struct entry *e = record_entry(c->record, action);
    if (e == NULL || e->kind != ENTRY_ACTION)
        return err_set(err, EVH_NOTFOUND, "that action is not in the record any more");
    enum evh r = deed->edit != NULL ? edit_fact(c, e, deed, &facts, err) : undo_fact(c, e, deed, &facts, err);
    if (r == EVH_OK)
        r = change_append(c, &facts, NULL, err);
    for (size_t i = 0; i < facts.n && r == EVH_OK; i++)
        facts_add(c->arena, all, facts.v[i]);
    return r;
}

/* Those of one meeting, which is read and derived once. */
static enum evh change_meeting(struct store *store, const struct target *v, size_t n, const struct deed *deed, struct err *err)
{
    struct change c;
    struct facts all = {0};
    enum evh r = change_load(&c, store, v[0].meeting, err);
    c.opened = store->began;
    for (size_t i = 0; i < n && r == EVH_OK; i++)
        r = change_one(&c, v[i].id, deed, &all, err);
    if (r == EVH_OK)
        r = change_settle(&c, &all, NULL, err);
    change_free(&c);
    return r;
}

static enum evh change_all(struct store *store, const struct uuid *actions, size_t n, const struct deed *deed, struct err *err)
{
    struct arena *arena = arena_new();
    struct target *v = arena_alloc(arena, n, sizeof *v);
    size_t count = 0;
    enum evh r = find_targets(store, arena, actions, n, v, &count, err);
    for (size_t from = 0, to = 0; from < count && r == EVH_OK; from = to) {
        while (to < count && uuid_same(v[to].meeting, v[from].meeting))
            to++;
        r = change_meeting(store, v + from, to - from, deed, err);
    }
    arena_free(arena);
    return r;
}

static enum evh do_deed(struct store *store, const struct uuid *actions, size_t n, struct deed deed, struct err *err)
{
    if (n == 0)
        return EVH_OK;
    enum evh r = db_begin(store, err);
    if (r != EVH_OK)
        return r;
    deed.several = n > 1;
    r = change_all(store, actions, n, &deed, err);
    return db_finish(store, r, err);
}

enum evh op_actions(struct store *store, const struct uuid *actions, size_t n, const struct action_edit *edit, struct err *err)
{
    return do_deed(store, actions, n, (struct deed){.edit = edit}, err);
}

enum evh op_actions_undo(struct store *store, const struct uuid *actions, size_t n, bool redo, struct err *err)
{
    return do_deed(store, actions, n, (struct deed){.redo = redo}, err);
}

enum evh op_action(struct store *store, struct uuid action, const struct action_edit *edit, struct err *err)
{
    return op_actions(store, &action, 1, edit, err);
}

enum evh op_action_undo(struct store *store, struct uuid action, bool redo, struct err *err)
{
    return op_actions_undo(store, &action, 1, redo, err);
}

enum evh op_action_in(struct store *store, struct uuid meeting, struct uuid action, const struct action_edit *edit, struct err *err)
{
    const struct deed deed = {.edit = edit};
    return change_meeting(store, &(struct target){.meeting = meeting, .id = action}, 1, &deed, err);
}
