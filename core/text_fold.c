/* Folding for comparison: what people mean by "the same name" (notation.md, "Names"). */
#include "core/text.h"

#include <utf8proc.h>

/* Letters that Unicode does not take apart, and the marks that people type for one another. */
static const struct {
    int32_t code;
    const char *as;
} letters[] = {
    {0x00e6, "ae"}, {0x00f0, "d"}, {0x00f8, "o"}, {0x00fe, "th"}, {0x0111, "d"}, {0x0127, "h"}, {0x0131, "i"},
    {0x0142, "l"}, {0x0153, "oe"}, {0x0167, "t"}, {0x02b9, "'"}, {0x02bb, "'"}, {0x02bc, "'"}, {0x00a0, " "},
    {0x00b4, "'"}, {0x2010, "-"}, {0x2011, "-"}, {0x2018, "'"}, {0x2019, "'"}, {0x2032, "'"}, {0x202f, " "},
};

/* Accents of letters and the points of Arabic and Hebrew; vowel signs of Indic scripts are letters here. */
static bool accent(int32_t c)
{
    return (c >= 0x300 && c <= 0x36f) || (c >= 0x591 && c <= 0x5c7 && c != 0x5be && c != 0x5c0 && c != 0x5c3 && c != 0x5c6) ||
           (c >= 0x64b && c <= 0x65f) || c == 0x670 || (c >= 0x1ab0 && c <= 0x1aff) || (c >= 0x1dc0 && c <= 0x1dff) ||
           (c >= 0x20d0 && c <= 0x20ff) || (c >= 0xfe00 && c <= 0xfe0f);
}

static void put_folded(struct buf *out, int32_t c)
{
    for (size_t i = 0; i < NITEMS(letters); i++) {
        if (letters[i].code == c) {
            buf_adds(out, letters[i].as);
            return;
        }
    }
    if (!accent(c) && !(utf8proc_get_property(c)->ignorable))
        text_put(out, c);
}

void text_fold(struct buf *out, const char *s, size_t n)
{
    for (size_t at = 0; at < n;) {
        char c = s[at];
        if ((unsigned char)c < 0x80) {
            buf_addc(out, c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c);
            at++;
            continue;
        }
        int32_t code = text_code(s, n, &at);
        utf8proc_int32_t parts[32];
        int last = 0;
        utf8proc_ssize_t count =
            code < 0 ? -1 : utf8proc_decompose_char(code, parts, (utf8proc_ssize_t)NITEMS(parts), UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &last);
        if (count < 0 || count > (utf8proc_ssize_t)NITEMS(parts)) {
            text_put(out, 0xfffd);
            continue;
        }
        for (utf8proc_ssize_t i = 0; i < count; i++)
            put_folded(out, parts[i]);
    }
}

char *text_fold_dup(struct arena *arena, const char *s, size_t n)
{
    struct buf b = {0};
    text_fold(&b, s, n);
    char *copy = arena_strndup(arena, buf_str(&b), b.n);
    buf_free(&b);
    return copy;
}
