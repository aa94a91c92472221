/* Sign-off round the table: what its two files share. */
#ifndef TUI_V_SIGN_H
#define TUI_V_SIGN_H

#include "core/audience.h"
#include "tui/app.h"
#include "tui/page.h"

struct sign_state {
    struct uuid meeting;
    struct record *record;  /* all of it: states of sign-off */
    struct record *open;    /* what may be seen at the table */
    struct page page;
    const struct attendee **people; /* who is asked, in the order of the list */
    size_t npeople, at;
    struct uuid who, asked; /* whose turn it is; whom the question was put to */
    struct buf scope, words;
    int32_t on;             /* DAY_NONE: today */
    struct buf kept;        /* these three as the store has them */
};

/* The last open sign-off line of a person, or NULL. */
const struct signoff *sign_state_of(const struct record *record, const char *name);

/* ---- v_sign_draft.c ---- */
/* Where a person's half-typed words are kept; a question's place goes on with ":" and its tag. */
void sign_place(struct buf *out, const struct attendee *person);
/* What stands ready beside the next letter: to the store / back from it, for the person whose turn it is. */
void sign_draft_save(struct view *view);
void sign_draft_load(struct view *view);
/* Goes to the person whose words were left half typed; the tag of the question that was being answered, -1: none. */
int sign_draft_find(struct view *view);

/* ---- v_sign_show.c ---- */
/* Fills the page with what one person said, decided and took on (NULL: nobody is on the list). */
void sign_show(struct sign_state *st, const struct attendee *person);

#endif
