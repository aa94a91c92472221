/* Records what the store asks of the disk, for a model of one to lose some of it. */
#ifndef TESTS_CRASH_VFS_RECORD_H
#define TESTS_CRASH_VFS_RECORD_H

#include "tests/crash/disk.h"

struct record_names {
    const char *name;
    int file; /* -1: a folder */
};

struct recorder {
    struct disk_log log;
    const char *root;           /* what lies below it is recorded */
    struct record_names *names; /* as they are now */
    size_t n, cap;
    size_t begun;               /* so many operations put there what was there at the beginning */
};

/* Begins: what lies below `root` is on the disk for good. */
void record_begin(struct recorder *r, const char *root);
/* The driver's word, between two operations: what it marks is acknowledged. */
void record_mark(struct recorder *r, int64_t mark);
/* Nothing more is recorded; r->log stays. */
void record_end(void);
void record_free_all(struct recorder *r);

#endif
