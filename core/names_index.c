#include "core/names_index.h"

#include "core/text.h"

#include <string.h>

static const struct {
    const char *word, *canonical;
} titles[] = {
    {"dr", "dr"}, {"doctor", "dr"}, {"mr", "mr"}, {"mrs", "mrs"}, {"ms", "ms"}, {"miss", "miss"}, {"mx", "mx"},
    {"prof", "prof"}, {"professor", "prof"}, {"sir", "sir"}, {"dame", "dame"}, {"lady", "lady"}, {"lord", "lord"},
    {"rev", "rev"}, {"revd", "rev"}, {"reverend", "rev"}, {"cllr", "cllr"}, {"councillor", "cllr"}, {"pc", "pc"},
    {"sgt", "sgt"},
};

uint32_t name_hash(const char *s, size_t n)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619u;
    return h;
}

const char *name_title(const struct name_word *word)
{
    for (size_t i = 0; i < NITEMS(titles); i++)
        if (text_same_word(word->s, word->n, titles[i].word))
            return titles[i].canonical;
    return NULL;
}

size_t name_titles(const struct name_word *v, size_t n)
{
    size_t count = 0;
    while (count + 1 < n && name_title(&v[count]) != NULL)
        count++;
    return count;
}

/* Length of a bracket or quotation mark at s, 0 for anything else. Folding has made single curly marks straight. */
static size_t wrapping(const char *s, size_t n)
{
    static const char *const marks[] = {"(", ")", "[", "]", "{", "}", "\"", "'", "“", "”", "„", "«", "»"};
    for (size_t i = 0; i < NITEMS(marks); i++) {
        size_t length = strlen(marks[i]);
        if (length <= n && memcmp(s, marks[i], length) == 0)
            return length;
    }
    return 0;
}

/* Brackets and quotation marks round a word do not count, nor do the dots of "Dr." and "T.O.". Works in place. */
static size_t tidy_word(char **s, size_t n)
{
    for (size_t skip = wrapping(*s, n); skip > 0; skip = wrapping(*s, n)) {
        *s += skip;
        n -= skip;
    }
    for (size_t back = 1; back <= 3 && back <= n; back++) {
        if (wrapping(*s + n - back, back) == back) {
            n -= back;
            back = 0;
        }
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if ((*s)[i] != '.')
            (*s)[kept++] = (*s)[i];
    return kept;
}

void name_query_init(struct name_query *query, const char *s, size_t n)
{
    query->b = (struct buf){0};
    query->n = 0;
    query->too_long = false;
    text_fold(&query->b, s, n);
    for (size_t at = 0; at < query->b.n;) {
        if (text_blank(query->b.s[at])) {
            at++;
            continue;
        }
        char *word = query->b.s + at;
        size_t length = 0;
        while (at < query->b.n && !text_blank(query->b.s[at])) {
            at++;
            length++;
        }
        length = tidy_word(&word, length);
        if (length == 0)
            continue;
        if (query->n == NAMES_MAX_WORDS) {
            query->too_long = true;
            return;
        }
        query->v[query->n++] = (struct name_word){word, length, name_hash(word, length)};
    }
}

void name_query_free(struct name_query *query)
{
    buf_free(&query->b);
}

void name_join(struct buf *out, const struct name_word *v, size_t from, size_t n, bool hyphens)
{
    for (size_t i = from; i < n; i++) {
        if (i > from)
            buf_addc(out, ' ');
        for (size_t j = 0; j < v[i].n; j++)
            buf_addc(out, hyphens && v[i].s[j] == '-' ? ' ' : v[i].s[j]);
    }
}

/* ---- making the index ---- */

static struct name_words words_dup(struct arena *arena, const struct name_word *v, size_t n)
{
    struct name_words words = {arena_alloc(arena, n, sizeof *words.v), n};
    for (size_t i = 0; i < n; i++) {
        words.v[i] = v[i];
        words.v[i].s = arena_strndup(arena, v[i].s, v[i].n);
    }
    return words;
}

static const char *joined_dup(struct arena *arena, const struct name_word *v, size_t n)
{
    struct buf b = {0};
    name_join(&b, v, 0, n, false);
    const char *copy = b.n == 0 ? NULL : arena_strndup(arena, buf_str(&b), b.n);
    buf_free(&b);
    return copy;
}

/* First letters; `apart`: hyphenated words count as several. NULL for fewer than two. */
static const char *initials_dup(struct arena *arena, const struct name_word *v, size_t n, bool apart)
{
    struct buf b = {0};
    size_t letters = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < v[i].n; j++) {
            if (j > 0 && !(apart && v[i].s[j - 1] == '-'))
                continue;
            size_t end = j;
            text_code(v[i].s, v[i].n, &end);
            buf_add(&b, v[i].s + j, end - j);
            letters++;
        }
    }
    const char *copy = letters < 2 ? NULL : arena_strndup(arena, buf_str(&b), b.n);
    buf_free(&b);
    return copy;
}

static void index_name(struct name_person *p, struct arena *arena)
{
    struct name_query q;
    name_query_init(&q, p->name, strlen(p->name));
    size_t skip = name_titles(q.v, q.n);
    p->whole = joined_dup(arena, q.v, q.n);
    p->title = skip == 0 ? NULL : name_title(&q.v[0]);
    p->forms[0] = words_dup(arena, q.v + skip, q.n - skip);
    if (p->name[0] != '(') {
        p->initials[0] = initials_dup(arena, q.v + skip, q.n - skip, false);
        p->initials[1] = initials_dup(arena, q.v + skip, q.n - skip, true);
    }
    name_query_free(&q);
}

static struct name_words index_words(struct arena *arena, const char *s, const char **whole)
{
    struct name_words words = {NULL, 0};
    if (s == NULL)
        return words;
    struct name_query q;
    name_query_init(&q, s, strlen(s));
    words = words_dup(arena, q.v, q.n);
    if (whole != NULL)
        *whole = joined_dup(arena, q.v, q.n);
    name_query_free(&q);
    return words;
}

static void add_role(struct name_person *p, struct arena *arena, const char *role)
{
    if (role == NULL || role[0] == '\0')
        return;
    struct name_query q;
    struct buf b = {0};
    name_query_init(&q, role, strlen(role));
    name_join(&b, q.v, 0, q.n, true);
    if (!q.too_long && b.n > 0)
        p->roles.v[p->roles.n++] = (struct name_word){arena_strndup(arena, b.s, b.n), b.n, name_hash(b.s, b.n)};
    buf_free(&b);
    name_query_free(&q);
}

static void index_person(struct name_person *p, struct arena *arena)
{
    index_name(p, arena);
    p->forms[1] = index_words(arena, p->also, &p->whole_also);
    p->forms[2] = index_words(arena, p->known_as, NULL);
    p->roles.v = arena_alloc(arena, p->ncapacity + 1, sizeof *p->roles.v);
    add_role(p, arena, p->role);
    for (size_t i = 0; i < p->ncapacity; i++)
        add_role(p, arena, p->capacity[i]);
}

static struct name_person sources(const struct record *record, const struct attendee *a)
{
    struct name_person p = {.name = a->name, .also = a->also, .role = a->role, .capacity = a->capacity.v,
                            .ncapacity = a->capacity.n};
    for (size_t i = 0; i < record->nchildren; i++) {
        const struct child *child = &record->children[i];
        if (child->name == NULL || strcmp(child->name, a->name) != 0)
            continue;
        p.known_as = child->known_as;
        if (p.also == NULL)
            p.also = child->also;
    }
    return p;
}

static bool same_sources(const struct name_person *a, const struct name_person *b)
{
    return a->name == b->name && a->also == b->also && a->role == b->role && a->known_as == b->known_as &&
           a->capacity == b->capacity && a->ncapacity == b->ncapacity;
}

void name_index_update(struct name_index *index, struct arena *arena, const struct record *record)
{
    for (size_t i = 0; i < record->npeople; i++) {
        struct name_person fresh = sources(record, &record->people[i]);
        if (i < index->n && same_sources(&index->people[i], &fresh))
            continue;
        index_person(&fresh, arena);
        if (i >= index->n) {
            index->people = arena_grow(arena, index->people, index->n, &index->cap, sizeof *index->people);
            index->n = i + 1;
        }
        index->people[i] = fresh;
    }
    index->n = record->npeople;
    index->version = record->people_version;
}
