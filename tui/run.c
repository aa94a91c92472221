/* The loop: what comes in goes to the app, and what it draws goes to the terminal. */
#include <limits.h>
#include <time.h>

#include "core/text.h"
#include "tui/app.h"
#include "tui/input.h"
#include "tui/term.h"

#define PAUSE_MS 250  /* of the keys, after which the half-typed line is saved; shorter than that, and each key of a slow typist would be a write */
#define TICK_MS 1000
#define SAVE_MS 600 /* while the keys do not pause: what a killed program loses stays under a second also on a busy computer */
#define BEHIND_MS 1   /* the letter reaches the eye before the processor is taken for the rest of the screen */
#define NOTICE_MS 60000 /* before whoever types nothing is logged out; half the time when that is shorter */
#define END_PATIENCE_MS 600 /* with another program that holds the database, for each of the few savings at the end: nobody waits longer for a hang-up than five seconds */

struct loop {
    struct app *app;
    struct terminal *term;
    struct input_source *input;
    struct surface frame;
    int64_t ticked;   /* when the views last heard of time */
    bool keys_since;  /* keys came after that */
    bool letters;     /* nothing but letters came last: they can be shown before all else */
    bool behind;      /* they were; the rest of the screen is still to be drawn */
    int64_t idle_ms;  /* app_terminal */
    int64_t active;   /* when somebody typed last; what other programs change is no sign of life */
    bool noticed;     /* the notice was given since */
    bool ended;
};

static int64_t milliseconds(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void fit_frame(struct loop *l)
{
    int w, h;
    term_resize(l->term);
    term_size(l->term, &w, &h);
    if (w == l->frame.w && h == l->frame.h)
        return;
    surface_free(&l->frame);
    surface_init(&l->frame, w, h);
}

/* ---- the terminal, as long as it takes what it is given ---- */

static void begin_writing(struct loop *l)
{
    input_write_begins(l->input, term_file(l->term), term_patience(l->term));
}

static void end_writing(struct loop *l)
{
    term_written(l->term, input_write_ends(l->input));
}

/* When it takes nothing, keys are taken and lines saved all the same; it is asked again with each frame. */
static void show_rows(struct loop *l, int from, int to)
{
    begin_writing(l);
    if (term_ready(l->term))
        term_show_rows(l->term, &l->frame, from, to);
    end_writing(l);
}

static void show(struct loop *l)
{
    show_rows(l, 0, l->frame.h);
}

static void leave_screen(struct loop *l)
{
    input_write_begins(l->input, term_file(l->term), 1);
    bool ready = term_ready(l->term);
    if (ready && l->app->confined)
        term_wipe(l->term);
    term_suspend(l->term);
    bool cut = input_write_ends(l->input);
    term_written(l->term, cut);
    if (ready && !cut)
        return;
    input_write_begins(l->input, term_file(l->term), 1);
    term_abandon(l->term);
    term_written(l->term, input_write_ends(l->input));
}

static void come_back(struct loop *l)
{
    begin_writing(l);
    (void)term_ready(l->term); /* when it is not, it is taken all the same, and drawn when it is */
    term_resume(l->term);
    end_writing(l);
    fit_frame(l);
}

/* ---- nobody is there ---- */

static void be_active(struct loop *l)
{
    l->active = milliseconds();
    l->noticed = false;
}

static int64_t time_left(const struct loop *l)
{
    return l->idle_ms == 0 ? INT_MAX : l->idle_ms - (milliseconds() - l->active);
}

/* After the views had their tick, so that nothing they say covers the notice. */
static void look_idle(struct loop *l)
{
    int64_t left = time_left(l), notice = l->idle_ms / 2 < NOTICE_MS ? l->idle_ms / 2 : NOTICE_MS;
    if (left <= 0) {
        l->app->idled = true;
        l->ended = true;
    } else if (left <= notice && !l->noticed) {
        l->noticed = true;
        app_say(l->app, STYLE_WARN, "Nothing was typed for a while: any key stays, else you are logged out in %d seconds", (int)((left + 999) / 1000));
    }
}

/* ---- what comes in ---- */

static void tick(struct loop *l)
{
    l->ticked = milliseconds();
    l->keys_since = false;
    app_tick(l->app);
    look_idle(l);
}

static void take_paste(struct loop *l, const struct buf *paste, bool cut)
{
    app_text(l->app, buf_str(paste), paste->n, true);
    if (cut)
        app_say(l->app, STYLE_WARN, "The paste was longer than 64 KiB: only its beginning was taken");
}

static void take_input(struct loop *l, enum input input, int32_t key, const struct buf *paste, bool cut)
{
    switch (input) {
    case INPUT_KEY:
        app_key(l->app, key);
        break;
    case INPUT_PASTE:
        take_paste(l, paste, cut);
        break;
    case INPUT_RESIZE:
        fit_frame(l);
        break;
    case INPUT_STOP:
        tick(l); /* saves the half-typed line: nobody knows when we go on */
        leave_screen(l);
        input_stop();
        come_back(l);
        break;
    case INPUT_CONTINUE:
        leave_screen(l);
        come_back(l);
        break;
    case INPUT_END:
        l->ended = true;
        break;
    case INPUT_NONE:
        break;
    }
    l->keys_since |= input == INPUT_KEY || input == INPUT_PASTE;
}

/* Takes everything that has come before anything is drawn; letters that follow each other go to the view as one text. False when nothing came. */
static bool take_all(struct loop *l, int timeout_ms)
{
    struct buf typed = {0};
    bool any = false;
    l->letters = true;
    for (;;) {
        int32_t key = 0;
        const struct buf *paste = NULL;
        bool cut = false;
        enum input input = input_next(l->input, timeout_ms, &key, &paste, &cut);
        bool letter = input == INPUT_KEY && key_prints(key) && app_takes_text(l->app);
        timeout_ms = letter ? -1 : 0; /* a letter is shown before anybody looks for more */
        if (letter)
            text_put(&typed, key);
        if (typed.n > 0 && !letter) {
            app_text(l->app, typed.s, typed.n, false);
            l->keys_since = true;
            buf_clear(&typed);
        }
        if (input == INPUT_NONE)
            break;
        any = true;
        if (input == INPUT_KEY || input == INPUT_PASTE)
            be_active(l);
        l->letters = l->letters && letter;
        if (!letter)
            take_input(l, input, key, paste, cut);
        if (l->ended || l->app->quit)
            break;
    }
    buf_free(&typed);
    return any;
}

static void draw(struct loop *l)
{
    if (l->app->redraw)
        term_redraw(l->term);
    l->app->redraw = false;
    app_draw(l->app, &l->frame);
    show(l);
}

/* A letter is shown at once; how the line will be understood, and all else, when no further key waits. */
static void answer(struct loop *l)
{
    l->behind = l->letters && app_echo(l->app, &l->frame);
    if (l->behind)
        show_rows(l, l->frame.cursor_y - ECHO_ROWS, l->frame.cursor_y + ECHO_ROWS + 1);
    else
        draw(l); /* before anything is saved: the key is answered at once */
}

static int wait_for(const struct loop *l)
{
    if (l->behind)
        return BEHIND_MS;
    int64_t wait = l->keys_since ? PAUSE_MS : TICK_MS - (milliseconds() - l->ticked);
    if (time_left(l) < wait)
        wait = time_left(l);
    return wait < 1 ? 1 : (int)wait;
}

/* In the midst of a key's work, so over the last frame: nothing else is asked or drawn. */
static void show_waiting(void *data, const char *what)
{
    struct loop *l = data;
    struct rect row = {0, l->frame.h - 1, l->frame.w, 1};
    surface_fill(&l->frame, row, STYLE_WARN);
    surface_putf(&l->frame, 1, row.y, row.w - 2, STYLE_WARN, "Waiting: %s", what);
    show(l);
}

static void run(struct loop *l)
{
    fit_frame(l);
    draw(l);
    l->ticked = milliseconds();
    be_active(l);
    while (!l->ended && !l->app->quit) {
        bool any = take_all(l, wait_for(l));
        if (l->ended || l->app->quit)
            break;
        bool pause = l->keys_since && !any && !l->behind, idle = time_left(l) <= 0;
        if (any) {
            answer(l);
        } else if (l->behind) {
            l->behind = false;
            draw(l);
        }
        /* At each pause of the keys, and more than once a second while they do not pause. */
        if (milliseconds() - l->ticked >= (l->keys_since ? SAVE_MS : TICK_MS) || pause || idle) {
            l->app->typing = l->keys_since && !pause;
            tick(l);
            l->app->typing = false;
            l->behind = false;
            draw(l);
        }
    }
}

/* What the caller wants done between the opening of the terminal and the first word on it. */
static bool let_in(struct app *app, const struct app_terminal *terminal)
{
    struct err err = {0};
    if (terminal->opened == NULL || terminal->opened(terminal->opened_data, &err) == EVH_OK)
        return true;
    app_say_err(app, &err);
    return false;
}

int app_run(struct app *app, const struct view_class *first, const void *arg, const struct app_terminal *terminal)
{
    struct err err = {0};
    struct loop loop = {.app = app, .idle_ms = terminal->idle_ms};
    const char *notice = NULL;
    app->ascii = terminal->ascii;
    if (term_open(&loop.term, terminal->no_colour, terminal->contrast, &notice, &err) != EVH_OK) {
        app_say_err(app, &err);
        return err_status(app->failed);
    }
    loop.input = input_open(terminal->ascii);
    app->waiting = show_waiting;
    app->waiting_data = &loop;
    bool opened = let_in(app, terminal) && app_push(app, first, arg);
    if (opened && notice != NULL && app->message[0] == '\0')
        app_say(app, STYLE_WARN, "%s", notice);
    if (opened)
        run(&loop);
    if (app->store != NULL)
        store_patience(app->store, END_PATIENCE_MS);
    app_close_all(app);
    leave_screen(&loop);
    input_close(loop.input);
    term_close(loop.term);
    surface_free(&loop.frame);
    return opened ? 0 : err_status(app->failed);
}
