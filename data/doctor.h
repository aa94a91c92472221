/* What the doctor's files share. Private to data/. */
#ifndef DATA_DOCTOR_H
#define DATA_DOCTOR_H

#include "data/inside.h"

struct doctor {
    struct store *store;
    struct arena *arena;
    struct doctor_report *report;
};

/* Adds one sentence, made safe to show. */
void doctor_say(struct doctor *d, enum doctor_state state, const char *format, ...) PRINTF_LIKE(3, 4);

/* "meeting of 13 October 2026, id 0193…": the newest of a child's file. */
const char *doctor_file(struct doctor *d, struct uuid file, enum evh *r, struct err *err);

/* doctor_chain.c: every event against its chain. */
MUST_USE enum evh doctor_chain(struct doctor *d, struct err *err);

#endif
