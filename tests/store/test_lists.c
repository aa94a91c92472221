/* Lists, ids, search, sign-off. */
#include <stdio.h>
#include <string.h>

#include "fixture.h"

Suite *suite_lists(void);

static const char body[] = "# Reading\n14:02 Grace Okafor: The window is open.\n14:03 R: He sits by the door. (because: the WINDOW is loud)\n  - Grace Okafor: agrees\n"
                           "14:04 X: Nobody may know of the window.\n14:05 D: Where he sits\n  - Anita Patel: by the window\n14:06 Nothing.\n";

static struct meeting_rows all(const char *child, size_t limit)
{
    struct meeting_rows rows = {0};
    must(store_meetings(fx.store, fx.arena, child, limit, &rows, &fx.err));
    return rows;
}

START_TEST(newest_first)
{
    static const char *const dates[] = {"2026-03-01", "2027-01-05", "2025-12-31", "2026-11-24"};
    for (size_t i = 0; i < NITEMS(dates); i++)
        import(meeting_text(i % 2 == 0 ? "Tobi Okafor / T.O." : "Zoë Ł. Smith / Zoë", dates[i], "minutes", body));
    struct meeting_rows rows = all(NULL, 0);
    ck_assert_uint_eq(rows.n, 4);
    for (size_t i = 1; i < rows.n; i++)
        ck_assert_int_gt(rows.v[i - 1].date, rows.v[i].date);
    ck_assert_uint_eq(all(NULL, 2).n, 2);
    ck_assert_uint_eq(all("zoe l", 0).n, 2);
    ck_assert_uint_eq(all("T.O.", 0).n, 2);
    ck_assert_uint_eq(all("nobody", 0).n, 0);
    ck_assert_str_eq(rows.v[0].child, "Zoë");
    ck_assert_str_eq(rows.v[0].type, "tac");
    ck_assert_str_eq(rows.v[0].title, "A meeting");
    ck_assert_str_eq(rows.v[0].status, "draft");
    ck_assert(rows.v[0].unsigned_draft);
    ck_assert_int_eq(rows.v[0].entries, 5);
    struct uuid id;
    must(store_find_meeting(fx.store, "last", &id, &fx.err));
    ck_assert(uuid_same(id, rows.v[0].id));
}
END_TEST

START_TEST(short_ids_are_found_again)
{
    for (int i = 0; i < 12; i++)
        import(meeting_text("Tobi Okafor / T.O.", arena_printf(fx.arena, "2026-11-%02d", i + 1), "minutes", body));
    struct meeting_rows rows = all(NULL, 0);
    for (size_t i = 0; i < rows.n; i++) {
        struct uuid id;
        ck_assert_uint_ge(strlen(rows.v[i].short_id), 8);
        must(store_find_meeting(fx.store, rows.v[i].short_id, &id, &fx.err));
        ck_assert(uuid_same(id, rows.v[i].id));
    }
    struct uuid id;
    char text[UUID_TEXT];
    uuid_text(rows.v[3].id, text);
    must(store_find_meeting(fx.store, text, &id, &fx.err));
    for (size_t i = 0; text[i] != '\0'; i++)
        text[i] = (char)(text[i] >= 'a' && text[i] <= 'f' ? text[i] - 32 : text[i]);
    must(store_find_meeting(fx.store, text, &id, &fx.err));
    text[8] = '\0'; /* all were made within the same minute */
    ck_assert_int_eq(store_find_meeting(fx.store, text, &id, &fx.err), EVH_INVALID);
    static const char *const none[] = {"", "0", "xyz", "ffffffff", "'; DROP TABLE event", "01935b2c7d10", "%", "0193_", "lasts",
                                       "01935b2c-7d10-7a3f-8000-000000000000-and-more-of-it"};
    for (size_t i = 0; i < NITEMS(none); i++)
        ck_assert_int_eq(store_find_meeting(fx.store, none[i], &id, &fx.err), EVH_NOTFOUND);
}
END_TEST

START_TEST(nothing_is_there_yet)
{
    struct uuid id;
    struct action_counts c;
    ck_assert_uint_eq(all(NULL, 0).n, 0);
    ck_assert_int_eq(store_find_meeting(fx.store, "last", &id, &fx.err), EVH_NOTFOUND);
    must(store_action_counts(fx.store, &c, &fx.err));
    ck_assert_int_eq(c.open + c.overdue + c.due_this_week, 0);
    struct record *record = NULL;
    ck_assert_int_eq(store_record(fx.store, fx.store == NULL ? id : (struct uuid){{1}}, &record, &fx.err), EVH_NOTFOUND);
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
}
END_TEST

static struct hits search(const char *pattern, unsigned flags, struct search_filter f)
{
    struct match *match = NULL;
    struct hits hits = {0};
    must(match_new(&match, pattern, strlen(pattern), flags, &fx.err));
    must(store_search(fx.store, fx.arena, match, &f, &hits, &fx.err));
    match_free(match);
    return hits;
}

START_TEST(search_finds)
{
    import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", body));
    struct uuid newest = import(meeting_text("Ben Smith / B.", "2026-11-25", "minutes", body));
    struct search_filter f = {0};
    struct hits hits = search("window", 0, f);
    ck_assert_uint_eq(hits.n, 4);
    ck_assert(uuid_same(hits.v[0].meeting, newest));
    ck_assert_str_eq(hits.v[0].text, "The window is open.");
    ck_assert_uint_eq(hits.v[0].at, 4);
    ck_assert_uint_eq(hits.v[0].end, 10);
    ck_assert_int_eq(hits.v[0].item, 1);
    ck_assert_int_eq(hits.v[0].entry, 1);
    ck_assert_int_eq(hits.v[0].time, 14 * 60 + 2);
    ck_assert_str_eq(hits.v[0].kind, "said");
    ck_assert_str_eq(hits.v[0].speaker, "Grace Okafor");
    ck_assert_str_eq(hits.v[1].text, "Anita Patel: by the window");
    ck_assert_uint_eq(search("window", MATCH_NO_CASE, f).n, 6);
    ck_assert_uint_eq(search("^Nothing\\.$", MATCH_REGEX, f).n, 2);
    ck_assert_uint_eq(search("Nothing.", 0, f).n, 2);
    ck_assert_uint_eq(search(".othing", 0, f).n, 0);
    f.restricted = true;
    ck_assert_uint_eq(search("window", 0, f).n, 6);
    f.restricted = false;
    f.kind = "said";
    ck_assert_uint_eq(search("window", 0, f).n, 2);
    f.kind = NULL;
    f.child = "ben";
    ck_assert_uint_eq(search("window", 0, f).n, 2);
    f.child = NULL;
    f.limit = 3;
    hits = search("window", 0, f);
    ck_assert_uint_eq(hits.n, 3);
    ck_assert(hits.stopped);
    f.limit = 4;
    ck_assert(!search("window", 0, f).stopped);
}
END_TEST

START_TEST(search_gives_up_on_bad_patterns)
{
    import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", "14:02 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\n"));
    struct search_filter f = {0};
    struct hits hits = search("^(a+)+$", MATCH_REGEX, f);
    ck_assert_uint_eq(hits.n, 0);
    ck_assert_uint_eq(hits.gave_up, 1);
}
END_TEST

/* ---- sign-off ---- */

START_TEST(signed_one_by_one)
{
    struct uuid id = import(meeting_text("Tobi Okafor / T.O.", "2026-11-24", "minutes", body));
    must(op_sign(fx.store, id, "Patel", "sent", NULL, DAY_NONE, &fx.err));
    ck_assert(all(NULL, 0).v[0].unsigned_draft);
    must(op_sign(fx.store, id, "Grace", "Signed with reservations (items 1-2)", "It was said, not that it is right.", civil_day((struct civil){2026, 11, 30}), &fx.err));
    ck_assert(!all(NULL, 0).v[0].unsigned_draft);
    struct record *record = record_of(id);
    ck_assert_uint_eq(record->nsignoffs, 2);
    ck_assert_str_eq(record->signoffs[1].name, "Grace Okafor");
    ck_assert_str_eq(record->signoffs[1].state, "signed with reservations");
    ck_assert_str_eq(record->signoffs[1].scope, "items 1-2");
    ck_assert_str_eq(record->signoffs[1].comment, "It was said, not that it is right.");
    ck_assert_int_eq(record->signoffs[0].date, fx.now.day);
    record_free(record);
    ck_assert_int_eq(op_sign(fx.store, id, "Patel", "declined", " ", DAY_NONE, &fx.err), EVH_INVALID);
    ck_assert_int_eq(op_sign(fx.store, id, "Patel", "scribbled", NULL, DAY_NONE, &fx.err), EVH_INVALID);
    ck_assert_int_eq(op_sign(fx.store, id, "Nobody", "signed", NULL, DAY_NONE, &fx.err), EVH_INVALID);
    ck_assert_int_eq(op_sign(fx.store, (struct uuid){{9}}, "Patel", "signed", NULL, DAY_NONE, &fx.err), EVH_NOTFOUND);
    record = record_of(id);
    ck_assert_uint_eq(record->nsignoffs, 2);
    record_free(record);
}
END_TEST

/* It comes in whole, and its tables are those of a rebuild (teardown). */
START_TEST(the_demonstration_comes_in)
{
    struct buf text = {0};
    must(file_read(TABLES_DIR "/demo.meeting", 1 << 20, &text, &fx.err));
    struct op_import in = import_result(buf_str(&text));
    buf_free(&text);
    ck_assert_uint_gt(in.entries, 5);
    ck_assert_str_eq(doctor_words(DOCTOR_BAD), "");
}
END_TEST

Suite *suite_lists(void)
{
    Suite *s = suite_create("lists");
    TCase *t = tcase_create("lists");
    tcase_add_checked_fixture(t, fixture_setup, fixture_teardown);
    tcase_set_timeout(t, 60);
    tcase_add_test(t, newest_first);
    tcase_add_test(t, short_ids_are_found_again);
    tcase_add_test(t, nothing_is_there_yet);
    tcase_add_test(t, search_finds);
    tcase_add_test(t, search_gives_up_on_bad_patterns);
    tcase_add_test(t, signed_one_by_one);
    tcase_add_test(t, the_demonstration_comes_in);
    suite_add_tcase(s, t);
    return s;
}
