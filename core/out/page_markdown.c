#include "core/out/page.h"

#include "core/text.h"

#include <string.h>

static bool letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Only what would change the meaning: readers of the raw text should see words, not backslashes. */
static bool special(const char *s)
{
    if (s[0] == '&')
        return s[1] == '#' || letter_or_digit(s[1]);
    return s[0] != '\0' && strchr("\\`*_[]<|~", s[0]) != NULL;
}

void page_escape(struct buf *out, const char *s)
{
    struct buf shown = {0};
    text_show(&shown, s);
    for (const char *c = buf_str(&shown); *c != '\0'; c++) {
        if (special(c))
            buf_addc(out, '\\');
        buf_addc(out, *c);
    }
    buf_free(&shown);
}
