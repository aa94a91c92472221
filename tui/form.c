#include "tui/form.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"

static void row_free(struct form_row *row)
{
    buf_free(&row->text);
    buf_free(&row->was);
}

static size_t row_insert(struct form *form, size_t at, const struct form_field *field)
{
    if (form->n == form->cap) {
        size_t cap = form->cap == 0 ? 32 : form->cap * 2;
        struct form_row *v = memory_grow(form->v, cap, sizeof *v);
        form->v = v;
        form->cap = cap;
    }
    memmove(&form->v[at + 1], &form->v[at], (form->n - at) * sizeof form->v[0]);
    form->v[at] = (struct form_row){.field = field};
    form->n++;
    return at;
}

static void row_remove(struct form *form, size_t at)
{
    row_free(&form->v[at]);
    memmove(&form->v[at], &form->v[at + 1], (form->n - at - 1) * sizeof form->v[0]);
    form->n--;
    if (form->at > at)
        form->at--;
}

static bool is_blank(const char *s)
{
    size_t n = strlen(s);
    text_trim(&s, &n);
    return n == 0;
}

/* The editor holds the focus's text; everything else reads the rows. */
static void take(struct form *form)
{
    struct form_row *row = &form->v[form->at];
    if (row->field->kind != FORM_TEXT && row->field->kind != FORM_LINES)
        return;
    const char *now = edit_text(form->edit);
    if (strcmp(now, buf_str(&row->text)) == 0)
        return;
    buf_clear(&row->text);
    buf_adds(&row->text, now);
    form->changed = true;
}

static void give(struct form *form)
{
    const char *text = buf_str(&form->v[form->at].text);
    edit_set(form->edit, text, strlen(text));
    buf_clear(&form->typed);
}

void form_begin(struct form *form, const struct form_field *fields, size_t n)
{
    form->fields = fields;
    form->nfields = n;
    form->edit = edit_new();
    for (size_t i = 0; i < n; i++)
        row_insert(form, form->n, &fields[i]);
    form->changed = false;
}

void form_free(struct form *form)
{
    for (size_t i = 0; i < form->n; i++)
        row_free(&form->v[i]);
    free(form->v);
    buf_free(&form->typed);
    if (form->edit != NULL)
        edit_free(form->edit);
    *form = (struct form){0};
}

static size_t first_row(const struct form *form, int field)
{
    for (size_t i = 0; i < form->n; i++)
        if (form->v[i].field->id == field)
            return i;
    BUG("a form without that field");
}

static size_t last_row(const struct form *form, int field)
{
    size_t i = first_row(form, field);
    while (i + 1 < form->n && form->v[i + 1].field->id == field)
        i++;
    return i;
}

struct form_row *form_row(struct form *form, int field)
{
    return &form->v[first_row(form, field)];
}

const char *form_row_text(const struct form *form, size_t row)
{
    enum form_kind kind = form->v[row].field->kind;
    if (row == form->at && (kind == FORM_TEXT || kind == FORM_LINES))
        return edit_text(form->edit);
    return buf_str(&form->v[row].text);
}

const char *form_text_of(struct form *form, int field)
{
    return form_row_text(form, first_row(form, field));
}

void form_set_row(struct form *form, size_t row, const char *text)
{
    struct buf *old = &form->v[row].text;
    if (strcmp(form_row_text(form, row), text) != 0)
        form->changed = true;
    buf_clear(old);
    buf_adds(old, text);
    if (row == form->at)
        give(form);
}

void form_set(struct form *form, int field, const char *text)
{
    form_set_row(form, first_row(form, field), text);
}

struct form_row *form_add(struct form *form, int field, const char *text)
{
    size_t last = last_row(form, field);
    if (form->v[last].field->kind != FORM_LINES)
        return NULL;
    row_insert(form, last, form->v[last].field);
    if (form->at >= last)
        form->at++;
    buf_adds(&form->v[last].text, text);
    form->changed = true;
    return &form->v[last];
}

size_t form_count(const struct form *form, int field)
{
    size_t n = 0;
    for (size_t i = 0; i < form->n; i++)
        n += form->v[i].field->id == field && !is_blank(form_row_text(form, i));
    return n;
}

static bool is_last_of_list(const struct form *form, size_t row)
{
    return form->v[row].field->kind == FORM_LINES && (row + 1 == form->n || form->v[row + 1].field != form->v[row].field);
}

void form_remove(struct form *form, size_t row)
{
    if (row >= form->n || row == form->at || form->v[row].field->kind != FORM_LINES || is_last_of_list(form, row))
        return;
    row_remove(form, row);
    form->changed = true;
}

bool form_at_blank(const struct form *form)
{
    return is_last_of_list(form, form->at) && is_blank(form_row_text(form, form->at));
}

/* A list always ends with a blank row, and has none elsewhere but for lines on record that were emptied. */
static size_t tidy(struct form *form, size_t left, size_t to)
{
    struct form_row *row = &form->v[left];
    if (row->field->kind != FORM_LINES)
        return to;
    bool blank = is_blank(buf_str(&row->text));
    if (is_last_of_list(form, left)) {
        if (!blank) {
            row_insert(form, left + 1, row->field);
            return to > left ? to + 1 : to;
        }
    } else if (blank && !row->on_record) {
        row_remove(form, left);
        return to > left ? to - 1 : to;
    }
    return to;
}

void form_focus(struct form *form, size_t row)
{
    if (row >= form->n || row == form->at)
        return;
    take(form);
    size_t left = form->at;
    row = tidy(form, left, row);
    form->at = row < form->n ? row : form->n - 1;
    give(form);
}

void form_focus_field(struct form *form, int field)
{
    form_focus(form, first_row(form, field));
}

void form_enter(struct form *form)
{
    take(form);
    size_t at = form->at;
    if (is_last_of_list(form, at) && !is_blank(buf_str(&form->v[at].text))) {
        row_insert(form, at + 1, form->v[at].field);
        form->at = at + 1;
        give(form);
        return;
    }
    form_focus(form, at + 1);
}

void form_move(struct form *form, int by)
{
    if (by < 0) {
        size_t back = (size_t)-by;
        form_focus(form, form->at > back ? form->at - back : 0);
        return;
    }
    size_t to = form->at + (size_t)by;
    /* A new line that was just typed is followed by its blank row first. */
    if (by == 1 && is_last_of_list(form, form->at) && !is_blank(form_row_text(form, form->at))) {
        form_enter(form);
        return;
    }
    form_focus(form, to < form->n ? to : form->n - 1);
}

static size_t choice_now(const struct form *form, size_t *n)
{
    const struct form_row *row = &form->v[form->at];
    size_t now = 0;
    const char *word;
    for (*n = 0; (word = form->choice(form->data, row->field->id, *n)) != NULL; (*n)++)
        if (strcmp(word, buf_str(&row->text)) == 0)
            now = *n;
    return now;
}

static void choose(struct form *form, int by)
{
    size_t n;
    size_t now = choice_now(form, &n);
    if (n < 2)
        return;
    now = by > 0 ? (now + 1) % n : (now + n - 1) % n;
    form_set_row(form, form->at, form->choice(form->data, form->v[form->at].field->id, now));
}

/* Letters and digits only, folded: "SEN support" finds "sen-support". */
static void fold_letters(struct buf *out, const char *s)
{
    struct buf folded = {0};
    text_fold(&folded, s, strlen(s));
    for (size_t i = 0; i < folded.n; i++)
        if (folded.s[i] != ' ' && folded.s[i] != '-')
            buf_addc(out, folded.s[i]);
    buf_free(&folded);
}

static bool choice_begins(const char *choice, const char *typed)
{
    struct buf a = {0}, b = {0};
    fold_letters(&a, choice);
    fold_letters(&b, typed);
    bool found = text_starts(buf_str(&a), buf_str(&b));
    buf_free(&a);
    buf_free(&b);
    return found;
}

static bool choose_typed(struct form *form)
{
    int field = form->v[form->at].field->id;
    const char *word;
    for (size_t i = 0; (word = form->choice(form->data, field, i)) != NULL; i++)
        if (choice_begins(word, buf_str(&form->typed))) {
            struct buf keep = form->typed;
            form->typed = (struct buf){0};
            form_set_row(form, form->at, word);
            buf_free(&form->typed);
            form->typed = keep;
            return true;
        }
    return false;
}

void form_type(struct form *form, const char *utf8, size_t n)
{
    enum form_kind kind = form->v[form->at].field->kind;
    if (kind == FORM_BUTTON)
        return;
    if (kind != FORM_CHOICE) {
        edit_insert(form->edit, utf8, n);
        take(form);
        return;
    }
    if (n == 1 && utf8[0] == ' ' && form->typed.n == 0) {
        choose(form, 1);
        return;
    }
    buf_add(&form->typed, utf8, n);
    if (choose_typed(form))
        return;
    buf_clear(&form->typed);
    buf_add(&form->typed, utf8, n);
    if (!choose_typed(form))
        buf_clear(&form->typed);
}

static bool act_choice(struct form *form, enum action action)
{
    if (action == ACTION_LEFT || action == ACTION_RIGHT) {
        choose(form, action == ACTION_RIGHT ? 1 : -1);
        return true;
    }
    if (action == ACTION_ERASE) {
        buf_clear(&form->typed);
        return true;
    }
    return false;
}

bool form_act(struct form *form, enum action action, int columns)
{
    enum form_kind kind = form->v[form->at].field->kind;
    bool typed = kind == FORM_TEXT || kind == FORM_LINES;
    if (action == ACTION_NEXT_PANE || action == ACTION_PREV_PANE) {
        form_move(form, action == ACTION_NEXT_PANE ? 1 : -1);
        return true;
    }
    if (typed && edit_act(form->edit, action, columns)) {
        take(form);
        return true;
    }
    if (action == ACTION_LINE_UP || action == ACTION_LINE_DOWN) {
        form_move(form, action == ACTION_LINE_DOWN ? 1 : -1);
        return true;
    }
    return kind == FORM_CHOICE && act_choice(form, action);
}

/* ---- drawing ---- */

static int label_columns(struct rect r)
{
    return r.w < 60 ? 13 : 15;
}

int form_columns(struct rect r)
{
    int w = r.w - label_columns(r) - 1;
    return w < 4 ? 4 : w;
}

static int row_height(const struct form *form, size_t row, struct rect r)
{
    enum form_kind kind = form->v[row].field->kind;
    if (row != form->at || (kind != FORM_TEXT && kind != FORM_LINES))
        return 1;
    int rows = edit_rows(form->edit, form_columns(r));
    return rows < 1 ? 1 : rows > r.h ? r.h : rows;
}

static void scroll(struct form *form, struct rect r)
{
    if (form->top > form->at || form->top >= form->n)
        form->top = form->at;
    int used = 0;
    for (size_t i = form->top; i <= form->at; i++)
        used += row_height(form, i, r);
    while (used > r.h && form->top < form->at)
        used -= row_height(form, form->top++, r);
    for (size_t i = form->at + 1; i < form->n; i++)
        used += 1;
    while (form->top > 0 && used < r.h) {
        form->top--;
        used++;
    }
}

static const char *blank_of(const struct form *form, const struct form_row *row)
{
    const char *text = form->blank == NULL ? NULL : form->blank(form->data, row);
    return text != NULL ? text : row->field->blank != NULL ? row->field->blank : "";
}

static void draw_unfocused(const struct form *form, size_t i, struct surface *s, int x, int y, int w)
{
    const struct form_row *row = &form->v[i];
    enum style style = STYLE_PLAIN;
    if (row->field->kind == FORM_BUTTON) {
        surface_putf(s, x, y, w, STYLE_HEAD, "[ %s ]", row->field->blank);
        return;
    }
    if (is_blank(buf_str(&row->text))) {
        surface_put(s, x, y, w, STYLE_DIM, row->on_record && !is_blank(buf_str(&row->was)) ? "(taken away)" : blank_of(form, row));
        return;
    }
    const char *shown = form->shown == NULL ? NULL : form->shown(form->data, row, w, &style);
    surface_put(s, x, y, w, style, shown == NULL ? buf_str(&row->text) : shown);
}

static void draw_focused(const struct form *form, struct surface *s, struct rect r)
{
    const struct form_row *row = &form->v[form->at];
    if (row->field->kind == FORM_BUTTON) {
        int w = surface_putf(s, r.x, r.y, r.w, STYLE_FOCUS, "[ %s ]", row->field->blank);
        s->cursor_x = r.x + (w > 2 ? 2 : 0);
        s->cursor_y = r.y;
        return;
    }
    if (row->field->kind == FORM_CHOICE) {
        enum style style = STYLE_FOCUS;
        const char *shown = form->shown == NULL ? NULL : form->shown(form->data, row, r.w, &style);
        surface_putf(s, r.x, r.y, r.w, STYLE_FOCUS, "< %s >", shown == NULL ? buf_str(&row->text) : shown);
        s->cursor_x = r.x + 2;
        s->cursor_y = r.y;
        return;
    }
    edit_draw(form->edit, s, r, STYLE_ENTRY, true);
    if (edit_length(form->edit) == 0)
        surface_put(s, r.x + 1, r.y, r.w - 1, STYLE_DIM, blank_of(form, row));
}

void form_draw(struct form *form, struct surface *s, struct rect r)
{
    int label = label_columns(r);
    int y = r.y;
    scroll(form, r);
    for (size_t i = form->top; i < form->n && y < r.y + r.h; i++) {
        const struct form_row *row = &form->v[i];
        bool focus = i == form->at;
        int h = row_height(form, i, r);
        if (h > r.y + r.h - y)
            h = r.y + r.h - y;
        bool first = i == form->top || form->v[i - 1].field != row->field;
        if (focus)
            surface_put(s, r.x, y, 1, STYLE_HEAD, surface_sign(s, SIGN_NOW));
        if (first)
            surface_put(s, r.x + 2, y, label - 3, form->v[form->at].field == row->field ? STYLE_HEAD : STYLE_DIM, row->field->label);
        struct rect value = {r.x + label, y, form_columns(r), h};
        if (focus)
            draw_focused(form, s, value);
        else
            draw_unfocused(form, i, s, value.x, y, value.w);
        y += h;
    }
}
