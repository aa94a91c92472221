/* What the crash tests need besides a terminal: the program run from outside, chance with a seed, the clock, texts and files. */
#ifndef TESTS_CRASH_OUTSIDE_H
#define TESTS_CRASH_OUTSIDE_H

#include <stdint.h>

#include "core/buf.h"

/* ---- what went wrong ---- */

/* Says it on stderr and counts it; the tests go on, so that one run shows all that is wrong. */
void wrong(const char *format, ...) PRINTF_LIKE(1, 2);
int wrongs(void);

/* ---- chance: the same seed gives the same choices ---- */

struct chance {
    uint64_t state;
};

uint64_t chance_next(struct chance *c);
int chance_below(struct chance *c, int n); /* 0 … n-1 */

/* ---- the clock ---- */

int64_t clock_us(void); /* one that only goes forwards, the same in every process */
void clock_wait(int64_t us); /* a person's pause; a signal ends it early */

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
