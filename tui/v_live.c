/* The live meeting: one entry line that always takes text, and round it who is here, what is on the agenda and what was said.
 * This file opens and closes the screen and gives each action its function; what these do is in the other v_live files. */
#include "tui/live.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tui/sheet.h"
#include "tui/trouble.h"

struct live *live_of(struct view *view)
{
    return view->state;
}

/* The line takes text again; what was opened to be seen is closed. */
void live_focus_line(struct live *live)
{
    if (live->focus == LIVE_PANEL)
        live_panel_close(live);
    live->focus = live->reading ? LIVE_ENTRIES : LIVE_LINE;
    if (live->reading && live_chosen(live) == NULL)
        live_entries_last(live);
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

void live_record_changed(struct view *view)
{
    struct live *live = live_of(view);
    live->fresh = false;
    live_panel_check(view);
    bool among = live->focus == LIVE_ENTRIES || live->focus == LIVE_READ;
    if (among && live_chosen(live) == NULL)
        live_focus_line(live);
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
    bool follows = live->reading && live->focus == LIVE_ENTRIES && live_at_last(live);
    if (session_refresh(&live->session, &changed, &err) != EVH_OK) {
        if (!trouble_is(err.code)) /* of those the app speaks, once */
            app_say_err(view->app, &err);
        return;
    }
    if (live->saved.n > 0 && !store_draft_there(live->session.store, live->session.record->id)) {
        buf_clear(&live->saved); /* another program took it over when it opened the meeting: it is kept anew */
        live->saved_cursor = 0;
    }
    if (changed && follows)
        live_entries_last(live);
    if (changed)
        live_record_changed(view);
}

/* ---- opening and closing ---- */

static enum evh live_open(struct view *view, const void *arg, struct err *err)
{
    struct live *live = live_of(view);
    struct uuid meeting = *(const struct uuid *)arg;
    enum evh code = visits_open(view->app, "meeting", meeting, err);
    if (code == EVH_OK)
        code = session_open(&live->session, view->app->store, view->app->types, meeting, true, err);
    if (code != EVH_OK)
        return code;
    live->session_open = true;
    live->edit = edit_new();
    live->columns = 77;
    live->version = store_version(view->app->store);
    live->reading = view->app->read_only;
    if (live->reading)
        live_focus_line(live);
    else
        code = live_draft_load(live, meeting, err);
    if (code == EVH_OK && edit_length(live->edit) > 0)
        app_say(view->app, STYLE_MESSAGE, "The line stands as it was left");
    if (code != EVH_OK) {
        session_close(&live->session);
        edit_free(live->edit);
    }
    if (code == EVH_OK && !live->reading) {
        live_panel_draft_load(view);
        live_mark_resume(view);
        if (view->app->top == view) /* no question stands above it again */
            (void)sheet_resume(view);
    }
    return code;
}

static void live_close(struct view *view)
{
    struct live *live = live_of(view);
    live_draft_save(view);
    live_rescue_unasked(view);
    edit_free(live->edit);
    arena_free(live->preview_arena);
    arena_free(live->tab.arena);
    buf_free(&live->kept);
    buf_free(&live->editing_was);
    buf_free(&live->who);
    buf_free(&live->heard.prefix);
    buf_free(&live->dismissed);
    live_panel_free(live);
    changing_free(&live->changing);
    buf_free(&live->saved);
    free(live->cells);
    session_close(&live->session);
}

static void live_tick(struct view *view)
{
    live_refresh(view);
    live_draft_save(view);
    if (!view->app->typing)
        live_of(view)->paused = true;
}

/* ---- what the keys do ---- */

static void do_note(struct view *view) { live_line_begin(live_of(view), ""); }
static void do_action(struct view *view) { live_line_begin(live_of(view), "A: "); }
static void do_undo(struct view *view) { live_undo(view, false); }
static void do_redo(struct view *view) { live_undo(view, true); }
static void do_up(struct view *view) { live_entries_move(view, -1); }
static void do_down(struct view *view) { live_entries_move(view, 1); }
static void do_first(struct view *view) { live_entries_move(view, -1000000); }
static void do_last(struct view *view) { live_entries_move(view, 1000000); }
static void do_page_up(struct view *view) { live_entries_move(view, -live_of(view)->page / 2 - 1); }
static void do_page_down(struct view *view) { live_entries_move(view, live_of(view)->page / 2 + 1); }
static void do_read_up(struct view *view) { live_read_scroll(view, -1); }
static void do_read_down(struct view *view) { live_read_scroll(view, 1); }
static void do_read_page_up(struct view *view) { live_read_scroll(view, -live_of(view)->page + 2); }
static void do_read_page_down(struct view *view) { live_read_scroll(view, live_of(view)->page - 2); }
static void do_read_yes(struct view *view) { live_read_mark(view, "confirmed"); }
static void do_read_no(struct view *view) { live_read_mark(view, "not confirmed"); }

static void do_view(struct view *view)
{
    if (!live_heard_view(view))
        live_line_view(live_of(view));
}

/* On an entry that has positions the key opens its panel, and so it does on a line that it began and that has no more on it. */
static void decide(struct view *view, enum entry_kind kind)
{
    struct live *live = live_of(view);
    if (live->focus == LIVE_ENTRIES && live_panel_open(view, live->chosen))
        return;
    if (!live_panel_newest(view, kind))
        live_line_begin(live, kind == ENTRY_DECISION ? "R: " : "D: ");
}

static void do_disagree(struct view *view) { decide(view, ENTRY_DISAGREEMENT); }
static void do_decide(struct view *view) { decide(view, ENTRY_DECISION); }

static void do_scroll_up(struct view *view)
{
    struct live *live = live_of(view);
    if (live->scroll > live->scroll_most)
        live->scroll = live->scroll_most;
    live->scroll += live->page > 2 ? live->page - 2 : 1;
}

static void do_scroll_down(struct view *view)
{
    struct live *live = live_of(view);
    if (live->scroll > live->scroll_most)
        live->scroll = live->scroll_most;
    live->scroll -= live->page > 2 ? live->page - 2 : 1;
    if (live->scroll < 0)
        live->scroll = 0;
}

static void do_people(struct view *view)
{
    app_push(view->app, &view_people, &live_of(view)->session);
}

/* It leaves the item too; the keys that answer are those of this screen. */
static void do_sign(struct view *view)
{
    struct buf names = {0};
    bool unheard = !view->app->read_only && live_heard_signing(view, &names);
    if (app_push(view->app, &view_sign, &live_of(view)->session.record->id) && unheard)
        app_say(view->app, STYLE_MESSAGE, "Not yet heard from %s on this item: Esc goes back, then F3, or ^G n = asked, nothing to add", buf_str(&names));
    buf_free(&names);
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
    {ACTION_LIVE_RESCUE, live_rescue}, {ACTION_LIVE_DISMISS, live_dismiss}, {ACTION_LIVE_NOTHING, live_nothing_to_add},
};

static const struct deed on_line[] = {
    {ACTION_COMMIT, live_commit}, {ACTION_FINISH, live_line_finish}, {ACTION_PAGE_UP, do_scroll_up}, {ACTION_PAGE_DOWN, do_scroll_down},
};

static const struct deed among_entries[] = {
    {ACTION_UP, do_up},                 {ACTION_DOWN, do_down},           {ACTION_PAGE_UP, do_page_up},  {ACTION_PAGE_DOWN, do_page_down},
    {ACTION_FIRST, do_first},           {ACTION_LAST, do_last},           {ACTION_OPEN, live_entries_open}, {ACTION_EDIT, live_entries_open},
    {ACTION_MARK, live_entries_show},   {ACTION_UNDO, do_undo},           {ACTION_REDO, do_redo},        {ACTION_BACK, do_line},
    {ACTION_INTERRUPT, do_line},
};

static const struct deed reading[] = {
    {ACTION_READ_YES, do_read_yes}, {ACTION_READ_EDIT, do_read_edit}, {ACTION_READ_NO, do_read_no}, {ACTION_BACK, do_line}, {ACTION_INTERRUPT, do_line},
    {ACTION_UP, do_read_up},        {ACTION_DOWN, do_read_down},        {ACTION_PAGE_UP, do_read_page_up}, {ACTION_PAGE_DOWN, do_read_page_down},
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
static bool leave_half_done(struct view *view)
{
    struct live *live = live_of(view);
    if (live->tab.on && live->tab.n > 1) {
        live->tab.on = false;
        return true;
    }
    if (!uuid_none(live->editing)) {
        if (live_edit_changed(live) && edit_length(live->edit) > 0) {
            live_line_put_aside(live);
            app_say(view->app, STYLE_MESSAGE, "The new wording is left out; Ctrl-Y puts it back into the line");
        }
        live_edit_leave(live);
        return true;
    }
    bool panel = live->panel != NULL;
    live_panel_close(live);
    return panel;
}

static bool act_on_line(struct view *view, enum action action)
{
    struct live *live = live_of(view);
    if (action == ACTION_BACK || action == ACTION_INTERRUPT)
        return leave_half_done(view);
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

/* Esc on a line that only a key began takes the beginning away; words are not left without saying so, for what is typed after that would go
 * to the keys of another screen. */
static bool stays_on_line(struct view *view)
{
    struct live *live = live_of(view);
    bool asked = live->pending == LIVE_PENDING_LEAVE;
    live->pending = LIVE_NOTHING_PENDING;
    if (live->focus != LIVE_LINE || live->panel != NULL || live->tab.on || !uuid_none(live->editing) || edit_length(live->edit) == 0)
        return false;
    if (live_line_untouched(live)) {
        edit_set(live->edit, "", 0);
        live_line_changed(live);
        return true;
    }
    if (asked || view->app->trouble[0] != '\0') /* live_stays() asked */
        return false;
    live->pending = LIVE_PENDING_LEAVE;
    app_say(view->app, STYLE_MESSAGE, "Esc again leaves the meeting; this line waits here until you come back");
    return true;
}

static bool live_act(struct view *view, enum action action)
{
    struct live *live = live_of(view);
    if (live->reading && live->focus == LIVE_ENTRIES && action == ACTION_BACK)
        return false; /* there is no line to go back to */
    if (live_stays(view, action) || (action == ACTION_BACK && stays_on_line(view)))
        return true;
    if (action == ACTION_YES) /* among the entries, where letters are keys */
        return live_answer(view, "y", 1) || live_among_act(view, action);
    live->pending = LIVE_NOTHING_PENDING;
    if (action != ACTION_LIVE_VIEW && action != ACTION_LIVE_NOTHING && !live->heard.begun)
        live_heard_forget(live);
    if (live->focus == LIVE_PANEL && live_panel_act(view, action))
        return true;
    if (live->focus == LIVE_READ)
        return run(view, reading, NITEMS(reading), action);
    if (run(view, everywhere, NITEMS(everywhere), action))
        return true;
    if (live->focus == LIVE_ENTRIES)
        return run(view, among_entries, NITEMS(among_entries), action) || live_among_act(view, action);
    return act_on_line(view, action);
}

static void live_text(struct view *view, const char *utf8, size_t n, bool paste)
{
    struct live *live = live_of(view);
    if (!paste && live_answer(view, utf8, n))
        return;
    live->pending = LIVE_NOTHING_PENDING;
    if (!live->heard.begun || edit_length(live->edit) == 0)
        live_heard_forget(live);
    if (live->offered && n > 0 && !text_blank(utf8[0])) {
        live_commit(view);
        if (live->offered) /* it could not be written: F8 offers it again, and the words stand by themselves */
            edit_set(live->edit, "", 0);
    }
    edit_insert(live->edit, utf8, n);
    live_line_changed(live);
    if (paste && memchr(utf8, '\n', n) != NULL)
        app_say(view->app, STYLE_MESSAGE, "The lines that were pasted stand here as one; Enter puts it on record");
}

static const char *live_maps(struct view *view)
{
    const struct live *live = live_of(view);
    return live->focus == LIVE_READ ? "GR" : live->focus == LIVE_ENTRIES ? "GLMN" : "GEM";
}

static const char *live_keys(struct view *view)
{
    const struct live *live = live_of(view);
    if (live->reading)
        return "open live-people live-check live-sign search back help";
    if (live->focus == LIVE_READ)
        return "confirmed reword not-confirmed back";
    if (live->focus == LIVE_ENTRIES)
        return "edit withdraw dispute answer read-back undo back search";
    if (live->focus == LIVE_PANEL)
        return "accept complete-word line-up line-down back live-people help";
    /* all of them need more than 80 columns: a note needs no key, and stands where a wide screen has room */
    return "help live-view live-action live-disagree live-decide live-people live-next live-read-back live-sign live-note live-check blank";
}

const struct view_class view_live = {
    .name = "live meeting",
    .maps = "GEM",
    .size = sizeof(struct live),
    .rescues = true,
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
