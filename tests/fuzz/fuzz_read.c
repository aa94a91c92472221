/* The notation parser by itself, as fast as it goes: each line of the input is read, and previewed half-typed, against a meeting that was made
 * once; one input in sixteen is read as a whole file. fuzz_notation checks what comes out (print and read again, typed and imported);
 * this one is for the number of runs. */
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

static struct notation_reader reader_of(struct arena *arena, uint32_t *ids)
{
    return (struct notation_reader){.arena = arena, .ids = {next_id, ids}, .stamp = TIME_NONE, .now = {.day = DAY_NONE}};
}

static struct record *read_file(struct arena *arena, const char *text, size_t n)
{
    uint32_t ids = 0;
    struct notation_reader reader = reader_of(arena, &ids);
    struct record *record = record_new((struct uuid){{2}});
    struct facts facts = {0};
    struct notices notices = {0};
    struct err err;
    if (notation_read(&reader, record, text, n, &facts, &notices, &err) != EVH_OK)
        abort();
    return record;
}

/* Lines as they would be typed one after the other, in the section that the first byte chooses. */
static void read_lines(struct arena *arena, const struct record *record, enum notation_section section, const char *text, size_t n)
{
    uint32_t ids = 1u << 20;
    struct notation_reader reader = reader_of(arena, &ids);
    struct facts facts = {0};
    struct notices notices = {0};
    reader.section = section;
    for (size_t at = 0, lines = 0; at < n && lines < 8; lines++) {
        const char *end = memchr(text + at, '\n', n - at);
        size_t length = end == NULL ? n - at : (size_t)(end - text) - at;
        struct preview preview;
        notation_preview(&reader, record, text + at, length, &preview);
        notation_line(&reader, record, text + at, length, &facts, &notices);
        at += length + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct record *meeting;
    if (meeting == NULL) {
        if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
            return 0;
        struct arena *facts = arena_new();
        meeting = read_file(facts, before, sizeof before - 1);
        arena_free(facts);
    }
    if (size == 0)
        return 0;
    struct arena *arena = arena_new();
    const char *text = (const char *)data + 1;
    if (data[0] % 16 == 0)
        record_free(read_file(arena, text, size - 1));
    else
        read_lines(arena, meeting, (enum notation_section)(data[0] / 16 % (SECTION_COPIES + 1)), text, size - 1);
    arena_free(arena);
    return 0;
}
