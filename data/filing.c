/* Who is who: a record joins a child's file only when the full name and the name used in minutes agree and no reference
 * or date of birth contradicts. Joining two children who share a name would be a breach; so whatever is not certain
 * opens a new file, and doctor lists it. */
#include <string.h>

#include "core/text.h"
#include "data/change.h"


struct candidate {
    struct uuid file;
    int32_t newest;
    bool agrees;      /* somebody there is called the same */
    bool contradicts;
    size_t n;
};

struct person {
    const char *name_fold, *known_fold, *ref, *born;
};

static struct person person_of(struct arena *arena, const struct record *record, size_t child)
{
    const struct child *c = &record->children[child];
    const char *known = c->known_as != NULL ? c->known_as : c->name;
    return (struct person){
        .name_fold = text_fold_dup(arena, c->name, strlen(c->name)),
        .known_fold = text_fold_dup(arena, known, strlen(known)),
        .ref = c->ref,
        .born = head_value(record, "born", (int)child),
    };
}

static bool differ(const char *a, const char *b)
{
    return a != NULL && b != NULL && !text_same_word(a, strlen(a), b);
}

static enum evh look_at(struct store *store, struct uuid meeting, const struct person *p, struct candidate *c, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_child_of_file);
    query_id(&q, 1, c->file);
    c->newest = DAY_NONE;
    while (query_row(&q)) {
        if (uuid_same(query_get_id(&q, 0), meeting))
            continue;
        if (c->n++ == 0)
            c->newest = (int32_t)query_get_int_or(&q, 6, DAY_NONE);
        const char *name = query_get(&q, 2), *known = query_get(&q, 3);
        if (name != NULL && known != NULL && strcmp(name, p->name_fold) == 0 && strcmp(known, p->known_fold) == 0)
            c->agrees = true;
        if (differ(query_get(&q, 4), p->ref) || differ(query_get(&q, 5), p->born))
            c->contradicts = true;
    }
    return query_end(&q, err);
}

static bool taken(const struct record *record, size_t child, struct uuid file)
{
    for (size_t i = 0; i < record->nchildren; i++) {
        if (i != child && uuid_same(record->children[i].file, file))
            return true; /* twins of one name are still two children */
    }
    return false;
}

/* The one file that this child can be in; zero when there is none or more than one. */
static enum evh choose(struct store *store, const struct record *record, size_t child, const struct person *p, struct candidate *out, struct err *err)
{
    struct uuid files[16];
    size_t n = 0, fit = 0;
    char meeting[UUID_TEXT];
    uuid_text(record->id, meeting);
    struct query q;
    query_begin(&q, store, STMT_child_same_name);
    query_text(&q, 1, p->name_fold);
    query_text(&q, 2, p->known_fold);
    query_text(&q, 3, meeting);
    while (query_row(&q) && n < NITEMS(files))
        files[n++] = query_get_id(&q, 0);
    enum evh r = query_end(&q, err);
    *out = (struct candidate){0};
    for (size_t i = 0; i < n && r == EVH_OK; i++) {
        struct candidate c = {.file = files[i]};
        r = look_at(store, record->id, p, &c, err);
        if (r != EVH_OK || c.contradicts || taken(record, child, c.file))
            continue;
        *out = c;
        fit++;
    }
    if (fit != 1)
        *out = (struct candidate){0};
    return r;
}

static bool nameless(const struct person *p)
{
    return p->name_fold[0] == '\0';
}

/* False: the file that the child stands in still fits. */
static enum evh must_move(struct store *store, const struct record *record, size_t child, const struct person *p, bool *move, struct err *err)
{
    struct candidate c = {.file = record->children[child].file};
    *move = true;
    if (uuid_none(c.file))
        return EVH_OK;
    enum evh r = look_at(store, record->id, p, &c, err);
    *move = c.n > 0 && (!c.agrees || c.contradicts);
    return r;
}

static const char *sentence(struct arena *arena, const struct record *record, size_t child, const char *said, int32_t day)
{
    const struct child *c = &record->children[child];
    const char *one = arena_printf(arena, "same child as in the meeting of %s", day_words(arena, day));
    if (record->nchildren > 1)
        one = arena_printf(arena, "%s: %s", c->known_as != NULL ? c->known_as : c->name, one);
    return said == NULL ? one : arena_printf(arena, "%s; %s", said, one);
}

enum evh filing(struct store *store, struct record *record, struct arena *arena, struct facts *facts, const char **said, struct err *err)
{
    struct idgen ids = store_ids(store);
    for (size_t i = 0; i < record->nchildren; i++) {
        struct person p = person_of(arena, record, i);
        struct candidate c = {0};
        bool move = true;
        enum evh r = must_move(store, record, i, &p, &move, err);
        if (r == EVH_OK && move && !nameless(&p))
            r = choose(store, record, i, &p, &c, err);
        if (r != EVH_OK)
            return r;
        if (!move)
            continue;
        struct fact f = fact_new(FACT_FILED, ids.next(ids.data));
        f.index = (int)i;
        f.file = uuid_none(c.file) ? ids.next(ids.data) : c.file;
        f.reason = uuid_none(c.file) ? "first record" : "same name";
        record->children[i].file = f.file; /* so that the next child cannot take it too */
        facts_add(arena, facts, f);
        if (!uuid_none(c.file) && said != NULL)
            *said = sentence(arena, record, i, *said, c.newest);
    }
    return EVH_OK;
}

bool filing_touched(const struct fact *facts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *key = facts[i].key;
        if (facts[i].kind_of_fact == FACT_HEAD && key != NULL &&
            (strcmp(key, "child") == 0 || strcmp(key, "child-ref") == 0 || strcmp(key, "born") == 0))
            return true;
    }
    return false;
}
