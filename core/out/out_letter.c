/* A letter that reminds somebody of what they took on: plain words, no blame, how to answer. */
#include "core/out/out.h"
#include "core/text.h"

#include <string.h>

enum { COLUMNS = 72, LABEL = 15 };

/* A letter is a copy for one reader (core/audience.h): what is confidential is in none, what is limited only in that of a named reader. */
bool letter_may(const struct action_row *row)
{
    if (!restricted(&row->restriction))
        return true;
    for (size_t i = 0; i < row->restriction.readers.n && !row->restriction.confidential && row->owner != NULL; i++)
        if (strcmp(row->restriction.readers.v[i], row->owner) == 0)
            return true;
    return false;
}

static void para(struct buf *out, const char *text)
{
    text_wrap(out, text, COLUMNS, 0, 0);
    buf_adds(out, "\n\n");
}

static void field(struct buf *out, const char *label, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return;
    buf_addf(out, "    %-*s", LABEL - 4, label);
    text_wrap(out, text, COLUMNS, LABEL, LABEL);
    buf_addc(out, '\n');
}

/* "today", "tomorrow", "in 4 days", "3 days ago". */
static const char *away(struct arena *arena, int32_t days)
{
    if (days == 0)
        return "today";
    if (days == 1 || days == -1)
        return days == 1 ? "tomorrow" : "yesterday";
    return days > 0 ? arena_printf(arena, "in %d days", (int)days) : arena_printf(arena, "%d days ago", (int)-days);
}

static const char *due_words(struct arena *arena, const struct action_row *row, int32_t today)
{
    const char *day = civil_long_dup(arena, row->due);
    const char *time = row->due_time == TIME_NONE ? "" : arena_printf(arena, " at %s", civil_time_dup(arena, row->due_time));
    return arena_printf(arena, "%s%s (%s)", day, time, away(arena, row->due - today));
}

/* "Team around the child meeting" within a sentence; "SEN support review" keeps its capitals. */
static const char *meeting_words(struct arena *arena, const struct letter *letter, const char *name)
{
    const struct meeting_type *type = name == NULL || letter->types == NULL ? NULL : types_find(letter->types, name, strlen(name));
    if (type == NULL)
        return "meeting";
    char *title = arena_strdup(arena, type->title);
    if (title[0] >= 'A' && title[0] <= 'Z' && title[1] >= 'a' && title[1] <= 'z')
        title[0] = (char)(title[0] - 'A' + 'a');
    return title;
}

static const char *agreed_words(struct arena *arena, const struct letter *letter, const struct action_row *row)
{
    const char *meeting = meeting_words(arena, letter, row->meeting_type);
    const char *day = row->meeting_date == DAY_NONE ? "" : arena_printf(arena, " of %s", civil_long_dup(arena, row->meeting_date));
    const char *number = row->number == NULL ? "" : row->number;
    if (row->carried == DAY_NONE)
        return arena_printf(arena, "%s%s, action %s", meeting, day, number);
    return arena_printf(arena, "%s%s, carried over from %s, action %s", meeting, day, civil_long_dup(arena, row->carried), number);
}

static const char *joined(struct arena *arena, const struct texts *texts)
{
    const char *text = NULL;
    for (size_t i = 0; i < texts->n; i++)
        text = text == NULL ? texts->v[i] : arena_printf(arena, "%s, %s", text, texts->v[i]);
    return text;
}

/* ---- what became of it since, without anybody's words: notes and reasons were not written to be sent ---- */

static const struct action_change *last_change(const struct action_row *row, const char *what)
{
    for (size_t i = row->nhistory; i > 0; i--)
        if (row->history[i - 1].change != NULL && strcmp(row->history[i - 1].change, what) == 0)
            return &row->history[i - 1];
    return NULL;
}

/* " on Wed 2 Dec 2026 by Ravi Thandi" */
static const char *when_by(struct arena *arena, const struct action_change *c)
{
    const char *day = c->date == DAY_NONE ? "" : arena_printf(arena, " on %s", civil_long_dup(arena, c->date));
    return c->by == NULL ? day : arena_printf(arena, "%s by %s", day, c->by);
}

static const char *passed_words(struct arena *arena, const struct action_row *row)
{
    const struct action_change *c = last_change(row, "owner");
    if (c == NULL || c->to == NULL || row->owner == NULL || strcmp(c->to, row->owner) != 0)
        return NULL;
    return arena_printf(arena, "to you%s%s%s", c->from == NULL ? "" : " from ", c->from == NULL ? "" : c->from, when_by(arena, c));
}

/* Where the date came from, when it is not the one that was agreed. */
static const char *moved_words(struct arena *arena, const struct action_row *row)
{
    const struct action_change *first = NULL, *last = NULL;
    const char *now = civil_day_dup(arena, row->due);
    size_t times = 0;
    for (size_t i = 0; i < row->nhistory; i++)
        if (row->history[i].change != NULL && strcmp(row->history[i].change, "due") == 0) {
            last = &row->history[i];
            first = first == NULL ? last : first;
            times++;
        }
    if (first == NULL || last->to == NULL || now == NULL || strncmp(last->to, now, strlen(now)) != 0)
        return NULL;
    int32_t day;
    const char *from = first->from == NULL ? "no date" : first->from;
    if (first->from != NULL && civil_read_day(from, strcspn(from, " "), &day))
        from = arena_printf(arena, "%s%s", civil_long_dup(arena, day), from + strcspn(from, " "));
    if (times == 1)
        return arena_printf(arena, "from %s%s", from, when_by(arena, last));
    return arena_printf(arena, "%zu times, at first from %s; last%s", times, from, when_by(arena, last));
}

static const char *marked_words(struct arena *arena, const struct action_row *row)
{
    const struct action_change *c = row->status == NULL ? NULL : last_change(row, row->status);
    return c == NULL ? NULL : arena_printf(arena, "%s%s", c->change, when_by(arena, c));
}

static void put_action(struct buf *out, struct arena *arena, const struct letter *letter, const struct action_row *row, size_t n)
{
    const char *number = arena_printf(arena, "%zu. ", n);
    size_t used = strlen(number);
    buf_adds(out, number);
    for (; used < 4; used++)
        buf_addc(out, ' ');
    text_wrap(out, row->text == NULL ? "" : row->text, COLUMNS, 4, used);
    buf_addc(out, '\n');
    field(out, "For:", row->child);
    if (row->due != DAY_NONE)
        field(out, "Due:", due_words(arena, row, letter->now.day));
    field(out, "Moved:", moved_words(arena, row));
    field(out, "Done when:", row->done_when);
    field(out, "With:", joined(arena, &row->with));
    field(out, "Agreed:", agreed_words(arena, letter, row));
    field(out, "Passed on:", passed_words(arena, row));
    field(out, "Marked:", marked_words(arena, row));
    buf_addc(out, '\n');
}

/* ---- the whole letter ---- */

static size_t count_past(const struct letter *letter)
{
    size_t past = 0;
    for (size_t i = 0; i < letter->n; i++)
        past += letter->rows[i].overdue;
    return past;
}

/* "21 Dec 2026" */
static const char *short_day(struct arena *arena, int32_t day)
{
    const char *s = civil_long_dup(arena, day);
    return s + strcspn(s, " ") + (s[strcspn(s, " ")] == ' ');
}

/* "its date", "their date or time": of a day that is not over, the time may be. */
static const char *past_words(struct arena *arena, const struct letter *letter, size_t past)
{
    bool today = false;
    for (size_t i = 0; i < letter->n; i++)
        today = today || (letter->rows[i].overdue && letter->rows[i].due == letter->now.day);
    return arena_printf(arena, "past %s date%s", past == 1 ? "its" : "their", today ? " or time" : "");
}

const char *letter_subject(struct arena *arena, const struct letter *letter)
{
    size_t past = count_past(letter), rest = letter->n - past;
    if (letter->n == 1)
        return arena_printf(arena, "An action of yours is %s%s", past == 1 ? past_words(arena, letter, 1) : "due by ",
                            past == 1 ? "" : short_day(arena, letter->rows[0].due));
    const char *late = arena_printf(arena, "Actions of yours: %zu %s", past, past_words(arena, letter, past));
    const char *soon = arena_printf(arena, "%zu due by %s", rest, short_day(arena, letter->until));
    if (past == 0)
        return arena_printf(arena, "Actions of yours: %s", soon);
    return rest == 0 ? late : arena_printf(arena, "%s, %s", late, soon);
}

static const char *heading(struct arena *arena, const struct letter *letter, bool past, size_t n)
{
    int32_t days = letter->until - letter->now.day;
    if (past)
        return arena_printf(arena, "P%s:", past_words(arena, letter, n) + 1);
    if (days <= 1)
        return days <= 0 ? "Due today:" : "Due today or tomorrow:";
    return arena_printf(arena, "Due in the next %d days (until %s):", (int)days, civil_long_dup(arena, letter->until));
}

/* Those that are past, or the others; `from` were numbered before them. */
static void put_part(struct buf *out, struct arena *arena, const struct letter *letter, bool past, size_t from)
{
    size_t n = past ? count_past(letter) : letter->n - count_past(letter);
    if (n == 0)
        return;
    para(out, heading(arena, letter, past, n));
    for (size_t i = 0; i < letter->n; i++)
        if (letter->rows[i].overdue == past)
            put_action(out, arena, letter, &letter->rows[i], ++from);
}

static void put_end(struct buf *out, bool one)
{
    para(out, one ? "If it is done already, thank you: please say when, so that it can be marked as done."
                  : "If some are done already, thank you: please say when, so that they can be marked as done.");
    para(out, "How to answer: tell the person who keeps the record of the meeting, or bring it to the next meeting. If something is in the way, say what; "
              "a date can be changed and help can be found when there is a reason. If you see an action differently from what is written here, say that too: "
              "your words are put on record.");
    buf_adds(out, "Thank you.\n");
}

void out_letter(struct buf *out, const struct letter *letter)
{
    struct arena *arena = arena_new();
    struct buf words = {0};
    buf_addf(&words, "To: %s\nAbout: %s\nDate: %s\n\n", letter->owner, letter_subject(arena, letter), civil_long_dup(arena, letter->now.day));
    para(&words, arena_printf(arena, "Dear %s,", letter->owner));
    para(&words, letter->n == 1 ? "This action stands as yours in the minutes." : "These actions stand as yours in the minutes.");
    put_part(&words, arena, letter, true, 0);
    put_part(&words, arena, letter, false, count_past(letter));
    put_end(&words, letter->n == 1);
    for (const char *s = buf_str(&words); *s != '\0'; s += strcspn(s, "\n") + 1) { /* line by line: the ends of lines are ours */
        text_show(out, arena_strndup(arena, s, strcspn(s, "\n")));
        buf_addc(out, '\n');
    }
    buf_free(&words);
    arena_free(arena);
}
