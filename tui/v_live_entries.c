/* The entries pane of the live screen: the newest rows that fit, from the end backwards, so that a long meeting costs no more than a short one. */
#include "tui/live.h"

#include <limits.h>

/* Rows are built from the last part backwards; a part is an entry, the heading before it, or what follows the entries (index nentries). */
struct part {
    size_t begin, end; /* rows of it */
    size_t index;
};
struct window {
    struct live_rows rows;
    struct part *v;
    size_t n, cap;
    size_t total;      /* rows so far */
    bool after;        /* what follows the entries is shown */
};

static void add_part(struct window *w, size_t begin, size_t index)
{
    w->v = arena_grow(w->rows.arena, w->v, w->n, &w->cap, sizeof w->v[0]);
    w->v[w->n++] = (struct part){.begin = begin, .end = w->rows.n, .index = index};
    w->total = w->rows.n;
}

static void build_part(struct window *w, size_t index)
{
    const struct record *r = w->rows.record;
    size_t begin = w->rows.n;
    if (index < r->nentries)
        live_rows_entry(&w->rows, &r->entries[index]);
    else if (w->after)
        live_rows_after(&w->rows);
    if (w->rows.n > begin)
        add_part(w, begin, index);
}

static void build_heading(struct window *w, size_t index)
{
    size_t begin = w->rows.n;
    live_rows_heading(&w->rows, w->rows.record->entries[index].item);
    add_part(w, begin, index);
}

/* Builds the parts `end`, end - 1 … `limit` until there are `need` rows. With headings when it may leave the current item. */
static void gather(struct window *w, size_t end, size_t limit, size_t need, bool headings)
{
    const struct record *r = w->rows.record;
    w->n = w->total = w->rows.n = 0;
    for (size_t i = end + 1; i > limit && w->total < need; i--) {
        size_t at = i - 1;
        build_part(w, at);
        if (headings && at < r->nentries && (at == 0 || r->entries[at - 1].item != r->entries[at].item))
            build_heading(w, at);
    }
}

static const struct live_row **in_order(struct window *w)
{
    const struct live_row **out = arena_alloc(w->rows.arena, w->rows.n + 1, sizeof(struct live_row *));
    size_t n = 0;
    for (size_t i = w->n; i > 0; i--)
        for (size_t k = w->v[i - 1].begin; k < w->v[i - 1].end; k++)
            out[n++] = &w->rows.v[k];
    return out;
}

static size_t item_begin(const struct record *r)
{
    size_t i = r->nentries;
    while (i > 0 && r->entries[i - 1].item + 1 == r->nitems)
        i--;
    return i;
}

/* Where an entry's rows begin from above; n when it is not there. */
static size_t row_of(const struct live_row **v, size_t n, struct uuid entry)
{
    for (size_t i = 0; i < n; i++)
        if (!uuid_none(v[i]->entry) && uuid_same(v[i]->entry, entry))
            return i;
    return n;
}

/* The window while the line has the focus: the newest rows, or `scroll` rows above them. Returns the first row to show. */
static size_t window_newest(struct live *live, struct window *w, size_t h)
{
    const struct record *r = w->rows.record;
    size_t scroll = (size_t)live->scroll;
    gather(w, r->nentries, scroll > 0 ? 0 : item_begin(r), h + scroll, scroll > 0);
    live->scroll_most = INT_MAX;
    if (w->total < h + scroll) {
        scroll = w->total > h ? w->total - h : 0;
        if (live->scroll > 0) /* else only the current item was looked at */
            live->scroll_most = (int)scroll;
    }
    return w->total > h + scroll ? w->total - h - scroll : 0;
}

/* The window around the entry in focus: the newest rows when it is among them, else some rows above and below it. */
static size_t window_chosen(struct live *live, struct window *w, size_t h)
{
    const struct record *r = w->rows.record;
    gather(w, r->nentries, 0, h, true);
    const struct live_row **v = in_order(w);
    size_t first = w->total > h ? w->total - h : 0;
    size_t at = row_of(v, w->total, live->chosen);
    if (at < w->total && at >= first)
        return first;
    size_t index = live_entry_index(r, live->chosen);
    size_t end = index;
    w->n = w->total = w->rows.n = 0;
    for (size_t rows = 0; end <= r->nentries; end++) {
        build_part(w, end);
        rows = w->total;
        if (rows >= (h + 1) / 2)
            break;
    }
    gather(w, end > r->nentries ? r->nentries : end, 0, h + h / 2, true);
    v = in_order(w);
    at = row_of(v, w->total, live->chosen);
    first = w->total > h ? w->total - h : 0;
    return at < first ? at : first;
}

static void put_row(struct surface *s, struct rect r, int prefix, const struct live_row *row, bool focus)
{
    if (row->text == NULL && row->kind != NULL && uuid_none(row->entry)) { /* a heading */
        surface_put(s, r.x, r.y, 3, STYLE_HEAD, row->time);
        surface_put_cut(s, r.x + 3, r.y, r.w - 3, STYLE_HEAD, row->kind);
    } else {
        bool tiny = prefix < 10; /* time and kind share their columns: the kind is what one looks for */
        bool kind = row->kind != NULL && row->kind[0] != '\0';
        if (!tiny || !kind)
            surface_put(s, r.x, r.y, 5, STYLE_DIM, row->time);
        if (!tiny || kind)
            surface_put(s, tiny ? r.x : r.x + 6, r.y, tiny ? 5 : prefix - 7, row->kind_style, row->kind);
        surface_put(s, r.x + prefix + row->indent, r.y, r.w - prefix - row->indent, row->style, row->text);
    }
    if (row->right != NULL) {
        int columns = surface_columns(row->right);
        int x = columns > r.w ? r.x : r.x + r.w - columns;
        surface_put(s, x, r.y, r.w, row->right_style, row->right);
    }
    if (focus)
        surface_style(s, r, STYLE_FOCUS);
}

static void window_begin(struct live *live, struct window *w, struct surface *s, int width)
{
    *w = (struct window){0};
    w->rows = (struct live_rows){.arena = arena_new(), .record = live->session.record, .shown = live->shown, .width = width,
                                 .prefix = width >= 44 ? 15 : width >= 30 ? 10 : 6, .ascii = s->ascii};
}

/* Whichever grew last is what one wants to see: the entries, or what follows them. */
static void follow(struct live *live)
{
    const struct record *r = live->session.record;
    size_t nafter = r->noutcomes + r->nrecommendations + r->nsignoffs + r->ncopies;
    if (nafter != live->nafter)
        live->after = nafter > live->nafter;
    else if (r->nentries != live->nentries)
        live->after = false;
    live->nafter = nafter;
    live->nentries = r->nentries;
}

void live_draw_entries(struct live *live, struct surface *s, struct rect r)
{
    if (r.h <= 0 || r.w <= 0)
        return;
    struct window w;
    window_begin(live, &w, s, r.w);
    bool choosing = live->focus == LIVE_ENTRIES;
    follow(live);
    w.after = live->after && !choosing;
    size_t first = choosing ? window_chosen(live, &w, (size_t)r.h) : window_newest(live, &w, (size_t)r.h);
    const struct live_row **v = in_order(&w);
    bool cursor = false;
    for (int y = 0; y < r.h && first + (size_t)y < w.total; y++) {
        const struct live_row *row = v[first + (size_t)y];
        bool marked = !uuid_none(live->editing) ? uuid_same(row->entry, live->editing) : choosing && uuid_same(row->entry, live->chosen);
        marked = marked && !uuid_none(row->entry);
        put_row(s, (struct rect){r.x, r.y + y, r.w, 1}, w.rows.prefix, row, marked);
        if (marked && choosing && !cursor) {
            s->cursor_x = r.x;
            s->cursor_y = r.y + y;
            cursor = true;
        }
    }
    live->page = r.h;
    arena_free(w.rows.arena);
}
