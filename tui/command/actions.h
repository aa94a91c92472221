/* The action tracker as text, shared by `actions`, `remind` and `demo`. */
#ifndef TUI_COMMAND_ACTIONS_H
#define TUI_COMMAND_ACTIONS_H

#include "tui/command.h"

/* Prints what a filter lets through, on stdout or with -o into a file. The store is open, or NULL: then there are no actions. *overdue (may be NULL): whether
 * one of them is overdue. */
MUST_USE enum evh actions_put(struct context *c, const struct action_filter *filter, enum actions_form form, bool *overdue);

/* actions_known.c: says so when no action (of any state) is of an owner or child with the filter's words. *known: false when no person and no child in the
 * records has such a name either. The store is open. */
MUST_USE enum evh actions_known(struct context *c, const struct action_filter *filter, bool *known);
/* --type into the filter. USAGE, with the types that there are, for a word that neither the table nor any meeting has. Store as in actions_put(). */
MUST_USE enum evh actions_type(struct context *c, struct action_filter *filter);

/* actions_watch.c: prints what changes in the list, line by line, until it is interrupted or nobody reads any more. Gives the exit status. */
int actions_watch(struct context *c, const struct action_filter *filter, bool json);

#endif
