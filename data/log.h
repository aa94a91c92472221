/* The event log: appending with its chain, and reading a meeting's facts back. Private to data/. */
#ifndef DATA_LOG_H
#define DATA_LOG_H

#include "data/db.h"

/* Where a fact stands in the log. All facts of one transaction have the same clock: what one keystroke
 * recorded is undone by one keystroke. */
struct log_mark {
    int64_t n;           /* order of arrival in this database */
    int64_t clock, seq;
    struct uuid device;
};

/* A meeting's facts in order of replay, with where each stands. */
struct log {
    struct facts facts;
    struct log_mark *marks;
    size_t marks_cap;
    int64_t seen;        /* the highest n that was read */
    int64_t opened;      /* the connection (store->opened) that it was read through */
};

/* Reads the events after log->seen and adds them. *in_order: the new ones all belong after the old ones (may be
 * NULL); the whole is in order of replay in any case. */
MUST_USE enum evh log_read(struct store *store, struct uuid meeting, struct arena *arena, struct log *log, bool *in_order, struct err *err);

/* Appends facts as events of one transaction, inside a transaction. `day` is the meeting's date. The facts are added
 * to `log` too when it is given (its strings are borrowed). */
MUST_USE enum evh log_append(struct store *store, struct uuid meeting, const struct fact *facts, size_t n, const char *author,
                             int32_t day, struct arena *arena, struct log *log, struct err *err);

/* Every meeting that has events, in the order of their ids. */
MUST_USE enum evh log_meetings(struct store *store, struct arena *arena, struct uuid **out, size_t *n, struct err *err);

/* "2026-11-24T14:05:09.123Z" */
#define LOG_UTC_TEXT 32
void log_utc(int64_t utc_ms, char text[LOG_UTC_TEXT]);

#endif
