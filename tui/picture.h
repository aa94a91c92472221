/* The picture of the tracker: what was agreed for when, and what became of it. */
#ifndef TUI_PICTURE_H
#define TUI_PICTURE_H

#include "tui/app.h"

/* What tui/v_picture.c is opened with (copied). */
struct picture_ask {
    struct view *asker;
    const char *child;                                      /* whose part is selected first; "": all children together */
    void (*picked)(struct view *asker, const char *child, bool all);  /* on Enter, after the picture was closed; `child` NULL: all children; `all`: a month was
                                                                        * picked, whose finished ones are meant too */
};
extern const struct view_class view_picture;

#endif
