/* The minutes as they will be given out: one audience's copy to read, search and save. */
#include <stdio.h>
#include <string.h>

#include "core/audience.h"
#include "core/out/out.h"
#include "core/text.h"
#include "data/file.h"
#include "tui/layout.h"
#include "tui/page.h"
#include "tui/pick.h"

enum { TAG_SEARCH = 1, TAG_READER, TAG_NAME, TAG_OVERWRITE };

struct state {
    struct uuid id;
    struct record *record;
    struct audience audience;
    struct buf reader;
    struct page page;
    int columns;            /* that the page was written for; 0: it has to be written anew */
    int width;              /* of the screen */
    char short_id[UUID_TEXT];
    struct buf path;
    int64_t version;
    bool restricted_parts;  /* the full copy has more than the open one */
};

static void rewrite(struct state *st, int columns)
{
    struct record *copy = audience_copy(st->record, &st->audience);
    struct buf text = {0};
    out_text(&text, copy, columns < 40 ? 40 : columns > 100 ? 100 : (size_t)columns);
    size_t top = st->page.top;
    page_clear(&st->page);
    page_add_lines(&st->page, buf_str(&text));
    st->page.top = top;
    st->columns = columns;
    buf_free(&text);
    record_free(copy);
}

/* Keys may come faster than the screen is drawn: nothing is searched in a copy that is not shown any more. */
static void make_fresh(struct state *st)
{
    int columns = st->width < 1 ? 78 : st->width;
    if (st->columns == columns)
        return;
    rewrite(st, columns);
    page_lay_out(&st->page, columns);
}

static bool any_restricted(const struct record *r)
{
    bool any = false;
    for (size_t i = 0; i < r->nentries && !any; i++)
        any = restricted(&r->entries[i].restriction);
    for (size_t i = 0; i < r->noutcomes && !any; i++)
        any = restricted(&r->outcomes[i].restriction);
    for (size_t i = 0; i < r->nrecommendations && !any; i++)
        any = restricted(&r->recommendations[i].restriction);
    for (size_t i = 0; i < r->nsignoffs && !any; i++)
        any = restricted(&r->signoffs[i].restriction);
    for (size_t i = 0; i < r->ncopies && !any; i++)
        any = restricted(&r->copies[i].restriction);
    return any;
}

static enum evh read_record(struct view *view, struct err *err)
{
    struct state *st = view->state;
    struct record *record;
    st->version = store_version(view->app->store);
    enum evh e = store_record(view->app->store, st->id, &record, err);
    if (e != EVH_OK)
        return e;
    if (st->record != NULL)
        record_free(st->record);
    st->record = record;
    st->restricted_parts = any_restricted(record);
    st->columns = 0;
    return EVH_OK;
}

static enum evh minutes_open(struct view *view, const void *arg, struct err *err)
{
    struct state *st = view->state;
    if (arg == NULL)
        return err_set(err, EVH_USAGE, "a meeting is needed");
    st->id = *(const struct uuid *)arg;
    enum evh e = visits_open(view->app, "minutes", st->id, err);
    if (e != EVH_OK)
        return e;
    uuid_text(st->id, st->short_id);
    struct arena *arena = arena_new();
    struct meeting_rows rows;
    if (store_meetings(view->app->store, arena, NULL, 50, &rows, NULL) == EVH_OK)
        for (size_t i = 0; i < rows.n; i++)
            if (uuid_same(rows.v[i].id, st->id))
                snprintf(st->short_id, sizeof st->short_id, "%s", rows.v[i].short_id);
    arena_free(arena);
    return read_record(view, err);
}

static void minutes_close(struct view *view)
{
    struct state *st = view->state;
    if (st->record != NULL)
        record_free(st->record);
    buf_free(&st->reader);
    buf_free(&st->path);
    page_free(&st->page);
}

static void draw_title(struct state *st, struct surface *s, struct rect r)
{
    struct buf b = {0};
    surface_fill(s, r, STYLE_TITLE);
    buf_adds(&b, "MINUTES  ");
    if (st->record->date != DAY_NONE && r.w >= 60) {
        civil_put_long(&b, st->record->date);
        buf_adds(&b, "  ");
    }
    if (st->audience.kind == AUDIENCE_OPEN)
        buf_adds(&b, "open copy");
    else if (st->audience.kind == AUDIENCE_FULL)
        buf_adds(&b, st->restricted_parts ? "FULL copy: CONFIDENTIAL PARTS ARE SHOWN" : "full copy");
    else
        buf_addf(&b, "copy for %s", buf_str(&st->reader));
    surface_put(s, r.x + 1, r.y, r.w - 1, STYLE_TITLE, buf_str(&b));
    if (r.w >= 60 && st->page.nrows > 0) {
        size_t bottom = st->page.top + (size_t)st->page.height;
        size_t percent = bottom >= st->page.nrows ? 100 : bottom * 100 / st->page.nrows;
        surface_putf(s, r.x + r.w - 6, r.y, 5, STYLE_TITLE, "%4zu%%", percent);
    }
    buf_free(&b);
}

static void minutes_draw(struct view *view, struct surface *s)
{
    struct state *st = view->state;
    struct rect r = layout_all(s);
    struct rect title = layout_top(&r, 1);
    int margin = r.w >= 44 ? 1 : 0; /* minutes are never narrower than 40 columns */
    st->width = r.w - 2 * margin;
    make_fresh(st);
    r.x += margin;
    r.w = st->width;
    page_draw(&st->page, s, r);
    draw_title(st, s, title);
}

static void show_copy(struct view *view, enum audience_kind kind)
{
    struct state *st = view->state;
    st->audience = (struct audience){kind, kind == AUDIENCE_READER ? buf_str(&st->reader) : NULL};
    st->columns = 0;
    st->page.top = 0;
    if (kind == AUDIENCE_FULL && st->restricted_parts)
        app_say(view->app, STYLE_WARN, "The full copy shows what was said in confidence: see who can read the screen.");
    else if (kind == AUDIENCE_READER)
        app_say(view->app, STYLE_PLAIN, "This is what %s may read.", buf_str(&st->reader));
    else
        app_say(view->app, STYLE_PLAIN, kind == AUDIENCE_OPEN ? "The open copy: nothing restricted is in it." : "The full copy; nothing in it is restricted.");
}

static void reader_picked(struct view *view, int tag, const char *name)
{
    (void)tag;
    struct state *st = view->state;
    buf_clear(&st->reader);
    buf_adds(&st->reader, name);
    show_copy(view, AUDIENCE_READER);
}

static void pick_reader(struct view *view)
{
    struct state *st = view->state;
    struct arena *arena = arena_new();
    const char **names = arena_alloc(arena, st->record->npeople + 1, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; i < st->record->npeople; i++)
        names[n++] = st->record->people[i].name;
    if (n == 0)
        app_say(view->app, STYLE_WARN, "Nobody is on the list of people yet.");
    else
        pick_ask(view->app, &(struct pick){.question = "A copy for whom?", .items = names, .n = n, .picked = reader_picked, .asker = view, .tag = TAG_READER});
    arena_free(arena);
}

/* ---- saving ---- */

static bool ends_with(const char *s, const char *end)
{
    size_t n = strlen(s), m = strlen(end);
    return n > m && text_same_word(s + n - m, m, end);
}

static bool write_format(const char *path, struct buf *out, struct state *st)
{
    struct record *copy = audience_copy(st->record, &st->audience);
    bool known = true;
    if (ends_with(path, ".txt"))
        out_text(out, copy, 80);
    else if (ends_with(path, ".md"))
        out_markdown(out, copy);
    else if (ends_with(path, ".json"))
        out_json(out, copy);
    else if (ends_with(path, ".meeting"))
        notation_print(out, copy);
    else
        known = false;
    record_free(copy);
    return known;
}

static void name_answered(struct view *view, int tag, const char *answer);

static void ask_name(struct view *view, const char *initial)
{
    app_ask(view->app, &(struct ask){.question = "Save as (.txt .md .json .meeting)", .initial = initial, .required = true, .answered = name_answered, .asker = view, .tag = TAG_NAME});
}

static void ask_overwrite(struct view *view)
{
    struct state *st = view->state;
    struct buf q = {0};
    buf_addf(&q, "%s is there already. y writes over it, n asks for another name", buf_str(&st->path));
    app_ask(view->app, &(struct ask){.question = buf_str(&q), .choices = "yn", .answered = name_answered, .asker = view, .tag = TAG_OVERWRITE});
    buf_free(&q);
}

static const char *copy_word(const struct state *st)
{
    return st->audience.kind == AUDIENCE_OPEN ? "open" : st->audience.kind == AUDIENCE_FULL ? "full" : "reader's";
}

static void save(struct view *view, bool force)
{
    struct state *st = view->state;
    struct buf out = {0};
    struct err err = {0};
    const char *path = buf_str(&st->path);
    if (!write_format(path, &out, st)) {
        ask_name(view, path);
        app_say(view->app, STYLE_WARN, "End the name with .txt, .md, .json or .meeting: it says what is written.");
        buf_free(&out);
        return;
    }
    enum evh e = file_write(path, buf_str(&out), out.n, force, &err);
    buf_free(&out);
    if (e == EVH_OK) {
        app_say(view->app, STYLE_GOOD, "The %s copy is saved as %s; only you can read that file.", copy_word(st), path);
    } else if (e == EVH_STATE && !force) {
        ask_overwrite(view);
    } else {
        ask_name(view, path);
        app_say_err(view->app, &err);
    }
}

static void name_answered(struct view *view, int tag, const char *answer)
{
    struct state *st = view->state;
    if (tag == TAG_OVERWRITE) {
        if (answer[0] == 'y')
            save(view, true);
        else
            ask_name(view, buf_str(&st->path));
        return;
    }
    buf_clear(&st->path);
    size_t n = strlen(answer);
    text_trim(&answer, &n);
    buf_add(&st->path, answer, n);
    save(view, false);
}

/* A file name says a date and an id, never a name: it is seen by others long before the file is opened. */
static void begin_save(struct view *view)
{
    struct state *st = view->state;
    struct buf name = {0};
    if (st->record->date != DAY_NONE) {
        civil_put_day(&name, st->record->date);
        buf_addc(&name, '-');
    }
    buf_addf(&name, "%s%s.txt", st->short_id, st->audience.kind == AUDIENCE_OPEN ? "" : st->audience.kind == AUDIENCE_FULL ? "-full" : "-reader");
    ask_name(view, buf_str(&name));
    buf_free(&name);
}

static void search_answered(struct view *view, int tag, const char *words)
{
    (void)tag;
    struct state *st = view->state;
    make_fresh(st);
    if (!page_search(&st->page, words, 1))
        app_say(view->app, STYLE_WARN, "This copy does not have \"%s\".", words);
}

static bool act_search(struct view *view, enum action action)
{
    struct state *st = view->state;
    if (action == ACTION_SEARCH)
        app_ask(view->app, &(struct ask){.question = "Search for", .initial = st->page.needle, .required = true, .answered = search_answered, .asker = view, .tag = TAG_SEARCH});
    else if (!page_search(&st->page, NULL, action == ACTION_SEARCH_NEXT ? 1 : -1))
        app_say(view->app, STYLE_WARN, st->page.needle[0] == '\0' ? "Nothing was searched for yet; / begins a search." : "This copy does not have \"%s\".", st->page.needle);
    return true;
}

static bool minutes_act(struct view *view, enum action action)
{
    struct state *st = view->state;
    make_fresh(st);
    if (page_act(&st->page, action))
        return true;
    if (action == ACTION_SEARCH || action == ACTION_SEARCH_NEXT || action == ACTION_SEARCH_PREV)
        return act_search(view, action);
    if (action == ACTION_COPY_OPEN)
        show_copy(view, AUDIENCE_OPEN);
    else if (action == ACTION_COPY_FULL)
        show_copy(view, AUDIENCE_FULL);
    else if (action == ACTION_COPY_READER)
        pick_reader(view);
    else if (action == ACTION_SAVE)
        begin_save(view);
    else if (action == ACTION_CONTINUE) {
        struct uuid id = st->id;
        app_push(view->app, &view_live, &id);
    } else if (strchr(action_table[action - 1].maps, 'L') != NULL) /* a key of other lists */
        app_say(view->app, STYLE_PLAIN, "That key does nothing in the minutes: e goes on with the meeting, ? shows the keys.");
    else
        return false;
    return true;
}

static void minutes_resumed(struct view *view)
{
    struct state *st = view->state;
    struct err err = {0};
    if (store_version(view->app->store) != st->version && read_record(view, &err) != EVH_OK)
        app_say_err(view->app, &err);
}

static const char *minutes_keys(struct view *view)
{
    (void)view;
    return "continue save open-copy full-copy readers-copy search back help";
}

const struct view_class view_minutes = {
    .name = "minutes", .maps = "GLV", .size = sizeof(struct state), .open = minutes_open, .close = minutes_close, .draw = minutes_draw,
    .act = minutes_act, .tick = minutes_resumed, .resumed = minutes_resumed, .keys = minutes_keys,
};
