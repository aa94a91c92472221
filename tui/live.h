/* The live meeting screen: what its files (v_live*.c) share. Private to them; v_people.c and v_check.c use the few functions at the end. */
#ifndef TUI_LIVE_H
#define TUI_LIVE_H

#include "tui/app.h"
#include "tui/changing.h"
#include "tui/edit.h"

enum live_focus { LIVE_LINE, LIVE_ENTRIES, LIVE_READ, LIVE_PANEL };

/* A question on the message line that the next letter answers; any other letter is typed as usual, so nothing is lost to it. */
enum live_pending { LIVE_NOTHING_PENDING, LIVE_PENDING_UNDO, LIVE_PENDING_REDO, LIVE_PENDING_WHO, LIVE_PENDING_LEAVE };

#define LIVE_CANDIDATES 12
#define LIVE_EDITOR_ROWS 4
#define LIVE_PARENTS 9 /* so that one digit picks one */

/* Completion by Tab: candidates for the words that began at `at`; the next Tab takes the next one. */
struct live_tab {
    bool on;
    size_t at, length; /* what stands there now */
    const char *v[LIVE_CANDIDATES];
    size_t n, index;
    struct arena *arena;
};

/* One row of the entries pane. */
struct live_row {
    struct uuid entry;          /* zero: a heading or what follows the entries */
    const char *time, *kind, *text, *right; /* NULL: nothing there */
    enum style style, kind_style, right_style;
    int indent;
};
struct live_rows {
    struct live_row *v;
    size_t n, cap;
    struct arena *arena;
    const struct record *record;
    struct uuid shown;          /* the restricted entry that was opened with a key */
    int width, prefix;          /* of the pane; columns before the text */
    bool ascii, aloud;          /* aloud: who speaks stands above the words already */
};

/* An item of the agenda pane: begun, or still a line of the plan. */
struct live_item {
    const char *title;
    int minutes;
    bool begun;
};
struct live_agenda {
    struct live_item *v;
    size_t n, begun;            /* the first `begun` are in the record; the last of these is the current one */
};

/* The question on leaving an item: v_live_heard.c. */
struct live_heard {
    struct uuid item;           /* what was current when it was asked last, and how many entries there were: it is not asked twice */
    size_t nentries;
    struct uuid heading;        /* put on record just now: the answer belongs to the item before it; zero: to the current one */
    bool begun;                 /* the line is the answer that F3 began; `prefix` as it put it there */
    struct buf prefix;
};

/* Where the parts stand; a rect without height is not shown. */
struct live_layout {
    struct rect title, item, agenda, people, entries, panel, side, rule, line, preview;
    int left_rule, right_rule;  /* column of the upright rules, -1: none */
    bool small;                 /* no panes: below 60x16 */
};

/* What the panes show is drawn again only when one of these changed; a key that only changes the line copies the cells. */
struct live_stamp {
    size_t log, facts;
    const struct record *record;
    char trouble[48];
    int w, h, line_rows, panel_rows, time, scroll, read_top, focus;
    int32_t day;
    bool ascii;
    struct uuid chosen, shown, editing;
};

struct live_panel;
/* What the store has as half typed in the panel; place "": nothing. */
struct live_panel_draft {
    struct buf place, text;
    size_t cursor;
};

struct live {
    struct changing changing;   /* first: tui/changing.h */
    struct session session;
    struct live_panel *panel;   /* positions or sides, shown or (focus LIVE_PANEL) being gone through; NULL: none */
    struct live_panel_draft panel_draft;
    struct buf dismissed;       /* advice on this line that was dismissed, one a line */
    bool session_open;
    struct edit *edit;
    enum live_focus focus;
    enum live_pending pending;
    struct uuid chosen;         /* entry in focus */
    struct uuid shown;
    struct uuid editing;        /* entry whose wording stands in the line; zero: none */
    struct buf editing_was;     /* that wording as it was when the edit began */
    struct uuid reworded;       /* entry that was edited while it was read back: it is read again, and then corrected */
    bool rereads;               /* the edit began there */
    struct buf who;             /* who disputes, answers or translates, between two questions */
    char needle[64];            /* what was searched for among the entries */
    struct buf kept;            /* the unfinished line meanwhile */
    size_t kept_cursor;
    struct buf saved;           /* what the store has as the half-typed line */
    size_t saved_cursor;
    int scroll;                 /* rows above the newest */
    int read_top;               /* rows of a long entry above the screen while it is read back */
    int scroll_most, read_most; /* what these can be where the screen was last drawn; a smaller screen that follows may have more, so they are kept */
    int page;                   /* rows of the entries pane when last drawn */
    int columns;                /* of the editor when last drawn */
    bool reading;               /* open for reading only: the focus rests among the entries */
    bool offered;               /* the line is a planned heading, as the key put it there: typing on begins the item */
    bool leaving;               /* it was just said that a line stands here which cannot be saved */
    bool fresh;                 /* `preview` is that of the line as it stands */
    bool paused;                /* the keys paused since the line changed: only then is advice given, so that it never flickers under the fingers */
    struct arena *preview_arena;
    struct preview preview;
    struct live_tab tab;
    struct buf question;        /* text of a question that is being asked */
    struct live_heard heard;
    bool after;                 /* outcome and sign-off are what was typed last: they stand below the entries */
    size_t nentries, nafter;    /* when last looked at, to tell */
    int64_t version;            /* of the store, when last looked at */
    size_t check_at;            /* where the list of the check stood: F11 comes back there */
    struct live_stamp stamp;
    struct cell *cells;         /* the panes as last drawn, and where the cursor was */
    size_t ncells;
    int cursor_x, cursor_y;
};

/* ---- v_live.c ---- */
struct live *live_of(struct view *view);
void live_focus_line(struct live *live);
/* The record is another: what stood on it (preview, panel, entry in focus) is looked at anew. */
void live_record_changed(struct view *view);
/* Takes in what others wrote; says so when it could not. */
void live_refresh(struct view *view);
/* The time that counts on the screen: now on the day of the meeting, else the last time written. */
int live_time(const struct record *record, const struct now *now);

/* ---- v_live_line.c: what is typed ---- */
void live_line_begin(struct live *live, const char *prefix);
void live_line_view(struct live *live);
void live_line_next(struct view *view);
void live_line_finish(struct view *view);
void live_line_changed(struct live *live);
/* What stands in the line is left out, but Ctrl-Y puts it back. */
void live_line_put_aside(struct live *live);
/* Nothing but the beginning that a key gave it ("P: "). */
bool live_line_untouched(const struct live *live);
/* A decision or a disagreement was put on record last. / The line is a position or a mark of it that lacks its two blanks: it gets them. */
bool live_takes_positions(const struct live *live);
bool live_line_loose(const struct live *live);
void live_line_preview(struct live *live);
void live_commit(struct view *view);
void live_say_notices(struct view *view); /* of the last call of the session */
void live_dismiss(struct view *view);     /* hides the advice on this line, for a reason */
void live_draft_save(struct view *view);
enum evh live_draft_load(struct live *live, struct uuid meeting, struct err *err);

/* ---- v_live_edit.c: an entry's wording on the line ---- */
void live_edit_begin(struct view *view, struct uuid entry);
void live_edit_leave(struct live *live);
/* New wording stands in the line that is not on record. / The same, and says what to do with it before something else is begun. */
bool live_edit_changed(const struct live *live);
bool live_edit_holds(struct view *view);
void live_edit_commit(struct view *view);
/* The half-typed edit, and the line that stepped aside for it, as text for the disk; false: the text is none, but a plain line. */
void live_edit_put_draft(const struct live *live, struct buf *out);
bool live_edit_take_draft(struct live *live, const char *text, size_t cursor);

/* ---- v_live_among.c: keys among the entries ---- */
bool live_among_act(struct view *view, enum action action);
const char *live_among_hint(const struct live *live, int row); /* what may be done with the entry in focus */

/* ---- v_live_mark.c: what is done to entries ---- */
const struct entry *live_chosen(const struct live *live); /* NULL: none */
/* What people say of it (withdrawn, disputed, answered, translated). False: `action` is none of these. */
bool live_mark_ask(struct view *view, enum action action);
/* Asks again what was half answered when the screen was last left. */
void live_mark_resume(struct view *view);
void live_entries_enter(struct view *view);
void live_entries_move(struct view *view, int by);
void live_entries_open(struct view *view);
void live_entries_show(struct view *view);
void live_entries_last(struct live *live); /* the newest is in focus, where there is one */
bool live_at_last(const struct live *live);
void live_entries_nearest(struct live *live);
void live_read_begin(struct view *view);
void live_read_mark(struct view *view, const char *how);
void live_undo(struct view *view, bool redo);
/* A letter that answers the pending question; false: it was none, and is typed. */
bool live_answer(struct view *view, const char *utf8, size_t n);
size_t live_entry_index(const struct record *record, struct uuid id); /* nentries: none */

/* ---- v_live_heard.c: who was heard on an item ---- */
/* How often parents and carers (ENTRY_PARENT_VIEW) or children (ENTRY_CHILD_VIEW) are recorded in an item: views, words said, positions; withdrawn ones left out. */
int live_heard_count(const struct record *record, size_t item, enum entry_kind kind);
/* Parents and carers who are in the room, or were since the item began, and of whom nothing is recorded on it (as CK-ITEM-VIEW has it). For the
 * sign in the list of people and the words in the head of the item; give the current item, record->nitems - 1. */
size_t live_not_heard(const struct live *live, const struct now *now, size_t item, const struct attendee *out[LIVE_PARENTS]);
/* The current item is being left (its successor stands in the line, or the meeting ends): asks, on the message line, if somebody was not heard. /
 * It was left: the new heading is on record. / Whether that was asked since anything was recorded. / The answer did not come. */
void live_heard_leaving(struct view *view);
void live_heard_left(struct view *view);
bool live_heard_asked(const struct live *live);
void live_heard_forget(struct live *live);
/* Before the sign-off is opened: the names of whom it was not asked for; false: nobody. */
bool live_heard_signing(struct view *view, struct buf *names);
/* F3 as an answer: begins the view of whoever was not heard; false: it is the ordinary key. */
bool live_heard_view(struct view *view);
/* The line is the view that F3 began, and goes to the item that was left. / Puts such a line on record. / Goes on asking. */
bool live_heard_takes(const struct live *live);
enum evh live_heard_line(struct live *live, const char *line, size_t n, struct err *err);
void live_heard_recorded(struct view *view);
const char *live_heard_hint(const struct live *live);
void live_nothing_to_add(struct view *view);
/* The digit that answers who had nothing to add; false: none of them. */
bool live_heard_who(struct view *view, char digit);

/* ---- v_live_entries.c, v_live_rows.c ---- */
void live_rows_entry(struct live_rows *rows, const struct entry *entry);
void live_rows_heading(struct live_rows *rows, size_t item);
void live_rows_after(struct live_rows *rows); /* outcome, recommendation, sign-off, copies */
void live_rows_wrap(struct live_rows *rows, struct uuid entry, enum style style, int indent, const char *text);
void live_draw_entries(struct live *live, struct surface *s, struct rect r);
const char *live_who(const struct record *record, struct arena *arena, const char *name);

/* ---- v_live_panes.c ---- */
void live_agenda_read(const struct record *record, struct arena *arena, struct live_agenda *out);
void live_draw_agenda(struct live *live, struct surface *s, struct rect r);
void live_draw_people(struct live *live, const struct now *now, struct surface *s, struct rect r);
void live_draw_side(struct live *live, struct surface *s, struct rect r);
int live_people_count(const struct record *record);
/* Sign and word of a person's presence; the word lives in the arena. */
enum sign live_presence(const struct record *record, const struct attendee *person, int time, struct arena *arena, const char **word);

/* ---- v_live_trouble.c: when the disk fails ---- */
/* Asks for a folder and writes all that is known, and the half-typed line, into a file there. */
void live_rescue(struct view *view);
/* The screen is not left yet: a line stands there that cannot be saved, and the user was told so just now. */
bool live_stays(struct view *view, enum action action);
/* Such a line when the program is ended from outside: a rescue file in the home folder. */
void live_rescue_unasked(struct view *view);

/* ---- v_live_title.c ---- */
/* `trouble` as in struct app. / The same on the rule of a small screen, in the fullest form that has room. / Number and title of the current item,
 * and who was heard on it. */
void live_draw_title(struct live *live, const struct now *now, const char *trouble, struct surface *s, struct rect r);
void live_draw_state(struct live *live, const struct now *now, const char *trouble, struct surface *s, struct rect r);
void live_draw_item(struct live *live, const struct now *now, struct surface *s, struct rect r);

/* ---- v_live_read.c: one entry large, to be read aloud ---- */
void live_draw_read(struct live *live, struct surface *s, struct rect r);
/* Moves the words of a long entry; the drawing keeps them on the screen. */
void live_read_scroll(struct view *view, int by);

/* ---- v_live_panel.c: positions on a decision, sides of a disagreement, one person after another ---- */
/* Rows that the panel wants between the entries and the rule, at most `room`; 0: it is closed. */
int live_panel_rows(const struct live *live, int room);
void live_panel_draw(struct live *live, struct surface *s, struct rect r);
/* Goes through the people in the room for a decision or a disagreement; false when the entry is neither. */
bool live_panel_open(struct view *view, struct uuid entry);
void live_panel_close(struct live *live);
/* On an empty line below a decision or a disagreement: into its panel. False: there is none, or nobody to be asked. */
bool live_panel_begin(struct view *view);
/* The line is "R: " (or "D: ") and nothing more: into the panel of the newest one that lacks somebody. False: it is another line. */
bool live_panel_newest(struct view *view, enum entry_kind kind);
/* Keys while the focus is in the panel. False: the action is not its own; the panel may have been left for it. */
bool live_panel_act(struct view *view, enum action action);
/* An ordinary line went on record: a decision or a disagreement shows its panel, and what is no position leaves it for later. */
void live_panel_typed(struct live *live, size_t entries_before, bool indented);
/* Closes it when its entry is gone; half-typed words stay in the line. */
void live_panel_check(struct view *view);
/* The name before the line, cut to what it gives as columns (with a blank); 0: there is none. / What the line below says; false: it is not the panel's. */
int live_panel_prompt(const struct live *live, int width, struct buf *out);
bool live_panel_preview(const struct live *live, struct surface *s, struct rect r);
/* The line that stepped aside, NULL: none. / Half-typed words, on disk and back. */
const char *live_panel_kept(const struct live *live, size_t *cursor);
void live_panel_draft_save(struct view *view);
void live_panel_draft_load(struct view *view);
void live_panel_free(struct live *live);

/* ---- v_live_draw.c ---- */
/* `among`: the focus is among the entries, which are the last to go when rows are few. */
void live_layout_make(struct live_layout *l, int w, int h, int line_rows, bool among);
void live_draw(struct view *view, struct surface *s);
bool live_echo(struct view *view, struct surface *s);

/* ---- for the screens above it ---- */
/* Puts the focus on an entry of the live screen that `view` is; false when it is another screen. */
bool live_go_to(struct view *view, struct uuid entry);
/* Begins a line there, when none is half typed. */
bool live_propose(struct view *view, const char *line);

#endif
