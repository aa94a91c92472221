/* Lines on their way in: a whole file, or one line as it is typed. */
#include <string.h>

#include "core/notation_parts.h"
#include "core/text.h"

enum { MAX_ENTRIES = 10000, MAX_PEOPLE = 1000, MAX_ITEMS = 1000, MAX_FACTS = 100000 };
static const size_t max_file = (size_t)64 << 20;
static const size_t max_line = (size_t)1 << 20;
static const size_t max_head = 2000;
static const size_t max_memory = (size_t)512 << 20;

/* One physical line, cleaned and trimmed. */
struct piece {
    struct span text;
    int line, column;  /* where the text begins */
    bool indented;
};

static bool mark_sign(struct span s)
{
    return s.n > 0 && (s.s[0] == '-' || s.s[0] == '=') && (s.n == 1 || text_blank(s.s[1]));
}

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool raw_indented(struct span raw)
{
    return raw.n > 0 && (raw.s[0] == '\t' || (raw.n > 1 && raw.s[0] == ' ' && blank(raw.s[1])));
}

static struct piece clean_piece(struct notation_reader *reader, struct span raw, struct notices *notices)
{
    struct text_changes changes = {0};
    struct buf b = {0};
    struct piece piece = {.line = reader->line, .column = 1, .indented = raw_indented(raw)};
    text_clean(&b, raw.s, raw.n, &changes);
    piece.text = span_of(arena_strndup(reader->arena, buf_str(&b), b.n));
    buf_free(&b);
    while (piece.text.n > 0 && text_blank(piece.text.s[0])) {
        piece.text = (struct span){piece.text.s + 1, piece.text.n - 1};
        piece.column++;
    }
    piece.text = span_trim(piece.text);
    struct reading r = {.reader = reader, .notices = notices, .line = piece.text};
    if (changes.replaced > 0)
        notice_at(&r, piece.text.s, "characters that are no text were replaced by U+FFFD");
    else if (changes.dropped > 0)
        notice_at(&r, piece.text.s, "invisible characters were left out");
    return piece;
}

/* ---- one line, whole ---- */

/* In the list of people nothing but people stands; a heading or a line with a time shows that the blank line was forgotten. */
static bool list_is_over(struct span s)
{
    enum notation_section section;
    enum line_class class = line_class(s, &section);
    int time;
    if (s.n > 0 && memchr(s.s, '|', s.n) != NULL)
        return false;
    return class == LINE_ITEM || class == LINE_OUTCOME || class == LINE_RECOMMENDATION || take_time(&s, &time);
}

static void read_in_section(struct reading *r, struct span s)
{
    struct notation_reader *reader = r->reader;
    if (reader->section == SECTION_HEAD) {
        if (read_head_line(r, s, false))
            return;
        notice_at(r, s.s, "this is no line of the head, which ends here");
        reader->section = SECTION_BODY;
    } else if (reader->section == SECTION_PEOPLE && list_is_over(s)) {
        notice_at(r, s.s, "this is nobody's line; the list of people ends here");
        reader->section = SECTION_BODY;
    }
    switch (reader->section) {
    case SECTION_PEOPLE:
        read_people_line(r, s);
        break;
    case SECTION_SIGNOFF:
        read_signoff(r, s);
        break;
    case SECTION_COPIES:
        read_copy(r, s);
        break;
    case SECTION_HEAD:
    case SECTION_BODY:
        read_body_line(r, s);
        break;
    }
}

/* A line that belongs to none above: sections open and close, comments and blank lines mean nothing. */
static void read_line(struct reading *r, struct span s)
{
    enum notation_section section;
    bool at_start = r->nseams == 0 || r->seams[0].column == 1;
    switch (line_class(s, &section)) {
    case LINE_NOTHING:
        if (s.n > 0 && !at_start) /* ";;" that does not begin the line is text */
            read_in_section(r, s);
        else if (s.n == 0 && (r->reader->section != SECTION_HEAD || r->record->nhead > 0 || r->reader->above.known))
            r->reader->section = SECTION_BODY;
        break;
    case LINE_SECTION:
        r->reader->section = section;
        break;
    case LINE_ITEM:
    case LINE_CORRECTION:
    case LINE_OUTCOME:
    case LINE_RECOMMENDATION:
    case LINE_ENTRY:
        read_in_section(r, s);
        break;
    }
}

/* Keeps the line for one that may go on with it. */
static void remember(struct reading *r, size_t nfacts)
{
    struct notation_above *above = &r->reader->above;
    size_t n = r->line.n;
    if (n == 0 || (r->facts->n == nfacts && r->reader->section != SECTION_HEAD)) {
        above->known = above->known || r->reader->section == SECTION_HEAD;
        above->n = 0;
        return;
    }
    above->known = true;
    above->n = n < sizeof above->text ? n : 0;
    memcpy(above->text, r->line.s, above->n);
    above->line = r->reader->line;
    if (r->facts->n == nfacts)
        return; /* a key of the head without a value yet */
    above->first = r->facts->v[nfacts].id;
    above->last = r->facts->v[r->facts->n - 1].id;
}

static void mark_typed_by(struct reading *r, size_t nfacts)
{
    if (r->reader->typed_by == NULL || r->facts->n == nfacts || r->facts->v[nfacts].kind_of_fact != FACT_ENTRY)
        return;
    struct fact f = reading_fact(r, FACT_MARKED);
    f.target = r->facts->v[nfacts].id;
    f.mark = "typed";
    f.by = r->reader->typed_by;
    reading_add(r, f);
}

/* A line with the pieces that go on with it, already joined. */
static void read_joined(struct reading *r)
{
    size_t nfacts = r->facts->n;
    bool nothing = r->line.n == 0 || (r->line.n >= 2 && memcmp(r->line.s, ";;", 2) == 0);
    read_line(r, r->line);
    mark_typed_by(r, nfacts);
    if (!nothing)
        remember(r, nfacts);
}

static void read_piece(struct notation_reader *reader, const struct record *record, const struct piece *piece, struct facts *facts,
                       struct notices *notices)
{
    struct seam seam = {0, piece->line, piece->column};
    struct reading r = {.reader = reader, .record = record, .facts = facts, .notices = notices, .line = piece->text, .seams = &seam, .nseams = 1};
    if (!piece->indented || piece->text.n == 0) {
        read_joined(&r);
        return;
    }
    if (mark_sign(piece->text)) {
        size_t nfacts = facts->n;
        read_indented(&r, piece->text);
        remember(&r, nfacts);
        return;
    }
    if (!read_continuation(&r, &seam)) {
        notice_at(&r, piece->text.s, "there is no line above that this could go on with");
        read_joined(&r);
    }
}

void notation_line(struct notation_reader *reader, const struct record *record, const char *line, size_t n, struct facts *facts,
                   struct notices *notices)
{
    reader->line++;
    struct piece piece = clean_piece(reader, (struct span){line, n}, notices);
    read_piece(reader, record, &piece, facts, notices);
}

/* ---- a file ---- */

struct file {
    struct notation_reader *reader;
    struct record *record;
    struct facts *facts;
    struct notices *notices;
    struct span rest;          /* lines not yet read */
    size_t memory;             /* what the arena held before */
    uint64_t people;           /* version of the list that the index of names was made for */
    struct piece *held;        /* lines about help and contacts: read when all people are known */
    size_t nheld, cap;
    bool held_last;            /* the last line waits, so what goes on with it waits too */
};

static struct span first_line(struct span rest, struct span *after)
{
    const char *end = rest.n == 0 ? NULL : memchr(rest.s, '\n', rest.n);
    size_t n = end == NULL ? rest.n : (size_t)(end - rest.s);
    size_t skip = end == NULL ? n : n + 1;
    *after = (struct span){rest.s + skip, rest.n - skip};
    return (struct span){rest.s, n > 0 && rest.s[n - 1] == '\r' ? n - 1 : n};
}

/* Does the line go on with the one above, with text of its own? Only cleaning tells what it begins with. */
static bool goes_on(struct span raw)
{
    struct buf b = {0};
    if (!raw_indented(raw))
        return false;
    text_clean(&b, raw.s, raw.n, NULL);
    struct span text = span_trim((struct span){buf_str(&b), b.n});
    bool is = text.n > 0 && !mark_sign(text);
    buf_free(&b);
    return is;
}

static bool means_nothing(struct span raw)
{
    size_t i = 0;
    while (i < raw.n && (blank(raw.s[i]) || raw.s[i] == '\r'))
        i++;
    return i == raw.n || (i == 0 && raw.n >= 2 && memcmp(raw.s, ";;", 2) == 0);
}

/* Does one of the next lines go on with this one? *skipped: blank lines and comments before it, which mean nothing in the body. */
static bool next_goes_on(const struct file *f, int *skipped)
{
    struct span after, rest = f->rest;
    *skipped = 0;
    while (rest.n > 0) {
        struct span raw = first_line(rest, &after);
        if (goes_on(raw))
            return true;
        if (f->reader->section != SECTION_BODY || !means_nothing(raw))
            return false;
        rest = after;
        ++*skipped;
    }
    return false;
}

/* May pieces be joined to it before it is read? Marks, corrections and lines of sections stand for themselves: what follows them is read as
 * if it were typed. */
static bool may_be_joined(const struct file *f, const struct piece *piece, enum line_class *class)
{
    enum notation_section section = f->reader->section;
    if (piece->indented || (section != SECTION_BODY && section != SECTION_HEAD))
        return false;
    *class = line_class(piece->text, &section);
    return *class != LINE_NOTHING && *class != LINE_SECTION && *class != LINE_CORRECTION;
}

/* The index of names is made again when names are about to be looked up: not for each line of the list of people. */
static void know_names(struct file *f, const struct piece *piece)
{
    struct span rest;
    bool list = f->reader->section == SECTION_HEAD ||
                (f->reader->section == SECTION_PEOPLE && !span_key(piece->text, "help", &rest) && !span_key(piece->text, "contact", &rest));
    if (list || f->record->people_version == f->people)
        return;
    names_refresh(f->record);
    f->people = f->record->people_version;
}

/* Joins the pieces that go on with the first and reads all of it. */
static enum evh read_with_more(struct file *f, const struct piece *first, bool entry_only, struct err *err)
{
    struct buf b = {0};
    struct seam *seams = NULL;
    size_t nseams = 0, cap = 0;
    struct arena *arena = f->reader->arena;
    struct piece piece = *first;
    enum evh code = EVH_OK;
    int last = first->line;
    for (;;) {
        if (nseams > 0)
            buf_addc(&b, ' ');
        seams = arena_grow(arena, seams, nseams, &cap, sizeof *seams);
        seams[nseams++] = (struct seam){b.n, piece.line, piece.column};
        buf_add(&b, piece.text.s, piece.text.n);
        if (b.n > max_line)
            code = err_set(err, EVH_LIMIT, "line %d and those that go on with it are longer than 1 MiB", first->line);
        int skipped;
        if (code != EVH_OK || !next_goes_on(f, &skipped))
            break;
        for (; skipped > 0; skipped--, last++)
            (void)first_line(f->rest, &f->rest);
        f->reader->line = ++last;
        piece = clean_piece(f->reader, first_line(f->rest, &f->rest), f->notices);
    }
    if (code == EVH_OK) {
        struct reading r = {.reader = f->reader, .record = f->record, .facts = f->facts, .notices = f->notices, .seams = seams, .nseams = nseams,
                            .entry_only = entry_only};
        r.line = (struct span){arena_strndup(arena, b.s, b.n), b.n};
        f->reader->line = first->line;
        read_joined(&r);
        f->reader->line = last;
    }
    buf_free(&b);
    return code;
}

static enum evh check_limits(const struct file *f, struct err *err)
{
    if (f->record->nentries > MAX_ENTRIES)
        return err_set(err, EVH_LIMIT, "line %d: more than 10,000 entries in one meeting", f->reader->line);
    if (f->record->npeople > MAX_PEOPLE)
        return err_set(err, EVH_LIMIT, "line %d: more than 1,000 people in one meeting", f->reader->line);
    if (f->facts->n > MAX_FACTS) /* no meeting has so many; bounds what a file of nothing but marks can take */
        return err_set(err, EVH_LIMIT, "line %d: more than 100,000 lines in one meeting", f->reader->line);
    if (f->record->nhead >= max_head)
        return err_set(err, EVH_LIMIT, "line %d: more than 2,000 lines in the head", f->reader->line);
    if (arena_size(f->reader->arena) - f->memory > max_memory) /* lines that go on and on */
        return err_set(err, EVH_LIMIT, "line %d: this file needs more than 512 MiB of memory", f->reader->line);
    if (f->record->nitems > MAX_ITEMS + 1)
        return err_set(err, EVH_LIMIT, "line %d: more than 1,000 items in one meeting", f->reader->line);
    return EVH_OK;
}

static void read_apply(struct file *f, const struct piece *piece, bool again)
{
    size_t nfacts = f->facts->n;
    know_names(f, piece);
    read_piece(f->reader, f->record, piece, f->facts, again ? NULL : f->notices);
    for (size_t i = nfacts; i < f->facts->n; i++)
        (void)record_apply(f->record, &f->facts->v[i]);
}

/* A line about help or a contact may name people whose line comes later: it waits for the end of the list. */
static bool hold(struct file *f, const struct piece *piece)
{
    struct span rest;
    if (f->reader->section != SECTION_PEOPLE || piece->text.n == 0)
        return false;
    bool waits = !piece->indented && (span_key(piece->text, "help", &rest) || span_key(piece->text, "contact", &rest));
    bool after = piece->indented && f->held_last;
    f->held_last = waits || after;
    if (!f->held_last)
        return false;
    f->held = arena_grow(f->reader->arena, f->held, f->nheld, &f->cap, sizeof *f->held);
    f->held[f->nheld++] = *piece;
    return true;
}

static bool ends_list(const struct file *f, const struct piece *piece)
{
    enum notation_section section;
    return f->reader->section != SECTION_PEOPLE || piece->text.n == 0 || line_class(piece->text, &section) == LINE_SECTION || list_is_over(piece->text);
}

static void release(struct file *f)
{
    int line = f->reader->line;
    for (size_t i = 0; i < f->nheld; i++) {
        f->reader->line = f->held[i].line;
        read_apply(f, &f->held[i], i + 1 < f->nheld && f->held[i + 1].indented);
    }
    f->nheld = 0;
    f->held_last = false;
    f->reader->line = line;
}

static enum evh read_next_line(struct file *f, struct err *err)
{
    enum line_class class;
    f->reader->line++;
    struct span raw = first_line(f->rest, &f->rest);
    if (raw.n > max_line)
        return err_set(err, EVH_LIMIT, "line %d is longer than 1 MiB", f->reader->line);
    struct piece piece = clean_piece(f->reader, raw, f->notices);
    int skipped = 0;
    bool more = !means_nothing(raw) && next_goes_on(f, &skipped);
    if (f->nheld > 0 && ends_list(f, &piece))
        release(f);
    if (hold(f, &piece))
        return EVH_OK;
    if (more && may_be_joined(f, &piece, &class)) {
        size_t nfacts = f->facts->n;
        know_names(f, &piece);
        enum evh code = read_with_more(f, &piece, class == LINE_ENTRY, err);
        if (code != EVH_OK)
            return code;
        for (size_t i = nfacts; i < f->facts->n; i++)
            (void)record_apply(f->record, &f->facts->v[i]);
    } else {
        /* What goes on is read again with the next line, and has its notices then. */
        read_apply(f, &piece, more && skipped == 0 && (piece.indented || f->reader->section != SECTION_BODY));
    }
    return check_limits(f, err);
}

enum evh notation_read(struct notation_reader *reader, struct record *record, const char *text, size_t n, struct facts *facts,
                       struct notices *notices, struct err *err)
{
    struct file f = {.reader = reader, .record = record, .facts = facts, .notices = notices, .rest = {text, n}, .memory = arena_size(reader->arena)};
    if (n > max_file)
        return err_set(err, EVH_LIMIT, "the file is larger than 64 MiB");
    if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        f.rest = (struct span){text + 3, n - 3};
    reader->section = SECTION_HEAD;
    reader->line = 0;
    reader->above = (struct notation_above){0};
    enum evh code = EVH_OK;
    while (f.rest.n > 0 && code == EVH_OK)
        code = read_next_line(&f, err);
    if (code == EVH_OK && f.nheld > 0)
        release(&f);
    if (record->people_version != f.people)
        names_refresh(record);
    return code;
}
