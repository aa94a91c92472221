/* The action tracker as a table for a terminal or a file (product.md, "The tracker"). Thousands of rows are one answer: what is done for each has no formats and
 * no copies in it where plain text allows that. */
#include "core/out/actions.h"

#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"

/* Columns of everything but the words, which get the rest. */
enum { SIGN = 2, DUE = 11, LATE = 5, OWNER = 14, CHILD = 6, MOST_CHILD = 10, FROM = 10, LEAST_WORDS = 22, NCELLS = 7, ROWS_A_PART = 64 };

struct cell {
    const char *text; /* what is left of it */
    size_t n, width;  /* bytes; columns */
    bool right;
};

static void fill(struct buf *out, size_t n)
{
    static const char blanks[] = "                                ";
    for (; n > sizeof blanks - 1; n -= sizeof blanks - 1)
        buf_add(out, blanks, sizeof blanks - 1);
    buf_add(out, blanks, n);
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
        if (c->n == 0) {
            owed += c->width + 1;
            continue;
        }
        size_t next = 0, bytes = text_break(c->text, c->n, c->width, &next);
        size_t columns = text_width(c->text, bytes), gap = c->width > columns ? c->width - columns : 0;
        if (bytes > 0) {
            fill(out, owed + (c->right ? gap : 0));
            buf_add(out, c->text, bytes);
            owed = c->right ? 0 : gap;
        } else {
            owed += c->width;
        }
        c->text += next;
        c->n -= next;
        left = left || c->n > 0;
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

/* Days as they are shown: the same few hundred stand in thousands of rows. */
enum { DAYS = 1024 };
struct table_days {
    struct {
        int32_t day;
        char words[12];
    } v[DAYS];
    struct buf words;
    int year; /* this one */
};

/* "Fri 13 Nov", or with the year in place of the weekday when it is another year. It stays until another day is asked for. */
static const char *day_words(const struct out_actions *t, int32_t day)
{
    if (day == DAY_NONE)
        return "no date";
    struct table_days *days = t->days;
    size_t slot = (uint32_t)day % DAYS;
    char *kept = days->v[slot].words;
    if (days->v[slot].day == day && kept[0] != '\0')
        return kept;
    buf_clear(&days->words);
    civil_put_long(&days->words, day);
    const char *words = buf_str(&days->words); /* "Fri 13 Nov 2026" */
    bool other = civil_from_day(day).year != days->year;
    size_t n = days->words.n < 9 ? 0 : days->words.n - (other ? 4 : 5);
    memcpy(kept, words + (other && n > 0 ? 4 : 0), n);
    kept[n] = '\0';
    days->v[slot].day = day;
    return kept;
}

/* Without the weekday. */
static const char *short_day_words(const struct out_actions *t, int32_t day)
{
    const char *words = day_words(t, day);
    return words[0] == '\0' || (words[0] >= '0' && words[0] <= '9') ? words : words + 4;
}

/* A text and its bytes: counted once. */
struct words {
    const char *s;
    size_t n;
};

static struct words words_of(const char *s)
{
    return (struct words){s, strlen(s)};
}

/* As it may be shown; the text itself when nothing has to be replaced. */
static struct words shown(const struct out_actions *t, const char *text)
{
    struct words w = words_of(text);
    return text_plain(w.s, w.n) ? w : words_of(text_show_dup(t->arena, text));
}

static struct words late_words(const struct out_actions *t, const struct action_line *line)
{
    if (!line->overdue || line->due == DAY_NONE)
        return (struct words){"", 0};
    char words[12] = "";
    size_t at = sizeof words - 1;
    words[--at] = 'd';
    int32_t days = t->now.day > line->due ? t->now.day - line->due : 0;
    do
        words[--at] = (char)('0' + days % 10);
    while ((days /= 10) > 0);
    size_t n = sizeof words - 1 - at;
    return (struct words){arena_strndup(t->arena, words + at, n), n};
}

static struct words sign(const struct action_line *line)
{
    if (line->overdue)
        return (struct words){"!", 1};
    const char *status = line->status == NULL ? "" : line->status;
    return words_of(strcmp(status, "asked") == 0 ? "?" : strcmp(status, "done") == 0 ? "+" : strcmp(status, "withdrawn") == 0 ? "x" : "");
}

static struct words what_words(const struct out_actions *t, const struct action_line *line)
{
    const char *text = line->masked ? "confidential" : line->text == NULL ? "" : line->text;
    if (line->due != DAY_NONE && line->due_time != TIME_NONE)
        text = arena_printf(t->arena, "%s, by %s", text, civil_time_dup(t->arena, line->due_time));
    if (line->status != NULL && strcmp(line->status, "open") != 0)
        text = arena_printf(t->arena, "%s [%s]", text, line->status);
    return shown(t, text);
}

static struct words from_words(const struct out_actions *t, const struct action_line *line)
{
    const char *number = line->number == NULL ? "" : line->number;
    int32_t day = line->carried == DAY_NONE ? line->meeting_date : line->carried;
    if (day == DAY_NONE)
        return shown(t, number);
    struct words words = words_of(short_day_words(t, day));
    size_t n = strlen(number);
    char *both = arena_alloc(t->arena, n + words.n + 2, 1);
    memcpy(both, number, n);
    if (n > 0)
        both[n++] = ' ';
    memcpy(both + n, words.s, words.n);
    return shown(t, both);
}

static void set_cells(const struct out_actions *t, struct cell cells[NCELLS], const struct words texts[NCELLS])
{
    const size_t widths[NCELLS] = {SIGN - 1, DUE, LATE, OWNER, t->width.child, t->width.words, t->width.from ? FROM : 0};
    for (size_t i = 0; i < NCELLS; i++)
        cells[i] = (struct cell){.text = texts[i].s, .n = texts[i].n, .width = widths[i], .right = i == 2};
}

/* The first line is what one looks for; the id, which is for typing, stands below the date. */
static void put_row(const struct out_actions *t, const struct action_line *line)
{
    struct words from = from_words(t, line), due = words_of(day_words(t, line->due)); /* the other way round the first could be gone when it is used */
    struct words owner = line->owner == NULL ? words_of("nobody") : shown(t, line->owner);
    struct words child = line->child == NULL ? words_of("") : shown(t, line->child);
    const struct words texts[NCELLS] = {sign(line), due, late_words(t, line), owner, child, what_words(t, line), from};
    struct words id = words_of(line->short_id);
    struct cell cells[NCELLS];
    set_cells(t, cells, texts);
    bool left = put_line(t->out, cells, NCELLS);
    if (id.n <= DUE + 1 + LATE) {
        cells[1] = (struct cell){.text = id.s, .n = id.n, .width = DUE + 1 + LATE};
        cells[2].width = 0;
        put_cells(t->out, cells, NCELLS);
        return;
    }
    if (left)
        put_cells(t->out, cells, NCELLS);
    buf_add(t->out, "  ", 2);
    buf_add(t->out, id.s, id.n);
    buf_addc(t->out, '\n');
}

/* The children's column is as wide as what the minutes call them, within reason. */
static void count_line(struct out_actions *t, const struct action_line *line)
{
    int32_t sunday = t->now.day + 6 - civil_weekday(t->now.day);
    bool is_open = line->overdue || (line->status != NULL && action_is_open(line->status));
    size_t child = line->child == NULL ? 0 : text_width(line->child, strlen(line->child));
    t->seen.open += is_open ? 1 : 0;
    t->seen.overdue += line->overdue ? 1 : 0;
    t->seen.week += is_open && !line->overdue && line->due != DAY_NONE && line->due >= t->now.day && line->due <= sunday ? 1 : 0;
    t->seen.child = child > t->seen.child ? child : t->seen.child;
}

static void put_summary(const struct out_actions *t)
{
    const char *left = arena_printf(t->arena, "ACTIONS  open %zu, overdue %zu, due this week %zu", t->seen.open, t->seen.overdue, t->seen.week);
    const char *right = arena_printf(t->arena, "as of %s", civil_long_dup(t->arena, t->now.day));
    size_t used = strlen(left) + strlen(right);
    buf_adds(t->out, left);
    if (used + 2 <= t->columns)
        fill(t->out, t->columns - used);
    else
        buf_addc(t->out, '\n');
    buf_addf(t->out, "%s\n\n", right);
}

static size_t child_columns(const struct out_actions *t)
{
    size_t columns = t->seen.child < CHILD ? CHILD : t->seen.child;
    return columns > MOST_CHILD ? MOST_CHILD : columns;
}

static void put_head(struct out_actions *t)
{
    static const struct words headings[NCELLS] = {{"", 0}, {"DUE", 3}, {"", 0}, {"OWNER", 5}, {"CHILD", 5}, {"WHAT", 4}, {"FROM", 4}};
    size_t fixed = SIGN + DUE + 1 + LATE + 1 + OWNER + 1;
    size_t child = child_columns(t);
    t->width.child = t->columns >= fixed + child + 1 + LEAST_WORDS ? child : 0;
    t->width.from = t->columns >= fixed + child + 1 + FROM + 1 + LEAST_WORDS;
    fixed += (t->width.child > 0 ? child + 1 : 0) + (t->width.from ? FROM + 1u : 0u);
    t->width.words = t->columns > fixed + 10 ? t->columns - fixed : 10;
    put_summary(t);
    struct cell cells[NCELLS];
    set_cells(t, cells, headings);
    put_cells(t->out, cells, NCELLS);
}

void table_begin(struct out_actions *t)
{
    t->days = memory_take(1, sizeof *t->days);
    t->days->year = civil_from_day(t->now.day).year;
}

bool table_end(struct out_actions *t)
{
    if (t->lines.n == 0)
        buf_adds(t->out, "No actions.\n");
    if (t->lines.n > 0 && t->n == 0) {
        for (size_t i = 0; i < t->lines.n; i++)
            count_line(t, &t->lines.v[i]);
        put_head(t);
    }
    for (size_t i = 0; i < ROWS_A_PART && t->n < t->lines.n; i++)
        put_row(t, &t->lines.v[t->n++]);
    arena_free(t->arena);
    t->arena = arena_new();
    if (t->n < t->lines.n)
        return false;
    buf_free(&t->days->words);
    free(t->days);
    t->days = NULL;
    return true;
}
