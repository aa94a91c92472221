/* Tab in the planning form: names, roles, capacities, keys, dates. */
#include <string.h>

#include "core/text.h"
#include "tui/plan.h"
#include "tui/sheet.h"

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
            offer_one(o, cell(o->arena, form_row_text(&p->form, i), column), NULL);
    if (p->known == NULL)
        return;
    for (size_t i = 0; i < p->known->npeople; i++) {
        const struct attendee *a = &p->known->people[i];
        const char *word = column == 0 ? a->name : column == 1 ? a->role : a->organisation;
        if (word != NULL)
            offer_one(o, word, NULL);
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
            offer_one(o, a->name, sheet_person_line(o->arena, a, NULL, ""));
    }
}

static void offer_capacity(struct plan_view *p, struct offers *o)
{
    offers_begin(o, "|,");
    if (!offers_begin_helped(o)) {
        offer_words(o, OFFER_CAPACITIES);
        return;
    }
    offer_column(p, o, 0);
    if (form_count(&p->form, FIELD_CHILD) > 0)
        offer_one(o, form_text_of(&p->form, FIELD_CHILD), NULL);
}

static void offer_person(struct plan_view *p, struct offers *o, int column)
{
    offers_begin(o, "|");
    if (column == 0)
        offer_known(p, o);
    else if (column == 1)
        offer_words(o, OFFER_ROLES);
    if (column == 1 || column == 2)
        offer_column(p, o, column);
    if (column == 3)
        offer_capacity(p, o);
    if (column == 4)
        offer_words(o, OFFER_PRESENCES);
}

static void offer_help(struct plan_view *p, struct offers *o, int column)
{
    offers_begin(o, column == 0 ? ":" : "|");
    if (column == 0 || column == 4) {
        offer_column(p, o, 0);
        if (o->from == 0 && column == 0) {
            offer_one(o, "help: ", NULL);
            offer_one(o, "contact: ", NULL);
        }
    } else if (column == 1)
        offer_words(o, OFFER_HELP);
    else if (column == 2)
        offer_words(o, OFFER_OFFERED);
    else
        offer_words(o, OFFER_OUTCOMES);
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
        return "Full name; with a second script: NAME = NAME IN THE OTHER SCRIPT. Two children: A; B";
    if (field == FIELD_HELP && text_starts(text, "contact:"))
        return "contact: WHEN | how | whom | by whom | result: every attempt counts";
    return field == FIELD_PEOPLE ? person[column] : field == FIELD_HELP ? help[column] : NULL;
}

size_t plan_offers(struct plan_view *p, struct now now, struct arena *arena, struct offer *out, size_t max)
{
    const struct form_row *row = &p->form.v[p->form.at];
    const char *line = form_row_text(&p->form, p->form.at);
    size_t n = strlen(line);
    struct offers o = {.arena = arena, .v = out, .max = max, .line = line};
    if (row->field->kind == FORM_CHOICE || row->field->kind == FORM_BUTTON || n == 0 || edit_cursor(p->form.edit) != n)
        return 0;
    offers_begin(&o, row->field->id == FIELD_PEOPLE || row->field->id == FIELD_HELP ? "|:" : "");
    if (o.typed[0] == '\0')
        return 0;
    if (row->field->id == FIELD_PEOPLE)
        offer_person(p, &o, plan_column(line, n));
    else if (row->field->id == FIELD_HELP)
        offer_help(p, &o, plan_column(line, n));
    else if (row->field->id == FIELD_KEPT_BY)
        offer_column(p, &o, 0);
    else if (row->field->id == FIELD_DATE)
        offer_dates(&o, now.day);
    else if (row->field->id == FIELD_MORE && strchr(line, ':') == NULL)
        for (size_t i = 0; i < nhead_keys; i++)
            offer_one(&o, arena_printf(arena, "%s: ", head_keys[i].key), NULL);
    return o.whole ? 0 : o.n;
}
