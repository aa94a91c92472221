/* Signals, a terminal that is cut or that takes nothing, and how the terminal is left: the sample program, and Evenhand itself on a locked database. */
#define _GNU_SOURCE 1
#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "tests/terminal/pty.h"

#define SOON_MS (pty_deadline() > 10 ? 20000 : 5000) /* after a hang-up */
#define ANSWER_MS (pty_deadline() > 10 ? 4000 : 1500) /* to a key, while somebody else holds the database */

static int64_t now_ms(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static struct pty *start(const char *term)
{
    const char *program = getenv("SAMPLE_PROGRAM");
    const char *const argv[] = {program == NULL ? "./terminal_sample" : program, NULL};
    remove("sample.draft");
    struct pty *p = pty_run(argv, term, 80, 24, NULL);
    ck_assert(pty_expect(p, "0 letters"));
    return p;
}

static bool was_sent(const struct pty *p, const char *bytes)
{
    return strstr(buf_str(pty_bytes(p)), bytes) != NULL;
}

static bool saved_is(struct pty *p, void *data)
{
    char text[128] = "";
    (void)p;
    FILE *f = fopen("sample.draft", "r");
    if (f == NULL)
        return false;
    size_t n = fread(text, 1, sizeof text - 1, f);
    text[n] = '\0';
    fclose(f);
    return strcmp(text, data) == 0;
}

/* After the end: as it was found. */
static void check_given_back(struct pty *p)
{
    ck_assert_msg(pty_same_modes(p), "the modes of the line are not as they were");
    ck_assert_msg(!pty_alternate(p), "the alternate screen is left behind");
    ck_assert_msg(pty_cursor_visible(p), "the cursor is left invisible");
    ck_assert_msg(was_sent(p, "\033[?2004l"), "bracketed paste is left on");
}

static void ends_soon(struct pty *p)
{
    int64_t from = now_ms();
    ck_assert_int_eq(pty_wait(p), 0);
    ck_assert_msg(now_ms() - from <= SOON_MS, "it took %d ms to end", (int)(now_ms() - from));
}

static const int ends[] = {SIGHUP, SIGTERM, SIGQUIT};

START_TEST(the_terminal_is_given_back)
{
    struct pty *p = start("xterm-256color");
    ck_assert_msg(!pty_same_modes(p), "the test sees no modes");
    pty_type(p, "half");
    ck_assert(pty_expect(p, "4 letters"));
    pty_signal(p, ends[_i]);
    ends_soon(p);
    check_given_back(p);
    ck_assert(saved_is(p, "half"));
    pty_free(p);
}
END_TEST

/* ---- a terminal that takes nothing ---- */

/* Fills what lies between program and terminal until the program cannot write any more. */
static void fill(struct pty *p)
{
    struct buf text = {0};
    for (int i = 0; i < 1500; i++)
        buf_adds(&text, "a full scr");
    pty_resize(p, 200, 80);
    pty_paste(p, text.s);
    ck_assert(pty_expect(p, "15000 letters"));
    pty_key(p, "Enter");
    pty_type(p, "half");
    ck_assert(pty_expect(p, "4 letters"));
    pty_hold(p, true);
    size_t had = 0;
    int still = 0;
    for (int i = 0; i < 200 && still < 3; i++) {
        pty_resize(p, 200 - i % 2, 80);
        for (int waited = 0; waited < 20 && pty_unread(p) == had; waited++)
            (void)usleep(10000);
        still = pty_unread(p) == had ? still + 1 : 0;
        had = pty_unread(p);
    }
    ck_assert_msg(had > 0 && still == 3, "the terminal takes everything: %zu bytes wait", had);
    buf_free(&text);
}

START_TEST(a_stalled_terminal_ends)
{
    struct pty *p = start("xterm-256color");
    fill(p);
    pty_signal(p, ends[_i]);
    ends_soon(p);
    ck_assert(saved_is(p, "half"));
    pty_hold(p, false);
    while (pty_expect_cursor(p, -1, -1)) /* takes in what is left */
        continue;
    check_given_back(p);
    pty_free(p);
}
END_TEST

/* Keys are taken and saved while nothing can be shown; when it can, all is shown. */
START_TEST(a_stalled_terminal_loses_no_key)
{
    static char want[] = "half and more";
    struct pty *p = start("xterm-256color");
    fill(p);
    pty_type(p, " and more");
    ck_assert_msg(pty_until(p, saved_is, want), "what was typed into a stalled terminal is not saved");
    pty_hold(p, false);
    ck_assert(pty_expect(p, "13 letters"));
    ck_assert(pty_expect(p, want));
    pty_type(p, "!");
    ck_assert(pty_expect(p, "14 letters"));
    pty_signal(p, SIGTERM);
    ends_soon(p);
    check_given_back(p);
    pty_free(p);
}
END_TEST

/* ---- stopped ---- */

START_TEST(suspended_while_it_is_resized)
{
    struct pty *p = start("xterm-256color");
    pty_type(p, "ab");
    ck_assert(pty_expect(p, "2 letters"));
    pty_signal(p, SIGTSTP);
    ck_assert(pty_stopped(p));
    ck_assert(pty_gone(p, "2 letters"));
    check_given_back(p);
    ck_assert(saved_is(p, "ab"));
    pty_resize(p, 60, 16);
    pty_signal(p, SIGCONT);
    ck_assert(pty_expect_cursor(p, 2, 12));
    ck_assert(pty_alternate(p));
    ck_assert(!pty_same_modes(p));
    pty_key(p, "Esc");
    ck_assert_int_eq(pty_wait(p), 0);
    pty_free(p);
}
END_TEST

static bool drawn_since(struct pty *p, void *data)
{
    return strstr(buf_str(pty_bytes(p)) + *(const size_t *)data, "Sample") != NULL;
}

/* Nobody told it: another program may have written on the screen and changed the modes. */
START_TEST(stopped_unannounced)
{
    struct pty *p = start("xterm-256color");
    pty_type(p, "ab");
    ck_assert(pty_expect(p, "2 letters"));
    pty_signal(p, SIGSTOP);
    ck_assert(pty_stopped(p));
    size_t had = pty_received(p);
    pty_signal(p, SIGCONT);
    ck_assert(pty_expect(p, "2 letters"));
    pty_type(p, "c");
    ck_assert(pty_expect(p, "3 letters"));
    ck_assert_msg(pty_until(p, drawn_since, &had), "the screen is not drawn again");
    pty_key(p, "Esc");
    ck_assert_int_eq(pty_wait(p), 0);
    check_given_back(p);
    pty_free(p);
}
END_TEST

/* ---- a database that somebody else holds ---- */

static int run(const char *const *argv)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        union {
            const char *const *from;
            char **to;
        } words = {.from = argv};
        int nowhere = open("/dev/null", O_RDWR);
        dup2(nowhere, STDOUT_FILENO);
        execv(argv[0], words.to);
        _exit(127);
    }
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Locks it as a writer of SQLite does: PENDING, RESERVED and the whole SHARED range. */
static int lock(const char *path)
{
    struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000000, .l_len = 512};
    int fd = open(path, O_RDWR);
    int64_t end = now_ms() + 10000;
    while (fd >= 0 && fcntl(fd, F_SETLK, &all) != 0)
        ck_assert_msg(now_ms() < end, "the database cannot be locked");
    ck_assert(fd >= 0);
    return fd;
}

static const int ends_locked[] = {SIGHUP, SIGTERM, 0};

START_TEST(a_locked_database_holds_nobody_up)
{
    const char *program = getenv("EVENHAND_PROGRAM");
    char data[] = "locked.XXXXXX", path[64];
    if (program == NULL)
        return;
    ck_assert_ptr_nonnull(mkdtemp(data));
    const char *const plan[] = {program, "--data", data, "new", "--type", "tac", "--child", "Tobi Okafor", NULL};
    const char *const meet[] = {program, "--data", data, "meet", "last", NULL};
    ck_assert_int_eq(run(plan), 0);
    snprintf(path, sizeof path, "%s/evenhand.db", data);
    struct pty *p = pty_run(meet, "xterm-256color", 80, 24, NULL);
    ck_assert(pty_expect(p, "F3view"));
    pty_type(p, "before the lock");
    ck_assert(pty_expect(p, "before the lock"));
    pty_key(p, "C-g");
    ck_assert_msg(pty_expect(p, "Ctrl-G"), "no pause"); /* so it is saved */
    int fd = lock(path);
    pty_type(p, "zzz and after");
    ck_assert(pty_expect(p, "and after"));
    for (int i = 0; i < 3; i++) { /* keys are answered, whatever waits for the database */
        char word[32];
        int64_t from = now_ms();
        snprintf(word, sizeof word, " word%d", i);
        ck_assert(pty_gone(p, word));
        poll(NULL, 0, 300); /* a pause: the line is to be saved now */
        pty_type(p, word);
        ck_assert(pty_expect(p, word));
        ck_assert_msg(now_ms() - from < 300 + ANSWER_MS, "a key was answered after %d ms", (int)(now_ms() - from - 300));
    }
    if (ends_locked[_i] == 0)
        pty_hang_up(p);
    else
        pty_signal(p, ends_locked[_i]);
    ends_soon(p);
    if (ends_locked[_i] != 0)
        check_given_back(p);
    pty_free(p);
    close(fd);
    p = pty_run(meet, "xterm-256color", 80, 24, NULL);
    ck_assert_msg(pty_expect(p, "before the lock"), "what was saved before is gone");
    pty_free(p);
    const char *const away[] = {"/bin/rm", "-rf", data, NULL};
    run(away);
}
END_TEST

Suite *suite_signals(void);

Suite *suite_signals(void)
{
    Suite *suite = suite_create("signals");
    TCase *tc = tcase_create("signals");
    tcase_set_timeout(tc, 10 * pty_deadline());
    tcase_add_loop_test(tc, the_terminal_is_given_back, 0, 3);
    tcase_add_loop_test(tc, a_stalled_terminal_ends, 0, 3);
    tcase_add_test(tc, a_stalled_terminal_loses_no_key);
    tcase_add_test(tc, suspended_while_it_is_resized);
    tcase_add_test(tc, stopped_unannounced);
    tcase_add_loop_test(tc, a_locked_database_holds_nobody_up, 0, 3);
    suite_add_tcase(suite, tc);
    return suite;
}
