/* Lists of actions and letters in the forms that other programs read. Each line of the input is a field of one action, cleaned as all that is stored is; a
 * letter before it says which.
 *
 * Held: what a strict reader of each form finds is what was written, one action and nothing else, whatever its words are; what is masked is nowhere. Not
 * cleaned, the words still cannot break the form. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "core/out/out.h"
#include "core/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FIELDS = 8, CSV_CELLS = 23 };
enum field { TEXT, OWNER, CHILD, DONE_WHEN, OTHERWISE, NOTE, BY, WITH };

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void put_row(struct buf *out, const struct action_row *row, enum actions_form form)
{
    struct out_actions o = {.out = out, .form = form, .raw = true, .columns = 80, .now = {.day = 20779, .time = 600, .utc_ms = INT64_C(1795341600000)}};
    struct action_line line = {.number = row->number, .text = row->text, .owner = row->owner, .status = row->status, .child = row->child, .due = row->due,
                               .carried = row->carried, .meeting_date = row->meeting_date, .due_time = row->due_time, .overdue = row->overdue,
                               .masked = row->restricted_masked, .short_id = "019abcde"};
    if (form == ACTIONS_TABLE)
        o.lines = (struct action_lines){&line, 1};
    out_actions_begin(&o);
    if (form != ACTIONS_TABLE)
        out_actions_row(&o, row);
    while (!out_actions_end(&o))
        ;
    must(out->n > 0 && memchr(out->s, '\0', out->n) == NULL);
}

static bool valid(const char *s, size_t n)
{
    for (size_t at = 0; at < n;)
        if (text_code(s, n, &at) < 0)
            return false;
    return true;
}

/* ---- readers ---- */

/* RFC 5545, 3.1 and 3.3.11: unfolds, then the value of the first line of that name, unescaped. */
static void ics_value(struct buf *value, const struct buf *ics, const char *name)
{
    struct buf lines = {0};
    for (const char *s = ics->s; *s != '\0';) {
        const char *end = strstr(s, "\r\n");
        must(end != NULL && end - s <= 75 && memchr(s, '\n', (size_t)(end - s)) == NULL && valid(s, (size_t)(end - s)));
        buf_add(&lines, s, (size_t)(end - s));
        s = end + 2;
        if (*s == ' ')
            s++;
        else
            buf_addc(&lines, '\n');
    }
    size_t n = strlen(name), parts = 0;
    for (const char *s = buf_str(&lines); *s != '\0'; s += strcspn(s, "\n") + 1) {
        parts += strncmp(s, "BEGIN:", 6) == 0;
        if (n == 0 || strncmp(s, name, n) != 0 || s[n] != ':')
            continue;
        for (const char *c = s + n + 1; *c != '\n'; c++) {
            must(*c != ';' && *c != ',');
            bool escaped = *c == '\\';
            c += escaped;
            buf_addc(value, escaped && *c == 'n' ? '\n' : *c);
        }
        name = ""; /* only the first */
        n = 0;
    }
    must(parts == 6); /* calendar, time zone with two parts, to-do, event */
    buf_free(&lines);
}

static void decode(struct buf *out, const char *s, size_t n, bool blanks)
{
    for (size_t i = 0; i < n; i++) {
        char hex[3] = {0}, *end = hex;
        if (s[i] == '%' && n - i > 2)
            memcpy(hex, s + i + 1, 2);
        long c = hex[0] == '\0' || strchr(" +-x", hex[0]) != NULL || strchr("xX", hex[1]) != NULL ? 0 : strtol(hex, &end, 16);
        if (end == hex + 2) {
            buf_addc(out, (char)c);
            i += 2;
        } else {
            buf_addc(out, blanks && s[i] == '_' ? ' ' : s[i]);
        }
    }
}

/* The words end where the first @, + or key of ours begins; nothing within them may look like one. */
static void todo_text(struct buf *text, const char *line)
{
    const char *s = line + 11, *end = s; /* after the day */
    while (*end != '\0' && !(end[0] == ' ' && (end[1] == '@' || end[1] == '+') && end[2] != ' ' && end[2] != '\0') && strncmp(end, " due:2", 6) != 0)
        end++;
    decode(text, s, (size_t)(end - s), false);
}

static size_t csv_cells(const char *s)
{
    size_t cells = 1;
    bool quoted = false;
    for (; *s != '\0' && (quoted || strncmp(s, "\r\n", 2) != 0); s++) {
        quoted = *s == '"' ? !quoted : quoted;
        cells += *s == ',' && !quoted;
    }
    must(!quoted && strncmp(s, "\r\n", 2) == 0);
    return cells;
}

/* RFC 2045, 6.7. */
static void quoted_printable(struct buf *out, const char *s)
{
    for (; *s != '\0'; s++) {
        if (s[0] == '=' && s[1] == '\r') {
            s += 2;
        } else if (s[0] == '=') {
            char hex[3] = {s[1], s[2], '\0'};
            buf_addc(out, (char)strtol(hex, NULL, 16));
            s += 2;
        } else if (s[0] != '\r') {
            buf_addc(out, s[0]);
        }
    }
}

/* ---- what is held ---- */

static void same(const struct buf *got, const char *wanted)
{
    struct buf shown = {0};
    text_show(&shown, wanted);
    must(strcmp(buf_str(got), buf_str(&shown)) == 0);
    buf_free(&shown);
}

static void try_ics(const struct action_row *row, bool clean)
{
    static const struct { const char *name; size_t at; } values[] = {
        {"SUMMARY", offsetof(struct action_row, text)}, {"X-EVENHAND-OWNER", offsetof(struct action_row, owner)},
        {"X-EVENHAND-CHILD", offsetof(struct action_row, child)}, {"X-EVENHAND-DONE-WHEN", offsetof(struct action_row, done_when)},
        {"X-EVENHAND-OTHERWISE", offsetof(struct action_row, otherwise)},
    };
    struct buf out = {0}, value = {0};
    put_row(&out, row, ACTIONS_ICS);
    for (size_t i = 0; i < NITEMS(values); i++) {
        const char *wanted;
        memcpy(&wanted, (const char *)row + values[i].at, sizeof wanted);
        buf_clear(&value);
        ics_value(&value, &out, values[i].name);
        if (clean && wanted != NULL)
            same(&value, wanted);
    }
    buf_free(&out);
    buf_free(&value);
}

static void try_lines(const struct action_row *row, bool clean)
{
    struct buf out = {0}, text = {0};
    put_row(&out, row, ACTIONS_TODO);
    must(strchr(out.s, '\n') == out.s + out.n - 1);
    todo_text(&text, out.s);
    if (clean)
        same(&text, row->text);
    buf_clear(&out);
    put_row(&out, row, ACTIONS_CSV);
    const char *second = strstr(out.s, "\r\n") + 2;
    must(csv_cells(out.s) == CSV_CELLS && csv_cells(second) == CSV_CELLS);
    buf_free(&out);
    buf_free(&text);
}

static void try_task(const struct action_row *row, bool clean)
{
    struct buf out = {0};
    put_row(&out, row, ACTIONS_TASK);
    json_t *all = json_loadb(out.s, out.n, JSON_REJECT_DUPLICATES, NULL);
    must(all != NULL && json_array_size(all) == 1);
    const json_t *task = json_array_get(all, 0);
    if (clean && row->text[0] != '\0')
        must(strcmp(json_string_value(json_object_get(task, "description")), row->text) == 0);
    const char *owner = json_string_value(json_object_get(task, "evenhand_owner"));
    if (clean && row->owner != NULL && row->owner[0] != '\0')
        must(owner != NULL && strcmp(owner, row->owner) == 0);
    const char *history = json_string_value(json_object_get(task, "evenhand_history"));
    json_t *changes = history == NULL ? NULL : json_loads(history, JSON_REJECT_DUPLICATES, NULL);
    must(json_array_size(changes) == row->nhistory);
    json_decref(changes);
    json_decref(all);
    buf_free(&out);
}

static void try_message(const struct action_row *row)
{
    const struct letter letter = {.owner = row->owner == NULL || row->owner[0] == '\0' ? "Ann" : row->owner, .rows = row, .n = 1, .until = 20786,
                                  .now = {.day = 20779, .time = 600, .utc_ms = INT64_C(1795341600000)}};
    struct buf plain = {0}, message = {0}, body = {0};
    out_letter(&plain, &letter);
    out_letter_message(&message, &letter, row->id);
    for (const char *s = message.s; *s != '\0';) {
        const char *end = strstr(s, "\r\n");
        must(end != NULL && end - s <= 76);
        for (; s < end; s++)
            must(*s >= 0x20 && *s < 0x7f);
        s = end + 2;
    }
    quoted_printable(&body, strstr(message.s, "\r\n\r\n") + 4);
    const char *wanted = strstr(plain.s, "\n\n");
    must(wanted != NULL && strcmp(buf_str(&body), wanted + 2) == 0);
    buf_free(&plain);
    buf_free(&message);
    buf_free(&body);
}

static void try_masked(struct action_row row)
{
    row.restricted_masked = true;
    row.restriction.confidential = true;
    row.text = row.done_when = row.otherwise = "TOPSECRET";
    row.owner = row.child = "Ann"; /* these are shown; all else is masked */
    for (enum actions_form form = ACTIONS_TABLE; form < ACTIONS_FORMS; form++) {
        struct buf out = {0};
        put_row(&out, &row, form);
        must(strstr(out.s, "TOPSECRET") == NULL && strstr(out.s, "SECRETNOTE") == NULL);
        buf_free(&out);
    }
}

static void try_all(const char *const f[FIELDS], bool clean)
{
    const char *with[] = {f[WITH]};
    const struct action_change changes[] = {
        {.id = {{1}}, .date = 20770, .change = "note", .by = f[BY], .text = f[NOTE]},
        {.id = {{2}}, .date = DAY_NONE, .change = "owner", .from = f[BY], .to = f[OWNER], .text = "SECRETNOTE"},
    };
    const struct action_dispute dispute = {f[BY], f[NOTE]};
    struct action_row row = {
        .id = {{0x01, 0x9a}}, .number = "A1", .text = f[TEXT] == NULL ? "" : f[TEXT], .owner = f[OWNER], .status = "open", .child = f[CHILD],
        .done_when = f[DONE_WHEN], .otherwise = f[OTHERWISE], .with = {with, f[WITH] != NULL}, .due = 20770, .due_time = 725, .from_day = 20760,
        .carried = DAY_NONE, .finished = DAY_NONE, .meeting_date = 20750, .overdue = true, .item = 1, .entry = 2, .history = changes,
        .nhistory = NITEMS(changes), .disputes = &dispute, .ndisputes = 1,
    };
    try_ics(&row, clean);
    try_lines(&row, clean);
    try_task(&row, clean);
    try_message(&row);
    try_masked(row);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    const char *raw[FIELDS] = {0}, *clean[FIELDS] = {0};
    const char *s = (const char *)data;
    for (size_t at = 0; at < size;) {
        const char *end = memchr(s + at, '\n', size - at);
        size_t n = end == NULL ? size - at : (size_t)(end - s) - at;
        if (n > 1) {
            size_t field = (unsigned char)s[at] % FIELDS;
            raw[field] = arena_strndup(arena, s + at + 1, n - 1);
            clean[field] = text_clean_dup(arena, s + at + 1, n - 1);
            const char *trimmed = clean[field]; /* as it is stored */
            size_t length = strlen(trimmed);
            text_trim(&trimmed, &length);
            clean[field] = arena_strndup(arena, trimmed, length);
        }
        at += n + 1;
    }
    try_all(clean, true);
    try_all(raw, false);
    arena_free(arena);
    return 0;
}
