/* Date phrases, names and patterns: anything is read or refused, and what is read keeps its promises. The first four bytes give the day. */
#include "core/civil.h"
#include "core/match.h"
#include "core/names.h"
#include "core/text.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds, const char *what)
{
    if (!holds)
        BUG(what);
}

static void check_phrase(const char *s, size_t n, int32_t base)
{
    struct when when, again;
    size_t at = n;
    if (civil_phrase_at_end(s, n, base, &when, &at)) {
        must(at < n, "a phrase outside the text");
        must(civil_valid(civil_from_day(when.day)), "a day that is none");
        must(when.from == DAY_NONE || civil_valid(civil_from_day(when.from)), "a beginning that is none");
        must(when.time == TIME_NONE || (when.time >= 0 && when.time < 24 * 60), "a time that is none");
        struct buf b = {0};
        civil_put_long(&b, when.day);
        must(civil_read_phrase(b.s, b.n, base, &again) && again.day == when.day, "the long form is not read back");
        buf_free(&b);
    }
    struct arena *arena = arena_new();
    char *out[8];
    size_t found = civil_complete(arena, s, n < 60 ? n : 60, base, out, NITEMS(out));
    for (size_t i = 0; i < found; i++)
        must(civil_read_phrase(out[i], strlen(out[i]), base, &again), "a completion that is no date");
    arena_free(arena);
}

static void check_names(const char *s, size_t n)
{
    static struct attendee people[] = {
        {.name = "Anita Patel", .role = "SENCO"}, {.name = "Mr Okafor", .role = "father"}, {.name = "Mrs Okafor", .role = "mother"},
        {.name = "(deputy lead)"}, {.name = "Rima al-Khatib", .also = "ريما الخطيب"}, {.name = "Tobi Okafor"},
    };
    static struct child children[] = {{.name = "Tobi Okafor", .known_as = "T.O."}};
    struct record record = {.people = people, .npeople = NITEMS(people), .children = children, .nchildren = 1};
    const struct attendee *person = NULL;
    const char *out[4];
    size_t after = 0;
    bool known;
    if (names_find(&record, s, n, &person) == NAMES_ONE)
        must(person != NULL, "one person, but who");
    if (names_speaker(&record, s, n, &person, &after, &known) == NAMES_ONE)
        must(after <= n && after > 0 && known, "a speaker without a colon");
    if (names_before(&record, s, n, ',', &person, &after) == NAMES_ONE)
        must(after <= n && after > 0, "an owner without a comma");
    must(names_complete(&record, s, n < 60 ? n : 60, out, NITEMS(out)) <= NITEMS(out), "too many completions");
}

static void check_match(const char *s, size_t n)
{
    struct match *m = NULL;
    size_t half = n / 2, at = 0, end = 0;
    for (unsigned flags = 0; flags < 4; flags++) {
        if (match_new(&m, s, half, flags, NULL) != EVH_OK)
            continue;
        if (match_find(m, s + half, n - half, 0, &at, &end) == 1)
            must(at <= end && end <= n - half, "a match outside the text");
        match_free(m);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 4 || size > 4000)
        return 0;
    uint32_t number = (uint32_t)data[0] | (uint32_t)data[1] << 8 | (uint32_t)data[2] << 16;
    int32_t base = (int32_t)(number % 3652059u) - 719162; /* 0001-01-01 to 9999-12-31 */
    const char *s = (const char *)data + 4;
    size_t n = size - 4;
    struct buf clean = {0};
    text_clean(&clean, s, n, NULL);
    if (data[3] % 4 == 0)
        check_match(s, n);
    else if (data[3] % 4 == 1)
        check_names(buf_str(&clean), clean.n);
    else
        check_phrase(buf_str(&clean), clean.n, base);
    buf_free(&clean);
    return 0;
}
