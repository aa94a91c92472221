/* The live screen in every state at every layout: what it looks like, that a resize loses no place, that nothing restricted leaks, that no style
 * speaks by colour alone; and that the check of the cursor can fail. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tests/screen/golden.h"
#include "tests/screen/stage.h"

static const char plan[] = "evenhand: 1\n"
                           "meeting: tac\n"
                           "child: Tobi Okafor / T.O.\n"
                           "date: 2026-11-24\n"
                           "time: 14:00-15:10\n"
                           "kept-by: Ravi Thandi\n"
                           "kept-as: minutes\n"
                           "agenda: Introductions [5m]\n"
                           "agenda: Last actions [5m]\n"
                           "agenda: Speech and language [15m]\n"
                           "agenda: Reading [10m]\n"
                           "agenda: Tobi's own views [10m]\n"
                           "agenda: Actions and review [10m]\n"
                           "\n"
                           "people:\n"
                           "Ms Anita Patel | SENCO | Oakfield Primary School | chair | 13:55-15:10\n"
                           "Mrs Grace Okafor | mother | family | parent, PR | 13:55-15:10\n"
                           "Ms Ruth Reid | adviser | County SENDIASS | parent-partner for Mrs Grace Okafor | 14:00-15:10\n"
                           "Dr Wei Lin | educational psychologist | County EP Service | professional | 14:30-15:10\n"
                           "Mr Samuel Okafor | father | family | parent, PR | apologies: at work\n"
                           "Ravi Thandi | office manager | Oakfield Primary School | minute-taker | 13:55-15:10\n";

static const char bare[] = "evenhand: 1\n"
                           "meeting: tac\n"
                           "child: Tobi Okafor / T.O.\n"
                           "date: 2026-11-24\n"
                           "time: 14:00-15:10\n"
                           "kept-by: Ravi Thandi\n"
                           "kept-as: minutes\n";

static const char *const said[] = {
    "14:01 # Introductions [5m]",
    "14:02 Everybody said who they are.",
    "14:04 # Last actions [5m]",
    "14:05 All four are done.",
    "14:08 # Speech and language [15m]",
    "14:12 The therapist's report of 3 November was shared.",
    "14:13 D: Progress since June",
    "  - Patel: no movement on targets 2 and 3",
    "  - Grace Okafor: two new sounds since August",
    "14:14 R: Five minutes of practice each morning, before the register (because: he is fresh then)",
    "  - Patel: agrees",
    "14:16 X: The mother asked for a word alone, about the house move.",
    "14:17 A: Patel, send the therapy targets home, by 4 Dec => the family has them in writing",
};

static struct stage st;
static struct uuid meeting;

static void setup(void)
{
    stage_open(&st);
}

static void teardown(void)
{
    stage_close(&st);
}

static void open_on(const char *text, size_t lines)
{
    meeting = stage_import(&st, text);
    ck_assert(app_push(&st.app, &view_live, &meeting));
    for (size_t i = 0; i < lines; i++)
        stage_line(&st, said[i]);
}

/* ---- states ---- */

static void empty(void) { open_on(bare, 0); }
static void planned(void) { open_on(plan, 0); }
static void spoken(void) { open_on(plan, NITEMS(said)); }

static void typing(void)
{
    spoken();
    stage_type(&st, "P: Grace: He reads to his sister every evening and she asks for more");
}

static void advice(void)
{
    spoken();
    stage_type(&st, "A: Patel, ask the psychologist for a date asap");
}

static void entries(void)
{
    spoken();
    stage_press(&st, "Up Up Up");
}

static void editing(void)
{
    spoken();
    stage_type(&st, "unfinished");
    stage_press(&st, "Up Enter");
}

static void closed(void)
{
    spoken();
    stage_press(&st, "Up Up");
}

static void opened(void)
{
    closed();
    stage_press(&st, "Space");
}

static void reading(void)
{
    spoken();
    stage_line(&st, "14:18 P: Grace: He practises every night before bed, and nobody has ever written that down in any of the reports that I was sent.");
    stage_press(&st, "F9");
}

static void panel(void)
{
    spoken();
    stage_line(&st, "R: A reading book goes home every Friday");
    stage_press(&st, "Tab");
}

static void question(void)
{
    spoken();
    stage_line(&st, "14:19 # Reading [10m]");
    stage_line(&st, "14:20 Twenty books since September.");
    stage_press(&st, "F8");
}

static void undoing(void)
{
    spoken();
    stage_press(&st, "C-g u");
}

static void pausing(void)
{
    spoken();
    stage_line(&st, "14:18 break: waiting for the interpreter");
}

static void trouble(void)
{
    typing();
    app_tick(&st.app);
    snprintf(st.app.trouble, sizeof st.app.trouble, "NOT SAVED since 14:18"); /* until the next tick finds that all is well */
}

static void blank(void)
{
    advice();
    stage_press(&st, "F12");
}

static void chord(void)
{
    advice();
    stage_press(&st, "C-g");
}

static void help(void)
{
    spoken();
    stage_press(&st, "F1");
}

static void ascii(void)
{
    advice();
    st.app.ascii = true;
}

static const struct state {
    const char *name;
    void (*make)(void);
    bool extremes; /* the sizes at both ends too */
} states[] = {
    {"empty", empty, false},     {"planned", planned, false}, {"typing", typing, true},     {"advice", advice, false},   {"entries", entries, true},
    {"editing", editing, true},  {"closed", closed, false},   {"opened", opened, false},    {"reading", reading, true},  {"panel", panel, true},
    {"question", question, false}, {"undo", undoing, false},  {"break", pausing, false},    {"trouble", trouble, true},  {"blank", blank, false},
    {"chord", chord, false},     {"help", help, false},       {"ascii", ascii, false},
};

/* As stage_text(), but the clock does not tick: what a test has put there stays. */
static void still_text(int w, int h, struct buf *out)
{
    struct surface s;
    surface_init(&s, w, h);
    app_draw(&st.app, &s);
    golden_check_cursor(&s);
    surface_dump(&s, out);
    surface_free(&s);
}

static void ticked_text(int w, int h, struct buf *out)
{
    stage_text(&st, w, h, out);
}

static const int sizes[][2] = {{80, 24}, {120, 40}, {40, 12}, {200, 50}, {59, 15}, {20, 5}};
#define USUAL_SIZES 3

/* One file a state, all its sizes in it. */
START_TEST(looks)
{
    const struct state *state = &states[_i];
    struct buf all = {0}, name = {0};
    state->make();
    for (size_t i = 0; i < (state->extremes ? NITEMS(sizes) : USUAL_SIZES); i++)
        (state->make == trouble ? still_text : ticked_text)(sizes[i][0], sizes[i][1], &all);
    buf_addf(&name, "layout-%s", state->name);
    golden_check_text(name.s, buf_str(&all));
    buf_free(&all);
    buf_free(&name);
}
END_TEST

/* ---- a resize loses nothing ---- */

START_TEST(resized_and_back)
{
    static const int others[][2] = {{120, 40}, {20, 5}, {59, 15}, {10, 3}, {200, 50}, {1, 1}, {60, 16}};
    states[_i].make();
    for (size_t size = 0; size < USUAL_SIZES; size++) {
        struct buf before = {0}, after = {0};
        stage_text(&st, sizes[size][0], sizes[size][1], &before);
        for (size_t i = 0; i < NITEMS(others); i++) {
            struct surface s;
            surface_init(&s, others[i][0], others[i][1]);
            app_draw(&st.app, &s);
            surface_free(&s);
        }
        stage_text(&st, sizes[size][0], sizes[size][1], &after);
        ck_assert_msg(strcmp(before.s, after.s) == 0, "it was\n%.2000s\nand became\n%.2000s", before.s, after.s);
        buf_free(&before);
        buf_free(&after);
    }
}
END_TEST

START_TEST(resized_while_scrolled)
{
    open_on(plan, NITEMS(said));
    for (int i = 0; i < 40; i++)
        stage_line(&st, i % 2 == 0 ? "one of many lines" : "a line that is longer than most of the others and has to be wrapped on a narrow screen");
    struct buf before = {0}, after = {0}, wide = {0};
    stage_text(&st, 80, 24, &before);
    stage_press(&st, "PgUp PgUp");
    buf_clear(&before);
    stage_text(&st, 80, 24, &before);
    stage_shows(&st, 80, 24, "newer below");
    stage_text(&st, 200, 50, &wide);
    stage_text(&st, 40, 12, &wide);
    stage_text(&st, 80, 24, &after);
    ck_assert_str_eq(before.s, after.s);
    stage_press(&st, "PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp"); /* far beyond the first: one key down is seen at once */
    stage_shows(&st, 80, 24, "Introductions");
    buf_clear(&before);
    buf_clear(&after);
    stage_text(&st, 80, 24, &before);
    stage_press(&st, "PgDn");
    stage_text(&st, 80, 24, &after);
    ck_assert_str_ne(before.s, after.s);
    buf_free(&before);
    buf_free(&after);
    buf_free(&wide);
}
END_TEST

/* ---- the parts ---- */

/* The state and the trouble are read in every layout that can show them. */
START_TEST(state_is_always_shown)
{
    static const struct {
        int w, h;
        const char *live, *late;
    } cases[] = {
        {80, 24, "LIVE 0:20   item 3 of 6  (12 of 15 min)", "NOT SAVED since 14:18"}, {60, 16, "LIVE 0:20   item 3 of 6", "NOT SAVED since 14:18"},
        {59, 15, "LIVE 0:20   item 3 of 6  (12 of 15 min)", "NOT SAVED since 14:18"}, {40, 12, "LIVE 0:20", "NOT SAVED since 14:18"},
        {20, 6, "LIVE 0:20", "NOT SAVED"}, {20, 5, "LIVE 0:20", "NOT SAVED"},
    };
    spoken();
    for (size_t i = 0; i < NITEMS(cases); i++) {
        st.app.trouble[0] = '\0';
        stage_shows(&st, cases[i].w, cases[i].h, cases[i].live);
        snprintf(st.app.trouble, sizeof st.app.trouble, "NOT SAVED since 14:18");
        struct buf b = {0};
        still_text(cases[i].w, cases[i].h, &b);
        ck_assert_msg(strstr(b.s, cases[i].late) != NULL, "“%s” is not on the screen:\n%.3000s", cases[i].late, b.s);
        buf_free(&b);
    }
    st.app.trouble[0] = '\0';
    stage_shows_not(&st, 80, 24, "NOT SAVED");
}
END_TEST

START_TEST(time_against_the_plan)
{
    spoken();
    stage_shows(&st, 80, 24, "(12 of 15 min)");
    st.now.time += 3;
    stage_shows(&st, 80, 24, "(15 of 15 min)");
    st.now.time += 4;
    stage_shows(&st, 80, 24, "(+4 min)");
    stage_shows(&st, 120, 40, "Reading            10m");
    stage_line(&st, "break: waiting for the interpreter");
    st.now.time += 4;
    stage_shows(&st, 80, 24, "BREAK 0:04   item 3 of 6");
    stage_shows(&st, 40, 12, "BREAK 0:04");
    stage_line(&st, "resume");
    stage_shows(&st, 80, 24, "LIVE 0:31");
}
END_TEST

/* Below 60x16 there are no panes, from there on there are. */
START_TEST(boundaries)
{
    spoken();
    stage_shows(&st, 60, 16, "AGENDA");
    stage_shows_not(&st, 59, 16, "AGENDA");
    stage_shows_not(&st, 60, 15, "AGENDA");
    stage_shows(&st, 120, 16, "ACTIONS");
    stage_shows_not(&st, 119, 40, "ACTIONS");
    stage_shows(&st, 19, 5, "too small");
}
END_TEST

/* Who was not heard on the item has a sign, until something of theirs is recorded. */
START_TEST(who_was_not_heard)
{
    spoken();
    stage_line(&st, "# Reading [10m]");
    stage_shows(&st, 80, 24, "Mrs Okafor  ○ parent");
    stage_shows_not(&st, 80, 24, "Mr Okafor  ○");
    stage_shows(&st, 200, 50, "not yet: Mrs Okafor");
    stage_line(&st, "P: Grace: He reads to his sister.");
    stage_shows(&st, 80, 24, "Mrs Okafor    parent");
    stage_shows_not(&st, 200, 50, "not yet:");
}
END_TEST

/* A long entry is read to its end, and never beyond it. */
START_TEST(long_words_scroll)
{
    struct buf line = {0};
    spoken();
    buf_adds(&line, "P: Grace: The first words.");
    for (int i = 0; i < 40; i++)
        buf_addf(&line, " And then sentence number %d was said with great care.", i);
    stage_line(&st, line.s);
    stage_press(&st, "F9");
    stage_shows(&st, 80, 24, "The first words.");
    stage_shows_not(&st, 80, 24, "number 39");
    stage_press(&st, "PgDn PgDn PgDn PgDn PgDn");
    stage_shows(&st, 80, 24, "number 39");
    stage_press(&st, "Up");
    stage_shows_not(&st, 80, 24, "39 was said with great care");
    stage_press(&st, "PgUp PgUp PgUp PgUp PgUp PgUp");
    stage_shows(&st, 80, 24, "The first words.");
    stage_press(&st, "y");
    stage_shows(&st, 80, 24, "read back ✓");
    buf_free(&line);
}
END_TEST

/* ---- the blank screen ---- */

START_TEST(blank_shows_nothing)
{
    struct buf b = {0};
    trouble();
    stage_press(&st, _i == 0 ? "F12" : "C-g =");
    app_say(&st.app, STYLE_WARN, "Mrs Okafor said so"); /* a message that comes meanwhile */
    for (size_t i = 0; i < NITEMS(sizes); i++) {
        buf_clear(&b);
        stage_text(&st, sizes[i][0], sizes[i][1], &b);
        const char *words = strchr(b.s, '\n') + 1;
        ck_assert(strncmp(words, "Evenhand: any key\n", 18) == 0);
        words += 18;
        ck_assert_uint_eq(strspn(words, "\n"), (size_t)sizes[i][1] - 1);
    }
    stage_type(&st, "q"); /* only shows the screen again: it is lost to the line */
    stage_shows(&st, 80, 24, "▸ P: Grace: He reads to his sister every evening and she asks for more\n");
    stage_type(&st, "!");
    stage_shows(&st, 80, 24, "and she asks for more!");
    buf_free(&b);
}
END_TEST

/* ---- nothing restricted is seen until it is opened ---- */

static const char *const secrets[] = {
    "14:14 X: zebra asked for a word.",
    "14:14 X(Ruth): P: Grace: zebra is afraid of the dog",
    "14:15 X: A: Patel, ring zebra, by 4 Dec => zebra was rung",
    "14:15 X(Ruth): D: Whether zebra comes",
    "  - Patel: zebra should come",
    "  = open; next: zebra is asked",
    "14:16 X: R: zebra is invited (because: zebra asked)",
    "  - Patel: agrees with reservations: zebra is busy",
    "14:16 X: K: Mrs Okafor: zebra's report -> zebra; to see; given",
    "14:17 X(Ruth): C: Tobi (drawing; asked by Patel): \"zebra lives with us\"",
    "14:17 X: M: Mrs Okafor: \"zebra must not know\"",
    "14:18 X: A: Patel, write to zebra, by 4 Dec",
    "  = withdrawn: zebra moved",
};

static void no_zebra(const char *where)
{
    for (size_t i = 0; i < NITEMS(sizes); i++) {
        struct buf b = {0};
        stage_text(&st, sizes[i][0], sizes[i][1], &b);
        ck_assert_msg(strstr(b.s, "zebra") == NULL, "%s shows what is restricted:\n%.3000s", where, b.s);
        buf_free(&b);
    }
}

START_TEST(restricted_never_leaks)
{
    spoken();
    for (size_t i = 0; i < NITEMS(secrets); i++) {
        stage_line(&st, secrets[i]);
        st.app.message[0] = '\0'; /* what was typed just now may be answered in its own words */
        no_zebra(secrets[i]);
        stage_press(&st, "C-g u"); /* what would be undone is said in words; the next letter is no answer */
        no_zebra("undo");
    }
    stage_line(&st, "X: outcome: continue; zebra comes too");
    stage_line(&st, "X(Ruth): recommendation: zebra to be told");
    st.app.message[0] = '\0';
    no_zebra("what follows the entries");
    static const char *const keys[] = {"C-g u", "F9", "Esc", "PgUp", "PgDn", "Up", "Up", "Up", "Up", "Up", "F9", "Esc", "F8", "C-u", "Tab", "Down", "C-u"};
    for (size_t i = 0; i < NITEMS(keys); i++) {
        stage_press(&st, keys[i]);
        no_zebra(keys[i]);
    }
    stage_line(&st, "signoff:");
    stage_line(&st, "X: Grace Okafor | declined | 2026-11-24 | zebra was there");
    stage_press(&st, "Enter");
    st.app.message[0] = '\0';
    no_zebra("a sign-off");
    stage_type(&st, "A: z");
    stage_press(&st, "Tab");
    no_zebra("completion");
}
END_TEST

START_TEST(restricted_is_opened_by_key)
{
    closed();
    stage_shows(&st, 80, 24, "············");
    stage_shows_not(&st, 80, 24, "house move");
    stage_press(&st, "Space");
    stage_shows(&st, 80, 24, "house move");
    stage_press(&st, "F9");
    stage_shows(&st, 80, 24, "house move");
    stage_press(&st, "Esc");
    stage_shows_not(&st, 80, 24, "house move");
}
END_TEST

/* Reading back opens nothing by itself: neither the words, nor whose they are. */
START_TEST(restricted_is_not_read_back_closed)
{
    spoken();
    stage_line(&st, "14:18 X(Ruth): P: Grace: the house move frightens her");
    stage_press(&st, "Up F9");
    for (size_t i = 0; i < NITEMS(sizes); i++) {
        stage_shows_not(&st, sizes[i][0], sizes[i][1], "frightens");
        stage_shows_not(&st, sizes[i][0], sizes[i][1], "view of");
    }
    stage_press(&st, "Esc Up Space F9");
    stage_shows(&st, 80, 24, "frightens");
    stage_shows(&st, 80, 24, "view of Mrs Okafor");
    stage_press(&st, "Esc");
    stage_shows_not(&st, 80, 24, "frightens");
}
END_TEST

/* ---- styles ---- */

static bool has(const char *attributes, char c)
{
    return strchr(attributes, c) != NULL;
}

/* Contrast of a bright colour on black, as WCAG reckons it, in tenths; the usual palette of sixteen colours. */
static int contrast_tenths(char colour)
{
    return colour == 'w' ? 210 : colour == 'y' ? 196 : colour == 'g' ? 153 : colour == 'c' ? 167 : 0;
}

START_TEST(styles_speak_without_colour)
{
    for (int i = 0; i < STYLE_COUNT; i++) {
        const struct style_info *style = &style_table[i];
        int colours = 0;
        for (const char *c = style->contrast; *c != '\0'; c++) {
            ck_assert_msg(strchr("brwugyc", *c) != NULL, "%s: contrast “%c”", style->help, *c);
            if (strchr("wygc", *c) != NULL) {
                colours++;
                ck_assert_int_ge(contrast_tenths(*c), 70);
            }
        }
        ck_assert_msg(colours == 1, "%s: one colour of high contrast, not %d", style->help, colours);
        for (int k = 0; k < i; k++)
            ck_assert_msg(style_table[k].letter != style->letter, "%s and %s share a letter", style->help, style_table[k].help);
    }
    static const enum style marked[] = {STYLE_TITLE, STYLE_FOCUS, STYLE_HEAD, STYLE_WARN, STYLE_BAD, STYLE_KEY, STYLE_MESSAGE};
    for (size_t i = 0; i < NITEMS(marked); i++) {
        ck_assert_uint_gt(strlen(style_table[marked[i]].mono), 0);
        ck_assert(strpbrk(style_table[marked[i]].contrast, "bru") != NULL);
    }
    ck_assert(has(style_table[STYLE_FOCUS].mono, 'r') && has(style_table[STYLE_FOCUS].contrast, 'r'));
    ck_assert_str_ne(style_table[STYLE_TITLE].mono, style_table[STYLE_BAD].mono); /* trouble is seen within the title */
    ck_assert_str_ne(style_table[STYLE_TITLE].contrast, style_table[STYLE_BAD].contrast);
}
END_TEST

/* ---- the check of the cursor fails when it should ---- */

START_TEST(cursor_check_can_fail)
{
    struct surface s;
    advice();
    surface_init(&s, 80, 24);
    app_draw(&st.app, &s);
    ck_assert_ptr_null(golden_cursor_fault(&s));
    static const int wrong[][2] = {{0, 0}, {79, 23}, {-1, 3}, {0, 24}, {80, 0}, {24, 5}, {1, 23}, {30, 17}, {5, 19}, {45, 1}};
    for (size_t i = 0; i < NITEMS(wrong); i++) {
        s.cursor_x = wrong[i][0];
        s.cursor_y = wrong[i][1];
        ck_assert_msg(golden_cursor_fault(&s) != NULL, "%d,%d is found right", wrong[i][0], wrong[i][1]);
    }
    stage_press(&st, "Up Up");
    surface_clear(&s);
    app_draw(&st.app, &s);
    ck_assert_ptr_null(golden_cursor_fault(&s));
    s.cursor_x += 20; /* within the row in focus */
    ck_assert_ptr_nonnull(golden_cursor_fault(&s));
    surface_free(&s);
}
END_TEST

Suite *suite_layout(void);

Suite *suite_layout(void)
{
    Suite *s = suite_create("layout");
    TCase *c = tcase_create("layout");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_set_timeout(c, 60);
    tcase_add_loop_test(c, looks, 0, NITEMS(states));
    tcase_add_loop_test(c, resized_and_back, 0, NITEMS(states));
    tcase_add_loop_test(c, blank_shows_nothing, 0, 2);
    const TTest *const tests[] = {resized_while_scrolled, state_is_always_shown, time_against_the_plan, boundaries, who_was_not_heard, long_words_scroll,
                                  restricted_never_leaks, restricted_is_opened_by_key, restricted_is_not_read_back_closed, styles_speak_without_colour, cursor_check_can_fail};
    for (size_t i = 0; i < NITEMS(tests); i++)
        tcase_add_test(c, tests[i]);
    suite_add_tcase(s, c);
    return s;
}
