/* One editor for every line that is typed: by grapheme cluster, with undo, kill and yank, paste, soft wrap. */
#ifndef TUI_EDIT_H
#define TUI_EDIT_H

#include "tui/key.h"
#include "tui/surface.h"

struct edit;

struct edit *edit_new(void);
void edit_free(struct edit *e);
void edit_set(struct edit *e, const char *text, size_t cursor); /* begins a new history; cursor in bytes */
const char *edit_text(const struct edit *e);
size_t edit_length(const struct edit *e);
size_t edit_cursor(const struct edit *e);
void edit_insert(struct edit *e, const char *utf8, size_t n);   /* typed or pasted: cleaned here */
void edit_replace(struct edit *e, size_t at, size_t old, const char *utf8, size_t n);
/* Does an editing action (LEFT … EDIT_REDO). False when it is none, or LINE_UP/LINE_DOWN had nowhere to go. */
bool edit_act(struct edit *e, enum action action, int columns);
/* Rows it needs at this width. */
int edit_rows(const struct edit *e, int columns);
/* Draws it wrapped into r (scrolled so that the cursor shows) and, with `focus`, puts the surface's cursor. */
void edit_draw(struct edit *e, struct surface *s, struct rect r, enum style style, bool focus);

#endif
