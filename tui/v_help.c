/* Help for the screen below, drawn from the live key table. */
#include <stdlib.h>
#include <string.h>

#include "tui/app.h"
#include "tui/layout.h"
#include "tui/list.h"

struct help_state {
    struct list list;
    const char *title, *maps;
    int rows[ACTION_COUNT + 64]; /* index into action_table, from FORM on into `forms`, or -1 - index of a heading */
};

/* What the live line understands; said with an example, as one would say it to somebody who sits down at it. */
static const char *const forms[][2] = {
    {"text", "a note, in your own words"},
    {"Patel: text", "said by somebody on the list"},
    {"P: text", "a parent's own view; P: Name: text"},
    {"C: (drawing): text", "the child's own view; how it was given"},
    {"A: who, what, by when", "an action; \"=> how we shall know\" after it"},
    {"A?: who, what, by when", "asked for, but not agreed"},
    {"R: text (because: why)", "a decision"},
    {"D: about what", "a disagreement"},
    {"  - Name: agrees", "below R: or D: a person's position or side"},
    {"  = read back; confirmed", "a mark on the line above"},
    {"O: Name: text (basis: \xe2\x80\xa6)", "a professional opinion"},
    {"H: Name: text (source: \xe2\x80\xa6)", "second-hand"},
    {"W: text", "what is going well"},
    {"M: Name: \"text\"", "\"please minute that\": exact words"},
    {"K: Name: item -> to; why; given", "a consent"},
    {"+Name  -Name: why", "somebody comes; somebody leaves"},
    {"# Title", "the next item"},
    {"break: why  resume  end", "the clock of the meeting"},
    {"X: line  X(Name): line", "confidential; for these readers only"},
    {"s/old/new/", "mends the newest line with these words"},
    {"14:05 line", "a time other than now"},
    {"outcome: continue; next: 5 Jan", "what came of the meeting"},
    {"signoff:  copies:", "begin a list, an empty line ends it"},
    {"//text", "a note that looks like one of these"},
    {"\xe2\x97\x8f \xe2\x97\x90 \xe2\x9c\x97 ?  by a name", "here; out, or not yet here; absent; not recorded"},
    {"\xe2\x97\x8b  by a parent", "not heard yet on this item"},
};
enum { FORM = ACTION_COUNT };

static const struct {
    char map;
    const char *title;
} sections[] = {
    {'M', "How a line begins"},
    {'M', "The live meeting"}, {'R', "Reading back"}, {'H', "Meetings"}, {'T', "Actions"}, {'A', "Actions"}, {'F', "The form"}, {'V', "Minutes"},
    {'P', "People"}, {'S', "Sign-off"}, {'E', "The line being typed"}, {'L', "Lists"}, {'G', "Everywhere"},
    {'Y', "Your actions"}, {'W', "Moving and searching"}, {'U', "Everywhere"},
};

/* Keys that do something else on the screen below, or are text there, are not listed; nor those that are refused. */
static bool has_key(const struct view *view, int row)
{
    const struct help_state *st = view->state;
    if (view->app->read_only && key_changes(action_table[row].id))
        return false;
    struct buf words = {0};
    bool has = key_put_live(&words, st->maps, action_table[row].id, true);
    buf_free(&words);
    return has;
}

static bool listed(const struct help_state *st, size_t n, int row)
{
    for (size_t i = 0; i < n; i++)
        if (st->rows[i] == row)
            return true;
    return false;
}

static enum evh help_open(struct view *view, const void *arg, struct err *err)
{
    (void)arg;
    (void)err;
    struct help_state *st = view->state;
    struct view *below = view->below;
    st->maps = "GL";
    st->title = "Evenhand";
    if (below != NULL) {
        st->maps = below->class->maps_now != NULL ? below->class->maps_now(below) : below->class->maps;
        st->title = below->class->name;
    }
    size_t n = 0;
    for (size_t i = 0; i < NITEMS(sections); i++) {
        if (strchr(st->maps, sections[i].map) == NULL || (i == 0 && view->app->read_only))
            continue;
        st->rows[n++] = -1 - (int)i;
        if (i == 0) {
            for (int f = 0; f < (int)NITEMS(forms); f++)
                st->rows[n++] = FORM + f;
            continue;
        }
        for (int a = 0; a < ACTION_COUNT - 1; a++)
            if (strchr(action_table[a].maps, sections[i].map) != NULL && !listed(st, n, a) && has_key(view, a))
                st->rows[n++] = a;
    }
    list_set(&st->list, n);
    return EVH_OK;
}

/* Two columns do not fit: the words stand below their key. */
static bool narrow(int columns)
{
    return columns < 76;
}

static void put_key(const struct help_state *st, int row, struct buf *out)
{
    if (row >= FORM)
        buf_adds(out, forms[row - FORM][0]);
    else
        key_put_live(out, st->maps, action_table[row].id, false);
}

static const char *words_of(int row)
{
    return row >= FORM ? forms[row - FORM][1] : action_table[row].help;
}

enum { KEY_COLUMNS = 28, FORM_COLUMNS = 34, NAME_COLUMNS = 18, WIDE = 100 };

/* Where the words of a row stand beside its key; from WIDE on the name of the command stands behind them. */
static struct rect words_rect(int row, struct rect r)
{
    int before = 3 + (row >= FORM ? FORM_COLUMNS : KEY_COLUMNS), after = row < FORM && r.w >= WIDE ? NAME_COLUMNS + 1 : 0;
    return (struct rect){r.x + before, r.y, r.w - before - after, r.h};
}

static void draw_row(void *data, size_t item, struct surface *s, struct rect r, bool selected)
{
    const struct help_state *st = data;
    (void)selected;
    int row = st->rows[item];
    if (row < 0) {
        surface_put(s, r.x + 1, r.y, r.w - 1, STYLE_HEAD, sections[-1 - row].title);
        return;
    }
    struct buf words = {0};
    put_key(st, row, &words);
    if (narrow(r.w)) {
        int rows = layout_wrap(s, (struct rect){r.x + 3, r.y, r.w - 4, r.h}, 0, STYLE_KEY, buf_str(&words));
        layout_wrap(s, (struct rect){r.x + 6, r.y + rows, r.w - 7, r.h - rows}, 0, STYLE_PLAIN, words_of(row));
    } else {
        struct rect at = words_rect(row, r);
        surface_put(s, r.x + 3, r.y, at.x - r.x - 4, STYLE_KEY, buf_str(&words));
        layout_wrap(s, at, 0, STYLE_PLAIN, words_of(row));
        if (r.w >= WIDE && row < FORM)
            surface_put(s, r.x + r.w - NAME_COLUMNS, r.y, NAME_COLUMNS, STYLE_DIM, action_table[row].name);
    }
    buf_free(&words);
}

static int row_height(void *data, size_t item, int columns)
{
    const struct help_state *st = data;
    int row = st->rows[item];
    if (row < 0)
        return 1;
    if (!narrow(columns))
        return layout_wrap(NULL, words_rect(row, (struct rect){0, 0, columns, 0}), 0, STYLE_PLAIN, words_of(row));
    struct buf words = {0};
    put_key(st, row, &words);
    int rows = layout_wrap(NULL, (struct rect){0, 0, columns - 4, 0}, 0, STYLE_KEY, buf_str(&words)) +
               layout_wrap(NULL, (struct rect){0, 0, columns - 7, 0}, 0, STYLE_PLAIN, words_of(row));
    buf_free(&words);
    return rows;
}

static void row_words(void *data, size_t item, struct buf *out)
{
    const struct help_state *st = data;
    int row = st->rows[item];
    if (row < 0)
        buf_adds(out, sections[-1 - row].title);
    else if (row >= FORM)
        buf_addf(out, "%s %s", forms[row - FORM][0], forms[row - FORM][1]);
    else
        buf_addf(out, "%s %s %s", action_table[row].name, action_table[row].keys, action_table[row].help);
}

static struct list_source source_of(struct help_state *st)
{
    return (struct list_source){.height = row_height, .draw = draw_row, .words = row_words, .data = st};
}

static void help_draw(struct view *view, struct surface *s)
{
    struct help_state *st = view->state;
    struct rect all = layout_all(s);
    struct rect title = layout_top(&all, 1);
    surface_fill(s, title, STYLE_TITLE);
    surface_putf(s, 1, title.y, s->w - 1, STYLE_TITLE, "Help: %s", st->title);
    struct list_source source = source_of(st);
    list_draw(&st->list, s, all, &source, true);
}

static void search_for(struct view *asker, int tag, const char *answer)
{
    (void)tag;
    struct help_state *st = asker->state;
    struct list_source source = source_of(st);
    if (!list_search(&st->list, &source, answer, 1))
        app_say(asker->app, STYLE_WARN, "Not found: %s", answer);
}

static bool help_act(struct view *view, enum action action)
{
    struct help_state *st = view->state;
    struct list_source source = source_of(st);
    if (list_act(&st->list, action))
        return true;
    if (action == ACTION_SEARCH)
        app_ask(view->app, &(struct ask){.question = "Search in the help:", .required = true, .answered = search_for, .asker = view});
    else if (action == ACTION_SEARCH_NEXT || action == ACTION_SEARCH_PREV)
        list_search(&st->list, &source, NULL, action == ACTION_SEARCH_NEXT ? 1 : -1);
    else if (action == ACTION_HELP)
        app_pop(view->app);
    else
        return false;
    return true;
}

static const char *help_keys(struct view *view)
{
    (void)view;
    return "back search page-down";
}

const struct view_class view_help = {
    .name = "help",
    .maps = "GL",
    .size = sizeof(struct help_state),
    .open = help_open,
    .draw = help_draw,
    .act = help_act,
    .keys = help_keys,
};
