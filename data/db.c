#include "data/db.h"

#include <errno.h>
#include <string.h>

#include "core/buf.h"

/* What the system said when the disk failed: of the database, else of its journal. 0: not known. */
static int why_failed(struct store *store)
{
    int why = 0;
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
    return (rc & 0xff) == SQLITE_IOERR && (why == ENOSPC || why == EDQUOT || why == EFBIG);
}

static enum evh fail_readonly(struct store *store, int rc, struct err *err)
{
    if (rc == SQLITE_READONLY_DBMOVED)
        return err_set(err, EVH_IO, "%s was moved or replaced while it was open; nothing of this change was written. "
                       "Start again, and see that no synchronising program moves it", store->path);
    return err_set(err, EVH_IO, "%s cannot be written (it, its folder or its disk is read-only); "
                   "nothing of this change was written. Make it writable for you, then try again", store->path);
}

enum evh db_fail(struct store *store, int rc, struct err *err)
{
    const char *path = store->path;
    int why = (rc & 0xff) == SQLITE_IOERR ? why_failed(store) : 0;
    if (no_room(rc, why))
        return err_set(err, EVH_FULL, "the disk of %s is full; nothing of this change was written. Make room, then try again", path);
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_set(err, EVH_BUSY, "another program is writing to %s and does not finish; nothing of this change was "
                       "written. Try again in a moment", path);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return err_set(err, EVH_CORRUPT, "%s is damaged. Copy the folder to a safe place, run “evenhand doctor”, and restore "
                       "the newest backup", path);
    case SQLITE_READONLY:
        return fail_readonly(store, rc, err);
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
        return err_set(err, EVH_IO, "%s or its journal cannot be opened; see that the folder is yours and can be written, "
                       "then try again", path);
    case SQLITE_IOERR:
        return err_set(err, EVH_IO, "the disk failed while reading or writing %s (%s); nothing of this change counts as "
                       "written. Check the disk, then try again", path, why == 0 ? sqlite3_errstr(rc) : strerror(why));
    case SQLITE_TOOBIG:
        return err_set(err, EVH_LIMIT, "a text is too long for the database; nothing of this change was written");
    default:
        return err_set(err, EVH_IO, "%s refused a change (%s); nothing of it was written", path,
                       store->db == NULL ? sqlite3_errstr(rc) : sqlite3_errmsg(store->db));
    }
}

void db_rollback(struct store *store)
{
    if (sqlite3_get_autocommit(store->db))
        return; /* SQLite had rolled back by itself */
    struct query q;
    query_begin(&q, store, STMT_rollback);
    if (query_run(&q, NULL) != EVH_OK && !sqlite3_get_autocommit(store->db))
        BUG("a transaction cannot be rolled back");
}

enum evh db_begin(struct store *store, struct err *err)
{
    if (!sqlite3_get_autocommit(store->db))
        BUG("a transaction inside a transaction");
    struct query q;
    query_begin(&q, store, STMT_begin_write);
    return query_run(&q, err);
}

enum evh db_begin_read(struct store *store, struct err *err)
{
    if (!sqlite3_get_autocommit(store->db))
        BUG("a transaction inside a transaction");
    struct query q;
    query_begin(&q, store, STMT_begin_read);
    return query_run(&q, err);
}

enum evh db_commit(struct store *store, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_commit);
    enum evh r = query_run(&q, err);
    if (r != EVH_OK)
        db_rollback(store);
    else
        store->commits++;
    return r;
}

enum evh db_finish(struct store *store, enum evh result, struct err *err)
{
    if (result == EVH_OK)
        return db_commit(store, err);
    db_rollback(store);
    return result;
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
