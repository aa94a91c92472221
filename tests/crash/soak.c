/* A long meeting in little time: keys typed into one live screen as fast as each is answered. Its memory, its open files and the time from a key to its
 * picture are the same in the last tenth as in the first; lines that go on record make it grow by what they hold, which is measured apart.
 *   crash_soak [--pretend memory|files|time] KEYS FILE.meeting
 * The program is $EVENHAND_PROGRAM; it works in the current directory. --pretend: as if it had grown, or become slow; must give 1. */
#include <dirent.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"
#include "tests/crash/typist.h"

#define TENTHS 10
#define LETTERS 40          /* then they are erased, or go on record */
#define GROWTH_KIB 1024
#define SLOWER 1.2
#define NOISE_US 300        /* of a key's time, that no machine keeps to */
#define ENTRY_KIB 24        /* what an entry and its undoing may add: the log keeps both */
#define ENTRY_EVERY 10      /* of the lines goes on record and is taken back */

struct tenth {
    int64_t *us;
    size_t n, cap;
    long kib;
    int files, entries;
};

struct soak {
    struct outside here;
    struct typist typist;
    struct chance chance;
    const char *pretend;
    long keys, sent;
    int x, y;               /* where the empty line begins */
    int lines, entries;
    struct tenth tenths[TENTHS];
};

/* ---- what is measured ---- */

static long kib_of(pid_t pid)
{
    char path[64], text[128] = "";
    long pages = 0, resident = 0;
    snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
    FILE *f = fopen(path, "r");
    if (f == NULL || fgets(text, sizeof text, f) == NULL || sscanf(text, "%ld %ld", &pages, &resident) != 2)
        wrong("the size of the program is not known");
    if (f != NULL)
        fclose(f);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static int files_of(pid_t pid)
{
    char path[64];
    int n = 0;
    snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    DIR *d = opendir(path);
    while (d != NULL && readdir(d) != NULL)
        n++;
    if (d != NULL)
        closedir(d);
    return n;
}

static void note(struct tenth *t, int64_t us)
{
    if (t->n == t->cap) {
        t->cap = t->cap == 0 ? 1024 : t->cap * 2;
        t->us = realloc(t->us, t->cap * sizeof t->us[0]);
        if (t->us == NULL)
            BUG("out of memory");
    }
    t->us[t->n++] = us;
}

static int by_time(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int64_t at_share(struct tenth *t, int percent)
{
    if (t->n == 0)
        return 0;
    qsort(t->us, t->n, sizeof t->us[0], by_time);
    return t->us[(t->n - 1) * (size_t)percent / 100];
}

/* ---- what is typed ---- */

static void stopped(struct soak *s, const char *what)
{
    struct buf screen = {0};
    pty_screen(s->typist.p, &screen);
    wrong("after %ld keys: %s\n%s", s->sent, what, buf_str(&screen));
    buf_free(&screen);
}

static struct tenth *tenth_now(struct soak *s)
{
    long i = s->sent * TENTHS / s->keys;
    return &s->tenths[i < TENTHS ? i : TENTHS - 1];
}

static bool one_letter(struct soak *s, int column)
{
    char letter[2] = {(char)('a' + chance_below(&s->chance, 26)), '\0'};
    if (column % 7 == 6)
        letter[0] = ' ';
    int64_t from = clock_us();
    pty_type(s->typist.p, letter);
    if (!pty_expect_cursor(s->typist.p, s->x + column + 1, s->y)) {
        stopped(s, "a key is not answered");
        return false;
    }
    note(tenth_now(s), clock_us() - from);
    s->sent++;
    return true;
}

static bool empty_again(struct soak *s, const char *key)
{
    pty_key(s->typist.p, key);
    s->sent++;
    if (pty_expect_cursor(s->typist.p, s->x, s->y))
        return true;
    stopped(s, "the line does not become empty");
    return false;
}

/* On record and taken back: the log grows by two events, the record does not. */
static bool on_record_and_back(struct soak *s)
{
    s->entries++;
    if (!empty_again(s, "Enter"))
        return false;
    pty_key(s->typist.p, "C-g+u");
    if (!pty_expect(s->typist.p, "Undo")) {
        stopped(s, "undo does not ask");
        return false;
    }
    pty_type(s->typist.p, "y");
    s->sent += 3;
    if (pty_expect(s->typist.p, "Taken back"))
        return true;
    stopped(s, "undo is not answered");
    return false;
}

static bool one_line(struct soak *s)
{
    for (int i = 0; i < LETTERS; i++)
        if (!one_letter(s, i))
            return false;
    if (++s->lines % ENTRY_EVERY == 0)
        return on_record_and_back(s);
    return empty_again(s, "C-u");
}

/* ---- what is said of it ---- */

static void judge(struct soak *s)
{
    struct tenth *first = &s->tenths[1], *last = &s->tenths[TENTHS - 1]; /* the very first is warm-up */
    bool sanitized = pty_deadline() > 10;                                /* keeps what was freed */
    long grown = last->kib - first->kib + (strcmp(s->pretend, "memory") == 0 ? 4096 : 0);
    long held = (last->entries - first->entries) * (long)ENTRY_KIB;
    int files = last->files - first->files + (strcmp(s->pretend, "files") == 0);
    int64_t before = at_share(first, 50), after = at_share(last, 50) * (strcmp(s->pretend, "time") == 0 ? 100 : 1);
    printf("%ld keys, %d lines, %d of them on record and taken back; memory %ld KiB, %+ld KiB since the second tenth with %d more of them; open files %d, %+d; from a key to its picture "
           "p50 %lld us, p99 %lld us in the second tenth, p50 %lld us, p99 %lld us in the last\n",
           s->sent, s->lines, s->entries, last->kib, grown, last->entries - first->entries, last->files, files, (long long)before, (long long)at_share(first, 99), (long long)after,
           (long long)at_share(last, 99));
    if (grown - held > GROWTH_KIB && (!sanitized || s->pretend[0] != '\0'))
        wrong("it has grown by %ld KiB", grown);
    if (files != 0)
        wrong("it has opened %d files and not closed them", files);
    if ((double)after > (double)before * SLOWER + NOISE_US)
        wrong("a key is answered in %lld us, not in %lld as before", (long long)after, (long long)before);
}

static void soak(struct soak *s)
{
    pid_t pid = pty_process(s->typist.p);
    pty_cursor(s->typist.p, &s->x, &s->y);
    while (s->sent < s->keys && wrongs() == 0 && one_line(s)) {
        struct tenth *t = tenth_now(s);
        t->kib = kib_of(pid);
        t->files = files_of(pid);
        t->entries = s->entries;
    }
    if (wrongs() == 0)
        judge(s);
}

static int usage(void)
{
    fputs("crash_soak [--pretend memory|files|time] KEYS FILE.meeting\n", stderr);
    return 2;
}

int main(int argc, char **argv)
{
    struct soak s = {.here = {.program = getenv("EVENHAND_PROGRAM"), .data = "soak"}, .chance = {.state = 1}, .pretend = ""};
    int at = 1;
    setlocale(LC_CTYPE, "C.UTF-8");
    if (at + 1 < argc && strcmp(argv[at], "--pretend") == 0) {
        s.pretend = argv[at + 1];
        at += 2;
    }
    s.keys = argc - at == 2 ? strtol(argv[at], NULL, 10) : 0;
    if (s.keys < TENTHS || s.here.program == NULL)
        return usage();
    s.typist.chance = &s.chance;
    outside_remove(s.here.data);
    if (!outside_good(&s.here, NULL, "import", argv[at + 1], NULL) || !typist_open(&s.typist, &s.here, "last", 80, 24))
        wrong("the live screen does not open");
    else
        soak(&s);
    typist_free(&s.typist);
    if (wrongs() == 0)
        outside_doctor(&s.here);
    for (size_t i = 0; i < TENTHS; i++)
        free(s.tenths[i].us);
    return wrongs() == 0 ? 0 : 1;
}
