/* What is half typed: the entry line, and words in questions and forms. On a handle for one person all of it stands under that person's own id. */
#include <stdio.h>
#include <string.h>

#include "data/inside.h"

#define LINE "line"

/* Each program keeps the line under a place of its own, so that two screens on one meeting never overwrite each other's. */
static const char *own_line(struct store *store)
{
    if (store->line[0] == '\0') {
        unsigned char random[8];
        db_random(store, random, sizeof random);
        snprintf(store->line, sizeof store->line, LINE ":%02x%02x%02x%02x%02x%02x%02x%02x", random[0], random[1], random[2], random[3], random[4], random[5],
                 random[6], random[7]);
    }
    return store->line;
}

enum evh store_draft_save(struct store *store, struct uuid meeting, const char *text, size_t cursor, struct err *err)
{
    return store_draft_save_at(store, meeting, own_line(store), text, cursor, err);
}

/* The line that another program left becomes this one's: it would come back once more after it went on record here. */
static enum evh take_over(struct store *store, struct uuid meeting, const char *place, struct err *err)
{
    if (store->read_only)
        return EVH_OK;
    own_phase(store, OWN_DRAFT);
    enum evh r = db_begin(store, err);
    if (r == EVH_OK) {
        struct query q;
        query_begin(&q, store, STMT_draft_move);
        query_id(&q, 1, own_draft_key(store, meeting));
        query_text(&q, 2, place);
        query_text(&q, 3, own_line(store));
        r = db_finish(store, query_run(&q, err), err);
    }
    own_phase(store, OWN_LOOK);
    return r;
}

enum evh store_draft_load(struct store *store, struct arena *arena, struct uuid meeting, struct draft *out, struct err *err)
{
    const char *place = NULL;
    enum evh r = store_draft_load_at(store, arena, meeting, own_line(store), out, err);
    if (r != EVH_OK || out->text != NULL)
        return r;
    r = store_draft_place(store, arena, meeting, LINE, &place, err);
    if (r != EVH_OK || place == NULL)
        return r;
    r = store_draft_load_at(store, arena, meeting, place, out, err);
    return r == EVH_OK ? take_over(store, meeting, place, err) : r;
}

bool store_draft_there(struct store *store, struct uuid meeting)
{
    struct query q;
    own_phase(store, OWN_DRAFT);
    query_begin(&q, store, STMT_draft_get);
    query_id(&q, 1, own_draft_key(store, meeting));
    query_text(&q, 2, own_line(store));
    bool there = query_row(&q);
    enum evh r = query_end(&q, NULL);
    own_phase(store, OWN_LOOK);
    return r != EVH_OK || there; /* not known: as it was */
}

enum evh draft_line_remove(struct store *store, struct uuid meeting, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_draft_remove);
    query_id(&q, 1, meeting);
    query_text(&q, 2, own_line(store));
    return query_run(&q, err);
}

enum evh store_draft_save_at(struct store *store, struct uuid meeting, const char *place, const char *text, size_t cursor, struct err *err)
{
    struct query q;
    own_phase(store, OWN_DRAFT);
    enum evh r = db_begin(store, err);
    if (r == EVH_OK) {
        query_begin(&q, store, text[0] == '\0' ? STMT_draft_remove : STMT_draft_put);
        query_id(&q, 1, own_draft_key(store, meeting));
        query_text(&q, 2, place);
        if (text[0] != '\0') {
            query_text(&q, 3, text);
            query_int(&q, 4, (int64_t)cursor);
            query_int(&q, 5, store->world.now(store->world.data).utc_ms);
        }
        r = db_finish(store, query_run(&q, err), err);
    }
    own_phase(store, OWN_LOOK);
    return r;
}

enum evh store_draft_load_at(struct store *store, struct arena *arena, struct uuid meeting, const char *place, struct draft *out, struct err *err)
{
    struct draft draft = {0};
    struct query q;
    own_phase(store, OWN_DRAFT);
    query_begin(&q, store, STMT_draft_get);
    query_id(&q, 1, own_draft_key(store, meeting));
    query_text(&q, 2, place);
    if (query_row(&q)) {
        draft.text = query_dup(&q, 0, arena);
        size_t n = strlen(draft.text);
        int64_t cursor = query_get_int(&q, 1);
        draft.cursor = cursor < 0 || (uint64_t)cursor > n ? n : (size_t)cursor;
        draft.saved_ms = query_get_int(&q, 2);
    }
    enum evh r = query_end(&q, err);
    own_phase(store, OWN_LOOK);
    if (r == EVH_OK)
        *out = draft;
    return r;
}

enum evh store_draft_place(struct store *store, struct arena *arena, struct uuid meeting, const char *prefix, const char **place, struct err *err)
{
    struct query q;
    own_phase(store, OWN_DRAFT);
    query_begin(&q, store, STMT_draft_next);
    query_id(&q, 1, own_draft_key(store, meeting));
    query_text(&q, 2, prefix);
    *place = query_row(&q) ? query_dup(&q, 0, arena) : NULL;
    enum evh r = query_end(&q, err);
    own_phase(store, OWN_LOOK);
    return r;
}
