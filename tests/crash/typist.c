#define _XOPEN_SOURCE 700 /* setitimer() */
#include "tests/crash/typist.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "core/text.h"

#define PROMPT "\u25B8" /* the sign that begins the entry line */
#define LINE_ROWS 5      /* more than the entry line ever has */

/* ---- the killer ---- */

static struct pty *volatile victim;
static volatile sig_atomic_t struck;
static volatile int64_t struck_us; /* read only when `struck` says so */

static void strike(int number)
{
    (void)number;
    if (victim == NULL || struck)
        return;
    pty_signal(victim, SIGKILL);
    struck_us = clock_us();
    struck = 1;
}

static void set_timer(int64_t us)
{
    struct itimerval when = {.it_value = {.tv_sec = (time_t)(us / 1000000), .tv_usec = (suseconds_t)(us % 1000000)}};
    if (setitimer(ITIMER_REAL, &when, NULL) != 0)
        BUG("no timer");
}

void killer_arm(struct pty *p, int64_t us)
{
    struct sigaction action = {.sa_handler = strike};
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGALRM, &action, NULL) != 0)
        BUG("no handler");
    struck = 0;
    victim = p;
    set_timer(us < 1 ? 1 : us);
}

void killer_disarm(void)
{
    set_timer(0);
    victim = NULL;
    struck = 0;
}

bool killer_done(int64_t *at_us)
{
    if (!struck)
        return false;
    if (at_us != NULL)
        *at_us = struck_us;
    return true;
}

/* ---- what is shown ---- */

void put_without_blanks(struct buf *out, const char *s)
{
    for (; *s != '\0'; s++)
        if (*s != ' ')
            buf_addc(out, *s);
}

/* The cursor stands in the last row of the line; the first begins with the prompt. */
static bool find_line(struct pty *p, int *top, int *bottom)
{
    int x;
    struct buf row = {0};
    bool found = false;
    pty_cursor(p, &x, bottom);
    for (*top = *bottom; !found && *top >= 0 && *top > *bottom - LINE_ROWS; --*top) {
        buf_clear(&row);
        pty_row(p, *top, &row);
        found = text_starts(buf_str(&row), PROMPT);
    }
    ++*top;
    buf_free(&row);
    return found;
}

static bool read_line(struct pty *p, struct buf *out)
{
    int top, bottom;
    struct buf row = {0};
    if (!find_line(p, &top, &bottom))
        return false;
    for (int y = top; y <= bottom; y++) {
        buf_clear(&row);
        pty_row(p, y, &row);
        put_without_blanks(out, buf_str(&row) + (y == top ? strlen(PROMPT) : 0));
    }
    buf_free(&row);
    return true;
}

bool typist_shown(const struct typist *t, struct buf *out)
{
    return t->p != NULL && read_line(t->p, out);
}

static bool takes_text(struct pty *p, void *data)
{
    int top, bottom, x;
    struct buf screen = {0};
    (void)data;
    pty_screen(p, &screen);
    bool keys = strstr(buf_str(&screen), "F3view") != NULL;
    buf_clear(&screen);
    pty_cursor(p, &x, &bottom);
    pty_row(p, bottom, &screen);
    keys = keys && strstr(buf_str(&screen), "F3view") == NULL; /* the cursor goes from there to its place when the frame is whole */
    buf_free(&screen);
    return keys && find_line(p, &top, &bottom);
}

static bool shows(struct pty *p, void *data)
{
    struct buf shown = {0};
    bool same = read_line(p, &shown) && strcmp(buf_str(&shown), *(const char *const *)data) == 0;
    buf_free(&shown);
    return same;
}

bool typist_line_empty(const struct typist *t)
{
    const char *nothing = "";
    return t->p != NULL && shows(t->p, &nothing);
}

/* ---- what is remembered ---- */

static char *copy(const char *s)
{
    size_t n = strlen(s) + 1;
    char *p = malloc(n);
    if (p == NULL)
        BUG("out of memory");
    memcpy(p, s, n);
    return p;
}

static void forget(struct typist *t)
{
    for (size_t i = 0; i < t->n; i++)
        free(t->v[i].text);
    t->n = 0;
}

static void remember(struct typist *t)
{
    if (t->n == t->cap) {
        t->cap = t->cap == 0 ? 64 : t->cap * 2;
        struct moment *v = realloc(t->v, t->cap * sizeof v[0]);
        if (v == NULL)
            BUG("out of memory");
        t->v = v;
    }
    t->v[t->n++] = (struct moment){.text = copy(buf_str(&t->line)), .since_us = clock_us()};
}

void typist_stands(struct typist *t, const char *text)
{
    forget(t);
    buf_clear(&t->line);
    buf_adds(&t->line, text);
    remember(t);
    t->entered = false;
}

void typist_may_stand(struct typist *t, const char *text)
{
    buf_clear(&t->line);
    buf_adds(&t->line, text);
    remember(t);
    t->entered = false;
}

bool typist_find(const struct typist *t, const char *blank_free, size_t *keys_ago)
{
    struct buf text = {0};
    bool found = false;
    for (size_t i = t->n; !found && i > 0; i--) {
        buf_clear(&text);
        put_without_blanks(&text, t->v[i - 1].text);
        found = strcmp(buf_str(&text), blank_free) == 0;
        *keys_ago = t->n - i;
    }
    buf_free(&text);
    return found;
}

/* ---- coming and going ---- */

void typist_start(struct typist *t, const struct outside *o, const char *meeting, int columns, int rows)
{
    const char *const argv[] = {o->program, "--data", o->data, "meet", meeting, NULL};
    typist_leave(t);
    t->p = pty_run(argv, "xterm-256color", columns, rows, NULL);
}

bool typist_open(struct typist *t, const struct outside *o, const char *meeting, int columns, int rows)
{
    typist_start(t, o, meeting, columns, rows);
    return pty_until(t->p, takes_text, NULL);
}

void typist_leave(struct typist *t)
{
    killer_disarm();
    pty_free(t->p);
    t->p = NULL;
}

void typist_free(struct typist *t)
{
    typist_leave(t);
    forget(t);
    free(t->v);
    buf_free(&t->line);
}

/* ---- typing ---- */

static bool seen(struct typist *t)
{
    struct buf want = {0};
    put_without_blanks(&want, buf_str(&t->line));
    const char *text = buf_str(&want);
    bool good = pty_until(t->p, shows, &text);
    buf_free(&want);
    return good;
}

/* A wrong letter, and away with it. */
static bool slip(struct typist *t)
{
    size_t n = t->line.n;
    buf_addc(&t->line, 'x');
    pty_type(t->p, "x");
    remember(t);
    if (!seen(t))
        return false;
    buf_splice(&t->line, n, 1, NULL, 0);
    pty_key(t->p, "Backspace");
    remember(t);
    return seen(t);
}

static size_t piece(const char *text, size_t n, size_t at, enum speed speed)
{
    size_t end = text_next(text, n, at);
    if (speed == SPEED_PASTE)
        return n;
    while (speed == SPEED_WORDS && end < n && text[end - 1] != ' ')
        end = text_next(text, n, end);
    return end;
}

/* A person who does not wait for the screen: each key when it is due. */
static bool type_at_pace(struct typist *t, const char *text, size_t n)
{
    int64_t from = clock_us(), count = 0;
    for (size_t at = 0, end; at < n && !killer_done(NULL); at = end) {
        end = text_next(text, n, at);
        while (clock_us() < from + count * 1000000 / t->pace && !killer_done(NULL))
            clock_wait(from + count * 1000000 / t->pace - clock_us());
        buf_add(&t->line, text + at, end - at);
        pty_send(t->p, text + at, end - at);
        remember(t);
        count++;
    }
    return !killer_done(NULL) && seen(t) && !killer_done(NULL);
}

bool typist_type(struct typist *t, const char *text, size_t n, enum speed speed)
{
    if (speed == SPEED_PACE)
        return type_at_pace(t, text, n);
    for (size_t at = 0, end; at < n && !killer_done(NULL); at = end) {
        end = piece(text, n, at, speed);
        if ((speed == SPEED_KEYS || speed == SPEED_SLOW) && chance_below(t->chance, 50) == 0 && !slip(t))
            return false;
        buf_add(&t->line, text + at, end - at);
        if (speed == SPEED_PASTE)
            pty_paste(t->p, text + at);
        else
            pty_send(t->p, text + at, end - at);
        remember(t);
        if (!seen(t))
            return false;
        if (speed == SPEED_SLOW)
            clock_wait(2000 + chance_below(t->chance, 50000));
    }
    return !killer_done(NULL);
}

bool typist_enter(struct typist *t)
{
    const char *nothing = "";
    bool blank = t->line.n == 0; /* nothing to be seen */
    t->entered = !blank;
    pty_key(t->p, "Enter");
    if (blank)
        return true;
    if (!pty_until(t->p, shows, &nothing))
        return false;
    typist_stands(t, "");
    return true;
}

bool typist_clear(struct typist *t)
{
    pty_key(t->p, "C-a");
    pty_key(t->p, "C-k");
    buf_clear(&t->line);
    remember(t);
    return seen(t);
}
