/* The half-typed line. */
#include <string.h>

#include "data/inside.h"

enum evh store_draft_save(struct store *store, struct uuid meeting, const char *text, size_t cursor, struct err *err)
{
    enum evh r = db_begin(store, err);
    if (r != EVH_OK)
        return r;
    struct query q;
    if (text[0] == '\0') {
        query_begin(&q, store, STMT_draft_remove);
        query_id(&q, 1, meeting);
    } else {
        query_begin(&q, store, STMT_draft_put);
        query_id(&q, 1, meeting);
        query_text(&q, 2, text);
        query_int(&q, 3, (int64_t)cursor);
        query_int(&q, 4, store->world.now(store->world.data).utc_ms);
    }
    return db_finish(store, query_run(&q, err), err);
}

enum evh store_draft_load(struct store *store, struct arena *arena, struct uuid meeting, struct draft *out, struct err *err)
{
    struct draft draft = {0};
    struct query q;
    query_begin(&q, store, STMT_draft_get);
    query_id(&q, 1, meeting);
    if (query_row(&q)) {
        draft.text = query_dup(&q, 0, arena);
        size_t n = strlen(draft.text);
        int64_t place = query_get_int(&q, 1);
        draft.cursor = place < 0 || (uint64_t)place > n ? n : (size_t)place;
        draft.saved_ms = query_get_int(&q, 2);
    }
    enum evh r = query_end(&q, err);
    if (r == EVH_OK)
        *out = draft;
    return r;
}
