/* The action tracker as CSV (RFC 4180). */
#include "core/out/actions.h"
#include "core/text.h"

#include <string.h>

/* A spreadsheet takes such a cell for a formula, also behind blanks and in full width (foundations.md 5). */
static bool formula(const char *s, size_t n)
{
    for (size_t at = 0; at < n;) {
        int32_t c = text_code(s, n, &at);
        switch (c) {
        case ' ':
        case 0xa0:
        case 0x202f:
        case 0x3000:
        case 0x200b:
            continue;
        case '=':
        case '+':
        case '-':
        case '@':
        case '\t':
        case '\r':
        case 0xff1d:
        case 0xff0b:
        case 0xff0d:
        case 0xff20:
            return true;
        default:
            return false;
        }
    }
    return false;
}

struct csv {
    struct buf *out;
    struct arena *arena;
    bool raw, begun;
};

/* A cell of text that is safe to show; each of its lines is guarded. */
static void put_cell(struct csv *csv, const char *shown)
{
    struct buf cell = {0};
    for (const char *line = shown; *line != '\0';) {
        size_t n = strcspn(line, "\n");
        if (!csv->raw && formula(line, n))
            buf_addc(&cell, '\'');
        n += line[n] == '\n';
        buf_add(&cell, line, n);
        line += n;
    }
    if (csv->begun)
        buf_addc(csv->out, ',');
    csv->begun = true;
    const char *text = buf_str(&cell);
    if (strpbrk(text, "\",\r\n") == NULL && !(cell.n > 0 && (text_blank(text[0]) || text_blank(text[cell.n - 1])))) {
        buf_adds(csv->out, text);
    } else {
        buf_addc(csv->out, '"');
        for (const char *c = text; *c != '\0'; c++)
            buf_add(csv->out, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
        buf_addc(csv->out, '"');
    }
    buf_free(&cell);
}

static void cell(struct csv *csv, const char *s)
{
    put_cell(csv, s == NULL ? "" : text_show_dup(csv->arena, s));
}

static void cell_number(struct csv *csv, int n)
{
    cell(csv, n < 0 ? NULL : arena_printf(csv->arena, "%d", n));
}

static void cell_day(struct csv *csv, int32_t day)
{
    cell(csv, civil_day_dup(csv->arena, day));
}

static void row_end(struct csv *csv)
{
    buf_adds(csv->out, "\r\n");
    csv->begun = false;
}

static const char *joined(struct arena *arena, const struct texts *texts)
{
    const char *text = NULL;
    for (size_t i = 0; i < texts->n; i++)
        text = text == NULL ? texts->v[i] : arena_printf(arena, "%s; %s", text, texts->v[i]);
    return text;
}

static void put_part(struct buf *b, const char *s, char end)
{
    if (s != NULL)
        text_show(b, s);
    if (end != '\0')
        buf_addc(b, end);
}

/* One line a change, with tabs between date, change, from, to, who and words: no text that is stored contains either. */
static void cell_history(struct csv *csv, const struct action_row *row)
{
    struct buf b = {0};
    for (size_t i = 0; i < row->nhistory; i++) {
        const struct action_change *c = &row->history[i];
        if (i > 0)
            buf_addc(&b, '\n');
        put_part(&b, civil_day_dup(csv->arena, c->date), '\t');
        put_part(&b, c->change, '\t');
        put_part(&b, c->from, '\t');
        put_part(&b, c->to, '\t');
        put_part(&b, c->by, '\t');
        put_part(&b, c->text, '\0');
    }
    put_cell(csv, buf_str(&b));
    buf_free(&b);
}

static void cell_disputes(struct csv *csv, const struct action_row *row)
{
    struct buf b = {0};
    for (size_t i = 0; i < row->ndisputes; i++) {
        if (i > 0)
            buf_addc(&b, '\n');
        put_part(&b, row->disputes[i].by, '\t');
        put_part(&b, row->disputes[i].text, '\0');
    }
    put_cell(csv, buf_str(&b));
    buf_free(&b);
}

void csv_begin(struct out_actions *o)
{
    static const char *const headings[] = {"id", "number", "child", "meeting_date", "owner", "with", "text", "due", "due_time",
                                           "done_when", "otherwise", "from", "carried", "status", "overdue", "restricted",
                                           "meeting", "item", "entry", "history", "disputes", "finished", "meeting_type"};
    struct csv csv = {.out = o->out, .arena = o->arena, .raw = o->raw};
    for (size_t i = 0; i < NITEMS(headings); i++)
        cell(&csv, headings[i]);
    row_end(&csv);
}

void csv_row(struct out_actions *o, const struct action_row *row)
{
    struct csv csv = {.out = o->out, .arena = o->arena, .raw = o->raw};
    char id[UUID_TEXT], meeting[UUID_TEXT];
    uuid_text(row->id, id);
    uuid_text(row->meeting, meeting);
    cell(&csv, id);
    cell(&csv, row->number);
    cell(&csv, row->child);
    cell_day(&csv, row->meeting_date);
    cell(&csv, row->owner);
    cell(&csv, joined(o->arena, &row->with));
    cell(&csv, row->text);
    cell_day(&csv, row->due);
    cell(&csv, civil_time_dup(o->arena, row->due_time));
    cell(&csv, row->done_when);
    cell(&csv, row->otherwise);
    cell_day(&csv, row->from_day);
    cell_day(&csv, row->carried);
    cell(&csv, row->status);
    cell(&csv, row->overdue ? "yes" : "no");
    cell(&csv, row->restriction.confidential ? "confidential" : joined(o->arena, &row->restriction.readers));
    cell(&csv, meeting);
    cell_number(&csv, row->item);
    cell_number(&csv, row->entry);
    cell_history(&csv, row);
    cell_disputes(&csv, row);
    cell_day(&csv, row->finished);
    cell(&csv, row->meeting_type);
    row_end(&csv);
}
