/* Meetings read in tests: a list of people that has every difficulty, and what came of lines as text. */
#ifndef TESTS_UNIT_READING_H
#define TESTS_UNIT_READING_H

#include "core/notation.h"

/* Head and people that stand before the lines under test. */
extern const char reading_head[];

struct meeting_read {
    struct arena *arena;
    struct record *record;
    struct facts facts;
    struct notices notices;
    struct notation_reader reader;
    uint32_t ids;
};

/* An empty meeting and a reader that counts its ids from 1. */
void reading_begin(struct meeting_read *m);
void reading_end(struct meeting_read *m);

/* The whole text as a file; fails the running test on an error. */
void reading_import(struct meeting_read *m, const char *text, size_t n);

/* The same line by line, as it would be typed. */
void reading_type(struct meeting_read *m, const char *text, size_t n);

/* One line more: its facts are applied and appended to `out` as "word payload", ids as "#n" counted from `first`. */
void reading_line(struct meeting_read *m, const char *line, size_t n, uint32_t first, struct buf *out);

/* A file below the source folder. */
void reading_file(struct buf *out, const char *name);

#endif
