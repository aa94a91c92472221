/* `actions --watch`: what changes in a list of actions, as it comes. Once a second it asks whether anybody wrote; only then the list is read and compared with
 * what was there before. Nothing is written while the list is read: a reader that waits must not lock the database. */
#include "tui/command/actions.h"

#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/out/out.h"
#include "core/text.h"

enum { DUE_SOON_DAYS = 7 };

struct was { struct uuid id; const char *change; };

/* What was known of an action; texts are the snapshot's. */
struct seen {
    struct uuid id;
    const char *number, *child, *owner, *status, *text;
    int32_t due;
    int due_time;
    uint32_t words;          /* hash of what was agreed */
    struct was *history;
    size_t nhistory, ndisputes;
    bool overdue, listed, there;
};

struct snapshot { struct arena *arena; struct seen *v; size_t n, cap; };

struct watch {
    struct context *c;
    const struct action_filter *filter; /* what is wanted */
    bool json, quiet;                   /* quiet: the first look, of which nothing is said */
    struct snapshot before, now;
    struct now clock;
    struct now next;                    /* when something becomes overdue by itself */
    struct buf waiting;
    const char *arrow;
};

static uint32_t add_hash(uint32_t h, const char *s)
{
    for (; s != NULL && *s != '\0'; s++)
        h = (h ^ (unsigned char)*s) * 16777619U;
    return (h ^ 0x1f) * 16777619U;
}

static uint32_t words_of(const struct action_row *row)
{
    uint32_t h = add_hash(add_hash(add_hash(2166136261U, row->text), row->done_when), row->otherwise);
    for (size_t i = 0; i < row->with.n; i++)
        h = add_hash(h, row->with.v[i]);
    return h;
}

static bool wanted(const struct watch *w, const struct action_row *row)
{
    bool open = action_is_open(row->status);
    if (w->filter->overdue)
        return row->overdue;
    if (w->filter->due_soon)
        return open && !row->overdue && row->due != DAY_NONE && row->due <= w->clock.day + DUE_SOON_DAYS;
    return w->filter->all || open;
}

static int by_id(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;
    return uuid_compare(x->id, y->id);
}

static struct seen *find(struct snapshot *s, struct uuid id)
{
    struct seen key = {.id = id};
    return s->n == 0 ? NULL : bsearch(&key, s->v, s->n, sizeof s->v[0], by_id);
}

static void remember(struct watch *w, const struct action_row *row)
{
    struct snapshot *s = &w->now;
    struct arena *a = s->arena;
    s->v = arena_grow(a, s->v, s->n, &s->cap, sizeof s->v[0]);
    struct seen *seen = &s->v[s->n++];
    *seen = (struct seen){
        .id = row->id, .number = arena_strdup(a, row->number), .child = arena_strdup(a, row->child), .owner = arena_strdup(a, row->owner),
        .status = arena_strdup(a, row->status), .text = arena_strdup(a, row->text), .due = row->due, .due_time = row->due_time, .words = words_of(row),
        .nhistory = row->nhistory, .ndisputes = row->restricted_masked ? 0 : row->ndisputes, .overdue = row->overdue, .listed = wanted(w, row),
    };
    seen->history = row->nhistory == 0 ? NULL : arena_alloc(a, row->nhistory, sizeof seen->history[0]);
    for (size_t i = 0; i < row->nhistory; i++)
        seen->history[i] = (struct was){row->history[i].id, arena_strdup(a, row->history[i].change)};
    if (row->due == DAY_NONE || row->overdue || !action_is_open(row->status))
        return;
    struct now then = row->due_time == TIME_NONE ? (struct now){.day = row->due + 1} : (struct now){.day = row->due, .time = row->due_time + 1};
    if (then.day < w->next.day || (then.day == w->next.day && then.time < w->next.time))
        w->next = then;
}

/* ---- a line ---- */

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static void put_json(struct watch *w, const struct action_row *row, const char *what, const struct action_change *change, const char *words)
{
    struct buf *out = &w->waiting;
    buf_adds(out, "{\"at\": \"");
    civil_put_day(out, w->clock.day);
    buf_addc(out, 'T');
    civil_put_time(out, w->clock.time);
    buf_adds(out, "\", \"what\": ");
    json_put_string(out, what);
    buf_adds(out, ", \"words\": ");
    json_put_string(out, words);
    buf_adds(out, ", \"change\": ");
    if (change != NULL)
        out_change_json(out, change);
    else
        buf_adds(out, "null");
    buf_adds(out, ", \"action\": ");
    out_action_json(out, row);
    buf_adds(out, "}\n");
}

/* "2026-11-24 14:20  A1  T.O.  Anita Patel  send the targets home  done by Ravi Thandi: posted" */
static void put(struct watch *w, const struct action_row *row, const char *what, const struct action_change *change, const char *words)
{
    if (w->quiet)
        return;
    if (w->json) {
        put_json(w, row, what, change, words);
        return;
    }
    struct buf line = {0};
    civil_put_day(&line, w->clock.day);
    buf_addc(&line, ' ');
    civil_put_time(&line, w->clock.time);
    buf_addf(&line, "  %s  %s  %s  %s  %s", row->number == NULL ? "" : row->number, row->child == NULL ? "" : row->child,
             row->owner == NULL ? "nobody" : row->owner, row->text == NULL ? "" : row->text, words);
    text_show(&w->waiting, buf_str(&line));
    buf_addc(&w->waiting, '\n');
    buf_free(&line);
}

static const char *date_words(struct arena *a, int32_t day, int time)
{
    if (day == DAY_NONE)
        return "no date";
    return time == TIME_NONE ? civil_day_dup(a, day) : arena_printf(a, "%s %s", civil_day_dup(a, day), civil_time_dup(a, time));
}

static const char *change_words(const struct watch *w, const struct action_change *c)
{
    struct arena *a = w->now.arena;
    const char *s = c->change == NULL ? "" : c->change;
    if (c->from != NULL || c->to != NULL)
        s = arena_printf(a, "%s %s %s %s", s, c->from == NULL ? "none" : c->from, w->arrow, c->to == NULL ? "none" : c->to);
    if (c->by != NULL)
        s = arena_printf(a, "%s by %s", s, c->by);
    return c->text == NULL || c->text[0] == '\0' ? s : arena_printf(a, "%s: %s", s, c->text);
}

/* ---- what is different ---- */

static bool was_there(const struct seen *old, struct uuid id)
{
    for (size_t i = 0; i < old->nhistory; i++)
        if (uuid_same(old->history[i].id, id))
            return true;
    return false;
}

static bool is_there(const struct action_row *row, struct uuid id)
{
    for (size_t i = 0; i < row->nhistory; i++)
        if (uuid_same(row->history[i].id, id))
            return true;
    return false;
}

/* Changes that the history tells; *told: it was one of them. */
static void put_changes(struct watch *w, const struct seen *old, const struct action_row *row, bool *told)
{
    for (size_t i = 0; i < row->nhistory; i++) {
        if (was_there(old, row->history[i].id))
            continue;
        put(w, row, "changed", &row->history[i], change_words(w, &row->history[i]));
        *told = true;
    }
    for (size_t i = 0; i < old->nhistory; i++) {
        if (is_there(row, old->history[i].id) || row->restricted_masked)
            continue;
        put(w, row, "undone", NULL, arena_printf(w->now.arena, "taken back: %s", old->history[i].change == NULL ? "a change" : old->history[i].change));
        *told = true;
    }
    for (size_t i = old->ndisputes; i < row->ndisputes && !row->restricted_masked; i++) {
        const struct action_dispute *d = &row->disputes[i];
        put(w, row, "disputed", NULL, arena_printf(w->now.arena, "disputed by %s: %s", d->by == NULL ? "somebody" : d->by, d->text == NULL ? "" : d->text));
        *told = true;
    }
}

/* Those that it does not tell: a line of the minutes was changed, or the history is masked. */
static void put_fields(struct watch *w, const struct seen *old, const struct action_row *row)
{
    struct arena *a = w->now.arena;
    if (!same(old->status, row->status))
        put(w, row, "changed", NULL, arena_printf(a, "%s %s %s", old->status == NULL ? "" : old->status, w->arrow, row->status));
    if (!same(old->owner, row->owner))
        put(w, row, "changed", NULL, arena_printf(a, "owner %s %s %s", old->owner == NULL ? "nobody" : old->owner, w->arrow, row->owner == NULL ? "nobody" : row->owner));
    if (old->due != row->due || old->due_time != row->due_time)
        put(w, row, "changed", NULL, arena_printf(a, "due %s %s %s", date_words(a, old->due, old->due_time), w->arrow, date_words(a, row->due, row->due_time)));
}

static void compare(struct watch *w, const struct seen *old, const struct action_row *row)
{
    bool told = false;
    if (old == NULL) {
        if (wanted(w, row))
            put(w, row, "new", NULL, arena_printf(w->now.arena, "new, due %s", date_words(w->now.arena, row->due, row->due_time)));
        return;
    }
    if (!old->listed && !wanted(w, row))
        return;
    put_changes(w, old, row, &told);
    if (!told)
        put_fields(w, old, row);
    if (old->words != words_of(row))
        put(w, row, "changed", NULL, arena_printf(w->now.arena, "reworded, was: %s", old->text == NULL ? "" : old->text));
    if (row->overdue && !old->overdue)
        put(w, row, "overdue", NULL, arena_printf(w->now.arena, "overdue, was due %s", date_words(w->now.arena, row->due, row->due_time)));
}

static bool look_at(void *data, const struct action_row *row)
{
    struct watch *w = data;
    struct seen *old = find(&w->before, row->id);
    if (old != NULL)
        old->there = true;
    if (!w->quiet)
        compare(w, old, row);
    remember(w, row);
    return true;
}

/* Those that the filter no longer lets through (another owner), and those that are no more. */
static enum evh look_for_rest(struct watch *w)
{
    struct arena *a = w->now.arena;
    struct action_ids gone = {0};
    struct action_rows rows = {0};
    size_t cap = 0;
    for (size_t i = 0; i < w->before.n; i++) {
        if (w->before.v[i].there || !w->before.v[i].listed)
            continue;
        gone.v = arena_grow(a, gone.v, gone.n, &cap, sizeof gone.v[0]);
        gone.v[gone.n++] = w->before.v[i].id;
    }
    if (gone.n == 0)
        return EVH_OK;
    enum evh rc = store_action_rows(w->c->store, a, gone.v, gone.n, w->filter->unmasked, &rows, &w->c->err);
    for (size_t i = 0; i < gone.n && rc == EVH_OK; i++) {
        const struct seen *old = find(&w->before, gone.v[i]);
        const struct action_row *row = NULL;
        for (size_t k = 0; k < rows.n && row == NULL; k++)
            row = uuid_same(rows.v[k].id, gone.v[i]) ? &rows.v[k] : NULL;
        struct action_row last = {.id = old->id, .number = old->number, .child = old->child, .owner = old->owner, .text = old->text, .status = old->status,
                                  .due = old->due, .due_time = old->due_time, .from_day = DAY_NONE, .carried = DAY_NONE, .meeting_date = DAY_NONE,
                                  .finished = DAY_NONE, .item = -1, .entry = -1};
        if (row != NULL)
            compare(w, old, row);
        else
            put(w, &last, "gone", NULL, "no longer in the list");
    }
    return rc;
}

static enum evh look(struct watch *w, bool quiet)
{
    struct action_filter filter = *w->filter;
    filter.all = true; /* what is done now was on the list, and what is on it is decided by wanted() */
    filter.overdue = filter.due_soon = false;
    w->quiet = quiet;
    w->clock = w->c->world.now(w->c->world.data);
    w->next = (struct now){.day = INT32_MAX};
    w->now = (struct snapshot){.arena = arena_new()};
    size_t said = w->waiting.n;
    enum evh rc = store_look(w->c->store, &w->c->err);
    if (rc == EVH_OK) {
        rc = store_actions_each(w->c->store, &filter, look_at, w, &w->c->err);
        if (rc == EVH_OK && !quiet)
            rc = look_for_rest(w);
        store_looked(w->c->store);
    }
    if (rc != EVH_OK) { /* as if it had not been looked at */
        if (w->waiting.n > said)
            buf_splice(&w->waiting, said, w->waiting.n - said, NULL, 0);
        for (size_t i = 0; i < w->before.n; i++)
            w->before.v[i].there = false;
        arena_free(w->now.arena);
        return rc;
    }
    if (w->now.n > 0)
        qsort(w->now.v, w->now.n, sizeof w->now.v[0], by_id);
    arena_free(w->before.arena);
    w->before = w->now;
    return EVH_OK;
}

/* ---- waiting ---- */

/* A second, or until somebody ends it. False: it was ended, or nobody reads any more. */
static bool pause_a_second(const sigset_t *signals)
{
    struct pollfd out = {.fd = STDOUT_FILENO};
    const struct timespec second = {.tv_sec = 1};
    if (poll(&out, 1, 0) == 1 && (out.revents & (POLLERR | POLLNVAL)) != 0)
        return false;
    return sigtimedwait(signals, NULL, &second) < 0;
}

static bool time_has_come(const struct watch *w)
{
    struct now now = w->c->world.now(w->c->world.data);
    return now.day > w->next.day || (now.day == w->next.day && now.time >= w->next.time);
}

/* Another database may lie in the place of the one that was opened: what changed from one to the other is nobody's change. */
static enum evh take_the_new(struct watch *w, bool *said)
{
    enum evh rc = store_reopen(w->c->store, &w->c->err);
    if (rc == EVH_OK)
        rc = look(w, true);
    if (rc == EVH_OK)
        context_say("the database was replaced; the list of the one that is there now is followed from here on");
    else if (!*said)
        context_say("the database was moved or replaced: %s; it is tried again every second", w->c->err.text);
    *said = rc != EVH_OK;
    return EVH_OK;
}

static enum evh follow(struct watch *w, const sigset_t *signals)
{
    struct store *store = w->c->store;
    int64_t version = store_version(store);
    enum evh rc = look(w, true);
    bool said = false;
    while (rc == EVH_OK && context_trickle(&w->waiting) && pause_a_second(signals)) {
        if (said || store_moved(store)) {
            rc = take_the_new(w, &said);
            version = store_version(store);
            continue;
        }
        int64_t now = store_version(store);
        if (now == version && !time_has_come(w))
            continue;
        rc = look(w, false);
        if (rc == EVH_OK)
            version = now;
        else if (rc == EVH_BUSY || store_moved(store))
            rc = EVH_OK; /* next time */
    }
    return rc;
}

int actions_watch(struct context *c, const struct action_filter *filter, bool json)
{
    struct watch w = {.c = c, .filter = filter, .json = json, .arrow = c->ascii ? "->" : "→"};
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    sigaddset(&signals, SIGPIPE);
    if (sigprocmask(SIG_BLOCK, &signals, NULL) != 0)
        BUG("signals cannot be blocked");
    enum evh rc = follow(&w, &signals);
    arena_free(w.before.arena);
    buf_free(&w.waiting);
    return rc == EVH_OK ? 0 : context_fail(c);
}
