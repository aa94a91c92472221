/* What the files of the record share and nobody else needs. */
#ifndef CORE_RECORD_INSIDE_H
#define CORE_RECORD_INSIDE_H

#include "core/record.h"

/* What an event made. `a` and `b` say where it lies: index in the record's list, and in the entry's. */
enum object {
    OBJECT_OTHER, /* the event counts, but nothing can name it */
    OBJECT_ATTENDEE, OBJECT_HELP, OBJECT_CONTACT, OBJECT_ITEM, OBJECT_ENTRY,
    OBJECT_READ_BACK, OBJECT_WAS, OBJECT_WITHDRAWN, OBJECT_DISPUTE, OBJECT_ANSWER, OBJECT_TRANSLATION, OBJECT_FLAG,
    OBJECT_POSITION, OBJECT_STATE, OBJECT_CHANGE,
    OBJECT_OUTCOME, OBJECT_RECOMMENDATION, OBJECT_DIFFERENCE, OBJECT_SIGNOFF, OBJECT_COPY
};

struct ref {
    struct uuid key;    /* the event */
    struct uuid object; /* the event that made the object first: what its `id` is */
    enum object type;
    size_t a, b;
};

/* record_index.c: a hash map. Finding an id costs the same however long a chain of replacements is, because every
 * event of it leads straight to the object. */
struct record_index *index_new(struct arena *arena);
const struct ref *index_find(const struct record_index *index, struct uuid id);
void index_add(struct record_index *index, struct ref ref); /* ids of zero are left out */
/* Keeps one fact, that of the last line, in place of the one before. */
const struct fact *index_keep(struct record_index *index, const struct fact *fact);

/* Each applies one kind of fact, whose strings belong to the record already. On true *ref says what it made. */
bool apply_head(struct record *r, const struct fact *f, struct ref *ref);
bool apply_filed(struct record *r, const struct fact *f, struct ref *ref);
bool apply_attendee(struct record *r, const struct fact *f, struct ref *ref);
bool apply_person(struct record *r, const struct fact *f, struct ref *ref);
bool apply_help(struct record *r, const struct fact *f, struct ref *ref);
bool apply_contact(struct record *r, const struct fact *f, struct ref *ref);
bool apply_item(struct record *r, const struct fact *f, struct ref *ref);
bool apply_entry(struct record *r, const struct fact *f, struct ref *ref);
bool apply_reworded(struct record *r, const struct fact *f, struct ref *ref);
bool apply_marked(struct record *r, const struct fact *f, struct ref *ref);
bool apply_position(struct record *r, const struct fact *f, struct ref *ref);
bool apply_state(struct record *r, const struct fact *f, struct ref *ref);
bool apply_action(struct record *r, const struct fact *f, struct ref *ref);
bool apply_outcome(struct record *r, const struct fact *f, struct ref *ref);
bool apply_recommendation(struct record *r, const struct fact *f, struct ref *ref);
bool apply_signoff(struct record *r, const struct fact *f, struct ref *ref);
bool apply_copy(struct record *r, const struct fact *f, struct ref *ref);

/* True when the fact replaces nothing, or something of that type (then *old is set). */
bool replaces(const struct record *r, const struct fact *f, enum object type, const struct ref **old);

/* Sets *ref for something new at index a (and b). */
void made(struct ref *ref, const struct fact *f, enum object type, size_t a, size_t b);

/* NULL for "" and for NULL. */
const char *said(const char *s);

struct restriction restriction_of(const struct texts *readers);

/* The children of the head that have no line stand at the end of the list; after any change of either. */
void people_sync(struct record *r);

/* Everything that names `old` names `new` from here on. */
void people_rename(struct record *r, const char *old, const char *now);

/* One part of a capacity column, renamed: the same text with `old` as one of the names after "for" replaced. */
const char *capacity_renamed(struct arena *arena, const char *text, const char *old, const char *now);

/* Numbers the entry that was just appended / everything, when a kind or restriction changed. */
void number_last(struct record *r);

/* presence.c */
struct presence_cache *presence_cache_new(void);
void presence_cache_free(struct presence_cache *cache);
void presence_forget(const struct record *r);

/* presence_merge.c: a + or - line of one person. */
struct presence_line {
    int time;
    bool arrives;
    enum mode mode;
};

/* The list's intervals (in order, without overlaps) with the lines merged in; lines in any order, those of one minute in that of the
 * file. Merging the result with the same lines again gives the same. *disagrees: a line contradicts the list. */
size_t presence_merge(struct arena *arena, const struct interval *listed, size_t nlisted, const struct presence_line *lines,
                      size_t nlines, struct interval **out, bool *disagrees);

#endif
