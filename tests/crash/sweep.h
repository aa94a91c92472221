/* Trouble at every point of every operation. Each step of a play is run with the first, the second, the third … call failing, until it passes
 * without being struck. After each: it told the truth, in a sentence; the disk is as it was or as it should be, never between; what a session
 * has in memory is what is on the disk; and when the trouble is over, the same handle does it. */
#ifndef TESTS_CRASH_SWEEP_H
#define TESTS_CRASH_SWEEP_H

#include "tests/crash/disk.h"
#include "tests/crash/play.h"

struct trouble {
    const char *name;
    void *data;
    void (*arm)(void *data, size_t n);                     /* the n-th call from now; 0: none is struck */
    bool (*disarm)(void *data);                            /* whether one was */
    void (*says)(const void *data, char *out, size_t n);   /* which one */
    bool (*must_fail)(const void *data);                   /* success would be a lie */
    enum evh code;                                         /* what a failure is to be */
    bool sticky;                                           /* nothing can be read while it lasts */
    bool survived;                                         /* the operation is done as if there had been no trouble */
    int ends;                                              /* the program ends with this status: it is run in another process. 0: it goes on */
};

struct sweep {
    struct play *play;
    struct buf home, stage, data; /* folders: of the test; of the play; of the database */
    const struct trouble *troubles;
    size_t ntroubles;
    size_t stride;                /* every so manieth call is struck: 1 all of them */
    size_t offset;                /* from which on: other ones with another seed */
    bool pretend;                 /* as if a line that was acknowledged were not there: it must be seen */
    struct image before;          /* of the stage, before the step */
    struct now now;
    struct chance chance;
    struct buf old_text, new_text;
    struct {
        size_t steps, struck, refused, passed, already, ended;
    } figures;
};

void sweep_begin(struct sweep *s, struct play *play, const char *name, uint64_t seed);
/* Sweeps all steps; `opened`: the store is there from the first of them on, else the first opens it. */
void sweep_steps(struct sweep *s, const struct steps *steps);
/* Empties the stage for another play. */
void sweep_again(struct sweep *s, uint64_t seed);
void sweep_end(struct sweep *s);
void sweep_say(const struct sweep *s, const char *what, int64_t begun_us);

#endif
