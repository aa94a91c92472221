/* Children of a meeting as the lists and filters know them, and the rows by which their files are found. */
#include <string.h>

#include "core/text.h"
#include "data/inside.h"

const char *head_value(const struct record *record, const char *key, int index)
{
    for (size_t i = 0; i < record->nhead; i++) {
        if (record->head[i].index == index && strcmp(record->head[i].key, key) == 0)
            return record->head[i].value;
    }
    return NULL;
}

const char *child_shown(struct arena *arena, const struct record *record)
{
    const char *shown = "";
    for (size_t i = 0; i < record->nchildren; i++) {
        const struct child *c = &record->children[i];
        const char *name = c->known_as != NULL ? c->known_as : c->name;
        shown = i == 0 ? name : arena_printf(arena, "%s, %s", shown, name);
    }
    return shown;
}

const char *child_folded(struct arena *arena, const struct record *record)
{
    struct buf all = {0};
    for (size_t i = 0; i < record->nchildren; i++) {
        const struct child *c = &record->children[i];
        const char *const names[] = {c->name, c->known_as, c->also};
        for (size_t k = 0; k < NITEMS(names); k++) {
            if (names[k] == NULL)
                continue;
            if (all.n > 0)
                buf_addc(&all, '\n');
            text_fold(&all, names[k], strlen(names[k]));
        }
    }
    char *folded = arena_strndup(arena, buf_str(&all), all.n);
    buf_free(&all);
    return folded;
}

struct uuid child_file(const struct record *record, size_t child)
{
    struct uuid file = record->children[child].file;
    if (!uuid_none(file))
        return file;
    file = record->id; /* not filed: a file that no other meeting can have */
    file.b[15] = (unsigned char)(file.b[15] ^ (child + 1));
    return file;
}

static enum evh put(struct store *store, struct arena *arena, const struct record *record, size_t i, struct err *err)
{
    const struct child *c = &record->children[i];
    const char *known = c->known_as != NULL ? c->known_as : c->name;
    struct query q;
    query_begin(&q, store, STMT_child_put);
    query_id(&q, 1, record->id);
    query_int(&q, 2, (int64_t)i);
    query_id(&q, 3, child_file(record, i));
    query_text(&q, 4, c->name);
    query_text(&q, 5, c->known_as);
    query_text(&q, 6, c->ref);
    query_text(&q, 7, head_value(record, "born", (int)i));
    query_text(&q, 8, text_fold_dup(arena, c->name, strlen(c->name)));
    query_text(&q, 9, text_fold_dup(arena, known, strlen(known)));
    query_text(&q, 10, c->also);
    return query_run(&q, err);
}

enum evh derive_children(struct store *store, const struct record *record, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_child_clear);
    query_id(&q, 1, record->id);
    enum evh r = query_run(&q, err);
    struct arena *arena = arena_new();
    for (size_t i = 0; i < record->nchildren && r == EVH_OK; i++)
        r = put(store, arena, record, i, err);
    arena_free(arena);
    return r;
}
