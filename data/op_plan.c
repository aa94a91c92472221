/* Planning a meeting, on its own or from the last one. */
#include <string.h>

#include "core/text.h"
#include "data/change.h"

/* ---- from the last meeting ---- */

struct made {
    struct arena *arena;
    const char *(*head)[2];
    size_t nhead, head_cap;
    const char **people;
    size_t npeople, people_cap;
    const char **items;
    size_t nitems, items_cap;
};

static void add_head(struct made *m, const char *key, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    m->head = arena_grow(m->arena, m->head, m->nhead, &m->head_cap, sizeof m->head[0]);
    m->head[m->nhead][0] = key;
    m->head[m->nhead++][1] = arena_strdup(m->arena, value);
}

/* What holds from meeting to meeting; the date comes from "next-meeting". */
static void take_head(struct made *m, const struct record *record)
{
    static const char *const keys[] = {"meeting", "child", "place", "kept-by", "kept-as", "child-ref", "born", "school-year", "transfer", "authority"};
    for (size_t i = 0; i < record->nhead; i++) {
        for (size_t k = 0; k < NITEMS(keys); k++) {
            if (strcmp(record->head[i].key, keys[k]) == 0)
                add_head(m, keys[k], record->head[i].value);
        }
    }
    if (record->next_date != DAY_NONE)
        add_head(m, "date", civil_day_dup(m->arena, record->next_date));
    if (record->next_time != TIME_NONE)
        add_head(m, "time", civil_time_dup(m->arena, record->next_time));
}

static const char *or_empty(const char *s)
{
    return s == NULL ? "" : s;
}

static void take_people(struct made *m, const struct record *record)
{
    for (size_t i = 0; i < record->npeople; i++) {
        const struct attendee *a = &record->people[i];
        if (a->implied)
            continue;
        m->people = arena_grow(m->arena, m->people, m->npeople, &m->people_cap, sizeof m->people[0]);
        m->people[m->npeople++] = arena_printf(m->arena, "%s%s%s | %s | %s | %s |", a->name, a->also == NULL ? "" : " = ", or_empty(a->also),
                                               or_empty(a->role), or_empty(a->organisation), or_empty(a->capacity_text));
    }
}

static void take_agenda(struct made *m, const struct types *types, const char *name)
{
    const struct meeting_type *type = types == NULL || name == NULL ? NULL : types_find(types, name, strlen(name));
    for (size_t i = 0; type != NULL && i < type->agenda.n; i++) {
        m->items = arena_grow(m->arena, m->items, m->nitems, &m->items_cap, sizeof m->items[0]);
        m->items[m->nitems++] = arena_strdup(m->arena, type->agenda.v[i]);
    }
}

/* An open action as the next meeting carries it: its number and date there, its owner and date as they are now. */
static const char *carry_action(const struct record *record, const struct entry *e, struct arena *arena)
{
    struct action_now now = action_now(record, e);
    struct entry carried = *e;
    char label[16];
    entry_label(e, label);
    carried.carried_number = label;
    carried.carried = e->carried != DAY_NONE ? e->carried : record->date;
    carried.owner = now.owner;
    carried.due = now.due;
    carried.due_time = now.due_time;
    struct buf line = {0};
    notation_print_entry(&line, record, &carried, false);
    size_t n = strcspn(buf_str(&line), "\n");
    char *copy = arena_strndup(arena, buf_str(&line), n);
    buf_free(&line);
    return copy;
}

static const char *carry_disagreement(const struct record *record, const struct entry *e, struct arena *arena)
{
    struct buf line = {0};
    notation_print_entry(&line, record, e, false);
    size_t n = strcspn(buf_str(&line), "\n");
    char *copy = arena_strndup(arena, buf_str(&line), n);
    buf_free(&line);
    return copy;
}

static bool still_open(const struct entry *e)
{
    return e->withdrawn == NULL && (e->state == NULL || strcmp(e->state, "open") == 0);
}

static enum evh take_open(struct store *store, struct arena *arena, const struct record *record, struct plan *plan, struct err *err)
{
    for (size_t i = 0; i < record->nentries && plan->ncarried < NITEMS(plan->carried); i++) {
        const struct entry *e = &record->entries[i];
        if (e->kind == ENTRY_DISAGREEMENT && still_open(e))
            plan->carried[plan->ncarried++] = carry_disagreement(record, e, arena);
        if (e->kind != ENTRY_ACTION || record->date == DAY_NONE || !action_is_open(action_now(record, e).status))
            continue;
        struct uuid *thread;
        size_t n;
        enum evh r = thread_of(store, arena, e->id, &thread, &n, err);
        if (r != EVH_OK)
            return r;
        if (uuid_same(thread[n - 1], e->id)) /* else a later meeting carries it on already */
            plan->carried[plan->ncarried++] = carry_action(record, e, arena);
    }
    return EVH_OK;
}

enum evh op_plan_from(struct store *store, const struct types *types, struct uuid meeting, struct arena *arena, struct plan *out, struct err *err)
{
    struct record *record = NULL;
    struct plan plan = {.from = meeting};
    struct made m = {.arena = arena};
    enum evh r = store_record(store, meeting, &record, err);
    if (r != EVH_OK)
        return r;
    take_head(&m, record);
    take_people(&m, record);
    take_agenda(&m, types, record->type);
    r = take_open(store, arena, record, &plan, err);
    record_free(record);
    if (r != EVH_OK)
        return r;
    plan.head = m.head;
    plan.nhead = m.nhead;
    plan.people = m.people;
    plan.npeople = m.npeople;
    plan.items = m.items;
    plan.nitems = m.nitems;
    *out = plan;
    return EVH_OK;
}

/* ---- planning ---- */

/* One line: whatever was pasted into a field cannot begin another line. */
static void put_line(struct buf *out, const char *before, const char *s)
{
    const char *at = s;
    size_t n = strlen(s);
    text_trim(&at, &n);
    if (n == 0)
        return;
    buf_adds(out, before);
    text_clean(out, at, n, NULL);
    buf_addc(out, '\n');
}

static bool has_key(const char *line)
{
    return text_same_word(line, strcspn(line, ":"), "help") || text_same_word(line, strcspn(line, ":"), "contact");
}

/* The plan as a .meeting text: what is planned reads like what is typed and imported. */
static void plan_text(struct buf *out, const struct plan *plan, struct arena *arena)
{
    for (size_t i = 0; i < plan->nhead; i++)
        put_line(out, arena_printf(arena, "%s: ", plan->head[i][0]), plan->head[i][1]);
    for (size_t i = 0; i < plan->nitems; i++)
        put_line(out, "agenda: ", plan->items[i]);
    if (plan->npeople + plan->nhelp > 0)
        buf_adds(out, "\npeople:\n");
    for (size_t i = 0; i < plan->npeople; i++)
        put_line(out, "", plan->people[i]);
    for (size_t i = 0; i < plan->nhelp; i++)
        put_line(out, has_key(plan->help[i]) ? "" : "help: ", plan->help[i]);
    buf_addc(out, '\n');
    for (size_t i = 0; i < plan->ncarried; i++)
        put_line(out, "", plan->carried[i]);
}

static enum evh write_plan(struct store *store, struct record *record, struct facts *facts, struct arena *arena, const char **filed, struct err *err)
{
    struct facts files = {0};
    enum evh r = db_begin(store, err);
    if (r != EVH_OK)
        return r;
    r = filing(store, record, arena, &files, filed, err);
    for (size_t i = 0; i < files.n && r == EVH_OK; i++) {
        facts_add(arena, facts, files.v[i]);
        (void)record_apply(record, &files.v[i]);
    }
    if (r == EVH_OK)
        r = log_append(store, record->id, facts->v, facts->n, record->kept_by, record->date, arena, NULL, err);
    if (r == EVH_OK)
        r = derive(store, record, DERIVE_ALL | DERIVE_PEOPLE, err);
    return db_finish(store, r, err);
}

enum evh op_plan(struct store *store, const struct types *types, const struct plan *plan, struct arena *arena, struct uuid *id,
                 const char **filed, struct notices *notices, struct err *err)
{
    struct idgen ids = store_ids(store);
    struct record *record = record_new(ids.next(ids.data));
    struct facts facts = {0};
    const char *joined = NULL;
    struct fact planned = fact_new(FACT_PLANNED, ids.next(ids.data));
    planned.origin = uuid_none(plan->from) ? "typed" : "from";
    facts_add(arena, &facts, planned);
    (void)record_apply(record, &planned);
    struct buf text = {0};
    plan_text(&text, plan, arena);
    struct notation_reader reader = {.arena = arena, .ids = ids, .types = types, .section = SECTION_HEAD, .stamp = TIME_NONE,
                                     .now = {.day = DAY_NONE, .time = TIME_NONE}};
    enum evh r = notation_read(&reader, record, buf_str(&text), text.n, &facts, notices, err);
    buf_free(&text);
    if (r == EVH_OK)
        r = write_plan(store, record, &facts, arena, &joined, err);
    if (r == EVH_OK) {
        *id = record->id;
        if (filed != NULL)
            *filed = joined;
    }
    record_free(record);
    return r;
}
