/* The whole job line by line: for screen readers, for scripts, and for terminals that can do nothing else. */
#include "tui/review/plain.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/text.h"
#include "tui/review/review.h"
#include "tui/surface.h"

#define NAME_COLUMNS 60
#define HELP_COLUMNS 76

struct plain {
    struct store *store;
    const struct types *types;
    bool ascii, all;
    bool turned;             /* a question was answered with one of the commands, which stands in `line`: it is obeyed next */
    bool typed;              /* the answers come from a terminal, which ends the line of the question */
    size_t columns;          /* of the terminal that is written to: lines are broken between words; 0: they are not broken */
    bool over;               /* it is to end; or nobody reads any more */
    struct plain_input in;
    struct arena *arena;     /* of rows */
    struct action_rows rows; /* as they were listed last: what a number means */
    struct buf line;         /* what was answered last */
};

/* ---- speaking ---- */

static void to_ascii(struct buf *b)
{
    struct buf out = {0};
    for (size_t at = 0; at < b->n;) {
        int32_t code = text_code(b->s, b->n, &at);
        if (code >= 0)
            buf_addc(&out, surface_ascii(code));
    }
    buf_free(b);
    *b = out;
}

/* All that is written: stored text passes text_show(), line by line. */
static void put(struct plain *p, const char *words, const char *end)
{
    struct buf shown = {0}, broken = {0};
    text_show(&shown, words);
    if (p->ascii)
        to_ascii(&shown);
    if (p->columns > 0)
        text_wrap(&broken, buf_str(&shown), p->columns, 2, 0);
    if (fprintf(stdout, "%s%s", buf_str(p->columns > 0 ? &broken : &shown), end) < 0 || fflush(stdout) != 0)
        p->over = true;
    buf_free(&shown);
    buf_free(&broken);
}

/* As wide as the terminal is just now. */
static void look_width(struct plain *p)
{
    struct winsize size = {0};
    bool known = isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    p->columns = !known ? 0 : size.ws_col < 20 ? 20 : (size_t)size.ws_col - 1;
}

static void say(struct plain *p, const char *format, ...) PRINTF_LIKE(2, 3);
static void say(struct plain *p, const char *format, ...)
{
    struct err sentence = {0};
    va_list ap;
    va_start(ap, format);
    vsnprintf(sentence.text, sizeof sentence.text, format, ap);
    va_end(ap);
    put(p, sentence.text, "\n");
}

static void say_buf(struct plain *p, struct buf *b)
{
    put(p, buf_str(b), "\n");
    buf_clear(b);
}

static void say_err(struct plain *p, const struct err *err)
{
    say(p, "%s.", err->text[0] != '\0' ? err->text : err_sentence(err->code));
}

static int32_t today(const struct plain *p)
{
    const struct world *world = store_world(p->store);
    return world->now(world->data).day;
}

static void put_words(struct buf *out)
{
    buf_adds(out, "A number, such as 2: all about that action.\n"
                  "done 2: it is done. You are asked on which day, and for a note.\n"
                  "note 2: how it stands, in your own words.\n"
                  "dispute 2: something about it is wrong. Your words will stand in the minutes beside the line; the action itself does not change.\n"
                  "undo: takes back what you recorded last in this visit. redo: gives it again.\n"
                  "list: your open actions. all: finished ones too.\n"
                  "help: this. quit: leaves.\n"
                  "To leave a question unanswered, answer with a full stop alone: then nothing is recorded.\n");
}

void review_help(struct buf *out)
{
    struct buf b = {0};
    buf_adds(&b, "Your own actions: what you were asked to do in meetings, and what became of it. Nobody else's are shown.\n"
                 "On the screen: the arrows move, Enter tells all about one, c says that it is done, m adds a note, D says that something about it is wrong, "
                 "u takes back what you recorded last, l shows finished ones too, / searches, ? lists the keys, Q leaves.\n"
                 "Line by line (plain), these can be typed:\n\n");
    put_words(&b);
    struct buf line = {0};
    for (const char *s = buf_str(&b); *s != '\0'; s += strcspn(s, "\n") + 1) {
        buf_clear(&line);
        buf_add(&line, s, strcspn(s, "\n"));
        text_wrap(out, buf_str(&line), HELP_COLUMNS, 2, 0);
        buf_addc(out, '\n');
    }
    buf_free(&line);
    buf_free(&b);
}

static void say_help(struct plain *p)
{
    struct buf b = {0}, line = {0};
    put_words(&b);
    for (const char *s = buf_str(&b); *s != '\0'; s += strcspn(s, "\n") + 1) {
        buf_add(&line, s, strcspn(s, "\n"));
        say_buf(p, &line);
    }
    buf_free(&b);
    buf_free(&line);
}

/* ---- the list ---- */

static void put_row(struct plain *p, size_t i)
{
    const struct action_row *row = &p->rows.v[i];
    struct buf b = {0};
    int32_t noted = review_noted(row);
    buf_addf(&b, "%zu. %s%s; ", i + 1, row->ndisputes > 0 ? "disputed: " : "", row->restricted_masked ? "confidential" : row->text == NULL ? "" : row->text);
    if (row->child != NULL)
        buf_addf(&b, "child %s; ", row->child);
    review_put_due(&b, row, today(p));
    if (noted != DAY_NONE) {
        buf_adds(&b, "; noted on ");
        review_put_day(&b, noted);
    }
    buf_adds(&b, "; ");
    review_put_from(&b, row, p->types);
    buf_addc(&b, '.');
    say_buf(p, &b);
    buf_free(&b);
}

static enum evh read_rows(struct plain *p, struct err *err)
{
    struct arena *arena = arena_new();
    struct action_rows rows = {0};
    enum evh code = review_actions(p->store, arena, p->all, &rows, err);
    if (code == EVH_OK)
        code = review_shown(p->store, &rows, err);
    if (code != EVH_OK) {
        arena_free(arena);
        return code;
    }
    arena_free(p->arena);
    p->arena = arena;
    p->rows = rows;
    return EVH_OK;
}

static void say_rows(struct plain *p)
{
    size_t overdue = 0, open = 0;
    for (size_t i = 0; i < p->rows.n; i++) {
        overdue += p->rows.v[i].overdue;
        open += action_is_open(p->rows.v[i].status);
    }
    if (p->rows.n == 0)
        say(p, p->all ? "%s: no action was ever agreed in your name." : "%s: none of your actions is open.", review_name(p->store));
    else
        say(p, "%s: %zu open action%s, %zu overdue.", review_name(p->store), open, open == 1 ? "" : "s", overdue);
    for (size_t i = 0; i < p->rows.n && !p->over; i++)
        put_row(p, i);
}

static void list(struct plain *p)
{
    struct err err = {0};
    if (read_rows(p, &err) == EVH_OK)
        say_rows(p);
    else
        say_err(p, &err);
}

int review_list(struct store *store, const struct types *types, bool ascii, struct err *err)
{
    struct plain p = {.store = store, .types = types, .ascii = ascii};
    enum evh code = read_rows(&p, err);
    if (code == EVH_OK)
        say_rows(&p);
    arena_free(p.arena);
    return err_status(code == EVH_OK && p.over ? err_set(err, EVH_IO, "the list could not be written") : code);
}

/* ---- asking ---- */

static void leave_quietly(struct plain *p, enum plain_got got)
{
    if (got == PLAIN_IDLE) {
        long long minutes = (p->in.idle_ms + 59999) / 60000;
        put(p, "", "\n");
        say(p, "Nothing was typed for %lld minute%s, so you are logged out. All that was recorded is kept.", minutes, minutes == 1 ? "" : "s");
    }
    p->over = true;
}

enum job { JOB_NONE, JOB_DONE, JOB_NOTE, JOB_DISPUTE, JOB_UNDO, JOB_REDO, JOB_LIST, JOB_ALL, JOB_HELP, JOB_QUIT };

static enum job job_of(const char *word, size_t n)
{
    static const struct { const char *word; enum job job; } jobs[] = {
        {"done", JOB_DONE}, {"complete", JOB_DONE}, {"note", JOB_NOTE}, {"dispute", JOB_DISPUTE}, {"undo", JOB_UNDO}, {"redo", JOB_REDO}, {"list", JOB_LIST},
        {"all", JOB_ALL}, {"help", JOB_HELP}, {"?", JOB_HELP}, {"quit", JOB_QUIT}, {"exit", JOB_QUIT}, {"bye", JOB_QUIT}, {"q", JOB_QUIT},
    };
    for (size_t i = 0; i < NITEMS(jobs); i++)
        if (text_same_word(word, n, jobs[i].word))
            return jobs[i].job;
    return JOB_NONE;
}

/* A command and nothing else: "quit", "note 2". */
static bool is_command(const char *line)
{
    size_t n = strcspn(line, " ");
    const char *rest = line + n + strspn(line + n, " ");
    return job_of(line, n) != JOB_NONE && rest[strspn(rest, "0123456789")] == '\0';
}

/* One line, after its prompt. False: it was left, or all is over; then nothing is recorded. */
static bool ask(struct plain *p, const char *question)
{
    for (;;) {
        put(p, question, p->typed ? " " : "\n");
        if (p->over)
            return false;
        enum plain_got got = plain_read(&p->in, &p->line);
        if (got == PLAIN_LONG) {
            say(p, "That line is longer than %d thousand bytes: nothing of it was taken. Please say it in fewer words.", PLAIN_LINE_MOST / 1000);
            continue;
        }
        if (got == PLAIN_LINE)
            return true;
        if (got == PLAIN_INTERRUPT)
            put(p, "", "\n");
        else
            leave_quietly(p, got);
        return false;
    }
}

static bool answered(struct plain *p, const char *question)
{
    if (ask(p, question) && strcmp(buf_str(&p->line), ".") != 0)
        return true;
    if (!p->over)
        say(p, "Left: nothing was recorded.");
    return false;
}

/* The answer to a question for a number or a day, which no command can be: that leaves the question and is obeyed. */
static bool answered_short(struct plain *p, const char *question)
{
    if (!answered(p, question))
        return false;
    p->turned = is_command(buf_str(&p->line));
    if (p->turned)
        say(p, "Left: nothing was recorded.");
    return !p->turned;
}

/* How much is said again of what was not understood. */
static int shown_bytes(const char *words)
{
    return (int)text_fit(words, strlen(words), 40);
}

/* How many of the list have this number in the minutes of their meeting ("A1"); *at: where the last of them stands, from 1. */
static size_t find_label(const struct plain *p, const char *words, long *at)
{
    size_t found = 0;
    for (size_t i = 0; i < p->rows.n; i++) {
        const char *number = p->rows.v[i].number;
        if (number == NULL || number[0] == '\0' || !text_same_word(words, strlen(words), number))
            continue;
        found++;
        *at = (long)i + 1;
    }
    return found;
}

/* The action that a number of the last list means, as it stands now. */
static bool find(struct plain *p, const char *words, struct arena *arena, struct action_row *row)
{
    struct err err = {0};
    char *end = NULL;
    long n = strtol(words, &end, 10);
    bool number = end != words && *end == '\0';
    size_t labels = number ? 0 : find_label(p, words, &n);
    if (labels > 1) {
        say(p, "%zu of your actions have the number \u201C%.*s\u201D in the minutes of their meetings: say their number in the list, from 1 to %zu.", labels, shown_bytes(words), words,
            p->rows.n);
        return false;
    }
    if ((!number && labels == 0) || n < 1 || (unsigned long)n > p->rows.n) {
        if (p->rows.n == 0)
            say(p, "There is no action in the list.");
        else
            say(p, "There is no number \u201C%.*s\u201D: the list goes from 1 to %zu.", shown_bytes(words), words, p->rows.n);
        return false;
    }
    enum evh code = review_action(p->store, arena, p->rows.v[n - 1].id, row, &err);
    if (code == EVH_NOTFOUND)
        say(p, "Number %ld is no longer yours: list says what is.", n);
    else if (code != EVH_OK)
        say_err(p, &err);
    return code == EVH_OK;
}

/* ---- what can be done ---- */

static void put_if(struct plain *p, const char *label, const char *words)
{
    struct buf b = {0};
    if (words != NULL && words[0] != '\0') {
        buf_addf(&b, "%s: %s", label, words);
        say_buf(p, &b);
    }
    buf_free(&b);
}

static void story(struct plain *p, const struct action_row *row)
{
    struct buf b = {0};
    struct err err = {0};
    if (store_visit(p->store, "action", row->meeting, &err) != EVH_OK) { /* what cannot be written down is not shown */
        say_err(p, &err);
        return;
    }
    put_if(p, "What", row->restricted_masked ? "confidential: ask whoever kept the minutes" : row->text);
    put_if(p, "Child", row->child);
    review_put_due(&b, row, today(p));
    put_if(p, "Stands", buf_str(&b));
    for (size_t i = 0; i < row->with.n; i++)
        put_if(p, "Together with", row->with.v[i]);
    put_if(p, "Done when", row->restricted_masked ? NULL : row->done_when);
    put_if(p, "If not", row->restricted_masked ? NULL : row->otherwise);
    for (size_t i = 0; i < row->nhistory; i++) {
        buf_clear(&b);
        review_put_change(&b, &row->history[i]);
        put_if(p, "Happened", buf_str(&b));
    }
    for (size_t i = 0; i < row->ndisputes; i++) {
        buf_clear(&b);
        buf_addf(&b, "Disputed by %s", row->disputes[i].by == NULL ? "somebody" : row->disputes[i].by);
        put_if(p, buf_str(&b), row->disputes[i].text);
    }
    buf_clear(&b);
    review_put_from(&b, row, p->types);
    put_if(p, "Comes from", buf_str(&b));
    buf_free(&b);
}

static bool ask_day(struct plain *p, const struct action_row *row, const char *words, int32_t *day)
{
    struct buf q = {0}, why = {0};
    int32_t early = DAY_NONE;
    buf_adds(&q, "On which day was it done? Enter alone means today, ");
    review_put_day(&q, today(p));
    buf_adds(&q, "; a full stop alone leaves it.");
    bool good = false, given = words[0] != '\0';
    if (given) {
        buf_clear(&p->line);
        buf_adds(&p->line, words);
    }
    while (!good && (given || answered_short(p, buf_str(&q)))) {
        given = false;
        good = review_read_day(buf_str(&p->line), today(p), review_agreed(row), &early, day, &why);
        if (good)
            break;
        buf_addc(&why, '.');
        say_buf(p, &why);
    }
    buf_free(&q);
    buf_free(&why);
    return good;
}

/* A command among the words is more likely one than what somebody wanted on record. */
static bool confirmed(struct plain *p, const char *kind)
{
    struct buf words = {0}, q = {0};
    buf_adds(&words, buf_str(&p->line));
    buf_addf(&q, "Record the words \u201C%.*s\u201D as your %s? yes records them; anything else leaves the question.", shown_bytes(words.s), words.s, kind);
    bool yes = ask(p, buf_str(&q)) && (text_same_word(buf_str(&p->line), p->line.n, "yes") || text_same_word(buf_str(&p->line), p->line.n, "y"));
    if (!yes && !p->over)
        say(p, "Left: nothing was recorded.");
    buf_free(&p->line);
    p->line = words;
    buf_free(&q);
    return yes;
}

/* The answer to `question`, or the words that were given with the command; `needed`: not empty. `kind`: what they would be, "note". */
static bool ask_words(struct plain *p, const char *question, const char *words, bool needed, const char *kind)
{
    if (strcmp(words, ".") == 0) {
        say(p, "Left: nothing was recorded.");
        return false;
    }
    if (words[0] != '\0') {
        buf_clear(&p->line);
        buf_adds(&p->line, words);
        return true;
    }
    while (answered(p, question)) {
        if (p->line.n > 0)
            return !is_command(p->line.s) || confirmed(p, kind);
        if (!needed)
            return true;
        say(p, "This needs an answer; a full stop alone leaves it.");
    }
    return false;
}

/* Says what was recorded, or why not. */
static void recorded(struct plain *p, enum evh code, const struct err *err, struct buf *what)
{
    if (code != EVH_OK) {
        say_err(p, err);
        say(p, "Nothing was recorded.");
        return;
    }
    buf_adds(what, ". undo takes it back in this visit.");
    say_buf(p, what);
}

/* What is on record from an earlier visit is opened again only by whoever keeps the record: they may have told others of it meanwhile. */
static const char *closed_advice(const struct plain *p, const struct action_row *row)
{
    if (strcmp(row->status, "done") != 0)
        return "note adds a note";
    return review_next(p->store, false) != NULL ? "If that is wrong: undo takes back what you recorded in this visit, note says so; whoever keeps the minutes can open it again"
                                                : "If that is wrong, say so in a note: whoever keeps the minutes can open it again";
}

static void do_done(struct plain *p, const struct action_row *row, const char *words)
{
    struct err err = {0};
    struct buf b = {0};
    int32_t day;
    if (!action_is_open(row->status)) {
        review_put_name_among(&b, row, &p->rows, NAME_COLUMNS);
        buf_addf(&b, " %s. %s.", review_why_closed(row), closed_advice(p, row));
        say_buf(p, &b);
        buf_free(&b);
        return;
    }
    bool good = ask_day(p, row, words, &day);
    if (good) {
        buf_adds(&b, "Done on ");
        review_put_day(&b, day);
        buf_adds(&b, ". What shows that it is done, or a note? Enter alone means none; a full stop alone leaves it.");
        good = ask_words(p, buf_str(&b), "", false, "note");
        buf_clear(&b);
    }
    if (!good) {
        buf_free(&b);
        return;
    }
    enum evh code = review_done(p->store, row->id, day, p->line.n == 0 ? NULL : p->line.s, &err);
    buf_adds(&b, "Recorded: ");
    review_put_name_among(&b, row, &p->rows, NAME_COLUMNS);
    buf_adds(&b, " is done, ");
    review_put_day(&b, day);
    if (p->line.n > 0)
        buf_addf(&b, ", with the note: %s", p->line.s);
    recorded(p, code, &err, &b);
    buf_free(&b);
}

static void do_words(struct plain *p, const struct action_row *row, const char *words, bool dispute)
{
    struct err err = {0};
    struct buf b = {0};
    if (dispute)
        say(p, "Your words will stand in the minutes beside the line, with your name. The action itself does not change.");
    const char *question = dispute ? "What is wrong with it, in your own words? A full stop alone leaves it." : "How does it stand, in your own words? A full stop alone leaves it.";
    if (!ask_words(p, question, words, true, dispute ? "dispute" : "note"))
        return;
    enum evh code = dispute ? review_dispute(p->store, row->id, p->line.s, &err) : review_note(p->store, row->id, p->line.s, &err);
    buf_addf(&b, "Recorded: your %s ", dispute ? "dispute of" : "note on");
    review_put_name_among(&b, row, &p->rows, NAME_COLUMNS);
    buf_addf(&b, ": %s", p->line.s);
    recorded(p, code, &err, &b);
    buf_free(&b);
}

static void do_undo(struct plain *p, bool redo)
{
    struct err err = {0};
    struct uuid id;
    const char *change = review_next(p->store, redo);
    enum evh code = review_undo(p->store, redo, &id, &err);
    if (code == EVH_NO) {
        say(p, redo ? "Nothing was taken back in this visit." : "Nothing more was recorded in this visit: there is nothing to take back.");
        return;
    }
    if (code != EVH_OK) {
        say_err(p, &err);
        return;
    }
    struct arena *arena = arena_new();
    struct action_row row;
    struct buf b = {0}, name = {0};
    if (review_action(p->store, arena, id, &row, NULL) == EVH_OK)
        review_put_name_among(&name, &row, &p->rows, NAME_COLUMNS);
    buf_adds(&b, redo ? "Given again: " : "Taken back: ");
    review_put_deed(&b, change == NULL ? "" : change, name.n == 0 ? "an action" : name.s);
    buf_free(&name);
    buf_adds(&b, redo ? ". undo takes it back." : ". redo gives it again.");
    say_buf(p, &b);
    buf_free(&b);
    arena_free(arena);
}

/* ---- commands ---- */

/* Cuts the first word off. */
static const char *cut_word(char **rest)
{
    char *word = *rest;
    size_t n = strcspn(word, " ");
    *rest = word + n + strspn(word + n, " ");
    word[n] = '\0';
    return word;
}

/* done, note and dispute: the number is asked for when it was not given, what follows it are the words. */
static void do_one(struct plain *p, enum job job, char *rest)
{
    struct arena *arena = arena_new();
    struct action_row row;
    const char *number = cut_word(&rest);
    if (number[0] == '\0' && answered_short(p, "Which number of the list?"))
        number = arena_strdup(arena, buf_str(&p->line));
    if (number[0] != '\0' && find(p, number, arena, &row)) {
        if (job == JOB_DONE)
            do_done(p, &row, rest);
        else
            do_words(p, &row, rest, job == JOB_DISPUTE);
    }
    arena_free(arena);
}

static void do_story(struct plain *p, const char *number)
{
    struct arena *arena = arena_new();
    struct action_row row;
    if (find(p, number, arena, &row))
        story(p, &row);
    arena_free(arena);
}

static void obey(struct plain *p, char *line)
{
    char *rest = line;
    const char *word = cut_word(&rest);
    enum job job = job_of(word, strlen(word));
    if (job == JOB_DONE || job == JOB_NOTE || job == JOB_DISPUTE)
        do_one(p, job, rest);
    else if (job == JOB_UNDO || job == JOB_REDO)
        do_undo(p, job == JOB_REDO);
    else if (job == JOB_LIST || job == JOB_ALL) {
        p->all = job == JOB_ALL;
        list(p);
    } else if (job == JOB_HELP)
        say_help(p);
    else if (job == JOB_QUIT)
        p->over = true;
    else if ((word[0] >= '0' && word[0] <= '9') || find_label(p, word, &(long){0}) > 0)
        do_story(p, word);
    else if (word[0] != '\0')
        say(p, "\u201C%.*s\u201D is none of the words: help lists them.", shown_bytes(word), word);
}

int review_plain(struct store *store, const struct types *types, bool ascii, int64_t idle_ms, struct err *err)
{
    struct plain p = {.store = store, .types = types, .ascii = ascii, .typed = isatty(STDIN_FILENO) != 0};
    enum evh code = read_rows(&p, err);
    if (code != EVH_OK)
        return err_status(code);
    plain_begin(&p.in, STDIN_FILENO, idle_ms);
    look_width(&p);
    say_rows(&p);
    say(&p, "Type a number to hear all about one, help for what else can be typed, quit to leave.");
    while (!p.over) {
        if (!p.turned && !ask(&p, "What next?"))
            continue;
        p.turned = false;
        look_width(&p);
        struct buf line = p.line; /* answers to its questions take its place */
        p.line = (struct buf){0};
        if (line.n > 0)
            obey(&p, line.s);
        buf_free(&line);
    }
    plain_finish(&p.in);
    buf_free(&p.line);
    arena_free(p.arena);
    return 0;
}
