/* The store as one person may see it: their own actions, and the right to note, complete and dispute them. Nothing else can be asked of such a handle.
 *
 * An action is a person's own when its owner is the name that they have on the list of people of its meeting (or, where nobody there has that name, in
 * that child's file) and nobody else has it there. Children are given by their local reference, else by initials, and their names are masked so in all
 * words. A confidential action, or one limited to readers of whom they are none, is there with its words masked. */
#ifndef DATA_REVIEW_H
#define DATA_REVIEW_H

#include "data/op.h"
#include "data/store.h"

/* Opens DIR's database for one person (any id that store_find_person() takes as a whole id). NOTFOUND when there is no such person. The handle is a
 * struct store whose capability is that person: every statement but those of this header, of drafts (which are kept apart for each person) and of
 * visits is refused, by a list of statements and by an SQLite authorizer behind it. Nothing is migrated or made: NEWER / STATE with a sentence when the
 * database is not of this version. */
MUST_USE enum evh store_open_review(struct store **out, const char *dir, struct uuid person, const struct world *world, struct err *err);

/* The name of the person, for the title line. Borrowed. */
const char *review_name(const struct store *store);

/* Soonest first, without a date last; `all`: finished ones too. */
MUST_USE enum evh review_actions(struct store *store, struct arena *arena, bool all, struct action_rows *out, struct err *err);
/* These are about to be shown as a list: writes down the visit "actions" for each of their meetings, once a visit, in one transaction. What cannot be
 * written down must not be shown. */
MUST_USE enum evh review_shown(struct store *store, const struct action_rows *rows, struct err *err);
/* One with its whole history and disputes. NOTFOUND for whatever is not theirs, in the same words as for what does not exist. */
MUST_USE enum evh review_action(struct store *store, struct arena *arena, struct uuid action, struct action_row *out, struct err *err);

/* Note on its progress / done on a day (DAY_NONE: today), with an optional note / a dispute of the line in the minutes, in their words. */
MUST_USE enum evh review_note(struct store *store, struct uuid action, const char *words, struct err *err);
MUST_USE enum evh review_done(struct store *store, struct uuid action, int32_t on, const char *words, struct err *err);
MUST_USE enum evh review_dispute(struct store *store, struct uuid action, const char *words, struct err *err);
/* Takes back the last of these that was made in this visit, or gives it again. *action (may be NULL): which action. NO: nothing was. */
MUST_USE enum evh review_undo(struct store *store, bool redo, struct uuid *action, struct err *err);
/* What that would be: "note", "done" or "dispute"; NULL: there is nothing. */
const char *review_next(const struct store *store, bool redo);

#endif
