/* The panel of positions (v_live_panel*.c): private to these. */
#ifndef TUI_LIVE_PANEL_H
#define TUI_LIVE_PANEL_H

#include "tui/live.h"

struct live_panel {
    struct uuid entry;     /* the decision or the disagreement */
    struct buf name;       /* whose words stand in the line: full name; "" is the row of the state */
    struct buf kept;       /* the unfinished line meanwhile */
    size_t kept_cursor;
    bool leaving;          /* Esc was pressed over words: once more leaves them out */
};

/* A row: a person who is asked, one who has a position without being asked, or the state of a disagreement (name ""). */
struct panel_row {
    const char *name, *shown;
    const char *text;      /* what is on record; NULL: nothing */
};
struct panel_rows {
    struct panel_row *v;
    size_t n;
    const struct entry *entry; /* NULL: it is gone */
    struct arena *arena;
};

/* The rows as the record has them now; the arena is the caller's. */
void panel_rows_read(const struct live *live, struct arena *arena, struct panel_rows *out);
/* Where the line's person stands; n: nowhere. / The first row behind `at` without words; n: none. */
size_t panel_row_at(const struct panel_rows *rows, const char *name);
size_t panel_row_open(const struct panel_rows *rows, size_t at);

/* What the words in the line would do. */
enum panel_deed {
    PANEL_NOTHING,  /* none are there */
    PANEL_EXPANDS,  /* a letter that stands for `words`, which go on with the person's own */
    PANEL_RECORDS,  /* `words` is the line for the record, under the entry */
    PANEL_LEAVES,   /* an ordinary line: it is none of the panel's */
    PANEL_NO_POSITION
};
struct panel_meaning {
    enum panel_deed deed;
    const char *words;
    const char *name;      /* whose position it is; NULL: a mark */
    const char *summary;   /* of a line that leaves */
};
struct panel_meaning panel_meaning(const struct live *live, struct arena *arena, const char *text);

/* Words that Tab goes through: for a decision or for the state of a disagreement; NULL ends them. NULL: none for a side of a disagreement. */
const char *const *panel_words(const struct live *live);
/* The letters that stand for them, as a hint; the shorter one where columns are few. */
const char *panel_letters(const struct live *live, int columns);

#endif
