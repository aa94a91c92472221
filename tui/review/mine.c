#include "tui/review/mine.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "tui/review/review.h"

enum { TAG_DAY = 1, TAG_WORDS };

#define NAME_COLUMNS 50

static void answered(struct view *view, int tag, const char *answer);

void mine_free(struct mine *mine)
{
    buf_free(&mine->name);
}

static void ask(struct view *view, int tag, const char *question, const char *initial, bool required)
{
    struct mine *m = view->state;
    char place[REVIEW_PLACE];
    struct buf q = {0};
    review_place(place, m->doing, m->action);
    buf_addf(&q, "%s: %s", buf_str(&m->name), question);
    app_ask(view->app, &(struct ask){.question = buf_str(&q), .initial = initial, .required = required, .answered = answered, .asker = view, .tag = tag,
                                     .place = tag == TAG_WORDS ? place : NULL}); /* a day is typed again sooner than a sentence */
    buf_free(&q);
}

/* The day is kept too: whoever comes back to half-typed words finds the day that they belong to. */
static void put_day_place(const struct mine *m, char place[REVIEW_PLACE])
{
    char id[UUID_TEXT];
    uuid_text(m->action, id);
    snprintf(place, REVIEW_PLACE, "review-day:%s", id);
}

static void keep_day(struct view *view, const char *words)
{
    char place[REVIEW_PLACE];
    put_day_place(view->state, place);
    (void)!store_draft_save_at(view->app->store, (struct uuid){{0}}, place, words, strlen(words), NULL); /* what cannot be kept is asked again */
}

static const char *kept_day(struct view *view, struct arena *arena)
{
    char place[REVIEW_PLACE];
    struct draft draft = {0};
    put_day_place(view->state, place);
    return store_draft_load_at(view->app->store, arena, (struct uuid){{0}}, place, &draft, NULL) == EVH_OK ? draft.text : NULL;
}

static void ask_day(struct view *view, const char *typed)
{
    struct buf q = {0};
    buf_adds(&q, "on which day was it done? Enter alone means today, ");
    civil_put_long(&q, app_now(view->app).day);
    buf_adds(&q, "; else write it like yesterday, Friday or 13 Nov");
    ask(view, TAG_DAY, buf_str(&q), typed, false);
    buf_free(&q);
}

static void ask_first_day(struct view *view)
{
    struct arena *arena = arena_new();
    const char *kept = kept_day(view, arena);
    ask_day(view, kept);
    if (kept != NULL)
        app_say(view->app, STYLE_MESSAGE, "The day stands as you gave it; Ctrl-U empties the line");
    arena_free(arena);
}

static void ask_words(struct view *view, const char *typed)
{
    const struct mine *m = view->state;
    struct buf q = {0};
    if (m->doing == ACTION_COMPLETE) {
        buf_adds(&q, "done on ");
        review_put_day(&q, m->day);
        buf_adds(&q, ": what shows that it is done, or a note? Enter alone means none");
    } else if (m->doing == ACTION_NOTE) {
        buf_adds(&q, "how does it stand? In your own words");
    } else {
        buf_adds(&q, "what is wrong with it? In your own words. They will stand in the minutes beside the line, with your name; the action itself does not change");
    }
    ask(view, TAG_WORDS, buf_str(&q), typed, m->doing != ACTION_COMPLETE);
    buf_free(&q);
}

static void take_day(struct view *view, const char *answer)
{
    struct mine *m = view->state;
    struct buf b = {0};
    if (review_read_day(answer, app_now(view->app).day, m->agreed, &m->early, &m->day, &b)) {
        civil_put_long(&b, m->day);
        keep_day(view, buf_str(&b));
        ask_words(view, NULL);
    } else {
        ask_day(view, answer);
        app_say(view->app, STYLE_WARN, "%s", buf_str(&b));
    }
    buf_free(&b);
}

static void say_stored(struct view *view, const char *words)
{
    const struct mine *m = view->state;
    struct buf b = {0};
    if (m->doing == ACTION_COMPLETE) {
        buf_addf(&b, "%s is done, ", buf_str(&m->name));
        civil_put_long(&b, m->day);
        buf_adds(&b, words[0] == '\0' ? "" : ", with your note");
    } else if (m->doing == ACTION_NOTE) {
        buf_addf(&b, "your note on %s", buf_str(&m->name));
    } else {
        buf_addf(&b, "you dispute %s; it will stand in the minutes", buf_str(&m->name));
    }
    app_say(view->app, STYLE_GOOD, "Recorded: %s. u takes it back in this visit", buf_str(&b));
    buf_free(&b);
}

static void store_words(struct view *view, const char *words)
{
    struct mine *m = view->state;
    struct store *store = view->app->store;
    struct err err = {0};
    enum evh code = m->doing == ACTION_COMPLETE ? review_done(store, m->action, m->day, words[0] == '\0' ? NULL : words, &err)
                  : m->doing == ACTION_NOTE     ? review_note(store, m->action, words, &err)
                                                : review_dispute(store, m->action, words, &err);
    if (code != EVH_OK) {
        ask_words(view, words);
        app_say_err(view->app, &err);
        return;
    }
    if (m->doing == ACTION_COMPLETE)
        keep_day(view, "");
    m->done(view);
    say_stored(view, words);
}

static void answered(struct view *view, int tag, const char *answer)
{
    if (tag == TAG_DAY)
        take_day(view, answer);
    else
        store_words(view, answer);
}

static void keep_name(struct view *view, const struct action_row *row)
{
    struct mine *m = view->state;
    struct arena *arena = arena_new();
    struct action_rows rows = {0};
    if (review_actions(view->app->store, arena, true, &rows, NULL) != EVH_OK)
        rows.n = 0; /* then its words alone must do */
    buf_clear(&m->name);
    review_put_name_among(&m->name, row, &rows, NAME_COLUMNS);
    arena_free(arena);
}

static void take_back(struct view *view, bool redo)
{
    struct mine *m = view->state;
    struct err err = {0};
    struct uuid id;
    const char *change = review_next(view->app->store, redo);
    enum evh code = review_undo(view->app->store, redo, &id, &err);
    if (code == EVH_NO) {
        app_say(view->app, STYLE_WARN, redo ? "Nothing was taken back in this visit" : "Nothing more was recorded in this visit: there is nothing to take back");
        return;
    }
    if (code != EVH_OK) {
        app_say_err(view->app, &err);
        return;
    }
    struct arena *arena = arena_new();
    struct action_row row;
    m->action = id;
    if (review_action(view->app->store, arena, id, &row, NULL) == EVH_OK)
        keep_name(view, &row);
    arena_free(arena);
    m->done(view);
    struct buf what = {0};
    review_put_deed(&what, change == NULL ? "" : change, buf_str(&m->name));
    what.s[0] = 'Y'; /* "your …" begins a sentence here */
    app_say(view->app, STYLE_GOOD, redo ? "%s stands again. u takes it back" : "%s is taken back. R gives it again", what.s);
    buf_free(&what);
}

/* What is on record from an earlier visit is opened again only by whoever keeps the record: they may have told others of it meanwhile. */
static const char *closed_advice(struct view *view, const struct action_row *row)
{
    if (strcmp(row->status, "done") != 0)
        return "m adds a note";
    return review_next(view->app->store, false) != NULL ? "If that is wrong: u takes back what you recorded in this visit, m says so in a note; whoever keeps the minutes can open it again"
                                                        : "If that is wrong, say so in a note (m): whoever keeps the minutes can open it again";
}

bool mine_begin(struct view *view, const struct action_row *row, enum action action)
{
    struct mine *m = view->state;
    if (action == ACTION_UNDO || action == ACTION_REDO) {
        take_back(view, action == ACTION_REDO);
        return true;
    }
    if (action != ACTION_COMPLETE && action != ACTION_NOTE && action != ACTION_MINE_DISPUTE)
        return false;
    if (row == NULL) {
        app_say(view->app, STYLE_WARN, "There is no action here");
        return true;
    }
    m->action = row->id;
    m->doing = action;
    m->day = m->early = DAY_NONE;
    m->agreed = review_agreed(row);
    keep_name(view, row);
    if (action != ACTION_COMPLETE)
        ask_words(view, NULL);
    else if (action_is_open(row->status))
        ask_first_day(view);
    else
        app_say(view->app, STYLE_WARN, "%s %s. %s", buf_str(&m->name), review_why_closed(row), closed_advice(view, row));
    return true;
}
