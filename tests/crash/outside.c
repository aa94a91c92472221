#include "tests/crash/outside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/terminal/pty.h"

#define WORDS_MAX 24

/* ---- the program ---- */

/* execv() takes writable strings for old reasons; it does not write. */
static char **writable(const char *const *argv)
{
    union {
        const char *const *from;
        char **to;
    } u = {.from = argv};
    return u.to;
}

static void become(const char *const *argv, int out)
{
    int null = open("/dev/null", O_RDONLY);
    dup2(null, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    close(null);
    close(out);
    execv(argv[0], writable(argv));
    _exit(127);
}

/* Reads to the end. False at the deadline. */
static bool drain(int fd, struct buf *out)
{
    int64_t end = clock_us() + (int64_t)pty_deadline() * 4000000;
    char block[8192];
    for (;;) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        int64_t left = (end - clock_us()) / 1000;
        if (left <= 0)
            return false;
        if (poll(&wait, 1, left > 1000 ? 1000 : (int)left) <= 0)
            continue;
        ssize_t n = read(fd, block, sizeof block);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        if (out != NULL)
            buf_add(out, block, (size_t)n);
    }
}

static int run(const char *const *argv, struct buf *out)
{
    int ends[2], status = 0;
    if (pipe(ends) != 0)
        BUG("no pipe");
    fflush(stdout);
    pid_t pid = fork();
    if (pid < 0)
        BUG("no process");
    if (pid == 0) {
        close(ends[0]);
        become(argv, ends[1]);
    }
    close(ends[1]);
    bool ended = drain(ends[0], out);
    close(ends[0]);
    if (!ended)
        kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    return !ended ? -1 : WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

static size_t words_of(const struct outside *o, const char *argv[WORDS_MAX], va_list ap)
{
    size_t n = 0;
    argv[n++] = o->program;
    argv[n++] = "--data";
    argv[n++] = o->data;
    for (const char *word; n + 1 < WORDS_MAX && (word = va_arg(ap, const char *)) != NULL;)
        argv[n++] = word;
    argv[n] = NULL;
    return n;
}

int outside_run(const struct outside *o, struct buf *out, ...)
{
    const char *argv[WORDS_MAX];
    va_list ap;
    va_start(ap, out);
    words_of(o, argv, ap);
    va_end(ap);
    if (out != NULL)
        buf_clear(out);
    return run(argv, out);
}

bool outside_good(const struct outside *o, struct buf *out, ...)
{
    const char *argv[WORDS_MAX];
    struct buf said = {0};
    struct buf *to = out != NULL ? out : &said;
    va_list ap;
    va_start(ap, out);
    words_of(o, argv, ap);
    va_end(ap);
    buf_clear(to);
    int status = run(argv, to);
    if (status != 0)
        wrong("evenhand %s gave %d, not 0: %s", argv[3], status, buf_str(to));
    buf_free(&said);
    return status == 0;
}

void outside_doctor(const struct outside *o)
{
    struct buf out = {0};
    if (outside_good(o, &out, "doctor", NULL) && (strstr(buf_str(&out), "BAD:") != NULL || strstr(buf_str(&out), "good: ") == NULL))
        wrong("doctor reports: %s", buf_str(&out));
    buf_free(&out);
}

void outside_rebuild(const struct outside *o)
{
    struct buf out = {0};
    if (outside_good(o, &out, "rebuild", NULL) && strstr(buf_str(&out), "nothing was different") == NULL)
        wrong("the derived tables were not those of the log: %s", buf_str(&out));
    buf_free(&out);
}

void outside_remove(const char *data)
{
    static const char *const names[] = {"evenhand.db", "evenhand.db-journal"};
    struct buf path = {0};
    for (size_t i = 0; i < NITEMS(names); i++) {
        buf_clear(&path);
        buf_addf(&path, "%s/%s", data, names[i]);
        unlink(buf_str(&path));
    }
    rmdir(data);
    buf_free(&path);
}

/* ---- files and texts ---- */

bool text_read(const char *path, struct buf *out)
{
    char block[8192];
    FILE *f = fopen(path, "r");
    if (f == NULL)
        return false;
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        buf_add(out, block, n);
    bool good = ferror(f) == 0;
    fclose(f);
    return good;
}

bool text_write(const char *path, const char *s, size_t n)
{
    FILE *f = fopen(path, "w");
    if (f == NULL)
        return false;
    bool good = fwrite(s, 1, n, f) == n;
    return fclose(f) == 0 && good;
}

size_t text_count(const char *s, const char *what)
{
    size_t n = 0;
    for (s = strstr(s, what); s != NULL; s = strstr(s + 1, what))
        n++;
    return n;
}
