/* From the bytes a terminal sends to keys, characters and pastes. Knows no terminal library, so that tests and fuzzing feed it directly. */
#ifndef TUI_DECODE_H
#define TUI_DECODE_H

#include "core/buf.h"
#include "tui/key.h"

#define PASTE_MAX ((size_t)64 * 1024) /* what is longer is cut, and the person is told */

struct decode {
    struct buf bytes;      /* read, not yet decoded from `at` on */
    size_t at;
    struct {
        char bytes[16];
        size_t n;
        int32_t key;
    } known[64];           /* sequences of this terminal that are not the usual ones */
    size_t nknown;
    bool latin1;           /* the terminal is not UTF-8: a stray high byte is Latin-1 */
    bool pasting, paste_cut;
    struct buf paste;
};

enum decoded {
    DECODED_NOTHING,  /* more bytes are needed */
    DECODED_KEY,
    DECODED_PASTE,    /* in `paste`, until the next call; paste_cut: it was longer than PASTE_MAX */
};

/* Tells of a key sequence of the terminal's description. NULL and empty ones are left out. */
void decode_know(struct decode *d, const char *sequence, int32_t key);
void decode_feed(struct decode *d, const char *bytes, size_t n);
/* `timed_out`: nothing came for decode_wait(); what waited for more is taken as it stands. */
enum decoded decode_next(struct decode *d, bool timed_out, int32_t *key);
/* Milliseconds to wait for the rest of what has begun; -1: nothing has. `escape` is the delay after an Esc. */
int decode_wait(const struct decode *d, int escape);
void decode_free(struct decode *d);

#endif
