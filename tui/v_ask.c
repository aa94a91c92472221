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
};

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
    st->ask.initial = NULL;
    return EVH_OK;
}

static void ask_close(struct view *view)
{
    struct ask_state *st = view->state;
    edit_free(st->edit);
    st->edit = NULL;
    arena_free(st->arena);
    st->arena = NULL;
}

/* Closes the question, then tells the view that asked. */
static void finish(struct view *view, const char *answer)
{
    struct ask_state *st = view->state;
    struct ask ask = st->ask;
    struct buf copy = {0};
    if (answer != NULL)
        buf_adds(&copy, answer);
    app_pop(view->app);
    if (answer != NULL && ask.answered != NULL)
        ask.answered(ask.asker, ask.tag, buf_str(&copy));
    else if (answer == NULL && ask.left != NULL)
        ask.left(ask.asker, ask.tag);
    buf_free(&copy);
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
    .keys = ask_keys,
};

void app_ask(struct app *app, const struct ask *ask)
{
    app_push(app, &view_ask, ask);
}
