/* Names of keys, the table of actions, maps and chords; and the bytes of terminals. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "tui/decode.h"
#include "tui/key.h"

static int32_t named(const char *name)
{
    int32_t key = 0;
    ck_assert_msg(key_read(name, strlen(name), &key), "“%s” is no key", name);
    return key;
}

START_TEST(names_are_read_and_written)
{
    static const char *const names[] = {"F1", "F12", "Esc", "Tab", "S-Tab", "Space", "Enter", "Up", "PgDn", "C-g", "C-_", "M-b", "M-Backspace",
                                        "x", "?", "-", "é", "漢", "C-Left", "Backspace", "M-é", "Home"};
    for (size_t i = 0; i < NITEMS(names); i++) {
        struct buf b = {0};
        key_put(&b, named(names[i]));
        ck_assert_str_eq(b.s, names[i]);
        buf_free(&b);
    }
    static const char *const not_names[] = {"", "F0", "F13", "F01", "Fx", "C-", "C-é", "M-", "xy", "Up ", "M-M-x", "\x01"};
    for (size_t i = 0; i < NITEMS(not_names); i++) {
        int32_t key = 0;
        ck_assert_msg(!key_read(not_names[i], strlen(not_names[i]), &key), "“%s” is a key", not_names[i]);
    }
    ck_assert_int_eq(named("C-m"), KEYS_ENTER);
}
END_TEST

START_TEST(keys_in_words)
{
    struct buf b = {0};
    key_put_words(&b, "F4 C-g+4 M-Backspace S-Tab C-_ C-g+- x Space");
    ck_assert_str_eq(b.s, "F4, Ctrl-G 4, Alt-Backspace, Shift-Tab, Ctrl-_, Ctrl-G -, x, Space");
    buf_free(&b);
}
END_TEST

/* Every key of the table can be read, every action has a name, help, a first key, and is reached by it in its maps. */
START_TEST(the_table_is_whole)
{
    for (int i = 0; i < ACTION_COUNT - 1; i++) {
        const struct action_info *info = &action_table[i];
        ck_assert_int_eq((int)info->id, i + 1);
        ck_assert_msg(info->help[0] != '\0', "%s has no help", info->name);
        ck_assert_uint_eq(strspn(info->name, "abcdefghijklmnopqrstuvwxyz-"), strlen(info->name));
        ck_assert_int_eq((int)key_action_named(info->name, strlen(info->name)), i + 1);
        ck_assert_msg(key_of(info->id) != NULL, "first key of %s is missing in first_keys", info->name);
        for (const char *map = info->maps; *map != '\0' && *map != '!'; map++) {
            char maps[] = {'G', *map, '\0'};
            struct buf words = {0};
            ck_assert_msg(strchr("GLEMHTFVRPSNKYWUA", *map) != NULL, "%s is in a map %c, which is not known", info->name, *map);
            ck_assert_msg(key_put_live(&words, maps, info->id, true), "%s is not reached in %s", info->name, maps);
            buf_free(&words);
        }
    }
    ck_assert_ptr_null(key_of(ACTION_NONE));
    ck_assert_ptr_null(key_of(ACTION_COUNT));
}
END_TEST

START_TEST(no_key_is_bound_twice_in_a_map)
{
    for (int i = 0; i < ACTION_COUNT - 1; i++)
        for (int j = i + 1; j < ACTION_COUNT - 1; j++) {
            char maps[16] = "";
            memcpy(maps, action_table[i].maps, strcspn(action_table[i].maps, "!"));
            if (strpbrk(action_table[j].maps, maps) == NULL)
                continue;
            for (const char *s = action_table[i].keys; *s != '\0'; s += strspn(s, " ")) {
                size_t n = strcspn(s, " ");
                for (const char *t = action_table[j].keys; *t != '\0'; t += strspn(t, " ")) {
                    size_t m = strcspn(t, " ");
                    ck_assert_msg(n != m || memcmp(s, t, n) != 0, "%.*s is bound to %s and %s", (int)n, s, action_table[i].name, action_table[j].name);
                    t += m;
                }
                s += n;
            }
        }
}
END_TEST

static const struct {
    const char *maps, *keys; /* blank-separated presses; what the last one gives */
    enum action action;
    bool text;
} presses[] = {
    {"GL", "j", ACTION_DOWN, false},       {"GL", "q", ACTION_BACK, false},          {"GL", "?", ACTION_HELP, false},
    {"GL", "d", ACTION_NONE, false},       {"GL", "Enter", ACTION_OPEN, false},      {"GL", ":", ACTION_COMMAND, false},
    {"GEM", "q", ACTION_NONE, true},       {"GEM", "?", ACTION_NONE, true},          {"GEM", ":", ACTION_NONE, true},
    {"GEM", "Q", ACTION_NONE, true},       {"GEM", "Space", ACTION_NONE, true},      {"GEM", "é", ACTION_NONE, true},
    {"GEM", "Enter", ACTION_COMMIT, false}, {"GEM", "Esc", ACTION_BACK, false},      {"GEM", "F4", ACTION_LIVE_ACTION, false},
    {"GEM", "C-g 4", ACTION_LIVE_ACTION, false}, {"GEM", "C-g 0", ACTION_LIVE_SIGN, false}, {"GEM", "C-g -", ACTION_LIVE_CHECK, false},
    {"GEM", "C-g =", ACTION_BLANK, false}, {"GEM", "C-g q", ACTION_BACK, false},     {"GEM", "C-g 1", ACTION_HELP, false},
    {"GEM", "C-g u", ACTION_LIVE_UNDO, false}, {"GEM", "C-g z", ACTION_NONE, false}, {"GEM", "C-g z z", ACTION_NONE, true},
    {"GEM", "Tab", ACTION_FINISH, false},  {"GL", "Tab", ACTION_NEXT_PANE, false},   {"GE", "Tab", ACTION_FINISH, false},
    {"GEM", "Up", ACTION_LINE_UP, false},  {"GL", "Up", ACTION_UP, false},           {"GEM", "C-z", ACTION_EDIT_UNDO, false},
    {"GEM", "M-b", ACTION_WORD_LEFT, false}, {"GEM", "M-x", ACTION_NONE, false},     {"GEM", "C-h", ACTION_ERASE, false},
    {"GL", "F12", ACTION_BLANK, false},    {"GEM", "C-c", ACTION_INTERRUPT, false},  {"GL", "C-g 1", ACTION_HELP, false},
    {"GL", "F4", ACTION_NONE, false},
};

START_TEST(a_press_does)
{
    int32_t chord = 0;
    bool text = false;
    enum action action = ACTION_NONE;
    for (const char *s = presses[_i].keys; *s != '\0'; s += strspn(s, " ")) {
        size_t n = strcspn(s, " ");
        int32_t key = 0;
        ck_assert(key_read(s, n, &key));
        action = key_lookup(presses[_i].maps, key, &chord, &text);
        s += n;
    }
    ck_assert_int_eq((int)action, (int)presses[_i].action);
    ck_assert_int_eq(text, presses[_i].text);
    ck_assert_int_eq(chord, 0);
}
END_TEST

START_TEST(a_chord_waits)
{
    int32_t chord = 0;
    bool text = true;
    ck_assert_int_eq(key_lookup("GEM", named("C-g"), &chord, &text), ACTION_NONE);
    ck_assert_int_eq(chord, named("C-g"));
    ck_assert(!text);
}
END_TEST

/* ---- decoding ---- */

/* Decodes `bytes` in pieces of `step` and appends what came, key by key. */
static void transcribe(struct decode *d, const char *bytes, size_t n, size_t step, struct buf *out)
{
    for (size_t at = 0; at <= n; at += step) {
        bool last = at >= n || at + step >= n;
        if (at < n)
            decode_feed(d, bytes + at, at + step > n ? n - at : step);
        int32_t key = 0;
        for (enum decoded decoded; (decoded = decode_next(d, false, &key)) != DECODED_NOTHING ||
                                   (last && decode_wait(d, 25) >= 0 && (decoded = decode_next(d, true, &key)) != DECODED_NOTHING);) {
            if (out->n > 0)
                buf_addc(out, ' ');
            if (decoded == DECODED_PASTE)
                buf_addf(out, "<%s>", buf_str(&d->paste));
            else
                key_put(out, key);
        }
        if (last)
            return;
    }
}

static const struct {
    const char *bytes, *keys;
} streams[] = {
    {"abc", "a b c"}, {"a\rb\n", "a Enter b Enter"}, {"é漢👧", "é 漢 👧"}, {"\x07""4", "C-g 4"},
    {"\033OP\033OQ\033[15~\033[24~", "F1 F2 F5 F12"}, {"\033[11~\033[[A\033[[E", "F1 F1 F5"},
    {"\033[A\033OB\033[C\033[D", "Up Down Right Left"}, {"\033[H\033[F\033[1~\033[4~\033OH\033[7~", "Home End Home End Home Home"},
    {"\033[5~\033[6~\033[3~\033[2~\033[Z", "PgUp PgDn Delete Insert S-Tab"}, {"\033[1;5D\033[1;5C\033[1;3D\033Od", "C-Left C-Right C-Left C-Left"},
    {"\033b\033f\033\x7f", "M-b M-f M-Backspace"}, {"\033", "Esc"}, {"\033\033", "Esc Esc"}, {"\033\033[A", "Esc Up"}, {"\033\r", "Esc Enter"},
    {"\033\x07""4", "Esc C-g 4"}, {"\x7f\x08", "Backspace C-h"}, {"\x1f\x1a", "C-_ C-z"},
    {"x\033[27;5;9~y", "x y"}, {"x\033[<0;1;1My", "x y"}, {"x\033[?1;2cy", "x y"}, {"x\033[I\033[Oy", "x y"}, /* unknown: nothing of them is typed */
    {"\033[200~pasted\rtext\033[A\033[201~z", "<pasted\rtext\033[A> z"}, {"\033[200~\033[201~", "<>"}, {"\033[200~cut off", "<cut off>"},
    {"\033[200~a\033[20b\033[201~", "<a\033[20b>"}, {"\033[201~a", "a"},
    {"\xC3(", "\uFFFD ("}, {"\xFFz", "\uFFFD z"}, {"\xC3", "\uFFFD"}, {"\xE2\x82z", "\uFFFD \uFFFD z"}, {"\xED\xA0\x80", "\uFFFD \uFFFD \uFFFD"},
    {"\033é", "M-é"}, {"\033[", "M-["}, {"\033O", "M-O"}, {"\033Oz", "M-O z"}, {"\033Oq\033OM", "1 Enter"},
};

START_TEST(bytes_become_keys)
{
    size_t n = strlen(streams[_i].bytes);
    for (size_t step = 1; step <= n; step++) {
        struct decode d = {0};
        struct buf out = {0};
        transcribe(&d, streams[_i].bytes, n, step, &out);
        ck_assert_msg(strcmp(buf_str(&out), streams[_i].keys) == 0, "in pieces of %zu: %s, not %s", step, buf_str(&out), streams[_i].keys);
        buf_free(&out);
        decode_free(&d);
    }
}
END_TEST

START_TEST(the_terminal_has_its_own_sequences)
{
    struct decode d = {0};
    struct buf out = {0};
    decode_know(&d, "\033[192z", KEYS_F1 + 8);
    decode_know(&d, "\033Zq", KEYS_HOME);
    decode_know(&d, NULL, KEYS_HOME);
    decode_know(&d, "q", KEYS_HOME); /* a letter is no key of the terminal */
    transcribe(&d, "\033[192zq\033Zq\033Za", 14, 3, &out);
    ck_assert_str_eq(out.s, "F9 q Home M-Z a");
    buf_free(&out);
    decode_free(&d);
    d = (struct decode){.latin1 = true};
    transcribe(&d, "Zo\xEB", 3, 1, &out);
    ck_assert_str_eq(out.s, "Z o ë");
    buf_free(&out);
    decode_free(&d);
}
END_TEST

START_TEST(a_long_paste_is_cut_on_a_character)
{
    struct decode d = {0};
    struct buf bytes = {0};
    buf_adds(&bytes, "\033[200~x");
    for (size_t i = 0; i < PASTE_MAX; i++)
        buf_adds(&bytes, "é");
    buf_adds(&bytes, "\033[201~!");
    int32_t key = 0;
    enum decoded decoded = DECODED_NOTHING;
    for (size_t at = 0; at < bytes.n && decoded == DECODED_NOTHING; at += 4096) {
        decode_feed(&d, bytes.s + at, bytes.n - at < 4096 ? bytes.n - at : 4096);
        decoded = decode_next(&d, false, &key);
    }
    ck_assert_int_eq(decoded, DECODED_PASTE);
    ck_assert(d.paste_cut);
    ck_assert_uint_le(d.paste.n, PASTE_MAX);
    ck_assert_uint_ge(d.paste.n, PASTE_MAX - 4);
    ck_assert_uint_eq(d.paste.n % 2, 1);
    ck_assert_int_eq(decode_next(&d, false, &key), DECODED_KEY);
    ck_assert_int_eq(key, '!');
    buf_free(&bytes);
    decode_free(&d);
}
END_TEST

Suite *suite_key(void);

Suite *suite_key(void)
{
    Suite *suite = suite_create("key");
    TCase *tc = tcase_create("table");
    tcase_add_test(tc, names_are_read_and_written);
    tcase_add_test(tc, keys_in_words);
    tcase_add_test(tc, the_table_is_whole);
    tcase_add_test(tc, no_key_is_bound_twice_in_a_map);
    tcase_add_loop_test(tc, a_press_does, 0, (int)NITEMS(presses));
    tcase_add_test(tc, a_chord_waits);
    suite_add_tcase(suite, tc);
    tc = tcase_create("bytes");
    tcase_add_loop_test(tc, bytes_become_keys, 0, (int)NITEMS(streams));
    tcase_add_test(tc, the_terminal_has_its_own_sequences);
    tcase_add_test(tc, a_long_paste_is_cut_on_a_character);
    suite_add_tcase(suite, tc);
    return suite;
}
