/* The live meeting: one entry line that always takes text, and round it who is here, what is on the agenda and what was said.
 * This file opens and closes the screen and gives each action its function; what these do is in the other v_live files. */
#include "tui/live.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"

struct live *live_of(struct view *view)
{
    return view->state;
}

/* The line takes text again; what was opened to be seen is closed. */
void live_focus_line(struct live *live)
{
    live->focus = LIVE_LINE;
    if (uuid_none(live->editing))
        live->shown = (struct uuid){{0}};
}

int live_time(const struct record *record, const struct now *now)
{
    if (record->date == now->day)
        return now->time;
    for (size_t i = record->nentries; i > 0; i--)
        if (record->entries[i - 1].time != TIME_NONE)
            return record->entries[i - 1].time;
    return record->start != TIME_NONE ? record->start : now->time;
}

void live_refresh(struct view *view)
{
    struct live *live = live_of(view);
    int64_t version = store_version(live->session.store);
    bool changed = false;
    struct err err = {0};
    if (version == live->version)
        return;
    live->version = version;
    if (session_refresh(&live->session, &changed, &err) != EVH_OK) {
        app_say_err(view->app, &err);
        return;
    }
    if (!changed)
        return;
    live->fresh = false;
    buf_clear(&live->saved); /* a line that goes on record takes the half-typed one from the disk, and this screen's may have been it */
    live->saved_cursor = 0;
    if (!uuid_none(live->editing) && record_entry(live->session.record, live->editing) == NULL)
        live_edit_leave(live);
    if (live->focus != LIVE_LINE && live_entry_index(live->session.record, live->chosen) == live->session.record->nentries)
        live_focus_line(live);
}

/* ---- opening and closing ---- */

static enum evh live_open(struct view *view, const void *arg, struct err *err)
{
    struct live *live = live_of(view);
    struct uuid meeting = *(const struct uuid *)arg;
    enum evh code = session_open(&live->session, view->app->store, view->app->types, meeting, true, err);
    if (code != EVH_OK)
        return code;
    live->session_open = true;
    live->edit = edit_new();
    live->columns = 77;
    live->version = store_version(view->app->store);
    code = live_draft_load(live, meeting, err);
    if (code == EVH_OK && edit_length(live->edit) > 0)
        app_say(view->app, STYLE_MESSAGE, "The line stands as it was left");
    if (code != EVH_OK) {
        session_close(&live->session);
        edit_free(live->edit);
    }
    return code;
}

static void live_close(struct view *view)
{
    struct live *live = live_of(view);
    live_draft_save(view);
    edit_free(live->edit);
    arena_free(live->preview_arena);
    arena_free(live->tab.arena);
    buf_free(&live->kept);
    buf_free(&live->saved);
    free(live->cells);
    session_close(&live->session);
}

static void live_tick(struct view *view)
{
    live_refresh(view);
    live_draft_save(view);
    live_of(view)->paused = true;
}

/* ---- what the keys do ---- */

static void do_note(struct view *view) { live_line_begin(live_of(view), ""); }
static void do_view(struct view *view) { live_line_view(live_of(view)); }
static void do_action(struct view *view) { live_line_begin(live_of(view), "A: "); }
static void do_disagree(struct view *view) { live_line_begin(live_of(view), "D: "); }
static void do_decide(struct view *view) { live_line_begin(live_of(view), "R: "); }
static void do_finish(struct view *view) { live_line_finish(live_of(view)); }
static void do_undo(struct view *view) { live_undo(view, false); }
static void do_redo(struct view *view) { live_undo(view, true); }
static void do_up(struct view *view) { live_entries_move(view, -1); }
static void do_down(struct view *view) { live_entries_move(view, 1); }
static void do_first(struct view *view) { live_entries_move(view, -1000000); }
static void do_last(struct view *view) { live_entries_move(view, 1000000); }
static void do_page_up(struct view *view) { live_entries_move(view, -live_of(view)->page / 2 - 1); }
static void do_page_down(struct view *view) { live_entries_move(view, live_of(view)->page / 2 + 1); }
static void do_read_yes(struct view *view) { live_read_mark(view, "confirmed"); }
static void do_read_no(struct view *view) { live_read_mark(view, "not confirmed"); }

static void do_scroll_up(struct view *view)
{
    struct live *live = live_of(view);
    live->scroll += live->page > 2 ? live->page - 2 : 1;
}

static void do_scroll_down(struct view *view)
{
    struct live *live = live_of(view);
    live->scroll -= live->page > 2 ? live->page - 2 : 1;
    if (live->scroll < 0)
        live->scroll = 0;
}

static void do_dismiss(struct view *view)
{
    app_say(view->app, STYLE_MESSAGE, "There is no advice on this line");
}

static void do_people(struct view *view)
{
    app_push(view->app, &view_people, &live_of(view)->session);
}

static void do_sign(struct view *view)
{
    app_push(view->app, &view_sign, &live_of(view)->session.record->id);
}

static void do_check(struct view *view)
{
    app_push(view->app, &view_check, &live_of(view)->session.record->id);
}

static void do_read_edit(struct view *view)
{
    live_edit_begin(view, live_of(view)->chosen);
}

static void do_line(struct view *view)
{
    live_focus_line(live_of(view));
}

struct deed {
    enum action action;
    void (*run)(struct view *view);
};

/* On the line and among the entries alike. */
static const struct deed everywhere[] = {
    {ACTION_LIVE_NOTE, do_note},       {ACTION_LIVE_VIEW, do_view},       {ACTION_LIVE_ACTION, do_action}, {ACTION_LIVE_DISAGREE, do_disagree},
    {ACTION_LIVE_DECIDE, do_decide},   {ACTION_LIVE_PEOPLE, do_people},   {ACTION_LIVE_NEXT, live_line_next}, {ACTION_LIVE_READ, live_read_begin},
    {ACTION_LIVE_SIGN, do_sign},       {ACTION_LIVE_CHECK, do_check},     {ACTION_LIVE_UNDO, do_undo},     {ACTION_LIVE_REDO, do_redo},
    {ACTION_LIVE_DISMISS, do_dismiss}, {ACTION_LIVE_NOTHING, live_nothing_to_add},
};

static const struct deed on_line[] = {
    {ACTION_COMMIT, live_commit}, {ACTION_FINISH, do_finish}, {ACTION_PAGE_UP, do_scroll_up}, {ACTION_PAGE_DOWN, do_scroll_down},
};

static const struct deed among_entries[] = {
    {ACTION_UP, do_up},                 {ACTION_DOWN, do_down},           {ACTION_PAGE_UP, do_page_up},  {ACTION_PAGE_DOWN, do_page_down},
    {ACTION_FIRST, do_first},           {ACTION_LAST, do_last},           {ACTION_OPEN, live_entries_open}, {ACTION_EDIT, live_entries_open},
    {ACTION_MARK, live_entries_show},   {ACTION_NOTE, live_read_begin},   {ACTION_WITHDRAW, live_withdraw}, {ACTION_UNDO, do_undo},
    {ACTION_REDO, do_redo},             {ACTION_BACK, do_line},           {ACTION_INTERRUPT, do_line},
};

static const struct deed reading[] = {
    {ACTION_READ_YES, do_read_yes}, {ACTION_READ_EDIT, do_read_edit}, {ACTION_READ_NO, do_read_no}, {ACTION_BACK, do_line}, {ACTION_INTERRUPT, do_line},
};

static bool run(struct view *view, const struct deed *deeds, size_t n, enum action action)
{
    for (size_t i = 0; i < n; i++)
        if (deeds[i].action == action) {
            deeds[i].run(view);
            return true;
        }
    return false;
}

/* Esc and Ctrl-C first leave what is half done; false: there was nothing. */
static bool leave_half_done(struct live *live)
{
    if (live->tab.on && live->tab.n > 1) {
        live->tab.on = false;
        return true;
    }
    if (uuid_none(live->editing))
        return false;
    live_edit_leave(live);
    return true;
}

static bool act_on_line(struct view *view, enum action action)
{
    struct live *live = live_of(view);
    if (action == ACTION_BACK || action == ACTION_INTERRUPT)
        return leave_half_done(live);
    if (run(view, on_line, NITEMS(on_line), action))
        return true;
    if (action == ACTION_LINE_UP || action == ACTION_LINE_DOWN) {
        if (!edit_act(live->edit, action, live->columns) && action == ACTION_LINE_UP)
            live_entries_enter(view);
        return true;
    }
    if (!edit_act(live->edit, action, live->columns))
        return false;
    live_line_changed(live);
    return true;
}

static bool live_act(struct view *view, enum action action)
{
    struct live *live = live_of(view);
    if (action != ACTION_COMMIT)
        live->pending = LIVE_NOTHING_PENDING;
    if (live->focus == LIVE_READ)
        return run(view, reading, NITEMS(reading), action);
    if (run(view, everywhere, NITEMS(everywhere), action))
        return true;
    if (live->focus == LIVE_ENTRIES)
        return run(view, among_entries, NITEMS(among_entries), action);
    return act_on_line(view, action);
}

static void live_text(struct view *view, const char *utf8, size_t n, bool paste)
{
    struct live *live = live_of(view);
    if (!paste && live_answer(view, utf8, n))
        return;
    if (live->offered && n > 0 && !text_blank(utf8[0]))
        live_commit(view);
    edit_insert(live->edit, utf8, n);
    live_line_changed(live);
}

static const char *live_maps(struct view *view)
{
    const struct live *live = live_of(view);
    return live->focus == LIVE_READ ? "GR" : live->focus == LIVE_ENTRIES ? "GLM" : "GEM";
}

static const char *live_keys(struct view *view)
{
    const struct live *live = live_of(view);
    if (live->focus == LIVE_READ)
        return "confirmed reword not-confirmed back";
    if (live->focus == LIVE_ENTRIES)
        return "edit live-read-back withdraw live-undo live-redo back";
    /* all of them need more than 80 columns: a note needs no key, and stands where a wide screen has room */
    return "help live-view live-action live-disagree live-decide live-people live-next live-read-back live-sign live-note live-check blank";
}

const struct view_class view_live = {
    .name = "live meeting",
    .maps = "GEM",
    .size = sizeof(struct live),
    .open = live_open,
    .close = live_close,
    .draw = live_draw,
    .act = live_act,
    .text = live_text,
    .echo = live_echo,
    .tick = live_tick,
    .resumed = live_refresh,
    .keys = live_keys,
    .maps_now = live_maps,
};
