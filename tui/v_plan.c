/* Planning a meeting: a form that takes a minute, and takes everything that the head and the list of people can say. */
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "tui/layout.h"
#include "tui/plan.h"

#define FIELDS_FIRST \
    {FIELD_TYPE, FORM_CHOICE, "Meeting", NULL}, {FIELD_TITLE, FORM_TEXT, "Title", "(as it is called, or nothing)"}, \
    {FIELD_CHILD, FORM_TEXT, "Child", "full name"}, {FIELD_KNOWN, FORM_TEXT, "In minutes", "what the minutes call them: T.O., Tobi"}
#define FIELDS_MIDDLE \
    {FIELD_DATE, FORM_TEXT, "Date", "24 Nov, next Tuesday, in 6 weeks"}, {FIELD_TIME, FORM_TEXT, "Time", "from and to: 14:00-15:10"}, \
    {FIELD_PLACE, FORM_TEXT, "Place", "school and room"}, {FIELD_KEPT_BY, FORM_TEXT, "Kept by", "who keeps this record"}, \
    {FIELD_KEPT_AS, FORM_CHOICE, "Kept as", NULL}, {FIELD_PURPOSE, FORM_TEXT, "Purpose", "what the meeting is for"}, \
    {FIELD_PEOPLE, FORM_LINES, "People", "+ NAME | role | organisation | capacity | presence"}, \
    {FIELD_HELP, FORM_LINES, "Help", "+ NAME | advocate | offered DATE by NAME | accepted | who"}, \
    {FIELD_AGENDA, FORM_LINES, "Agenda", "+ Title [10m]"}
#define FIELD_OF_MORE {FIELD_MORE, FORM_LINES, "More", "+ any other line of the head: school-year: 4, conflict: NAME - text \xe2\x80\xa6"}

static const struct form_field new_fields[] = {
    FIELDS_FIRST, {FIELD_CARRY, FORM_CHOICE, "Carry over", NULL}, FIELDS_MIDDLE,
    {FIELD_CARRIED, FORM_LINES, "Still open", "(open actions and disagreements of the last meeting)"}, FIELD_OF_MORE,
    {FIELD_SAVE, FORM_BUTTON, "", "Save the plan"}, {FIELD_BEGIN, FORM_BUTTON, "", "Save and open the meeting"},
};

static const struct form_field edit_fields[] = {
    FIELDS_FIRST, FIELDS_MIDDLE, FIELD_OF_MORE, {FIELD_SAVE, FORM_BUTTON, "", "Save the changes"}, {FIELD_BEGIN, FORM_BUTTON, "", "Save and open the meeting"},
};

static const char *const plain_types[] = {"tac", "taf", "eha-review", "sen-support", "annual-review", "early-review", "child-in-need", "core-group", "other"};

struct plan_view *plan_of(struct view *view)
{
    return view->state;
}

const char *plan_choice(void *data, int field, size_t i)
{
    const struct plan_view *p = data;
    if (field == FIELD_TYPE && p->types != NULL && p->types->n > 0)
        return i < p->types->n ? p->types->v[i].name : NULL;
    if (field == FIELD_TYPE)
        return i < NITEMS(plain_types) ? plain_types[i] : NULL;
    if (field == FIELD_KEPT_AS)
        return i == 0 ? "minutes" : i == 1 ? "notes" : NULL;
    if (field == FIELD_CARRY)
        return i == 0 ? "no" : i == 1 && !uuid_none(p->last) ? "yes" : NULL;
    return NULL;
}

static const struct meeting_type *type_of(struct plan_view *p)
{
    const char *word = form_text_of(&p->form, FIELD_TYPE);
    return p->types == NULL ? NULL : types_find(p->types, word, strlen(word));
}

/* The type's agenda is offered while there is none, and only taken with Enter. */
static const struct texts *agenda_offered(struct plan_view *p)
{
    const struct meeting_type *type = type_of(p);
    return form_count(&p->form, FIELD_AGENDA) == 0 && type != NULL && type->agenda.n > 0 ? &type->agenda : NULL;
}

static const char *blank_of_row(void *data, const struct form_row *row)
{
    struct plan_view *p = data;
    const struct texts *agenda = row->field->id == FIELD_AGENDA ? agenda_offered(p) : NULL;
    if (agenda == NULL)
        return NULL;
    struct buf b = {0};
    buf_adds(&b, "+ Enter takes the usual one: ");
    for (size_t i = 0; i < agenda->n; i++)
        buf_addf(&b, "%s%s", i == 0 ? "" : "; ", agenda->v[i]);
    const char *text = arena_strdup(p->draw_arena, buf_str(&b));
    buf_free(&b);
    return text;
}

/* A person as columns, when the line is not being typed. */
static const char *shown_person(struct plan_view *p, const char *text, int columns)
{
    const char *part[5] = {"", "", "", "", ""};
    for (int i = 0; i < 5 && *text != '\0'; i++) {
        size_t n = i < 4 ? strcspn(text, "|") : strlen(text);
        const char *s = text;
        size_t m = n;
        text_trim(&s, &m);
        part[i] = arena_strndup(p->draw_arena, s, m);
        text += n + (text[n] == '|');
    }
    struct buf b = {0};
    size_t name = columns >= 90 ? 32 : columns >= 60 ? 24 : 14;
    buf_add(&b, part[0], text_fit(part[0], strlen(part[0]), name - 1));
    for (size_t w = text_width(buf_str(&b), b.n); w < name; w++)
        buf_addc(&b, ' ');
    buf_adds(&b, part[1]);
    for (int i = 3; i < 5; i++)
        if (part[i][0] != '\0')
            buf_addf(&b, " \xc2\xb7 %s", part[i]);
    const char *shown = arena_strdup(p->draw_arena, buf_str(&b));
    buf_free(&b);
    return shown;
}

static const char *shown_row(void *data, const struct form_row *row, int columns, enum style *style)
{
    struct plan_view *p = data;
    const char *text = buf_str(&row->text);
    if (row->field->id == FIELD_HELP && text_starts(text, "help: "))
        return text + strlen("help: ");
    if (row->field->id == FIELD_PEOPLE)
        return shown_person(p, text, columns);
    if (row->field->id == FIELD_CARRY) {
        if (*style != STYLE_FOCUS && uuid_none(p->last))
            *style = STYLE_DIM;
        return uuid_none(p->last) ? "no earlier meeting of this child was found"
                                  : arena_printf(p->draw_arena, "%s \xe2\x80\x94 last %s", text, p->last_words);
    }
    if (row->field->id == FIELD_KEPT_AS)
        return strcmp(text, "notes") == 0 ? "notes: a parallel record of my own" : "minutes: the record of the meeting";
    if (row->field->id == FIELD_TYPE && plan_type_title(p, text) != NULL)
        return arena_printf(p->draw_arena, "%s \xe2\x80\x94 %s", text, plan_type_title(p, text));
    return NULL;
}

/* ---- opening ---- */

static void begin_form(struct view *view, bool editing)
{
    struct plan_view *p = plan_of(view);
    p->arena = arena_new();
    p->draw_arena = arena_new();
    p->types = view->app->types;
    p->columns = 60;
    p->editing = editing;
    form_begin(&p->form, editing ? edit_fields : new_fields, editing ? NITEMS(edit_fields) : NITEMS(new_fields));
    p->form.choice = plan_choice;
    p->form.shown = shown_row;
    p->form.blank = blank_of_row;
    p->form.data = p;
    form_set(&p->form, FIELD_TYPE, plan_choice(p, FIELD_TYPE, 0));
    if (!editing)
        form_set(&p->form, FIELD_CARRY, "no");
    form_set(&p->form, FIELD_KEPT_AS, "minutes");
}

/* Whoever was named (--as) keeps it; else whoever kept the newest record most likely keeps the next one. */
static void guess_keeper(struct view *view)
{
    struct plan_view *p = plan_of(view);
    struct meeting_rows rows;
    struct arena *arena = arena_new();
    const struct visitor *visitor = store_visitor(view->app->store);
    if (visitor != NULL && !uuid_none(visitor->person))
        snprintf(p->guess, sizeof p->guess, "%s", visitor->name);
    else if (store_meetings(view->app->store, arena, NULL, 1, &rows, NULL) == EVH_OK && rows.n > 0 && rows.v[0].kept_by != NULL)
        snprintf(p->guess, sizeof p->guess, "%s", rows.v[0].kept_by);
    if (p->guess[0] != '\0')
        form_set(&p->form, FIELD_KEPT_BY, p->guess);
    arena_free(arena);
}

static enum evh open_edit(struct view *view, struct uuid id, struct err *err)
{
    struct plan_view *p = plan_of(view);
    enum evh e = session_open(&p->session, view->app->store, view->app->types, id, false, err);
    if (e != EVH_OK)
        return e;
    p->session_open = true;
    plan_fill_record(p, p->session.record);
    return EVH_OK;
}

static void open_from(struct view *view, const struct record *record)
{
    struct plan_view *p = plan_of(view);
    p->from = record->id;
    if (record->nchildren > 0) {
        form_set(&p->form, FIELD_CHILD, record->children[0].name);
        if (record->children[0].known_as != NULL)
            form_set(&p->form, FIELD_KNOWN, record->children[0].known_as);
    }
    plan_last_is(view, record->id);
    form_set(&p->form, FIELD_CARRY, "yes");
    plan_carry(view, true);
}

static void plan_close(struct view *view)
{
    struct plan_view *p = plan_of(view);
    if (p->session_open)
        session_close(&p->session);
    if (p->known != NULL)
        record_free(p->known);
    if (p->form.edit != NULL)
        form_free(&p->form);
    buf_free(&p->kept);
    arena_free(p->arena);
    arena_free(p->draw_arena);
}

static void open_new(struct view *view)
{
    struct plan_view *p = plan_of(view);
    if (plan_draft_load(view)) {
        plan_find_last(view);
        app_say(view->app, STYLE_WARN, "This plan was typed before and not saved; Esc and l begins a new one.");
        return;
    }
    guess_keeper(view);
    p->form.changed = false;
}

/* With an id: the next meeting from that one, or that one itself as long as it is only planned. */
static enum evh plan_open(struct view *view, const void *arg, struct err *err)
{
    struct record *record = NULL;
    enum evh e = arg == NULL ? EVH_OK : visits_open(view->app, "plan", *(const struct uuid *)arg, err);
    if (e == EVH_OK && arg != NULL)
        e = store_record(view->app->store, *(const struct uuid *)arg, &record, err);
    if (e != EVH_OK)
        return e;
    bool planned = record != NULL && strcmp(record_status(record), "planned") == 0;
    begin_form(view, planned);
    if (record == NULL) {
        open_new(view);
        return EVH_OK;
    }
    if (planned)
        e = open_edit(view, record->id, err);
    else
        open_from(view, record);
    record_free(record);
    plan_of(view)->form.changed = false;
    if (e != EVH_OK)
        plan_close(view);
    return e;
}

static enum evh edit_open(struct view *view, const void *arg, struct err *err)
{
    if (arg == NULL)
        return err_set(err, EVH_USAGE, "a meeting is needed");
    enum evh e = visits_open(view->app, "plan", *(const struct uuid *)arg, err);
    if (e != EVH_OK)
        return e;
    begin_form(view, true);
    e = open_edit(view, *(const struct uuid *)arg, err);
    if (e != EVH_OK)
        plan_close(view);
    return e;
}

/* ---- drawing ---- */

static const char *choice_hint(const struct plan_view *p, int field)
{
    if (field != FIELD_CARRY)
        return "Left and Right choose, or the first letters; Enter goes on.";
    return uuid_none(p->last) ? "When the child is known here, the last meeting's people and open points can be taken over."
                              : "Left or Right: yes takes over the people, the open actions and the open disagreements of that meeting; all of it can be changed here.";
}

static void draw_hint(struct view *view, struct surface *s, struct rect r)
{
    struct plan_view *p = plan_of(view);
    const struct form_row *row = &p->form.v[p->form.at];
    const char *text = form_row_text(&p->form, p->form.at);
    struct offer offers[8];
    enum style style = STYLE_PREVIEW;
    bool typed = row->field->kind == FORM_TEXT || row->field->kind == FORM_LINES;
    surface_hline(s, r.x, r.y, r.w);
    layout_top(&r, 1);
    r.x += 1;
    r.w -= 2;
    bool wrong;
    const char *says = plan_says(p, row, text, app_now(view->app), &style, &wrong);
    size_t n = plan_offers(p, app_now(view->app), p->draw_arena, offers, NITEMS(offers));
    /* Nobody is told off for a word that is not typed to its end. */
    if (says[0] != '\0' && (wrong ? p->tried == p->form.at + 1 : n == 0 || style != STYLE_WARN))
        layout_top(&r, layout_wrap(s, r, 2, style, says));
    struct buf b = {0};
    for (size_t i = 0; i < n; i++)
        buf_addf(&b, "%s%s", i == 0 ? "Tab: " : " \xc2\xb7 ", offers[i].shown);
    const char *hint = b.n > 0 ? buf_str(&b) : !typed ? NULL : plan_column_hint(row->field->id, text, edit_cursor(p->form.edit));
    if (row->field->kind == FORM_CHOICE)
        hint = choice_hint(p, row->field->id);
    if (row->field->id == FIELD_SAVE || row->field->id == FIELD_BEGIN)
        hint = "Enter saves. F2 or Ctrl-S saves from any line.";
    if (hint != NULL && r.h > 0)
        layout_wrap(s, r, 2, b.n > 0 ? STYLE_PREVIEW : STYLE_DIM, hint);
    buf_free(&b);
}

static void plan_draw(struct view *view, struct surface *s)
{
    struct plan_view *p = plan_of(view);
    struct rect r = layout_all(s);
    arena_free(p->draw_arena);
    p->draw_arena = arena_new();
    struct rect title = layout_top(&r, 1);
    surface_fill(s, title, STYLE_TITLE);
    const char *child = form_text_of(&p->form, FIELD_CHILD);
    surface_putf(s, title.x + 1, title.y, title.w - 1, STYLE_TITLE, "%s%s%s%s", p->editing ? "EDIT THE MEETING" : "PLAN A MEETING", child[0] == '\0' ? "" : "  ", child,
                 p->form.changed ? "   not saved" : "");
    struct rect hint = layout_bottom(&r, r.h >= 14 ? 4 : 3);
    p->columns = form_columns(r);
    int cursor_x, cursor_y;
    form_draw(&p->form, s, r);
    cursor_x = s->cursor_x;
    cursor_y = s->cursor_y;
    draw_hint(view, s, hint);
    s->cursor_x = cursor_x;
    s->cursor_y = cursor_y;
}

/* ---- keys ---- */

static void save(struct view *view, bool begin)
{
    struct app *app = view->app;
    struct uuid id;
    if (!plan_save(view, &id))
        return;
    plan_draft_forget(view);
    char message[sizeof app->message];
    snprintf(message, sizeof message, "%s", app->message);
    enum style style = app->message_style;
    app_pop(app);
    if (begin)
        app_push(app, &view_live, &id);
    if (app->message[0] == '\0' || !begin)
        app_say(app, style, "%s", message);
}

static void leave_answered(struct view *view, int tag, const char *answer)
{
    (void)tag;
    if (answer[0] == 's')
        save(view, false);
    if (answer[0] != 'l')
        return;
    plan_draft_forget(view);
    app_pop(view->app);
}

static bool leave(struct view *view)
{
    struct plan_view *p = plan_of(view);
    if (!p->form.changed)
        return false;
    app_ask(view->app, &(struct ask){.question = "What was typed is not saved. s saves it, l leaves without it, Esc goes back to the form", .choices = "sl", .answered = leave_answered,
                                     .asker = view});
    return true;
}

/* "next Tuesday" means a day of now, whenever the plan is saved; and a mistake is seen. */
static void make_absolute(struct view *view, int field)
{
    struct plan_view *p = plan_of(view);
    struct buf value = {0}, shown = {0};
    char why[240];
    int32_t day;
    if (!plan_value(p, form_row(&p->form, field), form_text_of(&p->form, field), app_now(view->app), &value, why) || value.n == 0) {
        buf_free(&value);
        return;
    }
    if (field == FIELD_DATE && civil_read_day(value.s, value.n, &day))
        civil_put_long(&shown, day);
    bool changed = p->form.changed; /* the same day, written otherwise, is no change */
    form_set(&p->form, field, shown.n > 0 ? buf_str(&shown) : buf_str(&value));
    p->form.changed = changed;
    buf_free(&value);
    buf_free(&shown);
}

/* So does "yesterday" in the row of help or of a contact that is left. */
static void make_help_absolute(struct view *view)
{
    struct plan_view *p = plan_of(view);
    const struct form_row *row = &p->form.v[p->form.at];
    struct buf value = {0};
    char why[240];
    if (row->field->id == FIELD_HELP && !row->on_record && plan_value(p, row, form_row_text(&p->form, p->form.at), app_now(view->app), &value, why) && value.n > 0)
        form_set_row(&p->form, p->form.at, buf_str(&value));
    buf_free(&value);
}

/* After the focus left a row: what depends on it. */
static void row_left(struct view *view, int field)
{
    if (field == FIELD_DATE || field == FIELD_TIME)
        make_absolute(view, field);
    if (field == FIELD_CHILD && !plan_of(view)->editing)
        plan_find_last(view);
}

static void take_agenda(struct plan_view *p, const struct texts *agenda)
{
    for (size_t i = 0; i < agenda->n; i++)
        form_add(&p->form, FIELD_AGENDA, agenda->v[i]);
}

/* A line that belongs elsewhere goes there: "place: the library" typed under More fills the field Place. */
static bool moved(struct view *view)
{
    struct plan_view *p = plan_of(view);
    const struct form_row *row = &p->form.v[p->form.at];
    if (row->field->id != FIELD_MORE || row->on_record || form_at_blank(&p->form))
        return false;
    const char *text = arena_strdup(p->arena, form_row_text(&p->form, p->form.at));
    struct buf value = {0};
    char why[240];
    bool good = plan_value(p, row, text, app_now(view->app), &value, why);
    buf_free(&value);
    if (!good && strchr(text, '|') == NULL)
        return false;
    form_set_row(&p->form, p->form.at, "");
    plan_take_line(p, text, strlen(text));
    return true;
}

static void commit(struct view *view)
{
    struct plan_view *p = plan_of(view);
    const struct form_row *row = &p->form.v[p->form.at];
    int field = row->field->id;
    char why[240];
    struct buf value = {0};
    if (row->field->kind == FORM_BUTTON) {
        save(view, field == FIELD_BEGIN);
        return;
    }
    const struct texts *agenda = field == FIELD_AGENDA && form_at_blank(&p->form) ? agenda_offered(p) : NULL;
    if (agenda != NULL) {
        take_agenda(p, agenda);
        return;
    }
    if (moved(view))
        return;
    bool good = plan_value(p, row, form_row_text(&p->form, p->form.at), app_now(view->app), &value, why);
    buf_free(&value);
    if (!good) {
        p->tried = p->form.at + 1;
        return;
    }
    make_help_absolute(view);
    form_enter(&p->form);
    row_left(view, field);
}

/* Tab: the word, else the next column, else the next field. */
static void finish(struct view *view)
{
    struct plan_view *p = plan_of(view);
    struct offer offer;
    struct arena *arena = arena_new();
    const struct form_row *row = &p->form.v[p->form.at];
    int field = row->field->id;
    const char *text = form_row_text(&p->form, p->form.at);
    size_t n = strlen(text);
    bool columns = (field == FIELD_PEOPLE || field == FIELD_HELP) && n > 0 && edit_cursor(p->form.edit) == n;
    if (plan_offers(p, app_now(view->app), arena, &offer, 1) > 0) {
        form_set_row(&p->form, p->form.at, offer.whole);
    } else if (columns && plan_column(text, n) < 4) {
        bool blank = text_blank(text[n - 1]);
        form_type(&p->form, blank ? "| " : " | ", blank ? 2 : 3);
    } else {
        make_help_absolute(view);
        form_move(&p->form, 1);
        row_left(view, field);
    }
    arena_free(arena);
}

static bool plan_act(struct view *view, enum action action)
{
    struct plan_view *p = plan_of(view);
    const struct form_row *row = &p->form.v[p->form.at];
    int field = row->field->id;
    size_t at = p->form.at;
    if (action == ACTION_BACK)
        return leave(view);
    if (action == ACTION_SAVE || action == ACTION_COMMIT || action == ACTION_FINISH) {
        if (action == ACTION_SAVE)
            save(view, false);
        else if (action == ACTION_COMMIT)
            commit(view);
        else
            finish(view);
        return true;
    }
    if (action == ACTION_QUIT && leave(view))
        return true;
    const char *carry = field == FIELD_CARRY ? arena_strdup(p->arena, form_text_of(&p->form, FIELD_CARRY)) : "";
    if (!form_act(&p->form, action, p->columns))
        return false;
    p->tried = 0;
    if (p->form.at != at)
        row_left(view, field);
    else if (field == FIELD_CARRY && strcmp(carry, form_text_of(&p->form, FIELD_CARRY)) != 0)
        plan_carry(view, carry[0] == 'n');
    return true;
}

/* Several lines pasted at once are a head and a list of people: each finds its field. */
static void paste_lines(struct plan_view *p, const char *utf8, size_t n)
{
    while (n > 0) {
        size_t line = 0;
        while (line < n && utf8[line] != '\n' && utf8[line] != '\r')
            line++;
        plan_take_line(p, utf8, line);
        utf8 += line < n ? line + 1 : line;
        n -= line < n ? line + 1 : line;
    }
}

static void plan_text(struct view *view, const char *utf8, size_t n, bool paste)
{
    struct plan_view *p = plan_of(view);
    int field = p->form.v[p->form.at].field->id;
    p->tried = 0;
    if (paste && (memchr(utf8, '\n', n) != NULL || memchr(utf8, '\r', n) != NULL)) {
        paste_lines(p, utf8, n);
        row_left(view, FIELD_CHILD);
        return;
    }
    const char *carry = field == FIELD_CARRY ? arena_strdup(p->arena, form_text_of(&p->form, FIELD_CARRY)) : "";
    form_type(&p->form, utf8, n);
    if (field == FIELD_CARRY && strcmp(carry, form_text_of(&p->form, FIELD_CARRY)) != 0)
        plan_carry(view, carry[0] == 'n');
}

static const char *plan_keys(struct view *view)
{
    (void)view;
    return "save complete-word previous help back";
}

const struct view_class view_plan = {
    .name = "plan", .maps = "GEF", .size = sizeof(struct plan_view), .open = plan_open, .close = plan_close, .draw = plan_draw,
    .act = plan_act, .text = plan_text, .tick = plan_draft_save, .keys = plan_keys,
};

const struct view_class view_plan_edit = {
    .name = "edit", .maps = "GEF", .size = sizeof(struct plan_view), .open = edit_open, .close = plan_close, .draw = plan_draw,
    .act = plan_act, .text = plan_text, .keys = plan_keys,
};
