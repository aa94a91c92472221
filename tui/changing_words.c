/* Changing an action: what it is called, and the sentences. */
#include <string.h>

#include "core/names.h"
#include "core/text.h"
#include "tui/changing_inside.h"

enum { LABEL_WORDS = 20, LABEL_CHILD = 16, LABEL_NUMBERS = 30 };

static void put_cut(struct buf *out, const char *text, size_t columns)
{
    size_t n = strlen(text);
    if (text_width(text, n) <= columns) {
        buf_adds(out, text);
        return;
    }
    n = text_fit(text, n, columns - 1);
    while (n > 0 && text[n - 1] == ' ')
        n--;
    buf_add(out, text, n);
    buf_adds(out, "\xe2\x80\xa6");
}

void changing_put_name(struct buf *out, const struct action_row *row)
{
    buf_adds(out, row->number == NULL || row->number[0] == '\0' ? "The action" : row->number);
    if (row->child != NULL && text_width(row->child, strlen(row->child)) <= LABEL_CHILD)
        buf_addf(out, " (%s)", row->child);
    if (row->restricted_masked || restricted(&row->restriction) || row->text == NULL || row->text[0] == '\0')
        return;
    buf_adds(out, " \xe2\x80\x9c");
    put_cut(out, row->text, LABEL_WORDS);
    buf_adds(out, "\xe2\x80\x9d");
}

static int32_t agreed_on(const struct action_row *row)
{
    return row->carried != DAY_NONE ? row->carried : row->meeting_date;
}

/* "3 actions (A1, A3, A5)". */
static void label_several(struct view *view, struct changing *c)
{
    struct arena *arena = arena_new();
    struct action_rows rows = {0};
    struct err err = {0};
    buf_addf(&c->label, "%zu actions", c->nmarks);
    if (store_action_rows(view->app->store, arena, c->marks, c->nmarks, false, &rows, &err) != EVH_OK)
        rows = (struct action_rows){0};
    struct buf numbers = {0};
    for (size_t i = 0; i < rows.n; i++) {
        int32_t day = agreed_on(&rows.v[i]);
        c->agreed = day > c->agreed ? day : c->agreed; /* DAY_NONE is before all */
        buf_addf(&numbers, "%s%s", i == 0 ? "" : ", ", rows.v[i].number == NULL || rows.v[i].number[0] == '\0' ? "?" : rows.v[i].number);
    }
    if (numbers.n > 0) {
        buf_adds(&c->label, " (");
        put_cut(&c->label, numbers.s, LABEL_NUMBERS);
        buf_addc(&c->label, ')');
    }
    buf_free(&numbers);
    arena_free(arena);
}

void changing_label(struct view *view, const struct action_row *row)
{
    struct changing *c = view->state;
    c->action = row->id;
    c->meeting = row->meeting;
    c->agreed = DAY_NONE;
    buf_clear(&c->label);
    if (c->nmarks > 1) {
        label_several(view, c);
        return;
    }
    c->agreed = agreed_on(row);
    changing_put_name(&c->label, row);
}

void changing_by(struct view *view, const struct action_row *row)
{
    struct changing *c = view->state;
    struct record *record;
    buf_clear(&c->by);
    if (c->nmarks > 1 && store_visitor(view->app->store) == NULL) {
        buf_adds(&c->by, "(recorded as by those who keep the minutes)");
        return;
    }
    if (store_record(view->app->store, row->meeting, &record, NULL) != EVH_OK)
        return;
    const char *by = op_action_author(view->app->store, record);
    if (by != NULL)
        buf_addf(&c->by, "(recorded as by %s)", names_full(record, record->arena, by, strlen(by)));
    else
        buf_adds(&c->by, "(recorded under no name)");
    record_free(record);
}

static void put_distance(struct buf *out, int days)
{
    int far = days < 0 ? -days : days;
    struct buf b = {0};
    if (far == 0)
        buf_adds(&b, "today");
    else if (far == 1)
        buf_adds(&b, days > 0 ? "tomorrow" : "yesterday");
    else if (far < 14)
        buf_addf(&b, "%d days", far);
    else if (far < 61)
        buf_addf(&b, "%d weeks", (far + 3) / 7);
    else if (far < 335)
        buf_addf(&b, "%d months", (far + 15) / 30);
    else if (far < 548)
        buf_adds(&b, "a year");
    else
        buf_addf(&b, "%d years", (far + 182) / 365);
    buf_addf(out, "%s%s%s", far > 1 && days > 0 ? "in " : "", buf_str(&b), far > 1 && days < 0 ? " ago" : "");
    buf_free(&b);
}

static void put_moment(struct buf *out, int32_t day, int time)
{
    civil_put_long(out, day);
    if (time == TIME_NONE)
        return;
    buf_adds(out, " at ");
    civil_put_time(out, time);
}

void changing_put_day(struct buf *out, int32_t day, int time, int32_t today)
{
    put_moment(out, day, time);
    buf_adds(out, ", ");
    put_distance(out, (int)(day - today));
}

void changing_put_done(const struct changing *c, struct buf *b)
{
    bool many = c->nmarks > 1;
    buf_addf(b, "%s ", buf_str(&c->label));
    if (c->doing == ACTION_COMPLETE) {
        buf_addf(b, "%s done, ", many ? "are" : "is");
        civil_put_long(b, c->day);
    } else if (c->doing == ACTION_DATE) {
        buf_addf(b, "%s now due on ", many ? "are" : "is");
        put_moment(b, c->day, c->time);
    } else if (c->doing == ACTION_OWNER) {
        buf_addf(b, "now %s to %s", many ? "belong" : "belongs", buf_str(&c->owner));
    } else if (c->doing == ACTION_NOTE) {
        buf_addf(b, "%s a new note", many ? "have" : "has");
    } else {
        buf_addf(b, "%s withdrawn", many ? "are" : "is");
    }
}

void changing_put_change(struct buf *out, const struct action_change *change, bool secret)
{
    bool due = strcmp(change->change, "due") == 0, owner = strcmp(change->change, "owner") == 0;
    if (due || owner)
        buf_addf(out, "%s %s", due ? "date moved to" : "passed to", change->to == NULL ? due ? "none" : "nobody" : change->to);
    else
        buf_adds(out, change->change);
    if (change->text != NULL && !secret) {
        buf_adds(out, " \xe2\x80\x9c");
        put_cut(out, change->text, LABEL_WORDS);
        buf_adds(out, "\xe2\x80\x9d");
    }
    if (change->by != NULL)
        buf_addf(out, ", by %s", change->by);
    if (change->date != DAY_NONE) {
        buf_adds(out, ", ");
        civil_put_long(out, change->date);
    }
}

/* ---- what happens elsewhere ---- */

static bool read_row(struct view *view, struct arena *arena, struct uuid action, struct action_row *row)
{
    char id[UUID_TEXT];
    uuid_text(action, id);
    return store_find_action(view->app->store, arena, id, row, NULL) == EVH_OK;
}

static struct uuid newest(const struct action_row *row)
{
    return row->nhistory > 0 ? row->history[row->nhistory - 1].id : (struct uuid){{0}};
}

struct uuid changing_last(struct view *view, struct uuid action)
{
    struct action_row row;
    struct arena *arena = arena_new();
    struct uuid last = read_row(view, arena, action, &row) ? newest(&row) : (struct uuid){{0}};
    arena_free(arena);
    return last;
}

/* What the newest change did to it; taken back: what was the newest before is gone. */
static void put_elsewhere(struct buf *out, const struct action_row *row, struct uuid before)
{
    bool there = uuid_none(before);
    for (size_t i = 0; i < row->nhistory; i++)
        there = there || uuid_same(row->history[i].id, before);
    changing_put_name(out, row);
    if (!there || row->nhistory == 0) {
        buf_adds(out, " had a change taken back");
        return;
    }
    const struct action_change *last = &row->history[row->nhistory - 1];
    if (strcmp(last->change, "done") == 0)
        buf_adds(out, " was completed");
    else if (strcmp(last->change, "due") == 0)
        buf_adds(out, " was given another date");
    else if (strcmp(last->change, "owner") == 0)
        buf_addf(out, " was passed to %s", last->to == NULL ? "nobody" : last->to);
    else if (strcmp(last->change, "note") == 0)
        buf_adds(out, " was given a note");
    else
        buf_addf(out, " was made \xe2\x80\x9c%s\xe2\x80\x9d", last->change);
}

bool changing_elsewhere(struct view *view, struct uuid action, struct uuid *seen, const char *more)
{
    struct action_row row;
    struct arena *arena = arena_new();
    bool changed = read_row(view, arena, action, &row) && !uuid_same(newest(&row), *seen);
    if (changed) {
        struct buf b = {0};
        put_elsewhere(&b, &row, *seen);
        app_say(view->app, STYLE_WARN, "%s elsewhere meanwhile%s", buf_str(&b), more);
        buf_free(&b);
        *seen = newest(&row);
    }
    arena_free(arena);
    return changed;
}

void changing_follow(struct view *view)
{
    struct changing *c = view->state;
    if (view->app->top == view)
        c->asking = false;
    if (!c->asking || c->nmarks > 1)
        return;
    struct uuid seen = c->told;
    (void)changing_elsewhere(view, c->action, &seen, ".");
    c->told = seen;
}

/* ---- what a list is limited to ---- */

void changing_words(char *into, size_t size, const char *typed)
{
    struct buf clean = {0};
    text_clean(&clean, typed, strlen(typed), NULL);
    size_t columns = 30;
    size_t n = text_fit(buf_str(&clean), clean.n, columns);
    while (n >= size)
        n = text_fit(buf_str(&clean), clean.n, --columns);
    memcpy(into, buf_str(&clean), n);
    into[n] = '\0';
    buf_free(&clean);
}
