/* One's own actions, as evenhand-review shows them. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "data/review.h"
#include "tests/screen/scene.h"
#include "tests/screen/stage.h"
#include "tui/review/review.h"

static const char scene_patel[] =
    "evenhand: 1\n"
    "meeting: tac\n"
    "child: Samir Haddad / S.H.\n"
    "date: 2026-11-03\n"
    "time: 09:30-10:30\n"
    "kept-by: Ravi Thandi\n"
    "kept-as: minutes\n"
    "\n"
    "people:\n"
    "Ravi Thandi | office manager | Oakfield Primary School | chair, minute-taker | 09:30-10:30\n"
    "Ms Anita Patel | SENCO | Oakfield Primary School | professional | 09:30-10:30\n"
    "Mrs Amina Haddad | mother | family | parent, PR | 09:30-10:30\n"
    "\n"
    "# School\n"
    "09:40 A: Patel, write to the speech and language service and ask by when Samir can be seen, with a copy to his mother and to the health visitor, by 10 Nov => the letter is in the file; if not: ring them\n"
    "  = 2026-11-05 due 2026-11-10 -> 2026-11-17 by Ravi Thandi: the service moved\n"
    "  = 2026-11-12 in progress by Ms Anita Patel: the letter is drafted\n"
    "09:45 A: Patel, show Samir the quiet room, by 24 Nov\n"
    "09:50 A: Patel, lend the family the picture cards, by 25 Nov\n"
    "09:55 A: Patel, find a place in the breakfast club\n"
    "10:00 A: Thandi, book the interpreter, by 1 Dec\n"
    "10:05 X: A: Patel, ask quietly after the school meals, by 8 Dec\n"
    "10:10 A: Patel, tell the office about the new address, by 6 Nov\n"
    "  = 2026-11-05 done by Ms Anita Patel: told Joan\n"
    "10:30 end\n";

static struct stage st;
static struct store *whole; /* what everybody else has open */

static void review_as(const char *name)
{
    struct person_row person;
    struct err err = {0};
    ck_assert_msg(store_find_person(whole, st.arena, name, &person, &err) == EVH_OK, "%s", err.text);
    ck_assert_msg(store_open_review(&st.app.store, st.dir, person.id, &st.world, &err) == EVH_OK, "%s", err.text);
    st.app.visits = (struct visits){.store = st.app.store, .named = true};
    ck_assert(app_push(&st.app, &view_mine, NULL));
}

static void set_up(void)
{
    struct person_row patel, other;
    struct person_rows people;
    struct err err = {0};
    stage_open(&st);
    whole = st.store;
    stage_import(&st, scene_october);
    stage_import(&st, scene_november);
    stage_import(&st, scene_patel);
    ck_assert(store_people(whole, st.arena, "Patel", &people, &err) == EVH_OK);
    ck_assert_int_eq((int)people.n, 2); /* one in each child's file, until somebody says that she is one */
    patel = people.v[0];
    other = people.v[1];
    ck_assert_msg(op_person_join(whole, patel.id, other.id, "our SENCO", &err) == EVH_OK, "%s", err.text);
}

/* The reviewer goes: their screens end, their handle is closed. */
static void leave(void)
{
    app_close_all(&st.app);
    if (st.app.store != whole)
        store_close(st.app.store);
    st.app = (struct app){.store = whole, .types = &st.types};
}

static void tear_down(void)
{
    leave();
    stage_close(&st);
}

static void come_as_patel(void)
{
    struct person_rows people;
    struct err err = {0};
    char id[UUID_TEXT];
    ck_assert(store_people(whole, st.arena, "Patel", &people, &err) == EVH_OK);
    ck_assert_int_eq((int)people.n, 1);
    uuid_text(people.v[0].id, id);
    review_as(id);
}

static void row_of(const char *words, struct action_row *row)
{
    struct action_rows rows;
    struct action_filter filter = {.all = true, .unmasked = true, .due_before = DAY_NONE};
    struct err err = {0};
    char id[UUID_TEXT];
    ck_assert_msg(store_actions(whole, st.arena, &filter, &rows, &err) == EVH_OK, "%s", err.text);
    for (size_t i = 0; i < rows.n; i++)
        if (strstr(rows.v[i].text, words) != NULL) {
            uuid_text(rows.v[i].id, id);
            ck_assert_msg(store_find_action(whole, st.arena, id, row, &err) == EVH_OK, "%s", err.text);
            return;
        }
    ck_abort_msg("no action with %s", words);
}

static void go_to(const char *words)
{
    stage_press(&st, "/");
    stage_line(&st, words);
}

START_TEST(looks)
{
    come_as_patel();
    stage_golden(&st, 80, 24, "review-80x24");
    stage_golden(&st, 120, 40, "review-120x40");
    stage_golden(&st, 40, 12, "review-40x12");
    stage_press(&st, "l");
    stage_golden(&st, 80, 24, "review-all-80x24");
    st.app.ascii = true;
    stage_golden(&st, 80, 24, "review-ascii-80x24");
}
END_TEST

START_TEST(one_action_looks)
{
    come_as_patel();
    go_to("speech and language service");
    stage_press(&st, "Enter");
    stage_golden(&st, 80, 24, "review-action-80x24");
    stage_golden(&st, 120, 40, "review-action-120x40");
    stage_golden(&st, 40, 12, "review-action-40x12");
    stage_press(&st, "D");
    stage_golden(&st, 80, 24, "review-dispute-80x24");
    stage_golden(&st, 40, 12, "review-dispute-40x12");
    stage_press(&st, "Esc Esc");
    go_to("confidential");
    stage_shows(&st, 80, 24, "No action shown here has");
    stage_press(&st, "End Up Enter");
    stage_golden(&st, 80, 24, "review-masked-80x24");
    stage_shows_not(&st, 80, 24, "school meals");
}
END_TEST

START_TEST(help_lists_what_can_be_done_and_nothing_else)
{
    come_as_patel();
    stage_press(&st, "?");
    stage_golden(&st, 80, 24, "review-help-80x24");
    stage_shows_not(&st, 80, 60, "command");
    stage_shows_not(&st, 80, 60, "withdraw");
    stage_shows_not(&st, 80, 60, "owner");
    stage_shows_not(&st, 80, 60, "F2");
    stage_press(&st, "q");
    ck_assert_str_eq(st.app.top->class->name, view_mine.name);
}
END_TEST

START_TEST(nothing_of_others_is_there)
{
    come_as_patel();
    stage_press(&st, "l");
    stage_shows(&st, 120, 40, "quiet room");
    stage_shows_not(&st, 120, 40, "interpreter");
    stage_shows_not(&st, 120, 40, "housing");
    stage_shows_not(&st, 120, 40, "two dates");
    stage_shows_not(&st, 120, 40, "Samir"); /* not where the child's name is, nor in the words of an action */
    stage_shows_not(&st, 120, 40, "Tobi");
}
END_TEST

START_TEST(nobody_has_anything_to_do)
{
    review_as("Ms Jo Munro");
    stage_golden(&st, 80, 24, "review-empty-80x24");
    stage_press(&st, "l");
    stage_shows(&st, 80, 24, "No action was ever agreed in your name");
    stage_press(&st, "c");
    stage_shows(&st, 80, 24, "There is no action here");
    stage_press(&st, "q");
    ck_assert(st.app.quit);
}
END_TEST

START_TEST(completing_asks_for_day_and_note)
{
    struct action_row row;
    come_as_patel();
    go_to("quiet room");
    stage_press(&st, "c");
    stage_golden(&st, 80, 24, "review-complete-80x24");
    stage_line(&st, "13 foo");
    stage_shows(&st, 80, 24, "13 foo");
    stage_shows(&st, 80, 24, "not a day up to today");
    stage_press(&st, "C-u");
    stage_line(&st, "yesterday");
    stage_line(&st, "he liked it");
    stage_golden(&st, 80, 24, "review-done-80x24");
    row_of("quiet room", &row);
    ck_assert_str_eq(row.status, "done");
    ck_assert_str_eq(row.history[0].by, "Ms Anita Patel");
    ck_assert_str_eq(row.history[0].text, "he liked it");
    ck_assert_int_eq(row.history[0].date, st.now.day - 1);
    stage_press(&st, "c");
    stage_shows(&st, 80, 24, "is done already");
    stage_press(&st, "End u");
    stage_shows(&st, 80, 24, "Your word that “show S.H. the quiet room” is done is taken back");
    row_of("quiet room", &row);
    ck_assert_str_eq(row.status, "open");
    stage_press(&st, "u");
    stage_shows(&st, 80, 24, "there is nothing to take back");
    stage_press(&st, "R");
    row_of("quiet room", &row);
    ck_assert_str_eq(row.status, "done");
    stage_press(&st, "R");
    stage_shows(&st, 80, 24, "Nothing was taken back");
}
END_TEST

START_TEST(enter_alone_means_today_and_no_note)
{
    struct action_row row;
    come_as_patel();
    go_to("picture cards");
    stage_press(&st, "c Enter Enter");
    row_of("picture cards", &row);
    ck_assert_str_eq(row.status, "done");
    ck_assert_int_eq(row.history[0].date, st.now.day);
    ck_assert_ptr_null(row.history[0].text);
}
END_TEST

/* 24 November: 30 Nov is to come, and nobody means last year's; 2 Nov was before the meeting of the third. */
START_TEST(a_day_that_cannot_be_meant_is_asked_again)
{
    struct action_row row;
    come_as_patel();
    go_to("quiet room");
    stage_press(&st, "c");
    stage_line(&st, "30 Nov");
    stage_shows(&st, 80, 24, "Monday 30 November 2026 is still to come");
    stage_press(&st, "C-u");
    stage_line(&st, "the room was shown");
    stage_shows(&st, 120, 24, "what shows that it is done is asked next");
    stage_press(&st, "C-u");
    stage_line(&st, "2 Nov");
    stage_golden(&st, 80, 24, "review-early-80x24");
    stage_golden(&st, 40, 12, "review-early-40x12");
    stage_press(&st, "Enter"); /* without the year it is no insisting */
    stage_shows(&st, 120, 24, "is before it was agreed, on Tuesday 3 November 2026");
    stage_line(&st, " 2026");
    stage_shows(&st, 120, 24, "done on Monday 2 November 2026: what shows that it is done");
    stage_press(&st, "Enter");
    row_of("quiet room", &row);
    ck_assert_str_eq(row.status, "done");
    ck_assert_int_eq(row.finished, civil_day((struct civil){2026, 11, 2}));
}
END_TEST

START_TEST(another_day_before_it_was_agreed_is_asked_about_too)
{
    struct action_row row;
    come_as_patel();
    go_to("quiet room");
    stage_press(&st, "c");
    stage_line(&st, "2 Nov 2025");
    stage_shows(&st, 120, 24, "Sunday 2 November 2025 is before it was agreed");
    stage_press(&st, "C-u");
    stage_line(&st, "1 Nov 2025");
    stage_shows(&st, 120, 24, "Saturday 1 November 2025 is before it was agreed");
    stage_press(&st, "C-u");
    stage_line(&st, "3 Nov");
    stage_shows(&st, 120, 24, "done on Tuesday 3 November 2026: what shows");
    stage_press(&st, "Esc");
    row_of("quiet room", &row);
    ck_assert_str_eq(row.status, "open");
}
END_TEST

START_TEST(the_day_comes_back_with_the_words)
{
    struct action_row row;
    come_as_patel();
    go_to("picture cards");
    stage_press(&st, "c");
    stage_line(&st, "Friday");
    stage_type(&st, "they have th");
    app_tick(&st.app);
    leave();
    come_as_patel();
    stage_shows(&st, 120, 24, "c goes on with it");
    stage_press(&st, "c");
    stage_shows(&st, 80, 24, "Fri 20 Nov 2026");
    stage_shows(&st, 80, 24, "The day stands as you gave it");
    stage_press(&st, "Enter");
    stage_shows(&st, 120, 24, "done on Friday 20 November 2026: what shows");
    stage_line(&st, "em");
    row_of("picture cards", &row);
    ck_assert_int_eq(row.finished, civil_day((struct civil){2026, 11, 20}));
    ck_assert_str_eq(row.history[0].text, "they have them");
    stage_press(&st, "u c");
    stage_shows_not(&st, 80, 24, "Fri 20 Nov 2026");
    stage_shows_not(&st, 80, 24, "The day stands");
}
END_TEST

START_TEST(esc_ends_no_visit)
{
    come_as_patel();
    stage_press(&st, "Esc");
    ck_assert(!st.app.quit);
    ck_assert_ptr_nonnull(st.app.top);
    stage_shows(&st, 80, 24, "Q ends the visit");
    stage_press(&st, "M-x Esc C-c");
    ck_assert_ptr_nonnull(st.app.top);
    stage_shows(&st, 80, 24, "Q ends the visit");
    stage_press(&st, "Enter Esc");
    ck_assert_str_eq(st.app.top->class->name, view_mine.name);
    stage_press(&st, "q");
    ck_assert(st.app.quit);
}
END_TEST

START_TEST(what_is_done_says_what_to_do_when_it_is_wrong)
{
    come_as_patel();
    go_to("picture cards");
    stage_press(&st, "c Enter Enter");
    stage_shows(&st, 120, 24, "u takes it back in this visit");
    stage_press(&st, "c");
    stage_shows(&st, 120, 24, "u takes back what you recorded in this visit");
    leave();
    come_as_patel();
    stage_press(&st, "l");
    go_to("picture cards");
    stage_press(&st, "c");
    stage_shows(&st, 120, 24, "say so in a note (m): whoever keeps the minutes");
    stage_press(&st, "u");
    stage_shows(&st, 80, 24, "there is nothing to take back");
}
END_TEST

static const char scene_twins[] =
    "evenhand: 1\n"
    "meeting: tac\n"
    "child: Samir Haddad / S.H.\n"
    "date: 2026-11-10\n"
    "time: 09:30-10:30\n"
    "kept-by: Ravi Thandi\n"
    "kept-as: minutes\n"
    "\n"
    "people:\n"
    "Ravi Thandi | office manager | Oakfield Primary School | chair, minute-taker | 09:30-10:30\n"
    "Jo Twin | teacher | Oakfield Primary School | professional | 09:30-10:30\n"
    "\n"
    "# School\n"
    "09:40 A: Twin, ring the clinic, by 27 Nov\n"
    "09:45 A: Twin, ring the clinic, by 4 Dec\n"
    "09:50 A: Twin, write it down, by 5 Dec\n"
    "10:30 end\n";

START_TEST(two_with_the_same_words_are_told_apart)
{
    stage_import(&st, scene_twins);
    review_as("Jo Twin");
    stage_press(&st, "Home m");
    stage_shows(&st, 120, 24, "“ring the clinic” (S.H., due Fri 27 Nov 2026): how does it stand");
    stage_press(&st, "Esc Down Enter D");
    stage_shows(&st, 120, 24, "“ring the clinic” (S.H., due Fri 4 Dec 2026): what is wrong");
    stage_press(&st, "Esc Esc End m");
    stage_shows(&st, 120, 24, "“write it down”: how does it stand");
}
END_TEST

START_TEST(the_list_says_what_was_disputed_noted_and_done)
{
    come_as_patel();
    go_to("breakfast club");
    stage_press(&st, "m");
    stage_line(&st, "asked the kitchen");
    stage_press(&st, "D");
    stage_line(&st, "I said I would ask, not find");
    go_to("quiet room");
    stage_press(&st, "c");
    stage_line(&st, "yesterday");
    stage_press(&st, "Enter");
    stage_golden(&st, 80, 24, "review-marked-80x24");
    stage_golden(&st, 40, 12, "review-marked-40x12");
    stage_shows(&st, 120, 40, "disputed: find a place in the breakfast club (noted 24");
    stage_shows(&st, 120, 40, "Tue 24 Nov      done");
    stage_shows(&st, 120, 40, "show S.H. the quiet room (done 23 Nov)");
    stage_shows(&st, 120, 40, "Your actions.");
}
END_TEST

START_TEST(notes_and_disputes)
{
    struct action_row row;
    come_as_patel();
    go_to("breakfast club");
    stage_press(&st, "m Enter");
    stage_shows(&st, 80, 24, "needs an answer");
    stage_line(&st, "asked the kitchen");
    stage_shows(&st, 80, 24, "Recorded: your note");
    row_of("breakfast club", &row);
    ck_assert_str_eq(row.status, "open");
    ck_assert_str_eq(row.history[0].text, "asked the kitchen");
    stage_press(&st, "Enter D");
    stage_line(&st, "I said I would ask, not find");
    stage_shows(&st, 80, 24, "you dispute");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "Ms Anita Patel: I said I would ask, not find");
    row_of("breakfast club", &row);
    ck_assert_str_eq(row.status, "open");
    ck_assert_int_eq((int)row.ndisputes, 1);
    ck_assert_str_eq(row.disputes[0].by, "Ms Anita Patel");
    stage_press(&st, "u");
    row_of("breakfast club", &row);
    ck_assert_int_eq((int)row.ndisputes, 0);
    ck_assert_int_eq((int)row.nhistory, 1);
    stage_press(&st, "u");
    row_of("breakfast club", &row);
    ck_assert_int_eq((int)row.nhistory, 0);
}
END_TEST

START_TEST(what_was_half_typed_comes_back)
{
    come_as_patel();
    go_to("picture cards");
    stage_press(&st, "m");
    stage_type(&st, "they have the first ten");
    app_tick(&st.app);
    leave();
    review_as("Mr Aled Quist"); /* their words are nobody else's */
    stage_shows_not(&st, 80, 24, "You had begun");
    stage_press(&st, "m");
    stage_shows_not(&st, 80, 24, "first ten");
    leave();
    come_as_patel();
    stage_golden(&st, 80, 24, "review-begun-80x24");
    stage_press(&st, "m");
    stage_shows(&st, 80, 24, "they have the first ten");
    stage_line(&st, " of them");
    stage_shows(&st, 80, 24, "Recorded");
    leave();
    come_as_patel();
    stage_shows_not(&st, 80, 24, "You had begun");
}
END_TEST

/* A visit that goes on over midnight. */
START_TEST(what_becomes_overdue_says_so)
{
    come_as_patel();
    stage_shows(&st, 80, 24, "Tue 24 Nov  today");
    st.now.day++;
    app_tick(&st.app);
    stage_shows(&st, 80, 24, "! Tue 24 Nov  1 day ");
}
END_TEST

START_TEST(what_is_done_stays_in_sight_until_one_leaves)
{
    struct action_row row;
    struct err err = {0};
    come_as_patel();
    go_to("picture cards");
    row_of("quiet room", &row);
    struct action_edit edit = {.change = "done", .on = DAY_NONE, .due = DAY_NONE, .due_time = TIME_NONE};
    ck_assert_msg(op_action(whole, row.id, &edit, &err) == EVH_OK, "%s", err.text);
    app_tick(&st.app);
    stage_shows(&st, 80, 24, "quiet room");
    stage_shows(&st, 80, 24, "Tue 24 Nov  done");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "picture cards");
    leave();
    come_as_patel();
    stage_shows_not(&st, 80, 24, "quiet room");
}
END_TEST

START_TEST(what_was_passed_on_is_said_to_be)
{
    struct action_row row;
    struct err err = {0};
    come_as_patel();
    go_to("picture cards");
    stage_press(&st, "Enter");
    row_of("picture cards", &row);
    struct action_edit edit = {.change = "owner", .owner = "Ravi Thandi", .note = "she is ill", .on = DAY_NONE, .due = DAY_NONE, .due_time = TIME_NONE};
    ck_assert_msg(op_action(whole, row.id, &edit, &err) == EVH_OK, "%s", err.text);
    app_tick(&st.app);
    stage_shows(&st, 80, 24, "no longer yours");
    stage_shows_not(&st, 80, 24, "picture cards");
    stage_press(&st, "m");
    stage_shows(&st, 80, 24, "There is no action here");
    stage_press(&st, "Esc");
    stage_shows_not(&st, 80, 24, "picture cards");
}
END_TEST

/* The database is moved away: what was read stays in sight, with the reason why it is not fresh, and is read again when the file is back. */
START_TEST(what_cannot_be_read_is_said)
{
    struct buf here = {0}, away = {0};
    come_as_patel();
    buf_addf(&here, "%s/evenhand.db", st.dir);
    buf_addf(&away, "%s/elsewhere.db", st.dir);
    ck_assert_int_eq(rename(here.s, away.s), 0);
    stage_press(&st, "l");
    stage_shows(&st, 80, 24, "picture cards");
    stage_shows(&st, 80, 24, "is not there any more");
    ck_assert(app_push(&st.app, &view_mine, NULL)); /* as if they had come just now */
    stage_shows_not(&st, 80, 24, "open 0");
    app_pop(&st.app);
    stage_press(&st, "m");
    stage_line(&st, "ten of them");
    stage_shows(&st, 80, 24, "ten of them");
    stage_shows_not(&st, 80, 24, "Recorded");
    ck_assert_int_eq(rename(away.s, here.s), 0);
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "Recorded: your note");
    app_tick(&st.app);
    stage_shows_not(&st, 80, 24, "is not there any more");
    buf_free(&here);
    buf_free(&away);
}
END_TEST

START_TEST(who_opened_what_is_written_down)
{
    struct visit_rows rows;
    struct visit_filter filter = {.who = "Patel", .since = DAY_NONE};
    struct err err = {0};
    come_as_patel();
    go_to("picture cards");
    ck_assert(store_visits(whole, st.arena, &filter, &rows, &err) == EVH_OK);
    size_t before = rows.n;
    ck_assert_str_eq(rows.v[0].what, "actions"); /* what the list shows */
    stage_press(&st, "Enter");
    ck_assert(store_visits(whole, st.arena, &filter, &rows, &err) == EVH_OK);
    ck_assert_int_eq((int)(rows.n - before), 1);
    ck_assert_str_eq(rows.v[0].what, "action");
    ck_assert_str_eq(rows.v[0].name, "Ms Anita Patel");
    ck_assert_int_eq(rows.v[0].date, civil_day((struct civil){2026, 11, 3}));
}
END_TEST

static const char *const nothing_keys[] = {":", "!", "|", "v", "e", "w", "t", "x", "a", "o", "Space", "Tab", "d", "F2", "F4", "F10", "s", "T", "C-z", "C-x"};

START_TEST(other_keys_do_nothing)
{
    struct buf before = {0}, after = {0};
    come_as_patel();
    stage_text(&st, 80, 24, &before);
    stage_press(&st, nothing_keys[_i]);
    ck_assert_str_eq(st.app.top->class->name, view_mine.name);
    stage_shows(&st, 80, 24, "does nothing here: ? shows the keys");
    stage_press(&st, "Enter");
    stage_press(&st, nothing_keys[_i]);
    ck_assert_str_eq(st.app.top->class->name, view_mine_action.name);
    stage_press(&st, "Esc Home");
    stage_text(&st, 80, 24, &after);
    ck_assert_str_eq(buf_str(&before), buf_str(&after));
    buf_free(&before);
    buf_free(&after);
}
END_TEST

Suite *suite_review(void);
Suite *suite_review(void)
{
    Suite *s = suite_create("review");
    TCase *t = tcase_create("review");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, looks);
    tcase_add_test(t, one_action_looks);
    tcase_add_test(t, help_lists_what_can_be_done_and_nothing_else);
    tcase_add_test(t, nothing_of_others_is_there);
    tcase_add_test(t, nobody_has_anything_to_do);
    tcase_add_test(t, completing_asks_for_day_and_note);
    tcase_add_test(t, enter_alone_means_today_and_no_note);
    tcase_add_test(t, a_day_that_cannot_be_meant_is_asked_again);
    tcase_add_test(t, another_day_before_it_was_agreed_is_asked_about_too);
    tcase_add_test(t, the_day_comes_back_with_the_words);
    tcase_add_test(t, esc_ends_no_visit);
    tcase_add_test(t, what_is_done_says_what_to_do_when_it_is_wrong);
    tcase_add_test(t, two_with_the_same_words_are_told_apart);
    tcase_add_test(t, the_list_says_what_was_disputed_noted_and_done);
    tcase_add_test(t, notes_and_disputes);
    tcase_add_test(t, what_was_half_typed_comes_back);
    tcase_add_test(t, what_is_done_stays_in_sight_until_one_leaves);
    tcase_add_test(t, what_becomes_overdue_says_so);
    tcase_add_test(t, what_was_passed_on_is_said_to_be);
    tcase_add_test(t, what_cannot_be_read_is_said);
    tcase_add_test(t, who_opened_what_is_written_down);
    tcase_add_loop_test(t, other_keys_do_nothing, 0, (int)NITEMS(nothing_keys));
    suite_add_tcase(s, t);
    return s;
}
