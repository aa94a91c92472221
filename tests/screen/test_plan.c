/* Planning: what is typed into the form is the head and the list of people of a file; nothing is lost; the last meeting is carried over. */
#include <check.h>
#include <string.h>

#include "core/text.h"
#include "tests/screen/scene.h"
#include "tests/screen/stage.h"
#include "tui/plan.h"

static struct stage st;

static void set_up(void)
{
    stage_open(&st);
}

static void tear_down(void)
{
    stage_close(&st);
}

static void open_plan(void)
{
    ck_assert(app_push(&st.app, &view_home, NULL));
    ck_assert(app_push(&st.app, &view_plan, NULL));
}

static void printed(const char *which, struct buf *out)
{
    struct uuid id;
    struct record *record;
    struct err err = {0};
    ck_assert_msg(store_find_meeting(st.store, which, &id, &err) == EVH_OK, "%s", err.text);
    ck_assert_msg(store_record(st.store, id, &record, &err) == EVH_OK, "%s", err.text);
    notation_print(out, record);
    record_free(record);
}

static void printed_id(struct uuid id, struct buf *out)
{
    char text[UUID_TEXT];
    uuid_text(id, text);
    printed(text, out);
}

static struct uuid planned(void)
{
    struct meeting_rows rows;
    struct err err = {0};
    ck_assert_msg(store_meetings(st.store, st.arena, NULL, 0, &rows, &err) == EVH_OK, "%s", err.text);
    for (size_t i = 0; i < rows.n; i++)
        if (strcmp(rows.v[i].status, "planned") == 0)
            return rows.v[i].id;
    ck_abort_msg("nothing is planned: %s", st.app.message);
}

static void next_fields(int n)
{
    while (n-- > 0)
        stage_press(&st, "Down");
}

static const char full_head[] =
    "evenhand: 1\n"
    "meeting: sen-support - Mid-year review\n"
    "child: \xd9\x86\xd9\x88\xd8\xb1 = Nour Khatib / Nour\n"
    "child: Sami Khatib / Sami\n"
    "date: 2026-12-08\n"
    "time: 08:45-09:30\n"
    "place: the classroom, interpreter by video\n"
    "kept-by: Owen Llewellyn\n"
    "kept-as: minutes\n"
    "purpose: see what has helped this term\n"
    "notice-sent: 2026-11-10\n"
    "papers-sent: 2026-11-20\n"
    "school-year: 2\n"
    "transfer: none\n"
    "conflict: Owen Llewellyn - lives next door; nobody objected\n"
    "next-meeting: none: set after the holidays\n"
    "\n"
    "people:\n"
    "Bethan Prys-Jones | class teacher | Rhosfield Primary School | chair | 08:45-09:30\n"
    "Rima Khatib = \xd8\xb1\xd9\x8a\xd9\x85\xd8\xa7 | mother | family | parent, PR | 08:45-09:30\n"
    "Hana Zaki | interpreter | Clear Voice agency | interpreter Arabic for Rima Khatib | 08:45-09:02 by video, 09:08-09:30 by video\n"
    "(deputy safeguarding lead) | | Rhosfield Primary School | observer | apologies: clinic overran\n"
    "help: Rima Khatib | advocate | offered 2026-11-30 by Bethan Prys-Jones | declined: Not today. |\n"
    "contact: 2026-11-30 10:20 | letter | Karim Khatib | Bethan Prys-Jones | no reply\n";

static void type_full_head(void)
{
    stage_type(&st, "sen");
    stage_press(&st, "Enter");
    stage_line(&st, "Mid-year review");
    stage_line(&st, "\xd9\x86\xd9\x88\xd8\xb1 = Nour Khatib");
    stage_line(&st, "Nour");
    stage_press(&st, "Enter");
    stage_line(&st, "8 Dec");
    stage_line(&st, "8.45-9.30");
    stage_line(&st, "the classroom, interpreter by video");
    stage_line(&st, "Owen Llewellyn");
    stage_press(&st, "Enter");
    stage_line(&st, "see what has helped this term");
    stage_line(&st, "Bethan Prys-Jones | class teacher | Rhosfield Primary School | chair | 08:45-09:30");
    stage_line(&st, "Rima Khatib = \xd8\xb1\xd9\x8a\xd9\x85\xd8\xa7 | mother | family | parent, PR | 08:45-09:30");
    stage_line(&st, "Hana Zaki | interpreter | Clear Voice agency | interpreter Arabic for Rima Khatib | 08:45-09:02 by video, 09:08-09:30 by video");
    stage_line(&st, "(deputy safeguarding lead) | | Rhosfield Primary School | observer | apologies: clinic overran");
    stage_press(&st, "Enter");
    stage_line(&st, "Rima Khatib | advocate | offered 2026-11-30 by Bethan Prys-Jones | declined: Not today. |");
    stage_line(&st, "contact: 2026-11-30 10:20 | letter | Karim Khatib | Bethan Prys-Jones | no reply");
    next_fields(3); /* past help's blank row, the agenda that is offered, and what is carried over */
    stage_line(&st, "child: Sami Khatib / Sami");
    stage_line(&st, "notice-sent: 10 Nov");
    stage_line(&st, "papers-sent: 2026-11-20");
    stage_line(&st, "school-year: 2");
    stage_line(&st, "transfer: none");
    stage_line(&st, "conflict: Owen Llewellyn - lives next door; nobody objected");
    stage_line(&st, "next-meeting: none: set after the holidays");
}

START_TEST(what_is_typed_equals_what_is_imported)
{
    struct buf typed = {0}, imported = {0};
    open_plan();
    type_full_head();
    stage_golden(&st, 80, 24, "plan-filled-80x24");
    stage_press(&st, "F2");
    ck_assert_str_eq(st.app.top->class->name, "home");
    printed_id(planned(), &typed);
    printed_id(stage_import(&st, full_head), &imported);
    ck_assert_str_eq(buf_str(&typed), buf_str(&imported));
    buf_free(&typed);
    buf_free(&imported);
}
END_TEST

START_TEST(a_pasted_head_finds_its_fields)
{
    struct buf typed = {0}, imported = {0};
    open_plan();
    app_text(&st.app, full_head, strlen(full_head), true);
    stage_golden(&st, 120, 40, "plan-pasted-120x40");
    stage_press(&st, "C-s");
    printed_id(planned(), &typed);
    printed_id(stage_import(&st, full_head), &imported);
    ck_assert_str_eq(buf_str(&typed), buf_str(&imported));
    buf_free(&typed);
    buf_free(&imported);
}
END_TEST

START_TEST(looks)
{
    open_plan();
    stage_golden(&st, 80, 24, "plan-80x24");
    stage_golden(&st, 120, 40, "plan-120x40");
    stage_golden(&st, 40, 12, "plan-40x12");
    next_fields(11);
    stage_type(&st, "Grace Okafor | mother | family | parent, PR | apologies: ill");
    stage_golden(&st, 80, 24, "plan-person-80x24");
    stage_golden(&st, 40, 12, "plan-person-40x12");
}
END_TEST

START_TEST(tab_completes_a_person_column_by_column)
{
    open_plan();
    next_fields(11);
    stage_type(&st, "Jo Munro");
    stage_press(&st, "Tab");
    stage_type(&st, "moth");
    stage_press(&st, "Tab Tab");
    stage_type(&st, "family");
    stage_press(&st, "Tab");
    stage_type(&st, "paren");
    stage_press(&st, "Tab Tab");
    stage_type(&st, "apol");
    stage_press(&st, "Tab");
    stage_shows(&st, 80, 24, "Jo Munro | mother | family | parent, PR | apologies");
}
END_TEST

static const struct { int field; const char *typed, *says; } refused[] = {
    {5, "soon", "cannot be read as a date"}, {5, "4 Dec 14:00", "the time has a field of its own"}, {6, "noonish", "cannot be read as a time"},
    {6, "15:00-14:00", "would end before it begins"}, {11, "| mother", "begins with the name"}, {12, "an advocate", "Write it in columns"},
    {15, "no colon", "Begin the line with its key"},
};

START_TEST(what_cannot_be_read_is_said_and_kept)
{
    open_plan();
    next_fields(refused[_i].field);
    stage_line(&st, refused[_i].typed);
    stage_shows(&st, 80, 24, refused[_i].typed);
    stage_shows(&st, 80, 24, refused[_i].says);
    stage_press(&st, "F2");
    ck_assert_str_eq(st.app.top->class->name, "plan");
    stage_shows(&st, 80, 24, refused[_i].typed);
}
END_TEST

static const struct { const char *typed, *says; } times[] = {
    {"14:00-15:10", "from 14:00 to 15:10, 70 minutes"}, {"9.30 - 11", "from 09:30 to 11:00"}, {"2pm-3.30pm", "from 14:00 to 15:30"}, {"930", "from 09:30"},
    {"12pm", "from 12:00"}, {"12am", "from 00:00"}, {"9-", "from 09:00"}, {"9\xe2\x80\x93" "10", "from 09:00 to 10:00"}, {"25:00", "cannot be read"},
    {"14:0", "cannot be read"}, {"13pm", "cannot be read"}, {"9:60", "cannot be read"}, {"-", "cannot be read"}, {"12345", "cannot be read"},
};

START_TEST(times_as_people_write_them)
{
    open_plan();
    next_fields(6);
    stage_type(&st, times[_i].typed);
    stage_press(&st, strstr(times[_i].says, "cannot") != NULL ? "Enter" : "C-e");
    stage_shows(&st, 80, 24, times[_i].says);
}
END_TEST

START_TEST(a_date_is_made_absolute_when_it_is_left)
{
    open_plan();
    next_fields(5);
    stage_line(&st, "next Tuesday");
    stage_shows(&st, 80, 24, "Tue 1 Dec 2026");
    stage_shows_not(&st, 80, 24, "next Tuesday");
    stage_line(&st, "2pm-3.30pm");
    stage_shows(&st, 80, 24, "14:00-15:30");
}
END_TEST

START_TEST(a_child_is_needed)
{
    open_plan();
    next_fields(7);
    stage_type(&st, "room 2");
    stage_press(&st, "F2");
    stage_shows(&st, 80, 24, "child's name is needed");
    stage_line(&st, "Tobi Okafor");
    stage_press(&st, "F2");
    ck_assert_str_eq(st.app.top->class->name, "home");
    stage_shows(&st, 80, 24, "The plan is saved");
}
END_TEST

START_TEST(leaving_asks_and_loses_nothing)
{
    open_plan();
    next_fields(2);
    stage_type(&st, "Tobi Okafor");
    stage_press(&st, "Esc");
    stage_shows(&st, 80, 24, "not saved");
    stage_press(&st, "Esc");
    stage_shows(&st, 80, 24, "Tobi Okafor");
    ck_assert_str_eq(st.app.top->class->name, "plan");
    stage_press(&st, "Esc s");
    ck_assert_str_eq(st.app.top->class->name, "home");
    (void)planned();
    stage_press(&st, "a Esc");
    ck_assert_str_eq(st.app.top->class->name, "home");
}
END_TEST

START_TEST(a_killed_program_loses_no_plan)
{
    open_plan();
    next_fields(2);
    stage_type(&st, "Tobi Okafor");
    next_fields(9);
    stage_line(&st, "Jo Munro | mother | family | parent |");
    stage_type(&st, "Half a na");
    app_tick(&st.app);
    struct app dead = st.app; /* as if the power went: nothing is closed before the next one opens */
    st.app.top = NULL;
    open_plan();
    stage_shows(&st, 80, 24, "typed before and not saved");
    stage_shows(&st, 80, 24, "Tobi Okafor");
    stage_shows(&st, 80, 24, "Jo Munro");
    stage_shows(&st, 80, 24, "Half a na");
    stage_press(&st, "Esc l a");
    stage_shows_not(&st, 80, 24, "Jo Munro");
    app_close_all(&dead);
}
END_TEST

START_TEST(the_agenda_is_taken_with_enter_only)
{
    struct buf out = {0};
    open_plan();
    next_fields(2);
    stage_type(&st, "Tobi Okafor");
    next_fields(11);
    stage_shows(&st, 80, 24, "Enter takes the usual one");
    stage_press(&st, "F2");
    printed_id(planned(), &out);
    ck_assert_ptr_null(strstr(buf_str(&out), "agenda"));
    stage_press(&st, "e");
    next_fields(12);
    stage_press(&st, "Enter F2");
    buf_clear(&out);
    printed_id(planned(), &out);
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "agenda: Welcome, roles and language [10m]"));
    buf_free(&out);
}
END_TEST

START_TEST(the_last_meeting_is_offered_and_carried_over)
{
    struct buf out = {0};
    stage_import(&st, scene_october);
    open_plan();
    next_fields(2);
    stage_line(&st, "Tobi Okafor");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "Tue 13 Oct 2026: 4 people, 4 open actions, 1 disagre");
    stage_press(&st, "Right");
    stage_golden(&st, 80, 24, "plan-carried-80x24");
    stage_golden(&st, 120, 40, "plan-carried-120x40");
    next_fields(1);
    stage_line(&st, "1 Dec");
    stage_press(&st, "F2");
    stage_shows(&st, 80, 24, "same child");
    printed_id(planned(), &out);
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "child: Tobi Okafor / T.O."));
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "Dr Wei Lin | educational psychologist"));
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "A<A1 2026-10-13:"));
    buf_free(&out);
}
END_TEST

START_TEST(carrying_over_is_taken_back_and_never_crosses_children)
{
    stage_import(&st, scene_october);
    open_plan();
    next_fields(2);
    stage_line(&st, "Tobi Okafor");
    stage_press(&st, "Enter Right");
    stage_shows(&st, 120, 40, "Dr Wei Lin");
    stage_press(&st, "Left");
    stage_shows_not(&st, 120, 40, "Dr Wei Lin");
    stage_press(&st, "Right Up Up C-u");
    stage_type(&st, "Isla Munro");
    stage_press(&st, "Enter");
    stage_shows_not(&st, 120, 40, "Dr Wei Lin");
    stage_shows_not(&st, 120, 40, "therapy targets");
    stage_shows(&st, 120, 40, "no earlier meeting of this child");
}
END_TEST

START_TEST(the_next_one_is_planned_from_a_meeting)
{
    struct uuid id = stage_import(&st, scene_october);
    struct buf out = {0};
    ck_assert(app_push(&st.app, &view_home, NULL));
    ck_assert(app_push(&st.app, &view_plan, &id));
    stage_shows(&st, 120, 40, "Tobi Okafor");
    stage_shows(&st, 120, 40, "Dr Wei Lin");
    stage_press(&st, "F2");
    printed_id(planned(), &out);
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "A<A1 2026-10-13:"));
    buf_free(&out);
}
END_TEST

START_TEST(a_plan_is_edited)
{
    struct buf out = {0};
    struct uuid id = stage_import(&st, scene_planned);
    ck_assert(app_push(&st.app, &view_home, NULL));
    stage_press(&st, "e");
    stage_golden(&st, 80, 24, "plan-edit-80x24");
    next_fields(6);
    stage_press(&st, "C-u");
    stage_line(&st, "the library");
    next_fields(3);
    stage_press(&st, "C-e");
    stage_type(&st, "apologies: clinic");
    next_fields(2);
    stage_line(&st, "Dr Wei Lin | educational psychologist | County EP Service | professional |");
    next_fields(1);
    stage_line(&st, "Mrs Grace Okafor | interpreter | offered 2026-11-20 by Ms Anita Patel | no answer |");
    next_fields(2);
    stage_line(&st, "papers-sent: 2026-11-20");
    stage_press(&st, "F2");
    stage_shows(&st, 80, 24, "The changes are saved");
    printed_id(id, &out);
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "place: the library\n"));
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "Ms Anita Patel | SENCO | Oakfield Primary School | chair | apologies: clinic\n"));
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "Dr Wei Lin | educational psychologist"));
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "help: Mrs Grace Okafor | interpreter"));
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "papers-sent: 2026-11-20\n"));
    buf_free(&out);
}
END_TEST

/* What is said of presence in other words than ours is seen, and not lost with another change of that line. */
START_TEST(an_unreadable_presence_outlives_an_edit)
{
    struct buf out = {0};
    struct uuid id = stage_import(&st, "evenhand: 1\nmeeting: tac\nchild: Bo Lund\ndate: 2026-12-01\n\npeople:\nHelen Ward | nurse | NHS | professional | by phone\n");
    ck_assert(app_push(&st.app, &view_home, NULL));
    ck_assert(app_push(&st.app, &view_plan_edit, &id));
    stage_shows(&st, 80, 24, "by phone");
    next_fields(10);
    stage_press(&st, "Home");
    stage_type(&st, "Dr ");
    stage_press(&st, "F2");
    stage_shows(&st, 80, 24, "The changes are saved");
    printed_id(id, &out);
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "Dr Helen Ward | nurse | NHS | professional | by phone\n"));
    buf_free(&out);
}
END_TEST

START_TEST(an_unreadable_presence_is_said_of_the_person)
{
    open_plan();
    next_fields(2);
    stage_type(&st, "Bo Lund");
    next_fields(9);
    stage_line(&st, "Helen Ward | nurse | NHS | professional | by phone");
    stage_press(&st, "F2");
    stage_shows(&st, 120, 40, "one line to look at: Helen Ward: when they are present could not be read");
}
END_TEST

START_TEST(two_children_in_one_field)
{
    struct buf out = {0};
    open_plan();
    next_fields(2);
    stage_type(&st, "Bo Lund and Ada Lund");
    stage_shows(&st, 80, 24, "Two children? A semicolon parts them");
    stage_press(&st, "C-u");
    stage_type(&st, "Bo Lund; Ada Lund");
    stage_shows(&st, 80, 24, "Two children: Bo Lund and Ada Lund");
    next_fields(1);
    stage_type(&st, "B.L.; A.L.");
    stage_press(&st, "F2");
    printed_id(planned(), &out);
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "child: Bo Lund / B.L.\nchild: Ada Lund / A.L.\n"));
    buf_free(&out);
}
END_TEST

START_TEST(a_second_child_is_added_by_editing)
{
    struct buf out = {0};
    struct uuid id = stage_import(&st, "evenhand: 1\nmeeting: tac\nchild: Bo Lund\ndate: 2026-12-01\n");
    ck_assert(app_push(&st.app, &view_home, NULL));
    ck_assert(app_push(&st.app, &view_plan_edit, &id));
    next_fields(2);
    stage_type(&st, "; Ada Lund");
    stage_press(&st, "F2");
    printed_id(id, &out);
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "child: Bo Lund\nchild: Ada Lund\n"));
    buf_free(&out);
}
END_TEST

/* 2026-11-24 is a Tuesday. */
START_TEST(a_contact_and_help_are_typed_with_tab)
{
    struct buf out = {0};
    open_plan();
    next_fields(2);
    stage_type(&st, "Bo Lund");
    next_fields(10);
    static const char *const contact[] = {"contact: yesterday 10:20", "phone", "Jo Munro", "Ravi Thandi"};
    for (size_t i = 0; i < NITEMS(contact); i++) {
        stage_type(&st, contact[i]);
        stage_press(&st, "Tab");
    }
    stage_type(&st, "no reply");
    stage_press(&st, "Tab");
    stage_shows(&st, 80, 24, "2026-11-23 10:20 | phone");
    stage_line(&st, "Jo Munro | advocate | offered last Friday by Ravi Thandi | declined yesterday: not now");
    stage_press(&st, "F2");
    printed_id(planned(), &out);
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "contact: 2026-11-23 10:20 | phone | Jo Munro | Ravi Thandi | no reply\n"));
    ck_assert_ptr_nonnull(strstr(buf_str(&out), "help: Jo Munro | advocate | offered 2026-11-20 by Ravi Thandi | declined 2026-11-23: not now"));
    buf_free(&out);
}
END_TEST

START_TEST(an_agenda_longer_than_the_meeting_is_said)
{
    open_plan();
    next_fields(6);
    stage_type(&st, "14:00-14:40");
    next_fields(7);
    stage_line(&st, "Reading [30m]");
    stage_shows_not(&st, 80, 24, "agenda 30 minutes");
    stage_line(&st, "Spelling [40m]");
    stage_shows(&st, 80, 24, "agenda 70 minutes, meeting 40");
    next_fields(2);
    stage_shows_not(&st, 80, 24, "agenda 70 minutes");
}
END_TEST

START_TEST(saving_can_open_the_meeting_at_once)
{
    open_plan();
    next_fields(2);
    stage_type(&st, "Tobi Okafor");
    next_fields(60);
    stage_press(&st, "Enter");
    ck_assert(st.app.top->class == &view_live);
}
END_TEST

Suite *suite_plan(void);
Suite *suite_plan(void)
{
    Suite *s = suite_create("plan");
    TCase *t = tcase_create("plan");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_test(t, looks);
    tcase_add_test(t, what_is_typed_equals_what_is_imported);
    tcase_add_test(t, a_pasted_head_finds_its_fields);
    tcase_add_test(t, tab_completes_a_person_column_by_column);
    tcase_add_loop_test(t, what_cannot_be_read_is_said_and_kept, 0, (int)NITEMS(refused));
    tcase_add_loop_test(t, times_as_people_write_them, 0, (int)NITEMS(times));
    tcase_add_test(t, a_date_is_made_absolute_when_it_is_left);
    tcase_add_test(t, a_child_is_needed);
    tcase_add_test(t, leaving_asks_and_loses_nothing);
    tcase_add_test(t, a_killed_program_loses_no_plan);
    tcase_add_test(t, the_agenda_is_taken_with_enter_only);
    tcase_add_test(t, an_unreadable_presence_outlives_an_edit);
    tcase_add_test(t, an_unreadable_presence_is_said_of_the_person);
    tcase_add_test(t, two_children_in_one_field);
    tcase_add_test(t, a_second_child_is_added_by_editing);
    tcase_add_test(t, a_contact_and_help_are_typed_with_tab);
    tcase_add_test(t, an_agenda_longer_than_the_meeting_is_said);
    tcase_add_test(t, the_last_meeting_is_offered_and_carried_over);
    tcase_add_test(t, carrying_over_is_taken_back_and_never_crosses_children);
    tcase_add_test(t, the_next_one_is_planned_from_a_meeting);
    tcase_add_test(t, a_plan_is_edited);
    tcase_add_test(t, saving_can_open_the_meeting_at_once);
    suite_add_tcase(s, t);
    return s;
}
