/* A sheet: a few labelled rows over the live meeting that become one change of the record: a person, help and what came of it, a contact, who is to do
 * an action. Opened by the people screen and by the check. What is half typed on it is on disk like the entry line. Private to these screens. */
#ifndef TUI_SHEET_H
#define TUI_SHEET_H

#include "tui/form.h"
#include "tui/live.h"

enum sheet_kind {
    /* tui/v_sheet_people.c, tui/v_sheet_room.c */
    SHEET_PERSON, SHEET_NEW_PERSON, SHEET_HELP, SHEET_CONTACT, SHEET_CONFLICT, SHEET_MOVE, SHEET_WHY, SHEET_ABSENCE, SHEET_BREAK,
    /* tui/v_sheet_mend.c */
    SHEET_ACTION, SHEET_NEXT, SHEET_CHAIR, SHEET_VIEW, SHEET_CHILD, SHEET_ITEM, SHEET_COMMENT, SHEET_COPY,
    SHEET_COUNT
};

/* What it is about: a person's full name (NULL: nobody), and what there is already: a help line, a contact, an entry … (zero: new). */
struct sheet_about {
    enum sheet_kind kind;
    const char *name;
    struct uuid target;
    int index;             /* line of the head, number of an item; -1: none */
};

/* Rows; what a row may hold, how it is read and what Tab offers depends on this alone (tui/v_sheet_field.c). */
enum {
    ROW_NAME = 1, ROW_ROLE, ROW_ORGANISATION, ROW_CAPACITY, ROW_RESPONSIBILITY, ROW_PRESENCE, ROW_HERE, ROW_PERSON,
    ROW_HELP, ROW_OFFERED, ROW_OFFERED_ON, ROW_OFFERED_BY, ROW_OUTCOME, ROW_OUTCOME_ON, ROW_WORDS, ROW_CAME,
    ROW_DAY, ROW_CLOCK, ROW_HOW, ROW_BY, ROW_RESULT, ROW_TEXT, ROW_MOVE, ROW_MODE, ROW_REASON, ROW_ABSENCE,
    ROW_OWNER, ROW_DUE, ROW_NEXT_ON, ROW_NEXT_AT, ROW_NEXT_NONE, ROW_GIVEN, ROW_AUDIENCE, ROW_SAVE
};

struct sheet_view {
    struct sheet_about about;   /* the name is a copy in `arena` */
    struct uuid target;         /* what is changed: as in `about`, or what the maker found */
    int wrong;                  /* the row that the maker could not read, or misses */
    const struct sheet *sheet;
    struct session *session;    /* of the live screen below */
    struct form form;
    struct arena *arena, *draw_arena;
    struct buf kept;            /* what the store has of it */
    int columns;                /* of the values, when last drawn */
    bool tried;                 /* Enter was refused: only then is a row called wrong */
    bool done;                  /* on record: nothing is kept any more */
};

/* How it goes on record: as lines (with a target: as its new wording), in the list of people, in the head, in sign-off or copies. */
enum sheet_way { SHEET_LINES, SHEET_LIST, SHEET_HEAD, SHEET_MARK };

struct sheet {
    const char *place;          /* of the half-typed words on disk */
    const char *title;          /* "{}": the person's name */
    const struct form_field *fields;
    size_t nfields;
    enum sheet_way way;
    const char *key;            /* SHEET_HEAD */
    void (*fill)(struct sheet_view *v, struct now now);
    /* The line or lines (each ended by a newline but the last), as notation. False: `why` says what is missing, and `wrong` where. */
    bool (*make)(struct sheet_view *v, struct now now, struct buf *out, char why[160]);
};
extern const struct sheet sheet_new_person, sheet_person, sheet_help, sheet_contact, sheet_conflict, sheet_move, sheet_why, sheet_absence, sheet_break;
extern const struct sheet sheet_action, sheet_next, sheet_chair, sheet_view_of_parent, sheet_view_of_child, sheet_item, sheet_comment, sheet_copy;

/* Opens one over `asker`, which stands above the live screen. False: there is no live screen, or it would not open. */
bool sheet_open(struct view *asker, const struct sheet_about *about);
/* Opens again what was open when the program ended; false: nothing was. */
bool sheet_resume(struct view *asker);
/* Asks whether the last change of the record is to be taken back (or given again), saying which, and does it. */
void sheet_undo(struct view *asker, bool redo);
/* Puts lines on record as one change; says what could not be read, or `done` (NULL: nothing). False: they are not on record, and why is said. */
bool sheet_lines(struct view *asker, const char *const *lines, size_t n, const char *done);
/* The live screen that a screen stands above; NULL: none. */
struct view *sheet_live(struct view *view);

/* ---- v_sheet_field.c ---- */
const char *sheet_choice(void *data, int field, size_t i);
const char *sheet_shown(void *data, const struct form_row *row, int columns, enum style *style);
/* The text of a row as it goes on record: names in full, days and times in their one spelling. False: `why` has one sentence. */
bool sheet_value(struct sheet_view *v, int field, struct now now, struct buf *out, char why[160]);
/* The same in `draw_arena`, or "" where it cannot be read (then *good is false, `wrong` is set and `why` says it). */
const char *sheet_get(struct sheet_view *v, int field, struct now now, bool *good, char why[160]);
const char *sheet_offer(struct sheet_view *v, struct now now, struct arena *arena, const char **shown); /* what Tab would put; NULL: nothing */
bool sheet_has(const struct sheet_view *v, int field);

/* ---- shared by the makers ---- */
/* A person of the list as the line that would be typed, what could not be read as it was written; `capacity` and `presence` in place of the person's own unless NULL. */
const char *sheet_person_line(struct arena *arena, const struct attendee *a, const char *capacity, const char *presence);
bool sheet_missing(struct sheet_view *v, int field, const char *sentence, char why[160]); /* always false */

#endif
