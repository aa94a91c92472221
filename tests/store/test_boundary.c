/* A handle for one person: that nothing else can be had of it. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "data/db.h"
#include "reviewing.h"

Suite *suite_boundary(void);

static const char *const forbidden[] = {
    "SELECT * FROM action", "SELECT text FROM main.action", "SELECT * FROM event", "SELECT payload FROM event", "SELECT * FROM draft", "SELECT * FROM entry",
    "SELECT * FROM meeting", "SELECT * FROM attendee", "SELECT * FROM child", "SELECT * FROM visit", "SELECT * FROM tally", "SELECT * FROM chain", "SELECT * FROM device",
    "SELECT * FROM same_person", "SELECT * FROM action_key", "SELECT * FROM derived", "SELECT count(*) FROM action", "SELECT 1 FROM event", "SELECT * FROM sqlite_master",
    "SELECT * FROM sqlite_temp_master", "SELECT * FROM pragma_table_info('action')", "SELECT * FROM sqlite_schema",
    "WITH own_action AS (SELECT * FROM main.action) SELECT * FROM own_action", "SELECT * FROM temp.own_action JOIN main.action USING (id)",
    "SELECT (SELECT payload FROM event LIMIT 1) FROM temp.own_action", "SELECT * FROM temp.own_action ORDER BY (SELECT max(text) FROM main.action)",
    "INSERT INTO event SELECT * FROM event", "INSERT INTO temp.own_place VALUES ('a', 'b')", "INSERT INTO temp.own_action SELECT * FROM temp.own_action",
    "INSERT INTO draft VALUES ('000000000000000000000000000000000000', 'x', 'x', 0, 0)", "INSERT INTO visit (visit, utc_ms, what) VALUES ('000000000000000000000000000000000000', 0, 'x')",
    "UPDATE action SET text = 'x'", "UPDATE temp.own_action SET text = 'x'", "UPDATE temp.own_person SET id = 'x'", "UPDATE draft SET text = 'x'", "UPDATE device SET seq = 0",
    "DELETE FROM action", "DELETE FROM event", "DELETE FROM draft", "DELETE FROM visit", "DELETE FROM temp.own_place", "DELETE FROM chain",
    "ATTACH ':memory:' AS other", "DETACH main", "PRAGMA writable_schema = ON", "PRAGMA query_only = OFF", "PRAGMA database_list", "PRAGMA user_version = 99", "PRAGMA journal_mode = OFF",
    "PRAGMA table_info(action)", "PRAGMA data_version = 1", "CREATE TEMP VIEW v AS SELECT * FROM action", "CREATE TEMP TABLE t AS SELECT * FROM action", "CREATE TABLE t (a)",
    "CREATE TEMP TRIGGER t AFTER INSERT ON event BEGIN SELECT 1; END", "DROP TRIGGER temp.own_event", "DROP TABLE temp.own_person", "ALTER TABLE action ADD COLUMN x", "REINDEX", "ANALYZE", "VACUUM",
    "VACUUM INTO 'copy.db'", "SELECT load_extension('x')", "SELECT readfile('/etc/passwd')", "SELECT writefile('x', 'y')", "SELECT random()", "SELECT hex(text) FROM temp.own_action",
    "SAVEPOINT s", "CREATE VIRTUAL TABLE v USING fts5(a)", "SELECT fts3_tokenizer('x')", "EXPLAIN SELECT * FROM action",
};

static int ask_raw(const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(review->db, sql, -1, &stmt, NULL);
    while (rc == SQLITE_OK) {
        rc = sqlite3_step(stmt);
        if (rc == SQLITE_ROW) {
            sqlite3_finalize(stmt);
            return SQLITE_ROW;
        }
        if (rc == SQLITE_DONE) {
            sqlite3_finalize(stmt);
            return SQLITE_DONE;
        }
    }
    sqlite3_finalize(stmt);
    return rc;
}

START_TEST(raw_sql_gets_nothing)
{
    bring(text_of("Tobi Okafor / T.O.", "2026-10-21", people, "14:01 A: Patel, one\n14:02 A: Grace Okafor, two\n"));
    review = open_as(id_of("Anita Patel"));
    ck_assert_uint_eq(own(review, true).n, 1);
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
        int rc = ask_raw(forbidden[i]);
        ck_assert_msg(rc != SQLITE_ROW && rc != SQLITE_DONE, "%s: was let through (%d)", forbidden[i], rc);
    }
    ck_assert_int_eq(ask_raw("SELECT text FROM temp.own_action"), SQLITE_ROW); /* the same way of asking does get what is theirs */
    must(review_note(review, action_of("one"), "still well", &fx.err));
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) /* nor after a change, which opened more for a moment */
        ck_assert_msg(ask_raw(forbidden[i]) != SQLITE_ROW, "%s", forbidden[i]);
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
}
END_TEST

static bool no_row(void *data, const struct action_row *row)
{
    (void)row;
    *(bool *)data = true;
    return true;
}

#define refused(call) do { \
        fx.err = (struct err){0}; \
        enum evh refused_with = (call); \
        ck_assert_msg(refused_with == EVH_STATE, "%s: %d %s", #call, (int)refused_with, fx.err.text); \
        ck_assert_msg(strstr(fx.err.text, "one person") != NULL, "%s: %s", #call, fx.err.text); \
    } while (0)

/* Each of these is called as anybody could, with a meeting and an action that are there. */
static void reading_is_refused(struct uuid m, struct uuid one)
{
    struct meeting_rows meetings;
    struct action_filter f = {.all = true, .due_before = DAY_NONE, .unmasked = true};
    struct action_rows rows;
    struct action_ids ids;
    struct action_row row;
    struct action_counts counts;
    struct action_picture picture;
    struct person_rows persons;
    struct person_row person;
    struct visit_rows visits;
    struct hits hits;
    struct match *match = NULL;
    struct record *record;
    struct uuid id;
    bool called = false;
    char text[UUID_TEXT];
    uuid_text(one, text);
    refused(store_meetings(review, fx.arena, NULL, 0, &meetings, &fx.err));
    refused(store_unsigned(review, fx.arena, NULL, 0, 0, &meetings, &fx.err));
    refused(store_file_meetings(review, fx.arena, m, &meetings, &fx.err));
    refused(store_find_meeting(review, "last", &id, &fx.err));
    refused(store_record(review, m, &record, &fx.err));
    refused(store_actions(review, fx.arena, &f, &rows, &fx.err));
    refused(store_actions_each(review, &f, no_row, &called, &fx.err));
    struct action_lines lines = {0};
    refused(store_action_lines(review, fx.arena, &f, &lines, &fx.err));
    ck_assert(!called);
    refused(store_action_ids(review, fx.arena, &f, &ids, &fx.err));
    refused(store_action_rows(review, fx.arena, &one, 1, true, &rows, &fx.err));
    refused(store_action_counts(review, &counts, &fx.err));
    refused(store_action_picture(review, fx.arena, NULL, 0, &picture, &fx.err));
    refused(store_find_action(review, fx.arena, text, &row, &fx.err));
    refused(store_people(review, fx.arena, NULL, &persons, &fx.err));
    refused(store_find_person(review, fx.arena, "Anita Patel", &person, &fx.err));
    refused(store_visits(review, fx.arena, &(struct visit_filter){.since = DAY_NONE}, &visits, &fx.err));
    must(match_new(&match, "one", 3, 0, &fx.err));
    refused(store_search(review, fx.arena, match, &(struct search_filter){.restricted = true}, &hits, &fx.err));
    match_free(match);
}

static void care_is_refused(void)
{
    struct buf dump = {0};
    struct doctor_report report = {0};
    bool changed = false;
    refused(store_rebuild(review, &changed, &fx.err));
    refused(store_dump_derived(review, &dump, &fx.err));
    ck_assert_uint_eq(dump.n, 0);
    refused(store_doctor(review, fx.arena, &report, &fx.err));
    refused(store_backup(review, fixture_path("copy.db"), true, &fx.err));
    ck_assert_int_eq(store_reopen(review, &fx.err), EVH_STATE);
}

static void changing_is_refused(struct uuid m, struct uuid one)
{
    struct session session;
    struct plan plan = {0};
    struct notices notices = {0};
    struct op_import imported;
    struct action_edit edit = {.change = "done", .on = DAY_NONE, .due = DAY_NONE, .due_time = TIME_NONE};
    const char *text = text_of("A B", "2026-01-01", people, ""), *filed = NULL;
    const char *head[][2] = {{"meeting", "tac"}, {"child", "A B"}, {"date", "2026-01-01"}};
    struct plan new_plan = {.head = head, .nhead = 3};
    struct uuid id;
    refused(op_import(review, &fx.types, text, strlen(text), false, fx.arena, &notices, &imported, &fx.err));
    refused(op_plan_from(review, &fx.types, m, fx.arena, &plan, &fx.err));
    refused(op_plan(review, &fx.types, &new_plan, fx.arena, &id, &filed, &notices, &fx.err));
    refused(op_action(review, one, &edit, &fx.err));
    refused(op_actions(review, &one, 1, &edit, &fx.err));
    refused(op_action_undo(review, one, false, &fx.err));
    refused(op_actions_undo(review, &one, 1, false, &fx.err));
    refused(op_person_join(review, one, m, "x", &fx.err));
    refused(op_person_split(review, one, m, "x", &fx.err));
    refused(op_sign(review, m, "Anita Patel", "signed", NULL, DAY_NONE, &fx.err));
    refused(op_file_join(review, m, 0, one, "x", &fx.err));
    refused(op_file_split(review, m, 0, "x", &fx.err));
    refused(session_open(&session, review, &fx.types, m, true, &fx.err));
    refused(store_set_visitor(review, &(struct visitor){.person = m, .name = "x"}, &fx.err));
}

START_TEST(every_other_function_refuses)
{
    struct uuid m = bring(text_of("Tobi Okafor / T.O.", "2026-10-21", people, "14:01 A: Patel, one\n14:02 A: Grace Okafor, two\n"));
    struct uuid one = action_of("one");
    review = open_as(id_of("Anita Patel"));
    reading_is_refused(m, one);
    care_is_refused();
    changing_is_refused(m, one);
    ck_assert_uint_eq(own(review, true).n, 1); /* and still works */
    ck_assert_int_eq(ask_number("SELECT count(*) FROM event WHERE author = 'Anita Patel'"), 0);
}
END_TEST

START_TEST(drafts_are_their_own)
{
    struct uuid m = bring(text_of("Tobi Okafor / T.O.", "2026-10-21", people, "14:01 A: Patel, one\n14:02 A: Grace Okafor, two\n"));
    must(store_draft_save_at(fx.store, m, "note", "of the minute-taker", 3, &fx.err));
    review = open_as(id_of("Anita Patel"));
    struct store *other = open_as(id_of("Grace Okafor"));
    struct draft draft;
    const char *place;
    must(store_draft_load_at(review, fx.arena, m, "note", &draft, &fx.err));
    ck_assert_ptr_null(draft.text);
    must(store_draft_place(review, fx.arena, m, "", &place, &fx.err));
    ck_assert_ptr_null(place);
    must(store_draft_save_at(review, m, "note", "mine", 4, &fx.err));
    must(store_draft_load_at(other, fx.arena, m, "note", &draft, &fx.err));
    ck_assert_ptr_null(draft.text);
    must(store_draft_save_at(other, m, "note", "", 0, &fx.err));
    must(store_draft_load_at(review, fx.arena, (struct uuid){{0}}, "note", &draft, &fx.err)); /* whatever the meeting */
    ck_assert_str_eq(draft.text, "mine");
    must(store_draft_load_at(fx.store, fx.arena, m, "note", &draft, &fx.err));
    ck_assert_str_eq(draft.text, "of the minute-taker");
    must(store_draft_save(review, m, "a line", 1, &fx.err));
    ck_assert(store_draft_there(review, m));
    store_close(other);
    must(store_retry(review, &fx.err));
}
END_TEST

START_TEST(visits_say_who)
{
    struct uuid m = bring(text_of("Tobi Okafor / T.O.", "2026-10-21", people, "14:01 A: Patel, one\n"));
    struct uuid id = id_of("Anita Patel");
    review = open_as(id);
    must(store_set_visitor(review, &(struct visitor){.person = id, .name = "The Queen", .peer = "192.0.2.1", .fingerprint = "SHA256:abc"}, &fx.err));
    must(store_visit(review, "began", (struct uuid){{0}}, &fx.err));
    must(store_visit(review, "action", m, &fx.err));
    must(store_visit(review, "action", m, &fx.err));
    struct visit_rows rows = {0};
    must(store_visits(fx.store, fx.arena, &(struct visit_filter){.since = DAY_NONE}, &rows, &fx.err));
    ck_assert_uint_eq(rows.n, 2);
    ck_assert_str_eq(rows.v[0].what, "action");
    ck_assert_str_eq(rows.v[0].child, "T.O.");
    ck_assert_str_eq(rows.v[0].name, "Anita Patel");
    ck_assert_str_eq(rows.v[0].fingerprint, "SHA256:abc");
    ck_assert(uuid_same(rows.v[1].person, id));
}
END_TEST

/* A list is a visit to each of its meetings, once. */
START_TEST(lists_are_visits)
{
    struct uuid one = bring(text_of("Tobi Okafor / T.O.", "2026-10-21", people, "14:01 A: Patel, one, by 2 Nov\n14:02 A: Patel, two, by 3 Nov\n"));
    struct uuid other = bring(text_of("Tobi Okafor / T.O.", "2026-10-22", people, "14:01 A: Patel, three, by 4 Nov\n"));
    struct visit_rows rows = {0};
    struct action_rows none = {0};
    review = open_as(id_of("Anita Patel"));
    struct action_rows shown = own(review, true);
    ck_assert_uint_eq(shown.n, 3);
    must(review_shown(review, &none, &fx.err));
    must(review_shown(review, &shown, &fx.err));
    must(review_shown(review, &shown, &fx.err));
    must(store_visits(fx.store, fx.arena, &(struct visit_filter){.since = DAY_NONE}, &rows, &fx.err));
    ck_assert_uint_eq(rows.n, 2);
    ck_assert_str_eq(rows.v[0].what, "actions");
    ck_assert(uuid_same(rows.v[0].meeting, other));
    ck_assert(uuid_same(rows.v[1].meeting, one));
    ck_assert_int_eq(review_shown(fx.store, &shown, &fx.err), EVH_STATE); /* not for one person */
}
END_TEST

START_TEST(two_at_once)
{
    bring(text_of("Tobi Okafor / T.O.", "2026-10-21", people, "14:01 A: Patel, one\n14:02 A: Grace Okafor, two\n"));
    struct uuid one = action_of("one"), two = action_of("two");
    review = open_as(id_of("Anita Patel"));
    struct store *again = open_as(id_of("Anita Patel")), *other = open_as(id_of("Grace Okafor"));
    int64_t version = store_version(review);
    for (int i = 0; i < 5; i++) {
        must(review_note(review, one, "here", &fx.err));
        must(review_note(again, one, "there", &fx.err));
        must(review_note(other, two, "mine", &fx.err));
    }
    ck_assert_int_ne(store_version(review), version);
    ck_assert_uint_eq(story(review, one).nhistory, 10);
    ck_assert_uint_eq(story(again, one).nhistory, 10);
    must(review_undo(again, false, NULL, &fx.err)); /* its own, not the last */
    ck_assert_uint_eq(story(review, one).nhistory, 9);
    ck_assert_uint_eq(story(other, two).nhistory, 5);
    must(store_look(review, &fx.err));
    ck_assert_uint_eq(own(review, true).n, 1);
    ck_assert_uint_eq(story(review, one).nhistory, 9);
    store_looked(review);
    ck_assert_uint_eq(own(review, true).n, 1);
    store_close(again);
    store_close(other);
    fixture_same();
}
END_TEST

START_TEST(opening)
{
    struct store *s = NULL;
    struct uuid none = {{1, 2, 3}};
    ck_assert_int_eq(store_open_review(&s, fx.data, none, &fx.world, &fx.err), EVH_NOTFOUND);
    ck_assert_int_eq(store_open_review(&s, fx.data, (struct uuid){{0}}, &fx.world, &fx.err), EVH_NOTFOUND);
    ck_assert_int_eq(store_open_review(&s, fixture_path("nowhere"), none, &fx.world, &fx.err), EVH_NOTFOUND);
    bring(text_of("Tobi Okafor", "2026-10-21", people, "14:01 A: Patel, one\n"));
    struct uuid id = id_of("Anita Patel");
    tamper("PRAGMA user_version = 3");
    ck_assert_int_eq(store_open_review(&s, fx.data, id, &fx.world, &fx.err), EVH_STATE);
    tamper("PRAGMA user_version = 99");
    ck_assert_int_eq(store_open_review(&s, fx.data, id, &fx.world, &fx.err), EVH_NEWER);
    tamper("PRAGMA user_version = 4; UPDATE derived SET stamp = 'old'");
    ck_assert_int_eq(store_open_review(&s, fx.data, id, &fx.world, &fx.err), EVH_STATE);
    ck_assert_int_eq(ask_number("SELECT stamp = 'old' FROM derived"), 1); /* nothing was made again */
    store_close(fx.store);
    must(store_open(&fx.store, fx.data, STORE_WRITE, &fx.world, &fx.err));
    review = open_as(id);
    ck_assert_int_eq(review_actions(fx.store, fx.arena, true, &(struct action_rows){0}, &fx.err), EVH_STATE);
    ck_assert_int_eq(review_note(fx.store, id, "x", &fx.err), EVH_STATE);
}
END_TEST

static void names_no_place(void)
{
    ck_assert_str_ne(fx.err.text, "");
    ck_assert_msg(strchr(fx.err.text, '/') == NULL && strstr(fx.err.text, ".db") == NULL, "%s", fx.err.text);
    fx.err = (struct err){0};
}

/* Where the records lie on the server is nobody's business on the other side of the line. */
START_TEST(no_place_is_named)
{
    struct store *s = NULL;
    bring(text_of("Tobi Okafor", "2026-10-21", people, "14:01 A: Patel, one\n"));
    struct uuid id = id_of("Anita Patel"), one = action_of("one");
    review = open_as(id);
    const char *db = fx.store->path, *away = arena_printf(fx.arena, "%s.away", fx.store->path);
    ck_assert_int_eq(store_open_review(&s, fixture_path("nowhere"), id, &fx.world, &fx.err), EVH_NOTFOUND);
    names_no_place();
    ck_assert_int_eq(rename(db, away), 0);
    ck_assert_int_eq(store_open_review(&s, fx.data, id, &fx.world, &fx.err), EVH_NOTFOUND);
    names_no_place();
    ck_assert_int_eq(review_note(review, one, "x", &fx.err), EVH_IO);
    names_no_place();
    ck_assert_int_eq(store_retry(review, &fx.err), EVH_IO);
    names_no_place();
    ck_assert_int_eq(rename(away, db), 0);
    ck_assert_int_eq(chmod(db, 0666), 0);
    ck_assert_int_eq(store_open_review(&s, fx.data, id, &fx.world, &fx.err), EVH_IO);
    names_no_place();
    review->doubtful = true;
    ck_assert_int_eq(review_note(review, one, "x", &fx.err), EVH_IO);
    names_no_place();
    ck_assert_int_eq(chmod(db, 0600), 0);
    static const char *const spoilt[] = {"PRAGMA user_version = 3", "PRAGMA user_version = 99", "PRAGMA user_version = 4; PRAGMA application_id = 5"};
    for (size_t i = 0; i < sizeof spoilt / sizeof spoilt[0]; i++) {
        tamper(spoilt[i]);
        ck_assert_int_ne(store_open_review(&s, fx.data, id, &fx.world, &fx.err), EVH_OK);
        names_no_place();
    }
}
END_TEST

/* After the disk failed the connection is made anew, in whatever is going on: that goes on, and is guarded as before. */
START_TEST(opened_again_in_the_midst)
{
    struct uuid m = bring(text_of("Tobi Okafor", "2026-10-21", people, "14:01 A: Patel, one\n14:02 A: Grace Okafor, two\n"));
    struct uuid one = action_of("one");
    struct draft draft = {0};
    review = open_as(id_of("Anita Patel"));
    review->doubtful = true;
    must(review_note(review, one, "first", &fx.err));
    review->doubtful = true;
    must(store_draft_save_at(review, m, "note", "half", 4, &fx.err));
    review->doubtful = true;
    must(store_visit(review, "action", m, &fx.err));
    review->doubtful = true;
    must(review_undo(review, false, NULL, &fx.err));
    review->doubtful = true;
    ck_assert_uint_eq(own(review, true).n, 1);
    must(store_draft_load_at(review, fx.arena, m, "note", &draft, &fx.err));
    ck_assert_str_eq(draft.text, "half");
    for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++)
        ck_assert_msg(ask_raw(forbidden[i]) != SQLITE_ROW, "%s", forbidden[i]);
}
END_TEST

Suite *suite_boundary(void)
{
    Suite *s = suite_create("boundary");
    TCase *t = tcase_create("boundary");
    tcase_add_checked_fixture(t, reviewing_setup, reviewing_teardown);
    tcase_add_test(t, raw_sql_gets_nothing);
    tcase_add_test(t, every_other_function_refuses);
    tcase_add_test(t, drafts_are_their_own);
    tcase_add_test(t, visits_say_who);
    tcase_add_test(t, lists_are_visits);
    tcase_add_test(t, two_at_once);
    tcase_add_test(t, opening);
    tcase_add_test(t, no_place_is_named);
    tcase_add_test(t, opened_again_in_the_midst);
    suite_add_tcase(s, t);
    return s;
}
