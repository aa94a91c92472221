/* The entry line: beginnings by key, completion, preview, committing, and the half-typed line on disk. */
#include "tui/live.h"

#include <string.h>

#include "core/names.h"
#include "core/text.h"
#include "tui/trouble.h"

/* ---- beginnings ---- */

static size_t blanks(const char *s, size_t at)
{
    while (text_blank(s[at]))
        at++;
    return at;
}

/* After a time and a restriction ("14:05 X(Ruth): "), where the letter of the kind stands. */
static size_t after_time(const char *s, size_t n)
{
    size_t at = blanks(s, 0);
    size_t end = at;
    while (end < n && !text_blank(s[end]))
        end++;
    int time;
    if (end < n && civil_read_time(s + at, end - at, &time))
        at = blanks(s, end);
    if (s[at] != 'X' && s[at] != 'x')
        return at;
    end = at + 1;
    if (s[end] == '(') {
        const char *close = strchr(s + end, ')');
        end = close == NULL ? n : (size_t)(close - s) + 1;
    }
    return end < n && s[end] == ':' ? blanks(s, end + 1) : at;
}

/* Length of a letter with its colon and the blanks after it, or of "# ". */
static size_t letter_length(const char *s, size_t n)
{
    if (n > 0 && s[0] == '#')
        return blanks(s, 1);
    if (n < 2 || strchr("PpCcOoHhWwRrAaDdMmKk", s[0]) == NULL)
        return 0;
    size_t colon = (s[0] == 'A' || s[0] == 'a') && s[1] == '?' ? 2 : 1;
    return colon < n && s[colon] == ':' && (colon + 1 == n || text_blank(s[colon + 1])) ? blanks(s, colon + 1) : 0;
}

void live_line_begin(struct live *live, const char *prefix)
{
    live_focus_line(live);
    const char *s = edit_text(live->edit);
    size_t n = edit_length(live->edit);
    size_t at = n == 0 ? 0 : after_time(s, n);
    size_t old = n == 0 ? 0 : letter_length(s + at, n - at);
    edit_replace(live->edit, at, old, prefix, strlen(prefix));
    edit_act(live->edit, ACTION_LINE_END, live->columns);
    live_line_changed(live);
}

bool live_line_untouched(const struct live *live)
{
    const char *s = edit_text(live->edit);
    size_t n = edit_length(live->edit);
    return n > 0 && (live->offered || letter_length(s, n) == n);
}

void live_line_view(struct live *live)
{
    const char *s = edit_text(live->edit);
    size_t n = edit_length(live->edit);
    size_t at = n == 0 ? 0 : after_time(s, n);
    bool parent = letter_length(s + at, n - at) > 0 && (s[at] == 'P' || s[at] == 'p');
    live_line_begin(live, parent ? "C: " : "P: ");
}

static const char *heading(struct arena *arena, const struct live_item *item)
{
    return item->minutes < 0 ? arena_printf(arena, "# %s", item->title) : arena_printf(arena, "# %s [%dm]", item->title, item->minutes);
}

/* The next item of the plan stands in the line, to be begun with Enter; the key again takes the one after it, and after the last a new one.
 * Whoever simply types on begins it as well: the words are what is said there. */
void live_line_next(struct view *view)
{
    struct live *live = live_of(view);
    live_focus_line(live);
    const char *line = edit_text(live->edit);
    if (!uuid_none(live->editing) || (line[0] != '#' && edit_length(live->edit) > 0)) {
        app_say(view->app, STYLE_MESSAGE, "Enter keeps this line; then F8 goes to the next item");
        return;
    }
    struct arena *arena = arena_new();
    struct live_agenda a;
    live_agenda_read(live->session.record, arena, &a);
    size_t next = a.begun;
    for (size_t i = a.begun; i < a.n; i++)
        if (strcmp(heading(arena, &a.v[i]), line) == 0)
            next = i + 1;
    const char *text = next < a.n ? heading(arena, &a.v[next]) : "# ";
    edit_replace(live->edit, 0, edit_length(live->edit), text, strlen(text));
    arena_free(arena);
    live_line_changed(live);
    live->offered = next < a.n;
    live_heard_leaving(view);
}

/* ---- completion ---- */

void live_line_changed(struct live *live)
{
    live->fresh = false;
    live->paused = false;
    live->offered = false;
    live->tab.on = false;
}

void live_line_put_aside(struct live *live)
{
    edit_act(live->edit, ACTION_LINE_END, live->columns);
    edit_act(live->edit, ACTION_KILL_START, live->columns);
}

static bool ends_words(char c)
{
    return strchr(",;:|(\"=+", c) != NULL;
}

/* Where the words before the cursor begin that may be half a name: after the last sign that cannot stand in one. */
static size_t phrase_begin(const char *s, size_t cursor)
{
    size_t at = cursor;
    while (at > 0 && !ends_words(s[at - 1]))
        at--;
    if (at == 0 && cursor > 0) { /* "-Patel" and "  - Patel" */
        size_t first = blanks(s, 0);
        if (first < cursor && s[first] == '-')
            at = first + 1;
    }
    size_t begin = blanks(s, at);
    return begin > cursor ? cursor : begin;
}

static size_t next_word(const char *s, size_t at, size_t end)
{
    while (at < end && !text_blank(s[at]))
        at++;
    return blanks(s, at) < end ? blanks(s, at) : end;
}

/* The words after "by", "on", "before", "from" or "to", for a date; `cursor` when there is no such word. */
static size_t date_begin(const char *s, size_t begin, size_t cursor)
{
    static const char *const words[] = {"by", "on", "before", "from", "to", "until"};
    size_t found = cursor;
    for (size_t at = begin; at < cursor; at = next_word(s, at, cursor)) {
        size_t end = at;
        while (end < cursor && !text_blank(s[end]))
            end++;
        for (size_t i = 0; i < NITEMS(words); i++)
            if (text_same_word(s + at, end - at, words[i]) && end < cursor)
                found = blanks(s, end);
    }
    return found > cursor ? cursor : found;
}

static size_t fixed_words(const char *s, size_t n, const char **out)
{
    static const char *const words[] = {"agrees", "agrees with reservations: ", "disagrees: ", "no position", "not asked"};
    size_t found = 0;
    for (size_t i = 0; i < NITEMS(words) && n > 0; i++)
        if (strlen(words[i]) > n && memcmp(words[i], s, n) == 0)
            out[found++] = words[i];
    return found;
}

/* After "# ": the items of the plan that are not begun and whose titles begin so. */
static void find_titles(struct live *live, const char *s, size_t cursor)
{
    struct live_tab *tab = &live->tab;
    struct live_agenda a;
    size_t at = blanks(s, 1);
    if (at > cursor)
        at = cursor;
    const char *typed = text_fold_dup(tab->arena, s + at, cursor - at);
    live_agenda_read(live->session.record, tab->arena, &a);
    tab->at = at;
    tab->n = 0;
    for (size_t i = a.begun; i < a.n && tab->n < LIVE_CANDIDATES; i++)
        if (strncmp(text_fold_dup(tab->arena, a.v[i].title, strlen(a.v[i].title)), typed, strlen(typed)) == 0)
            tab->v[tab->n++] = heading(tab->arena, &a.v[i]) + 2;
}

/* Fills the candidates for what stands before the cursor: a date after its word, else the longest run of words that begins a name. */
static void find_candidates(struct live *live, const char *s, size_t cursor)
{
    struct live_tab *tab = &live->tab;
    const struct record *r = live->session.record;
    if (s[0] == '#') {
        find_titles(live, s, cursor);
        return;
    }
    size_t begin = phrase_begin(s, cursor);
    size_t date = date_begin(s, begin, cursor);
    tab->n = 0;
    if (date < cursor) {
        char *out[LIVE_CANDIDATES];
        tab->n = civil_complete(tab->arena, s + date, cursor - date, r->date, out, LIVE_CANDIDATES);
        for (size_t i = 0; i < tab->n; i++)
            tab->v[i] = out[i];
        tab->at = date;
    }
    for (size_t at = begin; tab->n == 0 && at < cursor; at = next_word(s, at, cursor)) {
        tab->n = names_complete(r, s + at, cursor - at, tab->v, LIVE_CANDIDATES);
        tab->at = at;
    }
    if (tab->n == 0 && begin < cursor) {
        tab->n = fixed_words(s + begin, cursor - begin, tab->v);
        tab->at = begin;
    }
    for (size_t i = 0; i < tab->n; i++) /* names belong to the record, which may be read anew */
        tab->v[i] = arena_strdup(tab->arena, tab->v[i]);
}

bool live_line_loose(const struct live *live)
{
    const char *s = edit_text(live->edit);
    return live_takes_positions(live) && (s[0] == '-' || s[0] == '=') && text_blank(s[1]);
}

bool live_takes_positions(const struct live *live)
{
    const struct record *r = live->session.record;
    const struct entry *last = r->nentries == 0 ? NULL : &r->entries[r->nentries - 1];
    return uuid_none(live->editing) && live->session.reader.section == SECTION_BODY && last != NULL &&
           (last->kind == ENTRY_DECISION || last->kind == ENTRY_DISAGREEMENT);
}

/* On an empty line the key goes into the panel, or begins a position where nobody is to be asked; before one that was begun without its blanks, it
 * sets them. */
static bool finish_position(struct view *view)
{
    struct live *live = live_of(view);
    if (live_panel_begin(view))
        return true;
    bool empty = edit_length(live->edit) == 0 && live_takes_positions(live);
    if (!empty && !live_line_loose(live))
        return false;
    const char *prefix = empty ? "  - " : "  ";
    edit_replace(live->edit, 0, 0, prefix, strlen(prefix));
    edit_act(live->edit, ACTION_LINE_END, live->columns);
    live_line_changed(live);
    return true;
}

void live_line_finish(struct view *view)
{
    struct live *live = live_of(view);
    struct live_tab *tab = &live->tab;
    if (!tab->on && live->focus == LIVE_LINE && finish_position(view))
        return;
    if (!tab->on) {
        arena_free(tab->arena);
        tab->arena = arena_new();
        find_candidates(live, edit_text(live->edit), edit_cursor(live->edit));
        tab->length = edit_cursor(live->edit) - tab->at;
        tab->index = 0;
        if (tab->n == 0)
            return;
    } else {
        tab->index = (tab->index + 1) % tab->n;
    }
    const char *word = tab->v[tab->index];
    edit_replace(live->edit, tab->at, tab->length, word, strlen(word));
    tab->length = edit_cursor(live->edit) - tab->at;
    live->fresh = false;
    tab->on = true;
}

/* ---- preview ---- */

/* Leaves out what was dismissed on this line. */
static void drop_dismissed(const struct live *live, struct notices *notices)
{
    size_t kept = 0;
    for (size_t i = 0; i < notices->n; i++) {
        size_t n = strlen(notices->v[i].text);
        const char *at = live->dismissed.n == 0 ? NULL : strstr(buf_str(&live->dismissed), notices->v[i].text);
        if (at == NULL || at[n] != '\n')
            notices->v[kept++] = notices->v[i];
    }
    notices->n = kept;
}

void live_line_preview(struct live *live)
{
    if (live->fresh)
        return;
    arena_free(live->preview_arena);
    live->preview_arena = arena_new();
    struct notation_reader reader = live->session.reader;
    reader.arena = live->preview_arena;
    live->preview = (struct preview){0};
    if (!uuid_none(live->editing))
        reader.section = SECTION_BODY;
    const char *line = edit_text(live->edit);
    if (live_line_loose(live))
        line = arena_printf(live->preview_arena, "  %s", line);
    if (edit_length(live->edit) > 0)
        notation_preview(&reader, live->session.record, line, strlen(line), &live->preview);
    drop_dismissed(live, &live->preview.notices);
    live->fresh = true;
}

static void dismissed(struct view *view, int tag, const char *answer)
{
    (void)tag;
    (void)answer; /* it is asked for, so that nobody dismisses without a thought; it is kept with the entry once word rules have names to keep it under */
    struct live *live = live_of(view);
    live_line_preview(live);
    for (size_t i = 0; i < live->preview.notices.n; i++)
        buf_addf(&live->dismissed, "%s\n", live->preview.notices.v[i].text);
    live->fresh = false;
    app_say(view->app, STYLE_MESSAGE, "That advice is not given again on this line");
}

void live_dismiss(struct view *view)
{
    struct live *live = live_of(view);
    if (live->focus == LIVE_LINE)
        live_line_preview(live);
    if (live->focus != LIVE_LINE || edit_length(live->edit) == 0 || live->preview.notices.n == 0) {
        app_say(view->app, STYLE_MESSAGE, "There is no advice on this line");
        return;
    }
    app_ask(view->app, &(struct ask){.question = "Why does the advice not fit this line?", .required = true, .answered = dismissed, .asker = view});
}

/* ---- commit ---- */

void live_say_notices(struct view *view)
{
    struct notices *notices = &live_of(view)->session.notices;
    drop_dismissed(live_of(view), notices);
    buf_clear(&live_of(view)->dismissed); /* the line that it was dismissed on is on record */
    if (notices->n == 1)
        app_say(view->app, STYLE_WARN, "On record: %s", notices->v[0].text);
    else if (notices->n > 1)
        app_say(view->app, STYLE_WARN, "On record: %s (and %zu more)", notices->v[0].text, notices->n - 1);
}

/* An empty line ends a list of people, sign-offs or copies; anywhere else it does nothing. */
static void commit_empty(struct view *view)
{
    struct live *live = live_of(view);
    struct err err = {0};
    enum notation_section section = live->session.reader.section;
    if (section == SECTION_BODY || section == SECTION_HEAD)
        return;
    if (session_line(&live->session, "", 0, &err) != EVH_OK)
        app_say_err(view->app, &err);
    live->fresh = false;
}

/* What the record was before a line. */
struct before {
    size_t nitems, nentries;
    bool asked, left, late, indented; /* late: it was for the item that was left, but something came under the next one */
};

/* The item that was just begun has the name of an earlier one. */
static bool say_same_title(struct view *view)
{
    const struct record *r = live_of(view)->session.record;
    const char *title = r->items[r->nitems - 1].title;
    for (size_t i = 1; title != NULL && i + 1 < r->nitems; i++)
        if (r->items[i].title != NULL && text_same_word(title, strlen(title), r->items[i].title)) {
            app_say(view->app, STYLE_WARN, "On record as item %zu: item %zu has the same name", r->nitems - 1, i);
            return true;
        }
    return false;
}

/* What comes after somebody signed was not what they signed. */
static bool say_signed_before(struct view *view)
{
    const struct record *r = live_of(view)->session.record;
    for (size_t i = r->nsignoffs; i > 0; i--) {
        const struct signoff *s = &r->signoffs[i - 1];
        if (restricted(&s->restriction) || (strncmp(s->state, "signed", 6) != 0 && strcmp(s->state, "accuracy only") != 0))
            continue;
        app_say(view->app, STYLE_WARN, "On record after %s signed: show it to whoever has signed already (F10)", s->name);
        return true;
    }
    return false;
}

/* The line is on record: a decision shows who is asked for a position, and whoever was not heard on an item that is left is asked for. */
static void after_line(struct view *view, const struct before *before)
{
    struct live *live = live_of(view);
    const struct record *r = live->session.record;
    const struct entry *last = r->nentries == 0 ? NULL : &r->entries[r->nentries - 1];
    live_panel_typed(live, before->nentries, before->indented);
    live->heard.begun = false;
    if (view->app->message[0] != '\0') /* what could not be read comes first */
        return;
    if (r->nitems > before->nitems && say_same_title(view))
        return;
    if (r->nentries > before->nentries && say_signed_before(view))
        return;
    if (before->late)
        app_say(view->app, STYLE_WARN, "On record under this item, not the one before: something came under it meanwhile");
    else if (before->left)
        live_heard_recorded(view);
    else if (r->nitems > before->nitems && !before->asked)
        live_heard_left(view);
    else if (r->nentries > before->nentries && last->kind == ENTRY_CLOCK && last->what != NULL && strcmp(last->what, "end") == 0)
        live_heard_leaving(view);
}

static enum evh put_line(struct live *live, const char *line, struct before *before, struct err *err)
{
    const struct record *r = live->session.record;
    *before = (struct before){.nitems = r->nitems, .nentries = r->nentries, .asked = live_heard_asked(live), .indented = text_blank(line[0])};
    if (live->heard.begun)
        live_line_preview(live);
    before->left = live_heard_takes(live);
    enum evh code = before->left ? live_heard_line(live, line, edit_length(live->edit), err) : EVH_STATE;
    if (code != EVH_STATE)
        return code;
    before->late = before->left;
    before->left = false;
    return session_line(&live->session, line, edit_length(live->edit), err);
}

void live_commit(struct view *view)
{
    struct live *live = live_of(view);
    struct before before;
    struct err err = {0};
    if (!uuid_none(live->editing)) {
        live_edit_commit(view);
        return;
    }
    const char *line = edit_text(live->edit);
    if (line[blanks(line, 0)] == '\0') {
        edit_set(live->edit, "", 0);
        live_heard_forget(live);
        commit_empty(view);
        return;
    }
    if (live_line_loose(live)) { /* "- Omar: no supervision" right under a disagreement is his side of it, whatever blanks are lacking */
        edit_replace(live->edit, 0, 0, "  ", 2);
        line = edit_text(live->edit);
    }
    if (put_line(live, line, &before, &err) != EVH_OK) {
        app_say_err(view->app, &err);
        return;
    }
    edit_set(live->edit, "", 0);
    live_line_changed(live);
    buf_clear(&live->saved);
    live->saved_cursor = 0;
    live->scroll = 0;
    live_say_notices(view);
    after_line(view, &before);
}

/* ---- the half-typed line on disk ---- */

static void draft_text(const struct live *live, struct buf *out, size_t *cursor)
{
    const char *kept = live_panel_kept(live, cursor);
    if (kept == NULL)
        *cursor = edit_cursor(live->edit);
    if (uuid_none(live->editing))
        buf_adds(out, kept != NULL ? kept : edit_text(live->edit));
    else
        live_edit_put_draft(live, out);
}

void live_draft_save(struct view *view)
{
    struct live *live = live_of(view);
    struct buf text = {0};
    size_t cursor;
    draft_text(live, &text, &cursor);
    bool same = text.n == live->saved.n && cursor == live->saved_cursor && strcmp(buf_str(&text), buf_str(&live->saved)) == 0;
    struct err err = {0};
    if (!same && (text.n > 0 || live->saved.n > 0)) {
        if (store_draft_save(live->session.store, live->session.record->id, buf_str(&text), cursor, &err) == EVH_OK) {
            buf_clear(&live->saved);
            buf_adds(&live->saved, buf_str(&text));
            live->saved_cursor = cursor;
        } else if (!trouble_is(err.code)) { /* of those the app speaks, once */
            app_say_err(view->app, &err);
        }
    }
    buf_free(&text);
    live_panel_draft_save(view);
}

enum evh live_draft_load(struct live *live, struct uuid meeting, struct err *err)
{
    struct arena *arena = arena_new();
    struct draft draft = {0};
    enum evh code = store_draft_load(live->session.store, arena, meeting, &draft, err);
    if (code == EVH_OK && draft.text != NULL) {
        buf_adds(&live->saved, draft.text);
        live->saved_cursor = draft.cursor;
        if (!live_edit_take_draft(live, draft.text, draft.cursor))
            edit_set(live->edit, draft.text, draft.cursor);
    }
    arena_free(arena);
    return code;
}
