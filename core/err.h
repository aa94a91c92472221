/* Errors as values: a code that is returned, and a sentence that the caller owns. */
#ifndef CORE_ERR_H
#define CORE_ERR_H

#include "core/base.h"

enum evh {
#define ERR(id, status, sentence) EVH_##id,
#include "core/err.def"
#undef ERR
    EVH_COUNT
};

/* Lives on the caller's stack; nothing is allocated. `text` is one sentence of
 * valid UTF-8 without a final stop or newline. */
struct err {
    enum evh code;
    char text[480];
};

/* Fills `err` (may be NULL) and returns `code`, so that a failure is one line. The
 * message is cut on a character's border when it is too long. */
enum evh err_set(struct err *err, enum evh code, const char *format, ...) PRINTF_LIKE(3, 4);

/* Puts "text: " before the message that is there. */
void err_prefix(struct err *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* Exit status of contract.md for a code; the code's general sentence. */
int err_status(enum evh code);
const char *err_sentence(enum evh code);

#endif
