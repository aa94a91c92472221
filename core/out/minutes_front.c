#include "core/out/minutes.h"

#include "core/names.h"
#include "core/presence.h"
#include "core/text.h"

#include <string.h>

/* ---- heading ---- */

/* "eha-review" as people say it: "EHA review". The abbreviations of the field stay capitals. */
static const char *type_words(struct page *p, const char *type)
{
    static const char *const capitals[] = {"tac", "taf", "eha", "caf", "sen"};
    struct buf b = {0};
    for (size_t at = 0; type[at] != '\0';) {
        size_t n = strcspn(type + at, "-");
        bool capital = false;
        for (size_t i = 0; i < NITEMS(capitals); i++)
            capital = capital || text_same_word(type + at, n, capitals[i]);
        for (size_t i = 0; i < n; i++) {
            char c = type[at + i];
            buf_addc(&b, (capital || b.n == 0) && c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c);
        }
        at += n;
        if (type[at] == '-') {
            buf_addc(&b, ' ');
            at++;
        }
    }
    const char *copy = arena_strndup(p->arena, buf_str(&b), b.n);
    buf_free(&b);
    return copy;
}

static void put_title(struct page *p, const struct record *r)
{
    const char *type = r->type == NULL ? "Meeting" : type_words(p, r->type);
    bool notes = r->kept_as != NULL && strcmp(r->kept_as, "notes") == 0;
    const char *what = notes ? "Notes" : "Minutes";
    page_title(p, r->title == NULL ? arena_printf(p->arena, "%s: %s", what, type)
                                   : arena_printf(p->arena, "%s: %s, %s", what, type, r->title));
    if (notes)
        page_notice(p, "A parallel record, kept beside the minutes by somebody else.");
}

static void put_children(struct page *p, const struct record *r)
{
    for (size_t i = 0; i < r->nchildren; i++) {
        const struct child *c = &r->children[i];
        const char *text = c->also == NULL ? c->name : arena_printf(p->arena, "%s (%s)", c->name, c->also);
        if (c->known_as != NULL && strcmp(c->known_as, c->name) != 0)
            text = arena_printf(p->arena, "%s, called %s in these pages", text, c->known_as);
        page_field(p, "Child", text);
        page_field(p, "Reference", c->ref);
    }
}

/* When the line `end` says that it was over; TIME_NONE: there is none, or it has no time. */
static int ended_at(const struct record *r)
{
    int time = TIME_NONE;
    for (size_t i = 0; i < r->nentries; i++) {
        const struct entry *e = &r->entries[i];
        if (e->kind == ENTRY_CLOCK && e->withdrawn == NULL && !e->withheld && e->what != NULL && strcmp(e->what, "end") == 0)
            time = e->time;
    }
    return time;
}

/* The time that was planned, and what became of it. */
static const char *clock_words(struct page *p, const struct record *r)
{
    const char *text = minutes_day(p, r->date);
    int end = r->end == TIME_NONE ? presence_meeting_end(r) : r->end;
    if (r->start != TIME_NONE)
        text = minutes_add(p, text, ", ", civil_time_dup(p->arena, r->start));
    if (r->start != TIME_NONE && end != TIME_NONE)
        text = arena_printf(p->arena, "%s to %s", text, civil_time_dup(p->arena, end));
    int ended = ended_at(r);
    const char *real = NULL;
    if (r->began != TIME_NONE)
        real = arena_printf(p->arena, "began %s", civil_time_dup(p->arena, r->began));
    if (ended != TIME_NONE && ended != end)
        real = minutes_add(p, real, ", ", arena_printf(p->arena, "ended %s", civil_time_dup(p->arena, ended)));
    return real == NULL ? text : arena_printf(p->arena, "%s (%s)", text, real);
}

static const char *next_words(struct page *p, const struct record *r)
{
    if (r->next_date != DAY_NONE)
        return minutes_when(p, r->next_date, r->next_time);
    return r->next_none == NULL ? NULL : arena_printf(p->arena, "no date yet: %s", r->next_none);
}

static bool anything_restricted(const struct record *r)
{
    for (size_t i = 0; i < r->nentries; i++)
        if (!r->entries[i].withheld && restricted(&r->entries[i].restriction))
            return true;
    for (size_t i = 0; i < r->noutcomes; i++)
        if (restricted(&r->outcomes[i].restriction))
            return true;
    for (size_t i = 0; i < r->nrecommendations; i++)
        if (restricted(&r->recommendations[i].restriction))
            return true;
    for (size_t i = 0; i < r->nsignoffs; i++)
        if (restricted(&r->signoffs[i].restriction))
            return true;
    for (size_t i = 0; i < r->ncopies; i++)
        if (restricted(&r->copies[i].restriction))
            return true;
    return false;
}

static void put_dates(struct page *p, const struct record *r)
{
    if (r->notice_sent != DAY_NONE)
        page_field(p, "Notice sent", minutes_day(p, r->notice_sent));
    if (r->papers_sent != DAY_NONE)
        page_field(p, "Papers sent", minutes_day(p, r->papers_sent));
    if (r->plan_made != DAY_NONE)
        page_field(p, "Plan made", minutes_day(p, r->plan_made));
    if (r->school_year >= 0)
        page_field(p, "School year", arena_printf(p->arena, "%d", r->school_year));
    else
        page_field(p, "School year", r->school_year_text);
    if (r->transfer != NULL && strcmp(r->transfer, "none") != 0)
        page_field(p, "Transfer", r->transfer);
    page_field(p, "Authority", r->authority);
}

static void put_head(struct page *p, const struct record *r)
{
    put_title(p, r);
    if (anything_restricted(r))
        page_notice(p, "THIS COPY HAS CONFIDENTIAL PARTS. They are marked. Check who may read it before you hand it on.");
    put_children(p, r);
    page_field(p, "Date", r->date == DAY_NONE ? "not recorded" : clock_words(p, r));
    page_field(p, "Place", r->place);
    page_field(p, "Purpose", r->purpose);
    page_field(p, "Kept by", r->kept_by);
    page_field(p, "Status", record_status(r));
    put_dates(p, r);
    for (size_t i = 0; i < r->noutcomes; i++) {
        if (restricted(&r->outcomes[i].restriction))
            continue;
        const struct outcome *o = &r->outcomes[i];
        page_field(p, "Outcome", minutes_add(p, o->outcome, "; ", o->text));
    }
    page_field(p, "Next meeting", next_words(p, r));
}

/* ---- what was agreed, at a glance ---- */

static const char *action_words(struct page *p, const struct record *r, const struct entry *e)
{
    struct action_now now = action_now(r, e);
    const char *reader = minutes_restriction(p, &e->restriction);
    const char *text = e->text;
    if (reader != NULL)
        text = arena_printf(p->arena, "[%s] %s", reader, text);
    if (e->from_day != DAY_NONE)
        text = arena_printf(p->arena, "%s, from %s", text, minutes_day(p, e->from_day));
    const char *cell = page_line(p, NULL, text);
    if (e->with.n > 0)
        cell = page_line(p, cell, arena_printf(p->arena, "with %s", minutes_names(p, e->with.v, e->with.n)));
    if (e->done_when != NULL)
        cell = page_line(p, cell, arena_printf(p->arena, "done when: %s", e->done_when));
    if (e->otherwise != NULL)
        cell = page_line(p, cell, arena_printf(p->arena, "if not: %s", e->otherwise));
    if (strcmp(now.status, "open") == 0 || strcmp(now.status, "asked") == 0)
        return cell;
    const char *status = arena_printf(p->arena, "[%s]", now.status);
    if (now.closed != DAY_NONE)
        status = arena_printf(p->arena, "[%s on %s]", now.status, minutes_day(p, now.closed));
    return page_line(p, cell, status);
}

static const char *label_of(struct page *p, const struct entry *e)
{
    char label[16];
    entry_label(e, label);
    if (e->carried != DAY_NONE)
        return arena_printf(p->arena, "%s of %s", label, minutes_day(p, e->carried));
    return arena_strdup(p->arena, label);
}

static void action_row(struct page *p, const struct record *r, const struct entry *e, const char **cells)
{
    struct action_now now = action_now(r, e);
    cells[0] = label_of(p, e);
    cells[1] = now.owner == NULL ? "nobody named" : now.owner;
    cells[2] = now.due == DAY_NONE ? "no date" : minutes_when(p, now.due, now.due_time);
    cells[3] = action_words(p, r, e);
}

static bool is_action(const struct record *r, size_t i, bool asked)
{
    const struct entry *e = &r->entries[i];
    return e->kind == ENTRY_ACTION && !e->withheld && e->asked == asked;
}

static void put_actions(struct page *p, const struct record *r, bool asked)
{
    static const char *const headings[] = {"No", "Who", "By", "What"};
    size_t n = 0;
    for (size_t i = 0; i < r->nentries; i++)
        n += is_action(r, i, asked) ? 1 : 0;
    if (n == 0 && asked)
        return;
    page_heading(p, asked ? "Asked for, but not agreed" : "Actions: who does what by when");
    if (n == 0) {
        page_para(p, "No actions were agreed.");
        return;
    }
    const char **cells = arena_alloc(p->arena, n * NITEMS(headings), sizeof *cells);
    size_t row = 0;
    for (size_t i = 0; i < r->nentries; i++)
        if (is_action(r, i, asked))
            action_row(p, r, &r->entries[i], cells + NITEMS(headings) * row++);
    page_table(p, headings, NITEMS(headings), cells, n);
}

static const char *glance_words(struct page *p, const struct entry *e)
{
    const char *reader = minutes_restriction(p, &e->restriction);
    const char *text = reader == NULL ? e->text : arena_printf(p->arena, "[%s] %s", reader, e->text);
    if (e->kind != ENTRY_DISAGREEMENT)
        return text;
    const char *state = e->state == NULL ? "open" : e->state;
    if (e->item == 0)
        return arena_printf(p->arena, "%s (%s)", text, state);
    return arena_printf(p->arena, "%s (%s; each side stands under item %zu)", text, state, e->item);
}

static void put_glance(struct page *p, const struct record *r, enum entry_kind kind, const char *heading)
{
    struct page_pair *pairs = arena_alloc(p->arena, r->nentries, sizeof *pairs);
    size_t n = 0;
    for (size_t i = 0; i < r->nentries; i++) {
        const struct entry *e = &r->entries[i];
        if (e->kind == kind && !e->withheld && e->withdrawn == NULL)
            pairs[n++] = (struct page_pair){label_of(p, e), glance_words(p, e)};
    }
    if (n == 0)
        return;
    page_heading(p, heading);
    page_pairs(p, pairs, n, false);
}

void minutes_front(struct page *p, const struct record *r)
{
    put_head(p, r);
    put_actions(p, r, false);
    put_actions(p, r, true);
    put_glance(p, r, ENTRY_DECISION, "Decided");
    put_glance(p, r, ENTRY_DISAGREEMENT, "Not agreed");
}
