#include "tui/decode.h"

#include <string.h>

#include "core/text.h"

#define ESC 0x1B
#define SEQUENCE_MAX 40 /* no key is longer */
#define REST_WAIT 1000  /* for the rest of a character, a sequence or a paste on a slow line */

static const char paste_end[] = "\033[201~";

void decode_know(struct decode *d, const char *sequence, int32_t key)
{
    size_t n = sequence == NULL ? 0 : strlen(sequence);
    if (n < 2 || n >= sizeof d->known[0].bytes || sequence[0] != ESC || d->nknown >= NITEMS(d->known))
        return;
    memcpy(d->known[d->nknown].bytes, sequence, n + 1);
    d->known[d->nknown].n = n;
    d->known[d->nknown].key = key;
    d->nknown++;
}

void decode_feed(struct decode *d, const char *bytes, size_t n)
{
    if (d->at > 0) {
        buf_splice(&d->bytes, 0, d->at, NULL, 0);
        d->at = 0;
    }
    buf_add(&d->bytes, bytes, n);
}

void decode_free(struct decode *d)
{
    buf_free(&d->bytes);
    buf_free(&d->paste);
}

/* What one attempt gave: bytes used (0: more are needed) and the key, 0 for none. */
struct taken {
    size_t n;
    int32_t key;
};

#define PASTE_BEGINS (-2) /* a "key" that is none */

/* ---- CSI sequences ---- */

static int32_t key_of_number(int number)
{
    static const struct {
        int number;
        int32_t key;
    } numbers[] = {
        {1, KEYS_HOME}, {2, KEYS_INSERT}, {3, KEYS_DELETE}, {4, KEYS_END}, {5, KEYS_PGUP}, {6, KEYS_PGDN}, {7, KEYS_HOME}, {8, KEYS_END},
        {11, KEYS_F1}, {12, KEYS_F1 + 1}, {13, KEYS_F1 + 2}, {14, KEYS_F1 + 3}, {15, KEYS_F1 + 4}, {17, KEYS_F1 + 5}, {18, KEYS_F1 + 6},
        {19, KEYS_F1 + 7}, {20, KEYS_F1 + 8}, {21, KEYS_F1 + 9}, {23, KEYS_F1 + 10}, {24, KEYS_F12}, {200, PASTE_BEGINS},
    };
    for (size_t i = 0; i < NITEMS(numbers); i++)
        if (numbers[i].number == number)
            return numbers[i].key;
    return 0;
}

/* The letter that ends a sequence, after ESC [ or ESC O. */
static int32_t key_of_letter(char letter, int modifier)
{
    bool word = modifier == 3 || modifier == 5; /* Alt or Ctrl */
    switch (letter) {
    case 'A': return KEYS_UP;
    case 'B': return KEYS_DOWN;
    case 'C': return word ? KEYS_CRIGHT : KEYS_RIGHT;
    case 'D': return word ? KEYS_CLEFT : KEYS_LEFT;
    case 'F': return KEYS_END;
    case 'H': return KEYS_HOME;
    case 'Z': return KEYS_STAB;
    case 'P': case 'Q': case 'R': case 'S': return KEYS_F1 + (letter - 'P');
    default: return 0;
    }
}

/* Keys of the number block in its application mode, and rxvt's Ctrl-Left and Ctrl-Right. */
static int32_t key_of_block(char letter)
{
    static const char keys[] = "*+,-./0123456789"; /* j to y */
    return letter == 'M' ? KEYS_ENTER : letter == 'c' ? KEYS_CRIGHT : letter == 'd' ? KEYS_CLEFT : letter >= 'j' && letter <= 'y' ? (int32_t)keys[letter - 'j'] : 0;
}

static struct taken csi(const char *s, size_t n, bool timed_out)
{
    int numbers[2] = {0, 0};
    size_t i = 2, which = 0;
    bool answer = n > 2 && s[2] >= '<' && s[2] <= '?'; /* a report of the terminal: nothing of it is a key */
    if (n > 2 && s[2] == '[') /* the Linux console: ESC [ [ A is F1 */
        return n > 3 ? (struct taken){4, s[3] >= 'A' && s[3] <= 'E' ? KEYS_F1 + (s[3] - 'A') : 0} : (struct taken){timed_out ? 3 : 0, 0};
    for (; i < n && s[i] >= 0x20 && s[i] < 0x40; i++) {
        if (i > SEQUENCE_MAX)
            return (struct taken){i, 0};
        if (s[i] == ';')
            which = 1;
        else if (s[i] >= '0' && s[i] <= '9' && numbers[which] < 1000)
            numbers[which] = numbers[which] * 10 + (s[i] - '0');
    }
    if (i >= n)
        return (struct taken){timed_out ? n : 0, 0};
    if (s[i] < 0x40 || s[i] > 0x7E) /* broken off */
        return (struct taken){i, 0};
    if (answer)
        return (struct taken){i + 1, 0};
    if (s[i] == '~')
        return (struct taken){i + 1, key_of_number(numbers[0])};
    return (struct taken){i + 1, key_of_letter(s[i], numbers[1])};
}

/* ---- characters ---- */

static size_t utf8_length(unsigned char c)
{
    return c >= 0xF0 && c < 0xF5 ? 4 : c >= 0xE0 ? 3 : c >= 0xC2 ? 2 : 1;
}

static struct taken character(const struct decode *d, const char *s, size_t n, bool timed_out)
{
    unsigned char c = (unsigned char)s[0];
    if (c < 0x80)
        return (struct taken){1, c == '\r' || c == '\n' ? KEYS_ENTER : c == 0x7F ? KEYS_BACKSPACE : c};
    size_t need = utf8_length(c), have = 1;
    while (have < need && have < n && ((unsigned char)s[have] & 0xC0) == 0x80)
        have++;
    if (have < need && have == n && !timed_out)
        return (struct taken){0, 0};
    size_t at = 0;
    int32_t code = text_code(s, have, &at);
    if (code < 0)
        return (struct taken){at, d->latin1 && c >= 0xA0 ? (int32_t)c : 0xFFFD};
    return (struct taken){at, code};
}

/* A sequence that the terminal's description names: its whole, its begin, or not one. */
static bool known(const struct decode *d, const char *s, size_t n, bool timed_out, struct taken *taken)
{
    bool begins = false;
    for (size_t i = 0; i < d->nknown; i++) {
        size_t length = d->known[i].n;
        if (length <= n && memcmp(s, d->known[i].bytes, length) == 0) {
            *taken = (struct taken){length, d->known[i].key};
            return true;
        }
        if (length > n && memcmp(s, d->known[i].bytes, n) == 0)
            begins = true;
    }
    *taken = (struct taken){0, 0};
    return begins && !timed_out;
}

static struct taken escape(const struct decode *d, const char *s, size_t n, bool timed_out)
{
    struct taken taken;
    if (n == 1)
        return (struct taken){timed_out ? 1 : 0, ESC};
    if (known(d, s, n, timed_out, &taken))
        return taken;
    if ((s[1] == '[' || s[1] == 'O') && n == 2)
        return timed_out ? (struct taken){2, s[1] | KEY_META} : (struct taken){0, 0};
    if (s[1] == '[')
        return csi(s, n, timed_out);
    if (s[1] == 'O') {
        int32_t key = key_of_block(s[2]) != 0 ? key_of_block(s[2]) : key_of_letter(s[2], 0);
        return key != 0 ? (struct taken){3, key} : (struct taken){2, 'O' | KEY_META};
    }
    if (((unsigned char)s[1] < 0x20 && s[1] != 0x08) || s[1] == ESC)
        return (struct taken){1, ESC};
    taken = character(d, s + 1, n - 1, timed_out);
    if (taken.n > 0)
        return (struct taken){taken.n + 1, taken.key | KEY_META};
    return taken;
}

/* ---- pastes ---- */

static enum decoded paste_done(struct decode *d)
{
    /* Where it was cut, not within a character. */
    size_t begin = d->paste.n;
    while (d->paste_cut && begin > 0 && d->paste.n - begin < 4 && ((unsigned char)d->paste.s[begin - 1] & 0xC0) == 0x80)
        begin--;
    if (d->paste_cut && begin > 0 && d->paste.n - begin + 1 < utf8_length((unsigned char)d->paste.s[begin - 1]))
        buf_splice(&d->paste, begin - 1, d->paste.n - begin + 1, NULL, 0);
    d->pasting = false;
    return DECODED_PASTE;
}

static void paste_add(struct decode *d, const char *s, size_t n)
{
    size_t room = PASTE_MAX - d->paste.n;
    if (n > room) {
        d->paste_cut = true;
        n = room;
    }
    buf_add(&d->paste, s, n);
}

static enum decoded paste_more(struct decode *d, bool timed_out)
{
    const char *s = d->bytes.s + d->at;
    size_t n = d->bytes.n - d->at, end = 0, length = sizeof paste_end - 1;
    for (; end < n; end++)
        if (s[end] == ESC && memcmp(s + end, paste_end, n - end < length ? n - end : length) == 0)
            break;
    paste_add(d, s, end);
    d->at += end;
    if (n - end >= length) {
        d->at += length;
        return paste_done(d);
    }
    if (!timed_out)
        return DECODED_NOTHING;
    d->at += n - end;
    return paste_done(d);
}

enum decoded decode_next(struct decode *d, bool timed_out, int32_t *key)
{
    for (;;) {
        if (d->pasting) {
            if (d->at >= d->bytes.n && !timed_out)
                return DECODED_NOTHING;
            if (d->at >= d->bytes.n)
                return paste_done(d);
            return paste_more(d, timed_out);
        }
        if (d->at >= d->bytes.n)
            return DECODED_NOTHING;
        const char *s = d->bytes.s + d->at;
        size_t n = d->bytes.n - d->at;
        struct taken taken = s[0] == ESC ? escape(d, s, n, timed_out) : character(d, s, n, timed_out);
        if (taken.n == 0)
            return DECODED_NOTHING;
        d->at += taken.n;
        timed_out = false;
        if (taken.key == PASTE_BEGINS) {
            d->pasting = true;
            d->paste_cut = false;
            buf_clear(&d->paste);
        } else if (taken.key != 0) {
            *key = taken.key;
            return DECODED_KEY;
        }
    }
}

int decode_wait(const struct decode *d, int escape_delay)
{
    size_t n = d->bytes.n - d->at;
    if (d->pasting)
        return REST_WAIT;
    if (n == 0)
        return -1;
    return d->bytes.s[d->at] == ESC && n <= 2 ? escape_delay : REST_WAIT;
}
