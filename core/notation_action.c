#include <string.h>

#include "core/notation_parts.h"
#include "core/text.h"

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length of "A4" or "XA1" at the beginning, 0 when there is none. */
static size_t number_length(struct span s)
{
    size_t i = 0;
    if (i < s.n && (s.s[i] == 'X' || s.s[i] == 'x'))
        i++;
    if (i == s.n || (s.s[i] != 'A' && s.s[i] != 'a'))
        return 0;
    size_t digits = ++i;
    while (i < s.n && digit(s.s[i]))
        i++;
    return i > digits && i - digits <= 6 ? i : 0;
}

static bool take_carried(struct reading *r, struct span s, struct fact *f, size_t *used)
{
    size_t colon = span_find(s, ":");
    if (colon == SIZE_MAX)
        return false;
    struct span inside = span_trim((struct span){s.s + 2, colon - 2});
    size_t n = number_length(inside);
    if (n == 0 || n == inside.n || !text_blank(inside.s[n]) || !span_full_day(span_from(inside, n), &f->carried)) {
        notice_at(r, s.s, "an action carried over begins “A<A4 2026-10-21:”; the line is kept as a note");
        return false;
    }
    char *number = span_dup(r, span_cut_to(inside, n));
    for (size_t i = 0; i < n; i++)
        if (number[i] >= 'a' && number[i] <= 'z')
            number[i] = (char)(number[i] - 'a' + 'A');
    f->carried_number = number;
    *used = colon + 1;
    return true;
}

bool take_action(struct reading *r, struct span *s, struct fact *f)
{
    size_t used = 0;
    struct span rest;
    if (s->n < 2 || (s->s[0] != 'A' && s->s[0] != 'a'))
        return false;
    if (s->s[1] == ':') {
        used = 2;
    } else if (s->n > 2 && s->s[1] == '?' && s->s[2] == ':') {
        used = 3;
        f->strength = "asked";
    } else if (s->s[1] == '<') {
        if (!take_carried(r, *s, f, &used))
            return false;
    } else if (span_word(*s, "action", &rest) && span_colon(*s, 0) == strlen("action")) {
        used = strlen("action:");
    } else {
        return false;
    }
    f->kind = entry_word(ENTRY_ACTION);
    *s = span_from(*s, used);
    return true;
}

/* ---- what stands behind the owner ---- */

enum part { PART_WHAT, PART_DONE, PART_WITH, PART_ELSE, PART_COUNT };

/* "; with" or "; else" at a semicolon; *words is what follows. */
static enum part part_at(struct span s, size_t semicolon, struct span *words)
{
    struct span word = span_from(s, semicolon + 1);
    bool with = span_word(word, "with", words);
    if (!with && !span_word(word, "else", words))
        return PART_COUNT;
    bool arrow = words->n > 1 && words->s[0] == '=' && words->s[1] == '>';
    if (words->n == 0 || arrow || strchr(":;,", words->s[0]) != NULL)
        return PART_COUNT;
    return with ? PART_WITH : PART_ELSE;
}

/* The next place at or after `at` where another part may begin; *text is where its words begin. */
static enum part next_part(struct span s, size_t at, bool done, size_t *where, size_t *text)
{
    struct span words;
    for (size_t i = at; i < s.n; i++) {
        if (!done && s.s[i] == '=' && i + 1 < s.n && s.s[i + 1] == '>') {
            *where = i;
            *text = i + 2;
            return PART_DONE;
        }
        enum part part = s.s[i] == ';' ? part_at(s, i, &words) : PART_COUNT;
        if (part != PART_COUNT) {
            *where = i;
            *text = (size_t)(words.s - s.s);
            return part;
        }
    }
    *where = s.n;
    *text = s.n;
    return PART_COUNT;
}

struct parts {
    struct buf text[PART_COUNT];
    bool seen[PART_COUNT];
};

static void part_add(struct parts *p, enum part part, struct span s)
{
    struct buf *b = &p->text[part];
    s = span_trim(s);
    if (b->n > 0) /* only "; else" comes twice */
        buf_adds(b, "; else ");
    buf_add(b, s.s, s.n);
    p->seen[part] = b->n > 0;
}

/* Takes the parts apart. "; with" counts only where everybody named is on the list; a second "; else" goes on with the first. */
static void take_parts(struct reading *r, struct span s, struct parts *p, struct texts *with)
{
    enum { MOST_UNKNOWN = 16 }; /* so many "; with" of unknown people are looked at */
    enum part now = PART_WHAT;
    size_t begin = 0, at = 0, unknown = 0;
    for (;;) {
        size_t where, text, end, ignored;
        bool done = p->seen[PART_DONE] || now == PART_DONE;
        enum part next = next_part(s, at, done, &where, &text);
        if (next == PART_WITH) {
            struct texts names = *with;
            (void)next_part(s, text, done, &end, &ignored);
            struct span who = span_trim((struct span){s.s + text, end - text});
            if (unknown == MOST_UNKNOWN || !read_names(r, who, &names)) {
                if (unknown < MOST_UNKNOWN)
                    notice_at(r, who.s, "not everybody in “%s” is on the list; it stays in the text", shown(r, who));
                unknown += unknown < MOST_UNKNOWN;
                at = text;
                continue;
            }
            *with = names;
        }
        if (now != PART_WITH)
            part_add(p, now, (struct span){s.s + begin, where - begin});
        if (next == PART_COUNT)
            return;
        now = next;
        begin = at = text;
    }
}

/* The words that stand where a date should, for the notice. */
static bool unread_date(struct span what, struct span *phrase)
{
    static const char *const words[] = {"by", "before"};
    size_t comma = span_find_last(what, ",");
    struct span last = comma == SIZE_MAX ? what : span_from(what, comma + 1);
    struct span rest;
    *phrase = last;
    if (span_is(last, "asap") || span_is(last, "a.s.a.p."))
        return true;
    for (size_t i = 0; i < NITEMS(words); i++)
        if (span_word(last, words[i], &rest) && rest.n > 0)
            return true;
    size_t blank = span_find_last(what, " ");
    *phrase = blank == SIZE_MAX ? what : span_from(what, blank + 1);
    return span_is(*phrase, "asap");
}

/* *at is set too when the phrase is one that needs term dates. */
static bool date_at_end(struct span what, int32_t base, struct when *when, size_t *at)
{
    *when = (struct when){.day = DAY_NONE};
    if (what.n == 0)
        return false;
    if (civil_phrase_at_end(what.s, what.n, base, when, at) || when->needs_terms)
        return when->day != DAY_NONE;
    /* A full stop behind the date is no part of it. */
    return what.s[what.n - 1] == '.' && civil_phrase_at_end(what.s, what.n - 1, base, when, at) && when->day != DAY_NONE;
}

/* Where "; with …" begins that stays in the text: the date may stand before it. */
static size_t with_in_text(struct span what)
{
    struct span words;
    for (size_t i = 0; i < what.n; i++)
        if (what.s[i] == ';' && part_at(what, i, &words) == PART_WITH)
            return i;
    return what.n;
}

static void no_date(struct reading *r, const char *line, struct span what, const struct when *when, size_t at, int32_t base)
{
    struct when look;
    struct span phrase;
    if (when->needs_terms)
        notice_at(r, line, "“%s” cannot be told without term dates: write a date", shown(r, span_from(what, at)));
    else if (base == DAY_NONE && date_at_end(what, civil_day((struct civil){2000, 1, 1}), &look, &at))
        notice_at(r, line, "“%s” cannot be told: the meeting has no date", shown(r, span_from(what, at)));
    else if (unread_date(what, &phrase))
        notice_at(r, line, "“%s”: nobody can tell when it becomes late; write a date", shown(r, phrase));
    else
        notice_at(r, line, "by when? This action has no date: write it last, as “by 4 Dec”");
}

static struct span without_joint(struct span s)
{
    s = span_trim(s);
    if (s.n > 0 && (s.s[s.n - 1] == ',' || s.s[s.n - 1] == ';'))
        s = span_trim(span_cut_to(s, s.n - 1));
    return s;
}

/* Takes the date off the end of the what-part; gives the text that is left. */
static char *take_date(struct reading *r, const char *line, struct span what, struct fact *f)
{
    struct when when;
    size_t at = 0, end = what.n;
    int32_t base = f->carried_number != NULL ? f->carried : r->record->date;
    bool found = date_at_end(what, base, &when, &at);
    if (!found && !when.needs_terms) {
        end = with_in_text(what);
        found = end < what.n && date_at_end(span_trim(span_cut_to(what, end)), base, &when, &at);
    }
    if (!found) {
        no_date(r, line, what, &when, at, base);
        return span_dup(r, what);
    }
    f->due = when.day;
    f->due_time = when.time;
    f->from_day = when.from;
    if (when.weekday_contradicts)
        notice_at(r, line, "the weekday is not that of the date in “%s”", shown(r, span_trim((struct span){what.s + at, end - at})));
    struct buf text = {0};
    struct span before = without_joint(span_cut_to(what, at));
    buf_add(&text, before.s, before.n);
    buf_add(&text, what.s + end, what.n - end);
    char *kept = span_dup(r, span_trim((struct span){buf_str(&text), text.n}));
    buf_free(&text);
    return kept;
}

static struct span take_owner(struct reading *r, struct span s, struct fact *f)
{
    const struct attendee *person = NULL;
    size_t after = 0;
    if (s.n > 0 && s.s[0] == ',') {
        notice_at(r, s.s, "who does it? This action has no owner");
        return span_from(s, 1);
    }
    enum names_result result = names_before(r->record, s.s, s.n, ',', &person, &after);
    if (result == NAMES_ONE) {
        f->owner = person->name;
        return span_from(s, after);
    }
    struct span rest = s;
    struct span first = span_part(&rest, ',');
    if (result == NAMES_MANY)
        notice_at(r, s.s, "“%s” may mean more than one person; the action has no owner", shown(r, first));
    else if (first.n < s.n)
        notice_at(r, s.s, "“%s” is nobody on the list; the action has no owner", shown(r, first));
    else
        notice_at(r, s.s, "who does it? This action has no owner");
    return s;
}

static struct span part_span(const struct parts *p, enum part part)
{
    return (struct span){buf_str(&p->text[part]), p->text[part].n};
}

void read_action(struct reading *r, struct span s, struct fact *f)
{
    struct parts parts = {0};
    struct span rest = take_owner(r, s, f);
    take_parts(r, rest, &parts, &f->with);
    f->text = take_date(r, rest.s, part_span(&parts, PART_WHAT), f);
    f->done_when = span_dup_or_null(r, part_span(&parts, PART_DONE));
    f->otherwise = span_dup_or_null(r, part_span(&parts, PART_ELSE));
    for (size_t i = 0; i < PART_COUNT; i++)
        buf_free(&parts.text[i]);
}
