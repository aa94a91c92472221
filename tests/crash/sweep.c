#include "tests/crash/sweep.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/crash/state.h"

#define ENOUGH_WRONGS 40
#define ENOUGH_PRETENDED 3
#define WHOLE_EVERY 16 /* the doctor looks at each so manieth */

/* One try: which step, which trouble, which call. */
struct try {
    const struct step *step;
    const struct trouble *trouble;
    size_t place, n;
    char where[240];
    enum evh r;
    struct err err;
};

/* ---- the stage ---- */

static void empty_stage(struct sweep *s)
{
    remove_folder(buf_str(&s->stage));
    if (mkdir(buf_str(&s->stage), 0700) != 0)
        BUG("a folder of the test cannot be made");
}

void sweep_begin(struct sweep *s, struct play *play, const char *name, uint64_t seed)
{
    char *here = getcwd(NULL, 0);
    s->play = play;
    s->offset = (size_t)(seed % 1000000);
    buf_addf(&s->home, "%s/crash-%s-XXXXXX", here == NULL ? "." : here, name);
    free(here);
    if (mkdtemp(s->home.s) == NULL)
        BUG("a folder of the test cannot be made");
    buf_addf(&s->stage, "%s/play", buf_str(&s->home));
    buf_addf(&s->data, "%s/data", buf_str(&s->stage));
    empty_stage(s);
    play_begin(play, buf_str(&s->data), seed);
}

void sweep_again(struct sweep *s, uint64_t seed)
{
    play_end(s->play);
    empty_stage(s);
    play_begin(s->play, buf_str(&s->data), seed);
}

void sweep_end(struct sweep *s)
{
    struct buf *all[] = {&s->home, &s->stage, &s->data, &s->old_text, &s->new_text};
    play_end(s->play);
    remove_folder(buf_str(&s->home));
    for (size_t i = 0; i < NITEMS(all); i++)
        buf_free(all[i]);
}

/* As it was before the step, with a store and a session of its own. */
static void set_stage(struct sweep *s, const struct try *t)
{
    struct play *p = s->play;
    struct err err = {0};
    play_detach(p);
    image_write(&s->before, buf_str(&s->stage));
    p->now = s->now;
    p->chance = s->chance;
    if (t->place > 0 && play_attach(p, &err) != EVH_OK)
        wrong("%s: the play cannot be set up: %s", t->where, err.text);
}

/* ---- what is there ---- */

/* As another program sees it. */
static bool look(struct sweep *s, const struct try *t, struct buf *text)
{
    struct store *store = NULL;
    struct err err = {0};
    buf_clear(text);
    enum evh r = store_open(&store, buf_str(&s->data), STORE_CREATE, &s->play->world, &err);
    if (r == EVH_OK)
        r = state_text(store, text, &err);
    if (r != EVH_OK)
        wrong("%s: afterwards the database cannot be opened or read: %s", t->where, err.text);
    store_close(store);
    return r == EVH_OK;
}

/* The record in memory says what the log on the disk says. */
static void compare_memory(struct sweep *s, const struct try *t, const char *when)
{
    struct play *p = s->play;
    struct store *store = NULL;
    struct record *record = NULL;
    struct err err = {0};
    struct buf here = {0}, there = {0};
    if (!p->live)
        return;
    bool looks = t->step->apart || (t->trouble != NULL && t->trouble->sticky);
    if (looks && session_refresh(&p->session, NULL, &err) != EVH_OK)
        wrong("%s: %s the session cannot look: %s", t->where, when, err.text);
    enum evh r = store_open(&store, buf_str(&s->data), STORE_WRITE, &p->world, &err);
    if (r == EVH_OK)
        r = store_record(store, p->meeting, &record, &err);
    if (r != EVH_OK) {
        wrong("%s: %s the record cannot be read: %s", t->where, when, err.text);
    } else {
        notation_print(&here, p->session.record);
        notation_print(&there, record);
        if (strcmp(buf_str(&here), buf_str(&there)) != 0)
            wrong("%s: %s the session's record is not that of the log", t->where, when);
    }
    record_free(record);
    store_close(store);
    buf_free(&here);
    buf_free(&there);
}

static bool same(const struct buf *a, const struct buf *b)
{
    return strcmp(buf_str(a), buf_str(b)) == 0;
}

/* ---- one try ---- */

static void check_answer(const struct try *t)
{
    if (t->trouble->survived && t->r != EVH_OK)
        wrong("%s: was to be survived, and gives %d: %s", t->where, (int)t->r, t->err.text);
    if (t->r == EVH_OK) {
        if (!t->step->looks && t->trouble->must_fail != NULL && t->trouble->must_fail(t->trouble->data))
            wrong("%s: success was told, though the disk did not confirm it", t->where);
        return;
    }
    if (t->err.text[0] == '\0' || t->err.code != t->r)
        wrong("%s: gives %d without a sentence of its own: “%s”", t->where, (int)t->r, t->err.text);
    /* A copy that cannot be read back is taken for a damaged one: SQLite's check tells of both in the same way. */
    bool unread = (t->r == EVH_CORRUPT && strstr(t->err.text, "does not read back") != NULL) ||
                  (t->r == EVH_INVALID && strstr(t->err.text, "was not restored") != NULL);
    bool unnamed = t->r == EVH_IO && strstr(t->where, "open of ") != NULL;  /* SQLite tries another way to open, and forgets why the first failed */
    if (t->r != t->trouble->code && !unread && !unnamed)
        wrong("%s: gives %d, not %d: %s", t->where, (int)t->r, (int)t->trouble->code, t->err.text);
}

/* The trouble is over: the same handle does it, or says truly that nothing is left to do. */
static void try_again(struct sweep *s, struct try *t, bool was_done)
{
    struct buf text = {0};
    struct err err = {0};
    enum evh r = t->step->run(s->play, t->step, &err);
    if (r != EVH_OK && !was_done)
        wrong("%s: the trouble is over, and it gives %d: %s", t->where, (int)r, err.text);
    if (look(s, t, &text) && (!was_done || t->step->once) && !same(&text, &s->new_text))
        wrong("%s: done again, it is not what it should be", t->where);
    compare_memory(s, t, "done again");
    buf_free(&text);
}

static void check(struct sweep *s, struct try *t)
{
    struct buf text = {0};
    s->figures.struck++;
    check_answer(t);
    if (look(s, t, &text)) {
        bool is_old = same(&text, &s->old_text), is_new = same(&text, &s->new_text);
        if (s->pretend && t->r == EVH_OK)
            is_new = false;
        if (!is_old && !is_new)
            wrong("%s: the database is neither as it was nor as it should be", t->where);
        else if (t->r == EVH_OK && !is_new)
            wrong("%s: it was acknowledged and is not there", t->where);
        compare_memory(s, t, "after it");
        if (t->r == EVH_OK)
            s->figures.passed++;
        else if (is_new && !is_old)
            s->figures.already++;
        else
            s->figures.refused++;
        if (t->r != EVH_OK)
            try_again(s, t, is_new && !is_old);
        if (s->figures.struck % WHOLE_EVERY == 0 && s->play->store != NULL)
            (void)state_whole(s->play->store, t->where);
    }
    buf_free(&text);
}

/* The n-th request fails, and all after it, until the program ends: in another process. Afterwards the database is whole. */
static bool strike_dead(struct sweep *s, struct try *t)
{
    struct buf text = {0};
    int status = 0;
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        t->trouble->arm(t->trouble->data, t->n);
        t->r = t->step->run(s->play, t->step, &t->err);
        _exit(t->trouble->disarm(t->trouble->data) ? 1 : 0);
    }
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    if (pid < 0 || !WIFEXITED(status) || (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != t->trouble->ends))
        wrong("%s: it does not end as it should (%d)", t->where, status);
    if (pid < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 0))
        return false;
    s->figures.struck++;
    s->figures.ended++;
    if (look(s, t, &text) && !same(&text, &s->old_text) && !same(&text, &s->new_text))
        wrong("%s: the database is neither as it was nor as it should be", t->where);
    buf_free(&text);
    return true;
}

/* The n-th call fails. False: none was left to fail. */
static bool strike(struct sweep *s, struct try *t)
{
    char struck[160] = "";
    const struct trouble *trouble = t->trouble;
    snprintf(t->where, sizeof t->where, "step %zu (%s), %s, call %zu", t->place, t->step->name, trouble->name, t->n);
    set_stage(s, t);
    if (trouble->ends != 0)
        return strike_dead(s, t);
    trouble->arm(trouble->data, t->n);
    t->err = (struct err){0};
    t->r = t->step->run(s->play, t->step, &t->err);
    bool hit = trouble->disarm(trouble->data);
    if (!hit) {
        if (t->r != EVH_OK)
            wrong("%s: nothing failed, and it gives %d: %s", t->where, (int)t->r, t->err.text);
        return false;
    }
    trouble->says(trouble->data, struck, sizeof struck);
    snprintf(t->where, sizeof t->where, "step %zu (%s), %s, call %zu, %s", t->place, t->step->name, trouble->name, t->n, struck);
    check(s, t);
    return true;
}

/* Without trouble: what it should be; and the play goes on from there. */
static void run_clean(struct sweep *s, struct try *t)
{
    struct err err = {0};
    snprintf(t->where, sizeof t->where, "step %zu (%s)", t->place, t->step->name);
    set_stage(s, t);
    if (t->step->run(s->play, t->step, &err) != EVH_OK)
        wrong("%s: fails without any trouble: %s", t->where, err.text);
    (void)look(s, t, &s->new_text);
    compare_memory(s, t, "without trouble");
}

static bool enough(const struct sweep *s)
{
    return wrongs() >= (s->pretend ? ENOUGH_PRETENDED : ENOUGH_WRONGS);
}

void sweep_steps(struct sweep *s, const struct steps *steps)
{
    for (size_t i = 0; i < steps->n && !enough(s); i++) {
        struct try t = {.step = &steps->v[i], .place = i};
        struct play *p = s->play;
        play_detach(p);
        image_read(&s->before, buf_str(&s->stage));
        s->now = p->now;
        s->chance = p->chance;
        (void)look(s, &t, &s->old_text);
        image_write(&s->before, buf_str(&s->stage));
        run_clean(s, &t);
        for (size_t k = 0; k < s->ntroubles && !enough(s); k++) {
            t.trouble = &s->troubles[k];
            for (t.n = 1 + (i + k + s->offset) % s->stride; strike(s, &t) && !enough(s);)
                t.n += s->stride;
        }
        run_clean(s, &t);
        play_detach(p);
        image_free(&s->before);
        s->figures.steps++;
    }
}

void sweep_say(const struct sweep *s, const char *what, int64_t begun_us)
{
    printf("%s: %zu operations of the store, %zu calls made to fail in %.1f s: %zu refused and nothing changed, %zu told as failed though done, "
           "%zu done all the same, %zu ended the program; %d wrong\n", what, s->figures.steps, s->figures.struck,
           (double)(clock_us() - begun_us) / 1e6, s->figures.refused, s->figures.already, s->figures.passed, s->figures.ended, wrongs());
}
