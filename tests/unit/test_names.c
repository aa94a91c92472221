#include "core/names.h"

#include <check.h>
#include <string.h>

Suite *suite_names(void);

/* Three lists: a meeting with titles, one with two scripts, one with many that are alike. */
static const char *const caps_chair[] = {"chair", "lead-professional"};
static const char *const caps_parent[] = {"parent"};
static const char *const caps_child[] = {"child"};
static const char *const caps_minutes[] = {"minute-taker"};

#define CAPS(list) {(const char **)(uintptr_t)(list), NITEMS(list)}

static struct attendee school[] = {
    {.name = "Imelda O'Shaughnessy", .role = "SENCO", .capacity = CAPS(caps_chair)},
    {.name = "Mr Okafor", .role = "father", .capacity = CAPS(caps_parent)},
    {.name = "Mrs Okafor", .role = "mother", .capacity = CAPS(caps_parent)},
    {.name = "Dr Siân Ffoulkes", .role = "educational psychologist"},
    {.name = "Saulė Žilinskienė", .role = "aunt"},
    {.name = "Joy Amadi", .role = "class teacher", .capacity = CAPS(caps_minutes)},
    {.name = "Joy Ørsted", .role = "adviser"},
    {.name = "(deputy safeguarding lead)"},
    {.name = "Rosa-Mae Pettifer", .role = "pupil", .capacity = CAPS(caps_child)},
    {.name = "Tobi Okafor", .capacity = CAPS(caps_child), .implied = true},
    {.name = "ريما الخطيب", .also = "Rima al-Khatib", .role = "neighbour"},
    {.name = "Karim al-Khatib", .role = "uncle"},
    {.name = "Anna Unit 3: Lead", .role = "link worker"},
};

static struct child children[] = {
    {.name = "Rosa-Mae Pettifer", .known_as = "Rosa-Mae"},
    {.name = "Tobi Okafor", .known_as = "T.O."},
};

static struct record list(void)
{
    return (struct record){.people = school, .npeople = NITEMS(school), .children = children, .nchildren = NITEMS(children),
                           .people_version = 1};
}

/* `who` NULL: nobody; "?": several. */
static const struct {
    const char *words, *who;
} lookups[] = {
    {"Imelda O'Shaughnessy", "Imelda O'Shaughnessy"},
    {"imelda o’shaughnessy", "Imelda O'Shaughnessy"},
    {"O'Shaughnessy", "Imelda O'Shaughnessy"},
    {"Shaughnessy", NULL},
    {"SENCO", "Imelda O'Shaughnessy"},
    {"the chair", "Imelda O'Shaughnessy"},
    {"lead professional", "Imelda O'Shaughnessy"},
    {"lead-professional", "Imelda O'Shaughnessy"},
    {"IO", "Imelda O'Shaughnessy"},
    {"I.O.", "Imelda O'Shaughnessy"},
    {"i. o.", "Imelda O'Shaughnessy"},
    {"Mrs O'Shaughnessy", "Imelda O'Shaughnessy"},
    {"Mr Okafor", "Mr Okafor"},
    {"mrs. okafor", "Mrs Okafor"},
    {"Okafor", "?"},
    {"parent", "?"},
    {"Mother", "Mrs Okafor"},
    {"the father", "Mr Okafor"},
    {"Ffoulkes", "Dr Siân Ffoulkes"},
    {"sian", "Dr Siân Ffoulkes"},
    {"Doctor Ffoulkes", "Dr Siân Ffoulkes"},
    {"Dr", NULL},
    {"Zilinskiene", "Saulė Žilinskienė"},
    {"SZ", "Saulė Žilinskienė"},
    {"saule", "Saulė Žilinskienė"},
    {"Joy", "?"},
    {"Joy Orsted", "Joy Ørsted"},
    {"orsted", "Joy Ørsted"},
    {"Amadi", "Joy Amadi"},
    {"Amadi Joy", NULL},
    {"class teacher", "Joy Amadi"},
    {"teacher", NULL},
    {"minute-taker", "Joy Amadi"},
    {"deputy safeguarding lead", "(deputy safeguarding lead)"},
    {"safeguarding lead", "(deputy safeguarding lead)"},
    {"Rosa-Mae", "Rosa-Mae Pettifer"},
    {"rosa", NULL},
    {"\"Rosa-Mae\"", "Rosa-Mae Pettifer"},
    {"RP", "Rosa-Mae Pettifer"},
    {"RMP", "Rosa-Mae Pettifer"},
    {"T.O.", "Tobi Okafor"},
    {"TO", "Tobi Okafor"},
    {"Tobi", "Tobi Okafor"},
    {"child", "?"},
    {"Rima", "ريما الخطيب"},
    {"ريما", "ريما الخطيب"},
    {"Rima al-Khatib", "ريما الخطيب"},
    {"al-Khatib", "?"},
    {"Nobody", NULL},
    {"", NULL},
    {"()", NULL},
    {"a b c d e f g h i j k l m n o p q r s t u v w x y z", NULL},
};

START_TEST(find)
{
    struct record record = list();
    const struct attendee *person = NULL;
    const char *words = lookups[_i].words, *who = lookups[_i].who;
    enum names_result wanted = who == NULL ? NAMES_NONE : who[0] == '?' ? NAMES_MANY : NAMES_ONE;
    ck_assert_msg(names_find(&record, words, strlen(words), &person) == wanted, "%s", words);
    if (wanted == NAMES_ONE)
        ck_assert_str_eq(person->name, who);
}
END_TEST

static const struct {
    const char *line, *who, *rest;
    bool known;
} lines[] = {
    {"Amadi: he reads", "Joy Amadi", "he reads", true},
    {"The mother:  thank you", "Mrs Okafor", "thank you", true},
    {"Amadi:", "Joy Amadi", "", true},
    {"Amadi:he", NULL, NULL, false},
    {"Spelling age 5:8 in September", NULL, NULL, false},
    {"Attendance log: 6 of 6", NULL, NULL, false},
    {"Joy: yes", "?", NULL, true},
    {"The list of Amadi says: no", NULL, NULL, true},
    {"Anna Unit 3: Lead: ready", "Anna Unit 3: Lead", "ready", true},
    {"To: the family", NULL, NULL, false},
    {"(deputy safeguarding lead): here", "(deputy safeguarding lead)", "here", true},
};

START_TEST(speaker)
{
    struct record record = list();
    const struct attendee *person = NULL;
    size_t after = 0;
    bool known = false;
    const char *line = lines[_i].line, *who = lines[_i].who;
    enum names_result wanted = who == NULL ? NAMES_NONE : who[0] == '?' ? NAMES_MANY : NAMES_ONE;
    enum names_result got = names_speaker(&record, line, strlen(line), &person, &after, &known);
    ck_assert_msg(got == wanted, "%s", line);
    ck_assert_int_eq(known, lines[_i].known);
    if (wanted == NAMES_ONE) {
        ck_assert_str_eq(person->name, who);
        ck_assert_str_eq(line + after, lines[_i].rest);
    }
}
END_TEST

START_TEST(owner_before_comma)
{
    struct record record = list();
    const struct attendee *person = NULL;
    size_t after = 0;
    const char *s = "class teacher, send it, by 4 Dec";
    ck_assert(names_before(&record, s, strlen(s), ',', &person, &after) == NAMES_ONE);
    ck_assert_str_eq(person->name, "Joy Amadi");
    ck_assert_str_eq(s + after, "send it, by 4 Dec");
    ck_assert(names_before(&record, "nobody here", 11, ',', &person, &after) == NAMES_NONE);
}
END_TEST

static const struct {
    size_t person;
    const char *shortest;
} shorts[] = {
    {0, "O'Shaughnessy"}, {1, "Mr Okafor"}, {2, "Mrs Okafor"}, {3, "Dr Ffoulkes"}, {4, "Žilinskienė"}, {5, "Joy Amadi"},
    {7, "(deputy safeguarding lead)"}, {8, "Rosa-Mae"}, {9, "T.O."}, {11, "Karim al-Khatib"},
};

START_TEST(shortest)
{
    struct record record = list();
    struct arena *arena = arena_new();
    ck_assert_str_eq(names_short(&record, arena, &school[shorts[_i].person]), shorts[_i].shortest);
    arena_free(arena);
}
END_TEST

START_TEST(shown_and_full)
{
    struct record record = list();
    struct arena *arena = arena_new();
    ck_assert_str_eq(names_shown(arena, &school[10]), "ريما الخطيب (Rima al-Khatib)");
    ck_assert_str_eq(names_shown(arena, &school[0]), "Imelda O'Shaughnessy");
    ck_assert_str_eq(names_full(&record, arena, " mother ", 8), "Mrs Okafor");
    ck_assert_str_eq(names_full(&record, arena, " the  nurse ", 12), "the  nurse");
    arena_free(arena);
}
END_TEST

START_TEST(completions)
{
    struct record record = list();
    const char *out[4];
    ck_assert_uint_eq(names_complete(&record, "jo", 2, out, 4), 2);
    ck_assert_str_eq(out[0], "Joy Amadi");
    ck_assert_uint_eq(names_complete(&record, "ama", 3, out, 4), 1);
    ck_assert_uint_eq(names_complete(&record, "Joy o", 5, out, 4), 1);
    ck_assert_str_eq(out[0], "Joy Ørsted");
    ck_assert_uint_eq(names_complete(&record, "senc", 4, out, 4), 1);
    ck_assert_str_eq(out[0], "Imelda O'Shaughnessy");
    ck_assert_uint_eq(names_complete(&record, "okaf", 4, out, 2), 2);
    ck_assert_uint_eq(names_complete(&record, "", 0, out, 4), 0);
}
END_TEST

/* The kept index gives the same answers, also after a change of the list. */
START_TEST(refreshed)
{
    struct record record = list();
    struct attendee people[2] = {school[0], school[5]};
    const struct attendee *person = NULL;
    record.arena = arena_new();
    record.people = people;
    record.npeople = 1;
    names_refresh(&record);
    ck_assert(names_find(&record, "Amadi", 5, &person) == NAMES_NONE);
    record.npeople = 2;
    record.people_version++;
    ck_assert(names_find(&record, "Amadi", 5, &person) == NAMES_ONE);
    names_refresh(&record);
    size_t size = arena_size(record.arena);
    names_refresh(&record);
    ck_assert_uint_eq(arena_size(record.arena), size);
    ck_assert(names_find(&record, "Amadi", 5, &person) == NAMES_ONE && person == &people[1]);
    people[1].name = "Ada Byron";
    record.people_version++;
    names_refresh(&record);
    ck_assert(names_find(&record, "Amadi", 5, &person) == NAMES_NONE);
    ck_assert(names_find(&record, "ab", 2, &person) == NAMES_ONE);
    arena_free(record.arena);
}
END_TEST

Suite *suite_names(void)
{
    Suite *suite = suite_create("names");
    TCase *tc = tcase_create("names");
    tcase_add_loop_test(tc, find, 0, (int)NITEMS(lookups));
    tcase_add_loop_test(tc, speaker, 0, (int)NITEMS(lines));
    tcase_add_loop_test(tc, shortest, 0, (int)NITEMS(shorts));
    tcase_add_test(tc, owner_before_comma);
    tcase_add_test(tc, shown_and_full);
    tcase_add_test(tc, completions);
    tcase_add_test(tc, refreshed);
    suite_add_tcase(suite, tc);
    return suite;
}
