/* wcwidth() belongs to the X/Open part of POSIX. */
#define _XOPEN_SOURCE 700
#include "core/text.h"

#include <wchar.h>

int text_code_width(int32_t code)
{
    if (code >= 0x20 && code < 0x7f)
        return 1;
    if (code < 0)
        return 1;
    int width = wcwidth((wchar_t)code);
    return width < 0 ? 1 : width;
}

size_t text_width(const char *s, size_t n)
{
    size_t width = 0;
    if (text_plain(s, n))
        return n;
    for (size_t at = 0; at < n;)
        width += (size_t)text_code_width(text_code(s, n, &at));
    return width;
}

size_t text_fit(const char *s, size_t n, size_t columns)
{
    size_t at = 0, width = 0;
    while (at < n) {
        size_t end = text_next(s, n, at);
        width += text_width(s + at, end - at);
        if (width > columns)
            break;
        at = end;
    }
    return at;
}

static size_t skip_blanks(const char *s, size_t n, size_t at)
{
    while (at < n && text_blank(s[at]))
        at++;
    return at;
}

/* text_break() of a text that begins with more than `columns` (at least one) bytes of plain ASCII: no cluster ends elsewhere than a byte. */
static size_t break_plain(const char *s, size_t n, size_t columns, size_t *next)
{
    for (size_t at = columns; at > 0; at--)
        if (s[at] == ' ' && s[at - 1] != ' ') {
            *next = skip_blanks(s, n, at);
            return at;
        }
    *next = skip_blanks(s, n, columns);
    return columns;
}

size_t text_break(const char *s, size_t n, size_t columns, size_t *next)
{
    bool fits = n <= columns;
    if (columns > 0 && text_plain(s, fits ? n : columns + 1)) {
        if (!fits)
            return break_plain(s, n, columns, next);
        *next = n;
        return n;
    }
    size_t at = 0, width = 0, blank = 0;
    while (at < n) {
        if (text_blank(s[at]) && at > 0 && !text_blank(s[at - 1]))
            blank = at;
        size_t end = text_next(s, n, at);
        width += text_width(s + at, end - at);
        if (width > columns)
            break;
        at = end;
    }
    if (at == n) {
        *next = n;
        return n;
    }
    if (blank > 0) {
        *next = skip_blanks(s, n, blank);
        return blank;
    }
    if (at == 0)
        at = text_next(s, n, 0);
    *next = skip_blanks(s, n, at);
    return at;
}

static void new_line(struct buf *out, size_t indent)
{
    buf_addc(out, '\n');
    for (size_t i = 0; i < indent; i++)
        buf_addc(out, ' ');
}

void text_wrap(struct buf *out, const char *s, size_t columns, size_t indent, size_t used)
{
    size_t n = 0;
    while (s[n] != '\0')
        n++;
    if (indent >= columns)
        indent = 0;
    size_t at = 0;
    while (at < n) {
        size_t room = columns > used ? columns - used : 0, next;
        size_t line = text_break(s + at, n - at, room, &next);
        /* A first word that would be torn, or that does not fit at all, goes to a line of its own. */
        bool torn = at + line < n && !text_blank(s[at + line]);
        bool over = text_width(s + at, line) > room;
        if ((torn || over) && used > indent) {
            new_line(out, indent);
            used = indent;
            continue;
        }
        buf_add(out, s + at, line);
        at += next;
        if (at < n) {
            new_line(out, indent);
            used = indent;
        }
    }
}
