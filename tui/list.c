#include "tui/list.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"

void list_set(struct list *l, size_t n)
{
    l->n = n;
    list_select(l, l->at);
}

void list_select(struct list *l, size_t at)
{
    l->at = l->n == 0 ? 0 : at < l->n ? at : l->n - 1;
    if (l->top > l->at)
        l->top = l->at;
}

bool list_act(struct list *l, enum action action)
{
    size_t page = l->page < 2 ? 1 : l->page - 1; /* one row stays for the eye */
    if (action == ACTION_UP)
        list_select(l, l->at > 0 ? l->at - 1 : 0);
    else if (action == ACTION_DOWN)
        list_select(l, l->at + 1);
    else if (action == ACTION_PAGE_UP)
        list_select(l, l->at > page ? l->at - page : 0);
    else if (action == ACTION_PAGE_DOWN)
        list_select(l, l->at + page);
    else if (action == ACTION_FIRST)
        list_select(l, 0);
    else if (action == ACTION_LAST)
        list_select(l, l->n);
    else
        return false;
    return true;
}

static bool has_words(const struct list_source *source, size_t item, const struct buf *needle)
{
    struct buf words = {0}, folded = {0};
    source->words(source->data, item, &words);
    text_fold(&folded, buf_str(&words), words.n);
    bool found = strstr(buf_str(&folded), buf_str(needle)) != NULL;
    buf_free(&words);
    buf_free(&folded);
    return found;
}

bool list_search(struct list *l, const struct list_source *source, const char *words, int dir)
{
    if (words != NULL) {
        size_t n = strlen(words);
        while (n >= sizeof l->needle)
            n = text_prev(words, strlen(words), n);
        memcpy(l->needle, words, n);
        l->needle[n] = '\0';
    }
    if (l->needle[0] == '\0' || l->n == 0 || source->words == NULL)
        return false;
    struct buf needle = {0};
    text_fold(&needle, l->needle, strlen(l->needle));
    bool found = false;
    for (size_t i = dir == 0 ? 0 : 1; i <= l->n && !found; i++) {
        size_t step = i % l->n;
        size_t item = dir < 0 ? (l->at + l->n - step) % l->n : (l->at + step) % l->n;
        found = has_words(source, item, &needle);
        if (found)
            list_select(l, item);
    }
    buf_free(&needle);
    return found;
}

static int item_height(const struct list_source *source, size_t item, int columns)
{
    int h = source->height == NULL ? 1 : source->height(source->data, item, columns);
    return h < 1 ? 1 : h;
}

/* Moves the top so that the selected item shows, whole where there is room. */
static void scroll(struct list *l, struct rect r, const struct list_source *source)
{
    if (l->top > l->at)
        l->top = l->at;
    int rows = item_height(source, l->at, r.w);
    size_t first = l->at;
    while (first > l->top) {
        int h = item_height(source, first - 1, r.w);
        if (rows + h > r.h)
            break;
        rows += h;
        first--;
    }
    l->top = first;
    /* No empty rows at the end while there are items above. */
    for (size_t i = l->at + 1; i < l->n && rows < r.h; i++)
        rows += item_height(source, i, r.w);
    while (l->top > 0 && rows < r.h) {
        rows += item_height(source, l->top - 1, r.w);
        if (rows <= r.h)
            l->top--;
    }
}

void list_draw(struct list *l, struct surface *s, struct rect r, const struct list_source *source, bool focus)
{
    l->page = 0;
    if (focus) {
        s->cursor_x = r.x;
        s->cursor_y = r.y;
    }
    if (r.w < 1 || r.h < 1 || l->n == 0)
        return;
    scroll(l, r, source);
    int y = 0;
    for (size_t i = l->top; i < l->n && y < r.h; i++) {
        int h = item_height(source, i, r.w);
        if (h <= r.h - y)
            l->page++;
        else
            h = r.h - y;
        source->draw(source->data, i, s, (struct rect){r.x, r.y + y, r.w, h}, i == l->at);
        if (i == l->at && focus) {
            int painted = source->focus > 0 && source->focus < r.w ? source->focus : r.w;
            surface_style(s, (struct rect){r.x, r.y + y, painted, 1}, STYLE_FOCUS);
            s->cursor_y = r.y + y;
        }
        y += h;
    }
}
