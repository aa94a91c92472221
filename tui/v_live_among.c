/* Keys among the entries: searching them, and what an action among them is changed by, as in the tracker. */
#include "tui/live.h"

#include <string.h>

#include "core/text.h"

/* ---- searching ---- */

/* What one reads of an entry; nothing of a restricted one that is not opened. */
static void put_words(const struct live *live, const struct entry *e, struct buf *out)
{
    const struct record *r = live->session.record;
    if (restricted(&e->restriction) && !uuid_same(live->shown, e->id))
        return;
    notation_print_entry(out, r, e, true);
    for (size_t i = 0; i < e->npositions; i++)
        buf_addf(out, "\n%s %s %s", e->positions[i].name == NULL ? "" : e->positions[i].name, e->positions[i].position == NULL ? "" : e->positions[i].position,
                 e->positions[i].text == NULL ? "" : e->positions[i].text);
    for (size_t i = 0; i < e->ndisputes; i++)
        buf_addf(out, "\n%s %s", e->disputes[i].by == NULL ? "" : e->disputes[i].by, e->disputes[i].text);
    for (size_t i = 0; i < e->nanswers; i++)
        buf_addf(out, "\n%s %s", e->answers[i].by == NULL ? "" : e->answers[i].by, e->answers[i].text);
    for (size_t i = 0; i < e->ntranslations; i++)
        buf_addf(out, "\n%s", e->translations[i].text);
}

static bool has_words(const struct live *live, const struct entry *e, const char *needle)
{
    struct arena *arena = arena_new();
    struct buf b = {0};
    put_words(live, e, &b);
    bool found = strstr(text_fold_dup(arena, buf_str(&b), b.n), text_fold_dup(arena, needle, strlen(needle))) != NULL;
    buf_free(&b);
    arena_free(arena);
    return found;
}

/* From the entry in focus on, round the ends; `by` 0 begins with that entry itself. */
static void search(struct view *view, int by)
{
    struct live *live = live_of(view);
    const struct record *r = live->session.record;
    size_t n = r->nentries, at = live_entry_index(r, live->chosen);
    if (live->needle[0] == '\0') {
        app_say(view->app, STYLE_MESSAGE, "Nothing was searched for yet: / does");
        return;
    }
    for (size_t i = by == 0 ? 0 : 1; i <= n && n > 0; i++) {
        size_t k = by < 0 ? (at + n - i % n) % n : (at + i) % n;
        if (!has_words(live, &r->entries[k], live->needle))
            continue;
        if (!uuid_same(live->chosen, r->entries[k].id))
            live->shown = (struct uuid){{0}};
        live->chosen = r->entries[k].id;
        return;
    }
    app_say(view->app, STYLE_MESSAGE, "No entry of this meeting has “%s”", live->needle);
}

static void search_answered(struct view *view, int tag, const char *answer)
{
    (void)tag;
    struct live *live = live_of(view);
    changing_words(live->needle, sizeof live->needle, answer);
    search(view, 0);
}

/* ---- an action, as the tracker changes it ---- */

static void changed(struct view *view)
{
    live_refresh(view);
    live_of(view)->fresh = false;
}

static bool change_action(struct view *view, const struct entry *e, enum action action)
{
    struct live *live = live_of(view);
    char label[16];
    struct action_now now = action_now(live->session.record, e);
    entry_label(e, label);
    struct action_row row = {.id = e->id, .meeting = live->session.record->id, .number = label, .text = e->text, .owner = now.owner, .due = now.due, .due_time = now.due_time,
                             .status = now.status};
    live->changing.done = changed;
    return changing_begin(view, &row, action);
}

/* What these keys do in the tracker they do here to an action; of any other entry they say what is done instead. */
static bool act_on_action(struct view *view, enum action action)
{
    static const struct {
        enum action action;
        const char *otherwise;
    } keys[] = {
        {ACTION_COMPLETE, "Only actions are completed: Enter edits this entry, p goes through positions"},
        {ACTION_OWNER, "Only actions have an owner: Enter edits this entry"},
        {ACTION_DATE, "Only actions have a date: Enter edits this entry, its time too"},
        {ACTION_NOTE, "Only actions have notes on their progress: b reads this entry back, A answers it"},
    };
    const struct entry *e = live_chosen(live_of(view));
    for (size_t i = 0; i < NITEMS(keys); i++) {
        if (keys[i].action != action || e == NULL)
            continue;
        if (e->kind == ENTRY_ACTION && e->withdrawn == NULL)
            return change_action(view, e, action);
        app_say(view->app, STYLE_MESSAGE, "%s", e->withdrawn != NULL ? "It is withdrawn" : keys[i].otherwise);
        return true;
    }
    return false;
}

/* ---- what may be done, for the two rows under the line ---- */

const char *live_among_hint(const struct live *live, int row)
{
    const struct entry *e = live_chosen(live);
    if (e == NULL)
        return "";
    if (live->reading)
        return row == 0 ? "Enter shows it large; Up and Down go through the entries" : "/ finds words, F7 people, F11 what is missing, Esc goes back";
    if (restricted(&e->restriction) && !uuid_same(live->shown, e->id))
        return row == 0 ? "Space opens it: the screen may face the table" : "D disputed, A answered, x withdrawn; / finds words in what is open";
    if (e->withdrawn != NULL)
        return row == 0 ? "It was withdrawn: A answers it, Ctrl-G u takes the last change back" : "/ finds words, n the next one";
    if (row == 0)
        return e->kind == ENTRY_MINUTED ? "Minuted words stand as they were said: A answers them, b reads them back" : "Enter edits it, and the old words are kept; x asks why, D and A ask who";
    if (e->kind == ENTRY_ACTION)
        return "c completes, w owner, t date, m note; I in another language, / finds words";
    return e->kind == ENTRY_DECISION || e->kind == ENTRY_DISAGREEMENT ? "p goes through everybody's position; I in another language, / finds words"
                                                                      : "I in another language, / finds words, n the next one, u undoes";
}

/* ---- keys ---- */

static void positions(struct view *view)
{
    const struct entry *e = live_chosen(live_of(view));
    if (e != NULL && !live_panel_open(view, e->id))
        app_say(view->app, STYLE_MESSAGE, "Positions belong to decisions and disagreements");
}

bool live_among_act(struct view *view, enum action action)
{
    struct live *live = live_of(view);
    if (live_mark_ask(view, action) || act_on_action(view, action))
        return true;
    if (action == ACTION_SEARCH)
        app_ask(view->app, &(struct ask){.question = "Find in this meeting:", .initial = live->needle, .required = true, .answered = search_answered, .asker = view});
    else if (action == ACTION_SEARCH_NEXT || action == ACTION_SEARCH_PREV)
        search(view, action == ACTION_SEARCH_NEXT ? 1 : -1);
    else if (action == ACTION_READ_THIS)
        live_read_begin(view);
    else if (action == ACTION_POSITIONS)
        positions(view);
    else if (action == ACTION_YES)
        app_say(view->app, STYLE_MESSAGE, "Nothing was asked: u asks before it takes anything back");
    else if (action == ACTION_ADD)
        live_focus_line(live);
    else if (action == ACTION_SORT || action == ACTION_LIMIT)
        app_say(view->app, STYLE_MESSAGE, "The entries stand in the order in which they were said: / finds words in them");
    else
        return false;
    return true;
}
