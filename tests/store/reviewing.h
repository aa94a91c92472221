/* What the tests of a handle for one person share. */
#ifndef TESTS_STORE_REVIEWING_H
#define TESTS_STORE_REVIEWING_H

#include "data/review.h"
#include "fixture.h"

extern struct store *review; /* of the test; closed by its teardown */
extern const char people[];  /* three people as a list has them */

void reviewing_setup(void);
void reviewing_teardown(void);

/* A record about a child with a list of people and its lines. / Imports it, a second after what came before. */
const char *text_of(const char *child, const char *date, const char *list, const char *body);
struct uuid bring(const char *text);

struct uuid id_of(const char *name);
struct store *open_as(struct uuid id);
struct action_rows own(struct store *store, bool all);
struct action_row story(struct store *store, struct uuid id);
/* Any action of the database, by the words it begins with. */
struct uuid action_of(const char *words);
/* Every way in says the same of somebody else's action as of one that is not there. */
void not_theirs(struct store *store, struct uuid id);

#endif
