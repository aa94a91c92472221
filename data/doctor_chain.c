/* The chain of every device's events of every meeting: what was changed, removed or moved, and where. */
#include <string.h>

#include "data/doctor.h"

struct walk {
    struct doctor *d;
    const char *meeting;  /* "the meeting of 24 November 2026 (id …)" */
    struct uuid device;   /* whose chain it is */
    int64_t seq;          /* of the event before */
    int64_t place;        /* in the chain, from 1 */
    struct hash prev;
    size_t faults;
    int32_t day;
};

/* What the log should hold of this chain, as its end was written down apart from it. */
struct chain_end {
    struct uuid device;
    int64_t events;
    struct hash hash;
    bool seen;
};

struct ends {
    struct chain_end *v;
    size_t n, cap;
};

static void fault(struct walk *w, const char *what)
{
    w->faults++;
    doctor_say(w->d, DOCTOR_BAD, "event %lld of %s %s", (long long)w->place, w->meeting, what);
}

static void end_chain(struct walk *w, struct ends *ends)
{
    if (uuid_none(w->device))
        return;
    for (size_t i = 0; i < ends->n; i++) {
        struct chain_end *e = &ends->v[i];
        if (!uuid_same(e->device, w->device))
            continue;
        e->seen = true;
        if (w->place < e->events) {
            w->faults++;
            doctor_say(w->d, DOCTOR_BAD, "%lld event%s of %s %s removed: %lld were written, %lld are there", (long long)(e->events - w->place),
                       e->events - w->place == 1 ? "" : "s", w->meeting, e->events - w->place == 1 ? "was" : "were",
                       (long long)e->events, (long long)w->place);
        } else if (!hash_same(&e->hash, &w->prev)) {
            fault(w, "is not the one that was written last: it was changed, moved or added");
        }
        return;
    }
    w->faults++;
    doctor_say(w->d, DOCTOR_BAD, "the events of %s have no written end: they were added by something else", w->meeting);
}

static bool event_read(struct query *q, struct uuid meeting, struct event *e)
{
    const char *word = query_get(q, 4);
    *e = (struct event){
        .id = query_get_id(q, 0), .device = query_get_id(q, 1), .seq = query_get_int(q, 2), .clock = query_get_int(q, 3),
        .meeting = meeting, .author = query_get(q, 5), .happened = query_get(q, 6), .recorded = query_get(q, 7), .payload = query_get(q, 9),
    };
    const void *salt = sqlite3_column_blob(q->stmt, 8);
    bool good = word != NULL && fact_kind_of_word(word, &e->kind) && e->author != NULL && e->happened != NULL && e->recorded != NULL &&
                e->payload != NULL && salt != NULL && sqlite3_column_bytes(q->stmt, 8) == EVENT_SALT;
    if (good)
        memcpy(e->salt, salt, EVENT_SALT);
    return good && query_get_hash(q, 10, &e->digest) && query_get_hash(q, 11, &e->prev) && query_get_hash(q, 12, &e->hash);
}

static void check_event(struct walk *w, const struct event *e)
{
    w->place++;
    switch (event_check(e, &w->prev)) {
    case EVENT_GOOD:
        break;
    case EVENT_PAYLOAD_CHANGED:
        fault(w, "was changed: what it says is not what was written");
        break;
    case EVENT_CHANGED:
        fault(w, "was changed or moved: its place, time or author is not what was written");
        break;
    case EVENT_CHAIN_BROKEN:
        if (w->place == 1)
            fault(w, "was not the first one: an event before it was removed or moved");
        else
            fault(w, "does not follow on the one before it: an event between them was removed, or one of them was changed or moved");
        break;
    }
    w->prev = e->hash;
    w->seq = e->seq;
}

static enum evh load_ends(struct doctor *d, struct uuid meeting, struct ends *ends, struct err *err)
{
    struct query q;
    query_begin(&q, d->store, STMT_chain_of_meeting);
    query_id(&q, 1, meeting);
    while (query_row(&q)) {
        ends->v = arena_grow(d->arena, ends->v, ends->n, &ends->cap, sizeof ends->v[0]);
        struct chain_end *e = &ends->v[ends->n++];
        *e = (struct chain_end){.device = query_get_id(&q, 0), .events = query_get_int(&q, 1)};
        (void)query_get_hash(&q, 2, &e->hash);
    }
    return query_end(&q, err);
}

static enum evh meeting_words(struct doctor *d, struct uuid meeting, const char **out, struct err *err)
{
    char id[UUID_TEXT];
    uuid_text(meeting, id);
    int32_t day = DAY_NONE;
    struct query q;
    query_begin(&q, d->store, STMT_meeting_brief);
    query_id(&q, 1, meeting);
    if (query_row(&q))
        day = (int32_t)query_get_int_or(&q, 0, DAY_NONE);
    *out = day == DAY_NONE ? arena_printf(d->arena, "the meeting without a date (id %s)", id)
                           : arena_printf(d->arena, "the meeting of %s (id %s)", day_words(d->arena, day), id);
    return query_end(&q, err);
}

static enum evh check_meeting(struct doctor *d, struct uuid meeting, size_t *faults, struct err *err)
{
    struct walk w = {.d = d};
    struct ends ends = {0};
    enum evh r = meeting_words(d, meeting, &w.meeting, err);
    if (r == EVH_OK)
        r = load_ends(d, meeting, &ends, err);
    if (r != EVH_OK)
        return r;
    struct query q;
    query_begin(&q, d->store, STMT_event_whole);
    query_id(&q, 1, meeting);
    while (query_row(&q)) {
        struct event e;
        bool good = event_read(&q, meeting, &e);
        if (!uuid_same(e.device, w.device)) {
            end_chain(&w, &ends);
            w = (struct walk){.d = d, .meeting = w.meeting, .device = e.device, .faults = w.faults};
        }
        if (good) {
            check_event(&w, &e);
            continue;
        }
        w.place++;
        fault(&w, "cannot be read: it was damaged or changed");
        w.prev = e.hash;
    }
    r = query_end(&q, err);
    if (r != EVH_OK)
        return r;
    end_chain(&w, &ends);
    for (size_t i = 0; i < ends.n; i++) {
        if (ends.v[i].seen)
            continue;
        w.faults++;
        doctor_say(d, DOCTOR_BAD, "all %lld events of %s were removed", (long long)ends.v[i].events, w.meeting);
    }
    *faults += w.faults;
    return EVH_OK;
}

/* Events are numbered without gaps on each device: what is missing was removed, whichever meeting it was of. */
static enum evh check_numbers(struct doctor *d, struct uuid device, int64_t last, size_t *faults, struct err *err)
{
    int64_t want = 1, missing = 0;
    char id[UUID_TEXT];
    uuid_text(device, id);
    struct query q;
    query_begin(&q, d->store, STMT_device_seqs);
    query_text(&q, 1, id);
    while (query_row(&q)) {
        int64_t seq = query_get_int(&q, 0);
        if (seq > want)
            missing += seq - want;
        want = seq + 1;
    }
    enum evh r = query_end(&q, err);
    if (r != EVH_OK)
        return r;
    if (last >= want)
        missing += last - want + 1;
    if (missing > 0) {
        (*faults)++;
        doctor_say(d, DOCTOR_BAD, "%lld of the %lld events that this computer numbered %s missing", (long long)missing,
                   (long long)(last >= want ? last : want - 1), missing == 1 ? "is" : "are");
    }
    return EVH_OK;
}

struct numbered {
    struct uuid device;
    int64_t last;
};

static enum evh check_devices(struct doctor *d, size_t *faults, struct err *err)
{
    struct numbered *v = NULL;
    size_t n = 0, cap = 0;
    struct query q;
    query_begin(&q, d->store, STMT_device_all);
    while (query_row(&q)) {
        v = arena_grow(d->arena, v, n, &cap, sizeof v[0]);
        v[n++] = (struct numbered){query_get_id(&q, 0), query_get_int(&q, 1)};
    }
    enum evh r = query_end(&q, err);
    for (size_t i = 0; i < n && r == EVH_OK; i++)
        r = check_numbers(d, v[i].device, v[i].last, faults, err);
    return r;
}

enum evh doctor_chain(struct doctor *d, struct err *err)
{
    struct uuid *meetings = NULL;
    size_t n = 0, faults = 0;
    enum evh r = db_begin_read(d->store, err); /* one view, whoever writes meanwhile */
    if (r != EVH_OK)
        return r;
    r = log_meetings(d->store, d->arena, &meetings, &n, err);
    for (size_t i = 0; i < n && r == EVH_OK; i++)
        r = check_meeting(d, meetings[i], &faults, err);
    if (r == EVH_OK)
        r = check_devices(d, &faults, err);
    db_rollback(d->store); /* nothing was written */
    if (r == EVH_OK && faults == 0)
        doctor_say(d, DOCTOR_GOOD, "every event of the log is as it was written (%zu meeting%s)", n, n == 1 ? "" : "s");
    return r;
}
