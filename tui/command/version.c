#include "core/hash.h"
#include "core/match.h"
#include "tui/command.h"
#include "tui/term.h"

#ifndef PACKAGE_VERSION
#define PACKAGE_VERSION "unknown"
#endif

void command_version(struct buf *out)
{
    buf_addf(out, "evenhand %s\n", PACKAGE_VERSION);
    buf_addf(out, "SQLite %s\n", store_sqlite_version());
    buf_addf(out, "PCRE2 %s\n", match_version());
    buf_addf(out, "ncurses %s\n", term_version());
    buf_addf(out, "libsodium %s\n", hash_version());
}
