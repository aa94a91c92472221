/* The terminal: shows surfaces with as few bytes as it can, and leaves the screen as it was found. */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include "core/err.h"
#include "tui/surface.h"

struct terminal;

/* Takes over the terminal on stdin and stdout. One that is not described as $TERM says is tried as common ones; *notice is then a sentence to show, else NULL.
 * A terminal that cannot move its cursor, or none at all, is refused with a sentence that names the commands. */
MUST_USE enum evh term_open(struct terminal **out, bool no_colour, const char **notice, struct err *err);
void term_close(struct terminal *t);

void term_size(struct terminal *t, int *w, int *h);
/* Takes in a new size of the window. */
void term_resize(struct terminal *t);
/* Shows a surface of the terminal's size: only cells that differ from the last one are sent. */
void term_show(struct terminal *t, const struct surface *s);
/* Forgets what stands on the screen: the next term_show() draws all of it. */
void term_redraw(struct terminal *t);
/* Gives the screen back for a while (stopped by a signal), and takes it again. */
void term_suspend(struct terminal *t);
void term_resume(struct terminal *t);

/* For bug_last_words: gives the screen back if it is taken. */
void term_last_words(void);

/* "6.4.20221231" */
const char *term_version(void);

#endif
