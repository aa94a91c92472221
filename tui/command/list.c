#include <string.h>

#include "tui/command.h"
#include "tui/command/columns.h"

enum { COLUMN_ID, COLUMN_DATE, COLUMN_CHILD, COLUMN_TYPE, COLUMN_STATUS, COLUMN_OPEN, COLUMNS };

static const char *const headings[COLUMNS] = {"MEETING", "DATE", "CHILD", "TYPE", "STATUS", "OPEN"};
static const unsigned char least[COLUMNS] = {[COLUMN_CHILD] = 8};

static const char *cell(struct arena *arena, const struct meeting_row *m, int column)
{
    switch (column) {
    case COLUMN_ID:
        return m->short_id;
    case COLUMN_DATE:
        return m->date == DAY_NONE ? "no date" : civil_long_dup(arena, m->date);
    case COLUMN_CHILD:
        return m->child;
    case COLUMN_TYPE:
        return m->type;
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

static void put_table(struct context *c, struct buf *out, const struct meeting_rows *rows)
{
    const char *(*cells)[COLUMNS] = arena_alloc(c->arena, rows->n + 1, sizeof(*cells));
    memcpy(cells[0], headings, sizeof(headings));
    for (size_t r = 0; r < rows->n; r++)
        for (int i = 0; i < COLUMNS; i++)
            cells[r + 1][i] = cell(c->arena, &rows->v[r], i);
    columns_put(c, out, &cells[0][0], rows->n + 1, COLUMNS, least);
}

static void put_object(struct context *c, struct buf *out, const struct meeting_row *m)
{
    char id[UUID_TEXT];
    uuid_text(m->id, id);
    columns_json(out, "{", "id", id);
    columns_json(out, ", ", "date", civil_day_dup(c->arena, m->date));
    columns_json(out, ", ", "time", civil_time_dup(c->arena, m->start));
    columns_json(out, ", ", "type", m->type);
    columns_json(out, ", ", "title", m->title);
    columns_json(out, ", ", "child", m->child);
    columns_json(out, ", ", "kept_as", m->kept_as);
    columns_json(out, ", ", "kept_by", m->kept_by);
    columns_json(out, ", ", "status", m->status);
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
