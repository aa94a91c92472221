#include "core/out/out.h"

#include "core/audience.h"
#include "core/notation.h"
#include "core/text.h"

#include <check.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

Suite *suite_out(void);

static const char meeting[] =
    "evenhand: 1\n"
    "meeting: tac - Review *one*\n"
    "child: Tobi Okafor / T.O.\n"
    "date: 2026-11-24\n"
    "time: 14:00-15:10\n"
    "place: Room 2 | upstairs\n"
    "kept-by: Ravi Thandi\n"
    "kept-as: minutes\n"
    "conflict: Ravi Thandi - knows the family\n"
    "next-meeting: 2027-01-05 14:00\n"
    "\n"
    "people:\n"
    "Anita Patel | SENCO | Oakfield | chair | 14:00-15:10\n"
    "Ravi Thandi | clerk | Oakfield | minute-taker | 14:00-15:10\n"
    "Grace Okafor | mother | family | parent, PR | 14:00-15:10\n"
    "Samuel Okafor | father | family | parent, no PR | apologies: at work\n"
    "help: Grace Okafor | parent-partner | offered 2026-11-12 by Anita Patel | declined: not today |\n"
    "contact: 2026-11-16 10:20 | text | Samuel Okafor | Ravi Thandi | no reply\n"
    "\n"
    "# Speech <b>\n"
    "14:05 P: Grace: \"He practises every night.\"\n"
    "  = read back; confirmed\n"
    "14:07 The report was shared.\n"
    "14:08 s/shared/sent/\n"
    "14:10 R: The targets go home. (because: he learns there)\n"
    "  - Grace Okafor: agrees with reservations: only if short\n"
    "14:12 D: Progress\n"
    "  - Anita Patel: no movement (basis: termly data)\n"
    "  - Grace Okafor: two new sounds\n"
    "  = open; next: the same test in January\n"
    "14:14 A: Patel, send the targets home, by 4 Dec => the family has them; else ring\n"
    "14:15 A?: Patel, ask for a date\n"
    "14:16 X: A: Patel, ring the doctor, by 1 Dec\n"
    "14:17 K: Grace: hearing report -> the school; to plan; given, until 2027-07-31\n"
    "14:18 Nobody agreed with this line.\n"
    "  = withdrawn: misheard\n"
    "  = disputed by Grace Okafor: I did\n"
    "\n"
    "outcome: continue\n"
    "X: outcome: step up; soon\n"
    "\n"
    "signoff:\n"
    "Grace Okafor | sent | 2026-11-24 |\n"
    "Grace Okafor | signed with reservations | 2026-11-25 | not the letter\n"
    "\n"
    "copies:\n"
    "Grace Okafor | open | by hand | 2026-11-24\n";

static struct uuid next_id(void *data)
{
    unsigned *count = data;
    struct uuid id = {{0x01, 0x9a, 0xbc}};
    id.b[15] = (unsigned char)++*count;
    return id;
}

/* A copy of a meeting for an audience; ends the test when it cannot be read. */
static struct record *copy_of(const char *text, enum audience_kind kind)
{
    unsigned count = 0;
    struct arena *arena = arena_new();
    struct record *record = record_new((struct uuid){{7}});
    struct notation_reader reader = {.arena = arena, .ids = {next_id, &count}, .stamp = TIME_NONE,
                                     .now = {.day = DAY_NONE, .time = TIME_NONE}};
    struct facts facts = {0};
    struct notices notices = {0};
    struct err err;
    struct audience audience = {.kind = kind};
    ck_assert_int_eq(notation_read(&reader, record, text, strlen(text), &facts, &notices, &err), EVH_OK);
    struct record *copy = audience_copy(record, &audience);
    record_free(record);
    arena_free(arena);
    return copy;
}

static json_t *json_of(enum audience_kind kind)
{
    struct buf out = {0};
    struct record *record = copy_of(meeting, kind);
    json_error_t error;
    out_json(&out, record);
    json_t *json = json_loadb(out.s, out.n, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(json != NULL, "%s at %d", error.text, error.line);
    ck_assert_int_eq(out.s[out.n - 1], '\n');
    buf_free(&out);
    record_free(record);
    return json;
}

static const json_t *at(const json_t *list, size_t i, const char *key)
{
    const json_t *value = json_object_get(json_array_get(list, i), key);
    ck_assert_msg(value != NULL, "%s", key);
    return value;
}

static void same(const json_t *value, const char *wanted)
{
    if (wanted == NULL)
        ck_assert(json_is_null(value));
    else
        ck_assert_str_eq(json_string_value(value), wanted);
}

static void keys(const json_t *object, const char *wanted)
{
    struct buf b = {0};
    json_t *copy = json_copy((json_t *)(uintptr_t)object);
    for (void *it = json_object_iter(copy); it != NULL; it = json_object_iter_next(copy, it))
        buf_addf(&b, "%s%s", b.n == 0 ? "" : " ", json_object_iter_key(it));
    ck_assert_str_eq(buf_str(&b), wanted);
    json_decref(copy);
    buf_free(&b);
}

/* contract.md: every key, in this order. */
START_TEST(json_keys)
{
    json_t *json = json_of(AUDIENCE_FULL);
    keys(json, "evenhand id kept_as kept_by status meeting children conflicts people help contacts items actions disagreements "
               "decisions outcome recommendation signoff copies deadlines seal restricted_outcomes restricted_recommendations");
    keys(json_object_get(json, "meeting"), "type title date start end began place purpose authority school_year transfer "
                                           "notice_sent papers_sent plan_made next");
    keys(json_array_get(json_object_get(json, "children"), 0), "name known_as also ref");
    keys(json_array_get(json_object_get(json, "people"), 0),
         "name role organisation capacity responsibility for language also presence absence");
    keys(json_array_get(json_object_get(json, "help"), 0), "for kind offered offered_by outcome outcome_date words who");
    keys(json_array_get(json_object_get(json, "contacts"), 0), "at how whom by result");
    const json_t *item = json_array_get(json_object_get(json, "items"), 0);
    keys(item, "number title planned_minutes present entries began");
    keys(json_array_get(json_object_get(item, "entries"), 0),
         "number time kind speaker text verbatim restricted read_back withdrawn earlier disputes answers translations "
         "not_interpreted typed_by detail");
    keys(json_array_get(json_object_get(json, "actions"), 0), "id number item entry text owner with due due_time done_when otherwise "
                                                              "from carried status restricted history");
    keys(json_array_get(json_object_get(json, "disagreements"), 0),
         "number item entry about positions state state_text next restricted");
    keys(json_array_get(json_object_get(json, "decisions"), 0), "number item entry text reason positions not_recorded restricted");
    keys(json_array_get(json_object_get(json, "signoff"), 0), "name state scope date comment restricted history");
    keys(json_array_get(json_object_get(json, "copies"), 0), "name audience how date restricted");
    json_decref(json);
}
END_TEST

START_TEST(json_values)
{
    json_t *json = json_of(AUDIENCE_FULL);
    const json_t *entries = json_object_get(json_array_get(json_object_get(json, "items"), 0), "entries");
    same(at(entries, 0, "kind"), "parent-view");
    same(at(entries, 0, "speaker"), "Grace Okafor");
    same(at(entries, 0, "text"), "\"He practises every night.\"");
    same(at(entries, 0, "read_back"), "confirmed");
    ck_assert(json_is_true(at(entries, 0, "verbatim")));
    same(at(at(entries, 1, "earlier"), 0, "text"), "The report was shared.");
    same(at(entries, 8, "withdrawn"), "misheard");
    same(at(at(entries, 8, "disputes"), 0, "by"), "Grace Okafor");
    const json_t *actions = json_object_get(json, "actions");
    ck_assert_uint_eq(json_array_size(actions), 3);
    same(at(actions, 0, "owner"), "Anita Patel");
    same(at(actions, 0, "due"), "2026-12-04");
    same(at(actions, 0, "otherwise"), "ring");
    same(at(actions, 1, "status"), "asked");
    same(at(actions, 1, "due"), NULL);
    same(at(actions, 2, "number"), "XA1");
    same(at(actions, 2, "restricted"), "confidential");
    const json_t *decisions = json_object_get(json, "decisions");
    same(at(decisions, 0, "reason"), "he learns there");
    ck_assert_uint_eq(json_array_size(at(decisions, 0, "not_recorded")), 1);
    const json_t *signoff = json_object_get(json, "signoff");
    ck_assert_uint_eq(json_array_size(signoff), 1);
    same(at(signoff, 0, "state"), "signed with reservations");
    same(at(at(signoff, 0, "history"), 0, "state"), "sent");
    same(json_object_get(json_object_get(json, "outcome"), "outcome"), "continue");
    same(at(json_object_get(json, "restricted_outcomes"), 0, "outcome"), "step up");
    ck_assert(json_is_null(json_object_get(json, "recommendation")));
    json_decref(json);
}
END_TEST

START_TEST(json_open_copy)
{
    json_t *json = json_of(AUDIENCE_OPEN);
    ck_assert_uint_eq(json_array_size(json_object_get(json, "actions")), 2);
    ck_assert_uint_eq(json_array_size(json_object_get(json, "restricted_outcomes")), 0);
    const json_t *entries = json_object_get(json_array_get(json_object_get(json, "items"), 0), "entries");
    ck_assert_uint_eq(json_array_size(entries), 8);
    ck_assert_uint_eq(json_array_size(at(entries, 1, "earlier")), 0);
    json_decref(json);
}
END_TEST

static const struct {
    const char *text, *json;
} strings[] = {
    {NULL, "null"},
    {"", "\"\""},
    {"a\"b\\c/", "\"a\\\"b\\\\c/\""},
    {"\n\t\x01\x1f", "\"\\n\\t\\u0001\\u001f\""},
    {"\x7f\xc2\x9b", "\"\\u007f\\u009b\""},
    {"\u202E\u2028\uFEFF", "\"\\u202e\\u2028\\ufeff\""},
    {"\U000E0041", "\"\\udb40\\udc41\""},
    {"é漢", "\"é漢\""},
    {"\xff", "\"\\ufffd\""},
};

START_TEST(json_strings)
{
    struct buf out = {0};
    json_put_string(&out, strings[_i].text);
    ck_assert_str_eq(buf_str(&out), strings[_i].json);
    buf_free(&out);
}
END_TEST

/* What the minutes must say, in both formats; `full`: only a full copy says it. */
static const struct {
    const char *words;
    bool full;
} said[] = {
    {"Anita Patel", false},
    {"T.O.", false},
    {"parental responsibility", false},
    {"parent-partner offered Thu 12 Nov 2026 by Anita Patel; declined: not today", false},
    {"Sat 31 Jul 2027", false},
    {"help offered: not recorded", false},
    {"He practises every night.", false},
    {"read back; confirmed", false},
    {"own words", false},
    {"because: he learns there", false},
    {"agrees with reservations: only if short", false},
    {"position not recorded: Anita Patel", false},
    {"silence is not agreement", false},
    {"no movement (basis: termly data)", false},
    {"next: the same test in January", false},
    {"Fri 4 Dec 2026", false},
    {"withdrawn: misheard", false},
    {"disputed by Grace Okafor: I did", false},
    {"not the letter", false},
    {"no reply", false},
    {"knows the family", false},
    {"open copy, by hand", false},
    {"Tue 5 Jan 2027 14:00", false},
    {"The report was shared.", true},
    {"ring the doctor", true},
    {"step up", true},
    {"CONFIDENTIAL PARTS", true},
};

/* Blanks, line ends and backslashes do not count. */
static void squeeze(struct buf *out, const char *s)
{
    for (; *s != '\0'; s++) {
        char c = *s == '\n' ? ' ' : *s;
        if (c == '\\' || c == '*' || (c == ' ' && out->n > 0 && out->s[out->n - 1] == ' '))
            continue;
        buf_addc(out, c);
    }
}

START_TEST(minutes_say)
{
    for (int full = 0; full < 2; full++) {
        struct record *record = copy_of(meeting, full ? AUDIENCE_FULL : AUDIENCE_OPEN);
        for (int markdown = 0; markdown < 2; markdown++) {
            struct buf out = {0}, flat = {0};
            if (markdown)
                out_markdown(&out, record);
            else
                out_text(&out, record, 200);
            squeeze(&flat, out.s);
            for (size_t i = 0; i < NITEMS(said); i++) {
                bool wanted = full || !said[i].full;
                ck_assert_msg((strstr(flat.s, said[i].words) != NULL) == wanted, "%s\n%s", said[i].words, flat.s);
            }
            buf_free(&out);
            buf_free(&flat);
        }
        record_free(record);
    }
}
END_TEST

START_TEST(text_keeps_to_its_columns)
{
    static const size_t columns[] = {40, 60, 72, 80, 132};
    struct record *record = copy_of(meeting, AUDIENCE_FULL);
    for (size_t i = 0; i < NITEMS(columns); i++) {
        struct buf out = {0};
        out_text(&out, record, columns[i]);
        for (const char *line = out.s; *line != '\0';) {
            size_t n = strcspn(line, "\n");
            ck_assert_msg(text_width(line, n) <= columns[i], "%zu: %.*s", columns[i], (int)n, line);
            ck_assert_msg(n == 0 || line[n - 1] != ' ', "blank at the end: %.*s", (int)n, line);
            line += n + (line[n] == '\n' ? 1 : 0);
        }
        buf_free(&out);
    }
    record_free(record);
}
END_TEST

START_TEST(markdown_is_escaped)
{
    struct buf out = {0};
    struct record *record = copy_of(meeting, AUDIENCE_OPEN);
    out_markdown(&out, record);
    ck_assert_ptr_nonnull(strstr(out.s, "# Minutes: TAC, Review \\*one\\*\n"));
    ck_assert_ptr_nonnull(strstr(out.s, "Speech \\<b>"));
    ck_assert_ptr_nonnull(strstr(out.s, "Room 2 \\| upstairs"));
    ck_assert_ptr_nonnull(strstr(out.s, "~~Nobody agreed with this line.~~"));
    buf_free(&out);
    record_free(record);
}
END_TEST

START_TEST(nearly_empty_records)
{
    struct record *record = record_new((struct uuid){{1}});
    struct buf out = {0};
    out_text(&out, record, 80);
    out_markdown(&out, record);
    ck_assert_ptr_nonnull(strstr(out.s, "Nothing has been recorded."));
    buf_clear(&out);
    out_json(&out, record);
    json_t *json = json_loadb(out.s, out.n, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(json);
    ck_assert(json_is_null(json_object_get(json, "outcome")));
    ck_assert_uint_eq(json_array_size(json_object_get(json, "items")), 0);
    json_decref(json);
    buf_free(&out);
    record_free(record);
}
END_TEST

/* ---- the tracker ---- */

/* As a store reads it for a table; of a row without a short id the whole one. */
static struct action_line line_of(const struct action_row *row)
{
    struct action_line line = {.number = row->number, .text = row->text, .owner = row->owner, .status = row->status, .child = row->child, .due = row->due,
                               .carried = row->carried, .meeting_date = row->meeting_date, .due_time = row->due_time, .overdue = row->overdue,
                               .masked = row->restricted_masked};
    uuid_text(row->id, line.short_id);
    if (row->short_id != NULL)
        memcpy(line.short_id, row->short_id, strlen(row->short_id) + 1);
    return line;
}

static void put_list(struct buf *out, const struct action_row *v, size_t n, struct out_actions how)
{
    struct action_line *lines = calloc(n + 1, sizeof *lines);
    for (size_t i = 0; i < n; i++)
        lines[i] = line_of(&v[i]);
    if (how.form == ACTIONS_TABLE)
        how.lines = (struct action_lines){lines, n};
    how.out = out;
    out_actions_begin(&how);
    for (size_t i = 0; i < n && how.form != ACTIONS_TABLE; i++)
        out_actions_row(&how, &v[i]);
    while (!out_actions_end(&how))
        ;
    free(lines);
}

static void put_form(struct buf *out, const struct action_row *v, size_t n, enum actions_form form)
{
    put_list(out, v, n, (struct out_actions){.form = form, .columns = 80, .now = {.day = 20779, .time = 600, .utc_ms = INT64_C(1795341600000)}});
}

static void put_table(struct buf *out, const struct action_row *v, size_t n, size_t columns)
{
    put_list(out, v, n, (struct out_actions){.form = ACTIONS_TABLE, .columns = columns, .now = {.day = 20779}});
}

static const struct action_row rows[] = {
    {.id = {{0x01, 0x9a, 0xbc, 0xde, 0x01}}, .number = "A1", .text = "=send the targets home", .owner = "Anita Patel", .status = "open",
     .child = "T.O.", .due = 20770, .due_time = TIME_NONE, .from_day = DAY_NONE, .carried = DAY_NONE, .finished = DAY_NONE, .meeting_date = 20750,
     .overdue = true, .item = 1, .entry = 2},
    {.id = {{0x01, 0x9a, 0xbc, 0xde, 0x02}}, .number = "XA1", .text = "secret words", .owner = NULL, .status = "in progress",
     .due = DAY_NONE, .due_time = TIME_NONE, .from_day = DAY_NONE, .carried = DAY_NONE, .finished = DAY_NONE, .meeting_date = 20750,
     .restriction = {.confidential = true}, .restricted_masked = true, .done_when = "secret end", .item = -1, .entry = -1},
    {.id = {{0x02, 0x9a, 0xbc, 0xde, 0x02}}, .number = "A2", .text = "say \"hello\", twice", .owner = "Dr Lin", .status = "done",
     .child = "T.O.", .due = 21000, .due_time = 900, .from_day = DAY_NONE, .carried = DAY_NONE, .finished = DAY_NONE, .meeting_date = 20750,
     .short_id = "029abcde0"},
};

START_TEST(tracker_table)
{
    static const size_t columns[] = {40, 60, 80, 120};
    for (size_t i = 0; i < NITEMS(columns); i++) {
        struct buf out = {0};
        put_table(&out, rows, NITEMS(rows), columns[i]);
        for (const char *line = out.s; *line != '\0'; line += strcspn(line, "\n") + 1)
            ck_assert_msg(text_width(line, strcspn(line, "\n")) <= columns[i] || columns[i] < 50, "%zu: %s", columns[i], line);
        ck_assert_ptr_nonnull(strstr(out.s, "open 2, overdue 1, due this week 0"));
        ck_assert_ptr_nonnull(strstr(out.s, "  9d Anita Patel"));
        ck_assert_ptr_nonnull(strstr(out.s, "019abcde-01"));
        ck_assert_ptr_nonnull(strstr(out.s, "029abcde0"));
        ck_assert_ptr_null(strstr(out.s, "secret"));
        ck_assert_ptr_nonnull(strstr(out.s, "no date"));
        ck_assert_ptr_nonnull(strstr(out.s, "nobody"));
        buf_free(&out);
    }
    struct buf out = {0};
    put_table(&out, NULL, 0, 80);
    ck_assert_str_eq(out.s, "No actions.\n");
    buf_free(&out);
}
END_TEST

START_TEST(tracker_csv)
{
    struct buf out = {0}, raw = {0};
    put_form(&out, rows, NITEMS(rows), ACTIONS_CSV);
    put_list(&raw, rows, NITEMS(rows), (struct out_actions){.form = ACTIONS_CSV, .raw = true});
    size_t lines = 0;
    for (const char *line = out.s; *line != '\0'; line = strstr(line, "\r\n") + 2)
        lines++;
    ck_assert_uint_eq(lines, NITEMS(rows) + 1);
    ck_assert_int_eq(memcmp(out.s, "id,number,child,", 16), 0);
    ck_assert_ptr_nonnull(strstr(out.s, ",'=send the targets home,"));
    ck_assert_ptr_nonnull(strstr(raw.s, ",=send the targets home,"));
    ck_assert_ptr_nonnull(strstr(out.s, ",\"say \"\"hello\"\", twice\","));
    ck_assert_ptr_null(strstr(out.s, "secret"));
    buf_free(&out);
    buf_free(&raw);
}
END_TEST

static const struct {
    const char *text;
    bool guarded;
} formulas[] = {
    {"=1", true}, {"+1", true}, {"-1", true}, {"@a", true}, {"  =1", true}, {"\u00A0=1", true}, {"\uFF1D1", true},
    {"1=1", false}, {"a", false}, {"'=1", false}, {"", false},
};

START_TEST(tracker_csv_guard)
{
    struct action_row row = rows[0];
    struct buf out = {0}, wanted = {0};
    row.text = formulas[_i].text;
    put_form(&out, &row, 1, ACTIONS_CSV);
    buf_addf(&wanted, "'%s", row.text);
    ck_assert_int_eq(strstr(strstr(out.s, "\r\n"), wanted.s) != NULL, formulas[_i].guarded || row.text[0] == '\0' ? formulas[_i].guarded : false);
    buf_free(&out);
    buf_free(&wanted);
}
END_TEST

START_TEST(tracker_json)
{
    struct buf out = {0};
    put_form(&out, rows, NITEMS(rows), ACTIONS_JSON);
    json_t *json = json_loadb(out.s, out.n, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(json);
    ck_assert_uint_eq(json_array_size(json), NITEMS(rows));
    keys(json_array_get(json, 0), "id number item entry text owner with due due_time done_when otherwise from carried status restricted "
                                  "history meeting meeting_date child overdue disputes finished meeting_type");
    same(at(json, 1, "text"), "confidential");
    same(at(json, 1, "done_when"), NULL);
    same(at(json, 1, "restricted"), "confidential");
    same(at(json, 2, "due_time"), "15:00");
    ck_assert(json_is_true(at(json, 0, "overdue")));
    json_decref(json);
    buf_clear(&out);
    put_form(&out, NULL, 0, ACTIONS_JSON);
    ck_assert_str_eq(out.s, "[]\n");
    buf_free(&out);
}
END_TEST

/* Whatever the form: one row masked, nothing of it is there. */
START_TEST(tracker_masked)
{
    static const struct action_change change = {.id = {{1}}, .date = 20770, .change = "note", .by = "Ann", .text = "secret note"};
    static const struct action_dispute dispute = {"Ann", "secret dispute"};
    static const char *with[] = {"secret helper"};
    struct action_row row = rows[1];
    row.otherwise = "secret else";
    row.history = &change;
    row.disputes = &dispute;
    row.nhistory = row.ndisputes = 1;
    row.with = (struct texts){with, 1};
    struct buf out = {0};
    put_form(&out, &row, 1, (enum actions_form)_i);
    ck_assert_msg(strstr(buf_str(&out), "secret") == NULL, "%s", out.s);
    ck_assert_ptr_nonnull(strstr(out.s, "confidential"));
    row.restricted_masked = false;
    buf_clear(&out);
    put_form(&out, &row, 1, (enum actions_form)_i);
    ck_assert_ptr_nonnull(strstr(out.s, "secret words"));
    buf_free(&out);
}
END_TEST

START_TEST(tracker_ics)
{
    /* Every length, so that each place of a character of two to four bytes meets the end of a line. */
    for (size_t n = 0; n < 90; n++) {
        struct buf out = {0}, text = {0}, unfolded = {0};
        for (size_t i = 0; i < n; i++)
            buf_addc(&text, 'a');
        buf_adds(&text, "\u00e9\u6f22\U0001F600;,\\\u00e9");
        struct action_row row = rows[2];
        row.text = text.s;
        row.due = 20635; /* 1 July */
        put_form(&out, &row, 1, ACTIONS_ICS);
        for (const char *s = out.s; *s != '\0'; s = strstr(s, "\r\n") + 2) {
            size_t length = strcspn(s, "\r");
            ck_assert_uint_le(length, 75);
            ck_assert(((unsigned char)s[0] & 0xc0) != 0x80);
            buf_add(&unfolded, s + (s[0] == ' '), length - (s[0] == ' '));
            if (s[length + 2] == ' ')
                ck_assert(((unsigned char)s[length + 3] & 0xc0) != 0x80);
        }
        ck_assert_ptr_nonnull(strstr(out.s, "\r\nDUE;TZID=Europe/London:20260701T150000\r\n"));
        ck_assert_ptr_nonnull(strstr(out.s, "\r\nSTATUS:COMPLETED\r\n"));
        ck_assert_ptr_null(strstr(out.s, "BEGIN:VEVENT"));
        buf_free(&out);
        buf_free(&text);
        ck_assert_ptr_nonnull(strstr(unfolded.s, "\\;\\,\\\\\u00e9"));
        buf_free(&unfolded);
    }
}
END_TEST

static const struct {
    const char *text, *line;
    bool dated;
} todo_lines[] = {
    {"x marks it", "2026-10-24 x marks it @Ann", true},
    {"x marks it", "%78 marks it @Ann", false},
    {"(A) first", "%28A) first @Ann", false},
    {"2026-01-01 first", "%32026-01-01 first @Ann", false},
    {"2026-01-01 first", "2026-10-24 2026-01-01 first @Ann", true},
    {"ask @home +two due:x x:y 14:30 due: @ +", "2026-10-24 ask %40home %2Btwo due%3Ax x:y 14:30 due: @ + @Ann", true},
    {"100% of %41 and %zz", "2026-10-24 100% of %2541 and %zz @Ann", true},
};

START_TEST(tracker_todo)
{
    struct action_row row = rows[0];
    struct buf out = {0};
    row.text = todo_lines[_i].text;
    row.owner = "Ann";
    row.meeting_date = todo_lines[_i].dated ? 20750 : DAY_NONE;
    put_form(&out, &row, 1, ACTIONS_TODO);
    ck_assert_msg(strncmp(out.s, todo_lines[_i].line, strlen(todo_lines[_i].line)) == 0, "%s", out.s);
    ck_assert_ptr_eq(strchr(out.s, '\n'), out.s + out.n - 1);
    buf_free(&out);
}
END_TEST

START_TEST(letters)
{
    static const char *readers[] = {"Grace Okafor", "Anita Patel"};
    struct action_row row = rows[0];
    ck_assert(letter_may(&row));
    row.restriction.readers = (struct texts){readers, 1};
    ck_assert(!letter_may(&row));
    row.restriction.readers.n = 2;
    ck_assert(letter_may(&row));
    row.restriction.confidential = true;
    ck_assert(!letter_may(&row));
    row.restriction = (struct restriction){0};
    struct letter letter = {.owner = "Zo\u00eb Example", .rows = &row, .n = 1, .until = 20786, .now = {.day = 20779, .utc_ms = INT64_C(1795341600000)}};
    struct buf out = {0};
    out_letter(&out, &letter);
    ck_assert_ptr_nonnull(strstr(out.s, "Dear Zo\u00eb Example,\n"));
    ck_assert_ptr_nonnull(strstr(out.s, "(9 days ago)\n"));
    buf_clear(&out);
    out_letter_message(&out, &letter, row.id);
    ck_assert_ptr_nonnull(strstr(out.s, "\r\nTo: =?UTF-8?B?Wm/DqyBFeGFtcGxl?= :;\r\n"));
    ck_assert_ptr_nonnull(strstr(out.s, "\r\nDear Zo=C3=AB Example,\r\n"));
    buf_free(&out);
}
END_TEST

START_TEST(findings)
{
    struct finding v[] = {
        {.rule = "CK-OWNER", .category = "completeness", .severity = SEVERITY_WARN, .item = 2, .entry = 7, .text = "A1", .why = "nobody owns it",
         .instead = "name one person"},
        {.rule = "CK-NEXT", .category = "completeness", .severity = SEVERITY_INFO, .item = -1, .entry = -1, .why = "no next date"},
    };
    struct findings list = {v, NITEMS(v), NITEMS(v)};
    struct buf out = {0};
    out_findings_text(&out, &list, "a\x1b.meeting");
    ck_assert_str_eq(out.s, "a<U+001B>.meeting:1:1: warn: CK-OWNER: 2.7: nobody owns it (A1) name one person\n"
                            "a<U+001B>.meeting:1:1: info: CK-NEXT: no next date\n");
    buf_clear(&out);
    out_findings_json(&out, &list);
    json_t *json = json_loadb(out.s, out.n, JSON_REJECT_DUPLICATES, NULL);
    keys(json_array_get(json, 0), "rule category severity item entry line column length text why instead");
    ck_assert(json_is_null(at(json, 1, "item")));
    json_decref(json);
    buf_free(&out);
}
END_TEST

Suite *suite_out(void)
{
    Suite *suite = suite_create("out");
    TCase *tc = tcase_create("out");
    tcase_add_test(tc, json_keys);
    tcase_add_test(tc, json_values);
    tcase_add_test(tc, json_open_copy);
    tcase_add_loop_test(tc, json_strings, 0, (int)NITEMS(strings));
    tcase_add_test(tc, minutes_say);
    tcase_add_test(tc, text_keeps_to_its_columns);
    tcase_add_test(tc, markdown_is_escaped);
    tcase_add_test(tc, nearly_empty_records);
    tcase_add_test(tc, tracker_table);
    tcase_add_test(tc, tracker_csv);
    tcase_add_loop_test(tc, tracker_csv_guard, 0, (int)NITEMS(formulas));
    tcase_add_test(tc, tracker_json);
    tcase_add_loop_test(tc, tracker_masked, 0, ACTIONS_FORMS);
    tcase_add_test(tc, tracker_ics);
    tcase_add_loop_test(tc, tracker_todo, 0, (int)NITEMS(todo_lines));
    tcase_add_test(tc, letters);
    tcase_add_test(tc, findings);
    suite_add_tcase(suite, tc);
    return suite;
}
