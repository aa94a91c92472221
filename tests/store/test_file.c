/* Files beside the database, the table of meeting types, and a disk that is full. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fixture.h"

Suite *suite_file(void);

static const char *content(const char *path)
{
    struct buf b = {0};
    must(file_read(path, 1 << 20, &b, &fx.err));
    const char *copy = arena_strndup(fx.arena, buf_str(&b), b.n);
    buf_free(&b);
    return copy;
}

START_TEST(written_whole_and_private)
{
    const char *path = fixture_path("minutes.txt");
    mode_t old = umask(0);
    must(file_write(path, "one\n", 4, false, &fx.err));
    umask(old);
    struct stat st;
    ck_assert_int_eq(stat(path, &st), 0);
    ck_assert_uint_eq(st.st_mode & 07777, 0600);
    ck_assert_int_eq(file_write(path, "two\n", 4, false, &fx.err), EVH_STATE);
    ck_assert_ptr_nonnull(strstr(fx.err.text, "--force"));
    ck_assert_str_eq(content(path), "one\n");
    must(file_write(path, "two\n", 4, true, &fx.err));
    ck_assert_str_eq(content(path), "two\n");
    must(file_write(fixture_path("empty"), "", 0, false, &fx.err));
    ck_assert_str_eq(content(fixture_path("empty")), "");
}
END_TEST

START_TEST(links_are_not_followed)
{
    must(file_write(fixture_path("target"), "kept", 4, false, &fx.err));
    ck_assert_int_eq(symlink("target", fixture_path("link")), 0);
    ck_assert_int_eq(symlink("nowhere", fixture_path("dangling")), 0);
    ck_assert_int_eq(file_write(fixture_path("link"), "x", 1, false, &fx.err), EVH_STATE);
    ck_assert_int_eq(file_write(fixture_path("dangling"), "x", 1, false, &fx.err), EVH_STATE);
    ck_assert_int_ne(access(fixture_path("nowhere"), F_OK), 0);
    must(file_write(fixture_path("link"), "x", 1, true, &fx.err));
    ck_assert_str_eq(content(fixture_path("target")), "kept");
    ck_assert_int_eq(file_write(fx.dir, "x", 1, true, &fx.err), EVH_STATE);
}
END_TEST

START_TEST(failures_leave_nothing_behind)
{
    ck_assert_int_eq(file_write(fixture_path("no/such/folder/x"), "x", 1, false, &fx.err), EVH_IO);
    struct buf b = {0};
    ck_assert_int_ne(file_read(fixture_path("not there"), 100, &b, &fx.err), EVH_OK);
    must(file_write(fixture_path("long"), "0123456789", 10, false, &fx.err));
    ck_assert_int_eq(file_read(fixture_path("long"), 9, &b, &fx.err), EVH_LIMIT);
    buf_clear(&b);
    must(file_read(fixture_path("long"), 10, &b, &fx.err));
    ck_assert_uint_eq(b.n, 10);
    buf_free(&b);
    ck_assert_int_ne(file_make_dir(fixture_path("long/below"), &fx.err), EVH_OK);
    must(file_make_dir(fixture_path("a/b/c"), &fx.err));
    must(file_make_dir(fixture_path("a/b/c"), &fx.err));
}
END_TEST

/* ---- types ---- */

static const struct {
    const char *word, *name;
} words[] = {
    {"tac", "tac"}, {"TAF", "taf"}, {"CAF review", "eha-review"}, {"EHA-Review", "eha-review"}, {"SEN Support", "sen-support"},
    {"annual review", "annual-review"}, {"early-review", "early-review"}, {"Child in Need", "child-in-need"}, {"coregroup", "core-group"}, {"other", "other"},
    {"picnic", NULL}, {"", NULL},
};

START_TEST(types_of_the_notation)
{
    const struct meeting_type *type = types_find(&fx.types, words[_i].word, strlen(words[_i].word));
    if (words[_i].name == NULL) {
        ck_assert_ptr_null(type);
        return;
    }
    ck_assert_ptr_nonnull(type);
    ck_assert_str_eq(type->name, words[_i].name);
    ck_assert_uint_gt(type->agenda.n, 3);
    ck_assert_uint_gt(type->outcomes.n, 3);
}
END_TEST

START_TEST(own_types_come_first)
{
    static const char own[] = "# mine\n\ntac\tOur own TAC\t\tHello [1m]\tcontinue\t\nbroken line\npicnic\tPicnic\touting\tEat; Go home\tdone\t\n";
    struct types types = {0};
    must(file_make_dir(fixture_path("own"), &fx.err));
    must(file_write(fixture_path("own/meeting-types.tsv"), own, sizeof own - 1, false, &fx.err));
    ck_assert_int_eq(file_types(TABLES_DIR, fixture_path("own"), fx.arena, &types, &fx.err), EVH_INVALID);
    ck_assert_ptr_nonnull(strstr(fx.err.text, "meeting-types.tsv:4:1:"));
    ck_assert_uint_eq(types.n, fx.types.n + 1);
    ck_assert_str_eq(types_find(&types, "tac", 3)->title, "Our own TAC");
    ck_assert_str_eq(types_find(&types, "outing", 6)->name, "picnic");
    ck_assert_uint_eq(types_find(&types, "picnic", 6)->agenda.n, 2);
    ck_assert_int_ne(file_types(fixture_path("nowhere"), NULL, fx.arena, &types, &fx.err), EVH_OK);
    ck_assert_uint_eq(types.n, 0);
}
END_TEST

/* ---- no room ---- */

static void limit_files(rlim_t bytes)
{
    struct rlimit l = {bytes, RLIM_INFINITY};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &l), 0);
}

/* At every size where the disk may end: refused as full, nothing acknowledged is lost, and it goes on when there is room. */
START_TEST(a_full_disk_refuses_and_keeps)
{
    signal(SIGXFSZ, SIG_IGN);
    struct uuid id = import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", "14:02 First.\n"));
    struct session s;
    struct stat st;
    must(session_open(&s, fx.store, &fx.types, id, true, &fx.err));
    ck_assert_int_eq(stat(arena_printf(fx.arena, "%s/evenhand.db", fx.data), &st), 0);
    char line[4000];
    memset(line, 'x', sizeof line);
    size_t kept = s.record->nentries, refused = 0;
    for (rlim_t more = 0; more < 24 * 1024; more += 1024) {
        limit_files((rlim_t)st.st_size + more);
        struct err err = {0};
        enum evh r = session_line(&s, line, sizeof line, &err);
        limit_files(RLIM_INFINITY);
        if (r == EVH_OK) {
            kept++;
        } else {
            refused++;
            ck_assert_msg(r == EVH_FULL, "%s", err.text);
            ck_assert_ptr_nonnull(strstr(err.text, "full"));
        }
        ck_assert_uint_eq(s.record->nentries, kept);
        struct record *record = record_of(id);
        ck_assert_uint_eq(record->nentries, kept);
        record_free(record);
    }
    ck_assert_uint_gt(refused, 0);
    must(session_line(&s, "14:10 There is room again.", 26, &fx.err));
    session_close(&s);
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
    limit_files(10);
    ck_assert_int_eq(file_write(fixture_path("export"), line, sizeof line, false, &fx.err), EVH_FULL);
    limit_files(RLIM_INFINITY);
    ck_assert_int_ne(access(fixture_path("export"), F_OK), 0);
}
END_TEST

Suite *suite_file(void)
{
    Suite *s = suite_create("file");
    TCase *t = tcase_create("file");
    tcase_add_checked_fixture(t, fixture_setup, fixture_teardown);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, written_whole_and_private);
    tcase_add_test(t, links_are_not_followed);
    tcase_add_test(t, failures_leave_nothing_behind);
    tcase_add_loop_test(t, types_of_the_notation, 0, (int)NITEMS(words));
    tcase_add_test(t, own_types_come_first);
    tcase_add_test(t, a_full_disk_refuses_and_keeps);
    suite_add_tcase(s, t);
    return s;
}
