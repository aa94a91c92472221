/* A scrolling list: knows which row is selected, moves for the list actions, draws rows through a callback, searches. */
#ifndef TUI_LIST_H
#define TUI_LIST_H

#include "tui/key.h"
#include "tui/surface.h"

struct list {
    size_t n;            /* items */
    size_t at;           /* the selected one; 0 when there are none */
    size_t top;          /* the first one shown */
    size_t page;         /* items shown by the last list_draw() */
    char needle[128];    /* what was searched for last, "" for nothing */
};

/* Where the items come from. `data` is the view's. */
struct list_source {
    /* Rows an item needs at this width; NULL: one each. */
    int (*height)(void *data, size_t item, int columns);
    /* Draws one item into r (r.h is the rows it gets: fewer than it asked for at the lower end). The row in focus is painted by the list afterwards. */
    void (*draw)(void *data, size_t item, struct surface *s, struct rect r, bool selected);
    /* Appends the words that a search looks in; NULL: there is no search. */
    void (*words)(void *data, size_t item, struct buf *out);
    void *data;
    /* Columns of the selected row that are painted; 0: all of it. A row whose few first columns are painted costs a slow line few bytes a step. */
    int focus;
};

/* After the items changed: keeps the selection where it was, but inside. */
void list_set(struct list *l, size_t n);
void list_select(struct list *l, size_t at);

/* Does UP, DOWN, PAGE_UP, PAGE_DOWN, FIRST, LAST; false for any other action. */
bool list_act(struct list *l, enum action action);

/* Selects the next (dir > 0) or previous (dir < 0) item with these words, without case and accents, going round at the ends; `words` NULL: the last ones
 * searched for (SEARCH_NEXT, SEARCH_PREV). dir == 0 begins at the selected item itself. False: nowhere, or nothing was ever searched for. */
bool list_search(struct list *l, const struct list_source *source, const char *words, int dir);

/* Draws what fits into r, scrolled so that the selected item shows. With `focus` the selected item's first row gets STYLE_FOCUS (source->focus
 * columns of it) and the cursor stands on its first column. */
void list_draw(struct list *l, struct surface *s, struct rect r, const struct list_source *source, bool focus);

#endif
