/* The whole record as a .meeting file.
 *
 * Every line is read again as it is written, against what the lines before it say: so an entry is written plainly where that is enough, and
 * guarded ("//text", "(Name): text") where it would be read as something else. */
#include <string.h>

#include "core/notation_parts.h"
#include "core/presence.h"
#include "core/text.h"

struct printing {
    struct buf *out;
    const struct record *record;
    struct record *told;        /* what a reader of the file knows so far */
    struct notation_reader reader;
    struct facts facts;
    uint32_t ids;
};

static struct uuid next_id(void *data)
{
    struct printing *p = data;
    struct uuid id = {{0}};
    uint32_t n = ++p->ids;
    for (size_t i = 0; i < 4; i++)
        id.b[15 - i] = (unsigned char)(n >> (8 * i));
    return id;
}

/* ---- lines ---- */

void print_columns(struct buf *out, const char *const *columns, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_adds(out, " |");
        if (columns[i] != NULL && columns[i][0] != '\0')
            buf_addf(out, "%s%s", i > 0 ? " " : "", columns[i]);
    }
    buf_addc(out, '\n');
}

void print_item(struct buf *out, const struct item *item)
{
    if (item->time != TIME_NONE) {
        civil_put_time(out, item->time);
        buf_addc(out, ' ');
    }
    buf_addc(out, '#');
    if (item->title != NULL && item->title[0] != '\0')
        buf_addf(out, " %s", item->title);
    if (item->planned_minutes >= 0)
        buf_addf(out, " [%dm]", item->planned_minutes);
    buf_addc(out, '\n');
}

void print_outcome(struct buf *out, const struct record *record, const struct outcome *o)
{
    struct arena *arena = arena_new();
    print_restriction(out, record, &o->restriction);
    buf_adds(out, "outcome:");
    if (o->outcome[0] != '\0')
        buf_addf(out, " %s", o->outcome);
    struct span text = o->text == NULL ? (struct span){NULL, 0} : outcome_text(record, arena, o);
    if (text.n > 0) {
        buf_adds(out, "; ");
        buf_add(out, text.s, text.n);
    }
    buf_addc(out, '\n');
    arena_free(arena);
}

void print_recommendation(struct buf *out, const struct record *record, const struct recommendation *c)
{
    print_restriction(out, record, &c->restriction);
    buf_adds(out, "recommendation:");
    if (c->text[0] != '\0')
        buf_addf(out, " %s", c->text);
    buf_addc(out, '\n');
}

void print_attendee(struct buf *out, const struct record *record, const struct attendee *a, struct arena *arena)
{
    struct buf presence = {0};
    struct interval *v = NULL;
    size_t n = presence_of(record, a, false, arena, &v, NULL);
    if (a->presence_text != NULL) {
        buf_adds(&presence, a->presence_text);
    } else if (n > 0 || a->absence == NULL) {
        presence_put(&presence, v, n);
    } else {
        buf_adds(&presence, a->absence);
        if (a->absence_reason != NULL)
            buf_addf(&presence, ": %s", a->absence_reason);
    }
    const char *name = a->also == NULL ? a->name : arena_printf(arena, "%s = %s", a->name, a->also);
    const char *columns[] = {name, a->role, a->organisation, a->capacity_text, buf_str(&presence)};
    print_columns(out, columns, NITEMS(columns));
    buf_free(&presence);
}

/* A name as a column. */
static const char *column(struct buf *b, const struct record *record, const char *name)
{
    print_name(b, record, name);
    return buf_str(b);
}

void print_help(struct buf *out, const struct record *record, const struct help *h)
{
    struct buf offered = {0}, answer = {0}, name = {0}, who = {0};
    if (h->offered != DAY_NONE) {
        buf_adds(&offered, "offered ");
        civil_put_day(&offered, h->offered);
    } else if (h->offered_text != NULL) {
        buf_adds(&offered, h->offered_text);
    }
    if (h->offered_by != NULL) {
        buf_adds(&offered, offered.n == 0 ? "offered by " : " by ");
        print_name(&offered, record, h->offered_by);
    }
    if (h->outcome != NULL)
        buf_adds(&answer, h->outcome);
    if (h->outcome_date != DAY_NONE) {
        buf_addc(&answer, ' ');
        civil_put_day(&answer, h->outcome_date);
    }
    if (h->words != NULL)
        buf_addf(&answer, ": %s", h->words);
    const char *columns[] = {column(&name, record, h->for_name), h->kind, buf_str(&offered), buf_str(&answer), column(&who, record, h->who)};
    buf_adds(out, name.n == 0 ? "help:" : "help: ");
    print_columns(out, columns, NITEMS(columns));
    buf_free(&offered);
    buf_free(&answer);
    buf_free(&name);
    buf_free(&who);
}

void print_contact(struct buf *out, const struct record *record, const struct contact *c)
{
    struct buf at = {0}, whom = {0}, by = {0};
    int32_t day;
    if (c->at != NULL)
        buf_adds(&at, c->at);
    if (at.n > 10 && at.s[10] == 'T' && civil_read_day(at.s, 10, &day))
        at.s[10] = ' ';
    const char *columns[] = {buf_str(&at), c->how, column(&whom, record, c->whom), column(&by, record, c->by), c->result};
    buf_adds(out, at.n == 0 ? "contact:" : "contact: ");
    print_columns(out, columns, NITEMS(columns));
    buf_free(&at);
    buf_free(&whom);
    buf_free(&by);
}

void print_signoff(struct buf *out, const struct record *record, const struct signoff *s)
{
    struct buf state = {0}, date = {0}, name = {0};
    buf_adds(&state, s->state);
    if (s->scope != NULL)
        buf_addf(&state, " (%s)", s->scope);
    if (s->date != DAY_NONE)
        civil_put_day(&date, s->date);
    const char *columns[] = {column(&name, record, s->name), buf_str(&state), buf_str(&date), s->comment};
    print_restriction(out, record, &s->restriction);
    print_columns(out, columns, NITEMS(columns));
    buf_free(&state);
    buf_free(&date);
    buf_free(&name);
}

void print_copy(struct buf *out, const struct record *record, const struct copy_given *c)
{
    struct buf date = {0}, name = {0};
    if (c->date != DAY_NONE)
        civil_put_day(&date, c->date);
    const char *columns[] = {column(&name, record, c->name), c->audience, c->how, buf_str(&date)};
    print_restriction(out, record, &c->restriction);
    print_columns(out, columns, NITEMS(columns));
    buf_free(&date);
    buf_free(&name);
}

/* ---- the file ---- */

/* Reads what was just written, so that the next lines are judged as their reader will. */
static void tell(struct printing *p, size_t from)
{
    for (size_t at = from; at < p->out->n;) {
        const char *line = p->out->s + at;
        const char *end = memchr(line, '\n', p->out->n - at);
        size_t n = end == NULL ? p->out->n - at : (size_t)(end - line);
        p->facts.n = 0;
        notation_line(&p->reader, p->told, line, n, &p->facts, NULL);
        for (size_t i = 0; i < p->facts.n; i++)
            (void)record_apply(p->told, &p->facts.v[i]);
        at += n + 1;
    }
}

static void separate(struct printing *p)
{
    if (p->out->n > 0)
        buf_addc(p->out, '\n');
}

static void print_head(struct printing *p)
{
    size_t from = p->out->n;
    buf_adds(p->out, "evenhand: 1\n");
    for (size_t i = 0; i < p->record->nhead; i++)
        buf_addf(p->out, "%s: %s\n", p->record->head[i].key, p->record->head[i].value);
    p->reader.section = SECTION_HEAD;
    tell(p, from);
}

static void print_people(struct printing *p)
{
    const struct record *r = p->record;
    size_t listed = 0;
    for (size_t i = 0; i < r->npeople; i++)
        listed += !r->people[i].implied;
    if (listed + r->nhelp + r->ncontacts > 0) {
        separate(p);
        size_t from = p->out->n;
        buf_adds(p->out, "people:\n");
        for (size_t i = 0; i < r->npeople; i++)
            if (!r->people[i].implied)
                print_attendee(p->out, r, &r->people[i], p->reader.arena);
        p->reader.section = SECTION_BODY;
        tell(p, from);
        for (size_t i = 0; i < r->nhelp; i++)
            print_help(p->out, r, &r->help[i]);
        for (size_t i = 0; i < r->ncontacts; i++)
            print_contact(p->out, r, &r->contacts[i]);
    }
    names_refresh(p->told);
    p->reader.section = SECTION_BODY;
}

/* Writes the entry the plainest way that is read as what it is. */
static void print_entry(struct printing *p, const struct entry *e)
{
    size_t from = p->out->n;
    struct fact f;
    bool good = false;
    for (int way = PRINT_PLAIN; !good && way < PRINT_WAYS; way++) {
        buf_splice(p->out, from, p->out->n - from, NULL, 0);
        print_entry_line(p->out, p->record, e, true, (enum print_way)way);
        if (e->withheld)
            break;
        struct span line = {p->out->s + from, p->out->n - from};
        good = read_back(p->told, p->reader.arena, span_trim(line), false, &f) && f.time == e->time && entry_reads_back(p->record, e, &f);
    }
    if (good) {
        f.id = next_id(p);
        (void)record_apply(p->told, &f);
        buf_addc(p->out, '\n');
    } else {
        buf_addc(p->out, '\n');
        tell(p, from);
    }
    size_t marks = p->out->n;
    print_entry_marks(p->out, p->record, e);
    if (e->withdrawn != NULL)
        tell(p, marks);
}

static void print_body(struct printing *p)
{
    const struct record *r = p->record;
    size_t at = 0;
    for (size_t i = 0; i < r->nitems; i++) {
        bool any = at < r->nentries && r->entries[at].item == i;
        if (i > 0 || any)
            separate(p);
        if (i > 0) {
            size_t from = p->out->n;
            print_item(p->out, &r->items[i]);
            tell(p, from);
        }
        for (; at < r->nentries && r->entries[at].item <= i; at++)
            print_entry(p, &r->entries[at]);
    }
}

static void print_end(struct printing *p)
{
    const struct record *r = p->record;
    if (r->noutcomes + r->nrecommendations > 0)
        separate(p);
    for (size_t i = 0; i < r->noutcomes; i++)
        print_outcome(p->out, r, &r->outcomes[i]);
    for (size_t i = 0; i < r->nrecommendations; i++) {
        print_recommendation(p->out, r, &r->recommendations[i]);
        for (size_t j = 0; j < r->recommendations[i].ndifferences; j++)
            print_position(p->out, r, &r->recommendations[i].differences[j]);
    }
    if (r->nsignoffs > 0) {
        separate(p);
        buf_adds(p->out, "signoff:\n");
    }
    for (size_t i = 0; i < r->nsignoffs; i++)
        print_signoff(p->out, r, &r->signoffs[i]);
    if (r->ncopies > 0) {
        separate(p);
        buf_adds(p->out, "copies:\n");
    }
    for (size_t i = 0; i < r->ncopies; i++)
        print_copy(p->out, r, &r->copies[i]);
}

void notation_print(struct buf *out, const struct record *record)
{
    struct buf file = {0};
    struct printing p = {.out = &file, .record = record, .told = record_new(record->id)};
    p.reader = (struct notation_reader){.arena = arena_new(), .ids = {next_id, &p}, .stamp = TIME_NONE};
    p.reader.now.day = DAY_NONE;
    print_head(&p);
    print_people(&p);
    print_body(&p);
    print_end(&p);
    buf_add(out, file.s, file.n);
    buf_free(&file);
    record_free(p.told);
    arena_free(p.reader.arena);
}

void notation_print_entry(struct buf *out, const struct record *record, const struct entry *entry, bool with_time)
{
    struct arena *arena = arena_new();
    struct fact f;
    for (int way = PRINT_PLAIN; way < PRINT_WAYS; way++) {
        struct buf line = {0};
        print_entry_line(&line, record, entry, false, (enum print_way)way);
        bool good = read_back(record, arena, span_trim((struct span){buf_str(&line), line.n}), false, &f) && entry_reads_back(record, entry, &f);
        if (good || way + 1 == PRINT_WAYS) {
            if (with_time && entry->time != TIME_NONE) {
                civil_put_time(out, entry->time);
                buf_addc(out, ' ');
            }
            buf_add(out, line.s, line.n);
        }
        buf_free(&line);
        if (good)
            break;
    }
    arena_free(arena);
}
