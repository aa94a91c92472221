/* Where things are: contract.md, "Places and environment". The only reader of these variables. */
#ifndef TUI_PATHS_H
#define TUI_PATHS_H

#include "core/arena.h"

/* --data DIR (`given`, may be NULL), else $EVENHAND_DATA, else $XDG_DATA_HOME/evenhand; NULL when nothing tells. Arena or borrowed. */
const char *paths_data(struct arena *arena, const char *given);

/* Where the demonstration is kept: --data DIR, else $XDG_DATA_HOME/evenhand-demo. */
const char *paths_demo(struct arena *arena, const char *given);

/* --tables DIR, else $EVENHAND_TABLES, else the installed ones. */
const char *paths_tables(const char *given);

/* The user's own tables, which come first: $XDG_CONFIG_HOME/evenhand; NULL when nothing tells. */
const char *paths_own(struct arena *arena);

/* $HOME, and the folder of this login ($XDG_RUNTIME_DIR), both absolute; NULL when nothing tells. */
const char *paths_home(void);
const char *paths_runtime(void);
/* "~" and "~/…" as people write them. */
const char *paths_expand(struct arena *arena, const char *words);

/* DIR/NAME. */
const char *paths_join(struct arena *arena, const char *dir, const char *name);

#endif
