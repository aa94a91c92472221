#include "core/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

static void make_room(struct buf *b, size_t more)
{
    if (more > SIZE_MAX / 4 - b->n)
        BUG("size overflow");
    size_t want = b->n + more + 1;
    if (want <= b->cap)
        return;
    size_t cap = b->cap < 64 ? 64 : b->cap;
    while (cap < want)
        cap *= 2;
    b->s = memory_grow(b->s, cap, 1);
    b->cap = cap;
    b->s[b->n] = '\0';
}

void buf_add(struct buf *b, const void *bytes, size_t n)
{
    make_room(b, n);
    if (n > 0)
        memcpy(b->s + b->n, bytes, n);
    b->n += n;
    b->s[b->n] = '\0';
}

void buf_adds(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_addc(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

void buf_addf(struct buf *b, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    if (n < 0)
        BUG("bad format");
    make_room(b, (size_t)n);
    vsnprintf(b->s + b->n, (size_t)n + 1, format, again);
    va_end(again);
    b->n += (size_t)n;
}

void buf_splice(struct buf *b, size_t at, size_t old, const void *bytes, size_t n)
{
    if (at > b->n || old > b->n - at)
        BUG("splice outside the buffer");
    if (n > old)
        make_room(b, n - old);
    else
        make_room(b, 0);
    memmove(b->s + at + n, b->s + at + old, b->n - at - old + 1);
    if (n > 0)
        memcpy(b->s + at, bytes, n);
    b->n = b->n - old + n;
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    if (b->s != NULL)
        b->s[0] = '\0';
}

void buf_free(struct buf *b)
{
    free(b->s);
    *b = (struct buf){0};
}

const char *buf_str(const struct buf *b)
{
    return b->s == NULL ? "" : b->s;
}
