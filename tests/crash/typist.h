/* Somebody who types into a live screen, reads what it shows, and remembers what stood in the line and when. */
#ifndef TESTS_CRASH_TYPIST_H
#define TESTS_CRASH_TYPIST_H

#include "tests/crash/outside.h"
#include "tests/terminal/pty.h"

enum speed { SPEED_KEYS, SPEED_WORDS, SPEED_SLOW, SPEED_PASTE, SPEED_PACE, SPEED_COUNT };

/* What stood in the line from a moment on. */
struct moment {
    char *text;
    int64_t since_us; /* when the keys that made it were sent */
};

struct typist {
    struct pty *p; /* NULL: not at the screen */
    struct chance *chance;
    struct buf line;
    struct moment *v; /* since the last line was seen to be on record */
    size_t n, cap;
    int pace;         /* keys a second at SPEED_PACE, whether they are seen or not */
    bool entered;     /* Enter was sent and not yet seen to be taken */
};

/* Opens the live screen of a meeting and waits until it takes text. */
bool typist_open(struct typist *t, const struct outside *o, const char *meeting, int columns, int rows);
/* Starts it and waits for nothing. */
void typist_start(struct typist *t, const struct outside *o, const char *meeting, int columns, int rows);
void typist_leave(struct typist *t); /* ends the program if it runs; what is remembered stays */
void typist_free(struct typist *t);

/* What the entry line shows, without its blanks (rows are wrapped at blanks); false when there is none on the screen. */
bool typist_shown(const struct typist *t, struct buf *out);
bool typist_line_empty(const struct typist *t);

/* Types on, each piece when the one before is seen; false when the screen is gone or does not show it in time. */
bool typist_type(struct typist *t, const char *text, size_t n, enum speed speed);
/* Enter, and waits until the line is taken. */
bool typist_enter(struct typist *t);
/* Empties the line by keys. */
bool typist_clear(struct typist *t);
/* The line is known to be `text` now: nothing before counts. */
void typist_stands(struct typist *t, const char *text);

/* It may be `text` by now, or still what it was. */
void typist_may_stand(struct typist *t, const char *text);

/* Whether the blank-free text is that of a remembered moment: the latest, counted from the newest (0). False: it never stood there. */
bool typist_find(const struct typist *t, const char *blank_free, size_t *keys_ago);

/* Kills the program of the terminal with signal 9 that many microseconds from now, whatever we or it do then. */
void killer_arm(struct pty *p, int64_t us);
void killer_disarm(void);
bool killer_done(int64_t *at_us);

void put_without_blanks(struct buf *out, const char *s);

#endif
