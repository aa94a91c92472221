/* Every operation of the store, with every call to the disk failing in turn: an error, no room, half a write; once, and from then on.
 *   crash_faults [--stride N] [--seed N] [--pretend] FILE.meeting FILE.meeting
 * $EVENHAND_TABLES are the tables; it works in the current directory. --stride: every so manieth call only. --pretend: as if what was acknowledged
 * were not there; must give 1. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/crash/state.h"
#include "tests/crash/vfs_fault.h"

#define TROUBLES 6

static void sweep_older(struct sweep *s, const struct script *import, int version)
{
    struct steps make = {0}, steps = {0};
    struct err err = {0};
    play_each(s->play, import, import, &make);
    for (size_t i = 0; i < 2; i++) { /* open, import */
        if (make.v[i].run(s->play, &make.v[i], &err) != EVH_OK)
            wrong("an older database cannot be made: %s", err.text);
    }
    play_detach(s->play);
    state_age(buf_str(&s->data), version);
    play_older(s->play, &steps);
    sweep_steps(s, &steps);
}

int main(int argc, char **argv)
{
    struct sweep s = {.stride = 1};
    struct play p;
    uint64_t seed = 1;
    int at = 1;
    for (; at < argc && strncmp(argv[at], "--", 2) == 0; at++) {
        if (strcmp(argv[at], "--pretend") == 0)
            s.pretend = true;
        else if (strcmp(argv[at], "--stride") == 0 && at + 1 < argc)
            s.stride = (size_t)strtoul(argv[++at], NULL, 10);
        else if (strcmp(argv[at], "--seed") == 0 && at + 1 < argc)
            seed = strtoull(argv[++at], NULL, 10);
        else
            break;
    }
    if (argc - at != 2 || s.stride == 0) {
        fputs("crash_faults [--stride N] [--seed N] [--pretend] FILE.meeting FILE.meeting\n", stderr);
        return 2;
    }
    umask(077);
    shim_install();
    sweep_begin(&s, &p, "faults", seed);
    struct fault faults[TROUBLES] = {
        {.why = EIO},                    {.why = EIO, .sticky = true},                 {.why = ENOSPC},
        {.why = ENOSPC, .sticky = true}, {.why = ENOSPC, .sticky = false, .part = true}, {.why = ENOSPC, .sticky = true, .part = true},
    };
    static const char *const names[TROUBLES] = {"an error", "errors from then on", "no room", "no room from then on", "half a write",
                                                "half writes from then on"};
    struct trouble troubles[TROUBLES];
    for (size_t i = 0; i < TROUBLES; i++) {
        faults[i].root = buf_str(&s.stage);
        troubles[i] = fault_trouble(&faults[i], names[i]);
    }
    s.troubles = troubles;
    s.ntroubles = TROUBLES;
    int64_t begun = clock_us();
    struct script import = play_script(&p, argv[at]), typed = play_script(&p, argv[at + 1]);
    struct steps steps = {0};
    play_each(&p, &import, &typed, &steps);
    sweep_steps(&s, &steps);
    for (int version = 1; version <= 3; version++) {
        sweep_again(&s, seed);
        import = play_script(&p, argv[at]);
        sweep_older(&s, &import, version);
    }
    sweep_say(&s, "faults of the disk", begun);
    sweep_end(&s);
    return wrongs() > 0 ? 1 : 0;
}
