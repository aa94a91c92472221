#include "tui/edit.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"
#include "tui/edit_undo.h"

#define LENGTH_MAX ((size_t)1 << 20) /* of the line; more is not inserted */

struct edit {
    struct buf text;
    size_t cursor;
    struct buf killed;
    bool killing;   /* the last action killed: the next kill joins it */
    int goal;       /* column that LINE_UP and LINE_DOWN keep to; -1: that of the cursor */
    int top;        /* first row shown, when there are more than fit */
    struct undo undo;
};

struct edit *edit_new(void)
{
    struct edit *e = memory_take(1, sizeof *e);
    e->goal = -1;
    return e;
}

void edit_free(struct edit *e)
{
    if (e == NULL)
        return;
    buf_free(&e->text);
    buf_free(&e->killed);
    undo_free(&e->undo);
    free(e);
}

/* The border of a cluster at or before `at`. */
static size_t border(const struct edit *e, size_t at)
{
    size_t n = e->text.n;
    if (at >= n)
        return n;
    size_t before = text_prev(e->text.s, n, at);
    while (before < at) {
        size_t next = text_next(e->text.s, n, before);
        if (next > at)
            return before;
        before = next;
    }
    return at;
}

void edit_set(struct edit *e, const char *text, size_t cursor)
{
    buf_clear(&e->text);
    text_clean(&e->text, text, strlen(text), NULL);
    undo_clear(&e->undo);
    e->killing = false;
    e->goal = -1;
    e->top = 0;
    e->cursor = border(e, cursor);
}

const char *edit_text(const struct edit *e)
{
    return buf_str(&e->text);
}

size_t edit_length(const struct edit *e)
{
    return e->text.n;
}

size_t edit_cursor(const struct edit *e)
{
    return e->cursor;
}

/* Puts clean bytes in the place of others and records it, without the bytes at both ends that stay as they are. */
static void change(struct edit *e, size_t at, size_t nold, const char *new, size_t nnew, size_t cursor)
{
    const char *old = buf_str(&e->text) + at;
    size_t same = 0, tail = 0;
    while (same < nold && same < nnew && old[same] == new[same])
        same++;
    while (tail < nold - same && tail < nnew - same && old[nold - tail - 1] == new[nnew - tail - 1])
        tail++;
    struct buf was = {0}, becomes = {0};
    buf_add(&was, old + same, nold - same - tail);
    buf_add(&becomes, new + same, nnew - same - tail);
    struct change c = {.at = at + same, .cursor_before = e->cursor, .old = was.s, .nold = was.n, .new = becomes.s, .nnew = becomes.n};
    buf_splice(&e->text, c.at, c.nold, c.new, c.nnew);
    e->cursor = border(e, cursor);
    if (e->cursor < cursor) /* what was typed joined the accent that followed */
        e->cursor = text_next(e->text.s, e->text.n, e->cursor);
    c.cursor_after = e->cursor;
    if (c.nold > 0 || c.nnew > 0)
        undo_add(&e->undo, &c);
    buf_free(&was);
    buf_free(&becomes);
    e->goal = -1;
}

/* The characters on both sides are cleaned together with the new text: an accent that was typed after its letter joins it. */
static void replace(struct edit *e, size_t at, size_t old, const char *utf8, size_t n)
{
    const char *s = buf_str(&e->text);
    size_t length = e->text.n, end = at + old;
    size_t from = at == 0 ? 0 : text_prev(s, length, at);
    size_t to = end < length ? text_next(s, length, end) : length;
    struct buf raw = {0}, head = {0}, clean = {0};
    buf_add(&raw, s + from, at - from);
    buf_add(&raw, utf8, n);
    text_clean(&head, buf_str(&raw), raw.n, NULL);
    buf_add(&raw, s + end, to - end);
    text_clean(&clean, buf_str(&raw), raw.n, NULL);
    size_t cursor = head.n < clean.n ? head.n : clean.n;
    change(e, from, to - from, buf_str(&clean), clean.n, from + cursor);
    buf_free(&raw);
    buf_free(&head);
    buf_free(&clean);
}

void edit_replace(struct edit *e, size_t at, size_t old, const char *utf8, size_t n)
{
    if (at > e->text.n)
        at = e->text.n;
    if (old > e->text.n - at)
        old = e->text.n - at;
    if (e->text.n - old > LENGTH_MAX || n > LENGTH_MAX - (e->text.n - old))
        return; /* nothing of it rather than a part of it; input.c has a lower limit and says so */
    e->killing = false;
    replace(e, at, old, utf8, n);
}

void edit_insert(struct edit *e, const char *utf8, size_t n)
{
    edit_replace(e, e->cursor, 0, utf8, n);
}

/* ---- rows ---- */

/* Width of the cluster from `at` to `end`, as the surface draws it. */
static int cluster_width(const char *s, size_t at, size_t end)
{
    return end - at == 1 ? 1 : (int)text_width(s + at, end - at);
}

static size_t next_cluster(const char *s, size_t n, size_t at)
{
    /* Most text is ASCII: a character that another ASCII one follows is a cluster. */
    if ((unsigned char)s[at] < 0x80 && (at + 1 >= n || (unsigned char)s[at + 1] < 0x80))
        return at + 1;
    return text_next(s, n, at);
}

/* Where the row that begins at `at` ends. Blanks at the break stay on it, beyond the edge if need be, so that every byte is on one row. */
static size_t row_end(const char *s, size_t n, size_t at, int columns)
{
    size_t after_blank = 0;
    int width = 0;
    for (size_t i = at; i < n;) {
        size_t end = next_cluster(s, n, i);
        width += cluster_width(s, i, end);
        if (text_blank(s[i])) {
            after_blank = end;
        } else if (width > columns) {
            return after_blank > 0 ? after_blank : i > at ? i : end;
        }
        i = end;
    }
    return n;
}

/* A row of its own for the cursor when the last one is full. */
static bool needs_empty_row(const char *s, size_t from, size_t n, int columns)
{
    return n > from && (int)text_width(s + from, n - from) >= columns;
}

struct place {
    int row, column;
    size_t from; /* where the row begins */
    int rows;    /* of the whole text */
};

/* Where the cursor stands; with `row` >= 0, where that row begins. */
static struct place find_place(const struct edit *e, int columns, int row)
{
    const char *s = buf_str(&e->text);
    size_t n = e->text.n, at = 0;
    struct place p = {.row = -1};
    if (columns < 1)
        columns = 1;
    for (int i = 0;; i++) {
        size_t end = row_end(s, n, at, columns);
        bool last = end >= n && !needs_empty_row(s, at, n, columns);
        bool here = row >= 0 ? i == row : e->cursor >= at && (e->cursor < end || last);
        if (here && p.row < 0) {
            p.row = i;
            p.from = at;
            p.column = e->cursor >= at ? (int)text_width(s + at, e->cursor < end ? e->cursor - at : end - at) : 0;
        }
        p.rows = i + 1;
        at = end;
        if (last)
            return p;
    }
}

int edit_rows(const struct edit *e, int columns)
{
    return find_place(e, columns, -1).rows;
}

/* The place in a row that is nearest to a column. */
static size_t at_column(const struct edit *e, const struct place *p, int columns, int column)
{
    const char *s = buf_str(&e->text);
    size_t n = e->text.n, at = p->from, end = row_end(s, n, p->from, columns);
    int x = 0;
    while (at < end) {
        size_t next = next_cluster(s, n, at);
        x += cluster_width(s, at, next);
        if (x > column || (next >= end && end < n))
            break;
        at = next;
    }
    return at;
}

static bool move_row(struct edit *e, int columns, int by)
{
    if (columns < 1)
        columns = 1;
    struct place here = find_place(e, columns, -1);
    int row = here.row + by;
    if (row < 0 || row >= here.rows)
        return false;
    int goal = e->goal >= 0 ? e->goal : here.column;
    struct place there = find_place(e, columns, row);
    e->cursor = at_column(e, &there, columns, goal);
    e->goal = goal;
    return true;
}

/* ---- actions ---- */

static void move_to(struct edit *e, size_t at)
{
    e->cursor = at;
    e->goal = -1;
    e->undo.sealed = true;
}

static void erase(struct edit *e, size_t from, size_t to)
{
    if (to > from)
        replace(e, from, to - from, "", 0);
}

static void kill(struct edit *e, size_t from, size_t to, bool joins)
{
    if (to <= from)
        return;
    if (!joins)
        buf_clear(&e->killed);
    const char *s = buf_str(&e->text);
    buf_splice(&e->killed, from < e->cursor ? 0 : e->killed.n, 0, s + from, to - from);
    e->undo.sealed = true;
    replace(e, from, to - from, "", 0);
    e->undo.sealed = true;
}

static void yank(struct edit *e)
{
    e->undo.sealed = true;
    edit_insert(e, buf_str(&e->killed), e->killed.n);
    e->undo.sealed = true;
}

static void take_back(struct edit *e, bool again)
{
    const struct change *c = again ? undo_forth(&e->undo) : undo_back(&e->undo);
    if (c == NULL)
        return;
    if (again)
        buf_splice(&e->text, c->at, c->nold, c->new, c->nnew);
    else
        buf_splice(&e->text, c->at, c->nnew, c->old, c->nold);
    e->cursor = border(e, again ? c->cursor_after : c->cursor_before);
    e->goal = -1;
}

static bool act_move(struct edit *e, enum action action)
{
    const char *s = buf_str(&e->text);
    size_t n = e->text.n;
    if (action == ACTION_LEFT)
        move_to(e, text_prev(s, n, e->cursor));
    else if (action == ACTION_RIGHT)
        move_to(e, text_next(s, n, e->cursor));
    else if (action == ACTION_WORD_LEFT)
        move_to(e, text_word_start(s, n, e->cursor));
    else if (action == ACTION_WORD_RIGHT)
        move_to(e, text_word_end(s, n, e->cursor));
    else if (action == ACTION_LINE_START)
        move_to(e, 0);
    else if (action == ACTION_LINE_END)
        move_to(e, n);
    else
        return false;
    return true;
}

static bool act_change(struct edit *e, enum action action, bool joins)
{
    const char *s = buf_str(&e->text);
    size_t n = e->text.n;
    if (action == ACTION_ERASE)
        erase(e, text_prev(s, n, e->cursor), e->cursor);
    else if (action == ACTION_DELETE)
        erase(e, e->cursor, text_next(s, n, e->cursor));
    else if (action == ACTION_KILL_WORD)
        kill(e, text_word_start(s, n, e->cursor), e->cursor, joins);
    else if (action == ACTION_KILL_START)
        kill(e, 0, e->cursor, joins);
    else if (action == ACTION_KILL_END)
        kill(e, e->cursor, n, joins);
    else if (action == ACTION_YANK)
        yank(e);
    else if (action == ACTION_EDIT_UNDO || action == ACTION_EDIT_REDO)
        take_back(e, action == ACTION_EDIT_REDO);
    else
        return false;
    return true;
}

bool edit_act(struct edit *e, enum action action, int columns)
{
    bool joins = e->killing;
    bool kills = action == ACTION_KILL_WORD || action == ACTION_KILL_START || action == ACTION_KILL_END;
    if (action == ACTION_LINE_UP || action == ACTION_LINE_DOWN) {
        e->killing = false;
        e->undo.sealed = true;
        return move_row(e, columns, action == ACTION_LINE_UP ? -1 : 1);
    }
    if (!act_move(e, action) && !act_change(e, action, joins))
        return false;
    e->killing = kills;
    return true;
}

/* ---- drawing ---- */

void edit_draw(struct edit *e, struct surface *s, struct rect r, enum style style, bool focus)
{
    if (r.w < 1 || r.h < 1)
        return;
    struct place cursor = find_place(e, r.w, -1);
    if (e->top > cursor.row)
        e->top = cursor.row;
    if (e->top < cursor.row - r.h + 1)
        e->top = cursor.row - r.h + 1;
    if (e->top > cursor.rows - r.h)
        e->top = cursor.rows > r.h ? cursor.rows - r.h : 0;
    surface_fill(s, r, style);
    const char *text = buf_str(&e->text);
    size_t n = e->text.n;
    size_t at = find_place(e, r.w, e->top).from;
    for (int y = 0; y < r.h && at < n; y++) {
        size_t end = row_end(text, n, at, r.w);
        surface_putf(s, r.x, r.y + y, r.w, style, "%.*s", (int)(end - at), text + at);
        at = end;
    }
    if (!focus)
        return;
    s->cursor_x = r.x + (cursor.column < r.w ? cursor.column : r.w - 1);
    s->cursor_y = r.y + cursor.row - e->top;
}
