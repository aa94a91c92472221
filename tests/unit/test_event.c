#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "core/event.h"
#include "tests/unit/script.h"

static struct event example(void)
{
    struct event e = {.id = script_id(1), .device = script_id(2), .seq = 3, .clock = 4, .meeting = script_id(5), .kind = FACT_ENTRY,
                      .author = "Ravi Thandi", .happened = "2026-11-24T14:05", .recorded = "2026-11-24T14:05:09.123Z",
                      .salt = {1, 2, 3}, .payload = "{\"kind\":\"note\"}"};
    event_seal(&e);
    return e;
}

START_TEST(good)
{
    struct event e = example();
    struct hash none = {{0}};
    ck_assert_int_eq(event_check(&e, &none), EVENT_GOOD);
    struct event next = example();
    next.id = script_id(9);
    next.prev = e.hash;
    event_seal(&next);
    ck_assert_int_eq(event_check(&next, &e.hash), EVENT_GOOD);
    ck_assert_int_eq(event_check(&next, &none), EVENT_CHAIN_BROKEN);
}
END_TEST

static const struct {
    const char *what;
    enum event_fault fault;
} changes[] = {
    {"payload", EVENT_PAYLOAD_CHANGED}, {"salt", EVENT_PAYLOAD_CHANGED}, {"digest", EVENT_PAYLOAD_CHANGED}, {"id", EVENT_CHANGED},
    {"device", EVENT_CHANGED},          {"seq", EVENT_CHANGED},          {"clock", EVENT_CHANGED},          {"meeting", EVENT_CHANGED},
    {"kind", EVENT_CHANGED},            {"author", EVENT_CHANGED},       {"happened", EVENT_CHANGED},       {"recorded", EVENT_CHANGED},
    {"prev", EVENT_CHANGED},            {"hash", EVENT_CHANGED},
};

static void change(struct event *e, const char *what)
{
    if (strcmp(what, "payload") == 0)
        e->payload = "{\"kind\":\"said\"}";
    else if (strcmp(what, "salt") == 0)
        e->salt[15] ^= 1;
    else if (strcmp(what, "digest") == 0)
        e->digest.b[0] ^= 1;
    else if (strcmp(what, "id") == 0)
        e->id.b[0] ^= 1;
    else if (strcmp(what, "device") == 0)
        e->device.b[0] ^= 1;
    else if (strcmp(what, "seq") == 0)
        e->seq++;
    else if (strcmp(what, "clock") == 0)
        e->clock++;
    else if (strcmp(what, "meeting") == 0)
        e->meeting.b[0] ^= 1;
    else if (strcmp(what, "kind") == 0)
        e->kind = FACT_ITEM;
    else if (strcmp(what, "author") == 0)
        e->author = "Ravi Thand";
    else if (strcmp(what, "happened") == 0)
        e->happened = "";
    else if (strcmp(what, "recorded") == 0)
        e->recorded = NULL;
    else if (strcmp(what, "prev") == 0)
        e->prev.b[31] ^= 1;
    else
        e->hash.b[31] ^= 1;
}

START_TEST(changed)
{
    struct event e = example();
    struct hash none = {{0}};
    change(&e, changes[_i].what);
    ck_assert_int_eq(event_check(&e, &none), changes[_i].fault);
}
END_TEST

/* Words cannot move from one member to the next without the hash changing. */
START_TEST(borders)
{
    struct event a = example(), b = example();
    a.author = "x\nhappened 1:y";
    b.author = "x";
    event_seal(&a);
    event_seal(&b);
    ck_assert(!hash_same(&a.hash, &b.hash));
}
END_TEST

START_TEST(order)
{
    struct event v[4] = {example(), example(), example(), example()};
    v[0].clock = 9;
    v[1].clock = 8, v[1].device = script_id(3), v[1].seq = 1;
    v[2].clock = 8, v[2].device = script_id(2), v[2].seq = 7;
    v[3].clock = 8, v[3].device = script_id(2), v[3].seq = 6;
    qsort(v, 4, sizeof v[0], event_compare);
    ck_assert_int_eq(v[0].seq, 6);
    ck_assert_int_eq(v[1].seq, 7);
    ck_assert_int_eq(v[2].seq, 1);
    ck_assert_int_eq(v[3].clock, 9);
    ck_assert_int_eq(event_compare(&v[0], &v[0]), 0);
}
END_TEST

Suite *suite_event(void);
Suite *suite_event(void)
{
    Suite *s = suite_create("event");
    TCase *t = tcase_create("chain");
    tcase_add_test(t, good);
    tcase_add_loop_test(t, changed, 0, (int)NITEMS(changes));
    tcase_add_test(t, borders);
    tcase_add_test(t, order);
    suite_add_tcase(s, t);
    return s;
}
