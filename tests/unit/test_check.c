#include "core/check.h"

#include <check.h>
#include <string.h>

#include "tests/unit/script.h"

/* A meeting with nothing missing; each case spoils one thing. */
static const char *const whole[] = {
    "head.set {'key':'date','value':'2026-11-24'}",                                                                     /* 1 */
    "head.set {'key':'time','value':'14:00-15:00'}",                                                                    /* 2 */
    "head.set {'key':'next-meeting','value':'2027-01-05'}",                                                             /* 3 */
    "head.set {'key':'child','value':'Tobi Okafor / T.O.'}",                                                            /* 4 */
    "attendee.added {'name':'Anita Patel','capacity':'chair','presence':'14:00-15:00'}",                                /* 5 */
    "attendee.added {'name':'Grace Okafor','capacity':'parent, PR','presence':'14:00-15:00'}",                          /* 6 */
    "help.recorded {'name':'Grace Okafor','help':'advocate','offered':'2026-11-12','outcome':'declined'}",              /* 7 */
    "item.begun {'title':'Speech'}",                                                                                    /* 8 */
    "entry.added {'kind':'parent-view','time':'14:05','speaker':'Grace Okafor','text':'He practises.'}",                /* 9 */
    "entry.added {'kind':'child-view','time':'14:06','speaker':'Tobi Okafor','how':'drawing','text':'x'}",              /* 10 */
    "entry.added {'kind':'decision','time':'14:07','text':'Go on.'}",                                                   /* 11 */
    "position.taken {'target':'#11','name':'Anita Patel','position':'agrees'}",                                         /* 12 */
    "position.taken {'target':'#11','name':'Grace Okafor','position':'agrees'}",                                        /* 13 */
    "entry.added {'kind':'disagreement','time':'14:08','text':'Progress'}",                                             /* 14 */
    "position.taken {'target':'#14','name':'Anita Patel','text':'none'}",                                               /* 15 */
    "position.taken {'target':'#14','name':'Grace Okafor','text':'some'}",                                              /* 16 */
    "entry.added {'kind':'action','time':'14:09','text':'ring','owner':'Anita Patel','due':'2026-12-04'}",              /* 17 */
    "signoff.recorded {'name':'Anita Patel','state':'signed'}",                                                         /* 18 */
    "signoff.recorded {'name':'Grace Okafor','state':'accuracy only'}",                                                 /* 19 */
    "disagreement.state {'target':'#14','state':'open','next':'the same test in January'}",                             /* 20 */
    NULL,
};

static const struct {
    unsigned without;     /* a line of the meeting that is left out; 0: none */
    const char *more[3];
    const char *rules;    /* all that are found, in order */
} cases[] = {
    {0, {NULL}, ""},
    {0, {"entry.added {'kind':'action','text':'x','due':'2026-12-04'}"}, "CK-OWNER"},
    {0, {"entry.added {'kind':'action','text':'x','owner':'Anita Patel'}"}, "CK-DATE"},
    {0, {"entry.added {'kind':'action','text':'x'}"}, "CK-OWNER CK-DATE"},
    {0, {"entry.added {'kind':'action','text':'x'}", "entry.marked {'target':'#101','mark':'withdrawn'}"}, ""},
    {0, {"entry.added {'kind':'action','text':'x'}", "action.changed {'target':'#101','change':'done'}"}, ""},
    {0, {"entry.added {'kind':'action','text':'x','strength':'asked'}"}, ""},
    {0, {"entry.added {'kind':'action','text':'x','owner':'everybody','due':'2026-12-04'}"}, "CK-NOBODY"},
    {0, {"attendee.added {'name':'Lin','presence':'apologies'}", "entry.added {'kind':'action','text':'x','owner':'Lin','due':'2026-12-04'}"}, "CK-TOLD CK-SIGN"},
    {0, {"attendee.added {'name':'Lin'}", "entry.added {'kind':'action','text':'x','owner':'Lin','due':'2026-12-04'}", "contact.recorded {'whom':'Lin'}"}, "CK-SIGN"},
    /* asked before the meeting, or without an answer: not told of what was agreed there */
    {0, {"attendee.added {'name':'Lin'}", "entry.added {'kind':'action','text':'x','owner':'Lin','due':'2026-12-04'}", "contact.recorded {'whom':'Lin','at':'2026-11-16T10:20'}"}, "CK-TOLD CK-SIGN"},
    {0, {"attendee.added {'name':'Lin'}", "entry.added {'kind':'action','text':'x','owner':'Lin','due':'2026-12-04'}", "contact.recorded {'whom':'Lin','at':'2026-11-25T10:20','result':'no reply'}"}, "CK-TOLD CK-SIGN"},
    {0, {"attendee.added {'name':'Lin'}", "entry.added {'kind':'action','text':'x','owner':'Lin','due':'2026-12-04'}", "contact.recorded {'whom':'Lin','at':'2026-11-24T15:20','result':'spoke'}"}, "CK-SIGN"},
    {0, {"entry.added {'kind':'action','text':'x','owner':'Anita Patel','due':'2026-11-23'}"}, "CK-PAST"},
    {0, {"entry.added {'kind':'action','text':'x','owner':'Anita Patel','due':'2026-11-06','carried':'2026-10-06'}"}, ""},
    {0, {"entry.added {'kind':'action','text':'x','owner':'Anita Patel','due':'2027-02-01'}"}, "CK-AFTER"},
    {9, {NULL}, "CK-VIEW"},
    {9, {"entry.added {'kind':'said','speaker':'Grace Okafor','text':'x'}"}, ""},
    {0, {"item.begun {'title':'Reading'}", "entry.added {'kind':'note','time':'14:20','text':'x'}"}, "CK-ITEM-VIEW"},
    {0, {"item.begun {'title':'Reading'}", "entry.added {'kind':'clock','time':'14:20','what':'break'}"}, ""},
    /* said later, under another item, and naming the one that was left; it counts for that one alone */
    {9, {"entry.added {'kind':'note','time':'14:10','text':'y'}", "item.begun {'title':'Reading'}", "entry.added {'kind':'parent-view','time':'14:20','speaker':'Grace Okafor','text':'asked about “Speech”, nothing to add'}"}, "CK-ITEM-VIEW"},
    {0, {"item.begun {'title':'Reading'}", "item.begun {'title':'End'}", "entry.added {'kind':'parent-view','time':'14:20','speaker':'Grace Okafor','text':'About “Reading”: he likes it'}"}, "CK-ITEM-VIEW"},
    {0, {"item.begun {'title':'Reading'}", "item.begun {'title':'End'}", "entry.added {'kind':'note','text':'About “Reading”: there was no time for it.'}"}, "CK-ITEM-VIEW"},
    {10, {NULL}, "CK-CHILD"},
    {10, {"entry.added {'kind':'child-view','text':'x','asked_by':'Anita Patel'}"}, ""},
    {0, {"entry.added {'kind':'child-view','speaker':'Tobi Okafor','text':'x'}"}, "CK-HOW"},
    {13, {NULL}, "CK-POSITION"},
    {0, {"position.taken {'target':'#11','name':'Len','position':'agrees'}"}, "CK-OUTSIDE"},
    {0, {"attendee.added {'name':'Len','presence':'14:30-'}", "position.taken {'target':'#11','name':'Len','position':'absent'}"}, "CK-SIGN"},
    {0, {"attendee.added {'name':'Len','presence':'14:30-'}", "position.taken {'target':'#11','name':'Len','position':'agrees'}"}, "CK-OUTSIDE CK-SIGN"},
    {0, {"attendee.added {'name':'Len'}", "position.taken {'target':'#11','name':'Len','position':'agrees'}"}, "CK-SIGN"},
    {16, {NULL}, "CK-SIDES"},
    {16, {"position.taken {'target':'#14','name':'Anita Patel','text':'again'}"}, "CK-SIDES"},
    {7, {NULL}, "CK-HELP"},
    {3, {NULL}, "CK-NEXT"},
    {3, {"head.set {'key':'next-meeting','value':'none: closed'}"}, ""},
    {0, {"attendee.added {'name':'Anita Patel','replaces':'#5','capacity':'professional','presence':'14:00-'}"}, "CK-CHAIR"},
    {0, {"attendee.added {'name':'Anita Patel','replaces':'#5','capacity':'chair, minute-taker','presence':'14:00-'}"}, "CK-CHAIR-WRITES"},
    {0, {"attendee.added {'name':'Anita Patel','replaces':'#5','capacity':'chair, minute-taker','presence':'14:00-'}", "entry.added {'kind':'note','text':'Anita Patel chaired and took the minutes; this was said in the meeting.'}"}, ""},
    {0, {"item.begun {'title':'Any other business'}"}, "CK-EMPTY"},
    /* begun again, and something stands there: not "nothing is recorded" */
    {0, {"item.begun {'title':'Speech'}"}, ""},
    {0, {"head.set {'key':'agenda','value':'Speech [10m]'}"}, ""},
    {0, {"head.set {'key':'agenda','value':'Transport [10m]'}"}, "CK-AGENDA"},
    {0, {"head.set {'key':'agenda','value':'Transport [10m]'}", "entry.added {'kind':'note','text':'About “Transport”: there was no time for it.'}"}, ""},
    /* an open disagreement says what happens next; a settled one need not */
    {20, {NULL}, "CK-OPEN"},
    {20, {"disagreement.state {'target':'#14','state':'open'}"}, "CK-OPEN"},
    {20, {"disagreement.state {'target':'#14','state':'agreed to differ'}"}, ""},
    /* a position that changed without a word of why */
    {0, {"position.taken {'target':'#11','name':'Grace Okafor','position':'disagrees'}"}, "CK-CHANGED"},
    {0, {"position.taken {'target':'#11','name':'Grace Okafor','position':'agrees'}"}, ""},
    {0, {"position.taken {'target':'#11','name':'Grace Okafor','position':'disagrees','text':'it is too far'}"}, ""},
    /* help came, and nobody recorded the offer; what is on record of it is enough */
    {7, {"attendee.added {'name':'Ruth Reid','capacity':'parent-partner for Grace Okafor','presence':'14:00-'}"}, "CK-HELP"},
    {0, {"attendee.added {'name':'Ruth Reid','capacity':'parent-partner for Grace Okafor','presence':'14:00-'}"}, ""},
    /* who has not signed: not a child, nor who only helps, nor who was not invited; any state is one */
    {18, {NULL}, "CK-SIGN"},
    {19, {NULL}, "CK-SIGN"},
    {19, {"signoff.recorded {'name':'Grace Okafor','state':'not present'}"}, ""},
    {0, {"attendee.added {'name':'Lin','capacity':'professional','presence':'apologies'}"}, "CK-SIGN"},
    {0, {"attendee.added {'name':'Lin','presence':'not invited'}", "attendee.added {'name':'Mo','capacity':'interpreter Arabic for Grace Okafor'}", "attendee.added {'name':'Ann','capacity':'child'}"}, "CK-CHILD"},
    {18, {"head.set {'key':'kept-as','value':'notes'}"}, ""},
    {0, {"signoff.recorded {'name':'Grace Okafor','state':'declined'}"}, "CK-COMMENT"},
    {0, {"signoff.recorded {'name':'Grace Okafor','state':'signed with reservations','text':'the letter'}"}, ""},
    /* the last line for a part of the minutes is the state */
    {0, {"signoff.recorded {'name':'Grace Okafor','state':'declined'}", "signoff.recorded {'name':'Grace Okafor','state':'declined','text':'the letter'}"}, ""},
    {0, {"signoff.recorded {'name':'Grace Okafor','state':'declined'}", "signoff.recorded {'name':'Grace Okafor','state':'signed','scope':'items 4-7'}"}, "CK-COMMENT"},
};

START_TEST(rules)
{
    struct record *r = record_new(script_id(9999));
    for (unsigned i = 0; whole[i] != NULL; i++) {
        if (i + 1 != cases[_i].without)
            ck_assert_msg(script_apply(r, whole[i], i + 1), "%s", whole[i]);
    }
    for (unsigned i = 0; i < NITEMS(cases[_i].more) && cases[_i].more[i] != NULL; i++)
        ck_assert_msg(script_apply(r, cases[_i].more[i], 101 + i), "%s", cases[_i].more[i]);
    struct arena *arena = arena_new();
    struct findings found = {0};
    check_completeness(r, NULL, arena, &found);
    const char *all = "";
    for (size_t i = 0; i < found.n; i++) {
        all = arena_printf(arena, "%s%s%s", all, i == 0 ? "" : " ", found.v[i].rule);
        ck_assert_str_eq(found.v[i].category, "completeness");
        ck_assert_ptr_null(strstr(found.v[i].why, "{}"));
        ck_assert_ptr_nonnull(found.v[i].text);
    }
    ck_assert_str_eq(all, cases[_i].rules);
    arena_free(arena);
    record_free(r);
}
END_TEST

/* The sentences that name people. */
START_TEST(who_is_named)
{
    struct record *r = record_new(script_id(9999));
    struct arena *arena = arena_new();
    struct findings found = {0};
    const char *help = NULL, *sign = NULL;
    for (unsigned i = 0; whole[i] != NULL; i++)
        if (i + 1 != 7 && i + 1 != 19)
            ck_assert(script_apply(r, whole[i], i + 1));
    ck_assert(script_apply(r, "attendee.added {'name':'Ruth Reid','capacity':'parent-partner for Grace','presence':'14:00-'}", 101));
    ck_assert(script_apply(r, "attendee.added {'name':'Lin','capacity':'professional','presence':'14:00-14:01'}", 102));
    check_completeness(r, NULL, arena, &found);
    for (size_t i = 0; i < found.n; i++) {
        help = strcmp(found.v[i].rule, "CK-HELP") == 0 ? found.v[i].why : help;
        sign = strcmp(found.v[i].rule, "CK-SIGN") == 0 ? found.v[i].why : sign;
        if (strcmp(found.v[i].rule, "CK-HELP") == 0)
            ck_assert_str_eq(found.v[i].text, "Grace Okafor"); /* for whom the mending asks */
    }
    ck_assert_str_eq(help, "Ruth Reid is on the list as parent-partner for Grace Okafor; whether, when and by whom this help was offered is not recorded.");
    ck_assert_str_eq(sign, "Not signed yet: Grace Okafor, Lin.");
    arena_free(arena);
    record_free(r);
}
END_TEST

/* The words of a restricted entry are not repeated. */
START_TEST(restricted_words)
{
    struct record *r = script_record(whole);
    ck_assert(script_apply(r, "entry.added {'kind':'action','text':'SECRET','owner':'Anita Patel','readers':['*']}", 101));
    struct arena *arena = arena_new();
    struct findings found = {0};
    check_completeness(r, NULL, arena, &found);
    ck_assert_uint_eq(found.n, 1);
    ck_assert_str_eq(found.v[0].text, "");
    ck_assert_int_eq(found.v[0].item, 1);
    ck_assert_int_eq(found.v[0].entry, 6);
    ck_assert(uuid_same(found.v[0].entry_id, script_id(101)));
    arena_free(arena);
    record_free(r);
}
END_TEST

START_TEST(severities)
{
    ck_assert_str_eq(severity_word(SEVERITY_INFO), "info");
    ck_assert_str_eq(severity_word(SEVERITY_WARN), "warn");
    ck_assert_str_eq(severity_word(SEVERITY_STRONG), "strong");
}
END_TEST

Suite *suite_check(void);
Suite *suite_check(void)
{
    Suite *s = suite_create("check");
    TCase *t = tcase_create("completeness");
    tcase_add_loop_test(t, rules, 0, (int)NITEMS(cases));
    tcase_add_test(t, who_is_named);
    tcase_add_test(t, restricted_words);
    tcase_add_test(t, severities);
    suite_add_tcase(s, t);
    return s;
}
