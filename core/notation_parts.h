/* What the files of the notation share; nobody else includes this. */
#ifndef CORE_NOTATION_PARTS_H
#define CORE_NOTATION_PARTS_H

#include "core/names.h"
#include "core/notation.h"

/* Bounds that keep the reading of hostile lines short: words longer than NAME bytes are nobody's name, a name on the list has at most LISTED,
 * and so many colons are tried as the end of a name. */
enum { NOTATION_NAME = 4096, NOTATION_LISTED = 1000, NOTATION_COLONS = 64 };

/* A piece of a line: borrowed, not ended by NUL. */
struct span {
    const char *s;
    size_t n;
};

/* Where the text of a physical line begins in the line that is being read (continued lines are joined). */
struct seam {
    size_t at;
    int line;
    int column;
};

/* One line on its way to facts. */
struct reading {
    struct notation_reader *reader;
    const struct record *record;
    struct facts *facts;
    struct notices *notices;    /* NULL: nobody wants them */
    struct span line;           /* cleaned, joined */
    const struct seam *seams;   /* NULL: the line begins at column 1 of reader->line */
    size_t nseams;
    struct uuid replaces;       /* for the first fact: the line above goes on */
    const struct entry *goes_on;/* the entry that goes on, if it is one */
    bool entry_only;            /* nothing but an entry may come out: what would be something else is a note */
    bool begun;                 /* a fact was made: `replaces` is used up */
};

/* ---- notation_parts.c: pieces of lines ---- */
/* One person of the list whom the words mean, or NULL. */
const struct attendee *span_person(const struct reading *r, struct span s);
struct span span_of(const char *s);
struct span span_cut_to(struct span s, size_t n);     /* the first n bytes */
struct span span_from(struct span s, size_t at);      /* from a byte on, trimmed */
struct span span_trim(struct span s);
bool span_is(struct span s, const char *word);        /* whole, without case (ASCII) */
bool span_same(struct span s, const char *text);      /* whole, byte by byte; NULL is "" */
/* Begins with the word (without case); *rest is what follows, trimmed. The word must end there: at a blank, one of ":;," or the end. */
bool span_word(struct span s, const char *word, struct span *rest);
/* Begins with `word:` (without case); *rest is what follows. */
bool span_key(struct span s, const char *word, struct span *rest);
/* Position of a piece in the span, or SIZE_MAX. */
size_t span_find(struct span s, const char *piece);
size_t span_find_last(struct span s, const char *piece);
/* A colon that a blank or the end follows, at or after `at`; SIZE_MAX. */
size_t span_colon(struct span s, size_t at);
/* Cuts the part before `mark` off *rest (both trimmed). Without the mark all is the part and *rest is empty. */
struct span span_part(struct span *rest, char mark);
/* "… (word: inside)" at the very end, brackets balanced: shortens *text. */
bool span_bracket(struct span *text, const char *word, struct span *inside);
bool span_balanced(struct span s);                     /* every bracket has its partner */
/* Where the bracket that ends the span (its last byte is ')') begins; SIZE_MAX. */
size_t span_bracket_start(struct span s);
/* A name as it may stand on the list: without what would end it elsewhere (";", arrows, brackets without a partner, a comma or colon at its
 * ends). The span itself when nothing had to go. */
struct span span_name(struct reading *r, struct span s);
/* Up to four words, each with a capital: somebody's name, though nobody's on the list. */
bool span_like_name(struct span name);
char *span_dup(struct reading *r, struct span s);
char *span_dup_or_null(struct reading *r, struct span s); /* NULL when empty */
bool span_day(struct span s, int32_t *day);
/* A full date in any of the ways people write it, with its year: what the date is does not depend on the meeting's. */
bool span_full_day(struct span s, int32_t *day);

/* A notice about the line at `where` (a pointer into it). The arguments must be safe to show: shown(). */
void notices_add(struct reading *r, struct notice notice);
void notice_at(struct reading *r, const char *where, const char *format, ...) PRINTF_LIKE(3, 4);
/* A piece of the line in a notice: escaped, shortened. */
const char *shown(struct reading *r, struct span s);
const char *shown_warning(struct reading *r, const struct buf *warning);

struct fact reading_fact(struct reading *r, enum fact_kind kind); /* with the next id, and `replaces` for the first */
void reading_add(struct reading *r, struct fact fact);

/* ---- notation_people.c, notation_head.c: head and people ---- */
/* False: the line is no head line (the head ends before it). */
bool read_head_line(struct reading *r, struct span s, bool goes_on);
void read_people_line(struct reading *r, struct span s);
void read_help(struct reading *r, struct span s);
void read_contact(struct reading *r, struct span s);

/* ---- notation_line.c: lines of the body ---- */
enum line_class { LINE_NOTHING, LINE_SECTION, LINE_ITEM, LINE_CORRECTION, LINE_OUTCOME, LINE_RECOMMENDATION, LINE_ENTRY };
/* What a line is by its form alone (no names are looked up). */
enum line_class line_class(struct span s, enum notation_section *section);
void read_body_line(struct reading *r, struct span s);
/* Everything behind the time of an entry: restriction, letter, speaker, text. */
void read_entry(struct reading *r, struct span s, struct fact *f);
void read_note(struct reading *r, struct span s); /* a note of its own, whatever it looks like */
/* "X:" or "X(Name, Name):" at the beginning: moves *s behind it. */
bool read_restriction(struct reading *r, struct span *s, struct texts *readers);
bool take_time(struct span *s, int *time);
/* A speaker before a colon: full name, and *s moved behind it; else NULL and *s stays. */
const char *take_speaker(struct reading *r, struct span *s, bool *many, bool *known_word);
/* Names with commas between them, as listed where they are known. False: one of them is nobody's. */
bool read_names(struct reading *r, struct span s, struct texts *out);

/* ---- notation_view.c: views, opinions, minuted words, consents ---- */
/* "not recorded": written where a person stands, it says that nobody is recorded, whatever the words behind it look like. */
extern const char notation_nobody[];
void read_view(struct reading *r, struct span s, struct fact *f);
void read_consent(struct reading *r, struct span s, struct fact *f);
void read_arrival(struct reading *r, struct span s, struct fact *f); /* s begins with the sign; falls back to a note */
bool read_clock(struct reading *r, struct span s, struct fact *f);

/* ---- notation_action.c ---- */
/* "A:", "A?:", "A<A4 2026-10-21:" at the beginning: *s moved behind it. */
bool take_action(struct reading *r, struct span *s, struct fact *f);
void read_action(struct reading *r, struct span s, struct fact *f);

/* ---- notation_mark.c: positions and marks ---- */
void read_indented(struct reading *r, struct span s);
/* NAME at the beginning of `NAME: text` or all of it: full name or as written. *s is moved behind the colon. */
const char *take_name(struct reading *r, struct span *s);

/* ---- notation_end.c ---- */
void read_outcome(struct reading *r, struct span s, struct texts readers);
void read_recommendation(struct reading *r, struct span s, struct texts readers);
/* The text of an outcome without the next meeting, where that is what the head says. */
struct span outcome_text(const struct record *record, struct arena *arena, const struct outcome *o);
void read_signoff(struct reading *r, struct span s);
void read_copy(struct reading *r, struct span s);

/* ---- notation_edit.c ---- */
/* s/old/new/: true when an entry was corrected. */
bool read_correction(struct reading *r, struct span s, int time);
bool is_correction(struct span s);
/* A line that goes on with the one above. False: there is none that it could go on with. */
bool read_continuation(struct reading *r, const struct seam *seam);

/* ---- notation_print_*.c ---- */
/* How an entry's line may be written, the plainest first; what stands after the last is the most explicit. */
enum print_way { PRINT_PLAIN, PRINT_GUARDED, PRINT_WAYS };
void print_entry_line(struct buf *out, const struct record *record, const struct entry *e, bool with_time, enum print_way way);
/* What stands before the body: restriction, letter, speaker. */
void print_entry_head(struct buf *out, const struct record *record, const struct entry *e, enum print_way way);
/* What stands behind the letter and the speaker. */
void print_entry_body(struct buf *out, const struct record *record, const struct entry *e);
void print_entry_marks(struct buf *out, const struct record *record, const struct entry *e);
void print_restriction(struct buf *out, const struct record *record, const struct restriction *r);
/* The full name where the list has the person by now, else as it was written. */
void print_name(struct buf *out, const struct record *record, const char *name);
void print_columns(struct buf *out, const char *const *columns, size_t n);
void print_item(struct buf *out, const struct item *item);
void print_position(struct buf *out, const struct record *record, const struct position *p);
void print_outcome(struct buf *out, const struct record *record, const struct outcome *o);
void print_recommendation(struct buf *out, const struct record *record, const struct recommendation *c);
void print_attendee(struct buf *out, const struct record *record, const struct attendee *a, struct arena *arena);
void print_help(struct buf *out, const struct record *record, const struct help *h);
void print_contact(struct buf *out, const struct record *record, const struct contact *c);
void print_signoff(struct buf *out, const struct record *record, const struct signoff *s);
void print_copy(struct buf *out, const struct record *record, const struct copy_given *c);

/* The same entry as the fact says? (for the printer: does the line read back as what it was printed from) */
bool entry_reads_back(const struct record *record, const struct entry *e, const struct fact *f);
/* Reads one line silently; false when it gives no entry. `entry_only`: what looks like something else is a note. */
bool read_back(const struct record *record, struct arena *arena, struct span line, bool entry_only, struct fact *f);
/* Ids for reading that is thrown away. */
struct idgen scratch_ids(void);

/* The state words of notation.md that more than one file needs; NULL ends each. */
extern const char *const position_words[];
extern const char *const signoff_words[];

#endif
