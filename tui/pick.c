#include "tui/pick.h"

#include <string.h>

#include "core/text.h"
#include "tui/edit.h"
#include "tui/layout.h"
#include "tui/list.h"

struct state {
    struct arena *arena;
    struct pick pick;
    struct edit *edit;
    struct list list;
    size_t *shown; /* which items the typed words leave */
};

static void narrow(struct state *st)
{
    char *needle = text_fold_dup(st->arena, edit_text(st->edit), edit_length(st->edit));
    size_t n = 0;
    for (size_t i = 0; i < st->pick.n; i++) {
        const char *word = text_fold_dup(st->arena, st->pick.items[i], strlen(st->pick.items[i]));
        if (strstr(word, needle) != NULL)
            st->shown[n++] = i;
    }
    list_set(&st->list, n);
}

static enum evh pick_open(struct view *view, const void *arg, struct err *err)
{
    (void)err;
    struct state *st = view->state;
    st->arena = arena_new();
    st->pick = *(const struct pick *)arg;
    const char **items = arena_alloc(st->arena, st->pick.n + 1, sizeof *items);
    for (size_t i = 0; i < st->pick.n; i++)
        items[i] = arena_strdup(st->arena, st->pick.items[i]);
    st->pick.items = items;
    st->pick.question = arena_strdup(st->arena, st->pick.question);
    st->shown = arena_alloc(st->arena, st->pick.n + 1, sizeof *st->shown);
    st->edit = edit_new();
    narrow(st);
    return EVH_OK;
}

static void pick_close(struct view *view)
{
    struct state *st = view->state;
    edit_free(st->edit);
    arena_free(st->arena);
}

static void draw_item(void *data, size_t item, struct surface *s, struct rect r, bool selected)
{
    (void)selected;
    const struct state *st = data;
    size_t which = st->shown[item];
    if (st->pick.numbered && which < 9)
        surface_putf(s, r.x + 2, r.y, 1, STYLE_KEY, "%zu", which + 1);
    int indent = st->pick.numbered ? 4 : 2;
    surface_put(s, r.x + indent, r.y, r.w - indent, STYLE_PLAIN, st->pick.items[which]);
}

static void pick_draw(struct view *view, struct surface *s)
{
    struct state *st = view->state;
    struct rect r = layout_all(s);
    layout_bottom(&r, app_message_rows(view->app, s->w));
    if (view->below != NULL)
        view->below->class->draw(view->below, s);
    int question = layout_wrap(NULL, (struct rect){1, 0, r.w - 2, 0}, 0, STYLE_HEAD, st->pick.question);
    if (question > 2)
        question = 2;
    int want = (int)(st->pick.n < 10 ? st->pick.n : 10) + 2 + question;
    struct rect box = layout_bottom(&r, want > r.h - 2 ? r.h - 2 : want);
    surface_fill(s, box, STYLE_PLAIN);
    surface_hline(s, box.x, box.y, box.w);
    layout_top(&box, 1);
    struct rect top = layout_top(&box, question);
    layout_wrap(s, (struct rect){top.x + 1, top.y, top.w - 2, top.h}, 0, STYLE_HEAD, st->pick.question);
    struct rect line = layout_top(&box, 1);
    struct list_source source = {.draw = draw_item, .data = st};
    list_draw(&st->list, s, box, &source, true);
    if (st->list.n == 0)
        surface_put(s, box.x + 2, box.y, box.w - 2, STYLE_DIM, st->pick.other ? "Enter takes the words as they are" : "nothing has these words");
    line.x += 2;
    line.w -= 2;
    edit_draw(st->edit, s, line, STYLE_ENTRY, true);
}

static void take(struct view *view, const char *word)
{
    struct state *st = view->state;
    struct pick pick = st->pick;
    struct buf copy = {0};
    buf_adds(&copy, word);
    app_pop(view->app);
    pick.picked(pick.asker, pick.tag, buf_str(&copy));
    buf_free(&copy);
}

static bool answer(struct view *view)
{
    struct state *st = view->state;
    if (st->list.n > 0)
        take(view, st->pick.items[st->shown[st->list.at]]);
    else if (st->pick.other && edit_length(st->edit) > 0)
        take(view, edit_text(st->edit));
    return true;
}

static bool pick_act(struct view *view, enum action action)
{
    struct state *st = view->state;
    if (action == ACTION_COMMIT)
        return answer(view);
    enum action move = action == ACTION_LINE_UP || action == ACTION_PREV_PANE ? ACTION_UP
                     : action == ACTION_LINE_DOWN || action == ACTION_FINISH || action == ACTION_NEXT_PANE ? ACTION_DOWN : ACTION_NONE;
    if (move != ACTION_NONE)
        return list_act(&st->list, move);
    bool ends = edit_length(st->edit) == 0 && (action == ACTION_LINE_START || action == ACTION_LINE_END); /* there is no line yet to go along */
    if (ends)
        return list_act(&st->list, action == ACTION_LINE_START ? ACTION_FIRST : ACTION_LAST);
    if (!edit_act(st->edit, action, 1000))
        return false;
    narrow(st);
    return true;
}

static void pick_text(struct view *view, const char *utf8, size_t n, bool paste)
{
    struct state *st = view->state;
    bool digit = st->pick.numbered && !paste && n == 1 && edit_length(st->edit) == 0 && utf8[0] >= '1' && utf8[0] <= '9';
    if (digit && (size_t)(utf8[0] - '1') < st->pick.n) {
        take(view, st->pick.items[utf8[0] - '1']);
        return;
    }
    edit_insert(st->edit, utf8, n);
    list_select(&st->list, 0);
    narrow(st);
}

static const char *pick_keys(struct view *view)
{
    (void)view;
    return "accept back";
}

static const struct view_class view_pick = {
    .name = "pick", .maps = "GE", .size = sizeof(struct state), .open = pick_open, .close = pick_close, .draw = pick_draw,
    .act = pick_act, .text = pick_text, .keys = pick_keys,
};

void pick_ask(struct app *app, const struct pick *pick)
{
    app_push(app, &view_pick, pick);
}
