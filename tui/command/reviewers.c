#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"
#include "data/file.h"
#include "data/reviewers.h"
#include "tui/command.h"
#include "tui/command/columns.h"
#include "tui/paths.h"

#ifndef BINDIR
#define BINDIR "/usr/bin"
#endif
#define REVIEW "evenhand-review"
#define KEY_MAX 16384
#define PATH_MOST 4096

static const char *keys_file(struct context *c)
{
    const char *given = opt_value(&c->args, OPT_KEYS);
    return given != NULL ? given : paths_join(c->arena, c->data, "authorized_keys");
}

/* The second program beside this one, as it is when both were built or unpacked together; else where it is installed. */
static const char *program(struct context *c)
{
    char path[PATH_MOST];
    ssize_t n = readlink("/proc/self/exe", path, sizeof(path));
    while (n > 0 && n < (ssize_t)sizeof(path) && path[n - 1] != '/')
        n--;
    if (n > 0 && n < (ssize_t)sizeof(path)) {
        const char *beside = arena_printf(c->arena, "%.*s" REVIEW, (int)n, path);
        if (access(beside, X_OK) == 0)
            return beside;
    }
    return BINDIR "/" REVIEW;
}

/* ---- add ---- */

static enum evh read_key(struct context *c, struct public_key *key)
{
    struct buf text = {0};
    if (isatty(STDIN_FILENO))
        context_say("waiting for a public key: paste its line, then Enter and Ctrl-D");
    enum evh rc = file_read("-", KEY_MAX, &text, &c->err);
    if (rc == EVH_OK)
        rc = reviewers_read_key(c->arena, buf_str(&text), text.n, key, &c->err);
    else
        rc = c->err.code = EVH_INVALID; /* an input that cannot be read is refused: the storage is well */
    buf_free(&text);
    return rc;
}

static enum evh add(struct context *c)
{
    struct person_row person = {0};
    struct public_key key = {0};
    const char *line = NULL, *review = program(c);
    enum evh rc = context_open(c, STORE_READ);
    if (rc == EVH_OK)
        rc = context_person(c, context_operand(c, 1), &person);
    if (rc == EVH_OK)
        rc = read_key(c, &key);
    if (rc == EVH_OK)
        rc = reviewers_line(c->arena, review, store_dir(c->store), &key, person.id, person.name, c->world.now(c->world.data).day, &line, &c->err);
    if (rc == EVH_OK && !opt_has(&c->args, OPT_DRY_RUN))
        rc = reviewers_add(keys_file(c), line, &c->err);
    if (rc != EVH_OK)
        return rc;
    context_say("the key for %s is %s: compare that with what they read to you from theirs (ssh-keygen -lf)", context_short(c, person.name), key.fingerprint);
    if (access(review, X_OK) != 0)
        context_say("%s is not there yet: nobody can log in with the key before it is", review);
    struct buf out = {0};
    buf_addf(&out, "%s\n", line);
    rc = context_put(c, &out);
    buf_free(&out);
    return rc;
}

/* ---- list ---- */

/* Without what every key of that kind has at its end: a fingerprint must stand beside it. */
static const char *short_kind(struct context *c, const char *kind)
{
    return arena_strndup(c->arena, kind, strcspn(kind, "@"));
}

/* Two lines a key, so that neither id nor fingerprint is ever cut. */
static void put_table(struct context *c, struct buf *out, const struct reviewers *keys)
{
    enum { NAME, ADDED, PERSON, ABOVE };
    enum { KIND, FINGERPRINT, BELOW };
    static const unsigned char least[ABOVE] = {[NAME] = 12}, whole[BELOW] = {0};
    const char *(*above)[ABOVE] = arena_alloc(c->arena, keys->n + 1, sizeof(*above)), *(*below)[BELOW] = arena_alloc(c->arena, keys->n + 1, sizeof(*below));
    struct buf first = {0}, second = {0};
    memcpy(above[0], (const char *const[ABOVE]){"NAME", "ADDED", "PERSON"}, sizeof(above[0]));
    memcpy(below[0], (const char *const[BELOW]){"KEY", "FINGERPRINT"}, sizeof(below[0]));
    for (size_t i = 0; i < keys->n; i++) {
        char id[UUID_TEXT];
        uuid_text(keys->v[i].person, id);
        above[i + 1][NAME] = keys->v[i].name;
        above[i + 1][ADDED] = civil_day_dup(c->arena, keys->v[i].added);
        above[i + 1][PERSON] = arena_strndup(c->arena, id, UUID_TEXT - 1);
        below[i + 1][KIND] = short_kind(c, keys->v[i].kind);
        below[i + 1][FINGERPRINT] = keys->v[i].fingerprint;
    }
    columns_put(c, &first, &above[0][0], keys->n + 1, ABOVE, least);
    columns_put(c, &second, &below[0][0], keys->n + 1, BELOW, whole);
    for (const char *a = buf_str(&first), *b = buf_str(&second); *a != '\0' && *b != '\0'; a += strcspn(a, "\n") + 1, b += strcspn(b, "\n") + 1)
        buf_addf(out, "%.*s\n  %.*s\n", (int)strcspn(a, "\n"), a, (int)strcspn(b, "\n"), b);
    buf_free(&first);
    buf_free(&second);
}

static void put_json(struct context *c, struct buf *out, const struct reviewers *keys)
{
    buf_addc(out, '[');
    for (size_t i = 0; i < keys->n; i++) {
        char id[UUID_TEXT];
        uuid_text(keys->v[i].person, id);
        columns_json(out, i == 0 ? "\n  {" : ",\n  {", "person", id);
        columns_json(out, ", ", "name", keys->v[i].name);
        columns_json(out, ", ", "key", keys->v[i].kind);
        columns_json(out, ", ", "fingerprint", keys->v[i].fingerprint);
        columns_json(out, ", ", "added", civil_day_dup(c->arena, keys->v[i].added));
        buf_addc(out, '}');
    }
    buf_adds(out, keys->n == 0 ? "]\n" : "\n]\n");
}

static enum evh list(struct context *c)
{
    int json;
    struct reviewers keys = {0};
    enum evh rc = context_choice(c, OPT_FORMAT, "table json", &json);
    if (rc == EVH_OK)
        rc = context_open(c, STORE_READ);
    if (rc == EVH_OK)
        rc = reviewers_list(keys_file(c), c->arena, &keys, &c->err);
    if (rc != EVH_OK)
        return rc;
    struct buf out = {0};
    if (json)
        put_json(c, &out, &keys);
    else if (keys.n > 0)
        put_table(c, &out, &keys);
    else
        context_say("nobody has a key yet; add one with evenhand reviewers add NAME < key.pub");
    if (keys.others > 0)
        context_say("%s has %zu other %s, not written by reviewers add: staff or others", keys_file(c), keys.others, keys.others == 1 ? "line" : "lines");
    rc = context_put(c, &out);
    buf_free(&out);
    return rc;
}

/* ---- remove ---- */

/* Whom an id means now: two that were joined are one. Somebody whom the records do not know any more stays who they were. */
static struct uuid who(struct context *c, struct uuid id)
{
    char text[UUID_TEXT];
    struct person_row row = {0};
    struct err err = {0};
    uuid_text(id, text);
    return store_find_person(c->store, c->arena, text, &row, &err) == EVH_OK ? row.id : id;
}

/* By the name of the line, by its id or the beginning of it, or as the records know them. */
static bool meant(struct context *c, const struct reviewer *key, const char *words, const struct uuid *found)
{
    char id[UUID_TEXT];
    uuid_text(key->person, id);
    const char *folded = text_fold_dup(c->arena, words, strlen(words));
    if (strcmp(folded, text_fold_dup(c->arena, key->name, strlen(key->name))) == 0 || (found != NULL && uuid_same(who(c, key->person), *found)))
        return true;
    return strlen(words) >= 4 && strncmp(folded, id, strlen(folded)) == 0;
}

static enum evh nobody(struct context *c, const struct reviewers *keys, const char *words, struct err *err)
{
    const char *folded = text_fold_dup(c->arena, words, strlen(words));
    for (size_t i = 0; i < keys->n; i++) {
        if (folded[0] != '\0' && strstr(text_fold_dup(c->arena, keys->v[i].name, strlen(keys->v[i].name)), folded) != NULL)
            return err_set(err, EVH_NOTFOUND, "nobody of exactly that name has a key there; did you mean %s?", context_short(c, keys->v[i].name));
    }
    return err_set(err, EVH_NOTFOUND, "nobody of that name or id has a key there");
}

/* The one person whose lines are meant; several: a sentence with their ids. */
static enum evh one_person(struct context *c, const struct reviewers *keys, const char *words, struct uuid *person, struct err *err)
{
    struct person_row row = {0};
    struct err unknown = {0};
    struct buf ids = {0};
    size_t n = 0;
    bool known = store_find_person(c->store, c->arena, words, &row, &unknown) == EVH_OK;
    for (size_t i = 0; i < keys->n; i++) {
        struct uuid id = who(c, keys->v[i].person);
        char text[UUID_TEXT];
        if (!meant(c, &keys->v[i], words, known ? &row.id : NULL) || (n > 0 && uuid_same(id, *person)))
            continue;
        uuid_text(id, text);
        buf_addf(&ids, "%s%s", n == 0 ? "" : ", ", text);
        *person = id;
        n++;
    }
    enum evh rc = EVH_OK;
    if (n == 0)
        rc = nobody(c, keys, words, err);
    else if (n > 1)
        rc = err_set(err, EVH_INVALID, "several people of that name have keys; say which by the id: %s", buf_str(&ids));
    buf_free(&ids);
    return rc;
}

/* A fingerprint, or the beginning of one; with or without what stands before it. */
static bool is_key(const struct reviewer *key, const char *words)
{
    static const char hash[] = "SHA256:";
    size_t n = sizeof(hash) - 1, given = strncmp(words, hash, n) == 0 ? n : 0;
    return strlen(words + given) >= 4 && strncmp(key->fingerprint + n, words + given, strlen(words + given)) == 0;
}

/* The lines of that person; with --key the one of that key. */
static enum evh choose(struct context *c, const struct reviewers *keys, struct uuid person, struct reviewers *chosen)
{
    const char *words = context_option(c, OPT_KEY);
    chosen->v = arena_alloc(c->arena, keys->n + 1, sizeof(*chosen->v));
    for (size_t i = 0; i < keys->n; i++) {
        if (uuid_same(who(c, keys->v[i].person), person) && (words == NULL || is_key(&keys->v[i], words)))
            chosen->v[chosen->n++] = keys->v[i];
    }
    if (chosen->n == 0)
        return err_set(&c->err, EVH_NOTFOUND, "they have no key whose fingerprint begins so; evenhand reviewers list shows their keys");
    if (words != NULL && chosen->n > 1)
        return err_set(&c->err, EVH_INVALID, "%zu of their keys begin so; give more of the fingerprint", chosen->n);
    return EVH_OK;
}

/* The account under which the visits run. */
static const char *account(struct context *c)
{
    struct stat st;
    uid_t user = stat(store_dir(c->store), &st) == 0 ? st.st_uid : geteuid();
    const struct passwd *entry = getpwuid(user);
    return entry != NULL ? arena_strdup(c->arena, entry->pw_name) : arena_printf(c->arena, "%ld", (long)user);
}

/* Whoever is there at the moment stays: how to end it. The id is that of the line, as it stands among the arguments of the program. */
static void say_open_visits(struct context *c, const struct reviewers *gone)
{
    context_say("a visit that is open goes on until it is left; this ends it at once:");
    for (size_t i = 0; i < gone->n; i++) {
        char id[UUID_TEXT];
        if (i > 0 && uuid_same(gone->v[i].person, gone->v[i - 1].person))
            continue;
        uuid_text(gone->v[i].person, id);
        context_say("    pkill -u %s -f -- '--as %s'", account(c), id);
    }
}

static enum evh put_removed(struct context *c, const struct reviewers *gone, bool only_said)
{
    struct buf out = {0};
    buf_addf(&out, "%s: %zu %s %s\n", gone->v[0].name, gone->n, gone->n == 1 ? "key" : "keys", only_said ? "would be taken out" : "taken out");
    put_table(c, &out, gone);
    enum evh rc = context_put(c, &out);
    buf_free(&out);
    return rc;
}

static enum evh remove_lines(struct context *c)
{
    struct reviewers keys = {0}, gone = {0};
    struct uuid person = {{0}};
    const char *path = keys_file(c);
    bool only_said = opt_has(&c->args, OPT_DRY_RUN);
    size_t removed = 0;
    enum evh rc = context_open(c, STORE_READ);
    if (rc == EVH_OK)
        rc = reviewers_list(path, c->arena, &keys, &c->err);
    if (rc == EVH_OK)
        rc = one_person(c, &keys, context_operand(c, 1), &person, &c->err);
    if (rc == EVH_OK)
        rc = choose(c, &keys, person, &gone);
    if (rc == EVH_OK && !only_said)
        rc = reviewers_remove(path, gone.v, gone.n, &removed, &c->err);
    if (rc == EVH_OK && !only_said && removed == 0)
        rc = err_set(&c->err, EVH_NOTFOUND, "somebody else has just taken that out");
    if (rc == EVH_OK)
        rc = put_removed(c, &gone, only_said);
    if (rc == EVH_OK && !only_said)
        say_open_visits(c, &gone);
    return rc;
}

/* What may be asked for, with the options of each. */
static const struct {
    const char *name, *options;
    size_t operands;
    enum evh (*run)(struct context *c);
} parts[] = {
    {"add", "keys dry-run", 2, add},
    {"list", "keys format", 1, list},
    {"remove", "keys key dry-run", 2, remove_lines},
};

int command_reviewers(struct context *c)
{
    const char *what = context_operand(c, 0);
    size_t i = 0;
    while (i < NITEMS(parts) && strcmp(what, parts[i].name) != 0)
        i++;
    if (i == NITEMS(parts))
        return context_usage(c, "“%s” is nothing to do with reviewers; it may be add, list or remove", context_short(c, what));
    if (c->args.noperands != parts[i].operands)
        return parts[i].operands == 1 ? context_usage(c, "%s takes no name", what) : context_usage(c, "%s needs one name", what);
    if (command_part_takes(c, what, parts[i].options) != EVH_OK || context_data(c) != EVH_OK || parts[i].run(c) != EVH_OK)
        return context_fail(c);
    return 0;
}
