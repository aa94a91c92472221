#include "tests/crash/vfs_fault.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static bool needs_room(const struct call *call)
{
    switch (call->kind) {
    case CALL_OPEN:
        return call->created;
    case CALL_WRITE: case CALL_SYNC: case CALL_SYNC_DIR: case CALL_MKDIR: case CALL_RENAME: case CALL_LINK:
        return true;
    case CALL_READ: case CALL_TRUNCATE: case CALL_SIZE: case CALL_LOCK: case CALL_UNLOCK: case CALL_CHECK_LOCK: case CALL_DELETE: case CALL_CHMOD:
    case CALL_COUNT:
        break;
    }
    return false;
}

static int before(void *data, const struct call *call, size_t *part)
{
    struct fault *f = data;
    if (strncmp(call->path, f->root, strlen(f->root)) != 0)
        return 0;
    if (f->part ? call->kind != CALL_WRITE : f->why == ENOSPC && !needs_room(call))
        return 0;
    f->calls++;
    if (!f->on && (f->left == 0 || --f->left > 0))
        return 0;
    if (f->path[0] == '\0') {
        f->struck = call->kind;
        snprintf(f->path, sizeof f->path, "%s", call->path);
    }
    f->on = f->sticky;
    if (f->part)
        *part = call->n / 2;
    return f->why;
}

static void arm(void *data, size_t n)
{
    struct fault *f = data;
    struct watch watch = {.before = before, .data = f};
    f->left = n;
    f->on = false;
    f->calls = 0;
    f->path[0] = '\0';
    shim_watch(&watch);
}

static bool disarm(void *data)
{
    struct fault *f = data;
    shim_watch(NULL);
    return f->path[0] != '\0';
}

static void says(const void *data, char *out, size_t n)
{
    const struct fault *f = data;
    const char *name = strrchr(f->path, '/');
    snprintf(out, n, "%s of %s", call_word(f->struck), name == NULL ? f->path : name + 1);
}

/* What holds the database together: success may not be told when one of these was not synced. */
static bool must_fail(const void *data)
{
    const struct fault *f = data;
    const char *name = strrchr(f->path, '/');
    return f->struck == CALL_SYNC && name != NULL && (strcmp(name, "/evenhand.db") == 0 || strcmp(name, "/evenhand.db-journal") == 0);
}

struct trouble fault_trouble(struct fault *f, const char *name)
{
    return (struct trouble){.name = name, .data = f, .arm = arm, .disarm = disarm, .says = says, .must_fail = must_fail,
                            .code = f->why == ENOSPC ? EVH_FULL : EVH_IO, .sticky = f->sticky};
}
