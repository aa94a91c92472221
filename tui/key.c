#include "tui/key.h"

#include <string.h>

#include "core/text.h"

const struct action_info action_table[] = {
#define ACTION(id, name, maps, keys, help) {ACTION_##id, name, maps, keys, help},
#include "tui/action.def"
#undef ACTION
};

_Static_assert(sizeof action_table / sizeof action_table[0] == ACTION_COUNT - 1, "one row an action");

bool key_changes(enum action action)
{
    return action > ACTION_NONE && action < ACTION_COUNT && strchr(action_table[action - 1].maps, '!') != NULL;
}

static const struct {
    const char *name;
    int32_t key;
} names[] = {
    {"Up", KEYS_UP}, {"Down", KEYS_DOWN}, {"Left", KEYS_LEFT}, {"Right", KEYS_RIGHT}, {"Home", KEYS_HOME}, {"End", KEYS_END},
    {"PgUp", KEYS_PGUP}, {"PgDn", KEYS_PGDN}, {"Insert", KEYS_INSERT}, {"Delete", KEYS_DELETE}, {"Backspace", KEYS_BACKSPACE},
    {"S-Tab", KEYS_STAB}, {"C-Left", KEYS_CLEFT}, {"C-Right", KEYS_CRIGHT}, {"Enter", KEYS_ENTER}, {"Tab", 0x09}, {"Esc", 0x1B},
    {"Space", ' '},
};

/* Two control characters that every terminal sends for the same thing. */
static int32_t same_key(int32_t key)
{
    return key == '\r' || key == '\n' ? KEYS_ENTER : key == 0x7F ? KEYS_BACKSPACE : key;
}

static bool read_named(const char *name, size_t n, int32_t *key)
{
    for (size_t i = 0; i < NITEMS(names); i++)
        if (strlen(names[i].name) == n && memcmp(names[i].name, name, n) == 0) {
            *key = names[i].key;
            return true;
        }
    if (n < 2 || n > 3 || name[0] != 'F')
        return false;
    int number = 0;
    for (size_t i = 1; i < n; i++) {
        if (name[i] < '0' || name[i] > '9')
            return false;
        number = number * 10 + (name[i] - '0');
    }
    if (number < 1 || number > 12 || name[1] == '0')
        return false;
    *key = KEYS_F1 + number - 1;
    return true;
}

/* One character as it stands. */
static bool read_character(const char *name, size_t n, int32_t *key)
{
    size_t at = 0;
    int32_t code = n == 0 ? -1 : text_code(name, n, &at);
    if (code < 0x20 || code == 0x7F || at != n)
        return false;
    *key = code;
    return true;
}

bool key_read(const char *name, size_t n, int32_t *key)
{
    if (n > 2 && name[0] == 'M' && name[1] == '-') {
        if (!key_read(name + 2, n - 2, key) || (*key & KEY_META) != 0)
            return false;
        *key |= KEY_META;
        return true;
    }
    if (read_named(name, n, key))
        return true;
    if (n == 3 && name[0] == 'C' && name[1] == '-') {
        char c = name[2] >= 'a' && name[2] <= 'z' ? (char)(name[2] - 'a' + 'A') : name[2];
        if (c < '@' || c > '_')
            return false;
        *key = same_key(c & 0x1F);
        return true;
    }
    return read_character(name, n, key);
}

void key_put(struct buf *out, int32_t key)
{
    if ((key & KEY_META) != 0)
        buf_adds(out, "M-");
    key = same_key(key & ~KEY_META);
    for (size_t i = 0; i < NITEMS(names); i++)
        if (names[i].key == key) {
            buf_adds(out, names[i].name);
            return;
        }
    if (key >= KEYS_F1 && key <= KEYS_F12)
        buf_addf(out, "F%d", (int)(key - KEYS_F1 + 1));
    else if (key >= 0 && key < 0x20)
        buf_addf(out, "C-%c", key >= 1 && key <= 26 ? (int)(key - 1 + 'a') : (int)(key + '@'));
    else
        text_put(out, key);
}

/* One key or chord of the table, in words for people: "Ctrl-G 4", "Alt-B". */
static void put_words(struct buf *out, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool modifier = i + 2 < n && s[i + 1] == '-' && (i == 0 || s[i - 1] == '+');
        const char *word = !modifier ? NULL : s[i] == 'C' ? "Ctrl-" : s[i] == 'M' ? "Alt-" : s[i] == 'S' ? "Shift-" : NULL;
        if (word != NULL) {
            buf_adds(out, word);
            i += 2;
            bool letter = i + 1 >= n || s[i + 1] == '+';
            buf_addc(out, letter && s[i] >= 'a' && s[i] <= 'z' ? (char)(s[i] - 'a' + 'A') : s[i]);
        } else {
            buf_addc(out, s[i] == '+' && i > 0 && i + 1 < n ? ' ' : s[i]);
        }
    }
}

void key_put_words(struct buf *out, const char *keys)
{
    while (*keys != '\0') {
        size_t n = strcspn(keys, " ");
        put_words(out, keys, n);
        keys += n;
        keys += strspn(keys, " ");
        if (*keys != '\0')
            buf_adds(out, ", ");
    }
}

bool key_prints(int32_t key)
{
    return key >= 0x20 && key != 0x7F && (key & (KEY_META | KEY_SPECIAL)) == 0 && (key < 0x80 || key >= 0xA0);
}

enum match { MATCH_NONE, MATCH_BEGINS, MATCH_WHOLE };

/* Does `key`, after the pending `chord`, make this key of the table ("C-g+4")? */
static enum match match_key(const char *s, size_t n, int32_t key, int32_t chord)
{
    size_t plus = 0;
    for (size_t i = 1; i + 1 < n && plus == 0; i++)
        if (s[i] == '+')
            plus = i;
    int32_t first = 0, second = 0;
    if (plus == 0)
        return chord == 0 && key_read(s, n, &first) && first == key ? MATCH_WHOLE : MATCH_NONE;
    if (!key_read(s, plus, &first) || !key_read(s + plus + 1, n - plus - 1, &second))
        return MATCH_NONE;
    if (chord == 0)
        return first == key ? MATCH_BEGINS : MATCH_NONE;
    return chord == first && second == key ? MATCH_WHOLE : MATCH_NONE;
}

static enum match match_action(const struct action_info *info, int32_t key, int32_t chord)
{
    enum match best = MATCH_NONE;
    for (const char *s = info->keys; *s != '\0';) {
        size_t n = strcspn(s, " ");
        enum match match = match_key(s, n, key, chord);
        if (match > best)
            best = match;
        s += n;
        s += strspn(s, " ");
    }
    return best;
}

/* Looks in one map. */
static enum action find(char map, int32_t key, int32_t chord, bool *begins)
{
    for (size_t i = 0; i < NITEMS(action_table); i++) {
        if (strchr(action_table[i].maps, map) == NULL)
            continue;
        enum match match = match_action(&action_table[i], key, chord);
        if (match == MATCH_WHOLE)
            return action_table[i].id;
        if (match == MATCH_BEGINS)
            *begins = true;
    }
    return ACTION_NONE;
}

enum action key_lookup(const char *maps, int32_t key, int32_t *chord, bool *is_text)
{
    int32_t pending = *chord;
    bool begins = false;
    *chord = 0;
    *is_text = false;
    key = same_key(key & ~KEY_META) | (key & KEY_META);
    if (pending == 0 && strchr(maps, 'E') != NULL && key_prints(key)) {
        *is_text = true;
        return ACTION_NONE;
    }
    for (size_t i = strlen(maps); i > 0; i--) {
        enum action action = find(maps[i - 1], key, pending, &begins);
        if (action != ACTION_NONE)
            return action;
    }
    if (begins)
        *chord = key;
    return ACTION_NONE;
}

/* What a key or chord of the table does in these maps. */
static enum action try_keys(const char *maps, const char *s, size_t n)
{
    int32_t chord = 0, key = 0;
    bool is_text = false;
    for (size_t at = 0; at < n;) {
        size_t end = at + 1;
        while (end < n && s[end] != '+')
            end++;
        if (!key_read(s + at, end - at, &key))
            return ACTION_NONE;
        enum action action = key_lookup(maps, key, &chord, &is_text);
        if (end >= n)
            return action;
        if (chord == 0)
            return ACTION_NONE;
        at = end + 1;
    }
    return ACTION_NONE;
}

bool key_put_live(struct buf *out, const char *maps, enum action action, bool first)
{
    bool any = false;
    if (action <= ACTION_NONE || action >= ACTION_COUNT)
        return false;
    for (const char *s = action_table[action - 1].keys; *s != '\0' && !(first && any);) {
        size_t n = strcspn(s, " ");
        if (try_keys(maps, s, n) == action) {
            if (any)
                buf_adds(out, ", ");
            put_words(out, s, n);
            any = true;
        }
        s += n;
        s += strspn(s, " ");
    }
    return any;
}

/* The first keys of the table once more, as strings that end: a test holds that none is missing. */
static const char *const first_keys[] = {
    "F1", "Esc", "Q", ":", "C-l", "Tab", "S-Tab", "F12", "C-c", "Up", "Down", "PgUp", "PgDn", "Home", "End", "Enter", "/",
    "n", "N", "l", "o", "Space", "a", "e", "c", "w", "t", "m", "x", "u", "R", "Left", "Right", "M-b", "M-f", "Backspace",
    "Delete", "C-w", "C-u", "C-k", "C-y", "C-_", "M-_", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "F10", "F11",
    "C-g+u", "C-g+r", "C-g+x", "C-g+n", "C-g+s", "p", "s", "T", "i", "f", "r",
    "y", "v", "h", "k", "d", "D", "A", "I", "b", "z",
};

const char *key_of(enum action action)
{
    if (action <= ACTION_NONE || action >= ACTION_COUNT)
        return NULL;
    const char *keys = action_table[action - 1].keys;
    size_t n = strcspn(keys, " ");
    for (size_t i = 0; i < NITEMS(first_keys); i++)
        if (strlen(first_keys[i]) == n && memcmp(first_keys[i], keys, n) == 0)
            return first_keys[i];
    return NULL;
}

enum action key_action_named(const char *name, size_t n)
{
    for (size_t i = 0; i < NITEMS(action_table); i++)
        if (strlen(action_table[i].name) == n && memcmp(action_table[i].name, name, n) == 0)
            return action_table[i].id;
    return ACTION_NONE;
}
