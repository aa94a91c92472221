/* Changing one action from any screen that shows actions: asks for what the change needs, a line at a time, and does it as one operation. What was
 * typed is asked again, not lost, when it cannot be read or stored.
 *
 * The state of a view that uses this begins with a struct changing. */
#ifndef TUI_CHANGING_H
#define TUI_CHANGING_H

#include "tui/app.h"

#define CHANGING_DEPTH 32

/* A change that was made on this screen, for undo: of one action or of several together. */
struct changed {
    struct uuid *actions;
    struct uuid *last;      /* what the history of each ended with then: whatever came later is not taken back unasked */
    size_t n;
    bool asked;             /* another made it, and it was taken back here after a question: that one change alone */
    char *words;            /* "A1 (T.O.) is done, Mon 23 Nov 2026" */
};

struct changing {
    struct uuid meeting;    /* of `action` */
    struct uuid action;     /* the last one that was changed, or whose change was undone or redone: of several the one that was selected, or the first */
    struct changed undo[CHANGING_DEPTH], redo[CHANGING_DEPTH];
    size_t nundo, nredo;
    struct uuid *marks;     /* the actions that are marked: a change is made to all of them */
    size_t nmarks;
    enum action doing;      /* COMPLETE, DATE, OWNER, NOTE, WITHDRAW; UNDO, REDO */
    int32_t day;
    int time;
    struct buf owner, label;
    struct buf by;          /* under whose name it will stand, in words */
    struct buf offer;       /* whose change is offered to be taken back, in words */
    struct uuid offered;
    struct uuid only;       /* the screen is this action's: undo and redo are about no other; zero: about whatever was changed here */
    struct uuid seen, told; /* what its history ended with when the change was begun, and when it was said last that it was changed elsewhere */
    bool asking;
    int32_t agreed;         /* the day it was agreed; DAY_NONE: not known */
    int32_t insisted;       /* a day that was asked about once already */
    int32_t due_now; int due_time_now;
    void (*done)(struct view *view); /* after a change was stored: read again; may be NULL */
};

void changing_free(struct changing *change);

/* Begins a change of the action in `row`. Undo and redo go through the changes made on this screen, newest first, whatever row is selected; when there is none
 * left, they ask about the last change of `row`, whoever made it. What somebody else did to an action since is never taken back in its stead. `row` may be NULL. False when `action` is none of these. */
bool changing_begin(struct view *view, const struct action_row *row, enum action action);

/* Undo and redo pass from one screen to the one above it or below it: what was changed in a story can be taken back in the list, and the other way round. */
void changing_move(struct changing *to, struct changing *from);

/* What the next change is about instead of the row: copied; none: the row. All of them are changed, or none. */
void changing_mark(struct changing *change, const struct uuid *marks, size_t n);

/* "A3 (Bruno) “call the housing…”": what an action is called in a sentence. Numbers begin anew in each meeting. */
void changing_put_name(struct buf *out, const struct action_row *row);
/* Says it in a sentence when an action's history does not end with `seen` any more: somebody changed it. `more` ends the sentence. */
bool changing_elsewhere(struct view *view, struct uuid action, struct uuid *seen, const char *more);
/* From the tick of a view whose database was changed: says it of the action that is asked about. */
void changing_follow(struct view *view);

/* Words that a list is limited to: cleaned, and no longer than fits (32 bytes at least), in whole characters. */
void changing_words(char *into, size_t size, const char *typed);

#endif
