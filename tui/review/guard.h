/* Shuts the program in, so that a fault in it is worth nothing to whoever found it: it can start no program, open no connection, and reach no file but the
 * database and its journal. Each step is a row of the table in guard.c. */
#ifndef TUI_REVIEW_GUARD_H
#define TUI_REVIEW_GUARD_H

#include "core/buf.h"
#include "core/err.h"

/* First of all: no memory image of this process is ever written or read by others. */
MUST_USE enum evh guard_begin(struct err *err);

/* When database and terminal are open: limits, no new privileges, only the system calls of guard.def, only the files of `dir`. Cannot be taken back.
 * IO when a step failed without which the program must not run. What an old kernel does not have is left out: see guard.c. */
MUST_USE enum evh guard_close(const char *dir, struct err *err);

/* Two lines: "system calls: libseccomp 2.5.4", or that the program was built without it; "files: Landlock, version 3", or that this kernel has it not. */
void guard_version(struct buf *out);

#endif
