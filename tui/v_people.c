/* The people of the meeting (F7): who is in the room, who arrives and leaves now, who joins by phone, help offered, contacts. */
#include "tui/app.h"

#include <string.h>

#include "core/names.h"
#include "core/presence.h"
#include "core/text.h"
#include "tui/actions.h"
#include "tui/layout.h"
#include "tui/list.h"
#include "tui/live.h"

struct people_state {
    struct session *session; /* of the live screen below, which stays open as long as this */
    struct list list;
};

enum { ASK_ADD, ASK_EDIT, ASK_HELP, ASK_CONTACT };

static enum evh people_open(struct view *view, const void *arg, struct err *err)
{
    (void)err;
    struct people_state *st = view->state;
    if (view->below == NULL || view->below->class != &view_live)
        return err_set(err, EVH_STATE, "The people are shown from the live meeting");
    (void)arg;
    st->session = &live_of(view->below)->session;
    list_set(&st->list, st->session->record->npeople);
    return EVH_OK;
}

static const struct attendee *chosen(const struct people_state *st)
{
    const struct record *r = st->session->record;
    return st->list.at < r->npeople ? &r->people[st->list.at] : NULL;
}

/* ---- drawing ---- */

struct drawing {
    struct people_state *st;
    struct arena *arena;
    int time;
};

static void person_draw(void *data, size_t item, struct surface *s, struct rect r, bool selected)
{
    struct drawing *d = data;
    (void)selected;
    const struct record *record = d->st->session->record;
    const struct attendee *p = &record->people[item];
    const char *word;
    enum sign sign = live_presence(record, p, d->time, d->arena, &word);
    surface_put(s, r.x + 1, r.y, 1, sign == SIGN_HERE ? STYLE_GOOD : sign == SIGN_PART ? STYLE_WARN : STYLE_DIM, surface_sign(s, sign));
    int columns = surface_columns(word);
    if (r.w < 60) { /* one word has room beside the name: where they are, else what they are there as */
        action_cell(s, r.x + 3, r.y, r.w - columns - 4, STYLE_PLAIN, names_shown(d->arena, p));
        surface_put(s, r.x + r.w - columns - 1, r.y, columns, STYLE_DIM, word);
        return;
    }
    int name = r.w / 3 > 34 ? 34 : r.w / 3;
    int second = r.w / 4;
    bool where = strcmp(word, live_capacity(p)) != 0;
    action_cell(s, r.x + 3, r.y, name, STYLE_PLAIN, names_shown(d->arena, p));
    action_cell(s, r.x + 3 + name, r.y, second + 1, STYLE_DIM, p->role);
    action_cell(s, r.x + 4 + name + second, r.y, r.w - name - second - (where ? columns + 5 : 4), STYLE_PLAIN, p->capacity_text);
    if (where)
        surface_put(s, r.x + r.w - columns - 1, r.y, columns, STYLE_DIM, word);
}

static void person_words(void *data, size_t item, struct buf *out)
{
    struct drawing *d = data;
    const struct attendee *p = &d->st->session->record->people[item];
    buf_addf(out, "%s %s %s", p->name, p->role == NULL ? "" : p->role, p->organisation == NULL ? "" : p->organisation);
}

/* Under the list: when the person in focus was in the room, and the help that was offered to them. */
static void draw_detail(struct people_state *st, struct surface *s, struct rect r, struct arena *arena)
{
    const struct record *record = st->session->record;
    const struct attendee *p = chosen(st);
    if (p == NULL || r.h <= 0)
        return;
    struct interval *v;
    size_t n = presence_of(record, p, true, arena, &v, NULL);
    struct buf b = {0};
    buf_addf(&b, "%s, %s", p->name, p->organisation == NULL || p->organisation[0] == '\0' ? "no organisation" : p->organisation);
    if (n > 0) {
        buf_adds(&b, "; in the room ");
        presence_put(&b, v, n);
    }
    if (p->absence != NULL)
        buf_addf(&b, "; %s%s%s", p->absence, p->absence_reason == NULL ? "" : ": ", p->absence_reason == NULL ? "" : p->absence_reason);
    for (size_t i = 0; i < record->nhelp; i++) {
        const struct help *h = &record->help[i];
        if (h->for_name == NULL || strcmp(h->for_name, p->name) != 0)
            continue;
        buf_addf(&b, "; %s %s", h->kind, h->offered_text != NULL ? h->offered_text : "offered");
        if (h->outcome != NULL)
            buf_addf(&b, ", %s", h->outcome);
    }
    layout_wrap(s, (struct rect){r.x + 1, r.y, r.w - 2, r.h}, 2, STYLE_PLAIN, buf_str(&b));
    buf_free(&b);
}

static void people_draw(struct view *view, struct surface *s)
{
    struct people_state *st = view->state;
    struct arena *arena = arena_new();
    struct now now = app_now(view->app);
    struct drawing d = {st, arena, live_time(st->session->record, &now)};
    struct list_source source = {.draw = person_draw, .words = person_words, .data = &d};
    struct rect all = layout_all(s);
    struct rect title = layout_top(&all, 1);
    list_set(&st->list, st->session->record->npeople);
    surface_fill(s, title, STYLE_TITLE);
    size_t here = 0;
    struct interval interval;
    for (size_t i = 0; i < st->session->record->npeople; i++)
        here += presence_now(st->session->record, &st->session->record->people[i], d.time, &interval) == ROOM_IN;
    surface_putf(s, 1, 0, s->w - 2, STYLE_TITLE, s->w >= 60 ? "People of the meeting   %zu of %zu in the room" : "People  %zu of %zu in the room", here, st->session->record->npeople);
    struct rect detail = layout_bottom(&all, all.h > 12 ? 4 : 0);
    if (detail.h > 0) {
        surface_hline(s, 0, detail.y, s->w);
        layout_top(&detail, 1);
        draw_detail(st, s, detail, arena);
    }
    list_draw(&st->list, s, all, &source, true);
    arena_free(arena);
}

/* ---- changes ---- */

static void say(struct view *view, enum evh code, const struct err *err)
{
    const struct people_state *st = view->state;
    if (code != EVH_OK)
        app_say_err(view->app, err);
    else if (st->session->notices.n > 0)
        app_say(view->app, STYLE_WARN, "On record: %s", st->session->notices.v[0].text);
}

/* The half-typed line of the screen below leaves the disk with any line that is put on record: it is written again at the next pause. */
static void line_again(struct view *view)
{
    buf_clear(&live_of(view->below)->saved);
}

static void type_line(struct view *view, const char *line)
{
    struct people_state *st = view->state;
    struct err err = {0};
    enum notation_section was = st->session->reader.section;
    st->session->reader.section = SECTION_BODY; /* whatever list the line has open */
    enum evh code = session_line(st->session, line, strlen(line), &err);
    st->session->reader.section = was;
    line_again(view);
    say(view, code, &err);
}

static void moves(struct view *view, const char *how)
{
    struct people_state *st = view->state;
    const struct attendee *p = chosen(st);
    struct now now = app_now(view->app);
    struct interval interval;
    if (p == NULL)
        return;
    bool here = presence_now(st->session->record, p, live_time(st->session->record, &now), &interval) == ROOM_IN;
    struct buf line = {0};
    buf_addf(&line, "%c%s%s", here && how[0] == '\0' ? '-' : '+', p->name, how);
    type_line(view, buf_str(&line));
    buf_free(&line);
}

static void put_person(struct buf *b, const struct attendee *p)
{
    buf_adds(b, p->name);
    if (p->also != NULL)
        buf_addf(b, " = %s", p->also);
    buf_addf(b, " | %s | %s | %s | ", p->role == NULL ? "" : p->role, p->organisation == NULL ? "" : p->organisation, p->capacity_text == NULL ? "" : p->capacity_text);
    if (p->absence != NULL)
        buf_addf(b, "%s%s%s", p->absence, p->absence_reason == NULL ? "" : ": ", p->absence_reason == NULL ? "" : p->absence_reason);
    else
        presence_put(b, p->listed, p->nlisted);
}

static void answered(struct view *view, int tag, const char *answer)
{
    struct people_state *st = view->state;
    struct err err = {0};
    const struct attendee *p = tag == ASK_EDIT ? chosen(st) : NULL;
    say(view, session_person(st->session, p == NULL ? (struct uuid){{0}} : p->id, answer, &err), &err);
    list_set(&st->list, st->session->record->npeople);
    for (size_t i = st->list.n; tag == ASK_ADD && i > 0; i--)
        if (!st->session->record->people[i - 1].implied) {
            list_select(&st->list, i - 1);
            break;
        }
}

static void ask_person(struct view *view, int tag)
{
    struct people_state *st = view->state;
    const struct attendee *p = chosen(st);
    struct now now = app_now(view->app);
    struct buf b = {0};
    const char *question = "NAME | role | organisation | capacity | presence (10:20- or apologies: why)";
    if (tag == ASK_EDIT && p != NULL) {
        put_person(&b, p);
    } else if (tag == ASK_HELP && p != NULL) {
        buf_addf(&b, "help: %s | ", p->name);
        question = "help: NAME | advocate, parent-partner, interpreter or supporter | offered DATE by NAME, or not offered | accepted, declined … | who came";
    } else if (tag == ASK_CONTACT && p != NULL) {
        buf_adds(&b, "contact: ");
        civil_put_day(&b, now.day);
        buf_addc(&b, ' ');
        civil_put_time(&b, now.time);
        buf_addf(&b, " |  | %s | %s | ", p->name, st->session->record->kept_by == NULL ? "" : st->session->record->kept_by);
        question = "contact: when | how | whom | by whom | result";
    }
    if (tag == ASK_ADD || p != NULL)
        app_ask(view->app, &(struct ask){.question = question, .initial = buf_str(&b), .required = true, .answered = answered, .asker = view, .tag = tag});
    buf_free(&b);
}

static void searched(struct view *view, int tag, const char *answer)
{
    struct people_state *st = view->state;
    struct drawing d = {st, NULL, 0};
    struct list_source source = {.words = person_words, .data = &d};
    if (!list_search(&st->list, &source, tag == 0 ? answer : NULL, tag < 0 ? -1 : 1))
        app_say(view->app, STYLE_MESSAGE, "Nobody found");
}

/* ---- keys ---- */

static void do_move(struct view *view) { moves(view, ""); }
static void do_phone(struct view *view) { moves(view, " by phone"); }
static void do_video(struct view *view) { moves(view, " by video"); }
static void do_add(struct view *view) { ask_person(view, ASK_ADD); }
static void do_edit(struct view *view) { ask_person(view, ASK_EDIT); }
static void do_help(struct view *view) { ask_person(view, ASK_HELP); }
static void do_contact(struct view *view) { ask_person(view, ASK_CONTACT); }
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
    {ACTION_PEOPLE_MOVE, do_move}, {ACTION_PEOPLE_PHONE, do_phone}, {ACTION_PEOPLE_VIDEO, do_video}, {ACTION_ADD, do_add},
    {ACTION_EDIT, do_edit},        {ACTION_PEOPLE_HELP, do_help},   {ACTION_PEOPLE_CONTACT, do_contact}, {ACTION_SEARCH, do_search},
    {ACTION_SEARCH_NEXT, do_next}, {ACTION_SEARCH_PREV, do_previous},
};

static bool people_act(struct view *view, enum action action)
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

static void people_resumed(struct view *view)
{
    struct people_state *st = view->state;
    live_refresh(view->below);
    list_set(&st->list, st->session->record->npeople);
}

static const char *people_keys(struct view *view)
{
    (void)view;
    return "arrives-leaves joins-by-phone add edit help-offered contact back";
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
