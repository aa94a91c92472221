/* Who was there, and what was said of who is the same person as whom. */
#include <string.h>

#include "core/text.h"
#include "data/inside.h"

/* A child of the head without a line has no fact of their own: an id that no other appearance can have, the same after every rebuild. */
static struct uuid attendee_id(const struct record *record, size_t i)
{
    struct uuid id = record->people[i].id;
    if (!record->people[i].implied)
        return id;
    size_t nth = 0;
    for (size_t k = 0; k < i; k++)
        nth += record->people[k].implied;
    id = record->id;
    id.b[14] = (unsigned char)(id.b[14] ^ 0x80);
    id.b[15] = (unsigned char)(id.b[15] ^ (nth + 1));
    return id;
}

static bool apart(const struct record *record, struct uuid id)
{
    for (size_t i = 0; i < record->nsame; i++) {
        if (uuid_same(record->same[i].attendee, id) && uuid_same(record->same[i].person, id))
            return true;
    }
    return false;
}

static enum evh put_attendee(struct store *store, struct arena *arena, const struct record *record, size_t i, struct err *err)
{
    const struct attendee *a = &record->people[i];
    struct uuid id = attendee_id(record, i);
    struct query q;
    query_begin(&q, store, STMT_attendee_put);
    query_id(&q, 1, record->id);
    query_int(&q, 2, (int64_t)i);
    query_id(&q, 3, id);
    query_text(&q, 4, a->name);
    query_text(&q, 5, text_fold_dup(arena, a->name, strlen(a->name)));
    query_text(&q, 6, a->role);
    query_text(&q, 7, a->organisation);
    query_text(&q, 8, a->capacity_text == NULL ? "" : a->capacity_text);
    query_int(&q, 9, apart(record, id));
    return query_run(&q, err);
}

static enum evh put_same(struct store *store, struct uuid meeting, const struct same_person *s, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_same_put);
    query_id(&q, 1, meeting);
    query_id(&q, 2, s->id);
    query_id(&q, 3, s->attendee);
    query_id(&q, 4, s->person);
    return query_run(&q, err);
}

static enum evh clear(struct store *store, enum stmt which, struct uuid meeting, struct err *err)
{
    struct query q;
    query_begin(&q, store, which);
    query_id(&q, 1, meeting);
    return query_run(&q, err);
}

enum evh derive_people(struct store *store, struct arena *arena, const struct record *record, struct err *err)
{
    enum evh r = clear(store, STMT_attendee_clear, record->id, err);
    if (r == EVH_OK)
        r = clear(store, STMT_same_clear, record->id, err);
    for (size_t i = 0; i < record->npeople && r == EVH_OK; i++)
        r = put_attendee(store, arena, record, i, err);
    for (size_t i = 0; i < record->nsame && r == EVH_OK; i++)
        r = put_same(store, record->id, &record->same[i], err);
    return r;
}
