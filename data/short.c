#include <string.h>

#include "data/inside.h"

#define SHORTEST 8

size_t short_common(const char *id, const char *other)
{
    size_t n = 0;
    while (other != NULL && id[n] != '\0' && id[n] == other[n])
        n++;
    return n;
}

size_t short_length(const char *id, size_t common)
{
    size_t n = common + 1 < SHORTEST ? SHORTEST : common + 1;
    if (n < UUID_TEXT - 1 && id[n - 1] == '-')
        n++; /* nobody types a dash at the end */
    return n < UUID_TEXT - 1 ? n : UUID_TEXT - 1;
}

const char *short_of(struct arena *arena, struct uuid id, const char *before_it, const char *after_it)
{
    char text[UUID_TEXT];
    uuid_text(id, text);
    size_t before = short_common(text, before_it), after = short_common(text, after_it);
    return arena_strndup(arena, text, short_length(text, before > after ? before : after));
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
