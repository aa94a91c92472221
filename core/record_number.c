/* Numbers of entries, labels of actions, decisions and disagreements, and what holds for an action now. */
#include <stdio.h>
#include <string.h>

#include "core/record.h"
#include "core/record_inside.h"

/* Actions that were carried over keep their number and take none; withheld ones show nothing. */
static bool takes_label(const struct entry *e)
{
    if (e->withheld)
        return false;
    return e->kind == ENTRY_DECISION || e->kind == ENTRY_DISAGREEMENT || (e->kind == ENTRY_ACTION && e->carried == DAY_NONE);
}

static size_t class_of(const struct entry *e)
{
    size_t kind = e->kind == ENTRY_ACTION ? 0 : e->kind == ENTRY_DECISION ? 1 : 2;
    return kind * 2 + restricted(&e->restriction);
}

void record_number(struct record *record)
{
    int next[6] = {0}, number = 0;
    for (size_t i = 0; i < record->nentries; i++) {
        struct entry *e = &record->entries[i];
        number = i > 0 && record->entries[i - 1].item == e->item ? number + 1 : 1;
        int label = takes_label(e) ? ++next[class_of(e)] : 0;
        if (e->number != number || e->label != label)
            e->changed = true;
        e->number = number;
        e->label = label;
    }
}

void number_last(struct record *r)
{
    size_t last = r->nentries - 1;
    struct entry *v = r->entries, *e = &v[last];
    e->number = last > 0 && v[last - 1].item == e->item ? v[last - 1].number + 1 : 1;
    e->label = takes_label(e) ? 1 : 0;
    for (size_t i = last; e->label != 0 && i-- > 0;) {
        if (takes_label(&v[i]) && class_of(&v[i]) == class_of(e)) {
            e->label = v[i].label + 1;
            break;
        }
    }
}

void entry_label(const struct entry *e, char label[16])
{
    label[0] = '\0';
    if (e->kind == ENTRY_ACTION && e->carried != DAY_NONE) {
        if (e->carried_number != NULL && strlen(e->carried_number) < 16)
            snprintf(label, 16, "%s", e->carried_number);
    } else if (takes_label(e) && e->label > 0) {
        snprintf(label, 16, "%s%c%d", restricted(&e->restriction) ? "X" : "", entry_letter(e->kind), e->label);
    }
}

const char *entry_call(const struct entry *e)
{
    static const char *const words[ENTRY_COUNT] = {
        [ENTRY_NOTE] = "note", [ENTRY_SAID] = "words said", [ENTRY_PARENT_VIEW] = "parent's view", [ENTRY_CHILD_VIEW] = "child's view",
        [ENTRY_OPINION] = "opinion", [ENTRY_REPORTED] = "report", [ENTRY_STRENGTH] = "strength", [ENTRY_DECISION] = "decision",
        [ENTRY_ACTION] = "action", [ENTRY_DISAGREEMENT] = "disagreement", [ENTRY_MINUTED] = "minuted words", [ENTRY_CONSENT] = "consent",
        [ENTRY_ARRIVES] = "arrival", [ENTRY_LEAVES] = "leaving", [ENTRY_CLOCK] = "line",
    };
    if (e->kind == ENTRY_CLOCK && e->what != NULL)
        return strcmp(e->what, "chair") == 0 ? "change of chair" : e->what;
    return words[e->kind];
}

void entry_put_name(struct buf *out, const struct entry *e)
{
    char label[16];
    entry_label(e, label);
    bool hidden = restricted(&e->restriction);
    if (!hidden && label[0] != '\0') {
        buf_adds(out, label);
        return;
    }
    buf_addf(out, "the %s", hidden ? "confidential line" : entry_call(e));
    if (e->time != TIME_NONE) {
        buf_adds(out, " of ");
        civil_put_time(out, e->time);
    }
}

/* ---- actions ---- */

/* "2026-12-04" or "2026-12-04 12:00"; anything else is no date. */
static void read_due(const char *words, struct action_now *now)
{
    now->due = DAY_NONE;
    now->due_time = TIME_NONE;
    size_t n = words == NULL ? 0 : strlen(words), day = n < 10 ? n : 10;
    if (n == 0 || !civil_read_day(words, day, &now->due)) {
        now->due = DAY_NONE;
        return;
    }
    if (n > 11 && !civil_read_time(words + 11, n - 11, &now->due_time))
        now->due_time = TIME_NONE;
}

static void change(struct action_now *now, const struct action_change *c)
{
    static const char *const states[] = {"done", "not done", "in progress", "withdrawn"};
    if (strcmp(c->change, "due") == 0)
        read_due(c->to, now);
    else if (strcmp(c->change, "owner") == 0)
        now->owner = c->to;
    for (size_t i = 0; i < NITEMS(states); i++) {
        if (strcmp(c->change, states[i]) != 0)
            continue;
        now->status = states[i];
        bool closed = !action_is_open(states[i]);
        now->closed = closed ? c->date : DAY_NONE;
    }
}

struct action_now action_now(const struct record *record, const struct entry *action)
{
    (void)record;
    struct action_now now = {action->asked ? "asked" : "open", action->owner, action->due, action->due_time, DAY_NONE};
    for (size_t i = 0; i < action->nhistory; i++)
        change(&now, &action->history[i]);
    if (action->withdrawn != NULL)
        now.status = "withdrawn";
    return now;
}

bool action_is_open(const char *status)
{
    return strcmp(status, "open") == 0 || strcmp(status, "in progress") == 0 || strcmp(status, "not done") == 0;
}
