/* Files beside the database: exports written whole or not at all. Never opens a database. */
#ifndef DATA_FILE_H
#define DATA_FILE_H

#include "core/arena.h"
#include "core/buf.h"
#include "core/err.h"
#include "core/types.h"

/* Reads a whole file of at most `limit` bytes ("-": standard input). */
MUST_USE enum evh file_read(const char *path, size_t limit, struct buf *out, struct err *err);

/* Temporary name in the same folder, mode 0600, synced, renamed; refuses an existing file (STATE) unless `force`. */
MUST_USE enum evh file_write(const char *path, const void *bytes, size_t n, bool force, struct err *err);

/* Makes a directory and its parents, each new one 0700. */
MUST_USE enum evh file_make_dir(const char *path, struct err *err);

/* The shipped table `name`: the user's own folder first, then `tables`. A faulty line is reported with file, line and column and left out. */
MUST_USE enum evh file_types(const char *tables, const char *own, struct arena *arena, struct types *out, struct err *err);

#endif
