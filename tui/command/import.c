#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"
#include "data/file.h"
#include "data/op.h"
#include "tui/command.h"

/* Only when it takes longer than half a second, and only on a terminal: one line that is written over. */
struct progress { int64_t began_ms; bool shown; };

static void show_progress(struct context *c, struct progress *p, size_t i, size_t n)
{
    int64_t ms = c->world.now(c->world.data).utc_ms;
    if (i == 0)
        p->began_ms = ms;
    if (!isatty(STDERR_FILENO) || ms - p->began_ms < 500)
        return;
    fprintf(stderr, "\rimporting: file %zu of %zu ", i + 1, n);
    fflush(stderr);
    p->shown = true;
}

static void clear_progress(struct progress *p)
{
    if (p->shown)
        fprintf(stderr, "\r%40s\r", "");
    p->shown = false;
}

static enum evh put_id(struct context *c, struct uuid id)
{
    char text[UUID_TEXT];
    uuid_text(id, text);
    struct buf out = {0};
    buf_addf(&out, "%s\n", text);
    enum evh rc = context_put(c, &out);
    buf_free(&out);
    return rc;
}

static enum evh import_text(struct context *c, struct arena *arena, const char *path, const struct buf *text)
{
    bool strict = opt_has(&c->args, OPT_STRICT);
    struct notices notices = {0};
    struct op_import done = {0};
    const struct types *types = context_types(c);
    enum evh rc = op_import(c->store, types->n > 0 ? types : NULL, buf_str(text), text->n, strict, arena, &notices, &done, &c->err);
    context_notices(path, &notices, strict ? "error" : "warning");
    if (rc != EVH_OK)
        return rc;
    if (done.filed != NULL && !done.existed)
        context_say("%s: %s", path, done.filed);
    if (!uuid_none(done.other)) {
        char other[UUID_TEXT];
        uuid_text(done.other, other);
        context_say("%s: another record of this meeting is there already: %s", path, other);
    }
    return put_id(c, done.id);
}

static enum evh import_file(struct context *c, const char *path)
{
    struct buf text = {0};
    enum evh rc = file_read(path, MEETING_FILE_MAX, &text, &c->err);
    if (rc != EVH_OK) {
        buf_free(&text);
        c->err.code = EVH_INVALID; /* an input that cannot be read is refused: the storage is well */
        return EVH_INVALID;
    }
    struct arena *arena = arena_new();
    rc = import_text(c, arena, path, &text);
    arena_free(arena);
    buf_free(&text);
    if (rc != EVH_OK)
        err_prefix(&c->err, "%s", path);
    return rc;
}

int command_import(struct context *c)
{
    if (context_open(c, STORE_CREATE) != EVH_OK)
        return context_fail(c);
    int status = 0;
    struct progress progress = {0};
    for (size_t i = 0; i < c->args.noperands; i++) {
        show_progress(c, &progress, i, c->args.noperands);
        enum evh rc = import_file(c, c->args.operands[i]);
        clear_progress(&progress);
        if (rc == EVH_OK)
            continue;
        int failed = context_fail(c);
        status = status > failed ? status : failed;
        if (err_status(rc) >= err_status(EVH_IO))
            break; /* the store fails: the other files would too */
    }
    return status;
}
