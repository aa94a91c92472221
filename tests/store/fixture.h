/* A database of its own for every test, in a temporary folder below the build folder; a clock that the test sets. */
#ifndef TESTS_STORE_FIXTURE_H
#define TESTS_STORE_FIXTURE_H

#include <check.h>

#include "data/file.h"
#include "data/op.h"
#include "data/store.h"

struct fixture {
    char *dir;             /* of this test; removed afterwards */
    char *data;            /* dir/data: where the database is */
    struct world world;
    struct now now;
    struct store *store;
    struct arena *arena;
    struct types types;
    struct err err;
};

extern struct fixture fx;

/* Checked fixtures. The teardown closes the store, and opens it again to hold the derived tables equal to a rebuild. */
void fixture_setup(void);
void fixture_teardown(void);

/* A path inside the test's folder (arena). */
const char *fixture_path(const char *name);

/* Asserts OK and shows the sentence when not. */
#define must(call) fixture_must((call), #call, __FILE__, __LINE__)
void fixture_must(enum evh result, const char *call, const char *file, int line);

/* The derived tables are those of a rebuild, now. */
void fixture_same(void);

/* Imports a text and gives its id. */
struct uuid import(const char *text);
struct op_import import_result(const char *text);

struct record *record_of(struct uuid meeting); /* freed with record_free() */

/* A small meeting: head with these lines, then the body. */
const char *meeting_text(const char *child, const char *date, const char *kept_as, const char *body);

/* Runs SQL on the database through a connection of its own, as somebody would who tampers with it. */
void tamper(const char *sql);
/* A number that SQL gives. */
long long ask_number(const char *sql);

/* The doctor's sentences of at least a state, joined by newlines (arena). */
const char *doctor_words(enum doctor_state at_least);

/* Locks the database as another program would, writes one byte to `ready`, and stays until it is killed. */
void hold_lock(int ready);

void remove_tree(const char *path);

#endif
