#include "core/hash.h"

#include <sodium.h>
#include <string.h>

struct hash hash_of(const void *bytes, size_t n)
{
    struct hash h;
    _Static_assert(sizeof h.b == crypto_hash_sha256_BYTES, "SHA-256 has 32 bytes");
    if (crypto_hash_sha256(h.b, n == 0 ? (const unsigned char *)"" : bytes, n) != 0)
        BUG("SHA-256 failed");
    return h;
}

void hash_text(const struct hash *h, char text[HASH_HEX])
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < HASH_BYTES; i++) {
        text[2 * i] = digits[h->b[i] >> 4];
        text[2 * i + 1] = digits[h->b[i] & 0x0f];
    }
    text[HASH_HEX - 1] = '\0';
}

bool hash_same(const struct hash *a, const struct hash *b)
{
    return memcmp(a->b, b->b, HASH_BYTES) == 0;
}

const char *hash_version(void)
{
    return sodium_version_string();
}
