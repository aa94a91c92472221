#include "core/presence.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "core/record_inside.h"
#include "tests/unit/script.h"

/* ---- merging: "the line wins" ---- */

static const struct {
    const char *list, *lines, *merged;
    bool disagrees;
} merges[] = {
    /* a - line ends the interval it falls in */
    {"09:00-11:00", "-10:00", "09:00-10:00", true},
    {"09:00-11:00", "-11:00", "09:00-11:00", false},
    {"09:00-", "-10:00", "09:00-10:00", true},
    {"09:00-11:00", "-12:00", "09:00-11:00", true}, /* nothing to end */
    {"", "-10:00", "", false},
    {"09:00-10:00, 10:00-11:00 by phone", "-10:00", "09:00-10:00, 10:00-11:00 by phone", false},
    /* a + line begins one; the part before it falls away */
    {"09:00-11:00", "+10:00", "10:00-11:00", true},
    {"09:00-11:00", "+09:00", "09:00-11:00", false},
    {"", "+10:00", "10:00-", false},
    {"09:00-09:30", "+10:00", "09:00-09:30, 10:00-", true},
    {"10:30-11:00", "+10:00", "10:00-", true},
    {"09:00-10:00, 10:30-11:00", "+10:45", "09:00-10:00, 10:45-11:00", true},
    /* lasts to where the one that a - line cut short ended */
    {"09:00-11:00", "-10:00 +10:30", "09:00-10:00, 10:30-11:00", true},
    {"09:00-11:00", "-10:00 +10:00", "09:00-10:00, 10:00-11:00", true},
    {"09:00-11:00", "-10:00 +11:30", "09:00-10:00, 11:30-", true},
    {"13:30-14:20, 14:45-15:10", "-14:20 +14:45", "13:30-14:20, 14:45-15:10", false},
    {"", "+09:00 -10:00 +10:30", "09:00-10:00, 10:30-", false},
    {"", "+09:00 -10:00", "09:00-10:00", false},
    /* the mode: the line's, else that of the interval, else in person */
    {"09:00-11:00 by phone", "+10:00", "10:00-11:00 by phone", true},
    {"09:00-11:00 by phone", "+10:00v", "10:00-11:00 by video", true},
    {"09:00-11:00 by video", "-10:00 +10:30", "09:00-10:00 by video, 10:30-11:00", true},
    {"08:45-09:02 by video, 09:08-09:30 by video", "-09:02 +09:08v", "08:45-09:02 by video, 09:08-09:30 by video", false},
    /* twice */
    {"09:00-11:00", "+09:00 +10:00", "09:00-11:00", true},
    {"09:00-11:00", "+09:00 +10:00p", "09:00-10:00, 10:00-11:00 by phone", true},
    {"09:00-11:00", "-10:00 -10:30", "09:00-10:00", true},
    {"", "+10:00 -10:00", "10:00-10:00", false},
    /* the order of the file does not matter, that of the minutes does */
    {"", "-10:00 +09:00", "09:00-10:00", false},
};

static size_t read_lines(const char *s, struct presence_line *v)
{
    size_t n = 0;
    while (*s != '\0') {
        int time = 0;
        ck_assert(civil_read_time(s + 1, 5, &time));
        char mode = s[6];
        v[n++] = (struct presence_line){time, s[0] == '+', mode == 'p' ? MODE_PHONE : mode == 'v' ? MODE_VIDEO : MODE_UNSAID};
        s += strcspn(s, " ");
        s += strspn(s, " ");
    }
    return n;
}

static const char *merged(struct arena *arena, const char *list, const struct presence_line *lines, size_t n, bool *disagrees)
{
    struct attendee a = {0};
    struct interval *v;
    struct buf b = {0};
    ck_assert_msg(presence_read(arena, &a, list, NULL), "%s", list);
    size_t count = presence_merge(arena, a.listed, a.nlisted, lines, n, &v, disagrees);
    presence_put(&b, v, count);
    const char *s = arena_strdup(arena, buf_str(&b));
    buf_free(&b);
    return s;
}

START_TEST(merge)
{
    struct arena *arena = arena_new();
    struct presence_line lines[8];
    size_t n = read_lines(merges[_i].lines, lines);
    bool disagrees;
    const char *once = merged(arena, merges[_i].list, lines, n, &disagrees);
    ck_assert_str_eq(once, merges[_i].merged);
    ck_assert_int_eq(disagrees, merges[_i].disagrees);
    ck_assert_str_eq(merged(arena, once, lines, n, &disagrees), once);
    arena_free(arena);
}
END_TEST

static unsigned next_random(uint64_t *seed, unsigned n)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*seed >> 33) % n;
}

/* The merged list, written back and read with the same lines, stays as it is; a person is there in the minute of a last + line. */
START_TEST(merge_again)
{
    uint64_t seed = 20261124;
    for (int round = 0; round < 20000; round++) {
        struct arena *arena = arena_new();
        unsigned range = 4 + next_random(&seed, 10);
        struct presence_line lines[6];
        size_t n = next_random(&seed, 7);
        int latest = -1;
        size_t last = 0;
        for (size_t i = 0; i < n; i++) {
            lines[i] = (struct presence_line){(int)next_random(&seed, 2 * range), next_random(&seed, 2) == 0,
                                              (enum mode[]){MODE_UNSAID, MODE_UNSAID, MODE_PHONE, MODE_VIDEO}[next_random(&seed, 4)]};
            if (lines[i].time >= latest) {
                latest = lines[i].time;
                last = i;
            }
        }
        const char *list = "";
        int from = 0;
        for (unsigned i = next_random(&seed, 4); i > 0; i--) {
            from += (int)next_random(&seed, range);
            int to = from + (int)next_random(&seed, range);
            struct buf b = {0};
            presence_put(&b, &(struct interval){from, to, i == 2 ? MODE_PHONE : MODE_UNSAID}, 1);
            list = arena_printf(arena, "%s%s%s", list, list[0] == '\0' ? "" : ", ", buf_str(&b));
            buf_free(&b);
            from = to;
        }
        const char *once = merged(arena, list, lines, n, NULL), *twice = merged(arena, once, lines, n, NULL);
        ck_assert_msg(strcmp(once, twice) == 0, "%s: %s, then %s", list, once, twice);
        struct attendee a = {0};
        ck_assert(presence_read(arena, &a, once, NULL));
        bool there = false;
        for (size_t i = 0; i < a.nlisted; i++)
            there = there || (a.listed[i].from <= latest && (a.listed[i].to == TIME_NONE || a.listed[i].to >= latest));
        ck_assert_msg(n == 0 || !lines[last].arrives || there, "%s: not there after the last +", once);
        arena_free(arena);
    }
}
END_TEST

/* ---- the meeting ---- */

static struct record *r;

static void setup(void)
{
    r = script_record(script_meeting);
}

static void teardown(void)
{
    record_free(r);
}

static const struct attendee *person(const char *name)
{
    const struct attendee *a = record_person(r, name);
    ck_assert_msg(a != NULL, "%s", name);
    return a;
}

START_TEST(items)
{
    int from, to;
    ck_assert(!presence_item_span(r, 0, &from, &to));
    ck_assert(presence_item_span(r, 1, &from, &to));
    ck_assert_int_eq(from, 14 * 60 + 2);
    ck_assert_int_eq(to, 14 * 60 + 10);
    ck_assert(presence_item_span(r, 2, &from, &to));
    ck_assert_int_eq(to, 15 * 60 + 5); /* the `end` line, not the planned end */
    ck_assert(!presence_item_span(r, 3, &from, &to));
    ck_assert_int_eq(presence_meeting_end(r), 15 * 60 + 5);
    ck_assert(presence_in_item(r, person("Anita Patel"), 1));
    ck_assert(presence_in_item(r, person("Ruth Reid"), 1));
    ck_assert(!presence_in_item(r, person("Dr Wei Lin"), 1));
    ck_assert(presence_in_item(r, person("Dr Wei Lin"), 2));
    ck_assert(!presence_in_item(r, person("Tobi Okafor"), 2));
    ck_assert(!presence_in_item(r, person("Anita Patel"), 0)); /* nothing has a time before it */
}
END_TEST

START_TEST(item_without_a_time)
{
    int from, to;
    ck_assert(script_apply(r, "item.begun {'title':'Next'}", 101));
    ck_assert(script_apply(r, "entry.added {'kind':'note','text':'x'}", 102));
    ck_assert(!presence_item_span(r, 3, &from, &to));
    ck_assert(presence_in_item(r, person("Dr Wei Lin"), 3));
    ck_assert(script_apply(r, "item.begun {'title':'Last','time':'15:05'}", 103));
    ck_assert(presence_item_span(r, 4, &from, &to));
    ck_assert_int_eq(from, 15 * 60 + 5);
    ck_assert_int_eq(to, 15 * 60 + 5);
    ck_assert(presence_in_item(r, person("Anita Patel"), 4)); /* a moment counts */
    ck_assert_int_eq(presence_entry_time(r, record_entry(r, script_id(102))), 15 * 60 + 5);
}
END_TEST

START_TEST(end_of_meeting)
{
    ck_assert(script_apply(r, "entry.marked {'target':'#26','mark':'withdrawn'}", 101));
    ck_assert_int_eq(presence_meeting_end(r), 15 * 60 + 10);
    ck_assert(script_apply(r, "head.set {'key':'time','value':'14:00'}", 102));
    ck_assert_int_eq(presence_meeting_end(r), 15 * 60 + 5);
    struct record *empty = record_new(script_id(1));
    ck_assert_int_eq(presence_meeting_end(empty), TIME_NONE);
    record_free(empty);
}
END_TEST

START_TEST(absence_ends)
{
    struct arena *arena = arena_new();
    struct interval *v;
    bool disagrees;
    ck_assert_uint_eq(presence_of(r, person("Dr Wei Lin"), true, arena, &v, &disagrees), 1);
    ck_assert_int_eq(v[0].mode, MODE_PHONE);
    ck_assert(disagrees);
    ck_assert_ptr_null(presence_absence(r, person("Dr Wei Lin"), true));
    ck_assert(script_apply(r, "entry.marked {'target':'#20','mark':'withdrawn','text':'it was another call'}", 101));
    ck_assert_uint_eq(presence_of(r, person("Dr Wei Lin"), true, arena, &v, NULL), 0);
    ck_assert_str_eq(presence_absence(r, person("Dr Wei Lin"), true), "apologies");
    arena_free(arena);
}
END_TEST

START_TEST(restricted_lines)
{
    struct arena *arena = arena_new();
    struct interval *v;
    ck_assert(script_apply(r, "entry.added {'kind':'leaves','time':'14:40','speaker':'Grace Okafor','readers':['*']}", 101));
    ck_assert_uint_eq(presence_of(r, person("Grace Okafor"), false, arena, &v, NULL), 1);
    ck_assert_int_eq(v[0].to, 15 * 60 + 10);
    ck_assert_uint_eq(presence_of(r, person("Grace Okafor"), true, arena, &v, NULL), 1);
    ck_assert_int_eq(v[0].to, 14 * 60 + 40);
    ck_assert(!presence_at(r, person("Grace Okafor"), 14 * 60 + 41));
    ck_assert(presence_at(r, person("Grace Okafor"), 14 * 60 + 40));
    arena_free(arena);
}
END_TEST

START_TEST(positions)
{
    struct arena *arena = arena_new();
    const char **names;
    const struct entry *decision = record_entry(r, script_id(18));
    /* Ravi only writes, Ruth is impartial, Dr Lin came later. */
    ck_assert_uint_eq(presence_not_recorded(r, decision, arena, &names), 1);
    ck_assert_str_eq(names[0], "Grace Okafor");
    ck_assert(script_apply(r, "position.taken {'target':'#18','name':'Grace Okafor','position':'not asked'}", 101));
    ck_assert_uint_eq(presence_not_recorded(r, record_entry(r, script_id(18)), arena, &names), 0);
    ck_assert(script_apply(r, "entry.added {'kind':'decision','text':'later'}", 102));
    ck_assert_uint_eq(presence_not_recorded(r, record_entry(r, script_id(102)), arena, &names), 3); /* at 15:05, the last time before it */
    ck_assert_str_eq(names[2], "Dr Wei Lin");
    arena_free(arena);
}
END_TEST

START_TEST(now)
{
    struct interval v;
    ck_assert_int_eq(presence_now(r, person("Ruth Reid"), 14 * 60, &v), ROOM_NOT_YET);
    ck_assert_int_eq(v.from, 14 * 60 + 5);
    ck_assert_int_eq(presence_now(r, person("Ruth Reid"), 14 * 60 + 5, &v), ROOM_IN);
    ck_assert_int_eq(presence_now(r, person("Tobi Okafor"), 14 * 60, NULL), ROOM_NOT_RECORDED);
    ck_assert(script_apply(r, "entry.added {'kind':'leaves','time':'14:40','speaker':'Ruth Reid'}", 101));
    ck_assert_int_eq(presence_now(r, person("Ruth Reid"), 14 * 60 + 40, NULL), ROOM_LEFT);
    ck_assert(script_apply(r, "attendee.added {'name':'Z','presence':'absent'}", 102));
    ck_assert_int_eq(presence_now(r, person("Z"), 14 * 60 + 40, NULL), ROOM_ABSENT);
    ck_assert_str_eq(presence_chair(r), "Anita Patel");
    ck_assert(script_apply(r, "entry.added {'kind':'clock','what':'chair','speaker':'Ravi Thandi'}", 103));
    ck_assert_str_eq(presence_chair(r), "Ravi Thandi");
}
END_TEST

Suite *suite_presence(void);
Suite *suite_presence(void)
{
    Suite *s = suite_create("presence");
    TCase *t = tcase_create("merge");
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, merge, 0, (int)NITEMS(merges));
    tcase_add_test(t, merge_again);
    suite_add_tcase(s, t);
    t = tcase_create("room");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, items);
    tcase_add_test(t, item_without_a_time);
    tcase_add_test(t, end_of_meeting);
    tcase_add_test(t, absence_ends);
    tcase_add_test(t, restricted_lines);
    tcase_add_test(t, positions);
    tcase_add_test(t, now);
    suite_add_tcase(s, t);
    return s;
}
