/* The live meeting: lines, marks, edits, undo, drafts, two at once, failures. */
#include <stdio.h>
#include <string.h>

#include "core/notation.h"
#include "fixture.h"

Suite *suite_session(void);

static struct uuid plan(void)
{
    static const char *head[][2] = {
        {"meeting", "tac"}, {"child", "Tobi Okafor / T.O."}, {"date", "2026-11-24"}, {"time", "14:00"}, {"kept-by", "Ravi Thandi"}, {"kept-as", "minutes"},
    };
    static const char *people[] = {"Anita Patel | SENCO | Oakfield | chair |", "Grace Okafor | mother | family | parent, PR |",
                                   "Ravi Thandi | administrator | Oakfield | minute-taker |"};
    static const char *help[] = {"Grace Okafor | parent-partner | not offered | |"};
    static const char *items[] = {"Welcome [5m]", "Reading"};
    struct plan p = {.head = head, .nhead = NITEMS(head), .people = people, .npeople = NITEMS(people), .help = help, .nhelp = 1,
                     .items = items, .nitems = NITEMS(items)};
    struct uuid id;
    struct notices notices = {0};
    must(op_plan(fx.store, &fx.types, &p, fx.arena, &id, NULL, &notices, &fx.err));
    return id;
}

static void open_live(struct session *s, struct uuid id)
{
    must(session_open(s, fx.store, &fx.types, id, true, &fx.err));
}

static void type(struct session *s, const char *line)
{
    must(session_line(s, line, strlen(line), &fx.err));
}

static const char *printed(const struct record *record)
{
    struct buf b = {0};
    notation_print(&b, record);
    const char *copy = arena_strndup(fx.arena, buf_str(&b), b.n);
    buf_free(&b);
    return copy;
}

/* What is in memory is what the log gives. */
static void same_as_stored(const struct session *s)
{
    struct record *stored = record_of(s->record->id);
    const char *a = printed(s->record), *b = printed(stored);
    ck_assert_msg(strcmp(a, b) == 0, "--- in memory\n%s--- from the log\n%s", a, b);
    record_free(stored);
    fixture_same();
}

START_TEST(planned_then_live)
{
    struct uuid id = plan();
    struct record *record = record_of(id);
    ck_assert_str_eq(record_status(record), "planned");
    ck_assert_uint_eq(record->nhelp, 1);
    ck_assert_uint_eq(record->nentries, 0);
    ck_assert_ptr_nonnull(strstr(printed(record), "agenda: Welcome [5m]"));
    record_free(record);
    struct session s;
    must(session_open(&s, fx.store, &fx.types, id, false, &fx.err));
    ck_assert(!s.record->opened);
    session_close(&s);
    open_live(&s, id);
    ck_assert_str_eq(record_status(s.record), "live");
    type(&s, "# Welcome");
    type(&s, "Everybody said who they are.");
    ck_assert_uint_eq(s.record->nentries, 1);
    ck_assert_int_eq(s.record->entries[0].time, 14 * 60);
    same_as_stored(&s);
    session_close(&s);
    struct meeting_rows rows = {0};
    must(store_meetings(fx.store, fx.arena, NULL, 0, &rows, &fx.err));
    ck_assert_uint_eq(rows.n, 1);
    ck_assert_str_eq(rows.v[0].status, "live");
    ck_assert_int_eq(rows.v[0].entries, 1);
}
END_TEST

START_TEST(another_day_is_not_stamped)
{
    struct uuid id = plan();
    fx.now.day++;
    struct session s;
    open_live(&s, id);
    type(&s, "Typed up on the day after.");
    ck_assert_int_eq(s.record->entries[0].time, TIME_NONE);
    session_close(&s);
}
END_TEST

/* Typed line by line, a text gives what importing it gives. */
static const char *const lines[] = {
    "# Welcome [5m]", "14:01 Everybody said who they are.", "14:02 P: Grace: \"He practises every night.\"", "  = read back; confirmed",
    "14:03 R: The school adds a slip.", "  - Grace Okafor: agrees", "  - Anita Patel: agrees with reservations: the concern was real",
    "# Reading", "14:05 D: Progress since June", "  - Anita Patel: no movement (basis: termly data)", "  - Grace Okafor: two new sounds",
    "  = open; next: the same test in January", "14:06 A: Patel, send the targets home, by 4 Dec => the family has them", "  = 2026-12-03 done by Anita Patel: posted",
    "14:07 X: A: Patel, phone the duty desk, by 25 Nov", "14:08 He reads well,", "  and often.", "14:09 s/often/every day/", "14:10 +Ravi Thandi by phone", "14:11 break: tea",
    "14:12 resume", "14:13 end", "outcome: continue; next: 2027-01-05", "", "signoff:", "Grace Okafor | signed | 2026-11-24 |", "",
    "copies:", "Grace Okafor | open | by hand | 2026-11-24",
};

START_TEST(typed_is_imported)
{
    struct uuid id = plan();
    struct session s;
    open_live(&s, id);
    for (size_t i = 0; i < NITEMS(lines); i++) {
        fx.now.utc_ms += 20000;
        type(&s, lines[i]);
        same_as_stored(&s);
    }
    const char *typed = printed(s.record);
    session_close(&s);
    struct buf text = {0};
    struct record *record = record_of(plan());
    notation_print(&text, record);
    record_free(record);
    buf_addc(&text, '\n');
    for (size_t i = 0; i < NITEMS(lines); i++)
        buf_addf(&text, "%s\n", lines[i]);
    record = record_of(import(buf_str(&text)));
    ck_assert_str_eq(printed(record), typed);
    record_free(record);
    buf_free(&text);
}
END_TEST

START_TEST(undone_and_redone_one_by_one)
{
    struct uuid id = plan();
    struct session s;
    const char *states[NITEMS(lines) + 1];
    open_live(&s, id);
    ck_assert_ptr_null(session_undo_says(&s, false));
    ck_assert_int_eq(session_undo(&s, false, &fx.err), EVH_STATE);
    size_t n = 0;
    states[n++] = printed(s.record);
    for (size_t i = 0; i < NITEMS(lines); i++) {
        type(&s, lines[i]);
        if (strcmp(printed(s.record), states[n - 1]) != 0)
            states[n++] = printed(s.record);
    }
    ck_assert_uint_gt(n, 20);
    for (size_t i = n - 1; i > 0; i--) {
        const char *says = session_undo_says(&s, false);
        ck_assert_ptr_nonnull(says);
        ck_assert_ptr_null(strstr(says, "duty desk"));
        must(session_undo(&s, false, &fx.err));
        const char *now = printed(s.record);
        ck_assert_msg(strcmp(now, states[i - 1]) == 0, "undo %zu (%s)\n--- wanted\n%s--- found\n%s", i, says, states[i - 1], now);
        same_as_stored(&s);
    }
    ck_assert_ptr_null(session_undo_says(&s, false));
    for (size_t i = 1; i < n; i++) {
        ck_assert_ptr_nonnull(session_undo_says(&s, true));
        must(session_undo(&s, true, &fx.err));
        const char *now = printed(s.record);
        ck_assert_msg(strcmp(now, states[i]) == 0, "redo %zu\n--- wanted\n%s--- found\n%s", i, states[i], now);
    }
    same_as_stored(&s);
    ck_assert_ptr_null(session_undo_says(&s, true));
    /* after something new there is nothing to give again */
    must(session_undo(&s, false, &fx.err));
    type(&s, "14:20 Something new.");
    ck_assert_ptr_null(session_undo_says(&s, true));
    session_close(&s);
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
}
END_TEST

START_TEST(undo_stops_at_the_import)
{
    struct uuid id = import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", "14:02 First.\n"));
    struct session s;
    open_live(&s, id);
    ck_assert_ptr_null(session_undo_says(&s, false));
    type(&s, "14:03 Second.");
    must(session_undo(&s, false, &fx.err));
    ck_assert_ptr_null(session_undo_says(&s, false));
    ck_assert_uint_eq(s.record->nentries, 1);
    session_close(&s);
}
END_TEST

/* A view of the item that was left, given when the next heading is on record already: one change, and one undo. */
START_TEST(the_item_that_was_left)
{
    static const char view[] = "P: Grace Okafor: asked, nothing to add";
    struct uuid id = plan();
    struct session s, again;
    open_live(&s, id);
    ck_assert_int_eq(session_left(&s, view, strlen(view), &fx.err), EVH_STATE); /* no item was left yet */
    type(&s, "# Welcome [5m]");
    type(&s, "Everybody said who they are.");
    ck_assert_int_eq(session_left(&s, view, strlen(view), &fx.err), EVH_STATE); /* something stands there */
    type(&s, "14:05 # Reading [7m]");
    const char *before = printed(s.record);
    ck_assert_int_eq(session_left(&s, "+Grace Okafor", 0, &fx.err), EVH_STATE); /* an empty line is no entry */
    ck_assert_str_eq(printed(s.record), before);
    must(session_left(&s, view, strlen(view), &fx.err));
    const char *after = printed(s.record);
    ck_assert_ptr_nonnull(strstr(after, "14:00 P: Grace Okafor: asked, nothing to add\n\n14:05 # Reading [7m]\n"));
    ck_assert_uint_eq(s.record->nitems, 3);
    ck_assert_uint_eq(s.record->entries[1].item, 1);
    same_as_stored(&s);
    type(&s, "  = read back; confirmed"); /* goes on with what was typed */
    ck_assert_ptr_nonnull(s.record->entries[1].read_back);
    must(session_undo(&s, false, &fx.err));
    must(session_undo(&s, false, &fx.err));
    ck_assert_str_eq(printed(s.record), before); /* the three came back together */
    same_as_stored(&s);
    must(session_undo(&s, true, &fx.err));
    ck_assert_str_eq(printed(s.record), after);
    must(session_left(&s, view, strlen(view), &fx.err)); /* and once more, for another */
    ck_assert_uint_eq(s.record->entries[2].item, 1);
    open_live(&again, id);
    type(&s, "Somebody speaks on the new item.");
    ck_assert_int_eq(session_left(&again, view, strlen(view), &fx.err), EVH_STATE); /* elsewhere it was gone on with */
    session_close(&again);
    same_as_stored(&s);
    session_close(&s);
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
}
END_TEST

START_TEST(a_failure_to_leave_changes_nothing)
{
    static const char view[] = "P: Grace Okafor: asked, nothing to add";
    struct session s;
    open_live(&s, plan());
    type(&s, "# Welcome");
    type(&s, "# Reading");
    const char *before = printed(s.record);
    size_t facts = s.log.n;
    tamper("CREATE TRIGGER broken BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'broken'); END");
    ck_assert_int_ne(session_left(&s, view, strlen(view), &fx.err), EVH_OK);
    tamper("DROP TRIGGER broken");
    ck_assert_str_eq(printed(s.record), before);
    ck_assert_uint_eq(s.log.n, facts);
    same_as_stored(&s);
    must(session_left(&s, view, strlen(view), &fx.err));
    same_as_stored(&s);
    session_close(&s);
}
END_TEST

START_TEST(edits_and_marks)
{
    struct uuid id = plan();
    struct session s;
    open_live(&s, id);
    type(&s, "14:02 He reads wel.");
    type(&s, "14:03 Second.");
    struct uuid first = s.record->entries[0].id;
    must(session_edit(&s, first, "14:02 He reads well.", 20, &fx.err));
    ck_assert_str_eq(s.record->entries[0].text, "He reads well.");
    ck_assert_uint_eq(s.record->entries[0].nearlier, 1);
    ck_assert_int_eq(session_edit(&s, first, "14:02 He reads well.", 20, &fx.err), EVH_NO);
    must(session_mark(&s, first, "= read back; confirmed", 22, &fx.err));
    ck_assert_str_eq(s.record->entries[0].read_back, "confirmed");
    must(session_mark(&s, first, "= withdrawn: said in error", 26, &fx.err));
    ck_assert_str_eq(s.record->entries[0].withdrawn, "said in error");
    type(&s, "  and more."); /* still belongs to the line that was typed last */
    ck_assert_str_eq(s.record->entries[1].text, "Second. and more.");
    ck_assert_int_eq(session_edit(&s, id, "x", 1, &fx.err), EVH_NOTFOUND);
    must(session_mark(&s, (struct uuid){{0}}, "Grace Okafor | declined | 2026-11-25 | Not yet.", 48, &fx.err));
    ck_assert_uint_eq(s.record->nsignoffs, 1);
    must(session_mark(&s, (struct uuid){{0}}, "Grace Okafor | open | by hand | 2026-11-25", 43, &fx.err));
    ck_assert_uint_eq(s.record->ncopies, 1);
    same_as_stored(&s);
    session_close(&s);
}
END_TEST

START_TEST(head_and_people)
{
    struct uuid id = plan();
    struct session s;
    must(session_open(&s, fx.store, &fx.types, id, false, &fx.err));
    must(session_head(&s, "place", 0, "Room 2", &fx.err));
    ck_assert_str_eq(s.record->place, "Room 2");
    ck_assert_uint_eq(s.notices.n, 0);
    must(session_head(&s, "place", 0, "Room 3\nchild: Somebody Else", &fx.err));
    ck_assert_uint_eq(s.record->nchildren, 1);
    ck_assert_uint_eq(s.notices.n, 0);
    must(session_head(&s, "place", 0, "", &fx.err));
    ck_assert_ptr_null(s.record->place);
    must(session_head(&s, "date", 0, "2026-11-25", &fx.err));
    ck_assert_int_eq(s.record->date, civil_day((struct civil){2026, 11, 25}));
    must(session_head(&s, "agenda", 1, "Reading and writing [10m]", &fx.err));
    ck_assert_ptr_nonnull(strstr(printed(s.record), "agenda: Reading and writing [10m]"));
    ck_assert_ptr_null(strstr(printed(s.record), "agenda: Reading\n"));
    must(session_person(&s, (struct uuid){{0}}, "Ruth Reid | adviser | SENDIASS | parent-partner for Grace Okafor |", &fx.err));
    size_t n = s.record->npeople;
    const struct attendee *ruth = record_person(s.record, "Ruth Reid");
    ck_assert_ptr_nonnull(ruth);
    must(session_person(&s, ruth->id, "Ruth Reid | adviser | County SENDIASS | parent-partner for Grace Okafor |", &fx.err));
    ck_assert_uint_eq(s.notices.n, 0);
    must(session_person(&s, (struct uuid){{0}}, "Anita Patel | teacher | | professional |", &fx.err));
    ck_assert_uint_eq(s.notices.n, 1);
    must(session_undo(&s, false, &fx.err));
    ruth = record_person(s.record, "Ruth Reid");
    ck_assert_str_eq(ruth->organisation, "County SENDIASS");
    must(session_person(&s, ruth->id, "Ruth Reed | adviser | SENDIASS | parent-partner for Grace Okafor |", &fx.err));
    ck_assert_uint_eq(s.record->npeople, n);
    ck_assert_ptr_nonnull(record_person(s.record, "Ruth Reed"));
    ck_assert_ptr_null(record_person(s.record, "Ruth Reid"));
    ck_assert_int_eq(session_person(&s, (struct uuid){{0}}, " | adviser", &fx.err), EVH_INVALID);
    same_as_stored(&s);
    session_close(&s);
}
END_TEST

START_TEST(the_half_typed_line)
{
    struct uuid id = plan();
    struct draft d;
    must(store_draft_load(fx.store, fx.arena, id, &d, &fx.err));
    ck_assert_ptr_null(d.text);
    must(store_draft_save(fx.store, id, "A: Patel, ask", 5, &fx.err));
    must(store_draft_save(fx.store, id, "A: Patel, ask the", 17, &fx.err));
    must(store_draft_load(fx.store, fx.arena, id, &d, &fx.err));
    ck_assert_str_eq(d.text, "A: Patel, ask the");
    ck_assert_uint_eq(d.cursor, 17);
    ck_assert_int_eq(d.saved_ms, fx.now.utc_ms);
    struct meeting_rows rows = {0};
    must(store_meetings(fx.store, fx.arena, NULL, 0, &rows, &fx.err));
    ck_assert(rows.v[0].has_line);
    struct session s;
    open_live(&s, id);
    must(store_draft_load(fx.store, fx.arena, id, &d, &fx.err));
    ck_assert_ptr_nonnull(d.text);
    type(&s, "A: Patel, ask the nurse, by Friday");
    must(store_draft_load(fx.store, fx.arena, id, &d, &fx.err));
    ck_assert_ptr_null(d.text);
    session_close(&s);
    must(store_draft_save(fx.store, id, "x", 1, &fx.err));
    must(store_draft_save(fx.store, id, "", 0, &fx.err));
    must(store_draft_load(fx.store, fx.arena, id, &d, &fx.err));
    ck_assert_ptr_null(d.text);
}
END_TEST

/* Two screens on one meeting, in two connections. */
START_TEST(two_screens_see_each_other)
{
    struct uuid id = plan();
    struct store *other = NULL;
    struct session a, b;
    bool changed = true;
    must(store_open(&other, fx.data, STORE_WRITE, &fx.world, &fx.err));
    open_live(&a, id);
    must(session_open(&b, other, &fx.types, id, true, &fx.err));
    int64_t version = store_version(other);
    must(session_refresh(&b, &changed, &fx.err));
    ck_assert(!changed);
    type(&a, "14:02 From the first.");
    ck_assert_int_gt(store_version(other), version);
    must(session_refresh(&b, &changed, &fx.err));
    ck_assert(changed);
    ck_assert_uint_eq(b.record->nentries, 1);
    must(session_line(&b, "14:03 From the second.", 22, &fx.err));
    type(&a, "14:04 From the first again.");
    ck_assert_uint_eq(a.record->nentries, 3);
    must(session_undo(&b, false, &fx.err)); /* its own last change, not the newer one of the other screen */
    must(session_refresh(&a, &changed, &fx.err));
    ck_assert_uint_eq(a.record->nentries, 2);
    ck_assert_str_eq(a.record->entries[1].text, "From the first again.");
    ck_assert_str_eq(printed(a.record), printed(b.record));
    same_as_stored(&a);
    session_close(&a);
    session_close(&b);
    store_close(other);
}
END_TEST

/* What is indented belongs to the line above it on its own screen, whatever the other screen put on record between them. */
START_TEST(indented_lines_stay_with_their_own)
{
    struct uuid id = plan();
    struct store *other = NULL;
    struct session a, b;
    must(store_open(&other, fx.data, STORE_WRITE, &fx.world, &fx.err));
    open_live(&a, id);
    must(session_open(&b, other, &fx.types, id, true, &fx.err));
    type(&a, "14:02 R: The school adds a slip.");
    type(&b, "14:03 R: The letter is");
    type(&a, "  - Grace Okafor: agrees");
    type(&b, "  not replaced.");
    type(&b, "  - Grace Okafor: disagrees: it should be");
    type(&a, "  - Anita Patel: agrees");
    type(&b, "14:04 A note of the other, taken back.");
    type(&b, "signoff:");
    type(&b, "Grace Okafor | signed | 2026-11-24 |");
    type(&b, "");
    must(session_undo(&b, false, &fx.err));
    must(session_undo(&b, false, &fx.err));
    type(&a, "  = read back; confirmed");
    must(session_refresh(&b, &(bool){false}, &fx.err));
    ck_assert_str_eq(printed(a.record), printed(b.record));
    ck_assert_ptr_nonnull(strstr(printed(a.record), "14:02 R: The school adds a slip.\n  - Grace Okafor: agrees\n  - Anita Patel: agrees\n  = read back; confirmed\n"
                                                    "14:03 R: The letter is not replaced.\n  - Grace Okafor: disagrees: it should be\n"));
    type(&b, "14:05 This is taken back by the other.");
    must(session_refresh(&a, &(bool){false}, &fx.err));
    must(session_undo(&b, false, &fx.err));
    type(&b, "  = read back; confirmed"); /* under what stands above now */
    same_as_stored(&b);
    session_close(&a);
    session_close(&b);
    store_close(other);
}
END_TEST

/* A line is refused while another program holds the database: nothing changes, and it can be typed again. */
START_TEST(a_failure_changes_nothing)
{
    struct uuid id = plan();
    struct session s;
    open_live(&s, id);
    type(&s, "14:02 First.");
    const char *before = printed(s.record);
    size_t facts = s.log.n;
    tamper("CREATE TRIGGER broken BEFORE INSERT ON entry WHEN new.place > 0 BEGIN SELECT RAISE(ABORT, 'broken'); END");
    ck_assert_int_ne(session_line(&s, "14:03 Second.", 13, &fx.err), EVH_OK);
    ck_assert_str_eq(printed(s.record), before);
    ck_assert_uint_eq(s.log.n, facts);
    tamper("DROP TRIGGER broken");
    type(&s, "14:03 Second.");
    ck_assert_uint_eq(s.record->nentries, 2);
    same_as_stored(&s);
    session_close(&s);
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
}
END_TEST

START_TEST(planning_from_the_last)
{
    struct uuid old = import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes",
                                          "14:02 A: Patel, send the targets home, by 4 Nov => they have them\n  = 2026-11-05 due 2026-11-04 -> 2026-12-01 by Anita Patel: post was late\n"
                                          "14:03 A: Okafor, sign the form, by 4 Nov\n  = 2026-11-03 done by Grace Okafor: done\n14:04 D: Progress since June\n"
                                          "  - Grace Okafor: two new sounds\n14:05 X: A: Patel, phone the duty desk\noutcome: continue; next: 2026-11-24\n"));
    struct plan p = {0};
    must(op_plan_from(fx.store, &fx.types, old, fx.arena, &p, &fx.err));
    ck_assert_uint_eq(p.npeople, 3);
    ck_assert_uint_gt(p.nitems, 3);
    ck_assert_uint_eq(p.ncarried, 3);
    ck_assert_ptr_nonnull(strstr(p.carried[0], "A<A1 2026-10-21: Anita Patel, send the targets home, by 2026-12-01"));
    ck_assert_ptr_nonnull(strstr(p.carried[1], "D: Progress since June"));
    ck_assert_ptr_nonnull(strstr(p.carried[2], "X: A<XA1 2026-10-21: Anita Patel, phone the duty desk"));
    struct uuid id;
    const char *filed = NULL;
    struct notices notices = {0};
    must(op_plan(fx.store, &fx.types, &p, fx.arena, &id, &filed, &notices, &fx.err));
    ck_assert_str_eq(filed, "same child as in the meeting of 21 October 2026");
    struct record *record = record_of(id);
    ck_assert_str_eq(record_status(record), "planned");
    ck_assert_int_eq(record->date, civil_day((struct civil){2026, 11, 24}));
    ck_assert_uint_eq(record->nentries, 3);
    record_free(record);
    /* once in the tracker */
    struct action_rows rows = {0};
    struct action_filter f = {.due_before = DAY_NONE};
    must(store_actions(fx.store, fx.arena, &f, &rows, &fx.err));
    ck_assert_uint_eq(rows.n, 2);
    ck_assert(uuid_same(rows.v[0].meeting, id));
}
END_TEST

Suite *suite_session(void)
{
    Suite *s = suite_create("session");
    TCase *t = tcase_create("session");
    tcase_add_checked_fixture(t, fixture_setup, fixture_teardown);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, planned_then_live);
    tcase_add_test(t, another_day_is_not_stamped);
    tcase_add_test(t, typed_is_imported);
    tcase_add_test(t, undone_and_redone_one_by_one);
    tcase_add_test(t, undo_stops_at_the_import);
    tcase_add_test(t, the_item_that_was_left);
    tcase_add_test(t, a_failure_to_leave_changes_nothing);
    tcase_add_test(t, edits_and_marks);
    tcase_add_test(t, head_and_people);
    tcase_add_test(t, the_half_typed_line);
    tcase_add_test(t, two_screens_see_each_other);
    tcase_add_test(t, indented_lines_stay_with_their_own);
    tcase_add_test(t, a_failure_changes_nothing);
    tcase_add_test(t, planning_from_the_last);
    suite_add_tcase(s, t);
    return s;
}
