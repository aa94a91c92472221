/* The envelope of a fact in the log, and the chain that ties one device's events of one meeting
 * together (design.md, "The one idea"). */
#ifndef CORE_EVENT_H
#define CORE_EVENT_H

#include "core/fact.h"
#include "core/hash.h"

#define EVENT_SALT 16

struct event {
    struct uuid id;      /* UUIDv7 made here */
    struct uuid device;
    int64_t seq;         /* per device, from 1, without gaps */
    int64_t clock;       /* logical: one more than the highest of this meeting that was seen; order is (clock, device, seq) */
    struct uuid meeting;
    enum fact_kind kind;
    const char *author;    /* who did it, as the program knows it (kept-by); "" when not known */
    const char *happened;  /* as minuted: "2026-11-24T14:05", "2026-11-24" or "" */
    const char *recorded;  /* UTC: "2026-11-24T14:05:09.123Z" */
    unsigned char salt[EVENT_SALT];
    const char *payload;   /* JSON, see fact_encode() */
    struct hash digest;    /* of salt and payload */
    struct hash prev;      /* hash of the previous event of this device and meeting; zero for the first */
    struct hash hash;      /* of everything above but salt and payload */
};

/* Computes `digest` and `hash` from the other members. */
void event_seal(struct event *event);

enum event_fault { EVENT_GOOD, EVENT_PAYLOAD_CHANGED, EVENT_CHANGED, EVENT_CHAIN_BROKEN };

/* Checks one event against the hash of the one before it in its chain. */
enum event_fault event_check(const struct event *event, const struct hash *prev);

/* Order of replay: clock, device, seq. For qsort. */
int event_compare(const void *a, const void *b);

#endif
