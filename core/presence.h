/* Who was in the room, and when: notation.md sections 2 and 3. */
#ifndef CORE_PRESENCE_H
#define CORE_PRESENCE_H

#include "core/record.h"

/* A person's intervals after the + and - lines have been merged into the list ("the line wins").
 * `with_restricted`: lines under X: count too. *disagrees (may be NULL) is set when a line contradicts the list. */
size_t presence_of(const struct record *record, const struct attendee *person, bool with_restricted, struct arena *arena,
                   struct interval **out, bool *disagrees);

/* The absence that holds ("apologies" …), NULL when there is none or when a + line brought the person in after all. */
const char *presence_absence(const struct record *record, const struct attendee *person, bool with_restricted);

/* End of the meeting: the `end` line, else the end in `time:`, else the last time written; TIME_NONE. */
int presence_meeting_end(const struct record *record);

/* An item's span: from its first time to the first time of the next item that has one. False: no time of its own. */
bool presence_item_span(const struct record *record, size_t item, int *from, int *to);

/* In the room at some time during an item / at a minute (first and last minute of an interval count). */
bool presence_in_item(const struct record *record, const struct attendee *person, size_t item);
bool presence_at(const struct record *record, const struct attendee *person, int time);

/* Nothing but interpreter, minute-taker, witness, observer or parent-partner: nobody asks them for a position of their own. */
bool presence_only_helps(const struct attendee *person);

/* In the room when a decision was taken, or a disagreement recorded, and asked to have a position: not only interpreter, minute-taker,
 * witness, observer or parent-partner (notation.md section 4). */
bool presence_asked(const struct record *record, const struct attendee *person, const struct entry *entry);

/* Asked to have a position on a decision, but without one. Returns how many; names in list order. */
size_t presence_not_recorded(const struct record *record, const struct entry *decision, struct arena *arena, const char ***names);

/* The time that counts for an entry: its own, else the last one before it; TIME_NONE. */
int presence_entry_time(const struct record *record, const struct entry *entry);

/* Who chairs / is in the room now, for the live screen: the state after the last line. */
enum room { ROOM_NOT_RECORDED, ROOM_IN, ROOM_LEFT, ROOM_NOT_YET, ROOM_ABSENT };
enum room presence_now(const struct record *record, const struct attendee *person, int time, struct interval *interval);
const char *presence_chair(const struct record *record); /* full name or NULL */

#endif
