/* The derived rows of one meeting, written in the same transaction as its events. */
#include <string.h>

#include "core/text.h"
#include "data/inside.h"

/* Raised whenever this program derives something else from the same log. */
#define DERIVE_CODE "1"

static const char *const tables[] = {
#define STMT(name, sql)
#include "data/sql/derived.h"
#undef STMT
};

unsigned derive_parts(const struct fact *facts, size_t n)
{
    unsigned parts = 0;
    for (size_t i = 0; i < n; i++) {
        enum fact_kind kind = facts[i].kind_of_fact;
        if (kind == FACT_HEAD || kind == FACT_FILED || kind == FACT_UNDONE || kind == FACT_PLANNED)
            return DERIVE_ALL;
        if (kind == FACT_ATTENDEE && !uuid_none(facts[i].replaces))
            return DERIVE_ALL; /* a name that changed changes wherever it stands */
        if (kind == FACT_ATTENDEE || kind == FACT_PERSON)
            parts |= DERIVE_PEOPLE;
    }
    return parts;
}

/* ---- meeting ---- */

static bool somebody_signed(const struct record *record)
{
    static const char *const states[] = {"signed", "signed with reservations", "accuracy only", "declined"};
    for (size_t i = 0; i < record->nsignoffs; i++) {
        for (size_t k = 0; k < NITEMS(states); k++) {
            if (strcmp(record->signoffs[i].state, states[k]) == 0)
                return true;
        }
    }
    return false;
}

static const char *or_empty(const char *s)
{
    return s == NULL ? "" : s;
}

static enum evh put_meeting(struct store *store, struct arena *arena, const struct record *record, enum stmt how, struct err *err)
{
    struct query q;
    query_begin(&q, store, how);
    query_id(&q, 1, record->id);
    query_int_or_null(&q, 2, record->date, DAY_NONE);
    query_int_or_null(&q, 3, record->start, TIME_NONE);
    query_text(&q, 4, or_empty(record->type));
    query_text(&q, 5, record->title);
    query_text(&q, 6, record->kept_as == NULL ? "minutes" : record->kept_as);
    query_text(&q, 7, or_empty(record->kept_by));
    query_text(&q, 8, record_status(record));
    query_int(&q, 9, somebody_signed(record));
    query_text(&q, 10, or_empty(record->origin));
    query_int(&q, 11, (int64_t)record->nentries);
    query_text(&q, 12, child_shown(arena, record));
    query_text(&q, 13, child_folded(arena, record));
    return query_run(&q, err);
}

/* A line changes how many entries there are and nothing else of the row: the indexes over the rest are left alone. */
static enum evh derive_meeting(struct store *store, struct arena *arena, const struct record *record, struct err *err)
{
    enum evh r = put_meeting(store, arena, record, STMT_meeting_entries, err);
    return r != EVH_OK || sqlite3_changes(store->db) > 0 ? r : put_meeting(store, arena, record, STMT_meeting_put, err);
}

/* ---- entries, for search ---- */

static void add_line(struct buf *more, const char *who, const char *words)
{
    if (words == NULL || words[0] == '\0')
        return;
    if (more->n > 0)
        buf_addc(more, '\n');
    if (who != NULL)
        buf_addf(more, "%s: ", who);
    buf_adds(more, words);
}

/* What else was said under an entry: a line each, found by search like the entry itself. Earlier wordings are not. */
static void add_more(struct buf *more, const struct entry *e)
{
    add_line(more, NULL, e->because);
    add_line(more, NULL, e->basis);
    add_line(more, NULL, e->source);
    add_line(more, NULL, e->recipient);
    add_line(more, NULL, e->purpose);
    add_line(more, NULL, e->done_when);
    add_line(more, NULL, e->otherwise);
    for (size_t i = 0; i < e->npositions; i++) {
        add_line(more, e->positions[i].name, e->positions[i].text);
        add_line(more, e->positions[i].name, e->positions[i].basis);
    }
    add_line(more, NULL, e->state_text);
    add_line(more, NULL, e->next);
    for (size_t i = 0; i < e->ndisputes; i++)
        add_line(more, e->disputes[i].by, e->disputes[i].text);
    for (size_t i = 0; i < e->nanswers; i++)
        add_line(more, e->answers[i].by, e->answers[i].text);
    for (size_t i = 0; i < e->ntranslations; i++)
        add_line(more, NULL, e->translations[i].text);
    for (size_t i = 0; i < e->nhistory; i++)
        add_line(more, e->history[i].by, e->history[i].text);
}

static enum evh put_entry(struct store *store, const struct record *record, size_t i, struct buf *more, struct err *err)
{
    const struct entry *e = &record->entries[i];
    buf_clear(more);
    add_more(more, e);
    struct query q;
    query_begin(&q, store, STMT_entry_put);
    query_id(&q, 1, record->id);
    query_int(&q, 2, (int64_t)i);
    query_int(&q, 3, (int64_t)e->item);
    query_int(&q, 4, e->number);
    query_int_or_null(&q, 5, e->time, TIME_NONE);
    query_text(&q, 6, entry_word(e->kind));
    query_text(&q, 7, e->speaker);
    query_int(&q, 8, restricted(&e->restriction));
    query_text(&q, 9, e->text);
    query_text(&q, 10, more->n > 0 ? buf_str(more) : NULL);
    return query_run(&q, err);
}

static enum evh derive_entries(struct store *store, const struct record *record, bool all, struct err *err)
{
    enum evh r = EVH_OK;
    if (all) {
        struct query q;
        query_begin(&q, store, STMT_entry_clear);
        query_id(&q, 1, record->id);
        r = query_run(&q, err);
    }
    struct buf more = {0};
    for (size_t i = 0; i < record->nentries && r == EVH_OK; i++) {
        if (all || record->entries[i].changed)
            r = put_entry(store, record, i, &more, err);
    }
    buf_free(&more);
    return r;
}

/* ---- together ---- */

enum evh derive(struct store *store, struct record *record, unsigned parts, struct err *err)
{
    bool all = (parts & DERIVE_ALL) != 0;
    struct arena *arena = arena_new();
    enum evh r = derive_meeting(store, arena, record, err);
    if (r == EVH_OK && all)
        r = derive_children(store, record, err);
    if (r == EVH_OK && parts != 0)
        r = derive_people(store, arena, record, err);
    if (r == EVH_OK)
        r = derive_entries(store, record, all, err);
    if (r == EVH_OK)
        r = derive_actions(store, record, all, err);
    for (size_t i = 0; i < record->nentries && r == EVH_OK; i++)
        record->entries[i].changed = false;
    arena_free(arena);
    return r;
}

static enum evh derive_one(struct store *store, struct uuid meeting, struct err *err)
{
    struct arena *arena = arena_new();
    struct log log = {0};
    enum evh r = log_read(store, meeting, arena, &log, NULL, err);
    if (r == EVH_OK) {
        struct record *record = record_replay(meeting, log.facts.v, log.facts.n);
        r = derive(store, record, DERIVE_ALL | DERIVE_PEOPLE, err);
        record_free(record);
    }
    arena_free(arena);
    return r;
}

enum evh derive_from_log(struct store *store, struct err *err)
{
    static const enum stmt clear[] = {
        STMT_clear_meeting, STMT_clear_child, STMT_clear_attendee, STMT_clear_same, STMT_clear_entry, STMT_clear_key, STMT_clear_action, STMT_clear_tally,
    };
    enum evh r = EVH_OK;
    for (size_t i = 0; i < NITEMS(clear) && r == EVH_OK; i++) {
        struct query q;
        query_begin(&q, store, clear[i]);
        r = query_run(&q, err);
    }
    struct arena *arena = arena_new();
    struct uuid *meetings = NULL;
    size_t n = 0;
    if (r == EVH_OK)
        r = log_meetings(store, arena, &meetings, &n, err);
    for (size_t i = 0; i < n && r == EVH_OK; i++)
        r = derive_one(store, meetings[i], err);
    arena_free(arena);
    return r;
}

/* ---- the form of the tables ---- */

static void stamp_of_this_program(char stamp[HASH_HEX])
{
    struct buf text = {0};
    buf_adds(&text, DERIVE_CODE "\n");
    for (size_t i = 0; i < NITEMS(tables); i++)
        buf_adds(&text, tables[i]);
    struct hash h = hash_of(buf_str(&text), text.n);
    buf_free(&text);
    hash_text(&h, stamp);
}

enum evh derive_stamp_same(struct store *store, bool *same, struct err *err)
{
    char ours[HASH_HEX];
    stamp_of_this_program(ours);
    struct query q;
    query_begin(&q, store, STMT_stamp_get);
    *same = query_row(&q) && query_get(&q, 0) != NULL && strcmp(query_get(&q, 0), ours) == 0;
    return query_end(&q, err);
}

enum evh derive_tables(struct store *store, struct err *err)
{
    bool same = false;
    enum evh r = derive_stamp_same(store, &same, err);
    if (r != EVH_OK || same)
        return r;
    r = db_script(store, tables, NITEMS(tables), err);
    if (r == EVH_OK)
        r = derive_from_log(store, err);
    if (r != EVH_OK)
        return r;
    char ours[HASH_HEX];
    stamp_of_this_program(ours);
    struct query q;
    query_begin(&q, store, STMT_stamp_put);
    query_text(&q, 1, ours);
    return query_run(&q, err);
}
