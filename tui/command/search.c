#include <string.h>

#include "core/match.h"
#include "core/text.h"
#include "tui/command.h"

static void put_hit(struct buf *out, const struct hit *hit)
{
    buf_addf(out, "%s:%d.%d:", hit->short_id, hit->item, hit->entry);
    if (hit->time == TIME_NONE)
        buf_addc(out, '-');
    else
        civil_put_time(out, hit->time);
    buf_adds(out, ": ");
    text_show(out, hit->text);
    buf_addc(out, '\n');
}

static enum evh put_hits(struct context *c, const struct hits *hits)
{
    struct buf out = {0};
    for (size_t i = 0; i < hits->n; i++)
        put_hit(&out, &hits->v[i]);
    enum evh rc = context_put(c, &out);
    buf_free(&out);
    if (hits->gave_up > 0)
        context_say("gave up on %zu %s: the pattern is too costly", hits->gave_up, hits->gave_up == 1 ? "entry" : "entries");
    if (hits->stopped)
        context_say("stopped before the end; narrow it down with --child or --kind");
    return rc;
}

static enum evh read_filter(struct context *c, struct search_filter *filter)
{
    int full;
    enum evh rc = context_choice(c, OPT_AUDIENCE, "open full", &full);
    if (rc != EVH_OK)
        return rc;
    *filter = (struct search_filter){.child = context_option(c, OPT_CHILD), .kind = context_option(c, OPT_KIND), .restricted = full != 0};
    enum entry_kind kind;
    if (filter->kind != NULL && !entry_kind_of_word(filter->kind, &kind))
        return err_set(&c->err, EVH_USAGE, "there is no kind \"%s\"; kinds are note, said, parent-view, child-view, opinion, reported, strength, "
                       "decision, action, disagreement, minuted, consent, arrives, leaves, clock", context_short(c, filter->kind));
    return EVH_OK;
}

static enum evh find(struct context *c, const char *pattern, struct hits *hits)
{
    struct search_filter filter;
    struct match *match = NULL;
    unsigned flags = (opt_has(&c->args, OPT_REGEX) ? MATCH_REGEX : 0u) | (opt_has(&c->args, OPT_IGNORE_CASE) ? MATCH_NO_CASE : 0u);
    enum evh rc = read_filter(c, &filter);
    if (rc == EVH_OK && pattern[0] == '\0')
        rc = err_set(&c->err, EVH_USAGE, "the pattern is empty");
    if (rc == EVH_OK)
        rc = match_new(&match, pattern, strlen(pattern), flags, &c->err);
    if (rc == EVH_OK)
        rc = context_open(c, STORE_READ);
    if (rc == EVH_OK)
        rc = store_search(c->store, c->arena, match, &filter, hits, &c->err);
    match_free(match);
    return rc;
}

int command_search(struct context *c)
{
    struct hits hits = {0};
    if (find(c, context_operand(c, 0), &hits) != EVH_OK || put_hits(c, &hits) != EVH_OK)
        return context_fail(c);
    return hits.n == 0 ? err_status(EVH_NO) : 0;
}
