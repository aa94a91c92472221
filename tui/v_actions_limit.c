/* The tracker: what it is limited to. Limits hold together; picking one again changes that one. */
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "core/text.h"
#include "tui/pick.h"
#include "tui/tracker.h"

enum { TAG_WHAT = 1, TAG_OWNER, TAG_CHILD, TAG_TYPE, TAG_WORDS };

#define ANY_OWNER "anybody"
#define NOBODY "nobody"
#define ANY_CHILD "any child"
#define ANY_TYPE "any meeting"

static const struct { const char *word; enum tracker_which which; const char *says; } whiches[] = {
    {"overdue", WHICH_OVERDUE, "overdue"},
    {"due soon (7 days)", WHICH_SOON, "due soon"},
    {"open", WHICH_OPEN, NULL},
    {"all, finished ones too", WHICH_ALL, "all, finished ones too"},
};
static const struct { const char *word; int tag; const char *question; } others[] = {
    {"owner", TAG_OWNER, "Whose? (type a part of the name; the same again: anybody's)"},
    {"child", TAG_CHILD, "Which child? (type a part of the name; the same again: any)"},
    {"meeting type", TAG_TYPE, "From which meetings?"},
    {"words", TAG_WORDS, "With which words? (Enter for any)"},
};

bool tracker_is_limited(const struct tracker *t)
{
    const struct tracker_limits *l = &t->limits;
    return l->which != WHICH_OPEN || l->nobody || l->owner[0] != '\0' || l->child[0] != '\0' || l->type[0] != '\0' || l->words[0] != '\0';
}

static const char *or_null(const char *words)
{
    return words[0] == '\0' ? NULL : words;
}

struct action_filter tracker_filter(const struct tracker *t)
{
    const struct tracker_limits *l = &t->limits;
    return (struct action_filter){
        .all = l->which == WHICH_ALL, .overdue = l->which == WHICH_OVERDUE, .due_soon = l->which == WHICH_SOON, .due_before = DAY_NONE,
        .owner = l->nobody ? "" : or_null(l->owner), .child = or_null(l->child), .type = or_null(l->type), .words = or_null(l->words), .order = t->order,
    };
}

/* A type is kept as its word, and shown by its title. */
static const char *title_of(const struct view *view, const char *type)
{
    const struct types *types = view->app->types;
    const struct meeting_type *found = types == NULL || type == NULL ? NULL : types_find(types, type, strlen(type));
    return found == NULL || found->title == NULL ? type : found->title;
}

static void put_part(struct buf *out, const char *before, const char *words)
{
    if (words == NULL || words[0] == '\0')
        return;
    buf_addf(out, "%s%s%s", out->n > 0 ? " \xc2\xb7 " : "", before, words);
}

void tracker_put_limits(struct buf *out, const struct view *view)
{
    const struct tracker *t = view->state;
    const struct tracker_limits *l = &t->limits;
    struct buf b = {0};
    for (size_t i = 0; i < NITEMS(whiches); i++)
        if (whiches[i].which == l->which)
            put_part(&b, "", whiches[i].says);
    put_part(&b, "owner ", l->nobody ? NOBODY : l->owner);
    put_part(&b, "child ", l->child);
    put_part(&b, "", l->type[0] == '\0' ? NULL : title_of(view, l->type));
    if (l->words[0] != '\0') {
        put_part(&b, "with \xe2\x80\x9c", l->words);
        buf_adds(&b, "\xe2\x80\x9d");
    }
    buf_add(out, buf_str(&b), b.n);
    buf_free(&b);
}

/* Another list is read from its beginning; the selected action stays selected if it is in it. */
static void read_limited(struct view *view)
{
    tracker_read(view, false);
}

void tracker_all_again(struct view *view)
{
    struct tracker *t = view->state;
    t->limits = (struct tracker_limits){0};
    read_limited(view);
}

void tracker_limit_child(struct view *view, const char *child, bool all)
{
    struct tracker *t = view->state;
    changing_words(t->limits.child, sizeof t->limits.child, child == NULL ? "" : child);
    if (all)
        t->limits.which = WHICH_ALL;
    read_limited(view);
}

/* ---- the names that occur ---- */

struct names {
    struct arena *arena;
    const char **v;
    size_t n, cap;
    int tag;
    const struct view *view;
};

enum { NAMES_MOST = 1000 }; /* whoever is not among them can be typed */

static bool take_name(void *data, const struct action_row *row)
{
    struct names *names = data;
    const char *name = names->tag == TAG_OWNER ? row->owner : names->tag == TAG_CHILD ? row->child : title_of(names->view, row->meeting_type);
    if (name == NULL || name[0] == '\0')
        return true;
    for (size_t i = names->n; i > 0; i--)
        if (strcmp(names->v[i - 1], name) == 0)
            return true;
    names->v = arena_grow(names->arena, names->v, names->n, &names->cap, sizeof names->v[0]);
    names->v[names->n++] = arena_strdup(names->arena, name);
    return names->n < NAMES_MOST;
}

static int by_name(const void *a, const void *b)
{
    struct buf x = {0}, y = {0};
    const char *const *s = a, *const *t = b;
    text_fold(&x, *s, strlen(*s));
    text_fold(&y, *t, strlen(*t));
    int order = strcmp(buf_str(&x), buf_str(&y));
    buf_free(&x);
    buf_free(&y);
    return order;
}

/* Of those actions that the other limits leave. */
static void read_names(struct names *names)
{
    const struct tracker *t = names->view->state;
    struct action_filter filter = tracker_filter(t);
    struct err err = {0};
    if (names->tag == TAG_OWNER)
        filter.owner = NULL;
    else if (names->tag == TAG_CHILD)
        filter.child = NULL;
    else
        filter.type = NULL;
    filter.order = ACTIONS_BY_DUE;
    if (store_actions_each(names->view->app->store, &filter, take_name, names, &err) != EVH_OK)
        app_say_err(names->view->app, &err);
    if (names->n > 1)
        qsort(names->v, names->n, sizeof names->v[0], by_name);
}

/* ---- asking ---- */

static char *limit_of(struct tracker *t, int tag)
{
    struct tracker_limits *l = &t->limits;
    return tag == TAG_OWNER ? l->owner : tag == TAG_CHILD ? l->child : tag == TAG_TYPE ? l->type : l->words;
}

/* The word of a type, from its title or as it was typed. */
static const char *type_of(const struct view *view, const char *words)
{
    const struct types *types = view->app->types;
    for (size_t i = 0; types != NULL && i < types->n; i++)
        if (types->v[i].title != NULL && strcmp(types->v[i].title, words) == 0)
            return types->v[i].name;
    const struct meeting_type *found = types == NULL ? NULL : types_find(types, words, strlen(words));
    return found == NULL ? words : found->name;
}

static void answered(struct view *view, int tag, const char *words)
{
    struct tracker *t = view->state;
    char *into = limit_of(t, tag);
    char before[sizeof t->limits.owner];
    bool any = tag != TAG_WORDS && strcmp(words, tag == TAG_OWNER ? ANY_OWNER : tag == TAG_CHILD ? ANY_CHILD : ANY_TYPE) == 0;
    memcpy(before, into, sizeof before);
    changing_words(into, sizeof before, any ? "" : tag == TAG_TYPE ? type_of(view, words) : words);
    if (tag != TAG_WORDS && strcmp(before, into) == 0) /* picked once more: that one is dropped */
        into[0] = '\0';
    if (tag == TAG_OWNER) {
        bool nobody = text_same_word(into, strlen(into), NOBODY);
        t->limits.nobody = nobody && !t->limits.nobody;
        if (nobody)
            into[0] = '\0';
    }
    read_limited(view);
}

static void ask_name(struct view *view, int tag, const char *question)
{
    struct tracker *t = view->state;
    struct names names = {.arena = arena_new(), .tag = tag, .view = view};
    read_names(&names);
    const char **items = arena_alloc(names.arena, names.n + 2, sizeof *items);
    size_t n = 0;
    if (limit_of(t, tag)[0] != '\0' || (tag == TAG_OWNER && t->limits.nobody))
        items[n++] = tag == TAG_OWNER ? ANY_OWNER : tag == TAG_CHILD ? ANY_CHILD : ANY_TYPE;
    for (size_t i = 0; i < names.n; i++)
        items[n++] = names.v[i];
    if (tag == TAG_OWNER)
        items[n++] = NOBODY;
    pick_ask(view->app, &(struct pick){.question = question, .items = items, .n = n, .other = true, .picked = answered, .asker = view, .tag = tag});
    arena_free(names.arena);
}

static void what_picked(struct view *view, int tag, const char *word)
{
    (void)tag;
    struct tracker *t = view->state;
    for (size_t i = 0; i < NITEMS(whiches); i++)
        if (strcmp(word, whiches[i].word) == 0) {
            t->limits.which = t->limits.which == whiches[i].which ? WHICH_OPEN : whiches[i].which;
            read_limited(view);
        }
    for (size_t i = 0; i < NITEMS(others); i++) {
        if (strcmp(word, others[i].word) != 0)
            continue;
        if (others[i].tag == TAG_WORDS)
            app_ask(view->app, &(struct ask){.question = others[i].question, .initial = t->limits.words, .answered = answered, .asker = view, .tag = TAG_WORDS});
        else
            ask_name(view, others[i].tag, others[i].question);
    }
}

void tracker_ask_limit(struct view *view)
{
    const char *items[NITEMS(whiches) + NITEMS(others)];
    size_t n = 0;
    items[n++] = whiches[0].word;
    items[n++] = whiches[1].word;
    for (size_t i = 0; i < NITEMS(others); i++)
        items[n++] = others[i].word;
    items[n++] = whiches[2].word;
    items[n++] = whiches[3].word;
    pick_ask(view->app, &(struct pick){.question = "Show only", .items = items, .n = n, .picked = what_picked, .asker = view, .tag = TAG_WHAT});
}
