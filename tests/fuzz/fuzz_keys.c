/* Whatever a terminal sends: it becomes keys, the keys edit a line, the line is drawn. The first bytes give the columns, the rows, and how many bytes
 * come at a time. */
#include <locale.h>
#include <string.h>

#include "core/text.h"
#include "tui/decode.h"
#include "tui/edit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds, const char *what)
{
    if (!holds)
        BUG(what);
}

static void check(struct edit *e, struct surface *s, int columns)
{
    const char *text = edit_text(e);
    size_t n = edit_length(e), at = edit_cursor(e);
    must(text_is_clean(text, n), "the line is not clean");
    must(at <= n && (at == n || text_prev(text, n, text_next(text, n, at)) == at), "the cursor is within a character");
    surface_clear(s);
    edit_draw(e, s, (struct rect){1, 1, columns, s->h - 1}, STYLE_ENTRY, true);
    must(s->cursor_x >= 1 && s->cursor_x <= columns && s->cursor_y >= 1 && s->cursor_y < s->h, "the cursor is not on the line");
    for (int i = 0; i < s->w * s->h; i++)
        for (const char *c = s->cells[i].text; *c != '\0'; c++)
            must((unsigned char)*c >= 0x20 && *c != 0x7F, "a control character in a cell");
}

static void press(struct edit *e, int32_t key, int32_t *chord, int columns)
{
    bool is_text = false;
    enum action action = key_lookup("GEM", key, chord, &is_text);
    if (is_text) {
        struct buf utf8 = {0};
        text_put(&utf8, key);
        edit_insert(e, utf8.s, utf8.n);
        buf_free(&utf8);
    } else if (action != ACTION_NONE) {
        edit_act(e, action, columns);
    }
}

static void decode_all(struct decode *d, struct edit *e, bool last, int32_t *chord, int columns)
{
    int32_t key = 0;
    for (;;) {
        enum decoded decoded = decode_next(d, last, &key);
        if (decoded == DECODED_KEY)
            press(e, key, chord, columns);
        else if (decoded == DECODED_PASTE)
            edit_insert(e, buf_str(&d->paste), d->paste.n);
        else if (!last || decode_wait(d, 25) < 0)
            return;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 3 || setlocale(LC_CTYPE, "C.UTF-8") == NULL)
        return 0;
    int columns = 1 + data[0] % 40;
    size_t step = 1u + data[2] % 16u;
    struct surface s;
    surface_init(&s, columns + 1, 2 + data[1] % 6);
    s.ascii = data[1] >= 128;
    struct decode d = {.latin1 = data[0] >= 128};
    struct edit *e = edit_new();
    int32_t chord = 0;
    for (size_t at = 3; at < size; at += step) {
        decode_feed(&d, (const char *)data + at, at + step > size ? size - at : step);
        decode_all(&d, e, false, &chord, columns);
        check(e, &s, columns);
    }
    decode_all(&d, e, true, &chord, columns);
    check(e, &s, columns);
    edit_free(e);
    decode_free(&d);
    surface_free(&s);
    return 0;
}
