#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE /* clearenv() */
#endif
#include "tui/review/arrival.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/visitor.h"

#define SAFE_TERM "vt100"
#define TERM_MAX 64
#define SIZE_MAX_CELLS 999
#define LETTERS "abcdefghijklmnopqrstuvwxyz"
#define CAPITALS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

/* Between `least` and `most` bytes, all of them of `set`. */
static bool made_of(const char *s, const char *set, size_t least, size_t most)
{
    size_t n = strlen(s);
    return n >= least && n <= most && strspn(s, set) == n;
}

static enum asked read_asked(const char *s)
{
    static const char *const words[] = {[ASKED_NOTHING] = "", [ASKED_LIST] = "list", [ASKED_PLAIN] = "plain", [ASKED_HELP] = "help"};
    if (s == NULL)
        return ASKED_NOTHING;
    s += strspn(s, " \t");
    size_t n = strcspn(s, " \t");
    if (s[n + strspn(s + n, " \t")] != '\0')
        return ASKED_OTHER;
    for (size_t i = 0; i < NITEMS(words); i++)
        if (strlen(words[i]) == n && memcmp(words[i], s, n) == 0)
            return (enum asked)i;
    return ASKED_OTHER;
}

static int read_size(const char *s)
{
    return s != NULL && made_of(s, DIGITS, 1, 4) && strtol(s, NULL, 10) <= SIZE_MAX_CELLS ? (int)strtol(s, NULL, 10) : 0;
}

void arrival_read(struct arrival *a, struct arena *arena)
{
    const char *term = getenv("TERM");
    *a = (struct arrival){.by_line = getenv("SSH_CONNECTION") != NULL || getenv("SSH_CLIENT") != NULL, .tables = PKGDATADIR, .term = SAFE_TERM};
    a->asked = read_asked(getenv("SSH_ORIGINAL_COMMAND"));
    a->lines = read_size(getenv("LINES"));
    a->columns = read_size(getenv("COLUMNS"));
    if (term != NULL && made_of(term, LETTERS CAPITALS DIGITS "+._-", 1, TERM_MAX))
        a->term = arena_strndup(arena, term, strlen(term));
    if (a->by_line) {
        visitor_place(arena, &a->visitor);
        return;
    }
    /* Tests and demonstrations, on this computer: whoever can set these here can run any program as this user. */
    const char *now = getenv("EVENHAND_NOW"), *tables = getenv("EVENHAND_TABLES");
    if (now != NULL)
        a->now = arena_strndup(arena, now, strlen(now));
    if (tables != NULL && tables[0] != '\0')
        a->tables = arena_strndup(arena, tables, strlen(tables));
}

static bool set(const char *name, const char *value)
{
    return value == NULL || setenv(name, value, 1) == 0;
}

static bool set_number(const char *name, int value)
{
    char digits[16];
    snprintf(digits, sizeof digits, "%d", value);
    return value == 0 || set(name, digits);
}

/* The clock is that of the United Kingdom by rule: no file, no variable and no setting of the host moves the day on which something is overdue. */
enum evh arrival_clear(const struct arrival *a, struct err *err)
{
    bool done = clearenv() == 0 && set("LC_ALL", "C.UTF-8") && set("TZ", "GMT0BST,M3.5.0/1,M10.5.0/2") && set("HOME", "/nonexistent") &&
                set("TERMINFO_DIRS", "/etc/terminfo:/lib/terminfo:/usr/share/terminfo") && set("TERM", a->term) && set_number("LINES", a->lines) &&
                set_number("COLUMNS", a->columns) && set("EVENHAND_NOW", a->now) &&
                set("ESCDELAY", a->by_line ? "500" : NULL); /* a slow line tears the bytes of a key apart, and Esc alone is seldom needed here */
    return done ? EVH_OK : err_set(err, EVH_MEMORY, "the environment cannot be made safe");
}
