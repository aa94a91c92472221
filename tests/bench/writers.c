/* Eight programs on one database beside eight bare ones at the same pace. */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WRITERS = 8, ROUNDS = 4 };
#define SECONDS "5"
#define PAUSE_MS "200"

/* Each writer prints how long each change took, a line each, when its time is over. */
static void run_eight(char *const argv[], struct series *s)
{
    FILE *out[WRITERS] = {NULL};
    pid_t pids[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
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
    for (int i = 0; i < WRITERS; i++) {
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

void bench_writers(const struct bench *b)
{
    static struct series sa, sf;
    char file[] = "bench-bare-XXXXXX", journal[64];
    int fd = mkstemp(file);
    if (fd < 0)
        return;
    close(fd);
    char *writer = strdup(bench_tool(b, "writer"));
    char *a[] = {writer, "ours", b->big, SECONDS, PAUSE_MS, NULL};
    char *f[] = {writer, "bare", file, SECONDS, PAUSE_MS, NULL};
    for (int i = 0; i < ROUNDS; i++) {
        run_eight(f, &sf);
        run_eight(a, &sa);
    }
    say("a change, eight programs at once", &sa, &sf, 5.0);
    say_at("the same, 99 of 100 are faster", &sa, &sf, 99, 5.0);
    printf("%-46s %d (%d)\n", "changes (of the bare ones)", sa.n, sf.n);
    unlink(file);
    snprintf(journal, sizeof journal, "%s-journal", file);
    unlink(journal);
    free(writer);
}
