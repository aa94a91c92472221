/* The one-shot commands: a table (tui/command.def) and one function a command, each in a file of its own. */
#ifndef TUI_COMMAND_H
#define TUI_COMMAND_H

#include "tui/context.h"

struct command_info {
    const char *name;      /* "" for the program alone: the home screen */
    const char *synopsis, *help;
    int min, max;          /* operands; -1: any number */
    const char *options;   /* long names, blank-separated */
    int (*run)(struct context *context); /* gives the exit status */
};
extern const struct command_info command_table[];
extern const size_t command_count;

/* By name; NULL when there is none. */
const struct command_info *command_find(const char *name);

/* True when a command takes an option (by every command or by its own row). */
bool command_takes(const struct command_info *command, enum opt opt);

/* Of a command with several parts (reviewers add …): refuses, with USAGE, what the command takes but this part does not. `options` as in the table. */
MUST_USE enum evh command_part_takes(struct context *context, const char *part, const char *options);

/* What --help, `help` and `help COMMAND` print (command/help.c). */
void command_usage(struct buf *out, const struct command_info *command);

/* What --version prints (command/version.c). */
void command_version(struct buf *out);

#ifndef COMMAND
#define COMMAND(id, name, synopsis, help, min, max, options) int command_##id(struct context *context);
#include "tui/command.def"
#undef COMMAND
#endif

#endif
