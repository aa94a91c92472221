#include "tui/visits.h"

#include <pwd.h>
#include <unistd.h>

#include "tui/app.h"
#include "tui/visitor.h"

/* Nobody waits for another program because of a line of the log. */
#define PATIENCE_MS 20

void visits_account(struct store *store)
{
    if (store_visitor(store) != NULL)
        return;
    const struct passwd *account = getpwuid(geteuid());
    struct arena *arena = arena_new();
    (void)!store_set_visitor(store, &(struct visitor){.name = account == NULL ? NULL : account->pw_name, .peer = visitor_peer(arena)}, NULL);
    arena_free(arena);
}

void visits_try(struct store *store, const char *what, struct uuid meeting)
{
    store_patience(store, PATIENCE_MS);
    (void)!store_visit(store, what, meeting, NULL);
    store_patience(store, 0);
}

void visits_write(struct app *app)
{
    struct visits *v = &app->visits;
    if (v->n > 0 && v->account != NULL)
        v->account(v->store);
    for (size_t i = 0; i < v->n; i++)
        visits_try(v->store, v->waiting[i].what, v->waiting[i].meeting);
    v->n = 0;
}

enum evh visits_open(struct app *app, const char *what, struct uuid meeting, struct err *err)
{
    struct visits *v = &app->visits;
    if (v->store == NULL)
        return EVH_OK;
    if (v->named)
        return store_visit(v->store, what, meeting, err);
    if (v->n == VISITS_WAITING)
        visits_write(app);
    v->waiting[v->n].what = what;
    v->waiting[v->n++].meeting = meeting;
    return EVH_OK;
}
