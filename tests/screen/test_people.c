/* The people screen: each key is one change of the record, what is half typed survives, and what it looks like. */
#include <check.h>
#include <string.h>

#include "core/presence.h"
#include "tests/screen/stage.h"

static const char meeting_text[] =
    "evenhand: 1\n"
    "meeting: tac\n"
    "child: Tobi Okafor / T.O.\n"
    "date: 2026-11-24\n"
    "time: 14:00-15:10\n"
    "kept-by: Ravi Thandi\n"
    "kept-as: minutes\n"
    "conflict: Ms Anita Patel - is a governor of the school\n"
    "\n"
    "people:\n"
    "Ms Anita Patel | SENCO | Oakfield Primary School | chair | 13:55-15:10\n"
    "Mrs Grace Okafor | mother | family | parent, PR | 13:55-15:10\n"
    "Ms Ruth Reid | adviser | County SENDIASS | parent-partner for Mrs Grace Okafor | 14:00-15:10\n"
    "Dr Wei Lin | educational psychologist | County EP Service | professional | 14:30-15:10\n"
    "Mr Samuel Okafor | father | family | parent, PR not known | apologies: at work\n"
    "help: Mrs Grace Okafor | parent-partner | offered 2026-11-12 by Ms Anita Patel |  |\n"
    "contact: 2026-11-16 10:20 | text | Mr Samuel Okafor | Ravi Thandi | no reply\n"
    "\n"
    "# Speech and language [10m]\n"
    "14:05 P: Mrs Grace Okafor: He practises every night.\n"
    "14:10 R: The school adds a slip.\n";

enum { PATEL, GRACE, REID, LIN, SAMUEL };

static struct stage st;
static struct uuid meeting;

static void setup(void)
{
    stage_open(&st);
    meeting = stage_import(&st, meeting_text);
    ck_assert(app_push(&st.app, &view_live, &meeting));
    stage_press(&st, "F7");
}

static void teardown(void)
{
    stage_close(&st);
}

static void choose(int person)
{
    stage_press(&st, "Home");
    for (int i = 0; i < person; i++)
        stage_press(&st, "Down");
}

static struct record *on_disk(void)
{
    struct record *record = NULL;
    struct err err = {0};
    ck_assert_int_eq(store_record(st.store, meeting, &record, &err), EVH_OK);
    return record;
}

/* When somebody was there, as the minutes would print it. */
static void there(int person, const char *times)
{
    struct record *r = on_disk();
    struct arena *arena = arena_new();
    struct interval *v;
    struct buf b = {0};
    size_t n = presence_of(r, &r->people[person], true, arena, &v, NULL);
    presence_put(&b, v, n);
    ck_assert_str_eq(buf_str(&b), times);
    buf_free(&b);
    arena_free(arena);
    record_free(r);
}

static size_t entries(void)
{
    struct record *r = on_disk();
    size_t n = r->nentries;
    record_free(r);
    return n;
}

/* ---- coming and going ---- */

static const struct {
    int person;
    const char *keys, *times;
    size_t lines; /* put on record */
} moves[] = {
    {GRACE, "Space", "13:55-14:20", 1},
    {GRACE, "Enter", "13:55-14:20", 1},
    {LIN, "Space", "14:20-", 1},
    {SAMUEL, "p", "14:20- by phone", 1},
    {SAMUEL, "v", "14:20- by video", 1},
    {GRACE, "p", "13:55-14:20, 14:20-15:10 by phone", 2}, /* what was before stays on record */
    {GRACE, "i", "13:55-15:10", 0},                       /* in person already */
};

START_TEST(moves_now)
{
    size_t before = entries();
    choose(moves[_i].person);
    stage_press(&st, moves[_i].keys);
    there(moves[_i].person, moves[_i].times);
    ck_assert_uint_eq(entries(), before + moves[_i].lines);
}
END_TEST

/* By phone, then back in person: three intervals, and each way back is one undo. */
START_TEST(back_in_person)
{
    choose(GRACE);
    stage_press(&st, "p");
    st.now.time += 10;
    stage_press(&st, "i");
    there(GRACE, "13:55-14:20, 14:20-14:30 by phone, 14:30-15:10");
    stage_press(&st, "u y");
    there(GRACE, "13:55-14:20, 14:20-15:10 by phone");
    stage_press(&st, "C-g u y");
    there(GRACE, "13:55-15:10");
    stage_press(&st, "R y");
    there(GRACE, "13:55-14:20, 14:20-15:10 by phone");
}
END_TEST

START_TEST(undo_says_what)
{
    choose(GRACE);
    stage_press(&st, "Space u");
    stage_shows(&st, 80, 24, "Take back the leaving of Mrs Okafor");
    stage_press(&st, "n");
    there(GRACE, "13:55-14:20");
}
END_TEST

START_TEST(another_time)
{
    choose(GRACE);
    stage_press(&st, "t");
    stage_line(&st, "14:10");
    stage_press(&st, "Enter");
    stage_line(&st, "to fetch a child");
    stage_press(&st, "Enter");
    there(GRACE, "13:55-14:10");
    struct record *r = on_disk();
    ck_assert_str_eq(r->entries[r->nentries - 1].reason, "to fetch a child");
    record_free(r);
}
END_TEST

START_TEST(wrong_time_stays)
{
    size_t before = entries();
    choose(GRACE);
    stage_press(&st, "t");
    stage_line(&st, "half past");
    stage_shows(&st, 80, 24, "That is no time");
    stage_press(&st, "F2");
    ck_assert_uint_eq(entries(), before);
    stage_shows(&st, 80, 24, "half past");
}
END_TEST

START_TEST(leaves_with_reason)
{
    choose(PATEL);
    stage_press(&st, "r");
    stage_line(&st, "another meeting");
    there(PATEL, "13:55-14:20");
    struct record *r = on_disk();
    const struct entry *e = &r->entries[r->nentries - 1];
    ck_assert_int_eq(e->kind, ENTRY_LEAVES);
    ck_assert_str_eq(e->reason, "another meeting");
    record_free(r);
}
END_TEST

START_TEST(not_there)
{
    choose(LIN);
    stage_press(&st, "x S-Tab"); /* the cursor begins in the reason */
    stage_type(&st, "no reply");
    stage_press(&st, "Enter");
    stage_line(&st, "letter of 2 November");
    struct record *r = on_disk();
    ck_assert_str_eq(r->people[LIN].absence, "no reply");
    ck_assert_str_eq(r->people[LIN].absence_reason, "letter of 2 November");
    ck_assert_str_eq(r->people[LIN].capacity_text, "professional");
    record_free(r);
    choose(SAMUEL);
    stage_press(&st, "Space x F2"); /* who came is not absent */
    stage_shows(&st, 80, 24, "withdraw that line first");
}
END_TEST

/* A reason that is typed at once is the reason; capacity by Tab claims no parental responsibility. */
START_TEST(typed_at_once)
{
    choose(LIN);
    stage_press(&st, "x");
    stage_type(&st, "no reply to the letter");
    stage_press(&st, "F2 e Up C-u");
    stage_type(&st, "par");
    stage_press(&st, "Tab F2");
    struct record *r = on_disk();
    ck_assert_str_eq(r->people[LIN].absence, "apologies");
    ck_assert_str_eq(r->people[LIN].absence_reason, "no reply to the letter");
    ck_assert_str_eq(r->people[LIN].capacity_text, "parent");
    ck_assert_ptr_null(r->people[LIN].responsibility);
    record_free(r);
}
END_TEST

START_TEST(chair_and_break)
{
    choose(REID);
    stage_press(&st, "w");
    stage_shows(&st, 80, 24, "(in the chair)");
    stage_press(&st, "b");
    stage_line(&st, "waiting for the interpreter");
    stage_shows(&st, 80, 24, "BREAK since 14:20");
    struct record *r = on_disk();
    ck_assert_str_eq(presence_chair(r), "Ms Ruth Reid");
    ck_assert_str_eq(r->entries[r->nentries - 1].what, "break");
    ck_assert_str_eq(r->entries[r->nentries - 1].text, "waiting for the interpreter");
    record_free(r);
    stage_press(&st, "b");
    stage_shows_not(&st, 80, 24, "BREAK");
}
END_TEST

/* A position that is typed after somebody came belongs to the decision above all the same. */
START_TEST(positions_go_on)
{
    stage_press(&st, "Esc");
    stage_line(&st, "R: We meet in January.");
    stage_press(&st, "Esc F7"); /* the panel is left */
    choose(LIN);
    stage_press(&st, "Space Esc");
    stage_line(&st, "  - Patel: agrees");
    struct record *r = on_disk();
    size_t found = 0;
    for (size_t i = 0; i < r->nentries; i++)
        if (strcmp(r->entries[i].text, "We meet in January.") == 0)
            found = r->entries[i].npositions;
    ck_assert_uint_eq(found, 1);
    record_free(r);
}
END_TEST

/* ---- the list ---- */

START_TEST(somebody_new)
{
    struct record *before = on_disk();
    stage_press(&st, "a");
    stage_line(&st, "Mr Jo Ash");
    stage_type(&st, "social w");
    stage_press(&st, "Tab Enter Enter");
    stage_type(&st, "advocate for Gra");
    stage_press(&st, "Tab F2");
    struct record *r = on_disk();
    const struct attendee *a = record_person(r, "Mr Jo Ash");
    struct interval now;
    ck_assert_ptr_nonnull(a);
    ck_assert_str_eq(a->role, "social worker");
    ck_assert_str_eq(a->capacity_text, "advocate for Mrs Grace Okafor");
    ck_assert_int_eq(presence_now(r, a, 14 * 60 + 20, &now), ROOM_IN);
    record_free(r);
    stage_press(&st, "u y"); /* on the list and in the room: one change */
    r = on_disk();
    ck_assert_uint_eq(r->npeople, before->npeople);
    ck_assert_uint_eq(r->nentries, before->nentries);
    record_free(r);
    record_free(before);
}
END_TEST

START_TEST(whole_line)
{
    stage_press(&st, "a");
    stage_line(&st, "Mr Jo Ash | worker | Family Help | professional | apologies: ill");
    choose(GRACE);
    stage_press(&st, "e C-u");
    stage_line(&st, "Mrs Grace Okafor | mother | family | parent, no PR | 13:55-15:10");
    struct record *r = on_disk();
    const struct attendee *a = record_person(r, "Mr Jo Ash");
    ck_assert_ptr_nonnull(a);
    ck_assert_str_eq(a->absence_reason, "ill");
    ck_assert_str_eq(r->people[GRACE].responsibility, "no PR");
    record_free(r);
}
END_TEST

START_TEST(nobody_twice)
{
    stage_press(&st, "a");
    stage_type(&st, "Dr Wei Lin");
    stage_press(&st, "F2");
    stage_shows(&st, 80, 24, "on the list already");
}
END_TEST

START_TEST(edits_a_person)
{
    choose(SAMUEL);
    stage_press(&st, "e");
    stage_press(&st, "Down Down Down C-u");
    stage_type(&st, "chai");
    stage_press(&st, "Tab");
    stage_type(&st, ", carer");
    stage_press(&st, "Enter Left Left F2"); /* PR not known -> no PR -> PR */
    struct record *r = on_disk();
    ck_assert_uint_eq(r->people[SAMUEL].bits, CAP_CHAIR | CAP_CARER);
    ck_assert_str_eq(r->people[SAMUEL].responsibility, "PR");
    ck_assert_str_eq(r->people[SAMUEL].absence_reason, "at work");
    record_free(r);
}
END_TEST

/* Offered last week, accepted today: the line that is there changes, none is added. */
START_TEST(help_accepted)
{
    choose(GRACE);
    stage_press(&st, "h 2");
    stage_type(&st, "acc");
    stage_press(&st, "Enter");
    stage_line(&st, "today");
    stage_press(&st, "Enter");
    stage_type(&st, "Ruth");
    stage_press(&st, "Tab F2");
    struct record *r = on_disk();
    ck_assert_uint_eq(r->nhelp, 1);
    ck_assert_str_eq(r->help[0].outcome, "accepted");
    ck_assert_int_eq(r->help[0].outcome_date, st.now.day);
    ck_assert_str_eq(r->help[0].who, "Ms Ruth Reid");
    ck_assert_int_eq(r->help[0].offered, civil_day((struct civil){2026, 11, 12}));
    record_free(r);
    stage_press(&st, "u y");
    r = on_disk();
    ck_assert_ptr_null(r->help[0].outcome);
    record_free(r);
}
END_TEST

START_TEST(help_declined)
{
    choose(SAMUEL);
    stage_press(&st, "h");
    stage_type(&st, "int");
    stage_press(&st, "F2"); /* nobody has said that it was offered */
    stage_shows(&st, 80, 24, "Choose whether this help was offered");
    struct record *before = on_disk();
    ck_assert_uint_eq(before->nhelp, 1);
    record_free(before);
    stage_type(&st, "off");
    stage_press(&st, "Down");
    stage_type(&st, "today");
    stage_press(&st, "Down");
    stage_type(&st, "Ravi Thandi");
    stage_press(&st, "Down");
    stage_type(&st, "decl");
    stage_press(&st, "Down C-u Down");
    stage_type(&st, "My sister speaks for me.");
    stage_press(&st, "F2");
    struct record *r = on_disk();
    ck_assert_uint_eq(r->nhelp, 2);
    ck_assert_str_eq(r->help[1].for_name, "Mr Samuel Okafor");
    ck_assert_str_eq(r->help[1].kind, "interpreter");
    ck_assert_int_eq(r->help[1].offered, st.now.day);
    ck_assert_str_eq(r->help[1].offered_by, "Ravi Thandi");
    ck_assert_str_eq(r->help[1].outcome, "declined");
    ck_assert_str_eq(r->help[1].words, "My sister speaks for me.");
    record_free(r);
}
END_TEST

START_TEST(contacts)
{
    choose(SAMUEL);
    stage_press(&st, "c 1");
    stage_type(&st, "pho");
    stage_press(&st, "Tab Enter Enter Enter");
    stage_line(&st, "left a message with his sister");
    stage_press(&st, "Enter");
    struct record *r = on_disk();
    ck_assert_uint_eq(r->ncontacts, 2);
    ck_assert_str_eq(r->contacts[1].at, "2026-11-24T14:20");
    ck_assert_str_eq(r->contacts[1].how, "phone");
    ck_assert_str_eq(r->contacts[1].whom, "Mr Samuel Okafor");
    ck_assert_str_eq(r->contacts[1].by, "Ravi Thandi");
    ck_assert_str_eq(r->contacts[1].result, "left a message with his sister");
    record_free(r);
}
END_TEST

START_TEST(conflicts)
{
    choose(REID);
    stage_press(&st, "f");
    stage_type(&st, "advised the school last year");
    stage_press(&st, "F2");
    choose(PATEL);
    stage_press(&st, "f 2");
    stage_type(&st, "; leaves for item 2");
    stage_press(&st, "F2");
    struct record *r = on_disk();
    ck_assert_uint_eq(r->nconflicts, 2);
    ck_assert_str_eq(r->conflicts[0].text, "is a governor of the school; leaves for item 2");
    ck_assert_str_eq(r->conflicts[1].name, "Ms Ruth Reid");
    ck_assert_str_eq(r->conflicts[1].text, "advised the school last year");
    record_free(r);
}
END_TEST

/* ---- nothing is lost ---- */

/* The program ends with a form half typed: it stands again, with its cursor, and once on record it is gone. */
START_TEST(half_typed_survives)
{
    stage_press(&st, "a");
    stage_line(&st, "Mr Jo Ash");
    stage_type(&st, "social worker");
    stage_press(&st, "Left Left");
    app_close_all(&st.app);
    st.app = (struct app){.store = st.store, .types = &st.types};
    ck_assert(app_push(&st.app, &view_live, &meeting));
    stage_shows(&st, 80, 24, "What was typed here before stands again");
    stage_type(&st, "X");
    stage_shows(&st, 80, 24, "social workXer");
    stage_press(&st, "F2");
    struct record *r = on_disk();
    ck_assert_ptr_nonnull(record_person(r, "Mr Jo Ash"));
    record_free(r);
    app_close_all(&st.app);
    st.app = (struct app){.store = st.store, .types = &st.types};
    ck_assert(app_push(&st.app, &view_live, &meeting));
    stage_shows_not(&st, 80, 24, "Somebody new");
}
END_TEST

START_TEST(left_comes_back)
{
    stage_press(&st, "a");
    stage_type(&st, "Mr Jo Ash");
    stage_press(&st, "Esc");
    stage_shows_not(&st, 80, 24, "Somebody new");
    stage_press(&st, "a");
    stage_shows(&st, 80, 24, "Mr Jo Ash");
    stage_press(&st, "Esc Esc Esc");
    ck_assert(app_push(&st.app, &view_live, &meeting));
    stage_shows_not(&st, 80, 24, "Somebody new"); /* it was left, so it does not stand in the way */
}
END_TEST

/* The half-typed line of the live screen outlives what is done here. */
START_TEST(line_stays)
{
    stage_press(&st, "Esc");
    stage_type(&st, "A: Patel, send the");
    stage_press(&st, "F7 Space Esc");
    stage_type(&st, " targets");
    stage_shows(&st, 80, 24, "A: Patel, send the targets");
    struct err err = {0};
    struct draft draft = {0};
    app_tick(&st.app);
    ck_assert_int_eq(store_draft_load(st.store, st.arena, meeting, &draft, &err), EVH_OK);
    ck_assert_str_eq(draft.text, "A: Patel, send the targets");
}
END_TEST

/* ---- what it looks like ---- */

static const struct { int w, h; const char *size; } sizes[] = {{80, 24, "80x24"}, {120, 40, "120x40"}, {40, 12, "40x12"}};
static const struct {
    const char *name, *keys;
} states[] = {
    {"people", "Down"}, {"people-moved", "Down p Down Down w b Enter"}, {"people-edit", "End Up e"}, {"people-new", "a"}, {"people-help", "Down h 2"},
    {"people-had", "Down h"}, {"people-contact", "Down Down Down Down c 1"}, {"people-conflict", "f 2"}, {"people-time", "Down t"}, {"people-absent", "Down x"},
    {"people-why", "r"}, {"people-undo", "Space u"},
};

START_TEST(looks)
{
    struct buf name = {0};
    stage_press(&st, states[_i / 3].keys);
    buf_addf(&name, "%s-%s", states[_i / 3].name, sizes[_i % 3].size);
    stage_golden(&st, sizes[_i % 3].w, sizes[_i % 3].h, name.s);
    buf_free(&name);
}
END_TEST

START_TEST(every_size)
{
    stage_press(&st, states[_i].keys);
    for (int w = 20; w <= 130; w += w < 40 ? 3 : 10)
        for (int h = 5; h <= 44; h += h < 20 ? 1 : 6) {
            struct surface s;
            surface_init(&s, w, h);
            app_draw(&st.app, &s);
            ck_assert_int_lt(s.cursor_x, w);
            ck_assert_int_lt(s.cursor_y, h);
            surface_free(&s);
        }
}
END_TEST

/* Somebody is put on the list elsewhere: whoever is in focus here stays so. */
START_TEST(focus_stays)
{
    struct session other;
    struct err err = {0};
    choose(LIN);
    ck_assert_int_eq(session_open(&other, st.store, &st.types, meeting, false, &err), EVH_OK);
    ck_assert_int_eq(session_person(&other, (struct uuid){{0}}, "Joy Amadi | teaching assistant | Oakfield Primary School | professional | 14:20-", &err), EVH_OK);
    session_close(&other);
    app_tick(&st.app);
    stage_press(&st, "Space");
    struct record *r = on_disk();
    ck_assert_str_eq(r->entries[r->nentries - 1].speaker, "Dr Wei Lin");
    record_free(r);
}
END_TEST

Suite *suite_people(void);
Suite *suite_people(void)
{
    Suite *s = suite_create("people");
    TCase *t = tcase_create("people");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, moves_now, 0, (int)NITEMS(moves));
    tcase_add_test(t, back_in_person);
    tcase_add_test(t, undo_says_what);
    tcase_add_test(t, another_time);
    tcase_add_test(t, wrong_time_stays);
    tcase_add_test(t, leaves_with_reason);
    tcase_add_test(t, not_there);
    tcase_add_test(t, typed_at_once);
    tcase_add_test(t, chair_and_break);
    tcase_add_test(t, positions_go_on);
    tcase_add_test(t, somebody_new);
    tcase_add_test(t, whole_line);
    tcase_add_test(t, nobody_twice);
    tcase_add_test(t, edits_a_person);
    tcase_add_test(t, help_accepted);
    tcase_add_test(t, help_declined);
    tcase_add_test(t, contacts);
    tcase_add_test(t, conflicts);
    tcase_add_test(t, half_typed_survives);
    tcase_add_test(t, left_comes_back);
    tcase_add_test(t, line_stays);
    tcase_add_test(t, focus_stays);
    tcase_add_loop_test(t, looks, 0, (int)NITEMS(states) * 3);
    tcase_add_loop_test(t, every_size, 0, (int)NITEMS(states));
    suite_add_tcase(s, t);
    return s;
}
