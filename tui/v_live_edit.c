/* Editing an entry on the line: the unfinished line steps aside and comes back, and the old words are kept in the record. */
#include <stdlib.h>
#include <string.h>

#include "tui/live.h"

#include "core/text.h"

static const struct entry *edited(const struct live *live)
{
    return uuid_none(live->editing) ? NULL : record_entry(live->session.record, live->editing);
}

/* The wording that is on record now, to tell whether somebody else changes it meanwhile. */
static void remember(struct live *live)
{
    const struct entry *e = edited(live);
    buf_clear(&live->editing_was);
    if (e != NULL)
        notation_print_entry(&live->editing_was, live->session.record, e, true);
}

bool live_edit_changed(const struct live *live)
{
    return !uuid_none(live->editing) && strcmp(edit_text(live->edit), buf_str(&live->editing_was)) != 0;
}

bool live_edit_holds(struct view *view)
{
    if (!live_edit_changed(live_of(view)))
        return false;
    app_say(view->app, STYLE_MESSAGE, "Enter puts the new wording on record first, or Esc leaves it out");
    return true;
}

void live_edit_begin(struct view *view, struct uuid entry)
{
    struct live *live = live_of(view);
    size_t i = live_entry_index(live->session.record, entry);
    if (i == live->session.record->nentries || live_edit_holds(view))
        return;
    const struct entry *e = &live->session.record->entries[i];
    if (e->kind == ENTRY_MINUTED || e->withdrawn != NULL) {
        app_say(view->app, STYLE_MESSAGE, "%s", e->withdrawn != NULL ? "It is withdrawn: type it anew"
                : "Minuted words are never edited: A among the entries answers them");
        return;
    }
    bool reading = live->focus == LIVE_READ;
    live_edit_leave(live);
    live->rereads = reading;
    buf_clear(&live->kept);
    buf_adds(&live->kept, edit_text(live->edit));
    live->kept_cursor = edit_cursor(live->edit);
    live->editing = live->chosen = entry;
    remember(live);
    edit_set(live->edit, buf_str(&live->editing_was), live->editing_was.n);
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
    live->rereads = false;
    edit_set(live->edit, buf_str(&live->kept), live->kept_cursor);
    buf_clear(&live->kept);
    live_line_changed(live);
}

/* Somebody else took the line back or changed it while it was edited here: said once, and Enter again does what it says. */
static bool changed_meanwhile(struct view *view)
{
    struct live *live = live_of(view);
    struct buf was = {0};
    buf_adds(&was, buf_str(&live->editing_was));
    remember(live);
    bool changed = strcmp(buf_str(&was), buf_str(&live->editing_was)) != 0;
    buf_free(&was);
    if (changed && live->editing_was.n == 0)
        app_say(view->app, STYLE_WARN, "That line was taken back elsewhere meanwhile: Enter puts your words on record as a new line, Esc leaves them");
    else if (changed)
        app_say(view->app, STYLE_WARN, "It was changed elsewhere meanwhile, and reads now “%s”: Enter keeps your words, Esc leaves these", buf_str(&live->editing_was));
    return changed;
}

static void finish(struct view *view)
{
    live_edit_leave(live_of(view));
    live_draft_save(view);
}

/* What was edited is gone: the words become a line of their own. */
static void commit_anew(struct view *view)
{
    struct live *live = live_of(view);
    struct err err = {0};
    if (session_line(&live->session, edit_text(live->edit), edit_length(live->edit), &err) != EVH_OK) {
        app_say_err(view->app, &err);
        return;
    }
    buf_clear(&live->saved); /* the half-typed line went from the disk with this one */
    live->saved_cursor = 0;
    finish(view);
}

void live_edit_commit(struct view *view)
{
    struct live *live = live_of(view);
    struct err err = {0};
    live_refresh(view);
    if (changed_meanwhile(view))
        return;
    if (edited(live) == NULL) {
        commit_anew(view);
        return;
    }
    enum evh code = session_edit(&live->session, live->editing, edit_text(live->edit), edit_length(live->edit), &err);
    if (code != EVH_OK && code != EVH_NO) {
        app_say_err(view->app, &err);
        return;
    }
    if (code == EVH_NO)
        app_say(view->app, STYLE_MESSAGE, "Nothing was different");
    else
        live_say_notices(view);
    bool rereads = live->rereads && code == EVH_OK;
    struct uuid entry = live->editing;
    finish(view);
    if (rereads) {
        live->chosen = live->reworded = entry;
        live->focus = LIVE_READ;
    }
}

/* ---- on disk ---- */

/* Two texts are half typed: the line that was left (first), the entry's id with the cursor in that line, and the new wording. */
void live_edit_put_draft(const struct live *live, struct buf *out)
{
    char id[UUID_TEXT];
    uuid_text(live->editing, id);
    buf_addf(out, "%s\n%s %zu\n%s", buf_str(&live->kept), id, live->kept_cursor, edit_text(live->edit));
}

bool live_edit_take_draft(struct live *live, const char *text, size_t cursor)
{
    const char *second = strchr(text, '\n');
    const char *third = second == NULL ? NULL : strchr(second + 1, '\n');
    struct uuid id;
    if (third == NULL || third - second < UUID_TEXT || !uuid_read(second + 1, UUID_TEXT - 1, &id))
        return false;
    char *end = NULL;
    unsigned long at = strtoul(second + UUID_TEXT, &end, 10);
    buf_clear(&live->kept);
    buf_add(&live->kept, text, (size_t)(second - text));
    live->kept_cursor = end == third && at <= live->kept.n ? (size_t)at : live->kept.n;
    live->editing = live->chosen = id;
    remember(live);
    edit_set(live->edit, third + 1, cursor < strlen(third + 1) ? cursor : strlen(third + 1));
    return true;
}
