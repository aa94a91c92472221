#include "core/notation_parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"

struct span span_of(const char *s)
{
    return (struct span){s, s == NULL ? 0 : strlen(s)};
}

struct span span_trim(struct span s)
{
    text_trim(&s.s, &s.n);
    return s;
}

struct span span_cut_to(struct span s, size_t n)
{
    return (struct span){s.s, n < s.n ? n : s.n};
}

struct span span_from(struct span s, size_t at)
{
    if (at > s.n)
        at = s.n;
    return span_trim((struct span){s.s + at, s.n - at});
}

bool span_is(struct span s, const char *word)
{
    return text_same_word(s.s, s.n, word);
}

bool span_same(struct span s, const char *text)
{
    size_t n = text == NULL ? 0 : strlen(text);
    return n == s.n && (n == 0 || memcmp(s.s, text, n) == 0);
}

bool span_word(struct span s, const char *word, struct span *rest)
{
    size_t n = strlen(word);
    if (s.n < n || !text_same_word(s.s, n, word))
        return false;
    if (s.n > n && !text_blank(s.s[n]) && strchr(":;,", s.s[n]) == NULL)
        return false;
    *rest = span_from(s, n);
    return true;
}

bool span_key(struct span s, const char *word, struct span *rest)
{
    size_t n = strlen(word);
    if (s.n <= n || s.s[n] != ':' || !text_same_word(s.s, n, word))
        return false;
    *rest = span_from(s, n + 1);
    return true;
}

size_t span_find(struct span s, const char *piece)
{
    size_t n = strlen(piece);
    if (n == 0 || s.n < n)
        return SIZE_MAX;
    for (size_t i = 0; i + n <= s.n; i++) {
        const char *hit = memchr(s.s + i, piece[0], s.n - n + 1 - i);
        if (hit == NULL)
            return SIZE_MAX;
        i = (size_t)(hit - s.s);
        if (memcmp(hit, piece, n) == 0)
            return i;
    }
    return SIZE_MAX;
}

size_t span_find_last(struct span s, const char *piece)
{
    size_t n = strlen(piece);
    if (n == 0 || s.n < n)
        return SIZE_MAX;
    for (size_t i = s.n - n + 1; i-- > 0;)
        if (memcmp(s.s + i, piece, n) == 0)
            return i;
    return SIZE_MAX;
}

size_t span_colon(struct span s, size_t at)
{
    for (size_t i = at; i < s.n; i++)
        if (s.s[i] == ':' && (i + 1 == s.n || text_blank(s.s[i + 1])))
            return i;
    return SIZE_MAX;
}

struct span span_part(struct span *rest, char mark)
{
    struct span all = *rest;
    const char *hit = all.n == 0 ? NULL : memchr(all.s, mark, all.n);
    if (hit == NULL) {
        *rest = span_cut_to(all, 0);
        return span_trim(all);
    }
    size_t at = (size_t)(hit - all.s);
    *rest = span_from(all, at + 1);
    return span_trim(span_cut_to(all, at));
}

size_t span_bracket_start(struct span s)
{
    size_t depth = 0;
    if (s.n == 0 || s.s[s.n - 1] != ')')
        return SIZE_MAX;
    for (size_t i = s.n; i-- > 0;) {
        if (s.s[i] == ')')
            depth++;
        else if (s.s[i] == '(' && --depth == 0)
            return i;
    }
    return SIZE_MAX;
}

bool span_balanced(struct span s)
{
    size_t depth = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.s[i] == '(')
            depth++;
        else if (s.s[i] == ')' && depth-- == 0)
            return false;
    }
    return depth == 0;
}

bool span_bracket(struct span *text, const char *word, struct span *inside)
{
    size_t at = span_bracket_start(*text);
    size_t n = strlen(word);
    if (at == SIZE_MAX)
        return false;
    struct span in = span_trim((struct span){text->s + at + 1, text->n - at - 2});
    if (in.n <= n || !text_same_word(in.s, n, word) || in.s[n] != ':')
        return false;
    in = span_from(in, n + 1);
    if (in.n == 0)
        return false;
    *inside = in;
    *text = span_trim(span_cut_to(*text, at));
    return true;
}

const struct attendee *span_person(const struct reading *r, struct span s)
{
    const struct attendee *person = NULL;
    if (s.n == 0 || s.n > NOTATION_NAME || names_find(r->record, s.s, s.n, &person) != NAMES_ONE)
        return NULL;
    return person;
}

/* Marks brackets that have no partner: those that close first, from behind those that open. */
static void balance(struct buf *b)
{
    static const char gone = '\x01'; /* in no clean text */
    size_t open = 0, close = 0, kept = 0;
    for (size_t i = 0; i < b->n; i++) {
        if (b->s[i] == '(')
            open++;
        else if (b->s[i] == ')' && open > 0)
            open--;
        else if (b->s[i] == ')')
            b->s[i] = gone;
    }
    for (size_t i = b->n; i-- > 0;) {
        if (b->s[i] == ')')
            close++;
        else if (b->s[i] == '(' && close > 0)
            close--;
        else if (b->s[i] == '(')
            b->s[i] = gone;
    }
    for (size_t i = 0; i < b->n; i++)
        if (b->s[i] != gone)
            b->s[kept++] = b->s[i];
    b->n = kept;
}

static bool ends_in_mode(struct span s, size_t *n)
{
    static const char *const ways[] = {" by phone", " by video"};
    for (size_t i = 0; i < NITEMS(ways); i++) {
        *n = strlen(ways[i]);
        if (s.n >= *n && text_same_word(s.s + s.n - *n, *n, ways[i]))
            return true;
    }
    return false;
}

struct span span_name(struct reading *r, struct span s)
{
    struct buf b = {0};
    for (size_t i = 0; i < s.n; i++) {
        bool arrow = s.s[i] == '>' && b.n > 0 && (b.s[b.n - 1] == '-' || b.s[b.n - 1] == '=');
        if (!arrow)
            buf_addc(&b, s.s[i] == ';' ? ',' : s.s[i]);
    }
    balance(&b);
    struct span name = span_trim((struct span){buf_str(&b), b.n});
    for (size_t before = name.n + 1, n; name.n < before;) {
        before = name.n;
        while (name.n > 0 && strchr(",:", name.s[0]) != NULL)
            name = span_from(name, 1);
        while (name.n > 0 && strchr(",:", name.s[name.n - 1]) != NULL)
            name = span_trim(span_cut_to(name, name.n - 1));
        if (ends_in_mode(name, &n))
            name = span_trim(span_cut_to(name, name.n - n));
    }
    bool same = name.n == s.n && (s.n == 0 || memcmp(name.s, s.s, s.n) == 0);
    char *tidy = arena_strndup(r->reader->arena, name.n == 0 ? "" : name.s, name.n);
    if (!same)
        notice_at(r, s.s, "signs that have a meaning in the notation are left out of the name “%s”", shown(r, s));
    buf_free(&b);
    return same ? s : span_of(tidy);
}

char *span_dup(struct reading *r, struct span s)
{
    return arena_strndup(r->reader->arena, s.s == NULL ? "" : s.s, s.n);
}

char *span_dup_or_null(struct reading *r, struct span s)
{
    return s.n == 0 ? NULL : span_dup(r, s);
}

bool span_day(struct span s, int32_t *day)
{
    return civil_read_day(s.s, s.n, day);
}

bool span_full_day(struct span s, int32_t *day)
{
    if (civil_read_day(s.s, s.n, day))
        return true;
    size_t digits = 0;
    bool year = false;
    for (size_t i = 0; i < s.n; i++) {
        digits = s.s[i] >= '0' && s.s[i] <= '9' ? digits + 1 : 0;
        year = year || digits == 4;
    }
    struct when when;
    if (!year || !civil_read_phrase(s.s, s.n, civil_day((struct civil){2000, 1, 1}), &when))
        return false;
    if (when.day == DAY_NONE || when.time != TIME_NONE || when.from != DAY_NONE || when.weekday_contradicts)
        return false;
    *day = when.day;
    return true;
}

static size_t code_points(const char *s, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += ((unsigned char)s[i] & 0xC0) != 0x80;
    return count;
}

static void notice_place(const struct reading *r, const char *where, struct notice *notice)
{
    size_t at = where >= r->line.s && where <= r->line.s + r->line.n ? (size_t)(where - r->line.s) : 0;
    struct seam seam = {0, r->reader->line, 1};
    for (size_t i = 0; i < r->nseams && r->seams[i].at <= at; i++)
        seam = r->seams[i];
    notice->line = seam.line;
    notice->column = seam.column + (int)code_points(r->line.s + seam.at, at - seam.at);
}

void notices_add(struct reading *r, struct notice notice)
{
    struct notices *list = r->notices;
    if (list == NULL)
        return;
    list->v = arena_grow(r->reader->arena, list->v, list->n, &list->cap, sizeof *list->v);
    list->v[list->n++] = notice;
}

void notice_at(struct reading *r, const char *where, const char *format, ...)
{
    if (r->notices == NULL)
        return;
    char text[1000];
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    if (n < 0 || (size_t)n >= sizeof text)
        BUG("a notice that is too long");
    struct notice notice = {.text = arena_strdup(r->reader->arena, text)};
    notice_place(r, where, &notice);
    notices_add(r, notice);
}

const char *shown(struct reading *r, struct span s)
{
    if (r->notices == NULL)
        return "";
    /* Long enough for a name, short enough for four of them in a notice; escapes make a character longer. */
    enum { MOST = 48, ROOM = 90 };
    size_t cut = 0;
    while (cut < s.n && cut < MOST) {
        size_t next = text_next(s.s, s.n, cut);
        if (next > MOST)
            break;
        cut = next;
    }
    char *piece = arena_strndup(r->reader->arena, s.s == NULL ? "" : s.s, cut);
    char *safe = text_show_dup(r->reader->arena, piece);
    size_t n = text_fit(safe, strlen(safe), ROOM / 2);
    while (n > ROOM)
        n = text_prev(safe, n, n);
    bool whole = cut == s.n && safe[n] == '\0';
    safe[n] = '\0';
    return whole ? safe : arena_printf(r->reader->arena, "%s…", safe);
}

const char *shown_warning(struct reading *r, const struct buf *warning)
{
    enum { MOST_COLUMNS = 160, MOST_BYTES = 700 };
    char *safe = text_show_dup(r->reader->arena, buf_str(warning));
    size_t n = text_fit(safe, strlen(safe), MOST_COLUMNS);
    while (n > MOST_BYTES)
        n = text_prev(safe, n, n);
    safe[n] = '\0';
    return safe;
}

static bool capital(struct span s)
{
    size_t at = 0;
    struct buf folded = {0};
    int32_t code = text_code(s.s, s.n, &at);
    if (code < 0x80)
        return code >= 'A' && code <= 'Z';
    text_fold(&folded, s.s, at);
    bool is = folded.n > 0 && (folded.n != at || memcmp(folded.s, s.s, at) != 0);
    buf_free(&folded);
    return is;
}

bool span_like_name(struct span name)
{
    size_t words = 0;
    while (name.n > 0) {
        if (++words > 4 || !capital(name))
            return false;
        (void)span_part(&name, ' ');
    }
    return words > 0;
}

struct fact reading_fact(struct reading *r, enum fact_kind kind)
{
    struct fact fact = fact_new(kind, r->reader->ids.next(r->reader->ids.data));
    if (!r->begun)
        fact.replaces = r->replaces;
    r->begun = true;
    return fact;
}

void reading_add(struct reading *r, struct fact fact)
{
    facts_add(r->reader->arena, r->facts, fact);
}

static struct uuid scratch_id(void *data)
{
    (void)data;
    return (struct uuid){{0xff, 0xff}};
}

struct idgen scratch_ids(void)
{
    return (struct idgen){scratch_id, NULL};
}
