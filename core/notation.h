/* The meeting notation (notation.md), read line by line and printed.
 *
 * One reader serves import and the live entry line, so that what is typed equals what is imported: each line becomes facts; the caller
 * stores and applies them before the next line is read. */
#ifndef CORE_NOTATION_H
#define CORE_NOTATION_H

#include "core/record.h"
#include "core/types.h"

enum notation_section { SECTION_HEAD, SECTION_BODY, SECTION_PEOPLE, SECTION_SIGNOFF, SECTION_COPIES };

struct notice {
    int line, column;  /* from 1; column counts code points */
    const char *text;  /* one sentence, already safe to show */
};
struct notices {
    struct notice *v;
    size_t n, cap;
};

/* The line above as it was given, so that an indented one can go on with it. The reader's own; begins zeroed. */
struct notation_above {
    char text[2048];
    size_t n;
    int line;
    bool known;
    struct uuid first, last;  /* the facts that it gave */
};

struct notation_reader {
    struct arena *arena;      /* facts, notices */
    struct idgen ids;
    const struct types *types;/* may be NULL */
    enum notation_section section;
    int line;                 /* number of the line last given */
    int stamp;                /* time for entries that bring none (live), or TIME_NONE */
    const char *typed_by;     /* who types when it is not kept-by, or NULL */
    struct now now;           /* date and time of corrections made live; day DAY_NONE on import */
    struct notation_above above;
    struct uuid odd_note, odd_parent; /* a mark that could not be read became a note: what stands under it belongs to odd_parent */
};

/* Reads one physical line (no newline), cleaned by text_clean() here. Appends the facts that it means (none for blank lines and comments) and
 * notices. In SECTION_BODY nothing is rejected: what fits no form is a note. An indented line belongs to record->last / record->parent; a
 * continued line gives the same fact again with `replaces`. */
void notation_line(struct notation_reader *reader, const struct record *record, const char *line, size_t n,
                   struct facts *facts, struct notices *notices);

/* Reads a whole file into facts and into `record` (which they are applied to). LIMIT with the name of the limit that was passed
 * (notation.md section 6); continued lines are joined first, so each line gives its facts and notices once.
 * `replaced` text is warned about once a line. */
MUST_USE enum evh notation_read(struct notation_reader *reader, struct record *record, const char *text, size_t n,
                                struct facts *facts, struct notices *notices, struct err *err);

/* What a half-typed line will be understood as: for the preview under the entry line. */
struct preview {
    bool is_entry, is_item, is_correction, is_indented;
    enum entry_kind kind;
    struct fact fact;         /* the first fact it would give; strings in the arena */
    bool has_fact;
    struct notices notices;
    const char *summary;      /* one line in the user's words, e.g. "action · who Ms Patel · by Fri 4 Dec 2026 · done when …"; never repeats the typed text */
};
void notation_preview(struct notation_reader *reader, const struct record *record, const char *line, size_t n, struct preview *out);

/* A planned item, "Reading [10m]": its title in the arena, and its minutes (-1: not said). */
const char *notation_planned(struct arena *arena, const char *line, int *minutes);

/* Prints the whole record (or a copy) as a .meeting file: a fixpoint of read and print. */
void notation_print(struct buf *out, const struct record *record);

/* One entry as a line without its marks, as it would be typed: for editing. With or without time. */
void notation_print_entry(struct buf *out, const struct record *record, const struct entry *entry, bool with_time);

/* Edit of an entry: `line` is the new wording as typed (time optional). Appends the facts (entry.reworded, the old words kept).
 * STATE when it may not be edited (an M: entry, a withdrawn one), NO when nothing is different. */
MUST_USE enum evh notation_edit(struct notation_reader *reader, const struct record *record, const struct entry *entry,
                                const char *line, size_t n, struct facts *facts, struct notices *notices, struct err *err);

#endif
