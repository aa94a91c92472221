/* The tracker's lists: every filter and order against a slow reckoning over the records themselves. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/text.h"
#include "fixture.h"

Suite *suite_tracker(void);

/* ---- ten thousand actions ---- */

static uint32_t chance_state;

static size_t chance(size_t n)
{
    chance_state = chance_state * 1664525U + 1013904223U;
    return (chance_state >> 8) % n;
}

#define PICK(list) ((list)[chance(NITEMS(list))])

static const char *const types[] = {"tac", "taf", "annual-review", "sen-support"};
static const char *const children[] = {"Tobi Okafor / T.O.", "Zoë Ångström / Z.Å.", "Ben Smith / b.s.", "Thea Osman / T.O.", "Íris Moreno / I.M.", "Ayaan Khan / A.K.\nchild: Zoya Khan / Z.K."};
static const char *const owners[] = {"Patel, ", "Okafor, ", "Ravi Thandi, ", "Dr Lin, ", ""};
static const char *const whats[] = {"send the targets home", "ÉCOLE phoned", "book the room", "ask 100% of _them_", "done is better", "offer two dates"};
static const char *const ends[] = {"", " => the Family has THEM", " => it is done", "; with Thandi; else ask again"};
static const char *const dues[] = {"", ", by 2026-11-24", ", by 2026-11-24 13:59", ", by 2026-11-24 14:00", ", by 2026-11-24 14:01", ", by 2026-12-01", ", by 2026-12-02", ", by 2026-11-23"};
static const char *const limits[] = {"", "", "", "", "", "", "X: ", "X(Grace Okafor): "};
static const char *const pasts[] = {
    "", "", "", "", "  = 2026-11-20 done by Patel: posted\n", "  = 2027-03-01 done by Patel\n", "  = 2026-11-01 in progress by Okafor\n", "  = 2026-11-02 not done\n",
    "  = 2026-11-03 withdrawn by Thandi: said twice\n", "  = 2026-11-04 due 2026-11-24 -> 2026-12-24 by Patel: late\n", "  = 2026-11-05 owner Anita Patel -> Zoë by Patel: away\n",
    "  = 2026-11-05 done by Patel\n  = 2026-11-06 not done by Patel: it was not\n",
};

static void add_action(struct buf *body)
{
    struct buf due = {0};
    if (chance(2) == 0)
        buf_adds(&due, PICK(dues));
    else
        buf_addf(&due, ", by 202%zu-%02zu-%02zu", 5 + chance(3), 1 + chance(12), 1 + chance(28));
    buf_addf(body, "%s%s %s%s no %zu%s%s\n", PICK(limits), chance(40) == 0 ? "A?:" : "A:", PICK(owners), PICK(whats), chance(50), buf_str(&due), PICK(ends));
    buf_adds(body, PICK(pasts));
    if (chance(20) == 0)
        buf_adds(body, "  = disputed by Grace Okafor: I never said so\n");
    buf_free(&due);
}

static struct uuid generate(size_t k, size_t actions)
{
    struct buf body = {0};
    for (size_t i = 0; i < actions; i++)
        add_action(&body);
    const char *text = arena_printf(fx.arena,
                                    "evenhand: 1\nmeeting: %s - Meeting %zu\nchild: %s\ndate: 2026-%02zu-%02zu\ntime: 14:00-15:00\nkept-by: Ravi Thandi\nkept-as: minutes\n\n"
                                    "people:\nAnita Patel | SENCO | Oakfield | chair | 14:00-15:00\nGrace Okafor | mother | family | parent, PR | 14:00-15:00\n"
                                    "Ravi Thandi | administrator | Oakfield | minute-taker | 14:00-15:00\n\n%s",
                                    PICK(types), k, PICK(children), 1 + k / 28 % 11, 1 + k % 28, buf_str(&body));
    buf_free(&body);
    return import(text);
}

/* ---- what the records say, slowly ---- */

struct known {
    struct uuid id, meeting;
    const char *type, *child, *child_fold, *owner_fold, *label, *status, *words;
    int place, due_time;
    int32_t due, date, finished;
    bool open, restricted;
    size_t nchildren;
    struct uuid files[2];
    const char *names[2], *folds[2];
};

struct all_known { struct known *v; size_t n, cap; };

static const char *fold(const char *s) /* without blanks at the ends, as what is typed */
{
    size_t n = s == NULL ? 0 : strlen(s);
    text_trim(&s, &n);
    return n == 0 ? "" : text_fold_dup(fx.arena, s, n);
}

static struct known known_of(const struct record *r, size_t place)
{
    const struct entry *e = &r->entries[place];
    struct action_now now = action_now(r, e);
    char label[16];
    entry_label(e, label);
    struct known k = {.id = e->id, .meeting = r->id, .type = arena_strdup(fx.arena, r->type), .child = "", .child_fold = "", .owner_fold = fold(now.owner),
                      .label = fold(label), .status = arena_strdup(fx.arena, now.status), .place = (int)place, .due_time = now.due_time, .due = now.due, .date = r->date,
                      .finished = strcmp(now.status, "done") == 0 ? now.closed : DAY_NONE, .open = action_is_open(now.status),
                      .restricted = restricted(&e->restriction), .nchildren = r->nchildren};
    k.words = arena_printf(fx.arena, "%s\n%s", fold(e->text), fold(e->done_when));
    for (size_t i = 0; i < r->nchildren; i++) {
        const struct child *c = &r->children[i];
        k.child = arena_printf(fx.arena, "%s%s%s", k.child, i == 0 ? "" : ", ", c->known_as);
        k.folds[i] = arena_printf(fx.arena, "%s\n%s", fold(c->name), fold(c->known_as));
        k.child_fold = arena_printf(fx.arena, "%s%s%s", k.child_fold, i == 0 ? "" : "\n", k.folds[i]);
        k.files[i] = c->file;
        k.names[i] = arena_strdup(fx.arena, c->known_as);
    }
    return k;
}

static void learn(struct all_known *all, struct uuid meeting)
{
    struct record *r = record_of(meeting);
    for (size_t i = 0; i < r->nentries; i++) {
        if (r->entries[i].kind != ENTRY_ACTION)
            continue;
        all->v = arena_grow(fx.arena, all->v, all->n, &all->cap, sizeof all->v[0]);
        all->v[all->n++] = known_of(r, i);
    }
    record_free(r);
}

static bool past(const struct known *k)
{
    return k->open && k->due != DAY_NONE && (k->due < fx.now.day || (k->due == fx.now.day && k->due_time != TIME_NONE && k->due_time < fx.now.time));
}

static bool has(const char *s, const char *folded)
{
    return strstr(s, folded) != NULL;
}

static bool found(const struct known *k, const struct action_filter *f)
{
    const char *words = f->words == NULL ? NULL : fold(f->words);
    if ((f->overdue && !past(k)) || (f->due_soon && (!k->open || past(k) || k->due == DAY_NONE || k->due > fx.now.day + 7)))
        return false;
    if ((!f->all && !k->open) || (f->due_before != DAY_NONE && (k->due == DAY_NONE || k->due >= f->due_before)))
        return false;
    if ((f->owner != NULL && !has(k->owner_fold, fold(f->owner))) || (f->child != NULL && !has(k->child_fold, fold(f->child))))
        return false;
    if ((f->type != NULL && strcmp(k->type, f->type) != 0) || (!uuid_none(f->meeting) && !uuid_same(f->meeting, k->meeting)))
        return false;
    if (words == NULL || has(k->owner_fold, words) || has(k->child_fold, words) || has(k->label, words) || has(k->status, words))
        return true;
    return (f->unmasked || !k->restricted) && has(k->words, words);
}

static int64_t number(int64_t v, int64_t none, int64_t as)
{
    return v == none ? as : v;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_due(const void *a, const void *b)
{
    const struct known *x = a, *y = b;
    int order = compare_numbers(number(x->due, DAY_NONE, INT64_MAX), number(y->due, DAY_NONE, INT64_MAX));
    if (order == 0)
        order = compare_numbers(number(x->due_time, TIME_NONE, 9999), number(y->due_time, TIME_NONE, 9999));
    if (order == 0)
        order = compare_numbers(x->date, y->date);
    if (order == 0)
        order = uuid_compare(x->meeting, y->meeting);
    return order != 0 ? order : compare_numbers(x->place, y->place);
}

static int by_owner(const void *a, const void *b)
{
    const struct known *x = a, *y = b;
    int order = compare_numbers(x->owner_fold[0] == '\0', y->owner_fold[0] == '\0');
    if (order == 0)
        order = strcmp(x->owner_fold, y->owner_fold);
    return order != 0 ? order : by_due(a, b);
}

static int by_child(const void *a, const void *b)
{
    const struct known *x = a, *y = b;
    int order = strcasecmp(x->child, y->child);
    if (order == 0)
        order = strcmp(x->child_fold, y->child_fold);
    return order != 0 ? order : by_due(a, b);
}

static int by_type(const void *a, const void *b)
{
    const struct known *x = a, *y = b;
    int order = strcmp(x->type, y->type);
    return order != 0 ? order : by_due(a, b);
}

/* ---- held against each other ---- */

struct given { struct uuid *v; size_t n, most; };

static bool take_row(void *data, const struct action_row *row)
{
    struct given *g = data;
    if (g->n < g->most && row->text != NULL) /* nothing is asserted in here: the database would stay locked */
        g->v[g->n] = row->id;
    g->n++;
    return true;
}

static bool same_words(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void same_line(const struct action_line *line, const struct action_row *row)
{
    ck_assert(same_words(line->number, row->number) && same_words(line->text, row->text) && same_words(line->owner, row->owner));
    ck_assert(same_words(line->status, row->status) && same_words(line->child, row->child));
    ck_assert_str_eq(line->short_id, row->short_id);
    ck_assert(line->due == row->due && line->due_time == row->due_time && line->carried == row->carried && line->meeting_date == row->meeting_date);
    ck_assert(line->overdue == row->overdue && line->masked == row->restricted_masked);
}

/* Ids, rows, lines, each and rows of ids say the same; a limit gives the first of them. */
static void agree(const struct action_filter *f, const struct known *want, size_t n)
{
    struct arena *arena = arena_new();
    struct action_ids ids = {0};
    struct action_rows rows = {0}, part = {0};
    struct given given = {arena_alloc(arena, n + 1, sizeof(struct uuid)), 0, n};
    struct action_filter first = *f;
    must(store_action_ids(fx.store, arena, f, &ids, &fx.err));
    must(store_actions(fx.store, arena, f, &rows, &fx.err));
    must(store_actions_each(fx.store, f, take_row, &given, &fx.err));
    ck_assert_msg(ids.n == n, "%zu, not %zu: all %d overdue %d soon %d unmasked %d owner %s child %s words %s type %s before %d order %d", ids.n, n, f->all, f->overdue,
                  f->due_soon, f->unmasked, f->owner, f->child, f->words, f->type, f->due_before, (int)f->order);
    ck_assert_uint_eq(rows.n, n);
    ck_assert_uint_eq(given.n, n);
    for (size_t i = 0; i < n; i++) {
        const struct action_row *row = &rows.v[i];
        ck_assert(uuid_same(ids.v[i], want[i].id));
        ck_assert(uuid_same(row->id, want[i].id));
        ck_assert(uuid_same(given.v[i], want[i].id));
        bool masked = want[i].restricted && !f->unmasked;
        ck_assert_int_eq(row->restricted_masked, masked);
        ck_assert_int_eq(row->overdue, past(&want[i]));
        ck_assert_int_eq(row->finished, masked ? DAY_NONE : want[i].finished);
        ck_assert(!masked || (row->ndisputes == 0 && row->nhistory == 0 && strcmp(row->text, "confidential") == 0));
    }
    struct action_lines lines = {0};
    must(store_action_lines(fx.store, arena, f, &lines, &fx.err));
    ck_assert_uint_eq(lines.n, n);
    for (size_t i = 0; i < n; i++)
        same_line(&lines.v[i], &rows.v[i]);
    size_t some = n < 25 ? n : 25, from = n - some;
    must(store_action_rows(fx.store, arena, ids.v + from, some, f->unmasked, &part, &fx.err));
    ck_assert_uint_eq(part.n, some);
    for (size_t i = 0; i < some; i++)
        ck_assert(uuid_same(part.v[i].id, want[from + i].id) && strcmp(part.v[i].text, rows.v[from + i].text) == 0);
    first.limit = 7;
    must(store_action_ids(fx.store, arena, &first, &ids, &fx.err));
    ck_assert_uint_eq(ids.n, n < 7 ? n : 7);
    for (size_t i = 0; i < ids.n; i++)
        ck_assert(uuid_same(ids.v[i], want[i].id));
    arena_free(arena);
}

static void hold_against(const struct all_known *all, const struct action_filter *f)
{
    static int (*const orders[ACTION_ORDERS])(const void *, const void *) = {by_due, by_owner, by_child, by_type};
    struct known *want = malloc((all->n + 1) * sizeof *want);
    size_t n = 0;
    ck_assert_ptr_nonnull(want);
    for (size_t i = 0; i < all->n; i++) {
        if (found(&all->v[i], f))
            want[n++] = all->v[i];
    }
    if (n > 1)
        qsort(want, n, sizeof *want, orders[f->order]);
    agree(f, want, n);
    free(want);
}

static struct action_filter some_filter(const struct all_known *all)
{
    static const char *const owner[] = {"patel", " Zoë", "o", "nobody at all"};
    static const char *const child[] = {"T.O.", "tobi", "ANGSTROM", "khan", "  "};
    static const char *const words[] = {"ecole", "confidential", "done", "A1", "no 4", "family has", "%", "_them_", "in prog", " z "};
    struct action_filter f = {.due_before = DAY_NONE, .order = (enum action_order)chance(ACTION_ORDERS)};
    f.all = chance(2) == 0;
    f.overdue = chance(5) == 0;
    f.due_soon = chance(5) == 0;
    f.unmasked = chance(2) == 0;
    f.owner = chance(4) == 0 ? PICK(owner) : NULL;
    f.child = chance(4) == 0 ? PICK(child) : NULL;
    f.words = chance(3) == 0 ? PICK(words) : NULL;
    f.type = chance(4) == 0 ? PICK(types) : NULL;
    if (chance(4) == 0)
        f.due_before = fx.now.day - 100 + (int32_t)chance(300);
    if (chance(6) == 0)
        f.meeting = all->v[chance(all->n)].meeting;
    if (f.child != NULL && f.child[0] == ' ')
        f.child = NULL; /* blanks say nothing: tried by itself */
    return f;
}

START_TEST(ten_thousand_actions)
{
    struct all_known all = {0};
    chance_state = 4711;
    for (size_t k = 0; k < 50; k++)
        learn(&all, generate(k, 200));
    ck_assert_uint_eq(all.n, 10000);
    for (enum action_order order = 0; order < ACTION_ORDERS; order++)
        hold_against(&all, &(struct action_filter){.due_before = DAY_NONE, .order = order});
    for (size_t i = 0; i < 40; i++) {
        struct action_filter f = some_filter(&all);
        hold_against(&all, &f);
    }
}
END_TEST

START_TEST(a_few_actions_every_way)
{
    struct all_known all = {0};
    chance_state = 815;
    for (size_t k = 0; k < 12; k++)
        learn(&all, generate(k, 15));
    for (size_t i = 0; i < 1000; i++) {
        struct action_filter f = some_filter(&all);
        hold_against(&all, &f);
    }
    struct action_filter blanks = {.due_before = DAY_NONE, .all = true, .owner = " ", .child = "\t", .words = ""};
    struct action_ids ids = {0};
    must(store_action_ids(fx.store, fx.arena, &blanks, &ids, &fx.err));
    ck_assert_uint_eq(ids.n, all.n);
}
END_TEST

/* ---- smaller things ---- */

static bool stop_at_two(void *data, const struct action_row *row)
{
    int *n = data;
    (void)row;
    return ++*n < 2;
}

START_TEST(each_stops_and_nothing_stays_locked)
{
    struct action_filter f = {.due_before = DAY_NONE, .all = true};
    struct action_rows rows = {0};
    struct uuid gone = {{1}};
    int n = 0;
    generate(1, 5);
    must(store_actions_each(fx.store, &f, stop_at_two, &n, &fx.err));
    ck_assert_int_eq(n, 2);
    generate(2, 5); /* could not be written while something is still read */
    struct action_ids ids = {0};
    must(store_look(fx.store, &fx.err)); /* several lists from one view */
    must(store_action_ids(fx.store, fx.arena, &f, &ids, &fx.err));
    ck_assert_uint_eq(ids.n, 10);
    struct uuid ask[] = {ids.v[9], gone, ids.v[0]};
    must(store_action_rows(fx.store, fx.arena, ask, 3, false, &rows, &fx.err));
    n = 0;
    must(store_actions_each(fx.store, &f, stop_at_two, &n, &fx.err));
    store_looked(fx.store);
    ck_assert_uint_eq(rows.n, 2);
    ck_assert(uuid_same(rows.v[0].id, ids.v[9]) && uuid_same(rows.v[1].id, ids.v[0]));
    must(store_action_rows(fx.store, fx.arena, NULL, 0, false, &rows, &fx.err));
    ck_assert_uint_eq(rows.n, 0);
}
END_TEST

/* ---- the picture ---- */

static int32_t month_of(int32_t day)
{
    struct civil c = civil_from_day(day);
    c.day = 1;
    return civil_day(c);
}

static struct action_month slowly(const struct all_known *all, const char *child, const struct uuid *file, int32_t month)
{
    struct action_month m = {.month = month};
    for (size_t i = 0; i < all->n; i++) {
        const struct known *k = &all->v[i];
        bool of = file == NULL || uuid_same(k->files[0], *file) || (k->nchildren > 1 && uuid_same(k->files[1], *file));
        bool counts = of && month_of(k->due == DAY_NONE ? k->date : k->due) == month && (child == NULL || has(k->child_fold, fold(child)));
        if (!counts || strcmp(k->status, "withdrawn") == 0 || strcmp(k->status, "asked") == 0)
            continue;
        m.overdue += past(k);
        m.open += k->open && !past(k);
        m.late += strcmp(k->status, "done") == 0 && k->due != DAY_NONE && k->finished > k->due;
        m.in_time += strcmp(k->status, "done") == 0 && (k->due == DAY_NONE || k->finished <= k->due);
    }
    return m;
}

static void same_months(const struct action_months *got, const struct all_known *all, const char *child, const struct uuid *file)
{
    for (size_t i = 0; i < got->n; i++) {
        struct action_month want = slowly(all, child, file, got->v[i].month), *m = &got->v[i];
        ck_assert_msg(m->open == want.open && m->overdue == want.overdue && m->in_time == want.in_time && m->late == want.late,
                      "%s: month %zu: %d %d %d %d, not %d %d %d %d", got->child == NULL ? "all" : got->child, i, m->open, m->overdue, m->in_time, m->late, want.open,
                      want.overdue, want.in_time, want.late);
        ck_assert(i == 0 || m->month == civil_add_months(got->v[i - 1].month, 1));
    }
}

/* Of the file of which child a series is: by its name, and by what is counted where two have the same. */
static size_t files_named(const struct all_known *all, const char *name, struct uuid *out, size_t max)
{
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++) {
        for (size_t c = 0; c < all->v[i].nchildren; c++) {
            bool there = strcmp(all->v[i].names[c], name) != 0;
            for (size_t k = 0; k < n && !there; k++)
                there = uuid_same(out[k], all->v[i].files[c]);
            if (!there && n < max)
                out[n++] = all->v[i].files[c];
        }
    }
    return n;
}

static int by_file(const void *a, const void *b)
{
    return uuid_compare(*(const struct uuid *)a, *(const struct uuid *)b);
}

START_TEST(the_picture_is_what_a_slow_count_says)
{
    struct all_known all = {0};
    struct action_picture p = {0};
    chance_state = 99;
    for (size_t k = 0; k < 20; k++)
        learn(&all, generate(k, 60));
    int32_t from = civil_day((struct civil){2025, 4, 1});
    must(store_action_picture(fx.store, fx.arena, NULL, from, &p, &fx.err));
    ck_assert_uint_eq(p.n, 1 + 7); /* all, six children, the two called T.O. by themselves, one pair */
    ck_assert_ptr_null(p.v[0].child);
    ck_assert_int_eq(p.v[0].v[0].month, from);
    ck_assert_int_eq(p.v[0].v[p.v[0].n - 1].month, civil_day((struct civil){2027, 12, 1}));
    same_months(&p.v[0], &all, NULL, NULL);
    for (size_t i = 1; i < p.n; i++) {
        struct uuid files[4];
        size_t n = files_named(&all, p.v[i].child, files, 4), same = 0;
        qsort(files, n, sizeof files[0], by_file);
        while (i > same + 1 && strcmp(p.v[i - same - 1].child, p.v[i].child) == 0)
            same++;
        ck_assert_uint_lt(same, n);
        same_months(&p.v[i], &all, NULL, &files[same]);
        ck_assert_uint_eq(p.v[i].n, p.v[0].n);
    }
    must(store_action_picture(fx.store, fx.arena, "zoya", from, &p, &fx.err));
    ck_assert_uint_eq(p.n, 2);
    ck_assert_str_eq(p.v[1].child, "Z.K.");
    same_months(&p.v[0], &all, "zoya", NULL);
    same_months(&p.v[1], &all, "zoya", NULL);
    must(store_action_picture(fx.store, fx.arena, "nobody", from, &p, &fx.err));
    ck_assert_uint_eq(p.n, 1);
    ck_assert_uint_eq(p.v[0].n, 0);
}
END_TEST

START_TEST(a_slip_of_the_pen_makes_no_long_picture)
{
    struct action_picture p = {0};
    import(meeting_text("Tobi Okafor / T.O.", "2026-10-21", "minutes", "A: Patel, a, by 9999-12-31\nA: Patel, b, by 2026-12-01\nA: Patel, c, by 0001-01-01\n"));
    must(store_action_picture(fx.store, fx.arena, NULL, DAY_NONE, &p, &fx.err));
    ck_assert_uint_eq(p.n, 2);
    ck_assert_uint_eq(p.v[0].n, 1);
    ck_assert_int_eq(p.v[0].v[0].open, 1);
}
END_TEST

Suite *suite_tracker(void)
{
    Suite *s = suite_create("tracker");
    TCase *t = tcase_create("tracker");
    tcase_add_checked_fixture(t, fixture_setup, fixture_teardown);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, ten_thousand_actions);
    tcase_add_test(t, a_few_actions_every_way);
    tcase_add_test(t, each_stops_and_nothing_stays_locked);
    tcase_add_test(t, the_picture_is_what_a_slow_count_says);
    tcase_add_test(t, a_slip_of_the_pen_makes_no_long_picture);
    suite_add_tcase(s, t);
    return s;
}
