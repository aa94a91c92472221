#include "tui/trouble.h"

#include <stdio.h>
#include <string.h>

#include "core/memory.h"

bool trouble_is(enum evh code)
{
    return code == EVH_IO || code == EVH_FULL || code == EVH_BUSY || code == EVH_CORRUPT || code == EVH_MEMORY || code == EVH_NEWER;
}

static void begin(struct app *app, enum evh code)
{
    struct buf at = {0};
    civil_put_time(&at, app_now(app).time);
    snprintf(app->trouble, sizeof app->trouble, "%s since %s", code == EVH_MEMORY ? "OUT OF MEMORY" : "NOT SAVED", buf_str(&at));
    buf_free(&at);
}

static void end(struct app *app)
{
    app->trouble[0] = '\0';
    app->trouble_code = EVH_OK;
    app->trouble_ticks = 0;
}

/* Memory first: without it nothing else works. */
static enum evh look(struct app *app, struct err *err)
{
    if (memory_short() && !memory_refill())
        return err_set(err, EVH_MEMORY, "this computer is out of memory: close other programs. What is on record is on the disk");
    return app->store == NULL ? EVH_OK : store_trouble(app->store, err);
}

void trouble_look(struct app *app)
{
    struct err err = {0};
    enum evh code = look(app, &err);
    if (code == EVH_OK) {
        if (app->trouble[0] != '\0' || app->trouble_ticks > 0)
            end(app);
        return;
    }
    if (app->trouble[0] == '\0' && (code != EVH_BUSY || app->failed == EVH_BUSY))
        begin(app, code);
    if (app->trouble[0] != '\0' && app->failed == code)
        app->trouble_code = code; /* the key's message said it */
}

static void say(struct app *app, const struct err *err)
{
    app_say_err(app, err);
    app->trouble_code = err->code;
}

void trouble_tick(struct app *app)
{
    struct err err = {0};
    enum evh code = look(app, &err);
    if (code != EVH_OK && code != EVH_MEMORY) {
        code = store_retry(app->store, &err);
    }
    if (code == EVH_OK) {
        bool was = app->trouble[0] != '\0';
        end(app);
        if (was)
            app_say(app, STYLE_GOOD, "Writing works again: what was refused can be tried again");
        if (app->store != NULL && store_told(app->store, &err))
            app_say(app, STYLE_WARN, "%s", err.text);
        return;
    }
    app->trouble_ticks++;
    if (code == EVH_BUSY && app->trouble_ticks < 2 && app->trouble[0] == '\0')
        return; /* somebody writes just now */
    if (app->trouble[0] == '\0')
        begin(app, code);
    if (code != app->trouble_code)
        say(app, &err);
}
