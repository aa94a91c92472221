/* Keys and what they do: names of keys, the table of tui/action.def, lookup with chords. */
#ifndef TUI_KEY_H
#define TUI_KEY_H

#include "core/arena.h"
#include "core/buf.h"

enum action {
    ACTION_NONE,
#define ACTION(id, name, maps, keys, help) ACTION_##id,
#include "tui/action.def"
#undef ACTION
    ACTION_COUNT
};

struct action_info {
    enum action id;
    const char *name, *maps, *keys, *help;
};
extern const struct action_info action_table[]; /* ACTION_COUNT - 1 rows */
/* It changes what is on record or writes a file ('!' in the table). */
bool key_changes(enum action action);

/* A key as a number: a code point, or KEY_F1…, with modifier bits. Made by tui/input.c and by key_read(). */
#define KEY_META 0x01000000
#define KEY_SPECIAL 0x02000000
enum { KEYS_F1 = KEY_SPECIAL + 1, KEYS_F12 = KEY_SPECIAL + 12, KEYS_UP, KEYS_DOWN, KEYS_LEFT, KEYS_RIGHT, KEYS_HOME, KEYS_END, KEYS_PGUP, KEYS_PGDN,
       KEYS_INSERT, KEYS_DELETE, KEYS_BACKSPACE, KEYS_STAB, KEYS_CLEFT, KEYS_CRIGHT, KEYS_ENTER };

bool key_read(const char *name, size_t n, int32_t *key); /* "F4", "C-g", "M-b", "Esc", "Space", "x" */
void key_put(struct buf *out, int32_t key);

/* The keys of an action as people say them: "F4, Ctrl-G 4". */
void key_put_words(struct buf *out, const char *keys);
/* The same, but only keys that do this action in these maps (a letter is text where lines are typed); `first`: only the first of them.
 * False when there is none. */
bool key_put_live(struct buf *out, const char *maps, enum action action, bool first);
/* True for a key that is a character to be typed. */
bool key_prints(int32_t key);

/* What a key does on a screen whose maps are `maps` ("GL", "GEM" …; earlier letters win last: the most special map is asked first). `chord` is the
 * pending first key (0: none); sets it when a chord has begun (returns ACTION_NONE). In maps with E, printable keys are text and never actions. */
enum action key_lookup(const char *maps, int32_t key, int32_t *chord, bool *is_text);

/* The action of that name, or ACTION_NONE. */
enum action key_action_named(const char *name, size_t n);

/* First key of an action, for key lines and help ("F4"); NULL when it has none. */
const char *key_of(enum action action);

#endif
