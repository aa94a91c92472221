/* The folded words of everybody on the list, so that a lookup asks for bytes only. Private to core/names*.c. */
#ifndef CORE_NAMES_INDEX_H
#define CORE_NAMES_INDEX_H

#include "core/record.h"

enum { NAMES_MAX_WORDS = 16 };

struct name_word {
    const char *s;
    size_t n;
    uint32_t hash;
};

struct name_words {
    struct name_word *v;
    size_t n;
};

/* What one person answers to. The first members say what it was made from. */
struct name_person {
    const char *name, *also, *role, *known_as;
    const char *const *capacity;
    size_t ncapacity;

    const char *whole, *whole_also;  /* all words, joined by blanks; NULL: none */
    const char *title;               /* canonical, or NULL */
    struct name_words forms[3];      /* the name without titles, the other script, what the minutes call a child */
    struct name_words roles;         /* role and capacities, each one string, hyphens as blanks */
    const char *initials[2];         /* "io"; with hyphenated words taken apart, or NULL */
};

struct name_index {
    uint64_t version;
    struct name_person *people;
    size_t n, cap;
};

/* A text taken apart into folded words; lives in `b` until query_free(). */
struct name_query {
    struct buf b;
    struct name_word v[NAMES_MAX_WORDS];
    size_t n;
    bool too_long;
};

void name_query_init(struct name_query *query, const char *s, size_t n);
void name_query_free(struct name_query *query);

/* Words from `from` on joined by blanks; with hyphens as blanks too for roles. */
void name_join(struct buf *out, const struct name_word *v, size_t from, size_t n, bool hyphens);

uint32_t name_hash(const char *s, size_t n);
const char *name_title(const struct name_word *word); /* canonical, or NULL when it is no title */

/* How many of the words at the beginning are titles; never all of them. */
size_t name_titles(const struct name_word *v, size_t n);

/* Brings an index up to date; what did not change is kept, so memory grows with changes only. */
void name_index_update(struct name_index *index, struct arena *arena, const struct record *record);

#endif
