/* Between the store and the system: every call that reaches a file can be watched, recorded and made to fail. SQLite's calls go through a VFS
 * around the usual one; those of our own files (folders, renames, backups) through the linker's --wrap, see local.mk. Nothing is ever synced in
 * truth: what a sync keeps is for a model of the disk to say, and the tests are done sooner. */
#ifndef TESTS_CRASH_VFS_SHIM_H
#define TESTS_CRASH_VFS_SHIM_H

#include <stdint.h>

#include "core/base.h"

enum call_kind {
    CALL_OPEN, CALL_READ, CALL_WRITE, CALL_TRUNCATE, CALL_SYNC, CALL_SIZE, CALL_LOCK, CALL_UNLOCK, CALL_CHECK_LOCK, CALL_DELETE, CALL_SYNC_DIR,
    CALL_MKDIR, CALL_RENAME, CALL_LINK, CALL_CHMOD, CALL_COUNT
};

struct call {
    enum call_kind kind;
    const char *path;   /* absolute: of the file, or of the folder that is synced or made */
    const char *to;     /* rename, link: the new name */
    int64_t at;         /* write: offset; truncate: the new size */
    const void *bytes;  /* write */
    size_t n;           /* write, read */
    bool created;       /* open: it was not there before */
};

struct watch {
    /* Before a call: 0 lets it pass, else the errno that it fails with. *part (writes; 0 at first): how many bytes are written all the same. */
    int (*before)(void *data, const struct call *call, size_t *part);
    /* After it succeeded. */
    void (*after)(void *data, const struct call *call);
    void *data;
};

/* Becomes SQLite's usual VFS. Once, before anything is opened. */
void shim_install(void);

/* Who watches; NULL: nobody, every call passes. */
void shim_watch(const struct watch *watch);

const char *call_word(enum call_kind kind);

/* ---- for the two halves of the shim: vfs_shim.c and vfs_calls.c ---- */

/* 0, or the errno to fail with. */
int shim_before(const struct call *call, size_t *part);
void shim_after(const struct call *call);

#endif
