/* A screen as cells, drawn without a terminal: views draw here, tui/term.c shows it, tests dump it.
 * A cell holds one base character of width 1 or 2 and at most four marks. */
#ifndef TUI_SURFACE_H
#define TUI_SURFACE_H

#include "core/buf.h"

enum style {
#define STYLE(id, letter, mono, colour, contrast, help) STYLE_##id,
#include "tui/style.def"
#undef STYLE
    STYLE_COUNT
};

/* What style.def says of a role. */
struct style_info {
    char letter;       /* in golden screens */
    const char *mono, *contrast; /* b bold, r reverse, u underline, d dim; contrast also w, y, g or c: white, yellow, green, cyan, bright on black */
    int colour;        /* terminal colour number, -1: the terminal's own */
    const char *help;
};
extern const struct style_info style_table[]; /* STYLE_COUNT rows */

#define CELL_BYTES 24

struct cell {
    char text[CELL_BYTES]; /* UTF-8; "" in the right half of a wide character */
    unsigned char width;   /* 1, 2, or 0: right half */
    unsigned char style;
};

struct surface {
    int w, h;
    struct cell *cells;    /* w * h */
    int cursor_x, cursor_y;/* on the thing in focus, always */
    bool ascii;            /* lines and signs in ASCII */
};

struct rect { int x, y, w, h; };

void surface_init(struct surface *s, int w, int h);
void surface_free(struct surface *s);
void surface_clear(struct surface *s);

/* Puts text (passed through text_show() here, so hostile text is harmless) at x, y, clipped to `columns` and the surface; returns the columns used. */
int surface_put(struct surface *s, int x, int y, int columns, enum style style, const char *text);
int surface_putf(struct surface *s, int x, int y, int columns, enum style style, const char *format, ...) PRINTF_LIKE(6, 7);
/* The same, with an ellipsis at the end when not all of it has room. */
int surface_put_cut(struct surface *s, int x, int y, int columns, enum style style, const char *text);
/* Paints a style over cells that are there; fills with blanks. */
void surface_style(struct surface *s, struct rect r, enum style style);
void surface_fill(struct surface *s, struct rect r, enum style style);
void surface_hline(struct surface *s, int x, int y, int w);
void surface_vline(struct surface *s, int x, int y, int h);
/* Signs that have an ASCII form: SIGN(id, utf8, ascii). */
enum sign { SIGN_DONE, SIGN_HERE, SIGN_AWAY, SIGN_PART, SIGN_NOW, SIGN_DOT, SIGN_DASH, SIGN_ARROW, SIGN_ELLIPSIS, SIGN_UNKNOWN, SIGN_UNHEARD, SIGN_COUNT };
const char *surface_sign(const struct surface *s, enum sign sign);

/* Columns that surface_put() would use for all of `text`: clusters of several code points included. */
int surface_columns(const char *text);
/* The ASCII character that stands for a code point on a terminal without UTF-8: base letter, plain quote, "?"; never changes the columns. */
char surface_ascii(int32_t code);

/* Size, lines of text, then lines of style letters, then the cursor: golden screens. */
void surface_dump(const struct surface *s, struct buf *out);

#endif
