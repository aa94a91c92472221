#include "core/check.h"

#include "core/out/out.h"
#include "tui/command.h"

/* Where a finding's entry, item or sign-off stands in the file that was read. */
static void place(struct finding *f, const struct lines *lines)
{
    struct uuid id = uuid_none(f->entry_id) ? f->about : f->entry_id;
    for (size_t i = 0; i < lines->n && !uuid_none(id); i++)
        if (uuid_same(lines->v[i].id, id)) {
            f->line = lines->v[i].line;
            return;
        }
}

/* What the reader of a file could not read is a finding too. */
static void add_notices(struct arena *arena, struct findings *findings, const struct notices *notices)
{
    for (size_t i = 0; i < notices->n; i++) {
        findings->v = arena_grow(arena, findings->v, findings->n, &findings->cap, sizeof(*findings->v));
        findings->v[findings->n++] = (struct finding){
            .rule = "NT", .category = "notation", .severity = SEVERITY_WARN, .item = -1, .entry = -1,
            .line = notices->v[i].line, .column = notices->v[i].column, .text = "", .why = notices->v[i].text, .instead = "",
        };
    }
}

static bool any_strong(const struct findings *findings)
{
    for (size_t i = 0; i < findings->n; i++)
        if (findings->v[i].severity == SEVERITY_STRONG)
            return true;
    return false;
}

static enum evh put_findings(struct context *c, const struct findings *findings, const char *file)
{
    int json;
    enum evh rc = context_choice(c, OPT_FORMAT, "text json", &json);
    if (rc != EVH_OK)
        return rc;
    struct buf out = {0};
    if (json)
        out_findings_json(&out, findings);
    else
        out_findings_text(&out, findings, file);
    rc = context_put(c, &out);
    buf_free(&out);
    return rc;
}

int command_check(struct context *c)
{
    struct record *record;
    struct notices notices = {0};
    struct lines lines = {0};
    struct findings findings = {0};
    const char *words = context_operand(c, 0);
    if (context_record(c, words, &record, &notices, &lines) != EVH_OK)
        return context_fail(c);
    add_notices(c->arena, &findings, &notices);
    check_completeness(record, context_types(c), c->arena, &findings);
    for (size_t i = 0; i < findings.n; i++)
        place(&findings.v[i], &lines);
    enum evh rc = put_findings(c, &findings, words);
    bool strong = any_strong(&findings);
    record_free(record);
    if (rc != EVH_OK)
        return context_fail(c);
    return strong ? err_status(EVH_NO) : 0;
}
