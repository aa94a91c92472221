/* The tracker: what it reads, and what stays where it is when others change it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "tui/tracker.h"

const struct action_row *tracker_row(struct view *view, size_t i)
{
    struct tracker *t = view->state;
    return tracked_row(&t->list_of, view->app->store, i);
}

/* ---- marks ---- */

/* Where an id is, or would be. */
static size_t mark_place(const struct tracker *t, struct uuid id)
{
    size_t low = 0, high = t->nmarks;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (uuid_compare(t->marks[middle], id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool tracker_is_marked(const struct tracker *t, struct uuid id)
{
    size_t at = mark_place(t, id);
    return at < t->nmarks && uuid_same(t->marks[at], id);
}

void tracker_mark(struct tracker *t, struct uuid id)
{
    size_t at = mark_place(t, id);
    if (at < t->nmarks && uuid_same(t->marks[at], id)) {
        memmove(t->marks + at, t->marks + at + 1, (--t->nmarks - at) * sizeof id);
        return;
    }
    if (t->nmarks == t->marks_cap) {
        t->marks_cap = t->marks_cap == 0 ? 16 : t->marks_cap * 2;
        t->marks = memory_grow(t->marks, t->marks_cap, sizeof t->marks[0]);
    }
    memmove(t->marks + at + 1, t->marks + at, (t->nmarks++ - at) * sizeof id);
    t->marks[at] = id;
}

void tracker_hand_marks(struct tracker *t)
{
    struct uuid *marks = t->nmarks == 0 ? NULL : memory_take(t->nmarks, sizeof *marks);
    size_t n = 0;
    for (size_t i = 0; i < t->list_of.ids.n && n < t->nmarks; i++)
        if (tracker_is_marked(t, t->list_of.ids.v[i]))
            marks[n++] = t->list_of.ids.v[i];
    changing_mark(&t->change, marks, n);
    free(marks);
}

/* Whatever is not shown any more loses its mark: nothing is changed unseen. */
static void drop_marks(struct tracker *t)
{
    if (t->nmarks == 0)
        return;
    bool *shown = memory_take(t->nmarks, sizeof *shown);
    size_t n = 0;
    for (size_t i = 0; i < t->list_of.ids.n; i++) {
        size_t at = mark_place(t, t->list_of.ids.v[i]);
        if (at < t->nmarks && uuid_same(t->marks[at], t->list_of.ids.v[i]))
            shown[at] = true;
    }
    for (size_t i = 0; i < t->nmarks; i++)
        if (shown[i])
            t->marks[n++] = t->marks[i];
    t->nmarks = n;
    free(shown);
}

/* ---- reading ---- */

enum { NEIGHBOURS = 100 }; /* that are asked whether they are still there */

/* The selected action and those that follow it, then those before it: where the eye goes when it is gone. */
static size_t remember(const struct tracker *t, struct uuid *near)
{
    const struct action_ids *ids = &t->list_of.ids;
    size_t n = 0;
    for (size_t i = t->list.at; i < ids->n && n < NEIGHBOURS; i++)
        near[n++] = ids->v[i];
    for (size_t i = t->list.at; i > 0 && n < 2 * NEIGHBOURS && t->list.at < ids->n; i--)
        near[n++] = ids->v[i - 1];
    return n;
}

static void put_back(struct tracker *t, const struct uuid *near, size_t n, size_t above)
{
    list_set(&t->list, t->list_of.ids.n);
    for (size_t i = 0; i < n; i++) {
        size_t at = tracked_find(&t->list_of, near[i]);
        if (at == t->list_of.ids.n)
            continue;
        list_select(&t->list, at);
        t->list.top = at > above ? at - above : 0;
        return;
    }
}

/* What is overdue changes with the clock too. */
static int64_t minute_of(const struct view *view)
{
    struct now now = app_now(view->app);
    return (int64_t)now.day * 1440 + now.time;
}

static enum evh read_all(struct view *view, bool part, struct err *err)
{
    struct tracker *t = view->state;
    struct store *store = view->app->store;
    struct action_filter filter = tracker_filter(t);
    struct action_counts counts;
    int64_t version = store_version(store);
    enum evh e = store_look(store, err);
    if (e != EVH_OK)
        return e;
    e = store_action_counts(store, &counts, err);
    if (e == EVH_OK)
        e = tracked_read(&t->list_of, store, &filter, part, err);
    store_looked(store);
    if (e == EVH_OK) {
        t->counts = counts;
        t->version = version;
        t->minute = minute_of(view);
    }
    return e;
}

void tracker_read(struct view *view, bool part)
{
    struct tracker *t = view->state;
    struct err err = {0};
    struct uuid near[2 * NEIGHBOURS];
    size_t n = remember(t, near);
    size_t above = t->list.at > t->list.top ? t->list.at - t->list.top : 0;
    t->unread = read_all(view, part, &err) != EVH_OK;
    bool brief = err.code == EVH_BUSY && t->list_of.ids.n > 0; /* over before anybody has read about it */
    snprintf(t->failed, sizeof t->failed, "%.190s", t->unread && !brief ? err.text : "");
    if (t->unread) { /* what was read last stays on the screen */
        t->limits = t->read_limits;
        t->order = t->read_order;
        return;
    }
    t->read_limits = t->limits;
    t->read_order = t->order;
    put_back(t, near, n, above);
    drop_marks(t);
}

static void follow(struct view *view)
{
    struct tracker *t = view->state;
    bool changed = store_version(view->app->store) != t->version;
    tracker_read(view, false);
    if (changed)
        changing_follow(view);
}

void tracker_follow(struct view *view)
{
    const struct tracker *t = view->state;
    if (t->unread || t->list_of.part || store_version(view->app->store) != t->version || minute_of(view) != t->minute)
        follow(view);
}

void tracker_read_rest(struct view *view)
{
    struct tracker *t = view->state;
    if (t->list_of.part)
        tracker_read(view, false);
}

void tracker_select(struct tracker *t, struct uuid id)
{
    size_t at = tracked_find(&t->list_of, id), context = 3; /* rows above it that are shown too */
    if (at == t->list_of.ids.n)
        return;
    if (at < t->list.top)
        t->list.top = at > context ? at - context : 0;
    list_select(&t->list, at);
}
