/* One file per output format; each writes a record (usually a copy made for an audience). */
#ifndef CORE_OUT_OUT_H
#define CORE_OUT_OUT_H

#include "core/record.h"
#include "core/check.h"
#include "core/types.h"

/* contract.md, "--format json of a meeting", to the letter; ends with a newline. */
void out_json(struct buf *out, const struct record *record);

/* Minutes as plain text, lines of at most `columns` (at least 40), and as Markdown (CommonMark, text escaped). `full`: a full copy (earlier
 * wordings, restricted parts marked). */
void out_text(struct buf *out, const struct record *record, size_t columns);
void out_markdown(struct buf *out, const struct record *record);

/* A row of the action tracker, wherever it was read from. Texts may be NULL when absent. */
struct action_row {
    struct uuid id, meeting;
    const char *number, *text, *owner, *done_when, *otherwise, *status, *child, *meeting_type;
    struct texts with;
    int item, entry;
    int32_t due, from_day, carried, meeting_date;
    int due_time;
    bool overdue, restricted_masked;
    struct restriction restriction;
    const struct action_change *history;
    size_t nhistory;
    const struct action_dispute *disputes; /* of the line in the minutes, oldest first */
    size_t ndisputes;
    int32_t finished;     /* the day it was done; DAY_NONE: it is not */
    const char *short_id; /* unambiguous prefix to type; NULL: the whole id is printed */
};
struct action_dispute { const char *by, *text; };

/* What a table shows of an action. Texts may be NULL when absent. */
struct action_line {
    const char *number, *text, *owner, *status, *child;
    int32_t due, carried, meeting_date;
    int due_time;
    bool overdue, masked;
    char short_id[UUID_TEXT]; /* what one types; in here, for there are thousands */
};
struct action_lines { struct action_line *v; size_t n; };

/* A list of actions, written row by row so that a long one is never in memory: begin, each row, end until it is true. What is written is added to `out`; the
 * caller may take it from there and empty it after each call. Words that are masked stay masked in every form.
 *   table        for a terminal or file of `columns`; `now.day` decides the "9d" marks. Its sums stand above its rows, so all of them are there when it begins
 *                (`lines`, which stay until the end); no row is given, and it is written at the end, a part a call.
 *   json         contract.md: an array of action objects with meeting, meeting_date, child, overdue, disputes, finished, meeting_type
 *   csv          RFC 4180 with a header row; cells that begin a formula are guarded unless `raw`
 *   ics          RFC 5545: a to-do for each, and an event on the day it is due
 *   todo.txt     the todo.txt rules; what has no place in them is a key and its value
 *   taskwarrior  what `task import` reads */
enum actions_form { ACTIONS_TABLE, ACTIONS_JSON, ACTIONS_CSV, ACTIONS_ICS, ACTIONS_TODO, ACTIONS_TASK, ACTIONS_FORMS };
#define ACTIONS_FORM_NAMES "table json csv ics todo.txt taskwarrior"
struct out_actions {
    struct buf *out;
    enum actions_form form;
    bool raw;
    size_t columns;
    struct now now;
    struct action_lines lines; /* of a table */
    /* the writer's own; begin with zeros */
    struct arena *arena;     /* for the words of a few rows */
    size_t n;                /* rows written */
    struct { size_t open, overdue, week, child; } seen;
    struct { size_t words, child; bool from; } width; /* columns; 0: not shown */
    struct table_days *days; /* of a table */
    bool zone;               /* the time zone was written */
};
void out_actions_begin(struct out_actions *o);
void out_actions_row(struct out_actions *o, const struct action_row *row);
MUST_USE bool out_actions_end(struct out_actions *o); /* false: there is more */

/* One action as an object of the array, without a newline. */
void out_action_json(struct buf *out, const struct action_row *row);
void out_change_json(struct buf *out, const struct action_change *change); /* one of its history */

/* A letter that reminds somebody of their actions. It goes to its reader, so it has what that reader may see: letter_may() says which rows; of the others there is
 * nothing, not even their number. Notes and reasons are in none: they were not written to be sent. `rows` (at least one) stand in it in their order,
 * those that are past their date before the others. Lines end with LF. */
struct letter {
    const char *owner;
    const struct action_row *rows;
    size_t n;
    int32_t until;           /* the last day that it is about */
    struct now now;
    const struct types *types; /* what the meetings are called */
};
bool letter_may(const struct action_row *row);
/* "Actions of yours: 2 past their date, 1 due by 21 Dec 2026": ASCII, one line, nobody's name. */
const char *letter_subject(struct arena *arena, const struct letter *letter);
void out_letter(struct buf *out, const struct letter *letter);
/* The same as a message that a mail program opens as a draft (RFC 5322, 2045, 2047; X-Unsent): no address, no name of a child in its head; `id` makes its
 * Message-ID. Lines end with CR LF. */
void out_letter_message(struct buf *out, const struct letter *letter, struct uuid id);

void out_findings_json(struct buf *out, const struct findings *findings);
/* FILE:LINE:COLUMN: severity: RULE: message; line and column 1 where a record has none. */
void out_findings_text(struct buf *out, const struct findings *findings, const char *file);

/* For the other writers: a string with its quotes, or null. Not json_string(): jansson has that name. */
void json_put_string(struct buf *out, const char *s);

#endif
