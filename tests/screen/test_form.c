/* Forms and pages, without a store. */
#include <check.h>
#include <string.h>

#include "tests/screen/golden.h"
#include "tui/form.h"
#include "tui/page.h"

enum { KIND = 1, NAME, LINES, DONE };

static const struct form_field fields[] = {
    {KIND, FORM_CHOICE, "Kind", NULL}, {NAME, FORM_TEXT, "Name", "who"}, {LINES, FORM_LINES, "Lines", "+ a line"}, {DONE, FORM_BUTTON, "", "Done"},
};

static struct form form;

static const char *choice(void *data, int field, size_t i)
{
    (void)data;
    static const char *const words[] = {"apple", "apricot", "big-pear"};
    return field == KIND && i < NITEMS(words) ? words[i] : NULL;
}

static void set_up(void)
{
    form_begin(&form, fields, NITEMS(fields));
    form.choice = choice;
    form_set(&form, KIND, "apple");
    form.changed = false;
}

static void tear_down(void)
{
    form_free(&form);
}

static void type(const char *text)
{
    for (; *text != '\0'; text++)
        form_type(&form, text, 1);
}

static const struct { const char *typed, *chosen; } typed_choices[] = {
    {"apr", "apricot"}, {"b", "big-pear"}, {"big p", "big-pear"}, {"BIGPEAR", "big-pear"}, {"x", "apple"}, {"aprx", "apricot"}, {" ", "apricot"}, {"bap", "apple"},
};

START_TEST(a_choice_is_found_by_its_letters)
{
    type(typed_choices[_i].typed);
    ck_assert_str_eq(form_text_of(&form, KIND), typed_choices[_i].chosen);
}
END_TEST

START_TEST(a_choice_turns_round)
{
    form_act(&form, ACTION_LEFT, 40);
    ck_assert_str_eq(form_text_of(&form, KIND), "big-pear");
    form_act(&form, ACTION_RIGHT, 40);
    form_act(&form, ACTION_RIGHT, 40);
    ck_assert_str_eq(form_text_of(&form, KIND), "apricot");
    ck_assert(form.changed);
}
END_TEST

START_TEST(a_list_grows_and_shrinks)
{
    form_focus_field(&form, LINES);
    type("one");
    form_enter(&form);
    type("two");
    form_enter(&form);
    ck_assert(form_at_blank(&form));
    ck_assert_uint_eq(form_count(&form, LINES), 2);
    ck_assert_uint_eq(form.n, 6);
    form_move(&form, -2);
    ck_assert_str_eq(form_row_text(&form, form.at), "one");
    form_act(&form, ACTION_KILL_START, 40);
    form_move(&form, 1);
    ck_assert_uint_eq(form_count(&form, LINES), 1);
    ck_assert_uint_eq(form.n, 5);
    ck_assert_str_eq(form_row_text(&form, form.at), "two");
}
END_TEST

START_TEST(what_is_typed_last_in_a_list_stays_wherever_one_goes)
{
    form_focus_field(&form, LINES);
    type("one");
    form_focus_field(&form, KIND);
    ck_assert_uint_eq(form_count(&form, LINES), 1);
    form_focus_field(&form, DONE);
    ck_assert_str_eq(form.v[form.at].field->label, "");
    ck_assert_uint_eq(form.n, 5);
}
END_TEST

START_TEST(adding_keeps_the_focus)
{
    form_focus_field(&form, DONE);
    form_add(&form, LINES, "from elsewhere");
    ck_assert_int_eq(form.v[form.at].field->id, DONE);
    ck_assert_ptr_null(form_add(&form, NAME, "no list"));
}
END_TEST

START_TEST(a_line_on_record_is_emptied_not_removed)
{
    form_add(&form, LINES, "old")->on_record = true;
    form_focus_field(&form, LINES);
    form_act(&form, ACTION_KILL_START, 40);
    form_move(&form, 1);
    ck_assert_uint_eq(form.n, 5);
    ck_assert_uint_eq(form_count(&form, LINES), 0);
}
END_TEST

START_TEST(looks)
{
    struct surface s;
    surface_init(&s, 60, 8);
    form_set(&form, NAME, "Bjo\xcc\x88rk \xe6\x9d\xb1\xe4\xba\xac \x1b[31m");
    form_add(&form, LINES, "one");
    form_focus_field(&form, LINES);
    form_draw(&form, &s, (struct rect){0, 0, 60, 8});
    golden_check("form-60x8", &s);
    surface_free(&s);
    surface_init(&s, 30, 3);
    form_focus_field(&form, DONE);
    form_draw(&form, &s, (struct rect){0, 0, 30, 3});
    golden_check("form-30x3", &s);
    surface_free(&s);
}
END_TEST

START_TEST(a_page_scrolls_and_finds)
{
    struct page page = {0};
    struct surface s;
    surface_init(&s, 20, 4);
    for (int i = 1; i <= 9; i++)
        page_addf(&page, STYLE_PLAIN, 2, "paragraph number %d is longer than a row", i);
    page_draw(&page, &s, (struct rect){0, 0, 20, 4});
    ck_assert_uint_eq(page.nrows, 27);
    ck_assert(page_act(&page, ACTION_LAST));
    ck_assert_uint_eq(page.top, 23);
    ck_assert(page_act(&page, ACTION_PAGE_UP));
    ck_assert_uint_eq(page.top, 20);
    ck_assert(page_search(&page, "NUMBER 2", 1));
    ck_assert_uint_eq(page.rows[page.found].line, 1);
    ck_assert(page_search(&page, NULL, 1));
    ck_assert_uint_eq(page.rows[page.found].line, 1);
    ck_assert(!page_search(&page, "zebra", 1));
    ck_assert(!page_act(&page, ACTION_OPEN));
    surface_clear(&s);
    page_draw(&page, &s, (struct rect){0, 0, 20, 4});
    golden_check("page-20x4", &s);
    surface_free(&s);
    page_free(&page);
}
END_TEST

Suite *suite_form(void);
Suite *suite_form(void)
{
    Suite *s = suite_create("form");
    TCase *t = tcase_create("form");
    tcase_add_checked_fixture(t, set_up, tear_down);
    tcase_add_loop_test(t, a_choice_is_found_by_its_letters, 0, (int)NITEMS(typed_choices));
    tcase_add_test(t, a_choice_turns_round);
    tcase_add_test(t, a_list_grows_and_shrinks);
    tcase_add_test(t, what_is_typed_last_in_a_list_stays_wherever_one_goes);
    tcase_add_test(t, adding_keeps_the_focus);
    tcase_add_test(t, a_line_on_record_is_emptied_not_removed);
    tcase_add_test(t, looks);
    tcase_add_test(t, a_page_scrolls_and_finds);
    suite_add_tcase(s, t);
    return s;
}
