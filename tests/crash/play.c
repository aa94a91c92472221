#include "tests/crash/play.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/memory.h"
#include "data/file.h"
#include "data/own.h"
#include "data/review.h"

/* ---- the world of a play ---- */

static struct now play_now(void *data)
{
    const struct play *p = data;
    return p->now;
}

static void play_random(void *data, void *bytes, size_t n)
{
    struct play *p = data;
    unsigned char *to = bytes;
    for (size_t i = 0; i < n; i++)
        to[i] = (unsigned char)(chance_next(&p->chance) >> 24);
}

void play_begin(struct play *p, const char *data, uint64_t seed)
{
    struct err err = {0};
    const char *tables = getenv("EVENHAND_TABLES");
    *p = (struct play){.data = data, .chance = {seed}, .arena = arena_new()};
    p->now = (struct now){.day = civil_day((struct civil){2026, 12, 8}), .time = 9 * 60, .utc_ms = 1796720400000};
    p->world = (struct world){.now = play_now, .random = play_random, .data = p};
    if (tables == NULL || file_types(tables, NULL, p->arena, &p->types, &err) != EVH_OK) {
        fprintf(stderr, "EVENHAND_TABLES: %s\n", tables == NULL ? "not set" : err.text);
        exit(2);
    }
}

void play_end(struct play *p)
{
    play_detach(p);
    arena_free(p->arena);
    *p = (struct play){0};
}

void play_detach(struct play *p)
{
    if (p->live)
        session_close(&p->session);
    p->live = false;
    store_close(p->review);
    store_close(p->store);
    p->review = p->store = NULL;
    arena_free(p->scratch);
    p->scratch = NULL;
}

static enum evh open_store(struct play *p, struct err *err)
{
    if (p->scratch == NULL)
        p->scratch = arena_new();
    enum evh r = store_open(&p->store, p->data, STORE_CREATE, &p->world, err);
    if (r == EVH_OK && p->unsafe && sqlite3_exec(p->store->db, "PRAGMA synchronous = OFF", NULL, NULL, NULL) != SQLITE_OK)
        BUG("the seeded fault cannot be made");
    return r;
}

static enum evh open_session(struct play *p, struct err *err)
{
    enum evh r = session_open(&p->session, p->store, &p->types, p->meeting, true, err);
    p->live = r == EVH_OK;
    return r;
}

/* The half-typed line becomes this program's, as on the live screen. */
static enum evh take_line(struct play *p, struct err *err)
{
    struct draft draft = {0};
    return store_draft_load(p->store, p->scratch, p->meeting, &draft, err);
}

enum evh play_attach(struct play *p, struct err *err)
{
    enum evh r = open_store(p, err);
    if (r == EVH_OK && !uuid_none(p->meeting))
        r = open_session(p, err);
    return r == EVH_OK && p->live ? take_line(p, err) : r;
}

struct script play_script(struct play *p, const char *path)
{
    struct buf text = {0};
    struct err err = {0};
    if (file_read(path, (size_t)1 << 20, &text, &err) != EVH_OK) {
        fprintf(stderr, "%s\n", err.text);
        exit(2);
    }
    struct script s = {.path = path, .text = arena_strndup(p->arena, buf_str(&text), text.n), .n = text.n};
    size_t cap = 0;
    for (const char *at = s.text, *end = s.text + s.n; at < end;) {
        size_t n = strcspn(at, "\n");
        if (s.nlines > 0 || strncmp(at, "# ", 2) == 0) {
            s.lines = arena_grow(p->arena, s.lines, s.nlines, &cap, sizeof s.lines[0]);
            s.lines[s.nlines++] = arena_strndup(p->arena, at, n);
        }
        at += n + 1;
    }
    buf_free(&text);
    return s;
}

/* ---- steps: store and session ---- */

static enum evh step_open(struct play *p, const struct step *step, struct err *err)
{
    (void)step;
    return open_store(p, err);
}

static enum evh step_import(struct play *p, const struct step *step, struct err *err)
{
    struct notices notices = {0};
    struct op_import out = {0};
    return op_import(p->store, &p->types, step->text, step->n, false, p->scratch, &notices, &out, err);
}

/* The next meeting of the newest one. */
static enum evh step_plan(struct play *p, const struct step *step, struct err *err)
{
    struct uuid last, id;
    struct plan plan = {0};
    struct notices notices = {0};
    (void)step;
    enum evh r = store_find_meeting(p->store, "last", &last, err);
    if (r == EVH_OK)
        r = op_plan_from(p->store, &p->types, last, p->scratch, &plan, err);
    return r == EVH_OK ? op_plan(p->store, &p->types, &plan, p->scratch, &id, NULL, &notices, err) : r;
}

static enum evh step_session(struct play *p, const struct step *step, struct err *err)
{
    struct meeting_rows rows = {0};
    (void)step;
    if (p->live) {
        session_close(&p->session);
        p->live = false;
    }
    enum evh r = store_meetings(p->store, p->scratch, NULL, 0, &rows, err);
    for (size_t i = 0; r == EVH_OK && i < rows.n; i++) {
        if (strcmp(rows.v[i].status, "planned") == 0 || strcmp(rows.v[i].status, "live") == 0)
            p->meeting = rows.v[i].id;
    }
    return r == EVH_OK ? open_session(p, err) : r;
}

static enum evh step_take_line(struct play *p, const struct step *step, struct err *err)
{
    (void)step;
    return take_line(p, err);
}

static enum evh step_line(struct play *p, const struct step *step, struct err *err)
{
    return session_line(&p->session, step->text, step->n, err);
}

static enum evh step_draft(struct play *p, const struct step *step, struct err *err)
{
    char *half = arena_strndup(p->scratch, step->text, step->n);
    return store_draft_save(p->store, p->meeting, half, step->n, err);
}

static enum evh step_draft_at(struct play *p, const struct step *step, struct err *err)
{
    return store_draft_save_at(p->store, p->meeting, "sign Owen", step->text, 3, err);
}

/* The last entry that can be reworded; none: the first. */
static struct uuid some_entry(const struct play *p)
{
    const struct record *record = p->session.record;
    for (size_t i = record->nentries; i > 0; i--) {
        const struct entry *e = &record->entries[i - 1];
        if (e->kind == ENTRY_NOTE && e->withdrawn == NULL)
            return e->id;
    }
    return record->nentries == 0 ? (struct uuid){{0}} : record->entries[0].id;
}

static enum evh step_edit(struct play *p, const struct step *step, struct err *err)
{
    return session_edit(&p->session, some_entry(p), step->text, step->n, err);
}

static enum evh step_mark(struct play *p, const struct step *step, struct err *err)
{
    return session_mark(&p->session, some_entry(p), step->text, step->n, err);
}

static enum evh step_undo(struct play *p, const struct step *step, struct err *err)
{
    return session_undo(&p->session, step->text != NULL, err);
}

static enum evh step_head(struct play *p, const struct step *step, struct err *err)
{
    return session_head(&p->session, "place", 0, step->text, err);
}

static enum evh step_person(struct play *p, const struct step *step, struct err *err)
{
    return session_person(&p->session, (struct uuid){{0}}, step->text, err);
}

static enum evh step_refresh(struct play *p, const struct step *step, struct err *err)
{
    (void)step;
    return session_refresh(&p->session, NULL, err);
}

/* ---- steps: around the table ---- */

static enum evh some_action(struct play *p, struct uuid *id, struct err *err)
{
    struct action_rows rows = {0};
    struct action_filter filter = {.all = true, .due_before = DAY_NONE};
    enum evh r = store_actions(p->store, p->scratch, &filter, &rows, err);
    if (r == EVH_OK && rows.n == 0)
        r = err_set(err, EVH_NOTFOUND, "the play has no action");
    if (r == EVH_OK)
        *id = rows.v[0].id;
    return r;
}

static enum evh step_action(struct play *p, const struct step *step, struct err *err)
{
    struct uuid id;
    struct action_edit edit = {.change = "note", .note = step->text, .on = DAY_NONE, .due = DAY_NONE, .due_time = TIME_NONE};
    enum evh r = some_action(p, &id, err);
    return r == EVH_OK ? op_action(p->store, id, &edit, err) : r;
}

static enum evh step_action_undo(struct play *p, const struct step *step, struct err *err)
{
    struct uuid id;
    enum evh r = some_action(p, &id, err);
    return r == EVH_OK ? op_action_undo(p->store, id, step->text != NULL, err) : r;
}

/* The soonest and the last, which are of two meetings when there are two. */
static enum evh some_actions(struct play *p, struct uuid ids[2], struct err *err)
{
    struct action_ids all = {0};
    struct action_filter filter = {.all = true, .due_before = DAY_NONE};
    enum evh r = store_action_ids(p->store, p->scratch, &filter, &all, err);
    if (r == EVH_OK && all.n == 0)
        r = err_set(err, EVH_NOTFOUND, "the play has no action");
    if (r == EVH_OK) {
        ids[0] = all.v[0];
        ids[1] = all.v[all.n - 1];
    }
    return r;
}

static enum evh step_actions(struct play *p, const struct step *step, struct err *err)
{
    struct uuid ids[2];
    struct action_edit edit = {.change = "note", .note = step->text, .on = DAY_NONE, .due = DAY_NONE, .due_time = TIME_NONE};
    enum evh r = some_actions(p, ids, err);
    return r == EVH_OK ? op_actions(p->store, ids, 2, &edit, err) : r;
}

static enum evh step_actions_undo(struct play *p, const struct step *step, struct err *err)
{
    struct uuid ids[2];
    enum evh r = some_actions(p, ids, err);
    return r == EVH_OK ? op_actions_undo(p->store, ids, 2, step->text != NULL, err) : r;
}

static enum evh step_sign(struct play *p, const struct step *step, struct err *err)
{
    if (p->session.record->npeople == 0)
        return err_set(err, EVH_NOTFOUND, "the play has nobody");
    return op_sign(p->store, p->meeting, p->session.record->people[0].name, "signed with reservations", step->text, DAY_NONE, err);
}

static enum evh step_split(struct play *p, const struct step *step, struct err *err)
{
    return op_file_split(p->store, p->meeting, 0, step->text, err);
}

/* ---- steps: who is who, and one person's own actions ---- */

/* Somebody who has an action, and that action as they see it. A handle of before is gone on with. */
static enum evh some_reviewer(struct play *p, struct uuid *action, struct err *err)
{
    struct person_rows people = {0};
    struct action_rows rows = {0};
    enum evh r = p->review != NULL ? EVH_OK : store_people(p->store, p->scratch, NULL, &people, err);
    for (size_t i = 0; r == EVH_OK && p->review == NULL && i < people.n; i++) {
        if (people.v[i].open_actions > 0)
            r = store_open_review(&p->review, p->data, people.v[i].id, &p->world, err);
    }
    if (r == EVH_OK && p->review == NULL)
        r = err_set(err, EVH_NOTFOUND, "nobody of the play has an action");
    if (r == EVH_OK)
        r = review_actions(p->review, p->scratch, true, &rows, err);
    if (r == EVH_OK && rows.n == 0)
        r = err_set(err, EVH_NOTFOUND, "the reviewer of the play has no action");
    if (r == EVH_OK)
        *action = rows.v[0].id;
    return r;
}

static enum evh step_review_note(struct play *p, const struct step *step, struct err *err)
{
    struct uuid action = {{0}};
    enum evh r = some_reviewer(p, &action, err);
    return r == EVH_OK ? review_note(p->review, action, step->text, err) : r;
}

static enum evh step_review_dispute(struct play *p, const struct step *step, struct err *err)
{
    struct uuid action = {{0}};
    enum evh r = some_reviewer(p, &action, err);
    return r == EVH_OK ? review_dispute(p->review, action, step->text, err) : r;
}

static enum evh step_review_done(struct play *p, const struct step *step, struct err *err)
{
    struct uuid action = {{0}};
    enum evh r = some_reviewer(p, &action, err);
    return r == EVH_OK ? review_done(p->review, action, DAY_NONE, step->text, err) : r;
}

static enum evh last_done(struct play *p, struct own_made *made, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(p->store->db, "SELECT meeting, id FROM event WHERE kind = 'action.changed' ORDER BY n DESC LIMIT 1", -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    for (int i = 0; rc == SQLITE_ROW && i < 2; i++) {
        const char *id = (const char *)sqlite3_column_text(stmt, i);
        if (id == NULL || !uuid_read(id, strlen(id), i == 0 ? &made->meeting : &made->fact))
            rc = SQLITE_NOMEM;
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_ROW ? EVH_OK : db_fail(p->store, rc == SQLITE_DONE ? SQLITE_CORRUPT : rc, err);
}

/* Of the visit that was broken off: as if this handle had made the last change of an action. */
static enum evh step_review_undo(struct play *p, const struct step *step, struct err *err)
{
    struct own_made made = {.undone = false};
    (void)step;
    enum evh r = some_reviewer(p, &made.action, err);
    if (r == EVH_OK && p->review->own->n == 0) {
        r = last_done(p, &made, err);
        if (r != EVH_OK)
            return r;
        p->review->own->made = memory_grow(p->review->own->made, 4, sizeof made);
        p->review->own->cap = 4;
        p->review->own->made[p->review->own->n++] = made;
    }
    return r == EVH_OK ? review_undo(p->review, false, NULL, err) : r;
}

static enum evh step_visit(struct play *p, const struct step *step, struct err *err)
{
    return store_visit(p->store, step->text, p->meeting, err);
}

/* Two of the people, whoever they are. */
static enum evh some_people(struct play *p, struct person_rows *out, struct err *err)
{
    enum evh r = store_people(p->store, p->scratch, NULL, out, err);
    return r == EVH_OK && out->n < 2 ? err_set(err, EVH_NOTFOUND, "the play has no two people") : r;
}

static enum evh step_person_join(struct play *p, const struct step *step, struct err *err)
{
    struct person_rows rows = {0};
    enum evh r = some_people(p, &rows, err);
    return r == EVH_OK ? op_person_join(p->store, rows.v[0].id, rows.v[1].id, step->text, err) : r;
}

/* Somebody of several meetings. */
static enum evh step_person_split(struct play *p, const struct step *step, struct err *err)
{
    struct person_rows rows = {0};
    enum evh r = some_people(p, &rows, err);
    for (size_t i = 0; r == EVH_OK && i < rows.n; i++) {
        if (rows.v[i].meetings > 1)
            return op_person_split(p->store, rows.v[i].id, p->meeting, step->text, err);
    }
    return r == EVH_OK ? err_set(err, EVH_NOTFOUND, "nobody of the play was at two meetings") : r;
}

static enum evh step_join(struct play *p, const struct step *step, struct err *err)
{
    struct meeting_rows rows = {0};
    struct record *record = NULL;
    enum evh r = store_meetings(p->store, p->scratch, NULL, 0, &rows, err);
    for (size_t i = 0; r == EVH_OK && record == NULL && i < rows.n; i++) {
        if (!uuid_same(rows.v[i].id, p->meeting))
            r = store_record(p->store, rows.v[i].id, &record, err);
    }
    if (record != NULL && record->nchildren > 0)
        r = op_file_join(p->store, p->meeting, 0, child_file(record, 0), step->text, err);
    record_free(record);
    return r;
}

/* ---- steps: care and looking ---- */

static enum evh step_rebuild(struct play *p, const struct step *step, struct err *err)
{
    bool changed = false;
    (void)step;
    enum evh r = store_rebuild(p->store, &changed, err);
    if (r == EVH_OK && changed)
        wrong("a rebuild says that something was different");
    return r;
}

static enum evh step_backup(struct play *p, const struct step *step, struct err *err)
{
    (void)step;
    p->now.utc_ms += 1000; /* no two of one name */
    return backup_make(p->store, BACKUP_RESTORE, NULL, err);
}

static char *copy_path(struct play *p)
{
    return arena_printf(p->arena, "%s/../copy.db", p->data);
}

static enum evh step_copy(struct play *p, const struct step *step, struct err *err)
{
    (void)step;
    return store_backup(p->store, copy_path(p), true, err);
}

/* The copy takes the place of the database; work goes on with it. */
static enum evh step_restore(struct play *p, const struct step *step, struct err *err)
{
    struct restored out = {0};
    struct err quiet;
    (void)step;
    play_detach(p);
    enum evh r = store_restore(p->data, copy_path(p), &p->world, p->arena, &out, err);
    enum evh opened = play_attach(p, r == EVH_OK ? err : &quiet);
    return r == EVH_OK ? opened : r;
}

/* Midnight: the first change of the new day is another thing than those after it. */
static enum evh step_day(struct play *p, const struct step *step, struct err *err)
{
    p->now.day++;
    p->now.utc_ms += 86400000;
    return step_draft(p, step, err);
}

static enum evh step_doctor(struct play *p, const struct step *step, struct err *err)
{
    struct doctor_report report = {0};
    (void)step;
    return store_doctor(p->store, p->scratch, &report, err);
}

static bool next_action(void *data, const struct action_row *row)
{
    (void)data;
    return row->text != NULL;
}

static enum evh step_lists(struct play *p, const struct step *step, struct err *err)
{
    struct meeting_rows rows = {0};
    struct action_rows actions = {0};
    struct action_filter filter = {.all = true, .due_before = DAY_NONE};
    struct action_counts counts = {0};
    struct action_picture picture = {0};
    (void)step;
    enum evh r = store_look(p->store, err);
    if (r != EVH_OK)
        return r;
    r = store_meetings(p->store, p->scratch, NULL, 0, &rows, err);
    if (r == EVH_OK)
        r = store_unsigned(p->store, p->scratch, NULL, p->now.day, 0, &rows, err);
    if (r == EVH_OK)
        r = store_actions(p->store, p->scratch, &filter, &actions, err);
    if (r == EVH_OK)
        r = store_action_counts(p->store, &counts, err);
    if (r == EVH_OK)
        r = store_action_picture(p->store, p->scratch, NULL, DAY_NONE, &picture, err);
    if (r == EVH_OK)
        r = store_actions_each(p->store, &filter, next_action, NULL, err);
    store_looked(p->store);
    return r;
}

static enum evh step_search(struct play *p, const struct step *step, struct err *err)
{
    struct match *match = NULL;
    struct search_filter filter = {.restricted = true};
    struct hits hits = {0};
    enum evh r = match_new(&match, step->text, strlen(step->text), MATCH_NO_CASE, err);
    if (r == EVH_OK)
        r = store_search(p->store, p->scratch, match, &filter, &hits, err);
    match_free(match);
    return r;
}

/* ---- plays ---- */

static void add_part(struct play *p, struct steps *out, const char *name, enum evh (*run)(struct play *, const struct step *, struct err *),
                     const char *text, size_t n)
{
    out->v = arena_grow(p->arena, out->v, out->n, &out->cap, sizeof out->v[0]);
    out->v[out->n++] = (struct step){.name = name, .run = run, .text = text, .n = n,
                                        .once = run == step_line || run == step_draft || run == step_draft_at};
}

static void add(struct play *p, struct steps *out, const char *name, enum evh (*run)(struct play *, const struct step *, struct err *),
                const char *text)
{
    add_part(p, out, name, run, text, text == NULL ? 0 : strlen(text));
}

/* Half of a line as it is typed: cut between characters. */
static size_t half_of(const char *line)
{
    size_t n = strlen(line), half = n / 2;
    while (half > 0 && ((unsigned char)line[half] & 0xC0) == 0x80)
        half--;
    return half;
}

static void add_table(struct play *p, struct steps *out)
{
    size_t first = out->n;
    add(p, out, "sign", step_sign, "not all of it was said like that");
    add(p, out, "action", step_action, "rang, nobody there");
    add(p, out, "action undo", step_action_undo, NULL);
    add(p, out, "action redo", step_action_undo, "again");
    add(p, out, "actions", step_actions, "both were asked");
    add(p, out, "actions undo", step_actions_undo, NULL);
    add(p, out, "actions redo", step_actions_undo, "again");
    add(p, out, "file split", step_split, "another child of that name");
    add(p, out, "file join", step_join, "the same child after all");
    add(p, out, "person split", step_person_split, "another of that name");
    add(p, out, "person join", step_person_join, "she says so herself");
    add(p, out, "visit", step_visit, out->n % 2 == 0 ? "meeting" : "minutes");
    add(p, out, "review note", step_review_note, "half of it is done");
    add(p, out, "review dispute", step_review_dispute, "it was to be by Christmas");
    add(p, out, "review done", step_review_done, "posted");
    add(p, out, "review undo", step_review_undo, NULL);
    for (size_t i = first; i < out->n; i++)
        out->v[i].apart = true;
    add(p, out, "refresh", step_refresh, NULL);
}

static void add_corrections(struct play *p, struct steps *out, size_t i)
{
    add(p, out, "edit", step_edit, arena_printf(p->arena, "Put differently by the chair, time %zu.", i));
    add(p, out, "undo", step_undo, NULL);
    add(p, out, "redo", step_undo, "again");
    add(p, out, "head", step_head, i % 2 == 0 ? "the small hall" : "the library");
}

void play_evening(struct play *p, const struct script *import, const struct script *typed, struct steps *out)
{
    add(p, out, "open", step_open, NULL);
    add_part(p, out, "import", step_import, import->text, import->n);
    add(p, out, "plan", step_plan, NULL);
    add(p, out, "session", step_session, NULL);
    add(p, out, "take over", step_take_line, NULL);
    for (size_t i = 0; i < typed->nlines; i++) {
        const char *line = typed->lines[i];
        size_t half = half_of(line);
        if (line[0] == '\0')
            continue;
        if (half > 0 && i % 3 == 0)
            add_part(p, out, "draft", step_draft, line, half);
        add(p, out, "line", step_line, line);
        if (i % 9 == 8)
            add_corrections(p, out, i);
        if (i == typed->nlines / 2)
            add_table(p, out);
    }
    add(p, out, "copy", step_copy, NULL);
    add(p, out, "mark", step_mark, "so that: it is clear later");
    add(p, out, "person", step_person, "Ada Example | neighbour | family | family supporter | 09:00-09:30");
    add(p, out, "draft elsewhere", step_draft_at, "not all of");
    add(p, out, "backup", step_backup, NULL);
    add(p, out, "next day", step_day, "half of a ne");
    add_table(p, out);
    add(p, out, "rebuild", step_rebuild, NULL);
    add_part(p, out, "import", step_import, typed->text, typed->n);
    add(p, out, "restore", step_restore, NULL);
    add(p, out, "line", step_line, "09:29 The end.");
}

void play_each(struct play *p, const struct script *import, const struct script *typed, struct steps *out)
{
    add(p, out, "open", step_open, NULL);
    add_part(p, out, "import", step_import, import->text, import->n);
    add(p, out, "plan", step_plan, NULL);
    add(p, out, "session", step_session, NULL);
    add(p, out, "take over", step_take_line, NULL);
    for (size_t i = 0, lines = 0; i < typed->nlines && lines < 4; i++) {
        if (typed->lines[i][0] == '\0')
            continue;
        lines++;
        add(p, out, "line", step_line, typed->lines[i]);
    }
    add(p, out, "line", step_line, "09:05 A plain note, to be put differently.");
    add(p, out, "draft", step_draft, "half of a li");
    add(p, out, "line after a draft", step_line, "D: it goes on like this");
    add(p, out, "draft elsewhere", step_draft_at, "not all of");
    add_corrections(p, out, 0);
    add(p, out, "mark", step_mark, "so that: it is clear later");
    add(p, out, "person", step_person, "Ada Example | neighbour | family | family supporter | 09:00-09:30");
    add_table(p, out);
    add(p, out, "lists", step_lists, NULL);
    add(p, out, "search", step_search, "the");
    add(p, out, "doctor", step_doctor, NULL);
    out->v[out->n - 1].looks = true;
    add(p, out, "rebuild", step_rebuild, NULL);
    add(p, out, "backup", step_backup, NULL);
    add(p, out, "next day", step_day, "half of a ne");
    add(p, out, "copy", step_copy, NULL);
    add(p, out, "line", step_line, "09:07 After the copy.");
    add(p, out, "restore", step_restore, NULL);
    add(p, out, "line", step_line, "09:08 Gone on with.");
}

void play_older(struct play *p, struct steps *out)
{
    add(p, out, "open an older one", step_open, NULL);
    add(p, out, "plan", step_plan, NULL);
    add(p, out, "session", step_session, NULL);
    add(p, out, "take over", step_take_line, NULL);
    add(p, out, "line", step_line, "09:05 Gone on with.");
}
