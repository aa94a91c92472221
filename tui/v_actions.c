/* The tracker: every open action, what is overdue, whose it is; one key to change it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"
#include "tui/actions.h"
#include "tui/changing.h"
#include "tui/layout.h"
#include "tui/list.h"
#include "tui/pick.h"

enum order { ORDER_DUE, ORDER_OWNER, ORDER_CHILD, ORDER_COUNT };
static const char *const order_words[ORDER_COUNT] = {"date", "owner", "child"};

enum { TAG_SEARCH = 1, TAG_LIMIT, TAG_OWNER, TAG_CHILD, TAG_WORDS };
static const char *const limits[] = {"open", "overdue", "owner", "child", "words", "all, finished ones too"};

struct state {
    struct changing change;
    struct arena *arena;
    struct action_rows rows;
    struct action_counts counts;
    struct list list;
    enum order order;
    bool all, overdue;
    char owner[128], child[128], words[128];
    int64_t version;
    struct uuid *marks; size_t nmarks, marks_cap;
    size_t next;        /* the first that is not overdue */
    char failed[200];   /* why nothing could be read */
};

static int compare_texts(const char *a, const char *b)
{
    struct buf x = {0}, y = {0};
    text_fold(&x, a == NULL ? "" : a, a == NULL ? 0 : strlen(a));
    text_fold(&y, b == NULL ? "" : b, b == NULL ? 0 : strlen(b));
    int order = strcmp(buf_str(&x), buf_str(&y));
    buf_free(&x);
    buf_free(&y);
    return order;
}

/* The store's order (soonest first) stays among equals: rows are an array, so their place in it tells. */
static int compare_due(const struct action_row *a, const struct action_row *b)
{
    int32_t x = a->due == DAY_NONE ? INT32_MAX : a->due;
    int32_t y = b->due == DAY_NONE ? INT32_MAX : b->due;
    return x != y ? (x < y ? -1 : 1) : uuid_compare(a->id, b->id);
}

static int by_owner(const void *a, const void *b)
{
    const struct action_row *x = a, *y = b;
    int order = compare_texts(x->owner, y->owner);
    return order != 0 ? order : compare_due(x, y);
}

static int by_child(const void *a, const void *b)
{
    const struct action_row *x = a, *y = b;
    int order = compare_texts(x->child, y->child);
    return order != 0 ? order : compare_due(x, y);
}

static void keep_words(struct state *st)
{
    if (st->words[0] == '\0')
        return;
    char *needle = text_fold_dup(st->arena, st->words, strlen(st->words));
    size_t n = 0;
    struct buf b = {0};
    for (size_t i = 0; i < st->rows.n; i++) {
        buf_clear(&b);
        action_words(&b, &st->rows.v[i]);
        if (strstr(text_fold_dup(st->arena, buf_str(&b), b.n), needle) != NULL)
            st->rows.v[n++] = st->rows.v[i];
    }
    buf_free(&b);
    st->rows.n = n;
}

static void find_next(struct state *st)
{
    st->next = SIZE_MAX;
    if (st->order != ORDER_DUE)
        return;
    for (size_t i = 0; i < st->rows.n && st->next == SIZE_MAX; i++)
        if (!st->rows.v[i].overdue && st->rows.v[i].due != DAY_NONE && action_is_open(st->rows.v[i].status))
            st->next = i;
}

/* ---- marks ---- */

static size_t mark_of(const struct state *st, struct uuid id)
{
    size_t i = 0;
    while (i < st->nmarks && !uuid_same(st->marks[i], id))
        i++;
    return i;
}

static void mark(struct state *st)
{
    if (st->list.at >= st->rows.n)
        return;
    struct uuid id = st->rows.v[st->list.at].id;
    size_t at = mark_of(st, id);
    if (at < st->nmarks) {
        st->marks[at] = st->marks[--st->nmarks];
    } else {
        if (st->nmarks == st->marks_cap) {
            st->marks_cap = st->marks_cap == 0 ? 16 : st->marks_cap * 2;
            st->marks = memory_grow(st->marks, st->marks_cap, sizeof st->marks[0]);
        }
        st->marks[st->nmarks++] = id;
    }
    list_act(&st->list, ACTION_DOWN);
}

/* Whatever is not shown any more loses its mark: nothing is changed unseen. */
static void drop_marks(struct state *st)
{
    size_t n = 0;
    for (size_t i = 0; i < st->nmarks; i++)
        for (size_t k = 0; k < st->rows.n; k++)
            if (uuid_same(st->marks[i], st->rows.v[k].id)) {
                st->marks[n++] = st->marks[i];
                break;
            }
    st->nmarks = n;
}

/* Reads the rows again; whatever was looked at stays selected and at the same height of the screen. */
static void read_rows(struct view *view)
{
    struct state *st = view->state;
    struct err err = {0};
    struct uuid selected = st->list.at < st->rows.n ? st->rows.v[st->list.at].id : (struct uuid){{0}};
    size_t above = st->list.at - (st->list.top < st->list.at ? st->list.top : st->list.at);
    struct arena *arena = arena_new();
    struct action_filter filter = {.all = st->all, .overdue = st->overdue, .due_before = DAY_NONE,
                                   .owner = st->owner[0] == '\0' ? NULL : st->owner, .child = st->child[0] == '\0' ? NULL : st->child};
    struct action_rows rows = {0};
    st->version = store_version(view->app->store);
    st->failed[0] = '\0';
    if (store_actions(view->app->store, arena, &filter, &rows, &err) != EVH_OK ||
        store_action_counts(view->app->store, &st->counts, &err) != EVH_OK) {
        snprintf(st->failed, sizeof st->failed, "%.190s", err.text);
        arena_free(arena);
        return;
    }
    arena_free(st->arena);
    st->arena = arena;
    st->rows = rows;
    keep_words(st);
    if (st->order != ORDER_DUE && st->rows.n > 1)
        qsort(st->rows.v, st->rows.n, sizeof st->rows.v[0], st->order == ORDER_OWNER ? by_owner : by_child);
    find_next(st);
    drop_marks(st);
    list_set(&st->list, st->rows.n);
    for (size_t i = 0; i < st->rows.n; i++)
        if (uuid_same(st->rows.v[i].id, selected)) {
            list_select(&st->list, i);
            st->list.top = i > above ? i - above : 0;
            break;
        }
}

static void select_id(struct state *st, struct uuid id)
{
    for (size_t i = 0; i < st->rows.n; i++)
        if (uuid_same(st->rows.v[i].id, id))
            list_select(&st->list, i);
}

/* After a change the same action stays selected, as long as it is shown at all. */
static void read_changed(struct view *view)
{
    struct state *st = view->state;
    st->nmarks = 0;
    read_rows(view);
    select_id(st, st->change.action);
}

static enum evh actions_open(struct view *view, const void *arg, struct err *err)
{
    (void)arg;
    (void)err;
    struct state *st = view->state;
    st->change.done = read_changed;
    read_rows(view);
    return EVH_OK;
}

static void actions_close(struct view *view)
{
    struct state *st = view->state;
    free(st->marks);
    changing_free(&st->change);
    arena_free(st->arena);
}

static void draw_row(void *data, size_t item, struct surface *s, struct rect r, bool selected)
{
    (void)selected;
    struct view *view = data;
    struct state *st = view->state;
    action_draw(s, r, &st->rows.v[item], app_now(view->app).day, item == st->next);
    if (mark_of(st, st->rows.v[item].id) < st->nmarks)
        surface_put(s, r.x, r.y, 1, STYLE_HEAD, "*");
}

static void words_of_row(void *data, size_t item, struct buf *out)
{
    struct view *view = data;
    struct state *st = view->state;
    action_words(out, &st->rows.v[item]);
}

static struct list_source source_of(struct view *view)
{
    return (struct list_source){.draw = draw_row, .words = words_of_row, .data = view};
}

static bool is_limited(const struct state *st)
{
    return st->all || st->overdue || st->owner[0] != '\0' || st->child[0] != '\0' || st->words[0] != '\0';
}

static void draw_title(struct view *view, struct surface *s, struct rect r)
{
    struct state *st = view->state;
    struct buf b = {0};
    surface_fill(s, r, STYLE_TITLE);
    if (r.w >= 60)
        surface_putf(s, r.x + 1, r.y, r.w - 1, STYLE_TITLE, "ACTIONS  open %d \xc2\xb7 overdue %d \xc2\xb7 due this week %d", st->counts.open, st->counts.overdue, st->counts.due_this_week);
    else
        surface_putf(s, r.x + 1, r.y, r.w - 1, STYLE_TITLE, "ACTIONS %d \xc2\xb7 overdue %d", st->counts.open, st->counts.overdue);
    buf_adds(&b, r.w >= 60 ? "as of " : "");
    civil_put_long(&b, app_now(view->app).day);
    int w = (int)text_width(buf_str(&b), b.n);
    if (r.w >= 60)
        surface_put(s, r.x + r.w - w - 1, r.y, w, STYLE_TITLE, buf_str(&b));
    buf_free(&b);
}

static void draw_limit(const struct state *st, struct surface *s, struct rect r)
{
    struct buf b = {0};
    buf_adds(&b, "only: ");
    if (st->all)
        buf_adds(&b, "all, finished ones too  ");
    if (st->overdue)
        buf_adds(&b, "overdue  ");
    if (st->owner[0] != '\0')
        buf_addf(&b, "owner %s  ", st->owner);
    if (st->child[0] != '\0')
        buf_addf(&b, "child %s  ", st->child);
    if (st->words[0] != '\0')
        buf_addf(&b, "with \"%s\"  ", st->words);
    if (r.w >= 60)
        buf_addf(&b, "(%zu shown; l shows others)", st->rows.n);
    surface_put(s, r.x + 3, r.y, r.w - 3, STYLE_WARN, buf_str(&b));
    buf_free(&b);
}

static void draw_empty(const struct state *st, struct surface *s, struct rect r)
{
    const char *text = st->failed[0] != '\0' ? st->failed
                     : is_limited(st) ? "No action is like that. l shows others."
                                      : "No action is open. They come from the A: lines of meetings.";
    layout_wrap(s, (struct rect){r.x + 3, r.y + 1, r.w - 4, r.h - 1}, 0, STYLE_PLAIN, text);
    s->cursor_x = r.x + 3;
    s->cursor_y = r.y + 1;
}

static void actions_draw(struct view *view, struct surface *s)
{
    struct state *st = view->state;
    struct rect r = layout_all(s);
    draw_title(view, s, layout_top(&r, 1));
    if (is_limited(st))
        draw_limit(st, s, layout_top(&r, 1));
    action_head(s, layout_top(&r, 1));
    struct list_source source = source_of(view);
    if (st->rows.n == 0 || st->failed[0] != '\0')
        draw_empty(st, s, r);
    else
        list_draw(&st->list, s, r, &source, true);
}

static void limit_by(struct view *view, int tag, const char *words);

static void ask_words(struct view *view, int tag, const char *question)
{
    app_ask(view->app, &(struct ask){.question = question, .required = true, .answered = limit_by, .asker = view, .tag = tag});
}

static void limit_by(struct view *view, int tag, const char *words)
{
    struct state *st = view->state;
    char *into = tag == TAG_OWNER ? st->owner : tag == TAG_CHILD ? st->child : st->words;
    changing_words(into, sizeof st->owner, words);
    read_rows(view);
}

static void limit_picked(struct view *view, int tag, const char *word)
{
    (void)tag;
    struct state *st = view->state;
    if (strcmp(word, "owner") == 0)
        ask_words(view, TAG_OWNER, "Whose? (any part of the name)");
    else if (strcmp(word, "child") == 0)
        ask_words(view, TAG_CHILD, "Which child? (any part of the name)");
    else if (strcmp(word, "words") == 0)
        ask_words(view, TAG_WORDS, "With which words?");
    else {
        st->all = text_starts(word, "all");
        st->overdue = strcmp(word, "overdue") == 0;
        st->owner[0] = st->child[0] = st->words[0] = '\0';
        read_rows(view);
    }
}

static void search_answered(struct view *view, int tag, const char *words)
{
    (void)tag;
    struct state *st = view->state;
    struct list_source source = source_of(view);
    if (!list_search(&st->list, &source, words, 0))
        app_say(view->app, STYLE_WARN, "No action shown here has \"%s\".", words);
}

static void sort_next(struct view *view)
{
    struct state *st = view->state;
    st->order = (enum order)((st->order + 1) % ORDER_COUNT);
    read_rows(view);
    app_say(view->app, STYLE_PLAIN, "Sorted by %s.", order_words[st->order]);
}

static bool act_list(struct view *view, enum action action)
{
    struct state *st = view->state;
    struct list_source source = source_of(view);
    if (list_act(&st->list, action))
        return true;
    if (action == ACTION_SEARCH)
        app_ask(view->app, &(struct ask){.question = "Search for", .initial = st->list.needle, .required = true, .answered = search_answered, .asker = view, .tag = TAG_SEARCH});
    else if (action == ACTION_SEARCH_NEXT || action == ACTION_SEARCH_PREV) {
        if (!list_search(&st->list, &source, NULL, action == ACTION_SEARCH_NEXT ? 1 : -1))
            app_say(view->app, STYLE_WARN, st->list.needle[0] == '\0' ? "Nothing was searched for yet; / begins a search." : "No action shown here has \"%s\".", st->list.needle);
    } else if (action == ACTION_LIMIT)
        pick_ask(view->app, &(struct pick){.question = "Show only", .items = limits, .n = NITEMS(limits), .picked = limit_picked, .asker = view, .tag = TAG_LIMIT});
    else if (action == ACTION_SORT)
        sort_next(view);
    else if (action == ACTION_MARK)
        mark(st);
    else
        return false;
    return true;
}

static bool actions_act(struct view *view, enum action action)
{
    struct state *st = view->state;
    if (action == ACTION_BACK && is_limited(st)) {
        limit_picked(view, 0, "open");
        return true;
    }
    if (act_list(view, action))
        return true;
    const struct action_row *row = st->list.at < st->rows.n ? &st->rows.v[st->list.at] : NULL;
    if (action == ACTION_OPEN && row != NULL) {
        struct uuid id = row->id;
        app_push(view->app, &view_action, &id);
        return true;
    }
    if (action == ACTION_ADD || action == ACTION_EDIT) {
        app_say(view->app, STYLE_WARN, "An action is added and worded in its meeting, on a line that begins A: \xe2\x80\x94 Enter shows which one.");
        return true;
    }
    changing_mark(&st->change, st->marks, st->nmarks);
    return changing_begin(view, row, action);
}

static void actions_tick(struct view *view)
{
    struct state *st = view->state;
    if (store_version(view->app->store) != st->version)
        read_rows(view);
}

static const char *actions_keys(struct view *view)
{
    (void)view;
    return "open complete date owner note withdraw limit sort search undo help";
}

const struct view_class view_actions = {
    .name = "actions", .maps = "GL", .size = sizeof(struct state), .open = actions_open, .close = actions_close, .draw = actions_draw,
    .act = actions_act, .tick = actions_tick, .resumed = actions_tick, .keys = actions_keys,
};
