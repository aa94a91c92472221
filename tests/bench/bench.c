/* `make bench`: every figure beside its floor, in one interleaved run; prints ratios. Judges nothing.
 * bench EVENHAND TOOLS SMALL BIG WORKED MEETING ROWS BYTES TODAY [SECTION …]; see struct bench. Sections: start keys enter item tracker overdue people writers actions import. */
#include "tests/bench/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *bench_tool(const struct bench *b, const char *name)
{
    static char path[1024];
    snprintf(path, sizeof path, "%s/bench_%s", b->tools, name);
    return path;
}

static void start_once(char *const argv[], struct series *s)
{
    double begin = now_ms();
    struct child c = child_start(argv);
    double last = child_read(&c, 80, 3000);
    if (last > 0)
        series_add(s, last - begin);
    child_end(&c);
}

void bench_start(const struct bench *b)
{
    char *hello = strdup(bench_tool(b, "hello"));
    char *a[] = {b->evenhand, "--data", b->big, NULL};
    char *s[] = {b->evenhand, "--data", b->small, NULL};
    char *f[] = {hello, NULL};
    static struct series sa, sb, sf;
    for (int i = 0; i < 41; i++) {
        start_once(f, &sf);
        start_once(a, &sa);
        start_once(s, &sb);
    }
    say("start to full paint, 100,000 entries", &sa, &sf, 2.0);
    say("start to full paint, 1,000 entries", &sb, &sf, 2.0);
    say("100,000 entries beside 1,000", &sa, &sb, 1.10);
    free(hello);
}

void bench_actions(const struct bench *b)
{
    char db[1024];
    char *query = strdup(bench_tool(b, "query"));
    snprintf(db, sizeof db, "%s/evenhand.db", b->big);
    char *a[] = {b->evenhand, "--data", b->big, "actions", NULL};
    char *f[] = {query, db, getenv("BENCH_ACTIONS_SQL"), b->today, NULL};
    static struct series sa, sf;
    long memory = 0;
    if (f[2] == NULL)
        return;
    for (int i = 0; i < 15; i++) {
        run_once(f, &sf);
        memory = run_once(a, &sa);
    }
    say("actions over 10,000 actions", &sa, &sf, 5.0);
    printf("%-46s %ld kB\n", "its peak memory", memory);
    free(query);
}

void bench_import(const struct bench *b)
{
    char *insert = strdup(bench_tool(b, "insert"));
    static struct series sa, sf, unused;
    for (int i = 0; i < 15; i++) {
        char dir[] = "bench-import-XXXXXX", file[64], clean[128];
        if (mkdtemp(dir) == NULL)
            break;
        snprintf(file, sizeof file, "%s/bare.db", dir);
        char *f[] = {insert, file, b->rows, b->bytes, NULL};
        char *a[] = {b->evenhand, "--data", dir, "import", b->meeting, NULL};
        run_once(f, &sf);
        run_once(a, &sa);
        snprintf(clean, sizeof clean, "%s", dir);
        char *rm[] = {"/bin/rm", "-r", clean, NULL};
        run_once(rm, &unused);
    }
    say("import of the largest meeting", &sa, &sf, 20.0);
    free(insert);
}

static const struct {
    const char *name;
    void (*run)(const struct bench *b);
} sections[] = {
    {"start", bench_start}, {"keys", bench_keys}, {"enter", bench_enter}, {"item", bench_item},
    {"tracker", bench_tracker}, {"overdue", bench_overdue}, {"people", bench_people}, {"writers", bench_writers}, {"actions", bench_actions}, {"import", bench_import},
};

static bool wanted(const char *name, char *const words[])
{
    for (int i = 0; words[i] != NULL; i++)
        if (strcmp(words[i], name) == 0)
            return true;
    return words[0] == NULL;
}

int main(int argc, char **argv)
{
    if (argc < 10) {
        fprintf(stderr, "bench EVENHAND TOOLS SMALL BIG WORKED MEETING ROWS BYTES TODAY [SECTION ...]\n");
        return 2;
    }
    struct bench b = {.evenhand = argv[1], .tools = argv[2], .small = argv[3], .big = argv[4], .worked = argv[5],
                      .meeting = argv[6], .rows = argv[7], .bytes = argv[8], .today = argv[9]};
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        if (wanted(sections[i].name, argv + 10))
            sections[i].run(&b);
    return 0;
}
