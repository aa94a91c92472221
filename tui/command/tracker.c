#include "tui/command.h"

int command_tracker(struct context *c)
{
    if (!context_on_terminal())
        return context_screen(c, &view_actions, NULL); /* says so before anything is opened */
    if (context_open(c, STORE_WRITE) != EVH_OK)
        return context_fail(c);
    return context_screen(c, &view_actions, NULL);
}
