/* Eight programs, and twenty people with their own actions, on one database; beside as many bare ones at the same pace. */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_WRITERS = 20, ROUNDS = 4 };

/* What they are at once. Argument 5 of a person's: which of them. */
struct crowd {
    int n;
    char *seconds, *pause_ms;
};
static const struct crowd eight = {8, "5", "200"}, twenty = {20, "6", "500"};

/* Each writer prints how long each change took, a line each, when its time is over. */
static void run_writers(const struct crowd *crowd, char *const words[], struct series *s)
{
    FILE *out[MOST_WRITERS] = {NULL};
    pid_t pids[MOST_WRITERS];
    for (int i = 0; i < crowd->n; i++) {
        char which[8];
        snprintf(which, sizeof which, "%d", i);
        char *argv[] = {words[0], words[1], words[2], crowd->seconds, crowd->pause_ms, which, NULL};
        int ends[2];
        if (pipe(ends) != 0)
            return;
        pids[i] = fork();
        if (pids[i] == 0) {
            dup2(ends[1], STDOUT_FILENO);
            close(ends[0]);
            execv(argv[0], argv);
            _exit(127);
        }
        close(ends[1]);
        out[i] = fdopen(ends[0], "r");
    }
    for (int i = 0; i < crowd->n; i++) {
        double ms;
        int status;
        while (out[i] != NULL && fscanf(out[i], "%lf", &ms) == 1)
            series_add(s, ms);
        if (out[i] != NULL)
            fclose(out[i]);
        if (waitpid(pids[i], &status, 0) != pids[i] || status != 0)
            fprintf(stderr, "bench: a writer failed\n");
    }
}

/* `mode`: what tests/bench/writer.c does to `folder`. */
static void beside_bare(const struct bench *b, const struct crowd *crowd, char *mode, char *folder, struct series *ours, struct series *floor)
{
    char file[] = "bench-bare-XXXXXX", journal[64];
    int fd = mkstemp(file);
    if (fd < 0)
        return;
    close(fd);
    char *writer = strdup(bench_tool(b, "writer"));
    char *a[] = {writer, mode, folder}, *f[] = {writer, "bare", file};
    for (int i = 0; i < ROUNDS; i++) {
        run_writers(crowd, f, floor);
        run_writers(crowd, a, ours);
    }
    unlink(file);
    snprintf(journal, sizeof journal, "%s-journal", file);
    unlink(journal);
    free(writer);
}

void bench_writers(const struct bench *b)
{
    static struct series sa, sf;
    beside_bare(b, &eight, "ours", b->big, &sa, &sf);
    say("a change, eight programs at once", &sa, &sf, 5.0);
    say_at("the same, 99 of 100 are faster", &sa, &sf, 99, 5.0);
    printf("%-46s %d (%d)\n", "changes (of the bare ones)", sa.n, sf.n);
}

void bench_people(const struct bench *b)
{
    static struct series sa, sf;
    beside_bare(b, &twenty, "person", b->big, &sa, &sf);
    say("a change, twenty people at once", &sa, &sf, 5.0);
    say_at("the same, 99 of 100 are faster", &sa, &sf, 99, 5.0);
    printf("%-46s %.3f ms, of the bare ones %.3f ms\n", "the longest", series_at(&sa, 100), series_at(&sf, 100));
    printf("%-46s %d (%d)\n", "changes (of the bare ones)", sa.n, sf.n);
}
