/* Meeting types as values: agenda, outcomes. data/ loads them from data/share/meeting-types.tsv. */
#ifndef CORE_TYPES_H
#define CORE_TYPES_H

#include "core/fact.h"

struct meeting_type {
    const char *name;        /* "eha-review": what is written back */
    const char *title;       /* "Early help assessment review" */
    struct texts aliases;    /* "caf-review" */
    struct texts agenda;     /* titles, with planned minutes as in "# Title [10m]" without "# " */
    struct texts outcomes;
    struct texts recommendations;
};

struct types {
    struct meeting_type *v;
    size_t n;
};

/* The same word when case, blanks and hyphens do not matter. */
bool types_same(const char *s, size_t n, const char *word);

/* Case, blanks and hyphens do not matter; NULL when unknown. */
const struct meeting_type *types_find(const struct types *types, const char *word, size_t n);

#endif
