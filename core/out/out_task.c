/* The action tracker as Taskwarrior reads it (`task import`): a JSON array. What Taskwarrior has no attribute for stands in evenhand_… attributes, which it
 * keeps without being told of them, as texts; lists in them are JSON again. Dates are local (no zone), as they are here: a day is until its last second, so
 * that Taskwarrior calls the same actions overdue. */
#include "core/out/actions.h"
#include "core/out/json.h"
#include "core/text.h"

#include <string.h>

static void put_when(struct json *j, const char *name, int32_t day, int seconds)
{
    char text[32];
    struct buf b = {0};
    struct civil c = civil_from_day(day);
    buf_addf(&b, "%04d%02d%02dT%02d%02d%02d", c.year, c.month, c.day, seconds / 3600, seconds / 60 % 60, seconds % 60);
    size_t n = b.n < sizeof text ? b.n : sizeof text - 1;
    memcpy(text, buf_str(&b), n);
    text[n] = '\0';
    buf_free(&b);
    json_put_str(j, name, text);
}

static void own(struct json *j, const char *name, const char *value)
{
    if (value != NULL && value[0] != '\0')
        json_put_str(j, name, value);
}

static void own_number(struct json *j, struct arena *arena, const char *name, int n)
{
    if (n >= 0)
        json_put_str(j, name, arena_printf(arena, "%d", n));
}

/* Attributes are texts, so a list is JSON within one. */
static void own_texts(struct json *j, const char *name, const struct texts *texts)
{
    struct buf b = {0};
    struct json inner = {.out = &b};
    json_put_texts(&inner, NULL, texts);
    if (texts->n > 0)
        json_put_str(j, name, buf_str(&b));
    buf_free(&b);
}

static void own_story(struct json *j, const struct action_row *row)
{
    struct buf b = {0};
    struct json inner = {.out = &b};
    json_put_history(&inner, NULL, row->history, row->nhistory);
    if (row->nhistory > 0)
        json_put_str(j, "evenhand_history", buf_str(&b));
    buf_clear(&b);
    inner = (struct json){.out = &b};
    json_put_disputes(&inner, NULL, row->disputes, row->ndisputes);
    if (row->ndisputes > 0)
        json_put_str(j, "evenhand_disputes", buf_str(&b));
    buf_free(&b);
}

static void put_own(struct json *j, struct arena *arena, const struct action_row *row)
{
    char meeting[UUID_TEXT];
    uuid_text(row->meeting, meeting);
    own(j, "evenhand_number", row->number);
    own_number(j, arena, "evenhand_item", row->item);
    own_number(j, arena, "evenhand_entry", row->entry);
    own(j, "evenhand_owner", row->owner);
    own_texts(j, "evenhand_with", &row->with);
    own(j, "evenhand_done_when", row->done_when);
    own(j, "evenhand_otherwise", row->otherwise);
    own(j, "evenhand_from", civil_day_dup(arena, row->from_day));
    own(j, "evenhand_carried", civil_day_dup(arena, row->carried));
    own(j, "evenhand_status", row->status);
    own(j, "evenhand_restricted", row->restriction.confidential ? "confidential" : NULL);
    own_texts(j, "evenhand_readers", &row->restriction.readers);
    own(j, "evenhand_meeting", meeting);
    own(j, "evenhand_meeting_type", row->meeting_type);
    own(j, "evenhand_meeting_date", civil_day_dup(arena, row->meeting_date));
    own(j, "evenhand_overdue", row->overdue ? "yes" : "no");
    own(j, "evenhand_finished", civil_day_dup(arena, row->finished));
    own_story(j, row);
}

/* "due 2026-12-04 to 2026-12-11, Ravi Thandi: the clinic is closed" */
static const char *change_words(struct arena *arena, const struct action_change *c)
{
    const char *s = c->change == NULL ? "" : c->change;
    if (c->from != NULL)
        s = arena_printf(arena, "%s %s", s, c->from);
    if (c->to != NULL)
        s = arena_printf(arena, "%s to %s", s, c->to);
    if (c->by != NULL)
        s = arena_printf(arena, "%s, %s", s, c->by);
    return c->text == NULL || c->text[0] == '\0' ? s : arena_printf(arena, "%s: %s", s, c->text);
}

/* Taskwarrior tells annotations apart by their second: noon of the day, and one second more for each that was before. */
static void put_annotations(struct json *j, struct arena *arena, const struct action_row *row)
{
    if (row->nhistory == 0)
        return;
    json_put_array(j, "annotations", false);
    for (size_t i = 0; i < row->nhistory && i < 12 * 3600; i++) {
        const struct action_change *c = &row->history[i];
        int32_t day = c->date != DAY_NONE ? c->date : row->meeting_date;
        if (day == DAY_NONE)
            continue;
        json_put_object(j, NULL, false);
        put_when(j, "entry", day, 12 * 3600 + (int)i);
        json_put_str(j, "description", change_words(arena, c));
        json_put_end(j);
    }
    json_put_end(j);
}

static void put_tags(struct json *j, const struct action_row *row)
{
    struct buf owner = {0};
    if (row->owner != NULL)
        action_word(&owner, row->owner);
    json_put_array(j, "tags", false);
    json_put_str(j, NULL, "evenhand");
    if (row->status != NULL && strcmp(row->status, "asked") == 0)
        json_put_str(j, NULL, "asked");
    if (owner.n > 0)
        json_put_str(j, NULL, buf_str(&owner));
    json_put_end(j);
    buf_free(&owner);
}

static const char *status_of(const struct action_row *row)
{
    const char *status = row->status == NULL ? "" : row->status;
    return strcmp(status, "done") == 0 ? "completed" : strcmp(status, "withdrawn") == 0 ? "deleted" : "pending";
}

void task_begin(struct out_actions *o)
{
    buf_addc(o->out, '[');
}

void task_end(struct out_actions *o)
{
    buf_adds(o->out, o->n == 0 ? "]\n" : "\n]\n");
}

void task_row(struct out_actions *o, const struct action_row *row)
{
    struct json j = {.out = o->out};
    const char *status = status_of(row);
    buf_adds(o->out, o->n == 0 ? "\n" : ",\n");
    json_put_object(&j, NULL, false);
    json_put_uuid(&j, "uuid", row->id);
    json_put_str(&j, "description", row->text);
    json_put_str(&j, "status", status);
    if (row->meeting_date != DAY_NONE)
        put_when(&j, "entry", row->meeting_date, 0);
    if (row->due != DAY_NONE)
        put_when(&j, "due", row->due, row->due_time == TIME_NONE ? 86399 : row->due_time * 60);
    int32_t ended = action_ended(row);
    if (strcmp(status, "pending") != 0)
        put_when(&j, "end", ended != DAY_NONE ? ended : o->now.day, 0);
    own(&j, "project", row->child);
    put_tags(&j, row);
    put_annotations(&j, o->arena, row);
    put_own(&j, o->arena, row);
    json_put_end(&j);
}
