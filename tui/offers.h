/* What Tab offers for a half-typed word: shared by the planning form and by the sheets of the people and of the check. */
#ifndef TUI_OFFERS_H
#define TUI_OFFERS_H

#include "core/arena.h"
#include "core/civil.h"

struct offer { const char *shown, *whole; }; /* the words, and the line as it would stand with them */

struct offers {
    struct arena *arena;
    struct offer *v;
    size_t n, max;
    const char *line;
    size_t from;       /* where the half-typed word begins in the line */
    const char *typed; /* folded */
    bool whole;        /* it is a whole word of the list already: nothing to complete */
};

enum offer_words { OFFER_ROLES, OFFER_CAPACITIES, OFFER_PRESENCES, OFFER_HELP, OFFER_OFFERED, OFFER_OUTCOMES, OFFER_CONTACT, OFFER_RESULTS, OFFER_VIEWS, OFFER_COPIES };

/* Where the word that is typed begins, after the last of these characters; everything before it stays. */
void offers_begin(struct offers *o, const char *stops);
/* In a capacity, goes on to the name behind "for" or "and" ("advocate for Gr"); false when there is none. */
bool offers_begin_helped(struct offers *o);
/* One candidate, if it begins like what is typed; `whole` NULL: it takes the place of the typed word. */
void offer_one(struct offers *o, const char *candidate, const char *whole);
void offer_words(struct offers *o, enum offer_words words);
/* Dates, forwards from a day. */
void offer_dates(struct offers *o, int32_t from);

#endif
