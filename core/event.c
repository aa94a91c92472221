#include "core/event.h"

#include <inttypes.h>
#include <string.h>

/* A text with its length before it, so that no two events read the same. */
static void put_text(struct buf *b, const char *name, const char *s)
{
    if (s == NULL)
        s = "";
    buf_addf(b, "%s %zu:%s\n", name, strlen(s), s);
}

static void put_id(struct buf *b, const char *name, struct uuid id)
{
    char text[UUID_TEXT];
    uuid_text(id, text);
    put_text(b, name, text);
}

static void put_hash(struct buf *b, const char *name, const struct hash *h)
{
    char text[HASH_HEX];
    hash_text(h, text);
    put_text(b, name, text);
}

static struct hash digest_of(const struct event *e)
{
    struct buf b = {0};
    buf_add(&b, e->salt, sizeof e->salt);
    if (e->payload != NULL)
        buf_adds(&b, e->payload);
    struct hash h = hash_of(buf_str(&b), b.n);
    buf_free(&b);
    return h;
}

static struct hash hash_of_event(const struct event *e)
{
    struct buf b = {0};
    buf_adds(&b, "evenhand-event 1\n");
    put_id(&b, "id", e->id);
    put_id(&b, "device", e->device);
    buf_addf(&b, "seq %" PRId64 "\nclock %" PRId64 "\n", e->seq, e->clock);
    put_id(&b, "meeting", e->meeting);
    put_text(&b, "kind", fact_word(e->kind));
    put_text(&b, "author", e->author);
    put_text(&b, "happened", e->happened);
    put_text(&b, "recorded", e->recorded);
    put_hash(&b, "digest", &e->digest);
    put_hash(&b, "prev", &e->prev);
    struct hash h = hash_of(buf_str(&b), b.n);
    buf_free(&b);
    return h;
}

void event_seal(struct event *event)
{
    event->digest = digest_of(event);
    event->hash = hash_of_event(event);
}

enum event_fault event_check(const struct event *event, const struct hash *prev)
{
    struct hash digest = digest_of(event);
    if (!hash_same(&digest, &event->digest))
        return EVENT_PAYLOAD_CHANGED;
    struct hash hash = hash_of_event(event);
    if (!hash_same(&hash, &event->hash))
        return EVENT_CHANGED;
    return hash_same(prev, &event->prev) ? EVENT_GOOD : EVENT_CHAIN_BROKEN;
}

int event_compare(const void *a, const void *b)
{
    const struct event *x = a, *y = b;
    if (x->clock != y->clock)
        return x->clock < y->clock ? -1 : 1;
    int device = uuid_compare(x->device, y->device);
    if (device != 0)
        return device;
    return x->seq < y->seq ? -1 : x->seq > y->seq;
}
