/* The live meeting: a record in memory beside the log. */
#include <string.h>

#include "core/names.h"
#include "core/text.h"
#include "data/change.h"

struct session_own {
    struct change change; /* its record, arena and log are the session's */
    bool live;
    bool typed;           /* a line was put on record here */
    struct uuid doubtful; /* the first fact of a typed line whose COMMIT failed: it may have been done all the same */
    struct buf line;      /* and its words: of a line only, as nothing else is told by its words when it is given again */
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

/* A COMMIT that failed may have been done, when the disk failed only behind it. Nothing is acknowledged; but memory follows what is there. */
static enum evh follow_disk(struct session *s, struct uuid first, bool line, enum evh r, struct err *err)
{
    struct err quiet;
    bool changed = false;
    if (take_in(s, &changed, &quiet) != EVH_OK || !changed || !stands(&s->own->change.log.facts, first))
        return r;
    return err_set(err, r, "the disk did not confirm the last change: it stands on record, but may be gone after a power cut. Check the disk, and "
                   "that there is room, then %s", line ? "give it again; it is not recorded twice" : "go on: the next change makes sure of it");
}

/* Writes the facts and commits; whatever fails, nothing is acknowledged, and memory is what the disk says. */
static enum evh finish_as(struct session *s, struct saved *saved, struct facts *facts, bool remove_line, bool line, struct err *err)
{
    saved->applied = facts->n > 0;
    enum evh r = change_write(&s->own->change, facts, s->reader.typed_by, err);
    if (r == EVH_OK && remove_line)
        r = draft_line_remove(s->store, s->own->change.record->id, err);
    bool written = r == EVH_OK && facts->n > 0;
    r = db_finish(s->store, r, err);
    if (r != EVH_OK)
        restore(s, saved);
    if (line)
        s->own->doubtful = r != EVH_OK && written ? facts->v[0].id : (struct uuid){{0}};
    if (r != EVH_OK && written)
        r = follow_disk(s, facts->v[0].id, line, r, err);
    show(s);
    return r;
}

static enum evh finish(struct session *s, struct saved *saved, struct facts *facts, bool remove_line, struct err *err)
{
    return finish_as(s, saved, facts, remove_line, false, err);
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

/* Whoever was named as the visitor, when somebody else keeps the record. */
static const char *typist(struct session *s)
{
    const char *name = visit_author(s->store), *kept_by = s->own->change.record->kept_by;
    if (name == NULL)
        return NULL;
    name = names_full(s->own->change.record, s->arena, name, strlen(name));
    bool keeper = kept_by != NULL && strcmp(names_full(s->own->change.record, s->arena, kept_by, strlen(kept_by)), name) == 0;
    return keeper ? NULL : name;
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
    s->reader.typed_by = typist(s);
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
        buf_free(&s->own->line);
        change_free(&c);
    }
    *s = (struct session){0};
}

/* ---- lines ---- */

/* The line that the disk had not confirmed is given again, and is on record. */
static bool is_there(const struct session *s, const char *line, size_t n)
{
    const struct session_own *own = s->own;
    return !uuid_none(own->doubtful) && own->line.n == n && memcmp(buf_str(&own->line), line, n) == 0 && stands(&own->change.log.facts, own->doubtful);
}

/* Another transaction that the disk confirms makes sure of the one before it. */
static enum evh confirm(struct session *s, struct err *err)
{
    enum evh r = db_set_version(s->store, migrate_version(), err);
    if (r == EVH_OK && s->own->live)
        r = draft_line_remove(s->store, s->own->change.record->id, err); /* it was half typed again meanwhile */
    r = db_finish(s->store, r, err);
    if (r == EVH_OK) {
        s->own->doubtful = (struct uuid){{0}};
        s->own->typed = true;
    }
    return r;
}

enum evh session_line(struct session *s, const char *line, size_t n, struct err *err)
{
    struct saved saved;
    struct facts facts = {0};
    enum evh r = begin(s, &saved, err);
    if (r != EVH_OK)
        return r;
    if (is_there(s, line, n))
        return confirm(s, err);
    notation_line(&s->reader, s->record, line, n, &facts, &s->notices);
    r = finish_as(s, &saved, &facts, s->own->live, true, err);
    s->own->typed = s->own->typed || (r == EVH_OK && facts.n > 0);
    buf_clear(&s->own->line);
    if (!uuid_none(s->own->doubtful))
        buf_add(&s->own->line, line, n);
    return r;
}

/* Each line is read against what the lines before it made; a later indented line belongs to the line that was typed, not to these. */
enum evh session_lines(struct session *s, const char *const *lines, size_t n, struct err *err)
{
    struct saved saved;
    struct facts facts = {0};
    enum evh r = begin(s, &saved, err);
    if (r != EVH_OK)
        return r;
    struct change *c = &s->own->change;
    struct line_above above = line_above(c);
    enum notation_section section = s->reader.section;
    s->reader.section = SECTION_BODY;
    for (size_t i = 0; i < n; i++) {
        size_t had = facts.n;
        notation_line(&s->reader, c->record, lines[i], strlen(lines[i]), &facts, &s->notices);
        for (size_t k = had; k < facts.n; k++)
            (void)record_apply(c->record, &facts.v[k]); /* writing applies it again, which is no change */
    }
    s->reader.section = section;
    r = finish(s, &saved, &facts, false, err);
    if (r == EVH_OK)
        keep_line_above(c, &above);
    return r;
}

/* The heading of the current item as the log has it, with what continued it: taken back, and the same begun anew. False: it is no longer the last thing. */
static bool heading_anew(struct session *s, struct facts *back, struct facts *anew)
{
    const struct record *r = s->record;
    const struct item *item = &r->items[r->nitems - 1];
    if (r->nitems < 2 || (r->nentries > 0 && r->entries[r->nentries - 1].item + 1 == r->nitems))
        return false;
    struct fact heading = fact_new(FACT_ITEM, s->reader.ids.next(s->reader.ids.data));
    for (size_t i = 0; i < s->log.n; i++) {
        const struct fact *f = &s->log.v[i];
        bool same = uuid_same(f->id, item->id) || uuid_same(f->replaces, item->id);
        if (f->kind_of_fact != FACT_ITEM || !same || !stands(&s->log, f->id))
            continue;
        struct fact undone = fact_new(FACT_UNDONE, s->reader.ids.next(s->reader.ids.data));
        undone.target = f->id;
        facts_add(s->arena, back, undone);
    }
    heading.title = arena_strdup(s->arena, item->title);
    heading.minutes = item->planned_minutes;
    heading.time = item->time;
    facts_add(s->arena, anew, heading);
    return back->n > 0;
}

enum evh session_left(struct session *s, const char *line, size_t n, struct err *err)
{
    struct saved saved;
    struct facts facts = {0}, back = {0}, anew = {0};
    enum evh r = begin(s, &saved, err);
    if (r != EVH_OK)
        return r;
    bool free_heading = heading_anew(s, &back, &anew);
    if (free_heading)
        notation_line(&s->reader, s->record, line, n, &facts, &s->notices);
    if (!free_heading || facts.n != 1 || facts.v[0].kind_of_fact != FACT_ENTRY) {
        s->reader.section = saved.section;
        db_rollback(s->store);
        return err_set(err, EVH_STATE, free_heading ? "that line is no entry" : "something is on record under the new item already");
    }
    for (size_t i = 0; i < back.n; i++) /* the entry first: it is what undo takes back, with these */
        facts_add(s->arena, &facts, back.v[i]);
    facts_add(s->arena, &facts, anew.v[0]);
    struct line_above above = {.parent = facts.v[0].id, .last = facts.v[0].id};
    r = finish(s, &saved, &facts, s->own->live, err);
    if (r == EVH_OK) { /* an indented line goes on with what was typed, not with the heading behind it */
        struct fact *copy = arena_alloc(s->arena, 1, sizeof *copy);
        *copy = fact_copy(s->arena, &s->log.v[s->log.n - facts.n]);
        above.fact = copy;
        keep_line_above(&s->own->change, &above);
        s->own->typed = true;
    }
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
    bool there = uuid_none(entry) || record_entry(s->record, entry) != NULL;
    for (size_t i = 0; !there && i < s->record->nrecommendations; i++)
        there = uuid_same(s->record->recommendations[i].id, entry);
    if (!there) {
        db_rollback(s->store);
        return err_set(err, EVH_NOTFOUND, "that line is not in the record any more");
    }
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

/* Whether an id is that of a person, a help line or a contact of the list: a line of the same kind takes its place. */
static bool of_the_list(const struct record *r, enum fact_kind kind, struct uuid id)
{
    bool found = false;
    for (size_t i = 0; i < r->npeople && kind == FACT_ATTENDEE; i++)
        found = found || uuid_same(r->people[i].id, id);
    for (size_t i = 0; i < r->nhelp && kind == FACT_HELP; i++)
        found = found || uuid_same(r->help[i].id, id);
    for (size_t i = 0; i < r->ncontacts && kind == FACT_CONTACT; i++)
        found = found || uuid_same(r->contacts[i].id, id);
    return found && !uuid_none(id);
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
        if (of_the_list(s->record, f.kind_of_fact, attendee))
            f.replaces = attendee;
        if (f.kind_of_fact == FACT_ATTENDEE)
            drop_twice(s, attendee, &f);
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
