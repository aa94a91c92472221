/* PCRE2 behind limits (foundations.md 5): the only file of core that includes it. */
#ifndef CORE_MATCH_H
#define CORE_MATCH_H

#include "core/err.h"

struct match;

enum { MATCH_REGEX = 1, MATCH_NO_CASE = 2 };

/* Compiles a pattern (literal unless MATCH_REGEX). INVALID with one sentence and the place of the fault. */
MUST_USE enum evh match_new(struct match **out, const char *pattern, size_t n, unsigned flags, struct err *err);
void match_free(struct match *m);

/* 1 found (*at, *end set), 0 not, -1 gave up (a limit was passed). */
int match_find(struct match *m, const char *s, size_t n, size_t from, size_t *at, size_t *end);

const char *match_version(void);

#endif
