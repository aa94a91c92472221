#include "core/out/minutes.h"

enum { LEAST_COLUMNS = 40 };

void out_text(struct buf *out, const struct record *record, size_t columns)
{
    struct page p = {.out = out, .arena = arena_new(), .columns = columns < LEAST_COLUMNS ? LEAST_COLUMNS : columns};
    minutes_put(&p, record);
    arena_free(p.arena);
}
