/* A plan that is being typed outlives a killed program: it is kept as a half-typed line that belongs to no meeting. */
#include <stdlib.h>
#include <string.h>

#include "tui/plan.h"

/* No meeting has this id: real ones carry a version. */
static const struct uuid plan_id = {{'p', 'l', 'a', 'n'}};

static void put_form(const struct plan_view *p, struct buf *out)
{
    for (size_t i = 0; i < p->form.n; i++) {
        const char *text = form_row_text(&p->form, i);
        if (p->form.v[i].field->kind != FORM_BUTTON && text[0] != '\0')
            buf_addf(out, "%d %s\n", p->form.v[i].field->id, text);
    }
}

void plan_draft_save(struct view *view)
{
    struct plan_view *p = plan_of(view);
    struct buf text = {0};
    if (p->editing || !p->form.changed || view->app->read_only)
        return;
    put_form(p, &text);
    /* A form that cannot be kept is still on the screen; saving the plan will say what is wrong with the disk. */
    if (strcmp(buf_str(&text), buf_str(&p->kept)) != 0 && store_draft_save(view->app->store, plan_id, buf_str(&text), 0, NULL) == EVH_OK) {
        struct buf old = p->kept;
        p->kept = text;
        text = old;
    }
    buf_free(&text);
}

void plan_draft_forget(struct view *view)
{
    struct plan_view *p = plan_of(view);
    if (p->kept.n > 0 && store_draft_save(view->app->store, plan_id, "", 0, NULL) == EVH_OK)
        buf_clear(&p->kept);
}

static void put_line(struct plan_view *p, const char *line, size_t n)
{
    char *end;
    long id = strtol(line, &end, 10);
    if (end == line || *end != ' ' || (size_t)(end - line) >= n)
        return;
    const char *text = arena_strndup(p->arena, end + 1, n - (size_t)(end - line) - 1);
    for (size_t i = 0; i < p->form.nfields; i++) {
        const struct form_field *field = &p->form.fields[i];
        if (field->id != id)
            continue;
        if (field->kind == FORM_LINES)
            form_add(&p->form, field->id, text);
        else if (field->kind != FORM_BUTTON)
            form_set(&p->form, field->id, text);
    }
}

bool plan_draft_load(struct view *view)
{
    struct plan_view *p = plan_of(view);
    struct draft draft = {0};
    if (store_draft_load(view->app->store, p->arena, plan_id, &draft, NULL) != EVH_OK || draft.text == NULL)
        return false;
    for (const char *s = draft.text; *s != '\0';) {
        size_t n = strcspn(s, "\n");
        put_line(p, s, n);
        s += n + (s[n] == '\n');
    }
    buf_adds(&p->kept, draft.text);
    p->form.changed = true;
    return true;
}
