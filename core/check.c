#include "core/check.h"

#include <string.h>

#include "core/names.h"
#include "core/notation.h"
#include "core/presence.h"
#include "core/text.h"

enum rule {
#define CHECK(id, rule, severity, why, instead, mends) RULE_##id,
#include "core/check.def"
#undef CHECK
    RULE_COUNT
};

static const struct {
    const char *rule;
    enum severity severity;
    const char *why, *instead, *mends;
} rules[RULE_COUNT] = {
#define CHECK(id, rule, severity, why, instead, mends) {rule, SEVERITY_##severity, why, instead, mends},
#include "core/check.def"
#undef CHECK
};

const char *severity_word(enum severity s)
{
    static const char *const words[] = {"info", "warn", "strong"};
    return (unsigned)s < NITEMS(words) ? words[s] : "";
}

struct check {
    const struct record *record;
    struct arena *arena;
    struct findings *out;
};

/* The sentence with `what` in place of "{}". */
static const char *sentence(struct arena *arena, const char *words, const char *what)
{
    const char *gap = strstr(words, "{}");
    if (gap == NULL)
        return words;
    return arena_printf(arena, "%.*s%s%s", (int)(gap - words), words, what, gap + 2);
}

static struct finding *find(struct check *c, enum rule rule, const char *what)
{
    struct findings *out = c->out;
    out->v = arena_grow(c->arena, out->v, out->n, &out->cap, sizeof *out->v);
    struct finding *f = &out->v[out->n++];
    *f = (struct finding){.rule = rules[rule].rule, .category = "completeness", .severity = rules[rule].severity, .item = -1, .entry = -1,
                          .text = what, .why = sentence(c->arena, rules[rule].why, what), .instead = rules[rule].instead, .mends = rules[rule].mends};
    return f;
}

/* About an entry. The words of a restricted one are not repeated. */
static void find_entry(struct check *c, enum rule rule, const struct entry *e, const char *what)
{
    struct finding *f = find(c, rule, what);
    f->item = (int)e->item;
    f->entry = e->number;
    f->entry_id = e->id;
    if (f->text[0] == '\0' && !restricted(&e->restriction))
        f->text = e->text;
}

/* About an item, which the sentence names because nothing else on the line would. */
static void find_item(struct check *c, enum rule rule, size_t item, const char *what)
{
    struct finding *f = find(c, rule, what);
    f->item = (int)item;
    f->about = c->record->items[item].id;
    const char *title = c->record->items[item].title;
    f->why = item == 0 ? f->why : arena_printf(c->arena, "Item %zu, %s: %s", item, title == NULL ? "" : title, f->why);
}

static bool same(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static bool counts(const struct entry *e)
{
    return e->withdrawn == NULL && !e->withheld;
}

/* ---- actions ---- */

static bool was_there(const struct record *r, const struct attendee *a)
{
    struct arena *arena = arena_new();
    struct interval *v;
    bool there = presence_of(r, a, true, arena, &v, NULL) > 0;
    arena_free(arena);
    return there;
}

/* An invitation before the meeting tells nobody what was agreed there, and an attempt without an answer tells nothing. */
static bool reached(const struct record *r, const struct contact *c)
{
    int32_t day;
    bool dated = c->at != NULL && civil_read_day(c->at, strcspn(c->at, "T"), &day);
    return !same(c->result, "no reply") && (!dated || r->date == DAY_NONE || day >= r->date);
}

static bool was_told(const struct record *r, const char *name)
{
    for (size_t i = 0; i < r->ncopies; i++) {
        if (same(r->copies[i].name, name))
            return true;
    }
    for (size_t i = 0; i < r->ncontacts; i++) {
        if (same(r->contacts[i].whom, name) && reached(r, &r->contacts[i]))
            return true;
    }
    return false;
}

static void check_owner(struct check *c, const struct entry *e, const char *owner)
{
    if (owner == NULL) {
        find_entry(c, RULE_OWNER, e, "");
        return;
    }
    const struct attendee *a = record_person(c->record, owner);
    if (a == NULL)
        find_entry(c, RULE_NOBODY, e, owner);
    else if (!was_there(c->record, a) && !was_told(c->record, owner))
        find_entry(c, RULE_TOLD, e, owner);
}

static void check_action(struct check *c, const struct entry *e)
{
    const struct record *r = c->record;
    struct action_now now = action_now(r, e);
    if (!action_is_open(now.status))
        return;
    check_owner(c, e, now.owner);
    int32_t agreed = e->carried != DAY_NONE ? e->carried : r->date;
    if (now.due == DAY_NONE)
        find_entry(c, RULE_DATE, e, "");
    else if (agreed != DAY_NONE && now.due < agreed)
        find_entry(c, RULE_PAST, e, "");
    else if (r->next_date != DAY_NONE && now.due > r->next_date)
        find_entry(c, RULE_AFTER, e, "");
}

/* ---- decisions and disagreements ---- */

static const char *joined(struct arena *arena, const char *const *names, size_t n)
{
    struct buf b = {0};
    for (size_t i = 0; i < n; i++)
        buf_addf(&b, "%s%s", i == 0 ? "" : ", ", names[i]);
    const char *all = arena_strdup(arena, buf_str(&b));
    buf_free(&b);
    return all;
}

/* Somebody's later position is another, without a word of why: the minutes would have them on both sides. */
static void check_changed(struct check *c, const struct entry *e)
{
    for (size_t i = 0; i < e->npositions; i++) {
        const struct position *last = &e->positions[i];
        bool changed = false, later = false;
        for (size_t k = 0; k < e->npositions; k++) {
            const struct position *p = &e->positions[k];
            bool theirs = same(p->name, last->name);
            changed = changed || (k < i && theirs && p->position != NULL && last->position != NULL && !same(p->position, last->position));
            later = later || (k > i && theirs);
        }
        if (changed && !later && (last->text == NULL || last->text[0] == '\0'))
            find_entry(c, RULE_CHANGED, e, last->name);
    }
}

static void check_decision(struct check *c, const struct entry *e)
{
    const char **names;
    size_t n = presence_not_recorded(c->record, e, c->arena, &names);
    if (n > 0)
        find_entry(c, RULE_POSITION, e, joined(c->arena, names, n));
    int time = presence_entry_time(c->record, e);
    for (size_t i = 0; i < e->npositions && time != TIME_NONE; i++) {
        const struct position *p = &e->positions[i];
        const struct attendee *a = record_person(c->record, p->name);
        bool away = same(p->position, "absent") || same(p->position, "not asked");
        bool unknown = a != NULL && a->absence == NULL && !was_there(c->record, a); /* nobody wrote when they were there */
        if (!away && !unknown && (a == NULL || !presence_at(c->record, a, time)))
            find_entry(c, RULE_OUTSIDE, e, p->name);
    }
    check_changed(c, e);
}

static void check_disagreement(struct check *c, const struct entry *e)
{
    size_t sides = 0;
    for (size_t i = 0; i < e->npositions && sides < 2; i++) {
        bool again = false;
        for (size_t j = 0; j < i; j++)
            again = again || same(e->positions[j].name, e->positions[i].name);
        sides += !again;
    }
    if (sides < 2)
        find_entry(c, RULE_SIDES, e, "");
}

static void check_entries(struct check *c)
{
    const struct record *r = c->record;
    for (size_t i = 0; i < r->nentries; i++) {
        const struct entry *e = &r->entries[i];
        if (!counts(e))
            continue;
        if (e->kind == ENTRY_ACTION)
            check_action(c, e);
        else if (e->kind == ENTRY_DECISION)
            check_decision(c, e);
        else if (e->kind == ENTRY_DISAGREEMENT)
            check_disagreement(c, e);
        else if (e->kind == ENTRY_CHILD_VIEW && e->how == NULL && e->asked_by == NULL)
            find_entry(c, RULE_HOW, e, "");
    }
}

/* ---- views ---- */

void check_put_about(struct buf *out, const struct item *item)
{
    buf_addf(out, "about “%s”", item->title == NULL ? "" : item->title);
}

void check_put_chair_writes(struct buf *out, const char *name)
{
    buf_addf(out, "%s chaired and took the minutes", name);
}

/* Whether an entry has these words; `name` NULL: whosever it is. */
static bool said_so(const struct record *r, const char *name, const struct buf *words)
{
    for (size_t i = 0; i < r->nentries; i++) {
        const struct entry *e = &r->entries[i];
        if (counts(e) && strstr(e->text, buf_str(words)) != NULL && (name == NULL || check_heard(e, name)))
            return true;
    }
    return false;
}

static bool said_about(const struct record *r, const char *name, size_t item)
{
    struct buf words = {0};
    check_put_about(&words, &r->items[item]);
    buf_splice(&words, 0, 1, NULL, 0); /* a sentence may begin with it: "About" */
    bool said = item > 0 && said_so(r, name, &words);
    buf_free(&words);
    return said;
}

bool check_heard(const struct entry *e, const char *name)
{
    char family = entry_family(e->kind);
    if (!counts(e))
        return false;
    if ((family == 'v' || family == 'm' || family == 'k') && same(e->speaker, name))
        return true;
    for (size_t i = 0; i < e->npositions; i++) {
        if (same(e->positions[i].name, name))
            return true;
    }
    return false;
}

static bool spoke_in(const struct entry *e, const char *name)
{
    char family = entry_family(e->kind);
    return counts(e) && (family == 'v' || family == 'm') && same(e->speaker, name);
}

/* It stands under an item but speaks of one that was left before. */
static bool about_another(const struct record *r, const struct entry *e)
{
    struct buf words = {0};
    bool another = false;
    for (size_t i = 1; i < r->nitems && !another && strstr(e->text, "bout “") != NULL; i++) {
        buf_clear(&words);
        check_put_about(&words, &r->items[i]);
        another = i != e->item && strstr(e->text, buf_str(&words) + 1) != NULL;
    }
    buf_free(&words);
    return another;
}

/* Items in which the person was and that say nothing of them. */
static void check_items_of(struct check *c, const struct attendee *a)
{
    const struct record *r = c->record;
    for (size_t i = 0, next; i < r->nentries; i = next) {
        bool heard = false, something = false;
        size_t item = r->entries[i].item;
        for (next = i; next < r->nentries && r->entries[next].item == item; next++) {
            const struct entry *e = &r->entries[next];
            heard = heard || (check_heard(e, a->name) && !about_another(r, e));
            something = something || (counts(e) && entry_family(e->kind) != 'p' && entry_family(e->kind) != 'c');
        }
        if (something && !heard && presence_in_item(r, a, item) && !said_about(r, a->name, item))
            find_item(c, RULE_ITEM_VIEW, item, a->name);
    }
}

static bool helps(const struct record *r, const struct attendee *a, const char *name)
{
    struct arena *arena = arena_new();
    bool does = false;
    for (size_t i = 0; i < a->helps.n && !does; i++)
        does = same(names_full(r, arena, a->helps.v[i], strlen(a->helps.v[i])), name);
    arena_free(arena);
    return does;
}

const struct attendee *check_helper(const struct record *r, const char *name, const char **kind)
{
    static const struct {
        unsigned bit;
        const char *kind;
    } kinds[] = {{CAP_ADVOCATE, "advocate"}, {CAP_PARENT_PARTNER, "parent-partner"}, {CAP_SUPPORTER, "supporter"}, {CAP_INTERPRETER, "interpreter"}};
    for (size_t i = 0; i < r->npeople; i++) {
        const struct attendee *a = &r->people[i];
        bool theirs = a->helps.n > 0 && helps(r, a, name);
        for (size_t k = 0; k < NITEMS(kinds) && theirs; k++) {
            bool recorded = (a->bits & kinds[k].bit) == 0;
            for (size_t h = 0; h < r->nhelp && !recorded; h++)
                recorded = same(r->help[h].for_name, name) && same(r->help[h].kind, kinds[k].kind);
            *kind = kinds[k].kind;
            if (!recorded)
                return a;
        }
    }
    return NULL;
}

/* Help that came with nobody having recorded the offer is named; otherwise one offer of any kind is enough. */
static void check_help(struct check *c, const struct attendee *a)
{
    const struct record *r = c->record;
    const char *kind;
    for (size_t i = 0; i < r->nhelp; i++)
        if (same(r->help[i].for_name, a->name))
            return;
    if (same(r->kept_as, "notes"))
        return;
    const struct attendee *helper = check_helper(r, a->name, &kind);
    if (helper == NULL)
        find(c, RULE_HELP, a->name);
    else
        find(c, RULE_HELP_LISTED, arena_printf(c->arena, "%s is on the list as %s for %s", helper->name, kind, a->name))->text = a->name;
}

static void check_parent(struct check *c, const struct attendee *a)
{
    const struct record *r = c->record;
    bool spoke = false;
    for (size_t i = 0; i < r->nentries && !spoke; i++)
        spoke = spoke_in(&r->entries[i], a->name);
    check_help(c, a);
    if (!was_there(r, a))
        return;
    if (!spoke)
        find(c, RULE_VIEW, a->name);
    else
        check_items_of(c, a);
}

static bool child_heard(const struct record *r, const char *name)
{
    for (size_t i = 0; i < r->nentries; i++) {
        const struct entry *e = &r->entries[i];
        bool nameless = e->kind == ENTRY_CHILD_VIEW && e->speaker == NULL && r->nchildren <= 1 && counts(e);
        if (nameless || spoke_in(e, name))
            return true;
    }
    return false;
}

static void check_chair_writes(struct check *c, const char *name)
{
    struct buf words = {0};
    check_put_chair_writes(&words, name);
    if (!said_so(c->record, NULL, &words))
        find(c, RULE_CHAIR_WRITES, name);
    buf_free(&words);
}

static void check_people(struct check *c)
{
    const struct record *r = c->record;
    const char *chair = presence_chair(r);
    for (size_t i = 0; i < r->npeople; i++) {
        const struct attendee *a = &r->people[i];
        if (a->bits & (CAP_PARENT | CAP_CARER))
            check_parent(c, a);
        if ((a->bits & CAP_CHILD) && !child_heard(r, a->name))
            find(c, RULE_CHILD, a->name);
        if ((a->bits & CAP_MINUTE_TAKER) && same(chair, a->name))
            check_chair_writes(c, a->name);
    }
    if (chair == NULL)
        find(c, RULE_CHAIR, "");
}

/* ---- the whole ---- */

/* Open disagreements that nobody says what to do with: behind what is missing in the entries themselves. */
static void check_open(struct check *c)
{
    for (size_t i = 0; i < c->record->nentries; i++) {
        const struct entry *e = &c->record->entries[i];
        if (counts(e) && e->kind == ENTRY_DISAGREEMENT && e->next == NULL && (e->state == NULL || same(e->state, "open")))
            find_entry(c, RULE_OPEN, e, "");
    }
}

/* Titles as they are compared: case does not matter. */
static const char **folded_titles(struct check *c)
{
    const struct record *r = c->record;
    const char **titles = arena_alloc(c->arena, r->nitems, sizeof *titles);
    for (size_t i = 0; i < r->nitems; i++) {
        const char *title = r->items[i].title == NULL ? "" : r->items[i].title;
        titles[i] = text_fold_dup(c->arena, title, strlen(title));
    }
    return titles;
}

/* An item that was begun again where something was recorded was talked about there. */
static void check_items(struct check *c, const char *const *titles)
{
    const struct record *r = c->record;
    bool *any = arena_alloc(c->arena, r->nitems, sizeof *any);
    for (size_t i = 0; i < r->nentries; i++)
        any[r->entries[i].item] = true;
    for (size_t i = 1; i < r->nitems; i++) {
        bool elsewhere = any[i];
        for (size_t k = 1; k < r->nitems && !elsewhere; k++)
            elsewhere = any[k] && strcmp(titles[k], titles[i]) == 0;
        if (!elsewhere && !said_about(r, NULL, i))
            find_item(c, RULE_EMPTY, i, r->items[i].title);
    }
}

/* The planned items that were not begun, as soon as any was. */
static void check_agenda(struct check *c, const char *const *titles)
{
    const struct record *r = c->record;
    for (size_t i = 0; i < r->nhead && r->nitems > 1; i++) {
        if (!same(r->head[i].key, "agenda"))
            continue;
        int minutes;
        struct item planned = {.title = notation_planned(c->arena, r->head[i].value, &minutes)};
        const char *folded = text_fold_dup(c->arena, planned.title, strlen(planned.title));
        struct buf words = {0};
        check_put_about(&words, &planned);
        buf_splice(&words, 0, 1, NULL, 0); /* a sentence may begin with it: "About" */
        bool begun = folded[0] == '\0';
        for (size_t k = 1; k < r->nitems && !begun; k++)
            begun = strcmp(titles[k], folded) == 0;
        if (!begun && !said_so(r, NULL, &words))
            find(c, RULE_AGENDA, planned.title);
        buf_free(&words);
    }
}

/* A person's last line for a part of the minutes is their state; the ones before it are its history. */
static bool is_last(const struct record *r, size_t i)
{
    const struct signoff *s = &r->signoffs[i];
    for (size_t k = i + 1; k < r->nsignoffs; k++) {
        const struct signoff *later = &r->signoffs[k];
        bool part = s->scope == NULL ? later->scope == NULL : same(s->scope, later->scope);
        if (part && same(s->name, later->name))
            return false;
    }
    return true;
}

/* Who has no line of sign-off at all. Not a child, nor who is there for others alone: as for positions. */
static void check_unsigned(struct check *c)
{
    const struct record *r = c->record;
    const char **names = arena_alloc(c->arena, r->npeople + 1, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; i < r->npeople; i++) {
        const struct attendee *a = &r->people[i];
        bool dealt = a->implied || (a->bits & CAP_CHILD) != 0 || presence_only_helps(a) || same(a->absence, "not invited");
        for (size_t k = 0; k < r->nsignoffs && !dealt; k++)
            dealt = same(r->signoffs[k].name, a->name);
        if (!dealt)
            names[n++] = a->name;
    }
    if (n > 0)
        find(c, RULE_SIGN_REST, joined(c->arena, names, n));
}

static void check_end(struct check *c)
{
    const struct record *r = c->record;
    bool minutes = !same(r->kept_as, "notes");
    if (minutes && r->next_date == DAY_NONE && r->next_none == NULL)
        find(c, RULE_NEXT, "");
    if (minutes && r->nsignoffs == 0)
        find(c, RULE_SIGN, "");
    else if (minutes)
        check_unsigned(c);
    for (size_t i = 0; i < r->nsignoffs; i++) {
        const struct signoff *s = &r->signoffs[i];
        bool needs = same(s->state, "signed with reservations") || same(s->state, "declined");
        if (s->comment == NULL && needs && is_last(r, i))
            find(c, RULE_COMMENT, s->name)->about = s->id;
    }
}

void check_completeness(const struct record *record, const struct types *types, struct arena *arena, struct findings *out)
{
    (void)types; /* no rule depends on the type yet */
    struct check c = {record, arena, out};
    check_entries(&c);
    check_people(&c);
    const char **titles = folded_titles(&c);
    check_items(&c, titles);
    check_agenda(&c, titles);
    check_open(&c);
    check_end(&c);
}
