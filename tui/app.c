#include "tui/app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"
#include "tui/layout.h"
#include "tui/reading.h"
#include "tui/trouble.h"

/* ---- the stack ---- */

static void *zeroed(size_t size)
{
    return memory_take(1, size);
}

static void unlink_view(struct app *app, struct view *view)
{
    struct view **link = &app->top;
    while (*link != NULL && *link != view)
        link = &(*link)->below;
    if (*link != NULL)
        *link = view->below;
    view->below = app->closed;
    app->closed = view;
}

bool app_push(struct app *app, const struct view_class *class, const void *arg)
{
    struct err err = {0};
    struct view *view = zeroed(sizeof *view);
    *view = (struct view){.class = class, .app = app, .state = zeroed(class->size), .below = app->top};
    app->top = view;
    app->chord = 0;
    if (class->open != NULL && class->open(view, arg, &err) != EVH_OK) {
        unlink_view(app, view);
        app_say_err(app, &err);
        return false;
    }
    return true;
}

void app_pop(struct app *app)
{
    struct view *view = app->top;
    if (view == NULL)
        return;
    if (view->class->close != NULL)
        view->class->close(view);
    unlink_view(app, view);
    if (app->top == NULL)
        app->quit = true;
    else if (app->top->class->resumed != NULL)
        app->top->class->resumed(app->top);
}

/* Frees what was closed; only when no function of a view is running any more. */
static void reap(struct app *app)
{
    while (app->closed != NULL) {
        struct view *view = app->closed;
        app->closed = view->below;
        free(view->state);
        free(view);
    }
}

void app_close_all(struct app *app)
{
    app->forced = !app->quit;
    for (struct view *v = app->top; v != NULL; v = v->below)
        if (v->class->tick != NULL)
            v->class->tick(v);
    while (app->top != NULL) {
        struct view *view = app->top;
        if (view->class->close != NULL)
            view->class->close(view);
        unlink_view(app, view);
    }
    app->quit = true;
    reap(app);
}

/* ---- what every screen shares ---- */

void app_say(struct app *app, enum style style, const char *format, ...)
{
    char text[sizeof app->message];
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    if (n < 0)
        BUG("bad format");
    size_t length = strlen(text);
    if ((size_t)n > length) /* cut: not within a character */
        length = text_prev(text, length, length);
    memcpy(app->message, text, length);
    app->message[length] = '\0';
    app->message_style = style;
}

static bool meeting_is_open(const struct app *app)
{
    const struct view *v = app->top;
    while (v != NULL && !v->class->rescues)
        v = v->below;
    return v != NULL;
}

void app_say_err(struct app *app, const struct err *err)
{
    const char *rescue = trouble_is(err->code) && meeting_is_open(app) ? "Not saved (Ctrl-G s: rescue file): " : "";
    app->failed = err->code;
    app_say(app, STYLE_BAD, "%s%s", rescue, err->text[0] != '\0' ? err->text : err_sentence(err->code));
}

struct now app_now(const struct app *app)
{
    if (app->store == NULL)
        return (struct now){0};
    const struct world *world = store_world(app->store);
    return world->now(world->data);
}

static const char *maps_of(struct view *view)
{
    return view->class->maps_now != NULL ? view->class->maps_now(view) : view->class->maps;
}

bool app_takes_text(const struct app *app)
{
    return app->top != NULL && !app->blank && app->chord == 0 && strchr(maps_of(app->top), 'E') != NULL;
}

/* ---- keys ---- */

static void command_given(struct view *asker, int tag, const char *answer)
{
    (void)tag;
    enum action action = key_action_named(answer, strlen(answer));
    bool here = action != ACTION_NONE && strpbrk(maps_of(asker), action_table[action - 1].maps) != NULL;
    if (here)
        app_act(asker->app, action);
    else
        app_say(asker->app, STYLE_WARN, "There is no command “%s” on this screen: ? lists the names", answer);
}

static void ask_command(struct app *app)
{
    app_ask(app, &(struct ask){.question = "Command, by its name:", .required = true, .answered = command_given, .asker = app->top});
}

/* What every screen can do when it does not do it otherwise. */
static void act_anywhere(struct app *app, enum action action)
{
    if (action == ACTION_HELP)
        app_push(app, &view_help, NULL);
    else if (action == ACTION_BACK)
        app_pop(app);
    else if (action == ACTION_QUIT)
        app->quit = true;
    else if (action == ACTION_COMMAND && app->confined)
        app_say(app, STYLE_MESSAGE, "There are no commands to type here: ? shows the keys");
    else if (action == ACTION_COMMAND)
        ask_command(app);
    else if (action == ACTION_INTERRUPT)
        app_say(app, STYLE_MESSAGE, "Ctrl-C ends nothing and loses nothing: Esc goes back");
}

void app_act(struct app *app, enum action action)
{
    if (app->top == NULL || action == ACTION_NONE)
        return;
    if (action == ACTION_BLANK || action == ACTION_REDRAW) {
        app->blank = action == ACTION_BLANK;
        app->redraw = true;
        return;
    }
    if (reading_refuses(app, action))
        return;
    struct view *view = app->top;
    if (view->class->act == NULL || !view->class->act(view, action))
        act_anywhere(app, action);
}

static void give_text(struct app *app, const char *utf8, size_t n, bool paste)
{
    if (app->top != NULL && app->top->class->text != NULL)
        app->top->class->text(app->top, utf8, n, paste);
}

static void say_unbound(struct app *app, int32_t chord, int32_t key)
{
    struct buf words = {0}, name = {0};
    if (chord != 0) {
        key_put(&name, chord);
        buf_addc(&name, '+');
    }
    key_put(&name, key);
    key_put_words(&words, buf_str(&name));
    bool typing = strchr(maps_of(app->top), 'E') != NULL;
    app_say(app, STYLE_MESSAGE, "%s does nothing here: %s shows the keys", buf_str(&words), typing ? "F1 or Ctrl-G 1" : "?");
    buf_free(&words);
    buf_free(&name);
}

static void one_key(struct app *app, int32_t key)
{
    bool is_text = false;
    int32_t chord = app->chord;
    app->key = key;
    enum action action = key_lookup(maps_of(app->top), key, &app->chord, &is_text);
    if (is_text) {
        struct buf utf8 = {0};
        text_put(&utf8, key);
        give_text(app, utf8.s, utf8.n, false);
        buf_free(&utf8);
    } else if (action != ACTION_NONE) {
        app_act(app, action);
    } else if (app->chord == 0 && (key & KEY_META) != 0 && chord == 0) {
        one_key(app, 0x1B); /* Esc and a letter came so fast that they looked like Alt: neither is lost */
        if (app->top != NULL)
            one_key(app, key & ~KEY_META);
    } else if (app->chord == 0) {
        say_unbound(app, chord, key);
    }
}

void app_key(struct app *app, int32_t key)
{
    if (app->blank) {
        app->blank = false;
        return;
    }
    app->message[0] = '\0';
    app->hint = false;
    if (app->store != NULL && app->trouble[0] != '\0')
        store_patience(app->store, TROUBLE_PATIENCE_MS); /* who knows that nothing is written need not wait for it at each Enter */
    if (app->top != NULL)
        one_key(app, key);
    if (app->store != NULL)
        store_patience(app->store, 0);
    trouble_look(app);
    reap(app);
}

void app_text(struct app *app, const char *utf8, size_t n, bool paste)
{
    if (app->blank) {
        app->blank = false;
        return;
    }
    app->message[0] = '\0';
    app->chord = 0;
    if (app->top != NULL && strchr(maps_of(app->top), 'E') != NULL)
        give_text(app, utf8, n, paste);
    else if (!reading_only(app))
        app_say(app, STYLE_MESSAGE, "Text cannot be put in here");
    if (app->message[0] != '\0') /* a letter seldom writes anything, and what fails says so; the disk is not asked for each */
        trouble_look(app);
    reap(app);
}

void app_tick(struct app *app)
{
    app->hint = app->chord != 0; /* whoever knows the chord sees nothing flash, and a slow line carries nothing */
    if (app->store != NULL)
        store_patience(app->store, app->trouble[0] == '\0' ? TROUBLE_PATIENCE_MS : TROUBLE_PATIENCE_MS / 4);
    for (struct view *v = app->top; v != NULL; v = v->below)
        if (v->class->tick != NULL)
            v->class->tick(v);
    visits_write(app);
    trouble_tick(app);
    if (app->store != NULL && app->top != NULL) {
        int64_t version = store_version(app->store);
        if (version != app->seen && app->top->class->resumed != NULL)
            app->top->class->resumed(app->top);
        app->seen = version;
    }
    if (app->store != NULL)
        store_patience(app->store, 0);
    reap(app);
}

/* ---- drawing ---- */

/* "live-read-back" stands on the key line as "readback" after a function key, as "read back" after a letter. */
static void put_label(struct buf *out, const char *name, bool spaced)
{
    if (strncmp(name, "live-", 5) == 0)
        name += 5;
    for (; *name != '\0'; name++)
        if (*name != '-' || spaced)
            buf_addc(out, *name == '-' ? ' ' : *name);
}

/* One key (in words) and what it does at x; returns the columns, 0 when it does not fit. */
static int draw_key(struct surface *s, int x, const char *words, const char *name)
{
    struct buf label = {0};
    int length = (int)strlen(words), gap = length > 1 && words[0] == 'F' ? 0 : 1; /* "F2note", but "c complete" */
    put_label(&label, name, gap == 1);
    int used = 0;
    if (x + length + gap + (int)label.n <= s->w) {
        int y = s->h - 1;
        used = surface_put(s, x, y, s->w, STYLE_KEY, words) + gap;
        used += surface_put(s, x + used, y, s->w, STYLE_DIM, buf_str(&label)) + 1 + gap;
    }
    buf_free(&label);
    return used;
}

static void find_keys(struct key_line *line, const char *maps, const char *names, bool read_only)
{
    struct buf words = {0};
    line->n = 0;
    for (const char *at = names; *at != '\0' && line->n < NITEMS(line->v);) {
        size_t n = strcspn(at, " ");
        enum action action = key_action_named(at, n);
        buf_clear(&words);
        bool works = !(read_only && key_changes(action));
        if (works && key_put_live(&words, maps, action, true) && words.n < sizeof line->v[0].words) {
            line->v[line->n].action = action;
            memcpy(line->v[line->n++].words, words.s, words.n + 1);
        }
        at += n;
        at += strspn(at, " ");
    }
    snprintf(line->maps, sizeof line->maps, "%s", maps);
    snprintf(line->names, sizeof line->names, "%s", names);
    buf_free(&words);
}

static void draw_keys(struct app *app, struct surface *s, const char *maps, const char *names)
{
    struct key_line *line = &app->key_line;
    if (strcmp(line->maps, maps) != 0 || strcmp(line->names, names) != 0)
        find_keys(line, maps, names, app->read_only);
    int x = 1, used = 1;
    for (size_t i = 0; i < line->n && used > 0; i++)
        x += used = draw_key(s, x, line->v[i].words, action_table[line->v[i].action - 1].name);
}

/* Rows at the end of the view, or above the cursor where they would cover it: what is being typed is always seen. */
static void place_beside_cursor(const struct surface *s, struct rect *r)
{
    int below = s->h - 1 - s->cursor_y, above = s->cursor_y;
    bool under = below >= r->h || below >= above;
    if (r->h > (under ? below : above))
        r->h = under ? below : above;
    r->y = under ? s->h - r->h : s->cursor_y - r->h;
}

/* While a chord has begun: what may follow it, in the last rows. */
static void draw_chord(struct app *app, struct surface *s)
{
    struct buf first = {0}, line = {0};
    const char *maps = maps_of(app->top);
    key_put(&first, app->chord);
    key_put_words(&line, first.s);
    buf_addc(&first, '+');
    for (int i = 0; i < ACTION_COUNT - 1; i++) {
        const struct action_info *info = &action_table[i];
        const char *key = strstr(info->keys, first.s);
        if (key == NULL || strpbrk(info->maps, maps) == NULL)
            continue;
        buf_addf(&line, "  %.*s\u00A0", (int)strcspn(key + first.n, " "), key + first.n);
        put_label(&line, info->name, true);
    }
    struct rect r = {1, 0, s->w - 2, 0};
    r.h = layout_wrap(NULL, r, 0, STYLE_KEY, line.s);
    place_beside_cursor(s, &r);
    surface_fill(s, (struct rect){0, r.y, s->w, r.h}, STYLE_PLAIN);
    layout_wrap(s, r, 0, STYLE_KEY, line.s);
    buf_free(&first);
    buf_free(&line);
}

static void draw_too_small(struct surface *s)
{
    static const char *const words[] = {"too", "small:", "20x5"};
    int x = 0, y = 0;
    for (size_t i = 0; i < NITEMS(words); i++) {
        int n = (int)strlen(words[i]);
        if (x > 0 && x + n > s->w) {
            x = 0;
            y++;
        }
        if (y < s->h)
            x += surface_put(s, x, y, s->w, STYLE_WARN, words[i]) + 1;
    }
}

/* Rows that a message may have: a question whose key is cut off cannot be answered. */
static int message_most(int columns)
{
    return columns < 60 ? 4 : 2;
}

int app_message_rows(const struct app *app, int columns)
{
    if (app->message[0] == '\0')
        return 0;
    int rows = layout_wrap(NULL, (struct rect){1, 0, columns - 2, 0}, 0, app->message_style, app->message);
    return rows > message_most(columns) ? message_most(columns) : rows;
}

static void draw_message(struct app *app, struct surface *s)
{
    struct rect r = {1, 0, s->w - 2, 0};
    int rows = layout_wrap(NULL, r, 0, app->message_style, app->message);
    r.h = rows > message_most(s->w) ? message_most(s->w) : rows;
    place_beside_cursor(s, &r);
    surface_fill(s, (struct rect){0, r.y, s->w, r.h}, app->message_style);
    if (rows <= r.h) {
        layout_wrap(s, r, 0, app->message_style, app->message);
    } else if (r.h > 0) {
        layout_wrap(s, (struct rect){r.x, r.y, r.w - 1, r.h}, 0, app->message_style, app->message);
        surface_put(s, r.x + r.w - 1, r.y + r.h - 1, 1, app->message_style, surface_sign(s, SIGN_ELLIPSIS)); /* there is more of it */
    }
}

void app_draw(struct app *app, struct surface *s)
{
    s->ascii = app->ascii;
    surface_clear(s);
    if (app->blank || app->top == NULL) {
        if (app->blank) /* not a word of the meeting: the laptop faces the table */
            surface_put_cut(s, 0, 0, s->w, STYLE_DIM, "Evenhand: any key");
        return;
    }
    if (s->w < 20 || s->h < 5) {
        draw_too_small(s);
        return;
    }
    struct view *view = app->top;
    const char *keys = view->class->keys != NULL ? view->class->keys(view) : NULL;
    struct surface part = *s; /* the same cells, fewer rows */
    if (keys != NULL)
        part.h--;
    if (view->class->draw != NULL)
        view->class->draw(view, &part);
    if (app->read_only)
        reading_title(&part);
    if (app->message[0] != '\0')
        draw_message(app, &part);
    s->cursor_x = part.cursor_x < 0 ? 0 : part.cursor_x >= s->w ? s->w - 1 : part.cursor_x;
    s->cursor_y = part.cursor_y < 0 ? 0 : part.cursor_y >= s->h ? s->h - 1 : part.cursor_y;
    if (app->hint && app->chord != 0)
        draw_chord(app, s);
    else if (keys != NULL)
        draw_keys(app, s, maps_of(view), keys);
}

bool app_echo(struct app *app, struct surface *s)
{
    const struct view *view = app->top;
    if (app->blank || view == NULL || view->class->echo == NULL || s->w < 20 || s->h < 5)
        return false;
    struct surface part = *s;
    if (view->class->keys != NULL && view->class->keys(app->top) != NULL)
        part.h--;
    if (!view->class->echo(app->top, &part))
        return false;
    s->cursor_x = part.cursor_x;
    s->cursor_y = part.cursor_y;
    return true;
}
