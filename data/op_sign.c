/* One person's sign-off, and which child's file a meeting belongs to. */
#include <string.h>

#include "core/names.h"
#include "core/text.h"
#include "data/change.h"

static const struct {
    const char *state;
    bool comment_needed;
} states[] = {
    {"signed with reservations", true}, {"signed", false}, {"accuracy only", false}, {"declined", true}, {"shown", false},
    {"not present", false}, {"sent", false}, {"no reply", false}, {"not asked", false},
};

static const char *cleaned(struct arena *arena, const char *s)
{
    const char *clean = text_clean_dup(arena, s == NULL ? "" : s, s == NULL ? 0 : strlen(s));
    size_t n = strlen(clean);
    text_trim(&clean, &n);
    return arena_strndup(arena, clean, n);
}

/* "signed (items 4-7)": the state of the list, and its scope. */
static enum evh read_state(struct arena *arena, const char *words, size_t *which, const char **scope, struct err *err)
{
    size_t n = strlen(words);
    const char *open = strchr(words, '(');
    *scope = NULL;
    if (open != NULL && n > 0 && words[n - 1] == ')') {
        const char *inside = open + 1;
        size_t length = n - (size_t)(inside - words) - 1;
        text_trim(&inside, &length);
        *scope = length == 0 ? NULL : arena_strndup(arena, inside, length);
        n = (size_t)(open - words);
        text_trim(&words, &n);
    }
    char *plain = arena_strndup(arena, words, n);
    for (size_t i = 0; i < n; i++)
        plain[i] = (char)(plain[i] == '-' || plain[i] == '_' ? ' ' : plain[i]);
    for (size_t i = 0; i < NITEMS(states); i++) {
        if (text_same_word(plain, n, states[i].state)) {
            *which = i;
            return EVH_OK;
        }
    }
    struct buf shown = {0};
    text_show(&shown, words);
    enum evh r = err_set(err, EVH_INVALID, "“%.60s” is no sign-off; it may be signed, signed with reservations, accuracy only, declined, shown, "
                         "not present, sent, no reply or not asked", buf_str(&shown));
    buf_free(&shown);
    return r;
}

static enum evh find_person(struct change *c, const char *words, const char **name, struct err *err)
{
    const struct attendee *person = NULL;
    struct buf shown = {0};
    enum evh r = EVH_OK;
    text_show(&shown, words);
    switch (names_find(c->record, words, strlen(words), &person)) {
    case NAMES_ONE:
        *name = person->name;
        break;
    case NAMES_MANY:
        r = err_set(err, EVH_INVALID, "several people of this meeting could be “%.60s”; give more of the name", buf_str(&shown));
        break;
    case NAMES_NONE:
        r = err_set(err, EVH_INVALID, "“%.60s” is nobody on this meeting's list of people", buf_str(&shown));
        break;
    }
    buf_free(&shown);
    return r;
}

static enum evh sign_in(struct change *c, const char *name, const char *state, const char *comment, int32_t on, struct err *err)
{
    struct idgen ids = store_ids(c->store);
    struct fact f = fact_new(FACT_SIGNOFF, ids.next(ids.data));
    struct facts facts = {0};
    size_t which = 0;
    const char *words = cleaned(c->arena, comment);
    enum evh r = read_state(c->arena, cleaned(c->arena, state), &which, &f.scope, err);
    if (r == EVH_OK)
        r = find_person(c, cleaned(c->arena, name), &f.name, err);
    if (r == EVH_OK && states[which].comment_needed && words[0] == '\0')
        r = err_set(err, EVH_INVALID, "“%s” needs a comment, in their own words", states[which].state);
    if (r == EVH_OK && strcmp(record_status(c->record), "planned") == 0)
        r = err_set(err, EVH_STATE, "nothing has been recorded in this meeting yet, so there is nothing to sign");
    if (r != EVH_OK)
        return r;
    f.state = states[which].state;
    f.date = on == DAY_NONE ? c->store->world.now(c->store->world.data).day : on;
    f.text = words[0] == '\0' ? NULL : words;
    facts_add(c->arena, &facts, f);
    return change_write(c, &facts, NULL, err);
}

enum evh op_sign(struct store *store, struct uuid meeting, const char *name, const char *state, const char *comment, int32_t on, struct err *err)
{
    struct change c = {0};
    enum evh r = db_begin(store, err);
    if (r != EVH_OK)
        return r;
    r = change_load(&c, store, meeting, err);
    if (r == EVH_OK)
        r = sign_in(&c, name, state, comment, on, err);
    change_free(&c);
    return db_finish(store, r, err);
}

/* ---- children's files ---- */

static enum evh file_child(struct store *store, struct uuid meeting, int child, struct uuid file, const char *reason, struct err *err)
{
    struct change c = {0};
    struct facts facts = {0};
    enum evh r = db_begin(store, err);
    if (r != EVH_OK)
        return r;
    r = change_load(&c, store, meeting, err);
    if (r == EVH_OK && (child < 0 || (size_t)child >= c.record->nchildren))
        r = err_set(err, EVH_NOTFOUND, "that meeting has no such child");
    if (r == EVH_OK && uuid_same(c.record->children[child].file, file))
        r = err_set(err, EVH_STATE, "the meeting is in that child's file already");
    if (r == EVH_OK) {
        struct idgen ids = store_ids(store);
        struct fact f = fact_new(FACT_FILED, ids.next(ids.data));
        const char *words = cleaned(c.arena, reason);
        f.index = child;
        f.file = uuid_none(file) ? ids.next(ids.data) : file;
        f.reason = words[0] == '\0' ? NULL : words;
        facts_add(c.arena, &facts, f);
        r = change_write(&c, &facts, NULL, err);
    }
    change_free(&c);
    return db_finish(store, r, err);
}

enum evh op_file_join(struct store *store, struct uuid meeting, int child, struct uuid file, const char *reason, struct err *err)
{
    if (uuid_none(file))
        return err_set(err, EVH_INVALID, "there is no such file");
    return file_child(store, meeting, child, file, reason, err);
}

enum evh op_file_split(struct store *store, struct uuid meeting, int child, const char *reason, struct err *err)
{
    return file_child(store, meeting, child, (struct uuid){{0}}, reason, err);
}
