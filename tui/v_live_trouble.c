/* The live screen when the disk fails: what is known in memory goes into a file elsewhere, and nobody leaves a line behind unawares. */
#include "tui/live.h"

#include <stdio.h>
#include <string.h>

#include "core/notation.h"
#include "core/text.h"
#include "data/file.h"
#include "tui/paths.h"
#include "tui/trouble.h"

/* A text that is not on record: as comments, which a reader sees and an import leaves out. */
static void put_unfinished(struct buf *out, const char *title, const char *text)
{
    if (text[0] == '\0')
        return;
    buf_addf(out, "\n;; %s\n", title);
    while (*text != '\0') {
        size_t n = strcspn(text, "\n");
        buf_addf(out, ";; %.*s\n", (int)n, text);
        text += n + (text[n] == '\n');
    }
}

/* What stepped aside for an entry that is edited, or for the panel. */
static const char *waiting(const struct live *live)
{
    size_t cursor;
    const char *panel = live_panel_kept(live, &cursor);
    return panel != NULL ? panel : buf_str(&live->kept);
}

static void put_all(const struct live *live, struct buf *out)
{
    notation_print(out, live->session.record);
    put_unfinished(out, "typed, and not on record yet:", edit_text(live->edit));
    put_unfinished(out, "the line that waited meanwhile:", waiting(live));
}

/* Of the date and the id, never of a name. */
static void put_name(const struct live *live, struct buf *out)
{
    char id[UUID_TEXT];
    const struct record *r = live->session.record;
    uuid_text(r->id, id);
    buf_adds(out, "evenhand-");
    if (r->date != DAY_NONE) {
        civil_put_day(out, r->date);
        buf_addc(out, '-');
    }
    buf_addf(out, "%.8s-rescue", id + 28); /* the end: ids of one day begin alike */
}

static enum evh write_to(const struct live *live, const char *folder, struct buf *path, struct err *err)
{
    struct buf text = {0}, name = {0};
    put_all(live, &text);
    put_name(live, &name);
    enum evh r = file_write_new(folder, buf_str(&name), ".meeting", buf_str(&text), text.n, path, err);
    buf_free(&text);
    buf_free(&name);
    return r;
}

static void ask_folder(struct view *view, const char *folder);

static void folder_given(struct view *view, int tag, const char *answer)
{
    (void)tag;
    struct err err = {0};
    struct buf path = {0};
    struct arena *arena = arena_new();
    const char *folder = paths_expand(arena, answer);
    if (write_to(live_of(view), folder, &path, &err) == EVH_OK) {
        app_say(view->app, STYLE_GOOD, "Rescued into %s, confidential entries too; what is not on record yet stands at its end", buf_str(&path));
    } else {
        ask_folder(view, answer);
        app_say(view->app, STYLE_BAD, "%s", err.text);
    }
    buf_free(&path);
    arena_free(arena);
}

static void ask_folder(struct view *view, const char *folder)
{
    app_ask(view->app, &(struct ask){.question = "Rescue file of this meeting: into which folder? (a memory stick, another disk; readable by you only)",
                                     .initial = folder, .required = true, .answered = folder_given, .asker = view});
}

/* Home, else the folder of this session, which lies in memory; never one that everybody can read unless it is typed. */
static const char *proposal(const struct live *live, struct arena *arena)
{
    const char *const folders[] = {paths_home(), paths_runtime()};
    struct buf text = {0};
    const char *found = folders[0];
    put_all(live, &text);
    for (size_t i = NITEMS(folders); i > 0; i--) {
        if (folders[i - 1] != NULL && file_has_room(folders[i - 1], text.n))
            found = folders[i - 1];
    }
    buf_free(&text);
    return found == NULL ? NULL : arena_strdup(arena, found);
}

void live_rescue(struct view *view)
{
    struct arena *arena = arena_new();
    ask_folder(view, proposal(live_of(view), arena));
    arena_free(arena);
}

/* ---- leaving ---- */

static bool something_unsaved(const struct live *live)
{
    return edit_length(live->edit) > 0 || waiting(live)[0] != '\0';
}

bool live_stays(struct view *view, enum action action)
{
    struct live *live = live_of(view);
    bool leaves = action == ACTION_QUIT || (action == ACTION_BACK && live->focus == LIVE_LINE);
    bool warned = live->leaving;
    live->leaving = false;
    if (!leaves || view->app->trouble[0] == '\0' || !something_unsaved(live) || warned)
        return false;
    live->leaving = true;
    app_say(view->app, STYLE_BAD, "This line cannot be saved just now: Ctrl-G s keeps a rescue file; once more leaves without it");
    return true;
}

/* Nobody can be asked when the terminal is gone: a file in the home folder, or the session's own. */
void live_rescue_unasked(struct view *view)
{
    struct live *live = live_of(view);
    if (!view->app->forced || view->app->trouble[0] == '\0' || !something_unsaved(live))
        return;
    const char *const folders[] = {paths_home(), paths_runtime()};
    struct buf path = {0};
    bool written = false;
    for (size_t i = 0; i < NITEMS(folders) && !written; i++)
        written = folders[i] != NULL && write_to(live, folders[i], &path, NULL) == EVH_OK;
    buf_free(&path);
}
