#include <string.h>

#include "data/op.h"
#include "tui/command.h"
#include "tui/command/columns.h"

enum { COLUMN_ID, COLUMN_NAME, COLUMN_ROLE, COLUMN_ORGANISATION, COLUMN_CHILDREN, COLUMN_OPEN, COLUMN_COUNT };

static const char *const headings[COLUMN_COUNT] = {"PERSON", "NAME", "ROLE", "ORGANISATION", "CHILDREN", "OPEN"};
static const unsigned char least[COLUMN_COUNT] = {[COLUMN_NAME] = 22, [COLUMN_ROLE] = 8, [COLUMN_ORGANISATION] = 8, [COLUMN_CHILDREN] = 8};

static void put_table(struct context *c, struct buf *out, const struct person_rows *rows)
{
    const char *(*cells)[COLUMN_COUNT] = arena_alloc(c->arena, rows->n + 1, sizeof(*cells));
    memcpy(cells[0], headings, sizeof(headings));
    for (size_t i = 0; i < rows->n; i++) {
        const struct person_row *p = &rows->v[i];
        const char **row = cells[i + 1];
        row[COLUMN_ID] = p->short_id;
        row[COLUMN_NAME] = p->name;
        row[COLUMN_ROLE] = p->role;
        row[COLUMN_ORGANISATION] = p->organisation;
        row[COLUMN_CHILDREN] = p->children;
        row[COLUMN_OPEN] = p->open_actions == 0 ? "" : arena_printf(c->arena, "%d", p->open_actions);
    }
    columns_put(c, out, &cells[0][0], rows->n + 1, COLUMN_COUNT, least);
}

static void put_json(struct buf *out, const struct person_rows *rows)
{
    buf_addc(out, '[');
    for (size_t i = 0; i < rows->n; i++) {
        const struct person_row *p = &rows->v[i];
        char id[UUID_TEXT];
        uuid_text(p->id, id);
        columns_json(out, i == 0 ? "\n  {" : ",\n  {", "id", id);
        columns_json(out, ", ", "name", p->name);
        columns_json(out, ", ", "role", p->role);
        columns_json(out, ", ", "organisation", p->organisation);
        columns_json(out, ", ", "children", p->children);
        buf_addf(out, ", \"files\": %zu, \"meetings\": %zu, \"open_actions\": %d}", p->files, p->meetings, p->open_actions);
    }
    buf_adds(out, rows->n == 0 ? "]\n" : "\n]\n");
}

static enum evh list(struct context *c)
{
    int json;
    struct person_rows rows = {0};
    const char *name = context_operand(c, 1);
    enum evh rc = context_choice(c, OPT_FORMAT, "table json", &json);
    if (rc == EVH_OK)
        rc = context_open(c, STORE_READ);
    if (rc == EVH_OK)
        rc = store_people(c->store, c->arena, name, &rows, &c->err);
    if (rc != EVH_OK)
        return rc;
    struct buf out = {0};
    if (json)
        put_json(&out, &rows);
    else if (rows.n > 0)
        put_table(c, &out, &rows);
    else
        context_say(name == NULL ? "there is nobody yet" : "there is nobody of such a name");
    rc = context_put(c, &out);
    buf_free(&out);
    return rc;
}

static enum evh join(struct context *c, const struct person_row *person, const char *why)
{
    struct person_row other = {0};
    enum evh rc = context_person(c, context_operand(c, 2), &other);
    if (rc == EVH_OK && uuid_same(person->id, other.id))
        return err_set(&c->err, EVH_STATE, "these are one person already");
    return rc == EVH_OK ? op_person_join(c->store, person->id, other.id, why, &c->err) : rc;
}

static enum evh split(struct context *c, const struct person_row *person, const char *why)
{
    struct uuid meeting;
    enum evh rc = context_meeting(c, context_operand(c, 2), &meeting);
    return rc == EVH_OK ? op_person_split(c->store, person->id, meeting, why, &c->err) : rc;
}

static enum evh change(struct context *c, enum evh (*how)(struct context *, const struct person_row *, const char *))
{
    struct person_row person = {0};
    const char *why = context_option(c, OPT_MESSAGE);
    if (c->args.noperands < 3)
        return err_set(&c->err, EVH_USAGE, "%s", how == join ? "join needs two people" : "split needs a person and a meeting");
    if (why == NULL || why[0] == '\0')
        return err_set(&c->err, EVH_USAGE, "say why with -m");
    enum evh rc = context_open(c, STORE_WRITE);
    if (rc == EVH_OK)
        rc = context_person(c, context_operand(c, 1), &person);
    return rc == EVH_OK ? how(c, &person, why) : rc;
}

static enum evh part(struct context *c, const char *what)
{
    bool lists = strcmp(what, "list") == 0, joins = strcmp(what, "join") == 0;
    if (!lists && !joins && strcmp(what, "split") != 0)
        return err_set(&c->err, EVH_USAGE, "“%s” is nothing to do with people; it may be list, join or split", context_short(c, what));
    if (lists && c->args.noperands > 2)
        return err_set(&c->err, EVH_USAGE, "list takes one name");
    enum evh rc = command_part_takes(c, what, lists ? "format" : "message");
    if (rc != EVH_OK)
        return rc;
    return lists ? list(c) : change(c, joins ? join : split);
}

int command_person(struct context *c)
{
    return part(c, context_operand(c, 0)) == EVH_OK ? 0 : context_fail(c);
}
