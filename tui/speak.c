/* The part of tui/context.h that speaks: results, sentences, screens. */
#include "tui/context.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/text.h"
#include "data/file.h"
#include "tui/app.h"
#include "tui/command.h"

#define COLUMNS_USUAL 80
#define COLUMNS_MOST 100
#define COLUMNS_LEAST 40

/* Appends one line or cell of `*s` and moves it on: of the control characters only the ends of lines and the tabs of our own tables stay. */
static void show_piece(struct buf *shown, const char **s, const char *end)
{
    const char *newline = memchr(*s, '\n', (size_t)(end - *s));
    if (newline != NULL && text_plain(*s, (size_t)(newline - *s))) { /* nearly all lines of a long list */
        buf_add(shown, *s, (size_t)(newline - *s) + 1);
        *s = newline + 1;
        return;
    }
    struct buf piece = {0};
    size_t n = strcspn(*s, "\n\t");
    /* The lines of a table for spreadsheets end with CR and LF (RFC 4180). */
    bool crlf = (*s)[n] == '\n' && n > 0 && (*s)[n - 1] == '\r';
    buf_add(&piece, *s, crlf ? n - 1 : n);
    text_show(shown, buf_str(&piece));
    buf_free(&piece);
    if (crlf)
        buf_addc(shown, '\r');
    *s += n;
    if (*s < end)
        buf_addc(shown, **s == '\0' ? '\n' : **s);
    ++*s;
}

static void show_lines(struct buf *shown, const struct buf *out)
{
    const char *s = buf_str(out);
    for (const char *end = s + out->n; s < end;)
        show_piece(shown, &s, end);
}

enum evh context_put(struct context *c, const struct buf *out)
{
    struct buf shown = {0};
    const char *s = buf_str(out);
    bool good = true;
    /* A long list leaves in parts, so that it is not in memory twice. */
    for (const char *end = s + out->n; s < end && good;) {
        buf_clear(&shown);
        while (s < end && shown.n < 65536)
            show_piece(&shown, &s, end);
        good = fwrite(buf_str(&shown), 1, shown.n, stdout) == shown.n;
    }
    good = good && fflush(stdout) == 0;
    buf_free(&shown);
    return good ? EVH_OK : err_set(&c->err, EVH_IO, "the output could not be written");
}

/* A pipe that can be written takes this much at once (POSIX: PIPE_BUF is 512 at least, and 4096 on Linux); a file takes all. */
#define AT_ONCE 4000

static bool takes_some(void)
{
    struct pollfd fd = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&fd, 1, 0) == 1;
}

static bool flush_all(struct buf *waiting)
{
    bool good = fwrite(buf_str(waiting), 1, waiting->n, stdout) == waiting->n && fflush(stdout) == 0;
    buf_clear(waiting);
    return good;
}

bool context_trickle(struct buf *waiting)
{
    size_t at = 0;
    bool good = true;
    if (isatty(STDOUT_FILENO))
        return flush_all(waiting);
    while (good && at < waiting->n && takes_some()) {
        size_t n = waiting->n - at < AT_ONCE ? waiting->n - at : AT_ONCE;
        good = fwrite(waiting->s + at, 1, n, stdout) == n && fflush(stdout) == 0;
        at += n;
    }
    if (at > 0)
        buf_splice(waiting, 0, at, NULL, 0);
    return good;
}

#define PART 65536

enum evh context_output_begin(struct context *c, struct output *o)
{
    const char *path = opt_value(&c->args, OPT_OUTPUT);
    *o = (struct output){.to_file = path != NULL && strcmp(path, "-") != 0};
    return o->to_file ? file_begin(&o->file, path, opt_has(&c->args, OPT_FORCE), &c->err) : EVH_OK;
}

enum evh context_output_some(struct context *c, struct output *o, struct buf *out)
{
    if (o->to_file)
        return context_output_wait(c, o, out); /* a file makes nobody wait */
    show_lines(&o->waiting, out);
    buf_clear(out);
    if (o->waiting.n >= AT_ONCE && !isatty(STDOUT_FILENO) && !context_trickle(&o->waiting))
        return err_set(&c->err, EVH_IO, "the output could not be written");
    return EVH_OK;
}

enum evh context_output_wait(struct context *c, struct output *o, struct buf *out)
{
    enum evh rc = EVH_OK;
    show_lines(&o->waiting, out);
    buf_clear(out);
    if (o->waiting.n < PART)
        return EVH_OK;
    if (o->to_file) {
        rc = file_add(&o->file, buf_str(&o->waiting), o->waiting.n, &c->err);
        buf_clear(&o->waiting);
    } else if (!flush_all(&o->waiting)) {
        rc = err_set(&c->err, EVH_IO, "the output could not be written");
    }
    return rc;
}

enum evh context_output_end(struct context *c, struct output *o)
{
    enum evh rc = EVH_OK;
    if (o->to_file)
        rc = file_add(&o->file, buf_str(&o->waiting), o->waiting.n, &c->err);
    else if (!flush_all(&o->waiting))
        rc = err_set(&c->err, EVH_IO, "the output could not be written");
    if (rc == EVH_OK && o->to_file)
        rc = file_finish(&o->file, &c->err);
    if (rc == EVH_OK)
        buf_free(&o->waiting);
    return rc;
}

void context_output_drop(struct output *o)
{
    if (o->to_file)
        file_drop(&o->file);
    buf_free(&o->waiting);
}

enum evh context_output(struct context *c, const struct buf *out)
{
    struct output o;
    struct buf lines = {0};
    enum evh rc = context_output_begin(c, &o);
    const char *s = buf_str(out);
    for (const char *end = s + out->n; s < end && rc == EVH_OK;) { /* in parts, so that it is not in memory twice */
        const char *stop = end - s > PART ? memchr(s + PART, '\n', (size_t)(end - s) - PART) : NULL;
        stop = stop == NULL ? end : stop + 1;
        buf_add(&lines, s, (size_t)(stop - s));
        rc = context_output_wait(c, &o, &lines);
        s = stop;
    }
    if (rc == EVH_OK)
        rc = context_output_end(c, &o);
    if (rc != EVH_OK)
        context_output_drop(&o);
    buf_free(&lines);
    return rc;
}

static void say_text(const char *text)
{
    struct buf shown = {0};
    text_show(&shown, text);
    fprintf(stderr, "evenhand: %s\n", buf_str(&shown));
    buf_free(&shown);
}

void context_say(const char *format, ...)
{
    struct err sentence = {0};
    va_list ap;
    va_start(ap, format);
    vsnprintf(sentence.text, sizeof(sentence.text), format, ap);
    va_end(ap);
    say_text(sentence.text);
}

void context_notices(const char *file, const struct notices *notices, const char *severity)
{
    struct buf shown = {0};
    for (size_t i = 0; i < notices->n; i++) {
        const struct notice *n = &notices->v[i];
        buf_clear(&shown);
        text_show(&shown, file);
        buf_addf(&shown, ":%d:%d: %s: ", n->line, n->column, severity);
        text_show(&shown, n->text);
        fprintf(stderr, "%s\n", buf_str(&shown));
    }
    buf_free(&shown);
}

int context_fail(struct context *c)
{
    if (c->err.code == EVH_USAGE)
        return context_usage(c, "%s", c->err.text);
    say_text(c->err.text[0] != '\0' ? c->err.text : err_sentence(c->err.code));
    return err_status(c->err.code);
}

int context_usage(struct context *c, const char *format, ...)
{
    struct err sentence = {0};
    va_list ap;
    va_start(ap, format);
    vsnprintf(sentence.text, sizeof(sentence.text), format, ap);
    va_end(ap);
    const struct command_info *command = c->args.command;
    const char *name = command == NULL ? "" : command->name;
    struct buf shown = {0};
    text_show(&shown, sentence.text);
    fprintf(stderr, "evenhand: %s\nevenhand help%s%s tells more.\n", buf_str(&shown), name[0] == '\0' ? "" : " ", name);
    buf_free(&shown);
    return err_status(EVH_USAGE);
}

size_t context_columns(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return COLUMNS_USUAL;
    if (size.ws_col > COLUMNS_MOST)
        return COLUMNS_MOST;
    return size.ws_col < COLUMNS_LEAST ? COLUMNS_LEAST : size.ws_col;
}

bool context_on_terminal(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static void show_waiting(void *data, const char *what)
{
    struct app *app = data;
    if (app->waiting != NULL)
        app->waiting(app->waiting_data, what);
}

int context_screen(struct context *c, const struct view_class *class, const void *arg)
{
    if (!context_on_terminal())
        return context_usage(c, "the screens need a terminal; list, actions and minutes do without");
    const char *no_colour = getenv("NO_COLOR");
    struct app_terminal terminal = {
        .ascii = c->ascii,
        .no_colour = opt_has(&c->args, OPT_NO_COLOUR) || (no_colour != NULL && no_colour[0] != '\0'),
        .contrast = opt_has(&c->args, OPT_CONTRAST),
    };
    struct app app = {.store = c->store, .types = context_types(c), .ascii = c->ascii, .read_only = opt_has(&c->args, OPT_READ_ONLY)};
    app.visits.named = !uuid_none(c->visitor.person);
    app.visits.account = app.visits.named ? NULL : visits_account;
    app.visits.store = app.visits.named ? c->log : app.read_only ? NULL : c->store;
    c->world_state.on_screen = true;
    c->world_state.show = show_waiting;
    c->world_state.show_data = &app;
    int status = app_run(&app, class, arg, &terminal);
    c->world_state.on_screen = false;
    c->world_state.show = NULL;
    if (status == 0)
        return 0;
    err_set(&c->err, app.failed, "%s", app.message);
    return context_fail(c);
}
