#include "tui/review/plain.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"

#define LOOK_MS 500 /* how often signals are looked for: they are blocked, so that none ends the program in the middle of a change */

/* Ignored while lines are read; then those that are taken: blocked, and not ignored, so that they can be waited for. */
static const struct { int number; bool taken; } signals[] = {{SIGTSTP, false}, {SIGQUIT, false}, {SIGPIPE, false}, {SIGHUP, true}, {SIGINT, true}, {SIGTERM, true}};

void plain_begin(struct plain_input *in, int file, int64_t idle_ms)
{
    *in = (struct plain_input){.file = file, .idle_ms = idle_ms};
    _Static_assert(NITEMS(signals) == NITEMS(in->old), "one place a signal");
    sigemptyset(&in->taken);
    for (size_t i = 0; i < NITEMS(signals); i++)
        if (signals[i].taken)
            sigaddset(&in->taken, signals[i].number);
    sigprocmask(SIG_BLOCK, &in->taken, &in->before);
    for (size_t i = 0; i < NITEMS(signals); i++) {
        struct sigaction act = {.sa_handler = signals[i].taken ? SIG_DFL : SIG_IGN};
        sigemptyset(&act.sa_mask);
        sigaction(signals[i].number, &act, &in->old[i]);
    }
}

void plain_finish(struct plain_input *in)
{
    for (size_t i = 0; i < NITEMS(signals); i++)
        sigaction(signals[i].number, &in->old[i], NULL);
    sigprocmask(SIG_SETMASK, &in->before, NULL);
    buf_free(&in->raw);
}

static int64_t milliseconds(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A line that lies there whole. */
static bool take_line(struct plain_input *in, struct buf *line, enum plain_got *got)
{
    const char *end = in->raw.n == 0 ? NULL : memchr(in->raw.s, '\n', in->raw.n);
    if (end == NULL) {
        if (in->raw.n > PLAIN_LINE_MOST) {
            in->skipping = true;
            buf_clear(&in->raw);
        }
        return false;
    }
    size_t n = (size_t)(end - in->raw.s);
    *got = in->skipping || n > PLAIN_LINE_MOST ? PLAIN_LONG : PLAIN_LINE;
    in->skipping = false;
    buf_clear(line);
    if (*got == PLAIN_LINE) {
        struct buf clean = {0};
        text_clean(&clean, in->raw.s, n, NULL);
        const char *words = buf_str(&clean);
        size_t length = clean.n;
        text_trim(&words, &length);
        buf_add(line, words, length);
        buf_free(&clean);
    }
    buf_splice(&in->raw, 0, n + 1, "", 0);
    return true;
}

static bool signalled(const struct plain_input *in, enum plain_got *got)
{
    struct timespec now = {0};
    int number = sigtimedwait(&in->taken, NULL, &now);
    *got = number == SIGINT ? PLAIN_INTERRUPT : PLAIN_END;
    return number > 0;
}

/* One piece of input. False: none came within the idle time (*got), or there will be none. */
static bool take_piece(struct plain_input *in, int64_t since, enum plain_got *got)
{
    char piece[4096];
    struct pollfd p = {.fd = in->file, .events = POLLIN};
    int64_t left = in->idle_ms == 0 ? LOOK_MS : since + in->idle_ms - milliseconds();
    if (left <= 0) {
        *got = PLAIN_IDLE;
        return false;
    }
    if (poll(&p, 1, left < LOOK_MS ? (int)left : LOOK_MS) <= 0)
        return true;
    ssize_t n = read(in->file, piece, sizeof piece);
    if (n > 0)
        buf_add(&in->raw, piece, (size_t)n);
    *got = PLAIN_END;
    return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

enum plain_got plain_read(struct plain_input *in, struct buf *line)
{
    enum plain_got got = PLAIN_END;
    int64_t since = milliseconds();
    buf_clear(line);
    for (;;) {
        if (signalled(in, &got)) {
            if (got == PLAIN_INTERRUPT)
                buf_clear(&in->raw); /* the terminal threw the line away too */
            return got;
        }
        if (take_line(in, line, &got) || !take_piece(in, since, &got))
            return got;
    }
}
