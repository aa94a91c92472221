/* What a database says, as something that can be compared. */
#ifndef TESTS_CRASH_STATE_H
#define TESTS_CRASH_STATE_H

#include "core/buf.h"
#include "core/hash.h"
#include "data/store.h"

/* Event by event in the order of the log, with ids and all; and the half-typed lines. The same twice: nothing is lost, nothing is added. */
struct state {
    size_t events;
    struct hash log, drafts;
};

MUST_USE enum evh state_read(struct store *store, struct state *out, struct err *err);
bool state_same(const struct state *a, const struct state *b);

/* The same as text, a line each, without ids: two runs of one operation give the same, whatever ids they made. */
MUST_USE enum evh state_text(struct store *store, struct buf *out, struct err *err);

/* Integrity, chains, derived tables: the doctor finds nothing bad. `where` says in complaints what had happened. */
bool state_whole(struct store *store, const char *where);

/* An older database: makes DIR/evenhand.db of `version` (1 or 2) with the log of the newest one that lies there. */
void state_age(const char *dir, int version);

#endif
