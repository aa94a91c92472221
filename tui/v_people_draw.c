/* The people screen drawn: a row or two for each person, what is on record of the one in focus, and the keys in words. */
#include "tui/people.h"

#include <string.h>

#include "core/check.h"
#include "core/names.h"
#include "core/presence.h"
#include "tui/actions.h"
#include "tui/layout.h"

#define NARROW 60 /* below it one row a person, with the little that has room */

struct drawing {
    struct people_state *st;
    struct arena *arena;
    int time;
    const char *chair;
};

static bool has(const char *s)
{
    return s != NULL && s[0] != '\0';
}

bool people_means(const struct record *record, const char *words, const struct attendee *person)
{
    const struct attendee *found;
    return names_find(record, words, strlen(words), &found) == NAMES_ONE && found == person;
}

const struct entry *people_break(const struct record *record)
{
    for (size_t i = record->nentries; i > 0; i--) {
        const struct entry *e = &record->entries[i - 1];
        if (e->kind != ENTRY_CLOCK || e->withdrawn != NULL || e->what == NULL || strcmp(e->what, "chair") == 0)
            continue;
        return strcmp(e->what, "break") == 0 ? e : NULL;
    }
    return NULL;
}

/* ---- in words ---- */

const char *people_help_words(struct arena *arena, const struct help *h)
{
    struct buf b = {0};
    buf_adds(&b, has(h->kind) ? h->kind : "help");
    if (h->offered_text != NULL)
        buf_addf(&b, ", %s", h->offered_text);
    else if (h->offered != DAY_NONE)
        buf_addf(&b, ", offered %s", civil_long_dup(arena, h->offered));
    if (has(h->offered_by))
        buf_addf(&b, " by %s", h->offered_by);
    if (has(h->outcome))
        buf_addf(&b, ": %s", h->outcome);
    if (h->outcome_date != DAY_NONE)
        buf_addf(&b, " %s", civil_long_dup(arena, h->outcome_date));
    if (has(h->words))
        buf_addf(&b, ", “%s”", h->words);
    if (has(h->who))
        buf_addf(&b, "; came: %s", h->who);
    const char *words = arena_strdup(arena, buf_str(&b));
    buf_free(&b);
    return words;
}

const char *people_contact_words(struct arena *arena, const struct contact *c)
{
    struct buf b = {0};
    int32_t day;
    size_t n = has(c->at) ? strcspn(c->at, "T") : 0;
    if (n > 0 && civil_read_day(c->at, n, &day))
        buf_addf(&b, "%s%s%s", civil_long_dup(arena, day), c->at[n] == 'T' ? " " : "", c->at[n] == 'T' ? c->at + n + 1 : "");
    else
        buf_adds(&b, has(c->at) ? c->at : "no day");
    if (has(c->how))
        buf_addf(&b, ", %s", c->how);
    if (has(c->by))
        buf_addf(&b, " by %s", c->by);
    if (has(c->result))
        buf_addf(&b, ": %s", c->result);
    const char *words = arena_strdup(arena, buf_str(&b));
    buf_free(&b);
    return words;
}

static const char *presence_words(struct drawing *d, const struct attendee *p)
{
    struct interval *v;
    size_t n = presence_of(d->st->session->record, p, true, d->arena, &v, NULL);
    if (n == 0)
        return p->absence == NULL ? "no times recorded" : has(p->absence_reason) ? arena_printf(d->arena, "%s: %s", p->absence, p->absence_reason) : p->absence;
    struct buf b = {0};
    presence_put(&b, v, n);
    const char *words = arena_strdup(d->arena, buf_str(&b));
    buf_free(&b);
    return words;
}

/* "parent-partner accepted", and for whom help has to be offered, that nothing is recorded. */
static const char *help_short(struct drawing *d, const struct attendee *p)
{
    const struct record *r = d->st->session->record;
    struct buf b = {0};
    for (size_t i = 0; i < r->nhelp; i++) {
        const struct help *h = &r->help[i];
        if (h->for_name == NULL || strcmp(h->for_name, p->name) != 0)
            continue;
        buf_addf(&b, "%s%s %s", b.n == 0 ? "" : ", ", has(h->kind) ? h->kind : "help",
                 has(h->outcome) ? h->outcome : h->offered_text != NULL ? h->offered_text : "offered");
    }
    if (b.n == 0 && (p->bits & (CAP_PARENT | CAP_CARER)) != 0)
        buf_adds(&b, "help not recorded");
    const char *words = arena_strdup(d->arena, buf_str(&b));
    buf_free(&b);
    return words;
}

/* How often a parent, a carer or the child has been recorded in this meeting; nobody else is counted. */
static const char *heard_words(struct drawing *d, const struct attendee *p)
{
    const struct record *r = d->st->session->record;
    int n = 0;
    if ((p->bits & (CAP_PARENT | CAP_CARER | CAP_CHILD)) == 0)
        return "";
    for (size_t i = 0; i < r->nentries; i++)
        n += check_heard(&r->entries[i], p->name);
    return n == 0 ? "not heard yet" : arena_printf(d->arena, "heard %d", n);
}

static void put_part(struct buf *b, const char *sign, const char *words)
{
    if (has(words))
        buf_addf(b, "%s%s", b->n == 0 ? "" : sign, words);
}

/* ---- the list ---- */

static enum style sign_style(enum sign sign)
{
    return sign == SIGN_HERE ? STYLE_GOOD : sign == SIGN_PART ? STYLE_WARN : STYLE_DIM;
}

static const char *name_words(struct drawing *d, const struct attendee *p)
{
    const char *name = names_shown(d->arena, p);
    bool chair = d->chair != NULL && strcmp(d->chair, p->name) == 0 && (p->bits & CAP_CHAIR) == 0;
    return chair ? arena_printf(d->arena, "%s (in the chair)", name) : name;
}

static void draw_two(struct drawing *d, const struct attendee *p, struct surface *s, struct rect r)
{
    const char *times = presence_words(d, p);
    struct buf b = {0};
    int columns = surface_columns(times), most = r.w / 2;
    columns = columns > most ? most : columns;
    action_cell(s, r.x + 3, r.y, r.w - columns - 4, STYLE_PLAIN, name_words(d, p));
    surface_put(s, r.x + r.w - columns - 1, r.y, columns, STYLE_PLAIN, times);
    put_part(&b, ", ", p->role);
    put_part(&b, ", ", p->organisation);
    put_part(&b, " · ", p->capacity_text);
    put_part(&b, " · ", help_short(d, p));
    put_part(&b, " · ", heard_words(d, p));
    if (r.h > 1)
        action_cell(s, r.x + 5, r.y + 1, r.w - 5, STYLE_DIM, buf_str(&b));
    buf_free(&b);
}

static void person_draw(void *data, size_t item, struct surface *s, struct rect r, bool selected)
{
    struct drawing *d = data;
    (void)selected;
    const struct attendee *p = &d->st->session->record->people[item];
    const char *word;
    enum sign sign = live_presence(d->st->session->record, p, d->time, d->arena, &word);
    surface_put(s, r.x + 1, r.y, 1, sign_style(sign), surface_sign(s, sign));
    if (r.w >= NARROW) {
        draw_two(d, p, s, r);
    } else { /* one word has room beside the name: where they are, else what they are there as */
        int columns = surface_columns(word);
        action_cell(s, r.x + 3, r.y, r.w - columns - 4, STYLE_PLAIN, names_shown(d->arena, p));
        surface_put(s, r.x + r.w - columns - 1, r.y, columns, STYLE_DIM, word);
    }
}

static int person_height(void *data, size_t item, int columns)
{
    (void)data;
    (void)item;
    return columns < NARROW ? 1 : 2;
}

static void person_words(void *data, size_t item, struct buf *out)
{
    const struct people_state *st = data;
    const struct attendee *p = &st->session->record->people[item];
    buf_addf(out, "%s %s %s %s", p->name, has(p->role) ? p->role : "", has(p->organisation) ? p->organisation : "", has(p->capacity_text) ? p->capacity_text : "");
}

struct list_source people_source(struct people_state *st)
{
    return (struct list_source){.words = person_words, .data = st};
}

/* ---- the person in focus ---- */

struct lines { struct surface *s; struct rect r; int rows; }; /* s NULL: only counted */

static void line(struct lines *l, enum style style, const char *label, const char *words)
{
    struct buf b = {0};
    if (!has(words))
        return;
    buf_addf(&b, "%s%s%s", label, label[0] == '\0' ? "" : ": ", words);
    struct rect r = {l->r.x + 1, l->r.y + l->rows, l->r.w - 2, l->r.h - l->rows};
    l->rows += layout_wrap(r.h > 0 ? l->s : NULL, r, 2, style, buf_str(&b));
    buf_free(&b);
}

static int put_detail(struct drawing *d, struct surface *s, struct rect r)
{
    const struct record *record = d->st->session->record;
    const struct attendee *p = people_chosen(d->st);
    struct lines l = {s, r, 0};
    struct buf b = {0};
    if (p == NULL)
        return 0;
    put_part(&b, ", ", names_shown(d->arena, p));
    put_part(&b, ", ", p->role);
    put_part(&b, ", ", p->organisation);
    put_part(&b, "; ", p->capacity_text);
    line(&l, STYLE_HEAD, "", buf_str(&b));
    line(&l, STYLE_PLAIN, presence_absence(record, p, true) != NULL ? "Not there" : "In the room", presence_words(d, p));
    for (size_t i = 0; i < record->nconflicts; i++)
        if (people_means(record, record->conflicts[i].name, p))
            line(&l, STYLE_WARN, "Conflict of interest", record->conflicts[i].text);
    for (size_t i = 0; i < record->nhelp; i++)
        if (record->help[i].for_name != NULL && strcmp(record->help[i].for_name, p->name) == 0)
            line(&l, STYLE_PLAIN, "Help", people_help_words(d->arena, &record->help[i]));
    for (size_t i = record->ncontacts; i > 0; i--) /* the newest first: it is what one looks for */
        if (record->contacts[i - 1].whom != NULL && strcmp(record->contacts[i - 1].whom, p->name) == 0)
            line(&l, STYLE_PLAIN, "Contact", people_contact_words(d->arena, &record->contacts[i - 1]));
    if (has(heard_words(d, p)))
        line(&l, STYLE_PLAIN, "", heard_words(d, p));
    buf_free(&b);
    return l.rows;
}

/* ---- the screen ---- */

/* Every key of the screen in words, as many rows as they need; `s` NULL: only counted. */
static int draw_keys(struct surface *s, struct rect r)
{
    static const struct {
        enum action action;
        const char *word;
    } keys[] = {
        {ACTION_PEOPLE_MOVE, "arrives or leaves"}, {ACTION_PEOPLE_WHY, "with a reason"}, {ACTION_PEOPLE_PHONE, "by phone"}, {ACTION_PEOPLE_VIDEO, "by video"},
        {ACTION_PEOPLE_PERSON, "back in person"}, {ACTION_PEOPLE_AT, "at another time"}, {ACTION_PEOPLE_ABSENT, "not there: why"}, {ACTION_ADD, "somebody new"},
        {ACTION_EDIT, "edit"}, {ACTION_PEOPLE_HELP, "help offered"}, {ACTION_PEOPLE_CONTACT, "contact"}, {ACTION_PEOPLE_CONFLICT, "conflict of interest"},
        {ACTION_PEOPLE_CHAIR, "takes the chair"}, {ACTION_PEOPLE_BREAK, "break, go on"}, {ACTION_UNDO, "undo"},
    };
    int x = 0, y = 0;
    for (size_t i = 0; i < NITEMS(keys); i++) {
        struct buf key = {0};
        (void)key_put_live(&key, "GLP", keys[i].action, true);
        int columns = (int)key.n + 1 + (int)strlen(keys[i].word);
        if (x > 0 && x + columns > r.w) {
            x = 0;
            y++;
        }
        if (s != NULL && y < r.h) {
            surface_put(s, r.x + x, r.y + y, r.w - x, STYLE_KEY, buf_str(&key));
            surface_put(s, r.x + x + (int)key.n + 1, r.y + y, r.w - x - (int)key.n - 1, STYLE_DIM, keys[i].word);
        }
        x += columns + 2;
        buf_free(&key);
    }
    return y + 1;
}

static void draw_title(struct drawing *d, struct surface *s, struct rect r)
{
    const struct record *record = d->st->session->record;
    const struct entry *stopped = people_break(record);
    struct interval interval;
    struct buf b = {0};
    size_t here = 0;
    for (size_t i = 0; i < record->npeople; i++)
        here += presence_now(record, &record->people[i], d->time, &interval) == ROOM_IN;
    buf_addf(&b, "People   %zu of %zu in the room", here, record->npeople);
    if (stopped != NULL)
        buf_addf(&b, "   BREAK%s%s", stopped->time == TIME_NONE ? "" : " since ", stopped->time == TIME_NONE ? "" : civil_time_dup(d->arena, stopped->time));
    if (d->chair != NULL && s->w >= NARROW)
        buf_addf(&b, "   chair %s", live_who(record, d->arena, d->chair));
    surface_fill(s, r, STYLE_TITLE);
    surface_put(s, r.x + 1, r.y, r.w - 2, STYLE_TITLE, buf_str(&b));
    buf_free(&b);
}

/* What is on record of the person in focus, at the lower end; the list keeps at least half of the rows. */
static void draw_detail(struct drawing *d, struct surface *s, struct rect *all)
{
    struct rect r = {0, 0, s->w, 0};
    int rows = put_detail(d, NULL, r), most = all->h / 2 - 1;
    rows = rows > most ? most : rows;
    if (all->h <= 9 || rows <= 0)
        return;
    r = layout_bottom(all, rows + 1);
    surface_hline(s, r.x, r.y, r.w);
    layout_top(&r, 1);
    put_detail(d, s, r);
}

void people_draw(struct view *view, struct surface *s)
{
    struct people_state *st = view->state;
    struct arena *arena = arena_new();
    struct now now = app_now(view->app);
    struct drawing d = {st, arena, live_time(st->session->record, &now), presence_chair(st->session->record)};
    struct list_source source = {.height = person_height, .draw = person_draw, .data = &d};
    struct rect all = layout_all(s);
    list_set(&st->list, st->session->record->npeople);
    draw_title(&d, s, layout_top(&all, 1));
    int rows = draw_keys(NULL, (struct rect){1, 0, s->w - 2, 0});
    if (all.h >= 16 && rows <= 4 && !view->app->read_only) {
        struct rect hint = layout_bottom(&all, rows + 1);
        surface_hline(s, hint.x, hint.y, hint.w);
        draw_keys(s, (struct rect){1, hint.y + 1, s->w - 2, rows});
    }
    draw_detail(&d, s, &all);
    list_draw(&st->list, s, all, &source, true);
    arena_free(arena);
}
