/* Changing one action from any screen that shows actions: asks for what the change needs, a line at a time, and does it as one operation. What was
 * typed is asked again, not lost, when it cannot be read or stored.
 *
 * The state of a view that uses this begins with a struct changing. */
#ifndef TUI_CHANGING_H
#define TUI_CHANGING_H

#include "tui/app.h"

#define CHANGING_DEPTH 32

/* A change that was made on this screen, for undo. */
struct changed { struct uuid action; char label[24]; };

struct changing {
    struct uuid meeting;    /* of `action` */
    struct uuid action;     /* the last one that was changed, or whose change was undone or redone */
    struct changed undo[CHANGING_DEPTH], redo[CHANGING_DEPTH];
    size_t nundo, nredo;
    struct uuid *marks;     /* the actions that are marked: a change is made to all of them */
    size_t nmarks;
    enum action doing;      /* COMPLETE, DATE, OWNER, NOTE, WITHDRAW */
    int32_t day;
    int time;
    struct buf owner, label;
    void (*done)(struct view *view); /* after a change was stored: read again; may be NULL */
};

void changing_free(struct changing *change);

/* Begins a change of the action in `row`. Undo and redo go through the changes made on this screen, newest first, whatever row is selected; when there is none
 * left, undo asks whether to take back the last change of `row`. `row` may be NULL. False when `action` is none of these. */
bool changing_begin(struct view *view, const struct action_row *row, enum action action);

/* What the next change is about besides the row: copied; none: the row alone. */
void changing_mark(struct changing *change, const struct uuid *marks, size_t n);

/* A day that is over or today: "yesterday", "Friday" (the last one), "13 Oct" (the last one). */
bool changing_read_past(const char *words, int32_t today, int32_t *day);

/* Words that a list is limited to: cleaned, and no longer than fits (32 bytes at least), in whole characters. */
void changing_words(char *into, size_t size, const char *typed);

#endif
