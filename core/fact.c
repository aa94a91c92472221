#include "core/fact.h"

#include <string.h>

#include "core/fact_field.h"

#define FIELD(type, name) {#name, FIELD_##type, offsetof(struct fact, name)},
const struct fact_field fact_fields[] = {
#include "core/fact.def"
};
#undef FIELD
const size_t nfact_fields = NITEMS(fact_fields);

static const struct {
    const char *word, *required, *allowed;
} kinds[FACT_COUNT] = {
#define FACT(id, word, required, allowed) {word, required, allowed},
#include "core/fact.def"
#undef FACT
};

const void *fact_member(const struct fact *fact, const struct fact_field *field)
{
    return (const char *)fact + field->offset;
}

void *fact_member_of(struct fact *fact, const struct fact_field *field)
{
    return (char *)fact + field->offset;
}

struct fact fact_new(enum fact_kind kind, struct uuid id)
{
    struct fact fact = {.kind_of_fact = kind, .id = id};
#define ABSENT_STR(name)
#define ABSENT_INT(name) fact.name = -1;
#define ABSENT_DAY(name) fact.name = DAY_NONE;
#define ABSENT_TIME(name) fact.name = TIME_NONE;
#define ABSENT_ID(name)
#define ABSENT_LIST(name)
#define FIELD(type, name) ABSENT_##type(name)
#include "core/fact.def"
#undef FIELD
    return fact;
}

const char *fact_word(enum fact_kind kind)
{
    return (unsigned)kind < FACT_COUNT ? kinds[kind].word : "";
}

bool fact_kind_of_word(const char *word, enum fact_kind *kind)
{
    for (size_t i = 0; i < FACT_COUNT; i++) {
        if (strcmp(kinds[i].word, word) == 0) {
            *kind = (enum fact_kind)i;
            return true;
        }
    }
    return false;
}

static bool has_word(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *at = list; *at != '\0';) {
        size_t length = strcspn(at, " ");
        if (length == n && memcmp(at, word, n) == 0)
            return true;
        at += length;
        at += strspn(at, " ");
    }
    return false;
}

bool fact_requires(enum fact_kind kind, const char *name)
{
    return (unsigned)kind < FACT_COUNT && has_word(kinds[kind].required, name);
}

bool fact_allows(enum fact_kind kind, const char *name)
{
    return fact_requires(kind, name) || ((unsigned)kind < FACT_COUNT && has_word(kinds[kind].allowed, name));
}

bool fact_absent(const struct fact *fact, const struct fact_field *field)
{
    const void *member = fact_member(fact, field);
    switch (field->type) {
    case FIELD_STR:
        return *(const char *const *)member == NULL;
    case FIELD_INT:
    case FIELD_TIME:
        return *(const int *)member < 0;
    case FIELD_DAY:
        return *(const int32_t *)member == DAY_NONE;
    case FIELD_ID:
        return uuid_none(*(const struct uuid *)member);
    case FIELD_LIST:
        return ((const struct texts *)member)->n == 0;
    }
    BUG("a field without a type");
}

static struct texts texts_copy(struct arena *arena, const struct texts *from)
{
    struct texts to = {arena_alloc(arena, from->n, sizeof *to.v), from->n};
    for (size_t i = 0; i < from->n; i++)
        to.v[i] = arena_strdup(arena, from->v[i]);
    return to;
}

struct fact fact_copy(struct arena *arena, const struct fact *fact)
{
    struct fact copy = *fact;
#define COPY_STR(name) copy.name = arena_strdup(arena, fact->name);
#define COPY_INT(name)
#define COPY_DAY(name)
#define COPY_TIME(name)
#define COPY_ID(name)
#define COPY_LIST(name) \
    if (fact->name.n > 0) \
        copy.name = texts_copy(arena, &fact->name);
#define FIELD(type, name) COPY_##type(name)
#include "core/fact.def"
#undef FIELD
    return copy;
}

static bool texts_same(const struct texts *a, const struct texts *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++) {
        if (strcmp(a->v[i], b->v[i]) != 0)
            return false;
    }
    return true;
}

static bool member_same(const struct fact *a, const struct fact *b, const struct fact_field *field)
{
    const void *x = fact_member(a, field), *y = fact_member(b, field);
    switch (field->type) {
    case FIELD_STR:
        return strcmp(*(const char *const *)x, *(const char *const *)y) == 0;
    case FIELD_INT:
    case FIELD_TIME:
        return *(const int *)x == *(const int *)y;
    case FIELD_DAY:
        return *(const int32_t *)x == *(const int32_t *)y;
    case FIELD_ID:
        return uuid_same(*(const struct uuid *)x, *(const struct uuid *)y);
    case FIELD_LIST:
        return texts_same(x, y);
    }
    BUG("a field without a type");
}

bool fact_same(const struct fact *a, const struct fact *b)
{
    if (a->kind_of_fact != b->kind_of_fact)
        return false;
    for (size_t i = 0; i < nfact_fields; i++) {
        bool absent = fact_absent(a, &fact_fields[i]);
        if (absent != fact_absent(b, &fact_fields[i]) || (!absent && !member_same(a, b, &fact_fields[i])))
            return false;
    }
    return true;
}

void facts_add(struct arena *arena, struct facts *facts, struct fact fact)
{
    facts->v = arena_grow(arena, facts->v, facts->n, &facts->cap, sizeof *facts->v);
    facts->v[facts->n++] = fact;
}
