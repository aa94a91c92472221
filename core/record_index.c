#include "core/record_inside.h"

#include <string.h>

struct record_index {
    struct arena *arena;
    struct ref *v; /* open addressing; an id of zero is a free place */
    size_t n, cap; /* cap is a power of two */
    struct fact last;
};

struct record_index *index_new(struct arena *arena)
{
    struct record_index *index = arena_alloc(arena, 1, sizeof *index);
    index->arena = arena;
    return index;
}

static size_t hash_id(struct uuid id)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < sizeof id.b; i++)
        h = (h ^ id.b[i]) * 0x100000001b3u;
    return (size_t)(h ^ (h >> 29));
}

static size_t place(const struct ref *v, size_t cap, struct uuid id)
{
    size_t at = hash_id(id) & (cap - 1);
    while (!uuid_none(v[at].key) && !uuid_same(v[at].key, id))
        at = (at + 1) & (cap - 1);
    return at;
}

const struct ref *index_find(const struct record_index *index, struct uuid id)
{
    if (index->n == 0 || uuid_none(id))
        return NULL;
    size_t at = place(index->v, index->cap, id);
    return uuid_none(index->v[at].key) ? NULL : &index->v[at];
}

static void grow(struct record_index *index)
{
    size_t cap = index->cap == 0 ? 64 : index->cap * 2;
    struct ref *v = arena_alloc(index->arena, cap, sizeof *v);
    for (size_t i = 0; i < index->cap; i++) {
        if (!uuid_none(index->v[i].key))
            v[place(v, cap, index->v[i].key)] = index->v[i];
    }
    index->v = v;
    index->cap = cap;
}

void index_add(struct record_index *index, struct ref ref)
{
    if (uuid_none(ref.key))
        return;
    if (index->n * 2 >= index->cap)
        grow(index);
    size_t at = place(index->v, index->cap, ref.key);
    if (uuid_none(index->v[at].key))
        index->n++;
    index->v[at] = ref;
}

const struct fact *index_keep(struct record_index *index, const struct fact *fact)
{
    index->last = *fact;
    return &index->last;
}
