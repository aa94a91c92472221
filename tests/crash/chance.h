/* What every crash test needs: counting what went wrong, chance with a seed, the clock. */
#ifndef TESTS_CRASH_CHANCE_H
#define TESTS_CRASH_CHANCE_H

#include <stdint.h>

#include "core/base.h"

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

#endif
