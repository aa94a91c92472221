/* Hostile text: cleaned at every entrance, shown safely at every exit (design.md). */
#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "core/memory.h"

/* Marks that one base may carry; and how many are let through to the normaliser, whose
 * ordering takes the square of their number. */
enum { MAX_MARKS = 8, MAX_RAW_MARKS = 64 };

static bool plain(char c)
{
    return (unsigned char)c >= 0x20 && (unsigned char)c < 0x7f;
}

/* Eight bytes at a time: lists of thousands of rows ask this of every byte. A byte is none of ours when its highest bit is set, or when taking 0x20 away or adding
 * 1 sets it; a carry into the next byte comes only from one that is found out itself. */
bool text_plain(const char *s, size_t n)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;
    uint64_t other = 0;
    for (; n >= sizeof other; s += sizeof other, n -= sizeof other) {
        uint64_t eight;
        memcpy(&eight, s, sizeof eight);
        other |= eight | (eight - ones * 0x20) | (eight + ones);
    }
    bool all = (other & high) == 0;
    for (size_t i = 0; i < n; i++)
        all = all && plain(s[i]);
    return all;
}

static bool control(int32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

static bool private_use(int32_t c)
{
    return (c >= 0xe000 && c <= 0xf8ff) || (c >= 0xf0000 && c <= 0xffffd) || (c >= 0x100000 && c <= 0x10fffd);
}

/* Overrides and isolates, tags, the byte order mark, private use: nothing that a person types. */
static bool unwanted(int32_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || (c >= 0xe0000 && c <= 0xe007f) || c == 0xfeff ||
           private_use(c);
}

static bool line_end(int32_t c)
{
    return c == 0x2028 || c == 0x2029;
}

static bool mark(int32_t c)
{
    if (c < 0x300)
        return false;
    utf8proc_category_t category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}

/* One code point at a time: what is forbidden goes, what remains waits for normalisation. */
static void filter(struct buf *out, const char *s, size_t n, struct text_changes *changes)
{
    size_t marks = 0;
    for (size_t at = 0; at < n;) {
        int32_t c = text_code(s, n, &at);
        bool is_mark = c >= 0 && mark(c);
        if (c == '\t' || c == '\n' || c == '\r') {
            c = ' ';
        } else if (c < 0 || control(c)) {
            c = 0xfffd;
            changes->replaced++;
        } else if (line_end(c)) {
            c = ' ';
            changes->dropped++;
        } else if (unwanted(c) || (is_mark && marks >= MAX_RAW_MARKS)) {
            changes->dropped++;
            continue;
        }
        marks = is_mark ? marks + 1 : 0;
        text_put(out, c);
    }
}

/* Appends normalised text without the marks past the eighth of each base. What is left is still normalised:
 * only the end of a run of marks goes, and eight of them stay between the base and what follows. */
static void limit_marks(struct buf *out, const char *s, size_t n, struct text_changes *changes)
{
    size_t marks = 0, from = 0, at = 0;
    while (at < n) {
        size_t start = at;
        if (!mark(text_code(s, n, &at))) {
            marks = 0;
        } else if (++marks > MAX_MARKS) {
            buf_add(out, s + from, start - from);
            from = at;
            changes->dropped++;
        }
    }
    buf_add(out, s + from, n - from);
}

void text_clean(struct buf *out, const char *s, size_t n, struct text_changes *changes)
{
    if (text_plain(s, n)) {
        buf_add(out, s, n);
        return;
    }
    struct text_changes ignored = {0};
    if (changes == NULL)
        changes = &ignored;
    struct buf kept = {0};
    filter(&kept, s, n, changes);
    if (text_plain(buf_str(&kept), kept.n)) {
        buf_add(out, buf_str(&kept), kept.n);
        buf_free(&kept);
        return;
    }
    /* What utf8proc_map() does, with memory of ours. */
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    const utf8proc_uint8_t *from = (const utf8proc_uint8_t *)kept.s;
    utf8proc_ssize_t points = utf8proc_decompose(from, (utf8proc_ssize_t)kept.n, NULL, 0, options);
    utf8proc_int32_t *normal = memory_take(points < 0 ? 1 : (size_t)points + 1, sizeof *normal);
    utf8proc_ssize_t length = utf8proc_decompose(from, (utf8proc_ssize_t)kept.n, normal, points, options);
    if (length >= 0)
        length = utf8proc_reencode(normal, length, options);
    if (length < 0)
        BUG("normalising valid text failed");
    limit_marks(out, (const char *)(const void *)normal, (size_t)length, changes);
    free(normal);
    buf_free(&kept);
}

char *text_clean_dup(struct arena *arena, const char *s, size_t n)
{
    if (text_plain(s, n))
        return arena_strndup(arena, s, n);
    struct buf b = {0};
    text_clean(&b, s, n, NULL);
    char *copy = arena_strndup(arena, buf_str(&b), b.n);
    buf_free(&b);
    return copy;
}

bool text_is_clean(const char *s, size_t n)
{
    if (text_plain(s, n))
        return true;
    struct buf b = {0};
    text_clean(&b, s, n, NULL);
    bool same = b.n == n && memcmp(buf_str(&b), s, n) == 0;
    buf_free(&b);
    return same;
}

void text_show(struct buf *out, const char *s)
{
    size_t n = strlen(s), from = 0, at = 0;
    while (at < n) {
        size_t start = at;
        if (plain(s[at])) {
            at++;
            continue;
        }
        int32_t c = text_code(s, n, &at);
        if (c >= 0 && !control(c) && !unwanted(c) && !line_end(c))
            continue;
        buf_add(out, s + from, start - from);
        from = at;
        if (c < 0)
            text_put(out, 0xfffd);
        else
            buf_addf(out, "<U+%04X>", (unsigned)c);
    }
    buf_add(out, s + from, n - from);
}

char *text_show_dup(struct arena *arena, const char *s)
{
    size_t n = strlen(s);
    if (text_plain(s, n))
        return arena_strndup(arena, s, n);
    struct buf b = {0};
    text_show(&b, s);
    char *copy = arena_strndup(arena, buf_str(&b), b.n);
    buf_free(&b);
    return copy;
}
