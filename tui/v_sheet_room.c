/* Sheets of the room: who came or went at another time or for a reason, who is not coming, a break. */
#include <string.h>

#include "core/presence.h"
#include "core/text.h"
#include "tui/sheet.h"

static const char *name_of(const struct sheet_view *v)
{
    return v->about.name == NULL ? "" : v->about.name;
}

static bool is_here(const struct sheet_view *v, struct now now)
{
    const struct record *r = v->session->record;
    const struct attendee *a = record_person(r, name_of(v));
    struct interval interval;
    return a != NULL && presence_now(r, a, live_time(r, &now), &interval) == ROOM_IN;
}

/* ---- at another time ---- */

static const struct form_field move_fields[] = {
    {ROW_MOVE, FORM_CHOICE, "What", NULL},
    {ROW_CLOCK, FORM_TEXT, "At", "14:05"},
    {ROW_MODE, FORM_CHOICE, "How", NULL},
    {ROW_REASON, FORM_TEXT, "Why", "or nothing"},
    {ROW_SAVE, FORM_BUTTON, "", "Put on record"},
};

static void fill_move(struct sheet_view *v, struct now now)
{
    form_set(&v->form, ROW_MOVE, is_here(v, now) ? "leaves" : "arrives");
    form_set(&v->form, ROW_MODE, "in person");
    form_focus_field(&v->form, ROW_CLOCK);
}

static bool make_move(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true, arrives = strcmp(form_text_of(&v->form, ROW_MOVE), "arrives") == 0;
    const char *clock = sheet_get(v, ROW_CLOCK, now, &good, why), *reason = sheet_get(v, ROW_REASON, now, &good, why);
    const char *mode = form_text_of(&v->form, ROW_MODE);
    if (good && clock[0] == '\0')
        return sheet_missing(v, ROW_CLOCK, "Say when: 14:05", why);
    buf_addf(out, "%s %c%s", clock, arrives ? '+' : '-', name_of(v));
    if (arrives && strcmp(mode, "in person") != 0)
        buf_addf(out, " %s", mode);
    if (reason[0] != '\0')
        buf_addf(out, ": %s", reason);
    return good;
}

const struct sheet sheet_move = {"sheet time", "At another time: {}", move_fields, NITEMS(move_fields), SHEET_LINES, NULL, fill_move, make_move};

/* ---- for a reason ---- */

static const struct form_field why_fields[] = {{ROW_REASON, FORM_TEXT, "Why", "another meeting, to fetch a child \xe2\x80\xa6"}};

static void fill_nothing(struct sheet_view *v, struct now now)
{
    (void)v;
    (void)now;
}

static bool make_why(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true;
    const char *reason = sheet_get(v, ROW_REASON, now, &good, why);
    buf_addf(out, "%c%s%s%s", is_here(v, now) ? '-' : '+', name_of(v), reason[0] == '\0' ? "" : ": ", reason);
    return good;
}

const struct sheet sheet_why = {"sheet why", "Now, with a reason: {}", why_fields, NITEMS(why_fields), SHEET_LINES, NULL, fill_nothing, make_why};

/* ---- not there ---- */

static const struct form_field absence_fields[] = {
    {ROW_ABSENCE, FORM_CHOICE, "Not there", NULL},
    {ROW_REASON, FORM_TEXT, "Why", "as they gave it, or nothing"},
};

static void fill_absence(struct sheet_view *v, struct now now)
{
    const struct attendee *a = record_person(v->session->record, name_of(v));
    (void)now;
    form_set(&v->form, ROW_ABSENCE, a != NULL && a->absence != NULL ? a->absence : "apologies");
    if (a != NULL && a->absence_reason != NULL)
        form_set(&v->form, ROW_REASON, a->absence_reason);
    form_focus_field(&v->form, ROW_REASON); /* a reason that is typed at once is not eaten by the choice above */
}

/* Where a + line of the minutes says that they came, the list cannot say otherwise. */
static bool came(const struct record *r, const char *name)
{
    for (size_t i = 0; i < r->nentries; i++) {
        const struct entry *e = &r->entries[i];
        if (e->kind == ENTRY_ARRIVES && e->withdrawn == NULL && e->speaker != NULL && strcmp(e->speaker, name) == 0)
            return true;
    }
    return false;
}

static bool make_absence(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true;
    const struct attendee *a = record_person(v->session->record, name_of(v));
    const char *reason = sheet_get(v, ROW_REASON, now, &good, why), *state = form_text_of(&v->form, ROW_ABSENCE);
    if (!good)
        return false;
    if (a == NULL)
        return sheet_missing(v, ROW_ABSENCE, "That person is not on the list any more", why);
    if (came(v->session->record, a->name))
        return sheet_missing(v, ROW_ABSENCE, "The minutes say when they arrived: withdraw that line first", why);
    buf_adds(out, sheet_person_line(v->draw_arena, a, NULL, reason[0] == '\0' ? state : arena_printf(v->draw_arena, "%s: %s", state, reason)));
    v->target = a->id;
    return true;
}

const struct sheet sheet_absence = {"sheet absence", "Not there: {}", absence_fields, NITEMS(absence_fields), SHEET_LIST, NULL, fill_absence, make_absence};

/* ---- break ---- */

static const struct form_field break_fields[] = {{ROW_REASON, FORM_TEXT, "Why", "waiting for the interpreter, or nothing"}};

static bool make_break(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true;
    const char *reason = sheet_get(v, ROW_REASON, now, &good, why);
    buf_addf(out, "break%s%s", reason[0] == '\0' ? "" : ": ", reason);
    return good;
}

const struct sheet sheet_break = {"sheet break", "A break: why?", break_fields, NITEMS(break_fields), SHEET_LINES, NULL, fill_nothing, make_break};
