/* Tables on stdout: columns beside one another, as wide as what stands in them. */
#ifndef TUI_COMMAND_COLUMNS_H
#define TUI_COMMAND_COLUMNS_H

#include "tui/context.h"

/* Appends `rows` lines of `columns` cells (`cells` is an array of rows, the first one the headings; NULL: empty) to `out`. What is wider than the terminal
 * is taken from the columns that have a number in `least`, which is left of them; the widest gives first. Words are cut with a sign. 0: it gives nothing. */
void columns_put(struct context *c, struct buf *out, const char *const *cells, size_t rows, size_t columns, const unsigned char *least);

/* One member of a JSON object: `before`, the key, the value or null. */
void columns_json(struct buf *out, const char *before, const char *key, const char *value);

#endif
