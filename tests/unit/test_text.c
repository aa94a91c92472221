#include "core/hash.h"
#include "core/text.h"
#include "core/uuid.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_text(void);

#define TEXT(literal) literal, sizeof(literal) - 1

/* What hostile text becomes, at the entrance and on the way out. */
static const struct {
    const char *in;
    size_t n;
    const char *clean;
    size_t replaced, dropped;
    const char *shown; /* of `in`, where it has no NUL */
} hostile[] = {
    {TEXT("plain words"), "plain words", 0, 0, "plain words"},
    {TEXT(""), "", 0, 0, ""},
    {TEXT("a\tb\nc\rd"), "a b c d", 0, 0, "a<U+0009>b<U+000A>c<U+000D>d"},
    {TEXT("a\0b"), "a\uFFFDb", 1, 0, NULL},
    {TEXT("\x1b[2J"), "\uFFFD[2J", 1, 0, "<U+001B>[2J"},
    {TEXT("\x7f\x07"), "\uFFFD\uFFFD", 2, 0, "<U+007F><U+0007>"},
    {TEXT("\xc2\x9b" "31m"), "\uFFFD31m", 1, 0, "<U+009B>31m"},
    {TEXT("\xff\xfe"), "\uFFFD\uFFFD", 2, 0, "\uFFFD\uFFFD"},
    {TEXT("\xc0\xaf"), "\uFFFD\uFFFD", 2, 0, "\uFFFD\uFFFD"},
    {TEXT("\xed\xa0\x80"), "\uFFFD\uFFFD\uFFFD", 3, 0, "\uFFFD\uFFFD\uFFFD"},
    {TEXT("\xf4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD", 4, 0, "\uFFFD\uFFFD\uFFFD\uFFFD"},
    {TEXT("\xe2\x82"), "\uFFFD\uFFFD", 2, 0, "\uFFFD\uFFFD"},
    {TEXT("ab\u202Ecd\u202C"), "abcd", 0, 2, "ab<U+202E>cd<U+202C>"},
    {TEXT("\u2066x\u2069"), "x", 0, 2, "<U+2066>x<U+2069>"},
    {TEXT("a\U000E0041b"), "ab", 0, 1, "a<U+E0041>b"},
    {TEXT("\uFEFFstart"), "start", 0, 1, "<U+FEFF>start"},
    {TEXT("a\uE000b\U000F0000c\U0010FFFDd"), "abcd", 0, 3, "a<U+E000>b<U+F0000>c<U+10FFFD>d"},
    {TEXT("one\u2028two\u2029three"), "one two three", 0, 2, "one<U+2028>two<U+2029>three"},
    {TEXT("\u200Eltr\u200Frtl\u061C"), "\u200Eltr\u200Frtl\u061C", 0, 0, "\u200Eltr\u200Frtl\u061C"},
    {TEXT("می\u200Cخواهم"), "می\u200Cخواهم", 0, 0, "می\u200Cخواهم"},
    {TEXT("\U0001F469\u200D\U0001F467"), "\U0001F469\u200D\U0001F467", 0, 0, "\U0001F469\u200D\U0001F467"},
    {TEXT("e\u0301"), "\u00E9", 0, 0, "e\u0301"},
    {TEXT("\u212B"), "\u00C5", 0, 0, "\u212B"},
    {TEXT("e\u200D\uFEFF\u0301"), "e\u200D\u0301", 0, 1, "e\u200D<U+FEFF>\u0301"},
    {TEXT("e\uFEFF\u0301"), "\u00E9", 0, 1, "e<U+FEFF>\u0301"},
    {TEXT("x\u0315\u0315\u0315\u0315\u0315\u0315\u0315\u0315\u0315\u0315y"), "x\u0315\u0315\u0315\u0315\u0315\u0315\u0315\u0315y", 0,
     2, "x\u0315\u0315\u0315\u0315\u0315\u0315\u0315\u0315\u0315\u0315y"},
};

START_TEST(cleaning)
{
    struct buf clean = {0}, again = {0};
    struct text_changes changes = {0};
    text_clean(&clean, hostile[_i].in, hostile[_i].n, &changes);
    ck_assert_str_eq(buf_str(&clean), hostile[_i].clean);
    ck_assert_uint_eq(changes.replaced, hostile[_i].replaced);
    ck_assert_uint_eq(changes.dropped, hostile[_i].dropped);
    text_clean(&again, buf_str(&clean), clean.n, NULL);
    ck_assert_str_eq(buf_str(&again), buf_str(&clean));
    ck_assert(text_is_clean(buf_str(&clean), clean.n));
    bool same = clean.n == hostile[_i].n && memcmp(buf_str(&clean), hostile[_i].in, clean.n) == 0;
    ck_assert_int_eq(text_is_clean(hostile[_i].in, hostile[_i].n), same);
    buf_free(&clean);
    buf_free(&again);
}
END_TEST

START_TEST(showing)
{
    if (hostile[_i].shown == NULL)
        return;
    struct arena *arena = arena_new();
    struct buf shown = {0};
    text_show(&shown, hostile[_i].in);
    ck_assert_str_eq(buf_str(&shown), hostile[_i].shown);
    ck_assert_str_eq(text_show_dup(arena, hostile[_i].in), hostile[_i].shown);
    buf_free(&shown);
    arena_free(arena);
}
END_TEST

/* Marks without end must not take the square of their number to sort. */
START_TEST(flood_of_marks)
{
    struct buf flood = {0}, clean = {0};
    buf_adds(&flood, "a");
    for (size_t i = 0; i < 200000; i++)
        buf_adds(&flood, i % 2 ? "\u0315" : "\u0323");
    struct text_changes changes = {0};
    text_clean(&clean, flood.s, flood.n, &changes);
    ck_assert_uint_gt(changes.dropped, 199000);
    ck_assert_uint_lt(clean.n, 32);
    ck_assert(text_is_clean(clean.s, clean.n));
    buf_free(&flood);
    buf_free(&clean);
}
END_TEST

/* Lengths in bytes of the clusters of a text. */
static const struct {
    const char *text;
    size_t lengths[8];
} clusters[] = {
    {"abc", {1, 1, 1}},
    {"e\u0301x", {3, 1}},
    {"\U0001F469\u200D\U0001F469\u200D\U0001F467!", {18, 1}},
    {"\U0001F1EC\U0001F1E7\U0001F1F1\U0001F1F9", {8, 8}},
    {"a \u0301b", {1, 3, 1}},
    {"\u1100\u1161\u11A8", {9}},
    {"\xff" "a", {1, 1}},
    {"\r\n.", {2, 1}},
    {"نور", {2, 2, 2}},
};

START_TEST(cluster_borders)
{
    const char *s = clusters[_i].text;
    size_t n = strlen(s), at = 0;
    for (size_t i = 0; at < n; i++) {
        size_t next = text_next(s, n, at);
        ck_assert_uint_eq(next - at, clusters[_i].lengths[i]);
        ck_assert_uint_eq(text_prev(s, n, next), at);
        at = next;
    }
    ck_assert_uint_eq(text_next(s, n, n), n);
    ck_assert_uint_eq(text_prev(s, n, 0), 0);
}
END_TEST

START_TEST(words)
{
    const char *s = "He's 12, naïve  über";
    size_t n = strlen(s);
    static const size_t ends[] = {2, 4, 7, 15, 22};
    size_t at = 0;
    for (size_t i = 0; i < NITEMS(ends); i++) {
        at = text_word_end(s, n, at);
        ck_assert_uint_eq(at, ends[i]);
    }
    ck_assert_uint_eq(text_word_end(s, n, at), n);
    static const size_t starts[] = {17, 9, 5, 3, 0};
    at = n;
    for (size_t i = 0; i < NITEMS(starts); i++) {
        at = text_word_start(s, n, at);
        ck_assert_uint_eq(at, starts[i]);
    }
}
END_TEST

static const struct {
    const char *text;
    size_t width;
} widths[] = {
    {"", 0}, {"abc", 3}, {"Žilinskienė", 11}, {"e\u0301", 1}, {"漢字", 4}, {"\U0001F600", 2}, {"\xff", 1}, {"\uFFFD", 1}, {"نور", 3},
};

START_TEST(width)
{
    ck_assert_uint_eq(text_width(widths[_i].text, strlen(widths[_i].text)), widths[_i].width);
}
END_TEST

START_TEST(fitting)
{
    ck_assert_uint_eq(text_fit("abcdef", 6, 3), 3);
    ck_assert_uint_eq(text_fit("漢字", 6, 3), 3);
    ck_assert_uint_eq(text_fit("e\u0301x", 4, 1), 3);
    ck_assert_uint_eq(text_fit("ab", 2, 9), 2);
    ck_assert_uint_eq(text_fit("ab", 2, 0), 0);
}
END_TEST

static const struct {
    const char *text;
    size_t columns, indent, used;
    const char *wrapped;
} wraps[] = {
    {"one two three", 7, 2, 0, "one two\n  three"},
    {"one two three", 13, 2, 0, "one two three"},
    {"one  two", 4, 0, 0, "one\ntwo"},
    {"abcdefghij", 4, 0, 0, "abcd\nefgh\nij"},
    {"abcdefghij k", 6, 2, 0, "abcdef\n  ghij\n  k"},
    {"word", 10, 4, 8, "\n    word"},
    {"two words", 10, 4, 6, "two\n    words"},
    {"", 10, 2, 0, ""},
    {"漢字漢字", 4, 0, 0, "漢字\n漢字"},
    {"漢字", 1, 0, 0, "漢\n字"},
    {"naïve über", 6, 1, 0, "naïve\n über"},
    {"tail   ", 5, 0, 0, "tail"},
};

/* Plain text is broken by a way of its own: as the same text is whose letters are all of two bytes. */
START_TEST(breaking_plain)
{
    static const char letters[] = "ab c d  efg";
    uint32_t dice = 7;
    for (int i = 0; i < 4000; i++) {
        char s[24], twin[48];
        size_t at[48], n = (size_t)i % sizeof s, bytes = 0, next, twin_next;
        for (size_t k = 0; k < n; k++) {
            dice = dice * 1664525U + 1013904223U;
            s[k] = letters[dice >> 16 & 7U];
            at[bytes] = k;
            if (s[k] == ' ') {
                twin[bytes++] = ' ';
            } else {
                memcpy(twin + bytes, "\u00e9", 2);
                bytes += 2;
            }
        }
        at[bytes] = n;
        size_t columns = dice >> 24 & 15U;
        size_t line = text_break(s, n, columns, &next), twin_line = text_break(twin, bytes, columns, &twin_next);
        ck_assert_msg(line == at[twin_line] && next == at[twin_next], "%.*s at %zu: %zu %zu", (int)n, s, columns, line, next);
    }
}
END_TEST

START_TEST(plain_or_not)
{
    char s[19];
    for (int c = 0; c < 256; c++)
        for (size_t at = 0; at < sizeof s; at++) {
            memset(s, at % 2 == 0 ? ' ' : '~', sizeof s);
            s[at] = (char)c;
            ck_assert_msg(text_plain(s, sizeof s) == (c >= 0x20 && c < 0x7f), "%d at %zu", c, at);
            ck_assert(text_plain(s, at)); /* nothing is read beyond the end */
        }
}
END_TEST

START_TEST(wrapping)
{
    struct buf out = {0};
    text_wrap(&out, wraps[_i].text, wraps[_i].columns, wraps[_i].indent, wraps[_i].used);
    ck_assert_str_eq(buf_str(&out), wraps[_i].wrapped);
    buf_free(&out);
}
END_TEST

static const struct {
    const char *text, *folded;
} folds[] = {
    {"O’Shaughnessy", "o'shaughnessy"}, {"Žilinskienė", "zilinskiene"}, {"Ørsted", "orsted"}, {"Łukasz", "lukasz"},
    {"Đorđe", "dorde"}, {"Ærø", "aero"}, {"Straße", "strasse"}, {"NÍ Dhomhnaill", "ni dhomhnaill"}, {"İpek", "ipek"},
    {"ﬁ", "fi"}, {"نُور", "نور"}, {"कि", "कि"}, {"", ""}, {"a\u200Db", "ab"}, {"a\u2011b", "a-b"}, {"\xff", "\uFFFD"},
};

START_TEST(folding)
{
    struct arena *arena = arena_new();
    ck_assert_str_eq(text_fold_dup(arena, folds[_i].text, strlen(folds[_i].text)), folds[_i].folded);
    arena_free(arena);
}
END_TEST

START_TEST(code_points)
{
    struct buf out = {0};
    static const int32_t codes[] = {'a', 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff};
    for (size_t i = 0; i < NITEMS(codes); i++) {
        buf_clear(&out);
        text_put(&out, codes[i]);
        size_t at = 0;
        ck_assert_int_eq(text_code(out.s, out.n, &at), codes[i]);
        ck_assert_uint_eq(at, out.n);
        if (out.n > 1) {
            at = 0;
            ck_assert_int_eq(text_code(out.s, out.n - 1, &at), -1);
            ck_assert_uint_eq(at, 1);
        }
    }
    buf_clear(&out);
    text_put(&out, 0xd800);
    ck_assert_str_eq(out.s, "\uFFFD");
    buf_free(&out);
}
END_TEST

START_TEST(helpers)
{
    const char *s = "  by Friday\t ";
    size_t n = strlen(s);
    text_trim(&s, &n);
    ck_assert_uint_eq(n, 9);
    ck_assert(text_starts(s, "by"));
    ck_assert(!text_starts("b", "by"));
    ck_assert(text_same_word("FRI", 3, "fri") && !text_same_word("FRI", 3, "frid") && !text_same_word("FRID", 4, "fri"));
    ck_assert(text_blank(' ') && text_blank('\t') && !text_blank('\n'));
}
END_TEST

START_TEST(ids)
{
    static const unsigned char random[10] = {0xff, 0xff, 0xff, 0xff, 0, 1, 2, 3, 4, 5};
    char text[UUID_TEXT];
    struct uuid id = uuid_make(0x0123456789ab, random), back;
    uuid_text(id, text);
    ck_assert_str_eq(text, "01234567-89ab-7fff-bfff-000102030405");
    ck_assert(uuid_read("01234567-89AB-7FFF-BFFF-000102030405", 36, &back) && uuid_same(id, back));
    ck_assert(!uuid_read("01234567-89AB-7FFF-BFFF-00010203040", 35, &back));
    ck_assert(!uuid_read("01234567x89AB-7FFF-BFFF-000102030405", 36, &back));
    ck_assert(!uuid_read("01234567-89AB-7FFF-BFFF-00010203040g", 36, &back));
    ck_assert(!uuid_none(id) && uuid_none((struct uuid){{0}}));
    ck_assert_int_lt(uuid_compare(uuid_make(1, random), uuid_make(256, random)), 0);
}
END_TEST

START_TEST(hashes)
{
    char text[HASH_HEX];
    struct hash abc = hash_of("abc", 3), empty = hash_of(NULL, 0);
    hash_text(&abc, text);
    ck_assert_str_eq(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    hash_text(&empty, text);
    ck_assert_str_eq(text, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    ck_assert(hash_same(&abc, &abc) && !hash_same(&abc, &empty));
}
END_TEST

Suite *suite_text(void)
{
    Suite *suite = suite_create("text");
    TCase *tc = tcase_create("text");
    tcase_add_loop_test(tc, cleaning, 0, (int)NITEMS(hostile));
    tcase_add_loop_test(tc, showing, 0, (int)NITEMS(hostile));
    tcase_add_loop_test(tc, cluster_borders, 0, (int)NITEMS(clusters));
    tcase_add_loop_test(tc, width, 0, (int)NITEMS(widths));
    tcase_add_loop_test(tc, wrapping, 0, (int)NITEMS(wraps));
    tcase_add_loop_test(tc, folding, 0, (int)NITEMS(folds));
    tcase_add_test(tc, flood_of_marks);
    tcase_add_test(tc, words);
    tcase_add_test(tc, fitting);
    tcase_add_test(tc, breaking_plain);
    tcase_add_test(tc, plain_or_not);
    tcase_add_test(tc, code_points);
    tcase_add_test(tc, helpers);
    tcase_add_test(tc, ids);
    tcase_add_test(tc, hashes);
    suite_add_tcase(suite, tc);
    return suite;
}
