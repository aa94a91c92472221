/* One action's story: the minute it came from, every change of date and owner with its reason, notes, disputes, who; how it ended. */
#include <stdio.h>
#include <string.h>

#include "core/presence.h"
#include "core/text.h"
#include "tui/actions.h"
#include "tui/changing.h"
#include "tui/layout.h"
#include "tui/page.h"

struct state {
    struct changing change;
    struct uuid id;
    struct arena *arena;
    struct action_row row;
    struct page page;
    int64_t version;
    struct uuid last; /* what its history ended with when it was read */
    bool shown;      /* the words of a restricted action were asked for */
};

static bool is_secret(const struct state *st)
{
    return restricted(&st->row.restriction) && !st->shown;
}

static const char *say_day(struct state *st, int32_t day, int time)
{
    if (day == DAY_NONE)
        return "no date";
    const char *s = civil_long_dup(st->arena, day);
    return time == TIME_NONE ? s : arena_printf(st->arena, "%s at %s", s, civil_time_dup(st->arena, time));
}

static const char *say_days(struct state *st, int days)
{
    return days < 1 ? "since today" : arena_printf(st->arena, "%d %s", days, days == 1 ? "day" : "days");
}

/* "done on Wed 28 Oct 2026, 2 days late". */
static void add_status(struct state *st)
{
    const struct action_row *r = &st->row;
    struct buf b = {0};
    bool done = strcmp(r->status, "done") == 0, late = false;
    buf_addf(&b, "Status   %s", r->status);
    if (done && r->finished != DAY_NONE) {
        buf_addf(&b, " on %s", say_day(st, r->finished, TIME_NONE));
        int days = r->due == DAY_NONE ? 0 : (int)(r->finished - r->due);
        late = days > 0;
        if (late)
            buf_addf(&b, ", %d %s late", days, days == 1 ? "day" : "days");
        else if (r->due != DAY_NONE)
            buf_adds(&b, ", in time");
    }
    page_add(&st->page, late ? STYLE_WARN : done ? STYLE_GOOD : STYLE_PLAIN, 9, buf_str(&b));
    buf_free(&b);
    for (size_t i = 0; i < r->ndisputes; i++)
        page_addf(&st->page, STYLE_WARN, 9, "Disputed by %s%s%s", r->disputes[i].by == NULL ? "somebody" : r->disputes[i].by, is_secret(st) ? "" : ": ",
                  is_secret(st) || r->disputes[i].text == NULL ? "" : r->disputes[i].text);
}

static void add_now(struct view *view)
{
    struct state *st = view->state;
    const struct action_row *r = &st->row;
    struct page *p = &st->page;
    int32_t today = app_now(view->app).day;
    page_add(p, STYLE_HEAD, 0, is_secret(st) ? "confidential" : r->text);
    page_add(p, STYLE_PLAIN, 0, "");
    page_addf(p, STYLE_PLAIN, 9, "Owner    %s", r->owner == NULL ? "nobody yet" : r->owner);
    for (size_t i = 0; i < r->with.n; i++)
        page_addf(p, STYLE_PLAIN, 9, "with     %s", r->with.v[i]);
    if (r->overdue)
        page_addf(p, STYLE_BAD, 9, "Due      %s   OVERDUE, %s", say_day(st, r->due, r->due_time), say_days(st, (int)(today - r->due)));
    else
        page_addf(p, STYLE_PLAIN, 9, "Due      %s", say_day(st, r->due, r->due_time));
    if (r->from_day != DAY_NONE)
        page_addf(p, STYLE_PLAIN, 9, "from     %s", say_day(st, r->from_day, TIME_NONE));
    add_status(st);
    if (r->done_when != NULL && !is_secret(st))
        page_addf(p, STYLE_PLAIN, 9, "Done when  %s", r->done_when);
    if (r->otherwise != NULL && !is_secret(st))
        page_addf(p, STYLE_PLAIN, 9, "If not   %s", r->otherwise);
}

/* Who was in the room then; nothing when the record does not say. */
static void add_room(struct state *st, const struct record *record, const struct entry *e)
{
    int time = presence_entry_time(record, e);
    struct buf b = {0};
    for (size_t i = 0; i < record->npeople; i++)
        if (time != TIME_NONE && presence_at(record, &record->people[i], time))
            buf_addf(&b, "%s%s", b.n > 0 ? ", " : "In the room: ", record->people[i].name);
    if (b.n > 0)
        page_add(&st->page, STYLE_DIM, 2, b.s);
    buf_free(&b);
}

static void add_entry(struct state *st, const struct record *record, const struct entry *e)
{
    struct page *p = &st->page;
    const char *title = record->items[e->item].title;
    if (title != NULL)
        page_addf(p, STYLE_PLAIN, 2, "Item %zu: %s", e->item, title);
    page_addf(p, STYLE_PLAIN, 2, "%s%s%s", e->time == TIME_NONE ? "" : civil_time_dup(st->arena, e->time), e->time == TIME_NONE ? "" : "  ", e->text);
    page_addf(p, STYLE_DIM, 2, "%s: %s, %s", e->asked ? "Asked of" : "As agreed", e->owner == NULL ? "nobody" : e->owner,
              e->due == DAY_NONE ? "no date" : arena_printf(st->arena, "by %s", say_day(st, e->due, e->due_time)));
    const char *by = e->typed_by != NULL ? e->typed_by : record->kept_by;
    if (by != NULL)
        page_addf(p, STYLE_DIM, 2, "Written down by %s", by);
    for (size_t i = 0; i < e->nearlier; i++)
        page_addf(p, STYLE_DIM, 2, "First written: %s", e->earlier[i].text);
    add_room(st, record, e);
}

static void add_origin(struct view *view)
{
    struct state *st = view->state;
    const struct action_row *r = &st->row;
    struct page *p = &st->page;
    struct record *record;
    page_add(p, STYLE_PLAIN, 0, "");
    page_add(p, STYLE_HEAD, 0, "WHERE IT COMES FROM");
    const char *date = r->meeting_date == DAY_NONE ? "a meeting without a date" : civil_long_dup(st->arena, r->meeting_date);
    const struct types *types = view->app->types;
    const struct meeting_type *type = types == NULL || r->meeting_type == NULL ? NULL : types_find(types, r->meeting_type, strlen(r->meeting_type));
    page_addf(p, STYLE_PLAIN, 2, "%s of %s%s%s", type != NULL ? type->title : r->meeting_type == NULL ? "meeting" : r->meeting_type, date, r->child == NULL ? "" : ", about ", r->child == NULL ? "" : r->child);
    if (r->carried != DAY_NONE)
        page_addf(p, STYLE_PLAIN, 2, "Carried over: %s of %s", r->number == NULL ? "" : r->number, civil_long_dup(st->arena, r->carried));
    if (is_secret(st) || store_record(view->app->store, r->meeting, &record, NULL) != EVH_OK)
        return;
    const struct entry *e = NULL;
    for (size_t i = 0; i < record->nentries && e == NULL; i++)
        if (record->entries[i].kind == ENTRY_ACTION &&
            (uuid_same(record->entries[i].id, r->id) || (record->items[record->entries[i].item].title != NULL && (int)record->entries[i].item == r->item && record->entries[i].number == r->entry)))
            e = &record->entries[i];
    if (e != NULL)
        add_entry(st, record, e);
    record_free(record);
}

/* "2026-11-20" or "2026-11-20 12:00" of the history, as people read it. */
static const char *say_when(struct state *st, const char *text)
{
    int32_t day;
    int time = TIME_NONE;
    if (text == NULL || text[0] == '\0')
        return "none";
    size_t n = strcspn(text, " ");
    if (!civil_read_day(text, n, &day))
        return text;
    if (text[n] == ' ' && !civil_read_time(text + n + 1, strlen(text + n + 1), &time))
        return text;
    return say_day(st, day, time);
}

static void add_change(struct state *st, const struct action_change *c)
{
    struct page *p = &st->page;
    const char *day = c->date == DAY_NONE ? "no date" : civil_long_dup(st->arena, c->date);
    const char *by = c->by == NULL ? "" : arena_printf(st->arena, ", by %s", c->by);
    const char *text = c->text == NULL || is_secret(st) ? "" : c->text;
    const char *colon = text[0] == '\0' ? "" : ": ";
    if (strcmp(c->change, "due") == 0)
        page_addf(p, STYLE_PLAIN, 17, "%-15s  date moved from %s to %s%s%s%s", day, say_when(st, c->from), say_when(st, c->to), by, colon, text);
    else if (strcmp(c->change, "owner") == 0)
        page_addf(p, STYLE_PLAIN, 17, "%-15s  owner changed from %s to %s%s%s%s", day, c->from == NULL ? "nobody" : c->from, c->to == NULL ? "nobody" : c->to, by, colon, text);
    else
        page_addf(p, strcmp(c->change, "done") == 0 ? STYLE_GOOD : STYLE_PLAIN, 17, "%-15s  %s%s%s%s", day, c->change, by, colon, text);
}

static void build(struct view *view)
{
    struct state *st = view->state;
    const struct action_row *r = &st->row;
    page_clear(&st->page);
    add_now(view);
    page_add(&st->page, STYLE_PLAIN, 0, "");
    page_add(&st->page, STYLE_HEAD, 0, "WHAT HAPPENED");
    if (r->nhistory == 0)
        page_add(&st->page, STYLE_DIM, 2, "Nothing was recorded since it was agreed.");
    for (size_t i = 0; i < r->nhistory; i++)
        add_change(st, &r->history[i]);
    add_origin(view);
    if (is_secret(st)) {
        page_add(&st->page, STYLE_PLAIN, 0, "");
        page_add(&st->page, STYLE_SECRET, 0, "This action is restricted. Enter shows its words: see first who can read the screen.");
    } else {
        page_add(&st->page, STYLE_PLAIN, 0, "");
        page_add(&st->page, STYLE_DIM, 0, "Enter opens the minutes of that meeting.");
    }
}

static enum evh read_story(struct view *view, struct err *err)
{
    struct state *st = view->state;
    char id[UUID_TEXT];
    uuid_text(st->id, id);
    struct arena *arena = arena_new();
    struct action_row row;
    st->version = store_version(view->app->store);
    enum evh e = store_find_action(view->app->store, arena, id, &row, err);
    if (e != EVH_OK) {
        arena_free(arena);
        return e;
    }
    arena_free(st->arena);
    st->arena = arena;
    st->row = row;
    st->last = row.nhistory > 0 ? row.history[row.nhistory - 1].id : (struct uuid){{0}};
    build(view);
    return EVH_OK;
}

static void read_again(struct view *view)
{
    struct err err = {0};
    if (read_story(view, &err) != EVH_OK)
        app_say_err(view->app, &err);
}

/* What the screen below remembers of changes; NULL: it makes none. */
static struct changing *changed_below(struct view *view)
{
    bool changes = view->below != NULL && (view->below->class == &view_actions || view->below->class == &view_home);
    return changes ? view->below->state : NULL;
}

static enum evh action_open(struct view *view, const void *arg, struct err *err)
{
    struct state *st = view->state;
    if (arg == NULL)
        return err_set(err, EVH_USAGE, "an action is needed");
    st->id = *(const struct uuid *)arg;
    st->change.done = read_again;
    enum evh e = read_story(view, err);
    st->change.only = st->row.id;
    if (e == EVH_OK)
        e = visits_open(view->app, "action", st->row.meeting, err);
    if (e == EVH_OK && changed_below(view) != NULL)
        changing_move(&st->change, changed_below(view));
    return e;
}

static void action_close(struct view *view)
{
    struct state *st = view->state;
    if (changed_below(view) != NULL)
        changing_move(changed_below(view), &st->change);
    changing_free(&st->change);
    page_free(&st->page);
    arena_free(st->arena);
}

static void action_view_draw(struct view *view, struct surface *s)
{
    struct state *st = view->state;
    const struct action_row *r = &st->row;
    struct rect all = layout_all(s);
    struct rect title = layout_top(&all, 1);
    surface_fill(s, title, STYLE_TITLE);
    surface_putf(s, title.x + 1, title.y, title.w - 1, STYLE_TITLE, "%s  %s%s%s", r->number == NULL || r->number[0] == '\0' ? "ACTION" : r->number,
                 r->child == NULL ? "" : r->child, r->child == NULL ? "" : "  ", r->overdue ? "OVERDUE" : r->status);
    all.x += 1;
    all.w -= 2;
    page_draw(&st->page, s, all);
}

static void search_answered(struct view *view, int tag, const char *words)
{
    (void)tag;
    struct state *st = view->state;
    if (!page_search(&st->page, words, 1))
        app_say(view->app, STYLE_WARN, "The story does not have \"%s\".", words);
}

static void search_again(struct view *view, int dir)
{
    struct state *st = view->state;
    if (!page_search(&st->page, NULL, dir))
        app_say(view->app, STYLE_WARN, st->page.needle[0] == '\0' ? "Nothing was searched for yet; / begins a search." : "The story does not have \"%s\".", st->page.needle);
}

/* First the words of a restricted action, then the minutes it comes from. */
static void open_further(struct view *view)
{
    struct state *st = view->state;
    struct uuid meeting = st->row.meeting;
    if (!is_secret(st)) {
        app_push(view->app, &view_minutes, &meeting);
        return;
    }
    st->shown = true;
    build(view);
}

static bool action_act(struct view *view, enum action action)
{
    struct state *st = view->state;
    if (page_act(&st->page, action))
        return true;
    if (action == ACTION_SEARCH) {
        app_ask(view->app, &(struct ask){.question = "Search for", .initial = st->page.needle, .required = true, .answered = search_answered, .asker = view});
        return true;
    }
    if (action == ACTION_SEARCH_NEXT || action == ACTION_SEARCH_PREV) {
        search_again(view, action == ACTION_SEARCH_NEXT ? 1 : -1);
        return true;
    }
    if (action == ACTION_OPEN) {
        open_further(view);
        return true;
    }
    return changing_begin(view, &st->row, action);
}

static void action_tick(struct view *view)
{
    struct state *st = view->state;
    if (store_version(view->app->store) == st->version)
        return;
    struct uuid seen = st->last;
    read_again(view);
    if (changing_elsewhere(view, st->id, &seen, "."))
        st->change.told = seen;
}

static const char *action_keys(struct view *view)
{
    (void)view;
    return "complete note back help date owner open undo withdraw redo"; /* the first four have room on 40 columns */
}

const struct view_class view_action = {
    .name = "action", .maps = "GL", .size = sizeof(struct state), .open = action_open, .close = action_close, .draw = action_view_draw,
    .act = action_act, .tick = action_tick, .resumed = action_tick, .keys = action_keys,
};
