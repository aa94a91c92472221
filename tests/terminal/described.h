/* What the keys of a terminal send, as its description says. */
#ifndef TESTS_TERMINAL_DESCRIBED_H
#define TESTS_TERMINAL_DESCRIBED_H

#include "tests/terminal/pty.h"

/* False when the terminal is not described here. Keys that the terminal has not are not among them. */
bool described_keys(const char *term, struct pty_keys *out);
bool described_has(const struct pty_keys *keys, int32_t key);

#endif
