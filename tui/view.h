/* Screens: a class of functions and a private state; they get actions and text, never keys, and draw into cells. */
#ifndef TUI_VIEW_H
#define TUI_VIEW_H

#include "core/err.h"
#include "tui/key.h"
#include "tui/surface.h"

struct app;
struct view;

#define ECHO_ROWS 4

struct view_class {
    const char *name;  /* "home", "live" … also the title of its help */
    const char *maps;  /* "GL", "GE", "GEM" */
    size_t size;       /* of the private state, zeroed by the framework */
    enum evh (*open)(struct view *view, const void *arg, struct err *err);
    void (*close)(struct view *view); /* may be NULL; the state itself is freed later, so app_pop() may be called from any function */
    void (*draw)(struct view *view, struct surface *s); /* into all of s, which is the terminal without the key line; cleared before */
    /* True when the action was understood. */
    bool (*act)(struct view *view, enum action action);
    void (*text)(struct view *view, const char *utf8, size_t n, bool paste); /* NULL: takes no text */
    void (*tick)(struct view *view);   /* about once a second and at each pause of the keys; may be NULL */
    void (*resumed)(struct view *view);/* a view above was closed, or another process committed; may be NULL */
    const char *(*keys)(struct view *view); /* action names for the key line at the bottom, blank-separated; NULL: none */
    const char *(*maps_now)(struct view *view); /* maps that depend on the focus; NULL: `maps` */
    /* After text was typed: draws the line it went into over the last frame, so that the letter is seen before all else is thought about;
     * draw() follows at the next pause. False: the line no longer stands where it was. Changes only rows within ECHO_ROWS of the cursor. May be NULL. */
    bool (*echo)(struct view *view, struct surface *s);
    bool rescues; /* a meeting is open in it: what cannot be written can be put into a rescue file by its keys */
};

struct view {
    const struct view_class *class;
    struct app *app;
    void *state;
    struct view *below;
};

/* The classes (one file each). */
extern const struct view_class view_home, view_plan, view_live, view_sign, view_minutes, view_actions, view_action, view_help, view_ask, view_people, view_check;

#endif
