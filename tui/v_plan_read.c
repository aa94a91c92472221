/* What the words of the planning form mean: read, made absolute, and said back. */
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "tui/past.h"
#include "tui/plan.h"

static const char *trimmed(struct arena *arena, const char *s, size_t n)
{
    text_trim(&s, &n);
    return arena_strndup(arena, s, n);
}

bool plan_split(const char *text, const char **key, size_t *nkey, const char **value)
{
    const char *colon = strchr(text, ':');
    if (colon == NULL || colon == text)
        return false;
    *key = text;
    *nkey = (size_t)(colon - text);
    text_trim(key, nkey);
    for (size_t i = 0; i < *nkey; i++)
        if (text_blank((*key)[i]) || (*key)[i] == '|')
            return false;
    *value = colon + 1;
    while (text_blank(**value))
        (*value)++;
    return *nkey > 0 && *nkey <= 40;
}

/* ---- dates and times ---- */

/* "14:00", "9.30", "1430", "9", "2pm", "2.30 pm". */
static bool read_clock(const char *s, size_t n, int *time)
{
    int digits[4], count = 0, colon = -1, add = 0;
    text_trim(&s, &n);
    bool pm = n > 2 && text_same_word(s + n - 2, 2, "pm"), am = n > 2 && text_same_word(s + n - 2, 2, "am");
    if (pm || am)
        n -= 2;
    text_trim(&s, &n);
    for (size_t i = 0; i < n; i++) {
        if (s[i] >= '0' && s[i] <= '9' && count < 4)
            digits[count++] = s[i] - '0';
        else if ((s[i] == ':' || s[i] == '.') && colon < 0 && count > 0)
            colon = count;
        else
            return false;
    }
    if (count == 0 || (colon >= 0 && count - colon != 2))
        return false;
    int hours = colon >= 0 ? colon : count > 2 ? count - 2 : count, hour = 0, minute = 0;
    if (hours > 2)
        return false;
    for (int i = 0; i < count; i++)
        *(i < hours ? &hour : &minute) = (i < hours ? hour : minute) * 10 + digits[i];
    if (pm || am) {
        if (hour < 1 || hour > 12)
            return false;
        add = (pm ? 12 : 0) - (hour == 12 ? 12 : 0);
    }
    if (hour > 23 || minute > 59)
        return false;
    *time = (hour + add) * 60 + minute;
    return true;
}

/* "14:00-15:10", "9.30 - 11", "2pm-3pm"; the end may be missing. */
static bool read_span(const char *s, int *from, int *to)
{
    size_t n = strlen(s), cut = strcspn(s, "-");
    const char *dash = strstr(s, "\xe2\x80\x93"); /* an en dash, as mail programs make it */
    size_t width = 1;
    if (dash != NULL) {
        cut = (size_t)(dash - s);
        width = 3;
    }
    *to = TIME_NONE;
    if (!read_clock(s, cut, from))
        return false;
    if (cut >= n)
        return true;
    const char *end = s + cut + width;
    size_t left = strlen(end);
    text_trim(&end, &left);
    return left == 0 || read_clock(end, left, to);
}

static bool has_year(const char *words)
{
    for (const char *s = words; *s != '\0'; s++)
        if (strspn(s, "0123456789") >= 4)
            return true;
    return false;
}

static bool take_day(const char *text, struct now now, struct buf *out, char why[240])
{
    struct when when;
    if (!civil_read_phrase(text, strlen(text), now.day, &when) || when.day == DAY_NONE) {
        snprintf(why, 240, "That cannot be read as a date; write it like \"24 Nov\", \"Tuesday\" or \"2026-11-24\".");
        return false;
    }
    if (when.time != TIME_NONE) {
        snprintf(why, 240, "Only the date belongs here; the time has a field of its own.");
        return false;
    }
    civil_put_day(out, when.day);
    return true;
}

static bool take_time(const char *text, struct buf *out, char why[240])
{
    int from, to;
    if (!read_span(text, &from, &to)) {
        snprintf(why, 240, "That cannot be read as a time; write it like \"14:00-15:10\" or \"14:00\".");
        return false;
    }
    if (to != TIME_NONE && to <= from) {
        snprintf(why, 240, "The meeting would end before it begins.");
        return false;
    }
    civil_put_time(out, from);
    if (to != TIME_NONE) {
        buf_addc(out, '-');
        civil_put_time(out, to);
    }
    return true;
}

/* A day that is over, and a time after it: "yesterday", "last Monday 10:20". False: it is none. */
static bool take_past(const char *s, size_t n, struct now now, struct buf *out)
{
    struct buf words = {0};
    int time = TIME_NONE;
    int32_t day;
    text_trim(&s, &n);
    size_t blank = n;
    while (blank > 0 && s[blank - 1] != ' ')
        blank--;
    if (blank > 0 && memchr(s + blank, ':', n - blank) != NULL && read_clock(s + blank, n - blank, &time))
        n = blank;
    bool last = n > 5 && text_same_word(s, 5, "last ");
    buf_add(&words, s + (last ? 5 : 0), n - (last ? 5 : 0));
    bool good = past_read_day(buf_str(&words), now.day, &day);
    buf_free(&words);
    if (!good)
        return false;
    civil_put_day(out, last && day == now.day ? day - 7 : day);
    if (time != TIME_NONE) {
        buf_addc(out, ' ');
        civil_put_time(out, time);
    }
    return true;
}

static bool is_date_key(const char *key, size_t n)
{
    return text_same_word(key, n, "notice-sent") || text_same_word(key, n, "papers-sent") || text_same_word(key, n, "plan-made") || text_same_word(key, n, "next-meeting");
}

/* What was sent or made is mostly over: without a year, the nearest such day is meant. */
static bool take_near_day(const char *key, size_t n, const char *value, struct now now, struct buf *out)
{
    struct when when;
    if (!civil_read_phrase(value, strlen(value), now.day, &when) || when.day == DAY_NONE)
        return !text_same_word(key, n, "next-meeting") && take_past(value, strlen(value), now, out);
    if (!text_same_word(key, n, "next-meeting") && when.day - now.day > 183 && !has_year(value))
        when.day = civil_add_months(when.day, -12);
    civil_put_day(out, when.day);
    if (when.time != TIME_NONE) {
        buf_addc(out, ' ');
        civil_put_time(out, when.time);
    }
    return true;
}

static bool take_more(const char *text, struct now now, struct buf *out, char why[240])
{
    const char *key, *value;
    size_t n;
    if (!plan_split(text, &key, &n, &value)) {
        snprintf(why, 240, "Begin the line with its key and a colon, like \"papers-sent: 20 Nov\".");
        return false;
    }
    if (value[0] == '\0') {
        snprintf(why, 240, "Something has to stand after the colon.");
        return false;
    }
    buf_add(out, key, n);
    buf_adds(out, ": ");
    if (is_date_key(key, n) && take_near_day(key, n, value, now, out))
        return true;
    buf_adds(out, value);
    return true;
}

static bool take_person(const char *text, struct buf *out, char why[240])
{
    size_t n = strcspn(text, "|");
    const char *name = text;
    text_trim(&name, &n);
    if (n == 0) {
        snprintf(why, 240, "A person's line begins with the name.");
        return false;
    }
    buf_adds(out, text);
    return true;
}

static bool is_help(const char *text, char why[240])
{
    static const char *const kinds[] = {"advocate", "parent-partner", "interpreter", "supporter"};
    const char *s = strchr(text, '|') + 1;
    size_t n = strcspn(s, "|");
    text_trim(&s, &n);
    for (size_t i = 0; i < NITEMS(kinds); i++)
        if (text_same_word(s, n, kinds[i]))
            return true;
    snprintf(why, 240, "The second column says which help: advocate, parent-partner, interpreter or supporter.");
    return false;
}

/* "offered yesterday by NAME", "accepted last Friday": the day made absolute; all else stays as it is. */
static void put_dated(const char *s, size_t n, struct now now, struct buf *out)
{
    static const char *const words[] = {"offered", "accepted", "declined", "no answer", "wanted, none available"};
    size_t word = 0;
    for (size_t i = 0; i < NITEMS(words); i++)
        if (n > strlen(words[i]) && text_same_word(s, strlen(words[i]), words[i]) && s[strlen(words[i])] == ' ')
            word = strlen(words[i]) + 1;
    size_t end = word;
    while (end < n && s[end] != ':' && !(n - end >= 4 && strncmp(s + end, " by ", 4) == 0))
        end++;
    struct buf day = {0};
    bool dated = word > 0 && take_past(s + word, end - word, now, &day);
    buf_add(out, s, dated ? word : n);
    if (dated) {
        buf_add(out, day.s, day.n);
        buf_add(out, s + end, n - end);
    }
    buf_free(&day);
}

/* Days in the columns of help and contacts: "yesterday" means a day of now, whenever the plan is saved. */
static void put_help(const char *text, struct now now, struct buf *out)
{
    bool contact = text_starts(text, "contact:");
    size_t key = contact ? strlen("contact:") : 0;
    buf_add(out, text, key);
    text += key;
    for (int column = 0; *text != '\0'; column++) {
        const char *s = text;
        size_t n = strcspn(text, "|"), m = n;
        text_trim(&s, &m);
        buf_add(out, text, (size_t)(s - text));
        if (!contact && (column == 2 || column == 3))
            put_dated(s, m, now, out);
        else if (!contact || column > 0 || !take_past(s, m, now, out))
            buf_add(out, s, m);
        buf_add(out, s + m, n - m - (size_t)(s - text));
        text += n;
        if (*text == '|')
            buf_addc(out, *text++);
    }
}

/* What is on record already is not judged again. */
static bool take_help(const char *text, bool on_record, struct now now, struct buf *out, char why[240])
{
    if (strchr(text, '|') == NULL) {
        snprintf(why, 240, "Write it in columns: help: NAME | advocate | offered DATE by NAME | accepted | who came.");
        return false;
    }
    bool prefix = text_starts(text, "help:") || text_starts(text, "contact:");
    if (!prefix)
        buf_adds(out, text[0] >= '0' && text[0] <= '9' ? "contact: " : "help: ");
    if (on_record)
        buf_adds(out, text);
    else
        put_help(text, now, out);
    return on_record || !text_starts(buf_str(out), "help:") || is_help(text, why);
}

bool plan_value(const struct plan_view *p, const struct form_row *row, const char *text, struct now now, struct buf *out, char why[240])
{
    (void)p;
    struct buf clean = {0};
    text_clean(&clean, text, strlen(text), NULL);
    const char *s = buf_str(&clean);
    size_t n = clean.n;
    text_trim(&s, &n);
    struct buf b = {0};
    buf_add(&b, s, n);
    bool good = true;
    why[0] = '\0';
    if (n > 0)
        switch (row->field->id) {
        case FIELD_DATE: good = take_day(buf_str(&b), now, out, why); break;
        case FIELD_TIME: good = take_time(buf_str(&b), out, why); break;
        case FIELD_PEOPLE: good = take_person(buf_str(&b), out, why); break;
        case FIELD_HELP: good = take_help(buf_str(&b), row->on_record, now, out, why); break;
        case FIELD_MORE: good = take_more(buf_str(&b), now, out, why); break;
        default: buf_adds(out, buf_str(&b)); break;
        }
    buf_free(&b);
    buf_free(&clean);
    return good;
}

/* ---- said back ---- */

static const char *say_day(struct arena *arena, const char *text, struct now now)
{
    struct when when;
    if (!civil_read_phrase(text, strlen(text), now.day, &when) || when.day == DAY_NONE)
        return NULL;
    int days = (int)(when.day - now.day);
    const char *day = civil_long_dup(arena, when.day);
    const char *odd = when.weekday_contradicts ? " \xe2\x80\x94 the weekday and the date do not agree" : "";
    if (days == 0)
        return arena_printf(arena, "%s, today%s", day, odd);
    if (days == 1)
        return arena_printf(arena, "%s, tomorrow%s", day, odd);
    if (days < 0)
        return arena_printf(arena, "%s, %d day%s ago%s", day, -days, days == -1 ? "" : "s", odd);
    return arena_printf(arena, "%s, in %d days%s%s", day, days, civil_working_day(when.day) ? "" : " \xe2\x80\x94 not a working day", odd);
}

static const char *say_time(struct arena *arena, const char *text)
{
    int from, to;
    if (!read_span(text, &from, &to))
        return NULL;
    if (to == TIME_NONE)
        return arena_printf(arena, "from %s", civil_time_dup(arena, from));
    return arena_printf(arena, "from %s to %s, %d minutes", civil_time_dup(arena, from), civil_time_dup(arena, to), to - from);
}

static const char *say_presence(struct arena *arena, const char *text)
{
    struct attendee a = {0};
    struct buf warning = {0};
    presence_read(arena, &a, text, &warning);
    const char *says = a.absence != NULL ? a.absence : "";
    if (warning.n > 0)
        says = arena_strdup(arena, buf_str(&warning));
    else if (a.nlisted > 0) {
        struct buf b = {0};
        presence_put(&b, a.listed, a.nlisted);
        says = arena_printf(arena, "there %s", buf_str(&b));
        buf_free(&b);
    }
    buf_free(&warning);
    return says;
}

static const char *say_person(struct arena *arena, const char *text, enum style *style)
{
    static const char *const none = "";
    const char *part[5] = {none, none, none, none, none};
    for (int i = 0; i < 5 && *text != '\0'; i++) {
        size_t n = i < 4 ? strcspn(text, "|") : strlen(text);
        part[i] = trimmed(arena, text, n);
        text += n + (text[n] == '|');
    }
    struct attendee a = {0};
    struct buf warning = {0};
    capacity_read(arena, &a, part[3], &warning);
    struct buf b = {0};
    buf_adds(&b, part[0]);
    for (int i = 1; i < 3; i++)
        if (part[i][0] != '\0')
            buf_addf(&b, " \xc2\xb7 %s", part[i]);
    if (warning.n > 0) {
        *style = STYLE_WARN;
        buf_addf(&b, " \xc2\xb7 %s", buf_str(&warning));
    } else if (part[3][0] != '\0') {
        buf_addf(&b, " \xc2\xb7 %s", part[3]);
    }
    if (part[4][0] != '\0')
        buf_addf(&b, " \xc2\xb7 %s", say_presence(arena, part[4]));
    const char *says = arena_strdup(arena, buf_str(&b));
    buf_free(&b);
    buf_free(&warning);
    return says;
}

static const char *say_more(struct arena *arena, const char *text, struct now now, enum style *style)
{
    const char *key, *value;
    size_t n;
    if (!plan_split(text, &key, &n, &value))
        return "";
    struct buf day = {0};
    const char *says = is_date_key(key, n) && take_near_day(key, n, value, now, &day) ? say_day(arena, buf_str(&day), now) : NULL;
    buf_free(&day);
    if (says != NULL)
        return arena_printf(arena, "%.*s: %s", (int)n, key, says);
    for (size_t i = 0; i < nhead_keys; i++)
        if (text_same_word(key, n, head_keys[i].key))
            return arena_printf(arena, "%s: %s", head_keys[i].key, head_keys[i].help);
    *style = STYLE_WARN;
    return "Evenhand does not know this key; the line is kept and written back as it is.";
}

static const char *say_child(struct arena *arena, const char *text)
{
    const char *second = strchr(text, ';');
    if (second != NULL)
        return arena_printf(arena, "Two children: %s and %s", trimmed(arena, text, (size_t)(second - text)), trimmed(arena, second + 1, strlen(second + 1)));
    return strstr(text, " and ") != NULL || strstr(text, " & ") != NULL || strchr(text, ',') != NULL ? "Two children? A semicolon parts them: A; B" : "";
}

/* The minutes of all items: "Reading [10m]". */
static int agenda_minutes(const struct plan_view *p)
{
    int sum = 0;
    for (size_t i = 0; i < p->form.n; i++) {
        const char *open = p->form.v[i].field->id == FIELD_AGENDA ? strrchr(form_row_text(&p->form, i), '[') : NULL;
        size_t digits = open == NULL ? 0 : strspn(open + 1, "0123456789");
        int minutes = 0;
        for (size_t k = 0; k < digits && digits < 5; k++)
            minutes = minutes * 10 + (open[1 + k] - '0');
        sum += digits > 0 && open[1 + digits] == 'm' ? minutes : 0;
    }
    return sum;
}

/* An agenda that is longer than the meeting, while there is time to shorten it; NULL: it is not. */
static const char *say_too_long(const struct plan_view *p)
{
    const char *time = "";
    int from, to, agenda = agenda_minutes(p);
    for (size_t i = 0; i < p->form.n; i++)
        if (p->form.v[i].field->id == FIELD_TIME)
            time = form_row_text(&p->form, i);
    if (!read_span(time, &from, &to) || to == TIME_NONE || agenda <= to - from)
        return NULL;
    return arena_printf(p->draw_arena, "agenda %d minutes, meeting %d", agenda, to - from);
}

const char *plan_type_title(const struct plan_view *p, const char *type)
{
    const struct meeting_type *found = p->types == NULL ? NULL : types_find(p->types, type, strlen(type));
    return found == NULL ? NULL : found->title;
}

const char *plan_says(const struct plan_view *p, const struct form_row *row, const char *text, struct now now, enum style *style, bool *wrong)
{
    const char *says = "";
    char why[240];
    struct buf value = {0};
    bool good = plan_value(p, row, text, now, &value, why);
    *style = good ? STYLE_PREVIEW : STYLE_WARN;
    *wrong = !good;
    int field = row->field->id;
    const char *too_long = field == FIELD_TIME || field == FIELD_AGENDA || field == FIELD_SAVE || field == FIELD_BEGIN ? say_too_long(p) : NULL;
    if (!good)
        says = arena_strdup(p->draw_arena, why);
    else if (field != FIELD_TIME && too_long != NULL)
        says = too_long;
    else if (value.n == 0)
        says = "";
    else if (row->field->id == FIELD_DATE)
        says = say_day(p->draw_arena, text, now);
    else if (row->field->id == FIELD_TIME)
        says = say_time(p->draw_arena, buf_str(&value));
    else if (field == FIELD_CHILD)
        says = say_child(p->draw_arena, text);
    else if (row->field->id == FIELD_PEOPLE)
        says = say_person(p->draw_arena, buf_str(&value), style);
    else if (row->field->id == FIELD_MORE)
        says = say_more(p->draw_arena, buf_str(&value), now, style);
    else if (field == FIELD_HELP && strcmp(buf_str(&value), text) != 0) /* "yesterday", and which day that was */
        says = arena_strdup(p->draw_arena, buf_str(&value));
    if (says != NULL && field == FIELD_TIME && too_long != NULL)
        says = arena_printf(p->draw_arena, "%s; %s", says, too_long);
    if (good && too_long != NULL)
        *style = STYLE_WARN;
    buf_free(&value);
    return says == NULL ? "" : says;
}

/* ---- a line of the notation, put where it belongs ---- */

static const struct { const char *key; int field; } fields_of_keys[] = {
    {"date", FIELD_DATE}, {"time", FIELD_TIME}, {"place", FIELD_PLACE}, {"kept-by", FIELD_KEPT_BY}, {"kept-as", FIELD_KEPT_AS}, {"purpose", FIELD_PURPOSE},
};

static void take_meeting(struct plan_view *p, const char *value)
{
    const char *dash = strstr(value, " - ");
    size_t n = dash == NULL ? strlen(value) : (size_t)(dash - value);
    const char *word = trimmed(p->arena, value, n);
    const struct meeting_type *type = p->types == NULL ? NULL : types_find(p->types, word, strlen(word));
    form_set(&p->form, FIELD_TYPE, type != NULL ? type->name : word);
    if (dash != NULL)
        form_set(&p->form, FIELD_TITLE, trimmed(p->arena, dash + 3, strlen(dash + 3)));
}

static bool take_child(struct plan_view *p, const char *value)
{
    if (form_count(&p->form, FIELD_CHILD) > 0)
        return false;
    const char *slash = strstr(value, " / ");
    size_t n = slash == NULL ? strlen(value) : (size_t)(slash - value);
    form_set(&p->form, FIELD_CHILD, trimmed(p->arena, value, n));
    if (slash != NULL)
        form_set(&p->form, FIELD_KNOWN, trimmed(p->arena, slash + 3, strlen(slash + 3)));
    return true;
}

static bool take_key(struct plan_view *p, const char *text, const char *key, size_t n, const char *value)
{
    if (text_same_word(key, n, "help") || text_same_word(key, n, "contact")) {
        form_add(&p->form, FIELD_HELP, text);
        return true;
    }
    if (text_same_word(key, n, "agenda")) {
        form_add(&p->form, FIELD_AGENDA, value);
        return true;
    }
    if (text_same_word(key, n, "evenhand") || (text_same_word(key, n, "people") && value[0] == '\0'))
        return true;
    if (text_same_word(key, n, "meeting")) {
        take_meeting(p, value);
        return true;
    }
    if (text_same_word(key, n, "child"))
        return take_child(p, value);
    for (size_t i = 0; i < NITEMS(fields_of_keys); i++)
        if (text_same_word(key, n, fields_of_keys[i].key)) {
            form_set(&p->form, fields_of_keys[i].field, value);
            return true;
        }
    return false;
}

void plan_take_line(struct plan_view *p, const char *line, size_t n)
{
    struct buf clean = {0};
    text_clean(&clean, line, n, NULL);
    const char *text = trimmed(p->arena, buf_str(&clean), clean.n);
    buf_free(&clean);
    const char *key, *value;
    size_t nkey;
    if (text[0] == '\0' || text_starts(text, ";;"))
        return;
    bool keyed = plan_split(text, &key, &nkey, &value);
    if (keyed && take_key(p, text, key, nkey, value))
        return;
    /* A person: columns, and no key before the first of them. */
    const char *bar = strchr(text, '|');
    if (bar != NULL && (!keyed || key + nkey > bar))
        form_add(&p->form, FIELD_PEOPLE, text);
    else
        form_add(&p->form, FIELD_MORE, text);
}
