#include "data/store.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "core/memory.h"
#include "data/file.h"
#include "data/inside.h"

enum evh store_check_dir(const char *dir, struct err *err)
{
    struct stat st;
    if (stat(dir, &st) != 0)
        return err_set(err, EVH_NOTFOUND, "the folder %s is not there; “evenhand new” or “evenhand import” makes it", dir);
    if (!S_ISDIR(st.st_mode))
        return err_set(err, EVH_IO, "%s is not a folder", dir);
    if ((st.st_mode & 022) != 0)
        return err_set(err, EVH_IO, "the folder %s can be written by other users; put that right with: chmod 700 %s", dir, dir);
    return EVH_OK;
}

/* POSIX has it, but the C library's header shows it only with the X/Open extensions. */
char *realpath(const char *restrict path, char *restrict resolved);

#define ROOM (128U << 10)

/* Paths without symbolic links: SQLite is told to follow none. */
enum evh store_set_paths(struct store *store, const char *dir, struct err *err)
{
    store->dir = realpath(dir, NULL);
    if (store->dir == NULL)
        return err_set(err, EVH_IO, "the folder %s cannot be used: %s", dir, strerror(errno));
    struct buf path = {0};
    buf_addf(&path, "%s/" DB_NAME, store->dir);
    store->path = path.s;
    return EVH_OK;
}

static enum evh check_place(const struct store *store, struct err *err)
{
    struct stat st;
    if (lstat(store->path, &st) == 0)
        return EVH_OK; /* what is there is opened, with a warning */
    const char *where = disk_network(store->dir);
    if (where == NULL)
        return EVH_OK;
    return err_set(err, EVH_IO, "%s lies on %s, where two programs can damage a database; choose a folder on this "
                   "computer's own disk with --data", store->dir, where);
}

/* What is there is opened wherever it lies; the user is told. */
static void look_at_place(struct store *store)
{
    const char *network = disk_network(store->dir), *synchronised = disk_synchronised(store->dir);
    struct buf words = {0};
    if (network != NULL)
        buf_addf(&words, "The records lie on %s, where two programs can damage them; move the folder %s to this computer's own disk", network, store->dir);
    else if (synchronised != NULL)
        buf_addf(&words, "The folder %s is synchronised by %s, which can damage the records and carries them elsewhere; move it out of there", store->dir, synchronised);
    store->warning = words.s;
}

static enum evh read_device(struct store *store, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_device_here);
    if (query_row(&q))
        store->device = query_get_id(&q, 0);
    return query_end(&q, err);
}

static enum evh make_device(struct store *store, struct err *err)
{
    enum evh r = read_device(store, err);
    if (r != EVH_OK || !uuid_none(store->device))
        return r; /* another program was quicker */
    struct idgen ids = store_ids(store);
    struct uuid id = ids.next(ids.data);
    struct query q;
    query_begin(&q, store, STMT_device_add);
    query_id(&q, 1, id);
    r = query_run(&q, err);
    if (r == EVH_OK)
        store->device = id;
    return r;
}

static enum evh read_began(struct store *store, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_event_last);
    if (query_row(&q))
        store->began = query_get_int(&q, 0);
    return query_end(&q, err);
}

/* The device's name and derived tables of this program's form; both are there nearly always. */
enum evh store_prepare(struct store *store, struct err *err)
{
    bool same = false;
    enum evh r = db_begin_read(store, err);
    if (r == EVH_OK)
        r = read_device(store, err);
    if (r == EVH_OK)
        r = read_began(store, err);
    if (r == EVH_OK)
        r = derive_stamp_same(store, &same, err);
    db_rollback(store);
    if (r != EVH_OK || (same && !uuid_none(store->device)))
        return r;
    if (store->read_only)
        return err_set(err, EVH_IO, "the tables of %s must be made again, but it is read-only; make it writable for you, "
                       "then try again", store->path);
    r = db_begin(store, err);
    if (r != EVH_OK)
        return r;
    r = make_device(store, err);
    if (r == EVH_OK)
        r = derive_tables(store, err);
    return db_finish(store, r, err);
}

static enum evh forbid_writing(struct store *store, enum store_mode mode, struct err *err)
{
    if (mode != STORE_READ) {
        if (store->read_only)
            return err_set(err, EVH_IO, "%s is read-only; make it writable for you, then try again", store->path);
        return EVH_OK;
    }
    store->read_only = true;
    return db_pragma(store, "query_only = ON", NULL, err);
}

static enum evh open_in(struct store *store, const char *dir, enum store_mode mode, struct err *err)
{
    enum evh r = EVH_OK;
    if (mode == STORE_CREATE)
        r = file_make_dir(dir, err);
    if (r == EVH_OK)
        r = store_check_dir(dir, err);
    if (r == EVH_OK)
        r = store_set_paths(store, dir, err);
    if (r == EVH_OK && mode == STORE_CREATE)
        r = check_place(store, err);
    if (r == EVH_OK)
        look_at_place(store);
    if (r == EVH_OK)
        r = db_open(store, mode == STORE_CREATE, err);
    if (r == EVH_OK)
        r = migrate(store, err);
    if (r == EVH_OK)
        r = store_prepare(store, err);
    if (r == EVH_OK)
        r = forbid_writing(store, mode, err);
    return r;
}

enum evh store_open(struct store **out, const char *dir, enum store_mode mode, const struct world *world, struct err *err)
{
    struct store *store = memory_take(1, sizeof *store);
    store->world = *world;
    store->first_change = backup_of_the_day;
    world->random(world->data, &store->jitter, sizeof store->jitter);
    enum evh r = open_in(store, dir, mode, err);
    if (r == EVH_OK)
        *out = store;
    else
        store_close(store);
    return r;
}

void store_close(struct store *store)
{
    if (store == NULL)
        return;
    db_close(store);
    free(store->dir);
    free(store->path);
    free(store->warning);
    visit_forget(store);
    own_free(store);
    buf_free(&store->wrote);
    free(store);
}

const char *store_dir(const struct store *store)
{
    return store->dir;
}

const struct world *store_world(const struct store *store)
{
    return &store->world;
}

static struct uuid next_id(void *data)
{
    struct store *store = data;
    unsigned char random[10];
    db_random(store, random, sizeof random);
    return uuid_make(store->world.now(store->world.data).utc_ms, random);
}

struct idgen store_ids(struct store *store)
{
    return (struct idgen){.next = next_id, .data = store};
}

const char *store_sqlite_version(void)
{
    return sqlite3_libversion();
}

enum evh store_look(struct store *store, struct err *err)
{
    return db_begin_read(store, err);
}

void store_looked(struct store *store)
{
    db_rollback(store);
}

const char *store_warning(const struct store *store)
{
    return store->warning;
}

bool store_told(struct store *store, struct err *told)
{
    if (store->told.text[0] == '\0')
        return false;
    *told = store->told;
    store->told = (struct err){0};
    return true;
}

enum evh store_trouble(struct store *store, struct err *err)
{
    if (db_moved(store))
        return db_fail(store, SQLITE_READONLY_DBMOVED, err);
    return store->trouble == EVH_OK ? EVH_OK : err_set(err, store->trouble, "%s", store->why.text);
}

bool store_moved(const struct store *store)
{
    return db_moved(store);
}

void store_patience(struct store *store, int ms)
{
    store->patience_ms = ms;
}

/* A change that is refused for want of room may be larger than this one: it counts as over only when there is some to spare. */
static bool still_full(const struct store *store)
{
    struct statvfs fs;
    return store->trouble == EVH_FULL && statvfs(store->dir, &fs) == 0 && (uint64_t)fs.f_bavail * fs.f_frsize < ROOM;
}

enum evh store_retry(struct store *store, struct err *err)
{
    if (still_full(store))
        return err_set(err, EVH_FULL, "%s", store->why.text);
    if (store->own != NULL)
        return own_retry(store, err);
    enum evh r = db_begin(store, err);
    if (r != EVH_OK)
        return r;
    return db_finish(store, db_set_version(store, migrate_version(), err), err); /* an UPDATE to the same value writes nothing */
}

enum evh store_reopen(struct store *store, struct err *err)
{
    if (store->own != NULL)
        return err_set(err, EVH_STATE, "the records were replaced: leave, and come again");
    enum evh r = db_reopen(store, err);
    if (r == EVH_OK)
        r = store_prepare(store, err); /* another file, another name of this computer */
    if (r == EVH_OK)
        store->commits++; /* what the screens show may be another file's */
    return r;
}

int64_t store_version(struct store *store)
{
    int64_t others = 0;
    struct query q;
    query_begin(&q, store, STMT_data_version);
    if (query_row(&q))
        others = query_get_int(&q, 0);
    (void)!query_end(&q, NULL); /* a screen that follows asks again */
    return store->opened * (INT64_C(1) << 40) + store->commits + others; /* another connection counts the changes of others anew */
}
