/* Importing: the same again, another text, strict, limits; and whose child it is. */
#include <string.h>

#include "fixture.h"

Suite *suite_import(void);

static const char body[] = "# Reading\n14:02 First.\n14:05 A: Patel, send the targets home, by 4 Dec\n";

START_TEST(the_same_again_changes_nothing)
{
    const char *text = meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", body);
    struct op_import first = import_result(text);
    ck_assert(!first.existed);
    ck_assert_uint_eq(first.entries, 2);
    long long events = ask_number("SELECT count(*) FROM event");
    struct op_import again = import_result(text);
    ck_assert(again.existed);
    ck_assert(uuid_same(first.id, again.id));
    ck_assert_int_eq(ask_number("SELECT count(*) FROM event"), events);
    /* the ends of lines do not matter */
    struct buf crlf = {0};
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\n')
            buf_addc(&crlf, '\r');
        buf_addc(&crlf, *at);
    }
    ck_assert(uuid_same(first.id, import(buf_str(&crlf))));
    buf_free(&crlf);
}
END_TEST

START_TEST(another_text_is_a_record_of_its_own)
{
    struct uuid first = import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", body));
    struct op_import second = import_result(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", "14:02 Something else.\n"));
    ck_assert(!second.existed);
    ck_assert(!uuid_same(first, second.id));
    ck_assert(uuid_same(first, second.other));
    struct op_import notes = import_result(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "notes", body));
    ck_assert(uuid_none(notes.other));
    struct op_import later = import_result(meeting_text("Tobi Okafor / T.O.", "2026-11-25", "minutes", body));
    ck_assert(uuid_none(later.other));
}
END_TEST

START_TEST(strict_imports_all_or_nothing)
{
    const char *text = meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", "14:02 A: Nobody Known, do it, by soon\n");
    struct notices notices = {0};
    struct op_import out = {0};
    ck_assert_int_eq(op_import(fx.store, &fx.types, text, strlen(text), true, fx.arena, &notices, &out, &fx.err), EVH_INVALID);
    ck_assert_uint_gt(notices.n, 0);
    ck_assert_int_eq(ask_number("SELECT count(*) FROM event"), 0);
    must(op_import(fx.store, &fx.types, text, strlen(text), false, fx.arena, &notices, &out, &fx.err));
    ck_assert_int_gt(ask_number("SELECT count(*) FROM event"), 0);
}
END_TEST

START_TEST(past_a_limit_nothing_changes)
{
    struct buf text = {0};
    buf_adds(&text, meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", ""));
    for (int i = 0; i < 10001; i++)
        buf_addf(&text, "note %d\n", i);
    struct notices notices = {0};
    struct op_import out = {0};
    ck_assert_int_eq(op_import(fx.store, &fx.types, buf_str(&text), text.n, false, fx.arena, &notices, &out, &fx.err), EVH_LIMIT);
    ck_assert_int_eq(ask_number("SELECT count(*) FROM event"), 0);
    buf_free(&text);
}
END_TEST

START_TEST(rubbish_comes_in_clean)
{
    static const char text[] = "\xff\xfe\x00 \x1b[31mred\x1b[0m \xe2\x80\xae" "over\n\n\n# Item\n14:99 what\nP: \n- nothing\n= nothing\n";
    struct notices notices = {0};
    struct op_import out = {0};
    must(op_import(fx.store, &fx.types, text, sizeof text - 1, false, fx.arena, &notices, &out, &fx.err));
    struct record *record = record_of(out.id);
    for (size_t i = 0; i < record->nentries; i++)
        ck_assert(strchr(record->entries[i].text, 0x1b) == NULL);
    record_free(record);
}
END_TEST

/* ---- whose child ---- */

static struct uuid file_of(struct uuid meeting, size_t child)
{
    struct record *record = record_of(meeting);
    ck_assert_uint_gt(record->nchildren, child);
    struct uuid file = record->children[child].file;
    record_free(record);
    ck_assert(!uuid_none(file));
    return file;
}

static const struct {
    const char *first, *second;
    bool same;
} children[] = {
    {"Tobi Okafor / T.O.", "Tobi Okafor / T.O.", true},
    {"Tobi Okafor / T.O.", "tobi OKAFOR / T.O.", true},
    {"Tobi Okafor", "Tobi Okafor", true},
    {"Tobi Okafor / T.O.", "Tobi Okafor / Tobi", false},
    {"Tobi Okafor / T.O.", "Tobias Okafor / T.O.", false},
    {"Tobi Okafor / T.O.", "Tobi Okafor", false},
    {"Tobi Okafor / T.O.\nchild-ref: NS-1", "Tobi Okafor / T.O.\nchild-ref: NS-2", false},
    {"Tobi Okafor / T.O.\nchild-ref: NS-1", "Tobi Okafor / T.O.\nchild-ref: ns-1", true},
    {"Tobi Okafor / T.O.\nchild-ref: NS-1", "Tobi Okafor / T.O.", true},
    {"Tobi Okafor / T.O.\nborn: 2018-01-02", "Tobi Okafor / T.O.\nborn: 2018-01-03", false},
    {"Tobi Okafor / T.O.\nborn: 2018-01-02", "Tobi Okafor / T.O.\nborn: 2018-01-02", true},
};

START_TEST(files_are_joined_only_when_all_agrees)
{
    struct uuid a = import(meeting_text(children[_i].first, "2026-10-13", "minutes", body));
    struct op_import b = import_result(meeting_text(children[_i].second, "2026-11-24", "minutes", body));
    ck_assert_int_eq(uuid_same(file_of(a, 0), file_of(b.id, 0)), children[_i].same);
    if (children[_i].same)
        ck_assert_str_eq(b.filed, "same child as in the meeting of 13 October 2026");
    else
        ck_assert_ptr_null(b.filed);
}
END_TEST

START_TEST(two_candidates_are_no_answer)
{
    struct uuid a = import(meeting_text("Tobi Okafor / T.O.\nchild-ref: NS-1", "2026-10-13", "minutes", body));
    struct uuid b = import(meeting_text("Tobi Okafor / T.O.\nchild-ref: NS-2", "2026-10-14", "minutes", body));
    struct op_import c = import_result(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", body));
    ck_assert(!uuid_same(file_of(c.id, 0), file_of(a, 0)));
    ck_assert(!uuid_same(file_of(c.id, 0), file_of(b, 0)));
    ck_assert_ptr_null(c.filed);
    ck_assert_ptr_nonnull(strstr(doctor_words(DOCTOR_NOTE), "possibly the same child"));
}
END_TEST

START_TEST(twins_of_one_name_are_two)
{
    struct uuid a = import(meeting_text("Tobi Okafor / T.O.\nchild: Tobi Okafor / T.O.", "2026-10-13", "minutes", body));
    ck_assert(!uuid_same(file_of(a, 0), file_of(a, 1)));
}
END_TEST

START_TEST(doctor_lists_who_may_be_the_same)
{
    import(meeting_text("Tobi Okafor / T.O.", "2026-10-13", "minutes", body));
    ck_assert_ptr_null(strstr(doctor_words(DOCTOR_NOTE), "possibly"));
    import(meeting_text("Tobi Okafor / Tobi", "2026-10-14", "minutes", body));
    ck_assert_ptr_nonnull(strstr(doctor_words(DOCTOR_NOTE), "13 October 2026"));
    import(meeting_text("Ben Smith / B.", "2026-10-15", "minutes", body));
    ck_assert_ptr_null(strstr(doctor_words(DOCTOR_NOTE), "Ben Smith"));
    import(meeting_text("Benjamin Smith / B.", "2026-10-16", "minutes", body));
    ck_assert_ptr_nonnull(strstr(doctor_words(DOCTOR_NOTE), "Benjamin Smith"));
}
END_TEST

START_TEST(joined_split_and_taken_back)
{
    struct uuid a = import(meeting_text("Tobi Okafor / T.O.", "2026-10-13", "minutes", body));
    struct uuid b = import(meeting_text("Tobi Okafor / Tobi", "2026-11-24", "minutes", body));
    struct uuid alone = file_of(b, 0);
    must(op_file_join(fx.store, b, 0, file_of(a, 0), "his mother says so", &fx.err));
    ck_assert(uuid_same(file_of(a, 0), file_of(b, 0)));
    struct meeting_rows rows = {0};
    must(store_file_meetings(fx.store, fx.arena, file_of(a, 0), &rows, &fx.err));
    ck_assert_uint_eq(rows.n, 2);
    ck_assert(uuid_same(rows.v[0].id, b));
    ck_assert_int_eq(op_file_join(fx.store, b, 0, file_of(a, 0), "again", &fx.err), EVH_STATE);
    fixture_same();
    struct session s;
    must(session_open(&s, fx.store, &fx.types, b, false, &fx.err));
    ck_assert_ptr_nonnull(session_undo_says(&s, false));
    must(session_undo(&s, false, &fx.err));
    session_close(&s);
    ck_assert(uuid_same(file_of(b, 0), alone));
    fixture_same();
    must(op_file_split(fx.store, a, 0, NULL, &fx.err));
    must(op_file_join(fx.store, a, 0, alone, NULL, &fx.err));
    ck_assert(uuid_same(file_of(a, 0), alone));
    ck_assert_int_eq(op_file_split(fx.store, a, 3, NULL, &fx.err), EVH_NOTFOUND);
}
END_TEST

START_TEST(a_renamed_child_leaves_the_file)
{
    struct uuid a = import(meeting_text("Tobi Okafor / T.O.", "2026-10-13", "minutes", body));
    struct uuid b = import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", body));
    ck_assert(uuid_same(file_of(a, 0), file_of(b, 0)));
    struct session s;
    must(session_open(&s, fx.store, &fx.types, b, false, &fx.err));
    must(session_head(&s, "child", 0, "Ben Smith / B.", &fx.err));
    ck_assert(!uuid_same(file_of(a, 0), file_of(b, 0)));
    fixture_same();
    must(session_head(&s, "child", 0, "Tobi Okafor / T.O.", &fx.err));
    must(session_undo(&s, false, &fx.err));
    must(session_undo(&s, false, &fx.err));
    ck_assert(uuid_same(file_of(a, 0), file_of(b, 0)));
    session_close(&s);
}
END_TEST

Suite *suite_import(void)
{
    Suite *s = suite_create("import");
    TCase *t = tcase_create("import");
    tcase_add_checked_fixture(t, fixture_setup, fixture_teardown);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, the_same_again_changes_nothing);
    tcase_add_test(t, another_text_is_a_record_of_its_own);
    tcase_add_test(t, strict_imports_all_or_nothing);
    tcase_add_test(t, past_a_limit_nothing_changes);
    tcase_add_test(t, rubbish_comes_in_clean);
    tcase_add_loop_test(t, files_are_joined_only_when_all_agrees, 0, (int)NITEMS(children));
    tcase_add_test(t, two_candidates_are_no_answer);
    tcase_add_test(t, twins_of_one_name_are_two);
    tcase_add_test(t, doctor_lists_who_may_be_the_same);
    tcase_add_test(t, joined_split_and_taken_back);
    tcase_add_test(t, a_renamed_child_leaves_the_file);
    suite_add_tcase(s, t);
    return s;
}
