/* What is on record as rows of text: entries with their marks and positions, headings, and what follows them. */
#include "tui/live.h"

#include <string.h>

#include "core/names.h"
#include "core/text.h"

static const struct {
    const char *wide, *narrow;
} kind_names[ENTRY_COUNT] = {
    [ENTRY_NOTE] = {"note", ""},         [ENTRY_SAID] = {"said", ""},          [ENTRY_PARENT_VIEW] = {"P view", "P"},
    [ENTRY_CHILD_VIEW] = {"C view", "C"}, [ENTRY_OPINION] = {"opinion", "O"},   [ENTRY_REPORTED] = {"reported", "H"},
    [ENTRY_STRENGTH] = {"strength", "W"}, [ENTRY_DECISION] = {"decision", "R"}, [ENTRY_ACTION] = {"asked", "A?"},
    [ENTRY_DISAGREEMENT] = {"disagr.", "D"}, [ENTRY_MINUTED] = {"minuted", "M"}, [ENTRY_CONSENT] = {"consent", "K"},
    [ENTRY_ARRIVES] = {"arrives", "+"},  [ENTRY_LEAVES] = {"leaves", "-"},      [ENTRY_CLOCK] = {"clock", ""},
};

const char *live_who(const struct record *record, struct arena *arena, const char *name)
{
    if (name == NULL)
        return "not recorded";
    const struct attendee *person = record_person(record, name);
    return person == NULL ? name : names_short(record, arena, person);
}

static const char *who(struct live_rows *rows, const char *name)
{
    return live_who(rows->record, rows->arena, name);
}

static const char *sign(const struct live_rows *rows, enum sign which)
{
    struct surface like = {.ascii = rows->ascii};
    return surface_sign(&like, which);
}

static struct live_row *add_row(struct live_rows *rows, struct uuid entry)
{
    rows->v = arena_grow(rows->arena, rows->v, rows->n, &rows->cap, sizeof rows->v[0]);
    struct live_row *row = &rows->v[rows->n++];
    *row = (struct live_row){.entry = entry};
    return row;
}

void live_rows_wrap(struct live_rows *rows, struct uuid entry, enum style style, int indent, const char *text)
{
    size_t n = strlen(text);
    size_t at = 0;
    do {
        int columns = rows->width - rows->prefix - indent;
        size_t next = 0;
        size_t fits = text_break(text + at, n - at, columns < 4 ? 4 : (size_t)columns, &next);
        struct live_row *row = add_row(rows, entry);
        row->text = arena_strndup(rows->arena, text + at, fits);
        row->style = style;
        row->indent = indent;
        if (next == 0)
            break;
        at += next;
    } while (at < n);
}

static void row_right(struct live_rows *rows, struct uuid entry, enum style style, const char *text)
{
    struct live_row *last = rows->n > 0 ? &rows->v[rows->n - 1] : NULL;
    int used = last == NULL || last->text == NULL ? 0 : rows->prefix + last->indent + surface_columns(last->text);
    if (last == NULL || last->right != NULL || used + 2 + surface_columns(text) > rows->width)
        last = add_row(rows, entry);
    last->right = text;
    last->right_style = style;
}

static void put_by(struct live_rows *rows, struct buf *b, const struct entry *e)
{
    struct action_now now = action_now(rows->record, e);
    if (now.owner != NULL)
        buf_addf(b, "%s: ", who(rows, now.owner));
    buf_adds(b, e->text);
    for (size_t i = 0; i < e->with.n; i++)
        buf_addf(b, "%s%s", i == 0 ? "; with " : ", ", who(rows, e->with.v[i]));
    if (e->carried != DAY_NONE)
        buf_addf(b, " (from %s)", civil_long_dup(rows->arena, e->carried));
}

/* The words of an entry, with whose they are. */
static void put_words(struct live_rows *rows, struct buf *b, const struct entry *e)
{
    bool presence = e->kind == ENTRY_ARRIVES || e->kind == ENTRY_LEAVES;
    if (e->kind == ENTRY_ACTION) {
        put_by(rows, b, e);
        return;
    }
    bool named = e->kind == ENTRY_SAID || e->kind == ENTRY_PARENT_VIEW || e->kind == ENTRY_CHILD_VIEW || e->speaker != NULL;
    if (rows->aloud && e->text[0] != '\0')
        named = false;
    if (named)
        buf_adds(b, who(rows, e->speaker));
    if (presence && e->mode != MODE_UNSAID && e->mode != MODE_IN_PERSON)
        buf_addf(b, " by %s", mode_word(e->mode));
    if (e->how != NULL)
        buf_addf(b, "%s(%s)%s", named ? " " : "", e->how, named ? "" : " ");
    if (e->text[0] != '\0')
        buf_addf(b, "%s%s", named ? ": " : "", e->text);
    else if (presence && e->reason != NULL)
        buf_addf(b, ": %s", e->reason);
    if (e->basis != NULL)
        buf_addf(b, " (basis: %s)", e->basis);
    if (e->source != NULL)
        buf_addf(b, " (source: %s)", e->source);
    if (e->because != NULL)
        buf_addf(b, " (because: %s)", e->because);
    if (e->kind == ENTRY_CONSENT) {
        buf_addf(b, " %s %s; %s; %s", sign(rows, SIGN_ARROW), e->recipient == NULL ? "?" : e->recipient, e->purpose == NULL ? "?" : e->purpose,
                 e->state == NULL ? "?" : e->state);
        if (e->until != DAY_NONE)
            buf_addf(b, ", until %s", civil_long_dup(rows->arena, e->until));
    }
}

static void action_rows(struct live_rows *rows, const struct entry *e)
{
    struct action_now now = action_now(rows->record, e);
    struct buf b = {0};
    if (now.due != DAY_NONE) {
        buf_adds(&b, "by ");
        civil_put_long(&b, now.due);
        if (now.due_time != TIME_NONE) {
            buf_addc(&b, ' ');
            civil_put_time(&b, now.due_time);
        }
    }
    if (e->done_when != NULL)
        buf_addf(&b, "%s%s %s", b.n > 0 ? " " : "", sign(rows, SIGN_ARROW), e->done_when);
    if (e->otherwise != NULL)
        buf_addf(&b, "; else %s", e->otherwise);
    if (b.n > 0)
        live_rows_wrap(rows, e->id, STYLE_PLAIN, 0, buf_str(&b));
    buf_free(&b);
    const char *lacks = now.owner == NULL && now.due == DAY_NONE ? "no owner, no date" : now.owner == NULL ? "no owner" : now.due == DAY_NONE ? "no date" : NULL;
    if (lacks != NULL)
        row_right(rows, e->id, STYLE_WARN, lacks);
    if (strcmp(now.status, "open") != 0 && strcmp(now.status, "asked") != 0)
        row_right(rows, e->id, STYLE_GOOD, now.status);
}

static void position_rows(struct live_rows *rows, const struct entry *e)
{
    for (size_t i = 0; i < e->npositions; i++) {
        const struct position *p = &e->positions[i];
        struct buf b = {0};
        buf_addf(&b, "%s: ", who(rows, p->name));
        if (p->position != NULL)
            buf_adds(&b, p->position);
        if (p->text != NULL && p->text[0] != '\0')
            buf_addf(&b, "%s%s", p->position != NULL ? ": " : "", p->text);
        if (p->basis != NULL)
            buf_addf(&b, " (basis: %s)", p->basis);
        live_rows_wrap(rows, e->id, STYLE_PLAIN, 0, buf_str(&b));
        buf_free(&b);
    }
}

static void state_rows(struct live_rows *rows, const struct entry *e)
{
    const char *state = e->state == NULL ? "open" : e->state;
    bool open = strcmp(state, "open") == 0;
    row_right(rows, e->id, open ? STYLE_WARN : STYLE_GOOD, open ? "OPEN" : state);
}

static void state_words(struct live_rows *rows, const struct entry *e)
{
    if (e->state_text != NULL && e->state_text[0] != '\0')
        live_rows_wrap(rows, e->id, STYLE_DIM, 0, arena_printf(rows->arena, "%s: %s", e->state, e->state_text));
    if (e->next != NULL)
        live_rows_wrap(rows, e->id, STYLE_DIM, 0, arena_printf(rows->arena, "next: %s", e->next));
}

static void beside_rows(struct live_rows *rows, const struct entry *e)
{
    for (size_t i = 0; i < e->ntranslations; i++)
        live_rows_wrap(rows, e->id, STYLE_DIM, 0, arena_printf(rows->arena, "in %s: %s%s%s", e->translations[i].language, e->translations[i].text,
                       e->translations[i].by == NULL ? "" : ", by ", e->translations[i].by == NULL ? "" : who(rows, e->translations[i].by)));
    for (size_t i = 0; i < e->ndisputes; i++)
        live_rows_wrap(rows, e->id, STYLE_WARN, 0, arena_printf(rows->arena, "disputed by %s: %s", who(rows, e->disputes[i].by), e->disputes[i].text));
    for (size_t i = 0; i < e->nanswers; i++)
        live_rows_wrap(rows, e->id, STYLE_PLAIN, 0, arena_printf(rows->arena, "answered by %s: %s", who(rows, e->answers[i].by), e->answers[i].text));
}

static void mark_rows(struct live_rows *rows, const struct entry *e)
{
    if (e->read_back != NULL) {
        bool good = strcmp(e->read_back, "not confirmed") != 0;
        bool plain = strcmp(e->read_back, "confirmed") == 0;
        row_right(rows, e->id, good ? STYLE_GOOD : STYLE_WARN, plain ? arena_printf(rows->arena, "read back %s", sign(rows, SIGN_DONE))
                  : strcmp(e->read_back, "read") == 0 ? "read back" : arena_printf(rows->arena, "read back, %s", e->read_back));
    }
    if (e->nearlier > 0 && e->withdrawn == NULL)
        row_right(rows, e->id, STYLE_DIM, e->nearlier == 1 ? "reworded" : arena_printf(rows->arena, "reworded %zux", e->nearlier));
    if (e->not_interpreted)
        row_right(rows, e->id, STYLE_WARN, "not interpreted");
    if (e->typed_by != NULL)
        row_right(rows, e->id, STYLE_DIM, arena_printf(rows->arena, "typed by %s", who(rows, e->typed_by)));
    if (e->shown_as_withheld)
        row_right(rows, e->id, STYLE_DIM, "shown as withheld");
    if (e->withdrawn != NULL)
        live_rows_wrap(rows, e->id, STYLE_WARN, 0, arena_printf(rows->arena, "withdrawn%s%s", e->withdrawn[0] == '\0' ? "" : ": ", e->withdrawn));
}

static const char *kind_word(struct live_rows *rows, const struct entry *e)
{
    char label[16];
    entry_label(e, label);
    if (label[0] != '\0')
        return arena_strdup(rows->arena, label);
    bool wide = rows->prefix >= 15;
    if (e->kind == ENTRY_CLOCK && wide && e->what != NULL)
        return strcmp(e->what, "chair") == 0 ? "chairs" : e->what;
    return wide ? kind_names[e->kind].wide : kind_names[e->kind].narrow;
}

/* Clock lines have no column for their word on a narrow screen; it stands before the text there. */
static void put_clock(const struct live_rows *rows, struct buf *b, const struct entry *e)
{
    if (e->kind == ENTRY_CLOCK && rows->prefix < 15 && e->what != NULL)
        buf_addf(b, "%s%s", e->what, e->text[0] != '\0' || e->speaker != NULL ? ": " : "");
}

static void dots(struct live_rows *rows, const struct entry *e)
{
    struct buf b = {0};
    for (int i = 0; i < 12; i++)
        buf_adds(&b, sign(rows, SIGN_DOT));
    live_rows_wrap(rows, e->id, STYLE_SECRET, 0, buf_str(&b));
    buf_free(&b);
}

/* What an opened restricted entry says first: who may read it. */
static void readers_row(struct live_rows *rows, const struct entry *e)
{
    struct buf b = {0};
    buf_adds(&b, "confidential");
    if (!e->restriction.confidential) {
        buf_clear(&b);
        buf_adds(&b, "only for ");
        for (size_t i = 0; i < e->restriction.readers.n; i++)
            buf_addf(&b, "%s%s", i == 0 ? "" : ", ", who(rows, e->restriction.readers.v[i]));
    }
    row_right(rows, e->id, STYLE_SECRET, arena_strdup(rows->arena, buf_str(&b)));
    buf_free(&b);
}

static void open_entry(struct live_rows *rows, const struct entry *e)
{
    enum style style = e->withdrawn != NULL ? STYLE_DIM : restricted(&e->restriction) ? STYLE_SECRET : STYLE_PLAIN;
    struct buf b = {0};
    put_clock(rows, &b, e);
    put_words(rows, &b, e);
    live_rows_wrap(rows, e->id, style, 0, buf_str(&b));
    buf_free(&b);
    if (restricted(&e->restriction))
        readers_row(rows, e);
    if (e->kind == ENTRY_DISAGREEMENT)
        state_rows(rows, e);
    if (e->kind == ENTRY_ACTION)
        action_rows(rows, e);
    position_rows(rows, e);
    if (e->kind == ENTRY_DISAGREEMENT)
        state_words(rows, e);
    beside_rows(rows, e);
    mark_rows(rows, e);
}

void live_rows_entry(struct live_rows *rows, const struct entry *e)
{
    size_t first = rows->n;
    bool hidden = restricted(&e->restriction) && !uuid_same(rows->shown, e->id);
    if (hidden)
        dots(rows, e);
    else
        open_entry(rows, e);
    struct live_row *row = &rows->v[first];
    row->time = e->time == TIME_NONE ? "" : civil_time_dup(rows->arena, e->time);
    row->kind = hidden ? "X" : kind_word(rows, e);
    row->kind_style = hidden ? STYLE_SECRET : e->label > 0 || entry_family(e->kind) == 'a' ? STYLE_HEAD : STYLE_DIM;
}

void live_rows_heading(struct live_rows *rows, size_t item)
{
    struct live_row *row = add_row(rows, (struct uuid){{0}});
    const char *title = rows->record->items[item].title;
    row->time = item == 0 ? "" : arena_printf(rows->arena, "%zu", item);
    row->kind = item == 0 || title == NULL ? "before the first item" : title;
    row->kind_style = STYLE_HEAD;
}

static void after_row(struct live_rows *rows, const char *kind, const struct restriction *restriction, const char *text)
{
    size_t first = rows->n;
    struct uuid none = {{0}};
    bool hidden = restricted(restriction);
    struct buf b = {0};
    for (int i = 0; hidden && i < 12; i++)
        buf_adds(&b, sign(rows, SIGN_DOT));
    live_rows_wrap(rows, none, hidden ? STYLE_SECRET : STYLE_PLAIN, 0, hidden ? buf_str(&b) : text);
    buf_free(&b);
    rows->v[first].time = "";
    rows->v[first].kind = rows->prefix >= 15 ? kind : "";
    rows->v[first].kind_style = STYLE_HEAD;
}

static void signoff_row(struct live_rows *rows, const struct signoff *s)
{
    struct buf b = {0};
    buf_addf(&b, "%s: %s", who(rows, s->name), s->state);
    if (s->scope != NULL)
        buf_addf(&b, " (%s)", s->scope);
    if (s->date != DAY_NONE) {
        buf_adds(&b, ", ");
        civil_put_long(&b, s->date);
    }
    if (s->comment != NULL && s->comment[0] != '\0')
        buf_addf(&b, ": %s", s->comment);
    after_row(rows, "sign-off", &s->restriction, buf_str(&b));
    buf_free(&b);
}

static void copy_row(struct live_rows *rows, const struct copy_given *c)
{
    struct buf b = {0};
    buf_adds(&b, who(rows, c->name));
    buf_addf(&b, ": %s", c->audience == NULL ? "" : c->audience);
    if (c->how != NULL)
        buf_addf(&b, ", %s", c->how);
    if (c->date != DAY_NONE) {
        buf_adds(&b, ", ");
        civil_put_long(&b, c->date);
    }
    after_row(rows, "copy", &c->restriction, buf_str(&b));
    buf_free(&b);
}

static void recommendation_rows(struct live_rows *rows, const struct recommendation *r)
{
    after_row(rows, "recomm.", &r->restriction, r->text == NULL ? "" : r->text);
    if (restricted(&r->restriction))
        return;
    for (size_t i = 0; i < r->ndifferences; i++) {
        const struct position *p = &r->differences[i];
        live_rows_wrap(rows, (struct uuid){{0}}, STYLE_PLAIN, 0, arena_printf(rows->arena, "%s: %s%s%s", who(rows, p->name),
                       p->position == NULL ? "" : p->position, p->position != NULL && p->text != NULL ? ": " : "", p->text == NULL ? "" : p->text));
    }
}

void live_rows_after(struct live_rows *rows)
{
    const struct record *r = rows->record;
    for (size_t i = 0; i < r->noutcomes; i++) {
        const struct outcome *o = &r->outcomes[i];
        bool words = o->text != NULL && o->text[0] != '\0';
        after_row(rows, "outcome", &o->restriction, arena_printf(rows->arena, "%s%s%s", o->outcome, words ? "; " : "", words ? o->text : ""));
    }
    for (size_t i = 0; i < r->nrecommendations; i++)
        recommendation_rows(rows, &r->recommendations[i]);
    for (size_t i = 0; i < r->nsignoffs; i++)
        signoff_row(rows, &r->signoffs[i]);
    for (size_t i = 0; i < r->ncopies; i++)
        copy_row(rows, &r->copies[i]);
}
