/* What is done to entries: choosing one, what people say of it (withdrawn, disputed, answered, translated), reading back, and undo. */
#include "tui/live.h"

#include <string.h>

#include "core/names.h"
#include "core/presence.h"
#include "core/text.h"
#include "tui/pick.h"

size_t live_entry_index(const struct record *record, struct uuid id)
{
    for (size_t i = record->nentries; i > 0; i--)
        if (uuid_same(record->entries[i - 1].id, id))
            return i - 1;
    return record->nentries;
}

const struct entry *live_chosen(const struct live *live)
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

bool live_at_last(const struct live *live)
{
    const struct record *r = live->session.record;
    return r->nentries == 0 || uuid_same(live->chosen, r->entries[r->nentries - 1].id);
}

void live_entries_last(struct live *live)
{
    const struct record *r = live->session.record;
    live->chosen = r->nentries == 0 ? (struct uuid){{0}} : r->entries[r->nentries - 1].id;
}

/* The entry in focus went: the last one is, or the line where there is none. */
void live_entries_nearest(struct live *live)
{
    const struct record *r = live->session.record;
    if (r->nentries == 0)
        live_focus_line(live);
    else
        live->chosen = r->entries[r->nentries - 1].id;
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
    const struct entry *e = live_chosen(live);
    if (e != NULL && restricted(&e->restriction))
        live->shown = uuid_same(live->shown, e->id) ? (struct uuid){{0}} : e->id;
}

void live_entries_open(struct view *view)
{
    struct live *live = live_of(view);
    const struct entry *e = live_chosen(live);
    if (e == NULL)
        return;
    if (restricted(&e->restriction) && !uuid_same(live->shown, e->id))
        live->shown = e->id;
    else if (live->reading)
        live_read_begin(view);
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

/* ---- what people say of it ---- */

enum { MARK_WITHDRAWN, MARK_DISPUTED, MARK_ANSWERED, MARK_TRANSLATED, MARKS };

static const struct {
    enum action action;
    const char *place;
    const char *whose;      /* who is asked for first; NULL: nobody */
    const char *question;   /* the entry's name and theirs are put in */
} marks[MARKS] = {
    [MARK_WITHDRAWN] = {ACTION_WITHDRAW, "withdrawn", NULL, "Why withdraw %s?"},
    [MARK_DISPUTED] = {ACTION_DISPUTE, "disputed", "Who disputes %s?", "What is wrong with %s, in the words of %s?"},
    [MARK_ANSWERED] = {ACTION_ANSWER, "answered", "Who answers %s?", "The answer to %s, in the words of %s:"},
    [MARK_TRANSLATED] = {ACTION_TRANSLATE, "translated", "Who interpreted %s?", "The words of %s as %s gave them, the language first:"},
};

#define NOT_INTERPRETED "it was not interpreted"

static bool mark(struct view *view, struct uuid entry, const char *line)
{
    struct live *live = live_of(view);
    struct err err = {0};
    live->fresh = false;
    if (session_mark(&live->session, entry, line, strlen(line), &err) != EVH_OK) {
        app_say_err(view->app, &err);
        return false;
    }
    live_say_notices(view);
    return true;
}

/* "= in English: words, by NAME" */
static void put_translation(const struct live *live, struct buf *line, const char *answer)
{
    size_t colon = strcspn(answer, ":");
    bool language = answer[colon] == ':' && colon > 0 && colon <= 40;
    const char *words = language ? answer + colon + 1 : answer;
    while (text_blank(words[0]))
        words++;
    buf_addf(line, "= in %.*s: %s, by %s", language ? (int)colon : 7, language ? answer : "English", words, buf_str(&live->who));
}

/* An answer that is given on another day than the meeting's says when. */
static void put_day(struct view *view, struct buf *line)
{
    int32_t today = app_now(view->app).day;
    if (today == live_of(view)->session.record->date)
        return;
    buf_adds(line, " (");
    civil_put_day(line, today);
    buf_addc(line, ')');
}

static void mark_answered(struct view *view, int which, const char *answer)
{
    struct live *live = live_of(view);
    struct buf line = {0};
    if (which == MARK_TRANSLATED)
        put_translation(live, &line, answer);
    else if (which == MARK_WITHDRAWN)
        buf_addf(&line, "= withdrawn: %s", answer);
    else
        buf_addf(&line, "= %s by %s: %s", marks[which].place, buf_str(&live->who), answer);
    if (which == MARK_ANSWERED)
        put_day(view, &line);
    if (mark(view, live->chosen, buf_str(&line)) && view->app->message[0] == '\0')
        app_say(view->app, STYLE_GOOD, "On record. Ctrl-G u takes it back");
    buf_free(&line);
}

/* Asks for the words; half typed they are kept under the entry and the person, so that they never come under another's name. */
static void ask_words(struct view *view, int which)
{
    struct live *live = live_of(view);
    const struct entry *e = live_chosen(live);
    struct buf name = {0}, question = {0}, place = {0};
    char id[UUID_TEXT];
    if (e == NULL)
        return;
    entry_put_name(&name, e);
    struct arena *arena = arena_new();
    const char *question_parts = marks[which].question, *first = strstr(question_parts, "%s"), *second = strstr(first + 2, "%s");
    buf_add(&question, question_parts, (size_t)(first - question_parts));
    buf_adds(&question, buf_str(&name));
    buf_add(&question, first + 2, second == NULL ? strlen(first + 2) : (size_t)(second - first - 2));
    if (second != NULL)
        buf_addf(&question, "%s%s", live_who(live->session.record, arena, buf_str(&live->who)), second + 2);
    uuid_text(e->id, id);
    buf_addf(&place, "mark:%s:%s:%s", marks[which].place, id, which == MARK_WITHDRAWN ? "" : buf_str(&live->who));
    app_ask(view->app, &(struct ask){.question = buf_str(&question), .initial = which == MARK_TRANSLATED ? "English: " : NULL, .required = true, .answered = mark_answered,
                                     .asker = view, .tag = which, .about = live->session.record->id, .place = buf_str(&place)});
    arena_free(arena);
    buf_free(&name);
    buf_free(&question);
    buf_free(&place);
}

static void who_picked(struct view *view, int which, const char *word)
{
    struct live *live = live_of(view);
    if (which == MARK_TRANSLATED && strcmp(word, NOT_INTERPRETED) == 0) {
        mark(view, live->chosen, "= not interpreted");
        return;
    }
    buf_clear(&live->who);
    buf_adds(&live->who, names_full(live->session.record, live->session.arena, word, strlen(word)));
    ask_words(view, which);
}

/* Interpreters first where that is asked; then who is in the room, then everybody else on the list. */
static int rank(const struct record *r, const struct attendee *p, int time, int which)
{
    struct interval interval;
    if (which == MARK_TRANSLATED && (p->bits & CAP_INTERPRETER) != 0)
        return 0;
    return presence_now(r, p, time, &interval) == ROOM_IN ? 1 : 2;
}

static void ask_who(struct view *view, int which, const struct entry *e)
{
    const struct record *r = live_of(view)->session.record;
    struct now now = app_now(view->app);
    int time = live_time(r, &now);
    struct arena *arena = arena_new();
    const char **names = arena_alloc(arena, r->npeople + 2, sizeof *names);
    size_t n = 0;
    if (which == MARK_TRANSLATED)
        names[n++] = NOT_INTERPRETED;
    for (int order = 0; order < 3; order++)
        for (size_t i = 0; i < r->npeople; i++)
            if (rank(r, &r->people[i], time, which) == order)
                names[n++] = r->people[i].name;
    struct buf name = {0}, question = {0};
    entry_put_name(&name, e);
    const char *asked = marks[which].whose, *hole = strstr(asked, "%s");
    buf_add(&question, asked, (size_t)(hole - asked));
    buf_addf(&question, "%s%s", buf_str(&name), hole + 2);
    buf_adds(&question, " A number, a name, or any other words");
    pick_ask(view->app, &(struct pick){.question = buf_str(&question), .items = names, .n = n, .other = true, .numbered = true, .picked = who_picked, .asker = view, .tag = which});
    buf_free(&name);
    buf_free(&question);
    arena_free(arena);
}

/* Why not; NULL: it may be done. */
static const char *refusal(const struct entry *e, int which)
{
    if (e->withdrawn != NULL && which != MARK_ANSWERED)
        return "It is withdrawn already";
    if (e->kind != ENTRY_MINUTED)
        return NULL;
    return which == MARK_WITHDRAWN ? "Minuted words are never withdrawn, only answered: A" : which == MARK_DISPUTED ? "Minuted words stand as they were said: A answers them" : NULL;
}

bool live_mark_ask(struct view *view, enum action action)
{
    const struct entry *e = live_chosen(live_of(view));
    int which = 0;
    while (which < MARKS && marks[which].action != action)
        which++;
    if (which == MARKS)
        return false;
    if (e == NULL)
        return true;
    const char *why_not = refusal(e, which);
    if (why_not != NULL)
        app_say(view->app, STYLE_MESSAGE, "%s", why_not);
    else if (marks[which].whose != NULL)
        ask_who(view, which, e);
    else
        ask_words(view, which);
    return true;
}

void live_mark_resume(struct view *view)
{
    struct live *live = live_of(view);
    struct arena *arena = arena_new();
    const char *place = NULL;
    struct uuid id;
    struct uuid meeting = live->session.record->id;
    if (view->app->message[0] == '\0' && store_draft_place(live->session.store, arena, meeting, "sign:", &place, NULL) == EVH_OK && place != NULL)
        app_say(view->app, STYLE_MESSAGE, "Words of the sign-off were left half typed: F10 goes on with them");
    if (store_draft_place(live->session.store, arena, meeting, "mark:", &place, NULL) != EVH_OK)
        place = NULL;
    if (place != NULL)
        place += strlen("mark:");
    for (int which = 0; which < MARKS && place != NULL; which++) {
        size_t n = strlen(marks[which].place);
        if (strncmp(place, marks[which].place, n) != 0 || place[n] != ':' || strlen(place + n + 1) < UUID_TEXT || !uuid_read(place + n + 1, UUID_TEXT - 1, &id))
            continue;
        const struct entry *e = record_entry(live->session.record, id);
        if (e == NULL || refusal(e, which) != NULL || !uuid_none(live->editing) || live->focus == LIVE_PANEL)
            continue;
        live->chosen = id;
        live->focus = LIVE_ENTRIES;
        buf_clear(&live->who);
        buf_adds(&live->who, place + n + 1 + UUID_TEXT);
        ask_words(view, which);
    }
    arena_free(arena);
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
    const struct entry *e = live->focus == LIVE_ENTRIES ? live_chosen(live) : last_readable(live->session.record);
    if (e == NULL) {
        app_say(view->app, STYLE_MESSAGE, "There is nothing to read back yet");
        return;
    }
    if (restricted(&e->restriction) && !uuid_same(live->shown, e->id)) {
        app_say(view->app, STYLE_MESSAGE, "It is confidential: Space opens it first");
        return;
    }
    live->chosen = e->id;
    live->focus = LIVE_READ;
}

void live_read_mark(struct view *view, const char *how)
{
    struct live *live = live_of(view);
    struct buf line = {0};
    bool corrected = strcmp(how, "confirmed") == 0 && uuid_same(live->reworded, live->chosen); /* while it was read */
    buf_addf(&line, "= read back; %s", corrected ? "corrected" : how);
    live_focus_line(live);
    live->reworded = (struct uuid){{0}};
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
    app_say(view->app, STYLE_WARN, "%s %s? y does it", redo ? "Redo: gives again" : "Undo: takes back", says);
}

static void undo_now(struct view *view, bool redo)
{
    struct live *live = live_of(view);
    struct err err = {0};
    const char *says = session_undo_says(&live->session, redo);
    if (session_undo(&live->session, redo, &err) != EVH_OK)
        app_say_err(view->app, &err);
    else
        app_say(view->app, STYLE_GOOD, "%s: %s. Ctrl-G %s", redo ? "Given again" : "Taken back", says == NULL ? "the last change" : says,
                redo ? "u takes it back" : "r gives it again");
    if (live->focus == LIVE_ENTRIES && live_chosen(live) == NULL)
        live_entries_nearest(live);
    live_record_changed(view);
}

/* ---- a question on the message line ---- */

bool live_answer(struct view *view, const char *utf8, size_t n)
{
    struct live *live = live_of(view);
    enum live_pending pending = live->pending;
    live->pending = LIVE_NOTHING_PENDING;
    if (n != 1 || pending == LIVE_NOTHING_PENDING)
        return false;
    if (pending == LIVE_PENDING_WHO)
        return live_heard_who(view, utf8[0]);
    if (pending == LIVE_PENDING_LEAVE || (utf8[0] != 'y' && utf8[0] != 'Y'))
        return false;
    undo_now(view, pending == LIVE_PENDING_REDO);
    return true;
}
