/* An action as the lists show it, read from its row. Private to data/. */
#ifndef DATA_ACTION_ROW_H
#define DATA_ACTION_ROW_H

#include "data/inside.h"

/* The few words that stand in thousands of rows (owners, children, states) are kept once. Begin with {.arena = …}. */
#define ROW_WORDS 256
struct row_words {
    struct arena *arena;
    const char *v[ROW_WORDS];
};

/* The row a query stands on: the columns of action_row and action_one (queries.sql), in their order. The words of a restricted action are only
 * there when `unmasked`. */
struct action_row action_row_read(struct query *q, struct row_words *words, const struct now *now, bool unmasked);

/* A word of `n` bytes, kept once. NULL stays NULL. */
const char *row_word(struct row_words *words, const char *s, size_t n);
/* Is it overdue? As in the row: DAY_NONE and TIME_NONE are none. */
bool action_past(const char *status, int32_t due, int due_time, const struct now *now);

/* Leaves nothing of what a restricted line says. */
void action_row_mask(struct action_row *row);

/* The query of the list that a filter means: rowid and id of each, in its order. `arena` keeps the filter's words until the query ends. */
void action_list_begin(struct query *q, struct store *store, const struct action_filter *f, const struct now *now, struct arena *arena);

/* The days (of the column due) between which all that the filter lets through falls due. */
void action_list_days(const struct action_filter *f, const struct now *now, int64_t *first, int64_t *last);

/* What somebody typed, as the folded columns have it; NULL: nothing but blanks. Arena. */
const char *words_folded(struct arena *arena, const char *words);

/* One view of several queries. Inside a transaction, or between store_look() and store_looked(), that one: *own tells. */
MUST_USE enum evh view_begin(struct store *store, bool *own, struct err *err);
void view_end(struct store *store, bool own);

#endif
