/* Days that are over, as people say them. */
#ifndef TUI_PAST_H
#define TUI_PAST_H

#include "core/civil.h"

/* Who says "30 Nov" so many days before it or fewer does not mean last year's. */
#define PAST_SOON_DAYS 28

/* A day that is over or today: "yesterday", "Friday" (the last one), "13 Oct" (the last one). False when it is no day, which makes *day DAY_NONE, or when it is
 * still to come: then *day says which day was understood. */
bool past_read_day(const char *words, int32_t today, int32_t *day);

/* A year is said in it: "13 Oct 2025", "2025-10-13". */
bool past_has_year(const char *words);

#endif
