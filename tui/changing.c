#include "tui/changing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"
#include "tui/pick.h"

enum { TAG_DAY = 1, TAG_NOTE, TAG_DUE, TAG_REASON, TAG_OWNER, TAG_UNDO, TAG_REDO };

static void answered(struct view *view, int tag, const char *answer);

void changing_free(struct changing *change)
{
    buf_free(&change->owner);
    buf_free(&change->label);
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

static void ask(struct view *view, int tag, const char *question, const char *initial, bool required)
{
    struct changing *c = view->state;
    struct buf q = {0}, place = {0};
    bool words = tag == TAG_NOTE || tag == TAG_REASON; /* a day is typed again sooner than a sentence */
    char id[UUID_TEXT];
    uuid_text(c->action, id);
    buf_addf(&q, "%s: %s", buf_str(&c->label), question);
    buf_addf(&place, "action:%s:%s", id, action_table[c->doing - 1].name);
    app_ask(view->app, &(struct ask){.question = buf_str(&q), .initial = initial, .required = required, .answered = answered, .asker = view, .tag = tag,
                                     .about = c->meeting, .place = words ? buf_str(&place) : NULL});
    buf_free(&q);
    buf_free(&place);
}

static void ask_last(struct view *view, int tag, const char *initial)
{
    struct changing *c = view->state;
    if (tag == TAG_NOTE)
        ask(view, tag, c->doing == ACTION_NOTE ? "how does it stand?" : "a note, or Enter for none", initial, c->doing == ACTION_NOTE);
    else if (c->doing == ACTION_WITHDRAW)
        ask(view, tag, "why is it withdrawn?", initial, true);
    else if (c->doing == ACTION_OWNER)
        ask(view, tag, "why does the owner change?", initial, true);
    else
        ask(view, tag, "why does the date change?", initial, true);
}

static bool has_year(const char *words)
{
    for (const char *s = words; *s != '\0'; s++)
        if (strspn(s, "0123456789") >= 4)
            return true;
    return false;
}

bool changing_read_past(const char *words, int32_t today, int32_t *day)
{
    size_t n = strlen(words);
    text_trim(&words, &n);
    if (text_same_word(words, n, "yesterday")) {
        *day = today - 1;
        return true;
    }
    struct when when;
    if (!civil_read_phrase(words, n, today, &when) || when.day == DAY_NONE)
        return false;
    if (when.day > today && !has_year(words)) {
        bool has_number = strcspn(words, "0123456789") < n;
        when.day = has_number ? civil_add_months(when.day, -12) : when.day - 7;
    }
    *day = when.day;
    return when.day <= today;
}

/* Asks again with what was typed, and says what is wrong with it. */
static void again(struct view *view, int tag, const char *question, const char *typed, const char *why)
{
    ask(view, tag, question, typed, true);
    app_say(view->app, STYLE_WARN, "%s", why);
}

static void take_day(struct view *view, const char *answer)
{
    struct changing *c = view->state;
    if (!changing_read_past(answer, app_now(view->app).day, &c->day)) {
        again(view, TAG_DAY, "done on which day?", answer, "That is not a day up to today; write it like \"today\", \"Friday\" or \"24 Nov\".");
        return;
    }
    ask_last(view, TAG_NOTE, NULL);
}

static void take_due(struct view *view, const char *answer)
{
    struct changing *c = view->state;
    struct when when;
    const char *words = answer;
    size_t n = strlen(answer);
    text_trim(&words, &n);
    if (n > 3 && text_starts(words, "by ")) {
        words += 3;
        n -= 3;
    }
    if (!civil_read_phrase(words, n, app_now(view->app).day, &when) || when.day == DAY_NONE) {
        again(view, TAG_DUE, "by when?", answer, when.needs_terms ? "School days cannot be counted without term dates; write a date."
                                                                  : "That cannot be read as a date; write it like \"4 Dec\", \"Friday\" or \"in 2 weeks\".");
        return;
    }
    c->day = when.day;
    c->time = when.time;
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

static void say_done(struct view *view)
{
    const struct changing *c = view->state;
    const char *undo = key_of(ACTION_UNDO);
    struct buf b = {0};
    bool many = c->nmarks > 1;
    if (c->doing == ACTION_COMPLETE) {
        buf_addf(&b, "%s done, ", many ? "are" : "is");
        civil_put_long(&b, c->day);
    } else if (c->doing == ACTION_DATE) {
        buf_addf(&b, "%s now due on ", many ? "are" : "is");
        civil_put_long(&b, c->day);
        if (c->time != TIME_NONE) {
            buf_adds(&b, " at ");
            civil_put_time(&b, c->time);
        }
    } else if (c->doing == ACTION_OWNER) {
        buf_addf(&b, "now %s to %s", many ? "belong" : "belongs", buf_str(&c->owner));
    } else if (c->doing == ACTION_NOTE) {
        buf_addf(&b, "%s a new note", many ? "have" : "has");
    } else {
        buf_addf(&b, "%s withdrawn", many ? "are" : "is");
    }
    app_say(view->app, STYLE_GOOD, "%s %s. %s takes %s back.", buf_str(&c->label), buf_str(&b), undo == NULL ? "u" : undo, many ? "them one by one" : "it");
    buf_free(&b);
}

/* The oldest falls out: nobody takes back more than that by hand. */
static void push(struct changed *stack, size_t *n, struct uuid action, const char *label)
{
    if (*n == CHANGING_DEPTH)
        memmove(stack, stack + 1, --*n * sizeof stack[0]);
    stack[*n] = (struct changed){.action = action};
    snprintf(stack[(*n)++].label, sizeof stack[0].label, "%s", label);
}

/* One operation an action: when one of several fails, those before it stand, and what was typed is asked again for the others. */
static bool store_all(struct view *view, const struct action_edit *edit, struct err *err)
{
    struct changing *c = view->state;
    size_t n = c->nmarks > 0 ? c->nmarks : 1;
    for (size_t i = 0; i < n; i++) {
        struct uuid id = c->nmarks > 0 ? c->marks[i] : c->action;
        if (op_action(view->app->store, id, edit, err) != EVH_OK) {
            if (n > 1) {
                err_prefix(err, "%zu of %zu were changed", i, n);
                c->nmarks -= i;
                memmove(c->marks, c->marks + i, c->nmarks * sizeof c->marks[0]);
            }
            return false;
        }
        push(c->undo, &c->nundo, id, buf_str(&c->label));
    }
    return true;
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
    struct err err = {0};
    if (!store_all(view, &edit, &err)) {
        ask_last(view, tag, words);
        app_say_err(view->app, &err);
        return;
    }
    c->nredo = 0;
    say_done(view);
    c->nmarks = 0;
    if (c->done != NULL)
        c->done(view);
}

/* Undoes or redoes the last change of one action. */
static void take_back(struct view *view, struct uuid action, const char *label, bool redo)
{
    struct changing *c = view->state;
    struct err err = {0};
    if (op_action_undo(view->app->store, action, redo, &err) != EVH_OK) {
        app_say_err(view->app, &err);
        return;
    }
    push(redo ? c->undo : c->redo, redo ? &c->nundo : &c->nredo, action, label);
    c->action = action;
    if (c->done != NULL)
        c->done(view);
    app_say(view->app, STYLE_GOOD, redo ? "%s: the change stands again." : "%s: the last change is taken back.", label);
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
    if (tag == TAG_UNDO || tag == TAG_REDO) {
        struct changing *c = view->state;
        if (answer[0] == 'y')
            take_back(view, c->action, buf_str(&c->label), tag == TAG_REDO);
    } else if (tag == TAG_DAY)
        take_day(view, answer);
    else if (tag == TAG_DUE)
        take_due(view, answer);
    else if (tag == TAG_OWNER)
        take_owner(view, tag, answer);
    else
        store(view, tag, answer);
}

/* Whoever was at the meeting comes first; any other name can be typed. */
static void ask_owner(struct view *view, const struct action_row *row)
{
    struct changing *c = view->state;
    struct record *record;
    if (store_record(view->app->store, row->meeting, &record, NULL) != EVH_OK) {
        ask(view, TAG_OWNER, "who does it?", row->owner, true);
        return;
    }
    const char **names = arena_alloc(record->arena, record->npeople + 1, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; i < record->npeople; i++)
        if ((record->people[i].bits & CAP_CHILD) == 0 && (row->owner == NULL || strcmp(record->people[i].name, row->owner) != 0))
            names[n++] = record->people[i].name;
    struct buf q = {0};
    buf_addf(&q, "%s: who does it? (now %s; type any name)", buf_str(&c->label), row->owner == NULL ? "nobody" : row->owner);
    pick_ask(view->app, &(struct pick){.question = buf_str(&q), .items = names, .n = n, .other = true, .picked = take_owner, .asker = view, .tag = TAG_OWNER});
    buf_free(&q);
    record_free(record);
}

static void set_label(struct changing *c, const struct action_row *row)
{
    c->action = row->id;
    c->meeting = row->meeting;
    buf_clear(&c->label);
    if (c->nmarks > 1)
        buf_addf(&c->label, "%zu actions", c->nmarks);
    else
        buf_adds(&c->label, row->number == NULL || row->number[0] == '\0' ? "The action" : row->number);
}

static void undo(struct view *view, const struct action_row *row, bool redo)
{
    struct changing *c = view->state;
    size_t *n = redo ? &c->nredo : &c->nundo;
    if (*n > 0) {
        struct changed last = redo ? c->redo[*n - 1] : c->undo[*n - 1];
        --*n;
        take_back(view, last.action, last.label, redo);
        return;
    }
    if (row == NULL) {
        app_say(view->app, STYLE_WARN, redo ? "Nothing was taken back here." : "Nothing was changed here yet.");
        return;
    }
    set_label(c, row);
    struct buf q = {0};
    buf_addf(&q, redo ? "Give %s its change back that was taken back last?" : "Nothing was changed on this screen. Take back the last change of %s?", buf_str(&c->label));
    app_ask(view->app, &(struct ask){.question = buf_str(&q), .choices = "yn", .answered = answered, .asker = view, .tag = redo ? TAG_REDO : TAG_UNDO});
    buf_free(&q);
}

bool changing_begin(struct view *view, const struct action_row *row, enum action action)
{
    struct changing *c = view->state;
    bool change = action == ACTION_COMPLETE || action == ACTION_DATE || action == ACTION_OWNER || action == ACTION_NOTE || action == ACTION_WITHDRAW;
    if (!change && action != ACTION_UNDO && action != ACTION_REDO)
        return false;
    if (view->app->read_only) {
        app_say(view->app, STYLE_WARN, "The tracker is open for reading only.");
        return true;
    }
    if (!change) {
        undo(view, row, action == ACTION_REDO);
        return true;
    }
    if (row == NULL)
        return false;
    set_label(c, row);
    c->doing = action;
    c->day = DAY_NONE;
    c->time = TIME_NONE;
    if (action == ACTION_COMPLETE)
        ask(view, TAG_DAY, "done on which day?", "today", true);
    else if (action == ACTION_DATE)
        ask(view, TAG_DUE, "by when?", NULL, true);
    else if (action == ACTION_OWNER)
        ask_owner(view, row);
    else
        ask_last(view, action == ACTION_NOTE ? TAG_NOTE : TAG_REASON, NULL);
    return true;
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
