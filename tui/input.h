/* What comes in: keys, pastes, signals, and the passing of time. One input at a time. */
#ifndef TUI_INPUT_H
#define TUI_INPUT_H

#include "core/buf.h"
#include "tui/key.h"

enum input {
    INPUT_NONE,    /* nothing came within the time */
    INPUT_KEY,
    INPUT_PASTE,   /* in *paste, borrowed until the next call; *cut: it was too long */
    INPUT_RESIZE,
    INPUT_STOP,    /* SIGTSTP: leave the screen and stop */
    INPUT_END,     /* SIGTERM, SIGHUP, or the terminal has gone */
};

struct input_source;

/* After term_open(): asks the terminal's description for its keys, takes over the signals. `latin1`: the terminal is not UTF-8. */
struct input_source *input_open(bool latin1);
void input_close(struct input_source *in);

/* Waits up to `timeout_ms` (longer while a key or paste is half read); 0 only looks; -1 takes only what has been read already. */
enum input input_next(struct input_source *in, int timeout_ms, int32_t *key, const struct buf **paste, bool *cut);

/* Stops the process as SIGTSTP would have, after term_suspend(). */
void input_stop(void);

#endif
