/* While nothing can be written: the words in the title (app->trouble), one sentence when it begins and one when it is over, and quiet trying
 * in between. */
#ifndef TUI_TROUBLE_H
#define TUI_TROUBLE_H

#include "tui/app.h"

/* After a key: sets or clears app->trouble; says nothing, as the key's own message does. */
void trouble_look(struct app *app);

/* At each tick, after the views had theirs: tries whether writing works again, says once what is wrong and once that it is over. */
void trouble_tick(struct app *app);

/* What is tried again in a second need not wait for another program while somebody types. */
#define TROUBLE_PATIENCE_MS 200

/* The storage's troubles, of which trouble_tick() speaks; other errors are the caller's to say. */
bool trouble_is(enum evh code);

#endif
