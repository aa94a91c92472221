#include <string.h>

#include "tui/command.h"

const struct command_info command_table[] = {
#define COMMAND(id, name, synopsis, help, min, max, options) {name, synopsis, help, min, max, options, command_##id},
#include "tui/command.def"
#undef COMMAND
};

const size_t command_count = NITEMS(command_table);

const struct command_info *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(command_table[i].name, name) == 0)
            return &command_table[i];
    return NULL;
}

/* Taken by every command, or one of these long names. */
static bool is_among(const char *names, enum opt opt)
{
    if (opt <= OPT_VERSION)
        return true;
    size_t length = strlen(opt_table[opt].name);
    for (const char *s = names; *s != '\0'; ) {
        size_t n = strcspn(s, " ");
        if (n == length && memcmp(s, opt_table[opt].name, n) == 0)
            return true;
        s += n + (s[n] == ' ');
    }
    return false;
}

bool command_takes(const struct command_info *command, enum opt opt)
{
    return is_among(command->options, opt);
}

enum evh command_part_takes(struct context *c, const char *part, const char *options)
{
    for (size_t i = 0; i < c->args.ngiven; i++) {
        if (!is_among(options, c->args.given[i].opt))
            return err_set(&c->err, EVH_USAGE, "%s %s takes no --%s", c->args.command->name, part, opt_table[c->args.given[i].opt].name);
    }
    return EVH_OK;
}
