#include "core/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void (*bug_last_words)(const char *what);

void bug(const char *file, int line, const char *what)
{
    char text[200];
    snprintf(text, sizeof text, "%s:%d: %s", file, line, what);
    if (bug_last_words != NULL)
        bug_last_words(text);
    abort();
}

void memory_gone(void)
{
    if (bug_last_words != NULL)
        bug_last_words("this computer is out of memory; the last second of typing may be lost");
    _Exit(err_status(EVH_MEMORY));
}

static const struct {
    int status;
    const char *sentence;
} codes[] = {
#define ERR(id, status, sentence) {status, sentence},
#include "core/err.def"
#undef ERR
};

/* vsnprintf cuts between bytes; a half character must not be left at the end. */
static void cut_to_character(char *s)
{
    size_t n = strlen(s);
    size_t i = n;
    while (i > 0 && ((unsigned char)s[i - 1] & 0xC0) == 0x80)
        i--;
    if (i == 0)
        return;
    unsigned char lead = (unsigned char)s[i - 1];
    size_t want = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (n - (i - 1) < want)
        s[i - 1] = '\0';
}

enum evh err_set(struct err *err, enum evh code, const char *format, ...)
{
    if (err == NULL)
        return code;
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(err->text, sizeof err->text, format, ap);
    va_end(ap);
    if (n >= (int)sizeof err->text)
        cut_to_character(err->text);
    err->code = code;
    return code;
}

static void add_text(struct err *err, const char *s)
{
    size_t used = strlen(err->text);
    size_t room = sizeof err->text - 1 - used;
    size_t n = strlen(s);
    if (n > room)
        n = room;
    memcpy(err->text + used, s, n);
    err->text[used + n] = '\0';
}

void err_prefix(struct err *err, const char *format, ...)
{
    if (err == NULL)
        return;
    char rest[sizeof err->text];
    memcpy(rest, err->text, sizeof rest);
    va_list ap;
    va_start(ap, format);
    int n = vsnprintf(err->text, sizeof err->text, format, ap);
    va_end(ap);
    if (n < 0)
        err->text[0] = '\0';
    add_text(err, ": ");
    add_text(err, rest);
    cut_to_character(err->text);
}

int err_status(enum evh code)
{
    return codes[code].status;
}

const char *err_sentence(enum evh code)
{
    return codes[code].sentence;
}
