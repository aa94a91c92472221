/* Payloads of every kind of fact, and records made of any sequence of them. Each line of the input is one event: the first byte picks
 * the kind, the rest is the payload; the n-th event has the id 01900000-0000-7000-8000-00000000000n, so that events can
 * name each other.
 *
 * Held: what was decoded and encoded decodes to the same; the encoding is one, whatever the order it was read in; a record takes any
 * sequence without harm, the same events again change nothing, and every question about it has an answer. */
#include <stdlib.h>
#include <string.h>

#include "core/audience.h"
#include "core/check.h"
#include "core/presence.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static struct uuid id_of(size_t n)
{
    struct uuid id = {{0x01, 0x90, [6] = 0x70, [8] = 0x80}};
    id.b[14] = (unsigned char)(n >> 8);
    id.b[15] = (unsigned char)n;
    return id;
}

static void take_line(struct arena *arena, struct facts *facts, const char *line, size_t n)
{
    struct fact fact, again;
    if (n == 0)
        return;
    enum fact_kind kind = (enum fact_kind)(((unsigned char)line[0] + 256u - (unsigned)'A') % FACT_COUNT);
    if (fact_decode(arena, kind, id_of(facts->n + 1), line + 1, n - 1, &fact, NULL) != EVH_OK)
        return;
    struct buf first = {0}, second = {0};
    fact_encode(&first, &fact);
    must(fact_decode(arena, kind, fact.id, buf_str(&first), first.n, &again, NULL) == EVH_OK);
    must(fact_same(&fact, &again));
    fact_encode(&second, &again);
    must(strcmp(buf_str(&first), buf_str(&second)) == 0);
    buf_free(&first);
    buf_free(&second);
    facts_add(arena, facts, fact);
}

static void ask_people(const struct record *r, struct arena *arena)
{
    for (size_t i = 0; i < r->npeople; i++) {
        const struct attendee *a = &r->people[i];
        struct interval *v, now;
        bool disagrees;
        (void)presence_of(r, a, false, arena, &v, &disagrees);
        size_t n = presence_of(r, a, true, arena, &v, &disagrees);
        for (size_t k = 0; k + 1 < n; k++)
            must(v[k].from <= v[k].to && v[k].to != TIME_NONE && v[k].to <= v[k + 1].from);
        (void)presence_now(r, a, 12 * 60, &now);
        (void)presence_absence(r, a, true);
        for (size_t k = 0; k < r->nitems; k++)
            (void)presence_in_item(r, a, k);
    }
}

static void ask(const struct record *r)
{
    struct arena *arena = arena_new();
    struct findings found = {0};
    ask_people(r, arena);
    for (size_t i = 0; i < r->nentries; i++) {
        const struct entry *e = &r->entries[i];
        const char **names;
        char label[16];
        entry_label(e, label);
        (void)action_now(r, e);
        (void)presence_not_recorded(r, e, arena, &names);
        must(e->item < r->nitems && e->number > 0 && e->text != NULL);
    }
    (void)record_status(r);
    (void)presence_chair(r);
    check_completeness(r, NULL, arena, &found);
    arena_free(arena);
}

static void copy_for(const struct record *r, struct audience audience)
{
    struct record *copy = audience_copy(r, &audience);
    for (size_t i = 0; i < copy->nentries && audience.kind == AUDIENCE_OPEN; i++)
        must(!restricted(&copy->entries[i].restriction) || copy->entries[i].withheld);
    must(audience.kind != AUDIENCE_FULL || copy->nentries == r->nentries);
    ask(copy);
    record_free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct facts facts = {0};
    const char *s = (const char *)data;
    for (size_t at = 0; at < size && facts.n < 1000;) {
        const char *end = memchr(s + at, '\n', size - at);
        size_t n = end == NULL ? size - at : (size_t)(end - s) - at;
        take_line(arena, &facts, s + at, n);
        at += n + 1;
    }
    struct record *r = record_new(id_of(0));
    for (size_t i = 0; i < facts.n; i++) {
        (void)record_apply(r, &facts.v[i]);
        if (i % 8 == 0)
            ask(r);
    }
    size_t nentries = r->nentries, nfacts = r->nfacts;
    for (size_t i = 0; i < facts.n && nfacts == facts.n; i++)
        must(record_apply(r, &facts.v[i])); /* the same events again */
    must(r->nentries >= nentries && (nfacts != facts.n || r->nfacts == nfacts));
    ask(r);
    copy_for(r, (struct audience){AUDIENCE_OPEN, NULL});
    copy_for(r, (struct audience){AUDIENCE_FULL, NULL});
    copy_for(r, (struct audience){AUDIENCE_READER, "Grace"});
    record_free(r);
    r = record_replay(id_of(0), facts.v, facts.n);
    ask(r);
    record_free(r);
    arena_free(arena);
    return 0;
}
