#include <string.h>

#include "data/inside.h"

#define SHORTEST 8

static size_t common(const char *a, const char *b)
{
    size_t n = 0;
    while (b != NULL && a[n] != '\0' && a[n] == b[n])
        n++;
    return n;
}

const char *short_of(struct arena *arena, struct uuid id, const char *before_it, const char *after_it)
{
    char text[UUID_TEXT];
    uuid_text(id, text);
    size_t before = common(text, before_it), after = common(text, after_it);
    size_t n = (before > after ? before : after) + 1;
    if (n < SHORTEST)
        n = SHORTEST;
    if (n < UUID_TEXT - 1 && text[n - 1] == '-')
        n++; /* nobody types a dash at the end */
    return arena_strndup(arena, text, n < UUID_TEXT - 1 ? n : UUID_TEXT - 1);
}

enum evh short_id(struct store *store, struct arena *arena, struct uuid id, const char **out, struct err *err)
{
    char text[UUID_TEXT];
    const char *name = NULL;
    uuid_text(id, text);
    struct query q;
    query_begin(&q, store, STMT_meeting_neighbours);
    query_text(&q, 1, text);
    if (query_row(&q))
        name = short_of(arena, id, query_get(&q, 0), query_get(&q, 1));
    enum evh r = query_end(&q, err);
    if (r != EVH_OK)
        return r;
    *out = name != NULL ? name : short_of(arena, id, NULL, NULL);
    return EVH_OK;
}
