/* Memory that is never NULL. A block is held back for a rainy day: it is given up at the first failure, so that the half-typed line can
 * still be saved and the user be told; when that is used up too, the program says its last words and ends. */
#ifndef CORE_MEMORY_H
#define CORE_MEMORY_H

#include "core/base.h"

/* Zeroed memory for `n` things of `size` bytes (never none); `n * size` is checked for overflow. Given back with free(). */
void *memory_take(size_t n, size_t size);

/* `old` (may be NULL) with room for `n` things of `size` bytes; what is new is not zeroed. */
void *memory_grow(void *old, size_t n, size_t size);

/* Holds the reserve back, anew after it was given up. False while there is no room for it: the computer is still short of memory. */
bool memory_refill(void);

/* The reserve was given up and is not back yet. */
bool memory_short(void);

/* For tests: the n-th call of the two functions above from now fails as if there were no memory (`sticky`: each one after it too);
 * 0: none does. Returns how many calls were made since the last time. */
size_t memory_test_fail(size_t n, bool sticky);

#endif
