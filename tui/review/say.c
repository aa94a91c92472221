/* How actions are spoken of to the person whose they are: whole words, whole dates, no signs that one has to know. */
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "tui/actions.h"
#include "tui/past.h"
#include "tui/review/review.h"

void review_put_name(struct buf *out, const struct action_row *row, size_t columns)
{
    if (row->restricted_masked || row->text == NULL || row->text[0] == '\0') {
        buf_addf(out, "the %saction%s%s", row->restricted_masked ? "confidential " : "", row->number == NULL ? "" : " ", row->number == NULL ? "" : row->number);
        return;
    }
    size_t n = strlen(row->text);
    bool cut = text_width(row->text, n) > columns;
    if (cut)
        n = text_fit(row->text, n, columns);
    while (cut && n > 0 && text_blank(row->text[n - 1]))
        n--;
    buf_adds(out, "\u201C");
    buf_add(out, row->text, n);
    buf_adds(out, cut ? "\u2026\u201D" : "\u201D");
}

void review_put_name_among(struct buf *out, const struct action_row *row, const struct action_rows *rows, size_t columns)
{
    struct buf own = {0}, other = {0};
    bool alike = false;
    review_put_name(&own, row, columns);
    for (size_t i = 0; i < rows->n && !alike; i++) {
        buf_clear(&other);
        review_put_name(&other, &rows->v[i], columns);
        alike = !uuid_same(rows->v[i].id, row->id) && strcmp(buf_str(&own), buf_str(&other)) == 0;
    }
    buf_adds(out, buf_str(&own));
    if (alike) {
        buf_addf(out, " (%s%s%s", row->child == NULL ? "" : row->child, row->child == NULL ? "" : ", ", row->due == DAY_NONE ? "no date" : "due ");
        if (row->due != DAY_NONE)
            civil_put_long(out, row->due);
        buf_addc(out, ')');
    }
    buf_free(&own);
    buf_free(&other);
}

int32_t review_noted(const struct action_row *row)
{
    int32_t noted = DAY_NONE;
    for (size_t i = 0; i < row->nhistory; i++)
        if (strcmp(row->history[i].change, "note") == 0)
            noted = row->history[i].date;
    return noted;
}

void review_put_words(struct buf *out, const struct action_row *row, int32_t today)
{
    bool done = strcmp(row->status, "done") == 0;
    if (row->restricted_masked) {
        buf_adds(out, "confidential");
        return;
    }
    if (row->ndisputes > 0)
        buf_adds(out, "disputed: ");
    buf_adds(out, row->text == NULL ? "" : row->text);
    int32_t day = done ? row->finished : review_noted(row);
    if (day == DAY_NONE)
        return;
    buf_adds(out, done ? " (done " : " (noted ");
    action_put_due(out, day, today, false);
    buf_addc(out, ')');
}

void review_put_day(struct buf *out, int32_t day)
{
    static const char weekdays[7][10] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    static const char months[12][10] = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
    struct civil c = civil_from_day(day);
    if (day == DAY_NONE || !civil_valid(c))
        buf_adds(out, "a day that is not known");
    else
        buf_addf(out, "%s %d %s %d", weekdays[civil_weekday(day)], c.day, months[c.month - 1], c.year);
}

static void put_late(struct buf *out, const struct action_row *row, int32_t today)
{
    int32_t days = today - row->due;
    if (days > 0)
        buf_addf(out, ", %d day%s overdue", (int)days, days == 1 ? "" : "s");
    else
        buf_adds(out, ", overdue");
}

void review_put_due(struct buf *out, const struct action_row *row, int32_t today)
{
    if (strcmp(row->status, "done") == 0) {
        buf_adds(out, "done");
        if (row->finished != DAY_NONE) {
            buf_adds(out, " on ");
            review_put_day(out, row->finished);
        }
        return;
    }
    if (strcmp(row->status, "withdrawn") == 0) {
        buf_adds(out, "withdrawn");
        return;
    }
    buf_adds(out, row->due == DAY_NONE ? "no date was agreed" : row->due == today ? "due today, " : row->due == today + 1 ? "due tomorrow, " : "due ");
    if (row->due != DAY_NONE)
        review_put_day(out, row->due);
    if (row->due != DAY_NONE && row->due_time != TIME_NONE) {
        buf_adds(out, " at ");
        civil_put_time(out, row->due_time);
    }
    if (row->overdue && row->due != DAY_NONE)
        put_late(out, row, today);
    if (strcmp(row->status, "open") != 0)
        buf_addf(out, ", %s", strcmp(row->status, "asked") == 0 ? "asked for but not agreed" : row->status);
}

void review_put_from(struct buf *out, const struct action_row *row, const struct types *types)
{
    const struct meeting_type *type = row->meeting_type == NULL ? NULL : types_find(types, row->meeting_type, strlen(row->meeting_type));
    bool number = row->number != NULL && row->number[0] != '\0';
    buf_addf(out, "agreed%s%s", number ? " as " : "", number ? row->number : "");
    if (row->carried != DAY_NONE) {
        buf_adds(out, " on ");
        review_put_day(out, row->carried);
        buf_adds(out, ", carried over to the ");
    } else {
        buf_adds(out, " at the ");
    }
    buf_adds(out, type != NULL ? type->title : "meeting");
    if (row->meeting_date == DAY_NONE)
        return;
    buf_adds(out, " of ");
    review_put_day(out, row->meeting_date);
}

const char *review_why_closed(const struct action_row *row)
{
    if (strcmp(row->status, "asked") == 0)
        return "was only asked for, not agreed";
    return strcmp(row->status, "withdrawn") == 0 ? "was withdrawn" : "is done already";
}

void review_put_deed(struct buf *out, const char *change, const char *name)
{
    if (strcmp(change, "done") == 0)
        buf_addf(out, "your word that %s is done", name);
    else
        buf_addf(out, "your %s %s", strcmp(change, "note") == 0 ? "note on" : "dispute of", name);
}

void review_draw_keys(struct surface *s, struct rect row)
{
    static const struct { enum action action; const char *name; } keys[] = {
        {ACTION_MINE_DISPUTE, "dispute"}, {ACTION_UNDO, "undo"}, {ACTION_REDO, "redo"}, {ACTION_QUIT, "quit"},
    };
    int x = row.x + 1;
    for (size_t i = 0; i < NITEMS(keys); i++) {
        const char *key = key_of(keys[i].action);
        x += surface_put(s, x, row.y, row.x + row.w - x, STYLE_KEY, key == NULL ? "" : key) + 1;
        x += surface_put(s, x, row.y, row.x + row.w - x, STYLE_DIM, keys[i].name) + 2;
    }
}

/* ---- the day on which it was done ---- */

int32_t review_agreed(const struct action_row *row)
{
    return row->carried != DAY_NONE ? row->carried : row->meeting_date;
}

bool review_read_day(const char *answer, int32_t today, int32_t agreed, int32_t *early, int32_t *day, struct buf *why)
{
    *day = today;
    if (answer[0] == '\0')
        return true;
    if (!past_read_day(answer, today, day)) {
        if (*day == DAY_NONE) {
            buf_adds(why, "That is not a day up to today. Write it like yesterday, Friday or 13 Nov; what shows that it is done is asked next");
        } else {
            review_put_day(why, *day);
            buf_adds(why, " is still to come. Write a day up to today, and one of an earlier year with its year");
        }
        return false;
    }
    if (agreed == DAY_NONE || agreed > today || *day >= agreed || (*day == *early && past_has_year(answer)))
        return true;
    *early = *day;
    review_put_day(why, *day);
    buf_adds(why, " is before it was agreed, on ");
    review_put_day(why, agreed);
    buf_adds(why, ". If that is right, write it once more with its year");
    return false;
}

/* "2026-11-20" or "2026-11-20 12:00" of the history, as people read it. */
static void put_moved(struct buf *out, const char *text)
{
    int32_t day;
    int time = TIME_NONE;
    size_t n = text == NULL ? 0 : strcspn(text, " ");
    if (n == 0 || !civil_read_day(text, n, &day)) {
        buf_adds(out, n == 0 ? "no date" : text);
        return;
    }
    review_put_day(out, day);
    if (text[n] == ' ' && civil_read_time(text + n + 1, strlen(text + n + 1), &time)) {
        buf_adds(out, " at ");
        civil_put_time(out, time);
    }
}

void review_put_change(struct buf *out, const struct action_change *change)
{
    bool due = strcmp(change->change, "due") == 0, owner = strcmp(change->change, "owner") == 0;
    if (change->date != DAY_NONE) {
        review_put_day(out, change->date);
        buf_adds(out, ": ");
    }
    if (due) {
        buf_adds(out, "the date moved from ");
        put_moved(out, change->from);
        buf_adds(out, " to ");
        put_moved(out, change->to);
    } else if (owner) {
        buf_addf(out, "passed on from %s to %s", change->from == NULL ? "nobody" : change->from, change->to == NULL ? "nobody" : change->to);
    } else {
        buf_adds(out, change->change);
    }
    if (change->by != NULL)
        buf_addf(out, "%s by %s", due || owner ? "," : "", change->by);
    if (change->text != NULL && change->text[0] != '\0')
        buf_addf(out, ": %s", change->text);
}

void review_place(char place[REVIEW_PLACE], enum action doing, struct uuid action)
{
    char id[UUID_TEXT];
    uuid_text(action, id);
    snprintf(place, REVIEW_PLACE, "%s%s:%s", REVIEW_PLACES, action_table[doing - 1].name, id);
}
