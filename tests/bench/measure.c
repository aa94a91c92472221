#include "tests/bench/bench.h"

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

double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

void nap_ms(int ms)
{
    struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000};
    nanosleep(&t, NULL);
}

/* ---- series ---- */

void series_add(struct series *s, double v)
{
    if (s->n < MAX_RUNS)
        s->v[s->n++] = v;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

double series_at(struct series *s, int percent)
{
    if (s->n == 0)
        return 0;
    qsort(s->v, (size_t)s->n, sizeof s->v[0], by_value);
    return s->v[(s->n - 1) * percent / 100];
}

void say_at(const char *what, struct series *a, struct series *floor, int percent, double wanted)
{
    double x = series_at(a, percent), y = series_at(floor, percent);
    printf("%-46s %9.3f ms   floor %9.3f ms   ratio %6.2f   wanted <= %.2f   (p95 %.3f / %.3f)\n", what, x, y, y > 0 ? x / y : 0, wanted,
           series_at(a, 95), series_at(floor, 95));
}

void say(const char *what, struct series *a, struct series *floor, double wanted)
{
    say_at(what, a, floor, 50, wanted);
}

/* ---- on a terminal ---- */

struct child child_start(char *const argv[])
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

double child_read(struct child *c, int quiet, int most)
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

double child_key(struct child *c, const char *keys, int quiet)
{
    double begin = now_ms();
    if (write(c->fd, keys, strlen(keys)) < 0)
        return 0;
    double last = child_read(c, quiet, 1000);
    return last > 0 ? last - begin : 0;
}

void child_type(struct child *c, const char *keys)
{
    for (; *keys != '\0'; keys++)
        child_key(c, (char[]){*keys, '\0'}, 2);
}

void child_end(struct child *c)
{
    int status;
    kill(c->pid, SIGTERM);
    child_read(c, 50, 500);
    if (waitpid(c->pid, &status, WNOHANG) == 0) {
        kill(c->pid, SIGKILL);
        waitpid(c->pid, &status, 0);
    }
    close(c->fd);
}

long memory_of(pid_t pid)
{
    char name[64], line[256];
    long kib = 0;
    snprintf(name, sizeof name, "/proc/%d/status", (int)pid);
    FILE *status = fopen(name, "r");
    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        if (strncmp(line, "VmHWM:", 6) == 0)
            kib = strtol(line + 6, NULL, 10);
    if (status != NULL)
        fclose(status);
    return kib;
}

/* ---- to the end ---- */

long run_once(char *const argv[], struct series *s)
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
    series_add(s, now_ms() - begin);
    return use.ru_maxrss;
}
