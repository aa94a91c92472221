/* What is there already: the fields of a record that is edited, and what the child's last meeting left. */
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "tui/plan.h"
#include "tui/sheet.h"

/* ---- a record that is edited ---- */

static void on_record(struct plan_view *p, size_t row, int index, struct uuid id)
{
    struct form_row *r = &p->form.v[row];
    r->on_record = true;
    r->index = index;
    r->id = id;
    buf_clear(&r->was);
    buf_adds(&r->was, form_row_text(&p->form, row));
}

static size_t place_of(const struct plan_view *p, const struct form_row *row)
{
    return (size_t)(row - p->form.v);
}

static void add_on_record(struct plan_view *p, int field, const char *text, int index, struct uuid id)
{
    on_record(p, place_of(p, form_add(&p->form, field, text)), index, id);
}

static void fill_head(struct plan_view *p, const struct head_line *line)
{
    static const char *const own[] = {"meeting", "date", "time", "place", "kept-by", "kept-as", "purpose"};
    bool mine = strcmp(line->key, "child") == 0 && line->index <= 0;
    for (size_t i = 0; i < NITEMS(own); i++)
        mine = mine || strcmp(line->key, own[i]) == 0;
    struct uuid none = {{0}};
    if (strcmp(line->key, "agenda") == 0) {
        add_on_record(p, FIELD_AGENDA, line->value, line->index, none);
        return;
    }
    const char *text = arena_printf(p->arena, "%s: %s", line->key, line->value);
    if (mine)
        plan_take_line(p, text, strlen(text));
    else
        add_on_record(p, FIELD_MORE, text, line->index, none);
}

static const char *help_line(struct arena *arena, const struct help *h)
{
    struct buf b = {0};
    buf_addf(&b, "help: %s | %s | ", h->for_name == NULL ? "" : h->for_name, h->kind == NULL ? "" : h->kind);
    if (h->offered != DAY_NONE) {
        buf_adds(&b, "offered ");
        civil_put_day(&b, h->offered);
    } else if (h->offered_text != NULL) {
        buf_adds(&b, h->offered_text);
    }
    if (h->offered_by != NULL)
        buf_addf(&b, " by %s", h->offered_by);
    buf_addf(&b, " | %s", h->outcome == NULL ? "" : h->outcome);
    if (h->outcome_date != DAY_NONE) {
        buf_addc(&b, ' ');
        civil_put_day(&b, h->outcome_date);
    }
    if (h->words != NULL)
        buf_addf(&b, ": %s", h->words);
    buf_addf(&b, " | %s", h->who == NULL ? "" : h->who);
    const char *line = arena_strdup(arena, buf_str(&b));
    buf_free(&b);
    return line;
}

static const char *or_blank(const char *s)
{
    return s == NULL ? "" : s;
}

void plan_fill_record(struct plan_view *p, const struct record *record)
{
    for (size_t i = 0; i < record->nhead; i++)
        fill_head(p, &record->head[i]);
    if (record->date != DAY_NONE)
        form_set(&p->form, FIELD_DATE, civil_long_dup(p->arena, record->date));
    for (size_t i = 0; i < record->npeople; i++)
        if (!record->people[i].implied)
            add_on_record(p, FIELD_PEOPLE, sheet_person_line(p->arena, &record->people[i], NULL, NULL), (int)i, record->people[i].id);
    for (size_t i = 0; i < record->nhelp; i++)
        add_on_record(p, FIELD_HELP, help_line(p->arena, &record->help[i]), (int)i, record->help[i].id);
    for (size_t i = 0; i < record->ncontacts; i++) {
        const struct contact *c = &record->contacts[i];
        add_on_record(p, FIELD_HELP, arena_printf(p->arena, "contact: %s | %s | %s | %s | %s", or_blank(c->at), or_blank(c->how), or_blank(c->whom), or_blank(c->by), or_blank(c->result)),
                      (int)i, c->id);
    }
    for (size_t i = 0; i < p->form.n; i++)
        if (p->form.v[i].field->kind != FORM_LINES)
            on_record(p, i, 0, (struct uuid){{0}});
    p->form.changed = false;
}

/* ---- the child's last meeting ---- */

static bool is_child_of(const struct record *record, const char *name)
{
    struct buf a = {0}, b = {0};
    bool same = false;
    text_fold(&a, name, strlen(name));
    for (size_t i = 0; i < record->nchildren && !same; i++) {
        buf_clear(&b);
        text_fold(&b, record->children[i].name, strlen(record->children[i].name));
        same = strcmp(buf_str(&a), buf_str(&b)) == 0;
    }
    buf_free(&a);
    buf_free(&b);
    return same;
}

static void describe_last(struct plan_view *p, const struct record *record)
{
    int actions = 0, disagreements = 0;
    for (size_t i = 0; i < record->nentries; i++) {
        const struct entry *e = &record->entries[i];
        if (e->withdrawn != NULL)
            continue;
        if (e->kind == ENTRY_ACTION)
            actions += action_is_open(action_now(record, e).status);
        else if (e->kind == ENTRY_DISAGREEMENT)
            disagreements += e->state == NULL || strcmp(e->state, "open") == 0;
    }
    size_t people = 0;
    for (size_t i = 0; i < record->npeople; i++)
        people += !record->people[i].implied;
    struct buf b = {0};
    if (record->date != DAY_NONE)
        civil_put_long(&b, record->date);
    buf_addf(&b, ": %zu people, %d open action%s, %d disagreement%s", people, actions, actions == 1 ? "" : "s", disagreements, disagreements == 1 ? "" : "s");
    snprintf(p->last_words, sizeof p->last_words, "%s", buf_str(&b));
    buf_free(&b);
}

static void forget_last(struct plan_view *p)
{
    if (p->known != NULL)
        record_free(p->known);
    p->known = NULL;
    p->last = (struct uuid){{0}};
    p->last_words[0] = '\0';
}

static bool try_last(struct view *view, struct uuid id, const char *child)
{
    struct plan_view *p = plan_of(view);
    struct record *record;
    if (p->session_open && uuid_same(id, p->session.record->id))
        return false;
    if (store_record(view->app->store, id, &record, NULL) != EVH_OK)
        return false;
    if (child != NULL && !is_child_of(record, child)) {
        record_free(record);
        return false;
    }
    forget_last(p);
    p->known = record;
    p->last = id;
    describe_last(p, record);
    return true;
}

void plan_last_is(struct view *view, struct uuid id)
{
    (void)try_last(view, id, NULL);
}

/* The full name alone: "NAME = OTHER SCRIPT / known as" may have been typed into the field. */
static void child_name(const char *typed, char *name, size_t size)
{
    const char *end = strstr(typed, " / ");
    const char *also = strstr(typed, " = ");
    if (also != NULL && (end == NULL || also < end))
        end = also;
    const char *second = strchr(typed, ';');
    if (second != NULL && (end == NULL || second < end))
        end = second;
    size_t n = end == NULL ? strlen(typed) : (size_t)(end - typed);
    text_trim(&typed, &n);
    if (n >= size)
        n = 0;
    memcpy(name, typed, n);
    name[n] = '\0';
}

void plan_find_last(struct view *view)
{
    struct plan_view *p = plan_of(view);
    char name[sizeof p->last_child];
    child_name(form_text_of(&p->form, FIELD_CHILD), name, sizeof name);
    if (strcmp(name, p->last_child) == 0)
        return;
    snprintf(p->last_child, sizeof p->last_child, "%s", name);
    if (p->known != NULL && is_child_of(p->known, name))
        return;
    /* Nothing of one child's meeting stays in the plan of another's. */
    if (strcmp(form_text_of(&p->form, FIELD_CARRY), "yes") == 0) {
        plan_carry(view, false);
        form_set(&p->form, FIELD_CARRY, "no");
    }
    p->from = (struct uuid){{0}};
    forget_last(p);
    struct meeting_rows rows;
    struct arena *arena = arena_new();
    if (name[0] != '\0' && store_meetings(view->app->store, arena, name, 8, &rows, NULL) == EVH_OK)
        for (int notes = 0; notes < 2; notes++) /* somebody's own notes only where there are no minutes */
            for (size_t i = 0; i < rows.n && p->known == NULL; i++)
                if ((strcmp(rows.v[i].kept_as, "notes") == 0) == (notes == 1))
                    (void)try_last(view, rows.v[i].id, name);
    arena_free(arena);
    if (p->known != NULL && form_count(&p->form, FIELD_KNOWN) == 0 && p->known->nchildren > 0 && p->known->children[0].known_as != NULL)
        form_set(&p->form, FIELD_KNOWN, p->known->children[0].known_as);
}

static bool has_row(struct plan_view *p, int field, const char *text)
{
    size_t name = strcspn(text, "|");
    for (size_t i = 0; i < p->form.n; i++) {
        const char *there = form_row_text(&p->form, i);
        if (p->form.v[i].field->id == field && strcspn(there, "|") == name && strncmp(there, text, name) == 0)
            return true;
    }
    return false;
}

static void carry_row(struct plan_view *p, int field, const char *text)
{
    if (field == FIELD_PEOPLE && has_row(p, field, text))
        return;
    struct form_row *row = form_add(&p->form, field, text);
    row->index = PLAN_CARRIED;
    buf_clear(&row->was);
    buf_adds(&row->was, text);
}

/* Only what is still empty is filled: whatever was typed stays. */
static void carry_head(struct plan_view *p, const char *key, const char *value)
{
    static const struct { const char *key; int field; } fields[] = {
        {"child", FIELD_CHILD}, {"date", FIELD_DATE}, {"time", FIELD_TIME}, {"place", FIELD_PLACE}, {"kept-by", FIELD_KEPT_BY}, {"purpose", FIELD_PURPOSE},
    };
    int32_t day;
    if (strcmp(key, "date") == 0 && civil_read_day(value, strlen(value), &day))
        value = civil_long_dup(p->arena, day);
    const char *line = arena_printf(p->arena, "%s: %s", key, value);
    bool guessed = strcmp(key, "kept-by") == 0 && strcmp(form_text_of(&p->form, FIELD_KEPT_BY), p->guess) == 0;
    for (size_t i = 0; i < NITEMS(fields); i++)
        if (strcmp(key, fields[i].key) == 0 && form_count(&p->form, fields[i].field) > 0 && !guessed)
            return;
    if (strcmp(key, "agenda") == 0 || strcmp(key, "kept-as") == 0)
        return;
    if (strcmp(key, "meeting") == 0) { /* the title was the last meeting's own */
        const char *dash = strstr(value, " - ");
        line = arena_printf(p->arena, "meeting: %.*s", dash == NULL ? (int)strlen(value) : (int)(dash - value), value);
    }
    size_t rows = p->form.n;
    plan_take_line(p, line, strlen(line));
    if (p->form.n > rows) /* it became a line of its own: "school-year: 4" */
        for (size_t i = 0; i < p->form.n; i++)
            if (p->form.v[i].field->id == FIELD_MORE && strcmp(form_row_text(&p->form, i), line) == 0) {
                p->form.v[i].index = PLAN_CARRIED;
                buf_clear(&p->form.v[i].was);
                buf_adds(&p->form.v[i].was, line);
            }
}

static void take_back(struct plan_view *p)
{
    for (size_t i = p->form.n; i-- > 0;)
        if (p->form.v[i].index == PLAN_CARRIED && !p->form.v[i].on_record && i != p->form.at &&
            strcmp(buf_str(&p->form.v[i].was), form_row_text(&p->form, i)) == 0)
            form_remove(&p->form, i);
}

void plan_carry(struct view *view, bool carry)
{
    struct plan_view *p = plan_of(view);
    struct plan plan = {0};
    struct err err = {0};
    if (!carry) {
        take_back(p);
        return;
    }
    if (uuid_none(p->last))
        return;
    if (op_plan_from(view->app->store, view->app->types, p->last, p->arena, &plan, &err) != EVH_OK) {
        app_say_err(view->app, &err);
        return;
    }
    for (size_t i = 0; i < plan.nhead; i++)
        carry_head(p, plan.head[i][0], plan.head[i][1]);
    for (size_t i = 0; i < plan.npeople; i++)
        carry_row(p, FIELD_PEOPLE, plan.people[i]);
    for (size_t i = 0; i < plan.nhelp; i++)
        carry_row(p, FIELD_HELP, plan.help[i]);
    for (size_t i = 0; i < plan.ncarried; i++)
        carry_row(p, FIELD_CARRIED, plan.carried[i]);
}
