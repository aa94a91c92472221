/* How a half-typed line will be understood, said in the user's words. */
#include <string.h>

#include "core/notation_parts.h"
#include "core/text.h"

/* ---- words ---- */

static void put(struct buf *b, const char *s)
{
    if (b->n > 0)
        buf_adds(b, " · ");
    buf_adds(b, s);
}

static const char *short_name(const struct record *record, struct arena *arena, const char *name)
{
    const struct attendee *a = record_person(record, name);
    return text_show_dup(arena, a == NULL ? name : names_short(record, arena, a));
}

static void put_who(struct buf *b, const struct record *record, struct arena *arena, const char *label, const char *name)
{
    const char *who = name == NULL ? "—" : short_name(record, arena, name);
    put(b, label);
    buf_addf(b, " %s", who);
}

static void put_restriction(struct buf *b, const struct record *record, struct arena *arena, const struct texts *readers)
{
    if (readers->n == 0)
        return;
    if (readers->n == 1 && strcmp(readers->v[0], "*") == 0) {
        put(b, "confidential");
        return;
    }
    put(b, "only for ");
    for (size_t i = 0; i < readers->n; i++)
        buf_addf(b, "%s%s", i == 0 ? "" : ", ", short_name(record, arena, readers->v[i]));
}

static void put_date(struct buf *b, const char *label, int32_t day, int time)
{
    put(b, label);
    buf_addc(b, ' ');
    if (day == DAY_NONE)
        buf_adds(b, "—");
    else
        civil_put_long(b, day);
    if (time != TIME_NONE) {
        buf_addc(b, ' ');
        civil_put_time(b, time);
    }
}

/* ---- entries ---- */

static void say_action(struct buf *b, const struct record *record, struct arena *arena, const struct fact *f)
{
    put(b, f->strength != NULL ? "asked for, not agreed" : f->carried_number != NULL ? "action carried over" : "action");
    if (f->carried_number != NULL)
        buf_addf(b, " (%s)", f->carried_number);
    put_who(b, record, arena, "who", f->owner);
    if (f->due != DAY_NONE)
        put_date(b, "by", f->due, f->due_time);
    else
        put(b, "by — when?");
    if (f->with.n > 0)
        put_who(b, record, arena, "with", f->with.v[0]);
    put(b, f->done_when == NULL ? "done when —" : "done when ✓");
    if (f->otherwise != NULL)
        put(b, "else ✓");
}

static void say_child_view(struct buf *b, const struct record *record, struct arena *arena, const struct fact *f)
{
    put(b, "child's view");
    put_who(b, record, arena, "of", f->speaker);
    put(b, f->how == NULL ? "how given —" : "how given ✓");
    if (f->asked_by != NULL)
        put_who(b, record, arena, "asked by", f->asked_by);
    if (f->date != DAY_NONE)
        put_date(b, "on", f->date, TIME_NONE);
}

static void say_consent(struct buf *b, const struct record *record, struct arena *arena, const struct fact *f)
{
    static const char *const known[] = {"given", "not given", "withdrawn"};
    const char *state = "given or not?";
    put(b, "consent");
    put_who(b, record, arena, "of", f->speaker);
    put(b, f->recipient == NULL ? "to whom —" : "to whom ✓");
    for (size_t i = 0; i < NITEMS(known); i++)
        if (f->state != NULL && strcmp(f->state, known[i]) == 0)
            state = known[i];
    put(b, state);
    if (f->until != DAY_NONE)
        put_date(b, "until", f->until, TIME_NONE);
}

static void say_clock(struct buf *b, const struct record *record, struct arena *arena, const struct fact *f)
{
    if (strcmp(f->what, "chair") == 0)
        put_who(b, record, arena, "from here on the chair is", f->speaker);
    else if (strcmp(f->what, "break") == 0)
        put(b, "break");
    else if (strcmp(f->what, "resume") == 0)
        put(b, "the meeting goes on");
    else
        put(b, "end of the meeting");
}

static void say_with_owner(struct buf *b, const struct record *record, struct arena *arena, const struct fact *f, enum entry_kind kind)
{
    static const char *const what[ENTRY_COUNT][2] = {
        [ENTRY_SAID] = {"said by", NULL},       [ENTRY_PARENT_VIEW] = {"parent's view of", NULL}, [ENTRY_OPINION] = {"opinion of", "basis"},
        [ENTRY_REPORTED] = {"told by", "source"}, [ENTRY_STRENGTH] = {"going well, says", NULL},  [ENTRY_MINUTED] = {"to be minuted, words of", NULL},
        [ENTRY_ARRIVES] = {"arrives:", NULL},   [ENTRY_LEAVES] = {"leaves:", NULL},
    };
    if (kind == ENTRY_STRENGTH && f->speaker == NULL)
        put(b, "going well");
    else
        put_who(b, record, arena, what[kind][0], f->speaker);
    if (what[kind][1] != NULL) {
        put(b, what[kind][1]);
        buf_adds(b, (kind == ENTRY_OPINION ? f->basis : f->source) == NULL ? " —" : " ✓");
    }
    if (f->mode != NULL)
        buf_addf(b, " by %s", f->mode);
}

static void say_entry(struct buf *b, const struct record *record, struct arena *arena, const struct fact *f, enum entry_kind kind)
{
    switch (kind) {
    case ENTRY_NOTE:
        put(b, "note");
        break;
    case ENTRY_ACTION:
        say_action(b, record, arena, f);
        break;
    case ENTRY_DECISION:
        put(b, "decision");
        put(b, f->because == NULL ? "because —" : "because ✓");
        break;
    case ENTRY_DISAGREEMENT:
        put(b, "disagreement: each side's words come under it");
        break;
    case ENTRY_CHILD_VIEW:
        say_child_view(b, record, arena, f);
        break;
    case ENTRY_CONSENT:
        say_consent(b, record, arena, f);
        break;
    case ENTRY_CLOCK:
        say_clock(b, record, arena, f);
        break;
    case ENTRY_SAID:
    case ENTRY_PARENT_VIEW:
    case ENTRY_OPINION:
    case ENTRY_REPORTED:
    case ENTRY_STRENGTH:
    case ENTRY_MINUTED:
    case ENTRY_ARRIVES:
    case ENTRY_LEAVES:
        say_with_owner(b, record, arena, f, kind);
        break;
    case ENTRY_COUNT:
        break;
    }
    put_restriction(b, record, arena, &f->readers);
}

/* ---- everything else ---- */

static bool differ(const char *a, const char *b)
{
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) != 0;
}

/* The new words from a little before where they begin to be others. */
static void put_changed(struct buf *b, const char *old, const char *new)
{
    enum { BEFORE = 16, MOST = 44 };
    size_t n = strlen(new), at = 0, from = 0;
    while (at < n && old[at] == new[at])
        at++;
    while (at > 0 && ((unsigned char)new[at] & 0xC0) == 0x80) /* to the begin of the character */
        at--;
    while (from < at && (from == 0 || at - from > BEFORE))
        from = text_word_end(new, n, from) < at ? text_word_end(new, n, from) : at;
    if (at <= BEFORE)
        from = 0;
    while (text_blank(new[from]))
        from++;
    size_t fit = text_fit(new + from, n - from, MOST);
    buf_addf(b, " · now “%s%.*s%s”", from > 0 ? "…" : "", (int)fit, new + from, from + fit < n ? "…" : "");
}

/* How the entry will read. */
static void put_difference(struct buf *b, const struct record *record, struct arena *arena, const struct entry *e, const struct fact *f)
{
    const char *const details[][2] = {{e->done_when, f->done_when}, {e->because, f->because}, {e->basis, f->basis}, {e->source, f->source},
                                      {e->otherwise, f->otherwise}, {e->how, f->how},         {e->purpose, f->purpose}, {e->recipient, f->recipient}};
    if (differ(e->text, f->text)) {
        put_changed(b, e->text, f->text == NULL ? "" : f->text);
        return;
    }
    if (f->due != e->due || f->due_time != e->due_time)
        put_date(b, "now by", f->due, f->due_time);
    if (f->until != e->until)
        put_date(b, "now until", f->until, TIME_NONE);
    if (differ(e->owner, f->owner))
        put_who(b, record, arena, "now who", f->owner);
    for (size_t i = 0; i < NITEMS(details); i++)
        if (differ(details[i][0], details[i][1]))
            put_changed(b, details[i][0] == NULL ? "" : details[i][0], details[i][1] == NULL ? "" : details[i][1]);
}

static void say_correction(struct buf *b, const struct record *record, struct arena *arena, const struct fact *f)
{
    const struct entry *e = record_entry(record, f->target);
    put(b, "correction of ");
    if (e != NULL)
        entry_put_name(b, e);
    if (e != NULL && !restricted(&e->restriction))
        put_difference(b, record, arena, e, f);
}

static void say_mark(struct buf *b, const struct record *record, struct arena *arena, const struct fact *f)
{
    if (f->kind_of_fact == FACT_POSITION) {
        put_who(b, record, arena, "position of", f->name);
        put(b, f->position == NULL ? "in their words" : f->position);
        return;
    }
    if (f->kind_of_fact == FACT_STATE) {
        put(b, f->state);
        put(b, f->next == NULL ? "next —" : "next ✓");
        return;
    }
    if (f->kind_of_fact == FACT_ACTION) {
        put(b, f->change);
        if (f->due != DAY_NONE)
            put_date(b, "now", f->due, f->due_time);
        if (f->owner != NULL)
            put_who(b, record, arena, "now", f->owner);
        put_who(b, record, arena, "by", f->by);
        return;
    }
    bool read = strcmp(f->mark, "read") == 0 || strcmp(f->mark, "confirmed") == 0 || strcmp(f->mark, "corrected") == 0 ||
                strcmp(f->mark, "not confirmed") == 0;
    put(b, read ? "read back" : f->mark);
    if (read && strcmp(f->mark, "read") != 0)
        put(b, f->mark);
    if (f->by != NULL)
        put_who(b, record, arena, "by", f->by);
}

static void say_line(struct buf *b, const struct record *record, struct arena *arena, const struct fact *f)
{
    enum entry_kind kind = ENTRY_NOTE;
    switch (f->kind_of_fact) {
    case FACT_ENTRY:
        if (entry_kind_of_word(f->kind, &kind))
            say_entry(b, record, arena, f, kind);
        break;
    case FACT_ITEM:
        put(b, "agenda item");
        if (f->minutes >= 0)
            buf_addf(b, " · %d minutes", f->minutes);
        break;
    case FACT_REWORDED:
        say_correction(b, record, arena, f);
        break;
    case FACT_MARKED:
    case FACT_POSITION:
    case FACT_STATE:
    case FACT_ACTION:
        say_mark(b, record, arena, f);
        break;
    case FACT_ATTENDEE:
        put(b, "on the list of people");
        break;
    case FACT_HELP:
        put_who(b, record, arena, "help for", f->name);
        break;
    case FACT_CONTACT:
        put(b, "contact");
        break;
    case FACT_OUTCOME:
        put(b, "outcome");
        put_restriction(b, record, arena, &f->readers);
        break;
    case FACT_RECOMMENDATION:
        put(b, "recommendation");
        put_restriction(b, record, arena, &f->readers);
        break;
    case FACT_SIGNOFF:
        put_who(b, record, arena, "sign-off of", f->name);
        put_restriction(b, record, arena, &f->readers);
        break;
    case FACT_COPY:
        put_who(b, record, arena, "copy for", f->name);
        put_restriction(b, record, arena, &f->readers);
        break;
    case FACT_HEAD:
        put(b, "head of the record");
        break;
    case FACT_PLANNED:
    case FACT_OPENED:
    case FACT_FILED:
    case FACT_UNDONE:
    case FACT_PERSON:
    case FACT_COUNT:
        break;
    }
}

static void say_section(struct buf *b, enum notation_section section)
{
    switch (section) {
    case SECTION_PEOPLE:
        put(b, "list of people: one a line; an empty line ends it");
        break;
    case SECTION_SIGNOFF:
        put(b, "sign-off: one a line; an empty line ends it");
        break;
    case SECTION_COPIES:
        put(b, "copies: one a line; an empty line ends it");
        break;
    case SECTION_HEAD:
    case SECTION_BODY:
        break;
    }
}

void notation_preview(struct notation_reader *reader, const struct record *record, const char *line, size_t n, struct preview *out)
{
    struct notation_reader look = *reader; /* nothing of what is looked at may stay */
    struct facts facts = {0};
    struct buf b = {0};
    *out = (struct preview){.kind = ENTRY_NOTE};
    look.ids = scratch_ids();
    look.typed_by = NULL;
    notation_line(&look, record, line, n, &facts, &out->notices);
    out->is_indented = n > 0 && (line[0] == '\t' || (n > 1 && line[0] == ' ' && (line[1] == ' ' || line[1] == '\t')));
    if (facts.n > 0) {
        out->has_fact = true;
        out->fact = facts.v[0];
        out->is_entry = out->fact.kind_of_fact == FACT_ENTRY;
        out->is_item = out->fact.kind_of_fact == FACT_ITEM;
        out->is_correction = out->fact.kind_of_fact == FACT_REWORDED;
        if (out->is_entry)
            (void)entry_kind_of_word(out->fact.kind, &out->kind);
        if (!uuid_none(out->fact.replaces))
            put(&b, "goes on with the line above");
        say_line(&b, record, reader->arena, &out->fact);
    } else if (look.section != reader->section) {
        say_section(&b, look.section);
    }
    out->summary = arena_strndup(reader->arena, buf_str(&b), b.n);
    buf_free(&b);
}
