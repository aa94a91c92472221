/* The live meeting screen: what is typed is on record, nothing is lost, and what it looks like at three sizes. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

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
                           "agenda: Speech and language [10m]\n"
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

static const char *const said[] = {
    "14:01 # Introductions [5m]",
    "14:02 Everybody said who they are.",
    "14:04 # Last actions [5m]",
    "14:05 All four are done.",
    "14:08 # Speech and language [10m]",
    "14:12 The therapist's report of 3 November was shared.",
    "14:14 P: Grace: \"He practises every night and nobody has written that down.\"",
    "  = read back; confirmed",
    "14:15 D: Progress since June",
    "  - Patel: no movement on targets 2 and 3",
    "  - Grace Okafor: two new sounds since August",
    "14:16 X: The mother asked for a word alone.",
    "14:17 A: Patel, send the therapy targets home, by 4 Dec => the family has them in writing",
};

static struct stage st;
static struct uuid meeting;

static void open_live(void)
{
    ck_assert(app_push(&st.app, &view_live, &meeting));
}

static void setup(void)
{
    stage_open(&st);
    meeting = stage_import(&st, plan);
    open_live();
}

static void setup_said(void)
{
    setup();
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

static size_t entries_on_disk(void)
{
    struct record *record = on_disk();
    size_t n = record->nentries;
    record_free(record);
    return n;
}

/* The words of the last entry on disk, which must be of a kind. */
static void last_is(enum entry_kind kind, const char *text)
{
    struct record *record = on_disk();
    ck_assert_uint_gt(record->nentries, 0);
    const struct entry *e = &record->entries[record->nentries - 1];
    ck_assert_int_eq(e->kind, kind);
    ck_assert_str_eq(e->text, text);
    record_free(record);
}

/* ---- what it looks like ---- */

START_TEST(looks)
{
    static const struct {
        int w, h;
        const char *name;
    } sizes[] = {{80, 24, "live-80x24"}, {120, 40, "live-120x40"}, {40, 12, "live-40x12"}};
    stage_type(&st, "A: Patel, ask the psychologist for a date asap");
    stage_golden(&st, sizes[_i].w, sizes[_i].h, sizes[_i].name);
}
END_TEST

START_TEST(looks_empty)
{
    stage_golden(&st, 80, 24, "live-new-80x24");
}
END_TEST

START_TEST(looks_ascii)
{
    st.app.ascii = true;
    struct surface s;
    surface_init(&s, 80, 24);
    app_draw(&st.app, &s);
    for (int i = 0; i < s.w * s.h; i++)
        for (const char *p = s.cells[i].text; *p != '\0'; p++)
            ck_assert_msg((unsigned char)*p < 0x80, "cell %d is not ASCII: %s", i, s.cells[i].text);
    surface_free(&s);
}
END_TEST

/* Every size is drawn without harm, and the line keeps what was typed. */
START_TEST(every_size)
{
    stage_type(&st, "a line of some length that has to wrap on all but the widest of screens, and goes on for a while after that");
    for (int w = 1; w <= 130; w += w < 40 ? 3 : 10)
        for (int h = 1; h <= 44; h += h < 20 ? 1 : 6) {
            struct surface s;
            surface_init(&s, w, h);
            app_draw(&st.app, &s);
            ck_assert_int_lt(s.cursor_x, w);
            ck_assert_int_lt(s.cursor_y, h);
            surface_free(&s);
        }
    stage_press(&st, "Enter");
    last_is(ENTRY_NOTE, "a line of some length that has to wrap on all but the widest of screens, and goes on for a while after that");
}
END_TEST

/* ---- committing ---- */

START_TEST(commits)
{
    size_t before = entries_on_disk();
    stage_type(&st, "W: Grace: He sings.");
    ck_assert_uint_eq(entries_on_disk(), before);
    stage_press(&st, "Enter");
    last_is(ENTRY_STRENGTH, "He sings.");
    stage_shows(&st, 80, 24, "He sings.");
    struct record *record = on_disk();
    ck_assert_int_eq(record->entries[record->nentries - 1].time, 14 * 60 + 20); /* stamped by the clock */
    record_free(record);
}
END_TEST

START_TEST(empty_enter_does_nothing)
{
    struct record *before = on_disk();
    stage_press(&st, "Enter Enter");
    stage_line(&st, "   ");
    struct record *after = on_disk();
    ck_assert_uint_eq(before->nfacts, after->nfacts);
    record_free(before);
    record_free(after);
}
END_TEST

START_TEST(sections)
{
    stage_line(&st, "outcome: continue; next: 2027-01-05");
    stage_line(&st, "signoff:");
    stage_shows(&st, 80, 24, "an empty line ends the list");
    stage_line(&st, "Grace Okafor | signed with reservations | 2026-11-24 | That it was said.");
    stage_shows(&st, 80, 24, "signed with reservations");
    stage_press(&st, "Enter");
    stage_line(&st, "A line after the list.");
    stage_shows(&st, 80, 24, "A line after the list.");
    stage_shows_not(&st, 80, 24, "signed with reservations");
    last_is(ENTRY_NOTE, "A line after the list.");
    struct record *record = on_disk();
    ck_assert_uint_eq(record->nsignoffs, 1);
    ck_assert_str_eq(record->signoffs[0].name, "Mrs Grace Okafor");
    ck_assert_uint_eq(record->noutcomes, 1);
    record_free(record);
}
END_TEST

/* ---- the beginning of the line by key ---- */

static const struct {
    const char *typed, *keys, *becomes;
} beginnings[] = {
    {"", "F4", "A: "},
    {"", "C-g 4", "A: "},
    {"", "F3", "P: "},
    {"", "F3 F3", "C: "},
    {"", "F3 F3 F3", "P: "},
    {"", "F5", "D: "},
    {"", "F6", "R: "},
    {"", "F4 F2", ""},
    {"Patel, ring him", "F4", "A: Patel, ring him"},
    {"P: Grace: yes", "F6", "R: Grace: yes"},
    {"14:05 P: yes", "F5", "14:05 D: yes"},
    {"X: he said so", "F3", "X: P: he said so"},
    {"X(Ruth): P: yes", "F4", "X(Ruth): A: yes"},
    {"A?: Lin, come", "F2", "Lin, come"},
    {"x", "F4", "A: x"},
};

START_TEST(begins)
{
    stage_type(&st, beginnings[_i].typed);
    stage_press(&st, beginnings[_i].keys);
    if (beginnings[_i].becomes[0] != '\0')
        stage_type(&st, "|"); /* the cursor is at the end */
    struct buf want = {0};
    buf_addf(&want, beginnings[_i].becomes[0] != '\0' ? "▸ %s|" : "▸%s\n", beginnings[_i].becomes);
    stage_shows(&st, 80, 24, want.s);
    buf_free(&want);
}
END_TEST

START_TEST(next_item)
{
    stage_press(&st, "F8");
    stage_shows(&st, 80, 24, "▸ # Reading [10m]");
    stage_press(&st, "F8");
    stage_shows(&st, 80, 24, "▸ # Tobi's own views [10m]");
    stage_press(&st, "F8 F8");
    stage_shows(&st, 80, 24, "▸ #\n");
    stage_press(&st, "C-u F8 Enter");
    stage_shows(&st, 80, 24, "item 4 of 6");
    stage_shows(&st, 80, 24, "4  Reading");
    stage_type(&st, "half a line");
    stage_press(&st, "F8");
    stage_shows(&st, 80, 24, "half a line");
    stage_press(&st, "C-u F8");
    stage_type(&st, "He likes it");
    stage_shows(&st, 80, 24, "item 5 of 6"); /* typing on begins the item, and not one letter goes into its title */
    stage_shows(&st, 80, 24, "\u25b8 He likes it");
}
END_TEST

START_TEST(tab_begins_a_position)
{
    stage_line(&st, "R: A reading book goes home");
    stage_press(&st, "Tab"); /* into the panel: tests/screen/test_panel.c */
    stage_shows(&st, 80, 24, "▸ Ms Patel:");
    stage_line(&st, "Patel: agrees");
    stage_shows(&st, 80, 24, "Ms Patel: agrees");
    stage_press(&st, "Esc");
    stage_type(&st, "- Okafor: agr");
    stage_shows(&st, 80, 24, "it goes under the entry above");
    stage_press(&st, "Home Tab");
    stage_shows(&st, 80, 24, "▸   - Okafor: agr");
    stage_press(&st, "End C-u");
    stage_line(&st, "- Mrs Okafor: agrees"); /* without its blanks it is a position all the same */
    stage_shows(&st, 80, 24, "Mrs Okafor: agrees");
    stage_line(&st, "A plain note");
    stage_press(&st, "Tab");
    stage_shows_not(&st, 80, 24, "▸ Ms Patel:");
}
END_TEST

START_TEST(esc_leaves_no_words_unawares)
{
    stage_press(&st, "F3 Esc"); /* only the beginning that the key gave */
    ck_assert_str_eq(st.app.top->class->name, "live meeting");
    stage_type(&st, "half a sentence");
    stage_press(&st, "Esc");
    ck_assert_str_eq(st.app.top->class->name, "live meeting");
    stage_shows(&st, 80, 24, "Esc again leaves the meeting");
    stage_type(&st, "y"); /* is typed, and the question is over */
    stage_shows(&st, 80, 24, "half a sentencey");
    stage_press(&st, "Esc");
    ck_assert_ptr_nonnull(st.app.top);
    stage_press(&st, "Esc");
    ck_assert_ptr_null(st.app.top);
}
END_TEST

START_TEST(says_what_a_heading_repeats)
{
    stage_line(&st, "# Introductions");
    stage_shows(&st, 80, 24, "item 1 has the same name");
}
END_TEST

START_TEST(says_what_nobody_signed)
{
    stage_line(&st, "signoff:");
    stage_line(&st, "Grace Okafor | signed | 2026-11-24 |");
    stage_line(&st, "");
    stage_line(&st, "14:21 And another thing");
    stage_shows(&st, 80, 24, "On record after Mrs Grace Okafor signed");
}
END_TEST

START_TEST(completes_titles)
{
    stage_type(&st, "# Rea");
    stage_press(&st, "Tab");
    stage_shows(&st, 80, 24, "▸ # Reading");
}
END_TEST

/* ---- completion ---- */

START_TEST(completes)
{
    static const struct {
        const char *typed, *keys, *shows;
    } cases[] = {
        {"A: Pat", "Tab", "▸ A: Ms Anita Patel"},
        {"+Wei", "Tab", "▸ +Dr Wei Lin"},
        {"A: Patel, ring Ruth Re", "Tab", "▸ A: Patel, ring Ms Ruth Reid"},
        {"  - Grace Okafor: agr", "Tab", "▸   - Grace Okafor: agrees"},
        {"nothing begins with zzz", "Tab", "▸ nothing begins with zzz"},
    };
    for (size_t i = 0; i < NITEMS(cases); i++) {
        stage_press(&st, "C-e C-u");
        stage_type(&st, cases[i].typed);
        stage_press(&st, cases[i].keys);
        stage_shows(&st, 80, 24, cases[i].shows);
    }
}
END_TEST

START_TEST(completes_in_turn)
{
    stage_type(&st, "A: Okaf");
    stage_press(&st, "Tab");
    stage_shows(&st, 80, 24, "▸ A: Mrs Grace Okafor");
    stage_shows(&st, 80, 24, "Mr Samuel Okafor  ");
    stage_press(&st, "Tab");
    stage_shows(&st, 80, 24, "▸ A: Mr Samuel Okafor");
    stage_type(&st, ", come");
    stage_shows(&st, 80, 24, "▸ A: Mr Samuel Okafor, come");
}
END_TEST

START_TEST(completes_dates)
{
    stage_type(&st, "A: Patel, ring, by 4 D");
    stage_press(&st, "Tab Enter");
    struct record *record = on_disk();
    const struct entry *e = &record->entries[record->nentries - 1];
    ck_assert_int_eq(e->due, civil_day((struct civil){2026, 12, 4}));
    record_free(record);
}
END_TEST

/* ---- the half-typed line ---- */

START_TEST(draft_returns)
{
    stage_type(&st, "W: she is kind, and");
    stage_press(&st, "C-a Right");
    app_tick(&st.app);
    open_live(); /* as another program would, while this one never closed */
    stage_shows(&st, 80, 24, "▸ W: she is kind, and");
    stage_type(&st, "!");
    stage_shows(&st, 80, 24, "▸ W!: she is kind, and");
}
END_TEST

START_TEST(draft_goes_with_enter)
{
    stage_type(&st, "It is kept.");
    app_tick(&st.app);
    stage_press(&st, "Enter");
    struct draft draft = {0};
    struct err err = {0};
    ck_assert_int_eq(store_draft_load(st.store, st.arena, meeting, &draft, &err), EVH_OK);
    ck_assert(draft.text == NULL || draft.text[0] == '\0');
}
END_TEST

START_TEST(draft_of_an_edit_returns)
{
    stage_type(&st, "unfinished");
    stage_press(&st, "Up Enter C-e");
    stage_type(&st, " and by post");
    app_tick(&st.app);
    open_live();
    stage_shows(&st, 80, 24, "editing 14:17");
    stage_shows(&st, 80, 24, "and by post");
    stage_press(&st, "Esc");
    stage_shows(&st, 80, 24, "▸ unfinished");
}
END_TEST

/* ---- entries ---- */

START_TEST(edits)
{
    stage_type(&st, "unfinished");
    stage_press(&st, "Up Up Up Up Up");
    stage_press(&st, "Enter");
    stage_shows(&st, 80, 24, "editing 14:12");
    stage_press(&st, "C-e");
    stage_type(&st, " It was read out.");
    size_t before = entries_on_disk();
    stage_press(&st, "Enter");
    ck_assert_uint_eq(entries_on_disk(), before);
    stage_shows(&st, 80, 24, "▸ unfinished");
    struct record *record = on_disk();
    const struct entry *e = &record->entries[2];
    ck_assert_str_eq(e->text, "The therapist's report of 3 November was shared. It was read out.");
    ck_assert_uint_eq(e->nearlier, 1);
    record_free(record);
}
END_TEST

START_TEST(edit_can_be_left)
{
    stage_type(&st, "unfinished");
    stage_press(&st, "Up Enter C-u Esc");
    stage_shows(&st, 80, 24, "▸ unfinished");
    struct record *record = on_disk();
    ck_assert_uint_eq(record->entries[record->nentries - 1].nearlier, 0);
    record_free(record);
}
END_TEST

START_TEST(withdraws)
{
    stage_press(&st, "Up x");
    stage_line(&st, "agreed in error");
    struct record *record = on_disk();
    ck_assert_str_eq(record->entries[record->nentries - 1].withdrawn, "agreed in error");
    record_free(record);
    stage_shows(&st, 80, 24, "withdrawn: agreed in error");
}
END_TEST

START_TEST(restricted_is_dots)
{
    stage_shows_not(&st, 80, 24, "word alone");
    stage_shows(&st, 80, 24, "············");
    stage_press(&st, "Up Up Space");
    stage_shows(&st, 80, 24, "word alone");
    stage_press(&st, "Esc");
    stage_shows_not(&st, 80, 24, "word alone");
}
END_TEST

START_TEST(reads_back)
{
    stage_press(&st, "F9");
    stage_golden(&st, 80, 24, "live-read-80x24");
    stage_press(&st, "y");
    struct record *record = on_disk();
    ck_assert_str_eq(record->entries[record->nentries - 1].read_back, "confirmed");
    record_free(record);
    stage_press(&st, "F9 n");
    record = on_disk();
    ck_assert_str_eq(record->entries[record->nentries - 1].read_back, "not confirmed");
    record_free(record);
    stage_press(&st, "F9 e");
    stage_shows(&st, 80, 24, "editing 14:17");
}
END_TEST

/* The restricted line is the newest: reading back takes the one before it, which all may hear. */
START_TEST(reads_back_what_all_may_hear)
{
    stage_line(&st, "X: not for the table");
    stage_press(&st, "F9");
    stage_shows_not(&st, 80, 24, "not for the table");
    stage_shows(&st, 80, 24, "send the therapy targets home");
}
END_TEST

START_TEST(scrolls_while_typing)
{
    for (int i = 0; i < 30; i++)
        stage_line(&st, "14:18 one more line");
    stage_type(&st, "half");
    stage_shows_not(&st, 80, 24, "Everybody said");
    stage_press(&st, "PgUp PgUp PgUp PgUp");
    stage_shows(&st, 80, 24, "Everybody said");
    stage_shows(&st, 80, 24, "▸ half");
    stage_press(&st, "PgDn PgDn PgDn PgDn");
    stage_shows_not(&st, 80, 24, "Everybody said");
    stage_shows(&st, 80, 24, "▸ half");
}
END_TEST

/* ---- undo, and nothing to add ---- */

START_TEST(undoes)
{
    size_t before = entries_on_disk();
    stage_line(&st, "Wrong.");
    stage_press(&st, "C-g u");
    stage_shows(&st, 80, 24, "Undo:");
    stage_type(&st, "y");
    ck_assert_uint_eq(entries_on_disk(), before);
    stage_press(&st, "C-g r");
    stage_type(&st, "y");
    ck_assert_uint_eq(entries_on_disk(), before + 1);
    last_is(ENTRY_NOTE, "Wrong.");
}
END_TEST

/* Whoever types on loses no letter to the question. */
START_TEST(undo_takes_no_letter)
{
    size_t before = entries_on_disk();
    stage_press(&st, "C-g u");
    stage_type(&st, "no, it stands, says everybody");
    ck_assert_uint_eq(entries_on_disk(), before);
    stage_shows(&st, 80, 24, "▸ no, it stands, says everybody");
}
END_TEST

START_TEST(nothing_to_add)
{
    stage_press(&st, "C-g n"); /* heard on this item */
    stage_shows(&st, 80, 24, "has been heard");
    stage_line(&st, "# Reading");
    stage_type(&st, "half a line");
    stage_press(&st, "C-g n");
    last_is(ENTRY_PARENT_VIEW, "asked, nothing to add");
    stage_shows(&st, 80, 24, "▸ half a line");
    app_tick(&st.app);
    struct draft draft = {0};
    struct err err = {0};
    ck_assert_int_eq(store_draft_load(st.store, st.arena, meeting, &draft, &err), EVH_OK);
    ck_assert_str_eq(draft.text, "half a line");
}
END_TEST

START_TEST(nothing_to_add_asks_who)
{
    stage_line(&st, "+Mr Samuel Okafor by phone");
    stage_line(&st, "# Reading");
    stage_press(&st, "Enter"); /* the item that was left may be left: what follows is of the new one */
    stage_press(&st, "C-g n");
    stage_shows(&st, 80, 24, "Who was asked");
    stage_type(&st, "2");
    struct record *record = on_disk();
    const struct entry *e = &record->entries[record->nentries - 1];
    ck_assert_int_eq(e->kind, ENTRY_PARENT_VIEW);
    ck_assert_str_eq(e->speaker, "Mr Samuel Okafor");
    record_free(record);
}
END_TEST

/* ---- other screens over it ---- */

START_TEST(people_screen)
{
    stage_press(&st, "F7 Down Down Down");
    stage_shows(&st, 80, 24, "Dr Wei Lin");
    stage_press(&st, "Space");
    last_is(ENTRY_ARRIVES, "");
    stage_press(&st, "Space");
    last_is(ENTRY_LEAVES, "");
    stage_press(&st, "a");
    stage_line(&st, "Joy Amadi | teaching assistant | Oakfield Primary School | professional | 14:20-");
    struct record *record = on_disk();
    ck_assert_ptr_nonnull(record_person(record, "Joy Amadi"));
    record_free(record);
    stage_golden(&st, 80, 24, "live-people-80x24");
    stage_press(&st, "Esc");
    stage_line(&st, "Amadi: Good morning.");
    last_is(ENTRY_SAID, "Good morning.");
}
END_TEST

START_TEST(check_screen)
{
    stage_line(&st, "A: ring the clinic");
    stage_press(&st, "F11");
    stage_shows(&st, 80, 24, "ring the clinic");
    stage_press(&st, "e");
    ck_assert_ptr_eq(st.app.top->class, &view_live);
}
END_TEST

START_TEST(elsewhere_appears)
{
    struct session other;
    struct err err = {0};
    ck_assert_int_eq(session_open(&other, st.store, &st.types, meeting, false, &err), EVH_OK);
    const char *line = "14:19 From the other laptop.";
    ck_assert_int_eq(session_line(&other, line, strlen(line), &err), EVH_OK);
    session_close(&other);
    stage_type(&st, "half");
    app_tick(&st.app);
    stage_shows(&st, 80, 24, "From the other laptop.");
    stage_shows(&st, 80, 24, "▸ half");
    stage_line(&st, " done");
    last_is(ENTRY_NOTE, "half done");
}
END_TEST

/* ---- anything at all ---- */

static unsigned draw_number(uint64_t *state, unsigned below)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*state >> 33) % below;
}

/* Keys in no order, at sizes in no order: nothing breaks, and the derived tables stay what the log gives. $MONKEY is how many. */
START_TEST(monkey)
{
    static const char *const keys[] = {"Up", "Down", "Enter", "Esc", "Tab", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11", "C-g u", "C-g r", "C-g n", "C-g x",
        "PgUp", "PgDn", "Home", "End", "Space", "x", "y", "n", "e", "a", "s", "r", "1", "2", "D", "A", "I", "b", "c", "w", "t", "m", "p", "/", "u", "R", "g", "C-w", "C-u", "C-y", "Backspace", "Delete", "C-c", "Left", "M-b"};
    static const char *const texts[] = {"A: Patel, go, by 4 Dec", "  - Grace: agrees", "= read back", "R: yes", "D: no", "signoff:", "Grace | signed", "P: ", "+Wei", "-Wei: bus",
        "s/a/b/", "X: P: Grace: so", "people:", "help: Grace | advocate | not offered", "# Next", "end", "  = withdrawn: x", "outcome: continue", "é", "  more words"};
    const char *wanted = getenv("MONKEY");
    long n = wanted == NULL ? 800 : strtol(wanted, NULL, 10);
    uint64_t random = (uint64_t)n;
    for (long i = 0; i < n; i++) {
        if (draw_number(&random, 3) == 0)
            stage_type(&st, texts[draw_number(&random, NITEMS(texts))]);
        else
            stage_press(&st, keys[draw_number(&random, NITEMS(keys))]);
        if (st.app.top == NULL) {
            st.app.quit = false;
            open_live();
        }
        if (draw_number(&random, 16) == 0)
            app_tick(&st.app);
        struct surface s;
        surface_init(&s, 1 + (int)draw_number(&random, 130), 1 + (int)draw_number(&random, 42));
        app_draw(&st.app, &s);
        surface_free(&s);
    }
    bool changed = true;
    struct err err = {0};
    ck_assert_int_eq(store_rebuild(st.store, &changed, &err), EVH_OK);
    ck_assert(!changed);
}
END_TEST

static TCase *fresh_case(const char *name, void (*before)(void))
{
    TCase *c = tcase_create(name);
    tcase_add_checked_fixture(c, before, teardown);
    tcase_set_timeout(c, 60);
    return c;
}

Suite *suite_live(void);

Suite *suite_live(void)
{
    Suite *s = suite_create("live");
    TCase *c = fresh_case("new", setup);
    tcase_add_test(c, looks_empty);
    tcase_add_loop_test(c, begins, 0, NITEMS(beginnings));
    tcase_add_test(c, completes);
    tcase_add_test(c, completes_in_turn);
    tcase_add_test(c, completes_dates);
    suite_add_tcase(s, c);
    c = fresh_case("said", setup_said);
    tcase_add_loop_test(c, looks, 0, 3);
    const TTest *const tests[] = {looks_ascii, every_size, commits, empty_enter_does_nothing, sections, next_item, tab_begins_a_position, esc_leaves_no_words_unawares,
        says_what_a_heading_repeats, says_what_nobody_signed, completes_titles, draft_returns, draft_goes_with_enter,
        draft_of_an_edit_returns, edits, edit_can_be_left, withdraws, restricted_is_dots, reads_back, reads_back_what_all_may_hear, scrolls_while_typing, undoes,
        undo_takes_no_letter, nothing_to_add, nothing_to_add_asks_who, people_screen, check_screen, elsewhere_appears, monkey};
    for (size_t i = 0; i < NITEMS(tests); i++)
        tcase_add_test(c, tests[i]);
    suite_add_tcase(s, c);
    return s;
}
