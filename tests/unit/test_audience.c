#include "core/audience.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "core/notation.h"
#include "core/out/out.h"
#include "core/presence.h"
#include "tests/unit/script.h"

/* Everything that holds the word SECRET is confidential, LIMITED is for Grace Okafor, OLD is an earlier wording. */
static const char *const secrets[] = {
    "entry.added {'kind':'note','time':'14:40','text':'SECRET one','readers':['*']}",                                                /* 201 */
    "entry.marked {'target':'#201','mark':'disputed','by':'SECRET person','text':'SECRET words'}",                                    /* 202 */
    "entry.added {'kind':'decision','time':'14:41','text':'SECRET two','because':'SECRET why','readers':['*']}",                      /* 203 */
    "position.taken {'target':'#203','name':'Anita Patel','position':'agrees with reservations','text':'SECRET three'}",              /* 204 */
    "entry.added {'kind':'disagreement','time':'14:42','text':'SECRET four','readers':['*']}",                                        /* 205 */
    "disagreement.state {'target':'#205','state':'resolved','text':'SECRET','next':'SECRET'}",                                        /* 206 */
    "entry.added {'kind':'leaves','time':'14:43','speaker':'Grace Okafor','reason':'SECRET five','readers':['*']}",                   /* 207 */
    "entry.added {'kind':'note','time':'14:44','text':'SECRET six','readers':['*']}",                                                 /* 208 */
    "entry.marked {'target':'#208','mark':'withheld'}",                                                                               /* 209 */
    "entry.marked {'target':'#208','mark':'typed','by':'SECRET typist'}",                                                             /* 210 */
    "entry.added {'kind':'said','time':'14:45','speaker':'Anita Patel','text':'LIMITED one','readers':['Grace Okafor']}",             /* 211 */
    "entry.added {'kind':'action','time':'14:46','text':'LIMITED two','owner':'Anita Patel','readers':['Grace Okafor']}",             /* 212 */
    "action.changed {'target':'#212','change':'note','by':'Grace Okafor','text':'LIMITED three'}",                                    /* 213 */
    "entry.reworded {'target':'#14','kind':'note','text':'Everybody said it.','was':'OLD words','by':'Ravi Thandi','time':'14:47'}",  /* 214 */
    "entry.added {'kind':'decision','time':'14:48','text':'Open again.'}",                                                            /* 215 */
    "outcome.recorded {'outcome':'step up','text':'SECRET seven','readers':['*']}",                                                   /* 216 */
    "outcome.recorded {'outcome':'continue'}",                                                                                        /* 217 */
    "recommendation.recorded {'text':'SECRET eight','readers':['*']}",                                                                /* 218 */
    "position.taken {'target':'#218','name':'Anita Patel','position':'differs','text':'SECRET nine'}",                                /* 219 */
    "signoff.recorded {'name':'Grace Okafor','state':'declined','text':'SECRET ten','readers':['*']}",                                /* 220 */
    "signoff.recorded {'name':'Grace Okafor','state':'signed','text':'open words'}",                                                  /* 221 */
    "signoff.recorded {'name':'Anita Patel','state':'declined','text':'LIMITED four','readers':['Grace Okafor']}",                    /* 222 */
    "copy.given {'name':'Grace Okafor','audience':'full','how':'SECRET eleven','readers':['*']}",                                     /* 223 */
};

static struct record *r;

static void setup(void)
{
    r = script_record(script_meeting);
    for (unsigned i = 0; i < NITEMS(secrets); i++)
        ck_assert_msg(script_apply(r, secrets[i], 201 + i), "%s", secrets[i]);
}

static void teardown(void)
{
    record_free(r);
}

/* All that any output could know of a copy. */
static void print_all(struct buf *out, const struct record *copy)
{
    notation_print(out, copy);
    out_json(out, copy);
    out_text(out, copy, 80);
    out_markdown(out, copy);
}

static const struct {
    struct audience audience;
    bool secret, limited, old;
} readers[] = {
    {{AUDIENCE_OPEN, NULL}, false, false, false},
    {{AUDIENCE_FULL, NULL}, true, true, true},
    {{AUDIENCE_READER, "Grace Okafor"}, false, true, false},
    {{AUDIENCE_READER, "Anita Patel"}, false, true, false},  /* she said it */
    {{AUDIENCE_READER, "Ravi Thandi"}, false, true, false},  /* he keeps the record, so he typed it */
    {{AUDIENCE_READER, "Ruth Reid"}, false, false, false},
    {{AUDIENCE_READER, "*"}, false, false, false},
    {{AUDIENCE_READER, NULL}, false, false, false},
};

START_TEST(no_word_gets_out)
{
    struct record *copy = audience_copy(r, &readers[_i].audience);
    struct buf all = {0};
    print_all(&all, copy);
    ck_assert_int_eq(strstr(buf_str(&all), "SECRET") != NULL, readers[_i].secret);
    ck_assert_int_eq(strstr(buf_str(&all), "LIMITED one") != NULL, readers[_i].limited);
    ck_assert_int_eq(strstr(buf_str(&all), "OLD") != NULL, readers[_i].old);
    ck_assert(strstr(buf_str(&all), "open words") != NULL);
    buf_free(&all);
    record_free(copy);
}
END_TEST

/* A copy of its own: it lives when the record is gone. */
START_TEST(owns_its_words)
{
    struct audience full = {AUDIENCE_FULL, NULL};
    struct record *copy = audience_copy(r, &full);
    struct buf before = {0}, after = {0};
    print_all(&before, r);
    record_free(r);
    r = record_new(script_id(1));
    print_all(&after, copy);
    ck_assert_str_eq(buf_str(&before), buf_str(&after)); /* a full copy says all */
    buf_free(&before);
    buf_free(&after);
    record_free(copy);
}
END_TEST

START_TEST(open_numbers_have_no_gaps)
{
    struct audience open = {AUDIENCE_OPEN, NULL};
    struct record *copy = audience_copy(r, &open);
    static const char *const labels[] = {"", "", "A1", "R1", "", "D1", "A2", "", "", "R2"};
    ck_assert_uint_eq(copy->nentries, NITEMS(labels));
    int number = 0;
    for (size_t i = 0; i < copy->nentries; i++) {
        char label[16];
        const struct entry *e = &copy->entries[i];
        entry_label(e, label);
        ck_assert_str_eq(label, labels[i]);
        number = i > 0 && copy->entries[i - 1].item == e->item ? number + 1 : 1;
        ck_assert_int_eq(e->number, number);
        ck_assert_ptr_eq(uuid_none(e->id) ? e : record_entry(copy, e->id), e);
    }
    ck_assert_uint_eq(copy->noutcomes, 1);
    ck_assert_uint_eq(copy->nrecommendations, 0);
    ck_assert_uint_eq(copy->nsignoffs, 1);
    ck_assert_uint_eq(copy->ncopies, 0);
    record_free(copy);
}
END_TEST

START_TEST(withheld)
{
    struct audience open = {AUDIENCE_OPEN, NULL};
    struct record *copy = audience_copy(r, &open);
    size_t count = 0;
    for (size_t i = 0; i < copy->nentries; i++) {
        const struct entry *e = &copy->entries[i];
        if (!e->withheld)
            continue;
        count++;
        ck_assert_int_eq(e->time, 14 * 60 + 44);
        ck_assert_str_eq(e->text, "");
        ck_assert_ptr_null(e->typed_by);
        ck_assert(e->restriction.confidential);
        ck_assert(uuid_none(e->id));
    }
    ck_assert_uint_eq(count, 1);
    record_free(copy);
}
END_TEST

/* Who left in a line that may not be seen is still there in the open copy. */
START_TEST(hidden_movements)
{
    struct audience open = {AUDIENCE_OPEN, NULL};
    struct record *copy = audience_copy(r, &open);
    ck_assert(!presence_at(r, record_person(r, "Grace Okafor"), 14 * 60 + 50));
    ck_assert(presence_at(copy, record_person(copy, "Grace Okafor"), 14 * 60 + 50));
    record_free(copy);
}
END_TEST

static const struct {
    enum audience_kind kind;
    const char *reader, *speaker, *typed_by;
    bool confidential, limited;
} who[] = {
    {AUDIENCE_OPEN, NULL, NULL, NULL, false, false},
    {AUDIENCE_FULL, NULL, NULL, NULL, true, true},
    {AUDIENCE_READER, "Grace Okafor", NULL, NULL, false, true},
    {AUDIENCE_READER, "B", "B", NULL, false, true},
    {AUDIENCE_READER, "B", NULL, "B", false, true},
    {AUDIENCE_READER, "B", NULL, NULL, false, false},
    {AUDIENCE_READER, "Ravi Thandi", NULL, NULL, false, true},
    {AUDIENCE_READER, "Ravi Thandi", NULL, "B", false, false},
};

START_TEST(may)
{
    const char *names[] = {"Grace Okafor"};
    struct restriction open = {0}, confidential = {.confidential = true}, limited = {.readers = {names, 1}};
    struct audience a = {who[_i].kind, who[_i].reader};
    ck_assert(audience_may(r, &a, &open, who[_i].speaker, who[_i].typed_by));
    ck_assert_int_eq(audience_may(r, &a, &confidential, who[_i].speaker, who[_i].typed_by), who[_i].confidential);
    ck_assert_int_eq(audience_may(r, &a, &limited, who[_i].speaker, who[_i].typed_by), who[_i].limited);
}
END_TEST

Suite *suite_audience(void);
Suite *suite_audience(void)
{
    Suite *s = suite_create("audience");
    TCase *t = tcase_create("copy");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, no_word_gets_out, 0, (int)NITEMS(readers));
    tcase_add_test(t, owns_its_words);
    tcase_add_test(t, open_numbers_have_no_gaps);
    tcase_add_test(t, withheld);
    tcase_add_test(t, hidden_movements);
    tcase_add_loop_test(t, may, 0, (int)NITEMS(who));
    suite_add_tcase(s, t);
    return s;
}
