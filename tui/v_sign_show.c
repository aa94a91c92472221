/* Sign-off: the page that one person reads before they are asked. */
#include "tui/v_sign.h"

#include <string.h>

#include "core/names.h"
#include "core/presence.h"

static void add_heading(struct page *page, const char *text)
{
    page_add(page, STYLE_PLAIN, 0, "");
    page_add(page, STYLE_HEAD, 0, text);
}

static void add_entry(struct page *page, const struct entry *e, const char *text)
{
    struct buf b = {0};
    char label[16];
    entry_label(e, label);
    if (e->time != TIME_NONE) {
        civil_put_time(&b, e->time);
        buf_addc(&b, ' ');
    }
    buf_addf(&b, "%s%s%s", label, label[0] == '\0' ? "" : " ", text);
    page_add(page, e->withdrawn != NULL ? STYLE_DIM : STYLE_PLAIN, 6, buf_str(&b));
    buf_free(&b);
}

static void add_said(struct sign_state *st, const char *name)
{
    bool any = false;
    for (size_t i = 0; i < st->open->nentries; i++) {
        const struct entry *e = &st->open->entries[i];
        char family = entry_family(e->kind);
        bool theirs = e->speaker != NULL && strcmp(e->speaker, name) == 0;
        if (e->withheld || !theirs || family == 'p' || family == 'c' || family == 'a')
            continue;
        if (!any)
            add_heading(&st->page, "Recorded as said by them");
        any = true;
        struct buf b = {0};
        buf_addf(&b, "%s%s", e->withdrawn != NULL ? "(withdrawn) " : "", e->text);
        if (e->read_back != NULL)
            buf_addf(&b, " (read back%s%s)", strcmp(e->read_back, "read") == 0 ? "" : ", ", strcmp(e->read_back, "read") == 0 ? "" : e->read_back);
        add_entry(&st->page, e, buf_str(&b));
        buf_free(&b);
    }
}

/* What they said of an entry, whoever's it is. */
static bool add_beside(struct sign_state *st, const struct entry *e, const struct said_by *v, size_t n, const char *verb, const char *name, bool any)
{
    for (size_t i = 0; i < n; i++) {
        if (v[i].by == NULL || strcmp(v[i].by, name) != 0)
            continue;
        if (!any)
            add_heading(&st->page, "Disputed or answered by them");
        any = true;
        struct buf b = {0};
        entry_put_name(&b, e);
        page_addf(&st->page, STYLE_PLAIN, 6, "%s %s: %s", verb, buf_str(&b), v[i].text);
        buf_free(&b);
    }
    return any;
}

static void add_disputed(struct sign_state *st, const char *name)
{
    bool any = false;
    for (size_t i = 0; i < st->open->nentries; i++) {
        const struct entry *e = &st->open->entries[i];
        if (e->withheld)
            continue;
        any = add_beside(st, e, e->disputes, e->ndisputes, "they dispute", name, any);
        any = add_beside(st, e, e->answers, e->nanswers, "they answer", name, any);
    }
}

static const struct position *position_of(const struct entry *e, const char *name)
{
    for (size_t i = e->npositions; i > 0; i--)
        if (e->positions[i - 1].name != NULL && strcmp(e->positions[i - 1].name, name) == 0)
            return &e->positions[i - 1];
    return NULL;
}

static void put_position(struct buf *b, const struct entry *e, const char *name)
{
    const struct position *p = position_of(e, name);
    bool words = p != NULL && p->text != NULL && p->text[0] != '\0';
    if (p == NULL)
        buf_adds(b, "no position of theirs is recorded");
    else
        buf_addf(b, "their position: %s%s%s", p->position == NULL ? "" : p->position, p->position != NULL && words ? ": " : "", words ? p->text : "");
}

static void add_decided(struct sign_state *st, const char *name)
{
    bool any = false;
    for (size_t i = 0; i < st->open->nentries; i++) {
        const struct entry *e = &st->open->entries[i];
        if (e->withheld || e->withdrawn != NULL || (e->kind != ENTRY_DECISION && e->kind != ENTRY_DISAGREEMENT))
            continue;
        if (e->kind == ENTRY_DISAGREEMENT && position_of(e, name) == NULL)
            continue;
        if (!any)
            add_heading(&st->page, "Decisions and disagreements");
        any = true;
        add_entry(&st->page, e, e->text);
        struct buf b = {0};
        put_position(&b, e, name);
        page_addf(&st->page, position_of(e, name) == NULL ? STYLE_WARN : STYLE_PLAIN, 6, "      %s", buf_str(&b));
        buf_free(&b);
    }
}

static void add_actions(struct sign_state *st, const char *name)
{
    bool any = false;
    for (size_t i = 0; i < st->open->nentries; i++) {
        const struct entry *e = &st->open->entries[i];
        if (e->withheld || e->kind != ENTRY_ACTION || e->withdrawn != NULL)
            continue;
        struct action_now now = action_now(st->open, e);
        if (now.owner == NULL || strcmp(now.owner, name) != 0)
            continue;
        if (!any)
            add_heading(&st->page, "Their actions");
        any = true;
        struct buf b = {0};
        buf_adds(&b, e->text);
        if (now.due != DAY_NONE) {
            buf_adds(&b, ", by ");
            civil_put_long(&b, now.due);
        }
        add_entry(&st->page, e, buf_str(&b));
        buf_free(&b);
    }
}

static void put_signoff(struct buf *b, const struct signoff *s)
{
    buf_adds(b, s->state);
    if (s->scope != NULL)
        buf_addf(b, " (%s)", s->scope);
    if (s->date != DAY_NONE) {
        buf_adds(b, ", ");
        civil_put_long(b, s->date);
    }
    if (s->comment != NULL && s->comment[0] != '\0')
        buf_addf(b, ": %s", s->comment);
}

static void add_signoffs(struct sign_state *st, const char *name)
{
    add_heading(&st->page, "Sign-off");
    bool any = false;
    for (size_t i = 0; i < st->record->nsignoffs; i++) {
        const struct signoff *s = &st->record->signoffs[i];
        if (restricted(&s->restriction) || strcmp(s->name, name) != 0)
            continue;
        struct buf b = {0};
        put_signoff(&b, s);
        page_add(&st->page, STYLE_GOOD, 2, buf_str(&b));
        buf_free(&b);
        any = true;
    }
    if (!any)
        page_add(&st->page, STYLE_WARN, 0, "nothing recorded yet");
}

static void add_person(struct sign_state *st, const struct attendee *p)
{
    struct arena *arena = arena_new();
    struct interval *v;
    size_t n = presence_of(st->open, p, false, arena, &v, NULL);
    struct buf b = {0};
    page_add(&st->page, STYLE_HEAD, 0, names_shown(arena, p));
    buf_addf(&b, "%s%s%s", p->role == NULL ? "" : p->role, p->role == NULL || p->role[0] == '\0' ? "" : "; ", p->capacity_text == NULL ? "" : p->capacity_text);
    if (n > 0) {
        buf_adds(&b, "; in the room ");
        presence_put(&b, v, n);
    } else if (p->absence != NULL) {
        buf_addf(&b, "; %s", p->absence);
    }
    page_add(&st->page, STYLE_DIM, 0, buf_str(&b));
    buf_free(&b);
    arena_free(arena);
}

void sign_show(struct sign_state *st, const struct attendee *p)
{
    page_clear(&st->page);
    if (p == NULL) {
        page_add(&st->page, STYLE_DIM, 0, "Nobody is on the list of people.");
        return;
    }
    add_person(st, p);
    add_signoffs(st, p->name);
    add_actions(st, p->name);
    add_decided(st, p->name);
    add_said(st, p->name);
    add_disputed(st, p->name);
}
