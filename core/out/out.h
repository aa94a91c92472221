/* One file per output format; each writes a record (usually a copy made for an audience). */
#ifndef CORE_OUT_OUT_H
#define CORE_OUT_OUT_H

#include "core/record.h"
#include "core/check.h"

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
    const char *short_id; /* unambiguous prefix to type; NULL: the whole id is printed */
};

/* contract.md: an array of action objects with meeting, meeting_date, child, overdue. */
void out_actions_json(struct buf *out, const struct action_row *rows, size_t n);
/* RFC 4180 with a header row; cells that begin a formula are guarded unless `raw`. */
void out_actions_csv(struct buf *out, const struct action_row *rows, size_t n, bool raw);
/* A table for a terminal or file of `columns`; `today` decides "9d" overdue marks. */
void out_actions_table(struct buf *out, const struct action_row *rows, size_t n, size_t columns, int32_t today);

void out_findings_json(struct buf *out, const struct findings *findings);
/* FILE:LINE:COLUMN: severity: RULE: message; line and column 1 where a record has none. */
void out_findings_text(struct buf *out, const struct findings *findings, const char *file);

/* For the other writers: a string with its quotes, or null. Not json_string(): jansson has that name. */
void json_put_string(struct buf *out, const char *s);

#endif
