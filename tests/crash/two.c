/* Several programs on one database: two live screens in real terminals, on one meeting and then on two, both typing, while one-shot commands
 * change an action and sign, over and over. Nothing is lost, nobody is refused, and each screen shows what the other wrote within two seconds.
 *   crash_two [--seed N] [--pretend entry] LINES FILE.meeting FILE.meeting
 * The program is $EVENHAND_PROGRAM; it works in the current directory. --pretend: as if one line more had been acknowledged; must give 1. */
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/text.h"
#include "tests/crash/typist.h"

#define TYPISTS 2
#define WRITERS 4 /* the others give commands */
#define MOST_US 2000000 /* until one screen shows what the other wrote */
#define SAVED_US 1300000  /* a half-typed line is saved each second, and at each pause of the keys */
#define DECISION_EVERY 5

struct two {
    struct outside here;
    struct chance chance;
    int lines;
    bool pretend;
    char meeting[2][64];
    const char *people[2]; /* somebody of each meeting, who takes positions */
};

/* What a writer tells when it has ended. */
struct told {
    int written, wrongs;
    int64_t longest_us; /* from Enter, or the start of a command, to its end */
    int64_t last_us, seen_us;
};

struct writer {
    pid_t pid;
    int ready, go, told; /* its ends of three pipes, seen from here */
};

/* ---- what is written ---- */

/* The i-th line of somebody ('A' or 'B'); every fifth is a decision, to which position_of() belongs. */
static void line_of(struct buf *out, char who, int i)
{
    buf_clear(out);
    if (i % DECISION_EVERY == 0)
        buf_addf(out, "R: %c-%04d is decided at the table.", who, i);
    else
        buf_addf(out, "%c-%04d was said at the table and went on record.", who, i);
}

static void position_of(struct buf *out, char who, int i, const char *name)
{
    buf_clear(out);
    buf_addf(out, "  - %s: agrees with reservations: it is that of %c-%04d", name, who, i);
}

static bool put_line(struct typist *t, const struct buf *line, struct told *told)
{
    enum speed speed = chance_below(t->chance, 3) == 0 ? SPEED_KEYS : SPEED_WORDS;
    if (typist_type(t, buf_str(line), line->n, speed)) {
        int64_t from = clock_us();
        if (typist_enter(t)) {
            told->last_us = clock_us();
            told->written++;
            if (told->last_us - from > told->longest_us)
                told->longest_us = told->last_us - from;
            return true;
        }
    }
    struct buf screen = {0};
    pty_screen(t->p, &screen);
    wrong("“%s” was not taken:\n%s", buf_str(line), buf_str(&screen));
    buf_free(&screen);
    return false;
}

/* ---- the writers, each a process ---- */

/* Ready; waits until all are. */
static void meet_others(const struct writer *w)
{
    char byte = 0;
    if (write(w->ready, "r", 1) != 1 || read(w->go, &byte, 1) != 1)
        _exit(3);
}

static void type_lines(const struct two *two, int which, bool same, struct typist *t, struct told *told)
{
    char who = (char)('A' + which);
    struct buf line = {0};
    bool good = true;
    for (int i = 1; good && i <= two->lines; i++) {
        line_of(&line, who, i);
        good = put_line(t, &line, told);
        position_of(&line, who, i, two->people[same ? 0 : which]);
        good = good && (i % DECISION_EVERY != 0 || put_line(t, &line, told));
    }
    buf_free(&line);
}

/* Both close at once; what the other closes with comes to this screen. */
static void close_lines(int which, bool same, struct typist *t, struct told *told)
{
    struct buf line = {0};
    buf_addf(&line, "%c has closed.", 'A' + which);
    bool good = put_line(t, &line, told);
    line.s[0] = (char)('A' + 1 - which);
    if (good && same && !pty_expect(t->p, buf_str(&line)))
        wrong("“%s” is never seen on the other screen", buf_str(&line));
    told->seen_us = clock_us();
    buf_free(&line);
}

static void command(const struct two *two, int which, int i, struct told *told)
{
    char note[64];
    int64_t from = clock_us();
    snprintf(note, sizeof note, "command %d-%04d", which, i);
    bool good = which == TYPISTS ? outside_good(&two->here, NULL, "action", "A1", "--meeting", two->meeting[0], "note", "-m", note, NULL)
                           : outside_good(&two->here, NULL, "sign", two->meeting[1], two->people[1], "shown", "-m", note, NULL);
    told->last_us = clock_us();
    told->written += good;
    if (told->last_us - from > told->longest_us)
        told->longest_us = told->last_us - from;
}

/* Two type, two give commands. */
static void write_all(const struct two *two, int which, bool same, const struct writer *w, struct told *told)
{
    struct chance chance = {.state = two->chance.state + (uint64_t)which};
    struct typist t = {.chance = &chance};
    if (which < TYPISTS && !typist_open(&t, &two->here, two->meeting[same ? 0 : which], 80, 24))
        wrong("the live screen of %c does not open", 'A' + which);
    meet_others(w);
    if (which < TYPISTS) {
        type_lines(two, which, same, &t, told);
        meet_others(w);
        close_lines(which, same, &t, told);
    }
    for (int i = 1; which >= TYPISTS && i <= two->lines; i++)
        command(two, which, i, told);
    typist_free(&t);
}

static struct writer start(const struct two *two, int which, bool same)
{
    int ready[2], go[2], told[2];
    if (pipe(ready) != 0 || pipe(go) != 0 || pipe(told) != 0)
        BUG("no pipe");
    fflush(stdout);
    pid_t pid = fork();
    if (pid < 0)
        BUG("no process");
    if (pid == 0) {
        struct told all = {.wrongs = -wrongs()};
        close(go[1]);
        write_all(two, which, same, &(struct writer){.ready = ready[1], .go = go[0]}, &all);
        all.wrongs += wrongs();
        _exit(write(told[1], &all, sizeof all) == (ssize_t)sizeof all ? 0 : 3);
    }
    close(ready[1]);
    close(go[0]);
    close(told[1]);
    return (struct writer){.pid = pid, .ready = ready[0], .go = go[1], .told = told[0]};
}

static void finish(struct writer *w, struct told *told)
{
    int status = 0;
    if (read(w->told, told, sizeof *told) != (ssize_t)sizeof *told)
        wrong("a writer died");
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    close(w->ready);
    close(w->go);
    close(w->told);
    for (int i = 0; i < told->wrongs; i++)
        wrong("said by a writer above");
}

/* ---- what is on record in the end ---- */

/* Behind the decision's line come its positions, each indented. */
static bool position_follows(const char *decision, const char *position)
{
    const char *end = strchr(decision, '\n');
    while (end != NULL && text_starts(end + 1, "  "))
        end = strchr(end + 1, '\n');
    const char *at = strstr(decision, position);
    return at != NULL && (end == NULL || at < end);
}

static void check_lines(const struct two *two, const char *text, char who, const char *name)
{
    struct buf line = {0}, position = {0};
    const char *before = text;
    for (int i = 1; i <= two->lines + two->pretend; i++) {
        line_of(&line, who, i);
        position_of(&position, who, i, name);
        const char *at = strstr(text, buf_str(&line));
        if (text_count(text, buf_str(&line)) != 1)
            wrong("“%s” is %zu times on record", buf_str(&line), text_count(text, buf_str(&line)));
        else if (at < before)
            wrong("“%s” is not in its place", buf_str(&line));
        else if (i % DECISION_EVERY == 0 && (text_count(text, buf_str(&position)) != 1 || !position_follows(at, buf_str(&position))))
            wrong("the position on %c-%04d is not under it", who, i);
        before = at == NULL ? before : at;
    }
    buf_free(&line);
    buf_free(&position);
}

static void check_commands(const struct two *two, const char *text, int which)
{
    for (int i = 1; i <= two->lines; i++) {
        char note[64];
        snprintf(note, sizeof note, "command %d-%04d", which, i);
        if (text_count(text, note) != 1)
            wrong("“%s” is %zu times on record", note, text_count(text, note));
    }
}

static void check_all(const struct two *two, bool same)
{
    struct buf text[2] = {{0}, {0}};
    for (int i = 0; i < 2; i++)
        outside_good(&two->here, &text[i], "export", two->meeting[i], "--format", "meeting", "--audience", "full", NULL);
    check_lines(two, buf_str(&text[0]), 'A', two->people[0]);
    check_lines(two, buf_str(&text[same ? 0 : 1]), 'B', two->people[same ? 0 : 1]);
    check_commands(two, buf_str(&text[0]), 2);
    check_commands(two, buf_str(&text[1]), 3);
    outside_doctor(&two->here);
    outside_rebuild(&two->here);
    buf_free(&text[0]);
    buf_free(&text[1]);
}

/* ---- scenes ---- */

/* The head and people of a worked meeting, and an action to change. */
static bool import(struct two *two, int which, const char *path)
{
    struct buf all = {0}, out = {0};
    if (!text_read(path, &all))
        return false;
    const char *body = strstr(buf_str(&all), "\n# ");
    if (body != NULL)
        buf_splice(&all, (size_t)(body + 1 - all.s), all.n - (size_t)(body + 1 - all.s), NULL, 0);
    buf_adds(&all, "# The only item\nA: chair, keep the list of what is open\n");
    bool good = text_write("two.meeting", all.s, all.n) && outside_good(&two->here, &out, "import", "two.meeting", NULL);
    const char *last = buf_str(&out); /* the id stands on the last line, behind what is warned of */
    for (const char *s = last; good && (s = strchr(s, '\n')) != NULL && s[1] != '\0';)
        last = ++s;
    size_t n = strcspn(last, "\n");
    good = good && n < sizeof two->meeting[which];
    memcpy(two->meeting[which], last, good ? n : 0); /* the rest is zero */
    buf_free(&all);
    buf_free(&out);
    return good;
}

/* When all are ready they go on, all at once. */
static void let_go(const struct writer *writers, int n)
{
    char byte;
    for (int i = 0; i < n; i++)
        if (read(writers[i].ready, &byte, 1) != 1)
            wrong("a writer did not come");
    for (int i = 0; i < n; i++)
        if (write(writers[i].go, "g", 1) != 1)
            wrong("a writer is gone");
}

/* All write at once. */
static void at_once(const struct two *two, bool same)
{
    struct writer writers[WRITERS];
    struct told told[WRITERS] = {{0}};
    for (int i = 0; i < WRITERS; i++)
        writers[i] = start(two, i, same);
    let_go(writers, WRITERS);
    let_go(writers, TYPISTS);
    for (int i = 0; i < WRITERS; i++)
        finish(&writers[i], &told[i]);
    printf("%s: lines typed %d and %d, changes of an action %d, sign-offs %d; longest wait for a commit %.3f s typing, %.3f s as a command\n",
           same ? "one meeting" : "two meetings", told[0].written, told[1].written, told[2].written, told[3].written,
           (double)(told[0].longest_us > told[1].longest_us ? told[0].longest_us : told[1].longest_us) / 1e6,
           (double)(told[2].longest_us > told[3].longest_us ? told[2].longest_us : told[3].longest_us) / 1e6);
    for (int i = 0; same && i < TYPISTS; i++) {
        int64_t from = told[1 - i].last_us > told[i].last_us ? told[1 - i].last_us : told[i].last_us;
        if (told[i].seen_us - from > MOST_US)
            wrong("%c sees the last line of the other after %.2f s", 'A' + i, (double)(told[i].seen_us - from) / 1e6);
    }
    check_all(two, same);
}

static int64_t until_seen(struct typist *t, const char *words)
{
    int64_t from = clock_us();
    if (!pty_expect(t->p, words))
        wrong("“%s” is never seen on the other screen", words);
    return clock_us() - from;
}

/* One writes while the other stands in the middle of a line (or has typed nothing for long), in turn. The half-typed line stays as it is. */
static int64_t in_turn(int lines, struct typist t[2], int round)
{
    struct told told = {0};
    struct buf half = {0}, line = {0}, shown = {0}, want = {0};
    struct typist *one = &t[round % 2], *other = &t[1 - round % 2];
    if (round % 3 != 2)
        buf_addf(&half, "half of line %d", round);
    buf_addf(&line, "turn %d-%d", lines, round);
    bool good = typist_type(other, buf_str(&half), half.n, SPEED_WORDS) && put_line(one, &line, &told);
    int64_t lag = good ? until_seen(other, buf_str(&line)) : 0;
    put_without_blanks(&want, buf_str(&half));
    if (!good || !typist_shown(other, &shown) || strcmp(buf_str(&shown), buf_str(&want)) != 0)
        wrong("the half-typed line became “%s”", buf_str(&shown));
    if (lag > MOST_US)
        wrong("“%s” is seen after %.2f s", buf_str(&line), (double)lag / 1e6);
    put_line(other, &(struct buf){0}, &told); /* Enter alone: the half is a whole line */
    buf_free(&half);
    buf_free(&line);
    buf_free(&shown);
    buf_free(&want);
    return lag;
}

static void side_by_side(struct two *two, int rounds)
{
    struct typist t[2] = {{.chance = &two->chance}, {.chance = &two->chance}};
    int64_t longest = 0;
    bool open = true;
    for (int i = 0; i < 2; i++)
        open = open && typist_open(&t[i], &two->here, two->meeting[0], 80, 24);
    if (!open)
        wrong("a live screen does not open");
    for (int i = 0; open && i < rounds && wrongs() == 0; i++) {
        int64_t lag = in_turn(two->lines, t, i);
        longest = lag > longest ? lag : longest;
    }
    printf("side by side: what one wrote was on the other's screen after at most %.2f s\n", (double)longest / 1e6);
    typist_free(&t[0]);
    typist_free(&t[1]);
}

/* One stands in the middle of a line that was saved; the other puts lines on record; then the first is killed. Its line is offered again. */
static void killed_beside(struct two *two)
{
    static const char half[] = "this was half typed long ago";
    struct typist one = {.chance = &two->chance}, other = {.chance = &two->chance};
    struct told told = {0};
    struct buf line = {0}, shown = {0}, want = {0};
    buf_addf(&line, "beside %d", two->lines);
    put_without_blanks(&want, half);
    bool good = typist_open(&one, &two->here, two->meeting[0], 80, 24) && typist_open(&other, &two->here, two->meeting[0], 80, 24) &&
                typist_type(&other, half, strlen(half), SPEED_WORDS);
    clock_wait(SAVED_US);
    good = good && put_line(&one, &line, &told);
    if (good)
        until_seen(&other, buf_str(&line));
    if (good) {
        killer_arm(other.p, SAVED_US);
        pty_wait(other.p);
        typist_leave(&other);
        good = typist_open(&other, &two->here, two->meeting[0], 80, 24) && typist_shown(&other, &shown);
    }
    if (!good || strcmp(buf_str(&shown), buf_str(&want)) != 0)
        wrong("beside another screen the half-typed line is offered as “%s”, not “%s”", buf_str(&shown), half);
    typist_free(&one);
    typist_free(&other);
    buf_free(&line);
    buf_free(&shown);
    buf_free(&want);
}

static void scene(struct two *two, bool same, const char *data, char **files)
{
    two->here.data = data;
    outside_remove(data);
    if (!import(two, 0, files[0]) || !import(two, 1, files[1])) {
        wrong("the meetings cannot be imported");
        return;
    }
    at_once(two, same);
    if (same && wrongs() == 0)
        side_by_side(two, 6);
    if (same && wrongs() == 0)
        killed_beside(two);
    if (same)
        outside_doctor(&two->here);
    if (same)
        outside_rebuild(&two->here);
}

static int usage(void)
{
    fputs("crash_two [--seed N] [--pretend entry] LINES FILE.meeting FILE.meeting\n", stderr);
    return 2;
}

int main(int argc, char **argv)
{
    struct two two = {.here = {.program = getenv("EVENHAND_PROGRAM")}, .people = {"Saulė Žilinskienė", "Rima al-Khatib"}, .chance = {.state = 1}};
    int at = 1;
    setlocale(LC_CTYPE, "C.UTF-8");
    for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
        if (strcmp(argv[at], "--seed") == 0)
            two.chance.state = strtoull(argv[at + 1], NULL, 10);
        else if (strcmp(argv[at], "--pretend") == 0)
            two.pretend = true;
        else
            return usage();
    }
    if (argc - at != 3 || two.here.program == NULL)
        return usage();
    long lines = strtol(argv[at], NULL, 10);
    if (lines < 1 || lines > 9999)
        return usage();
    two.lines = (int)lines;
    scene(&two, true, "two-same", argv + at + 1);
    scene(&two, false, "two-apart", argv + at + 1);
    return wrongs() == 0 ? 0 : 1;
}
