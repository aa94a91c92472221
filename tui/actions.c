#include "tui/actions.h"

#include <string.h>

#include "core/text.h"

struct action_columns action_columns(int width)
{
    struct action_columns c = {.due = 12, .days = 5, .owner = 14, .child = 9, .from = 10};
    if (width >= 110)
        c = (struct action_columns){.due = 16, .days = 5, .owner = 24, .child = 16, .from = 16};
    else if (width < 60)
        c = (struct action_columns){.due = 7, .days = 5, .owner = 8, .child = 6};
    c.what = width - 3 - c.due - c.days - c.owner - c.child - c.from;
    return c;
}

int action_focus(int width)
{
    return width >= 60 ? 14 : 15; /* where there is no room for its year, a date goes on where else the days stand */
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

void action_put_from(struct buf *out, const struct action_row *row, int32_t today, int columns)
{
    int32_t day = row->carried != DAY_NONE ? row->carried : row->meeting_date;
    if (row->number != NULL && row->number[0] != '\0')
        buf_addf(out, "%s ", row->number);
    if (day == DAY_NONE)
        return;
    int year = civil_from_day(day).year;
    if (columns > 12 || year == civil_from_day(today).year) {
        put_month(out, day, columns > 12);
        return;
    }
    struct buf b = {0};
    put_month(&b, day, false);
    const char *month = strchr(buf_str(&b), ' ');
    buf_addf(out, "%s '%02d", month == NULL ? "" : month + 1, year % 100);
    buf_free(&b);
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

static const char *row_sign(const struct surface *s, const struct action_row *row)
{
    if (row->overdue)
        return "!";
    if (strcmp(row->status, "done") == 0)
        return surface_sign(s, SIGN_DONE);
    if (strcmp(row->status, "withdrawn") == 0)
        return surface_sign(s, SIGN_AWAY);
    return " ";
}

/* How late it is: "270d", in years when that would not fit; or "now". Nothing for what is neither. */
static void put_days(struct buf *out, const struct action_row *row, int32_t today)
{
    int days = row->due == DAY_NONE ? 0 : (int)(today - row->due);
    if (row->overdue && days > 0)
        buf_addf(out, days < 1000 ? "%3dd" : "%3dy", days < 1000 ? days : days / 365);
    else if (row->due == today && action_is_open(row->status))
        buf_adds(out, " now");
}

/* The date and how late it is. In few columns the year stands where the days would; where they do, they say which year it was. */
static void draw_due(struct surface *s, int x, int y, const struct action_columns *c, enum style style, const struct action_row *row, int32_t today)
{
    struct buf date = {0}, days = {0};
    bool narrow = c->due <= 7;
    put_days(&days, row, today);
    if (narrow && days.n > 0)
        put_month(&date, row->due, false);
    else
        action_put_due(&date, row->due, today, !narrow);
    action_cell(s, x, y, days.n > 0 ? c->due : c->due + c->days, style, buf_str(&date));
    surface_put(s, x + c->due, y, days.n > 0 ? c->days - 1 : 0, style, buf_str(&days));
    buf_free(&date);
    buf_free(&days);
}

/* What is to be done; that it is disputed is said in words before it. */
static void put_what(struct surface *s, int x, int y, int columns, const struct action_row *row)
{
    const char *disputed = row->ndisputes == 0 ? "" : columns >= 24 ? "disputed: " : "disp: ";
    int used = surface_put(s, x, y, columns, STYLE_WARN, disputed);
    action_cell(s, x + used, y, columns - used, row->restricted_masked ? STYLE_SECRET : STYLE_PLAIN, row->restricted_masked ? "confidential" : row->text);
}

void action_draw(struct surface *s, struct rect r, const struct action_row *row, int32_t today)
{
    struct action_columns c = action_columns(r.w);
    enum style style = row_style(row, today);
    struct buf b = {0};
    int x = r.x + 1;
    surface_put(s, x, r.y, 1, style, row_sign(s, row));
    x += 2;
    draw_due(s, x, r.y, &c, style, row, today);
    x += c.due + c.days;
    action_cell(s, x, r.y, c.owner, STYLE_PLAIN, row->owner == NULL ? "nobody" : row->owner);
    x += c.owner;
    action_cell(s, x, r.y, c.child, STYLE_PLAIN, row->child);
    x += c.child;
    put_what(s, x, r.y, c.what, row);
    x += c.what;
    action_put_from(&b, row, today, c.from);
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
    if (row->ndisputes > 0)
        buf_adds(out, "disputed ");
}
