/* A page to read: paragraphs that wrap, scrolled by rows, with a search. */
#ifndef TUI_PAGE_H
#define TUI_PAGE_H

#include "core/arena.h"
#include "tui/key.h"
#include "tui/surface.h"

struct page_line { const char *text; enum style style; int indent; };
struct page_row { size_t line, from, n; };

struct page {
    struct arena *arena;       /* of the paragraphs */
    struct page_line *v; size_t n, cap;
    struct page_row *rows; size_t nrows, rows_cap;
    int columns;               /* what the rows were made for; 0: not yet */
    size_t top;                /* first row shown */
    int height;                /* rows shown last time */
    size_t found;              /* row of the last find */
    bool has_found;
    char needle[128];
};

void page_free(struct page *page);
void page_clear(struct page *page); /* keeps the place and what was searched */
/* Rows after the first are indented by `indent` more columns. */
void page_add(struct page *page, enum style style, int indent, const char *text);
void page_addf(struct page *page, enum style style, int indent, const char *format, ...) PRINTF_LIKE(4, 5);
/* Lines of `text` as they are, one row each. */
void page_add_lines(struct page *page, const char *text);
bool page_act(struct page *page, enum action action);
/* The next (1) or previous (-1) row with these words, without case and accents; NULL: the last ones searched for. */
bool page_search(struct page *page, const char *words, int dir);
/* Makes the rows for a width, as page_draw() does: needed before a search when nothing was drawn yet. */
void page_lay_out(struct page *page, int columns);
void page_draw(struct page *page, struct surface *s, struct rect r);

#endif
