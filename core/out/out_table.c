/* The action tracker as a table for a terminal or a file (product.md, "The tracker"). */
#include "core/out/out.h"
#include "core/text.h"

#include <string.h>

/* Columns of everything but the words, which get the rest. */
enum { SIGN = 2, DUE = 11, LATE = 5, OWNER = 14, CHILD = 6, MOST_CHILD = 10, FROM = 10, LEAST_WORDS = 22, NCELLS = 7, ROWS_AN_ARENA = 64 };

struct cell {
    const char *text;
    size_t width, at; /* columns; how far it has been written */
    bool right;
};

struct table {
    struct buf *out;
    struct arena *arena;
    size_t words, child; /* columns of WHAT and CHILD; 0: not shown */
    bool from;
    int32_t today;
    int year;
};

static void fill(struct buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_addc(out, ' ');
}

/* One line of a row: what of each cell fits. True while something is left. */
static bool put_line(struct buf *out, struct cell *cells, size_t n)
{
    size_t owed = 0;
    bool left = false;
    for (size_t i = 0; i < n; i++) {
        struct cell *c = &cells[i];
        if (c->width == 0)
            continue;
        const char *s = c->text + c->at;
        size_t next = 0, bytes = text_break(s, strlen(s), c->width, &next);
        size_t columns = text_width(s, bytes), gap = c->width > columns ? c->width - columns : 0;
        c->at += next;
        left = left || c->text[c->at] != '\0';
        if (bytes > 0) {
            fill(out, owed + (c->right ? gap : 0));
            buf_add(out, s, bytes);
            owed = c->right ? 0 : gap;
        } else {
            owed += c->width;
        }
        owed++;
    }
    buf_addc(out, '\n');
    return left;
}

static void put_cells(struct buf *out, struct cell *cells, size_t n)
{
    while (put_line(out, cells, n))
        ;
}

/* "Fri 13 Nov", or with the year in place of the weekday when it is another year. */
static const char *day_words(const struct table *t, int32_t day)
{
    if (day == DAY_NONE)
        return "no date";
    const char *whole = civil_long_dup(t->arena, day);
    size_t n = strlen(whole);
    if (civil_from_day(day).year != t->year)
        return whole + 4;
    return n > 5 ? arena_strndup(t->arena, whole, n - 5) : whole;
}

static const char *late_words(const struct table *t, const struct action_row *row)
{
    if (!row->overdue || row->due == DAY_NONE)
        return "";
    return arena_printf(t->arena, "%dd", t->today > row->due ? t->today - row->due : 0);
}

static const char *sign(const struct action_row *row)
{
    if (row->overdue)
        return "!";
    const char *status = row->status == NULL ? "" : row->status;
    return strcmp(status, "asked") == 0 ? "?" : strcmp(status, "done") == 0 ? "+" : strcmp(status, "withdrawn") == 0 ? "x" : "";
}

static const char *what_words(const struct table *t, const struct action_row *row)
{
    const char *text = row->restricted_masked ? "confidential" : row->text == NULL ? "" : row->text;
    if (row->due != DAY_NONE && row->due_time != TIME_NONE)
        text = arena_printf(t->arena, "%s, by %s", text, civil_time_dup(t->arena, row->due_time));
    if (row->status != NULL && strcmp(row->status, "open") != 0)
        text = arena_printf(t->arena, "%s [%s]", text, row->status);
    return text_show_dup(t->arena, text);
}

static const char *from_words(const struct table *t, const struct action_row *row)
{
    const char *number = row->number == NULL ? "" : row->number;
    int32_t day = row->carried == DAY_NONE ? row->meeting_date : row->carried;
    if (day == DAY_NONE)
        return text_show_dup(t->arena, number);
    const char *words = day_words(t, day);
    if (civil_from_day(day).year == t->year)
        words += 4;
    return text_show_dup(t->arena, arena_printf(t->arena, "%s%s%s", number, number[0] == '\0' ? "" : " ", words));
}

/* Of a row that no store named: the whole id. */
static const char *id_words(const struct table *t, const struct action_row *row)
{
    char id[UUID_TEXT];
    if (row->short_id != NULL)
        return row->short_id;
    uuid_text(row->id, id);
    return arena_strdup(t->arena, id);
}

static void set_cells(const struct table *t, struct cell cells[NCELLS], const char *const texts[NCELLS])
{
    const size_t widths[NCELLS] = {SIGN - 1, DUE, LATE, OWNER, t->child, t->words, t->from ? FROM : 0};
    for (size_t i = 0; i < NCELLS; i++)
        cells[i] = (struct cell){.text = texts[i], .width = widths[i], .right = i == 2};
}

/* The first line is what one looks for; the id, which is for typing, stands below the date. */
static void put_row(const struct table *t, const struct action_row *row)
{
    const char *owner = row->owner == NULL ? "nobody" : text_show_dup(t->arena, row->owner);
    const char *child = row->child == NULL ? "" : text_show_dup(t->arena, row->child);
    const char *const texts[NCELLS] = {sign(row), day_words(t, row->due), late_words(t, row), owner, child, what_words(t, row),
                                       from_words(t, row)};
    struct cell cells[NCELLS];
    set_cells(t, cells, texts);
    bool left = put_line(t->out, cells, NCELLS);
    const char *id = id_words(t, row);
    struct cell below[NCELLS];
    memcpy(below, cells, sizeof below);
    below[1] = (struct cell){.text = id, .width = DUE + 1 + LATE};
    below[2].width = 0;
    if (text_width(id, strlen(id)) <= below[1].width) {
        put_cells(t->out, below, NCELLS);
        return;
    }
    if (left)
        put_cells(t->out, cells, NCELLS);
    buf_addf(t->out, "  %s\n", id);
}

static void put_summary(const struct table *t, const struct action_row *rows, size_t n, size_t columns)
{
    size_t open = 0, overdue = 0, week = 0;
    int32_t sunday = t->today + 6 - civil_weekday(t->today);
    for (size_t i = 0; i < n; i++) {
        bool is_open = rows[i].status != NULL && action_is_open(rows[i].status);
        open += is_open ? 1 : 0;
        overdue += rows[i].overdue ? 1 : 0;
        week += is_open && !rows[i].overdue && rows[i].due != DAY_NONE && rows[i].due >= t->today && rows[i].due <= sunday ? 1 : 0;
    }
    const char *left = arena_printf(t->arena, "ACTIONS  open %zu, overdue %zu, due this week %zu", open, overdue, week);
    const char *right = arena_printf(t->arena, "as of %s", civil_long_dup(t->arena, t->today));
    size_t used = strlen(left) + strlen(right);
    buf_adds(t->out, left);
    if (used + 2 <= columns)
        fill(t->out, columns - used);
    else
        buf_addc(t->out, '\n');
    buf_addf(t->out, "%s\n\n", right);
}

/* As wide as what the minutes call the children, within reason. */
static size_t child_columns(const struct action_row *rows, size_t n)
{
    size_t columns = CHILD;
    for (size_t i = 0; i < n; i++) {
        size_t width = rows[i].child == NULL ? 0 : text_width(rows[i].child, strlen(rows[i].child));
        columns = width > columns ? width : columns;
    }
    return columns > MOST_CHILD ? MOST_CHILD : columns;
}

void out_actions_table(struct buf *out, const struct action_row *rows, size_t n, size_t columns, int32_t today)
{
    static const char *const headings[NCELLS] = {"", "DUE", "", "OWNER", "CHILD", "WHAT", "FROM"};
    struct table t = {.out = out, .arena = arena_new(), .today = today, .year = civil_from_day(today).year};
    if (n == 0) {
        buf_adds(out, "No actions.\n");
        arena_free(t.arena);
        return;
    }
    size_t fixed = SIGN + DUE + 1 + LATE + 1 + OWNER + 1;
    size_t child = child_columns(rows, n);
    t.child = columns >= fixed + child + 1 + LEAST_WORDS ? child : 0;
    t.from = columns >= fixed + child + 1 + FROM + 1 + LEAST_WORDS;
    fixed += (t.child > 0 ? child + 1 : 0) + (t.from ? FROM + 1u : 0u);
    t.words = columns > fixed + 10 ? columns - fixed : 10;
    put_summary(&t, rows, n, columns);
    struct cell cells[NCELLS];
    set_cells(&t, cells, headings);
    put_cells(out, cells, NCELLS);
    for (size_t i = 0; i < n; i++) {
        put_row(&t, &rows[i]);
        if (i % ROWS_AN_ARENA == ROWS_AN_ARENA - 1) {
            arena_free(t.arena);
            t.arena = arena_new();
        }
    }
    arena_free(t.arena);
}
