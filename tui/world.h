/* What the store is told of the world: the clock ($EVENHAND_NOW fixes it), random bytes, and what to do while another
 * process writes. */
#ifndef TUI_WORLD_H
#define TUI_WORLD_H

#include "core/err.h"
#include "data/store.h"

struct world_state {
    bool fixed;       /* EVENHAND_NOW was given */
    struct now now;   /* then: what it says */
    bool on_screen;   /* a screen is up: nothing may be written to stderr */
    void (*show)(void *data, const char *what); /* while a screen is up: shows there what is waited for; may be NULL */
    void *show_data;
    bool said;        /* that somebody is waited for */
};

/* Fills in `world`, whose data is `state` (both stay where they are). USAGE when EVENHAND_NOW cannot be read. */
MUST_USE enum evh world_make(struct world *world, struct world_state *state, struct err *err);

/* UUIDv7 from a world's clock and random bytes, for records that no store keeps. */
struct idgen world_ids(struct world *world);

#endif
