#include "core/civil.h"

#include <string.h>

static const char *const weekday_short[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const month_short[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static bool leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int civil_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return month == 2 && leap(year) ? 29 : days[month - 1];
}

bool civil_valid(struct civil c)
{
    return c.year >= 1 && c.year <= 9999 && c.day >= 1 && c.day <= civil_month_days(c.year, c.month);
}

/* Years run from March, so that the leap day is the last of its year; 400 years are 146097 days. */
int32_t civil_day(struct civil c)
{
    if (!civil_valid(c))
        return DAY_NONE;
    int year = c.month <= 2 ? c.year - 1 : c.year;
    int month = c.month <= 2 ? c.month + 9 : c.month - 3;
    int day_of_year = (153 * month + 2) / 5 + c.day - 1;
    return year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719468;
}

struct civil civil_from_day(int32_t day)
{
    if (day == DAY_NONE)
        return (struct civil){0, 0, 0};
    int64_t shifted = (int64_t)day + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int in_era = (int)(shifted - era * 146097);
    int year_in_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int in_year = in_era - (365 * year_in_era + year_in_era / 4 - year_in_era / 100);
    int month = (5 * in_year + 2) / 153;
    struct civil c = {.day = in_year - (153 * month + 2) / 5 + 1, .month = month < 10 ? month + 3 : month - 9};
    c.year = (int)(year_in_era + era * 400) + (c.month <= 2 ? 1 : 0);
    return c;
}

int civil_weekday(int32_t day)
{
    int w = (int)(((int64_t)day + 3) % 7); /* 1970-01-01 was a Thursday */
    return w < 0 ? w + 7 : w;
}

int32_t civil_add_months(int32_t day, int months)
{
    if (day == DAY_NONE)
        return DAY_NONE;
    struct civil c = civil_from_day(day);
    int64_t count = (int64_t)c.year * 12 + c.month - 1 + months;
    if (count < 12 || count > 9999 * 12 + 11)
        return DAY_NONE;
    c.year = (int)(count / 12);
    c.month = (int)(count % 12) + 1;
    int last = civil_month_days(c.year, c.month);
    if (c.day > last)
        c.day = last;
    return civil_day(c);
}

/* ---- strict forms ---- */

static bool number(const char *s, size_t n, int *value)
{
    *value = 0;
    for (size_t i = 0; i < n; i++) {
        if (s[i] < '0' || s[i] > '9')
            return false;
        *value = *value * 10 + (s[i] - '0');
    }
    return n > 0;
}

bool civil_read_day(const char *s, size_t n, int32_t *day)
{
    struct civil c;
    if (n != 10 || s[4] != '-' || s[7] != '-' || !number(s, 4, &c.year) || !number(s + 5, 2, &c.month) ||
        !number(s + 8, 2, &c.day) || !civil_valid(c))
        return false;
    *day = civil_day(c);
    return true;
}

bool civil_read_time(const char *s, size_t n, int *time)
{
    int hour, minute;
    size_t hours = n == 5 ? 2 : 1;
    if (n < 4 || n > 5 || s[hours] != ':' || !number(s, hours, &hour) || !number(s + hours + 1, 2, &minute) || hour > 23 ||
        minute > 59)
        return false;
    *time = hour * 60 + minute;
    return true;
}

void civil_put_day(struct buf *out, int32_t day)
{
    struct civil c = civil_from_day(day);
    buf_addf(out, "%04d-%02d-%02d", c.year, c.month, c.day);
}

void civil_put_time(struct buf *out, int time)
{
    buf_addf(out, "%02d:%02d", time / 60, time % 60);
}

/* At least `least` digits of a number of at most four. Not printf: lists have two dates a row and thousands of rows. */
static void put_digits(struct buf *out, int number, int least)
{
    char digits[4];
    int n = 0;
    for (; n < least || number > 0; number /= 10)
        digits[3 - n++] = (char)('0' + number % 10);
    buf_add(out, digits + 4 - n, (size_t)n);
}

void civil_put_long(struct buf *out, int32_t day)
{
    struct civil c = civil_from_day(day);
    if (!civil_valid(c))
        return;
    buf_adds(out, weekday_short[civil_weekday(day)]);
    buf_addc(out, ' ');
    put_digits(out, c.day, 1);
    buf_addc(out, ' ');
    buf_adds(out, month_short[c.month - 1]);
    buf_addc(out, ' ');
    put_digits(out, c.year, 4);
}

char *civil_day_dup(struct arena *arena, int32_t day)
{
    if (day == DAY_NONE)
        return NULL;
    struct civil c = civil_from_day(day);
    return arena_printf(arena, "%04d-%02d-%02d", c.year, c.month, c.day);
}

char *civil_long_dup(struct arena *arena, int32_t day)
{
    if (day == DAY_NONE)
        return NULL;
    struct buf b = {0};
    civil_put_long(&b, day);
    char *copy = arena_strdup(arena, buf_str(&b));
    buf_free(&b);
    return copy;
}

char *civil_time_dup(struct arena *arena, int time)
{
    return time == TIME_NONE ? NULL : arena_printf(arena, "%02d:%02d", time / 60, time % 60);
}

/* ---- bank holidays of England and Wales ---- */

/* Easter Sunday (the anonymous Gregorian computus). */
static int32_t easter(int year)
{
    int golden = year % 19, century = year / 100, in_century = year % 100;
    int moon_fix = (century - (century + 8) / 25 + 1) / 3;
    int epact = (19 * golden + century - century / 4 - moon_fix + 15) % 30;
    int weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    int late = (golden + 11 * epact + 22 * weekday) / 451;
    int count = epact + weekday - 7 * late + 114;
    return civil_day((struct civil){year, count / 31, count % 31 + 1});
}

static int32_t first_monday(int year, int month)
{
    int32_t first = civil_day((struct civil){year, month, 1});
    return first + (7 - civil_weekday(first)) % 7;
}

static int32_t last_monday(int year, int month)
{
    int32_t last = civil_day((struct civil){year, month, civil_month_days(year, month)});
    return last - civil_weekday(last);
}

/* New Year's Day, Christmas and Boxing Day move to the next free weekday. */
static bool fixed_holiday(struct civil c, int32_t day)
{
    if (c.month == 1 && c.day <= 3) {
        int32_t first = civil_day((struct civil){c.year, 1, 1});
        int weekday = civil_weekday(first);
        return day == first + (weekday >= 5 ? 7 - weekday : 0);
    }
    if (c.month != 12 || c.day < 25 || c.day > 28)
        return false;
    int32_t christmas = civil_day((struct civil){c.year, 12, 25});
    switch (civil_weekday(christmas)) {
    case 4: /* Friday: Boxing Day moves to Monday */
        return day == christmas || day == christmas + 3;
    case 5: /* Saturday: Monday and Tuesday */
        return day == christmas + 2 || day == christmas + 3;
    case 6: /* Sunday: Boxing Day stays on Monday, Christmas moves to Tuesday */
        return day == christmas + 1 || day == christmas + 2;
    default:
        return day == christmas || day == christmas + 1;
    }
}

bool civil_bank_holiday(int32_t day)
{
    struct civil c = civil_from_day(day);
    if (!civil_valid(c))
        return false;
    if (fixed_holiday(c, day))
        return true;
    if (c.month == 3 || c.month == 4) {
        int32_t sunday = easter(c.year);
        return day == sunday - 2 || day == sunday + 1;
    }
    if (c.month == 5)
        return day == first_monday(c.year, 5) || day == last_monday(c.year, 5);
    return c.month == 8 && day == last_monday(c.year, 8);
}

bool civil_working_day(int32_t day)
{
    return civil_weekday(day) < 5 && !civil_bank_holiday(day);
}

int32_t civil_add_working_days(int32_t day, int n)
{
    int step = n < 0 ? -1 : 1;
    for (int left = n < 0 ? -n : n; left > 0; left--) {
        do
            day += step;
        while (!civil_working_day(day));
    }
    return day;
}

int32_t civil_working_day_before(int32_t day)
{
    while (!civil_working_day(day))
        day--;
    return day;
}
