#include <string.h>

#include "core/text.h"
#include "data/op.h"
#include "tui/command.h"

/* Which child of a record --child means: by any words of the name; the only one when it is not given. */
static enum evh pick_child(struct context *c, const struct record *record, int *index)
{
    const char *words = context_option(c, OPT_CHILD);
    const char *folded = words == NULL ? "" : text_fold_dup(c->arena, words, strlen(words));
    size_t found = 0;
    for (size_t i = 0; i < record->nchildren; i++) {
        const struct child *child = &record->children[i];
        const char *name = text_fold_dup(c->arena, child->name, strlen(child->name));
        const char *known = child->known_as == NULL ? "" : text_fold_dup(c->arena, child->known_as, strlen(child->known_as));
        if (strstr(name, folded) == NULL && strstr(known, folded) == NULL)
            continue;
        *index = (int)i;
        found++;
    }
    if (found == 1)
        return EVH_OK;
    if (found == 0)
        return err_set(&c->err, EVH_NOTFOUND, words == NULL ? "that meeting names no child" : "that meeting has no such child");
    return err_set(&c->err, EVH_USAGE, "that meeting is about several children; say which with --child NAME");
}

static enum evh child_of(struct context *c, size_t operand, struct uuid *meeting, int *index, struct uuid *file)
{
    struct record *record;
    enum evh rc = context_meeting(c, context_operand(c, operand), meeting);
    if (rc == EVH_OK)
        rc = store_record(c->store, *meeting, &record, &c->err);
    if (rc != EVH_OK)
        return rc;
    rc = pick_child(c, record, index);
    if (rc == EVH_OK)
        *file = record->children[*index].file;
    record_free(record);
    return rc;
}

static enum evh join(struct context *c, const char *reason)
{
    struct uuid meeting, other, file, other_file;
    int index = 0, other_index = 0;
    enum evh rc = child_of(c, 1, &meeting, &index, &file);
    if (rc == EVH_OK)
        rc = child_of(c, 2, &other, &other_index, &other_file);
    if (rc == EVH_OK && uuid_same(file, other_file))
        return err_set(&c->err, EVH_STATE, "both meetings are in the same child's file already");
    return rc == EVH_OK ? op_file_join(c->store, meeting, index, other_file, reason, &c->err) : rc;
}

static enum evh split(struct context *c, const char *reason)
{
    struct uuid meeting, file;
    int index = 0;
    enum evh rc = child_of(c, 1, &meeting, &index, &file);
    return rc == EVH_OK ? op_file_split(c->store, meeting, index, reason, &c->err) : rc;
}

int command_child(struct context *c)
{
    const char *what = context_operand(c, 0), *reason = context_option(c, OPT_MESSAGE);
    bool joins = strcmp(what, "join") == 0;
    if (!joins && strcmp(what, "split") != 0)
        return context_usage(c, "child is followed by join or split");
    if (c->args.noperands != (joins ? 3 : 2))
        return context_usage(c, joins ? "join needs two meetings" : "split needs one meeting");
    if (reason == NULL || reason[0] == '\0')
        return context_usage(c, "child %s needs a reason after -m", what);
    if (context_open(c, STORE_WRITE) != EVH_OK)
        return context_fail(c);
    return (joins ? join(c, reason) : split(c, reason)) == EVH_OK ? 0 : context_fail(c);
}
