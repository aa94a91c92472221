/* Drawing the panel of positions: its rows below the entries, whose words the line takes, and what they would do. */
#include "tui/live_panel.h"

#include <string.h>

#include "core/names.h"
#include "core/presence.h"
#include "tui/layout.h"

/* ---- rows ---- */

static const char *one_position(struct arena *arena, const struct position *p)
{
    const char *text = p->text == NULL ? "" : p->text;
    if (p->position != NULL)
        return text[0] == '\0' ? p->position : arena_printf(arena, "%s: %s", p->position, text);
    return p->basis == NULL ? text : arena_printf(arena, "%s (basis: %s)", text, p->basis);
}

/* All that somebody said of it, in order; NULL: nothing. */
static const char *positions(struct arena *arena, const struct entry *e, const char *name)
{
    const char *all = NULL;
    for (size_t i = 0; i < e->npositions; i++) {
        if (strcmp(e->positions[i].name, name) != 0)
            continue;
        const char *one = one_position(arena, &e->positions[i]);
        all = all == NULL ? one : arena_printf(arena, "%s; then: %s", all, one);
    }
    return all;
}

static const char *state(struct arena *arena, const struct entry *e)
{
    if (e->nstates == 0 || e->state == NULL)
        return NULL;
    const char *text = e->state_text == NULL || e->state_text[0] == '\0' ? "" : arena_printf(arena, ": %s", e->state_text);
    return arena_printf(arena, "%s%s%s%s", e->state, text, e->next == NULL ? "" : "; next: ", e->next == NULL ? "" : e->next);
}

static void add(struct panel_rows *rows, const char *name, const char *shown, const char *text)
{
    rows->v[rows->n++] = (struct panel_row){.name = name, .shown = shown, .text = text};
}

void panel_rows_read(const struct live *live, struct arena *arena, struct panel_rows *out)
{
    const struct record *r = live->session.record;
    const struct entry *e = live->panel == NULL ? NULL : record_entry(r, live->panel->entry);
    *out = (struct panel_rows){.entry = e, .arena = arena};
    if (e == NULL)
        return;
    out->v = arena_alloc(arena, r->npeople + e->npositions + 1, sizeof out->v[0]);
    for (size_t i = 0; i < r->npeople; i++) {
        const struct attendee *p = &r->people[i];
        const char *text = positions(arena, e, p->name);
        if (text != NULL || presence_asked(r, p, e))
            add(out, p->name, names_short(r, arena, p), text);
    }
    for (size_t i = 0; i < e->npositions; i++)
        if (record_person(r, e->positions[i].name) == NULL && panel_row_at(out, e->positions[i].name) == out->n)
            add(out, e->positions[i].name, e->positions[i].name, positions(arena, e, e->positions[i].name));
    if (e->kind == ENTRY_DISAGREEMENT && out->n > 0)
        add(out, "", "state", state(arena, e));
}

size_t panel_row_at(const struct panel_rows *rows, const char *name)
{
    size_t i = 0;
    while (i < rows->n && strcmp(rows->v[i].name, name) != 0)
        i++;
    return i;
}

size_t panel_row_open(const struct panel_rows *rows, size_t at)
{
    while (at < rows->n && rows->v[at].text != NULL)
        at++;
    return at;
}

/* ---- below the entries ---- */

int live_panel_rows(const struct live *live, int room)
{
    struct arena *arena = arena_new();
    struct panel_rows rows;
    panel_rows_read(live, arena, &rows);
    int want = rows.n == 0 ? 0 : rows.n > 100 ? 101 : (int)rows.n + 1;
    arena_free(arena);
    return want < room ? want : room;
}

/* "R1: who agrees" with a rule before and behind it, so that it is not taken for an entry. */
static void draw_head(const struct live *live, const struct entry *e, struct surface *s, struct rect r)
{
    char label[16];
    bool inside = live->focus == LIVE_PANEL;
    entry_label(e, label);
    surface_hline(s, r.x, r.y, r.w);
    layout_left(&r, 2);
    int used = surface_putf(s, r.x, r.y, r.w, STYLE_HEAD, " %s %s ", label, e->kind == ENTRY_DECISION ? "positions" : "sides");
    layout_left(&r, used + 1);
    const char *keys = inside ? " Esc leaves it for later " : " Tab goes round, Esc closes ";
    int columns = surface_columns(keys);
    if (columns + 1 <= r.w)
        surface_put(s, r.x + r.w - columns - 1, r.y, columns, STYLE_DIM, keys);
}

static void draw_row(const struct panel_row *row, bool secret, bool current, int names, struct surface *s, struct rect r)
{
    enum style style = current ? STYLE_FOCUS : STYLE_PLAIN;
    surface_fill(s, r, style);
    surface_put(s, r.x, r.y, 1, style, current ? surface_sign(s, SIGN_NOW) : " ");
    surface_put_cut(s, r.x + 2, r.y, names, style, row->shown);
    layout_left(&r, names + 4);
    if (row->text == NULL)
        surface_put(s, r.x, r.y, r.w, current ? style : STYLE_DIM, surface_sign(s, SIGN_DASH));
    for (int i = 0; row->text != NULL && secret && i < 6; i++)
        surface_put(s, r.x + i, r.y, r.w - i, current ? style : STYLE_SECRET, surface_sign(s, SIGN_DOT));
    if (row->text != NULL && !secret)
        surface_put_cut(s, r.x, r.y, r.w, style, row->text);
}

void live_panel_draw(struct live *live, struct surface *s, struct rect r)
{
    struct arena *arena = arena_new();
    struct panel_rows rows;
    panel_rows_read(live, arena, &rows);
    if (rows.n > 0) {
        bool inside = live->focus == LIVE_PANEL;
        bool secret = restricted(&rows.entry->restriction) && !uuid_same(live->shown, rows.entry->id);
        size_t at = inside ? panel_row_at(&rows, buf_str(&live->panel->name)) : panel_row_open(&rows, 0);
        int names = 0;
        for (size_t i = 0; i < rows.n; i++)
            names = surface_columns(rows.v[i].shown) > names ? surface_columns(rows.v[i].shown) : names;
        names = names > r.w / 3 ? r.w / 3 : names;
        if (r.h >= 2 + (rows.n > 1))
            draw_head(live, rows.entry, s, layout_top(&r, 1));
        size_t room = r.h < 1 ? 1 : (size_t)r.h;
        size_t first = room < 2 ? at : at + 2 > room ? at + 2 - room : 0; /* who comes next is seen too */
        if (first + room > rows.n)
            first = rows.n > room ? rows.n - room : 0;
        for (size_t i = first; i < rows.n && r.h > 0; i++)
            draw_row(&rows.v[i], secret, inside && i == at, names, s, layout_top(&r, 1));
    }
    arena_free(arena);
}

/* ---- on the line and below it ---- */

int live_panel_prompt(const struct live *live, int width, struct buf *out)
{
    if (live->focus != LIVE_PANEL)
        return 0;
    struct arena *arena = arena_new();
    const char *name = buf_str(&live->panel->name);
    const struct attendee *p = record_person(live->session.record, name);
    const char *shown = p != NULL ? names_short(live->session.record, arena, p) : name[0] == '\0' ? "state" : name;
    int columns = surface_columns(shown) + 1;
    buf_addf(out, "%s:", shown);
    arena_free(arena);
    return (columns > width / 3 ? width / 3 : columns) + 1;
}

static void draw_meaning(const struct live *live, const struct panel_meaning *m, struct arena *arena, struct surface *s, struct rect r)
{
    const struct attendee *p = m->name == NULL ? NULL : record_person(live->session.record, m->name);
    const char *who = p == NULL ? m->name : names_short(live->session.record, arena, p);
    const char *letters = panel_letters(live, r.w);
    switch (m->deed) {
    case PANEL_NOTHING:
        surface_put_cut(s, r.x, r.y, r.w, STYLE_PREVIEW, letters);
        break;
    case PANEL_EXPANDS:
        surface_put_cut(s, r.x, r.y, r.w, STYLE_PREVIEW, arena_printf(arena, "%s…  Enter, then their own words", m->words));
        break;
    case PANEL_RECORDS: {
        const char *words = who == NULL ? "" : m->words + strlen(m->name) + 4; /* behind "- NAME: "; their own words stand in the line */
        int closed = panel_words(live) == NULL ? 0 : (int)strcspn(words, ":");
        surface_put_cut(s, r.x, r.y, r.w, STYLE_PREVIEW,
                        who == NULL ? "under the entry, as it is written" : closed == 0 ? arena_printf(arena, "side \u00b7 %s", who)
                                                                           : arena_printf(arena, "position \u00b7 %s %.*s", who, closed, words));
        break;
    }
    case PANEL_LEAVES:
        surface_put_cut(s, r.x, r.y, r.w, STYLE_PREVIEW, arena_printf(arena, "a line of its own: %s", m->summary == NULL ? "" : m->summary));
        break;
    case PANEL_NO_POSITION:
        if (r.h > 1)
            surface_put_cut(s, r.x, r.y + 1, r.w, STYLE_PREVIEW, letters);
        surface_put_cut(s, r.x, r.y, r.w, STYLE_WARN, r.h > 1 ? "no position yet: one of these, or Tab for the words" : arena_printf(arena, "not yet: %s", letters));
        break;
    }
}

bool live_panel_preview(const struct live *live, struct surface *s, struct rect r)
{
    if (live->focus != LIVE_PANEL || live->panel == NULL)
        return false;
    struct arena *arena = arena_new();
    struct panel_meaning m = panel_meaning(live, arena, edit_text(live->edit));
    draw_meaning(live, &m, arena, s, r);
    const char *next = live->panel->name.n == 0 ? "Enter on the empty line: it stays open   Up: choose somebody   Esc: later"
                                                : "Enter on the empty line: the next person   Up, Down: choose   Esc: later";
    if (r.h > 1 && m.deed != PANEL_NO_POSITION)
        surface_put_cut(s, r.x, r.y + 1, r.w, STYLE_DIM, m.deed == PANEL_NOTHING ? next : "Enter puts it on record");
    arena_free(arena);
    return true;
}
