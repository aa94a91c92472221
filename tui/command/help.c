#include <string.h>

#include "core/text.h"
#include "tui/command.h"
#include "tui/key.h"

/* Sentences and examples of tui/command.def, beside the command that they are about. */
struct said { int (*of)(struct context *); const char *text; };

static const struct said more[] = {
#define MORE(id, text) {command_##id, text},
#include "tui/command.def"
#undef MORE
};

static const struct said examples[] = {
#define EXAMPLE(id, text) {command_##id, text},
#include "tui/command.def"
#undef EXAMPLE
};

struct status { int status; const char *name, *help; };

static const struct status statuses[] = {
#define STATUS(value, help) {value, #value, help},
#include "tui/status.def"
#undef STATUS
};

#define COLUMNS 80
#define NAMES 21 /* of the list of commands */

static void put_option(struct buf *out, enum opt opt)
{
    const struct opt_info *o = &opt_table[opt];
    size_t begin = out->n;
    if (o->letter != 0)
        buf_addf(out, "  -%c, --%s", o->letter, o->name);
    else
        buf_addf(out, "      --%s", o->name);
    if (o->arg != NULL)
        buf_addf(out, " %s", o->arg);
    size_t used = out->n - begin;
    do {
        buf_addc(out, ' ');
        used++;
    } while (used < 26);
    text_wrap(out, o->help, COLUMNS, 26, used);
    buf_addc(out, '\n');
}

static void put_synopsis(struct buf *out, const struct command_info *c)
{
    buf_adds(out, "evenhand");
    if (c->name[0] != '\0')
        buf_addf(out, " %s", c->name);
    if (c->synopsis[0] != '\0')
        buf_addf(out, " %s", c->synopsis);
}

static void put_all(struct buf *out)
{
    buf_adds(out, "Evenhand keeps the record of a meeting about a child, fair to everybody at the table.\n\n");
    for (size_t i = 0; i < command_count; i++) {
        const struct command_info *c = &command_table[i];
        size_t begin = out->n;
        buf_addf(out, "  evenhand%s%s", c->name[0] == '\0' ? "" : " ", c->name);
        while (out->n - begin < NAMES)
            buf_addc(out, ' ');
        text_wrap(out, c->help, COLUMNS, NAMES, NAMES);
        buf_addc(out, '\n');
    }
    buf_adds(out, "\nEverywhere:\n");
    for (int i = OPT_NONE + 1; i <= OPT_VERSION; i++)
        put_option(out, (enum opt)i);
    buf_adds(out, "\nevenhand help COMMAND tells more; on the screens F1 does.\n");
}

static void put_said(struct buf *out, const struct said *v, size_t n, const struct command_info *c, const char *heading)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (v[i].of != c->run)
            continue;
        if (!any)
            buf_adds(out, heading);
        any = true;
        size_t indent = heading[1] == '\0' ? 0 : 2;
        buf_add(out, "  ", indent);
        text_wrap(out, v[i].text, COLUMNS, indent, indent);
        buf_addc(out, '\n');
    }
}

void command_usage(struct buf *out, const struct command_info *c)
{
    if (c->name[0] == '\0') {
        put_all(out);
        return;
    }
    struct buf line = {0};
    put_synopsis(&line, c);
    text_wrap(out, buf_str(&line), COLUMNS, 8, 0);
    buf_clear(&line);
    buf_addf(&line, "\n\n%s\n", c->help);
    buf_adds(out, buf_str(&line));
    buf_free(&line);
    put_said(out, more, NITEMS(more), c, "\n");
    if (c->options[0] != '\0')
        buf_adds(out, "\nOptions:\n");
    for (int i = OPT_VERSION + 1; i < OPT_COUNT; i++)
        if (command_takes(c, (enum opt)i))
            put_option(out, (enum opt)i);
    put_said(out, examples, NITEMS(examples), c, "\nExamples:\n");
}

static void put_raw(struct buf *out)
{
    for (size_t i = 0; i < command_count; i++) {
        const struct command_info *c = &command_table[i];
        buf_addf(out, "command\t%s\t%s\t%s\t%d\t%d\t%s\n", c->name, c->synopsis, c->help, c->min, c->max, c->options);
    }
    for (int i = OPT_NONE + 1; i < OPT_COUNT; i++) {
        const struct opt_info *o = &opt_table[i];
        char letter[2] = {o->letter, '\0'};
        buf_addf(out, "option\t%s\t%s\t%s\t%s\n", o->name, letter, o->arg == NULL ? "" : o->arg, o->help);
    }
    for (int i = 0; i < ACTION_COUNT - 1; i++) {
        const struct action_info *a = &action_table[i];
        buf_addf(out, "key\t%s\t%s\t%s\t%s\n", a->name, a->maps, a->keys, a->help);
    }
    for (size_t i = 0; i < NITEMS(statuses); i++)
        buf_addf(out, "exit\t%s\t%s\n", statuses[i].name, statuses[i].help);
}

int command_help(struct context *c)
{
    const char *name = context_operand(c, 0);
    const struct command_info *about = command_find(name == NULL ? "" : name);
    if (about == NULL || (name != NULL && name[0] == '\0'))
        return context_usage(c, "there is no command \"%s\"", name);
    struct buf out = {0};
    if (opt_has(&c->args, OPT_RAW))
        put_raw(&out);
    else
        command_usage(&out, about);
    enum evh rc = context_put(c, &out);
    buf_free(&out);
    return rc == EVH_OK ? 0 : context_fail(c);
}
