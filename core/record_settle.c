/* Names that were written before their person was on the list are looked up once everybody is known: a copy shows each by the name that the
 * list gives, so that what is written back reads as what it was. */
#include <string.h>

#include "core/names.h"
#include "core/record_copy.h"

static void one(const struct record *r, const char **name)
{
    const struct attendee *person;
    if (*name != NULL && record_person(r, *name) == NULL && names_find(r, *name, strlen(*name), &person) == NAMES_ONE)
        *name = person->name;
}

static void readers(const struct record *r, struct restriction *restriction)
{
    for (size_t i = 0; i < restriction->readers.n; i++)
        one(r, &restriction->readers.v[i]);
}

static void positions(const struct record *r, struct position *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        one(r, &v[i].name);
}

static void said(const struct record *r, struct said_by *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        one(r, &v[i].by);
}

static void settle_entry(const struct record *r, struct entry *e)
{
    one(r, &e->asked_by);
    one(r, &e->typed_by);
    readers(r, &e->restriction);
    positions(r, e->positions, e->npositions);
    said(r, e->disputes, e->ndisputes);
    said(r, e->answers, e->nanswers);
    for (size_t i = 0; i < e->nearlier; i++)
        one(r, &e->earlier[i].by);
    for (size_t i = 0; i < e->ntranslations; i++)
        one(r, &e->translations[i].by);
    for (size_t i = 0; i < e->nhistory; i++) {
        one(r, &e->history[i].by);
        if (strcmp(e->history[i].change, "owner") == 0) {
            one(r, &e->history[i].from);
            one(r, &e->history[i].to);
        }
    }
}

static void settle_end(struct record *r)
{
    for (size_t i = 0; i < r->noutcomes; i++)
        readers(r, &r->outcomes[i].restriction);
    for (size_t i = 0; i < r->nrecommendations; i++) {
        readers(r, &r->recommendations[i].restriction);
        positions(r, r->recommendations[i].differences, r->recommendations[i].ndifferences);
    }
    for (size_t i = 0; i < r->nsignoffs; i++) {
        one(r, &r->signoffs[i].name);
        readers(r, &r->signoffs[i].restriction);
    }
    for (size_t i = 0; i < r->ncopies; i++) {
        one(r, &r->copies[i].name);
        readers(r, &r->copies[i].restriction);
    }
}

void copy_settle(struct record *copy)
{
    names_refresh(copy);
    for (size_t i = 0; i < copy->nhelp; i++) {
        one(copy, &copy->help[i].for_name);
        one(copy, &copy->help[i].offered_by);
        one(copy, &copy->help[i].who);
    }
    for (size_t i = 0; i < copy->ncontacts; i++) {
        one(copy, &copy->contacts[i].whom);
        one(copy, &copy->contacts[i].by);
    }
    for (size_t i = 0; i < copy->nentries; i++)
        settle_entry(copy, &copy->entries[i]);
    settle_end(copy);
}
