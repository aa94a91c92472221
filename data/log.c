#include "data/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/inside.h"

void log_utc(int64_t utc_ms, char text[LOG_UTC_TEXT])
{
    int64_t day = utc_ms / 86400000;
    int64_t rest = utc_ms % 86400000;
    if (rest < 0) {
        rest += 86400000;
        day--;
    }
    struct civil c = civil_from_day((int32_t)day);
    unsigned ms = (unsigned)rest;
    snprintf(text, LOG_UTC_TEXT, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ", (unsigned)c.year % 10000, (unsigned)c.month % 100,
             (unsigned)c.day % 100, ms / 3600000 % 24, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

static bool before(const struct log_mark *a, const struct log_mark *b)
{
    if (a->clock != b->clock)
        return a->clock < b->clock;
    int devices = uuid_compare(a->device, b->device);
    return devices != 0 ? devices < 0 : a->seq < b->seq;
}

static void add(struct arena *arena, struct log *log, const struct fact *fact, const struct log_mark *mark)
{
    log->marks = arena_grow(arena, log->marks, log->facts.n, &log->marks_cap, sizeof log->marks[0]);
    log->marks[log->facts.n] = *mark;
    facts_add(arena, &log->facts, *fact);
    if (mark->n > log->seen)
        log->seen = mark->n;
}

/* One place at a time from the end: nearly everything is in order already. */
static void put_in_order(struct log *log)
{
    for (size_t i = 1; i < log->facts.n; i++) {
        struct log_mark mark = log->marks[i];
        struct fact fact = log->facts.v[i];
        size_t at = i;
        while (at > 0 && before(&mark, &log->marks[at - 1])) {
            log->marks[at] = log->marks[at - 1];
            log->facts.v[at] = log->facts.v[at - 1];
            at--;
        }
        log->marks[at] = mark;
        log->facts.v[at] = fact;
    }
}

static enum evh read_one(struct query *q, struct arena *arena, struct log *log, struct err *err)
{
    struct log_mark mark = {
        .n = query_get_int(q, 0),
        .device = query_get_id(q, 2),
        .seq = query_get_int(q, 3),
        .clock = query_get_int(q, 4),
    };
    const char *word = query_get(q, 5);
    const char *payload = query_get(q, 6);
    enum fact_kind kind;
    struct fact fact;
    struct err why = {0};
    if (word == NULL || payload == NULL)
        return err_set(err, EVH_CORRUPT, "an event of the log is empty; run “evenhand doctor”");
    if (!fact_kind_of_word(word, &kind))
        return err_set(err, EVH_NEWER, "the log says “%s”, which this Evenhand does not know; install the newer one", word);
    if (fact_decode(arena, kind, query_get_id(q, 1), payload, strlen(payload), &fact, &why) != EVH_OK)
        return err_set(err, EVH_CORRUPT, "an event of the log is damaged (%s); “evenhand doctor” tells the place", why.text);
    add(arena, log, &fact, &mark);
    return EVH_OK;
}

/* After the disk failed: is everything that was acknowledged on it? */
static enum evh compare(struct store *store, struct uuid meeting, const struct log *log, struct err *err)
{
    size_t same = 0, at = 0, n = log->facts.n;
    struct query q;
    query_begin(&q, store, STMT_event_facts);
    query_id(&q, 1, meeting);
    query_int(&q, 2, 0);
    while (query_row(&q)) {
        int64_t number = query_get_int(&q, 0);
        for (size_t i = 0; i < n; i++, at = at + 1 == n ? 0 : at + 1) { /* nearly always the next one */
            if (log->marks[at].n == number)
                break;
        }
        same += log->marks[at].n == number && uuid_same(log->facts.v[at].id, query_get_id(&q, 1));
    }
    enum evh r = query_end(&q, err);
    if (r == EVH_OK && same < n)
        r = err_set(err, EVH_CORRUPT, "the disk failed, or another file took the place of the records: it does not hold everything that was on record here "
                    "(%zu of %zu); nothing more is written. Save a rescue file, then start again", same, n);
    return r;
}

enum evh log_read(struct store *store, struct uuid meeting, struct arena *arena, struct log *log, bool *in_order, struct err *err)
{
    size_t old = log->facts.n;
    bool sorted = true;
    if (old > 0 && log->opened != store->opened) {
        enum evh r = compare(store, meeting, log, err);
        if (r != EVH_OK)
            return r;
    }
    log->opened = store->opened;
    struct query q;
    query_begin(&q, store, STMT_event_facts);
    query_id(&q, 1, meeting);
    query_int(&q, 2, log->seen);
    enum evh bad = EVH_OK;
    while (bad == EVH_OK && query_row(&q)) {
        bad = read_one(&q, arena, log, err);
        size_t n = log->facts.n;
        if (bad == EVH_OK && n > 1 && before(&log->marks[n - 1], &log->marks[n - 2]))
            sorted = false;
    }
    enum evh r = query_end(&q, bad == EVH_OK ? err : NULL);
    if (bad != EVH_OK)
        r = bad;
    if (r != EVH_OK) {
        log->facts.n = old;
        return r;
    }
    if (!sorted)
        put_in_order(log);
    if (in_order != NULL)
        *in_order = sorted;
    return EVH_OK;
}

struct chain {
    int64_t seq, clock, events;
    struct hash end;
};

static enum evh chain_load(struct store *store, struct uuid meeting, struct chain *chain, struct err *err)
{
    struct query q;
    *chain = (struct chain){0};
    query_begin(&q, store, STMT_chain_clock);
    query_id(&q, 1, meeting);
    if (query_row(&q)) {
        chain->clock = query_get_int(&q, 0) + 1;
        chain->seq = query_get_int(&q, 1);
    }
    enum evh r = query_end(&q, err);
    if (r != EVH_OK)
        return r;
    query_begin(&q, store, STMT_chain_end);
    query_id(&q, 1, meeting);
    query_id(&q, 2, store->device);
    bool whole = true;
    if (query_row(&q)) {
        chain->events = query_get_int(&q, 0);
        whole = query_get_hash(&q, 1, &chain->end);
    }
    r = query_end(&q, err);
    if (r == EVH_OK && !whole)
        r = err_set(err, EVH_CORRUPT, "the end of a chain of events is damaged; run “evenhand doctor”");
    return r;
}

static enum evh chain_save(struct store *store, struct uuid meeting, const struct chain *chain, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_chain_put);
    query_id(&q, 1, meeting);
    query_id(&q, 2, store->device);
    query_int(&q, 3, chain->events);
    query_int(&q, 4, chain->clock);
    query_bytes(&q, 5, chain->end.b, HASH_BYTES);
    enum evh r = query_run(&q, err);
    if (r != EVH_OK)
        return r;
    query_begin(&q, store, STMT_device_seq);
    query_id(&q, 1, store->device);
    query_int(&q, 2, chain->seq);
    return query_run(&q, err);
}

static enum evh insert(struct store *store, const struct event *e, int64_t *n, struct err *err)
{
    struct query q;
    query_begin(&q, store, STMT_event_add);
    query_id(&q, 1, e->id);
    query_id(&q, 2, e->device);
    query_int(&q, 3, e->seq);
    query_int(&q, 4, e->clock);
    query_id(&q, 5, e->meeting);
    query_text(&q, 6, fact_word(e->kind));
    query_text(&q, 7, e->author);
    query_text(&q, 8, e->happened);
    query_text(&q, 9, e->recorded);
    query_bytes(&q, 10, e->salt, EVENT_SALT);
    query_text(&q, 11, e->payload);
    query_bytes(&q, 12, e->digest.b, HASH_BYTES);
    query_bytes(&q, 13, e->prev.b, HASH_BYTES);
    query_bytes(&q, 14, e->hash.b, HASH_BYTES);
    enum evh r = query_run(&q, err);
    *n = sqlite3_last_insert_rowid(store->db);
    return r;
}

/* As minuted: the meeting's day and the time that was written before the line. */
static const char *happened(char text[32], int32_t day, int time)
{
    text[0] = '\0';
    if (day == DAY_NONE)
        return text;
    struct civil c = civil_from_day(day);
    unsigned year = (unsigned)c.year % 10000, month = (unsigned)c.month % 100, of_month = (unsigned)c.day % 100;
    if (time == TIME_NONE)
        snprintf(text, 32, "%04u-%02u-%02u", year, month, of_month);
    else
        snprintf(text, 32, "%04u-%02u-%02uT%02u:%02u", year, month, of_month, (unsigned)time / 60 % 24, (unsigned)time % 60);
    return text;
}

enum evh log_append(struct store *store, struct uuid meeting, const struct fact *facts, size_t n, const char *author,
                    int32_t day, struct arena *arena, struct log *log, struct err *err)
{
    struct chain chain;
    enum evh r = chain_load(store, meeting, &chain, err);
    if (r != EVH_OK || n == 0)
        return r;
    const char *named = visit_author(store);
    if (named != NULL)
        author = named; /* whoever was named when the program was started does all that it records */
    char recorded[LOG_UTC_TEXT], when[32];
    log_utc(store->world.now(store->world.data).utc_ms, recorded);
    struct buf payload = {0};
    for (size_t i = 0; i < n && r == EVH_OK; i++) {
        buf_clear(&payload);
        fact_encode(&payload, &facts[i]);
        struct event e = {
            .id = facts[i].id, .device = store->device, .seq = ++chain.seq, .clock = chain.clock, .meeting = meeting,
            .kind = facts[i].kind_of_fact, .author = author == NULL ? "" : author, .happened = happened(when, day, facts[i].time),
            .recorded = recorded, .payload = buf_str(&payload), .prev = chain.end,
        };
        db_random(store, e.salt, sizeof e.salt);
        event_seal(&e);
        struct log_mark mark = {.clock = e.clock, .seq = e.seq, .device = e.device};
        r = insert(store, &e, &mark.n, err);
        chain.end = e.hash;
        chain.events++;
        if (r == EVH_OK && log != NULL) {
            struct fact kept = fact_copy(arena, &facts[i]); /* its words may lie in a record that a replay frees */
            add(arena, log, &kept, &mark);
        }
    }
    buf_free(&payload);
    db_write_down(store, facts[0].id);
    return r == EVH_OK ? chain_save(store, meeting, &chain, err) : r;
}

enum evh log_meetings(struct store *store, struct arena *arena, struct uuid **out, size_t *n, struct err *err)
{
    struct uuid *v = NULL;
    size_t count = 0, cap = 0;
    struct query q;
    query_begin(&q, store, STMT_log_meetings);
    while (query_row(&q)) {
        v = arena_grow(arena, v, count, &cap, sizeof v[0]);
        v[count++] = query_get_id(&q, 0);
    }
    enum evh r = query_end(&q, err);
    if (r == EVH_OK) {
        *out = v;
        *n = count;
    }
    return r;
}
