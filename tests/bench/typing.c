/* Figures of the live screen: a key, an Enter, an item. */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Lines of every kind, as a chair types them. */
static const char *const lines[] = {
    "Therapist's report of 3 November was shared with everybody at the table.",
    "P: Aisha: He practises every night and nobody has written that down.",
    "A: Mina, send the therapy targets home, by 4 Dec => the family has them in writing",
    "Ben: The tally of the week shows three good mornings out of five, and it was two before.",
    "R: The daily reading goes on until the end of term (because: two bands since September)",
};
enum { LINES = sizeof lines / sizeof lines[0] };

/* The live screen and its floor side by side; the floor commits one row of an event's size at each Enter when `file` is given. */
struct pair {
    struct child ours, floor;
};

static struct pair pair_start(const struct bench *b, char *file)
{
    char *echo = strdup(bench_tool(b, "echo"));
    char *a[] = {b->evenhand, "--data", b->big, "meet", "last", NULL};
    char *f[] = {echo, file, NULL};
    struct pair p = {child_start(a), child_start(f)};
    child_read(&p.ours, 400, 3000);
    child_read(&p.floor, 100, 3000);
    child_key(&p.ours, "\x15", 400); /* a line that was left half typed */
    p.ours.bytes = p.floor.bytes = 0;
    free(echo);
    return p;
}

static void pair_end(struct pair *p)
{
    child_end(&p->ours);
    child_end(&p->floor);
}

void bench_keys(const struct bench *b)
{
    static struct series sa, sf, idle, idle_floor;
    struct pair p = pair_start(b, NULL);
    long keys = 0, bytes = 0;
    for (size_t i = 0; i < LINES; i++) {
        for (const char *t = lines[i]; *t != '\0'; t++, keys++) {
            char key[2] = {*t, '\0'};
            bool pause = keys % 20 == 19; /* long enough for the line to be saved */
            if (pause)
                child_read(&p.ours, 400, 1000);
            long before = p.ours.bytes;
            series_add(pause ? &idle_floor : &sf, child_key(&p.floor, key, 25));
            series_add(pause ? &idle : &sa, child_key(&p.ours, key, 25));
            bytes += p.ours.bytes - before;
        }
        child_key(&p.ours, "\x15", 25); /* Ctrl-U: an empty line again */
        child_key(&p.floor, "\r", 25);
    }
    printf("%-46s %9.2f      wanted <= 6\n", "mean bytes sent per typed key, 80x24", (double)bytes / (double)keys);
    say("key to last byte, live preview on", &sa, &sf, 1.15);
    say("the same after a pause", &idle, &idle_floor, 1.15);
    printf("%-46s %ld kB\n", "peak memory of the live screen (<= 10240 kB)", memory_of(p.ours.pid));
    pair_end(&p);
}

void bench_enter(const struct bench *b)
{
    static struct series sa, sf;
    char file[] = "bench-enter-XXXXXX";
    int fd = mkstemp(file);
    if (fd < 0)
        return;
    close(fd);
    struct pair p = pair_start(b, file);
    for (int i = 0; i < 100; i++) {
        child_type(&p.floor, lines[i % LINES]);
        child_type(&p.ours, lines[i % LINES]);
        double floor = child_key(&p.floor, "\r", 25), ours = child_key(&p.ours, "\r", 25);
        if (i == 0)
            child_read(&p.ours, 3000, 30000); /* the backup before the first change of a day */
        if (i < LINES)
            continue; /* the first of each kind reads its pages and prepares its statements */
        series_add(&sf, floor);
        series_add(&sa, ours);
    }
    say("Enter to durable and painted", &sa, &sf, 1.3);
    pair_end(&p);
    unlink(file);
    char journal[64];
    snprintf(journal, sizeof journal, "%s-journal", file);
    unlink(journal);
}

/* The worked meetings, newest first: `list` prints a line each that begins with the id. */
static int read_ids(const struct bench *b, char ids[][40], int most)
{
    char command[2048];
    int n = 0;
    snprintf(command, sizeof command, "'%s' --data '%s' list", b->evenhand, b->worked);
    FILE *list = popen(command, "r");
    char line[4096];
    while (list != NULL && n < most && fgets(line, sizeof line, list) != NULL)
        if (sscanf(line, "%39[0-9a-f-]", ids[n]) == 1 && strlen(ids[n]) >= 8)
            n++;
    if (list != NULL)
        pclose(list);
    return n;
}

void bench_item(const struct bench *b)
{
    char ids[16][40];
    int n = read_ids(b, ids, 16);
    for (int i = 0; i < n; i++) {
        char *a[] = {b->evenhand, "--data", b->worked, "meet", ids[i], NULL};
        struct child c = child_start(a);
        child_read(&c, 400, 3000);
        long full = c.bytes;
        child_key(&c, "\x15", 400);
        c.bytes = 0;
        child_key(&c, "\x1b[19~", 100); /* F8: the next item of the plan, or an empty heading */
        long offered = c.bytes;
        child_type(&c, "Any other business");
        child_read(&c, 400, 1000);
        c.bytes = 0;
        child_key(&c, "\r", 100);
        long changed = c.bytes + offered;
        printf("bytes when the item is changed, %-14s %9ld      floor %9ld      ratio %6.2f   wanted <= 1\n", ids[i], changed, full,
               full > 0 ? (double)changed / (double)full : 0);
        child_end(&c);
    }
}
