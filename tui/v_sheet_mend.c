/* Sheets of the check: each asks what one finding misses. */
#include <string.h>

#include "core/check.h"
#include "core/presence.h"
#include "core/text.h"
#include "tui/sheet.h"

static const char *name_of(const struct sheet_view *v)
{
    return v->about.name == NULL ? "" : v->about.name;
}

static void fill_nothing(struct sheet_view *v, struct now now)
{
    (void)v;
    (void)now;
}

static bool gone(struct sheet_view *v, int field, char why[160])
{
    return sheet_missing(v, field, "That line is not in the record any more", why);
}

/* ---- who is to do an action, by when ---- */

static const struct form_field action_fields[] = {
    {ROW_OWNER, FORM_TEXT, "Who", "one person"}, {ROW_DUE, FORM_TEXT, "By when", "4 Dec, next Tuesday, in 2 weeks"}, {ROW_SAVE, FORM_BUTTON, "", "Put on record"},
};

static void fill_action(struct sheet_view *v, struct now now)
{
    const struct entry *e = record_entry(v->session->record, v->about.target);
    (void)now;
    if (e == NULL)
        return;
    if (e->owner != NULL)
        form_set(&v->form, ROW_OWNER, e->owner);
    if (e->due != DAY_NONE)
        form_set(&v->form, ROW_DUE, arena_printf(v->arena, "%s%s%s", civil_day_dup(v->arena, e->due), e->due_time == TIME_NONE ? "" : " ",
                                                 e->due_time == TIME_NONE ? "" : civil_time_dup(v->arena, e->due_time)));
    if (v->about.index > 0) /* it was the date that was asked for */
        form_focus_field(&v->form, ROW_DUE);
}

/* The same action with its owner and its date; what else was agreed stays word for word. */
static bool make_action(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true;
    const struct entry *e = record_entry(v->session->record, v->about.target);
    const char *owner = sheet_get(v, ROW_OWNER, now, &good, why), *due = sheet_get(v, ROW_DUE, now, &good, why);
    if (e == NULL)
        return gone(v, ROW_OWNER, why);
    if (!good)
        return false;
    struct entry changed = *e;
    size_t day = strcspn(due, " ");
    changed.owner = owner[0] == '\0' ? NULL : owner;
    changed.due = DAY_NONE;
    changed.due_time = TIME_NONE;
    if (due[0] != '\0') {
        (void)civil_read_day(due, day, &changed.due);
        if (due[day] == ' ')
            (void)civil_read_time(due + day + 1, strlen(due + day + 1), &changed.due_time);
    }
    if (changed.due != e->due)
        changed.from_day = DAY_NONE;
    notation_print_entry(out, v->session->record, &changed, true);
    return true;
}

const struct sheet sheet_action = {"sheet action", "Who, by when: {}", action_fields, NITEMS(action_fields), SHEET_LINES, NULL, fill_action, make_action};

/* ---- the next meeting ---- */

static const struct form_field next_fields[] = {
    {ROW_NEXT_ON, FORM_TEXT, "Next meeting", "5 Jan 2027, in 6 weeks"}, {ROW_NEXT_AT, FORM_TEXT, "at", "14:00, or nothing"},
    {ROW_NEXT_NONE, FORM_TEXT, "or why none", "the plan is finished; the family will ring \xe2\x80\xa6"}, {ROW_SAVE, FORM_BUTTON, "", "Put on record"},
};

static bool make_next(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true;
    const char *on = sheet_get(v, ROW_NEXT_ON, now, &good, why), *at = sheet_get(v, ROW_NEXT_AT, now, &good, why);
    const char *none = sheet_get(v, ROW_NEXT_NONE, now, &good, why);
    if (!good)
        return false;
    if (on[0] == '\0' && none[0] == '\0')
        return sheet_missing(v, ROW_NEXT_ON, "Give a date, or say why there is none", why);
    if (on[0] != '\0' && none[0] != '\0')
        return sheet_missing(v, ROW_NEXT_NONE, "Either a date, or why there is none", why);
    if (on[0] != '\0')
        buf_addf(out, "%s%s%s", on, at[0] == '\0' ? "" : " ", at);
    else
        buf_addf(out, "none: %s", none);
    return true;
}

const struct sheet sheet_next = {"sheet next", "The next meeting", next_fields, NITEMS(next_fields), SHEET_HEAD, "next-meeting", fill_nothing, make_next};

/* ---- who chaired ---- */

static const struct form_field chair_fields[] = {{ROW_PERSON, FORM_TEXT, "Who", "who chaired the meeting"}};

static bool make_chair(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true;
    const char *name = sheet_get(v, ROW_PERSON, now, &good, why);
    const struct attendee *a = record_person(v->session->record, name);
    if (good && name[0] == '\0')
        return sheet_missing(v, ROW_PERSON, "Say who chaired", why);
    if (good && a == NULL)
        return sheet_missing(v, ROW_PERSON, "That is nobody on the list; Tab completes a name", why);
    if (!good)
        return false;
    const char *had = a->capacity_text;
    const char *capacity = had == NULL || had[0] == '\0' ? "chair" : arena_printf(v->draw_arena, "chair, %s", had);
    buf_adds(out, sheet_person_line(v->draw_arena, a, capacity, NULL));
    v->target = a->id;
    return true;
}

const struct sheet sheet_chair = {"sheet chair", "Who chaired?", chair_fields, NITEMS(chair_fields), SHEET_LIST, NULL, fill_nothing, make_chair};

/* ---- views ---- */

static const struct form_field view_fields[] = {{ROW_TEXT, FORM_TEXT, "Words", "theirs: \xe2\x80\x9c\xe2\x80\xa6\xe2\x80\x9d for exactly what they said"}};

static void put_about_item(struct buf *out, const struct item *item)
{
    size_t at = out->n;
    check_put_about(out, item);
    out->s[at] = 'A';
}

/* What is said now belongs to the item that is open now: words about an earlier one name it. */
static void put_about(const struct sheet_view *v, struct buf *out)
{
    if (v->about.index > 0 && (size_t)v->about.index < v->session->record->nitems)
        put_about_item(out, &v->session->record->items[v->about.index]);
}

static bool make_view(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true;
    const char *text = sheet_get(v, ROW_TEXT, now, &good, why);
    if (good && text[0] == '\0')
        return sheet_missing(v, ROW_TEXT, "Their words are missing; n on the list records that they had nothing to add", why);
    struct buf about = {0};
    put_about(v, &about);
    buf_addf(out, "P: %s: %s%s%s", name_of(v), buf_str(&about), about.n > 0 ? ": " : "", text);
    buf_free(&about);
    return good;
}

const struct sheet sheet_view_of_parent = {"sheet view", "The view of {}", view_fields, NITEMS(view_fields), SHEET_LINES, NULL, fill_nothing, make_view};

static const struct form_field child_fields[] = {
    {ROW_HOW, FORM_TEXT, "How given", "in words, drawing, talking mat, through a worker \xe2\x80\xa6"}, {ROW_BY, FORM_TEXT, "Asked by", "who asked"},
    {ROW_GIVEN, FORM_TEXT, "on", "today, Friday, 23 Nov"}, {ROW_TEXT, FORM_TEXT, "Words", "theirs: \xe2\x80\x9c\xe2\x80\xa6\xe2\x80\x9d for exactly what they said"},
    {ROW_SAVE, FORM_BUTTON, "", "Put on record"},
};

static void fill_child(struct sheet_view *v, struct now now)
{
    const struct entry *e = record_entry(v->session->record, v->about.target);
    (void)now;
    if (e == NULL)
        return;
    if (e->how != NULL)
        form_set(&v->form, ROW_HOW, e->how);
    if (e->asked_by != NULL)
        form_set(&v->form, ROW_BY, e->asked_by);
    if (e->date != DAY_NONE)
        form_set(&v->form, ROW_GIVEN, civil_day_dup(v->arena, e->date));
    form_set(&v->form, ROW_TEXT, e->text);
}

static bool make_child(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true;
    const struct entry *e = record_entry(v->session->record, v->about.target);
    const char *how = sheet_get(v, ROW_HOW, now, &good, why), *by = sheet_get(v, ROW_BY, now, &good, why);
    const char *on = sheet_get(v, ROW_GIVEN, now, &good, why), *text = sheet_get(v, ROW_TEXT, now, &good, why);
    if (good && text[0] == '\0')
        return sheet_missing(v, ROW_TEXT, "The child's words are missing", why);
    if (good && how[0] == '\0' && by[0] == '\0')
        return sheet_missing(v, ROW_HOW, "Say how the view was given, or who asked", why);
    if (!good)
        return false;
    struct entry view = {.kind = ENTRY_CHILD_VIEW, .time = TIME_NONE, .date = DAY_NONE, .due = DAY_NONE, .due_time = TIME_NONE, .from_day = DAY_NONE,
                         .carried = DAY_NONE, .until = DAY_NONE, .speaker = v->about.name};
    if (e != NULL)
        view = *e;
    view.how = how[0] == '\0' ? NULL : how;
    view.asked_by = by[0] == '\0' ? NULL : by;
    view.date = DAY_NONE;
    if (on[0] != '\0')
        (void)civil_read_day(on, strlen(on), &view.date);
    view.text = text;
    notation_print_entry(out, v->session->record, &view, true);
    return true;
}

const struct sheet sheet_view_of_child = {"sheet child", "The view of {}, and how it was given", child_fields, NITEMS(child_fields), SHEET_LINES, NULL, fill_child, make_child};

/* ---- what came of an item ---- */

static const struct form_field item_fields[] = {{ROW_TEXT, FORM_TEXT, "Came of it", "moved to the next meeting; nothing was new \xe2\x80\xa6"}};

static bool make_item(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true;
    const char *text = sheet_get(v, ROW_TEXT, now, &good, why);
    if (good && text[0] == '\0')
        return sheet_missing(v, ROW_TEXT, "Say what came of it", why);
    buf_adds(out, "//");
    put_about_item(out, &(struct item){.title = name_of(v)}); /* a planned item that was not begun has a title only */
    buf_addf(out, ": %s", text);
    return good;
}

const struct sheet sheet_item = {"sheet item", "What came of it", item_fields, NITEMS(item_fields), SHEET_LINES, NULL, fill_nothing, make_item};

/* ---- the words behind reservations ---- */

static const struct form_field comment_fields[] = {{ROW_TEXT, FORM_TEXT, "Words", "theirs, word for word: they are printed beside the name"}};

static bool make_comment(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true;
    const char *text = sheet_get(v, ROW_TEXT, now, &good, why);
    const struct record *r = v->session->record;
    const struct signoff *s = NULL;
    for (size_t i = 0; i < r->nsignoffs; i++)
        if (uuid_same(r->signoffs[i].id, v->about.target))
            s = &r->signoffs[i];
    if (s == NULL)
        return gone(v, ROW_TEXT, why);
    if (good && text[0] == '\0')
        return sheet_missing(v, ROW_TEXT, "Their words are missing", why);
    buf_addf(out, "%s | %s", s->name, s->state);
    if (s->scope != NULL)
        buf_addf(out, " (%s)", s->scope);
    buf_adds(out, " | ");
    if (s->date != DAY_NONE)
        civil_put_day(out, s->date);
    buf_addf(out, " | %s", text);
    return good;
}

const struct sheet sheet_comment = {"sheet comment", "The words of {}", comment_fields, NITEMS(comment_fields), SHEET_MARK, NULL, fill_nothing, make_comment};

/* ---- a copy ---- */

static const struct form_field copy_fields[] = {
    {ROW_AUDIENCE, FORM_CHOICE, "Copy", NULL}, {ROW_HOW, FORM_TEXT, "How", "by hand, by post, by email"}, {ROW_GIVEN, FORM_TEXT, "on", "today, Friday, 24 Nov"},
    {ROW_SAVE, FORM_BUTTON, "", "Put on record"},
};

static void fill_copy(struct sheet_view *v, struct now now)
{
    form_set(&v->form, ROW_AUDIENCE, "open");
    form_set(&v->form, ROW_GIVEN, civil_day_dup(v->arena, now.day));
}

static bool make_copy(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true;
    const char *how = sheet_get(v, ROW_HOW, now, &good, why), *on = sheet_get(v, ROW_GIVEN, now, &good, why);
    if (good && how[0] == '\0')
        return sheet_missing(v, ROW_HOW, "Say how they were given it", why);
    buf_addf(out, "%s | %s | %s | %s", name_of(v), form_text_of(&v->form, ROW_AUDIENCE), how, on);
    return good;
}

const struct sheet sheet_copy = {"sheet copy", "A copy for {}", copy_fields, NITEMS(copy_fields), SHEET_MARK, NULL, fill_copy, make_copy};
