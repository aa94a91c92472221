/* What stands at the end: outcome, recommendation, sign-off, copies. */
#include <string.h>

#include "core/record.h"
#include "core/record_inside.h"

bool apply_outcome(struct record *r, const struct fact *f, struct ref *ref)
{
    const struct ref *old;
    if (f->outcome == NULL || !replaces(r, f, OBJECT_OUTCOME, &old))
        return false;
    struct outcome o = {f->id, f->outcome, said(f->text), restriction_of(&f->readers)};
    if (old != NULL) {
        o.id = r->outcomes[old->a].id;
        r->outcomes[old->a] = o;
        *ref = *old;
        return true;
    }
    r->outcomes = arena_grow(r->arena, r->outcomes, r->noutcomes, &r->outcomes_cap, sizeof *r->outcomes);
    r->outcomes[r->noutcomes++] = o;
    made(ref, f, OBJECT_OUTCOME, r->noutcomes - 1, 0);
    return true;
}

bool apply_recommendation(struct record *r, const struct fact *f, struct ref *ref)
{
    const struct ref *old;
    if (f->text == NULL || !replaces(r, f, OBJECT_RECOMMENDATION, &old))
        return false;
    if (old != NULL) {
        struct recommendation *x = &r->recommendations[old->a];
        x->text = f->text;
        x->restriction = restriction_of(&f->readers);
        *ref = *old;
        return true;
    }
    r->recommendations = arena_grow(r->arena, r->recommendations, r->nrecommendations, &r->recommendations_cap, sizeof *r->recommendations);
    r->recommendations[r->nrecommendations++] = (struct recommendation){.id = f->id, .text = f->text, .restriction = restriction_of(&f->readers)};
    made(ref, f, OBJECT_RECOMMENDATION, r->nrecommendations - 1, 0);
    return true;
}

bool apply_signoff(struct record *r, const struct fact *f, struct ref *ref)
{
    const struct ref *old;
    if (f->name == NULL || f->state == NULL || !replaces(r, f, OBJECT_SIGNOFF, &old))
        return false;
    struct signoff s = {f->id, f->name, f->state, said(f->scope), said(f->text), f->date, restriction_of(&f->readers)};
    if (old != NULL) {
        s.id = r->signoffs[old->a].id;
        r->signoffs[old->a] = s;
        *ref = *old;
        return true;
    }
    r->signoffs = arena_grow(r->arena, r->signoffs, r->nsignoffs, &r->signoffs_cap, sizeof *r->signoffs);
    r->signoffs[r->nsignoffs++] = s;
    made(ref, f, OBJECT_SIGNOFF, r->nsignoffs - 1, 0);
    return true;
}

bool apply_copy(struct record *r, const struct fact *f, struct ref *ref)
{
    const struct ref *old;
    if (f->name == NULL || !replaces(r, f, OBJECT_COPY, &old))
        return false;
    struct copy_given c = {f->id, f->name, said(f->audience), said(f->how), f->date, restriction_of(&f->readers)};
    if (old != NULL) {
        c.id = r->copies[old->a].id;
        r->copies[old->a] = c;
        *ref = *old;
        return true;
    }
    r->copies = arena_grow(r->arena, r->copies, r->ncopies, &r->copies_cap, sizeof *r->copies);
    r->copies[r->ncopies++] = c;
    made(ref, f, OBJECT_COPY, r->ncopies - 1, 0);
    return true;
}
