#include "tui/changing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"
#include "tui/changing_inside.h"
#include "tui/past.h"
#include "tui/pick.h"
#include "tui/reading.h"

enum { FAR_DAYS = 274, MEETINGS_MOST = 12 };

static void answered(struct view *view, int tag, const char *answer);

void changing_free(struct changing *change)
{
    changing_forget(change->undo, &change->nundo);
    changing_forget(change->redo, &change->nredo);
    buf_free(&change->owner);
    buf_free(&change->label);
    buf_free(&change->by);
    buf_free(&change->offer);
    free(change->marks);
    change->marks = NULL;
}

void changing_mark(struct changing *change, const struct uuid *marks, size_t n)
{
    free(change->marks);
    change->marks = NULL;
    change->nmarks = n;
    if (n == 0)
        return;
    change->marks = memory_take(n, sizeof *marks);
    memcpy(change->marks, marks, n * sizeof *marks);
}

static void left(struct view *view, int tag)
{
    (void)tag;
    struct changing *c = view->state;
    c->asking = false;
}

static void ask(struct view *view, int tag, const char *question, const char *initial, bool required)
{
    struct changing *c = view->state;
    struct buf q = {0}, place = {0};
    bool words = tag == TAG_NOTE || tag == TAG_REASON; /* a day is typed again sooner than a sentence */
    char id[UUID_TEXT];
    uuid_text(c->action, id);
    buf_addf(&q, "%s: %s", buf_str(&c->label), question);
    if (words && c->by.n > 0)
        buf_addf(&q, " %s", c->by.s);
    buf_addf(&place, "action:%s:%s", id, action_table[c->doing - 1].name);
    c->asking = true;
    app_ask(view->app, &(struct ask){.question = buf_str(&q), .initial = initial, .required = required, .answered = answered, .left = left, .asker = view,
                                     .tag = tag, .about = c->meeting, .place = words ? buf_str(&place) : NULL});
    buf_free(&q);
    buf_free(&place);
}

/* The day that was understood is said again, with the last question. */
static void ask_last(struct view *view, int tag, const char *initial)
{
    struct changing *c = view->state;
    struct buf q = {0};
    if (c->doing == ACTION_COMPLETE) {
        buf_adds(&q, "done on ");
        changing_put_day(&q, c->day, TIME_NONE, app_now(view->app).day);
        buf_adds(&q, ": what shows it? (Enter: nothing to add)");
    } else if (c->doing == ACTION_NOTE) {
        buf_adds(&q, "how does it stand?");
    } else if (c->doing == ACTION_WITHDRAW) {
        buf_adds(&q, "why is it withdrawn?");
    } else if (c->doing == ACTION_OWNER) {
        buf_addf(&q, "to %s: why does the owner change?", buf_str(&c->owner));
    } else {
        buf_adds(&q, "due ");
        changing_put_day(&q, c->day, c->time, app_now(view->app).day);
        buf_adds(&q, ": why does the date change?");
    }
    ask(view, tag, buf_str(&q), initial, c->doing != ACTION_COMPLETE);
    buf_free(&q);
}

/* Asks again with what was typed, and says what is wrong with it. */
static void again(struct view *view, int tag, const char *typed, const char *why)
{
    ask(view, tag, tag == TAG_DAY ? "done on which day? (Enter = today)" : "by when?", typed, tag != TAG_DAY);
    app_say(view->app, STYLE_WARN, "%s", why);
}

/* A day that is hardly meant is asked about once; typed with its year, or again, it is taken. */
static bool doubted(struct view *view, int tag, const char *typed, const char *what)
{
    struct changing *c = view->state;
    if (c->insisted == c->day || past_has_year(typed))
        return false;
    struct buf b = {0};
    c->insisted = c->day;
    changing_put_day(&b, c->day, TIME_NONE, app_now(view->app).day);
    buf_addf(&b, "%s: Enter takes it all the same, or write another day.", what);
    again(view, tag, typed, b.s);
    buf_free(&b);
    return true;
}

static void take_day(struct view *view, const char *answer)
{
    struct changing *c = view->state;
    int32_t today = app_now(view->app).day;
    struct buf b = {0};
    c->day = today;
    if (*answer != '\0' && !past_read_day(answer, today, &c->day)) {
        if (c->day == DAY_NONE)
            buf_adds(&b, "That is not a day up to today; write it like \"today\", \"Friday\" or \"24 Nov\".");
        else {
            changing_put_day(&b, c->day, TIME_NONE, today);
            buf_adds(&b, ", is still to come: nothing was done then yet.");
        }
        again(view, TAG_DAY, answer, buf_str(&b));
    } else if (c->agreed == DAY_NONE || c->day >= c->agreed || !doubted(view, TAG_DAY, answer, ", is before it was agreed")) {
        ask_last(view, TAG_NOTE, NULL);
    }
    buf_free(&b);
}

static bool read_due(const char *words, int32_t today, struct when *when)
{
    size_t n = strlen(words);
    text_trim(&words, &n);
    if (n > 3 && text_starts(words, "by ")) {
        words += 3;
        n -= 3;
    }
    return civil_read_phrase(words, n, today, when) && when->day != DAY_NONE;
}

static void take_due(struct view *view, const char *answer)
{
    struct changing *c = view->state;
    struct when when;
    int32_t today = app_now(view->app).day;
    if (!read_due(answer, today, &when)) {
        again(view, TAG_DUE, answer, when.needs_terms ? "School days cannot be counted without term dates; write a date."
                                                      : "That cannot be read as a date; write it like \"4 Dec\", \"Friday\" or \"in 2 weeks\".");
        return;
    }
    c->day = when.day;
    c->time = when.time;
    if (c->nmarks <= 1 && c->day == c->due_now && c->time == c->due_time_now) {
        again(view, TAG_DUE, answer, "It is due then already; write another day.");
        return;
    }
    if (c->day - today > FAR_DAYS && strncmp(answer, "in ", 3) != 0 && doubted(view, TAG_DUE, answer, ", is far off"))
        return;
    if (when.weekday_contradicts) {
        struct buf b = {0};
        civil_put_long(&b, when.day);
        app_say(view->app, STYLE_WARN, "The weekday and the date do not agree; %s is taken.", buf_str(&b));
        buf_free(&b);
    }
    ask_last(view, TAG_REASON, NULL);
}

static const char *word_of(enum action doing)
{
    return doing == ACTION_COMPLETE ? "done" : doing == ACTION_DATE ? "due" : doing == ACTION_OWNER ? "owner" : doing == ACTION_NOTE ? "note" : "withdraw";
}

static void store(struct view *view, int tag, const char *words)
{
    struct changing *c = view->state;
    struct action_edit edit = {.change = word_of(c->doing), .note = *words == '\0' ? NULL : words, .on = DAY_NONE, .due = DAY_NONE, .due_time = TIME_NONE};
    if (c->doing == ACTION_COMPLETE)
        edit.on = c->day;
    if (c->doing == ACTION_DATE) {
        edit.due = c->day;
        edit.due_time = c->time;
    }
    if (c->doing == ACTION_OWNER)
        edit.owner = buf_str(&c->owner);
    if (c->nmarks <= 1 && changing_elsewhere(view, c->action, &c->seen, ": Enter records this all the same.")) {
        struct app *app = view->app;
        struct buf said = {0};
        buf_adds(&said, app->message);
        ask_last(view, tag, words);
        app_say(app, STYLE_WARN, "%s", buf_str(&said));
        buf_free(&said);
        c->told = c->seen;
        return;
    }
    struct err err = {0};
    const struct uuid *actions = c->nmarks > 0 ? c->marks : &c->action;
    size_t n = c->nmarks > 0 ? c->nmarks : 1;
    if (op_actions(view->app->store, actions, n, &edit, &err) != EVH_OK) {
        ask_last(view, tag, words);
        app_say_err(view->app, &err);
        return;
    }
    struct buf done = {0};
    changing_put_done(c, &done);
    changing_forget(c->redo, &c->nredo);
    changing_push(view, false, false, actions, n, buf_str(&done));
    c->nmarks = 0;
    c->asking = false;
    if (c->done != NULL)
        c->done(view);
    app_say(view->app, STYLE_GOOD, "%s. %s takes %s back.", buf_str(&done), key_of(ACTION_UNDO) == NULL ? "u" : key_of(ACTION_UNDO), n > 1 ? "all of it" : "it");
    buf_free(&done);
}

static void take_owner(struct view *view, int tag, const char *word)
{
    (void)tag;
    struct changing *c = view->state;
    buf_clear(&c->owner);
    text_clean(&c->owner, word, strlen(word), NULL);
    ask_last(view, TAG_REASON, NULL);
}

static void answered(struct view *view, int tag, const char *answer)
{
    if (tag == TAG_DAY)
        take_day(view, answer);
    else if (tag == TAG_DUE)
        take_due(view, answer);
    else if (tag == TAG_OWNER)
        take_owner(view, tag, answer);
    else
        store(view, tag, answer);
}

/* ---- who could do it ---- */

struct names {
    struct arena *arena;
    const char **v;
    size_t n, cap;
};

static void take_names(struct names *names, const struct record *record, const char *now)
{
    for (size_t i = 0; i < record->npeople; i++) {
        const char *name = record->people[i].name;
        bool there = (record->people[i].bits & CAP_CHILD) != 0 || (now != NULL && strcmp(name, now) == 0);
        for (size_t k = 0; k < names->n && !there; k++)
            there = strcmp(names->v[k], name) == 0;
        if (there)
            continue;
        names->v = arena_grow(names->arena, names->v, names->n, &names->cap, sizeof names->v[0]);
        names->v[names->n++] = arena_strdup(names->arena, name);
    }
}

/* Whoever was at a meeting of these, each meeting once. */
static void read_names(struct view *view, struct names *names, const struct uuid *meetings, size_t n, const char *now)
{
    for (size_t i = 0; i < n; i++) {
        struct record *record;
        bool before = false;
        for (size_t k = 0; k < i; k++)
            before = before || uuid_same(meetings[k], meetings[i]);
        if (before || store_record(view->app->store, meetings[i], &record, NULL) != EVH_OK)
            continue;
        take_names(names, record, now);
        record_free(record);
    }
}

/* The meetings of what is marked, as far as they are few. */
static size_t meetings_of(struct view *view, struct arena *arena, struct uuid *out)
{
    const struct changing *c = view->state;
    struct action_rows rows = {0};
    size_t n = 0;
    if (store_action_rows(view->app->store, arena, c->marks, c->nmarks, false, &rows, NULL) != EVH_OK)
        return 0;
    for (size_t i = 0; i < rows.n && n < MEETINGS_MOST; i++) {
        bool there = false;
        for (size_t k = 0; k < n; k++)
            there = there || uuid_same(out[k], rows.v[i].meeting);
        if (!there)
            out[n++] = rows.v[i].meeting;
    }
    return n;
}

/* Whoever was there comes first; any other name can be typed. Several actions may have several owners now. */
static void ask_owner(struct view *view, const struct action_row *row)
{
    struct changing *c = view->state;
    struct uuid meetings[MEETINGS_MOST] = {row->meeting};
    struct names names = {.arena = arena_new()};
    bool many = c->nmarks > 1;
    const char *now = many ? NULL : row->owner;
    size_t n = many ? meetings_of(view, names.arena, meetings) : 1;
    read_names(view, &names, meetings, n, now);
    if (names.n == 0) {
        ask(view, TAG_OWNER, many ? "who does them?" : "who does it?", now, true);
        arena_free(names.arena);
        return;
    }
    struct buf q = {0};
    if (many)
        buf_addf(&q, "%s: who does them? (type any name)", buf_str(&c->label));
    else
        buf_addf(&q, "%s: who does it? (now %s; type any name)", buf_str(&c->label), now == NULL ? "nobody" : now);
    c->asking = true;
    pick_ask(view->app, &(struct pick){.question = buf_str(&q), .items = names.v, .n = names.n, .other = true, .picked = take_owner, .asker = view, .tag = TAG_OWNER});
    buf_free(&q);
    arena_free(names.arena);
}

/* What cannot be done to it is said before anything is asked. */
static bool is_over(struct view *view, const struct action_row *row, enum action action)
{
    const struct changing *c = view->state;
    bool done = strcmp(row->status, "done") == 0, withdrawn = strcmp(row->status, "withdrawn") == 0;
    if (c->nmarks > 1 || action == ACTION_NOTE || !(withdrawn || (done && action == ACTION_COMPLETE)))
        return false;
    app_say(view->app, STYLE_WARN, "%s is %s already: m adds a note, u takes its last change back.", buf_str(&c->label), row->status);
    return true;
}

bool changing_begin(struct view *view, const struct action_row *row, enum action action)
{
    struct changing *c = view->state;
    bool change = action == ACTION_COMPLETE || action == ACTION_DATE || action == ACTION_OWNER || action == ACTION_NOTE || action == ACTION_WITHDRAW;
    if (!change && action != ACTION_UNDO && action != ACTION_REDO)
        return false;
    if (reading_only(view->app))
        return true;
    if (!change) {
        c->asking = false;
        changing_undo(view, row, action == ACTION_REDO);
        return true;
    }
    if (row == NULL)
        return false;
    changing_label(view, row);
    if (is_over(view, row, action))
        return true;
    changing_by(view, row);
    c->doing = action;
    c->day = c->insisted = DAY_NONE;
    c->time = TIME_NONE;
    c->due_now = row->due == DAY_NONE ? INT32_MAX : row->due;
    c->due_time_now = row->due_time;
    c->seen = c->told = changing_last(view, row->id);
    if (action == ACTION_COMPLETE)
        ask(view, TAG_DAY, "done on which day? (Enter = today)", NULL, false);
    else if (action == ACTION_DATE)
        ask(view, TAG_DUE, "by when?", NULL, true);
    else if (action == ACTION_OWNER)
        ask_owner(view, row);
    else
        ask_last(view, action == ACTION_NOTE ? TAG_NOTE : TAG_REASON, NULL);
    return true;
}
