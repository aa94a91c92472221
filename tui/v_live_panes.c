/* The panes beside the entries: agenda, people with their presence, and what was agreed and decided. */
#include "tui/live.h"

#include <string.h>

#include "core/names.h"
#include "core/notation.h"
#include "core/presence.h"
#include "core/text.h"

static bool begun_already(struct arena *arena, const struct live_agenda *a, const char *title)
{
    const char *folded = text_fold_dup(arena, title, strlen(title));
    for (size_t i = 0; i < a->begun; i++)
        if (a->v[i].title != NULL && strcmp(text_fold_dup(arena, a->v[i].title, strlen(a->v[i].title)), folded) == 0)
            return true;
    return false;
}

void live_agenda_read(const struct record *record, struct arena *arena, struct live_agenda *out)
{
    *out = (struct live_agenda){0};
    out->v = arena_alloc(arena, record->nitems + record->nhead + 1, sizeof out->v[0]);
    for (size_t i = 1; i < record->nitems; i++)
        out->v[out->n++] = (struct live_item){record->items[i].title, record->items[i].planned_minutes, true};
    out->begun = out->n;
    for (size_t i = 0; i < record->nhead; i++) {
        if (strcmp(record->head[i].key, "agenda") != 0)
            continue;
        int minutes;
        const char *title = notation_planned(arena, record->head[i].value, &minutes);
        if (!begun_already(arena, out, title))
            out->v[out->n++] = (struct live_item){title, minutes, false};
    }
}

/* ---- agenda ---- */

#define MINUTES_COLUMNS 22 /* on a narrow screen the titles are enough */

/* The minutes that are planned, where the title leaves room; not of what is over. */
static void draw_minutes(const struct live_item *item, struct surface *s, struct rect r, bool now)
{
    char minutes[16];
    if (item->minutes < 0 || (item->begun && !now) || r.w < MINUTES_COLUMNS)
        return;
    int n = snprintf(minutes, sizeof minutes, "%dm", item->minutes);
    if (surface_columns(item->title == NULL ? "" : item->title) + 1 + n <= r.w)
        surface_put(s, r.x + r.w - n, r.y, n, STYLE_DIM, minutes);
}

void live_draw_agenda(struct live *live, struct surface *s, struct rect r)
{
    if (r.h <= 0)
        return;
    struct arena *arena = arena_new();
    struct live_agenda a;
    live_agenda_read(live->session.record, arena, &a);
    surface_put(s, r.x + 1, r.y, r.w - 1, STYLE_HEAD, "AGENDA");
    bool over = strcmp(record_status(live->session.record), "draft") == 0;
    int rows = r.h - 1;
    size_t current = a.begun > 0 ? a.begun - 1 : 0;
    size_t first = a.n > (size_t)rows && current + 2 > (size_t)rows ? current + 2 - (size_t)rows : 0;
    if (a.n > (size_t)rows && first > a.n - (size_t)rows)
        first = a.n - (size_t)rows;
    for (int y = 0; y < rows && first + (size_t)y < a.n; y++) {
        size_t i = first + (size_t)y;
        bool done = a.v[i].begun && (i + 1 < a.begun || over);
        bool now = i + 1 == a.begun && !over;
        enum style style = now ? STYLE_HEAD : done ? STYLE_PLAIN : STYLE_DIM;
        surface_put(s, r.x + 1, r.y + 1 + y, 1, done ? STYLE_GOOD : style, done ? surface_sign(s, SIGN_DONE) : now ? surface_sign(s, SIGN_NOW) : " ");
        int used = surface_putf(s, r.x + 3, r.y + 1 + y, r.w - 3, style, "%zu ", i + 1);
        const char *title = a.v[i].title == NULL ? "" : a.v[i].title;
        int room = r.w - 3 - used;
        draw_minutes(&a.v[i], s, (struct rect){r.x + 3 + used, r.y + 1 + y, room, 1}, now);
        surface_put_cut(s, r.x + 3 + used, r.y + 1 + y, room, style, title);
    }
    arena_free(arena);
}

/* ---- people ---- */

/* As what they are here. Chair is who chairs now: another's capacity on the list gives their next one, or the role. */
static const char *capacity_now(const struct record *record, const struct attendee *p)
{
    static const struct {
        unsigned bit;
        const char *word;
    } words[] = {
        {CAP_PARENT, "parent"}, {CAP_CARER, "carer"}, {CAP_CHILD, "child"}, {CAP_INTERPRETER, "interpreter"},
        {CAP_ADVOCATE, "advocate"}, {CAP_PARENT_PARTNER, "partner"}, {CAP_SUPPORTER, "supporter"}, {CAP_FAMILY, "family"},
        {CAP_MINUTE_TAKER, "minutes"}, {CAP_WITNESS, "witness"}, {CAP_OBSERVER, "observer"}, {CAP_LEAD, "lead"},
    };
    const char *chair = presence_chair(record);
    if (chair != NULL && strcmp(chair, p->name) == 0)
        return "chair";
    if ((p->bits & CAP_PARENT_PARTNER) != 0 && p->organisation != NULL && strstr(p->organisation, "SENDIASS") != NULL)
        return "SENDIASS";
    for (size_t i = 0; i < NITEMS(words); i++)
        if ((p->bits & words[i].bit) != 0)
            return words[i].word;
    return p->role != NULL && p->role[0] != '\0' ? p->role : "";
}

enum sign live_presence(const struct record *record, const struct attendee *p, int time, struct arena *arena, const char **word)
{
    struct interval i = {TIME_NONE, TIME_NONE, MODE_UNSAID};
    switch (presence_now(record, p, time, &i)) {
    case ROOM_IN:
        *word = i.mode == MODE_PHONE ? "by phone" : i.mode == MODE_VIDEO ? "by video" : capacity_now(record, p);
        return SIGN_HERE;
    case ROOM_LEFT:
        *word = i.to == TIME_NONE ? "left" : arena_printf(arena, "-%s", civil_time_dup(arena, i.to));
        return SIGN_PART;
    case ROOM_NOT_YET:
        *word = i.from == TIME_NONE ? "later" : arena_printf(arena, "%s-", civil_time_dup(arena, i.from));
        return SIGN_PART;
    case ROOM_ABSENT:
        *word = p->absence == NULL ? "absent" : p->absence;
        return SIGN_AWAY;
    case ROOM_NOT_RECORDED:
        break;
    }
    /* Whoever left without having been noted to come is gone nevertheless. */
    for (size_t n = record->nentries; n > 0; n--) {
        const struct entry *e = &record->entries[n - 1];
        if (e->kind != ENTRY_LEAVES || e->withdrawn != NULL || e->speaker == NULL || strcmp(e->speaker, p->name) != 0)
            continue;
        *word = e->time == TIME_NONE ? "left" : arena_printf(arena, "-%s", civil_time_dup(arena, e->time));
        return SIGN_PART;
    }
    *word = capacity_now(record, p);
    return SIGN_UNKNOWN;
}

/* Children of the head without a line of their own are not waited for. */
int live_people_count(const struct record *record)
{
    int n = 0;
    for (size_t i = 0; i < record->npeople; i++)
        n += !record->people[i].implied;
    return n;
}

static enum style presence_style(enum sign sign)
{
    return sign == SIGN_HERE ? STYLE_GOOD : sign == SIGN_PART ? STYLE_WARN : STYLE_DIM;
}

/* A word that has no room: its short form, or none (a role). */
static const char *shorter(const char *word, int room)
{
    static const char *const forms[][2] = {{"interpreter", "interpr."}, {"report only", "report"}, {"not invited", "uninvited"}};
    if (surface_columns(word) <= room)
        return word;
    for (size_t i = 0; i < NITEMS(forms); i++)
        if (strcmp(word, forms[i][0]) == 0 && surface_columns(forms[i][1]) <= room)
            return forms[i][1];
    return "";
}

/* Of whom nothing is recorded on the current item yet. */
struct unheard {
    const struct attendee *v[LIVE_PARENTS];
    size_t n;
};

static bool is_unheard(const struct unheard *u, const struct attendee *p)
{
    for (size_t i = 0; i < u->n; i++)
        if (u->v[i] == p)
            return true;
    return false;
}

/* What is the same for all rows of the people pane. */
struct people_pane {
    const struct record *record;
    struct arena *arena;
    struct unheard unheard;
    int time;
};

/* Name and word share the row; where they have no room, the name keeps ten columns and loses its end to an ellipsis. Who was not heard yet on the
 * current item has an open circle before the word. */
static void draw_person(struct people_pane *pane, struct surface *s, struct rect r, const struct attendee *p)
{
    const char *word;
    enum sign sign = live_presence(pane->record, p, pane->time, pane->arena, &word);
    const char *name = names_short(pane->record, pane->arena, p);
    surface_put(s, r.x + 1, r.y, 1, presence_style(sign), surface_sign(s, sign));
    int mark = is_unheard(&pane->unheard, p) ? 2 : 0;
    int room = r.w - 3 - mark;
    int want = surface_columns(name);
    word = shorter(word, want < 10 ? room - want - 1 : room - 11);
    int columns = surface_columns(word);
    int left = columns > 0 ? room - columns - 1 : room;
    surface_put_cut(s, r.x + 3, r.y, left, sign == SIGN_AWAY ? STYLE_DIM : STYLE_PLAIN, name);
    surface_put(s, r.x + r.w - columns, r.y, columns, STYLE_DIM, word);
    if (mark > 0)
        surface_put(s, r.x + r.w - columns - (columns > 0 ? 2 : 1), r.y, 1, STYLE_WARN, surface_sign(s, SIGN_UNHEARD));
}

/* In the room first, then who is out of it for a while, then who is not coming: with a short pane the last ones fall off. */
static int presence_order(enum sign sign)
{
    return sign == SIGN_HERE ? 0 : sign == SIGN_PART ? 1 : sign == SIGN_UNKNOWN ? 2 : 3;
}

void live_draw_people(struct live *live, const struct now *now, struct surface *s, struct rect r)
{
    if (r.h <= 0)
        return;
    struct people_pane pane = {.record = live->session.record, .arena = arena_new(), .time = live_time(live->session.record, now)};
    const struct record *record = pane.record;
    if (record->nitems > 1 && strcmp(record_status(record), "live") == 0)
        pane.unheard.n = live_not_heard(live, now, record->nitems - 1, pane.unheard.v);
    surface_put(s, r.x + 1, r.y, r.w - 1, STYLE_HEAD, "PEOPLE");
    int n = live_people_count(record);
    int y = 1;
    int shown = 0;
    bool all = n <= r.h - 1;
    int last = r.h - (all ? 0 : 1);
    for (int order = 0; order < (all ? 1 : 4) && y < last; order++) {
        for (size_t i = 0; i < record->npeople && y < last; i++) {
            const char *word;
            const struct attendee *p = &record->people[i];
            if (p->implied)
                continue;
            if (!all && presence_order(live_presence(record, p, pane.time, pane.arena, &word)) != order)
                continue;
            draw_person(&pane, s, (struct rect){r.x, r.y + y, r.w, 1}, p);
            y++;
            shown++;
        }
    }
    if (!all && r.h > 1)
        surface_putf(s, r.x + 3, r.y + r.h - 1, r.w - 3, STYLE_DIM, "%d more (F7)", n - shown);
    arena_free(pane.arena);
}

/* ---- actions, decisions and disagreements of this meeting ---- */

/* The words beside a label, and what stands at their right end. */
static const char *side_words(struct live *live, const struct entry *e, struct arena *arena, const char **right)
{
    const struct record *record = live->session.record;
    *right = e->kind == ENTRY_DISAGREEMENT && (e->state == NULL || strcmp(e->state, "open") == 0) ? "open" : "";
    if (e->kind != ENTRY_ACTION)
        return e->text;
    struct action_now now = action_now(record, e);
    const char *date = now.due == DAY_NONE ? "no date" : civil_long_dup(arena, now.due);
    bool this_year = now.due != DAY_NONE && civil_from_day(now.due).year == civil_from_day(record->date).year;
    *right = this_year ? arena_strndup(arena, date, strlen(date) - strlen(" 2026")) : date;
    return now.owner == NULL ? e->text : arena_printf(arena, "%s: %s", live_who(record, arena, now.owner), e->text);
}

/* One entry in r, which has one row or two; returns the rows used. */
static int side_entry(struct live *live, struct surface *s, struct rect r, const struct entry *e, struct arena *arena)
{
    char label[16];
    entry_label(e, label);
    surface_put(s, r.x + 1, r.y, 4, STYLE_HEAD, e->asked ? "A?" : label);
    if (restricted(&e->restriction)) {
        for (int i = 0; i < 12; i++)
            surface_put(s, r.x + 5 + i, r.y, 1, STYLE_SECRET, surface_sign(s, SIGN_DOT));
        return 1;
    }
    const char *right;
    const char *words = side_words(live, e, arena, &right);
    enum style style = e->withdrawn != NULL ? STYLE_DIM : STYLE_PLAIN;
    size_t n = strlen(words), next = 0;
    int columns = surface_columns(right);
    int room = r.w - 5;
    int last = room - (columns > 0 ? columns + 1 : 0);
    int rows = 1;
    if (r.h > 1 && surface_columns(words) > last) {
        size_t fits = text_break(words, n, (size_t)(room < 4 ? 4 : room), &next);
        surface_put(s, r.x + 5, r.y, room, style, arena_strndup(arena, words, fits));
        words += next;
        rows = 2;
    }
    int y = r.y + rows - 1;
    surface_put_cut(s, r.x + 5, y, last, style, words);
    surface_put(s, r.x + r.w - columns, y, columns, STYLE_DIM, right);
    return rows;
}

static int side_count(const struct record *record, enum entry_kind kind)
{
    int n = 0;
    for (size_t i = 0; i < record->nentries; i++)
        n += record->entries[i].kind == kind;
    return n;
}

/* One list under its heading; the newest ones when they are too many. Returns the rows used. */
static int side_list(struct live *live, struct surface *s, struct rect r, enum entry_kind kind, const char *heading, struct arena *arena)
{
    const struct record *record = live->session.record;
    int n = side_count(record, kind);
    if (r.h < 2)
        return 0;
    surface_putf(s, r.x + 1, r.y, r.w - 1, STYLE_HEAD, "%s %d", heading, n);
    int skip = n > r.h - 1 ? n - (r.h - 1) : 0;
    int rows = n * 2 <= r.h - 1 ? 2 : 1;
    int y = 1;
    for (size_t i = 0; i < record->nentries && y < r.h; i++) {
        if (record->entries[i].kind != kind || skip-- > 0)
            continue;
        y += side_entry(live, s, (struct rect){r.x, r.y + y, r.w, rows}, &record->entries[i], arena);
    }
    return y + 1;
}

void live_draw_side(struct live *live, struct surface *s, struct rect r)
{
    if (r.h <= 0)
        return;
    struct arena *arena = arena_new();
    const struct record *record = live->session.record;
    int decisions = 2 * side_count(record, ENTRY_DECISION) + 2;
    int disagreements = 2 * side_count(record, ENTRY_DISAGREEMENT) + 2;
    int third = r.h / 4;
    if (decisions > third)
        decisions = third;
    if (disagreements > third)
        disagreements = third;
    struct rect part = {r.x, r.y, r.w, r.h - decisions - disagreements};
    int used = side_list(live, s, part, ENTRY_ACTION, "ACTIONS", arena);
    part = (struct rect){r.x, r.y + used, r.w, r.h - used - disagreements};
    used += side_list(live, s, part, ENTRY_DECISION, "DECISIONS", arena);
    part = (struct rect){r.x, r.y + used, r.w, r.h - used};
    side_list(live, s, part, ENTRY_DISAGREEMENT, "DISAGREEMENTS", arena);
    arena_free(arena);
}
