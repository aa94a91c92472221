/* What one person sees and does in evenhand-review: screens for a terminal, and the same job line by line. The store is a handle of store_open_review(). */
#ifndef TUI_REVIEW_REVIEW_H
#define TUI_REVIEW_REVIEW_H

#include "core/types.h"
#include "data/review.h"
#include "tui/view.h"

/* The list of the person's actions, and the story of one (its argument: a struct uuid). app_run() begins with the first. */
extern const struct view_class view_mine, view_mine_action;

/* `evenhand-review list`: the open actions as numbered lines of plain text on stdout. `types` names the kinds of meeting (NULL: "meeting"); `ascii`: no other
 * characters. Exit status; when it is not 0, `err` says why and nothing of it was printed. */
int review_list(struct store *store, const struct types *types, bool ascii, struct err *err);

/* `evenhand-review --plain`: the list, then one question a line on stdin and stdout, until "quit", the end of the input, SIGHUP or SIGTERM, or `idle_ms`
 * without a line (0: for ever). Nothing half said is recorded. Blocks HUP, INT and TERM while it runs and ignores TSTP, QUIT and PIPE. Exit status as above. */
int review_plain(struct store *store, const struct types *types, bool ascii, int64_t idle_ms, struct err *err);

/* The words of `evenhand-review help` and of help within --plain: lines that end with a newline. */
void review_help(struct buf *out);

/* ---- for the screens and the plain lines alike (say.c) ---- */

/* How one speaks of an action: its words in quotation marks, cut at `columns`, or "the confidential action A3". */
void review_put_name(struct buf *out, const struct action_row *row, size_t columns);
/* The same, with child and date where another one of `rows` is called so too. */
void review_put_name_among(struct buf *out, const struct action_row *row, const struct action_rows *rows, size_t columns);
/* The day of the last note on its progress; DAY_NONE: there is none. */
int32_t review_noted(const struct action_row *row);
/* Its words as they stand in a list: that they are disputed before them, when something was noted last or it was done behind them, or "confidential". */
void review_put_words(struct buf *out, const struct action_row *row, int32_t today);
/* "Friday 13 November 2026" */
void review_put_day(struct buf *out, int32_t day);
/* "due Friday 13 November 2026, 9 days overdue"; of what is finished: "done on …", "withdrawn". */
void review_put_due(struct buf *out, const struct action_row *row, int32_t today);
/* "agreed as A1 at the Team around the child meeting of Saturday 24 October 2026" */
void review_put_from(struct buf *out, const struct action_row *row, const struct types *types);
/* Why an action that is not open cannot be completed: "is done already". */
const char *review_why_closed(const struct action_row *row);
/* One line of what happened: "Friday 20 November 2026: done by Anita Patel: posted" */
void review_put_change(struct buf *out, const struct action_change *change);
/* Below a narrow screen, the keys that its last row has no room for. */
void review_draw_keys(struct surface *s, struct rect row);
/* What was recorded, as one speaks of it later: "your note on NAME", "your word that NAME is done"; `change` as review_next() gives it. */
void review_put_deed(struct buf *out, const char *change, const char *name);

/* When it was agreed first; DAY_NONE: not known. */
int32_t review_agreed(const struct action_row *row);
/* Reads the day on which it was done, "" for today. A day before `agreed` is asked about once: *early (DAY_NONE at first) is that day, and it is taken when it comes
 * again with its year. False: `why` has a sentence. */
bool review_read_day(const char *answer, int32_t today, int32_t agreed, int32_t *early, int32_t *day, struct buf *why);
/* Where half-typed words are kept, "review:note:ID": `about` of the question is zero, so that no meeting looks as if somebody typed in it. */
#define REVIEW_PLACES "review:"
#define REVIEW_PLACE 96
void review_place(char place[REVIEW_PLACE], enum action doing, struct uuid action);

#endif
