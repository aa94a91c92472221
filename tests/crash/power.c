/* The power goes at random moments of a long evening. What the store asked of the disk was recorded; of what was not yet synced a model of the
 * disk loses some (disk.h). The real store opens what is left: everything that was acknowledged is there, in order and word for word, nothing is
 * there by half, and the doctor finds nothing.
 *   crash_power [--seed N] [--ignore-syncs | --early | --unsafe] CUTS FILE.meeting…
 * $EVENHAND_TABLES are the tables; it works in the current directory. --ignore-syncs: the disk does not honour syncs; --early: operations are
 * acknowledged before they are done; --unsafe: SQLite is told not to sync. Each of the three must give 1. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/inside.h"
#include "tests/crash/play.h"
#include "tests/crash/state.h"
#include "tests/crash/vfs_record.h"
#include "tests/crash/vfs_shim.h"

#define CUTS_A_PLAY 400
#define ENOUGH_WRONGS 20

struct power {
    struct chance chance;
    bool ignore_syncs, early, unsafe;
    const char **paths;
    int npaths;
    struct buf home, stage, data, cut, cut_data; /* folders: of this run; of the play; of what is left */
    struct state *states;     /* after each step */
    size_t nstates;
    struct state before;      /* where the play began */
    bool older;               /* it began with an older database */
    struct hash *seen;        /* backups that were looked at */
    size_t nseen, seen_cap;
    struct arena *arena;
    struct { int plays, cuts, twice, gone_on, in_flight, backups; size_t steps, ops; } figures;
};

/* ---- one play, recorded ---- */

static void record_steps(struct power *w, struct play *p, struct steps *steps, struct recorder *recorder)
{
    struct err err = {0};
    w->states = arena_alloc(w->arena, steps->n + 1, sizeof w->states[0]);
    w->nstates = 0;
    for (size_t i = 0; i < steps->n; i++) {
        if (w->early)
            record_mark(recorder, (int64_t)i);
        enum evh r = steps->v[i].run(p, &steps->v[i], &err);
        if (r != EVH_OK)
            wrong("step %zu (%s) of the play gives %d without any trouble: %s", i, steps->v[i].name, (int)r, err.text);
        if (p->store == NULL)
            return;
        if (!w->early)
            record_mark(recorder, (int64_t)i);
        if (state_read(p->store, &w->states[i], &err) != EVH_OK)
            wrong("step %zu (%s): %s", i, steps->v[i].name, err.text);
        w->nstates = i + 1;
    }
}

static void make_older(struct power *w, const char *import)
{
    struct play p;
    struct err err = {0};
    struct steps steps = {0};
    play_begin(&p, buf_str(&w->data), chance_next(&w->chance));
    struct script text = play_script(&p, import);
    play_each(&p, &text, &text, &steps);
    for (size_t i = 0; i < 2; i++) { /* open, import */
        if (steps.v[i].run(&p, &steps.v[i], &err) != EVH_OK)
            wrong("an older database cannot be made: %s", err.text);
    }
    play_end(&p);
    state_age(buf_str(&w->data), 1 + chance_below(&w->chance, 3));
}

/* Every fourth play begins with an older database. */
static void record_play(struct power *w, struct recorder *recorder)
{
    struct play p;
    struct steps steps = {0};
    const char *import = w->paths[chance_below(&w->chance, w->npaths)], *typed = w->paths[w->figures.plays % w->npaths];
    remove_folder(buf_str(&w->stage));
    if (mkdir(buf_str(&w->stage), 0700) != 0)
        BUG("a folder of the test cannot be made");
    w->older = w->figures.plays % 4 == 1;
    if (w->older)
        make_older(w, import);
    play_begin(&p, buf_str(&w->data), chance_next(&w->chance));
    p.unsafe = w->unsafe;
    struct script first = play_script(&p, import), second = play_script(&p, typed);
    if (w->older)
        play_older(&p, &steps);
    else
        play_evening(&p, &first, &second, &steps);
    record_begin(recorder, buf_str(&w->stage));
    record_steps(w, &p, &steps, recorder);
    record_end();
    play_end(&p);
    w->figures.plays++;
    w->figures.steps += w->nstates;
    w->figures.ops += recorder->log.n;
}

/* ---- what is left ---- */

static bool same_as(const struct power *w, const struct state *got, int64_t mark)
{
    if (mark < 0)
        return !w->older && state_same(got, &w->before);
    return mark < (int64_t)w->nstates && state_same(got, &w->states[mark]);
}

static void compare(struct power *w, struct store *store, int64_t mark, const char *where)
{
    struct state got;
    struct err err = {0};
    if (state_read(store, &got, &err) != EVH_OK) {
        wrong("%s: what is left cannot be read: %s", where, err.text);
        return;
    }
    if (same_as(w, &got, mark))
        return;
    w->figures.in_flight++;
    if (same_as(w, &got, mark + 1))
        return;
    const struct state *want = mark < 0 ? &w->before : &w->states[mark];
    wrong("%s: %zu events were acknowledged, %zu are there%s%s", where, want->events, got.events,
          got.events == want->events && !hash_same(&got.log, &want->log) ? ", and not the same ones" : "",
          hash_same(&got.drafts, &want->drafts) ? "" : "; the half-typed lines differ");
}

/* A backup that has its name is whole, also when nothing else was acknowledged since. */
static void check_backup(struct power *w, const struct image_file *f, const char *where)
{
    struct hash h = hash_of(buf_str(&f->bytes), f->bytes.n);
    size_t n = strlen(f->name);
    if (n < 3 || strcmp(f->name + n - 3, ".db") != 0 || strstr(f->name, "backup/") == NULL)
        return;
    for (size_t i = 0; i < w->nseen; i++) {
        if (hash_same(&w->seen[i], &h))
            return;
    }
    struct buf path = {0};
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    bool good = false;
    buf_addf(&path, "%s/%s", buf_str(&w->cut), f->name);
    if (sqlite3_open_v2(buf_str(&path), &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &stmt, NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
        good = strcmp((const char *)sqlite3_column_text(stmt, 0), "ok") == 0;
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    buf_free(&path);
    if (!good)
        wrong("%s: the backup %s is not whole", where, f->name);
    w->seen = arena_grow(w->arena, w->seen, w->nseen, &w->seen_cap, sizeof w->seen[0]);
    w->seen[w->nseen++] = h;
    w->figures.backups++;
}

/* Work goes on: one line more is taken, and is there. */
static void go_on(struct power *w, struct store *store, const char *where)
{
    static const char text[] = "evenhand: 1\nmeeting: tac - After the cut\nchild: Ada Example\ndate: 2026-12-09\n\n# Again\n09:00 The light is back.\n";
    struct arena *arena = arena_new();
    struct notices notices = {0};
    struct op_import out = {0};
    struct err err = {0};
    if (op_import(store, NULL, text, sizeof text - 1, false, arena, &notices, &out, &err) != EVH_OK)
        wrong("%s: nothing more can be written: %s", where, err.text);
    else
        (void)state_whole(store, where);
    arena_free(arena);
    w->figures.gone_on++;
}

static struct store *open_left(struct power *w, struct play *world, int64_t mark, const char *where)
{
    struct store *store = NULL;
    struct err err = {0};
    enum store_mode mode = mark < 0 && !w->older ? STORE_CREATE : STORE_WRITE;
    if (store_open(&store, buf_str(&w->cut_data), mode, &world->world, &err) != EVH_OK)
        wrong("%s: what is left cannot be opened: %s", where, err.text);
    return store;
}

/* The power goes again while what is left is opened. */
static void cut_again(struct power *w, struct play *world, int64_t mark, const char *where)
{
    struct recorder recorder;
    struct disk disk;
    struct image image;
    record_begin(&recorder, buf_str(&w->cut));
    struct store *store = open_left(w, world, mark, where);
    store_close(store);
    record_end();
    disk_begin(&disk, &recorder.log, w->ignore_syncs);
    disk_go(&disk, recorder.begun + (size_t)chance_below(&w->chance, (int)(recorder.log.n - recorder.begun) + 1));
    disk_cut(&disk, &w->chance, &image);
    image_write(&image, buf_str(&w->cut));
    image_free(&image);
    disk_free(&disk);
    record_free_all(&recorder);
    w->figures.twice++;
}

static void check_cut(struct power *w, struct play *world, const struct disk *disk)
{
    struct image image;
    char where[160];
    int64_t mark = disk->mark;
    snprintf(where, sizeof where, "play %d, cut %d, after operation %zu of the disk and step %" PRId64, w->figures.plays, w->figures.cuts + 1, disk->at,
             mark);
    disk_cut(disk, &w->chance, &image);
    image_write(&image, buf_str(&w->cut));
    for (size_t i = 0; i < image.n; i++)
        check_backup(w, &image.v[i], where);
    image_free(&image);
    if (chance_below(&w->chance, 12) == 0)
        cut_again(w, world, mark, where);
    struct store *store = open_left(w, world, mark, where);
    if (store != NULL) {
        compare(w, store, mark, where);
        if (state_whole(store, where) && chance_below(&w->chance, 12) == 0)
            go_on(w, store, where);
    }
    store_close(store);
    w->figures.cuts++;
}

static int by_size(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* Plays once, and cuts the power many times. */
static void cut_play(struct power *w, int cuts)
{
    struct recorder recorder;
    struct disk disk;
    struct play world;
    size_t places[CUTS_A_PLAY];
    record_play(w, &recorder);
    for (int i = 0; i < cuts; i++)
        places[i] = recorder.begun + (size_t)chance_below(&w->chance, (int)(recorder.log.n - recorder.begun) + 1);
    qsort(places, (size_t)cuts, sizeof places[0], by_size);
    play_begin(&world, buf_str(&w->cut_data), chance_next(&w->chance));
    disk_begin(&disk, &recorder.log, w->ignore_syncs);
    for (int i = 0; i < cuts && wrongs() < ENOUGH_WRONGS; i++) {
        disk_go(&disk, places[i]);
        check_cut(w, &world, &disk);
    }
    disk_free(&disk);
    play_end(&world);
    record_free_all(&recorder);
}

/* ---- all of it ---- */

static void make_folders(struct power *w)
{
    char *here = getcwd(NULL, 0);
    buf_addf(&w->home, "%s/crash-power-XXXXXX", here == NULL ? "." : here);
    free(here);
    if (mkdtemp(w->home.s) == NULL)
        BUG("a folder of the test cannot be made");
    buf_addf(&w->stage, "%s/play", buf_str(&w->home));
    buf_addf(&w->data, "%s/data", buf_str(&w->stage));
    buf_addf(&w->cut, "%s/cut", buf_str(&w->home));
    buf_addf(&w->cut_data, "%s/data", buf_str(&w->cut));
}

static void free_all(struct power *w)
{
    struct buf *all[] = {&w->home, &w->stage, &w->data, &w->cut, &w->cut_data};
    remove_folder(buf_str(&w->home));
    for (size_t i = 0; i < NITEMS(all); i++)
        buf_free(all[i]);
    arena_free(w->arena);
}

static int read_options(struct power *w, int argc, char **argv, uint64_t *seed)
{
    int at = 1;
    for (; at < argc && strncmp(argv[at], "--", 2) == 0; at++) {
        if (strcmp(argv[at], "--ignore-syncs") == 0)
            w->ignore_syncs = true;
        else if (strcmp(argv[at], "--early") == 0)
            w->early = true;
        else if (strcmp(argv[at], "--unsafe") == 0)
            w->unsafe = true;
        else if (strcmp(argv[at], "--seed") == 0 && at + 1 < argc)
            *seed = strtoull(argv[++at], NULL, 10);
        else
            return argc;
    }
    return at;
}

int main(int argc, char **argv)
{
    struct power w = {.arena = arena_new()};
    uint64_t seed = 1;
    int at = read_options(&w, argc, argv, &seed), cuts = at < argc ? (int)strtol(argv[at], NULL, 10) : 0;
    if (cuts < 1 || argc - at < 2) {
        fputs("crash_power [--seed N] [--ignore-syncs | --early | --unsafe] CUTS FILE.meeting...\n", stderr);
        return 2;
    }
    umask(077);
    shim_install();
    w.chance.state = seed;
    w.npaths = argc - at - 1;
    w.paths = arena_alloc(w.arena, (size_t)w.npaths, sizeof w.paths[0]);
    for (int i = 0; i < w.npaths; i++)
        w.paths[i] = argv[at + 1 + i];
    make_folders(&w);
    int64_t begun = clock_us();
    int plays = cuts / CUTS_A_PLAY + 1 < 2 ? 2 : cuts / CUTS_A_PLAY + 1;
    for (int i = 0; i < plays && wrongs() < ENOUGH_WRONGS; i++)
        cut_play(&w, cuts * (i + 1) / plays - cuts * i / plays);
    printf("seed %" PRIu64 ": %d power cuts in %.1f s over %d plays of %zu acknowledged operations and %zu of the disk: %d had an operation in flight "
           "on the disk, %d were cut again while opening, %d gone on with, %d different backups; %d wrong\n", seed, w.figures.cuts,
           (double)(clock_us() - begun) / 1e6, w.figures.plays, w.figures.steps, w.figures.ops, w.figures.in_flight, w.figures.twice,
           w.figures.gone_on, w.figures.backups, wrongs());
    free_all(&w);
    return wrongs() > 0 ? 1 : 0;
}
