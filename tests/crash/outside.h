/* What the crash tests need besides a terminal: the program run from outside, texts and files. */
#ifndef TESTS_CRASH_OUTSIDE_H
#define TESTS_CRASH_OUTSIDE_H

#include "core/buf.h"
#include "tests/crash/chance.h"

/* ---- the program ---- */

struct outside {
    const char *program;
    const char *data; /* its --data */
};

/* Runs `evenhand --data DATA WORD… NULL` with an empty standard input; `out` (may be NULL) gets what it prints and says. Gives its exit
 * status, 256 + a signal, or -1 when it did not end in time. */
int outside_run(const struct outside *o, struct buf *out, ...);
/* The same, and counts it as wrong when it does not give 0. */
bool outside_good(const struct outside *o, struct buf *out, ...);
/* doctor finds nothing bad. */
void outside_doctor(const struct outside *o);
/* rebuild changes nothing. */
void outside_rebuild(const struct outside *o);
/* Removes a data directory without backups. */
void outside_remove(const char *data);

/* ---- files and texts ---- */

bool text_read(const char *path, struct buf *out);
bool text_write(const char *path, const char *s, size_t n);
size_t text_count(const char *s, const char *what);

#endif
