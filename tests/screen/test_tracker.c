/* The tracker over more actions than a screen has rows: limits, marks, what others change meanwhile, the picture, and when nothing can be read. */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/screen/golden.h"
#include "tests/screen/scene.h"
#include "tests/screen/stage.h"
#include "tui/tracker.h"

static struct stage st;

/* Everything that can become of an action, over several months, and a line that is disputed. */
static const char scene_september[] =
    "evenhand: 1\n"
    "meeting: sen-support\n"
    "child: Amira Haddad / A.H.\n"
    "date: 2026-09-08\n"
    "time: 10:00-11:00\n"
    "kept-by: Ravi Thandi\n"
    "kept-as: minutes\n"
    "\n"
    "people:\n"
    "Ms Anita Patel | SENCO | Oakfield Primary School | chair | 10:00-11:00\n"
    "Ravi Thandi | office manager | Oakfield Primary School | minute-taker | 10:00-11:00\n"
    "Mrs Lina Haddad | mother | family | parent, PR | 10:05-11:00\n"
    "\n"
    "# Targets\n"
    "10:10 A: Patel, print the picture cards, by 18 Sep => on every table\n"
    "  = 2026-09-16 done by Ravi Thandi: seen in the classroom\n"
    "10:12 A: Thandi, order the reading ruler, by 25 Sep\n"
    "  = 2026-10-02 done by Ravi Thandi\n"
    "10:15 A: Patel, ask the library for large print, by 9 Oct\n"
    "  = 2026-10-09 done by Ravi Thandi\n"
    "10:18 A: Patel, read with Amira three times a week, by 6 Nov\n"
    "  = disputed by Lina Haddad: it was to be every day\n"
    "10:20 A: Lina Haddad, bring the glasses prescription, by 20 Nov\n"
    "  = 2026-11-03 note by Ravi Thandi: the optician was ill\n"
    "10:25 A: Thandi, ask for the hall on sports day, by 25 Jun\n"
    "10:30 A: Thandi, look for a second reader\n"
    "  = 2026-09-30 withdrawn by Ravi Thandi: nobody is free\n"
    "11:00 end\n";

/* As many as asked for, a day apart from 1 December on. */
static void import_many(size_t n)
{
    struct buf b = {0};
    buf_adds(&b, "evenhand: 1\nmeeting: taf\nchild: Zoe Zander / Z.Z.\ndate: 2026-11-20\ntime: 09:00-10:00\nkept-by: Ravi Thandi\nkept-as: minutes\n\n"
                 "people:\nRavi Thandi | office manager | Oakfield Primary School | chair | 09:00-10:00\n\n# Many\n");
    for (size_t i = 0; i < n; i++) {
        buf_addf(&b, "09:%02zu A: Thandi, job number %zu, by ", i % 60, i + 1);
        civil_put_day(&b, civil_day((struct civil){2026, 12, 1}) + (int32_t)i);
        buf_addc(&b, '\n');
    }
    stage_import(&st, buf_str(&b));
    buf_free(&b);
}

static void set_up(void)
{
    stage_open(&st);
    stage_import(&st, scene_october);
    stage_import(&st, scene_november);
    stage_import(&st, scene_september);
    ck_assert(app_push(&st.app, &view_actions, NULL));
}

static void tear_down(void)
{
    stage_close(&st);
}

static const struct {
    int w, h;
} sizes[] = {{80, 24}, {120, 40}, {40, 12}};

static void golden(const char *name)
{
    for (size_t i = 0; i < NITEMS(sizes); i++) {
        char full[80];
        snprintf(full, sizeof full, "%s-%dx%d", name, sizes[i].w, sizes[i].h);
        stage_golden(&st, sizes[i].w, sizes[i].h, full);
    }
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

/* What another program does. */
static void elsewhere(const char *words, const char *change, const char *note)
{
    struct action_row row;
    struct err err = {0};
    row_of(words, &row);
    struct action_edit edit = {.change = change, .note = note, .on = DAY_NONE, .due = civil_day((struct civil){2026, 11, 14}), .due_time = TIME_NONE};
    ck_assert_msg(op_action(st.store, row.id, &edit, &err) == EVH_OK, "%s", err.text);
}

static void pick_limit(const char *what, const char *which)
{
    stage_press(&st, "l");
    stage_type(&st, what);
    stage_press(&st, "Enter");
    if (which != NULL)
        stage_line(&st, which);
}

/* Row of the screen in which the cursor is, as text. */
static void cursor_row(int w, int h, int *y, char *text, size_t size)
{
    struct surface s;
    surface_init(&s, w, h);
    app_draw(&st.app, &s);
    *y = s.cursor_y;
    size_t n = 0;
    for (int x = 0; x < w; x++)
        for (const char *c = s.cells[s.cursor_y * w + x].text; *c != '\0' && n + 1 < size; c++)
            text[n++] = *c;
    text[n] = '\0';
    surface_free(&s);
}

START_TEST(looks)
{
    golden("tracker");
    pick_limit("all", NULL);
    golden("tracker-all");
    stage_press(&st, "Esc");
    st.app.ascii = true;
    stage_golden(&st, 80, 24, "tracker-ascii-80x24");
}
END_TEST

START_TEST(limits_hold_together)
{
    pick_limit("overdue", NULL);
    pick_limit("owner", "patel");
    golden("tracker-limited");
    stage_shows(&st, 80, 24, "only: overdue \xc2\xb7 owner Ms Anita Patel  (2 shown");
    stage_shows(&st, 80, 24, "send the therapy");
    stage_shows_not(&st, 80, 24, "glasses prescription"); /* overdue, but not hers */
    stage_shows_not(&st, 80, 24, "confidential");         /* hers, but not overdue */
    pick_limit("owner", "haddad"); /* again: changes that one only */
    stage_shows(&st, 80, 24, "overdue \xc2\xb7 owner Mrs Lina Haddad  (1 shown");
    pick_limit("owner", "anybody");
    pick_limit("owner", "haddad");
    pick_limit("owner", "haddad"); /* the same once more drops it */
    stage_shows_not(&st, 80, 24, "owner Mrs");
    pick_limit("child", "A.H.");
    stage_shows(&st, 80, 24, "overdue \xc2\xb7 child A.H.  (2 shown");
    pick_limit("open", NULL);
    stage_shows(&st, 80, 24, "only: child A.H.  (3 shown");
    pick_limit("words", "glasses");
    stage_shows(&st, 80, 24, "with \xe2\x80\x9cglasses\xe2\x80\x9d  (1 shown");
    stage_press(&st, "Esc");
    stage_shows_not(&st, 80, 24, "only:");
    ck_assert_str_eq(st.app.top->class->name, "actions");
    stage_press(&st, "Esc");
    ck_assert(st.app.quit);
}
END_TEST

START_TEST(the_count_is_never_cut_away)
{
    pick_limit("overdue", NULL);
    pick_limit("owner", "patel");
    pick_limit("child", "T.O.");
    pick_limit("meeting type", "child");
    pick_limit("words", "send the therapy targets");
    stage_shows(&st, 80, 24, "shown; Esc shows all)");
    stage_shows(&st, 40, 12, "; Esc: all)");
    pick_limit("overdue", NULL);
    stage_shows(&st, 80, 24, "only: owner"); /* picked once more, it is dropped */
}
END_TEST

START_TEST(what_nobody_owns)
{
    pick_limit("owner", "nobody");
    stage_shows(&st, 80, 24, "No action is like that.");
    stage_import(&st, "evenhand: 1\nmeeting: taf\nchild: Bo Bell / B.B.\ndate: 2026-11-20\ntime: 10:00-11:00\nkept-by: Ravi Thandi\nkept-as: minutes\n\n"
                 "people:\nRavi Thandi | office manager | Oakfield Primary School | chair | 10:00-11:00\n\n# All\n10:40 A: look for the key, by 4 Dec\n");
    app_tick(&st.app);
    stage_shows(&st, 80, 24, "only: owner nobody  (1 shown");
    stage_shows(&st, 80, 24, "look for the key");
    pick_limit("owner", "patel");
    stage_shows(&st, 80, 24, "owner Ms Anita Patel");
    stage_shows_not(&st, 80, 24, "look for the key");
}
END_TEST

START_TEST(limits_by_type_and_by_what_is_due_soon)
{
    pick_limit("meeting type", NULL);
    stage_shows(&st, 80, 24, "Team around the family");
    stage_line(&st, "around the family");
    stage_shows(&st, 80, 24, "only: Team around the family");
    stage_shows(&st, 80, 24, "housing manager");
    stage_shows_not(&st, 80, 24, "two dates");
    stage_press(&st, "Esc");
    pick_limit("due soon", NULL);
    stage_shows(&st, 80, 24, "only: due soon  (1 shown");
    stage_shows(&st, 80, 24, "two dates");
}
END_TEST

START_TEST(a_limit_that_nothing_is_like_says_so)
{
    pick_limit("words", "no such words");
    stage_shows(&st, 80, 24, "No action is like that.");
    golden("tracker-nothing");
    stage_press(&st, "Down End Enter c");
    ck_assert_str_eq(st.app.top->class->name, "actions");
}
END_TEST

START_TEST(sorting)
{
    stage_press(&st, "o");
    stage_shows(&st, 80, 24, "sorted by owner");
    stage_press(&st, "o o");
    stage_shows(&st, 80, 24, "sorted by meeting type");
    stage_press(&st, "o");
    stage_shows_not(&st, 80, 24, "sorted by");
}
END_TEST

START_TEST(marks_change_together_or_not_at_all)
{
    struct action_row row;
    stage_press(&st, "Space Space Space");
    golden("tracker-marked");
    elsewhere("read with Amira", "done", NULL);
    stage_press(&st, "c");
    stage_shows(&st, 80, 24, "3 actions (A4, A1, A1): done on which day?"); /* not ticked yet: one of them is done already */
    stage_press(&st, "Enter Enter");
    stage_shows(&st, 80, 24, "A4 of 8 September 2026 (A.H.) is already");
    row_of("therapy targets", &row);
    ck_assert_str_eq(row.status, "open");
    stage_press(&st, "Esc");
    stage_shows(&st, 80, 24, "2 marked"); /* the finished one is not shown any more */
    stage_press(&st, "t");
    stage_line(&st, "11 Dec");
    stage_line(&st, "half term came between");
    stage_shows(&st, 80, 24, "2 actions (A1, A1) are now due on Fri 11 Dec 2026. u takes all of it back.");
    row_of("therapy targets", &row);
    ck_assert_int_eq(row.due, civil_day((struct civil){2026, 12, 11}));
    stage_press(&st, "u");
    stage_shows(&st, 80, 24, "Taken back: \xe2\x80\x9c" "2 actions (A1, A1) are now due on Fri 11 Dec 2026\xe2\x80\x9d");
    row_of("therapy targets", &row);
    ck_assert_int_eq(row.due, civil_day((struct civil){2026, 11, 13}));
    stage_press(&st, "R");
    stage_shows(&st, 80, 24, "Again: ");
    row_of("therapy targets", &row);
    ck_assert_int_eq(row.due, civil_day((struct civil){2026, 12, 11}));
}
END_TEST

/* The cursor goes on when a row is marked: what is asked and what is changed is the marked one all the same. */
START_TEST(a_single_mark_is_what_is_changed)
{
    struct action_row row;
    stage_press(&st, "Down Space c");
    stage_shows(&st, 80, 24, " A1 (T.O.)"); /* and no other */
    stage_press(&st, "Enter Enter");
    stage_shows(&st, 80, 24, "is done, Tue 24 Nov 2026");
    row_of("therapy targets", &row);
    ck_assert_str_eq(row.status, "done");
    row_of("housing manager", &row);
    ck_assert_str_eq(row.status, "open");
}
END_TEST

START_TEST(several_have_no_one_owner)
{
    struct action_row row;
    stage_press(&st, "Space Space w");
    stage_shows(&st, 80, 24, "who does them?");
    stage_type(&st, "Ravi Thandi");
    stage_press(&st, "Enter");
    stage_line(&st, "he has the time");
    stage_shows(&st, 80, 24, "2 actions (A4, A1) now belong to Ravi Thandi");
    row_of("read with Amira", &row);
    ck_assert_str_eq(row.owner, "Ravi Thandi");
}
END_TEST

START_TEST(dates_have_room_for_their_year)
{
    struct action_row row;
    stage_shows(&st, 40, 12, "  25 Jun '27");
    row_of("two dates", &row);
    st.now.day = row.due + 270;
    app_tick(&st.app);
    stage_shows(&st, 40, 12, " 270d ");
    stage_shows(&st, 80, 24, "A2 Oct '26"); /* where it comes from too is of another year by then */
    stage_shows(&st, 80, 24, "27 Nov 2026 270d ");
    st.now.day = row.due + 1100;
    app_tick(&st.app);
    stage_shows(&st, 40, 12, "  3y ");
}
END_TEST

/* The screen stays open over midnight, and while an hour passes. */
START_TEST(what_becomes_overdue_says_so)
{
    char before[512], after[512];
    int y, y2;
    stage_press(&st, "/");
    stage_line(&st, "two dates");
    cursor_row(80, 24, &y, before, sizeof before);
    ck_assert_ptr_null(strchr(before, '!'));
    st.now.day += 4;
    app_tick(&st.app);
    cursor_row(80, 24, &y2, after, sizeof after);
    ck_assert_ptr_nonnull(strstr(after, "! Fri 27 Nov    1d"));
    ck_assert_int_eq(y, y2);
    stage_shows(&st, 80, 24, "overdue 5");
}
END_TEST

/* A question was asked and agreed to: then it is done, though another program, or an import, made the change. */
START_TEST(what_was_agreed_to_is_taken_back)
{
    struct action_row row;
    stage_press(&st, "c Enter Enter u"); /* one change here, and none left */
    stage_press(&st, "/");
    stage_line(&st, "glasses prescription");
    stage_press(&st, "u");
    stage_shows(&st, 80, 24, "optician was ill");
    stage_shows(&st, 80, 24, "n no)");
    stage_press(&st, "y");
    stage_shows(&st, 80, 24, "Taken back: ");
    row_of("glasses prescription", &row);
    ck_assert_int_eq((int)row.nhistory, 0);
    stage_press(&st, "R");
    stage_shows(&st, 80, 24, "Again: ");
    row_of("glasses prescription", &row);
    ck_assert_int_eq((int)row.nhistory, 1);
    stage_press(&st, "u");
    row_of("glasses prescription", &row);
    ck_assert_int_eq((int)row.nhistory, 0);
    stage_press(&st, "u");
    stage_shows(&st, 80, 24, "it has no change that could");
    app_pop(&st.app);
    st.app.quit = false;
    ck_assert(app_push(&st.app, &view_actions, NULL)); /* which knows nothing of it */
    stage_press(&st, "/");
    stage_line(&st, "glasses prescription");
    stage_press(&st, "R");
    stage_shows(&st, 80, 24, "Give again what was taken back of A5");
    stage_shows(&st, 80, 24, "optician was ill");
    stage_press(&st, "y");
    row_of("glasses prescription", &row);
    ck_assert_int_eq((int)row.nhistory, 1);
}
END_TEST

START_TEST(a_story_undoes_its_own)
{
    struct action_row row;
    stage_press(&st, "Home /");
    stage_line(&st, "therapy targets");
    stage_press(&st, "m");
    stage_line(&st, "half is printed");
    stage_press(&st, "/ C-u");
    stage_line(&st, "housing manager");
    stage_press(&st, "m");
    stage_line(&st, "rang twice");
    stage_press(&st, "/ C-u");
    stage_line(&st, "therapy targets");
    stage_press(&st, "Enter u");
    stage_shows(&st, 80, 24, "Taken back: ");
    row_of("therapy targets", &row);
    ck_assert_int_eq((int)row.nhistory, 0);
    row_of("housing manager", &row);
    ck_assert_int_eq((int)row.nhistory, 1);
    stage_press(&st, "u");
    stage_shows(&st, 80, 24, "it has no change that could");
    stage_press(&st, "Esc Space Down Space c Enter Enter"); /* two together: one's story says so first */
    row_of("therapy targets", &row);
    ck_assert_str_eq(row.status, "done");
    pick_limit("all", NULL);
    stage_press(&st, "/ C-u");
    stage_line(&st, "therapy targets");
    stage_press(&st, "Enter u");
    stage_shows(&st, 80, 24, "Take it back for all 2: ");
    stage_press(&st, "y");
    row_of("therapy targets", &row);
    ck_assert_str_eq(row.status, "open");
}
END_TEST

START_TEST(what_happens_elsewhere_is_said)
{
    struct action_row row;
    stage_press(&st, "/");
    stage_line(&st, "therapy targets");
    stage_press(&st, "m");
    stage_type(&st, "half a sen");
    elsewhere("therapy targets", "note", "the printer is broken");
    app_tick(&st.app);
    stage_shows(&st, 80, 24, "was given a note elsewhere meanwhile.");
    elsewhere("therapy targets", "done", NULL);
    stage_line(&st, "tence");
    stage_shows(&st, 80, 24, "was completed elsewhere meanwhile: Enter");
    stage_shows(&st, 80, 24, "half a sentence");
    row_of("therapy targets", &row);
    ck_assert_int_eq((int)row.nhistory, 2);
    stage_press(&st, "Enter");
    row_of("therapy targets", &row);
    ck_assert_int_eq((int)row.nhistory, 3);
    stage_press(&st, "/ C-u");
    stage_line(&st, "housing manager");
    stage_press(&st, "Enter");
    elsewhere("housing manager", "done", NULL);
    app_tick(&st.app);
    stage_shows(&st, 80, 24, "was completed elsewhere meanwhile.");
}
END_TEST

START_TEST(undo_takes_nobody_elses_change_back)
{
    struct action_row row;
    stage_press(&st, "/");
    stage_line(&st, "two dates");
    stage_press(&st, "m");
    stage_line(&st, "the clinic was rung");
    elsewhere("two dates", "note", "Dr Lin is ill");
    stage_press(&st, "u");
    stage_shows(&st, 80, 24, "Not taken back, as there was another change since");
    row_of("two dates", &row);
    ck_assert_int_eq((int)row.nhistory, 3);
    stage_press(&st, "u");
    stage_shows(&st, 80, 24, "Take back the last change of A2 (T.O.)");
}
END_TEST

START_TEST(what_others_change_moves_nothing)
{
    char before[512], after[512];
    int y, y2;
    import_many(60);
    app_tick(&st.app);
    stage_press(&st, "/");
    stage_line(&st, "job number 30");
    stage_press(&st, "Down Down Up Space Up");
    cursor_row(80, 24, &y, before, sizeof before);
    ck_assert_ptr_nonnull(strstr(before, "job number 31"));
    stage_press(&st, "m");
    stage_type(&st, "half a sen");
    elsewhere("therapy targets", "done", NULL);
    elsewhere("job number 5", "withdraw", "not needed");
    elsewhere("job number 40", "due", "sooner");
    app_tick(&st.app);
    stage_shows(&st, 80, 24, "half a sen");
    stage_shows(&st, 80, 24, "1 marked");
    stage_press(&st, "Esc");
    cursor_row(80, 24, &y2, after, sizeof after);
    ck_assert_str_eq(before, after);
    ck_assert_int_eq(y, y2);
    elsewhere("job number 31", "done", NULL); /* the one that is looked at */
    app_tick(&st.app);
    cursor_row(80, 24, &y2, after, sizeof after);
    ck_assert_ptr_nonnull(strstr(after, "job number 32"));
    ck_assert_int_eq(y, y2);
}
END_TEST

/* Only a screenful is read at first; the first key finds all of it. */
START_TEST(the_rest_is_read_in_time)
{
    import_many(200);
    app_pop(&st.app);
    st.app.quit = false;
    ck_assert(app_push(&st.app, &view_actions, NULL));
    const struct tracker *t = st.app.top->state;
    ck_assert(t->list_of.part);
    ck_assert_uint_eq(t->list_of.ids.n, TRACKED_FIRST);
    char row[512];
    int y;
    stage_press(&st, "End Up");
    cursor_row(80, 24, &y, row, sizeof row);
    ck_assert_ptr_nonnull(strstr(row, "ask for the hall")); /* 25 June; after it only one without a date */
    ck_assert(!t->list_of.part);
    stage_press(&st, "Home /");
    stage_line(&st, "job number 150");
    cursor_row(80, 24, &y, row, sizeof row);
    ck_assert_ptr_nonnull(strstr(row, "job number 150"));
    stage_press(&st, "/ C-u");
    stage_line(&st, "job number 1");
    stage_press(&st, "N"); /* round the beginning: from above */
    cursor_row(80, 24, &y, row, sizeof row);
    ck_assert_ptr_nonnull(strstr(row, "job number 1"));
}
END_TEST

START_TEST(disputed_and_finished_stories)
{
    stage_press(&st, "/");
    stage_line(&st, "disputed");
    stage_press(&st, "Enter");
    golden("story-disputed");
    stage_shows(&st, 80, 24, "Disputed by Mrs Lina Haddad: it was to be every day");
    stage_press(&st, "Esc");
    pick_limit("all", NULL);
    stage_press(&st, "/ C-u");
    stage_line(&st, "reading ruler");
    stage_press(&st, "Enter");
    golden("story-late");
    stage_shows(&st, 80, 24, "done on Fri 2 Oct 2026, 7 days late");
    stage_press(&st, "c");
    stage_shows(&st, 80, 24, "is done already");
    stage_press(&st, "Enter");
    ck_assert_str_eq(st.app.top->class->name, "minutes");
    stage_press(&st, "Esc Esc / C-u");
    stage_line(&st, "large print");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "done on Fri 9 Oct 2026, in time");
}
END_TEST

START_TEST(the_picture)
{
    stage_press(&st, "p");
    golden("picture");
    st.app.ascii = true;
    stage_golden(&st, 80, 24, "picture-ascii-80x24");
    st.app.ascii = false;
    stage_press(&st, "Tab");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "only: child A.H.");
    stage_press(&st, "p Down Enter"); /* one of its months: with the finished ones */
    stage_shows(&st, 80, 24, "only: all, finished ones too \xc2\xb7 child A.H.");
    stage_press(&st, "p Home Enter Esc");
    stage_shows_not(&st, 80, 24, "only:");
}
END_TEST

START_TEST(the_picture_follows_and_fits_many)
{
    import_many(200);
    stage_press(&st, "p");
    stage_shows(&st, 80, 24, "(a sign: up to ");
    stage_press(&st, "Tab Tab");
    stage_shows(&st, 40, 12, "# in time  + late  ! overdue  o open");
    stage_press(&st, "Home");
    elsewhere("housing manager", "done", NULL);
    app_tick(&st.app);
    stage_shows(&st, 80, 24, "2 late");
}
END_TEST

/* The sentence names the folder, whose last letters are another's each time. */
static void failed_golden(int w, int h)
{
    char name[80];
    struct buf b = {0};
    stage_text(&st, w, h, &b);
    const char *letters = strrchr(st.dir, '-') + 1;
    for (char *at; (at = strstr(b.s, letters)) != NULL;)
        memset(at, 'X', strlen(letters));
    snprintf(name, sizeof name, "tracker-failed-%dx%d", w, h);
    golden_check_text(name, b.s);
    buf_free(&b);
}

/* Another file takes the database's place, and later it is back. */
START_TEST(when_nothing_can_be_read)
{
    char here[128], away[128], own[128];
    snprintf(here, sizeof here, "%s/evenhand.db", st.dir);
    snprintf(away, sizeof away, "%s/away", st.dir);
    snprintf(own, sizeof own, "%s/own", st.dir);
    struct err err = {0};
    ck_assert_msg(store_backup(st.store, away, false, &err) == EVH_OK, "%s", err.text);
    ck_assert_int_eq(link(here, own), 0);
    ck_assert_int_eq(rename(away, here), 0);
    stage_press(&st, "o");
    app_tick(&st.app); /* says it once; then it stands there */
    stage_press(&st, "Down");
    stage_shows(&st, 80, 24, "As it was read last: ");
    stage_shows(&st, 80, 24, "housing manager");
    stage_shows_not(&st, 80, 24, "sorted by"); /* it could not be read so */
    ck_assert(app_push(&st.app, &view_actions, NULL));
    for (size_t i = 0; i < NITEMS(sizes); i++)
        failed_golden(sizes[i].w, sizes[i].h);
    stage_press(&st, "Down Enter c / Esc p");
    stage_shows_not(&st, 80, 24, "All children");
    ck_assert_int_eq(rename(own, here), 0);
    app_tick(&st.app);
    stage_shows(&st, 80, 24, "All children"); /* without a key */
    stage_press(&st, "Esc");
    stage_shows(&st, 80, 24, "housing manager");
    stage_shows_not(&st, 80, 24, "As it was read last: ");
}
END_TEST

START_TEST(when_there_is_none)
{
    struct stage other;
    memcpy(&other, &st, sizeof other);
    stage_open(&st);
    ck_assert(app_push(&st.app, &view_actions, NULL));
    golden("tracker-empty");
    stage_press(&st, "p");
    stage_shows(&st, 80, 24, "No action was agreed yet.");
    stage_press(&st, "Tab Enter Down n");
    stage_close(&st);
    memcpy(&st, &other, sizeof st);
    st.world.data = &st;
}
END_TEST

START_TEST(reading_only)
{
    static const char *const keys[] = {"c", "w", "t", "m", "x", "u", "R"};
    st.app.read_only = true;
    for (size_t i = 0; i < NITEMS(keys); i++) {
        stage_press(&st, keys[i]);
        ck_assert_msg(strcmp(st.app.top->class->name, "actions") == 0, "%s asks", keys[i]);
        stage_shows(&st, 80, 24, "pen for reading only");
    }
    stage_press(&st, "p Enter l Esc Space / Esc Enter");
    ck_assert_str_eq(st.app.top->class->name, "action");
}
END_TEST

Suite *suite_tracker(void);
Suite *suite_tracker(void)
{
    Suite *s = suite_create("tracker");
    TCase *t = tcase_create("tracker");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, looks);
    tcase_add_test(t, a_single_mark_is_what_is_changed);
    tcase_add_test(t, several_have_no_one_owner);
    tcase_add_test(t, dates_have_room_for_their_year);
    tcase_add_test(t, what_becomes_overdue_says_so);
    tcase_add_test(t, limits_hold_together);
    tcase_add_test(t, limits_by_type_and_by_what_is_due_soon);
    tcase_add_test(t, a_limit_that_nothing_is_like_says_so);
    tcase_add_test(t, the_count_is_never_cut_away);
    tcase_add_test(t, what_nobody_owns);
    tcase_add_test(t, what_was_agreed_to_is_taken_back);
    tcase_add_test(t, a_story_undoes_its_own);
    tcase_add_test(t, what_happens_elsewhere_is_said);
    tcase_add_test(t, sorting);
    tcase_add_test(t, marks_change_together_or_not_at_all);
    tcase_add_test(t, undo_takes_nobody_elses_change_back);
    tcase_add_test(t, what_others_change_moves_nothing);
    tcase_add_test(t, the_rest_is_read_in_time);
    tcase_add_test(t, disputed_and_finished_stories);
    tcase_add_test(t, the_picture);
    tcase_add_test(t, the_picture_follows_and_fits_many);
    tcase_add_test(t, when_nothing_can_be_read);
    tcase_add_test(t, when_there_is_none);
    tcase_add_test(t, reading_only);
    suite_add_tcase(s, t);
    return s;
}
