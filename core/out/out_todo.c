/* The action tracker as todo.txt: a line an action, as the published rules of the format say. "x" and the day for what is no longer to be done, the day of
 * the meeting, the words, @who, +child, and key:value for the rest. All of @, + and the keys below are ours: where the words of an action look like one of
 * them, their first or dividing character is written as %XX (and a % that would then be taken for such as %25). */
#include "core/out/actions.h"
#include "core/text.h"

#include <string.h>

static const char *const keys[] = {
    "due", "time", "from", "id", "number", "item", "entry", "with", "done-when", "otherwise", "carried", "status", "restricted", "reader", "overdue", "finished",
    "meeting", "meeting-type", "change", "dispute",
    "t", "rec", "pri", "h", "p", "sup", "uuid", /* that other programs act upon */
};

static bool hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool digits(const char *s, size_t n, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (i >= n || s[i] < '0' || s[i] > '9')
            return false;
    return true;
}

static bool date(const char *s, size_t n)
{
    return n >= 11 && digits(s, n, 4) && s[4] == '-' && digits(s + 5, n - 5, 2) && s[7] == '-' && digits(s + 8, n - 8, 2) && s[10] == ' ';
}

/* What only means something at the beginning of a line. */
static bool begins_otherwise(const char *s, size_t n)
{
    return (n >= 2 && s[0] == 'x' && s[1] == ' ') || (n >= 4 && s[0] == '(' && s[1] >= 'A' && s[1] <= 'Z' && s[2] == ')' && s[3] == ' ') || date(s, n);
}

/* Where the colon of a word with one of our keys stands; 0: it is none. */
static size_t key_of(const char *s, size_t n)
{
    for (size_t i = 0; i < NITEMS(keys); i++) {
        size_t k = strlen(keys[i]);
        if (n > k + 1 && text_same_word(s, k, keys[i]) && s[k] == ':')
            return k;
    }
    return 0;
}

static void put_words(struct buf *out, const char *s, size_t n, bool first)
{
    bool word = true;
    size_t escaped = first && begins_otherwise(s, n) ? 0 : n; /* a character that is written as %XX */
    for (size_t i = 0; i < n; i++) {
        size_t length = strcspn(s + i, " ");
        if (word && (s[i] == '@' || s[i] == '+') && length > 1)
            escaped = i;
        size_t k = word ? key_of(s + i, length) : 0;
        if (k > 0)
            escaped = i + k;
        word = s[i] == ' ';
        bool code = s[i] == '%' && n - i > 2 && hex(s[i + 1]) && hex(s[i + 2]);
        if (i == escaped || code)
            buf_addf(out, "%%%02X", (unsigned)(unsigned char)s[i]);
        else
            buf_addc(out, s[i]);
    }
}

static void key(struct buf *out, const char *name, const char *value)
{
    if (value == NULL || value[0] == '\0')
        return;
    buf_addf(out, " %s:", name);
    action_word(out, value);
}

static void key_day(struct buf *out, const char *name, int32_t day)
{
    if (day == DAY_NONE)
        return;
    buf_addf(out, " %s:", name);
    civil_put_day(out, day);
}

static void key_number(struct buf *out, const char *name, int n)
{
    if (n >= 0)
        buf_addf(out, " %s:%d", name, n);
}

static void key_texts(struct buf *out, const char *name, const struct texts *texts)
{
    for (size_t i = 0; i < texts->n; i++)
        key(out, name, texts->v[i]);
}

static void part(struct buf *out, const char *s)
{
    buf_addc(out, ',');
    if (s != NULL)
        action_word(out, s);
}

/* change:DATE,WHAT,FROM,TO,WHO,WORDS and dispute:WHO,WORDS */
static void put_story(struct buf *out, const struct action_row *row)
{
    for (size_t i = 0; i < row->nhistory; i++) {
        const struct action_change *c = &row->history[i];
        buf_adds(out, " change:");
        if (c->date != DAY_NONE)
            civil_put_day(out, c->date);
        part(out, c->change);
        part(out, c->from);
        part(out, c->to);
        part(out, c->by);
        part(out, c->text);
    }
    for (size_t i = 0; i < row->ndisputes; i++) {
        buf_adds(out, " dispute:");
        if (row->disputes[i].by != NULL)
            action_word(out, row->disputes[i].by);
        part(out, row->disputes[i].text);
    }
}

static void put_keys(struct out_actions *o, const struct action_row *row)
{
    char id[UUID_TEXT], meeting[UUID_TEXT];
    struct buf *out = o->out;
    uuid_text(row->id, id);
    uuid_text(row->meeting, meeting);
    key_day(out, "due", row->due);
    key(out, "time", civil_time_dup(o->arena, row->due_time));
    key_day(out, "from", row->from_day);
    key(out, "id", id);
    key(out, "number", row->number);
    key_number(out, "item", row->item);
    key_number(out, "entry", row->entry);
    key_texts(out, "with", &row->with);
    key(out, "done-when", row->done_when);
    key(out, "otherwise", row->otherwise);
    key_day(out, "carried", row->carried);
    key(out, "status", row->status);
    key(out, "restricted", row->restriction.confidential ? "confidential" : NULL);
    key_texts(out, "reader", &row->restriction.readers);
    key(out, "overdue", row->overdue ? "yes" : NULL);
    key_day(out, "finished", row->finished);
    key(out, "meeting", meeting);
    key(out, "meeting-type", row->meeting_type);
    put_story(out, row);
}

static void sigil(struct buf *out, char sign, const char *name)
{
    if (name == NULL || name[0] == '\0')
        return;
    buf_addf(out, " %c", sign);
    action_word(out, name);
}

void todo_row(struct out_actions *o, const struct action_row *row)
{
    struct buf *out = o->out;
    bool closed = row->status != NULL && (strcmp(row->status, "done") == 0 || strcmp(row->status, "withdrawn") == 0);
    int32_t ended = action_ended(row);
    bool dated = row->meeting_date != DAY_NONE;
    if (closed) {
        buf_adds(out, "x ");
        civil_put_day(out, ended != DAY_NONE ? ended : o->now.day);
        buf_addc(out, ' ');
    }
    if (dated) {
        civil_put_day(out, row->meeting_date);
        buf_addc(out, ' ');
    }
    const char *text = text_show_dup(o->arena, row->text == NULL ? "" : row->text);
    put_words(out, text, strlen(text), !dated);
    sigil(out, '@', row->owner);
    sigil(out, '+', row->child);
    put_keys(o, row);
    buf_addc(out, '\n');
}
