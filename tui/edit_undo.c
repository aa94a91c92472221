#include "tui/edit_undo.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"

#define STEPS_MAX 1000 /* older ones are forgotten */

static char *copy(const char *s, size_t n)
{
    char *to = memory_take(n + 1, 1);
    if (n > 0)
        memcpy(to, s, n);
    to[n] = '\0';
    return to;
}

static void drop(struct change *c)
{
    free(c->old);
    free(c->new);
}

static void join(char **to, size_t *n, size_t at, const char *s, size_t more)
{
    char *grown = memory_grow(*to, *n + more + 1, 1);
    memmove(grown + at + more, grown + at, *n - at + 1);
    memcpy(grown + at, s, more);
    *to = grown;
    *n += more;
}

/* Typing goes on, and no new word begins. */
static bool joins_typing(const struct change *last, const struct change *c)
{
    if (last->nold > 0 || c->nold > 0 || c->nnew == 0 || c->at != last->at + last->nnew || last->nnew == 0)
        return false;
    return text_blank(c->new[0]) || !text_blank(last->new[last->nnew - 1]);
}

/* Backspace after backspace within a word and the blanks after it. */
static bool joins_erasing(const struct change *last, const struct change *c)
{
    if (last->nnew > 0 || c->nnew > 0 || c->nold == 0 || last->nold == 0 || c->at + c->nold != last->at)
        return false;
    return text_blank(last->old[0]) || !text_blank(c->old[c->nold - 1]);
}

static void forget_oldest(struct undo *u)
{
    drop(&u->v[0]);
    memmove(u->v, u->v + 1, (u->n - 1) * sizeof u->v[0]);
    u->n--;
    u->done--;
}

static void grow(struct undo *u)
{
    if (u->n < u->cap)
        return;
    size_t cap = u->cap < 16 ? 16 : u->cap * 2;
    struct change *v = memory_grow(u->v, cap, sizeof v[0]);
    u->v = v;
    u->cap = cap;
}

void undo_add(struct undo *u, const struct change *change)
{
    while (u->n > u->done)
        drop(&u->v[--u->n]);
    struct change *last = u->n > 0 && !u->sealed ? &u->v[u->n - 1] : NULL;
    u->sealed = false;
    if (last != NULL && joins_typing(last, change)) {
        join(&last->new, &last->nnew, last->nnew, change->new, change->nnew);
        last->cursor_after = change->cursor_after;
        return;
    }
    if (last != NULL && joins_erasing(last, change)) {
        join(&last->old, &last->nold, 0, change->old, change->nold);
        last->at = change->at;
        last->cursor_after = change->cursor_after;
        return;
    }
    if (u->n >= STEPS_MAX)
        forget_oldest(u);
    grow(u);
    struct change *c = &u->v[u->n++];
    *c = *change;
    c->old = copy(change->old, change->nold);
    c->new = copy(change->new, change->nnew);
    u->done = u->n;
}

const struct change *undo_back(struct undo *u)
{
    u->sealed = true;
    return u->done == 0 ? NULL : &u->v[--u->done];
}

const struct change *undo_forth(struct undo *u)
{
    u->sealed = true;
    return u->done == u->n ? NULL : &u->v[u->done++];
}

void undo_clear(struct undo *u)
{
    while (u->n > 0)
        drop(&u->v[--u->n]);
    u->done = 0;
    u->sealed = false;
}

void undo_free(struct undo *u)
{
    undo_clear(u);
    free(u->v);
    *u = (struct undo){0};
}
