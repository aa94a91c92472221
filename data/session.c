/* The live meeting: a record in memory beside the log. */
#include <string.h>

#include "core/text.h"
#include "data/change.h"

struct session_own {
    struct change change; /* its record, arena and log are the session's */
    bool live;
    bool typed;           /* a line was put on record here */
};

/* What the session shows of its change. */
static void show(struct session *s)
{
    s->record = s->own->change.record;
    s->log = s->own->change.log.facts;
    s->seen = s->own->change.log.seen;
}

/* ---- what others wrote ---- */

/* An indented line belongs to the line that was typed here, whatever others wrote since: nobody's position may come under another's decision. */
struct line_above {
    struct uuid parent, last;
    const struct fact *fact;
};

static struct line_above line_above(const struct change *c)
{
    struct line_above above = {.parent = c->record->parent, .last = c->record->last};
    if (c->record->last_fact != NULL) {
        struct fact *copy = arena_alloc(c->arena, 1, sizeof *copy);
        *copy = fact_copy(c->arena, c->record->last_fact); /* the record keeps one such fact, and frees it when it is replayed */
        above.fact = copy;
    }
    return above;
}

/* Whether nobody took back what made it. */
static bool stands(const struct facts *facts, struct uuid id)
{
    struct arena *arena = arena_new();
    bool *undone = arena_alloc(arena, facts->n + 1, sizeof *undone);
    bool found = false;
    record_undone(facts->v, facts->n, undone);
    for (size_t i = 0; i < facts->n && !found; i++)
        found = !undone[i] && uuid_same(facts->v[i].id, id);
    arena_free(arena);
    return found;
}

static void keep_line_above(struct change *c, const struct line_above *above)
{
    if (!stands(&c->log.facts, above->last) || (!uuid_none(above->parent) && !stands(&c->log.facts, above->parent)))
        return;
    c->record->parent = above->parent;
    c->record->last = above->last;
    c->record->last_fact = above->fact;
}

static enum evh take_in(struct session *s, bool *changed, struct err *err)
{
    struct change *c = &s->own->change;
    size_t had = c->log.facts.n;
    bool in_order = true;
    enum evh r = log_read(c->store, c->record->id, c->arena, &c->log, &in_order, err);
    if (r != EVH_OK)
        return r;
    *changed = c->log.facts.n > had;
    if (!*changed)
        return EVH_OK;
    struct line_above above = line_above(c);
    for (size_t i = had; i < c->log.facts.n; i++)
        in_order = in_order && c->log.facts.v[i].kind_of_fact != FACT_UNDONE;
    if (!in_order) {
        struct record *record = record_replay(c->record->id, c->log.facts.v, c->log.facts.n);
        record_free(c->record);
        c->record = record;
    }
    for (size_t i = had; in_order && i < c->log.facts.n; i++)
        (void)record_apply(c->record, &c->log.facts.v[i]);
    if (s->own->typed)
        keep_line_above(c, &above);
    for (size_t i = 0; i < c->record->nentries; i++)
        c->record->entries[i].changed = false; /* whoever wrote it derived it */
    show(s);
    return EVH_OK;
}

enum evh session_refresh(struct session *s, bool *changed, struct err *err)
{
    bool any = false;
    enum evh r = take_in(s, &any, err);
    if (changed != NULL)
        *changed = any;
    return r;
}

/* ---- one change ---- */

/* Where a change began, so that a failure leaves the session as it was. */
struct saved {
    size_t facts;
    int64_t seen;
    enum notation_section section;
    bool applied;
};

static enum evh begin(struct session *s, struct saved *saved, struct err *err)
{
    bool changed;
    s->notices.n = 0;
    enum evh r = db_begin(s->store, err);
    if (r != EVH_OK)
        return r;
    r = take_in(s, &changed, err);
    if (r != EVH_OK)
        db_rollback(s->store);
    struct change *c = &s->own->change;
    *saved = (struct saved){.facts = c->log.facts.n, .seen = c->log.seen, .section = s->reader.section};
    struct now now = s->store->world.now(s->store->world.data);
    s->reader.now = now;
    s->reader.stamp = s->own->live && (now.day == c->record->date || c->record->date == DAY_NONE) ? now.time : TIME_NONE;
    return r;
}

static void restore(struct session *s, const struct saved *saved)
{
    struct change *c = &s->own->change;
    s->reader.section = saved->section;
    c->log.facts.n = saved->facts;
    c->log.seen = saved->seen;
    if (saved->applied) {
        struct record *record = record_replay(c->record->id, c->log.facts.v, c->log.facts.n);
        record_free(c->record);
        c->record = record;
        for (size_t i = 0; i < record->nentries; i++)
            record->entries[i].changed = false;
    }
    show(s);
}

/* Writes the facts and commits; whatever fails, memory and disk are as before. */
static enum evh finish(struct session *s, struct saved *saved, struct facts *facts, bool remove_line, struct err *err)
{
    saved->applied = facts->n > 0;
    enum evh r = change_write(&s->own->change, facts, s->reader.typed_by, err);
    if (r == EVH_OK && remove_line) {
        struct query q;
        query_begin(&q, s->store, STMT_draft_remove);
        query_id(&q, 1, s->own->change.record->id);
        r = query_run(&q, err);
    }
    r = db_finish(s->store, r, err);
    if (r != EVH_OK)
        restore(s, saved);
    show(s);
    return r;
}

/* ---- opening ---- */

static enum evh open_screen(struct session *s, struct err *err)
{
    struct saved saved;
    struct facts facts = {0};
    enum evh r = begin(s, &saved, err);
    if (r != EVH_OK)
        return r;
    if (!s->record->opened && strcmp(record_status(s->record), "planned") == 0) {
        struct idgen ids = store_ids(s->store);
        facts_add(s->arena, &facts, fact_new(FACT_OPENED, ids.next(ids.data)));
    }
    return finish(s, &saved, &facts, false, err);
}

enum evh session_open(struct session *s, struct store *store, const struct types *types, struct uuid meeting, bool live, struct err *err)
{
    struct change c;
    *s = (struct session){.store = store, .types = types};
    enum evh r = change_load(&c, store, meeting, err);
    if (r != EVH_OK) {
        change_free(&c);
        return r;
    }
    s->arena = c.arena;
    s->own = arena_alloc(c.arena, 1, sizeof *s->own);
    *s->own = (struct session_own){.change = c, .live = live};
    s->reader = (struct notation_reader){.arena = s->arena, .ids = store_ids(store), .types = types, .section = SECTION_BODY, .stamp = TIME_NONE,
                                         .now = store->world.now(store->world.data)};
    show(s);
    if (live && !s->record->opened && !store->read_only)
        r = open_screen(s, err);
    if (r != EVH_OK)
        session_close(s);
    return r;
}

void session_close(struct session *s)
{
    if (s->own != NULL) {
        struct change c = s->own->change; /* which owns the memory that `own` lies in */
        change_free(&c);
    }
    *s = (struct session){0};
}

/* ---- lines ---- */

enum evh session_line(struct session *s, const char *line, size_t n, struct err *err)
{
    struct saved saved;
    struct facts facts = {0};
    enum evh r = begin(s, &saved, err);
    if (r != EVH_OK)
        return r;
    notation_line(&s->reader, s->record, line, n, &facts, &s->notices);
    r = finish(s, &saved, &facts, s->own->live, err);
    s->own->typed = s->own->typed || (r == EVH_OK && facts.n > 0);
    return r;
}

enum evh session_edit(struct session *s, struct uuid entry, const char *line, size_t n, struct err *err)
{
    struct saved saved;
    struct facts facts = {0};
    enum evh r = begin(s, &saved, err);
    if (r != EVH_OK)
        return r;
    const struct entry *e = record_entry(s->record, entry);
    if (e == NULL)
        r = err_set(err, EVH_NOTFOUND, "that line is not in the record any more");
    else
        r = notation_edit(&s->reader, s->record, e, line, n, &facts, &s->notices, err);
    if (r == EVH_OK)
        return finish(s, &saved, &facts, false, err);
    db_rollback(s->store);
    return r;
}

/* A row of the sign-off or of the copies, by its second column; SECTION_BODY when it is neither. */
static enum notation_section section_of(const char *line)
{
    static const char *const audiences[] = {"open", "limited", "full"};
    const char *second = strchr(line, '|');
    if (second == NULL)
        return SECTION_BODY;
    second++;
    size_t n = strcspn(second, "|");
    text_trim(&second, &n);
    for (size_t i = 0; i < NITEMS(audiences); i++) {
        if (text_same_word(second, n, audiences[i]))
            return SECTION_COPIES;
    }
    return SECTION_SIGNOFF;
}

/* Read as if it stood indented under the entry; what the next typed line belongs to stays as it was. */
static void read_under(struct session *s, struct uuid entry, const char *line, size_t n, struct facts *facts)
{
    struct record *record = s->own->change.record;
    struct uuid last = record->last, parent = record->parent;
    const struct fact *last_fact = record->last_fact;
    struct buf indented = {0};
    record->parent = record->last = entry;
    record->last_fact = NULL;
    if (n == 0 || !text_blank(line[0]))
        buf_adds(&indented, "  ");
    buf_add(&indented, line, n);
    s->reader.section = SECTION_BODY;
    notation_line(&s->reader, record, buf_str(&indented), indented.n, facts, &s->notices);
    record->parent = parent;
    record->last = last;
    record->last_fact = last_fact;
    buf_free(&indented);
}

enum evh session_mark(struct session *s, struct uuid entry, const char *line, size_t n, struct err *err)
{
    struct saved saved;
    struct facts facts = {0};
    enum evh r = begin(s, &saved, err);
    if (r != EVH_OK)
        return r;
    enum notation_section section = s->reader.section;
    s->reader.stamp = TIME_NONE;
    if (uuid_none(entry)) {
        char *copy = arena_strndup(s->arena, line, n);
        s->reader.section = section_of(copy);
        notation_line(&s->reader, s->record, line, n, &facts, &s->notices);
    } else {
        read_under(s, entry, line, n, &facts);
    }
    s->reader.section = section;
    return finish(s, &saved, &facts, false, err);
}

/* ---- head and people ---- */

enum evh session_head(struct session *s, const char *key, int index, const char *value, struct err *err)
{
    struct saved saved;
    struct facts facts = {0};
    enum evh r = begin(s, &saved, err);
    if (r != EVH_OK)
        return r;
    enum notation_section section = s->reader.section;
    const char *words = value == NULL ? "" : text_clean_dup(s->arena, value, strlen(value));
    size_t n = strlen(words);
    text_trim(&words, &n);
    struct fact f = fact_new(FACT_HEAD, (struct uuid){{0}});
    if (n > 0) { /* the reader gives a value its one spelling; it need not say that the line is there already */
        const char *line = arena_printf(s->arena, "%s: %.*s", key, (int)n, words);
        struct record *empty = record_new(s->record->id);
        s->reader.section = SECTION_HEAD;
        notation_line(&s->reader, empty, line, strlen(line), &facts, &s->notices);
        s->reader.section = section;
        record_free(empty);
    }
    if (facts.n == 1 && facts.v[0].kind_of_fact == FACT_HEAD)
        f = facts.v[0];
    else
        f.id = s->reader.ids.next(s->reader.ids.data);
    f.key = arena_strdup(s->arena, key);
    f.index = index > 0 ? index : f.index > 0 ? 0 : f.index;
    f.value = f.value == NULL ? arena_strndup(s->arena, words, n) : f.value;
    struct facts one = {0};
    facts_add(s->arena, &one, f);
    return finish(s, &saved, &one, false, err);
}

/* A person who is edited is on the list already, and need not be told so. */
static void drop_twice(struct session *s, struct uuid attendee, const struct fact *f)
{
    const struct attendee *same = f->name == NULL ? NULL : record_person(s->record, f->name);
    if (uuid_none(attendee) || same == NULL || !uuid_same(same->id, attendee))
        return;
    size_t kept = 0;
    for (size_t i = 0; i < s->notices.n; i++) {
        if (strstr(s->notices.v[i].text, "is on the list twice") == NULL)
            s->notices.v[kept++] = s->notices.v[i];
    }
    s->notices.n = kept;
}

enum evh session_person(struct session *s, struct uuid attendee, const char *line, struct err *err)
{
    struct saved saved;
    struct facts facts = {0}, own = {0};
    enum evh r = begin(s, &saved, err);
    if (r != EVH_OK)
        return r;
    enum notation_section section = s->reader.section;
    s->reader.section = SECTION_PEOPLE;
    notation_line(&s->reader, s->record, line, strlen(line), &facts, &s->notices);
    s->reader.section = section;
    for (size_t i = 0; i < facts.n; i++) {
        struct fact f = facts.v[i];
        if (f.kind_of_fact != FACT_ATTENDEE && f.kind_of_fact != FACT_HELP && f.kind_of_fact != FACT_CONTACT)
            continue;
        if (f.kind_of_fact == FACT_ATTENDEE) {
            f.replaces = attendee;
            drop_twice(s, attendee, &f);
        }
        facts_add(s->arena, &own, f);
    }
    if (own.n == 0) {
        db_rollback(s->store);
        return err_set(err, EVH_INVALID, "a person needs a name: NAME | role | organisation | capacity | presence");
    }
    return finish(s, &saved, &own, false, err);
}

/* ---- undo ---- */

static bool whole_of(struct session *s, bool redo, struct facts *facts, size_t *first)
{
    return undo_facts(&s->own->change, (struct uuid){{0}}, redo, facts, first, NULL) == EVH_OK;
}

const char *session_undo_says(struct session *s, bool redo)
{
    struct facts facts = {0};
    size_t first = 0;
    if (!whole_of(s, redo, &facts, &first))
        return NULL;
    return undo_says(&s->own->change, first, redo, s->arena);
}

enum evh session_undo(struct session *s, bool redo, struct err *err)
{
    struct saved saved;
    struct facts facts = {0};
    size_t first = 0;
    enum evh r = begin(s, &saved, err);
    if (r != EVH_OK)
        return r;
    r = undo_facts(&s->own->change, (struct uuid){{0}}, redo, &facts, &first, err);
    if (r == EVH_OK)
        return finish(s, &saved, &facts, false, err);
    db_rollback(s->store);
    return r;
}
