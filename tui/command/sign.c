#include "data/op.h"
#include "tui/command.h"

/* "signed with reservations" may be one word of the shell or three. */
static const char *state_words(struct context *c)
{
    const char *state = context_operand(c, 2);
    for (size_t i = 3; i < c->args.noperands; i++)
        state = arena_printf(c->arena, "%s %s", state, context_operand(c, i));
    return state;
}

int command_sign(struct context *c)
{
    struct uuid meeting;
    int32_t on = DAY_NONE;
    if (context_date(c, OPT_ON, &on) != EVH_OK || context_open(c, STORE_WRITE) != EVH_OK)
        return context_fail(c);
    if (context_meeting(c, context_operand(c, 0), &meeting) != EVH_OK)
        return context_fail(c);
    const char *name = context_operand(c, 1), *state = state_words(c);
    if (op_sign(c->store, meeting, name, state, context_option(c, OPT_MESSAGE), on, &c->err) != EVH_OK)
        return context_fail(c);
    return 0;
}
