/* Records for tests, from facts as one reads them: "entry.added {'kind':'note','text':'It rained.'}". The n-th line
 * has the id n; '#n' in a payload is that id. */
#ifndef TESTS_UNIT_SCRIPT_H
#define TESTS_UNIT_SCRIPT_H

#include "core/record.h"

struct uuid script_id(unsigned n);

/* The fact of one line; fails the running test when it cannot be read. */
struct fact script_fact(struct arena *arena, const char *line, unsigned n);

/* All lines up to NULL, applied one after the other; each must be taken. Free with record_free(). */
struct record *script_record(const char *const *lines);

/* Applies one more line with that id; what record_apply() said. */
bool script_apply(struct record *record, const char *line, unsigned n);

/* The meeting that several tests look at. */
extern const char *const script_meeting[];

#endif
