/* A storm of resizes and signals while a meeting is typed: the text is what was typed, the program lives until the line is cut, and the terminal is given
 * back as it was.
 *   crash_storm [--seed N] [--pretend text] EVENTS FILE.meeting
 * The program is $EVENHAND_PROGRAM; it works in the current directory. --pretend: as if a letter of what was typed had gone; must give 1. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tests/crash/typist.h"

#define LOOK_EVERY 40 /* events */
#define SOON_US (pty_deadline() > 10 ? 20000000 : 5000000)

struct storm {
    struct outside here;
    struct chance chance;
    struct typist typist;
    bool pretend;
    struct buf line;        /* what stands in the entry line */
    int lines, events;
    int resizes, signals, stops;
};

static void gone_wrong(struct storm *s, const char *what)
{
    struct buf screen = {0};
    pty_screen(s->typist.p, &screen);
    wrong("after %d events: %s; the line should be “%s”\n%s", s->events, what, buf_str(&s->line), buf_str(&screen));
    buf_free(&screen);
}

static void some_size(struct storm *s)
{
    static const int sizes[][2] = {{1, 1}, {2, 2}, {500, 200}, {1, 200}, {500, 1}, {80, 24}, {120, 40}, {40, 12}, {59, 15}, {60, 16}, {119, 24}};
    int which = chance_below(&s->chance, 2 * (int)NITEMS(sizes));
    bool huge = which == 2 && chance_below(&s->chance, 4) != 0; /* takes the longest to draw */
    if (which < (int)NITEMS(sizes) && !huge)
        pty_resize(s->typist.p, sizes[which][0], sizes[which][1]);
    else
        pty_resize(s->typist.p, 1 + chance_below(&s->chance, 160), 1 + chance_below(&s->chance, 60));
    s->resizes++;
}

static void stop_and_go(struct storm *s)
{
    pty_signal(s->typist.p, SIGTSTP);
    if (!pty_stopped(s->typist.p))
        gone_wrong(s, "it does not stop");
    if (chance_below(&s->chance, 2) == 0)
        some_size(s);
    pty_signal(s->typist.p, SIGCONT);
    s->stops++;
}

static void type_letters(struct storm *s)
{
    char letters[8];
    size_t n = 1 + (size_t)chance_below(&s->chance, 6);
    for (size_t i = 0; i < n; i++)
        letters[i] = (char)('a' + chance_below(&s->chance, 26));
    letters[n] = '\0';
    if (s->line.n > 300)
        return;
    if (s->line.n == 0) {
        pty_type(s->typist.p, "L");
        buf_adds(&s->line, "L");
    }
    pty_type(s->typist.p, letters);
    buf_adds(&s->line, letters);
}

static void one_event(struct storm *s)
{
    static const int numbers[] = {SIGWINCH, SIGINT, SIGCONT, SIGWINCH};
    int what = chance_below(&s->chance, 100);
    if (what < 50) {
        some_size(s);
    } else if (what < 80) {
        pty_signal(s->typist.p, numbers[chance_below(&s->chance, (int)NITEMS(numbers))]);
        s->signals++;
    } else if (what < 85) {
        stop_and_go(s);
    } else {
        type_letters(s);
    }
    (void)pty_cursor_visible(s->typist.p);
    s->events++;
}

static bool stands(struct pty *p, void *data)
{
    const struct storm *s = data;
    struct buf shown = {0};
    (void)p;
    bool good = typist_shown(&s->typist, &shown) && strcmp(buf_str(&shown), buf_str(&s->line)) == 0;
    buf_free(&shown);
    return good;
}

/* At a size at which all of it can be read; now and then it goes on record. */
static void look(struct storm *s)
{
    pty_resize(s->typist.p, 80, 24);
    if (s->pretend && s->line.n > 0)
        buf_splice(&s->line, s->line.n - 1, 1, NULL, 0);
    if (!pty_until(s->typist.p, stands, s)) {
        gone_wrong(s, "the line is not what was typed");
        return;
    }
    if (s->line.n < 40)
        return;
    char number[32];
    snprintf(number, sizeof number, "-number-%d-", s->lines);
    pty_type(s->typist.p, number);
    pty_key(s->typist.p, "Enter");
    buf_clear(&s->line);
    s->lines++;
    if (!pty_until(s->typist.p, stands, s))
        gone_wrong(s, "Enter is not answered");
}

static void cut_the_line(struct storm *s)
{
    struct typist *t = &s->typist;
    int64_t from = clock_us();
    pty_signal(t->p, SIGHUP);
    int status = pty_wait(t->p);
    if (status != 0)
        wrong("after the signal to end it gives %d", status);
    else if (clock_us() - from > SOON_US)
        wrong("it took %.2f s to end", (double)(clock_us() - from) / 1e6);
    if (!pty_same_modes(t->p) || pty_alternate(t->p) || !pty_cursor_visible(t->p))
        wrong("the terminal is not given back as it was");
    typist_leave(t);
}

/* What was typed is on record, and the half-typed line offered again. */
static void look_back(struct storm *s)
{
    struct buf text = {0};
    outside_good(&s->here, &text, "export", "last", "--format", "meeting", "--audience", "full", NULL);
    for (int i = 0; i < s->lines; i++) {
        char number[32];
        snprintf(number, sizeof number, "-number-%d-", i);
        if (text_count(buf_str(&text), number) != 1)
            wrong("line %d is %zu times on record", i, text_count(buf_str(&text), number));
    }
    buf_free(&text);
    if (!typist_open(&s->typist, &s->here, "last", 80, 24) || !pty_until(s->typist.p, stands, s))
        gone_wrong(s, "the half-typed line is not offered again");
    typist_leave(&s->typist);
    outside_doctor(&s->here);
    outside_rebuild(&s->here);
}

static int usage(void)
{
    fputs("crash_storm [--seed N] [--pretend text] EVENTS FILE.meeting\n", stderr);
    return 2;
}

int main(int argc, char **argv)
{
    struct storm s = {.here = {.program = getenv("EVENHAND_PROGRAM"), .data = "storm"}, .chance = {.state = 1}};
    int at = 1;
    setlocale(LC_CTYPE, "C.UTF-8");
    for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
        if (strcmp(argv[at], "--seed") == 0)
            s.chance.state = strtoull(argv[at + 1], NULL, 10);
        else if (strcmp(argv[at], "--pretend") == 0)
            s.pretend = true;
        else
            return usage();
    }
    long events = argc - at == 2 ? strtol(argv[at], NULL, 10) : 0;
    if (events < 1 || s.here.program == NULL)
        return usage();
    s.typist.chance = &s.chance;
    outside_remove(s.here.data);
    if (!outside_good(&s.here, NULL, "import", argv[at + 1], NULL) || !typist_open(&s.typist, &s.here, "last", 80, 24)) {
        wrong("the live screen does not open");
        return 1;
    }
    int64_t from = clock_us();
    while (s.events < events && wrongs() == 0) {
        one_event(&s);
        if (s.events % LOOK_EVERY == 0)
            look(&s);
    }
    if (wrongs() == 0)
        look(&s);
    type_letters(&s);
    if (wrongs() == 0)
        look(&s);
    if (wrongs() == 0) {
        cut_the_line(&s);
        look_back(&s);
    }
    printf("%d resizes, %d signals, %d times stopped and continued in %.1f s; %d lines on record and %zu letters half typed\n", s.resizes, s.signals, s.stops,
           (double)(clock_us() - from) / 1e6, s.lines, s.line.n);
    typist_free(&s.typist);
    buf_free(&s.line);
    return wrongs() == 0 ? 0 : 1;
}
