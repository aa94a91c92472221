#include "tui/command.h"

int command_restore(struct context *c)
{
    struct restored done;
    if (context_data(c) != EVH_OK || store_restore(c->data, c->args.operands[0], &c->world, c->arena, &done, &c->err) != EVH_OK)
        return context_fail(c);
    struct buf out = {0};
    buf_addf(&out, "Restored: %zu meeting%s", done.meetings, done.meetings == 1 ? "" : "s");
    if (done.newest != DAY_NONE) {
        buf_adds(&out, done.meetings == 1 ? ", of " : ", the newest of ");
        civil_put_long(&out, done.newest);
    }
    buf_adds(&out, done.updated ? "; it was of an older Evenhand and was brought up to date.\n" : ".\n");
    enum evh rc = context_put(c, &out);
    buf_free(&out);
    if (rc == EVH_OK && done.kept != NULL)
        context_say("what was there before is kept in %s", done.kept);
    return rc == EVH_OK ? 0 : context_fail(c);
}
