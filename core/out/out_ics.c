/* The action tracker as a calendar (RFC 5545): a to-do for each action and, for calendars that show none, an event on the day it is due. What has no
 * property of its own stands in X-EVENHAND-…, so that nothing is lost. No METHOD: it is no invitation. */
#include "core/out/actions.h"
#include "core/out/json.h"
#include "core/text.h"

#include <string.h>

enum { LINE_OCTETS = 75 };

/* A content line, folded behind at most 75 octets and never within a character (3.1). */
static void put_folded(struct buf *out, const char *s, size_t n)
{
    size_t room = LINE_OCTETS;
    while (n > room) {
        size_t cut = room;
        while (cut > 1 && ((unsigned char)s[cut] & 0xc0) == 0x80)
            cut--;
        buf_add(out, s, cut);
        buf_adds(out, "\r\n ");
        s += cut;
        n -= cut;
        room = LINE_OCTETS - 1;
    }
    buf_add(out, s, n);
    buf_adds(out, "\r\n");
}

static void put_line(struct buf *out, const char *line)
{
    put_folded(out, line, strlen(line));
}

/* A value of type TEXT (3.3.11). `shown`: safe to show; line feeds in it are ours. */
static void put_shown(struct buf *out, const char *name, const char *shown)
{
    struct buf line = {0};
    buf_addf(&line, "%s:", name);
    for (const char *s = shown; *s != '\0'; s++) {
        if (*s == '\n') {
            buf_adds(&line, "\\n");
            continue;
        }
        if (*s == '\\' || *s == ';' || *s == ',')
            buf_addc(&line, '\\');
        buf_addc(&line, *s);
    }
    put_folded(out, buf_str(&line), line.n);
    buf_free(&line);
}

static void put_text(struct buf *out, const char *name, const char *s)
{
    if (s == NULL || s[0] == '\0')
        return;
    struct buf shown = {0};
    text_show(&shown, s);
    put_shown(out, name, buf_str(&shown));
    buf_free(&shown);
}

static void put_texts(struct buf *out, const char *name, const struct texts *texts)
{
    for (size_t i = 0; i < texts->n; i++)
        put_text(out, name, texts->v[i]);
}

static void put_date(struct buf *out, int32_t day)
{
    struct civil c = civil_from_day(day);
    buf_addf(out, "%04d%02d%02d", c.year, c.month, c.day);
}

/* A day, or a time of a day as clocks in the United Kingdom show it. */
static void put_when(struct buf *out, const char *name, int32_t day, int time)
{
    buf_adds(out, name);
    buf_adds(out, time == TIME_NONE ? ";VALUE=DATE:" : ";TZID=Europe/London:");
    put_date(out, day);
    if (time != TIME_NONE)
        buf_addf(out, "T%02d%02d00", time / 60, time % 60);
    buf_adds(out, "\r\n");
}

static void put_stamp(struct buf *out, int64_t utc_ms)
{
    int64_t seconds = utc_ms / 1000;
    int64_t day = seconds / 86400, rest = seconds % 86400;
    buf_adds(out, "DTSTAMP:");
    put_date(out, (int32_t)day);
    buf_addf(out, "T%02d%02d%02dZ\r\n", (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}

/* Summer time as it has been since 1996 (The Summer Time Order 2002, directive 2000/84/EC). */
static void put_zone(struct out_actions *o)
{
    static const char *const lines[] = {
        "BEGIN:VTIMEZONE", "TZID:Europe/London",
        "BEGIN:DAYLIGHT", "DTSTART:19960331T010000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "TZNAME:BST", "END:DAYLIGHT",
        "BEGIN:STANDARD", "DTSTART:19961027T020000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "TZNAME:GMT", "END:STANDARD",
        "END:VTIMEZONE",
    };
    for (size_t i = 0; i < NITEMS(lines) && !o->zone; i++)
        put_line(o->out, lines[i]);
    o->zone = true;
}

void ics_begin(struct out_actions *o)
{
    put_line(o->out, "BEGIN:VCALENDAR");
    put_line(o->out, "VERSION:2.0");
    put_line(o->out, "PRODID:-//Evenhand//Actions//EN");
}

void ics_end(struct out_actions *o)
{
    put_line(o->out, "END:VCALENDAR");
}

static bool has_status(const struct action_row *row, const char *status)
{
    return row->status != NULL && strcmp(row->status, status) == 0;
}

static void say(struct buf *b, const char *label, const char *s)
{
    if (s == NULL || s[0] == '\0')
        return;
    if (b->n > 0)
        buf_addc(b, '\n');
    buf_adds(b, label);
    text_show(b, s);
}

static void say_history(struct buf *b, const struct action_row *row, struct arena *arena)
{
    for (size_t i = 0; i < row->nhistory; i++) {
        const struct action_change *c = &row->history[i];
        const char *label = arena_printf(arena, "%s %s%s%s%s", c->date == DAY_NONE ? "" : civil_long_dup(arena, c->date), c->change == NULL ? "" : c->change,
                                         c->to == NULL ? "" : ": ", c->to == NULL ? "" : text_show_dup(arena, c->to), c->text == NULL || c->text[0] == '\0' ? "" : ": ");
        say(b, label, c->text == NULL || c->text[0] == '\0' ? " " : c->text);
    }
}

/* What a calendar shows below the title. */
static void put_description(struct out_actions *o, const struct action_row *row)
{
    struct buf b = {0};
    if (has_status(row, "asked"))
        say(&b, "", "Asked for, not agreed.");
    if (has_status(row, "not done"))
        say(&b, "", "Not done.");
    say(&b, "Who: ", row->owner == NULL ? "nobody yet" : row->owner);
    for (size_t i = 0; i < row->with.n; i++)
        say(&b, "With: ", row->with.v[i]);
    say(&b, "Done when: ", row->done_when);
    say(&b, "Otherwise: ", row->otherwise);
    say(&b, "For: ", row->child);
    if (row->meeting_date != DAY_NONE)
        say(&b, "Agreed on: ", civil_long_dup(o->arena, row->carried != DAY_NONE ? row->carried : row->meeting_date));
    say(&b, "Number: ", row->number);
    say_history(&b, row, o->arena);
    put_shown(o->out, "DESCRIPTION", buf_str(&b));
    buf_free(&b);
}

static void put_status(struct out_actions *o, const struct action_row *row)
{
    bool done = has_status(row, "done");
    put_line(o->out, done ? "STATUS:COMPLETED" : has_status(row, "withdrawn") ? "STATUS:CANCELLED" : has_status(row, "in progress") ? "STATUS:IN-PROCESS"
                                                                                                                               : "STATUS:NEEDS-ACTION");
    if (!done)
        return;
    put_line(o->out, "PERCENT-COMPLETE:100");
    int32_t day = action_ended(row);
    if (day == DAY_NONE)
        return;
    buf_adds(o->out, "COMPLETED:"); /* the hour is not recorded; noon is the same day everywhere in Europe */
    put_date(o->out, day);
    buf_adds(o->out, "T120000Z\r\n");
}

static void put_own_day(struct out_actions *o, const char *name, int32_t day)
{
    put_text(o->out, name, civil_day_dup(o->arena, day));
}

static void put_own_number(struct out_actions *o, const char *name, int n)
{
    if (n >= 0)
        put_text(o->out, name, arena_printf(o->arena, "%d", n));
}

static void put_lists(struct out_actions *o, const struct action_row *row)
{
    for (size_t i = 0; i < row->nhistory; i++) {
        struct buf b = {0};
        struct json j = {.out = &b};
        json_put_change(&j, &row->history[i]);
        put_shown(o->out, "X-EVENHAND-HISTORY", buf_str(&b));
        buf_free(&b);
    }
    for (size_t i = 0; i < row->ndisputes; i++) {
        struct buf b = {0};
        struct json j = {.out = &b};
        json_put_dispute(&j, &row->disputes[i]);
        put_shown(o->out, "X-EVENHAND-DISPUTE", buf_str(&b));
        buf_free(&b);
    }
}

static void put_own(struct out_actions *o, const struct action_row *row)
{
    char meeting[UUID_TEXT];
    uuid_text(row->meeting, meeting);
    put_text(o->out, "X-EVENHAND-NUMBER", row->number);
    put_own_number(o, "X-EVENHAND-ITEM", row->item);
    put_own_number(o, "X-EVENHAND-ENTRY", row->entry);
    put_text(o->out, "X-EVENHAND-OWNER", row->owner);
    put_texts(o->out, "X-EVENHAND-WITH", &row->with);
    put_text(o->out, "X-EVENHAND-DONE-WHEN", row->done_when);
    put_text(o->out, "X-EVENHAND-OTHERWISE", row->otherwise);
    put_own_day(o, "X-EVENHAND-FROM", row->from_day);
    put_own_day(o, "X-EVENHAND-CARRIED", row->carried);
    put_text(o->out, "X-EVENHAND-STATUS", row->status);
    put_text(o->out, "X-EVENHAND-RESTRICTED", row->restriction.confidential ? "confidential" : NULL);
    put_texts(o->out, "X-EVENHAND-READER", &row->restriction.readers);
    put_text(o->out, "X-EVENHAND-MEETING", meeting);
    put_own_day(o, "X-EVENHAND-MEETING-DATE", row->meeting_date);
    put_text(o->out, "X-EVENHAND-MEETING-TYPE", row->meeting_type);
    put_text(o->out, "X-EVENHAND-CHILD", row->child);
    put_text(o->out, "X-EVENHAND-OVERDUE", row->overdue ? "yes" : "no");
    put_own_day(o, "X-EVENHAND-FINISHED", row->finished);
    put_lists(o, row);
}

/* What both components have. Records about a child are nobody else's business: CLASS is never PUBLIC. */
static void put_common(struct out_actions *o, const struct action_row *row, const char *ending, const char *before)
{
    char id[UUID_TEXT];
    uuid_text(row->id, id);
    put_line(o->out, arena_printf(o->arena, "UID:%s%s", id, ending));
    put_stamp(o->out, o->now.utc_ms);
    put_shown(o->out, "SUMMARY", arena_printf(o->arena, "%s%s", before, row->text == NULL ? "" : text_show_dup(o->arena, row->text)));
    put_description(o, row);
    put_line(o->out, restricted(&row->restriction) ? "CLASS:CONFIDENTIAL" : "CLASS:PRIVATE");
    put_text(o->out, "CATEGORIES", row->child);
    put_text(o->out, "CONTACT", row->owner);
}

/* On the day, beside whatever else is on it: nobody is busy because of it. */
static void put_event(struct out_actions *o, const struct action_row *row)
{
    char id[UUID_TEXT];
    uuid_text(row->id, id);
    put_line(o->out, "BEGIN:VEVENT");
    put_common(o, row, "-due", "Due: ");
    put_when(o->out, "DTSTART", row->due, row->due_time);
    put_line(o->out, "TRANSP:TRANSPARENT");
    put_text(o->out, "RELATED-TO", id);
    put_line(o->out, "END:VEVENT");
}

void ics_row(struct out_actions *o, const struct action_row *row)
{
    bool due = row->due != DAY_NONE;
    if (due && row->due_time != TIME_NONE)
        put_zone(o);
    put_line(o->out, "BEGIN:VTODO");
    put_common(o, row, "", "");
    if (row->from_day != DAY_NONE && (!due || row->from_day <= row->due)) /* of the same type as DUE, and not after it (3.8.2.3) */
        put_when(o->out, "DTSTART", row->from_day, due && row->due_time != TIME_NONE ? 0 : TIME_NONE);
    if (due)
        put_when(o->out, "DUE", row->due, row->due_time);
    put_status(o, row);
    put_own(o, row);
    put_line(o->out, "END:VTODO");
    if (due && row->status != NULL && action_is_open(row->status))
        put_event(o, row);
}
