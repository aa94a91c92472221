/* Sheets of the list of people: a person, help and what came of it, a contact, a conflict of interest. */
#include <string.h>

#include "core/check.h"
#include "core/text.h"
#include "tui/sheet.h"

static const char *or_blank(const char *s)
{
    return s == NULL ? "" : s;
}

static const struct attendee *person_of(const struct sheet_view *v)
{
    const struct record *r = v->session->record;
    for (size_t i = 0; i < r->npeople && !uuid_none(v->about.target); i++)
        if (uuid_same(r->people[i].id, v->about.target))
            return &r->people[i];
    return v->about.name == NULL ? NULL : record_person(r, v->about.name);
}

/* ---- a person ---- */

static const struct form_field person_fields[] = {
    {ROW_NAME, FORM_TEXT, "Name", "with the title, a role in brackets, or NAME | role | organisation | capacity"},
    {ROW_ROLE, FORM_TEXT, "Role", "mother, SENCO, social worker \xe2\x80\xa6"},
    {ROW_ORGANISATION, FORM_TEXT, "Organisation", "the school, family, a service"},
    {ROW_CAPACITY, FORM_TEXT, "Capacity", "chair, professional, parent, advocate for NAME, interpreter LANGUAGE for NAME \xe2\x80\xa6"},
    {ROW_RESPONSIBILITY, FORM_CHOICE, "PR", "parental responsibility: not said"},
    {ROW_PRESENCE, FORM_TEXT, "Presence", "13:55-15:10, 14:20- by phone, or apologies: why"},
    {ROW_SAVE, FORM_BUTTON, "", "Put on record"},
};

static const struct form_field new_fields[] = {
    {ROW_NAME, FORM_TEXT, "Name", "with the title, a role in brackets, or NAME | role | organisation | capacity"},
    {ROW_ROLE, FORM_TEXT, "Role", "mother, SENCO, social worker \xe2\x80\xa6"},
    {ROW_ORGANISATION, FORM_TEXT, "Organisation", "the school, family, a service"},
    {ROW_CAPACITY, FORM_TEXT, "Capacity", "chair, professional, parent, advocate for NAME, interpreter LANGUAGE for NAME \xe2\x80\xa6"},
    {ROW_RESPONSIBILITY, FORM_CHOICE, "PR", "parental responsibility: not said"},
    {ROW_HERE, FORM_CHOICE, "Here now", NULL},
    {ROW_SAVE, FORM_BUTTON, "", "Put on record"},
};

/* The capacities without what is said of parental responsibility, which has a row of its own. */
static const char *without_responsibility(struct arena *arena, const struct attendee *a)
{
    struct buf b = {0};
    for (const char *s = or_blank(a->capacity_text); *s != '\0';) {
        size_t n = strcspn(s, ","), m = n;
        const char *part = s;
        text_trim(&part, &m);
        if (m > 0 && (a->responsibility == NULL || !text_same_word(part, m, a->responsibility))) {
            buf_adds(&b, b.n > 0 ? ", " : "");
            buf_add(&b, part, m);
        }
        s += n + (s[n] == ',');
    }
    const char *text = arena_strdup(arena, buf_str(&b));
    buf_free(&b);
    return text;
}

static const char *presence_text(struct arena *arena, const struct attendee *a)
{
    struct buf b = {0};
    if (a->presence_text != NULL)
        buf_adds(&b, a->presence_text);
    else if (a->absence != NULL)
        buf_addf(&b, "%s%s%s", a->absence, a->absence_reason == NULL ? "" : ": ", or_blank(a->absence_reason));
    else
        presence_put(&b, a->listed, a->nlisted);
    const char *text = arena_strdup(arena, buf_str(&b));
    buf_free(&b);
    return text;
}

const char *sheet_person_line(struct arena *arena, const struct attendee *a, const char *capacity, const char *presence)
{
    const char *name = a->also == NULL ? a->name : arena_printf(arena, "%s = %s", a->name, a->also);
    return arena_printf(arena, "%s | %s | %s | %s | %s", name, or_blank(a->role), or_blank(a->organisation),
                        capacity != NULL ? capacity : or_blank(a->capacity_text), presence != NULL ? presence : presence_text(arena, a));
}

static void fill_person(struct sheet_view *v, struct now now)
{
    const struct attendee *a = person_of(v);
    (void)now;
    form_set(&v->form, ROW_RESPONSIBILITY, "");
    if (a == NULL)
        return;
    form_set(&v->form, ROW_NAME, a->also == NULL ? a->name : arena_printf(v->arena, "%s = %s", a->name, a->also));
    form_set(&v->form, ROW_ROLE, or_blank(a->role));
    form_set(&v->form, ROW_ORGANISATION, or_blank(a->organisation));
    form_set(&v->form, ROW_CAPACITY, without_responsibility(v->arena, a));
    form_set(&v->form, ROW_RESPONSIBILITY, or_blank(a->responsibility));
    form_set(&v->form, ROW_PRESENCE, presence_text(v->arena, a));
}

static void fill_new(struct sheet_view *v, struct now now)
{
    (void)now;
    form_set(&v->form, ROW_NAME, or_blank(v->about.name));
    form_set(&v->form, ROW_RESPONSIBILITY, "");
    form_set(&v->form, ROW_HERE, "yes");
}

static const char *capacity_value(struct sheet_view *v, struct now now, bool *good, char why[160])
{
    const char *capacity = sheet_get(v, ROW_CAPACITY, now, good, why), *pr = form_text_of(&v->form, ROW_RESPONSIBILITY);
    return arena_printf(v->draw_arena, "%s%s%s", capacity, capacity[0] != '\0' && pr[0] != '\0' ? ", " : "", pr);
}

static bool put_columns(struct sheet_view *v, struct now now, const char *presence, struct buf *out, char why[160])
{
    bool good = true;
    const char *name = sheet_get(v, ROW_NAME, now, &good, why), *role = sheet_get(v, ROW_ROLE, now, &good, why);
    const char *organisation = sheet_get(v, ROW_ORGANISATION, now, &good, why), *capacity = capacity_value(v, now, &good, why);
    if (good && (name[0] == '\0' || name[0] == '|'))
        return sheet_missing(v, ROW_NAME, "A person needs a name, or a role in brackets", why);
    if (good && strchr(name, '|') != NULL) { /* the whole line, as the list has it */
        buf_adds(out, name);
        return true;
    }
    bool parted = strchr(role, '|') != NULL || strchr(organisation, '|') != NULL || strchr(capacity, '|') != NULL;
    if (good && parted)
        return sheet_missing(v, ROW_NAME, "The sign | parts the columns of the list and cannot stand here", why);
    buf_addf(out, "%s | %s | %s | %s | %s", name, role, organisation, capacity, presence);
    while (out->n > 0 && (out->s[out->n - 1] == ' ' || out->s[out->n - 1] == '|')) /* empty columns at the end need no sign */
        buf_splice(out, out->n - 1, 1, NULL, 0);
    return good;
}

static bool make_person(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true;
    const char *presence = sheet_get(v, ROW_PRESENCE, now, &good, why);
    return good && put_columns(v, now, presence, out, why);
}

/* A whole line that says when they are there. */
static bool has_presence(const char *line)
{
    int columns = 0;
    for (; *line != '\0' && columns < 4; line++)
        columns += *line == '|';
    return columns == 4 && line[strspn(line, " ")] != '\0';
}

/* On the list, and in the room: one change. */
static bool make_new(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true;
    const char *name = sheet_get(v, ROW_NAME, now, &good, why);
    const char *line = name;
    size_t n = strcspn(name, "=|");
    text_trim(&name, &n);
    const struct attendee *same = record_person(v->session->record, arena_strndup(v->draw_arena, name, n));
    if (same != NULL && !same->implied)
        return sheet_missing(v, ROW_NAME, "That name is on the list already", why);
    buf_adds(out, "people:\n");
    if (!put_columns(v, now, "", out, why))
        return false;
    if (strcmp(form_text_of(&v->form, ROW_HERE), "yes") == 0 && !has_presence(line))
        buf_addf(out, "\n\n+%.*s", (int)n, name);
    return true;
}

const struct sheet sheet_person = {"sheet person", "On the list: {}", person_fields, NITEMS(person_fields), SHEET_LIST, NULL, fill_person, make_person};
const struct sheet sheet_new_person = {"sheet new person", "Somebody new", new_fields, NITEMS(new_fields), SHEET_LINES, NULL, fill_new, make_new};

/* ---- help ---- */

static const struct form_field help_fields[] = {
    {ROW_HELP, FORM_CHOICE, "Help", NULL},
    {ROW_OFFERED, FORM_CHOICE, "Offered", "not said yet"},
    {ROW_OFFERED_ON, FORM_TEXT, "on", "today, Friday, 12 Nov"},
    {ROW_OFFERED_BY, FORM_TEXT, "by", "who offered it"},
    {ROW_OUTCOME, FORM_CHOICE, "Came of it", "not known yet"},
    {ROW_OUTCOME_ON, FORM_TEXT, "on", "today, Friday, 13 Nov"},
    {ROW_WORDS, FORM_TEXT, "Words", "theirs: why it was declined, or nothing"},
    {ROW_CAME, FORM_TEXT, "Who came", "nobody yet"},
    {ROW_SAVE, FORM_BUTTON, "", "Put on record"},
};

static const struct help *help_of(const struct sheet_view *v)
{
    const struct record *r = v->session->record;
    for (size_t i = 0; i < r->nhelp && !uuid_none(v->about.target); i++)
        if (uuid_same(r->help[i].id, v->about.target))
            return &r->help[i];
    return NULL;
}

static void set_day(struct sheet_view *v, int field, int32_t day)
{
    if (day != DAY_NONE)
        form_set(&v->form, field, civil_day_dup(v->arena, day));
}

static void fill_help(struct sheet_view *v, struct now now)
{
    const struct help *h = help_of(v);
    (void)now;
    if (h == NULL) {
        /* Whether, when and by whom it was offered is for somebody to say; who came for them stands on the list. */
        const char *kind = "advocate";
        const struct attendee *helper = v->about.name == NULL ? NULL : check_helper(v->session->record, v->about.name, &kind);
        form_set(&v->form, ROW_HELP, helper == NULL ? "advocate" : kind);
        form_set(&v->form, ROW_OFFERED, "");
        form_set(&v->form, ROW_OUTCOME, "");
        if (helper != NULL)
            form_set(&v->form, ROW_CAME, helper->name);
        return;
    }
    form_set(&v->form, ROW_HELP, or_blank(h->kind));
    form_set(&v->form, ROW_OFFERED, h->offered_text != NULL ? h->offered_text : h->offered != DAY_NONE ? "offered" : "");
    set_day(v, ROW_OFFERED_ON, h->offered);
    form_set(&v->form, ROW_OFFERED_BY, or_blank(h->offered_by));
    form_set(&v->form, ROW_OUTCOME, or_blank(h->outcome));
    set_day(v, ROW_OUTCOME_ON, h->outcome_date);
    form_set(&v->form, ROW_WORDS, or_blank(h->words));
    form_set(&v->form, ROW_CAME, or_blank(h->who));
}

static bool make_help(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true;
    const struct help *h = help_of(v);
    const char *offered = form_text_of(&v->form, ROW_OFFERED), *outcome = form_text_of(&v->form, ROW_OUTCOME);
    const char *on = sheet_get(v, ROW_OFFERED_ON, now, &good, why), *by = sheet_get(v, ROW_OFFERED_BY, now, &good, why);
    const char *when = sheet_get(v, ROW_OUTCOME_ON, now, &good, why), *words = sheet_get(v, ROW_WORDS, now, &good, why);
    const char *came = sheet_get(v, ROW_CAME, now, &good, why);
    const char *name = h != NULL && h->for_name != NULL ? h->for_name : or_blank(v->about.name);
    if (!good)
        return false;
    if (h == NULL && offered[0] == '\0')
        return sheet_missing(v, ROW_OFFERED, "Choose whether this help was offered or not offered", why);
    if (outcome[0] == '\0' && (when[0] != '\0' || words[0] != '\0'))
        return sheet_missing(v, ROW_OUTCOME, "Say what came of it: accepted, declined, wanted, none available or no answer", why);
    bool was_offered = strcmp(offered, "offered") == 0;
    buf_addf(out, "help: %s | %s | %s", name, form_text_of(&v->form, ROW_HELP), offered);
    if (was_offered && on[0] != '\0')
        buf_addf(out, " %s", on);
    if (was_offered && by[0] != '\0')
        buf_addf(out, " by %s", by);
    buf_addf(out, " | %s", outcome);
    if (when[0] != '\0')
        buf_addf(out, " %s", when);
    if (words[0] != '\0')
        buf_addf(out, ": %s", words);
    buf_addf(out, " | %s", came);
    return true;
}

const struct sheet sheet_help = {"sheet help", "Help for {}", help_fields, NITEMS(help_fields), SHEET_LIST, NULL, fill_help, make_help};

/* ---- contacts ---- */

static const struct form_field contact_fields[] = {
    {ROW_DAY, FORM_TEXT, "Day", "today, yesterday, Friday, 16 Nov"}, {ROW_CLOCK, FORM_TEXT, "Time", "10:20, or nothing"},
    {ROW_HOW, FORM_TEXT, "How", "phone, text, letter, visit \xe2\x80\xa6"}, {ROW_PERSON, FORM_TEXT, "Whom", "who was to be reached"},
    {ROW_BY, FORM_TEXT, "By", "who tried"}, {ROW_RESULT, FORM_TEXT, "Result", "spoke, no reply, left a message \xe2\x80\xa6"},
    {ROW_SAVE, FORM_BUTTON, "", "Put on record"},
};

static const struct contact *contact_of(const struct sheet_view *v)
{
    const struct record *r = v->session->record;
    for (size_t i = 0; i < r->ncontacts && !uuid_none(v->about.target); i++)
        if (uuid_same(r->contacts[i].id, v->about.target))
            return &r->contacts[i];
    return NULL;
}

/* The person who was named when the program was started; else who keeps the record. */
static const char *who_types(const struct session *session)
{
    return session->reader.typed_by != NULL ? session->reader.typed_by : session->record->kept_by;
}

static void fill_contact(struct sheet_view *v, struct now now)
{
    const struct contact *c = contact_of(v);
    if (c == NULL) {
        set_day(v, ROW_DAY, now.day);
        form_set(&v->form, ROW_CLOCK, civil_time_dup(v->arena, now.time));
        form_set(&v->form, ROW_PERSON, or_blank(v->about.name));
        form_set(&v->form, ROW_BY, or_blank(who_types(v->session)));
        return;
    }
    size_t day = strcspn(or_blank(c->at), "T");
    form_set(&v->form, ROW_DAY, arena_strndup(v->arena, or_blank(c->at), day));
    if (or_blank(c->at)[day] == 'T')
        form_set(&v->form, ROW_CLOCK, c->at + day + 1);
    form_set(&v->form, ROW_HOW, or_blank(c->how));
    form_set(&v->form, ROW_PERSON, or_blank(c->whom));
    form_set(&v->form, ROW_BY, or_blank(c->by));
    form_set(&v->form, ROW_RESULT, or_blank(c->result));
}

static bool make_contact(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true;
    const char *day = sheet_get(v, ROW_DAY, now, &good, why), *clock = sheet_get(v, ROW_CLOCK, now, &good, why);
    const char *how = sheet_get(v, ROW_HOW, now, &good, why), *whom = sheet_get(v, ROW_PERSON, now, &good, why);
    const char *by = sheet_get(v, ROW_BY, now, &good, why), *result = sheet_get(v, ROW_RESULT, now, &good, why);
    if (good && whom[0] == '\0')
        return sheet_missing(v, ROW_PERSON, "Say whom this was to reach", why);
    if (good && how[0] == '\0')
        return sheet_missing(v, ROW_HOW, "Say how: phone, text, letter, visit", why);
    if (good)
        buf_addf(out, "contact: %s%s%s | %s | %s | %s | %s", day, clock[0] == '\0' ? "" : " ", clock, how, whom, by, result);
    return good;
}

const struct sheet sheet_contact = {"sheet contact", "A contact, or an attempt at one", contact_fields, NITEMS(contact_fields), SHEET_LIST, NULL, fill_contact, make_contact};

/* ---- conflict of interest ---- */

static const struct form_field conflict_fields[] = {
    {ROW_PERSON, FORM_TEXT, "Who", "whose interest it is"},
    {ROW_TEXT, FORM_TEXT, "What it is", "and what was done: offered to leave; asked to stay for item 2"},
    {ROW_SAVE, FORM_BUTTON, "", "Put on record"},
};

static void fill_conflict(struct sheet_view *v, struct now now)
{
    const struct record *r = v->session->record;
    int next = 0;
    (void)now;
    form_set(&v->form, ROW_PERSON, or_blank(v->about.name));
    for (size_t i = 0, k = 0; i < r->nhead; i++) {
        if (strcmp(r->head[i].key, "conflict") != 0)
            continue;
        if (r->head[i].index == v->about.index && k < r->nconflicts) {
            form_set(&v->form, ROW_PERSON, r->conflicts[k].name);
            form_set(&v->form, ROW_TEXT, r->conflicts[k].text);
            form_focus_field(&v->form, ROW_TEXT);
        }
        next = r->head[i].index >= next ? r->head[i].index + 1 : next;
        k++;
    }
    if (v->about.index < 0)
        v->about.index = next;
}

static bool make_conflict(struct sheet_view *v, struct now now, struct buf *out, char why[160])
{
    bool good = true;
    const char *name = sheet_get(v, ROW_PERSON, now, &good, why), *text = sheet_get(v, ROW_TEXT, now, &good, why);
    if (good && name[0] == '\0')
        return sheet_missing(v, ROW_PERSON, "Say whose interest it is", why);
    if (good && text[0] == '\0')
        return sheet_missing(v, ROW_TEXT, "Say what the interest is, and what was done about it", why);
    buf_addf(out, "%s - %s", name, text);
    return good;
}

const struct sheet sheet_conflict = {"sheet conflict", "Conflict of interest", conflict_fields, NITEMS(conflict_fields), SHEET_HEAD, "conflict", fill_conflict, make_conflict};
