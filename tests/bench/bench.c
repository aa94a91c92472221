/* `make bench`: every figure beside its floor, in one interleaved run; prints ratios of medians. Judges nothing.
 * bench EVENHAND TOOLS SMALL BIG MEETING TODAY  (TOOLS: folder of the floor programs; SMALL, BIG: archives; MEETING: file to import) */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MAX_RUNS 400

struct series {
    double v[MAX_RUNS];
    int n;
};

struct child {
    pid_t pid;
    int fd;
    long bytes;
};

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void add(struct series *s, double v)
{
    if (s->n < MAX_RUNS)
        s->v[s->n++] = v;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double at_percent(struct series *s, int percent)
{
    if (s->n == 0)
        return 0;
    qsort(s->v, (size_t)s->n, sizeof s->v[0], by_value);
    return s->v[(s->n - 1) * percent / 100];
}

static void say(const char *what, struct series *a, struct series *floor, double wanted)
{
    double x = at_percent(a, 50), y = at_percent(floor, 50);
    printf("%-46s %9.3f ms   floor %9.3f ms   ratio %6.2f   wanted <= %.2f   (p95 %.3f / %.3f)\n", what, x, y, y > 0 ? x / y : 0, wanted,
           at_percent(a, 95), at_percent(floor, 95));
}

static struct child start(char *const argv[])
{
    struct child c = {0};
    struct winsize size = {.ws_row = 24, .ws_col = 80};
    c.pid = forkpty(&c.fd, NULL, NULL, &size);
    if (c.pid == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        unsetenv("SSH_CONNECTION");
        execv(argv[0], argv);
        _exit(127);
    }
    return c;
}

/* Reads until nothing came for `quiet` ms (or `most` ms passed); returns the time of the last byte, 0 when none came. */
static double read_until_quiet(struct child *c, int quiet, int most)
{
    double last = 0, begin = now_ms();
    for (;;) {
        struct pollfd p = {.fd = c->fd, .events = POLLIN};
        if (poll(&p, 1, quiet) <= 0)
            break;
        char bytes[65536];
        ssize_t n = read(c->fd, bytes, sizeof bytes);
        if (n <= 0)
            break;
        last = now_ms();
        c->bytes += n;
        if (last - begin > most)
            break;
    }
    return last;
}

/* Ends a child that this program started; peak memory in KiB. */
static long finish(struct child *c)
{
    struct rusage use;
    int status;
    kill(c->pid, SIGTERM);
    read_until_quiet(c, 50, 500);
    if (waitpid(c->pid, &status, WNOHANG) == 0)
        kill(c->pid, SIGKILL);
    else
        c->pid = -1;
    close(c->fd);
    if (c->pid > 0 && wait4(c->pid, &status, 0, &use) == c->pid)
        return use.ru_maxrss;
    return 0;
}

static void start_once(char *const argv[], struct series *s)
{
    double begin = now_ms();
    struct child c = start(argv);
    double last = read_until_quiet(&c, 80, 3000);
    add(s, last - begin);
    finish(&c);
}

static void bench_start(char *evenhand, char *hello, char *small, char *big)
{
    char *a[] = {evenhand, "--data", big, NULL};
    char *b[] = {evenhand, "--data", small, NULL};
    char *f[] = {hello, NULL};
    struct series sa = {0}, sb = {0}, sf = {0};
    for (int i = 0; i < 41; i++) {
        start_once(f, &sf);
        start_once(a, &sa);
        start_once(b, &sb);
    }
    say("start to full paint, 100,000 entries", &sa, &sf, 2.0);
    say("start to full paint, 1,000 entries", &sb, &sf, 2.0);
    say("100,000 entries beside 1,000", &sa, &sb, 1.10);
}

static double key_once(struct child *c, const char *key)
{
    double begin = now_ms();
    if (write(c->fd, key, strlen(key)) < 0)
        return 0;
    double last = read_until_quiet(c, 25, 1000);
    return last > 0 ? last - begin : 0;
}

static void bench_keys(char *evenhand, char *echo, char *big)
{
    char *a[] = {evenhand, "--data", big, "meet", "last", NULL};
    char *f[] = {echo, NULL};
    /* Lines of every kind, as a chair types them; each is cleared, not counted, before the next. */
    static const char *const lines[] = {
        "Therapist's report of 3 November was shared with everybody at the table.",
        "P: Aisha: He practises every night and nobody has written that down.",
        "A: Mina, send the therapy targets home, by 4 Dec => the family has them in writing",
        "Ben: The tally of the week shows three good mornings out of five, and it was two before.",
        "R: The daily reading goes on until the end of term (because: two bands since September)",
    };
    struct series sa = {0}, sf = {0};
    struct child x = start(a), y = start(f);
    read_until_quiet(&x, 300, 3000);
    read_until_quiet(&y, 300, 3000);
    key_once(&x, "\x15"); /* a line that was left half typed */
    x.bytes = y.bytes = 0;
    long keys = 0;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        for (const char *t = lines[i]; *t != '\0'; t++, keys++) {
            char key[2] = {*t, '\0'};
            add(&sf, key_once(&y, key));
            add(&sa, key_once(&x, key));
        }
        long bytes = x.bytes;
        key_once(&x, "\x15"); /* Ctrl-U: an empty line again */
        key_once(&y, "\r");
        x.bytes = bytes;
    }
    printf("%-46s %9.2f      wanted <= 6\n", "mean bytes sent per typed key, 80x24", (double)x.bytes / (double)keys);
    say("key to last byte, live preview on", &sa, &sf, 1.15);
    finish(&y);
    char name[64], line[256];
    snprintf(name, sizeof name, "/proc/%d/status", (int)x.pid);
    FILE *status = fopen(name, "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        if (strncmp(line, "VmHWM:", 6) == 0)
            printf("%-46s %s", "peak memory of the live screen (<= 10240 kB)", line + 6);
    if (status != NULL)
        fclose(status);
    finish(&x);
}

/* Runs a whole command with its output thrown away; adds its wall time. */
static long run_once(char *const argv[], struct series *s)
{
    double begin = now_ms();
    pid_t pid = fork();
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR);
        dup2(null, 0);
        dup2(null, 1);
        dup2(null, 2);
        execv(argv[0], argv);
        _exit(127);
    }
    int status;
    struct rusage use;
    if (wait4(pid, &status, 0, &use) != pid || !WIFEXITED(status) || WEXITSTATUS(status) > 1)
        fprintf(stderr, "bench: %s failed\n", argv[0]);
    add(s, now_ms() - begin);
    return use.ru_maxrss;
}

static void bench_actions(char *evenhand, char *query, char *big, char *today)
{
    char db[1024];
    snprintf(db, sizeof db, "%s/evenhand.db", big);
    char *a[] = {evenhand, "--data", big, "actions", NULL};
    char *f[] = {query, db, getenv("BENCH_ACTIONS_SQL"), today, NULL};
    struct series sa = {0}, sf = {0};
    long memory = 0;
    for (int i = 0; i < 15; i++) {
        run_once(f, &sf);
        memory = run_once(a, &sa);
    }
    say("actions over 10,000 actions", &sa, &sf, 5.0);
    printf("%-46s %ld kB\n", "its peak memory", memory);
}

static void bench_import(char *evenhand, char *insert, char *meeting, char *rows, char *bytes)
{
    struct series sa = {0}, sf = {0};
    for (int i = 0; i < 15; i++) {
        char dir[] = "bench-import-XXXXXX", file[64], clean[128];
        if (mkdtemp(dir) == NULL)
            return;
        snprintf(file, sizeof file, "%s/bare.db", dir);
        char *f[] = {insert, file, rows, bytes, NULL};
        char *a[] = {evenhand, "--data", dir, "import", meeting, NULL};
        run_once(f, &sf);
        run_once(a, &sa);
        snprintf(clean, sizeof clean, "%s", dir);
        char *rm[] = {"/bin/rm", "-r", clean, NULL};
        struct series unused = {0};
        run_once(rm, &unused);
    }
    say("import of the largest meeting", &sa, &sf, 20.0);
}

int main(int argc, char **argv)
{
    if (argc != 9) {
        fprintf(stderr, "bench EVENHAND TOOLS SMALL BIG MEETING ROWS BYTES TODAY\n");
        return 2;
    }
    char tool[4][1024];
    const char *names[] = {"hello", "echo", "query", "insert"};
    for (int i = 0; i < 4; i++)
        snprintf(tool[i], sizeof tool[i], "%s/bench_%s", argv[2], names[i]);
    setvbuf(stdout, NULL, _IOLBF, 0);
    bench_start(argv[1], tool[0], argv[3], argv[4]);
    bench_keys(argv[1], tool[1], argv[4]);
    if (getenv("BENCH_ACTIONS_SQL") != NULL)
        bench_actions(argv[1], tool[2], argv[4], argv[8]);
    bench_import(argv[1], tool[3], argv[5], argv[6], argv[7]);
    return 0;
}
