#include "tests/crash/vfs_record.h"

#include <string.h>

#include "tests/crash/vfs_shim.h"

/* The name below the root, or NULL. */
static const char *below_root(const struct recorder *r, const char *path)
{
    size_t n = strlen(r->root);
    if (path == NULL || strncmp(path, r->root, n) != 0)
        return NULL;
    if (path[n] == '\0')
        return path + n;
    return path[n] == '/' ? path + n + 1 : NULL;
}

static struct record_names *find(struct recorder *r, const char *name)
{
    for (size_t i = 0; i < r->n; i++) {
        if (strcmp(r->names[i].name, name) == 0)
            return &r->names[i];
    }
    return NULL;
}

static int put(struct recorder *r, const char *name, int file)
{
    struct record_names *old = find(r, name);
    if (old != NULL) {
        old->file = file;
        return file;
    }
    r->names = arena_grow(r->log.arena, r->names, r->n, &r->cap, sizeof r->names[0]);
    r->names[r->n++] = (struct record_names){arena_strdup(r->log.arena, name), file};
    return file;
}

static void drop(struct recorder *r, const char *name)
{
    struct record_names *old = find(r, name);
    if (old != NULL)
        *old = r->names[--r->n];
}

static int file_of(struct recorder *r, const char *name)
{
    const struct record_names *found = find(r, name);
    if (found == NULL)
        BUG("a file is written that was never made");
    return found->file;
}

static void add_names(struct recorder *r, const struct call *call, const char *name, const char *to)
{
    struct disk_op op = {.name = name, .to = to, .file = -1};
    switch (call->kind) {
    case CALL_OPEN:
        op.kind = DISK_CREATE;
        op.file = put(r, name, r->log.files++);
        break;
    case CALL_MKDIR:
        op.kind = DISK_MKDIR;
        put(r, name, -1);
        break;
    case CALL_DELETE:
        op.kind = DISK_DELETE;
        op.file = file_of(r, name);
        drop(r, name);
        break;
    case CALL_RENAME:
        op.kind = DISK_RENAME;
        op.file = file_of(r, name);
        drop(r, name);
        put(r, to, op.file);
        break;
    case CALL_LINK:
        op.kind = DISK_LINK;
        op.file = put(r, to, file_of(r, name));
        break;
    case CALL_SYNC_DIR:
        op.kind = DISK_SYNC_DIR;
        break;
    case CALL_READ: case CALL_WRITE: case CALL_TRUNCATE: case CALL_SYNC: case CALL_SIZE: case CALL_LOCK: case CALL_UNLOCK: case CALL_CHECK_LOCK:
    case CALL_CHMOD: case CALL_COUNT:
        return;
    }
    disk_log_add(&r->log, &op);
}

static void after(void *data, const struct call *call)
{
    struct recorder *r = data;
    const char *name = below_root(r, call->path), *to = below_root(r, call->to);
    if (name == NULL)
        return;
    struct disk_op op = {.name = name, .at = call->at};
    if (call->kind == CALL_WRITE) {
        op.kind = DISK_WRITE;
        op.bytes = call->bytes;
        op.n = call->n;
    } else if (call->kind == CALL_TRUNCATE) {
        op.kind = DISK_TRUNCATE;
    } else if (call->kind == CALL_SYNC) {
        op.kind = DISK_SYNC;
    } else {
        if (call->kind != CALL_OPEN || call->created)
            add_names(r, call, name, to);
        return;
    }
    op.file = file_of(r, name);
    op.name = NULL;
    disk_log_add(&r->log, &op);
}

/* What is there already, as if it had been made and synced. */
static void add_image(struct recorder *r, const struct image *image)
{
    for (size_t i = 0; i < image->n; i++) {
        const struct image_file *f = &image->v[i];
        struct disk_op make = {.kind = f->folder ? DISK_MKDIR : DISK_CREATE, .name = f->name, .file = -1};
        make.file = put(r, f->name, f->folder ? -1 : r->log.files++);
        disk_log_add(&r->log, &make);
        struct disk_op fill = {.kind = DISK_WRITE, .file = make.file, .bytes = (const unsigned char *)f->bytes.s, .n = f->bytes.n};
        struct disk_op sync = {.kind = DISK_SYNC, .file = make.file};
        if (f->bytes.n > 0)
            disk_log_add(&r->log, &fill);
        if (!f->folder)
            disk_log_add(&r->log, &sync);
    }
    for (size_t i = 0; i <= image->n; i++) {
        struct disk_op sync = {.kind = DISK_SYNC_DIR, .file = -1, .name = i == 0 ? "" : image->v[i - 1].name};
        if (i == 0 || image->v[i - 1].folder)
            disk_log_add(&r->log, &sync);
    }
}

void record_begin(struct recorder *r, const char *root)
{
    struct image image;
    struct watch watch = {.after = after, .data = r};
    *r = (struct recorder){.root = root, .log = {.arena = arena_new()}};
    image_read(&image, root);
    add_image(r, &image);
    image_free(&image);
    r->begun = r->log.n;
    shim_watch(&watch);
}

void record_mark(struct recorder *r, int64_t mark)
{
    struct disk_op op = {.kind = DISK_MARK, .file = -1, .at = mark};
    disk_log_add(&r->log, &op);
}

void record_end(void)
{
    shim_watch(NULL);
}

void record_free_all(struct recorder *r)
{
    disk_log_free(&r->log);
    *r = (struct recorder){0};
}
