/* Every operation of the store, with every request for memory failing in turn: SQLite's, once and from then on; and our own, where the reserve must
 * see one failure through, and where lasting need ends the program, never between two states.
 *   crash_memory [--stride N] [--seed N] [--pretend] FILE.meeting FILE.meeting
 * $EVENHAND_TABLES are the tables; it works in the current directory. --stride: every so manieth request only. --pretend: as if what was
 * acknowledged were not there; must give 1. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/memory.h"
#include "tests/crash/sweep.h"
#include "tests/crash/vfs_shim.h"

/* ---- failing ---- */

struct need {
    size_t left;
    bool sticky, on, struck;
};

static struct need sqlite_need; /* SQLite's functions take no data */

static bool may_have(struct need *need)
{
    if (!need->on && (need->left == 0 || --need->left > 0))
        return true;
    need->struck = true;
    need->on = need->sticky;
    return false;
}

static void arm(void *data, size_t n, bool sticky)
{
    struct need *need = data;
    *need = (struct need){.left = n, .sticky = sticky};
}

static void arm_once(void *data, size_t n)
{
    arm(data, n, false);
}

static void arm_sticky(void *data, size_t n)
{
    arm(data, n, true);
}

static bool disarm(void *data)
{
    struct need *need = data;
    need->left = 0;
    need->on = false;
    return need->struck;
}

static void says(const void *data, char *out, size_t n)
{
    (void)data;
    snprintf(out, n, "memory");
}

/* ---- SQLite's ---- */

static sqlite3_mem_methods usual;

static void *sqlite_malloc(int n)
{
    return may_have(&sqlite_need) ? usual.xMalloc(n) : NULL;
}

static void *sqlite_realloc(void *old, int n)
{
    return may_have(&sqlite_need) ? usual.xRealloc(old, n) : NULL;
}

static void watch_sqlite(void)
{
    sqlite3_mem_methods ours;
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual) != SQLITE_OK)
        BUG("SQLite does not tell how it gets memory");
    ours = usual;
    ours.xMalloc = sqlite_malloc;
    ours.xRealloc = sqlite_realloc;
    /* Without lookaside each request is seen. */
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) != SQLITE_OK || sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0) != SQLITE_OK)
        BUG("SQLite does not take other memory");
}

/* ---- our own ---- */

static void own_arm(void *data, size_t n)
{
    const bool *sticky = data;
    if (!memory_refill())
        BUG("the test has no memory");
    (void)memory_test_fail(n, *sticky);
}

/* The reserve was given up for it. */
static bool own_disarm(void *data)
{
    (void)data;
    (void)memory_test_fail(0, false);
    return memory_short();
}

/* ---- all of it ---- */

static int read_options(struct sweep *s, int argc, char **argv, uint64_t *seed)
{
    int at = 1;
    for (; at < argc && strncmp(argv[at], "--", 2) == 0; at++) {
        if (strcmp(argv[at], "--pretend") == 0)
            s->pretend = true;
        else if (strcmp(argv[at], "--stride") == 0 && at + 1 < argc)
            s->stride = (size_t)strtoul(argv[++at], NULL, 10);
        else if (strcmp(argv[at], "--seed") == 0 && at + 1 < argc)
            *seed = strtoull(argv[++at], NULL, 10);
        else
            break;
    }
    return at;
}

int main(int argc, char **argv)
{
    struct sweep s = {.stride = 1};
    struct play p;
    uint64_t seed = 1;
    int at = read_options(&s, argc, argv, &seed);
    if (argc - at != 2 || s.stride == 0) {
        fputs("crash_memory [--stride N] [--seed N] [--pretend] FILE.meeting FILE.meeting\n", stderr);
        return 2;
    }
    bool once = false, lasting = true;
    const struct trouble troubles[] = {
        {.name = "no memory for SQLite", .data = &sqlite_need, .arm = arm_once, .disarm = disarm, .says = says, .code = EVH_MEMORY},
        {.name = "no memory for SQLite from then on", .data = &sqlite_need, .arm = arm_sticky, .disarm = disarm, .says = says, .code = EVH_MEMORY,
         .sticky = true},
        {.name = "no memory for us", .data = &once, .arm = own_arm, .disarm = own_disarm, .says = says, .survived = true},
        {.name = "no memory for us from then on", .data = &lasting, .arm = own_arm, .disarm = own_disarm, .says = says,
         .ends = err_status(EVH_MEMORY)},
    };
    umask(077);
    watch_sqlite();
    shim_install();
    sweep_begin(&s, &p, "memory", seed);
    s.troubles = troubles;
    s.ntroubles = NITEMS(troubles);
    int64_t begun = clock_us();
    struct script import = play_script(&p, argv[at]), typed = play_script(&p, argv[at + 1]);
    struct steps steps = {0};
    play_each(&p, &import, &typed, &steps);
    sweep_steps(&s, &steps);
    sweep_say(&s, "failures of memory", begun);
    sweep_end(&s);
    return wrongs() > 0 ? 1 : 0;
}
