#include "core/names.h"

#include "core/names_index.h"
#include "core/text.h"

#include <string.h>

/* Two letters that are a word oftener than somebody's initials, unless they are capitals. */
static const char *const small_words[] = {"am", "an", "as", "at", "be", "by", "do", "eg", "go", "he", "hi", "ie", "if", "in",
                                          "is", "it", "me", "my", "nb", "no", "of", "ok", "on", "or", "pm", "ps", "re", "so",
                                          "to", "up", "us", "we"};

/* An index to look into: the record's own, brought up to date first where the list has changed, or one made for this lookup
 * where the record keeps none. The index is a memory of what the list says, not part of what the record says, so a lookup in a
 * record that is only read may refresh it. */
struct lookup {
    const struct name_index *index;
    struct name_index own;
    struct arena *arena;
};

static void lookup_begin(struct lookup *l, const struct record *record)
{
    struct name_index *kept = record->names;
    *l = (struct lookup){.index = kept};
    if (kept != NULL) {
        if (kept->version != record->people_version || kept->n != record->npeople)
            name_index_update(kept, record->arena, record);
        return;
    }
    l->arena = arena_new();
    name_index_update(&l->own, l->arena, record);
    l->index = &l->own;
}

static void lookup_end(struct lookup *l)
{
    arena_free(l->arena);
}

void *names_index_new(struct arena *arena)
{
    return arena_alloc(arena, 1, sizeof(struct name_index));
}

void names_refresh(struct record *record)
{
    if (record->names == NULL)
        record->names = names_index_new(record->arena);
    name_index_update(record->names, record->arena, record);
}

/* ---- does a person answer to these words? ---- */

static bool same(const struct name_word *a, const struct name_word *b)
{
    return a->hash == b->hash && a->n == b->n && memcmp(a->s, b->s, a->n) == 0;
}

/* The words, in order, are among those of the form. */
static bool in_order(const struct name_word *v, size_t n, const struct name_words *form)
{
    size_t at = 0;
    for (size_t i = 0; i < form->n && at < n; i++)
        if (same(&v[at], &form->v[i]))
            at++;
    return n > 0 && at == n;
}

/* `forms`: 3 for everything, 2 without what the minutes call a child. */
static bool by_name(const struct name_person *p, const struct name_word *v, size_t n, size_t forms)
{
    for (size_t i = 0; i < forms; i++)
        if (in_order(v, n, &p->forms[i]))
            return true;
    return false;
}

static bool by_role(const struct name_person *p, const struct name_word *role)
{
    for (size_t i = 0; i < p->roles.n; i++)
        if (same(role, &p->roles.v[i]))
            return true;
    return false;
}

static bool by_initials(const struct name_person *p, const char *letters)
{
    for (size_t i = 0; i < NITEMS(p->initials); i++)
        if (p->initials[i] != NULL && strcmp(p->initials[i], letters) == 0)
            return true;
    return false;
}

static bool capitals(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((s[i] >= 'a' && s[i] <= 'z') || (unsigned char)s[i] >= 0x80)
            return false;
    return true;
}

/* "to", "Am": a line that begins so is not about the child called T.O. */
static bool small_word(const struct name_query *q, const char *s, size_t n)
{
    if (q->n != 1 || q->v[0].n != 2 || memchr(s, '.', n) != NULL || capitals(s, n))
        return false;
    for (size_t i = 0; i < NITEMS(small_words); i++)
        if (memcmp(q->v[0].s, small_words[i], 2) == 0)
            return true;
    return false;
}

/* What the query says as initials ("IO", "I. O."), or "" when it cannot be. */
static void letters_of(struct buf *out, const struct name_query *q)
{
    bool single = true;
    for (size_t i = 0; i < q->n && single; i++)
        single = q->v[i].n == 1;
    if (q->n == 0 || (q->n > 1 && !single) || (q->n == 1 && q->v[0].n > 12))
        return;
    for (size_t i = 0; i < q->n; i++)
        buf_add(out, q->v[i].s, q->v[i].n);
}

/* Everybody whom the words may mean: how many, the last of them, and how many of them bear the title. */
struct found {
    size_t n, one;
    size_t ntitled, titled;
};

static void found_add(struct found *f, const struct name_index *index, size_t i, const char *title)
{
    f->n++;
    f->one = i;
    if (title != NULL && index->people[i].title != NULL && strcmp(index->people[i].title, title) == 0) {
        f->ntitled++;
        f->titled = i;
    }
}

static enum names_result found_result(const struct found *f, size_t *which)
{
    if (f->n == 0)
        return NAMES_NONE;
    *which = f->n == 1 ? f->one : f->titled;
    return f->n == 1 || f->ntitled == 1 ? NAMES_ONE : NAMES_MANY;
}

/* The full name: as written, else folded. */
static enum names_result find_whole(const struct name_index *index, const struct name_query *q, const char *s, size_t n,
                                    size_t *which)
{
    struct found raw = {0}, folded = {0};
    struct buf whole = {0};
    name_join(&whole, q->v, 0, q->n, false);
    for (size_t i = 0; i < index->n && whole.n > 0; i++) {
        const struct name_person *p = &index->people[i];
        if ((strlen(p->name) == n && memcmp(p->name, s, n) == 0) ||
            (p->also != NULL && strlen(p->also) == n && memcmp(p->also, s, n) == 0))
            found_add(&raw, index, i, NULL);
        if ((p->whole != NULL && strcmp(p->whole, whole.s) == 0) ||
            (p->whole_also != NULL && strcmp(p->whole_also, whole.s) == 0))
            found_add(&folded, index, i, NULL);
    }
    buf_free(&whole);
    enum names_result result = found_result(&raw, which);
    return result != NAMES_NONE ? result : found_result(&folded, which);
}

/* A word or several, a role or capacity, and initials where nobody has such a word. */
static enum names_result find_part(const struct name_index *index, const struct name_query *q, const char *s, size_t n,
                                   size_t *which)
{
    size_t from = q->n > 1 && text_same_word(q->v[0].s, q->v[0].n, "the") ? 1 : 0;
    size_t skip = from + name_titles(q->v + from, q->n - from);
    const char *title = skip > from ? name_title(&q->v[from]) : NULL;
    struct buf role = {0}, letters = {0};
    name_join(&role, q->v, from, q->n, true);
    bool small = small_word(q, s, n);
    if (!small)
        letters_of(&letters, q);
    struct name_word role_word = {buf_str(&role), role.n, name_hash(buf_str(&role), role.n)};
    struct found found = {0};
    bool named = false;
    for (size_t i = 0; i < index->n; i++) {
        bool name = by_name(&index->people[i], q->v + skip, q->n - skip, small ? 2 : 3);
        named = named || name;
        if (name || by_role(&index->people[i], &role_word))
            found_add(&found, index, i, title);
    }
    for (size_t i = 0; i < index->n && !named && letters.n >= 2; i++)
        if (by_initials(&index->people[i], letters.s) && !by_role(&index->people[i], &role_word))
            found_add(&found, index, i, title);
    buf_free(&role);
    buf_free(&letters);
    return found_result(&found, which);
}

static enum names_result find(const struct name_index *index, const char *s, size_t n, size_t *which)
{
    struct name_query q;
    name_query_init(&q, s, n);
    enum names_result result = NAMES_NONE;
    if (!q.too_long && q.n > 0) {
        result = find_whole(index, &q, s, n, which);
        if (result == NAMES_NONE)
            result = find_part(index, &q, s, n, which);
    }
    name_query_free(&q);
    return result;
}

enum names_result names_find(const struct record *record, const char *s, size_t n, const struct attendee **person)
{
    struct lookup l;
    size_t which = 0;
    text_trim(&s, &n);
    lookup_begin(&l, record);
    enum names_result result = find(l.index, s, n, &which);
    lookup_end(&l);
    if (result == NAMES_ONE)
        *person = &record->people[which];
    return result;
}

const char *names_full(const struct record *record, struct arena *arena, const char *s, size_t n)
{
    const struct attendee *person;
    text_trim(&s, &n);
    if (names_find(record, s, n, &person) == NAMES_ONE)
        return person->name;
    return arena_strndup(arena, s, n);
}

/* ---- before a colon or comma ---- */

/* The next delimiter at or after `at` that ends a name: a colon only before a blank or the end. */
static bool next_delimiter(const char *s, size_t n, char delimiter, size_t *at)
{
    for (; *at < n; ++*at)
        if (s[*at] == delimiter && (delimiter != ':' || *at + 1 == n || text_blank(s[*at + 1])))
            return true;
    return false;
}

static size_t after_delimiter(const char *s, size_t n, size_t at)
{
    at++;
    while (at < n && text_blank(s[at]))
        at++;
    return at;
}

/* The longest full name as listed (or in the other script) that a delimiter follows. */
static bool listed_before(const struct record *record, const char *s, size_t n, char delimiter, size_t *which, size_t *at)
{
    size_t longest = 0;
    for (size_t i = 0; i < record->npeople; i++) {
        const char *names[] = {record->people[i].name, record->people[i].also};
        for (size_t j = 0; j < NITEMS(names); j++) {
            size_t length = names[j] == NULL ? 0 : strlen(names[j]), end = length;
            if (length <= longest || length >= n || memcmp(s, names[j], length) != 0)
                continue;
            while (end < n && text_blank(s[end]))
                end++;
            size_t found = end;
            if (next_delimiter(s, n, delimiter, &found) && found == end) {
                longest = length;
                *which = i;
                *at = end;
            }
        }
    }
    return longest > 0;
}

static bool known(const struct name_index *index, const struct name_query *q)
{
    for (size_t w = 0; w < q->n; w++)
        for (size_t i = 0; i < index->n; i++)
            if (by_name(&index->people[i], &q->v[w], 1, 2))
                return true;
    return false;
}

static enum names_result before(const struct record *record, const char *s, size_t n, char delimiter, size_t max_words,
                                const struct attendee **person, size_t *after, bool *known_word)
{
    size_t which = 0, at = 0;
    *known_word = false;
    *after = 0;
    if (listed_before(record, s, n, delimiter, &which, &at)) {
        *person = &record->people[which];
        *after = after_delimiter(s, n, at);
        *known_word = true;
        return NAMES_ONE;
    }
    at = 0;
    if (!next_delimiter(s, n, delimiter, &at))
        return NAMES_NONE;
    *after = after_delimiter(s, n, at);
    struct lookup l;
    struct name_query q;
    size_t length = at;
    text_trim(&s, &length);
    lookup_begin(&l, record);
    name_query_init(&q, s, length);
    enum names_result result = NAMES_NONE;
    if (!q.too_long && q.n > 0 && q.n <= max_words)
        result = find(l.index, s, length, &which);
    *known_word = result != NAMES_NONE || known(l.index, &q);
    name_query_free(&q);
    lookup_end(&l);
    if (result == NAMES_ONE)
        *person = &record->people[which];
    return result;
}

enum names_result names_speaker(const struct record *record, const char *s, size_t n, const struct attendee **person,
                                size_t *after, bool *known_word)
{
    return before(record, s, n, ':', 4, person, after, known_word);
}

enum names_result names_before(const struct record *record, const char *s, size_t n, char delimiter,
                               const struct attendee **person, size_t *after)
{
    bool known_word;
    return before(record, s, n, delimiter, NAMES_MAX_WORDS, person, after, &known_word);
}
