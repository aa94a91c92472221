#include "tui/layout.h"

#include <string.h>

#include "core/text.h"

struct rect layout_all(const struct surface *s)
{
    return (struct rect){0, 0, s->w, s->h};
}

static int at_most(int want, int have)
{
    if (have < 0)
        have = 0;
    return want < 0 ? 0 : want < have ? want : have;
}

struct rect layout_top(struct rect *r, int rows)
{
    struct rect cut = {r->x, r->y, r->w, at_most(rows, r->h)};
    r->y += cut.h;
    r->h -= cut.h;
    return cut;
}

struct rect layout_bottom(struct rect *r, int rows)
{
    int n = at_most(rows, r->h);
    r->h -= n;
    return (struct rect){r->x, r->y + r->h, r->w, n};
}

struct rect layout_left(struct rect *r, int columns)
{
    struct rect cut = {r->x, r->y, at_most(columns, r->w), r->h};
    r->x += cut.w;
    r->w -= cut.w;
    return cut;
}

struct rect layout_right(struct rect *r, int columns)
{
    int n = at_most(columns, r->w);
    r->w -= n;
    return (struct rect){r->x + r->w, r->y, n, r->h};
}

int layout_wrap(struct surface *s, struct rect r, int indent, enum style style, const char *text)
{
    if (r.w < 1)
        return 0;
    if (indent < 0 || indent >= r.w)
        indent = 0;
    struct buf shown = {0};
    text_show(&shown, text);
    const char *p = buf_str(&shown);
    size_t n = shown.n;
    int row = 0;
    do {
        int x = row == 0 ? 0 : indent;
        size_t next = n;
        size_t take = text_break(p, n, (size_t)(r.w - x), &next);
        if (s != NULL && row < r.h)
            surface_putf(s, r.x + x, r.y + row, r.w - x, style, "%.*s", (int)take, p);
        if (next == 0)
            break;
        p += next;
        n -= next;
        row++;
    } while (n > 0);
    buf_free(&shown);
    return row < 1 ? 1 : row;
}
