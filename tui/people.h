/* The people screen: what its files (v_people*.c) share. Private to them. */
#ifndef TUI_PEOPLE_H
#define TUI_PEOPLE_H

#include "tui/list.h"
#include "tui/live.h"

struct people_state {
    struct session *session; /* of the live screen below, which stays open as long as this */
    struct list list;
    struct uuid focus;       /* who is in focus: others may change the list meanwhile */
    bool adds;               /* a new person is being put on it */
};

const struct attendee *people_chosen(const struct people_state *st); /* NULL: the list is empty */

/* ---- v_people_draw.c ---- */
void people_draw(struct view *view, struct surface *s);
/* For searching only: it draws nothing. */
struct list_source people_source(struct people_state *st);
/* The break that has not ended; NULL: the meeting goes on. */
const struct entry *people_break(const struct record *record);
/* The words mean that person. */
bool people_means(const struct record *record, const char *words, const struct attendee *person);
/* "parent-partner, offered Thu 12 Nov 2026 by Ms Patel: accepted" / "Mon 16 Nov 2026 10:20, text by Ravi Thandi: no reply". */
const char *people_help_words(struct arena *arena, const struct help *help);
const char *people_contact_words(struct arena *arena, const struct contact *contact);

#endif
