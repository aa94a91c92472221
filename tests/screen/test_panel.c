/* The panel of positions, and the question on leaving an item: nothing typed is misfiled, nothing blocks. */
#include <check.h>
#include <string.h>
#include <unistd.h>

#include "core/check.h"
#include "core/notation.h"
#include "data/file.h"
#include "tests/screen/stage.h"

Suite *suite_panel(void);

static const char plan[] = "evenhand: 1\n"
                           "meeting: tac\n"
                           "child: Tobi Okafor / T.O.\n"
                           "date: 2026-11-24\n"
                           "time: 14:00-15:10\n"
                           "kept-by: Ravi Thandi\n"
                           "kept-as: minutes\n"
                           "agenda: Introductions [5m]\n"
                           "agenda: Speech and language [10m]\n"
                           "agenda: Reading [10m]\n"
                           "\n"
                           "people:\n"
                           "Ms Anita Patel | SENCO | Oakfield Primary School | chair | 13:55-15:10\n"
                           "Mrs Grace Okafor | mother | family | parent, PR | 13:55-15:10\n"
                           "Mr Samuel Okafor | father | family | parent, PR | 13:55-15:10\n"
                           "Ms Ruth Reid | adviser | County SENDIASS | parent-partner for Mrs Grace Okafor | 14:00-15:10\n"
                           "Dr Wei Lin | educational psychologist | County EP Service | professional | 14:30-15:10\n"
                           "Ravi Thandi | office manager | Oakfield Primary School | minute-taker | 13:55-15:10\n";

static const char *const said[] = {
    "14:01 # Introductions [5m]",
    "14:02 Everybody said who they are.",
    "14:03 Grace Okafor: We are glad to be here.",
    "14:03 Samuel Okafor: So am I.",
    "14:08 # Speech and language [10m]",
    "14:12 The therapist's report of 3 November was shared.",
};

static struct stage st;
static struct uuid meeting;

static void setup(void)
{
    stage_open(&st);
    meeting = stage_import(&st, plan);
    ck_assert(app_push(&st.app, &view_live, &meeting));
    for (size_t i = 0; i < NITEMS(said); i++)
        stage_line(&st, said[i]);
}

static void teardown(void)
{
    stage_close(&st);
}

static struct record *on_disk(void)
{
    struct record *record = NULL;
    struct err err = {0};
    ck_assert_int_eq(store_record(st.store, meeting, &record, &err), EVH_OK);
    return record;
}

/* The meeting on disk, printed, has this in it. */
static void is_on_disk(const char *text, bool yes)
{
    struct record *record = on_disk();
    struct buf b = {0};
    notation_print(&b, record);
    ck_assert_msg((strstr(buf_str(&b), text) != NULL) == yes, "“%s” is %son disk:\n%.3000s", text, yes ? "not " : "", buf_str(&b));
    buf_free(&b);
    record_free(record);
}

static void on_record(const char *text)
{
    is_on_disk(text, true);
}

static void shows(const char *text)
{
    stage_shows(&st, 80, 24, text);
}

static void shows_not(const char *text)
{
    stage_shows_not(&st, 80, 24, text);
}

/* ---- what it looks like ---- */

static const struct {
    int w, h;
} sizes[] = {{80, 24}, {120, 40}, {40, 12}};

static void golden(const char *name, int i)
{
    struct buf b = {0};
    buf_addf(&b, "panel-%s-%dx%d", name, sizes[i].w, sizes[i].h);
    stage_golden(&st, sizes[i].w, sizes[i].h, buf_str(&b));
    buf_free(&b);
}

START_TEST(looks_shown)
{
    stage_line(&st, "R: A reading book goes home each Friday");
    golden("shown", _i);
}
END_TEST

START_TEST(looks_inside)
{
    stage_line(&st, "R: A reading book goes home each Friday");
    stage_press(&st, "Tab");
    stage_line(&st, "a");
    stage_line(&st, "r");
    stage_type(&st, "only if it is a book he likes");
    golden("inside", _i);
}
END_TEST

START_TEST(looks_odd)
{
    stage_line(&st, "R: A reading book goes home each Friday");
    stage_press(&st, "Tab");
    stage_type(&st, "a bit");
    golden("odd", _i);
}
END_TEST

START_TEST(looks_disagreement)
{
    stage_line(&st, "D: Progress since June");
    stage_press(&st, "Tab");
    stage_line(&st, "no movement on targets 2 and 3 (basis: termly data)");
    stage_line(&st, "two new sounds since August");
    stage_press(&st, "Enter");
    golden("state", _i);
}
END_TEST

START_TEST(looks_confidential)
{
    stage_line(&st, "X: R: The duty desk is told");
    stage_press(&st, "Tab");
    stage_line(&st, "d he was not asked");
    golden("secret", _i);
    shows_not("he was not asked");
}
END_TEST

START_TEST(looks_question)
{
    stage_press(&st, "F8");
    golden("question", _i);
}
END_TEST

START_TEST(looks_question_left)
{
    stage_line(&st, "# Reading");
    golden("left", _i);
}
END_TEST

START_TEST(is_ascii)
{
    st.app.ascii = true;
    stage_line(&st, "D: Progress since June");
    stage_press(&st, "Tab");
    stage_type(&st, "no movement");
    struct surface s;
    surface_init(&s, 80, 24);
    app_draw(&st.app, &s);
    for (int i = 0; i < s.w * s.h; i++)
        for (const char *p = s.cells[i].text; *p != '\0'; p++)
            ck_assert_msg((unsigned char)*p < 0x80, "cell %d is not ASCII: %s", i, s.cells[i].text);
    surface_free(&s);
    stage_press(&st, "C-u Esc");
    stage_press(&st, "F8");
    shows("Not yet heard from Mrs Okafor and Mr Okafor on this item: F3 now, ^G n =");
}
END_TEST

START_TEST(every_size)
{
    stage_line(&st, "R: A reading book goes home each Friday");
    stage_press(&st, "Tab");
    stage_type(&st, "agrees with reservations: so many words of her own that they do not fit on one row of any screen that anybody has, and some more");
    for (int w = 20; w <= 130; w += w < 60 ? 3 : 10)
        for (int h = 5; h <= 44; h += h < 20 ? 1 : 6) {
            struct surface s;
            surface_init(&s, w, h);
            app_draw(&st.app, &s);
            ck_assert_int_lt(s.cursor_x, w);
            ck_assert_int_lt(s.cursor_y, h);
            surface_free(&s);
        }
    stage_press(&st, "Enter");
    on_record("  - Ms Anita Patel: agrees with reservations: so many words");
}
END_TEST

/* ---- positions ---- */

START_TEST(goes_round)
{
    stage_line(&st, "R: A reading book goes home each Friday");
    shows("R1 positions");
    shows_not("Dr Lin      \u2014"); /* not there yet */
    shows_not("Ms Reid     \u2014"); /* impartial: never asked */
    stage_press(&st, "Tab");
    shows("▸ Ms Patel:");
    stage_line(&st, "a");
    on_record("  - Ms Anita Patel: agrees\n");
    shows("▸ Mrs Okafor:");
    stage_press(&st, "Enter"); /* later */
    shows("▸ Mr Okafor:");
    stage_line(&st, "d nobody asked me");
    on_record("  - Mr Samuel Okafor: disagrees: nobody asked me\n");
    shows("Not recorded: Mrs Okafor");
    shows_not("R1 positions");
    stage_press(&st, "Up F6");
    shows("▸ Mrs Okafor:");
    stage_press(&st, "Tab Tab Tab Tab Enter");
    on_record("  - Mrs Grace Okafor: no position\n");
    shows("Everybody in the room has a position");
}
END_TEST

static const struct {
    const char *typed, *line; /* NULL: it is no position, and the words stay */
} positions[] = {
    {"a", "agrees"}, {"A", "agrees"}, {"n", "no position"}, {"k", "not asked"}, {"b", "absent"}, {"r too fast", "agrees with reservations: too fast"},
    {"Disagrees: it is too far", "disagrees: it is too far"}, {"not asked", "not asked"}, {"agrees", "agrees"}, {"yes", "agrees"}, {"a bit", NULL}, {"r: too fast", "agrees with reservations: too fast"},
    {"agreed", "agrees"}, {"no", NULL}, {"disagreeable as ever", NULL}, {"disagrees, too far", "disagrees: too far"}, {"d, too far", "disagrees: too far"},
};

START_TEST(reads_positions)
{
    stage_line(&st, "R: A reading book goes home each Friday");
    stage_press(&st, "Tab");
    stage_line(&st, positions[_i].typed);
    struct buf line = {0};
    if (positions[_i].line != NULL) {
        buf_addf(&line, "  - Ms Anita Patel: %s\n", positions[_i].line);
        on_record(buf_str(&line));
        shows("▸ Mrs Okafor:");
    } else {
        is_on_disk("  - Ms", false);
        shows("That is no position");
        buf_addf(&line, "▸ Ms Patel: %s\n", positions[_i].typed);
        shows(buf_str(&line));
    }
    buf_free(&line);
}
END_TEST

/* A line of the notation typed in the panel is that line, and nothing else. */
static const struct {
    const char *typed, *printed;
} elsewhere[] = {
    {"14:21 Something else was said", "\n14:21 Something else was said\n"},
    {"# Reading", "\n# Reading\n"},
    {"A: Patel, ring him, by 4 Dec", "A: Ms Anita Patel, ring him, by"},
    {"P: Grace: it is too much", "P: Mrs Grace Okafor: it is too much\n"},
    {"D: The day", "D: The day\n"},
    {"X: a word alone", "X: a word alone\n"},
    {"-Patel: another meeting", "-Ms Anita Patel: another meeting\n"},
    {"break: tea", "break: tea\n"},
    {"//agrees", "\n14:20 agrees\n"},
    {"s/book/books/", "R: A reading books goes home each Friday\n"},
};

START_TEST(misfiles_nothing)
{
    static const char *const entries[] = {"R: A reading book goes home each Friday", "D: A reading book goes home each Friday"};
    for (int i = 0; i < 2; i++) {
        stage_line(&st, entries[i]);
        stage_press(&st, "Tab");
        shows("▸ Ms Patel:");
        if (i == 1 && elsewhere[_i].typed[0] == 's')
            continue;
        stage_line(&st, elsewhere[_i].typed);
        on_record(elsewhere[_i].printed);
        is_on_disk("\n  - ", false);
        shows_not("▸ Ms Patel:");
    }
}
END_TEST

START_TEST(takes_what_is_written_out)
{
    stage_line(&st, "D: Progress since June");
    stage_press(&st, "Tab");
    stage_line(&st, "  - Grace Okafor: two new sounds");
    on_record("  - Mrs Grace Okafor: two new sounds\n");
    shows("▸ Ms Patel:");
    stage_line(&st, "Samuel: none that I heard");
    on_record("  - Mr Samuel Okafor: none that I heard\n");
    stage_line(&st, "no movement (basis: termly data)");
    on_record("  - Ms Anita Patel: no movement (basis: termly data)\n");
    shows("▸ state:");
    stage_line(&st, "e");
    stage_line(&st, "the head; next: she hears both on Friday");
    on_record("  = escalated: the head; next: she hears both on Friday\n");
    shows("Everybody in the room has said their side");
}
END_TEST

/* Ordinary lines are typed as if there were no panel. */
START_TEST(takes_no_ordinary_line)
{
    stage_line(&st, "R: A reading book goes home each Friday");
    stage_press(&st, "Enter");
    shows("R1 positions");
    stage_line(&st, "  - Patel: agrees");
    shows("Ms Patel    agrees");
    stage_line(&st, "agrees");
    on_record("14:20 agrees\n");
    shows_not("R1 positions");
    stage_press(&st, "F6");
    stage_line(&st, "Another one");
    shows("R2 positions");
    stage_press(&st, "F6");
    stage_line(&st, "And one more");
    on_record("R: And one more\n");
    shows("R3 positions");
    stage_press(&st, "Esc");
    shows_not("R3 positions");
    ck_assert_ptr_eq(st.app.top->class, &view_live);
    stage_press(&st, "F6 F6"); /* the newest that lacks somebody */
    shows("R3 positions");
    shows("▸ Ms Patel:");
}
END_TEST

START_TEST(keeps_words)
{
    stage_line(&st, "R: A reading book goes home each Friday");
    stage_line(&st, "A plain note");
    stage_type(&st, "half a line");
    stage_press(&st, "Up Up F6");
    shows("▸ Ms Patel:");
    stage_type(&st, "d it is not");
    stage_press(&st, "F4");
    shows("▸ Ms Patel: d it is not");
    stage_press(&st, "Down");
    shows("▸ Ms Patel: d it is not");
    stage_press(&st, "Esc");
    shows("▸ Ms Patel: d it is not");
    app_tick(&st.app);
    ck_assert(app_push(&st.app, &view_live, &meeting)); /* as another program would, after this one was killed */
    shows("▸ Ms Patel: d it is not");
    stage_line(&st, " enough");
    on_record("R: A reading book goes home each Friday\n  - Ms Anita Patel: disagrees: it is not enough\n");
    shows("▸ Mrs Okafor:");
    stage_press(&st, "Esc");
    shows("▸ half a line");
    app_tick(&st.app);
    ck_assert(app_push(&st.app, &view_live, &meeting));
    shows("▸ half a line");
    shows_not("positions");
}
END_TEST

START_TEST(goes_with_its_entry)
{
    stage_line(&st, "R: A reading book goes home each Friday");
    stage_press(&st, "Tab");
    stage_press(&st, "C-g u");
    stage_type(&st, "y");
    shows_not("R1 positions");
    stage_type(&st, "z");
    shows("▸ z");
    stage_press(&st, "C-u");
    stage_line(&st, "W: He sings");
    on_record("W: He sings\n");
}
END_TEST

/* ---- not yet heard ---- */

START_TEST(asks_on_leaving)
{
    stage_press(&st, "F8");
    shows("Not yet heard from Mrs Okafor and Mr Okafor on this item: F3 now, ^G n =");
    shows("▸ # Reading [10m]");
    stage_press(&st, "C-g n");
    shows("Who was asked");
    stage_type(&st, "1");
    on_record("P: Mrs Grace Okafor: asked, nothing to add\n");
    shows("Not yet heard from Mr Okafor on this item: F3 now");
    shows("▸ # Reading [10m]");
    stage_press(&st, "F3");
    shows("▸ P: Mr Samuel Okafor:");
    stage_line(&st, "He reads to me.");
    on_record("P: Mr Samuel Okafor: He reads to me.\n");
    stage_press(&st, "F8");
    shows_not("Not yet heard");
    stage_press(&st, "Enter");
    shows_not("Not yet heard");
    on_record("He reads to me.\n\n# Reading [10m]\n");
}
END_TEST

START_TEST(loses_no_letter)
{
    stage_press(&st, "F8");
    shows("Not yet heard from");
    stage_type(&st, "1 book"); /* begins the item, and is typed */
    shows("▸ 1 book");
    stage_press(&st, "Enter");
    on_record("# Reading [10m]\n14:20 1 book\n");
}
END_TEST

START_TEST(asks_for_the_item_left)
{
    stage_line(&st, "# Reading [10m]");
    on_record("# Reading [10m]\n");
    shows("Not yet heard from Mrs Okafor and Mr Okafor on item 2: F3 now, ^G n");
    stage_press(&st, "C-g n");
    stage_type(&st, "2");
    on_record("P: Mr Samuel Okafor: asked, nothing to add\n\n# Reading [10m]\n");
    shows("Not yet heard from Mrs Okafor on item 2: F3 now");
    stage_press(&st, "F3");
    stage_type(&st, "He practises.");
    shows("goes to the item that was just left");
    stage_press(&st, "Enter");
    on_record("P: Mrs Grace Okafor: He practises.\n\n# Reading [10m]\n");
    shows("On record under item 2: every parent and carer who was in the room has been");
    stage_line(&st, "  = read back; confirmed");
    on_record("P: Mrs Grace Okafor: He practises.\n  = read back; confirmed\n\n# Reading [10m]\n");
    stage_line(&st, "P: Grace: This is of the new item.");
    on_record("# Reading [10m]\n14:20 P: Mrs Grace Okafor: This is of the new item.\n");
}
END_TEST

/* Nobody's words change the item unsaid. */
START_TEST(says_when_it_came_too_late)
{
    struct session other;
    struct err err = {0};
    const char *line = "14:21 Said meanwhile.";
    stage_line(&st, "# Reading [10m]");
    stage_press(&st, "F3");
    stage_type(&st, "He practises.");
    shows("goes to the item that was just left");
    ck_assert_int_eq(session_open(&other, st.store, &st.types, meeting, false, &err), EVH_OK);
    ck_assert_int_eq(session_line(&other, line, strlen(line), &err), EVH_OK);
    session_close(&other);
    stage_press(&st, "Enter");
    on_record("# Reading [10m]\n14:21 Said meanwhile.\n14:20 P: Mrs Grace Okafor: He practises.\n");
    shows("On record under this item, not the one before");
}
END_TEST

START_TEST(moves_on)
{
    struct record *before = on_disk();
    stage_line(&st, "# Reading [10m]");
    stage_press(&st, "Enter");
    shows_not("Not yet heard");
    stage_press(&st, "C-g n");
    stage_type(&st, "1");
    on_record("# Reading [10m]\n14:20 P: Mrs Grace Okafor: asked, nothing to add\n"); /* of the new item */
    record_free(before);
    stage_press(&st, "C-u");
    stage_line(&st, "# Another");
    shows("Not yet heard from Mr Okafor on item 3");
    stage_line(&st, "P: Samuel: typed by hand"); /* typed is imported: it stands where it was typed */
    on_record("# Another\n14:20 P: Mr Samuel Okafor: typed by hand\n");
    stage_line(&st, "# Last");
    stage_press(&st, "F3 C-u"); /* the answer is cleared away, and another line typed */
    stage_line(&st, "P: Grace: of the last one");
    on_record("# Last\n14:20 P: Mrs Grace Okafor: of the last one\n");
}
END_TEST

/* Whoever moves on finds it again before the sign-off. */
START_TEST(left_is_listed)
{
    stage_line(&st, "# Reading [10m]");
    stage_press(&st, "Enter");
    struct record *record = on_disk();
    struct findings findings = {0};
    size_t n = 0;
    check_completeness(record, &st.types, st.arena, &findings);
    for (size_t i = 0; i < findings.n; i++)
        n += strcmp(findings.v[i].rule, "CK-ITEM-VIEW") == 0 && findings.v[i].item == 2;
    ck_assert_uint_eq(n, 2);
    record_free(record);
}
END_TEST

START_TEST(asks_at_the_end)
{
    stage_line(&st, "end");
    shows("Not yet heard from Mrs Okafor and Mr Okafor on this item");
    stage_press(&st, "F10"); /* asked already */
    shows_not("Not yet heard");
    stage_press(&st, "Esc");
    stage_line(&st, "W: He sings");
    stage_press(&st, "F10");
    shows("Not yet heard from Mrs Okafor and Mr Okafor on this item");
    ck_assert_ptr_eq(st.app.top->class, &view_sign);
}
END_TEST

START_TEST(does_not_ask)
{
    st.now.day++;
    stage_press(&st, "F8");
    shows_not("Not yet heard");
    stage_line(&st, ""); /* begins it */
    shows_not("Not yet heard");
    stage_line(&st, "# One more");
    shows_not("Not yet heard");
}
END_TEST

/* ---- advice ---- */

START_TEST(dismisses)
{
    stage_press(&st, "C-g x");
    shows("There is no advice on this line");
    stage_type(&st, "A: Patel, ring him asap");
    app_tick(&st.app);
    struct buf screen = {0};
    stage_text(&st, 80, 24, &screen);
    stage_press(&st, "C-g x");
    shows("Why does the advice not fit this line?");
    stage_line(&st, "he knows when");
    shows("That advice is not given again on this line");
    app_tick(&st.app);
    stage_press(&st, "Enter");
    shows_not("On record: “asap”");
    buf_free(&screen);
    on_record("A: Ms Anita Patel, ring him asap\n");
}
END_TEST

/* The record is made anew when somebody took a line back elsewhere, just as a position of somebody named goes on record. */
START_TEST(a_line_taken_back_elsewhere)
{
    struct session other;
    struct err err = {0};
    stage_line(&st, "R: A reading book goes home each Friday");
    ck_assert_int_eq(session_open(&other, st.store, &st.types, meeting, false, &err), EVH_OK);
    const char *line = "14:21 Said by nobody.";
    stage_press(&st, "Tab");
    ck_assert_int_eq(session_line(&other, line, strlen(line), &err), EVH_OK);
    app_tick(&st.app);
    stage_type(&st, "Mr Okafor: agrees");
    ck_assert_int_eq(session_undo(&other, false, &err), EVH_OK);
    session_close(&other);
    stage_press(&st, "Enter");
    on_record("  - Mr Samuel Okafor: agrees\n");
    shows("\u25b8 Ms Patel:"); /* she is still to be asked */
}
END_TEST

START_TEST(undo_asked_before_enter_is_no_longer_asked)
{
    stage_line(&st, "R: A reading book goes home each Friday");
    stage_press(&st, "Tab C-g u Enter");
    stage_type(&st, "y");
    on_record("R: A reading book goes home each Friday\n");
    shows(": y");
}
END_TEST

/* Taken back from the people screen while words stand in its panel: they are in the line. */
START_TEST(taken_back_from_another_screen)
{
    stage_line(&st, "R: A reading book goes home each Friday");
    stage_press(&st, "Tab");
    stage_type(&st, "only on Fridays");
    stage_press(&st, "F7 C-g u y Esc");
    is_on_disk("R: A reading book goes home each Friday", false);
    shows("\u25b8 only on Fridays");
}
END_TEST

START_TEST(esc_twice_keeps_words_for_yank)
{
    stage_line(&st, "D: Progress since June");
    stage_press(&st, "Tab");
    stage_type(&st, "no movement on targets 2 and 3");
    stage_press(&st, "Esc Esc C-y");
    shows("\u25b8 no movement on targets 2 and 3");
}
END_TEST

/* Words of the panel, and the line that waits for it. */
START_TEST(the_rescue_file_has_what_waits)
{
    struct buf text = {0}, path = {0};
    struct err err = {0};
    char id[UUID_TEXT];
    stage_line(&st, "14:21 D: Progress since June");
    stage_type(&st, "A line that waits");
    stage_press(&st, "Up p");
    stage_type(&st, "no movement");
    stage_press(&st, "C-g s C-u");
    stage_line(&st, st.dir);
    stage_shows(&st, 80, 24, "Rescued into");
    uuid_text(meeting, id);
    buf_addf(&path, "%s/evenhand-2026-11-24-%.8s-rescue.meeting", st.dir, id + 28);
    ck_assert_msg(file_read(buf_str(&path), 100000, &text, &err) == EVH_OK, "%s", err.text);
    ck_assert_ptr_nonnull(strstr(buf_str(&text), "\n;; no movement\n"));
    ck_assert_ptr_nonnull(strstr(buf_str(&text), "\n;; A line that waits\n"));
    unlink(buf_str(&path));
    buf_free(&text);
    buf_free(&path);
}
END_TEST

Suite *suite_panel(void)
{
    Suite *s = suite_create("panel");
    TCase *c = tcase_create("panel");
    const TTest *const looks[] = {looks_shown, looks_inside, looks_odd, looks_disagreement, looks_confidential, looks_question, looks_question_left};
    const TTest *const tests[] = {is_ascii, every_size, goes_round, takes_what_is_written_out, takes_no_ordinary_line, keeps_words, goes_with_its_entry,
                                  asks_on_leaving, loses_no_letter, asks_for_the_item_left, says_when_it_came_too_late, moves_on, left_is_listed, asks_at_the_end, does_not_ask, dismisses,
                                  a_line_taken_back_elsewhere, undo_asked_before_enter_is_no_longer_asked, taken_back_from_another_screen,
                                  esc_twice_keeps_words_for_yank, the_rescue_file_has_what_waits};
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_set_timeout(c, 60);
    for (size_t i = 0; i < NITEMS(looks); i++)
        tcase_add_loop_test(c, looks[i], 0, NITEMS(sizes));
    for (size_t i = 0; i < NITEMS(tests); i++)
        tcase_add_test(c, tests[i]);
    tcase_add_loop_test(c, reads_positions, 0, NITEMS(positions));
    tcase_add_loop_test(c, misfiles_nothing, 0, NITEMS(elsewhere));
    suite_add_tcase(s, c);
    return s;
}
