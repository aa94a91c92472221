#include "core/match.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_match(void);

enum { REGEX = MATCH_REGEX, NO_CASE = MATCH_NO_CASE };

/* result: 1 with its place, 0 not found, -2 refused. */
static const struct {
    const char *pattern;
    unsigned flags;
    const char *text;
    int result;
    size_t at, end;
} cases[] = {
    {"a+b", 0, "aab a+b", 1, 4, 7},
    {"a+b", REGEX, "xaab", 1, 1, 4},
    {"SENCO", NO_CASE, "the senco", 1, 4, 9},
    {"SENCO", 0, "the senco", 0, 0, 0},
    {"žilinsk", NO_CASE, "Saulė ŽILINSKienė", 1, 7, 15},
    {"ž.l", REGEX | NO_CASE, "Žal", 1, 0, 4},
    {"(", 0, "a(b", 1, 1, 2},
    {"(", REGEX, "", -2, 0, 0},
    {"", 0, "", -2, 0, 0},
    {"\\C", REGEX, "x", -2, 0, 0},
    {"\xff", 0, "x", -2, 0, 0},
    {"x*", REGEX, "aaa", 1, 0, 0},
    {"b", REGEX, "a\xff" "b", 1, 2, 3},
    {"[[:alpha:]]+", REGEX, "12 ab", 1, 3, 5},
    {"(?=ab\\K)", REGEX, "ab", -2, 0, 0},
};

START_TEST(table)
{
    struct match *m = NULL;
    struct err err = {.code = EVH_OK};
    size_t at = 99, end = 99;
    enum evh made = match_new(&m, cases[_i].pattern, strlen(cases[_i].pattern), cases[_i].flags, &err);
    if (cases[_i].result == -2) {
        /* Refused, or found nowhere: the last line depends on the release of the library. */
        ck_assert(made == EVH_INVALID || match_find(m, "ab", 2, 0, &at, &end) != 1);
        if (made == EVH_INVALID)
            ck_assert_uint_gt(strlen(err.text), 10);
        match_free(m);
        return;
    }
    ck_assert_int_eq(made, EVH_OK);
    ck_assert_int_eq(match_find(m, cases[_i].text, strlen(cases[_i].text), 0, &at, &end), cases[_i].result);
    if (cases[_i].result == 1) {
        ck_assert_uint_eq(at, cases[_i].at);
        ck_assert_uint_eq(end, cases[_i].end);
    }
    match_free(m);
}
END_TEST

START_TEST(finds_the_next)
{
    struct match *m = NULL;
    size_t at = 0, end = 0;
    ck_assert_int_eq(match_new(&m, "ab", 2, 0, NULL), EVH_OK);
    ck_assert_int_eq(match_find(m, "ab ab", 5, 1, &at, &end), 1);
    ck_assert_uint_eq(at, 3);
    ck_assert_int_eq(match_find(m, "ab ab", 5, 5, &at, &end), 0);
    ck_assert_int_eq(match_find(m, "ab ab", 5, 6, &at, &end), 0);
    match_free(m);
}
END_TEST

START_TEST(limits)
{
    static const char *const hostile[] = {"(a+)+$", "(*LIMIT_MATCH=4000000000)(a+)+$", "(a|aa)+$", "(?:a?){30}a{30}b"};
    char *text = malloc(64);
    ck_assert_ptr_nonnull(text);
    memset(text, 'a', 40);
    text[40] = '!';
    for (size_t i = 0; i < NITEMS(hostile); i++) {
        struct match *m = NULL;
        size_t at, end;
        ck_assert_int_eq(match_new(&m, hostile[i], strlen(hostile[i]), MATCH_REGEX, NULL), EVH_OK);
        ck_assert_int_ne(match_find(m, text, 41, 0, &at, &end), 1);
        match_free(m);
    }
    free(text);
    char deep[160], wide[600];
    memset(deep, '(', 60);
    memset(deep + 60, ')', 60);
    memset(wide, 'a', sizeof wide);
    struct match *m = NULL;
    struct err err;
    ck_assert_int_eq(match_new(&m, deep, 120, MATCH_REGEX, &err), EVH_INVALID);
    ck_assert_ptr_null(m);
    ck_assert_int_eq(match_new(&m, wide, sizeof wide, 0, &err), EVH_INVALID);
    ck_assert_int_eq(match_new(&m, wide, 512, 0, &err), EVH_OK);
    match_free(m);
}
END_TEST

/* A long text is not a hostile pattern: the limits are for one place, not for the whole search. */
START_TEST(long_text)
{
    size_t n = 1 << 20, at = 0, end = 0;
    char *text = malloc(n);
    ck_assert_ptr_nonnull(text);
    memset(text, 'a', n);
    text[n - 1] = 'b';
    static const unsigned flags[] = {0, MATCH_NO_CASE, MATCH_REGEX};
    for (size_t i = 0; i < NITEMS(flags); i++) {
        struct match *m = NULL;
        ck_assert_int_eq(match_new(&m, "ab", 2, flags[i], NULL), EVH_OK);
        ck_assert_int_eq(match_find(m, text, n, 0, &at, &end), 1);
        ck_assert_uint_eq(at, n - 2);
        match_free(m);
    }
    free(text);
}
END_TEST

START_TEST(version)
{
    ck_assert(match_version()[0] >= '1' && match_version()[0] <= '9');
    ck_assert_ptr_nonnull(strchr(match_version(), '.'));
}
END_TEST

Suite *suite_match(void)
{
    Suite *suite = suite_create("match");
    TCase *tc = tcase_create("match");
    tcase_add_loop_test(tc, table, 0, (int)NITEMS(cases));
    tcase_add_test(tc, finds_the_next);
    tcase_add_test(tc, limits);
    tcase_add_test(tc, long_text);
    tcase_add_test(tc, version);
    suite_add_tcase(suite, tc);
    return suite;
}
