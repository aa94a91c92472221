#include "core/out/json.h"

#include "core/text.h"

#include <string.h>

/* What must not reach a terminal as it is: as in text_show(), but in JSON's own spelling. */
static bool escaped(int32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xfeff || (c >= 0xe000 && c <= 0xf8ff) || c >= 0xe0000;
}

static void put_escaped(struct buf *out, int32_t c)
{
    static const char names[] = "\b\t\n\f\r", letters[] = "btnfr";
    const char *named = c > 0 && c < 0x20 ? strchr(names, (int)c) : NULL;
    if (c < 0)
        buf_adds(out, "\\ufffd");
    else if (named != NULL)
        buf_addf(out, "\\%c", letters[named - names]);
    else if (c < 0x10000)
        buf_addf(out, "\\u%04x", (unsigned)c);
    else
        buf_addf(out, "\\u%04x\\u%04x", 0xd800u + (unsigned)((c - 0x10000) >> 10), 0xdc00u + (unsigned)((c - 0x10000) & 0x3ff));
}

void json_put_string(struct buf *out, const char *s)
{
    if (s == NULL) {
        buf_adds(out, "null");
        return;
    }
    size_t n = strlen(s), from = 0;
    buf_addc(out, '"');
    for (size_t at = 0; at < n;) {
        size_t start = at;
        int32_t c = text_code(s, n, &at);
        bool quoted = c == '"' || c == '\\';
        if (!quoted && !escaped(c))
            continue;
        buf_add(out, s + from, start - from);
        from = at;
        if (quoted)
            buf_addf(out, "\\%c", (char)c);
        else
            put_escaped(out, c);
    }
    buf_add(out, s + from, n - from);
    buf_addc(out, '"');
}

static void indent(struct json *j)
{
    buf_addc(j->out, '\n');
    for (size_t i = 0; i < j->depth; i++)
        buf_adds(j->out, "  ");
}

/* What stands before a member: comma, line, key. */
static void member(struct json *j, const char *key)
{
    if (j->depth > 0) {
        bool first = !j->level[j->depth - 1].used;
        j->level[j->depth - 1].used = true;
        if (!first)
            buf_addc(j->out, ',');
        if (j->level[j->depth - 1].lines)
            indent(j);
        else if (!first)
            buf_addc(j->out, ' ');
    }
    if (key != NULL) {
        json_put_string(j->out, key);
        buf_adds(j->out, ": ");
    }
}

static void begin(struct json *j, const char *key, char open, char close, bool lines)
{
    member(j, key);
    if (j->depth == JSON_DEPTH)
        BUG("JSON too deep");
    buf_addc(j->out, open);
    j->level[j->depth].close = close;
    j->level[j->depth].lines = lines;
    j->level[j->depth].used = false;
    j->depth++;
}

void json_put_object(struct json *j, const char *key, bool lines)
{
    begin(j, key, '{', '}', lines);
}

void json_put_array(struct json *j, const char *key, bool lines)
{
    begin(j, key, '[', ']', lines);
}

void json_put_end(struct json *j)
{
    j->depth--;
    if (j->level[j->depth].lines && j->level[j->depth].used)
        indent(j);
    buf_addc(j->out, j->level[j->depth].close);
}

void json_put_str(struct json *j, const char *key, const char *s)
{
    member(j, key);
    json_put_string(j->out, s);
}

void json_put_int(struct json *j, const char *key, int value)
{
    member(j, key);
    buf_addf(j->out, "%d", value);
}

void json_put_int_or_null(struct json *j, const char *key, int value, int none)
{
    if (value == none)
        json_put_null(j, key);
    else
        json_put_int(j, key, value);
}

void json_put_bool(struct json *j, const char *key, bool value)
{
    member(j, key);
    buf_adds(j->out, value ? "true" : "false");
}

void json_put_null(struct json *j, const char *key)
{
    member(j, key);
    buf_adds(j->out, "null");
}

void json_put_day(struct json *j, const char *key, int32_t day)
{
    member(j, key);
    if (day == DAY_NONE) {
        buf_adds(j->out, "null");
        return;
    }
    buf_addc(j->out, '"');
    civil_put_day(j->out, day);
    buf_addc(j->out, '"');
}

void json_put_time(struct json *j, const char *key, int time)
{
    member(j, key);
    if (time == TIME_NONE) {
        buf_adds(j->out, "null");
        return;
    }
    buf_addc(j->out, '"');
    civil_put_time(j->out, time);
    buf_addc(j->out, '"');
}

void json_put_uuid(struct json *j, const char *key, struct uuid id)
{
    char text[UUID_TEXT];
    uuid_text(id, text);
    json_put_str(j, key, text);
}

void json_put_texts(struct json *j, const char *key, const struct texts *texts)
{
    json_put_array(j, key, false);
    for (size_t i = 0; i < texts->n; i++)
        json_put_str(j, NULL, texts->v[i]);
    json_put_end(j);
}

void json_put_restriction(struct json *j, const char *key, const struct restriction *r)
{
    if (r->confidential)
        json_put_str(j, key, "confidential");
    else if (r->readers.n > 0)
        json_put_texts(j, key, &r->readers);
    else
        json_put_null(j, key);
}

void json_put_change(struct json *j, const struct action_change *c)
{
    json_put_object(j, NULL, false);
    json_put_day(j, "date", c->date);
    json_put_str(j, "change", c->change);
    json_put_str(j, "from", c->from);
    json_put_str(j, "to", c->to);
    json_put_str(j, "by", c->by);
    json_put_str(j, "text", c->text);
    json_put_end(j);
}

void json_put_dispute(struct json *j, const struct action_dispute *d)
{
    json_put_object(j, NULL, false);
    json_put_str(j, "by", d->by);
    json_put_str(j, "text", d->text);
    json_put_end(j);
}

void json_put_history(struct json *j, const char *key, const struct action_change *v, size_t n)
{
    json_put_array(j, key, false);
    for (size_t i = 0; i < n; i++)
        json_put_change(j, &v[i]);
    json_put_end(j);
}

void json_put_disputes(struct json *j, const char *key, const struct action_dispute *v, size_t n)
{
    json_put_array(j, key, false);
    for (size_t i = 0; i < n; i++)
        json_put_dispute(j, &v[i]);
    json_put_end(j);
}
