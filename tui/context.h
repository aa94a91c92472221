/* What every one-shot command is given, and what they all need: the store, the tables, a meeting by its name, results on
 * stdout and sentences on stderr. */
#ifndef TUI_CONTEXT_H
#define TUI_CONTEXT_H

#include "core/audience.h"
#include "core/buf.h"
#include "core/notation.h"
#include "data/file.h"
#include "data/store.h"
#include "tui/opt.h"
#include "tui/view.h"
#include "tui/world.h"

/* Limit of a .meeting file: notation.md, section 6. */
#define MEETING_FILE_MAX ((size_t)64 << 20)

struct context {
    struct args args;
    struct arena *arena;      /* lives as long as the command */
    struct world world;
    struct world_state world_state;
    struct store *store;      /* after context_open() */
    struct store *log;        /* where visits are written: the store, or a handle of its own where that is for reading; NULL: none yet */
    struct visitor visitor;   /* --as; `person` zero: nobody was named */
    const char *data;         /* directory of the records; NULL: not known yet */
    struct types types;
    bool types_read;
    bool ascii;               /* --ascii, or a locale that is not UTF-8 */
    struct err err;
};

/* ---- words that were given, cleaned by text_clean(); NULL when absent ---- */
const char *context_option(struct context *c, enum opt opt);
const char *context_operand(struct context *c, size_t n);
/* The beginning of long words, for a sentence. */
const char *context_short(struct context *c, const char *words);
/* A date as people write it, forwards from today; `*day` is left alone when the option is absent. USAGE when it cannot be read. */
MUST_USE enum evh context_date(struct context *c, enum opt opt, int32_t *day);
/* One of "table|json|csv", by its place in the blank-separated `choices` (the first is the default). USAGE with the choices. */
MUST_USE enum evh context_choice(struct context *c, enum opt opt, const char *choices, int *choice);

/* ---- the store and what is in it ---- */
MUST_USE enum evh context_data(struct context *c);
/* NOTFOUND with a kind sentence where nothing was recorded yet, unless `mode` creates. With --as the person is found first and the beginning of their
 * visit written down (nothing is created then): NOTFOUND when there is nobody of that id, and whatever hinders the writing; the store is closed again.
 * --read-only opens for reading, whatever `mode` says. */
MUST_USE enum evh context_open(struct context *c, enum store_mode mode);
/* Writes down that a child's meeting is opened (store_visit()), before it is shown. Not OK only where somebody was named. */
MUST_USE enum evh context_visit(struct context *c, const char *what, struct uuid meeting);
/* The end of the visit; closes the store. */
void context_close(struct context *c);
/* Meeting types; empty, and said so once, when the tables are not there. Never NULL. */
const struct types *context_types(struct context *c);
/* "last", an id or the beginning of one. */
MUST_USE enum evh context_meeting(struct context *c, const char *words, struct uuid *id);
/* A person as store_find_person() has it; where nobody is called so but a few people's names have the words in them, they are proposed. */
MUST_USE enum evh context_person(struct context *c, const char *words, struct person_row *row);
/* A record to read from: by id out of the store, or from a .meeting file (or "-", standard input) which is read into memory only. Notices of
 * a file go into `notices`; NULL: to stderr. `lines` (may be NULL) is told which line each id came from. Free with record_free(). */
struct line_of { struct uuid id; int line; };
struct lines { struct line_of *v; size_t n, cap; };
MUST_USE enum evh context_record(struct context *c, const char *words, struct record **record, struct notices *notices, struct lines *lines);
/* True when words name a file rather than a meeting of the store. */
bool context_is_file(const char *words);
/* --for NAME, --audience open|full. USAGE when nobody is meant. */
MUST_USE enum evh context_audience(struct context *c, const struct record *record, struct audience *audience);

/* ---- speaking ---- */
/* Results: every line through text_show(), to stdout or, with -o, into a file of its own. */
MUST_USE enum evh context_put(struct context *c, const struct buf *out);
MUST_USE enum evh context_output(struct context *c, const struct buf *out);
/* Results that come bit by bit, where context_output() would put them: begin, some as often as wanted, end; nothing stands in a file before the end. `some` takes
 * `out` (whole lines) away. It may be called while the database is locked: of standard output it waits for nobody. (What a pipe takes at once leaves, the rest is
 * kept. A terminal may stop anywhere, after Ctrl-S or on a slow line, so it gets all at the end.) `wait` is for when nothing is locked: large parts, each taken
 * before it goes on. After an error: drop. */
struct output {
    struct file_out file;
    bool to_file;
    struct buf waiting;
};
MUST_USE enum evh context_output_begin(struct context *c, struct output *o);
MUST_USE enum evh context_output_some(struct context *c, struct output *o, struct buf *out);
MUST_USE enum evh context_output_wait(struct context *c, struct output *o, struct buf *out);
MUST_USE enum evh context_output_end(struct context *c, struct output *o);
void context_output_drop(struct output *o);
/* Writes of `waiting` (safe to show) to stdout what it takes without waiting; a terminal is waited for. False: it cannot be written. */
MUST_USE bool context_trickle(struct buf *waiting);
/* One sentence on stderr. */
void context_say(const char *format, ...) PRINTF_LIKE(1, 2);
/* "FILE:LINE:COLUMN: severity: text" on stderr, each. */
void context_notices(const char *file, const struct notices *notices, const char *severity);
/* Says context->err and gives the exit status. */
int context_fail(struct context *c);
/* Wrong usage: one sentence, where to read more, status 2. */
int context_usage(struct context *c, const char *format, ...) PRINTF_LIKE(2, 3);
/* Columns for text on stdout: the terminal's up to 100, else 80. */
size_t context_columns(void);
bool context_on_terminal(void); /* both stdin and stdout are */

/* ---- screens ---- */
/* Runs a screen over the open store until it is left. USAGE where there is no terminal. */
int context_screen(struct context *c, const struct view_class *class, const void *arg);

#endif
