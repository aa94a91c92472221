/* The forms of a list of actions. Private to core/out/: callers use out.h. Rows come masked. */
#ifndef CORE_OUT_ACTIONS_H
#define CORE_OUT_ACTIONS_H

#include "core/out/out.h"

void table_begin(struct out_actions *o);
bool table_end(struct out_actions *o);

void csv_begin(struct out_actions *o);
void csv_row(struct out_actions *o, const struct action_row *row);

void ics_begin(struct out_actions *o);
void ics_row(struct out_actions *o, const struct action_row *row);
void ics_end(struct out_actions *o);

void todo_row(struct out_actions *o, const struct action_row *row);

void task_begin(struct out_actions *o);
void task_row(struct out_actions *o, const struct action_row *row);
void task_end(struct out_actions *o);

/* Where a copy may not show the words, nothing else of them may stay either. */
struct action_row action_masked(const struct action_row *row);
/* The day on which one that is no longer to be done was finished or given up; DAY_NONE: nobody knows. */
int32_t action_ended(const struct action_row *row);
/* A name or a few words as one word of todo.txt and as a tag: a blank becomes "_"; what a reader could take for something else ("_", "%", ":", ",", other
 * kinds of blanks) becomes %XX for each byte. Decoding is the reverse: "_" to a blank, then %XX to its byte. */
void action_word(struct buf *out, const char *s);

#endif
