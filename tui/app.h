/* The stack of screens, the message line, and what every screen shares. */
#ifndef TUI_APP_H
#define TUI_APP_H

#include "core/types.h"
#include "data/op.h"
#include "data/store.h"
#include "tui/view.h"
#include "tui/visits.h"

/* The keys of the last row in words, as long as maps and names are the same: finding them reads the whole table. */
struct key_line {
    char maps[8], names[240];
    struct { enum action action; char words[16]; } v[24];
    size_t n;
};

struct app {
    struct store *store;
    const struct types *types;
    struct view *top;
    char message[512];        /* one sentence; shown until the next key */
    enum style message_style;
    char trouble[48];         /* what stands in the title line while nothing can be written ("NOT SAVED since 14:22"); "": all is well */
    enum evh trouble_code;    /* of what was said of it */
    int trouble_ticks;        /* how often it was met in a row */
    bool forced;              /* the program is ended by a signal or a lost terminal: nobody can be asked */
    bool quit, ascii, blank;
    bool read_only;           /* nothing can be changed: tui/reading.h; the store is a handle for reading */
    struct visits visits;     /* who opened what: tui/visits.h */
    bool confined;            /* one person's visit over a line: no command by its name, and nothing stays on the screen at the end */
    bool idled;               /* the program was ended because nothing was typed for so long */
    int32_t key;              /* that is being handled */
    int32_t chord;
    struct view *closed;      /* to be freed when the key is done with, so that a view may close itself */
    bool hint;                /* the keys paused within a chord: show what may follow */
    bool typing;              /* the tick comes while the keys go on: save, and change nothing that is seen */
    bool redraw;              /* the next frame is to be drawn whole */
    enum evh failed;          /* code of the last app_say_err() */
    void (*waiting)(void *data, const char *what); /* shows at once what a key's work waits for; NULL: there is no terminal */
    void *waiting_data;
    struct key_line key_line;
    int64_t seen;             /* store_version() when the views were last told */
};

/* Opens a view above the others / closes the top one (the last one closed ends the program). A failure to open is said on the message line. */
bool app_push(struct app *app, const struct view_class *class, const void *arg);
void app_pop(struct app *app);
void app_say(struct app *app, enum style style, const char *format, ...) PRINTF_LIKE(3, 4);
void app_say_err(struct app *app, const struct err *err);
struct now app_now(const struct app *app);
/* Last rows of a view that the message covers just now: for views whose typed line stands there. */
int app_message_rows(const struct app *app, int columns);

/* Draws the top view, message and key line into a surface: what term.c shows and golden tests dump. The view gets all rows but the key line's
 * (the last row; none when the class has no `keys`); a message covers the view's last row or two until the next key, but never the cursor's; below 20x5 only a hint is drawn. */
void app_draw(struct app *app, struct surface *s);
/* Draws only the line that was just typed into, over the frame that app_draw() made. False: app_draw() is due. */
bool app_echo(struct app *app, struct surface *s);
/* Feeds one key or piece of text, as input.c reads them. app_key() looks the key up in the maps of the top view; the view is asked first, then come the
 * actions that every screen has (help, back = close, quit, command). An Alt key that is bound to nothing is Esc and then the key. */
void app_key(struct app *app, int32_t key);
void app_text(struct app *app, const char *utf8, size_t n, bool paste);
void app_tick(struct app *app);
/* Does an action as if its key had been pressed. */
void app_act(struct app *app, enum action action);
/* Letters are text on the top screen. */
bool app_takes_text(const struct app *app);
/* Lets every view save (tick), then closes them all. */
void app_close_all(struct app *app);

/* Asks one line ("Why is it withdrawn?") or a choice of single letters; the answer goes to the callback of the asking view. */
struct ask {
    const char *question;
    const char *initial;      /* text that stands there */
    bool required;            /* empty is not accepted */
    const char *choices;      /* "yn": one of these letters answers at once, as a text of one letter; NULL: a line is typed */
    void (*answered)(struct view *asker, int tag, const char *answer); /* not called on Esc */
    struct view *asker;
    int tag;
    void (*left)(struct view *asker, int tag); /* on Esc; may be NULL */
    /* Where a half-typed answer is kept until it is given, so that neither Esc nor a killed program loses it: the meeting, and what is asked
     * there ("mark:withdraw:ID"). When the answer could not be stored (app_say_err), it is asked again. `place` NULL: nothing is kept. */
    struct uuid about;
    const char *place;
};
/* The question stands in the last rows, over the asking view. Strings are copied. */
void app_ask(struct app *app, const struct ask *ask);

struct app_terminal {
    bool ascii, no_colour, contrast;
    int64_t idle_ms;          /* without a key for so long: all is saved and the program ends (`idled`); a notice comes a minute before. 0: never */
    /* Called when the terminal is open and nothing was shown yet; what it refuses ends the program. May be NULL. */
    enum evh (*opened)(void *data, struct err *err);
    void *opened_data;
};
/* Runs the loop on a terminal until quit. Exit status; when it is not 0, the terminal or the first view would not open: `message` says why. SIGTSTP stops the
 * program unless it was ignored when this was called. */
int app_run(struct app *app, const struct view_class *first, const void *arg, const struct app_terminal *terminal);

#endif
