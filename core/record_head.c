/* The head: lines as they were given, and what the known ones mean. */
#include <limits.h>
#include <string.h>

#include "core/record.h"
#include "core/record_inside.h"
#include "core/text.h"

/* Far more than a head ever has, so that finding a line may stay a plain search. */
#define HEAD_MAX 2000
#define INDEX_MAX 999

const struct head_key head_keys[] = {
    {"meeting", false, "type, then an optional title after \" - \""},
    {"child", true, "full name / what the minutes call them"},
    {"date", false, "YYYY-MM-DD"},
    {"time", false, "HH:MM-HH:MM; the end may be missing"},
    {"began", false, "HH:MM, if not as called"},
    {"place", false, "where"},
    {"kept-by", false, "who keeps this record"},
    {"kept-as", false, "minutes, or notes for a parallel record"},
    {"purpose", false, "what the meeting is for"},
    {"notice-sent", false, "YYYY-MM-DD"},
    {"papers-sent", false, "YYYY-MM-DD"},
    {"child-ref", true, "the authority's or school's own reference for the child"},
    {"school-year", false, "the child's year group"},
    {"transfer", false, "none, or early-years, primary, secondary, post-16 and the year"},
    {"plan-made", false, "YYYY-MM-DD, when the plan was first made or last reviewed"},
    {"authority", false, "picks a local profile of rules"},
    {"conflict", true, "name - what the interest is"},
    {"next-meeting", false, "YYYY-MM-DD HH:MM, or none: reason"},
};
const size_t nhead_keys = NITEMS(head_keys);

/* Place of a key in the table; nhead_keys for an unknown one. */
static size_t rank_of(const char *key)
{
    size_t i = 0;
    while (i < nhead_keys && !text_same_word(key, strlen(key), head_keys[i].key))
        i++;
    return i;
}

/* ---- what the lines mean ---- */

static const char *type_names[][2] = {
    {"tac", "tac"},
    {"taf", "taf"},
    {"eha-review", "eha-review"},
    {"caf-review", "eha-review"},
    {"sen-support", "sen-support"},
    {"annual-review", "annual-review"},
    {"early-review", "early-review"},
    {"child-in-need", "child-in-need"},
    {"core-group", "core-group"},
    {"other", "other"},
};

/* Without case, blanks and hyphens. */
static bool same_loosely(const char *s, size_t n, const char *word)
{
    size_t i = 0;
    for (;;) {
        while (i < n && (text_blank(s[i]) || s[i] == '-'))
            i++;
        while (*word == '-')
            word++;
        if (i == n || *word == '\0')
            return i == n && *word == '\0';
        char c = s[i] >= 'A' && s[i] <= 'Z' ? (char)(s[i] - 'A' + 'a') : s[i];
        if (c != *word)
            return false;
        i++;
        word++;
    }
}

static const char *type_read(struct arena *arena, const char *s, size_t n)
{
    for (size_t i = 0; i < NITEMS(type_names); i++) {
        if (same_loosely(s, n, type_names[i][0]))
            return type_names[i][1];
    }
    return n == 0 ? NULL : arena_strndup(arena, s, n);
}

/* Cuts `s` at the first " MARK "; the part after it (NULL: none) goes to *after. Both trimmed. */
static const char *cut(struct arena *arena, const char *s, size_t n, char mark, const char **after)
{
    *after = NULL;
    size_t end = n;
    for (size_t i = 1; i + 1 < n; i++) {
        if (s[i] == mark && s[i - 1] == ' ' && s[i + 1] == ' ') {
            const char *rest = s + i + 1;
            size_t left = n - i - 1;
            text_trim(&rest, &left);
            *after = said(arena_strndup(arena, rest, left));
            end = i;
            break;
        }
    }
    text_trim(&s, &end);
    return arena_strndup(arena, s, end);
}

static void read_meeting(struct record *r, struct head_line *line)
{
    if (line == NULL) {
        r->type = r->title = NULL;
        return;
    }
    const char *first = cut(r->arena, line->value, strlen(line->value), '-', &r->title);
    r->type = type_read(r->arena, first, strlen(first));
    /* What is written back is the type's one spelling. */
    if (r->type != NULL)
        line->value = r->title == NULL ? r->type : arena_printf(r->arena, "%s - %s", r->type, r->title);
}

/* A child keeps its file when the lines around it change, and when it alone is renamed; a file never passes to another child. */
static struct uuid file_of(const struct child *had, size_t nhad, const struct child *c, size_t at, size_t n)
{
    for (size_t i = 0; i < nhad; i++) {
        if (strcmp(had[i].name, c->name) == 0)
            return had[i].file;
    }
    return n == nhad ? had[at].file : (struct uuid){0};
}

static void read_children(struct record *r)
{
    size_t nhad = r->nchildren;
    struct child *had = arena_alloc(r->arena, nhad, sizeof *had);
    if (nhad > 0)
        memcpy(had, r->children, nhad * sizeof *had);
    r->nchildren = 0;
    for (size_t i = 0; i < r->nhead; i++) {
        if (strcmp(r->head[i].key, "child") != 0)
            continue;
        const char *value = r->head[i].value;
        r->children = arena_grow(r->arena, r->children, r->nchildren, &r->children_cap, sizeof *r->children);
        struct child *c = &r->children[r->nchildren++];
        *c = (struct child){0};
        const char *whole = cut(r->arena, value, strlen(value), '/', &c->known_as);
        c->name = cut(r->arena, whole, strlen(whole), '=', &c->also);
    }
    for (size_t i = 0; i < r->nchildren; i++)
        r->children[i].file = file_of(had, nhad, &r->children[i], i, r->nchildren);
    for (size_t i = 0; i < r->nhead; i++) {
        size_t index = (size_t)r->head[i].index;
        if (strcmp(r->head[i].key, "child-ref") == 0 && index < r->nchildren)
            r->children[index].ref = r->head[i].value;
    }
    people_sync(r);
}

static void read_conflicts(struct record *r)
{
    r->nconflicts = 0;
    for (size_t i = 0; i < r->nhead; i++) {
        if (strcmp(r->head[i].key, "conflict") != 0)
            continue;
        r->conflicts = arena_grow(r->arena, r->conflicts, r->nconflicts, &r->conflicts_cap, sizeof *r->conflicts);
        struct conflict *c = &r->conflicts[r->nconflicts++];
        c->name = cut(r->arena, r->head[i].value, strlen(r->head[i].value), '-', &c->text);
        if (c->text == NULL)
            c->text = "";
    }
}

static void read_time(struct record *r, const char *value)
{
    r->start = r->end = TIME_NONE;
    if (value == NULL)
        return;
    size_t n = strlen(value), dash = strcspn(value, "-");
    const char *from = value, *to = dash < n ? value + dash + 1 : value + n;
    size_t nfrom = dash, nto = n - (size_t)(to - value);
    text_trim(&from, &nfrom);
    text_trim(&to, &nto);
    int start, end = TIME_NONE;
    if (!civil_read_time(from, nfrom, &start) || (nto > 0 && !civil_read_time(to, nto, &end)))
        return;
    r->start = start;
    r->end = end;
}

static void read_next(struct record *r, const char *value)
{
    r->next_date = DAY_NONE;
    r->next_time = TIME_NONE;
    r->next_none = NULL;
    if (value == NULL)
        return;
    size_t n = strlen(value), word = strcspn(value, ": ");
    if (text_same_word(value, word, "none")) {
        const char *reason = value + word;
        reason += strspn(reason, ": ");
        r->next_none = reason;
        return;
    }
    int32_t day;
    int time = TIME_NONE;
    size_t end = strcspn(value, " ");
    if (!civil_read_day(value, end, &day))
        return;
    const char *rest = value + end;
    size_t left = n - end;
    text_trim(&rest, &left);
    if (left > 0 && !civil_read_time(rest, left, &time))
        return;
    r->next_date = day;
    r->next_time = time;
}

static void read_year(struct record *r, const char *value)
{
    r->school_year = -1;
    r->school_year_text = NULL;
    if (value == NULL)
        return;
    int year = 0;
    size_t n = strlen(value);
    for (size_t i = 0; i < n; i++) {
        if (value[i] < '0' || value[i] > '9' || n > 4) {
            r->school_year_text = value;
            return;
        }
        year = year * 10 + (value[i] - '0');
    }
    r->school_year = year;
}

static int32_t read_day(const char *value)
{
    int32_t day;
    return value != NULL && civil_read_day(value, strlen(value), &day) ? day : DAY_NONE;
}

static const char *read_kept_as(const char *value)
{
    static const char *const words[] = {"minutes", "notes"};
    for (size_t i = 0; value != NULL && i < NITEMS(words); i++) {
        if (text_same_word(value, strlen(value), words[i]))
            return words[i];
    }
    return NULL;
}

/* Reads a key again; `line` NULL: it has gone. */
static void reread(struct record *r, const char *key, struct head_line *line)
{
    const char *value = line == NULL ? NULL : line->value;
    int time;
    if (strcmp(key, "meeting") == 0)
        read_meeting(r, line);
    else if (strcmp(key, "child") == 0 || strcmp(key, "child-ref") == 0)
        read_children(r);
    else if (strcmp(key, "date") == 0)
        r->date = read_day(value);
    else if (strcmp(key, "time") == 0)
        read_time(r, value);
    else if (strcmp(key, "began") == 0)
        r->began = value != NULL && civil_read_time(value, strlen(value), &time) ? time : TIME_NONE;
    else if (strcmp(key, "place") == 0)
        r->place = value;
    else if (strcmp(key, "kept-by") == 0)
        r->kept_by = value;
    else if (strcmp(key, "kept-as") == 0)
        r->kept_as = read_kept_as(value);
    else if (strcmp(key, "purpose") == 0)
        r->purpose = value;
    else if (strcmp(key, "notice-sent") == 0)
        r->notice_sent = read_day(value);
    else if (strcmp(key, "papers-sent") == 0)
        r->papers_sent = read_day(value);
    else if (strcmp(key, "school-year") == 0)
        read_year(r, value);
    else if (strcmp(key, "transfer") == 0)
        r->transfer = value;
    else if (strcmp(key, "plan-made") == 0)
        r->plan_made = read_day(value);
    else if (strcmp(key, "authority") == 0)
        r->authority = value;
    else if (strcmp(key, "conflict") == 0)
        read_conflicts(r);
    else if (strcmp(key, "next-meeting") == 0)
        read_next(r, value);
}

/* ---- the lines ---- */

/* Where a new line goes: after the last one that is not behind it. */
static size_t place_for(const struct record *r, size_t rank, int index)
{
    size_t at = r->nhead;
    while (at > 0) {
        size_t before = rank_of(r->head[at - 1].key);
        bool behind = before > rank || (before == rank && rank < nhead_keys && r->head[at - 1].index > index);
        if (!behind)
            break;
        at--;
    }
    return at;
}

static struct head_line *insert(struct record *r, const char *key, size_t rank, int index, const char *value)
{
    size_t at = place_for(r, rank, index);
    r->head = arena_grow(r->arena, r->head, r->nhead++, &r->head_cap, sizeof *r->head);
    memmove(&r->head[at + 1], &r->head[at], (r->nhead - 1 - at) * sizeof *r->head);
    r->head[at] = (struct head_line){key, value, index};
    return &r->head[at];
}

bool apply_head(struct record *r, const struct fact *f, struct ref *ref)
{
    (void)ref;
    if (f->key == NULL || f->value == NULL || f->index > INDEX_MAX)
        return false;
    size_t rank = rank_of(f->key);
    const char *key = rank < nhead_keys ? head_keys[rank].key : f->key;
    int index = f->index < 0 ? 0 : f->index;
    if (strcmp(key, "evenhand") == 0)
        return true; /* the version of the notation: the printer writes its own */
    size_t at = 0;
    while (at < r->nhead && (strcmp(r->head[at].key, key) != 0 || r->head[at].index != index))
        at++;
    struct head_line *line = NULL;
    if (f->value[0] == '\0') {
        if (at < r->nhead) {
            memmove(&r->head[at], &r->head[at + 1], (r->nhead - at - 1) * sizeof *r->head);
            r->nhead--;
        }
    } else if (at < r->nhead) {
        line = &r->head[at];
        line->value = f->value;
    } else if (r->nhead < HEAD_MAX) {
        line = insert(r, key, rank, index, f->value);
    } else {
        return false;
    }
    reread(r, key, line);
    return true;
}

bool apply_filed(struct record *r, const struct fact *f, struct ref *ref)
{
    (void)ref;
    if (f->index < 0 || (size_t)f->index >= r->nchildren)
        return false;
    r->children[f->index].file = f->file;
    return true;
}
