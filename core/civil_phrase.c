/* Dates as people say them: a small grammar over words, day before month, always forwards. */
#include "core/civil.h"

#include "core/text.h"

#include <string.h>

enum { MAX_WORDS = 16, MAX_COUNT = 9999 };

struct word {
    const char *s;
    size_t n;
};

/* The words of a phrase and how far it has been read. */
struct words {
    struct word v[MAX_WORDS];
    size_t n;
    size_t at;
};

struct name {
    const char *word;
    int value;
};

static const struct name weekdays[] = {
    {"monday", 0}, {"tuesday", 1}, {"wednesday", 2}, {"thursday", 3}, {"friday", 4}, {"saturday", 5}, {"sunday", 6},
    {"mon", 0}, {"tue", 1}, {"tues", 1}, {"wed", 2}, {"weds", 2}, {"thu", 3}, {"thur", 3}, {"thurs", 3},
    {"fri", 4}, {"sat", 5}, {"sun", 6},
};

static const struct name months[] = {
    {"january", 1}, {"february", 2}, {"march", 3}, {"april", 4}, {"may", 5}, {"june", 6}, {"july", 7}, {"august", 8},
    {"september", 9}, {"october", 10}, {"november", 11}, {"december", 12}, {"jan", 1}, {"feb", 2}, {"mar", 3},
    {"apr", 4}, {"jun", 6}, {"jul", 7}, {"aug", 8}, {"sep", 9}, {"sept", 9}, {"oct", 10}, {"nov", 11}, {"dec", 12},
};

static const struct name counts[] = {
    {"a", 1}, {"one", 1}, {"two", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"six", 6}, {"seven", 7}, {"eight", 8},
    {"nine", 9}, {"ten", 10}, {"twelve", 12},
};

/* Splits at blanks; false when there are too many words for a date. */
static bool split(struct words *words, const char *s, size_t n)
{
    *words = (struct words){.n = 0};
    for (size_t at = 0; at < n;) {
        if (text_blank(s[at])) {
            at++;
            continue;
        }
        size_t start = at;
        while (at < n && !text_blank(s[at]))
            at++;
        if (words->n == MAX_WORDS)
            return false;
        words->v[words->n++] = (struct word){s + start, at - start};
    }
    return words->n > 0;
}

static bool done(const struct words *w)
{
    return w->at == w->n;
}

static bool take(struct words *w, const char *word)
{
    if (done(w) || !text_same_word(w->v[w->at].s, w->v[w->at].n, word))
        return false;
    w->at++;
    return true;
}

static bool take_name(struct words *w, const struct name *names, size_t count, bool comma, int *value)
{
    if (done(w))
        return false;
    struct word word = w->v[w->at];
    if (comma && word.n > 1 && word.s[word.n - 1] == ',')
        word.n--;
    for (size_t i = 0; i < count; i++) {
        if (text_same_word(word.s, word.n, names[i].word)) {
            *value = names[i].value;
            w->at++;
            return true;
        }
    }
    return false;
}

/* Digits at the beginning of a word, at most four; how many there are, 0 for none. */
static size_t digits(struct word word, int *value)
{
    size_t n = 0;
    *value = 0;
    while (n < word.n && n < 4 && word.s[n] >= '0' && word.s[n] <= '9')
        *value = *value * 10 + (word.s[n++] - '0');
    return n;
}

static bool take_count(struct words *w, int *value)
{
    if (done(w))
        return false;
    size_t n = digits(w->v[w->at], value);
    if (n > 0 && n == w->v[w->at].n) {
        w->at++;
        return true;
    }
    return take_name(w, counts, NITEMS(counts), false, value);
}

/* "4", "4th", "1st": a day of the month. */
static bool take_day_of_month(struct words *w, int *day)
{
    if (done(w))
        return false;
    struct word word = w->v[w->at];
    size_t n = digits(word, day);
    if (n == 0 || n > 2 || *day < 1 || *day > 31)
        return false;
    const char *rest = word.s + n;
    size_t left = word.n - n;
    if (left != 0 && !text_same_word(rest, left, "st") && !text_same_word(rest, left, "nd") &&
        !text_same_word(rest, left, "rd") && !text_same_word(rest, left, "th"))
        return false;
    w->at++;
    return true;
}

static bool take_year(struct words *w, int *year)
{
    if (done(w) || w->v[w->at].n != 4 || digits(w->v[w->at], year) != 4 || *year < 1)
        return false;
    w->at++;
    return true;
}

/* "2026-12-04", "4/12/2026", "4.12.2026". */
static bool take_digits_date(struct words *w, int32_t *day)
{
    if (done(w))
        return false;
    struct word word = w->v[w->at];
    if (civil_read_day(word.s, word.n, day)) {
        w->at++;
        return true;
    }
    struct civil c;
    size_t at = digits(word, &c.day);
    if (at == 0 || at > 2 || at >= word.n || (word.s[at] != '/' && word.s[at] != '.'))
        return false;
    char separator = word.s[at];
    struct word rest = {word.s + at + 1, word.n - at - 1};
    at = digits(rest, &c.month);
    if (at == 0 || at > 2 || at >= rest.n || rest.s[at] != separator)
        return false;
    rest = (struct word){rest.s + at + 1, rest.n - at - 1};
    if (rest.n != 4 || digits(rest, &c.year) != 4 || !civil_valid(c))
        return false;
    *day = civil_day(c);
    w->at++;
    return true;
}

/* The first such date on or after `base`; 29 February waits for its year. */
static int32_t forwards(int32_t base, int month, int day)
{
    int year = civil_from_day(base).year;
    for (int i = 0; i < 9; i++) {
        int32_t candidate = civil_day((struct civil){year + i, month, day});
        if (candidate != DAY_NONE && candidate >= base)
            return candidate;
    }
    return DAY_NONE;
}

/* "4 Dec", "4th of December 2026". */
static bool take_calendar(struct words *w, int32_t base, int32_t *day)
{
    if (take_digits_date(w, day))
        return true;
    struct words back = *w;
    struct civil c;
    take(w, "the");
    if (take_day_of_month(w, &c.day)) {
        take(w, "of");
        if (take_name(w, months, NITEMS(months), false, &c.month)) {
            *day = take_year(w, &c.year) ? civil_day(c) : forwards(base, c.month, c.day);
            if (*day != DAY_NONE)
                return true;
        }
    }
    *w = back;
    return false;
}

/* "Friday", or a weekday that only goes with a date. */
static bool take_weekday(struct words *w, int32_t base, struct when *when)
{
    int weekday;
    if (!take_name(w, weekdays, NITEMS(weekdays), true, &weekday))
        return false;
    if (take_calendar(w, base, &when->day)) {
        when->weekday_contradicts = civil_weekday(when->day) != weekday;
        return true;
    }
    when->day = base + 1 + (weekday - civil_weekday(base) + 6) % 7;
    return true;
}

static bool take_next(struct words *w, int32_t base, struct when *when)
{
    struct words back = *w;
    int weekday;
    if (take(w, "next") && take_name(w, weekdays, NITEMS(weekdays), false, &weekday)) {
        when->day = base - civil_weekday(base) + 7 + weekday;
        return true;
    }
    *w = back;
    return false;
}

static bool take_unit(struct words *w, const char *one, const char *many)
{
    return take(w, many) || take(w, one);
}

/* "in 2 weeks", "in 10 working days", "in 15 school days". */
static bool take_in(struct words *w, int32_t base, struct when *when)
{
    struct words back = *w;
    int n;
    if (!take(w, "in") || !take_count(w, &n) || n > MAX_COUNT) {
        *w = back;
        return false;
    }
    if (take_unit(w, "week", "weeks"))
        when->day = base + 7 * n;
    else if (take_unit(w, "day", "days"))
        when->day = base + n;
    else if (take_unit(w, "month", "months"))
        when->day = civil_add_months(base, n);
    else if (take(w, "working") && take_unit(w, "day", "days"))
        when->day = civil_add_working_days(base, n);
    else if (take(w, "school") && take_unit(w, "day", "days"))
        when->needs_terms = true;
    else
        *w = back;
    return w->at != back.at && (when->needs_terms || when->day != DAY_NONE);
}

static int32_t month_end(int year, int month)
{
    return civil_day((struct civil){year, month, civil_month_days(year, month)});
}

/* "end of January", "the end of the month", "end of the week" (its Friday). */
static bool take_end_of(struct words *w, int32_t base, struct when *when)
{
    struct words back = *w;
    struct civil today = civil_from_day(base);
    int month, year;
    take(w, "the");
    if (take(w, "end") && take(w, "of")) {
        if (take_name(w, months, NITEMS(months), false, &month)) {
            if (!take_year(w, &year))
                year = month < today.month ? today.year + 1 : today.year;
            when->day = month_end(year, month);
            return when->day != DAY_NONE;
        }
        bool which = take(w, "the") || take(w, "this");
        if (which && take(w, "month")) {
            when->day = month_end(today.year, today.month);
            return true;
        }
        if (which && take(w, "week")) {
            int weekday = civil_weekday(base);
            when->day = base + (weekday <= 4 ? 4 - weekday : 11 - weekday);
            return true;
        }
    }
    *w = back;
    return false;
}

static bool take_time(struct words *w, int *time)
{
    struct words back = *w;
    take(w, "at");
    if (!done(w) && civil_read_time(w->v[w->at].s, w->v[w->at].n, time)) {
        w->at++;
        return true;
    }
    *w = back;
    return false;
}

/* One day, with a time perhaps. Everything but "from … to …". */
static bool take_moment(struct words *w, int32_t base, struct when *when)
{
    *when = (struct when){.day = DAY_NONE, .time = TIME_NONE, .from = DAY_NONE};
    if (take_time(w, &when->time)) {
        when->day = base;
        return true;
    }
    bool day = true;
    if (take(w, "today"))
        when->day = base;
    else if (take(w, "tomorrow"))
        when->day = base + 1;
    else
        day = take_next(w, base, when) || take_in(w, base, when) || take_end_of(w, base, when) ||
              take_calendar(w, base, &when->day) || take_weekday(w, base, when);
    if (day && !done(w))
        take_time(w, &when->time);
    return day;
}

static bool bare_time(const struct words *w)
{
    struct words copy = *w;
    int time;
    return take_time(&copy, &time);
}

/* "from 9 Dec to 29 Jan": the end is read forwards from the start. */
static bool take_range(struct words *w, int32_t base, struct when *when)
{
    struct when start;
    if (!take(w, "from") || bare_time(w) || !take_moment(w, base, &start) || start.day == DAY_NONE || !take(w, "to") ||
        !take_moment(w, start.day, when))
        return false;
    when->from = start.day;
    when->weekday_contradicts |= start.weekday_contradicts;
    return true;
}

static bool possible(int32_t day)
{
    return day == DAY_NONE || civil_valid(civil_from_day(day));
}

static bool read_words(struct words *w, int32_t base, struct when *when)
{
    struct words back = *w;
    if (base == DAY_NONE)
        return false;
    bool read = take_range(w, base, when);
    if (!read) {
        *w = back;
        read = take_moment(w, base, when);
    }
    return read && done(w) && possible(when->day) && possible(when->from);
}

bool civil_read_phrase(const char *s, size_t n, int32_t base, struct when *when)
{
    struct words w;
    *when = (struct when){.day = DAY_NONE, .time = TIME_NONE, .from = DAY_NONE};
    return split(&w, s, n) && read_words(&w, base, when);
}

/* ---- at the end of a text ---- */

/* What stands before a date: reads from words `i` on. */
static bool introduced(struct words words, size_t i, int32_t base, struct when *when)
{
    words.at = i;
    if (take(&words, "on") && take(&words, "or") && take(&words, "before"))
        return read_words(&words, base, when);
    words.at = i;
    if (take(&words, "by"))
        return read_words(&words, base, when);
    if (take(&words, "on"))
        return !bare_time(&words) && read_words(&words, base, when);
    if (take(&words, "before")) {
        bool time = bare_time(&words);
        if (!read_words(&words, base, when))
            return false;
        if (!time && when->time == TIME_NONE && when->day != DAY_NONE)
            when->day--;
        return possible(when->day);
    }
    if (words.v[i].n == 4 && take(&words, "from")) {
        words.at = i;
        return read_words(&words, base, when);
    }
    if (take(&words, "in")) {
        words.at = i;
        return read_words(&words, base, when);
    }
    return false;
}

/* The last words of a text, as many as a phrase may have. */
static bool split_tail(struct words *words, const char *s, size_t n)
{
    size_t at = n, count = 0;
    while (at > 0 && count < MAX_WORDS) {
        while (at > 0 && text_blank(s[at - 1]))
            at--;
        size_t end = at;
        while (at > 0 && !text_blank(s[at - 1]))
            at--;
        if (at == end)
            break;
        count++;
    }
    return split(words, s + at, n - at);
}

bool civil_phrase_at_end(const char *s, size_t n, int32_t base, struct when *when, size_t *at)
{
    while (n > 0 && text_blank(s[n - 1]))
        n--;
    if (n > 0 && s[n - 1] == '.')
        n--;
    struct words words;
    *when = (struct when){.day = DAY_NONE, .time = TIME_NONE, .from = DAY_NONE};
    if (!split_tail(&words, s, n))
        return false;
    for (size_t i = 0; i + 1 < words.n; i++) {
        if (!introduced(words, i, base, when))
            continue;
        *at = (size_t)(words.v[i].s - s);
        return when->day != DAY_NONE;
    }
    *when = (struct when){.day = DAY_NONE, .time = TIME_NONE, .from = DAY_NONE};
    return false;
}
