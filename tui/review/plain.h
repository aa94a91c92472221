/* Lines that are read in --plain: bounded, with an idle time, and with signals taken as answers instead of ends in the middle of something. */
#ifndef TUI_REVIEW_PLAIN_H
#define TUI_REVIEW_PLAIN_H

#include <signal.h>

#include "core/buf.h"

#define PLAIN_LINE_MOST 65536 /* bytes; more are thrown away, and that is said */

enum plain_got {
    PLAIN_LINE,
    PLAIN_LONG,      /* a line that was too long: nothing of it is taken */
    PLAIN_INTERRUPT, /* Ctrl-C */
    PLAIN_IDLE,
    PLAIN_END        /* of the input, or HUP or TERM; half a line before it is no answer */
};

struct plain_input {
    int file;
    int64_t idle_ms;         /* 0: for ever */
    struct buf raw;          /* read and not yet taken */
    bool skipping;           /* within a line that is too long */
    sigset_t taken, before;  /* signals */
    struct sigaction old[6];
};

void plain_begin(struct plain_input *in, int file, int64_t idle_ms);
void plain_finish(struct plain_input *in);

/* The next line, cleaned (core/text.h), without blanks at its ends. */
enum plain_got plain_read(struct plain_input *in, struct buf *line);

#endif
