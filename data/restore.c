/* Putting a backup in the place of the database. The given file is copied and looked through beside it; what was there is kept; then one
 * rename: a crash leaves the old or the new. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/doctor.h"
#include "data/file.h"

#define HEADER 100

struct restoring {
    const char *from;      /* the file that was given */
    struct store place;    /* dir, path and world: where it goes; with the old database open, when there is one */
    struct store copy;     /* the copy beside it */
    struct buf temp;
    bool old;              /* there is a database */
    bool damaged;          /* which SQLite cannot open any more */
    bool renamed;
    char *kept;
    bool updated;
};

/* ---- what was given ---- */

static enum evh refuse(struct restoring *r, const char *why, struct err *err)
{
    return err_set(err, EVH_INVALID, "%s %s; nothing was changed", r->from, why);
}

static uint32_t big_endian(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* A journal beside it says that it was copied in the midst of a change, or is in use. */
static enum evh check_given(struct restoring *r, struct err *err)
{
    struct stat st, own;
    if (stat(r->from, &st) != 0)
        return err_set(err, EVH_INVALID, "%s cannot be opened: %s", r->from, strerror(errno));
    if (!S_ISREG(st.st_mode))
        return refuse(r, "is not a plain file", err);
    if (stat(r->place.path, &own) == 0 && own.st_dev == st.st_dev && own.st_ino == st.st_ino)
        return refuse(r, "is the database itself", err);
    static const char *const beside[] = {"-journal", "-wal"};
    struct buf name = {0};
    bool busy = false;
    for (size_t i = 0; i < NITEMS(beside); i++) {
        buf_clear(&name);
        buf_addf(&name, "%s%s", r->from, beside[i]);
        busy = busy || (stat(buf_str(&name), &own) == 0 && own.st_size > 0);
    }
    buf_free(&name);
    if (busy)
        return refuse(r, "is in use or was not closed properly (a journal lies beside it); make a copy of it with “evenhand --data DIR backup FILE”", err);
    return EVH_OK;
}

/* The first hundred bytes, by SQLite's description of its format: magic, not write-ahead, whose program, which version. */
static enum evh check_header(struct restoring *r, struct err *err)
{
    unsigned char head[HEADER] = {0};
    FILE *f = fopen(buf_str(&r->temp), "re");
    size_t n = f == NULL ? 0 : fread(head, 1, HEADER, f);
    if (f != NULL)
        fclose(f);
    if (n < HEADER || memcmp(head, "SQLite format 3", 16) != 0)
        return refuse(r, "is no backup of Evenhand", err);
    if (big_endian(head + 68) != DB_APPLICATION)
        return refuse(r, "is a database of another program", err);
    if (head[18] != 1 || head[19] != 1)
        return refuse(r, "was changed by another program (its journal has another form)", err);
    if (big_endian(head + 60) > (uint32_t)migrate_version())
        return err_set(err, EVH_NEWER, "%s was written by a newer Evenhand (its tables are version %u, this program knows %d); nothing was changed. "
                       "Install the newer Evenhand", r->from, (unsigned)big_endian(head + 60), migrate_version());
    r->updated = big_endian(head + 60) < (uint32_t)migrate_version();
    return EVH_OK;
}

/* ---- the copy ---- */

static enum evh look_through(struct restoring *r, struct err *err)
{
    struct err why = {0};
    enum evh code = backup_check(&r->place, r->copy.path, true, &why);
    if (code != EVH_CORRUPT)
        return code == EVH_OK ? EVH_OK : err_set(err, code, "%s", why.text);
    size_t n = strlen(r->copy.path); /* the user knows it by its own name */
    bool log = strncmp(why.text, r->copy.path, n) == 0 && why.text[n] == ':';
    return err_set(err, EVH_INVALID, "%s was not restored: %.200s. Nothing was changed; take an older backup", r->from, log ? why.text + n + 2 : "it is damaged");
}

/* The numbering of this computer begins anew under another name: what is written from now on is never taken for what was written after the
 * backup was made and is not in it. */
static enum evh begin_anew(struct store *copy, struct err *err)
{
    struct query q;
    enum evh r = db_begin(copy, err);
    if (r != EVH_OK)
        return r;
    query_begin(&q, copy, STMT_device_not_here);
    r = query_run(&q, err);
    if (r == EVH_OK)
        r = derive_from_log(copy, err);
    r = db_finish(copy, r, err);
    return r == EVH_OK ? store_prepare(copy, err) : r;
}

static enum evh foreign_keys(struct restoring *r, struct err *err)
{
    struct query q;
    query_begin(&q, &r->copy, STMT_foreign_keys);
    bool bad = query_row(&q);
    enum evh code = query_end(&q, err);
    return code == EVH_OK && bad ? refuse(r, "has rows that belong to nothing", err) : code;
}

static enum evh prepare_copy(struct restoring *r, struct err *err)
{
    r->copy = (struct store){.dir = r->place.dir, .path = r->temp.s, .world = r->place.world, .jitter = r->place.jitter, .no_backup = true};
    enum evh code = look_through(r, err);
    if (code == EVH_OK)
        code = db_open(&r->copy, false, err);
    if (code == EVH_OK)
        code = foreign_keys(r, err);
    if (code == EVH_OK)
        code = migrate(&r->copy, err); /* as usual, a backup of it first */
    if (code == EVH_OK)
        code = begin_anew(&r->copy, err);
    db_close(&r->copy);
    struct buf journal = {0};
    buf_addf(&journal, "%s-journal", r->copy.path);
    unlink(buf_str(&journal)); /* empty: the last change is committed */
    buf_free(&journal);
    return code;
}

/* ---- what was there ---- */

/* Nobody else reads or writes it from here on, until it is closed; a journal that was left is played back into it now, and into nothing else. */
static enum evh hold(struct store *old, struct err *err)
{
    int64_t application = 0, schema = 0;
    struct query q;
    enum evh r = db_open(old, false, err);
    if (r == EVH_OK)
        r = db_pragma(old, "locking_mode = EXCLUSIVE", NULL, err);
    if (r == EVH_OK) {
        query_begin(&q, old, STMT_begin_alone);
        r = query_run(&q, err);
    }
    if (r == EVH_OK)
        r = db_pragma(old, "application_id", &application, err);
    if (r == EVH_OK)
        r = db_pragma(old, "schema_version", &schema, err);
    if (old->db != NULL && !sqlite3_get_autocommit(old->db)) {
        query_begin(&q, old, STMT_commit); /* the lock stays */
        enum evh end = query_run(&q, r == EVH_OK ? err : NULL);
        r = r == EVH_OK ? end : r;
    }
    if (r == EVH_OK && db_moved(old)) /* another restore was quicker: what it put there is not what is held here */
        r = db_fail(old, SQLITE_READONLY_DBMOVED, err);
    if (r == EVH_OK && application != DB_APPLICATION && (application != 0 || schema != 0))
        return err_set(err, EVH_STATE, "%s is a database of another program; nothing was changed. Choose another folder with --data", old->path);
    if (r == EVH_BUSY)
        return err_set(err, r, "another Evenhand is using %s; close it, then restore again. Nothing was changed", old->path);
    return r;
}

/* What SQLite cannot read is kept as it is, under another name; its journal too, away from where it would be played into the new one. */
static enum evh set_aside(struct restoring *r, const char *ending, const char *beside, struct err *err)
{
    struct now now = r->place.world.now(r->place.world.data);
    unsigned char salt[4];
    struct buf from = {0}, to = {0}, dir = {0};
    r->place.world.random(r->place.world.data, salt, sizeof salt);
    buf_addf(&dir, "%s/backup", r->place.dir);
    buf_addf(&from, "%s%s", r->place.path, beside);
    buf_addf(&to, "%s/", buf_str(&dir));
    backup_name_put(&to, &now, BACKUP_RESTORE, salt);
    buf_adds(&to, ending); /* no name that the pruning knows: it stays until the user removes it */
    enum evh code = file_make_dir(buf_str(&dir), err);
    bool moved = beside[0] == '\0' ? link(buf_str(&from), buf_str(&to)) == 0 : rename(buf_str(&from), buf_str(&to)) == 0;
    if (code == EVH_OK && !moved)
        code = err_set(err, EVH_IO, "%s cannot be kept as %s: %s; nothing was changed", buf_str(&from), buf_str(&to), strerror(errno));
    if (code == EVH_OK)
        code = backup_sync_dir(buf_str(&dir), err);
    if (code == EVH_OK && beside[0] == '\0')
        r->kept = to.s;
    else
        buf_free(&to);
    buf_free(&from);
    buf_free(&dir);
    return code;
}

static enum evh journal_aside(struct restoring *r, struct err *err)
{
    struct buf journal = {0};
    struct stat st;
    buf_addf(&journal, "%s-journal", r->place.path);
    bool there = lstat(buf_str(&journal), &st) == 0 && st.st_size > 0;
    buf_free(&journal);
    return there ? set_aside(r, ".journal", "-journal", err) : EVH_OK;
}

static enum evh keep_old(struct restoring *r, struct err *err)
{
    if (!r->old)
        return journal_aside(r, err);
    enum evh code = hold(&r->place, err);
    if (code == EVH_OK)
        code = backup_make(&r->place, BACKUP_RESTORE, &r->kept, err);
    if (code != EVH_CORRUPT)
        return code;
    r->damaged = true;
    code = set_aside(r, ".damaged", "", err);
    return code == EVH_OK ? journal_aside(r, err) : code;
}

/* ---- the exchange ---- */

static enum evh exchange(struct restoring *r, struct err *err)
{
    enum evh code = EVH_OK;
    if (r->old) {
        if (rename(buf_str(&r->temp), r->place.path) != 0)
            code = err_set(err, errno == ENOSPC || errno == EDQUOT ? EVH_FULL : EVH_IO, "%s cannot be put in place: %s; nothing was changed", r->from, strerror(errno));
    } else {
        code = file_put_in_place(buf_str(&r->temp), r->place.path, false, err);
    }
    r->renamed = code == EVH_OK;
    return code == EVH_OK ? backup_sync_dir(r->place.dir, err) : code;
}

static enum evh all_steps(struct restoring *r, const char *dir, struct err *err)
{
    struct stat st;
    enum evh code = file_make_dir(dir, err);
    if (code == EVH_OK)
        code = store_check_dir(dir, err);
    if (code == EVH_OK)
        code = store_set_paths(&r->place, dir, err);
    if (code != EVH_OK)
        return code;
    r->old = lstat(r->place.path, &st) == 0;
    const char *network = r->old ? NULL : disk_network(r->place.dir);
    if (network != NULL)
        return err_set(err, EVH_IO, "%s lies on %s, where two programs can damage a database; choose a folder on this computer's own disk with --data", r->place.dir,
                       network);
    code = check_given(r, err);
    if (code == EVH_OK)
        code = backup_temp(r->place.dir, &r->temp, err);
    backup_clear(r->place.dir); /* of one that was killed */
    if (code == EVH_OK)
        code = file_copy(r->from, buf_str(&r->temp), err);
    if (code == EVH_OK)
        code = check_header(r, err);
    if (code == EVH_OK)
        code = prepare_copy(r, err);
    if (code == EVH_OK)
        code = keep_old(r, err);
    return code == EVH_OK ? exchange(r, err) : code;
}

/* What is there now, in numbers. */
static enum evh count(const char *dir, const struct world *world, struct restored *out, struct err *err)
{
    struct store *store = NULL;
    enum evh r = store_open(&store, dir, STORE_WRITE, world, err);
    if (r != EVH_OK)
        return r;
    struct query q;
    query_begin(&q, store, STMT_meeting_count);
    out->newest = DAY_NONE;
    if (query_row(&q)) {
        out->meetings = (size_t)query_get_int(&q, 0);
        out->newest = (int32_t)query_get_int_or(&q, 1, DAY_NONE);
    }
    r = query_end(&q, err);
    store_close(store);
    return r;
}

enum evh store_restore(const char *dir, const char *path, const struct world *world, struct arena *arena, struct restored *out, struct err *err)
{
    struct restoring r = {.from = path, .place = {.world = *world, .no_backup = true}};
    *out = (struct restored){.newest = DAY_NONE};
    world->random(world->data, &r.place.jitter, sizeof r.place.jitter);
    enum evh code = all_steps(&r, dir, err);
    if (!r.renamed && r.temp.n > 0)
        unlink(buf_str(&r.temp));
    db_close(&r.place); /* only now may others go on; they find another file there */
    out->kept = arena_strdup(arena, r.kept);
    out->updated = r.updated;
    free(r.kept);
    free(r.place.dir);
    free(r.place.path);
    buf_free(&r.temp);
    return code == EVH_OK ? count(dir, world, out, err) : code;
}
