/* Backups: private, whole, pruned by their rule; restoring: checked before it replaces anything, what was there kept. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "data/inside.h"
#include "fixture.h"

Suite *suite_backup(void);

static const char body[] = "14:02 Everybody came.\n14:05 A: Patel, ring the therapist, by 4 Dec\n";

static struct uuid one_meeting(const char *child)
{
    return import(meeting_text(child, "2026-11-24", "minutes", body));
}

static void next_day(void)
{
    fx.now.day++;
    fx.now.utc_ms += 86400000;
}

static void change(void)
{
    must(store_retry(fx.store, &fx.err));
}

static struct backup_files listed(void)
{
    struct backup_files files;
    backup_list(arena_printf(fx.arena, "%s/backup", fx.data), &files);
    return files;
}

static size_t backups(void)
{
    struct backup_files files = listed();
    free(files.v);
    return files.n;
}

static void run_on(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    char *why = NULL;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    int rc = sqlite3_exec(db, "DROP TRIGGER IF EXISTS event_never_changed; DROP TRIGGER IF EXISTS event_never_removed", NULL, NULL, &why);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(db, sql, NULL, NULL, &why);
    ck_assert_msg(rc == SQLITE_OK, "%s: %s", sql, why == NULL ? "?" : why);
    sqlite3_close(db);
}

static bool there(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

static size_t meetings_now(void)
{
    struct meeting_rows rows = {0};
    must(store_meetings(fx.store, fx.arena, NULL, 0, &rows, &fx.err));
    return rows.n;
}

static enum evh restore(const char *path, struct restored *out)
{
    return store_restore(fx.data, path, &fx.world, fx.arena, out, &fx.err);
}

static void reopen(void)
{
    store_close(fx.store);
    fx.store = NULL;
    must(store_open(&fx.store, fx.data, STORE_WRITE, &fx.world, &fx.err));
}

/* ---- making ---- */

START_TEST(a_backup_is_private_and_never_written_over)
{
    const char *path = fixture_path("copy.db");
    struct stat st;
    one_meeting("Tobi Okafor / T.O.");
    mode_t old = umask(0);
    must(store_backup(fx.store, path, false, &fx.err));
    umask(old);
    ck_assert_int_eq(lstat(path, &st), 0);
    ck_assert_uint_eq((unsigned)(st.st_mode & 07777), 0600);
    ck_assert_int_eq(store_backup(fx.store, path, false, &fx.err), EVH_STATE);
    must(store_backup(fx.store, path, true, &fx.err));
    ck_assert_int_eq(store_backup(fx.store, fixture_path("nowhere/copy.db"), false, &fx.err), EVH_INVALID);
    ck_assert_int_eq(symlink("copy.db", fixture_path("link.db")), 0);
    ck_assert_int_eq(store_backup(fx.store, fixture_path("link.db"), true, &fx.err), EVH_STATE);
}
END_TEST

START_TEST(never_onto_the_database_itself)
{
    static const char *const names[] = {"data/evenhand.db", "data/evenhand.db-journal", "data/../data/evenhand.db"};
    one_meeting("Tobi Okafor / T.O.");
    ck_assert_int_eq(link(fixture_path(names[0]), fixture_path("same.db")), 0);
    for (size_t i = 0; i < NITEMS(names); i++)
        ck_assert_int_eq(store_backup(fx.store, fixture_path(names[i]), true, &fx.err), EVH_INVALID);
    ck_assert_int_eq(store_backup(fx.store, fixture_path("same.db"), true, &fx.err), EVH_INVALID);
    ck_assert_int_eq(unlink(fixture_path("same.db")), 0);
    ck_assert_uint_eq(meetings_now(), 1);
}
END_TEST

START_TEST(a_changed_log_makes_no_backup)
{
    one_meeting("Tobi Okafor / T.O.");
    tamper("UPDATE event SET payload = replace(payload, 'Everybody', 'Nobody')");
    ck_assert_int_eq(store_backup(fx.store, fixture_path("copy.db"), false, &fx.err), EVH_CORRUPT);
    ck_assert(!there(fixture_path("copy.db")));
    tamper("UPDATE event SET payload = replace(payload, 'Nobody', 'Everybody')");
}
END_TEST

START_TEST(one_a_day_before_its_first_change)
{
    one_meeting("Tobi Okafor / T.O.");
    change();
    ck_assert_uint_eq(backups(), 0); /* what began today is not yesterday's */
    next_day();
    struct meeting_rows rows = {0};
    must(store_meetings(fx.store, fx.arena, NULL, 0, &rows, &fx.err));
    ck_assert_uint_eq(backups(), 0); /* looking is no change */
    long long events = ask_number("SELECT count(*) FROM event");
    one_meeting("Grace Adeyemi / G.A.");
    change();
    ck_assert_uint_eq(backups(), 1);
    reopen();
    change();
    ck_assert_uint_eq(backups(), 1);
    struct backup_files files = listed();
    ck_assert_int_eq(files.v[0].why, BACKUP_DAILY);
    ck_assert_int_eq(files.v[0].day, fx.now.day);
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    ck_assert_int_eq(sqlite3_open(arena_printf(fx.arena, "%s/backup/%s", fx.data, files.v[0].name), &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(db, "SELECT count(*) FROM event", -1, &stmt, NULL), SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(stmt), SQLITE_ROW);
    ck_assert_int_eq(sqlite3_column_int64(stmt, 0), events); /* as it was before the change */
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    free(files.v);
    next_day();
    change();
    ck_assert_uint_eq(backups(), 2);
}
END_TEST

START_TEST(without_room_for_it_the_change_goes_on)
{
    struct err told = {0};
    one_meeting("Tobi Okafor / T.O.");
    next_day();
    must(file_write(arena_printf(fx.arena, "%s/backup", fx.data), "x", 1, false, &fx.err)); /* a file where the folder should be */
    one_meeting("Grace Adeyemi / G.A.");
    ck_assert_uint_eq(meetings_now(), 2);
    ck_assert(store_told(fx.store, &told));
    ck_assert_ptr_nonnull(strstr(told.text, "no backup of today"));
    change();
    ck_assert(!store_told(fx.store, &told));
    must(store_trouble(fx.store, &fx.err));
}
END_TEST

/* ---- which are kept ---- */

static void make_file(const char *name)
{
    must(file_write(arena_printf(fx.arena, "%s/backup/%s", fx.data, name), "x", 1, false, &fx.err));
}

static void make_backup_name(int32_t day, enum backup_why why, unsigned char salt)
{
    struct buf name = {0};
    struct now now = {.day = day, .time = 9 * 60};
    backup_name_put(&name, &now, why, (unsigned char[4]){salt, 1, 2, 3});
    make_file(buf_str(&name));
    buf_free(&name);
}

START_TEST(pruned_by_rule)
{
    const char *dir = arena_printf(fx.arena, "%s/backup", fx.data);
    int32_t today = fx.now.day; /* a Tuesday */
    must(file_make_dir(dir, &fx.err));
    for (int i = 0; i < 60; i++)
        make_backup_name(today - i, BACKUP_DAILY, (unsigned char)i);
    make_backup_name(today, BACKUP_DAILY, 0xff); /* two of one day: the newer name stays */
    for (int i = 0; i < 8; i++) {
        make_backup_name(today - 100 - i, BACKUP_UPDATE, (unsigned char)i);
        make_backup_name(today - 200 - i, BACKUP_RESTORE, (unsigned char)i);
    }
    static const char *const others[] = {"mine.db", "2026-01-01-090000-daily-zzzzzzzz.db", "2026-01-01-090000-weekly-00000000.db", "2026-01-01-090000-daily-00010203.db.damaged"};
    for (size_t i = 0; i < NITEMS(others); i++)
        make_file(others[i]);
    backup_prune(dir, NULL);
    struct backup_files files = listed();
    size_t of[BACKUP_WHYS] = {0};
    for (size_t i = 0; i < files.n; i++)
        of[files.v[i].why]++;
    /* seven days: this week's Tuesday and Monday, Sunday to Wednesday before; the newest of the three weeks before those: Sundays */
    ck_assert_uint_eq(of[BACKUP_DAILY], 7 + 3);
    for (int32_t i = 0; i < 7; i++)
        ck_assert_int_eq(files.v[i].day, today - i);
    for (int32_t i = 0; i < 3; i++)
        ck_assert_int_eq(files.v[7 + i].day, today - 2 - 7 * (i + 1));
    ck_assert_uint_eq(of[BACKUP_UPDATE], 5);
    ck_assert_uint_eq(of[BACKUP_RESTORE], 5);
    for (size_t i = 0; i < NITEMS(others); i++)
        ck_assert(there(arena_printf(fx.arena, "%s/%s", dir, others[i])));
    free(files.v);
}
END_TEST

START_TEST(the_only_one_stays)
{
    must(file_make_dir(arena_printf(fx.arena, "%s/backup", fx.data), &fx.err));
    make_backup_name(fx.now.day - 4000, BACKUP_DAILY, 1);
    backup_prune(arena_printf(fx.arena, "%s/backup", fx.data), NULL);
    ck_assert_uint_eq(backups(), 1);
}
END_TEST

START_TEST(copies_that_were_left_are_cleared)
{
    const char *dir = arena_printf(fx.arena, "%s/backup", fx.data);
    must(file_make_dir(dir, &fx.err));
    make_file(".evenhand-1-0.part");
    backup_clear(dir);
    ck_assert(there(arena_printf(fx.arena, "%s/.evenhand-1-0.part", dir))); /* somebody may be at it */
    struct timespec old[2] = {{1000000000, 0}, {1000000000, 0}};
    ck_assert_int_eq(utimensat(AT_FDCWD, arena_printf(fx.arena, "%s/.evenhand-1-0.part", dir), old, 0), 0);
    backup_clear(dir);
    ck_assert(!there(arena_printf(fx.arena, "%s/.evenhand-1-0.part", dir)));
}
END_TEST

/* A clock that ran ahead gave older ones newer names: the one that was made just now is kept whatever it is called. */
START_TEST(what_was_made_just_now_stays)
{
    char *path = NULL;
    one_meeting("Tobi Okafor / T.O.");
    must(file_make_dir(arena_printf(fx.arena, "%s/backup", fx.data), &fx.err));
    for (int i = 0; i < 8; i++)
        make_backup_name(fx.now.day + 300 + i, BACKUP_RESTORE, (unsigned char)i);
    must(backup_make(fx.store, BACKUP_RESTORE, &path, &fx.err));
    ck_assert(there(path));
    ck_assert_uint_eq(backups(), 5 + 1);
    free(path);
}
END_TEST

static int hurried(void *data, int calls)
{
    struct timespec nap = {0, 100000};
    (void)data;
    (void)calls;
    nanosleep(&nap, NULL);
    return 1;
}

/* Another program's change makes SQLite's backup begin again: whoever changes something all the time must not make it endless. */
START_TEST(it_comes_to_an_end_while_another_writes)
{
    int ready[2];
    char byte;
    one_meeting("Tobi Okafor / T.O.");
    tamper("CREATE TABLE big (a); WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 40) INSERT INTO big SELECT randomblob(1000000) FROM c");
    ck_assert_int_eq(pipe(ready), 0);
    const char *change_it = arena_printf(fx.arena, "PRAGMA synchronous = OFF; PRAGMA user_version = %d", migrate_version());
    pid_t child = fork();
    if (child == 0) {
        sqlite3 *db = NULL;
        sqlite3_open(fx.store->path, &db);
        sqlite3_busy_handler(db, hurried, NULL);
        for (bool said = false;; said = true) {
            sqlite3_exec(db, change_it, NULL, NULL, NULL);
            if (!said && write(ready[1], "x", 1) != 1)
                _exit(1);
        }
    }
    ck_assert_int_eq(read(ready[0], &byte, 1), 1);
    int64_t from = db_clock_ms();
    enum evh r = store_backup(fx.store, fixture_path("copy.db"), false, &fx.err);
    int64_t took = db_clock_ms() - from;
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(ready[0]);
    close(ready[1]);
    must(r);
    ck_assert_int_lt(took, 20000);
    tamper("DROP TABLE big");
}
END_TEST

/* ---- restoring ---- */

START_TEST(restoring_brings_back_and_keeps)
{
    struct restored done = {0};
    struct uuid id = one_meeting("Tobi Okafor / T.O.");
    must(store_backup(fx.store, fixture_path("copy.db"), false, &fx.err));
    one_meeting("Grace Adeyemi / G.A.");
    must(restore(fixture_path("copy.db"), &done));
    ck_assert_uint_eq(done.meetings, 1);
    ck_assert_int_eq(done.newest, fx.now.day);
    ck_assert(!done.updated);
    ck_assert_ptr_nonnull(done.kept);
    ck_assert(there(done.kept));
    /* whoever had the old one open writes nothing any more, and says why */
    ck_assert_int_eq(store_draft_save(fx.store, id, "half", 2, &fx.err), EVH_IO);
    ck_assert_ptr_nonnull(strstr(fx.err.text, "replaced"));
    ck_assert_int_eq(store_trouble(fx.store, &fx.err), EVH_IO);
    ck_assert(store_moved(fx.store));
    must(store_reopen(fx.store, &fx.err));
    must(store_draft_save(fx.store, id, "half", 2, &fx.err));
    must(store_trouble(fx.store, &fx.err));
    ck_assert_uint_eq(meetings_now(), 1);
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
    /* and what was kept can be restored in its turn */
    store_close(fx.store);
    fx.store = NULL;
    must(restore(done.kept, &done));
    ck_assert_uint_eq(done.meetings, 2);
    must(store_open(&fx.store, fx.data, STORE_WRITE, &fx.world, &fx.err));
}
END_TEST

/* What is written after a restore must not be numbered like what was written after the backup. */
START_TEST(the_numbering_begins_anew)
{
    struct restored done = {0};
    one_meeting("Tobi Okafor / T.O.");
    must(store_backup(fx.store, fixture_path("copy.db"), false, &fx.err));
    struct uuid before = fx.store->device;
    must(restore(fixture_path("copy.db"), &done));
    reopen();
    ck_assert(!uuid_same(before, fx.store->device));
    one_meeting("Grace Adeyemi / G.A.");
    ck_assert_int_eq(ask_number("SELECT count(DISTINCT device) FROM event"), 2);
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
}
END_TEST

START_TEST(what_is_no_good_backup_changes_nothing)
{
    static const struct {
        const char *sql;
        enum evh code;
        const char *said;
    } bad[] = {
        {"PRAGMA user_version = 99", EVH_NEWER, "newer"},
        {"PRAGMA application_id = 7", EVH_INVALID, "another program"},
        {"UPDATE event SET payload = replace(payload, 'Everybody', 'Nobody')", EVH_INVALID, "was changed"},
        {"DELETE FROM event WHERE n = (SELECT max(n) FROM event)", EVH_INVALID, "removed"},
        {"PRAGMA journal_mode = WAL", EVH_INVALID, "another form"},
    };
    struct restored done = {0};
    one_meeting("Tobi Okafor / T.O.");
    struct stat was, is;
    ck_assert_int_eq(stat(fx.store->path, &was), 0);
    for (size_t i = 0; i < NITEMS(bad); i++) {
        must(store_backup(fx.store, fixture_path("bad.db"), true, &fx.err));
        run_on(fixture_path("bad.db"), bad[i].sql);
        ck_assert_msg(restore(fixture_path("bad.db"), &done) == bad[i].code, "%s: %s", bad[i].sql, fx.err.text);
        ck_assert_msg(strstr(fx.err.text, bad[i].said) != NULL, "%s: %s", bad[i].sql, fx.err.text);
    }
    must(store_backup(fx.store, fixture_path("cut.db"), true, &fx.err));
    ck_assert_int_eq(truncate(fixture_path("cut.db"), 30000), 0);
    ck_assert_int_eq(restore(fixture_path("cut.db"), &done), EVH_INVALID);
    must(file_write(fixture_path("text.db"), "a text, and no database", 23, false, &fx.err));
    ck_assert_int_eq(restore(fixture_path("text.db"), &done), EVH_INVALID);
    ck_assert_int_eq(restore(fixture_path("nowhere.db"), &done), EVH_INVALID);
    ck_assert_int_eq(restore(fx.store->path, &done), EVH_INVALID);
    ck_assert_int_eq(stat(fx.store->path, &is), 0);
    ck_assert(was.st_ino == is.st_ino);
    ck_assert_uint_eq(backups(), 0);
    ck_assert_uint_eq(meetings_now(), 1);
}
END_TEST

START_TEST(one_with_a_journal_is_refused)
{
    struct restored done = {0};
    one_meeting("Tobi Okafor / T.O.");
    must(store_backup(fx.store, fixture_path("copy.db"), false, &fx.err));
    must(file_write(fixture_path("copy.db-journal"), "x", 1, false, &fx.err));
    ck_assert_int_eq(restore(fixture_path("copy.db"), &done), EVH_INVALID);
    ck_assert_ptr_nonnull(strstr(fx.err.text, "journal"));
}
END_TEST

START_TEST(an_older_one_is_brought_up_to_date)
{
    struct restored done = {0};
    one_meeting("Tobi Okafor / T.O.");
    must(store_backup(fx.store, fixture_path("copy.db"), false, &fx.err));
    run_on(fixture_path("copy.db"), "DROP TABLE draft; DROP TABLE visit; PRAGMA user_version = 1");
    must(restore(fixture_path("copy.db"), &done));
    ck_assert(done.updated);
    reopen();
    ck_assert_int_eq(ask_number("PRAGMA user_version"), migrate_version());
    ck_assert_uint_eq(meetings_now(), 1);
    ck_assert_uint_eq(backups(), 2); /* before the update, before the restore */
}
END_TEST

/* It may still be read unless `alone`. */
static pid_t locked_by_another(bool alone)
{
    int ready[2];
    char byte;
    ck_assert_int_eq(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0 && alone)
        hold_lock(ready[1]);
    if (child == 0) {
        sqlite3 *db = NULL;
        sqlite3_open(fx.store->path, &db);
        if (sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK && write(ready[1], "x", 1) == 1)
            sleep(20);
        _exit(0);
    }
    ck_assert_int_eq(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    close(ready[1]);
    return child;
}

static bool no_patience(void *data, const char *what, int waited_ms)
{
    (void)data;
    (void)what;
    return waited_ms < 600;
}

START_TEST(while_another_writes_it_is_refused)
{
    struct restored done = {0};
    one_meeting("Tobi Okafor / T.O.");
    must(store_backup(fx.store, fixture_path("copy.db"), false, &fx.err));
    pid_t child = locked_by_another(true);
    struct world world = fx.world;
    world.waiting = no_patience;
    ck_assert_int_eq(store_restore(fx.data, fixture_path("copy.db"), &world, fx.arena, &done, &fx.err), EVH_BUSY);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    ck_assert_uint_eq(meetings_now(), 1);
    must(store_trouble(fx.store, &fx.err));
}
END_TEST

/* The other one that was waited for was a restore too: what it put there is not replaced unseen, and its journal not played into the old file. */
static struct {
    pid_t child;
    bool done;
} quicker;

static bool replaced_meanwhile(void *data, const char *what, int waited_ms)
{
    (void)data;
    (void)what;
    if (!quicker.done) {
        quicker.done = true;
        if (rename(fixture_path("copy.db"), arena_printf(fx.arena, "%s/evenhand.db", fx.data)) != 0)
            return false;
        kill(quicker.child, SIGKILL);
        waitpid(quicker.child, NULL, 0);
    }
    return waited_ms < 10000;
}

START_TEST(two_restores_at_once)
{
    struct restored done = {0};
    struct stat put, is;
    one_meeting("Tobi Okafor / T.O.");
    must(store_backup(fx.store, fixture_path("copy.db"), false, &fx.err));
    must(store_backup(fx.store, fixture_path("second.db"), false, &fx.err));
    ck_assert_int_eq(stat(fixture_path("copy.db"), &put), 0);
    quicker.child = locked_by_another(false);
    quicker.done = false;
    struct world world = fx.world;
    world.waiting = replaced_meanwhile;
    ck_assert_int_eq(store_restore(fx.data, fixture_path("second.db"), &world, fx.arena, &done, &fx.err), EVH_IO);
    ck_assert_ptr_nonnull(strstr(fx.err.text, "replaced"));
    ck_assert_int_eq(stat(fx.store->path, &is), 0);
    ck_assert(put.st_ino == is.st_ino);
    must(store_reopen(fx.store, &fx.err));
}
END_TEST

START_TEST(waiting_ends_when_it_is_replaced)
{
    one_meeting("Tobi Okafor / T.O.");
    must(store_backup(fx.store, fixture_path("copy.db"), false, &fx.err));
    quicker.child = locked_by_another(false);
    quicker.done = false;
    fx.store->world.waiting = replaced_meanwhile;
    enum evh r = db_begin(fx.store, &fx.err); /* no lock on the old file */
    if (r == EVH_OK)
        db_rollback(fx.store);
    fx.store->world.waiting = fx.world.waiting;
    ck_assert_int_eq(r, EVH_IO);
    ck_assert_ptr_nonnull(strstr(fx.err.text, "replaced"));
    must(store_reopen(fx.store, &fx.err));
    change();
}
END_TEST

START_TEST(into_an_empty_folder)
{
    struct restored done = {0};
    one_meeting("Tobi Okafor / T.O.");
    must(store_backup(fx.store, fixture_path("copy.db"), false, &fx.err));
    must(file_make_dir(fixture_path("new"), &fx.err));
    must(file_write(fixture_path("new/evenhand.db-journal"), "left by a database that is gone", 31, false, &fx.err));
    must(store_restore(fixture_path("new"), fixture_path("copy.db"), &fx.world, fx.arena, &done, &fx.err));
    ck_assert_ptr_null(done.kept);
    ck_assert_uint_eq(done.meetings, 1);
    struct stat st;
    ck_assert(stat(fixture_path("new/evenhand.db-journal"), &st) != 0 || st.st_size == 0);
    ck_assert_int_eq(stat(fixture_path("new/evenhand.db"), &st), 0);
    ck_assert_uint_eq((unsigned)(st.st_mode & 07777), 0600);
}
END_TEST

START_TEST(over_a_damaged_one)
{
    struct restored done = {0};
    one_meeting("Tobi Okafor / T.O.");
    must(store_backup(fx.store, fixture_path("copy.db"), false, &fx.err));
    store_close(fx.store);
    fx.store = NULL;
    must(file_write(arena_printf(fx.arena, "%s/evenhand.db", fx.data), "no database any more, whatever it was", 37, true, &fx.err));
    must(restore(fixture_path("copy.db"), &done));
    ck_assert_ptr_nonnull(strstr(done.kept, ".damaged"));
    ck_assert(there(done.kept));
    must(store_open(&fx.store, fx.data, STORE_WRITE, &fx.world, &fx.err));
    ck_assert_uint_eq(meetings_now(), 1);
}
END_TEST

/* A program that was killed in the midst of a commit leaves a journal: it belongs to the old file, and to no other. */
START_TEST(the_journal_of_the_old_one_is_not_played_into_the_new)
{
    struct restored done = {0};
    one_meeting("Tobi Okafor / T.O.");
    must(store_backup(fx.store, fixture_path("copy.db"), false, &fx.err));
    one_meeting("Grace Adeyemi / G.A.");
    pid_t child = fork();
    if (child == 0) {
        sqlite3 *db = NULL;
        sqlite3_open(fx.store->path, &db);
        sqlite3_exec(db, "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE; CREATE TABLE big (a); ", NULL, NULL, NULL);
        sqlite3_exec(db, "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 400) INSERT INTO big SELECT randomblob(2000) FROM c", NULL, NULL, NULL);
        sqlite3_exec(db, "UPDATE device SET seq = 77; UPDATE big SET a = randomblob(2001)", NULL, NULL, NULL);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    struct stat st;
    ck_assert_int_eq(stat(arena_printf(fx.arena, "%s-journal", fx.store->path), &st), 0);
    ck_assert_msg(st.st_size > 1000, "the journal is not hot: the test proves nothing");
    must(restore(fixture_path("copy.db"), &done));
    ck_assert_uint_eq(done.meetings, 1);
    reopen();
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
    /* and the old one is kept as it was before that commit */
    store_close(fx.store);
    fx.store = NULL;
    must(restore(done.kept, &done));
    ck_assert_uint_eq(done.meetings, 2);
    must(store_open(&fx.store, fx.data, STORE_WRITE, &fx.world, &fx.err));
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
}
END_TEST

Suite *suite_backup(void)
{
    Suite *s = suite_create("backup");
    TCase *t = tcase_create("backup");
    tcase_add_checked_fixture(t, fixture_setup, fixture_teardown);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, a_backup_is_private_and_never_written_over);
    tcase_add_test(t, never_onto_the_database_itself);
    tcase_add_test(t, a_changed_log_makes_no_backup);
    tcase_add_test(t, one_a_day_before_its_first_change);
    tcase_add_test(t, without_room_for_it_the_change_goes_on);
    tcase_add_test(t, pruned_by_rule);
    tcase_add_test(t, the_only_one_stays);
    tcase_add_test(t, copies_that_were_left_are_cleared);
    tcase_add_test(t, what_was_made_just_now_stays);
    tcase_add_test(t, it_comes_to_an_end_while_another_writes);
    tcase_add_test(t, restoring_brings_back_and_keeps);
    tcase_add_test(t, the_numbering_begins_anew);
    tcase_add_test(t, what_is_no_good_backup_changes_nothing);
    tcase_add_test(t, one_with_a_journal_is_refused);
    tcase_add_test(t, an_older_one_is_brought_up_to_date);
    tcase_add_test(t, while_another_writes_it_is_refused);
    tcase_add_test(t, two_restores_at_once);
    tcase_add_test(t, waiting_ends_when_it_is_replaced);
    tcase_add_test(t, into_an_empty_folder);
    tcase_add_test(t, over_a_damaged_one);
    tcase_add_test(t, the_journal_of_the_old_one_is_not_played_into_the_new);
    suite_add_tcase(s, t);
    return s;
}
