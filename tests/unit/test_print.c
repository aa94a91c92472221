/* Properties of reading and printing, over made-up meetings in which everything that can go wrong does. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "core/audience.h"
#include "core/notation.h"
#include "core/out/out.h"
#include "tests/unit/reading.h"

Suite *suite_print(void);

/* ---- made-up meetings: the same for the same seed ---- */

struct made {
    struct buf text;
    uint64_t state;
    size_t people;
};

static size_t pick(struct made *m, size_t n)
{
    m->state = m->state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(m->state >> 33) % n;
}

#define PICK(m, list) ((list)[pick((m), NITEMS(list))])

static const char *const listed[] = {
    "Ms Anita Patel", "Mrs Grace Okafor", "Mr Samuel Okafor", "Dr Wei Lin", "Siân Ffoulkes = Шан Фулкс", "نور الهدى الخطيب = Nour al-Khatib",
    "(deputy safeguarding lead)", "Mr. Gary Kwan (Vancouver East, NDP)", "Bea Ash: North", "O’Shaughnessy, Imelda", "X", "Child", "break",
    "Saulė Žilinskienė", "Ann; Other", "Jo (half", "by Name", "end", "Prys-Jones", "Outcome", "A", "s/a/b/", "Stand by Me",
};

static const char *const names[] = {
    "Ms Anita Patel", "Patel", "anita", "Grace", "Mrs Okafor", "Okafor", "Samuel Okafor", "Lin", "Dr Wei Lin", "WL", "Шан", "Ffoulkes", "نور",
    "Nour al-Khatib", "deputy", "(deputy safeguarding lead)", "Mr. Gary Kwan (Vancouver East, NDP)", "Kwan", "Bea Ash: North", "Bea",
    "O'Shaughnessy, Imelda", "Imelda", "X", "Child", "mother", "SENCO", "chair", "Zilinskiene", "Nobody Else", "T.O.", "Tobi", "end", "", "Stand by Me",
    "not recorded", "Ann, Other", "Jo half",
};

static const char *const pieces[] = {
    "He came", "in time", "# no item", "P: x", "A: b, c, by 4 Dec", "(basis: z)", "(because: w)", "; with Lin", "; with Nobody", "; else ring",
    "=> it is there", "by Friday", ", by 4 Dec", "by soon", "\"quoted\"", "“quoted” “twice”", "s/a/b/", "//", "14:05", "24:00", "X(", "X:", "- dash",
    "= sign", "e\xcc\x81", "\xcc\x81", "->", "a: b", "not recorded: x", ", by Patel", "outcome: x", "people:", "T: x", "؟", "日本語", "<U+001B>",
    "; next: 2027-01-05", "(2026-11-24)", "(14:33 by Lin)", "in English: w", "Patel:", ";", ",", ":", "(", ")", "|", "5:8", "from 1 Dec to 9 Dec", ";;",
};

static void put(struct made *m, const char *s)
{
    buf_adds(&m->text, s);
}

static void put_text(struct made *m)
{
    size_t n = pick(m, 4);
    for (size_t i = 0; i <= n; i++) {
        put(m, i == 0 ? "" : " ");
        put(m, PICK(m, pieces));
    }
}

static void put_day(struct made *m)
{
    static const char *const days[] = {"2026-12-04", "2026-11-24", "4 Dec", "soon", "", "Fri 4 Dec 2026"};
    put(m, PICK(m, days));
}

/* %n a name, %t a text, %d a day; anything else as it is. */
static void put_form(struct made *m, const char *form)
{
    for (const char *s = form; *s != '\0'; s++) {
        if (s[0] != '%') {
            buf_addc(&m->text, *s);
            continue;
        }
        s++;
        if (*s == 'n')
            put(m, PICK(m, names));
        else if (*s == 't')
            put_text(m);
        else
            put_day(m);
    }
    put(m, "\n");
}

static void put_head(struct made *m)
{
    static const char *const capacities[] = {"chair", "parent, PR", "carer", "child", "advocate for %n", "interpreter Arabic for %n and %n", "professional",
                                             "minute-taker", "king", ""};
    static const char *const presence[] = {"13:55-15:10", "14:20-", "14:00-14:20, 14:40-15:00 by video", "apologies: %t", "absent", "maybe", ""};
    put_form(m, "evenhand: 1\nmeeting: tac - %t\nchild: Tobi Okafor / T.O.\ndate: 2026-11-24\ntime: 14:00-15:10\nkept-by: %n\nx-key: %t");
    if (pick(m, 3) == 0)
        put_form(m, "next-meeting: %d");
    put(m, "\npeople:\n");
    for (size_t i = 0; i < NITEMS(listed); i++) {
        if (pick(m, 3) == 0)
            continue;
        buf_addf(&m->text, "%s | role %zu | o | ", listed[i], pick(m, 4));
        put_form(m, PICK(m, capacities));
        buf_splice(&m->text, m->text.n - 1, 1, " | ", 3);
        put_form(m, PICK(m, presence));
    }
    for (size_t i = pick(m, 3); i > 0; i--)
        put_form(m, "help: %n | advocate | offered %d by %n | declined: %t | %n\ncontact: %d 10:20 | text | %n | %n | %t");
    put(m, "\n");
}

static const char *const entry_forms[] = {
    "%t", "%n: %t", "P: %t", "P: %n: %t", "p: %t", "C: %n (%t; asked by %n; %d): %t", "C: %t", "C: (%t): %t", "O: %n: %t (basis: %t)", "H: %n: %t (source: %t)",
    "W: %t", "W: %n: %t", "R: %t (because: %t)", "D: %t", "M: %n: \"%t\"", "K: %n: %t -> %t; %t; given, until %d", "K: %n: %t -> %n; %t", "A: %n, %t, by %d",
    "A: %n, %t, by %d => %t; with %n, %n; else %t", "A: %t", "A?: %n, %t", "A<A4 2026-10-21: %n, %t, by 4 Nov", "Action: %n, %t; else %t => %t",
    "Child: %t", "+%n", "-%n: %t", "+%n by phone: %t", "break: %t", "break", "resume", "end", "chair: %n", "//%t", "s/%t/%t/", "s/e/o/", "# %t [5m]", "T: %t",
    "(%n): %t",
};

static const char *const mark_forms[] = {
    "- %n: agrees", "- %n: disagrees: %t", "- %n: %t (basis: %t)", "- %t", "= read back; confirmed", "= read back", "= was: %t (2026-11-24 14:33 by %n)",
    "= was: %t", "= withdrawn: %t", "= withdrawn", "= disputed by %n: %t", "= answered by %n: %t (2026-12-01)", "= in Welsh: %t, by %n", "= not interpreted",
    "= typed by %n", "= shown as: withheld", "= open; next: %t", "= resolved: %t", "= 2026-12-03 done by %n: %t", "= 2026-12-03 due %d -> %d by %n: %t",
    "= 2026-12-03 owner %n -> %n by %n: %t", "= %t",
};

static void put_entry(struct made *m)
{
    static const char *const before[] = {"", "", "", "X: ", "X(%n): ", "X(%n, %n): ", "x:"};
    if (pick(m, 3) > 0)
        buf_addf(&m->text, "14:%02zu ", pick(m, 60));
    put_form(m, PICK(m, before));
    buf_splice(&m->text, m->text.n - 1, 1, NULL, 0);
    put_form(m, PICK(m, entry_forms));
    for (size_t i = pick(m, 4); i > 0; i--) {
        put(m, pick(m, 2) ? "  " : "\t");
        put_form(m, pick(m, 6) ? PICK(m, mark_forms) : "%t");
    }
    if (pick(m, 12) == 0)
        put(m, "\n");
}

static void put_end(struct made *m)
{
    static const char *const states[] = {"signed", "signed with reservations (%t)", "declined", "seen", "sent"};
    put_form(m, "\noutcome: continue; %t; next: 2027-01-05\nX: outcome: step up; %t; next: 2027-01-05\nrecommendation: %t\n  - %n: differs: %t\n\nsignoff:");
    for (size_t i = pick(m, 4); i > 0; i--) {
        put_form(m, "%n | ");
        buf_splice(&m->text, m->text.n - 1, 1, NULL, 0);
        put_form(m, PICK(m, states));
        buf_splice(&m->text, m->text.n - 1, 1, NULL, 0);
        put_form(m, " | %d | %t");
    }
    put_form(m, "\ncopies:\n%n | open | %t | %d\nX(%n): %n | full | post | %d\n%t");
}

/* Wraps some lines at blanks, as an editor would. */
static void wrap(struct made *m)
{
    size_t begin = 0;
    for (size_t i = 1; i + 2 < m->text.n; i++) {
        if (m->text.s[i - 1] == '\n')
            begin = i;
        bool inside = i > begin + 6 && m->text.s[i] == ' ' && m->text.s[i - 1] != ' ' && m->text.s[i - 1] != '\n' && m->text.s[i + 1] != ' ';
        bool mark = m->text.s[i + 1] == '-' || m->text.s[i + 1] == '=' || m->text.s[i + 1] == '\n';
        if (inside && !mark && pick(m, 40) == 0) {
            buf_splice(&m->text, i, 1, "\n  ", 3);
            i += 2;
        }
    }
}

static void make(struct made *m, uint64_t seed)
{
    *m = (struct made){.state = seed * 7919 + 1};
    for (int i = 0; i < 8; i++)
        (void)pick(m, 2);
    put_head(m);
    for (size_t i = 10 + pick(m, 25); i > 0; i--)
        put_entry(m);
    put_end(m);
    if (seed % 2 == 1)
        wrap(m);
}

/* ---- comparing ---- */

static void differs(const char *what, uint64_t seed, const struct buf *text, const struct buf *a, const struct buf *b)
{
    size_t i = 0, line = 0;
    while (i < a->n && i < b->n && a->s[i] == b->s[i]) {
        if (a->s[i] == '\n')
            line = i + 1;
        i++;
    }
    (void)text;
    ck_abort_msg("%s, seed %lu:\n%.300s\n--- is not\n%.300s", what, (unsigned long)seed, buf_str(a) + line, buf_str(b) + line);
}

static void same(const char *what, uint64_t seed, const struct buf *text, const struct buf *a, const struct buf *b)
{
    if (a->n != b->n || (a->n > 0 && memcmp(a->s, b->s, a->n) != 0))
        differs(what, seed, text, a, b);
}

/* The JSON without its ids, which every reading makes anew; one key a line. */
static void put_json(struct buf *out, const struct record *record)
{
    struct buf json = {0};
    struct uuid id;
    out_json(&json, record);
    for (size_t i = 0; i < json.n; i++) {
        if (json.n - i >= 36 && uuid_read(json.s + i, 36, &id)) {
            buf_addc(out, '#');
            i += 35;
        } else {
            buf_addc(out, json.s[i]);
            if (json.s[i] == ',')
                buf_addc(out, '\n');
        }
    }
    buf_free(&json);
}

static void print_copy(struct buf *out, const struct record *record)
{
    struct record *copy = audience_copy(record, &(struct audience){.kind = AUDIENCE_OPEN});
    notation_print(out, copy);
    record_free(copy);
}

/* print(read(print(read(text)))) = print(read(text)), of the whole and of the open copy. */
static void check_fixpoint(const struct buf *text, uint64_t seed)
{
    struct meeting_read first, second, open;
    struct buf printed = {0}, again = {0}, copy = {0}, copy_again = {0}, json = {0}, json_again = {0};
    reading_import(&first, buf_str(text), text->n);
    notation_print(&printed, first.record);
    print_copy(&copy, first.record);
    put_json(&json, first.record);
    reading_import(&second, buf_str(&printed), printed.n);
    notation_print(&again, second.record);
    put_json(&json_again, second.record);
    same("printed", seed, text, &printed, &again);
    same("JSON of the printed", seed, text, &json, &json_again);
    reading_import(&open, buf_str(&copy), copy.n);
    notation_print(&copy_again, open.record);
    same("open copy", seed, text, &copy, &copy_again);
    reading_end(&first);
    reading_end(&second);
    reading_end(&open);
    buf_free(&printed);
    buf_free(&again);
    buf_free(&copy);
    buf_free(&copy_again);
    buf_free(&json);
    buf_free(&json_again);
}

static void check_typed(const struct buf *text, uint64_t seed)
{
    struct meeting_read imported, typed;
    struct buf a = {0}, b = {0};
    reading_import(&imported, buf_str(text), text->n);
    reading_type(&typed, buf_str(text), text->n);
    notation_print(&a, imported.record);
    notation_print(&b, typed.record);
    same("typed, printed", seed, text, &a, &b);
    buf_clear(&a);
    buf_clear(&b);
    put_json(&a, imported.record);
    put_json(&b, typed.record);
    same("typed, JSON", seed, text, &a, &b);
    reading_end(&imported);
    reading_end(&typed);
    buf_free(&a);
    buf_free(&b);
}

/* ---- tests ---- */

enum { SEEDS_EACH = 20, ROUNDS = 15 };

START_TEST(what_is_printed_is_read_as_it_was)
{
    for (uint64_t i = 0; i < SEEDS_EACH; i++) {
        struct made m;
        make(&m, (uint64_t)_i * SEEDS_EACH + i);
        check_fixpoint(&m.text, (uint64_t)_i * SEEDS_EACH + i);
        buf_free(&m.text);
    }
}
END_TEST

START_TEST(typing_gives_what_importing_gives)
{
    for (uint64_t i = 0; i < SEEDS_EACH; i++) {
        struct made m;
        make(&m, (uint64_t)_i * SEEDS_EACH + i);
        check_typed(&m.text, (uint64_t)_i * SEEDS_EACH + i);
        buf_free(&m.text);
    }
}
END_TEST

static const char *const files[] = {"data/share/demo.meeting", "tests/meetings/s1-first-tac.meeting", "tests/meetings/s4-sen-support.meeting",
                                    "tests/meetings/s7-safeguarding.meeting"};

START_TEST(worked_meetings_are_read_without_a_notice)
{
    struct buf text = {0};
    struct meeting_read m;
    reading_file(&text, files[_i]);
    check_fixpoint(&text, 0);
    check_typed(&text, 0);
    reading_import(&m, buf_str(&text), text.n);
    for (size_t i = 0; i < m.notices.n; i++)
        ck_abort_msg("%s:%d:%d: %s", files[_i], m.notices.v[i].line, m.notices.v[i].column, m.notices.v[i].text);
    ck_assert_uint_gt(m.record->nentries, 20);
    reading_end(&m);
    buf_free(&text);
}
END_TEST

Suite *suite_print(void)
{
    Suite *s = suite_create("print");
    TCase *t = tcase_create("properties");
    tcase_set_timeout(t, 120);
    tcase_add_loop_test(t, what_is_printed_is_read_as_it_was, 0, ROUNDS);
    tcase_add_loop_test(t, typing_gives_what_importing_gives, 0, ROUNDS);
    tcase_add_loop_test(t, worked_meetings_are_read_without_a_notice, 0, (int)NITEMS(files));
    suite_add_tcase(s, t);
    return s;
}
