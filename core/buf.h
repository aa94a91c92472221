/* Bytes that grow. `s` is never NULL once something was added and always ends with
 * a NUL that `n` does not count; a zeroed struct is an empty buffer. */
#ifndef CORE_BUF_H
#define CORE_BUF_H

#include "core/base.h"

struct buf {
    char *s;
    size_t n;
    size_t cap;
};

void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_adds(struct buf *b, const char *s);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *format, ...) PRINTF_LIKE(2, 3);

/* Replaces `old` bytes at `at` by `n` others. */
void buf_splice(struct buf *b, size_t at, size_t old, const void *bytes, size_t n);

void buf_clear(struct buf *b); /* empties, keeps the memory */
void buf_free(struct buf *b);  /* gives the memory back, leaves an empty buffer */

/* The text, "" when nothing was added; borrowed until the next change. */
const char *buf_str(const struct buf *b);

#endif
