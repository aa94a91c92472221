#include <check.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/fact.h"
#include "core/fact_field.h"
#include "tests/unit/script.h"

static struct arena *arena;

static void setup(void)
{
    arena = arena_new();
}

static void teardown(void)
{
    arena_free(arena);
}

static const struct {
    enum fact_kind kind;
    const char *json;
    bool good;
} payloads[] = {
    {FACT_OPENED, "{}", true},
    {FACT_OPENED, "", false},
    {FACT_OPENED, "[]", false},
    {FACT_OPENED, "null", false},
    {FACT_OPENED, "{} x", false},
    {FACT_OPENED, "{\"origin\":\"import\"}", false}, /* not a key of this kind */
    {FACT_PLANNED, "{\"origin\":\"import\"}", true},
    {FACT_PLANNED, "{\"origin\":\"import\",\"origin\":\"typed\"}", false},
    {FACT_PLANNED, "{\"origin\":1}", false},
    {FACT_PLANNED, "{\"origin\":null}", false},
    {FACT_PLANNED, "{\"unheard\":\"of\"}", false},
    {FACT_HEAD, "{\"key\":\"child\",\"index\":1,\"value\":\"\"}", true},
    {FACT_HEAD, "{\"key\":\"child\",\"index\":-1,\"value\":\"x\"}", false},
    {FACT_HEAD, "{\"key\":\"child\",\"index\":99999999999,\"value\":\"x\"}", false},
    {FACT_HEAD, "{\"key\":\"child\",\"index\":1.5,\"value\":\"x\"}", false},
    {FACT_HEAD, "{\"key\":\"child\"}", false}, /* no value */
    {FACT_HEAD, "{\"key\":\"place\",\"value\":\"a\\u001bb\"}", false},
    {FACT_HEAD, "{\"key\":\"place\",\"value\":\"a\\u0000b\"}", false},
    {FACT_HEAD, "{\"key\":\"place\",\"value\":\"a\\u202eb\"}", false},
    {FACT_HEAD, "{\"key\":\"place\",\"value\":\"e\\u0301\"}", false}, /* not NFC */
    {FACT_HEAD, "{\"key\":\"place\",\"value\":\"\\u00e9\"}", true},
    {FACT_HEAD, "{\"key\":\"place\",\"value\":\"\xff\"}", false},
    {FACT_HEAD, "{\"key\":\"place\",\"value\":[\"a\"]}", false},
    {FACT_ENTRY, "{\"kind\":\"note\",\"time\":\"14:05\"}", true},
    {FACT_ENTRY, "{\"kind\":\"note\",\"time\":\"9:05\"}", false},
    {FACT_ENTRY, "{\"kind\":\"note\",\"time\":\"24:00\"}", false},
    {FACT_ENTRY, "{\"kind\":\"note\",\"due\":\"2026-02-29\"}", false},
    {FACT_ENTRY, "{\"kind\":\"note\",\"due\":\"2028-02-29\"}", true},
    {FACT_ENTRY, "{\"kind\":\"note\",\"with\":[\"A\",\"B\"]}", true},
    {FACT_ENTRY, "{\"kind\":\"note\",\"with\":[]}", false},
    {FACT_ENTRY, "{\"kind\":\"note\",\"with\":[[\"A\"]]}", false},
    {FACT_ENTRY, "{\"kind\":\"note\",\"with\":[1]}", false},
    {FACT_ENTRY, "{\"kind\":\"note\",\"with\":\"A\"}", false},
    {FACT_MARKED, "{\"target\":\"01900000-0000-7000-8000-000000000001\",\"mark\":\"read\"}", true},
    {FACT_MARKED, "{\"target\":\"01900000-0000-7000-8000-00000000000\",\"mark\":\"read\"}", false},
    {FACT_MARKED, "{\"target\":\"00000000-0000-0000-0000-000000000000\",\"mark\":\"read\"}", false},
    {FACT_MARKED, "{\"mark\":\"read\"}", false},
};

START_TEST(strict)
{
    struct fact f, again;
    struct err err = {0};
    const char *json = payloads[_i].json;
    enum evh e = fact_decode(arena, payloads[_i].kind, script_id(1), json, strlen(json), &f, &err);
    ck_assert_msg((e == EVH_OK) == payloads[_i].good, "%s: %s", json, err.text);
    if (e != EVH_OK) {
        ck_assert_int_eq(e, EVH_INVALID);
        ck_assert_str_ne(err.text, "");
        return;
    }
    struct buf b = {0};
    fact_encode(&b, &f);
    ck_assert_int_eq(fact_decode(arena, payloads[_i].kind, script_id(1), buf_str(&b), b.n, &again, &err), EVH_OK);
    ck_assert(fact_same(&f, &again));
    buf_free(&b);
}
END_TEST

START_TEST(sorted_and_escaped)
{
    struct fact f = fact_new(FACT_ENTRY, script_id(1));
    f.text = "say \"no\" \\ é";
    f.kind = "note";
    f.time = 9 * 60 + 5;
    f.due_time = 0;
    f.from_day = 0;
    const char *with[] = {"B", "A"};
    f.with = (struct texts){with, 2};
    struct buf b = {0};
    fact_encode(&b, &f);
    ck_assert_str_eq(buf_str(&b), "{\"due_time\":\"00:00\",\"from_day\":\"1970-01-01\",\"kind\":\"note\","
                                  "\"text\":\"say \\\"no\\\" \\\\ é\",\"time\":\"09:05\",\"with\":[\"B\",\"A\"]}");
    buf_free(&b);
}
END_TEST

/* Encoding is total: text that was never cleaned still gives JSON. */
START_TEST(total)
{
    struct fact f = fact_new(FACT_ENTRY, script_id(1));
    f.text = "a\x01\n\x7f";
    struct buf b = {0};
    fact_encode(&b, &f);
    ck_assert_str_eq(buf_str(&b), "{\"text\":\"a\\u0001\\u000a\x7f\"}");
    buf_free(&b);
}
END_TEST

START_TEST(words)
{
    for (size_t i = 0; i < FACT_COUNT; i++) {
        enum fact_kind kind;
        ck_assert(fact_kind_of_word(fact_word((enum fact_kind)i), &kind));
        ck_assert_uint_eq(kind, i);
    }
    enum fact_kind kind;
    ck_assert(!fact_kind_of_word("entry.removed", &kind));
}
END_TEST

/* Every field of every kind survives, alone and with the required ones. */
START_TEST(every_field)
{
    const char *list[] = {"x"};
    struct fact f = fact_new((enum fact_kind)_i, script_id(1)), again;
    for (size_t i = 0; i < nfact_fields; i++) {
        const struct fact_field *field = &fact_fields[i];
        ck_assert_msg(fact_absent(&f, field), "%s", field->name);
        if (!fact_allows(f.kind_of_fact, field->name))
            continue;
        void *member = fact_member_of(&f, field);
        if (field->type == FIELD_STR)
            *(const char **)member = field->name;
        else if (field->type == FIELD_INT)
            *(int *)member = INT_MAX;
        else if (field->type == FIELD_DAY)
            *(int32_t *)member = -1;
        else if (field->type == FIELD_TIME)
            *(int *)member = 23 * 60 + 59;
        else if (field->type == FIELD_ID)
            *(struct uuid *)member = script_id(7);
        else
            *(struct texts *)member = (struct texts){list, 1};
        ck_assert_msg(!fact_absent(&f, field), "%s", field->name);
    }
    struct fact copy = fact_copy(arena, &f);
    ck_assert(fact_same(&copy, &f));
    struct buf b = {0};
    struct err err = {0};
    fact_encode(&b, &copy);
    ck_assert_msg(fact_decode(arena, f.kind_of_fact, script_id(1), buf_str(&b), b.n, &again, &err) == EVH_OK, "%s", err.text);
    ck_assert(fact_same(&again, &f));
    ck_assert(uuid_same(again.id, script_id(1)));
    buf_free(&b);
}
END_TEST

/* The tables agree: a kind names only fields that there are. */
START_TEST(tables)
{
    struct buf names = {0};
    for (size_t i = 0; i < nfact_fields; i++)
        buf_addf(&names, " %s ", fact_fields[i].name);
    static const char *const lists[] = {
#define FACT(id, word, required, allowed) required, allowed,
#include "core/fact.def"
#undef FACT
    };
    for (size_t i = 0; i < NITEMS(lists); i++) {
        for (const char *at = lists[i]; *at != '\0';) {
            size_t n = strcspn(at, " ");
            const char *padded = arena_printf(arena, " %.*s ", (int)n, at);
            ck_assert_msg(strstr(buf_str(&names), padded) != NULL, "no field%s", padded);
            at += n + strspn(at + n, " ");
        }
    }
    buf_free(&names);
}
END_TEST

START_TEST(too_long)
{
    struct buf b = {0};
    struct fact f;
    buf_adds(&b, "{\"key\":\"place\",\"value\":\"");
    while (b.n <= FACT_PAYLOAD_MAX)
        buf_adds(&b, "................................................................");
    buf_adds(&b, "\"}");
    ck_assert_int_eq(fact_decode(arena, FACT_HEAD, script_id(1), buf_str(&b), b.n, &f, NULL), EVH_INVALID);
    buf_free(&b);
}
END_TEST

Suite *suite_fact(void);
Suite *suite_fact(void)
{
    Suite *s = suite_create("fact");
    TCase *t = tcase_create("payload");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, strict, 0, (int)NITEMS(payloads));
    tcase_add_test(t, sorted_and_escaped);
    tcase_add_test(t, total);
    tcase_add_test(t, words);
    tcase_add_loop_test(t, every_field, 0, FACT_COUNT);
    tcase_add_test(t, tables);
    tcase_add_test(t, too_long);
    suite_add_tcase(s, t);
    return s;
}
