#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700 /* the wide half of curses */
#endif
#ifdef __linux__
#define _GNU_SOURCE /* memfd_create() */
#endif
#include "tui/term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "core/memory.h"
#include "core/text.h"

#include <curses.h>
#include <term.h>

#define BLANKS_JOINED 4 /* within a text; a longer gap ends the style */
#define BRACKETED_PASTE_ON "\033[?2004h"
#define BRACKETED_PASTE_OFF "\033[?2004l"
#define CANCEL "\030" /* ends a sequence that was cut within */
#define PATIENCE_S 2u  /* with a terminal that takes nothing; twice that after each time, for a slow line that does take a frame in the end */
#define PATIENCE_DOUBLED 4
#define ROWS_MOST 500
#define COLUMNS_MOST 1000

struct terminal {
    SCREEN *screen;
    FILE *out;                    /* the terminal, on a file of our own that can be changed when it takes nothing */
    struct termios modes;         /* as they were found */
    bool cut;                     /* it took nothing: what it shows is not known, and `out` leads nowhere */
    unsigned cuts;                /* one after the other */
    int gathered;                 /* memory where the pieces of a frame become one; -1: there is none */
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

static void on_stop(int number)
{
    (void)number; /* never called: it waits, blocked, for the handler that stood before */
}

/* Where SIGTSTP has no handler curses takes it over, and ignores it while it draws: a stop that comes then is lost. So it has one for a moment. */
static SCREEN *begin_curses(const char *name, FILE *out)
{
    struct sigaction own = {.sa_handler = on_stop}, before;
    sigset_t stop, mask;
    sigemptyset(&own.sa_mask);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigprocmask(SIG_BLOCK, &stop, &mask);
    sigaction(SIGTSTP, &own, &before);
    SCREEN *screen = newterm(name, out, stdin);
    sigaction(SIGTSTP, &before, NULL);
    sigprocmask(SIG_SETMASK, &mask, NULL);
    return screen;
}

/* Looks before newterm(), which leaves memory behind when it does not know the terminal. */
static SCREEN *try_terminal(const char *name, FILE *out, bool *dumb)
{
    int found = 0;
    if (setupterm(name, STDOUT_FILENO, &found) != OK)
        return NULL;
    const char *cup = tigetstr("cup");
    *dumb = cup == NULL || cup == (char *)-1;
    del_curterm(cur_term);
    return *dumb ? NULL : begin_curses(name, out);
}

/* A window of a size that no eye can use (a client may claim any) would ask for more memory than there is; curses takes what these variables say first. */
static void bound_size(void)
{
    struct winsize size = {0};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || (size.ws_row <= ROWS_MOST && size.ws_col <= COLUMNS_MOST))
        return;
    char number[16];
    snprintf(number, sizeof number, "%d", size.ws_row < ROWS_MOST ? size.ws_row : ROWS_MOST);
    setenv("LINES", number, 1);
    snprintf(number, sizeof number, "%d", size.ws_col < COLUMNS_MOST ? size.ws_col : COLUMNS_MOST);
    setenv("COLUMNS", number, 1);
}

static SCREEN *open_screen(FILE *out, const char **notice)
{
    static const char *const common[] = {"xterm-256color", "xterm", "vt100"};
    const char *name = getenv("TERM");
    bound_size();
    bool dumb = false;
    *notice = NULL;
    SCREEN *screen = name == NULL || name[0] == '\0' ? NULL : try_terminal(name, out, &dumb);
    if (screen != NULL || dumb)
        return screen;
    *notice = "This terminal ($TERM) is not known here; a common one is assumed: if the screen looks wrong, leave with Q and set TERM=vt100";
    for (size_t i = 0; i < NITEMS(common) && screen == NULL; i++)
        screen = try_terminal(common[i], out, &dumb);
    return screen;
}

static attr_t attributes_of(const char *mono)
{
    attr_t a = A_NORMAL;
    for (; *mono != '\0'; mono++)
        a |= *mono == 'b' ? A_BOLD : *mono == 'r' ? A_REVERSE : *mono == 'u' ? A_UNDERLINE : *mono == 'd' ? A_DIM : A_NORMAL;
    return a;
}

/* The bright colour that a letter of the contrast column names, -1: none. With eight colours bold makes it bright; white needs none, so that bold
 * keeps its meaning. */
static int bright(char letter, attr_t *attributes)
{
    static const char letters[] = "wygc";
    static const int colours[] = {COLOR_WHITE, COLOR_YELLOW, COLOR_GREEN, COLOR_CYAN};
    const char *at = letter == '\0' ? NULL : strchr(letters, letter);
    if (at == NULL)
        return -1;
    if (COLORS >= 16)
        return colours[at - letters] + 8;
    if (letter != 'w')
        *attributes |= A_BOLD;
    return colours[at - letters];
}

/* High contrast sets the ground as well: nobody knows what the terminal's own is. */
static void set_contrast(struct terminal *t, bool colour)
{
    for (int i = 0; i < STYLE_COUNT; i++) {
        const char *says = style_table[i].contrast;
        t->attributes[i] = attributes_of(says);
        t->pairs[i] = 0;
        for (; colour && *says != '\0'; says++) {
            int number = bright(*says, &t->attributes[i]);
            if (number >= 0 && init_pair((short)(i + 1), (short)number, COLOR_BLACK) == OK)
                t->pairs[i] = (short)(i + 1);
        }
    }
    bkgd((chtype)COLOR_PAIR(t->pairs[STYLE_PLAIN]) | ' ');
}

static void set_colours(struct terminal *t, bool colour)
{
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

static void set_styles(struct terminal *t, bool no_colour, bool contrast)
{
    const char *wish = getenv("NO_COLOR");
    bool colour = !no_colour && (wish == NULL || wish[0] == '\0') && has_colors() && start_color() == OK;
    if (contrast)
        set_contrast(t, colour);
    else
        set_colours(t, colour);
}

/* Old consoles print what they do not know. */
static bool knows_paste(void)
{
    const char *name = termname();
    return name != NULL && strncmp(name, "vt", 2) != 0 && strncmp(name, "linux", 5) != 0 && strncmp(name, "ansi", 4) != 0;
}

/* Beside curses, which has its own buffer. */
static void say_bytes(const struct terminal *t, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t done = write(fileno(t->out), bytes, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return;
        bytes += done;
        n -= (size_t)done;
    }
}

static void say(const struct terminal *t, const char *sequence)
{
    say_bytes(t, sequence, strlen(sequence));
}

static void take(struct terminal *t)
{
    t->taken = true;
    taken_now = t;
    if (t->paste)
        say(t, BRACKETED_PASTE_ON);
}

/* Memory that is written like a file, so that no word of a frame touches a disk. */
static int open_memory(void)
{
#ifdef MFD_CLOEXEC
    return memfd_create("frame", MFD_CLOEXEC);
#else
    return -1;
#endif
}

enum evh term_open(struct terminal **out, bool no_colour, bool contrast, const char **notice, struct err *err)
{
    *out = NULL;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return err_set(err, EVH_USAGE, "the screens need a terminal; “evenhand help” lists the commands that do not");
    struct terminal *t = memory_take(1, sizeof *t);
    int own = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (own < 0 || (t->out = fdopen(own, "w")) == NULL)
        BUG("out of memory");
    tcgetattr(STDIN_FILENO, &t->modes);
    t->screen = open_screen(t->out, notice);
    if (t->screen == NULL) {
        fclose(t->out);
        free(t);
        return err_set(err, EVH_USAGE, "this terminal cannot place its cursor; “evenhand help” lists the commands that need no screen");
    }
    raw();
    noecho();
    nonl();
    typeahead(-1); /* keys are not read by curses: it must not wait for them */
    leaveok(stdscr, FALSE);
    idlok(stdscr, TRUE);
    set_styles(t, no_colour, contrast);
    t->paste = knows_paste();
    t->gathered = open_memory();
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
        say(t, BRACKETED_PASTE_OFF);
    endwin();
    tcsetattr(STDIN_FILENO, TCSANOW, &t->modes); /* which curses cannot when `out` leads nowhere */
}

void term_close(struct terminal *t)
{
    give_back(t);
    surface_free(&t->shown);
    delscreen(t->screen);
    fclose(t->out);
    if (t->gathered >= 0)
        close(t->gathered);
    free(t);
}

void term_last_words(void)
{
    if (taken_now != NULL)
        give_back(taken_now);
}

void term_wipe(struct terminal *t)
{
    erase();
    clearok(stdscr, TRUE);
    refresh();
    const char *forget = tigetstr("E3");
    if (forget != NULL && forget != (char *)-1)
        say(t, forget);
    t->all = true;
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

/* ---- a terminal that takes nothing ---- */

int term_file(const struct terminal *t)
{
    return fileno(t->out);
}

unsigned term_patience(const struct terminal *t)
{
    return (unsigned)PATIENCE_S << (t->cuts < PATIENCE_DOUBLED ? t->cuts : PATIENCE_DOUBLED);
}

void term_written(struct terminal *t, bool cut)
{
    if (cut) {
        t->cut = true;
        t->cuts++;
    } else if (!t->cut) {
        t->cuts = 0;
    }
}

/* `out` leads to the terminal again, if that takes anything. */
static bool connect_again(struct terminal *t)
{
    struct pollfd room = {.fd = STDOUT_FILENO, .events = POLLOUT};
    if (poll(&room, 1, 0) != 1 || (room.revents & POLLOUT) == 0 || dup2(STDOUT_FILENO, fileno(t->out)) < 0)
        return false;
    t->cut = false;
    say(t, CANCEL);
    return true;
}

bool term_ready(struct terminal *t)
{
    if (!t->cut)
        return true;
    if (!connect_again(t))
        return false;
    if (t->taken) {
        give_back(t);
        term_resume(t);
    }
    return true;
}

void term_abandon(struct terminal *t)
{
    static const char *const names[] = {"sgr0", "rmcup", "cnorm"};
    tcflush(STDOUT_FILENO, TCOFLUSH); /* what nobody read makes room for what must be said */
    if (!connect_again(t))
        return;
    if (t->paste)
        say(t, BRACKETED_PASTE_OFF);
    for (size_t i = 0; i < NITEMS(names); i++) {
        const char *sequence = tigetstr(names[i]);
        if (sequence != NULL && sequence != (char *)-1)
            say(t, sequence);
    }
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
        resize_term(size.ws_row < ROWS_MOST ? size.ws_row : ROWS_MOST, size.ws_col < COLUMNS_MOST ? size.ws_col : COLUMNS_MOST);
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

/* Takes the cells of a row that changed; false: none did. */
static bool take_row(struct terminal *t, const struct surface *s, int w, int y)
{
    const struct cell *row = &s->cells[(size_t)y * (size_t)s->w];
    struct cell *was = &t->shown.cells[(size_t)y * (size_t)t->shown.w];
    if (!t->all && memcmp(row, was, (size_t)w * sizeof *row) == 0)
        return false;
    for (int x = 0; x < w; x++) {
        if (!t->all && memcmp(&row[x], &was[x], sizeof row[x]) == 0)
            continue;
        was[x] = row[x];
        if (row[x].width > 0)
            put_cell(t, s, x, y);
    }
    return true;
}

/* Curses writes a piece at each jump of its cursor. A frame of several pieces goes out as one, so that nobody sees half of it and a slow line
 * carries one packet: what curses writes to is memory meanwhile. */
static void refresh_as_one(struct terminal *t)
{
    if (t->gathered < 0 || t->cut || isendwin() || lseek(t->gathered, 0, SEEK_SET) != 0 || dup2(t->gathered, fileno(t->out)) < 0) {
        refresh();
        return;
    }
    refresh();
    off_t n = lseek(t->gathered, 0, SEEK_CUR);
    while (dup2(STDOUT_FILENO, fileno(t->out)) < 0 && errno == EINTR)
        continue;
    char bytes[8192];
    for (off_t at = 0; at < n;) {
        size_t some = n - at < (off_t)sizeof bytes ? (size_t)(n - at) : sizeof bytes;
        ssize_t got = pread(t->gathered, bytes, some, at);
        if (got <= 0)
            return;
        say_bytes(t, bytes, (size_t)got);
        at += got;
    }
}

void term_show_rows(struct terminal *t, const struct surface *s, int from, int to)
{
    int w = s->w < t->shown.w ? s->w : t->shown.w, h = s->h < t->shown.h ? s->h : t->shown.h, rows = 0;
    if (t->all) {
        erase();
        clearok(stdscr, TRUE);
    }
    for (int y = t->all || from < 0 ? 0 : from; y < h && (t->all || y < to); y++)
        rows += take_row(t, s, w, y);
    t->all = false;
    move(s->cursor_y, s->cursor_x);
    if (rows > 1)
        refresh_as_one(t);
    else
        refresh();
}

void term_show(struct terminal *t, const struct surface *s)
{
    term_show_rows(t, s, 0, s->h);
}
