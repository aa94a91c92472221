/* SHA-256 (FIPS 180-4) through libsodium: the only file of core that includes it. */
#ifndef CORE_HASH_H
#define CORE_HASH_H

#include "core/base.h"

#define HASH_BYTES 32
#define HASH_HEX 65

struct hash {
    unsigned char b[HASH_BYTES];
};

struct hash hash_of(const void *bytes, size_t n);
void hash_text(const struct hash *h, char text[HASH_HEX]);
bool hash_same(const struct hash *a, const struct hash *b);

/* Of libsodium, "1.0.18". */
const char *hash_version(void);

#endif
