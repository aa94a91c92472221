/* What the files of the store share below its header. Private to data/. */
#ifndef DATA_INSIDE_H
#define DATA_INSIDE_H

#include "data/db.h"
#include "data/log.h"

/* ---- migrate.c ---- */

/* Brings the tables up to this program's version, a backup first. Fresh databases take the same steps. */
MUST_USE enum evh migrate(struct store *store, struct err *err);
int migrate_version(void);
/* OK when the tables are of this program's version. */
MUST_USE enum evh migrate_same(struct store *store, struct err *err);

/* ---- store.c ---- */

MUST_USE enum evh store_check_dir(const char *dir, struct err *err);
/* dir and path of a store, without symbolic links. */
MUST_USE enum evh store_set_paths(struct store *store, const char *dir, struct err *err);
/* The device's name, and derived tables of this program's form. */
MUST_USE enum evh store_prepare(struct store *store, struct err *err);

/* ---- backup.c ---- */

enum backup_why { BACKUP_DAILY, BACKUP_UPDATE, BACKUP_RESTORE, BACKUP_WHYS };

/* A copy through SQLite's own backup, in DIR/backup, 0600, checked; the oldest are then removed by the rule of keep.c. *path (may be NULL)
 * is its name, to be freed. */
MUST_USE enum evh backup_make(struct store *store, enum backup_why why, char **path, struct err *err);
/* Before the first change of a day. Never fails: what went wrong is told once (store_told), and the change goes on. */
void backup_of_the_day(struct store *store);
/* Opened read-only and read through, its log too when `chain`: a backup that nobody looked at is none. */
MUST_USE enum evh backup_check(const struct store *of, const char *path, bool chain, struct err *err);
MUST_USE enum evh backup_sync_dir(const char *dir, struct err *err);
/* Adds the path of a copy that is being made: hidden, in the folder `dir`, made by us alone (0600). */
MUST_USE enum evh backup_temp(const char *dir, struct buf *path, struct err *err);
void backup_clear(const char *dir); /* removes such copies that a killed program left an hour ago or longer */

/* ---- keep.c: the names of backups, and which are kept ---- */

struct backup_file {
    char name[64];
    int32_t day;
    enum backup_why why;
    int64_t size;
    bool keep;
};
struct backup_files { struct backup_file *v; size_t n, cap; };

/* A name that this program gives; false for every other. */
bool backup_name_read(const char *name, struct backup_file *out);
void backup_name_put(struct buf *out, const struct now *now, enum backup_why why, const unsigned char salt[4]);
/* Those of a folder, newest first; free the array with free(). */
void backup_list(const char *dir, struct backup_files *out);
/* Sets `keep`: the newest of each of the last 7 days and of each of the last 5 weeks that have one, and the last 5 of each other kind. */
void backup_decide(struct backup_files *files);
/* Never removes `made` (a name in the folder; NULL: none): a clock that was wrong may have given all others newer names. */
void backup_prune(const char *dir, const char *made);

/* ---- draft.c ---- */

/* The half-typed line went on record. Inside a transaction. */
MUST_USE enum evh draft_line_remove(struct store *store, struct uuid meeting, struct err *err);

/* ---- visit.c ---- */

/* Says who the visitor is, whatever was said before; strings are copied. / Frees what visit.c keeps. */
void visit_set(struct store *store, const struct visitor *visitor);
void visit_forget(struct store *store);
/* store_visit() for several meetings, in one transaction: all or none. Nothing is written for those that were opened before. */
MUST_USE enum evh visit_each(struct store *store, const char *what, const struct uuid *meetings, size_t n, struct err *err);
/* The name of the person who was named as the visitor; NULL: nobody was (an account by itself is no author). Borrowed. */
const char *visit_author(const struct store *store);

/* ---- own.c: a handle for one person ---- */

/* What such a handle does at the moment: each phase has its statements, and its table of what SQLite's authorizer lets through. */
enum own_phase {
    OWN_SETUP,  /* the connection is new and nobody has it yet */
    OWN_LOOK,   /* reads the temporary tables that were filled for this person */
    OWN_FILL,   /* fills them: the store's own code reads the people and their actions */
    OWN_CHANGE, /* records one change of an own action */
    OWN_DRAFT,  /* what is half typed, under the person's own id */
    OWN_VISIT,  /* writes down the visit */
    OWN_PHASES
};
/* Does nothing on a handle without a limit. */
void own_phase(struct store *store, enum own_phase phase);
/* May this statement run now? True on a handle without a limit. */
bool own_may(const struct store *store, enum stmt which);
/* Refuses with a sentence on a handle for one person: for what reads past the statements. */
MUST_USE enum evh own_refuse(const struct store *store, struct err *err);
/* The meeting under which a draft is kept: the person's own id on such a handle. */
struct uuid own_draft_key(const struct store *store, struct uuid meeting);
/* What somebody is told who may only see their own actions, instead of where the records lie and how they are put right. Returns `r`. */
enum evh own_unopened(enum evh r, struct err *err);
/* Sets up a connection that was opened anew; what went on before goes on. */
MUST_USE enum evh own_install(struct store *store, struct err *err);
void own_free(struct store *store);
/* store_retry() on such a handle. */
MUST_USE enum evh own_retry(struct store *store, struct err *err);

/* ---- disk.c ---- */

/* What a path lies on when that is a network disk, or which program synchronises its folder; else NULL. */
const char *disk_network(const char *path);
const char *disk_synchronised(const char *path);
/* The same from the number of statfs and the word of the mount table / that word, from a mount table that is a file. */
const char *disk_network_of(unsigned long number, const char *type);
void disk_mount_type(const char *table, const char *path, char type[64]);
/* How the disk of a path is encrypted ("LUKS", "gocryptfs"), else NULL; *known false when it cannot be told. */
const char *disk_encrypted(const char *path, bool *known);

/* ---- derive.c ---- */

/* Derived rows of one meeting: all of them, or (`all` false) the meeting's own row and the entries that changed, and
 * attendees and children when `people`. Clears the entries' `changed`. Inside a transaction. */
enum { DERIVE_ALL = 1, DERIVE_PEOPLE = 2 };
MUST_USE enum evh derive(struct store *store, struct record *record, unsigned parts, struct err *err);
/* Which parts a batch of facts touches. */
unsigned derive_parts(const struct fact *facts, size_t n);
/* The same as the stamp of this program? Makes the tables again when not. Inside a transaction. */
MUST_USE enum evh derive_tables(struct store *store, struct err *err);
MUST_USE enum evh derive_from_log(struct store *store, struct err *err);
MUST_USE enum evh derive_stamp_same(struct store *store, bool *same, struct err *err);

/* ---- derive_person.c ---- */

MUST_USE enum evh derive_people(struct store *store, struct arena *arena, const struct record *record, struct err *err);

/* ---- derive_action.c ---- */

MUST_USE enum evh derive_actions(struct store *store, struct record *record, bool all, struct err *err);
/* "12 readers, tabs between" and back. */
const char *tabs_join(struct buf *out, const struct texts *list);
struct texts tabs_split(struct arena *arena, const char *s);

#define DUE_NONE INT32_MAX
#define DUE_TIME_NONE 9999

/* ---- derive_thread.c: an action and those that carry it on ---- */

struct thread_key {
    struct uuid file;
    int32_t date;
    const char *number;
};
struct thread_keys {
    struct thread_key *v;
    size_t n, cap;
};
void thread_key_add(struct arena *arena, struct thread_keys *keys, struct thread_key key);
/* Decides again which action of each group is the current one. */
MUST_USE enum evh thread_settle(struct store *store, struct arena *arena, const struct thread_keys *keys, struct err *err);
/* The action's thread, oldest first; at least the action itself. */
MUST_USE enum evh thread_of(struct store *store, struct arena *arena, struct uuid action, struct uuid **out, size_t *n, struct err *err);

/* ---- derive_dump.c ---- */

MUST_USE enum evh derive_digest(struct store *store, struct hash *out, struct err *err);

/* ---- names of children, folded (derive_child.c) ---- */

const char *head_value(const struct record *record, const char *key, int index); /* NULL: none */
/* What the minutes call them, several with commas; and everything they are called, folded, for filters. */
const char *child_shown(struct arena *arena, const struct record *record);
const char *child_folded(struct arena *arena, const struct record *record);
/* The file that a child's rows stand under; one of the meeting's own until it was filed. */
struct uuid child_file(const struct record *record, size_t child);
MUST_USE enum evh derive_children(struct store *store, const struct record *record, struct err *err);

/* ---- short.c ---- */

/* The shortest unambiguous prefix of at least eight characters. */
/* The beginning of an id that tells it from the ids before and after it (NULL: none), never shorter than eight characters. Arena. */
const char *short_of(struct arena *arena, struct uuid id, const char *before, const char *after);
/* The same of an id as text, and of what it has in common with those beside it: so many characters. */
size_t short_common(const char *id, const char *other);
size_t short_length(const char *id, size_t common);
MUST_USE enum evh short_id(struct store *store, struct arena *arena, struct uuid id, const char **out, struct err *err);

/* ---- list.c ---- */

/* The id that begins with what somebody typed. */
MUST_USE enum evh find_prefix(struct store *store, enum stmt which, const char *words, const char *what, struct uuid *id, struct err *err);

const char *day_words(struct arena *arena, int32_t day); /* "24 November 2026", "no date" */

#endif
