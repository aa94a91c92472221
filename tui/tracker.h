/* The tracker's state, shared by tui/v_actions*.c. */
#ifndef TUI_TRACKER_H
#define TUI_TRACKER_H

#include "tui/actions.h"
#include "tui/changing.h"
#include "tui/list.h"
#include "tui/tracked.h"

enum tracker_which { WHICH_OPEN, WHICH_OVERDUE, WHICH_SOON, WHICH_ALL };

/* What is shown; these hold together. "": any. */
struct tracker_limits {
    enum tracker_which which;
    bool nobody;                    /* those without an owner */
    char owner[128], child[128], type[128], words[128];
};

struct tracker {
    struct changing change;         /* first: tui/changing.h wants it so */
    struct tracked list_of;
    struct action_counts counts;
    struct list list;
    enum action_order order;
    struct tracker_limits limits;
    struct tracker_limits read_limits; /* of the list as it was read last: what could not be read does not hold */
    enum action_order read_order;
    int64_t version, minute;        /* of the database and of the clock, when it was read last */
    struct uuid *marks;             /* sorted */
    size_t nmarks, marks_cap;
    bool unread;                    /* the last reading failed: it is tried again */
    char failed[200];               /* why nothing could be read */
};

/* ---- tui/v_actions_read.c ---- */

/* Reads the list anew. The action that was looked at stays selected on the same row of the screen; when it is gone, the one that followed it. `part`: only
 * what a first frame needs. */
void tracker_read(struct view *view, bool part);
/* Reads it when it is due: others changed something, the clock went on, the last reading failed or was in part. */
void tracker_follow(struct view *view);
/* The rest of it, when only the beginning was read. */
void tracker_read_rest(struct view *view);
void tracker_select(struct tracker *t, struct uuid id);
const struct action_row *tracker_row(struct view *view, size_t i);

bool tracker_is_marked(const struct tracker *t, struct uuid id);
void tracker_mark(struct tracker *t, struct uuid id); /* or takes its mark away */
void tracker_hand_marks(struct tracker *t);                 /* to tui/changing.h, in the order of the list */

/* ---- tui/v_actions_limit.c ---- */

bool tracker_is_limited(const struct tracker *t);
/* Borrows the words of the limits. */
struct action_filter tracker_filter(const struct tracker *t);
/* What is shown, in words: "only overdue · Anita Patel". */
void tracker_put_limits(struct buf *out, const struct view *view);
void tracker_all_again(struct view *view);  /* takes every limit away */
void tracker_ask_limit(struct view *view);
void tracker_limit_child(struct view *view, const char *child, bool all); /* NULL: any; `all`: finished ones too */

#endif
