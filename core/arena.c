#include "core/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"

#ifndef ARENA_BLOCK
#define ARENA_BLOCK 16384
#endif

struct block {
    struct block *next;
    size_t size;
    size_t used;
    max_align_t data[];
};

struct arena {
    struct block *first;
    size_t total;
};

static struct block *block_new(size_t size, struct block *next)
{
    struct block *b = memory_take(1, sizeof *b + size);
    b->next = next;
    b->size = size;
    return b;
}

struct arena *arena_new(void)
{
    return memory_take(1, sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    for (struct block *b = arena->first; b != NULL;) {
        struct block *next = b->next;
        free(b);
        b = next;
    }
    free(arena);
}

size_t arena_size(const struct arena *arena)
{
    return arena->total;
}

void *arena_alloc(struct arena *arena, size_t n, size_t size)
{
    if (size != 0 && n > (SIZE_MAX / 2) / size)
        BUG("size overflow");
    size_t want = n * size;
    size_t step = sizeof(max_align_t);
    want = want == 0 ? step : (want + step - 1) / step * step;
    if (arena->first == NULL || arena->first->size - arena->first->used < want) {
        size_t block = want > ARENA_BLOCK / 4 ? want : ARENA_BLOCK;
        struct block *b = block_new(block, NULL);
        arena->total += block;
        /* A large piece gets a block of its own, behind the one still being filled. */
        if (block == want && arena->first != NULL) {
            b->next = arena->first->next;
            arena->first->next = b;
            b->used = want;
            return b->data;
        }
        b->next = arena->first;
        arena->first = b;
    }
    void *p = (char *)arena->first->data + arena->first->used;
    arena->first->used += want;
    return p;
}

char *arena_strndup(struct arena *arena, const char *s, size_t n)
{
    if (s == NULL)
        return NULL;
    char *copy = arena_alloc(arena, n + 1, 1);
    memcpy(copy, s, n);
    copy[n] = '\0';
    return copy;
}

char *arena_strdup(struct arena *arena, const char *s)
{
    return s == NULL ? NULL : arena_strndup(arena, s, strlen(s));
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    if (n < 0)
        BUG("bad format");
    char *s = arena_alloc(arena, (size_t)n + 1, 1);
    vsnprintf(s, (size_t)n + 1, format, again);
    va_end(again);
    return s;
}

void *arena_grow(struct arena *arena, void *array, size_t n, size_t *cap, size_t size)
{
    if (n < *cap)
        return array;
    size_t least = size > ARENA_BLOCK / 64 ? 1 : 8; /* most lists of large things hold one or two */
    size_t bigger = *cap < least ? least : *cap * 2;
    void *moved = arena_alloc(arena, bigger, size);
    if (n > 0)
        memcpy(moved, array, n * size);
    *cap = bigger;
    return moved;
}
