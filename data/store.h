/* Everything at rest: the event log, the tables derived from it, the half-typed line. One implementation; SQL is
 * nowhere else. Every query is read fully into memory and finished before it returns. */
#ifndef DATA_STORE_H
#define DATA_STORE_H

#include "core/event.h"
#include "core/match.h"
#include "core/out/out.h"
#include "core/record.h"
#include "core/types.h"

struct store;

/* What the store is told of the world; main fills it in (tests: a fixed clock, counted ids). */
struct world {
    struct now (*now)(void *data);
    void (*random)(void *data, void *bytes, size_t n);
    /* Called after half a second of waiting for another process and then about ten times a second, with what is waited
     * for ("another Evenhand is writing") ; returns false to give up (BUSY). NULL: wait five seconds, then BUSY. */
    bool (*waiting)(void *data, const char *what, int waited_ms);
    /* Called during what takes longer than half a second ("making a backup"), with how much of a hundred is done; 100 ends it. May be NULL. */
    void (*progress)(void *data, const char *what, int done);
    void *data;
};

enum store_mode { STORE_READ, STORE_WRITE, STORE_CREATE }; /* CREATE makes directory (0700) and database (0600) */

/* Opens DIR/evenhand.db, hardened as foundations.md 3 says and each setting read back; migrates (backup first); refuses a
 * newer version (NEWER), a file or directory that others may write, an unsafe place to create (network file system). */
MUST_USE enum evh store_open(struct store **out, const char *dir, enum store_mode mode, const struct world *world, struct err *err);
void store_close(struct store *store);
const char *store_dir(const struct store *store);
const struct world *store_world(const struct store *store);
struct idgen store_ids(struct store *store);   /* UUIDv7 from world */
const char *store_sqlite_version(void);

/* What the user is to know of the place where the records lie: a network disk, a synchronised folder. One sentence; NULL: nothing. Borrowed. */
const char *store_warning(const struct store *store);
/* Something that happened on the side and is to be said once (the backup of the day could not be made). False: nothing did. */
bool store_told(struct store *store, struct err *told);

/* ---- when nothing can be written ---- */

/* OK while the last change was written; else why it was not. Asks too whether the database is still the one that was opened: one that was
 * moved, deleted or replaced by another (a restore, a program that synchronises) is neither written nor read any more. */
MUST_USE enum evh store_trouble(struct store *store, struct err *err);
/* Only the last of these. */
bool store_moved(const struct store *store);
/* How long other programs are waited for while they write; 0: as long as the world says. For what is tried again anyway. */
void store_patience(struct store *store, int ms);
/* Writes something that changes nothing: OK when changes can be written again. */
MUST_USE enum evh store_retry(struct store *store, struct err *err);
/* Opens what lies at the database's path now, after it was replaced. Nothing may be kept of what was read before: no session may be open. */
MUST_USE enum evh store_reopen(struct store *store, struct err *err);

/* What is read between these two comes from one view of the database, under one lock: a screen's several lists. Short, and never while
 * a key is waited for. */
MUST_USE enum evh store_look(struct store *store, struct err *err);
void store_looked(struct store *store);

/* Goes up when this or another process committed: for screens that follow. */
int64_t store_version(struct store *store);

/* ---- meetings ---- */

struct meeting_row {
    struct uuid id;
    const char *short_id;   /* unambiguous prefix to print and type */
    const char *type, *title, *child, *kept_as, *kept_by, *status;
    int32_t date; int start;
    int entries, open_actions, overdue;
    bool unsigned_draft;    /* a draft that nobody signed yet */
    bool has_line;          /* a half-typed line waits */
};
struct meeting_rows { struct meeting_row *v; size_t n; };

/* Newest first; `child` NULL or words that a child's names must contain (folded); limit 0: all. */
MUST_USE enum evh store_meetings(struct store *store, struct arena *arena, const char *child, size_t limit, struct meeting_rows *out, struct err *err);

/* Minutes that nobody signed yet, of meetings on a day or before it, newest first: what the newest meetings no longer show. */
MUST_USE enum evh store_unsigned(struct store *store, struct arena *arena, const char *child, int32_t until, size_t limit, struct meeting_rows *out, struct err *err);

/* "last", an id or an unambiguous prefix. NOTFOUND; INVALID when several match, with a sentence. */
MUST_USE enum evh store_find_meeting(struct store *store, const char *words, struct uuid *id, struct err *err);

/* Replays a meeting's log. Free with record_free(). */
MUST_USE enum evh store_record(struct store *store, struct uuid meeting, struct record **out, struct err *err);

/* Which file a child of a meeting was filed in, and the other meetings of that file, newest first. */
MUST_USE enum evh store_file_meetings(struct store *store, struct arena *arena, struct uuid file, struct meeting_rows *out, struct err *err);

/* ---- actions ---- */

enum action_order { ACTIONS_BY_DUE, ACTIONS_BY_OWNER, ACTIONS_BY_CHILD, ACTIONS_BY_TYPE, ACTION_ORDERS };

struct action_filter {
    bool all;               /* else only open ones (open, in progress, not done) */
    bool overdue;           /* this and `due_soon` leave out what is closed, whatever `all` says */
    bool due_soon;          /* open, not overdue, and due within seven days */
    const char *owner, *child, *words; /* folded and contained; NULL: any. `owner` "": those that nobody owns. `words`: in number, owner, child, text, done-when, status; never in what is masked */
    const char *type;       /* type of the meeting, exactly; NULL: any */
    int32_t due_before;     /* DAY_NONE: any */
    struct uuid meeting;    /* zero: any */
    bool unmasked;          /* show the words of restricted actions */
    size_t limit;           /* 0: all */
    enum action_order order;
};
struct action_rows { struct action_row *v; size_t n; };

/* Soonest first (or in `order`, soonest first within it), without a date last; an action that was carried over stands once, as its latest meeting has it.
 * By owner, those without one are last; by child, two children that the minutes call the same stay apart. Fields of blanks count as none. */
MUST_USE enum evh store_actions(struct store *store, struct arena *arena, const struct action_filter *filter, struct action_rows *out, struct err *err);
/* Gives them one after another, all from one view of the database, none kept: for lists that are longer than a screen. `row` is borrowed for the
 * call; it must not wait for anybody (the database is locked for writing meanwhile) and returns false to stop. */
MUST_USE enum evh store_actions_each(struct store *store, const struct action_filter *filter, bool (*row)(void *data, const struct action_row *row), void *data,
                                     struct err *err);
/* The open ones that are due until a day (included), as the minutes have them, in their owners' order (those without one last), soonest first; with the history of
 * the meetings they were carried through, and with the words of restricted ones. `owner` as in the filter. Records kept as notes give none and hide none;
 * *in_notes is how many stand only there. */
MUST_USE enum evh store_actions_minuted(struct store *store, struct arena *arena, const char *owner, int32_t until, struct action_rows *out, size_t *in_notes,
                                        struct err *err);
/* What a table shows of them, all together and in the same order: for thousands of rows at once, four times as fast as the rows themselves. Nothing is locked
 * afterwards. */
MUST_USE enum evh store_action_lines(struct store *store, struct arena *arena, const struct action_filter *filter, struct action_lines *out, struct err *err);
/* Only their ids, in the same order: what a screen keeps of a long list. */
struct action_ids { struct uuid *v; size_t n; };
MUST_USE enum evh store_action_ids(struct store *store, struct arena *arena, const struct action_filter *filter, struct action_ids *out, struct err *err);
/* The rows of some ids, in their order; one that is gone is left out. */
MUST_USE enum evh store_action_rows(struct store *store, struct arena *arena, const struct uuid *ids, size_t n, bool unmasked, struct action_rows *out, struct err *err);

struct action_counts { int open, overdue, due_this_week; };
MUST_USE enum evh store_action_counts(struct store *store, struct action_counts *out, struct err *err);
/* The actions by the month in which they were due ("by the month of the meeting" for those without a date), each in one state. Withdrawn ones and those that
 * were only asked for are left out. */
struct action_month {
    int32_t month;          /* first day of it */
    int open;               /* and not overdue */
    int overdue;
    int in_time, late;      /* done on its last date or before, or without one; after it */
};
struct action_months { const char *child; struct action_month *v; size_t n; }; /* months in order, none left out between first and last; child NULL: all children */
/* The first is all children together; then each child (each file by itself, though two are called the same) that has any, by name. All have the same months:
 * from the first in which there is anything to the last. */
struct action_picture { struct action_months *v; size_t n; };
/* Months from `from` (first day of a month) on, but of ten years before today and twenty in all: what lies further is a slip of the pen. An action of two
 * children counts for each, and once for all. `child` as in action_filter. */
MUST_USE enum evh store_action_picture(struct store *store, struct arena *arena, const char *child, int32_t from, struct action_picture *out, struct err *err);
/* An id, an unambiguous prefix. The row comes with its whole history and all disputes, those of the meetings it was carried through included. */
MUST_USE enum evh store_find_action(struct store *store, struct arena *arena, const char *words, struct action_row *out, struct err *err);

/* ---- people across meetings (design.md, "Who is who") ----
 * In one child's file the same full name with the same role or organisation is one person; across files a person is one only when somebody said so.
 * A person's id is that of the fact that first put them on a list of people; the ids of all their other appearances find them too, so an id that was
 * written down stays good. */

struct person_row {
    struct uuid id;
    const char *short_id;
    const char *name, *role, *organisation; /* as in their latest meeting */
    const char *children;   /* as the minutes call them, with commas */
    size_t files, meetings;
    int open_actions;
};
struct person_rows { struct person_row *v; size_t n; };
/* By name; `name` NULL or words that the name must contain (folded). */
MUST_USE enum evh store_people(struct store *store, struct arena *arena, const char *name, struct person_rows *out, struct err *err);
/* An id, an unambiguous prefix of one, or a whole name. NOTFOUND; INVALID with a sentence that names the ids when several people have it. */
MUST_USE enum evh store_find_person(struct store *store, struct arena *arena, const char *words, struct person_row *out, struct err *err);

/* ---- who is using this, and who opened what ---- */

/* Whom this program runs for: from the forced command's own arguments, never from the client. Everything that is recorded has that author. Strings are copied;
 * `person` zero: the account's own user, `name` may be NULL. */
struct visitor {
    struct uuid person;
    const char *name;
    const char *peer;        /* address the connection comes from; NULL: not known */
    const char *fingerprint; /* of the key; NULL: not known */
};
MUST_USE enum evh store_set_visitor(struct store *store, const struct visitor *visitor, struct err *err);
const struct visitor *store_visitor(const struct store *store); /* NULL: nobody was named */

/* Writes down that the visitor did something: "began", "ended", or what was opened ("meeting", "minutes", "action", …) of which meeting (zero: none).
 * Rows are never changed or removed. The same thing opened again within this visit is written once. */
MUST_USE enum evh store_visit(struct store *store, const char *what, struct uuid meeting, struct err *err);
struct visit_row {
    int64_t utc_ms;
    struct uuid person;      /* zero: not named */
    const char *name, *what, *child, *peer, *fingerprint; /* NULL: none */
    struct uuid meeting;     /* zero: none */
    const char *short_id;    /* of the meeting */
    int32_t date;            /* of the meeting */
};
struct visit_rows { struct visit_row *v; size_t n; };
struct visit_filter { const char *child, *who; int32_t since; size_t limit; }; /* words, folded and contained; DAY_NONE: any */
/* Newest first. */
MUST_USE enum evh store_visits(struct store *store, struct arena *arena, const struct visit_filter *filter, struct visit_rows *out, struct err *err);

/* ---- search ---- */

struct hit {
    struct uuid meeting;
    const char *short_id;
    int item, entry, time;
    int32_t date;
    const char *kind, *speaker, *text;
    size_t at, end;         /* of the match in text */
};
struct search_filter { const char *child, *kind; bool restricted; size_t limit; };
struct hits { struct hit *v; size_t n; size_t gave_up; bool stopped; };
MUST_USE enum evh store_search(struct store *store, struct arena *arena, struct match *match, const struct search_filter *filter, struct hits *out, struct err *err);

/* ---- the half-typed line: no event, overwritten in place ---- */

struct draft { const char *text; size_t cursor; int64_t saved_ms; };
MUST_USE enum evh store_draft_save(struct store *store, struct uuid meeting, const char *text, size_t cursor, struct err *err); /* "" removes it */
MUST_USE enum evh store_draft_load(struct store *store, struct arena *arena, struct uuid meeting, struct draft *out, struct err *err); /* text NULL: none */

/* Whether this program's line is still there: another that opened the meeting took it over. */
bool store_draft_there(struct store *store, struct uuid meeting);
/* The line is this program's own: another screen on the same meeting keeps its own. Loading takes over the newest that was left by another.
 * The same for words that are half typed elsewhere than on the entry line: `place` says where, in the caller's words (200 at most, not
 * beginning with "line"). */
MUST_USE enum evh store_draft_save_at(struct store *store, struct uuid meeting, const char *place, const char *text, size_t cursor, struct err *err);
MUST_USE enum evh store_draft_load_at(struct store *store, struct arena *arena, struct uuid meeting, const char *place, struct draft *out, struct err *err);
/* The place beginning with `prefix` where words were left last; NULL: there is none. */
MUST_USE enum evh store_draft_place(struct store *store, struct arena *arena, struct uuid meeting, const char *prefix, const char **place, struct err *err);

/* ---- care ---- */

/* A copy into a file of its own (0600), through SQLite: read back as a whole and its log checked before it gets its name. STATE when the
 * file is there already and not `force`; INVALID for the database itself and its journal. The file is as readable as the database. */
MUST_USE enum evh store_backup(struct store *store, const char *path, bool force, struct err *err);

struct restored {
    size_t meetings;
    int32_t newest;         /* day of the newest meeting; DAY_NONE: none has a date */
    const char *kept;       /* where the database that was there before is now; NULL: there was none. Arena. */
    bool updated;           /* it was of an older Evenhand and was brought up to date */
};
/* Puts the copy in `path` in the place of the database of `dir` (made when it is not there). The file is copied and checked first: is it
 * Evenhand's, of a version that is known, whole, its log as it was written. INVALID when not: nothing is changed. The database that was there
 * is kept in DIR/backup. BUSY while another program writes. Whoever has the old one open sees that it was replaced (store_trouble). */
MUST_USE enum evh store_restore(const char *dir, const char *path, const struct world *world, struct arena *arena, struct restored *out, struct err *err);

/* Makes the derived tables again from the log. *changed: they were different. */
MUST_USE enum evh store_rebuild(struct store *store, bool *changed, struct err *err);

/* A canonical text of all derived tables, for tests and for doctor. */
MUST_USE enum evh store_dump_derived(struct store *store, struct buf *out, struct err *err);

enum doctor_state { DOCTOR_GOOD, DOCTOR_NOTE, DOCTOR_WARN, DOCTOR_BAD };
struct doctor_line { enum doctor_state state; const char *what; }; /* one sentence each, safe to show */
struct doctor_report { struct doctor_line *v; size_t n, cap; bool bad; };
/* Integrity, chain (with the place of each fault), derived tables, possibly the same child, permissions, disk encryption, file system. */
MUST_USE enum evh store_doctor(struct store *store, struct arena *arena, struct doctor_report *out, struct err *err);

#endif
