#include "tui/command/actions.h"

#include <string.h>

#include "core/text.h"

/* A list on its way out. */
struct listing {
    struct context *c;
    struct out_actions writer;
    struct output output;
    struct buf out;
    enum evh rc;
    bool overdue;
};

/* While rows are read the database is locked for writing; context_output_some() waits for nobody. */
static bool put_row(void *data, const struct action_row *row)
{
    struct listing *l = data;
    l->overdue = l->overdue || row->overdue;
    out_actions_row(&l->writer, row);
    l->rc = context_output_some(l->c, &l->output, &l->out);
    return l->rc == EVH_OK;
}

/* The rows of a table are all read before the first is written; those of the other forms are written while they are read. */
static enum evh put_rows(struct listing *l, const struct action_filter *filter)
{
    struct store *store = l->c->store;
    struct action_lines *lines = &l->writer.lines;
    bool table = l->writer.form == ACTIONS_TABLE;
    enum evh rc = EVH_OK;
    if (table && store != NULL) /* without a store no meeting was ever recorded */
        rc = store_action_lines(store, l->c->arena, filter, lines, &l->c->err);
    out_actions_begin(&l->writer);
    if (!table && store != NULL)
        rc = store_actions_each(store, filter, put_row, l, &l->c->err);
    for (size_t i = 0; i < lines->n && !l->overdue; i++)
        l->overdue = lines->v[i].overdue;
    bool none = table && lines->n == 0 && !l->output.to_file;
    for (bool all = false; !all;) {
        all = out_actions_end(&l->writer);
        if (rc == EVH_OK && l->rc == EVH_OK && !none)
            l->rc = context_output_wait(l->c, &l->output, &l->out);
        buf_clear(&l->out);
    }
    if (none && rc == EVH_OK)
        context_say(filter->overdue ? "no actions are overdue" : "no actions were found");
    return rc != EVH_OK ? rc : l->rc;
}

enum evh actions_put(struct context *c, const struct action_filter *filter, enum actions_form form, bool *overdue)
{
    struct listing l = {.c = c};
    l.writer = (struct out_actions){.out = &l.out, .form = form, .raw = opt_has(&c->args, OPT_RAW_CSV), .columns = context_columns(),
                                    .now = c->world.now(c->world.data)};
    enum evh rc = context_output_begin(c, &l.output);
    if (rc == EVH_OK)
        rc = put_rows(&l, filter);
    if (rc == EVH_OK)
        rc = context_output_end(c, &l.output);
    if (rc != EVH_OK)
        context_output_drop(&l.output);
    if (overdue != NULL)
        *overdue = l.overdue;
    buf_free(&l.out);
    return rc;
}

static enum evh read_filter(struct context *c, struct action_filter *filter)
{
    int full;
    *filter = (struct action_filter){
        .all = opt_has(&c->args, OPT_ALL), .overdue = opt_has(&c->args, OPT_OVERDUE), .due_soon = opt_has(&c->args, OPT_DUE_SOON),
        .owner = context_option(c, OPT_OWNER), .child = context_option(c, OPT_CHILD), .due_before = DAY_NONE,
    };
    if (opt_has(&c->args, OPT_OPEN) + filter->all + filter->overdue + filter->due_soon > 1)
        return err_set(&c->err, EVH_USAGE, "--open, --all, --overdue and --due-soon exclude one another");
    enum evh rc = context_date(c, OPT_DUE_BEFORE, &filter->due_before);
    if (rc == EVH_OK)
        rc = context_choice(c, OPT_AUDIENCE, "open full", &full);
    if (rc != EVH_OK)
        return rc;
    filter->unmasked = full != 0;
    return EVH_OK;
}

/* "nobody" means the actions without an owner, unless somebody's name has that in it. */
static enum evh read_nobody(struct context *c, struct action_filter *filter)
{
    if (filter->owner == NULL || !text_same_word(filter->owner, strlen(filter->owner), "nobody") || c->store == NULL)
        return EVH_OK;
    struct action_filter named = {.all = true, .due_before = DAY_NONE, .owner = filter->owner, .limit = 1};
    struct action_ids ids = {0};
    enum evh rc = store_action_ids(c->store, c->arena, &named, &ids, &c->err);
    if (rc == EVH_OK && ids.n == 0)
        filter->owner = "";
    return rc;
}

static int watch(struct context *c, struct action_filter *filter, enum actions_form form)
{
    if (form != ACTIONS_TABLE && form != ACTIONS_JSON)
        return context_usage(c, "--watch prints lines or, with --format json, an object a line");
    if (opt_has(&c->args, OPT_OUTPUT) || opt_has(&c->args, OPT_FAIL_OVERDUE))
        return context_usage(c, "--watch goes with neither -o nor --fail-overdue");
    if (context_open(c, STORE_READ) != EVH_OK || actions_type(c, filter) != EVH_OK)
        return context_fail(c);
    if (opt_has(&c->args, OPT_MEETING) && context_meeting(c, context_option(c, OPT_MEETING), &filter->meeting) != EVH_OK)
        return context_fail(c);
    if (read_nobody(c, filter) != EVH_OK)
        return context_fail(c);
    return actions_watch(c, filter, form == ACTIONS_JSON);
}

int command_actions(struct context *c)
{
    struct action_filter filter;
    bool overdue = false, known = true, fail = opt_has(&c->args, OPT_FAIL_OVERDUE);
    int form;
    if (context_choice(c, OPT_FORMAT, ACTIONS_FORM_NAMES, &form) != EVH_OK || read_filter(c, &filter) != EVH_OK)
        return context_fail(c);
    if (opt_has(&c->args, OPT_WATCH))
        return watch(c, &filter, (enum actions_form)form);
    enum evh rc = context_open(c, STORE_READ);
    if (rc == EVH_NOTFOUND && form != ACTIONS_TABLE && !opt_has(&c->args, OPT_MEETING)) {
        if (fail) /* perhaps another directory was meant */
            context_say("%s", c->err.text);
        known = false;
        rc = EVH_OK; /* for a script, a list of none */
    }
    if (rc == EVH_OK)
        rc = actions_type(c, &filter);
    if (rc == EVH_OK && opt_has(&c->args, OPT_MEETING))
        rc = context_meeting(c, context_option(c, OPT_MEETING), &filter.meeting);
    if (rc == EVH_OK)
        rc = read_nobody(c, &filter);
    if (rc == EVH_OK)
        rc = actions_put(c, &filter, (enum actions_form)form, &overdue);
    if (rc == EVH_OK && c->store != NULL)
        rc = actions_known(c, &filter, &known);
    if (rc != EVH_OK)
        return context_fail(c);
    return fail && (overdue || !known) ? err_status(EVH_NO) : 0;
}
