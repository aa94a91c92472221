/* Actions: one change at a time, carried over and shown once, counted and filtered. */
#include <string.h>

#include "fixture.h"

Suite *suite_actions(void);

static const char october[] = "# Reading\n14:02 A: Patel, send the targets home, by 4 Nov\n14:03 A: Okafor, sign the form, by 28 Oct\n14:04 A: Thandi, book the room\n"
                              "14:05 A?: Patel, a taxi, by 30 Oct\n14:06 X: A: Patel, phone the duty desk, by 22 Oct\n";
static const char november[] = "# Last actions\n14:02 A<A1 2026-10-21: Patel, send the targets home, by 4 Dec\n  = 2026-11-20 in progress by Anita Patel: half of them\n"
                               "14:05 A: Okafor, bring the letter, by 1 Dec\n";

static struct action_rows list(struct action_filter f)
{
    struct action_rows rows = {0};
    must(store_actions(fx.store, fx.arena, &f, &rows, &fx.err));
    return rows;
}

static struct action_filter open_ones(void)
{
    return (struct action_filter){.due_before = DAY_NONE};
}

static struct uuid action_id(struct uuid meeting, const char *number)
{
    struct action_filter f = open_ones();
    f.meeting = meeting;
    f.all = true;
    struct action_rows rows = list(f);
    for (size_t i = 0; i < rows.n; i++) {
        if (strcmp(rows.v[i].number, number) == 0)
            return rows.v[i].id;
    }
    ck_abort_msg("no action %s", number);
    return (struct uuid){{0}};
}

static struct action_row find(struct uuid id)
{
    char text[UUID_TEXT];
    struct action_row row;
    uuid_text(id, text);
    must(store_find_action(fx.store, fx.arena, text, &row, &fx.err));
    return row;
}

static enum evh change(struct uuid id, const char *what, const char *note)
{
    struct action_edit edit = {.change = what, .note = note, .on = DAY_NONE, .due = DAY_NONE, .due_time = TIME_NONE};
    return op_action(fx.store, id, &edit, &fx.err);
}

static int32_t day(int month, int d)
{
    return civil_day((struct civil){2026, month, d});
}

START_TEST(soonest_first_and_masked)
{
    import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes", october));
    struct action_rows rows = list(open_ones());
    ck_assert_uint_eq(rows.n, 4); /* not what was only asked for */
    ck_assert_str_eq(rows.v[0].number, "XA1");
    ck_assert_str_eq(rows.v[0].text, "confidential");
    ck_assert(rows.v[0].restricted_masked);
    ck_assert_str_eq(rows.v[1].number, "A2");
    ck_assert_str_eq(rows.v[2].number, "A1");
    ck_assert_str_eq(rows.v[3].number, "A3");
    ck_assert_int_eq(rows.v[3].due, DAY_NONE);
    ck_assert(rows.v[0].overdue && rows.v[1].overdue && rows.v[2].overdue && !rows.v[3].overdue);
    struct action_filter f = open_ones();
    f.unmasked = true;
    ck_assert_str_eq(list(f).v[0].text, "phone the duty desk");
    f.owner = "pat";
    ck_assert_uint_eq(list(f).n, 2);
    f.owner = NULL;
    f.overdue = true;
    ck_assert_uint_eq(list(f).n, 3);
    f.overdue = false;
    f.due_before = day(10, 28);
    ck_assert_uint_eq(list(f).n, 1);
    f.due_before = DAY_NONE;
    f.child = "t.o.";
    ck_assert_uint_eq(list(f).n, 4);
    f.child = "Ben";
    ck_assert_uint_eq(list(f).n, 0);
    f.child = NULL;
    f.all = true;
    ck_assert_uint_eq(list(f).n, 5);
    f.limit = 2;
    ck_assert_uint_eq(list(f).n, 2);
}
END_TEST

START_TEST(counts_follow_every_change)
{
    struct uuid m = import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes", october));
    struct action_counts c;
    must(store_action_counts(fx.store, &c, &fx.err));
    ck_assert_int_eq(c.open, 4);
    ck_assert_int_eq(c.overdue, 3);
    ck_assert_int_eq(c.due_this_week, 0);
    struct action_edit edit = {.change = "due", .note = "half term", .on = DAY_NONE, .due = day(11, 27), .due_time = 12 * 60};
    must(op_action(fx.store, action_id(m, "A1"), &edit, &fx.err));
    must(change(action_id(m, "A2"), "done", NULL));
    must(store_action_counts(fx.store, &c, &fx.err));
    ck_assert_int_eq(c.open, 3);
    ck_assert_int_eq(c.overdue, 1);
    ck_assert_int_eq(c.due_this_week, 1);
    fx.now.day = day(11, 27);
    must(store_action_counts(fx.store, &c, &fx.err));
    ck_assert_int_eq(c.overdue, 2); /* 12:00 is past at 14:00 */
    ck_assert_int_eq(c.due_this_week, 0);
    fx.now.time = 11 * 60;
    must(store_action_counts(fx.store, &c, &fx.err));
    ck_assert_int_eq(c.overdue, 1);
    struct meeting_rows rows = {0};
    must(store_meetings(fx.store, fx.arena, NULL, 0, &rows, &fx.err));
    ck_assert_int_eq(rows.v[0].open_actions, 3);
    ck_assert_int_eq(rows.v[0].overdue, 1);
}
END_TEST

START_TEST(one_change_at_a_time)
{
    struct uuid m = import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes", october));
    struct uuid a = action_id(m, "A1");
    must(change(a, "progress", "half of them"));
    ck_assert_str_eq(find(a).status, "in progress");
    must(change(a, "not-done", NULL));
    must(change(a, "note", "She asked the office."));
    struct action_edit owner = {.change = "owner", .note = "she is away", .owner = "Thandi", .on = day(11, 2), .due = DAY_NONE, .due_time = TIME_NONE, .by = "Mrs Grace"};
    must(op_action(fx.store, a, &owner, &fx.err));
    must(change(a, "done", "posted, first class"));
    struct action_row row = find(a);
    ck_assert_str_eq(row.status, "done");
    ck_assert_str_eq(row.owner, "Ravi Thandi");
    ck_assert_uint_eq(row.nhistory, 5);
    ck_assert_str_eq(row.history[3].change, "owner");
    ck_assert_str_eq(row.history[3].from, "Anita Patel");
    ck_assert_str_eq(row.history[3].to, "Ravi Thandi");
    ck_assert_str_eq(row.history[3].by, "Grace Okafor");
    ck_assert_int_eq(row.history[3].date, day(11, 2));
    ck_assert_str_eq(row.history[4].by, "Ravi Thandi");
    ck_assert_int_eq(row.history[4].date, day(11, 24));
    fixture_same();
    /* printed and read again it is the same */
    struct record *record = record_of(m);
    struct buf text = {0}, again = {0};
    notation_print(&text, record);
    record_free(record);
    ck_assert_ptr_nonnull(strstr(buf_str(&text), "= 2026-11-02 owner Anita Patel -> Ravi Thandi by Grace Okafor: she is away"));
    record = record_of(import(buf_str(&text)));
    notation_print(&again, record);
    ck_assert_str_eq(buf_str(&text), buf_str(&again));
    record_free(record);
    buf_free(&text);
    buf_free(&again);
}
END_TEST

START_TEST(nonsense_is_refused)
{
    struct uuid m = import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes", october));
    struct uuid a = action_id(m, "A1");
    ck_assert_int_eq(change(a, "finished", NULL), EVH_INVALID);
    ck_assert_int_eq(change(a, NULL, NULL), EVH_INVALID);
    ck_assert_int_eq(change(a, "note", "  "), EVH_INVALID);
    ck_assert_int_eq(change(a, "due", NULL), EVH_INVALID);
    ck_assert_int_eq(change(a, "owner", "why"), EVH_INVALID);
    struct action_edit same = {.change = "due", .note = "why", .on = DAY_NONE, .due = day(11, 4), .due_time = TIME_NONE};
    ck_assert_int_eq(op_action(fx.store, a, &same, &fx.err), EVH_STATE);
    must(change(a, "done", NULL));
    ck_assert_int_eq(change(a, "done", "again"), EVH_STATE);
    must(change(action_id(m, "A2"), "withdraw", "said twice"));
    ck_assert_int_eq(change(action_id(m, "A2"), "done", NULL), EVH_STATE);
    must(change(action_id(m, "A2"), "note", "It was a slip."));
    ck_assert_int_eq(change(m, "done", NULL), EVH_NOTFOUND);
    long long events = ask_number("SELECT count(*) FROM event WHERE kind = 'action.changed'");
    ck_assert_int_eq(events, 3);
}
END_TEST

START_TEST(taken_back_and_given_again)
{
    struct uuid m = import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes", october));
    struct uuid a = action_id(m, "A1"), b = action_id(m, "A2");
    ck_assert_int_eq(op_action_undo(fx.store, a, false, &fx.err), EVH_STATE);
    must(change(a, "progress", NULL));
    must(change(a, "done", NULL));
    must(change(b, "done", NULL));
    must(op_action_undo(fx.store, a, false, &fx.err));
    ck_assert_str_eq(find(a).status, "in progress");
    ck_assert_str_eq(find(b).status, "done");
    must(op_action_undo(fx.store, a, false, &fx.err));
    ck_assert_str_eq(find(a).status, "open");
    ck_assert_int_eq(op_action_undo(fx.store, a, false, &fx.err), EVH_STATE);
    must(op_action_undo(fx.store, a, true, &fx.err));
    must(op_action_undo(fx.store, a, true, &fx.err));
    ck_assert_str_eq(find(a).status, "done");
    ck_assert_int_eq(op_action_undo(fx.store, a, true, &fx.err), EVH_STATE);
    must(op_action_undo(fx.store, b, false, &fx.err));
    ck_assert_str_eq(find(b).status, "open");
    fixture_same();
}
END_TEST

/* ---- carried over ---- */

static const char *text_of(int which)
{
    return which == 0 ? meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes", october)
                      : meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", november);
}

START_TEST(carried_in_either_order)
{
    struct uuid m[2];
    int first = _i;
    m[first] = import(text_of(first));
    m[1 - first] = import(text_of(1 - first));
    struct action_filter f = open_ones();
    f.all = true;
    struct action_rows rows = list(f);
    ck_assert_uint_eq(rows.n, 6);
    size_t seen = 0;
    for (size_t i = 0; i < rows.n; i++) {
        if (strcmp(rows.v[i].text, "send the targets home") != 0)
            continue;
        seen++;
        ck_assert(uuid_same(rows.v[i].meeting, m[1]));
        ck_assert_str_eq(rows.v[i].status, "in progress");
        ck_assert_str_eq(rows.v[i].number, "A1");
        ck_assert_int_eq(rows.v[i].carried, day(10, 21));
        ck_assert_int_eq(rows.v[i].due, day(12, 4));
    }
    ck_assert_uint_eq(seen, 1);
    /* each meeting still lists its own */
    ck_assert(!uuid_none(action_id(m[0], "A1")));
    struct uuid old = action_id(m[0], "A1");
    must(change(old, "done", "posted"));
    ck_assert_str_eq(find(old).status, "done");
    ck_assert(uuid_same(find(old).meeting, m[1]));
    ck_assert_uint_eq(find(old).nhistory, 2);
    struct record *record = record_of(m[0]);
    for (size_t i = 0; i < record->nentries; i++)
        ck_assert_uint_eq(record->entries[i].nhistory, 0);
    record_free(record);
    must(op_action_undo(fx.store, old, false, &fx.err));
    ck_assert_str_eq(find(old).status, "in progress");
    fixture_same();
}
END_TEST

START_TEST(another_childs_action_is_another)
{
    import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes", october));
    import(meeting_text("Ben Smith / B.", "2026-11-24", "minutes", november));
    struct action_filter f = open_ones();
    f.all = true;
    ck_assert_uint_eq(list(f).n, 7);
}
END_TEST

START_TEST(minutes_and_notes_keep_apart)
{
    import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes", october));
    import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "notes", "14:02 A: Patel, send something, by 4 Nov\n"));
    import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", november));
    struct action_filter f = open_ones();
    f.all = true;
    struct action_rows rows = list(f);
    ck_assert_uint_eq(rows.n, 7);
    import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "notes", "14:02 A<A1 2026-10-21: Patel, send something, by 4 Dec\n"));
    ck_assert_uint_eq(list(f).n, 7);
}
END_TEST

START_TEST(notes_carry_the_minutes_where_there_are_no_others)
{
    import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes", october));
    import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "notes", november));
    struct action_filter f = open_ones();
    f.all = true;
    ck_assert_uint_eq(list(f).n, 6);
}
END_TEST

START_TEST(carried_through_three_meetings)
{
    struct uuid a = import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes", october));
    struct uuid c = import(meeting_text("Tobi Okafor / T.O.", "2027-01-12", "minutes", "14:02 A<A1 2026-10-21: Patel, send the targets home\n  = 2027-01-11 not done by Anita Patel: lost\n"));
    import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", november));
    struct action_row row = find(action_id(a, "A1"));
    ck_assert(uuid_same(row.meeting, c));
    ck_assert_uint_eq(row.nhistory, 2);
    ck_assert_str_eq(row.history[0].change, "in progress");
    ck_assert_str_eq(row.history[1].change, "not done");
    /* a file that is split takes its actions with it */
    must(op_file_split(fx.store, c, 0, "another child", &fx.err));
    ck_assert(!uuid_same(find(action_id(a, "A1")).meeting, c));
    fixture_same();
}
END_TEST

START_TEST(two_children_share_an_action)
{
    import(meeting_text("Ayaan Khan / A.K.\nchild: Zoya Khan / Z.K.", "2026-10-21", "minutes", october));
    struct uuid z = import(meeting_text("Zoya Khan / Z.K.", "2026-11-24", "minutes", november));
    struct action_filter f = open_ones();
    f.all = true;
    struct action_rows rows = list(f);
    ck_assert_uint_eq(rows.n, 6);
    f.child = "zoya";
    ck_assert_uint_eq(list(f).n, 6);
    ck_assert_int_eq(ask_number("SELECT count(*) FROM action WHERE current = 0"), 1);
    ck_assert(uuid_same(find(action_id(z, "A1")).meeting, z));
}
END_TEST

Suite *suite_actions(void)
{
    Suite *s = suite_create("actions");
    TCase *t = tcase_create("actions");
    tcase_add_checked_fixture(t, fixture_setup, fixture_teardown);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, soonest_first_and_masked);
    tcase_add_test(t, counts_follow_every_change);
    tcase_add_test(t, one_change_at_a_time);
    tcase_add_test(t, nonsense_is_refused);
    tcase_add_test(t, taken_back_and_given_again);
    tcase_add_loop_test(t, carried_in_either_order, 0, 2);
    tcase_add_test(t, another_childs_action_is_another);
    tcase_add_test(t, minutes_and_notes_keep_apart);
    tcase_add_test(t, notes_carry_the_minutes_where_there_are_no_others);
    tcase_add_test(t, carried_through_three_meetings);
    tcase_add_test(t, two_children_share_an_action);
    suite_add_tcase(s, t);
    return s;
}
