/* One change of one action, wherever its latest meeting has it. */
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

static enum evh make_fact(const struct change *c, const struct entry *e, const struct action_edit *edit, size_t which, const char *note,
                          struct fact *out, struct err *err)
{
    struct arena *arena = c->arena;
    struct action_now now = action_now(c->record, e);
    struct idgen ids = store_ids(c->store);
    struct fact f = fact_new(FACT_ACTION, ids.next(ids.data));
    const char *by = cleaned(arena, edit->by);
    char label[16];
    f.target = e->id;
    f.change = changes[which].change;
    f.date = edit->on == DAY_NONE ? c->store->world.now(c->store->world.data).day : edit->on;
    if (by == NULL)
        by = c->record->kept_by;
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
    entry_label(e, label);
    *out = f;
    return check(label[0] == '\0' ? "the action" : label, &now, &f, err);
}

/* The meeting whose record an action stands in. */
static enum evh meeting_of(struct store *store, struct uuid action, struct uuid *meeting, struct err *err)
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

/* The latest meeting of the action's thread, loaded. */
static enum evh load(struct store *store, struct uuid action, struct change *c, struct uuid *latest, struct err *err)
{
    struct arena *scratch = arena_new();
    struct uuid *thread, meeting;
    size_t n;
    *c = (struct change){0};
    enum evh r = thread_of(store, scratch, action, &thread, &n, err);
    if (r == EVH_OK) {
        *latest = thread[n - 1];
        r = meeting_of(store, *latest, &meeting, err);
    }
    if (r == EVH_OK)
        r = change_load(c, store, meeting, err);
    arena_free(scratch);
    return r;
}

static enum evh edit_in(struct change *c, struct uuid action, const struct action_edit *edit, struct err *err)
{
    size_t which = 0;
    struct fact f;
    struct facts facts = {0};
    const char *note = cleaned(c->arena, edit->note);
    const struct entry *e = record_entry(c->record, action);
    enum evh r = find_change(edit, note, &which, err);
    if (r == EVH_OK && (e == NULL || e->kind != ENTRY_ACTION))
        r = err_set(err, EVH_NOTFOUND, "that action is not in the record any more");
    if (r == EVH_OK)
        r = make_fact(c, e, edit, which, note, &f, err);
    if (r != EVH_OK)
        return r;
    facts_add(c->arena, &facts, f);
    return change_write(c, &facts, NULL, err);
}

enum evh op_action(struct store *store, struct uuid action, const struct action_edit *edit, struct err *err)
{
    struct change c;
    struct uuid latest;
    enum evh r = db_begin(store, err);
    if (r != EVH_OK)
        return r;
    r = load(store, action, &c, &latest, err);
    if (r == EVH_OK)
        r = edit_in(&c, latest, edit, err);
    change_free(&c);
    return db_finish(store, r, err);
}

enum evh op_action_undo(struct store *store, struct uuid action, bool redo, struct err *err)
{
    struct change c;
    struct uuid latest;
    struct facts facts = {0};
    size_t first = 0;
    enum evh r = db_begin(store, err);
    if (r != EVH_OK)
        return r;
    r = load(store, action, &c, &latest, err);
    if (r == EVH_OK)
        r = undo_facts(&c, latest, redo, &facts, &first, err);
    if (r == EVH_OK)
        r = change_write(&c, &facts, NULL, err);
    change_free(&c);
    return db_finish(store, r, err);
}
