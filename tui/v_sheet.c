/* The sheet as a screen: drawn over the one that asks, its rows kept on disk while they are typed, put on record as one change. */
#include "tui/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tui/layout.h"

static const struct sheet *const sheets[SHEET_COUNT] = {
    [SHEET_PERSON] = &sheet_person,   [SHEET_NEW_PERSON] = &sheet_new_person, [SHEET_HELP] = &sheet_help,       [SHEET_CONTACT] = &sheet_contact,
    [SHEET_CONFLICT] = &sheet_conflict, [SHEET_MOVE] = &sheet_move,           [SHEET_WHY] = &sheet_why,         [SHEET_ABSENCE] = &sheet_absence,
    [SHEET_BREAK] = &sheet_break,     [SHEET_ACTION] = &sheet_action,         [SHEET_NEXT] = &sheet_next,       [SHEET_CHAIR] = &sheet_chair,
    [SHEET_VIEW] = &sheet_view_of_parent, [SHEET_CHILD] = &sheet_view_of_child, [SHEET_ITEM] = &sheet_item,     [SHEET_COMMENT] = &sheet_comment,
    [SHEET_COPY] = &sheet_copy,
};

extern const struct view_class view_sheet;

static struct sheet_view *sheet_of(struct view *view)
{
    return view->state;
}

struct view *sheet_live(struct view *view)
{
    while (view != NULL && view->class != &view_live)
        view = view->below;
    return view;
}

/* ---- half typed ---- */

/* "open" or "left", the person, what it is about, then the rows. */
static void put_words(struct sheet_view *v, bool open, struct buf *out)
{
    char id[UUID_TEXT];
    uuid_text(v->about.target, id);
    buf_addf(out, "%s\n%s\n%s\n%d\n%zu\n", open ? "open" : "left", v->about.name == NULL ? "" : v->about.name, id, v->about.index, v->form.at);
    for (size_t i = 0; i < v->form.n; i++) {
        const char *text = form_row_text(&v->form, i);
        if (v->form.v[i].field->kind != FORM_BUTTON)
            buf_addf(out, "%d %s\n", v->form.v[i].field->id, text);
    }
}

static void keep(struct view *view, bool open)
{
    struct sheet_view *v = sheet_of(view);
    struct buf text = {0};
    if (v->done || view->app->read_only || (!v->form.changed && v->kept.n == 0))
        return;
    if (v->form.changed)
        put_words(v, open, &text);
    /* Where it cannot be kept it is still on the screen, and putting it on record will say what is wrong with the disk. */
    if (strcmp(buf_str(&text), buf_str(&v->kept)) != 0 &&
        store_draft_save_at(view->app->store, v->session->record->id, v->sheet->place, buf_str(&text), edit_cursor(v->form.edit), NULL) == EVH_OK) {
        struct buf old = v->kept;
        v->kept = text;
        text = old;
    }
    buf_free(&text);
}

static void sheet_tick(struct view *view)
{
    keep(view, true);
}

static void forget(struct view *view)
{
    struct sheet_view *v = sheet_of(view);
    if (v->kept.n > 0 && store_draft_save_at(view->app->store, v->session->record->id, v->sheet->place, "", 0, NULL) == EVH_OK)
        buf_clear(&v->kept);
    v->done = true;
}

/* One line of what was kept; moves *s behind it. */
static const char *take_line(struct arena *arena, const char **s)
{
    size_t n = strcspn(*s, "\n");
    const char *line = arena_strndup(arena, *s, n);
    *s += n + ((*s)[n] == '\n');
    return line;
}

struct kept_words {
    bool open;
    struct sheet_about about;
    long at;
    const char *rows;
    size_t cursor;
};

static bool read_words(struct app *app, struct uuid meeting, const char *place, struct arena *arena, struct kept_words *out)
{
    struct draft draft = {0};
    if (store_draft_load_at(app->store, arena, meeting, place, &draft, NULL) != EVH_OK || draft.text == NULL)
        return false;
    const char *s = draft.text;
    *out = (struct kept_words){.open = strcmp(take_line(arena, &s), "open") == 0, .cursor = draft.cursor};
    out->about.name = take_line(arena, &s);
    if (out->about.name[0] == '\0')
        out->about.name = NULL;
    const char *id = take_line(arena, &s);
    (void)uuid_read(id, strlen(id), &out->about.target);
    out->about.index = (int)strtol(take_line(arena, &s), NULL, 10);
    out->at = strtol(take_line(arena, &s), NULL, 10);
    out->rows = s;
    return true;
}

static bool same_about(const struct sheet_about *a, const struct sheet_about *b)
{
    const char *x = a->name == NULL ? "" : a->name, *y = b->name == NULL ? "" : b->name;
    return strcmp(x, y) == 0 && uuid_same(a->target, b->target) && a->index == b->index;
}

static void take_back(struct view *view)
{
    struct sheet_view *v = sheet_of(view);
    struct kept_words kept;
    if (!read_words(view->app, v->session->record->id, v->sheet->place, v->arena, &kept) || !same_about(&kept.about, &v->about))
        return;
    for (const char *s = kept.rows; *s != '\0';) {
        char *end;
        long id = strtol(s, &end, 10);
        const char *line = take_line(v->arena, &s);
        const char *text = strchr(line, ' ');
        if (text != NULL && *end == ' ' && sheet_has(v, (int)id))
            form_set(&v->form, (int)id, text + 1);
    }
    if (kept.at >= 0 && (size_t)kept.at < v->form.n)
        form_focus(&v->form, (size_t)kept.at);
    if (v->form.v[v->form.at].field->kind == FORM_TEXT)
        edit_set(v->form.edit, arena_strdup(v->arena, form_row_text(&v->form, v->form.at)), kept.cursor);
    v->form.changed = true;
    put_words(v, kept.open, &v->kept);
    app_say(view->app, STYLE_MESSAGE, "What was typed here before stands again");
}

/* ---- what the screens that open sheets do without one ---- */

/* What was not understood as it was meant; NULL: all was. That the list has other times need not be told to whoever says when somebody came or went. */
static const char *worth_saying(const struct session *session)
{
    for (size_t i = 0; i < session->notices.n; i++)
        if (strstr(session->notices.v[i].text, "the list has other times") == NULL)
            return session->notices.v[i].text;
    return NULL;
}

bool sheet_lines(struct view *asker, const char *const *lines, size_t n, const char *done)
{
    struct view *live = sheet_live(asker);
    struct err err = {0};
    if (live == NULL)
        return false;
    struct session *session = &live_of(live)->session;
    if (session_lines(session, lines, n, &err) != EVH_OK) {
        app_say_err(asker->app, &err);
        return false;
    }
    live_record_changed(live);
    const char *notice = worth_saying(session);
    if (notice != NULL)
        app_say(asker->app, STYLE_WARN, "On record: %s", notice);
    else if (done != NULL)
        app_say(asker->app, STYLE_MESSAGE, "%s", done);
    return true;
}

static void undo_answered(struct view *asker, int tag, const char *answer)
{
    struct view *live = sheet_live(asker);
    struct err err = {0};
    if (live == NULL || answer[0] != 'y')
        return;
    if (session_undo(&live_of(live)->session, tag == 1, &err) != EVH_OK)
        app_say_err(asker->app, &err);
    else
        app_say(asker->app, STYLE_MESSAGE, "%s", tag == 1 ? "Done again" : "Undone; R gives it again");
    live_record_changed(live);
    if (asker->class->resumed != NULL)
        asker->class->resumed(asker);
}

void sheet_undo(struct view *asker, bool redo)
{
    struct view *live = sheet_live(asker);
    const char *says = live == NULL ? NULL : session_undo_says(&live_of(live)->session, redo);
    if (says == NULL) {
        app_say(asker->app, STYLE_MESSAGE, "There is nothing to %s", redo ? "redo" : "undo");
        return;
    }
    struct buf question = {0};
    buf_addf(&question, "%s %s? y does it, Esc leaves it", redo ? "Give again" : "Take back", says);
    app_ask(asker->app, &(struct ask){.question = buf_str(&question), .choices = "yn", .answered = undo_answered, .asker = asker, .tag = redo});
    buf_free(&question);
}

/* ---- opening and closing ---- */

static enum evh sheet_view_open(struct view *view, const void *arg, struct err *err)
{
    struct sheet_view *v = sheet_of(view);
    struct view *live = sheet_live(view->below);
    if (live == NULL)
        return err_set(err, EVH_STATE, "This is done from the live meeting");
    v->arena = arena_new();
    v->draw_arena = arena_new();
    v->about = *(const struct sheet_about *)arg;
    v->about.name = v->about.name == NULL ? NULL : arena_strdup(v->arena, v->about.name);
    v->sheet = sheets[v->about.kind];
    v->target = v->about.target;
    v->session = &live_of(live)->session;
    v->columns = 60;
    form_begin(&v->form, v->sheet->fields, v->sheet->nfields);
    v->form.choice = sheet_choice;
    v->form.shown = sheet_shown;
    v->form.data = v;
    v->sheet->fill(v, app_now(view->app));
    bool choose_first = v->form.v[0].field->kind == FORM_CHOICE && uuid_none(v->about.target);
    for (size_t i = 0; !choose_first && v->form.at == 0 && i < v->form.n; i++) /* what nobody has said yet is asked first */
        if (v->form.v[i].field->kind != FORM_BUTTON && form_row_text(&v->form, i)[0] == '\0') {
            form_focus(&v->form, i);
            break;
        }
    if (v->form.v[v->form.at].field->kind == FORM_TEXT)
        edit_act(v->form.edit, ACTION_LINE_END, v->columns);
    v->form.changed = false;
    take_back(view);
    return EVH_OK;
}

static void sheet_close(struct view *view)
{
    struct sheet_view *v = sheet_of(view);
    if (v->form.edit != NULL)
        form_free(&v->form);
    buf_free(&v->kept);
    arena_free(v->arena);
    arena_free(v->draw_arena);
}

bool sheet_open(struct view *asker, const struct sheet_about *about)
{
    return app_push(asker->app, &view_sheet, about);
}

bool sheet_resume(struct view *asker)
{
    struct view *live = sheet_live(asker);
    struct arena *arena = arena_new();
    const char *place = NULL;
    struct kept_words kept = {0};
    bool opened = false;
    if (live != NULL && store_draft_place(asker->app->store, arena, live_of(live)->session.record->id, "sheet ", &place, NULL) == EVH_OK && place != NULL &&
        read_words(asker->app, live_of(live)->session.record->id, place, arena, &kept) && kept.open)
        for (size_t i = 0; i < SHEET_COUNT && !opened; i++)
            if (strcmp(sheets[i]->place, place) == 0) {
                kept.about.kind = (enum sheet_kind)i;
                opened = sheet_open(asker, &kept.about);
            }
    arena_free(arena);
    return opened;
}

/* ---- putting it on record ---- */

static enum evh put_lines(struct sheet_view *v, const char *text, struct err *err)
{
    const char *lines[8];
    size_t n = 0;
    for (const char *s = text; n < NITEMS(lines); s++) {
        lines[n++] = arena_strndup(v->arena, s, strcspn(s, "\n"));
        s += strcspn(s, "\n");
        if (*s == '\0')
            break;
    }
    return session_lines(v->session, lines, n, err);
}

static enum evh put_on_record(struct sheet_view *v, const char *text, struct err *err)
{
    switch (v->sheet->way) {
    case SHEET_LIST: return session_person(v->session, v->target, text, err);
    case SHEET_HEAD: return session_head(v->session, v->sheet->key, v->about.index, text, err);
    case SHEET_MARK: return session_mark(v->session, (struct uuid){{0}}, text, strlen(text), err);
    case SHEET_LINES: break;
    }
    return uuid_none(v->target) ? put_lines(v, text, err) : session_edit(v->session, v->target, text, strlen(text), err);
}

static void save(struct view *view)
{
    struct sheet_view *v = sheet_of(view);
    struct app *app = view->app;
    struct buf text = {0};
    struct err err = {0};
    char why[160] = "";
    if (!v->sheet->make(v, app_now(app), &text, why)) {
        v->tried = true;
        form_focus_field(&v->form, v->wrong);
        app_say(app, STYLE_WARN, "%s", why);
        buf_free(&text);
        return;
    }
    v->session->notices.n = 0;
    enum evh code = put_on_record(v, buf_str(&text), &err);
    buf_free(&text);
    if (code != EVH_OK && code != EVH_NO) {
        keep(view, true);
        app_say_err(app, &err);
        return;
    }
    forget(view);
    live_record_changed(sheet_live(view));
    const char *notice = code == EVH_OK ? arena_strdup(v->session->arena, worth_saying(v->session)) : NULL;
    app_pop(app);
    if (notice != NULL)
        app_say(app, STYLE_WARN, "On record: %s", notice);
    else
        app_say(app, STYLE_MESSAGE, "%s", code == EVH_NO ? "Nothing was different" : "On record");
}

/* ---- keys ---- */

static bool is_last(const struct sheet_view *v)
{
    return v->form.at + 1 == v->form.n;
}

/* A day or a name is spelled out as soon as the row is left, so that a mistake is seen. */
static void row_left(struct view *view, size_t row)
{
    struct sheet_view *v = sheet_of(view);
    struct buf value = {0};
    char why[160];
    if (row < v->form.n && v->form.v[row].field->kind == FORM_TEXT && form_row_text(&v->form, row)[0] != '\0' &&
        sheet_value(v, v->form.v[row].field->id, app_now(view->app), &value, why)) {
        bool changed = v->form.changed;
        form_set_row(&v->form, row, buf_str(&value));
        v->form.changed = changed;
    }
    buf_free(&value);
}

static void commit(struct view *view)
{
    struct sheet_view *v = sheet_of(view);
    struct buf value = {0};
    char why[160];
    size_t row = v->form.at;
    bool whole = v->form.v[row].field->id == ROW_NAME && strchr(form_row_text(&v->form, row), '|') != NULL; /* all columns of the list in one */
    if (is_last(v) || whole) {
        save(view);
        return;
    }
    bool good = v->form.v[row].field->kind != FORM_TEXT || sheet_value(v, v->form.v[row].field->id, app_now(view->app), &value, why);
    buf_free(&value);
    v->tried = !good;
    if (!good) {
        app_say(view->app, STYLE_WARN, "%s", why);
        return;
    }
    form_enter(&v->form);
    row_left(view, row);
}

static void finish(struct view *view)
{
    struct sheet_view *v = sheet_of(view);
    size_t row = v->form.at;
    struct arena *arena = arena_new();
    const char *shown, *whole = sheet_offer(v, app_now(view->app), arena, &shown);
    if (whole != NULL) {
        form_set_row(&v->form, row, whole);
        edit_act(v->form.edit, ACTION_LINE_END, v->columns);
    } else {
        form_move(&v->form, 1);
        if (v->form.at != row)
            row_left(view, row);
    }
    arena_free(arena);
}

static void leave(struct view *view)
{
    struct sheet_view *v = sheet_of(view);
    bool typed = v->form.changed;
    keep(view, false);
    struct app *app = view->app;
    app_pop(app);
    if (typed)
        app_say(app, STYLE_MESSAGE, "Not on record; what was typed is kept, and the same key brings it back");
}

static bool sheet_act(struct view *view, enum action action)
{
    struct sheet_view *v = sheet_of(view);
    size_t at = v->form.at;
    if (action == ACTION_BACK || action == ACTION_INTERRUPT) {
        leave(view);
        return true;
    }
    if (action == ACTION_SAVE) {
        save(view);
        return true;
    }
    if (action == ACTION_COMMIT) {
        commit(view);
        return true;
    }
    if (action == ACTION_FINISH) {
        finish(view);
        return true;
    }
    if (!form_act(&v->form, action, v->columns))
        return false;
    v->tried = false;
    if (v->form.at != at)
        row_left(view, at);
    return true;
}

static void sheet_text(struct view *view, const char *utf8, size_t n, bool paste)
{
    (void)paste;
    struct sheet_view *v = sheet_of(view);
    v->tried = false;
    form_type(&v->form, utf8, n);
}

/* ---- drawing ---- */

static const char *title_of(struct sheet_view *v)
{
    const char *gap = strstr(v->sheet->title, "{}");
    if (gap == NULL)
        return v->sheet->title;
    return arena_printf(v->draw_arena, "%.*s%s%s", (int)(gap - v->sheet->title), v->sheet->title, v->about.name == NULL ? "" : v->about.name, gap + 2);
}

/* A change of several lines: those that one reads. */
static const char *in_one_line(struct buf *b)
{
    const char *s = buf_str(b);
    if (text_starts(s, "people:\n"))
        buf_splice(b, 0, strlen("people:\n"), NULL, 0);
    for (size_t at = 0; at < b->n; at++)
        if (b->s[at] == '\n') {
            size_t n = strspn(b->s + at, "\n");
            buf_splice(b, at, n, "  and  ", 7);
        }
    return buf_str(b);
}

/* Under the rows: what Tab would put, or how it will stand in the record. */
static const char *says(struct view *view, enum style *style)
{
    struct sheet_view *v = sheet_of(view);
    const char *shown, *text;
    char why[160];
    struct buf line = {0};
    *style = STYLE_DIM;
    const struct entry *target = record_entry(v->session->record, v->target);
    if (sheet_offer(v, app_now(view->app), v->draw_arena, &shown) != NULL)
        return arena_printf(v->draw_arena, "Tab: %s", shown);
    if (v->sheet->make(v, app_now(view->app), &line, why)) {
        text = target != NULL && restricted(&target->restriction) ? "The words of a confidential line are not shown here" :
               arena_printf(v->draw_arena, "Will stand as  %s", in_one_line(&line));
    } else {
        text = v->tried || v->form.changed ? arena_strdup(v->draw_arena, why) : "";
        *style = v->tried ? STYLE_WARN : STYLE_DIM;
    }
    buf_free(&line);
    return text;
}

static void sheet_draw(struct view *view, struct surface *s)
{
    struct sheet_view *v = sheet_of(view);
    arena_free(v->draw_arena);
    v->draw_arena = arena_new();
    if (view->below != NULL && view->below->class->draw != NULL)
        view->below->class->draw(view->below, s);
    enum style style;
    const char *words = says(view, &style);
    struct rect all = layout_all(s);
    struct rect inner = {1, 0, s->w - 2, s->h};
    v->columns = form_columns(all);
    int said = app_message_rows(view->app, s->w);
    int under = layout_wrap(NULL, inner, 2, style, words);
    under = under > 2 ? 2 : under < 1 ? 1 : under;
    int more = v->form.v[v->form.at].field->kind == FORM_TEXT ? edit_rows(v->form.edit, v->columns) - 1 : 0;
    int rows = (int)v->form.n + (more > 0 ? more : 0);
    int foot = said > under ? said : under;
    if (s->h < 8)
        foot = said;
    if (rows > s->h - 2 - foot)
        rows = s->h - 2 - foot;
    struct rect box = layout_bottom(&all, 2 + rows + foot);
    surface_fill(s, box, STYLE_PLAIN);
    surface_hline(s, box.x, box.y, box.w);
    layout_top(&box, 1);
    struct rect top = layout_top(&box, 1);
    surface_put(s, 1, top.y, s->w - 2, STYLE_HEAD, title_of(v));
    struct rect bottom = layout_bottom(&box, foot);
    form_draw(&v->form, s, box);
    bottom.x = 1;
    bottom.w = s->w - 2;
    layout_wrap(s, bottom, 2, style, words);
}

static const char *sheet_keys(struct view *view)
{
    return is_last(sheet_of(view)) ? "accept complete-word previous back" : "save complete-word previous back";
}

const struct view_class view_sheet = {
    .name = "sheet", .maps = "GEF", .size = sizeof(struct sheet_view), .open = sheet_view_open, .close = sheet_close, .draw = sheet_draw,
    .act = sheet_act, .text = sheet_text, .tick = sheet_tick, .keys = sheet_keys,
};
