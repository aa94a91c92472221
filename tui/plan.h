/* Planning a meeting, and editing the head and the people of one: what its files (v_plan*.c) share. Private to them and to the home screen. */
#ifndef TUI_PLAN_H
#define TUI_PLAN_H

#include "tui/app.h"
#include "tui/form.h"
#include "tui/offers.h"

/* The head and the people of a meeting that is there: takes a const struct uuid *. view_plan with an id plans the next meeting
 * from that one, or edits it while it is only planned. */
extern const struct view_class view_plan_edit;

enum {
    FIELD_TYPE = 1, FIELD_TITLE, FIELD_CHILD, FIELD_KNOWN, FIELD_CARRY, FIELD_DATE, FIELD_TIME, FIELD_PLACE, FIELD_KEPT_BY, FIELD_KEPT_AS,
    FIELD_PURPOSE, FIELD_PEOPLE, FIELD_HELP, FIELD_AGENDA, FIELD_CARRIED, FIELD_MORE, FIELD_SAVE, FIELD_BEGIN
};

struct plan_view {
    struct form form;
    const struct types *types;
    struct arena *arena;      /* of what the form shows and offers */
    struct arena *draw_arena; /* of one drawing */
    bool editing;
    struct session session;   /* when editing */
    bool session_open;
    struct uuid from;         /* the meeting to carry over from, zero: none */
    struct uuid last;         /* the child's last meeting, as found; zero: none */
    char last_words[200];     /* what it would bring */
    char last_child[200];     /* the name it was looked up by */
    struct record *known;     /* the child's last meeting: its people are offered */
    int columns;              /* of the values, when last drawn */
    size_t tried;             /* row + 1 that Enter was refused for: only then is it called wrong */
    char guess[200];          /* who keeps the record, as was guessed */
    struct buf kept;          /* what the store has of a new plan that is being typed */
};

/* ---- v_plan_read.c: what the words of a field mean ---- */

/* The text of a row as it goes on record, cleaned and made absolute ("Fri 4 Dec" -> "2026-12-04"). False: `why` has one sentence. */
bool plan_value(const struct plan_view *p, const struct form_row *row, const char *text, struct now now, struct buf *out, char why[240]);
/* How it will be understood, in words, or what is wrong with it (*wrong); "" when there is nothing to say. Arena of one drawing. */
const char *plan_says(const struct plan_view *p, const struct form_row *row, const char *text, struct now now, enum style *style, bool *wrong);
/* A line of the notation's head or people, put into the field it belongs to. */
void plan_take_line(struct plan_view *p, const char *line, size_t n);
/* "key: value" of a more-line. False: it has no key. */
bool plan_split(const char *text, const char **key, size_t *nkey, const char **value);
const char *plan_type_title(const struct plan_view *p, const char *type); /* NULL: unknown */
const char *plan_choice(void *data, int field, size_t i);

/* ---- v_plan_complete.c: Tab ---- */

/* What may stand for the half-typed word at the end of the line. */
size_t plan_offers(struct plan_view *p, struct now now, struct arena *arena, struct offer *out, size_t max);
/* The column of a line with columns in which the cursor stands, and what belongs there. */
int plan_column(const char *text, size_t cursor);
const char *plan_column_hint(int field, const char *text, size_t cursor);

/* ---- v_plan_save.c ---- */

/* Reads every field; on the first that cannot be read: focuses it, says why, false. */
bool plan_check(struct view *view);
bool plan_save(struct view *view, struct uuid *id);

/* ---- v_plan_from.c: what is there already ---- */
/* Every field from a record, as it stands there. */
void plan_fill_record(struct plan_view *p, const struct record *record);
/* After the child's name was typed: looks for the last meeting. */
void plan_find_last(struct view *view);
void plan_last_is(struct view *view, struct uuid id);
/* Takes in what the last meeting left, or takes it out again where nobody changed it. */
void plan_carry(struct view *view, bool carry);
#define PLAN_CARRIED 7777 /* form_row.index of what was taken in */

/* ---- v_plan_draft.c: a new plan that is not saved yet ---- */
void plan_draft_save(struct view *view);
void plan_draft_forget(struct view *view);
bool plan_draft_load(struct view *view); /* true: there was one */

struct plan_view *plan_of(struct view *view);

#endif
