/* Choosing one of a few things by its words: typing narrows the list, Enter takes the row in focus. */
#ifndef TUI_PICK_H
#define TUI_PICK_H

#include "tui/app.h"

struct pick {
    const char *question;
    const char *const *items; /* copied */
    size_t n;
    bool other;               /* what was typed may be an answer of its own */
    bool numbered;            /* the first nine are numbered, and their digit takes them at once */
    void (*picked)(struct view *asker, int tag, const char *word); /* not called on Esc */
    struct view *asker;
    int tag;
};
void pick_ask(struct app *app, const struct pick *pick);

#endif
