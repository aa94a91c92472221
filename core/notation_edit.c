/* Words that change: corrections, edits, and lines that go on with the one above. */
#include <string.h>

#include "core/notation_parts.h"
#include "core/text.h"

/* ---- does a line say what the entry is? ---- */

static bool same(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return (a == NULL || a[0] == '\0') && (b == NULL || b[0] == '\0');
    return strcmp(a, b) == 0;
}

/* The same person: a name that was nobody's when it was written may be somebody's by now. */
static bool same_person(const struct record *record, const char *written, const char *read)
{
    const struct attendee *person;
    if (same(written, read))
        return true;
    return written != NULL && read != NULL && names_find(record, written, strlen(written), &person) == NAMES_ONE && strcmp(person->name, read) == 0;
}

static bool same_people(const struct record *record, const struct texts *a, const struct texts *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (!same_person(record, a->v[i], b->v[i]))
            return false;
    return true;
}

static bool same_restriction(const struct record *record, const struct restriction *r, const struct texts *readers)
{
    bool all = readers->n == 1 && strcmp(readers->v[0], "*") == 0;
    return r->confidential ? all : !all && same_people(record, &r->readers, readers);
}

static bool same_details(const struct record *record, const struct entry *e, const struct fact *f)
{
    bool asked = f->strength != NULL && strcmp(f->strength, "asked") == 0;
    const char *mode = e->mode == MODE_PHONE || e->mode == MODE_VIDEO ? mode_word(e->mode) : NULL;
    if (e->kind != ENTRY_DISAGREEMENT && !same(e->state, f->state))
        return false;
    return same(e->basis, f->basis) && same(e->source, f->source) && same(e->because, f->because) && same(e->how, f->how) &&
           same_person(record, e->asked_by, f->asked_by) && same(e->recipient, f->recipient) && same(e->purpose, f->purpose) && same(e->what, f->what) &&
           e->date == f->date && e->until == f->until && same(mode, f->mode) && asked == e->asked && same(e->owner, f->owner) &&
           same_people(record, &e->with, &f->with) && e->due == f->due && e->due_time == f->due_time && e->from_day == f->from_day &&
           same(e->done_when, f->done_when) && same(e->otherwise, f->otherwise) && same(e->carried_number, f->carried_number) &&
           e->carried == f->carried;
}

bool entry_reads_back(const struct record *record, const struct entry *e, const struct fact *f)
{
    return f->kind_of_fact == FACT_ENTRY && strcmp(f->kind, entry_word(e->kind)) == 0 && same(e->speaker, f->speaker) && same(e->text, f->text) &&
           same_restriction(record, &e->restriction, &f->readers) && same_details(record, e, f);
}

bool read_back(const struct record *record, struct arena *arena, struct span line, bool entry_only, struct fact *f)
{
    struct notation_reader reader = {.arena = arena, .ids = scratch_ids(), .section = SECTION_BODY, .stamp = TIME_NONE};
    struct facts facts = {0};
    struct reading r = {.reader = &reader, .record = record, .facts = &facts, .line = line, .entry_only = entry_only};
    enum notation_section section;
    enum line_class class = line_class(line, &section);
    if (class == LINE_NOTHING || (!entry_only && (class == LINE_SECTION || class == LINE_CORRECTION)))
        return false;
    read_body_line(&r, line);
    if (facts.n != 1 || facts.v[0].kind_of_fact != FACT_ENTRY)
        return false;
    *f = facts.v[0];
    return true;
}

/* ---- a change of words as a fact ---- */

/* The whole earlier wording: the text, or all that stands behind letter and speaker where that is more. */
static const char *earlier_wording(const struct reading *r, const struct entry *e, bool text_changed)
{
    struct arena *arena = r->reader->arena;
    bool structured = e->kind == ENTRY_ACTION || e->kind == ENTRY_CONSENT || e->kind == ENTRY_CLOCK || e->basis != NULL || e->source != NULL ||
                      e->because != NULL;
    if (!structured && text_changed)
        return e->text;
    struct buf b = {0};
    print_entry_body(&b, r->record, e);
    const char *was = arena_strndup(arena, buf_str(&b), b.n);
    buf_free(&b);
    return was;
}

static void add_reworded(struct reading *r, const struct entry *e, const struct fact *new, int time)
{
    struct fact f = *new;
    const struct notation_reader *reader = r->reader;
    const char *by = reader->typed_by != NULL ? reader->typed_by : r->record->kept_by;
    f.kind_of_fact = FACT_REWORDED;
    f.id = reader->ids.next(reader->ids.data);
    f.replaces = (struct uuid){0};
    f.target = e->id;
    f.was = earlier_wording(r, e, !same(e->text, new->text));
    f.by = by == NULL || strcmp(by, notation_nobody) == 0 ? NULL : names_full(r->record, reader->arena, by, strlen(by));
    f.time = time != TIME_NONE ? time : reader->stamp;
    /* a correction that was minuted, or made on the day of the meeting, has no date of its own: typed or imported, it is the same */
    f.on = time != TIME_NONE || reader->now.day == r->record->date ? DAY_NONE : reader->now.day;
    if (reader->now.utc_ms == 0 && reader->now.day == 0)
        f.on = DAY_NONE; /* a reader without a clock */
    reading_add(r, f);
}

/* ---- s/old/new/ ---- */

bool is_correction(struct span s)
{
    if (s.n < 5 || s.s[0] != 's' || s.s[1] != '/' || s.s[s.n - 1] != '/' || s.s[2] == '/')
        return false;
    return memchr(s.s + 2, '/', s.n - 3) != NULL;
}

static bool may_write(struct reading *r, const struct entry *e)
{
    struct arena *arena = r->reader->arena;
    const char *kept = r->record->kept_by;
    const char *writer = r->reader->typed_by != NULL ? r->reader->typed_by : kept;
    const char *typed = e->typed_by != NULL ? e->typed_by : kept;
    if (!restricted(&e->restriction))
        return true;
    if (writer == NULL)
        return typed == NULL;
    writer = names_full(r->record, arena, writer, strlen(writer));
    if (typed != NULL && strcmp(writer, names_full(r->record, arena, typed, strlen(typed))) == 0)
        return true;
    bool reader = !e->restriction.confidential && e->speaker != NULL && strcmp(e->speaker, writer) == 0;
    for (size_t i = 0; i < e->restriction.readers.n; i++)
        reader = reader || strcmp(e->restriction.readers.v[i], writer) == 0;
    return reader;
}

static bool can_change(struct reading *r, const struct entry *e)
{
    return e->kind != ENTRY_MINUTED && e->withdrawn == NULL && !e->withheld && may_write(r, e);
}

/* A correction on its way through the entries. */
struct swap {
    const char *old;
    struct span new;
    int time;
};

static char *replaced(struct arena *arena, const char *text, const struct swap *swap)
{
    const char *hit = strstr(text, swap->old);
    if (hit == NULL)
        return NULL;
    struct buf b = {0};
    buf_add(&b, text, (size_t)(hit - text));
    buf_add(&b, swap->new.s, swap->new.n);
    buf_adds(&b, hit + strlen(swap->old));
    struct span trimmed = span_trim((struct span){b.s, b.n});
    char *clean = text_clean_dup(arena, trimmed.s, trimmed.n);
    buf_free(&b);
    return clean;
}

/* Reads the entry's line with other words in it. What it would be read as counts only if it is still of that kind and speaker. */
static bool read_changed(struct reading *r, const struct entry *changed, const char *body, struct fact *f)
{
    for (int way = PRINT_PLAIN; way < PRINT_WAYS; way++) {
        struct buf b = {0};
        print_entry_head(&b, r->record, changed, (enum print_way)way);
        if (body != NULL)
            buf_adds(&b, body);
        else
            print_entry_body(&b, r->record, changed);
        struct span line = span_trim((struct span){buf_str(&b), b.n});
        line = span_trim(span_of(text_clean_dup(r->reader->arena, line.s, line.n)));
        buf_free(&b);
        if (read_back(r->record, r->reader->arena, line, true, f) && strcmp(f->kind, entry_word(changed->kind)) == 0 && same(f->speaker, changed->speaker))
            return true;
    }
    return false;
}

static bool correct(struct reading *r, const struct entry *e, const struct swap *swap)
{
    struct arena *arena = r->reader->arena;
    struct entry changed = *e;
    struct fact f;
    char *text = replaced(arena, e->text, swap), *body = NULL;
    if (text != NULL) {
        changed.text = text;
        if (e->kind == ENTRY_ARRIVES || e->kind == ENTRY_LEAVES)
            changed.reason = text;
    } else {
        struct buf b = {0};
        print_entry_body(&b, r->record, e);
        body = replaced(arena, buf_str(&b), swap);
        buf_free(&b);
        if (body == NULL)
            return false;
    }
    if (!read_changed(r, &changed, body, &f))
        return false;
    add_reworded(r, e, &f, swap->time);
    return true;
}

/* The body with its dates as the screen shows them ("Fri 4 Dec 2026"), with the weekday or without. */
static void put_shown_body(struct buf *b, const struct reading *r, const struct entry *e, bool weekday)
{
    const int32_t days[] = {e->due, e->from_day, e->until};
    print_entry_body(b, r->record, e);
    for (size_t i = 0; i < NITEMS(days); i++) {
        if (days[i] == DAY_NONE)
            continue;
        const char *written = civil_day_dup(r->reader->arena, days[i]), *shown = civil_long_dup(r->reader->arena, days[i]);
        size_t at = span_find_last((struct span){b->s, b->n}, written);
        if (!weekday && strchr(shown, ' ') != NULL)
            shown = strchr(shown, ' ') + 1;
        if (at != SIZE_MAX)
            buf_splice(b, at, strlen(written), shown, strlen(shown));
    }
}

/* Where nothing contains the words, they may be a date as it was typed or is shown: the entry must stay what it is but for its dates. */
static bool correct_date(struct reading *r, const struct entry *e, const struct swap *swap)
{
    if (e->due == DAY_NONE && e->from_day == DAY_NONE && e->until == DAY_NONE)
        return false;
    for (int weekday = 0; weekday < 2; weekday++) {
        struct buf b = {0};
        struct fact f;
        put_shown_body(&b, r, e, weekday == 1);
        const char *hit = strstr(buf_str(&b), swap->old);
        bool whole = hit != NULL && (hit == buf_str(&b) || text_blank(hit[-1])); /* "4 Dec" is not in "14 Dec" */
        char *body = whole ? replaced(r->reader->arena, buf_str(&b), swap) : NULL;
        buf_free(&b);
        if (body == NULL || !read_changed(r, e, body, &f) || !same(f.text, e->text))
            continue;
        bool gone = (f.due == DAY_NONE && e->due != DAY_NONE) || (f.from_day == DAY_NONE && e->from_day != DAY_NONE) || (f.until == DAY_NONE && e->until != DAY_NONE);
        if (gone)
            continue;
        add_reworded(r, e, &f, swap->time);
        return true;
    }
    return false;
}

bool read_correction(struct reading *r, struct span s, int time)
{
    enum { MOST_SPLITS = 8 };
    struct span all = {s.s + 2, s.n - 3};
    size_t from = 0;
    /* "s/6/7/8/": the first slash that leaves words which an entry contains. */
    for (int split = 0; split < MOST_SPLITS; split++) {
        const char *slash = from < all.n ? memchr(all.s + from, '/', all.n - from) : NULL;
        if (slash == NULL)
            return false;
        size_t at = (size_t)(slash - all.s);
        struct swap swap = {span_dup(r, span_cut_to(all, at)), {slash + 1, all.n - at - 1}, time};
        for (size_t i = r->record->nentries; i-- > 0;) {
            const struct entry *e = &r->record->entries[i];
            if (can_change(r, e) && correct(r, e, &swap))
                return true;
        }
        for (size_t i = r->record->nentries; i-- > 0;) {
            const struct entry *e = &r->record->entries[i];
            if (can_change(r, e) && correct_date(r, e, &swap))
                return true;
        }
        from = at + 1;
    }
    return false;
}

/* ---- edits ---- */

static enum evh edit_allowed(const struct entry *e, struct err *err)
{
    if (e->kind == ENTRY_MINUTED)
        return err_set(err, EVH_STATE, "minuted words are never changed; they can be answered");
    if (e->withdrawn != NULL)
        return err_set(err, EVH_STATE, "this entry was withdrawn and cannot be changed");
    return EVH_OK;
}

enum evh notation_edit(struct notation_reader *reader, const struct record *record, const struct entry *entry, const char *line, size_t n,
                       struct facts *facts, struct notices *notices, struct err *err)
{
    enum evh code = edit_allowed(entry, err);
    if (code != EVH_OK)
        return code;
    struct span s = span_trim(span_of(text_clean_dup(reader->arena, line, n)));
    if (s.n == 0)
        return err_set(err, EVH_INVALID, "there are no words left; an entry is withdrawn with a reason instead");
    struct facts found = {0};
    struct reading r = {.reader = reader, .record = record, .facts = &found, .notices = notices, .line = s, .goes_on = entry, .entry_only = true};
    read_body_line(&r, s);
    struct fact f = found.v[0];
    bool same_words = entry_reads_back(record, entry, &f);
    if (same_words && f.time == entry->time)
        return err_set(err, EVH_NO, "nothing is different");
    r.facts = facts;
    reader->above.n = 0;
    if (!same_words)
        add_reworded(&r, entry, &f, TIME_NONE);
    if (f.time != entry->time) { /* the time is no wording: it is put right without a trace of the old one among the words */
        f.replaces = entry->id;
        f.id = reader->ids.next(reader->ids.data);
        reading_add(&r, f);
    }
    return EVH_OK;
}

/* ---- a line that goes on with the one above ---- */

enum above { ABOVE_NOTHING, ABOVE_ENTRY, ABOVE_NOTE, ABOVE_BODY, ABOVE_MARK, ABOVE_SECTION };

/* What the last line made, by its id; prints it where its words are not known as they were typed. */
static enum above above_in_body(const struct record *record, struct uuid id, struct buf *line)
{
    for (size_t i = 1; i < record->nitems; i++)
        if (uuid_same(record->items[i].id, id)) {
            print_item(line, &record->items[i]);
            return ABOVE_BODY;
        }
    for (size_t i = 0; i < record->noutcomes; i++)
        if (uuid_same(record->outcomes[i].id, id)) {
            print_outcome(line, record, &record->outcomes[i]);
            return ABOVE_BODY;
        }
    for (size_t i = 0; i < record->nrecommendations; i++)
        if (uuid_same(record->recommendations[i].id, id)) {
            print_recommendation(line, record, &record->recommendations[i]);
            return ABOVE_BODY;
        }
    return ABOVE_NOTHING;
}

static enum above above_in_section(const struct record *record, enum notation_section section, struct uuid id, struct buf *line)
{
    struct arena *arena = arena_new();
    size_t before = line->n;
    bool found = false;
    for (size_t i = 0; section == SECTION_PEOPLE && i < record->npeople; i++)
        if (!record->people[i].implied && uuid_same(record->people[i].id, id))
            print_attendee(line, record, &record->people[i], arena);
    for (size_t i = 0; section == SECTION_PEOPLE && i < record->nhelp; i++)
        if (uuid_same(record->help[i].id, id))
            print_help(line, record, &record->help[i]);
    for (size_t i = 0; section == SECTION_PEOPLE && i < record->ncontacts; i++)
        if (uuid_same(record->contacts[i].id, id))
            print_contact(line, record, &record->contacts[i]);
    for (size_t i = 0; section == SECTION_SIGNOFF && i < record->nsignoffs; i++)
        if (uuid_same(record->signoffs[i].id, id))
            print_signoff(line, record, &record->signoffs[i]);
    for (size_t i = 0; section == SECTION_COPIES && i < record->ncopies; i++)
        if (uuid_same(record->copies[i].id, id))
            print_copy(line, record, &record->copies[i]);
    found = line->n > before;
    arena_free(arena);
    return found ? ABOVE_SECTION : ABOVE_NOTHING;
}

/* What the line goes on with, and its words: as they were given, else as they are printed. */
static enum above find_above(const struct reading *r, const struct entry **entry, struct buf *line)
{
    const struct record *record = r->record;
    const struct notation_above *given = &r->reader->above;
    struct uuid id = record->last;
    bool as_given = given->n > 0 && (uuid_same(id, given->first) || uuid_same(id, given->last));
    enum above what = ABOVE_NOTHING;
    *entry = NULL;
    if (r->reader->section == SECTION_HEAD) {
        buf_add(line, given->text, given->n);
        return given->n > 0 ? ABOVE_SECTION : ABOVE_NOTHING;
    }
    if (as_given && !uuid_same(id, given->first))
        id = given->first; /* "typed by" stands under what was typed */
    if (uuid_none(id))
        return ABOVE_NOTHING;
    if (r->reader->section != SECTION_BODY) {
        what = above_in_section(record, r->reader->section, id, line);
        *entry = what == ABOVE_NOTHING && as_given ? record_entry(record, id) : NULL;
        what = *entry != NULL ? ABOVE_NOTE : what;
    } else if ((*entry = record_entry(record, id)) != NULL) {
        what = ABOVE_ENTRY;
        print_entry_line(line, record, *entry, false, PRINT_PLAIN);
        as_given = as_given && (*entry)->nearlier == 0 && !uuid_same(id, r->reader->odd_note);
    } else {
        what = above_in_body(record, id, line);
        if (what == ABOVE_NOTHING && as_given && record->last_fact != NULL && (given->text[0] == '-' || given->text[0] == '='))
            what = ABOVE_MARK;
    }
    if (as_given && what != ABOVE_NOTHING) {
        buf_clear(line);
        buf_add(line, given->text, given->n);
    }
    return what;
}

/* A mark that goes on must stay the mark that it was. */
static bool same_mark(const struct fact *now, const struct fact *old)
{
    if (now->kind_of_fact != old->kind_of_fact || !uuid_same(now->target, old->target))
        return false;
    return now->kind_of_fact != FACT_MARKED || strcmp(now->mark, old->mark) == 0;
}

static bool mark_goes_on(struct reading *r, struct span s)
{
    struct facts found = {0}, *facts = r->facts;
    r->facts = &found;
    read_indented(r, s);
    r->facts = facts;
    if (found.n != 1 || !same_mark(&found.v[0], r->record->last_fact))
        return false;
    reading_add(r, found.v[0]);
    return true;
}

static void section_goes_on(struct reading *r, struct span s)
{
    switch (r->reader->section) {
    case SECTION_HEAD:
        (void)read_head_line(r, s, true);
        break;
    case SECTION_PEOPLE:
        read_people_line(r, s);
        break;
    case SECTION_SIGNOFF:
        read_signoff(r, s);
        break;
    case SECTION_COPIES:
        read_copy(r, s);
        break;
    case SECTION_BODY:
        break;
    }
}

bool read_continuation(struct reading *r, const struct seam *seam)
{
    struct buf b = {0};
    const struct entry *entry;
    struct notation_above *above = &r->reader->above;
    size_t nfacts = r->facts->n;
    struct uuid odd_note = r->reader->odd_note, odd_parent = r->reader->odd_parent;
    enum above what = find_above(r, &entry, &b);
    struct seam seams[2] = {{0, above->line, 1}, *seam};
    while (b.n > 0 && b.s[b.n - 1] == '\n')
        buf_splice(&b, b.n - 1, 1, NULL, 0);
    buf_addc(&b, ' ');
    seams[1].at = b.n;
    buf_add(&b, r->line.s, r->line.n);
    struct reading joined = *r;
    joined.line = span_trim((struct span){arena_strndup(r->reader->arena, b.s, b.n), b.n});
    joined.seams = seams;
    joined.nseams = 2;
    joined.goes_on = entry;
    joined.entry_only = entry != NULL;
    joined.replaces = r->reader->section == SECTION_HEAD ? (struct uuid){0} : entry != NULL ? entry->id : r->record->last;
    buf_free(&b);
    if (what == ABOVE_NOTHING)
        return false;
    if (what == ABOVE_MARK && !mark_goes_on(&joined, joined.line)) {
        r->reader->odd_note = odd_note;
        r->reader->odd_parent = odd_parent;
        return false;
    }
    if (what == ABOVE_SECTION)
        section_goes_on(&joined, joined.line);
    else if (what == ABOVE_NOTE) /* a line of a section that had no columns */
        read_note(&joined, joined.line);
    else if (what != ABOVE_MARK)
        read_body_line(&joined, joined.line);
    above->known = true;
    above->n = joined.line.n < sizeof above->text ? joined.line.n : 0;
    memcpy(above->text, joined.line.s, above->n);
    if (entry != NULL)
        above->first = entry->id;
    else if (!uuid_none(r->record->last))
        above->first = r->record->last;
    above->last = r->facts->n > nfacts ? r->facts->v[r->facts->n - 1].id : above->first;
    return true;
}
