/* A handle for one person: what it shows, and what it can change. */
#include <string.h>

#include "reviewing.h"

Suite *suite_review(void);

START_TEST(own_and_nothing_else)
{
    bring(text_of("Tobi Okafor / T.O.", "2026-10-21", people,
                   "14:01 A: Patel, send the targets home, by 4 Nov\n14:02 A: Grace Okafor, sign the form, by 28 Oct\n14:03 A: Patel, ring the clinic; with Lin\n14:04 A: Grace Okafor, bring the book; with Patel\n"
                   "14:05 A?: Patel, a taxi\n14:06 A: Lin, a report, by 1 Nov\n"));
    review = open_as(id_of("Anita Patel"));
    ck_assert_str_eq(review_name(review), "Anita Patel");
    struct action_rows rows = own(review, false);
    ck_assert_uint_eq(rows.n, 2);
    ck_assert_str_eq(rows.v[0].text, "send the targets home");
    ck_assert(rows.v[0].overdue);
    ck_assert_str_eq(rows.v[0].child, "T.O.");
    ck_assert_str_eq(rows.v[1].text, "ring the clinic");
    ck_assert_uint_eq(own(review, true).n, 3);
    not_theirs(review, action_of("sign the form"));
    not_theirs(review, action_of("bring the book")); /* to help with something is not to own it */
    not_theirs(review, action_of("a report"));
}
END_TEST

START_TEST(changes_are_recorded_as_theirs)
{
    struct uuid m = bring(text_of("Tobi Okafor / T.O.", "2026-10-21", people, "14:01 A: Patel, send the targets home, by 4 Nov\n14:02 A: Grace Okafor, sign the form\n"));
    struct uuid a = action_of("send");
    review = open_as(id_of("Anita Patel"));
    must(store_set_visitor(review, &(struct visitor){.name = "Somebody Else", .peer = "192.0.2.1", .fingerprint = "SHA256:x"}, &fx.err));
    must(review_note(review, a, "  half of\tthem ", &fx.err));
    ck_assert_int_eq(review_note(review, a, " ", &fx.err), EVH_INVALID);
    ck_assert_int_eq(review_dispute(review, a, "", &fx.err), EVH_INVALID);
    ck_assert_int_eq(review_done(review, a, fx.now.day + 1, NULL, &fx.err), EVH_INVALID);
    must(review_dispute(review, a, "It was to be by Christmas.", &fx.err));
    must(review_done(review, a, fx.now.day - 2, "posted", &fx.err));
    struct action_row row = story(review, a);
    ck_assert_str_eq(row.status, "done");
    ck_assert_uint_eq(row.nhistory, 2);
    ck_assert_str_eq(row.history[0].by, "Anita Patel");
    ck_assert_str_eq(row.history[0].text, "half of them");
    ck_assert_str_eq(row.history[1].text, "posted");
    ck_assert_int_eq(row.finished, fx.now.day - 2);
    ck_assert_uint_eq(row.ndisputes, 1);
    ck_assert_str_eq(row.disputes[0].by, "Anita Patel");
    ck_assert_str_eq(row.disputes[0].text, "It was to be by Christmas.");
    ck_assert_uint_eq(own(review, false).n, 0);
    ck_assert_uint_eq(own(review, true).n, 1);
    ck_assert_int_eq(ask_number("SELECT count(*) FROM event WHERE author = 'Anita Patel'"), 3);
    ck_assert_int_eq(ask_number("SELECT count(*) FROM event WHERE author NOT IN ('Anita Patel', 'Ravi Thandi')"), 0);
    struct record *record = record_of(m);
    ck_assert_uint_eq(record->entries[0].ndisputes, 1);
    record_free(record);
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
    fixture_same();
}
END_TEST

START_TEST(taken_back_and_given_again)
{
    bring(text_of("Tobi Okafor / T.O.", "2026-10-21", people, "14:01 A: Patel, one\n14:02 A: Patel, two\n"));
    struct uuid one = action_of("one"), two = action_of("two"), which;
    struct action_edit edit = {.change = "note", .note = "from the office", .on = DAY_NONE, .due = DAY_NONE, .due_time = TIME_NONE};
    must(op_action(fx.store, one, &edit, &fx.err));
    review = open_as(id_of("Anita Patel"));
    ck_assert_int_eq(review_undo(review, false, NULL, &fx.err), EVH_NO); /* what others did stays */
    ck_assert_int_eq(review_undo(review, true, NULL, &fx.err), EVH_NO);
    must(review_done(review, one, DAY_NONE, NULL, &fx.err));
    must(review_dispute(review, two, "no", &fx.err));
    must(review_undo(review, false, &which, &fx.err));
    ck_assert(uuid_same(which, two));
    ck_assert_uint_eq(story(review, two).ndisputes, 0);
    must(review_undo(review, false, &which, &fx.err));
    ck_assert(uuid_same(which, one));
    ck_assert_str_eq(story(review, one).status, "open");
    ck_assert_uint_eq(story(review, one).nhistory, 1);
    ck_assert_int_eq(review_undo(review, false, NULL, &fx.err), EVH_NO);
    must(review_undo(review, true, &which, &fx.err));
    ck_assert_str_eq(story(review, one).status, "done");
    must(review_undo(review, true, &which, &fx.err));
    ck_assert_uint_eq(story(review, two).ndisputes, 1);
    ck_assert_int_eq(review_undo(review, true, NULL, &fx.err), EVH_NO);
    must(review_undo(review, false, NULL, &fx.err)); /* and once more */
    ck_assert_uint_eq(story(review, two).ndisputes, 0);
    must(review_note(review, two, "new", &fx.err));
    ck_assert_int_eq(review_undo(review, true, NULL, &fx.err), EVH_NO); /* after something new there is nothing to give again */
    /* it went to somebody else meanwhile */
    struct action_edit owner = {.change = "owner", .owner = "Lin", .note = "she is away", .on = DAY_NONE, .due = DAY_NONE, .due_time = TIME_NONE};
    must(op_action(fx.store, two, &owner, &fx.err));
    ck_assert_int_eq(review_undo(review, false, NULL, &fx.err), EVH_NOTFOUND);
    not_theirs(review, two);
    fixture_same();
}
END_TEST

START_TEST(same_name_is_nobody)
{
    bring(text_of("Tobi Okafor", "2026-09-01", "James Okafor | father | family | parent | here\n", "14:01 A: James Okafor, alone\n"));
    bring(text_of("Tobi Okafor", "2026-10-01", "James Okafor | father | family | parent | here\nJames Okafor | brother | family | family | here\n", "14:01 A: James Okafor, doubtful\n"));
    bring(text_of("Imran Malik", "2026-10-02", "James Okafor | father | family | parent | here\n", "14:01 A: James Okafor, of another file\n"));
    struct person_rows rows = {0};
    must(store_people(fx.store, fx.arena, "james", &rows, &fx.err));
    size_t seen = 0;
    for (size_t i = 0; i < rows.n; i++) {
        struct store *s = open_as(rows.v[i].id);
        not_theirs(s, action_of("doubtful"));
        seen += own(s, true).n;
        ck_assert_uint_le(own(s, true).n, 1);
        store_close(s);
    }
    ck_assert_uint_eq(seen, 2); /* one each */
}
END_TEST

START_TEST(joined_and_split_at_once)
{
    bring(text_of("Tobi Okafor", "2026-09-01", people, "14:01 A: Patel, first\n"));
    struct uuid other = bring(text_of("Imran Malik", "2026-10-01", people, "14:01 A: Patel, second\n"));
    struct person_rows two = {0};
    must(store_people(fx.store, fx.arena, "patel", &two, &fx.err));
    review = open_as(two.v[0].id);
    ck_assert_uint_eq(own(review, true).n, 1);
    must(op_person_join(fx.store, two.v[0].id, two.v[1].id, "the same", &fx.err));
    ck_assert_uint_eq(own(review, true).n, 2);
    must(review_note(review, action_of("second"), "seen", &fx.err));
    must(op_person_split(fx.store, two.v[0].id, other, "not the same", &fx.err));
    ck_assert_uint_eq(own(review, true).n, 1);
    not_theirs(review, action_of("second"));
    ck_assert_int_eq(review_undo(review, false, NULL, &fx.err), EVH_NOTFOUND);
}
END_TEST

static void pass_to(const char *words, const char *name)
{
    struct action_edit edit = {.change = "owner", .owner = name, .note = "why not", .on = DAY_NONE, .due = DAY_NONE, .due_time = TIME_NONE};
    must(op_action(fx.store, action_of(words), &edit, &fx.err));
}

START_TEST(owner_who_is_not_on_the_list)
{
    static const char alone[] = "Anita Patel | SENCO | Oakfield | chair | here\n";
    bring(text_of("Tobi Okafor", "2026-09-01", people, "14:01 A: Lin, first\n"));
    bring(text_of("Tobi Okafor", "2026-10-01", alone, "14:01 A: Patel, second\n14:02 A: Patel, third\n14:03 A: Patel, fourth\n"));
    bring(text_of("Imran Malik", "2026-10-02", alone, "14:01 A: Patel, of another file\n"));
    pass_to("second", "mei lin");
    pass_to("third", "Lin");
    pass_to("of another", "Mei Lin");
    review = open_as(id_of("Mei Lin"));
    ck_assert_uint_eq(own(review, true).n, 2);
    not_theirs(review, action_of("of another file"));
    not_theirs(review, action_of("third")); /* no whole name */
    not_theirs(review, action_of("fourth"));
    must(review_done(review, action_of("second"), DAY_NONE, NULL, &fx.err));
    struct action_row row = story(review, action_of("second"));
    ck_assert_str_eq(row.history[row.nhistory - 1].by, "mei lin");
    /* a second one of that name in the file: nobody can say whose it is */
    bring(text_of("Tobi Okafor", "2026-11-01", "Mei Lin | governor | Elm School | other | here\n", ""));
    not_theirs(review, action_of("second"));
    ck_assert_uint_eq(own(review, true).n, 1);
}
END_TEST

START_TEST(carried_over)
{
    bring(text_of("Tobi Okafor / T.O.", "2026-09-01", people, "14:01 A: Patel, the targets\n  = 2026-09-20 in progress by Anita Patel: half\n14:02 A: Patel, the taxi\n"));
    struct uuid first = action_of("the targets"), taxi = action_of("the taxi");
    bring(text_of("Tobi Okafor / T.O.", "2026-10-01", people, "14:01 A<A1 2026-09-01: Patel, the targets\n14:02 A<A2 2026-09-01: Lin, the taxi\n"));
    review = open_as(id_of("Anita Patel"));
    struct action_rows rows = own(review, true);
    ck_assert_uint_eq(rows.n, 1); /* the taxi is Dr Lin's now */
    struct action_row row = story(review, first); /* an id of before */
    ck_assert(uuid_same(row.id, rows.v[0].id));
    ck_assert_uint_eq(row.nhistory, 1);
    ck_assert_str_eq(row.history[0].text, "half");
    not_theirs(review, taxi);
    must(review_note(review, first, "sent", &fx.err));
    ck_assert_uint_eq(story(review, rows.v[0].id).nhistory, 2);
    struct store *lin = open_as(id_of("Mei Lin"));
    rows = own(lin, true);
    ck_assert_uint_eq(rows.n, 1);
    ck_assert_uint_eq(story(lin, rows.v[0].id).nhistory, 0);
    store_close(lin);
}
END_TEST

START_TEST(restricted_ones)
{
    bring(text_of("Tobi Okafor / T.O.", "2026-10-21", people,
                   "14:01 X: A: Patel, phone the duty desk, by 4 Nov\n14:02 X(Anita Patel, Mei Lin): A: Patel, the reports\n14:03 X(Mei Lin): A: Patel, the other reports\n"));
    review = open_as(id_of("Anita Patel"));
    struct action_rows rows = own(review, true);
    ck_assert_uint_eq(rows.n, 3);
    for (size_t i = 0; i < rows.n; i++) {
        bool shown = strcmp(rows.v[i].text, "the reports") == 0;
        ck_assert_msg(shown || (rows.v[i].restricted_masked && strcmp(rows.v[i].text, "confidential") == 0), "%s", rows.v[i].text);
        ck_assert_uint_eq(rows.v[i].restriction.readers.n, shown ? 2 : 0); /* nor who may read it */
    }
    struct uuid desk = action_of("phone the duty desk");
    must(review_done(review, desk, DAY_NONE, "rang", &fx.err));
    struct action_row row = story(review, desk);
    ck_assert_str_eq(row.text, "confidential");
    ck_assert_uint_eq(row.nhistory, 0);
}
END_TEST

/* A parallel record is its keeper's own: nobody learns from it here that it is there, and it hides nothing. */
START_TEST(private_notes)
{
    const char *minutes = text_of("Tobi Okafor / T.O.", "2026-09-01", people, "14:01 A: Patel, the targets\n14:02 A: Patel, the taxi\n");
    bring(minutes);
    struct uuid first = action_of("the targets");
    review = open_as(id_of("Anita Patel"));
    char *notes = arena_strdup(fx.arena, text_of("Tobi Okafor / T.O.", "2026-09-01", people, "14:01 A: Patel, the targets noted\n14:02 A: Patel, what only the notes have\n"));
    char *later = arena_strdup(fx.arena, text_of("Tobi Okafor / T.O.", "2026-10-01", people, "14:01 A<A1 2026-09-01: Patel, the targets in private\n  = 2026-10-02 note by Anita Patel: private too\n"));
    memcpy(strstr(notes, "kept-as: minutes"), "kept-as: notes  ", 16);
    memcpy(strstr(later, "kept-as: minutes"), "kept-as: notes  ", 16);
    bring(later);
    struct uuid carried = action_of("the targets in private");
    struct action_rows rows = own(review, true);
    ck_assert_uint_eq(rows.n, 2);
    ck_assert_str_eq(rows.v[0].text, "the targets");
    ck_assert(uuid_same(rows.v[0].id, first));
    struct action_row row = story(review, carried); /* of an id that they cannot know: theirs, and nothing of the notes */
    ck_assert(uuid_same(row.id, first));
    ck_assert_uint_eq(row.nhistory, 0);
    must(review_note(review, first, "half of them", &fx.err));
    bring(notes);
    not_theirs(review, action_of("what only"));
    must(review_done(review, first, DAY_NONE, NULL, &fx.err));
    ck_assert_uint_eq(story(review, first).nhistory, 2);
    must(review_undo(review, false, NULL, &fx.err));
    ck_assert_uint_eq(story(review, first).nhistory, 1);
    ck_assert_int_eq(ask_number("SELECT count(*) FROM event e JOIN meeting m ON m.id = e.meeting WHERE m.kept_as = 'notes' AND e.author = 'Anita Patel'"), 0);
    /* the next minutes carry it on */
    bring(text_of("Tobi Okafor / T.O.", "2026-11-01", people, "14:01 A<A1 2026-09-01: Patel, the targets again\n"));
    rows = own(review, true);
    ck_assert_uint_eq(rows.n, 2);
    ck_assert(!uuid_same(rows.v[0].id, first) && !uuid_same(rows.v[1].id, first));
    ck_assert_str_eq(story(review, first).text, "the targets again");
    ck_assert_uint_eq(story(review, first).nhistory, 1);
    /* the full tracker has them as before */
    (void)action_of("what only");
    fixture_same();
}
END_TEST

START_TEST(children_are_not_named)
{
    bring(text_of("Tobi Okafor / T.O.", "2026-10-21", people,
                   "14:01 A: Grace Okafor, bring Tobi's hearing aid; TOBI OKAFOR likes tobins and Mrs Okafor knows => Tóbi has it\n"
                   "  = 2026-11-01 in progress by Anita Patel: Grace Okafor rang about Tobi.\n"));
    struct uuid a = action_of("bring");
    review = open_as(id_of("Grace Okafor"));
    must(review_dispute(review, a, "Tobi never wore one", &fx.err));
    struct action_row row = story(review, a);
    ck_assert_str_eq(row.text, "bring T.O.'s hearing aid; T.O. likes tobins and Mrs Okafor knows");
    ck_assert_str_eq(row.done_when, "T.O. has it");
    ck_assert_str_eq(row.history[0].text, "Grace Okafor rang about T.O..");
    ck_assert_str_eq(row.disputes[0].text, "T.O. never wore one");
    ck_assert_str_eq(row.owner, "Grace Okafor");
    ck_assert_str_eq(row.child, "T.O.");
    ck_assert_str_eq(own(review, false).v[0].child, "T.O.");
}
END_TEST

START_TEST(children_by_reference)
{
    bring("evenhand: 1\nmeeting: tac\nchild: Tobi Okafor\nchild-ref: K-17\nchild: Ade Okafor\ndate: 2026-10-21\ntime: 14:00-15:00\nkept-by: Ravi Thandi\nkept-as: minutes\n\n"
           "people:\nAnita Patel | SENCO | Oakfield | chair | here\n\n# One\n14:01 A: Patel, see Tobi and Ade Okafor\n");
    review = open_as(id_of("Anita Patel"));
    struct action_rows rows = own(review, true);
    ck_assert_str_eq(rows.v[0].child, "K-17, A.O.");
    ck_assert_str_eq(rows.v[0].text, "see K-17 and A.O.");
}
END_TEST

Suite *suite_review(void)
{
    Suite *s = suite_create("review");
    TCase *t = tcase_create("review");
    tcase_add_checked_fixture(t, reviewing_setup, reviewing_teardown);
    tcase_add_test(t, own_and_nothing_else);
    tcase_add_test(t, changes_are_recorded_as_theirs);
    tcase_add_test(t, taken_back_and_given_again);
    tcase_add_test(t, same_name_is_nobody);
    tcase_add_test(t, joined_and_split_at_once);
    tcase_add_test(t, owner_who_is_not_on_the_list);
    tcase_add_test(t, carried_over);
    tcase_add_test(t, restricted_ones);
    tcase_add_test(t, private_notes);
    tcase_add_test(t, children_are_not_named);
    tcase_add_test(t, children_by_reference);
    suite_add_tcase(s, t);
    return s;
}
