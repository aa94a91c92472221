#include "core/out/minutes.h"

void out_markdown(struct buf *out, const struct record *record)
{
    struct page p = {.out = out, .arena = arena_new(), .markdown = true};
    minutes_put(&p, record);
    arena_free(p.arena);
}
