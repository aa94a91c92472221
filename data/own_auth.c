/* What a handle for one person may ask: a list of statements for each phase, and behind it SQLite's own authorizer, which knows nothing of that list. */
#include <string.h>

#include "data/own.h"

#define ON(phase) (1U << OWN_##phase)
#define WRITES (ON(FILL) | ON(CHANGE) | ON(DRAFT) | ON(VISIT))
#define ALL (ON(LOOK) | WRITES)

static const unsigned char statements[STMT_COUNT] = {
    [STMT_begin_read] = ALL, [STMT_commit] = ALL, [STMT_rollback] = ALL, [STMT_data_version] = ALL, [STMT_begin_write] = WRITES,

    [STMT_own_person_put] = ON(SETUP),
    [STMT_own_list] = ON(LOOK), [STMT_own_one] = ON(LOOK), [STMT_own_children] = ON(LOOK), [STMT_own_attendees] = ON(LOOK),

    [STMT_own_news] = ON(FILL), [STMT_own_meetings_of_name] = ON(FILL), [STMT_own_place_clear] = ON(FILL), [STMT_own_place_put] = ON(FILL), [STMT_own_check] = ON(FILL),
    [STMT_event_last] = ON(FILL), [STMT_own_notes] = ON(FILL), [STMT_own_hidden] = ON(FILL),
    [STMT_own_action_clear] = ON(FILL), [STMT_own_action_fill] = ON(FILL), [STMT_own_action_add] = ON(FILL), [STMT_own_child_clear] = ON(FILL),
    [STMT_own_child_fill] = ON(FILL), [STMT_own_name_clear] = ON(FILL), [STMT_own_name_fill] = ON(FILL),
    [STMT_own_attendee_clear] = ON(FILL), [STMT_own_attendee_fill] = ON(FILL),
    [STMT_person_row] = ON(FILL), [STMT_person_rows_of_name] = ON(FILL), [STMT_person_files_of_name] = ON(FILL), [STMT_person_same] = ON(FILL),

    [STMT_key_of_action] = ON(FILL) | ON(CHANGE), [STMT_key_group] = ON(FILL) | ON(CHANGE),

    [STMT_event_facts] = ON(CHANGE), [STMT_chain_clock] = ON(CHANGE), [STMT_chain_end] = ON(CHANGE), [STMT_chain_put] = ON(CHANGE),
    [STMT_event_add] = ON(CHANGE), [STMT_device_seq] = ON(CHANGE),
    [STMT_meeting_put] = ON(CHANGE), [STMT_meeting_entries] = ON(CHANGE), [STMT_child_clear] = ON(CHANGE), [STMT_child_put] = ON(CHANGE),
    [STMT_attendee_clear] = ON(CHANGE), [STMT_attendee_put] = ON(CHANGE), [STMT_same_clear] = ON(CHANGE), [STMT_same_put] = ON(CHANGE),
    [STMT_entry_clear] = ON(CHANGE), [STMT_entry_put] = ON(CHANGE), [STMT_action_clear] = ON(CHANGE), [STMT_action_clear_one] = ON(CHANGE),
    [STMT_action_put] = ON(CHANGE), [STMT_action_there] = ON(CHANGE), [STMT_action_current] = ON(CHANGE), [STMT_action_one] = ON(CHANGE),
    [STMT_key_clear] = ON(CHANGE), [STMT_key_clear_action] = ON(CHANGE), [STMT_key_put] = ON(CHANGE), [STMT_key_replaced] = ON(CHANGE),
    [STMT_key_of_meeting] = ON(CHANGE), [STMT_key_any_replaced] = ON(CHANGE),

    [STMT_draft_put] = ON(DRAFT), [STMT_draft_get] = ON(DRAFT), [STMT_draft_next] = ON(DRAFT), [STMT_draft_move] = ON(DRAFT), [STMT_draft_remove] = ON(DRAFT),

    [STMT_visit_add] = ON(VISIT),
};

bool own_may(const struct store *store, enum stmt which)
{
    if (store->own == NULL)
        return true;
    return store->own->installed && ((unsigned)statements[which] >> store->own->phase & 1U) != 0;
}

/* What is let through, by what it does and to which table; `column` NULL: whichever. */
static const struct rule {
    int action;
    const char *database, *table;
    unsigned phases;
} rules[] = {
    {SQLITE_READ, "temp", "own_person", ALL},
    {SQLITE_READ, "temp", "own_place", ALL},
    {SQLITE_READ, "temp", "own_action", ON(LOOK) | ON(FILL)},
    {SQLITE_READ, "temp", "own_child", ON(LOOK) | ON(FILL)},
    {SQLITE_READ, "temp", "own_name", ON(LOOK) | ON(FILL)},
    {SQLITE_READ, "temp", "own_attendee", ON(LOOK) | ON(FILL)},

    {SQLITE_INSERT, "temp", "own_place", ON(FILL)},
    {SQLITE_DELETE, "temp", "own_place", ON(FILL)},
    {SQLITE_INSERT, "temp", "own_action", ON(FILL)},
    {SQLITE_DELETE, "temp", "own_action", ON(FILL)},
    {SQLITE_INSERT, "temp", "own_child", ON(FILL)},
    {SQLITE_DELETE, "temp", "own_child", ON(FILL)},
    {SQLITE_INSERT, "temp", "own_name", ON(FILL)},
    {SQLITE_DELETE, "temp", "own_name", ON(FILL)},
    {SQLITE_INSERT, "temp", "own_attendee", ON(FILL)},
    {SQLITE_DELETE, "temp", "own_attendee", ON(FILL)},
    {SQLITE_READ, "main", "attendee", ON(FILL)},
    {SQLITE_READ, "main", "same_person", ON(FILL)},
    {SQLITE_READ, "main", "child", ON(FILL) | ON(CHANGE)},
    {SQLITE_READ, "main", "meeting", ON(FILL) | ON(CHANGE)},
    {SQLITE_READ, "main", "action", ON(FILL) | ON(CHANGE)},
    {SQLITE_READ, "main", "action_key", ON(FILL) | ON(CHANGE)},

    {SQLITE_READ, "main", "event", ON(FILL) | ON(CHANGE)},
    {SQLITE_READ, "main", "chain", ON(CHANGE)},
    {SQLITE_READ, "main", "device", ON(CHANGE)},
    {SQLITE_READ, "main", "attendee", ON(CHANGE)},
    {SQLITE_READ, "main", "same_person", ON(CHANGE)},
    {SQLITE_READ, "main", "entry", ON(CHANGE)},
    {SQLITE_READ, "main", "tally", ON(CHANGE)},
    {SQLITE_INSERT, "main", "event", ON(CHANGE)},
    {SQLITE_INSERT, "main", "chain", ON(CHANGE)},
    {SQLITE_UPDATE, "main", "chain", ON(CHANGE)},
    {SQLITE_UPDATE, "main", "device", ON(CHANGE)},
    {SQLITE_INSERT, "main", "meeting", ON(CHANGE)},
    {SQLITE_UPDATE, "main", "meeting", ON(CHANGE)},
    {SQLITE_INSERT, "main", "child", ON(CHANGE)},
    {SQLITE_DELETE, "main", "child", ON(CHANGE)},
    {SQLITE_INSERT, "main", "attendee", ON(CHANGE)},
    {SQLITE_DELETE, "main", "attendee", ON(CHANGE)},
    {SQLITE_INSERT, "main", "same_person", ON(CHANGE)},
    {SQLITE_DELETE, "main", "same_person", ON(CHANGE)},
    {SQLITE_INSERT, "main", "entry", ON(CHANGE)},
    {SQLITE_DELETE, "main", "entry", ON(CHANGE)},
    {SQLITE_INSERT, "main", "action", ON(CHANGE)},
    {SQLITE_UPDATE, "main", "action", ON(CHANGE)},
    {SQLITE_DELETE, "main", "action", ON(CHANGE)},
    {SQLITE_INSERT, "main", "action_key", ON(CHANGE)},
    {SQLITE_UPDATE, "main", "action_key", ON(CHANGE)},
    {SQLITE_DELETE, "main", "action_key", ON(CHANGE)},
    {SQLITE_INSERT, "main", "tally", ON(CHANGE)},
    {SQLITE_UPDATE, "main", "tally", ON(CHANGE)},
    {SQLITE_DELETE, "main", "tally", ON(CHANGE)},

    {SQLITE_READ, "main", "draft", ON(DRAFT)},
    {SQLITE_INSERT, "main", "draft", ON(DRAFT)},
    {SQLITE_UPDATE, "main", "draft", ON(DRAFT)},
    {SQLITE_DELETE, "main", "draft", ON(DRAFT)},

    {SQLITE_READ, "main", "visit", ON(VISIT)},
    {SQLITE_INSERT, "main", "visit", ON(VISIT)},
};

static const struct {
    const char *name;
    unsigned phases;
} functions[] = {
    {"coalesce", ON(FILL) | ON(CHANGE)}, {"max", ON(LOOK) | ON(FILL) | ON(CHANGE)}, {"instr", ON(FILL)}, {"min", ON(LOOK) | ON(CHANGE)}, {"substr", ON(DRAFT)}, {"length", ON(DRAFT)},
};

static bool table_allowed(int action, const char *table, const char *database, enum own_phase phase)
{
    for (size_t i = 0; table != NULL && database != NULL && i < NITEMS(rules); i++) {
        const struct rule *r = &rules[i];
        if (r->action == action && strcmp(r->table, table) == 0 && strcmp(r->database, database) == 0 && (r->phases >> phase & 1U) != 0)
            return true;
    }
    return false;
}

static bool function_allowed(const char *name, enum own_phase phase)
{
    for (size_t i = 0; name != NULL && i < NITEMS(functions); i++) {
        if (sqlite3_stricmp(functions[i].name, name) == 0)
            return (functions[i].phases >> phase & 1U) != 0;
    }
    return false;
}

/* No schema, no other file, no setting, no function but those above: whatever is not named is refused. */
static int authorize(void *data, int action, const char *one, const char *two, const char *database, const char *inner)
{
    const struct own *own = data;
    (void)inner;
    switch (action) {
    case SQLITE_SELECT:
        return SQLITE_OK; /* what it reads is asked for by itself */
    case SQLITE_TRANSACTION:
        return SQLITE_OK;
    case SQLITE_PRAGMA:
        return one != NULL && strcmp(one, "data_version") == 0 && two == NULL ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION:
        return function_allowed(two, own->phase) ? SQLITE_OK : SQLITE_DENY;
    default:
        return table_allowed(action, one, database, own->phase) ? SQLITE_OK : SQLITE_DENY;
    }
}

enum evh own_authorize(struct store *store, struct err *err)
{
    int rc = sqlite3_set_authorizer(store->db, authorize, store->own);
    return rc == SQLITE_OK ? EVH_OK : db_fail(store, rc, err);
}
