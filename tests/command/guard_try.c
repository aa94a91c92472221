/* Shuts itself in as evenhand-review does, then tries what a hole in that program would be used for. A line for each; exit status 1 when something that should be
 * refused was not, or something that is needed was. Usage: guard_try FOLDER */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tui/review/guard.h"

static const char *folder;

static int try_execve(void)
{
    char *const words[] = {"true", NULL};
    return execv("/bin/true", words);
}

static int try_fork(void)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    if (pid > 0)
        waitpid(pid, NULL, 0);
    return pid < 0 ? -1 : 0;
}

static int try_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0);
}

static int try_local_socket(void)
{
    return socket(AF_UNIX, SOCK_STREAM, 0);
}

static int try_ptrace(void)
{
    return (int)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static int try_kill(void)
{
    return kill(getppid(), 0);
}

static int try_run_memory(void)
{
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p == MAP_FAILED ? -1 : 0;
}

static int try_make_runnable(void)
{
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p == MAP_FAILED ? 0 : mprotect(p, 4096, PROT_READ | PROT_EXEC);
}

static int try_type(void)
{
    return ioctl(STDIN_FILENO, TIOCSTI, "x");
}

/* The upper half of the argument is not looked at by the kernel. */
static int try_type_disguised(void)
{
    return (int)syscall(SYS_ioctl, STDIN_FILENO, 0x100000000UL | TIOCSTI, "x");
}

static int try_privileges(void)
{
    return setuid(getuid());
}

static int try_folder(void)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/sub", folder);
    return mkdir(path, 0700);
}

static int try_rename(void)
{
    char path[4096], other[4096];
    snprintf(path, sizeof path, "%s/journal", folder);
    snprintf(other, sizeof other, "%s/other", folder);
    return rename(path, other);
}

static int try_read(void)
{
    return open("/etc/passwd", O_RDONLY | O_CLOEXEC);
}

static int try_terminal(void)
{
    return open("/dev/tty", O_RDWR | O_CLOEXEC);
}

static int try_write(void)
{
    return open("/tmp/evenhand-guard-try", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
}

static int try_journal(void)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/journal", folder);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600), dir = open(folder, O_RDONLY | O_CLOEXEC);
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
    bool done = fd >= 0 && dir >= 0 && fcntl(fd, F_SETLK, &lock) == 0 && pwrite(fd, "words", 5, 0) == 5 && fdatasync(fd) == 0 && ftruncate(fd, 0) == 0 && fsync(dir) == 0 &&
                close(fd) == 0 && close(dir) == 0 && unlink(path) == 0;
    return done ? 0 : -1;
}

enum expected { REFUSED, NO_FILE, WORKS };

static const struct {
    const char *what;
    int (*tried)(void);
    enum expected expected;
} tries[] = {
    {"start a program", try_execve, REFUSED},
    {"fork", try_fork, REFUSED},
    {"make a socket", try_socket, REFUSED},
    {"make a local socket", try_local_socket, REFUSED},
    {"trace", try_ptrace, REFUSED},
    {"signal another program", try_kill, REFUSED},
    {"have memory that runs", try_run_memory, REFUSED},
    {"make memory run", try_make_runnable, REFUSED},
    {"type into the terminal", try_type, REFUSED},
    {"type into the terminal, disguised", try_type_disguised, REFUSED},
    {"become somebody", try_privileges, REFUSED},
    {"make a folder", try_folder, REFUSED},
    {"rename a file", try_rename, REFUSED},
    {"read another file", try_read, NO_FILE},
    {"open the terminal anew", try_terminal, NO_FILE},
    {"write another file", try_write, NO_FILE},
    {"use a journal", try_journal, WORKS},
};

int main(int argc, char **argv)
{
    struct err err = {0};
    struct buf version = {0};
    int faults = 0;
    folder = argc > 1 ? argv[1] : ".";
    guard_version(&version);
    bool filter = strstr(buf_str(&version), "without") == NULL, files = syscall(444, NULL, 0, 1U) > 0; /* landlock_create_ruleset: its version */
    buf_free(&version);
    if (guard_begin(&err) != EVH_OK || guard_close(folder, &err) != EVH_OK) {
        printf("not shut in: %s\n", err.text);
        return 1;
    }
    for (size_t i = 0; i < NITEMS(tries); i++) {
        bool looked = tries[i].expected == WORKS || (tries[i].expected == NO_FILE ? files : filter);
        errno = 0;
        bool refused = tries[i].tried() < 0;
        bool good = !looked || refused == (tries[i].expected != WORKS);
        printf("%s: %s: %s%s%s\n", good ? "good" : "FAULT", tries[i].what, refused ? "refused, " : "works", refused ? strerror(errno) : "", looked ? "" : " (not looked at here)");
        faults += !good;
    }
    return faults > 0;
}
