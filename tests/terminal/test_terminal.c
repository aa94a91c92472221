/* What the terminal gets to see: the sample program under many TERMs, sizes, signals, and how many bytes a key costs. */
#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/terminal/pty.h"

static const char *program(void)
{
    const char *s = getenv("SAMPLE_PROGRAM");
    return s == NULL ? "./terminal_sample" : s;
}

static struct pty *start_with(const char *term, int w, int h, const char *option, const char *const *environment)
{
    const char *const argv[] = {program(), option, NULL};
    return pty_run(argv, term, w, h, environment);
}

static struct pty *start(const char *term, int w, int h)
{
    struct pty *p = start_with(term, w, h, NULL, NULL);
    ck_assert_msg(pty_expect(p, "0 letters"), "the screen did not come under TERM=%s at %dx%d", term == NULL ? "" : term, w, h);
    return p;
}

/* Fails with the whole screen. */
static void must(struct pty *p, bool held, const char *what)
{
    struct buf screen = {0};
    pty_screen(p, &screen);
    ck_assert_msg(held, "%s; the screen:\n%s", what, buf_str(&screen));
    buf_free(&screen);
}

static void expect(struct pty *p, const char *text)
{
    must(p, pty_expect(p, text), text);
}

static bool was_sent(const struct pty *p, const char *bytes)
{
    return strstr(buf_str(pty_bytes(p)), bytes) != NULL;
}

static void leave(struct pty *p)
{
    pty_key(p, "Esc");
    ck_assert_int_eq(pty_wait(p), 0);
    pty_free(p);
}

static const char *const terms[] = {"xterm-256color", "xterm", "vt100", "vt220", "linux", "screen", "screen-256color", "tmux-256color", "rxvt", "ansi"};

START_TEST(every_terminal)
{
    struct pty *p = start(terms[_i], 80, 24);
    pty_type(p, "héllo");
    expect(p, "6 letters");
    must(p, pty_expect_cursor(p, 5, 20), "the cursor is at the insertion point");
    must(p, pty_cursor_visible(p), "the cursor is visible");
    pty_key(p, "Enter");
    expect(p, "[héllo]");
    must(p, pty_expect_cursor(p, 0, 20), "the cursor is back");
    leave(p);
}
END_TEST

static const char *const odd_terms[] = {"xterm-kitty-of-tomorrow", "", NULL};

START_TEST(an_unknown_terminal_is_tried_as_a_common_one)
{
    struct pty *p = start_with(odd_terms[_i], 80, 24, NULL, NULL);
    expect(p, "not known here");
    pty_type(p, "x");
    expect(p, "1 letters");
    leave(p);
}
END_TEST

START_TEST(a_terminal_that_cannot_is_refused)
{
    struct pty *p = start_with("dumb", 120, 24, NULL, NULL);
    ck_assert_int_eq(pty_wait(p), 2);
    must(p, pty_expect(p, "cannot place its cursor"), "the refusal");
    must(p, pty_expect(p, "evenhand help"), "names the commands");
    pty_free(p);
}
END_TEST

static const int sizes[][2] = {{1, 1}, {2, 1}, {1, 30}, {10, 4}, {19, 5}, {20, 5}, {40, 12}, {80, 24}, {200, 60}, {500, 200}};

START_TEST(every_size)
{
    int w = sizes[_i][0], h = sizes[_i][1];
    struct pty *p = start_with("xterm-256color", w, h, NULL, NULL);
    bool small = w < 20 || h < 5;
    if (w >= 5)
        must(p, pty_expect(p, small ? "too" : "0 letters"), "the first screen");
    pty_type(p, "ab");
    if (!small)
        must(p, pty_expect(p, "2 letters"), "typed");
    pty_resize(p, 80, 24);
    must(p, pty_expect(p, "2 letters"), "nothing is lost by a resize");
    pty_resize(p, w, h);
    pty_resize(p, 60, 16);
    must(p, pty_expect_cursor(p, 2, 12), "at the size of the second resize");
    pty_key(p, "Enter");
    expect(p, "[ab]");
    leave(p);
}
END_TEST

START_TEST(the_screen_is_given_back)
{
    struct pty *p = start("xterm-256color", 80, 24);
    ck_assert(pty_alternate(p));
    ck_assert(was_sent(p, "\033[?2004h"));
    pty_key(p, "Esc");
    ck_assert_int_eq(pty_wait(p), 0);
    ck_assert(!pty_alternate(p));
    ck_assert(was_sent(p, "\033[?2004l"));
    must(p, pty_expect(p, "left with 0"), "the line after");
    pty_free(p);
    p = start("xterm-256color", 80, 24);
    pty_type(p, "bug");
    expect(p, "3 letters");
    pty_key(p, "Enter");
    ck_assert_int_eq(pty_wait(p), 256 + SIGABRT);
    ck_assert_msg(!pty_alternate(p), "a bug left the alternate screen behind");
    must(p, pty_expect(p, "made on purpose"), "the last words");
    pty_free(p);
}
END_TEST

static void check_draft(const char *want)
{
    char text[64] = "";
    FILE *f = fopen("sample.draft", "r");
    ck_assert_ptr_nonnull(f);
    size_t n = fread(text, 1, sizeof text - 1, f);
    text[n] = '\0';
    fclose(f);
    ck_assert_str_eq(text, want);
}

static const int ends[] = {SIGTERM, SIGHUP, SIGQUIT};

START_TEST(signals_that_end_lose_nothing)
{
    remove("sample.draft");
    struct pty *p = start("xterm-256color", 80, 24);
    pty_type(p, "half a li");
    expect(p, "9 letters");
    pty_signal(p, ends[_i]);
    ck_assert_int_eq(pty_wait(p), 0);
    ck_assert(!pty_alternate(p));
    check_draft("half a li");
    pty_free(p);
    remove("sample.draft");
}
END_TEST

START_TEST(a_cut_line_loses_nothing)
{
    remove("sample.draft");
    struct pty *p = start("xterm-256color", 80, 24);
    pty_type(p, "half");
    expect(p, "4 letters");
    pty_hang_up(p);
    ck_assert_int_eq(pty_wait(p), 0);
    check_draft("half");
    pty_free(p);
    remove("sample.draft");
}
END_TEST

static bool draft_is_there(struct pty *p, void *data)
{
    (void)p;
    return access(data, F_OK) == 0;
}

START_TEST(a_pause_saves)
{
    static char name[] = "sample.draft";
    remove(name);
    struct pty *p = start("xterm-256color", 80, 24);
    pty_type(p, "x");
    ck_assert(pty_until(p, draft_is_there, name));
    pty_signal(p, SIGKILL);
    ck_assert_int_eq(pty_wait(p), 256 + SIGKILL);
    check_draft("x");
    pty_free(p);
    remove(name);
}
END_TEST

START_TEST(ctrl_c_and_the_like_are_keys)
{
    struct pty *p = start("xterm-256color", 80, 24);
    pty_type(p, "abc\x03");
    expect(p, "loses nothing");
    pty_signal(p, SIGINT);
    pty_type(p, "\x1c\x13\x11""d"); /* Ctrl-\, Ctrl-S, Ctrl-Q */
    expect(p, "4 letters");
    pty_type(p, "\x1a"); /* Ctrl-Z undoes */
    expect(p, "0 letters");
    leave(p);
}
END_TEST

START_TEST(stopped_and_continued)
{
    struct pty *p = start("xterm-256color", 80, 24);
    pty_type(p, "ab");
    expect(p, "2 letters");
    pty_signal(p, SIGTSTP);
    ck_assert(pty_stopped(p));
    pty_signal(p, SIGCONT);
    pty_type(p, "c");
    expect(p, "3 letters");
    ck_assert(pty_alternate(p));
    leave(p);
}
END_TEST

START_TEST(pastes_are_text)
{
    struct pty *p = start("xterm-256color", 80, 24);
    pty_paste(p, "two\rlines\033[A\x03q");
    expect(p, "Pasted 14 bytes");
    expect(p, "two lines");
    ck_assert(!was_sent(p, "[two"));
    leave(p);
}
END_TEST

START_TEST(a_huge_paste_is_cut_and_said)
{
    struct pty *p = start("xterm-256color", 80, 24);
    struct buf text = {0};
    for (int i = 0; i < 9000; i++)
        buf_adds(&text, "ten bytes ");
    pty_paste(p, text.s);
    expect(p, "longer than 64 KiB");
    expect(p, "65536 letters");
    buf_free(&text);
    leave(p);
}
END_TEST

START_TEST(keys_of_the_terminal)
{
    struct pty *p = start("xterm-256color", 80, 24);
    static const char *const keys[] = {"F2", "C-g+2", "F12"};
    pty_type(p, "one two");
    pty_key(p, "M-b");
    pty_type(p, "x ");
    expect(p, "one x two");
    pty_key(p, "Home");
    must(p, pty_expect_cursor(p, 0, 20), "Home");
    pty_key(p, "C-Right");
    must(p, pty_expect_cursor(p, 3, 20), "Ctrl-Right");
    pty_key(p, "Delete");
    pty_key(p, "End");
    pty_key(p, "Backspace");
    expect(p, "onex tw");
    pty_key(p, keys[2]);
    must(p, pty_gone(p, "Sample"), "the blank screen");
    pty_key(p, "x");
    expect(p, "onex tw");
    pty_key(p, "F1");
    expect(p, "Help: sample");
    pty_key(p, "Esc");
    expect(p, "7 letters");
    leave(p);
}
END_TEST

START_TEST(without_utf8_and_without_colour)
{
    static const char *const plain[] = {"LC_ALL=C", NULL}, *const grey[] = {"NO_COLOR=1", NULL};
    struct pty *p = start_with("xterm-256color", 80, 24, NULL, plain);
    expect(p, "0 letters  .  an \"action\" of somebody");
    expect(p, "--------------------------------------------------------------------------------");
    pty_type(p, "Zo\xEB"); /* Latin-1 */
    expect(p, "4 letters");
    expect(p, "Zoe");
    for (size_t i = 0; i < pty_received(p); i++)
        ck_assert_msg((unsigned char)pty_bytes(p)->s[i] < 0x80, "byte %zu is not ASCII", i);
    leave(p);
    p = start_with("xterm-256color", 80, 24, NULL, grey);
    expect(p, "0 letters");
    ck_assert(!was_sent(p, "\033[32m") && !was_sent(p, "\033[90m") && !was_sent(p, "38;5"));
    leave(p);
    p = start_with("xterm-256color", 80, 24, "--no-colour", NULL);
    expect(p, "0 letters");
    ck_assert(!was_sent(p, "\033[32m") && !was_sent(p, "\033[90m") && !was_sent(p, "38;5"));
    leave(p);
    p = start("xterm-256color", 80, 24);
    ck_assert(was_sent(p, "\033[32m"));
    leave(p);
}
END_TEST

/* Types n letters one by one, each seen before the next; bytes a letter. */
static double cost(struct pty *p, int n)
{
    struct buf typed = {0};
    size_t before = pty_received(p);
    for (int i = 0; i < n; i++) {
        char letter[2] = {(char)('a' + i % 26), '\0'};
        buf_adds(&typed, letter);
        pty_type(p, letter);
        expect(p, typed.s);
    }
    buf_free(&typed);
    return (double)(pty_received(p) - before) / n;
}

/* A key costs its letter; with a count that changes under the line, the way there and back. */
START_TEST(bytes_per_key)
{
    static const char *const lines[] = {"xterm-256color", "vt100", "linux"};
    for (size_t t = 0; t < NITEMS(lines); t++) {
        struct pty *p = start_with(lines[t], 80, 24, "--still", NULL);
        expect(p, "F2note");
        pty_type(p, "|");
        expect(p, "|");
        double each = cost(p, 60);
        ck_assert_msg(each <= 1.2, "%s: %.1f bytes a key", lines[t], each);
        size_t before = pty_received(p);
        pty_key(p, "C-g"); /* nothing is drawn for a chord that is finished at once */
        pty_key(p, "2");
        pty_type(p, "yz");
        expect(p, "hyz");
        ck_assert_msg(pty_received(p) - before <= 8, "%zu bytes for a chord and two letters", pty_received(p) - before);
        leave(p);
        p = start(lines[t], 80, 24);
        expect(p, "F2note");
        each = cost(p, 60);
        ck_assert_msg(each <= 36, "%s, counting: %.1f bytes a key", lines[t], each);
        leave(p);
    }
}
END_TEST

Suite *suite_terminal(void);

Suite *suite_terminal(void)
{
    Suite *suite = suite_create("terminal");
    TCase *tc = tcase_create("terminal");
    tcase_set_timeout(tc, 10 * pty_deadline());
    tcase_add_loop_test(tc, every_terminal, 0, (int)NITEMS(terms));
    tcase_add_loop_test(tc, an_unknown_terminal_is_tried_as_a_common_one, 0, (int)NITEMS(odd_terms));
    tcase_add_test(tc, a_terminal_that_cannot_is_refused);
    tcase_add_loop_test(tc, every_size, 0, (int)NITEMS(sizes));
    tcase_add_test(tc, the_screen_is_given_back);
    tcase_add_loop_test(tc, signals_that_end_lose_nothing, 0, (int)NITEMS(ends));
    tcase_add_test(tc, a_cut_line_loses_nothing);
    tcase_add_test(tc, a_pause_saves);
    tcase_add_test(tc, ctrl_c_and_the_like_are_keys);
    tcase_add_test(tc, stopped_and_continued);
    tcase_add_test(tc, pastes_are_text);
    tcase_add_test(tc, a_huge_paste_is_cut_and_said);
    tcase_add_test(tc, keys_of_the_terminal);
    tcase_add_test(tc, without_utf8_and_without_colour);
    tcase_add_test(tc, bytes_per_key);
    suite_add_tcase(suite, tc);
    return suite;
}
