/* Reading back: one entry alone on the screen, large enough with air to be read aloud, and to be read along by whoever sits opposite. */
#include "tui/live.h"

#include <string.h>

#include "tui/layout.h"

#define KEYS_COLUMNS 40
#define READ_COLUMNS 60 /* longer rows are hard to come back from with the eye */

struct reading {
    struct live_rows rows;
    const struct entry *entry;
    struct rect words;  /* where they stand */
    struct rect more;   /* what is said of rows that have no room; without height: all have */
    int gap;            /* 2: a blank row after each */
    size_t first;       /* row of `rows` at the top */
};

/* "view of Mrs Okafor", "action A1": what it is, before its words. */
static const char *kind_of(struct live *live, const struct entry *e, struct arena *arena)
{
    static const char *const words[ENTRY_COUNT] = {
        [ENTRY_NOTE] = "note", [ENTRY_SAID] = "said by", [ENTRY_PARENT_VIEW] = "view of", [ENTRY_CHILD_VIEW] = "view of", [ENTRY_OPINION] = "opinion of",
        [ENTRY_REPORTED] = "reported by", [ENTRY_STRENGTH] = "strength, named by", [ENTRY_DECISION] = "decision", [ENTRY_ACTION] = "action",
        [ENTRY_DISAGREEMENT] = "disagreement", [ENTRY_MINUTED] = "minuted words of", [ENTRY_CONSENT] = "consent of", [ENTRY_ARRIVES] = "arrival of",
        [ENTRY_LEAVES] = "leaving of", [ENTRY_CLOCK] = "clock",
    };
    if (restricted(&e->restriction) && !uuid_same(live->shown, e->id))
        return "closed: Esc, then Space opens it";
    char label[16];
    entry_label(e, label);
    bool of = strchr(words[e->kind], ' ') != NULL;
    const char *who = of || e->speaker != NULL ? live_who(live->session.record, arena, e->speaker) : label;
    return arena_printf(arena, "%s%s%s", e->asked ? "asked for" : words[e->kind], who[0] != '\0' ? " " : "", who);
}

/* Lays the rows out: a margin that leaves at most 60 columns, blank rows between them if all fit, the block somewhat above the middle. */
static void lay_out(struct reading *p, struct live *live, struct surface *s, struct rect r)
{
    int w = r.w - (r.w >= 40 ? 8 : r.w >= 30 ? 4 : 2);
    w = w > READ_COLUMNS ? READ_COLUMNS : w < 1 ? 1 : w;
    p->rows = (struct live_rows){.arena = arena_new(), .record = live->session.record, .shown = live->shown, .width = w, .ascii = s->ascii, .aloud = true};
    live_rows_entry(&p->rows, p->entry);
    int n = (int)p->rows.n, head = r.h >= 6 ? 2 : 1;
    p->gap = n * 2 - 1 + head <= r.h ? 2 : 1;
    int need = n * p->gap - (p->gap - 1) + head;
    int x = r.x + (r.w - w) / 2;
    if (need > r.h && r.h >= 6) {
        p->more = layout_bottom(&r, 1);
        p->more.x = x;
        p->more.w = w;
    }
    int top = need < r.h ? (r.h - need) / 3 : 0;
    live->page = r.h - head;
    p->words = (struct rect){x, r.y + top + head, w, r.h - top - head};
    live->read_most = need > r.h ? need - r.h : 0;
    p->first = (size_t)(live->read_top > live->read_most ? live->read_most : live->read_top);
}

static void draw_head(struct reading *p, struct live *live, struct surface *s, int y)
{
    struct rect r = p->words;
    char time[16] = "";
    if (p->entry->time != TIME_NONE)
        snprintf(time, sizeof time, "%s", civil_time_dup(p->rows.arena, p->entry->time));
    int used = r.w >= 30 ? surface_put(s, r.x, y, r.w, STYLE_DIM, "READ BACK") + 2 : 0;
    int n = (int)strlen(time);
    surface_put_cut(s, r.x + used, y, r.w - used - n - 1, STYLE_HEAD, kind_of(live, p->entry, p->rows.arena));
    surface_put(s, r.x + r.w - n, y, n, STYLE_DIM, time);
}

static void draw_words(struct reading *p, struct surface *s)
{
    struct rect r = p->words;
    int y = r.y;
    for (size_t i = p->first; i < p->rows.n && y < r.y + r.h; i++, y += p->gap) {
        const struct live_row *row = &p->rows.v[i];
        surface_put(s, r.x + row->indent, y, r.w - row->indent, row->style == STYLE_PLAIN ? STYLE_HEAD : row->style, row->text);
        if (row->right != NULL)
            surface_put(s, row->text == NULL ? r.x : r.x + r.w - surface_columns(row->right), y, r.w, row->right_style, row->right);
    }
    bool below = p->first + (size_t)(r.h > 0 ? r.h : 0) < p->rows.n;
    surface_put(s, p->more.x, p->more.y, p->more.h > 0 ? p->more.w : 0, STYLE_WARN, below ? "more below: PgDn" : "more above: PgUp");
}

void live_draw_read(struct live *live, struct surface *s, struct rect r)
{
    const struct record *record = live->session.record;
    size_t index = live_entry_index(record, live->chosen);
    if (index == record->nentries || r.h <= 0 || r.w <= 0)
        return;
    struct reading p = {.entry = &record->entries[index]};
    if (r.w < KEYS_COLUMNS && r.h >= 4) { /* the key line has no room for them */
        struct rect keys = layout_bottom(&r, 1);
        surface_put(s, keys.x, keys.y, keys.w, STYLE_KEY, "y yes  e edit  n no");
    }
    lay_out(&p, live, s, r);
    draw_head(&p, live, s, p.words.y - (r.h >= 6 ? 2 : 1));
    draw_words(&p, s);
    s->cursor_x = p.words.x;
    s->cursor_y = p.words.y;
    arena_free(p.rows.arena);
}

void live_read_scroll(struct view *view, int by)
{
    struct live *live = live_of(view);
    int from = live->read_top > live->read_most ? live->read_most : live->read_top;
    live->read_top = from + by < 0 ? 0 : from + by;
}
