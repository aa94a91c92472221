/* Options of the command line, read by one parser from the table tui/option.def. */
#ifndef TUI_OPT_H
#define TUI_OPT_H

#include "core/arena.h"
#include "core/err.h"

enum opt {
    OPT_NONE,
#define OPTION(id, name, letter, arg, help) OPT_##id,
#include "tui/option.def"
#undef OPTION
    OPT_COUNT
};

struct opt_info {
    const char *name;
    char letter;      /* 0: none */
    const char *arg;  /* NULL: a flag */
    const char *help;
};
extern const struct opt_info opt_table[OPT_COUNT]; /* [OPT_NONE] is empty */

struct command_info;

struct opt_given { enum opt opt; const char *value; };

/* What was given, in its order; the texts are argv's own and not cleaned yet. */
struct args {
    const struct command_info *command;
    struct opt_given *given; size_t ngiven;
    const char **operands; size_t noperands;
};

/* Reads the words of a command line (argv[0] is skipped). Options may stand anywhere; "--" ends them. USAGE with one
 * sentence when it is not understood; args->command is then set if the command itself was. */
MUST_USE enum evh opt_read(struct args *args, struct arena *arena, int argc, char **argv, struct err *err);

bool opt_has(const struct args *args, enum opt opt);
/* The value given last, or the n-th (from 0); NULL when there is none. */
const char *opt_value(const struct args *args, enum opt opt);
const char *opt_nth(const struct args *args, enum opt opt, size_t n);

#endif
