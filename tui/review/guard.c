#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* syscall(), O_PATH */
#endif
#include "tui/review/guard.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

#ifdef HAVE_SECCOMP
#include <seccomp.h>
#endif

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1 /* reserves more addresses than any limit allows */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#define MIB ((rlim_t)1 << 20)
#define U32 0xFFFFFFFFU
#define OWN_PID ((scmp_datum_t)getpid())

/* ---- limits ---- */

static const struct {
    int which;
    rlim_t most;
    bool wanted;
} limits[] = {
    {RLIMIT_AS, 512 * MIB, !SANITIZED},
    {RLIMIT_NOFILE, 32, true},
    {RLIMIT_NPROC, 0, true},
    {RLIMIT_FSIZE, 4096 * MIB, true}, /* of one file: the database may grow, the disk is not filled by one fault */
    {RLIMIT_CPU, 600, true},          /* seconds of work, not of waiting: a day at the list takes a few */
};

static enum evh set_limit(int which, rlim_t most, struct err *err)
{
    struct rlimit now;
    if (getrlimit((__rlimit_resource_t)which, &now) != 0)
        return err_set(err, EVH_IO, "the limits of this program cannot be read: %s", strerror(errno));
    if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most)
        most = now.rlim_max;
    struct rlimit limit = {most, most};
    if (setrlimit((__rlimit_resource_t)which, &limit) != 0)
        return err_set(err, EVH_IO, "a limit cannot be set for this program: %s", strerror(errno));
    return EVH_OK;
}

static enum evh set_limits(const char *dir, struct err *err)
{
    (void)dir;
    enum evh r = EVH_OK;
    for (size_t i = 0; i < NITEMS(limits) && r == EVH_OK; i++)
        if (limits[i].wanted)
            r = set_limit(limits[i].which, limits[i].most, err);
    return r;
}

/* ---- no new privileges ---- */

static enum evh give_up_privileges(const char *dir, struct err *err)
{
    (void)dir;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return err_set(err, EVH_IO, "this program cannot give up its privileges (%s): nothing is shown", strerror(errno));
    return EVH_OK;
}

/* ---- files: Landlock (kernel 5.13 on), by its numbers, as neither the headers nor the C library of a Debian that has it need know it ---- */

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif
#define LANDLOCK_VERSION 1U
#define LANDLOCK_PATH_BENEATH 1

/* linux/landlock.h; what each version of it knows. */
enum {
    FS_WRITE_FILE = 1 << 1,
    FS_READ_FILE = 1 << 2,
    FS_READ_DIR = 1 << 3,
    FS_REMOVE_FILE = 1 << 5,
    FS_MAKE_REG = 1 << 8,
    FS_TRUNCATE = 1 << 14,
    NET_BIND_AND_CONNECT = 3,
    SCOPE_SOCKETS_AND_SIGNALS = 3,
};
static const struct {
    uint64_t fs, net, scoped;
    size_t size; /* of the structure that it takes */
} versions[] = {
    {0x1FFF, 0, 0, 8},
    {0x3FFF, 0, 0, 8}, /* 2: files may be moved between folders */
    {0x7FFF, 0, 0, 8}, /* 3: truncate */
    {0x7FFF, NET_BIND_AND_CONNECT, 0, 16},
    {0xFFFF, NET_BIND_AND_CONNECT, 0, 16}, /* 5: ioctl of devices that are opened from now on */
    {0xFFFF, NET_BIND_AND_CONNECT, SCOPE_SOCKETS_AND_SIGNALS, 24},
};
#define DATABASE (FS_WRITE_FILE | FS_READ_FILE | FS_READ_DIR | FS_REMOVE_FILE | FS_MAKE_REG | FS_TRUNCATE)

struct ruleset {
    uint64_t fs, net, scoped;
};
struct beneath {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

/* Only the database, its journal and their folder; everything else of the file system stays closed. */
static bool allow_folder(int ruleset, const char *dir, uint64_t known)
{
    struct beneath rule = {DATABASE & known, open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC)};
    bool done = rule.parent >= 0 && syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_PATH_BENEATH, &rule, 0) == 0;
    if (rule.parent >= 0)
        close(rule.parent);
    return done;
}

/* Where the kernel does not have it, or it is switched off, the other steps stand alone. */
static enum evh close_files(const char *dir, struct err *err)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_VERSION);
    if (version < 1)
        return EVH_OK;
    size_t at = (size_t)version > NITEMS(versions) ? NITEMS(versions) - 1 : (size_t)version - 1;
    struct ruleset set = {versions[at].fs, versions[at].net, versions[at].scoped};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &set, versions[at].size, 0);
    if (ruleset < 0)
        return EVH_OK;
    bool done = allow_folder(ruleset, dir, set.fs) && syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return done ? EVH_OK : err_set(err, EVH_IO, "this program cannot be kept to the folder %s: nothing is shown", dir);
}

/* ---- system calls ---- */

#ifdef HAVE_SECCOMP
struct call {
    const char *name;
    bool asked; /* only when an argument is as said */
    unsigned at;
    scmp_datum_t mask, value;
};

static int allow(scmp_filter_ctx filter, const struct call *call)
{
    int number = seccomp_syscall_resolve_name(call->name);
    if (number < 0)
        return 0; /* another computer's */
    if (!call->asked)
        return seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0);
    struct scmp_arg_cmp wanted = {call->at, SCMP_CMP_MASKED_EQ, call->mask, call->value};
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number, 1, &wanted);
}

static enum evh close_calls(const char *dir, struct err *err)
{
    (void)dir;
    const struct call calls[] = {
#define CALL(name) {name, false, 0, 0, 0},
#define CALL_IF(name, at, mask, value) {name, true, at, mask, value},
#include "tui/review/guard.def"
#undef CALL
#undef CALL_IF
    };
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int failed = filter == NULL ? -ENOMEM : 0;
    for (size_t i = 0; i < NITEMS(calls) && failed == 0; i++)
        failed = allow(filter, &calls[i]);
    if (failed == 0)
        failed = seccomp_load(filter);
    if (filter != NULL)
        seccomp_release(filter);
    return failed == 0 ? EVH_OK : err_set(err, EVH_IO, "the filter of system calls cannot be put in place (%s): nothing is shown", strerror(-failed));
}

static void calls_version(struct buf *out)
{
    const struct scmp_version *v = seccomp_version();
    buf_addf(out, "libseccomp %u.%u.%u", v->major, v->minor, v->micro);
}
#else
static void calls_version(struct buf *out)
{
    buf_adds(out, "built without a filter of system calls (libseccomp)");
}
#endif

void guard_version(struct buf *out)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_VERSION);
    buf_adds(out, "system calls: ");
    calls_version(out);
    if (version >= 1)
        buf_addf(out, "\nfiles: Landlock, version %ld\n", version);
    else
        buf_adds(out, "\nfiles: this kernel has no Landlock, or it is switched off: the program is not kept to its folder\n");
}

/* ---- all of them ---- */

/* In this order: the filter comes last, as it refuses what the others need. */
static enum evh (*const steps[])(const char *dir, struct err *err) = {
    set_limits,
    give_up_privileges,
    close_files,
#ifdef HAVE_SECCOMP
    close_calls,
#endif
};

enum evh guard_begin(struct err *err)
{
    enum evh r = set_limit(RLIMIT_CORE, 0, err);
    if (r == EVH_OK && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        r = err_set(err, EVH_IO, "this program cannot hide its memory: %s", strerror(errno));
    return r;
}

enum evh guard_close(const char *dir, struct err *err)
{
    enum evh r = EVH_OK;
    for (size_t i = 0; i < NITEMS(steps) && r == EVH_OK; i++)
        r = steps[i](dir, err);
    return r;
}

#if SANITIZED
/* Looking for leaks at the end takes a process that traces this one: exactly what is refused. */
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
    return 1;
}
#endif
