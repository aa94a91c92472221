#include "tui/command.h"

int command_home(struct context *c)
{
    if (!context_on_terminal())
        return context_screen(c, &view_home, NULL); /* says so before anything is made */
    if (context_open(c, STORE_CREATE) != EVH_OK)
        return context_fail(c);
    return context_screen(c, &view_home, NULL);
}
