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

bool command_takes(const struct command_info *command, enum opt opt)
{
    if (opt <= OPT_VERSION)
        return true;
    size_t length = strlen(opt_table[opt].name);
    for (const char *s = command->options; *s != '\0'; ) {
        size_t n = strcspn(s, " ");
        if (n == length && memcmp(s, opt_table[opt].name, n) == 0)
            return true;
        s += n + (s[n] == ' ');
    }
    return false;
}
