/* A fact: what one event says, as values; and its payload as JSON with sorted keys.
 * The tables of core/fact.def make the struct, the reader and the writer. */
#ifndef CORE_FACT_H
#define CORE_FACT_H

#include "core/arena.h"
#include "core/buf.h"
#include "core/civil.h"
#include "core/err.h"
#include "core/uuid.h"

enum fact_kind {
#define FACT(id, word, required, allowed) FACT_##id,
#include "core/fact.def"
#undef FACT
    FACT_COUNT
};

/* A list of texts; NULL items never occur. */
struct texts {
    const char **v;
    size_t n;
};

#define FACT_TYPE_STR(name) const char *name;
#define FACT_TYPE_INT(name) int name;
#define FACT_TYPE_DAY(name) int32_t name;
#define FACT_TYPE_TIME(name) int name;
#define FACT_TYPE_ID(name) struct uuid name;
#define FACT_TYPE_LIST(name) struct texts name;

/* Strings are borrowed from whatever arena the maker used; absent is NULL, -1, DAY_NONE,
 * TIME_NONE, the zero id, the empty list. */
struct fact {
    enum fact_kind kind_of_fact;
    struct uuid id; /* of the event that says it */
#define FIELD(type, name) FACT_TYPE_##type(name)
#include "core/fact.def"
#undef FIELD
};

/* An empty fact of a kind: every field absent. */
struct fact fact_new(enum fact_kind kind, struct uuid id);

const char *fact_word(enum fact_kind kind);                 /* "entry.added" */
bool fact_kind_of_word(const char *word, enum fact_kind *); /* false: unknown */

/* Appends the payload: compact JSON, keys sorted, absent fields left out. Pure and total. */
void fact_encode(struct buf *out, const struct fact *fact);

/* Room for a line of 1 MiB that is corrected: text and earlier wording, each grown by
 * cleaning (an invalid byte becomes three) and by JSON escapes. */
#define FACT_PAYLOAD_MAX ((size_t)16 << 20)

/* Reads a payload: refuses (INVALID) what is not JSON of the shape that `kind` has, with
 * unknown or missing keys, wrong types, unclean text, empty lists, duplicate keys, depth over 2,
 * more than FACT_PAYLOAD_MAX bytes. `id` is put into the fact. Strings go into the arena. */
MUST_USE enum evh fact_decode(struct arena *arena, enum fact_kind kind, struct uuid id, const char *json, size_t n,
                              struct fact *out, struct err *err);

/* The same fact with its strings copied into the arena. */
struct fact fact_copy(struct arena *arena, const struct fact *fact);

/* Equal in every field; the ids of the events may differ. */
bool fact_same(const struct fact *a, const struct fact *b);

/* A growing list of facts. */
struct facts {
    struct fact *v;
    size_t n;
    size_t cap;
};
void facts_add(struct arena *arena, struct facts *facts, struct fact fact);

#endif
