/* Changing an action: taking back, and giving again. */
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "tui/changing_inside.h"
#include "tui/trouble.h"

static void free_changed(struct changed *changed)
{
    free(changed->actions);
    free(changed->last);
    free(changed->words);
    *changed = (struct changed){0};
}

static void drop(struct changed *stack, size_t *n, size_t at)
{
    free_changed(&stack[at]);
    memmove(stack + at, stack + at + 1, (--*n - at) * sizeof stack[0]);
    stack[*n] = (struct changed){0};
}

void changing_forget(struct changed *stack, size_t *n)
{
    while (*n > 0)
        free_changed(&stack[--*n]);
}

void changing_move(struct changing *to, struct changing *from)
{
    changing_forget(to->undo, &to->nundo);
    changing_forget(to->redo, &to->nredo);
    memcpy(to->undo, from->undo, from->nundo * sizeof from->undo[0]);
    memcpy(to->redo, from->redo, from->nredo * sizeof from->redo[0]);
    to->nundo = from->nundo;
    to->nredo = from->nredo;
    from->nundo = from->nredo = 0;
}

/* The oldest falls out: nobody takes back more than that by hand. */
void changing_push(struct view *view, bool redo, bool asked, const struct uuid *actions, size_t n, const char *words)
{
    struct changing *c = view->state;
    struct changed *stack = redo ? c->redo : c->undo;
    size_t *depth = redo ? &c->nredo : &c->nundo;
    if (*depth == CHANGING_DEPTH)
        drop(stack, depth, 0);
    struct changed *new = &stack[(*depth)++];
    size_t length = strlen(words) + 1;
    *new = (struct changed){.actions = memory_take(n, sizeof *actions), .last = memory_take(n, sizeof *actions), .n = n, .words = memory_take(length, 1), .asked = asked};
    memcpy(new->actions, actions, n * sizeof *actions);
    memcpy(new->words, words, length);
    for (size_t i = 0; i < n; i++)
        new->last[i] = changing_last(view, actions[i]);
}

static const char *word_for(enum action action, const char *otherwise)
{
    const char *key = key_of(action);
    return key == NULL ? otherwise : key;
}

/* What was another's is taken back (given again) as the one change that it is. */
static enum evh undo_one(struct view *view, struct uuid action, bool redo, struct err *err)
{
    struct arena *arena = arena_new();
    struct action_change change;
    enum evh e = op_action_last(view->app->store, action, redo, arena, &change, err);
    if (e == EVH_OK)
        e = op_action_take_back(view->app->store, action, change.id, redo, err);
    arena_free(arena);
    return e;
}

static void was_taken_back(struct view *view, const struct uuid *actions, size_t n, const char *words, bool redo, bool asked)
{
    struct changing *c = view->state;
    changing_push(view, !redo, asked, actions, n, words);
    c->action = actions[0];
    c->doing = redo ? ACTION_REDO : ACTION_UNDO;
    if (c->done != NULL)
        c->done(view);
    enum action other = redo ? ACTION_UNDO : ACTION_REDO;
    app_say(view->app, STYLE_GOOD, redo ? "Again: \xe2\x80\x9c%s\xe2\x80\x9d. %s takes it back." : "Taken back: \xe2\x80\x9c%s\xe2\x80\x9d. %s gives it again.", words, word_for(other, redo ? "u" : "R"));
}

/* One of what was changed here. It stays for another try when it could not be stored. */
static void take_back_own(struct view *view, bool redo, size_t at)
{
    struct changing *c = view->state;
    struct changed *stack = redo ? c->redo : c->undo;
    size_t *depth = redo ? &c->nredo : &c->nundo;
    struct err err = {0};
    bool same = true;
    for (size_t i = 0; i < stack[at].n && same; i++)
        same = uuid_same(changing_last(view, stack[at].actions[i]), stack[at].last[i]);
    if (!same) {
        app_say(view->app, STYLE_WARN, "Not taken back, as there was another change since: \xe2\x80\x9c%s\xe2\x80\x9d.", stack[at].words);
        drop(stack, depth, at);
        return;
    }
    enum evh e = stack[at].asked ? undo_one(view, stack[at].actions[0], redo, &err) : op_actions_undo(view->app->store, stack[at].actions, stack[at].n, redo, &err);
    if (e != EVH_OK) {
        app_say_err(view->app, &err);
        if (!trouble_is(e) && e != EVH_BUSY)
            drop(stack, depth, at);
        return;
    }
    struct changed taken = stack[at];
    memmove(stack + at, stack + at + 1, (--*depth - at) * sizeof stack[0]);
    was_taken_back(view, taken.actions, taken.n, taken.words, redo, taken.asked);
    free_changed(&taken);
}

/* Which of what was changed here is next: on the screen of one action, the newest that changed that one. SIZE_MAX: none. */
static size_t next_own(const struct changing *c, bool redo)
{
    const struct changed *stack = redo ? c->redo : c->undo;
    for (size_t i = redo ? c->nredo : c->nundo; i > 0; i--) {
        if (uuid_none(c->only))
            return i - 1;
        for (size_t k = 0; k < stack[i - 1].n; k++)
            if (uuid_same(stack[i - 1].actions[k], c->only))
                return i - 1;
    }
    return SIZE_MAX;
}

#define YES_NO " (y yes \xc2\xb7 n no)"

static void ask_yes(struct view *view, int tag, const char *question)
{
    app_ask(view->app, &(struct ask){.question = question, .choices = "yn", .answered = changing_agreed, .asker = view, .tag = tag});
}

/* What was done to several together is taken back from all of them: on the screen of one that is said first. */
static void undo_own(struct view *view, bool redo, size_t at)
{
    struct changing *c = view->state;
    const struct changed *changed = redo ? &c->redo[at] : &c->undo[at];
    if (uuid_none(c->only) || changed->n == 1) {
        take_back_own(view, redo, at);
        return;
    }
    struct buf q = {0};
    buf_addf(&q, "%s for all %zu: \xe2\x80\x9c%s\xe2\x80\x9d?" YES_NO, redo ? "Give it again" : "Take it back", changed->n, changed->words);
    ask_yes(view, redo ? TAG_REDO_ALL : TAG_UNDO_ALL, buf_str(&q));
    buf_free(&q);
}

/* What was not changed here: whose it is is said first. */
static void undo_others(struct view *view, const struct action_row *row, bool redo)
{
    struct changing *c = view->state;
    struct arena *arena = arena_new();
    struct action_change change;
    struct err err = {0};
    c->nmarks = 0;
    changing_label(view, row);
    if (op_action_last(view->app->store, row->id, redo, arena, &change, &err) != EVH_OK) {
        if (err.code == EVH_STATE)
            app_say(view->app, STYLE_WARN, "%s: %s.", buf_str(&c->label), err.text);
        else
            app_say_err(view->app, &err);
        arena_free(arena);
        return;
    }
    struct buf q = {0};
    c->offered = change.id;
    buf_clear(&c->offer);
    buf_addf(&c->offer, "%s: ", buf_str(&c->label));
    changing_put_change(&c->offer, &change, row->restricted_masked || restricted(&row->restriction));
    buf_addf(&q, redo ? "Give again what was taken back of %s?" YES_NO : "Take back the last change of %s? It was not made here." YES_NO, buf_str(&c->offer));
    ask_yes(view, redo ? TAG_REDO : TAG_UNDO, buf_str(&q));
    buf_free(&q);
    arena_free(arena);
}

void changing_agreed(struct view *view, int tag, const char *answer)
{
    struct changing *c = view->state;
    bool redo = tag == TAG_REDO || tag == TAG_REDO_ALL;
    if (answer[0] != 'y')
        return;
    if (tag == TAG_UNDO_ALL || tag == TAG_REDO_ALL) {
        size_t at = next_own(c, redo);
        if (at != SIZE_MAX)
            take_back_own(view, redo, at);
        return;
    }
    struct err err = {0};
    struct uuid action = c->action;
    if (op_action_take_back(view->app->store, action, c->offered, redo, &err) != EVH_OK) {
        app_say_err(view->app, &err);
        return;
    }
    was_taken_back(view, &action, 1, buf_str(&c->offer), redo, true);
}

void changing_undo(struct view *view, const struct action_row *row, bool redo)
{
    const struct changing *c = view->state;
    size_t own = next_own(c, redo);
    if (own != SIZE_MAX)
        undo_own(view, redo, own);
    else if (row == NULL)
        app_say(view->app, STYLE_WARN, redo ? "Nothing was taken back here." : "Nothing was changed here yet.");
    else
        undo_others(view, row, redo);
}
