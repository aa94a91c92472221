/* Floor for anything that puts something on record: one row of an event's size, in the mode that the store uses and with a database as
 * plain as can be. For programs of the bench that are small enough to be one file. */
#ifndef TESTS_BENCH_BARE_H
#define TESTS_BENCH_BARE_H

#include <sqlite3.h>
#include <time.h>

#define BARE_BYTES 600 /* an event's row */

/* One to four milliseconds, again and again, for ten seconds. */
static inline int bare_wait(void *data, int calls)
{
    unsigned *jitter = data;
    *jitter = *jitter * 1664525U + 1013904223U;
    struct timespec nap = {0, 1000000L + (long)(*jitter >> 8) % 3000000L};
    nanosleep(&nap, NULL);
    return calls < 10000;
}

static inline sqlite3_stmt *bare_open(const char *file, sqlite3 **db, unsigned *jitter)
{
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_open(file, db) != SQLITE_OK)
        return NULL;
    sqlite3_busy_handler(*db, bare_wait, jitter);
    sqlite3_exec(*db, "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; PRAGMA cell_size_check=ON; PRAGMA secure_delete=ON; "
                 "CREATE TABLE IF NOT EXISTS event(n INTEGER PRIMARY KEY, payload BLOB) STRICT", NULL, NULL, NULL);
    if (sqlite3_prepare_v2(*db, "INSERT INTO event(payload) VALUES (randomblob(?1))", -1, &stmt, NULL) != SQLITE_OK)
        return NULL;
    sqlite3_bind_int(stmt, 1, BARE_BYTES);
    return stmt;
}

static inline int bare_write(sqlite3 *db, sqlite3_stmt *stmt)
{
    if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) != SQLITE_OK)
        return 1;
    sqlite3_step(stmt);
    sqlite3_reset(stmt);
    return sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
}

#endif
