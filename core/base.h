/* Words that every file shares: attributes, array sizes, and what to do when a
 * programmer was wrong. Part of Evenhand, GPL-3.0-or-later; see LICENSE. */
#ifndef CORE_BASE_H
#define CORE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NITEMS(a) (sizeof(a) / sizeof((a)[0]))

#if defined(__GNUC__)
#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define NORETURN __attribute__((noreturn))
#else
#define MUST_USE
#define PRINTF_LIKE(f, a)
#define NORETURN
#endif

/* The one writable global of core: what to do before the program dies of a
 * programmer's mistake or of lack of memory (main sets it: end curses). */
extern void (*bug_last_words)(const char *what);

/* Says `what` through bug_last_words and aborts. Never returns. */
NORETURN void bug(const char *file, int line, const char *what);

#define BUG(what) bug(__FILE__, __LINE__, what)

/* Says through bug_last_words that there is no memory left, and ends with the status of EVH_MEMORY: the disk has what
 * was put on record, and no transaction is left open. Never returns; core/memory.c calls it. */
NORETURN void memory_gone(void);

#include "core/banned.h"

#endif
