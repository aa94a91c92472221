#include "data/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static enum evh read_all(int fd, const char *path, size_t limit, struct buf *out, struct err *err)
{
    char part[16384];
    for (;;) {
        ssize_t n = read(fd, part, sizeof part);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set(err, EVH_IO, "%s cannot be read: %s", path, strerror(errno));
        if (n == 0)
            return EVH_OK;
        if ((size_t)n > limit || out->n > limit - (size_t)n)
            return err_set(err, EVH_LIMIT, "%s is larger than %zu bytes, the most that is read", path, limit);
        buf_add(out, part, (size_t)n);
    }
}

enum evh file_read(const char *path, size_t limit, struct buf *out, struct err *err)
{
    if (strcmp(path, "-") == 0)
        return read_all(STDIN_FILENO, "standard input", limit, out, err);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return err_set(err, errno == ENOENT ? EVH_INVALID : EVH_IO, "%s cannot be opened: %s", path, strerror(errno));
    enum evh r = read_all(fd, path, limit, out, err);
    close(fd);
    return r;
}

/* ---- writing ---- */

static enum evh failed(const char *path, struct err *err)
{
    int why = errno;
    enum evh code = why == ENOSPC || why == EDQUOT || why == EFBIG ? EVH_FULL : EVH_IO;
    return err_set(err, code, "%s cannot be written: %s; nothing was changed", path, strerror(why));
}

static bool write_all(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t some = write(fd, bytes, n);
        if (some < 0 && errno == EINTR)
            continue;
        if (some < 0)
            return false;
        bytes += some;
        n -= (size_t)some;
    }
    return true;
}

/* The folder of a path, "." when it has none. */
static void folder_of(struct buf *out, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        buf_adds(out, ".");
    else if (slash == path)
        buf_adds(out, "/");
    else
        buf_add(out, path, (size_t)(slash - path));
}

static void sync_folder(const char *path)
{
    struct buf dir = {0};
    folder_of(&dir, path);
    int fd = open(buf_str(&dir), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd); /* some file systems cannot; the file itself was synced */
        close(fd);
    }
    buf_free(&dir);
}

/* A file of our own beside the target: nobody else's name, never through a link. */
static int make_temp(const char *path, struct buf *temp)
{
    for (int try = 0; try < 100; try++) {
        buf_clear(temp);
        folder_of(temp, path);
        buf_addf(temp, "/.evenhand-%ld-%d.part", (long)getpid(), try);
        int fd = open(buf_str(temp), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

/* Without `force` an existing one wins, also against a race: a hard link cannot
 * replace, and where links do not work an empty placeholder of our own is made first. */
enum evh file_put_in_place(const char *temp, const char *path, bool force, struct err *err)
{
    if (!force) {
        if (link(temp, path) == 0) {
            unlink(temp);
            return EVH_OK;
        }
        int fd = errno == EEXIST ? -1 : open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (fd < 0 && errno == EEXIST)
            return err_set(err, EVH_STATE, "%s is there already; choose another name, or replace it with --force", path);
        if (fd < 0)
            return failed(path, err);
        close(fd);
    }
    if (rename(temp, path) == 0)
        return EVH_OK;
    enum evh r = failed(path, err);
    if (!force)
        unlink(path); /* the placeholder: nothing else can be there */
    return r;
}

enum evh file_begin(struct file_out *file, const char *path, bool force, struct err *err)
{
    struct stat st;
    *file = (struct file_out){.path = path, .force = force, .fd = -1};
    if (lstat(path, &st) == 0) {
        if (!force)
            return err_set(err, EVH_STATE, "%s is there already; choose another name, or replace it with --force", path);
        if (!S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode))
            return err_set(err, EVH_STATE, "%s is not a plain file and is not replaced", path);
    }
    file->fd = make_temp(path, &file->temp);
    if (file->fd >= 0 && (fchmod(file->fd, 0600) == 0 || errno == EPERM)) /* a memory stick may know no modes */
        return EVH_OK;
    enum evh r = failed(path, err);
    if (file->fd < 0)
        buf_free(&file->temp);
    return r;
}

enum evh file_add(struct file_out *file, const void *bytes, size_t n, struct err *err)
{
    return write_all(file->fd, bytes, n) ? EVH_OK : failed(file->path, err);
}

enum evh file_finish(struct file_out *file, struct err *err)
{
    enum evh r = fsync(file->fd) == 0 ? EVH_OK : failed(file->path, err);
    if (close(file->fd) != 0 && r == EVH_OK)
        r = failed(file->path, err);
    file->fd = -1;
    if (r == EVH_OK)
        r = file_put_in_place(buf_str(&file->temp), file->path, file->force, err);
    if (r != EVH_OK)
        return r;
    sync_folder(file->path);
    buf_free(&file->temp);
    return EVH_OK;
}

void file_drop(struct file_out *file)
{
    if (file->fd >= 0)
        close(file->fd);
    if (file->temp.n > 0)
        unlink(buf_str(&file->temp));
    buf_free(&file->temp);
    file->fd = -1;
}

enum evh file_write(const char *path, const void *bytes, size_t n, bool force, struct err *err)
{
    struct file_out file;
    enum evh r = file_begin(&file, path, force, err);
    if (r == EVH_OK)
        r = file_add(&file, bytes, n, err);
    if (r == EVH_OK)
        r = file_finish(&file, err);
    if (r != EVH_OK)
        file_drop(&file);
    return r;
}

enum evh file_write_new(const char *folder, const char *stem, const char *ending, const void *bytes, size_t n, struct buf *path, struct err *err)
{
    enum evh r = EVH_STATE;
    for (int try = 1; try < 100 && r == EVH_STATE; try++) {
        buf_clear(path);
        buf_addf(path, "%s/%s", folder, stem);
        if (try > 1)
            buf_addf(path, "-%d", try);
        buf_adds(path, ending);
        r = file_write(buf_str(path), bytes, n, false, err);
    }
    return r;
}

bool file_has_room(const char *folder, size_t n)
{
    struct statvfs fs;
    return access(folder, W_OK | X_OK) == 0 && statvfs(folder, &fs) == 0 && (uint64_t)fs.f_bavail * fs.f_frsize > (uint64_t)n + 65536;
}

static enum evh copy_all(int from, int to, const char *path, const char *name, struct err *err)
{
    char part[65536];
    for (;;) {
        ssize_t n = read(from, part, sizeof part);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return err_set(err, EVH_IO, "%s cannot be read: %s; nothing was changed", path, strerror(errno));
        if (n == 0)
            return fsync(to) == 0 ? EVH_OK : failed(name, err);
        if (!write_all(to, part, (size_t)n))
            return failed(name, err);
    }
}

enum evh file_copy(const char *path, const char *to, struct err *err)
{
    int in = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (in < 0)
        return err_set(err, errno == ENOENT ? EVH_INVALID : EVH_IO, "%s cannot be opened: %s", path, strerror(errno));
    int out = open(to, O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC);
    enum evh r = out < 0 ? failed(to, err) : copy_all(in, out, path, to, err);
    if (out >= 0 && close(out) != 0 && r == EVH_OK)
        r = failed(to, err);
    close(in);
    return r;
}

enum evh file_make_dir(const char *path, struct err *err)
{
    struct buf part = {0};
    size_t n = strlen(path);
    enum evh r = EVH_OK;
    for (size_t i = 1; i <= n && r == EVH_OK; i++) {
        if (i < n && path[i] != '/')
            continue;
        buf_clear(&part);
        buf_add(&part, path, i);
        struct stat st;
        int made = mkdir(buf_str(&part), 0700);
        int why = errno;
        if (made == 0) {
            sync_folder(buf_str(&part)); /* else a power cut takes the folder with everything in it */
            r = chmod(buf_str(&part), 0700) == 0 ? EVH_OK : failed(path, err); /* whatever the umask takes away */
        } else if (stat(buf_str(&part), &st) != 0)
            r = err_set(err, why == ENOSPC ? EVH_FULL : EVH_IO, "the folder %s cannot be made: %s", buf_str(&part), strerror(why));
        else if (!S_ISDIR(st.st_mode))
            r = err_set(err, EVH_IO, "%s is not a folder", buf_str(&part));
    }
    buf_free(&part);
    return r;
}
