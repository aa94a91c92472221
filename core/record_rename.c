/* A person got another name on the list: whatever named them names them still. */
#include <string.h>

#include "core/record.h"
#include "core/record_inside.h"

struct rename {
    struct arena *arena;
    const char *old, *now;
};

static bool is_old(const struct rename *m, const char *name)
{
    return name != NULL && strcmp(name, m->old) == 0;
}

static void one(const struct rename *m, const char **name)
{
    if (is_old(m, *name))
        *name = m->now;
}

static void all(const struct rename *m, struct texts *names)
{
    for (size_t i = 0; i < names->n; i++)
        one(m, &names->v[i]);
}

static void in_positions(const struct rename *m, struct position *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        one(m, &v[i].name);
}

static void in_entry(const struct rename *m, struct entry *e)
{
    one(m, &e->speaker);
    one(m, &e->owner);
    one(m, &e->asked_by);
    one(m, &e->typed_by);
    all(m, &e->with);
    all(m, &e->restriction.readers);
    for (size_t i = 0; i < e->nearlier; i++)
        one(m, &e->earlier[i].by);
    for (size_t i = 0; i < e->ndisputes; i++)
        one(m, &e->disputes[i].by);
    for (size_t i = 0; i < e->nanswers; i++)
        one(m, &e->answers[i].by);
    for (size_t i = 0; i < e->ntranslations; i++)
        one(m, &e->translations[i].by);
    in_positions(m, e->positions, e->npositions);
    for (size_t i = 0; i < e->nhistory; i++) {
        one(m, &e->history[i].by);
        one(m, &e->history[i].from);
        one(m, &e->history[i].to);
    }
    e->changed = true;
}

static void in_end(const struct rename *m, struct record *r)
{
    for (size_t i = 0; i < r->noutcomes; i++)
        all(m, &r->outcomes[i].restriction.readers);
    for (size_t i = 0; i < r->nrecommendations; i++) {
        all(m, &r->recommendations[i].restriction.readers);
        in_positions(m, r->recommendations[i].differences, r->recommendations[i].ndifferences);
    }
    for (size_t i = 0; i < r->nsignoffs; i++) {
        one(m, &r->signoffs[i].name);
        all(m, &r->signoffs[i].restriction.readers);
    }
    for (size_t i = 0; i < r->ncopies; i++) {
        one(m, &r->copies[i].name);
        all(m, &r->copies[i].restriction.readers);
    }
}

/* A head line that begins with the name, up to its end or to one of the marks of that line. */
static void in_head_line(const struct rename *m, struct head_line *line)
{
    size_t n = strlen(m->old);
    if (strncmp(line->value, m->old, n) != 0)
        return;
    const char *rest = line->value + n;
    bool ends = rest[0] == '\0' || (rest[0] == ' ' && strchr("-/=", rest[1]) != NULL && rest[1] != '\0' && rest[2] == ' ');
    if (ends)
        line->value = arena_printf(m->arena, "%s%s", m->now, rest);
}

static void in_head(const struct rename *m, struct record *r)
{
    for (size_t i = 0; i < r->nhead; i++) {
        const char *key = r->head[i].key;
        if (strcmp(key, "child") == 0 || strcmp(key, "conflict") == 0)
            in_head_line(m, &r->head[i]);
        else if (strcmp(key, "kept-by") == 0)
            one(m, &r->head[i].value);
    }
    one(m, &r->kept_by);
    for (size_t i = 0; i < r->nchildren; i++)
        one(m, &r->children[i].name);
    for (size_t i = 0; i < r->nconflicts; i++)
        one(m, &r->conflicts[i].name);
}

void people_rename(struct record *r, const char *old, const char *now)
{
    const struct rename m = {r->arena, old, now};
    for (size_t i = 0; i < r->npeople; i++) {
        struct attendee *a = &r->people[i];
        all(&m, &a->helps);
        a->capacity_text = capacity_renamed(r->arena, a->capacity_text, old, now);
    }
    for (size_t i = 0; i < r->nhelp; i++) {
        one(&m, &r->help[i].for_name);
        one(&m, &r->help[i].offered_by);
        one(&m, &r->help[i].who);
    }
    for (size_t i = 0; i < r->ncontacts; i++) {
        one(&m, &r->contacts[i].whom);
        one(&m, &r->contacts[i].by);
    }
    for (size_t i = 0; i < r->nentries; i++)
        in_entry(&m, &r->entries[i]);
    in_end(&m, r);
    in_head(&m, r);
}
