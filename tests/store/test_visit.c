/* Who used this and what they opened; and that whoever was named is the author. */
#include <sqlite3.h>
#include <string.h>

#include "fixture.h"

Suite *suite_visit(void);

static const struct uuid anita = {{1, 2, 3}}, nothing;

static struct visit_rows visits(struct visit_filter f)
{
    struct visit_rows rows = {0};
    must(store_visits(fx.store, fx.arena, &f, &rows, &fx.err));
    return rows;
}

static struct visit_filter all(void)
{
    return (struct visit_filter){.since = DAY_NONE};
}

START_TEST(written_once_each)
{
    struct uuid m = import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes", "# One\n"));
    struct uuid other = import(meeting_text("Imran Malik", "2026-10-22", "minutes", "# One\n"));
    ck_assert_ptr_null(store_visitor(fx.store));
    must(store_set_visitor(fx.store, &(struct visitor){.person = anita, .name = " Anita\tPatel ", .peer = "192.0.2.1", .fingerprint = ""}, &fx.err));
    ck_assert_str_eq(store_visitor(fx.store)->name, "Anita Patel");
    ck_assert_ptr_null(store_visitor(fx.store)->fingerprint);
    must(store_visit(fx.store, "began", nothing, &fx.err));
    must(store_visit(fx.store, "meeting", m, &fx.err));
    must(store_visit(fx.store, "minutes", m, &fx.err));
    must(store_visit(fx.store, "meeting", m, &fx.err));
    must(store_visit(fx.store, "meeting", other, &fx.err));
    must(store_visit(fx.store, "ended", nothing, &fx.err));
    struct visit_rows rows = visits(all());
    ck_assert_uint_eq(rows.n, 5);
    ck_assert_str_eq(rows.v[0].what, "ended"); /* newest first */
    ck_assert_str_eq(rows.v[1].child, "Imran Malik");
    ck_assert_str_eq(rows.v[3].what, "meeting");
    ck_assert(uuid_same(rows.v[3].meeting, m));
    ck_assert_ptr_nonnull(rows.v[3].short_id);
    ck_assert_int_eq(rows.v[3].date, civil_day((struct civil){2026, 10, 21}));
    ck_assert_str_eq(rows.v[4].peer, "192.0.2.1");
    ck_assert(uuid_same(rows.v[4].person, anita));
    ck_assert_int_eq(rows.v[4].utc_ms, fx.now.utc_ms);
    ck_assert_int_eq(store_visit(fx.store, "", m, &fx.err), EVH_INVALID);
    ck_assert_int_eq(store_visit(fx.store, "a\nb", m, &fx.err), EVH_INVALID);
    ck_assert_int_eq(store_visit(fx.store, "0123456789012345678901234567890123456789x", m, &fx.err), EVH_INVALID);
}
END_TEST

START_TEST(found_again)
{
    struct uuid m = import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes", "# One\n"));
    must(store_visit(fx.store, "meeting", m, &fx.err)); /* before anybody was named */
    must(store_set_visitor(fx.store, &(struct visitor){.name = "Müller"}, &fx.err));
    fx.now.utc_ms += 86400000;
    must(store_visit(fx.store, "minutes", m, &fx.err));
    must(store_visit(fx.store, "began", nothing, &fx.err));
    struct visit_filter f = all();
    f.who = " muller ";
    ck_assert_uint_eq(visits(f).n, 2);
    f.who = NULL;
    f.child = "okafor";
    ck_assert_uint_eq(visits(f).n, 2);
    f.limit = 1;
    ck_assert_uint_eq(visits(f).n, 1);
    ck_assert_str_eq(visits(f).v[0].what, "minutes");
    f = all();
    f.since = (int32_t)(fx.now.utc_ms / 86400000);
    ck_assert_uint_eq(visits(f).n, 2);
    ck_assert_ptr_null(visits(all()).v[2].name);
}
END_TEST

static bool let_through(const char *sql)
{
    sqlite3 *db = NULL;
    ck_assert_int_eq(sqlite3_open(arena_printf(fx.arena, "%s/evenhand.db", fx.data), &db), SQLITE_OK);
    bool done = sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
    sqlite3_close(db);
    return done;
}

START_TEST(never_changed)
{
    must(store_visit(fx.store, "began", nothing, &fx.err));
    ck_assert(!let_through("UPDATE visit SET what = 'nothing'"));
    ck_assert(!let_through("DELETE FROM visit"));
    ck_assert(!let_through("INSERT INTO visit (visit, utc_ms, what) VALUES ('short', 0, 'x')"));
    ck_assert_uint_eq(visits(all()).n, 1);
    bool changed = true;
    must(store_rebuild(fx.store, &changed, &fx.err));
    ck_assert(!changed);
    ck_assert_uint_eq(visits(all()).n, 1);
}
END_TEST

START_TEST(no_backup_and_nothing_to_undo)
{
    struct uuid m = import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes", "# One\n14:01 one\n"));
    store_close(fx.store);
    must(store_open(&fx.store, fx.data, STORE_WRITE, &fx.world, &fx.err));
    long long events = ask_number("SELECT count(*) FROM event");
    must(store_visit(fx.store, "meeting", m, &fx.err));
    ck_assert_int_eq(ask_number("SELECT count(*) FROM event"), events);
    store_close(fx.store);
    fx.store = NULL;
    must(store_open(&fx.store, fx.data, STORE_READ, &fx.world, &fx.err));
    ck_assert_int_eq(store_visit(fx.store, "minutes", m, &fx.err), EVH_STATE); /* for reading only */
    ck_assert_uint_eq(visits(all()).n, 1);
    store_close(fx.store);
    must(store_open(&fx.store, fx.data, STORE_WRITE, &fx.world, &fx.err));
}
END_TEST

START_TEST(named_is_the_author)
{
    struct uuid m = import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes", "# One\n14:01 A: Patel, one\n"));
    must(store_set_visitor(fx.store, &(struct visitor){.name = "account"}, &fx.err));
    struct session s;
    must(session_open(&s, fx.store, &fx.types, m, false, &fx.err));
    must(session_line(&s, "14:02 by the account", 20, &fx.err));
    session_close(&s);
    ck_assert_int_eq(ask_number("SELECT count(*) FROM event WHERE author <> 'Ravi Thandi'"), 0); /* an account is no person */
    must(store_set_visitor(fx.store, &(struct visitor){.person = anita, .name = "Grace Okafor"}, &fx.err));
    must(session_open(&s, fx.store, &fx.types, m, false, &fx.err));
    must(session_line(&s, "14:03 by her", 12, &fx.err));
    session_close(&s);
    ck_assert_int_ge(ask_number("SELECT count(*) FROM event WHERE author = 'Grace Okafor'"), 1);
}
END_TEST

Suite *suite_visit(void)
{
    Suite *s = suite_create("visit");
    TCase *t = tcase_create("visit");
    tcase_add_checked_fixture(t, fixture_setup, fixture_teardown);
    tcase_add_test(t, written_once_each);
    tcase_add_test(t, found_again);
    tcase_add_test(t, never_changed);
    tcase_add_test(t, no_backup_and_nothing_to_undo);
    tcase_add_test(t, named_is_the_author);
    suite_add_tcase(s, t);
    return s;
}
