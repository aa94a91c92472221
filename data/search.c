/* Search: a scan of the entries, newest meeting first; no index that would keep what was erased. */
#include <string.h>

#include "core/text.h"
#include "data/inside.h"

struct found {
    struct uuid id;
    int32_t date;
};

static enum evh newest_first(struct store *store, struct arena *arena, const char *child, struct found **out, size_t *n, struct err *err)
{
    struct found *v = NULL;
    size_t count = 0, cap = 0;
    struct query q;
    query_begin(&q, store, STMT_meeting_newest_all);
    query_text(&q, 1, child == NULL ? NULL : text_fold_dup(arena, child, strlen(child)));
    while (query_row(&q)) {
        v = arena_grow(arena, v, count, &cap, sizeof v[0]);
        v[count++] = (struct found){query_get_id(&q, 0), (int32_t)query_get_int_or(&q, 1, DAY_NONE)};
    }
    enum evh r = query_end(&q, err);
    *out = v;
    *n = count;
    return r;
}

/* The first line of an entry's texts that matches: its own words, else what was said under it. */
static int match_texts(struct match *match, struct query *q, const char **text, size_t *length, size_t *at, size_t *end)
{
    bool gave_up = false;
    const char *own = query_get(q, 5);
    const char *more = query_get(q, 6);
    const char *s = own == NULL ? "" : own;
    size_t n = strlen(s);
    for (;;) {
        int found = match_find(match, s, n, 0, at, end);
        if (found == 1) {
            *text = s;
            *length = n;
            return 1;
        }
        gave_up = gave_up || found < 0;
        if (more == NULL)
            return gave_up ? -1 : 0;
        s = more;
        n = strcspn(more, "\n");
        more = more[n] == '\n' ? more + n + 1 : NULL;
    }
}

static enum evh search_meeting(struct store *store, struct arena *arena, struct match *match, const struct search_filter *f,
                               const struct found *meeting, struct hits *hits, size_t *cap, struct err *err)
{
    const char *name = NULL;
    struct query q;
    query_begin(&q, store, STMT_entry_list);
    query_id(&q, 1, meeting->id);
    query_text(&q, 2, f->kind);
    query_int(&q, 3, f->restricted);
    size_t first = hits->n;
    while (!hits->stopped && query_row(&q)) {
        const char *text = NULL;
        size_t length = 0, at = 0, end = 0;
        int found = match_texts(match, &q, &text, &length, &at, &end);
        if (found < 0)
            hits->gave_up++;
        if (found != 1)
            continue;
        if (f->limit > 0 && hits->n >= f->limit) {
            hits->stopped = true;
            break;
        }
        hits->v = arena_grow(arena, hits->v, hits->n, cap, sizeof hits->v[0]);
        hits->v[hits->n++] = (struct hit){
            .meeting = meeting->id,
            .item = (int)query_get_int(&q, 0),
            .entry = (int)query_get_int(&q, 1),
            .time = (int)query_get_int_or(&q, 2, TIME_NONE),
            .date = meeting->date,
            .kind = query_dup(&q, 3, arena),
            .speaker = query_dup(&q, 4, arena),
            .text = arena_strndup(arena, text, length),
            .at = at,
            .end = end,
        };
    }
    enum evh r = query_end(&q, err);
    if (r == EVH_OK && hits->n > first)
        r = short_id(store, arena, meeting->id, &name, err);
    for (size_t i = first; i < hits->n && r == EVH_OK; i++)
        hits->v[i].short_id = name;
    return r;
}

enum evh store_search(struct store *store, struct arena *arena, struct match *match, const struct search_filter *filter, struct hits *out, struct err *err)
{
    struct hits hits = {0};
    struct found *meetings = NULL;
    size_t n = 0, cap = 0;
    enum evh r = newest_first(store, arena, filter->child, &meetings, &n, err);
    for (size_t i = 0; i < n && r == EVH_OK && !hits.stopped; i++)
        r = search_meeting(store, arena, match, filter, &meetings[i], &hits, &cap, err);
    if (r == EVH_OK)
        *out = hits;
    return r;
}
