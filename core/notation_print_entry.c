/* An entry as a line, and what stands under it. */
#include <string.h>

#include "core/notation_parts.h"
#include "core/text.h"

static void put(struct buf *out, const char *s)
{
    if (s != NULL)
        buf_adds(out, s);
}

/* No blank stays at the end of a line. */
static void trim_end(struct buf *out, size_t from)
{
    while (out->n > from && text_blank(out->s[out->n - 1]))
        buf_splice(out, out->n - 1, 1, NULL, 0);
}

void print_name(struct buf *out, const struct record *record, const char *name)
{
    const struct attendee *person;
    bool listed = name == NULL || record_person(record, name) != NULL;
    if (!listed && names_find(record, name, strlen(name), &person) == NAMES_ONE)
        name = person->name;
    put(out, name);
}

static void put_names(struct buf *out, const struct record *record, const struct texts *names)
{
    for (size_t i = 0; i < names->n; i++) {
        put(out, i == 0 ? "" : ", ");
        print_name(out, record, names->v[i]);
    }
}

void print_restriction(struct buf *out, const struct record *record, const struct restriction *r)
{
    if (r->confidential) {
        put(out, "X: ");
    } else if (r->readers.n > 0) {
        put(out, "X(");
        put_names(out, record, &r->readers);
        put(out, "): ");
    }
}

/* ---- what stands behind letter and speaker ---- */

static void put_bracket(struct buf *out, const char *word, const char *s)
{
    if (s != NULL)
        buf_addf(out, " (%s: %s)", word, s);
}

static void put_due(struct buf *out, const struct entry *e)
{
    if (e->due == DAY_NONE)
        return;
    if (e->text[0] != '\0')
        put(out, ", ");
    if (e->from_day != DAY_NONE) {
        put(out, "from ");
        civil_put_day(out, e->from_day);
        put(out, " to ");
    } else {
        put(out, "by ");
    }
    civil_put_day(out, e->due);
    if (e->due_time != TIME_NONE) {
        put(out, " ");
        civil_put_time(out, e->due_time);
    }
}

static void put_action(struct buf *out, const struct record *record, const struct entry *e)
{
    size_t begin = out->n;
    if (e->owner != NULL)
        buf_addf(out, "%s, ", e->owner);
    put(out, e->text);
    put_due(out, e);
    if (e->done_when != NULL)
        buf_addf(out, "%s=> %s", out->n == begin || text_blank(out->s[out->n - 1]) ? "" : " ", e->done_when);
    if (e->with.n > 0) {
        put(out, "; with ");
        put_names(out, record, &e->with);
    }
    if (e->otherwise != NULL)
        buf_addf(out, "; else %s", e->otherwise);
}

static void put_consent(struct buf *out, const struct entry *e)
{
    static const char *const known[] = {"given", "not given", "withdrawn"};
    bool word = false;
    for (size_t i = 0; i < NITEMS(known); i++)
        word = word || (e->state != NULL && strcmp(e->state, known[i]) == 0);
    put(out, e->text);
    if (e->recipient != NULL || e->purpose != NULL || (e->state != NULL && !word)) {
        put(out, " -> ");
        put(out, e->recipient);
        if (e->purpose != NULL || (e->state != NULL && !word))
            buf_addf(out, "; %s", e->purpose == NULL ? "" : e->purpose);
    }
    if (e->state != NULL)
        buf_addf(out, "; %s", e->state);
    if (e->state != NULL && e->until != DAY_NONE) {
        put(out, ", until ");
        civil_put_day(out, e->until);
    }
}

static void put_clock(struct buf *out, const struct entry *e)
{
    put(out, e->what);
    if (e->what != NULL && strcmp(e->what, "chair") == 0 && e->speaker != NULL)
        buf_addf(out, ": %s", e->speaker);
    else if (e->text[0] != '\0')
        buf_addf(out, ": %s", e->text);
}

void print_entry_body(struct buf *out, const struct record *record, const struct entry *e)
{
    switch (e->kind) {
    case ENTRY_OPINION:
        put(out, e->text);
        put_bracket(out, "basis", e->basis);
        break;
    case ENTRY_REPORTED:
        put(out, e->text);
        put_bracket(out, "source", e->source);
        break;
    case ENTRY_DECISION:
        put(out, e->text);
        put_bracket(out, "because", e->because);
        break;
    case ENTRY_ACTION:
        put_action(out, record, e);
        break;
    case ENTRY_CONSENT:
        put_consent(out, e);
        break;
    case ENTRY_CLOCK:
        put_clock(out, e);
        break;
    case ENTRY_NOTE:
    case ENTRY_SAID:
    case ENTRY_PARENT_VIEW:
    case ENTRY_CHILD_VIEW:
    case ENTRY_STRENGTH:
    case ENTRY_DISAGREEMENT:
    case ENTRY_MINUTED:
    case ENTRY_ARRIVES:
    case ENTRY_LEAVES:
    case ENTRY_COUNT:
        put(out, e->text);
        break;
    }
}

/* ---- the line ---- */

static void put_how(struct buf *out, const struct record *record, const struct entry *e)
{
    bool any = false;
    if (e->how == NULL && e->asked_by == NULL && e->date == DAY_NONE)
        return;
    put(out, "(");
    if (e->how != NULL) {
        put(out, e->how);
        any = true;
    }
    if (e->asked_by != NULL) {
        put(out, any ? "; asked by " : "asked by ");
        print_name(out, record, e->asked_by);
        any = true;
    }
    if (e->date != DAY_NONE) {
        put(out, any ? "; " : "");
        civil_put_day(out, e->date);
    }
    put(out, ")");
}

/* `Name (how): `; guarded says in words that nobody is recorded. */
static void put_speaker(struct buf *out, const struct record *record, const struct entry *e, enum print_way way)
{
    const char *name = e->speaker;
    if (name == NULL && way != PRINT_PLAIN)
        name = notation_nobody;
    size_t begin = out->n;
    put(out, name);
    if (e->kind == ENTRY_CHILD_VIEW) {
        size_t before = out->n;
        put_how(out, record, e);
        if (name != NULL && out->n > before)
            buf_splice(out, before, 0, " ", 1);
    }
    if (out->n > begin)
        put(out, ": ");
}

static void put_carried(struct buf *out, const struct entry *e)
{
    buf_addf(out, "A<%s ", e->carried_number);
    civil_put_day(out, e->carried);
    put(out, ": ");
}

static void put_letter(struct buf *out, const struct record *record, const struct entry *e, enum print_way way)
{
    char letter = entry_letter(e->kind);
    if (e->kind == ENTRY_NOTE) {
        put(out, way == PRINT_PLAIN ? "" : "//");
    } else if (e->kind == ENTRY_SAID) {
        buf_addf(out, way == PRINT_PLAIN ? "%s: " : "(%s): ", e->speaker == NULL ? "" : e->speaker);
    } else if (e->kind == ENTRY_ARRIVES || e->kind == ENTRY_LEAVES) {
        buf_addf(out, "%c%s", e->kind == ENTRY_ARRIVES ? '+' : '-', e->speaker == NULL ? "" : e->speaker);
        if (e->kind == ENTRY_ARRIVES && (e->mode == MODE_PHONE || e->mode == MODE_VIDEO))
            buf_addf(out, " by %s", mode_word(e->mode));
        put(out, e->text[0] == '\0' ? "" : ": ");
    } else if (e->kind == ENTRY_ACTION) {
        if (e->carried_number != NULL && e->carried != DAY_NONE)
            put_carried(out, e);
        else
            put(out, e->asked ? "A?: " : "A: ");
        if (e->owner == NULL && way != PRINT_PLAIN)
            put(out, ", ");
    } else if (letter != 0) {
        buf_addf(out, "%c: ", letter);
        if (e->kind != ENTRY_DECISION && e->kind != ENTRY_DISAGREEMENT)
            put_speaker(out, record, e, way);
    }
}

void print_entry_head(struct buf *out, const struct record *record, const struct entry *e, enum print_way way)
{
    print_restriction(out, record, &e->restriction);
    put_letter(out, record, e, way);
}

void print_entry_line(struct buf *out, const struct record *record, const struct entry *e, bool with_time, enum print_way way)
{
    size_t begin = out->n;
    if (with_time && e->time != TIME_NONE) {
        civil_put_time(out, e->time);
        put(out, " ");
    }
    if (e->withheld) {
        put(out, "X:");
        return;
    }
    print_entry_head(out, record, e, way);
    print_entry_body(out, record, e);
    trim_end(out, begin);
}

/* ---- what stands under it ---- */

static void put_line(struct buf *out, const char *sign)
{
    buf_addf(out, "  %s ", sign);
}

static void end_line(struct buf *out)
{
    trim_end(out, 0);
    buf_addc(out, '\n');
}

void print_position(struct buf *out, const struct record *record, const struct position *p)
{
    put_line(out, "-");
    print_name(out, record, p->name);
    put(out, ":");
    if (p->position != NULL)
        buf_addf(out, " %s", p->position);
    if (p->text != NULL)
        buf_addf(out, "%s %s", p->position != NULL ? ":" : "", p->text);
    put_bracket(out, "basis", p->basis);
    end_line(out);
}

static void put_states(struct buf *out, const struct entry *e)
{
    for (size_t i = 0; i < e->nstates; i++) {
        const struct dispute_state *s = &e->states[i];
        put_line(out, "=");
        put(out, s->state);
        if (s->text != NULL)
            buf_addf(out, ": %s", s->text);
        if (s->next != NULL)
            buf_addf(out, "; next: %s", s->next);
        end_line(out);
    }
}

static void put_earlier(struct buf *out, const struct record *record, const struct earlier *was)
{
    put_line(out, "=");
    buf_addf(out, "was: %s (", was->text);
    if (was->date != DAY_NONE) {
        civil_put_day(out, was->date);
        put(out, " ");
    }
    if (was->time != TIME_NONE) {
        civil_put_time(out, was->time);
        put(out, " ");
    }
    put(out, "by ");
    print_name(out, record, was->by == NULL ? notation_nobody : was->by);
    put(out, ")\n");
}

static void put_said_by(struct buf *out, const struct record *record, const char *word, const struct said_by *s)
{
    put_line(out, "=");
    buf_addf(out, "%s by ", word);
    print_name(out, record, s->by == NULL ? notation_nobody : s->by);
    put(out, ":");
    if (s->text != NULL && s->text[0] != '\0')
        buf_addf(out, " %s", s->text);
    if (s->date != DAY_NONE) {
        put(out, " (");
        civil_put_day(out, s->date);
        put(out, ")");
    }
    end_line(out);
}

static void put_history(struct buf *out, const struct record *record, const struct entry *e)
{
    for (size_t i = 0; i < e->nhistory; i++) {
        const struct action_change *c = &e->history[i];
        put_line(out, "=");
        civil_put_day(out, c->date != DAY_NONE ? c->date : record->date != DAY_NONE ? record->date : 0);
        buf_addf(out, " %s", c->change);
        if (strcmp(c->change, "due") == 0) {
            buf_addf(out, " %s -> %s", c->from == NULL ? "none" : c->from, c->to == NULL ? "none" : c->to);
        } else if (strcmp(c->change, "owner") == 0) {
            put(out, " ");
            print_name(out, record, c->from == NULL ? "none" : c->from);
            put(out, " -> ");
            print_name(out, record, c->to == NULL ? "none" : c->to);
        }
        if (c->by != NULL) {
            put(out, " by ");
            print_name(out, record, c->by);
        }
        if (c->text != NULL)
            buf_addf(out, ": %s", c->text);
        end_line(out);
    }
}

static void put_flags(struct buf *out, const struct record *record, const struct entry *e)
{
    if (e->read_back != NULL) {
        put(out, "  = read back");
        if (strcmp(e->read_back, "read") != 0)
            buf_addf(out, "; %s", e->read_back);
        put(out, "\n");
    }
    if (e->not_interpreted)
        put(out, "  = not interpreted\n");
    if (e->typed_by != NULL) {
        put(out, "  = typed by ");
        print_name(out, record, e->typed_by);
        put(out, "\n");
    }
    if (e->shown_as_withheld)
        put(out, "  = shown as: withheld\n");
}

void print_entry_marks(struct buf *out, const struct record *record, const struct entry *e)
{
    if (e->withheld) {
        put(out, "  = shown as: withheld\n");
        return;
    }
    if (e->kind == ENTRY_DECISION || e->kind == ENTRY_DISAGREEMENT)
        for (size_t i = 0; i < e->npositions; i++)
            print_position(out, record, &e->positions[i]);
    if (e->kind == ENTRY_DISAGREEMENT)
        put_states(out, e);
    for (size_t i = 0; i < e->nearlier; i++)
        put_earlier(out, record, &e->earlier[i]);
    put_flags(out, record, e);
    for (size_t i = 0; i < e->ntranslations; i++) {
        const struct translation *t = &e->translations[i];
        buf_addf(out, "  = in %s: %s", t->language == NULL ? "another language" : t->language, t->text);
        if (t->by != NULL) {
            put(out, ", by ");
            print_name(out, record, t->by);
        }
        end_line(out);
    }
    for (size_t i = 0; i < e->ndisputes; i++)
        put_said_by(out, record, "disputed", &e->disputes[i]);
    for (size_t i = 0; i < e->nanswers; i++)
        put_said_by(out, record, "answered", &e->answers[i]);
    if (e->kind == ENTRY_ACTION)
        put_history(out, record, e);
    if (e->withdrawn != NULL) {
        put(out, "  = withdrawn");
        if (e->withdrawn[0] != '\0')
            buf_addf(out, ": %s", e->withdrawn);
        end_line(out);
    }
}
