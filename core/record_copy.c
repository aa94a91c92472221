#include "core/record_copy.h"

#include <string.h>

#include "core/record_inside.h"

static const char *text(struct record *to, const char *s)
{
    return arena_strdup(to->arena, s);
}

static void *array(struct record *to, const void *v, size_t n, size_t size)
{
    if (n == 0)
        return NULL;
    void *copy = arena_alloc(to->arena, n, size);
    memcpy(copy, v, n * size);
    return copy;
}

static struct texts texts(struct record *to, const struct texts *from)
{
    struct texts copy = {array(to, from->v, from->n, sizeof *from->v), from->n};
    for (size_t i = 0; i < copy.n; i++)
        copy.v[i] = text(to, copy.v[i]);
    return copy;
}

static struct restriction copy_restriction(struct record *to, const struct restriction *from)
{
    return (struct restriction){from->confidential, texts(to, &from->readers)};
}

static struct position *positions(struct record *to, const struct position *v, size_t n)
{
    struct position *copy = array(to, v, n, sizeof *v);
    for (size_t i = 0; i < n; i++) {
        copy[i].name = text(to, v[i].name);
        copy[i].position = text(to, v[i].position);
        copy[i].text = text(to, v[i].text);
        copy[i].basis = text(to, v[i].basis);
    }
    return copy;
}

static struct said_by *said_by(struct record *to, const struct said_by *v, size_t n)
{
    struct said_by *copy = array(to, v, n, sizeof *v);
    for (size_t i = 0; i < n; i++) {
        copy[i].by = text(to, v[i].by);
        copy[i].text = text(to, v[i].text);
    }
    return copy;
}

void copy_head(struct record *to, const struct record *from)
{
    for (size_t i = 0; i < from->nhead; i++) {
        struct fact f = fact_new(FACT_HEAD, (struct uuid){0});
        f.key = from->head[i].key;
        f.value = from->head[i].value;
        f.index = from->head[i].index;
        (void)record_apply(to, &f); /* it was applied to the other */
    }
    for (size_t i = 0; i < to->nchildren && i < from->nchildren; i++)
        to->children[i].file = from->children[i].file;
    to->opened = from->opened;
    to->origin = text(to, from->origin);
}

static void copy_attendee(struct record *to, const struct attendee *from)
{
    struct attendee a = *from;
    a.name = text(to, from->name);
    a.also = text(to, from->also);
    a.role = text(to, from->role);
    a.organisation = text(to, from->organisation);
    a.capacity = texts(to, &from->capacity);
    a.responsibility = text(to, from->responsibility);
    a.helps = texts(to, &from->helps);
    a.capacity_text = text(to, from->capacity_text);
    a.language = text(to, from->language);
    a.listed = array(to, from->listed, from->nlisted, sizeof *from->listed);
    a.absence = text(to, from->absence);
    a.absence_reason = text(to, from->absence_reason);
    a.presence_text = text(to, from->presence_text);
    to->people = arena_grow(to->arena, to->people, to->npeople, &to->people_cap, sizeof *to->people);
    to->people[to->npeople++] = a;
}

static void copy_help(struct record *to, const struct help *from)
{
    struct help h = *from;
    h.for_name = text(to, from->for_name);
    h.kind = text(to, from->kind);
    h.offered_text = text(to, from->offered_text);
    h.offered_by = text(to, from->offered_by);
    h.outcome = text(to, from->outcome);
    h.words = text(to, from->words);
    h.who = text(to, from->who);
    to->help = arena_grow(to->arena, to->help, to->nhelp, &to->help_cap, sizeof *to->help);
    to->help[to->nhelp++] = h;
}

static void copy_contact(struct record *to, const struct contact *from)
{
    to->contacts = arena_grow(to->arena, to->contacts, to->ncontacts, &to->contacts_cap, sizeof *to->contacts);
    to->contacts[to->ncontacts++] = (struct contact){from->id, text(to, from->at), text(to, from->how), text(to, from->whom),
                                                     text(to, from->by), text(to, from->result)};
}

void copy_people(struct record *to, const struct record *from)
{
    to->npeople = 0; /* the children of the head come again behind the list */
    for (size_t i = 0; i < from->npeople; i++) {
        if (!from->people[i].implied)
            copy_attendee(to, &from->people[i]);
    }
    people_sync(to);
    for (size_t i = 0; i < from->nhelp; i++)
        copy_help(to, &from->help[i]);
    for (size_t i = 0; i < from->ncontacts; i++)
        copy_contact(to, &from->contacts[i]);
}

void copy_items(struct record *to, const struct record *from)
{
    for (size_t i = 1; i < from->nitems; i++) {
        to->items = arena_grow(to->arena, to->items, to->nitems, &to->items_cap, sizeof *to->items);
        struct item *item = &to->items[to->nitems++];
        *item = from->items[i];
        item->title = text(to, item->title);
    }
}

/* ---- entries ---- */

static void copy_detail(struct record *to, struct entry *e)
{
    e->speaker = text(to, e->speaker);
    e->text = text(to, e->text);
    e->restriction = copy_restriction(to, &e->restriction);
    e->read_back = text(to, e->read_back);
    e->withdrawn = text(to, e->withdrawn);
    e->typed_by = text(to, e->typed_by);
    e->basis = text(to, e->basis);
    e->source = text(to, e->source);
    e->because = text(to, e->because);
    e->how = text(to, e->how);
    e->asked_by = text(to, e->asked_by);
    e->recipient = text(to, e->recipient);
    e->purpose = text(to, e->purpose);
    e->state = text(to, e->state);
    e->reason = text(to, e->reason);
    e->what = text(to, e->what);
    e->state_text = text(to, e->state_text);
    e->next = text(to, e->next);
    e->owner = text(to, e->owner);
    e->with = texts(to, &e->with);
    e->done_when = text(to, e->done_when);
    e->otherwise = text(to, e->otherwise);
    e->carried_number = text(to, e->carried_number);
}

static void copy_under(struct record *to, struct entry *e)
{
    e->earlier = array(to, e->earlier, e->nearlier, sizeof *e->earlier);
    for (size_t i = 0; i < e->nearlier; i++) {
        e->earlier[i].text = text(to, e->earlier[i].text);
        e->earlier[i].by = text(to, e->earlier[i].by);
    }
    e->translations = array(to, e->translations, e->ntranslations, sizeof *e->translations);
    for (size_t i = 0; i < e->ntranslations; i++) {
        struct translation *t = &e->translations[i];
        *t = (struct translation){text(to, t->language), text(to, t->text), text(to, t->by)};
    }
    e->states = array(to, e->states, e->nstates, sizeof *e->states);
    for (size_t i = 0; i < e->nstates; i++) {
        struct dispute_state *s = &e->states[i];
        *s = (struct dispute_state){s->id, text(to, s->state), text(to, s->text), text(to, s->next)};
    }
    e->history = array(to, e->history, e->nhistory, sizeof *e->history);
    for (size_t i = 0; i < e->nhistory; i++) {
        struct action_change *c = &e->history[i];
        *c = (struct action_change){c->id, c->date, text(to, c->change), text(to, c->from), text(to, c->to), text(to, c->by), text(to, c->text)};
    }
    e->disputes = said_by(to, e->disputes, e->ndisputes);
    e->answers = said_by(to, e->answers, e->nanswers);
    e->positions = positions(to, e->positions, e->npositions);
    /* The copies are as long as what they hold, so that the next one added moves them. */
    e->earlier_cap = e->nearlier;
    e->disputes_cap = e->ndisputes;
    e->answers_cap = e->nanswers;
    e->translations_cap = e->ntranslations;
    e->positions_cap = e->npositions;
    e->states_cap = e->nstates;
    e->history_cap = e->nhistory;
}

void copy_entry(struct record *to, const struct entry *from)
{
    to->entries = arena_grow(to->arena, to->entries, to->nentries, &to->entries_cap, sizeof *to->entries);
    struct entry *e = &to->entries[to->nentries++];
    *e = *from;
    copy_detail(to, e);
    copy_under(to, e);
    index_add(to->index, (struct ref){e->id, e->id, OBJECT_ENTRY, to->nentries - 1, 0});
}

/* ---- the end ---- */

void copy_outcome(struct record *to, const struct outcome *from)
{
    to->outcomes = arena_grow(to->arena, to->outcomes, to->noutcomes, &to->outcomes_cap, sizeof *to->outcomes);
    to->outcomes[to->noutcomes++] =
        (struct outcome){from->id, text(to, from->outcome), text(to, from->text), copy_restriction(to, &from->restriction)};
}

void copy_recommendation(struct record *to, const struct recommendation *from)
{
    to->recommendations =
        arena_grow(to->arena, to->recommendations, to->nrecommendations, &to->recommendations_cap, sizeof *to->recommendations);
    struct recommendation *r = &to->recommendations[to->nrecommendations++];
    *r = *from;
    r->text = text(to, from->text);
    r->restriction = copy_restriction(to, &from->restriction);
    r->differences = positions(to, from->differences, from->ndifferences);
    r->differences_cap = from->ndifferences;
}

void copy_signoff(struct record *to, const struct signoff *from)
{
    to->signoffs = arena_grow(to->arena, to->signoffs, to->nsignoffs, &to->signoffs_cap, sizeof *to->signoffs);
    to->signoffs[to->nsignoffs++] = (struct signoff){from->id, text(to, from->name), text(to, from->state), text(to, from->scope),
                                                     text(to, from->comment), from->date, copy_restriction(to, &from->restriction)};
}

void copy_copy(struct record *to, const struct copy_given *from)
{
    to->copies = arena_grow(to->arena, to->copies, to->ncopies, &to->copies_cap, sizeof *to->copies);
    to->copies[to->ncopies++] = (struct copy_given){from->id, text(to, from->name), text(to, from->audience), text(to, from->how), from->date,
                                                    copy_restriction(to, &from->restriction)};
}
