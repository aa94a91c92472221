#include "tui/command.h"

int command_backup(struct context *c)
{
    const char *path = c->args.operands[0]; /* as it was given: a name may be of any bytes */
    if (context_open(c, STORE_WRITE) != EVH_OK || store_backup(c->store, path, opt_has(&c->args, OPT_FORCE), &c->err) != EVH_OK)
        return context_fail(c);
    context_say("%s is whole; it is as readable as the database: keep it where only you can read it", path);
    return 0;
}
