#include "data/inside.h"

#include <errno.h>
#include <string.h>

static const char *const texts[STMT_COUNT] = {
#define STMT(name, sql) [STMT_##name] = sql,
#include "data/sql/queries.h"
#undef STMT
};

void query_begin(struct query *q, struct store *store, enum stmt which)
{
    *q = (struct query){.store = store, .rc = SQLITE_AUTH};
    if (!own_may(store, which))
        return;
    *q = (struct query){.store = store, .stmt = store->stmt[which], .rc = SQLITE_OK};
    if (store->stuck && which != STMT_rollback)
        db_rollback(store);
    if (store->stuck && which != STMT_rollback) {
        q->rc = SQLITE_NOMEM; /* what was written before the trouble must not be read */
        return;
    }
    /* Before any lock is taken: the journal that lies there may be that of another file, and playing it back would damage both. */
    if (sqlite3_get_autocommit(store->db) && db_moved(store)) {
        q->rc = SQLITE_READONLY_DBMOVED;
        return;
    }
    if (q->stmt != NULL)
        return;
    q->rc = sqlite3_prepare_v3(store->db, texts[which], -1, SQLITE_PREPARE_PERSISTENT, &q->stmt, NULL);
    if (q->rc == SQLITE_OK)
        store->stmt[which] = q->stmt;
}

static void keep(struct query *q, int rc)
{
    if (q->rc == SQLITE_OK)
        q->rc = rc;
}

void query_text(struct query *q, int at, const char *s)
{
    if (q->rc != SQLITE_OK)
        return;
    if (s == NULL)
        keep(q, sqlite3_bind_null(q->stmt, at));
    else
        keep(q, sqlite3_bind_text64(q->stmt, at, s, strlen(s), SQLITE_STATIC, SQLITE_UTF8));
}

void query_id(struct query *q, int at, struct uuid id)
{
    char text[UUID_TEXT];
    uuid_text(id, text);
    if (q->rc == SQLITE_OK)
        keep(q, sqlite3_bind_text(q->stmt, at, text, UUID_TEXT - 1, SQLITE_TRANSIENT));
}

void query_int(struct query *q, int at, int64_t value)
{
    if (q->rc == SQLITE_OK)
        keep(q, sqlite3_bind_int64(q->stmt, at, value));
}

void query_int_or_null(struct query *q, int at, int64_t value, int64_t null_when)
{
    if (value != null_when)
        query_int(q, at, value);
    else if (q->rc == SQLITE_OK)
        keep(q, sqlite3_bind_null(q->stmt, at));
}

void query_bytes(struct query *q, int at, const void *bytes, size_t n)
{
    if (q->rc == SQLITE_OK)
        keep(q, sqlite3_bind_blob64(q->stmt, at, bytes, n, SQLITE_STATIC));
}

bool query_row(struct query *q)
{
    if (q->rc != SQLITE_OK)
        return false;
    errno = 0;
    int rc = sqlite3_step(q->stmt);
    q->store->step_errno = errno; /* of a COMMIT that failed nothing else remembers it */
    if (rc == SQLITE_ROW)
        return true;
    if (rc != SQLITE_DONE)
        q->rc = rc;
    return false;
}

int64_t query_get_int(struct query *q, int column)
{
    return sqlite3_column_int64(q->stmt, column);
}

int64_t query_get_int_or(struct query *q, int column, int64_t when_null)
{
    if (sqlite3_column_type(q->stmt, column) == SQLITE_NULL)
        return when_null;
    return sqlite3_column_int64(q->stmt, column);
}

const char *query_get(struct query *q, int column)
{
    return (const char *)sqlite3_column_text(q->stmt, column);
}

const char *query_get_n(struct query *q, int column, size_t *n)
{
    const char *s = sqlite3_column_blob(q->stmt, column); /* of a text: its bytes where they lie */
    *n = s == NULL ? 0 : (size_t)sqlite3_column_bytes(q->stmt, column);
    return s;
}

char *query_dup(struct query *q, int column, struct arena *arena)
{
    return arena_strdup(arena, query_get(q, column));
}

struct uuid query_get_id(struct query *q, int column)
{
    struct uuid id = {{0}};
    const char *s = query_get(q, column);
    if (s == NULL || !uuid_read(s, strlen(s), &id))
        return (struct uuid){{0}};
    return id;
}

bool query_get_hash(struct query *q, int column, struct hash *out)
{
    const void *bytes = sqlite3_column_blob(q->stmt, column);
    if (bytes == NULL || sqlite3_column_bytes(q->stmt, column) != HASH_BYTES)
        return false;
    memcpy(out->b, bytes, HASH_BYTES);
    return true;
}

enum evh query_end(struct query *q, struct err *err)
{
    enum evh result = q->rc == SQLITE_OK ? EVH_OK : db_fail(q->store, q->rc, err);
    if (q->stmt != NULL) {
        sqlite3_reset(q->stmt); /* repeats the failure that q->rc has already */
        sqlite3_clear_bindings(q->stmt);
    }
    return result;
}

enum evh query_run(struct query *q, struct err *err)
{
    if (query_row(q) && q->rc == SQLITE_OK)
        q->rc = SQLITE_MISUSE; /* a statement that gives rows was run as one that gives none */
    return query_end(q, err);
}
