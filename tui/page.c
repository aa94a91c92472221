#include "tui/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"

void page_free(struct page *page)
{
    arena_free(page->arena);
    free(page->rows);
    *page = (struct page){0};
}

void page_clear(struct page *page)
{
    arena_free(page->arena);
    page->arena = NULL;
    page->v = NULL;
    page->n = page->cap = 0;
    page->nrows = 0;
    page->columns = 0;
    page->has_found = false;
}

void page_add(struct page *page, enum style style, int indent, const char *text)
{
    if (page->arena == NULL)
        page->arena = arena_new();
    page->v = arena_grow(page->arena, page->v, page->n, &page->cap, sizeof page->v[0]);
    page->v[page->n++] = (struct page_line){text_show_dup(page->arena, text), style, indent};
    page->columns = 0;
}

void page_addf(struct page *page, enum style style, int indent, const char *format, ...)
{
    char text[4096];
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    if (n >= 0 && n < (int)sizeof text) {
        page_add(page, style, indent, text);
        return;
    }
    if (n < 0)
        BUG("bad format");
    char *big = memory_take((size_t)n + 1, 1);
    va_start(ap, format);
    vsnprintf(big, (size_t)n + 1, format, ap);
    va_end(ap);
    page_add(page, style, indent, big);
    free(big);
}

void page_add_lines(struct page *page, const char *text)
{
    struct buf line = {0};
    while (*text != '\0') {
        const char *end = strchr(text, '\n');
        size_t n = end == NULL ? strlen(text) : (size_t)(end - text);
        buf_clear(&line);
        buf_add(&line, text, n);
        page_add(page, STYLE_PLAIN, 0, buf_str(&line));
        text += n + (end != NULL);
    }
    buf_free(&line);
}

static void add_row(struct page *page, size_t line, size_t from, size_t n)
{
    if (page->nrows == page->rows_cap) {
        size_t cap = page->rows_cap == 0 ? 256 : page->rows_cap * 2;
        struct page_row *v = memory_grow(page->rows, cap, sizeof *v);
        page->rows = v;
        page->rows_cap = cap;
    }
    page->rows[page->nrows++] = (struct page_row){line, from, n};
}

void page_lay_out(struct page *page, int columns)
{
    if (page->columns == columns)
        return;
    size_t keep = page->top < page->nrows ? page->rows[page->top].line : 0;
    page->nrows = 0;
    page->columns = columns;
    bool resized = false;
    for (size_t i = 0; i < page->n; i++) {
        const char *text = page->v[i].text;
        size_t n = strlen(text), at = 0;
        if (i == keep && page->top != 0 && keep != 0) {
            page->top = page->nrows;
            resized = true;
        }
        do {
            int indent = at == 0 ? 0 : page->v[i].indent;
            int w = columns - indent < 8 ? 8 : columns - indent;
            size_t next = n - at;
            size_t fits = text_break(text + at, n - at, (size_t)w, &next);
            add_row(page, i, at, fits);
            at += next == 0 ? n - at : next;
        } while (at < n);
    }
    if (!resized && page->top > page->nrows)
        page->top = 0;
}

static size_t last_top(const struct page *page)
{
    size_t h = page->height < 1 ? 1 : (size_t)page->height;
    return page->nrows > h ? page->nrows - h : 0;
}

bool page_act(struct page *page, enum action action)
{
    size_t jump = page->height < 2 ? 1 : (size_t)page->height - 1;
    size_t last = last_top(page);
    size_t top = page->top;
    if (action == ACTION_UP)
        top = top > 0 ? top - 1 : 0;
    else if (action == ACTION_DOWN)
        top++;
    else if (action == ACTION_PAGE_UP)
        top = top > jump ? top - jump : 0;
    else if (action == ACTION_PAGE_DOWN)
        top += jump;
    else if (action == ACTION_FIRST)
        top = 0;
    else if (action == ACTION_LAST)
        top = last;
    else
        return false;
    page->top = top > last ? last : top;
    return true;
}

/* Words that run on into the next line are found where they begin. */
static bool line_has(const struct page *page, size_t line, const char *folded)
{
    struct buf b = {0};
    text_fold(&b, page->v[line].text, strlen(page->v[line].text));
    size_t own = b.n;
    if (line + 1 < page->n) {
        const char *next = page->v[line + 1].text;
        size_t n = strlen(next);
        text_trim(&next, &n);
        buf_addc(&b, ' ');
        text_fold(&b, next, n);
    }
    const char *at = strstr(buf_str(&b), folded);
    bool has = at != NULL && (size_t)(at - b.s) < own;
    buf_free(&b);
    return has;
}

bool page_search(struct page *page, const char *words, int dir)
{
    if (words != NULL)
        snprintf(page->needle, sizeof page->needle, "%s", words);
    if (page->needle[0] == '\0' || page->n == 0 || page->nrows == 0)
        return false;
    struct buf folded = {0};
    text_fold(&folded, page->needle, strlen(page->needle));
    size_t row = page->has_found && page->found < page->nrows ? page->found : page->top < page->nrows ? page->top : 0;
    size_t line = page->rows[row].line;
    bool found = false;
    for (size_t i = words != NULL ? 0 : 1; i <= page->n && !found; i++) {
        size_t step = i % page->n;
        size_t at = dir >= 0 ? (line + step) % page->n : (line + page->n - step) % page->n;
        if (!line_has(page, at, buf_str(&folded)))
            continue;
        found = true;
        for (row = 0; page->rows[row].line != at; row++)
            ;
    }
    buf_free(&folded);
    if (!found)
        return false;
    page->found = row;
    page->has_found = true;
    if (row < page->top || row >= page->top + (size_t)(page->height < 1 ? 1 : page->height))
        page->top = row > 2 ? row - 2 : 0;
    if (page->top > last_top(page))
        page->top = last_top(page);
    return true;
}

/* On the first words that are shown: a blank row, or the blanks before the words, are nothing to read. */
static void cursor_on_words(struct surface *s, struct rect r)
{
    s->cursor_x = r.x;
    s->cursor_y = r.y;
    for (int y = r.y; y < r.y + r.h && y < s->h; y++)
        for (int x = r.x; x < r.x + r.w && x < s->w; x++)
            if (strcmp(s->cells[(size_t)y * (size_t)s->w + (size_t)x].text, " ") != 0) {
                s->cursor_x = x;
                s->cursor_y = y;
                return;
            }
}

void page_draw(struct page *page, struct surface *s, struct rect r)
{
    if (r.w < 1 || r.h < 1)
        return;
    page_lay_out(page, r.w);
    page->height = r.h;
    if (page->top > last_top(page))
        page->top = last_top(page);
    struct buf b = {0};
    for (int y = 0; y < r.h && page->top + (size_t)y < page->nrows; y++) {
        const struct page_row *row = &page->rows[page->top + (size_t)y];
        const struct page_line *line = &page->v[row->line];
        int x = row->from == 0 ? 0 : line->indent;
        buf_clear(&b);
        buf_add(&b, line->text + row->from, row->n);
        surface_put(s, r.x + x, r.y + y, r.w - x, line->style, buf_str(&b));
        if (page->has_found && page->rows[page->found].line == row->line)
            surface_style(s, (struct rect){r.x, r.y + y, r.w, 1}, STYLE_FOCUS);
    }
    buf_free(&b);
    cursor_on_words(s, r);
    if (page->has_found && page->found >= page->top && page->found < page->top + (size_t)r.h)
        cursor_on_words(s, (struct rect){r.x, r.y + (int)(page->found - page->top), r.w, 1});
}
