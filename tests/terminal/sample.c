/* The smallest program on the app, for the terminal tests: an entry line, what was entered, and a count that changes with each letter.
 * Arguments: --ascii, --no-colour, --still (it does not count). The word "bug" makes it die as of a mistake. Its line is kept in the file sample.draft. */
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/app.h"
#include "tui/edit.h"
#include "tui/layout.h"
#include "tui/term.h"

struct sample {
    struct edit *edit;
    struct buf lines;
    bool still; /* no count */
};

static enum evh sample_open(struct view *view, const void *arg, struct err *err)
{
    (void)err;
    struct sample *st = view->state;
    st->still = arg != NULL;
    st->edit = edit_new();
    return EVH_OK;
}

static void sample_tick(struct view *view)
{
    struct sample *st = view->state;
    FILE *f = fopen("sample.draft", "w");
    if (f == NULL)
        return;
    fputs(edit_text(st->edit), f);
    fclose(f);
}

static void sample_close(struct view *view)
{
    struct sample *st = view->state;
    edit_free(st->edit);
    buf_free(&st->lines);
}

static void sample_draw(struct view *view, struct surface *s)
{
    struct sample *st = view->state;
    struct rect all = layout_all(s);
    struct rect title = layout_top(&all, 1), preview = layout_bottom(&all, 2), entry = layout_bottom(&all, 1);
    surface_fill(s, title, STYLE_TITLE);
    surface_put(s, 1, 0, s->w, STYLE_TITLE, "Sample");
    layout_wrap(s, all, 0, STYLE_PLAIN, buf_str(&st->lines));
    surface_hline(s, 0, all.h, s->w);
    edit_draw(st->edit, s, entry, STYLE_ENTRY, true);
    size_t letters = st->still ? 0 : edit_length(st->edit);
    surface_putf(s, 2, preview.y, s->w, STYLE_GOOD, "%zu letters  ·  an “action” of somebody", letters);
}

static bool sample_act(struct view *view, enum action action)
{
    struct sample *st = view->state;
    if (action != ACTION_COMMIT)
        return edit_act(st->edit, action, 80);
    const char *text = edit_text(st->edit);
    if (strcmp(text, "bug") == 0)
        BUG("made on purpose");
    if (st->lines.n > 0)
        buf_adds(&st->lines, " / ");
    buf_addf(&st->lines, "[%s]", text);
    edit_set(st->edit, "", 0);
    return true;
}

static void sample_text(struct view *view, const char *utf8, size_t n, bool paste)
{
    struct sample *st = view->state;
    edit_insert(st->edit, utf8, n);
    if (paste)
        app_say(view->app, STYLE_MESSAGE, "Pasted %zu bytes", n);
}

static const char *sample_keys(struct view *view)
{
    (void)view;
    return "help accept live-note live-view live-action";
}

static const struct view_class sample = {
    .name = "sample", .maps = "GEM", .size = sizeof(struct sample), .open = sample_open, .close = sample_close, .draw = sample_draw,
    .act = sample_act, .text = sample_text, .tick = sample_tick, .keys = sample_keys,
};

static void last_words(const char *what)
{
    term_last_words();
    fprintf(stderr, "sample: %s\n", what);
}

int main(int argc, char **argv)
{
    struct app app = {0};
    struct app_terminal terminal = {0};
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) {
        setlocale(LC_CTYPE, "C.UTF-8");
        terminal.ascii = true;
    }
    for (int i = 1; i < argc; i++) {
        terminal.ascii |= strcmp(argv[i], "--ascii") == 0;
        terminal.no_colour |= strcmp(argv[i], "--no-colour") == 0;
    }
    bug_last_words = last_words;
    const void *still = argc > 1 && strcmp(argv[1], "--still") == 0 ? argv[1] : NULL;
    int status = app_run(&app, &sample, still, &terminal);
    printf("left with %d\n%s\n", status, app.message);
    return status;
}
