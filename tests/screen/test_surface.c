/* Cells: what hostile and difficult text becomes, clipping, lines, ASCII; panes and lists. */
#include <check.h>
#include <string.h>

#include "core/text.h"
#include "tests/screen/golden.h"
#include "tui/layout.h"
#include "tui/list.h"

/* Puts one text into a row of `w` and compares the cells, written as base and marks divided by '|' ("" is the right half). */
static void check_cells(bool ascii, int w, const char *text, const char *cells, int used)
{
    struct surface s;
    surface_init(&s, w, 1);
    s.ascii = ascii;
    int n = surface_put(&s, 0, 0, w, STYLE_PLAIN, text);
    struct buf have = {0};
    for (int x = 0; x < w; x++) {
        buf_adds(&have, s.cells[x].text);
        buf_addc(&have, '|');
        ck_assert_uint_le(s.cells[x].width, 2);
        ck_assert_msg((s.cells[x].text[0] == '\0') == (s.cells[x].width == 0), "cell %d of “%s” has no text", x, text);
    }
    ck_assert_str_eq(have.s, cells);
    ck_assert_msg(n == used, "“%s” used %d columns, not %d", text, n, used);
    buf_free(&have);
    surface_free(&s);
}

static const struct {
    const char *text;
    int w;
    const char *cells;
    int used;
} utf8[] = {
    {"abc", 4, "a|b|c| |", 3},
    {"abcdef", 4, "a|b|c|d|", 4},
    {"Zoë", 4, "Z|o|ë| |", 3},
    {"Zoe\u0308", 4, "Z|o|e\u0308| |", 3},
    {"漢字", 5, "漢||字|| |", 4},
    {"漢字", 3, "漢|| |", 2},                                          /* half of a character does not stand */
    {"\u0301x", 3, "◌\u0301|x| |", 2},                                 /* a mark without a base */
    {"a\u0301\u0302\u0303\u0304\u0305\u0306b", 3, "a\u0301\u0302\u0303\u0304|b| |", 2}, /* four marks */
    {"👨\u200D👩\u200D👧", 8, "👨||👩||👧|| | |", 6},                  /* a joined family is three people */
    {"a\uFE0Fb\u200Dc\u200Bd", 5, "a|b|c|d| |", 4},
};

START_TEST(cells_utf8)
{
    check_cells(false, utf8[_i].w, utf8[_i].text, utf8[_i].cells, utf8[_i].used);
}
END_TEST

static const struct {
    const char *text, *cells;
    int used;
} ascii[] = {
    {"Zoë", "Z|o|e| | | |", 3},           {"Zoe\u0308", "Z|o|e| | | |", 3}, {"Łódź", "L|o|d|z| | |", 4},   {"“a” – b", "\"|a|\"| |-| |", 6},
    {"naïve…", "n|a|i|v|e|~|", 6},        {"漢a", "?|?|a| | | |", 3},       {"Ünal", "U|n|a|l| | |", 4},   {"ß€", "s|?| | | | |", 2},
};

START_TEST(cells_ascii)
{
    check_cells(true, 6, ascii[_i].text, ascii[_i].cells, ascii[_i].used);
}
END_TEST

START_TEST(ascii_never_changes_the_columns)
{
    for (int32_t code = 0xA0; code < 0x3000; code++) {
        char c = surface_ascii(code);
        ck_assert_msg(c >= 0x20 && c < 0x7F, "U+%04X became a byte %d", (unsigned)code, c);
    }
}
END_TEST

START_TEST(hostile_text_is_shown_not_obeyed)
{
    static const char *const texts[] = {"\033[31mred", "a\rb", "a\nb", "\u202Eback\u202C", ("a\xC2\x9B" "b"), "bad \xC3(", "\u2066x", "a\tb", "\x7F"};
    struct surface s;
    surface_init(&s, 40, (int)NITEMS(texts));
    for (size_t i = 0; i < NITEMS(texts); i++)
        surface_put(&s, 0, (int)i, 40, STYLE_PLAIN, texts[i]);
    for (int i = 0; i < s.w * s.h; i++)
        for (const char *c = s.cells[i].text; *c != '\0'; c++)
            ck_assert_msg((unsigned char)*c >= 0x20 && *c != 0x7F, "a control character reached a cell");
    golden_check_part("surface-hostile", &s);
    surface_free(&s);
}
END_TEST

START_TEST(clips_at_every_edge)
{
    struct surface s;
    surface_init(&s, 6, 2);
    surface_put(&s, -2, 0, 20, STYLE_PLAIN, "abcdefghijk");
    surface_put(&s, 4, 1, 20, STYLE_PLAIN, "xyz");
    surface_put(&s, 0, -1, 20, STYLE_PLAIN, "no");
    surface_put(&s, 0, 2, 20, STYLE_PLAIN, "no");
    surface_put(&s, 0, 1, 2, STYLE_PLAIN, "pqr");
    struct buf dump = {0};
    surface_dump(&s, &dump);
    ck_assert_str_eq(dump.s, "6x2\ncdefgh\npq  xy\n-- styles\n\n\n-- cursor 0,0\n");
    surface_style(&s, (struct rect){-3, -3, 99, 99}, STYLE_BAD);
    surface_fill(&s, (struct rect){2, -9, 1, 99}, STYLE_GOOD);
    buf_clear(&dump);
    surface_dump(&s, &dump);
    ck_assert_str_eq(dump.s, "6x2\ncd fgh\npq  xy\n-- styles\n!!g!!!\n!!g!!!\n-- cursor 0,0\n");
    buf_free(&dump);
    surface_free(&s);
}
END_TEST

START_TEST(writing_over_half_of_a_wide_character)
{
    struct surface s;
    surface_init(&s, 4, 2);
    surface_put(&s, 0, 0, 4, STYLE_PLAIN, "漢字");
    surface_put(&s, 1, 0, 2, STYLE_PLAIN, "ab");
    surface_put(&s, 0, 1, 4, STYLE_PLAIN, "漢字");
    surface_put(&s, 1, 1, 2, STYLE_PLAIN, "語");
    struct buf dump = {0};
    surface_dump(&s, &dump);
    ck_assert_str_eq(dump.s, "4x2\n ab\n 語\n-- styles\n\n\n-- cursor 0,0\n");
    for (int i = 0; i < 8; i++)
        ck_assert(s.cells[i].width == 1 || (s.cells[i].width == 2 && s.cells[i + 1].width == 0) || (s.cells[i].width == 0 && s.cells[i - 1].width == 2));
    buf_free(&dump);
    surface_free(&s);
}
END_TEST

START_TEST(lines_meet)
{
    for (int i = 0; i < 2; i++) {
        struct surface s;
        surface_init(&s, 9, 5);
        s.ascii = i == 1;
        surface_vline(&s, 4, 0, 3);
        surface_hline(&s, 0, 3, 9);
        surface_hline(&s, 6, 1, 3);
        surface_vline(&s, 7, 1, 4);
        golden_check_part(i == 1 ? "surface-lines-ascii" : "surface-lines", &s);
        surface_free(&s);
    }
}
END_TEST

START_TEST(every_sign_has_both_forms)
{
    struct surface s;
    surface_init(&s, 1, 1);
    for (int i = 0; i < SIGN_COUNT; i++) {
        s.ascii = false;
        const char *utf8_sign = surface_sign(&s, (enum sign)i);
        size_t at = 0;
        ck_assert_int_eq(surface_columns(utf8_sign), 1);
        char as_text = surface_ascii(text_code(utf8_sign, strlen(utf8_sign), &at)); /* the same sign within a text, as in the help */
        s.ascii = true;
        const char *sign = surface_sign(&s, (enum sign)i);
        ck_assert_uint_ge(strlen(sign), 1);
        ck_assert_msg(sign[strlen(sign) - 1] == as_text, "%s is %s as a sign and %c in a text", utf8_sign, sign, as_text);
        for (; *sign != '\0'; sign++)
            ck_assert(*sign > 0x20 && *sign < 0x7F);
    }
    surface_free(&s);
}
END_TEST

START_TEST(panes_are_cut)
{
    struct rect all = {0, 0, 80, 24};
    struct rect title = layout_top(&all, 1), keys = layout_bottom(&all, 2), left = layout_left(&all, 23), right = layout_right(&all, 10);
    ck_assert(title.y == 0 && title.h == 1 && title.w == 80);
    ck_assert(keys.y == 22 && keys.h == 2);
    ck_assert(left.x == 0 && left.w == 23 && left.y == 1 && left.h == 21);
    ck_assert(right.x == 70 && right.w == 10 && right.h == 21);
    ck_assert(all.x == 23 && all.w == 47 && all.y == 1 && all.h == 21);
    struct rect tiny = {0, 0, 3, 1};
    ck_assert_int_eq(layout_top(&tiny, 5).h, 1);
    ck_assert_int_eq(layout_bottom(&tiny, 5).h, 0);
    ck_assert_int_eq(layout_left(&tiny, -1).w, 0);
}
END_TEST

START_TEST(text_wraps_in_a_pane)
{
    struct surface s;
    surface_init(&s, 20, 4);
    ck_assert_int_eq(layout_wrap(NULL, (struct rect){0, 0, 10, 9}, 2, STYLE_PLAIN, "one two three four five"), 4);
    ck_assert_int_eq(layout_wrap(&s, (struct rect){1, 1, 10, 2}, 2, STYLE_GOOD, "one two three four five"), 4);
    ck_assert_int_eq(layout_wrap(&s, (struct rect){12, 0, 4, 4}, 0, STYLE_PLAIN, "abcdefghij"), 3);
    ck_assert_int_eq(layout_wrap(NULL, (struct rect){0, 0, 4, 4}, 0, STYLE_PLAIN, ""), 1);
    ck_assert_int_eq(layout_wrap(NULL, (struct rect){0, 0, 0, 4}, 0, STYLE_PLAIN, "x"), 0);
    golden_check_part("surface-wrap", &s);
    surface_free(&s);
}
END_TEST

/* ---- lists ---- */

static int heights(void *data, size_t item, int columns)
{
    (void)data;
    (void)columns;
    return item % 3 == 2 ? 2 : 1;
}

static void draw_item(void *data, size_t item, struct surface *s, struct rect r, bool selected)
{
    (void)data;
    surface_putf(s, r.x, r.y, r.w, STYLE_PLAIN, "%s item %zu", selected ? surface_sign(s, SIGN_NOW) : " ", item);
    if (r.h > 1)
        surface_put(s, r.x, r.y + 1, r.w, STYLE_DIM, "    more");
}

static void words_of(void *data, size_t item, struct buf *out)
{
    (void)data;
    buf_addf(out, "item %zu %s", item, item % 5 == 1 ? "Zoë" : "");
}

static const struct list_source source = {heights, draw_item, words_of, NULL, 0};

START_TEST(the_selected_item_always_shows)
{
    for (int h = 1; h < 8; h++) {
        struct surface s;
        surface_init(&s, 16, h);
        struct list l = {0};
        list_set(&l, 20);
        static const enum action walk[] = {ACTION_DOWN, ACTION_DOWN, ACTION_PAGE_DOWN, ACTION_UP, ACTION_LAST, ACTION_PAGE_UP, ACTION_FIRST, ACTION_PAGE_DOWN};
        for (int i = 0; i < 200; i++) {
            ck_assert(list_act(&l, walk[i * 7 % (int)NITEMS(walk)]));
            surface_clear(&s);
            list_draw(&l, &s, (struct rect){0, 0, 16, h}, &source, true);
            char want[32];
            snprintf(want, sizeof want, "item %zu", l.at);
            struct buf row = {0};
            for (int x = 2; x < s.w; x++)
                buf_adds(&row, s.cells[s.cursor_y * s.w + x].text);
            ck_assert_msg(strncmp(row.s, want, strlen(want)) == 0, "cursor stands on “%s”, not on “%s”", row.s, want);
            ck_assert_int_eq(s.cursor_x, 0);
            buf_free(&row);
        }
        surface_free(&s);
    }
}
END_TEST

START_TEST(lists_search_and_shrink)
{
    struct list l = {0};
    list_set(&l, 12);
    ck_assert(!list_search(&l, &source, NULL, 1)); /* nothing was searched for yet */
    ck_assert(list_search(&l, &source, "zoe", 1));
    ck_assert_uint_eq(l.at, 1);
    ck_assert(list_search(&l, &source, NULL, 1));
    ck_assert_uint_eq(l.at, 6);
    ck_assert(list_search(&l, &source, NULL, 1));
    ck_assert_uint_eq(l.at, 11);
    ck_assert(list_search(&l, &source, NULL, 1)); /* round the end */
    ck_assert_uint_eq(l.at, 1);
    ck_assert(list_search(&l, &source, NULL, -1));
    ck_assert_uint_eq(l.at, 11);
    ck_assert(!list_search(&l, &source, "nowhere", 1));
    ck_assert_uint_eq(l.at, 11);
    list_set(&l, 4);
    ck_assert_uint_eq(l.at, 3);
    list_set(&l, 0);
    ck_assert_uint_eq(l.at, 0);
    ck_assert(list_act(&l, ACTION_DOWN));
    ck_assert_uint_eq(l.at, 0);
    ck_assert(!list_act(&l, ACTION_OPEN));
}
END_TEST

START_TEST(a_list_on_the_screen)
{
    struct surface s;
    surface_init(&s, 24, 7);
    struct list l = {0};
    list_set(&l, 9);
    list_select(&l, 5);
    list_draw(&l, &s, (struct rect){2, 1, 20, 5}, &source, true);
    golden_check("list", &s);
    surface_free(&s);
}
END_TEST

Suite *suite_surface(void);

Suite *suite_surface(void)
{
    Suite *suite = suite_create("surface");
    TCase *tc = tcase_create("cells");
    tcase_add_loop_test(tc, cells_utf8, 0, (int)NITEMS(utf8));
    tcase_add_loop_test(tc, cells_ascii, 0, (int)NITEMS(ascii));
    tcase_add_test(tc, ascii_never_changes_the_columns);
    tcase_add_test(tc, hostile_text_is_shown_not_obeyed);
    tcase_add_test(tc, clips_at_every_edge);
    tcase_add_test(tc, writing_over_half_of_a_wide_character);
    tcase_add_test(tc, lines_meet);
    tcase_add_test(tc, every_sign_has_both_forms);
    suite_add_tcase(suite, tc);
    tc = tcase_create("panes");
    tcase_add_test(tc, panes_are_cut);
    tcase_add_test(tc, text_wraps_in_a_pane);
    tcase_add_test(tc, the_selected_item_always_shows);
    tcase_add_test(tc, lists_search_and_shrink);
    tcase_add_test(tc, a_list_on_the_screen);
    suite_add_tcase(suite, tc);
    return suite;
}
