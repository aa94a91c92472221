/* Golden screens: what a surface shows, compared with a file of tests/screen/golden. GENERATE=1 writes the files instead. */
#ifndef TESTS_SCREEN_GOLDEN_H
#define TESTS_SCREEN_GOLDEN_H

#include "tui/surface.h"

/* Fails the running test with the first row that differs, or when the cursor is not where it should be. / For what is no whole screen: only the cells. */
void golden_check(const char *name, const struct surface *s);
void golden_check_part(const char *name, const struct surface *s);
/* The same for any text (a dump, a transcript). */
void golden_check_text(const char *name, const char *text);

/* What is wrong with the place of the cursor on a whole screen, NULL: nothing. It stands on what is in focus, so that a screen reader and whoever
 * looks for it find it: at the insertion point (a cell in the style of an entry line), else on the first letter of a row in focus, else, where a page
 * is only read, on the first character of a row of its text; on a blank screen on the one word that is left. Never on a title, a rule or the key line. */
const char *golden_cursor_fault(const struct surface *s);
/* Fails the running test with that. */
void golden_check_cursor(const struct surface *s);

#endif
