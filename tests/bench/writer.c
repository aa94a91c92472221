/* One of several writers: a change, a pause, for some seconds; then prints how many milliseconds each change took.
 * writer ours FOLDER SECONDS PAUSE WHICH: lines of the newest meeting, through the store. writer person …: notes on actions of "Person WHICH", through the handle
 * that evenhand-review has. writer bare FILE …: rows, with SQLite alone. */
#include "data/op.h"
#include "data/review.h"
#include "tests/bench/bare.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

struct writer {
    sqlite3 *db; /* bare */
    sqlite3_stmt *stmt;
    struct store *store; /* ours */
    struct session session;
    struct arena *arena;
    struct action_rows own; /* a person's */
    unsigned jitter;
    int n;
};

static struct now clock_now(void *data)
{
    (void)data;
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (struct now){.day = civil_day((struct civil){2026, 11, 24}), .time = 840,
                        .utc_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000};
}

static void random_bytes(void *data, void *bytes, size_t n)
{
    (void)data;
    if (getrandom(bytes, n, 0) != (ssize_t)n)
        abort();
}

static bool open_ours(struct writer *w, const char *dir)
{
    const struct world world = {.now = clock_now, .random = random_bytes};
    struct err err = {0};
    struct uuid id;
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL || store_open(&w->store, dir, STORE_WRITE, &world, &err) != EVH_OK ||
        store_find_meeting(w->store, "last", &id, &err) != EVH_OK || session_open(&w->session, w->store, NULL, id, true, &err) != EVH_OK) {
        fprintf(stderr, "writer: %s\n", err.text);
        return false;
    }
    return true;
}

/* The store is left for a handle that can do no more than the person may. */
static bool open_person(struct writer *w, const char *dir, const char *which)
{
    const struct world world = {.now = clock_now, .random = random_bytes};
    struct err err = {0};
    struct person_row person;
    struct store *store = NULL;
    char name[40];
    snprintf(name, sizeof name, "Person Number%s", which);
    w->arena = arena_new();
    bool good = setlocale(LC_CTYPE, "C.UTF-8") != NULL && store_open(&store, dir, STORE_READ, &world, &err) == EVH_OK &&
                store_find_person(store, w->arena, name, &person, &err) == EVH_OK;
    store_close(store);
    good = good && store_open_review(&w->store, dir, person.id, &world, &err) == EVH_OK && review_actions(w->store, w->arena, false, &w->own, &err) == EVH_OK;
    if (!good || w->own.n == 0)
        fprintf(stderr, "writer: %s: %s\n", name, err.text);
    return good && w->own.n > 0;
}

static bool change(struct writer *w)
{
    static const char *const lines[] = {
        "The class teacher counted the mornings of the week and read the count out.",
        "A: Mina, send the therapy targets home, by 4 Dec => the family has them in writing",
        "Ben: The tally of the week shows three good mornings out of five, and it was two before.",
    };
    struct err err = {0};
    const char *line = lines[w->n++ % 3];
    if (w->store == NULL)
        return bare_write(w->db, w->stmt) == SQLITE_OK;
    if (w->own.n > 0 ? review_note(w->store, w->own.v[(size_t)w->n % w->own.n].id, line, &err) == EVH_OK
                     : session_line(&w->session, line, strlen(line), &err) == EVH_OK)
        return true;
    fprintf(stderr, "writer: %s\n", err.text);
    return false;
}

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

int main(int argc, char **argv)
{
    if (argc != 6)
        return 2;
    struct writer w = {.jitter = (unsigned)getpid()};
    if (strcmp(argv[1], "ours") == 0     ? !open_ours(&w, argv[2])
        : strcmp(argv[1], "person") == 0 ? !open_person(&w, argv[2], argv[5])
                                         : (w.stmt = bare_open(argv[2], &w.db, &w.jitter)) == NULL)
        return 1;
    static double took[10000];
    size_t n = 0;
    long pause = strtol(argv[4], NULL, 10);
    double end = now_ms() + 1e3 * (double)strtol(argv[3], NULL, 10);
    struct timespec nap = {0, (long)(w.jitter % 8) * 1000000L * pause / 8};
    nanosleep(&nap, NULL); /* not all at the same moment */
    nap.tv_nsec = pause * 1000000L;
    bool well = true;
    while (well && now_ms() < end && n < sizeof took / sizeof took[0]) {
        double begin = now_ms();
        well = change(&w);
        took[n++] = now_ms() - begin;
        nanosleep(&nap, NULL);
    }
    for (size_t i = 0; i < n; i++)
        printf("%.4f\n", took[i]);
    session_close(&w.session);
    store_close(w.store);
    arena_free(w.arena);
    sqlite3_finalize(w.stmt);
    sqlite3_close(w.db);
    return well ? 0 : 1;
}
