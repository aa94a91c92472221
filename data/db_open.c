#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "data/inside.h"

#define SAY_AFTER_MS 500
#define SAY_EVERY_MS 100
#define PATIENCE_MS 5000

int64_t db_clock_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Short jittered sleeps: the stock handler's long ones make one of several writers wait for half a second. */
static int wait_for_others(void *data, int calls)
{
    struct store *store = data;
    int64_t now = db_clock_ms();
    if (calls == 0) {
        store->waited_from = now;
        store->waited_said = 0;
    }
    int64_t waited = now - store->waited_from;
    if (store->patience_ms > 0 && waited >= store->patience_ms) {
        store->patience_ms = 1; /* what follows in the same moment need not try as long */
        return 0;
    }
    if (store->world.waiting == NULL) {
        if (waited >= PATIENCE_MS)
            return 0;
    } else if (waited >= SAY_AFTER_MS && waited - store->waited_said >= SAY_EVERY_MS) {
        store->waited_said = waited;
        if (!store->world.waiting(store->world.data, "another Evenhand is writing", (int)waited))
            return 0;
    }
    store->jitter = store->jitter * 1664525U + 1013904223U;
    struct timespec nap = {0, 1000000L + (long)(store->jitter >> 8) % 3000000L};
    nanosleep(&nap, NULL);
    return !db_moved(store); /* restored meanwhile: a lock on the old file would play the new one's journal into it */
}

static const struct {
    int which, value;
} switches[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_DQS_DML, 0},
    {SQLITE_DBCONFIG_DQS_DDL, 0},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 1},
    {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
};

static const struct {
    int which, value;
} limits[] = {
    {SQLITE_LIMIT_LENGTH, 8 * 1024 * 1024},
    {SQLITE_LIMIT_SQL_LENGTH, 64 * 1024},
    {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_EXPR_DEPTH, 100},
    {SQLITE_LIMIT_VDBE_OP, 1000000},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200},
};

/* What is set, how it is read back, and what must stand there then. */
static const struct {
    const char *set, *get;
    int64_t value;
} settings[] = {
    {"synchronous = FULL", "synchronous", 2},
    {"foreign_keys = ON", "foreign_keys", 1},
    {"cell_size_check = ON", "cell_size_check", 1},
    {"mmap_size = 0", "mmap_size", 0},
    {"secure_delete = ON", "secure_delete", 1},
    {"temp_store = MEMORY", "temp_store", 2},
    {"recursive_triggers = ON", "recursive_triggers", 1},
    {"cache_size = -1024", "cache_size", -1024},
};

static enum evh not_taken(const char *setting, struct err *err)
{
    return err_set(err, EVH_IO, "the SQLite library does not take the setting “%s”; without it nothing is written. "
                   "Install the SQLite of your system again", setting);
}

/* The journal mode is text; anything but truncate (WAL above all) is refused. */
static enum evh set_journal(struct store *store, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(store->db, "PRAGMA journal_mode = TRUNCATE", -1, &stmt, NULL);
    bool taken = false;
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW) {
        const char *mode = (const char *)sqlite3_column_text(stmt, 0);
        taken = mode != NULL && strcmp(mode, "truncate") == 0;
        rc = SQLITE_OK;
    }
    enum evh r = rc == SQLITE_OK ? EVH_OK : db_fail(store, rc, err);
    sqlite3_finalize(stmt);
    if (r == EVH_OK && !taken)
        r = not_taken("journal_mode = TRUNCATE", err);
    return r;
}

static enum evh harden(struct store *store, struct err *err)
{
    for (size_t i = 0; i < NITEMS(switches); i++) {
        int now = -1;
        int rc = sqlite3_db_config(store->db, switches[i].which, switches[i].value, &now);
        if (rc != SQLITE_OK || now != switches[i].value)
            return not_taken("defensive mode", err);
    }
    for (size_t i = 0; i < NITEMS(limits); i++) {
        sqlite3_limit(store->db, limits[i].which, limits[i].value);
        if (sqlite3_limit(store->db, limits[i].which, -1) != limits[i].value)
            return not_taken("limits", err);
    }
    enum evh r = set_journal(store, err);
    for (size_t i = 0; i < NITEMS(settings) && r == EVH_OK; i++) {
        int64_t now = -1;
        r = db_pragma(store, settings[i].set, NULL, err);
        if (r == EVH_OK)
            r = db_pragma(store, settings[i].get, &now, err);
        if (r == EVH_OK && now != settings[i].value)
            r = not_taken(settings[i].set, err);
    }
    return r;
}

/* An empty file is an empty database: made by us so that it is 0600 whatever the umask says. Nothing opens it here
 * once SQLite may have it open (closing it would drop SQLite's locks): O_EXCL sees to that. */
static enum evh make_file(const char *path, struct err *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST)
        return EVH_OK;
    if (fd < 0)
        return err_set(err, errno == ENOSPC || errno == EDQUOT ? EVH_FULL : EVH_IO, "%s cannot be made: %s", path, strerror(errno));
    int failed = fchmod(fd, 0600);
    if (close(fd) != 0 || failed != 0)
        return err_set(err, EVH_IO, "%s cannot be made private: %s", path, strerror(errno));
    return EVH_OK;
}

static enum evh check_file(const char *path, struct err *err)
{
    struct stat st;
    if (lstat(path, &st) != 0) {
        if (errno == ENOENT)
            return err_set(err, EVH_NOTFOUND, "there is no database yet (%s); “evenhand new” or “evenhand import” makes one", path);
        return err_set(err, EVH_IO, "%s: %s", path, strerror(errno));
    }
    if (!S_ISREG(st.st_mode))
        return err_set(err, EVH_IO, "%s is not a plain file; nothing is read from it", path);
    if ((st.st_mode & 022) != 0)
        return err_set(err, EVH_IO, "%s can be written by other users; put that right with: chmod 600 %s", path, path);
    return EVH_OK;
}

enum evh db_open(struct store *store, bool create, struct err *err)
{
    enum evh r = EVH_OK;
    if (create)
        r = make_file(store->path, err);
    if (r == EVH_OK)
        r = check_file(store->path, err);
    if (r != EVH_OK)
        return r;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX;
    int rc = sqlite3_open_v2(store->path, &store->db, flags, NULL);
    if (rc != SQLITE_OK)
        return db_fail(store, rc, err);
    rc = sqlite3_busy_handler(store->db, wait_for_others, store);
    if (rc != SQLITE_OK)
        return db_fail(store, rc, err);
    if (sqlite3_db_readonly(store->db, "main") == 1)
        store->read_only = true;
    struct stat st;
    if (stat(store->path, &st) == 0) {
        store->device_id = (uint64_t)st.st_dev;
        store->inode = (uint64_t)st.st_ino;
    }
    store->opened++;
    r = harden(store, err);
    struct query q;
    if (r == EVH_OK) {
        query_begin(&q, store, STMT_rollback); /* prepared now: when memory is short it is too late */
        r = query_end(&q, err);
    }
    return r;
}

bool db_moved(const struct store *store)
{
    struct stat st;
    if (store->inode == 0)
        return false;
    if (stat(store->path, &st) != 0)
        return errno == ENOENT || errno == ENOTDIR; /* whatever else fails, SQLite tells better */
    return (uint64_t)st.st_dev != store->device_id || (uint64_t)st.st_ino != store->inode;
}

/* Of this program's version, and its pages hang together. */
static enum evh look_again(struct store *store, struct err *err)
{
    enum evh r = migrate_same(store, err);
    if (r != EVH_OK)
        return r;
    struct query q;
    query_begin(&q, store, STMT_quick);
    bool good = query_row(&q) && query_get(&q, 0) != NULL && strcmp(query_get(&q, 0), "ok") == 0;
    r = query_end(&q, err);
    if (r == EVH_OK && !good)
        r = db_fail(store, SQLITE_CORRUPT, err);
    return r;
}

enum evh db_reopen(struct store *store, struct err *err)
{
    struct store fresh = {.path = store->path, .dir = store->dir, .world = store->world, .jitter = store->jitter, .opened = store->opened};
    enum evh r = db_open(&fresh, false, err);
    if (r == EVH_OK && store->read_only)
        r = db_pragma(&fresh, "query_only = ON", NULL, err);
    if (r == EVH_OK)
        r = look_again(&fresh, err);
    if (r != EVH_OK) {
        db_close(&fresh);
        return r;
    }
    db_close(store);
    store->db = fresh.db;
    memcpy(store->stmt, fresh.stmt, sizeof store->stmt);
    store->device_id = fresh.device_id;
    store->inode = fresh.inode;
    store->opened = fresh.opened;
    store->doubtful = false;
    int rc = sqlite3_busy_handler(store->db, wait_for_others, store);
    return rc == SQLITE_OK ? own_install(store, err) : db_fail(store, rc, err);
}

void db_close(struct store *store)
{
    for (size_t i = 0; i < STMT_COUNT; i++)
        sqlite3_finalize(store->stmt[i]);
    if (store->db != NULL && sqlite3_close(store->db) != SQLITE_OK)
        BUG("a statement is still open");
    store->db = NULL;
}
