/* Copies of parts of a record into another one, every text included: for core/audience.c. */
#ifndef CORE_RECORD_COPY_H
#define CORE_RECORD_COPY_H

#include "core/record.h"

void copy_head(struct record *to, const struct record *from);
void copy_people(struct record *to, const struct record *from); /* with help and contacts */
void copy_items(struct record *to, const struct record *from);
void copy_entry(struct record *to, const struct entry *from);
void copy_outcome(struct record *to, const struct outcome *from);
void copy_recommendation(struct record *to, const struct recommendation *from);
void copy_signoff(struct record *to, const struct signoff *from);
void copy_copy(struct record *to, const struct copy_given *from);

/* record_settle.c: names that were nobody's when they were written and are somebody's now. */
void copy_settle(struct record *copy);

#endif
