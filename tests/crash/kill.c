/* kill -9 at random moments while a meeting is typed into the live screen of a real terminal. After each one, from outside: the record is that
 * of the lines whose commit was seen (the one on its way may be there or not, but whole), doctor finds nothing, rebuild changes nothing, and the
 * half-typed line is offered again as it stood at most about a second before.
 *   crash_kill [--seed N] [--pace KEYS] [--jobs N] [--pretend entry|line] KILLS FILE.meeting…
 * --pace: that many keys a second, as a person types, instead of all speeds; --jobs: so many at once, each on a database of its own.
 * The program is $EVENHAND_PROGRAM; it works in the current directory. --pretend: as if an acknowledged entry or the end of a half-typed line
 * had been lost; must give 1. */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/text.h"
#include "tests/crash/typist.h"

enum pretend { PRETEND_NOTHING, PRETEND_ENTRY, PRETEND_LINE };
enum moment_of_kill { KILL_ANYWHERE, KILL_AT_COMMIT, KILL_AT_PAUSE };

/* A worked meeting: its head with the people, and the lines after them. */
struct text {
    struct buf head;
    char **lines;
    size_t n;
};

struct figures {
    int kills, lines, whole, entered, entered_there, offered, shortened, opening;
    size_t longest_characters;
    int64_t longest_us;
};

struct crash {
    struct outside live;
    struct chance chance;
    struct typist typist;
    enum pretend pretend;
    struct text *texts;
    int ntexts;
    const struct text *text; /* the meeting that is typed */
    size_t done;             /* lines of it that are on record, as far as seen */
    bool apart;              /* what is typed is no line of it: the heading of a list once more */
    struct buf expected;     /* the JSON of these lines */
    char data[64];
    int sittings, left;      /* kills before another meeting is taken */
    int64_t killed_us;
    struct figures figures;
};

/* ---- the meetings ---- */

static char *line_copy(const char *s, size_t n)
{
    char *line = malloc(n + 1);
    if (line == NULL)
        BUG("out of memory");
    memcpy(line, s, n);
    line[n] = '\0';
    return line;
}

static bool text_load(struct text *t, const char *path)
{
    struct buf all = {0};
    size_t cap = 0;
    bool began = false;
    if (!text_read(path, &all))
        return false;
    const char *s = buf_str(&all), *end = s + all.n;
    for (size_t n; s < end; s += n + 1) {
        n = strcspn(s, "\n");
        began = began || text_starts(s, "# ");
        if (!began) {
            buf_add(&t->head, s, n);
            buf_addc(&t->head, '\n');
            continue;
        }
        if (t->n == cap) {
            cap = cap == 0 ? 128 : cap * 2;
            t->lines = realloc(t->lines, cap * sizeof t->lines[0]);
            if (t->lines == NULL)
                BUG("out of memory");
        }
        t->lines[t->n++] = line_copy(s, n);
    }
    buf_free(&all);
    return t->n > 0;
}

static void text_free(struct text *t)
{
    for (size_t i = 0; i < t->n; i++)
        free(t->lines[i]);
    free(t->lines);
    buf_free(&t->head);
}

/* The file of the first `n` lines. */
static void write_beginning(const struct text *t, size_t n, const char *more, const char *path)
{
    struct buf b = {0};
    buf_add(&b, t->head.s, t->head.n);
    for (size_t i = 0; i < n; i++)
        buf_addf(&b, "%s\n", t->lines[i]);
    buf_adds(&b, more);
    if (!text_write(path, b.s, b.n))
        BUG("a file cannot be written");
    buf_free(&b);
}

/* ---- what is on record, and what should be ---- */

/* Ids are each record's own, and the status of what was typed is "live" or not: both blanked. */
static void without_ids(struct buf *json)
{
    static const char *const keys[] = {"\"id\": \"", "\n  \"status\": \""};
    for (size_t i = 0; i < NITEMS(keys); i++) {
        size_t key = strlen(keys[i]);
        for (char *at = json->n == 0 ? NULL : strstr(json->s, keys[i]); at != NULL; at = strstr(at + key, keys[i])) {
            size_t n = strcspn(at + key, "\"");
            buf_splice(json, (size_t)(at - json->s) + key, n, NULL, 0); /* which never moves a text that becomes shorter */
        }
    }
}

/* What the same lines give when they are imported. */
static void imported(struct crash *c, size_t lines, struct buf *json)
{
    struct outside other = {.program = c->live.program, .data = "imported"};
    bool more = c->pretend == PRETEND_ENTRY && c->figures.kills > 0;
    outside_remove(other.data);
    write_beginning(c->text, lines, more ? "\n23:58 This was acknowledged and is nowhere.\n" : "", "imported.meeting");
    if (outside_good(&other, NULL, "import", "imported.meeting", NULL))
        outside_good(&other, json, "export", "last", "--format", "json", "--audience", "full", NULL);
    outside_remove(other.data);
    without_ids(json);
}

static void say_difference(const struct crash *c, const struct buf *want, const struct buf *got)
{
    const char *a = buf_str(want), *b = buf_str(got);
    while (*a != '\0' && *b != '\0') {
        size_t na = strcspn(a, "\n"), nb = strcspn(b, "\n");
        if (na != nb || memcmp(a, b, na) != 0)
            break;
        a += na + (a[na] != '\0');
        b += nb + (b[nb] != '\0');
    }
    wrong("kill %d, %zu lines acknowledged: the record is not that of these lines\n  should be: %.*s\n  is:        %.*s", c->figures.kills, c->done,
          (int)strcspn(a, "\n"), a, (int)strcspn(b, "\n"), b);
}

/* The lines that were acknowledged are on record, each once and as typed; the line that was on its way is there wholly or not at all.
 * *there: it is; *either: it says nothing that could tell. */
static void check_record(struct crash *c, bool *there, bool *either)
{
    struct buf got = {0}, next = {0};
    bool on_its_way = c->typist.entered && c->done < c->text->n;
    outside_good(&c->live, &got, "export", "last", "--format", "json", "--audience", "full", NULL);
    without_ids(&got);
    imported(c, c->done, &c->expected);
    *there = *either = false;
    bool same = strcmp(buf_str(&got), buf_str(&c->expected)) == 0;
    if (on_its_way) {
        imported(c, c->done + 1, &next);
        *either = same && strcmp(buf_str(&got), buf_str(&next)) == 0;
        *there = !same && strcmp(buf_str(&got), buf_str(&next)) == 0;
    }
    if (!same && !*there)
        say_difference(c, &c->expected, &got);
    buf_free(&got);
    buf_free(&next);
}

/* What is looked at after a kill comes in any order: the first of them finds the journal of the dead. */
static void check_outside(struct crash *c, bool *there, bool *either)
{
    int first = chance_below(&c->chance, 3);
    for (int i = 0; i < 3; i++) {
        int what = (first + i) % 3;
        if (what == 0)
            outside_doctor(&c->live);
        else if (what == 1)
            check_record(c, there, either);
        else
            outside_rebuild(&c->live);
    }
}

/* ---- the half-typed line ---- */

static int64_t most_us(void)
{
    return pty_deadline() > 10 ? 4500000 : 1500000; /* a second between savings, and what they take */
}

static void count_loss(struct crash *c, size_t keys_ago)
{
    const struct typist *t = &c->typist;
    const struct moment *last = &t->v[t->n - 1], *first_lost = last - keys_ago + 1;
    size_t had = strlen(last->text), has = strlen((first_lost - 1)->text);
    int64_t lost_us = c->killed_us - first_lost->since_us;
    c->figures.shortened++;
    if (had > has && had - has > c->figures.longest_characters)
        c->figures.longest_characters = had - has;
    if (lost_us > c->figures.longest_us)
        c->figures.longest_us = lost_us;
    if (lost_us > most_us())
        wrong("kill %d: the line is offered as it stood %.2f seconds before: “%s”, not “%s”", c->figures.kills, (double)lost_us / 1e6,
              (first_lost - 1)->text, last->text);
}

/* What the screen offers is what stood in the line at most about a second before; nothing, when the line is on record. */
static void check_offered(struct crash *c, const struct buf *offered, bool there, bool either)
{
    size_t keys_ago = 0;
    const char *shown = buf_str(offered);
    c->figures.offered += offered->n > 0;
    if (there || (either && offered->n == 0)) {
        if (offered->n > 0)
            wrong("kill %d: the line is on record and offered once more: “%s”", c->figures.kills, shown);
    } else if (!typist_find(&c->typist, shown, &keys_ago)) {
        wrong("kill %d: a line is offered that never stood there: “%s”, last “%s”", c->figures.kills, shown, c->typist.v[c->typist.n - 1].text);
    } else if (keys_ago > 0) {
        count_loss(c, keys_ago);
    } else {
        c->figures.whole += offered->n > 0;
    }
}

static bool open_screen(struct crash *c, struct buf *offered)
{
    bool wide = chance_below(&c->chance, 4) == 0;
    if (!typist_open(&c->typist, &c->live, "last", wide ? 120 : 80, wide ? 40 : 24) || !typist_shown(&c->typist, offered)) {
        struct buf screen = {0};
        pty_screen(c->typist.p, &screen);
        wrong("kill %d: the live screen does not open\n%s", c->figures.kills, buf_str(&screen));
        buf_free(&screen);
        return false;
    }
    return true;
}

/* As if what was typed last had not been saved for a minute. */
static void pretend_loss(struct crash *c, struct buf *offered)
{
    if (c->typist.n < 2)
        return;
    buf_clear(offered);
    put_without_blanks(offered, c->typist.v[c->typist.n - 2].text);
    c->killed_us += 60000000;
}

/* The screen is killed while it opens: nothing is to change. */
static void kill_opening(struct crash *c)
{
    typist_start(&c->typist, &c->live, "last", 80, 24);
    killer_arm(c->typist.p, chance_below(&c->chance, 40000));
    if (pty_wait(c->typist.p) != 256 + 9)
        wrong("kill %d: opening: it did not end by the signal", c->figures.kills);
    c->figures.kills++;
    c->figures.opening++;
    typist_leave(&c->typist);
}

/* Looks at everything after a kill, and leaves the screen open with what it offers. */
static bool check_all(struct crash *c)
{
    struct buf offered = {0};
    bool there = false, either = false;
    int order = chance_below(&c->chance, 4);
    if (order == 0)
        kill_opening(c);
    bool open = order == 1 && open_screen(c, &offered); /* the screen itself comes first */
    check_outside(c, &there, &either);
    open = open || open_screen(c, &offered);
    if (c->pretend == PRETEND_LINE)
        pretend_loss(c, &offered);
    if (open)
        check_offered(c, &offered, there, either);
    c->figures.entered += c->typist.entered;
    c->figures.entered_there += there;
    c->done += there || (either && offered.n == 0) ? 1 : 0;
    /* What goes on from here is what is offered, in the spelling in which it stood. */
    size_t keys_ago = 0;
    const char *text = "";
    if (offered.n > 0 && typist_find(&c->typist, buf_str(&offered), &keys_ago))
        text = c->typist.v[c->typist.n - 1 - keys_ago].text;
    char *kept = line_copy(text, strlen(text));
    typist_stands(&c->typist, kept);
    free(kept);
    buf_free(&offered);
    return open;
}

/* ---- typing ---- */

/* A list at the end has to be begun again after a new start: the heading that the next line stands under, or NULL. */
static const char *heading(const struct text *t, size_t done)
{
    for (size_t i = done; i > 0 && t->lines[i - 1][0] != '\0'; i--)
        if (strcmp(t->lines[i - 1], "signoff:") == 0 || strcmp(t->lines[i - 1], "copies:") == 0)
            return t->lines[i - 1];
    return NULL;
}

static enum speed some_speed(struct crash *c)
{
    if (c->typist.pace > 0)
        return SPEED_PACE;
    static const enum speed speeds[] = {SPEED_KEYS, SPEED_KEYS, SPEED_WORDS, SPEED_WORDS, SPEED_WORDS, SPEED_SLOW, SPEED_PASTE, SPEED_PASTE};
    return speeds[chance_below(&c->chance, (int)NITEMS(speeds))];
}

/* Types the rest of the line that is offered where it is known how much stands there, else all of it. */
static bool type_line(struct crash *c, const char *line, size_t n)
{
    struct typist *t = &c->typist;
    size_t has = t->line.n;
    bool goes_on = has > 0 && has < n && memcmp(line, buf_str(&t->line), has) == 0 && line[has] != ' ' && line[has - 1] != ' ';
    if (goes_on)
        return typist_type(t, line + has, n - has, some_speed(c));
    return (t->n == 1 && has == 0 ? true : typist_clear(t)) && typist_type(t, line, n, some_speed(c));
}

static bool take_line(struct crash *c, const char *line)
{
    return type_line(c, line, strlen(line)) && typist_enter(&c->typist);
}

/* Half a line and no more keys: the pause saves it, perhaps just when it strikes. */
static bool stop_half_way(struct crash *c)
{
    const char *line = c->done < c->text->n ? c->text->lines[c->done] : "";
    size_t n = strlen(line), half = 0;
    bool good = true;
    for (int cut = chance_below(&c->chance, (int)n); half < n && half < (size_t)cut;)
        half = text_next(line, n, half);
    if (half > 0 && half < n && c->typist.line.n < half) {
        char *part = line_copy(line, half);
        good = type_line(c, part, half);
        free(part);
    }
    bool saving = c->pretend != PRETEND_LINE && chance_below(&c->chance, 2) == 0;
    if (good)
        killer_arm(c->typist.p, saving ? 240000 + chance_below(&c->chance, 30000) : 400000 + chance_below(&c->chance, 300000));
    return good;
}

/* Types on until the kill, which strikes at a moment of its own. */
static void type_until_killed(struct crash *c)
{
    struct typist *t = &c->typist;
    static const enum moment_of_kill moments[] = {KILL_ANYWHERE, KILL_ANYWHERE, KILL_AT_COMMIT, KILL_AT_COMMIT, KILL_AT_COMMIT, KILL_AT_PAUSE};
    enum moment_of_kill when = c->pretend == PRETEND_LINE ? KILL_AT_PAUSE : moments[chance_below(&c->chance, (int)NITEMS(moments))];
    bool paced = c->typist.pace > 0; /* a line takes seconds */
    int lines = chance_below(&c->chance, paced ? 2 : 6);
    if (paced && when == KILL_AT_PAUSE)
        lines = 0;
    const char *begin = heading(c->text, c->done);
    bool good = true;
    if (when == KILL_ANYWHERE)
        killer_arm(t->p, chance_below(&c->chance, chance_below(&c->chance, 2) == 0 ? 400000 : paced ? 4000000 : 2500000));
    c->apart = begin != NULL;
    if (begin != NULL)
        good = typist_clear(t) && take_line(c, begin);
    c->apart = c->apart && !good;
    for (int i = 0; good && c->done < c->text->n; i++) {
        const char *line = c->text->lines[c->done];
        if (when == KILL_AT_PAUSE && i >= lines)
            break;
        good = type_line(c, line, strlen(line));
        if (good && when == KILL_AT_COMMIT && i >= lines)
            killer_arm(t->p, chance_below(&c->chance, chance_below(&c->chance, 2) == 0 ? 8000 : 50000));
        good = good && typist_enter(t);
        c->done += good;
        c->figures.lines += good && line[0] != '\0';
    }
    if (good && when == KILL_AT_PAUSE)
        good = stop_half_way(c);
    else if (good && when == KILL_AT_COMMIT)
        killer_arm(t->p, 1);
    if (!good && !killer_done(NULL)) {
        struct buf screen = {0};
        pty_screen(t->p, &screen);
        wrong("kill %d: typing stopped at “%s”\n%s", c->figures.kills, buf_str(&t->line), buf_str(&screen));
        buf_free(&screen);
        killer_arm(t->p, 1);
    }
}

static void await_kill(struct crash *c)
{
    struct typist *t = &c->typist;
    if (pty_wait(t->p) != 256 + 9)
        wrong("kill %d: it did not end by the signal", c->figures.kills + 1);
    if (!killer_done(&c->killed_us))
        c->killed_us = clock_us();
    c->figures.kills++;
    /* What it had sent before it died was seen: a line that is empty after Enter was acknowledged. */
    if (t->entered && c->apart) {
        typist_may_stand(t, ""); /* which leaves nothing on record that could tell */
    } else if (t->entered && typist_line_empty(t)) {
        typist_stands(t, "");
        c->done++;
        c->figures.lines++;
    }
    typist_leave(t);
}

/* ---- meetings, one after the other ---- */

/* A meeting is begun with its head and people, or goes on from somewhere in the middle. */
static bool sit_down(struct crash *c)
{
    typist_leave(&c->typist);
    if (c->data[0] != '\0')
        outside_remove(c->data);
    snprintf(c->data, sizeof c->data, "sitting-%d", c->sittings);
    c->live.data = c->data;
    outside_remove(c->data); /* of an earlier run */
    c->text = &c->texts[chance_below(&c->chance, c->ntexts)];
    c->done = c->sittings % 3 == 0 ? 0 : (size_t)chance_below(&c->chance, (int)c->text->n);
    c->left = 3 + chance_below(&c->chance, 12);
    c->sittings++;
    write_beginning(c->text, c->done, "", "begun.meeting");
    return outside_good(&c->live, NULL, "import", "begun.meeting", NULL);
}

static bool one_kill(struct crash *c)
{
    if (c->text == NULL || c->left-- <= 0 || c->done == c->text->n) {
        struct buf offered = {0};
        bool good = sit_down(c) && open_screen(c, &offered);
        buf_free(&offered);
        if (!good)
            return false;
        typist_stands(&c->typist, "");
    }
    type_until_killed(c);
    await_kill(c);
    return check_all(c);
}

static void say_figures(const struct figures *f, uint64_t seed, int sittings, int64_t took_us)
{
    double minutes = (double)took_us / 60e6;
    printf("seed %llu: %d kills (%d while opening) in %d meetings, %.0f a minute; %d acknowledged lines, %d wrong; %d lines were on their way, %d of them whole "
           "on record; a half-typed line was offered %d times, %d times to the last key; lost at most %.2f s of typing (%zu bytes)\n",
           (unsigned long long)seed, f->kills, f->opening, sittings, f->kills / (minutes > 0 ? minutes : 1), f->lines, wrongs(), f->entered, f->entered_there,
           f->offered, f->whole, (double)f->longest_us / 1e6, f->longest_characters);
}

/* ---- several at once ---- */

struct told {
    struct figures figures;
    int sittings, wrongs;
};

static void storm(struct crash *c, int kills)
{
    while (c->figures.kills < kills && wrongs() == 0 && one_kill(c))
        continue;
    typist_free(&c->typist);
    buf_free(&c->expected);
}

/* One of several, in a folder of its own. */
static void job(struct crash *c, int number, int kills, int out)
{
    char folder[32];
    snprintf(folder, sizeof folder, "job-%d", number);
    (void)mkdir(folder, 0700);
    if (chdir(folder) != 0)
        BUG("no folder");
    c->chance.state += (uint64_t)number * 1000003;
    storm(c, kills);
    outside_remove(c->data);
    (void)unlink("begun.meeting");
    (void)unlink("imported.meeting");
    struct told told = {.figures = c->figures, .sittings = c->sittings, .wrongs = wrongs()};
    _exit(write(out, &told, sizeof told) == (ssize_t)sizeof told ? 0 : 3);
}

static void add(struct figures *sum, const struct figures *f)
{
    sum->kills += f->kills;
    sum->lines += f->lines;
    sum->whole += f->whole;
    sum->entered += f->entered;
    sum->entered_there += f->entered_there;
    sum->offered += f->offered;
    sum->shortened += f->shortened;
    sum->opening += f->opening;
    sum->longest_characters = f->longest_characters > sum->longest_characters ? f->longest_characters : sum->longest_characters;
    sum->longest_us = f->longest_us > sum->longest_us ? f->longest_us : sum->longest_us;
}

static void at_once(struct crash *c, int jobs, int kills)
{
    int ends[2];
    if (pipe(ends) != 0)
        BUG("no pipe");
    fflush(stdout);
    for (int i = 0; i < jobs; i++) {
        int share = kills / jobs + (i < kills % jobs);
        pid_t pid = fork();
        if (pid < 0)
            BUG("no process");
        if (pid == 0)
            job(c, i, share, ends[1]);
    }
    close(ends[1]);
    int told_by = 0;
    for (struct told told; read(ends[0], &told, sizeof told) == (ssize_t)sizeof told; told_by++) {
        add(&c->figures, &told.figures);
        c->sittings += told.sittings;
        for (int i = 0; i < told.wrongs; i++)
            wrong("said by a job above");
    }
    while (wait(NULL) > 0)
        continue;
    if (told_by != jobs)
        wrong("%d of %d jobs did not end", jobs - told_by, jobs);
}

static int usage(void)
{
    fputs("crash_kill [--seed N] [--pace KEYS] [--jobs N] [--pretend entry|line] KILLS FILE.meeting...\n", stderr);
    return 2;
}

int main(int argc, char **argv)
{
    struct crash c = {.live = {.program = getenv("EVENHAND_PROGRAM")}};
    unsigned long long seed = 1;
    long jobs = 1;
    int at = 1;
    setlocale(LC_CTYPE, "C.UTF-8");
    for (; at + 1 < argc && argv[at][0] == '-'; at += 2) {
        if (strcmp(argv[at], "--seed") == 0)
            seed = strtoull(argv[at + 1], NULL, 10);
        else if (strcmp(argv[at], "--pace") == 0)
            c.typist.pace = (int)strtol(argv[at + 1], NULL, 10);
        else if (strcmp(argv[at], "--jobs") == 0)
            jobs = strtol(argv[at + 1], NULL, 10);
        else if (strcmp(argv[at], "--pretend") == 0)
            c.pretend = strcmp(argv[at + 1], "entry") == 0 ? PRETEND_ENTRY : PRETEND_LINE;
        else
            return usage();
    }
    long kills = at < argc ? strtol(argv[at++], NULL, 10) : 0;
    c.ntexts = argc - at;
    if (kills < 1 || kills > 1000000 || c.ntexts < 1 || c.live.program == NULL || jobs < 1 || jobs > 64)
        return usage();
    c.chance.state = seed;
    c.typist.chance = &c.chance;
    c.texts = calloc((size_t)c.ntexts, sizeof c.texts[0]);
    for (int i = 0; i < c.ntexts; i++)
        if (c.texts == NULL || !text_load(&c.texts[i], argv[at + i]))
            return usage();
    int64_t from = clock_us();
    if (jobs == 1)
        storm(&c, (int)kills);
    else
        at_once(&c, (int)jobs, (int)kills);
    say_figures(&c.figures, seed, c.sittings, clock_us() - from);
    for (int i = 0; i < c.ntexts; i++)
        text_free(&c.texts[i]);
    free(c.texts);
    return wrongs() == 0 ? 0 : 1;
}
