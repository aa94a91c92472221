#include "core/mask.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "core/text.h"

struct phrase {
    const char *fold;  /* single blanks between its words */
    const char *label; /* NULL: stays as it is */
    bool part;         /* of a name, and not its first */
    bool capital;      /* is a word as well, and a name only with a capital */
    bool unspaced_first, unspaced_last; /* in a script that writes words together */
};

struct mask {
    struct arena *arena;
    struct phrase *v;
    size_t n, cap;
    const char **shared; /* folded parts of other people's names */
    size_t nshared, shared_cap;
};

struct mask *mask_new(struct arena *arena)
{
    struct mask *mask = arena_alloc(arena, 1, sizeof *mask);
    mask->arena = arena;
    return mask;
}

/* ---- characters ---- */

static int32_t code_at(const char *s, size_t n, size_t at)
{
    return at < n ? text_code(s, n, &at) : -1;
}

static bool letter(int32_t code)
{
    if (code < 0)
        return false;
    utf8proc_category_t c = utf8proc_category(code);
    return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO) || (c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_NO);
}

static bool lower(int32_t code)
{
    return code >= 0 && utf8proc_category(code) == UTF8PROC_CATEGORY_LL;
}

static bool cased(int32_t code)
{
    return code >= 0 && (utf8proc_tolower(code) != code || utf8proc_toupper(code) != code);
}

/* Han, Kana, Thai, Lao, Burmese, Khmer: there is no telling where a word ends. */
static bool unspaced(int32_t code)
{
    return (code >= 0x2e80 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0x20000 && code <= 0x3ffff) ||
           (code >= 0x0e00 && code <= 0x0eff) || (code >= 0x1000 && code <= 0x109f) || (code >= 0x1780 && code <= 0x17ff);
}

static bool blank(const char *s, size_t n, size_t at)
{
    int32_t code = code_at(s, n, at);
    return code == ' ' || code == 0xa0 || code == 0x202f || code == 0x3000;
}

static bool hyphen(const char *s, size_t n, size_t at)
{
    int32_t code = code_at(s, n, at);
    return code == '-' || code == 0x2010 || code == 0x2011;
}

/* ---- labels ---- */

const char *mask_label(struct arena *arena, const char *full_name, const char *ref)
{
    if (ref != NULL && ref[0] != '\0')
        return arena_strdup(arena, ref);
    struct buf out = {0};
    size_t n = strlen(full_name);
    bool begins = true;
    for (size_t at = 0; at < n;) {
        size_t next = text_next(full_name, n, at);
        if (begins && letter(code_at(full_name, n, at))) {
            buf_add(&out, full_name + at, next - at);
            buf_addc(&out, '.');
        }
        begins = blank(full_name, n, at);
        at = next;
    }
    const char *label = out.n > 0 ? arena_strndup(arena, buf_str(&out), out.n) : "the child";
    buf_free(&out);
    return label;
}

/* ---- names ---- */

/* Folded, with one blank between words and none at the ends. */
static const char *folded(struct arena *arena, const char *s, size_t n)
{
    struct buf one = {0}, out = {0};
    text_fold(&one, s, n);
    for (size_t i = 0; i < one.n; i++) {
        if (one.s[i] != ' ' || (out.n > 0 && out.s[out.n - 1] != ' '))
            buf_addc(&out, one.s[i]);
    }
    while (out.n > 0 && out.s[out.n - 1] == ' ')
        buf_splice(&out, out.n - 1, 1, "", 0);
    const char *fold = arena_strndup(arena, buf_str(&out), out.n);
    buf_free(&one);
    buf_free(&out);
    return fold;
}

static const char *const ordinary[] = {
#define ORDINARY(word) word,
#include "core/ordinary.def"
#undef ORDINARY
};

static int by_word(const void *a, const void *b)
{
    return strcmp(a, *(const char *const *)b);
}

static void add(struct mask *m, const char *s, size_t n, const char *label, bool part)
{
    const char *fold = folded(m->arena, s, n);
    size_t length = strlen(fold);
    if (length == 0)
        return;
    m->v = arena_grow(m->arena, m->v, m->n, &m->cap, sizeof m->v[0]);
    m->v[m->n++] = (struct phrase){
        .fold = fold, .label = label == NULL ? NULL : arena_strdup(m->arena, label), .part = part,
        .capital = bsearch(fold, ordinary, NITEMS(ordinary), sizeof ordinary[0], by_word) != NULL, .unspaced_first = unspaced(code_at(fold, length, 0)),
        .unspaced_last = unspaced(code_at(fold, length, text_prev(fold, length, length))),
    };
}

/* A part of a name that is a name by itself: not "van", not an initial. */
static bool name_by_itself(const char *s, size_t n)
{
    size_t letters = 0;
    int32_t first = code_at(s, n, 0);
    for (size_t at = 0; at < n; at = text_next(s, n, at))
        letters += letter(code_at(s, n, at));
    if (lower(first) && n < strlen("xxxx"))
        return false;
    return letters >= (cased(first) ? 3 : 2);
}

/* Calls for each part between blanks (and hyphens when `fine`). */
static size_t part_end(const char *s, size_t n, size_t at, bool fine)
{
    while (at < n && !blank(s, n, at) && !(fine && hyphen(s, n, at)))
        at = text_next(s, n, at);
    return at;
}

static void add_parts(struct mask *m, const char *name, const char *label, bool fine)
{
    size_t n = strlen(name);
    bool first = true;
    for (size_t at = 0; at < n;) {
        size_t end = part_end(name, n, at, fine);
        if (end > at) {
            if (name_by_itself(name + at, end - at))
                add(m, name + at, end - at, label, !first);
            first = false;
        }
        at = end < n ? text_next(name, n, end) : n;
    }
}

void mask_child(struct mask *m, const char *name, const char *label)
{
    if (name == NULL)
        return;
    add(m, name, strlen(name), label, false);
    add_parts(m, name, label, false);
    add_parts(m, name, label, true);
}

void mask_other(struct mask *m, const char *name)
{
    size_t n = strlen(name);
    add(m, name, n, NULL, false);
    for (size_t at = 0; at < n;) {
        size_t end = part_end(name, n, at, false);
        if (end > at) {
            m->shared = arena_grow(m->arena, m->shared, m->nshared, &m->shared_cap, sizeof m->shared[0]);
            m->shared[m->nshared++] = folded(m->arena, name + at, end - at);
        }
        at = end < n ? text_next(name, n, end) : n;
    }
}

/* ---- texts ---- */

/* A text by its clusters, folded. */
struct folding {
    struct arena *arena;
    const char *s;
    size_t n, count;
    size_t *at;        /* of each cluster, in the text; one more behind the last */
    size_t *fold_at;   /* the same in `fold` */
    struct buf fold;
};

static void fold_text(struct folding *f, struct arena *arena, const char *s)
{
    *f = (struct folding){.arena = arena, .s = s, .n = strlen(s)};
    f->at = arena_alloc(arena, f->n + 1, sizeof f->at[0]);
    f->fold_at = arena_alloc(arena, f->n + 1, sizeof f->fold_at[0]);
    for (size_t at = 0, next; at < f->n; at = next) {
        next = text_next(s, f->n, at);
        f->at[f->count] = at;
        f->fold_at[f->count++] = f->fold.n;
        text_fold(&f->fold, s + at, next - at);
    }
    f->at[f->count] = f->n;
    f->fold_at[f->count] = f->fold.n;
}

static bool word_at(const struct folding *f, size_t cluster)
{
    return cluster < f->count && letter(code_at(f->s, f->n, f->at[cluster]));
}

static bool apart(const struct folding *f, size_t cluster, bool inside_unspaced)
{
    int32_t code = cluster < f->count ? code_at(f->s, f->n, f->at[cluster]) : -1;
    return !word_at(f, cluster) || (inside_unspaced && unspaced(code));
}

/* The cluster behind a phrase that begins at one; 0: it does not. */
static size_t matches(const struct folding *f, size_t cluster, const struct phrase *p)
{
    const char *want = p->fold, *text = buf_str(&f->fold);
    size_t at = cluster;
    if (cluster > 0 && !apart(f, cluster - 1, p->unspaced_first))
        return 0;
    while (*want != '\0') {
        if (at >= f->count)
            return 0;
        size_t from = f->fold_at[at], n = f->fold_at[at + 1] - from;
        if (*want == ' ') { /* as many as there are */
            if (n != 1 || text[from] != ' ')
                return 0;
            while (at < f->count && f->fold_at[at + 1] - f->fold_at[at] == 1 && text[f->fold_at[at]] == ' ')
                at++;
            want++;
            continue;
        }
        if (strncmp(want, text + from, n) != 0)
            return 0;
        want += n;
        at++;
    }
    return apart(f, at, p->unspaced_last) ? at : 0;
}

static bool left_alone(const struct mask *m, const struct phrase *p)
{
    for (size_t i = 0; p->part && i < m->nshared; i++) {
        if (strcmp(m->shared[i], p->fold) == 0)
            return true;
    }
    return false;
}

static bool small(const struct folding *f, size_t cluster)
{
    return lower(code_at(f->s, f->n, f->at[cluster]));
}

/* The longest; of two as long the one that hides. */
static const struct phrase *best_at(const struct mask *m, const struct folding *f, size_t cluster, size_t *end)
{
    const struct phrase *best = NULL;
    *end = 0;
    for (size_t i = 0; i < m->n; i++) {
        size_t to = matches(f, cluster, &m->v[i]);
        bool better = to > *end || (to == *end && to > 0 && best->label == NULL);
        if (better && !left_alone(m, &m->v[i]) && !(m->v[i].capital && small(f, cluster))) {
            best = &m->v[i];
            *end = to;
        }
    }
    return best;
}

const char *mask_text(const struct mask *m, struct arena *arena, const char *text)
{
    if (text == NULL || m->n == 0)
        return text;
    struct folding f;
    struct buf out = {0};
    struct arena *scratch = arena_new();
    fold_text(&f, scratch, text);
    for (size_t i = 0; i < f.count;) {
        size_t end = 0;
        const struct phrase *p = word_at(&f, i) && (i == 0 || !word_at(&f, i - 1) || unspaced(code_at(text, f.n, f.at[i]))) ? best_at(m, &f, i, &end) : NULL;
        if (p == NULL)
            end = i + 1;
        if (p != NULL && p->label != NULL)
            buf_adds(&out, p->label);
        else
            buf_add(&out, text + f.at[i], f.at[end] - f.at[i]);
        i = end;
    }
    const char *masked = arena_strndup(arena, buf_str(&out), out.n);
    buf_free(&out);
    buf_free(&f.fold);
    arena_free(scratch);
    return masked;
}
