/* Screens that are open for reading only (--read-only): the store handle cannot write, and here the keys are told so. */
#ifndef TUI_READING_H
#define TUI_READING_H

#include "tui/app.h"

/* Open for reading only: says so, and the caller does nothing. False: go on. */
bool reading_only(struct app *app);
/* The same for an action: only one that changes something (key_changes()) is refused. app_act() asks this for every key. */
bool reading_refuses(struct app *app, enum action action);
/* Says in the title row of a drawn screen that it is open for reading only, where it covers least. */
void reading_title(struct surface *s);

#endif
