/* What the screens say and keep while nothing can be written. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/memory.h"
#include "data/file.h"
#include "tests/screen/scene.h"
#include "tests/screen/stage.h"

static struct stage st;
static struct uuid meeting;
static char here[128], away[128];

static void set_up(void)
{
    stage_open(&st);
    meeting = stage_import(&st, scene_planned);
    snprintf(here, sizeof here, "%s/evenhand.db", st.dir);
    snprintf(away, sizeof away, "%s/away", st.dir);
    ck_assert(app_push(&st.app, &view_home, NULL));
    ck_assert(app_push(&st.app, &view_live, &meeting));
}

static void tear_down(void)
{
    stage_close(&st);
}

static void take_away(void)
{
    ck_assert_int_eq(rename(here, away), 0);
}

static void bring_back(void)
{
    ck_assert_int_eq(rename(away, here), 0);
}

START_TEST(said_once_kept_in_the_title_and_over)
{
    stage_type(&st, "A line that nobody may lose");
    take_away();
    st.now.time += 2;
    stage_shows(&st, 80, 24, "Not saved (Ctrl-G s: rescue file)");
    stage_press(&st, "Left");
    stage_shows_not(&st, 80, 24, "Not saved (");
    static const struct {
        int w, h;
    } sizes[] = {{80, 24}, {120, 40}, {40, 12}, {30, 8}};
    for (size_t i = 0; i < NITEMS(sizes); i++)
        stage_shows(&st, sizes[i].w, sizes[i].h, "NOT SAVED");
    stage_shows(&st, 80, 24, "NOT SAVED since 14:22");
    st.now.time += 7;
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "back, and work goes on");
    stage_shows(&st, 80, 24, "NOT SAVED since 14:22");
    stage_shows(&st, 80, 24, "A line that nobody may lose");
    bring_back();
    stage_shows(&st, 80, 24, "Writing works again");
    stage_shows_not(&st, 80, 24, "NOT SAVED");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "note     A line that nobody may lose");
    ck_assert_str_eq(st.app.trouble, "");
}
END_TEST

/* The draft was saved before; nothing but a trial can tell that it is over. */
START_TEST(over_without_another_key)
{
    stage_type(&st, "half");
    app_tick(&st.app);
    take_away();
    stage_shows(&st, 80, 24, "NOT SAVED since 14:20");
    bring_back();
    app_tick(&st.app);
    ck_assert_str_eq(st.app.trouble, "");
}
END_TEST

START_TEST(the_rescue_file_has_it_all)
{
    struct buf text = {0}, path = {0};
    struct err err = {0};
    stage_line(&st, "14:31 P: Samuel Okafor: we were never told");
    stage_line(&st, "14:32 X: A word alone.");
    take_away();
    stage_type(&st, "A: Patel, ring");
    stage_press(&st, "C-g s");
    stage_press(&st, "C-u");
    stage_line(&st, "/nowhere/at/all");
    stage_shows(&st, 80, 24, "/nowhere/at/all"); /* asked again */
    stage_press(&st, "C-u");
    stage_line(&st, st.dir);
    stage_shows(&st, 80, 24, "Rescued into");
    stage_shows(&st, 80, 24, "A: Patel, ring");
    char id[UUID_TEXT];
    uuid_text(meeting, id);
    buf_addf(&path, "%s/evenhand-2026-11-24-%.8s-rescue.meeting", st.dir, id + 28);
    ck_assert_msg(file_read(buf_str(&path), 100000, &text, &err) == EVH_OK, "%s", err.text);
    ck_assert_ptr_nonnull(strstr(buf_str(&text), "we were never told"));
    ck_assert_ptr_nonnull(strstr(buf_str(&text), "A word alone."));
    ck_assert_ptr_nonnull(strstr(buf_str(&text), "\n;; A: Patel, ring\n"));
    unlink(buf_str(&path));
    bring_back();
    buf_free(&text);
    buf_free(&path);
}
END_TEST

START_TEST(nobody_leaves_a_line_behind_unawares)
{
    stage_type(&st, "half");
    take_away();
    app_tick(&st.app);
    stage_press(&st, "Esc");
    ck_assert_str_eq(st.app.top->class->name, "live meeting");
    stage_shows(&st, 80, 24, "once more");
    stage_press(&st, "Left Esc"); /* another key in between: asked again */
    ck_assert_str_eq(st.app.top->class->name, "live meeting");
    stage_press(&st, "Esc");
    ck_assert_str_eq(st.app.top->class->name, "home");
    bring_back();
}
END_TEST

START_TEST(home_takes_up_what_lies_there_now)
{
    struct err err = {0};
    char copy[128];
    snprintf(copy, sizeof copy, "%s/copy.db", st.dir);
    ck_assert_msg(store_backup(st.store, copy, false, &err) == EVH_OK, "%s", err.text);
    stage_import(&st, scene_november);
    stage_press(&st, "Esc");
    stage_shows(&st, 80, 24, "NOT SIGNED OFF");
    ck_assert_int_eq(rename(copy, here), 0);
    stage_shows(&st, 80, 24, "Another file took the place");
    stage_shows_not(&st, 80, 24, "NOT SIGNED OFF");
    stage_press(&st, "Enter");
    stage_line(&st, "14:40 On record in the new one.");
    stage_shows(&st, 80, 24, "On record in the new one.");
    ck_assert_str_eq(st.app.trouble, "");
}
END_TEST

START_TEST(short_of_memory)
{
    ck_assert(memory_refill());
    stage_type(&st, "x");
    struct arena *arena = arena_new();
    memory_test_fail(1, false);
    (void)arena_alloc(arena, 1, 1);
    ck_assert(memory_short());
    memory_test_fail(1, true); /* the reserve cannot be held back again just now */
    ck_assert(!memory_refill());
    memory_test_fail(0, false);
    arena_free(arena);
    app_tick(&st.app);
    ck_assert(!memory_short());
    ck_assert_str_eq(st.app.trouble, "");
    stage_shows(&st, 80, 24, "x");
}
END_TEST

Suite *suite_trouble(void);
Suite *suite_trouble(void)
{
    Suite *s = suite_create("trouble");
    TCase *t = tcase_create("trouble");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, said_once_kept_in_the_title_and_over);
    tcase_add_test(t, over_without_another_key);
    tcase_add_test(t, the_rescue_file_has_it_all);
    tcase_add_test(t, nobody_leaves_a_line_behind_unawares);
    tcase_add_test(t, home_takes_up_what_lies_there_now);
    tcase_add_test(t, short_of_memory);
    suite_add_tcase(s, t);
    return s;
}
