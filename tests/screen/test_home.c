/* The home screen: what is next, what is not signed off, what is overdue; keys; an empty start. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "tests/screen/scene.h"
#include "tests/screen/stage.h"

static struct stage st;

static void set_up(void)
{
    stage_open(&st);
}

static void tear_down(void)
{
    stage_close(&st);
}

static void fill(void)
{
    stage_import(&st, scene_october);
    stage_import(&st, scene_november);
    stage_import(&st, scene_planned);
    ck_assert(app_push(&st.app, &view_home, NULL));
}

START_TEST(an_empty_start_says_what_to_do)
{
    ck_assert(app_push(&st.app, &view_home, NULL));
    stage_golden(&st, 80, 24, "home-empty-80x24");
    stage_golden(&st, 40, 12, "home-empty-40x12");
    stage_press(&st, "Down Enter m e s Tab n / Esc");
    ck_assert_str_eq(st.app.top->class->name, "home");
}
END_TEST

START_TEST(shows_what_is_next_first)
{
    fill();
    stage_golden(&st, 80, 24, "home-80x24");
    stage_golden(&st, 120, 40, "home-120x40");
    stage_golden(&st, 40, 12, "home-40x12");
}
END_TEST

static const struct { const char *keys, *screen; } opens[] = {
    {"Enter", "live"}, {"e", "edit"}, {"p", "plan"}, {"a", "plan"}, {"m", "minutes"}, {"T", "actions"}, {"Tab Enter", "action"}, {"Tab Tab Enter", "minutes"},
    {"Tab Tab Tab m", "minutes"}, {"s", "sign"},
};

START_TEST(keys_open_screens)
{
    fill();
    stage_press(&st, opens[_i].keys);
    ck_assert_msg(strncmp(st.app.top->class->name, opens[_i].screen, strlen(opens[_i].screen)) == 0, "%s opened %s: %s", opens[_i].keys, st.app.top->class->name, st.app.message);
}
END_TEST

START_TEST(tab_goes_round_the_sections)
{
    fill();
    struct buf first = {0}, last = {0};
    stage_text(&st, 80, 24, &first);
    stage_press(&st, "Tab Tab Tab Tab");
    stage_text(&st, 80, 24, &last);
    ck_assert_str_eq(buf_str(&first), buf_str(&last));
    stage_press(&st, "Tab S-Tab");
    buf_clear(&last);
    stage_text(&st, 80, 24, &last);
    ck_assert_str_eq(buf_str(&first), buf_str(&last));
    buf_free(&first);
    buf_free(&last);
}
END_TEST

START_TEST(an_action_is_completed_here_too)
{
    fill();
    stage_press(&st, "Tab c");
    stage_shows(&st, 80, 24, "done on which day?");
    stage_press(&st, "Enter");
    stage_line(&st, "posted");
    stage_shows(&st, 80, 24, "is done");
    stage_shows_not(&st, 80, 24, "send the therapy targets");
}
END_TEST

START_TEST(a_search_finds_and_says_when_not)
{
    fill();
    stage_press(&st, "/");
    stage_line(&st, "housing");
    stage_press(&st, "Enter");
    ck_assert_str_eq(st.app.top->class->name, "action");
    stage_press(&st, "Esc /");
    stage_press(&st, "C-u");
    stage_line(&st, "zebra");
    stage_shows(&st, 80, 24, "Nothing shown here has");
}
END_TEST

START_TEST(a_meeting_planned_here_is_selected)
{
    fill();
    stage_press(&st, "End a Enter Enter");
    stage_line(&st, "Sam Poole");
    app_tick(&st.app);
    stage_press(&st, "F2 e");
    stage_shows(&st, 80, 24, "Sam Poole");
}
END_TEST

START_TEST(one_child_only)
{
    fill();
    stage_press(&st, "l");
    stage_line(&st, "isla");
    stage_shows_not(&st, 80, 24, "November review");
    stage_shows(&st, 80, 24, "only: isla");
    stage_press(&st, "l");
    stage_line(&st, "nobody of that name");
    stage_shows(&st, 80, 24, "Esc shows all");
    stage_press(&st, "Esc");
    stage_shows(&st, 80, 24, "November review");
}
END_TEST

START_TEST(an_import_that_fails_keeps_the_name)
{
    fill();
    stage_press(&st, "i");
    stage_line(&st, "/nonexistent/x.meeting");
    stage_shows(&st, 80, 24, "/nonexistent/x.meeting");
    stage_press(&st, "Esc");
    ck_assert_str_eq(st.app.top->class->name, "home");
}
END_TEST

/* A draft stays on the screen until somebody signs it, however many meetings were held since. */
START_TEST(an_old_draft_is_not_forgotten)
{
    stage_import(&st, scene_november);
    for (int i = 0; i < 55; i++) {
        char text[400];
        int n = snprintf(text, sizeof text,
                         "evenhand: 1\nmeeting: tac - Review %d\nchild: Bo Lund / B.L.\ndate: 2026-11-%02d\ntime: %02d:00\nkept-by: Ravi Thandi\nkept-as: minutes\n\n"
                         "people:\nRavi Thandi | clerk | school | chair | \n\n09:00 Said.\n09:10 end\n\nsignoff:\nRavi Thandi | signed | 2026-11-20 |\n",
                         i, 10 + i % 9, 8 + i / 9);
        ck_assert(n > 0 && (size_t)n < sizeof text);
        stage_import(&st, text);
    }
    ck_assert(app_push(&st.app, &view_home, NULL));
    stage_shows(&st, 80, 24, "NOT SIGNED OFF");
    stage_shows(&st, 80, 24, "Mon 2 Nov");
    stage_shows_not(&st, 80, 100, "Tue 10 Nov 08:00");
}
END_TEST

static const char half_done[] =
    "evenhand: 1\nmeeting: tac\nchild: Bo Lund / B.L.\ndate: 2026-11-23\ntime: 09:00\nkept-by: Ravi Thandi\nkept-as: minutes\n\n"
    "people:\nRavi Thandi | clerk | school | chair | \n";

START_TEST(esc_ends_nothing_here)
{
    fill();
    stage_press(&st, "Tab Esc Esc");
    ck_assert(!st.app.quit && st.app.top != NULL);
    stage_shows(&st, 80, 24, "Q ends Evenhand");
    stage_press(&st, "q");
    ck_assert(st.app.quit);
}
END_TEST

START_TEST(what_is_half_done_is_selected_at_the_start)
{
    struct uuid id = stage_import(&st, half_done);
    struct err err = {0};
    ck_assert(app_push(&st.app, &view_live, &id)); /* it is live from now on */
    stage_line(&st, "Said.");
    app_close_all(&st.app);
    st.app.quit = false;
    fill();
    stage_shows(&st, 80, 24, "Enter goes on");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "Said.");
    stage_line(&st, "end");
    app_close_all(&st.app);
    st.app.quit = false;
    ck_assert_int_eq(store_draft_save(st.store, id, "half a line", 11, &err), EVH_OK);
    ck_assert(app_push(&st.app, &view_home, NULL));
    stage_shows(&st, 80, 24, "line waits: Enter");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "half a line");
}
END_TEST

Suite *suite_home(void);
Suite *suite_home(void)
{
    Suite *s = suite_create("home");
    TCase *t = tcase_create("home");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, an_empty_start_says_what_to_do);
    tcase_add_test(t, shows_what_is_next_first);
    tcase_add_loop_test(t, keys_open_screens, 0, (int)NITEMS(opens));
    tcase_add_test(t, tab_goes_round_the_sections);
    tcase_add_test(t, an_action_is_completed_here_too);
    tcase_add_test(t, a_search_finds_and_says_when_not);
    tcase_add_test(t, a_meeting_planned_here_is_selected);
    tcase_add_test(t, esc_ends_nothing_here);
    tcase_add_test(t, what_is_half_done_is_selected_at_the_start);
    tcase_add_test(t, one_child_only);
    tcase_add_test(t, an_old_draft_is_not_forgotten);
    tcase_add_test(t, an_import_that_fails_keeps_the_name);
    suite_add_tcase(s, t);
    return s;
}
