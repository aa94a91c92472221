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
    INPUT_STOP,    /* SIGTSTP, unless it was ignored before input_open(): leave the screen and stop */
    INPUT_CONTINUE, /* SIGCONT after a stop that nobody announced: the screen and its modes may be anybody's */
    INPUT_END,     /* SIGTERM, SIGHUP, or the terminal has gone */
};

struct input_source;

/* After term_open(): asks the terminal's description for its keys, takes over the signals. `latin1`: the terminal is not UTF-8. */
struct input_source *input_open(bool latin1);
void input_close(struct input_source *in);

/* Waits up to `timeout_ms` (longer while a key or paste is half read); 0 only looks; -1 takes only what has been read already. */
enum input input_next(struct input_source *in, int timeout_ms, int32_t *key, const struct buf **paste, bool *cut);

/* Round everything that is written to the terminal on `fd` (a file of its own, that may be changed under the writer). A signal that ends the program, and
 * `patience` seconds (0: for ever), cut what the terminal does not take: the rest goes nowhere. True: it was cut, and the screen shows nobody knows what. */
void input_write_begins(struct input_source *in, int fd, unsigned patience);
bool input_write_ends(struct input_source *in);

/* A signal to end has come while something else is being waited for: it is time to save what can be saved, soon. */
bool input_ending(void);

/* Stops the process as SIGTSTP would have, after term_suspend(). */
void input_stop(void);

#endif
