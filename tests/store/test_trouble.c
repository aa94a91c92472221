/* When the disk, the memory or the clock fail: true sentences, nothing lost, work goes on when it is over. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "core/memory.h"
#include "core/notation.h"
#include "data/inside.h"
#include "fixture.h"

Suite *suite_trouble(void);

static struct uuid one_meeting(void)
{
    return import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", "14:02 Everybody came.\n"));
}

static const char *path_of(const char *name)
{
    return arena_printf(fx.arena, "%s/%s", fx.data, name);
}

static enum evh save(struct uuid id, const char *text)
{
    return store_draft_save(fx.store, id, text, strlen(text), &fx.err);
}

static const char *draft_of(struct uuid id)
{
    struct draft draft = {0};
    must(store_draft_load(fx.store, fx.arena, id, &draft, &fx.err));
    return draft.text == NULL ? "" : draft.text;
}

static void no_more_pages(bool none)
{
    int64_t pages = 0;
    must(db_pragma(fx.store, "page_count", &pages, &fx.err));
    must(db_pragma(fx.store, arena_printf(fx.arena, "max_page_count = %lld", none ? (long long)pages : 1000000LL), NULL, &fx.err));
}

/* ---- the disk ---- */

START_TEST(full_until_there_is_room)
{
    struct uuid id = one_meeting();
    struct buf text = {0};
    for (int i = 0; i < 40000; i++)
        buf_addc(&text, 'x');
    no_more_pages(true);
    ck_assert_int_eq(save(id, buf_str(&text)), EVH_FULL);
    ck_assert_ptr_nonnull(strstr(fx.err.text, "full"));
    struct err why = {0};
    ck_assert_int_eq(store_trouble(fx.store, &why), EVH_FULL);
    ck_assert_str_eq(why.text, fx.err.text);
    ck_assert_int_eq(save(id, buf_str(&text)), EVH_FULL);
    no_more_pages(false);
    must(save(id, buf_str(&text)));
    must(store_trouble(fx.store, &why));
    ck_assert_str_eq(draft_of(id), buf_str(&text));
    buf_free(&text);
}
END_TEST

START_TEST(a_refused_line_is_no_trouble)
{
    struct uuid id = one_meeting();
    ck_assert_int_eq(op_sign(fx.store, id, "Nobody Here", "signed", NULL, DAY_NONE, &fx.err) == EVH_OK, 0);
    must(store_trouble(fx.store, &fx.err));
}
END_TEST

START_TEST(busy_is_said_soon_and_forgotten)
{
    struct uuid id = one_meeting();
    int ready[2];
    char byte;
    struct timespec from, to;
    ck_assert_int_eq(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0)
        hold_lock(ready[1]);
    ck_assert_int_eq(read(ready[0], &byte, 1), 1);
    store_patience(fx.store, 100);
    clock_gettime(CLOCK_MONOTONIC, &from);
    ck_assert_int_eq(save(id, "half"), EVH_BUSY);
    clock_gettime(CLOCK_MONOTONIC, &to);
    ck_assert_int_lt((to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000, 2000);
    ck_assert_int_eq(store_trouble(fx.store, &fx.err), EVH_BUSY);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(ready[0]);
    close(ready[1]);
    must(store_retry(fx.store, &fx.err));
    must(store_trouble(fx.store, &fx.err));
    store_patience(fx.store, 0);
}
END_TEST

START_TEST(gone_and_back_again)
{
    struct uuid id = one_meeting();
    must(save(id, "before"));
    ck_assert_int_eq(rename(path_of("evenhand.db"), path_of("away")), 0);
    ck_assert_int_eq(save(id, "while away"), EVH_IO);
    ck_assert_ptr_nonnull(strstr(fx.err.text, "not there any more"));
    ck_assert_int_eq(store_trouble(fx.store, &fx.err), EVH_IO);
    struct stat st;
    ck_assert_int_ne(stat(path_of("evenhand.db"), &st), 0); /* nothing was made in its place */
    ck_assert_int_eq(rename(path_of("away"), path_of("evenhand.db")), 0);
    ck_assert_str_eq(draft_of(id), "before");
    must(save(id, "after"));
    must(store_trouble(fx.store, &fx.err));
}
END_TEST

/* A program that synchronises puts another file there: neither that one nor the old one is written. */
START_TEST(replaced_is_not_written)
{
    struct uuid id = one_meeting();
    must(save(id, "before"));
    must(store_backup(fx.store, path_of("other.db"), false, &fx.err));
    must(save(id, "later"));
    ck_assert_int_eq(rename(path_of("evenhand.db"), path_of("away")), 0);
    ck_assert_int_eq(rename(path_of("other.db"), path_of("evenhand.db")), 0);
    ck_assert_int_eq(save(id, "lost"), EVH_IO);
    ck_assert_ptr_nonnull(strstr(fx.err.text, "replaced"));
    struct meeting_rows rows = {0};
    ck_assert_int_eq(store_meetings(fx.store, fx.arena, NULL, 0, &rows, &fx.err), EVH_IO); /* not even read: its journal may be the other's */
    ck_assert_int_eq(store_retry(fx.store, &fx.err), EVH_IO);
    must(store_reopen(fx.store, &fx.err));
    ck_assert_str_eq(draft_of(id), "before");
    must(save(id, "new"));
    must(store_trouble(fx.store, &fx.err));
}
END_TEST

/* After a failed sync the connection is not believed: another one is opened, and asked whether it has all that was acknowledged. */
START_TEST(after_a_failed_sync_the_record_is_compared)
{
    struct session s;
    struct uuid id = one_meeting();
    must(session_open(&s, fx.store, &fx.types, id, true, &fx.err));
    must(session_line(&s, "14:10 One.", 10, &fx.err));
    sqlite3 *old = fx.store->db;
    ck_assert_int_eq(db_fail(fx.store, SQLITE_IOERR_FSYNC, &fx.err), EVH_IO);
    must(session_line(&s, "14:11 Two.", 10, &fx.err));
    ck_assert_int_eq(fx.store->opened, 2);
    ck_assert_ptr_ne(fx.store->db, old);
    ck_assert(!fx.store->doubtful);
    /* the disk lost an acknowledged event */
    (void)!db_fail(fx.store, SQLITE_IOERR_FSYNC, &fx.err);
    tamper("CREATE TABLE kept AS SELECT * FROM event WHERE n = (SELECT max(n) FROM event); DELETE FROM event WHERE n = (SELECT max(n) FROM event)");
    size_t entries = s.record->nentries;
    ck_assert_int_eq(session_line(&s, "14:12 Three.", 12, &fx.err), EVH_CORRUPT);
    ck_assert_ptr_nonnull(strstr(fx.err.text, "rescue"));
    ck_assert_uint_eq(s.record->nentries, entries);
    tamper("INSERT INTO event SELECT * FROM kept; DROP TABLE kept");
    session_close(&s);
}
END_TEST

START_TEST(a_disk_that_cannot_be_read_again_stays_in_trouble)
{
    struct uuid id = one_meeting();
    (void)!db_fail(fx.store, SQLITE_IOERR_FSYNC, &fx.err);
    ck_assert_int_eq(chmod(path_of("evenhand.db"), 0622), 0); /* what opening refuses */
    ck_assert_int_eq(save(id, "x"), EVH_IO);
    ck_assert_int_eq(store_trouble(fx.store, &fx.err), EVH_IO);
    ck_assert_int_eq(chmod(path_of("evenhand.db"), 0600), 0);
    must(save(id, "x"));
}
END_TEST

/* ---- a COMMIT that was done and told as failed: the last sync of the journal fails ---- */

static struct {
    sqlite3_io_methods methods;
    int (*sync)(sqlite3_file *file, int flags);
    bool armed;
} journal;

static int sync_fails(sqlite3_file *file, int flags)
{
    sqlite3_int64 size = 1;
    if (journal.armed && file->pMethods->xFileSize(file, &size) == SQLITE_OK && size == 0) {
        journal.armed = false;
        return SQLITE_IOERR_FSYNC;
    }
    return journal.sync(file, flags);
}

/* The journal is open only while a transaction lasts. */
static int in_commit(void *data)
{
    sqlite3_file *file = NULL;
    (void)data;
    if (sqlite3_file_control(fx.store->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file) != SQLITE_OK || file->pMethods == NULL)
        return 1;
    journal.methods = *file->pMethods;
    journal.sync = file->pMethods->xSync;
    journal.methods.xSync = sync_fails;
    file->pMethods = &journal.methods;
    return 0;
}

static void fail_behind_commit(void)
{
    must(store_retry(fx.store, &fx.err)); /* what failed before is behind us */
    journal.armed = true;
    sqlite3_commit_hook(fx.store->db, in_commit, NULL);
}

static int refuse_commit(void *data)
{
    (void)data;
    return 1;
}

START_TEST(what_was_not_confirmed_is_given_again_once)
{
    struct session s;
    struct uuid id = one_meeting();
    must(session_open(&s, fx.store, &fx.types, id, true, &fx.err));
    fail_behind_commit();
    ck_assert_int_eq(session_line(&s, "14:11 Two.", 10, &fx.err), EVH_IO);
    ck_assert(!journal.armed);
    ck_assert_ptr_nonnull(strstr(fx.err.text, "not recorded twice"));
    size_t n = s.record->nentries;
    must(save(id, "14:11 Two.")); /* it stays in the entry line, and so on disk */
    must(session_line(&s, "14:11 Two.", 10, &fx.err));
    ck_assert_uint_eq(s.record->nentries, n);
    ck_assert_str_eq(draft_of(id), "");
    must(session_line(&s, "14:11 Two.", 10, &fx.err)); /* said a second time */
    ck_assert_uint_eq(s.record->nentries, n + 1);
    session_close(&s);
}
END_TEST

/* A mark that stands says nothing of the line before it, which was refused. */
START_TEST(a_line_that_was_refused_is_never_taken_for_another_change)
{
    struct session s;
    struct uuid id = one_meeting();
    must(session_open(&s, fx.store, &fx.types, id, true, &fx.err));
    must(session_line(&s, "14:10 R: One.", 13, &fx.err));
    size_t n = s.record->nentries;
    struct uuid entry = s.record->entries[n - 1].id;
    sqlite3_commit_hook(fx.store->db, refuse_commit, NULL);
    ck_assert_int_ne(session_line(&s, "14:11 Two.", 10, &fx.err), EVH_OK);
    sqlite3_commit_hook(fx.store->db, NULL, NULL);
    ck_assert_uint_eq(s.record->nentries, n);
    fail_behind_commit();
    ck_assert_int_eq(session_mark(&s, entry, "- Grace Okafor: agrees", 22, &fx.err), EVH_IO);
    ck_assert(!journal.armed);
    ck_assert_ptr_null(strstr(fx.err.text, "twice")); /* a mark that is given again is recorded again */
    ck_assert_ptr_nonnull(strstr(fx.err.text, "stands on record"));
    must(session_line(&s, "14:11 Two.", 10, &fx.err));
    ck_assert_uint_eq(s.record->nentries, n + 1);
    session_close(&s);
}
END_TEST

/* SQLite writes nothing where an UPDATE changes nothing: that would tell nothing of the disk. */
START_TEST(trying_again_writes)
{
    struct store *other = NULL;
    (void)one_meeting();
    must(store_open(&other, fx.data, STORE_WRITE, &fx.world, &fx.err));
    int64_t before = store_version(other);
    must(store_retry(fx.store, &fx.err));
    ck_assert_int_ne(store_version(other), before);
    store_close(other);
}
END_TEST

/* Another connection counts what others wrote from the beginning: a screen must not take it for what it has shown. */
START_TEST(after_another_connection_the_screens_read_again)
{
    (void)one_meeting();
    int64_t before = store_version(fx.store);
    tamper(arena_printf(fx.arena, "PRAGMA user_version = %d", migrate_version()));
    int64_t after = store_version(fx.store);
    ck_assert_int_ne(before, after);
    (void)!db_fail(fx.store, SQLITE_IOERR_FSYNC, &fx.err);
    must(store_look(fx.store, &fx.err)); /* opened anew; something else was written by then */
    store_looked(fx.store);
    ck_assert_int_ne(store_version(fx.store), before);
    ck_assert_int_ne(store_version(fx.store), after);
}
END_TEST

/* ---- where it lies ---- */

START_TEST(network_disks_are_known)
{
    static const struct {
        unsigned long number;
        const char *type;
        bool network;
    } disks[] = {
        {0x6969, "nfs4", true}, {0xfe534d42UL, "smb3", true}, {0x01021997, "9p", true}, {0x65735546UL, "fuse.sshfs", true}, {0x65735546UL, "fuse.rclone", true},
        {0, "cifs", true},      {0xef53, "ext4", false},      {0x9123683eUL, "btrfs", false}, {0x65735546UL, "fuse.gocryptfs", false}, {0x01021994, "tmpfs", false},
        {0x65735546UL, "fuseblk", false},
    };
    for (size_t i = 0; i < NITEMS(disks); i++)
        ck_assert_msg((disk_network_of(disks[i].number, disks[i].type) != NULL) == disks[i].network, "%s", disks[i].type);
}
END_TEST

START_TEST(the_innermost_mount_counts)
{
    static const char table[] = "/dev/sda1 / ext4 rw 0 0\n"
                                "server:/home /home nfs4 rw 0 0\n"
                                "me@host:/ /home/me/far\\040away fuse.sshfs rw 0 0\n"
                                "/dev/sdb1 /home/me/own ext4 rw 0 0\n";
    static const char *const want[][2] = {
        {"/srv", "ext4"}, {"/home/me", "nfs4"}, {"/home/me/far away/x", "fuse.sshfs"}, {"/home/me/own/x", "ext4"}, {"/homeless", "ext4"},
    };
    char type[64];
    must(file_write(fixture_path("mounts"), table, sizeof table - 1, false, &fx.err));
    for (size_t i = 0; i < NITEMS(want); i++) {
        disk_mount_type(fixture_path("mounts"), want[i][0], type);
        ck_assert_str_eq(type, want[i][1]);
    }
}
END_TEST

START_TEST(synchronised_folders_are_known)
{
    static const char *const named[][2] = {
        {"/home/a/OneDrive - County Council/evenhand", "OneDrive"}, {"/home/a/Dropbox/x", "Dropbox"}, {"/home/a/Nextcloud", "Nextcloud"}, {"/home/a/Google Drive/x", "Google Drive"},
    };
    static const char *const plain[] = {"/home/a/.local/share/evenhand", "/home/a/MEGAN/x", "/home/Drive/x", "/"};
    for (size_t i = 0; i < NITEMS(named); i++)
        ck_assert_str_eq(disk_synchronised(named[i][0]), named[i][1]);
    for (size_t i = 0; i < NITEMS(plain); i++)
        ck_assert_msg(disk_synchronised(plain[i]) == NULL, "%s", plain[i]);
    ck_assert_ptr_null(store_warning(fx.store));
    ck_assert_int_eq(mkdir(fixture_path(".stfolder"), 0700), 0);
    ck_assert_str_eq(disk_synchronised(fx.store->dir), "Syncthing");
    store_close(fx.store);
    must(store_open(&fx.store, fx.data, STORE_WRITE, &fx.world, &fx.err)); /* opened, with a warning; made there too */
    ck_assert_ptr_nonnull(strstr(store_warning(fx.store), "Syncthing"));
    ck_assert_ptr_nonnull(strstr(doctor_words(DOCTOR_WARN), "Syncthing"));
    struct store *store = NULL;
    must(store_open(&store, fixture_path("made"), STORE_CREATE, &fx.world, &fx.err));
    ck_assert_ptr_nonnull(store_warning(store));
    store_close(store);
}
END_TEST

START_TEST(a_rescue_file_is_never_written_over_another)
{
    struct buf path = {0};
    struct stat st;
    for (int i = 0; i < 3; i++)
        must(file_write_new(fx.dir, "evenhand-rescue", ".meeting", "text", 4, &path, &fx.err));
    ck_assert_ptr_nonnull(strstr(buf_str(&path), "evenhand-rescue-3.meeting"));
    ck_assert_int_eq(stat(buf_str(&path), &st), 0);
    ck_assert_uint_eq((unsigned)(st.st_mode & 07777), 0600);
    ck_assert_int_ne(file_write_new(fixture_path("nowhere"), "a", ".b", "x", 1, &path, &fx.err), EVH_OK);
    ck_assert(file_has_room(fx.dir, 1000));
    ck_assert(!file_has_room(fixture_path("nowhere"), 1));
    buf_free(&path);
}
END_TEST

/* ---- memory ---- */

START_TEST(the_reserve_helps_once)
{
    ck_assert(memory_refill());
    ck_assert(!memory_short());
    memory_test_fail(3, false);
    struct arena *arena = arena_new();
    for (int i = 0; i < 8; i++)
        memset(arena_alloc(arena, 50000, 1), 1, 50000);
    ck_assert(memory_short());
    arena_free(arena);
    memory_test_fail(1, true);
    ck_assert(!memory_refill());
    ck_assert(memory_short());
    memory_test_fail(0, false);
    ck_assert(memory_refill());
    ck_assert(!memory_short());
}
END_TEST

static void said_to_stderr(const char *what)
{
    fprintf(stderr, "%s", what);
}

START_TEST(without_it_there_are_last_words)
{
    int out[2];
    char text[200] = "";
    ck_assert_int_eq(pipe(out), 0);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        dup2(out[1], STDERR_FILENO);
        bug_last_words = said_to_stderr;
        memory_test_fail(1, true);
        free(memory_take(1, 100));
        _exit(0);
    }
    close(out[1]);
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_gt(read(out[0], text, sizeof text - 1), 0);
    close(out[0]);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), err_status(EVH_MEMORY));
    ck_assert_ptr_nonnull(strstr(text, "out of memory"));
}
END_TEST

/* ---- the clock ---- */

static void at(int32_t day, int time, int64_t utc_ms)
{
    fx.now = (struct now){.day = day, .time = time, .utc_ms = utc_ms};
}

static const char *order_of(const struct record *record)
{
    const char *all = "";
    for (size_t i = 0; i < record->nentries; i++)
        all = arena_printf(fx.arena, "%s%s ", all, record->entries[i].text);
    return all;
}

/* Whatever the clock says between two lines, they stay in the order in which they were typed. */
START_TEST(order_never_depends_on_the_clock)
{
    static const struct {
        int days, minutes; /* how far the clock jumps, in local time */
        int64_t hours;     /* and in UTC */
    } jumps[] = {{0, 1, 0}, {0, -60, -1}, {-365, 0, -8760}, {365, 0, 8760}, {0, 60, 0}, {0, -60, 0}, {1, 0, 24}, {-4000, 0, -96000}};
    struct session s;
    struct uuid id = one_meeting();
    must(session_open(&s, fx.store, &fx.types, id, true, &fx.err));
    struct now now = fx.now;
    for (size_t i = 0; i < NITEMS(jumps); i++) {
        char line[16];
        snprintf(line, sizeof line, "line%zu", i);
        must(session_line(&s, line, strlen(line), &fx.err));
        now.day += jumps[i].days;
        now.time = (now.time + jumps[i].minutes + 1440) % 1440;
        now.utc_ms += jumps[i].hours * 3600000;
        at(now.day, now.time, now.utc_ms);
    }
    static const char want[] = "Everybody came. line0 line1 line2 line3 line4 line5 line6 line7 ";
    ck_assert_str_eq(order_of(s.record), want);
    struct record *stored = record_of(id);
    ck_assert_str_eq(order_of(stored), want);
    record_free(stored);
    ck_assert_ptr_nonnull(strstr(session_undo_says(&s, false), "line7"));
    must(session_undo(&s, false, &fx.err));
    ck_assert_str_eq(order_of(s.record), "Everybody came. line0 line1 line2 line3 line4 line5 line6 ");
    at(now.day - 30, 3, now.utc_ms - 30LL * 86400000);
    must(session_undo(&s, true, &fx.err));
    ck_assert_str_eq(order_of(s.record), want);
    session_close(&s);
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
    fixture_same();
}
END_TEST

/* The nights on which the hour is left out or comes twice: who came before the change is there after it. */
START_TEST(presence_over_the_change_of_time)
{
    static const struct {
        const char *date;
        int before, after;
    } nights[] = {{"2026-03-29", 59, 2 * 60 + 1}, {"2026-10-25", 60 + 59, 60 + 1}};
    for (size_t i = 0; i < NITEMS(nights); i++) {
        struct session s;
        int32_t day;
        ck_assert(civil_read_day(nights[i].date, 10, &day));
        struct uuid id = import(meeting_text("Tobi Okafor / T.O.", nights[i].date, "minutes", "00:10 We began late.\n"));
        at(day, nights[i].before, 1795528800000);
        must(session_open(&s, fx.store, &fx.types, id, true, &fx.err));
        must(session_line(&s, "-Grace Okafor", 13, &fx.err));
        at(day, nights[i].after, 1795528800000 + 120000);
        must(session_line(&s, "+Grace Okafor", 13, &fx.err));
        must(session_line(&s, "The end.", 8, &fx.err));
        size_t n = s.record->nentries;
        ck_assert_uint_eq(n, 4);
        ck_assert_int_eq(s.record->entries[1].kind, ENTRY_LEAVES);
        ck_assert_int_eq(s.record->entries[2].kind, ENTRY_ARRIVES);
        ck_assert_str_eq(s.record->entries[3].text, "The end.");
        session_close(&s);
    }
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
    fixture_same();
}
END_TEST

Suite *suite_trouble(void)
{
    Suite *s = suite_create("trouble");
    TCase *t = tcase_create("trouble");
    tcase_add_checked_fixture(t, fixture_setup, fixture_teardown);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, full_until_there_is_room);
    tcase_add_test(t, a_refused_line_is_no_trouble);
    tcase_add_test(t, busy_is_said_soon_and_forgotten);
    tcase_add_test(t, gone_and_back_again);
    tcase_add_test(t, replaced_is_not_written);
    tcase_add_test(t, after_a_failed_sync_the_record_is_compared);
    tcase_add_test(t, a_disk_that_cannot_be_read_again_stays_in_trouble);
    tcase_add_test(t, what_was_not_confirmed_is_given_again_once);
    tcase_add_test(t, a_line_that_was_refused_is_never_taken_for_another_change);
    tcase_add_test(t, trying_again_writes);
    tcase_add_test(t, after_another_connection_the_screens_read_again);
    tcase_add_test(t, network_disks_are_known);
    tcase_add_test(t, the_innermost_mount_counts);
    tcase_add_test(t, synchronised_folders_are_known);
    tcase_add_test(t, a_rescue_file_is_never_written_over_another);
    tcase_add_test(t, the_reserve_helps_once);
    tcase_add_test(t, without_it_there_are_last_words);
    tcase_add_test(t, order_never_depends_on_the_clock);
    tcase_add_test(t, presence_over_the_change_of_time);
    suite_add_tcase(s, t);
    return s;
}
