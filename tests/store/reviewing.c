#include "reviewing.h"

#include <string.h>

struct store *review;

const char people[] = "Anita Patel | SENCO | Oakfield | chair | here\nGrace Okafor | mother | family | parent, PR | here\nMei Lin | psychologist | County | professional | here\n";

const char *text_of(const char *child, const char *date, const char *list, const char *body)
{
    return arena_printf(fx.arena, "evenhand: 1\nmeeting: tac\nchild: %s\ndate: %s\ntime: 14:00-15:00\nkept-by: Ravi Thandi\nkept-as: minutes\n\npeople:\n%s\n# One\n%s",
                        child, date, list, body);
}

void reviewing_setup(void)
{
    fixture_setup();
    review = NULL;
}

void reviewing_teardown(void)
{
    store_close(review);
    review = NULL;
    fixture_teardown();
}

/* Ids are made of the clock: what comes later is later. */
struct uuid bring(const char *text)
{
    fx.now.utc_ms += 1000;
    return import(text);
}

struct uuid id_of(const char *name)
{
    struct person_row row = {0};
    must(store_find_person(fx.store, fx.arena, name, &row, &fx.err));
    return row.id;
}

struct store *open_as(struct uuid id)
{
    struct store *store = NULL;
    must(store_open_review(&store, fx.data, id, &fx.world, &fx.err));
    return store;
}

struct action_rows own(struct store *store, bool all)
{
    struct action_rows rows = {0};
    must(review_actions(store, fx.arena, all, &rows, &fx.err));
    return rows;
}

struct action_row story(struct store *store, struct uuid id)
{
    struct action_row row = {0};
    must(review_action(store, fx.arena, id, &row, &fx.err));
    return row;
}

/* Any action of the database, by the words it begins with. */
struct uuid action_of(const char *words)
{
    struct action_rows rows = {0};
    struct action_filter f = {.all = true, .due_before = DAY_NONE, .unmasked = true};
    must(store_actions(fx.store, fx.arena, &f, &rows, &fx.err));
    for (size_t i = 0; i < rows.n; i++) {
        if (strncmp(rows.v[i].text, words, strlen(words)) == 0)
            return rows.v[i].id;
    }
    ck_abort_msg("no action “%s”", words);
    return (struct uuid){{0}};
}

/* Every way in says the same of somebody else's action as of one that is not there. */
void not_theirs(struct store *store, struct uuid id)
{
    struct action_row row;
    struct uuid none = {{7}};
    struct err other = {0};
    ck_assert_int_eq(review_action(store, fx.arena, none, &row, &other), EVH_NOTFOUND);
    ck_assert_int_eq(review_action(store, fx.arena, id, &row, &fx.err), EVH_NOTFOUND);
    ck_assert_str_eq(fx.err.text, other.text);
    ck_assert_int_eq(review_note(store, id, "x", &fx.err), EVH_NOTFOUND);
    ck_assert_str_eq(fx.err.text, other.text);
    ck_assert_int_eq(review_done(store, id, DAY_NONE, NULL, &fx.err), EVH_NOTFOUND);
    ck_assert_int_eq(review_dispute(store, id, "x", &fx.err), EVH_NOTFOUND);
    struct action_rows rows = own(store, true);
    for (size_t i = 0; i < rows.n; i++)
        ck_assert(!uuid_same(rows.v[i].id, id));
}
