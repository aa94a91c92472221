/* The list of people, the help that was offered, the contacts. */
#include <string.h>

#include "core/notation_parts.h"
#include "core/text.h"

static const char *name_or_null(struct reading *r, struct span s)
{
    return s.n == 0 ? NULL : names_full(r->record, r->reader->arena, s.s, s.n);
}

/* ---- people ---- */

/* What capacity and presence have to say about the columns. */
static void check_columns(struct reading *r, const struct fact *f, const char *capacity, const char *presence)
{
    if (r->notices == NULL)
        return;
    struct attendee look = {0};
    struct buf warning = {0};
    if (f->capacity != NULL && !capacity_read(r->reader->arena, &look, f->capacity, &warning))
        notice_at(r, capacity, "%s", shown_warning(r, &warning));
    buf_clear(&warning);
    if (f->presence != NULL && !presence_read(r->reader->arena, &look, f->presence, &warning))
        notice_at(r, presence, "%s: %s", shown(r, (struct span){f->name, strlen(f->name)}), shown_warning(r, &warning));
    buf_free(&warning);
}

void read_people_line(struct reading *r, struct span s)
{
    struct span rest;
    if (span_key(s, "help", &rest)) {
        read_help(r, rest);
        return;
    }
    if (span_key(s, "contact", &rest)) {
        read_contact(r, rest);
        return;
    }
    struct span line = s;
    struct span name = span_part(&s, '|');
    struct span also = name;
    name = span_name(r, span_part(&also, '='));
    also = span_name(r, also);
    if (name.n == 0 || name.n > NOTATION_LISTED || also.n > NOTATION_LISTED) {
        notice_at(r, line.s, name.n == 0 ? "there is no name in this line; it is kept as a note" : "this is too long for a name; it is kept as a note");
        read_note(r, line);
        return;
    }
    struct fact f = reading_fact(r, FACT_ATTENDEE);
    f.name = span_dup(r, name);
    f.also = span_dup_or_null(r, also);
    f.role = span_dup_or_null(r, span_part(&s, '|'));
    f.organisation = span_dup_or_null(r, span_part(&s, '|'));
    struct span capacity = span_part(&s, '|');
    f.capacity = span_dup_or_null(r, capacity);
    f.presence = span_dup_or_null(r, s);
    const struct attendee *same = record_person(r->record, f.name);
    if (same != NULL && !same->implied && uuid_none(r->replaces))
        notice_at(r, name.s, "“%s” is on the list twice", shown(r, name));
    check_columns(r, &f, capacity.s, s.s);
    reading_add(r, f);
}

/* ---- help ---- */

/* `offered DATE [by NAME]`, `not offered`. */
static void read_offered(struct reading *r, struct span s, struct fact *f)
{
    struct span rest, by;
    int32_t day = DAY_NONE;
    bool not_offered = span_word(s, "not offered", &rest);
    if (s.n == 0)
        return;
    if (!not_offered && !span_word(s, "offered", &rest)) {
        f->offered = span_dup(r, s);
        notice_at(r, s.s, "“%s” does not say whether help was offered; it is kept as written", shown(r, s));
        return;
    }
    size_t at = span_word(rest, "by", &by) ? 0 : span_find(rest, " by ");
    struct span date = at == SIZE_MAX ? rest : span_trim(span_cut_to(rest, at));
    bool dated = date.n > 0 && span_full_day(date, &day);
    if ((date.n > 0 && !dated) || (dated && not_offered)) {
        f->offered = span_dup(r, s);
        notice_at(r, s.s, "“%s” is no date; it is kept as written", shown(r, date));
        return;
    }
    if (dated)
        f->offered = civil_day_dup(r->reader->arena, day);
    else
        f->offered = not_offered ? "not offered" : "offered";
    if (at != SIZE_MAX)
        f->by = name_or_null(r, span_from(rest, at == 0 ? 2 : at + 4));
}

/* `accepted [DATE]`, `declined[: words]`, `wanted, none available`, `no answer`. */
static void read_answer(struct reading *r, struct span s, struct fact *f)
{
    static const char *const words[] = {"accepted", "declined", "wanted, none available", "no answer"};
    struct span rest;
    if (s.n == 0)
        return;
    for (size_t i = 0; i < NITEMS(words); i++) {
        if (!span_word(s, words[i], &rest))
            continue;
        size_t colon = span_find(rest, ":");
        struct span date = span_trim(span_cut_to(rest, colon));
        if (date.n > 0 && !span_full_day(date, &f->on))
            break;
        f->outcome = words[i];
        f->words = colon == SIZE_MAX ? NULL : span_dup_or_null(r, span_from(rest, colon + 1));
        return;
    }
    f->outcome = span_dup(r, s);
    notice_at(r, s.s, "“%s” is no answer: accepted, declined, wanted, none available, no answer", shown(r, s));
}

void read_help(struct reading *r, struct span s)
{
    static const char *const kinds[] = {"advocate", "parent-partner", "interpreter", "supporter"};
    struct span name = span_part(&s, '|');
    struct span help = span_part(&s, '|');
    struct fact f = reading_fact(r, FACT_HELP);
    f.name = names_full(r->record, r->reader->arena, name.s, name.n);
    if (record_person(r->record, f.name) == NULL)
        notice_at(r, name.s, "“%s” is nobody on the list; the name is kept as written", shown(r, name));
    f.help = NULL;
    for (size_t i = 0; i < NITEMS(kinds); i++)
        if (span_is(help, kinds[i]))
            f.help = kinds[i];
    if (f.help == NULL) {
        f.help = span_dup(r, help);
        notice_at(r, help.s, "“%s” is no help that is known: advocate, parent-partner, interpreter, supporter", shown(r, help));
    }
    read_offered(r, span_part(&s, '|'), &f);
    read_answer(r, span_part(&s, '|'), &f);
    f.who = name_or_null(r, s);
    reading_add(r, f);
}

/* ---- contacts ---- */

/* "2026-11-16 10:20": the day and the time as the JSON has them. */
static const char *read_at(struct reading *r, struct span s)
{
    int32_t day;
    int time;
    struct arena *arena = r->reader->arena;
    if (s.n == 0)
        return NULL;
    if (span_full_day(s, &day))
        return civil_day_dup(arena, day);
    size_t blank = span_find_last(s, " ");
    if (blank == SIZE_MAX)
        blank = span_find(s, "T");
    if (blank != SIZE_MAX && blank > 0) {
        struct span date = span_trim(span_cut_to(s, blank)), clock = span_from(s, blank + 1);
        if (span_full_day(date, &day) && civil_read_time(clock.s, clock.n, &time))
            return arena_printf(arena, "%sT%s", civil_day_dup(arena, day), civil_time_dup(arena, time));
    }
    notice_at(r, s.s, "“%s” is no date and time (2026-11-16 10:20); it is kept as written", shown(r, s));
    return span_dup(r, s);
}

void read_contact(struct reading *r, struct span s)
{
    struct fact f = reading_fact(r, FACT_CONTACT);
    f.at = read_at(r, span_part(&s, '|'));
    f.how = span_dup_or_null(r, span_part(&s, '|'));
    f.whom = name_or_null(r, span_part(&s, '|'));
    f.by = name_or_null(r, span_part(&s, '|'));
    f.result = span_dup_or_null(r, s);
    reading_add(r, f);
}
