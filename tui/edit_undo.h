/* What a line editor did, so that it can be undone: changes of bytes, joined into words. Part of edit.c. */
#ifndef TUI_EDIT_UNDO_H
#define TUI_EDIT_UNDO_H

#include "core/buf.h"

/* At `at`, `old` was replaced by `new`. */
struct change {
    size_t at, cursor_before, cursor_after;
    char *old, *new;
    size_t nold, nnew;
};

struct undo {
    struct change *v;
    size_t n, cap;
    size_t done;     /* changes that are in the text; those after it can be redone */
    bool sealed;     /* the next change begins a new step: the cursor was moved */
};

/* Records a change that was made; what could be redone is forgotten. Typing joins into words, erasing likewise. */
void undo_add(struct undo *u, const struct change *change);
/* The change to take back or make again, or NULL. */
const struct change *undo_back(struct undo *u);
const struct change *undo_forth(struct undo *u);
void undo_clear(struct undo *u);
void undo_free(struct undo *u);

#endif
