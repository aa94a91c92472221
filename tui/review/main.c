/* evenhand-review: one person's own actions, for a forced command over SSH. A program of its own so that what it cannot do is not in it: no import, no export,
 * no editor, no configuration, nothing that starts a program or opens a connection. Who the person is comes from the arguments, which the administrator wrote;
 * of what the client sends, one word may choose how the actions are shown. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/hash.h"
#include "core/memory.h"
#include "core/text.h"
#include "data/file.h"
#include "tui/app.h"
#include "tui/review/arrival.h"
#include "tui/review/guard.h"
#include "tui/review/review.h"
#include "tui/term.h"
#include "tui/world.h"

#define IDLE_MINUTES 15
#define IDLE_MINUTES_MOST 1440
#define END_PATIENCE_MS 600

enum option {
#define OPTION(id, name, letter, arg, help) OPTION_##id,
#include "tui/review/option.def"
#undef OPTION
    OPTION_COUNT
};

static const struct {
    const char *name;
    char letter;
    const char *arg, *help;
} options[] = {
#define OPTION(id, name, letter, arg, help) {name, letter, arg, help},
#include "tui/review/option.def"
#undef OPTION
};

struct review {
    const char *given[OPTION_COUNT]; /* the argument, or the option's own name; NULL: not given */
    const char *word;                /* "list", "help"; NULL: none */
    struct uuid person;
    int64_t idle_ms;
    struct arrival arrival;
    struct arena *arena;
    struct world world;
    struct world_state world_state;
    struct store *store;
    struct types types;
    struct app app;
    struct err err;
};

/* ---- saying ---- */

static void last_words(const char *what)
{
    term_last_words();
    fprintf(stderr, "evenhand-review: %s\nWhat was put on record is on the disk.\n", what);
}

/* Lines, each through text_show(): nothing else of this file writes to a stream. */
static bool put_lines(FILE *to, const struct buf *lines)
{
    struct buf line = {0}, shown = {0};
    for (const char *s = buf_str(lines), *end = s + lines->n; s < end;) {
        size_t n = strcspn(s, "\n");
        buf_clear(&line);
        buf_add(&line, s, n);
        text_show(&shown, buf_str(&line));
        buf_addc(&shown, '\n');
        s += n + 1;
    }
    bool done = fputs(buf_str(&shown), to) >= 0 && fflush(to) == 0;
    buf_free(&line);
    buf_free(&shown);
    return done;
}

static void say(const char *words)
{
    struct buf b = {0};
    buf_addf(&b, "evenhand-review: %s", words);
    (void)put_lines(stderr, &b); /* there is nobody else to tell */
    buf_free(&b);
}

static int fail(const struct review *r)
{
    say(r->err.text[0] != '\0' ? r->err.text : err_sentence(r->err.code));
    return err_status(r->err.code);
}

static void put_usage(struct buf *out)
{
    buf_adds(out, "usage: evenhand-review --as UUID --data DIR [list|help]\n\n");
    for (size_t i = 0; i < NITEMS(options); i++) {
        char word[40];
        snprintf(word, sizeof word, "--%s%s%s", options[i].name, options[i].arg != NULL ? " " : "", options[i].arg != NULL ? options[i].arg : "");
        buf_addf(out, "  %-16s  %s\n", word, options[i].help);
    }
    buf_adds(out, "\nOver SSH the words list, plain and help can be asked for: ssh -t HOST, ssh HOST list, ssh -t HOST plain.\n"
                  "Exit status: 0 done, 1 nothing found, 2 wrong usage, 4 the storage failed, 5 busy.\n");
}

static void put_version(struct buf *out)
{
    buf_addf(out, "evenhand-review %s\nSQLite %s\nncurses %s\nlibsodium %s\n", PACKAGE_VERSION, store_sqlite_version(), term_version(), hash_version());
    guard_version(out);
}

static int put(void (*write)(struct buf *out))
{
    struct buf out = {0};
    write(&out);
    bool done = put_lines(stdout, &out);
    buf_free(&out);
    return done ? 0 : err_status(EVH_IO);
}

/* ---- the arguments: the administrator's ---- */

/* Which option a word is; what stands behind "=" is in *attached. */
static int find_option(const char *word, const char **attached)
{
    size_t n = strcspn(word, "=");
    *attached = word[n] == '=' ? word + n + 1 : NULL;
    for (int i = 0; i < OPTION_COUNT; i++)
        if (word[0] == '-' && ((word[1] == '-' && strlen(options[i].name) == n - 2 && memcmp(options[i].name, word + 2, n - 2) == 0) ||
                               (n == 2 && options[i].letter != 0 && word[1] == options[i].letter)))
            return i;
    return -1;
}

static enum evh take_option(struct review *r, int which, const char *attached, char **next, bool *taken, struct err *err)
{
    const char *name = options[which].name;
    *taken = false;
    if (r->given[which] != NULL)
        return err_set(err, EVH_USAGE, "--%s is given twice", name);
    if (options[which].arg == NULL) {
        r->given[which] = name;
        return attached == NULL ? EVH_OK : err_set(err, EVH_USAGE, "--%s takes no value", name);
    }
    *taken = attached == NULL && *next != NULL;
    r->given[which] = attached != NULL ? attached : *next;
    if (r->given[which] == NULL || r->given[which][0] == '\0')
        return err_set(err, EVH_USAGE, "--%s needs a %s", name, options[which].arg);
    return EVH_OK;
}

static enum evh take_word(struct review *r, const char *word, struct err *err)
{
    if (r->word != NULL || (strcmp(word, "list") != 0 && strcmp(word, "help") != 0))
        return err_set(err, EVH_USAGE, "“%.60s” is not understood: list or help may stand here, once", word);
    r->word = word;
    return EVH_OK;
}

static enum evh read_minutes(struct review *r, const char *words, struct err *err)
{
    r->idle_ms = (int64_t)IDLE_MINUTES * 60000;
    if (words == NULL)
        return EVH_OK;
    char *end = NULL;
    double minutes = strtod(words, &end); /* before any locale is set: a point is a point */
    if (strspn(words, "0123456789.") != strlen(words) || *end != '\0' || minutes * 60000 < 1 || minutes > IDLE_MINUTES_MOST)
        return err_set(err, EVH_USAGE, "--idle needs minutes between 0.01 and %d", IDLE_MINUTES_MOST);
    r->idle_ms = (int64_t)(minutes * 60000);
    return EVH_OK;
}

static enum evh check_arguments(struct review *r, struct err *err)
{
    const char *as = r->given[OPTION_AS];
    if (as == NULL || r->given[OPTION_DATA] == NULL)
        return err_set(err, EVH_USAGE, "--%s is missing", as == NULL ? "as" : "data");
    if (!uuid_read(as, strlen(as), &r->person) || uuid_none(r->person))
        return err_set(err, EVH_USAGE, "--as needs a whole UUID");
    return read_minutes(r, r->given[OPTION_IDLE], err);
}

static enum evh read_arguments(struct review *r, char **argv, struct err *err)
{
    enum evh rc = EVH_OK;
    for (char **word = argv; *word != NULL && rc == EVH_OK; word++) {
        const char *attached;
        bool taken = false;
        int which = find_option(*word, &attached);
        if (which >= 0)
            rc = take_option(r, which, attached, word + 1, &taken, err);
        else if ((*word)[0] == '-')
            rc = err_set(err, EVH_USAGE, "there is no option “%.60s”", *word);
        else
            rc = take_word(r, *word, err);
        word += taken ? 1 : 0;
    }
    if (rc != EVH_OK || r->given[OPTION_HELP] != NULL || r->given[OPTION_VERSION] != NULL)
        return rc;
    return check_arguments(r, err);
}

/* How the actions are shown: the administrator's word goes before the client's, and that before --plain. */
static enum asked what_is_asked(const struct review *r)
{
    enum asked asked = r->arrival.asked;
    if (asked == ASKED_OTHER)
        return asked;
    if (r->word != NULL)
        return strcmp(r->word, "list") == 0 ? ASKED_LIST : ASKED_HELP;
    return asked == ASKED_NOTHING && r->given[OPTION_PLAIN] != NULL ? ASKED_PLAIN : asked;
}

/* ---- the visit ---- */

/* Written before anything is shown: who it was, from where, with which key. */
static enum evh begin_visit(struct review *r)
{
    enum evh rc = store_open_review(&r->store, r->given[OPTION_DATA], r->person, &r->world, &r->err);
    if (rc != EVH_OK)
        return rc;
    struct visitor visitor = r->arrival.visitor;
    visitor.person = r->person;
    visitor.name = review_name(r->store);
    rc = store_set_visitor(r->store, &visitor, &r->err);
    return rc == EVH_OK ? store_visit(r->store, "began", (struct uuid){{0}}, &r->err) : rc;
}

static void end_visit(struct review *r)
{
    struct err err = {0};
    store_patience(r->store, END_PATIENCE_MS);
    (void)!store_visit(r->store, "ended", (struct uuid){{0}}, &err); /* a full disk keeps nobody here */
}

static enum evh shut_in(void *data, struct err *err)
{
    struct review *r = data;
    return guard_close(store_dir(r->store), err);
}

static void show_waiting(void *data, const char *what)
{
    struct app *app = data;
    if (app->waiting != NULL)
        app->waiting(app->waiting_data, what);
}

static int run_screens(struct review *r)
{
    r->app.store = r->store;
    r->app.types = &r->types;
    r->app.confined = true;
    r->app.visits.store = r->store;
    r->app.visits.named = true;
    r->world_state.on_screen = true;
    r->world_state.show = show_waiting;
    r->world_state.show_data = &r->app;
    struct app_terminal terminal = {.ascii = r->given[OPTION_ASCII] != NULL, .no_colour = r->given[OPTION_NO_COLOUR] != NULL, .idle_ms = r->idle_ms,
                                    .opened = shut_in, .opened_data = r};
    int status = app_run(&r->app, &view_mine, NULL, &terminal);
    r->world_state.on_screen = false;
    if (status == err_status(EVH_USAGE))
        say("the screens do not work on this terminal: ask for “list”, or for “plain”, which does the same line by line");
    else if (status != 0)
        say(r->app.message);
    if (r->app.idled) {
        struct buf b = {0};
        buf_addf(&b, "Nothing was typed for %g minute%s: you were logged out. What was on record stays; half-typed words are kept.", (double)r->idle_ms / 60000,
                 r->idle_ms == 60000 ? "" : "s");
        (void)put_lines(stdout, &b); /* the line may be gone too */
        buf_free(&b);
    }
    return status;
}

static int run_lines(struct review *r, enum asked asked)
{
    if (shut_in(r, &r->err) != EVH_OK)
        return fail(r);
    const struct types *types = r->types.n > 0 ? &r->types : NULL;
    bool ascii = r->given[OPTION_ASCII] != NULL;
    int status = asked == ASKED_LIST ? review_list(r->store, types, ascii, &r->err) : review_plain(r->store, types, ascii, r->idle_ms, &r->err);
    if (status != 0 && r->err.code != EVH_OK)
        (void)fail(r);
    return status;
}

static int visit(struct review *r, enum asked asked)
{
    if (asked == ASKED_NOTHING && (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))) {
        say("the screens need a terminal (ssh -t); “list” and “plain” can be asked for without one");
        return err_status(EVH_USAGE);
    }
    struct err none = {0};
    if (file_types(r->arrival.tables, NULL, r->arena, &r->types, &none) != EVH_OK)
        r->types = (struct types){0}; /* their short words will do */
    if (world_make(&r->world, &r->world_state, &r->err) != EVH_OK || begin_visit(r) != EVH_OK)
        return fail(r);
    int status = asked == ASKED_NOTHING ? run_screens(r) : run_lines(r, asked);
    end_visit(r);
    return status;
}

static int run(struct review *r, char **argv)
{
    if (read_arguments(r, argv, &r->err) != EVH_OK) {
        fail(r);
        say("--help says more");
        return err_status(EVH_USAGE);
    }
    if (r->given[OPTION_HELP] != NULL)
        return put(put_usage);
    if (r->given[OPTION_VERSION] != NULL)
        return put(put_version);
    enum asked asked = what_is_asked(r);
    if (asked == ASKED_HELP)
        return put(review_help);
    if (asked == ASKED_OTHER) { /* the client's words are not repeated: they may be anything */
        say("only list, plain or help can be asked for here");
        struct buf usage = {0};
        buf_adds(&usage, "usage: ssh -t HOST         your actions on the screen\n"
                         "       ssh HOST list       your open actions, line by line\n"
                         "       ssh -t HOST plain   the same job as questions and answers\n"
                         "       ssh HOST help       more about them\n");
        (void)put_lines(stderr, &usage);
        buf_free(&usage);
        return err_status(EVH_USAGE);
    }
    return visit(r, asked);
}

/* Nothing stops this program half-way: there is no shell that could go on with it, and a write that is refused is said. Screens and plain lines hear of a lost line themselves; before and after them
 * the end of a visit is written down all the same. */
static void ignore_signals(void)
{
    static const int ignored[] = {SIGTSTP, SIGTTIN, SIGTTOU, SIGQUIT, SIGPIPE, SIGXFSZ, SIGHUP, SIGTERM};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    for (size_t i = 0; i < NITEMS(ignored); i++)
        sigaction(ignored[i], &ignore, NULL);
}

int main(int argc, char **argv)
{
    umask(077);
    bug_last_words = last_words;
    (void)memory_refill(); /* without it too */
    struct review review = {.arena = arena_new()};
    arrival_read(&review.arrival, review.arena);
    ignore_signals();
    int status = err_status(EVH_IO);
    if (guard_begin(&review.err) != EVH_OK || arrival_clear(&review.arrival, &review.err) != EVH_OK) {
        fail(&review);
    } else {
        if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
            say("there is no UTF-8 locale here; columns may not line up");
        status = run(&review, argc > 0 ? argv + 1 : argv);
    }
    store_close(review.store);
    arena_free(review.arena);
    return status;
}
