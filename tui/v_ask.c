/* One question over the screen that asks it: a line to type, or a letter to press. */
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tui/app.h"
#include "tui/edit.h"
#include "tui/layout.h"

struct ask_state {
    struct ask ask;        /* its strings are copies in `arena` */
    struct arena *arena;
    struct edit *edit;
    int columns;           /* of the line when it was last drawn */
    struct buf kept;       /* the half-typed answer as the store has it */
    size_t kept_cursor;
};

/* ---- the half-typed answer on disk ---- */

#define PLACE_MOST 200

static bool keeps(const struct view *view)
{
    const struct ask_state *st = view->state;
    return st->ask.place != NULL && st->ask.choices == NULL && view->app->store != NULL && !view->app->read_only;
}

static void keep(struct view *view, const char *text, size_t cursor)
{
    struct ask_state *st = view->state;
    if (!keeps(view) || (cursor == st->kept_cursor && strcmp(text, buf_str(&st->kept)) == 0))
        return;
    /* An answer that cannot be kept is still on the screen; giving it will say what is wrong with the disk. */
    if (store_draft_save_at(view->app->store, st->ask.about, st->ask.place, text, cursor, NULL) != EVH_OK)
        return;
    buf_clear(&st->kept);
    buf_adds(&st->kept, text);
    st->kept_cursor = cursor;
}

static bool restore(struct view *view)
{
    struct ask_state *st = view->state;
    struct draft draft = {0};
    if (!keeps(view) || store_draft_load_at(view->app->store, st->arena, st->ask.about, st->ask.place, &draft, NULL) != EVH_OK || draft.text == NULL)
        return false;
    edit_set(st->edit, draft.text, draft.cursor);
    buf_adds(&st->kept, draft.text);
    st->kept_cursor = draft.cursor;
    return true;
}

static void ask_tick(struct view *view)
{
    struct ask_state *st = view->state;
    bool typed = st->ask.initial == NULL || strcmp(edit_text(st->edit), st->ask.initial) != 0;
    if (typed || st->kept.n > 0)
        keep(view, edit_text(st->edit), edit_cursor(st->edit));
}

/* ---- opening and answering ---- */

static enum evh ask_open(struct view *view, const void *arg, struct err *err)
{
    (void)err;
    struct ask_state *st = view->state;
    st->ask = *(const struct ask *)arg;
    st->arena = arena_new();
    st->ask.question = arena_strdup(st->arena, st->ask.question);
    st->ask.choices = arena_strdup(st->arena, st->ask.choices);
    st->edit = edit_new();
    st->columns = 80;
    if (st->ask.initial != NULL)
        edit_set(st->edit, st->ask.initial, strlen(st->ask.initial));
    st->ask.initial = arena_strdup(st->arena, st->ask.initial);
    st->ask.place = st->ask.place != NULL && strlen(st->ask.place) <= PLACE_MOST ? arena_strdup(st->arena, st->ask.place) : NULL;
    if (restore(view) && view->app->message[0] == '\0')
        app_say(view->app, STYLE_MESSAGE, "The words stand as they were left");
    return EVH_OK;
}

static void ask_close(struct view *view)
{
    struct ask_state *st = view->state;
    edit_free(st->edit);
    st->edit = NULL;
    arena_free(st->arena);
    st->arena = NULL;
    buf_free(&st->kept);
}

/* Tells the view that asked. What could not be stored is asked again, with what was typed; what was stored need not be kept any longer. */
static void tell(struct app *app, const struct ask *ask, bool kept, const char *answer)
{
    app->failed = EVH_OK;
    if (ask->answered != NULL)
        ask->answered(ask->asker, ask->tag, answer);
    if (ask->place == NULL)
        return;
    bool above = app->top != ask->asker; /* the next question stands there, or this one again */
    const struct ask_state *next = above && app->top != NULL && app->top->class == &view_ask ? app->top->state : NULL;
    bool asked_again = next != NULL && next->ask.place != NULL && strcmp(next->ask.place, ask->place) == 0;
    if (app->failed != EVH_OK && !above) {
        struct ask again = *ask;
        again.initial = answer;
        app_ask(app, &again);
    } else if (app->failed == EVH_OK && kept && !asked_again) {
        struct err err = {0};
        if (store_draft_save_at(app->store, ask->about, ask->place, "", 0, &err) != EVH_OK)
            app_say_err(app, &err);
    }
}

/* Closes the question before anybody is told. */
static void finish(struct view *view, const char *answer)
{
    struct app *app = view->app;
    struct ask_state *st = view->state;
    struct arena *arena = arena_new(); /* the question outlives its screen */
    struct ask ask = st->ask;
    ask.question = arena_strdup(arena, ask.question);
    ask.place = arena_strdup(arena, ask.place);
    ask.choices = arena_strdup(arena, ask.choices);
    ask.initial = NULL;
    const char *copy = arena_strdup(arena, answer);
    if (st->kept.n > 0 && answer != NULL)
        keep(view, answer, strlen(answer));
    else if (answer == NULL)
        ask_tick(view);
    bool kept = st->kept.n > 0;
    app_pop(app);
    if (answer != NULL)
        tell(app, &ask, kept, copy);
    else if (kept && app->message[0] == '\0')
        app_say(app, STYLE_MESSAGE, "What was typed is kept: it comes back when this is asked again");
    if (answer == NULL && ask.left != NULL)
        ask.left(ask.asker, ask.tag);
    arena_free(arena);
}

static void commit(struct view *view)
{
    struct ask_state *st = view->state;
    if (st->ask.choices != NULL)
        return;
    const char *text = edit_text(st->edit);
    size_t n = strlen(text);
    struct buf trimmed = {0};
    text_trim(&text, &n);
    buf_add(&trimmed, text, n);
    if (n == 0 && st->ask.required)
        app_say(view->app, STYLE_WARN, "This needs an answer; Esc leaves it");
    else
        finish(view, trimmed.s);
    buf_free(&trimmed);
}

static bool ask_act(struct view *view, enum action action)
{
    struct ask_state *st = view->state;
    if (action == ACTION_COMMIT) {
        commit(view);
        return true;
    }
    if (action == ACTION_BACK || action == ACTION_INTERRUPT) {
        finish(view, NULL);
        return true;
    }
    return st->ask.choices == NULL && edit_act(st->edit, action, st->columns);
}

static void ask_text(struct view *view, const char *utf8, size_t n, bool paste)
{
    struct ask_state *st = view->state;
    if (st->ask.choices == NULL) {
        edit_insert(st->edit, utf8, n);
        return;
    }
    char letter[2] = {utf8[0], '\0'};
    if (letter[0] >= 'A' && letter[0] <= 'Z')
        letter[0] = (char)(letter[0] - 'A' + 'a');
    if (n == 1 && !paste && strchr(st->ask.choices, letter[0]) != NULL)
        finish(view, letter);
    else
        app_say(view->app, STYLE_WARN, "One of these letters answers: %s; Esc leaves it", st->ask.choices);
}

static void ask_draw(struct view *view, struct surface *s)
{
    struct ask_state *st = view->state;
    struct view *below = view->below;
    if (below != NULL && below->class->draw != NULL)
        below->class->draw(below, s);
    struct rect all = layout_all(s);
    struct rect inner = {1, 0, s->w - 2, s->h};
    bool line = st->ask.choices == NULL;
    st->columns = s->w - 4;
    int question = layout_wrap(NULL, inner, 2, STYLE_HEAD, st->ask.question);
    if (question > s->h - 2)
        question = s->h - 2;
    int rows = line ? edit_rows(st->edit, st->columns) : 0;
    if (rows > s->h - question - 1)
        rows = s->h - question - 1;
    int said = app_message_rows(view->app, s->w);
    int room = s->h <= question + rows + 2 ? 0 : said > 1 ? said : 1; /* for a message: it never covers what was typed */
    struct rect box = layout_bottom(&all, 1 + question + rows + room);
    surface_fill(s, box, STYLE_PLAIN);
    layout_bottom(&box, room);
    surface_hline(s, box.x, box.y, box.w);
    layout_top(&box, 1);
    struct rect top = layout_top(&box, question);
    top.x = inner.x;
    top.w = inner.w;
    layout_wrap(s, top, 2, STYLE_HEAD, st->ask.question);
    s->cursor_x = inner.x;
    s->cursor_y = top.y;
    if (line) {
        surface_put(s, 1, box.y, 1, STYLE_KEY, surface_sign(s, SIGN_NOW));
        edit_draw(st->edit, s, (struct rect){3, box.y, st->columns, box.h}, STYLE_ENTRY, true);
    }
}

static const char *ask_keys(struct view *view)
{
    const struct ask_state *st = view->state;
    return st->ask.choices != NULL ? "back" : "accept back erase-to-start";
}

const struct view_class view_ask = {
    .name = "question",
    .maps = "GE",
    .size = sizeof(struct ask_state),
    .open = ask_open,
    .close = ask_close,
    .draw = ask_draw,
    .act = ask_act,
    .text = ask_text,
    .tick = ask_tick,
    .keys = ask_keys,
};

void app_ask(struct app *app, const struct ask *ask)
{
    app_push(app, &view_ask, ask);
}
