/* Who was heard on an item: counts, the question on leaving it, and "asked, nothing to add" (product.md, "The heard meter").
 *
 * The question stands on the message line and blocks nothing: what is typed is typed. Where the next heading is on record already, an answer
 * given before anything else is recorded still goes to the item that was left. */
#include "tui/live.h"

#include <string.h>

#include "core/check.h"
#include "core/memory.h"
#include "core/names.h"
#include "core/presence.h"
#include "core/text.h"

/* ---- counts ---- */

/* Their view, or their words or position under something else. */
static bool heard_in(const struct record *record, const struct entry *e, enum entry_kind kind)
{
    unsigned who = kind == ENTRY_CHILD_VIEW ? CAP_CHILD : CAP_PARENT | CAP_CARER;
    if (e->kind == kind)
        return true;
    for (size_t i = 0; i < record->npeople; i++)
        if ((record->people[i].bits & who) != 0 && check_heard(e, record->people[i].name))
            return true;
    return false;
}

int live_heard_count(const struct record *record, size_t item, enum entry_kind kind)
{
    int n = 0;
    for (size_t i = record->nentries; i > 0 && record->entries[i - 1].item >= item; i--) {
        const struct entry *e = &record->entries[i - 1];
        n += e->item == item && e->withdrawn == NULL && heard_in(record, e, kind);
    }
    return n;
}

/* Something of theirs stands there; with `view`, only a view of a parent or a child counts. */
static bool heard(const struct record *r, size_t item, const struct attendee *p, bool view)
{
    for (size_t i = r->nentries; i > 0 && r->entries[i - 1].item >= item; i--) {
        const struct entry *e = &r->entries[i - 1];
        bool counts = !view || e->kind == ENTRY_PARENT_VIEW || e->kind == ENTRY_CHILD_VIEW;
        if (e->item == item && counts && check_heard(e, p->name))
            return true;
    }
    return false;
}

/* In the room at some time since the item began. Who is expected later in it has not been there yet. */
static bool was_in(const struct record *r, const struct attendee *p, size_t item, int now)
{
    struct interval *v, found;
    int from, to;
    if (presence_now(r, p, now, &found) == ROOM_IN)
        return true;
    if (!presence_item_span(r, item, &from, &to))
        return false;
    struct arena *arena = arena_new();
    size_t n = presence_of(r, p, true, arena, &v, NULL);
    bool was = false;
    for (size_t i = 0; i < n; i++)
        was = was || (v[i].from <= now && (v[i].to == TIME_NONE || v[i].to > from));
    arena_free(arena);
    return was;
}

static size_t not_heard(const struct live *live, const struct now *now, size_t item, bool view, const struct attendee *out[LIVE_PARENTS])
{
    const struct record *r = live->session.record;
    int time = live_time(r, now);
    size_t n = 0;
    for (size_t i = 0; i < r->npeople && n < LIVE_PARENTS; i++) {
        const struct attendee *p = &r->people[i];
        if ((p->bits & (CAP_PARENT | CAP_CARER)) != 0 && was_in(r, p, item, time) && !heard(r, item, p, view))
            out[n++] = p;
    }
    return n;
}

size_t live_not_heard(const struct live *live, const struct now *now, size_t item, const struct attendee *out[LIVE_PARENTS])
{
    return not_heard(live, now, item, false, out);
}

/* ---- the item that is asked about ---- */

static size_t current(const struct live *live)
{
    return live->session.record->nitems - 1;
}

/* The heading that was put on record while it was asked about the item before: nothing stands under it yet. */
static bool just_left(const struct live *live)
{
    const struct record *r = live->session.record;
    return !uuid_none(live->heard.heading) && r->nitems > 2 && uuid_same(r->items[r->nitems - 1].id, live->heard.heading) &&
           (r->nentries == 0 || r->entries[r->nentries - 1].item + 1 < r->nitems);
}

static size_t asked_item(const struct live *live)
{
    return current(live) - (just_left(live) ? 1 : 0);
}

/* It was asked about the item, and nothing has come since. */
bool live_heard_asked(const struct live *live)
{
    const struct record *r = live->session.record;
    return !uuid_none(live->heard.item) && uuid_same(live->heard.item, r->items[r->nitems - 1].id) && live->heard.nentries == r->nentries;
}

/* ---- the question ---- */

static void put_names(struct buf *out, const struct record *r, const struct attendee *const *people, size_t n)
{
    struct arena *arena = arena_new();
    for (size_t i = 0; i < n; i++)
        buf_addf(out, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " and ", names_short(r, arena, people[i]));
    arena_free(arena);
}

/* Asks while somebody was not heard; false: everybody was. */
static bool ask(struct view *view)
{
    struct live *live = live_of(view);
    const struct record *r = live->session.record;
    const struct attendee *people[LIVE_PARENTS];
    struct now now = app_now(view->app);
    size_t item = asked_item(live);
    size_t n = live_not_heard(live, &now, item, people);
    live->heard.item = r->items[item].id;
    live->heard.nentries = r->nentries;
    if (n == 0)
        return false;
    struct buf names = {0}, where = {0};
    put_names(&names, r, people, n);
    buf_adds(&where, "this item");
    if (just_left(live)) {
        buf_clear(&where);
        buf_addf(&where, "item %zu", item);
    }
    app_say(view->app, STYLE_MESSAGE, "Not yet heard from %s on %s: F3 now, ^G n = asked, nothing to add, Enter%s = move on", buf_str(&names), buf_str(&where),
            live->offered ? "" : " on an empty line");
    buf_free(&names);
    buf_free(&where);
    return true;
}

/* Only in the meeting itself, and in its minutes: whoever types it in later, or takes notes of their own, has nobody to ask. */
static bool asks(struct view *view)
{
    const struct record *r = live_of(view)->session.record;
    bool notes = r->kept_as != NULL && strcmp(r->kept_as, "notes") == 0;
    return !notes && r->date == app_now(view->app).day;
}

void live_heard_leaving(struct view *view)
{
    struct live *live = live_of(view);
    live->heard.heading = (struct uuid){{0}};
    if (current(live) > 0 && asks(view))
        (void)ask(view);
}

void live_heard_left(struct view *view)
{
    struct live *live = live_of(view);
    const struct record *r = live->session.record;
    live->heard.heading = r->items[r->nitems - 1].id;
    if (!just_left(live) || !asks(view) || !ask(view))
        live->heard.heading = (struct uuid){{0}};
}

void live_heard_forget(struct live *live)
{
    live->heard.heading = (struct uuid){{0}};
    live->heard.begun = false;
}

bool live_heard_signing(struct view *view, struct buf *names)
{
    struct live *live = live_of(view);
    const struct attendee *people[LIVE_PARENTS];
    struct now now = app_now(view->app);
    if (current(live) == 0 || !asks(view) || live_heard_asked(live))
        return false;
    size_t n = live_not_heard(live, &now, current(live), people);
    put_names(names, live->session.record, people, n);
    return n > 0;
}

/* ---- answers ---- */

/* Goes on asking for whoever is left, or says that nobody is. Where the item was not being left, it will be asked again when it is. */
static void ask_on(struct view *view, bool leaving)
{
    struct live *live = live_of(view);
    if (just_left(live)) /* the heading was recorded anew behind the answer */
        live->heard.heading = live->session.record->items[current(live)].id;
    size_t item = asked_item(live);
    bool left = just_left(live);
    if (asks(view) && item > 0 && ask(view)) {
        if (!leaving)
            live->heard.item = (struct uuid){{0}};
        return;
    }
    if (left)
        app_say(view->app, STYLE_MESSAGE, "On record under item %zu: every parent and carer who was in the room has been heard on it", item);
    else
        app_say(view->app, STYLE_MESSAGE, "On record: every parent and carer in the room has been heard on this item");
    live_heard_forget(live);
}

enum evh live_heard_line(struct live *live, const char *line, size_t n, struct err *err)
{
    if (!just_left(live))
        return session_line(&live->session, line, n, err);
    enum evh r = session_left(&live->session, line, n, err);
    if (r == EVH_OK)
        live->heard.heading = live->session.record->items[current(live)].id;
    return r;
}

bool live_heard_takes(const struct live *live)
{
    const struct preview *p = &live->preview;
    return live->heard.begun && just_left(live) && p->is_entry && (p->kind == ENTRY_PARENT_VIEW || p->kind == ENTRY_CHILD_VIEW);
}

void live_heard_recorded(struct view *view)
{
    ask_on(view, true);
    live_of(view)->heard.begun = false;
}

static void record_nothing(struct view *view, const struct attendee *p)
{
    struct live *live = live_of(view);
    struct buf line = {0};
    struct err err = {0};
    enum notation_section section = live->session.reader.section;
    bool leaving = live_heard_asked(live);
    live->session.reader.section = SECTION_BODY; /* in a list of sign-offs it would be a row of it */
    buf_addf(&line, "P: %s: asked, nothing to add", p->name);
    enum evh r = live_heard_line(live, buf_str(&line), line.n, &err);
    live->session.reader.section = section;
    buf_free(&line);
    buf_clear(&live->saved); /* the half-typed line went from the disk with this one, and may have taken longer than a second to type */
    live_draft_save(view);
    live->fresh = false;
    if (r != EVH_OK)
        app_say_err(view->app, &err);
    else
        ask_on(view, leaving);
}

/* Who may be recorded as having nothing to add: whoever is not on record there, else whoever has no view of their own. */
static size_t candidates(struct view *view, const struct attendee *people[LIVE_PARENTS])
{
    struct live *live = live_of(view);
    struct now now = app_now(view->app);
    size_t n = not_heard(live, &now, asked_item(live), false, people);
    return n > 0 ? n : not_heard(live, &now, asked_item(live), true, people);
}

void live_nothing_to_add(struct view *view)
{
    struct live *live = live_of(view);
    const struct attendee *people[LIVE_PARENTS];
    size_t n = candidates(view, people);
    if (n == 0) {
        app_say(view->app, STYLE_MESSAGE, "Every parent and carer in the room has been heard on this item");
    } else if (n == 1) {
        record_nothing(view, people[0]);
    } else {
        if (live->focus == LIVE_ENTRIES) /* where digits are no keys */
            live_focus_line(live);
        struct arena *arena = arena_new();
        struct buf list = {0};
        for (size_t i = 0; i < n; i++)
            buf_addf(&list, "  %zu\u00A0%s", i + 1, names_short(live->session.record, arena, people[i]));
        app_say(view->app, STYLE_MESSAGE, "Who was asked and had nothing to add?%s", buf_str(&list));
        buf_free(&list);
        arena_free(arena);
        live->pending = LIVE_PENDING_WHO;
    }
}

bool live_heard_who(struct view *view, char digit)
{
    const struct attendee *people[LIVE_PARENTS];
    size_t n = candidates(view, people);
    if (digit < '1' || (size_t)(digit - '0') > n)
        return false;
    record_nothing(view, people[digit - '1']);
    return true;
}

bool live_heard_view(struct view *view)
{
    struct live *live = live_of(view);
    const struct attendee *people[LIVE_PARENTS];
    struct now now = app_now(view->app);
    const char *line = edit_text(live->edit);
    bool left = just_left(live);
    if (live->heard.begun && live->heard.prefix.n > 0 && strcmp(line, buf_str(&live->heard.prefix)) == 0) { /* the key again: the child's view */
        live->heard.prefix.n = 0;
        edit_set(live->edit, "C: ", 3);
        live_line_changed(live);
        return true;
    }
    if (!live->offered && (!left || line[0] != '\0'))
        return false;
    size_t n = live_not_heard(live, &now, asked_item(live), people);
    size_t parents = 0;
    for (size_t i = 0; i < live->session.record->npeople; i++)
        parents += (live->session.record->people[i].bits & (CAP_PARENT | CAP_CARER)) != 0;
    buf_clear(&live->heard.prefix);
    buf_adds(&live->heard.prefix, "P: ");
    if (n > 0 && parents > 1)
        buf_addf(&live->heard.prefix, "%s: ", people[0]->name);
    edit_set(live->edit, buf_str(&live->heard.prefix), live->heard.prefix.n);
    live_focus_line(live);
    live_line_changed(live);
    live->heard.begun = true;
    return true;
}

const char *live_heard_hint(const struct live *live)
{
    return live_heard_takes(live) ? "goes to the item that was just left; Enter on an empty line moves on" : NULL;
}
