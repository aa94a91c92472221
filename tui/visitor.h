/* Where whoever runs this program comes from, as sshd says it. These two variables are sshd's own: a client cannot set them (sshd_config(5), AcceptEnv;
 * sshd(8), ENVIRONMENT). Who somebody is comes from --as alone. */
#ifndef TUI_VISITOR_H
#define TUI_VISITOR_H

#include "core/arena.h"
#include "data/store.h"

/* The address that SSH_CONNECTION begins with, in the arena; NULL: none that reads as one. */
const char *visitor_peer(struct arena *arena);
/* Fills `peer`, and `fingerprint` from the file that SSH_USER_AUTH names (with
 * `ExposeAuthInfo yes`; NULL when it cannot be read, or names no public key). Strings live in the arena. To be called before a store is opened. */
void visitor_place(struct arena *arena, struct visitor *visitor);

#endif
