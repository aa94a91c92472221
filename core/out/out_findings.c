#include "core/out/json.h"
#include "core/text.h"

#include <string.h>

void out_findings_json(struct buf *out, const struct findings *findings)
{
    struct json j = {.out = out};
    json_put_array(&j, NULL, true);
    for (size_t i = 0; i < findings->n; i++) {
        const struct finding *f = &findings->v[i];
        json_put_object(&j, NULL, false);
        json_put_str(&j, "rule", f->rule);
        json_put_str(&j, "category", f->category);
        json_put_str(&j, "severity", severity_word(f->severity));
        json_put_int_or_null(&j, "item", f->item, -1);
        json_put_int_or_null(&j, "entry", f->entry, -1);
        json_put_int(&j, "line", f->line > 0 ? f->line : 1);
        json_put_int(&j, "column", f->column > 0 ? f->column : 1);
        json_put_int(&j, "length", f->text == NULL ? 0 : (int)text_width(f->text, strlen(f->text)));
        json_put_str(&j, "text", f->text == NULL ? "" : f->text);
        json_put_str(&j, "why", f->why);
        json_put_str(&j, "instead", f->instead);
        json_put_end(&j);
    }
    json_put_end(&j);
    buf_addc(out, '\n');
}

void out_findings_text(struct buf *out, const struct findings *findings, const char *file)
{
    for (size_t i = 0; i < findings->n; i++) {
        const struct finding *f = &findings->v[i];
        text_show(out, file);
        buf_addf(out, ":%d:%d: %s: %s: ", f->line > 0 ? f->line : 1, f->column > 0 ? f->column : 1, severity_word(f->severity), f->rule);
        if (f->item >= 0 && f->entry >= 0)
            buf_addf(out, "%d.%d: ", f->item, f->entry);
        const char *why = f->why == NULL ? "" : f->why;
        text_show(out, why);
        if (f->text != NULL && f->text[0] != '\0' && strstr(why, f->text) == NULL) {
            buf_adds(out, " (");
            text_show(out, f->text);
            buf_addc(out, ')');
        }
        if (f->instead != NULL && f->instead[0] != '\0') {
            buf_addc(out, ' ');
            text_show(out, f->instead);
        }
        buf_addc(out, '\n');
    }
}
