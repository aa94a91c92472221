/* Hostile text: cleaning is idempotent and leaves nothing that drives a terminal; clusters, wrapping, folding and the
 * output writers take anything. The first byte gives the columns. */
#include "core/arena.h"
#include "core/out/out.h"
#include "core/text.h"

#include <locale.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds, const char *what)
{
    if (!holds)
        BUG(what);
}

static void check_clean(const char *s, size_t n)
{
    for (size_t at = 0; at < n;) {
        int32_t c = text_code(s, n, &at);
        must(c >= 0x20 && !(c >= 0x7f && c < 0xa0), "a control is left");
        must(!(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069), "an override is left");
    }
    must(text_is_clean(s, n), "not clean after cleaning");
}

static void check_clusters(const char *s, size_t n)
{
    for (size_t at = 0; at < n;) {
        size_t next = text_next(s, n, at);
        must(next > at && next <= n, "a cluster without bytes");
        must(text_prev(s, n, next) == at, "back is not where forward began");
        at = next;
    }
    for (size_t at = 0; at < n;) {
        size_t end = text_word_end(s, n, at);
        must(end > at, "a word without bytes");
        must(text_word_start(s, n, end) <= end, "a word that begins after its end");
        at = end;
    }
}

static void check_wrap(const char *s, size_t n, size_t columns)
{
    struct buf out = {0};
    for (size_t at = 0; at < n;) {
        size_t next = 0, line = text_break(s + at, n - at, columns, &next);
        must(next > 0 && line <= next && at + next <= n, "a line without progress");
        at += next;
    }
    text_wrap(&out, s, columns, columns / 4, columns / 2);
    must(text_fit(s, n, columns) <= n, "fits more than there is");
    buf_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool begun;
    if (!begun)
        must(setlocale(LC_CTYPE, "C.UTF-8") != NULL, "no locale C.UTF-8");
    begun = true;
    if (size == 0 || size > 20000)
        return 0;
    struct buf clean = {0}, shown = {0}, folded = {0};
    const char *raw = (const char *)data + 1;
    text_clean(&clean, raw, size - 1, NULL);
    check_clean(buf_str(&clean), clean.n);
    check_clusters(buf_str(&clean), clean.n);
    check_wrap(buf_str(&clean), clean.n, data[0] % 100);
    text_show(&shown, buf_str(&clean));
    must(clean.n == 0 || strcmp(buf_str(&shown), clean.s) == 0, "clean text needs no escape");
    text_fold(&folded, raw, size - 1);
    check_clusters(raw, size - 1);
    buf_clear(&shown);
    json_put_string(&shown, buf_str(&clean));
    must(shown.n >= 2, "a string without quotes");
    buf_free(&clean);
    buf_free(&shown);
    buf_free(&folded);
    return 0;
}
