#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/names.h"
#include "core/notation.h"
#include "core/text.h"
#include "core/types.h"
#include "tests/unit/reading.h"

Suite *suite_notation(void);

/* ---- goldens: what lines mean, kept in a file that a person can check ---- */

static void put_notices(struct buf *out, const struct notices *notices, size_t from)
{
    for (size_t i = from; i < notices->n; i++)
        buf_addf(out, "    %d:%d %s\n", notices->v[i].line, notices->v[i].column, notices->v[i].text);
}

static void put_preview(struct buf *out, struct meeting_read *m, const char *line, size_t n)
{
    struct preview preview;
    struct notation_reader look = m->reader;
    look.arena = arena_new();
    notation_preview(&look, m->record, line, n, &preview);
    if (preview.summary[0] != '\0')
        buf_addf(out, "    [%s]\n", preview.summary);
    arena_free(look.arena);
}

/* One case: its lines ("> " before each) after the head; what they give is appended. */
static void replay_lines(struct buf *out, const char *lines, size_t n)
{
    struct meeting_read m;
    reading_import(&m, reading_head, strlen(reading_head));
    ck_assert_uint_eq(m.notices.n, 0);
    uint32_t first = m.ids + 1;
    m.reader.line = 0;
    for (size_t at = 0; at < n;) {
        const char *end = memchr(lines + at, '\n', n - at);
        size_t length = (size_t)(end - lines) - at;
        size_t skip = length < 2 ? length : 2;
        buf_add(out, lines + at, length + 1);
        put_preview(out, &m, lines + at + skip, length - skip);
        reading_line(&m, lines + at + skip, length - skip, first, out);
        at += length + 1;
    }
    put_notices(out, &m.notices, 0);
    reading_end(&m);
}

/* A whole file: what is warned about and how it is written back. */
static void replay_file(struct buf *out, const char *lines, size_t n)
{
    struct meeting_read m;
    struct buf text = {0}, printed = {0};
    buf_add(out, lines, n);
    for (size_t at = 0; at < n;) {
        const char *end = memchr(lines + at, '\n', n - at);
        size_t length = (size_t)(end - lines) - at, skip = length < 2 ? length : 2;
        buf_add(&text, lines + at + skip, length + 1 - skip);
        at += length + 1;
    }
    reading_import(&m, buf_str(&text), text.n);
    put_notices(out, &m.notices, 0);
    notation_print(&printed, m.record);
    for (size_t at = 0; at < printed.n;) {
        const char *end = memchr(printed.s + at, '\n', printed.n - at);
        size_t length = (size_t)(end - printed.s) - at;
        buf_addf(out, "    |%.*s\n", (int)length, printed.s + at);
        at += length + 1;
    }
    reading_end(&m);
    buf_free(&text);
    buf_free(&printed);
}

static void check_same(const char *name, const struct buf *got, const struct buf *golden)
{
    size_t i = 0, begin = 0, line = 1;
    while (i < got->n && i < golden->n && got->s[i] == golden->s[i]) {
        if (got->s[i] == '\n') {
            begin = i + 1;
            line++;
        }
        i++;
    }
    if (i < got->n || i < golden->n)
        ck_abort_msg("%s:%zu: came\n%.200s\n--- expected\n%.200s", name, line, buf_str(got) + begin, buf_str(golden) + begin);
}

/* Takes the cases out of the golden, replays them and compares; GENERATE=1 writes what came out instead. */
static void check_golden(const char *name, void (*replay)(struct buf *, const char *, size_t))
{
    struct buf golden = {0}, got = {0}, input = {0};
    reading_file(&golden, name);
    for (size_t at = 0; at < golden.n;) {
        const char *end = memchr(golden.s + at, '\n', golden.n - at);
        ck_assert_ptr_nonnull(end);
        size_t next = (size_t)(end - golden.s) + 1;
        if (golden.s[at] == '>') {
            buf_add(&input, golden.s + at, next - at);
        } else if (golden.s[at] == '\n' || golden.s[at] == '#') {
            if (input.n > 0)
                replay(&got, input.s, input.n);
            buf_clear(&input);
            buf_add(&got, golden.s + at, next - at);
        }
        at = next;
    }
    if (input.n > 0)
        replay(&got, input.s, input.n);
    if (getenv("GENERATE") != NULL) {
        struct buf path = {0};
        buf_addf(&path, "%s/%s", getenv("GENERATE"), strrchr(name, '/') + 1);
        FILE *f = fopen(path.s, "wb");
        ck_assert_ptr_nonnull(f);
        fwrite(got.s, 1, got.n, f);
        fclose(f);
        buf_free(&path);
    } else {
        check_same(name, &got, &golden);
    }
    buf_free(&golden);
    buf_free(&got);
    buf_free(&input);
}

START_TEST(lines_mean_what_the_golden_says)
{
    check_golden("tests/unit/golden/lines.txt", replay_lines);
}
END_TEST

START_TEST(files_are_written_back_as_the_golden_says)
{
    check_golden("tests/unit/golden/files.txt", replay_file);
}
END_TEST

/* ---- limits ---- */

struct limit {
    const char *line, *says;
    size_t times;
    bool refused;
};

static const struct limit limits[] = {
    {"x\n", "entries", 10001, true},   {"x\n", "", 10000, false},      {"# x\n", "items", 1001, true}, {"# x\n", "", 1000, false},
    {"p|||\n", "people", 1001, true}, {"p|||\n", "", 1000, false},
};

START_TEST(limits_stop_the_reading)
{
    const struct limit *limit = &limits[_i];
    struct meeting_read m;
    struct buf text = {0};
    struct err err = {.text = ""};
    buf_adds(&text, limit->line[0] == 'p' ? "\npeople:\n" : "\n\n");
    for (size_t i = 0; i < limit->times; i++)
        buf_adds(&text, limit->line);
    reading_begin(&m);
    enum evh code = notation_read(&m.reader, m.record, text.s, text.n, &m.facts, &m.notices, &err);
    ck_assert_int_eq(code, limit->refused ? EVH_LIMIT : EVH_OK);
    ck_assert_msg(strstr(err.text, limit->says) != NULL, "%s", err.text);
    reading_end(&m);
    buf_free(&text);
}
END_TEST

static size_t mebi(size_t n)
{
    return n << 20;
}

static enum evh read_long(size_t length, bool wrapped, struct err *err)
{
    struct meeting_read m;
    struct buf text = {0};
    buf_adds(&text, "\n\n");
    for (size_t i = 0; i < length; i++)
        buf_addc(&text, wrapped && i == length / 2 ? '\n' : wrapped && i > length / 2 && i < length / 2 + 3 ? ' ' : 'x');
    reading_begin(&m);
    enum evh code = notation_read(&m.reader, m.record, text.s, text.n, &m.facts, &m.notices, err);
    reading_end(&m);
    buf_free(&text);
    return code;
}

START_TEST(a_line_may_have_a_mebibyte)
{
    struct err err = {.text = ""};
    ck_assert_int_eq(read_long(mebi(1), false, &err), EVH_OK);
    ck_assert_int_eq(read_long(mebi(1) + 1, false, &err), EVH_LIMIT);
    ck_assert_ptr_nonnull(strstr(err.text, "1 MiB"));
    ck_assert_int_eq(read_long(mebi(1) + 3, true, &err), EVH_LIMIT);
}
END_TEST

START_TEST(a_file_may_have_64_mebibytes)
{
    struct meeting_read m;
    struct err err = {.text = ""};
    size_t n = mebi(64) + 1;
    char *text = malloc(n);
    ck_assert_ptr_nonnull(text);
    memset(text, '\n', n);
    reading_begin(&m);
    ck_assert_int_eq(notation_read(&m.reader, m.record, text, n, &m.facts, &m.notices, &err), EVH_LIMIT);
    ck_assert_ptr_nonnull(strstr(err.text, "64 MiB"));
    ck_assert_uint_eq(m.facts.n, 0);
    free(text);
    reading_end(&m);
}
END_TEST

/* ---- hostile bytes ---- */

START_TEST(bytes_that_are_no_text_are_warned_about_once_a_line)
{
    static const char text[] = "\xEF\xBB\xBF" "evenhand: 1\r\n\r\n14:05 a\x01" "b\xff" "c\x1b[2J\r\nplain\n";
    struct meeting_read m;
    reading_import(&m, text, sizeof text - 1);
    ck_assert_uint_eq(m.notices.n, 1);
    ck_assert_int_eq(m.notices.v[0].line, 3);
    ck_assert_str_eq(m.record->entries[0].text, "a\uFFFDb\uFFFDc\uFFFD[2J");
    ck_assert_str_eq(m.record->entries[1].text, "plain");
    reading_end(&m);
}
END_TEST

START_TEST(notices_are_safe_to_show)
{
    static const char text[] = "\n\npeople:\nAnn|||child|\n\n+\u202Eevil\u2066 and so on and on and on and on and on and on and on\nAnn \x1b: x\n";
    struct meeting_read m;
    reading_import(&m, text, sizeof text - 1);
    ck_assert_uint_gt(m.notices.n, 1);
    for (size_t i = 0; i < m.notices.n; i++) {
        char *safe = text_show_dup(m.arena, m.notices.v[i].text);
        ck_assert_str_eq(safe, m.notices.v[i].text);
    }
    reading_end(&m);
}
END_TEST

/* ---- the live line ---- */

START_TEST(live_lines_are_stamped_and_signed)
{
    struct meeting_read m;
    struct buf out = {0};
    reading_import(&m, reading_head, strlen(reading_head));
    uint32_t first = m.ids + 1;
    m.reader.stamp = 14 * 60 + 7;
    m.reader.typed_by = "Ms Anita Patel";
    reading_line(&m, "Lin: yes", 8, first, &out);
    reading_line(&m, "  and no", 8, first, &out);
    reading_line(&m, "14:05 # Item", 12, first, &out);
    reading_line(&m, "# Item", 6, first, &out);
    ck_assert_str_eq(buf_str(&out), "    entry.added {\"kind\":\"said\",\"speaker\":\"Dr Wei Lin\",\"text\":\"yes\",\"time\":\"14:07\"}\n"
                                    "    entry.marked {\"by\":\"Ms Anita Patel\",\"mark\":\"typed\",\"target\":\"#1\"}\n"
                                    "    entry.added {\"kind\":\"said\",\"replaces\":\"#1\",\"speaker\":\"Dr Wei Lin\",\"text\":\"yes and no\",\"time\":\"14:07\"}\n"
                                    "    item.begun {\"time\":\"14:05\",\"title\":\"Item\"}\n    item.begun {\"title\":\"Item\"}\n");
    ck_assert_uint_eq(m.record->nentries, 1);
    ck_assert_str_eq(m.record->entries[0].typed_by, "Ms Anita Patel");
    buf_free(&out);
    reading_end(&m);
}
END_TEST

START_TEST(a_line_goes_on_after_the_program_was_started_again)
{
    static const char *const lines[][3] = {
        {"14:05 A: Patel, send it, by 4 Dec", "  => they have it", "14:05 A: Ms Anita Patel, send it, by 2026-12-04 => they have it"},
        {"P: Grace: He likes", "\treading.", "P: Mrs Grace Okafor: He likes reading."},
        {"# Speech", "  and language", "# Speech and language"},
        {"recommendation: amend B", "  and F", "recommendation: amend B and F"},
    };
    struct meeting_read m;
    struct buf out = {0};
    reading_import(&m, reading_head, strlen(reading_head));
    reading_line(&m, lines[_i][0], strlen(lines[_i][0]), 0, NULL);
    m.reader.above = (struct notation_above){0};
    reading_line(&m, lines[_i][1], strlen(lines[_i][1]), 0, NULL);
    notation_print(&out, m.record);
    ck_assert_msg(strstr(buf_str(&out), lines[_i][2]) != NULL, "%s", buf_str(&out));
    buf_free(&out);
    reading_end(&m);
}
END_TEST

/* ---- edits ---- */

struct edit {
    const char *line, *to;
    enum evh code;
    const char *now, *was;
};

static const struct edit edits[] = {
    {"14:05 the words", "14:05 other words", EVH_OK, "14:05 other words", "the words"},
    {"14:05 the words", "other words", EVH_OK, "14:05 other words", "the words"},
    {"14:05 the words", "14:05 the words", EVH_NO, "14:05 the words", NULL},
    {"14:05 the words", "14:06 the words", EVH_OK, "14:06 the words", NULL},
    {"14:05 the words", "P: Grace: the words", EVH_OK, "14:05 P: Mrs Grace Okafor: the words", "the words"},
    {"14:05 the words", "# the words", EVH_OK, "14:05 //# the words", "the words"},
    {"14:05 the words", "  ", EVH_INVALID, "14:05 the words", NULL},
    {"X: secret", "X: more secret", EVH_OK, "X: more secret", "secret"},
    {"A: Patel, send, by 4 Dec", "A: Lin, send, by 5 Dec", EVH_OK, "A: Dr Wei Lin, send, by 2026-12-05", "Ms Anita Patel, send, by 2026-12-04"},
    {"O: Lin: it is (basis: two reports)", "O: Lin: it is (basis: one report)", EVH_OK, "O: Dr Wei Lin: it is (basis: one report)",
     "it is (basis: two reports)"},
    {"M: Grace: \"so\"", "M: Grace: \"not so\"", EVH_STATE, "M: Mrs Grace Okafor: \"so\"", NULL},
};

START_TEST(entries_are_edited)
{
    const struct edit *edit = &edits[_i];
    struct meeting_read m;
    struct facts facts = {0};
    struct err err = {.text = ""};
    struct buf out = {0};
    reading_import(&m, reading_head, strlen(reading_head));
    reading_line(&m, edit->line, strlen(edit->line), 0, NULL);
    m.reader.now = (struct now){.day = 20790, .utc_ms = 1};
    enum evh code = notation_edit(&m.reader, m.record, &m.record->entries[0], edit->to, strlen(edit->to), &facts, &m.notices, &err);
    ck_assert_int_eq(code, edit->code);
    for (size_t i = 0; i < facts.n; i++)
        ck_assert(record_apply(m.record, &facts.v[i]));
    const struct entry *e = &m.record->entries[0];
    notation_print_entry(&out, m.record, e, true);
    ck_assert_str_eq(buf_str(&out), edit->now);
    ck_assert_uint_eq(e->nearlier, edit->was != NULL);
    if (edit->was != NULL) {
        ck_assert_str_eq(e->earlier[0].text, edit->was);
        ck_assert_str_eq(e->earlier[0].by, "Ravi Thandi");
        ck_assert_int_eq(e->earlier[0].date, 20790);
    }
    buf_free(&out);
    reading_end(&m);
}
END_TEST

/* ---- types ---- */

START_TEST(types_are_found_in_any_spelling)
{
    static const char *names[] = {"caf-review"};
    static const char *outcomes[] = {"continue", "step up"};
    struct meeting_type v[] = {{.name = "sen-support"}, {.name = "eha-review", .aliases = {names, 1}, .outcomes = {outcomes, 2}}};
    struct types types = {v, NITEMS(v)};
    ck_assert_ptr_eq(types_find(&types, "SEN Support", 11), &v[0]);
    ck_assert_ptr_eq(types_find(&types, "Caf Review", 10), &v[1]);
    ck_assert_ptr_eq(types_find(&types, "sen-supports", 12), NULL);
    ck_assert_ptr_eq(types_find(&types, "", 0), NULL);
    ck_assert_ptr_eq(types_find(NULL, "tac", 3), NULL);
    static const char text[] = "meeting: CAF review - Autumn\n\noutcome: Step Up; soon\noutcome: stop\n";
    struct meeting_read m;
    struct err err;
    reading_begin(&m);
    m.reader.types = &types;
    ck_assert_int_eq(notation_read(&m.reader, m.record, text, sizeof text - 1, &m.facts, &m.notices, &err), EVH_OK);
    ck_assert_str_eq(m.record->head[0].value, "eha-review - Autumn");
    ck_assert_str_eq(m.record->outcomes[0].outcome, "step up");
    ck_assert_str_eq(m.record->outcomes[1].outcome, "stop");
    ck_assert_uint_eq(m.notices.n, 1);
    ck_assert_int_eq(m.notices.v[0].line, 4);
    reading_end(&m);
}
END_TEST

/* ---- previews ---- */

/* The words that were typed are on the line already; saying them again would send them over the wire at every key. */
START_TEST(previews_do_not_repeat_the_words)
{
    static const char *const lines[] = {"A: Patel, zebra, by 4 Dec => zebra; else zebra", "zebra", "P: Grace: zebra", "R: zebra (because: zebra)",
                                        "K: Grace: zebra -> zebra; zebra; given", "C: Tobi (zebra): zebra", "# zebra", "X(zebra): x", "outcome: zebra"};
    struct meeting_read m;
    struct preview preview;
    reading_import(&m, reading_head, strlen(reading_head));
    size_t facts = m.record->nfacts;
    uint32_t ids = m.ids;
    notation_preview(&m.reader, m.record, lines[_i], strlen(lines[_i]), &preview);
    ck_assert(preview.has_fact);
    ck_assert_str_ne(preview.summary, "");
    if (lines[_i][1] != '(')
        ck_assert_ptr_null(strstr(preview.summary, "zebra"));
    ck_assert_uint_eq(m.record->nfacts, facts);
    ck_assert_uint_eq(m.ids, ids);
    reading_end(&m);
}
END_TEST

Suite *suite_notation(void)
{
    Suite *s = suite_create("notation");
    TCase *t = tcase_create("lines");
    tcase_add_test(t, lines_mean_what_the_golden_says);
    tcase_add_test(t, files_are_written_back_as_the_golden_says);
    tcase_add_test(t, bytes_that_are_no_text_are_warned_about_once_a_line);
    tcase_add_test(t, notices_are_safe_to_show);
    tcase_add_test(t, types_are_found_in_any_spelling);
    suite_add_tcase(s, t);
    t = tcase_create("limits");
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, limits_stop_the_reading, 0, (int)NITEMS(limits));
    tcase_add_test(t, a_line_may_have_a_mebibyte);
    tcase_add_test(t, a_file_may_have_64_mebibytes);
    suite_add_tcase(s, t);
    t = tcase_create("live");
    tcase_add_test(t, live_lines_are_stamped_and_signed);
    tcase_add_loop_test(t, a_line_goes_on_after_the_program_was_started_again, 0, 4);
    tcase_add_loop_test(t, entries_are_edited, 0, (int)NITEMS(edits));
    tcase_add_loop_test(t, previews_do_not_repeat_the_words, 0, 9);
    suite_add_tcase(s, t);
    return s;
}
