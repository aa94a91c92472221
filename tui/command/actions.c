#include "tui/command/actions.h"

#include <string.h>

#include "core/out/out.h"

enum evh actions_put(struct context *c, const struct action_filter *filter, enum actions_format format)
{
    struct action_rows rows = {0};
    /* Without a store no meeting was ever recorded. */
    enum evh rc = c->store == NULL ? EVH_OK : store_actions(c->store, c->arena, filter, &rows, &c->err);
    if (rc != EVH_OK)
        return rc;
    struct buf out = {0};
    switch (format) {
    case ACTIONS_TABLE:
        if (rows.n == 0)
            context_say(filter->overdue ? "no actions are overdue" : "no actions were found");
        else
            out_actions_table(&out, rows.v, rows.n, context_columns(), c->world.now(c->world.data).day);
        break;
    case ACTIONS_JSON:
        out_actions_json(&out, rows.v, rows.n);
        break;
    case ACTIONS_CSV:
        out_actions_csv(&out, rows.v, rows.n, opt_has(&c->args, OPT_RAW_CSV));
        break;
    }
    rc = context_put(c, &out);
    buf_free(&out);
    return rc;
}

static enum evh read_format(struct context *c, enum actions_format *format)
{
    static const char *const later[] = {"ics", "todo.txt", "taskwarrior"};
    static const enum actions_format formats[] = {ACTIONS_TABLE, ACTIONS_JSON, ACTIONS_CSV};
    const char *word = opt_value(&c->args, OPT_FORMAT);
    for (size_t i = 0; word != NULL && i < NITEMS(later); i++)
        if (strcmp(word, later[i]) == 0)
            return err_set(&c->err, EVH_USAGE, "this version cannot write %s yet; it can write table, json and csv", later[i]);
    int choice;
    enum evh rc = context_choice(c, OPT_FORMAT, "table json csv", &choice);
    *format = formats[choice];
    return rc;
}

static enum evh read_filter(struct context *c, struct action_filter *filter)
{
    int full;
    *filter = (struct action_filter){
        .all = opt_has(&c->args, OPT_ALL), .overdue = opt_has(&c->args, OPT_OVERDUE),
        .owner = context_option(c, OPT_OWNER), .child = context_option(c, OPT_CHILD), .due_before = DAY_NONE,
    };
    if (opt_has(&c->args, OPT_OPEN) + filter->all + filter->overdue > 1)
        return err_set(&c->err, EVH_USAGE, "--open, --all and --overdue exclude one another");
    enum evh rc = context_date(c, OPT_DUE_BEFORE, &filter->due_before);
    if (rc == EVH_OK)
        rc = context_choice(c, OPT_AUDIENCE, "open full", &full);
    if (rc == EVH_OK)
        filter->unmasked = full != 0;
    return rc;
}

int command_actions(struct context *c)
{
    struct action_filter filter;
    enum actions_format format = ACTIONS_TABLE;
    if (read_format(c, &format) != EVH_OK || read_filter(c, &filter) != EVH_OK)
        return context_fail(c);
    enum evh rc = context_open(c, STORE_READ);
    if (rc == EVH_NOTFOUND && format != ACTIONS_TABLE && !opt_has(&c->args, OPT_MEETING))
        rc = EVH_OK; /* for a script, a list of none */
    if (rc == EVH_OK && opt_has(&c->args, OPT_MEETING))
        rc = context_meeting(c, context_option(c, OPT_MEETING), &filter.meeting);
    if (rc == EVH_OK)
        rc = actions_put(c, &filter, format);
    return rc == EVH_OK ? 0 : context_fail(c);
}
