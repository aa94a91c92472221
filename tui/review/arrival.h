/* What came with the line: read once at the start, checked, and then the environment is emptied. Of all that, only a few words of known form go on. */
#ifndef TUI_REVIEW_ARRIVAL_H
#define TUI_REVIEW_ARRIVAL_H

#include "core/arena.h"
#include "core/err.h"
#include "data/store.h"

enum asked { ASKED_NOTHING, ASKED_LIST, ASKED_PLAIN, ASKED_HELP, ASKED_OTHER };

struct arrival {
    /* sshd brought us. Then whatever the environment says may be a client's (sshd's AcceptEnv); sshd itself sets SSH_CONNECTION after that, so no client can make
     * it go away. */
    bool by_line;
    enum asked asked;        /* SSH_ORIGINAL_COMMAND: one word, with blanks round it */
    struct visitor visitor;  /* `peer` and `fingerprint`, as far as sshd says them (tui/visitor.h) */
    const char *tables;      /* where the shipped tables are */
    const char *now, *term;
    int lines, columns;      /* 0: not said */
};

/* Strings go into the arena. */
void arrival_read(struct arrival *a, struct arena *arena);

/* Empties the environment and puts there what the libraries are to find: nothing else of what came is seen by anybody from now on. */
MUST_USE enum evh arrival_clear(const struct arrival *a, struct err *err);

#endif
