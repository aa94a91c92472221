/* Backups by their names: which there are, and which are kept. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/memory.h"
#include "data/inside.h"

enum { KEPT_DAYS = 7, KEPT_WEEKS = 5, KEPT_OTHERS = 5 };

static const char *const words[BACKUP_WHYS] = {
    [BACKUP_DAILY] = "daily",
    [BACKUP_UPDATE] = "before-update",
    [BACKUP_RESTORE] = "before-restore",
};

static size_t count(const char *s, const char *set)
{
    return strspn(s, set);
}

/* "2026-11-24-140000-daily-0a1b2c3d.db" */
bool backup_name_read(const char *name, struct backup_file *out)
{
    static const char digits[] = "0123456789", hex[] = "0123456789abcdef";
    size_t n = strlen(name);
    *out = (struct backup_file){.day = DAY_NONE};
    if (n >= sizeof out->name || n < 20 || !civil_read_day(name, 10, &out->day) || name[10] != '-' || count(name + 11, digits) != 6 || name[17] != '-')
        return false;
    snprintf(out->name, sizeof out->name, "%s", name);
    for (size_t i = 0; i < BACKUP_WHYS; i++) {
        size_t length = strlen(words[i]);
        const char *rest = name + 18 + length;
        if (strncmp(name + 18, words[i], length) != 0 || rest[0] != '-')
            continue;
        out->why = (enum backup_why)i;
        return count(rest + 1, hex) == 8 && strcmp(rest + 9, ".db") == 0;
    }
    return false;
}

void backup_name_put(struct buf *out, const struct now *now, enum backup_why why, const unsigned char salt[4])
{
    civil_put_day(out, now->day);
    buf_addf(out, "-%02d%02d%02d-%s-%02x%02x%02x%02x.db", now->time / 60 % 24, now->time % 60, (int)(now->utc_ms / 1000 % 60), words[why],
             salt[0], salt[1], salt[2], salt[3]);
}

static int newest_first(const void *a, const void *b)
{
    return strcmp(((const struct backup_file *)b)->name, ((const struct backup_file *)a)->name);
}

void backup_list(const char *path, struct backup_files *out)
{
    *out = (struct backup_files){0};
    DIR *dir = opendir(path);
    for (struct dirent *e = dir == NULL ? NULL : readdir(dir); e != NULL; e = readdir(dir)) {
        struct backup_file file;
        struct stat st;
        if (!backup_name_read(e->d_name, &file) || fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(st.st_mode))
            continue;
        file.size = (int64_t)st.st_size;
        if (out->n == out->cap) {
            out->cap = out->cap == 0 ? 32 : out->cap * 2;
            out->v = memory_grow(out->v, out->cap, sizeof out->v[0]);
        }
        out->v[out->n++] = file;
    }
    if (dir != NULL)
        closedir(dir);
    if (out->n > 0)
        qsort(out->v, out->n, sizeof out->v[0], newest_first);
}

/* Weeks begin on Monday. */
static int32_t week_of(int32_t day)
{
    return day - civil_weekday(day);
}

void backup_decide(struct backup_files *files)
{
    int32_t day = DAY_NONE, week = DAY_NONE;
    size_t days = 0, weeks = 0, others[BACKUP_WHYS] = {0};
    for (size_t i = 0; i < files->n; i++) {
        struct backup_file *f = &files->v[i];
        f->keep = false;
        if (f->why != BACKUP_DAILY) {
            f->keep = others[f->why]++ < KEPT_OTHERS;
            continue;
        }
        if (f->day != day)
            f->keep = days++ < KEPT_DAYS;
        if (week_of(f->day) != week)
            f->keep = weeks++ < KEPT_WEEKS || f->keep;
        day = f->day;
        week = week_of(f->day);
    }
    if (files->n > 0)
        files->v[0].keep = true; /* never the only one, whatever the rule says */
}

void backup_prune(const char *dir, const char *made)
{
    struct backup_files files;
    backup_list(dir, &files);
    backup_decide(&files);
    struct buf path = {0};
    for (size_t i = 0; i < files.n; i++) {
        if (files.v[i].keep || (made != NULL && strcmp(files.v[i].name, made) == 0))
            continue;
        buf_clear(&path);
        buf_addf(&path, "%s/%s", dir, files.v[i].name);
        unlink(buf_str(&path));
    }
    buf_free(&path);
    free(files.v);
}
