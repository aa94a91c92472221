#include <string.h>

#include "core/notation_parts.h"
#include "core/presence.h"
#include "core/text.h"

const char notation_nobody[] = "not recorded";

/* ---- who gives a view when no name is written ---- */

static int time_of_line(const struct reading *r, const struct fact *f)
{
    if (f->time != TIME_NONE)
        return f->time;
    for (size_t i = r->record->nentries; i-- > 0;)
        if (r->record->entries[i].time != TIME_NONE)
            return r->record->entries[i].time;
    return TIME_NONE;
}

/* The only person with such a capacity; of several the only one in the room. */
static const char *only_one(struct reading *r, const struct fact *f, unsigned bits, const char *at)
{
    const struct attendee *one = NULL, *here = NULL;
    size_t n = 0, nhere = 0;
    int time = time_of_line(r, f);
    for (size_t i = 0; i < r->record->npeople; i++) {
        const struct attendee *a = &r->record->people[i];
        if ((a->bits & bits) == 0)
            continue;
        n++;
        one = a;
        if (time != TIME_NONE && presence_at(r->record, a, time)) {
            nhere++;
            here = a;
        }
    }
    if (n == 1)
        return one->name;
    if (nhere == 1)
        return here->name;
    const char *who = bits == CAP_CHILD ? "child" : "parent or carer";
    notice_at(r, at, n == 0 ? "whose view is it? No %s is on the list" : "whose view is it? More than one %s is on the list", who);
    return NULL;
}

static bool like_a_name(struct span s)
{
    size_t colon = span_colon(s, 0);
    return colon != SIZE_MAX && span_like_name(span_trim(span_cut_to(s, colon)));
}

/* ---- the speaker of a line with a letter ---- */

static bool take_nobody(struct span *s)
{
    struct span rest;
    if (!span_word(*s, notation_nobody, &rest) || rest.n == 0 || rest.s[0] != ':')
        return false;
    if (rest.n > 1 && !text_blank(rest.s[1]))
        return false;
    *s = span_from(rest, 1);
    return true;
}

/* Sets the speaker and moves *s to the text. True: somebody stood there, or the words that say that nobody is recorded.
 * *unknown: a name stood there that is nobody's, so nobody else may be taken for the speaker. */
static bool take_named(struct reading *r, struct span *s, struct fact *f, bool *unknown)
{
    bool many, known;
    *unknown = false;
    if (take_nobody(s))
        return true;
    f->speaker = take_speaker(r, s, &many, &known);
    if (f->speaker != NULL)
        return true;
    bool looks = like_a_name(*s);
    size_t colon = span_colon(*s, 0);
    struct span name = span_trim(span_cut_to(*s, colon == SIZE_MAX ? 0 : colon));
    if (many)
        notice_at(r, s->s, "“%s” may mean more than one person; the words are kept whole", shown(r, name));
    else if (looks || known)
        notice_at(r, s->s, "“%s” is nobody on the list; the words are kept whole", shown(r, name));
    *unknown = many || looks;
    return false;
}

static void check_capacity(struct reading *r, const char *at, const struct fact *f, unsigned bits)
{
    const struct attendee *a = f->speaker == NULL ? NULL : record_person(r->record, f->speaker);
    if (a != NULL && (a->bits & bits) == 0)
        notice_at(r, at, "%s is not listed as a %s", shown(r, span_of(a->name)), bits == CAP_CHILD ? "child" : "parent or carer");
}

static void read_parent(struct reading *r, struct span s, struct fact *f)
{
    const char *at = s.s;
    bool unknown;
    bool told = take_named(r, &s, f, &unknown);
    f->text = span_dup(r, s);
    if (told)
        check_capacity(r, at, f, CAP_PARENT | CAP_CARER);
    else if (!unknown)
        f->speaker = only_one(r, f, CAP_PARENT | CAP_CARER, at);
}

/* ---- the child's view: how it was given ---- */

/* One part of the brackets. False: a part of that form was there already. */
static bool how_part(struct reading *r, struct span part, struct fact *f, struct buf *how)
{
    struct span rest;
    int32_t day;
    if (span_word(part, "asked by", &rest) && rest.n > 0 && strchr(":,", rest.s[0]) == NULL) {
        if (f->asked_by != NULL)
            return false;
        f->asked_by = names_full(r->record, r->reader->arena, rest.s, rest.n);
        return true;
    }
    if (span_full_day(part, &day)) {
        if (f->date != DAY_NONE)
            return false;
        f->date = day;
        return true;
    }
    if (how->n > 0)
        buf_adds(how, "; ");
    buf_add(how, part.s, part.n);
    return true;
}

static void read_how(struct reading *r, struct span inside, struct fact *f)
{
    struct buf how = {0};
    struct span rest = span_trim(inside);
    bool plain = true;
    while (plain && rest.n > 0) {
        struct span part = span_part(&rest, ';');
        if (part.n > 0)
            plain = how_part(r, part, f, &how);
    }
    if (!plain) { /* two dates: nobody can tell which is which, so all of it says how */
        f->asked_by = NULL;
        f->date = DAY_NONE;
        f->how = span_dup(r, span_trim(inside));
    } else if (how.n > 0) {
        f->how = arena_strndup(r->reader->arena, how.s, how.n);
    }
    buf_free(&how);
}

/* `[Name] (how; …): text`. *told: a name stood there, or the words that say that nobody is recorded. *unknown: words stand before the
 * brackets that are nobody's name. */
static bool with_bracket(struct reading *r, struct span *s, struct fact *f, bool *told, struct span *unknown)
{
    size_t colon = span_colon(*s, 0);
    for (int tries = 0; colon != SIZE_MAX && tries < NOTATION_COLONS; tries++, colon = span_colon(*s, colon + 1)) {
        struct span before = span_trim(span_cut_to(*s, colon));
        size_t open = span_bracket_start(before);
        if (open == SIZE_MAX)
            continue;
        struct span name = span_trim(span_cut_to(before, open));
        bool nobody = span_is(name, notation_nobody);
        const struct attendee *person = nobody ? NULL : span_person(r, name);
        if (name.n > 0 && !nobody && person == NULL) {
            if (unknown->n == 0)
                *unknown = name;
            continue;
        }
        read_how(r, (struct span){before.s + open + 1, before.n - open - 2}, f);
        f->speaker = person == NULL ? NULL : person->name;
        *told = name.n > 0;
        *s = span_from(*s, colon + 1);
        return true;
    }
    return false;
}

static struct span before_colon(struct span s)
{
    s = span_trim(s);
    return s.n == 0 ? s : span_trim(span_cut_to(s, s.n - 1));
}

/* No bracket at the end, and none that is open. */
static bool no_bracket(struct span before)
{
    return span_balanced(before) && before.n > 0 && before.s[before.n - 1] != ')';
}

static void read_child(struct reading *r, struct span s, struct fact *f)
{
    const char *at = s.s;
    const struct attendee *person = NULL;
    struct span words = {0};
    size_t after;
    bool known, unknown = false, told = false;
    /* A listed name may have brackets of its own; any other bracket before the colon says how, and no colon counts within one. */
    bool name = names_speaker(r->record, s.s, s.n, &person, &after, &known) == NAMES_ONE &&
                (span_same(before_colon(span_cut_to(s, after)), person->name) || no_bracket(before_colon(span_cut_to(s, after))));
    if (name || !with_bracket(r, &s, f, &told, &words))
        told = take_named(r, &s, f, &unknown);
    if (!told && !unknown && words.n > 0 && span_like_name(words)) {
        notice_at(r, at, "“%s” is nobody on the list; the words are kept whole", shown(r, words));
        unknown = true;
    }
    f->text = span_dup(r, s);
    if (told)
        check_capacity(r, at, f, CAP_CHILD);
    else if (!unknown)
        f->speaker = only_one(r, f, CAP_CHILD, at);
}

/* ---- the others ---- */

/* `Name: text`; moves *s to the text. */
static void read_owned(struct reading *r, struct span *s, struct fact *f, const char *question)
{
    const char *at = s->s;
    bool unknown;
    size_t notices = r->notices == NULL ? 0 : r->notices->n;
    bool told = take_named(r, s, f, &unknown);
    f->text = span_dup(r, *s);
    if (!told && question != NULL && r->notices != NULL && r->notices->n == notices)
        notice_at(r, at, "%s", question);
}

/* "(basis: …)" at the end. */
static const char *take_bracket(struct reading *r, struct span *s, const char *word)
{
    struct span inside;
    return span_bracket(s, word, &inside) ? span_dup(r, inside) : NULL;
}

void read_view(struct reading *r, struct span s, struct fact *f)
{
    enum entry_kind kind;
    switch (entry_kind_of_word(f->kind, &kind) ? entry_letter(kind) : 0) {
    case 'P':
        read_parent(r, s, f);
        break;
    case 'C':
        read_child(r, s, f);
        break;
    case 'O':
        f->basis = take_bracket(r, &s, "basis");
        read_owned(r, &s, f, "whose opinion is it?");
        break;
    case 'H':
        f->source = take_bracket(r, &s, "source");
        read_owned(r, &s, f, "who told it?");
        break;
    case 'W':
        read_owned(r, &s, f, NULL);
        break;
    case 'M':
        read_owned(r, &s, f, "whose words are they?");
        break;
    case 'R':
        f->because = take_bracket(r, &s, "because");
        f->text = span_dup(r, s);
        break;
    default:
        f->text = span_dup(r, s);
        break;
    }
}

/* ---- consents ---- */

static bool read_until(struct reading *r, struct span s, int32_t *day)
{
    struct when when;
    if (span_full_day(s, day))
        return true;
    if (!civil_read_phrase(s.s, s.n, r->record->date, &when))
        return false;
    if (when.day == DAY_NONE || when.time != TIME_NONE || when.from != DAY_NONE)
        return false;
    *day = when.day;
    return true;
}

/* "given", "given, until DATE", "not given", "withdrawn". */
static bool read_given(struct reading *r, struct span s, struct fact *f)
{
    static const char *const states[] = {"not given", "withdrawn", "given"};
    struct span rest, phrase;
    for (size_t i = 0; i < NITEMS(states); i++) {
        if (!span_word(s, states[i], &rest))
            continue;
        if (rest.n > 0) {
            if (rest.s[0] == ',')
                rest = span_from(rest, 1);
            if (strcmp(states[i], "given") != 0 || !span_word(rest, "until", &phrase) || !read_until(r, phrase, &f->until))
                return false;
        }
        f->state = states[i];
        return true;
    }
    return false;
}

/* Behind the arrow: `recipient; purpose; state`. */
static void read_to_whom(struct reading *r, struct span s, struct fact *f)
{
    f->recipient = span_dup_or_null(r, span_part(&s, ';'));
    while (s.n > 0 && s.s[s.n - 1] == ';')
        s = span_trim(span_cut_to(s, s.n - 1));
    if (s.n == 0)
        return;
    size_t last = span_find_last(s, ";");
    struct span state = last == SIZE_MAX ? s : span_from(s, last + 1);
    struct span purpose = last == SIZE_MAX ? span_cut_to(s, 0) : span_trim(span_cut_to(s, last));
    if (read_given(r, state, f)) {
        f->purpose = span_dup_or_null(r, purpose);
    } else if (last == SIZE_MAX) {
        f->purpose = span_dup(r, state);
    } else {
        f->purpose = span_dup_or_null(r, purpose);
        f->state = span_dup_or_null(r, state);
        if (state.n > 0)
            notice_at(r, state.s, "“%s” does not say whether consent was given, not given or withdrawn", shown(r, state));
    }
}

void read_consent(struct reading *r, struct span s, struct fact *f)
{
    read_owned(r, &s, f, "whose consent is it?");
    size_t arrow = span_find(s, "->");
    if (arrow != SIZE_MAX) {
        f->text = span_dup(r, span_trim(span_cut_to(s, arrow)));
        read_to_whom(r, span_from(s, arrow + 2), f);
    } else {
        size_t last = span_find_last(s, ";");
        if (last != SIZE_MAX && read_given(r, span_from(s, last + 1), f))
            f->text = span_dup(r, span_trim(span_cut_to(s, last)));
        notice_at(r, s.s, "who may have it? A consent is “item -> recipient; purpose; given”");
    }
    if (f->state == NULL)
        notice_at(r, s.s, "was consent given, or not given?");
}

/* ---- comings and goings, and the clock ---- */

static bool one_person(const struct reading *r, struct span s, const char **name)
{
    const struct attendee *person = span_person(r, s);
    if (person != NULL)
        *name = person->name;
    return person != NULL;
}

/* "Name by phone": how somebody takes part. */
static struct span take_mode(struct span s, const char **mode)
{
    static const char *const ways[][2] = {{" by phone", "phone"}, {" by video", "video"}};
    *mode = NULL;
    for (size_t i = 0; i < NITEMS(ways); i++) {
        size_t n = strlen(ways[i][0]);
        if (s.n > n && text_same_word(s.s + s.n - n, n, ways[i][0])) {
            *mode = ways[i][1];
            return span_trim(span_cut_to(s, s.n - n));
        }
    }
    return s;
}

static bool read_who(const struct reading *r, struct span who, bool exact, bool coming, struct fact *f)
{
    const char *name = NULL, *mode = NULL;
    bool found = one_person(r, who, &name) && (!exact || span_same(who, name));
    if (!found && coming) {
        who = take_mode(who, &mode);
        found = mode != NULL && one_person(r, who, &name) && (!exact || span_same(who, name));
    }
    if (found) {
        f->speaker = name;
        f->mode = mode;
    }
    return found;
}

/* The name behind a sign: all of it, or what a colon ends; a full name as listed wins. */
static bool read_person(const struct reading *r, struct span s, bool coming, struct fact *f, struct span *reason)
{
    for (int exact = 1; exact >= 0; exact--) {
        size_t end = span_colon(s, 0);
        for (int tries = 0; tries < NOTATION_COLONS; tries++) {
            if (read_who(r, span_trim(span_cut_to(s, end)), exact, coming, f)) {
                *reason = end == SIZE_MAX ? span_cut_to(s, 0) : span_from(s, end + 1);
                return true;
            }
            if (end == SIZE_MAX)
                break;
            end = span_colon(s, end + 1);
        }
    }
    return false;
}

/* Was a + line the last that was said of them? */
static bool came(const struct record *record, const struct attendee *a)
{
    for (size_t i = record->nentries; i-- > 0;) {
        const struct entry *e = &record->entries[i];
        bool moves = e->kind == ENTRY_ARRIVES || e->kind == ENTRY_LEAVES;
        if (moves && e->speaker != NULL && strcmp(e->speaker, a->name) == 0)
            return e->kind == ENTRY_ARRIVES;
    }
    return false;
}

/* The list is compared with the line only where it says something about that time. */
static void compare_with_list(struct reading *r, const char *at, const struct fact *f, bool coming)
{
    const struct attendee *a = record_person(r->record, f->speaker);
    bool within = false;
    if (a == NULL || f->time == TIME_NONE || r->goes_on != NULL || (a->nlisted == 0 && a->absence == NULL))
        return;
    for (size_t i = 0; i < a->nlisted; i++) {
        const struct interval *v = &a->listed[i];
        if ((coming ? v->from : v->to) == f->time)
            return;
        within = within || (v->from <= f->time && (v->to == TIME_NONE || f->time <= v->to));
    }
    if (a->absence != NULL && coming)
        notice_at(r, at, "the list says “%s” of %s; this line counts", a->absence, shown(r, span_of(a->name)));
    else if (coming || within)
        notice_at(r, at, "the list has other times for %s; this line counts", shown(r, span_of(a->name)));
    else if (!came(r->record, a))
        notice_at(r, at, "by the list %s is not in the room at that time", shown(r, span_of(a->name)));
}

void read_arrival(struct reading *r, struct span s, struct fact *f)
{
    bool coming = s.s[0] == '+';
    struct span who = span_from(s, 1), reason;
    if (!read_person(r, who, coming, f, &reason)) {
        f->kind = entry_word(ENTRY_NOTE);
        f->text = span_dup(r, s);
        notice_at(r, s.s, "“%s” is not one person of the list; the line is kept as a note", shown(r, who));
        return;
    }
    f->kind = entry_word(coming ? ENTRY_ARRIVES : ENTRY_LEAVES);
    f->reason = span_dup_or_null(r, reason);
    f->text = f->reason == NULL ? "" : f->reason;
    compare_with_list(r, who.s, f, coming);
}

bool read_clock(struct reading *r, struct span s, struct fact *f)
{
    static const char *const whole[] = {"break", "resume", "end"};
    struct span rest;
    f->kind = entry_word(ENTRY_CLOCK);
    for (size_t i = 0; i < NITEMS(whole); i++) {
        if (span_is(s, whole[i])) {
            f->what = whole[i];
            f->text = "";
            return true;
        }
    }
    if (span_word(s, "break", &rest) && rest.n > 0 && rest.s[0] == ':') {
        f->what = "break";
        f->text = span_dup(r, span_from(rest, 1));
        return true;
    }
    if (span_word(s, "chair", &rest) && rest.n > 1 && rest.s[0] == ':' && one_person(r, span_from(rest, 1), &f->speaker)) {
        f->what = "chair";
        f->text = "";
        return true;
    }
    f->kind = NULL;
    return false;
}
