/* Opening: settings, permissions, migrations, versions. */
#include <dirent.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/inside.h"
#include "fixture.h"

Suite *suite_open(void);

static enum evh reopen(enum store_mode mode)
{
    if (fx.store != NULL)
        store_close(fx.store);
    fx.store = NULL;
    return store_open(&fx.store, fx.data, mode, &fx.world, &fx.err);
}

static unsigned mode_of(const char *path)
{
    struct stat st;
    ck_assert_int_eq(lstat(path, &st), 0);
    return (unsigned)(st.st_mode & 07777);
}

START_TEST(made_private)
{
    mode_t old = umask(0);
    const char *other = fixture_path("other/deep/data");
    struct store *store = NULL;
    must(store_open(&store, other, STORE_CREATE, &fx.world, &fx.err));
    umask(old);
    ck_assert_uint_eq(mode_of(other), 0700);
    ck_assert_uint_eq(mode_of(fixture_path("other")), 0700);
    ck_assert_uint_eq(mode_of(fixture_path("other/deep/data/evenhand.db")), 0600);
    store_close(store);
}
END_TEST

START_TEST(settings_are_taken)
{
    static const struct {
        const char *name;
        int64_t value;
    } want[] = {{"synchronous", 2}, {"foreign_keys", 1}, {"cell_size_check", 1}, {"secure_delete", 1}, {"temp_store", 2},
                {"recursive_triggers", 1}, {"trusted_schema", 0}, {"application_id", DB_APPLICATION}, {"cache_size", -1024}};
    for (size_t i = 0; i < NITEMS(want); i++) {
        int64_t value = -99;
        must(db_pragma(fx.store, want[i].name, &value, &fx.err));
        ck_assert_msg(value == want[i].value, "%s is %lld", want[i].name, (long long)value);
    }
    static const char *const refused[] = {
        "SELECT \"nope\"", "SELECT load_extension('x')", "ATTACH 'x.db' AS x", "INSERT INTO sqlite_schema VALUES ('table', 'a', 'a', 9, '')",
    };
    for (size_t i = 0; i < NITEMS(refused); i++) {
        struct err err = {0};
        enum evh r = db_script(fx.store, &refused[i], 1, &err);
        ck_assert_msg(r != EVH_OK, "%s was taken", refused[i]);
    }
}
END_TEST

START_TEST(the_log_is_append_only)
{
    import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", "14:02 Everybody came.\n"));
    static const char *const refused[] = {"UPDATE event SET author = 'x'", "DELETE FROM event", "REPLACE INTO event SELECT * FROM event"};
    for (size_t i = 0; i < NITEMS(refused); i++)
        ck_assert_int_ne(db_script(fx.store, &refused[i], 1, NULL), EVH_OK);
}
END_TEST

START_TEST(writable_by_others_is_refused)
{
    char path[512];
    snprintf(path, sizeof path, "%s/evenhand.db", fx.data);
    ck_assert_int_eq(chmod(fx.data, 0770), 0);
    ck_assert_int_eq(reopen(STORE_READ), EVH_IO);
    ck_assert_ptr_nonnull(strstr(fx.err.text, "chmod 700"));
    ck_assert_int_eq(chmod(fx.data, 0700), 0);
    ck_assert_int_eq(chmod(path, 0602), 0);
    ck_assert_int_eq(reopen(STORE_WRITE), EVH_IO);
    ck_assert_ptr_nonnull(strstr(fx.err.text, "evenhand.db"));
    ck_assert_int_eq(chmod(path, 0600), 0);
    must(reopen(STORE_WRITE));
}
END_TEST

START_TEST(missing_is_not_found)
{
    struct store *store = NULL;
    ck_assert_int_eq(store_open(&store, fixture_path("nowhere"), STORE_WRITE, &fx.world, &fx.err), EVH_NOTFOUND);
    ck_assert_ptr_null(store);
    ck_assert_int_eq(mkdir(fixture_path("empty"), 0700), 0);
    ck_assert_int_eq(store_open(&store, fixture_path("empty"), STORE_READ, &fx.world, &fx.err), EVH_NOTFOUND);
    ck_assert_int_ne(access(fixture_path("empty/evenhand.db"), F_OK), 0);
}
END_TEST

START_TEST(links_are_followed_to_the_folder_only)
{
    struct store *store = NULL;
    ck_assert_int_eq(symlink(fx.data, fixture_path("link")), 0);
    must(store_open(&store, fixture_path("link"), STORE_READ, &fx.world, &fx.err));
    ck_assert_str_eq(store_dir(store), store_dir(fx.store));
    store_close(store);
    ck_assert_int_eq(mkdir(fixture_path("second"), 0700), 0);
    ck_assert_int_eq(symlink("../data/evenhand.db", fixture_path("second/evenhand.db")), 0);
    ck_assert_int_eq(store_open(&store, fixture_path("second"), STORE_READ, &fx.world, &fx.err), EVH_IO);
}
END_TEST

START_TEST(newer_is_refused)
{
    tamper("PRAGMA user_version = 99");
    ck_assert_int_eq(reopen(STORE_WRITE), EVH_NEWER);
    ck_assert_ptr_nonnull(strstr(fx.err.text, "99"));
    tamper(arena_printf(fx.arena, "PRAGMA user_version = %d", migrate_version()));
    must(reopen(STORE_WRITE));
}
END_TEST

START_TEST(another_program_is_refused)
{
    tamper("PRAGMA application_id = 7");
    ck_assert_int_eq(reopen(STORE_WRITE), EVH_CORRUPT);
    tamper("PRAGMA application_id = 1165387876");
    ck_assert_int_eq(DB_APPLICATION, 1165387876);
    must(reopen(STORE_WRITE));
}
END_TEST

START_TEST(rubbish_is_refused)
{
    static const char rubbish[] = "this is no database, however long one looks at it; it is only a text of some length, as texts are.....";
    ck_assert_int_eq(mkdir(fixture_path("rubbish"), 0700), 0);
    must(file_write(fixture_path("rubbish/evenhand.db"), rubbish, sizeof rubbish, false, &fx.err));
    struct store *store = NULL;
    ck_assert_int_eq(store_open(&store, fixture_path("rubbish"), STORE_WRITE, &fx.world, &fx.err), EVH_CORRUPT);
}
END_TEST

/* The backups there are; the name of one of them is kept. */
static int count_backups(const char **name)
{
    const char *path = arena_printf(fx.arena, "%s/backup", fx.data);
    DIR *dir = opendir(path);
    int n = 0;
    for (struct dirent *d = dir == NULL ? NULL : readdir(dir); d != NULL; d = readdir(dir)) {
        if (d->d_name[0] == '.')
            continue;
        n++;
        if (name != NULL)
            *name = arena_printf(fx.arena, "%s/%s", path, d->d_name);
    }
    if (dir != NULL)
        closedir(dir);
    return n;
}

/* Version 1 had no table of half-typed lines. */
START_TEST(an_old_database_is_brought_up_to_date)
{
    struct uuid id = import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", "14:02 Everybody came.\n"));
    long long events = ask_number("SELECT count(*) FROM event");
    ck_assert_int_eq(count_backups(NULL), 0);
    store_close(fx.store);
    fx.store = NULL;
    tamper("DROP TABLE draft; DROP TABLE visit; PRAGMA user_version = 1");
    must(reopen(STORE_WRITE));
    ck_assert_int_eq(count_backups(NULL), 1);
    ck_assert_int_eq(ask_number("SELECT count(*) FROM event"), events);
    ck_assert_int_eq(ask_number("PRAGMA user_version"), migrate_version());
    must(store_draft_save(fx.store, id, "half", 2, &fx.err));
    must(reopen(STORE_WRITE));
    ck_assert_int_eq(count_backups(NULL), 1);
}
END_TEST

START_TEST(backups_are_private_and_whole)
{
    import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", "14:02 Everybody came.\n"));
    mode_t old = umask(0);
    must(backup_make(fx.store, BACKUP_DAILY, NULL, &fx.err));
    umask(old);
    const char *path = NULL;
    ck_assert_int_eq(count_backups(&path), 1);
    ck_assert_uint_eq(mode_of(arena_printf(fx.arena, "%s/backup", fx.data)), 0700);
    ck_assert_uint_eq(mode_of(path), 0600);
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(db, "SELECT count(*) FROM event", -1, &stmt, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
    ck_assert_int_eq(sqlite3_column_int64(stmt, 0), ask_number("SELECT count(*) FROM event"));
    sqlite3_finalize(stmt);
    sqlite3_close(db);
}
END_TEST

START_TEST(derived_tables_of_another_form_are_made_again)
{
    import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", "14:02 Everybody came.\n"));
    struct buf before = {0}, after = {0};
    must(store_dump_derived(fx.store, &before, &fx.err));
    store_close(fx.store);
    fx.store = NULL;
    tamper("UPDATE derived SET stamp = 'older'; DROP TABLE entry; CREATE TABLE entry (a); UPDATE meeting SET status = 'sealed'");
    must(reopen(STORE_WRITE));
    must(store_dump_derived(fx.store, &after, &fx.err));
    ck_assert_str_eq(buf_str(&before), buf_str(&after));
    buf_free(&before);
    buf_free(&after);
}
END_TEST

START_TEST(reading_only)
{
    struct uuid id = import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", "14:02 Everybody came.\n"));
    must(reopen(STORE_READ));
    struct meeting_rows rows = {0};
    must(store_meetings(fx.store, fx.arena, NULL, 0, &rows, &fx.err));
    ck_assert_uint_eq(rows.n, 1);
    ck_assert_int_eq(store_draft_save(fx.store, id, "x", 1, &fx.err), EVH_IO);
    ck_assert_ptr_nonnull(strstr(fx.err.text, "read-only"));
    ck_assert_int_eq(op_sign(fx.store, id, "Patel", "signed", NULL, DAY_NONE, &fx.err), EVH_IO);
    must(reopen(STORE_WRITE));
}
END_TEST

START_TEST(a_read_only_file)
{
    if (geteuid() == 0)
        return; /* root may write everything */
    import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", "14:02 Everybody came.\n"));
    char path[512];
    snprintf(path, sizeof path, "%s/evenhand.db", fx.data);
    ck_assert_int_eq(chmod(path, 0400), 0);
    ck_assert_int_eq(reopen(STORE_WRITE), EVH_IO);
    must(reopen(STORE_READ));
    struct meeting_rows rows = {0};
    must(store_meetings(fx.store, fx.arena, NULL, 0, &rows, &fx.err));
    ck_assert_uint_eq(rows.n, 1);
    ck_assert_int_eq(chmod(path, 0600), 0);
    must(reopen(STORE_WRITE));
}
END_TEST

/* Every statement can be prepared, and those of the home screen and the tracker read no large table as a whole. */
START_TEST(query_plans)
{
    static const char *const sql[STMT_COUNT] = {
#define STMT(name, text) [STMT_##name] = text,
#include "data/sql/queries.h"
#undef STMT
    };
    static const enum stmt quick[] = {
        STMT_meeting_list, STMT_tally_sums, STMT_action_past_time, STMT_action_ids_due, STMT_action_ids_by, STMT_action_ids_meeting, STMT_action_one,
        STMT_action_row, STMT_picture_actions, STMT_event_last, STMT_event_author,
        STMT_event_facts, STMT_event_whole, STMT_meeting_newest, STMT_meeting_prefix, STMT_action_prefix, STMT_meeting_by_origin, STMT_meeting_same,
        STMT_child_same_name, STMT_child_of_file, STMT_key_group, STMT_key_of_action, STMT_entry_list, STMT_chain_end,
        STMT_own_news, STMT_own_meetings_of_name, STMT_own_check, STMT_own_action_fill, STMT_own_action_add, STMT_person_row, STMT_person_rows_of_name, STMT_person_open_of_name,
        STMT_person_prefix, STMT_person_neighbours,
    };
    static const char *const own[] = { /* the tables of a handle for one person, which some of them ask */
#define STMT(name, text)
#include "data/sql/own.h"
#undef STMT
    };
    const char *script = "";
    for (size_t i = 0; i < NITEMS(own); i++)
        script = arena_printf(fx.arena, "%s%s", script, own[i]);
    ck_assert_int_eq(sqlite3_exec(fx.store->db, script, NULL, NULL, NULL), SQLITE_OK);
    for (size_t i = 0; i < STMT_COUNT; i++) {
        sqlite3_stmt *stmt = NULL;
        ck_assert_msg(sqlite3_prepare_v2(fx.store->db, sql[i], -1, &stmt, NULL) == SQLITE_OK, "%s: %s", sql[i], sqlite3_errmsg(fx.store->db));
        sqlite3_finalize(stmt);
    }
    for (size_t i = 0; i < NITEMS(quick); i++) {
        sqlite3_stmt *stmt = NULL;
        const char *plan = arena_printf(fx.arena, "EXPLAIN QUERY PLAN %s", sql[quick[i]]);
        ck_assert_int_eq(sqlite3_prepare_v2(fx.store->db, plan, -1, &stmt, NULL), SQLITE_OK);
        while (sqlite3_step(stmt) == SQLITE_ROW) {
            const char *step = (const char *)sqlite3_column_text(stmt, 3);
            bool scans = strncmp(step, "SCAN", 4) == 0 && strstr(step, "USING INDEX") == NULL && strstr(step, "USING COVERING INDEX") == NULL &&
                         strstr(step, "SCAN tally") == NULL && strstr(step, "SCAN p") == NULL && strstr(step, "CONSTANT ROW") == NULL;
            bool sorts = strstr(step, "TEMP B-TREE FOR ORDER") != NULL && quick[i] != STMT_action_ids_meeting && quick[i] != STMT_action_ids_by && quick[i] != STMT_child_of_file &&
                         quick[i] != STMT_event_whole && quick[i] != STMT_child_same_name && quick[i] != STMT_key_group;
            ck_assert_msg(!scans && !sorts, "%s\n%s", sql[quick[i]], step);
        }
        sqlite3_finalize(stmt);
    }
}
END_TEST

Suite *suite_open(void)
{
    Suite *s = suite_create("open");
    TCase *t = tcase_create("open");
    tcase_add_checked_fixture(t, fixture_setup, fixture_teardown);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, made_private);
    tcase_add_test(t, settings_are_taken);
    tcase_add_test(t, the_log_is_append_only);
    tcase_add_test(t, writable_by_others_is_refused);
    tcase_add_test(t, missing_is_not_found);
    tcase_add_test(t, links_are_followed_to_the_folder_only);
    tcase_add_test(t, newer_is_refused);
    tcase_add_test(t, another_program_is_refused);
    tcase_add_test(t, rubbish_is_refused);
    tcase_add_test(t, an_old_database_is_brought_up_to_date);
    tcase_add_test(t, backups_are_private_and_whole);
    tcase_add_test(t, derived_tables_of_another_form_are_made_again);
    tcase_add_test(t, reading_only);
    tcase_add_test(t, a_read_only_file);
    tcase_add_test(t, query_plans);
    suite_add_tcase(s, t);
    return s;
}
