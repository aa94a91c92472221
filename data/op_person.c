/* Saying that two are one person, and taking it back. Several meetings may have to be told: all of them in one transaction. */
#include <string.h>

#include "core/text.h"
#include "data/change.h"
#include "data/people.h"

struct told {
    struct store *store;
    struct people p;
    const char *reason;
    size_t n;          /* facts that were recorded */
};

static const char *cleaned(struct arena *arena, const char *s)
{
    const char *clean = text_clean_dup(arena, s == NULL ? "" : s, s == NULL ? 0 : strlen(s));
    size_t n = strlen(clean);
    text_trim(&clean, &n);
    return n == 0 ? NULL : arena_strndup(arena, clean, n);
}

static enum evh begin(struct told *t, struct arena *arena, struct store *store, struct uuid person, const char *reason, size_t *at, struct err *err)
{
    *t = (struct told){.store = store, .reason = cleaned(arena, reason)};
    *at = NOBODY;
    if (t->reason == NULL)
        return err_set(err, EVH_INVALID, "say why");
    enum evh r = people_load(store, arena, &t->p, err);
    if (r != EVH_OK)
        return r;
    *at = people_find(&t->p, person);
    return *at == NOBODY ? err_set(err, EVH_NOTFOUND, "there is no such person") : EVH_OK;
}

static enum evh tell(struct told *t, struct uuid meeting, struct fact f, struct err *err)
{
    struct change c = {0};
    struct facts facts = {0};
    struct idgen ids = store_ids(t->store);
    f.id = ids.next(ids.data);
    enum evh r = change_load(&c, t->store, meeting, err);
    if (r == EVH_OK) {
        facts_add(c.arena, &facts, f);
        r = change_write(&c, &facts, NULL, err);
    }
    change_free(&c);
    t->n++;
    return r;
}

static enum evh tell_same(struct told *t, const struct appearance *a, struct uuid person, struct err *err)
{
    struct fact f = fact_new(FACT_PERSON, (struct uuid){{0}});
    f.target = a->id;
    f.person = person;
    f.reason = t->reason;
    return tell(t, a->meeting, f, err);
}

/* A child of the head without a line has no fact that could be named. */
static enum evh has_line(struct store *store, const struct appearance *a, bool *found, struct err *err)
{
    struct record *record = NULL;
    *found = false;
    enum evh r = store_record(store, a->meeting, &record, err);
    if (r != EVH_OK)
        return r;
    for (size_t i = 0; i < record->npeople && !*found; i++)
        *found = uuid_same(record->people[i].id, a->id);
    record_free(record);
    return EVH_OK;
}

/* NOBODY: they have none. */
static enum evh line_of(struct told *t, size_t at, size_t *line, struct err *err)
{
    bool found = false;
    enum evh r = EVH_OK;
    *line = NOBODY;
    for (size_t i = 0; i < t->p.n && r == EVH_OK && !found; i++) {
        if (t->p.v[i].leader != t->p.v[at].leader)
            continue;
        r = has_line(t->store, &t->p.v[i], &found, err);
        if (found)
            *line = i;
    }
    return r;
}

static enum evh join(struct told *t, size_t one, struct uuid other, struct err *err)
{
    size_t two = people_find(&t->p, other);
    if (two == NOBODY)
        return err_set(err, EVH_NOTFOUND, "there is no such other person");
    if (t->p.v[one].leader == t->p.v[two].leader)
        return err_set(err, EVH_STATE, "they are one person already");
    size_t line;
    struct uuid person = people_id(&t->p, one);
    enum evh r = line_of(t, two, &line, err);
    if (r == EVH_OK && line == NOBODY) {
        r = line_of(t, one, &line, err);
        person = people_id(&t->p, two);
    }
    if (r != EVH_OK)
        return r;
    if (line == NOBODY)
        return err_set(err, EVH_STATE, "neither of them has a line on a list of people: a child who is only in the head is joined by joining the files");
    return tell_same(t, &t->p.v[line], person, err);
}

enum evh op_person_join(struct store *store, struct uuid person, struct uuid other, const char *reason, struct err *err)
{
    struct arena *arena = arena_new();
    struct told t;
    size_t at;
    enum evh r = db_begin(store, err);
    if (r == EVH_OK) {
        r = begin(&t, arena, store, person, reason, &at, err);
        if (r == EVH_OK)
            r = join(&t, at, other, err);
        r = db_finish(store, r, err);
    }
    arena_free(arena);
    return r;
}

/* ---- splitting ---- */

static bool in_file(const struct people *p, struct uuid meeting, struct uuid of)
{
    size_t a0, a1, b0, b1;
    people_files(p, meeting, &a0, &a1);
    people_files(p, of, &b0, &b1);
    if (uuid_same(meeting, of))
        return true;
    for (size_t i = a0; i < a1; i++) {
        for (size_t k = b0; k < b1; k++) {
            if (uuid_same(p->files[i].file, p->files[k].file))
                return true;
        }
    }
    return false;
}

/* Which appearances of the person go: those in the file; where they have no other, those of that meeting. */
static enum evh choose(const struct told *t, size_t at, struct uuid meeting, bool *goes, struct err *err)
{
    const struct people *p = &t->p;
    size_t in = 0, all = 0, there = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (p->v[i].leader != p->v[at].leader)
            continue;
        goes[i] = in_file(p, p->v[i].meeting, meeting);
        in += goes[i];
        all++;
    }
    if (in == 0)
        return err_set(err, EVH_NOTFOUND, "they are not on a list of people in the file of that meeting's child");
    if (in < all)
        return EVH_OK;
    for (size_t i = 0; i < p->n; i++) {
        goes[i] = goes[i] && uuid_same(p->v[i].meeting, meeting);
        there += goes[i];
    }
    if (there == 0)
        return err_set(err, EVH_NOTFOUND, "they are not on that meeting's list of people");
    if (there == all)
        return err_set(err, EVH_STATE, "they are somebody of their own already: there is nobody to take them apart from");
    return EVH_OK;
}

/* What somebody said, across the cut, is taken back. */
static enum evh cut_said(struct told *t, const bool *goes, struct err *err)
{
    enum evh r = EVH_OK;
    for (size_t i = 0; i < t->p.nsame && r == EVH_OK; i++) {
        const struct same *s = &t->p.same[i];
        size_t one = people_find(&t->p, s->attendee), other = people_find(&t->p, s->person);
        if (one == NOBODY || other == NOBODY || goes[one] == goes[other])
            continue;
        struct fact f = fact_new(FACT_UNDONE, (struct uuid){{0}});
        f.target = s->fact;
        r = tell(t, s->meeting, f, err);
    }
    return r;
}

/* Those that are one by their name nevertheless stand apart from now on, and stay together among themselves. */
static enum evh cut_names(struct told *t, const bool *goes, struct err *err)
{
    enum evh r = EVH_OK;
    size_t first = NOBODY;
    for (size_t i = 0; i < t->p.n && r == EVH_OK; i++) {
        bool line;
        if (!goes[i])
            continue;
        r = has_line(t->store, &t->p.v[i], &line, err);
        if (r == EVH_OK && !line)
            return err_set(err, EVH_STATE, "a child who is only in the head of a meeting is taken apart with their file");
        if (r == EVH_OK && !t->p.v[i].apart)
            r = tell_same(t, &t->p.v[i], t->p.v[i].id, err);
        if (r == EVH_OK && first != NOBODY)
            r = tell_same(t, &t->p.v[i], t->p.v[first].id, err);
        first = first == NOBODY ? i : first;
    }
    return r;
}

static bool still_one(const struct people *old, const bool *goes, const struct people *now)
{
    for (size_t i = 0; i < old->n; i++) {
        for (size_t k = 0; goes[i] && k < old->n; k++) {
            size_t a = people_find(now, old->v[i].id), b = people_find(now, old->v[k].id);
            if (!goes[k] && a != NOBODY && b != NOBODY && now->v[a].leader == now->v[b].leader)
                return true;
        }
    }
    return false;
}

static enum evh split(struct told *t, struct arena *arena, size_t at, struct uuid meeting, struct err *err)
{
    bool *goes = arena_alloc(arena, t->p.n + 1, sizeof *goes);
    struct people now;
    enum evh r = choose(t, at, meeting, goes, err);
    if (r == EVH_OK)
        r = cut_said(t, goes, err);
    if (r == EVH_OK)
        r = people_load(t->store, arena, &now, err);
    if (r == EVH_OK && still_one(&t->p, goes, &now))
        r = cut_names(t, goes, err);
    return r;
}

enum evh op_person_split(struct store *store, struct uuid person, struct uuid file_of_meeting, const char *reason, struct err *err)
{
    struct arena *arena = arena_new();
    struct told t;
    size_t at;
    enum evh r = db_begin(store, err);
    if (r == EVH_OK) {
        r = begin(&t, arena, store, person, reason, &at, err);
        if (r == EVH_OK)
            r = split(&t, arena, at, file_of_meeting, err);
        r = db_finish(store, r, err);
    }
    arena_free(arena);
    return r;
}
