/* What the operations share: facts go into the log, the record and the derived tables in one transaction. Private to data/. */
#ifndef DATA_CHANGE_H
#define DATA_CHANGE_H

#include "data/inside.h"
#include "data/op.h"

/* ---- change.c ---- */

/* A record and its log, as an operation works on them. */
struct change {
    struct store *store;
    struct record *record;
    struct arena *arena;   /* of the log's facts */
    struct log log;
    int64_t opened;        /* what the log had when it was loaded: later events of this computer may be another screen's */
};

/* Reads a meeting and its log, inside a transaction. NOTFOUND. */
MUST_USE enum evh change_load(struct change *c, struct store *store, struct uuid meeting, struct err *err);
void change_free(struct change *c);

/* Writes facts: files children whose head lines changed, appends, applies, derives. `author` NULL: who keeps the record. */
MUST_USE enum evh change_write(struct change *c, struct facts *facts, const char *author, struct err *err);
/* The same in two steps, for several changes that one keystroke makes and that are taken back one by one: each is appended by itself, and then all
 * of them together are applied and derived. */
MUST_USE enum evh change_append(struct change *c, const struct facts *facts, const char *author, struct err *err);
MUST_USE enum evh change_settle(struct change *c, const struct facts *facts, const char *author, struct err *err);

/* ---- op_action.c ---- */

/* The meeting whose record an action stands in. NOTFOUND. */
MUST_USE enum evh action_meeting(struct store *store, struct uuid action, struct uuid *meeting, struct err *err);
/* op_action() inside a transaction that the caller began, on the action as that meeting has it. */
MUST_USE enum evh op_action_in(struct store *store, struct uuid meeting, struct uuid action, const struct action_edit *edit, struct err *err);

/* ---- filing.c: which child's file ---- */

/* Adds a child.filed fact for every child that has no file, or that its file no longer fits. *said (may be NULL):
 * "same child as in the meeting of 13 October 2026" for those that joined one. */
MUST_USE enum evh filing(struct store *store, struct record *record, struct arena *arena, struct facts *facts, const char **said, struct err *err);
bool filing_touched(const struct fact *facts, size_t n);

/* ---- undo.c: what the last change was ---- */

/* Adds the facts that take back (or give again) the last change of this device; of one action only when `action` is
 * not zero. *first: index in the log of the first fact that is taken back or given again. NO: there is nothing. */
MUST_USE enum evh undo_facts(const struct change *c, struct uuid action, bool redo, struct facts *facts, size_t *first, struct err *err);
/* Two facts of one transaction. */
bool one_change(const struct log_mark *a, const struct log_mark *b);

/* ---- undo_words.c ---- */

/* What the change that begins at `first` is, to stand behind "takes back" or "gives again": "the note of 14:12: “…”". */
const char *undo_says(const struct change *c, size_t first, bool redo, struct arena *arena);

#endif
