#include <string.h>

#include "core/text.h"
#include "data/op.h"
#include "tui/command.h"
#include "tui/past.h"

enum change { CHANGE_DONE, CHANGE_PROGRESS, CHANGE_NOT_DONE, CHANGE_WITHDRAW, CHANGE_DUE, CHANGE_OWNER, CHANGE_NOTE, CHANGE_UNDO, CHANGE_REDO };

static const struct { const char *word; bool value, message; } changes[] = {
    [CHANGE_DONE] = {"done", false, false},       [CHANGE_PROGRESS] = {"progress", false, false},
    [CHANGE_NOT_DONE] = {"not-done", false, false}, [CHANGE_WITHDRAW] = {"withdraw", false, false},
    [CHANGE_DUE] = {"due", true, true},           [CHANGE_OWNER] = {"owner", true, true},
    [CHANGE_NOTE] = {"note", false, true},        [CHANGE_UNDO] = {"undo", false, false},
    [CHANGE_REDO] = {"redo", false, false},
};

static enum evh read_change(struct context *c, enum change *change)
{
    const char *word = context_operand(c, 1);
    for (size_t i = 0; i < NITEMS(changes); i++) {
        if (strcmp(word, changes[i].word) != 0)
            continue;
        *change = (enum change)i;
        if (changes[i].value && c->args.noperands < 3)
            return err_set(&c->err, EVH_USAGE, "%s needs a %s", word, i == CHANGE_DUE ? "date" : "name");
        if (!changes[i].value && c->args.noperands > 2)
            return err_set(&c->err, EVH_USAGE, "“%s” is too much; words go after -m", context_short(c, context_operand(c, 2)));
        const char *message = context_option(c, OPT_MESSAGE);
        if (changes[i].message && (message == NULL || message[0] == '\0'))
            return err_set(&c->err, EVH_USAGE, "%s needs %s after -m", word, i == CHANGE_NOTE ? "its words" : "a reason");
        return i == CHANGE_UNDO || i == CHANGE_REDO ? command_part_takes(c, word, "meeting") : EVH_OK;
    }
    return err_set(&c->err, EVH_USAGE, "“%s” is no change of an action; it may be done, progress, not-done, withdraw, due, owner, note, undo or redo",
                   context_short(c, word));
}

static enum evh read_due(struct context *c, struct action_edit *edit)
{
    struct when when;
    const char *words = context_operand(c, 2);
    int32_t today = c->world.now(c->world.data).day;
    if (!civil_read_phrase(words, strlen(words), today, &when) || when.day == DAY_NONE)
        return err_set(&c->err, EVH_USAGE, "“%s” is no date that can be read; write it as 2026-12-04 or 4 Dec", context_short(c, words));
    edit->due = when.day;
    edit->due_time = when.time;
    return EVH_OK;
}

/* Of what is done a day that is over, or today. One still to come is taken only when it is written with its year, and said: the clock of this computer
 * may be the one that is wrong. */
static enum evh read_on(struct context *c, bool done, int32_t *day)
{
    const char *words = context_option(c, OPT_ON);
    int32_t read = DAY_NONE;
    if (words == NULL)
        return EVH_OK;
    if (past_read_day(words, c->world.now(c->world.data).day, &read)) {
        *day = read;
        return EVH_OK;
    }
    *day = read;
    if (read != DAY_NONE && done && !past_has_year(words))
        return err_set(&c->err, EVH_USAGE, "%s is still to come: --on says when it was done", civil_long_dup(c->arena, read));
    if (read != DAY_NONE && done)
        context_say("%s is still to come; it is recorded so", civil_long_dup(c->arena, read));
    if (read != DAY_NONE)
        return EVH_OK;
    return err_set(&c->err, EVH_USAGE, "“%s” is no date that can be read; write it as 2026-11-24, 24 Nov or yesterday", context_short(c, words));
}

/* "A3" together with --meeting. */
static enum evh find_by_number(struct context *c, const char *number, struct action_row *row)
{
    struct action_filter filter = {.all = true, .due_before = DAY_NONE};
    struct action_rows rows = {0};
    enum evh rc = context_meeting(c, context_option(c, OPT_MEETING), &filter.meeting);
    if (rc == EVH_OK)
        rc = store_actions(c->store, c->arena, &filter, &rows, &c->err);
    if (rc != EVH_OK)
        return rc;
    const struct action_row *found = NULL;
    for (size_t i = 0; i < rows.n; i++) {
        /* an action that was carried over may have the number of one that is this meeting's own */
        bool same = text_same_word(number, strlen(number), rows.v[i].number);
        if (same && (found == NULL || rows.v[i].carried == DAY_NONE))
            found = &rows.v[i];
    }
    if (found == NULL)
        return err_set(&c->err, EVH_NOTFOUND, "that meeting has no action %s", context_short(c, number));
    *row = *found;
    return EVH_OK;
}

static enum evh find_action(struct context *c, struct action_row *row)
{
    const char *words = context_operand(c, 0);
    if (opt_has(&c->args, OPT_MEETING))
        return find_by_number(c, words, row);
    return store_find_action(c->store, c->arena, words, row, &c->err);
}

static enum evh change_action(struct context *c, const struct action_row *row, enum change change)
{
    struct action_edit edit = {.change = changes[change].word, .note = context_option(c, OPT_MESSAGE), .on = DAY_NONE,
                               .due = DAY_NONE, .due_time = TIME_NONE, .by = context_option(c, OPT_BY)};
    if (change == CHANGE_UNDO || change == CHANGE_REDO)
        return op_action_undo(c->store, row->id, change == CHANGE_REDO, &c->err);
    enum evh rc = read_on(c, change == CHANGE_DONE, &edit.on);
    if (rc == EVH_OK && change == CHANGE_DUE)
        rc = read_due(c, &edit);
    if (change == CHANGE_OWNER)
        edit.owner = context_operand(c, 2);
    return rc == EVH_OK ? op_action(c->store, row->id, &edit, &c->err) : rc;
}

/* One line of what holds now; never the action's own words, which may be restricted. */
static enum evh put_result(struct context *c, struct uuid id)
{
    char text[UUID_TEXT];
    struct action_row row;
    uuid_text(id, text);
    enum evh rc = store_find_action(c->store, c->arena, text, &row, &c->err);
    if (rc != EVH_OK)
        return rc;
    struct buf out = {0};
    buf_addf(&out, "%s", row.number);
    int32_t agreed = row.carried != DAY_NONE ? row.carried : row.meeting_date;
    if (agreed != DAY_NONE) {
        buf_adds(&out, " of ");
        civil_put_long(&out, agreed);
    }
    buf_addf(&out, ": %s", row.status);
    if (row.owner != NULL)
        buf_addf(&out, ", %s", row.owner);
    if (row.due != DAY_NONE) {
        buf_adds(&out, ", by ");
        civil_put_long(&out, row.due);
    }
    buf_addc(&out, '\n');
    rc = context_put(c, &out);
    buf_free(&out);
    return rc;
}

int command_action(struct context *c)
{
    enum change change = CHANGE_DONE;
    struct action_row row = {0};
    if (read_change(c, &change) != EVH_OK || context_open(c, STORE_WRITE) != EVH_OK)
        return context_fail(c);
    if (find_action(c, &row) != EVH_OK || change_action(c, &row, change) != EVH_OK || put_result(c, row.id) != EVH_OK)
        return context_fail(c);
    return 0;
}
