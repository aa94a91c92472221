#include "tui/command.h"

int command_meet(struct context *c)
{
    struct uuid id;
    if (!context_on_terminal())
        return context_screen(c, &view_live, NULL); /* says so before anything is opened */
    if (context_open(c, STORE_WRITE) != EVH_OK)
        return context_fail(c);
    if (context_meeting(c, context_operand(c, 0), &id) != EVH_OK)
        return context_fail(c);
    return context_screen(c, &view_live, &id);
}
