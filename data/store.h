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

struct action_filter {
    bool all;               /* else only open ones (open, in progress, not done) */
    bool overdue;
    const char *owner, *child; /* words, folded and contained; NULL: any */
    int32_t due_before;     /* DAY_NONE: any */
    struct uuid meeting;    /* zero: any */
    bool unmasked;          /* show the words of restricted actions */
    size_t limit;           /* 0: all */
};
struct action_rows { struct action_row *v; size_t n; };

/* Soonest first, without a date last; an action that was carried over stands once, as its latest meeting has it. */
MUST_USE enum evh store_actions(struct store *store, struct arena *arena, const struct action_filter *filter, struct action_rows *out, struct err *err);
struct action_counts { int open, overdue, due_this_week; };
MUST_USE enum evh store_action_counts(struct store *store, struct action_counts *out, struct err *err);
/* An id, an unambiguous prefix. The row comes with its whole history, that of the meetings it was carried through included. */
MUST_USE enum evh store_find_action(struct store *store, struct arena *arena, const char *words, struct action_row *out, struct err *err);

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
