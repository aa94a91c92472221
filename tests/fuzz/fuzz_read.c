/* The notation parser by itself, as fast as it goes: any bytes as a whole file, and each of its lines as a half-typed one. fuzz_notation checks
 * what comes out (print and read again, typed and imported); this one is for the number of runs. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "core/notation.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char before[] = "child: Tobi Okafor / T.O.\ndate: 2026-11-24\ntime: 14:00-15:10\nkept-by: Ann\n\npeople:\nTobi Okafor|||child\n"
                             "Ms Ann Lee = Анна|SENCO||chair|13:55-14:30\nMrs Eve (North, NDP) Okafor|mother||parent, PR|apologies\n\n14:01 A: Ann, ring, by Friday\n";

static struct uuid next_id(void *data)
{
    uint32_t n = ++*(uint32_t *)data;
    struct uuid id = {{1}};
    for (size_t i = 0; i < 4; i++)
        id.b[15 - i] = (unsigned char)(n >> (8 * i));
    return id;
}

static void preview_lines(struct notation_reader *reader, const struct record *record, const char *text, size_t n)
{
    for (size_t at = 0, lines = 0; at < n && lines < 4; lines++) {
        const char *end = memchr(text + at, '\n', n - at);
        size_t length = end == NULL ? n - at : (size_t)(end - text) - at;
        struct preview preview;
        notation_preview(reader, record, text + at, length, &preview);
        at += length + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool ready;
    if (!ready)
        ready = setlocale(LC_CTYPE, "C.UTF-8") != NULL;
    struct buf text = {0};
    if (size > 0 && (data[0] & 3) == 0)
        buf_adds(&text, before);
    size_t from = text.n;
    if (size > 0)
        buf_add(&text, data + 1, size - 1);
    uint32_t ids = 0;
    struct arena *arena = arena_new();
    struct record *record = record_new((struct uuid){{2}});
    struct notation_reader reader = {.arena = arena, .ids = {next_id, &ids}, .stamp = TIME_NONE, .now = {.day = DAY_NONE}};
    struct facts facts = {0};
    struct notices notices = {0};
    struct err err;
    if (notation_read(&reader, record, buf_str(&text), text.n, &facts, &notices, &err) != EVH_OK)
        abort();
    preview_lines(&reader, record, buf_str(&text) + from, text.n - from);
    record_free(record);
    arena_free(arena);
    buf_free(&text);
    return 0;
}
