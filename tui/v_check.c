/* What is missing before sign-off (F11): each finding with the keys that mend it. What is mended here leaves the list, and the next one is in focus;
 * what needs the entry line or the panel goes there, and F11 comes back to the same place. */
#include "tui/app.h"

#include <string.h>

#include "core/check.h"
#include "core/memory.h"
#include "core/text.h"
#include "tui/layout.h"
#include "tui/list.h"
#include "tui/reading.h"
#include "tui/sheet.h"

struct check_state {
    struct uuid meeting;
    struct record *record;
    struct arena *arena;
    struct findings findings;
    struct list list;
    struct finding asked;    /* what a question is put about: rule, text, about and entry_id alone, for the list may be made anew meanwhile */
    struct buf asked_text;
    struct uuid entry;       /* the disagreement whose next step is asked for */
};

static void forget(struct check_state *st)
{
    record_free(st->record);
    arena_free(st->arena);
    st->record = NULL;
    st->arena = NULL;
    st->findings = (struct findings){0};
}

static enum evh load(struct view *view, struct err *err)
{
    struct check_state *st = view->state;
    struct record *record;
    enum evh code = store_record(view->app->store, st->meeting, &record, err);
    if (code != EVH_OK)
        return code;
    forget(st);
    st->record = record;
    st->arena = arena_new();
    check_completeness(record, view->app->types, st->arena, &st->findings);
    list_set(&st->list, st->findings.n);
    return EVH_OK;
}

static enum evh check_open(struct view *view, const void *arg, struct err *err)
{
    struct check_state *st = view->state;
    struct view *live = sheet_live(view->below);
    st->meeting = *(const struct uuid *)arg;
    enum evh code = visits_open(view->app, "check", st->meeting, err);
    if (code == EVH_OK)
        code = load(view, err);
    if (code == EVH_OK && live != NULL)
        list_select(&st->list, live_of(live)->check_at);
    return code;
}

static void check_close(struct view *view)
{
    struct check_state *st = view->state;
    struct view *live = sheet_live(view->below);
    if (live != NULL)
        live_of(live)->check_at = st->list.at;
    buf_free(&st->asked_text);
    forget(st);
}

static void check_resumed(struct view *view)
{
    struct err err = {0};
    if (load(view, &err) != EVH_OK)
        app_say_err(view->app, &err);
}

static const struct finding *focused(struct view *view)
{
    struct check_state *st = view->state;
    return st->list.at < st->findings.n ? &st->findings.v[st->list.at] : NULL;
}

/* ---- drawing ---- */

static const char *sign_of(enum severity severity)
{
    return severity == SEVERITY_STRONG ? "!" : severity == SEVERITY_WARN ? "-" : " ";
}

static void put_finding(const struct finding *f, struct buf *out)
{
    if (f->item >= 0 && f->entry >= 0)
        buf_addf(out, "%d.%d  ", f->item, f->entry);
    else if (f->item == 0)
        buf_adds(out, "Before the first item: ");
    buf_adds(out, f->why);
    if (f->text != NULL && f->text[0] != '\0' && strstr(f->why, f->text) == NULL)
        buf_addf(out, " “%s”", f->text);
}

/* Moves *names behind the next one. */
static enum action next_mend(const char **names)
{
    size_t n = strcspn(*names, " ");
    enum action action = key_action_named(*names, n);
    *names += n;
    *names += strspn(*names, " ");
    return action;
}

static bool mends(const struct finding *f, enum action action)
{
    for (const char *s = f->mends == NULL ? "" : f->mends; *s != '\0';)
        if (next_mend(&s) == action)
            return true;
    return false;
}

/* "w who  t by when  e edit the line" */
static void draw_mends(struct surface *s, struct rect r, const struct finding *f)
{
    int x = r.x;
    for (const char *names = f->mends == NULL ? "" : f->mends; *names != '\0' && r.h > 0;) {
        enum action action = next_mend(&names);
        struct buf key = {0}, word = {0};
        (void)key_put_live(&key, "GLK", action, true);
        for (const char *c = action_table[action - 1].name; *c != '\0'; c++)
            buf_addc(&word, *c == '-' ? ' ' : *c);
        if (x + (int)key.n + 1 + (int)word.n <= r.x + r.w) {
            x += surface_put(s, x, r.y, r.x + r.w - x, STYLE_KEY, buf_str(&key)) + 1;
            x += surface_put(s, x, r.y, r.x + r.w - x, STYLE_DIM, buf_str(&word)) + 3;
        }
        buf_free(&key);
        buf_free(&word);
    }
}

static int finding_draw(struct surface *s, struct rect r, const struct finding *f, enum style style)
{
    struct buf b = {0};
    put_finding(f, &b);
    struct rect in = {r.x + 3, r.y, r.w - 4, r.h};
    int rows = layout_wrap(s, in, 0, style, buf_str(&b));
    if (s != NULL && rows < r.h)
        draw_mends(s, (struct rect){in.x, in.y + rows, in.w, 1}, f);
    buf_free(&b);
    return rows + 1;
}

static int item_height(void *data, size_t item, int columns)
{
    const struct check_state *st = data;
    return finding_draw(NULL, (struct rect){0, 0, columns, 0}, &st->findings.v[item], STYLE_PLAIN);
}

static void item_draw(void *data, size_t item, struct surface *s, struct rect r, bool selected)
{
    const struct check_state *st = data;
    const struct finding *f = &st->findings.v[item];
    if (selected)
        surface_put(s, r.x, r.y, 1, STYLE_KEY, surface_sign(s, SIGN_NOW));
    surface_put(s, r.x + 1, r.y, 1, f->severity == SEVERITY_STRONG ? STYLE_BAD : STYLE_WARN, sign_of(f->severity));
    finding_draw(s, r, f, f->severity == SEVERITY_INFO ? STYLE_DIM : STYLE_PLAIN);
}

static void item_words(void *data, size_t item, struct buf *out)
{
    const struct check_state *st = data;
    put_finding(&st->findings.v[item], out);
}

static struct list_source source(struct check_state *st)
{
    return (struct list_source){.height = item_height, .draw = item_draw, .words = item_words, .data = st};
}

static void check_draw(struct view *view, struct surface *s)
{
    struct check_state *st = view->state;
    const struct finding *f = focused(view);
    struct rect all = layout_all(s);
    struct rect title = layout_top(&all, 1);
    size_t strong = 0;
    for (size_t i = 0; i < st->findings.n; i++)
        strong += st->findings.v[i].severity == SEVERITY_STRONG;
    surface_fill(s, title, STYLE_TITLE);
    surface_putf(s, 1, title.y, s->w - 2, STYLE_TITLE, s->w >= 64 ? "Before sign-off: %zu missing or doubtful, %zu of them important" : "Missing %zu, important %zu",
                 st->findings.n, strong);
    if (f != NULL && all.h >= 12) { /* what to do about the one in focus, in a sentence */
        struct rect inner = {1, 0, s->w - 2, 0};
        int rows = layout_wrap(NULL, inner, 0, STYLE_DIM, f->instead);
        struct rect foot = layout_bottom(&all, 3);
        surface_hline(s, foot.x, foot.y, foot.w);
        layout_wrap(s, (struct rect){1, foot.y + 1, s->w - 2, rows < 2 ? rows : 2}, 0, STYLE_DIM, f->instead);
    }
    if (st->findings.n == 0)
        surface_put(s, 1, all.y, s->w - 2, STYLE_GOOD, "Nothing is missing.");
    struct list_source from = source(st);
    list_draw(&st->list, s, all, &from, true);
}

/* ---- mending ---- */

static void open_sheet(struct view *view, enum sheet_kind kind, const char *name, struct uuid target, int index)
{
    (void)sheet_open(view, &(struct sheet_about){kind, name, target, index});
}

static bool is(const struct finding *f, const char *rule)
{
    return strcmp(f->rule, rule) == 0;
}

/* The item that an answer given now must name, because it was left; -1: it is the current one, or none. */
static int left_item(struct view *view, const struct finding *f)
{
    const struct record *r = live_of(sheet_live(view))->session.record;
    return f->item > 0 && f->entry < 0 && (size_t)f->item + 1 < r->nitems ? f->item : -1;
}

/* "asked, nothing to add", or about which item: what is recorded now stands under the current one. */
static void nothing_to_add(struct view *view, const struct finding *f)
{
    const struct record *r = live_of(sheet_live(view))->session.record;
    int item = left_item(view, f);
    struct buf line = {0};
    buf_addf(&line, "P: %s: asked", f->text);
    if (item > 0)
        buf_addc(&line, ' ');
    if (item > 0)
        check_put_about(&line, &r->items[item]);
    buf_adds(&line, ", nothing to add");
    const char *lines[] = {buf_str(&line)};
    struct buf done = {0};
    buf_addf(&done, "On record: %s", lines[0] + strlen("P: "));
    if (sheet_lines(view, lines, 1, buf_str(&done)))
        check_resumed(view);
    buf_free(&line);
    buf_free(&done);
}

static void put_note(struct view *view, const struct buf *words)
{
    const char *lines[] = {buf_str(words)};
    if (sheet_lines(view, lines, 1, "On record"))
        check_resumed(view);
}

static void no_time(struct view *view, const struct finding *f)
{
    struct buf line = {0};
    buf_adds(&line, "//");
    check_put_about(&line, &(struct item){.title = f->text});
    line.s[2] = 'A';
    buf_adds(&line, ": there was no time for it.");
    put_note(view, &line);
    buf_free(&line);
}

static void said_so(struct view *view, const struct finding *f)
{
    struct buf line = {0};
    buf_adds(&line, "//");
    check_put_chair_writes(&line, f->text);
    buf_adds(&line, "; this was said in the meeting.");
    put_note(view, &line);
    buf_free(&line);
}

/* What one key would put on record as somebody's words or as a fact is asked first: the list moves on by itself, and a second press would fall on a
 * row that nobody has read. */
static const struct {
    enum action action;
    void (*run)(struct view *view, const struct finding *f);
    const char *question; /* behind the words that the finding is about */
} facts[] = {
    {ACTION_MEND_NOTHING, nothing_to_add, " was asked%s and had nothing to add?"},
    {ACTION_MEND_NO_TIME, no_time, ": there was no time for it?"},
    {ACTION_MEND_SAID, said_so, " chaired and took the minutes, and this was said in the meeting?"},
};

static bool same_finding(const struct finding *a, const struct finding *b)
{
    return strcmp(a->rule, b->rule) == 0 && strcmp(a->text, b->text) == 0 && uuid_same(a->about, b->about) && uuid_same(a->entry_id, b->entry_id);
}

static void fact_answered(struct view *view, int tag, const char *answer)
{
    struct check_state *st = view->state;
    if (answer[0] != 'y' || sheet_live(view) == NULL)
        return;
    live_refresh(sheet_live(view));
    check_resumed(view);
    for (size_t i = 0; i < st->findings.n; i++)
        if (same_finding(&st->findings.v[i], &st->asked)) {
            list_select(&st->list, i);
            facts[tag].run(view, &st->findings.v[i]);
            return;
        }
    app_say(view->app, STYLE_MESSAGE, "That is not missing any more");
}

static void ask_fact(struct view *view, const struct finding *f, size_t fact)
{
    struct check_state *st = view->state;
    const struct record *r = live_of(sheet_live(view))->session.record;
    int item = facts[fact].action == ACTION_MEND_NOTHING ? left_item(view, f) : -1;
    struct buf question = {0}, about = {0};
    if (item > 0) {
        buf_addc(&about, ' ');
        check_put_about(&about, &r->items[item]);
    }
    buf_adds(&question, f->text);
    const char *gap = strstr(facts[fact].question, "%s");
    if (gap == NULL)
        buf_adds(&question, facts[fact].question);
    else
        buf_addf(&question, "%.*s%s%s", (int)(gap - facts[fact].question), facts[fact].question, buf_str(&about), gap + 2);
    buf_adds(&question, " y puts it on record, n or Esc leaves it");
    st->asked = *f;
    buf_clear(&st->asked_text);
    buf_adds(&st->asked_text, f->text);
    st->asked.text = buf_str(&st->asked_text);
    app_ask(view->app, &(struct ask){.question = buf_str(&question), .choices = "yn", .answered = fact_answered, .asker = view, .tag = (int)fact});
    buf_free(&question);
    buf_free(&about);
}

static void do_nothing_to_add(struct view *view, const struct finding *f) { ask_fact(view, f, 0); }
static void do_no_time(struct view *view, const struct finding *f) { ask_fact(view, f, 1); }
static void do_said_so(struct view *view, const struct finding *f) { ask_fact(view, f, 2); }

/* The planned item stands in the entry line: Enter begins it. */
static void do_begin(struct view *view, const struct finding *f)
{
    struct app *app = view->app;
    struct view *below = sheet_live(view);
    struct live *live = live_of(below);
    if (live_edit_holds(below))
        return;
    struct arena *arena = arena_new();
    const char *heading = arena_printf(arena, "# %s", f->text);
    app_pop(app);
    live_focus_line(live);
    if (edit_length(live->edit) > 0) {
        app_say(app, STYLE_MESSAGE, "Enter keeps this line; then F11 goes to the item");
    } else {
        edit_set(live->edit, heading, strlen(heading));
        live_line_changed(live);
        app_say(app, STYLE_MESSAGE, "Enter begins the item; F11 comes back to the check");
    }
    arena_free(arena);
}

static void next_answered(struct view *view, int tag, const char *answer)
{
    struct check_state *st = view->state;
    struct view *below = sheet_live(view);
    struct err err = {0};
    struct buf mark = {0};
    (void)tag;
    if (below == NULL)
        return;
    buf_addf(&mark, "= open; next: %s", answer);
    live_refresh(below);
    if (session_mark(&live_of(below)->session, st->entry, buf_str(&mark), mark.n, &err) != EVH_OK) {
        app_say_err(view->app, &err);
    } else {
        live_record_changed(below);
        app_say(view->app, STYLE_MESSAGE, "On record: open; next: %s", answer);
        check_resumed(view);
    }
    buf_free(&mark);
}

static void do_state(struct view *view, const struct finding *f)
{
    struct check_state *st = view->state;
    char id[UUID_TEXT];
    struct buf place = {0};
    st->entry = f->entry_id;
    uuid_text(f->entry_id, id);
    buf_addf(&place, "check:next:%s", id);
    app_ask(view->app, &(struct ask){.question = "It stays open. What happens next?", .required = true, .answered = next_answered, .asker = view,
                                     .about = st->meeting, .place = buf_str(&place)});
    buf_free(&place);
}

/* Where the cursor stands in a line that lacks something: the owner behind the letter, how a view was given behind the name, a date at the end of what is
 * to be done. */
static size_t place_in(const char *line, const struct finding *f)
{
    const char *colon = strchr(line, ':'), *arrow = strstr(line, " =>");
    while (colon != NULL && colon[1] != ' ') /* not that of a time */
        colon = strchr(colon + 1, ':');
    if (is(f, "CK-OWNER") || is(f, "CK-NOBODY"))
        return colon == NULL ? 0 : (size_t)(colon - line) + 2;
    if (is(f, "CK-HOW") && colon != NULL && strchr(colon + 1, ':') != NULL)
        return (size_t)(strchr(colon + 1, ':') - line);
    return arrow != NULL ? (size_t)(arrow - line) : strlen(line);
}

static void edit_line(struct view *view, const struct finding *f)
{
    struct app *app = view->app;
    struct view *below = sheet_live(view);
    struct finding about = *f;
    if (live_edit_holds(below))
        return;
    if (!live_go_to(below, about.entry_id)) {
        app_say(app, STYLE_MESSAGE, "That line is not in the record any more");
        return;
    }
    app_pop(app);
    live_edit_begin(below, about.entry_id);
    struct live *live = live_of(below);
    if (uuid_same(live->editing, about.entry_id)) {
        const char *line = edit_text(live->edit);
        struct buf copy = {0};
        buf_adds(&copy, line);
        edit_set(live->edit, buf_str(&copy), place_in(buf_str(&copy), &about));
        buf_free(&copy);
        app_say(app, STYLE_MESSAGE, "Enter records the new wording, the old is kept; F11 comes back to the check");
    }
}

static void ask_positions(struct view *view, const struct finding *f)
{
    struct app *app = view->app;
    struct view *below = sheet_live(view);
    struct uuid entry = f->entry_id;
    if (live_edit_holds(below))
        return;
    app_pop(app);
    if (!live_panel_open(below, entry))
        (void)live_go_to(below, entry);
}

static void their_words(struct view *view, const struct finding *f)
{
    if (is(f, "CK-CHILD"))
        open_sheet(view, SHEET_CHILD, f->text, (struct uuid){{0}}, -1);
    else if (is(f, "CK-COMMENT"))
        open_sheet(view, SHEET_COMMENT, f->text, f->about, -1);
    else
        open_sheet(view, SHEET_VIEW, f->text, (struct uuid){{0}}, left_item(view, f));
}

static void who_and_when(struct view *view, const struct finding *f, bool when)
{
    const struct entry *e = record_entry(live_of(sheet_live(view))->session.record, f->entry_id);
    if (is(f, "CK-NEXT"))
        open_sheet(view, SHEET_NEXT, NULL, (struct uuid){{0}}, 0);
    else if (is(f, "CK-CHAIR"))
        open_sheet(view, SHEET_CHAIR, NULL, (struct uuid){{0}}, -1);
    else if (e != NULL)
        open_sheet(view, SHEET_ACTION, restricted(&e->restriction) ? "a confidential action" : e->text, e->id, when);
}

static void their_times(struct view *view, const struct finding *f)
{
    const struct attendee *a = record_person(live_of(sheet_live(view))->session.record, f->text);
    if (a != NULL)
        open_sheet(view, SHEET_PERSON, a->name, a->id, -1);
    else
        open_sheet(view, SHEET_NEW_PERSON, f->text, (struct uuid){{0}}, -1);
}

static void do_who(struct view *view, const struct finding *f) { who_and_when(view, f, false); }
static void do_when(struct view *view, const struct finding *f) { who_and_when(view, f, true); }
static void do_contact(struct view *view, const struct finding *f) { open_sheet(view, SHEET_CONTACT, f->text, (struct uuid){{0}}, -1); }
static void do_copy(struct view *view, const struct finding *f) { open_sheet(view, SHEET_COPY, f->text, (struct uuid){{0}}, -1); }
static void do_help(struct view *view, const struct finding *f) { open_sheet(view, SHEET_HELP, f->text, (struct uuid){{0}}, -1); }
static void do_new(struct view *view, const struct finding *f) { open_sheet(view, SHEET_NEW_PERSON, f->text, (struct uuid){{0}}, -1); }
static void do_item(struct view *view, const struct finding *f) { open_sheet(view, SHEET_ITEM, f->text, (struct uuid){{0}}, f->item); }

static void do_how(struct view *view, const struct finding *f)
{
    const struct entry *e = record_entry(live_of(sheet_live(view))->session.record, f->entry_id);
    open_sheet(view, SHEET_CHILD, e == NULL || e->speaker == NULL ? "the child" : e->speaker, f->entry_id, -1);
}

static void do_sign(struct view *view, const struct finding *f)
{
    const struct check_state *st = view->state;
    (void)f;
    struct uuid meeting = st->meeting;
    (void)app_push(view->app, &view_sign, &meeting);
}

static const struct {
    enum action action;
    void (*run)(struct view *view, const struct finding *f);
} mendings[] = {
    {ACTION_MEND_WHO, do_who},         {ACTION_MEND_WHEN, do_when},     {ACTION_MEND_EDIT, edit_line},          {ACTION_MEND_NOTHING, do_nothing_to_add},
    {ACTION_MEND_WORDS, their_words},  {ACTION_MEND_HOW, do_how},       {ACTION_MEND_CONTACT, do_contact},      {ACTION_MEND_COPY, do_copy},
    {ACTION_MEND_POSITIONS, ask_positions}, {ACTION_MEND_HELP, do_help}, {ACTION_MEND_NEW, do_new},             {ACTION_MEND_TIMES, their_times},
    {ACTION_MEND_ITEM, do_item},       {ACTION_MEND_NO_TIME, do_no_time}, {ACTION_MEND_SAID, do_said_so},       {ACTION_MEND_SIGN, do_sign},
    {ACTION_MEND_BEGIN, do_begin},     {ACTION_MEND_STATE, do_state},
};

/* False: the action mends nothing anywhere. */
static bool mend(struct view *view, enum action action)
{
    const struct finding *f = focused(view);
    size_t i = 0;
    if (action == ACTION_MEND && f != NULL) {
        const char *names = f->mends == NULL ? "" : f->mends;
        action = next_mend(&names);
    }
    while (i < NITEMS(mendings) && mendings[i].action != action)
        i++;
    if (i == NITEMS(mendings))
        return action == ACTION_MEND;
    if (f == NULL)
        app_say(view->app, STYLE_MESSAGE, "Nothing is missing");
    else if (!mends(f, action))
        app_say(view->app, STYLE_MESSAGE, "That key does not mend this; those that do stand below it");
    else if (action != ACTION_MEND_SIGN && reading_only(view->app))
        return true;
    else if (sheet_live(view) == NULL)
        app_say(view->app, STYLE_MESSAGE, "Open the meeting to mend this");
    else {
        live_refresh(sheet_live(view)); /* the list was made from the store */
        mendings[i].run(view, f);
    }
    return true;
}

/* ---- keys ---- */

static void search_on(struct view *view, const char *words, int dir)
{
    struct check_state *st = view->state;
    struct list_source from = source(st);
    if (!list_search(&st->list, &from, words, dir))
        app_say(view->app, STYLE_MESSAGE, "Nothing found");
}

static void searched(struct view *view, int tag, const char *answer)
{
    (void)tag;
    search_on(view, answer, 1);
}

static bool check_act(struct view *view, enum action action)
{
    struct check_state *st = view->state;
    if (action == ACTION_LIVE_NOTHING)
        action = ACTION_MEND_NOTHING;
    else if (action == ACTION_MEND_NOTHING && st->list.needle[0] != '\0') /* nobody who searches puts words on record by the same key */
        action = ACTION_SEARCH_NEXT;
    if (list_act(&st->list, action) || mend(view, action))
        return true;
    if (action == ACTION_SEARCH)
        app_ask(view->app, &(struct ask){.question = "Search:", .required = true, .answered = searched, .asker = view});
    else if (action == ACTION_SEARCH_NEXT || action == ACTION_SEARCH_PREV)
        search_on(view, NULL, action == ACTION_SEARCH_NEXT ? 1 : -1);
    else if (action == ACTION_UNDO || action == ACTION_LIVE_UNDO || action == ACTION_REDO || action == ACTION_LIVE_REDO)
        sheet_undo(view, action == ACTION_REDO || action == ACTION_LIVE_REDO);
    else
        return false;
    return true;
}

static const char *check_keys(struct view *view)
{
    (void)view;
    return "mend undo search back help";
}

const struct view_class view_check = {
    .name = "what is missing",
    .maps = "GLK",
    .size = sizeof(struct check_state),
    .open = check_open,
    .close = check_close,
    .draw = check_draw,
    .act = check_act,
    .resumed = check_resumed,
    .keys = check_keys,
};
