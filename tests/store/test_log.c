/* The chain: whatever is changed, removed or moved is found with its place; and whoever writes at the same time loses nothing. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "fixture.h"

Suite *suite_log(void);

static const char body[] = "# Reading\n14:02 First.\n14:03 Second.\n14:04 Third.\n14:05 A: Patel, send the targets home, by 4 Dec\n";

/* Tampered databases do not come through the teardown's comparison, so each test works on a copy's own folder. */
static void found(const char *sql, const char *want)
{
    import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", body));
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
    tamper(sql);
    const char *said = doctor_words(DOCTOR_BAD);
    ck_assert_msg(strstr(said, want) != NULL, "%s\nwanted: %s\nfound: %s", sql, want, said);
    ck_assert_msg(strstr(said, "24 November 2026") != NULL || strstr(sql, "DELETE FROM event;") != NULL, "no place: %s", said);
    store_close(fx.store);
    fx.store = NULL;
}

static const struct {
    const char *sql, *want;
} faults[] = {
    {"UPDATE event SET payload = replace(payload, 'Second', 'Sekond')", "was changed: what it says"},
    {"UPDATE event SET author = 'Somebody Else' WHERE n = 5", "event 5 of the meeting of 24 November 2026"},
    {"UPDATE event SET happened = '2026-11-25' WHERE n = 4", "event 4 of the meeting"},
    {"UPDATE event SET recorded = '2020-01-01T00:00:00.000Z' WHERE n = 4", "event 4 of the meeting"},
    {"UPDATE event SET kind = 'item.begun' WHERE n = 6", "event 6 of the meeting"},
    {"UPDATE event SET kind = 'nonsense' WHERE n = 6", "event 6 of the meeting"},
    {"UPDATE event SET payload = '{' WHERE n = 6", "event 6 of the meeting"},
    {"DELETE FROM event WHERE n = 7", "event 7 of the meeting of 24 November 2026"},
    {"DELETE FROM event WHERE n = 7", "1 event of the meeting of 24 November 2026"},
    {"DELETE FROM event WHERE n = 1", "was not the first one"},
    {"DELETE FROM event WHERE n = (SELECT max(n) FROM event)", "1 event of the meeting of 24 November 2026"},
    {"DELETE FROM event WHERE n > 10", "were removed"},
    {"DELETE FROM event;", "were removed"},
    {"UPDATE event SET seq = 1000 WHERE n = 8; UPDATE event SET seq = 8 WHERE n = 9; UPDATE event SET seq = 9 WHERE n = 8", "was changed or moved"},
    {"UPDATE event SET clock = clock + 1 WHERE n = 8", "event 8 of the meeting"},
    {"CREATE TEMP TABLE t AS SELECT * FROM event WHERE n IN (8, 9); UPDATE event SET payload = (SELECT payload FROM t WHERE n = 9), "
     "salt = (SELECT salt FROM t WHERE n = 9), digest = (SELECT digest FROM t WHERE n = 9) WHERE n = 8", "event 8 of the meeting"},
    {"UPDATE event SET prev = zeroblob(32) WHERE n = 8", "event 8 of the meeting"},
    {"UPDATE chain SET hash = zeroblob(32)", "is not the one that was written last"},
    {"UPDATE chain SET events = events + 3", "3 events of the meeting"},
    {"DELETE FROM chain", "have no written end"},
};

START_TEST(every_fault_is_found)
{
    found(faults[_i].sql, faults[_i].want);
}
END_TEST

START_TEST(a_missing_meeting_is_found)
{
    struct uuid id = import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", body));
    char text[UUID_TEXT];
    uuid_text(id, text);
    import(meeting_text("Ben Smith / B.", "2026-11-25", "minutes", body));
    tamper(arena_printf(fx.arena, "DELETE FROM event WHERE meeting = '%s'", text));
    ck_assert_ptr_nonnull(strstr(doctor_words(DOCTOR_BAD), "all "));
    ck_assert_ptr_nonnull(strstr(doctor_words(DOCTOR_BAD), text));
    store_close(fx.store);
    fx.store = NULL;
}
END_TEST

START_TEST(derived_tables_that_differ_are_found)
{
    import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", body));
    tamper("UPDATE entry SET text = 'Nothing' WHERE place = 1");
    ck_assert_ptr_nonnull(strstr(doctor_words(DOCTOR_BAD), "evenhand rebuild"));
    bool changed = false;
    must(store_rebuild(fx.store, &changed, &fx.err));
    ck_assert(changed);
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
}
END_TEST

/* ---- several processes ---- */

static struct store *open_again(void)
{
    struct store *store = NULL;
    struct err err = {0};
    if (store_open(&store, fx.data, STORE_WRITE, &fx.world, &err) != EVH_OK) {
        fprintf(stderr, "%s\n", err.text);
        _exit(3);
    }
    return store;
}

/* Types lines until it is told to stop or has typed `lines`; each acknowledged one is a byte in the pipe. */
static void write_lines(struct uuid meeting, const char *who, int lines, int acknowledge)
{
    struct store *store = open_again();
    struct session s;
    struct err err = {0};
    if (session_open(&s, store, &fx.types, meeting, true, &err) != EVH_OK)
        _exit(4);
    for (int i = 0; i < lines; i++) {
        char line[64];
        snprintf(line, sizeof line, "%s line %d.", who, i);
        if (session_line(&s, line, strlen(line), &err) != EVH_OK) {
            fprintf(stderr, "%s\n", err.text);
            _exit(5);
        }
        if (acknowledge >= 0 && write(acknowledge, "x", 1) != 1)
            _exit(6);
    }
    session_close(&s);
    store_close(store);
}

static size_t count_lines(struct uuid meeting, const char *who)
{
    struct record *record = record_of(meeting);
    size_t n = 0;
    for (size_t i = 0; i < record->nentries; i++)
        n += strncmp(record->entries[i].text, who, strlen(who)) == 0;
    record_free(record);
    return n;
}

#define WRITERS 3
#define LINES 40

START_TEST(writers_at_the_same_time_lose_nothing)
{
    static const char *const names[WRITERS] = {"Anna", "Berta", "Cora"};
    struct uuid id = import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", body));
    pid_t children[WRITERS];
    store_close(fx.store);
    fx.store = NULL;
    for (size_t i = 0; i < WRITERS; i++) {
        children[i] = fork();
        ck_assert_int_ge(children[i], 0);
        if (children[i] == 0) {
            write_lines(id, names[i], LINES, -1);
            _exit(0);
        }
    }
    for (size_t i = 0; i < WRITERS; i++) {
        int status = 0;
        ck_assert_int_eq(waitpid(children[i], &status, 0), children[i]);
        ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "a writer was refused: %d", status);
    }
    fx.store = open_again();
    for (size_t i = 0; i < WRITERS; i++)
        ck_assert_uint_eq(count_lines(id, names[i]), LINES);
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
}
END_TEST

START_TEST(a_killed_writer_loses_no_acknowledged_line)
{
    struct uuid id = import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", body));
    store_close(fx.store);
    fx.store = NULL;
    size_t acknowledged = 0;
    for (int round = 0; round < 8; round++) {
        int ends[2];
        ck_assert_int_eq(pipe(ends), 0);
        pid_t child = fork();
        ck_assert_int_ge(child, 0);
        if (child == 0) {
            close(ends[0]);
            write_lines(id, "Typed", 100000, ends[1]);
            _exit(0);
        }
        close(ends[1]);
        char c;
        int wanted = 3 + round * 2;
        while (wanted-- > 0 && read(ends[0], &c, 1) == 1)
            acknowledged++;
        struct timespec nap = {0, round * 700000L};
        nanosleep(&nap, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        while (read(ends[0], &c, 1) == 1)
            acknowledged++;
        close(ends[0]);
        fx.store = open_again();
        size_t there = count_lines(id, "Typed");
        /* one more may be on the disk than was acknowledged each time */
        ck_assert_msg(there >= acknowledged && there <= acknowledged + 1, "%zu acknowledged, %zu there", acknowledged, there);
        acknowledged = there;
        ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
        fixture_same();
        store_close(fx.store);
        fx.store = NULL;
    }
    fx.store = open_again();
}
END_TEST

/* Imports one meeting after another until it is killed; whatever is there afterwards is whole. */
START_TEST(a_killed_import_is_all_or_nothing)
{
    store_close(fx.store);
    fx.store = NULL;
    for (int round = 0; round < 6; round++) {
        int ends[2];
        char c;
        ck_assert_int_eq(pipe(ends), 0);
        pid_t child = fork();
        ck_assert_int_ge(child, 0);
        if (child == 0) {
            close(ends[0]);
            fx.store = open_again();
            for (int i = 0; write(ends[1], "x", 1) == 1; i++)
                import(meeting_text("Tobi Okafor / T.O.", arena_printf(fx.arena, "20%02d-%02d-%02d", 10 + round, 1 + i / 28 % 12, 1 + i % 28), "minutes", body));
            _exit(0);
        }
        close(ends[1]);
        for (int i = 0; i < 3; i++)
            ck_assert_int_eq(read(ends[0], &c, 1), 1);
        struct timespec nap = {0, round * 1300000L};
        nanosleep(&nap, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        close(ends[0]);
        fx.store = open_again();
        struct meeting_rows rows = {0};
        must(store_meetings(fx.store, fx.arena, NULL, 0, &rows, &fx.err));
        for (size_t i = 0; i < rows.n; i++) {
            ck_assert_int_eq(rows.v[i].entries, 4);
            ck_assert_int_eq(rows.v[i].open_actions, 1);
        }
        ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
        fixture_same();
        store_close(fx.store);
        fx.store = NULL;
    }
    fx.store = open_again();
}
END_TEST

static bool give_up(void *data, const char *what, int waited_ms)
{
    int *calls = data;
    (*calls)++;
    ck_assert_ptr_nonnull(what);
    return waited_ms < 700;
}

static struct now now_of(void *data)
{
    (void)data;
    return fx.now;
}

static void no_random(void *data, void *bytes, size_t n)
{
    static unsigned char next = 1;
    (void)data;
    unsigned char *b = bytes;
    for (size_t i = 0; i < n; i++)
        b[i] = (unsigned char)(next++ * 37);
}

/* The other process holds the lock; the waiting one says so after half a second, and gives up when it is told to. */
START_TEST(waiting_is_said_and_can_be_given_up)
{
    struct uuid id = import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", body));
    int ready[2], calls = 0;
    char c;
    ck_assert_int_eq(pipe(ready), 0);
    store_close(fx.store);
    fx.store = NULL;
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        close(ready[0]);
        hold_lock(ready[1]);
    }
    close(ready[1]);
    ck_assert_int_eq(read(ready[0], &c, 1), 1);
    struct world world = {.now = now_of, .random = no_random, .waiting = give_up, .data = &calls};
    struct store *store = NULL;
    enum evh r = store_open(&store, fx.data, STORE_WRITE, &world, &fx.err);
    if (r == EVH_OK) {
        r = store_draft_save(store, id, "x", 1, &fx.err);
        store_close(store);
    }
    ck_assert_int_eq(r, EVH_BUSY);
    ck_assert_int_ge(calls, 2);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(ready[0]);
    fx.store = open_again();
}
END_TEST

Suite *suite_log(void)
{
    Suite *s = suite_create("log");
    TCase *t = tcase_create("log");
    tcase_add_checked_fixture(t, fixture_setup, fixture_teardown);
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, every_fault_is_found, 0, (int)NITEMS(faults));
    tcase_add_test(t, a_missing_meeting_is_found);
    tcase_add_test(t, derived_tables_that_differ_are_found);
    tcase_add_test(t, writers_at_the_same_time_lose_nothing);
    tcase_add_test(t, a_killed_writer_loses_no_acknowledged_line);
    tcase_add_test(t, a_killed_import_is_all_or_nothing);
    tcase_add_test(t, waiting_is_said_and_can_be_given_up);
    suite_add_tcase(s, t);
    return s;
}
