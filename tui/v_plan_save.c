/* Putting the planning form on record: a new plan as one transaction; an edited one as the changes that were made. */
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "tui/plan.h"

/* ---- every field, read ---- */

struct pairs { const char *(*v)[2]; size_t n, cap; };
struct lines { const char **v; size_t n, cap; };

static void add_pair(struct arena *arena, struct pairs *pairs, const char *key, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    pairs->v = arena_grow(arena, pairs->v, pairs->n, &pairs->cap, sizeof pairs->v[0]);
    pairs->v[pairs->n][0] = key;
    pairs->v[pairs->n++][1] = value;
}

static void add_line(struct arena *arena, struct lines *lines, const char *line)
{
    lines->v = arena_grow(arena, lines->v, lines->n, &lines->cap, sizeof lines->v[0]);
    lines->v[lines->n++] = line;
}

static const char *value_of_row(struct view *view, struct arena *arena, size_t row)
{
    struct plan_view *p = plan_of(view);
    struct buf value = {0};
    char why[240];
    (void)plan_value(p, &p->form.v[row], form_row_text(&p->form, row), app_now(view->app), &value, why); /* plan_check() has said it */
    const char *text = arena_strdup(arena, buf_str(&value));
    buf_free(&value);
    return text;
}

static const char *value_of(struct view *view, struct arena *arena, int field)
{
    struct plan_view *p = plan_of(view);
    return value_of_row(view, arena, (size_t)(form_row(&p->form, field) - p->form.v));
}

static const char *meeting_value(struct view *view, struct arena *arena)
{
    const char *type = value_of(view, arena, FIELD_TYPE), *title = value_of(view, arena, FIELD_TITLE);
    return title[0] == '\0' ? type : arena_printf(arena, "%s - %s", type, title);
}

/* Part `i` of what semicolons part; NULL past the last. */
static const char *part_of(struct arena *arena, const char *s, size_t i)
{
    for (; i > 0; i--) {
        s = strchr(s, ';');
        if (s == NULL)
            return NULL;
        s++;
    }
    size_t n = strcspn(s, ";");
    text_trim(&s, &n);
    return arena_strndup(arena, s, n);
}

/* "A; B" are two children and two lines of the head; what is on record and was not touched stays one. NULL: there is no such child. */
static const char *child_value(struct view *view, struct arena *arena, size_t i)
{
    const char *child = value_of(view, arena, FIELD_CHILD), *known = value_of(view, arena, FIELD_KNOWN);
    const struct form_row *row = form_row(&plan_of(view)->form, FIELD_CHILD);
    bool untouched = row->on_record && strcmp(buf_str(&row->was), form_text_of(&plan_of(view)->form, FIELD_CHILD)) == 0;
    if (untouched && i > 0)
        return NULL;
    if (!untouched && strchr(child, ';') != NULL) {
        child = part_of(arena, child, i);
        known = part_of(arena, known, i);
    } else if (i > 0) {
        return NULL;
    }
    if (child == NULL || known == NULL)
        return child;
    return child[0] == '\0' || known[0] == '\0' || strstr(child, " / ") != NULL ? child : arena_printf(arena, "%s / %s", child, known);
}

static const struct { const char *key; int field; } simple[] = {
    {"date", FIELD_DATE}, {"time", FIELD_TIME}, {"place", FIELD_PLACE}, {"kept-by", FIELD_KEPT_BY}, {"kept-as", FIELD_KEPT_AS}, {"purpose", FIELD_PURPOSE},
};

static bool refuse(struct view *view, size_t row, const char *why)
{
    form_focus(&plan_of(view)->form, row);
    app_say(view->app, STYLE_WARN, "%s", why);
    return false;
}

/* Whoever is on record stays on the list; help that is on record has its own history. */
static bool check_on_record(struct view *view, size_t row)
{
    struct plan_view *p = plan_of(view);
    const struct form_row *r = &p->form.v[row];
    const char *text = form_row_text(&p->form, row);
    if (!r->on_record || strcmp(text, buf_str(&r->was)) == 0)
        return true;
    const char *blank = text;
    size_t n = strlen(text);
    text_trim(&blank, &n);
    if (r->field->id == FIELD_PEOPLE && n == 0) {
        form_set_row(&p->form, row, buf_str(&r->was));
        return refuse(view, row, "Nobody is taken off the list; write \"not invited\" into the last column instead.");
    }
    if (r->field->id == FIELD_HELP) {
        form_set_row(&p->form, row, buf_str(&r->was));
        return refuse(view, row, "What was offered stays on record; add a line with what holds now.");
    }
    return true;
}

bool plan_check(struct view *view)
{
    struct plan_view *p = plan_of(view);
    struct now now = app_now(view->app);
    for (size_t i = 0; i < p->form.n; i++) {
        char why[240];
        struct buf value = {0};
        bool good = plan_value(p, &p->form.v[i], form_row_text(&p->form, i), now, &value, why);
        buf_free(&value);
        if (!good)
            return refuse(view, i, why);
        if (!check_on_record(view, i))
            return false;
    }
    if (!p->editing && form_count(&p->form, FIELD_CHILD) == 0)
        return refuse(view, (size_t)(form_row(&p->form, FIELD_CHILD) - p->form.v), "Whose meeting is it? The child's name is needed.");
    return true;
}

/* ---- a new plan ---- */

static void gather_head(struct view *view, struct arena *arena, struct pairs *head)
{
    struct plan_view *p = plan_of(view);
    add_pair(arena, head, "meeting", meeting_value(view, arena));
    const char *child;
    for (size_t i = 0; (child = child_value(view, arena, i)) != NULL; i++)
        add_pair(arena, head, "child", child);
    for (size_t i = 0; i < NITEMS(simple); i++)
        add_pair(arena, head, simple[i].key, value_of(view, arena, simple[i].field));
    for (size_t i = 0; i < p->form.n; i++) {
        const char *key, *value;
        size_t n;
        if (p->form.v[i].field->id == FIELD_MORE && plan_split(value_of_row(view, arena, i), &key, &n, &value))
            add_pair(arena, head, arena_strndup(arena, key, n), value);
    }
}

static struct lines gather(struct view *view, struct arena *arena, int field)
{
    struct plan_view *p = plan_of(view);
    struct lines lines = {0};
    for (size_t i = 0; i < p->form.n; i++) {
        if (p->form.v[i].field->id != field)
            continue;
        const char *text = value_of_row(view, arena, i);
        if (text[0] != '\0')
            add_line(arena, &lines, text);
    }
    return lines;
}

static void say_planned(struct view *view, const char *filed, const struct notices *notices)
{
    if (filed != NULL)
        app_say(view->app, STYLE_GOOD, "The plan is saved: %s.", filed);
    else if (notices->n > 0)
        app_say(view->app, STYLE_WARN, "The plan is saved; one line to look at: %s.", notices->v[0].text);
    else
        app_say(view->app, STYLE_GOOD, "The plan is saved.");
}

static bool save_new(struct view *view, struct uuid *id)
{
    struct plan_view *p = plan_of(view);
    struct arena *arena = arena_new();
    struct pairs head = {0};
    gather_head(view, arena, &head);
    struct lines people = gather(view, arena, FIELD_PEOPLE), help = gather(view, arena, FIELD_HELP);
    struct lines agenda = gather(view, arena, FIELD_AGENDA), carried = gather(view, arena, FIELD_CARRIED);
    struct plan plan = {.head = head.v, .nhead = head.n, .people = people.v, .npeople = people.n, .help = help.v, .nhelp = help.n,
                        .items = agenda.v, .nitems = agenda.n};
    if (strcmp(form_text_of(&p->form, FIELD_CARRY), "yes") == 0)
        plan.from = p->last;
    for (size_t i = 0; i < carried.n && i < NITEMS(plan.carried); i++)
        plan.carried[plan.ncarried++] = carried.v[i];
    struct notices notices = {0};
    struct err err = {0};
    const char *filed = NULL;
    bool good = op_plan(view->app->store, view->app->types, &plan, arena, id, &filed, &notices, &err) == EVH_OK;
    if (good)
        say_planned(view, filed, &notices);
    else
        app_say_err(view->app, &err);
    arena_free(arena);
    return good;
}

/* ---- changes of what is on record ---- */

/* The value on record, made again from the record: what was typed may be written otherwise and mean the same. */
static const char *head_now(const struct record *record, const char *key, int index)
{
    for (size_t i = 0; i < record->nhead; i++)
        if (strcmp(record->head[i].key, key) == 0 && (record->head[i].index < 0 ? 0 : record->head[i].index) == index)
            return record->head[i].value;
    return "";
}

static int next_index(const struct record *record, const char *key)
{
    int next = 0;
    for (size_t i = 0; i < record->nhead; i++)
        if (strcmp(record->head[i].key, key) == 0 && record->head[i].index >= next)
            next = record->head[i].index + 1;
    return next;
}

static bool change_head(struct view *view, const char *key, int index, const char *value)
{
    struct plan_view *p = plan_of(view);
    struct err err = {0};
    if (strcmp(head_now(p->session.record, key, index), value) == 0)
        return true;
    if (session_head(&p->session, key, index, value, &err) == EVH_OK)
        return true;
    app_say_err(view->app, &err);
    return false;
}

static bool repeats(const char *key)
{
    bool known = false, many = false;
    for (size_t i = 0; i < nhead_keys; i++)
        if (strcmp(head_keys[i].key, key) == 0) {
            known = true;
            many = head_keys[i].repeats;
        }
    return many || (!known && strcmp(key, "agenda") == 0);
}

static bool change_more(struct view *view, struct arena *arena, const struct form_row *row, const char *text)
{
    struct plan_view *p = plan_of(view);
    const char *key, *value, *was_key, *was_value;
    size_t n = 0, was_n = 0;
    bool has = plan_split(text, &key, &n, &value);
    if (row->on_record && plan_split(buf_str(&row->was), &was_key, &was_n, &was_value) &&
        !(has && n == was_n && text_same_word(key, n, arena_strndup(arena, was_key, was_n))) &&
        !change_head(view, arena_strndup(arena, was_key, was_n), row->index < 0 ? 0 : row->index, ""))
        return false;
    if (!has)
        return true;
    const char *word = arena_strndup(arena, key, n);
    int index = row->on_record && row->index >= 0 ? row->index : repeats(word) ? next_index(p->session.record, word) : 0;
    return change_head(view, word, index, value);
}

/* Lines of help and contacts count inside the list of people only. */
static bool add_help(struct view *view, const char *line)
{
    struct plan_view *p = plan_of(view);
    struct err err = {0};
    p->session.reader.section = SECTION_PEOPLE;
    if (session_line(&p->session, line, strlen(line), &err) == EVH_OK)
        return true;
    app_say_err(view->app, &err);
    return false;
}

static bool change_row(struct view *view, struct arena *arena, size_t i)
{
    struct plan_view *p = plan_of(view);
    const struct form_row *row = &p->form.v[i];
    const char *text = value_of_row(view, arena, i);
    struct err err = {0};
    if (!row->on_record && text[0] == '\0')
        return true;
    switch (row->field->id) {
    case FIELD_PEOPLE:
        if (session_person(&p->session, row->on_record ? row->id : (struct uuid){{0}}, text, &err) == EVH_OK)
            return true;
        app_say_err(view->app, &err);
        return false;
    case FIELD_HELP: return add_help(view, text);
    case FIELD_AGENDA: return change_head(view, "agenda", row->on_record ? row->index : next_index(p->session.record, "agenda"), text);
    case FIELD_MORE: return change_more(view, arena, row, text);
    default: return true;
    }
}

/* The second child of the field "A; B" and those after it, unless they are there. */
static bool add_children(struct view *view, struct arena *arena)
{
    const struct record *record = plan_of(view)->session.record;
    const char *child;
    bool good = true;
    for (size_t i = 1; good && (child = child_value(view, arena, i)) != NULL; i++) {
        bool there = child[0] == '\0';
        for (size_t k = 0; k < record->nhead; k++)
            there = there || (strcmp(record->head[k].key, "child") == 0 && strcmp(record->head[k].value, child) == 0);
        good = there || change_head(view, "child", next_index(record, "child"), child);
    }
    return good;
}

static bool save_changes(struct view *view)
{
    struct plan_view *p = plan_of(view);
    struct arena *arena = arena_new();
    bool good = change_head(view, "meeting", 0, meeting_value(view, arena)) && change_head(view, "child", 0, child_value(view, arena, 0)) && add_children(view, arena);
    for (size_t i = 0; i < NITEMS(simple) && good; i++)
        good = change_head(view, simple[i].key, 0, value_of(view, arena, simple[i].field));
    for (size_t i = 0; i < p->form.n && good; i++) {
        struct form_row *row = &p->form.v[i];
        const char *text = form_row_text(&p->form, i);
        if (row->field->kind != FORM_LINES || strcmp(text, buf_str(&row->was)) == 0)
            continue;
        good = change_row(view, arena, i);
        if (!good)
            break;
        /* On disk now: if a later line fails, this one is not written twice. */
        buf_clear(&row->was);
        buf_adds(&row->was, text);
        row->on_record = true;
    }
    arena_free(arena);
    if (good)
        app_say(view->app, STYLE_GOOD, "The changes are saved.");
    return good;
}

bool plan_save(struct view *view, struct uuid *id)
{
    struct plan_view *p = plan_of(view);
    if (!plan_check(view))
        return false;
    if (p->editing)
        *id = p->session.record->id;
    bool good = p->editing ? save_changes(view) : save_new(view, id);
    if (good)
        p->form.changed = false;
    return good;
}
