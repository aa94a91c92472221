/* Drives a program in a pseudo-terminal by a small script on stdin or in a file. One command a line; # begins a comment. Exit status 1 and the
 * screen on stderr when something that was expected did not come.
 *   term NAME · size W H · env NAME=VALUE (or NAME: away)      before `run`; `size` later resizes
 *   run PROGRAM ARGUMENT…       words are divided by blanks; "quoted words" may contain them; $NAME is taken from the environment
 *   type TEXT                   as it stands, without Enter
 *   key NAME…                   names of the key table: F4 C-g+4 M-b Enter Up
 *   paste TEXT                  as a terminal pastes; \n is a new line
 *   line TEXT                   types it, waits until its end is seen, Enter, waits until the cursor is back where the line began
 *   meanwhile PROGRAM ARGUMENT… runs it to its end, beside what runs in the terminal; it must give 0
 *   expect TEXT · gone TEXT     waits until the screen contains it, does not contain it
 *   soon TEXT · away TEXT       the same, within two seconds of the last `meanwhile`
 *   row Y TEXT                  waits until that row contains it
 *   cursor X Y                  waits until the cursor stands there
 *   shot NAME                   the screen on stdout, with its name
 *   bytes                       how many bytes came since the last `bytes`, on stdout
 *   kill NUMBER                 sends a signal
 *   sh COMMAND                  runs a shell command meanwhile; it must give 0
 *   wait STATUS                 waits for the end; 256 + a signal when one ended it */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"
#include "tests/terminal/pty.h"

#define WORDS_MAX 64

struct drive {
    struct pty *p;
    struct arena *arena;
    char *term;
    int w, h, line;
    size_t counted;
    int64_t since;   /* when the last `meanwhile` ended */
    const char *environment[WORDS_MAX];
    size_t nenvironment;
};

static void give_up(struct drive *d, const char *what, const char *about)
{
    struct buf screen = {0};
    if (d->p != NULL)
        pty_screen(d->p, &screen);
    fprintf(stderr, "drive: line %d: %s: %s\n%s", d->line, what, about, buf_str(&screen));
    buf_free(&screen);
    pty_free(d->p);
    exit(EXIT_FAILURE);
}

/* Cuts the next word off, "quoted" or with $NAME taken from the environment; NULL at the end. */
static char *word(struct drive *d, char **rest)
{
    char *s = *rest + strspn(*rest, " ");
    if (*s == '\0')
        return NULL;
    bool quoted = *s == '"';
    s += quoted ? 1 : 0;
    size_t n = strcspn(s, quoted ? "\"" : " ");
    *rest = s + n + (s[n] != '\0' ? 1 : 0);
    char *text = arena_strndup(d->arena, s, n);
    if (text[0] != '$')
        return text;
    size_t length = strspn(text + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
    const char *value = getenv(arena_strndup(d->arena, text + 1, length));
    if (value == NULL)
        give_up(d, "not in the environment", text);
    return arena_printf(d->arena, "%s%s", value, text + 1 + length);
}

static int number(struct drive *d, char **rest)
{
    const char *s = word(d, rest);
    char *end = NULL;
    long v = s == NULL ? -1 : strtol(s, &end, 10);
    if (s == NULL || end == s || *end != '\0' || v < 0 || v > 100000)
        give_up(d, "no number", s == NULL ? "" : s);
    return (int)v;
}

static void run(struct drive *d, char *rest)
{
    const char *argv[WORDS_MAX] = {NULL};
    for (size_t n = 0; n + 1 < NITEMS(argv) && (argv[n] = word(d, &rest)) != NULL; n++)
        continue;
    pty_free(d->p);
    d->counted = 0;
    if (argv[0] == NULL)
        give_up(d, "nothing to run", "");
    d->p = pty_run(argv, d->term, d->w, d->h, d->environment);
}

static int64_t milliseconds(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A program of its own, in the same environment; what it prints is nothing to the script. */
static void meanwhile(struct drive *d, char *rest)
{
    char *argv[WORDS_MAX] = {NULL};
    for (size_t n = 0; n + 1 < NITEMS(argv) && (argv[n] = word(d, &rest)) != NULL; n++)
        continue;
    if (argv[0] == NULL)
        give_up(d, "nothing to run", "");
    pid_t pid = fork();
    if (pid == 0) {
        if (freopen("/dev/null", "w", stdout) != NULL)
            execvp(argv[0], argv);
        _exit(127);
    }
    int status = -1;
    if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
        give_up(d, "did not give 0", argv[0]);
    d->since = milliseconds();
}

/* Two seconds on a machine that is not slowed down: a deadline of ten seconds stands for one. */
static void in_time(struct drive *d, const char *text)
{
    char about[64];
    int64_t took = milliseconds() - d->since, most = 200 * (int64_t)pty_deadline();
    snprintf(about, sizeof about, "after %d ms, not %d", (int)took, (int)most);
    if (took > most) {
        fprintf(stderr, "%s\n", text);
        give_up(d, "came too late", about);
    }
}

struct on_row { int y; const char *text; };

static bool row_has(struct pty *p, void *data)
{
    const struct on_row *want = data;
    struct buf row = {0};
    pty_row(p, want->y, &row);
    bool has = strstr(buf_str(&row), want->text) != NULL;
    buf_free(&row);
    return has;
}

static void row(struct drive *d, char *rest)
{
    struct on_row want = {.y = number(d, &rest)};
    want.text = rest;
    if (!pty_until(d->p, row_has, &want))
        give_up(d, "did not come to its row", rest);
}

static bool back_at(struct pty *p, void *data)
{
    int x, y;
    pty_cursor(p, &x, &y);
    return x == *(const int *)data;
}

/* Something of it is on the screen. (The cursor may be where it was: a row that is filled to its last column makes the line grow upwards.) */
static bool answered(struct pty *p, void *data)
{
    return pty_received(p) > *(const size_t *)data;
}

/* The line is on record when the entry line is empty again. */
static void line(struct drive *d, const char *text)
{
    int begin[2];
    pty_cursor(d->p, &begin[0], &begin[1]);
    size_t received = pty_received(d->p);
    pty_type(d->p, text);
    if (*text != '\0' && !pty_until(d->p, answered, &received))
        give_up(d, "was not typed", text);
    size_t n = strlen(text), tail = n;
    for (int i = 0; i < 8 && tail > 0 && text[text_prev(text, n, tail)] != ' '; i++)
        tail = text_prev(text, n, tail);
    if (!pty_expect(d->p, text + tail))
        give_up(d, "was not seen", text + tail);
    pty_key(d->p, "Enter");
    if (!pty_until(d->p, back_at, &begin[0]))
        give_up(d, "was not taken", text);
}

static void keys(struct drive *d, char *rest)
{
    for (char *name; (name = word(d, &rest)) != NULL;)
        if (!pty_key(d->p, name))
            give_up(d, "no such key", name);
}

static void paste(struct drive *d, const char *text)
{
    struct buf b = {0};
    for (; *text != '\0'; text++) {
        bool end = text[0] == '\\' && text[1] == 'n';
        buf_addc(&b, end ? '\n' : *text);
        text += end ? 1 : 0;
    }
    pty_paste(d->p, buf_str(&b));
    buf_free(&b);
}

static void shot(struct drive *d, const char *name)
{
    struct buf screen = {0};
    int x, y;
    pty_screen(d->p, &screen);
    pty_cursor(d->p, &x, &y);
    printf("== %s (cursor %d,%d)\n%s", name, x, y, screen.s);
    buf_free(&screen);
}

static void size(struct drive *d, char *rest)
{
    d->w = number(d, &rest);
    d->h = number(d, &rest);
    if (d->p != NULL)
        pty_resize(d->p, d->w, d->h);
}

static void ended(struct drive *d, char *rest)
{
    int want = number(d, &rest), status = pty_wait(d->p);
    char about[64];
    snprintf(about, sizeof about, "it is %d, not %d", status, want);
    if (status != want)
        give_up(d, "exit status", about);
}

/* Commands that need no running program. */
static bool before(struct drive *d, const char *name, char *rest)
{
    if (strcmp(name, "term") == 0)
        d->term = word(d, &rest);
    else if (strcmp(name, "size") == 0)
        size(d, rest);
    else if (strcmp(name, "env") == 0 && d->nenvironment + 1 < NITEMS(d->environment))
        d->environment[d->nenvironment++] = arena_strdup(d->arena, rest);
    else if (strcmp(name, "run") == 0)
        run(d, rest);
    else
        return false;
    return true;
}

static bool during(struct drive *d, const char *name, char *rest)
{
    if (strcmp(name, "type") == 0)
        pty_type(d->p, rest);
    else if (strcmp(name, "key") == 0)
        keys(d, rest);
    else if (strcmp(name, "paste") == 0)
        paste(d, rest);
    else if (strcmp(name, "line") == 0)
        line(d, rest);
    else if (strcmp(name, "shot") == 0)
        shot(d, rest);
    else if (strcmp(name, "meanwhile") == 0)
        meanwhile(d, rest);
    else if (strcmp(name, "kill") == 0)
        pty_signal(d->p, number(d, &rest));
    else if (strcmp(name, "sh") == 0) {
        if (system(rest) != 0)
            give_up(d, "did not give 0", rest);
    } else if (strcmp(name, "wait") == 0)
        ended(d, rest);
    else
        return false;
    return true;
}

static bool looks(struct drive *d, const char *name, char *rest)
{
    bool soon = strcmp(name, "soon") == 0, away = strcmp(name, "away") == 0;
    if (soon || strcmp(name, "expect") == 0) {
        if (!pty_expect(d->p, rest))
            give_up(d, "did not come", rest);
    } else if (away || strcmp(name, "gone") == 0) {
        if (!pty_gone(d->p, rest))
            give_up(d, "did not go", rest);
    } else if (strcmp(name, "row") == 0) {
        row(d, rest);
    } else if (strcmp(name, "cursor") == 0) {
        int x = number(d, &rest), y = number(d, &rest);
        if (!pty_expect_cursor(d->p, x, y))
            give_up(d, "the cursor did not come", "to its place");
    } else if (strcmp(name, "bytes") == 0) {
        printf("%zu\n", pty_received(d->p) - d->counted);
        d->counted = pty_received(d->p);
    } else {
        return false;
    }
    if (soon || away)
        in_time(d, rest);
    return true;
}

static void step(struct drive *d, char *text)
{
    text[strcspn(text, "\n")] = '\0';
    text += strspn(text, " ");
    if (*text == '\0' || *text == '#')
        return;
    size_t n = strcspn(text, " ");
    char *rest = text + n + (text[n] != '\0' ? 1 : 0);
    text[n] = '\0';
    if (before(d, text, rest))
        return;
    if (d->p == NULL || (!during(d, text, rest) && !looks(d, text, rest)))
        give_up(d, d->p == NULL ? "nothing runs" : "no such command", text);
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    FILE *in = argc > 1 ? fopen(argv[1], "r") : stdin;
    if (in == NULL) {
        fprintf(stderr, "drive: cannot read %s\n", argv[1]);
        return EXIT_FAILURE;
    }
    struct drive d = {.arena = arena_new(), .w = 80, .h = 24};
    d.term = arena_strdup(d.arena, "xterm-256color");
    char text[8192];
    while (fgets(text, sizeof text, in) != NULL) {
        d.line++;
        step(&d, text);
    }
    pty_free(d.p);
    arena_free(d.arena);
    if (in != stdin)
        fclose(in);
    return EXIT_SUCCESS;
}
