#include "core/match.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "core/memory.h"

/* Measured in foundations.md 5: a pattern that explodes stops within a fraction of a millisecond. */
enum { MAX_PATTERN = 512, MAX_NESTING = 50, MAX_STEPS = 20000, MAX_DEPTH = 1000, MAX_HEAP_KIB = 1024 };

struct match {
    pcre2_code *code;
    pcre2_match_data *data;
    pcre2_match_context *context;
};

static enum evh refuse(struct err *err, int fault, size_t place)
{
    unsigned char why[200];
    if (pcre2_get_error_message(fault, why, sizeof why) < 0)
        return err_set(err, EVH_INVALID, "the pattern cannot be read");
    return err_set(err, EVH_INVALID, "the pattern cannot be read, at byte %zu: %s", place + 1, (const char *)why);
}

static enum evh compile(pcre2_code **code, const char *pattern, size_t n, unsigned flags, struct err *err)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (context == NULL)
        memory_gone();
    pcre2_set_max_pattern_length(context, MAX_PATTERN);
    pcre2_set_parens_nest_limit(context, MAX_NESTING);
    uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
    options |= (flags & MATCH_REGEX) ? PCRE2_NEVER_BACKSLASH_C : PCRE2_LITERAL;
    if (flags & MATCH_NO_CASE)
        options |= PCRE2_CASELESS;
    int fault;
    PCRE2_SIZE place;
    *code = pcre2_compile((PCRE2_SPTR)pattern, n, options, &fault, &place, context);
    pcre2_compile_context_free(context);
    return *code == NULL ? refuse(err, fault, place) : EVH_OK;
}

enum evh match_new(struct match **out, const char *pattern, size_t n, unsigned flags, struct err *err)
{
    *out = NULL;
    if (n == 0)
        return err_set(err, EVH_INVALID, "there is nothing to search for");
    if (n > MAX_PATTERN)
        return err_set(err, EVH_INVALID, "the pattern is longer than %d bytes", MAX_PATTERN);
    pcre2_code *code;
    enum evh result = compile(&code, pattern, n, flags, err);
    if (result != EVH_OK)
        return result;
    /* Where there is no JIT for the processor the interpreter does the same under the same limits. */
    (void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
    struct match *m = memory_take(1, sizeof *m);
    m->code = code;
    m->data = pcre2_match_data_create(1, NULL);
    m->context = pcre2_match_context_create(NULL);
    if (m->data == NULL || m->context == NULL)
        memory_gone();
    pcre2_set_match_limit(m->context, MAX_STEPS);
    pcre2_set_depth_limit(m->context, MAX_DEPTH);
    pcre2_set_heap_limit(m->context, MAX_HEAP_KIB);
    *out = m;
    return EVH_OK;
}

void match_free(struct match *m)
{
    if (m == NULL)
        return;
    pcre2_match_context_free(m->context);
    pcre2_match_data_free(m->data);
    pcre2_code_free(m->code);
    free(m);
}

int match_find(struct match *m, const char *s, size_t n, size_t from, size_t *at, size_t *end)
{
    if (from > n)
        return 0;
    int found = pcre2_match(m->code, (PCRE2_SPTR)s, n, from, 0, m->data, m->context);
    if (found == PCRE2_ERROR_NOMATCH)
        return 0;
    if (found < 0)
        return -1;
    const PCRE2_SIZE *span = pcre2_get_ovector_pointer(m->data);
    if (span[0] > span[1]) /* \K behind a lookahead */
        return -1;
    *at = span[0];
    *end = span[1];
    return 1;
}

#define TEXT_OF(number) #number
#define VERSION_TEXT(major, minor) TEXT_OF(major) "." TEXT_OF(minor)

const char *match_version(void)
{
    return VERSION_TEXT(PCRE2_MAJOR, PCRE2_MINOR);
}
