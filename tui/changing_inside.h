/* Private to tui/changing*.c. */
#ifndef TUI_CHANGING_INSIDE_H
#define TUI_CHANGING_INSIDE_H

#include "tui/changing.h"

enum changing_tag { TAG_DAY = 1, TAG_NOTE, TAG_DUE, TAG_REASON, TAG_OWNER, TAG_UNDO, TAG_REDO, TAG_UNDO_ALL, TAG_REDO_ALL };

/* ---- tui/changing_words.c ---- */

/* The row's name into `label`; of the marked ones how many there are and their numbers. */
void changing_label(struct view *view, const struct action_row *row);
/* Under whose name the change will stand, into `by`: "(recorded as by Ravi Thandi)". */
void changing_by(struct view *view, const struct action_row *row);
/* "Wed 1 Dec 2027, in a year". */
void changing_put_day(struct buf *out, int32_t day, int time, int32_t today);
/* What was changed, as it is said then and when it is taken back. */
void changing_put_done(const struct changing *c, struct buf *out);
/* "note “rang the clinic”, by Ravi Thandi"; without the words of what is `restricted`. */
void changing_put_change(struct buf *out, const struct action_change *change, bool restricted);
/* The newest change in an action's history; zero: there is none, or it cannot be read. */
struct uuid changing_last(struct view *view, struct uuid action);

/* ---- tui/changing_undo.c ---- */

/* Keeps what was changed on this screen, or taken back (`redo`). `asked`: it was another's. */
void changing_push(struct view *view, bool redo, bool asked, const struct uuid *actions, size_t n, const char *words);
void changing_forget(struct changed *stack, size_t *n);
void changing_undo(struct view *view, const struct action_row *row, bool redo);
void changing_agreed(struct view *view, int tag, const char *answer);

#endif
