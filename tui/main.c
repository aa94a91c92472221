/* The only file that wires all: the locale, the clock, the words that were given, one command, the exit status. */
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/memory.h"
#include "tui/command.h"
#include "tui/term.h"

static void last_words(const char *what)
{
    term_last_words();
    fprintf(stderr, "evenhand: %s\nWhat was put on record is on the disk.\n", what);
}

/* Nobody said which signs the terminal shows (a forced command over SSH, a bare login): it is not the wish for ASCII that LANG=C is. */
static bool nothing_said(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < NITEMS(names); i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != '\0')
            return false;
    }
    return true;
}

/* Files come out the same everywhere: core measures text by a UTF-8 locale, the user's own or C.UTF-8. True when the terminal shows UTF-8. */
static bool utf8_locale(void)
{
    if (setlocale(LC_CTYPE, "") != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
        return true;
    if (setlocale(LC_CTYPE, "C.UTF-8") != NULL)
        return nothing_said();
    fprintf(stderr, "evenhand: there is no UTF-8 locale here; columns may not line up\n");
    return false;
}

static int print(struct context *c, void (*write)(struct buf *, const struct command_info *))
{
    struct buf out = {0};
    write(&out, c->args.command);
    enum evh rc = context_put(c, &out);
    buf_free(&out);
    return rc == EVH_OK ? 0 : context_fail(c);
}

static void version(struct buf *out, const struct command_info *command)
{
    (void)command; /* the same for all */
    command_version(out);
}

static int run(struct context *c, int argc, char **argv)
{
    if (opt_read(&c->args, c->arena, argc, argv, &c->err) != EVH_OK)
        return context_fail(c);
    if (opt_has(&c->args, OPT_HELP))
        return print(c, command_usage);
    if (opt_has(&c->args, OPT_VERSION))
        return print(c, version);
    if (opt_has(&c->args, OPT_ASCII))
        c->ascii = true;
    if (world_make(&c->world, &c->world_state, &c->err) != EVH_OK)
        return context_fail(c);
    return c->args.command->run(c);
}

int main(int argc, char **argv)
{
    umask(077);
    bug_last_words = last_words;
    (void)memory_refill(); /* without it too */
    struct context context = {.arena = arena_new()};
    context.ascii = !utf8_locale();
    int status = run(&context, argc, argv);
    context_close(&context);
    arena_free(context.arena);
    return status;
}
