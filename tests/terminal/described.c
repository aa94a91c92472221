#include "tests/terminal/described.h"

#include <string.h>

#include <curses.h>
#include <term.h>

#include "tui/key.h"

static const struct {
    const char *name;
    int32_t key;
} names[] = {
    {"kcuu1", KEYS_UP}, {"kcud1", KEYS_DOWN}, {"kcub1", KEYS_LEFT}, {"kcuf1", KEYS_RIGHT}, {"khome", KEYS_HOME}, {"kend", KEYS_END}, {"kpp", KEYS_PGUP},
    {"knp", KEYS_PGDN}, {"kich1", KEYS_INSERT}, {"kdch1", KEYS_DELETE}, {"kcbt", KEYS_STAB}, {"kbs", KEYS_BACKSPACE}, {"kf1", KEYS_F1}, {"kf2", KEYS_F1 + 1},
    {"kf3", KEYS_F1 + 2}, {"kf4", KEYS_F1 + 3}, {"kf5", KEYS_F1 + 4}, {"kf6", KEYS_F1 + 5}, {"kf7", KEYS_F1 + 6}, {"kf8", KEYS_F1 + 7},
    {"kf9", KEYS_F1 + 8}, {"kf10", KEYS_F1 + 9}, {"kf11", KEYS_F1 + 10}, {"kf12", KEYS_F12},
};

bool described_keys(const char *term, struct pty_keys *out)
{
    int found = 0;
    *out = (struct pty_keys){.n = 0};
    if (setupterm(term, 1, &found) != OK)
        return false;
    for (size_t i = 0; i < NITEMS(names) && out->n < NITEMS(out->v); i++) {
        const char *bytes = tigetstr(names[i].name);
        if (bytes == NULL || bytes == (char *)-1 || bytes[0] == '\0' || strlen(bytes) >= sizeof out->v[0].bytes)
            continue;
        memcpy(out->v[out->n].bytes, bytes, strlen(bytes) + 1);
        out->v[out->n++].key = names[i].key;
    }
    del_curterm(cur_term);
    return true;
}

bool described_has(const struct pty_keys *keys, int32_t key)
{
    for (size_t i = 0; i < keys->n; i++)
        if (keys->v[i].key == key)
            return true;
    return false;
}
