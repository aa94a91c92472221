/* The action tracker in each of its forms, and as JSON. */
#include "core/out/actions.h"
#include "core/out/json.h"
#include "core/text.h"

#include <string.h>

enum { ROWS_AN_ARENA = 64 };

struct action_row action_masked(const struct action_row *row)
{
    struct action_row m = *row;
    if (!m.restricted_masked)
        return m;
    m.text = "confidential";
    m.done_when = m.otherwise = NULL;
    m.with = (struct texts){NULL, 0};
    m.history = NULL;
    m.nhistory = 0;
    m.disputes = NULL;
    m.ndisputes = 0;
    return m;
}

int32_t action_ended(const struct action_row *row)
{
    if (row->finished != DAY_NONE)
        return row->finished;
    for (size_t i = row->nhistory; i > 0; i--)
        if (row->history[i - 1].date != DAY_NONE)
            return row->history[i - 1].date;
    return row->meeting_date;
}

/* A blank that programs end a word at, though it is none of ASCII. */
static bool wide_blank(int32_t c)
{
    return c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f || c == 0x3000;
}

void action_word(struct buf *out, const char *s)
{
    struct buf shown = {0};
    text_show(&shown, s);
    for (size_t at = 0; at < shown.n;) {
        size_t from = at;
        int32_t c = text_code(shown.s, shown.n, &at);
        if (c == ' ') {
            buf_addc(out, '_');
        } else if (c == '_' || c == '%' || c == ':' || c == ',' || wide_blank(c)) {
            for (; from < at; from++)
                buf_addf(out, "%%%02X", (unsigned)(unsigned char)shown.s[from]);
        } else {
            buf_add(out, shown.s + from, at - from);
        }
    }
    buf_free(&shown);
}

/* ---- JSON ---- */

static void put_members(struct json *j, const struct action_row *row)
{
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
    json_put_history(j, "history", row->history, row->nhistory);
    json_put_uuid(j, "meeting", row->meeting);
    json_put_day(j, "meeting_date", row->meeting_date);
    json_put_str(j, "child", row->child);
    json_put_bool(j, "overdue", row->overdue);
    json_put_disputes(j, "disputes", row->disputes, row->ndisputes);
    json_put_day(j, "finished", row->finished);
    json_put_str(j, "meeting_type", row->meeting_type == NULL || row->meeting_type[0] == '\0' ? NULL : row->meeting_type);
}

void out_action_json(struct buf *out, const struct action_row *row)
{
    struct json j = {.out = out};
    struct action_row shown = action_masked(row);
    json_put_object(&j, NULL, false);
    put_members(&j, &shown);
    json_put_end(&j);
}

void out_change_json(struct buf *out, const struct action_change *change)
{
    struct json j = {.out = out};
    json_put_change(&j, change);
}

static void json_row(struct out_actions *o, const struct action_row *row)
{
    buf_adds(o->out, o->n == 0 ? "\n  " : ",\n  ");
    out_action_json(o->out, row);
}

/* ---- every form ---- */

void out_actions_begin(struct out_actions *o)
{
    o->arena = arena_new();
    switch (o->form) {
    case ACTIONS_TABLE:
        table_begin(o);
        break;
    case ACTIONS_JSON:
        buf_addc(o->out, '[');
        break;
    case ACTIONS_CSV:
        csv_begin(o);
        break;
    case ACTIONS_ICS:
        ics_begin(o);
        break;
    case ACTIONS_TASK:
        task_begin(o);
        break;
    case ACTIONS_TODO:
    case ACTIONS_FORMS:
        break;
    }
}

void out_actions_row(struct out_actions *o, const struct action_row *row)
{
    static void (*const writers[ACTIONS_FORMS])(struct out_actions *, const struct action_row *) = {
        [ACTIONS_JSON] = json_row, [ACTIONS_CSV] = csv_row, [ACTIONS_ICS] = ics_row, [ACTIONS_TODO] = todo_row, [ACTIONS_TASK] = task_row,
    };
    if (writers[o->form] == NULL)
        BUG("a table has its lines from the beginning");
    struct action_row shown = action_masked(row);
    writers[o->form](o, &shown);
    if (++o->n % ROWS_AN_ARENA == 0) {
        arena_free(o->arena);
        o->arena = arena_new();
    }
}

bool out_actions_end(struct out_actions *o)
{
    switch (o->form) {
    case ACTIONS_TABLE:
        if (!table_end(o))
            return false;
        break;
    case ACTIONS_JSON:
        buf_adds(o->out, o->n == 0 ? "]\n" : "\n]\n");
        break;
    case ACTIONS_ICS:
        ics_end(o);
        break;
    case ACTIONS_TASK:
        task_end(o);
        break;
    case ACTIONS_CSV:
    case ACTIONS_TODO:
    case ACTIONS_FORMS:
        break;
    }
    arena_free(o->arena);
    o->arena = NULL;
    return true;
}
