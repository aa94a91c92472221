/* Drawing the live screen: where the parts stand, and only what changed is laid out again. */
#include "tui/live.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"
#include "tui/layout.h"

#define WIDE 120       /* columns from which what was agreed stands beside the entries */
#define STATE_COLUMNS 11 /* " LIVE 0:20 " */
#define PANES_COLUMNS 60
#define PANES_ROWS 15  /* and the row of the keys: product.md's 60x16 */

/* Too narrow or low for panes: the line, the current item and what will be understood; state and entries as far as rows are left. Among the entries
 * these come first. */
static void small_layout(struct live_layout *l, struct rect all, bool among)
{
    int want = among ? 1 : l->line.h;
    bool low = among && all.h < 8;
    l->small = true;
    l->item = layout_top(&all, all.h >= 3 ? 1 : 0);
    l->preview = layout_bottom(&all, all.h >= 2 && !low ? 1 : 0);
    if (low) {
        l->line = layout_bottom(&all, all.h >= 3 ? 1 : 0);
        l->entries = all;
        return;
    }
    int most = all.h - (all.h >= 6 ? 3 : 0); /* a long line leaves the newest entry two rows, if it can */
    l->line = layout_bottom(&all, want < most ? want : most < 1 ? 1 : most);
    l->rule = layout_bottom(&all, 1);
    l->entries = all;
}

static int between(int least, int want, int most)
{
    return want < least ? least : want > most ? most : want;
}

void live_layout_make(struct live_layout *l, int w, int h, int line_rows, bool among)
{
    *l = (struct live_layout){.left_rule = -1, .right_rule = -1};
    struct rect all = {0, 0, w, h};
    l->line.h = between(1, line_rows, LIVE_EDITOR_ROWS);
    if (w < PANES_COLUMNS || h < PANES_ROWS) {
        small_layout(l, all, among);
        return;
    }
    l->preview = layout_bottom(&all, 2);
    l->line = layout_bottom(&all, l->line.h);
    l->rule = layout_bottom(&all, 1);
    l->title = layout_top(&all, 1);
    int left = w >= WIDE ? between(28, w / 5, 40) : 24;
    struct rect side = layout_left(&all, left);
    l->left_rule = left;
    layout_left(&all, 1);
    if (w >= WIDE) {
        l->side = layout_right(&all, between(34, w / 4 + 4, 56));
        l->right_rule = all.x + all.w - 1;
        layout_right(&all, 1);
    }
    layout_left(&all, 1);
    layout_right(&all, l->right_rule >= 0 ? 1 : 0);
    l->item = layout_top(&all, 1);
    l->entries = all;
    layout_right(&side, 1); /* air before the rule */
    l->agenda = side;
}

/* The left side is shared by need: the agenda gets what the people leave, but at least a third and four rows. */
static void share_left(const struct live *live, struct live_layout *l)
{
    struct rect side = l->agenda;
    if (side.h <= 0)
        return;
    struct arena *arena = arena_new();
    struct live_agenda a;
    live_agenda_read(live->session.record, arena, &a);
    arena_free(arena);
    int want = a.n > 100 ? 101 : (int)a.n + 1;
    int people = live_people_count(live->session.record) + 1;
    int least = side.h / 3 < 4 ? 4 : side.h / 3;
    int rows = side.h - people - 1 > least ? side.h - people - 1 : least;
    if (rows > want)
        rows = want;
    l->agenda = layout_top(&side, rows);
    layout_top(&side, side.h > people ? 1 : 0);
    l->people = side;
}

/* The panel stands below the entries, and takes no more than half of their rows: what was said before is still read while one answers. */
static void give_panel(const struct live *live, struct live_layout *l)
{
    int room = live->focus == LIVE_READ ? 0 : l->entries.h / 2;
    int want = room > 0 ? live_panel_rows(live, room) : 0;
    l->panel = layout_bottom(&l->entries, want < room ? want : room);
}

/* Which entry's wording stands in the line. Takes its columns off *r. */
static void draw_editing(struct live *live, struct surface *s, struct rect *r)
{
    const struct entry *e = record_entry(live->session.record, live->editing);
    struct buf b = {0};
    char label[16] = "";
    buf_adds(&b, " editing");
    if (e != NULL && e->time != TIME_NONE) {
        buf_addc(&b, ' ');
        civil_put_time(&b, e->time);
    }
    if (e != NULL)
        entry_label(e, label);
    buf_addf(&b, "%s%s", label[0] == '\0' ? "" : " ", label);
    size_t brief = b.n;
    buf_adds(&b, ": Enter keeps it, Esc leaves it as it was ");
    if (surface_columns(buf_str(&b)) > r->w) {
        buf_splice(&b, brief, b.n - brief, NULL, 0);
        buf_adds(&b, r->w >= 32 ? ": Esc leaves it " : " ");
    }
    layout_left(r, surface_put(s, r->x, r->y, r->w, STYLE_WARN, buf_str(&b)));
    buf_free(&b);
}

/* What the rule says: the entry whose wording stands in the line, that newer entries are below, and on a small screen the state. */
static void draw_rule(struct view *view, const struct now *now, struct surface *s, const struct live_layout *l)
{
    struct live *live = live_of(view);
    struct rect r = l->rule;
    surface_hline(s, r.x, r.y, r.w);
    layout_left(&r, l->small ? 1 : 2);
    layout_right(&r, l->small ? 1 : 2);
    if (live->scroll > 0 && live->scroll_most > 0 && live->focus != LIVE_ENTRIES) {
        struct rect below = layout_right(&r, l->small ? 13 : 20);
        surface_put(s, below.x, below.y, below.w, STYLE_WARN, l->small ? " newer: PgDn " : " newer below: PgDn ");
    }
    bool editing = !uuid_none(live->editing);
    if (editing)
        draw_editing(live, s, &r);
    if (l->small && (!editing || view->app->trouble[0] != '\0'))
        live_draw_state(live, now, view->app->trouble, s, r);
}

/* The row of the current item; where the rule has no row, it says what that would. */
static void draw_item_row(struct view *view, const struct now *now, struct surface *s, const struct live_layout *l)
{
    struct live *live = live_of(view);
    struct rect r = l->item;
    bool editing = !uuid_none(live->editing);
    if (l->rule.h > 0 || r.h <= 0) {
        live_draw_item(live, now, s, r);
    } else if (view->app->trouble[0] != '\0') {
        live_draw_state(live, now, view->app->trouble, s, r);
    } else if (editing) {
        draw_editing(live, s, &r);
    } else {
        struct rect state = layout_right(&r, STATE_COLUMNS);
        live_draw_item(live, now, s, r);
        live_draw_state(live, now, "", s, state);
    }
}

static void draw_panes(struct view *view, struct surface *s, struct live_layout *l)
{
    struct live *live = live_of(view);
    struct now now = app_now(view->app);
    live_draw_title(live, &now, view->app->trouble, s, l->title);
    if (live->focus == LIVE_READ) { /* nothing else: it is turned to whoever listens */
        live_draw_read(live, s, (struct rect){0, l->title.h, s->w, s->h - l->title.h});
        return;
    }
    share_left(live, l);
    live_draw_agenda(live, s, l->agenda);
    live_draw_people(live, &now, s, l->people);
    if (l->left_rule >= 0)
        surface_vline(s, l->left_rule, l->title.h, l->rule.y - l->title.h);
    if (l->right_rule >= 0)
        surface_vline(s, l->right_rule, l->title.h, l->rule.y - l->title.h);
    live_draw_side(live, s, l->side);
    draw_item_row(view, &now, s, l);
    live_draw_entries(live, s, l->entries);
    if (l->rule.h > 0)
        draw_rule(view, &now, s, l);
}

static struct live_stamp stamp_of(struct view *view, const struct surface *s, const struct live_layout *l)
{
    struct live *live = live_of(view);
    struct now now = app_now(view->app);
    const struct record *r = live->session.record;
    struct live_stamp stamp = {.log = live->session.log.n, .facts = r->nfacts, .record = r, .w = s->w, .h = s->h, .line_rows = l->line.h,
                               .panel_rows = l->panel.h, .time = now.time, .day = now.day, .scroll = live->scroll, .read_top = live->read_top,
                               .focus = (int)live->focus, .ascii = s->ascii, .chosen = live->chosen, .shown = live->shown, .editing = live->editing};
    memcpy(stamp.trouble, view->app->trouble, sizeof stamp.trouble);
    return stamp;
}

static bool same_stamp(const struct live_stamp *a, const struct live_stamp *b)
{
    bool record = a->log == b->log && a->facts == b->facts && a->record == b->record && a->time == b->time && a->day == b->day;
    bool size = a->w == b->w && a->h == b->h && a->line_rows == b->line_rows && a->panel_rows == b->panel_rows && a->ascii == b->ascii;
    bool place = a->scroll == b->scroll && a->read_top == b->read_top && a->focus == b->focus && uuid_same(a->chosen, b->chosen);
    return record && size && place && uuid_same(a->shown, b->shown) && uuid_same(a->editing, b->editing) && strcmp(a->trouble, b->trouble) == 0;
}

static void keep_cells(struct live *live, const struct surface *s)
{
    size_t n = (size_t)s->w * (size_t)s->h;
    if (live->ncells < n) {
        live->cells = memory_grow(live->cells, n, sizeof live->cells[0]);
        live->ncells = n;
    }
    memcpy(live->cells, s->cells, n * sizeof s->cells[0]);
    live->cursor_x = s->cursor_x;
    live->cursor_y = s->cursor_y;
}

/* A key that changes no more than the line finds the rest of the screen as it was. */
static void panes(struct view *view, struct surface *s, struct live_layout *l)
{
    struct live *live = live_of(view);
    struct live_stamp stamp = stamp_of(view, s, l);
    if (live->cells != NULL && same_stamp(&stamp, &live->stamp)) {
        memcpy(s->cells, live->cells, (size_t)s->w * (size_t)s->h * sizeof s->cells[0]);
        s->cursor_x = live->cursor_x;
        s->cursor_y = live->cursor_y;
        return;
    }
    draw_panes(view, s, l);
    live->stamp = stamp_of(view, s, l); /* drawing may have shortened the scroll */
    keep_cells(live, s);
}

/* ---- under the panes ---- */

/* What an empty line says about itself. */
static const char *empty_hint(const struct live *live)
{
    switch (live->session.reader.section) {
    case SECTION_PEOPLE:
        return "NAME | role | organisation | capacity | presence; an empty line ends the list";
    case SECTION_SIGNOFF:
        return "NAME | state | date | words; an empty line ends the list";
    case SECTION_COPIES:
        return "NAME | open, limited or full | how | date; an empty line ends the list";
    case SECTION_HEAD:
    case SECTION_BODY:
        break;
    }
    if (live_takes_positions(live)) {
        const struct record *r = live->session.record;
        return r->entries[r->nentries - 1].kind == ENTRY_DECISION ? "Tab asks one after another, or type   - Name: agrees" : "Tab asks one after another, or type   - Name: what they say (basis: \xe2\x80\xa6)";
    }
    return "P: view  A: who, what, by when  R: decision  D: disagreement  +Name  # item";
}

static void draw_candidates(const struct live *live, struct surface *s, struct rect r)
{
    int x = r.x;
    for (size_t i = 0; i < live->tab.n && x < r.x + r.w; i++) {
        enum style style = i == live->tab.index ? STYLE_FOCUS : STYLE_PREVIEW;
        x += surface_put_cut(s, x, r.y, r.x + r.w - x, style, live->tab.v[i]) + 2;
    }
}

static void draw_notices(const struct live *live, struct surface *s, struct rect r, const struct notices *notices)
{
    (void)live;
    if (r.h <= 0 || notices->n == 0)
        return;
    int used = surface_put_cut(s, r.x, r.y, r.w, STYLE_WARN, notices->v[0].text);
    if (notices->n > 1 && r.w - used > 12)
        surface_putf(s, r.x + used + 2, r.y, r.w - used - 2, STYLE_DIM, "+%zu more", notices->n - 1);
}

/* What may come next is said where the line by itself would only be called a note. */
static const char *key_hint(const struct live *live)
{
    const char *s = edit_text(live->edit);
    bool head = live->session.reader.section == SECTION_BODY && uuid_none(live->editing);
    if (head && text_starts(s, "next-meeting:"))
        return "that is written as  outcome: continue; next: DATE  \xc2\xb7 as it stands it is a note";
    if (head && (text_starts(s, "help:") || text_starts(s, "contact:")))
        return "help is recorded with F7, then h; a contact with c \xc2\xb7 as it stands it is a note";
    if (live->offered)
        return "Enter begins it, and so does typing on; F8 again takes the one after";
    if (live_line_loose(live))
        return "it goes under the entry above";
    return live_heard_hint(live);
}

static void draw_preview(struct live *live, struct surface *s, struct rect r)
{
    if (r.h <= 0)
        return;
    r.x += 3;
    r.w -= 4;
    if (live->tab.on && live->tab.n > 1) {
        draw_candidates(live, s, layout_top(&r, 1));
        return;
    }
    if (live_panel_preview(live, s, r))
        return;
    if (live->focus == LIVE_ENTRIES) {
        for (int row = 0; row < r.h && row < 2; row++)
            surface_put_cut(s, r.x, r.y + row, r.w, STYLE_DIM, live_among_hint(live, row));
        return;
    }
    if (edit_length(live->edit) == 0) {
        surface_put_cut(s, r.x, r.y, r.w, STYLE_DIM, empty_hint(live));
        return;
    }
    if (live_takes_positions(live) && strcmp(edit_text(live->edit), "  - ") == 0) {
        surface_put_cut(s, r.x, r.y, r.w, STYLE_PREVIEW, "position \xc2\xb7 whose? Name: agrees, agrees with reservations: \xe2\x80\xa6, disagrees: \xe2\x80\xa6, no position");
        return;
    }
    live_line_preview(live);
    const struct preview *p = &live->preview;
    bool only_notice = r.h == 1 && p->notices.n > 0 && live->paused;
    if (!only_notice && p->summary != NULL)
        surface_put_cut(s, r.x, r.y, r.w, STYLE_PREVIEW, p->summary);
    if (r.h > 1)
        layout_top(&r, 1);
    const char *key = key_hint(live);
    if (key != NULL && !only_notice && r.h > 0)
        surface_put_cut(s, r.x, r.y, r.w, STYLE_PREVIEW, key);
    else if (live->paused && (only_notice || r.h > 0))
        draw_notices(live, s, r, &p->notices);
}

static bool line_has_focus(const struct live *live)
{
    return live->focus == LIVE_LINE || live->focus == LIVE_PANEL;
}

/* Columns of the line's sign, of the name that the panel puts before the line, and of the air behind it. */
static int line_columns(const struct live *live, int width)
{
    struct buf prompt = {0};
    int columns = width - 3 - live_panel_prompt(live, width, &prompt);
    buf_free(&prompt);
    return columns < 1 ? 1 : columns;
}

static void draw_line(struct live *live, struct surface *s, struct rect r)
{
    if (r.h <= 0)
        return;
    bool focus = line_has_focus(live);
    struct buf prompt = {0};
    if (live->reading) {
        surface_put_cut(s, r.x + 2, r.y, r.w - 3, STYLE_DIM, "open for reading only: nothing is typed here");
        if (live_chosen(live) == NULL) { /* nothing was recorded yet */
            s->cursor_x = r.x + 2;
            s->cursor_y = r.y;
        }
        return;
    }
    int name = live_panel_prompt(live, s->w, &prompt);
    surface_put(s, r.x, r.y, 1, focus ? STYLE_KEY : STYLE_DIM, surface_sign(s, SIGN_NOW));
    if (name > 0)
        surface_put_cut(s, r.x + 2, r.y, name - 1, STYLE_HEAD, buf_str(&prompt));
    edit_draw(live->edit, s, (struct rect){r.x + 2 + name, r.y, r.w - 3 - name, r.h}, focus ? STYLE_ENTRY : STYLE_DIM, focus);
    buf_free(&prompt);
}

void live_draw(struct view *view, struct surface *s)
{
    struct live *live = live_of(view);
    struct live_layout l;
    live->columns = line_columns(live, s->w);
    live_layout_make(&l, s->w, s->h, edit_rows(live->edit, live->columns), live->focus == LIVE_ENTRIES);
    if (live->focus != LIVE_READ)
        live->read_top = 0;
    give_panel(live, &l);
    panes(view, s, &l);
    if (live->focus == LIVE_READ)
        return;
    if (l.panel.h > 0) /* each time anew: it changes with every answer, and is small */
        live_panel_draw(live, s, l.panel);
    draw_line(live, s, l.line);
    draw_preview(live, s, l.preview);
}

bool live_echo(struct view *view, struct surface *s)
{
    struct live *live = live_of(view);
    const struct live_stamp *drawn = &live->stamp;
    int rows = edit_rows(live->edit, live->columns);
    struct live_layout l;
    if (!line_has_focus(live) || drawn->w != s->w || drawn->h != s->h || drawn->line_rows != rows)
        return false;
    live_layout_make(&l, s->w, s->h, rows, false);
    draw_line(live, s, l.line);
    return true;
}
