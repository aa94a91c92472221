/* The file of keys that sshd reads for a service account: one line a reviewer, with the forced command that says who they are. */
#ifndef DATA_REVIEWERS_H
#define DATA_REVIEWERS_H

#include "core/arena.h"
#include "core/err.h"
#include "core/types.h"

struct reviewer {
    struct uuid person;
    const char *name;        /* as when the key was added */
    const char *kind;        /* "ssh-ed25519" … */
    const char *fingerprint; /* "SHA256:…" as ssh-keygen -l prints it (RFC 4253 key blob, base64 without padding) */
    const char *line;        /* the whole line */
    int32_t added;           /* DAY_NONE: not known */
};
struct reviewers { struct reviewer *v; size_t n; size_t others; /* lines that this program did not write; without blank ones and comments */ };

/* Reads a public key: exactly one, on one line, without options (RFC 4253, OpenSSH's authorized_keys(5)); its comment is left out. INVALID with a sentence:
 * not a key, several, with options, a private key, a DSA or short RSA key, a blob that does not fit its kind. */
struct public_key { const char *kind, *blob, *fingerprint; };
MUST_USE enum evh reviewers_read_key(struct arena *arena, const char *text, size_t n, struct public_key *out, struct err *err);

/* `restrict,pty,command="PROGRAM --as UUID --data DIR" KIND BLOB evenhand NAME DATE`: the program and the folder quoted for the shell that sshd starts and for the
 * file. INVALID for a path that cannot be quoted (control characters, a quotation mark, a line end). */
MUST_USE enum evh reviewers_line(struct arena *arena, const char *program, const char *dir, const struct public_key *key, struct uuid person, const char *name, int32_t day,
                                 const char **line, struct err *err);

/* The lines of the file that this program wrote; others are left alone. A file that is not there has none. */
MUST_USE enum evh reviewers_list(const char *path, struct arena *arena, struct reviewers *out, struct err *err);
/* Adds a line / takes out the lines that have person and fingerprint of one of `gone` (fingerprint NULL: all of that person), in one go; *n: how many. The
 * file is written anew under another name, 0600 or as it was, synced and renamed. STATE with a sentence whose it is when the same key is there already. */
MUST_USE enum evh reviewers_add(const char *path, const char *line, struct err *err);
MUST_USE enum evh reviewers_remove(const char *path, const struct reviewer *gone, size_t ngone, size_t *n, struct err *err);

#endif
