/* The check before sign-off: every rule has a key that mends it, what is mended leaves the list, and what it looks like. */
#include <check.h>
#include <string.h>

#include "core/check.h"
#include "tests/screen/stage.h"

static const char meeting_text[] =
    "evenhand: 1\n"
    "meeting: tac\n"
    "child: Tobi Okafor / T.O.\n"
    "date: 2026-11-24\n"
    "time: 14:00-15:10\n"
    "kept-by: Ravi Thandi\n"
    "kept-as: minutes\n"
    "agenda: Transport [5m]\n"
    "\n"
    "people:\n"
    "Ms Anita Patel | SENCO | Oakfield Primary School | chair | 13:55-15:10\n"
    "Mrs Grace Okafor | mother | family | parent, PR | 13:55-15:10\n"
    "Mr Samuel Okafor | father | family | parent, PR not known | apologies: at work\n"
    "help: Mrs Grace Okafor | advocate | offered 2026-11-12 | declined | \n"
    "\n"
    "# Introductions [5m]\n"
    "14:01 Everybody said who they are.\n"
    "# Speech and language [10m]\n"
    "14:05 P: Mrs Grace Okafor: He practises every night.\n"
    "14:12 D: Progress since June\n"
    "  - Ms Anita Patel: no movement on targets 2 and 3\n"
    "14:13 A: send the therapy targets home => the family has them\n"
    "14:14 A: Mr Samuel Okafor, ring the therapist, by 4 Dec\n"
    "14:15 R: The school adds a slip.\n"
    "# Reading\n"
    "# Any other business\n"
    "14:18 Nothing was raised.\n";

static struct stage st;
static struct uuid meeting;

static void setup(void)
{
    stage_open(&st);
    meeting = stage_import(&st, meeting_text);
    ck_assert(app_push(&st.app, &view_live, &meeting));
    stage_press(&st, "F11");
}

static void teardown(void)
{
    stage_close(&st);
}

static struct record *on_disk(void)
{
    struct record *record = NULL;
    struct err err = {0};
    ck_assert_int_eq(store_record(st.store, meeting, &record, &err), EVH_OK);
    return record;
}

/* Place of the first finding of a rule; -1: there is none. */
static int place(const char *rule)
{
    struct record *r = on_disk();
    struct arena *arena = arena_new();
    struct findings found = {0};
    int at = -1;
    check_completeness(r, &st.types, arena, &found);
    for (size_t i = 0; i < found.n && at < 0; i++)
        if (strcmp(found.v[i].rule, rule) == 0)
            at = (int)i;
    arena_free(arena);
    record_free(r);
    return at;
}

static void go_to(const char *rule)
{
    int at = place(rule);
    ck_assert_msg(at >= 0, "%s is not found", rule);
    stage_press(&st, "Home");
    while (at-- > 0)
        stage_press(&st, "Down");
}

static const char *line_of(const char *kind_text, struct arena *arena)
{
    struct record *r = on_disk();
    const char *text = "";
    for (size_t i = 0; i < r->nentries; i++)
        if (strstr(r->entries[i].text, kind_text) != NULL)
            text = arena_strdup(arena, r->entries[i].text);
    record_free(r);
    return text;
}

/* ---- the table ---- */

static const struct {
    const char *rule, *mends;
} rules[] = {
#define CHECK(id, rule, severity, why, instead, mends) {rule, mends},
#include "core/check.def"
#undef CHECK
};

/* Each rule has a key that mends it, and each of its keys is one of this screen. */
START_TEST(every_rule_mends)
{
    const char *s = rules[_i].mends;
    ck_assert_msg(s[0] != '\0', "nothing mends %s", rules[_i].rule);
    while (*s != '\0') {
        size_t n = strcspn(s, " ");
        enum action action = key_action_named(s, n);
        struct buf key = {0};
        ck_assert_msg(action != ACTION_NONE && strchr(action_table[action - 1].maps, 'K') != NULL, "%s: %.*s is no key of the check", rules[_i].rule, (int)n, s);
        ck_assert_msg(key_put_live(&key, "GLK", action, true), "%s: %.*s has no key that is free", rules[_i].rule, (int)n, s);
        buf_free(&key);
        s += n;
        s += strspn(s, " ");
    }
}
END_TEST

/* ---- mending here ---- */

static const struct {
    const char *rule;
    const char *keys;          /* that mend it; text in between: "=words" */
    const char *next[6];
} mendings[] = {
    {"CK-OWNER", "w", {"=Ani", "Tab", "Enter", "=4 Dec", "F2"}},
    {"CK-DATE", "Enter", {"=next Tuesday", "F2"}},
    {"CK-TOLD", "c", {"=phone", "F2"}},
    {"CK-TOLD", "m", {"Enter", "=by post", "F2"}},
    {"CK-TOLD", "w", {"C-u", "=Anita", "F2"}},
    {"CK-HELP", "h", {"Down", "=not", "F2"}},
    {"CK-NEXT", "t", {"=5 Jan 2027", "Enter", "=14:00", "F2"}},
    {"CK-NEXT", "Enter", {"Enter", "Enter", "=the plan is finished", "F2"}},
    {"CK-CHILD", "v", {"=drawing", "Enter", "=Anita", "Enter", "=today", "Enter"}}, /* goes on below */
    {"CK-EMPTY", "z", {"y"}},
    {"CK-EMPTY", "i", {"=it waits for the test of January", "Enter"}},
    {"CK-ITEM-VIEW", "n", {"y"}},
    {"CK-ITEM-VIEW", "C-g n", {"y"}},
    {"CK-AGENDA", "z", {"y"}},
    {"CK-AGENDA", "i", {"=it goes to the next meeting", "Enter"}},
    {"CK-AGENDA", "o", {"Enter", "Enter", "F11"}}, /* the first question is about the item that is left */
    {"CK-OPEN", "d", {"=the same test in January", "Enter"}},
};

static int count(const char *rule)
{
    struct record *r = on_disk();
    struct arena *arena = arena_new();
    struct findings found = {0};
    int n = 0;
    check_completeness(r, &st.types, arena, &found);
    for (size_t i = 0; i < found.n; i++)
        n += strcmp(found.v[i].rule, rule) == 0;
    arena_free(arena);
    record_free(r);
    return n;
}

START_TEST(mends_here)
{
    const char *rule = mendings[_i].rule;
    int before = count(rule);
    go_to(rule);
    stage_press(&st, mendings[_i].keys);
    for (size_t i = 0; i < NITEMS(mendings[_i].next) && mendings[_i].next[i] != NULL; i++) {
        const char *step = mendings[_i].next[i];
        if (step[0] == '=')
            stage_type(&st, step + 1);
        else
            stage_press(&st, step);
    }
    if (strcmp(rule, "CK-CHILD") == 0) {
        stage_type(&st, "“That's me going.”");
        stage_press(&st, "F2");
    }
    ck_assert_str_eq(st.app.top->class->name, "what is missing");
    ck_assert_msg(count(rule) == before - 1, "%s: %d before, %d after\n", rule, before, count(rule));
}
END_TEST

/* The one behind it comes into focus. */
START_TEST(next_in_focus)
{
    go_to("CK-OWNER");
    stage_press(&st, "w");
    stage_line(&st, "Ms Anita Patel");
    stage_press(&st, "F2"); /* the date is still missing: that finding took its place */
    stage_press(&st, "Enter");
    stage_line(&st, "4 Dec");
    stage_press(&st, "Enter");
    ck_assert_int_eq(place("CK-OWNER"), -1);
    ck_assert_int_eq(place("CK-DATE"), -1);
    stage_press(&st, "u y");
    ck_assert_int_ge(place("CK-DATE"), 0);
}
END_TEST

/* What was agreed stays word for word, and the old wording is kept. */
START_TEST(action_keeps_its_words)
{
    go_to("CK-OWNER");
    stage_press(&st, "w");
    stage_line(&st, "Patel");
    stage_type(&st, "4 Dec");
    stage_press(&st, "F2");
    struct record *r = on_disk();
    for (size_t i = 0; i < r->nentries; i++) {
        const struct entry *e = &r->entries[i];
        if (e->kind != ENTRY_ACTION || strcmp(e->text, "send the therapy targets home") != 0)
            continue;
        ck_assert_str_eq(e->owner, "Ms Anita Patel");
        ck_assert_str_eq(e->done_when, "the family has them");
        ck_assert_int_eq(e->due, civil_day((struct civil){2026, 12, 4}));
        ck_assert_int_eq(e->time, 14 * 60 + 13);
        ck_assert_uint_eq(e->nearlier, 1);
        record_free(r);
        return;
    }
    ck_abort_msg("the action is gone");
}
END_TEST

/* An item that was left: what is recorded now stands under the current one and names it. */
START_TEST(nothing_to_add_names_the_item)
{
    struct arena *arena = arena_new();
    go_to("CK-ITEM-VIEW");
    stage_press(&st, "n");
    stage_shows(&st, 120, 24, "Mrs Grace Okafor was asked about “Introductions” and had nothing to add?");
    stage_press(&st, "n");
    ck_assert_str_eq(line_of("asked about", arena), "");
    stage_press(&st, "n y");
    ck_assert_str_eq(line_of("asked about", arena), "asked about “Introductions”, nothing to add");
    go_to("CK-EMPTY");
    stage_press(&st, "z y");
    ck_assert_str_eq(line_of("no time", arena), "About “Reading”: there was no time for it.");
    arena_free(arena);
}
END_TEST

/* Help that stands on the list is proposed, and that it was offered is for somebody to say. */
START_TEST(listed_help_is_proposed)
{
    struct session session;
    struct err err = {0};
    ck_assert_int_eq(session_open(&session, st.store, &st.types, meeting, false, &err), EVH_OK);
    ck_assert_int_eq(session_person(&session, (struct uuid){{0}}, "Ruth Reid | IASS | County | parent-partner for Samuel Okafor |", &err), EVH_OK);
    session_close(&session);
    stage_press(&st, "Esc F11");
    go_to("CK-HELP");
    stage_press(&st, "h F2");
    stage_shows(&st, 80, 24, "Choose whether this help was offered");
    stage_type(&st, "off");
    stage_press(&st, "F2");
    struct record *r = on_disk();
    const struct help *h = &r->help[r->nhelp - 1];
    ck_assert_str_eq(h->for_name, "Mr Samuel Okafor");
    ck_assert_str_eq(h->kind, "parent-partner");
    ck_assert_str_eq(h->who, "Ruth Reid");
    ck_assert_int_eq(h->offered, DAY_NONE);
    ck_assert_ptr_null(h->offered_by);
    record_free(r);
    ck_assert_int_eq(place("CK-HELP"), -1);
}
END_TEST

/* Who searches does not put words on record by the key that goes on searching. */
START_TEST(search_records_nothing)
{
    go_to("CK-ITEM-VIEW");
    int before = count("CK-ITEM-VIEW");
    stage_press(&st, "/");
    stage_line(&st, "Item");
    stage_press(&st, "n n");
    ck_assert_int_eq(count("CK-ITEM-VIEW"), before);
    go_to("CK-ITEM-VIEW");
    stage_press(&st, "C-g n y");
    ck_assert_int_eq(count("CK-ITEM-VIEW"), before - 1);
}
END_TEST

START_TEST(wrong_key_says_so)
{
    struct record *before = on_disk();
    go_to("CK-SIDES");
    stage_press(&st, "n");
    stage_shows(&st, 80, 24, "does not mend this");
    struct record *after = on_disk();
    ck_assert_uint_eq(before->nfacts, after->nfacts);
    record_free(before);
    record_free(after);
}
END_TEST

/* ---- mending on the live screen ---- */

START_TEST(edit_and_back)
{
    go_to("CK-OWNER");
    stage_press(&st, "e");
    ck_assert_str_eq(st.app.top->class->name, "live meeting");
    stage_type(&st, "Anita, ");
    stage_press(&st, "Enter F11");
    ck_assert_int_eq(place("CK-OWNER"), -1);
    stage_press(&st, "Enter"); /* the date is in focus: the same place */
    stage_shows(&st, 80, 24, "Who, by when");
}
END_TEST

START_TEST(positions)
{
    go_to("CK-SIDES");
    stage_press(&st, "Enter");
    ck_assert_str_eq(st.app.top->class->name, "live meeting");
    stage_line(&st, "two new sounds");
    ck_assert_int_eq(place("CK-SIDES"), -1);
}
END_TEST

START_TEST(sign_off)
{
    go_to("CK-SIGN");
    stage_press(&st, "s");
    ck_assert_str_ne(st.app.top->class->name, "what is missing");
    stage_press(&st, "Esc");
    ck_assert_str_eq(st.app.top->class->name, "what is missing");
}
END_TEST

/* ---- what it looks like ---- */

static const struct { int w, h; const char *size; } sizes[] = {{80, 24, "80x24"}, {120, 40, "120x40"}, {40, 12, "40x12"}};
static const struct {
    const char *name, *rule, *keys;
} states[] = {
    {"check", "CK-SIDES", NULL}, {"check-end", "CK-SIGN", NULL}, {"check-action", "CK-OWNER", "w"}, {"check-next", "CK-NEXT", "Enter"}, {"check-child", "CK-CHILD", "v"},
    {"check-told", "CK-TOLD", "m"}, {"check-mended", "CK-EMPTY", "z y"}, {"check-asks", "CK-ITEM-VIEW", "n"},
};

START_TEST(looks)
{
    struct buf name = {0};
    go_to(states[_i / 3].rule);
    if (states[_i / 3].keys != NULL)
        stage_press(&st, states[_i / 3].keys);
    buf_addf(&name, "%s-%s", states[_i / 3].name, sizes[_i % 3].size);
    stage_golden(&st, sizes[_i % 3].w, sizes[_i % 3].h, name.s);
    buf_free(&name);
}
END_TEST

START_TEST(every_size)
{
    for (int w = 20; w <= 130; w += w < 40 ? 3 : 10)
        for (int h = 5; h <= 44; h += h < 20 ? 1 : 6) {
            struct surface s;
            surface_init(&s, w, h);
            app_draw(&st.app, &s);
            ck_assert_int_lt(s.cursor_x, w);
            ck_assert_int_lt(s.cursor_y, h);
            surface_free(&s);
        }
}
END_TEST

Suite *suite_checks(void);
Suite *suite_checks(void)
{
    Suite *s = suite_create("checks");
    TCase *t = tcase_create("checks");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 60);
    tcase_add_loop_test(t, every_rule_mends, 0, (int)NITEMS(rules));
    tcase_add_loop_test(t, mends_here, 0, (int)NITEMS(mendings));
    tcase_add_test(t, next_in_focus);
    tcase_add_test(t, action_keeps_its_words);
    tcase_add_test(t, nothing_to_add_names_the_item);
    tcase_add_test(t, listed_help_is_proposed);
    tcase_add_test(t, search_records_nothing);
    tcase_add_test(t, wrong_key_says_so);
    tcase_add_test(t, edit_and_back);
    tcase_add_test(t, positions);
    tcase_add_test(t, sign_off);
    tcase_add_loop_test(t, looks, 0, (int)NITEMS(states) * 3);
    tcase_add_test(t, every_size);
    suite_add_tcase(s, t);
    return s;
}
