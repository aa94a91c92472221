/* Who is who: the same name in one child's file, and what somebody said across files. */
#include <string.h>

#include "fixture.h"

Suite *suite_person(void);

#define PEOPLE "people:\nAnita Patel | SENCO | Oakfield | chair | 14:00-15:00\nGrace Okafor | mother | family | parent, PR | 14:00-15:00\n"

static const char *text_of(const char *child, const char *date, const char *people, const char *body)
{
    return arena_printf(fx.arena, "evenhand: 1\nmeeting: tac\nchild: %s\ndate: %s\ntime: 14:00-15:00\nkept-by: Ravi Thandi\nkept-as: minutes\n\npeople:\n%s\n# One\n%s",
                        child, date, people, body);
}

static struct person_rows people(const char *name)
{
    struct person_rows rows = {0};
    must(store_people(fx.store, fx.arena, name, &rows, &fx.err));
    return rows;
}

static struct person_row person(const char *words)
{
    struct person_row row = {0};
    must(store_find_person(fx.store, fx.arena, words, &row, &fx.err));
    return row;
}

/* Ids are made of the clock: what comes later is later. */
static struct uuid bring(const char *text)
{
    fx.now.utc_ms += 1000;
    return import(text);
}

static const char *text_id(struct uuid id)
{
    char *text = arena_alloc(fx.arena, UUID_TEXT, 1);
    uuid_text(id, text);
    return text;
}

START_TEST(one_in_one_file)
{
    bring(text_of("Tobi Okafor / T.O.", "2026-09-01", "Anita Patel | SENCO | Oakfield | chair | here\nMei Lin | psychologist | County | professional | here\n", "14:01 A: Patel, one, by 4 Dec\n"));
    bring(text_of("Tobi Okafor / T.O.", "2026-10-01", "ANITA PATEL | head of inclusion | Oakfield | chair | here\nMei Lin | therapist | Clinic | professional | here\n", "14:01 A: Patel, two, by 4 Dec\n14:02 A: Patel, three\n"));
    struct person_rows rows = people("patel");
    ck_assert_uint_eq(rows.n, 1);
    ck_assert_str_eq(rows.v[0].name, "ANITA PATEL"); /* as in the latest meeting */
    ck_assert_str_eq(rows.v[0].role, "head of inclusion");
    ck_assert_str_eq(rows.v[0].children, "T.O.");
    ck_assert_uint_eq(rows.v[0].meetings, 2);
    ck_assert_uint_eq(rows.v[0].files, 1);
    ck_assert_int_eq(rows.v[0].open_actions, 3);
    ck_assert_uint_eq(people("lin").n, 2); /* neither the role nor the organisation is the same */
    ck_assert_uint_eq(people(NULL).n, 4);  /* the child is a person too, once */
    ck_assert_str_eq(people(NULL).v[0].name, "ANITA PATEL");
}
END_TEST

START_TEST(across_files_nobody)
{
    bring(text_of("Tobi Okafor", "2026-09-01", "Anita Patel | SENCO | Oakfield | chair | here\n", "14:01 A: Patel, one\n"));
    bring(text_of("Imran Malik", "2026-10-01", "Anita Patel | SENCO | Oakfield | chair | here\n", "14:01 A: Patel, two\n"));
    struct person_row row;
    ck_assert_uint_eq(people("patel").n, 2);
    ck_assert_int_eq(store_find_person(fx.store, fx.arena, "anita patel", &row, &fx.err), EVH_INVALID);
    struct person_rows two = people("patel");
    ck_assert_ptr_nonnull(strstr(fx.err.text, two.v[0].short_id));
    ck_assert_ptr_nonnull(strstr(fx.err.text, two.v[1].short_id));
    ck_assert_ptr_nonnull(strstr(fx.err.text, "Imran Malik"));
    ck_assert_ptr_nonnull(strstr(fx.err.text, "evenhand person join"));
    ck_assert_int_eq(store_find_person(fx.store, fx.arena, "Patel", &row, &fx.err), EVH_NOTFOUND);
    ck_assert_int_eq(store_find_person(fx.store, fx.arena, "01ff", &row, &fx.err), EVH_NOTFOUND);
}
END_TEST

START_TEST(joined_and_split)
{
    bring(text_of("Tobi Okafor", "2026-09-01", "Anita Patel | SENCO | Oakfield | chair | here\n", "14:01 A: Patel, one\n"));
    struct uuid other = bring(text_of("Imran Malik", "2026-10-01", "Anita Patel | SENCO | Oakfield | chair | here\n", "14:01 A: Patel, two\n"));
    struct person_rows two = people("patel");
    ck_assert_int_eq(op_person_join(fx.store, two.v[0].id, two.v[1].id, "  ", &fx.err), EVH_INVALID);
    must(op_person_join(fx.store, two.v[0].id, two.v[1].id, "one SENCO for both", &fx.err));
    fixture_same();
    ck_assert_int_eq(op_person_join(fx.store, two.v[1].id, two.v[0].id, "again", &fx.err), EVH_STATE);
    struct person_row one = person("Anita Patel");
    ck_assert_uint_eq(one.files, 2);
    ck_assert_int_eq(one.open_actions, 2);
    ck_assert(uuid_same(one.id, two.v[0].id)); /* the earlier */
    ck_assert(uuid_same(person(text_id(two.v[1].id)).id, one.id));
    /* who comes to a file later is that person too */
    bring(text_of("Imran Malik", "2026-11-01", "Anita Patel | SENCO | Oakfield | chair | here\n", "14:01 A: Patel, three\n"));
    ck_assert_uint_eq(person("Anita Patel").meetings, 3);
    must(op_person_split(fx.store, one.id, other, "two people after all", &fx.err));
    fixture_same();
    two = people("patel");
    ck_assert_uint_eq(two.n, 2);
    ck_assert_uint_eq(two.v[0].files, 1);
    ck_assert_uint_eq(two.v[1].meetings, 2); /* those of one file stay together */
    must(op_person_join(fx.store, two.v[1].id, two.v[0].id, "one after all", &fx.err));
    ck_assert_uint_eq(people("patel").n, 1);
    fixture_same();
}
END_TEST

START_TEST(split_inside_a_file)
{
    bring(text_of("Tobi Okafor", "2026-08-01", "James Okafor | brother | family | family | here\n", ""));
    struct uuid m = bring(text_of("Tobi Okafor", "2026-09-01", "James Okafor | father | family | parent | here\n", "14:01 A: James Okafor, one\n"));
    struct person_row one = person("James Okafor");
    ck_assert_uint_eq(one.meetings, 2);
    must(op_person_split(fx.store, one.id, m, "father and son", &fx.err));
    fixture_same();
    ck_assert_uint_eq(people("james").n, 2);
    ck_assert_int_eq(people("james").v[0].open_actions + people("james").v[1].open_actions, 1);
    ck_assert_int_eq(op_person_split(fx.store, people("james").v[1].id, m, "again", &fx.err), EVH_STATE);
}
END_TEST

START_TEST(two_on_one_list)
{
    bring(text_of("Tobi Okafor", "2026-08-01", "James Okafor | father | family | parent | here\n", ""));
    struct uuid m = bring(text_of("Tobi Okafor", "2026-09-01", "James Okafor | father | family | parent | here\nJames Okafor | brother | family | family | here\n", "14:01 A: James Okafor, one\n"));
    (void)m;
    struct person_rows rows = people("james");
    ck_assert_uint_eq(rows.n, 2); /* the organisation does not tell them apart; role and organisation do */
    ck_assert_uint_eq(rows.v[0].meetings + rows.v[1].meetings, 3);
    ck_assert_int_eq(rows.v[0].open_actions + rows.v[1].open_actions, 0); /* nobody can say whose it is */
}
END_TEST

START_TEST(reworded_keeps_the_id)
{
    struct uuid m = bring(text_of("Tobi Okafor", "2026-09-01", "Anita Patel | SENCO | Oakfield | chair | here\n", "14:01 A: Patel, one\n"));
    struct uuid before = person("Anita Patel").id;
    struct session s;
    must(session_open(&s, fx.store, &fx.types, m, false, &fx.err));
    must(session_person(&s, s.record->people[0].id, "Anita Patel-Jones | SENCO | Oakfield | chair | here", &fx.err));
    session_close(&s);
    struct person_row after = person("Anita Patel-Jones");
    ck_assert(uuid_same(after.id, before));
    ck_assert_int_eq(after.open_actions, 1);
    fixture_same();
}
END_TEST

START_TEST(ids_and_prefixes)
{
    bring(text_of("Tobi Okafor", "2026-09-01", &PEOPLE[8], ""));
    struct person_row row = person("grace okafor");
    ck_assert(uuid_same(person(text_id(row.id)).id, row.id));
    ck_assert(uuid_same(person(row.short_id).id, row.id));
    char four[5] = {0};
    memcpy(four, text_id(row.id), 4);
    struct person_row other;
    ck_assert_int_eq(store_find_person(fx.store, fx.arena, four, &other, &fx.err), EVH_INVALID); /* both came in one moment */
}
END_TEST

Suite *suite_person(void)
{
    Suite *s = suite_create("person");
    TCase *t = tcase_create("person");
    tcase_add_checked_fixture(t, fixture_setup, fixture_teardown);
    tcase_add_test(t, one_in_one_file);
    tcase_add_test(t, across_files_nobody);
    tcase_add_test(t, joined_and_split);
    tcase_add_test(t, split_inside_a_file);
    tcase_add_test(t, two_on_one_list);
    tcase_add_test(t, reworded_keeps_the_id);
    tcase_add_test(t, ids_and_prefixes);
    suite_add_tcase(s, t);
    return s;
}
