/* The panel below the entries: positions on a decision, sides of a disagreement, one person after another.
 *
 * It opens by itself when one is put on record, and takes nothing until one goes in: whoever types on types an ordinary line. Inside, the line has the
 * name of a person before it, and what is typed there goes under the entry at once. */
#include "tui/live_panel.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/names.h"
#include "core/presence.h"
#include "core/text.h"
#include "tui/trouble.h"

/* ---- opening and closing ---- */

static void panel_free(struct live_panel *p)
{
    if (p == NULL)
        return;
    buf_free(&p->name);
    buf_free(&p->kept);
    free(p);
}

static void set_line(struct live *live, const char *text, size_t cursor)
{
    edit_set(live->edit, text, cursor);
    live_line_changed(live);
}

/* The unfinished line comes back. */
void live_panel_close(struct live *live)
{
    struct live_panel *p = live->panel;
    live->panel = NULL;
    if (p != NULL && live->focus == LIVE_PANEL) {
        live->focus = LIVE_LINE;
        set_line(live, buf_str(&p->kept), p->kept_cursor);
    }
    panel_free(p);
}

static void show_panel(struct live *live, struct uuid entry)
{
    live_panel_close(live);
    live->panel = memory_take(1, sizeof *live->panel);
    live->panel->entry = entry;
}

static void choose(struct live *live, const char *name)
{
    buf_clear(&live->panel->name);
    buf_adds(&live->panel->name, name);
    live->panel->leaving = false;
}

/* Into the panel, to the first person without words; when everybody has some, to the first. */
static bool enter(struct view *view)
{
    struct live *live = live_of(view);
    struct arena *arena = arena_new();
    struct panel_rows rows;
    panel_rows_read(live, arena, &rows);
    bool any = rows.n > 0;
    if (any) {
        size_t at = panel_row_open(&rows, 0);
        choose(live, rows.v[at < rows.n ? at : 0].name);
        buf_clear(&live->panel->kept);
        buf_adds(&live->panel->kept, edit_text(live->edit));
        live->panel->kept_cursor = edit_cursor(live->edit);
        set_line(live, "", 0);
        live->focus = LIVE_PANEL;
        live->scroll = 0;
    }
    arena_free(arena);
    return any;
}

bool live_panel_open(struct view *view, struct uuid entry)
{
    struct live *live = live_of(view);
    const struct entry *e = record_entry(live->session.record, entry);
    if (e == NULL || (e->kind != ENTRY_DECISION && e->kind != ENTRY_DISAGREEMENT) || e->withdrawn != NULL)
        return false;
    live_edit_leave(live);
    show_panel(live, entry);
    if (enter(view))
        return true;
    live_panel_close(live);
    live_focus_line(live);
    app_say(view->app, STYLE_MESSAGE, "The record has nobody in the room at that time who could be asked");
    return true;
}

/* Whether anybody asked has no words there. */
static bool lacks(const struct live *live, const struct entry *e)
{
    for (size_t i = 0; i < live->session.record->npeople; i++) {
        const struct attendee *p = &live->session.record->people[i];
        bool has = !presence_asked(live->session.record, p, e);
        for (size_t k = 0; k < e->npositions && !has; k++)
            has = strcmp(e->positions[k].name, p->name) == 0;
        if (!has)
            return true;
    }
    return false;
}

bool live_panel_newest(struct view *view, enum entry_kind kind)
{
    struct live *live = live_of(view);
    const struct record *r = live->session.record;
    const char *line = edit_text(live->edit);
    if (live->focus != LIVE_LINE || !uuid_none(live->editing) || strcmp(line, kind == ENTRY_DECISION ? "R: " : "D: ") != 0)
        return false;
    for (size_t i = r->nentries; i > 0; i--) {
        const struct entry *e = &r->entries[i - 1];
        if (e->kind != kind || e->withdrawn != NULL || !lacks(live, e))
            continue;
        set_line(live, "", 0);
        return live_panel_open(view, e->id);
    }
    app_say(view->app, STYLE_MESSAGE, "%s", kind == ENTRY_DECISION ? "No decision lacks a position of somebody who was in the room" : "No disagreement lacks the side of somebody who was in the room");
    return true;
}

bool live_panel_begin(struct view *view)
{
    struct live *live = live_of(view);
    const struct record *r = live->session.record;
    if (edit_length(live->edit) > 0 || !live_takes_positions(live))
        return false;
    if (live->panel == NULL)
        show_panel(live, r->entries[r->nentries - 1].id);
    if (enter(view))
        return true;
    live_panel_close(live);
    return false;
}

/* ---- after an ordinary line ---- */

void live_panel_typed(struct live *live, size_t entries_before, bool indented)
{
    const struct record *r = live->session.record;
    const struct entry *last = r->nentries == 0 ? NULL : &r->entries[r->nentries - 1];
    if (r->nentries > entries_before && live_takes_positions(live)) {
        show_panel(live, last->id);
        if (live_panel_rows(live, 1) == 0)
            live_panel_close(live);
    } else if (!indented) {
        live_panel_close(live);
    }
}

void live_panel_check(struct view *view)
{
    struct live *live = live_of(view);
    struct live_panel *p = live->panel;
    if (p == NULL || record_entry(live->session.record, p->entry) != NULL)
        return;
    struct buf both = {0};
    bool inside = live->focus == LIVE_PANEL;
    buf_adds(&both, buf_str(&p->kept));
    if (edit_length(live->edit) > 0 && inside)
        buf_addf(&both, "%s%s", both.n > 0 ? " " : "", edit_text(live->edit));
    live_panel_close(live);
    if (inside)
        set_line(live, buf_str(&both), both.n);
    buf_free(&both);
}

/* ---- inside ---- */

static void say_done(struct view *view, const struct panel_rows *rows)
{
    struct buf names = {0};
    bool decision = rows->entry->kind == ENTRY_DECISION;
    for (size_t i = 0; i < rows->n; i++)
        if (rows->v[i].text == NULL && rows->v[i].name[0] != '\0')
            buf_addf(&names, "%s%s", names.n == 0 ? "" : ", ", rows->v[i].shown);
    if (names.n > 0)
        app_say(view->app, STYLE_MESSAGE, "Not recorded: %s", buf_str(&names));
    else
        app_say(view->app, STYLE_GOOD, "%s", decision ? "Everybody in the room has a position" : "Everybody in the room has said their side");
    buf_free(&names);
}

/* To the next row without words behind the one of `name`; after the last the panel closes. */
static void go_on(struct view *view, const char *name)
{
    struct live *live = live_of(view);
    struct arena *arena = arena_new();
    struct panel_rows rows;
    panel_rows_read(live, arena, &rows);
    size_t at = rows.n == 0 ? 0 : panel_row_open(&rows, panel_row_at(&rows, name) + 1);
    if (at < rows.n) {
        choose(live, rows.v[at].name);
    } else {
        if (rows.entry != NULL && view->app->message[0] == '\0')
            say_done(view, &rows);
        live_panel_close(live);
    }
    arena_free(arena);
}

static void record_position(struct view *view, const struct panel_meaning *m)
{
    struct live *live = live_of(view);
    struct err err = {0};
    struct buf name = {0};
    if (session_mark(&live->session, live->panel->entry, m->words, strlen(m->words), &err) != EVH_OK) {
        app_say_err(view->app, &err);
        return;
    }
    buf_adds(&name, buf_str(&live->panel->name));
    set_line(live, "", 0);
    live_say_notices(view);
    if (m->name != NULL && strcmp(m->name, buf_str(&name)) != 0) { /* another's words: this person is still to be asked */
        struct arena *arena = arena_new();
        struct panel_rows rows;
        panel_rows_read(live, arena, &rows);
        size_t at = panel_row_at(&rows, buf_str(&name));
        if (at < rows.n && rows.v[at].text != NULL)
            go_on(view, buf_str(&name));
        arena_free(arena);
    } else if (m->name != NULL || name.n == 0) {
        go_on(view, buf_str(&name));
    }
    buf_free(&name);
    live_draft_save(view);
}

/* It was no word of the panel's: it goes where it would have gone, and the panel is left. When it could not be stored, all stands as it was. */
static void commit_outside(struct view *view)
{
    struct live *live = live_of(view);
    struct live_panel *p = live->panel;
    live->panel = NULL;
    live->focus = LIVE_LINE;
    live_commit(view);
    if (edit_length(live->edit) > 0) {
        live_panel_close(live);
        live->panel = p;
        live->focus = LIVE_PANEL;
        return;
    }
    if (p->kept.n > 0)
        set_line(live, buf_str(&p->kept), p->kept_cursor);
    panel_free(p);
    live_draft_save(view); /* Enter took the waiting line from the disk too */
}

static void commit(struct view *view)
{
    struct live *live = live_of(view);
    struct arena *arena = arena_new();
    struct panel_meaning m = panel_meaning(live, arena, edit_text(live->edit));
    switch (m.deed) {
    case PANEL_NOTHING:
        set_line(live, "", 0);
        go_on(view, arena_strdup(arena, buf_str(&live->panel->name)));
        break;
    case PANEL_EXPANDS:
        set_line(live, m.words, strlen(m.words));
        break;
    case PANEL_RECORDS:
        record_position(view, &m);
        break;
    case PANEL_LEAVES:
        commit_outside(view);
        break;
    case PANEL_NO_POSITION:
        app_say(view->app, STYLE_WARN, "That is no position: %s", panel_letters(live, 80));
        break;
    }
    arena_free(arena);
}

/* The words in turn; a letter that stands for some becomes these. In words of their own, Tab completes names as ever. */
static void finish(struct view *view)
{
    struct live *live = live_of(view);
    const char *const *words = panel_words(live);
    const char *text = edit_text(live->edit);
    struct arena *arena = arena_new();
    struct panel_meaning m = panel_meaning(live, arena, text);
    size_t next = 0;
    bool cycles = words != NULL && text[0] == '\0';
    for (size_t i = 0; words != NULL && words[i] != NULL; i++)
        if (strcmp(words[i], text) == 0) {
            next = i + 1;
            cycles = true;
        }
    if (m.deed == PANEL_EXPANDS)
        set_line(live, m.words, strlen(m.words));
    else if (cycles)
        set_line(live, words[next] == NULL ? "" : words[next], words[next] == NULL ? 0 : strlen(words[next]));
    else
        live_line_finish(view);
    arena_free(arena);
}

static bool is_word(const struct live *live)
{
    const char *const *words = panel_words(live);
    const char *text = edit_text(live->edit);
    bool is = text[0] == '\0';
    for (; words != NULL && *words != NULL && !is; words++)
        is = strcmp(*words, text) == 0;
    return is;
}

/* The row above or below; words stay with the person they were typed for. */
static void move(struct view *view, int by)
{
    struct live *live = live_of(view);
    if (!is_word(live)) {
        app_say(view->app, STYLE_MESSAGE, "Enter puts these words on record first, or Esc leaves them out");
        return;
    }
    struct arena *arena = arena_new();
    struct panel_rows rows;
    panel_rows_read(live, arena, &rows);
    size_t at = panel_row_at(&rows, buf_str(&live->panel->name));
    if (by < 0 ? at > 0 : at + 1 < rows.n) {
        choose(live, rows.v[by < 0 ? at - 1 : at + 1].name);
        set_line(live, "", 0);
    }
    arena_free(arena);
}

/* Words are not lost to one key. */
static bool may_leave(struct view *view)
{
    struct live *live = live_of(view);
    if (is_word(live) || live->panel->leaving)
        return true;
    app_say(view->app, STYLE_MESSAGE, "Enter puts these words on record; Esc once more leaves them out");
    live->panel->leaving = true;
    return false;
}

/* Keys that begin something else on the line, or look at something else. */
static bool goes_elsewhere(enum action action)
{
    static const enum action elsewhere[] = {ACTION_LIVE_NOTE, ACTION_LIVE_VIEW, ACTION_LIVE_ACTION, ACTION_LIVE_DISAGREE, ACTION_LIVE_DECIDE,
                                            ACTION_LIVE_NEXT, ACTION_LIVE_READ, ACTION_LIVE_SIGN,   ACTION_LIVE_CHECK};
    for (size_t i = 0; i < NITEMS(elsewhere); i++)
        if (elsewhere[i] == action)
            return true;
    return false;
}

bool live_panel_act(struct view *view, enum action action)
{
    struct live *live = live_of(view);
    if (goes_elsewhere(action)) {
        if (is_word(live)) {
            live_panel_close(live);
            return false;
        }
        app_say(view->app, STYLE_MESSAGE, "Enter puts these words on record first, or Esc leaves them out");
        return true;
    }
    bool moves = (action == ACTION_LINE_UP || action == ACTION_LINE_DOWN) && !edit_act(live->edit, action, live->columns);
    if (action == ACTION_BACK || action == ACTION_INTERRUPT) {
        if (!may_leave(view))
            return true;
        if (!is_word(live)) {
            live_line_put_aside(live);
            app_say(view->app, STYLE_MESSAGE, "The words are left out; Ctrl-Y puts them back into the line");
        }
        live_panel_close(live);
        return true;
    }
    live->panel->leaving = false;
    if (moves)
        move(view, action == ACTION_LINE_UP ? -1 : 1);
    else if (action == ACTION_COMMIT)
        commit(view);
    else if (action == ACTION_FINISH)
        finish(view);
    else
        return action == ACTION_LINE_UP || action == ACTION_LINE_DOWN;
    return true;
}

/* ---- the half-typed words on disk ---- */

#define PLACE "panel "
#define PLACE_NAME 120

/* "panel ENTRY NAME", the name as far as it has room. */
static void put_place(const struct live_panel *p, struct buf *out)
{
    char id[UUID_TEXT];
    uuid_text(p->entry, id);
    size_t fit = p->name.n;
    while (fit > PLACE_NAME)
        fit = text_prev(buf_str(&p->name), p->name.n, fit);
    buf_addf(out, PLACE "%s %.*s", id, (int)fit, buf_str(&p->name));
}

const char *live_panel_kept(const struct live *live, size_t *cursor)
{
    if (live->focus != LIVE_PANEL)
        return NULL;
    *cursor = live->panel->kept_cursor;
    return buf_str(&live->panel->kept);
}

static bool keep_at(struct view *view, const char *place, const char *text, size_t cursor)
{
    struct live *live = live_of(view);
    struct err err = {0};
    if (place[0] == '\0' || store_draft_save_at(live->session.store, live->session.record->id, place, text, cursor, &err) == EVH_OK)
        return true;
    if (!trouble_is(err.code)) /* of those the app speaks, once */
        app_say_err(view->app, &err);
    return false;
}

void live_panel_draft_save(struct view *view)
{
    struct live *live = live_of(view);
    struct live_panel_draft *d = &live->panel_draft;
    struct buf place = {0};
    const char *text = live->focus == LIVE_PANEL ? edit_text(live->edit) : "";
    size_t cursor = live->focus == LIVE_PANEL ? edit_cursor(live->edit) : 0;
    if (text[0] != '\0')
        put_place(live->panel, &place);
    bool same_place = strcmp(buf_str(&place), buf_str(&d->place)) == 0;
    bool same = same_place && cursor == d->cursor && strcmp(text, buf_str(&d->text)) == 0;
    bool kept = same || (same_place || keep_at(view, buf_str(&d->place), "", 0));
    if (!same && kept && keep_at(view, buf_str(&place), text, cursor)) {
        buf_clear(&d->place);
        buf_adds(&d->place, buf_str(&place));
        buf_clear(&d->text);
        buf_adds(&d->text, text);
        d->cursor = cursor;
    }
    buf_free(&place);
}

/* Goes back to where the words were typed; when that entry went, they stand in the line. */
static void take_draft(struct view *view, const char *place, const struct draft *draft)
{
    struct live *live = live_of(view);
    struct uuid entry;
    size_t at = strlen(PLACE);
    bool found = strlen(place) >= at + UUID_TEXT && uuid_read(place + at, UUID_TEXT - 1, &entry) && live_panel_open(view, entry) && live->focus == LIVE_PANEL;
    if (!found) {
        struct buf both = {0};
        buf_addf(&both, "%s%s%s", edit_text(live->edit), edit_length(live->edit) > 0 ? " " : "", draft->text);
        set_line(live, buf_str(&both), both.n);
        buf_free(&both);
        return;
    }
    const char *name = place + at + UUID_TEXT;
    struct arena *arena = arena_new();
    struct panel_rows rows;
    panel_rows_read(live, arena, &rows);
    for (size_t i = 0; i < rows.n; i++) {
        bool cut = strlen(name) + 8 > PLACE_NAME && text_starts(rows.v[i].name, name);
        if (cut || strcmp(rows.v[i].name, name) == 0)
            choose(live, rows.v[i].name);
    }
    arena_free(arena);
    set_line(live, draft->text, draft->cursor);
}

void live_panel_draft_load(struct view *view)
{
    struct live *live = live_of(view);
    struct arena *arena = arena_new();
    struct draft draft = {0};
    struct err err = {0};
    const char *place = NULL;
    struct uuid meeting = live->session.record->id;
    enum evh r = store_draft_place(live->session.store, arena, meeting, PLACE, &place, &err);
    if (r == EVH_OK && place != NULL)
        r = store_draft_load_at(live->session.store, arena, meeting, place, &draft, &err);
    if (r != EVH_OK)
        app_say_err(view->app, &err);
    if (draft.text != NULL) {
        buf_adds(&live->panel_draft.place, place);
        buf_adds(&live->panel_draft.text, draft.text);
        live->panel_draft.cursor = draft.cursor;
        take_draft(view, place, &draft);
        app_say(view->app, STYLE_MESSAGE, "The line stands as it was left");
    }
    arena_free(arena);
}

void live_panel_free(struct live *live)
{
    panel_free(live->panel);
    buf_free(&live->panel_draft.place);
    buf_free(&live->panel_draft.text);
}
