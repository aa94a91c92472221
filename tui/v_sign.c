/* Sign-off round the table: each person one at a time, with what they said, decided and took on; then one letter for their state.
 * Refusing never blocks anything; who was asked for words gives them in their own. What is shown here is the open copy: the screen faces the table. */
#include "tui/v_sign.h"

#include <string.h>

#include "core/names.h"
#include "tui/layout.h"

/* What each letter of action.def writes, and whether words belong to it. */
static const struct choice {
    enum action action;
    const char *state, *brief; /* brief: beside a name on a narrow screen */
    const char *question;   /* NULL: no words are asked for */
    bool required;
} choices[] = {
    {ACTION_SIGN_SIGNED, "signed", "signed", NULL, false},
    {ACTION_SIGN_RESERVED, "signed with reservations", "reserved", "what are the reservations, in their own words?", true},
    {ACTION_SIGN_ACCURACY, "accuracy only", "accuracy", NULL, false},
    {ACTION_SIGN_DECLINED, "declined", "declined", "why, in their own words?", true},
    {ACTION_SIGN_SHOWN, "shown", "shown", "how were the minutes shown?", false},
    {ACTION_SIGN_SENT, "sent", "sent", NULL, false},
    {ACTION_SIGN_SILENT, "no reply", "no reply", NULL, false},
    {ACTION_SIGN_ABSENT, "not present", "absent", NULL, false},
    {ACTION_SIGN_NOT_ASKED, "not asked", "not asked", NULL, false},
};
enum { ASK_SCOPE = 100, ASK_WORDS, ASK_DATE, ASK_REPLACE = 200 }; /* below ASK_SCOPE, and what is added to ASK_REPLACE: an index of choices */

static const struct attendee *person(const struct sign_state *st)
{
    return st->at < st->npeople ? st->people[st->at] : NULL;
}

const struct signoff *sign_state_of(const struct record *r, const char *name)
{
    for (size_t i = r->nsignoffs; i > 0; i--)
        if (!restricted(&r->signoffs[i - 1].restriction) && strcmp(r->signoffs[i - 1].name, name) == 0)
            return &r->signoffs[i - 1];
    return NULL;
}

static void ask_again(struct view *view, int tag);

/* ---- opening ---- */

static void forget(struct sign_state *st)
{
    record_free(st->record);
    record_free(st->open);
    st->record = st->open = NULL;
}

/* Where the person stands whose turn it is, wherever others put them on the list; false: they went. */
static bool find_again(struct sign_state *st)
{
    for (size_t i = 0; i < st->npeople; i++)
        if (uuid_same(st->people[i]->id, st->who)) {
            st->at = i;
            return true;
        }
    if (st->at >= st->npeople)
        st->at = st->npeople > 0 ? st->npeople - 1 : 0;
    return false;
}

static void turn(struct sign_state *st)
{
    const struct attendee *p = person(st);
    st->who = p == NULL ? (struct uuid){{0}} : p->id;
    sign_show(st, p);
}

static enum evh load(struct view *view, struct err *err)
{
    struct sign_state *st = view->state;
    struct record *record;
    enum evh code = store_record(view->app->store, st->meeting, &record, err);
    if (code != EVH_OK)
        return code;
    forget(st);
    st->record = record;
    st->open = audience_copy(record, &(struct audience){.kind = AUDIENCE_OPEN});
    st->people = arena_alloc(record->arena, record->npeople + 1, sizeof(struct attendee *));
    st->npeople = 0;
    for (size_t i = 0; i < record->npeople; i++)
        if (!record->people[i].implied) /* a child without a line was not there to be asked */
            st->people[st->npeople++] = &record->people[i];
    size_t top = st->page.top;
    if (!uuid_none(st->who) && !find_again(st))
        sign_draft_load(view); /* what stood ready was for somebody who went from the list */
    turn(st);
    st->page.top = top;
    return EVH_OK;
}

static enum evh sign_open(struct view *view, const void *arg, struct err *err)
{
    struct sign_state *st = view->state;
    st->meeting = *(const struct uuid *)arg;
    st->on = DAY_NONE;
    enum evh code = visits_open(view->app, "sign-off", st->meeting, err);
    if (code == EVH_OK)
        code = load(view, err);
    if (code != EVH_OK)
        return code;
    if (view->app->read_only) { /* what is half said there is somebody else's to go on with */
        turn(st);
        return EVH_OK;
    }
    int question = sign_draft_find(view);
    sign_draft_load(view);
    turn(st);
    ask_again(view, question);
    return EVH_OK;
}

static void sign_close(struct view *view)
{
    struct sign_state *st = view->state;
    sign_draft_save(view);
    forget(st);
    page_free(&st->page);
    buf_free(&st->scope);
    buf_free(&st->words);
    buf_free(&st->kept);
}

static void sign_resumed(struct view *view)
{
    struct err err = {0};
    if (load(view, &err) != EVH_OK)
        app_say_err(view->app, &err);
}

/* ---- drawing ---- */

static const char *state_word(const struct signoff *state, int columns)
{
    if (state == NULL)
        return "";
    for (size_t i = 0; i < NITEMS(choices); i++)
        if ((columns < 36 || surface_columns(state->state) > columns / 2) && strcmp(state->state, choices[i].state) == 0)
            return choices[i].brief;
    return state->state;
}

static void draw_list(const struct sign_state *st, struct surface *s, struct rect r)
{
    const struct record *record = st->record;
    size_t rows = r.h > 0 ? (size_t)r.h : 0;
    size_t first = st->at + 1 > rows ? st->at + 1 - rows : 0;
    struct arena *arena = arena_new();
    for (size_t i = first; i < st->npeople && i - first < rows; i++) {
        int y = r.y + (int)(i - first);
        const struct attendee *p = st->people[i];
        const struct signoff *state = sign_state_of(record, p->name);
        const char *word = state_word(state, r.w);
        bool now = i == st->at;
        int columns = surface_columns(word);
        if (columns > r.w / 2)
            columns = r.w / 2;
        surface_put(s, r.x, y, 1, now ? STYLE_HEAD : STYLE_GOOD, now ? surface_sign(s, SIGN_NOW) : state != NULL ? surface_sign(s, SIGN_DONE) : " ");
        surface_put(s, r.x + 2, y, r.w - 3 - columns, now ? STYLE_HEAD : STYLE_PLAIN, names_short(record, arena, p));
        surface_put(s, r.x + r.w - columns, y, columns, STYLE_DIM, word);
    }
    arena_free(arena);
}

static bool ready(const struct sign_state *st)
{
    return st->scope.n > 0 || st->words.n > 0 || st->on != DAY_NONE;
}

/* What will stand beside the next letter, when anything does. */
static void put_with(struct buf *b, const struct sign_state *st)
{
    buf_adds(b, "with the next letter:");
    if (st->scope.n > 0)
        buf_addf(b, " (%s)", buf_str(&st->scope));
    if (st->on != DAY_NONE) {
        buf_addc(b, ' ');
        civil_put_long(b, st->on);
    }
    if (st->words.n > 0)
        buf_addf(b, " “%s”", buf_str(&st->words));
}

static void draw_with(const struct sign_state *st, struct surface *s, struct rect r)
{
    struct buf b = {0};
    if (!ready(st))
        return;
    put_with(&b, st);
    surface_put(s, r.x + 1, r.y + r.h - 1, r.w - 2, STYLE_PREVIEW, buf_str(&b));
    buf_free(&b);
}

static void draw_choices(const struct sign_state *st, struct surface *s, struct rect r)
{
    static const struct {
        enum action action;
        const char *word;
    } others[] = {{ACTION_SIGN_SCOPE, "scope"}, {ACTION_EDIT, "words"}, {ACTION_DATE, "date"}, {ACTION_OPEN, "next"}};
    bool narrow = s->w < 60;
    int x = r.x + 1, y = r.y;
    for (size_t i = 0; i < NITEMS(choices) + NITEMS(others); i++) {
        const struct choice *choice = i < NITEMS(choices) ? &choices[i] : NULL;
        const char *key = key_of(choice != NULL ? choice->action : others[i - NITEMS(choices)].action);
        const char *word = choice == NULL ? others[i - NITEMS(choices)].word : narrow ? choice->brief : choice->state;
        int need = (int)(strlen(key) + strlen(word)) + 1;
        if (x + need > r.x + r.w) {
            x = r.x + 1;
            y++;
        }
        if (y >= r.y + r.h)
            return;
        x += surface_put(s, x, y, r.w, STYLE_KEY, key) + 1;
        x += surface_put(s, x, y, r.w, STYLE_PLAIN, word) + (narrow ? 2 : 3);
    }
    draw_with(st, s, r);
}

static void sign_draw(struct view *view, struct surface *s)
{
    struct sign_state *st = view->state;
    struct rect all = layout_all(s);
    struct rect title = layout_top(&all, 1);
    size_t done = 0;
    for (size_t i = 0; i < st->npeople; i++)
        done += sign_state_of(st->record, st->people[i]->name) != NULL;
    surface_fill(s, title, STYLE_TITLE);
    surface_putf(s, 1, 0, s->w - 2, STYLE_TITLE, s->w >= 60 ? "Sign-off round the table   %zu of %zu people   %zu recorded" : "Sign-off  %zu of %zu  %zu recorded", st->npeople == 0 ? 0 : st->at + 1, st->npeople, done);
    int rows = s->w >= 60 ? 4 : 6;
    if (!view->app->read_only) {
        struct rect keys = layout_bottom(&all, all.h > rows + 4 ? rows + 1 : all.h / 2);
        surface_hline(s, 0, keys.y, s->w);
        layout_top(&keys, 1);
        draw_choices(st, s, keys);
    }
    if (s->w >= 60) {
        struct rect left = layout_left(&all, s->w >= 100 ? 44 : 28);
        surface_vline(s, left.x + left.w, left.y, left.h);
        layout_left(&all, 1);
        left.x++;
        left.w -= 2;
        draw_list(st, s, left);
    }
    all.x++;
    all.w -= 2;
    page_draw(&st->page, s, all);
    if (st->page.nrows > st->page.top + (size_t)(all.h > 0 ? all.h : 0) && s->w > 14)
        surface_put(s, s->w - 14, all.y + all.h, 13, STYLE_WARN, " more: PgDn ");
    s->cursor_x = all.x;
    s->cursor_y = all.y;
}

/* ---- keys ---- */

static void go_to(struct view *view, size_t at)
{
    struct sign_state *st = view->state;
    sign_draft_save(view);
    st->at = at;
    sign_draft_load(view);
    st->page.top = 0;
    turn(st);
}

static void go(struct view *view, int by)
{
    struct sign_state *st = view->state;
    size_t n = st->npeople;
    if ((by < 0 && st->at == 0) || (by > 0 && st->at + 1 >= n)) {
        if (by > 0 && n > 0)
            app_say(view->app, STYLE_MESSAGE, "That was the last on the list; Esc goes back");
        return;
    }
    go_to(view, by < 0 ? st->at - 1 : st->at + 1);
}

/* By itself to the next person of whom no state is recorded, so that one more letter never adds a second state to the one who was just asked. */
static void go_on(struct view *view, const char *done)
{
    struct sign_state *st = view->state;
    struct arena *arena = arena_new();
    struct buf with = {0};
    size_t by = 1;
    while (by < st->npeople && sign_state_of(st->record, st->people[(st->at + by) % st->npeople]->name) != NULL)
        by++;
    if (by < st->npeople)
        go_to(view, (st->at + by) % st->npeople);
    if (by < st->npeople && ready(st)) { /* the sentence stands where that is drawn */
        buf_addc(&with, ' ');
        put_with(&with, st);
    }
    if (by < st->npeople)
        app_say(view->app, STYLE_GOOD, "%s. Next: %s%s%s", done, names_short(st->record, arena, person(st)), with.n > 0 ? "," : "", buf_str(&with));
    else
        app_say(view->app, STYLE_GOOD, "%s. Of everybody on the list a state is recorded; Esc goes back", done);
    buf_free(&with);
    arena_free(arena);
}

static void record_state(struct view *view, const struct choice *choice, const char *words)
{
    struct sign_state *st = view->state;
    const struct attendee *p = person(st);
    struct now now = app_now(view->app);
    struct buf state = {0}, done = {0};
    struct err err = {0};
    if (p == NULL)
        return;
    struct arena *arena = arena_new();
    buf_adds(&state, choice->state);
    if (st->scope.n > 0)
        buf_addf(&state, " (%s)", buf_str(&st->scope));
    const char *comment = words != NULL && words[0] != '\0' ? words : buf_str(&st->words);
    if (op_sign(view->app->store, st->meeting, p->name, buf_str(&state), comment, st->on == DAY_NONE ? now.day : st->on, &err) != EVH_OK) {
        app_say_err(view->app, &err);
    } else {
        buf_addf(&done, "%s: %s", names_short(st->record, arena, p), buf_str(&state));
        buf_clear(&st->scope);
        buf_clear(&st->words);
        st->on = DAY_NONE;
        sign_draft_save(view);
        sign_resumed(view);
        go_on(view, buf_str(&done));
    }
    buf_free(&state);
    buf_free(&done);
    arena_free(arena);
}

static void read_date(struct view *view, const char *answer)
{
    struct sign_state *st = view->state;
    struct now now = app_now(view->app);
    struct when when;
    int32_t day;
    if (civil_read_day(answer, strlen(answer), &day))
        st->on = day;
    else if (civil_read_phrase(answer, strlen(answer), now.day, &when) && when.day != DAY_NONE)
        st->on = when.day;
    else
        app_say(view->app, STYLE_WARN, "That is no date: write it as 2026-12-01 or 1 Dec 2026");
}

static void give(struct view *view, int choice);

static void answered(struct view *view, int tag, const char *answer)
{
    struct sign_state *st = view->state;
    if (!uuid_same(st->who, st->asked)) { /* nobody's words come under another's name */
        app_say_err(view->app, &(struct err){.code = EVH_NOTFOUND, .text = "That person is not on the list any more"});
        return;
    }
    if (tag < (int)NITEMS(choices)) {
        record_state(view, &choices[tag], answer);
    } else if (tag >= ASK_REPLACE) {
        if (answer[0] == 'y')
            give(view, tag - ASK_REPLACE);
    } else if (tag == ASK_DATE) {
        read_date(view, answer);
    } else {
        struct buf *to = tag == ASK_SCOPE ? &st->scope : &st->words;
        buf_clear(to);
        buf_adds(to, answer);
    }
}

/* Names whose words they are: half typed, they are kept for that person alone. */
static void ask(struct view *view, int tag, const char *question, const char *initial, bool required)
{
    struct sign_state *st = view->state;
    const struct attendee *p = person(st);
    struct arena *arena = arena_new();
    struct buf place = {0}, words = {0};
    if (p != NULL) {
        st->asked = p->id;
        sign_place(&place, p);
        buf_addf(&place, ":%d", tag);
        buf_addf(&words, "%s: %s", names_short(st->record, arena, p), question);
        app_ask(view->app, &(struct ask){.question = buf_str(&words), .initial = initial, .required = required, .answered = answered, .asker = view, .tag = tag,
                                         .about = st->meeting, .place = buf_str(&place)});
    }
    buf_free(&place);
    buf_free(&words);
    arena_free(arena);
}

static void ask_by_tag(struct view *view, int tag)
{
    struct sign_state *st = view->state;
    if (tag == ASK_SCOPE)
        ask(view, tag, "for which part (items 4-7)?", buf_str(&st->scope), false);
    else if (tag == ASK_WORDS)
        ask(view, tag, "words to stand beside the name:", buf_str(&st->words), false);
    else if (tag == ASK_DATE)
        ask(view, tag, "on which date (today, 1 Dec, 2026-12-01)?", NULL, true);
    else if (tag >= 0 && tag < (int)NITEMS(choices) && choices[tag].question != NULL)
        ask(view, tag, choices[tag].question, NULL, choices[tag].required);
}

/* What was half answered when the screen was last left. */
static void ask_again(struct view *view, int tag)
{
    if (tag >= 0)
        ask_by_tag(view, tag);
}

/* Records the state, or asks for the words that belong to it first. */
static void give(struct view *view, int choice)
{
    const struct sign_state *st = view->state;
    if (choices[choice].question == NULL || st->words.n > 0)
        record_state(view, &choices[choice], NULL);
    else
        ask_by_tag(view, choice);
}

/* The state that stands for the part which the next letter is about; NULL: none. */
static const struct signoff *stands(const struct sign_state *st, const struct attendee *p)
{
    for (size_t i = st->record->nsignoffs; i > 0; i--) {
        const struct signoff *s = &st->record->signoffs[i - 1];
        if (!restricted(&s->restriction) && strcmp(s->name, p->name) == 0 && strcmp(s->scope == NULL ? "" : s->scope, buf_str(&st->scope)) == 0)
            return s;
    }
    return NULL;
}

/* A second state for one part takes the place of the first (the last line is the state): that is asked, never done by a slip of the finger. */
static void ask_replace(struct view *view, int choice, const struct signoff *was)
{
    struct sign_state *st = view->state;
    const struct attendee *p = person(st);
    struct arena *arena = arena_new();
    struct buf words = {0};
    bool did = strncmp(was->state, "signed", 6) == 0 || strcmp(was->state, "declined") == 0;
    st->asked = p->id;
    buf_addf(&words, did ? "%s has %s" : "%s: “%s” is recorded", names_short(st->record, arena, p), was->state);
    if (was->scope != NULL)
        buf_addf(&words, " (%s)", was->scope);
    buf_addf(&words, ". Replace by “%s”? y replaces it, n or Esc leaves it", choices[choice].state);
    app_ask(view->app, &(struct ask){.question = buf_str(&words), .choices = "yn", .answered = answered, .asker = view, .tag = ASK_REPLACE + choice});
    buf_free(&words);
    arena_free(arena);
}

static bool choose(struct view *view, enum action action)
{
    struct sign_state *st = view->state;
    size_t i = 0;
    while (i < NITEMS(choices) && choices[i].action != action)
        i++;
    if (i == NITEMS(choices))
        return false;
    const struct attendee *p = person(st);
    const struct signoff *was = p == NULL ? NULL : stands(st, p);
    if (was != NULL)
        ask_replace(view, (int)i, was);
    else
        give(view, (int)i);
    return true;
}

static bool sign_act(struct view *view, enum action action)
{
    struct sign_state *st = view->state;
    if (action == ACTION_UP || action == ACTION_DOWN || action == ACTION_OPEN)
        go(view, action == ACTION_UP ? -1 : 1);
    else if (action == ACTION_SIGN_SCOPE)
        ask_by_tag(view, ASK_SCOPE);
    else if (action == ACTION_EDIT)
        ask_by_tag(view, ASK_WORDS);
    else if (action == ACTION_DATE)
        ask_by_tag(view, ASK_DATE);
    else
        return choose(view, action) || page_act(&st->page, action);
    return true;
}

static const char *sign_keys(struct view *view)
{
    (void)view;
    return "down up page-down page-up back help";
}

const struct view_class view_sign = {
    .name = "sign-off",
    .maps = "GLS",
    .size = sizeof(struct sign_state),
    .open = sign_open,
    .close = sign_close,
    .draw = sign_draw,
    .act = sign_act,
    .resumed = sign_resumed,
    .tick = sign_draft_save,
    .keys = sign_keys,
};
