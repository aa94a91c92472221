#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700 /* the wide half of curses */
#endif
#include "tui/term.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include "core/text.h"

#include <curses.h>
#include <term.h>

#define BLANKS_JOINED 4 /* within a text; a longer gap ends the style */
#define BRACKETED_PASTE_ON "\033[?2004h"
#define BRACKETED_PASTE_OFF "\033[?2004l"

struct terminal {
    SCREEN *screen;
    struct surface shown;         /* the last frame */
    bool taken;                   /* the screen is ours */
    bool paste;                   /* the terminal is asked to mark pastes */
    bool all;                     /* the next frame is drawn whole */
    attr_t attributes[STYLE_COUNT];
    short pairs[STYLE_COUNT];
};

/* For the last words only: a BUG() knows of no terminal. */
static struct terminal *taken_now;

/* ---- opening ---- */

/* Looks before newterm(), which leaves memory behind when it does not know the terminal. */
static SCREEN *try_terminal(const char *name, bool *dumb)
{
    int found = 0;
    if (setupterm(name, STDOUT_FILENO, &found) != OK)
        return NULL;
    const char *cup = tigetstr("cup");
    *dumb = cup == NULL || cup == (char *)-1;
    del_curterm(cur_term);
    return *dumb ? NULL : newterm(name, stdout, stdin);
}

static SCREEN *open_screen(const char **notice)
{
    static const char *const common[] = {"xterm-256color", "xterm", "vt100"};
    const char *name = getenv("TERM");
    bool dumb = false;
    *notice = NULL;
    SCREEN *screen = name == NULL || name[0] == '\0' ? NULL : try_terminal(name, &dumb);
    if (screen != NULL || dumb)
        return screen;
    *notice = "This terminal ($TERM) is not known here; a common one is assumed: if the screen looks wrong, leave with Q and set TERM=vt100";
    for (size_t i = 0; i < NITEMS(common) && screen == NULL; i++)
        screen = try_terminal(common[i], &dumb);
    return screen;
}

static attr_t attributes_of(const char *mono)
{
    attr_t a = A_NORMAL;
    for (; *mono != '\0'; mono++)
        a |= *mono == 'b' ? A_BOLD : *mono == 'r' ? A_REVERSE : *mono == 'u' ? A_UNDERLINE : *mono == 'd' ? A_DIM : A_NORMAL;
    return a;
}

static void set_styles(struct terminal *t, bool no_colour)
{
    const char *wish = getenv("NO_COLOR");
    bool colour = !no_colour && (wish == NULL || wish[0] == '\0') && has_colors() && start_color() == OK;
    short ground = -1;
    if (colour && use_default_colors() != OK)
        ground = COLOR_BLACK;
    for (int i = 0; i < STYLE_COUNT; i++) {
        int number = style_table[i].colour;
        t->attributes[i] = attributes_of(style_table[i].mono);
        t->pairs[i] = 0;
        if (!colour || number < 0)
            continue;
        if (number >= COLORS)
            t->attributes[i] |= A_DIM;
        else if (init_pair((short)(i + 1), (short)number, ground) == OK)
            t->pairs[i] = (short)(i + 1);
    }
}

/* Old consoles print what they do not know. */
static bool knows_paste(void)
{
    const char *name = termname();
    return name != NULL && strncmp(name, "vt", 2) != 0 && strncmp(name, "linux", 5) != 0 && strncmp(name, "ansi", 4) != 0;
}

/* Beside curses, which has its own buffer. */
static void say(const char *sequence)
{
    for (size_t n = strlen(sequence); n > 0;) {
        ssize_t done = write(STDOUT_FILENO, sequence, n);
        if (done <= 0)
            return;
        sequence += done;
        n -= (size_t)done;
    }
}

static void take(struct terminal *t)
{
    t->taken = true;
    taken_now = t;
    if (t->paste)
        say(BRACKETED_PASTE_ON);
}

enum evh term_open(struct terminal **out, bool no_colour, const char **notice, struct err *err)
{
    *out = NULL;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return err_set(err, EVH_USAGE, "the screens need a terminal; “evenhand help” lists the commands that do not");
    SCREEN *screen = open_screen(notice);
    if (screen == NULL)
        return err_set(err, EVH_USAGE, "this terminal cannot place its cursor; “evenhand help” lists the commands that need no screen");
    struct terminal *t = calloc(1, sizeof *t);
    if (t == NULL)
        BUG("out of memory");
    t->screen = screen;
    raw();
    noecho();
    nonl();
    typeahead(-1); /* keys are not read by curses: it must not wait for them */
    leaveok(stdscr, FALSE);
    idlok(stdscr, TRUE);
    set_styles(t, no_colour);
    t->paste = knows_paste();
    t->all = true;
    int w, h;
    term_size(t, &w, &h);
    surface_init(&t->shown, w, h);
    take(t);
    *out = t;
    return EVH_OK;
}

static void give_back(struct terminal *t)
{
    if (!t->taken)
        return;
    t->taken = false;
    taken_now = NULL;
    if (t->paste)
        say(BRACKETED_PASTE_OFF);
    endwin();
}

void term_close(struct terminal *t)
{
    give_back(t);
    surface_free(&t->shown);
    delscreen(t->screen);
    free(t);
}

void term_last_words(void)
{
    if (taken_now != NULL)
        give_back(taken_now);
}

void term_suspend(struct terminal *t)
{
    give_back(t);
}

void term_resume(struct terminal *t)
{
    take(t);
    term_resize(t);
    term_redraw(t);
}

const char *term_version(void)
{
    const char *version = curses_version(); /* "ncurses 6.4.20221231" */
    const char *blank = strchr(version, ' ');
    return blank == NULL ? version : blank + 1;
}

/* ---- size ---- */

void term_size(struct terminal *t, int *w, int *h)
{
    (void)t;
    getmaxyx(stdscr, *h, *w);
}

void term_resize(struct terminal *t)
{
    struct winsize size = {0};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
        resize_term(size.ws_row, size.ws_col);
    int w, h;
    term_size(t, &w, &h);
    if (w == t->shown.w && h == t->shown.h)
        return;
    surface_free(&t->shown);
    surface_init(&t->shown, w, h);
    term_redraw(t);
}

void term_redraw(struct terminal *t)
{
    t->all = true;
}

/* ---- drawing ---- */

static bool is_blank(const struct cell *cell)
{
    return cell->text[0] == ' ' && cell->text[1] == '\0';
}

static bool shows_on_blanks(const struct terminal *t, int style)
{
    return (t->attributes[style] & (A_REVERSE | A_UNDERLINE)) != 0;
}

/* A blank looks the same in every style without reverse or underline. Between two words of one style it is sent in that style, elsewhere as
 * plain: each change of style costs a dozen bytes. */
static int style_to_send(const struct terminal *t, const struct surface *s, int x, int y)
{
    const struct cell *row = &s->cells[(size_t)y * (size_t)s->w];
    int own = row[x].style, left = x, right = x;
    if (!is_blank(&row[x]) || shows_on_blanks(t, own))
        return own;
    while (left > 0 && x - left < BLANKS_JOINED && is_blank(&row[left]))
        left--;
    while (right < s->w - 1 && right - x < BLANKS_JOINED && is_blank(&row[right]))
        right++;
    bool joins = !is_blank(&row[left]) && !is_blank(&row[right]) && row[left].style == row[right].style && !shows_on_blanks(t, row[left].style);
    return joins ? row[left].style : STYLE_PLAIN;
}

static void put_cell(struct terminal *t, const struct surface *s, int x, int y)
{
    const struct cell *cell = &s->cells[(size_t)y * (size_t)s->w + (size_t)x];
    wchar_t text[CELL_BYTES + 1];
    size_t n = 0, length = strlen(cell->text);
    for (size_t at = 0; at < length;)
        text[n++] = (wchar_t)text_code(cell->text, length, &at);
    text[n] = L'\0';
    int style = style_to_send(t, s, x, y);
    cchar_t c;
    if (setcchar(&c, text, t->attributes[style], t->pairs[style], NULL) == OK)
        mvadd_wch(y, x, &c); /* ERR at the last corner, where it is put all the same */
}

void term_show(struct terminal *t, const struct surface *s)
{
    int w = s->w < t->shown.w ? s->w : t->shown.w, h = s->h < t->shown.h ? s->h : t->shown.h;
    if (t->all) {
        erase();
        clearok(stdscr, TRUE);
    }
    for (int y = 0; y < h; y++) {
        size_t from = (size_t)y * (size_t)s->w;
        if (!t->all && s->w == t->shown.w && memcmp(s->cells + from, t->shown.cells + from, (size_t)w * sizeof *s->cells) == 0)
            continue;
        for (int x = 0; x < w; x++) {
            const struct cell *cell = &s->cells[(size_t)y * (size_t)s->w + (size_t)x];
            struct cell *was = &t->shown.cells[(size_t)y * (size_t)t->shown.w + (size_t)x];
            if (!t->all && memcmp(cell, was, sizeof *cell) == 0)
                continue;
            *was = *cell;
            if (cell->width > 0)
                put_cell(t, s, x, y);
        }
    }
    t->all = false;
    move(s->cursor_y, s->cursor_x);
    refresh();
}
