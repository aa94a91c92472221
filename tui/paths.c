#include "tui/paths.h"

#include <stdlib.h>
#include <string.h>

/* An empty variable is one that is not there. */
static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value == NULL || value[0] == '\0' ? NULL : value;
}

/* $XDG_…_HOME must be absolute to count (XDG base directories); else under $HOME. */
static const char *under(struct arena *arena, const char *xdg, const char *below_home, const char *name)
{
    const char *base = variable(xdg);
    if (base != NULL && base[0] == '/')
        return paths_join(arena, base, name);
    const char *home = variable("HOME");
    return home == NULL ? NULL : arena_printf(arena, "%s/%s/%s", home, below_home, name);
}

const char *paths_join(struct arena *arena, const char *dir, const char *name)
{
    size_t n = strlen(dir);
    return arena_printf(arena, n > 0 && dir[n - 1] == '/' ? "%s%s" : "%s/%s", dir, name);
}

const char *paths_data(struct arena *arena, const char *given)
{
    if (given != NULL)
        return given;
    const char *data = variable("EVENHAND_DATA");
    return data != NULL ? data : under(arena, "XDG_DATA_HOME", ".local/share", "evenhand");
}

const char *paths_demo(struct arena *arena, const char *given)
{
    return given != NULL ? given : under(arena, "XDG_DATA_HOME", ".local/share", "evenhand-demo");
}

const char *paths_tables(const char *given)
{
    if (given != NULL)
        return given;
    const char *tables = variable("EVENHAND_TABLES");
    return tables != NULL ? tables : PKGDATADIR;
}

const char *paths_own(struct arena *arena)
{
    return under(arena, "XDG_CONFIG_HOME", ".config", "evenhand");
}

static const char *absolute(const char *name)
{
    const char *value = variable(name);
    return value != NULL && value[0] == '/' ? value : NULL;
}

const char *paths_home(void)
{
    return absolute("HOME");
}

const char *paths_runtime(void)
{
    return absolute("XDG_RUNTIME_DIR");
}

const char *paths_expand(struct arena *arena, const char *words)
{
    const char *home = paths_home();
    if (words[0] != '~' || (words[1] != '/' && words[1] != '\0') || home == NULL)
        return words;
    return arena_printf(arena, "%s%s", home, words + 1);
}
