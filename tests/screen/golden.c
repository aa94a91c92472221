#include "tests/screen/golden.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef SRCDIR
#define SRCDIR "."
#endif

/* Automake tells tests where the sources are when they are not here. */
static void put_path(struct buf *out, const char *name)
{
    const char *top = getenv("srcdir");
    buf_addf(out, "%s/tests/screen/golden/%s.txt", top != NULL ? top : SRCDIR, name);
}

static bool read_file(const char *path, struct buf *out)
{
    FILE *f = fopen(path, "r");
    if (f == NULL)
        return false;
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        buf_add(out, block, n);
    fclose(f);
    return true;
}

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    ck_assert_msg(f != NULL, "cannot write %s", path);
    fputs(text, f);
    ck_assert_int_eq(fclose(f), 0);
}

/* Finds the first line that differs and shows both, so that the failure can be read. */
static void fail_at_difference(const char *name, const char *want, const char *have)
{
    size_t line = 1, begin = 0, i = 0;
    for (; want[i] == have[i]; i++)
        if (want[i] == '\n') {
            line++;
            begin = i + 1;
        }
    int nwant = (int)strcspn(want + begin, "\n"), nhave = (int)strcspn(have + begin, "\n");
    ck_abort_msg("golden %s differs in line %zu\nwant: %.*s\nhave: %.*s\n(GENERATE=1 writes it anew)\nfrom there:\n%.2000s", name, line, nwant, want + begin,
                 nhave, have + begin, have + begin); /* Check takes no long messages */
}

void golden_check_text(const char *name, const char *text)
{
    struct buf path = {0}, want = {0};
    put_path(&path, name);
    const char *generate = getenv("GENERATE");
    if (generate != NULL && generate[0] == '1') {
        write_file(path.s, text);
    } else {
        ck_assert_msg(read_file(path.s, &want), "there is no %s (GENERATE=1 writes it)", path.s);
        if (strcmp(buf_str(&want), text) != 0)
            fail_at_difference(name, buf_str(&want), text);
    }
    buf_free(&want);
    buf_free(&path);
}

void golden_check_part(const char *name, const struct surface *s)
{
    struct buf dump = {0};
    surface_dump(s, &dump);
    golden_check_text(name, buf_str(&dump));
    buf_free(&dump);
}

void golden_check_cursor(const struct surface *s)
{
    struct buf dump = {0};
    const char *fault = golden_cursor_fault(s);
    surface_dump(s, &dump);
    ck_assert_msg(fault == NULL, "the cursor at %d,%d: %s\n%.3000s", s->cursor_x, s->cursor_y, fault, buf_str(&dump));
    buf_free(&dump);
}

void golden_check(const char *name, const struct surface *s)
{
    golden_check_cursor(s);
    golden_check_part(name, s);
}

static bool letter(const char *text)
{
    unsigned char c = (unsigned char)text[0];
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c >= 0xC3; /* signs and quotation marks begin with 0xC2 or 0xE2 */
}

const char *golden_cursor_fault(const struct surface *s)
{
    if (s->cursor_x < 0 || s->cursor_y < 0 || s->cursor_x >= s->w || s->cursor_y >= s->h)
        return "it is outside of the screen";
    const struct cell *row = &s->cells[(size_t)s->cursor_y * (size_t)s->w], *cell = &row[s->cursor_x];
    if (cell->style == STYLE_ENTRY)
        return NULL;
    if (cell->style == STYLE_TITLE || cell->style == STYLE_RULE || cell->style == STYLE_KEY)
        return "it is on a title, a rule or the key line";
    for (int x = s->cursor_x - 1; x >= 0 && row[x].style != STYLE_RULE; x--) {
        bool within = cell->style != STYLE_FOCUS || row[x].style == STYLE_FOCUS;
        if (within && letter(row[x].text))
            return "text stands before it on the row";
    }
    if (cell->style == STYLE_FOCUS)
        return NULL;
    return strcmp(cell->text, " ") == 0 ? "it is on a blank that is neither in focus nor in an entry line" : NULL;
}
