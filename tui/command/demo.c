#include <stdio.h>
#include <unistd.h>

#include "core/out/out.h"
#include "data/file.h"
#include "data/op.h"
#include "tui/command.h"
#include "tui/command/actions.h"
#include "tui/paths.h"

#define DEMO_FILE "demo.meeting"

/* The user's own table comes first, as with every shipped table. */
static enum evh read_demo(struct context *c, struct buf *text)
{
    const char *own = paths_own(c->arena);
    const char *path = own == NULL ? NULL : paths_join(c->arena, own, DEMO_FILE);
    if (path == NULL || access(path, R_OK) != 0)
        path = paths_join(c->arena, paths_tables(opt_value(&c->args, OPT_TABLES)), DEMO_FILE);
    return file_read(path, MEETING_FILE_MAX, text, &c->err);
}

static enum evh import_demo(struct context *c, struct uuid *id)
{
    struct buf text = {0};
    struct notices notices = {0};
    struct op_import done = {0};
    const struct types *types = context_types(c);
    enum evh rc = read_demo(c, &text);
    if (rc == EVH_OK)
        rc = op_import(c->store, types->n > 0 ? types : NULL, buf_str(&text), text.n, false, c->arena, &notices, &done, &c->err);
    buf_free(&text);
    *id = done.id;
    return rc;
}

/* Whoever only looks, or is somebody of the made-up meeting, finds it made. */
static enum evh make_demo(struct context *c, struct uuid *id)
{
    bool first = opt_has(&c->args, OPT_READ_ONLY) || opt_has(&c->args, OPT_AS);
    enum evh rc = first ? store_open(&c->store, c->data, STORE_CREATE, &c->world, &c->err) : context_open(c, STORE_CREATE);
    if (rc == EVH_OK)
        rc = import_demo(c, id);
    if (rc != EVH_OK || !first)
        return rc;
    store_close(c->store);
    c->store = NULL;
    return context_open(c, STORE_WRITE);
}

static enum evh print_demo(struct context *c, struct uuid id)
{
    struct record *record;
    enum evh rc = store_record(c->store, id, &record, &c->err);
    if (rc != EVH_OK)
        return rc;
    struct record *copy = audience_copy(record, &(struct audience){.kind = AUDIENCE_OPEN});
    struct buf out = {0};
    out_text(&out, copy, context_columns());
    buf_addc(&out, '\n');
    rc = context_put(c, &out);
    buf_free(&out);
    record_free(copy);
    record_free(record);
    if (rc == EVH_OK)
        rc = actions_put(c, &(struct action_filter){.due_before = DAY_NONE}, ACTIONS_TABLE, NULL);
    return rc;
}

int command_demo(struct context *c)
{
    struct uuid id;
    c->data = paths_demo(c->arena, opt_value(&c->args, OPT_DATA));
    if (context_data(c) != EVH_OK)
        return context_fail(c);
    if (make_demo(c, &id) != EVH_OK)
        return context_fail(c);
    if (context_on_terminal())
        return context_screen(c, &view_home, NULL);
    return print_demo(c, id) == EVH_OK ? 0 : context_fail(c);
}
