#include "core/memory.h"

#include <stdlib.h>

#include "core/err.h"

#define RESERVE ((size_t)256 << 10)

/* The reserve is of the whole program, as memory is: the second writable global of core (HACKING.md). */
static struct {
    void *reserve;
    bool given_up;
    size_t calls, fail_at; /* tests: calls since memory_test_fail(); which of them fails, 0: none */
    bool sticky;
} memory_state;

static bool may_fail(void)
{
    memory_state.calls++;
    if (memory_state.fail_at == 0)
        return false;
    return memory_state.sticky ? memory_state.calls >= memory_state.fail_at : memory_state.calls == memory_state.fail_at;
}

static bool give_up_reserve(void)
{
    bool had = memory_state.reserve != NULL;
    free(memory_state.reserve);
    memory_state.reserve = NULL;
    memory_state.given_up = true;
    return had;
}

bool memory_refill(void)
{
    if (memory_state.reserve == NULL) {
        memory_state.reserve = may_fail() ? NULL : malloc(RESERVE);
        if (memory_state.reserve == NULL)
            return false;
    }
    memory_state.given_up = false;
    return true;
}

bool memory_short(void)
{
    return memory_state.given_up;
}

size_t memory_test_fail(size_t n, bool sticky)
{
    size_t calls = memory_state.calls;
    memory_state.calls = 0;
    memory_state.fail_at = n;
    memory_state.sticky = sticky;
    return calls;
}

static size_t bytes(size_t n, size_t size)
{
    if (size != 0 && n > (SIZE_MAX / 2) / size)
        BUG("size overflow");
    return n * size == 0 ? 1 : n * size;
}

void *memory_take(size_t n, size_t size)
{
    size_t want = bytes(n, size);
    void *p = may_fail() ? NULL : calloc(1, want);
    if (p == NULL && give_up_reserve())
        p = may_fail() ? NULL : calloc(1, want);
    if (p == NULL)
        memory_gone();
    return p;
}

void *memory_grow(void *old, size_t n, size_t size)
{
    size_t want = bytes(n, size);
    void *p = may_fail() ? NULL : realloc(old, want);
    if (p == NULL && give_up_reserve())
        p = may_fail() ? NULL : realloc(old, want);
    if (p == NULL)
        memory_gone();
    return p;
}
