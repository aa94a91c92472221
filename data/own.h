/* A handle for one person: what it keeps, and how its tables are filled. Private to data/. */
#ifndef DATA_OWN_H
#define DATA_OWN_H

#include "data/change.h"
#include "data/people.h"

#define NEVER INT64_MIN

/* A change that this handle made. */
struct own_made {
    struct uuid meeting, action, fact;
    const char *change;   /* "note", "done"; NULL: a dispute */
    struct uuid undoing;  /* the fact that took it back, or gave it again, last; zero: none did */
    bool undone;
};

struct own {
    struct uuid person;   /* as it was given: drafts are kept under it */
    char *name;
    enum own_phase phase;
    bool installed;       /* false: the connection is not guarded yet, and nothing may be asked of it */
    int64_t places, rows; /* the version (store_version) of which own_place, and the other tables, are filled; NEVER: they are not */
    int64_t seen;         /* the last event of the log that own_place knows of */
    struct own_made *made;
    size_t n, cap;
};

/* ---- own_auth.c ---- */

/* Sets SQLite's authorizer for the phase; what was prepared before is looked at again by it. */
MUST_USE enum evh own_authorize(struct store *store, struct err *err);

/* ---- own_fill.c ---- */

/* Inside a transaction, in the phase OWN_FILL. Only when something changed since. */
MUST_USE enum evh own_fill_places(struct store *store, struct err *err);
MUST_USE enum evh own_fill_rows(struct store *store, struct err *err);
/* The latest action of an action's thread, when it is theirs; NOTFOUND. *meeting, *owner (the name there; arena) may be NULL. */
MUST_USE enum evh own_latest(struct store *store, struct arena *arena, struct uuid action, struct uuid *latest, struct uuid *meeting, const char **owner,
                             struct err *err);
/* Adds those that it carries on, as far as they were theirs, and gives the whole thread, oldest first. */
MUST_USE enum evh own_add_thread(struct store *store, struct arena *arena, struct uuid latest, struct uuid **out, size_t *n, struct err *err);

/* ---- own.c ---- */

/* One view of the person's tables, filled. Between these only statements of the phase OWN_LOOK. */
struct own_view { bool inside; };
MUST_USE enum evh own_look(struct store *store, struct own_view *view, struct err *err);
void own_looked(struct store *store, const struct own_view *view);

#endif
