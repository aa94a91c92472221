/* What is missing before sign-off (F11): each finding with what to do about it; Enter goes to the entry it is about. */
#include "tui/app.h"

#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "tui/layout.h"
#include "tui/list.h"
#include "tui/live.h"

struct check_state {
    struct uuid meeting;
    struct record *record;
    struct arena *arena;
    struct findings findings;
    struct list list;
};

static void forget(struct check_state *st)
{
    record_free(st->record);
    arena_free(st->arena);
    st->record = NULL;
    st->arena = NULL;
    st->findings = (struct findings){0};
}

static enum evh load(struct view *view, struct err *err)
{
    struct check_state *st = view->state;
    struct record *record;
    enum evh code = store_record(view->app->store, st->meeting, &record, err);
    if (code != EVH_OK)
        return code;
    forget(st);
    st->record = record;
    st->arena = arena_new();
    check_completeness(record, view->app->types, st->arena, &st->findings);
    list_set(&st->list, st->findings.n);
    return EVH_OK;
}

static enum evh check_open(struct view *view, const void *arg, struct err *err)
{
    struct check_state *st = view->state;
    st->meeting = *(const struct uuid *)arg;
    return load(view, err);
}

static void check_close(struct view *view)
{
    forget(view->state);
}

static void check_resumed(struct view *view)
{
    struct err err = {0};
    if (load(view, &err) != EVH_OK)
        app_say_err(view->app, &err);
}

/* ---- drawing ---- */

static const char *sign_of(enum severity severity)
{
    return severity == SEVERITY_STRONG ? "!" : severity == SEVERITY_WARN ? "-" : " ";
}

static void put_finding(const struct finding *f, struct buf *out)
{
    if (f->item >= 0 && f->entry >= 0)
        buf_addf(out, "%d.%d  ", f->item, f->entry);
    else if (f->item == 0)
        buf_adds(out, "Before the first item: ");
    buf_adds(out, f->why);
    if (f->text != NULL && f->text[0] != '\0' && strstr(f->why, f->text) == NULL)
        buf_addf(out, " “%s”", f->text);
}

static int finding_draw(struct surface *s, struct rect r, const struct finding *f, enum style style)
{
    struct buf b = {0};
    put_finding(f, &b);
    struct rect in = {r.x + 3, r.y, r.w - 4, r.h};
    int rows = layout_wrap(s, in, 0, style, buf_str(&b));
    in.y += rows;
    in.h -= rows;
    if (f->instead != NULL && f->instead[0] != '\0')
        rows += layout_wrap(s, in, 0, STYLE_DIM, f->instead);
    buf_free(&b);
    return rows;
}

static int item_height(void *data, size_t item, int columns)
{
    const struct check_state *st = data;
    return finding_draw(NULL, (struct rect){0, 0, columns, 0}, &st->findings.v[item], STYLE_PLAIN);
}

static void item_draw(void *data, size_t item, struct surface *s, struct rect r, bool selected)
{
    const struct check_state *st = data;
    (void)selected;
    const struct finding *f = &st->findings.v[item];
    surface_put(s, r.x + 1, r.y, 1, f->severity == SEVERITY_STRONG ? STYLE_BAD : STYLE_WARN, sign_of(f->severity));
    finding_draw(s, r, f, f->severity == SEVERITY_INFO ? STYLE_DIM : STYLE_PLAIN);
}

static void item_words(void *data, size_t item, struct buf *out)
{
    const struct check_state *st = data;
    put_finding(&st->findings.v[item], out);
}

static struct list_source source(struct check_state *st)
{
    return (struct list_source){.height = item_height, .draw = item_draw, .words = item_words, .data = st};
}

static void check_draw(struct view *view, struct surface *s)
{
    struct check_state *st = view->state;
    struct rect all = layout_all(s);
    struct rect title = layout_top(&all, 1);
    size_t strong = 0;
    for (size_t i = 0; i < st->findings.n; i++)
        strong += st->findings.v[i].severity == SEVERITY_STRONG;
    surface_fill(s, title, STYLE_TITLE);
    surface_putf(s, 1, title.y, s->w - 2, STYLE_TITLE, s->w >= 64 ? "Before sign-off: %zu missing or doubtful, %zu of them important" : "Missing %zu, important %zu",
                 st->findings.n, strong);
    layout_top(&all, all.h > 6 ? 1 : 0);
    if (st->findings.n == 0)
        surface_put(s, 1, all.y, s->w - 2, STYLE_GOOD, "Nothing is missing.");
    struct list_source from = source(st);
    list_draw(&st->list, s, all, &from, true);
}

/* ---- keys ---- */

/* Where a finding is mended that is about no entry: a key of the live screen, or the beginning of a line. */
static const struct {
    const char *rule;
    enum action action; /* 0: the line */
    const char *line;   /* before the name that the finding is about */
    bool named;
} mends[] = {
    {"CK-HELP", ACTION_LIVE_PEOPLE, NULL, false}, {"CK-CHAIR", ACTION_LIVE_PEOPLE, NULL, false}, {"CK-SIGN", ACTION_LIVE_SIGN, NULL, false},
    {"CK-COMMENT", ACTION_LIVE_SIGN, NULL, false}, {"CK-VIEW", ACTION_NONE, "P: ", true}, {"CK-ITEM-VIEW", ACTION_NONE, "P: ", true},
    {"CK-CHILD", ACTION_NONE, "C: ", true}, {"CK-NEXT", ACTION_NONE, "outcome: continue; next: ", false},
};

static bool mend(struct view *view, const struct finding *f)
{
    struct app *app = view->app;
    if (view->below == NULL || view->below->class != &view_live)
        return false;
    for (size_t i = 0; i < NITEMS(mends); i++) {
        if (strcmp(mends[i].rule, f->rule) != 0)
            continue;
        struct buf line = {0};
        if (mends[i].line != NULL)
            buf_addf(&line, "%s%s%s", mends[i].line, mends[i].named && f->text != NULL ? f->text : "", mends[i].named && f->text != NULL && f->text[0] != '\0' ? ": " : "");
        bool good = mends[i].line == NULL || live_propose(view->below, buf_str(&line));
        buf_free(&line);
        if (!good)
            return false;
        if (mends[i].named)
            app_say(app, STYLE_MESSAGE, "%s", f->instead == NULL ? "" : f->instead);
        enum action action = mends[i].action;
        app_pop(app);
        if (action != ACTION_NONE)
            app_act(app, action);
        return true;
    }
    return false;
}

static void go(struct view *view)
{
    struct check_state *st = view->state;
    if (st->list.at >= st->findings.n)
        return;
    const struct finding *f = &st->findings.v[st->list.at];
    struct uuid entry = f->entry_id;
    if (uuid_none(entry) && mend(view, f))
        return;
    if (uuid_none(entry)) {
        app_say(view->app, STYLE_MESSAGE, "%s", f->instead != NULL && f->instead[0] != '\0' ? f->instead : "That is about the meeting as a whole");
        return;
    }
    struct app *app = view->app;
    struct view *below = view->below;
    if (!live_go_to(below, entry)) {
        app_say(app, STYLE_MESSAGE, "Open the meeting to mend this");
        return;
    }
    app_pop(app);
}

static void searched(struct view *view, int tag, const char *answer)
{
    (void)tag;
    struct check_state *st = view->state;
    struct list_source from = source(st);
    if (!list_search(&st->list, &from, answer, 1))
        app_say(view->app, STYLE_MESSAGE, "Nothing found");
}

static bool check_act(struct view *view, enum action action)
{
    struct check_state *st = view->state;
    struct list_source from = source(st);
    if (list_act(&st->list, action))
        return true;
    if (action == ACTION_OPEN) {
        go(view);
        return true;
    }
    if (action == ACTION_SEARCH) {
        app_ask(view->app, &(struct ask){.question = "Search:", .required = true, .answered = searched, .asker = view});
        return true;
    }
    if (action == ACTION_SEARCH_NEXT || action == ACTION_SEARCH_PREV) {
        if (!list_search(&st->list, &from, NULL, action == ACTION_SEARCH_NEXT ? 1 : -1))
            app_say(view->app, STYLE_MESSAGE, "Nothing found");
        return true;
    }
    return false;
}

static const char *check_keys(struct view *view)
{
    (void)view;
    return "open search search-next back help";
}

const struct view_class view_check = {
    .name = "what is missing",
    .maps = "GL",
    .size = sizeof(struct check_state),
    .open = check_open,
    .close = check_close,
    .draw = check_draw,
    .act = check_act,
    .resumed = check_resumed,
    .keys = check_keys,
};
