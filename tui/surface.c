#include "tui/surface.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "core/memory.h"
#include "core/text.h"

#define MARKS_MAX 4          /* what a terminal library keeps in a cell */
#define DOTTED_CIRCLE 0x25CC /* carries a mark that has no base */
#define SIZE_LIMIT 2000      /* columns or rows; more is no terminal */

static const struct cell blank_cell = {.text = " ", .width = 1, .style = STYLE_PLAIN};

void surface_init(struct surface *s, int w, int h)
{
    *s = (struct surface){.w = w < 1 ? 1 : w > SIZE_LIMIT ? SIZE_LIMIT : w, .h = h < 1 ? 1 : h > SIZE_LIMIT ? SIZE_LIMIT : h};
    s->cells = memory_take((size_t)s->w * (size_t)s->h, sizeof s->cells[0]);
    surface_clear(s);
}

void surface_free(struct surface *s)
{
    free(s->cells);
    *s = (struct surface){0};
}

void surface_clear(struct surface *s)
{
    size_t n = (size_t)s->w * (size_t)s->h;
    for (size_t i = 0; i < n; i++)
        s->cells[i] = blank_cell;
    s->cursor_x = s->cursor_y = 0;
}

static struct cell *cell_at(struct surface *s, int x, int y)
{
    if (x < 0 || y < 0 || x >= s->w || y >= s->h)
        return NULL;
    return &s->cells[(size_t)y * (size_t)s->w + (size_t)x];
}

static void set_text(struct cell *c, const char *text, size_t n)
{
    memset(c->text, 0, sizeof c->text); /* frames are compared byte by byte */
    memcpy(c->text, text, n);
}

/* Half of a wide character that is written over leaves no half behind. */
static void free_cell(struct surface *s, int x, int y)
{
    struct cell *c = cell_at(s, x, y);
    struct cell *other = NULL;
    if (c == NULL)
        return;
    if (c->width == 2)
        other = cell_at(s, x + 1, y);
    else if (c->width == 0)
        other = cell_at(s, x - 1, y);
    if (other != NULL) {
        set_text(other, " ", 1);
        other->width = 1;
    }
}

/* Writes a character of width 1 or 2; returns its cell, or NULL when it does not stand on the surface as a whole. */
static struct cell *put_cell(struct surface *s, int x, int y, int width, enum style style, const char *text, size_t n)
{
    struct cell *c = cell_at(s, x, y);
    struct cell *right = width == 2 ? cell_at(s, x + 1, y) : NULL;
    if (c == NULL || (width == 2 && right == NULL))
        return NULL;
    free_cell(s, x, y);
    if (right != NULL) {
        free_cell(s, x + 1, y);
        *right = (struct cell){.width = 0, .style = (unsigned char)style};
    }
    set_text(c, text, n);
    c->width = (unsigned char)width;
    c->style = (unsigned char)style;
    return c;
}

/* Formatting characters without a glyph: joiners, bidi marks, variation selectors. Joined sequences are laid out as separate cells. */
static bool without_glyph(int32_t code)
{
    return code == 0x034F || code == 0x061C || code == 0x180E || (code >= 0x200B && code <= 0x200F) ||
           (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xE0100 && code <= 0xE01EF);
}

/* Where surface_put() is in its line. */
struct pen {
    struct surface *s; /* NULL: only measures */
    int x, y, columns, used;
    enum style style;
    bool ascii, begun;
    struct cell *cell; /* the last one, for marks */
    int marks;
};

static void pen_mark(struct pen *pen, const char *utf8, size_t n);

/* False when there is no room left. */
static bool pen_put(struct pen *pen, int32_t code, const char *utf8, size_t n)
{
    if (without_glyph(code))
        return true;
    int width = text_code_width(code);
    if (width == 0) {
        pen_mark(pen, utf8, n);
        return true;
    }
    if (width < 0 || width > 2)
        width = 1;
    if (pen->used + width > pen->columns)
        return false;
    if (pen->s != NULL && pen->ascii && code >= 0x7F) {
        char c = surface_ascii(code);
        for (int i = 0; i < width; i++)
            put_cell(pen->s, pen->x + pen->used + i, pen->y, 1, pen->style, &c, 1);
        pen->cell = NULL;
    } else if (pen->s != NULL) {
        pen->cell = put_cell(pen->s, pen->x + pen->used, pen->y, width, pen->style, utf8, n);
    }
    pen->used += width;
    pen->begun = true;
    pen->marks = 0;
    return true;
}

static void pen_mark(struct pen *pen, const char *utf8, size_t n)
{
    if (!pen->begun) {
        static const char circle[] = "\xE2\x97\x8C";
        if (!pen_put(pen, DOTTED_CIRCLE, circle, sizeof circle - 1))
            return;
    }
    if (pen->cell == NULL || pen->ascii || pen->marks >= MARKS_MAX)
        return;
    size_t have = strlen(pen->cell->text);
    if (have + n >= CELL_BYTES)
        return;
    memcpy(pen->cell->text + have, utf8, n);
    pen->marks++;
}

static void pen_text(struct pen *pen, const char *text, size_t n)
{
    for (size_t at = 0; at < n;) {
        size_t from = at;
        int32_t code = text_code(text, n, &at);
        bool drawable = code >= 0x20 && code != 0x7F && (code < 0x80 || without_glyph(code) || iswprint((wint_t)code));
        bool more = drawable ? pen_put(pen, code, text + from, at - from) : pen_put(pen, 0xFFFD, "\xEF\xBF\xBD", 3);
        if (!more)
            return;
    }
}

static bool is_plain_ascii(const char *text)
{
    for (; *text != '\0'; text++)
        if (*text < 0x20 || *text > 0x7E)
            return false;
    return true;
}

static void pen_show(struct pen *pen, const char *text)
{
    if (is_plain_ascii(text)) {
        pen_text(pen, text, strlen(text));
        return;
    }
    struct buf shown = {0};
    text_show(&shown, text);
    pen_text(pen, buf_str(&shown), shown.n);
    buf_free(&shown);
}

int surface_put(struct surface *s, int x, int y, int columns, enum style style, const char *text)
{
    if (text == NULL)
        return 0;
    if (columns > s->w - x)
        columns = s->w - x;
    struct pen pen = {.s = s, .x = x, .y = y, .columns = columns, .style = style, .ascii = s->ascii};
    if (columns > 0)
        pen_show(&pen, text);
    return pen.used;
}

int surface_putf(struct surface *s, int x, int y, int columns, enum style style, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    int used = 0;
    if (n < 0)
        BUG("bad format");
    char *text = memory_take((size_t)n + 1, 1);
    vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    used = surface_put(s, x, y, columns, style, text);
    free(text);
    return used;
}

int surface_columns(const char *text)
{
    struct pen pen = {.columns = INT32_MAX / 2};
    pen_show(&pen, text);
    return pen.used;
}

int surface_put_cut(struct surface *s, int x, int y, int columns, enum style style, const char *text)
{
    if (columns > s->w - x)
        columns = s->w - x;
    if (columns <= 0 || text == NULL)
        return 0;
    if (surface_columns(text) <= columns)
        return surface_put(s, x, y, columns, style, text);
    int used = surface_put(s, x, y, columns - 1, style, text);
    return used + surface_put(s, x + used, y, 1, style, surface_sign(s, SIGN_ELLIPSIS));
}

/* Clips r to the surface. */
static struct rect clip(const struct surface *s, struct rect r)
{
    if (r.x < 0) {
        r.w += r.x;
        r.x = 0;
    }
    if (r.y < 0) {
        r.h += r.y;
        r.y = 0;
    }
    if (r.w > s->w - r.x)
        r.w = s->w - r.x;
    if (r.h > s->h - r.y)
        r.h = s->h - r.y;
    return r;
}

void surface_style(struct surface *s, struct rect r, enum style style)
{
    r = clip(s, r);
    for (int y = r.y; y < r.y + r.h; y++)
        for (int x = r.x; x < r.x + r.w; x++)
            s->cells[(size_t)y * (size_t)s->w + (size_t)x].style = (unsigned char)style;
}

void surface_fill(struct surface *s, struct rect r, enum style style)
{
    struct cell blank = blank_cell;
    blank.style = (unsigned char)style;
    r = clip(s, r);
    for (int y = r.y; y < r.y + r.h && r.w > 0; y++) {
        free_cell(s, r.x, y); /* halves that reach beyond the edges */
        free_cell(s, r.x + r.w - 1, y);
        for (int x = r.x; x < r.x + r.w; x++)
            s->cells[(size_t)y * (size_t)s->w + (size_t)x] = blank;
    }
}

enum { LINE_H, LINE_V, LINE_DOWN_T, LINE_UP_T, LINE_CROSS };

static const char *line_text(const struct surface *s, int kind)
{
    static const char *const utf8[] = {"─", "│", "┬", "┴", "┼"};
    static const char *const ascii[] = {"-", "|", "+", "+", "+"};
    return s->ascii ? ascii[kind] : utf8[kind];
}

static bool is_line(struct surface *s, int x, int y, int kind)
{
    const struct cell *c = cell_at(s, x, y);
    return c != NULL && c->style == STYLE_RULE && strcmp(c->text, line_text(s, kind)) == 0;
}

static void put_line(struct surface *s, int x, int y, int kind)
{
    const char *text = line_text(s, kind);
    put_cell(s, x, y, 1, STYLE_RULE, text, strlen(text));
}

void surface_hline(struct surface *s, int x, int y, int w)
{
    for (int i = x; i < x + w && i < s->w; i++) {
        bool above = is_line(s, i, y - 1, LINE_V);
        bool below = is_line(s, i, y + 1, LINE_V);
        put_line(s, i, y, above && below ? LINE_CROSS : above ? LINE_UP_T : below ? LINE_DOWN_T : LINE_H);
    }
}

void surface_vline(struct surface *s, int x, int y, int h)
{
    for (int i = y; i < y + h && i < s->h; i++) {
        bool crossing = is_line(s, x, i, LINE_H);
        put_line(s, x, i, !crossing ? LINE_V : i == y ? LINE_DOWN_T : i == y + h - 1 ? LINE_UP_T : LINE_CROSS);
    }
}

const char *surface_sign(const struct surface *s, enum sign sign)
{
    static const char *const utf8[SIGN_COUNT] = {[SIGN_DONE] = "✓", [SIGN_HERE] = "●", [SIGN_AWAY] = "✗", [SIGN_PART] = "◐",
        [SIGN_NOW] = "▸", [SIGN_DOT] = "·", [SIGN_DASH] = "—", [SIGN_ARROW] = "⇒", [SIGN_ELLIPSIS] = "…", [SIGN_UNKNOWN] = "?",
        [SIGN_UNHEARD] = "○"};
    static const char *const ascii[SIGN_COUNT] = {[SIGN_DONE] = "v", [SIGN_HERE] = "*", [SIGN_AWAY] = "x", [SIGN_PART] = "o",
        [SIGN_NOW] = ">", [SIGN_DOT] = ".", [SIGN_DASH] = "-", [SIGN_ARROW] = "=>", [SIGN_ELLIPSIS] = "~", [SIGN_UNKNOWN] = "?",
        [SIGN_UNHEARD] = "_"};
    return sign < 0 || sign >= SIGN_COUNT ? "?" : s->ascii ? ascii[sign] : utf8[sign];
}

/* One row: what is on it without the blanks (or plain styles) at its end. */
static void dump_row(const struct surface *s, int y, bool styles, struct buf *out)
{
    size_t begin = out->n;
    const struct cell *row = &s->cells[(size_t)y * (size_t)s->w];
    for (int x = 0; x < s->w; x++) {
        if (styles)
            buf_addc(out, style_table[row[x].style].letter);
        else
            buf_adds(out, row[x].text);
    }
    char filler = styles ? style_table[STYLE_PLAIN].letter : ' ';
    while (out->n > begin && out->s[out->n - 1] == filler)
        buf_splice(out, out->n - 1, 1, NULL, 0);
    buf_addc(out, '\n');
}

void surface_dump(const struct surface *s, struct buf *out)
{
    buf_addf(out, "%dx%d\n", s->w, s->h);
    for (int y = 0; y < s->h; y++)
        dump_row(s, y, false, out);
    buf_adds(out, "-- styles\n");
    for (int y = 0; y < s->h; y++)
        dump_row(s, y, true, out);
    buf_addf(out, "-- cursor %d,%d\n", s->cursor_x, s->cursor_y);
}
