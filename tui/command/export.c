#include "tui/command/export.h"

#include <string.h>

#include "core/out/out.h"

enum format { FORMAT_MEETING, FORMAT_JSON, FORMAT_TXT, FORMAT_MD };

static void write_format(struct buf *out, const struct record *copy, enum format format, size_t columns)
{
    switch (format) {
    case FORMAT_MEETING:
        notation_print(out, copy);
        break;
    case FORMAT_JSON:
        out_json(out, copy);
        break;
    case FORMAT_TXT:
        out_text(out, copy, columns);
        break;
    case FORMAT_MD:
        out_markdown(out, copy);
        break;
    }
}

static enum evh read_format(struct context *c, enum format *format)
{
    static const char *const later[] = {"html", "pdf", "odt", "docx", "ics", "csv"};
    static const enum format formats[] = {FORMAT_MEETING, FORMAT_JSON, FORMAT_TXT, FORMAT_MD};
    const char *word = opt_value(&c->args, OPT_FORMAT);
    if (word == NULL)
        return err_set(&c->err, EVH_USAGE, "--format is needed: meeting, json, txt or md");
    for (size_t i = 0; i < NITEMS(later); i++)
        if (strcmp(word, later[i]) == 0)
            return err_set(&c->err, EVH_USAGE, "this version cannot write %s yet; it can write meeting, json, txt and md", later[i]);
    int choice;
    enum evh rc = context_choice(c, OPT_FORMAT, "meeting json txt md", &choice);
    if (rc == EVH_OK)
        *format = formats[choice];
    return rc;
}

static enum evh export_as(struct context *c, enum format format, size_t columns)
{
    struct record *record;
    struct audience audience;
    enum evh rc = context_record(c, context_operand(c, 0), &record, NULL, NULL);
    if (rc != EVH_OK)
        return rc;
    rc = context_audience(c, record, &audience);
    if (rc == EVH_OK && c->store != NULL)
        rc = context_visit(c, c->args.command->name, record->id);
    if (rc == EVH_OK) {
        struct record *copy = audience_copy(record, &audience);
        struct buf out = {0};
        write_format(&out, copy, format, columns);
        rc = context_output(c, &out);
        buf_free(&out);
        record_free(copy);
    }
    record_free(record);
    return rc;
}

enum evh export_minutes(struct context *c)
{
    size_t columns = opt_has(&c->args, OPT_OUTPUT) ? 80 : context_columns();
    return export_as(c, FORMAT_TXT, columns);
}

int command_export(struct context *c)
{
    enum format format = FORMAT_MEETING;
    if (read_format(c, &format) != EVH_OK)
        return context_fail(c);
    enum evh rc = format == FORMAT_TXT ? export_minutes(c) : export_as(c, format, 0);
    return rc == EVH_OK ? 0 : context_fail(c);
}
