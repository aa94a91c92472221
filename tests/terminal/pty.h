/* A program in a terminal that is not there: a pseudo-terminal with a terminal emulator behind it. Nothing here sleeps: everything waits for what
 * it waits for, up to a deadline. */
#ifndef TESTS_TERMINAL_PTY_H
#define TESTS_TERMINAL_PTY_H

#include <sys/types.h>

#include "core/buf.h"

struct pty;

/* What the keys of a terminal send: described_keys() reads it from the terminal's description. */
#define PTY_KEYS 48
struct pty_keys {
    struct {
        int32_t key;
        char bytes[16];
    } v[PTY_KEYS];
    size_t n;
};

/* Runs argv[0] in a terminal of that size. `term` becomes TERM; `environment` is "NAME=VALUE" … NULL on top of a plain one ("NAME" takes it away). */
struct pty *pty_run(const char *const *argv, const char *term, int columns, int rows, const char *const *environment);
void pty_free(struct pty *p); /* kills it if it still runs */

/* Seconds after which expecting gives up: 10, with sanitizers 60; $PTY_TIMEOUT says otherwise (valgrind). */
int pty_deadline(void);

void pty_send(struct pty *p, const char *bytes, size_t n);
void pty_type(struct pty *p, const char *text);
/* A key by its name in the key table ("F4", "C-g", "M-b", "Up"), or chord ("C-g+4"); false when there is none such. */
bool pty_key(struct pty *p, const char *name);
void pty_paste(struct pty *p, const char *text);
/* Keys send these from now on (copied); those that are not among them, what xterm sends. */
void pty_use_keys(struct pty *p, const struct pty_keys *keys);

/* Waits until the screen contains the text / does not contain it / the cursor stands there. False at the deadline. */
bool pty_expect(struct pty *p, const char *text);
bool pty_gone(struct pty *p, const char *text);
bool pty_expect_cursor(struct pty *p, int x, int y);
/* Any other condition on the screen. */
bool pty_until(struct pty *p, bool (*holds)(struct pty *p, void *data), void *data);

/* Takes in what comes, once: waits at most `first_ms` for its beginning, then until nothing has come for `quiet_ms`. False: nothing came. */
bool pty_settle(struct pty *p, int first_ms, int quiet_ms);

/* What the screen shows: a row, or all of it (rows end with a newline; blanks at their ends are cut). */
void pty_row(struct pty *p, int y, struct buf *out);
/* Of a row the columns from `x` to before `to`, blanks and all. */
void pty_columns(struct pty *p, int y, int x, int to, struct buf *out);
void pty_screen(struct pty *p, struct buf *out);
void pty_cursor(struct pty *p, int *x, int *y);
bool pty_cursor_visible(struct pty *p);
bool pty_alternate(struct pty *p); /* the alternate screen is shown */
bool pty_same_modes(struct pty *p); /* the line discipline is as the program found it */

void pty_resize(struct pty *p, int columns, int rows);
void pty_signal(struct pty *p, int number);
pid_t pty_process(const struct pty *p);
/* A terminal that nobody reads: nothing is taken from it any more, and what is waited for but the end of the program does not come. */
void pty_hold(struct pty *p, bool held);
size_t pty_unread(const struct pty *p); /* bytes that wait there */
/* The line is cut: the terminal goes away under the program. */
void pty_hang_up(struct pty *p);
/* Waits for the program to end: its exit status, 256 + a signal, or -1 at the deadline. */
int pty_wait(struct pty *p);
bool pty_runs(const struct pty *p); /* it still has its terminal open, as far as was read */
bool pty_stopped(struct pty *p); /* waits until it is stopped by a signal */

/* Bytes the program has sent so far, and all of them as they came. */
size_t pty_received(const struct pty *p);
const struct buf *pty_bytes(const struct pty *p);

#endif
