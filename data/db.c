#include "data/db.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/buf.h"
#include "data/inside.h"

static bool says_full(int why)
{
    return why == ENOSPC || why == EDQUOT || why == EFBIG;
}

/* What the system said when the disk failed: of the database, else of its journal. 0: not known. */
static int why_failed(struct store *store)
{
    int why = 0;
    if (says_full(store->step_errno))
        return store->step_errno;
    sqlite3_file *journal = NULL;
    if (store->db == NULL)
        return 0;
    if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_LAST_ERRNO, &why) == SQLITE_OK && why != 0)
        return why;
    if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal) == SQLITE_OK && journal != NULL &&
        journal->pMethods != NULL && journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO, &why) == SQLITE_OK && why != 0)
        return why;
    return sqlite3_system_errno(store->db);
}

/* SQLite says "disk I/O error" also where the system said that there is no room (a quota, a limit on the
 * size of files): for a person that is a full disk. */
static bool no_room(int rc, int why)
{
    if ((rc & 0xff) == SQLITE_FULL)
        return true;
    return (rc & 0xff) == SQLITE_IOERR && says_full(why);
}

/* Where the database lies is nothing for somebody who may only see their own actions. */
struct place {
    const char *name;
    char at[480];  /* " (PATH)", as a sentence ends */
};

static struct place place_of(const struct store *store)
{
    struct place p = {.name = store->own != NULL ? "the database" : store->path};
    if (store->own == NULL)
        snprintf(p.at, sizeof p.at, " (%s)", store->path);
    return p;
}

static enum evh fail_moved(const struct store *store, struct err *err)
{
    struct stat st;
    struct place p = place_of(store);
    if (stat(store->path, &st) != 0)
        return err_set(err, EVH_IO, "the database is not there any more: put it back, and work goes on%s", p.at);
    return err_set(err, EVH_IO, "the database was replaced by another file (restored, or synchronised). Nothing is written: leave this screen, or "
                   "start again, to use the new one%s", p.at);
}

static enum evh fail_readonly(struct store *store, int rc, struct err *err)
{
    if (rc == SQLITE_READONLY_DBMOVED)
        return fail_moved(store, err);
    struct place p = place_of(store);
    return err_set(err, EVH_IO, "the database, its folder or its disk is read-only: make it writable for you, then try again; nothing of this "
                   "change was written%s", p.at);
}

enum evh db_fail(struct store *store, int rc, struct err *err)
{
    struct place p = place_of(store);
    if (rc == SQLITE_AUTH && store->own != NULL)
        return own_refuse(store, err);
    int why = (rc & 0xff) == SQLITE_IOERR ? why_failed(store) : 0;
    /* After a failed sync the system may believe pages to be written that are not: this connection is not asked again. */
    store->doubtful = store->doubtful || ((rc & 0xff) == SQLITE_IOERR && rc != SQLITE_IOERR_NOMEM);
    if (no_room(rc, why))
        return err_set(err, EVH_FULL, "the disk is full: make room, then try again; nothing of this change was written%s", p.at);
    if (rc == SQLITE_NOMEM || rc == SQLITE_IOERR_NOMEM)
        return err_set(err, EVH_MEMORY, "this computer is out of memory; nothing of this change was written. Close other programs, then try again");
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        if (db_moved(store)) /* which ends the waiting */
            return fail_moved(store, err);
        return err_set(err, EVH_BUSY, "another program is writing and does not finish: try again in a moment; nothing of this change was "
                       "written%s", p.at);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return err_set(err, EVH_CORRUPT, "%s is damaged. Copy the folder to a safe place, run “evenhand doctor”, and restore "
                       "the newest backup", p.name);
    case SQLITE_READONLY:
        return fail_readonly(store, rc, err);
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
        return err_set(err, EVH_IO, "the database or its journal cannot be opened: see that the folder is yours and can be written, then try "
                       "again%s", p.at);
    case SQLITE_IOERR:
        return err_set(err, EVH_IO, "the disk failed (%s): check it, then try again; nothing of this change counts as written%s",
                       why == 0 ? sqlite3_errstr(rc) : strerror(why), p.at);
    case SQLITE_TOOBIG:
        return err_set(err, EVH_LIMIT, "a text is too long for the database; nothing of this change was written");
    default:
        return err_set(err, EVH_IO, "%s refused a change (%s); nothing of it was written", p.name,
                       store->db == NULL ? sqlite3_errstr(rc) : sqlite3_errmsg(store->db));
    }
}

/* What the screens are told while nothing can be written. */
static enum evh noted(struct store *store, enum evh r, const struct err *err)
{
    bool storage = r == EVH_IO || r == EVH_FULL || r == EVH_BUSY || r == EVH_CORRUPT || r == EVH_MEMORY;
    if (r == EVH_OK || storage)
        store->trouble = r;
    if (storage)
        store->why = *err;
    return r;
}

void db_rollback(struct store *store)
{
    struct query q;
    store->stuck = false;
    if (sqlite3_get_autocommit(store->db))
        return; /* SQLite had rolled back by itself */
    query_begin(&q, store, STMT_rollback);
    store->stuck = query_run(&q, NULL) != EVH_OK && !sqlite3_get_autocommit(store->db);
}

/* A transaction is about to begin: one that could not be rolled back for want of memory is now, or still not. */
static enum evh unstick(struct store *store, struct err *err)
{
    if (store->stuck)
        db_rollback(store);
    if (store->stuck)
        return db_fail(store, SQLITE_NOMEM, err);
    if (!sqlite3_get_autocommit(store->db))
        BUG("a transaction inside a transaction");
    return EVH_OK;
}

static enum evh reopen(struct store *store, struct err *err)
{
    enum evh r = db_reopen(store, err);
    return store->own == NULL ? r : own_unopened(r, err);
}

enum evh db_begin(struct store *store, struct err *err)
{
    struct err own = {0}, *said = err == NULL ? &own : err;
    struct query q;
    enum evh r = unstick(store, said);
    if (r == EVH_OK && store->doubtful)
        r = reopen(store, said);
    if (r == EVH_OK) {
        if (store->first_change != NULL)
            store->first_change(store);
        query_begin(&q, store, STMT_begin_write);
        r = query_run(&q, said);
    }
    return r == EVH_OK ? r : noted(store, r, said);
}

enum evh db_begin_read(struct store *store, struct err *err)
{
    struct query q;
    enum evh r = unstick(store, err);
    if (r == EVH_OK && store->doubtful)
        r = reopen(store, err);
    if (r != EVH_OK)
        return r;
    query_begin(&q, store, STMT_begin_read);
    return query_run(&q, err);
}

enum evh db_commit(struct store *store, struct err *err)
{
    struct err own = {0}, *said = err == NULL ? &own : err;
    struct query q;
    query_begin(&q, store, STMT_commit);
    enum evh r = query_run(&q, said);
    if (r != EVH_OK)
        db_rollback(store);
    else
        store->commits++;
    return noted(store, r, said);
}

enum evh db_finish(struct store *store, enum evh result, struct err *err)
{
    struct err own = {0};
    if (result == EVH_OK)
        return db_commit(store, err);
    db_rollback(store);
    return noted(store, result, err == NULL ? &own : err);
}

enum evh db_script(struct store *store, const char *const *lines, size_t n, struct err *err)
{
    struct buf text = {0};
    for (size_t i = 0; i < n; i++)
        buf_adds(&text, lines[i]);
    int rc = SQLITE_OK;
    const char *rest = buf_str(&text);
    while (rc == SQLITE_OK && rest[0] != '\0') {
        sqlite3_stmt *stmt = NULL;
        rc = sqlite3_prepare_v2(store->db, rest, -1, &stmt, &rest);
        while (stmt != NULL && rc == SQLITE_OK) {
            rc = sqlite3_step(stmt);
            if (rc == SQLITE_ROW)
                rc = SQLITE_OK;
            else if (rc == SQLITE_DONE)
                break;
        }
        if (rc == SQLITE_DONE)
            rc = SQLITE_OK;
        enum evh r = rc == SQLITE_OK ? EVH_OK : db_fail(store, rc, err);
        sqlite3_finalize(stmt);
        if (r != EVH_OK) {
            buf_free(&text);
            return r;
        }
    }
    enum evh r = rc == SQLITE_OK ? EVH_OK : db_fail(store, rc, err);
    buf_free(&text);
    return r;
}

enum evh db_pragma(struct store *store, const char *name, int64_t *value, struct err *err)
{
    struct buf text = {0};
    buf_addf(&text, "PRAGMA %s", name);
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(store->db, buf_str(&text), -1, &stmt, NULL);
    buf_free(&text);
    int64_t found = 0;
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW) {
        found = sqlite3_column_int64(stmt, 0);
        rc = SQLITE_OK;
    } else if (rc == SQLITE_DONE) {
        rc = SQLITE_OK; /* a pragma that is set and tells nothing */
    }
    enum evh r = rc == SQLITE_OK ? EVH_OK : db_fail(store, rc, err);
    sqlite3_finalize(stmt);
    if (r == EVH_OK && value != NULL)
        *value = found;
    return r;
}

enum evh db_set_version(struct store *store, int version, struct err *err)
{
    struct buf text = {0};
    buf_addf(&text, "user_version = %d", version);
    enum evh r = db_pragma(store, buf_str(&text), NULL, err);
    if (r == EVH_OK) {
        buf_clear(&text);
        buf_addf(&text, "application_id = %d", DB_APPLICATION);
        r = db_pragma(store, buf_str(&text), NULL, err);
    }
    buf_free(&text);
    return r;
}

void db_random(struct store *store, void *bytes, size_t n)
{
    if (n > sizeof store->pool)
        BUG("more random bytes than the pool holds");
    if (store->pool_left < n) {
        store->world.random(store->world.data, store->pool, sizeof store->pool);
        store->pool_left = sizeof store->pool;
    }
    unsigned char *from = store->pool + (sizeof store->pool - store->pool_left);
    memcpy(bytes, from, n);
    memset(from, 0, n);
    store->pool_left -= n;
}

void db_write_down(struct store *store, struct uuid event)
{
    buf_add(&store->wrote, (const char *)event.b, sizeof event.b);
}

bool db_wrote(const struct store *store, struct uuid event)
{
    for (size_t at = store->wrote.n; at >= sizeof event.b; at -= sizeof event.b) /* the newest are asked for */
        if (memcmp(store->wrote.s + at - sizeof event.b, event.b, sizeof event.b) == 0)
            return true;
    return false;
}
