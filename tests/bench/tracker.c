/* Figures of the tracker over 10,000 actions: its start, a line moved, what is overdue beside `task overdue` over the same. */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STARTS = 41, MOVES = 100, LISTS = 15 };

static void start_once(char *const argv[], struct series *s)
{
    double begin = now_ms();
    struct child c = child_start(argv);
    double last = child_read(&c, 80, 3000);
    if (last > 0)
        series_add(s, last - begin);
    child_end(&c);
}

static void say_moves(const char *what, struct child *c, const char *key)
{
    static struct series took;
    long bytes = 0, most = 0;
    took.n = 0;
    for (int i = 0; i < MOVES; i++) {
        long before = c->bytes;
        series_add(&took, child_key(c, key, 40));
        bytes += c->bytes - before;
        most = c->bytes - before > most ? c->bytes - before : most;
    }
    printf("%-46s %9.1f bytes, most %ld, %.3f ms   wanted <= 100 bytes\n", what, (double)bytes / MOVES, most, series_at(&took, 50));
}

void bench_tracker(const struct bench *b)
{
    static struct series sa, sf;
    char *hello = strdup(bench_tool(b, "hello"));
    char *a[] = {b->evenhand, "--data", b->big, "tracker", NULL};
    char *f[] = {hello, NULL};
    for (int i = 0; i < STARTS; i++) {
        start_once(f, &sf);
        start_once(a, &sa);
    }
    say("start of the tracker, 10,000 actions", &sa, &sf, 2.0);
    struct child c = child_start(a);
    child_read(&c, 600, 3000); /* the first tick too */
    say_moves("a line moved down, 80x24, scrolling too", &c, "j");
    say_moves("a line moved up", &c, "k");
    printf("%-46s %ld kB   wanted <= 10240\n", "peak memory of the tracker", memory_of(c.pid));
    child_end(&c);
    free(hello);
}

/* The same actions are in $TASKDATA; bench.sh put them there. */
void bench_overdue(const struct bench *b)
{
    static struct series sa, sf;
    char *a[] = {b->evenhand, "--data", b->big, "actions", "--overdue", NULL};
    char *task = getenv("BENCH_TASK");
    char *f[] = {task, "overdue", NULL};
    long memory = 0;
    for (int i = 0; i < LISTS; i++) {
        memory = run_once(a, &sa);
        if (task != NULL && i < LISTS / 3)
            run_once(f, &sf);
    }
    double ours = series_at(&sa, 50), theirs = series_at(&sf, 50);
    printf("%-46s %9.3f ms   task overdue %9.3f ms   times as fast %6.1f   wanted >= 30\n", "actions --overdue, 10,000 actions", ours, theirs,
           ours > 0 ? theirs / ours : 0);
    printf("%-46s %ld kB   wanted <= 10240\n", "its peak memory", memory);
}
