#include "tui/command.h"
#include "tui/command/export.h"

int command_minutes(struct context *c)
{
    return export_minutes(c) == EVH_OK ? 0 : context_fail(c);
}
