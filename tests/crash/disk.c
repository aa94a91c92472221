#include "tests/crash/disk.h"

#include <stdlib.h>
#include <string.h>

#define SECTOR 512

/* ---- the log ---- */

void disk_log_add(struct disk_log *log, const struct disk_op *op)
{
    if (log->arena == NULL)
        log->arena = arena_new();
    log->v = arena_grow(log->arena, log->v, log->n, &log->cap, sizeof log->v[0]);
    struct disk_op *to = &log->v[log->n++];
    *to = *op;
    to->name = arena_strdup(log->arena, op->name);
    to->to = arena_strdup(log->arena, op->to);
    to->bytes = NULL;
    if (op->n > 0) {
        unsigned char *bytes = arena_alloc(log->arena, op->n, 1);
        memcpy(bytes, op->bytes, op->n);
        to->bytes = bytes;
    }
}

void disk_log_free(struct disk_log *log)
{
    arena_free(log->arena);
    *log = (struct disk_log){0};
}

/* ---- names ---- */

static void put_name(struct disk *d, const char *name, int file)
{
    for (size_t i = 0; i < d->nnames; i++) {
        if (strcmp(d->names[i].name, name) == 0) {
            d->names[i].file = file;
            return;
        }
    }
    if (d->nnames == d->names_cap) {
        d->names_cap = d->names_cap == 0 ? 16 : d->names_cap * 2;
        d->names = realloc(d->names, d->names_cap * sizeof d->names[0]);
        if (d->names == NULL)
            BUG("out of memory");
    }
    d->names[d->nnames++] = (struct disk_name){name, file};
}

static void drop_name(struct disk *d, const char *name)
{
    for (size_t i = 0; i < d->nnames; i++) {
        if (strcmp(d->names[i].name, name) == 0) {
            d->names[i] = d->names[--d->nnames];
            return;
        }
    }
}

static void apply_name(struct disk *d, const struct disk_op *op)
{
    if (op->kind == DISK_DELETE || op->kind == DISK_RENAME)
        drop_name(d, op->name);
    if (op->kind == DISK_MKDIR || op->kind == DISK_CREATE)
        put_name(d, op->name, op->file);
    if (op->kind == DISK_RENAME || op->kind == DISK_LINK)
        put_name(d, op->to, op->file);
}

/* Whether a name stands directly in a folder. */
static bool in_folder(const char *name, const char *folder)
{
    size_t n = strlen(folder);
    if (n == 0)
        return strchr(name, '/') == NULL;
    return strncmp(name, folder, n) == 0 && name[n] == '/' && strchr(name + n + 1, '/') == NULL;
}

static void sync_folder(struct disk *d, const char *folder)
{
    size_t left = 0;
    for (size_t i = 0; i < d->n; i++) {
        const struct disk_op *op = &d->log->v[d->waits[i]];
        if (in_folder(op->name, folder))
            apply_name(d, op);
        else
            d->waits[left++] = d->waits[i];
    }
    d->n = left;
}

/* ---- bytes ---- */

static void set_size(struct buf *b, size_t size, struct chance *garbage)
{
    static const char zeros[4096];
    if (size < b->n) {
        buf_splice(b, size, b->n - size, NULL, 0);
        return;
    }
    while (b->n < size) {
        size_t old = b->n, step = size - old < sizeof zeros ? size - old : sizeof zeros;
        buf_add(b, zeros, step);
        for (size_t i = old; garbage != NULL && i < b->n; i++)
            b->s[i] = (char)chance_next(garbage);
    }
}

static void put_bytes(struct buf *b, size_t at, const unsigned char *bytes, size_t n, struct chance *garbage)
{
    if (b->n < at + n)
        set_size(b, at + n, garbage);
    memcpy(b->s + at, bytes, n);
}

static void apply_bytes(struct buf *b, const struct disk_op *op)
{
    if (op->kind == DISK_TRUNCATE)
        set_size(b, (size_t)op->at, NULL);
    else
        put_bytes(b, (size_t)op->at, op->bytes, op->n, NULL);
}

static void sync_file(struct disk *d, struct disk_file *f)
{
    for (size_t i = 0; i < f->n; i++)
        apply_bytes(&f->kept, &d->log->v[f->waits[i]]);
    f->n = 0;
}

/* ---- going on ---- */

static void add_wait(size_t **v, size_t *n, size_t *cap, size_t op)
{
    if (*n == *cap) {
        *cap = *cap == 0 ? 64 : *cap * 2;
        *v = realloc(*v, *cap * sizeof **v);
        if (*v == NULL)
            BUG("out of memory");
    }
    (*v)[(*n)++] = op;
}

void disk_begin(struct disk *d, const struct disk_log *log, bool deaf)
{
    *d = (struct disk){.log = log, .deaf = deaf, .mark = -1};
    d->files = calloc((size_t)log->files + 1, sizeof d->files[0]);
    if (d->files == NULL)
        BUG("out of memory");
}

void disk_go(struct disk *d, size_t to)
{
    for (; d->at < to; d->at++) {
        const struct disk_op *op = &d->log->v[d->at];
        struct disk_file *f = op->file < 0 ? NULL : &d->files[op->file];
        switch (op->kind) {
        case DISK_MKDIR:
        case DISK_CREATE:
        case DISK_DELETE:
        case DISK_RENAME:
        case DISK_LINK:
            add_wait(&d->waits, &d->n, &d->cap, d->at);
            break;
        case DISK_WRITE:
        case DISK_TRUNCATE:
            add_wait(&f->waits, &f->n, &f->cap, d->at);
            break;
        case DISK_SYNC:
            if (!d->deaf)
                sync_file(d, f);
            break;
        case DISK_SYNC_DIR:
            if (!d->deaf)
                sync_folder(d, op->name);
            break;
        case DISK_MARK:
            d->mark = op->at;
            break;
        }
    }
}

void disk_free(struct disk *d)
{
    for (int i = 0; i < d->log->files; i++) {
        buf_free(&d->files[i].kept);
        free(d->files[i].waits);
    }
    free(d->files);
    free(d->names);
    free(d->waits);
    *d = (struct disk){0};
}

/* ---- the power goes ---- */

/* How it went this time: how many in a hundred of what waited are kept, whether sectors tear, what stands where nothing was written. */
struct loss {
    int percent;
    bool by_sector, tears, garbage;
};

static bool kept(struct chance *chance, int percent)
{
    return chance_below(chance, 100) < percent;
}

static void write_sector(struct buf *b, size_t at, const unsigned char *bytes, size_t n, const struct loss *loss, struct chance *chance)
{
    struct chance *garbage = loss->garbage ? chance : NULL;
    bool grows = b->n < at + n;
    if (kept(chance, loss->percent)) {
        size_t part = loss->tears && chance_below(chance, 8) == 0 ? (size_t)chance_below(chance, (int)n) : 0;
        bool tail = part > 0 && chance_below(chance, 2) == 0; /* which half came to the disk */
        if (grows)
            set_size(b, at + n, garbage);
        put_bytes(b, tail ? at + part : at, tail ? bytes + part : bytes, part == 0 ? n : tail ? n - part : part, garbage);
    } else if (grows && kept(chance, 50)) {
        set_size(b, at + n, garbage);
    }
}

static void lose_bytes(struct buf *b, const struct disk_op *op, const struct loss *loss, struct chance *chance)
{
    if (op->kind == DISK_TRUNCATE) {
        if (kept(chance, loss->percent))
            set_size(b, (size_t)op->at, loss->garbage ? chance : NULL);
        return;
    }
    size_t begin = (size_t)op->at, end = begin + op->n;
    if (!loss->by_sector) {
        if (kept(chance, loss->percent))
            put_bytes(b, begin, op->bytes, op->n, loss->garbage ? chance : NULL);
        return;
    }
    for (size_t at = begin, next; at < end; at = next) {
        next = (at / SECTOR + 1) * SECTOR;
        next = next < end ? next : end;
        write_sector(b, at, op->bytes + (at - begin), next - at, loss, chance);
    }
}

static void cut_file(const struct disk *d, int file, const struct loss *loss, struct chance *chance, struct buf *out)
{
    const struct disk_file *f = &d->files[file];
    buf_add(out, buf_str(&f->kept), f->kept.n);
    for (size_t i = 0; i < f->n; i++)
        lose_bytes(out, &d->log->v[f->waits[i]], loss, chance);
}

static bool folder_there(const struct disk *d, const char *name)
{
    const char *slash = strrchr(name, '/');
    if (slash == NULL)
        return true;
    for (size_t i = 0; i < d->nnames; i++) {
        const char *folder = d->names[i].name;
        if (d->names[i].file < 0 && strlen(folder) == (size_t)(slash - name) && strncmp(folder, name, strlen(folder)) == 0)
            return folder_there(d, folder);
    }
    return false;
}

void disk_cut(const struct disk *d, struct chance *chance, struct image *out)
{
    static const int percents[] = {0, 50, 50, 50, 90, 100};
    struct loss loss = {percents[chance_below(chance, (int)NITEMS(percents))], chance_below(chance, 4) > 0, chance_below(chance, 2) == 0,
                        chance_below(chance, 3) == 0};
    struct disk after = *d; /* with names of its own */
    after.names = NULL;
    after.nnames = after.names_cap = 0;
    *out = (struct image){0};
    for (size_t i = 0; i < d->nnames; i++)
        put_name(&after, d->names[i].name, d->names[i].file);
    bool in_order = chance_below(chance, 2) == 0; /* as a journalling file system does it: all up to somewhere */
    size_t most = in_order ? (size_t)chance_below(chance, (int)d->n + 1) : d->n;
    for (size_t i = 0; i < most; i++) {
        if (in_order || kept(chance, 50))
            apply_name(&after, &d->log->v[d->waits[i]]);
    }
    for (size_t i = 0; i < after.nnames; i++) {
        if (!folder_there(&after, after.names[i].name))
            continue;
        struct buf *bytes = image_add(out, after.names[i].name, after.names[i].file < 0);
        if (after.names[i].file >= 0)
            cut_file(d, after.names[i].file, &loss, chance, bytes);
    }
    free(after.names);
}
