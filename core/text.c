#include "core/text.h"

#include <string.h>
#include <utf8proc.h>

/* ---- ASCII helpers ---- */

bool text_blank(char c)
{
    return c == ' ' || c == '\t';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool text_same_word(const char *s, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++)
        if (word[i] == '\0' || lower(s[i]) != lower(word[i]))
            return false;
    return word[n] == '\0';
}

bool text_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

void text_trim(const char **s, size_t *n)
{
    while (*n > 0 && text_blank((*s)[0])) {
        ++*s;
        --*n;
    }
    while (*n > 0 && text_blank((*s)[*n - 1]))
        --*n;
}

/* ---- code points ---- */

static bool tail(const char *s, size_t n, size_t at)
{
    return at < n && ((unsigned char)s[at] & 0xc0) == 0x80;
}

static int32_t bits(const char *s, size_t at)
{
    return (unsigned char)s[at] & 0x3f;
}

/* A sequence of `length` bytes at `at`, or -1: too short a text, overlong, surrogate, too large. */
static int32_t sequence(const char *s, size_t n, size_t at, size_t length)
{
    static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    for (size_t i = 1; i < length; i++)
        if (!tail(s, n, at + i))
            return -1;
    int32_t code = (unsigned char)s[at] & (0xff >> (length + 1));
    for (size_t i = 1; i < length; i++)
        code = code << 6 | bits(s, at + i);
    if (code < least[length] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return -1;
    return code;
}

int32_t text_code(const char *s, size_t n, size_t *at)
{
    unsigned char c = (unsigned char)s[*at];
    if (c < 0x80) {
        ++*at;
        return c;
    }
    size_t length = c >= 0xf0 && c < 0xf8 ? 4 : c >= 0xe0 && c < 0xf0 ? 3 : c >= 0xc2 && c < 0xe0 ? 2 : 0;
    int32_t code = length == 0 ? -1 : sequence(s, n, *at, length);
    *at += code < 0 ? 1 : length;
    return code;
}

void text_put(struct buf *out, int32_t code)
{
    if (code < 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        code = 0xfffd;
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char(code, bytes);
    buf_add(out, bytes, n < 0 ? 0 : (size_t)n);
}

/* ---- grapheme clusters ---- */

static bool plain(char c)
{
    return (unsigned char)c >= 0x20 && (unsigned char)c < 0x7f;
}

size_t text_next(const char *s, size_t n, size_t at)
{
    if (at >= n)
        return n;
    if (plain(s[at]) && (at + 1 == n || plain(s[at + 1])))
        return at + 1;
    utf8proc_int32_t state = 0;
    int32_t before = text_code(s, n, &at);
    while (at < n) {
        size_t end = at;
        int32_t code = text_code(s, n, &end);
        if (before < 0 || code < 0 || utf8proc_grapheme_break_stateful(before, code, &state))
            break;
        before = code;
        at = end;
    }
    return at;
}

/* Where the code point before `at` begins. */
static size_t code_before(const char *s, size_t n, size_t at)
{
    for (size_t back = 1; back <= 4 && back <= at; back++) {
        size_t end = at - back;
        if (text_code(s, n, &end) >= 0 && end == at)
            return at - back;
    }
    return at - 1;
}

/* True when there is a border at `at` whatever stands further to the left: the character before it is
 * an ordinary one, so no emoji sequence, flag or conjunct can reach across. */
static bool sure_border(const char *s, size_t n, size_t at)
{
    if (at == 0)
        return true;
    size_t end = code_before(s, n, at);
    int32_t before = text_code(s, n, &end), code = text_code(s, n, &at);
    if (before < 0 || code < 0)
        return true;
    if (utf8proc_get_property(before)->boundclass != UTF8PROC_BOUNDCLASS_OTHER)
        return false;
    return utf8proc_grapheme_break(before, code);
}

size_t text_prev(const char *s, size_t n, size_t at)
{
    if (at > n)
        at = n;
    if (at == 0)
        return 0;
    if (at >= 2 && plain(s[at - 1]) && plain(s[at - 2]))
        return at - 1;
    size_t start = code_before(s, n, at);
    while (!sure_border(s, n, start))
        start = code_before(s, n, start);
    for (;;) {
        size_t next = text_next(s, n, start);
        if (next >= at)
            return start;
        start = next;
    }
}

/* ---- words ---- */

static bool word_code(int32_t code)
{
    if (code < 0)
        return false;
    if (code < 0x80)
        return (code >= '0' && code <= '9') || (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
    utf8proc_category_t c = utf8proc_category(code);
    return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_NO) || c == UTF8PROC_CATEGORY_CF;
}

static bool word_at(const char *s, size_t n, size_t at)
{
    return word_code(text_code(s, n, &at));
}

size_t text_word_end(const char *s, size_t n, size_t at)
{
    while (at < n && !word_at(s, n, at))
        at = text_next(s, n, at);
    while (at < n && word_at(s, n, at))
        at = text_next(s, n, at);
    return at < n ? at : n;
}

size_t text_word_start(const char *s, size_t n, size_t at)
{
    if (at > n)
        at = n;
    while (at > 0 && !word_at(s, n, text_prev(s, n, at)))
        at = text_prev(s, n, at);
    while (at > 0 && word_at(s, n, text_prev(s, n, at)))
        at = text_prev(s, n, at);
    return at;
}
