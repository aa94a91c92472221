/* Every key of the live screen in many terminals, at several sizes: the program in real pseudo-terminals, each key as that terminal's description says,
 * and after each the text that must have come or gone and the cursor on the thing in focus (steps.def).
 *   terminal_keys [--all] [--jobs N] [--pretend cursor] FILE.meeting
 * The program is $EVENHAND_PROGRAM; it works in the current directory. Without --all each terminal is tried at one size. --pretend: as if the cursor stood
 * a column further; must give 1. */
#define _GNU_SOURCE 1
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/text.h"
#include "tests/terminal/described.h"
#include "tui/key.h"

#define PASTE "\001"
#define LINE_ROWS 6

struct kind {
    const char *name, *term;    /* what TERM says; NULL: nothing */
    const char *keys;           /* the terminal that sends the keys */
    const char *option;
    const char *environment[4];
    bool ascii, utf8;           /* nothing but ASCII may come; the prompt must be the right sign */
};

static const struct kind kinds[] = {
    {"xterm-256color", "xterm-256color", "xterm-256color", NULL, {NULL}, false, true},
    {"tmux-256color", "tmux-256color", "tmux-256color", NULL, {NULL}, false, true},
    {"linux", "linux", "linux", NULL, {NULL}, false, true},
    {"vt100", "vt100", "vt100", NULL, {NULL}, false, true},
    {"NO_COLOR", "xterm-256color", "xterm-256color", NULL, {"NO_COLOR=1"}, false, true},
    {"--ascii", "xterm-256color", "xterm-256color", "--ascii", {NULL}, true, false},
    {"vt100 --ascii", "vt100", "vt100", "--ascii", {NULL}, true, false},
    {"empty LANG", "xterm-256color", "xterm-256color", NULL, {"LC_ALL", "LC_CTYPE=", "LANG="}, false, true},
    {"LANG=C", "linux", "linux", NULL, {"LC_ALL", "LANG=C"}, true, false},
    {"unknown TERM", "terminal-of-tomorrow", "xterm-256color", NULL, {NULL}, false, true},
    {"no TERM", NULL, "xterm-256color", NULL, {NULL}, false, true},
};
static const int sizes[][2] = {{80, 24}, {120, 40}, {40, 12}};

struct step {
    const char *keys, *text, *see, *gone, *before, *on;
};
static const struct step steps[] = {
#define STEP(keys, text, see, gone, before, on) {keys, text, see, gone, before, on},
#include "tests/terminal/steps.def"
#undef STEP
};

struct run {
    const struct kind *kind;
    int w, h, round;        /* 1: the twins */
    bool pretend;
    struct pty *p;
    struct pty_keys keys;
    const struct step *step;
};

/* ---- what is looked at ---- */

/* What stands in the entry line before the cursor, from the prompt on; false when the cursor is not in it. */
static bool before_cursor(const struct run *r, struct buf *out)
{
    int x, y, top;
    struct buf row = {0};
    const char *prompt = r->kind->ascii ? ">" : "\u25B8";
    pty_cursor(r->p, &x, &y);
    for (top = y; top >= 0 && top > y - LINE_ROWS; top--) {
        buf_clear(&row);
        pty_row(r->p, top, &row);
        if (text_starts(buf_str(&row), prompt))
            break;
    }
    bool found = top >= 0 && text_starts(buf_str(&row), prompt);
    for (int i = top; found && i < y; i++) { /* rows are wrapped at a blank */
        buf_clear(&row);
        pty_row(r->p, i, &row);
        buf_adds(out, buf_str(&row) + (i == top ? strlen(prompt) + 1 : text_next(buf_str(&row), row.n, text_next(buf_str(&row), row.n, 0))));
        buf_addc(out, ' ');
    }
    if (found)
        pty_columns(r->p, y, 2, x + r->pretend, out);
    buf_free(&row);
    return found;
}

static bool stands_behind(const struct run *r, const char *want)
{
    struct buf text = {0};
    bool in_line = before_cursor(r, &text);
    const char *s = buf_str(&text);
    size_t n = strlen(want);
    bool good = in_line && (n == 0 ? text.n == 0 : text.n >= n && strcmp(s + text.n - n, want) == 0);
    buf_free(&text);
    return good;
}

static bool stands_on(struct pty *p, const char *want)
{
    int x, y;
    struct buf row = {0};
    pty_cursor(p, &x, &y);
    pty_row(p, y, &row);
    bool good = strstr(buf_str(&row), want) != NULL;
    buf_free(&row);
    return good;
}

static bool holds(struct pty *p, void *data)
{
    const struct run *r = data;
    const struct step *s = r->step;
    struct buf screen = {0};
    pty_screen(p, &screen);
    bool good = pty_cursor_visible(p) && (s->see == NULL || strstr(buf_str(&screen), s->see) != NULL) &&
                (s->gone == NULL || strstr(buf_str(&screen), s->gone) == NULL);
    buf_free(&screen);
    return good && (s->before == NULL || stands_behind(r, s->before)) && (s->on == NULL || stands_on(p, s->on));
}

/* ---- what is done ---- */

static void wrong(const struct run *r, const char *what)
{
    struct buf screen = {0};
    int x = 0, y = 0;
    if (r->p != NULL) {
        pty_screen(r->p, &screen);
        pty_cursor(r->p, &x, &y);
    }
    fprintf(stderr, "wrong: %s at %dx%d%s: %s\ncursor %d,%d%s\n%s", r->kind->name, r->w, r->h, r->round == 1 ? ", twins" : "", what, x, y,
            r->p != NULL && pty_cursor_visible(r->p) ? "" : ", invisible", buf_str(&screen));
    buf_free(&screen);
}

/* The twin of a function key or Esc, for the second time round and for terminals that have no such key. */
static const char *twin_of(const char *name)
{
    static const char *const twins[][2] = {
        {"F1", "C-g+1"}, {"F2", "C-g+2"}, {"F3", "C-g+3"}, {"F4", "C-g+4"}, {"F5", "C-g+5"},   {"F6", "C-g+6"},   {"F7", "C-g+7"},
        {"F8", "C-g+8"}, {"F9", "C-g+9"}, {"F10", "C-g+0"}, {"F11", "C-g+-"}, {"F12", "C-g+="}, {"Esc", "C-g+q"},
    };
    for (size_t i = 0; i < NITEMS(twins); i++)
        if (strcmp(twins[i][0], name) == 0)
            return twins[i][1];
    return name;
}

static bool send_keys(const struct run *r)
{
    const char *s = r->step->keys;
    for (size_t n; *s != '\0'; s += n + (s[n] != '\0')) {
        char name[32];
        int32_t key = 0;
        n = strcspn(s, " ");
        bool twins = n > 1 && s[n - 1] == '*';
        if (n - twins >= sizeof name)
            BUG("a key name that is none");
        memcpy(name, s, n - twins);
        name[n - twins] = '\0';
        bool lacks = twins && name[0] == 'F' && key_read(name, strlen(name), &key) && !described_has(&r->keys, key);
        if (!pty_key(r->p, twins && (lacks || r->round == 1) ? twin_of(name) : name))
            return false;
    }
    return true;
}

static bool one_step(struct run *r, const struct step *step)
{
    char what[256];
    r->step = step;
    bool good = send_keys(r);
    if (good && step->text[0] == PASTE[0])
        pty_paste(r->p, step->text + 1);
    else if (good)
        pty_type(r->p, step->text);
    if (good && pty_until(r->p, holds, r))
        return true;
    snprintf(what, sizeof what, "step %d, keys “%s”, text “%s”: it must show “%s” and not “%s”, with the cursor behind “%s” or on “%s”", (int)(step - steps) + 1,
             step->keys, step->text, step->see == NULL ? "" : step->see, step->gone == NULL ? "" : step->gone, step->before == NULL ? "…" : step->before,
             step->on == NULL ? "…" : step->on);
    wrong(r, what);
    return false;
}

static bool check_bytes(const struct run *r)
{
    const struct buf *bytes = pty_bytes(r->p);
    bool high = false;
    for (size_t i = 0; i < bytes->n && !high; i++)
        high = (unsigned char)bytes->s[i] >= 0x80;
    if (r->kind->ascii && high)
        wrong(r, "a byte is not ASCII");
    if (r->kind->utf8 && !high)
        wrong(r, "no sign is UTF-8");
    return !(r->kind->ascii && high) && !(r->kind->utf8 && !high);
}

static bool check_end(struct run *r)
{
    pty_key(r->p, r->round == 1 ? "C-g+q" : "Esc");
    if (pty_wait(r->p) != 0)
        wrong(r, "it does not end with 0");
    else if (pty_alternate(r->p) || !pty_cursor_visible(r->p) || !pty_same_modes(r->p))
        wrong(r, "the terminal is not given back");
    else
        return check_bytes(r);
    return false;
}

/* ---- one after the other ---- */

static int spawn(const char *const *argv)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0) {
        union {
            const char *const *from;
            char **to;
        } words = {.from = argv};
        if (freopen("/dev/null", "w", stdout) == NULL)
            _exit(126);
        execv(argv[0], words.to);
        _exit(127);
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 256;
}

static bool one_round(struct run *r, const char *data, const char *file)
{
    const char *program = getenv("EVENHAND_PROGRAM");
    const char *const away[] = {"/bin/rm", "-rf", data, NULL}, *const import[] = {program, "--data", data, "import", file, NULL};
    const char *const meet[] = {program, "--data", data, "meet", "last", r->kind->option, NULL};
    if (spawn(away) != 0 || spawn(import) != 0) {
        wrong(r, "the meeting cannot be imported");
        return false;
    }
    r->p = pty_run(meet, r->kind->term, r->w, r->h, r->kind->environment);
    pty_use_keys(r->p, &r->keys);
    bool good = true;
    for (size_t i = 0; good && i < NITEMS(steps); i++)
        good = one_step(r, &steps[i]);
    good = good && check_end(r);
    pty_free(r->p);
    r->p = NULL;
    spawn(away);
    return good;
}

/* Both rounds; the exit status of a process of its own. */
static int try(const struct kind *kind, const int *size, bool pretend, const char *file)
{
    struct run r = {.kind = kind, .w = size[0], .h = size[1], .pretend = pretend};
    char data[64];
    bool good = described_keys(kind->keys, &r.keys);
    if (!good)
        fprintf(stderr, "%s is not described here: not tried\n", kind->keys);
    snprintf(data, sizeof data, "keys-%d", (int)getpid());
    bool all = true;
    for (r.round = 0; good && all && r.round < 2; r.round++)
        all = one_round(&r, data, file);
    return all ? 0 : 1;
}

static bool reap(int *running)
{
    int status = 0;
    if (wait(&status) < 0)
        return true;
    --*running;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int usage(void)
{
    fputs("terminal_keys [--all] [--jobs N] [--pretend cursor] FILE.meeting\n", stderr);
    return 2;
}

int main(int argc, char **argv)
{
    bool all = false, pretend = false, good = true;
    int jobs = 6, running = 0, tried = 0, at = 1;
    setlocale(LC_CTYPE, "C.UTF-8");
    for (; at < argc && argv[at][0] == '-'; at++) {
        if (strcmp(argv[at], "--all") == 0)
            all = true;
        else if (strcmp(argv[at], "--jobs") == 0 && at + 1 < argc)
            jobs = (int)strtol(argv[++at], NULL, 10);
        else if (strcmp(argv[at], "--pretend") == 0 && at + 1 < argc)
            pretend = strcmp(argv[++at], "cursor") == 0;
        else
            return usage();
    }
    if (argc - at != 1 || getenv("EVENHAND_PROGRAM") == NULL || jobs < 1)
        return usage();
    for (size_t k = 0; k < NITEMS(kinds); k++)
        for (size_t s = 0; s < NITEMS(sizes); s++) {
            if (!all && s != k % NITEMS(sizes))
                continue;
            while (running >= jobs)
                good = reap(&running) && good;
            tried++;
            fflush(NULL);
            pid_t pid = fork();
            if (pid == 0)
                _exit(try(&kinds[k], sizes[s], pretend, argv[at]));
            running += pid > 0;
        }
    while (running > 0)
        good = reap(&running) && good;
    printf("%d terminals and sizes, %zu steps each with function keys and with their twins\n", tried, NITEMS(steps));
    return good ? 0 : 1;
}
