/* Words in which children are not named. */
#include <check.h>
#include <string.h>

#include "core/mask.h"

Suite *suite_mask(void);

static struct arena *arena;
static struct mask *mask;

static void setup(void)
{
    arena = arena_new();
    mask = mask_new(arena);
    mask_child(mask, "Tobi Okafor", "T.O.");
    mask_child(mask, "Zoë van Dijk-Smith", "K-17");
    mask_child(mask, "ريما الخطيب", "ر.ا.");
    mask_child(mask, "王小明", "王.");
    mask_child(mask, "Jo", "J.");
    mask_child(mask, "T.O.", "T.O.");
    mask_other(mask, "Grace Okafor");
    mask_other(mask, "Anita Patel");
    mask_other(mask, "Tobi Adams");
}

static void teardown(void)
{
    arena_free(arena);
}

static const struct {
    const char *text, *masked;
} texts[] = {
    {"", ""},
    {"Tobi", "T.O."},
    {"TOBI OKAFOR's aid", "T.O.'s aid"},
    {"Tobi’s aid", "T.O.’s aid"},
    {"Tobi  Okafor", "T.O."},
    {"tobins, Tobia and ToBi.", "tobins, Tobia and T.O.."},
    {"(Tobi/Tobi)", "(T.O./T.O.)"},
    {"Tóbi and Tobí", "T.O. and T.O."},
    {"Mrs Okafor rang", "Mrs Okafor rang"}, /* a surname that she shares */
    {"Grace Okafor and Tobi Okafor", "Grace Okafor and T.O."},
    {"Okafor, Tobi", "Okafor, T.O."},
    {"Tobi Adams, not Tobi", "Tobi Adams, not T.O."}, /* somebody else's whole name stays */
    {"Zoe, ZOË and zoe", "K-17, K-17 and K-17"},
    {"Zoë van Dijk-Smith", "K-17"},
    {"the van, Mr Smith, Ms Dijk-Smith", "the van, Mr K-17, Ms K-17"},
    {"Jo", "J."},
    {"Joe, Joanna", "Joe, Joanna"},
    {"T.O. came", "T.O. came"},
    {"ريما جاءت", "ر.ا. جاءت"},
    {"今天王小明来了", "今天王.来了"},
    {"no name here", "no name here"},
    {"Tobi2 2Tobi", "Tobi2 2Tobi"},
    {"Tobi-Jay", "T.O.-Jay"},
};

START_TEST(masked)
{
    ck_assert_str_eq(mask_text(mask, arena, texts[_i].text), texts[_i].masked);
}
END_TEST

/* Children who are called what the minutes are full of: a word that is written small is the word, and does not tell the name by being hidden. */
START_TEST(names_that_are_words)
{
    struct mask *m = mask_new(arena);
    mask_child(m, "Will Brown", "W.B.");
    mask_child(m, "Will", "W.B.");
    mask_child(m, "Joy Amani", "J.A.");
    mask_child(m, "Mai Tran", "M.T.");
    static const struct { const char *text, *masked; } cases[] = {
        {"Mrs Patel will ring, with joy", "Mrs Patel will ring, with joy"},
        {"the brown form", "the brown form"},
        {"Will's chair, WILL and Joy", "W.B.'s chair, W.B. and J.A."},
        {"Mr Brown rang", "Mr W.B. rang"},
        {"will brown and joy amani", "W.B. and J.A."}, /* a whole name is one however it is written */
        {"mai and amani came", "M.T. and J.A. came"},  /* and so is what is no word */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_str_eq(mask_text(m, arena, cases[i].text), cases[i].masked);
}
END_TEST

START_TEST(ordinary_words_are_in_order)
{
    static const char *const words[] = {
#define ORDINARY(word) word,
#include "core/ordinary.def"
#undef ORDINARY
    };
    for (size_t i = 1; i < sizeof words / sizeof words[0]; i++)
        ck_assert_msg(strcmp(words[i - 1], words[i]) < 0, "%s", words[i]);
}
END_TEST

START_TEST(labels)
{
    ck_assert_str_eq(mask_label(arena, "Tobi Okafor", NULL), "T.O.");
    ck_assert_str_eq(mask_label(arena, "Tobi Okafor", ""), "T.O.");
    ck_assert_str_eq(mask_label(arena, "Tobi Okafor", "K-17"), "K-17");
    ck_assert_str_eq(mask_label(arena, "  Zoë  van Dijk-Smith ", NULL), "Z.v.D.");
    ck_assert_str_eq(mask_label(arena, "王小明", NULL), "王.");
    ck_assert_str_eq(mask_label(arena, "", NULL), "the child");
    ck_assert_str_eq(mask_label(arena, "(- )", NULL), "the child");
    ck_assert_ptr_null(mask_text(mask, arena, NULL));
    ck_assert_str_eq(mask_text(mask_new(arena), arena, "Tobi"), "Tobi");
}
END_TEST

Suite *suite_mask(void)
{
    Suite *s = suite_create("mask");
    TCase *t = tcase_create("mask");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_loop_test(t, masked, 0, (int)(sizeof texts / sizeof texts[0]));
    tcase_add_test(t, names_that_are_words);
    tcase_add_test(t, ordinary_words_are_in_order);
    tcase_add_test(t, labels);
    suite_add_tcase(s, t);
    return s;
}
