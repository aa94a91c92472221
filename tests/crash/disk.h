/* A model of a disk: what was asked of it, one after another, and what is left of it when the power goes. A sync keeps what was written to a file
 * before, a sync of a folder the names that were made, changed and removed in it. Of all else chance keeps some: writes by sectors of 512 bytes, some
 * of them torn, in any order; sizes; names. POSIX promises no more, so nothing may need more. */
#ifndef TESTS_CRASH_DISK_H
#define TESTS_CRASH_DISK_H

#include "core/arena.h"
#include "core/buf.h"
#include "tests/crash/chance.h"

enum disk_kind { DISK_MKDIR, DISK_CREATE, DISK_DELETE, DISK_RENAME, DISK_LINK, DISK_SYNC_DIR, DISK_WRITE, DISK_TRUNCATE, DISK_SYNC, DISK_MARK };

struct disk_op {
    enum disk_kind kind;
    int file;                   /* -1: a folder */
    const char *name, *to;      /* below the root, which is "" */
    int64_t at;                 /* offset; new size; which mark */
    const unsigned char *bytes;
    size_t n;
};

/* What was asked, in order. */
struct disk_log {
    struct arena *arena;
    struct disk_op *v;
    size_t n, cap;
    int files;                  /* how many there ever were: they are numbered from 0 */
};

void disk_log_add(struct disk_log *log, const struct disk_op *op);
void disk_log_free(struct disk_log *log);

/* The disk after so many operations. */
struct disk_name {
    const char *name;
    int file;
};
struct disk_file {
    struct buf kept;            /* what a sync made sure of */
    size_t *waits;              /* writes and sizes since, as places in the log */
    size_t n, cap;
};
struct disk {
    const struct disk_log *log;
    size_t at;
    bool deaf;                  /* it does not honour syncs */
    struct disk_file *files;
    struct disk_name *names;    /* made sure of */
    size_t nnames, names_cap;
    size_t *waits;              /* changes of names since */
    size_t n, cap;
    int64_t mark;               /* the last one, or -1 */
};

void disk_begin(struct disk *d, const struct disk_log *log, bool deaf);
void disk_go(struct disk *d, size_t to); /* only forwards */
void disk_free(struct disk *d);

/* Files and folders as bytes. */
struct image_file {
    char *name;                 /* below the root */
    bool folder;
    struct buf bytes;
};
struct image {
    struct image_file *v;
    size_t n, cap;
};

/* What is left when the power goes now. */
void disk_cut(const struct disk *d, struct chance *chance, struct image *out);

/* Puts an image where there was nothing, or another one; reads one. Only plain files and folders, 0600 and 0700. */
void image_write(const struct image *image, const char *root);
void image_read(struct image *image, const char *root);
const struct image_file *image_find(const struct image *image, const char *name); /* NULL: it is not there */
struct buf *image_add(struct image *image, const char *name, bool folder);        /* where its bytes go */
void image_free(struct image *image);

/* Removes a folder with everything in it. */
void remove_folder(const char *path);

#endif
