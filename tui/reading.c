#include "tui/reading.h"

#include <string.h>

#define LABEL " READING ONLY "

bool reading_only(struct app *app)
{
    if (app->read_only)
        app_say(app, STYLE_WARN, "Open for reading only: nothing can be changed.");
    return app->read_only;
}

bool reading_refuses(struct app *app, enum action action)
{
    return key_changes(action) && reading_only(app);
}

static bool blank(const struct surface *s, int x)
{
    const struct cell *cell = &s->cells[x];
    return cell->width == 1 && (cell->text[0] == '\0' || strcmp(cell->text, " ") == 0);
}

/* The middle of the widest gap between the words of the row; without one, its end: there stands the date or the time. */
void reading_title(struct surface *s)
{
    int length = (int)strlen(LABEL), best = s->w - length, widest = length - 1;
    for (int x = 0; x < s->w;) {
        int from = x;
        while (x < s->w && blank(s, x))
            x++;
        if (x - from > widest) {
            widest = x - from;
            best = from + (widest - length) / 2;
        }
        if (x == from)
            x++;
    }
    while (best > 0 && widest < length && !(blank(s, best - 1) && (best < 2 || blank(s, best - 2)))) { /* no half of what is covered stays */
        best--;
        length++;
    }
    surface_fill(s, (struct rect){best < 0 ? 0 : best, 0, length, 1}, STYLE_WARN);
    surface_put(s, best < 0 ? 0 : best, 0, length, STYLE_WARN, LABEL);
}
