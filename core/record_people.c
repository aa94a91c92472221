/* The list of people, the help that was offered, the contacts. */
#include <string.h>

#include "core/record.h"
#include "core/record_inside.h"
#include "core/text.h"

/* ---- children of the head without a line ---- */

static size_t listed_people(const struct record *r)
{
    size_t n = r->npeople;
    while (n > 0 && r->people[n - 1].implied)
        n--;
    return n;
}

static bool same_name(struct buf *x, struct buf *y, const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return false;
    if (strcmp(a, b) == 0)
        return true;
    buf_clear(x);
    buf_clear(y);
    text_fold(x, a, strlen(a));
    text_fold(y, b, strlen(b));
    return strcmp(buf_str(x), buf_str(y)) == 0;
}

static bool has_line(const struct record *r, const struct child *child, size_t listed)
{
    struct buf x = {0}, y = {0};
    bool found = false;
    for (size_t i = 0; i < listed && !found; i++) {
        const struct attendee *a = &r->people[i];
        found = same_name(&x, &y, a->name, child->name) || same_name(&x, &y, a->also, child->name) ||
                same_name(&x, &y, a->name, child->also);
    }
    buf_free(&x);
    buf_free(&y);
    return found;
}

void people_sync(struct record *r)
{
    size_t listed = r->npeople = listed_people(r);
    for (size_t i = 0; i < r->nchildren; i++) {
        const struct child *child = &r->children[i];
        if (child->name[0] == '\0' || has_line(r, child, listed))
            continue;
        r->people = arena_grow(r->arena, r->people, r->npeople, &r->people_cap, sizeof *r->people);
        struct attendee *a = &r->people[r->npeople++];
        *a = (struct attendee){.name = child->name, .also = child->also, .implied = true};
        (void)capacity_read(r->arena, a, "child", NULL);
    }
    r->people_version++;
}

/* ---- the list ---- */

static size_t name_count(const struct record *r, const char *name)
{
    size_t count = 0;
    for (size_t i = 0; i < r->npeople; i++)
        count += strcmp(r->people[i].name, name) == 0 && !r->people[i].implied;
    return count;
}

bool apply_attendee(struct record *r, const struct fact *f, struct ref *ref)
{
    const struct ref *old;
    if (said(f->name) == NULL || !replaces(r, f, OBJECT_ATTENDEE, &old))
        return false;
    struct attendee a = {.id = f->id, .name = f->name, .also = said(f->also), .role = said(f->role), .organisation = said(f->organisation)};
    (void)capacity_read(r->arena, &a, f->capacity, NULL);
    (void)presence_read(r->arena, &a, f->presence, NULL);
    if (old != NULL) {
        struct attendee *was = &r->people[old->a];
        const char *before = was->name;
        a.id = was->id;
        bool only = name_count(r, before) == 1;
        *was = a;
        *ref = *old;
        if (only && strcmp(before, a.name) != 0)
            people_rename(r, before, a.name);
    } else {
        r->npeople = listed_people(r); /* the implied ones are put back behind */
        r->people = arena_grow(r->arena, r->people, r->npeople, &r->people_cap, sizeof *r->people);
        r->people[r->npeople++] = a;
        made(ref, f, OBJECT_ATTENDEE, r->npeople - 1, 0);
    }
    people_sync(r);
    return true;
}

bool apply_person(struct record *r, const struct fact *f, struct ref *ref)
{
    const struct ref *target = index_find(r->index, f->target);
    if (target == NULL || target->type != OBJECT_ATTENDEE || uuid_none(f->person))
        return false;
    struct uuid attendee = target->object;
    r->same = arena_grow(r->arena, r->same, r->nsame, &r->same_cap, sizeof *r->same);
    r->same[r->nsame++] = (struct same_person){f->id, attendee, f->person, said(f->reason)};
    made(ref, f, OBJECT_OTHER, 0, 0);
    return true;
}

/* ---- help and contacts ---- */

bool apply_help(struct record *r, const struct fact *f, struct ref *ref)
{
    const struct ref *old;
    if (f->name == NULL || f->help == NULL || !replaces(r, f, OBJECT_HELP, &old))
        return false;
    struct help h = {.id = f->id, .for_name = f->name, .kind = f->help, .offered = DAY_NONE, .offered_by = said(f->by), .outcome = said(f->outcome),
                     .outcome_date = f->on, .words = said(f->words), .who = said(f->who)};
    if (said(f->offered) != NULL && !civil_read_day(f->offered, strlen(f->offered), &h.offered)) {
        h.offered = DAY_NONE;
        h.offered_text = f->offered;
    }
    if (old != NULL) {
        h.id = r->help[old->a].id;
        r->help[old->a] = h;
        *ref = *old;
        return true;
    }
    r->help = arena_grow(r->arena, r->help, r->nhelp, &r->help_cap, sizeof *r->help);
    r->help[r->nhelp++] = h;
    made(ref, f, OBJECT_HELP, r->nhelp - 1, 0);
    return true;
}

bool apply_contact(struct record *r, const struct fact *f, struct ref *ref)
{
    const struct ref *old;
    if (!replaces(r, f, OBJECT_CONTACT, &old))
        return false;
    struct contact c = {f->id, said(f->at), said(f->how), said(f->whom), said(f->by), said(f->result)};
    if (old != NULL) {
        c.id = r->contacts[old->a].id;
        r->contacts[old->a] = c;
        *ref = *old;
        return true;
    }
    r->contacts = arena_grow(r->arena, r->contacts, r->ncontacts, &r->contacts_cap, sizeof *r->contacts);
    r->contacts[r->ncontacts++] = c;
    made(ref, f, OBJECT_CONTACT, r->ncontacts - 1, 0);
    return true;
}
