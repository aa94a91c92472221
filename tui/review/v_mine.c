/* The list of one's own actions: what is due, for which child, what it is, where it was agreed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tui/actions.h"
#include "tui/layout.h"
#include "tui/list.h"
#include "tui/review/mine.h"
#include "tui/review/review.h"

/* Narrower than that, an action's words stand below its date. */
#define WIDE 60
#define WORDS_MOST 3 /* rows of one action's words */
#define NARROW_LEAST 9 /* rows that leave one for keys which the last row has no room for */

struct state {
    struct mine mine;
    struct arena *arena;    /* of rows and kept */
    struct action_rows rows;
    struct uuid *kept;      /* what was open at some time in this visit: it stays in the list when it is done, so that nobody asks where it went; sorted */
    size_t nkept;
    struct list list;
    bool all;
    int open, overdue;
    int64_t version;
    struct now read_at;     /* what is overdue changes with the clock too */
    char failed[200];       /* why nothing could be read */
};

/* Columns of a width: sign, due, late, child, words, from. */
struct columns { int due, late, child, what, from; };

static struct columns columns_of(int width)
{
    struct columns c = {.due = 12, .late = 10, .child = 8, .from = 10};
    if (width >= 110)
        c = (struct columns){.due = 16, .late = 10, .child = 18, .from = 16};
    c.what = width - 3 - c.due - c.late - c.child - c.from;
    return c;
}

/* ---- reading ---- */

static int by_id(const void *a, const void *b)
{
    return uuid_compare(*(const struct uuid *)a, *(const struct uuid *)b);
}

static bool is_kept(const struct state *st, struct uuid id)
{
    return st->nkept > 0 && bsearch(&id, st->kept, st->nkept, sizeof id, by_id) != NULL;
}

/* Leaves what is open, and what was open when it was shown first; counts. */
static void keep_rows(struct state *st, struct action_rows *rows, struct arena *arena)
{
    struct uuid *kept = arena_alloc(arena, rows->n + 1, sizeof *kept);
    size_t n = 0, nkept = 0;
    st->open = st->overdue = 0;
    for (size_t i = 0; i < rows->n; i++) {
        const struct action_row *row = &rows->v[i];
        bool open = action_is_open(row->status), keep = open || is_kept(st, row->id);
        st->open += open;
        st->overdue += row->overdue;
        if (keep)
            kept[nkept++] = row->id;
        if (keep || st->all)
            rows->v[n++] = *row;
    }
    rows->n = n;
    qsort(kept, nkept, sizeof *kept, by_id);
    st->kept = kept;
    st->nkept = nkept;
}

static bool select_id(struct state *st, struct uuid id)
{
    for (size_t i = 0; i < st->rows.n; i++)
        if (uuid_same(st->rows.v[i].id, id)) {
            list_select(&st->list, i);
            return true;
        }
    return false;
}

/* What is to be shown of them, once it is written down that it is; else all stays as it was. */
static enum evh take_rows(struct store *store, struct state *st, struct action_rows *rows, struct arena *arena, struct err *err)
{
    struct state was = *st;
    keep_rows(st, rows, arena);
    enum evh code = review_shown(store, rows, err);
    if (code != EVH_OK) {
        st->kept = was.kept;
        st->nkept = was.nkept;
        st->open = was.open;
        st->overdue = was.overdue;
    }
    return code;
}

/* Reads the rows again; whatever was looked at stays selected and at the same height of the screen. */
static void read_rows(struct view *view)
{
    struct state *st = view->state;
    struct err err = {0};
    struct uuid selected = st->list.at < st->rows.n ? st->rows.v[st->list.at].id : (struct uuid){{0}};
    size_t above = st->list.at - (st->list.top < st->list.at ? st->list.top : st->list.at);
    struct arena *arena = arena_new();
    struct action_rows rows = {0};
    st->version = store_version(view->app->store);
    st->read_at = app_now(view->app);
    st->failed[0] = '\0';
    enum evh code = review_actions(view->app->store, arena, true, &rows, &err);
    if (code == EVH_OK)
        code = take_rows(view->app->store, st, &rows, arena, &err);
    if (code != EVH_OK) {
        snprintf(st->failed, sizeof st->failed, "%.190s", err.text[0] != '\0' ? err.text : err_sentence(err.code));
        st->version = -1; /* tried again at the next tick; what was read before stays in sight */
        arena_free(arena);
        return;
    }
    arena_free(st->arena);
    st->arena = arena;
    st->rows = rows;
    list_set(&st->list, rows.n);
    if (select_id(st, selected))
        st->list.top = st->list.at > above ? st->list.at - above : 0;
}

static void read_changed(struct view *view)
{
    struct state *st = view->state;
    read_rows(view);
    select_id(st, st->mine.action);
}

/* Words that were half typed when the line was cut: goes to their action and says which key goes on with them. */
static void offer_draft(struct view *view)
{
    struct state *st = view->state;
    static const struct { enum action doing; const char *begun, *key; } kinds[] = {
        {ACTION_NOTE, "a note on", "m"}, {ACTION_COMPLETE, "to say that it is done:", "c"}, {ACTION_MINE_DISPUTE, "to dispute", "D"},
    };
    struct arena *arena = arena_new();
    const char *place = NULL;
    char wanted[REVIEW_PLACE];
    if (store_draft_place(view->app->store, arena, (struct uuid){{0}}, REVIEW_PLACES, &place, NULL) != EVH_OK)
        place = NULL;
    for (size_t i = 0; place != NULL && i < st->rows.n; i++)
        for (size_t k = 0; k < NITEMS(kinds); k++) {
            review_place(wanted, kinds[k].doing, st->rows.v[i].id);
            if (strcmp(wanted, place) != 0)
                continue;
            struct buf b = {0};
            review_put_name(&b, &st->rows.v[i], 40);
            list_select(&st->list, i);
            app_say(view->app, STYLE_MESSAGE, "You had begun %s %s. %s goes on with it", kinds[k].begun, buf_str(&b), kinds[k].key);
            buf_free(&b);
        }
    arena_free(arena);
}

static enum evh mine_open(struct view *view, const void *arg, struct err *err)
{
    (void)arg;
    (void)err;
    struct state *st = view->state;
    st->mine.done = read_changed;
    read_rows(view);
    offer_draft(view);
    return EVH_OK;
}

static void mine_close(struct view *view)
{
    struct state *st = view->state;
    mine_free(&st->mine);
    arena_free(st->arena);
}

static void mine_tick(struct view *view)
{
    struct state *st = view->state;
    struct now now = app_now(view->app);
    if (store_version(view->app->store) != st->version || now.day != st->read_at.day || now.time != st->read_at.time)
        read_rows(view);
}

/* ---- drawing ---- */

static enum style row_style(const struct action_row *row, int32_t today)
{
    if (!action_is_open(row->status))
        return STYLE_DIM;
    if (row->overdue)
        return STYLE_BAD;
    return row->due != DAY_NONE && row->due - today <= 7 ? STYLE_WARN : STYLE_PLAIN;
}

static const char *row_sign(const struct surface *s, const struct action_row *row)
{
    if (row->overdue)
        return "!";
    return strcmp(row->status, "done") == 0 ? surface_sign(s, SIGN_DONE) : strcmp(row->status, "withdrawn") == 0 ? surface_sign(s, SIGN_AWAY) : " ";
}

/* What stands beside the date: how late it is, in words that need no legend. */
static void put_late(struct buf *out, const struct action_row *row, int32_t today)
{
    if (!action_is_open(row->status)) {
        buf_adds(out, row->status);
    } else if (row->due == DAY_NONE) {
        return;
    } else if (row->overdue && row->due < today) {
        int days = (int)(today - row->due);
        buf_addf(out, "%d %s", days, days == 1 ? "day" : "days");
    } else if (row->due == today) {
        buf_adds(out, row->overdue ? "overdue" : "today");
    } else if (row->due == today + 1) {
        buf_adds(out, "tomorrow");
    }
}

/* Words over several rows; the last one says when there are more. */
static void draw_words(struct surface *s, struct rect r, enum style style, const char *words)
{
    if (layout_wrap(NULL, r, 0, style, words) <= r.h) {
        layout_wrap(s, r, 0, style, words);
        return;
    }
    layout_wrap(s, (struct rect){r.x, r.y, r.w - 1, r.h}, 0, style, words);
    surface_put(s, r.x + r.w - 1, r.y + r.h - 1, 1, style, surface_sign(s, SIGN_ELLIPSIS));
}

static int words_rows(const struct action_row *row, int32_t today, int columns)
{
    struct buf words = {0};
    review_put_words(&words, row, today);
    int rows = layout_wrap(NULL, (struct rect){0, 0, columns, 0}, 0, STYLE_PLAIN, buf_str(&words));
    buf_free(&words);
    return rows < 1 ? 1 : rows > WORDS_MOST ? WORDS_MOST : rows;
}

static void draw_date(struct view *view, const struct action_row *row, struct surface *s, int x, int y, int due, int late)
{
    int32_t today = app_now(view->app).day;
    enum style style = row_style(row, today);
    struct buf b = {0};
    surface_put(s, x + 1, y, 1, style, row_sign(s, row));
    action_put_due(&b, row->due, today, true);
    action_cell(s, x + 3, y, due, style, buf_str(&b));
    buf_clear(&b);
    put_late(&b, row, today);
    action_cell(s, x + 3 + due, y, late, style, buf_str(&b));
    buf_free(&b);
}

static enum style words_style(const struct action_row *row)
{
    return row->restricted_masked ? STYLE_SECRET : action_is_open(row->status) ? STYLE_PLAIN : STYLE_DIM;
}

static void draw_from(struct view *view, const struct action_row *row, struct surface *s, int x, int y, int columns)
{
    struct buf b = {0};
    action_put_from(&b, row, app_now(view->app).day, columns);
    surface_put(s, x, y, columns, STYLE_DIM, buf_str(&b));
    buf_free(&b);
}

static void draw_row(void *data, size_t item, struct surface *s, struct rect r, bool selected)
{
    (void)selected;
    struct view *view = data;
    struct state *st = view->state;
    const struct action_row *row = &st->rows.v[item];
    struct columns c = columns_of(r.w);
    struct buf words = {0};
    review_put_words(&words, row, app_now(view->app).day);
    if (r.w < WIDE) {
        int x = 3 + c.due + c.late;
        draw_date(view, row, s, r.x, r.y, c.due, c.late);
        action_cell(s, r.x + x, r.y, r.w - x, STYLE_PLAIN, row->child);
        draw_words(s, (struct rect){r.x + 3, r.y + 1, r.w - 4, r.h - 1}, words_style(row), buf_str(&words));
        buf_free(&words);
        return;
    }
    int x = r.x + 3 + c.due + c.late;
    draw_date(view, row, s, r.x, r.y, c.due, c.late);
    action_cell(s, x, r.y, c.child, STYLE_PLAIN, row->child);
    x += c.child;
    draw_words(s, (struct rect){x, r.y, c.what - 2, r.h}, words_style(row), buf_str(&words));
    buf_free(&words);
    draw_from(view, row, s, x + c.what, r.y, c.from);
}

static int row_height(void *data, size_t item, int columns)
{
    struct view *view = data;
    struct state *st = view->state;
    bool wide = columns >= WIDE;
    int rows = words_rows(&st->rows.v[item], app_now(view->app).day, wide ? columns_of(columns).what - 2 : columns - 4);
    return wide ? rows : rows + 1;
}

static void words_of_row(void *data, size_t item, struct buf *out)
{
    struct view *view = data;
    struct state *st = view->state;
    action_words(out, &st->rows.v[item]);
}

/* Sign, date and how late it is are painted: on a slow line a row moved costs that and no more. */
static struct list_source source_of(struct view *view)
{
    struct columns c = columns_of(0);
    return (struct list_source){.height = row_height, .draw = draw_row, .words = words_of_row, .data = view, .focus = 2 + c.due + c.late};
}

static void draw_title(struct view *view, struct surface *s, struct rect r)
{
    struct state *st = view->state;
    struct buf counts = {0}, day = {0};
    surface_fill(s, r, STYLE_TITLE);
    if (st->arena != NULL) /* else nothing was ever read: none are not "open 0" */
        buf_addf(&counts, "open %d \u00B7 overdue %d", st->open, st->overdue);
    buf_adds(&day, r.w >= WIDE ? "as of " : "");
    civil_put_long(&day, app_now(view->app).day);
    int right = r.w >= WIDE ? surface_columns(buf_str(&day)) + 2 : 0;
    int middle = surface_columns(buf_str(&counts));
    int name = r.w - right - middle - 4;
    int x = r.x + 1 + surface_put_cut(s, r.x + 1, r.y, name, STYLE_TITLE, review_name(view->app->store));
    surface_put(s, x + 2, r.y, middle, STYLE_TITLE, buf_str(&counts));
    if (view->app->trouble[0] != '\0')
        surface_put(s, r.x + r.w - 1 - surface_columns(view->app->trouble), r.y, r.w, STYLE_BAD, view->app->trouble);
    else if (right > 0)
        surface_put(s, r.x + r.w - right + 1, r.y, right, STYLE_TITLE, buf_str(&day));
    buf_free(&counts);
    buf_free(&day);
}

static void draw_head(struct surface *s, struct rect r)
{
    struct columns c = columns_of(r.w);
    int x = r.x + 3;
    surface_put(s, x, r.y, c.due, STYLE_HEAD, "DUE");
    surface_put(s, x + c.due, r.y, c.late, STYLE_HEAD, "OVERDUE");
    x += c.due + c.late;
    surface_put(s, x, r.y, c.child, STYLE_HEAD, "CHILD");
    surface_put(s, x + c.child, r.y, c.what, STYLE_HEAD, "WHAT");
    surface_put(s, x + c.child + c.what, r.y, c.from, STYLE_HEAD, "FROM");
}

static void draw_empty(const struct state *st, struct surface *s, struct rect r)
{
    const char *text = st->failed[0] != '\0' ? st->failed
                     : st->all               ? "No action was ever agreed in your name. When one is, it will stand here. Q leaves."
                                             : "Nothing is waiting for you: no action of yours is open. l shows those that are finished; Q leaves.";
    layout_wrap(s, (struct rect){r.x + 3, r.y + 1, r.w - 4, r.h - 1}, 0, STYLE_PLAIN, text);
    s->cursor_x = r.x + 3;
    s->cursor_y = r.y + 1;
}

static void mine_draw(struct view *view, struct surface *s)
{
    struct state *st = view->state;
    struct rect r = layout_all(s);
    draw_title(view, s, layout_top(&r, 1));
    if (st->rows.n == 0) {
        draw_empty(st, s, r);
        return;
    }
    if (st->failed[0] != '\0')
        surface_put_cut(s, 1, layout_top(&r, 1).y, r.w - 2, STYLE_BAD, st->failed);
    else if (s->h >= 16 && r.w >= WIDE)
        surface_put_cut(s, 3, layout_top(&r, 1).y, r.w - 4, STYLE_DIM,
                        st->all                        ? "All your actions, finished ones too; l shows only the open ones."
                        : st->open < (int)st->rows.n   ? "Your actions. Arrows move, Enter tells all; the keys below act on one."
                                                       : "Your open actions. Arrows move, Enter tells all; the keys below act on one.");
    if (r.w < WIDE && s->h >= NARROW_LEAST)
        review_draw_keys(s, layout_bottom(&r, 1));
    if (r.w >= WIDE)
        draw_head(s, layout_top(&r, 1));
    struct list_source source = source_of(view);
    list_draw(&st->list, s, r, &source, true);
}

/* ---- keys ---- */

static void search_answered(struct view *view, int tag, const char *words)
{
    (void)tag;
    struct state *st = view->state;
    struct list_source source = source_of(view);
    if (!list_search(&st->list, &source, words, 0))
        app_say(view->app, STYLE_WARN, "No action shown here has \u201C%s\u201D", words);
}

static void search_again(struct view *view, int dir)
{
    struct state *st = view->state;
    struct list_source source = source_of(view);
    if (st->list.needle[0] == '\0')
        app_say(view->app, STYLE_WARN, "Nothing was searched for yet: / begins a search");
    else if (!list_search(&st->list, &source, NULL, dir))
        app_say(view->app, STYLE_WARN, "No action shown here has \u201C%s\u201D", st->list.needle);
}

static void toggle_all(struct view *view)
{
    struct state *st = view->state;
    st->all = !st->all;
    if (!st->all)
        st->nkept = 0;
    read_rows(view);
    app_say(view->app, STYLE_MESSAGE, st->all ? "All your actions, finished ones too" : "Only your open actions");
}

/* The first byte of an arrow key that a slow line tore apart looks like Esc; so does Alt. It ends no visit: that is asked for by a letter. */
static bool stays(struct view *view, enum action action)
{
    bool escape = action == ACTION_BACK && view->app->key == 0x1B;
    if (escape || action == ACTION_INTERRUPT)
        app_say(view->app, STYLE_MESSAGE, "This is your list: Q ends the visit");
    return escape || action == ACTION_INTERRUPT;
}

static bool mine_act(struct view *view, enum action action)
{
    struct state *st = view->state;
    const struct action_row *row = st->list.at < st->rows.n ? &st->rows.v[st->list.at] : NULL;
    if (list_act(&st->list, action) || stays(view, action))
        return true;
    if (action == ACTION_SEARCH)
        app_ask(view->app, &(struct ask){.question = "Search for", .required = true, .answered = search_answered, .asker = view});
    else if (action == ACTION_SEARCH_NEXT || action == ACTION_SEARCH_PREV)
        search_again(view, action == ACTION_SEARCH_NEXT ? 1 : -1);
    else if (action == ACTION_MINE_ALL)
        toggle_all(view);
    else if (action == ACTION_OPEN && row != NULL)
        app_push(view->app, &view_mine_action, &row->id);
    else
        return mine_begin(view, row, action);
    return true;
}

static const char *mine_keys(struct view *view)
{
    (void)view;
    return "open complete note help dispute-it undo all quit search"; /* the first four have room on 40 columns */
}

const struct view_class view_mine = {
    .name = "your actions", .maps = "UWY", .size = sizeof(struct state), .open = mine_open, .close = mine_close, .draw = mine_draw,
    .act = mine_act, .tick = mine_tick, .resumed = mine_tick, .keys = mine_keys,
};
