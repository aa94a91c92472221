#include "tui/opt.h"

#include <string.h>

#include "tui/command.h"

const struct opt_info opt_table[OPT_COUNT] = {
    [OPT_NONE] = {"", 0, NULL, ""},
#define OPTION(id, name, letter, arg, help) [OPT_##id] = {name, letter, arg, help},
#include "tui/option.def"
#undef OPTION
};

/* Words still to be read. */
struct words {
    struct args *args;
    int argc, at;
    char **argv;
};

bool opt_has(const struct args *args, enum opt opt)
{
    for (size_t i = 0; i < args->ngiven; i++)
        if (args->given[i].opt == opt)
            return true;
    return false;
}

const char *opt_value(const struct args *args, enum opt opt)
{
    for (size_t i = args->ngiven; i > 0; i--)
        if (args->given[i - 1].opt == opt)
            return args->given[i - 1].value;
    return NULL;
}

const char *opt_nth(const struct args *args, enum opt opt, size_t n)
{
    for (size_t i = 0; i < args->ngiven; i++)
        if (args->given[i].opt == opt && n-- == 0)
            return args->given[i].value;
    return NULL;
}

static enum opt by_name(const char *s, size_t n)
{
    for (int i = OPT_NONE + 1; i < OPT_COUNT; i++)
        if (strlen(opt_table[i].name) == n && memcmp(opt_table[i].name, s, n) == 0)
            return (enum opt)i;
    return OPT_NONE;
}

static enum opt by_letter(char letter)
{
    for (int i = OPT_NONE + 1; i < OPT_COUNT; i++)
        if (opt_table[i].letter != 0 && opt_table[i].letter == letter)
            return (enum opt)i;
    return OPT_NONE;
}

static void give(struct args *args, enum opt opt, const char *value)
{
    args->given[args->ngiven++] = (struct opt_given){opt, value};
}

/* The argument of an option: what stands behind it in the same word, else the next word. */
static enum evh argument(struct words *w, enum opt opt, const char *attached, struct err *err)
{
    const struct opt_info *o = &opt_table[opt];
    const char *value = attached != NULL ? attached : w->at + 1 < w->argc ? w->argv[++w->at] : NULL;
    bool is_path = strcmp(o->arg, "DIR") == 0 || strcmp(o->arg, "FILE") == 0;
    if (value == NULL || (is_path && value[0] == '\0'))
        return err_set(err, EVH_USAGE, "--%s needs a %s", o->name, o->arg);
    give(w->args, opt, value);
    return EVH_OK;
}

static enum evh read_long(struct words *w, const char *word, struct err *err)
{
    size_t n = strcspn(word, "=");
    enum opt opt = by_name(word, n);
    const char *attached = word[n] == '=' ? word + n + 1 : NULL;
    if (opt == OPT_NONE)
        return err_set(err, EVH_USAGE, "there is no option --%.*s", (int)(n > 60 ? 60 : n), word);
    if (opt_table[opt].arg != NULL)
        return argument(w, opt, attached, err);
    if (attached != NULL)
        return err_set(err, EVH_USAGE, "--%s takes no value", opt_table[opt].name);
    give(w->args, opt, NULL);
    return EVH_OK;
}

/* "-m TEXT", "-mTEXT", "-ei". */
static enum evh read_letters(struct words *w, const char *word, struct err *err)
{
    for (const char *s = word; *s != '\0'; s++) {
        enum opt opt = by_letter(*s);
        if (opt == OPT_NONE)
            return err_set(err, EVH_USAGE, "there is no option -%.60s", word);
        if (opt_table[opt].arg != NULL)
            return argument(w, opt, s[1] != '\0' ? s + 1 : NULL, err);
        give(w->args, opt, NULL);
    }
    return EVH_OK;
}

static enum evh operand(struct args *args, const char *word, struct err *err)
{
    if (args->command != NULL) {
        args->operands[args->noperands++] = word;
        return EVH_OK;
    }
    args->command = word[0] == '\0' ? NULL : command_find(word);
    if (args->command == NULL)
        return err_set(err, EVH_USAGE, "there is no command \"%.60s\"", word);
    return EVH_OK;
}

static enum evh fits(const struct args *args, struct err *err)
{
    const struct command_info *c = args->command;
    const char *name = c->name[0] == '\0' ? "evenhand" : c->name;
    for (size_t i = 0; i < args->ngiven; i++)
        if (!command_takes(c, args->given[i].opt))
            return err_set(err, EVH_USAGE, "%s takes no --%s", name, opt_table[args->given[i].opt].name);
    if (args->noperands < (size_t)c->min)
        return err_set(err, EVH_USAGE, "something is missing: evenhand %s %s", c->name, c->synopsis);
    if (c->max >= 0 && args->noperands > (size_t)c->max)
        return err_set(err, EVH_USAGE, "\"%.60s\" is too much: evenhand %s %s", args->operands[c->max], c->name, c->synopsis);
    return EVH_OK;
}

enum evh opt_read(struct args *args, struct arena *arena, int argc, char **argv, struct err *err)
{
    *args = (struct args){0};
    /* a word may hold several letters, so bytes bound the options */
    size_t most = (size_t)argc + 1;
    for (int i = 1; i < argc; i++)
        if (argv[i][0] == '-' && argv[i][1] != '-')
            most += strlen(argv[i]);
    args->given = arena_alloc(arena, most, sizeof(*args->given));
    args->operands = arena_alloc(arena, (size_t)argc + 1, sizeof(*args->operands));
    struct words w = {args, argc, 1, argv};
    bool options = true;
    for (; w.at < argc; w.at++) {
        char *word = argv[w.at];
        enum evh rc = EVH_OK;
        if (options && strcmp(word, "--") == 0)
            options = false;
        else if (options && word[0] == '-' && word[1] == '-')
            rc = read_long(&w, word + 2, err);
        else if (options && word[0] == '-' && word[1] != '\0')
            rc = read_letters(&w, word + 1, err);
        else
            rc = operand(args, word, err);
        if (rc != EVH_OK)
            return rc;
    }
    if (args->command == NULL)
        args->command = command_find("");
    if (opt_has(args, OPT_HELP) || opt_has(args, OPT_VERSION))
        return EVH_OK;
    return fits(args, err);
}
