/* What `minutes` and `export --format txt` share. */
#ifndef TUI_COMMAND_EXPORT_H
#define TUI_COMMAND_EXPORT_H

#include "tui/command.h"

/* The minutes of the first operand, to stdout or -o FILE. */
MUST_USE enum evh export_minutes(struct context *c);

#endif
