/* Who may read what: open, full, or one reader's copy. A copy never shows, counts or hints at what its reader
 * may not see (product.md). */
#ifndef CORE_AUDIENCE_H
#define CORE_AUDIENCE_H

#include "core/record.h"

enum audience_kind { AUDIENCE_OPEN, AUDIENCE_FULL, AUDIENCE_READER };

struct audience {
    enum audience_kind kind;
    const char *reader; /* full name, for AUDIENCE_READER */
};

bool audience_may(const struct record *record, const struct audience *audience, const struct restriction *restriction,
                  const char *speaker, const char *typed_by);

/* A record of its own (free with record_free) with only what the audience may see, numbered anew; earlier wordings only in full
 * copies; entries marked `= shown as: withheld` stand there with nothing but their time. */
struct record *audience_copy(const struct record *record, const struct audience *audience);

#endif
