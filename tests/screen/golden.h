/* Golden screens: what a surface shows, compared with a file of tests/screen/golden. GENERATE=1 writes the files instead. */
#ifndef TESTS_SCREEN_GOLDEN_H
#define TESTS_SCREEN_GOLDEN_H

#include "tui/surface.h"

/* Fails the running test with the first row that differs. */
void golden_check(const char *name, const struct surface *s);
/* The same for any text (a dump, a transcript). */
void golden_check_text(const char *name, const char *text);

#endif
