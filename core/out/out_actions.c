/* The action tracker as JSON and as CSV; the table is in out_table.c. */
#include "core/out/json.h"
#include "core/text.h"

#include <string.h>

/* Where a copy may not show the words nothing else of them may stay either. */
static struct action_row masked(const struct action_row *row)
{
    struct action_row m = *row;
    if (!m.restricted_masked)
        return m;
    m.text = "confidential";
    m.done_when = m.otherwise = NULL;
    m.with = (struct texts){NULL, 0};
    m.history = NULL;
    m.nhistory = 0;
    return m;
}

static void put_row(struct json *j, const struct action_row *row)
{
    json_put_object(j, NULL, false);
    json_put_uuid(j, "id", row->id);
    json_put_str(j, "number", row->number);
    json_put_int_or_null(j, "item", row->item, -1);
    json_put_int_or_null(j, "entry", row->entry, -1);
    json_put_str(j, "text", row->text);
    json_put_str(j, "owner", row->owner);
    json_put_texts(j, "with", &row->with);
    json_put_day(j, "due", row->due);
    json_put_time(j, "due_time", row->due_time);
    json_put_str(j, "done_when", row->done_when);
    json_put_str(j, "otherwise", row->otherwise);
    json_put_day(j, "from", row->from_day);
    json_put_day(j, "carried", row->carried);
    json_put_str(j, "status", row->status);
    json_put_restriction(j, "restricted", &row->restriction);
    json_put_history(j, row->history, row->nhistory);
    json_put_uuid(j, "meeting", row->meeting);
    json_put_day(j, "meeting_date", row->meeting_date);
    json_put_str(j, "child", row->child);
    json_put_bool(j, "overdue", row->overdue);
    json_put_end(j);
}

void out_actions_json(struct buf *out, const struct action_row *rows, size_t n)
{
    struct json j = {.out = out};
    json_put_array(&j, NULL, true);
    for (size_t i = 0; i < n; i++) {
        struct action_row row = masked(&rows[i]);
        put_row(&j, &row);
    }
    json_put_end(&j);
    buf_addc(out, '\n');
}

/* ---- CSV ---- */

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
    bool raw, begun;
};

static void cell(struct csv *csv, const char *s)
{
    struct buf shown = {0};
    if (csv->begun)
        buf_addc(csv->out, ',');
    csv->begun = true;
    if (s != NULL)
        text_show(&shown, s);
    if (shown.n > 0 && !csv->raw && formula(shown.s, shown.n))
        buf_splice(&shown, 0, 0, "'", 1);
    const char *text = buf_str(&shown);
    if (strpbrk(text, "\",\r\n") == NULL && !(shown.n > 0 && (text_blank(text[0]) || text_blank(text[shown.n - 1])))) {
        buf_adds(csv->out, text);
    } else {
        buf_addc(csv->out, '"');
        for (const char *c = text; *c != '\0'; c++)
            buf_add(csv->out, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
        buf_addc(csv->out, '"');
    }
    buf_free(&shown);
}

static void row_end(struct csv *csv)
{
    buf_adds(csv->out, "\r\n");
    csv->begun = false;
}

static void cell_day(struct csv *csv, struct arena *arena, int32_t day)
{
    cell(csv, civil_day_dup(arena, day));
}

static const char *joined(struct arena *arena, const struct texts *texts)
{
    const char *text = NULL;
    for (size_t i = 0; i < texts->n; i++)
        text = text == NULL ? texts->v[i] : arena_printf(arena, "%s; %s", text, texts->v[i]);
    return text;
}

static void csv_row(struct csv *csv, struct arena *arena, const struct action_row *row)
{
    char id[UUID_TEXT], meeting[UUID_TEXT];
    uuid_text(row->id, id);
    uuid_text(row->meeting, meeting);
    cell(csv, id);
    cell(csv, row->number);
    cell(csv, row->child);
    cell_day(csv, arena, row->meeting_date);
    cell(csv, row->owner);
    cell(csv, joined(arena, &row->with));
    cell(csv, row->text);
    cell_day(csv, arena, row->due);
    cell(csv, civil_time_dup(arena, row->due_time));
    cell(csv, row->done_when);
    cell(csv, row->otherwise);
    cell_day(csv, arena, row->from_day);
    cell_day(csv, arena, row->carried);
    cell(csv, row->status);
    cell(csv, row->overdue ? "yes" : "no");
    cell(csv, row->restriction.confidential ? "confidential" : joined(arena, &row->restriction.readers));
    cell(csv, meeting);
    row_end(csv);
}

void out_actions_csv(struct buf *out, const struct action_row *rows, size_t n, bool raw)
{
    static const char *const headings[] = {"id", "number", "child", "meeting_date", "owner", "with", "text", "due", "due_time",
                                           "done_when", "otherwise", "from", "carried", "status", "overdue", "restricted",
                                           "meeting"};
    struct csv csv = {.out = out, .raw = raw};
    struct arena *arena = arena_new();
    for (size_t i = 0; i < NITEMS(headings); i++)
        cell(&csv, headings[i]);
    row_end(&csv);
    for (size_t i = 0; i < n; i++) {
        struct action_row row = masked(&rows[i]);
        csv_row(&csv, arena, &row);
    }
    arena_free(arena);
}
