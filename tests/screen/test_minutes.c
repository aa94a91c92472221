/* The minutes: copies, search, saving. */
#include <check.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/file.h"
#include "tests/screen/scene.h"
#include "tests/screen/stage.h"

static struct stage st;
static struct uuid id;

static void set_up(void)
{
    stage_open(&st);
    id = stage_import(&st, scene_october);
    ck_assert(app_push(&st.app, &view_minutes, &id));
}

static void tear_down(void)
{
    stage_close(&st);
}

START_TEST(looks)
{
    stage_golden(&st, 80, 24, "minutes-80x24");
    stage_golden(&st, 120, 40, "minutes-120x40");
    stage_golden(&st, 40, 12, "minutes-40x12");
}
END_TEST

START_TEST(the_open_copy_has_nothing_restricted)
{
    stage_press(&st, "f");
    stage_shows(&st, 80, 24, "said in confidence");
    stage_press(&st, "/");
    stage_line(&st, "family support worker");
    stage_shows(&st, 80, 24, "ring the family support");
    stage_press(&st, "o /");
    stage_press(&st, "C-u");
    stage_line(&st, "family support worker");
    stage_shows(&st, 80, 24, "does not have");
}
END_TEST

START_TEST(a_readers_copy_is_named)
{
    stage_press(&st, "r");
    stage_type(&st, "grace");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "copy for Mrs Grace Okafor");
    stage_press(&st, "/");
    stage_line(&st, "support worker");
    stage_shows(&st, 80, 24, "does not have");
}
END_TEST

static const struct { const char *end, *begins; } formats[] = {
    {".txt", ""}, {".md", "#"}, {".json", "{"}, {".meeting", "evenhand: 1"},
};

START_TEST(saves_by_the_end_of_the_name)
{
    struct buf path = {0}, text = {0};
    struct err err = {0};
    struct stat status;
    buf_addf(&path, "%s/saved%s", st.dir, formats[_i].end);
    stage_press(&st, "s C-u");
    stage_line(&st, buf_str(&path));
    stage_shows(&st, 120, 24, "is saved as");
    ck_assert_msg(file_read(buf_str(&path), 1 << 20, &text, &err) == EVH_OK, "%s", err.text);
    ck_assert_msg(strncmp(buf_str(&text), formats[_i].begins, strlen(formats[_i].begins)) == 0, "%s", buf_str(&text));
    ck_assert_ptr_null(strstr(buf_str(&text), "family support worker"));
    ck_assert_int_eq(stat(buf_str(&path), &status), 0);
    ck_assert_int_eq(status.st_mode & 0777, 0600);
    unlink(buf_str(&path));
    buf_free(&path);
    buf_free(&text);
}
END_TEST

START_TEST(never_writes_over_a_file_unasked)
{
    struct buf path = {0}, text = {0};
    struct err err = {0};
    buf_addf(&path, "%s/there.txt", st.dir);
    ck_assert_int_eq(file_write(buf_str(&path), "mine", 4, false, &err), EVH_OK);
    stage_press(&st, "s C-u");
    stage_line(&st, buf_str(&path));
    stage_shows(&st, 80, 24, "is there already");
    stage_press(&st, "n");
    stage_shows(&st, 80, 24, "there.txt");
    stage_press(&st, "Esc");
    ck_assert_int_eq(file_read(buf_str(&path), 1 << 20, &text, &err), EVH_OK);
    ck_assert_str_eq(buf_str(&text), "mine");
    stage_press(&st, "s C-u");
    stage_line(&st, buf_str(&path));
    stage_press(&st, "y");
    stage_shows(&st, 120, 24, "is saved as");
    buf_clear(&text);
    ck_assert_int_eq(file_read(buf_str(&path), 1 << 20, &text, &err), EVH_OK);
    ck_assert_ptr_nonnull(strstr(buf_str(&text), "therapy targets"));
    unlink(buf_str(&path));
    buf_free(&path);
    buf_free(&text);
}
END_TEST

START_TEST(the_suggested_name_names_nobody)
{
    stage_press(&st, "s");
    stage_shows(&st, 80, 24, "2026-10-13-");
    stage_shows_not(&st, 80, 24, "Okafor.txt");
    stage_press(&st, "C-u");
    stage_line(&st, "minutes.doc");
    stage_shows(&st, 80, 24, "End the name with");
    stage_shows(&st, 80, 24, "minutes.doc");
}
END_TEST

START_TEST(a_failed_save_keeps_the_name)
{
    stage_press(&st, "s C-u");
    stage_line(&st, "/nonexistent/folder/minutes.txt");
    stage_shows(&st, 80, 24, "/nonexistent/folder/minutes.txt");
    stage_press(&st, "Esc");
    ck_assert_str_eq(st.app.top->class->name, "minutes");
}
END_TEST

START_TEST(scrolls_to_both_ends)
{
    struct buf top = {0}, again = {0};
    stage_text(&st, 80, 24, &top);
    stage_press(&st, "End PgUp Down Home");
    stage_text(&st, 80, 24, &again);
    ck_assert_str_eq(buf_str(&top), buf_str(&again));
    stage_press(&st, "End");
    stage_shows(&st, 80, 24, "100%");
    buf_free(&top);
    buf_free(&again);
}
END_TEST

START_TEST(the_way_back_is_seen_and_no_key_is_silent)
{
    stage_shows(&st, 40, 12, "e continue");
    stage_press(&st, "w");
    stage_shows(&st, 80, 24, "e goes on with the meeting");
    stage_press(&st, "e");
    ck_assert(st.app.top->class == &view_live);
}
END_TEST

Suite *suite_minutes(void);
Suite *suite_minutes(void)
{
    Suite *s = suite_create("minutes");
    TCase *t = tcase_create("minutes");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, looks);
    tcase_add_test(t, the_open_copy_has_nothing_restricted);
    tcase_add_test(t, a_readers_copy_is_named);
    tcase_add_loop_test(t, saves_by_the_end_of_the_name, 0, (int)NITEMS(formats));
    tcase_add_test(t, never_writes_over_a_file_unasked);
    tcase_add_test(t, the_suggested_name_names_nobody);
    tcase_add_test(t, a_failed_save_keeps_the_name);
    tcase_add_test(t, scrolls_to_both_ends);
    tcase_add_test(t, the_way_back_is_seen_and_no_key_is_silent);
    suite_add_tcase(s, t);
    return s;
}
