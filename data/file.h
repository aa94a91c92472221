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

/* The same, written bit by bit: begin, add as often as wanted, then finish, which gives the file its name, or drop, which leaves nothing. After an error
 * only drop. `path` is borrowed until then. */
struct file_out {
    const char *path;
    bool force;
    int fd;              /* of the temporary file */
    struct buf temp;     /* its name; empty: there is none */
};
MUST_USE enum evh file_begin(struct file_out *file, const char *path, bool force, struct err *err);
MUST_USE enum evh file_add(struct file_out *file, const void *bytes, size_t n, struct err *err);
MUST_USE enum evh file_finish(struct file_out *file, struct err *err);
void file_drop(struct file_out *file);

/* The same as a new file STEM ENDING in a folder, or STEM-2 ENDING and so on when that is there. *path is what it became. */
MUST_USE enum evh file_write_new(const char *folder, const char *stem, const char *ending, const void *bytes, size_t n, struct buf *path, struct err *err);
/* A folder that can be written, on a disk that has room for n bytes. */
bool file_has_room(const char *folder, size_t n);

/* Gives a written and synced file its name; without `force` never over an existing one (STATE). `temp` is gone afterwards when OK. */
MUST_USE enum evh file_put_in_place(const char *temp, const char *path, bool force, struct err *err);

/* Copies a file into one that is there, synced. INVALID when it cannot be opened. Never for a database that may be open. */
MUST_USE enum evh file_copy(const char *path, const char *to, struct err *err);

/* Makes a directory and its parents, each new one 0700. */
MUST_USE enum evh file_make_dir(const char *path, struct err *err);

/* The shipped table `name`: the user's own folder first, then `tables`. A faulty line is reported with file, line and column and left out. */
MUST_USE enum evh file_types(const char *tables, const char *own, struct arena *arena, struct types *out, struct err *err);

#endif
