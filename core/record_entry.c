/* Items, entries, and what is written under an entry. */
#include <string.h>

#include "core/record.h"
#include "core/record_inside.h"
#include "core/text.h"

bool apply_item(struct record *r, const struct fact *f, struct ref *ref)
{
    const struct ref *old;
    if (f->title == NULL || !replaces(r, f, OBJECT_ITEM, &old))
        return false;
    struct item item = {f->id, f->title, f->minutes, f->time};
    if (old != NULL) {
        item.id = r->items[old->a].id;
        r->items[old->a] = item;
        *ref = *old;
        return true;
    }
    r->items = arena_grow(r->arena, r->items, r->nitems, &r->items_cap, sizeof *r->items);
    r->items[r->nitems++] = item;
    made(ref, f, OBJECT_ITEM, r->nitems - 1, 0);
    return true;
}

/* ---- the words of an entry ---- */

/* Nothing but one or more spans in "…" or “…”. */
static bool is_verbatim(const char *s)
{
    static const char open[] = "\xe2\x80\x9c", close[] = "\xe2\x80\x9d";
    bool any = false;
    for (;;) {
        while (text_blank(*s))
            s++;
        if (*s == '\0')
            return any;
        bool straight = *s == '"';
        if (!straight && !text_starts(s, open))
            return false;
        s += straight ? 1 : strlen(open);
        const char *end = strstr(s, straight ? "\"" : close);
        if (end == NULL || end == s)
            return false;
        s = end + (straight ? 1 : strlen(close));
        any = true;
    }
}

static enum mode mode_of(const char *word)
{
    static const enum mode modes[] = {MODE_IN_PERSON, MODE_PHONE, MODE_VIDEO};
    for (size_t i = 0; word != NULL && i < NITEMS(modes); i++) {
        if (strcmp(word, mode_word(modes[i])) == 0)
            return modes[i];
    }
    return MODE_UNSAID;
}

/* Everything that an entry's own line says. What stands under it stays. */
static void fill(struct entry *e, enum entry_kind kind, const struct fact *f)
{
    e->kind = kind;
    e->speaker = said(f->speaker);
    e->text = f->text == NULL ? "" : f->text;
    e->verbatim = is_verbatim(e->text);
    e->restriction = restriction_of(&f->readers);
    e->basis = said(f->basis);
    e->source = said(f->source);
    e->because = said(f->because);
    e->how = said(f->how);
    e->asked_by = said(f->asked_by);
    e->recipient = said(f->recipient);
    e->purpose = said(f->purpose);
    e->reason = said(f->reason);
    e->what = said(f->what);
    e->date = f->date;
    e->until = f->until;
    e->mode = mode_of(f->mode);
    e->asked = f->strength != NULL && strcmp(f->strength, "asked") == 0;
    e->owner = said(f->owner);
    e->with = f->with;
    e->due = f->due;
    e->due_time = f->due_time;
    e->from_day = f->from_day;
    e->done_when = said(f->done_when);
    e->otherwise = said(f->otherwise);
    e->carried_number = said(f->carried_number);
    e->carried = f->carried;
    if (kind != ENTRY_DISAGREEMENT)
        e->state = said(f->state);
    else if (e->nstates == 0)
        e->state = "open";
    else
        e->state = e->states[e->nstates - 1].state;
    e->changed = true;
}

bool apply_entry(struct record *r, const struct fact *f, struct ref *ref)
{
    const struct ref *old;
    enum entry_kind kind;
    if (f->kind == NULL || !entry_kind_of_word(f->kind, &kind) || !replaces(r, f, OBJECT_ENTRY, &old))
        return false;
    if (old != NULL) {
        struct entry *e = &r->entries[old->a];
        e->time = f->time;
        fill(e, kind, f);
        *ref = *old;
        record_number(r);
        return true;
    }
    r->entries = arena_grow(r->arena, r->entries, r->nentries, &r->entries_cap, sizeof *r->entries);
    struct entry *e = &r->entries[r->nentries++];
    *e = (struct entry){.id = f->id, .item = r->nitems - 1, .time = f->time};
    fill(e, kind, f);
    number_last(r);
    made(ref, f, OBJECT_ENTRY, r->nentries - 1, 0);
    return true;
}

/* The entry that a fact is about; *at is its place. */
static struct entry *target_of(const struct record *r, const struct fact *f, size_t *at)
{
    const struct ref *ref = index_find(r->index, f->target);
    if (ref == NULL || ref->type != OBJECT_ENTRY)
        return NULL;
    *at = ref->a;
    return &r->entries[ref->a];
}

bool apply_reworded(struct record *r, const struct fact *f, struct ref *ref)
{
    size_t at = 0;
    enum entry_kind kind;
    struct entry *e = target_of(r, f, &at);
    if (e == NULL || f->kind == NULL || !entry_kind_of_word(f->kind, &kind) || e->kind == ENTRY_MINUTED)
        return false; /* minuted words are never edited */
    e->earlier = arena_grow(r->arena, e->earlier, e->nearlier, &e->earlier_cap, sizeof *e->earlier);
    e->earlier[e->nearlier++] = (struct earlier){f->was == NULL ? "" : f->was, f->on, f->time, said(f->by)};
    bool same = kind == e->kind;
    bool was_restricted = restricted(&e->restriction), was_carried = e->carried != DAY_NONE;
    fill(e, kind, f);
    if (!same || was_restricted != restricted(&e->restriction) || was_carried != (e->carried != DAY_NONE))
        record_number(r);
    *ref = (struct ref){.object = e->id, .type = OBJECT_ENTRY, .a = at};
    return true;
}

/* ---- marks ---- */

static const struct {
    const char *mark;
    enum object type;
} marks[] = {
    {"read", OBJECT_READ_BACK},       {"confirmed", OBJECT_READ_BACK}, {"corrected", OBJECT_READ_BACK},
    {"not confirmed", OBJECT_READ_BACK}, {"was", OBJECT_WAS},          {"withdrawn", OBJECT_WITHDRAWN},
    {"disputed", OBJECT_DISPUTE},     {"answered", OBJECT_ANSWER},     {"translation", OBJECT_TRANSLATION},
    {"not interpreted", OBJECT_FLAG}, {"typed", OBJECT_FLAG},          {"withheld", OBJECT_FLAG},
};

static void put_flag(struct entry *e, const struct fact *f)
{
    if (strcmp(f->mark, "typed") == 0)
        e->typed_by = said(f->by);
    else if (strcmp(f->mark, "withheld") == 0)
        e->shown_as_withheld = true;
    else
        e->not_interpreted = true;
}

/* Where among its kind the mark goes: the old one's place, or behind the others. */
static size_t slot(const struct ref *old, size_t *n)
{
    return old != NULL ? old->b : (*n)++;
}

static size_t put_was(struct record *r, struct entry *e, const struct fact *f, const struct ref *old)
{
    e->earlier = arena_grow(r->arena, e->earlier, e->nearlier, &e->earlier_cap, sizeof *e->earlier);
    size_t at = slot(old, &e->nearlier);
    e->earlier[at] = (struct earlier){f->text, f->date, f->time, said(f->by)};
    return at;
}

static size_t put_dispute(struct record *r, struct entry *e, const struct fact *f, const struct ref *old)
{
    e->disputes = arena_grow(r->arena, e->disputes, e->ndisputes, &e->disputes_cap, sizeof *e->disputes);
    size_t at = slot(old, &e->ndisputes);
    e->disputes[at] = (struct said_by){said(f->by), f->text, f->date};
    return at;
}

static size_t put_answer(struct record *r, struct entry *e, const struct fact *f, const struct ref *old)
{
    e->answers = arena_grow(r->arena, e->answers, e->nanswers, &e->answers_cap, sizeof *e->answers);
    size_t at = slot(old, &e->nanswers);
    e->answers[at] = (struct said_by){said(f->by), f->text, f->date};
    return at;
}

static size_t put_translation(struct record *r, struct entry *e, const struct fact *f, const struct ref *old)
{
    e->translations = arena_grow(r->arena, e->translations, e->ntranslations, &e->translations_cap, sizeof *e->translations);
    size_t at = slot(old, &e->ntranslations);
    e->translations[at] = (struct translation){said(f->language), f->text, said(f->by)};
    return at;
}

static size_t put_mark(struct record *r, struct entry *e, const struct fact *f, enum object type, const struct ref *old)
{
    if (type == OBJECT_WAS)
        return put_was(r, e, f, old);
    if (type == OBJECT_DISPUTE)
        return put_dispute(r, e, f, old);
    if (type == OBJECT_ANSWER)
        return put_answer(r, e, f, old);
    if (type == OBJECT_TRANSLATION)
        return put_translation(r, e, f, old);
    if (type == OBJECT_READ_BACK)
        e->read_back = f->mark;
    else if (type == OBJECT_WITHDRAWN)
        e->withdrawn = f->text;
    else
        put_flag(e, f);
    return 0;
}

bool apply_marked(struct record *r, const struct fact *f, struct ref *ref)
{
    size_t at = 0, kind = 0;
    struct entry *e = target_of(r, f, &at);
    const struct ref *old;
    while (f->mark != NULL && kind < NITEMS(marks) && strcmp(marks[kind].mark, f->mark) != 0)
        kind++;
    if (e == NULL || f->mark == NULL || kind == NITEMS(marks))
        return false;
    enum object type = marks[kind].type;
    if (e->kind == ENTRY_MINUTED && (type == OBJECT_WAS || type == OBJECT_WITHDRAWN))
        return false; /* only answered */
    if (!replaces(r, f, type, &old) || (old != NULL && old->a != at))
        return false;
    struct fact worded = *f;
    worded.text = f->text == NULL ? "" : f->text;
    size_t place = put_mark(r, e, &worded, type, old);
    e->changed = true;
    if (old != NULL)
        *ref = *old;
    else
        made(ref, f, type, at, place);
    return true;
}

/* ---- positions, states, history ---- */

static bool on_recommendation(struct record *r, const struct fact *f, struct ref *ref)
{
    const struct ref *target = index_find(r->index, f->target), *old;
    if (target == NULL || target->type != OBJECT_RECOMMENDATION || !replaces(r, f, OBJECT_DIFFERENCE, &old))
        return false;
    struct recommendation *x = &r->recommendations[target->a];
    struct position p = {f->id, f->name, said(f->position), said(f->text), said(f->basis)};
    if (old != NULL) {
        if (old->a != target->a)
            return false;
        p.id = x->differences[old->b].id;
        x->differences[old->b] = p;
        *ref = *old;
        return true;
    }
    x->differences = arena_grow(r->arena, x->differences, x->ndifferences, &x->differences_cap, sizeof *x->differences);
    x->differences[x->ndifferences++] = p;
    made(ref, f, OBJECT_DIFFERENCE, target->a, x->ndifferences - 1);
    return true;
}

bool apply_position(struct record *r, const struct fact *f, struct ref *ref)
{
    size_t at = 0;
    const struct ref *old;
    struct entry *e = target_of(r, f, &at);
    if (f->name == NULL)
        return false;
    if (e == NULL)
        return on_recommendation(r, f, ref);
    if ((e->kind != ENTRY_DECISION && e->kind != ENTRY_DISAGREEMENT) || !replaces(r, f, OBJECT_POSITION, &old))
        return false;
    struct position p = {f->id, f->name, said(f->position), said(f->text), said(f->basis)};
    e->changed = true;
    if (old != NULL) {
        if (old->a != at)
            return false;
        p.id = e->positions[old->b].id;
        e->positions[old->b] = p;
        *ref = *old;
        return true;
    }
    e->positions = arena_grow(r->arena, e->positions, e->npositions, &e->positions_cap, sizeof *e->positions);
    e->positions[e->npositions++] = p;
    made(ref, f, OBJECT_POSITION, at, e->npositions - 1);
    return true;
}

bool apply_state(struct record *r, const struct fact *f, struct ref *ref)
{
    size_t at = 0;
    const struct ref *old;
    struct entry *e = target_of(r, f, &at);
    if (e == NULL || said(f->state) == NULL || e->kind != ENTRY_DISAGREEMENT || !replaces(r, f, OBJECT_STATE, &old))
        return false;
    if (old != NULL && old->a != at)
        return false;
    e->states = arena_grow(r->arena, e->states, e->nstates, &e->states_cap, sizeof *e->states);
    size_t place = slot(old, &e->nstates);
    e->states[place] = (struct dispute_state){old != NULL ? e->states[place].id : f->id, f->state, said(f->text), said(f->next)};
    const struct dispute_state *last = &e->states[e->nstates - 1];
    e->state_id = last->id;
    e->state = last->state;
    e->state_text = last->text;
    e->next = last->next;
    e->changed = true;
    if (old != NULL)
        *ref = *old;
    else
        made(ref, f, OBJECT_STATE, at, place);
    return true;
}

/* The new date of a change as words, where the fact has it as values only. */
static const char *due_words(struct record *r, int32_t due, int time)
{
    if (due == DAY_NONE)
        return NULL;
    const char *day = civil_day_dup(r->arena, due);
    return time == TIME_NONE ? day : arena_printf(r->arena, "%s %s", day, civil_time_dup(r->arena, time));
}

bool apply_action(struct record *r, const struct fact *f, struct ref *ref)
{
    size_t at = 0;
    const struct ref *old;
    struct entry *e = target_of(r, f, &at);
    if (e == NULL || f->change == NULL || e->kind != ENTRY_ACTION || !replaces(r, f, OBJECT_CHANGE, &old))
        return false;
    if (old != NULL && old->a != at)
        return false;
    struct action_change c = {f->id, f->date, f->change, said(f->from), said(f->to), said(f->by), said(f->text)};
    struct action_now now = action_now(r, e);
    if (strcmp(f->change, "due") == 0) {
        c.to = c.to != NULL ? c.to : due_words(r, f->due, f->due_time);
        c.from = c.from != NULL || old != NULL ? c.from : due_words(r, now.due, now.due_time);
    } else if (strcmp(f->change, "owner") == 0) {
        c.to = c.to != NULL ? c.to : said(f->owner);
        c.from = c.from != NULL || old != NULL ? c.from : now.owner;
    }
    e->changed = true;
    if (old != NULL) {
        c.id = e->history[old->b].id;
        e->history[old->b] = c;
        *ref = *old;
        return true;
    }
    e->history = arena_grow(r->arena, e->history, e->nhistory, &e->history_cap, sizeof *e->history);
    e->history[e->nhistory++] = c;
    made(ref, f, OBJECT_CHANGE, at, e->nhistory - 1);
    return true;
}
