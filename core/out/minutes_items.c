#include "core/out/minutes.h"

#include "core/names.h"
#include "core/presence.h"

#include <string.h>

static const char *const tags[ENTRY_COUNT] = {
    [ENTRY_PARENT_VIEW] = "PARENT'S VIEW", [ENTRY_CHILD_VIEW] = "CHILD'S VIEW", [ENTRY_OPINION] = "OPINION",
    [ENTRY_REPORTED] = "SECOND-HAND",      [ENTRY_STRENGTH] = "GOING WELL",     [ENTRY_DECISION] = "DECISION",
    [ENTRY_ACTION] = "ACTION",             [ENTRY_DISAGREEMENT] = "NOT AGREED", [ENTRY_MINUTED] = "MINUTED ON REQUEST",
    [ENTRY_CONSENT] = "CONSENT",
};

static bool view(enum entry_kind kind)
{
    return kind == ENTRY_PARENT_VIEW || kind == ENTRY_CHILD_VIEW || kind == ENTRY_MINUTED;
}

static bool carer(const struct record *r, const struct entry *e)
{
    const struct attendee *a = record_person(r, e->speaker);
    return a != NULL && (a->bits & CAP_CARER) != 0 && (a->bits & CAP_PARENT) == 0;
}

/* "DECISION R1", "PARENT'S VIEW (own words)", "CONFIDENTIAL ACTION XA1", or NULL. */
static const char *tag_of(struct page *p, const struct record *r, const struct entry *e)
{
    char label[16];
    entry_label(e, label);
    const char *tag = (unsigned)e->kind < ENTRY_COUNT ? tags[e->kind] : NULL;
    if (e->kind == ENTRY_PARENT_VIEW && carer(r, e))
        tag = "CARER'S VIEW";
    if (e->kind == ENTRY_ACTION && e->asked)
        tag = "ASKED FOR";
    if (label[0] != '\0' && tag != NULL)
        tag = arena_printf(p->arena, "%s %s", tag, label);
    if (e->kind == ENTRY_ACTION && e->carried != DAY_NONE)
        tag = arena_printf(p->arena, "%s of %s", tag, minutes_day(p, e->carried));
    if (view(e->kind) && e->verbatim)
        tag = arena_printf(p->arena, "%s (own words)", tag);
    const char *reader = minutes_restriction(p, &e->restriction);
    if (reader == NULL)
        return tag;
    return tag == NULL ? arena_printf(p->arena, "[%s]", reader) : arena_printf(p->arena, "[%s] %s", reader, tag);
}

/* A child is called here what the minutes call them. */
static const char *called(const struct record *r, const char *name)
{
    for (size_t i = 0; name != NULL && i < r->nchildren; i++)
        if (r->children[i].known_as != NULL && strcmp(r->children[i].name, name) == 0)
            return r->children[i].known_as;
    return name;
}

static const char *speaker_of(const struct record *r, const struct entry *e)
{
    switch (e->kind) {
    case ENTRY_ACTION:
        return e->owner == NULL ? "nobody named" : e->owner;
    case ENTRY_PARENT_VIEW:
    case ENTRY_CHILD_VIEW:
        return e->speaker == NULL ? "speaker not recorded" : called(r, e->speaker);
    case ENTRY_ARRIVES:
    case ENTRY_LEAVES:
    case ENTRY_CLOCK:
        return NULL;
    case ENTRY_NOTE:
    case ENTRY_SAID:
    case ENTRY_OPINION:
    case ENTRY_REPORTED:
    case ENTRY_STRENGTH:
    case ENTRY_DECISION:
    case ENTRY_DISAGREEMENT:
    case ENTRY_MINUTED:
    case ENTRY_CONSENT:
    case ENTRY_COUNT:
        break;
    }
    return called(r, e->speaker);
}

static const char *clock_words(struct page *p, const struct entry *e)
{
    const char *what = e->what == NULL ? "" : e->what;
    if (strcmp(what, "break") == 0)
        return minutes_add(p, "Break", ": ", e->text);
    if (strcmp(what, "resume") == 0)
        return minutes_add(p, "The meeting went on", ": ", e->text);
    if (strcmp(what, "end") == 0)
        return minutes_add(p, "End of the meeting", ": ", e->text);
    return arena_printf(p->arena, "%s took the chair", e->speaker == NULL ? "Somebody" : e->speaker);
}

static const char *arrival_words(struct page *p, const struct entry *e)
{
    const char *name = e->speaker == NULL ? "Somebody" : e->speaker;
    const char *text = arena_printf(p->arena, e->kind == ENTRY_LEAVES ? "%s left" : "%s came in", name);
    if (e->kind == ENTRY_ARRIVES && (e->mode == MODE_PHONE || e->mode == MODE_VIDEO))
        text = arena_printf(p->arena, "%s by %s", text, mode_word(e->mode));
    return minutes_add(p, text, ": ", e->reason);
}

static const char *action_words(struct page *p, const struct entry *e)
{
    const char *text = e->text;
    if (e->from_day != DAY_NONE)
        text = arena_printf(p->arena, "%s, from %s", text, minutes_day(p, e->from_day));
    if (e->due != DAY_NONE)
        text = arena_printf(p->arena, e->from_day != DAY_NONE ? "%s to %s" : "%s, by %s", text, minutes_when(p, e->due, e->due_time));
    return text;
}

static const char *words_of(struct page *p, const struct entry *e)
{
    const char *text = e->text;
    if (e->kind == ENTRY_CLOCK)
        text = clock_words(p, e);
    else if (e->kind == ENTRY_ARRIVES || e->kind == ENTRY_LEAVES)
        text = arrival_words(p, e);
    else if (e->kind == ENTRY_ACTION)
        text = action_words(p, e);
    else if (e->kind == ENTRY_CONSENT)
        text = minutes_consent(p, e);
    if (e->withdrawn == NULL)
        return text;
    const char *why = e->withdrawn[0] == '\0' ? "no reason given" : e->withdrawn;
    return p->markdown ? text : arena_printf(p->arena, "%s [withdrawn: %s]", text, why);
}

/* ---- what stands under an entry ---- */

static void put_kind_details(struct page *p, const struct entry *e)
{
    if (e->kind == ENTRY_OPINION)
        page_detail(p, e->basis == NULL ? "basis: not given" : arena_printf(p->arena, "basis: %s", e->basis));
    if (e->kind == ENTRY_REPORTED)
        page_detail(p, e->source == NULL ? "source: not given" : arena_printf(p->arena, "source: %s", e->source));
    if (e->because != NULL)
        page_detail(p, arena_printf(p->arena, "because: %s", e->because));
    const char *how = e->how;
    if (e->asked_by != NULL)
        how = minutes_add(p, how, "; ", arena_printf(p->arena, "asked by %s", e->asked_by));
    if (e->kind == ENTRY_CHILD_VIEW && e->date != DAY_NONE)
        how = minutes_add(p, how, "; ", minutes_day(p, e->date));
    if (e->kind == ENTRY_CHILD_VIEW)
        page_detail(p, arena_printf(p->arena, "how it was given: %s", how == NULL ? "not recorded" : how));
}

static const char *change_words(struct page *p, const struct action_change *c)
{
    const char *text = c->date == DAY_NONE ? NULL : minutes_day(p, c->date);
    text = minutes_add(p, text, ": ", c->change);
    if (c->from != NULL || c->to != NULL)
        text = arena_printf(p->arena, "%s from %s to %s", text, c->from == NULL ? "none" : c->from, c->to == NULL ? "none" : c->to);
    if (c->by != NULL)
        text = arena_printf(p->arena, "%s, by %s", text, c->by);
    return minutes_add(p, text, ": ", c->text);
}

static void put_action_details(struct page *p, const struct entry *e)
{
    if (e->with.n > 0)
        page_detail(p, arena_printf(p->arena, "with %s", minutes_names(p, e->with.v, e->with.n)));
    if (e->done_when != NULL)
        page_detail(p, arena_printf(p->arena, "done when: %s", e->done_when));
    if (e->otherwise != NULL)
        page_detail(p, arena_printf(p->arena, "if not: %s", e->otherwise));
    for (size_t i = 0; i < e->nhistory; i++)
        page_detail(p, change_words(p, &e->history[i]));
}

static const char *position_words(struct page *p, const struct position *at)
{
    const char *text = minutes_add(p, at->position, ": ", at->text);
    if (at->basis != NULL)
        text = minutes_add(p, text, " ", arena_printf(p->arena, "(basis: %s)", at->basis));
    return text == NULL ? "" : text;
}

static void put_positions(struct page *p, const struct record *r, const struct entry *e)
{
    struct page_pair *pairs = arena_alloc(p->arena, e->npositions + 1, sizeof *pairs);
    for (size_t i = 0; i < e->npositions; i++)
        pairs[i] = (struct page_pair){e->positions[i].name, position_words(p, &e->positions[i])};
    page_pairs(p, pairs, e->npositions, true);
    if (e->kind == ENTRY_DECISION) {
        const char **names = NULL;
        size_t n = presence_not_recorded(r, e, p->arena, &names);
        if (n > 0)
            page_detail(p, arena_printf(p->arena, "position not recorded: %s (silence is not agreement)", minutes_names(p, names, n)));
        return;
    }
    const char *state = minutes_add(p, e->state == NULL ? "open" : e->state, ": ", e->state_text);
    page_detail(p, e->next == NULL ? state : arena_printf(p->arena, "%s; next: %s", state, e->next));
}

static void put_earlier(struct page *p, const struct earlier *was)
{
    const char *when = was->date == DAY_NONE ? NULL : minutes_day(p, was->date);
    if (was->time != TIME_NONE)
        when = minutes_add(p, when, " ", civil_time_dup(p->arena, was->time));
    if (was->by != NULL)
        when = minutes_add(p, when, " ", arena_printf(p->arena, "by %s", was->by));
    page_detail(p, arena_printf(p->arena, "%s; before, it said: %s", minutes_add(p, "corrected", " ", when), was->text));
}

static void put_said_by(struct page *p, const char *what, const struct said_by *said)
{
    const char *text = arena_printf(p->arena, "%s by %s", what, said->by == NULL ? "somebody" : said->by);
    if (said->date != DAY_NONE)
        text = arena_printf(p->arena, "%s, %s", text, minutes_day(p, said->date));
    page_detail(p, minutes_add(p, text, ": ", said->text));
}

static void put_marks(struct page *p, const struct entry *e)
{
    if (e->withdrawn != NULL && p->markdown)
        page_detail(p, arena_printf(p->arena, "[withdrawn: %s]", e->withdrawn[0] == '\0' ? "no reason given" : e->withdrawn));
    for (size_t i = 0; i < e->ntranslations; i++) {
        const struct translation *t = &e->translations[i];
        const char *text = arena_printf(p->arena, "in %s: %s", t->language, t->text);
        page_detail(p, t->by == NULL ? text : arena_printf(p->arena, "%s (by %s)", text, t->by));
    }
    if (e->not_interpreted)
        page_detail(p, "not interpreted");
    if (e->read_back != NULL)
        page_detail(p, strcmp(e->read_back, "read") == 0 ? "read back" : arena_printf(p->arena, "read back; %s", e->read_back));
    for (size_t i = 0; i < e->ndisputes; i++)
        put_said_by(p, "disputed", &e->disputes[i]);
    for (size_t i = 0; i < e->nanswers; i++)
        put_said_by(p, "answered", &e->answers[i]);
    for (size_t i = 0; i < e->nearlier; i++)
        put_earlier(p, &e->earlier[i]);
    if (e->typed_by != NULL)
        page_detail(p, arena_printf(p->arena, "typed by %s", e->typed_by));
}

static void put_entry(struct page *p, const struct record *r, const struct entry *e)
{
    const char *time = civil_time_dup(p->arena, e->time);
    if (e->withheld) {
        page_entry(p, &(struct page_entry){.time = time, .text = "[withheld: this copy does not show this entry]"});
        return;
    }
    page_entry(p, &(struct page_entry){.time = time, .tag = tag_of(p, r, e), .speaker = speaker_of(r, e),
                                       .text = words_of(p, e), .struck = e->withdrawn != NULL});
    put_kind_details(p, e);
    if (e->kind == ENTRY_ACTION)
        put_action_details(p, e);
    if (e->kind == ENTRY_DECISION || e->kind == ENTRY_DISAGREEMENT)
        put_positions(p, r, e);
    put_marks(p, e);
}

/* ---- items ---- */

static const char *present_words(struct page *p, const struct record *r, size_t item)
{
    const char **names = arena_alloc(p->arena, r->npeople + 1, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; i < r->npeople; i++)
        if (presence_in_item(r, &r->people[i], item))
            names[n++] = called(r, r->people[i].name);
    return n == 0 ? "nobody recorded" : minutes_names(p, names, n);
}

static void put_heading(struct page *p, const struct record *r, size_t item)
{
    const struct item *it = &r->items[item];
    int from, to;
    if (item == 0) {
        page_subheading(p, "Before the first item");
        return;
    }
    const char *text = arena_printf(p->arena, "%zu  %s", item, it->title);
    bool spans = presence_item_span(r, item, &from, &to) && to != TIME_NONE && to > from;
    if (spans)
        text = arena_printf(p->arena, "%s (%s-%s)", text, civil_time_dup(p->arena, from), civil_time_dup(p->arena, to));
    page_subheading(p, text);
}

void minutes_items(struct page *p, const struct record *r)
{
    const char *before = "";
    page_heading(p, "What was said and agreed");
    if (r->nentries == 0 && r->nitems <= 1)
        page_para(p, "Nothing has been recorded.");
    for (size_t item = 0; item < r->nitems; item++) {
        size_t n = 0;
        for (size_t i = 0; i < r->nentries; i++)
            n += r->entries[i].item == item ? 1 : 0;
        if (item == 0 && n == 0)
            continue;
        put_heading(p, r, item);
        const char *present = present_words(p, r, item);
        page_para(p, strcmp(present, before) == 0 ? "In the room: the same people." : arena_printf(p->arena, "In the room: %s.", present));
        before = present;
        if (!p->markdown && n > 0)
            buf_addc(p->out, '\n');
        for (size_t i = 0; i < r->nentries; i++)
            if (r->entries[i].item == item)
                put_entry(p, r, &r->entries[i]);
    }
}
