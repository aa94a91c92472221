#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "core/presence.h"
#include "core/record.h"
#include "tests/unit/script.h"

static struct record *r;

static void setup(void)
{
    r = script_record(script_meeting);
}

static void teardown(void)
{
    record_free(r);
}

/* ---- the meeting ---- */

START_TEST(head)
{
    ck_assert_str_eq(r->type, "eha-review");
    ck_assert_str_eq(r->title, "Autumn");
    ck_assert_str_eq(r->head[0].value, "eha-review - Autumn");
    ck_assert_int_eq(r->start, 14 * 60);
    ck_assert_int_eq(r->end, 15 * 60 + 10);
    ck_assert_str_eq(r->kept_by, "Ravi Thandi");
    ck_assert_uint_eq(r->nchildren, 1);
    ck_assert_str_eq(r->children[0].name, "Tobi Okafor");
    ck_assert_str_eq(r->children[0].known_as, "T.O.");
    ck_assert_int_eq(r->next_time, 14 * 60);
    ck_assert_uint_eq(r->nfacts, 26);
    ck_assert_uint_eq(r->nentries, 9);
    ck_assert_str_eq(record_status(r), "draft");
}
END_TEST

START_TEST(head_order)
{
    ck_assert(script_apply(r, "head.set {'key':'weather','value':'wet'}", 101));
    ck_assert(script_apply(r, "head.set {'key':'Place','value':'room 2'}", 102));
    ck_assert(script_apply(r, "head.set {'key':'child','index':1,'value':'Ada = عادة / A'}", 103));
    ck_assert(script_apply(r, "head.set {'key':'bus','value':'late'}", 104));
    ck_assert(script_apply(r, "head.set {'key':'child-ref','index':1,'value':'NS-1'}", 105));
    ck_assert(script_apply(r, "head.set {'key':'evenhand','value':'1'}", 106));
    const char *const keys[] = {"meeting", "child", "child", "date", "time", "place", "kept-by", "child-ref", "next-meeting", "weather", "bus"};
    ck_assert_uint_eq(r->nhead, NITEMS(keys));
    for (size_t i = 0; i < NITEMS(keys); i++)
        ck_assert_str_eq(r->head[i].key, keys[i]);
    ck_assert_str_eq(r->children[1].also, "عادة");
    ck_assert_str_eq(r->children[1].known_as, "A");
    ck_assert_str_eq(r->children[1].ref, "NS-1");
    ck_assert_ptr_null(r->children[0].ref);
    ck_assert(script_apply(r, "head.set {'key':'place','value':''}", 107));
    ck_assert_ptr_null(r->place);
    ck_assert_uint_eq(r->nhead, NITEMS(keys) - 1);
}
END_TEST

static const struct {
    const char *value, *type, *title;
} types[] = {
    {"tac", "tac", NULL},
    {"TAC - First", "tac", "First"},
    {"SEN Support - a - b", "sen-support", "a - b"},
    {"Annual Review", "annual-review", NULL},
    {"annualreview", "annual-review", NULL},
    {"child in need", "child-in-need", NULL},
    {"caf review", "eha-review", NULL},
    {"House Party - x", "House Party", "x"},
    {"tacit", "tacit", NULL},
    {"-", "-", NULL},
};

START_TEST(type)
{
    struct arena *arena = arena_new();
    const char *line = arena_printf(arena, "head.set {'key':'meeting','value':'%s'}", types[_i].value);
    ck_assert(script_apply(r, line, 101));
    ck_assert_str_eq(r->type, types[_i].type);
    ck_assert_pstr_eq(r->title, types[_i].title);
    arena_free(arena);
}
END_TEST

/* Unreadable values: no value, but the line stays. */
static const char *const unreadable[] = {"date", "time", "began", "notice-sent", "papers-sent", "plan-made", "next-meeting", "kept-as", "school-year"};

START_TEST(head_unreadable)
{
    struct arena *arena = arena_new();
    const char *line = arena_printf(arena, "head.set {'key':'%s','value':'soon 14:00'}", unreadable[_i]);
    ck_assert(script_apply(r, line, 101));
    bool kept = false;
    for (size_t i = 0; i < r->nhead; i++)
        kept = kept || strcmp(r->head[i].value, "soon 14:00") == 0;
    ck_assert(kept);
    const int32_t days[] = {r->date, r->notice_sent, r->papers_sent, r->plan_made, r->next_date};
    const int times[] = {r->start, r->began};
    bool none = strcmp(unreadable[_i], "kept-as") == 0 ? r->kept_as == NULL : strcmp(unreadable[_i], "school-year") == 0 && r->school_year == -1;
    for (size_t i = 0; i < NITEMS(days); i++)
        none = none || days[i] == DAY_NONE;
    for (size_t i = 0; i < NITEMS(times); i++)
        none = none || times[i] == TIME_NONE;
    ck_assert(none);
    arena_free(arena);
}
END_TEST

START_TEST(next_none)
{
    ck_assert(script_apply(r, "head.set {'key':'next-meeting','value':'none: the plan ends'}", 101));
    ck_assert_str_eq(r->next_none, "the plan ends");
    ck_assert_int_eq(r->next_date, DAY_NONE);
    ck_assert(script_apply(r, "head.set {'key':'next-meeting','value':'None'}", 102));
    ck_assert_str_eq(r->next_none, "");
    ck_assert(script_apply(r, "head.set {'key':'next-meeting','value':'2027-01-05'}", 103));
    ck_assert_ptr_null(r->next_none);
    ck_assert_int_eq(r->next_time, TIME_NONE);
}
END_TEST

START_TEST(child_files)
{
    ck_assert(script_apply(r, "head.set {'key':'child','index':1,'value':'Ada'}", 101));
    ck_assert(script_apply(r, "child.filed {'index':0,'file':'#500'}", 102));
    ck_assert(script_apply(r, "child.filed {'index':1,'file':'#501'}", 103));
    ck_assert(!script_apply(r, "child.filed {'index':2,'file':'#501'}", 104));
    ck_assert(script_apply(r, "head.set {'key':'child','index':0,'value':''}", 105));
    ck_assert_uint_eq(r->nchildren, 1);
    ck_assert(uuid_same(r->children[0].file, script_id(501))); /* Ada's, not Tobi's */
    ck_assert(script_apply(r, "head.set {'key':'child','index':1,'value':'Ada Lee'}", 106));
    ck_assert(uuid_same(r->children[0].file, script_id(501)));
}
END_TEST

/* ---- people ---- */

START_TEST(implied_children)
{
    const struct attendee *last = &r->people[r->npeople - 1];
    ck_assert(last->implied);
    ck_assert_str_eq(last->name, "Tobi Okafor");
    ck_assert_str_eq(last->capacity.v[0], "child");
    size_t had = r->npeople;
    ck_assert(script_apply(r, "attendee.added {'name':'tobi OKAFOR','capacity':'child','presence':'absent: in class'}", 101));
    ck_assert_uint_eq(r->npeople, had);
    ck_assert(!r->people[had - 1].implied);
    ck_assert(script_apply(r, "attendee.added {'name':'Len Osei'}", 102));
    ck_assert(script_apply(r, "head.set {'key':'child','index':0,'value':'Ada'}", 103));
    ck_assert_uint_eq(r->npeople, had + 2);
    ck_assert_str_eq(r->people[had + 1].name, "Ada");
    ck_assert(r->people[had + 1].implied);
}
END_TEST

static const struct {
    const char *text, *words, *helps, *responsibility, *language, *canonical;
    bool good;
} capacities[] = {
    {"chair", "chair", "", NULL, NULL, "chair", true},
    {"", "", "", NULL, NULL, "", true},
    {" Chair , Lead Professional", "chair lead-professional", "", NULL, NULL, "chair, lead-professional", true},
    {"parent, PR", "parent", "", "PR", NULL, "parent, PR", true},
    {"family, no pr", "family", "", "no PR", NULL, "family, no PR", true},
    {"carer, PR not known", "carer", "", "PR not known", NULL, "carer, PR not known", true},
    {"interpreter Arabic for Rima al-Khatib", "interpreter", "Rima al-Khatib", NULL, "Arabic", "interpreter Arabic for Rima al-Khatib", true},
    {"interpreter for Rima", "interpreter", "Rima", NULL, NULL, "interpreter for Rima", true},
    {"advocate for A and B", "advocate", "A|B", NULL, NULL, "advocate for A and B", true},
    {"parent partner for A", "parent-partner", "A", NULL, NULL, "parent-partner for A", true},
    {"supporter for A, witness", "supporter witness", "A", NULL, NULL, "supporter for A, witness", true},
    {"supporter for (mum, and dad) and B", "supporter", "(mum, and dad)|B", NULL, NULL, "supporter for (mum, and dad) and B", true},
    {"advocate for A, interpreter BSL for A", "advocate interpreter", "A", NULL, "BSL", "advocate for A, interpreter BSL for A", true},
    {"governor", "governor", "", NULL, NULL, "governor", false},
    {"chairman", "chairman", "", NULL, NULL, "chairman", false},
    {"advocate of A", "advocate of A", "", NULL, NULL, "advocate of A", false},
    {"chair for A", "chair for A", "", NULL, NULL, "chair for A", false},
};

static const char *join(struct arena *arena, const struct texts *t, const char *between)
{
    const char *all = "";
    for (size_t i = 0; i < t->n; i++)
        all = arena_printf(arena, "%s%s%s", all, i == 0 ? "" : between, t->v[i]);
    return all;
}

START_TEST(capacity)
{
    struct arena *arena = arena_new();
    struct attendee a = {0};
    struct buf warning = {0};
    ck_assert_int_eq(capacity_read(arena, &a, capacities[_i].text, &warning), capacities[_i].good);
    ck_assert_int_eq(warning.n == 0, capacities[_i].good);
    ck_assert_int_eq((a.bits & CAP_OTHER) == 0, capacities[_i].good);
    ck_assert_str_eq(join(arena, &a.capacity, " "), capacities[_i].words);
    ck_assert_str_eq(join(arena, &a.helps, "|"), capacities[_i].helps);
    ck_assert_pstr_eq(a.responsibility, capacities[_i].responsibility);
    ck_assert_pstr_eq(a.language, capacities[_i].language);
    ck_assert_str_eq(a.capacity_text, capacities[_i].canonical);
    struct attendee again = {0};
    capacity_read(arena, &again, a.capacity_text, NULL);
    ck_assert_str_eq(again.capacity_text, a.capacity_text);
    ck_assert_uint_eq(again.bits, a.bits);
    buf_free(&warning);
    arena_free(arena);
}
END_TEST

static const struct {
    const char *text, *put, *absence, *reason;
    bool good;
} presences[] = {
    {"", "", NULL, NULL, true},
    {"09:25-11:10", "09:25-11:10", NULL, NULL, true},
    {" 9:25 \xe2\x80\x93 11:10 By Phone ", "09:25-11:10 by phone", NULL, NULL, true},
    {"09:25-", "09:25-", NULL, NULL, true},
    {"09:25- by video", "09:25- by video", NULL, NULL, true},
    {"10:00-11:00, 08:45-09:02 by video", "08:45-09:02 by video, 10:00-11:00", NULL, NULL, true},
    {"09:00-10:00, 09:30-11:00", "09:00-11:00", NULL, NULL, true},
    {"09:00-11:00, 09:30-10:00 by phone", "09:00-09:30, 09:30-10:00 by phone, 10:00-11:00", NULL, NULL, true},
    {"09:00-, 09:30-10:00 by phone", "09:00-09:30, 09:30-10:00 by phone, 10:00-", NULL, NULL, true},
    {"apologies", "", "apologies", NULL, true},
    {"Apologies: clinic: overran", "", "apologies", "clinic: overran", true},
    {"report-only:", "", "report only", NULL, true},
    {"no reply", "", "no reply", NULL, true},
    {"not invited: asked not to be", "", "not invited", "asked not to be", true},
    {"absent, 09:25-10:00", "", NULL, NULL, false},
    {"most of it", "", NULL, NULL, false},
    {"11:10-09:25", "", NULL, NULL, false},
    {"09:25", "", NULL, NULL, false},
    {"09:25-10:00,", "09:25-10:00", NULL, NULL, true},
    {"09:25-10:00,,", "", NULL, NULL, false},
    {"09:25-25:00", "", NULL, NULL, false},
    {"09:25-10:00 by bus", "", NULL, NULL, false},
};

START_TEST(presence_column)
{
    struct arena *arena = arena_new();
    struct attendee a = {0};
    struct buf warning = {0}, put = {0};
    ck_assert_int_eq(presence_read(arena, &a, presences[_i].text, &warning), presences[_i].good);
    ck_assert_int_eq(warning.n == 0, presences[_i].good);
    presence_put(&put, a.listed, a.nlisted);
    ck_assert_str_eq(buf_str(&put), presences[_i].put);
    ck_assert_pstr_eq(a.absence, presences[_i].absence);
    ck_assert_pstr_eq(a.absence_reason, presences[_i].reason);
    ck_assert_pstr_eq(a.presence_text, presences[_i].good ? NULL : presences[_i].text); /* nothing is lost */
    buf_free(&put);
    buf_free(&warning);
    arena_free(arena);
}
END_TEST

START_TEST(renamed)
{
    ck_assert(script_apply(r, "help.recorded {'name':'Grace Okafor','help':'advocate','offered':'2026-11-12','by':'Anita Patel'}", 101));
    ck_assert(script_apply(r, "entry.added {'kind':'action','text':'x','owner':'Anita Patel','with':['Anita Patel','B'],'readers':['Anita Patel']}", 102));
    ck_assert(script_apply(r, "action.changed {'target':'#102','change':'owner','to':'Ravi Thandi','by':'Anita Patel'}", 103));
    ck_assert(script_apply(r, "signoff.recorded {'name':'Anita Patel','state':'signed'}", 104));
    ck_assert(script_apply(r, "attendee.added {'name':'Dr Anita Patel','replaces':'#8','capacity':'chair'}", 105));
    const struct attendee *a = record_person(r, "Dr Anita Patel");
    ck_assert_ptr_nonnull(a);
    ck_assert(uuid_same(a->id, script_id(8)));
    ck_assert_ptr_null(record_person(r, "Anita Patel"));
    const struct entry *e = record_entry(r, script_id(102));
    ck_assert_str_eq(e->owner, "Dr Anita Patel");
    ck_assert_str_eq(e->with.v[0], "Dr Anita Patel");
    ck_assert_str_eq(e->restriction.readers.v[0], "Dr Anita Patel");
    ck_assert_str_eq(e->history[0].from, "Dr Anita Patel");
    ck_assert_str_eq(e->history[0].by, "Dr Anita Patel");
    ck_assert_str_eq(r->help[0].offered_by, "Dr Anita Patel");
    ck_assert_str_eq(r->signoffs[0].name, "Dr Anita Patel");
    ck_assert_str_eq(record_entry(r, script_id(15))->speaker, "Dr Anita Patel");
    ck_assert_str_eq(record_entry(r, script_id(18))->positions[0].name, "Dr Anita Patel");
    ck_assert(script_apply(r, "attendee.added {'name':'Grace Ada Okafor','replaces':'#9','capacity':'parent'}", 106));
    ck_assert_str_eq(record_person(r, "Ruth Reid")->helps.v[0], "Grace Ada Okafor");
    ck_assert_str_eq(record_person(r, "Ruth Reid")->capacity_text, "parent-partner for Grace Ada Okafor");
    ck_assert(script_apply(r, "attendee.added {'name':'R. Thandi','replaces':'#10'}", 107));
    ck_assert_str_eq(r->kept_by, "R. Thandi");
}
END_TEST

/* ---- entries ---- */

START_TEST(numbers)
{
    static const struct {
        unsigned id;
        int item, number;
        const char *label;
    } expected[] = {
        {14, 1, 1, ""}, {15, 1, 2, ""}, {17, 2, 1, "A1"}, {18, 2, 2, "R1"}, {20, 2, 3, ""}, {21, 2, 4, "XA1"}, {22, 2, 5, "D1"}, {25, 2, 6, "A2"},
    };
    for (size_t i = 0; i < NITEMS(expected); i++) {
        const struct entry *e = record_entry(r, script_id(expected[i].id));
        char label[16];
        entry_label(e, label);
        ck_assert_uint_eq(e->item, (size_t)expected[i].item);
        ck_assert_int_eq(e->number, expected[i].number);
        ck_assert_str_eq(label, expected[i].label);
    }
    ck_assert(script_apply(r, "entry.added {'kind':'action','text':'y','carried':'2026-10-21','carried_number':'A4'}", 101));
    ck_assert(script_apply(r, "entry.added {'kind':'action','text':'z','strength':'asked'}", 102));
    char label[16];
    entry_label(record_entry(r, script_id(101)), label);
    ck_assert_str_eq(label, "A4");
    entry_label(record_entry(r, script_id(102)), label);
    ck_assert_str_eq(label, "A3");
    /* An entry that becomes something else gives its number back. */
    ck_assert(script_apply(r, "entry.reworded {'target':'#17','kind':'note','was':'send the targets','text':'targets'}", 103));
    entry_label(record_entry(r, script_id(25)), label);
    ck_assert_str_eq(label, "A1");
}
END_TEST

START_TEST(chains)
{
    ck_assert(script_apply(r, "entry.added {'kind':'note','time':'14:02','text':'one two','replaces':'#14'}", 101));
    ck_assert(script_apply(r, "entry.added {'kind':'note','time':'14:02','text':'one two three','replaces':'#101'}", 102));
    ck_assert_ptr_eq(record_entry(r, script_id(102)), record_entry(r, script_id(14)));
    struct entry *e = record_entry(r, script_id(14));
    ck_assert_str_eq(e->text, "one two three");
    ck_assert(uuid_same(e->id, script_id(14)));
    ck_assert(uuid_same(r->last, script_id(14)));
    ck_assert(script_apply(r, "entry.marked {'target':'#102','mark':'disputed','by':'B','text':'no'}", 103));
    ck_assert(script_apply(r, "entry.marked {'target':'#101','mark':'disputed','by':'B','text':'no no','replaces':'#103'}", 104));
    ck_assert_uint_eq(e->ndisputes, 1);
    ck_assert_str_eq(e->disputes[0].text, "no no");
    ck_assert(uuid_same(r->last, script_id(103)));
    ck_assert(uuid_same(r->parent, script_id(14)));
    ck_assert_str_eq(r->last_fact->text, "no no");
    ck_assert(script_apply(r, "position.taken {'target':'#18','name':'Anita Patel','position':'disagrees','replaces':'#19'}", 105));
    ck_assert_str_eq(record_entry(r, script_id(18))->positions[0].position, "disagrees");
    ck_assert_uint_eq(record_entry(r, script_id(18))->npositions, 1);
    ck_assert(uuid_same(r->last, script_id(103))); /* not under the last line */
}
END_TEST

/* What cannot be applied changes nothing. */
static const char *const refused[] = {
    "entry.marked {'target':'#900','mark':'read'}",
    "entry.marked {'target':'#13','mark':'read'}",
    "entry.marked {'target':'#14','mark':'applauded'}",
    "entry.marked {'target':'#14','mark':'read','replaces':'#900'}",
    "entry.added {'kind':'speech'}",
    "entry.added {'kind':'note','replaces':'#13'}",
    "entry.reworded {'target':'#900','kind':'note','was':'x'}",
    "position.taken {'target':'#14','name':'A'}",
    "position.taken {'target':'#22','name':'A','replaces':'#19'}",
    "disagreement.state {'target':'#18','state':'open'}",
    "action.changed {'target':'#18','change':'done'}",
    "head.set {'key':'child','index':100000,'value':'x'}",
    "undone {'target':'#14'}",
    "item.begun {'title':'x','replaces':'#14'}",
};

START_TEST(refuse)
{
    ck_assert(!script_apply(r, refused[_i], 101));
    ck_assert_uint_eq(r->nfacts, 26);
    ck_assert_uint_eq(r->nentries, 9);
    ck_assert(script_apply(r, "entry.added {'kind':'note'}", 101)); /* the id is still free */
    ck_assert_str_eq(r->entries[r->nentries - 1].text, "");
}
END_TEST

START_TEST(same_event_twice)
{
    ck_assert(script_apply(r, script_meeting[13], 14));
    ck_assert_uint_eq(r->nentries, 9);
    ck_assert_uint_eq(r->nfacts, 26);
}
END_TEST

static const struct {
    const char *text;
    bool verbatim;
} spans[] = {
    {"'Yes.'", false}, {"\\\"Yes.\\\"", true}, {"\\\"Yes.\\\" \\\"No.\\\"", true}, {"“Yes.” \\\"No.\\\"", true}, {"\\\"Yes.\\\" she said", false},
    {"“Yes", false},   {"", false},            {"\\\"\\\"", false},             {"She said \\\"yes\\\"", false}, {"“a “b” c”", false},
};

START_TEST(verbatim)
{
    struct arena *arena = arena_new();
    struct fact f = fact_new(FACT_ENTRY, script_id(101));
    struct buf text = {0};
    for (const char *s = spans[_i].text; *s != '\0'; s++)
        if (*s != '\\')
            buf_addc(&text, *s);
    f.kind = "said";
    f.text = buf_str(&text);
    ck_assert(record_apply(r, &f));
    ck_assert_int_eq(record_entry(r, script_id(101))->verbatim, spans[_i].verbatim);
    buf_free(&text);
    arena_free(arena);
}
END_TEST

START_TEST(reworded)
{
    ck_assert(script_apply(r, "entry.reworded {'target':'#14','kind':'note','was':'Everybody said who they are.','text':'All said it.','by':'Ravi Thandi','time':'14:40','on':'2026-11-25'}", 101));
    const struct entry *e = record_entry(r, script_id(14));
    ck_assert_str_eq(e->text, "All said it.");
    ck_assert_int_eq(e->time, 14 * 60 + 2);
    ck_assert_uint_eq(e->nearlier, 1);
    ck_assert_str_eq(e->earlier[0].text, "Everybody said who they are.");
    ck_assert_int_eq(e->earlier[0].time, 14 * 60 + 40);
    ck_assert(e->changed);
}
END_TEST

START_TEST(minuted_words_stay)
{
    ck_assert(script_apply(r, "entry.added {'kind':'minuted','speaker':'B','text':'x'}", 101));
    ck_assert(!script_apply(r, "entry.reworded {'target':'#101','kind':'minuted','was':'x','text':'y'}", 102));
    ck_assert(!script_apply(r, "entry.marked {'target':'#101','mark':'withdrawn','text':'y'}", 103));
    ck_assert(script_apply(r, "entry.marked {'target':'#101','mark':'answered','by':'C','text':'y'}", 104));
    ck_assert_str_eq(record_entry(r, script_id(101))->text, "x");
}
END_TEST

START_TEST(marks)
{
    ck_assert(script_apply(r, "entry.marked {'target':'#14','mark':'confirmed'}", 101));
    ck_assert(script_apply(r, "entry.marked {'target':'#14','mark':'withdrawn'}", 102));
    ck_assert(script_apply(r, "entry.marked {'target':'#14','mark':'translation','language':'English','text':'a','by':'H'}", 103));
    ck_assert(script_apply(r, "entry.marked {'target':'#14','mark':'not interpreted'}", 104));
    ck_assert(script_apply(r, "entry.marked {'target':'#14','mark':'typed','by':'J'}", 105));
    ck_assert(script_apply(r, "entry.marked {'target':'#14','mark':'withheld'}", 106));
    ck_assert(script_apply(r, "entry.marked {'target':'#14','mark':'was','text':'old','by':'J','date':'2026-11-24','time':'14:33'}", 107));
    ck_assert(script_apply(r, "entry.marked {'target':'#14','mark':'answered','text':'so','by':'J','date':'2026-11-26'}", 108));
    const struct entry *e = record_entry(r, script_id(14));
    ck_assert_str_eq(e->read_back, "confirmed");
    ck_assert_str_eq(e->withdrawn, "");
    ck_assert_str_eq(e->translations[0].language, "English");
    ck_assert(e->not_interpreted);
    ck_assert_str_eq(e->typed_by, "J");
    ck_assert(e->shown_as_withheld);
    ck_assert_int_eq(e->earlier[0].time, 14 * 60 + 33);
    ck_assert_str_eq(e->answers[0].text, "so");
}
END_TEST

START_TEST(disagreement_states)
{
    const struct entry *e = record_entry(r, script_id(22));
    ck_assert_str_eq(e->state, "open");
    ck_assert_str_eq(e->next, "the same test in January");
    ck_assert(script_apply(r, "disagreement.state {'target':'#22','state':'resolved','text':'both read it'}", 101));
    e = record_entry(r, script_id(22));
    ck_assert_str_eq(e->state, "resolved");
    ck_assert_str_eq(e->state_text, "both read it");
    ck_assert_ptr_null(e->next);
    ck_assert_uint_eq(e->nstates, 2); /* the earlier one is not lost */
    ck_assert_str_eq(e->states[0].next, "the same test in January");
    ck_assert(script_apply(r, "entry.added {'kind':'disagreement','text':'x'}", 102));
    ck_assert_str_eq(record_entry(r, script_id(102))->state, "open");
}
END_TEST

START_TEST(recommendation)
{
    ck_assert(script_apply(r, "recommendation.recorded {'text':'amend B'}", 101));
    ck_assert(uuid_same(r->parent, script_id(101)));
    ck_assert(script_apply(r, "position.taken {'target':'#101','name':'P','position':'differs','text':'I too'}", 102));
    ck_assert(script_apply(r, "recommendation.recorded {'text':'amend B, F','replaces':'#101'}", 103));
    ck_assert(script_apply(r, "position.taken {'target':'#103','name':'P','position':'differs','text':'I too.','replaces':'#102'}", 104));
    ck_assert_uint_eq(r->nrecommendations, 1);
    ck_assert_str_eq(r->recommendations[0].text, "amend B, F");
    ck_assert_uint_eq(r->recommendations[0].ndifferences, 1);
    ck_assert_str_eq(r->recommendations[0].differences[0].text, "I too.");
}
END_TEST

/* ---- actions ---- */

static const struct {
    const char *changes[4];
    const char *status, *owner, *due;
    int time;
    bool closed;
} histories[] = {
    {{NULL}, "open", "Anita Patel", "2026-12-04", TIME_NONE, false},
    {{"'change':'in progress','date':'2026-12-01'", NULL}, "in progress", "Anita Patel", "2026-12-04", TIME_NONE, false},
    {{"'change':'done','date':'2026-12-01'", NULL}, "done", "Anita Patel", "2026-12-04", TIME_NONE, true},
    {{"'change':'done','date':'2026-12-01'", "'change':'not done','date':'2026-12-02'", NULL}, "not done", "Anita Patel", "2026-12-04", TIME_NONE, false},
    {{"'change':'withdrawn','date':'2026-12-01'", "'change':'note','text':'x'", NULL}, "withdrawn", "Anita Patel", "2026-12-04", TIME_NONE, true},
    {{"'change':'due','to':'2026-12-11 12:00'", NULL}, "open", "Anita Patel", "2026-12-11", 720, false},
    {{"'change':'due','due':'2026-12-11','due_time':'09:05'", NULL}, "open", "Anita Patel", "2026-12-11", 545, false},
    {{"'change':'due','to':'later'", NULL}, "open", "Anita Patel", NULL, TIME_NONE, false},
    {{"'change':'owner','owner':'Ravi Thandi'", "'change':'due','to':'2026-12-12'", NULL}, "open", "Ravi Thandi", "2026-12-12", TIME_NONE, false},
};

START_TEST(history)
{
    struct arena *arena = arena_new();
    for (unsigned i = 0; histories[_i].changes[i] != NULL; i++)
        ck_assert(script_apply(r, arena_printf(arena, "action.changed {'target':'#17',%s}", histories[_i].changes[i]), 101 + i));
    struct action_now now = action_now(r, record_entry(r, script_id(17)));
    ck_assert_str_eq(now.status, histories[_i].status);
    ck_assert_str_eq(now.owner, histories[_i].owner);
    ck_assert_pstr_eq(civil_day_dup(arena, now.due), histories[_i].due);
    ck_assert_int_eq(now.due_time, histories[_i].time);
    ck_assert_int_eq(now.closed != DAY_NONE, histories[_i].closed);
    ck_assert_int_eq(action_is_open(now.status), !histories[_i].closed);
    arena_free(arena);
}
END_TEST

START_TEST(history_says_from)
{
    ck_assert(script_apply(r, "action.changed {'target':'#17','change':'due','to':'2026-12-11'}", 101));
    ck_assert(script_apply(r, "action.changed {'target':'#17','change':'due','to':'2026-12-18 12:00'}", 102));
    ck_assert(script_apply(r, "action.changed {'target':'#17','change':'owner','owner':'Ravi Thandi'}", 103));
    const struct entry *e = record_entry(r, script_id(17));
    ck_assert_str_eq(e->history[0].from, "2026-12-04");
    ck_assert_str_eq(e->history[1].from, "2026-12-11");
    ck_assert_str_eq(e->history[2].from, "Anita Patel");
    ck_assert_str_eq(e->history[2].to, "Ravi Thandi");
    ck_assert(script_apply(r, "entry.marked {'target':'#17','mark':'withdrawn','text':'twice'}", 104));
    ck_assert_str_eq(action_now(r, record_entry(r, script_id(17))).status, "withdrawn");
}
END_TEST

/* ---- replay ---- */

static struct record *replay(const char *const *more)
{
    struct arena *arena = arena_new();
    struct facts facts = {0};
    unsigned n = 0;
    for (; script_meeting[n] != NULL; n++)
        facts_add(arena, &facts, script_fact(arena, script_meeting[n], n + 1));
    for (unsigned i = 0; more[i] != NULL; i++)
        facts_add(arena, &facts, script_fact(arena, more[i], 101 + i));
    struct record *again = record_replay(script_id(9999), facts.v, facts.n);
    arena_free(arena);
    return again;
}

static const struct {
    const char *more[5];
    const char *text;   /* of entry 14; NULL: it is not there */
    size_t entries;
} undoings[] = {
    {{NULL}, "Everybody said who they are.", 9},
    {{"undone {'target':'#14'}", NULL}, NULL, 8},
    {{"undone {'target':'#14'}", "undone {'target':'#101'}", NULL}, "Everybody said who they are.", 9},
    {{"undone {'target':'#14'}", "undone {'target':'#101'}", "undone {'target':'#102'}", NULL}, NULL, 8},
    {{"entry.added {'kind':'note','text':'x','replaces':'#14'}", "undone {'target':'#101'}", NULL}, "Everybody said who they are.", 9},
    {{"entry.marked {'target':'#14','mark':'read'}", "undone {'target':'#14'}", NULL}, NULL, 8},
    {{"undone {'target':'#900'}", "undone {'target':'#102'}", NULL}, "Everybody said who they are.", 9},
};

START_TEST(undo)
{
    struct record *again = replay(undoings[_i].more);
    const struct entry *e = record_entry(again, script_id(14));
    ck_assert_pstr_eq(e == NULL ? NULL : e->text, undoings[_i].text);
    ck_assert_uint_eq(again->nentries, undoings[_i].entries);
    record_free(again);
}
END_TEST

static const struct {
    const char *lines[5];
    const char *status;
} lives[] = {
    {{NULL}, "planned"},
    {{"meeting.planned {'origin':'typed'}", NULL}, "planned"},
    {{"meeting.planned {'origin':'from'}", "entry.added {'kind':'action','text':'x','carried':'2026-10-21','carried_number':'A1'}", NULL}, "planned"},
    {{"meeting.planned {}", "meeting.opened {}", NULL}, "live"},
    {{"meeting.opened {}", "entry.added {'kind':'note','text':'x'}", NULL}, "live"},
    {{"meeting.opened {}", "entry.added {'kind':'clock','what':'break'}", NULL}, "live"},
    {{"meeting.opened {}", "entry.added {'kind':'clock','what':'end'}", NULL}, "draft"},
    {{"meeting.opened {}", "entry.added {'kind':'clock','what':'end'}", "entry.marked {'target':'#2','mark':'withdrawn'}", NULL}, "live"},
    {{"meeting.opened {}", "signoff.recorded {'name':'A','state':'signed'}", NULL}, "draft"},
    {{"entry.added {'kind':'note','text':'x'}", NULL}, "draft"},
};

START_TEST(status)
{
    struct record *s = script_record(lives[_i].lines);
    ck_assert_str_eq(record_status(s), lives[_i].status);
    record_free(s);
}
END_TEST

/* 10,000 entries, each marked, corrected and continued, in a time that a square would not allow. */
START_TEST(linear)
{
    struct record *big = record_new(script_id(1));
    uint32_t id = 0;
    for (int i = 0; i < 10000; i++) {
        struct fact f = fact_new(FACT_ENTRY, (struct uuid){{0}});
        struct uuid first = {{1}};
        memcpy(first.b + 8, &id, sizeof id);
        id++;
        f.id = first;
        f.kind = i % 3 == 0 ? "action" : "note";
        f.text = "words";
        f.time = i % 1440;
        ck_assert(record_apply(big, &f));
        struct fact m = fact_new(FACT_MARKED, first);
        memcpy(m.id.b + 8, &id, sizeof id);
        id++;
        m.target = first;
        m.mark = "read";
        ck_assert(record_apply(big, &m));
    }
    ck_assert_uint_eq(big->nentries, 10000);
    ck_assert_int_eq(big->entries[9999].number, 10000);
    ck_assert_int_eq(big->entries[9999].label, 3334);
    ck_assert_int_eq(presence_entry_time(big, &big->entries[9999]), 9999 % 1440);
    record_free(big);
}
END_TEST

static void add_people(Suite *s)
{
    TCase *t = tcase_create("people");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, implied_children);
    tcase_add_loop_test(t, capacity, 0, (int)NITEMS(capacities));
    tcase_add_loop_test(t, presence_column, 0, (int)NITEMS(presences));
    tcase_add_test(t, renamed);
    suite_add_tcase(s, t);
}

static void add_entries(Suite *s)
{
    TCase *t = tcase_create("entries");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, numbers);
    tcase_add_test(t, chains);
    tcase_add_loop_test(t, refuse, 0, (int)NITEMS(refused));
    tcase_add_test(t, same_event_twice);
    tcase_add_loop_test(t, verbatim, 0, (int)NITEMS(spans));
    tcase_add_test(t, reworded);
    tcase_add_test(t, minuted_words_stay);
    tcase_add_test(t, marks);
    tcase_add_test(t, disagreement_states);
    tcase_add_test(t, recommendation);
    tcase_add_loop_test(t, history, 0, (int)NITEMS(histories));
    tcase_add_test(t, history_says_from);
    tcase_add_loop_test(t, undo, 0, (int)NITEMS(undoings));
    tcase_add_loop_test(t, status, 0, (int)NITEMS(lives));
    tcase_add_test(t, linear);
    suite_add_tcase(s, t);
}

Suite *suite_record(void);
Suite *suite_record(void)
{
    Suite *s = suite_create("record");
    TCase *t = tcase_create("head");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, head);
    tcase_add_test(t, head_order);
    tcase_add_loop_test(t, type, 0, (int)NITEMS(types));
    tcase_add_loop_test(t, head_unreadable, 0, (int)NITEMS(unreadable));
    tcase_add_test(t, next_none);
    tcase_add_test(t, child_files);
    suite_add_tcase(s, t);
    add_people(s);
    add_entries(s);
    return s;
}
