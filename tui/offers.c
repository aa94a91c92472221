#include "tui/offers.h"

#include <string.h>

#include "core/text.h"

static const char *const roles[] = {
    "mother", "father", "stepmother", "stepfather", "grandmother", "grandfather", "foster carer", "pupil", "SENCO", "head teacher", "deputy head",
    "class teacher", "teaching assistant", "form tutor", "educational psychologist", "speech and language therapist", "occupational therapist",
    "physiotherapist", "school nurse", "health visitor", "paediatrician", "family support worker", "social worker", "early help coordinator",
    "SEN officer", "adviser", "advocate", "interpreter", "office manager", "designated safeguarding lead", "youth worker",
};
static const char *const capacities[] = {
    "chair", "minute-taker", "lead-professional", "professional", "parent, PR", "parent", "carer", "child", "family", "family, no PR",
    "advocate for ", "parent-partner for ", "supporter for ", "interpreter ", "witness", "observer", "PR", "no PR", "PR not known",
};
static const char *const presences[] = {"apologies", "apologies: ", "absent", "absent: ", "no reply", "report only", "report only: ", "not invited"};
static const char *const kinds[] = {"advocate", "parent-partner", "interpreter", "supporter"};
static const char *const offered[] = {"offered ", "not offered"};
static const char *const outcomes[] = {"accepted", "declined", "declined: ", "wanted, none available", "no answer"};
static const char *const contacts[] = {"phone", "text", "email", "letter", "visit", "in person", "video call"};
static const char *const results[] = {"no reply", "spoke", "left a message", "told of the action", "will come", "will not come"};
static const char *const views[] = {"in words", "drawing", "signing", "talking mat", "pictures", "play", "by letter", "through a worker who knows them", "observed"};
static const char *const copies[] = {"by hand", "by post", "by email", "read aloud"};

static const struct {
    const char *const *v;
    size_t n;
} lists[] = {
    [OFFER_ROLES] = {roles, NITEMS(roles)},       [OFFER_CAPACITIES] = {capacities, NITEMS(capacities)}, [OFFER_PRESENCES] = {presences, NITEMS(presences)},
    [OFFER_HELP] = {kinds, NITEMS(kinds)},        [OFFER_OFFERED] = {offered, NITEMS(offered)},          [OFFER_OUTCOMES] = {outcomes, NITEMS(outcomes)},
    [OFFER_CONTACT] = {contacts, NITEMS(contacts)}, [OFFER_RESULTS] = {results, NITEMS(results)},        [OFFER_VIEWS] = {views, NITEMS(views)},
    [OFFER_COPIES] = {copies, NITEMS(copies)},
};

void offers_begin(struct offers *o, const char *stops)
{
    size_t n = strlen(o->line), from = n;
    while (from > 0 && strchr(stops, o->line[from - 1]) == NULL)
        from--;
    while (text_blank(o->line[from]))
        from++;
    o->from = from;
    o->typed = text_fold_dup(o->arena, o->line + from, n - from);
}

bool offers_begin_helped(struct offers *o)
{
    const char *s = o->line + o->from, *joint = NULL;
    size_t n = strlen(s);
    for (size_t i = 0; i + 5 <= n; i++)
        if (strncmp(s + i, " for ", 5) == 0 || strncmp(s + i, " and ", 5) == 0)
            joint = s + i + 5;
    if (joint == NULL)
        return false;
    o->from = (size_t)(joint - o->line);
    o->typed = text_fold_dup(o->arena, joint, strlen(joint));
    return true;
}

static bool begins(struct offers *o, const char *candidate)
{
    const char *folded = text_fold_dup(o->arena, candidate, strlen(candidate));
    if (strcmp(folded, o->typed) == 0) {
        o->whole = true;
        return false;
    }
    for (const char *s = folded; s != NULL; s = strchr(s, ' ')) {
        while (*s == ' ')
            s++;
        if (text_starts(s, o->typed))
            return true;
    }
    return false;
}

void offer_one(struct offers *o, const char *candidate, const char *whole)
{
    if (!begins(o, candidate) || o->n == o->max)
        return;
    for (size_t i = 0; i < o->n; i++)
        if (strcmp(o->v[i].shown, candidate) == 0)
            return;
    if (whole == NULL)
        whole = arena_printf(o->arena, "%.*s%s", (int)o->from, o->line, candidate);
    o->v[o->n++] = (struct offer){arena_strdup(o->arena, candidate), whole};
}

void offer_words(struct offers *o, enum offer_words words)
{
    for (size_t i = 0; i < lists[words].n; i++)
        offer_one(o, lists[words].v[i], NULL);
}

void offer_dates(struct offers *o, int32_t from)
{
    char *dates[6];
    size_t n = civil_complete(o->arena, o->line, strlen(o->line), from, dates, NITEMS(dates));
    for (size_t i = 0; i < n && o->n < o->max; i++)
        if (strcmp(dates[i], o->line) != 0)
            o->v[o->n++] = (struct offer){dates[i], dates[i]};
}
