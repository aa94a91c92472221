/* The story of one own action: what, by when, what happened, what was disputed, where it was agreed. */
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "tui/layout.h"
#include "tui/page.h"
#include "tui/review/mine.h"
#include "tui/review/review.h"
#include "tui/visits.h"

struct state {
    struct mine mine;
    struct uuid id;
    struct arena *arena;
    struct action_row row;
    struct page page;
    int64_t version;
    bool gone;       /* it became somebody else's while it was looked at */
};

static void add_buf(struct page *page, enum style style, int indent, struct buf *b)
{
    page_add(page, style, indent, buf_str(b));
    buf_clear(b);
}

static void add_now(struct view *view)
{
    struct state *st = view->state;
    const struct action_row *r = &st->row;
    struct page *p = &st->page;
    struct buf b = {0};
    bool masked = r->restricted_masked;
    page_add(p, masked ? STYLE_SECRET : STYLE_HEAD, 0, masked ? "The words of this action are confidential: ask whoever kept the minutes. What you do about it can be recorded here." : r->text == NULL ? "" : r->text);
    page_add(p, STYLE_PLAIN, 0, "");
    review_put_due(&b, r, app_now(view->app).day);
    if (b.n > 0 && b.s[0] >= 'a' && b.s[0] <= 'z')
        b.s[0] = (char)(b.s[0] - 'a' + 'A');
    add_buf(p, r->overdue ? STYLE_BAD : strcmp(r->status, "done") == 0 ? STYLE_GOOD : STYLE_PLAIN, 2, &b);
    if (r->from_day != DAY_NONE) {
        buf_adds(&b, "From ");
        review_put_day(&b, r->from_day);
        add_buf(p, STYLE_PLAIN, 2, &b);
    }
    if (r->child != NULL)
        page_addf(p, STYLE_PLAIN, 2, "For %s", r->child);
    for (size_t i = 0; i < r->with.n; i++)
        page_addf(p, STYLE_PLAIN, 2, "Together with %s", r->with.v[i]);
    if (r->done_when != NULL && !masked)
        page_addf(p, STYLE_PLAIN, 2, "It is done when: %s", r->done_when);
    if (r->otherwise != NULL && !masked)
        page_addf(p, STYLE_PLAIN, 2, "If not: %s", r->otherwise);
    buf_free(&b);
}

static void add_head(struct page *p, const char *words)
{
    page_add(p, STYLE_PLAIN, 0, "");
    page_add(p, STYLE_HEAD, 0, words);
}

static void build(struct view *view)
{
    struct state *st = view->state;
    const struct action_row *r = &st->row;
    struct page *p = &st->page;
    struct buf b = {0};
    page_clear(p);
    add_now(view);
    add_head(p, "WHAT HAPPENED");
    if (r->nhistory == 0)
        page_add(p, STYLE_DIM, 2, r->restricted_masked ? "What was recorded on it is confidential too." : "Nothing was recorded since it was agreed.");
    for (size_t i = 0; i < r->nhistory; i++) {
        review_put_change(&b, &r->history[i]);
        add_buf(p, strcmp(r->history[i].change, "done") == 0 ? STYLE_GOOD : STYLE_PLAIN, 2, &b);
    }
    if (r->ndisputes > 0)
        add_head(p, "DISPUTED");
    for (size_t i = 0; i < r->ndisputes; i++)
        page_addf(p, STYLE_WARN, 2, "%s: %s", r->disputes[i].by == NULL ? "Somebody" : r->disputes[i].by, r->disputes[i].text);
    add_head(p, "WHERE IT COMES FROM");
    review_put_from(&b, r, view->app->types);
    b.s[0] = 'A'; /* "agreed …" begins a sentence here */
    add_buf(p, STYLE_PLAIN, 2, &b);
    buf_free(&b);
}

static enum evh read_story(struct view *view, struct err *err)
{
    struct state *st = view->state;
    struct arena *arena = arena_new();
    struct action_row row;
    st->version = store_version(view->app->store);
    enum evh code = review_action(view->app->store, arena, st->id, &row, err);
    st->gone = code == EVH_NOTFOUND;
    if (code != EVH_OK) {
        st->version = -1; /* tried again at the next tick */
        arena_free(arena);
        return code;
    }
    arena_free(st->arena);
    st->arena = arena;
    st->row = row;
    build(view);
    return EVH_OK;
}

static void read_again(struct view *view)
{
    struct state *st = view->state;
    struct err err = {0};
    if (read_story(view, &err) != EVH_OK && !st->gone)
        app_say_err(view->app, &err);
}

static enum evh story_open(struct view *view, const void *arg, struct err *err)
{
    struct state *st = view->state;
    if (arg == NULL)
        return err_set(err, EVH_USAGE, "an action is needed");
    st->id = *(const struct uuid *)arg;
    st->mine.done = read_again;
    enum evh code = read_story(view, err);
    if (code != EVH_OK)
        return code;
    return visits_open(view->app, "action", st->row.meeting, err);
}

static void story_close(struct view *view)
{
    struct state *st = view->state;
    mine_free(&st->mine);
    page_free(&st->page);
    arena_free(st->arena);
}

static void story_draw(struct view *view, struct surface *s)
{
    struct state *st = view->state;
    const struct action_row *r = &st->row;
    struct rect all = layout_all(s);
    struct rect title = layout_top(&all, 1);
    surface_fill(s, title, STYLE_TITLE);
    surface_putf(s, title.x + 1, title.y, title.w - 2, STYLE_TITLE, "%s  %s%s%s", r->number == NULL || r->number[0] == '\0' ? "ACTION" : r->number,
                 r->child == NULL ? "" : r->child, r->child == NULL ? "" : "  ", st->gone ? "NO LONGER YOURS" : r->overdue ? "OVERDUE" : r->status);
    if (view->app->trouble[0] != '\0')
        surface_put(s, s->w - 1 - surface_columns(view->app->trouble), title.y, s->w, STYLE_BAD, view->app->trouble);
    if (s->w < 60 && s->h >= 9)
        review_draw_keys(s, layout_bottom(&all, 1));
    all.x += 1;
    all.w -= 2;
    if (st->gone) {
        layout_wrap(s, (struct rect){all.x, all.y + 1, all.w, all.h - 1}, 0, STYLE_PLAIN, "This action was passed on while you looked at it: it is no longer yours. Esc goes back to your list.");
        s->cursor_x = all.x;
        s->cursor_y = all.y + 1;
    } else {
        page_draw(&st->page, s, all);
    }
}

static void search_answered(struct view *view, int tag, const char *words)
{
    (void)tag;
    struct state *st = view->state;
    if (!page_search(&st->page, words, 1))
        app_say(view->app, STYLE_WARN, "This story does not have \u201C%s\u201D", words);
}

static void search_again(struct view *view, int dir)
{
    struct state *st = view->state;
    if (st->page.needle[0] == '\0')
        app_say(view->app, STYLE_WARN, "Nothing was searched for yet: / begins a search");
    else if (!page_search(&st->page, NULL, dir))
        app_say(view->app, STYLE_WARN, "This story does not have \u201C%s\u201D", st->page.needle);
}

static bool story_act(struct view *view, enum action action)
{
    struct state *st = view->state;
    if (page_act(&st->page, action))
        return true;
    if (action == ACTION_SEARCH)
        app_ask(view->app, &(struct ask){.question = "Search for", .required = true, .answered = search_answered, .asker = view});
    else if (action == ACTION_SEARCH_NEXT || action == ACTION_SEARCH_PREV)
        search_again(view, action == ACTION_SEARCH_NEXT ? 1 : -1);
    else if (action == ACTION_OPEN)
        app_say(view->app, STYLE_MESSAGE, "This is all about it: Esc goes back to your list");
    else if (action == ACTION_MINE_ALL)
        app_say(view->app, STYLE_MESSAGE, "Your list is one screen back: Esc goes there");
    else
        return mine_begin(view, st->gone ? NULL : &st->row, action);
    return true;
}

static void story_tick(struct view *view)
{
    struct state *st = view->state;
    if (store_version(view->app->store) != st->version)
        read_again(view);
}

static const char *story_keys(struct view *view)
{
    (void)view;
    return "complete note back help dispute-it undo redo quit search"; /* the first four have room on 40 columns */
}

const struct view_class view_mine_action = {
    .name = "one of your actions", .maps = "UWY", .size = sizeof(struct state), .open = story_open, .close = story_close, .draw = story_draw,
    .act = story_act, .tick = story_tick, .resumed = story_tick, .keys = story_keys,
};
