/* A form: labelled rows of typed text on one editor. A field is one row of text, a choice, a list of rows with a blank one to add at,
 * or a button. Who owns the form decides what the words mean. */
#ifndef TUI_FORM_H
#define TUI_FORM_H

#include "core/uuid.h"
#include "tui/edit.h"

enum form_kind { FORM_TEXT, FORM_CHOICE, FORM_LINES, FORM_BUTTON };

struct form_field {
    int id;
    enum form_kind kind;
    const char *label;
    const char *blank; /* shown dim where nothing was typed yet; may be NULL */
};

struct form_row {
    const struct form_field *field;
    struct buf text;
    struct buf was;    /* what stands on record, "" for a new row */
    bool on_record;
    struct uuid id;    /* of the fact on record */
    int index;
};

struct form {
    const struct form_field *fields;
    size_t nfields;
    struct form_row *v;
    size_t n, cap;
    size_t at;         /* the row in focus */
    size_t top;        /* the first row that is drawn */
    struct edit *edit;
    struct buf typed;  /* letters typed on a choice, to find it by */
    bool changed;      /* since form_begin() or form_kept() */
    /* Choice number `i` of a field, NULL past the last. */
    const char *(*choice)(void *data, int field, size_t i);
    /* How a row reads when it is not in focus; NULL: as typed. */
    const char *(*shown)(void *data, const struct form_row *row, int columns, enum style *style);
    /* What stands dim in an empty row instead of the field's `blank`; NULL: `blank`. */
    const char *(*blank)(void *data, const struct form_row *row);
    void *data;
};

/* One row a field, each empty, the first in focus. */
void form_begin(struct form *form, const struct form_field *fields, size_t n);
void form_free(struct form *form);

/* The first row of a field; its text ("" when empty), what was typed a moment ago included. */
struct form_row *form_row(struct form *form, int field);
const char *form_text_of(struct form *form, int field);
const char *form_row_text(const struct form *form, size_t row);
void form_set(struct form *form, int field, const char *text);
void form_set_row(struct form *form, size_t row, const char *text);

/* Adds a row before the blank one of a list. NULL when the field is no list. */
struct form_row *form_add(struct form *form, int field, const char *text);
/* Takes a row of a list away (never its blank one, nor one in focus). */
void form_remove(struct form *form, size_t row);
size_t form_count(const struct form *form, int field); /* rows that say something */

void form_focus(struct form *form, size_t row);
void form_focus_field(struct form *form, int field);
/* Enter: a list's blank row that was filled gets a new one below it; otherwise to the next row. */
void form_enter(struct form *form);
void form_move(struct form *form, int by);
/* An editing or moving action. False when it is none of the form's. */
bool form_act(struct form *form, enum action action, int columns);
void form_type(struct form *form, const char *utf8, size_t n);
/* The focus's row is blank and adds to its list. */
bool form_at_blank(const struct form *form);

void form_draw(struct form *form, struct surface *s, struct rect r);
int form_columns(struct rect r); /* of the values */

#endif
