/* Civil dates and clock times without the C library's calendar: proleptic Gregorian, days counted
 * from 1970-01-01 (day 0, a Thursday), times as minutes after midnight. */
#ifndef CORE_CIVIL_H
#define CORE_CIVIL_H

#include "core/arena.h"
#include "core/buf.h"

#define DAY_NONE INT32_MIN
#define TIME_NONE (-1)

struct civil {
    int year;  /* 1..9999 */
    int month; /* 1..12 */
    int day;   /* 1..31 */
};

/* Now, as the caller was told it: core never asks a clock. */
struct now {
    int32_t day;    /* local civil date */
    int time;       /* local minutes after midnight */
    int64_t utc_ms; /* Unix time in milliseconds */
};

bool civil_valid(struct civil c);
int32_t civil_day(struct civil c);           /* DAY_NONE when not valid */
struct civil civil_from_day(int32_t day);
int civil_weekday(int32_t day);              /* 0 Monday .. 6 Sunday */
int civil_month_days(int year, int month);
int32_t civil_add_months(int32_t day, int months); /* 31 Jan + 1 month = 28/29 Feb */

/* "2026-11-24" exactly / "14:05" or "9:05" exactly (24:00 is not a time). */
bool civil_read_day(const char *s, size_t n, int32_t *day);
bool civil_read_time(const char *s, size_t n, int *time);

void civil_put_day(struct buf *out, int32_t day);       /* 2026-11-24 */
void civil_put_time(struct buf *out, int time);         /* 14:05 */
void civil_put_long(struct buf *out, int32_t day);      /* Tue 24 Nov 2026 */
char *civil_day_dup(struct arena *arena, int32_t day);  /* NULL for DAY_NONE */
char *civil_long_dup(struct arena *arena, int32_t day);
char *civil_time_dup(struct arena *arena, int time);    /* NULL for TIME_NONE */

/* Bank holidays of England and Wales by their rules (Banking and Financial Dealings Act 1971
 * and the substitute days): Easter by the Gregorian computus; no one-off days. */
bool civil_bank_holiday(int32_t day);
bool civil_working_day(int32_t day);
/* The n-th working day after `day` (day itself is 0); the last working day on or before it. */
int32_t civil_add_working_days(int32_t day, int n);
int32_t civil_working_day_before(int32_t day);

/* ---- the date phrases of notation.md, section 3 ---- */

struct when {
    int32_t day;    /* the (last) day; DAY_NONE when it cannot be told */
    int time;       /* TIME_NONE when there is none */
    int32_t from;   /* begin of "from … to …", else DAY_NONE */
    bool weekday_contradicts; /* "Mon 24 Nov 2026", which is a Tuesday */
    bool needs_terms;         /* "in 15 school days": cannot be told without term dates */
};

/* Reads a whole phrase ("4 Dec", "next Tuesday", "today 15:15", "end of January",
 * "in 10 working days", "2026-12-04 12:00"), forwards from `base`. False when it is no date. */
bool civil_read_phrase(const char *s, size_t n, int32_t base, struct when *when);

/* Finds a date phrase with its introducing word (by, on, before, from … to …) at the very end of a
 * text. On success *at is where the introducing word begins. "before 16 Dec" is 15 Dec;
 * "before 15:15" is `base` at 15:15; "on Tuesdays" is no date. */
bool civil_phrase_at_end(const char *s, size_t n, int32_t base, struct when *when, size_t *at);

/* Completions of a half-typed date phrase, for Tab: appends up to `max` candidates, each as
 * "4 Dec 2026"-like text that civil_read_phrase reads. Returns how many. */
size_t civil_complete(struct arena *arena, const char *s, size_t n, int32_t base, char **out, size_t max);

#endif
