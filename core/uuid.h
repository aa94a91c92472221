/* UUIDs (RFC 9562, version 7): made from a time and random bytes that the caller brings. */
#ifndef CORE_UUID_H
#define CORE_UUID_H

#include "core/base.h"

struct uuid {
    unsigned char b[16]; /* all zero: none */
};

#define UUID_TEXT 37 /* "018f…-…" and NUL */

struct uuid uuid_make(int64_t utc_ms, const unsigned char random[10]);
bool uuid_read(const char *s, size_t n, struct uuid *id); /* 36 characters, either case */
void uuid_text(struct uuid id, char text[UUID_TEXT]);     /* lower case */
bool uuid_same(struct uuid a, struct uuid b);
bool uuid_none(struct uuid id);
int uuid_compare(struct uuid a, struct uuid b);

/* Where new ids come from: main's makes them from the clock and libsodium, tests count. */
struct idgen {
    struct uuid (*next)(void *data);
    void *data;
};

#endif
