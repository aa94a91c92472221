/* Home: today's and the next meetings, what is not signed off, what is overdue, and what was lately. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "data/file.h"
#include "tui/actions.h"
#include "tui/changing.h"
#include "tui/layout.h"
#include "tui/list.h"
#include "tui/plan.h"

enum { SHOWN_MEETINGS = 20, SHOWN_UNSIGNED = 10, SHOWN_ACTIONS = 5, IMPORT_LIMIT = 64 << 20 };
enum { TAG_SEARCH = 1, TAG_CHILD, TAG_IMPORT };
enum section { SECTION_NEXT, SECTION_ACTIONS, SECTION_DRAFTS, SECTION_RECENT, SECTION_COUNT };

/* A line of the screen: the heading of a section, a meeting, or an action. */
struct line {
    enum section section;
    const struct meeting_row *meeting;
    const struct action_row *action;
};

struct state {
    struct changing change;
    struct arena *arena;
    struct meeting_rows meetings; /* the newest, then older ones that nobody signed yet */
    struct action_rows actions;
    struct action_counts counts;
    struct line *lines;
    size_t nlines;
    struct list list;
    char child[128];     /* only this child's meetings, "": all */
    int64_t version;
    bool follow;         /* a meeting that appears now is selected: it was planned or imported here */
    char failed[200];
};

/* ---- reading ---- */

static bool is_notes(const struct meeting_row *m)
{
    return m->kept_as != NULL && strcmp(m->kept_as, "notes") == 0;
}

static enum section section_of(const struct meeting_row *m, int32_t today)
{
    bool planned = strcmp(m->status, "planned") == 0;
    if (strcmp(m->status, "live") == 0 || (planned && (m->date == DAY_NONE || m->date >= today)))
        return SECTION_NEXT;
    return (m->unsigned_draft && !is_notes(m)) || planned ? SECTION_DRAFTS : SECTION_RECENT;
}

static void add_line(struct state *st, enum section section, const struct meeting_row *m, const struct action_row *a)
{
    st->lines[st->nlines++] = (struct line){section, m, a};
}

static void add_section(struct state *st, enum section section, int32_t today)
{
    size_t heading = st->nlines;
    add_line(st, section, NULL, NULL);
    if (section == SECTION_ACTIONS)
        for (size_t i = 0; i < st->actions.n; i++)
            add_line(st, section, NULL, &st->actions.v[i]);
    /* What comes next is read soonest first; what is over, newest first, as the store gives it. */
    for (size_t i = 0; i < st->meetings.n; i++) {
        const struct meeting_row *m = &st->meetings.v[section == SECTION_NEXT ? st->meetings.n - 1 - i : i];
        if (section != SECTION_ACTIONS && section_of(m, today) == section)
            add_line(st, section, m, NULL);
    }
    if (st->nlines == heading + 1)
        st->nlines = heading;
}

static struct uuid id_of(const struct line *line)
{
    return line->meeting != NULL ? line->meeting->id : line->action != NULL ? line->action->id : (struct uuid){{0}};
}

static bool is_heading(const struct state *st, size_t i)
{
    return st->lines[i].meeting == NULL && st->lines[i].action == NULL;
}

/* The selection never rests on a heading. */
static void skip_heading(struct state *st, int dir)
{
    if (st->nlines == 0 || !is_heading(st, st->list.at))
        return;
    if (dir < 0 && st->list.at == 0)
        list_select(&st->list, 1);
    else
        list_select(&st->list, dir < 0 ? st->list.at - 1 : st->list.at + 1);
}

static bool has_meeting(const struct meeting_rows *rows, struct uuid id)
{
    for (size_t i = 0; i < rows->n; i++)
        if (uuid_same(rows->v[i].id, id))
            return true;
    return false;
}

/* A draft does not fall off the screen because fifty meetings were held since. */
static enum evh add_unsigned(struct store *store, struct arena *arena, const char *child, struct meeting_rows *rows, struct err *err)
{
    struct meeting_rows old = {0};
    if (rows->n < SHOWN_MEETINGS || rows->v[rows->n - 1].date == DAY_NONE)
        return EVH_OK;
    enum evh e = store_unsigned(store, arena, child, rows->v[rows->n - 1].date, SHOWN_UNSIGNED, &old, err);
    struct meeting_row *v = arena_alloc(arena, rows->n + old.n, sizeof v[0]);
    memcpy(v, rows->v, rows->n * sizeof v[0]);
    rows->v = v;
    for (size_t i = 0; e == EVH_OK && i < old.n; i++)
        if (!has_meeting(rows, old.v[i].id))
            v[rows->n++] = old.v[i];
    return e;
}

static enum evh read_store(struct view *view, struct arena *arena, struct state *fresh, struct err *err)
{
    struct state *st = view->state;
    struct store *store = view->app->store;
    struct action_filter filter = {.due_before = DAY_NONE, .limit = SHOWN_ACTIONS};
    const char *child = st->child[0] == '\0' ? NULL : st->child;
    enum evh e = store_look(store, err);
    if (e != EVH_OK)
        return e;
    e = store_meetings(store, arena, child, SHOWN_MEETINGS, &fresh->meetings, err);
    if (e == EVH_OK)
        e = add_unsigned(store, arena, child, &fresh->meetings, err);
    if (e == EVH_OK)
        e = store_actions(store, arena, &filter, &fresh->actions, err);
    if (e == EVH_OK)
        e = store_action_counts(store, &fresh->counts, err);
    store_looked(store);
    return e;
}

/* The one meeting that was not there before: it was planned or imported just now. Zero: none, or several. */
static struct uuid new_meeting(const struct meeting_rows *before, const struct meeting_rows *now)
{
    struct uuid id = {{0}};
    size_t n = 0;
    for (size_t i = 0; i < now->n; i++)
        if (!has_meeting(before, now->v[i].id)) {
            id = now->v[i].id;
            n++;
        }
    return n == 1 ? id : (struct uuid){{0}};
}

static void read_rows(struct view *view)
{
    struct state *st = view->state;
    struct state fresh = {0};
    struct err err = {0};
    bool other = store_moved(view->app->store) && store_reopen(view->app->store, &err) == EVH_OK;
    if (other)
        app_say(view->app, STYLE_WARN, "Another file took the place of the records (restored, or a program synchronises them): this is what it holds");
    struct uuid selected = st->list.at < st->nlines ? id_of(&st->lines[st->list.at]) : (struct uuid){{0}};
    struct arena *arena = arena_new();
    st->version = store_version(view->app->store);
    st->failed[0] = '\0';
    if (read_store(view, arena, &fresh, &err) != EVH_OK) {
        snprintf(st->failed, sizeof st->failed, "%.190s", err.text);
        arena_free(arena);
        return;
    }
    struct uuid made = new_meeting(&st->meetings, &fresh.meetings);
    if (st->follow && !uuid_none(made))
        selected = made;
    if (view->app->top == view)
        st->follow = false;
    arena_free(st->arena);
    st->arena = arena;
    st->meetings = fresh.meetings;
    st->actions = fresh.actions;
    st->counts = fresh.counts;
    st->lines = arena_alloc(arena, st->meetings.n + st->actions.n + SECTION_COUNT + 1, sizeof st->lines[0]);
    st->nlines = 0;
    for (int i = 0; i < SECTION_COUNT; i++)
        add_section(st, (enum section)i, app_now(view->app).day);
    list_set(&st->list, st->nlines);
    for (size_t i = 0; i < st->nlines && !uuid_none(selected); i++)
        if (uuid_same(id_of(&st->lines[i]), selected)) {
            list_select(&st->list, i);
            break;
        }
    skip_heading(st, 1);
}

static void read_changed(struct view *view)
{
    struct state *st = view->state;
    read_rows(view);
    for (size_t i = 0; i < st->nlines; i++)
        if (uuid_same(id_of(&st->lines[i]), st->change.action))
            list_select(&st->list, i);
}

/* What was left half done, the newest first: Enter goes back into it. */
static void select_unfinished(struct state *st)
{
    const struct meeting_row *best = NULL;
    for (size_t i = 0; i < st->nlines; i++) {
        const struct meeting_row *m = st->lines[i].meeting;
        if (m == NULL || !(m->has_line || strcmp(m->status, "live") == 0) || (best != NULL && m->date <= best->date))
            continue;
        best = m;
        list_select(&st->list, i);
    }
}

static enum evh home_open(struct view *view, const void *arg, struct err *err)
{
    (void)arg;
    (void)err;
    struct state *st = view->state;
    st->change.done = read_changed;
    read_rows(view);
    select_unfinished(st);
    return EVH_OK;
}

static void home_close(struct view *view)
{
    struct state *st = view->state;
    changing_free(&st->change);
    arena_free(st->arena);
}

/* ---- drawing ---- */

static const char *what_next(const struct meeting_row *m, int32_t today)
{
    if (m->has_line)
        return "line waits: Enter";
    if (strcmp(m->status, "planned") == 0)
        return m->date == today ? "Enter begins it" : m->date != DAY_NONE && m->date < today ? "not held? e edits" : "e edits the plan";
    if (strcmp(m->status, "live") == 0)
        return "Enter goes on";
    if (is_notes(m))
        return "my notes";
    return m->unsigned_draft ? "s: sign-off" : "Enter: minutes";
}

static void put_when(struct buf *b, const struct meeting_row *m, int32_t today, bool narrow)
{
    bool soon = m->date == today || m->date == today + 1;
    if (narrow && !soon) {
        action_put_due(b, m->date, today, false);
        return;
    }
    if (m->date == today)
        buf_adds(b, "today");
    else if (m->date == today + 1)
        buf_adds(b, "tomorrow");
    else
        action_put_due(b, m->date, today, true);
    if (m->start != TIME_NONE && (!narrow || m->date == today) && (m->date == DAY_NONE || civil_from_day(m->date).year == civil_from_day(today).year)) {
        while (b->n < (narrow ? 6 : 11))
            buf_addc(b, ' ');
        civil_put_time(b, m->start);
    }
}

/* Where there is no room for both, a title says more than the type. */
static void put_what(struct buf *b, const struct surface *s, const struct types *types, const struct meeting_row *m, int columns)
{
    bool titled = m->title != NULL && m->title[0] != '\0';
    const struct meeting_type *type = types == NULL || m->type == NULL ? NULL : types_find(types, m->type, strlen(m->type));
    if (!titled && type != NULL)
        buf_adds(b, type->title);
    else if (!titled || columns >= 40)
        buf_adds(b, m->type == NULL || m->type[0] == '\0' ? "meeting" : m->type);
    if (titled && columns >= 40)
        buf_addf(b, " %s ", surface_sign(s, SIGN_DASH));
    if (titled)
        buf_adds(b, m->title);
}

static void draw_meeting(struct surface *s, struct rect r, const struct types *types, const struct meeting_row *m, int32_t today)
{
    bool wide = r.w >= 110, narrow = r.w < 60;
    int when = narrow ? 13 : 18, child = wide ? 26 : narrow ? 8 : 12, status = narrow ? 8 : 9, next = narrow ? 0 : wide ? 28 : 18;
    int what = r.w - 3 - when - child - next - status;
    struct buf b = {0};
    int x = r.x + 3;
    if (m->date == today)
        surface_put(s, r.x + 1, r.y, 1, STYLE_HEAD, surface_sign(s, SIGN_NOW));
    put_when(&b, m, today, narrow);
    action_cell(s, x, r.y, when, m->date == today ? STYLE_HEAD : STYLE_PLAIN, buf_str(&b));
    x += when;
    action_cell(s, x, r.y, child, STYLE_PLAIN, m->child == NULL || m->child[0] == '\0' ? "(no child)" : m->child);
    x += child;
    buf_clear(&b);
    put_what(&b, s, types, m, what);
    action_cell(s, x, r.y, what, STYLE_PLAIN, buf_str(&b));
    x += what;
    action_cell(s, x, r.y, status, strcmp(m->status, "live") == 0 ? STYLE_WARN : STYLE_DIM, m->status);
    x += status;
    action_cell(s, x, r.y, next, STYLE_DIM, what_next(m, today));
    buf_free(&b);
}

static void draw_heading(const struct state *st, struct surface *s, struct rect r, enum section section)
{
    static const char *const words[SECTION_COUNT] = {"TODAY AND NEXT", "ACTIONS", "NOT SIGNED OFF", "RECENT MEETINGS"};
    int x = r.x + 1 + surface_put(s, r.x + 1, r.y, r.w - 1, STYLE_HEAD, words[section]);
    if (section != SECTION_ACTIONS)
        return;
    struct buf b = {0};
    buf_addf(&b, "  open %d", st->counts.open);
    if (st->counts.overdue > 0)
        buf_addf(&b, " \xc2\xb7 overdue %d", st->counts.overdue);
    if (r.w >= 60)
        buf_addf(&b, " \xc2\xb7 due this week %d%s", st->counts.due_this_week, st->counts.open > SHOWN_ACTIONS ? "   T shows all" : "");
    surface_put(s, x, r.y, r.x + r.w - x, st->counts.overdue > 0 ? STYLE_BAD : STYLE_DIM, buf_str(&b));
    buf_free(&b);
}

static void draw_line(void *data, size_t item, struct surface *s, struct rect r, bool selected)
{
    (void)selected;
    struct view *view = data;
    struct state *st = view->state;
    const struct line *line = &st->lines[item];
    int32_t today = app_now(view->app).day;
    if (line->meeting != NULL)
        draw_meeting(s, r, view->app->types, line->meeting, today);
    else if (line->action != NULL)
        action_draw(s, r, line->action, today);
    else
        draw_heading(st, s, r, line->section);
}

static void words_of_line(void *data, size_t item, struct buf *out)
{
    struct view *view = data;
    struct state *st = view->state;
    const struct line *line = &st->lines[item];
    if (line->action != NULL)
        action_words(out, line->action);
    if (line->meeting == NULL)
        return;
    const char *parts[] = {line->meeting->child, line->meeting->type, line->meeting->title, line->meeting->status, line->meeting->kept_by};
    for (size_t i = 0; i < NITEMS(parts); i++)
        if (parts[i] != NULL)
            buf_addf(out, "%s ", parts[i]);
    put_when(out, line->meeting, app_now(view->app).day, false);
}

static void draw_empty(const struct state *st, struct surface *s, struct rect r)
{
    static const char *const start[] = {
        "Nothing is recorded here yet.", "",
        "a    plan a meeting: who comes, what about, when; then record it live",
        "i    import a .meeting file (or outside: evenhand import FILE)",
        "?    help       Q  quit", "",
        "To look round on made-up data: evenhand demo",
    };
    r = (struct rect){r.x + 3, r.y + 1, r.w - 4, r.h - 1};
    if (st->failed[0] != '\0')
        layout_wrap(s, r, 0, STYLE_BAD, st->failed);
    else if (st->child[0] != '\0')
        layout_wrap(s, r, 0, STYLE_PLAIN, "No meeting is about a child of that name. Esc shows all.");
    else
        for (size_t i = 0; i < NITEMS(start) && r.h > 0; i++)
            layout_top(&r, start[i][0] == '\0' ? 1 : layout_wrap(s, r, 5, STYLE_PLAIN, start[i]));
    s->cursor_x = r.x;
    s->cursor_y = 2;
}

/* Where the records lie, when that is no good place: as long as they lie there. */
static void draw_warning(struct view *view, struct surface *s, struct rect *r)
{
    const char *words = view->app->store == NULL ? NULL : store_warning(view->app->store);
    if (words == NULL || r->h < 8)
        return;
    struct rect at = {r->x + 1, 0, r->w - 2, 0};
    int rows = layout_wrap(NULL, at, 2, STYLE_WARN, words);
    at = layout_bottom(r, rows > 3 ? 3 : rows);
    at.x++;
    at.w -= 2;
    layout_wrap(s, at, 2, STYLE_WARN, words);
}

static void home_draw(struct view *view, struct surface *s)
{
    struct state *st = view->state;
    struct rect r = layout_all(s);
    struct rect title = layout_top(&r, 1);
    struct buf b = {0};
    surface_fill(s, title, STYLE_TITLE);
    surface_put(s, title.x + 1, title.y, title.w - 1, STYLE_TITLE, "EVENHAND");
    if (st->child[0] != '\0')
        surface_putf(s, title.x + 11, title.y, title.w - 28, STYLE_TITLE, "only: %s", st->child);
    civil_put_long(&b, app_now(view->app).day);
    surface_put(s, title.x + title.w - (int)b.n - 1, title.y, (int)b.n, STYLE_TITLE, buf_str(&b));
    buf_free(&b);
    draw_warning(view, s, &r);
    if (st->failed[0] != '\0' || st->meetings.n == 0) {
        draw_empty(st, s, r);
        return;
    }
    struct list_source source = {.draw = draw_line, .words = words_of_line, .data = view};
    /* The first heading shows as soon as the first line below it does. */
    if (st->list.at == 1)
        st->list.top = 0;
    list_draw(&st->list, s, r, &source, true);
}

/* ---- keys ---- */

static void next_pane(struct state *st, int dir)
{
    if (st->nlines == 0)
        return;
    size_t n = st->nlines, i = st->list.at;
    /* Back goes to the heading of this section first, then past it. */
    for (size_t step = 0; step < n; step++) {
        i = (i + (dir > 0 ? 1 : n - 1)) % n;
        if (is_heading(st, i) && st->lines[i].section != st->lines[st->list.at].section) {
            list_select(&st->list, i + 1);
            return;
        }
    }
}

static void home_answered(struct view *view, int tag, const char *answer);

static void ask(struct view *view, int tag, const char *question, const char *initial)
{
    app_ask(view->app, &(struct ask){.question = question, .initial = initial, .required = true, .answered = home_answered, .asker = view, .tag = tag});
}

static void import_file(struct view *view, const char *path)
{
    struct state *st = view->state;
    struct buf text = {0};
    struct err err = {0};
    struct notices notices = {0};
    struct op_import result = {0};
    struct arena *arena = arena_new();
    size_t n = strlen(path);
    text_trim(&path, &n);
    char *name = arena_strndup(arena, path, n);
    enum evh e = file_read(name, IMPORT_LIMIT, &text, &err);
    if (e == EVH_OK)
        e = op_import(view->app->store, view->app->types, buf_str(&text), text.n, false, arena, &notices, &result, &err);
    if (e != EVH_OK) {
        ask(view, TAG_IMPORT, "Import which .meeting file?", name);
        app_say_err(view->app, &err);
    } else {
        st->follow = true;
        read_rows(view);
        if (result.existed)
            app_say(view->app, STYLE_PLAIN, "That text is here already; nothing was changed.");
        else
            app_say(view->app, STYLE_GOOD, "Imported, %zu entries%s%s.%s", result.entries, result.filed == NULL ? "" : "; ", result.filed == NULL ? "" : result.filed,
                    notices.n == 0 ? "" : " Some lines could not be read and are notes.");
    }
    buf_free(&text);
    arena_free(arena);
}

static void home_answered(struct view *view, int tag, const char *answer)
{
    struct state *st = view->state;
    struct list_source source = {.draw = draw_line, .words = words_of_line, .data = view};
    if (tag == TAG_IMPORT) {
        import_file(view, answer);
    } else if (tag == TAG_CHILD) {
        changing_words(st->child, sizeof st->child, answer);
        read_rows(view);
    } else if (!list_search(&st->list, &source, answer, 0)) {
        app_say(view->app, STYLE_WARN, "Nothing shown here has \"%s\".", answer);
    }
}

static void push_id(struct view *view, const struct view_class *class, struct uuid id)
{
    app_push(view->app, class, &id);
}

static bool act_anywhere(struct view *view, enum action action)
{
    struct state *st = view->state;
    struct list_source source = {.draw = draw_line, .words = words_of_line, .data = view};
    if (action == ACTION_PLAN || action == ACTION_ADD)
        st->follow = app_push(view->app, &view_plan, NULL);
    else if (action == ACTION_TRACKER)
        app_push(view->app, &view_actions, NULL);
    else if (action == ACTION_IMPORT)
        ask(view, TAG_IMPORT, "Import which .meeting file?", NULL);
    else if (action == ACTION_LIMIT)
        ask(view, TAG_CHILD, "Meetings of which child? (any part of the name)", NULL);
    else if (action == ACTION_SEARCH)
        ask(view, TAG_SEARCH, "Search for", st->list.needle);
    else if (action == ACTION_SEARCH_NEXT || action == ACTION_SEARCH_PREV) {
        if (!list_search(&st->list, &source, NULL, action == ACTION_SEARCH_NEXT ? 1 : -1))
            app_say(view->app, STYLE_WARN, "Nothing is found; / begins a search.");
    } else if (action == ACTION_SORT || action == ACTION_MARK)
        app_say(view->app, STYLE_PLAIN, "What is next stands first here; T sorts and marks actions.");
    else if (action == ACTION_NEXT_PANE || action == ACTION_PREV_PANE)
        next_pane(st, action == ACTION_NEXT_PANE ? 1 : -1);
    else
        return false;
    return true;
}

static bool act_meeting(struct view *view, const struct meeting_row *m, enum action action)
{
    struct state *st = view->state;
    bool begun = strcmp(m->status, "planned") != 0;
    if (action == ACTION_OPEN)
        push_id(view, begun && strcmp(m->status, "live") != 0 && !m->has_line ? &view_minutes : &view_live, m->id);
    else if (action == ACTION_MINUTES)
        push_id(view, &view_minutes, m->id);
    else if (action == ACTION_PLAN_EDIT)
        push_id(view, &view_plan_edit, m->id);
    else if (action == ACTION_PLAN_NEXT) {
        push_id(view, &view_plan, m->id);
        st->follow = true;
    } else if (action == ACTION_SIGN)
        push_id(view, &view_sign, m->id);
    else
        return false;
    return true;
}

/* Keys for actions while a meeting is selected: undo knows what it is about, the others say where to go. */
static bool act_no_action(struct view *view, enum action action)
{
    if (changing_begin(view, NULL, action))
        return true;
    if (action != ACTION_COMPLETE && action != ACTION_DATE && action != ACTION_OWNER && action != ACTION_WITHDRAW)
        return false;
    app_say(view->app, STYLE_WARN, "That key changes an action; Tab goes to them.");
    return true;
}

static bool home_act(struct view *view, enum action action)
{
    struct state *st = view->state;
    if (action == ACTION_BACK && st->child[0] != '\0') {
        st->child[0] = '\0';
        read_rows(view);
        return true;
    }
    /* Who leaves other screens with Esc presses it once too often, and what is typed then would stand in the shell. */
    if (action == ACTION_BACK && view->app->key == 0x1B) {
        app_say(view->app, STYLE_PLAIN, "Q ends Evenhand.");
        return true;
    }
    if (act_anywhere(view, action))
        return true;
    if (list_act(&st->list, action)) {
        skip_heading(st, action == ACTION_UP || action == ACTION_PAGE_UP ? -1 : 1);
        return true;
    }
    if (st->list.at >= st->nlines)
        return false;
    const struct line *line = &st->lines[st->list.at];
    if (line->meeting != NULL)
        return act_meeting(view, line->meeting, action) || act_no_action(view, action);
    if (line->action == NULL)
        return false;
    if (action == ACTION_OPEN) {
        push_id(view, &view_action, line->action->id);
        return true;
    }
    return changing_begin(view, line->action, action);
}

static void home_tick(struct view *view)
{
    struct state *st = view->state;
    if (view->app->top == view && store_version(view->app->store) != st->version)
        read_rows(view);
}

static bool on_action(struct view *view)
{
    struct state *st = view->state;
    return st->list.at < st->nlines && st->lines[st->list.at].action != NULL;
}

static const char *home_maps(struct view *view)
{
    return on_action(view) ? "GLT" : "GLH";
}

static const char *home_keys(struct view *view)
{
    struct state *st = view->state;
    if (st->nlines == 0)
        return "plan import help quit";
    return on_action(view) ? "open complete date owner note tracker next-pane help quit" : "open plan plan-next edit-plan minutes sign-off tracker help quit";
}

const struct view_class view_home = {
    .name = "home", .maps = "GLH", .size = sizeof(struct state), .open = home_open, .close = home_close, .draw = home_draw,
    .act = home_act, .tick = home_tick, .resumed = read_rows, .keys = home_keys, .maps_now = home_maps,
};
