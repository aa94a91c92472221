/* Any bytes are a meeting: reading never fails but by a limit, what is printed is read as what it was, and typing gives what importing gives. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/audience.h"
#include "core/names.h"
#include "core/notation.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* So that names, dates and presence mean something: stands before inputs that bring no head of their own. */
static const char before[] = "child: Tobi Okafor / T.O.\ndate: 2026-11-24\ntime: 14:00-15:10\nkept-by: Ann\n\npeople:\nTobi Okafor|||child\n"
                             "Ms Ann Lee = Анна|SENCO||chair|13:55-14:30, 14:40-\nMrs Eve (North, NDP) Okafor|mother||parent, PR|apologies\n\n";

struct round {
    struct arena *arena;
    struct record *record;
    struct facts facts;
    struct notices notices;
    struct notation_reader reader;
    uint32_t ids;
};

static struct uuid next_id(void *data)
{
    uint32_t n = ++*(uint32_t *)data;
    struct uuid id = {{1}};
    for (size_t i = 0; i < 4; i++)
        id.b[15 - i] = (unsigned char)(n >> (8 * i));
    return id;
}

static void fail(const char *what, const struct buf *a, const struct buf *b)
{
    fprintf(stderr, "%s\n--- first\n%s--- second\n%s", what, buf_str(a), buf_str(b));
    abort();
}

static void begin(struct round *r)
{
    *r = (struct round){.arena = arena_new(), .record = record_new((struct uuid){{2}})};
    r->reader = (struct notation_reader){.arena = r->arena, .ids = {next_id, &r->ids}, .stamp = TIME_NONE, .now = {.day = DAY_NONE}};
}

static void finish(struct round *r)
{
    record_free(r->record);
    arena_free(r->arena);
}

static void import(struct round *r, const struct buf *text)
{
    struct err err;
    begin(r);
    if (notation_read(&r->reader, r->record, buf_str(text), text->n, &r->facts, &r->notices, &err) != EVH_OK)
        abort();
    for (size_t i = 0; i < r->notices.n; i++)
        if (r->notices.v[i].line < 1 || r->notices.v[i].column < 1)
            abort();
}

static void type(struct round *r, const struct buf *text)
{
    begin(r);
    r->reader.section = SECTION_HEAD;
    uint64_t people = 0;
    for (size_t at = 0; at < text->n;) {
        const char *end = memchr(text->s + at, '\n', text->n - at);
        size_t n = end == NULL ? text->n - at : (size_t)(end - text->s) - at;
        struct facts facts = {0};
        size_t length = n > 0 && text->s[at + n - 1] == '\r' ? n - 1 : n;
        struct preview preview;
        notation_preview(&r->reader, r->record, text->s + at, length, &preview);
        notation_line(&r->reader, r->record, text->s + at, length, &facts, &r->notices);
        for (size_t i = 0; i < facts.n; i++)
            (void)record_apply(r->record, &facts.v[i]);
        if (r->record->people_version != people && r->reader.section != SECTION_PEOPLE && r->reader.section != SECTION_HEAD) {
            names_refresh(r->record);
            people = r->record->people_version;
        }
        at += n + 1;
    }
}

static void same(const char *what, const struct buf *a, const struct buf *b)
{
    if (a->n != b->n || (a->n > 0 && memcmp(a->s, b->s, a->n) != 0))
        fail(what, a, b);
}

/* print(read(text)) is text. */
static void read_back(const char *what, const struct buf *text)
{
    struct round r;
    struct buf again = {0};
    import(&r, text);
    notation_print(&again, r.record);
    finish(&r);
    same(what, text, &again);
    buf_free(&again);
}

static void print_copy(struct buf *out, const struct record *record)
{
    struct record *copy = audience_copy(record, &(struct audience){.kind = AUDIENCE_OPEN});
    notation_print(out, copy);
    record_free(copy);
}

/* Lines about help wait in a file until all people are known; typed, each is read at once. */
static bool has_help(const struct facts *facts)
{
    for (size_t i = 0; i < facts->n; i++)
        if (facts->v[i].kind_of_fact == FACT_HELP || facts->v[i].kind_of_fact == FACT_CONTACT)
            return true;
    return false;
}

static void type_again(const struct buf *text, const struct buf *printed)
{
    struct round r;
    struct buf typed = {0};
    type(&r, text);
    notation_print(&typed, r.record);
    same("typed is not imported", printed, &typed);
    finish(&r);
    buf_free(&typed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool begun;
    struct buf text = {0}, printed = {0}, copy = {0};
    struct round r;
    if (!begun)
        begun = setlocale(LC_CTYPE, "C.UTF-8") != NULL;
    if (size == 0)
        return 0;
    unsigned how = data[0];
    if (how & 1)
        buf_adds(&text, before);
    buf_add(&text, data + 1, size - 1);
    import(&r, &text);
    notation_print(&printed, r.record);
    read_back("printed and read, it is another meeting", &printed);
    if ((how & 7) == 5) { /* a copy and typing cost as much again: now and then is enough */
        print_copy(&copy, r.record);
        read_back("the open copy, printed and read, is another", &copy);
    }
    if ((how & 7) == 7 && !has_help(&r.facts))
        type_again(&text, &printed);
    finish(&r);
    buf_free(&text);
    buf_free(&printed);
    buf_free(&copy);
    return 0;
}
