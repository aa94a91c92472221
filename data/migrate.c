#include "data/inside.h"

#define STMT(name, sql)

static const char *const log_0001[] = {
#include "data/sql/0001-log.h"
};
static const char *const draft_0002[] = {
#include "data/sql/0002-draft.h"
};
static const char *const draft_place_0003[] = {
#include "data/sql/0003-draft-place.h"
};
static const char *const visit_0004[] = {
#include "data/sql/0004-visit.h"
};

/* In order; a step that was released is never changed, only followed by another. */
static const struct {
    const char *const *lines;
    size_t n;
} steps[] = {
    {log_0001, NITEMS(log_0001)},
    {draft_0002, NITEMS(draft_0002)},
    {draft_place_0003, NITEMS(draft_place_0003)},
    {visit_0004, NITEMS(visit_0004)},
};

int migrate_version(void)
{
    return (int)NITEMS(steps);
}

/* What the file says of itself: its version; fresh when nothing was ever written to it. */
static enum evh look(struct store *store, int64_t *version, bool *fresh, struct err *err)
{
    int64_t application = 0, schema = 0;
    enum evh r = db_begin_read(store, err); /* one lock for the three: every start comes through here */
    if (r == EVH_OK)
        r = db_pragma(store, "user_version", version, err);
    if (r == EVH_OK)
        r = db_pragma(store, "application_id", &application, err);
    if (r == EVH_OK)
        r = db_pragma(store, "schema_version", &schema, err);
    db_rollback(store);
    if (r != EVH_OK)
        return r;
    *fresh = *version == 0 && application == 0 && schema == 0;
    if (!*fresh && application != DB_APPLICATION)
        return err_set(err, EVH_CORRUPT, "%s is a database of another program; nothing was changed. "
                       "Choose another folder with --data", store->path);
    if (*version > migrate_version())
        return err_set(err, EVH_NEWER, "%s was written by a newer Evenhand (its tables are version %d, this program knows %d); "
                       "nothing was changed. Install the newer Evenhand", store->path, (int)*version, migrate_version());
    return EVH_OK;
}

/* All steps are one transaction: the file is of the old version or of this one, never between. */
static enum evh take_steps(struct store *store, struct err *err)
{
    int64_t now = 0;
    enum evh r = db_begin(store, err);
    if (r != EVH_OK)
        return r;
    r = db_pragma(store, "user_version", &now, err); /* another program may have taken some meanwhile */
    for (size_t i = now < 0 ? 0 : (size_t)now; i < NITEMS(steps) && r == EVH_OK; i++) {
        r = db_script(store, steps[i].lines, steps[i].n, err);
        if (r == EVH_OK)
            r = db_set_version(store, (int)i + 1, err);
    }
    return db_finish(store, r, err);
}

enum evh migrate_same(struct store *store, struct err *err)
{
    int64_t version = 0;
    bool fresh = false;
    enum evh r = look(store, &version, &fresh, err);
    if (r == EVH_OK && version != migrate_version())
        r = err_set(err, EVH_IO, "%s is now one of an older Evenhand; start again, then it is brought up to date", store->path);
    return r;
}

enum evh migrate(struct store *store, struct err *err)
{
    int64_t version = 0;
    bool fresh = false;
    enum evh r = look(store, &version, &fresh, err);
    if (r != EVH_OK || version == migrate_version())
        return r;
    if (store->read_only)
        return err_set(err, EVH_IO, "%s was written by an older Evenhand and cannot be brought up to date, as it is read-only; "
                       "make it writable for you, then try again", store->path);
    if (!fresh)
        r = backup_make(store, BACKUP_UPDATE, NULL, err);
    return r == EVH_OK ? take_steps(store, err) : r;
}
