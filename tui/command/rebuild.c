#include "tui/command.h"

int command_rebuild(struct context *c)
{
    bool changed = false;
    if (context_open(c, STORE_WRITE) != EVH_OK || store_rebuild(c->store, &changed, &c->err) != EVH_OK)
        return context_fail(c);
    struct buf out = {0};
    buf_adds(&out, "The derived tables were made again from the record; ");
    buf_adds(&out, changed ? "they were different before.\n" : "nothing was different.\n");
    enum evh rc = context_put(c, &out);
    buf_free(&out);
    return rc == EVH_OK ? 0 : context_fail(c);
}
