/* Payloads: our own writer, so that the bytes are ours to promise, and jansson's strict reader. */
#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "core/fact.h"
#include "core/fact_field.h"
#include "core/memory.h"
#include "core/text.h"

static void put_string(struct buf *out, const char *s)
{
    buf_addc(out, '"');
    for (const char *run = s;;) {
        const char *p = run;
        while ((unsigned char)*p >= 0x20 && *p != '"' && *p != '\\')
            p++;
        buf_add(out, run, (size_t)(p - run));
        if (*p == '\0')
            break;
        if ((unsigned char)*p < 0x20)
            buf_addf(out, "\\u%04x", (unsigned)(unsigned char)*p);
        else
            buf_addf(out, "\\%c", *p);
        run = p + 1;
    }
    buf_addc(out, '"');
}

static void put_member(struct buf *out, const struct fact *fact, const struct fact_field *field)
{
    const void *member = fact_member(fact, field);
    switch (field->type) {
    case FIELD_STR:
        put_string(out, *(const char *const *)member);
        break;
    case FIELD_INT:
        buf_addf(out, "%d", *(const int *)member);
        break;
    case FIELD_TIME:
        buf_addc(out, '"');
        civil_put_time(out, *(const int *)member);
        buf_addc(out, '"');
        break;
    case FIELD_DAY:
        buf_addc(out, '"');
        civil_put_day(out, *(const int32_t *)member);
        buf_addc(out, '"');
        break;
    case FIELD_ID: {
        char text[UUID_TEXT];
        uuid_text(*(const struct uuid *)member, text);
        put_string(out, text);
        break;
    }
    case FIELD_LIST: {
        const struct texts *list = member;
        for (size_t i = 0; i < list->n; i++) {
            buf_addc(out, i == 0 ? '[' : ',');
            put_string(out, list->v[i]);
        }
        buf_addc(out, ']');
        break;
    }
    }
}

void fact_encode(struct buf *out, const struct fact *fact)
{
    /* Few fields are present, so only those are sorted. */
    const struct fact_field *present[FIELD_COUNT];
    size_t n = 0;
    for (size_t i = 0; i < nfact_fields; i++) {
        if (fact_absent(fact, &fact_fields[i]))
            continue;
        size_t at = n++;
        for (; at > 0 && strcmp(present[at - 1]->name, fact_fields[i].name) > 0; at--)
            present[at] = present[at - 1];
        present[at] = &fact_fields[i];
    }
    buf_addc(out, '{');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_addc(out, ',');
        put_string(out, present[i]->name);
        buf_addc(out, ':');
        put_member(out, fact, present[i]);
    }
    buf_addc(out, '}');
}

/* ---- reading ---- */

static const struct fact_field *find_field(const char *name)
{
    for (size_t i = 0; i < nfact_fields; i++) {
        if (strcmp(fact_fields[i].name, name) == 0)
            return &fact_fields[i];
    }
    return NULL;
}

static const char *read_string(struct arena *arena, const json_t *value)
{
    if (!json_is_string(value))
        return NULL;
    const char *s = json_string_value(value);
    size_t n = json_string_length(value);
    return text_is_clean(s, n) ? arena_strndup(arena, s, n) : NULL;
}

static bool read_list(struct arena *arena, const json_t *value, struct texts *list)
{
    if (!json_is_array(value) || json_array_size(value) == 0)
        return false;
    list->n = json_array_size(value);
    list->v = arena_alloc(arena, list->n, sizeof *list->v);
    for (size_t i = 0; i < list->n; i++) {
        list->v[i] = read_string(arena, json_array_get(value, i));
        if (list->v[i] == NULL)
            return false;
    }
    return true;
}

static bool read_int(const json_t *value, int *out)
{
    if (!json_is_integer(value))
        return false;
    json_int_t i = json_integer_value(value);
    if (i < 0 || i > INT_MAX)
        return false;
    *out = (int)i;
    return true;
}

static bool read_member(struct arena *arena, const json_t *value, const struct fact_field *field, struct fact *fact)
{
    void *member = fact_member_of(fact, field);
    const char *s = json_string_value(value); /* NULL when it is none */
    size_t n = json_string_length(value);
    switch (field->type) {
    case FIELD_STR:
        return (*(const char **)member = read_string(arena, value)) != NULL;
    case FIELD_INT:
        return read_int(value, member);
    case FIELD_TIME:
        return s != NULL && n == 5 && civil_read_time(s, n, member);
    case FIELD_DAY:
        return s != NULL && n == 10 && civil_read_day(s, n, member);
    case FIELD_ID:
        return s != NULL && uuid_read(s, n, member) && !uuid_none(*(struct uuid *)member);
    case FIELD_LIST:
        return read_list(arena, value, member);
    }
    return false;
}

static enum evh read_object(struct arena *arena, json_t *object, struct fact *fact, struct err *err)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        const struct fact_field *field = find_field(key);
        /* The key is not repeated in the message: it may be anything. */
        if (field == NULL || !fact_allows(fact->kind_of_fact, key))
            return err_set(err, EVH_INVALID, "%s: a payload with an unknown key", fact_word(fact->kind_of_fact));
        if (!read_member(arena, value, field, fact))
            return err_set(err, EVH_INVALID, "%s: a payload with a wrong %s", fact_word(fact->kind_of_fact), field->name);
    }
    for (size_t i = 0; i < nfact_fields; i++) {
        const struct fact_field *field = &fact_fields[i];
        if (fact_requires(fact->kind_of_fact, field->name) && fact_absent(fact, field))
            return err_set(err, EVH_INVALID, "%s: a payload without %s", fact_word(fact->kind_of_fact), field->name);
    }
    return EVH_OK;
}

/* Without it a payload that jansson had no memory for would be called damaged. */
static void *take_memory(size_t n)
{
    return memory_take(n, 1);
}

enum evh fact_decode(struct arena *arena, enum fact_kind kind, struct uuid id, const char *json, size_t n, struct fact *out,
                     struct err *err)
{
    if ((unsigned)kind >= FACT_COUNT)
        return err_set(err, EVH_INVALID, "a fact of an unknown kind");
    if (n > FACT_PAYLOAD_MAX)
        return err_set(err, EVH_INVALID, "%s: a payload that is too long", fact_word(kind));
    json_error_t at;
    json_set_alloc_funcs(take_memory, free);
    json_t *root = json_loadb(json, n, JSON_REJECT_DUPLICATES, &at);
    if (!json_is_object(root)) {
        json_decref(root);
        return err_set(err, EVH_INVALID, "%s: a payload that is no JSON object", fact_word(kind));
    }
    *out = fact_new(kind, id);
    enum evh e = read_object(arena, root, out, err);
    json_decref(root);
    return e;
}
