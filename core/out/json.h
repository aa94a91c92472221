/* A writer of JSON text: commas, keys and lines. Private to core/out/. */
#ifndef CORE_OUT_JSON_H
#define CORE_OUT_JSON_H

#include "core/out/out.h"

enum { JSON_DEPTH = 12 };

/* One object or array a level; `lines` puts each member on a line of its own. */
struct json {
    struct buf *out;
    size_t depth;
    struct {
        char close;
        bool lines, used;
    } level[JSON_DEPTH];
};

/* `key` is NULL inside arrays and at the top. */
void json_put_object(struct json *j, const char *key, bool lines);
void json_put_array(struct json *j, const char *key, bool lines);
void json_put_end(struct json *j);

void json_put_str(struct json *j, const char *key, const char *s); /* NULL: null */
void json_put_int(struct json *j, const char *key, int value);
void json_put_int_or_null(struct json *j, const char *key, int value, int none);
void json_put_bool(struct json *j, const char *key, bool value);
void json_put_null(struct json *j, const char *key);
void json_put_day(struct json *j, const char *key, int32_t day);
void json_put_time(struct json *j, const char *key, int time);
void json_put_uuid(struct json *j, const char *key, struct uuid id);
void json_put_texts(struct json *j, const char *key, const struct texts *texts);
void json_put_restriction(struct json *j, const char *key, const struct restriction *r);

/* What the record and the tracker both write of an action. */
void json_put_change(struct json *j, const struct action_change *c);
void json_put_dispute(struct json *j, const struct action_dispute *d);
void json_put_history(struct json *j, const char *key, const struct action_change *v, size_t n);
void json_put_disputes(struct json *j, const char *key, const struct action_dispute *v, size_t n);

#endif
