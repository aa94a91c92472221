#include "core/out/minutes.h"

#include "core/names.h"
#include "core/presence.h"

#include <string.h>

static const char *with_blanks(struct page *p, const char *word)
{
    char *copy = arena_strdup(p->arena, word);
    for (char *c = copy; *c != '\0'; c++)
        if (*c == '-')
            *c = ' ';
    return copy;
}

static bool helps_somebody(const char *word)
{
    static const char *const words[] = {"advocate", "parent-partner", "supporter", "interpreter"};
    for (size_t i = 0; i < NITEMS(words); i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

static const char *helped(struct page *p, const struct record *r, const struct attendee *a)
{
    const char **names = arena_alloc(p->arena, a->helps.n + 1, sizeof *names);
    for (size_t i = 0; i < a->helps.n; i++)
        names[i] = names_full(r, p->arena, a->helps.v[i], strlen(a->helps.v[i]));
    return minutes_names(p, names, a->helps.n);
}

static const char *responsibility(const char *word)
{
    if (strcmp(word, "PR") == 0)
        return "has parental responsibility";
    if (strcmp(word, "no PR") == 0)
        return "no parental responsibility";
    return strcmp(word, "PR not known") == 0 ? "parental responsibility not known" : word;
}

/* "chair, lead professional"; "Lithuanian interpreter for Saulė Žilinskienė". */
static const char *capacities(struct page *p, const struct record *r, const struct attendee *a)
{
    const char *list = NULL;
    for (size_t i = 0; i < a->capacity.n; i++) {
        const char *word = a->capacity.v[i], *text = with_blanks(p, word);
        if (strcmp(word, "interpreter") == 0 && a->language != NULL)
            text = arena_printf(p->arena, "%s interpreter", a->language);
        if (helps_somebody(word) && a->helps.n > 0)
            text = arena_printf(p->arena, "%s for %s", text, helped(p, r, a));
        list = minutes_add(p, list, ", ", text);
    }
    if (a->responsibility != NULL)
        list = minutes_add(p, list, ", ", responsibility(a->responsibility));
    return list;
}

static const char *intervals(struct page *p, const struct record *r, const struct attendee *a)
{
    struct interval *v = NULL;
    struct buf b = {0};
    size_t n = presence_of(r, a, true, p->arena, &v, NULL);
    presence_put(&b, v, n);
    const char *text = arena_strdup(p->arena, buf_str(&b));
    buf_free(&b);
    return text;
}

static const char *offer_words(struct page *p, const struct help *h)
{
    const char *text;
    if (h->offered != DAY_NONE)
        text = arena_printf(p->arena, "%s offered %s", h->kind, minutes_day(p, h->offered));
    else
        text = arena_printf(p->arena, "%s: %s", h->kind, h->offered_text == NULL ? "offer not recorded" : h->offered_text);
    if (h->offered_by != NULL)
        text = arena_printf(p->arena, "%s by %s", text, h->offered_by);
    text = minutes_add(p, text, "; ", h->outcome);
    if (h->outcome_date != DAY_NONE)
        text = arena_printf(p->arena, "%s %s", text, minutes_day(p, h->outcome_date));
    text = minutes_add(p, text, ": ", h->words);
    return h->who == NULL ? text : arena_printf(p->arena, "%s (%s)", text, h->who);
}

static const char *help_lines(struct page *p, const struct record *r, const struct attendee *a, const char *cell)
{
    bool any = false;
    for (size_t i = 0; i < r->nhelp; i++) {
        if (r->help[i].for_name == NULL || strcmp(r->help[i].for_name, a->name) != 0)
            continue;
        cell = page_line(p, cell, offer_words(p, &r->help[i]));
        any = true;
    }
    if (!any && (a->bits & (CAP_PARENT | CAP_CARER)) != 0)
        cell = page_line(p, cell, "help offered: not recorded");
    return cell;
}

static const char *role_words(struct page *p, const struct record *r, const struct attendee *a)
{
    const char *text = minutes_add(p, a->role, ", ", a->organisation);
    return minutes_add(p, text, "; ", capacities(p, r, a));
}

/* Name, when they were there (or why not), what they were there as and which help they were offered. */
static void person_cells(struct page *p, const struct record *r, const struct attendee *a, bool there, const char **cells)
{
    const char *role = role_words(p, r, a);
    cells[0] = names_shown(p->arena, a);
    cells[1] = there ? intervals(p, r, a) : a->absence != NULL ? a->absence : a->presence_text != NULL ? a->presence_text : "not recorded";
    cells[2] = page_line(p, NULL, role == NULL ? "" : role);
    if (!there && a->absence_reason != NULL)
        cells[2] = page_line(p, cells[2], a->absence_reason);
    cells[2] = help_lines(p, r, a, cells[2]);
}

static void put_group(struct page *p, const struct record *r, bool there)
{
    static const char *const came[] = {"Name", "When", "As"}, *const not[] = {"Name", "Why", "As"};
    const char **cells = arena_alloc(p->arena, r->npeople * NITEMS(came), sizeof *cells);
    size_t n = 0;
    for (size_t i = 0; i < r->npeople; i++) {
        struct interval *v = NULL;
        if ((presence_of(r, &r->people[i], true, p->arena, &v, NULL) > 0) == there)
            person_cells(p, r, &r->people[i], there, cells + NITEMS(came) * n++);
    }
    if (n == 0)
        return;
    page_heading(p, there ? "In the room" : "Not in the room");
    page_table(p, there ? came : not, NITEMS(came), cells, n);
}

void minutes_people(struct page *p, const struct record *r)
{
    if (r->npeople == 0)
        return;
    put_group(p, r, true);
    put_group(p, r, false);
}
