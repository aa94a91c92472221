/* The terminal: shows surfaces with as few bytes as it can, and leaves the screen as it was found. */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include "core/err.h"
#include "tui/surface.h"

struct terminal;

/* Takes over the terminal on stdin and stdout. One that is not described as $TERM says is tried as common ones; *notice is then a sentence to show, else NULL.
 * A terminal that cannot move its cursor, or none at all, is refused with a sentence that names the commands. */
MUST_USE enum evh term_open(struct terminal **out, bool no_colour, bool contrast, const char **notice, struct err *err);
void term_close(struct terminal *t);

void term_size(struct terminal *t, int *w, int *h);
/* Takes in a new size of the window. */
void term_resize(struct terminal *t);
/* Shows a surface of the terminal's size: only cells that differ from the last one are sent. */
void term_show(struct terminal *t, const struct surface *s);
/* The same when nothing was changed but the rows from `from` to before `to`. */
void term_show_rows(struct terminal *t, const struct surface *s, int from, int to);
/* Forgets what stands on the screen: the next term_show() draws all of it. */
void term_redraw(struct terminal *t);
/* Before the screen is given back: nothing of what was shown stays there or, where the terminal can forget it, above it. */
void term_wipe(struct terminal *t);
/* Gives the screen back for a while (stopped by a signal), and takes it again. */
void term_suspend(struct terminal *t);
void term_resume(struct terminal *t);

/* The file on which everything is written to the terminal, and the seconds that writing to it may take: see input_write_begins(). Afterwards term_written()
 * hears whether it was cut; then nothing is shown until term_ready(), asked before each frame, finds that the terminal takes something again, whatever
 * it shows then: the next frame is drawn whole. */
int term_file(const struct terminal *t);
unsigned term_patience(const struct terminal *t);
void term_written(struct terminal *t, bool cut);
bool term_ready(struct terminal *t);
/* After term_suspend() was cut: throws away what the terminal has not taken, so that it can take what gives the screen back. */
void term_abandon(struct terminal *t);

/* For bug_last_words: gives the screen back if it is taken. */
void term_last_words(void);

/* "6.4.20221231" */
const char *term_version(void);

#endif
