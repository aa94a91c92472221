/* Screens that are open for reading only, and what is written down of who opened what. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tests/screen/scene.h"
#include "tests/screen/stage.h"
#include "tui/reading.h"

static struct stage st;
static struct uuid meeting;

static void set_up(void)
{
    stage_open(&st);
    meeting = stage_import(&st, scene_october);
    st.app.read_only = true;
}

static void tear_down(void)
{
    stage_close(&st);
}

START_TEST(the_live_screen)
{
    ck_assert(app_push(&st.app, &view_live, &meeting));
    stage_golden(&st, 80, 24, "reading-live-80x24");
    stage_golden(&st, 40, 12, "reading-live-40x12");
    stage_golden(&st, 120, 40, "reading-live-120x40");
    app_text(&st.app, "words", 5, true);
    stage_shows(&st, 80, 24, "nothing can be changed");
    stage_press(&st, "Up Up Enter");
    stage_shows(&st, 80, 24, "READ BACK");
    stage_press(&st, "Esc F7");
    stage_golden(&st, 80, 24, "reading-people-80x24");
    stage_press(&st, "Esc");
    ck_assert_ptr_eq(st.app.top->class, &view_live);
    stage_press(&st, "Esc");
    ck_assert(st.app.quit);
}
END_TEST

/* Nobody has recorded anything: there is no entry that could be in focus. */
START_TEST(an_empty_meeting)
{
    struct uuid planned = stage_import(&st, scene_planned);
    ck_assert(app_push(&st.app, &view_live, &planned));
    stage_press(&st, "Up Down PgUp Home End Enter Space / ");
    stage_press(&st, "Esc");
    stage_shows(&st, 80, 24, "nothing is typed here");
}
END_TEST

/* Whatever stands above it, each action that changes something is refused in the same words, and opens nothing. */
START_TEST(every_action_that_changes)
{
    static const struct view_class *const classes[] = {&view_home, &view_live, &view_sign, &view_minutes, &view_check, &view_actions};
    size_t refused = 0;
    for (size_t i = 0; i < NITEMS(classes); i++) {
        ck_assert(app_push(&st.app, classes[i], &meeting));
        for (enum action a = ACTION_NONE + 1; a < ACTION_COUNT; a++) {
            if (!key_changes(a))
                continue;
            st.app.message[0] = '\0';
            app_act(&st.app, a);
            ck_assert_str_eq(st.app.message, "Open for reading only: nothing can be changed.");
            ck_assert_ptr_eq(st.app.top->class, classes[i]);
            refused++;
        }
        stage_shows(&st, 80, 24, "READING ONLY");
    }
    ck_assert_uint_ge(refused, 6 * 70);
}
END_TEST

/* What others write is followed: the newest entry stays in focus, another one where it was. */
START_TEST(it_follows)
{
    struct session other;
    struct err err = {0};
    ck_assert(app_push(&st.app, &view_live, &meeting));
    ck_assert_int_eq(session_open(&other, st.store, st.app.types, meeting, false, &err), EVH_OK);
    ck_assert_int_eq(session_line(&other, "//a late word", 13, &err), EVH_OK);
    app_tick(&st.app);
    stage_shows(&st, 80, 24, "a late word");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "a late word");
    stage_press(&st, "Esc Up Up");
    ck_assert_int_eq(session_line(&other, "//a later word", 14, &err), EVH_OK);
    app_tick(&st.app);
    stage_press(&st, "Enter");
    stage_shows_not(&st, 80, 24, "later word");
    session_close(&other);
}
END_TEST

/* ---- visits ---- */

static size_t visits(const char *what)
{
    struct arena *arena = arena_new();
    struct visit_rows rows = {0};
    struct err err = {0};
    size_t n = 0;
    ck_assert_int_eq(store_visits(st.store, arena, &(struct visit_filter){.since = DAY_NONE}, &rows, &err), EVH_OK);
    for (size_t i = 0; i < rows.n; i++)
        n += strcmp(rows.v[i].what, what) == 0 && uuid_same(rows.v[i].meeting, meeting) && rows.v[i].name != NULL;
    arena_free(arena);
    return n;
}

START_TEST(unnamed_visits_wait_for_a_pause)
{
    st.app.read_only = false;
    st.app.visits.account = visits_account;
    st.app.visits.store = st.store;
    ck_assert(app_push(&st.app, &view_minutes, &meeting));
    ck_assert_uint_eq(visits("minutes"), 0);
    app_tick(&st.app);
    ck_assert_uint_eq(visits("minutes"), 1);
    ck_assert(app_push(&st.app, &view_minutes, &meeting));
    ck_assert(app_push(&st.app, &view_sign, &meeting));
    app_tick(&st.app);
    ck_assert_uint_eq(visits("minutes"), 1);
    ck_assert_uint_eq(visits("sign-off"), 1);
    ck_assert_int_eq(store_trouble(st.store, NULL), EVH_OK);
}
END_TEST

START_TEST(named_visits_come_before_what_is_shown)
{
    static const struct view_class *const classes[] = {&view_live, &view_sign, &view_minutes, &view_check};
    struct err err = {0};
    struct store *reading = NULL;
    struct visitor who = {.name = "Anita Patel", .person = meeting}; /* any id will do */
    ck_assert_int_eq(store_set_visitor(st.store, &who, &err), EVH_OK);
    st.app.visits.store = st.store;
    st.app.visits.named = true;
    ck_assert(app_push(&st.app, &view_live, &meeting));
    ck_assert_uint_eq(visits("meeting"), 1);
    stage_press(&st, "F7");
    ck_assert_uint_eq(visits("people"), 1);
    /* What cannot be written down is not shown. */
    ck_assert_int_eq(store_open(&reading, st.dir, STORE_READ, &st.world, &err), EVH_OK);
    st.app.visits.store = reading;
    for (size_t i = 0; i < NITEMS(classes); i++) {
        const struct view *top = st.app.top;
        ck_assert(!app_push(&st.app, classes[i], &meeting));
        ck_assert_ptr_eq(st.app.top, top);
    }
    st.app.visits.store = NULL;
    store_close(reading);
}
END_TEST

Suite *suite_reading(void);
Suite *suite_reading(void)
{
    Suite *s = suite_create("reading");
    TCase *t = tcase_create("reading");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, the_live_screen);
    tcase_add_test(t, an_empty_meeting);
    tcase_add_test(t, every_action_that_changes);
    tcase_add_test(t, it_follows);
    tcase_add_test(t, unnamed_visits_wait_for_a_pause);
    tcase_add_test(t, named_visits_come_before_what_is_shown);
    suite_add_tcase(s, t);
    return s;
}
