/* The title line of the live screen, its short form on the rule of a small screen, and the head of the current item. */
#include "tui/live.h"

#include <string.h>

#include "core/names.h"
#include "core/presence.h"
#include "core/text.h"
#include "tui/layout.h"

/* "TAC", "EHA review", "Annual review": short words are abbreviations. */
static const char *short_name(struct arena *arena, const char *type)
{
    char *name = arena_strdup(arena, type);
    size_t word = strcspn(name, "-");
    for (size_t i = 0; i < word; i++)
        if ((i == 0 || word <= 3) && name[i] >= 'a' && name[i] <= 'z')
            name[i] = (char)(name[i] - 'a' + 'A');
    for (size_t i = word; name[i] != '\0'; i++)
        if (name[i] == '-')
            name[i] = ' ';
    return name;
}

/* The longest name of the meeting that has room. */
static const char *meeting_name(const struct live *live, struct arena *arena, int room)
{
    const struct record *r = live->session.record;
    if (r->title != NULL && r->title[0] != '\0' && surface_columns(r->title) <= room)
        return r->title;
    if (r->type == NULL)
        return r->title != NULL ? r->title : "Meeting";
    const struct meeting_type *type = live->session.types == NULL ? NULL : types_find(live->session.types, r->type, strlen(r->type));
    if (type != NULL && surface_columns(type->title) <= room)
        return type->title;
    return short_name(arena, r->type);
}

static void put_child(struct buf *b, const struct record *r)
{
    for (size_t i = 0; i < r->nchildren; i++)
        buf_addf(b, "%s%s", i == 0 ? "" : ", ", r->children[i].known_as != NULL ? r->children[i].known_as : r->children[i].name);
}

/* The break that lasts: the last line of the clock is "break". */
static const struct entry *break_now(const struct record *r)
{
    for (size_t i = r->nentries; i > 0; i--) {
        const struct entry *e = &r->entries[i - 1];
        if (e->kind != ENTRY_CLOCK || e->withdrawn != NULL || e->what == NULL || strcmp(e->what, "chair") == 0)
            continue;
        return strcmp(e->what, "break") == 0 ? e : NULL;
    }
    return NULL;
}

/* "LIVE 0:23" since it began, "BREAK 0:04" since that began; without the minutes when it is not today. */
static void put_state(struct buf *b, const struct record *r, const struct now *now)
{
    const char *status = record_status(r);
    if (strcmp(status, "live") != 0) {
        buf_adds(b, strcmp(status, "planned") == 0 ? "PLANNED" : strcmp(status, "sealed") == 0 ? "SEALED" : "DRAFT");
        return;
    }
    const struct entry *pause = break_now(r);
    int from = pause != NULL ? pause->time : r->began != TIME_NONE ? r->began : r->start;
    buf_adds(b, pause != NULL ? "BREAK" : "LIVE");
    if (r->date == now->day && from != TIME_NONE && now->time >= from)
        buf_addf(b, " %d:%02d", (now->time - from) / 60, (now->time - from) % 60);
}

/* Minutes that the current item has taken, and those planned for it; false: no plan, or not now. */
static bool item_minutes(const struct record *r, const struct live_agenda *a, const struct now *now, int *used, int *planned)
{
    int from, to;
    if (a->begun == 0 || a->v[a->begun - 1].minutes < 0 || r->date != now->day || strcmp(record_status(r), "live") != 0)
        return false;
    if (!presence_item_span(r, r->nitems - 1, &from, &to) || now->time < from)
        return false;
    *used = now->time - from;
    *planned = a->v[a->begun - 1].minutes;
    return true;
}

enum title_form { FORM_WHOLE, FORM_SHORT, FORM_ITEM, FORM_STATE, FORM_COUNT };

/* What stands at the right of the title: state, item and its time against the plan. */
static void put_right(struct buf *b, enum title_form form, const struct record *r, const struct live_agenda *a, const struct now *now)
{
    int used, planned;
    buf_clear(b);
    put_state(b, r, now);
    if (form == FORM_STATE || a->n == 0)
        return;
    bool whole = form == FORM_WHOLE;
    if (a->begun == 0)
        buf_addf(b, whole ? "   0 of %zu items begun" : "  0/%zu", a->n);
    else
        buf_addf(b, whole ? "   item %zu of %zu" : "  %zu/%zu", a->begun, a->n);
    if (form == FORM_ITEM || !item_minutes(r, a, now, &used, &planned))
        return;
    if (used > planned)
        buf_addf(b, whole ? "  (+%d min)" : " +%dm", used - planned);
    else
        buf_addf(b, whole ? "  (%d of %d min)" : " %d/%dm", used, planned);
}

/* The fullest form that has room; "" when none has. */
static void put_fitting(struct buf *b, int room, const struct live *live, const struct now *now)
{
    struct arena *arena = arena_new();
    struct live_agenda agenda;
    live_agenda_read(live->session.record, arena, &agenda);
    for (int form = FORM_WHOLE; form < FORM_COUNT; form++) {
        put_right(b, (enum title_form)form, live->session.record, &agenda, now);
        if (surface_columns(buf_str(b)) <= room)
            break;
        buf_clear(b);
    }
    arena_free(arena);
}

/* Whose meeting and when: the day gives way to the child, and the name of the meeting to both. */
static void put_whose(const struct live *live, struct surface *s, struct rect r)
{
    const struct record *record = live->session.record;
    struct arena *arena = arena_new();
    struct buf whose = {0};
    put_child(&whose, record);
    size_t child = whose.n;
    if (record->date != DAY_NONE) {
        buf_adds(&whose, child > 0 ? "  " : "");
        civil_put_long(&whose, record->date);
    }
    if (surface_columns(buf_str(&whose)) > r.w)
        buf_splice(&whose, child, whose.n - child, NULL, 0);
    int room = r.w - surface_columns(buf_str(&whose)) - 2;
    const char *name = meeting_name(live, arena, room);
    if (room >= 3) {
        int used = surface_put_cut(s, r.x, r.y, room, STYLE_TITLE, name) + 2;
        r.x += used;
        r.w -= used;
    }
    surface_put_cut(s, r.x, r.y, r.w, STYLE_TITLE, buf_str(&whose));
    buf_free(&whose);
    arena_free(arena);
}

void live_draw_title(struct live *live, const struct now *now, const char *trouble, struct surface *s, struct rect r)
{
    if (r.h <= 0)
        return;
    surface_fill(s, r, STYLE_TITLE);
    layout_left(&r, 1);
    layout_right(&r, 1);
    if (trouble[0] != '\0') { /* not reversed as the rest of the line: it is seen without colour too */
        int used = surface_put_cut(s, r.x, r.y, r.w, STYLE_BAD, trouble);
        surface_style(s, (struct rect){r.x - 1, r.y, used + 2, 1}, STYLE_BAD);
        layout_left(&r, used + 2);
    }
    struct buf right = {0};
    put_fitting(&right, r.w, live, now);
    int columns = surface_columns(buf_str(&right));
    surface_put(s, r.x + r.w - columns, r.y, columns, STYLE_TITLE, buf_str(&right));
    layout_right(&r, columns + (columns > 0 ? 3 : 0));
    put_whose(live, s, r);
    buf_free(&right);
}

void live_draw_state(struct live *live, const struct now *now, const char *trouble, struct surface *s, struct rect r)
{
    if (r.h <= 0)
        return;
    if (trouble[0] != '\0') {
        surface_put(s, r.x, r.y, r.w, STYLE_BAD, " ");
        int used = surface_put_cut(s, r.x + 1, r.y, r.w - 2, STYLE_BAD, trouble) + 2;
        surface_put(s, r.x + used - 1, r.y, 1, STYLE_BAD, " ");
        layout_left(&r, used);
    }
    struct buf b = {0};
    put_fitting(&b, r.w - 2, live, now);
    if (b.n > 0)
        surface_putf(s, r.x, r.y, r.w, STYLE_DIM, " %s ", buf_str(&b));
    buf_free(&b);
}

/* ---- the current item ---- */

#define HEARD_COLUMNS 16
#define NAMES_COLUMNS 70

/* "heard: P 1  C 0", and with room enough who was not: the names beside the open circles. */
static void put_heard(struct buf *b, struct live *live, const struct now *now, int room)
{
    const struct record *record = live->session.record;
    size_t item = record->nitems - 1;
    int parents = live_heard_count(record, item, ENTRY_PARENT_VIEW), child = live_heard_count(record, item, ENTRY_CHILD_VIEW);
    buf_addf(b, room >= 40 ? "heard: P %d  C %d" : "P %d C %d", parents, child);
    const struct attendee *unheard[LIVE_PARENTS];
    size_t n = room < NAMES_COLUMNS || item == 0 || strcmp(record_status(record), "live") != 0 ? 0 : live_not_heard(live, now, item, unheard);
    struct arena *arena = arena_new();
    for (size_t i = 0; i < n; i++)
        buf_addf(b, "%s%s", i == 0 ? "  not yet: " : ", ", names_short(record, arena, unheard[i]));
    arena_free(arena);
}

void live_draw_item(struct live *live, const struct now *now, struct surface *s, struct rect r)
{
    if (r.h <= 0)
        return;
    const struct record *record = live->session.record;
    size_t item = record->nitems - 1;
    struct buf heard = {0};
    if (r.w >= HEARD_COLUMNS)
        put_heard(&heard, live, now, r.w);
    int columns = surface_columns(buf_str(&heard));
    if (columns > r.w / 2)
        columns = r.w / 2;
    const char *title = item == 0 || record->items[item].title == NULL ? "Before the first item" : record->items[item].title;
    int used = item == 0 ? 0 : surface_putf(s, r.x, r.y, r.w, STYLE_HEAD, r.w >= 40 ? "%zu  " : "%zu ", item);
    surface_put_cut(s, r.x + used, r.y, r.w - used - columns - (columns > 0 ? 2 : 0), STYLE_HEAD, title);
    surface_put_cut(s, r.x + r.w - columns, r.y, columns, STYLE_DIM, buf_str(&heard));
    buf_free(&heard);
}
