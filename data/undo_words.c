/* Undo in words: what a change is, so that whoever takes it back knows beforehand. No word of a restricted line is repeated. */
#include <string.h>

#include "core/names.h"
#include "core/text.h"
#include "data/change.h"

#define WORDS_SHOWN 40

/* One change on its way into words. */
struct telling {
    const struct change *c;
    struct arena *arena;
    size_t first;   /* of the change, in the log */
    bool redo;
};

static const char *or_empty(const char *s)
{
    return s == NULL ? "" : s;
}

/* “as much as fits…” */
static const char *quoted(const struct telling *t, const char *words)
{
    size_t n = strlen(words), fit = text_fit(words, n, WORDS_SHOWN);
    return arena_printf(t->arena, "“%.*s%s”", (int)fit, words, fit < n ? "…" : "");
}

static const char *who(const struct telling *t, const char *name)
{
    const struct attendee *person = name == NULL ? NULL : record_person(t->c->record, name);
    return name == NULL ? "somebody" : person == NULL ? name : names_short(t->c->record, t->arena, person);
}

static const char *at_time(const struct telling *t, int time)
{
    return time == TIME_NONE ? "" : arena_printf(t->arena, " of %s", civil_time_dup(t->arena, time));
}

/* What a fact of before said of the same thing, to tell what stands again; NULL: there is none. */
static const struct fact *before(const struct telling *t, struct uuid id)
{
    const struct facts *log = &t->c->log.facts;
    for (size_t i = t->first; i > 0; i--)
        if (uuid_same(log->v[i - 1].id, id) || uuid_same(log->v[i - 1].replaces, id))
            return &log->v[i - 1];
    return NULL;
}

/* ---- entries ---- */

/* "the note of 14:12"; "A1" where it has a number. */
static const char *name_of(const struct telling *t, const struct entry *e)
{
    struct buf b = {0};
    if (e == NULL)
        return "a line";
    entry_put_name(&b, e);
    const char *name = arena_strdup(t->arena, buf_str(&b));
    buf_free(&b);
    return name;
}

static const char *line_words(const struct telling *t, const struct fact *f, const struct entry *there)
{
    struct entry e = {.kind = ENTRY_NOTE, .time = f->time, .what = f->what, .carried = DAY_NONE};
    if (f->kind != NULL)
        (void)entry_kind_of_word(f->kind, &e.kind);
    const char *text = or_empty(f->text), *name = name_of(t, there != NULL ? there : &e);
    if (e.kind == ENTRY_ARRIVES || e.kind == ENTRY_LEAVES)
        return arena_printf(t->arena, "the %s of %s%s", entry_call(&e), who(t, f->speaker), at_time(t, f->time));
    return text[0] == '\0' ? name : arena_printf(t->arena, "%s: %s", name, quoted(t, text));
}

/* A line; or its time, or what was added to it. */
static const char *entry_words(const struct telling *t, const struct fact *f)
{
    const struct entry *e = record_entry(t->c->record, uuid_none(f->replaces) ? f->id : f->replaces);
    bool hidden = f->readers.n > 0 || (e != NULL && restricted(&e->restriction));
    if (uuid_none(f->replaces))
        return hidden ? arena_printf(t->arena, "the confidential line%s", at_time(t, f->time)) : line_words(t, f, e);
    const struct fact *old = before(t, f->replaces);
    if (old != NULL && old->time != f->time)
        return arena_printf(t->arena, "the new time of %s%s", name_of(t, e),
                            old->time == TIME_NONE ? "" : arena_printf(t->arena, " (before: %s)", civil_time_dup(t->arena, old->time)));
    return arena_printf(t->arena, "what was added to %s", name_of(t, e));
}

static const char *reworded(const struct telling *t, const struct fact *f)
{
    const struct entry *e = record_entry(t->c->record, f->target);
    const char *of = name_of(t, e);
    const char *words = t->redo ? or_empty(f->text) : or_empty(f->was);
    if (e == NULL || restricted(&e->restriction) || f->readers.n > 0)
        return arena_printf(t->arena, "the new wording of %s", e == NULL ? "a line" : restricted(&e->restriction) ? of : "a line that became confidential");
    return arena_printf(t->arena, "the new wording of %s; it %s %s", of, t->redo ? "reads" : "reads again", quoted(t, words));
}

static const char *marked(const struct telling *t, const struct fact *f)
{
    const struct entry *e = record_entry(t->c->record, f->target);
    const char *of = name_of(t, e), *mark = or_empty(f->mark);
    bool words = e != NULL && !restricted(&e->restriction) && f->text != NULL && f->text[0] != '\0';
    const char *tail = words ? arena_printf(t->arena, ": %s", quoted(t, f->text)) : "";
    if (strcmp(mark, "withdrawn") == 0)
        return arena_printf(t->arena, t->redo ? "the withdrawal of %s" : "the withdrawal of %s, which stands again", of);
    if (strcmp(mark, "disputed") == 0)
        return arena_printf(t->arena, "that %s disputes %s%s", who(t, f->by), of, tail);
    if (strcmp(mark, "answered") == 0)
        return arena_printf(t->arena, "the answer of %s to %s%s", who(t, f->by), of, tail);
    if (strcmp(mark, "translation") == 0)
        return arena_printf(t->arena, "the words in %s of %s%s", f->language == NULL ? "another language" : f->language, of, tail);
    if (strcmp(mark, "not interpreted") == 0)
        return arena_printf(t->arena, "“not interpreted” at %s", of);
    if (strcmp(mark, "read") == 0)
        return arena_printf(t->arena, "“read back” at %s", of);
    if (strcmp(mark, "confirmed") == 0 || strcmp(mark, "corrected") == 0 || strcmp(mark, "not confirmed") == 0)
        return arena_printf(t->arena, "“read back, %s” at %s", mark, of);
    if (strcmp(mark, "typed") == 0)
        return arena_printf(t->arena, "who typed %s", of);
    if (strcmp(mark, "withheld") == 0)
        return arena_printf(t->arena, "“shown as withheld” at %s", of);
    return arena_printf(t->arena, "an earlier wording of %s", of);
}

static const char *position(const struct telling *t, const struct fact *f)
{
    const struct record *r = t->c->record;
    const struct entry *e = record_entry(r, f->target);
    for (size_t i = 0; e == NULL && i < r->nrecommendations; i++)
        if (uuid_same(r->recommendations[i].id, f->target))
            return restricted(&r->recommendations[i].restriction) ? "a position on the confidential recommendation"
                                                                  : arena_printf(t->arena, "the position of %s on the recommendation", who(t, f->name));
    if (e == NULL || restricted(&e->restriction))
        return arena_printf(t->arena, "a position on %s", name_of(t, e));
    const char *words = f->position != NULL ? f->position : or_empty(f->text);
    return arena_printf(t->arena, "the position of %s on %s%s%s", who(t, f->name), name_of(t, e), words[0] == '\0' ? "" : ": ",
                        words[0] == '\0' ? "" : quoted(t, words));
}

static const char *action_changed(const struct telling *t, const struct fact *f)
{
    const struct entry *e = record_entry(t->c->record, f->target);
    const char *of = name_of(t, e), *change = or_empty(f->change);
    bool hidden = e == NULL || restricted(&e->restriction);
    if (strcmp(change, "owner") == 0)
        return hidden ? arena_printf(t->arena, "the change of owner of %s", of)
                      : arena_printf(t->arena, "the change of owner of %s from %s to %s", of, f->from == NULL ? "nobody" : who(t, f->from), who(t, f->owner != NULL ? f->owner : f->to));
    if (strcmp(change, "due") == 0)
        return hidden ? arena_printf(t->arena, "the new date of %s", of)
                      : arena_printf(t->arena, "the new date of %s (before: %s)", of, f->from == NULL ? "none" : f->from);
    if (strcmp(change, "note") == 0)
        return hidden || f->text == NULL ? arena_printf(t->arena, "the note on %s", of) : arena_printf(t->arena, "the note on %s: %s", of, quoted(t, f->text));
    if (hidden || or_empty(f->text)[0] == '\0')
        return arena_printf(t->arena, "that %s is %s", of, change);
    return arena_printf(t->arena, "that %s is %s: %s", of, change, quoted(t, f->text));
}

/* ---- people, head, end ---- */

static const char *attendee(const struct telling *t, const struct fact *f)
{
    const struct fact *old = uuid_none(f->replaces) ? NULL : before(t, f->replaces);
    if (old == NULL)
        return arena_printf(t->arena, "%s from the list of people", or_empty(f->name));
    if (old->name != NULL && strcmp(old->name, or_empty(f->name)) != 0)
        return arena_printf(t->arena, "the new name of %s (before: %s)", or_empty(f->name), old->name);
    return arena_printf(t->arena, "the change to %s in the list of people", or_empty(f->name));
}

static const struct fact *head_before(const struct telling *t, const struct fact *f)
{
    const struct facts *log = &t->c->log.facts;
    for (size_t i = t->first; i > 0; i--)
        if (log->v[i - 1].kind_of_fact == FACT_HEAD && strcmp(or_empty(log->v[i - 1].key), or_empty(f->key)) == 0 && log->v[i - 1].index == f->index)
            return &log->v[i - 1];
    return NULL;
}

static const char *head(const struct telling *t, const struct fact *f)
{
    const struct fact *old = head_before(t, f);
    const char *was = old == NULL || or_empty(old->value)[0] == '\0' ? "nothing" : quoted(t, old->value);
    if (or_empty(f->value)[0] == '\0')
        return arena_printf(t->arena, "that “%s” was emptied (before: %s)", or_empty(f->key), was);
    return arena_printf(t->arena, "“%s: %s” in the head (before: %s)", or_empty(f->key), or_empty(f->value), was);
}

static const char *signoff(const struct telling *t, const struct fact *f)
{
    if (f->readers.n > 0)
        return "a confidential sign-off";
    return arena_printf(t->arena, "the sign-off of %s: “%s%s%s%s”", who(t, f->name), or_empty(f->state), f->scope == NULL ? "" : " (", or_empty(f->scope),
                        f->scope == NULL ? "" : ")");
}

static const char *contact(const struct telling *t, const struct fact *f)
{
    char *at = arena_strdup(t->arena, or_empty(f->at));
    if (strlen(at) > 10 && at[10] == 'T')
        at[10] = ' ';
    return arena_printf(t->arena, "the contact with %s%s%s", who(t, f->whom), at[0] == '\0' ? "" : " of ", at);
}

static const char *state(const struct telling *t, const struct fact *f)
{
    return arena_printf(t->arena, "that %s is “%s”", name_of(t, record_entry(t->c->record, f->target)), or_empty(f->state));
}

static const char *words_of(const struct telling *t, const struct fact *f)
{
    switch (f->kind_of_fact) {
    case FACT_ENTRY:
        return entry_words(t, f);
    case FACT_REWORDED:
        return reworded(t, f);
    case FACT_MARKED:
        return marked(t, f);
    case FACT_POSITION:
        return position(t, f);
    case FACT_STATE:
        return state(t, f);
    case FACT_ACTION:
        return action_changed(t, f);
    case FACT_ITEM:
        return arena_printf(t->arena, "the item %s", quoted(t, or_empty(f->title)));
    case FACT_ATTENDEE:
        return attendee(t, f);
    case FACT_HELP:
        return arena_printf(t->arena, "the help for %s: %s", who(t, f->name), or_empty(f->help));
    case FACT_CONTACT:
        return contact(t, f);
    case FACT_HEAD:
        return head(t, f);
    case FACT_OUTCOME:
        return f->readers.n > 0 ? "the confidential outcome" : arena_printf(t->arena, "the outcome %s", quoted(t, or_empty(f->outcome)));
    case FACT_RECOMMENDATION:
        return f->readers.n > 0 ? "the confidential recommendation" : arena_printf(t->arena, "the recommendation %s", quoted(t, or_empty(f->text)));
    case FACT_SIGNOFF:
        return signoff(t, f);
    case FACT_COPY:
        return f->readers.n > 0 ? "a confidential copy" : arena_printf(t->arena, "the copy for %s", who(t, f->name));
    case FACT_FILED:
        return "which child's file this meeting is in";
    case FACT_PERSON:
        return "who is the same person as in another meeting";
    case FACT_PLANNED:
    case FACT_OPENED:
    case FACT_UNDONE:
    case FACT_COUNT:
        break;
    }
    return "the last change";
}

/* What comes of itself with another fact is not told when there is anything else. */
static bool by_itself(const struct fact *f)
{
    return f->kind_of_fact == FACT_FILED || (f->kind_of_fact == FACT_MARKED && strcmp(or_empty(f->mark), "typed") == 0);
}

const char *undo_says(const struct change *c, size_t first, bool redo, struct arena *arena)
{
    struct telling t = {.c = c, .arena = arena, .first = first, .redo = redo};
    const struct facts *log = &c->log.facts;
    const char *words = NULL;
    size_t more = 0;
    for (size_t i = first; i < log->n && one_change(&c->log.marks[first], &c->log.marks[i]); i++) {
        if (words != NULL && by_itself(&log->v[i]))
            continue;
        if (words == NULL)
            words = words_of(&t, &log->v[i]);
        else if (more++ == 0)
            words = arena_printf(arena, "%s, and %s", words, words_of(&t, &log->v[i]));
    }
    return more > 1 ? arena_printf(arena, "%s, and %zu more", words, more - 1) : words;
}
