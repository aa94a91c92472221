/* Drawing the live screen: where the parts stand, and only what changed is laid out again. */
#include "tui/live.h"

#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "tui/layout.h"

#define LEFT_COLUMNS 24

/* Too narrow or low for panes: the line, the current item and its last entries. */
static void narrow_layout(struct live_layout *l, struct rect all)
{
    int want = l->line.h;
    l->narrow = true;
    l->preview = layout_bottom(&all, all.h >= 5 ? 1 : 0);
    l->line = layout_bottom(&all, want < all.h - 2 ? want : all.h > 2 ? all.h - 2 : 1);
    l->rule = layout_bottom(&all, all.h >= 4 ? 1 : 0);
    l->entries = all;
}

void live_layout_make(struct live_layout *l, int w, int h, int line_rows)
{
    *l = (struct live_layout){.left_rule = -1, .right_rule = -1};
    struct rect all = {0, 0, w, h};
    if (line_rows > LIVE_EDITOR_ROWS)
        line_rows = LIVE_EDITOR_ROWS;
    l->line.h = line_rows < 1 ? 1 : line_rows;
    if (w < 60 || h < 15) {
        narrow_layout(l, all);
        return;
    }
    l->preview = layout_bottom(&all, 2);
    l->line = layout_bottom(&all, l->line.h);
    l->rule = layout_bottom(&all, 1);
    l->title = layout_top(&all, 1);
    int left = w >= 120 ? LEFT_COLUMNS + 4 : LEFT_COLUMNS;
    struct rect side = layout_left(&all, left);
    l->left_rule = left;
    layout_left(&all, 1);
    if (w >= 120) {
        l->side = layout_right(&all, w / 4 < 44 ? w / 4 + 4 : 44);
        l->right_rule = all.x + all.w - 1;
        layout_right(&all, 1);
    }
    layout_left(&all, 1);
    layout_right(&all, l->right_rule >= 0 ? 1 : 0);
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

static int heard_count(const struct record *r, enum entry_kind kind)
{
    int n = 0;
    for (size_t i = r->nentries; i > 0 && r->entries[i - 1].item + 1 == r->nitems; i--)
        n += r->entries[i - 1].kind == kind && r->entries[i - 1].withdrawn == NULL;
    return n;
}

/* Number and title of the current item, and how often parents and the child were heard on it. */
static void draw_item(struct live *live, struct surface *s, struct rect r)
{
    if (r.h <= 0)
        return;
    const struct record *record = live->session.record;
    size_t item = record->nitems - 1;
    char heard[48];
    snprintf(heard, sizeof heard, r.w >= 40 ? "heard: P %d  C %d" : "P %d C %d", heard_count(record, ENTRY_PARENT_VIEW), heard_count(record, ENTRY_CHILD_VIEW));
    int columns = (int)strlen(heard);
    const char *title = item == 0 || record->items[item].title == NULL ? "Before the first item" : record->items[item].title;
    int used = item == 0 ? 0 : surface_putf(s, r.x, r.y, r.w, STYLE_HEAD, "%zu  ", item);
    int room = r.w - used - columns - 2;
    surface_put(s, r.x + used, r.y, room, STYLE_HEAD, title);
    if (surface_columns(title) > room)
        surface_put(s, r.x + used + room - 1, r.y, 1, STYLE_HEAD, surface_sign(s, SIGN_ELLIPSIS));
    surface_put(s, r.x + r.w - columns, r.y, columns, STYLE_DIM, heard);
}

static void draw_panes(struct view *view, struct surface *s, struct live_layout *l)
{
    struct live *live = live_of(view);
    struct now now = app_now(view->app);
    share_left(live, l);
    live_draw_title(live, &now, s, l->title);
    live_draw_agenda(live, s, l->agenda);
    live_draw_people(live, &now, s, l->people);
    if (l->left_rule >= 0)
        surface_vline(s, l->left_rule, l->title.h, l->rule.y - l->title.h);
    if (l->right_rule >= 0)
        surface_vline(s, l->right_rule, l->title.h, l->rule.y - l->title.h);
    if (l->rule.h > 0)
        surface_hline(s, 0, l->rule.y, s->w);
    live_draw_side(live, s, l->side);
    struct rect entries = l->entries;
    if (live->focus == LIVE_READ) {
        live_draw_read(live, s, entries);
        return;
    }
    if (entries.h > 1)
        draw_item(live, s, layout_top(&entries, 1));
    live_draw_entries(live, s, entries);
    if (live->scroll > 0 && entries.h > 0)
        surface_put(s, entries.x + entries.w - 18, l->rule.y, 18, STYLE_WARN, " newer below: PgDn");
}

static struct live_stamp stamp_of(struct view *view, const struct surface *s, const struct live_layout *l)
{
    struct live *live = live_of(view);
    struct now now = app_now(view->app);
    const struct record *r = live->session.record;
    return (struct live_stamp){.log = live->session.log.n, .facts = r->nfacts, .record = r, .w = s->w, .h = s->h, .line_rows = l->line.h, .time = now.time, .day = now.day,
                               .scroll = live->scroll, .focus = (int)live->focus, .ascii = s->ascii, .chosen = live->chosen, .shown = live->shown, .editing = live->editing};
}

static bool same_stamp(const struct live_stamp *a, const struct live_stamp *b)
{
    return a->log == b->log && a->facts == b->facts && a->record == b->record && a->w == b->w && a->h == b->h && a->line_rows == b->line_rows && a->time == b->time &&
           a->day == b->day && a->scroll == b->scroll && a->focus == b->focus && a->ascii == b->ascii && uuid_same(a->chosen, b->chosen) && uuid_same(a->shown, b->shown) &&
           uuid_same(a->editing, b->editing);
}

static void keep_cells(struct live *live, const struct surface *s)
{
    size_t n = (size_t)s->w * (size_t)s->h;
    if (live->ncells < n) {
        struct cell *cells = realloc(live->cells, n * sizeof cells[0]);
        if (cells == NULL)
            BUG("out of memory");
        live->cells = cells;
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

static void draw_editing(struct live *live, struct surface *s, const struct live_layout *l)
{
    if (uuid_none(live->editing) || l->rule.h <= 0)
        return;
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
    buf_addf(&b, "%s%s: Enter keeps it, Esc leaves it as it was ", label[0] == '\0' ? "" : " ", label);
    surface_put(s, 2, l->rule.y, s->w - 4, STYLE_WARN, buf_str(&b));
    buf_free(&b);
}

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
        return r->entries[r->nentries - 1].kind == ENTRY_DECISION ? "Tab begins a position on it:  - Name: agrees" : "Tab begins a side of it:  - Name: what they say (basis: \xe2\x80\xa6)";
    }
    return "P: view  A: who, what, by when  R: decision  D: disagreement  +Name  # item";
}

static void draw_candidates(const struct live *live, struct surface *s, struct rect r)
{
    int x = r.x;
    for (size_t i = 0; i < live->tab.n && x < r.x + r.w; i++) {
        enum style style = i == live->tab.index ? STYLE_FOCUS : STYLE_PREVIEW;
        x += surface_put(s, x, r.y, r.x + r.w - x, style, live->tab.v[i]) + 2;
    }
}

static void draw_notices(const struct live *live, struct surface *s, struct rect r, const struct notices *notices)
{
    (void)live;
    if (r.h <= 0 || notices->n == 0)
        return;
    int used = surface_put(s, r.x, r.y, r.w, STYLE_WARN, notices->v[0].text);
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
        return "Tab sets it under the entry above, as a position; as it stands it is a note";
    return NULL;
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
    if (live->focus == LIVE_ENTRIES && r.h > 1) {
        surface_put(s, r.x, r.y, r.w, STYLE_DIM, "Enter edits the entry, F9 reads it back, Space opens a confidential one");
        return;
    }
    if (edit_length(live->edit) == 0) {
        surface_put(s, r.x, r.y, r.w, STYLE_DIM, empty_hint(live));
        return;
    }
    if (live_takes_positions(live) && strcmp(edit_text(live->edit), "  - ") == 0) {
        surface_put(s, r.x, r.y, r.w, STYLE_PREVIEW, "position \xc2\xb7 whose? Name: agrees, agrees with reservations: \xe2\x80\xa6, disagrees: \xe2\x80\xa6, no position");
        return;
    }
    live_line_preview(live);
    const struct preview *p = &live->preview;
    bool only_notice = r.h == 1 && p->notices.n > 0 && live->paused;
    if (!only_notice && p->summary != NULL)
        surface_put(s, r.x, r.y, r.w, STYLE_PREVIEW, p->summary);
    if (r.h > 1)
        layout_top(&r, 1);
    const char *key = key_hint(live);
    if (key != NULL && !only_notice && r.h > 0)
        surface_put(s, r.x, r.y, r.w, STYLE_PREVIEW, key);
    else if (live->paused && (only_notice || r.h > 0))
        draw_notices(live, s, r, &p->notices);
}

static void draw_line(struct live *live, struct surface *s, struct rect r)
{
    if (r.h <= 0)
        return;
    bool focus = live->focus == LIVE_LINE;
    surface_put(s, r.x, r.y, 1, focus ? STYLE_KEY : STYLE_DIM, surface_sign(s, SIGN_NOW));
    edit_draw(live->edit, s, (struct rect){r.x + 2, r.y, r.w - 3, r.h}, focus ? STYLE_ENTRY : STYLE_DIM, focus);
}

void live_draw(struct view *view, struct surface *s)
{
    struct live *live = live_of(view);
    struct live_layout l;
    live->columns = s->w - 3 < 1 ? 1 : s->w - 3;
    live_layout_make(&l, s->w, s->h, edit_rows(live->edit, live->columns));
    panes(view, s, &l);
    draw_editing(live, s, &l);
    draw_line(live, s, l.line);
    draw_preview(live, s, l.preview);
}

bool live_echo(struct view *view, struct surface *s)
{
    struct live *live = live_of(view);
    const struct live_stamp *drawn = &live->stamp;
    int rows = edit_rows(live->edit, live->columns);
    struct live_layout l;
    if (live->focus != LIVE_LINE || drawn->w != s->w || drawn->h != s->h || drawn->line_rows != rows)
        return false;
    live_layout_make(&l, s->w, s->h, rows);
    surface_fill(s, l.line, STYLE_PLAIN);
    draw_line(live, s, l.line);
    return true;
}
