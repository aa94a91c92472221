/* Meeting types from their table: tab-separated, six columns, "#" begins a comment. */
#include <string.h>
#include <sys/stat.h>

#include "core/text.h"
#include "data/file.h"

#define TABLE "meeting-types.tsv"
#define TABLE_LIMIT (1024 * 1024)
#define COLUMNS 6

static void list_add(struct arena *arena, struct texts *list, size_t *cap, const char *s, size_t n)
{
    text_trim(&s, &n);
    if (n == 0)
        return;
    list->v = arena_grow(arena, list->v, list->n, cap, sizeof list->v[0]);
    list->v[list->n++] = text_clean_dup(arena, s, n);
}

static struct texts list_read(struct arena *arena, const char *s, size_t n, char between)
{
    struct texts list = {0};
    size_t cap = 0;
    size_t from = 0;
    for (size_t i = 0; i <= n; i++) {
        if (i < n && s[i] != between)
            continue;
        list_add(arena, &list, &cap, s + from, i - from);
        from = i + 1;
    }
    return list;
}

struct column {
    const char *s;
    size_t n;
};

static size_t split(const char *s, size_t n, struct column columns[COLUMNS])
{
    size_t count = 0, from = 0;
    for (size_t i = 0; i <= n; i++) {
        if (i < n && s[i] != '\t')
            continue;
        if (count < COLUMNS)
            columns[count] = (struct column){s + from, i - from};
        count++;
        from = i + 1;
    }
    return count;
}

static void types_add(struct arena *arena, struct types *types, size_t *cap, struct meeting_type type)
{
    for (size_t i = 0; i < types->n; i++) {
        if (strcmp(types->v[i].name, type.name) == 0)
            return; /* the user's own line came first */
    }
    types->v = arena_grow(arena, types->v, types->n, cap, sizeof types->v[0]);
    types->v[types->n++] = type;
}

static enum evh read_line(const char *path, int number, const char *s, size_t n, struct arena *arena, struct types *types, size_t *cap, struct err *err)
{
    const char *at = s;
    size_t left = n;
    text_trim(&at, &left);
    if (left == 0 || at[0] == '#')
        return EVH_OK;
    struct column c[COLUMNS];
    size_t count = split(s, n, c);
    if (count != COLUMNS)
        return err_set(err, EVH_INVALID, "%s:%d:1: a type has %d columns between tabs, this line has %zu; it was left out", path, number, COLUMNS, count);
    struct texts name = list_read(arena, c[0].s, c[0].n, '\t');
    struct texts title = list_read(arena, c[1].s, c[1].n, '\t');
    if (name.n != 1 || title.n != 1)
        return err_set(err, EVH_INVALID, "%s:%d:1: a type needs a name and a title; the line was left out", path, number);
    types_add(arena, types, cap, (struct meeting_type){
        .name = name.v[0],
        .title = title.v[0],
        .aliases = list_read(arena, c[2].s, c[2].n, ','),
        .agenda = list_read(arena, c[3].s, c[3].n, ';'),
        .outcomes = list_read(arena, c[4].s, c[4].n, ';'),
        .recommendations = list_read(arena, c[5].s, c[5].n, ';'),
    });
    return EVH_OK;
}

/* The first fault is kept in `err`; the other lines are read all the same. */
static enum evh read_table(const char *path, struct arena *arena, struct types *types, size_t *cap, struct err *err)
{
    struct buf text = {0};
    enum evh r = file_read(path, TABLE_LIMIT, &text, err);
    const char *s = buf_str(&text);
    int number = 0;
    for (size_t from = 0; r != EVH_IO && from < text.n;) {
        const char *end = memchr(s + from, '\n', text.n - from);
        size_t n = end == NULL ? text.n - from : (size_t)(end - (s + from));
        size_t next = from + n + 1;
        if (n > 0 && s[from + n - 1] == '\r')
            n--;
        enum evh line = read_line(path, ++number, s + from, n, arena, types, cap, r == EVH_OK ? err : NULL);
        if (r == EVH_OK)
            r = line;
        from = next;
    }
    buf_free(&text);
    return r;
}

enum evh file_types(const char *tables, const char *own, struct arena *arena, struct types *out, struct err *err)
{
    struct types types = {0};
    size_t cap = 0;
    enum evh r = EVH_OK;
    const char *const dirs[] = {own, tables};
    for (size_t i = 0; i < NITEMS(dirs); i++) {
        if (dirs[i] == NULL)
            continue;
        const char *path = arena_printf(arena, "%s/" TABLE, dirs[i]);
        struct stat st;
        if (i == 0 && stat(path, &st) != 0)
            continue; /* nobody needs a table of their own */
        enum evh one = read_table(path, arena, &types, &cap, r == EVH_OK ? err : NULL);
        if (r == EVH_OK)
            r = one;
    }
    *out = types;
    return r;
}
