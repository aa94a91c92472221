/* The doctor: what is wrong, with its place, and what to do. */
#include "data/doctor.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"

void doctor_say(struct doctor *d, enum doctor_state state, const char *format, ...)
{
    struct buf text = {0}, shown = {0};
    va_list ap, again;
    va_start(ap, format);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, format, ap);
    va_end(ap);
    char *raw = arena_alloc(d->arena, n < 0 ? 1 : (size_t)n + 1, 1);
    if (n >= 0)
        vsnprintf(raw, (size_t)n + 1, format, again);
    va_end(again);
    text_show(&shown, raw);
    struct doctor_report *r = d->report;
    r->v = arena_grow(d->arena, r->v, r->n, &r->cap, sizeof r->v[0]);
    r->v[r->n++] = (struct doctor_line){state, arena_strndup(d->arena, buf_str(&shown), shown.n)};
    r->bad = r->bad || state == DOCTOR_BAD;
    buf_free(&text);
    buf_free(&shown);
}

/* ---- the file ---- */

static enum evh check_integrity(struct doctor *d, struct err *err)
{
    int faults = 0;
    struct query q;
    query_begin(&q, d->store, STMT_integrity);
    while (query_row(&q)) {
        const char *said = query_get(&q, 0);
        if (said == NULL || strcmp(said, "ok") == 0)
            continue;
        faults++;
        doctor_say(d, DOCTOR_BAD, "the database file is damaged: %s; restore the newest backup", said);
    }
    struct err why = {0};
    enum evh r = query_end(&q, &why);
    if (r == EVH_CORRUPT)
        doctor_say(d, DOCTOR_BAD, "%s", why.text);
    else if (r != EVH_OK)
        return err_set(err, r, "%s", why.text);
    else if (faults == 0)
        doctor_say(d, DOCTOR_GOOD, "the database file is whole");
    query_begin(&q, d->store, STMT_foreign_keys);
    if (query_row(&q))
        doctor_say(d, DOCTOR_BAD, "a row of the table %s belongs to a device that is not there", query_get(&q, 0));
    return query_end(&q, err);
}

/* ---- derived tables ---- */

/* Makes them again and takes it back: nothing is changed by looking. */
static enum evh check_derived(struct doctor *d, struct err *err)
{
    struct hash before, after;
    struct err why = {0};
    if (d->store->read_only) {
        doctor_say(d, DOCTOR_NOTE, "the lists and the search were not compared with the log, as the database is open for reading only");
        return EVH_OK;
    }
    d->store->no_backup = true; /* all of it is taken back */
    enum evh r = db_begin(d->store, err);
    d->store->no_backup = false;
    if (r != EVH_OK)
        return r;
    r = derive_digest(d->store, &before, &why);
    if (r == EVH_OK)
        r = derive_from_log(d->store, &why);
    if (r == EVH_OK)
        r = derive_digest(d->store, &after, &why);
    db_rollback(d->store);
    if (r == EVH_BUSY || r == EVH_FULL)
        return err_set(err, r, "%s", why.text);
    if (r != EVH_OK)
        doctor_say(d, DOCTOR_BAD, "the lists and the search cannot be made from the log: %s", why.text);
    else if (!hash_same(&before, &after))
        doctor_say(d, DOCTOR_BAD, "the lists and the search differ from the log; put that right with: evenhand rebuild");
    else
        doctor_say(d, DOCTOR_GOOD, "the lists and the search say what the log says");
    return EVH_OK;
}

/* ---- children ---- */

struct file_name {
    struct uuid file;
    const char *name, *known, *name_fold, *known_fold;
};

static bool shares_word(const char *a, const char *b)
{
    while (*a != '\0') {
        size_t n = strcspn(a, " -");
        for (const char *at = b; n > 1 && *at != '\0';) {
            size_t m = strcspn(at, " -");
            if (m == n && memcmp(a, at, n) == 0)
                return true;
            at += m + (at[m] != '\0');
        }
        a += n + (a[n] != '\0');
    }
    return false;
}

static bool possibly_same(const struct file_name *a, const struct file_name *b)
{
    if (uuid_same(a->file, b->file))
        return false;
    if (strcmp(a->name_fold, b->name_fold) == 0)
        return true;
    return strcmp(a->known_fold, b->known_fold) == 0 && shares_word(a->name_fold, b->name_fold);
}

static enum evh check_children(struct doctor *d, struct err *err)
{
    struct file_name *v = NULL;
    size_t n = 0, cap = 0;
    struct query q;
    query_begin(&q, d->store, STMT_child_files);
    while (query_row(&q)) {
        v = arena_grow(d->arena, v, n, &cap, sizeof v[0]);
        v[n++] = (struct file_name){query_get_id(&q, 0), query_dup(&q, 1, d->arena), query_dup(&q, 2, d->arena),
                                    query_dup(&q, 3, d->arena), query_dup(&q, 4, d->arena)};
    }
    enum evh r = query_end(&q, err);
    for (size_t i = 0; i < n && r == EVH_OK; i++) {
        for (size_t k = i + 1; k < n; k++) {
            if (!possibly_same(&v[i], &v[k]))
                continue;
            const char *a = doctor_file(d, v[i].file, &r, err);
            const char *b = doctor_file(d, v[k].file, &r, err);
            if (r != EVH_OK)
                return r;
            doctor_say(d, DOCTOR_NOTE, "possibly the same child in two files: %s%s%s (%s) and %s%s%s (%s)", v[i].name,
                       v[i].known == NULL ? "" : " / ", v[i].known == NULL ? "" : v[i].known, a, v[k].name,
                       v[k].known == NULL ? "" : " / ", v[k].known == NULL ? "" : v[k].known, b);
        }
    }
    return r;
}

/* The newest meeting of a file, in words. */
const char *doctor_file(struct doctor *d, struct uuid file, enum evh *r, struct err *err)
{
    struct query q;
    const char *words = "no meeting";
    query_begin(&q, d->store, STMT_child_of_file);
    query_id(&q, 1, file);
    if (query_row(&q)) {
        const char *day = day_words(d->arena, (int32_t)query_get_int_or(&q, 6, DAY_NONE));
        words = arena_printf(d->arena, "meeting of %s, id %.8s", day, query_get(&q, 0));
    }
    enum evh end = query_end(&q, err);
    if (*r == EVH_OK)
        *r = end;
    return words;
}

/* ---- the place ---- */

static void check_mode(struct doctor *d, const char *path, mode_t most, const char *command)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return;
    if ((st.st_mode & 07777 & ~most) != 0)
        doctor_say(d, (st.st_mode & 022) != 0 ? DOCTOR_BAD : DOCTOR_WARN, "other users can %s %s; put that right with: %s %s",
                   (st.st_mode & 022) != 0 ? "change" : "read", path, command, path);
    else
        doctor_say(d, DOCTOR_GOOD, "only you can read %s", path);
    if (st.st_uid != geteuid())
        doctor_say(d, DOCTOR_WARN, "%s belongs to another user", path);
}

static void check_backups(struct doctor *d)
{
    static const char *const kinds[BACKUP_WHYS] = {
        [BACKUP_DAILY] = "of a day", [BACKUP_UPDATE] = "before an update", [BACKUP_RESTORE] = "before a restore",
    };
    char *path = arena_printf(d->arena, "%s/backup", d->store->dir);
    struct backup_files files;
    int64_t bytes = 0;
    size_t of[BACKUP_WHYS] = {0};
    backup_list(path, &files);
    for (size_t i = 0; i < files.n; i++) {
        bytes += files.v[i].size;
        of[files.v[i].why]++;
    }
    if (files.n == 0) {
        doctor_say(d, DOCTOR_NOTE, "there is no backup in %s yet: the first change of a day makes one. Copy your work to another disk from time to time "
                   "with: evenhand backup FILE", path);
    } else {
        const char *words = "";
        for (size_t i = 0; i < BACKUP_WHYS; i++) {
            if (of[i] > 0)
                words = arena_printf(d->arena, "%s%s%zu %s", words, words[0] == '\0' ? "" : ", ", of[i], kinds[i]);
        }
        doctor_say(d, DOCTOR_NOTE, "%zu backup%s in %s (%s; %.1f MB in all), the newest %s of %s (%.1f MB)", files.n, files.n == 1 ? "" : "s", path, words,
                   (double)bytes / 1e6, files.v[0].name, day_words(d->arena, files.v[0].day), (double)files.v[0].size / 1e6);
    }
    free(files.v);
}

static void check_place(struct doctor *d)
{
    bool known = false;
    const char *dir = d->store->dir;
    check_mode(d, dir, 0700, "chmod 700");
    check_mode(d, d->store->path, 0600, "chmod 600");
    const char *where = store_warning(d->store);
    if (where != NULL)
        doctor_say(d, DOCTOR_WARN, "%s", where);
    const char *how = disk_encrypted(dir, &known);
    if (how != NULL)
        doctor_say(d, DOCTOR_GOOD, "the disk under %s is encrypted (%s)", dir, how);
    else if (known)
        doctor_say(d, DOCTOR_WARN, "the disk under %s is not encrypted: whoever has the computer can read it. Ask for disk encryption, "
                   "or keep the folder in gocryptfs", dir);
    else
        doctor_say(d, DOCTOR_WARN, "whether the disk under %s is encrypted cannot be told; if it is not, whoever has the computer can read it", dir);
    check_backups(d);
}

enum evh store_doctor(struct store *store, struct arena *arena, struct doctor_report *out, struct err *err)
{
    if (store->own != NULL)
        return own_refuse(store, err);
    struct doctor_report report = {0};
    struct doctor d = {store, arena, &report};
    enum evh r = check_integrity(&d, err);
    if (r == EVH_OK)
        r = doctor_chain(&d, err);
    if (r == EVH_OK)
        r = check_derived(&d, err);
    if (r == EVH_OK)
        r = check_children(&d, err);
    if (r != EVH_OK)
        return r;
    check_place(&d);
    *out = report;
    return EVH_OK;
}
