#include "tui/past.h"

#include <string.h>

#include "core/text.h"

bool past_has_year(const char *words)
{
    for (const char *s = words; *s != '\0'; s++)
        if (strspn(s, "0123456789") >= 4)
            return true;
    return false;
}

/* "Friday" means the last one, "13 Oct" the last one; "tomorrow", "next Friday", "end of March" and "in 2 weeks" are not over. */
static bool goes_back(const char *words, size_t n)
{
    if (memchr(words, ' ', n) == NULL)
        return !text_same_word(words, n, "tomorrow");
    return strcspn(words, "0123456789") < n && !text_same_word(words, n < 3 ? n : 3, "in ");
}

bool past_read_day(const char *words, int32_t today, int32_t *day)
{
    size_t n = strlen(words);
    text_trim(&words, &n);
    if (text_same_word(words, n, "yesterday")) {
        *day = today - 1;
        return true;
    }
    struct when when;
    *day = DAY_NONE;
    if (!civil_read_phrase(words, n, today, &when) || when.day == DAY_NONE)
        return false;
    if (when.day > today && !past_has_year(words) && goes_back(words, n)) {
        bool has_number = strcspn(words, "0123456789") < n;
        if (!has_number)
            when.day -= 7;
        else if (when.day - today > PAST_SOON_DAYS)
            when.day = civil_add_months(when.day, -12);
    }
    *day = when.day;
    return when.day <= today;
}
