#include <string.h>

#include "core/text.h"
#include "data/op.h"
#include "tui/command.h"

/* Head lines that this command may bring: the plan's own, two children and more, one for each option. */
#define OWN_LINES 8

/* Replaces every line of a key, or adds one. The plan's array has room for it. */
static void set_head(struct plan *plan, const char *key, const char *value)
{
    size_t kept = 0;
    for (size_t i = 0; i < plan->nhead; i++) {
        if (strcmp(plan->head[i][0], key) == 0)
            continue;
        plan->head[kept][0] = plan->head[i][0];
        plan->head[kept][1] = plan->head[i][1];
        kept++;
    }
    plan->head[kept][0] = key;
    plan->head[kept][1] = value;
    plan->nhead = kept + 1;
}

static const char *get_head(const struct plan *plan, const char *key)
{
    for (size_t i = 0; i < plan->nhead; i++)
        if (strcmp(plan->head[i][0], key) == 0)
            return plan->head[i][1];
    return NULL;
}

static void make_room(struct context *c, struct plan *plan)
{
    const char *(*head)[2] = arena_alloc(c->arena, plan->nhead + c->args.ngiven + OWN_LINES, sizeof(*head));
    for (size_t i = 0; i < plan->nhead; i++) {
        head[i][0] = plan->head[i][0];
        head[i][1] = plan->head[i][1];
    }
    plan->head = head;
}

/* --child may be given twice: the first replaces those carried over, the others are added. */
static void set_children(struct context *c, struct plan *plan)
{
    const char *value;
    for (size_t i = 0; (value = opt_nth(&c->args, OPT_CHILD, i)) != NULL; i++) {
        const char *name = text_clean_dup(c->arena, value, strlen(value));
        if (i == 0) {
            set_head(plan, "child", name);
            continue;
        }
        plan->head[plan->nhead][0] = "child";
        plan->head[plan->nhead][1] = name;
        plan->nhead++;
    }
}

static enum evh set_type(struct context *c, struct plan *plan, const char *words)
{
    const struct types *types = context_types(c);
    const struct meeting_type *type = types_find(types, words, strcspn(words, ":"));
    if (type == NULL && types->n > 0)
        return err_set(&c->err, EVH_USAGE, "“%s” is no type of meeting; types are tac, taf, eha-review, sen-support, annual-review, early-review, "
                       "child-in-need, core-group and other", context_short(c, words));
    set_head(plan, "meeting", type == NULL ? words : type->name);
    if (type != NULL) {
        plan->items = type->agenda.v;
        plan->nitems = type->agenda.n;
    }
    return EVH_OK;
}

/* "14:00" or "14:00-15:30". */
static bool is_time(const char *s)
{
    int from, to;
    size_t n = strcspn(s, "-");
    if (!civil_read_time(s, n, &from))
        return false;
    return s[n] == '\0' || civil_read_time(s + n + 1, strlen(s + n + 1), &to);
}

static enum evh set_when(struct context *c, struct plan *plan)
{
    int32_t today = c->world.now(c->world.data).day, day = DAY_NONE;
    enum evh rc = context_date(c, OPT_DATE, &day);
    if (rc != EVH_OK)
        return rc;
    const char *planned = get_head(plan, "date");
    if (day == DAY_NONE && planned != NULL)
        civil_read_day(planned, strlen(planned), &day);
    set_head(plan, "date", civil_day_dup(c->arena, day == DAY_NONE ? today : day));
    const char *time = context_option(c, OPT_TIME);
    if (time == NULL)
        return EVH_OK;
    if (!is_time(time))
        return err_set(&c->err, EVH_USAGE, "“%s” is no time that can be read; write it as 14:00 or 14:00-15:30", context_short(c, time));
    set_head(plan, "time", time);
    return EVH_OK;
}

static enum evh fill(struct context *c, struct plan *plan, const char *type)
{
    static const struct { enum opt opt; const char *key; } lines[] = {
        {OPT_PLACE, "place"}, {OPT_PURPOSE, "purpose"}, {OPT_KEPT_BY, "kept-by"},
    };
    enum evh rc = EVH_OK;
    make_room(c, plan);
    if (type != NULL)
        rc = set_type(c, plan, type);
    if (rc == EVH_OK)
        rc = set_when(c, plan);
    if (rc != EVH_OK)
        return rc;
    set_children(c, plan);
    for (size_t i = 0; i < NITEMS(lines); i++)
        if (opt_has(&c->args, lines[i].opt))
            set_head(plan, lines[i].key, context_option(c, lines[i].opt));
    return EVH_OK;
}

static enum evh carry_over(struct context *c, const char *from, struct plan *plan)
{
    struct uuid meeting;
    enum evh rc = context_open(c, STORE_WRITE);
    if (rc == EVH_OK)
        rc = context_meeting(c, from, &meeting);
    return rc == EVH_OK ? op_plan_from(c->store, context_types(c), meeting, c->arena, plan, &c->err) : rc;
}

static enum evh plan_it(struct context *c, struct plan *plan)
{
    struct uuid id;
    const char *filed = NULL;
    struct notices notices = {0};
    enum evh rc = c->store != NULL ? EVH_OK : context_open(c, STORE_CREATE);
    if (rc == EVH_OK)
        rc = op_plan(c->store, context_types(c), plan, c->arena, &id, &filed, &notices, &c->err);
    if (rc != EVH_OK)
        return rc;
    for (size_t i = 0; i < notices.n; i++)
        context_say("%s", notices.v[i].text);
    if (filed != NULL)
        context_say("%s", filed);
    char text[UUID_TEXT];
    uuid_text(id, text);
    struct buf out = {0};
    buf_addf(&out, "%s\n", text);
    rc = context_put(c, &out);
    buf_free(&out);
    return rc;
}

int command_new(struct context *c)
{
    struct plan plan = {0};
    const char *type = context_option(c, OPT_TYPE), *from = context_option(c, OPT_FROM);
    const char *child = context_option(c, OPT_CHILD);
    if (from == NULL && (type == NULL || child == NULL))
        return context_usage(c, "new needs --type and --child, or --from");
    if (child != NULL && strspn(child, " ") == strlen(child))
        return context_usage(c, "the child's name is empty");
    if (from != NULL && carry_over(c, from, &plan) != EVH_OK)
        return context_fail(c);
    if (fill(c, &plan, type) != EVH_OK || plan_it(c, &plan) != EVH_OK)
        return context_fail(c);
    return 0;
}
