#include "tests/crash/chance.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>

/* ---- what went wrong ---- */

static int counted;

void wrong(const char *format, ...)
{
    va_list ap;
    counted++;
    fflush(stdout);
    fputs("wrong: ", stderr);
    va_start(ap, format);
    vfprintf(stderr, format, ap);
    va_end(ap);
    fputc('\n', stderr);
}

int wrongs(void)
{
    return counted;
}

/* ---- chance ---- */

/* splitmix64: any seed will do, 0 too. */
uint64_t chance_next(struct chance *c)
{
    uint64_t z = c->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

int chance_below(struct chance *c, int n)
{
    return n < 2 ? 0 : (int)(chance_next(c) % (uint64_t)n);
}

/* ---- the clock ---- */

int64_t clock_us(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void clock_wait(int64_t us)
{
    if (us > 0)
        poll(NULL, 0, us < 1000 ? 1 : (int)(us / 1000));
}
