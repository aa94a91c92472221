/* All derived tables as text, row by row: for tests, for doctor, and to see whether a rebuild changed anything. */
#include <string.h>

#include "data/inside.h"

static const struct {
    enum stmt stmt;
    const char *name;
} dumps[] = {
    {STMT_dump_meeting, "meeting"}, {STMT_dump_child, "child"}, {STMT_dump_attendee, "attendee"}, {STMT_dump_same, "same_person"}, {STMT_dump_entry, "entry"},
    {STMT_dump_action, "action"},   {STMT_dump_key, "action_key"}, {STMT_dump_tally, "tally"},
};

static void put_text(struct buf *out, const char *s)
{
    buf_addc(out, '"');
    for (; s != NULL && *s != '\0'; s++) {
        if (*s == '\n')
            buf_adds(out, "\\n");
        else if (*s == '\t')
            buf_adds(out, "\\t");
        else if (*s == '\\' || *s == '"')
            buf_addf(out, "\\%c", *s);
        else
            buf_addc(out, *s);
    }
    buf_addc(out, '"');
}

static void put_row(struct buf *out, const char *table, struct query *q)
{
    buf_adds(out, table);
    for (int i = 0; i < sqlite3_column_count(q->stmt); i++) {
        buf_addc(out, ' ');
        int type = sqlite3_column_type(q->stmt, i);
        if (type == SQLITE_NULL)
            buf_addc(out, '-');
        else if (type == SQLITE_INTEGER)
            buf_addf(out, "%lld", (long long)query_get_int(q, i));
        else
            put_text(out, query_get(q, i));
    }
    buf_addc(out, '\n');
}

/* With `chain` the rows are not kept but hashed one after another, so that a large archive needs no memory. */
static enum evh dump(struct store *store, struct buf *out, struct hash *chain, struct err *err)
{
    enum evh r = EVH_OK;
    for (size_t i = 0; i < NITEMS(dumps) && r == EVH_OK; i++) {
        struct query q;
        query_begin(&q, store, dumps[i].stmt);
        while (query_row(&q)) {
            if (chain != NULL) {
                buf_clear(out);
                buf_add(out, chain->b, HASH_BYTES);
            }
            put_row(out, dumps[i].name, &q);
            if (chain != NULL)
                *chain = hash_of(buf_str(out), out->n);
        }
        r = query_end(&q, err);
    }
    return r;
}

enum evh derive_digest(struct store *store, struct hash *out, struct err *err)
{
    struct buf row = {0};
    *out = (struct hash){{0}};
    enum evh r = dump(store, &row, out, err);
    buf_free(&row);
    return r;
}

enum evh store_dump_derived(struct store *store, struct buf *out, struct err *err)
{
    enum evh r = db_begin_read(store, err);
    if (r != EVH_OK)
        return r;
    r = dump(store, out, NULL, err);
    db_rollback(store); /* nothing was written */
    return r;
}

enum evh store_rebuild(struct store *store, bool *changed, struct err *err)
{
    struct hash before, after;
    enum evh r = db_begin(store, err);
    if (r != EVH_OK)
        return r;
    r = derive_digest(store, &before, err);
    if (r == EVH_OK)
        r = derive_from_log(store, err);
    if (r == EVH_OK)
        r = derive_digest(store, &after, err);
    r = db_finish(store, r, err);
    if (r == EVH_OK && changed != NULL)
        *changed = !hash_same(&before, &after);
    return r;
}
