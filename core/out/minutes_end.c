#include "core/out/minutes.h"

#include "core/presence.h"

#include <string.h>

static const char *marked(struct page *p, const struct restriction *r, const char *text)
{
    const char *reader = minutes_restriction(p, r);
    return reader == NULL ? text : arena_printf(p->arena, "[%s] %s", reader, text);
}

static void put_consents(struct page *p, const struct record *r)
{
    bool any = false;
    for (size_t i = 0; i < r->nentries; i++) {
        const struct entry *e = &r->entries[i];
        if (e->kind != ENTRY_CONSENT || e->withheld || e->withdrawn != NULL)
            continue;
        if (!any)
            page_heading(p, "Consents");
        any = true;
        const char *who = e->speaker == NULL ? "somebody not recorded" : e->speaker;
        page_bullet(p, marked(p, &e->restriction, arena_printf(p->arena, "%s: %s", who, minutes_consent(p, e))));
    }
}

static void put_outcomes(struct page *p, const struct record *r)
{
    if (r->noutcomes == 0 && r->nrecommendations == 0)
        return;
    page_heading(p, "Outcome");
    for (size_t i = 0; i < r->noutcomes; i++) {
        const struct outcome *o = &r->outcomes[i];
        page_bullet(p, marked(p, &o->restriction, minutes_add(p, o->outcome, "; ", o->text)));
    }
    for (size_t i = 0; i < r->nrecommendations; i++) {
        const struct recommendation *m = &r->recommendations[i];
        page_bullet(p, marked(p, &m->restriction, arena_printf(p->arena, "Recommendation: %s", m->text)));
        for (size_t k = 0; k < m->ndifferences; k++) {
            const struct position *d = &m->differences[k];
            page_detail(p, minutes_add(p, arena_printf(p->arena, "%s differs", d->name), ": ", d->text));
        }
    }
}

static bool same_part(const struct signoff *a, const struct signoff *b)
{
    return a->name != NULL && b->name != NULL && strcmp(a->name, b->name) == 0 &&
           restriction_same(&a->restriction, &b->restriction);
}

static const char *state_words(struct page *p, const struct signoff *s)
{
    const char *text = s->state;
    if (s->scope != NULL)
        text = arena_printf(p->arena, "%s (%s)", text, s->scope);
    if (s->date != DAY_NONE)
        text = minutes_add(p, text, ", ", minutes_day(p, s->date));
    return minutes_add(p, text, ": ", s->comment);
}

/* The state that holds, the words of its comment, and what came before. */
static struct page_pair signoff_pair(struct page *p, const struct record *r, size_t first)
{
    size_t last = first;
    for (size_t i = first + 1; i < r->nsignoffs; i++)
        if (same_part(&r->signoffs[first], &r->signoffs[i]))
            last = i;
    const struct signoff *s = &r->signoffs[last];
    const char *text = marked(p, &s->restriction, state_words(p, s));
    for (size_t i = last; i-- > first;)
        if (same_part(s, &r->signoffs[i]))
            text = arena_printf(p->arena, "%s (before: %s)", text, state_words(p, &r->signoffs[i]));
    return (struct page_pair){s->name, text};
}

static bool has_signoff(const struct record *r, const char *name)
{
    for (size_t i = 0; i < r->nsignoffs; i++)
        if (r->signoffs[i].name != NULL && strcmp(r->signoffs[i].name, name) == 0)
            return true;
    return false;
}

static void put_signoffs(struct page *p, const struct record *r)
{
    struct page_pair *pairs = arena_alloc(p->arena, r->nsignoffs, sizeof *pairs);
    size_t npairs = 0;
    page_heading(p, "Sign-off");
    for (size_t i = 0; i < r->nsignoffs; i++) {
        bool first = true;
        for (size_t k = 0; k < i; k++)
            first = first && !same_part(&r->signoffs[k], &r->signoffs[i]);
        if (first)
            pairs[npairs++] = signoff_pair(p, r, i);
    }
    page_pairs(p, pairs, npairs, false);
    if (p->markdown && npairs > 0)
        buf_addc(p->out, '\n');
    const char **names = arena_alloc(p->arena, r->npeople + 1, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; i < r->npeople; i++) {
        struct interval *v = NULL;
        const struct attendee *a = &r->people[i];
        if (!has_signoff(r, a->name) && presence_of(r, a, true, p->arena, &v, NULL) > 0)
            names[n++] = a->name;
    }
    if (n > 0)
        page_para(p, arena_printf(p->arena, "No sign-off recorded: %s.", minutes_names(p, names, n)));
    else if (r->nsignoffs == 0)
        page_para(p, "Nobody has signed yet.");
}

static void put_copies(struct page *p, const struct record *r)
{
    if (r->ncopies == 0)
        return;
    page_heading(p, "Copies given");
    for (size_t i = 0; i < r->ncopies; i++) {
        const struct copy_given *c = &r->copies[i];
        const char *text = c->audience == NULL ? NULL : arena_printf(p->arena, "%s copy", c->audience);
        text = minutes_add(p, text, ", ", c->how);
        if (c->date != DAY_NONE)
            text = minutes_add(p, text, ", ", minutes_day(p, c->date));
        page_bullet(p, marked(p, &c->restriction, minutes_add(p, c->name, ": ", text)));
    }
}

/* "2026-11-16T10:20" as people write it; anything else as it is. */
static const char *moment(struct page *p, const char *at)
{
    int32_t day;
    int time;
    if (at == NULL || strlen(at) < 10 || !civil_read_day(at, 10, &day))
        return at;
    if (strlen(at) == 16 && civil_read_time(at + 11, 5, &time))
        return minutes_when(p, day, time);
    return strlen(at) == 10 ? minutes_day(p, day) : at;
}

static void put_contacts(struct page *p, const struct record *r)
{
    if (r->ncontacts == 0)
        return;
    page_heading(p, "Contacts and attempts");
    for (size_t i = 0; i < r->ncontacts; i++) {
        const struct contact *c = &r->contacts[i];
        const char *text = minutes_add(p, moment(p, c->at), ", ", c->how);
        if (c->whom != NULL)
            text = minutes_add(p, text, " ", arena_printf(p->arena, "to %s", c->whom));
        if (c->by != NULL)
            text = minutes_add(p, text, " ", arena_printf(p->arena, "by %s", c->by));
        text = minutes_add(p, text, ": ", c->result);
        page_bullet(p, text == NULL ? "" : text);
    }
}

static void put_conflicts(struct page *p, const struct record *r)
{
    if (r->nconflicts == 0)
        return;
    page_heading(p, "Conflicts of interest");
    for (size_t i = 0; i < r->nconflicts; i++)
        page_bullet(p, minutes_add(p, r->conflicts[i].name, ": ", r->conflicts[i].text));
}

void minutes_end(struct page *p, const struct record *r)
{
    put_consents(p, r);
    put_outcomes(p, r);
    put_conflicts(p, r);
    put_contacts(p, r);
    put_signoffs(p, r);
    put_copies(p, r);
}
