/* Who was in the room: worked out for the whole record in one pass and kept until the record changes. */
#include "core/presence.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/record_inside.h"

struct presence {
    struct interval *v[2]; /* merged by unrestricted lines only; by all */
    size_t n[2];
    bool disagrees[2];
};

struct presence_cache {
    struct arena *arena; /* NULL: nothing worked out */
    struct presence *people;
    int *entry_times;    /* an entry's own or the last before it */
    int *item_times;     /* an item's first */
    int end;
};

struct presence_cache *presence_cache_new(void)
{
    struct presence_cache *cache = memory_take(1, sizeof *cache);
    return cache;
}

void presence_cache_free(struct presence_cache *cache)
{
    arena_free(cache->arena);
    free(cache);
}

void presence_forget(const struct record *r)
{
    arena_free(r->presence->arena);
    r->presence->arena = NULL;
}

/* ---- working it out ---- */

static bool is_clock(const struct entry *e, const char *what)
{
    return e->kind == ENTRY_CLOCK && e->withdrawn == NULL && !e->withheld && e->what != NULL && strcmp(e->what, what) == 0;
}

/* Times of entries and items, and of the end. */
static void tell_times(const struct record *r, struct presence_cache *c)
{
    int now = TIME_NONE, latest = TIME_NONE, ended = TIME_NONE;
    size_t e = 0;
    c->entry_times = arena_alloc(c->arena, r->nentries, sizeof *c->entry_times);
    c->item_times = arena_alloc(c->arena, r->nitems, sizeof *c->item_times);
    for (size_t i = 0; i < r->nitems; i++) {
        int first = r->items[i].time;
        if (first != TIME_NONE)
            now = first;
        latest = first > latest ? first : latest;
        for (; e < r->nentries && r->entries[e].item == i; e++) {
            int time = r->entries[e].time;
            if (time != TIME_NONE)
                now = time;
            if (first == TIME_NONE)
                first = time;
            latest = time > latest ? time : latest;
            c->entry_times[e] = now;
            if (is_clock(&r->entries[e], "end"))
                ended = now;
        }
        c->item_times[i] = first;
    }
    c->end = ended != TIME_NONE ? ended : r->end != TIME_NONE ? r->end : latest;
}

struct lines {
    struct presence_line *v[2];
    size_t n[2], cap[2];
};

static void collect(const struct record *r, struct presence_cache *c, struct lines *lines)
{
    for (size_t i = 0; i < r->nentries; i++) {
        const struct entry *e = &r->entries[i];
        bool moves = (e->kind == ENTRY_ARRIVES || e->kind == ENTRY_LEAVES) && e->withdrawn == NULL && !e->withheld;
        if (!moves || c->entry_times[i] == TIME_NONE)
            continue;
        const struct attendee *a = record_person(r, e->speaker);
        if (a == NULL)
            continue;
        struct lines *l = &lines[a - r->people];
        for (size_t all = restricted(&e->restriction) ? 1 : 0; all < 2; all++) {
            l->v[all] = arena_grow(c->arena, l->v[all], l->n[all], &l->cap[all], sizeof *l->v[all]);
            l->v[all][l->n[all]++] = (struct presence_line){c->entry_times[i], e->kind == ENTRY_ARRIVES, e->mode};
        }
    }
}

static struct presence_cache *cached(const struct record *r)
{
    struct presence_cache *c = r->presence;
    if (c->arena != NULL)
        return c;
    c->arena = arena_new();
    tell_times(r, c);
    struct lines *lines = arena_alloc(c->arena, r->npeople, sizeof *lines);
    collect(r, c, lines);
    c->people = arena_alloc(c->arena, r->npeople, sizeof *c->people);
    for (size_t i = 0; i < r->npeople; i++) {
        const struct attendee *a = &r->people[i];
        struct presence *p = &c->people[i];
        for (size_t all = 0; all < 2; all++) {
            p->n[all] = presence_merge(c->arena, a->listed, a->nlisted, lines[i].v[all], lines[i].n[all], &p->v[all], &p->disagrees[all]);
            if (a->absence != NULL && p->n[all] > 0)
                p->disagrees[all] = true;
        }
    }
    return c;
}

/* The person's part; NULL for somebody who is not of this record's list. */
static const struct presence *presence_find(const struct record *r, const struct attendee *person)
{
    const struct presence_cache *c = cached(r);
    uintptr_t at = (uintptr_t)person, first = (uintptr_t)r->people;
    if (at < first || at >= first + r->npeople * sizeof *person)
        person = record_person(r, person->name);
    return person == NULL ? NULL : &c->people[person - r->people];
}

/* ---- questions ---- */

size_t presence_of(const struct record *record, const struct attendee *person, bool with_restricted, struct arena *arena,
                   struct interval **out, bool *disagrees)
{
    const struct presence *p = presence_find(record, person);
    size_t n = p == NULL ? 0 : p->n[with_restricted];
    *out = arena_alloc(arena, n, sizeof **out);
    if (n > 0)
        memcpy(*out, p->v[with_restricted], n * sizeof **out);
    if (disagrees != NULL)
        *disagrees = p != NULL && p->disagrees[with_restricted];
    return n;
}

const char *presence_absence(const struct record *record, const struct attendee *person, bool with_restricted)
{
    if (person->absence == NULL)
        return NULL;
    const struct presence *p = presence_find(record, person);
    return p != NULL && p->n[with_restricted] > 0 ? NULL : person->absence;
}

int presence_meeting_end(const struct record *record)
{
    return cached(record)->end;
}

bool presence_item_span(const struct record *record, size_t item, int *from, int *to)
{
    const struct presence_cache *c = cached(record);
    if (item >= record->nitems || c->item_times[item] == TIME_NONE)
        return false;
    *from = c->item_times[item];
    *to = c->end;
    for (size_t next = item + 1; next < record->nitems; next++) {
        if (c->item_times[next] != TIME_NONE) {
            *to = c->item_times[next];
            break;
        }
    }
    if (*to < *from)
        *to = *from;
    return true;
}

static bool overlaps(const struct presence *p, int from, int to)
{
    for (size_t i = 0; p != NULL && i < p->n[1]; i++) {
        const struct interval *v = &p->v[1][i];
        /* An item of no length is a moment, and the first and last minute of an interval count. */
        bool begins = from == to ? v->from <= to : v->from < to;
        bool lasts = v->to == TIME_NONE || (from == to ? v->to >= from : v->to > from);
        if (begins && lasts)
            return true;
    }
    return false;
}

bool presence_in_item(const struct record *record, const struct attendee *person, size_t item)
{
    int from, to;
    for (size_t i = item + 1; i-- > 0;) { /* an item without a time has the people of the one before */
        if (presence_item_span(record, i, &from, &to))
            return overlaps(presence_find(record, person), from, to);
    }
    return false;
}

bool presence_at(const struct record *record, const struct attendee *person, int time)
{
    return time != TIME_NONE && overlaps(presence_find(record, person), time, time);
}

int presence_entry_time(const struct record *record, const struct entry *entry)
{
    const struct presence_cache *c = cached(record);
    if (entry->time != TIME_NONE)
        return entry->time;
    uintptr_t at = (uintptr_t)entry, first = (uintptr_t)record->entries;
    if (at < first || at >= first + record->nentries * sizeof *entry)
        entry = record_entry(record, entry->id);
    return entry == NULL ? TIME_NONE : c->entry_times[entry - record->entries];
}

/* ---- decisions ---- */

static bool has_position(const struct entry *decision, const char *name)
{
    for (size_t i = 0; i < decision->npositions; i++) {
        if (strcmp(decision->positions[i].name, name) == 0)
            return true;
    }
    return false;
}

bool presence_only_helps(const struct attendee *person)
{
    const unsigned helpers = CAP_INTERPRETER | CAP_MINUTE_TAKER | CAP_WITNESS | CAP_OBSERVER | CAP_PARENT_PARTNER;
    return person->bits != 0 && (person->bits & ~helpers) == 0;
}

bool presence_asked(const struct record *record, const struct attendee *person, const struct entry *entry)
{
    int time = presence_entry_time(record, entry);
    if (time == TIME_NONE) /* nothing has a time yet: it was decided when the meeting began */
        time = record->began != TIME_NONE ? record->began : record->start;
    return !presence_only_helps(person) && presence_at(record, person, time);
}

size_t presence_not_recorded(const struct record *record, const struct entry *decision, struct arena *arena, const char ***names)
{
    size_t n = 0;
    *names = arena_alloc(arena, record->npeople, sizeof **names);
    for (size_t i = 0; i < record->npeople; i++) {
        const struct attendee *a = &record->people[i];
        if (presence_asked(record, a, decision) && !has_position(decision, a->name))
            (*names)[n++] = a->name;
    }
    return n;
}

/* ---- now ---- */

enum room presence_now(const struct record *record, const struct attendee *person, int time, struct interval *interval)
{
    const struct presence *p = presence_find(record, person);
    size_t n = p == NULL ? 0 : p->n[1];
    if (n == 0)
        return person->absence != NULL ? ROOM_ABSENT : ROOM_NOT_RECORDED;
    const struct interval *v = p->v[1], *found = NULL;
    for (size_t i = 0; i < n; i++) {
        /* Who was listed to the planned end stays when the meeting runs over. */
        bool open = v[i].to == TIME_NONE || (i == n - 1 && v[i].to == record->end && cached(record)->end <= v[i].to && !person->implied);
        if (v[i].from <= time && (open || time < v[i].to))
            found = &v[i];
    }
    if (interval != NULL)
        *interval = found != NULL ? *found : v[0].from > time ? v[0] : v[n - 1];
    if (found != NULL)
        return ROOM_IN;
    return v[0].from > time ? ROOM_NOT_YET : ROOM_LEFT;
}

const char *presence_chair(const struct record *record)
{
    for (size_t i = record->nentries; i-- > 0;) {
        if (is_clock(&record->entries[i], "chair") && record->entries[i].speaker != NULL)
            return record->entries[i].speaker;
    }
    for (size_t i = 0; i < record->npeople; i++) {
        if (record->people[i].bits & CAP_CHAIR)
            return record->people[i].name;
    }
    return NULL;
}
