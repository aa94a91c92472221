/* The connection: opened hardened, statements prepared once, every query finished before it returns.
 * Private to data/; the only files that include SQLite include this one. */
#ifndef DATA_DB_H
#define DATA_DB_H

#include <sqlite3.h>

#include "core/hash.h"
#include "data/store.h"

enum stmt {
#define STMT(name, sql) STMT_##name,
#include "data/sql/queries.h"
#undef STMT
    STMT_COUNT
};

struct store {
    sqlite3 *db;
    sqlite3_stmt *stmt[STMT_COUNT];
    char *dir;            /* without symbolic links */
    char *path;           /* of the database */
    struct world world;
    struct uuid device;
    bool read_only;       /* the file or the mode forbids writing */
    void (*first_change)(struct store *store); /* of a day: makes the backup; NULL where there is none to make (evenhand-review has no such code) */
    bool no_backup;       /* nothing is changed for the user: no backup of the day is made first */
    int patience_ms;      /* the longest that another program is waited for; 0: as the world says */
    uint64_t device_id, inode; /* of the file that was opened; 0: not known */
    bool stuck;           /* there was no memory even to roll back: nothing is asked of this connection before that is done */
    bool doubtful;        /* the disk failed while writing: what this connection believes to be on it may not be */
    int64_t opened;       /* how often it was opened */
    int64_t began;        /* the last event that was in the log when this program opened it: what came later may be another's */
    enum evh trouble;     /* why the last change was not written; OK: it was */
    struct err why;
    struct err told;      /* to be said once */
    char *warning;        /* about the place; NULL: none */
    int32_t kept_day;     /* the day whose first change was seen, 0: none yet */
    int64_t commits;      /* of this connection that changed something */
    int64_t waited_from;  /* busy handler: when this wait began, and when it last said so */
    int64_t waited_said;
    uint32_t jitter;
    unsigned char pool[256]; /* random bytes that were fetched and not used yet */
    size_t pool_left;
    int step_errno;       /* what the system said last while a statement ran */
    char line[32];        /* where this program keeps the half-typed line; "": it had none yet */
    struct visiting *visiting; /* visit.c's: whom the program runs for; NULL: nothing was said or opened yet */
    struct own *own;      /* own.c's: the one person whose actions this handle may see; NULL: no limit */
    struct buf wrote;     /* ids of the first events of what this program recorded, for undo */
};

#define DB_NAME "evenhand.db"
#define DB_APPLICATION 0x45766864 /* "Evhd" */

/* ---- db.c: connection and transactions ---- */

/* Opens and hardens; `create` makes an empty file first. The caller frees with db_close() also after a failure. */
MUST_USE enum evh db_open(struct store *store, bool create, struct err *err);
void db_close(struct store *store);
/* A connection of its own takes the place of this one, whose cache and handles are not believed any more. On failure the old one stays. */
MUST_USE enum evh db_reopen(struct store *store, struct err *err);
/* Whether another file, or none, lies where the database was opened. By its name: nothing but SQLite opens it. */
bool db_moved(const struct store *store);
int64_t db_clock_ms(void); /* only forwards */

/* Says in a sentence what an SQLite result means for a person; returns the code. */
enum evh db_fail(struct store *store, int rc, struct err *err);

/* Runs schema text (migrations and derived tables only). */
MUST_USE enum evh db_script(struct store *store, const char *const *lines, size_t n, struct err *err);

/* Reads / sets one pragma that is a whole number. */
MUST_USE enum evh db_pragma(struct store *store, const char *name, int64_t *value, struct err *err);
MUST_USE enum evh db_set_version(struct store *store, int version, struct err *err);

MUST_USE enum evh db_begin(struct store *store, struct err *err);      /* for writing: BEGIN IMMEDIATE */
MUST_USE enum evh db_begin_read(struct store *store, struct err *err); /* one view of several queries */
MUST_USE enum evh db_commit(struct store *store, struct err *err);     /* on failure everything was rolled back */
void db_rollback(struct store *store);
/* Commits when `result` is OK, else rolls back and passes it on. */
MUST_USE enum evh db_finish(struct store *store, enum evh result, struct err *err);

/* Remembers that this program recorded an event / did it? */
void db_write_down(struct store *store, struct uuid event);
bool db_wrote(const struct store *store, struct uuid event);

/* Random bytes for ids and salts, fetched from the world many at a time; each is used once and wiped. */
void db_random(struct store *store, void *bytes, size_t n);

/* ---- query.c: one statement ---- */

struct query {
    struct store *store;
    sqlite3_stmt *stmt;
    int rc; /* the first thing that went wrong, or SQLITE_OK */
};

void query_begin(struct query *q, struct store *store, enum stmt which);
/* Texts and bytes are borrowed until query_end(). */
void query_text(struct query *q, int at, const char *s); /* NULL is NULL */
void query_id(struct query *q, int at, struct uuid id);
void query_int(struct query *q, int at, int64_t value);
void query_int_or_null(struct query *q, int at, int64_t value, int64_t null_when);
void query_bytes(struct query *q, int at, const void *bytes, size_t n);

bool query_row(struct query *q); /* false: no more, or a failure that query_end() tells */
int64_t query_get_int(struct query *q, int column);
int64_t query_get_int_or(struct query *q, int column, int64_t when_null);
const char *query_get(struct query *q, int column); /* borrowed until the next row; NULL is NULL */
/* The same with its length, and not ended by a NUL: for thousands of rows, where SQLite would copy each text only to end it. */
const char *query_get_n(struct query *q, int column, size_t *n);
char *query_dup(struct query *q, int column, struct arena *arena);
struct uuid query_get_id(struct query *q, int column);
bool query_get_hash(struct query *q, int column, struct hash *out);

/* Resets the statement. OK, or what went wrong. */
MUST_USE enum evh query_end(struct query *q, struct err *err);
/* For statements without rows: steps once and ends. */
MUST_USE enum evh query_run(struct query *q, struct err *err);

#endif
