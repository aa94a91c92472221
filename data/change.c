#include "data/change.h"

enum evh change_load(struct change *c, struct store *store, struct uuid meeting, struct err *err)
{
    *c = (struct change){.store = store, .arena = arena_new()};
    enum evh r = log_read(store, meeting, c->arena, &c->log, NULL, err);
    if (r == EVH_OK && c->log.facts.n == 0)
        r = err_set(err, EVH_NOTFOUND, "that meeting is not in the database");
    if (r != EVH_OK)
        return r;
    c->opened = c->log.seen;
    c->record = record_replay(meeting, c->log.facts.v, c->log.facts.n);
    for (size_t i = 0; i < c->record->nentries; i++)
        c->record->entries[i].changed = false;
    return EVH_OK;
}

void change_free(struct change *c)
{
    record_free(c->record);
    arena_free(c->arena);
    *c = (struct change){0};
}

static bool undoes(const struct facts *facts)
{
    for (size_t i = 0; i < facts->n; i++) {
        if (facts->v[i].kind_of_fact == FACT_UNDONE)
            return true;
    }
    return false;
}

/* The record as it will be; an undoing can only be seen by replaying. */
static void apply(struct change *c, const struct facts *facts)
{
    if (undoes(facts)) {
        struct record *record = record_replay(c->record->id, c->log.facts.v, c->log.facts.n);
        record_free(c->record);
        c->record = record;
        return;
    }
    for (size_t i = 0; i < facts->n; i++)
        (void)record_apply(c->record, &facts->v[i]); /* a fact whose target is gone changes nothing */
}

enum evh change_write(struct change *c, struct facts *facts, const char *author, struct err *err)
{
    struct record *record = c->record;
    if (facts->n == 0)
        return EVH_OK;
    if (author == NULL)
        author = record->kept_by;
    struct uuid meeting = record->id;
    enum evh r = log_append(c->store, meeting, facts->v, facts->n, author, record->date, c->arena, &c->log, err);
    if (r != EVH_OK)
        return r;
    apply(c, facts);
    if (filing_touched(facts->v, facts->n)) {
        struct facts filed = {0};
        r = filing(c->store, c->record, c->arena, &filed, NULL, err);
        if (r == EVH_OK)
            r = log_append(c->store, meeting, filed.v, filed.n, author, c->record->date, c->arena, &c->log, err);
        apply(c, &filed);
    }
    return r == EVH_OK ? derive(c->store, c->record, derive_parts(facts->v, facts->n), err) : r;
}
