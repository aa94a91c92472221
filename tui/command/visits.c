#include <string.h>
#include <time.h>

#include "tui/command.h"
#include "tui/command/columns.h"
#include "tui/past.h"

enum { COLUMN_WHEN, COLUMN_WHO, COLUMN_WHAT, COLUMN_CHILD, COLUMN_MEETING, COLUMN_FROM, COLUMN_COUNT };

static const char *const headings[COLUMN_COUNT] = {"WHEN", "WHO", "WHAT", "CHILD", "MEETING", "FROM"};
static const unsigned char least[COLUMN_COUNT] = {[COLUMN_WHO] = 12, [COLUMN_CHILD] = 8};

/* "2026-11-24 14:05", as the clock on the wall had it. */
static const char *local_time(struct arena *arena, int64_t utc_ms)
{
    char text[32] = "";
    struct tm tm;
    time_t at = (time_t)(utc_ms / 1000);
    if (localtime_r(&at, &tm) != NULL)
        (void)strftime(text, sizeof(text), "%Y-%m-%d %H:%M", &tm);
    return arena_strndup(arena, text, strlen(text));
}

static const char *utc_time(struct arena *arena, int64_t utc_ms)
{
    char text[32] = "";
    struct tm tm;
    time_t at = (time_t)(utc_ms / 1000);
    if (gmtime_r(&at, &tm) != NULL)
        (void)strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
    return arena_strndup(arena, text, strlen(text));
}

static void put_table(struct context *c, struct buf *out, const struct visit_rows *rows)
{
    const char *(*cells)[COLUMN_COUNT] = arena_alloc(c->arena, rows->n + 1, sizeof(*cells));
    memcpy(cells[0], headings, sizeof(headings));
    for (size_t i = 0; i < rows->n; i++) {
        const struct visit_row *v = &rows->v[i];
        const char **row = cells[i + 1];
        row[COLUMN_WHEN] = local_time(c->arena, v->utc_ms);
        row[COLUMN_WHO] = v->name;
        row[COLUMN_WHAT] = v->what;
        row[COLUMN_CHILD] = v->child;
        row[COLUMN_MEETING] = v->short_id;
        row[COLUMN_FROM] = v->peer;
    }
    columns_put(c, out, &cells[0][0], rows->n + 1, COLUMN_COUNT, least);
}

static void put_object(struct context *c, struct buf *out, const struct visit_row *v)
{
    char id[UUID_TEXT], meeting[UUID_TEXT];
    uuid_text(v->person, id);
    uuid_text(v->meeting, meeting);
    columns_json(out, "{", "at", utc_time(c->arena, v->utc_ms));
    columns_json(out, ", ", "person", uuid_none(v->person) ? NULL : id);
    columns_json(out, ", ", "name", v->name);
    columns_json(out, ", ", "what", v->what);
    columns_json(out, ", ", "child", v->child);
    columns_json(out, ", ", "meeting", uuid_none(v->meeting) ? NULL : meeting);
    columns_json(out, ", ", "meeting_date", civil_day_dup(c->arena, v->date));
    columns_json(out, ", ", "address", v->peer);
    columns_json(out, ", ", "key", v->fingerprint);
    buf_addc(out, '}');
}

static enum evh read_since(struct context *c, int32_t *since)
{
    const char *words = context_option(c, OPT_SINCE);
    if (words == NULL || past_read_day(words, c->world.now(c->world.data).day, since))
        return EVH_OK;
    return err_set(&c->err, EVH_USAGE, "“%s” is no day that is over; write it as 2026-11-24 or 24 Nov", context_short(c, words));
}

int command_visits(struct context *c)
{
    int json;
    struct visit_filter filter = {.child = context_option(c, OPT_CHILD), .who = context_option(c, OPT_WHO), .since = DAY_NONE};
    struct visit_rows rows = {0};
    enum evh rc = context_choice(c, OPT_FORMAT, "table json", &json);
    if (rc == EVH_OK)
        rc = read_since(c, &filter.since);
    if (rc == EVH_OK)
        rc = context_open(c, STORE_READ);
    bool nothing = rc == EVH_NOTFOUND && json && c->visitor.name == NULL; /* for a script, a list of none */
    if (rc == EVH_OK)
        rc = store_visits(c->store, c->arena, &filter, &rows, &c->err);
    if (rc != EVH_OK && !nothing)
        return context_fail(c);
    struct buf out = {0};
    if (json) {
        buf_addc(&out, '[');
        for (size_t i = 0; i < rows.n; i++) {
            buf_adds(&out, i == 0 ? "\n  " : ",\n  ");
            put_object(c, &out, &rows.v[i]);
        }
        buf_adds(&out, rows.n == 0 ? "]\n" : "\n]\n");
    } else if (rows.n > 0) {
        put_table(c, &out, &rows);
    } else {
        context_say("no visit was written down");
    }
    rc = context_put(c, &out);
    buf_free(&out);
    return rc == EVH_OK ? 0 : context_fail(c);
}
