/* Several actions changed together, taken back together and one by one; two programs on the same actions; what rows keep of it. */
#include <string.h>

#include "fixture.h"

Suite *suite_action_group(void);

static const char first[] = "# Reading\n14:02 A: Patel, send the targets home, by 4 Nov => they have them\n14:03 A: Okafor, sign the form, by 28 Oct\n"
                            "14:04 A: Thandi, book the room\n14:06 X: A: Patel, phone the duty desk, by 22 Oct\n";
static const char second[] = "14:02 A: Thandi, find a date, by 6 Nov\n14:03 A: Patel, write it up\n";

static struct uuid one, two;        /* meetings */
static struct uuid a, b, c, x, d, e; /* actions: A1, A2, A3, XA1 of the one; A1, A2 of the other */

static struct uuid nth(struct uuid meeting, size_t n)
{
    struct record *r = record_of(meeting);
    ck_assert_uint_lt(n, r->nentries);
    struct uuid id = r->entries[n].id;
    record_free(r);
    return id;
}

static void setup(void)
{
    fixture_setup();
    one = import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes", first));
    two = import(meeting_text("Ben Smith / B.S.", "2026-11-02", "minutes", second));
    a = nth(one, 0), b = nth(one, 1), c = nth(one, 2), x = nth(one, 3);
    d = nth(two, 0), e = nth(two, 1);
}

static struct action_row row_in(struct store *store, struct uuid id)
{
    char text[UUID_TEXT];
    struct action_row row;
    uuid_text(id, text);
    must(store_find_action(store, fx.arena, text, &row, &fx.err));
    return row;
}

static struct action_row row(struct uuid id)
{
    return row_in(fx.store, id);
}

static struct action_row listed(struct uuid id, bool unmasked)
{
    struct action_rows rows = {0};
    must(store_action_rows(fx.store, fx.arena, &id, 1, unmasked, &rows, &fx.err));
    ck_assert_uint_eq(rows.n, 1);
    return rows.v[0];
}

static struct action_edit edit(const char *change, const char *note)
{
    return (struct action_edit){.change = change, .note = note, .on = DAY_NONE, .due = DAY_NONE, .due_time = TIME_NONE};
}

static enum evh change_in(struct store *store, struct uuid id, const char *change, const char *note)
{
    struct action_edit ed = edit(change, note);
    return op_action(store, id, &ed, &fx.err);
}

static long long changes(void)
{
    return ask_number("SELECT count(*) FROM event WHERE kind IN ('action.changed', 'undone')");
}

static void expect(const char *of_a, const char *of_b, const char *of_d)
{
    ck_assert_str_eq(row(a).status, of_a);
    ck_assert_str_eq(row(b).status, of_b);
    ck_assert_str_eq(row(d).status, of_d);
}

START_TEST(all_of_them)
{
    struct uuid group[] = {d, a, b, a};/* of two meetings, one twice */
    struct action_edit ed = edit("done", "at the table");
    ed.on = civil_day((struct civil){2026, 11, 20});
    must(op_actions(fx.store, group, NITEMS(group), &ed, &fx.err));
    expect("done", "done", "done");
    ck_assert_uint_eq(row(a).nhistory, 1);
    ck_assert_str_eq(row(d).history[0].text, "at the table");
    ck_assert_int_eq(row(d).history[0].date, ed.on);
    ck_assert_int_eq(row(d).finished, ed.on);
    ck_assert_str_eq(row(c).status, "open");
    ck_assert_int_eq(changes(), 3);
    must(op_actions(fx.store, NULL, 0, &ed, &fx.err));
    ck_assert_int_eq(changes(), 3);
    fixture_same();
}
END_TEST

START_TEST(or_none)
{
    must(change_in(fx.store, b, "done", NULL));
    long long before = changes();
    struct buf dump = {0}, after = {0};
    must(store_dump_derived(fx.store, &dump, &fx.err));
    struct uuid refused[] = {a, c, d, b}, unknown[] = {a, two, d};
    struct action_edit ed = edit("done", NULL), nonsense = edit("done with", NULL), due = edit("due", NULL);
    ck_assert_int_eq(op_actions(fx.store, refused, NITEMS(refused), &ed, &fx.err), EVH_STATE);
    ck_assert_msg(strstr(fx.err.text, "A2 of 21 October 2026 (T.O.) is already") != NULL, "%s", fx.err.text);
    ck_assert_int_eq(op_actions(fx.store, unknown, NITEMS(unknown), &ed, &fx.err), EVH_NOTFOUND);
    ck_assert_int_eq(op_actions(fx.store, refused, 2, &nonsense, &fx.err), EVH_INVALID);
    ck_assert_int_eq(op_actions(fx.store, refused, 2, &due, &fx.err), EVH_INVALID);
    ck_assert_int_eq(op_actions_undo(fx.store, refused, NITEMS(refused), false, &fx.err), EVH_STATE);
    ck_assert_msg(strstr(fx.err.text, "A1 of 21 October 2026 (T.O.)") != NULL, "%s", fx.err.text);
    must(store_dump_derived(fx.store, &after, &fx.err));
    ck_assert_str_eq(buf_str(&dump), buf_str(&after));
    ck_assert_int_eq(changes(), before);
    buf_free(&dump);
    buf_free(&after);
}
END_TEST

START_TEST(taken_back_together_and_given_again)
{
    struct uuid group[] = {a, b, d};
    struct action_edit ed = edit("progress", NULL), done = edit("done", NULL);
    must(op_actions(fx.store, group, 3, &ed, &fx.err));
    must(op_actions(fx.store, group, 3, &done, &fx.err));
    must(op_actions_undo(fx.store, group, 3, false, &fx.err));
    expect("in progress", "in progress", "in progress");
    ck_assert_int_eq(row(a).finished, DAY_NONE);
    must(op_actions_undo(fx.store, group, 3, false, &fx.err));
    expect("open", "open", "open");
    ck_assert_int_eq(op_actions_undo(fx.store, group, 3, false, &fx.err), EVH_STATE);
    must(op_actions_undo(fx.store, group, 3, true, &fx.err));
    must(op_actions_undo(fx.store, group, 3, true, &fx.err));
    expect("done", "done", "done");
    ck_assert_int_eq(row(a).finished, fx.now.day);
    ck_assert_int_eq(op_actions_undo(fx.store, group, 3, true, &fx.err), EVH_STATE);
    fixture_same();
}
END_TEST

START_TEST(one_of_a_group_by_itself)
{
    struct uuid group[] = {a, b, d}, others[] = {a, d};
    struct action_edit done = edit("done", NULL);
    must(op_actions(fx.store, group, 3, &done, &fx.err));
    must(op_action_undo(fx.store, b, false, &fx.err));
    expect("done", "open", "done");
    must(op_action_undo(fx.store, b, true, &fx.err));
    expect("done", "done", "done");
    must(op_action_undo(fx.store, a, false, &fx.err));
    ck_assert_int_eq(op_actions_undo(fx.store, group, 3, false, &fx.err), EVH_STATE); /* that of a is taken back already */
    expect("open", "done", "done");
    must(op_action_undo(fx.store, a, true, &fx.err));
    must(op_actions_undo(fx.store, others, 2, false, &fx.err));
    expect("open", "done", "open");
    fixture_same();
}
END_TEST

/* A group is several changes on the live screen: what this program wrote, the last first, and each said in words. */
START_TEST(undo_on_the_live_screen)
{
    struct session s;
    struct uuid group[] = {a, d, b, x};
    struct action_edit done = edit("done", "the “blue” form");
    must(session_open(&s, fx.store, &fx.types, one, true, &fx.err));
    must(session_line(&s, "14:20 One more note.", strlen("14:20 One more note."), &fx.err));
    must(op_actions(fx.store, group, 4, &done, &fx.err));
    must(session_refresh(&s, NULL, &fx.err));
    ck_assert_str_eq(session_undo_says(&s, false), "that the confidential line of 14:06 is done");
    must(session_undo(&s, false, &fx.err));
    ck_assert_str_eq(session_undo_says(&s, false), "that A2 is done: “the “blue” form”");
    must(session_undo(&s, false, &fx.err));
    expect("done", "open", "done");
    ck_assert_str_eq(session_undo_says(&s, false), "that A1 is done: “the “blue” form”");
    must(session_undo(&s, true, &fx.err));
    expect("done", "done", "done");
    must(session_undo(&s, false, &fx.err));
    must(session_undo(&s, false, &fx.err));
    expect("open", "open", "done");
    ck_assert_ptr_nonnull(strstr(session_undo_says(&s, false), "One more note"));
    session_close(&s);
    fixture_same();
}
END_TEST

/* ---- two programs ---- */

static struct store *another(void)
{
    struct store *store = NULL;
    must(store_open(&store, fx.data, STORE_WRITE, &fx.world, &fx.err));
    return store;
}

START_TEST(no_word_is_lost)
{
    struct store *other = another();
    struct uuid group[] = {a, d};
    for (int i = 0; i < 10; i++) {
        struct action_edit note = edit("note", arena_printf(fx.arena, "word %d", i));
        must(op_actions(i % 2 == 0 ? fx.store : other, group, 2, &note, &fx.err));
        must(change_in(i % 2 == 0 ? other : fx.store, b, "note", arena_printf(fx.arena, "mine %d", i)));
    }
    for (struct store *s = fx.store; s != NULL; s = s == fx.store ? other : NULL) {
        ck_assert_uint_eq(row_in(s, a).nhistory, 10);
        ck_assert_uint_eq(row_in(s, b).nhistory, 10);
        ck_assert_uint_eq(row_in(s, d).nhistory, 10);
        for (size_t i = 0; i < 10; i++)
            ck_assert_str_eq(row_in(s, d).history[i].text, arena_printf(fx.arena, "word %zu", i));
    }
    store_close(other);
}
END_TEST

START_TEST(each_takes_back_what_it_did)
{
    must(change_in(fx.store, c, "progress", "before both"));
    struct store *other = another();
    must(change_in(fx.store, a, "done", "posted"));
    must(change_in(other, a, "not-done", "it came back"));
    must(op_action_undo(fx.store, a, false, &fx.err)); /* not the other's word, which came last */
    ck_assert_str_eq(row(a).status, "not done");
    ck_assert_uint_eq(row(a).nhistory, 1);
    ck_assert_int_eq(op_action_undo(fx.store, a, false, &fx.err), EVH_STATE);
    must(op_action_undo(other, a, false, &fx.err));
    ck_assert_str_eq(row(a).status, "open");
    must(op_action_undo(fx.store, a, true, &fx.err));
    ck_assert_str_eq(row(a).status, "done");
    ck_assert_int_eq(op_action_undo(other, b, false, &fx.err), EVH_STATE);
    must(op_action_undo(other, c, false, &fx.err)); /* what was there when it was opened */
    ck_assert_str_eq(row(c).status, "open");
    store_close(other);
    fixture_same();
}
END_TEST

/* Several people, one account: what another person did is not taken back. */
START_TEST(a_visitor_takes_back_their_own)
{
    struct record *r = record_of(one);
    struct visitor anita = {.person = r->people[0].id, .name = "Anita Patel"}, ravi = {.person = r->people[2].id, .name = "Ravi Thandi"};
    record_free(r);
    must(store_set_visitor(fx.store, &anita, &fx.err));
    must(change_in(fx.store, a, "done", NULL));
    struct store *other = another();
    must(store_set_visitor(other, &ravi, &fx.err));
    must(change_in(other, b, "done", NULL));
    ck_assert_int_eq(op_action_undo(other, a, false, &fx.err), EVH_STATE);
    store_close(other);
    other = another();
    must(store_set_visitor(other, &ravi, &fx.err));
    ck_assert_int_eq(op_action_undo(other, a, false, &fx.err), EVH_STATE);
    must(op_action_undo(other, b, false, &fx.err));
    store_close(other);
    expect("done", "open", "open");
    ck_assert_str_eq(row(a).history[0].by, "Anita Patel");
}
END_TEST

/* ---- what a row keeps ---- */

START_TEST(finished_and_disputed)
{
    struct session s;
    struct action_edit done = edit("done", "posted"), again = edit("not-done", "it came back"), note = edit("note", "asked");
    done.on = civil_day((struct civil){2026, 11, 5});
    struct uuid both[] = {a, x};
    must(op_actions(fx.store, both, 2, &done, &fx.err));
    ck_assert_int_eq(listed(a, false).finished, done.on);
    ck_assert_int_eq(listed(x, false).finished, DAY_NONE); /* nothing is told of what is masked */
    ck_assert_int_eq(listed(x, true).finished, done.on);
    must(op_action(fx.store, a, &note, &fx.err));
    ck_assert_int_eq(listed(a, false).finished, done.on);
    must(op_action(fx.store, a, &again, &fx.err));
    ck_assert_int_eq(listed(a, false).finished, DAY_NONE);
    must(op_action_undo(fx.store, a, false, &fx.err));
    ck_assert_int_eq(listed(a, false).finished, done.on);
    must(change_in(fx.store, b, "withdraw", NULL));
    ck_assert_int_eq(listed(b, false).finished, DAY_NONE);
    must(session_open(&s, fx.store, &fx.types, one, false, &fx.err));
    const char *words = "= disputed by Grace Okafor: I never said so", *more = "= disputed by Ravi Thandi: nor I";
    must(session_mark(&s, a, words, strlen(words), &fx.err));
    must(session_mark(&s, a, more, strlen(more), &fx.err));
    must(session_mark(&s, x, words, strlen(words), &fx.err));
    ck_assert_uint_eq(listed(a, false).ndisputes, 2);
    ck_assert_str_eq(listed(a, false).disputes[0].by, "Grace Okafor");
    ck_assert_str_eq(listed(a, false).disputes[0].text, "I never said so");
    ck_assert_str_eq(listed(a, false).disputes[1].by, "Ravi Thandi");
    ck_assert_str_eq(listed(a, false).status, "done"); /* a dispute is no change of the action */
    ck_assert_uint_eq(listed(x, false).ndisputes, 0);
    ck_assert_uint_eq(row(x).ndisputes, 1);
    fixture_same();
    must(session_undo(&s, false, &fx.err));
    must(session_undo(&s, false, &fx.err));
    ck_assert_uint_eq(listed(a, false).ndisputes, 1);
    ck_assert_uint_eq(listed(x, true).ndisputes, 0);
    const char *line = "14:02 A: Thandi, send the ÉCOLE the targets, by 9 Nov => there";
    must(session_edit(&s, a, line, strlen(line), &fx.err));
    session_close(&s);
    struct action_filter f = {.all = true, .due_before = DAY_NONE, .words = "ecole the"};
    struct action_ids ids = {0};
    must(store_action_ids(fx.store, fx.arena, &f, &ids, &fx.err));
    ck_assert_uint_eq(ids.n, 1);
    ck_assert_uint_eq(listed(a, false).ndisputes, 1);
    fixture_same();
    must(op_file_split(fx.store, two, 0, "another child", &fx.err));
    fixture_same();
}
END_TEST

START_TEST(a_dispute_of_an_earlier_line_is_told)
{
    import(meeting_text("Tobi Okafor / T.O.", "2026-11-10", "minutes", "14:02 A<A1 2026-10-21: Patel, send the targets home\n  = disputed by Anita Patel: it was agreed otherwise\n"));
    struct session s;
    const char *words = "= disputed by Grace Okafor: I never said so";
    must(session_open(&s, fx.store, &fx.types, one, false, &fx.err));
    must(session_mark(&s, a, words, strlen(words), &fx.err));
    session_close(&s);
    ck_assert_uint_eq(row(a).ndisputes, 2);
    ck_assert_str_eq(row(a).disputes[0].by, "Grace Okafor");
    ck_assert_str_eq(row(a).disputes[1].by, "Anita Patel");
}
END_TEST

/* The tables of an Evenhand before this one are made again when it is opened, for reading too. */
START_TEST(tables_of_before)
{
    struct action_edit done = edit("done", NULL);
    must(op_action(fx.store, a, &done, &fx.err));
    store_close(fx.store);
    tamper("DROP TABLE action; DROP TABLE tally; CREATE TABLE tally (due INTEGER PRIMARY KEY, open INTEGER);"
           "CREATE TABLE action (id TEXT NOT NULL PRIMARY KEY, meeting TEXT NOT NULL, due INTEGER NOT NULL, due_time INTEGER, meeting_date INTEGER, place INTEGER,"
           " open INTEGER, current INTEGER, history TEXT) STRICT;"
           "CREATE INDEX action_due ON action (due, due_time, meeting_date, meeting, place) WHERE open = 1 AND current = 1;"
           "UPDATE derived SET stamp = 'of another time'");
    must(store_open(&fx.store, fx.data, _i == 0 ? STORE_READ : STORE_WRITE, &fx.world, &fx.err));
    ck_assert_int_eq(listed(a, false).finished, fx.now.day);
    struct action_counts counts;
    must(store_action_counts(fx.store, &counts, &fx.err));
    ck_assert_int_eq(counts.open, 5);
    store_close(fx.store);
    must(store_open(&fx.store, fx.data, STORE_WRITE, &fx.world, &fx.err));
    ck_assert_uint_eq(row(b).nhistory, 0);
    ck_assert_str_eq(row(c).status, "open");
    ck_assert_str_eq(row(e).status, "open");
}
END_TEST

Suite *suite_action_group(void)
{
    Suite *s = suite_create("action_group");
    TCase *t = tcase_create("action_group");
    tcase_add_checked_fixture(t, setup, fixture_teardown);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, all_of_them);
    tcase_add_test(t, or_none);
    tcase_add_test(t, taken_back_together_and_given_again);
    tcase_add_test(t, one_of_a_group_by_itself);
    tcase_add_test(t, undo_on_the_live_screen);
    tcase_add_test(t, no_word_is_lost);
    tcase_add_test(t, each_takes_back_what_it_did);
    tcase_add_test(t, a_visitor_takes_back_their_own);
    tcase_add_test(t, finished_and_disputed);
    tcase_add_test(t, a_dispute_of_an_earlier_line_is_told);
    tcase_add_loop_test(t, tables_of_before, 0, 2);
    suite_add_tcase(s, t);
    return s;
}
