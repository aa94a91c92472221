#include "core/out/minutes.h"

#include <string.h>

const char *minutes_day(struct page *p, int32_t day)
{
    return civil_long_dup(p->arena, day);
}

const char *minutes_when(struct page *p, int32_t day, int time)
{
    const char *text = minutes_day(p, day);
    return time == TIME_NONE ? text : arena_printf(p->arena, "%s %s", text, civil_time_dup(p->arena, time));
}

const char *minutes_names(struct page *p, const char *const *v, size_t n)
{
    struct buf b = {0};
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_adds(&b, i + 1 == n ? " and " : ", ");
        buf_adds(&b, v[i]);
    }
    const char *text = arena_strndup(p->arena, buf_str(&b), b.n);
    buf_free(&b);
    return text;
}

const char *minutes_restriction(struct page *p, const struct restriction *r)
{
    if (r->confidential)
        return "confidential";
    if (r->readers.n == 0)
        return NULL;
    return arena_printf(p->arena, "only for %s", minutes_names(p, r->readers.v, r->readers.n));
}

const char *minutes_add(struct page *p, const char *list, const char *separator, const char *word)
{
    if (word == NULL || word[0] == '\0')
        return list;
    return list == NULL || list[0] == '\0' ? word : arena_printf(p->arena, "%s%s%s", list, separator, word);
}

const char *minutes_consent(struct page *p, const struct entry *e)
{
    const char *text = e->text;
    if (e->recipient != NULL)
        text = arena_printf(p->arena, "%s, to %s", text, e->recipient);
    text = minutes_add(p, text, "; ", e->purpose);
    text = minutes_add(p, text, "; ", e->state);
    if (e->until != DAY_NONE)
        text = arena_printf(p->arena, "%s until %s", text, minutes_day(p, e->until));
    return text;
}

void minutes_put(struct page *p, const struct record *r)
{
    minutes_front(p, r);
    minutes_people(p, r);
    minutes_items(p, r);
    minutes_end(p, r);
}
