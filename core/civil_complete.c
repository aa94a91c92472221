/* Completions of a half-typed date, for Tab. */
#include "core/civil.h"

#include "core/text.h"

#include <string.h>

/* Words that a phrase may go on with, likeliest first. */
static const char *const vocabulary[] = {
    "today", "tomorrow", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    "weeks", "days", "months", "working days", "end of the month", "next Monday", "next Tuesday", "next Wednesday",
    "next Thursday", "next Friday",
};

static const char *const month_names[] = {"January", "February", "March", "April", "May", "June",
                                          "July", "August", "September", "October", "November", "December"};

struct candidates {
    struct arena *arena;
    char **out;
    size_t n;
    size_t max;
    int32_t base;
};

/* Keeps the absolute date of a phrase, if it is one and new. */
static void offer(struct candidates *c, const char *s, size_t n)
{
    struct when when;
    if (c->n >= c->max || !civil_read_phrase(s, n, c->base, &when) || when.day == DAY_NONE)
        return;
    struct buf b = {0};
    civil_put_long(&b, when.day);
    if (when.time != TIME_NONE) {
        buf_addc(&b, ' ');
        civil_put_time(&b, when.time);
    }
    bool known = false;
    for (size_t i = 0; i < c->n; i++)
        known = known || strcmp(c->out[i], buf_str(&b)) == 0;
    if (!known)
        c->out[c->n++] = arena_strdup(c->arena, buf_str(&b));
    buf_free(&b);
}

static void offer_with(struct candidates *c, const char *s, size_t stem, const char *word)
{
    struct buf b = {0};
    buf_add(&b, s, stem);
    buf_adds(&b, word);
    offer(c, buf_str(&b), b.n);
    buf_free(&b);
}

/* `word` begins with the n bytes at `s`, without case. */
static bool begins(const char *word, const char *s, size_t n)
{
    if (n > strlen(word))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!text_same_word(s + i, 1, (const char[]){word[i], '\0'}))
            return false;
    return true;
}

/* Where the last word begins. */
static size_t last_word(const char *s, size_t n)
{
    while (n > 0 && !text_blank(s[n - 1]))
        n--;
    return n;
}

/* Months from the one after that of `base` on, so that what is nearest comes first but for a day
 * of this month, which is rare and found last. */
static void offer_months(struct candidates *c, const char *s, size_t stem, const char *partial, size_t n)
{
    int first = civil_from_day(c->base).month;
    for (int i = 0; i < 12; i++) {
        const char *month = month_names[(first + i) % 12];
        if (begins(month, partial, n))
            offer_with(c, s, stem, month);
    }
}

size_t civil_complete(struct arena *arena, const char *s, size_t n, int32_t base, char **out, size_t max)
{
    struct candidates c = {arena, out, 0, max, base};
    if (base == DAY_NONE)
        return 0;
    text_trim(&s, &n);
    offer(&c, s, n);
    size_t stem = last_word(s, n);
    /* The last word may be half typed ("4 De"), or be followed by another ("4", "end of", "in 2"). */
    for (int whole = 0; whole < 2; whole++) {
        struct buf with_blank = {0};
        buf_add(&with_blank, s, whole ? n : stem);
        if (whole && n > 0)
            buf_addc(&with_blank, ' ');
        const char *partial = whole ? "" : s + stem;
        size_t length = whole ? 0 : n - stem;
        for (size_t i = 0; i < NITEMS(vocabulary); i++)
            if (begins(vocabulary[i], partial, length))
                offer_with(&c, buf_str(&with_blank), with_blank.n, vocabulary[i]);
        offer_months(&c, buf_str(&with_blank), with_blank.n, partial, length);
        buf_free(&with_blank);
        if (n == 0)
            break;
    }
    return c.n;
}
