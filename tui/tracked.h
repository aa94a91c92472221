/* A long list of actions as a screen keeps it: the ids of all of them, and the rows round those that are looked at. Ten thousand actions are 160 kB. */
#ifndef TUI_TRACKED_H
#define TUI_TRACKED_H

#include "data/store.h"

#define TRACKED_FIRST 50  /* what the first frame is drawn from; a higher screen is filled at the first tick */
#define TRACKED_BLOCK 128 /* rows that are read at once */

struct tracked {
    struct arena *ids_arena, *rows_arena;
    struct action_ids ids;
    const struct action_row *rows[TRACKED_BLOCK]; /* of ids.v[from] and those after it; NULL: gone since */
    size_t from, nrows;
    bool part;         /* only the first TRACKED_FIRST were asked for; there may be more */
};

void tracked_free(struct tracked *t);

/* Reads the list anew: with `part` only its beginning, rows and all, which is what a first frame needs. On an error the old list stays. */
MUST_USE enum evh tracked_read(struct tracked *t, struct store *store, const struct action_filter *filter, bool part, struct err *err);
/* The rows are read anew when they are asked for; the list stays. */
void tracked_stale(struct tracked *t);

/* A row, read from the store with those round it when it is not at hand. NULL: it is gone, or cannot be read. Borrowed until the next call. */
const struct action_row *tracked_row(struct tracked *t, struct store *store, size_t i);
/* Where an action stands; ids.n: nowhere. */
size_t tracked_find(const struct tracked *t, struct uuid id);

#endif
