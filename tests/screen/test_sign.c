/* Sign-off round the table: one person, one letter; their words where they belong; and nothing confidential on a screen that faces the table. */
#include <check.h>
#include <string.h>

#include "tests/screen/scene.h"
#include "tests/screen/stage.h"

static struct stage st;
static struct uuid meeting;
static struct view *killed; /* a screen that was left without being closed; freed at the end */

static void setup_with(const char *scene)
{
    stage_open(&st);
    meeting = stage_import(&st, scene);
    ck_assert(app_push(&st.app, &view_sign, &meeting));
}

static void setup_november(void)
{
    setup_with(scene_november);
}

static void setup_october(void)
{
    setup_with(scene_october);
}

static void setup_planned(void)
{
    setup_with(scene_planned);
}

static void teardown(void)
{
    app_close_all(&st.app);
    st.app.top = killed;
    killed = NULL;
    app_close_all(&st.app);
    stage_close(&st);
}

/* As another program would open it after this one was killed. */
static void killed_and_opened(void)
{
    killed = st.app.top;
    st.app.top = NULL;
    st.app.message[0] = '\0';
    ck_assert(app_push(&st.app, &view_sign, &meeting));
}

static struct record *on_disk(void)
{
    struct record *record = NULL;
    struct err err = {0};
    ck_assert_int_eq(store_record(st.store, meeting, &record, &err), EVH_OK);
    return record;
}

static const struct {
    const char *keys, *words; /* words NULL: none are asked for */
    const char *state, *scope, *comment;
    struct civil date;
} letters[] = {
    {"s", NULL, "signed", NULL, NULL, {2026, 11, 24}},
    {"r", "That it was said.", "signed with reservations", NULL, "That it was said.", {2026, 11, 24}},
    {"a", NULL, "accuracy only", NULL, NULL, {2026, 11, 24}},
    {"x", "I cannot sign today.", "declined", NULL, "I cannot sign today.", {2026, 11, 24}},
    {"w", "read aloud", "shown", NULL, "read aloud", {2026, 11, 24}},
    {"m", NULL, "sent", NULL, NULL, {2026, 11, 24}},
    {"o", NULL, "no reply", NULL, NULL, {2026, 11, 24}},
    {"p", NULL, "not present", NULL, NULL, {2026, 11, 24}},
    {"k", NULL, "not asked", NULL, NULL, {2026, 11, 24}},
};

START_TEST(letter)
{
    stage_press(&st, "Down");
    stage_press(&st, letters[_i].keys);
    if (letters[_i].words != NULL)
        stage_line(&st, letters[_i].words);
    struct record *record = on_disk();
    ck_assert_uint_eq(record->nsignoffs, 1);
    const struct signoff *s = &record->signoffs[0];
    ck_assert_str_eq(s->name, "Mr Aled Quist");
    ck_assert_str_eq(s->state, letters[_i].state);
    ck_assert_int_eq(s->date, civil_day(letters[_i].date));
    if (letters[_i].comment == NULL)
        ck_assert(s->comment == NULL || s->comment[0] == '\0');
    else
        ck_assert_str_eq(s->comment, letters[_i].comment);
    record_free(record);
    stage_shows(&st, 80, 24, letters[_i].state);
}
END_TEST

/* Reservations and declining need their words: without them nothing is recorded, and Esc leaves it for later. */
START_TEST(words_are_needed)
{
    stage_press(&st, "r Enter");
    stage_press(&st, "Esc");
    stage_press(&st, "x Esc");
    struct record *record = on_disk();
    ck_assert_uint_eq(record->nsignoffs, 0);
    record_free(record);
}
END_TEST

START_TEST(scope_date_and_words)
{
    stage_press(&st, "i");
    stage_line(&st, "item 1");
    stage_press(&st, "t");
    stage_line(&st, "1 Dec 2026");
    stage_press(&st, "e");
    stage_line(&st, "by e-mail");
    stage_shows(&st, 80, 24, "with the next letter: (item 1) Tue 1 Dec 2026");
    stage_press(&st, "s");
    struct record *record = on_disk();
    ck_assert_uint_eq(record->nsignoffs, 1);
    ck_assert_str_eq(record->signoffs[0].scope, "item 1");
    ck_assert_str_eq(record->signoffs[0].comment, "by e-mail");
    ck_assert_int_eq(record->signoffs[0].date, civil_day((struct civil){2026, 12, 1}));
    record_free(record);
}
END_TEST

START_TEST(a_bad_date_changes_nothing)
{
    stage_press(&st, "t");
    stage_line(&st, "soon");
    stage_shows(&st, 80, 24, "That is no date");
    stage_press(&st, "s");
    struct record *record = on_disk();
    ck_assert_int_eq(record->signoffs[0].date, civil_day((struct civil){2026, 11, 24}));
    record_free(record);
}
END_TEST

START_TEST(goes_round)
{
    stage_shows(&st, 80, 24, "1 of 3 people");
    stage_press(&st, "s"); /* goes on by itself */
    stage_shows(&st, 80, 24, "2 of 3 people   1 recorded");
    stage_shows(&st, 80, 24, "Ravi Thandi: signed. Next: Mr Quist");
    stage_press(&st, "s");
    stage_shows(&st, 80, 24, "3 of 3 people   2 recorded");
    stage_press(&st, "Down Up Up Up");
    stage_shows(&st, 80, 24, "1 of 3 people   2 recorded");
    stage_press(&st, "m");
    stage_shows(&st, 80, 24, "Ravi Thandi has signed. Replace by “sent”?");
    stage_press(&st, "y"); /* a second line for one person: the last is the state */
    stage_shows(&st, 80, 24, "Ravi Thandi: sent. Next: Ms Munro");
    struct record *record = on_disk();
    ck_assert_uint_eq(record->nsignoffs, 3);
    record_free(record);
}
END_TEST

/* A second state for the same part is never recorded by a slip; for another part it is one of its own. */
START_TEST(a_second_state_asks)
{
    stage_press(&st, "s Up r"); /* the words are asked for after the y */
    stage_shows(&st, 80, 24, "Ravi Thandi has signed. Replace by “signed with reservations”?");
    stage_press(&st, "n p Esc");
    struct record *record = on_disk();
    ck_assert_uint_eq(record->nsignoffs, 1);
    record_free(record);
    stage_press(&st, "r y");
    stage_line(&st, "The flat is not damp.");
    record = on_disk();
    ck_assert_uint_eq(record->nsignoffs, 2);
    ck_assert_str_eq(record->signoffs[1].name, "Ravi Thandi");
    ck_assert_str_eq(record->signoffs[1].state, "signed with reservations");
    record_free(record);
    stage_press(&st, "Up i");
    stage_line(&st, "item 1");
    stage_press(&st, "x");
    stage_line(&st, "Not that part.");
    record = on_disk();
    ck_assert_uint_eq(record->nsignoffs, 3);
    ck_assert_str_eq(record->signoffs[2].name, "Ravi Thandi");
    ck_assert_str_eq(record->signoffs[2].scope, "item 1");
    record_free(record);
    stage_press(&st, "s s");
    stage_shows(&st, 80, 24, "Of everybody on the list a state is recorded");
}
END_TEST

START_TEST(shows_their_part)
{
    stage_shows(&st, 80, 24, "send the therapy targets home, by Fri 13");
    stage_shows(&st, 80, 24, "their position: no movement on targets 2");
    stage_shows_not(&st, 80, 24, "family support worker"); /* confidential */
    stage_press(&st, "Down Down");
    stage_shows(&st, 80, 24, "Mrs Grace Okafor");
    stage_shows(&st, 80, 24, "He practises every night");
    stage_golden(&st, 80, 24, "sign-80x24");
    stage_golden(&st, 120, 40, "sign-120x40");
    stage_golden(&st, 40, 12, "sign-40x12");
}
END_TEST

START_TEST(every_size)
{
    for (int w = 1; w <= 130; w += 7)
        for (int h = 1; h <= 40; h += 3) {
            struct surface s;
            surface_init(&s, w, h);
            app_draw(&st.app, &s);
            ck_assert_int_lt(s.cursor_x, w);
            ck_assert_int_lt(s.cursor_y, h);
            surface_free(&s);
        }
}
END_TEST

/* ---- no half-typed word is lost, and none comes under another's name ---- */

START_TEST(what_stands_ready_is_each_ones_own)
{
    stage_press(&st, "i");
    stage_line(&st, "item 1");
    stage_press(&st, "Down");
    stage_shows_not(&st, 80, 24, "with the next letter");
    stage_press(&st, "e");
    stage_line(&st, "by e-mail");
    stage_press(&st, "Up");
    stage_shows(&st, 80, 24, "with the next letter: (item 1)");
    stage_shows_not(&st, 80, 24, "by e-mail");
    stage_press(&st, "s");
    stage_shows(&st, 80, 24, "Next: Mr Quist, with the next letter: \u201cby");
    killed_and_opened();
    stage_shows(&st, 80, 24, "2 of 3 people   1 recorded");
    stage_shows(&st, 80, 24, "with the next letter: \u201cby e-mail\u201d");
    stage_press(&st, "m");
    stage_shows_not(&st, 80, 24, "with the next letter");
    struct record *record = on_disk();
    ck_assert_uint_eq(record->nsignoffs, 2);
    ck_assert_str_eq(record->signoffs[0].scope, "item 1");
    ck_assert_str_eq(record->signoffs[1].comment, "by e-mail");
    record_free(record);
}
END_TEST

START_TEST(their_words_come_back)
{
    stage_press(&st, "Down Down r");
    stage_shows(&st, 80, 24, "Ms Munro: what are the reservations");
    stage_type(&st, "That it was sad.");
    stage_press(&st, "Left Left Left Left");
    app_tick(&st.app);
    killed_and_opened();
    stage_shows(&st, 80, 24, "Ms Munro: what are the reservations");
    stage_press(&st, "Delete");
    stage_type(&st, "S");
    stage_press(&st, "Enter");
    struct record *record = on_disk();
    ck_assert_uint_eq(record->nsignoffs, 1);
    ck_assert_str_eq(record->signoffs[0].name, "Ms Jo Munro");
    ck_assert_str_eq(record->signoffs[0].comment, "That it was Sad.");
    record_free(record);
    stage_press(&st, "Up r");
    stage_shows_not(&st, 80, 24, "That it was");
}
END_TEST

/* What could not be recorded is asked again, with the words that were given. */
START_TEST(a_refusal_keeps_them)
{
    stage_press(&st, "r");
    stage_line(&st, "That it was said.");
    stage_shows(&st, 80, 24, "nothing to sign");
    stage_shows(&st, 80, 24, "That it was said.");
    struct record *record = on_disk();
    ck_assert_uint_eq(record->nsignoffs, 0);
    record_free(record);
}
END_TEST

/* The list gets shorter while somebody is asked: their words stay theirs. */
START_TEST(nobodys_words_under_anothers_name)
{
    struct session here, there;
    struct store *elsewhere;
    struct err err = {0};
    static const char *const lines[] = {"Amy First | aunt | family | family member |", "Ben Second | uncle | family | family member |", "Cara Third | aunt | family | family member |"};
    ck_assert_int_eq(session_open(&here, st.store, &st.types, meeting, false, &err), EVH_OK);
    ck_assert_int_eq(session_person(&here, (struct uuid){{0}}, lines[0], &err), EVH_OK);
    ck_assert_msg(store_open(&elsewhere, st.dir, STORE_WRITE, &st.world, &err) == EVH_OK, "%s", err.text);
    ck_assert_int_eq(session_open(&there, elsewhere, &st.types, meeting, false, &err), EVH_OK);
    for (size_t i = 1; i < NITEMS(lines); i++)
        ck_assert_int_eq(session_person(&there, (struct uuid){{0}}, lines[i], &err), EVH_OK);
    app_tick(&st.app);
    for (int i = 0; i < 20; i++)
        stage_press(&st, "Down");
    stage_press(&st, "Up r");
    stage_shows(&st, 80, 24, "Ben Second: what are the reservations");
    ck_assert_int_eq(session_undo(&here, false, &err), EVH_OK); /* Amy First goes */
    stage_line(&st, "Not what I said.");
    struct record *r = on_disk();
    ck_assert_ptr_null(record_person(r, "Amy First"));
    ck_assert_uint_gt(r->nsignoffs, 0);
    ck_assert_str_eq(r->signoffs[r->nsignoffs - 1].name, "Ben Second");
    record_free(r);
    session_close(&there);
    session_close(&here);
    store_close(elsewhere);
}
END_TEST

Suite *suite_sign(void);

Suite *suite_sign(void)
{
    Suite *s = suite_create("sign");
    TCase *c = tcase_create("november");
    tcase_add_checked_fixture(c, setup_november, teardown);
    tcase_add_loop_test(c, letter, 0, NITEMS(letters));
    tcase_add_test(c, words_are_needed);
    tcase_add_test(c, scope_date_and_words);
    tcase_add_test(c, a_bad_date_changes_nothing);
    tcase_add_test(c, goes_round);
    tcase_add_test(c, a_second_state_asks);
    tcase_add_test(c, what_stands_ready_is_each_ones_own);
    tcase_add_test(c, their_words_come_back);
    tcase_add_test(c, nobodys_words_under_anothers_name);
    suite_add_tcase(s, c);
    c = tcase_create("planned");
    tcase_add_checked_fixture(c, setup_planned, teardown);
    tcase_add_test(c, a_refusal_keeps_them);
    suite_add_tcase(s, c);
    c = tcase_create("october");
    tcase_add_checked_fixture(c, setup_october, teardown);
    tcase_add_test(c, shows_their_part);
    tcase_add_test(c, every_size);
    suite_add_tcase(s, c);
    return s;
}
