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

enum evh short_id(struct store *store, struct arena *arena, struct uuid id, const char **out, struct err *err)
{
    char text[UUID_TEXT];
    size_t n = 0;
    uuid_text(id, text);
    struct query q;
    query_begin(&q, store, STMT_meeting_neighbours);
    query_text(&q, 1, text);
    if (query_row(&q)) {
        size_t before = common(text, query_get(&q, 0)), after = common(text, query_get(&q, 1));
        n = (before > after ? before : after) + 1;
    }
    enum evh r = query_end(&q, err);
    if (r != EVH_OK)
        return r;
    if (n < SHORTEST)
        n = SHORTEST;
    if (n < UUID_TEXT - 1 && text[n - 1] == '-')
        n++; /* nobody types a dash at the end */
    *out = arena_strndup(arena, text, n < UUID_TEXT - 1 ? n : UUID_TEXT - 1);
    return EVH_OK;
}
