/* Several lines as one change, and lines of the list that take the place of what is there. */
#include <string.h>

#include "core/notation.h"
#include "core/presence.h"
#include "fixture.h"

Suite *suite_lines(void);

static const char text[] = "evenhand: 1\nmeeting: tac\nchild: Tobi Okafor / T.O.\ndate: 2026-11-24\ntime: 14:00-15:00\nkept-by: Ravi Thandi\n\n"
                           "people:\nAnita Patel | SENCO | Oakfield | chair | 14:00-15:00\nGrace Okafor | mother | family | parent, PR | 14:00-15:00\n"
                           "help: Grace Okafor | advocate | offered 2026-11-12 |  |\ncontact: 2026-11-16 10:20 | text | Grace Okafor | Anita Patel | no reply\n\n"
                           "# Reading\n14:05 R: The school adds a slip.\n";

static struct session s;

static void setup(void)
{
    fixture_setup();
    struct op_import out = {0};
    struct notices notices = {0};
    must(op_import(fx.store, &fx.types, text, strlen(text), false, fx.arena, &notices, &out, &fx.err));
    must(session_open(&s, fx.store, &fx.types, out.id, true, &fx.err));
}

static void teardown(void)
{
    session_close(&s);
    fixture_teardown();
}

static const char *printed(const struct record *record)
{
    struct buf b = {0};
    notation_print(&b, record);
    const char *copy = arena_strndup(fx.arena, buf_str(&b), b.n);
    buf_free(&b);
    return copy;
}

static void same_as_stored(void)
{
    struct record *stored = record_of(s.record->id);
    ck_assert_str_eq(printed(s.record), printed(stored));
    record_free(stored);
    fixture_same();
}

static const char *const new_person[] = {"people:", "Jo Ash | social worker | | professional", "", "+Jo Ash"};

/* The second line knows whom the first put on the list, and one undo takes both back. */
START_TEST(one_change)
{
    const char *before = printed(s.record);
    must(session_lines(&s, new_person, NITEMS(new_person), &fx.err));
    ck_assert_uint_eq(s.notices.n, 0);
    const struct attendee *jo = record_person(s.record, "Jo Ash");
    ck_assert_ptr_nonnull(jo);
    ck_assert_int_eq(s.record->entries[s.record->nentries - 1].kind, ENTRY_ARRIVES);
    ck_assert_str_eq(s.record->entries[s.record->nentries - 1].speaker, "Jo Ash");
    same_as_stored();
    must(session_undo(&s, false, &fx.err));
    ck_assert_str_eq(printed(s.record), before);
    same_as_stored();
}
END_TEST

START_TEST(all_or_none)
{
    const char *before = printed(s.record);
    size_t facts = s.log.n;
    tamper("CREATE TRIGGER broken BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'broken'); END");
    ck_assert_int_ne(session_lines(&s, new_person, NITEMS(new_person), &fx.err), EVH_OK);
    tamper("DROP TRIGGER broken");
    ck_assert_str_eq(printed(s.record), before);
    ck_assert_uint_eq(s.log.n, facts);
    same_as_stored();
    must(session_lines(&s, new_person, NITEMS(new_person), &fx.err));
    same_as_stored();
}
END_TEST

/* What is typed next still belongs to the line that was typed, and the half-typed line stays on disk. */
START_TEST(beside_what_is_typed)
{
    static const char decision[] = "14:10 R: We meet in January.", position[] = "  - Anita Patel: agrees";
    struct draft draft = {0};
    must(session_line(&s, decision, strlen(decision), &fx.err));
    must(store_draft_save(fx.store, s.record->id, "  - Pat", 7, &fx.err));
    must(session_lines(&s, new_person, NITEMS(new_person), &fx.err));
    must(store_draft_load(fx.store, fx.arena, s.record->id, &draft, &fx.err));
    ck_assert_str_eq(draft.text, "  - Pat");
    must(session_line(&s, position, strlen(position), &fx.err));
    ck_assert_uint_eq(s.record->entries[1].npositions, 1);
    same_as_stored();
}
END_TEST

START_TEST(takes_the_place)
{
    struct uuid help = s.record->help[0].id, contact = s.record->contacts[0].id;
    must(session_person(&s, help, "help: Grace Okafor | advocate | offered 2026-11-12 | accepted 2026-11-24 | ", &fx.err));
    must(session_person(&s, contact, "contact: 2026-11-16 10:20 | text | Grace Okafor | Anita Patel | spoke", &fx.err));
    ck_assert_uint_eq(s.record->nhelp, 1);
    ck_assert_str_eq(s.record->help[0].outcome, "accepted");
    ck_assert_uint_eq(s.record->ncontacts, 1);
    ck_assert_str_eq(s.record->contacts[0].result, "spoke");
    must(session_person(&s, help, "help: Grace Okafor | advocate | offered 2026-11-12 | declined | ", &fx.err)); /* and again */
    ck_assert_uint_eq(s.record->nhelp, 1);
    ck_assert_str_eq(s.record->help[0].outcome, "declined");
    same_as_stored();
    must(session_undo(&s, false, &fx.err));
    ck_assert_str_eq(s.record->help[0].outcome, "accepted");
    same_as_stored();
}
END_TEST

/* A line of another kind takes nobody's place. */
START_TEST(another_kind_is_added)
{
    struct uuid anita = s.record->people[0].id;
    must(session_person(&s, anita, "help: Grace Okafor | interpreter | not offered |  | ", &fx.err));
    ck_assert_uint_eq(s.record->nhelp, 2);
    ck_assert_str_eq(s.record->people[0].name, "Anita Patel");
    same_as_stored();
}
END_TEST

Suite *suite_lines(void)
{
    Suite *suite = suite_create("lines");
    TCase *t = tcase_create("lines");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, one_change);
    tcase_add_test(t, all_or_none);
    tcase_add_test(t, beside_what_is_typed);
    tcase_add_test(t, takes_the_place);
    tcase_add_test(t, another_kind_is_added);
    suite_add_tcase(suite, t);
    return suite;
}
