#include "tui/context.h"

#include <string.h>

#include "core/names.h"
#include "core/text.h"
#include "data/file.h"
#include "tui/paths.h"
#include "tui/visitor.h"
#include "tui/visits.h"

const char *context_option(struct context *c, enum opt opt)
{
    const char *value = opt_value(&c->args, opt);
    return value == NULL ? NULL : text_clean_dup(c->arena, value, strlen(value));
}

const char *context_operand(struct context *c, size_t n)
{
    if (n >= c->args.noperands)
        return NULL;
    const char *s = c->args.operands[n];
    return text_clean_dup(c->arena, s, strlen(s));
}

const char *context_short(struct context *c, const char *words)
{
    size_t n = strlen(words), fit = text_fit(words, n, 60);
    return fit == n ? words : arena_printf(c->arena, "%.*s…", (int)fit, words);
}

enum evh context_date(struct context *c, enum opt opt, int32_t *day)
{
    const char *words = context_option(c, opt);
    if (words == NULL)
        return EVH_OK;
    struct when when;
    int32_t today = c->world.now(c->world.data).day;
    if (!civil_read_phrase(words, strlen(words), today, &when) || when.day == DAY_NONE)
        return err_set(&c->err, EVH_USAGE, "“%s” is no date that can be read; write it as 2026-11-24 or 24 Nov",
                       context_short(c, words));
    *day = when.day;
    return EVH_OK;
}

enum evh context_choice(struct context *c, enum opt opt, const char *choices, int *choice)
{
    const char *word = context_option(c, opt);
    *choice = 0;
    if (word == NULL)
        return EVH_OK;
    const char *s = choices;
    for (int i = 0; *s != '\0'; i++) {
        size_t n = strcspn(s, " ");
        if (strlen(word) == n && memcmp(s, word, n) == 0) {
            *choice = i;
            return EVH_OK;
        }
        s += n + (s[n] == ' ');
    }
    return err_set(&c->err, EVH_USAGE, "--%s %s is not known; it may be one of: %s", opt_table[opt].name,
                   context_short(c, word), choices);
}

enum evh context_data(struct context *c)
{
    if (c->data == NULL)
        c->data = paths_data(c->arena, opt_value(&c->args, OPT_DATA));
    if (c->data == NULL)
        return err_set(&c->err, EVH_USAGE, "nothing says where the records are kept; give --data DIR or set HOME");
    return EVH_OK;
}

static enum evh open_store(struct context *c, enum store_mode mode, struct store **store)
{
    enum evh rc = store_open(store, c->data, mode, &c->world, &c->err);
    if (rc == EVH_NOTFOUND)
        return err_set(&c->err, rc, "there are no meetings yet in %s; begin with evenhand new or evenhand import", c->data);
    return rc;
}

/* ---- who is using it ---- */

/* --by may repeat the name, and no more: who somebody is comes from --as alone. */
static enum evh check_by(struct context *c)
{
    const char *by = context_option(c, OPT_BY);
    if (by == NULL)
        return EVH_OK;
    const char *name = text_fold_dup(c->arena, c->visitor.name, strlen(c->visitor.name));
    if (strcmp(text_fold_dup(c->arena, by, strlen(by)), name) == 0)
        return EVH_OK;
    return err_set(&c->err, EVH_USAGE, "--as says that this is %s: --by can name nobody else", c->visitor.name);
}

static enum evh find_visitor(struct context *c)
{
    char text[UUID_TEXT];
    struct person_row row = {0};
    uuid_text(c->visitor.person, text);
    enum evh rc = store_find_person(c->store, c->arena, text, &row, &c->err);
    if (rc == EVH_NOTFOUND)
        return err_set(&c->err, rc, "nobody here has the id %s; evenhand person list shows the ids", text);
    if (rc != EVH_OK)
        return rc;
    c->visitor.person = row.id;
    c->visitor.name = row.name;
    return check_by(c);
}

/* Nothing is shown before it is written down who looks; a handle for reading has another beside it for that. */
static enum evh begin_visit(struct context *c, enum store_mode mode)
{
    enum evh rc = find_visitor(c);
    c->log = c->store;
    if (rc == EVH_OK && mode == STORE_READ)
        rc = open_store(c, STORE_WRITE, &c->log);
    if (rc == EVH_OK)
        rc = store_set_visitor(c->log, &c->visitor, &c->err);
    if (rc == EVH_OK && c->log != c->store)
        rc = store_set_visitor(c->store, &c->visitor, &c->err);
    return rc == EVH_OK ? store_visit(c->log, "began", (struct uuid){{0}}, &c->err) : rc;
}

static enum evh read_as(struct context *c)
{
    const char *as = opt_value(&c->args, OPT_AS);
    if (as == NULL || !uuid_none(c->visitor.person))
        return EVH_OK;
    if (!uuid_read(as, strlen(as), &c->visitor.person) || uuid_none(c->visitor.person))
        return err_set(&c->err, EVH_USAGE, "--as needs the whole id of a person, as evenhand person list --format json gives it");
    visitor_place(c->arena, &c->visitor);
    return EVH_OK;
}

static void close_stores(struct context *c)
{
    if (c->log != c->store)
        store_close(c->log);
    store_close(c->store);
    c->log = c->store = NULL;
}

enum evh context_open(struct context *c, enum store_mode mode)
{
    enum evh rc = context_data(c);
    if (rc == EVH_OK)
        rc = read_as(c);
    if (rc != EVH_OK)
        return rc;
    bool named = !uuid_none(c->visitor.person);
    if (opt_has(&c->args, OPT_READ_ONLY))
        mode = STORE_READ;
    else if (named && mode == STORE_CREATE)
        mode = STORE_WRITE;
    rc = open_store(c, mode, &c->store);
    if (rc == EVH_OK && named)
        rc = begin_visit(c, mode);
    if (rc != EVH_OK)
        close_stores(c);
    else if (store_warning(c->store) != NULL)
        context_say("%s", store_warning(c->store));
    return rc;
}

static bool not_now(void *data, const char *what, int waited_ms)
{
    (void)data;
    (void)what;
    (void)waited_ms;
    return false;
}

/* Nobody was named: what can be written is, and nobody waits for it. */
static void visit_unnamed(struct context *c, const char *what, struct uuid meeting)
{
    struct world world = c->world;
    world.waiting = not_now;
    if (c->log == NULL && store_open(&c->log, c->data, STORE_WRITE, &world, NULL) != EVH_OK)
        c->log = NULL;
    if (c->log == NULL)
        return;
    visits_account(c->log);
    visits_try(c->log, what, meeting);
}

enum evh context_visit(struct context *c, const char *what, struct uuid meeting)
{
    if (!uuid_none(c->visitor.person))
        return store_visit(c->log, what, meeting, &c->err);
    visit_unnamed(c, what, meeting);
    return EVH_OK;
}

void context_close(struct context *c)
{
    struct err told = {0};
    if (c->log != NULL && !uuid_none(c->visitor.person))
        (void)!store_visit(c->log, "ended", (struct uuid){{0}}, NULL);
    if (c->store != NULL && store_told(c->store, &told))
        context_say("%s", told.text);
    close_stores(c);
}

const struct types *context_types(struct context *c)
{
    if (c->types_read)
        return &c->types;
    c->types_read = true;
    struct err err = {0};
    const char *tables = paths_tables(opt_value(&c->args, OPT_TABLES));
    if (file_types(tables, paths_own(c->arena), c->arena, &c->types, &err) != EVH_OK)
        context_say("%s; without it there are no agendas and no words for the outcome", err.text);
    return &c->types;
}

bool context_is_file(const char *words)
{
    size_t n = strlen(words);
    static const char ending[] = ".meeting";
    size_t e = sizeof(ending) - 1;
    return strcmp(words, "-") == 0 || strchr(words, '/') != NULL || (n > e && strcmp(words + n - e, ending) == 0);
}

enum evh context_meeting(struct context *c, const char *words, struct uuid *id)
{
    if (context_is_file(words))
        return err_set(&c->err, EVH_USAGE, "%s is a file; this needs a meeting that was imported", context_short(c, words));
    return store_find_meeting(c->store, words, id, &c->err);
}

#define PROPOSED 3

enum evh context_person(struct context *c, const char *words, struct person_row *row)
{
    struct person_rows some = {0};
    struct err quiet = {0};
    enum evh rc = store_find_person(c->store, c->arena, words, row, &c->err);
    if (rc != EVH_NOTFOUND || store_people(c->store, c->arena, words, &some, &quiet) != EVH_OK || some.n == 0)
        return rc;
    if (some.n > PROPOSED)
        return err_set(&c->err, rc, "nobody is called “%s”, but %zu people have that in their names: evenhand person list shows them with their ids",
                       context_short(c, words), some.n);
    struct buf names = {0};
    for (size_t i = 0; i < some.n; i++)
        buf_addf(&names, "%s%s (id %s)", i == 0 ? "" : i + 1 < some.n ? ", " : " or ", context_short(c, some.v[i].name), some.v[i].short_id);
    rc = err_set(&c->err, rc, "nobody is called “%s”; did you mean %s?", context_short(c, words), buf_str(&names));
    buf_free(&names);
    return rc;
}

/* Ids for a file's facts which remember the line that they came from. */
struct line_ids {
    struct idgen ids;
    const struct notation_reader *reader;
    struct arena *arena;
    struct lines *lines;
};

static struct uuid next_id(void *data)
{
    struct line_ids *l = data;
    struct uuid id = l->ids.next(l->ids.data);
    if (l->lines != NULL) {
        l->lines->v = arena_grow(l->arena, l->lines->v, l->lines->n, &l->lines->cap, sizeof(*l->lines->v));
        l->lines->v[l->lines->n++] = (struct line_of){id, l->reader->line};
    }
    return id;
}

static enum evh record_of_file(struct context *c, const char *path, struct record **record, struct notices *notices, struct lines *lines)
{
    struct buf text = {0};
    enum evh rc = file_read(path, MEETING_FILE_MAX, &text, &c->err);
    if (rc != EVH_OK) {
        buf_free(&text);
        c->err.code = EVH_INVALID; /* an input that cannot be read is refused: the storage is well */
        return EVH_INVALID;
    }
    const struct types *types = context_types(c);
    struct notation_reader reader = {.arena = c->arena, .types = types->n > 0 ? types : NULL, .section = SECTION_HEAD,
                                     .stamp = TIME_NONE, .now = {.day = DAY_NONE, .time = TIME_NONE}};
    struct line_ids ids = {world_ids(&c->world), &reader, c->arena, lines};
    reader.ids = (struct idgen){next_id, &ids};
    struct facts facts = {0};
    struct notices own = {0};
    *record = record_new(ids.ids.next(ids.ids.data));
    rc = notation_read(&reader, *record, buf_str(&text), text.n, &facts, notices != NULL ? notices : &own, &c->err);
    buf_free(&text);
    if (rc == EVH_OK && notices == NULL)
        context_notices(path, &own, "warning");
    if (rc != EVH_OK) {
        err_prefix(&c->err, "%s", path);
        record_free(*record);
        *record = NULL;
    }
    return rc;
}

enum evh context_record(struct context *c, const char *words, struct record **record, struct notices *notices, struct lines *lines)
{
    *record = NULL;
    if (context_is_file(words))
        return record_of_file(c, words, record, notices, lines);
    enum evh rc = c->store != NULL ? EVH_OK : context_open(c, STORE_READ);
    struct uuid id;
    if (rc == EVH_OK)
        rc = context_meeting(c, words, &id);
    if (rc == EVH_OK)
        rc = store_record(c->store, id, record, &c->err);
    return rc;
}

/* Somebody whom a restriction names as its reader, though the list does not have them. */
static const char *reader_of(const struct record *record, const struct restriction *r, const char *folded)
{
    const char *found = NULL;
    for (size_t i = 0; i < r->readers.n && found == NULL; i++) {
        char *other = text_fold_dup(record->arena, r->readers.v[i], strlen(r->readers.v[i]));
        if (strcmp(other, folded) == 0)
            found = r->readers.v[i];
    }
    return found;
}

static const char *named_reader(const struct record *record, const char *name)
{
    const char *folded = text_fold_dup(record->arena, name, strlen(name));
    const char *found = NULL;
    for (size_t i = 0; i < record->nentries && found == NULL; i++)
        found = reader_of(record, &record->entries[i].restriction, folded);
    for (size_t i = 0; i < record->noutcomes && found == NULL; i++)
        found = reader_of(record, &record->outcomes[i].restriction, folded);
    for (size_t i = 0; i < record->nrecommendations && found == NULL; i++)
        found = reader_of(record, &record->recommendations[i].restriction, folded);
    for (size_t i = 0; i < record->nsignoffs && found == NULL; i++)
        found = reader_of(record, &record->signoffs[i].restriction, folded);
    for (size_t i = 0; i < record->ncopies && found == NULL; i++)
        found = reader_of(record, &record->copies[i].restriction, folded);
    return found;
}

enum evh context_audience(struct context *c, const struct record *record, struct audience *audience)
{
    static const enum audience_kind kinds[] = {AUDIENCE_OPEN, AUDIENCE_FULL};
    int choice;
    enum evh rc = context_choice(c, OPT_AUDIENCE, "open full", &choice);
    if (rc != EVH_OK)
        return rc;
    *audience = (struct audience){.kind = kinds[choice]};
    const char *name = context_option(c, OPT_FOR);
    if (name == NULL)
        return EVH_OK;
    if (opt_has(&c->args, OPT_AUDIENCE))
        return err_set(&c->err, EVH_USAGE, "--for and --audience exclude each other");
    const struct attendee *person = NULL;
    enum names_result found = names_find(record, name, strlen(name), &person);
    *audience = (struct audience){AUDIENCE_READER, found == NAMES_ONE ? person->name : named_reader(record, name)};
    if (audience->reader != NULL)
        return EVH_OK;
    if (found == NAMES_MANY)
        return err_set(&c->err, EVH_USAGE, "several people of this meeting may be meant by “%s”; write the whole name",
                       context_short(c, name));
    return err_set(&c->err, EVH_USAGE, "nobody of this meeting is meant by “%s”", context_short(c, name));
}
