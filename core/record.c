#include "core/record.h"

#include <string.h>

#include "core/names.h"
#include "core/record_inside.h"

static const struct {
    const char *word;
    char letter, family;
} entry_kinds[ENTRY_COUNT] = {
#define KIND(id, word, letter, longword, family) {word, letter, family},
#include "core/entry.def"
#undef KIND
};

const char *entry_word(enum entry_kind kind)
{
    return (unsigned)kind < ENTRY_COUNT ? entry_kinds[kind].word : "";
}

char entry_letter(enum entry_kind kind)
{
    return (unsigned)kind < ENTRY_COUNT ? entry_kinds[kind].letter : '\0';
}

char entry_family(enum entry_kind kind)
{
    return (unsigned)kind < ENTRY_COUNT ? entry_kinds[kind].family : '\0';
}

bool entry_kind_of_word(const char *word, enum entry_kind *kind)
{
    for (size_t i = 0; i < ENTRY_COUNT; i++) {
        if (strcmp(entry_kinds[i].word, word) == 0) {
            *kind = (enum entry_kind)i;
            return true;
        }
    }
    return false;
}

const char *mode_word(enum mode mode)
{
    switch (mode) {
    case MODE_PHONE:
        return "phone";
    case MODE_VIDEO:
        return "video";
    case MODE_UNSAID:
    case MODE_IN_PERSON:
        break;
    }
    return "in person";
}

bool restricted(const struct restriction *r)
{
    return r->confidential || r->readers.n > 0;
}

bool restriction_same(const struct restriction *a, const struct restriction *b)
{
    if (a->confidential != b->confidential || a->readers.n != b->readers.n)
        return false;
    for (size_t i = 0; i < a->readers.n; i++) {
        if (strcmp(a->readers.v[i], b->readers.v[i]) != 0)
            return false;
    }
    return true;
}

struct restriction restriction_of(const struct texts *readers)
{
    for (size_t i = 0; i < readers->n; i++) {
        if (strcmp(readers->v[i], "*") == 0)
            return (struct restriction){.confidential = true};
    }
    return (struct restriction){.readers = *readers};
}

const char *said(const char *s)
{
    return s == NULL || s[0] == '\0' ? NULL : s;
}

bool replaces(const struct record *r, const struct fact *f, enum object type, const struct ref **old)
{
    *old = NULL;
    if (uuid_none(f->replaces))
        return true;
    *old = index_find(r->index, f->replaces);
    return *old != NULL && (*old)->type == type;
}

void made(struct ref *ref, const struct fact *f, enum object type, size_t a, size_t b)
{
    *ref = (struct ref){.object = f->id, .type = type, .a = a, .b = b};
}

/* ---- life ---- */

struct record *record_new(struct uuid meeting)
{
    struct arena *arena = arena_new();
    struct record *r = arena_alloc(arena, 1, sizeof *r);
    r->arena = arena;
    r->id = meeting;
    r->date = r->notice_sent = r->papers_sent = r->plan_made = r->next_date = DAY_NONE;
    r->start = r->end = r->began = r->next_time = TIME_NONE;
    r->school_year = -1;
    r->items = arena_grow(r->arena, r->items, r->nitems, &r->items_cap, sizeof *r->items);
    r->items[r->nitems++] = (struct item){.planned_minutes = -1, .time = TIME_NONE};
    r->index = index_new(arena);
    r->names = names_index_new(arena);
    r->presence = presence_cache_new();
    r->people_version = 1;
    return r;
}

void record_free(struct record *record)
{
    if (record == NULL)
        return;
    presence_cache_free(record->presence);
    arena_free(record->arena);
}

struct entry *record_entry(const struct record *record, struct uuid id)
{
    const struct ref *ref = index_find(record->index, id);
    return ref != NULL && ref->type == OBJECT_ENTRY ? &record->entries[ref->a] : NULL;
}

const struct attendee *record_person(const struct record *record, const char *full_name)
{
    for (size_t i = 0; full_name != NULL && i < record->npeople; i++) {
        if (strcmp(record->people[i].name, full_name) == 0)
            return &record->people[i];
    }
    return NULL;
}

/* ---- applying ---- */

static bool apply_planned(struct record *r, const struct fact *f, struct ref *ref)
{
    (void)ref;
    r->origin = f->origin;
    return true;
}

static bool apply_opened(struct record *r, const struct fact *f, struct ref *ref)
{
    (void)f, (void)ref;
    r->opened = true;
    return true;
}

static bool apply_undone(struct record *r, const struct fact *f, struct ref *ref)
{
    (void)r, (void)f, (void)ref;
    return false; /* only a replay can leave something out: record_replay() */
}

static bool (*const apply_kind[FACT_COUNT])(struct record *, const struct fact *, struct ref *) = {
    [FACT_PLANNED] = apply_planned,
    [FACT_OPENED] = apply_opened,
    [FACT_HEAD] = apply_head,
    [FACT_ATTENDEE] = apply_attendee,
    [FACT_HELP] = apply_help,
    [FACT_CONTACT] = apply_contact,
    [FACT_ITEM] = apply_item,
    [FACT_ENTRY] = apply_entry,
    [FACT_REWORDED] = apply_reworded,
    [FACT_MARKED] = apply_marked,
    [FACT_POSITION] = apply_position,
    [FACT_STATE] = apply_state,
    [FACT_ACTION] = apply_action,
    [FACT_OUTCOME] = apply_outcome,
    [FACT_RECOMMENDATION] = apply_recommendation,
    [FACT_SIGNOFF] = apply_signoff,
    [FACT_COPY] = apply_copy,
    [FACT_FILED] = apply_filed,
    [FACT_UNDONE] = apply_undone,
    [FACT_PERSON] = apply_person,
};

/* Which line an indented one would belong to after this fact. */
static void note_line(struct record *r, const struct fact *f, const struct ref *ref)
{
    switch (f->kind_of_fact) {
    case FACT_ENTRY:
    case FACT_RECOMMENDATION:
        r->parent = ref->object;
        break;
    case FACT_ITEM:
    case FACT_OUTCOME:
    case FACT_SIGNOFF:
    case FACT_COPY:
        r->parent = (struct uuid){0};
        break;
    case FACT_MARKED:
    case FACT_POSITION:
    case FACT_STATE:
    case FACT_ACTION: {
        /* A mark on another line than the last (read back later, done in the tracker) is not the line above. */
        const struct ref *target = index_find(r->index, f->target);
        if (target == NULL || !uuid_same(target->object, r->parent))
            return;
        break;
    }
    case FACT_ATTENDEE:
    case FACT_HELP:
    case FACT_CONTACT:
        break;
    case FACT_PLANNED:
    case FACT_OPENED:
    case FACT_HEAD:
    case FACT_REWORDED:
    case FACT_FILED:
    case FACT_UNDONE:
    case FACT_PERSON:
    case FACT_COUNT:
        return;
    }
    r->last = ref->object;
    r->last_fact = index_keep(r->index, f);
}

bool record_apply(struct record *record, const struct fact *fact)
{
    if ((unsigned)fact->kind_of_fact >= FACT_COUNT)
        return false;
    if (index_find(record->index, fact->id) != NULL)
        return true; /* the same event twice is no change */
    struct fact f = fact_copy(record->arena, fact);
    struct ref ref = {.object = f.id};
    if (!apply_kind[f.kind_of_fact](record, &f, &ref))
        return false;
    ref.key = f.id;
    index_add(record->index, ref);
    note_line(record, &f, &ref);
    record->nfacts++;
    presence_forget(record);
    return true;
}

/* ---- replaying ---- */

void record_undone(const struct fact *facts, size_t n, bool *undone)
{
    struct arena *arena = arena_new();
    struct record_index *where = index_new(arena);
    for (size_t i = n; i > 0; i--) /* of equal ids the first counts */
        index_add(where, (struct ref){.key = facts[i - 1].id, .a = i - 1});
    memset(undone, 0, n * sizeof *undone);
    /* From the end: an undoing counts unless a later one names it. */
    for (size_t i = n; i > 0; i--) {
        const struct fact *f = &facts[i - 1];
        if (f->kind_of_fact != FACT_UNDONE || undone[i - 1])
            continue;
        const struct ref *target = index_find(where, f->target);
        if (target != NULL && target->a < i - 1)
            undone[target->a] = true;
    }
    arena_free(arena);
}

struct record *record_replay(struct uuid meeting, const struct fact *facts, size_t n)
{
    struct record *record = record_new(meeting);
    struct arena *arena = arena_new();
    bool *undone = arena_alloc(arena, n, sizeof *undone);
    record_undone(facts, n, undone);
    for (size_t i = 0; i < n; i++) {
        if (!undone[i] && facts[i].kind_of_fact != FACT_UNDONE)
            (void)record_apply(record, &facts[i]); /* one whose target was undone changes nothing */
    }
    arena_free(arena);
    return record;
}

/* ---- status ---- */

static bool said_something(const struct record *r)
{
    if (r->noutcomes > 0 || r->nrecommendations > 0)
        return true;
    for (size_t i = 0; i < r->nentries; i++) {
        const struct entry *e = &r->entries[i];
        bool brought = (e->kind == ENTRY_ACTION && e->carried != DAY_NONE) || (e->kind == ENTRY_DISAGREEMENT && e->time == TIME_NONE);
        if (!brought)
            return true;
    }
    return false;
}

static bool ended(const struct record *r)
{
    for (size_t i = 0; i < r->nentries; i++) {
        const struct entry *e = &r->entries[i];
        if (e->kind == ENTRY_CLOCK && e->withdrawn == NULL && e->what != NULL && strcmp(e->what, "end") == 0)
            return true;
    }
    return false;
}

const char *record_status(const struct record *record)
{
    if (record->nsignoffs > 0)
        return "draft";
    if (record->opened)
        return ended(record) ? "draft" : "live";
    bool imported = record->origin != NULL && strncmp(record->origin, "import", 6) == 0 && record->nentries > 0;
    return imported || said_something(record) ? "draft" : "planned";
}
