/* The other half of the shim: what our own code asks of the system. The linker sends these calls here (--wrap). */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/crash/vfs_shim.h"

#define MOST_FILES 64
#define MOST_PATH 512

int __real_open(const char *path, int flags, ...);
int __real_close(int fd);
int __real_fsync(int fd);
int __real_mkdir(const char *path, mode_t mode);
int __real_rename(const char *from, const char *to);
int __real_link(const char *from, const char *to);
int __real_unlink(const char *path);
int __real_fchmod(int fd, mode_t mode);
ssize_t __real_write(int fd, const void *bytes, size_t n);

int __wrap_open(const char *path, int flags, ...);
int __wrap_close(int fd);
int __wrap_fsync(int fd);
int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_rename(const char *from, const char *to);
int __wrap_link(const char *from, const char *to);
int __wrap_unlink(const char *path);
int __wrap_fchmod(int fd, mode_t mode);
ssize_t __wrap_write(int fd, const void *bytes, size_t n);

/* Files that our code has open: what they are called, and how far they are written. */
static struct {
    char path[MOST_PATH];
    int64_t at;
    bool folder;
} opened[MOST_FILES];

static bool known(int fd)
{
    return fd >= 0 && fd < MOST_FILES && opened[fd].path[0] != '\0';
}

/* Asks; false: it fails, and errno says with what. */
static bool may(const struct call *call)
{
    int why = shim_before(call, NULL);
    if (why != 0)
        errno = why;
    return why == 0;
}

static int told(int result, const struct call *call)
{
    if (result == 0)
        shim_after(call);
    return result;
}

int __wrap_open(const char *path, int flags, ...)
{
    mode_t mode = 0;
    struct stat st;
    if ((flags & O_CREAT) != 0) {
        va_list ap;
        va_start(ap, flags);
        mode = va_arg(ap, mode_t);
        va_end(ap);
    }
    struct call call = {.kind = CALL_OPEN, .path = path, .created = (flags & O_CREAT) != 0 && lstat(path, &st) != 0};
    if (!may(&call))
        return -1;
    int fd = __real_open(path, flags, mode);
    if (fd < 0)
        return fd;
    if (fd < MOST_FILES) {
        snprintf(opened[fd].path, sizeof opened[fd].path, "%s", path);
        opened[fd].at = 0;
        opened[fd].folder = fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
    }
    shim_after(&call);
    if ((flags & O_TRUNC) != 0 && !call.created)
        shim_after(&(struct call){.kind = CALL_TRUNCATE, .path = path});
    return fd;
}

int __wrap_close(int fd)
{
    if (known(fd))
        opened[fd].path[0] = '\0';
    return __real_close(fd);
}

int __wrap_fsync(int fd)
{
    if (!known(fd))
        return __real_fsync(fd);
    struct call call = {.kind = opened[fd].folder ? CALL_SYNC_DIR : CALL_SYNC, .path = opened[fd].path};
    if (!may(&call))
        return -1;
    shim_after(&call);
    return 0;
}

int __wrap_mkdir(const char *path, mode_t mode)
{
    struct stat st;
    if (lstat(path, &st) == 0)
        return __real_mkdir(path, mode); /* which is how somebody asks whether it is there */
    struct call call = {.kind = CALL_MKDIR, .path = path};
    return may(&call) ? told(__real_mkdir(path, mode), &call) : -1;
}

int __wrap_rename(const char *from, const char *to)
{
    struct call call = {.kind = CALL_RENAME, .path = from, .to = to};
    return may(&call) ? told(__real_rename(from, to), &call) : -1;
}

int __wrap_link(const char *from, const char *to)
{
    struct call call = {.kind = CALL_LINK, .path = from, .to = to};
    return may(&call) ? told(__real_link(from, to), &call) : -1;
}

int __wrap_unlink(const char *path)
{
    struct call call = {.kind = CALL_DELETE, .path = path};
    return may(&call) ? told(__real_unlink(path), &call) : -1;
}

int __wrap_fchmod(int fd, mode_t mode)
{
    struct call call = {.kind = CALL_CHMOD, .path = known(fd) ? opened[fd].path : ""};
    return may(&call) ? told(__real_fchmod(fd, mode), &call) : -1;
}

ssize_t __wrap_write(int fd, const void *bytes, size_t n)
{
    if (!known(fd))
        return __real_write(fd, bytes, n);
    struct call call = {.kind = CALL_WRITE, .path = opened[fd].path, .at = opened[fd].at, .bytes = bytes, .n = n};
    size_t part = 0;
    int why = shim_before(&call, &part);
    if (why != 0 && (part == 0 || part >= n)) {
        errno = why;
        return -1;
    }
    ssize_t wrote = __real_write(fd, bytes, why == 0 ? n : part);
    if (wrote > 0) {
        call.n = (size_t)wrote;
        shim_after(&call);
        opened[fd].at += wrote;
    }
    return wrote;
}
