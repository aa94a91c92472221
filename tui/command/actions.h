/* The action tracker as text, shared by `actions` and `demo`. */
#ifndef TUI_COMMAND_ACTIONS_H
#define TUI_COMMAND_ACTIONS_H

#include "tui/command.h"

enum actions_format { ACTIONS_TABLE, ACTIONS_JSON, ACTIONS_CSV };

/* Prints what a filter lets through, on stdout. The store is open. */
MUST_USE enum evh actions_put(struct context *c, const struct action_filter *filter, enum actions_format format);

#endif
