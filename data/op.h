/* Operations: one thing a user can do = one function = one transaction. Screens and commands call the same ones. All or nothing; a
 * change is acknowledged (OK) only after COMMIT returned. */
#ifndef DATA_OP_H
#define DATA_OP_H

#include "core/notation.h"
#include "data/store.h"

struct op_import {
    struct uuid id;
    bool existed;            /* the same text had been imported before: nothing changed */
    struct uuid other;       /* another record of the same meeting, or zero */
    const char *filed;       /* "same child as in the meeting of 13 October 2026" or NULL; arena */
    size_t entries;
};
/* Imports one .meeting text. Strict: any notice is INVALID and nothing is imported. Notices are given either way. */
MUST_USE enum evh op_import(struct store *store, const struct types *types, const char *text, size_t n, bool strict, struct arena *arena,
                            struct notices *notices, struct op_import *out, struct err *err);

/* A plan: head lines and people as notation text ("key", "value" / "NAME | role | …"). */
struct plan {
    const char *(*head)[2]; size_t nhead;
    const char **people; size_t npeople;
    const char **help; size_t nhelp;
    const char **items; size_t nitems;        /* agenda: "Title [10m]" */
    struct uuid from;                          /* meeting to carry over from, or zero: open actions, open disagreements */
    const char *carried[64]; size_t ncarried;  /* lines of open actions and disagreements, notation; op_plan_from() fills them */
};
/* Fills a plan from the last meeting: people, open actions ("A<A4 2026-10-21: …"), open disagreements, agenda of the type. */
MUST_USE enum evh op_plan_from(struct store *store, const struct types *types, struct uuid meeting, struct arena *arena, struct plan *out, struct err *err);
MUST_USE enum evh op_plan(struct store *store, const struct types *types, const struct plan *plan, struct arena *arena, struct uuid *id,
                          const char **filed, struct notices *notices, struct err *err);

/* The live meeting: a record kept in memory beside the log. Every change first takes in what other processes wrote. */
struct session {
    struct store *store;
    const struct types *types;
    struct record *record;
    struct arena *arena;       /* facts of the session, notices of the last call */
    struct notation_reader reader;
    struct facts log;          /* every fact of the meeting in order: for undo */
    int64_t seen;              /* store's mark of what was taken in */
    struct notices notices;    /* of the last call */
    struct session_own *own;   /* data/session.c's: where each fact of `log` stands, whether the screen is live */
};
MUST_USE enum evh session_open(struct session *s, struct store *store, const struct types *types, struct uuid meeting, bool live, struct err *err);
void session_close(struct session *s);
/* Takes in what others wrote since; *changed tells. */
MUST_USE enum evh session_refresh(struct session *s, bool *changed, struct err *err);
/* One typed line: parsed, on disk, applied; the draft line is removed in the same transaction. Entries without a time get the clock's. */
MUST_USE enum evh session_line(struct session *s, const char *line, size_t n, struct err *err);
/* Several lines as if typed one after another, as one change: all of them or none, and one undo. The half-typed line stays on disk. */
MUST_USE enum evh session_lines(struct session *s, const char *const *lines, size_t n, struct err *err);
/* The same for an entry that belongs to the item that was left: in one change the heading of the current item is taken back, the entry recorded and
 * the same heading begun anew. STATE when something stands under that heading already, or the line is no entry. */
MUST_USE enum evh session_left(struct session *s, const char *line, size_t n, struct err *err);
MUST_USE enum evh session_edit(struct session *s, struct uuid entry, const char *line, size_t n, struct err *err);
/* A mark, position, sign-off, copy … as notation text under an entry (zero: on its own). */
MUST_USE enum evh session_mark(struct session *s, struct uuid entry, const char *line, size_t n, struct err *err);
/* What undo would take back, or redo give again, in words ("the note of 14:12: “…”"); NULL: there is nothing. Only what this screen wrote,
 * or what this computer wrote before the meeting was opened here. Nothing restricted is repeated. Arena of the session. */
const char *session_undo_says(struct session *s, bool redo);
MUST_USE enum evh session_undo(struct session *s, bool redo, struct err *err);
MUST_USE enum evh session_head(struct session *s, const char *key, int index, const char *value, struct err *err);
/* A person, "help: …" or "contact: …". Zero: adds; else changes the one with that id. */
MUST_USE enum evh session_person(struct session *s, struct uuid attendee, const char *line, struct err *err);

struct action_edit {
    const char *change;   /* done, progress, not-done, withdraw, due, owner, note */
    const char *note;     /* words; needed for due, owner, withdraw, note */
    int32_t on;           /* DAY_NONE: today */
    int32_t due; int due_time;
    const char *owner;
    const char *by;       /* NULL: op_action_author() */
};
/* Under whose name a change stands when nobody is named: the visitor's, else that of whoever keeps the minutes. NULL: nobody's, as of a record kept as
 * notes. Borrowed. */
const char *op_action_author(const struct store *store, const struct record *record);
MUST_USE enum evh op_action(struct store *store, struct uuid action, const struct action_edit *edit, struct err *err);
/* The same change of several actions, in one transaction: all of them or none. The sentence of a refusal names the action it is about. One that is named
 * twice (by itself or by a meeting that it was carried through) is changed once. Each action's change stands by itself in the log: it can be taken back
 * without the others, and undo on the live screen takes back one after another. */
MUST_USE enum evh op_actions(struct store *store, const struct uuid *actions, size_t n, const struct action_edit *edit, struct err *err);
/* Takes back / gives again the last change of each of these actions, all of them or none. The last that this program made, or that was there when it opened
 * the database (where a visitor was named: that they made); never what another program did since. STATE: there is none. */
MUST_USE enum evh op_actions_undo(struct store *store, const struct uuid *actions, size_t n, bool redo, struct err *err);
/* What stood last in an action's history in its latest meeting / (`given`) what was taken back last and may be given again, whoever did it, an import
 * included. out->id is what op_action_take_back() wants. STATE: there is none, or it stands in the record of an earlier meeting. */
MUST_USE enum evh op_action_last(struct store *store, struct uuid action, bool given, struct arena *arena, struct action_change *out, struct err *err);
/* Takes exactly that change back (gives it again), whoever made it: for a user who was told whose it is, and agreed. STATE: it is not the last any more. */
MUST_USE enum evh op_action_take_back(struct store *store, struct uuid action, struct uuid change, bool given, struct err *err);
/* Takes back / gives again the last change of one action. */
MUST_USE enum evh op_action_undo(struct store *store, struct uuid action, bool redo, struct err *err);

/* Says that two are one person / takes a person's appearances in one child's file out again. A reason is needed. Recorded as facts. */
MUST_USE enum evh op_person_join(struct store *store, struct uuid person, struct uuid other, const char *reason, struct err *err);
MUST_USE enum evh op_person_split(struct store *store, struct uuid person, struct uuid file_of_meeting, const char *reason, struct err *err);

MUST_USE enum evh op_sign(struct store *store, struct uuid meeting, const char *name, const char *state, const char *comment, int32_t on, struct err *err);

/* Joins the file of one meeting's child to that of another, or gives it a file of its own. */
MUST_USE enum evh op_file_join(struct store *store, struct uuid meeting, int child, struct uuid file, const char *reason, struct err *err);
MUST_USE enum evh op_file_split(struct store *store, struct uuid meeting, int child, const char *reason, struct err *err);

#endif
