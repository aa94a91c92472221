/* How people are written on screens, and completions of half-typed names. */
#include "core/names.h"

#include "core/names_index.h"
#include "core/text.h"

#include <string.h>

/* Columns up to which a name is short enough as it is. */
enum { SHORT_COLUMNS = 16 };

static bool means(const struct record *record, const char *s, const struct attendee *person)
{
    const struct attendee *found;
    return names_find(record, s, strlen(s), &found) == NAMES_ONE && found == person;
}

static const struct child *child_of(const struct record *record, const struct attendee *person)
{
    for (size_t i = 0; i < record->nchildren; i++)
        if (record->children[i].name != NULL && strcmp(record->children[i].name, person->name) == 0)
            return &record->children[i];
    return NULL;
}

static bool is_title(const char *s, size_t n)
{
    struct name_query q;
    name_query_init(&q, s, n);
    bool title = q.n == 1 && name_title(&q.v[0]) != NULL;
    name_query_free(&q);
    return title;
}

const char *names_short(const struct record *record, struct arena *arena, const struct attendee *person)
{
    const struct child *child = child_of(record, person);
    if (child != NULL && child->known_as != NULL && means(record, child->known_as, person))
        return child->known_as;
    const char *name = person->name;
    const char *bracket = strstr(name, " ("); /* "Mr Gary Kwan (Vancouver East)": what tells two of a name apart */
    if (bracket != NULL && name[0] != '(')
        name = arena_strndup(arena, name, (size_t)(bracket - name));
    const char *first = strchr(name, ' '), *last = strrchr(name, ' ');
    if (first == NULL || name[0] == '(')
        return means(record, name, person) ? name : person->name;
    size_t head = (size_t)(first - name);
    if (is_title(name, head)) {
        const char *titled = arena_printf(arena, "%.*s%s", (int)head, name, last);
        if (means(record, titled, person))
            return titled;
    }
    if (text_width(name, strlen(name)) <= SHORT_COLUMNS && (bracket == NULL || means(record, name, person)))
        return name;
    if (means(record, last + 1, person))
        return last + 1;
    const char *alone = arena_strndup(arena, name, head);
    return means(record, alone, person) ? alone : person->name;
}

const char *names_shown(struct arena *arena, const struct attendee *person)
{
    if (person->also == NULL)
        return person->name;
    return arena_printf(arena, "%s (%s)", person->name, person->also);
}

/* ---- completion ---- */

static bool word_begins(const struct name_word *word, const struct name_word *with)
{
    return word->n >= with->n && memcmp(word->s, with->s, with->n) == 0;
}

/* How well a half-typed text fits the words from some word of the form on: 0 from the first, 1 later, 2 not. */
static int rank_words(const struct name_query *q, const struct name_word *v, size_t n)
{
    for (size_t from = 0; from + q->n <= n; from++) {
        size_t i = 0;
        while (i + 1 < q->n && q->v[i].hash == v[from + i].hash && q->v[i].n == v[from + i].n)
            i++;
        if (i + 1 == q->n && word_begins(&v[from + i], &q->v[i]))
            return from == 0 ? 0 : 1;
    }
    return 2;
}

/* 0 best … 3 not at all. */
static int rank(const struct name_query *q, const char *name, const char *also, const char *known_as, const char *role)
{
    const char *const texts[] = {name, known_as, also, role};
    int best = 3;
    for (size_t i = 0; i < NITEMS(texts); i++) {
        if (texts[i] == NULL)
            continue;
        struct name_query form;
        name_query_init(&form, texts[i], strlen(texts[i]));
        size_t skip = name_titles(form.v, form.n);
        int whole = rank_words(q, form.v, form.n), bare = rank_words(q, form.v + skip, form.n - skip);
        int r = whole < bare ? whole : bare;
        if (r < 2 && texts[i] == role)
            r = 2;
        else if (r >= 2)
            r = 3;
        best = r < best ? r : best;
        name_query_free(&form);
    }
    return best;
}

size_t names_complete(const struct record *record, const char *s, size_t n, const char **out, size_t max)
{
    struct name_query q;
    size_t count = 0;
    name_query_init(&q, s, n);
    for (int wanted = 0; wanted < 3 && q.n > 0 && !q.too_long; wanted++) {
        for (size_t i = 0; i < record->npeople && count < max; i++) {
            const struct attendee *a = &record->people[i];
            const struct child *child = child_of(record, a);
            if (rank(&q, a->name, a->also, child == NULL ? NULL : child->known_as, a->role) == wanted)
                out[count++] = a->name;
        }
    }
    name_query_free(&q);
    return count;
}
