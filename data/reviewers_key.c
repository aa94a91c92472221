/* Public keys as ssh-keygen writes them: KIND BASE64 [COMMENT]. What sshd would take and a person could not have meant is refused here. */
#include "data/reviewers_key.h"

#include <string.h>

#include "core/hash.h"
#include "core/text.h"

#define KEY_MAX_BYTES ((size_t)16 << 10)
#define RSA_LEAST_BITS 2048
#define RSA_MOST_BITS 16384

/* ---- base64 ---- */

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool base64_read(const char *s, size_t n, struct buf *out)
{
    size_t pad = 0;
    if (n == 0 || n % 4 != 0)
        return false;
    while (pad < 2 && s[n - 1 - pad] == '=')
        pad++;
    uint32_t bits = 0;
    for (size_t i = 0; i < n - pad; i++) {
        const char *d = s[i] == '\0' ? NULL : strchr(digits, s[i]);
        if (d == NULL)
            return false;
        bits = bits << 6 | (uint32_t)(d - digits);
        if (i % 4 != 3)
            continue;
        const unsigned char three[3] = {(unsigned char)(bits >> 16), (unsigned char)(bits >> 8), (unsigned char)bits};
        buf_add(out, three, sizeof three);
        bits = 0;
    }
    if (pad == 0)
        return true;
    bits <<= 6 * pad;
    const unsigned char three[3] = {(unsigned char)(bits >> 16), (unsigned char)(bits >> 8), (unsigned char)bits};
    buf_add(out, three, 3 - pad);
    return three[2] == 0 && (pad == 1 || three[1] == 0);
}

void base64_put(struct buf *out, const unsigned char *bytes, size_t n, bool padding)
{
    for (size_t i = 0; i < n; i += 3) {
        size_t left = n - i;
        uint32_t bits = (uint32_t)bytes[i] << 16 | (left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) | (left > 2 ? bytes[i + 2] : 0);
        for (size_t k = 0; k < 4; k++) {
            if (k <= left)
                buf_addc(out, digits[bits >> (18 - 6 * k) & 63]);
            else if (padding)
                buf_addc(out, '=');
        }
    }
}

/* ---- the blob (RFC 4253, section 6.6; RFC 5656; RFC 8709; OpenSSH's PROTOCOL.u2f) ---- */

struct blob {
    const unsigned char *p, *end;
};

struct part {
    const unsigned char *p;
    size_t n;
};

/* A string: its length in four bytes, then itself. */
static bool part_read(struct blob *b, struct part *out)
{
    if (b->end - b->p < 4)
        return false;
    size_t n = (size_t)b->p[0] << 24 | (size_t)b->p[1] << 16 | (size_t)b->p[2] << 8 | b->p[3];
    if ((size_t)(b->end - b->p) - 4 < n)
        return false;
    *out = (struct part){b->p + 4, n};
    b->p += 4 + n;
    return true;
}

static bool part_is(const struct part *part, const char *word)
{
    return part->n == strlen(word) && memcmp(part->p, word, part->n) == 0;
}

/* Bits of a whole number above zero, written as short as it can be; 0: it is not one. */
static size_t number_bits(const struct part *part)
{
    const unsigned char *p = part->p;
    size_t n = part->n;
    if (n == 0 || (p[0] & 0x80) != 0)
        return 0;
    if (p[0] == 0 && (n == 1 || (p[1] & 0x80) == 0))
        return 0;
    if (p[0] == 0)
        return (n - 1) * 8; /* only there because the next byte has its highest bit set */
    size_t bits = n * 8;
    for (unsigned mask = 0x80; (p[0] & mask) == 0; mask >>= 1)
        bits--;
    return bits;
}

enum shape { SHAPE_ED25519, SHAPE_EC, SHAPE_RSA };

static const struct {
    const char *kind;
    enum shape shape;
    const char *curve;
    size_t point;     /* bytes of an uncompressed point */
    bool application; /* of a security key */
} kinds[] = {
    {"ssh-ed25519", SHAPE_ED25519, NULL, 0, false},
    {"ecdsa-sha2-nistp256", SHAPE_EC, "nistp256", 65, false},
    {"ecdsa-sha2-nistp384", SHAPE_EC, "nistp384", 97, false},
    {"ecdsa-sha2-nistp521", SHAPE_EC, "nistp521", 133, false},
    {"sk-ssh-ed25519@openssh.com", SHAPE_ED25519, NULL, 0, true},
    {"sk-ecdsa-sha2-nistp256@openssh.com", SHAPE_EC, "nistp256", 65, true},
    {"ssh-rsa", SHAPE_RSA, NULL, 0, false},
};

static enum evh not_whole(struct err *err)
{
    return err_set(err, EVH_INVALID, "the key is not whole, or not of the kind that it says: copy the whole line of the .pub file");
}

static enum evh check_rsa(struct blob *b, struct err *err)
{
    struct part e, n;
    if (!part_read(b, &e) || !part_read(b, &n) || number_bits(&e) < 2 || number_bits(&n) == 0 || (e.p[e.n - 1] & 1) == 0 || (n.p[n.n - 1] & 1) == 0)
        return not_whole(err);
    size_t bits = number_bits(&n);
    if (bits < RSA_LEAST_BITS)
        return err_set(err, EVH_INVALID, "an RSA key of %zu bits is too short: have a new one made with ssh-keygen -t ed25519", bits);
    return bits > RSA_MOST_BITS ? not_whole(err) : EVH_OK;
}

static enum evh check_blob(size_t kind, const struct buf *bytes, struct err *err)
{
    const unsigned char *p = (const unsigned char *)buf_str(bytes);
    struct blob b = {p, p + bytes->n};
    struct part name, curve, point, application;
    if (!part_read(&b, &name) || !part_is(&name, kinds[kind].kind))
        return not_whole(err);
    bool good = true;
    switch (kinds[kind].shape) {
    case SHAPE_ED25519:
        good = part_read(&b, &point) && point.n == 32;
        break;
    case SHAPE_EC:
        good = part_read(&b, &curve) && part_is(&curve, kinds[kind].curve) && part_read(&b, &point) && point.n == kinds[kind].point && point.p[0] == 4;
        break;
    case SHAPE_RSA: {
        enum evh r = check_rsa(&b, err);
        if (r != EVH_OK)
            return r;
        break;
    }
    }
    if (good && kinds[kind].application)
        good = part_read(&b, &application) && application.n > 0;
    return good && b.p == b.end ? EVH_OK : not_whole(err);
}

/* ---- the line ---- */

static size_t kind_of(const char *s, size_t n)
{
    size_t k = 0;
    while (k < NITEMS(kinds) && (strlen(kinds[k].kind) != n || memcmp(kinds[k].kind, s, n) != 0))
        k++;
    return k;
}

static bool contains(const char *s, size_t n, const char *words)
{
    size_t m = strlen(words);
    for (size_t i = 0; i + m <= n; i++) {
        if (memcmp(s + i, words, m) == 0)
            return true;
    }
    return false;
}

static size_t word_end(const char *s, size_t n, size_t at)
{
    while (at < n && s[at] != ' ' && s[at] != '\t')
        at++;
    return at;
}

/* One line, of a key and nothing else that would be obeyed. */
static enum evh check_line(const char *s, size_t n, struct err *err)
{
    if (n == 0)
        return err_set(err, EVH_INVALID, "no key was given: put the reviewer's .pub file on standard input");
    if (contains(s, n, "PRIVATE KEY"))
        return err_set(err, EVH_INVALID, "this is a private key, which nobody but its owner may have; ask for the .pub file, and for a new key");
    if (contains(s, n, "SSH2 PUBLIC KEY"))
        return err_set(err, EVH_INVALID, "this key has another program's form: turn it with ssh-keygen -i -f FILE");
    if (n > KEY_MAX_BYTES)
        return err_set(err, EVH_INVALID, "this is longer than any key");
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '\n' || s[i] == '\r')
            return err_set(err, EVH_INVALID, "one key on one line is needed; there are several lines");
        if (((unsigned char)s[i] < 0x20 && s[i] != '\t') || s[i] == 0x7f)
            return err_set(err, EVH_INVALID, "there are control characters in it: this is no key");
    }
    return EVH_OK;
}

static enum evh not_known(const char *s, size_t n, size_t first, struct err *err)
{
    if (contains(s, first, "-cert-v0"))
        return err_set(err, EVH_INVALID, "this is a certificate; give the key itself (the .pub file without “-cert”)");
    if (contains(s, first, "ssh-dss"))
        return err_set(err, EVH_INVALID, "DSA keys are not safe any more: have a new one made with ssh-keygen -t ed25519");
    for (size_t at = first; at < n;) {
        at += s[at] == ' ' || s[at] == '\t';
        size_t end = word_end(s, n, at);
        if (kind_of(s + at, end - at) < NITEMS(kinds))
            return err_set(err, EVH_INVALID, "there is something before the key: options are not taken over, give the line of the .pub file alone");
        at = end;
    }
    return err_set(err, EVH_INVALID, "this is no public key that is known here (ssh-ed25519, ecdsa-sha2-nistp256 to 521, sk-…, ssh-rsa)");
}

enum evh reviewers_read_key(struct arena *arena, const char *text, size_t n, struct public_key *out, struct err *err)
{
    const char *s = text;
    while (n > 0 && (text_blank(s[n - 1]) || s[n - 1] == '\n' || s[n - 1] == '\r'))
        n--;
    while (n > 0 && (text_blank(s[0]) || s[0] == '\n' || s[0] == '\r'))
        s++, n--;
    enum evh r = check_line(s, n, err);
    if (r != EVH_OK)
        return r;
    size_t first = word_end(s, n, 0), kind = kind_of(s, first), at = first;
    if (kind == NITEMS(kinds))
        return not_known(s, n, first, err);
    while (at < n && (s[at] == ' ' || s[at] == '\t'))
        at++;
    size_t end = word_end(s, n, at);
    struct buf bytes = {0}, print = {0};
    r = base64_read(s + at, end - at, &bytes) ? check_blob(kind, &bytes, err) : not_whole(err);
    if (r == EVH_OK) {
        struct hash h = hash_of(buf_str(&bytes), bytes.n);
        buf_adds(&print, "SHA256:");
        base64_put(&print, h.b, HASH_BYTES, false);
        *out = (struct public_key){kinds[kind].kind, arena_strndup(arena, s + at, end - at), arena_strndup(arena, buf_str(&print), print.n)};
    }
    buf_free(&bytes);
    buf_free(&print);
    return r;
}
