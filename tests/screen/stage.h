/* A stage for tests of screens that need a store: a database of its own in a temporary folder, a clock that stands, and an app without a terminal. */
#ifndef TESTS_SCREEN_STAGE_H
#define TESTS_SCREEN_STAGE_H

#include "tui/app.h"

struct stage {
    char dir[64];
    struct now now;           /* what the clock says; a test may move it */
    uint64_t random;          /* state of the numbers that stand for random bytes */
    struct world world;
    struct store *store;
    struct arena *arena;
    struct types types;
    struct app app;
};

/* Opens it at 2026-11-24 14:20. */
void stage_open(struct stage *st);
void stage_close(struct stage *st);

/* Imports a .meeting text, or plans from one (head and people only, then nothing said): the id. */
struct uuid stage_import(struct stage *st, const char *text);

/* Presses keys by their names of action.def ("F4", "C-g 4", "Enter"), blank-separated. */
void stage_press(struct stage *st, const char *keys);
/* Types text as a person does, one character at a time; stage_line() with Enter after it. */
void stage_type(struct stage *st, const char *text);
void stage_line(struct stage *st, const char *text);

/* Draws the app and compares with a golden screen / gives the screen's text (free with buf_free). */
void stage_golden(struct stage *st, int w, int h, const char *name);
void stage_text(struct stage *st, int w, int h, struct buf *out);
/* Fails the test when the screen does not show `text`. */
void stage_shows(struct stage *st, int w, int h, const char *text);
void stage_shows_not(struct stage *st, int w, int h, const char *text);

#endif
