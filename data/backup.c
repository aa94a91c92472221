#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/file.h"
#include "data/inside.h"

/* A file of ours that nothing else can have made: 0600 whatever the umask, never through a link. */
static enum evh make_private(const char *path, struct err *err)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return err_set(err, errno == ENOSPC || errno == EDQUOT ? EVH_FULL : EVH_IO, "the backup %s cannot be made: %s", path, strerror(errno));
    int failed = fchmod(fd, 0600);
    if (close(fd) != 0 || failed != 0)
        return err_set(err, EVH_IO, "the backup %s cannot be made private: %s", path, strerror(errno));
    return EVH_OK;
}

static enum evh copy(struct store *store, const char *path, struct err *err)
{
    sqlite3 *to = NULL;
    int rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE, NULL);
    if (rc == SQLITE_OK) {
        sqlite3_backup *backup = sqlite3_backup_init(to, "main", store->db, "main");
        if (backup == NULL) {
            rc = sqlite3_extended_errcode(to);
        } else {
            while ((rc = sqlite3_backup_step(backup, 256)) == SQLITE_OK)
                ;
            int end = sqlite3_backup_finish(backup);
            rc = rc == SQLITE_DONE ? end : rc;
        }
    }
    enum evh r = EVH_OK;
    if (rc != SQLITE_OK)
        r = err_set(err, (rc & 0xff) == SQLITE_FULL ? EVH_FULL : (rc & 0xff) == SQLITE_BUSY ? EVH_BUSY : EVH_IO,
                    "the backup %s failed (%s); nothing else was changed", path, sqlite3_errstr(rc));
    sqlite3_close(to);
    return r;
}

/* Opened again read-only and read through: a backup that nobody looked at is none. */
static enum evh verify(const char *path, struct err *err)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    bool good = false;
    int rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &stmt, NULL);
    if (rc == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW) {
        const char *said = (const char *)sqlite3_column_text(stmt, 0);
        good = said != NULL && strcmp(said, "ok") == 0;
    }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    if (!good)
        return err_set(err, EVH_CORRUPT, "the backup %s does not read back as it should; nothing else was changed", path);
    return EVH_OK;
}

static enum evh sync_dir(const char *dir, struct err *err)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool failed = fd < 0 || (fsync(fd) != 0 && errno != EINVAL);
    if (fd >= 0)
        close(fd);
    return failed ? err_set(err, EVH_IO, "%s cannot be written safely: %s", dir, strerror(errno)) : EVH_OK;
}

enum evh backup_make(struct store *store, const char *why, struct err *err)
{
    struct buf dir = {0}, path = {0}, temp = {0};
    char now[LOG_UTC_TEXT];
    log_utc(store->world.now(store->world.data).utc_ms, now);
    unsigned char salt[4];
    store->world.random(store->world.data, salt, sizeof salt);
    buf_addf(&dir, "%s/backup", store->dir);
    buf_addf(&path, "%s/%.10s-%.2s%.2s%.2s-%s-%02x%02x%02x%02x.db", buf_str(&dir), now, now + 11, now + 14, now + 17, why,
             salt[0], salt[1], salt[2], salt[3]);
    buf_addf(&temp, "%s.part", buf_str(&path));
    enum evh r = file_make_dir(buf_str(&dir), err);
    bool made = false;
    if (r == EVH_OK) {
        r = make_private(buf_str(&temp), err);
        made = r == EVH_OK;
    }
    if (r == EVH_OK)
        r = copy(store, buf_str(&temp), err);
    if (r == EVH_OK)
        r = verify(buf_str(&temp), err);
    if (r == EVH_OK && rename(buf_str(&temp), buf_str(&path)) != 0)
        r = err_set(err, EVH_IO, "the backup %s cannot be named: %s", buf_str(&path), strerror(errno));
    else if (r == EVH_OK)
        made = false;
    if (r == EVH_OK)
        r = sync_dir(buf_str(&dir), err);
    if (made)
        unlink(buf_str(&temp));
    buf_free(&dir);
    buf_free(&path);
    buf_free(&temp);
    return r;
}
