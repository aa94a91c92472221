/* The loop: what comes in goes to the app, and what it draws goes to the terminal. */
#include <time.h>

#include "core/text.h"
#include "tui/app.h"
#include "tui/input.h"
#include "tui/term.h"

#define PAUSE_MS 250  /* of the keys, after which the half-typed line is saved; shorter than that, and each key of a slow typist would be a write */
#define TICK_MS 1000

struct loop {
    struct app *app;
    struct terminal *term;
    struct input_source *input;
    struct surface frame;
    int64_t ticked;   /* when the views last heard of time */
    bool keys_since;  /* keys came after that */
    bool letters;     /* nothing but letters came last: they can be shown before all else */
    bool behind;      /* they were; the rest of the screen is still to be drawn */
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

static void tick(struct loop *l)
{
    l->ticked = milliseconds();
    l->keys_since = false;
    app_tick(l->app);
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
        term_suspend(l->term);
        input_stop();
        term_resume(l->term);
        fit_frame(l);
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
    term_show(l->term, &l->frame);
}

/* A letter is shown at once; how the line will be understood, and all else, when no further key waits. */
static void answer(struct loop *l)
{
    l->behind = l->letters && app_echo(l->app, &l->frame);
    if (l->behind)
        term_show(l->term, &l->frame);
    else
        draw(l); /* before anything is saved: the key is answered at once */
}

static int wait_for(const struct loop *l)
{
    if (l->behind)
        return 0;
    int64_t wait = l->keys_since ? PAUSE_MS : TICK_MS - (milliseconds() - l->ticked);
    return wait < 1 ? 1 : (int)wait;
}

static void run(struct loop *l)
{
    fit_frame(l);
    draw(l);
    l->ticked = milliseconds();
    while (!l->ended && !l->app->quit) {
        bool any = take_all(l, wait_for(l));
        if (l->ended || l->app->quit)
            break;
        bool pause = l->keys_since && !any && !l->behind;
        if (any) {
            answer(l);
        } else if (l->behind) {
            l->behind = false;
            draw(l);
        }
        /* At each pause of the keys, and each second while they do not pause. */
        if (milliseconds() - l->ticked >= TICK_MS || pause) {
            tick(l);
            l->behind = false;
            draw(l);
        }
    }
}

int app_run(struct app *app, const struct view_class *first, const void *arg, const struct app_terminal *terminal)
{
    struct err err = {0};
    struct loop loop = {.app = app};
    const char *notice = NULL;
    app->ascii = terminal->ascii;
    if (term_open(&loop.term, terminal->no_colour, &notice, &err) != EVH_OK) {
        app_say_err(app, &err);
        return err_status(app->failed);
    }
    loop.input = input_open(terminal->ascii);
    bool opened = app_push(app, first, arg);
    if (opened && notice != NULL && app->message[0] == '\0')
        app_say(app, STYLE_WARN, "%s", notice);
    if (opened)
        run(&loop);
    app_close_all(app);
    input_close(loop.input);
    term_close(loop.term);
    surface_free(&loop.frame);
    return opened ? 0 : err_status(app->failed);
}
