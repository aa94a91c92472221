/* The live meeting screen: what its files (v_live*.c) share. Private to them; v_people.c and v_check.c use the few functions at the end. */
#ifndef TUI_LIVE_H
#define TUI_LIVE_H

#include "tui/app.h"
#include "tui/edit.h"

enum live_focus { LIVE_LINE, LIVE_ENTRIES, LIVE_READ };

/* A question on the message line that the next letter answers; any other letter is typed as usual, so nothing is lost to it. */
enum live_pending { LIVE_NOTHING_PENDING, LIVE_PENDING_UNDO, LIVE_PENDING_REDO, LIVE_PENDING_WHO };

#define LIVE_CANDIDATES 12
#define LIVE_EDITOR_ROWS 4

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
    bool ascii;
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

/* Where the parts stand; a rect without height is not shown. */
struct live_layout {
    struct rect title, agenda, people, entries, side, rule, line, preview;
    int left_rule, right_rule;  /* column of the upright rules, -1: none */
    bool narrow;
};

/* What the panes show is drawn again only when one of these changed; a key that only changes the line copies the cells. */
struct live_stamp {
    size_t log, facts;
    const struct record *record;
    int w, h, line_rows, time, scroll, focus;
    int32_t day;
    bool ascii;
    struct uuid chosen, shown, editing;
};

struct live {
    struct session session;
    bool session_open;
    struct edit *edit;
    enum live_focus focus;
    enum live_pending pending;
    struct uuid chosen;         /* entry in focus */
    struct uuid shown;
    struct uuid editing;        /* entry whose wording stands in the line; zero: none */
    struct buf kept;            /* the unfinished line meanwhile */
    size_t kept_cursor;
    struct buf saved;           /* what the store has as the half-typed line */
    size_t saved_cursor;
    int scroll;                 /* rows above the newest */
    int page;                   /* rows of the entries pane when last drawn */
    int columns;                /* of the editor when last drawn */
    bool offered;               /* the line is a planned heading, as the key put it there: typing on begins the item */
    bool fresh;                 /* `preview` is that of the line as it stands */
    bool paused;                /* the keys paused since the line changed: only then is advice given, so that it never flickers under the fingers */
    struct arena *preview_arena;
    struct preview preview;
    struct live_tab tab;
    struct buf question;        /* text of a question that is being asked */
    bool after;                 /* outcome and sign-off are what was typed last: they stand below the entries */
    size_t nentries, nafter;    /* when last looked at, to tell */
    int64_t version;            /* of the store, when last looked at */
    struct live_stamp stamp;
    struct cell *cells;         /* the panes as last drawn, and where the cursor was */
    size_t ncells;
    int cursor_x, cursor_y;
};

/* ---- v_live.c ---- */
struct live *live_of(struct view *view);
void live_focus_line(struct live *live);
/* Takes in what others wrote; says so when it could not. */
void live_refresh(struct view *view);
/* The time that counts on the screen: now on the day of the meeting, else the last time written. */
int live_time(const struct record *record, const struct now *now);

/* ---- v_live_line.c: what is typed ---- */
void live_line_begin(struct live *live, const char *prefix);
void live_line_view(struct live *live);
void live_line_next(struct view *view);
void live_line_finish(struct live *live);
void live_line_changed(struct live *live);
/* A decision or a disagreement was put on record last. / The line begins with a position or a mark that lacks its blanks. */
bool live_takes_positions(const struct live *live);
bool live_line_loose(const struct live *live);
void live_line_preview(struct live *live);
void live_commit(struct view *view);
void live_draft_save(struct view *view);
enum evh live_draft_load(struct live *live, struct uuid meeting, struct err *err);

/* ---- v_live_mark.c: what is done to entries ---- */
void live_edit_begin(struct view *view, struct uuid entry);
void live_edit_leave(struct live *live);
void live_entries_enter(struct view *view);
void live_entries_move(struct view *view, int by);
void live_entries_open(struct view *view);
void live_entries_show(struct view *view);
void live_withdraw(struct view *view);
void live_read_begin(struct view *view);
void live_read_mark(struct view *view, const char *how);
void live_undo(struct view *view, bool redo);
void live_nothing_to_add(struct view *view);
/* A letter that answers the pending question; false: it was none, and is typed. */
bool live_answer(struct view *view, const char *utf8, size_t n);
size_t live_entry_index(const struct record *record, struct uuid id); /* nentries: none */

/* ---- v_live_entries.c, v_live_rows.c ---- */
void live_rows_entry(struct live_rows *rows, const struct entry *entry);
void live_rows_heading(struct live_rows *rows, size_t item);
void live_rows_after(struct live_rows *rows); /* outcome, recommendation, sign-off, copies */
void live_rows_wrap(struct live_rows *rows, struct uuid entry, enum style style, int indent, const char *text);
void live_draw_entries(struct live *live, struct surface *s, struct rect r);
void live_draw_read(struct live *live, struct surface *s, struct rect r);
const char *live_who(const struct record *record, struct arena *arena, const char *name);

/* ---- v_live_panes.c ---- */
void live_agenda_read(const struct record *record, struct arena *arena, struct live_agenda *out);
void live_draw_title(struct live *live, const struct now *now, struct surface *s, struct rect r);
void live_draw_agenda(struct live *live, struct surface *s, struct rect r);
void live_draw_people(struct live *live, const struct now *now, struct surface *s, struct rect r);
void live_draw_side(struct live *live, struct surface *s, struct rect r);
int live_people_count(const struct record *record);
/* Sign and word of a person's presence; the word lives in the arena. */
enum sign live_presence(const struct record *record, const struct attendee *person, int time, struct arena *arena, const char **word);
const char *live_capacity(const struct attendee *person);

/* ---- v_live_draw.c ---- */
void live_layout_make(struct live_layout *l, int w, int h, int line_rows);
void live_draw(struct view *view, struct surface *s);
bool live_echo(struct view *view, struct surface *s);

/* ---- for the screens above it ---- */
/* Puts the focus on an entry of the live screen that `view` is; false when it is another screen. */
bool live_go_to(struct view *view, struct uuid entry);
/* Begins a line there, when none is half typed. */
bool live_propose(struct view *view, const char *line);

#endif
