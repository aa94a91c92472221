/* Everything that can be asked of the store, as steps of a play: the tests run it and look at what each step left on the disk. */
#ifndef TESTS_CRASH_PLAY_H
#define TESTS_CRASH_PLAY_H

#include "data/op.h"
#include "tests/crash/chance.h"

struct play {
    const char *data;          /* the folder of the database */
    struct world world;        /* a clock and chance of its own: the same seed gives the same ids */
    struct now now;
    struct chance chance;
    struct types types;
    struct arena *arena;       /* for as long as the play */
    struct arena *scratch;     /* for as long as the store is open */
    struct store *store;       /* NULL: closed */
    struct store *review;      /* the same database as one person may see it; NULL: closed */
    struct session session;
    bool live;                 /* the session is open */
    struct uuid meeting;       /* of the session */
    bool unsafe;               /* a fault that is seeded: nothing is synced (synchronous = OFF) */
};

struct step {
    const char *name;
    enum evh (*run)(struct play *p, const struct step *step, struct err *err);
    const char *text;
    size_t n;
    bool once;                 /* done again after a failure that was none, it is not done twice */
    bool looks;                /* takes back all that it does: there is nothing that the disk would have to confirm */
    bool apart;                /* done beside the session, which learns of it when it looks */
};
struct steps {
    struct step *v;
    size_t n, cap;
};

/* A worked meeting: the whole text, and its lines from the first item on. */
struct script {
    const char *path, *text;
    size_t n;
    const char **lines;
    size_t nlines;
};

/* Reads a script (arena of the play); ends the program when it cannot be read. */
struct script play_script(struct play *p, const char *path);

void play_begin(struct play *p, const char *data, uint64_t seed); /* nothing is open yet */
void play_end(struct play *p);

/* Closes store and session; opens them again, the session on the meeting it had. */
void play_detach(struct play *p);
MUST_USE enum evh play_attach(struct play *p, struct err *err);

/* A long evening: `import` is put in, `typed` is planned from it and typed line by line, with drafts, corrections and all else. */
void play_evening(struct play *p, const struct script *import, const struct script *typed, struct steps *out);
/* Each operation once or twice. */
void play_each(struct play *p, const struct script *import, const struct script *typed, struct steps *out);
/* An older database is opened and gone on with. */
void play_older(struct play *p, struct steps *out);

#endif
