/* The picture: for all children together and for each, month by month, what was agreed for then and what became of it. Each action is a sign of its own
 * shape, with figures beside it, so that it is read without colour and in ASCII. */
#include "tui/picture.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "tui/layout.h"
#include "tui/list.h"

enum { MONTHS_BEFORE = 11, MONTHS_AFTER = 12 }; /* what is further away stands in one row */
enum { EARLIER = INT32_MIN + 1, LATER = INT32_MAX, HEADING = INT32_MIN };
enum { STATES = 4 };

/* In the order of a bar. */
static const struct { char sign; enum style style; const char *says, *legend, *short_legend; } states[STATES] = {
    {'#', STYLE_GOOD, "in time", "done in time", "in time"},
    {'+', STYLE_WARN, "late", "done late", "late"},
    {'!', STYLE_BAD, "overdue", "overdue", "overdue"},
    {'o', STYLE_PLAIN, "open", "open, not overdue", "open"},
};

struct line {
    const char *child;   /* NULL: all children together */
    int32_t month;       /* first day, or one of the above */
    int n[STATES];
};

struct state {
    struct view *asker;
    void (*picked)(struct view *asker, const char *child, bool all);
    struct arena *arena;
    struct line *lines;
    size_t nlines, cap;
    struct list list;
    int64_t version;
    int32_t day;         /* it was read on */
    bool unread;
    char failed[200];
};

/* ---- reading ---- */

static int32_t month_of(int32_t day, int months)
{
    struct civil c = civil_from_day(day);
    c.day = 1;
    return civil_add_months(civil_day(c), months);
}

static struct line *add_line(struct state *st, struct arena *arena, const char *child, int32_t month)
{
    st->lines = arena_grow(arena, st->lines, st->nlines, &st->cap, sizeof st->lines[0]);
    st->lines[st->nlines] = (struct line){.child = child, .month = month};
    return &st->lines[st->nlines++];
}

static void add_to(struct line *line, const struct action_month *m)
{
    const int n[STATES] = {m->in_time, m->late, m->overdue, m->open};
    for (size_t i = 0; i < STATES; i++)
        line->n[i] += n[i];
}

static int sum_of(const struct line *line)
{
    int sum = 0;
    for (size_t i = 0; i < STATES; i++)
        sum += line->n[i];
    return sum;
}

/* A heading with what all months come to, then the months; those of a child in which nothing was due are left out. */
static void add_block(struct state *st, struct arena *arena, const struct action_months *months, int32_t first, int32_t last)
{
    size_t heading = st->nlines;
    const char *child = months->child;
    add_line(st, arena, child, HEADING);
    for (size_t i = 0; i < months->n; i++) {
        const struct action_month *m = &months->v[i];
        int32_t month = m->month < first ? EARLIER : m->month > last ? LATER : m->month;
        bool same = st->nlines > heading + 1 && st->lines[st->nlines - 1].month == month;
        struct line line = {0};
        add_to(&line, m);
        add_to(&st->lines[heading], m);
        if (sum_of(&line) == 0 && (child != NULL || month == EARLIER || month == LATER))
            continue;
        add_to(same ? &st->lines[st->nlines - 1] : add_line(st, arena, child, month), m);
    }
}

static bool same_child(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The same line, or the heading of the same child. */
static void select_line(struct state *st, const char *child, int32_t month)
{
    for (size_t i = 0; i < st->nlines; i++)
        if (same_child(st->lines[i].child, child) && (st->lines[i].month == month || st->lines[i].month == HEADING))
            list_select(&st->list, i);
}

static void read_picture(struct view *view)
{
    struct state *st = view->state;
    struct err err = {0};
    struct action_picture picture = {0};
    struct arena *arena = arena_new();
    struct line at = st->list.at < st->nlines ? st->lines[st->list.at] : (struct line){.month = HEADING};
    int32_t today = app_now(view->app).day;
    size_t above = st->list.at - st->list.top;
    int64_t version = store_version(view->app->store);
    st->unread = store_action_picture(view->app->store, arena, NULL, civil_day((struct civil){1900, 1, 1}), &picture, &err) != EVH_OK;
    snprintf(st->failed, sizeof st->failed, "%.190s", st->unread ? err.text : "");
    if (st->unread) {
        arena_free(arena);
        return;
    }
    struct arena *old = st->arena;
    st->version = version;
    st->day = today;
    st->arena = arena;
    st->lines = NULL;
    st->nlines = st->cap = 0;
    for (size_t i = 0; i < picture.n; i++)
        if (picture.v[i].n > 0)
            add_block(st, arena, &picture.v[i], month_of(today, -MONTHS_BEFORE), month_of(today, MONTHS_AFTER));
    list_set(&st->list, st->nlines);
    select_line(st, at.child, at.month);
    st->list.top = st->list.at > above ? st->list.at - above : 0;
    arena_free(old);
}

static enum evh picture_open(struct view *view, const void *arg, struct err *err)
{
    const struct picture_ask *ask = arg;
    struct state *st = view->state;
    if (ask == NULL)
        return err_set(err, EVH_USAGE, "the picture is opened from the tracker");
    st->asker = ask->asker;
    st->picked = ask->picked;
    read_picture(view);
    if (ask->child != NULL && ask->child[0] != '\0')
        select_line(st, ask->child, HEADING);
    return EVH_OK;
}

static void picture_close(struct view *view)
{
    struct state *st = view->state;
    arena_free(st->arena);
}

/* ---- drawing ---- */

struct columns { int label, bar, figures; bool words; };

static struct columns columns_of(int width)
{
    struct columns c = {.label = width >= 60 ? 13 : 11, .words = width >= 70};
    c.figures = c.words ? 40 : 16;
    c.bar = width - c.label - c.figures;
    return c;
}

/* How many actions a sign stands for, so that the longest bar has room: a state never vanishes. All children together have a scale of their own, or a
 * single child's bars would be nothing beside theirs. */
static int unit_of(const struct state *st, int columns, bool together)
{
    for (int unit = 1;; unit++) {
        int most = 0;
        for (size_t i = 0; i < st->nlines; i++) {
            if ((st->lines[i].child == NULL) != together)
                continue;
            int signs = 0;
            for (size_t k = 0; k < STATES && st->lines[i].month != HEADING; k++)
                signs += (st->lines[i].n[k] + unit - 1) / unit;
            most = signs > most ? signs : most;
        }
        if (most <= columns || most <= STATES)
            return unit;
    }
}

static void put_month(struct buf *out, const struct line *line, bool wide)
{
    static const char names[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (line->month == EARLIER || line->month == LATER) {
        buf_adds(out, line->month == EARLIER ? "earlier" : "later");
        return;
    }
    struct civil c = civil_from_day(line->month);
    if (wide)
        buf_addf(out, "%s %d", names[c.month - 1], c.year);
    else
        buf_addf(out, "%s '%02d", names[c.month - 1], c.year % 100);
}

static void put_figures(struct buf *out, const struct line *line, bool words)
{
    for (size_t i = 0; i < STATES; i++)
        if (line->n[i] > 0 && words)
            buf_addf(out, "%s%d %s", out->n > 0 ? "  " : "", line->n[i], states[i].says);
        else if (line->n[i] > 0)
            buf_addf(out, "%s%d%c", out->n > 0 ? " " : "", line->n[i], states[i].sign);
}

static void draw_bar(struct surface *s, int x, int y, int columns, const struct line *line, int unit)
{
    for (size_t k = 0; k < STATES; k++)
        for (int i = 0; i < (line->n[k] + unit - 1) / unit && columns > 0; i++, columns--)
            surface_put(s, x++, y, 1, states[k].style, (char[]){states[k].sign, '\0'});
}

static void draw_line(void *data, size_t item, struct surface *s, struct rect r, bool selected)
{
    (void)selected;
    struct view *view = data;
    struct state *st = view->state;
    const struct line *line = &st->lines[item];
    struct columns c = columns_of(r.w);
    struct buf figures = {0}, label = {0};
    int unit = unit_of(st, c.bar - 1, line->child == NULL);
    put_figures(&figures, line, c.words);
    if (line->month == HEADING) {
        buf_adds(&label, line->child == NULL ? "All children" : line->child);
        if (unit > 1)
            buf_addf(&label, c.words ? "  (a sign: up to %d)" : " (x%d)", unit);
        surface_put_cut(s, r.x + 1, r.y, c.label + c.bar - 2, STYLE_HEAD, buf_str(&label));
        surface_put(s, r.x + c.label + c.bar, r.y, c.figures, STYLE_HEAD, buf_str(&figures));
    } else {
        put_month(&label, line, r.w >= 60);
        bool now = line->month == month_of(app_now(view->app).day, 0);
        surface_put(s, r.x + 1, r.y, 1, STYLE_PLAIN, now ? surface_sign(s, SIGN_NOW) : " ");
        surface_put(s, r.x + 3, r.y, c.label - 3, STYLE_PLAIN, buf_str(&label));
        draw_bar(s, r.x + c.label, r.y, c.bar - 1, line, unit);
        surface_put(s, r.x + c.label + c.bar, r.y, c.figures, STYLE_DIM, figures.n == 0 ? "-" : figures.s);
    }
    buf_free(&figures);
    buf_free(&label);
}

static void put_legend(const struct surface *s, struct buf *out, const struct state *st, int width)
{
    struct columns c = columns_of(width);
    bool scaled = unit_of(st, c.bar - 1, true) > 1 || unit_of(st, c.bar - 1, false) > 1;
    for (size_t i = 0; i < STATES; i++)
        buf_addf(out, "%s%c %s", i == 0 ? "" : "  ", states[i].sign, c.words ? states[i].legend : states[i].short_legend);
    buf_addf(out, "  %s %s", surface_sign(s, SIGN_NOW), c.words ? "this month" : "now");
    if (scaled && !c.words)
        buf_adds(out, "  x2: a sign for 2");
}

static void draw_title(struct view *view, struct surface *s, struct rect r)
{
    struct buf day = {0};
    surface_fill(s, r, STYLE_TITLE);
    surface_put_cut(s, r.x + 1, r.y, r.w - 1, STYLE_TITLE, r.w >= 60 ? "PICTURE  by the month they were due in" : "PICTURE  by month due");
    buf_adds(&day, "as of ");
    civil_put_long(&day, app_now(view->app).day);
    int w = (int)day.n;
    if (r.w >= 70)
        surface_put(s, r.x + r.w - w - 1, r.y, w, STYLE_TITLE, buf_str(&day));
    buf_free(&day);
}

static void picture_draw(struct view *view, struct surface *s)
{
    struct state *st = view->state;
    struct rect r = layout_all(s);
    draw_title(view, s, layout_top(&r, 1));
    if (st->nlines == 0) {
        bool failed = st->failed[0] != '\0';
        layout_wrap(s, (struct rect){r.x + 3, r.y + 1, r.w - 4, r.h - 1}, 0, failed ? STYLE_BAD : STYLE_PLAIN, failed ? st->failed : "No action was agreed yet.");
        s->cursor_x = r.x + 3;
        s->cursor_y = r.y + 1;
        return;
    }
    struct buf legend = {0};
    put_legend(s, &legend, st, r.w);
    int rows = layout_wrap(NULL, (struct rect){1, 0, r.w - 2, 0}, 0, STYLE_DIM, legend.s);
    struct rect top = layout_top(&r, rows);
    layout_wrap(s, (struct rect){1, top.y, r.w - 2, rows}, 0, STYLE_DIM, legend.s);
    buf_free(&legend);
    struct list_source source = {.draw = draw_line, .data = view, .focus = columns_of(r.w).label - 1};
    list_draw(&st->list, s, r, &source, true);
}

/* ---- keys ---- */

static void words_of_line(void *data, size_t item, struct buf *out)
{
    struct view *view = data;
    struct state *st = view->state;
    const struct line *line = &st->lines[item];
    if (line->month == HEADING)
        buf_adds(out, line->child == NULL ? "All children" : line->child);
    else
        put_month(out, line, true);
}

static void search(struct view *view, const char *words, int dir)
{
    struct state *st = view->state;
    struct list_source source = {.words = words_of_line, .data = view};
    if (!list_search(&st->list, &source, words, dir))
        app_say(view->app, STYLE_WARN, st->list.needle[0] == '\0' ? "Nothing was searched for yet; / begins a search." : "No child or month here has \"%s\".", st->list.needle);
}

static void search_answered(struct view *view, int tag, const char *words)
{
    (void)tag;
    search(view, words, 0);
}

/* To the heading of the next child, or of this one and then of the one before. */
static void next_child(struct state *st, int dir)
{
    for (size_t i = st->list.at; dir > 0 ? i + 1 < st->nlines : i > 0;) {
        i = dir > 0 ? i + 1 : i - 1;
        if (st->lines[i].month == HEADING) {
            list_select(&st->list, i);
            return;
        }
    }
}

static void pick(struct view *view)
{
    struct state *st = view->state;
    if (st->list.at >= st->nlines)
        return;
    struct arena *arena = arena_new();
    const char *child = arena_strdup(arena, st->lines[st->list.at].child);
    struct view *asker = st->asker;
    bool month = st->lines[st->list.at].month != HEADING;
    void (*picked)(struct view *, const char *, bool) = st->picked;
    app_pop(view->app);
    if (picked != NULL)
        picked(asker, child, month);
    arena_free(arena);
}

static bool picture_act(struct view *view, enum action action)
{
    struct state *st = view->state;
    if (list_act(&st->list, action))
        return true;
    if (action == ACTION_OPEN)
        pick(view);
    else if (action == ACTION_NEXT_PANE || action == ACTION_PREV_PANE)
        next_child(st, action == ACTION_NEXT_PANE ? 1 : -1);
    else if (action == ACTION_SEARCH)
        app_ask(view->app, &(struct ask){.question = "Search for", .initial = st->list.needle, .required = true, .answered = search_answered, .asker = view});
    else if (action == ACTION_SEARCH_NEXT || action == ACTION_SEARCH_PREV)
        search(view, NULL, action == ACTION_SEARCH_NEXT ? 1 : -1);
    else if (action == ACTION_PICTURE)
        app_pop(view->app);
    else
        return false;
    return true;
}

static void picture_tick(struct view *view)
{
    struct state *st = view->state;
    if (st->unread || store_version(view->app->store) != st->version || app_now(view->app).day != st->day)
        read_picture(view);
}

static const char *picture_keys(struct view *view)
{
    const struct state *st = view->state;
    return st->nlines > 0 && st->lines[st->nlines - 1].child != NULL ? "open next-pane search back help" : "open search back help";
}

const struct view_class view_picture = {
    .name = "picture", .maps = "GLA", .size = sizeof(struct state), .open = picture_open, .close = picture_close, .draw = picture_draw,
    .act = picture_act, .tick = picture_tick, .resumed = picture_tick, .keys = picture_keys,
};
