/* The meeting as JSON: contract.md, key by key and in its order. */
#include "core/out/json.h"
#include "core/names.h"
#include "core/presence.h"
#include "core/text.h"

#include <string.h>

struct writer {
    struct json j;
    const struct record *r;
    struct arena *arena; /* for what lives as long as one call */
};

static int meeting_end(const struct record *r)
{
    if (r->end != TIME_NONE)
        return r->end;
    for (size_t i = r->nentries; i > 0; i--) {
        const struct entry *e = &r->entries[i - 1];
        if (e->kind == ENTRY_CLOCK && !e->withheld && e->withdrawn == NULL && e->what != NULL && strcmp(e->what, "end") == 0)
            return e->time;
    }
    return TIME_NONE;
}

static void put_next(struct json *j, const struct record *r)
{
    if (r->next_date == DAY_NONE && r->next_none == NULL) {
        json_put_null(j, "next");
        return;
    }
    json_put_object(j, "next", false);
    json_put_day(j, "date", r->next_date);
    json_put_time(j, "time", r->next_time);
    json_put_str(j, "none", r->next_none);
    json_put_end(j);
}

static void put_meeting(struct json *j, const struct record *r)
{
    json_put_object(j, "meeting", true);
    json_put_str(j, "type", r->type);
    json_put_str(j, "title", r->title);
    json_put_day(j, "date", r->date);
    json_put_time(j, "start", r->start);
    json_put_time(j, "end", meeting_end(r));
    json_put_time(j, "began", r->began);
    json_put_str(j, "place", r->place);
    json_put_str(j, "purpose", r->purpose);
    json_put_str(j, "authority", r->authority);
    if (r->school_year < 0)
        json_put_str(j, "school_year", r->school_year_text);
    else
        json_put_int(j, "school_year", r->school_year);
    json_put_str(j, "transfer", r->transfer);
    json_put_day(j, "notice_sent", r->notice_sent);
    json_put_day(j, "papers_sent", r->papers_sent);
    json_put_day(j, "plan_made", r->plan_made);
    put_next(j, r);
    json_put_end(j);
}

static void put_children(struct writer *w)
{
    struct json *j = &w->j;
    const struct record *r = w->r;
    json_put_array(j, "children", true);
    for (size_t i = 0; i < r->nchildren; i++) {
        const struct child *c = &r->children[i];
        json_put_object(j, NULL, false);
        json_put_str(j, "name", c->name);
        json_put_str(j, "known_as", c->known_as);
        json_put_str(j, "also", c->also);
        json_put_str(j, "ref", c->ref);
        json_put_end(j);
    }
    json_put_end(j);
    json_put_array(j, "conflicts", true);
    for (size_t i = 0; i < r->nconflicts; i++) {
        json_put_object(j, NULL, false);
        /* the head stands above the list of people, so a short name is looked up only now */
        json_put_str(j, "name", names_full(r, w->arena, r->conflicts[i].name, strlen(r->conflicts[i].name)));
        json_put_str(j, "text", r->conflicts[i].text);
        json_put_end(j);
    }
    json_put_end(j);
}

/* How many times they were there. */
static size_t put_presence(struct writer *w, const struct attendee *a)
{
    struct json *j = &w->j;
    struct interval *v = NULL;
    size_t n = presence_of(w->r, a, true, w->arena, &v, NULL);
    bool running = strcmp(record_status(w->r), "live") == 0;
    json_put_array(j, "presence", false);
    for (size_t i = 0; i < n; i++) {
        int to = v[i].to == TIME_NONE && !running ? presence_meeting_end(w->r) : v[i].to;
        if (v[i].to == TIME_NONE && to != TIME_NONE && to < v[i].from)
            to = v[i].from; /* came after the end that the head gives */
        json_put_object(j, NULL, false);
        json_put_time(j, "from", v[i].from);
        json_put_time(j, "to", to);
        json_put_str(j, "mode", mode_word(v[i].mode));
        json_put_end(j);
    }
    json_put_end(j);
    return n;
}

static void put_person(struct writer *w, const struct attendee *a)
{
    struct json *j = &w->j;
    json_put_object(j, NULL, false);
    json_put_str(j, "name", a->name);
    json_put_str(j, "role", a->role);
    json_put_str(j, "organisation", a->organisation);
    json_put_texts(j, "capacity", &a->capacity);
    json_put_str(j, "responsibility", a->responsibility);
    json_put_array(j, "for", false);
    for (size_t i = 0; i < a->helps.n; i++)
        json_put_str(j, NULL, names_full(w->r, w->arena, a->helps.v[i], strlen(a->helps.v[i])));
    json_put_end(j);
    json_put_str(j, "language", a->language);
    json_put_str(j, "also", a->also);
    size_t times = put_presence(w, a);
    if (a->absence == NULL || times > 0) { /* who came in after all: the line wins */
        json_put_null(j, "absence");
    } else {
        json_put_object(j, "absence", false);
        json_put_str(j, "state", a->absence);
        json_put_str(j, "reason", a->absence_reason);
        json_put_end(j);
    }
    json_put_end(j);
}

static void put_help(struct json *j, const struct help *h)
{
    json_put_object(j, NULL, false);
    json_put_str(j, "for", h->for_name);
    json_put_str(j, "kind", h->kind);
    if (h->offered == DAY_NONE)
        json_put_str(j, "offered", h->offered_text);
    else
        json_put_day(j, "offered", h->offered);
    json_put_str(j, "offered_by", h->offered_by);
    json_put_str(j, "outcome", h->outcome);
    json_put_day(j, "outcome_date", h->outcome_date);
    json_put_str(j, "words", h->words);
    json_put_str(j, "who", h->who);
    json_put_end(j);
}

static void put_people(struct writer *w)
{
    struct json *j = &w->j;
    json_put_array(j, "people", true);
    for (size_t i = 0; i < w->r->npeople; i++)
        put_person(w, &w->r->people[i]);
    json_put_end(j);
    json_put_array(j, "help", true);
    for (size_t i = 0; i < w->r->nhelp; i++)
        put_help(j, &w->r->help[i]);
    json_put_end(j);
    json_put_array(j, "contacts", true);
    for (size_t i = 0; i < w->r->ncontacts; i++) {
        const struct contact *c = &w->r->contacts[i];
        json_put_object(j, NULL, false);
        json_put_str(j, "at", c->at);
        json_put_str(j, "how", c->how);
        json_put_str(j, "whom", c->whom);
        json_put_str(j, "by", c->by);
        json_put_str(j, "result", c->result);
        json_put_end(j);
    }
    json_put_end(j);
}

/* ---- entries ---- */

static void put_detail(struct json *j, const struct entry *e)
{
    json_put_object(j, "detail", false);
    switch (e->kind) {
    case ENTRY_OPINION:
        json_put_str(j, "basis", e->basis);
        break;
    case ENTRY_REPORTED:
        json_put_str(j, "source", e->source);
        break;
    case ENTRY_CHILD_VIEW:
        json_put_str(j, "how", e->how);
        json_put_str(j, "asked_by", e->asked_by);
        json_put_day(j, "date", e->date);
        break;
    case ENTRY_CONSENT:
        json_put_str(j, "item", e->text);
        json_put_str(j, "recipient", e->recipient);
        json_put_str(j, "purpose", e->purpose);
        json_put_str(j, "state", e->state);
        json_put_day(j, "until", e->until);
        break;
    case ENTRY_ARRIVES:
    case ENTRY_LEAVES:
        json_put_str(j, "mode", e->kind == ENTRY_LEAVES ? NULL : mode_word(e->mode));
        json_put_str(j, "reason", e->reason);
        break;
    case ENTRY_CLOCK:
        json_put_str(j, "what", e->what);
        break;
    case ENTRY_NOTE:
    case ENTRY_SAID:
    case ENTRY_PARENT_VIEW:
    case ENTRY_STRENGTH:
    case ENTRY_DECISION:
    case ENTRY_ACTION:
    case ENTRY_DISAGREEMENT:
    case ENTRY_MINUTED:
    case ENTRY_COUNT:
        break;
    }
    json_put_end(j);
}

static void put_said_by(struct json *j, const char *key, const struct said_by *v, size_t n, bool dated)
{
    json_put_array(j, key, false);
    for (size_t i = 0; i < n; i++) {
        json_put_object(j, NULL, false);
        json_put_str(j, "by", v[i].by);
        json_put_str(j, "text", v[i].text);
        if (dated)
            json_put_day(j, "date", v[i].date);
        json_put_end(j);
    }
    json_put_end(j);
}

static void put_marks(struct json *j, const struct entry *e)
{
    json_put_str(j, "read_back", e->read_back);
    json_put_str(j, "withdrawn", e->withdrawn);
    json_put_array(j, "earlier", false);
    for (size_t i = 0; i < e->nearlier; i++) {
        json_put_object(j, NULL, false);
        json_put_str(j, "text", e->earlier[i].text);
        json_put_time(j, "time", e->earlier[i].time);
        json_put_str(j, "by", e->earlier[i].by);
        json_put_day(j, "date", e->earlier[i].date);
        json_put_end(j);
    }
    json_put_end(j);
    put_said_by(j, "disputes", e->disputes, e->ndisputes, false);
    put_said_by(j, "answers", e->answers, e->nanswers, true);
    json_put_array(j, "translations", false);
    for (size_t i = 0; i < e->ntranslations; i++) {
        json_put_object(j, NULL, false);
        json_put_str(j, "language", e->translations[i].language);
        json_put_str(j, "text", e->translations[i].text);
        json_put_str(j, "by", e->translations[i].by);
        json_put_end(j);
    }
    json_put_end(j);
    json_put_bool(j, "not_interpreted", e->not_interpreted);
    json_put_str(j, "typed_by", e->typed_by);
}

static void put_entry(struct writer *w, const struct entry *e)
{
    static const struct entry nothing = {.text = ""};
    const struct entry *shown = e->withheld ? &nothing : e;
    struct json *j = &w->j;
    json_put_object(j, NULL, false);
    json_put_int(j, "number", e->number);
    json_put_time(j, "time", e->time);
    json_put_str(j, "kind", e->withheld ? "withheld" : entry_word(e->kind));
    json_put_str(j, "speaker", shown->speaker);
    json_put_str(j, "text", shown->text);
    json_put_bool(j, "verbatim", shown->verbatim);
    json_put_restriction(j, "restricted", &shown->restriction);
    put_marks(j, shown);
    put_detail(j, shown);
    json_put_end(j);
}

static bool has_entries(const struct record *r, size_t item)
{
    for (size_t i = 0; i < r->nentries; i++)
        if (r->entries[i].item == item)
            return true;
    return false;
}

static void put_item(struct writer *w, size_t item)
{
    struct json *j = &w->j;
    const struct item *it = &w->r->items[item];
    json_put_object(j, NULL, true);
    json_put_int(j, "number", (int)item);
    json_put_str(j, "title", it->title);
    json_put_int_or_null(j, "planned_minutes", it->planned_minutes, -1);
    json_put_array(j, "present", false);
    for (size_t i = 0; i < w->r->npeople; i++)
        if (presence_in_item(w->r, &w->r->people[i], item))
            json_put_str(j, NULL, w->r->people[i].name);
    json_put_end(j);
    json_put_array(j, "entries", true);
    for (size_t i = 0; i < w->r->nentries; i++)
        if (w->r->entries[i].item == item)
            put_entry(w, &w->r->entries[i]);
    json_put_end(j);
    json_put_time(j, "began", it->time);
    json_put_end(j);
}

static void put_items(struct writer *w)
{
    json_put_array(&w->j, "items", true);
    for (size_t i = 0; i < w->r->nitems; i++)
        if (i > 0 || has_entries(w->r, 0))
            put_item(w, i);
    json_put_end(&w->j);
}

/* ---- lists of what was agreed and what was not ---- */

static void put_label(struct json *j, const struct entry *e)
{
    char label[16];
    entry_label(e, label);
    json_put_str(j, "number", label[0] == '\0' ? NULL : label);
}

static void put_action(struct writer *w, const struct entry *e)
{
    struct json *j = &w->j;
    struct action_now now = action_now(w->r, e);
    json_put_object(j, NULL, false);
    json_put_uuid(j, "id", e->id);
    put_label(j, e);
    json_put_int(j, "item", (int)e->item);
    json_put_int(j, "entry", e->number);
    json_put_str(j, "text", e->text);
    json_put_str(j, "owner", now.owner);
    json_put_texts(j, "with", &e->with);
    json_put_day(j, "due", now.due);
    json_put_time(j, "due_time", now.due_time);
    json_put_str(j, "done_when", e->done_when);
    json_put_str(j, "otherwise", e->otherwise);
    json_put_day(j, "from", e->from_day);
    json_put_day(j, "carried", e->carried);
    json_put_str(j, "status", now.status);
    json_put_restriction(j, "restricted", &e->restriction);
    json_put_history(j, "history", e->history, e->nhistory);
    json_put_end(j);
}

static void put_disagreement(struct writer *w, const struct entry *e)
{
    struct json *j = &w->j;
    json_put_object(j, NULL, false);
    put_label(j, e);
    json_put_int(j, "item", (int)e->item);
    json_put_int(j, "entry", e->number);
    json_put_str(j, "about", e->text);
    json_put_array(j, "positions", false);
    for (size_t i = 0; i < e->npositions; i++) {
        json_put_object(j, NULL, false);
        json_put_str(j, "name", e->positions[i].name);
        json_put_str(j, "text", e->positions[i].text);
        json_put_str(j, "basis", e->positions[i].basis);
        json_put_end(j);
    }
    json_put_end(j);
    json_put_str(j, "state", e->state == NULL ? "open" : e->state);
    json_put_str(j, "state_text", e->state_text);
    json_put_str(j, "next", e->next);
    json_put_restriction(j, "restricted", &e->restriction);
    json_put_end(j);
}

static void put_decision(struct writer *w, const struct entry *e)
{
    struct json *j = &w->j;
    json_put_object(j, NULL, false);
    put_label(j, e);
    json_put_int(j, "item", (int)e->item);
    json_put_int(j, "entry", e->number);
    json_put_str(j, "text", e->text);
    json_put_str(j, "reason", e->because);
    json_put_array(j, "positions", false);
    for (size_t i = 0; i < e->npositions; i++) {
        json_put_object(j, NULL, false);
        json_put_str(j, "name", e->positions[i].name);
        json_put_str(j, "position", e->positions[i].position);
        json_put_str(j, "text", e->positions[i].text);
        json_put_end(j);
    }
    json_put_end(j);
    const char **names = NULL;
    size_t n = presence_not_recorded(w->r, e, w->arena, &names);
    json_put_array(j, "not_recorded", false);
    for (size_t i = 0; i < n; i++)
        json_put_str(j, NULL, names[i]);
    json_put_end(j);
    json_put_restriction(j, "restricted", &e->restriction);
    json_put_end(j);
}

static void put_list(struct writer *w, const char *key, enum entry_kind kind, void (*put)(struct writer *, const struct entry *))
{
    json_put_array(&w->j, key, true);
    for (size_t i = 0; i < w->r->nentries; i++)
        if (w->r->entries[i].kind == kind && !w->r->entries[i].withheld)
            put(w, &w->r->entries[i]);
    json_put_end(&w->j);
}

/* ---- the end ---- */

static void put_outcome(struct json *j, const char *key, const struct outcome *o, bool restricted_one)
{
    json_put_object(j, key, false);
    json_put_str(j, "outcome", o->outcome);
    json_put_str(j, "text", o->text);
    if (restricted_one)
        json_put_restriction(j, "restricted", &o->restriction);
    json_put_end(j);
}

static void put_recommendation(struct json *j, const char *key, const struct recommendation *r, bool restricted_one)
{
    json_put_object(j, key, false);
    json_put_str(j, "text", r->text);
    json_put_array(j, "differences", false);
    for (size_t i = 0; i < r->ndifferences; i++) {
        json_put_object(j, NULL, false);
        json_put_str(j, "name", r->differences[i].name);
        json_put_str(j, "text", r->differences[i].text);
        json_put_end(j);
    }
    json_put_end(j);
    if (restricted_one)
        json_put_restriction(j, "restricted", &r->restriction);
    json_put_end(j);
}

/* The last of the open ones holds. */
static void put_outcomes(struct json *j, const struct record *r)
{
    size_t o = r->noutcomes, m = r->nrecommendations;
    while (o > 0 && restricted(&r->outcomes[o - 1].restriction))
        o--;
    if (o == 0)
        json_put_null(j, "outcome");
    else
        put_outcome(j, "outcome", &r->outcomes[o - 1], false);
    while (m > 0 && restricted(&r->recommendations[m - 1].restriction))
        m--;
    if (m == 0)
        json_put_null(j, "recommendation");
    else
        put_recommendation(j, "recommendation", &r->recommendations[m - 1], false);
}

static void put_restricted(struct json *j, const struct record *r)
{
    json_put_array(j, "restricted_outcomes", true);
    for (size_t i = 0; i < r->noutcomes; i++)
        if (restricted(&r->outcomes[i].restriction))
            put_outcome(j, NULL, &r->outcomes[i], true);
    json_put_end(j);
    json_put_array(j, "restricted_recommendations", true);
    for (size_t i = 0; i < r->nrecommendations; i++)
        if (restricted(&r->recommendations[i].restriction))
            put_recommendation(j, NULL, &r->recommendations[i], true);
    json_put_end(j);
}

static bool same_part(const struct signoff *a, const struct signoff *b)
{
    return a->name != NULL && b->name != NULL && strcmp(a->name, b->name) == 0 &&
           restriction_same(&a->restriction, &b->restriction);
}

static void put_state(struct json *j, const struct signoff *s)
{
    json_put_str(j, "state", s->state);
    json_put_str(j, "scope", s->scope);
    json_put_day(j, "date", s->date);
    json_put_str(j, "comment", s->comment);
}

/* One object for the person and part whose first line is `first`. */
static void put_signoff(struct json *j, const struct record *r, size_t first)
{
    size_t last = first;
    for (size_t i = first + 1; i < r->nsignoffs; i++)
        if (same_part(&r->signoffs[first], &r->signoffs[i]))
            last = i;
    json_put_object(j, NULL, false);
    json_put_str(j, "name", r->signoffs[first].name);
    put_state(j, &r->signoffs[last]);
    json_put_restriction(j, "restricted", &r->signoffs[first].restriction);
    json_put_array(j, "history", false);
    for (size_t i = first; i < last; i++) {
        if (!same_part(&r->signoffs[first], &r->signoffs[i]))
            continue;
        json_put_object(j, NULL, false);
        put_state(j, &r->signoffs[i]);
        json_put_end(j);
    }
    json_put_end(j);
    json_put_end(j);
}

static void put_signoffs(struct json *j, const struct record *r)
{
    json_put_array(j, "signoff", true);
    for (size_t i = 0; i < r->nsignoffs; i++) {
        bool first = true;
        for (size_t k = 0; k < i; k++)
            first = first && !same_part(&r->signoffs[k], &r->signoffs[i]);
        if (first)
            put_signoff(j, r, i);
    }
    json_put_end(j);
    json_put_array(j, "copies", true);
    for (size_t i = 0; i < r->ncopies; i++) {
        const struct copy_given *c = &r->copies[i];
        json_put_object(j, NULL, false);
        json_put_str(j, "name", c->name);
        json_put_str(j, "audience", c->audience);
        json_put_str(j, "how", c->how);
        json_put_day(j, "date", c->date);
        json_put_restriction(j, "restricted", &c->restriction);
        json_put_end(j);
    }
    json_put_end(j);
}

void out_json(struct buf *out, const struct record *record)
{
    struct writer w = {.j = {.out = out}, .r = record, .arena = arena_new()};
    struct json *j = &w.j;
    json_put_object(j, NULL, true);
    json_put_int(j, "evenhand", 1);
    json_put_uuid(j, "id", record->id);
    json_put_str(j, "kept_as", record->kept_as);
    json_put_str(j, "kept_by", record->kept_by);
    json_put_str(j, "status", record_status(record));
    put_meeting(j, record);
    put_children(&w);
    put_people(&w);
    put_items(&w);
    put_list(&w, "actions", ENTRY_ACTION, put_action);
    put_list(&w, "disagreements", ENTRY_DISAGREEMENT, put_disagreement);
    put_list(&w, "decisions", ENTRY_DECISION, put_decision);
    put_outcomes(j, record);
    put_signoffs(j, record);
    json_put_array(j, "deadlines", false);
    json_put_end(j);
    json_put_null(j, "seal");
    put_restricted(j, record);
    json_put_end(j);
    buf_addc(out, '\n');
    arena_free(w.arena);
}
