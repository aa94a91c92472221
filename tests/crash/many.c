/* Many programs on one database for a while: live screens in real terminals, two on each of two meetings; changes of an action, sign-offs; readers. Each
 * at a person's pace. Nobody is refused, the history is complete and in order, and how long the longest wait was is said.
 *   crash_many [--seed N] [--pretend entry] PROGRAMS SECONDS FILE.meeting FILE.meeting
 * The program is $EVENHAND_PROGRAM; it works in the current directory. --pretend: as if one more had been acknowledged; must give 1. */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/text.h"
#include "tests/crash/typist.h"

#define PROGRAMS_MAX 26
#define MOST_US (pty_deadline() > 10 ? 20000000 : 5000000)

enum role { ROLE_FIRST, ROLE_SECOND, ROLE_COMMANDS, ROLE_READER, ROLES };

struct many {
    struct outside here;
    struct chance chance;
    bool pretend;
    int programs, seconds;
    char meeting[2][64];
    const char *people[2];
};

struct told {
    int written, wrongs;
    int64_t longest_us, total_us;
};

static enum role role_of(int which)
{
    return (enum role)(which % ROLES);
}

static void waited(struct told *told, int64_t from)
{
    int64_t us = clock_us() - from;
    told->written++;
    told->total_us += us;
    if (us > told->longest_us)
        told->longest_us = us;
}

static void line_of(struct buf *out, int which, int i)
{
    buf_clear(out);
    buf_addf(out, "%c-%05d was said at the table.", 'A' + which, i);
}

/* ---- the programs, each in a process ---- */

static void type_on(const struct many *m, int which, struct chance *chance, int64_t end, struct told *told)
{
    struct typist t = {.chance = chance};
    struct buf line = {0};
    bool good = typist_open(&t, &m->here, m->meeting[role_of(which)], 80, 24);
    while (good && clock_us() < end) {
        line_of(&line, which, told->written + 1);
        good = typist_type(&t, buf_str(&line), line.n, SPEED_WORDS);
        int64_t from = clock_us();
        good = good && typist_enter(&t);
        if (good)
            waited(told, from);
        clock_wait(200000 + chance_below(chance, 1000000));
    }
    if (!good) {
        struct buf screen = {0};
        if (t.p != NULL)
            pty_screen(t.p, &screen);
        wrong("a line of %c was not taken:\n%s", 'A' + which, buf_str(&screen));
        buf_free(&screen);
    }
    buf_free(&line);
    typist_free(&t);
}

/* Changes of an action and sign-offs in turn. */
static void give_commands(const struct many *m, int which, struct chance *chance, int64_t end, struct told *told)
{
    while (clock_us() < end && wrongs() == 0) {
        char note[64];
        int64_t from = clock_us();
        snprintf(note, sizeof note, "command %d-%05d", which, told->written + 1);
        bool good = told->written % 2 == 0 ? outside_good(&m->here, NULL, "action", "A1", "--meeting", m->meeting[0], "note", "-m", note, NULL)
                                           : outside_good(&m->here, NULL, "sign", m->meeting[1], m->people[1], "shown", "-m", note, NULL);
        if (good)
            waited(told, from);
        clock_wait(500000 + chance_below(chance, 1000000));
    }
}

static void read_on(const struct many *m, struct chance *chance, int64_t end, struct told *told)
{
    while (clock_us() < end && wrongs() == 0) {
        int64_t from = clock_us();
        bool good = told->written % 3 == 0   ? outside_good(&m->here, NULL, "list", NULL)
                    : told->written % 3 == 1 ? outside_good(&m->here, NULL, "minutes", m->meeting[chance_below(chance, 2)], NULL)
                                             : outside_good(&m->here, NULL, "actions", NULL);
        if (good)
            waited(told, from);
        clock_wait(300000 + chance_below(chance, 700000));
    }
}

static pid_t start(const struct many *m, int which, int64_t end, int out)
{
    fflush(stdout);
    pid_t pid = fork();
    if (pid < 0)
        BUG("no process");
    if (pid > 0)
        return pid;
    struct told told = {.wrongs = -wrongs()};
    struct chance chance = {.state = m->chance.state + (uint64_t)which};
    switch (role_of(which)) {
    case ROLE_FIRST:
    case ROLE_SECOND:
        type_on(m, which, &chance, end, &told);
        break;
    case ROLE_COMMANDS:
        give_commands(m, which, &chance, end, &told);
        break;
    case ROLE_READER:
    case ROLES:
        read_on(m, &chance, end, &told);
        break;
    }
    told.wrongs += wrongs();
    _exit(write(out, &told, sizeof told) == (ssize_t)sizeof told ? 0 : 3);
}

/* ---- what is on record in the end ---- */

static void check_lines(const char *text, int which, int written)
{
    struct buf line = {0};
    const char *before = text;
    for (int i = 1; i <= written; i++) {
        line_of(&line, which, i);
        const char *at = strstr(text, buf_str(&line));
        if (text_count(text, buf_str(&line)) != 1)
            wrong("“%s” is %zu times on record", buf_str(&line), text_count(text, buf_str(&line)));
        else if (at < before)
            wrong("“%s” is not in its place", buf_str(&line));
        before = at == NULL ? before : at;
    }
    buf_free(&line);
}

static void check_commands(const char *const text[2], int which, int written)
{
    for (int i = 1; i <= written; i++) {
        char note[64];
        snprintf(note, sizeof note, "command %d-%05d", which, i);
        if (text_count(text[(i - 1) % 2], note) != 1)
            wrong("“%s” is %zu times on record", note, text_count(text[(i - 1) % 2], note));
    }
}

static void check_all(const struct many *m, const struct told *told)
{
    struct buf text[2] = {{0}, {0}};
    for (int i = 0; i < 2; i++)
        outside_good(&m->here, &text[i], "export", m->meeting[i], "--format", "meeting", "--audience", "full", NULL);
    const char *const texts[2] = {buf_str(&text[0]), buf_str(&text[1])};
    for (int i = 0; i < m->programs; i++) {
        if (role_of(i) == ROLE_COMMANDS)
            check_commands(texts, i, told[i].written + (m->pretend && i == ROLE_COMMANDS));
        else if (role_of(i) != ROLE_READER)
            check_lines(texts[role_of(i)], i, told[i].written + (m->pretend && i == 0));
    }
    outside_doctor(&m->here);
    outside_rebuild(&m->here);
    buf_free(&text[0]);
    buf_free(&text[1]);
}

/* ---- all of it ---- */

/* The head and people of a worked meeting, and an action to change; its id stands on the last line. */
static bool import(struct many *m, int which, const char *path)
{
    struct buf all = {0}, out = {0};
    if (!text_read(path, &all))
        return false;
    const char *body = strstr(buf_str(&all), "\n# ");
    if (body != NULL)
        buf_splice(&all, (size_t)(body + 1 - all.s), all.n - (size_t)(body + 1 - all.s), NULL, 0);
    buf_adds(&all, "# The only item\nA: chair, keep the list of what is open\n");
    bool good = text_write("many.meeting", all.s, all.n) && outside_good(&m->here, &out, "import", "many.meeting", NULL);
    const char *last = buf_str(&out);
    for (const char *s = last; good && (s = strchr(s, '\n')) != NULL && s[1] != '\0';)
        last = ++s;
    size_t n = strcspn(last, "\n");
    good = good && n < sizeof m->meeting[which];
    memcpy(m->meeting[which], last, good ? n : 0);
    buf_free(&all);
    buf_free(&out);
    return good;
}

static void say(const struct many *m, const struct told *told)
{
    static const char *const roles[] = {"live screens", "live screens of another meeting", "action changes and sign-offs", "readers"};
    printf("%d programs for %d s:", m->programs, m->seconds);
    for (int role = 0; role < ROLES; role++) {
        struct told sum = {0};
        for (int i = role; i < m->programs; i += ROLES) {
            sum.written += told[i].written;
            sum.total_us += told[i].total_us;
            sum.longest_us = told[i].longest_us > sum.longest_us ? told[i].longest_us : sum.longest_us;
        }
        printf("%s %s %d times, mean %.3f s, longest %.3f s", role > 0 ? ";" : "", roles[role], sum.written,
               sum.written > 0 ? (double)sum.total_us / sum.written / 1e6 : 0, (double)sum.longest_us / 1e6);
        if (sum.longest_us > MOST_US)
            wrong("somebody waited for %.2f s", (double)sum.longest_us / 1e6);
    }
    printf("\n");
}

static void run_all(struct many *m)
{
    struct told told[PROGRAMS_MAX] = {{0}};
    int ends[PROGRAMS_MAX][2];
    int64_t end = clock_us() + (int64_t)m->seconds * 1000000;
    for (int i = 0; i < m->programs; i++) {
        if (pipe(ends[i]) != 0)
            BUG("no pipe");
        start(m, i, end, ends[i][1]);
        close(ends[i][1]);
    }
    for (int i = 0; i < m->programs; i++) {
        if (read(ends[i][0], &told[i], sizeof told[i]) != (ssize_t)sizeof told[i])
            wrong("program %d died", i);
        close(ends[i][0]);
        for (int j = 0; j < told[i].wrongs; j++)
            wrong("said by program %d above", i);
    }
    while (wait(NULL) > 0 || errno == EINTR)
        continue;
    say(m, told);
    check_all(m, told);
}

static int usage(void)
{
    fputs("crash_many [--seed N] [--pretend entry] PROGRAMS SECONDS FILE.meeting FILE.meeting\n", stderr);
    return 2;
}

int main(int argc, char **argv)
{
    struct many m = {.here = {.program = getenv("EVENHAND_PROGRAM"), .data = "many"}, .people = {"Saulė Žilinskienė", "Rima al-Khatib"}, .chance = {.state = 1}};
    int at = 1;
    setlocale(LC_CTYPE, "C.UTF-8");
    for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
        if (strcmp(argv[at], "--seed") == 0)
            m.chance.state = strtoull(argv[at + 1], NULL, 10);
        else if (strcmp(argv[at], "--pretend") == 0)
            m.pretend = true;
        else
            return usage();
    }
    if (argc - at != 4 || m.here.program == NULL)
        return usage();
    m.programs = (int)strtol(argv[at], NULL, 10);
    m.seconds = (int)strtol(argv[at + 1], NULL, 10);
    if (m.programs < 1 || m.programs > PROGRAMS_MAX || m.seconds < 1)
        return usage();
    outside_remove(m.here.data);
    if (!import(&m, 0, argv[at + 2]) || !import(&m, 1, argv[at + 3]))
        wrong("the meetings cannot be imported");
    else
        run_all(&m);
    return wrongs() == 0 ? 0 : 1;
}
