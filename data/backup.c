/* Copies of the database: made by SQLite's own backup, never by reading the file, and read back before they count. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "data/doctor.h"
#include "data/file.h"

#define STEP_PAGES 256
#define BEGUN_AGAIN 3 /* as often may another program's change make it begin again; then it is made in one go, and that program waits */
#define SAY_AFTER_MS 500
#define LEFT_BEHIND_S 3600 /* a copy that is being made is never so old */

static enum evh no_file(const char *path, struct err *err)
{
    int why = errno;
    return err_set(err, why == ENOSPC || why == EDQUOT || why == EFBIG ? EVH_FULL : EVH_IO, "the backup %s cannot be made: %s; nothing else was changed", path,
                   strerror(why));
}

/* A file of ours that nothing else can have made: 0600 whatever the umask, never through a link. */
enum evh backup_temp(const char *dir, struct buf *path, struct err *err)
{
    for (int try = 0; try < 100; try++) {
        buf_clear(path);
        buf_addf(path, "%s/.evenhand-%ld-%d.part", dir, (long)getpid(), try);
        int fd = open(buf_str(path), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (fd < 0 && errno == EEXIST)
            continue;
        if (fd < 0)
            break;
        (void)fchmod(fd, 0600); /* a memory stick may know no modes */
        if (close(fd) == 0)
            return EVH_OK;
        unlink(buf_str(path));
        break;
    }
    enum evh r = no_file(buf_str(path), err);
    buf_clear(path);
    return r;
}

void backup_clear(const char *path)
{
    struct stat own = {0};
    DIR *dir = opendir(path);
    if (dir != NULL && fstat(dirfd(dir), &own) != 0) /* a copy was made in it just now: that is the time */
        own = (struct stat){0};
    for (struct dirent *e = dir == NULL ? NULL : readdir(dir); e != NULL; e = readdir(dir)) {
        struct stat st;
        const char *end = strstr(e->d_name, ".part");
        if (strncmp(e->d_name, ".evenhand-", 10) != 0 || end == NULL || (end[5] != '\0' && strcmp(end + 5, "-journal") != 0))
            continue;
        if (fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && own.st_mtime - st.st_mtime > LEFT_BEHIND_S)
            unlinkat(dirfd(dir), e->d_name, 0);
    }
    if (dir != NULL)
        closedir(dir);
}

/* ---- copying ---- */

static void say_progress(struct store *store, int64_t since, sqlite3_backup *backup)
{
    const struct world *w = &store->world;
    int all = sqlite3_backup_pagecount(backup), left = sqlite3_backup_remaining(backup);
    if (w->progress != NULL && all > 0 && db_clock_ms() - since > SAY_AFTER_MS)
        w->progress(w->data, "making a backup", (int)((int64_t)(all - left) * 99 / all));
}

/* All at once while it is small: then no other program's change makes it begin again. */
static int run_backup(struct store *store, sqlite3 *to)
{
    int64_t since = db_clock_ms();
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", store->db, "main");
    if (backup == NULL)
        return sqlite3_extended_errcode(to);
    int rc, left = INT_MAX, again = 0;
    while ((rc = sqlite3_backup_step(backup, again < BEGUN_AGAIN ? STEP_PAGES : -1)) == SQLITE_OK) {
        again += sqlite3_backup_remaining(backup) >= left;
        left = sqlite3_backup_remaining(backup);
        say_progress(store, since, backup);
    }
    int end = sqlite3_backup_finish(backup);
    if (store->world.progress != NULL && db_clock_ms() - since > SAY_AFTER_MS)
        store->world.progress(store->world.data, "making a backup", 100);
    return rc == SQLITE_DONE ? end : rc;
}

static enum evh copy(struct store *store, const char *path, struct err *err)
{
    sqlite3 *to = NULL;
    int rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE, NULL);
    /* The file has no name yet: it is synced once, when it is whole. */
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(to, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF", NULL, NULL, NULL);
    if (rc == SQLITE_OK)
        rc = run_backup(store, to);
    int why = rc == SQLITE_OK ? 0 : sqlite3_system_errno(to);
    bool full = (rc & 0xff) == SQLITE_FULL || ((rc & 0xff) == SQLITE_IOERR && (why == ENOSPC || why == EDQUOT || why == EFBIG));
    sqlite3_close(to);
    if (rc == SQLITE_OK)
        return EVH_OK;
    if ((rc & 0xff) == SQLITE_CORRUPT || (rc & 0xff) == SQLITE_NOTADB)
        return db_fail(store, rc, err);
    return err_set(err, full ? EVH_FULL : (rc & 0xff) == SQLITE_BUSY ? EVH_BUSY : (rc & 0xff) == SQLITE_NOMEM ? EVH_MEMORY : EVH_IO, "the backup %s failed (%s); nothing else was changed", path,
                   full ? "its disk is full" : (rc & 0xff) == SQLITE_BUSY ? "another program is writing and does not finish" : sqlite3_errstr(rc));
}

static enum evh sync_file(const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return no_file(path, err);
    enum evh r = fsync(fd) == 0 ? EVH_OK : no_file(path, err);
    close(fd);
    return r;
}

enum evh backup_sync_dir(const char *dir, struct err *err)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool failed = fd < 0 || (fsync(fd) != 0 && errno != EINVAL);
    int why = errno;
    if (fd >= 0)
        close(fd);
    return failed ? err_set(err, why == ENOSPC || why == EDQUOT ? EVH_FULL : EVH_IO, "%s cannot be written safely: %s", dir, strerror(why)) : EVH_OK;
}

/* ---- looking at a copy ---- */

static enum evh first_fault(const struct doctor_report *report, const char *path, struct err *err)
{
    for (size_t i = 0; i < report->n; i++) {
        if (report->v[i].state == DOCTOR_BAD)
            return err_set(err, EVH_CORRUPT, "%s: %s", path, report->v[i].what);
    }
    return EVH_OK;
}

static enum evh look_through(struct store *at, bool chain, struct err *err)
{
    struct doctor_report report = {0};
    struct doctor d = {.store = at, .arena = arena_new(), .report = &report};
    struct query q;
    query_begin(&q, at, STMT_integrity);
    bool good = query_row(&q) && query_get(&q, 0) != NULL && strcmp(query_get(&q, 0), "ok") == 0;
    enum evh r = query_end(&q, err);
    if (r == EVH_OK && !good)
        r = err_set(err, EVH_CORRUPT, "%s does not read back as it should", at->path);
    if (r == EVH_OK && chain)
        r = doctor_chain(&d, err);
    if (r == EVH_OK)
        r = first_fault(&report, at->path, err);
    arena_free(d.arena);
    return r;
}

enum evh backup_check(const struct store *of, const char *path, bool chain, struct err *err)
{
    struct store at = {.dir = of->dir, .world = of->world, .read_only = true, .no_backup = true};
    struct buf name = {0};
    buf_adds(&name, path);
    at.path = name.s;
    int rc = sqlite3_open_v2(path, &at.db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE, NULL);
    enum evh r = rc == SQLITE_OK ? look_through(&at, chain, err) : db_fail(&at, rc, err);
    db_close(&at);
    buf_free(&name);
    return r;
}

/* ---- one backup ---- */

/* Copies into `dir`, reads it back, and gives it its name there. */
static enum evh make(struct store *store, const char *dir, const char *path, bool chain, bool force, struct err *err)
{
    struct buf temp = {0};
    enum evh r = backup_temp(dir, &temp, err);
    bool made = r == EVH_OK;
    if (r == EVH_OK)
        r = copy(store, buf_str(&temp), err);
    if (r == EVH_OK)
        r = backup_check(store, buf_str(&temp), chain, err);
    if (r == EVH_OK)
        r = sync_file(buf_str(&temp), err);
    if (r == EVH_OK)
        r = file_put_in_place(buf_str(&temp), path, force, err);
    if (r == EVH_OK)
        r = backup_sync_dir(dir, err);
    else if (made)
        unlink(buf_str(&temp));
    buf_free(&temp);
    return r;
}

enum evh backup_make(struct store *store, enum backup_why why, char **path, struct err *err)
{
    struct buf dir = {0}, name = {0};
    struct now now = store->world.now(store->world.data);
    unsigned char salt[4];
    store->world.random(store->world.data, salt, sizeof salt);
    buf_addf(&dir, "%s/backup", store->dir);
    buf_addf(&name, "%s/", buf_str(&dir));
    backup_name_put(&name, &now, why, salt);
    enum evh r = file_make_dir(buf_str(&dir), err);
    if (r == EVH_OK)
        r = make(store, buf_str(&dir), buf_str(&name), false, false, err);
    if (r == EVH_OK) {
        backup_clear(buf_str(&dir));
        backup_prune(buf_str(&dir), buf_str(&name) + dir.n + 1);
    }
    buf_free(&dir);
    if (r == EVH_OK && path != NULL)
        *path = name.s;
    else
        buf_free(&name);
    return r;
}

/* ---- every day ---- */

static bool has_one_of(const char *dir, int32_t day)
{
    struct backup_files files;
    bool found = false;
    backup_list(dir, &files);
    for (size_t i = 0; i < files.n; i++)
        found = found || files.v[i].day == day;
    free(files.v);
    return found;
}

/* Room for the copy, and as much again for the change that waits for it. */
static bool has_room(const struct store *store)
{
    struct stat st;
    struct statvfs fs;
    if (stat(store->path, &st) != 0 || statvfs(store->dir, &fs) != 0)
        return true; /* then it is tried */
    return (uint64_t)fs.f_bavail * fs.f_frsize > (uint64_t)st.st_size * 2 + (1U << 16);
}

static bool has_events(struct store *store)
{
    struct query q;
    query_begin(&q, store, STMT_event_any);
    bool any = query_row(&q) && query_get_int(&q, 0) != 0;
    return query_end(&q, NULL) == EVH_OK && any;
}

void backup_of_the_day(struct store *store)
{
    int32_t today = store->world.now(store->world.data).day;
    if (store->no_backup || store->read_only || store->kept_day == today)
        return;
    store->kept_day = today;
    struct buf dir = {0};
    struct err err = {0};
    buf_addf(&dir, "%s/backup", store->dir);
    if (!has_one_of(buf_str(&dir), today) && has_events(store)) {
        enum evh r = has_room(store) ? backup_make(store, BACKUP_DAILY, NULL, &err) : err_set(&err, EVH_FULL, "its disk has no room for it");
        if (r != EVH_OK)
            err_set(&store->told, r, "There is no backup of today (%s); your changes are saved all the same", err.text);
    }
    buf_free(&dir);
}

/* ---- where the user wants one ---- */

char *realpath(const char *restrict path, char *restrict resolved); /* POSIX; see store.c */

static enum evh check_target(const struct store *store, const char *path, struct err *err)
{
    static const char *const beside[] = {"", "-journal", "-wal", "-shm"};
    struct buf name = {0};
    bool own = false;
    for (size_t i = 0; i < NITEMS(beside); i++) {
        buf_clear(&name);
        buf_addf(&name, "%s%s", store->path, beside[i]);
        own = own || strcmp(buf_str(&name), path) == 0;
    }
    buf_free(&name);
    struct stat st;
    bool there = lstat(path, &st) == 0;
    own = own || (there && (uint64_t)st.st_dev == store->device_id && (uint64_t)st.st_ino == store->inode);
    if (own)
        return err_set(err, EVH_INVALID, "%s is the database itself, not a place for its backup; choose another name", path);
    if (there && !S_ISREG(st.st_mode))
        return err_set(err, EVH_STATE, "%s is not a plain file and is not replaced; give the name of a file", path);
    return EVH_OK;
}

enum evh store_backup(struct store *store, const char *path, bool force, struct err *err)
{
    if (store->own != NULL)
        return own_refuse(store, err);
    struct buf dir = {0}, whole = {0};
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    struct stat st;
    if (slash == NULL)
        buf_adds(&dir, ".");
    else
        buf_add(&dir, path, slash == path ? 1 : (size_t)(slash - path));
    char *real = realpath(buf_str(&dir), NULL);
    enum evh r = EVH_OK;
    if (real == NULL)
        r = err_set(err, EVH_INVALID, "the folder %s cannot be used: %s", buf_str(&dir), strerror(errno));
    if (real != NULL)
        buf_addf(&whole, "%s%s%s", real, strcmp(real, "/") == 0 ? "" : "/", name);
    if (r == EVH_OK)
        r = check_target(store, buf_str(&whole), err);
    if (r == EVH_OK && !force && lstat(buf_str(&whole), &st) == 0)
        r = err_set(err, EVH_STATE, "%s is there already; choose another name, or replace it with --force", path);
    if (r == EVH_OK)
        r = make(store, real, buf_str(&whole), true, force, err);
    free(real);
    buf_free(&dir);
    buf_free(&whole);
    return r;
}
