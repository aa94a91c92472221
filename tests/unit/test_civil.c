#include "core/civil.h"

#include <check.h>
#include <string.h>

Suite *suite_civil(void);

static int32_t day(const char *s)
{
    int32_t d = DAY_NONE;
    ck_assert_msg(civil_read_day(s, strlen(s), &d), "%s", s);
    return d;
}

static void same_day(int32_t found, const char *wanted)
{
    struct buf b = {0};
    if (found == DAY_NONE)
        buf_adds(&b, "none");
    else
        civil_put_day(&b, found);
    ck_assert_str_eq(buf_str(&b), wanted);
    buf_free(&b);
}

START_TEST(days_and_back)
{
    ck_assert_int_eq(day("1970-01-01"), 0);
    ck_assert_int_eq(civil_weekday(0), 3);
    ck_assert_int_eq(day("2000-03-01") - day("2000-02-28"), 2);
    ck_assert_int_eq(day("1900-03-01") - day("1900-02-28"), 1);
    int32_t last = day("9999-12-31");
    for (int32_t d = day("0001-01-01"); d <= last; d += 1) {
        struct civil c = civil_from_day(d);
        if (civil_day(c) != d || civil_weekday(d) != (civil_weekday(d - 1) + 1) % 7)
            ck_abort_msg("day %d", d);
    }
    ck_assert_int_eq(civil_day((struct civil){2026, 2, 29}), DAY_NONE);
    ck_assert_int_eq(civil_day((struct civil){0, 1, 1}), DAY_NONE);
    ck_assert(!civil_valid(civil_from_day(DAY_NONE)));
}
END_TEST

static const char *const not_days[] = {"2026-13-01", "2026-02-30", "2026-1-01", "26-01-01", "2026-01-011", "2026/01/01", "", "0000-01-01"};
static const char *const not_times[] = {"24:00", "12:60", "1:5", "", "12.30", "012:00", "1200", "-1:00"};

START_TEST(strict_forms)
{
    int32_t d;
    int t;
    for (size_t i = 0; i < NITEMS(not_days); i++)
        ck_assert_msg(!civil_read_day(not_days[i], strlen(not_days[i]), &d), "%s", not_days[i]);
    for (size_t i = 0; i < NITEMS(not_times); i++)
        ck_assert_msg(!civil_read_time(not_times[i], strlen(not_times[i]), &t), "%s", not_times[i]);
    ck_assert(civil_read_time("9:05", 4, &t) && t == 545);
    ck_assert(civil_read_time("23:59", 5, &t) && t == 1439);
}
END_TEST

START_TEST(written)
{
    struct arena *arena = arena_new();
    ck_assert_str_eq(civil_long_dup(arena, day("2026-11-24")), "Tue 24 Nov 2026");
    ck_assert_str_eq(civil_day_dup(arena, day("2026-11-04")), "2026-11-04");
    ck_assert_str_eq(civil_time_dup(arena, 65), "01:05");
    ck_assert_ptr_null(civil_day_dup(arena, DAY_NONE));
    ck_assert_ptr_null(civil_long_dup(arena, DAY_NONE));
    ck_assert_ptr_null(civil_time_dup(arena, TIME_NONE));
    arena_free(arena);
}
END_TEST

START_TEST(months)
{
    same_day(civil_add_months(day("2026-01-31"), 1), "2026-02-28");
    same_day(civil_add_months(day("2027-12-31"), 2), "2028-02-29");
    same_day(civil_add_months(day("2026-03-15"), -3), "2025-12-15");
    same_day(civil_add_months(day("9999-12-31"), 1), "none");
    same_day(civil_add_months(DAY_NONE, 1), "none");
}
END_TEST

/* As published by the government for England and Wales, and the rules for other falls of Christmas. */
static const struct {
    int year;
    const char *days[9];
} holidays[] = {
    {2026, {"2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28"}},
    {2027, {"2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27", "2027-12-28"}},
    {2028, {"2028-01-03", "2028-04-14", "2028-04-17", "2028-05-01", "2028-05-29", "2028-08-28", "2028-12-25", "2028-12-26"}},
    {2033, {"2033-01-03", "2033-04-15", "2033-04-18", "2033-05-02", "2033-05-30", "2033-08-29", "2033-12-26", "2033-12-27"}},
};

START_TEST(bank_holidays)
{
    size_t n = 0;
    int year = holidays[_i].year;
    int32_t last = civil_day((struct civil){year, 12, 31});
    for (int32_t d = civil_day((struct civil){year, 1, 1}); d <= last; d++) {
        if (!civil_bank_holiday(d))
            continue;
        ck_assert_uint_lt(n, 8);
        same_day(d, holidays[_i].days[n++]);
        ck_assert(!civil_working_day(d));
    }
    ck_assert_uint_eq(n, 8);
}
END_TEST

START_TEST(working_days)
{
    same_day(civil_add_working_days(day("2026-12-24"), 1), "2026-12-29");
    same_day(civil_add_working_days(day("2026-11-27"), 10), "2026-12-11");
    same_day(civil_add_working_days(day("2026-11-28"), 0), "2026-11-28");
    same_day(civil_add_working_days(day("2026-12-29"), -1), "2026-12-24");
    same_day(civil_working_day_before(day("2026-12-27")), "2026-12-24");
    same_day(civil_working_day_before(day("2026-11-24")), "2026-11-24");
}
END_TEST

/* At the end of a text, read on Tuesday 24 November 2026. `at` -1: no date there. */
static const struct {
    const char *text;
    int at;
    const char *day;
    int time;
    const char *from;
    bool contradicts, terms;
} phrases[] = {
    {"send it, by 2026-12-04", 9, "2026-12-04", -1, NULL, false, false},
    {"send it, by 4 Dec", 9, "2026-12-04", -1, NULL, false, false},
    {"by 4 dec", 0, "2026-12-04", -1, NULL, false, false},
    {"by Fri 4 Dec 2026", 0, "2026-12-04", -1, NULL, false, false},
    {"by Mon 4 Dec 2026", 0, "2026-12-04", -1, NULL, true, false},
    {"by Friday, 4th of December", 0, "2026-12-04", -1, NULL, false, false},
    {"by 24 Nov", 0, "2026-11-24", -1, NULL, false, false},
    {"by 23 Nov", 0, "2027-11-23", -1, NULL, false, false},
    {"by 4/12/2026", 0, "2026-12-04", -1, NULL, false, false},
    {"by 4.12.2026", 0, "2026-12-04", -1, NULL, false, false},
    {"by Friday", 0, "2026-11-27", -1, NULL, false, false},
    {"by Tuesday", 0, "2026-12-01", -1, NULL, false, false},
    {"by Monday", 0, "2026-11-30", -1, NULL, false, false},
    {"by next Tuesday", 0, "2026-12-01", -1, NULL, false, false},
    {"by next Friday", 0, "2026-12-04", -1, NULL, false, false},
    {"by today", 0, "2026-11-24", -1, NULL, false, false},
    {"by tomorrow", 0, "2026-11-25", -1, NULL, false, false},
    {"do it in 2 weeks", 6, "2026-12-08", -1, NULL, false, false},
    {"by in 2 weeks", 0, "2026-12-08", -1, NULL, false, false},
    {"in three days", 0, "2026-11-27", -1, NULL, false, false},
    {"in 3 months", 0, "2027-02-24", -1, NULL, false, false},
    {"in 10 working days", 0, "2026-12-08", -1, NULL, false, false},
    {"in 15 school days", -1, NULL, -1, NULL, false, true},
    {"by end of January", 0, "2027-01-31", -1, NULL, false, false},
    {"by the end of November", 0, "2026-11-30", -1, NULL, false, false},
    {"by the end of the month", 0, "2026-11-30", -1, NULL, false, false},
    {"by the end of the week", 0, "2026-11-27", -1, NULL, false, false},
    {"by the end of term", -1, NULL, -1, NULL, false, false},
    {"before 16 Dec", 0, "2026-12-15", -1, NULL, false, false},
    {"before 15:15", 0, "2026-11-24", 915, NULL, false, false},
    {"on or before 16 Dec", 0, "2026-12-16", -1, NULL, false, false},
    {"from 9 Dec to 29 Jan", 0, "2027-01-29", -1, "2026-12-09", false, false},
    {"from Monday to Friday", 0, "2026-12-04", -1, "2026-11-30", false, false},
    {"from 9:00 to 10:00", -1, NULL, -1, NULL, false, false},
    {"by 27 Nov 12:00", 0, "2026-11-27", 720, NULL, false, false},
    {"by 27 Nov at 12:00.", 0, "2026-11-27", 720, NULL, false, false},
    {"by today 15:15", 0, "2026-11-24", 915, NULL, false, false},
    {"by 17:00", 0, "2026-11-24", 1020, NULL, false, false},
    {"turn it on 17:00", -1, NULL, -1, NULL, false, false},
    {"come on Friday ", 5, "2026-11-27", -1, NULL, false, false},
    {"come on Tuesdays", -1, NULL, -1, NULL, false, false},
    {"by soon", -1, NULL, -1, NULL, false, false},
    {"asap", -1, NULL, -1, NULL, false, false},
    {"4 Dec", -1, NULL, -1, NULL, false, false},
    {"by 31 Nov", -1, NULL, -1, NULL, false, false},
    {"by 29 Feb", 0, "2028-02-29", -1, NULL, false, false},
    {"by 4 Dec or so", -1, NULL, -1, NULL, false, false},
    {"by", -1, NULL, -1, NULL, false, false},
    {"", -1, NULL, -1, NULL, false, false},
    {"stand by by Friday", 9, "2026-11-27", -1, NULL, false, false},
    {"a b c d e f g h i j k l m n o p q r s t by Friday", 40, "2026-11-27", -1, NULL, false, false},
};

START_TEST(at_the_end)
{
    struct when when;
    size_t at = 0;
    const char *s = phrases[_i].text;
    bool found = civil_phrase_at_end(s, strlen(s), day("2026-11-24"), &when, &at);
    ck_assert_msg(found == (phrases[_i].at >= 0), "%s", s);
    ck_assert_int_eq(when.needs_terms, phrases[_i].terms);
    if (!found)
        return;
    ck_assert_int_eq((int)at, phrases[_i].at);
    same_day(when.day, phrases[_i].day);
    ck_assert_int_eq(when.time, phrases[_i].time);
    same_day(when.from, phrases[_i].from == NULL ? "none" : phrases[_i].from);
    ck_assert_int_eq(when.weekday_contradicts, phrases[_i].contradicts);
}
END_TEST

START_TEST(whole_phrases)
{
    struct when when;
    int32_t base = day("2026-11-24");
    ck_assert(civil_read_phrase(" next Tuesday ", 14, base, &when));
    same_day(when.day, "2026-12-01");
    ck_assert(civil_read_phrase("in 15 school days", 17, base, &when));
    ck_assert(when.needs_terms && when.day == DAY_NONE);
    ck_assert(!civil_read_phrase("by 4 Dec", 8, base, &when));
    ck_assert(!civil_read_phrase("4 Dec", 5, DAY_NONE, &when));
    ck_assert(!civil_read_phrase("in 9000 months", 14, day("9990-01-01"), &when));
    ck_assert(!civil_read_phrase("tomorrow", 8, day("9999-12-31"), &when));
}
END_TEST

/* Whatever is written long is read back as the same day. */
START_TEST(long_form_is_read)
{
    struct buf b = {0};
    for (int32_t d = day("2026-01-01"); d < day("2029-01-01"); d++) {
        struct when when;
        buf_clear(&b);
        civil_put_long(&b, d);
        ck_assert(civil_read_phrase(b.s, b.n, 0, &when));
        ck_assert_int_eq(when.day, d);
        ck_assert(!when.weekday_contradicts);
    }
    buf_free(&b);
}
END_TEST

static const struct {
    const char *typed, *first;
} completions[] = {
    {"f", "Fri 27 Nov 2026"}, {"4", "Fri 4 Dec 2026"}, {"4 d", "Fri 4 Dec 2026"}, {"tom", "Wed 25 Nov 2026"},
    {"in 2", "Tue 8 Dec 2026"}, {"next t", "Tue 1 Dec 2026"}, {"4 Dec", "Fri 4 Dec 2026"}, {"", "Tue 24 Nov 2026"}, {"zzz", NULL},
};

START_TEST(completing)
{
    struct arena *arena = arena_new();
    char *out[3];
    const char *typed = completions[_i].typed;
    size_t n = civil_complete(arena, typed, strlen(typed), day("2026-11-24"), out, NITEMS(out));
    ck_assert_uint_le(n, NITEMS(out));
    ck_assert_int_eq(n > 0, completions[_i].first != NULL);
    if (n > 0)
        ck_assert_str_eq(out[0], completions[_i].first);
    arena_free(arena);
}
END_TEST

Suite *suite_civil(void)
{
    Suite *suite = suite_create("civil");
    TCase *tc = tcase_create("civil");
    tcase_add_loop_test(tc, bank_holidays, 0, (int)NITEMS(holidays));
    tcase_add_loop_test(tc, at_the_end, 0, (int)NITEMS(phrases));
    tcase_add_loop_test(tc, completing, 0, (int)NITEMS(completions));
    tcase_add_test(tc, days_and_back);
    tcase_add_test(tc, strict_forms);
    tcase_add_test(tc, written);
    tcase_add_test(tc, months);
    tcase_add_test(tc, working_days);
    tcase_add_test(tc, whole_phrases);
    tcase_add_test(tc, long_form_is_read);
    suite_add_tcase(suite, tc);
    return suite;
}
