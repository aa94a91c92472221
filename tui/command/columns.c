#include "tui/command/columns.h"

#include <string.h>

#include "core/out/out.h"
#include "core/text.h"

struct table {
    const char **cells;
    size_t rows, columns, *widths;
    const unsigned char *least;
};

static size_t width_of(const char *s)
{
    return text_width(s, strlen(s));
}

static void read_cells(struct context *c, struct table *t, const char *const *cells)
{
    t->cells = arena_alloc(c->arena, t->rows * t->columns, sizeof(*t->cells));
    t->widths = arena_alloc(c->arena, t->columns, sizeof(*t->widths));
    for (size_t i = 0; i < t->rows * t->columns; i++) {
        t->cells[i] = cells[i] == NULL ? "" : text_show_dup(c->arena, cells[i]);
        size_t w = width_of(t->cells[i]);
        if (w > t->widths[i % t->columns])
            t->widths[i % t->columns] = w;
    }
}

/* The widest column that may give way; `columns`: none is wide enough. */
static size_t widest(const struct table *t)
{
    size_t best = t->columns;
    for (size_t i = 0; i < t->columns; i++)
        if (t->least[i] > 0 && t->widths[i] > t->least[i] && (best == t->columns || t->widths[i] > t->widths[best]))
            best = i;
    return best;
}

static void fit(struct context *c, struct table *t)
{
    size_t total = 0;
    for (size_t i = 0; i < t->columns; i++)
        total += t->widths[i] + (i == 0 ? 0 : 2);
    for (size_t i = 0; total > context_columns() && (i = widest(t)) < t->columns; total--)
        t->widths[i]--;
    for (size_t i = 0; i < t->rows * t->columns; i++) {
        const char *s = t->cells[i];
        size_t w = t->widths[i % t->columns];
        if (width_of(s) > w)
            t->cells[i] = arena_printf(c->arena, "%.*s%s", (int)text_fit(s, strlen(s), w - 1), s, c->ascii ? "~" : "…");
    }
}

static void put_line(struct buf *out, const struct table *t, const char *const *cells)
{
    size_t pad = 0;
    for (size_t i = 0; i < t->columns; i++) {
        size_t used = width_of(cells[i]);
        if (used == 0) {
            pad += t->widths[i] + 2;
            continue;
        }
        buf_addf(out, "%*s%s", (int)pad, "", cells[i]);
        pad = (t->widths[i] > used ? t->widths[i] - used : 0) + 2;
    }
    buf_addc(out, '\n');
}

void columns_put(struct context *c, struct buf *out, const char *const *cells, size_t rows, size_t columns, const unsigned char *least)
{
    struct table t = {.rows = rows, .columns = columns, .least = least};
    read_cells(c, &t, cells);
    fit(c, &t);
    for (size_t r = 0; r < rows; r++)
        put_line(out, &t, t.cells + r * columns);
}

void columns_json(struct buf *out, const char *before, const char *key, const char *value)
{
    buf_adds(out, before);
    json_put_string(out, key);
    buf_adds(out, ": ");
    json_put_string(out, value);
}
