#include "core/out/page.h"

#include "core/text.h"

#include <string.h>

enum { LABEL = 14, TIME = 7, DETAIL = 9, PAIR_NAME = 24, CELL = 26, LEAST_LAST = 24, STACKED = 4 };

static void fill(struct buf *out, char c, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_addc(out, c);
}

static size_t width(const char *s)
{
    return text_width(s, strlen(s));
}

/* Wrapped from column `used` on, continued at `indent`. */
static void wrapped(struct page *p, const char *s, size_t indent, size_t used)
{
    text_wrap(p->out, s, p->columns, indent, used);
}

static const char *safe(struct page *p, const char *s)
{
    struct buf b = {0};
    if (p->markdown) {
        page_escape(&b, s);
    } else {
        text_show(&b, s);
    }
    const char *copy = arena_strndup(p->arena, buf_str(&b), b.n);
    buf_free(&b);
    return copy;
}

static void underlined(struct page *p, const char *text, char line)
{
    const char *shown = safe(p, text);
    wrapped(p, shown, 0, 0);
    buf_addc(p->out, '\n');
    size_t n = width(shown);
    fill(p->out, line, n < p->columns ? n : p->columns);
    buf_addc(p->out, '\n');
}

void page_title(struct page *p, const char *text)
{
    if (p->markdown)
        buf_addf(p->out, "# %s\n\n", safe(p, text));
    else
        underlined(p, text, '=');
    if (!p->markdown)
        buf_addc(p->out, '\n');
}

/* One empty line before what comes, however much was written so far. */
static void apart(struct page *p)
{
    size_t n = p->out->n;
    if (n >= 2 && p->out->s[n - 1] == '\n' && p->out->s[n - 2] != '\n')
        buf_addc(p->out, '\n');
}

void page_heading(struct page *p, const char *text)
{
    apart(p);
    if (p->markdown)
        buf_addf(p->out, "## %s\n\n", safe(p, text));
    else
        underlined(p, text, '-');
}

void page_subheading(struct page *p, const char *text)
{
    apart(p);
    if (p->markdown)
        buf_addf(p->out, "### %s\n\n", safe(p, text));
    else
        underlined(p, text, '.');
}

void page_field(struct page *p, const char *label, const char *text)
{
    if (text == NULL)
        return;
    if (p->markdown) {
        buf_addf(p->out, "- **%s:** %s\n", label, safe(p, text));
        return;
    }
    size_t n = width(label);
    buf_adds(p->out, label);
    fill(p->out, ' ', n < LABEL ? LABEL - n : 1);
    wrapped(p, safe(p, text), LABEL, n < LABEL ? LABEL : n + 1);
    buf_addc(p->out, '\n');
}

/* At the beginning of a block some characters would make a list, a heading or a quotation. */
static const char *block(struct page *p, const char *text)
{
    const char *shown = safe(p, text);
    size_t digits = 0;
    while (shown[digits] >= '0' && shown[digits] <= '9')
        digits++;
    bool number = digits > 0 && (shown[digits] == '.' || shown[digits] == ')');
    if (number || (shown[0] != '\0' && strchr("#>+-=", shown[0]) != NULL))
        return arena_printf(p->arena, "%.*s\\%s", (int)digits, shown, shown + digits);
    return shown;
}

void page_para(struct page *p, const char *text)
{
    if (p->markdown) {
        buf_addf(p->out, "%s\n\n", block(p, text));
        return;
    }
    wrapped(p, safe(p, text), 0, 0);
    buf_addc(p->out, '\n');
}

void page_notice(struct page *p, const char *text)
{
    page_para(p, text);
    if (!p->markdown)
        buf_addc(p->out, '\n');
}

void page_bullet(struct page *p, const char *text)
{
    if (p->markdown) {
        buf_addf(p->out, "- %s\n", block(p, text));
        return;
    }
    buf_adds(p->out, "- ");
    wrapped(p, safe(p, text), 2, 2);
    buf_addc(p->out, '\n');
}

static void entry_markdown(struct page *p, const struct page_entry *e)
{
    buf_adds(p->out, "- ");
    if (e->time != NULL)
        buf_addf(p->out, "**%s** ", e->time);
    if (e->tag != NULL)
        buf_addf(p->out, "**%s** ", safe(p, e->tag));
    if (e->speaker != NULL)
        buf_addf(p->out, "%s: ", safe(p, e->speaker));
    bool bare = e->time == NULL && e->tag == NULL && e->speaker == NULL;
    const char *mark = e->struck && e->text[0] != '\0' ? "~~" : "";
    buf_addf(p->out, "%s%s%s\n", mark, bare && !e->struck ? block(p, e->text) : safe(p, e->text), mark);
}

void page_entry(struct page *p, const struct page_entry *e)
{
    if (p->markdown) {
        entry_markdown(p, e);
        return;
    }
    const char *time = e->time == NULL ? "" : e->time;
    const char *line = arena_printf(p->arena, "%s%s%s%s%s", e->tag == NULL ? "" : e->tag, e->tag == NULL ? "" : "  ",
                                    e->speaker == NULL ? "" : e->speaker, e->speaker == NULL ? "" : ": ", e->text);
    buf_adds(p->out, time);
    fill(p->out, ' ', TIME - width(time));
    wrapped(p, safe(p, line), TIME, TIME);
    buf_addc(p->out, '\n');
}

void page_detail(struct page *p, const char *text)
{
    if (p->markdown) {
        buf_addf(p->out, "  - %s\n", block(p, text));
        return;
    }
    fill(p->out, ' ', TIME);
    buf_adds(p->out, "- ");
    wrapped(p, safe(p, text), DETAIL, DETAIL);
    buf_addc(p->out, '\n');
}

void page_pairs(struct page *p, const struct page_pair *v, size_t n, bool under_entry)
{
    size_t indent = under_entry ? TIME : 0, column = 0;
    for (size_t i = 0; i < n; i++) {
        size_t w = width(v[i].name);
        column = w > column ? w : column;
    }
    column = indent + 2 + (column > PAIR_NAME ? PAIR_NAME : column) + 2;
    if (column + LEAST_LAST > p->columns)
        column = indent + STACKED;
    for (size_t i = 0; i < n; i++) {
        const char *name = safe(p, v[i].name), *text = safe(p, v[i].text);
        if (p->markdown) {
            buf_addf(p->out, "%s- **%s:** %s\n", under_entry ? "  " : "", name, text);
            continue;
        }
        fill(p->out, ' ', indent);
        buf_adds(p->out, "- ");
        buf_adds(p->out, name);
        size_t used = indent + 2 + width(name);
        size_t start = used + 2 <= column ? column : used + 2;
        fill(p->out, ' ', start - used);
        wrapped(p, text, column, start);
        buf_addc(p->out, '\n');
    }
}

/* ---- tables ---- */

const char *page_line(struct page *p, const char *cell, const char *line)
{
    const char *shown = text_show_dup(p->arena, line);
    return cell == NULL || cell[0] == '\0' ? shown : arena_printf(p->arena, "%s\n%s", cell, shown);
}

/* Every line of a cell, the first at column `used` already. */
static void put_cell(struct page *p, const char *cell, size_t column, size_t used)
{
    for (bool first = true; first || *cell != '\0'; first = false) {
        size_t n = strcspn(cell, "\n");
        const char *line = safe(p, arena_strndup(p->arena, cell, n));
        if (p->markdown) {
            buf_addf(p->out, "%s%s", first ? "" : "<br>", line);
        } else {
            if (!first) {
                buf_addc(p->out, '\n');
                fill(p->out, ' ', column);
            }
            wrapped(p, line, column, first ? used : column);
        }
        cell += cell[n] == '\n' ? n + 1 : n;
    }
}

static void row_markdown(struct page *p, const char *const *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_adds(p->out, "| ");
        put_cell(p, cells[i], 0, 0);
        buf_addc(p->out, ' ');
    }
    buf_adds(p->out, "|\n");
}

/* A cell too wide for its column has the line to itself; the rest of the row goes on below. */
static void row_text(struct page *p, const char *const *cells, const size_t *widths, size_t n)
{
    size_t column = 0, used = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && used + 2 > column) {
            buf_addc(p->out, '\n');
            used = 0;
        }
        if (cells[i][0] != '\0') {
            const char *text = i + 1 == n ? "" : safe(p, cells[i]);
            fill(p->out, ' ', column - used);
            if (i + 1 == n)
                put_cell(p, cells[i], column, column);
            buf_adds(p->out, text);
            used = column + width(text);
        }
        column += widths[i] + 2;
    }
    buf_addc(p->out, '\n');
}

static void row_stacked(struct page *p, const char *const *cells, size_t n)
{
    const char *line = "";
    for (size_t i = 0; i + 1 < n; i++)
        if (cells[i][0] != '\0')
            line = arena_printf(p->arena, "%s%s%s", line, line[0] == '\0' ? "" : "  ", safe(p, cells[i]));
    wrapped(p, line, 0, 0);
    buf_addc(p->out, '\n');
    fill(p->out, ' ', STACKED);
    put_cell(p, cells[n - 1], STACKED, STACKED);
    buf_addc(p->out, '\n');
}

/* Columns of all but the last; their sum. */
static size_t measure(struct page *p, const char *const *headings, size_t ncolumns, const char *const *cells, size_t nrows,
                      size_t *widths)
{
    size_t sum = 0;
    for (size_t i = 0; i + 1 < ncolumns; i++) {
        widths[i] = width(headings[i]);
        for (size_t r = 0; r < nrows; r++) {
            size_t w = width(safe(p, cells[r * ncolumns + i]));
            if (w > widths[i] && w <= CELL)
                widths[i] = w;
        }
        sum += widths[i] + 2;
    }
    return sum;
}

void page_table(struct page *p, const char *const *headings, size_t ncolumns, const char *const *cells, size_t nrows)
{
    size_t widths[PAGE_MAX_COLUMNS] = {0};
    if (p->markdown) {
        row_markdown(p, headings, ncolumns);
        for (size_t i = 0; i < ncolumns; i++)
            buf_adds(p->out, "|---");
        buf_adds(p->out, "|\n");
        for (size_t r = 0; r < nrows; r++)
            row_markdown(p, cells + r * ncolumns, ncolumns);
        return;
    }
    bool narrow = measure(p, headings, ncolumns, cells, nrows, widths) + LEAST_LAST > p->columns;
    if (!narrow)
        row_text(p, headings, widths, ncolumns);
    for (size_t r = 0; r < nrows; r++) {
        if (narrow)
            row_stacked(p, cells + r * ncolumns, ncolumns);
        else
            row_text(p, cells + r * ncolumns, widths, ncolumns);
    }
}
