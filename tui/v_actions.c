/* The tracker: every open action, what is overdue, whose it is; one key to change it. */
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tui/layout.h"
#include "tui/picture.h"
#include "tui/tracker.h"

static const char *const order_words[ACTION_ORDERS] = {"date", "owner", "child", "meeting type"};

/* After a change the same action stays selected, as long as it is shown at all. What was undone takes no marks away. */
static void read_changed(struct view *view)
{
    struct tracker *t = view->state;
    bool back = t->change.doing == ACTION_UNDO || t->change.doing == ACTION_REDO;
    if (!back)
        t->nmarks = 0;
    tracker_read(view, false);
    if (back)
        tracker_select(t, t->change.action);
}

static enum evh actions_open(struct view *view, const void *arg, struct err *err)
{
    (void)arg;
    (void)err;
    struct tracker *t = view->state;
    t->change.done = read_changed;
    tracker_read(view, true); /* the rest at the first tick, or with the first key */
    return EVH_OK;
}

static void actions_close(struct view *view)
{
    struct tracker *t = view->state;
    free(t->marks);
    changing_free(&t->change);
    tracked_free(&t->list_of);
}

/* ---- drawing ---- */

static void draw_row(void *data, size_t item, struct surface *s, struct rect r, bool selected)
{
    struct view *view = data;
    struct tracker *t = view->state;
    const struct action_row *row = tracker_row(view, item);
    if (row == NULL)
        surface_put(s, r.x + 3, r.y, r.w - 3, STYLE_DIM, "gone, or not to be read just now");
    else
        action_draw(s, r, row, app_now(view->app).day);
    if (t->nmarks > 0 && tracker_is_marked(t, t->list_of.ids.v[item]))
        surface_put(s, r.x, r.y, 1, STYLE_HEAD, "*");
    else if (selected) /* where the list is, without colour too; what is overdue keeps its own sign beside it */
        surface_put(s, r.x, r.y, 1, STYLE_KEY, surface_sign(s, SIGN_NOW));
}

static void words_of_row(void *data, size_t item, struct buf *out)
{
    const struct action_row *row = tracker_row(data, item);
    if (row != NULL)
        action_words(out, row);
}

static struct list_source source_of(struct view *view)
{
    return (struct list_source){.draw = draw_row, .words = words_of_row, .data = view};
}

static void draw_title(struct view *view, struct surface *s, struct rect r)
{
    struct tracker *t = view->state;
    struct buf b = {0}, day = {0};
    bool wide = r.w >= 60;
    bool known = t->failed[0] == '\0' || t->list_of.ids.n > 0;
    buf_adds(&b, "ACTIONS");
    if (known)
        buf_addf(&b, wide ? "  open %d \xc2\xb7 overdue %d \xc2\xb7 due this week %d" : " %d \xc2\xb7 overdue %d", t->counts.open, t->counts.overdue, t->counts.due_this_week);
    if (t->nmarks > 0)
        buf_addf(&b, " \xc2\xb7 %zu marked", t->nmarks);
    surface_fill(s, r, STYLE_TITLE);
    int used = surface_put_cut(s, r.x + 1, r.y, r.w - 1, STYLE_TITLE, buf_str(&b)) + 2;
    const struct visitor *visitor = store_visitor(view->app->store);
    if (visitor != NULL && visitor->name != NULL)
        buf_addf(&day, "%s, ", visitor->name);
    else
        buf_adds(&day, "as of ");
    civil_put_long(&day, app_now(view->app).day);
    int w = (int)text_width(buf_str(&day), day.n);
    if (wide && used + w + 2 <= r.w)
        surface_put(s, r.x + r.w - w - 1, r.y, w, STYLE_TITLE, buf_str(&day));
    else if (visitor != NULL && visitor->name != NULL && used + 6 <= r.w) { /* who it is matters more than which day */
        int name = (int)text_width(visitor->name, strlen(visitor->name)) + 1;
        name = used + name <= r.w ? name : r.w - used;
        action_cell(s, r.x + r.w - name, r.y, name, STYLE_TITLE, visitor->name);
    }
    buf_free(&b);
    buf_free(&day);
}

/* Says what is shown, and how to see all of it again: of that nothing is cut away. */
static void draw_limits(struct view *view, struct surface *s, struct rect *r)
{
    const struct tracker *t = view->state;
    bool limited = tracker_is_limited(t);
    struct buf words = {0}, tail = {0};
    if (!limited && t->order == ACTIONS_BY_DUE)
        return;
    struct rect line = layout_top(r, 1);
    if (limited) {
        buf_adds(&words, "only: ");
        tracker_put_limits(&words, view);
    }
    if (t->order != ACTIONS_BY_DUE)
        buf_addf(&words, "%ssorted by %s", limited ? "  " : "", order_words[t->order]);
    int room = line.w - 2, w = (int)text_width(buf_str(&words), words.n);
    if (limited) {
        buf_addf(&tail, "  (%zu shown; l changes it, Esc shows all)", t->list_of.ids.n);
        if (w + (int)tail.n > room) {
            buf_clear(&tail);
            buf_addf(&tail, line.w >= 60 ? "  (%zu shown; Esc shows all)" : "  (%zu; Esc: all)", t->list_of.ids.n);
        }
    }
    int used = surface_put_cut(s, line.x + 1, line.y, room - (int)tail.n, STYLE_WARN, buf_str(&words));
    surface_put(s, line.x + 1 + used, line.y, room - used, STYLE_WARN, buf_str(&tail));
    buf_free(&words);
    buf_free(&tail);
}

static void draw_empty(struct view *view, struct surface *s, struct rect r)
{
    const struct tracker *t = view->state;
    const char *text = t->failed[0] != '\0' ? t->failed
                     : tracker_is_limited(t) ? "No action is like that. l shows others, Esc all that are open."
                                             : "No action is open. They come from the A: lines of meetings.";
    layout_wrap(s, (struct rect){r.x + 3, r.y + 1, r.w - 4, r.h - 1}, 0, t->failed[0] != '\0' ? STYLE_BAD : STYLE_PLAIN, text);
    s->cursor_x = r.x + 3;
    s->cursor_y = r.y + 1;
}

static void actions_draw(struct view *view, struct surface *s)
{
    struct tracker *t = view->state;
    struct rect r = layout_all(s);
    draw_title(view, s, layout_top(&r, 1));
    draw_limits(view, s, &r);
    action_head(s, layout_top(&r, 1));
    if (t->list_of.ids.n == 0) {
        draw_empty(view, s, r);
        return;
    }
    if (t->failed[0] != '\0') {
        struct rect line = layout_bottom(&r, 1);
        surface_putf(s, line.x + 1, line.y, line.w - 2, STYLE_BAD, "As it was read last: %s", t->failed);
    }
    struct list_source source = source_of(view);
    source.focus = action_focus(r.w);
    list_draw(&t->list, s, r, &source, true);
}

/* ---- keys ---- */

static void search_answered(struct view *view, int tag, const char *words)
{
    (void)tag;
    struct tracker *t = view->state;
    struct list_source source = source_of(view);
    if (!list_search(&t->list, &source, words, 0))
        app_say(view->app, STYLE_WARN, "No action shown here has \"%s\".", words);
}

static void search_again(struct view *view, int dir)
{
    struct tracker *t = view->state;
    struct list_source source = source_of(view);
    if (!list_search(&t->list, &source, NULL, dir))
        app_say(view->app, STYLE_WARN, t->list.needle[0] == '\0' ? "Nothing was searched for yet; / begins a search." : "No action shown here has \"%s\".", t->list.needle);
}

static void sort_next(struct view *view)
{
    struct tracker *t = view->state;
    t->order = (enum action_order)((t->order + 1) % ACTION_ORDERS);
    tracker_read(view, false);
    if (!t->unread)
        app_say(view->app, STYLE_PLAIN, "Sorted by %s.", order_words[t->order]);
}

static void mark(struct tracker *t)
{
    if (t->list.at >= t->list_of.ids.n)
        return;
    tracker_mark(t, t->list_of.ids.v[t->list.at]);
    list_act(&t->list, ACTION_DOWN);
}

static void show_picture(struct view *view)
{
    struct tracker *t = view->state;
    app_push(view->app, &view_picture, &(struct picture_ask){.asker = view, .child = t->limits.child, .picked = tracker_limit_child});
}

static bool act_list(struct view *view, enum action action)
{
    struct tracker *t = view->state;
    if (list_act(&t->list, action))
        return true;
    if (action == ACTION_SEARCH)
        app_ask(view->app, &(struct ask){.question = "Search for", .initial = t->list.needle, .required = true, .answered = search_answered, .asker = view});
    else if (action == ACTION_SEARCH_NEXT || action == ACTION_SEARCH_PREV)
        search_again(view, action == ACTION_SEARCH_NEXT ? 1 : -1);
    else if (action == ACTION_LIMIT)
        tracker_ask_limit(view);
    else if (action == ACTION_SORT)
        sort_next(view);
    else if (action == ACTION_MARK)
        mark(t);
    else if (action == ACTION_PICTURE)
        show_picture(view);
    else
        return false;
    return true;
}

static bool actions_act(struct view *view, enum action action)
{
    struct tracker *t = view->state;
    tracker_read_rest(view);
    if (action == ACTION_BACK && tracker_is_limited(t)) {
        tracker_all_again(view);
        return true;
    }
    if (act_list(view, action))
        return true;
    const struct action_row *row = tracker_row(view, t->list.at);
    if (action == ACTION_OPEN && row != NULL) {
        struct uuid id = row->id;
        app_push(view->app, &view_action, &id);
        return true;
    }
    if (action == ACTION_ADD || action == ACTION_EDIT) {
        app_say(view->app, STYLE_WARN, "An action is added and worded in its meeting, on a line that begins A: \xe2\x80\x94 Enter shows which one.");
        return true;
    }
    tracker_hand_marks(t);
    bool back = action == ACTION_UNDO || action == ACTION_REDO;
    if (t->nmarks == 1 && !back) /* the cursor went on when it was marked: what is asked names the marked one */
        row = tracker_row(view, tracked_find(&t->list_of, t->marks[0]));
    return changing_begin(view, row, action);
}

static const char *actions_keys(struct view *view)
{
    (void)view;
    return "open complete note help date owner undo limit sort search mark picture withdraw"; /* the first four have room on 40 columns, the first nine on 80 */
}

const struct view_class view_actions = {
    .name = "actions", .maps = "GLA", .size = sizeof(struct tracker), .open = actions_open, .close = actions_close, .draw = actions_draw,
    .act = actions_act, .tick = tracker_follow, .resumed = tracker_follow, .keys = actions_keys,
};
