/* Cutting a screen into panes, and text that wraps in one. All functions allow rects of no or negative size. */
#ifndef TUI_LAYOUT_H
#define TUI_LAYOUT_H

#include "tui/surface.h"

struct rect layout_all(const struct surface *s);

/* Cut rows or columns off *r (as many as there are) and return them. */
struct rect layout_top(struct rect *r, int rows);
struct rect layout_bottom(struct rect *r, int rows);
struct rect layout_left(struct rect *r, int columns);
struct rect layout_right(struct rect *r, int columns);

/* Draws `text` wrapped at words into r, rows after the first indented by `indent`; returns the rows that it needs, also beyond r.h.
 * `s` NULL: only counts. */
int layout_wrap(struct surface *s, struct rect r, int indent, enum style style, const char *text);

#endif
