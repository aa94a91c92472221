/* The members of struct fact as a table, for the files that walk over them all. */
#ifndef CORE_FACT_FIELD_H
#define CORE_FACT_FIELD_H

#include "core/fact.h"

enum field_type { FIELD_STR, FIELD_INT, FIELD_DAY, FIELD_TIME, FIELD_ID, FIELD_LIST };

/* How many there are, for arrays. */
enum field_index {
#define FIELD(type, name) FIELD_INDEX_##name,
#include "core/fact.def"
#undef FIELD
    FIELD_COUNT
};

struct fact_field {
    const char *name;
    enum field_type type;
    size_t offset; /* in struct fact */
};

extern const struct fact_field fact_fields[];
extern const size_t nfact_fields;

/* Where the member is. */
const void *fact_member(const struct fact *fact, const struct fact_field *field);
void *fact_member_of(struct fact *fact, const struct fact_field *field);
bool fact_absent(const struct fact *fact, const struct fact_field *field);

/* What a kind must have and may have: blank-separated names. */
bool fact_requires(enum fact_kind kind, const char *name);
bool fact_allows(enum fact_kind kind, const char *name);

#endif
