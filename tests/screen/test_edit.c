/* The line editor: clusters, words, kill and yank, undo, rows, and a long random walk compared with a plain text. */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/text.h"
#include "tests/screen/golden.h"
#include "tui/edit.h"

/* A script of keys: text is typed; <name> is an action of the table. The result shows the cursor as '|'. */
static void play(struct edit *e, const char *script, int columns)
{
    for (const char *s = script; *s != '\0';) {
        if (*s != '<') {
            size_t n = text_next(s, strlen(s), 0);
            edit_insert(e, s, n);
            s += n;
            continue;
        }
        size_t n = strcspn(++s, ">");
        enum action action = key_action_named(s, n);
        ck_assert_msg(action != ACTION_NONE, "no action %.*s", (int)n, s);
        edit_act(e, action, columns);
        s += n + 1;
    }
}

static void check_state(const struct edit *e, const char *want)
{
    struct buf b = {0};
    buf_adds(&b, edit_text(e));
    ck_assert_uint_le(edit_cursor(e), b.n);
    buf_splice(&b, edit_cursor(e), 0, "|", 1);
    ck_assert_str_eq(b.s, want);
    ck_assert_uint_eq(edit_length(e), strlen(edit_text(e)));
    buf_free(&b);
}

static const struct {
    const char *script, *want;
} scripts[] = {
    {"abc", "abc|"},
    {"abc<left><left>x", "ax|bc"},
    {"abc<left><left><left><left><erase>", "|abc"},
    {"abc<line-start><delete>", "|bc"},
    {"aé漢<erase><erase>", "a|"},
    {"a\u0301<left>", "|á"},
    {"a\u0301<erase>", "|"},
    {"👨\u200D👩\u200D👧x<left><left>", "|👨\u200D👩\u200D👧x"},
    {"👨\u200D👩\u200D👧<erase>", "|"},
    {"🇬🇧🇫🇷<erase>", "🇬🇧|"},
    {"one two three<word-left><word-left>", "one |two three"},
    {"one two three<line-start><word-right>", "one| two three"},
    {"one two three<erase-word>", "one two |"},
    {"one two three<erase-word><erase-word><yank>", "one two three|"},
    {"one two<left><left><left><erase-to-start>", "|two"},
    {"one two<left><left><left><erase-to-start><line-end><yank>", "twoone |"},
    {"one two<line-start><right><right><right><erase-to-end>", "one|"},
    {"one two<line-start><erase-to-end><yank> <yank>", "one two one two|"},
    {"one two three<edit-undo>", "one two |"},
    {"one two three<edit-undo><edit-undo>", "one |"},
    {"one two three<edit-undo><edit-undo><edit-undo><edit-undo>", "|"},
    {"one two three<edit-undo><edit-undo><edit-redo>", "one two |"},
    {"one two<edit-undo>x<edit-redo>", "one x|"},
    {"one two<erase><erase><edit-undo>", "one two|"},
    {"one two<erase><erase><erase><erase><edit-undo>", "one |"},
    {"one two<erase><erase><erase><erase><edit-undo><edit-undo>", "one two|"},
    {"abc<erase-word>def<edit-undo><edit-undo>", "abc|"},
    {"abc<left><left>x<edit-undo>", "a|bc"},
    {"<erase><delete><left><right><yank><edit-undo><edit-redo><erase-word>", "|"},
    {"ab<line-start>\u0301", "\u0301|ab"},
    {"\u0302<line-start>o", "ô|"},
    {"\u0302<line-start>o<edit-undo>", "|\u0302"},
};

START_TEST(editing)
{
    struct edit *e = edit_new();
    play(e, scripts[_i].script, 40);
    check_state(e, scripts[_i].want);
    edit_free(e);
}
END_TEST

START_TEST(what_comes_in_is_cleaned)
{
    struct edit *e = edit_new();
    edit_insert(e, "a\tb\nc\033d", 7);
    check_state(e, "a b c\uFFFDd|");
    edit_set(e, "e\u0301\u202Ex", 4); /* within what is cleaned: the cursor goes to a border */
    ck_assert_str_eq(edit_text(e), "éx");
    ck_assert_uint_le(edit_cursor(e), 3);
    edit_set(e, "héllo", 2);
    check_state(e, "h|éllo");
    edit_replace(e, 0, 1, "J", 1);
    ck_assert_str_eq(edit_text(e), "Jéllo");
    edit_act(e, ACTION_EDIT_UNDO, 40);
    ck_assert_str_eq(edit_text(e), "héllo");
    edit_replace(e, 3, 100, "y", 1);
    check_state(e, "héy|");
    for (int i = 0; i < 100; i++)
        edit_insert(e, "\u0301", 2); /* a flood of marks: eight stay */
    ck_assert_uint_le(edit_length(e), 3 + 2 + 8 * 2);
    edit_free(e);
}
END_TEST

START_TEST(rows)
{
    struct edit *e = edit_new();
    edit_set(e, "one two three four five", 23);
    ck_assert_int_eq(edit_rows(e, 80), 1);
    ck_assert_int_eq(edit_rows(e, 10), 3);
    ck_assert(!edit_act(e, ACTION_LINE_DOWN, 10));
    ck_assert(edit_act(e, ACTION_LINE_UP, 10));
    check_state(e, "one two thre|e four five"); /* the rows are "one two ", "three four ", "five" */
    edit_free(e);
}
END_TEST

START_TEST(up_and_down_keep_the_column)
{
    struct edit *e = edit_new();
    edit_set(e, "aaaa bbbb cc dddd eeee ffff", 18); /* at 10 columns: "aaaa bbbb ", "cc dddd ", "eeee ffff" */
    check_state(e, "aaaa bbbb cc dddd |eeee ffff");
    play(e, "<right><right><right><right><right><right><right><right><right>", 10);
    ck_assert_int_eq(edit_rows(e, 10), 3);
    play(e, "<line-up>", 10);
    check_state(e, "aaaa bbbb cc dddd| eeee ffff");
    play(e, "<line-up>", 10);
    check_state(e, "aaaa bbbb| cc dddd eeee ffff"); /* column 9 again, though the row between was shorter */
    ck_assert(!edit_act(e, ACTION_LINE_UP, 10));
    play(e, "<line-down><line-down>", 10);
    check_state(e, "aaaa bbbb cc dddd eeee ffff|");
    ck_assert(!edit_act(e, ACTION_LINE_DOWN, 10));
    edit_free(e);
}
END_TEST

START_TEST(a_full_row_gives_the_cursor_a_new_one)
{
    struct edit *e = edit_new();
    struct surface s;
    surface_init(&s, 5, 3);
    edit_set(e, "abcde", 5);
    ck_assert_int_eq(edit_rows(e, 5), 2);
    edit_draw(e, &s, (struct rect){0, 0, 5, 3}, STYLE_ENTRY, true);
    ck_assert_int_eq(s.cursor_x, 0);
    ck_assert_int_eq(s.cursor_y, 1);
    edit_insert(e, "f", 1);
    ck_assert_int_eq(edit_rows(e, 5), 2);
    edit_free(e);
    surface_free(&s);
}
END_TEST

START_TEST(the_cursor_is_always_seen)
{
    struct edit *e = edit_new();
    struct buf text = {0};
    for (int i = 0; i < 60; i++)
        buf_addf(&text, "%s%d ", i % 7 == 3 ? "漢字" : "word", i * i * i);
    edit_set(e, text.s, 0);
    static const enum action walk[] = {ACTION_RIGHT, ACTION_WORD_RIGHT, ACTION_LINE_DOWN, ACTION_LINE_UP, ACTION_LEFT, ACTION_LINE_DOWN, ACTION_LINE_END,
                                       ACTION_WORD_LEFT, ACTION_LINE_UP, ACTION_LINE_UP, ACTION_LINE_START};
    for (int w = 1; w < 30; w += 3)
        for (int h = 1; h < 4; h++) {
            struct surface s;
            surface_init(&s, 40, 6);
            for (int i = 0; i < 60; i++) {
                edit_act(e, walk[(i * 5 + w) % (int)NITEMS(walk)], w);
                surface_clear(&s);
                edit_draw(e, &s, (struct rect){3, 2, w, h}, STYLE_ENTRY, true);
                ck_assert(s.cursor_x >= 3 && s.cursor_x < 3 + w && s.cursor_y >= 2 && s.cursor_y < 2 + h);
            }
            surface_free(&s);
        }
    buf_free(&text);
    edit_free(e);
}
END_TEST

START_TEST(drawn)
{
    struct surface s;
    surface_init(&s, 30, 4);
    struct edit *e = edit_new();
    edit_set(e, "A: Patel, ask the psychologist for a date – “as soon as” she can; 漢字 too", 12);
    edit_draw(e, &s, (struct rect){2, 0, 26, 4}, STYLE_ENTRY, true);
    golden_check("edit", &s);
    surface_clear(&s);
    play(e, "<line-end>", 26);
    edit_draw(e, &s, (struct rect){2, 1, 26, 2}, STYLE_ENTRY, true);
    golden_check("edit-scrolled", &s);
    surface_clear(&s);
    s.ascii = true;
    edit_draw(e, &s, (struct rect){2, 1, 26, 2}, STYLE_ENTRY, true);
    golden_check("edit-ascii", &s);
    edit_free(e);
    surface_free(&s);
}
END_TEST

/* Whatever is done, the text stays clean and the cursor on a border; undoing all gives the beginning and redoing all the end. */
START_TEST(a_random_walk_can_be_undone)
{
    static const char *const pieces[] = {"a", "b c", " ", "é", "\u0301", "漢", "👨\u200D👩", "🇬🇧", "word word", "\t", "\033[A", "\xFF", "x\u202E"};
    static const enum action actions[] = {ACTION_LEFT, ACTION_RIGHT, ACTION_WORD_LEFT, ACTION_WORD_RIGHT, ACTION_LINE_START, ACTION_LINE_END, ACTION_LINE_UP,
                                          ACTION_LINE_DOWN, ACTION_ERASE, ACTION_DELETE, ACTION_KILL_WORD, ACTION_KILL_END, ACTION_YANK};
    unsigned seed = 12345;
    struct edit *e = edit_new();
    for (int round = 0; round < 20; round++) {
        edit_set(e, "begin", 5);
        for (int i = 0; i < 200; i++) {
            seed = seed * 1103515245u + 12345u;
            unsigned r = seed >> 16;
            if (r % 2 == 0) {
                const char *piece = pieces[r / 2 % NITEMS(pieces)];
                edit_insert(e, piece, strlen(piece));
            } else {
                edit_act(e, actions[r / 2 % NITEMS(actions)], 12);
            }
            size_t n = edit_length(e), at = edit_cursor(e);
            ck_assert(text_is_clean(edit_text(e), n));
            ck_assert(at <= n);
            ck_assert(at == n || text_prev(edit_text(e), n, text_next(edit_text(e), n, at)) == at);
        }
        struct buf end = {0};
        buf_adds(&end, edit_text(e));
        for (int i = 0; i < 400; i++)
            edit_act(e, ACTION_EDIT_UNDO, 12);
        ck_assert_str_eq(edit_text(e), "begin");
        for (int i = 0; i < 400; i++)
            edit_act(e, ACTION_EDIT_REDO, 12);
        ck_assert_str_eq(edit_text(e), buf_str(&end));
        buf_free(&end);
    }
    edit_free(e);
}
END_TEST

START_TEST(a_long_line_is_fast)
{
    struct edit *e = edit_new();
    struct buf text = {0};
    for (int i = 0; i < 1000; i++)
        buf_adds(&text, "zehn Börte ");
    edit_insert(e, text.s, text.n);
    struct surface s;
    surface_init(&s, 80, 24);
    clock_t begin = clock();
    for (int i = 0; i < 100; i++) {
        edit_insert(e, "x", 1);
        ck_assert_int_gt(edit_rows(e, 78), 100);
        edit_draw(e, &s, (struct rect){0, 20, 78, 3}, STYLE_ENTRY, true);
    }
    double each = (double)(clock() - begin) * 1000 / CLOCKS_PER_SEC / 100;
    ck_assert_msg(each < 50, "%.1f ms a key", each); /* far above what it takes, sanitizers included */
    surface_free(&s);
    buf_free(&text);
    edit_free(e);
}
END_TEST

Suite *suite_edit(void);

Suite *suite_edit(void)
{
    Suite *suite = suite_create("edit");
    TCase *tc = tcase_create("edit");
    tcase_add_loop_test(tc, editing, 0, (int)NITEMS(scripts));
    tcase_add_test(tc, what_comes_in_is_cleaned);
    tcase_add_test(tc, rows);
    tcase_add_test(tc, up_and_down_keep_the_column);
    tcase_add_test(tc, a_full_row_gives_the_cursor_a_new_one);
    tcase_add_test(tc, the_cursor_is_always_seen);
    tcase_add_test(tc, drawn);
    tcase_add_test(tc, a_random_walk_can_be_undone);
    tcase_add_test(tc, a_long_line_is_fast);
    suite_add_tcase(suite, tc);
    return suite;
}
