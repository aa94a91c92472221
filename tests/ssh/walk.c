/* Presses keys that nobody should have to think of, and looks for words that the screen must never show.
 *   ssh_walk [--seed N] [--keys K] [--every 0] SECRETS PROGRAM WORD…
 * First every printable and control key on every screen (not with --every 0), then K keys by chance, at sizes by chance. A program that ends (Q, Ctrl-D) is started
 * again. SECRETS: a word a line; none may come to be on the screen, whole or broken over two rows, nor in what was sent to the terminal. Exit status 1 when one did. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/crash/outside.h"
#include "tests/terminal/pty.h"

#define SECRETS_MAX 1000
#define REPLY_MS 2  /* how long a key may have no answer before the next */
#define ESCAPE_MS 35 /* a bare Esc is one when nothing follows */

struct walk {
    const char *const *argv;
    char *secret[SECRETS_MAX];
    size_t nsecrets;
    struct chance chance;
    struct pty *p;
    struct buf screen, joined;
    long keys, sent, starts, opened;
    bool every;
};

/* ---- looking ---- */

static void join(struct buf *out, const char *s)
{
    buf_clear(out);
    for (; *s != '\0'; s++)
        if (*s != ' ' && *s != '\n')
            buf_addc(out, *s);
}

static bool clean(struct walk *w)
{
    buf_clear(&w->screen);
    pty_screen(w->p, &w->screen);
    join(&w->joined, buf_str(&w->screen));
    for (size_t i = 0; i < w->nsecrets; i++) {
        if (strstr(buf_str(&w->joined), w->secret[i]) == NULL)
            continue;
        wrong("after %ld keys the screen shows “%s”:\n%s", w->sent, w->secret[i], buf_str(&w->screen));
        return false;
    }
    return true;
}

static void check_bytes(struct walk *w)
{
    const struct buf *all = pty_bytes(w->p);
    for (size_t i = 0; i < w->nsecrets; i++)
        if (strstr(buf_str(all), w->secret[i]) != NULL)
            wrong("“%s” was sent to the terminal", w->secret[i]);
}

/* ---- coming and going ---- */

static bool shows(struct walk *w, const char *text)
{
    return text == NULL || strstr(buf_str(&w->joined), text) != NULL;
}

/* Waits for it, a second at most. */
static bool comes(struct walk *w, const char *text)
{
    for (int i = 0; i < 100 && pty_runs(w->p) && !shows(w, text); i++) {
        pty_settle(w->p, 10, 1);
        if (!clean(w))
            return false;
    }
    return shows(w, text);
}

/* The list stays to be seen above a question that is asked. */
static bool at_list(struct walk *w)
{
    return pty_runs(w->p) && !shows(w, "Enteraccept") && (shows(w, "actions.Arrowsmove") || shows(w, "Allyouractions,"));
}

static void leave(struct walk *w)
{
    if (w->p == NULL)
        return;
    check_bytes(w);
    pty_free(w->p);
    w->p = NULL;
}

static bool start(struct walk *w)
{
    leave(w);
    w->starts++;
    w->p = pty_run(w->argv, "xterm-256color", 80, 24, NULL);
    buf_clear(&w->joined);
    for (int i = 0; i < 10 && !at_list(w) && pty_runs(w->p); i++)
        comes(w, "actions.Arrowsmove");
    if (!at_list(w)) {
        wrong("no screen came but “%s”, and it gave %d", buf_str(pty_bytes(w->p)), pty_wait(w->p));
        return false;
    }
    return true;
}

static bool press_and_wait(struct walk *w, const char *bytes, size_t n, int first_ms)
{
    if (!pty_runs(w->p) && !start(w))
        return false;
    w->sent++;
    pty_send(w->p, bytes, n);
    pty_settle(w->p, first_ms, 1);
    return clean(w);
}

static bool press(struct walk *w, const char *bytes, size_t n)
{
    return press_and_wait(w, bytes, n, n == 1 && bytes[0] == 27 ? ESCAPE_MS : REPLY_MS);
}

static bool press_all(struct walk *w, const char *keys)
{
    for (; *keys != '\0'; keys++)
        if (!press(w, keys, 1))
            return false;
    return true;
}

/* ---- every key on every screen ---- */

static const struct {
    const char *keys; /* from the list */
    const char *see;  /* without its blanks: while it is there, it is that screen; NULL: any */
} screens[] = {
    {"g", "DUEOVERDUE"}, {"g\r", "WHEREITCOMESFROM"}, {"?", "Help"}, {"g\r?", "Help"}, {"gm", "howdoesitstand?"}, {"ugc", "onwhichday"}, {"ugc\r", "whatshowsthatitisdone"},
    {"gD", "whatiswrongwithit?"}, {"/", NULL}, {"l", NULL}, {"gmwords that were begun", "howdoesitstand?"},
};

static const char *const more_keys[] = {
    "\033[A", "\033[B", "\033[C", "\033[D", "\033[H", "\033[F", "\033[5~", "\033[6~", "\033[2~", "\033[3~", "\033[Z", "\033OP", "\033OQ", "\033OR", "\033OS",
    "\033[15~", "\033[17~", "\033[18~", "\033[19~", "\033[20~", "\033[21~", "\033[23~", "\033[24~", "\033[1;5D", "\033[1;5C", "\033!", "\033|", "\033v", "\033:",
    "\033x", "\033b", "\033f", "\033_", "\033[200~!sh\n:!sh\n\033[201~", "\033[<0;3;3M", "\033[M   ", "\033[?62;c", "\033]0;title\a", "\033P+q\033\\", "\033[I", "\033[8;500;500t",
    "\xc3\xa9", "\xe2\x80\xae", "\xff\xfe", "\xf0\x9f\x92\xa5", "\xcc\x81\xcc\x81\xcc\x81", "\033[99999999999999A", "\033[38;2;1;2;3m", "\007!", "\007q", "\007x",
};

/* Back to the list, wherever one is: Esc leaves whatever is open, and a blank screen comes back at any key. */
static bool go_to_list(struct walk *w)
{
    for (int i = 0; i < 5 && !at_list(w) && pty_runs(w->p); i++)
        if (!press(w, "\033", 1))
            return false;
    return at_list(w) || start(w);
}

/* Tried again when the program ends on the way: a key of before may have said so. */
static bool open_screen(struct walk *w, size_t which)
{
    for (int i = 0; i < 4; i++) {
        w->opened++;
        if (!go_to_list(w) || !press_all(w, screens[which].keys))
            return false;
        if (comes(w, screens[which].see) && pty_runs(w->p))
            return true;
        if (wrongs() > 0)
            return false;
    }
    wrong("“%s” does not come to %s:\n%s", screens[which].keys, screens[which].see, buf_str(&w->screen));
    return false;
}

static bool press_every_key(struct walk *w, size_t which)
{
    if (!open_screen(w, which))
        return false;
    for (int i = 1; i < 128 + (int)NITEMS(more_keys); i++) {
        char one = (char)i;
        const char *bytes = i < 128 ? &one : more_keys[i - 128];
        if (!press(w, bytes, i < 128 ? 1 : strlen(bytes)))
            return false;
        if ((!pty_runs(w->p) || !shows(w, screens[which].see)) && !open_screen(w, which))
            return false;
    }
    return true;
}

/* ---- by chance ---- */

static void resize(struct walk *w)
{
    static const int sizes[][2] = {{80, 24}, {1, 1}, {2, 30}, {40, 12}, {132, 50}, {80, 3}, {20, 5}, {200, 60}};
    size_t i = (size_t)chance_below(&w->chance, (int)NITEMS(sizes));
    pty_resize(w->p, sizes[i][0], sizes[i][1]);
}

static bool press_some_key(struct walk *w)
{
    int what = chance_below(&w->chance, 100);
    char one = (char)(what < 45 ? 32 + chance_below(&w->chance, 95) : 1 + chance_below(&w->chance, 31));
    if (what < 60)
        return one == 'Q' && chance_below(&w->chance, 10) > 0 ? true : press(w, &one, 1);
    if (what < 80) {
        const char *bytes = more_keys[chance_below(&w->chance, (int)NITEMS(more_keys))];
        return press(w, bytes, strlen(bytes));
    }
    if (what < 83 && pty_runs(w->p)) {
        resize(w);
        return true;
    }
    static const char usual[] = "jkmcDuR\r\rlgGnN/?";
    one = usual[chance_below(&w->chance, (int)sizeof usual - 1)];
    return press(w, &one, 1);
}

static void walk(struct walk *w)
{
    if (!start(w))
        return;
    for (size_t i = 0; i < NITEMS(screens) && w->every; i++)
        if (!press_every_key(w, i))
            return;
    long every = w->sent;
    while (w->sent < every + w->keys)
        if (!press_some_key(w))
            return;
    if (pty_runs(w->p))
        pty_resize(w->p, 80, 24);
    leave(w);
    printf("%ld keys, %ld of them by chance; started %ld times, %ld ways to a screen\n", w->sent, w->keys, w->starts, w->opened);
}

/* ---- all of it ---- */

static bool read_secrets(struct walk *w, const char *path, struct buf *all)
{
    if (!text_read(path, all))
        return false;
    for (char *s = all->s; *s != '\0' && w->nsecrets < SECRETS_MAX;) {
        size_t n = strcspn(s, "\n");
        char *next = s + n + (s[n] != '\0');
        s[n] = '\0';
        if (n > 0)
            w->secret[w->nsecrets++] = s;
        s = next;
    }
    return w->nsecrets > 0;
}

int main(int argc, char **argv)
{
    struct walk w = {.chance = {.state = 1}, .keys = 1000, .every = true};
    struct buf secrets = {0};
    int at = 1;
    setlocale(LC_CTYPE, "C.UTF-8");
    for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
        long v = strtol(argv[at + 1], NULL, 10);
        if (strcmp(argv[at], "--seed") == 0)
            w.chance.state = (uint64_t)v;
        else if (strcmp(argv[at], "--keys") == 0)
            w.keys = v;
        else if (strcmp(argv[at], "--every") == 0)
            w.every = v != 0;
    }
    if (argc - at < 2 || !read_secrets(&w, argv[at], &secrets)) {
        fputs("ssh_walk [--seed N] [--keys K] [--every 0] SECRETS PROGRAM WORD...\n", stderr);
        return 2;
    }
    w.argv = (const char *const *)(argv + at + 1);
    walk(&w);
    leave(&w);
    buf_free(&secrets);
    buf_free(&w.screen);
    buf_free(&w.joined);
    return wrongs() == 0 ? 0 : 1;
}
