/* Among the entries of the live screen: what people say of them, actions, searching, undo in words, and no half-typed word lost. */
#include <check.h>
#include <string.h>

#include "tests/screen/stage.h"
#include "tui/sheet.h"

static const char plan[] = "evenhand: 1\n"
                           "meeting: tac\n"
                           "child: Tobi Okafor / T.O.\n"
                           "date: 2026-11-24\n"
                           "time: 14:00-15:10\n"
                           "kept-by: Ravi Thandi\n"
                           "kept-as: minutes\n"
                           "\n"
                           "people:\n"
                           "Ms Anita Patel | SENCO | Oakfield Primary School | chair | 13:55-15:10\n"
                           "Mrs Grace Okafor | mother | family | parent, PR | 13:55-15:10\n"
                           "Mr Samuel Okafor | father | family | parent, PR | apologies: at work\n"
                           "Nadia Haddad | interpreter | City Languages | interpreter Arabic for Mrs Grace Okafor | 14:00-15:10\n"
                           "Ravi Thandi | office manager | Oakfield Primary School | minute-taker | 13:55-15:10\n";

static const char *const said[] = {
    "14:08 # Speech and language [10m]",
    "14:12 The therapist's report was shared.",
    "14:13 +Mr Samuel Okafor by phone",
    "14:14 M: Grace: \"I said no in June.\"",
    "14:15 R: A slip is added. (because: the letter was wrong)",
    "14:16 X: The mother asked for a word alone.",
    "14:17 A: Patel, send the therapy targets home, by 4 Dec => the family has them in writing",
    "14:18 K: Grace: speech report -> clinic; referral; given, until 2027-01-05",
    "14:19 He reads well.",
};

static struct stage st;
static struct uuid meeting;
static struct view *killed[4]; /* screens that were left without being closed; freed at the end */
static size_t nkilled;

static void open_live(void)
{
    ck_assert(app_push(&st.app, &view_live, &meeting));
}

static void setup(void)
{
    stage_open(&st);
    meeting = stage_import(&st, plan);
    open_live();
    for (size_t i = 0; i < NITEMS(said); i++)
        stage_line(&st, said[i]);
}

static void teardown(void)
{
    app_close_all(&st.app);
    while (nkilled > 0) {
        st.app.top = killed[--nkilled];
        app_close_all(&st.app);
    }
    stage_close(&st);
}

/* As another program would open it after this one was killed. */
static void killed_and_opened(void)
{
    killed[nkilled++] = st.app.top;
    st.app.top = NULL;
    st.app.message[0] = '\0';
    open_live();
}

static struct record *on_disk(void)
{
    struct record *record = NULL;
    struct err err = {0};
    ck_assert_int_eq(store_record(st.store, meeting, &record, &err), EVH_OK);
    return record;
}

/* The record as text has these words, or has them not. */
static void record_has(const char *words, bool has)
{
    struct record *record = on_disk();
    struct buf b = {0};
    notation_print(&b, record);
    ck_assert_msg((strstr(buf_str(&b), words) != NULL) == has, "%s “%s”:\n%s", has ? "there is no" : "there is", words, buf_str(&b));
    buf_free(&b);
    record_free(record);
}

/* ---- what people say of it ---- */

START_TEST(disputes)
{
    stage_press(&st, "Up D");
    stage_shows(&st, 80, 24, "Who disputes the note of 14:19?");
    stage_golden(&st, 80, 24, "entries-who-80x24");
    stage_golden(&st, 40, 12, "entries-who-40x12");
    stage_press(&st, "2");
    stage_shows(&st, 80, 24, "What is wrong with the note of 14:19, in the words of Mrs Okafor?");
    stage_line(&st, "not at home");
    record_has("14:19 He reads well.\n  = disputed by Mrs Grace Okafor: not at home\n", true);
    stage_shows(&st, 80, 24, "disputed by Mrs Okafor: not at home");
    stage_press(&st, "D");
    stage_type(&st, "Samuel");
    stage_press(&st, "Enter");
    stage_line(&st, "nor do I think so");
    record_has("  = disputed by Mr Samuel Okafor: nor do I think so\n", true);
    stage_press(&st, "D");
    stage_line(&st, "the grandmother");
    stage_line(&st, "he reads with me");
    record_has("  = disputed by the grandmother: he reads with me\n", true);
}
END_TEST

START_TEST(answers_minuted_words)
{
    stage_press(&st, "Up Up Up Up Up Up");
    stage_shows(&st, 80, 24, "Minuted words stand as they were said");
    stage_press(&st, "x");
    stage_shows(&st, 80, 24, "never withdrawn");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "never edited");
    stage_press(&st, "D");
    stage_shows(&st, 80, 24, "A answers them");
    stage_press(&st, "A 1");
    stage_line(&st, "It was heard, and written down late.");
    record_has("  = answered by Ms Anita Patel: It was heard, and written down late.\n", true);
    st.now.day++; /* the day after: the answer says when */
    stage_press(&st, "A 2");
    stage_line(&st, "Thank you.");
    record_has("  = answered by Mrs Grace Okafor: Thank you. (2026-11-25)\n", true);
}
END_TEST

START_TEST(in_another_language)
{
    stage_press(&st, "Up I");
    stage_shows(&st, 80, 24, "2 Nadia Haddad");
    stage_press(&st, "2");
    stage_press(&st, "C-u");
    stage_line(&st, "Arabic: yaqra jayyidan");
    record_has("14:19 He reads well.\n  = in Arabic: yaqra jayyidan, by Nadia Haddad\n", true);
    stage_press(&st, "Up I 1");
    record_has("  = not interpreted\n", true);
}
END_TEST

START_TEST(withdraws)
{
    stage_press(&st, "Up x");
    stage_shows(&st, 80, 24, "Why withdraw the note of 14:19?");
    stage_golden(&st, 80, 24, "entries-ask-80x24");
    stage_golden(&st, 40, 12, "entries-ask-40x12");
    stage_line(&st, "said of his brother");
    record_has("  = withdrawn: said of his brother\n", true);
    stage_press(&st, "x");
    stage_shows(&st, 80, 24, "It is withdrawn already");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "type it anew");
}
END_TEST

/* Of a confidential line neither question nor undo says a word, and it is neither found nor read aloud unless it was opened. */
START_TEST(confidential_stays_so)
{
    stage_press(&st, "Up Up Up Up");
    stage_shows(&st, 80, 24, "Space opens it");
    stage_press(&st, "b");
    stage_shows(&st, 80, 24, "Space opens it first");
    stage_press(&st, "D 2");
    stage_shows(&st, 80, 24, "What is wrong with the confidential line of 14:16");
    stage_shows_not(&st, 80, 24, "word alone");
    stage_line(&st, "I asked for two");
    stage_press(&st, "u");
    stage_shows(&st, 80, 24, "disputes the confidential line of 14:16?");
    stage_shows_not(&st, 80, 24, "I asked for two");
    stage_press(&st, "Esc Up /");
    stage_line(&st, "word alone");
    stage_shows(&st, 80, 24, "No entry of this meeting has “word alone”");
    stage_press(&st, "Up Up Up Space b");
    stage_shows(&st, 80, 24, "word alone");
}
END_TEST

/* ---- half-typed words ---- */

START_TEST(half_typed_words_come_back)
{
    stage_type(&st, "a line of its own");
    stage_press(&st, "Up D 2");
    stage_type(&st, "not at ");
    stage_press(&st, "Left Left Left");
    app_tick(&st.app);
    killed_and_opened();
    stage_shows(&st, 80, 24, "What is wrong with the note of 14:19, in the words of Mrs Okafor?");
    stage_type(&st, "|");
    stage_shows(&st, 80, 24, "not |at");
    stage_press(&st, "Backspace End");
    stage_line(&st, "home");
    record_has("  = disputed by Mrs Grace Okafor: not at home\n", true);
    stage_shows(&st, 80, 24, "a line of its own");
    killed_and_opened();
    stage_shows_not(&st, 80, 24, "What is wrong"); /* it was given */
}
END_TEST

START_TEST(esc_keeps_them)
{
    stage_press(&st, "Up x");
    stage_type(&st, "said of his");
    stage_press(&st, "Esc");
    stage_shows(&st, 80, 24, "What was typed is kept");
    stage_press(&st, "Up x"); /* another line: not its words */
    stage_shows_not(&st, 80, 24, "said of his");
    stage_press(&st, "Esc Down x");
    stage_shows(&st, 80, 24, "said of his");
    stage_press(&st, "C-u Esc x");
    stage_shows_not(&st, 80, 24, "said of his");
}
END_TEST

/* What cannot be stored is asked again with the words that were typed. */
START_TEST(a_failure_keeps_them)
{
    struct session other;
    struct err err = {0};
    stage_line(&st, "14:20 It is taken back elsewhere.");
    stage_press(&st, "Up x");
    stage_type(&st, "said of his brother");
    ck_assert_int_eq(session_open(&other, st.store, &st.types, meeting, false, &err), EVH_OK);
    ck_assert_int_eq(session_undo(&other, false, &err), EVH_OK);
    session_close(&other);
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "not in the record any more");
    stage_shows(&st, 80, 24, "said of his brother");
    record_has("said of his brother", false);
}
END_TEST

/* ---- editing ---- */

/* Every kind may be edited; the keys go from the end backwards. */
static const struct {
    int up;
    const char *keys, *typed, *has;
} edited[] = {
    {1, "C-e", " And often.", "14:19 He reads well. And often.\n  = was: He reads well. (14:20 by Ravi Thandi)\n"},
    {2, "C-u", "14:18 K: Grace: speech report -> clinic; referral; not given", "14:18 K: Mrs Grace Okafor: speech report -> clinic; referral; not given\n"},
    {3, "C-u", "14:17 A: Patel, post the targets, by 11 Dec", "14:17 A: Ms Anita Patel, post the targets, by 2026-12-11\n  = was: Ms Anita Patel, send the therapy targets home, by 2026-12-04"},
    {5, "C-u", "14:15 R: A slip is added. (because: the date was wrong)", "R: A slip is added. (because: the date was wrong)\n  = was: A slip is added. (because: the letter was wrong) (14:20 by Ravi Thandi)\n"},
    {7, "C-a Delete Delete Delete Delete Delete", "14:05", "14:05 +Mr Samuel Okafor by phone\n"},
};

START_TEST(edits_any_kind)
{
    for (int i = 0; i < edited[_i].up; i++)
        stage_press(&st, "Up");
    stage_press(&st, "e");
    stage_press(&st, edited[_i].keys);
    stage_type(&st, edited[_i].typed);
    stage_press(&st, "Enter");
    record_has(edited[_i].has, true);
    if (edited[_i].up == 7) {
        struct record *record = on_disk();
        struct buf b = {0};
        notation_print(&b, record);
        ck_assert_msg(strstr(buf_str(&b), "| 14:05-") != NULL, "presence follows the arrival:\n%s", buf_str(&b));
        buf_free(&b);
        record_free(record);
    }
}
END_TEST

/* Somebody else changes the line meanwhile: it is said, and both wordings are kept. */
START_TEST(edited_elsewhere_meanwhile)
{
    struct session other;
    struct err err = {0};
    const char *line = "14:19 He reads very well.";
    stage_type(&st, "half");
    stage_press(&st, "Up e C-e");
    stage_type(&st, " Often.");
    ck_assert_int_eq(session_open(&other, st.store, &st.types, meeting, false, &err), EVH_OK);
    ck_assert_int_eq(session_edit(&other, other.record->entries[other.record->nentries - 1].id, line, strlen(line), &err), EVH_OK);
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "changed elsewhere meanwhile");
    stage_shows(&st, 80, 24, "14:19 He reads well. Often.");
    stage_press(&st, "Enter");
    record_has("14:19 He reads well. Often.\n  = was: He reads well. (by Ravi Thandi)\n  = was: He reads very well. (14:20 by Ravi Thandi)\n", true);
    stage_shows(&st, 80, 24, "\u25b8 half");
    session_close(&other);
}
END_TEST

START_TEST(taken_back_elsewhere_meanwhile)
{
    struct session other;
    struct err err = {0};
    stage_type(&st, "half");
    stage_press(&st, "Up e C-e");
    stage_type(&st, " Often.");
    ck_assert_int_eq(session_open(&other, st.store, &st.types, meeting, false, &err), EVH_OK);
    ck_assert_int_eq(session_undo(&other, false, &err), EVH_OK);
    session_close(&other);
    app_tick(&st.app);
    stage_shows(&st, 80, 24, "He reads well. Often.");
    killed_and_opened();
    stage_shows(&st, 80, 24, "He reads well. Often.");
    stage_press(&st, "Enter");
    record_has("14:19 He reads well. Often.\n", true);
    stage_shows(&st, 80, 24, "\u25b8 half");
}
END_TEST

/* The line that stepped aside comes back with its cursor, after a kill too. */
START_TEST(the_line_that_stepped_aside)
{
    stage_type(&st, "unfinished");
    stage_press(&st, "C-a Right Right Up e C-e");
    stage_type(&st, "!");
    app_tick(&st.app);
    killed_and_opened();
    stage_shows(&st, 80, 24, "He reads well.!");
    stage_press(&st, "Esc");
    stage_type(&st, "|");
    stage_shows(&st, 80, 24, "un|finished");
    record_has("He reads well.!", false);
}
END_TEST

/* What was reworded while it was read back is read again, and then is corrected. */
START_TEST(reworded_while_read)
{
    stage_press(&st, "Up b e C-e");
    stage_type(&st, " At home.");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "READ BACK");
    stage_press(&st, "y");
    record_has("14:19 He reads well. At home.\n  = was: He reads well. (14:20 by Ravi Thandi)\n  = read back; corrected\n", true);
}
END_TEST

START_TEST(the_last_slip)
{
    stage_type(&st, "s/4 Dec/11 Dec/");
    stage_shows(&st, 80, 24, "correction of A1 \u00b7 now by Fri 11 Dec 2026");
    stage_press(&st, "Enter");
    record_has("A: Ms Anita Patel, send the therapy targets home, by 2026-12-11 => the family has them in writing\n", true);
    stage_type(&st, "s/reads/writes/");
    stage_shows(&st, 80, 24, "correction of the note of 14:19 \u00b7 now \u201cHe writes well.\u201d");
}
END_TEST

/* ---- actions, searching ---- */

START_TEST(changes_an_action)
{
    stage_press(&st, "Up Up Up");
    stage_golden(&st, 80, 24, "entries-action-80x24");
    stage_press(&st, "t");
    stage_line(&st, "11 Dec");
    stage_line(&st, "half term");
    record_has("  = 2026-11-24 due 2026-12-04 -> 2026-12-11 by Ravi Thandi: half term\n", true);
    stage_shows(&st, 80, 24, "by Fri 11 Dec 2026");
    stage_press(&st, "u");
    stage_shows(&st, 80, 24, "takes back the new date of A1 (before: 2026-12-04)?");
    stage_press(&st, "y");
    record_has("half term", false);
    stage_press(&st, "R y m");
    stage_line(&st, "begun");
    record_has("  = 2026-11-24 note by Ravi Thandi: begun\n", true);
    stage_press(&st, "c Enter Enter");
    record_has("  = 2026-11-24 done by Ravi Thandi\n", true);
    stage_press(&st, "Down c");
    stage_shows(&st, 80, 24, "Only actions are completed");
    stage_press(&st, "w");
    stage_shows(&st, 80, 24, "Only actions have an owner");
}
END_TEST

START_TEST(goes_through_positions)
{
    stage_press(&st, "Up p");
    stage_shows(&st, 80, 24, "Positions belong to decisions and disagreements");
    stage_press(&st, "Up Up Up Up p");
    stage_shows(&st, 80, 24, "R1 positions");
}
END_TEST

/* y belongs to a question; without one it changes nothing and says so. */
START_TEST(nothing_was_asked)
{
    struct record *before = on_disk();
    stage_press(&st, "Up y");
    stage_shows(&st, 80, 24, "Nothing was asked");
    struct record *after = on_disk();
    ck_assert_uint_eq(before->nfacts, after->nfacts);
    record_free(before);
    record_free(after);
}
END_TEST

START_TEST(finds_words)
{
    stage_press(&st, "Up /");
    stage_line(&st, "REPORT");
    stage_shows(&st, 80, 24, "I in another language"); /* the note of 14:12 or the consent */
    stage_press(&st, "e");
    stage_shows(&st, 80, 24, "editing 14:12");
    stage_press(&st, "Esc Up /");
    stage_press(&st, "Enter n e");
    stage_shows(&st, 80, 24, "editing 14:18");
    stage_press(&st, "Esc Up G N e");
    stage_shows(&st, 80, 24, "editing 14:18");
    stage_press(&st, "Esc Up /");
    stage_press(&st, "C-u");
    stage_line(&st, "giraffe");
    stage_shows(&st, 80, 24, "No entry of this meeting has “giraffe”");
}
END_TEST

/* ---- undo ---- */

START_TEST(undo_says_what_and_what_was_done)
{
    stage_press(&st, "C-g u");
    stage_shows(&st, 80, 24, "Undo: takes back the note of 14:19: “He reads well.”? y does it");
    stage_golden(&st, 80, 24, "entries-undo-80x24");
    stage_type(&st, "y");
    stage_shows(&st, 80, 24, "Taken back: the note of 14:19: “He reads well.”. Ctrl-G r gives it again");
    stage_press(&st, "C-g u");
    stage_type(&st, "y");
    stage_press(&st, "C-g u");
    stage_shows(&st, 80, 24, "takes back A1: “send the therapy targets home”?");
    stage_type(&st, "no");
    record_has("send the therapy targets home", true);
    stage_shows(&st, 80, 24, "\u25b8 no");
    stage_press(&st, "C-g r");
    stage_shows(&st, 80, 24, "Redo: gives again the consent of 14:18");
    stage_type(&st, "y");
    stage_press(&st, "C-g r");
    stage_type(&st, "y");
    record_has("14:19 He reads well.", true);
    stage_press(&st, "C-g r");
    stage_shows(&st, 80, 24, "There is nothing to redo");
}
END_TEST

/* One key leaves new wording out, and one brings it back; nothing else drops it. */
START_TEST(new_wording_is_never_lost)
{
    stage_type(&st, "half");
    stage_press(&st, "Up e C-e");
    stage_type(&st, " With his mother.");
    stage_press(&st, "Esc");
    stage_shows(&st, 80, 24, "Ctrl-Y puts it back");
    stage_press(&st, "C-u C-u");
    stage_press(&st, "Up e C-e");
    stage_type(&st, " With his father.");
    stage_press(&st, "F9 e");
    stage_shows(&st, 80, 24, "Enter puts the new wording on record first");
    stage_press(&st, "Esc F8 F11");
    for (int i = 0; i < 30 && st.app.top->class == &view_check; i++)
        stage_press(&st, "e p Down");
    stage_press(&st, "Esc");
    stage_shows(&st, 80, 24, "editing 14:19");
    stage_shows(&st, 80, 24, "With his father.");
    stage_press(&st, "Esc C-y");
    stage_shows(&st, 80, 24, "He reads well. With his father.");
}
END_TEST

/* A question is answered by the next letter or by none. */
START_TEST(a_question_does_not_wait)
{
    stage_press(&st, "C-g u");
    app_text(&st.app, "and", 3, true);
    stage_type(&st, "y");
    stage_shows(&st, 80, 24, "\u25b8 andy");
    record_has("He reads well.", true);
}
END_TEST

START_TEST(nothing_to_add_from_among_the_entries)
{
    stage_line(&st, "14:20 # Reading");
    stage_press(&st, "Up C-g n");
    stage_shows(&st, 80, 24, "Who was asked and had nothing to add?");
    stage_press(&st, "2");
    record_has("P: Mr Samuel Okafor: asked, nothing to add", true);
}
END_TEST

/* The line that is half typed meanwhile is on disk again before another key comes. */
START_TEST(an_answer_keeps_the_line_on_disk)
{
    stage_type(&st, "a long line that took half a minute");
    app_tick(&st.app);
    stage_press(&st, "C-g n");
    record_has("P: Mr Samuel Okafor: asked, nothing to add", true);
    killed_and_opened();
    stage_shows(&st, 80, 24, "\u25b8 a long line that took half a minute");
}
END_TEST

/* Who is to do a confidential action is asked without reading it out. */
START_TEST(a_sheet_repeats_nothing_confidential)
{
    stage_line(&st, "14:21 X: A: ring the refuge");
    struct record *record = on_disk();
    struct uuid id = record->entries[record->nentries - 1].id;
    record_free(record);
    ck_assert(sheet_open(st.app.top, &(struct sheet_about){SHEET_ACTION, "a confidential action", id, 0}));
    stage_type(&st, "Ravi Thandi");
    stage_press(&st, "Down");
    stage_shows_not(&st, 80, 24, "refuge");
    stage_press(&st, "F2");
    record_has("X: A: Ravi Thandi, ring the refuge", true);
}
END_TEST

/* Two texts were left half typed: words of the panel stay the panel's, and the question comes later. */
START_TEST(the_panel_comes_back_first)
{
    stage_press(&st, "Up x");
    stage_type(&st, "said of his brother");
    stage_press(&st, "Esc Esc");
    stage_line(&st, "14:21 D: Progress since June");
    stage_press(&st, "Tab");
    stage_type(&st, "no movement on targets 2 and 3");
    app_tick(&st.app);
    killed_and_opened();
    stage_shows(&st, 80, 24, "Ms Patel: no movement on targets 2 and 3");
    stage_press(&st, "Enter");
    record_has("  - Ms Anita Patel: no movement on targets 2 and 3\n", true);
}
END_TEST

Suite *suite_entries(void);

Suite *suite_entries(void)
{
    Suite *s = suite_create("entries");
    TCase *c = tcase_create("entries");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_set_timeout(c, 60);
    const TTest *const tests[] = {disputes, answers_minuted_words, in_another_language, withdraws, confidential_stays_so, half_typed_words_come_back, esc_keeps_them,
        a_failure_keeps_them, edited_elsewhere_meanwhile, taken_back_elsewhere_meanwhile, the_line_that_stepped_aside, reworded_while_read, the_last_slip,
        changes_an_action, goes_through_positions, nothing_was_asked, new_wording_is_never_lost, a_question_does_not_wait,
        nothing_to_add_from_among_the_entries, an_answer_keeps_the_line_on_disk, a_sheet_repeats_nothing_confidential,
        the_panel_comes_back_first, finds_words, undo_says_what_and_what_was_done};
    for (size_t i = 0; i < NITEMS(tests); i++)
        tcase_add_test(c, tests[i]);
    tcase_add_loop_test(c, edits_any_kind, 0, NITEMS(edited));
    suite_add_tcase(s, c);
    return s;
}
