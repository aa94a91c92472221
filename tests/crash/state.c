#include "tests/crash/state.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "data/inside.h"
#include "tests/crash/chance.h"

static const char events[] = "SELECT meeting, kind, author, happened, payload, id, hash FROM event ORDER BY n";
static const char drafts[] = /* each program has a place of its own for the line */
    "SELECT meeting, CASE WHEN place LIKE 'line:%' THEN 'line' ELSE place END, text, cursor FROM draft ORDER BY 1, 2, 3";
static const char visits[] = "SELECT person, name, what, meeting FROM visit ORDER BY n";

static void put_row(struct buf *out, sqlite3_stmt *stmt)
{
    for (int i = 0; i < sqlite3_column_count(stmt); i++) {
        const void *bytes = sqlite3_column_blob(stmt, i);
        if (bytes != NULL)
            buf_add(out, bytes, (size_t)sqlite3_column_bytes(stmt, i));
        buf_addc(out, '\n');
    }
}

static enum evh chain_rows(struct store *store, const char *sql, size_t *n, struct hash *chain, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    struct buf row = {0};
    int rc = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        buf_clear(&row);
        buf_add(&row, chain->b, HASH_BYTES);
        put_row(&row, stmt);
        *chain = hash_of(buf_str(&row), row.n);
        (*n)++;
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    buf_free(&row);
    return rc == SQLITE_DONE ? EVH_OK : db_fail(store, rc, err);
}

enum evh state_read(struct store *store, struct state *out, struct err *err)
{
    size_t lines = 0;
    *out = (struct state){0};
    enum evh r = chain_rows(store, events, &out->events, &out->log, err);
    if (r == EVH_OK)
        r = chain_rows(store, drafts, &lines, &out->drafts, err);
    return r == EVH_OK ? chain_rows(store, visits, &lines, &out->drafts, err) : r;
}

bool state_same(const struct state *a, const struct state *b)
{
    return a->events == b->events && hash_same(&a->log, &b->log) && hash_same(&a->drafts, &b->drafts);
}

/* ---- as text ---- */

static bool is_id(const char *s, size_t n)
{
    if (n < UUID_TEXT - 1)
        return false;
    for (size_t i = 0; i < UUID_TEXT - 1; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? s[i] != '-' : !isxdigit((unsigned char)s[i]))
            return false;
    }
    return true;
}

static void put_masked(struct buf *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool id = is_id(s + i, n - i);
        buf_addc(out, id ? '#' : s[i]);
        i += id ? UUID_TEXT - 2 : 0;
    }
}

static enum evh put_rows(struct store *store, const char *sql, int columns, struct buf *out, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(stmt) && i < columns; i++) {
            const char *s = (const char *)sqlite3_column_text(stmt, i);
            put_masked(out, s == NULL ? "-" : s, s == NULL ? 1 : strlen(s));
            buf_addc(out, ' ');
        }
        buf_addc(out, '\n');
        rc = SQLITE_OK;
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_DONE ? EVH_OK : db_fail(store, rc, err);
}

enum evh state_text(struct store *store, struct buf *out, struct err *err)
{
    enum evh r = put_rows(store, events, 5, out, err);
    if (r == EVH_OK)
        r = put_rows(store, drafts, 9, out, err);
    return r == EVH_OK ? put_rows(store, visits, 4, out, err) : r;
}

/* ---- whole ---- */

bool state_whole(struct store *store, const char *where)
{
    struct arena *arena = arena_new();
    struct doctor_report report = {0};
    struct err err = {0};
    enum evh r = store_doctor(store, arena, &report, &err);
    if (r != EVH_OK)
        wrong("%s: the doctor cannot look: %s", where, err.text);
    for (size_t i = 0; i < report.n; i++) {
        if (report.v[i].state == DOCTOR_BAD)
            wrong("%s: the doctor says: %s", where, report.v[i].what);
    }
    bool good = r == EVH_OK && !report.bad;
    arena_free(arena);
    return good;
}

/* ---- older databases ---- */

static void run(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, why);
        BUG("an older database cannot be made");
    }
}

static void run_lines(sqlite3 *db, const char *const *lines, size_t n)
{
    struct buf all = {0};
    for (size_t i = 0; i < n; i++)
        buf_adds(&all, lines[i]);
    run(db, buf_str(&all));
    buf_free(&all);
}

void state_age(const char *dir, int version)
{
    static const char *const first[] = {
#include "data/sql/0001-log.h"
    };
    static const char *const second[] = {
#include "data/sql/0002-draft.h"
    };
    static const char *const third[] = {
#include "data/sql/0003-draft-place.h"
    };
    struct buf path = {0}, newer = {0}, sql = {0};
    sqlite3 *db = NULL;
    buf_addf(&path, "%s/" DB_NAME, dir);
    buf_addf(&newer, "%s/newer.db", dir);
    if (rename(buf_str(&path), buf_str(&newer)) != 0 || sqlite3_open(buf_str(&path), &db) != SQLITE_OK)
        BUG("an older database cannot be made");
    run_lines(db, first, NITEMS(first));
    if (version > 1)
        run_lines(db, second, NITEMS(second));
    buf_addf(&sql, "PRAGMA application_id = %d; PRAGMA user_version = %d; ATTACH '%s' AS newer", DB_APPLICATION, version, buf_str(&newer));
    run(db, buf_str(&sql));
    run(db, "INSERT INTO main.device SELECT * FROM newer.device; INSERT INTO main.event SELECT * FROM newer.event;"
            "INSERT INTO main.chain SELECT * FROM newer.chain; DETACH newer");
    if (version > 1)
        run(db, "INSERT INTO draft (meeting, text, place, saved) SELECT meeting, 'half a li', 4, 7 FROM event LIMIT 1");
    if (version > 2)
        run_lines(db, third, NITEMS(third));
    sqlite3_close(db);
    unlink(buf_str(&newer));
    buf_free(&path);
    buf_free(&newer);
    buf_free(&sql);
}
