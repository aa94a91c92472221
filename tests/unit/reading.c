#include "tests/unit/reading.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/names.h"

#ifndef SRCDIR
#define SRCDIR "."
#endif

const char reading_head[] =
    "evenhand: 1\nmeeting: tac\nchild: Tobi Okafor / T.O.\ndate: 2026-11-24\ntime: 14:00-15:10\nkept-by: Ravi Thandi\n\npeople:\n"
    "Ms Anita Patel | SENCO | Oakfield Primary School | chair, lead-professional | 13:55-15:10\n"
    "Mrs Grace Okafor | mother | family | parent, PR | 13:55-15:10\n"
    "Mr Samuel Okafor | father | family | parent, PR | 14:30-15:10\n"
    "Ruth Reid | adviser | County SENDIASS | parent-partner for Grace Okafor | 14:05-15:10\n"
    "Dr Wei Lin | educational psychologist | County EP Service | professional | 14:20-15:10\n"
    "Siân Ffoulkes = Шан Фулкс | teacher | | professional |\n"
    "(deputy safeguarding lead) | | | professional |\n"
    "Mr. Gary Kwan (Vancouver East, NDP) | member | | observer |\n"
    "Bea Ash: North | aunt | | family |\n"
    "Ravi Thandi | office manager | | minute-taker |\n\n";

static struct uuid next_id(void *data)
{
    struct uuid id = {{0}};
    uint32_t n = ++*(uint32_t *)data;
    for (size_t i = 0; i < 4; i++)
        id.b[15 - i] = (unsigned char)(n >> (8 * i));
    return id;
}

void reading_begin(struct meeting_read *m)
{
    *m = (struct meeting_read){.arena = arena_new(), .record = record_new((struct uuid){{9}})};
    m->reader = (struct notation_reader){.arena = m->arena, .ids = {next_id, &m->ids}, .stamp = TIME_NONE, .now = {.day = DAY_NONE}};
}

void reading_end(struct meeting_read *m)
{
    record_free(m->record);
    arena_free(m->arena);
}

void reading_import(struct meeting_read *m, const char *text, size_t n)
{
    struct err err;
    reading_begin(m);
    enum evh code = notation_read(&m->reader, m->record, text, n, &m->facts, &m->notices, &err);
    ck_assert_msg(code == EVH_OK, "%s", err.text);
}

/* "00000000-0000-0000-0000-000000000010" as "#1". */
static void put_short(struct buf *out, const char *payload, uint32_t first)
{
    static const char zeros[] = "00000000-0000-0000-0000-0000";
    for (const char *s = payload; *s != '\0';) {
        if (strncmp(s, zeros, sizeof zeros - 1) == 0) {
            char digits[9] = "";
            memcpy(digits, s + sizeof zeros - 1, 8);
            buf_addf(out, "#%ld", strtol(digits, NULL, 16) - (long)first + 1);
            s += UUID_TEXT - 1;
        } else {
            buf_addc(out, *s++);
        }
    }
}

void reading_line(struct meeting_read *m, const char *line, size_t n, uint32_t first, struct buf *out)
{
    struct facts facts = {0};
    struct buf payload = {0};
    notation_line(&m->reader, m->record, line, n, &facts, &m->notices);
    for (size_t i = 0; i < facts.n; i++) {
        buf_clear(&payload);
        fact_encode(&payload, &facts.v[i]);
        bool applied = record_apply(m->record, &facts.v[i]);
        ck_assert_msg(applied, "not applied: %s", buf_str(&payload));
        facts_add(m->arena, &m->facts, facts.v[i]);
        if (out == NULL)
            continue;
        buf_addf(out, "    %s ", fact_word(facts.v[i].kind_of_fact));
        put_short(out, buf_str(&payload), first);
        buf_addc(out, '\n');
    }
    buf_free(&payload);
}

void reading_type(struct meeting_read *m, const char *text, size_t n)
{
    reading_begin(m);
    m->reader.section = SECTION_HEAD;
    for (size_t at = 0; at < n;) {
        const char *end = memchr(text + at, '\n', n - at);
        size_t length = end == NULL ? n - at : (size_t)(end - text) - at;
        reading_line(m, text + at, length, 0, NULL);
        names_refresh(m->record);
        at += length + 1;
    }
}

void reading_file(struct buf *out, const char *name)
{
    struct buf path = {0};
    char bytes[4096];
    buf_addf(&path, "%s/%s", SRCDIR, name);
    FILE *f = fopen(path.s, "rb");
    ck_assert_msg(f != NULL, "cannot open %s", path.s);
    for (size_t n = fread(bytes, 1, sizeof bytes, f); n > 0; n = fread(bytes, 1, sizeof bytes, f))
        buf_add(out, bytes, n);
    fclose(f);
    buf_free(&path);
}
