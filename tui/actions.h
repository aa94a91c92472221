/* What the screens that show actions share: how a row looks. */
#ifndef TUI_ACTIONS_H
#define TUI_ACTIONS_H

#include "tui/app.h"

/* Columns of the tracker for a width: sign, due, days, owner, child, words, from. 0: not shown. */
struct action_columns { int due, days, owner, child, what, from; };
struct action_columns action_columns(int width);

/* Columns of a row in focus that are painted: sign and date (struct list_source.focus). */
int action_focus(int width);

/* "A1 13 Oct": its number, and the day it was agreed on; "A1 13 Oct 2026" where there is room, "A1 Oct '25" of another year where there is not. */
void action_put_from(struct buf *out, const struct action_row *row, int32_t today, int columns);

void action_head(struct surface *s, struct rect r);
/* A line of the minutes that somebody disputes begins with "disputed:". The first column is left to the list. */
void action_draw(struct surface *s, struct rect r, const struct action_row *row, int32_t today);
/* The words that a search looks in. */
void action_words(struct buf *out, const struct action_row *row);

/* Text in a column: cut with a sign that says so; always leaves a blank before the next column. */
void action_cell(struct surface *s, int x, int y, int columns, enum style style, const char *text);

/* "Fri 13 Nov", with the year when it is another one; "no date". */
void action_put_due(struct buf *out, int32_t day, int32_t today, bool weekday);

#endif
