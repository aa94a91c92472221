/* Importing one .meeting text: everything or nothing, in one transaction. */
#include <string.h>

#include "core/text.h"
#include "data/change.h"

/* The same text under any line ends is the same file. */
static struct hash hash_text_of(const char *text, size_t n)
{
    struct buf plain = {0};
    for (size_t from = 0; from < n;) {
        const char *cr = memchr(text + from, '\r', n - from);
        size_t end = cr == NULL ? n : (size_t)(cr - text);
        buf_add(&plain, text + from, end - from);
        if (end < n && (end + 1 == n || text[end + 1] != '\n'))
            buf_addc(&plain, '\r');
        from = end + 1;
    }
    struct hash h = hash_of(buf_str(&plain), plain.n);
    buf_free(&plain);
    return h;
}

static enum evh find_origin(struct store *store, const char *origin, struct uuid *id, bool *found, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_meeting_by_origin);
    query_text(&q, 1, origin);
    *found = query_row(&q);
    if (*found)
        *id = query_get_id(&q, 0);
    return query_end(&q, err);
}

/* Another record of the same meeting: the same child, day, start and keeper. */
static enum evh find_other(struct store *store, struct arena *arena, const struct record *record, struct uuid *other, struct err *err)
{
    if (record->nchildren == 0)
        return EVH_OK;
    const char *name = record->children[0].name;
    struct query q;
    query_begin(&q, store, STMT_meeting_same);
    query_int_or_null(&q, 1, record->date, DAY_NONE);
    query_int_or_null(&q, 2, record->start, TIME_NONE);
    query_text(&q, 3, record->kept_by == NULL ? "" : record->kept_by);
    query_text(&q, 4, record->kept_as == NULL ? "minutes" : record->kept_as);
    query_text(&q, 5, text_fold_dup(arena, name, strlen(name)));
    query_id(&q, 6, record->id);
    if (query_row(&q))
        *other = query_get_id(&q, 0);
    return query_end(&q, err);
}

static enum evh write_all(struct store *store, struct record *record, struct facts *facts, struct arena *arena, struct op_import *out, struct err *err)
{
    struct facts filed = {0};
    enum evh r = find_other(store, arena, record, &out->other, err);
    if (r == EVH_OK)
        r = filing(store, record, arena, &filed, &out->filed, err);
    for (size_t i = 0; i < filed.n; i++)
        facts_add(arena, facts, filed.v[i]);
    if (r == EVH_OK)
        r = log_append(store, record->id, facts->v, facts->n, record->kept_by, record->date, arena, NULL, err);
    for (size_t i = 0; i < filed.n && r == EVH_OK; i++)
        (void)record_apply(record, &filed.v[i]);
    return r == EVH_OK ? derive(store, record, DERIVE_ALL | DERIVE_PEOPLE, err) : r;
}

struct reading_in {
    struct record *record;
    struct facts facts;
};

static enum evh read_in(struct store *store, const struct types *types, const char *text, size_t n, const char *origin, bool strict,
                        struct arena *arena, struct notices *notices, struct reading_in *in, struct err *err)
{
    struct idgen ids = store_ids(store);
    in->record = record_new(ids.next(ids.data));
    struct fact planned = fact_new(FACT_PLANNED, ids.next(ids.data));
    planned.origin = origin;
    facts_add(arena, &in->facts, planned);
    (void)record_apply(in->record, &planned);
    struct notation_reader reader = {.arena = arena, .ids = ids, .types = types, .section = SECTION_HEAD, .stamp = TIME_NONE,
                                     .now = {.day = DAY_NONE, .time = TIME_NONE}};
    enum evh r = notation_read(&reader, in->record, text, n, &in->facts, notices, err);
    if (r == EVH_OK && strict && notices->n > 0)
        r = err_set(err, EVH_INVALID, "nothing was imported, as --strict takes no warnings (%zu)", notices->n);
    return r;
}

enum evh op_import(struct store *store, const struct types *types, const char *text, size_t n, bool strict, struct arena *arena,
                   struct notices *notices, struct op_import *out, struct err *err)
{
    struct op_import result = {0};
    struct reading_in in = {0};
    char hex[HASH_HEX];
    struct hash h = hash_text_of(text, n);
    hash_text(&h, hex);
    const char *origin = arena_printf(arena, "import sha256:%s", hex);
    enum evh r = read_in(store, types, text, n, origin, strict, arena, notices, &in, err);
    if (r == EVH_OK)
        r = db_begin(store, err);
    if (r != EVH_OK) {
        record_free(in.record);
        return r;
    }
    result.entries = in.record->nentries;
    result.id = in.record->id;
    r = find_origin(store, origin, &result.id, &result.existed, err);
    if (r == EVH_OK && !result.existed)
        r = write_all(store, in.record, &in.facts, arena, &result, err);
    record_free(in.record);
    if (r == EVH_OK && result.existed)
        db_rollback(store); /* nothing was written */
    else
        r = db_finish(store, r, err);
    if (r == EVH_OK)
        *out = result;
    return r;
}
