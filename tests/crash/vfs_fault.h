/* Makes the n-th call that reaches a disk fail: once, or from then on. */
#ifndef TESTS_CRASH_VFS_FAULT_H
#define TESTS_CRASH_VFS_FAULT_H

#include "tests/crash/sweep.h"
#include "tests/crash/vfs_shim.h"

struct fault {
    const char *root;    /* only below it */
    int why;             /* EIO: any call; ENOSPC: what needs room */
    bool sticky, part;   /* part: half of the bytes are written */
    size_t left;         /* calls until it strikes; 0: it does not, or has */
    bool on;             /* sticky, and it has struck */
    size_t calls;        /* that were counted */
    enum call_kind struck;
    char path[512];      /* what was struck first */
};

/* The trouble of a fault, for a sweep. */
struct trouble fault_trouble(struct fault *f, const char *name);

#endif
