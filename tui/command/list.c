#include <string.h>

#include "core/out/out.h"
#include "core/text.h"
#include "tui/command.h"

enum { COLUMN_ID, COLUMN_DATE, COLUMN_CHILD, COLUMN_TYPE, COLUMN_STATUS, COLUMN_OPEN, COLUMNS };

static const char *const headings[COLUMNS] = {"MEETING", "DATE", "CHILD", "TYPE", "STATUS", "OPEN"};

/* A name gives way when a line would be longer than the terminal is wide, but never to less than this. */
#define CHILD_LEAST 8

static const char *cell(struct arena *arena, const struct meeting_row *m, int column)
{
    switch (column) {
    case COLUMN_ID:
        return m->short_id;
    case COLUMN_DATE:
        return m->date == DAY_NONE ? "no date" : civil_long_dup(arena, m->date);
    case COLUMN_CHILD:
        return m->child == NULL ? "" : text_show_dup(arena, m->child);
    case COLUMN_TYPE:
        return m->type == NULL ? "" : text_show_dup(arena, m->type);
    case COLUMN_STATUS:
        if (strcmp(m->status, "planned") != 0 && strcmp(m->kept_as == NULL ? "" : m->kept_as, "notes") == 0)
            return arena_printf(arena, "%s, notes", m->status);
        return m->status;
    default:
        if (m->overdue > 0)
            return arena_printf(arena, "%d, %d overdue", m->open_actions, m->overdue);
        return m->open_actions == 0 ? "" : arena_printf(arena, "%d", m->open_actions);
    }
}

static void put_line(struct buf *out, const char *const *cells, const size_t *widths)
{
    size_t pad = 0;
    for (int i = 0; i < COLUMNS; i++) {
        size_t n = strlen(cells[i]);
        if (n == 0) {
            pad += widths[i] + 2;
            continue;
        }
        buf_addf(out, "%*s%s", (int)pad, "", cells[i]);
        size_t used = text_width(cells[i], n);
        pad = (widths[i] > used ? widths[i] - used : 0) + 2;
    }
    buf_addc(out, '\n');
}

/* Makes the children's column as narrow as the terminal wants it. */
static void fit_children(struct context *c, const char *(*cells)[COLUMNS], size_t n, size_t *widths)
{
    size_t total = 0, columns = context_columns();
    for (int i = 0; i < COLUMNS; i++)
        total += widths[i] + (i == 0 ? 0 : 2);
    if (total <= columns)
        return;
    size_t *w = &widths[COLUMN_CHILD];
    *w = *w > total - columns + CHILD_LEAST ? *w - (total - columns) : CHILD_LEAST;
    for (size_t r = 0; r < n; r++) {
        const char *name = cells[r][COLUMN_CHILD];
        size_t length = strlen(name);
        if (text_width(name, length) > *w)
            cells[r][COLUMN_CHILD] = arena_printf(c->arena, "%.*s%s", (int)text_fit(name, length, *w - 1), name, c->ascii ? "~" : "…");
    }
}

static void put_table(struct context *c, struct buf *out, const struct meeting_rows *rows)
{
    size_t widths[COLUMNS];
    const char *(*cells)[COLUMNS] = arena_alloc(c->arena, rows->n + 1, sizeof(*cells));
    for (int i = 0; i < COLUMNS; i++) {
        cells[0][i] = headings[i];
        widths[i] = strlen(headings[i]);
    }
    for (size_t r = 0; r < rows->n; r++)
        for (int i = 0; i < COLUMNS; i++) {
            cells[r + 1][i] = cell(c->arena, &rows->v[r], i);
            size_t w = text_width(cells[r + 1][i], strlen(cells[r + 1][i]));
            widths[i] = w > widths[i] ? w : widths[i];
        }
    fit_children(c, cells, rows->n + 1, widths);
    for (size_t r = 0; r < rows->n + 1; r++)
        put_line(out, cells[r], widths);
}

static void put_key(struct buf *out, const char *key, const char *value, const char *before)
{
    buf_adds(out, before);
    json_put_string(out, key);
    buf_adds(out, ": ");
    json_put_string(out, value);
}

static void put_object(struct context *c, struct buf *out, const struct meeting_row *m)
{
    char id[UUID_TEXT];
    uuid_text(m->id, id);
    put_key(out, "id", id, "{");
    put_key(out, "date", civil_day_dup(c->arena, m->date), ", ");
    put_key(out, "time", civil_time_dup(c->arena, m->start), ", ");
    put_key(out, "type", m->type, ", ");
    put_key(out, "title", m->title, ", ");
    put_key(out, "child", m->child, ", ");
    put_key(out, "kept_as", m->kept_as, ", ");
    put_key(out, "kept_by", m->kept_by, ", ");
    put_key(out, "status", m->status, ", ");
    buf_addf(out, ", \"open_actions\": %d, \"overdue_actions\": %d}", m->open_actions, m->overdue);
}

static void put_json(struct context *c, struct buf *out, const struct meeting_rows *rows)
{
    buf_addc(out, '[');
    for (size_t i = 0; i < rows->n; i++) {
        buf_adds(out, i == 0 ? "\n  " : ",\n  ");
        put_object(c, out, &rows->v[i]);
    }
    buf_adds(out, rows->n == 0 ? "]\n" : "\n]\n");
}

int command_list(struct context *c)
{
    int json;
    struct meeting_rows rows = {0};
    const char *child = context_option(c, OPT_CHILD);
    enum evh rc = context_choice(c, OPT_FORMAT, "table json", &json);
    if (rc == EVH_OK)
        rc = context_open(c, STORE_READ);
    bool nothing = rc == EVH_NOTFOUND && json; /* no meeting was ever recorded: for a script, a list of none */
    if (rc == EVH_OK)
        rc = store_meetings(c->store, c->arena, child, 0, &rows, &c->err);
    if (rc != EVH_OK && !nothing)
        return context_fail(c);
    struct buf out = {0};
    if (json)
        put_json(c, &out, &rows);
    else if (rows.n > 0)
        put_table(c, &out, &rows);
    else
        context_say(child == NULL ? "there are no meetings yet" : "there is no meeting about such a child");
    rc = context_put(c, &out);
    buf_free(&out);
    return rc == EVH_OK ? 0 : context_fail(c);
}
