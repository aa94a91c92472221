/* The tracker and one action's story. */
#include <check.h>
#include <string.h>

#include "tests/screen/scene.h"
#include "tests/screen/stage.h"
#include "tui/past.h"

static struct stage st;

static void set_up(void)
{
    stage_open(&st);
    stage_import(&st, scene_october);
    stage_import(&st, scene_november);
    ck_assert(app_push(&st.app, &view_actions, NULL));
}

static void tear_down(void)
{
    stage_close(&st);
}

static void row_of(const char *words, struct action_row *row)
{
    struct action_rows rows;
    struct action_filter filter = {.all = true, .unmasked = true, .due_before = DAY_NONE};
    struct err err = {0};
    ck_assert_msg(store_actions(st.store, st.arena, &filter, &rows, &err) == EVH_OK, "%s", err.text);
    for (size_t i = 0; i < rows.n; i++)
        if (strstr(rows.v[i].text, words) != NULL) {
            *row = rows.v[i];
            return;
        }
    ck_abort_msg("no action with %s", words);
}

START_TEST(looks)
{
    stage_golden(&st, 80, 24, "actions-80x24");
    stage_golden(&st, 120, 40, "actions-120x40");
    stage_golden(&st, 40, 12, "actions-40x12");
    st.app.ascii = true;
    stage_golden(&st, 80, 24, "actions-ascii-80x24");
}
END_TEST

START_TEST(confidential_words_are_not_shown_until_asked_for)
{
    stage_shows(&st, 120, 40, "confidential");
    stage_shows_not(&st, 120, 40, "family support worker");
    stage_press(&st, "/");
    stage_line(&st, "support worker");
    stage_shows(&st, 80, 24, "No action shown here has");
    stage_press(&st, "/ C-u");
    stage_line(&st, "confidential");
    stage_shows(&st, 80, 24, "No action shown here has");
    stage_press(&st, "End Up Enter");
    stage_shows(&st, 80, 24, "This action is restricted");
    stage_shows_not(&st, 80, 24, "family support worker");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "family support worker");
}
END_TEST

START_TEST(completing_asks_day_and_note)
{
    struct action_row row;
    stage_press(&st, "c");
    stage_press(&st, "C-u");
    stage_line(&st, "13 foo");
    stage_shows(&st, 80, 24, "13 foo");
    stage_shows(&st, 80, 24, "not a day up to today");
    stage_press(&st, "C-u");
    stage_line(&st, "yesterday");
    stage_line(&st, "handed over at the gate");
    stage_shows(&st, 80, 24, "is done, Mon 23 Nov 2026");
    row_of("therapy targets", &row);
    ck_assert_str_eq(row.status, "done");
    ck_assert_int_eq((int)row.nhistory, 1);
    ck_assert_str_eq(row.history[0].text, "handed over at the gate");
    stage_shows_not(&st, 80, 24, "therapy targets");
    stage_press(&st, "End u");
    stage_shows(&st, 80, 24, "is done, Mon 23 Nov 2026\xe2\x80\x9d. R");
    row_of("therapy targets", &row);
    ck_assert_str_eq(row.status, "open");
    stage_press(&st, "R");
    row_of("therapy targets", &row);
    ck_assert_str_eq(row.status, "done");
}
END_TEST

START_TEST(undo_of_what_was_not_changed_here_asks)
{
    struct action_row row;
    struct err err = {0};
    struct action_edit edit = {.change = "note", .note = "rang the clinic", .on = DAY_NONE, .due = DAY_NONE, .due_time = TIME_NONE};
    row_of("two dates", &row);
    ck_assert_msg(op_action(st.store, row.id, &edit, &err) == EVH_OK, "%s", err.text);
    app_tick(&st.app);
    stage_press(&st, "/");
    stage_line(&st, "two dates");
    stage_press(&st, "u");
    stage_shows(&st, 80, 24, "Take back the last change of A2 (T.O.)");
    stage_press(&st, "n");
    row_of("two dates", &row);
    ck_assert_int_eq((int)row.nhistory, 2);
    stage_press(&st, "u y");
    row_of("two dates", &row);
    ck_assert_int_eq((int)row.nhistory, 1);
    stage_press(&st, "R");
    row_of("two dates", &row);
    ck_assert_int_eq((int)row.nhistory, 2);
}
END_TEST

START_TEST(the_date_changes_with_a_reason)
{
    struct action_row row;
    stage_press(&st, "t");
    stage_line(&st, "soon");
    stage_shows(&st, 80, 24, "soon");
    stage_shows(&st, 80, 24, "cannot be read as a date");
    stage_press(&st, "C-u");
    stage_line(&st, "by 4 Dec");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "due Fri 4 Dec 2026, in 10 days:");
    stage_line(&st, "she was ill");
    stage_shows(&st, 80, 24, "is now due on Fri 4 Dec 2026");
    row_of("therapy targets", &row);
    ck_assert_int_eq(row.due, civil_day((struct civil){2026, 12, 4}));
    ck_assert_str_eq(row.history[0].text, "she was ill");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "send the therapy targets home");
}
END_TEST

START_TEST(the_owner_changes_with_a_reason)
{
    struct action_row row;
    stage_press(&st, "w");
    stage_type(&st, "thandi");
    stage_golden(&st, 80, 24, "actions-owner-80x24");
    stage_press(&st, "Enter");
    stage_line(&st, "she left the school");
    row_of("therapy targets", &row);
    ck_assert_str_eq(row.owner, "Ravi Thandi");
    stage_press(&st, "w");
    stage_type(&st, "Ola Novak");
    stage_press(&st, "Enter");
    stage_line(&st, "new colleague");
    row_of("therapy targets", &row);
    ck_assert_str_eq(row.owner, "Ola Novak");
}
END_TEST

START_TEST(notes_and_withdrawing)
{
    struct action_row row;
    stage_press(&st, "m");
    stage_line(&st, "half of it is printed");
    row_of("therapy targets", &row);
    ck_assert_str_eq(row.status, "open");
    ck_assert_str_eq(row.history[0].change, "note");
    stage_press(&st, "x");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "needs an answer");
    stage_line(&st, "not needed any more");
    row_of("therapy targets", &row);
    ck_assert_str_eq(row.status, "withdrawn");
}
END_TEST

START_TEST(what_is_marked_changes_together)
{
    struct action_row row;
    stage_press(&st, "Space Space c");
    stage_shows(&st, 80, 24, "2 actions (A1, A1): done on which day?");
    stage_press(&st, "Enter Enter");
    stage_shows(&st, 80, 24, "2 actions (A1, A1) are done");
    row_of("therapy targets", &row);
    ck_assert_str_eq(row.status, "done");
    row_of("housing manager", &row);
    ck_assert_str_eq(row.status, "done");
    row_of("two dates", &row);
    ck_assert_str_eq(row.status, "open");
    stage_press(&st, "u");
    row_of("housing manager", &row);
    ck_assert_str_eq(row.status, "open");
    stage_press(&st, "Home Space Home Space m");
    stage_shows_not(&st, 80, 24, "actions (");
}
END_TEST

START_TEST(the_whole_story)
{
    stage_press(&st, "/");
    stage_line(&st, "two dates");
    stage_press(&st, "Enter");
    stage_golden(&st, 80, 24, "action-80x24");
    stage_golden(&st, 120, 40, "action-120x40");
    stage_golden(&st, 40, 12, "action-40x12");
    stage_press(&st, "/");
    stage_line(&st, "calendar");
    stage_press(&st, "c Enter");
    stage_line(&st, "sent by letter");
    stage_shows(&st, 80, 24, "sent by letter");
    stage_press(&st, "Esc");
    ck_assert_str_eq(st.app.top->class->name, "actions");
}
END_TEST

static const struct { const char *pick, *words, *shown, *hidden; } limit_cases[] = {
    {"overdue", NULL, "housing manager", "two dates"},
    {"owner", "lin", "two dates", "housing manager"},
    {"child", "munro", "housing manager", "two dates"},
    {"words", "DIARY", "reading diary", "two dates"},
    {"all", NULL, "book the room", "nothing of the kind"},
};

START_TEST(limits)
{
    stage_press(&st, "l");
    stage_type(&st, limit_cases[_i].pick);
    stage_press(&st, "Enter");
    if (limit_cases[_i].words != NULL)
        stage_line(&st, limit_cases[_i].words);
    stage_shows(&st, 80, 24, limit_cases[_i].shown);
    stage_shows_not(&st, 80, 24, limit_cases[_i].hidden);
    stage_press(&st, "Esc");
    stage_shows(&st, 80, 24, "two dates");
    ck_assert_str_eq(st.app.top->class->name, "actions");
}
END_TEST

START_TEST(a_change_made_elsewhere_appears_and_nothing_moves)
{
    struct action_row row;
    stage_press(&st, "/");
    stage_line(&st, "two dates");
    row_of("therapy targets", &row);
    struct action_edit edit = {.change = "done", .on = DAY_NONE, .due = DAY_NONE, .due_time = TIME_NONE};
    struct err err = {0};
    ck_assert_msg(op_action(st.store, row.id, &edit, &err) == EVH_OK, "%s", err.text);
    app_tick(&st.app);
    stage_shows_not(&st, 80, 24, "therapy targets");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "offer two dates");
}
END_TEST

START_TEST(sorting_keeps_the_place)
{
    stage_press(&st, "/");
    stage_line(&st, "housing");
    stage_press(&st, "o");
    stage_shows(&st, 80, 24, "Sorted by owner");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "housing manager");
    stage_press(&st, "Esc o");
    stage_shows(&st, 80, 24, "Sorted by child");
}
END_TEST

START_TEST(days_that_are_hardly_meant_are_asked_about)
{
    struct action_row row;
    stage_press(&st, "/");
    stage_line(&st, "therapy targets");
    stage_press(&st, "t");
    stage_line(&st, "1 Nov");
    stage_shows(&st, 80, 24, "Mon 1 Nov 2027, in a year, is far off: Enter takes it all the same");
    stage_press(&st, "C-u");
    stage_line(&st, "13 Nov 2026");
    stage_shows(&st, 80, 24, "It is due then already");
    stage_press(&st, "C-u");
    stage_line(&st, "1 Dec");
    stage_shows(&st, 80, 24, "due Tue 1 Dec 2026, in 7 days:");
    stage_press(&st, "Esc t");
    stage_line(&st, "1 Nov");
    stage_press(&st, "Enter");
    stage_line(&st, "it is so");
    row_of("therapy targets", &row);
    ck_assert_int_eq(row.due, civil_day((struct civil){2027, 11, 1}));
    stage_press(&st, "u c");
    stage_line(&st, "27 Nov");
    stage_shows(&st, 80, 24, "still to come");
    stage_press(&st, "C-u");
    stage_line(&st, "12 Oct");
    stage_shows(&st, 80, 24, "Mon 12 Oct 2026, 6 weeks ago, is before it was agreed: Enter takes it");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "done on Mon 12 Oct 2026, 6 weeks ago:");
}
END_TEST

START_TEST(the_name_that_it_stands_under_is_said)
{
    struct action_row row;
    struct err err = {0};
    stage_press(&st, "/");
    stage_line(&st, "therapy targets");
    stage_press(&st, "m");
    stage_shows(&st, 80, 24, "(recorded as by Ravi");
    stage_press(&st, "Esc");
    struct visitor who = {.person = {{1}}, .name = "Mrs Lina Haddad"};
    ck_assert_msg(store_set_visitor(st.store, &who, &err) == EVH_OK, "%s", err.text);
    stage_shows(&st, 80, 24, "Mrs Lina Haddad");
    stage_press(&st, "m");
    stage_shows(&st, 80, 24, "(recorded as by Mrs");
    stage_line(&st, "rang");
    row_of("therapy targets", &row);
    ck_assert_str_eq(row.history[0].by, "Mrs Lina Haddad");
}
END_TEST

START_TEST(notes_are_nobody_elses)
{
    struct action_row row;
    stage_import(&st, "evenhand: 1\nmeeting: taf\nchild: Bo Bell / B.B.\ndate: 2026-09-01\ntime: 10:00-11:00\nkept-by: Ann Adviser\nkept-as: notes\n\n"
                 "people:\nRavi Thandi | office manager | Oakfield Primary School | chair | 10:00-11:00\n\n# All\n10:10 A: Thandi, look for the key, by 4 Sep\n");
    app_tick(&st.app);
    stage_press(&st, "/");
    stage_line(&st, "look for the key");
    stage_press(&st, "m");
    stage_shows(&st, 80, 24, "(recorded under no name)");
    stage_line(&st, "looked");
    row_of("look for the key", &row);
    ck_assert_int_eq((int)row.nhistory, 1);
    ck_assert_ptr_null(row.history[0].by);
}
END_TEST

START_TEST(reading_only_changes_nothing)
{
    st.app.read_only = true;
    stage_press(&st, "c");
    ck_assert_str_eq(st.app.top->class->name, "actions");
    stage_shows(&st, 80, 24, "for reading only");
}
END_TEST

static const struct { const char *words; int year, month, day; } past_days[] = {
    {"today", 2026, 11, 24}, {"yesterday", 2026, 11, 23}, {"Friday", 2026, 11, 20}, {"13 Oct", 2026, 10, 13}, {"24 Dec", 2025, 12, 24},
    {"30 Nov", 0, 0, 0}, {"2026-11-01", 2026, 11, 1}, {"25 Nov 2026", 0, 0, 0}, {"never", 0, 0, 0},
    {"tomorrow", 0, 0, 0}, {"next Friday", 0, 0, 0}, {"in 2 weeks", 0, 0, 0}, {"end of January", 0, 0, 0}, {"Fri 20 Nov", 2026, 11, 20},
};

START_TEST(days_that_are_over)
{
    int32_t today = civil_day((struct civil){2026, 11, 24}), day = DAY_NONE;
    bool good = past_read_day(past_days[_i].words, today, &day);
    ck_assert_int_eq(good, past_days[_i].year != 0);
    if (good)
        ck_assert_int_eq(day, civil_day((struct civil){past_days[_i].year, past_days[_i].month, past_days[_i].day}));
}
END_TEST

Suite *suite_actions(void);
Suite *suite_actions(void)
{
    Suite *s = suite_create("actions");
    TCase *t = tcase_create("actions");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, looks);
    tcase_add_test(t, confidential_words_are_not_shown_until_asked_for);
    tcase_add_test(t, completing_asks_day_and_note);
    tcase_add_test(t, undo_of_what_was_not_changed_here_asks);
    tcase_add_test(t, the_date_changes_with_a_reason);
    tcase_add_test(t, the_owner_changes_with_a_reason);
    tcase_add_test(t, notes_and_withdrawing);
    tcase_add_test(t, what_is_marked_changes_together);
    tcase_add_test(t, the_whole_story);
    tcase_add_loop_test(t, limits, 0, (int)NITEMS(limit_cases));
    tcase_add_test(t, a_change_made_elsewhere_appears_and_nothing_moves);
    tcase_add_test(t, sorting_keeps_the_place);
    tcase_add_test(t, days_that_are_hardly_meant_are_asked_about);
    tcase_add_test(t, the_name_that_it_stands_under_is_said);
    tcase_add_test(t, notes_are_nobody_elses);
    tcase_add_test(t, reading_only_changes_nothing);
    tcase_add_loop_test(t, days_that_are_over, 0, (int)NITEMS(past_days));
    suite_add_tcase(s, t);
    return s;
}
