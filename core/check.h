/* What is missing before sign-off: completeness (product.md, F11; domain.md, end of 5.2). */
#ifndef CORE_CHECK_H
#define CORE_CHECK_H

#include "core/record.h"
#include "core/types.h"

enum severity { SEVERITY_INFO, SEVERITY_WARN, SEVERITY_STRONG };
const char *severity_word(enum severity s);

struct finding {
    const char *rule;      /* "CK-OWNER" … from core/check.def */
    const char *category;  /* "completeness" */
    enum severity severity;
    int item, entry;       /* numbers, -1 when it is about the whole record */
    struct uuid entry_id;
    int line, column;      /* in the file that was read, from 1; 0: not known (a record has none) */
    const char *text;      /* the words it is about, or "" */
    const char *why;       /* one sentence */
    const char *instead;   /* what to do */
    const char *mends;     /* names of the actions that mend it, blank-separated, the plainest first; NULL: none */
    struct uuid about;     /* the item or sign-off it is about; zero: none */
};
struct findings {
    struct finding *v;
    size_t n, cap;
};

void check_completeness(const struct record *record, const struct types *types, struct arena *arena, struct findings *out);

/* "about “Reading”": what is said later of an item that was left stands under the current one and names it, and the check finds it there. */
void check_put_about(struct buf *out, const struct item *item);
/* A note with these words settles CK-CHAIR-WRITES. */
void check_put_chair_writes(struct buf *out, const char *name);

/* Who is on the list to help `name` (advocate, parent-partner, supporter, interpreter "for" them) and stands in no help line as that; NULL: nobody.
 * *kind: as what, the word of a help line. */
const struct attendee *check_helper(const struct record *record, const char *name, const char **kind);

/* Words of somebody's own in an entry, or their position under it: not only that they came, or own an action. */
bool check_heard(const struct entry *e, const char *name);

#endif
