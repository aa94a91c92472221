/* Who opened which child's file: what the screens tell the log of visits (store_visit()). Where somebody was named (--as, evenhand-review) it is written
 * before anything is shown; else after the first pause, when the database can be written, so that nobody waits for it. */
#ifndef TUI_VISITS_H
#define TUI_VISITS_H

#include "data/store.h"

struct app;

#define VISITS_WAITING 8

struct visits {
    struct store *store;      /* that writes them; NULL: nobody does */
    bool named;               /* somebody was named: what cannot be written down is not shown */
    void (*account)(struct store *store); /* visits_account(), called before the first of those that waited is written; NULL (evenhand-review) where all are named */
    struct { const char *what; struct uuid meeting; } waiting[VISITS_WAITING];
    size_t n;
};

/* A child's meeting is being opened: `what` as store_visit() has it, a constant. Not OK: it must not be shown. */
MUST_USE enum evh visits_open(struct app *app, const char *what, struct uuid meeting, struct err *err);
/* Writes what waits; what cannot be written is left out. */
void visits_write(struct app *app);

/* The visitor of a store is the account that runs the program, by its login name. */
void visits_account(struct store *store);
/* Writes one visit, if that can be done at once. */
void visits_try(struct store *store, const char *what, struct uuid meeting);

#endif
