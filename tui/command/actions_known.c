/* Words that match nothing at all: a slip of the pen must not look like "nothing is overdue". */
#include <string.h>

#include "tui/command/actions.h"

static enum evh any_action(struct context *c, struct action_filter filter, bool *any)
{
    struct action_ids ids = {0};
    filter.all = true;
    filter.limit = 1;
    filter.due_before = DAY_NONE;
    enum evh rc = store_action_ids(c->store, c->arena, &filter, &ids, &c->err);
    *any = ids.n > 0;
    return rc;
}

static enum evh owner_known(struct context *c, const char *owner, bool *known)
{
    struct person_rows people = {0};
    bool any;
    enum evh rc = any_action(c, (struct action_filter){.owner = owner}, &any);
    if (rc != EVH_OK || any)
        return rc;
    context_say("nobody whose name has “%s” has any action", context_short(c, owner));
    rc = store_people(c->store, c->arena, owner, &people, &c->err);
    *known = *known && people.n > 0;
    return rc;
}

static enum evh child_known(struct context *c, const char *child, bool *known)
{
    struct meeting_rows meetings = {0};
    bool any;
    enum evh rc = any_action(c, (struct action_filter){.child = child}, &any);
    if (rc != EVH_OK || any)
        return rc;
    context_say("no child whose name has “%s” has any action", context_short(c, child));
    rc = store_meetings(c->store, c->arena, child, 1, &meetings, &c->err);
    *known = *known && meetings.n > 0;
    return rc;
}

enum evh actions_known(struct context *c, const struct action_filter *filter, bool *known)
{
    enum evh rc = EVH_OK;
    *known = true;
    if (filter->owner != NULL && filter->owner[0] != '\0') /* those that nobody owns */
        rc = owner_known(c, filter->owner, known);
    if (rc == EVH_OK && filter->child != NULL)
        rc = child_known(c, filter->child, known);
    return rc;
}

enum evh actions_type(struct context *c, struct action_filter *filter)
{
    const struct types *types = context_types(c);
    const char *words = context_option(c, OPT_TYPE), *names = NULL;
    bool any = false;
    if (words == NULL)
        return EVH_OK;
    const struct meeting_type *type = types_find(types, words, strlen(words));
    filter->type = type != NULL ? type->name : words;
    enum evh rc = type != NULL || types->n == 0 || c->store == NULL ? EVH_OK : any_action(c, (struct action_filter){.type = words}, &any); /* kept as written */
    if (rc != EVH_OK || type != NULL || types->n == 0 || any)
        return rc;
    for (size_t i = 0; i < types->n; i++)
        names = names == NULL ? types->v[i].name : arena_printf(c->arena, "%s%s%s", names, i + 1 < types->n ? ", " : " and ", types->v[i].name);
    return err_set(&c->err, EVH_USAGE, "“%s” is no type of meeting; types are %s", context_short(c, words), names);
}
