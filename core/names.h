/* Which person of the list a few words mean: notation.md, "Names". */
#ifndef CORE_NAMES_H
#define CORE_NAMES_H

#include "core/record.h"

enum names_result { NAMES_NONE, NAMES_ONE, NAMES_MANY };

/* Looks up words in the record's list (its children included). On NAMES_ONE *person is set. An exact full name or second-script name
 * wins over everything. */
enum names_result names_find(const struct record *record, const char *s, size_t n, const struct attendee **person);

/* The full name as listed for a person that the words mean, else the trimmed words themselves (arena). */
const char *names_full(const struct record *record, struct arena *arena, const char *s, size_t n);

/* A speaker at the beginning of a line: the longest listed name, or at most four words that mean one person, before
 * a colon that a blank (or the end) follows. On success *after is where the text begins. NAMES_MANY: ambiguous.
 * *known_word: one of the words before the colon is in a listed name (so a warning is due). */
enum names_result names_speaker(const struct record *record, const char *s, size_t n, const struct attendee **person,
                                size_t *after, bool *known_word);

/* The same with another delimiter: the owner of an action before ','. */
enum names_result names_before(const struct record *record, const char *s, size_t n, char delimiter,
                               const struct attendee **person, size_t *after);

/* How a person is written shortest without being ambiguous, with a title where they have one ("Ms Patel", "Grace Okafor"
 * stays whole when there are two Okafors): for screens and previews. */
const char *names_short(const struct record *record, struct arena *arena, const struct attendee *person);

/* "NAME" or "NAME (OTHER SCRIPT)". */
const char *names_shown(struct arena *arena, const struct attendee *person);

/* Completions of a half-typed name: appends full names (arena or borrowed), best first, at most max. */
size_t names_complete(const struct record *record, const char *s, size_t n, const char **out, size_t max);

/* The index that record->names keeps (record_new() makes it): every lookup brings it up to date when people_version went up. A
 * record without one (a literal in a test) is looked up rightly, but slowly. */
void *names_index_new(struct arena *arena);

/* Brings it up to date now. */
void names_refresh(struct record *record);

#endif
