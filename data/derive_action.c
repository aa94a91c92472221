/* Rows of the action tracker. */
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "data/inside.h"

const char *tabs_join(struct buf *out, const struct texts *list)
{
    buf_clear(out);
    for (size_t i = 0; i < list->n; i++) {
        if (i > 0)
            buf_addc(out, '\t');
        buf_adds(out, list->v[i]);
    }
    return list->n > 0 ? buf_str(out) : NULL;
}

struct texts tabs_split(struct arena *arena, const char *s)
{
    struct texts list = {0};
    size_t cap = 0;
    while (s != NULL) {
        const char *end = strchr(s, '\t');
        list.v = arena_grow(arena, list.v, list.n, &cap, sizeof list.v[0]);
        list.v[list.n++] = end == NULL ? arena_strdup(arena, s) : arena_strndup(arena, s, (size_t)(end - s));
        s = end == NULL ? NULL : end + 1;
    }
    return list;
}

/* A line each: id, date, change, from, to, by, text; what was not said is empty. */
static void history_put(struct buf *out, const struct entry *e)
{
    buf_clear(out);
    for (size_t i = 0; i < e->nhistory; i++) {
        const struct action_change *c = &e->history[i];
        const char *const parts[] = {c->change, c->from, c->to, c->by, c->text};
        char id[UUID_TEXT];
        uuid_text(c->id, id);
        if (i > 0)
            buf_addc(out, '\n');
        buf_addf(out, "%s\t%ld", id, (long)c->date);
        for (size_t k = 0; k < NITEMS(parts); k++)
            buf_addf(out, "\t%s", parts[k] == NULL ? "" : parts[k]);
    }
}

/* A line each: by, text. */
static void disputes_put(struct buf *out, const struct entry *e)
{
    buf_clear(out);
    for (size_t i = 0; i < e->ndisputes; i++)
        buf_addf(out, "%s%s\t%s", i == 0 ? "" : "\n", e->disputes[i].by == NULL ? "" : e->disputes[i].by, e->disputes[i].text);
}

/* What a list is searched for and has no column of its own. */
static void words_put(struct buf *out, const struct entry *e)
{
    buf_clear(out);
    text_fold(out, e->text, strlen(e->text));
    if (e->done_when == NULL)
        return;
    buf_addc(out, '\n');
    text_fold(out, e->done_when, strlen(e->done_when));
}

struct scratch {
    struct arena *arena;
    struct buf with, readers, history, disputes, words;
    const char *child, *folded;
};

static enum evh put_action(struct store *store, const struct record *record, size_t i, struct scratch *s, struct err *err)
{
    const struct entry *e = &record->entries[i];
    struct action_now now = action_now(record, e);
    char label[16];
    entry_label(e, label);
    history_put(&s->history, e);
    disputes_put(&s->disputes, e);
    words_put(&s->words, e);
    const char *owner = now.owner;
    struct query q;
    query_begin(&q, store, STMT_action_put);
    query_id(&q, 1, e->id);
    query_id(&q, 2, record->id);
    query_int(&q, 3, (int64_t)i);
    query_text(&q, 4, label);
    query_int(&q, 5, (int64_t)e->item);
    query_int(&q, 6, e->number);
    query_text(&q, 7, e->text);
    query_text(&q, 8, owner);
    query_text(&q, 9, owner == NULL ? "" : text_fold_dup(s->arena, owner, strlen(owner)));
    query_text(&q, 10, tabs_join(&s->with, &e->with));
    query_int(&q, 11, now.due == DAY_NONE ? DUE_NONE : now.due);
    query_int(&q, 12, now.due_time == TIME_NONE ? DUE_TIME_NONE : now.due_time);
    query_int_or_null(&q, 13, e->from_day, DAY_NONE);
    query_text(&q, 14, e->done_when);
    query_text(&q, 15, e->otherwise);
    query_int_or_null(&q, 16, e->carried, DAY_NONE);
    query_text(&q, 17, now.status);
    query_int(&q, 18, action_is_open(now.status));
    query_int(&q, 19, 1);
    query_text(&q, 20, e->restriction.confidential ? "*" : tabs_join(&s->readers, &e->restriction.readers));
    query_text(&q, 21, e->nhistory > 0 ? buf_str(&s->history) : NULL);
    query_text(&q, 22, s->child);
    query_text(&q, 23, s->folded);
    query_int_or_null(&q, 24, record->date, DAY_NONE);
    query_text(&q, 25, record->type == NULL ? "" : record->type);
    query_int_or_null(&q, 26, strcmp(now.status, "done") == 0 ? now.closed : DAY_NONE, DAY_NONE);
    query_text(&q, 27, e->ndisputes > 0 ? buf_str(&s->disputes) : NULL);
    query_text(&q, 28, buf_str(&s->words));
    return query_run(&q, err);
}

/* ---- what it is known by in each child's file ---- */

static enum evh put_keys(struct store *store, const struct record *record, const struct entry *e, struct arena *arena,
                         struct thread_keys *keys, struct err *err)
{
    char label[16];
    entry_label(e, label);
    for (size_t i = 0; label[i] != '\0'; i++) {
        if (label[i] >= 'a' && label[i] <= 'z')
            label[i] = (char)(label[i] - 'a' + 'A');
    }
    bool carried = e->carried != DAY_NONE;
    int32_t date = carried ? e->carried : record->date;
    if (label[0] == '\0' || date == DAY_NONE)
        return EVH_OK;
    enum evh r = EVH_OK;
    for (size_t i = 0; i < record->nchildren && r == EVH_OK; i++) {
        struct uuid file = child_file(record, i);
        struct query q;
        query_begin(&q, store, STMT_key_put);
        query_id(&q, 1, file);
        query_int(&q, 2, date);
        query_text(&q, 3, label);
        query_id(&q, 4, e->id);
        query_id(&q, 5, record->id);
        query_int(&q, 6, carried);
        query_int(&q, 7, record->kept_as == NULL || strcmp(record->kept_as, "notes") != 0);
        query_int(&q, 8, record->date == DAY_NONE ? INT32_MIN : record->date);
        query_int(&q, 9, record->start);
        r = query_run(&q, err);
        thread_key_add(arena, keys, (struct thread_key){file, date, arena_strdup(arena, label)});
    }
    return r;
}

static enum evh old_keys(struct store *store, struct arena *arena, enum stmt which, struct uuid id, struct thread_keys *keys, struct err *err)
{
    struct query q;
    query_begin(&q, store, which);
    query_id(&q, 1, id);
    while (query_row(&q))
        thread_key_add(arena, keys, (struct thread_key){query_get_id(&q, 0), (int32_t)query_get_int(&q, 1), query_dup(&q, 2, arena)});
    return query_end(&q, err);
}

static enum evh clear(struct store *store, enum stmt which, struct uuid id, struct err *err)
{
    struct query q;
    query_begin(&q, store, which);
    query_id(&q, 1, id);
    return query_run(&q, err);
}

static enum evh take_away(struct store *store, struct arena *arena, bool meeting, struct uuid id, struct thread_keys *keys, struct err *err)
{
    enum evh r = old_keys(store, arena, meeting ? STMT_key_of_meeting : STMT_key_of_action, id, keys, err);
    if (r == EVH_OK)
        r = clear(store, meeting ? STMT_key_clear : STMT_key_clear_action, id, err);
    if (r == EVH_OK)
        r = clear(store, meeting ? STMT_action_clear : STMT_action_clear_one, id, err);
    return r;
}

/* An entry may have been edited into another kind, or its action have changed; what was never an action has nothing to take away. */
static enum evh take_one_away(struct store *store, struct arena *arena, struct uuid id, struct thread_keys *keys, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_action_there);
    query_id(&q, 1, id);
    bool there = query_row(&q) && query_get_int(&q, 0) != 0;
    enum evh r = query_end(&q, err);
    return r != EVH_OK || !there ? r : take_away(store, arena, false, id, keys, err);
}

enum evh derive_actions(struct store *store, struct record *record, bool all, struct err *err)
{
    struct scratch s = {.arena = arena_new()};
    struct thread_keys keys = {0};
    enum evh r = all ? take_away(store, s.arena, true, record->id, &keys, err) : EVH_OK;
    s.child = child_shown(s.arena, record);
    s.folded = child_folded(s.arena, record);
    for (size_t i = 0; i < record->nentries && r == EVH_OK; i++) {
        const struct entry *e = &record->entries[i];
        if (!all && !e->changed)
            continue;
        if (!all)
            r = take_one_away(store, s.arena, e->id, &keys, err);
        if (r != EVH_OK || e->kind != ENTRY_ACTION)
            continue;
        r = put_action(store, record, i, &s, err);
        if (r == EVH_OK)
            r = put_keys(store, record, e, s.arena, &keys, err);
    }
    if (r == EVH_OK)
        r = thread_settle(store, s.arena, &keys, err);
    buf_free(&s.with);
    buf_free(&s.readers);
    buf_free(&s.history);
    buf_free(&s.disputes);
    buf_free(&s.words);
    arena_free(s.arena);
    return r;
}
