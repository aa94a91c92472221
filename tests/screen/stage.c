#include "tests/screen/stage.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"
#include "data/file.h"
#include "tests/screen/golden.h"

#ifndef TABLES_DIR
#define TABLES_DIR "data/share"
#endif

static struct now stage_now(void *data)
{
    struct stage *st = data;
    st->now.utc_ms++;
    return st->now;
}

static void stage_random(void *data, void *bytes, size_t n)
{
    struct stage *st = data;
    unsigned char *out = bytes;
    for (size_t i = 0; i < n; i++) {
        st->random = st->random * 6364136223846793005u + 1442695040888963407u;
        out[i] = (unsigned char)(st->random >> 56);
    }
}

void stage_open(struct stage *st)
{
    struct err err = {0};
    *st = (struct stage){.now = {.day = civil_day((struct civil){2026, 11, 24}), .time = 14 * 60 + 20, .utc_ms = 1795530000000}};
    memcpy(st->dir, "/tmp/evenhand-screen-XXXXXX", sizeof "/tmp/evenhand-screen-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(st->dir));
    st->world = (struct world){.now = stage_now, .random = stage_random, .data = st};
    enum evh code = store_open(&st->store, st->dir, STORE_CREATE, &st->world, &err);
    ck_assert_msg(code == EVH_OK, "%s", err.text);
    st->arena = arena_new();
    const char *tables = getenv("EVENHAND_TABLES");
    code = file_types(tables != NULL ? tables : TABLES_DIR, NULL, st->arena, &st->types, &err);
    ck_assert_msg(code == EVH_OK, "%s", err.text);
    st->app = (struct app){.store = st->store, .types = &st->types};
}

static void remove_in(const char *dir, const char *name)
{
    struct buf path = {0};
    buf_addf(&path, "%s/%s", dir, name);
    unlink(path.s);
    buf_free(&path);
}

void stage_close(struct stage *st)
{
    app_close_all(&st->app);
    store_close(st->store);
    arena_free(st->arena);
    remove_in(st->dir, "evenhand.db");
    remove_in(st->dir, "evenhand.db-journal");
    rmdir(st->dir);
}

struct uuid stage_import(struct stage *st, const char *text)
{
    struct notices notices = {0};
    struct op_import out = {0};
    struct err err = {0};
    enum evh code = op_import(st->store, &st->types, text, strlen(text), false, st->arena, &notices, &out, &err);
    ck_assert_msg(code == EVH_OK, "%s", err.text);
    return out.id;
}

void stage_press(struct stage *st, const char *keys)
{
    while (*keys != '\0') {
        size_t n = strcspn(keys, " ");
        int32_t key;
        ck_assert_msg(key_read(keys, n, &key), "no key: %.*s", (int)n, keys);
        app_key(&st->app, key);
        keys += n;
        keys += strspn(keys, " ");
    }
}

void stage_type(struct stage *st, const char *text)
{
    size_t n = strlen(text);
    for (size_t at = 0; at < n;)
        app_key(&st->app, text_code(text, n, &at));
}

void stage_line(struct stage *st, const char *text)
{
    stage_type(st, text);
    stage_press(st, "Enter");
}

static void draw(struct stage *st, struct surface *s, int w, int h)
{
    surface_init(s, w, h);
    app_tick(&st->app); /* the keys pause: advice is given only then */
    app_draw(&st->app, s);
    golden_check_cursor(s);
    /* what a second drawing shows is what the first did: nothing is left over */
    struct buf first = {0}, second = {0};
    surface_dump(s, &first);
    app_draw(&st->app, s);
    surface_dump(s, &second);
    size_t same = 0;
    while (first.s[same] != '\0' && first.s[same] == second.s[same])
        same++;
    ck_assert_msg(first.s[same] == second.s[same], "drawn again at %dx%d it differs:\n%.400s\n----\n%.400s", w, h, first.s + same, second.s + same);
    buf_free(&first);
    buf_free(&second);
}

void stage_golden(struct stage *st, int w, int h, const char *name)
{
    struct surface s;
    draw(st, &s, w, h);
    golden_check(name, &s);
    surface_free(&s);
}

void stage_text(struct stage *st, int w, int h, struct buf *out)
{
    struct surface s;
    draw(st, &s, w, h);
    surface_dump(&s, out);
    surface_free(&s);
}

/* Only what is read, and little enough for Check's messages. */
static void cut_styles(struct buf *b)
{
    char *styles = strstr(b->s, "-- styles");
    if (styles != NULL)
        buf_splice(b, (size_t)(styles - b->s), b->n - (size_t)(styles - b->s), NULL, 0);
}

void stage_shows(struct stage *st, int w, int h, const char *text)
{
    struct buf b = {0};
    stage_text(st, w, h, &b);
    cut_styles(&b);
    ck_assert_msg(strstr(buf_str(&b), text) != NULL, "“%s” is not on the screen:\n%s", text, buf_str(&b));
    buf_free(&b);
}

void stage_shows_not(struct stage *st, int w, int h, const char *text)
{
    struct buf b = {0};
    stage_text(st, w, h, &b);
    cut_styles(&b);
    ck_assert_msg(strstr(buf_str(&b), text) == NULL, "“%s” is on the screen:\n%s", text, buf_str(&b));
    buf_free(&b);
}
