/* Undo and redo: what they say beforehand, how far they go, and whose changes they leave alone. */
#include <string.h>

#include "core/notation.h"
#include "fixture.h"

Suite *suite_undo(void);

static struct uuid plan(void)
{
    static const char *head[][2] = {
        {"meeting", "tac"}, {"child", "Tobi Okafor / T.O."}, {"date", "2026-11-24"}, {"time", "14:00"}, {"kept-by", "Ravi Thandi"}, {"kept-as", "minutes"},
    };
    static const char *people[] = {"Ms Anita Patel | SENCO | Oakfield | chair |", "Mrs Grace Okafor | mother | family | parent, PR |",
                                   "Ravi Thandi | administrator | Oakfield | minute-taker |"};
    struct plan p = {.head = head, .nhead = NITEMS(head), .people = people, .npeople = NITEMS(people)};
    struct uuid id;
    struct notices notices = {0};
    must(op_plan(fx.store, &fx.types, &p, fx.arena, &id, NULL, &notices, &fx.err));
    return id;
}

static void type(struct session *s, const char *line)
{
    must(session_line(s, line, strlen(line), &fx.err));
}

static void says(struct session *s, bool redo, const char *want)
{
    const char *words = session_undo_says(s, redo);
    ck_assert_msg(words != NULL && strcmp(words, want) == 0, "it says: %s\nwanted:  %s", words == NULL ? "nothing" : words, want);
}

/* What is typed, and what undo calls it; with `under` another line stands before it. */
static const struct {
    const char *before, *line, *words;
} typed[] = {
    {NULL, "14:02 He reads well.", "the note of 14:02: “He reads well.”"},
    {NULL, "14:02 A line that is much longer than what one reads at a glance goes on and on", "the note of 14:02: “A line that is much longer than what one…”"},
    {NULL, "14:03 P: Grace: He practises.", "the parent's view of 14:03: “He practises.”"},
    {NULL, "14:03 X: The mother asked for a word alone.", "the confidential line of 14:03"},
    {NULL, "14:03 X(Anita Patel): P: Grace: He cries.", "the confidential line of 14:03"},
    {NULL, "14:04 break: tea", "the break of 14:04: “tea”"},
    {NULL, "14:04 +Grace", "the arrival of Mrs Okafor of 14:04"},
    {NULL, "14:04 chair: Grace Okafor", "the change of chair of 14:04"},
    {NULL, "# Reading [10m]", "the item “Reading”"},
    {NULL, "outcome: continue", "the outcome “continue”"},
    {NULL, "X: outcome: continue", "the confidential outcome"},
    {NULL, "recommendation: amend B", "the recommendation “amend B”"},
    {"14:05 He reads wel.", "s/wel/well/", "the new wording of the note of 14:05; it reads again “He reads wel.”"},
    {"14:05 X: He cries.", "s/cries/weeps/", "the new wording of the confidential line of 14:05"},
    {"14:05 A: Patel, ring, by 4 Dec", "  = withdrawn: said twice", "the withdrawal of A1, which stands again"},
    {"14:05 A: Patel, ring, by 4 Dec", "  = 2026-11-24 done by Ms Anita Patel", "that A1 is done"},
    {"14:05 A: Patel, ring, by 4 Dec", "  = 2026-11-24 due 2026-12-04 -> 2026-12-11 by Ms Anita Patel: late", "the new date of A1 (before: 2026-12-04)"},
    {"14:05 A: Patel, ring, by 4 Dec", "  = 2026-11-24 owner Ms Anita Patel -> Ravi Thandi: ill", "the change of owner of A1 from Ms Patel to Ravi Thandi"},
    {"14:05 A: Patel, ring, by 4 Dec", "  = 2026-11-24 note by Ms Anita Patel: rang twice", "the note on A1: “rang twice”"},
    {"14:05 X: A: Patel, ring, by 4 Dec", "  = 2026-11-24 note by Ms Anita Patel: rang twice", "the note on the confidential line of 14:05"},
    {"14:05 R: The slip is added.", "  - Grace Okafor: agrees", "the position of Mrs Okafor on R1: “agrees”"},
    {"14:05 X: R: The slip is added.", "  - Grace Okafor: agrees", "a position on the confidential line of 14:05"},
    {"14:05 D: Progress", "  = resolved: by the test", "that D1 is “resolved”"},
    {"14:05 M: Grace: \"I said no.\"", "  = answered by Ms Anita Patel: It was heard.", "the answer of Ms Patel to the minuted words of 14:05: “It was heard.”"},
    {"14:05 He reads well.", "  = disputed by Grace Okafor: not at home", "that Mrs Okafor disputes the note of 14:05: “not at home”"},
    {"14:05 X: He cries.", "  = disputed by Grace Okafor: not at home", "that Mrs Okafor disputes the confidential line of 14:05"},
    {"14:05 He reads well.", "  = read back; confirmed", "“read back, confirmed” at the note of 14:05"},
    {"14:05 He reads well.", "  = in Arabic: yaqra, by Ms Anita Patel", "the words in Arabic of the note of 14:05: “yaqra”"},
    {"14:05 He reads well.", "  and often.", "what was added to the note of 14:05"},
    {"signoff:", "Grace Okafor | signed (items 1-2) | 2026-11-24 |", "the sign-off of Mrs Okafor: “signed (items 1-2)”"},
    {"signoff:", "X: Grace Okafor | signed | 2026-11-24 |", "a confidential sign-off"},
    {"copies:", "Grace Okafor | open | by hand | 2026-11-24", "the copy for Mrs Okafor"},
    {"people:", "Joy Amadi | teacher | Oakfield | professional |", "Joy Amadi from the list of people"},
    {"people:", "help: Grace Okafor | advocate | not offered", "the help for Mrs Okafor: advocate"},
    {"people:", "contact: 2026-11-16 10:20 | text | Grace Okafor | Ravi Thandi | no reply", "the contact with Mrs Okafor of 2026-11-16 10:20"},
};

START_TEST(in_words)
{
    struct session s;
    must(session_open(&s, fx.store, &fx.types, plan(), true, &fx.err));
    if (typed[_i].before != NULL)
        type(&s, typed[_i].before);
    type(&s, typed[_i].line);
    says(&s, false, typed[_i].words);
    session_close(&s);
}
END_TEST

START_TEST(forms_in_words)
{
    struct session s;
    must(session_open(&s, fx.store, &fx.types, plan(), true, &fx.err));
    must(session_head(&s, "place", 0, "Room 2", &fx.err));
    says(&s, false, "“place: Room 2” in the head (before: nothing)");
    must(session_head(&s, "place", 0, "Room 3", &fx.err));
    says(&s, false, "“place: Room 3” in the head (before: “Room 2”)");
    must(session_undo(&s, false, &fx.err));
    says(&s, true, "“place: Room 3” in the head (before: “Room 2”)");
    const struct attendee *grace = record_person(s.record, "Mrs Grace Okafor");
    must(session_person(&s, grace->id, "Mrs Grace Okafor | mother | family | parent, no PR |", &fx.err));
    says(&s, false, "the change to Mrs Grace Okafor in the list of people");
    grace = record_person(s.record, "Mrs Grace Okafor");
    must(session_person(&s, grace->id, "Mrs Grace Okafor-Hill | mother | family | parent, no PR |", &fx.err));
    says(&s, false, "the new name of Mrs Grace Okafor-Hill (before: Mrs Grace Okafor)");
    type(&s, "14:05 A: Patel, ring, by 4 Dec");
    const char *line = "14:07 A: Patel, write, by 4 Dec";
    must(session_edit(&s, s.record->entries[0].id, line, strlen(line), &fx.err));
    says(&s, false, "the new wording of A1; it reads again “Ms Anita Patel, ring, by 2026-12-04”, and the new time of A1 (before: 14:05)");
    must(session_undo(&s, false, &fx.err));
    says(&s, true, "the new wording of A1; it reads “write”, and the new time of A1 (before: 14:05)");
    must(op_sign(fx.store, s.record->id, "Grace Okafor-Hill", "signed", NULL, DAY_NONE, &fx.err));
    must(session_refresh(&s, &(bool){false}, &fx.err)); /* another part of this program wrote it: it is this screen's */
    says(&s, false, "the sign-off of Mrs Okafor-Hill: “signed”");
    session_close(&s);
}
END_TEST

/* Several times in a row, redo after it, and nothing to redo after something new. */
START_TEST(in_a_row)
{
    struct session s;
    must(session_open(&s, fx.store, &fx.types, plan(), true, &fx.err));
    type(&s, "14:01 One.");
    type(&s, "14:02 Two.");
    type(&s, "14:03 Three.");
    for (int i = 0; i < 3; i++)
        must(session_undo(&s, false, &fx.err));
    ck_assert_uint_eq(s.record->nentries, 0);
    ck_assert_ptr_null(session_undo_says(&s, false));
    says(&s, true, "the note of 14:01: “One.”");
    must(session_undo(&s, true, &fx.err));
    must(session_undo(&s, true, &fx.err));
    says(&s, true, "the note of 14:03: “Three.”");
    must(session_undo(&s, false, &fx.err));
    says(&s, true, "the note of 14:02: “Two.”");
    type(&s, "14:04 Something new.");
    ck_assert_ptr_null(session_undo_says(&s, true));
    ck_assert_uint_eq(s.record->nentries, 2);
    session_close(&s);
}
END_TEST

START_TEST(after_a_restart)
{
    struct session s;
    struct uuid id = plan();
    must(session_open(&s, fx.store, &fx.types, id, true, &fx.err));
    type(&s, "14:01 One.");
    type(&s, "14:02 Two.");
    must(session_undo(&s, false, &fx.err));
    session_close(&s);
    store_close(fx.store);
    must(store_open(&fx.store, fx.data, STORE_WRITE, &fx.world, &fx.err));
    must(session_open(&s, fx.store, &fx.types, id, true, &fx.err));
    says(&s, true, "the note of 14:02: “Two.”");
    says(&s, false, "the note of 14:01: “One.”");
    must(session_undo(&s, false, &fx.err));
    ck_assert_uint_eq(s.record->nentries, 0);
    session_close(&s);
}
END_TEST

/* What another screen writes while this one is open is not taken back here, whatever stands last; nor is it given again. */
START_TEST(another_screens_changes_are_left_alone)
{
    struct uuid id = plan();
    struct store *other = NULL;
    struct session a, b;
    must(store_open(&other, fx.data, STORE_WRITE, &fx.world, &fx.err));
    must(session_open(&a, fx.store, &fx.types, id, true, &fx.err));
    must(session_open(&b, other, &fx.types, id, true, &fx.err));
    must(session_line(&b, "14:01 From the other.", 21, &fx.err));
    must(session_refresh(&a, &(bool){false}, &fx.err));
    ck_assert_ptr_null(session_undo_says(&a, false));
    type(&a, "14:02 From this one.");
    must(session_line(&b, "14:03 From the other again.", 27, &fx.err));
    must(session_refresh(&a, &(bool){false}, &fx.err));
    says(&a, false, "the note of 14:02: “From this one.”");
    must(session_undo(&a, false, &fx.err));
    ck_assert_ptr_null(session_undo_says(&a, false));
    must(session_undo(&b, false, &fx.err));
    must(session_refresh(&a, &(bool){false}, &fx.err));
    says(&a, true, "the note of 14:02: “From this one.”"); /* not what the other took back */
    ck_assert_uint_eq(a.record->nentries, 1);
    session_close(&a);
    session_close(&b);
    store_close(other);
}
END_TEST

/* A line that is gone takes no mark: it would be a note otherwise. */
START_TEST(a_mark_needs_its_line)
{
    struct session s;
    must(session_open(&s, fx.store, &fx.types, plan(), true, &fx.err));
    type(&s, "14:01 One.");
    struct uuid gone = s.record->entries[0].id;
    must(session_undo(&s, false, &fx.err));
    ck_assert_int_eq(session_mark(&s, gone, "= withdrawn: x", 14, &fx.err), EVH_NOTFOUND);
    ck_assert_uint_eq(s.record->nentries, 0);
    session_close(&s);
}
END_TEST

/* ---- half-typed words, each in its place ---- */

START_TEST(places)
{
    struct uuid id = plan(), other = plan();
    struct draft d = {0};
    const char *place = "?";
    must(store_draft_save(fx.store, id, "half a line", 4, &fx.err));
    must(store_draft_save_at(fx.store, id, "mark:withdrawn:1", "said tw", 7, &fx.err));
    fx.now.utc_ms++;
    must(store_draft_save_at(fx.store, id, "mark:disputed:1", "not so", 3, &fx.err));
    must(store_draft_place(fx.store, fx.arena, id, "mark:", &place, &fx.err));
    ck_assert_str_eq(place, "mark:disputed:1");
    must(store_draft_place(fx.store, fx.arena, other, "mark:", &place, &fx.err));
    ck_assert_ptr_null(place);
    must(store_draft_load_at(fx.store, fx.arena, id, "mark:withdrawn:1", &d, &fx.err));
    ck_assert_str_eq(d.text, "said tw");
    ck_assert_uint_eq(d.cursor, 7);
    struct session s;
    must(session_open(&s, fx.store, &fx.types, id, true, &fx.err));
    type(&s, "14:01 The line goes on record, and only its own words go.");
    session_close(&s);
    must(store_draft_load(fx.store, fx.arena, id, &d, &fx.err));
    ck_assert_ptr_null(d.text);
    must(store_draft_load_at(fx.store, fx.arena, id, "mark:disputed:1", &d, &fx.err));
    ck_assert_str_eq(d.text, "not so");
    must(store_draft_save_at(fx.store, id, "mark:disputed:1", "", 0, &fx.err));
    must(store_draft_place(fx.store, fx.arena, id, "mark:", &place, &fx.err));
    ck_assert_str_eq(place, "mark:withdrawn:1");
}
END_TEST

/* Two screens on one meeting: neither overwrites the other's line, and both come back when both were killed; what went on record does not. */
START_TEST(each_screen_keeps_its_own_line)
{
    struct uuid id = plan();
    struct store *second = NULL, *third = NULL, *fourth = NULL;
    struct draft d = {0};
    struct session s;
    must(store_open(&second, fx.data, STORE_WRITE, &fx.world, &fx.err));
    must(store_draft_save(fx.store, id, "of the first", 3, &fx.err));
    fx.now.utc_ms++;
    must(store_draft_save(second, id, "of the second", 4, &fx.err));
    must(store_draft_load(fx.store, fx.arena, id, &d, &fx.err));
    ck_assert_str_eq(d.text, "of the first");
    store_close(second);
    must(store_open(&third, fx.data, STORE_WRITE, &fx.world, &fx.err));
    must(store_draft_load(third, fx.arena, id, &d, &fx.err));
    ck_assert_str_eq(d.text, "of the second");
    ck_assert(store_draft_there(fx.store, id));
    ck_assert(store_draft_there(third, id));
    must(session_open(&s, third, &fx.types, id, true, &fx.err));
    must(session_line(&s, "14:01 of the second", 19, &fx.err));
    session_close(&s);
    must(store_open(&fourth, fx.data, STORE_WRITE, &fx.world, &fx.err));
    must(store_draft_load(fourth, fx.arena, id, &d, &fx.err));
    ck_assert_str_eq(d.text, "of the first");
    ck_assert(!store_draft_there(fx.store, id)); /* its screen is told, and keeps it anew at the next pause */
    store_close(third);
    store_close(fourth);
}
END_TEST

/* A database of before: its half-typed line is the entry line's. */
START_TEST(an_old_half_typed_line_is_kept)
{
    struct uuid id = plan();
    struct draft d = {0};
    char text[UUID_TEXT];
    uuid_text(id, text);
    store_close(fx.store);
    fx.store = NULL;
    tamper("DROP TABLE draft; DROP TABLE visit");
    tamper("CREATE TABLE draft (meeting TEXT NOT NULL PRIMARY KEY, text TEXT NOT NULL, place INTEGER NOT NULL, saved INTEGER NOT NULL) STRICT");
    tamper(arena_printf(fx.arena, "INSERT INTO draft VALUES ('%s', 'half a line', 4, 99)", text));
    tamper("PRAGMA user_version = 2");
    must(store_open(&fx.store, fx.data, STORE_WRITE, &fx.world, &fx.err));
    must(store_draft_load(fx.store, fx.arena, id, &d, &fx.err));
    ck_assert_str_eq(d.text, "half a line");
    ck_assert_uint_eq(d.cursor, 4);
    ck_assert_int_eq(d.saved_ms, 99);
}
END_TEST

Suite *suite_undo(void)
{
    Suite *s = suite_create("undo");
    TCase *t = tcase_create("undo");
    tcase_add_checked_fixture(t, fixture_setup, fixture_teardown);
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, in_words, 0, NITEMS(typed));
    tcase_add_test(t, forms_in_words);
    tcase_add_test(t, in_a_row);
    tcase_add_test(t, after_a_restart);
    tcase_add_test(t, another_screens_changes_are_left_alone);
    tcase_add_test(t, a_mark_needs_its_line);
    tcase_add_test(t, places);
    tcase_add_test(t, each_screen_keeps_its_own_line);
    tcase_add_test(t, an_old_half_typed_line_is_kept);
    suite_add_tcase(s, t);
    return s;
}
