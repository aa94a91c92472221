/* The people of the meeting (F7): who is in the room and how, who arrives and leaves, who chairs; the list itself, help that was offered, contacts,
 * conflicts of interest. Each key is one change of the record; what needs more than a key opens a sheet. */
#include "tui/people.h"

#include <string.h>

#include "core/names.h"
#include "core/presence.h"
#include "core/text.h"
#include "tui/pick.h"
#include "tui/sheet.h"

const struct attendee *people_chosen(const struct people_state *st)
{
    const struct record *r = st->session->record;
    return st->list.at < r->npeople ? &r->people[st->list.at] : NULL;
}

/* Who is in focus stays so, wherever they stand on the list now. */
static void remember(struct people_state *st)
{
    const struct attendee *p = people_chosen(st);
    st->focus = p == NULL ? (struct uuid){{0}} : p->id;
}

static void find_again(struct people_state *st)
{
    const struct record *r = st->session->record;
    list_set(&st->list, r->npeople);
    for (size_t i = 0; i < r->npeople; i++)
        if (uuid_same(r->people[i].id, st->focus))
            list_select(&st->list, i);
}

static enum evh people_open(struct view *view, const void *arg, struct err *err)
{
    struct people_state *st = view->state;
    (void)arg;
    if (sheet_live(view->below) == NULL)
        return err_set(err, EVH_STATE, "The people are shown from the live meeting");
    st->session = &live_of(sheet_live(view->below))->session;
    enum evh code = visits_open(view->app, "people", st->session->record->id, err);
    if (code != EVH_OK)
        return code;
    list_set(&st->list, st->session->record->npeople);
    remember(st);
    return EVH_OK;
}

/* ---- arriving and leaving ---- */

/* The last + or - line of somebody, NULL: the list alone says when they were there. */
static const struct entry *last_move(const struct record *r, const char *name)
{
    for (size_t i = r->nentries; i > 0; i--) {
        const struct entry *e = &r->entries[i - 1];
        if ((e->kind == ENTRY_ARRIVES || e->kind == ENTRY_LEAVES) && e->withdrawn == NULL && e->speaker != NULL && strcmp(e->speaker, name) == 0)
            return e;
    }
    return NULL;
}

static bool is_here(struct view *view, const struct attendee *p, struct interval *interval)
{
    struct people_state *st = view->state;
    struct now now = app_now(view->app);
    return presence_now(st->session->record, p, live_time(st->session->record, &now), interval) == ROOM_IN;
}

static void moves(struct view *view)
{
    struct people_state *st = view->state;
    const struct attendee *p = people_chosen(st);
    struct interval interval;
    struct arena *arena = arena_new();
    if (p != NULL) {
        bool here = is_here(view, p, &interval);
        const char *name = arena_strdup(arena, p->name); /* the record may be made anew */
        const char *line = arena_printf(arena, "%c%s", here ? '-' : '+', name);
        sheet_lines(view, &line, 1, arena_printf(arena, "On record: %s %s", name, here ? "leaves" : "arrives"));
    }
    arena_free(arena);
}

/* From here on in another way: who is here already leaves in the one way and goes on in the other, so that both intervals stay. */
static void goes_on(struct view *view, enum mode mode)
{
    static const char *const words[] = {[MODE_UNSAID] = "", [MODE_IN_PERSON] = "in person", [MODE_PHONE] = "by phone", [MODE_VIDEO] = "by video"};
    struct people_state *st = view->state;
    const struct attendee *p = people_chosen(st);
    struct interval interval;
    if (p == NULL)
        return;
    bool here = is_here(view, p, &interval);
    enum mode was = interval.mode == MODE_UNSAID ? MODE_IN_PERSON : interval.mode;
    struct arena *arena = arena_new();
    const char *name = arena_strdup(arena, p->name), *lines[2];
    if (here && was == mode) {
        app_say(view->app, STYLE_MESSAGE, "%s is here %s already", name, words[mode]);
        arena_free(arena);
        return;
    }
    const struct entry *last = last_move(st->session->record, name);
    bool one = !here || (mode != MODE_IN_PERSON && last != NULL && last->kind == ENTRY_ARRIVES); /* a second + goes on in the new way by itself */
    size_t n = 0;
    if (!one)
        lines[n++] = arena_printf(arena, "-%s: goes on %s", name, words[mode]);
    lines[n++] = arena_printf(arena, "+%s%s%s", name, mode == MODE_IN_PERSON ? "" : " ", mode == MODE_IN_PERSON ? "" : words[mode]);
    sheet_lines(view, lines, n, arena_printf(arena, "On record: %s is here %s from now", name, words[mode]));
    arena_free(arena);
}

static void chairs(struct view *view)
{
    struct people_state *st = view->state;
    const struct attendee *p = people_chosen(st);
    const char *chair = presence_chair(st->session->record);
    if (p == NULL)
        return;
    if (chair != NULL && strcmp(chair, p->name) == 0) {
        app_say(view->app, STYLE_MESSAGE, "%s is in the chair already", p->name);
        return;
    }
    struct arena *arena = arena_new();
    const char *line = arena_printf(arena, "chair: %s", p->name), *done = arena_printf(arena, "On record: %s takes the chair", p->name);
    sheet_lines(view, &line, 1, done);
    arena_free(arena);
}

/* ---- sheets ---- */

static void open_sheet(struct view *view, enum sheet_kind kind, struct uuid target, int index)
{
    const struct attendee *p = people_chosen(view->state);
    bool nobody = kind == SHEET_NEW_PERSON || kind == SHEET_BREAK;
    if (p == NULL && !nobody)
        return;
    (void)sheet_open(view, &(struct sheet_about){kind, nobody ? NULL : p->name, target, index});
}

static void breaks(struct view *view)
{
    struct people_state *st = view->state;
    const char *line = "resume";
    if (people_break(st->session->record) != NULL)
        sheet_lines(view, &line, 1, "On record: the meeting goes on");
    else
        open_sheet(view, SHEET_BREAK, (struct uuid){{0}}, -1);
}

/* What there is already may be changed; the first choice is something new. */
struct had { const char *words[40]; struct uuid id[40]; int index[40]; size_t n; };

static void add(struct had *had, const char *words, struct uuid id, int index)
{
    if (had->n == NITEMS(had->words))
        return;
    had->words[had->n] = words;
    had->id[had->n] = id;
    had->index[had->n++] = index;
}

static void find_had(const struct people_state *st, enum sheet_kind kind, struct arena *arena, struct had *had)
{
    const struct record *r = st->session->record;
    const struct attendee *p = people_chosen(st);
    struct uuid none = {{0}};
    had->n = 0;
    add(had, kind == SHEET_HELP ? "new: help that was offered, or not" : kind == SHEET_CONTACT ? "new: a contact or an attempt" : "new: a conflict of interest", none, -1);
    for (size_t i = 0; kind == SHEET_HELP && i < r->nhelp; i++)
        if (r->help[i].for_name != NULL && strcmp(r->help[i].for_name, p->name) == 0)
            add(had, people_help_words(arena, &r->help[i]), r->help[i].id, -1);
    for (size_t i = 0; kind == SHEET_CONTACT && i < r->ncontacts; i++)
        if (r->contacts[i].whom != NULL && strcmp(r->contacts[i].whom, p->name) == 0)
            add(had, people_contact_words(arena, &r->contacts[i]), r->contacts[i].id, -1);
    for (size_t i = 0, k = 0; kind == SHEET_CONFLICT && i < r->nhead; i++) {
        if (strcmp(r->head[i].key, "conflict") != 0)
            continue;
        if (k < r->nconflicts && people_means(r, r->conflicts[k].name, p))
            add(had, r->conflicts[k].text, none, r->head[i].index);
        k++;
    }
}

static void picked(struct view *view, int tag, const char *word)
{
    struct had had;
    struct arena *arena = arena_new();
    if (people_chosen(view->state) != NULL) {
        find_had(view->state, (enum sheet_kind)tag, arena, &had);
        for (size_t i = 0; i < had.n; i++)
            if (strcmp(had.words[i], word) == 0) {
                open_sheet(view, (enum sheet_kind)tag, had.id[i], had.index[i]);
                break;
            }
    }
    arena_free(arena);
}

static void choose(struct view *view, enum sheet_kind kind)
{
    struct had had;
    struct arena *arena = arena_new();
    const struct attendee *p = people_chosen(view->state);
    if (p != NULL) {
        find_had(view->state, kind, arena, &had);
        if (had.n == 1)
            open_sheet(view, kind, (struct uuid){{0}}, -1);
        else
            pick_ask(view->app, &(struct pick){.question = arena_printf(arena, "%s: new, or one that is there", p->name), .items = had.words, .n = had.n,
                                               .numbered = true, .picked = picked, .asker = view, .tag = (int)kind});
    }
    arena_free(arena);
}

/* ---- keys ---- */

static void do_phone(struct view *view) { goes_on(view, MODE_PHONE); }
static void do_video(struct view *view) { goes_on(view, MODE_VIDEO); }
static void do_person(struct view *view) { goes_on(view, MODE_IN_PERSON); }
static void do_why(struct view *view) { open_sheet(view, SHEET_WHY, (struct uuid){{0}}, -1); }
static void do_at(struct view *view) { open_sheet(view, SHEET_MOVE, (struct uuid){{0}}, -1); }
static void do_absent(struct view *view) { open_sheet(view, SHEET_ABSENCE, (struct uuid){{0}}, -1); }
static void do_help(struct view *view) { choose(view, SHEET_HELP); }
static void do_contact(struct view *view) { choose(view, SHEET_CONTACT); }
static void do_conflict(struct view *view) { choose(view, SHEET_CONFLICT); }
static void do_undo(struct view *view) { sheet_undo(view, false); }
static void do_redo(struct view *view) { sheet_undo(view, true); }

static void do_add(struct view *view)
{
    struct people_state *st = view->state;
    st->adds = true;
    open_sheet(view, SHEET_NEW_PERSON, (struct uuid){{0}}, -1);
}

static void do_edit(struct view *view)
{
    const struct attendee *p = people_chosen(view->state);
    if (p != NULL)
        open_sheet(view, SHEET_PERSON, p->id, -1);
}

static void searched(struct view *view, int tag, const char *answer)
{
    struct people_state *st = view->state;
    struct list_source source = people_source(st);
    if (!list_search(&st->list, &source, tag == 0 ? answer : NULL, tag < 0 ? -1 : 1))
        app_say(view->app, STYLE_MESSAGE, "Nobody found");
}

static void do_next(struct view *view) { searched(view, 1, NULL); }
static void do_previous(struct view *view) { searched(view, -1, NULL); }

static void do_search(struct view *view)
{
    app_ask(view->app, &(struct ask){.question = "Search:", .required = true, .answered = searched, .asker = view});
}

static const struct {
    enum action action;
    void (*run)(struct view *view);
} deeds[] = {
    {ACTION_PEOPLE_MOVE, moves},      {ACTION_PEOPLE_PHONE, do_phone}, {ACTION_PEOPLE_VIDEO, do_video},   {ACTION_PEOPLE_PERSON, do_person},
    {ACTION_PEOPLE_WHY, do_why},      {ACTION_PEOPLE_AT, do_at},       {ACTION_PEOPLE_ABSENT, do_absent}, {ACTION_PEOPLE_CHAIR, chairs},
    {ACTION_PEOPLE_BREAK, breaks},    {ACTION_ADD, do_add},            {ACTION_EDIT, do_edit},            {ACTION_PEOPLE_HELP, do_help},
    {ACTION_PEOPLE_CONTACT, do_contact}, {ACTION_PEOPLE_CONFLICT, do_conflict}, {ACTION_UNDO, do_undo},   {ACTION_REDO, do_redo},
    {ACTION_LIVE_UNDO, do_undo},      {ACTION_LIVE_REDO, do_redo},     {ACTION_SEARCH, do_search},        {ACTION_SEARCH_NEXT, do_next},
    {ACTION_SEARCH_PREV, do_previous},
};

static bool act(struct view *view, enum action action)
{
    struct people_state *st = view->state;
    if (list_act(&st->list, action))
        return true;
    for (size_t i = 0; i < NITEMS(deeds); i++)
        if (deeds[i].action == action) {
            deeds[i].run(view);
            return true;
        }
    return false;
}

static bool people_act(struct view *view, enum action action)
{
    struct people_state *st = view->state;
    find_again(st);
    bool done = act(view, action);
    remember(st);
    return done;
}

/* Whoever was added here is in focus: what comes next is about them. */
static void people_resumed(struct view *view)
{
    struct people_state *st = view->state;
    size_t had = st->list.n;
    live_refresh(sheet_live(view));
    find_again(st);
    for (size_t i = st->list.n; st->adds && st->list.n > had && i > 0; i--)
        if (!st->session->record->people[i - 1].implied) {
            list_select(&st->list, i - 1);
            break;
        }
    st->adds = false;
    remember(st);
}

static const char *people_keys(struct view *view)
{
    (void)view;
    return "arrives-leaves edit add search back help";
}

const struct view_class view_people = {
    .name = "people",
    .maps = "GLP",
    .size = sizeof(struct people_state),
    .open = people_open,
    .draw = people_draw,
    .act = people_act,
    .resumed = people_resumed,
    .keys = people_keys,
};
