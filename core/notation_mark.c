/* Positions and marks: what stands indented under an entry or a recommendation. */
#include <string.h>

#include "core/notation_parts.h"
#include "core/text.h"

const char *const position_words[] = {"agrees with reservations", "agrees", "disagrees", "no position", "not asked", "absent", NULL};

/* What the line belongs to. */
struct under {
    struct uuid id;
    const struct entry *entry; /* NULL: a recommendation, or nothing */
    bool recommendation;
};

static struct under find_parent(const struct reading *r)
{
    struct under u = {.id = r->record->parent};
    bool typed_above = r->record->last_fact != NULL; /* and not chosen on a screen */
    if (typed_above && !uuid_none(r->reader->odd_note) && uuid_same(u.id, r->reader->odd_note))
        u.id = r->reader->odd_parent;
    u.entry = uuid_none(u.id) ? NULL : record_entry(r->record, u.id);
    for (size_t i = 0; u.entry == NULL && i < r->record->nrecommendations; i++)
        u.recommendation = u.recommendation || uuid_same(r->record->recommendations[i].id, u.id);
    return u;
}

/* A line that cannot be read here is a note as it was typed. What stands under it still belongs to the entry above, and under a restricted
 * entry it is as restricted. */
static void odd_line(struct reading *r, struct span s, const struct under *u)
{
    struct fact f = reading_fact(r, FACT_ENTRY);
    f.kind = entry_word(ENTRY_NOTE);
    f.text = span_dup(r, s);
    const struct restriction *over = NULL;
    if (u->entry != NULL)
        over = &u->entry->restriction;
    for (size_t i = 0; u->recommendation && i < r->record->nrecommendations; i++)
        if (uuid_same(r->record->recommendations[i].id, u->id))
            over = &r->record->recommendations[i].restriction;
    if (over != NULL && over->confidential) {
        const char **all = arena_alloc(r->reader->arena, 1, sizeof *all);
        all[0] = "*";
        f.readers = (struct texts){all, 1};
    } else if (over != NULL) {
        f.readers = over->readers;
    }
    reading_add(r, f);
    r->reader->odd_note = f.id;
    r->reader->odd_parent = u->id;
}

/* A full name as it stands on the list. */
static bool listed(const struct reading *r, struct span s)
{
    for (size_t i = 0; s.n > 0 && i < r->record->npeople; i++)
        if (span_same(s, r->record->people[i].name))
            return true;
    return false;
}

const char *take_name(struct reading *r, struct span *s)
{
    bool many, known;
    if (listed(r, *s)) { /* a name may have a colon in it */
        const char *whole = span_dup(r, *s);
        *s = span_cut_to(*s, 0);
        return whole;
    }
    const char *name = take_speaker(r, s, &many, &known);
    if (name != NULL)
        return name;
    size_t colon = span_colon(*s, 0);
    struct span words = span_trim(span_cut_to(*s, colon == SIZE_MAX ? s->n : colon));
    *s = colon == SIZE_MAX ? span_cut_to(*s, 0) : span_from(*s, colon + 1);
    return names_full(r->record, r->reader->arena, words.s, words.n);
}

static void warn_unknown(struct reading *r, const char *at, const char *name)
{
    if (name != NULL && record_person(r->record, name) == NULL)
        notice_at(r, at, "“%s” is nobody on the list; the name is kept as written", shown(r, span_of(name)));
}

/* ---- positions ---- */

static void decision_position(struct reading *r, struct span s, struct fact *f)
{
    struct span rest;
    for (size_t i = 0; position_words[i] != NULL; i++) {
        if (!span_word(s, position_words[i], &rest) || (rest.n > 0 && rest.s[0] != ':'))
            continue;
        if (rest.n > 1 && !text_blank(rest.s[1]))
            continue;
        f->position = position_words[i];
        f->text = rest.n > 1 ? span_dup_or_null(r, span_from(rest, 1)) : NULL;
        return;
    }
    f->text = span_dup_or_null(r, s);
    notice_at(r, s.s, "“%s” is no position: agrees, agrees with reservations, disagrees, no position, not asked, absent", shown(r, s));
}

static void difference(struct reading *r, struct span s, struct fact *f)
{
    struct span rest;
    if (span_word(s, "differs", &rest) && (rest.n == 0 || rest.s[0] == ':')) {
        f->position = "differs";
        f->text = rest.n > 1 ? span_dup_or_null(r, span_from(rest, 1)) : NULL;
        return;
    }
    f->text = span_dup_or_null(r, s);
    notice_at(r, s.s, "what differs? Under a recommendation a line is “- Name: differs: …”");
}

static bool read_position(struct reading *r, struct span s, const struct under *u)
{
    struct span inside;
    bool dispute = u->entry != NULL && u->entry->kind == ENTRY_DISAGREEMENT;
    bool decision = u->entry != NULL && u->entry->kind == ENTRY_DECISION;
    if ((!dispute && !decision && !u->recommendation) || span_colon(s, 0) == SIZE_MAX || span_colon(s, 0) == 0)
        return false;
    struct fact f = reading_fact(r, FACT_POSITION);
    f.target = u->id;
    const char *at = s.s;
    f.name = take_name(r, &s);
    warn_unknown(r, at, f.name);
    if (decision) {
        decision_position(r, s, &f);
    } else if (dispute) {
        if (span_bracket(&s, "basis", &inside))
            f.basis = span_dup(r, inside);
        f.text = span_dup_or_null(r, s);
    } else {
        difference(r, s, &f);
    }
    reading_add(r, f);
    return true;
}

/* ---- marks ---- */

static bool nothing_or_colon(struct span rest)
{
    return rest.n == 0 || rest.s[0] == ':';
}

static struct span behind_colon(struct span rest)
{
    return rest.n == 0 ? rest : span_from(rest, 1);
}

static bool mark_read_back(struct reading *r, struct span s, struct fact *f)
{
    static const char *const results[] = {"confirmed", "corrected", "not confirmed"};
    struct span rest;
    (void)r;
    if (!span_word(s, "read back", &rest))
        return false;
    if (rest.n == 0) {
        f->mark = "read";
        return true;
    }
    for (size_t i = 0; rest.s[0] == ';' && i < NITEMS(results); i++)
        if (span_is(span_from(rest, 1), results[i]))
            f->mark = results[i];
    return f->mark != NULL;
}

/* "(2026-12-03 14:33 by NAME)", each part optional, but something must stand there. */
static bool when_and_who(struct reading *r, struct span in, struct fact *f)
{
    struct span rest = in, word;
    bool any = false;
    struct span first = span_part(&rest, ' ');
    if (span_day(first, &f->date)) {
        any = true;
        in = rest;
        first = span_part(&rest, ' ');
    }
    if (in.n > 0 && civil_read_time(first.s, first.n, &f->time)) {
        any = true;
        in = rest;
    }
    if (in.n == 0)
        return any;
    if (!span_word(in, "by", &word) || word.n == 0)
        return false;
    f->by = span_is(word, notation_nobody) ? NULL : names_full(r->record, r->reader->arena, word.s, word.n);
    return true;
}

static bool mark_was(struct reading *r, struct span s, struct fact *f)
{
    struct span rest;
    if (!span_word(s, "was", &rest) || rest.n == 0 || rest.s[0] != ':')
        return false;
    rest = span_from(rest, 1);
    size_t open = span_bracket_start(rest);
    f->mark = "was";
    if (open != SIZE_MAX && when_and_who(r, span_trim((struct span){rest.s + open + 1, rest.n - open - 2}), f)) {
        rest = span_trim(span_cut_to(rest, open));
    } else {
        f->date = DAY_NONE;
        f->time = TIME_NONE;
        f->by = NULL;
    }
    f->text = span_dup(r, rest);
    return true;
}

static bool mark_by(struct reading *r, struct span s, struct fact *f)
{
    struct span rest;
    bool disputed = span_word(s, "disputed by", &rest);
    if (!disputed && !span_word(s, "answered by", &rest))
        return false;
    if (rest.n == 0 || rest.s[0] == ':')
        return false;
    const char *at = rest.s;
    f->mark = disputed ? "disputed" : "answered";
    f->by = take_name(r, &rest);
    warn_unknown(r, at, f->by);
    size_t open = disputed ? SIZE_MAX : span_bracket_start(rest);
    if (open != SIZE_MAX && span_day(span_trim((struct span){rest.s + open + 1, rest.n - open - 2}), &f->date))
        rest = span_trim(span_cut_to(rest, open));
    f->text = span_dup(r, rest);
    return true;
}

/* `in English: words, by NAME`. */
static bool mark_translation(struct reading *r, struct span s, struct fact *f)
{
    struct span rest;
    size_t colon = span_colon(s, 0);
    if (!span_word(s, "in", &rest) || colon == SIZE_MAX || rest.n == 0 || rest.s >= s.s + colon)
        return false;
    struct span language = span_trim((struct span){rest.s, (size_t)(s.s + colon - rest.s)});
    struct span words = span_from(s, colon + 1);
    static const char joint[] = ", by ";
    size_t by = span_find_last(words, joint);
    /* A listed name that has such words in it is longer than what stands behind the last of them. */
    for (size_t at = span_find(words, joint); at < by; at++)
        if (words.n - at <= NOTATION_NAME && memcmp(words.s + at, joint, strlen(joint)) == 0 && listed(r, span_from(words, at + strlen(joint))))
            by = at;
    f->mark = "translation";
    f->language = span_dup(r, language);
    if (by != SIZE_MAX) {
        struct span name = span_from(words, by + strlen(joint));
        f->by = names_full(r->record, r->reader->arena, name.s, name.n);
        warn_unknown(r, name.s, f->by);
        words = span_trim(span_cut_to(words, by));
    }
    f->text = span_dup(r, words);
    return true;
}

static bool mark_plain(struct reading *r, struct span s, struct fact *f)
{
    struct span rest;
    if (span_word(s, "withdrawn", &rest) && nothing_or_colon(rest)) {
        f->mark = "withdrawn";
        f->text = span_dup(r, behind_colon(rest));
    } else if (span_is(s, "not interpreted")) {
        f->mark = "not interpreted";
    } else if (span_word(s, "typed by", &rest) && rest.n > 0) {
        f->mark = "typed";
        f->by = names_full(r->record, r->reader->arena, rest.s, rest.n);
        warn_unknown(r, rest.s, f->by);
    } else if (span_word(s, "shown as", &rest) && rest.n > 1 && rest.s[0] == ':' && span_is(span_from(rest, 1), "withheld")) {
        f->mark = "withheld";
    }
    return f->mark != NULL;
}

/* `open`, `resolved: …`, `agreed to differ`, `escalated: …`, each with `; next: …`. */
static bool read_state(struct reading *r, struct span s, const struct under *u)
{
    static const char *const states[] = {"open", "resolved", "agreed to differ", "escalated"};
    struct span rest;
    for (size_t i = 0; i < NITEMS(states); i++) {
        if (!span_word(s, states[i], &rest) || (rest.n > 0 && rest.s[0] != ':' && rest.s[0] != ';'))
            continue;
        struct fact f = reading_fact(r, FACT_STATE);
        f.target = u->id;
        f.state = states[i];
        struct span text = rest, next = {0};
        for (size_t at = 0; at < rest.n; at++) {
            struct span word;
            if (rest.s[at] != ';' || !span_word(span_from(rest, at + 1), "next", &word) || word.n == 0 || word.s[0] != ':')
                continue;
            next = span_from(word, 1);
            text = span_trim(span_cut_to(rest, at));
            break;
        }
        f.text = text.n == 0 ? NULL : span_dup_or_null(r, text.s[0] == ':' ? span_from(text, 1) : text);
        f.next = next.s == NULL ? NULL : span_dup_or_null(r, next);
        reading_add(r, f);
        return true;
    }
    return false;
}

/* ---- the history of an action ---- */

/* "by NAME: text", both optional; *s is what is left of the line. */
static bool by_and_text(struct reading *r, struct span s, struct fact *f)
{
    struct span rest;
    if (span_word(s, "by", &rest) && rest.n > 0 && rest.s[0] != ':') {
        const char *at = rest.s;
        f->by = take_name(r, &rest);
        warn_unknown(r, at, f->by);
        f->text = span_dup_or_null(r, rest);
        return true;
    }
    if (!nothing_or_colon(s))
        return false;
    f->text = span_dup_or_null(r, behind_colon(s));
    return true;
}

/* A date in its one spelling; NULL: it is none. */
static const char *date_words(struct reading *r, struct span s, struct when *when)
{
    if (!civil_read_phrase(s.s, s.n, r->record->date, when) || when->day == DAY_NONE)
        return NULL;
    char *day = civil_day_dup(r->reader->arena, when->day);
    return when->time == TIME_NONE ? day : arena_printf(r->reader->arena, "%s %s", day, civil_time_dup(r->reader->arena, when->time));
}

static bool read_new_date(struct reading *r, struct span s, struct fact *f)
{
    struct when when;
    if (span_is(s, "none"))
        return true;
    f->to = date_words(r, s, &when);
    if (f->to == NULL)
        return false;
    f->due = when.day;
    f->due_time = when.time;
    return true;
}

/* What it was before: a date or a name in its one spelling, else as written. */
static const char *read_old(struct reading *r, struct span s, bool due)
{
    struct when when;
    const char *date = due ? date_words(r, s, &when) : NULL;
    if (date != NULL)
        return date;
    return due ? span_dup(r, s) : names_full(r->record, r->reader->arena, s.s, s.n);
}

/* What a change that goes on had before it, where the line does not say. */
static const char *had_before(const struct reading *r, const struct fact *f)
{
    const struct entry *e = record_entry(r->record, f->target);
    for (size_t i = 0; e != NULL && !uuid_none(r->replaces) && i < e->nhistory; i++)
        if (uuid_same(e->history[i].id, r->replaces))
            return e->history[i].from;
    return NULL;
}

/* `due OLD -> NEW by NAME: reason`, `owner OLD -> NEW by NAME: reason`. */
static bool from_and_to(struct reading *r, struct span s, struct fact *f)
{
    bool due = strcmp(f->change, "due") == 0;
    size_t arrow = span_find(s, "->");
    if (arrow == SIZE_MAX)
        return false;
    struct span old = span_trim(span_cut_to(s, arrow)), now = span_from(s, arrow + 2), rest;
    size_t by = span_find(now, " by "), colon = span_colon(now, 0);
    size_t end = by < colon ? by : colon;
    for (size_t at = 0; !due && at <= now.n && at <= NOTATION_NAME; at++) /* the longest listed name that could stand there */
        if ((at == now.n || now.s[at] == ':' || text_blank(now.s[at])) && listed(r, span_trim(span_cut_to(now, at))))
            end = at == now.n ? SIZE_MAX : at;
    rest = end == SIZE_MAX ? span_cut_to(now, 0) : span_trim((struct span){now.s + end, now.n - end});
    now = span_trim(span_cut_to(now, end == SIZE_MAX ? now.n : end));
    if (now.n == 0 || (due && !read_new_date(r, now, f)))
        return false;
    if (!due) {
        f->to = f->owner = span_is(now, "none") ? NULL : names_full(r->record, r->reader->arena, now.s, now.n);
        warn_unknown(r, now.s, f->owner);
    }
    if (old.n > 0 && !span_is(old, "none"))
        f->from = read_old(r, old, due);
    else
        f->from = had_before(r, f);
    return by_and_text(r, rest, f);
}

static bool read_history(struct reading *r, struct span s, const struct under *u)
{
    static const char *const changes[] = {"done", "not done", "in progress", "withdrawn", "note", "due", "owner"};
    struct span rest = s, words;
    int32_t day;
    struct span date = span_part(&rest, ' ');
    if (!span_day(date, &day))
        return false;
    for (size_t i = 0; i < NITEMS(changes); i++) {
        if (!span_word(rest, changes[i], &words))
            continue;
        struct reading look = *r; /* a fact only when all of it can be read */
        struct notices none = {0}, *notices = r->notices;
        look.notices = notices == NULL ? NULL : &none;
        struct fact f = fact_new(FACT_ACTION, (struct uuid){0});
        f.target = u->id;
        f.change = changes[i];
        f.date = day;
        if (!(i >= 5 ? from_and_to(&look, words, &f) : by_and_text(&look, words, &f)))
            return false;
        struct fact id = reading_fact(r, FACT_ACTION);
        f.id = id.id;
        f.replaces = id.replaces;
        for (size_t j = 0; j < none.n; j++)
            notices_add(r, none.v[j]);
        reading_add(r, f);
        return true;
    }
    return false;
}

static bool read_mark(struct reading *r, struct span s, const struct under *u)
{
    if (u->entry == NULL)
        return false;
    if (u->entry->kind == ENTRY_ACTION && read_history(r, s, u))
        return true;
    if (u->entry->kind == ENTRY_DISAGREEMENT && read_state(r, s, u))
        return true;
    struct fact f = fact_new(FACT_MARKED, (struct uuid){0});
    if (!mark_read_back(r, s, &f) && !mark_was(r, s, &f) && !mark_by(r, s, &f) && !mark_plain(r, s, &f) && !mark_translation(r, s, &f))
        return false;
    bool fixed = u->entry->kind == ENTRY_MINUTED && (strcmp(f.mark, "was") == 0 || strcmp(f.mark, "withdrawn") == 0);
    if (fixed)
        return false;
    struct fact id = reading_fact(r, FACT_MARKED);
    f.id = id.id;
    f.replaces = id.replaces;
    f.target = u->id;
    reading_add(r, f);
    return true;
}

void read_indented(struct reading *r, struct span s)
{
    struct under u = find_parent(r);
    struct span rest = span_from(s, 1);
    if (s.s[0] == '-' ? read_position(r, rest, &u) : read_mark(r, rest, &u))
        return;
    if (u.entry == NULL && !u.recommendation)
        notice_at(r, s.s, "there is nothing above that this could belong to; it is kept as a note");
    else if (s.s[0] == '-')
        notice_at(r, s.s, "this is no position that fits here; it is kept as a note");
    else if (u.entry != NULL && u.entry->kind == ENTRY_MINUTED)
        notice_at(r, s.s, "minuted words can only be answered or read back; this is kept as a note");
    else
        notice_at(r, s.s, "this mark could not be read; it is kept as a note");
    odd_line(r, s, &u);
}
