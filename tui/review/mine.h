/* What can be done with an own action on a screen: complete, note, dispute, undo, redo. The state of a view that uses this begins with a struct mine. */
#ifndef TUI_REVIEW_MINE_H
#define TUI_REVIEW_MINE_H

#include "data/review.h"
#include "tui/app.h"

struct mine {
    struct uuid action;     /* the one that is being changed, or was changed last */
    struct buf name;        /* how one speaks of it */
    enum action doing;      /* COMPLETE, NOTE, MINE_DISPUTE */
    int32_t day;            /* on which it was done */
    int32_t agreed, early;  /* review_read_day() */
    void (*done)(struct view *view); /* after a change was stored: read again */
};

void mine_free(struct mine *mine);

/* Does `action`, asking for what it needs a line at a time. `row` NULL: there is nothing to do it with, which is said. False when it is none of these. */
bool mine_begin(struct view *view, const struct action_row *row, enum action action);

#endif
