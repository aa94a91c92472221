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

static const char *author_of(const struct change *c, const char *author)
{
    return author == NULL ? c->record->kept_by : author;
}

enum evh change_append(struct change *c, const struct facts *facts, const char *author, struct err *err)
{
    return log_append(c->store, c->record->id, facts->v, facts->n, author_of(c, author), c->record->date, c->arena, &c->log, err);
}

/* The entry whose action an undoing is about, however often it was taken back and given again; NULL: it is about something else. */
static struct entry *undone_action(const struct change *c, const struct fact *f)
{
    const struct facts *log = &c->log.facts;
    for (size_t i = log->n; i > 0 && f->kind_of_fact == FACT_UNDONE; i--) {
        if (uuid_same(log->v[i - 1].id, f->target))
            f = &log->v[i - 1];
    }
    return f->kind_of_fact == FACT_ACTION ? record_entry(c->record, f->target) : NULL;
}

/* What has to be derived again. After an undoing every entry is a new one; but a change of an action touches its own entry alone. */
static unsigned parts_of(const struct change *c, const struct facts *facts)
{
    unsigned parts = derive_parts(facts->v, facts->n);
    if (!undoes(facts))
        return parts;
    for (size_t i = 0; i < facts->n; i++) {
        if (undone_action(c, &facts->v[i]) == NULL)
            return parts;
    }
    for (size_t i = 0; i < c->record->nentries; i++)
        c->record->entries[i].changed = false;
    for (size_t i = 0; i < facts->n; i++)
        undone_action(c, &facts->v[i])->changed = true;
    return 0;
}

enum evh change_settle(struct change *c, const struct facts *facts, const char *author, struct err *err)
{
    enum evh r = EVH_OK;
    if (facts->n == 0)
        return EVH_OK;
    apply(c, facts); /* after which the record may be another: whoever keeps it is asked of that */
    if (filing_touched(facts->v, facts->n)) {
        struct facts filed = {0};
        r = filing(c->store, c->record, c->arena, &filed, NULL, err);
        if (r == EVH_OK)
            r = change_append(c, &filed, author, err);
        apply(c, &filed);
    }
    return r == EVH_OK ? derive(c->store, c->record, parts_of(c, facts), err) : r;
}

enum evh change_write(struct change *c, struct facts *facts, const char *author, struct err *err)
{
    if (facts->n == 0)
        return EVH_OK;
    enum evh r = change_append(c, facts, author, err);
    return r == EVH_OK ? change_settle(c, facts, author, err) : r;
}
