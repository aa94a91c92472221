#include "tui/surface.h"

#include <wctype.h>

#include "core/text.h"

/* What decomposition does not give: punctuation that people paste, and letters that have no base letter. One character each, so that
 * the columns stay. */
static const struct {
    int32_t code;
    char ascii;
} plain[] = {
    {0x00A0, ' '}, {0x00AB, '"'}, {0x00B0, 'o'}, {0x00B7, '.'}, {0x00BB, '"'}, {0x00BD, '?'}, {0x00C6, 'A'}, {0x00D0, 'D'},
    {0x00D7, 'x'}, {0x00D8, 'O'}, {0x00DE, 'T'}, {0x00DF, 's'}, {0x00E6, 'a'}, {0x00F0, 'd'}, {0x00F7, '/'}, {0x00F8, 'o'},
    {0x00FE, 't'}, {0x0110, 'D'}, {0x0111, 'd'}, {0x0126, 'H'}, {0x0127, 'h'}, {0x0131, 'i'}, {0x0141, 'L'}, {0x0142, 'l'},
    {0x0152, 'O'}, {0x0153, 'o'}, {0x0166, 'T'}, {0x0167, 't'}, {0x2010, '-'}, {0x2011, '-'}, {0x2012, '-'}, {0x2013, '-'},
    {0x2014, '-'}, {0x2015, '-'}, {0x2018, '\''}, {0x2019, '\''}, {0x201A, ','}, {0x201C, '"'}, {0x201D, '"'}, {0x201E, '"'},
    {0x2022, '*'}, {0x2026, '~'}, {0x2032, '\''}, {0x2033, '"'}, {0x2039, '<'}, {0x203A, '>'}, {0x2190, '<'}, {0x2192, '>'},
    {0x21D2, '>'}, {0x2212, '-'}, {0x2500, '-'}, {0x2502, '|'}, {0x252C, '+'}, {0x2534, '+'}, {0x253C, '+'}, {0x25B8, '>'},
    {0x25CB, '_'}, {0x25CC, '.'}, {0x25CF, '*'}, {0x25D0, 'o'}, {0x2713, 'v'}, {0x2717, 'x'},
};

/* The base letter of a letter with accents, in its case. */
static char base_letter(int32_t code)
{
    struct buf utf8 = {0}, folded = {0};
    text_put(&utf8, code);
    text_fold(&folded, utf8.s, utf8.n);
    char c = folded.n > 0 ? folded.s[0] : '?';
    buf_free(&utf8);
    buf_free(&folded);
    if (c < 0x20 || c > 0x7E)
        return '?';
    return c >= 'a' && c <= 'z' && iswupper((wint_t)code) ? (char)(c - 'a' + 'A') : c;
}

char surface_ascii(int32_t code)
{
    if (code >= 0x20 && code < 0x7F)
        return (char)code;
    for (size_t i = 0; i < NITEMS(plain); i++)
        if (plain[i].code == code)
            return plain[i].ascii;
    return base_letter(code);
}
