/* Reading one public key of OpenSSH's one-line form. Pure. */
#ifndef DATA_REVIEWERS_KEY_H
#define DATA_REVIEWERS_KEY_H

#include "data/reviewers.h"

/* Standard base64 with its padding, nothing else in between, no bits left over (RFC 4648). False: it is not that. */
bool base64_read(const char *s, size_t n, struct buf *out);
void base64_put(struct buf *out, const unsigned char *bytes, size_t n, bool padding);

#endif
