/* The minutes, part by part: what they say is the same in every format. Private to core/out/. */
#ifndef CORE_OUT_MINUTES_H
#define CORE_OUT_MINUTES_H

#include "core/out/page.h"

void minutes_put(struct page *p, const struct record *r);

/* minutes_front.c: heading, actions, decisions, disagreements, people. */
void minutes_front(struct page *p, const struct record *r);
void minutes_people(struct page *p, const struct record *r);

/* minutes_items.c: what was said, item by item. */
void minutes_items(struct page *p, const struct record *r);

/* minutes_end.c: consents, outcome, sign-off, copies, contacts, conflicts. */
void minutes_end(struct page *p, const struct record *r);

/* ---- words that several parts use ---- */

const char *minutes_day(struct page *p, int32_t day);               /* "Tue 24 Nov 2026" */
const char *minutes_when(struct page *p, int32_t day, int time);    /* with ", 14:00" */
const char *minutes_names(struct page *p, const char *const *v, size_t n); /* "A, B and C" */
const char *minutes_restriction(struct page *p, const struct restriction *r); /* "confidential" … or NULL when open */
const char *minutes_consent(struct page *p, const struct entry *e); /* "item -> recipient; purpose; given until …" */

/* Appends ", word" or "word" to what is there (which may be ""). */
const char *minutes_add(struct page *p, const char *list, const char *separator, const char *word);

#endif
