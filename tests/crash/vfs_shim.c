#include "tests/crash/vfs_shim.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define MOST_PATH 512

/* SQLite gives room for one of these, and behind it for a file of the VFS below. */
struct shim_file {
    sqlite3_file base;
    sqlite3_file *real;
    bool dir_sync;        /* the folder is synced with the next sync: a journal was made or may have been */
    int last_errno;       /* of a call that was made to fail */
    char path[MOST_PATH];
};

static struct watch watching;
static sqlite3_vfs *below;

void shim_watch(const struct watch *watch)
{
    watching = watch == NULL ? (struct watch){0} : *watch;
}

int shim_before(const struct call *call, size_t *part)
{
    size_t none = 0;
    return watching.before == NULL ? 0 : watching.before(watching.data, call, part == NULL ? &none : part);
}

void shim_after(const struct call *call)
{
    if (watching.after != NULL)
        watching.after(watching.data, call);
}

const char *call_word(enum call_kind kind)
{
    static const char *const words[CALL_COUNT] = {
        "open", "read", "write", "truncate", "sync", "size", "lock", "unlock", "lock check", "delete", "folder sync", "mkdir", "rename", "link", "chmod",
    };
    return words[kind];
}

/* ---- one file ---- */

static struct shim_file *shim_of(sqlite3_file *file)
{
    return (struct shim_file *)(void *)file;
}

/* What SQLite's own unix VFS says of such a failure. */
static int sqlite_code(struct shim_file *f, enum call_kind kind, int why)
{
    static const int codes[CALL_COUNT] = {
        [CALL_READ] = SQLITE_IOERR_READ,   [CALL_WRITE] = SQLITE_IOERR_WRITE, [CALL_TRUNCATE] = SQLITE_IOERR_TRUNCATE,
        [CALL_SYNC] = SQLITE_IOERR_FSYNC,  [CALL_SIZE] = SQLITE_IOERR_FSTAT,  [CALL_LOCK] = SQLITE_IOERR_LOCK,
        [CALL_UNLOCK] = SQLITE_IOERR_UNLOCK, [CALL_CHECK_LOCK] = SQLITE_IOERR_CHECKRESERVEDLOCK, [CALL_SYNC_DIR] = SQLITE_IOERR_DIR_FSYNC,
    };
    f->last_errno = errno = why; /* SQLite asks for both */
    if (kind == CALL_WRITE && why == ENOSPC) {
        f->last_errno = 0;
        return SQLITE_FULL;
    }
    return codes[kind];
}

static int ask(struct shim_file *f, struct call *call, size_t *part)
{
    call->path = f->path;
    int why = shim_before(call, part);
    return why == 0 ? SQLITE_OK : sqlite_code(f, call->kind, why);
}

/* Asks, does it, tells. */
#define PASS(file, asked, real_call)                     \
    do {                                                 \
        struct shim_file *f_ = shim_of(file);            \
        struct call c_ = asked;                          \
        int rc_ = ask(f_, &c_, NULL);                    \
        if (rc_ == SQLITE_OK)                            \
            rc_ = f_->real->pMethods->real_call;         \
        if (rc_ == SQLITE_OK)                            \
            shim_after(&c_);                             \
        return rc_;                                      \
    } while (0)

static int shim_close(sqlite3_file *file)
{
    return shim_of(file)->real->pMethods->xClose(shim_of(file)->real);
}

static int shim_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
    PASS(file, ((struct call){.kind = CALL_READ, .at = at, .n = (size_t)n}), xRead(f_->real, to, n, at));
}

static int shim_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
    struct shim_file *f = shim_of(file);
    struct call call = {.kind = CALL_WRITE, .at = at, .bytes = from, .n = (size_t)n};
    size_t part = 0;
    int rc = ask(f, &call, &part);
    if (rc != SQLITE_OK && part > 0 && part < (size_t)n)
        (void)f->real->pMethods->xWrite(f->real, from, (int)part, at);
    if (rc != SQLITE_OK)
        return rc;
    rc = f->real->pMethods->xWrite(f->real, from, n, at);
    if (rc == SQLITE_OK)
        shim_after(&call);
    return rc;
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    PASS(file, ((struct call){.kind = CALL_TRUNCATE, .at = size}), xTruncate(f_->real, size));
}

/* The folder of a path, as a call to sync it. */
static int sync_folder_of(struct shim_file *f)
{
    char dir[MOST_PATH];
    const char *slash = strrchr(f->path, '/');
    size_t n = slash == NULL ? 0 : (size_t)(slash - f->path);
    memcpy(dir, f->path, n);
    dir[n] = '\0';
    struct call call = {.kind = CALL_SYNC_DIR, .path = dir};
    int why = shim_before(&call, NULL);
    if (why != 0)
        return sqlite_code(f, CALL_SYNC_DIR, why);
    shim_after(&call);
    return SQLITE_OK;
}

/* A new journal's folder is synced with it, as the unix VFS does. */
static int shim_sync(sqlite3_file *file, int flags)
{
    struct shim_file *f = shim_of(file);
    struct call call = {.kind = CALL_SYNC};
    (void)flags;
    int rc = ask(f, &call, NULL);
    if (rc != SQLITE_OK)
        return rc;
    shim_after(&call);
    if (!f->dir_sync)
        return SQLITE_OK;
    f->dir_sync = false;
    return sync_folder_of(f);
}

static int shim_size(sqlite3_file *file, sqlite3_int64 *size)
{
    PASS(file, ((struct call){.kind = CALL_SIZE}), xFileSize(f_->real, size));
}

static int shim_lock(sqlite3_file *file, int level)
{
    PASS(file, ((struct call){.kind = CALL_LOCK}), xLock(f_->real, level));
}

/* The lock is given back even when the call says that it failed. */
static int shim_unlock(sqlite3_file *file, int level)
{
    struct shim_file *f = shim_of(file);
    struct call call = {.kind = CALL_UNLOCK};
    int told = ask(f, &call, NULL);
    int rc = f->real->pMethods->xUnlock(f->real, level);
    return told != SQLITE_OK ? told : rc;
}

static int shim_check_lock(sqlite3_file *file, int *held)
{
    PASS(file, ((struct call){.kind = CALL_CHECK_LOCK}), xCheckReservedLock(f_->real, held));
}

static int shim_control(sqlite3_file *file, int what, void *arg)
{
    struct shim_file *f = shim_of(file);
    if (what == SQLITE_FCNTL_LAST_ERRNO && f->last_errno != 0) {
        int *out = arg;
        *out = f->last_errno;
        return SQLITE_OK;
    }
    return f->real->pMethods->xFileControl(f->real, what, arg);
}

static int shim_sector(sqlite3_file *file)
{
    return shim_of(file)->real->pMethods->xSectorSize(shim_of(file)->real);
}

static int shim_device(sqlite3_file *file)
{
    return shim_of(file)->real->pMethods->xDeviceCharacteristics(shim_of(file)->real);
}

static const sqlite3_io_methods methods = {
    .iVersion = 1, /* no shared memory and no mapped files: neither is used */
    .xClose = shim_close, .xRead = shim_read, .xWrite = shim_write, .xTruncate = shim_truncate, .xSync = shim_sync, .xFileSize = shim_size,
    .xLock = shim_lock, .xUnlock = shim_unlock, .xCheckReservedLock = shim_check_lock, .xFileControl = shim_control,
    .xSectorSize = shim_sector, .xDeviceCharacteristics = shim_device,
};

/* ---- the VFS ---- */

static int shim_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *out_flags)
{
    struct shim_file *f = shim_of(file);
    (void)vfs;
    *f = (struct shim_file){.real = (sqlite3_file *)(void *)(f + 1)};
    struct call call = {.kind = CALL_OPEN, .path = path};
    if (path != NULL && strlen(path) < sizeof f->path) {
        memcpy(f->path, path, strlen(path) + 1);
        int said = errno; /* which tells of a failure before */
        call.created = (flags & SQLITE_OPEN_CREATE) != 0 && access(path, F_OK) != 0;
        errno = said;
    }
    int why = path == NULL ? 0 : shim_before(&call, NULL);
    if (why != 0) {
        errno = why;
        return SQLITE_CANTOPEN;
    }
    int rc = below->xOpen(below, path, f->real, flags, out_flags);
    if (f->real->pMethods != NULL)
        f->base.pMethods = &methods;
    if (rc != SQLITE_OK)
        return rc;
    f->dir_sync = (flags & SQLITE_OPEN_CREATE) != 0 && (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL)) != 0;
    if (path != NULL)
        shim_after(&call);
    return SQLITE_OK;
}

static int shim_delete(sqlite3_vfs *vfs, const char *path, int sync_dir)
{
    (void)vfs;
    struct call call = {.kind = CALL_DELETE, .path = path};
    int why = shim_before(&call, NULL);
    if (why != 0) {
        errno = why;
        return SQLITE_IOERR_DELETE;
    }
    int rc = below->xDelete(below, path, 0);
    if (rc != SQLITE_OK)
        return rc;
    shim_after(&call);
    if (sync_dir == 0)
        return SQLITE_OK;
    struct shim_file f = {0};
    if (strlen(path) < sizeof f.path)
        memcpy(f.path, path, strlen(path) + 1);
    return sync_folder_of(&f);
}

void shim_install(void)
{
    static sqlite3_vfs vfs;
    below = sqlite3_vfs_find(NULL);
    if (below == NULL)
        BUG("SQLite has no VFS");
    vfs = *below;
    vfs.iVersion = 1;
    vfs.pNext = NULL;
    vfs.szOsFile = (int)sizeof(struct shim_file) + below->szOsFile;
    vfs.zName = "shim";
    vfs.xOpen = shim_open;
    vfs.xDelete = shim_delete;
    if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK)
        BUG("SQLite does not take a VFS");
}
