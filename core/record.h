/* The meeting as values: what the log says when it is read from the beginning.
 *
 * record_apply() is the only way in. People are referred to by their full name on the list (names are what
 * the notation and the JSON have); a name that is nobody's stays as it was written. */
#ifndef CORE_RECORD_H
#define CORE_RECORD_H

#include "core/fact.h"

enum entry_kind {
#define KIND(id, word, letter, longword, family) ENTRY_##id,
#include "core/entry.def"
#undef KIND
    ENTRY_COUNT
};

const char *entry_word(enum entry_kind kind); /* "parent-view" */
char entry_letter(enum entry_kind kind);      /* 'P', or 0 */
char entry_family(enum entry_kind kind);
bool entry_kind_of_word(const char *word, enum entry_kind *kind);

/* Who may read: open (n 0, not confidential), confidential, or the named readers. */
struct restriction {
    bool confidential;
    struct texts readers;
};
bool restricted(const struct restriction *r);
bool restriction_same(const struct restriction *a, const struct restriction *b);

enum mode { MODE_UNSAID, MODE_IN_PERSON, MODE_PHONE, MODE_VIDEO };
const char *mode_word(enum mode mode); /* "in person" for UNSAID */

struct interval {
    int from, to; /* minutes; to TIME_NONE: to the end */
    enum mode mode;
};

/* Capacities: the closed list of notation.md section 2, as bits, plus what is not on it. */
enum capacity {
    CAP_CHAIR = 1 << 0, CAP_MINUTE_TAKER = 1 << 1, CAP_LEAD = 1 << 2, CAP_PROFESSIONAL = 1 << 3, CAP_PARENT = 1 << 4,
    CAP_CARER = 1 << 5, CAP_CHILD = 1 << 6, CAP_FAMILY = 1 << 7, CAP_ADVOCATE = 1 << 8, CAP_PARENT_PARTNER = 1 << 9,
    CAP_SUPPORTER = 1 << 10, CAP_INTERPRETER = 1 << 11, CAP_WITNESS = 1 << 12, CAP_OBSERVER = 1 << 13, CAP_OTHER = 1 << 14
};

struct attendee {
    struct uuid id;
    const char *name;         /* with its title, as listed; a role in brackets where nobody is named */
    const char *also;         /* name in the other script or NULL */
    const char *role, *organisation;
    struct texts capacity;    /* JSON words in their order: "interpreter", "parent" … */
    unsigned bits;            /* enum capacity */
    const char *responsibility; /* "PR", "no PR", "PR not known" or NULL */
    struct texts helps;       /* names after "for", as written; resolve with names_full() */
    const char *capacity_text;/* as written, canonical but for those names */
    const char *language;     /* of an interpreter or NULL */
    struct interval *listed;  /* presence as the list gives it, before + and - lines */
    size_t nlisted;
    const char *absence, *absence_reason; /* "apologies", "absent", "no reply", "report only", "not invited" or NULL */
    const char *presence_text; /* the presence column as written when it could not be read (then nothing is listed), else NULL:
                                 print it whenever it is set */
    bool implied;             /* a child of the head without a line of their own */
};

struct child {
    const char *name, *also, *known_as, *ref;
    struct uuid file;         /* the child's file; zero until the store has filed it */
};
/* Somebody said whom an attendee is the same person as; the attendee itself: nobody of that name (design.md, "Who is who"). */
struct same_person { struct uuid id, attendee, person; const char *reason; };
struct conflict { const char *name, *text; };
struct help {
    struct uuid id;
    const char *for_name, *kind;
    int32_t offered;          /* DAY_NONE: not offered or not said */
    const char *offered_text; /* "not offered", other words, or NULL when `offered` says it */
    const char *offered_by, *outcome;
    int32_t outcome_date;
    const char *words, *who;
};
struct contact { struct uuid id; const char *at, *how, *whom, *by, *result; };

struct earlier { const char *text; int32_t date; int time; const char *by; };
struct said_by { const char *by, *text; int32_t date; };           /* disputes, answers */
struct translation { const char *language, *text, *by; };
struct position {
    struct uuid id;
    const char *name;      /* full name, or as written */
    const char *position;  /* of decisions: the closed word or NULL; of a recommendation "differs"; of disagreements NULL */
    const char *text, *basis;
};
struct action_change {
    struct uuid id;
    int32_t date;
    const char *change, *from, *to, *by, *text;
};

struct dispute_state { struct uuid id; const char *state, *text, *next; };

/* One entry of the minutes. Which of the detail members are set depends on the kind. */
struct entry {
    struct uuid id;
    enum entry_kind kind;
    size_t item;              /* index in record.items */
    int time;
    const char *speaker;      /* full name, as written, or NULL: not recorded */
    const char *text;         /* never NULL */
    bool verbatim;
    struct restriction restriction;
    const char *read_back;    /* NULL, "read", "confirmed", "corrected", "not confirmed" */
    const char *withdrawn;    /* NULL or the reason ("" when none was given) */
    struct earlier *earlier; size_t nearlier, earlier_cap;
    struct said_by *disputes; size_t ndisputes, disputes_cap;
    struct said_by *answers; size_t nanswers, answers_cap;
    struct translation *translations; size_t ntranslations, translations_cap;
    bool not_interpreted;
    const char *typed_by;
    bool shown_as_withheld;
    bool withheld;            /* only in a copy: nothing but the time may be shown */
    /* detail */
    const char *basis, *source, *because, *how, *asked_by, *recipient, *purpose, *state, *reason, *what;
    int32_t date, until;
    enum mode mode;
    /* decision, disagreement */
    struct position *positions; size_t npositions, positions_cap;
    const char *state_text, *next; /* disagreement: `state` is open, resolved, agreed to differ, escalated */
    struct uuid state_id;
    struct dispute_state *states; size_t nstates, states_cap; /* every `= state` line in order; the last is what the three above say */
    /* action: as agreed; what holds now comes from action_now() */
    bool asked;
    const char *owner;
    struct texts with;
    int32_t due; int due_time; int32_t from_day;
    const char *done_when, *otherwise, *carried_number;
    int32_t carried;
    struct action_change *history; size_t nhistory, history_cap;
    /* numbering, of the whole record or of a copy: record_number() */
    int number;               /* within its item, from 1 */
    int label;                /* 3 of A3, R3, D3; 0 when it has none */
    bool changed;             /* since the store last wrote its derived rows */
};

/* "A3", "XR1", "A2" of a carried action; "" when it has no number. */
void entry_label(const struct entry *e, char label[16]);
/* "note", "parent's view", "break". / How one speaks of it: its label, else "the note of 14:12"; of a restricted one only the time is said. */
const char *entry_call(const struct entry *e);
void entry_put_name(struct buf *out, const struct entry *e);

struct item {
    struct uuid id;           /* zero for item 0 */
    const char *title;        /* NULL for item 0 */
    int planned_minutes;      /* -1 when not said */
    int time;                 /* written before the heading, or TIME_NONE */
};

struct outcome {
    struct uuid id;
    const char *outcome, *text;
    struct restriction restriction;
};
struct recommendation {
    struct uuid id;
    const char *text;
    struct restriction restriction;
    struct position *differences; size_t ndifferences, differences_cap;
};
struct signoff {              /* one line; a person's last one for a part is the state */
    struct uuid id;
    const char *name, *state, *scope, *comment;
    int32_t date;
    struct restriction restriction;
};
struct copy_given {
    struct uuid id;
    const char *name, *audience, *how;
    int32_t date;
    struct restriction restriction;
};

struct head_line { const char *key, *value; int index; };

struct record {
    struct arena *arena;      /* owns everything below; the record is freed with it */
    struct uuid id;           /* of the meeting */
    struct head_line *head; size_t nhead, head_cap; /* in the order of notation.md, unknown keys after, as given */
    /* read from the head */
    const char *type, *title, *place, *kept_by, *kept_as, *purpose, *authority, *transfer;
    int32_t date; int start, end, began;
    int school_year;          /* -1 when not said */
    const char *school_year_text; /* as written when it is no number */
    int32_t notice_sent, papers_sent, plan_made;
    int32_t next_date; int next_time; const char *next_none;
    struct child *children; size_t nchildren, children_cap;
    struct conflict *conflicts; size_t nconflicts, conflicts_cap;

    struct attendee *people; size_t npeople, people_cap;
    struct same_person *same; size_t nsame, same_cap;
    struct help *help; size_t nhelp, help_cap;
    struct contact *contacts; size_t ncontacts, contacts_cap;
    struct item *items; size_t nitems, items_cap;          /* [0] is always item 0 */
    struct entry *entries; size_t nentries, entries_cap;   /* in order */
    struct outcome *outcomes; size_t noutcomes, outcomes_cap;
    struct recommendation *recommendations; size_t nrecommendations, recommendations_cap;
    struct signoff *signoffs; size_t nsignoffs, signoffs_cap;
    struct copy_given *copies; size_t ncopies, copies_cap;

    bool opened;              /* somebody opened the live screen on it */
    const char *origin;
    struct uuid last;         /* event that made the last line: what an indented line belongs to */
    struct uuid parent;       /* entry or recommendation that indented positions and marks belong to */
    const struct fact *last_fact; /* the fact that made the last line (a copy), for a line that continues it; NULL: none */
    uint64_t people_version;  /* goes up whenever the list or the children change (for core/names) */
    void *names;              /* index of core/names.c, in the arena */
    size_t nfacts;            /* facts that were applied */
    struct record_index *index;      /* event id -> object; core/record_index.c */
    struct presence_cache *presence; /* what core/presence.c worked out; made again after each change */
};

/* An empty record of a meeting in an arena of its own. */
struct record *record_new(struct uuid meeting);
void record_free(struct record *record);

/* Applies one fact. Total: a fact whose target does not exist (yet) changes nothing and returns
 * false. FACT_UNDONE is not for here: see record_replay(). */
bool record_apply(struct record *record, const struct fact *fact);

/* Makes a record from all facts of a meeting in order, leaving out those that were undone (an undoing can
 * itself be undone: redo). Facts are borrowed; what is kept is copied. */
struct record *record_replay(struct uuid meeting, const struct fact *facts, size_t n);

/* Which facts count: undone[i] is set for facts that an undoing (not itself undone) names. */
void record_undone(const struct fact *facts, size_t n, bool *undone);

/* Numbers entries and labels; record_apply() keeps it up to date, copies are numbered again. */
void record_number(struct record *record);

struct entry *record_entry(const struct record *record, struct uuid id); /* NULL: none */
const struct attendee *record_person(const struct record *record, const char *full_name);

/* "planned", "live", "draft", "sealed". Planned until something was said; live once opened on the live screen until
 * `end` is recorded or somebody signed. */
const char *record_status(const struct record *record);

/* What holds for an action after its history. */
struct action_now {
    const char *status; /* open, in progress, done, not done, withdrawn, asked */
    const char *owner;
    int32_t due; int due_time;
    int32_t closed;     /* date of done or withdrawn, else DAY_NONE */
};
struct action_now action_now(const struct record *record, const struct entry *action);
bool action_is_open(const char *status); /* open, in progress, not done */

/* Head keys in the order of notation.md section 1, for printing, planning and completion. */
struct head_key { const char *key; bool repeats; const char *help; };
extern const struct head_key head_keys[];
extern const size_t nhead_keys;

/* Parts of lines that the notation and the record both read (core/record_read.c). */
bool capacity_read(struct arena *arena, struct attendee *a, const char *text, struct buf *warning);
/* False: not readable; `text` is then in a->presence_text and nothing is lost. */
bool presence_read(struct arena *arena, struct attendee *a, const char *text, struct buf *warning);
void presence_put(struct buf *out, const struct interval *v, size_t n);

#endif
