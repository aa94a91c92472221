#include "tui/command.h"

static const char *state_word(enum doctor_state state)
{
    switch (state) {
    case DOCTOR_GOOD:
        return "good";
    case DOCTOR_NOTE:
        return "note";
    case DOCTOR_WARN:
        return "warning";
    case DOCTOR_BAD:
        return "BAD";
    }
    return "";
}

int command_doctor(struct context *c)
{
    struct doctor_report report = {0};
    if (context_open(c, STORE_WRITE) != EVH_OK || store_doctor(c->store, c->arena, &report, &c->err) != EVH_OK)
        return context_fail(c);
    struct buf out = {0};
    for (size_t i = 0; i < report.n; i++)
        buf_addf(&out, "%s: %s\n", state_word(report.v[i].state), report.v[i].what);
    enum evh rc = context_put(c, &out);
    buf_free(&out);
    if (rc != EVH_OK)
        return context_fail(c);
    return report.bad ? err_status(EVH_NO) : 0;
}
