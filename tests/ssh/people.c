/* Many people at once, each with a terminal of their own and the program that shows them their actions: notes and disputes at a person's pace.
 *   ssh_people [--pretend entry] [--pause MS] [--round N] SECONDS PEOPLE
 * PEOPLE: a line each, NAME, tab, the words that start their program, divided by blanks. $EVENHAND_PROGRAM and the folder $EVENHAND_DATA tell
 * in the end what is on record: each note and dispute once, by its author, in the order in which they were made. --pretend: as if one more had been
 * acknowledged; must give 1. Nobody is refused; the longest wait is said. */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/crash/outside.h"
#include "tests/terminal/pty.h"

#define PEOPLE_MAX 32
#define WORDS_MAX 24
#define MOST_US (pty_deadline() > 10 ? 20000000 : 5000000)

struct people {
    struct outside here;
    bool pretend;
    int n, seconds, pause_ms, round; /* round: words of an earlier run on the same records stay apart */
    struct {
        char *name;
        const char *argv[WORDS_MAX];
    } v[PEOPLE_MAX];
};

struct told {
    int made, wrongs;
    int64_t longest_us, total_us, start_us;
};

static void words_of(const struct people *m, struct buf *out, int which, int i)
{
    buf_clear(out);
    buf_addf(out, "word%d%c%02dn%05d", m->round, i % 5 == 4 ? 'd' : 'm', which, i);
}

/* ---- one of them ---- */

static bool fail(struct pty *p, int which, const char *what)
{
    struct buf screen = {0};
    pty_screen(p, &screen);
    wrong("%d: %s:\n%s", which, what, buf_str(&screen));
    buf_free(&screen);
    return false;
}

/* Waits until the screen has the words, however they are broken over its rows. */
static bool joined_has(struct pty *p, void *data)
{
    struct buf screen = {0}, joined = {0};
    pty_screen(p, &screen);
    for (const char *s = buf_str(&screen); *s != '\0'; s++)
        if (*s != ' ' && *s != '\n')
            buf_addc(&joined, *s);
    bool found = strstr(buf_str(&joined), *(const char *const *)data) != NULL;
    buf_free(&screen);
    buf_free(&joined);
    return found;
}

static bool sees(struct pty *p, const char *without_blanks)
{
    return pty_until(p, joined_has, &without_blanks);
}

/* A note by m, every fifth time a dispute by D, on the next action of the list each time. */
static bool change(const struct people *m, struct pty *p, int which, int i, struct told *told)
{
    struct buf words = {0};
    words_of(m, &words, which, i);
    bool dispute = i % 5 == 4;
    pty_key(p, i % 2 == 0 ? "j" : "g");
    pty_key(p, dispute ? "D" : "m");
    bool good = sees(p, dispute ? "whatiswrongwithit?" : "howdoesitstand?") || fail(p, which, "nothing is asked");
    if (good) {
        pty_type(p, buf_str(&words));
        good = sees(p, buf_str(&words)) || fail(p, which, "was not typed");
    }
    int64_t from = clock_us();
    if (good) {
        pty_key(p, "Enter");
        good = sees(p, dispute ? "Recorded:youdispute" : "Recorded:yournote") || fail(p, which, "was not taken");
    }
    int64_t us = clock_us() - from;
    if (good) {
        told->made++;
        told->total_us += us;
        told->longest_us = us > told->longest_us ? us : told->longest_us;
        pty_key(p, "C-l");
    }
    buf_free(&words);
    return good;
}

static void be(const struct people *m, int which, struct chance *chance, int64_t end, struct told *told)
{
    int64_t from = clock_us();
    struct pty *p = pty_run(m->v[which].argv, "xterm-256color", 80, 24, NULL);
    bool good = sees(p, "Youropenactions.") || fail(p, which, "no list came");
    told->start_us = clock_us() - from;
    while (good && clock_us() < end) {
        good = change(m, p, which, told->made, told);
        clock_wait((m->pause_ms + chance_below(chance, m->pause_ms)) * (int64_t)1000);
    }
    if (good) {
        pty_key(p, "Q");
        if (pty_wait(p) != 0)
            fail(p, which, "did not end well");
    }
    pty_free(p);
}

static void start(const struct people *m, int which, int64_t end, int out)
{
    fflush(stdout);
    pid_t pid = fork();
    if (pid < 0)
        BUG("no process");
    if (pid > 0)
        return;
    struct told told = {.wrongs = -wrongs()};
    struct chance chance = {.state = (uint64_t)which + 1};
    be(m, which, &chance, end, &told);
    told.wrongs += wrongs();
    _exit(write(out, &told, sizeof told) == (ssize_t)sizeof told ? 0 : 3);
}

/* ---- what is on record in the end ---- */

static void check_one(const struct people *m, const char *record, int which, int made)
{
    struct buf words = {0}, by = {0};
    for (int i = 0; i < made; i++) {
        words_of(m, &words, which, i);
        size_t n = text_count(record, buf_str(&words));
        if (n != 1) {
            wrong("“%s” is %zu times on record", buf_str(&words), n);
            continue;
        }
        buf_clear(&by);
        buf_addf(&by, i % 5 == 4 ? "disputed by %s: %s" : "note by %s: %s", m->v[which].name, buf_str(&words));
        if (strstr(record, buf_str(&by)) == NULL)
            wrong("“%s” is not on record", buf_str(&by));
    }
    buf_free(&words);
    buf_free(&by);
}

/* All meetings as their files say them, one after another. */
static void put_record(const struct people *m, struct buf *out)
{
    struct buf list = {0};
    outside_good(&m->here, &list, "list", "--format", "json", NULL);
    for (const char *s = buf_str(&list); (s = strstr(s, "\"id\": \"")) != NULL;) {
        char id[64] = "";
        struct buf one = {0};
        s += strlen("\"id\": \"");
        size_t n = strcspn(s, "\"");
        memcpy(id, s, n < sizeof id ? n : 0);
        outside_good(&m->here, &one, "export", id, "--format", "meeting", "--audience", "full", NULL);
        buf_adds(out, buf_str(&one));
        buf_free(&one);
    }
    buf_free(&list);
}

static void check_all(const struct people *m, const struct told *told)
{
    struct buf record = {0};
    put_record(m, &record);
    for (int i = 0; i < m->n; i++)
        check_one(m, buf_str(&record), i, told[i].made + (m->pretend && i == 0));
    outside_doctor(&m->here);
    outside_rebuild(&m->here);
    buf_free(&record);
}

static void say(const struct people *m, const struct told *told)
{
    struct told sum = {0};
    for (int i = 0; i < m->n; i++) {
        sum.made += told[i].made;
        sum.total_us += told[i].total_us;
        sum.longest_us = told[i].longest_us > sum.longest_us ? told[i].longest_us : sum.longest_us;
        sum.start_us = told[i].start_us > sum.start_us ? told[i].start_us : sum.start_us;
        if (told[i].made == 0)
            wrong("person %d changed nothing", i);
    }
    printf("%d people for %d s: %d changes, mean %.3f s, longest %.3f s from Enter to its answer; longest start %.3f s\n", m->n, m->seconds, sum.made,
           sum.made > 0 ? (double)sum.total_us / sum.made / 1e6 : 0, (double)sum.longest_us / 1e6, (double)sum.start_us / 1e6);
    if (sum.longest_us > MOST_US)
        wrong("somebody waited for %.2f s", (double)sum.longest_us / 1e6);
}

/* ---- all of it ---- */

static void run_all(struct people *m)
{
    struct told told[PEOPLE_MAX] = {{0}};
    int ends[PEOPLE_MAX][2];
    int64_t end = clock_us() + (int64_t)m->seconds * 1000000;
    for (int i = 0; i < m->n; i++) {
        if (pipe(ends[i]) != 0)
            BUG("no pipe");
        start(m, i, end, ends[i][1]);
        close(ends[i][1]);
    }
    for (int i = 0; i < m->n; i++) {
        if (read(ends[i][0], &told[i], sizeof told[i]) != (ssize_t)sizeof told[i])
            wrong("person %d died", i);
        close(ends[i][0]);
        for (int j = 0; j < told[i].wrongs; j++)
            wrong("said by person %d above", i);
    }
    while (wait(NULL) > 0 || errno == EINTR)
        continue;
    say(m, told);
    check_all(m, told);
}

static bool read_people(struct people *m, const char *path, struct buf *all)
{
    if (!text_read(path, all))
        return false;
    for (char *s = all->s; s != NULL && *s != '\0' && m->n < PEOPLE_MAX; m->n++) {
        char *next = strchr(s, '\n'), *tab = strchr(s, '\t');
        if (next != NULL)
            *next++ = '\0';
        if (tab == NULL)
            return false;
        *tab = '\0';
        m->v[m->n].name = s;
        size_t k = 0;
        for (s = tab + 1; *s != '\0' && k + 1 < WORDS_MAX; k++) {
            m->v[m->n].argv[k] = s;
            s += strcspn(s, " ");
            if (*s != '\0')
                *s++ = '\0';
        }
        s = next;
    }
    return m->n > 0;
}

int main(int argc, char **argv)
{
    struct people m = {.here = {.program = getenv("EVENHAND_PROGRAM"), .data = getenv("EVENHAND_DATA")}, .pause_ms = 300};
    struct buf people = {0};
    int at = 1;
    setlocale(LC_CTYPE, "C.UTF-8");
    for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
        if (strcmp(argv[at], "--pretend") == 0)
            m.pretend = true;
        else if (strcmp(argv[at], "--round") == 0)
            m.round = (int)strtol(argv[at + 1], NULL, 10);
        else if (strcmp(argv[at], "--pause") == 0)
            m.pause_ms = (int)strtol(argv[at + 1], NULL, 10);
    }
    if (argc - at != 2 || m.here.program == NULL || m.here.data == NULL || !read_people(&m, argv[at + 1], &people)) {
        fputs("ssh_people [--pretend entry] [--pause MS] [--round N] SECONDS PEOPLE\n", stderr);
        return 2;
    }
    m.seconds = (int)strtol(argv[at], NULL, 10);
    run_all(&m);
    buf_free(&people);
    return wrongs() == 0 ? 0 : 1;
}
