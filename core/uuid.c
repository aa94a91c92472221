#include "core/uuid.h"

#include <string.h>

struct uuid uuid_make(int64_t utc_ms, const unsigned char random[10])
{
    struct uuid id;
    uint64_t ms = (uint64_t)utc_ms;
    for (int i = 0; i < 6; i++)
        id.b[i] = (unsigned char)(ms >> (8 * (5 - i)) & 0xff);
    memcpy(id.b + 6, random, 10);
    id.b[6] = (unsigned char)((id.b[6] & 0x0f) | 0x70);
    id.b[8] = (unsigned char)((id.b[8] & 0x3f) | 0x80);
    return id;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

static bool dash_at(size_t i)
{
    return i == 8 || i == 13 || i == 18 || i == 23;
}

bool uuid_read(const char *s, size_t n, struct uuid *id)
{
    if (n != UUID_TEXT - 1)
        return false;
    struct uuid read;
    size_t byte = 0;
    for (size_t i = 0; i < n; i++) {
        if (dash_at(i)) {
            if (s[i] != '-')
                return false;
            continue;
        }
        int high = hex_value(s[i]);
        int low = high < 0 ? -1 : hex_value(s[i + 1]);
        if (low < 0)
            return false;
        read.b[byte++] = (unsigned char)(high << 4 | low);
        i++;
    }
    *id = read;
    return true;
}

void uuid_text(struct uuid id, char text[UUID_TEXT])
{
    static const char digits[] = "0123456789abcdef";
    size_t at = 0;
    for (size_t i = 0; i < sizeof id.b; i++) {
        if (dash_at(at))
            text[at++] = '-';
        text[at++] = digits[id.b[i] >> 4];
        text[at++] = digits[id.b[i] & 0x0f];
    }
    text[at] = '\0';
}

bool uuid_same(struct uuid a, struct uuid b)
{
    return memcmp(a.b, b.b, sizeof a.b) == 0;
}

bool uuid_none(struct uuid id)
{
    static const struct uuid none = {{0}};
    return uuid_same(id, none);
}

int uuid_compare(struct uuid a, struct uuid b)
{
    return memcmp(a.b, b.b, sizeof a.b);
}
