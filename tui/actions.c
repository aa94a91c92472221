#include "tui/actions.h"

#include <string.h>

#include "core/text.h"

struct action_columns action_columns(int width)
{
    struct action_columns c = {.due = 12, .days = 5, .owner = 14, .child = 9, .from = 10};
    if (width >= 110)
        c = (struct action_columns){.due = 16, .days = 5, .owner = 24, .child = 16, .from = 16};
    else if (width < 60)
        c = (struct action_columns){.due = 8, .days = 4, .owner = 9};
    c.what = width - 3 - c.due - c.days - c.owner - c.child - c.from;
    return c;
}

static void put_month(struct buf *out, int32_t day, bool year)
{
    struct buf b = {0};
    civil_put_long(&b, day); /* "Tue 24 Nov 2026" */
    const char *s = buf_str(&b);
    const char *date = strchr(s, ' ');
    date = date == NULL ? s : date + 1;
    const char *end = strrchr(date, ' ');
    buf_add(out, date, year || end == NULL ? strlen(date) : (size_t)(end - date));
    buf_free(&b);
}

void action_put_due(struct buf *out, int32_t day, int32_t today, bool weekday)
{
    if (day == DAY_NONE) {
        buf_adds(out, "no date");
        return;
    }
    bool same_year = civil_from_day(day).year == civil_from_day(today).year;
    if (weekday && same_year) {
        static const char names[7][4] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
        buf_addf(out, "%s ", names[civil_weekday(day)]);
    }
    put_month(out, day, !same_year && weekday);
    if (!same_year && !weekday)
        buf_addf(out, " '%02d", civil_from_day(day).year % 100);
}

void action_head(struct surface *s, struct rect r)
{
    struct action_columns c = action_columns(r.w);
    int x = r.x + 3;
    surface_put(s, x, r.y, c.due, STYLE_HEAD, "DUE");
    x += c.due + c.days;
    surface_put(s, x, r.y, c.owner, STYLE_HEAD, "OWNER");
    x += c.owner;
    surface_put(s, x, r.y, c.child, STYLE_HEAD, "CHILD");
    x += c.child;
    surface_put(s, x, r.y, c.what, STYLE_HEAD, "WHAT");
    x += c.what;
    surface_put(s, x, r.y, c.from, STYLE_HEAD, "FROM");
}

void action_cell(struct surface *s, int x, int y, int columns, enum style style, const char *text)
{
    if (columns < 2 || text == NULL)
        return;
    size_t n = strlen(text);
    if (text_width(text, n) < (size_t)columns) {
        surface_put(s, x, y, columns - 1, style, text);
        return;
    }
    struct buf b = {0};
    buf_add(&b, text, text_fit(text, n, (size_t)columns - 2));
    int used = surface_put(s, x, y, columns - 2, style, buf_str(&b));
    surface_put(s, x + used, y, 1, style, surface_sign(s, SIGN_ELLIPSIS));
    buf_free(&b);
}

static enum style row_style(const struct action_row *row, int32_t today)
{
    if (row->restricted_masked)
        return STYLE_SECRET;
    if (!action_is_open(row->status) && strcmp(row->status, "asked") != 0)
        return STYLE_DIM;
    if (row->overdue)
        return STYLE_BAD;
    return row->due != DAY_NONE && row->due - today <= 7 ? STYLE_WARN : STYLE_PLAIN;
}

static const char *row_sign(const struct surface *s, const struct action_row *row, bool next)
{
    if (row->overdue)
        return "!";
    if (strcmp(row->status, "done") == 0)
        return surface_sign(s, SIGN_DONE);
    if (strcmp(row->status, "withdrawn") == 0)
        return surface_sign(s, SIGN_AWAY);
    return next ? surface_sign(s, SIGN_NOW) : " ";
}

static void put_days(struct surface *s, int x, int y, int columns, enum style style, const struct action_row *row, int32_t today)
{
    if (row->overdue && row->due != DAY_NONE && row->due < today)
        surface_putf(s, x, y, columns - 1, style, "%*dd", columns - 2, (int)(today - row->due));
    else if (row->due == today && action_is_open(row->status))
        surface_put(s, x, y, columns - 1, style, " now");
}

void action_draw(struct surface *s, struct rect r, const struct action_row *row, int32_t today, bool next)
{
    struct action_columns c = action_columns(r.w);
    enum style style = row_style(row, today);
    struct buf b = {0};
    int x = r.x + 1;
    surface_put(s, x, r.y, 1, style, row_sign(s, row, next));
    x += 2;
    action_put_due(&b, row->due, today, c.due > 8);
    action_cell(s, x, r.y, c.due, style, buf_str(&b));
    x += c.due;
    put_days(s, x, r.y, c.days, style, row, today);
    x += c.days;
    action_cell(s, x, r.y, c.owner, STYLE_PLAIN, row->owner == NULL ? "nobody" : row->owner);
    x += c.owner;
    action_cell(s, x, r.y, c.child, STYLE_PLAIN, row->child);
    x += c.child;
    action_cell(s, x, r.y, c.what, row->restricted_masked ? STYLE_SECRET : STYLE_PLAIN, row->restricted_masked ? "confidential" : row->text);
    x += c.what;
    buf_clear(&b);
    buf_addf(&b, "%s ", row->number == NULL ? "" : row->number);
    if (row->meeting_date != DAY_NONE)
        put_month(&b, row->carried != DAY_NONE ? row->carried : row->meeting_date, c.from > 12);
    surface_put(s, x, r.y, c.from, STYLE_DIM, c.from == 0 ? "" : buf_str(&b));
    buf_free(&b);
}

void action_words(struct buf *out, const struct action_row *row)
{
    const char *parts[] = {row->number, row->owner, row->child, row->restricted_masked ? NULL : row->text, row->restricted_masked ? NULL : row->done_when, row->status};
    for (size_t i = 0; i < NITEMS(parts); i++)
        if (parts[i] != NULL) {
            buf_adds(out, parts[i]);
            buf_addc(out, ' ');
        }
}
