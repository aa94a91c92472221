/* Typed = imported: the worked meetings, line by line into the live screen, give the same JSON as their files. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "core/out/out.h"
#include "tests/screen/stage.h"

#ifndef SRCDIR
#define SRCDIR "."
#endif

static struct stage st;

static void read_meeting(const char *name, struct buf *out)
{
    struct buf path = {0};
    const char *top = getenv("srcdir");
    buf_addf(&path, "%s/tests/%s", top != NULL ? top : SRCDIR, name);
    FILE *f = fopen(path.s, "r");
    ck_assert_msg(f != NULL, "no %s", path.s);
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        buf_add(out, block, n);
    fclose(f);
    buf_free(&path);
}

/* The JSON with its ids blanked. */
static void put_json(struct uuid id, struct buf *out)
{
    struct record *record = NULL;
    struct err err = {0};
    ck_assert_int_eq(store_record(st.store, id, &record, &err), EVH_OK);
    out_json(out, record);
    record_free(record);
    for (char *p = strstr(out->s, "\"id\": \""); p != NULL; p = strstr(p, "\"id\": \"")) {
        p += strlen("\"id\": \"");
        for (; *p != '"'; p++)
            *p = '-';
    }
}

static void type_lines(const char *text)
{
    while (*text != '\0') {
        size_t n = strcspn(text, "\n");
        char *line = arena_strndup(st.arena, text, n);
        stage_line(&st, line);
        text += n + (text[n] == '\n');
    }
}

static void same_text(const char *typed, const char *imported)
{
    size_t i = 0, line = 0;
    for (; typed[i] != '\0' && typed[i] == imported[i]; i++)
        if (typed[i] == '\n')
            line = i + 1;
    size_t from = i > line + 200 ? i - 200 : line;
    ck_assert_msg(typed[i] == imported[i], "typed:    %.400s\nimported: %.400s", typed + from, imported + from);
}

START_TEST(typed_is_imported)
{
    static const char *const names[] = {"meetings/s1-first-tac.meeting", "meetings/s4-sen-support.meeting", "meetings/s7-safeguarding.meeting",
                                        "screen/nasty.meeting"};
    struct buf text = {0}, imported = {0}, typed = {0};
    read_meeting(names[_i], &text);
    stage_open(&st);
    put_json(stage_import(&st, text.s), &imported);
    stage_close(&st);
    stage_open(&st);
    const char *body = strstr(text.s, "\n# ");
    ck_assert_ptr_nonnull(body);
    struct uuid meeting = stage_import(&st, arena_strndup(st.arena, text.s, (size_t)(body - text.s) + 1));
    ck_assert(app_push(&st.app, &view_live, &meeting));
    type_lines(body + 1);
    put_json(meeting, &typed);
    same_text(buf_str(&typed), buf_str(&imported));
    stage_close(&st);
    buf_free(&text);
    buf_free(&imported);
    buf_free(&typed);
}
END_TEST

Suite *suite_typed(void);

Suite *suite_typed(void)
{
    Suite *s = suite_create("typed");
    TCase *c = tcase_create("worked meetings");
    tcase_set_timeout(c, 120);
    tcase_add_loop_test(c, typed_is_imported, 0, 4);
    suite_add_tcase(s, c);
    return s;
}
