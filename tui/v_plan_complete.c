/* Tab in the planning form: names, roles, capacities, keys, dates. */
#include <string.h>

#include "core/text.h"
#include "tui/plan.h"

static const char *const roles[] = {
    "mother", "father", "stepmother", "stepfather", "grandmother", "grandfather", "foster carer", "pupil", "SENCO", "head teacher", "deputy head",
    "class teacher", "teaching assistant", "form tutor", "educational psychologist", "speech and language therapist", "occupational therapist",
    "physiotherapist", "school nurse", "health visitor", "paediatrician", "family support worker", "social worker", "early help coordinator",
    "SEN officer", "adviser", "advocate", "interpreter", "office manager", "designated safeguarding lead", "youth worker",
};
static const char *const capacities[] = {
    "chair", "minute-taker", "lead-professional", "professional", "parent, PR", "parent", "carer", "child", "family", "family, no PR",
    "advocate for ", "parent-partner for ", "supporter for ", "interpreter ", "witness", "observer", "PR", "no PR", "PR not known",
};
static const char *const presences[] = {"apologies", "apologies: ", "absent", "absent: ", "no reply", "report only", "report only: ", "not invited"};
static const char *const kinds[] = {"advocate", "parent-partner", "interpreter", "supporter"};
static const char *const offered[] = {"offered ", "not offered"};
static const char *const outcomes[] = {"accepted", "declined", "declined: ", "wanted, none available", "no answer"};

struct offers {
    struct arena *arena;
    struct plan_offer *v;
    size_t n, max;
    const char *line;
    size_t from;       /* where the half-typed word begins in the line */
    const char *typed; /* folded */
    bool whole;        /* it is a whole word of the list already: nothing to complete */
};

static bool begins(struct offers *o, const char *candidate)
{
    const char *folded = text_fold_dup(o->arena, candidate, strlen(candidate));
    if (strcmp(folded, o->typed) == 0) {
        o->whole = true;
        return false;
    }
    for (const char *s = folded; s != NULL; s = strchr(s, ' ')) {
        while (*s == ' ')
            s++;
        if (text_starts(s, o->typed))
            return true;
    }
    return false;
}

static void offer_as(struct offers *o, const char *candidate, const char *whole)
{
    if (!begins(o, candidate) || o->n == o->max)
        return;
    for (size_t i = 0; i < o->n; i++)
        if (strcmp(o->v[i].shown, candidate) == 0)
            return;
    if (whole == NULL)
        whole = arena_printf(o->arena, "%.*s%s", (int)o->from, o->line, candidate);
    o->v[o->n++] = (struct plan_offer){arena_strdup(o->arena, candidate), whole};
}

static void offer_all(struct offers *o, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        offer_as(o, words[i], NULL);
}

/* Where the word that is typed begins, after the last of these characters; everything before it stays. */
static void begin_at(struct offers *o, const char *stops)
{
    size_t n = strlen(o->line), from = n;
    while (from > 0 && strchr(stops, o->line[from - 1]) == NULL)
        from--;
    while (text_blank(o->line[from]))
        from++;
    o->from = from;
    o->typed = text_fold_dup(o->arena, o->line + from, n - from);
}

static const char *cell(struct arena *arena, const char *line, int column)
{
    for (; column > 0 && *line != '\0'; column--) {
        line += strcspn(line, "|");
        line += *line == '|';
    }
    size_t n = strcspn(line, "|");
    text_trim(&line, &n);
    return arena_strndup(arena, line, n);
}

/* One column of everybody on the list, then of everybody who was there last time. */
static void offer_column(struct plan_view *p, struct offers *o, int column)
{
    for (size_t i = 0; i < p->form.n; i++)
        if (p->form.v[i].field->id == FIELD_PEOPLE && i != p->form.at)
            offer_as(o, cell(o->arena, form_row_text(&p->form, i), column), NULL);
    if (p->known == NULL)
        return;
    for (size_t i = 0; i < p->known->npeople; i++) {
        const struct attendee *a = &p->known->people[i];
        const char *word = column == 0 ? a->name : column == 1 ? a->role : a->organisation;
        if (word != NULL)
            offer_as(o, word, NULL);
    }
}

static bool is_listed(const struct plan_view *p, struct arena *arena, const char *name)
{
    for (size_t i = 0; i < p->form.n; i++)
        if (p->form.v[i].field->id == FIELD_PEOPLE && i != p->form.at && strcmp(cell(arena, form_row_text(&p->form, i), 0), name) == 0)
            return true;
    return false;
}

/* Whoever was there last time comes with role, organisation and capacity. */
static void offer_known(struct plan_view *p, struct offers *o)
{
    if (p->known == NULL)
        return;
    for (size_t i = 0; i < p->known->npeople; i++) {
        const struct attendee *a = &p->known->people[i];
        if (!a->implied && !is_listed(p, o->arena, a->name))
            offer_as(o, a->name, plan_person_line(o->arena, a, false));
    }
}

static void offer_capacity(struct plan_view *p, struct offers *o)
{
    begin_at(o, "|,");
    size_t n = strlen(o->line + o->from);
    const char *s = o->line + o->from;
    const char *joint = NULL; /* "advocate for Gr" */
    for (size_t i = 0; i + 5 <= n; i++)
        if (strncmp(s + i, " for ", 5) == 0 || strncmp(s + i, " and ", 5) == 0)
            joint = s + i + 5;
    if (joint == NULL) {
        offer_all(o, capacities, NITEMS(capacities));
        return;
    }
    o->from = (size_t)(joint - o->line);
    o->typed = text_fold_dup(o->arena, joint, strlen(joint));
    offer_column(p, o, 0);
    if (form_count(&p->form, FIELD_CHILD) > 0)
        offer_as(o, form_text_of(&p->form, FIELD_CHILD), NULL);
}

static void offer_person(struct plan_view *p, struct offers *o, int column)
{
    begin_at(o, "|");
    if (column == 0)
        offer_known(p, o);
    else if (column == 1)
        offer_all(o, roles, NITEMS(roles));
    if (column == 1 || column == 2)
        offer_column(p, o, column);
    if (column == 3)
        offer_capacity(p, o);
    if (column == 4)
        offer_all(o, presences, NITEMS(presences));
}

static void offer_help(struct plan_view *p, struct offers *o, int column)
{
    begin_at(o, column == 0 ? ":" : "|");
    if (column == 0 || column == 4) {
        offer_column(p, o, 0);
        if (o->from == 0 && column == 0) {
            offer_as(o, "help: ", NULL);
            offer_as(o, "contact: ", NULL);
        }
    } else if (column == 1)
        offer_all(o, kinds, NITEMS(kinds));
    else if (column == 2)
        offer_all(o, offered, NITEMS(offered));
    else
        offer_all(o, outcomes, NITEMS(outcomes));
}

static void offer_date(struct offers *o, struct now now)
{
    char *dates[6];
    size_t n = civil_complete(o->arena, o->line, strlen(o->line), now.day, dates, NITEMS(dates));
    for (size_t i = 0; i < n && o->n < o->max; i++)
        if (strcmp(dates[i], o->line) != 0)
            o->v[o->n++] = (struct plan_offer){dates[i], dates[i]};
}

int plan_column(const char *text, size_t cursor)
{
    int column = 0;
    for (size_t i = 0; i < cursor && text[i] != '\0'; i++)
        column += text[i] == '|';
    return column > 4 ? 4 : column;
}

const char *plan_column_hint(int field, const char *text, size_t cursor)
{
    static const char *const person[] = {
        "name (in brackets where only the role is known); Tab: next column", "role: mother, SENCO, class teacher, social worker \xe2\x80\xa6",
        "organisation: the school, family, a service \xe2\x80\xa6",
        "capacity: chair, minute-taker, lead-professional, professional, parent, carer, child, family, advocate/parent-partner/supporter for NAME, interpreter LANGUAGE for NAME, witness, observer; PR / no PR",
        "presence: empty for now, or apologies: why, report only, or times like 13:55-15:10 by phone",
    };
    static const char *const help[] = {
        "whom it is for (or contact: WHEN | how | whom | by whom | result)", "advocate, parent-partner, interpreter or supporter", "offered DATE by NAME, or not offered",
        "accepted DATE, declined: words, no answer, or wanted, none available", "who will come, or nothing",
    };
    int column = plan_column(text, cursor);
    if (field == FIELD_MORE)
        return "school-year, transfer, conflict, papers-sent, notice-sent, child-ref, plan-made, authority, next-meeting, began, or a second child: each with a colon and its words; Tab completes";
    if (field == FIELD_AGENDA)
        return "One item a line, its minutes in square brackets: Reading [10m]";
    if (field == FIELD_CHILD)
        return "Full name; with a second script: NAME = NAME IN THE OTHER SCRIPT";
    if (field == FIELD_HELP && text_starts(text, "contact:"))
        return "contact: WHEN | how | whom | by whom | result: every attempt counts";
    return field == FIELD_PEOPLE ? person[column] : field == FIELD_HELP ? help[column] : NULL;
}

size_t plan_offers(struct plan_view *p, struct now now, struct arena *arena, struct plan_offer *out, size_t max)
{
    const struct form_row *row = &p->form.v[p->form.at];
    const char *line = form_row_text(&p->form, p->form.at);
    size_t n = strlen(line);
    struct offers o = {.arena = arena, .v = out, .max = max, .line = line};
    if (row->field->kind == FORM_CHOICE || row->field->kind == FORM_BUTTON || n == 0 || edit_cursor(p->form.edit) != n)
        return 0;
    begin_at(&o, row->field->id == FIELD_PEOPLE || row->field->id == FIELD_HELP ? "|:" : "");
    if (o.typed[0] == '\0')
        return 0;
    if (row->field->id == FIELD_PEOPLE)
        offer_person(p, &o, plan_column(line, n));
    else if (row->field->id == FIELD_HELP)
        offer_help(p, &o, plan_column(line, n));
    else if (row->field->id == FIELD_KEPT_BY)
        offer_column(p, &o, 0);
    else if (row->field->id == FIELD_DATE)
        offer_date(&o, now);
    else if (row->field->id == FIELD_MORE && strchr(line, ':') == NULL)
        for (size_t i = 0; i < nhead_keys; i++)
            offer_as(&o, arena_printf(arena, "%s: ", head_keys[i].key), NULL);
    return o.whole ? 0 : o.n;
}
