#include "core/audience.h"

#include <string.h>

#include "core/names.h"
#include "core/record_copy.h"
#include "core/record_inside.h"

static bool is(const char *name, const char *reader)
{
    return name != NULL && reader != NULL && strcmp(name, reader) == 0;
}

/* Who keeps the record, as listed: the head may say "Ravi" or "minute-taker". */
static const char *keeper(const struct record *record)
{
    const struct attendee *person;
    const char *by = record->kept_by;
    return by != NULL && names_find(record, by, strlen(by), &person) == NAMES_ONE ? person->name : by;
}

bool audience_may(const struct record *record, const struct audience *audience, const struct restriction *restriction,
                  const char *speaker, const char *typed_by)
{
    if (audience->kind == AUDIENCE_FULL || !restricted(restriction))
        return true;
    if (audience->kind == AUDIENCE_OPEN || restriction->confidential)
        return false;
    for (size_t i = 0; i < restriction->readers.n; i++) {
        if (is(restriction->readers.v[i], audience->reader))
            return true;
    }
    return is(speaker, audience->reader) || is(typed_by != NULL ? typed_by : keeper(record), audience->reader);
}

/* It may be said that there was something at that time, and nothing else. */
static void add_withheld(struct record *copy, const struct entry *e)
{
    const struct entry nothing = {.kind = ENTRY_NOTE, .item = e->item, .time = e->time, .text = "", .restriction = {.confidential = true},
                                  .shown_as_withheld = true, .withheld = true, .date = DAY_NONE, .until = DAY_NONE, .due = DAY_NONE,
                                  .due_time = TIME_NONE, .from_day = DAY_NONE, .carried = DAY_NONE};
    copy_entry(copy, &nothing);
}

static void add_entry(struct record *copy, const struct record *record, const struct audience *audience, const struct entry *e)
{
    if (!audience_may(record, audience, &e->restriction, e->speaker, e->typed_by)) {
        if (e->shown_as_withheld)
            add_withheld(copy, e);
        return;
    }
    struct entry shown = *e;
    if (audience->kind != AUDIENCE_FULL)
        shown.nearlier = 0;
    copy_entry(copy, &shown);
}

static void add_end(struct record *copy, const struct record *r, const struct audience *a)
{
    for (size_t i = 0; i < r->noutcomes; i++) {
        if (audience_may(r, a, &r->outcomes[i].restriction, NULL, NULL))
            copy_outcome(copy, &r->outcomes[i]);
    }
    for (size_t i = 0; i < r->nrecommendations; i++) {
        if (audience_may(r, a, &r->recommendations[i].restriction, NULL, NULL))
            copy_recommendation(copy, &r->recommendations[i]);
    }
    for (size_t i = 0; i < r->nsignoffs; i++) {
        if (audience_may(r, a, &r->signoffs[i].restriction, r->signoffs[i].name, NULL))
            copy_signoff(copy, &r->signoffs[i]);
    }
    for (size_t i = 0; i < r->ncopies; i++) {
        if (audience_may(r, a, &r->copies[i].restriction, NULL, NULL))
            copy_copy(copy, &r->copies[i]);
    }
}

struct record *audience_copy(const struct record *record, const struct audience *audience)
{
    struct record *copy = record_new(record->id);
    copy_head(copy, record);
    copy_people(copy, record);
    copy_items(copy, record);
    for (size_t i = 0; i < record->nentries; i++)
        add_entry(copy, record, audience, &record->entries[i]);
    add_end(copy, record, audience);
    copy_settle(copy);
    record_number(copy);
    presence_forget(copy);
    return copy;
}
