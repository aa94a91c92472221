/* What is done to entries: choosing one, editing, withdrawing, reading back, undo, and "asked, nothing to add". */
#include "tui/live.h"

#include <string.h>

#include "core/names.h"
#include "core/presence.h"
#include "core/text.h"

size_t live_entry_index(const struct record *record, struct uuid id)
{
    for (size_t i = record->nentries; i > 0; i--)
        if (uuid_same(record->entries[i - 1].id, id))
            return i - 1;
    return record->nentries;
}

static const struct entry *chosen(const struct live *live)
{
    size_t i = live_entry_index(live->session.record, live->chosen);
    return i == live->session.record->nentries ? NULL : &live->session.record->entries[i];
}

/* ---- choosing ---- */

void live_entries_enter(struct view *view)
{
    struct live *live = live_of(view);
    const struct record *r = live->session.record;
    if (!uuid_none(live->editing))
        return;
    if (r->nentries == 0) {
        app_say(view->app, STYLE_MESSAGE, "Nothing is on record yet");
        return;
    }
    live->focus = LIVE_ENTRIES;
    live->chosen = r->entries[r->nentries - 1].id;
    live->scroll = 0;
}

/* Below the last entry is the line. */
void live_entries_move(struct view *view, int by)
{
    struct live *live = live_of(view);
    const struct record *r = live->session.record;
    size_t at = live_entry_index(r, live->chosen);
    long to = (long)at + by;
    if (to >= (long)r->nentries && by == 1) {
        live_focus_line(live);
        return;
    }
    if (to < 0)
        to = 0;
    if (to >= (long)r->nentries)
        to = (long)r->nentries - 1;
    if (r->nentries > 0)
        live->chosen = r->entries[to].id;
    live->shown = (struct uuid){{0}};
}

/* Opens a restricted entry that is dots, or closes it again. */
void live_entries_show(struct view *view)
{
    struct live *live = live_of(view);
    const struct entry *e = chosen(live);
    if (e != NULL && restricted(&e->restriction))
        live->shown = uuid_same(live->shown, e->id) ? (struct uuid){{0}} : e->id;
}

void live_entries_open(struct view *view)
{
    struct live *live = live_of(view);
    const struct entry *e = chosen(live);
    if (e == NULL)
        return;
    if (restricted(&e->restriction) && !uuid_same(live->shown, e->id))
        live->shown = e->id;
    else
        live_edit_begin(view, e->id);
}

bool live_go_to(struct view *view, struct uuid entry)
{
    if (view == NULL || view->class != &view_live)
        return false;
    struct live *live = live_of(view);
    if (live_entry_index(live->session.record, entry) == live->session.record->nentries)
        return false;
    live_edit_leave(live);
    live->focus = LIVE_ENTRIES;
    live->chosen = entry;
    live->scroll = 0;
    return true;
}

bool live_propose(struct view *view, const char *line)
{
    struct live *live = live_of(view);
    if (edit_length(live->edit) > 0)
        return false;
    live_line_begin(live, line);
    return true;
}

/* ---- editing ---- */

void live_edit_begin(struct view *view, struct uuid entry)
{
    struct live *live = live_of(view);
    size_t i = live_entry_index(live->session.record, entry);
    if (i == live->session.record->nentries)
        return;
    const struct entry *e = &live->session.record->entries[i];
    if (e->kind == ENTRY_MINUTED || e->withdrawn != NULL) {
        app_say(view->app, STYLE_MESSAGE, "%s", e->withdrawn != NULL ? "It is withdrawn: type it anew"
                : "Minuted words are never edited: answer them with an indented line \"= answered by NAME: …\"");
        return;
    }
    live_edit_leave(live);
    buf_clear(&live->kept);
    buf_adds(&live->kept, edit_text(live->edit));
    live->kept_cursor = edit_cursor(live->edit);
    struct buf line = {0};
    notation_print_entry(&line, live->session.record, e, true);
    edit_set(live->edit, buf_str(&line), line.n);
    buf_free(&line);
    live->editing = live->chosen = entry;
    live->focus = LIVE_LINE;
    live_line_changed(live);
}

/* The unfinished line comes back. */
void live_edit_leave(struct live *live)
{
    if (uuid_none(live->editing))
        return;
    live->editing = (struct uuid){{0}};
    live->shown = (struct uuid){{0}};
    edit_set(live->edit, buf_str(&live->kept), live->kept_cursor);
    buf_clear(&live->kept);
    live_line_changed(live);
}

/* ---- withdrawing ---- */

static void mark(struct view *view, struct uuid entry, const char *line)
{
    struct live *live = live_of(view);
    struct err err = {0};
    if (session_mark(&live->session, entry, line, strlen(line), &err) != EVH_OK)
        app_say_err(view->app, &err);
    live->fresh = false;
}

static void withdraw_answered(struct view *view, int tag, const char *answer)
{
    (void)tag;
    struct live *live = live_of(view);
    struct buf line = {0};
    buf_addf(&line, "= withdrawn: %s", answer);
    mark(view, live->chosen, buf_str(&line));
    buf_free(&line);
}

void live_withdraw(struct view *view)
{
    struct live *live = live_of(view);
    const struct entry *e = chosen(live);
    if (e == NULL)
        return;
    if (e->kind == ENTRY_MINUTED || e->withdrawn != NULL) {
        app_say(view->app, STYLE_MESSAGE, "%s", e->withdrawn != NULL ? "It is withdrawn already" : "Minuted words are never withdrawn, only answered");
        return;
    }
    struct ask ask = {.question = "Why is it withdrawn?", .required = true, .answered = withdraw_answered, .asker = view};
    app_ask(view->app, &ask);
}

/* ---- reading back ---- */

/* What one reads aloud: neither who came and went nor what only some may hear. */
static const struct entry *last_readable(const struct record *r)
{
    for (size_t i = r->nentries; i > 0; i--) {
        const struct entry *e = &r->entries[i - 1];
        char family = entry_family(e->kind);
        if (family != 'p' && family != 'c' && e->withdrawn == NULL && !restricted(&e->restriction))
            return e;
    }
    return NULL;
}

void live_read_begin(struct view *view)
{
    struct live *live = live_of(view);
    const struct entry *e = live->focus == LIVE_ENTRIES ? chosen(live) : last_readable(live->session.record);
    if (e == NULL) {
        app_say(view->app, STYLE_MESSAGE, "There is nothing to read back yet");
        return;
    }
    live->chosen = e->id;
    live->focus = LIVE_READ;
}

void live_read_mark(struct view *view, const char *how)
{
    struct live *live = live_of(view);
    struct buf line = {0};
    buf_addf(&line, "= read back; %s", how);
    live_focus_line(live);
    mark(view, live->chosen, buf_str(&line));
    buf_free(&line);
}

/* ---- undo ---- */

void live_undo(struct view *view, bool redo)
{
    struct live *live = live_of(view);
    const char *says = session_undo_says(&live->session, redo);
    if (says == NULL) {
        app_say(view->app, STYLE_MESSAGE, "There is nothing to %s", redo ? "redo" : "undo");
        return;
    }
    live->pending = redo ? LIVE_PENDING_REDO : LIVE_PENDING_UNDO;
    app_say(view->app, STYLE_WARN, "%s: %s? y does it", redo ? "Redo" : "Undo", says);
}

static void undo_now(struct view *view, bool redo)
{
    struct live *live = live_of(view);
    struct err err = {0};
    if (session_undo(&live->session, redo, &err) != EVH_OK)
        app_say_err(view->app, &err);
    else
        app_say(view->app, STYLE_MESSAGE, "%s", redo ? "Done again" : "Undone; Ctrl-G r takes that back");
    live->fresh = false;
}

/* ---- asked, nothing to add ---- */

static bool heard(const struct record *r, const struct attendee *p)
{
    for (size_t i = r->nentries; i > 0 && r->entries[i - 1].item + 1 == r->nitems; i--) {
        const struct entry *e = &r->entries[i - 1];
        bool view = e->kind == ENTRY_PARENT_VIEW || e->kind == ENTRY_CHILD_VIEW;
        if (view && e->withdrawn == NULL && e->speaker != NULL && strcmp(e->speaker, p->name) == 0)
            return true;
    }
    return false;
}

/* Parents and carers in the room who have no view on this item yet: at most nine, so that one digit picks one. */
static size_t not_heard(struct view *view, const struct attendee *out[9])
{
    const struct record *r = live_of(view)->session.record;
    struct now now = app_now(view->app);
    int time = live_time(r, &now);
    size_t n = 0;
    for (size_t i = 0; i < r->npeople && n < 9; i++) {
        const struct attendee *p = &r->people[i];
        struct interval interval;
        bool asks = (p->bits & (CAP_PARENT | CAP_CARER)) != 0 && presence_now(r, p, time, &interval) == ROOM_IN;
        if (asks && !heard(r, p))
            out[n++] = p;
    }
    return n;
}

static void record_nothing(struct view *view, const struct attendee *p)
{
    struct live *live = live_of(view);
    struct buf line = {0};
    struct err err = {0};
    buf_addf(&line, "P: %s: asked, nothing to add", p->name);
    if (session_line(&live->session, buf_str(&line), line.n, &err) != EVH_OK)
        app_say_err(view->app, &err);
    buf_free(&line);
    buf_clear(&live->saved); /* the half-typed line went from the disk with this one: it is written again at the next pause */
    live->fresh = false;
}

void live_nothing_to_add(struct view *view)
{
    struct live *live = live_of(view);
    const struct attendee *people[9];
    size_t n = not_heard(view, people);
    if (n == 0) {
        app_say(view->app, STYLE_MESSAGE, "Every parent and carer in the room has been heard on this item");
    } else if (n == 1) {
        record_nothing(view, people[0]);
    } else {
        struct arena *arena = arena_new();
        struct buf list = {0};
        for (size_t i = 0; i < n; i++)
            buf_addf(&list, "  %zu %s", i + 1, names_short(live->session.record, arena, people[i]));
        app_say(view->app, STYLE_MESSAGE, "Who was asked and had nothing to add?%s", buf_str(&list));
        buf_free(&list);
        arena_free(arena);
        live->pending = LIVE_PENDING_WHO;
    }
}

bool live_answer(struct view *view, const char *utf8, size_t n)
{
    struct live *live = live_of(view);
    enum live_pending pending = live->pending;
    live->pending = LIVE_NOTHING_PENDING;
    if (n != 1 || pending == LIVE_NOTHING_PENDING)
        return false;
    if (pending == LIVE_PENDING_WHO) {
        const struct attendee *people[9];
        size_t count = not_heard(view, people);
        if (utf8[0] < '1' || (size_t)(utf8[0] - '0') > count)
            return false;
        record_nothing(view, people[utf8[0] - '1']);
        return true;
    }
    if (utf8[0] != 'y' && utf8[0] != 'Y')
        return false;
    undo_now(view, pending == LIVE_PENDING_REDO);
    return true;
}
