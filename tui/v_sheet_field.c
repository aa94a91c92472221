/* The rows of a sheet: what may be chosen, what the words mean, what Tab offers. */
#include <stdio.h>
#include <string.h>

#include "core/names.h"
#include "core/text.h"
#include "tui/offers.h"
#include "tui/past.h"
#include "tui/sheet.h"

/* ---- choices ---- */

#define CHOICES 6
static const struct {
    int field;
    const char *v[CHOICES];     /* as on record */
    const char *shown[CHOICES]; /* NULL: the same */
} choices[] = {
    {ROW_RESPONSIBILITY, {"", "PR", "no PR", "PR not known"},
     {"not said", "PR: has parental responsibility", "no PR: has none", "PR not known"}},
    {ROW_HERE, {"yes", "no"}, {"yes: in the room from now", "no: only on the list"}},
    {ROW_HELP, {"advocate", "parent-partner", "interpreter", "supporter"}, {NULL, "parent-partner: SENDIASS, IASS", NULL, "supporter: a friend or relative"}},
    {ROW_OFFERED, {"", "offered", "not offered"}, {"not said yet", NULL}},
    {ROW_OUTCOME, {"", "accepted", "declined", "wanted, none available", "no answer"}, {"not known yet", NULL}},
    {ROW_MOVE, {"arrives", "leaves"}, {NULL}},
    {ROW_MODE, {"in person", "by phone", "by video"}, {NULL}},
    {ROW_ABSENCE, {"apologies", "absent", "no reply", "report only", "not invited"}, {NULL}},
    {ROW_AUDIENCE, {"open", "limited", "full"}, {"open: without the confidential part", "limited: with what this reader may see", "full: with the confidential part"}},
};

const char *sheet_choice(void *data, int field, size_t i)
{
    (void)data;
    for (size_t k = 0; k < NITEMS(choices); k++)
        if (choices[k].field == field)
            return i < CHOICES ? choices[k].v[i] : NULL;
    return NULL;
}

static bool is_day(int field)
{
    return field == ROW_OFFERED_ON || field == ROW_OUTCOME_ON || field == ROW_DAY || field == ROW_GIVEN || field == ROW_NEXT_ON || field == ROW_DUE;
}

const char *sheet_shown(void *data, const struct form_row *row, int columns, enum style *style)
{
    struct sheet_view *v = data;
    const char *text = buf_str(&row->text);
    int32_t day;
    (void)columns;
    (void)style;
    if (is_day(row->field->id) && civil_read_day(text, strcspn(text, " "), &day)) {
        const char *time = strchr(text, ' ');
        return arena_printf(v->draw_arena, "%s%s", civil_long_dup(v->draw_arena, day), time == NULL ? "" : time);
    }
    for (size_t k = 0; k < NITEMS(choices); k++)
        for (size_t i = 0; choices[k].field == row->field->id && i < CHOICES && choices[k].v[i] != NULL; i++)
            if (strcmp(choices[k].v[i], text) == 0 && choices[k].shown[i] != NULL)
                return choices[k].shown[i];
    return NULL;
}

/* ---- what the words mean ---- */

bool sheet_has(const struct sheet_view *v, int field)
{
    for (size_t i = 0; i < v->sheet->nfields; i++)
        if (v->sheet->fields[i].id == field && v->sheet->fields[i].kind != FORM_BUTTON)
            return true;
    return false;
}

static bool wrong(char why[160], const char *sentence)
{
    snprintf(why, 160, "%s", sentence);
    return false;
}

bool sheet_missing(struct sheet_view *v, int field, const char *sentence, char why[160])
{
    v->wrong = field;
    return wrong(why, sentence);
}

/* A day that is still to come, read from the day of the meeting on; a time may follow where `timed`. */
static bool read_coming(struct sheet_view *v, const char *s, size_t n, struct now now, bool timed, struct buf *out, char why[160])
{
    int32_t base = v->session->record->date != DAY_NONE ? v->session->record->date : now.day;
    struct when when;
    if (n > 3 && text_starts(s, "by ")) {
        s += 3;
        n -= 3;
    }
    if (!civil_read_phrase(s, n, base, &when) || when.day == DAY_NONE)
        return wrong(why, when.needs_terms ? "School days cannot be counted without term dates: write a date" : "That is no date: write it like 4 Dec, next Tuesday or in 2 weeks");
    civil_put_day(out, when.day);
    if (timed && when.time != TIME_NONE) {
        buf_addc(out, ' ');
        civil_put_time(out, when.time);
    }
    return true;
}

static bool read_past(const char *s, struct now now, struct buf *out, char why[160])
{
    int32_t day;
    if (!past_read_day(s, now.day, &day))
        return wrong(why, "That is no day up to today: write it like today, yesterday, Friday or 12 Nov");
    civil_put_day(out, day);
    return true;
}

static bool read_clock(const char *s, size_t n, struct now now, struct buf *out, char why[160])
{
    int time = now.time;
    if (!text_same_word(s, n, "now") && !civil_read_time(s, n, &time))
        return wrong(why, "That is no time: write it like 14:05");
    civil_put_time(out, time);
    return true;
}

static bool is_name(int field)
{
    return field == ROW_PERSON || field == ROW_OFFERED_BY || field == ROW_CAME || field == ROW_BY || field == ROW_OWNER;
}

bool sheet_value(struct sheet_view *v, int field, struct now now, struct buf *out, char why[160])
{
    const char *s = form_text_of(&v->form, field);
    size_t n = strlen(s);
    text_trim(&s, &n);
    if (n == 0)
        return true;
    const char *words = arena_strndup(v->draw_arena, s, n);
    if (field == ROW_DUE || field == ROW_NEXT_ON)
        return read_coming(v, words, n, now, field == ROW_DUE, out, why);
    if (is_day(field))
        return read_past(words, now, out, why);
    if (field == ROW_CLOCK || field == ROW_NEXT_AT)
        return read_clock(words, n, now, out, why);
    if (v->sheet->way != SHEET_LINES && v->sheet->way != SHEET_HEAD && field != ROW_NAME && strchr(words, '|') != NULL)
        return wrong(why, "The sign | parts the columns of the list and cannot stand here");
    buf_adds(out, is_name(field) ? names_full(v->session->record, v->draw_arena, words, n) : words);
    return true;
}

const char *sheet_get(struct sheet_view *v, int field, struct now now, bool *good, char why[160])
{
    struct buf b = {0};
    char sentence[160];
    if (!sheet_value(v, field, now, &b, sentence)) {
        if (*good)
            sheet_missing(v, field, sentence, why);
        *good = false;
        buf_clear(&b);
    }
    const char *value = arena_strdup(v->draw_arena, buf_str(&b));
    buf_free(&b);
    return value;
}

/* ---- Tab ---- */

static void offer_names(struct sheet_view *v, struct offers *o)
{
    const char *names[12];
    size_t n = names_complete(v->session->record, o->line + o->from, strlen(o->line + o->from), names, NITEMS(names));
    for (size_t i = 0; i < n; i++)
        offer_one(o, names[i], NULL);
}

/* One column of everybody on the list. */
static void offer_column(struct sheet_view *v, struct offers *o, bool role)
{
    for (size_t i = 0; i < v->session->record->npeople; i++) {
        const struct attendee *a = &v->session->record->people[i];
        const char *word = role ? a->role : a->organisation;
        if (word != NULL)
            offer_one(o, word, NULL);
    }
}

static void offer_capacity(struct sheet_view *v, struct offers *o)
{
    offers_begin(o, ",");
    if (offers_begin_helped(o)) {
        offer_names(v, o);
    } else {
        if (sheet_has(v, ROW_RESPONSIBILITY)) /* has a row of its own: no key claims it beside the word */
            offer_one(o, "parent", NULL);
        offer_words(o, OFFER_CAPACITIES);
    }
}

static void offer_field(struct sheet_view *v, int field, struct now now, struct offers *o)
{
    int32_t base = v->session->record->date != DAY_NONE ? v->session->record->date : now.day;
    if (field == ROW_ROLE) {
        offer_words(o, OFFER_ROLES);
        offer_column(v, o, true);
    } else if (field == ROW_ORGANISATION)
        offer_column(v, o, false);
    else if (field == ROW_CAPACITY)
        offer_capacity(v, o);
    else if (field == ROW_PRESENCE)
        offer_words(o, OFFER_PRESENCES);
    else if (is_name(field))
        offer_names(v, o);
    else if (field == ROW_HOW)
        offer_words(o, v->about.kind == SHEET_CHILD ? OFFER_VIEWS : v->about.kind == SHEET_COPY ? OFFER_COPIES : OFFER_CONTACT);
    else if (field == ROW_RESULT)
        offer_words(o, OFFER_RESULTS);
    else if (field == ROW_DUE || field == ROW_NEXT_ON)
        offer_dates(o, base);
}

const char *sheet_offer(struct sheet_view *v, struct now now, struct arena *arena, const char **shown)
{
    const struct form_row *row = &v->form.v[v->form.at];
    const char *line = form_row_text(&v->form, v->form.at);
    struct offer found[1];
    struct offers o = {.arena = arena, .v = found, .max = NITEMS(found), .line = line};
    *shown = NULL;
    if (row->field->kind != FORM_TEXT || line[0] == '\0' || edit_cursor(v->form.edit) != strlen(line))
        return NULL;
    offers_begin(&o, "");
    if (o.typed[0] == '\0')
        return NULL;
    offer_field(v, row->field->id, now, &o);
    if (o.whole || o.n == 0)
        return NULL;
    *shown = found[0].shown;
    return found[0].whole;
}
