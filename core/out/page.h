/* A page of minutes: headings, fields, entries, tables, as plain text or as Markdown. Whatever is given is shown
 * safely (text_show) and, in Markdown, escaped; the callers say what, this says how. Private to core/out/. */
#ifndef CORE_OUT_PAGE_H
#define CORE_OUT_PAGE_H

#include "core/out/out.h"

struct page {
    struct buf *out;
    struct arena *arena; /* for texts that live as long as the page */
    size_t columns;      /* of plain text */
    bool markdown;
};

struct page_pair {
    const char *name, *text;
};

void page_title(struct page *p, const char *text);
void page_heading(struct page *p, const char *text);
void page_subheading(struct page *p, const char *text);
void page_field(struct page *p, const char *label, const char *text); /* NULL text: nothing */
void page_para(struct page *p, const char *text);
void page_notice(struct page *p, const char *text); /* a paragraph with room below it */
void page_bullet(struct page *p, const char *text);

/* One entry: time, tag and speaker may be NULL; `struck` was withdrawn. */
struct page_entry {
    const char *time, *tag, *speaker, *text;
    bool struck;
};
void page_entry(struct page *p, const struct page_entry *entry);
void page_detail(struct page *p, const char *text); /* a line under an entry */

/* Who says what, one below the other with the names in a column; under an entry, or on their own. */
void page_pairs(struct page *p, const struct page_pair *v, size_t n, bool under_entry);

/* Cells row by row; only the last column is wrapped, so that it can be read through, and may have several lines
 * (page_line). An absent cell is "". Where the page is too narrow the last cell stands below the others. */
enum { PAGE_MAX_COLUMNS = 8 };
void page_table(struct page *p, const char *const *headings, size_t ncolumns, const char *const *cells, size_t nrows);

/* One more line of a cell. `cell` may be NULL or "". */
const char *page_line(struct page *p, const char *cell, const char *line);

/* page_markdown.c */
void page_escape(struct buf *out, const char *s);

#endif
