/* Letters that remind people of their actions. Nothing is sent. */
#include <stdlib.h>
#include <string.h>

#include "core/hash.h"
#include "data/file.h"
#include "tui/command/actions.h"

enum { DAYS_USUAL = 7, DAYS_MOST = 3650, SHORT_ID = 12 };

/* Whose letter an action goes into: a person, or a name in one child's file where several people may have it. */
struct pile {
    struct uuid whose;
    const char *owner;
    struct action_row *rows;
    size_t n, cap;
};

struct filed { struct uuid meeting, file; };

struct post {
    struct context *c;
    struct pile *piles;
    size_t n, cap;
    size_t unowned, restricted, in_notes;
    size_t there;           /* letters that were made before */
    struct filed *files;    /* of the meetings that were asked for */
    size_t nfiles, files_cap;
    const char *owner;      /* who was looked up last, and which person it is; zero: several may be meant */
    struct uuid person;
    int32_t until;
    const char *folder; /* NULL: standard output */
};

static enum evh read_days(struct context *c, int32_t *days)
{
    const char *words = context_option(c, OPT_DAYS);
    char *end = NULL;
    *days = DAYS_USUAL;
    if (words == NULL)
        return EVH_OK;
    long n = strtol(words, &end, 10);
    if (words[0] < '0' || words[0] > '9' || *end != '\0' || n > DAYS_MOST)
        return err_set(&c->err, EVH_USAGE, "--days needs a number of days, at most %d", DAYS_MOST);
    *days = (int32_t)n;
    return EVH_OK;
}

/* The file of the child whom the meeting is about. */
static enum evh file_of(struct post *post, struct uuid meeting, struct uuid *file)
{
    struct context *c = post->c;
    struct record *record = NULL;
    for (size_t i = 0; i < post->nfiles; i++) {
        *file = post->files[i].file;
        if (uuid_same(post->files[i].meeting, meeting))
            return EVH_OK;
    }
    enum evh rc = store_record(c->store, meeting, &record, &c->err);
    if (rc != EVH_OK)
        return rc;
    *file = record->nchildren > 0 && !uuid_none(record->children[0].file) ? record->children[0].file : meeting;
    record_free(record);
    post->files = arena_grow(c->arena, post->files, post->nfiles, &post->files_cap, sizeof post->files[0]);
    post->files[post->nfiles++] = (struct filed){meeting, *file};
    return EVH_OK;
}

/* Two people of one name are never told of each other's actions: only where the store knows one person of that name is the letter about all of theirs. */
static enum evh whose(struct post *post, const struct action_row *row, struct uuid *id)
{
    struct context *c = post->c;
    if (post->owner == NULL || strcmp(post->owner, row->owner) != 0) { /* rows are in their owners' order */
        struct person_row person = {0};
        struct err err = {0};
        enum evh rc = store_find_person(c->store, c->arena, row->owner, &person, &err);
        if (rc != EVH_OK && rc != EVH_NOTFOUND && rc != EVH_INVALID)
            return err_set(&c->err, rc, "%s", err.text);
        post->owner = row->owner;
        post->person = rc == EVH_OK ? person.id : (struct uuid){0};
    }
    *id = post->person;
    return uuid_none(*id) ? file_of(post, row->meeting, id) : EVH_OK;
}

static struct pile *pile_for(struct post *post, struct uuid id, const char *owner)
{
    for (size_t i = 0; i < post->n; i++)
        if (uuid_same(post->piles[i].whose, id) && strcmp(post->piles[i].owner, owner) == 0)
            return &post->piles[i];
    post->piles = arena_grow(post->c->arena, post->piles, post->n, &post->cap, sizeof post->piles[0]);
    post->piles[post->n] = (struct pile){.whose = id, .owner = owner};
    return &post->piles[post->n++];
}

static enum evh sort_out(struct post *post, const struct action_rows *rows)
{
    struct context *c = post->c;
    for (size_t i = 0; i < rows->n; i++) {
        const struct action_row *row = &rows->v[i];
        struct uuid id;
        if (row->owner == NULL) {
            post->unowned++;
            continue;
        }
        if (!letter_may(row)) {
            post->restricted++;
            continue;
        }
        enum evh rc = whose(post, row, &id);
        if (rc != EVH_OK)
            return rc;
        struct pile *pile = pile_for(post, id, row->owner);
        pile->rows = arena_grow(c->arena, pile->rows, pile->n, &pile->cap, sizeof pile->rows[0]);
        pile->rows[pile->n++] = *row;
    }
    return EVH_OK;
}

/* The day and what only this database knows: the same letter has the same name all day, and nothing of anybody's name is in it. */
static void put_path(struct buf *path, const struct post *post, const struct pile *pile, int32_t today)
{
    char id[UUID_TEXT], text[HASH_HEX];
    struct buf words = {0};
    uuid_text(pile->whose, id);
    buf_addf(&words, "%s %s", id, pile->owner);
    struct hash hash = hash_of(buf_str(&words), words.n);
    hash_text(&hash, text);
    buf_addf(path, "%s/", post->folder);
    civil_put_day(path, today);
    buf_addf(path, "-%.*s.eml", SHORT_ID, text);
    buf_free(&words);
}

static enum evh put_file(struct post *post, const struct pile *pile, const struct letter *letter)
{
    struct context *c = post->c;
    struct idgen ids = world_ids(&c->world);
    struct buf out = {0}, path = {0}, line = {0};
    put_path(&path, post, pile, letter->now.day);
    out_letter_message(&out, letter, ids.next(ids.data));
    enum evh rc = file_write(buf_str(&path), buf_str(&out), out.n, opt_has(&c->args, OPT_FORCE), &c->err);
    if (rc == EVH_OK) {
        buf_addf(&line, "%s: %s, %zu %s\n", buf_str(&path), letter->owner, letter->n, letter->n == 1 ? "action" : "actions");
        rc = context_put(c, &line);
    } else if (rc == EVH_STATE) {
        context_say("%s is there already: the letter of today to %s; nothing was changed in it", buf_str(&path), context_short(c, letter->owner));
        post->there++;
        rc = EVH_OK;
    }
    buf_free(&out);
    buf_free(&path);
    buf_free(&line);
    return rc;
}

static enum evh put_letters(struct post *post)
{
    struct context *c = post->c;
    enum evh rc = EVH_OK;
    for (size_t i = 0; i < post->n && rc == EVH_OK; i++) {
        const struct pile *pile = &post->piles[i];
        struct letter letter = {.owner = pile->owner, .rows = pile->rows, .n = pile->n, .until = post->until,
                                .now = c->world.now(c->world.data), .types = context_types(c)};
        if (post->folder != NULL) {
            rc = put_file(post, pile, &letter);
            continue;
        }
        struct buf out = {0};
        if (i > 0)
            buf_adds(&out, "\n------------------------------------------------------------------------\n\n");
        out_letter(&out, &letter);
        rc = context_put(c, &out);
        buf_free(&out);
    }
    return rc;
}

/* What the letters leave out is for whoever makes them to know. */
static void say_rest(const struct post *post)
{
    if (post->unowned > 0)
        context_say("%zu of the actions %s no owner, so nobody gets a letter about %s; evenhand actions shows them", post->unowned,
                    post->unowned == 1 ? "has" : "have", post->unowned == 1 ? "it" : "them");
    if (post->restricted > 0)
        context_say("%zu restricted %s in no letter; evenhand actions shows whose", post->restricted, post->restricted == 1 ? "action is" : "actions are");
    if (post->in_notes > 0)
        context_say("%zu %s of records kept as notes, so in no letter; evenhand actions shows %s", post->in_notes,
                    post->in_notes == 1 ? "action is" : "actions are", post->in_notes == 1 ? "it" : "them");
    if (post->there > 0)
        context_say("--force makes the letters that are there again");
}

int command_remind(struct context *c)
{
    struct post post = {.c = c, .folder = opt_value(&c->args, OPT_EML)};
    const struct action_filter filter = {.owner = context_option(c, OPT_OWNER), .due_before = DAY_NONE};
    struct action_rows rows = {0};
    int32_t days;
    bool known = true;
    if (read_days(c, &days) != EVH_OK || context_open(c, STORE_READ) != EVH_OK)
        return context_fail(c);
    post.until = c->world.now(c->world.data).day + days;
    enum evh rc = store_actions_minuted(c->store, c->arena, filter.owner, post.until, &rows, &post.in_notes, &c->err);
    if (rc == EVH_OK)
        rc = sort_out(&post, &rows);
    if (rc == EVH_OK && post.n > 0 && post.folder != NULL)
        rc = file_make_dir(post.folder, &c->err);
    if (rc == EVH_OK)
        rc = put_letters(&post);
    if (rc == EVH_OK && rows.n == 0)
        rc = actions_known(c, &filter, &known);
    if (rc != EVH_OK)
        return context_fail(c);
    if (post.n == 0)
        context_say("nobody has an action to be reminded of");
    say_rest(&post);
    return post.there > 0 ? err_status(EVH_NO) : 0;
}
