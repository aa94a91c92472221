#include "fixture.h"

#include <dirent.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture fx;

static struct now fixed_now(void *data)
{
    const struct fixture *f = data;
    return f->now;
}

static void real_random(void *data, void *bytes, size_t n)
{
    (void)data;
    ck_assert_int_eq(getentropy(bytes, n), 0);
}

void fixture_must(enum evh result, const char *call, const char *file, int line)
{
    ck_assert_msg(result == EVH_OK, "%s:%d: %s: %s (%s)", file, line, call, fx.err.text, err_sentence(result));
}

static char *join(const char *a, const char *b)
{
    struct buf path = {0};
    buf_addf(&path, "%s/%s", a, b);
    return path.s;
}

void fixture_setup(void)
{
    const char *where = getenv("TMPDIR_TEST");
    char *here = getcwd(NULL, 0);
    fx = (struct fixture){.arena = arena_new()};
    fx.dir = join(where != NULL ? where : here, "store-test-XXXXXX");
    free(here);
    ck_assert_msg(mkdtemp(fx.dir) != NULL, "%s: %s", fx.dir, strerror(errno));
    fx.data = join(fx.dir, "data");
    fx.world = (struct world){.now = fixed_now, .random = real_random, .data = &fx};
    fx.now = (struct now){.day = civil_day((struct civil){2026, 11, 24}), .time = 14 * 60, .utc_ms = 1795528800000};
    must(file_types(TABLES_DIR, NULL, fx.arena, &fx.types, &fx.err));
    must(store_open(&fx.store, fx.data, STORE_CREATE, &fx.world, &fx.err));
}

void fixture_same(void)
{
    struct buf before = {0}, after = {0};
    bool changed = true;
    must(store_dump_derived(fx.store, &before, &fx.err));
    must(store_rebuild(fx.store, &changed, &fx.err));
    must(store_dump_derived(fx.store, &after, &fx.err));
    if (before.n != after.n || memcmp(buf_str(&before), buf_str(&after), before.n) != 0)
        ck_abort_msg("the derived tables differ from a rebuild\n--- kept\n%s--- rebuilt\n%s", buf_str(&before), buf_str(&after));
    ck_assert_msg(!changed, "a rebuild says that it changed something");
    buf_free(&before);
    buf_free(&after);
}

void fixture_teardown(void)
{
    if (fx.store != NULL) {
        fixture_same();
        store_close(fx.store);
    }
    remove_tree(fx.dir);
    free(fx.dir);
    free(fx.data);
    arena_free(fx.arena);
    fx = (struct fixture){0};
}

const char *fixture_path(const char *name)
{
    return arena_printf(fx.arena, "%s/%s", fx.dir, name);
}

void remove_tree(const char *path)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return;
    if (!S_ISDIR(st.st_mode)) {
        unlink(path);
        return;
    }
    chmod(path, 0700);
    DIR *dir = opendir(path);
    for (struct dirent *d = dir == NULL ? NULL : readdir(dir); d != NULL; d = readdir(dir)) {
        if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
            continue;
        char *inside = join(path, d->d_name);
        remove_tree(inside);
        free(inside);
    }
    if (dir != NULL)
        closedir(dir);
    rmdir(path);
}

struct op_import import_result(const char *text)
{
    struct op_import out = {0};
    struct notices notices = {0};
    must(op_import(fx.store, &fx.types, text, strlen(text), false, fx.arena, &notices, &out, &fx.err));
    return out;
}

struct uuid import(const char *text)
{
    return import_result(text).id;
}

struct record *record_of(struct uuid meeting)
{
    struct record *record = NULL;
    must(store_record(fx.store, meeting, &record, &fx.err));
    return record;
}

const char *meeting_text(const char *child, const char *date, const char *kept_as, const char *body)
{
    return arena_printf(fx.arena,
                        "evenhand: 1\nmeeting: tac - A meeting\nchild: %s\ndate: %s\ntime: 14:00-15:00\nkept-by: Ravi Thandi\nkept-as: %s\n\n"
                        "people:\nAnita Patel | SENCO | Oakfield | chair | 14:00-15:00\nGrace Okafor | mother | family | parent, PR | 14:00-15:00\n"
                        "Ravi Thandi | administrator | Oakfield | minute-taker | 14:00-15:00\n\n%s",
                        child, date, kept_as, body);
}

static sqlite3 *raw_open(void)
{
    sqlite3 *db = NULL;
    char *path = join(fx.data, "evenhand.db");
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    free(path);
    return db;
}

void tamper(const char *sql)
{
    sqlite3 *db = raw_open();
    char *why = NULL;
    int rc = sqlite3_exec(db, "DROP TRIGGER IF EXISTS event_never_changed; DROP TRIGGER IF EXISTS event_never_removed", NULL, NULL, &why);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(db, sql, NULL, NULL, &why);
    ck_assert_msg(rc == SQLITE_OK, "%s: %s", sql, why == NULL ? "?" : why);
    sqlite3_close(db);
}

void hold_lock(int ready)
{
    sqlite3 *db = raw_open();
    bool held = sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL) == SQLITE_OK;
    if (held && write(ready, "x", 1) == 1)
        sleep(20);
    _exit(0);
}

long long ask_number(const char *sql)
{
    sqlite3 *db = raw_open();
    sqlite3_stmt *stmt = NULL;
    ck_assert_msg(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(db));
    ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
    long long n = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return n;
}

const char *doctor_words(enum doctor_state at_least)
{
    struct doctor_report report = {0};
    const char *all = "";
    must(store_doctor(fx.store, fx.arena, &report, &fx.err));
    for (size_t i = 0; i < report.n; i++) {
        if (report.v[i].state >= at_least)
            all = arena_printf(fx.arena, "%s%s\n", all, report.v[i].what);
    }
    return all;
}
