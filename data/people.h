/* Who is who across meetings: appearances on lists of people, put together into persons. Private to data/. */
#ifndef DATA_PEOPLE_H
#define DATA_PEOPLE_H

#include "data/inside.h"

/* One line of one meeting's list of people. */
struct appearance {
    struct uuid id, meeting;
    const char *name, *fold, *role, *organisation;
    bool apart;           /* somebody said that it belongs to nobody of the same name */
    int32_t date; int start; /* of the meeting */
    size_t leader;        /* appearances of one person have the same */
};

struct filed { struct uuid meeting, file; const char *child; }; /* a child of a meeting, as the minutes call them */
struct same { struct uuid meeting, fact, attendee, person; };   /* somebody said so */

struct people {
    struct arena *arena;
    struct appearance *v; size_t n, cap;      /* by folded name, then meeting */
    struct filed *files; size_t nfiles, files_cap; /* by meeting */
    struct same *same; size_t nsame, same_cap;
    size_t *by_id;                            /* places in v */
    size_t *first;                            /* by leader: the place of the smallest id */
};

#define NOBODY SIZE_MAX

/* Everybody / everybody who has the name of that appearance (NOBODY: none), or is said to be the same as one of those. */
MUST_USE enum evh people_load(struct store *store, struct arena *arena, struct people *out, struct err *err);
MUST_USE enum evh people_of(struct store *store, struct arena *arena, struct uuid id, struct people *out, size_t *at, struct err *err);
MUST_USE enum evh people_named(struct store *store, struct arena *arena, const char *fold, struct people *out, struct err *err);

/* The appearance with that id; NOBODY: there is none. */
size_t people_find(const struct people *p, struct uuid id);
/* Where appearances with that folded name begin, and where they end. */
void people_range(const struct people *p, const char *fold, size_t *from, size_t *to);
/* The first child of a meeting in p->files, and behind the last. */
void people_files(const struct people *p, struct uuid meeting, size_t *from, size_t *to);
/* The person's id: the smallest of their appearances'. */
struct uuid people_id(const struct people *p, size_t at);

/* Whose a folded owner's name of a meeting is: the one person who has it on that meeting's list; where nobody has, the one who has it in the files of the
 * meeting's children. NOBODY when that is no one or more than one. The result is an appearance of theirs. */
size_t people_owner(const struct people *p, struct uuid meeting, const char *fold);

#endif
