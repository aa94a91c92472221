/* Memory that is given back all at once: one arena a load, a screen, a record.
 * Never NULL: core/memory.h says what happens without memory. Sizes that come from files are bounded first. */
#ifndef CORE_ARENA_H
#define CORE_ARENA_H

#include "core/base.h"

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena); /* NULL is allowed */

/* Bytes now held, for limits and for tests. */
size_t arena_size(const struct arena *arena);

/* Zeroed memory, aligned for any type; `n * size` is checked for overflow. */
void *arena_alloc(struct arena *arena, size_t n, size_t size);

/* Copies; the result ends with a NUL and dies with the arena. NULL stays NULL. */
char *arena_strdup(struct arena *arena, const char *s);
char *arena_strndup(struct arena *arena, const char *s, size_t n);
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);

/* Makes room for one more element of a growing array: returns the array (moved or
 * not) with *cap > n. The new part is zeroed. */
void *arena_grow(struct arena *arena, void *array, size_t n, size_t *cap, size_t size);

#endif
