/* The stack of screens, keys and their chords, questions, help, messages; on two small screens of the test's own. */
#include <check.h>
#include <string.h>

#include "core/text.h"
#include "tests/screen/golden.h"
#include "tui/app.h"
#include "tui/edit.h"
#include "tui/layout.h"

/* ---- a list and an entry line that write down what they are told ---- */

struct note_state {
    struct edit *edit;
    bool refuses;
};

static struct buf story; /* of the running test, in its own process */

static enum evh note_open(struct view *view, const void *arg, struct err *err)
{
    struct note_state *st = view->state;
    if (arg != NULL && strcmp(arg, "fails") == 0)
        return err_set(err, EVH_BUSY, "somebody else is writing");
    st->edit = edit_new();
    buf_addf(&story, "open %s\n", view->class->name);
    return EVH_OK;
}

static void note_close(struct view *view)
{
    struct note_state *st = view->state;
    edit_free(st->edit);
    st->edit = NULL;
    buf_addf(&story, "close %s\n", view->class->name);
}

static void note_draw(struct view *view, struct surface *s)
{
    struct note_state *st = view->state;
    struct rect all = layout_all(s);
    struct rect title = layout_top(&all, 1), line = layout_bottom(&all, 2);
    surface_fill(s, title, STYLE_TITLE);
    surface_putf(s, 1, 0, s->w - 1, STYLE_TITLE, "The %s screen", view->class->name);
    edit_draw(st->edit, s, line, STYLE_ENTRY, true);
}

static bool note_act(struct view *view, enum action action)
{
    struct note_state *st = view->state;
    if (edit_act(st->edit, action, 40))
        return true;
    if (action == ACTION_BACK || action == ACTION_HELP || action == ACTION_COMMAND || action == ACTION_QUIT || action == ACTION_INTERRUPT)
        return false;
    buf_addf(&story, "act %s\n", action_table[action - 1].name);
    return true;
}

static void note_text(struct view *view, const char *utf8, size_t n, bool paste)
{
    struct note_state *st = view->state;
    buf_addf(&story, "%s %.*s\n", paste ? "paste" : "text", (int)n, utf8);
    edit_insert(st->edit, utf8, n);
}

static void note_tick(struct view *view)
{
    buf_addf(&story, "tick %s\n", view->class->name);
}

static void note_resumed(struct view *view)
{
    buf_addf(&story, "resumed %s\n", view->class->name);
}

static const char *live_keys(struct view *view)
{
    (void)view;
    return "help live-note live-view live-action live-disagree live-decide live-people live-next live-read-back live-sign";
}

static const char *list_keys(struct view *view)
{
    (void)view;
    return "open complete search no-such-action quit help";
}

static const struct view_class live = {"live", "GEM", sizeof(struct note_state), note_open, note_close, note_draw, note_act, note_text, note_tick,
                                       note_resumed, live_keys, NULL, NULL, false};
static const struct view_class rows = {"list", "GL", sizeof(struct note_state), note_open, note_close, note_draw, note_act, NULL, note_tick,
                                       note_resumed, list_keys, NULL, NULL, false};

static void press(struct app *app, const char *keys)
{
    for (const char *s = keys; *s != '\0'; s += strspn(s, " ")) {
        size_t n = strcspn(s, " ");
        int32_t key = 0;
        ck_assert_msg(key_read(s, n, &key), "%.*s is no key", (int)n, s);
        app_key(app, key);
        s += n;
    }
}

static void check_story(const char *want)
{
    ck_assert_str_eq(buf_str(&story), want);
    buf_clear(&story);
}

static void check_shown(struct app *app, const char *name, int w, int h)
{
    struct surface s;
    surface_init(&s, w, h);
    app_draw(app, &s);
    golden_check(name, &s);
    surface_free(&s);
}

static void finish(struct app *app)
{
    app_close_all(app);
    buf_free(&story);
}

START_TEST(views_are_stacked)
{
    struct app app = {0};
    ck_assert(app_push(&app, &rows, NULL));
    ck_assert(app_push(&app, &live, NULL));
    check_story("open list\nopen live\n");
    ck_assert(!app_push(&app, &rows, "fails"));
    ck_assert_str_eq(app.message, "somebody else is writing");
    ck_assert_int_eq(app.failed, EVH_BUSY);
    ck_assert_str_eq(app.top->class->name, "live");
    app_tick(&app);
    check_story("tick live\ntick list\n");
    press(&app, "Esc");
    check_story("close live\nresumed list\n");
    ck_assert(!app.quit);
    press(&app, "q");
    check_story("close list\n");
    ck_assert(app.quit);
    finish(&app);
}
END_TEST

START_TEST(letters_are_text_or_actions)
{
    struct app app = {0};
    app_push(&app, &rows, NULL);
    ck_assert(!app_takes_text(&app));
    press(&app, "c j Enter d");
    check_story("open list\nact complete\nact down\nact open\n");
    ck_assert_str_eq(app.message, "d does nothing here: ? shows the keys");
    app_text(&app, "text", 4, true);
    ck_assert_str_eq(app.message, "Text cannot be put in here");
    app_push(&app, &live, NULL);
    ck_assert(app_takes_text(&app));
    press(&app, "q ? Q : Space Enter");
    check_story("open live\ntext q\ntext ?\ntext Q\ntext :\ntext  \nact accept\n");
    app_text(&app, "two\nlines", 9, true);
    check_story("paste two\nlines\n");
    press(&app, "F4 C-g");
    ck_assert(app.chord != 0);
    ck_assert(!app_takes_text(&app));
    press(&app, "4 4");
    check_story("act live-action\nact live-action\ntext 4\n");
    press(&app, "C-g z");
    ck_assert_str_eq(app.message, "Ctrl-G z does nothing here: F1 or Ctrl-G 1 shows the keys");
    press(&app, "C-c");
    ck_assert(strstr(app.message, "loses nothing") != NULL);
    ck_assert(!app.quit);
    check_story("");
    finish(&app);
}
END_TEST

START_TEST(esc_and_a_quick_letter_lose_nothing)
{
    struct app app = {0};
    app_push(&app, &live, NULL);
    app_push(&app, &live, NULL);
    buf_clear(&story);
    press(&app, "M-q"); /* bound to nothing: Esc, and then the letter */
    check_story("close live\nresumed live\ntext q\n");
    press(&app, "M-b");
    check_story("");
    finish(&app);
}
END_TEST

START_TEST(the_blank_screen)
{
    struct app app = {0};
    app_push(&app, &live, NULL);
    press(&app, "a F12");
    ck_assert(app.blank);
    check_shown(&app, "app-blank", 24, 6);
    buf_clear(&story);
    press(&app, "x"); /* shows it again, and is nothing else */
    ck_assert(!app.blank);
    check_story("");
    press(&app, "C-g =");
    ck_assert(app.blank);
    app_text(&app, "y", 1, false);
    ck_assert(!app.blank);
    check_story("");
    finish(&app);
}
END_TEST

START_TEST(the_key_line)
{
    struct app app = {0};
    app_push(&app, &live, NULL);
    press(&app, "a b c");
    check_shown(&app, "app-live-80", 80, 8);
    check_shown(&app, "app-live-30", 30, 6);
    press(&app, "C-g");
    check_shown(&app, "app-live-30", 30, 6); /* not at once */
    app_tick(&app);
    check_shown(&app, "app-chord", 80, 6);
    press(&app, "Esc");
    app_push(&app, &rows, NULL);
    app_say(&app, STYLE_WARN, "A message of %d words that is too long for one row", 11);
    check_shown(&app, "app-list-message", 40, 8);
    press(&app, "j");
    ck_assert_str_eq(app.message, "");
    app.ascii = true;
    check_shown(&app, "app-list-ascii", 40, 6);
    finish(&app);
}
END_TEST

START_TEST(every_size_is_drawn)
{
    struct app app = {0};
    app_push(&app, &live, NULL);
    for (int layer = 0; layer < 3; layer++) {
        for (int w = 1; w < 90; w += w < 30 ? 1 : 13)
            for (int h = 1; h < 30; h += h < 8 ? 1 : 7) {
                struct surface s;
                surface_init(&s, w, h);
                app_say(&app, STYLE_BAD, "%s", "A long message, longer than most of the screens that it is to be drawn on here");
                app_draw(&app, &s);
                ck_assert(s.cursor_x >= 0 && s.cursor_x < w && s.cursor_y >= 0 && s.cursor_y < h);
                surface_free(&s);
            }
        if (layer == 0)
            press(&app, "F1");
        else
            press(&app, "/");
    }
    struct surface s;
    surface_init(&s, 19, 5);
    app_draw(&app, &s);
    golden_check("app-too-small", &s);
    surface_free(&s);
    finish(&app);
}
END_TEST

/* ---- questions ---- */

static void answered(struct view *asker, int tag, const char *answer)
{
    buf_addf(&story, "%s answered %d: %s\n", asker->class->name, tag, answer);
}

static void left(struct view *asker, int tag)
{
    buf_addf(&story, "%s left %d\n", asker->class->name, tag);
}

START_TEST(a_line_is_asked)
{
    struct app app = {0};
    app_push(&app, &rows, NULL);
    struct ask ask = {.question = "Why is it withdrawn?", .required = true, .answered = answered, .left = left, .asker = app.top, .tag = 7};
    app_ask(&app, &ask);
    ck_assert(app_takes_text(&app));
    press(&app, "Space Enter");
    ck_assert_str_eq(app.message, "This needs an answer; Esc leaves it");
    press(&app, "i t Space w a s Space d o n e Space");
    check_shown(&app, "app-ask", 40, 8);
    buf_clear(&story);
    press(&app, "Enter");
    check_story("resumed list\nlist answered 7: it was done\n");
    ask.initial = "as before";
    ask.required = false;
    app_ask(&app, &ask);
    press(&app, "C-w C-w Enter");
    check_story("resumed list\nlist answered 7: \n");
    app_ask(&app, &ask);
    press(&app, "C-c");
    check_story("resumed list\nlist left 7\n");
    ask.left = NULL;
    app_ask(&app, &ask);
    press(&app, "Esc");
    check_story("resumed list\n");
    finish(&app);
}
END_TEST

START_TEST(a_letter_is_asked)
{
    struct app app = {0};
    app_push(&app, &rows, NULL);
    struct ask ask = {.question = "Close it?  y yes  n no", .choices = "yn", .answered = answered, .asker = app.top, .tag = 1};
    app_ask(&app, &ask);
    buf_clear(&story);
    check_shown(&app, "app-choice", 40, 8);
    press(&app, "x");
    ck_assert(strstr(app.message, "yn") != NULL);
    press(&app, "Enter");
    check_story("");
    app_text(&app, "y", 1, true); /* a paste never answers */
    check_story("");
    press(&app, "Y");
    check_story("resumed list\nlist answered 1: y\n");
    finish(&app);
}
END_TEST

START_TEST(a_command_by_its_name)
{
    struct app app = {0};
    app_push(&app, &rows, NULL);
    buf_clear(&story);
    press(&app, ":");
    app_text(&app, "complete", 8, false);
    press(&app, "Enter");
    check_story("resumed list\nact complete\n");
    press(&app, ":");
    app_text(&app, "live-note", 9, false);
    press(&app, "Enter");
    ck_assert(strstr(app.message, "no command “live-note”") != NULL);
    finish(&app);
}
END_TEST

START_TEST(a_confined_visit_takes_no_command)
{
    struct app app = {.confined = true};
    app_push(&app, &rows, NULL);
    buf_clear(&story);
    press(&app, ":");
    ck_assert(strstr(app.message, "no commands to type") != NULL);
    press(&app, "c");
    check_story("act complete\n"); /* the key is the list's again: nothing was asked */
    finish(&app);
}
END_TEST

START_TEST(help_is_the_live_table)
{
    struct app app = {0};
    app_push(&app, &live, NULL);
    press(&app, "F1");
    check_shown(&app, "help-live", 80, 24);
    press(&app, "End");
    check_shown(&app, "help-live-end", 110, 12);
    press(&app, "/");
    app_text(&app, "read back", 9, false);
    press(&app, "Enter");
    check_shown(&app, "help-found", 60, 10);
    press(&app, "q");
    ck_assert_str_eq(app.top->class->name, "live");
    app_pop(&app);
    finish(&app);
    app = (struct app){0};
    app_push(&app, &rows, NULL);
    press(&app, "?");
    check_shown(&app, "help-list", 80, 40);
    finish(&app);
}
END_TEST

START_TEST(ending_saves_and_closes_all)
{
    struct app app = {0};
    app_push(&app, &live, NULL);
    app_push(&app, &rows, NULL);
    buf_clear(&story);
    press(&app, "Q");
    ck_assert(app.quit);
    app_close_all(&app);
    check_story("tick list\ntick live\nclose list\nclose live\n");
    ck_assert_ptr_null(app.top);
    finish(&app);
}
END_TEST

START_TEST(long_messages_are_cut_on_a_character)
{
    struct app app = {0};
    struct buf long_one = {0};
    for (int i = 0; i < 400; i++)
        buf_adds(&long_one, "é漢");
    app_say(&app, STYLE_PLAIN, "%s", long_one.s);
    size_t n = strlen(app.message);
    ck_assert_uint_lt(n, sizeof app.message);
    ck_assert_uint_gt(n, sizeof app.message - 8);
    ck_assert(text_is_clean(app.message, n));
    buf_free(&long_one);
}
END_TEST

Suite *suite_app(void);

Suite *suite_app(void)
{
    Suite *suite = suite_create("app");
    TCase *tc = tcase_create("app");
    tcase_add_test(tc, views_are_stacked);
    tcase_add_test(tc, letters_are_text_or_actions);
    tcase_add_test(tc, esc_and_a_quick_letter_lose_nothing);
    tcase_add_test(tc, the_blank_screen);
    tcase_add_test(tc, the_key_line);
    tcase_add_test(tc, every_size_is_drawn);
    tcase_add_test(tc, a_line_is_asked);
    tcase_add_test(tc, a_letter_is_asked);
    tcase_add_test(tc, a_command_by_its_name);
    tcase_add_test(tc, a_confined_visit_takes_no_command);
    tcase_add_test(tc, help_is_the_live_table);
    tcase_add_test(tc, ending_saves_and_closes_all);
    tcase_add_test(tc, long_messages_are_cut_on_a_character);
    suite_add_tcase(suite, tc);
    return suite;
}
