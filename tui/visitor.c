#include "tui/visitor.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/reviewers.h"

#define AUTH_FILE_MAX 65536
#define ADDRESS_MAX 64

/* "192.0.2.7 51234 192.0.2.1 22": the first word, when it is an address. The zone of a link-local one ("fe80::1%eth0") is left out. */
const char *visitor_peer(struct arena *arena)
{
    const char *connection = getenv("SSH_CONNECTION");
    char address[ADDRESS_MAX];
    unsigned char bytes[16];
    if (connection == NULL)
        return NULL;
    size_t n = strcspn(connection, " %");
    if (n == 0 || n >= sizeof address)
        return NULL;
    memcpy(address, connection, n);
    address[n] = '\0';
    bool known = inet_pton(AF_INET, address, bytes) == 1 || inet_pton(AF_INET6, address, bytes) == 1;
    return known ? arena_strndup(arena, address, n) : NULL;
}

/* sshd made it for this visit, as the account that we are: a plain file that nobody else can read, of a sensible size. Nothing that waits is opened. */
static bool read_auth(const char *path, struct buf *out)
{
    struct stat st;
    char part[4096];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW);
    if (fd < 0)
        return false;
    bool good = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == geteuid() && (st.st_mode & 077) == 0 && st.st_size <= AUTH_FILE_MAX;
    for (ssize_t n = 1; good && n > 0;) {
        n = read(fd, part, sizeof part);
        good = n >= 0 && out->n + (size_t)n <= AUTH_FILE_MAX;
        if (good)
            buf_add(out, part, (size_t)n);
    }
    close(fd);
    return good;
}

/* Lines "METHOD DETAILS"; of "publickey" the details are the key as in a .pub file. */
static const char *fingerprint_of(struct arena *arena, const char *text)
{
    static const char method[] = "publickey ";
    for (const char *line = text; *line != '\0';) {
        size_t n = strcspn(line, "\n");
        struct public_key key = {0};
        struct err err = {0};
        size_t m = sizeof method - 1;
        if (n > m && strncmp(line, method, m) == 0 && reviewers_read_key(arena, line + m, n - m, &key, &err) == EVH_OK)
            return key.fingerprint;
        line += n + (line[n] == '\n');
    }
    return NULL;
}

void visitor_place(struct arena *arena, struct visitor *visitor)
{
    const char *path = getenv("SSH_USER_AUTH");
    struct buf text = {0};
    visitor->peer = visitor_peer(arena);
    visitor->fingerprint = path != NULL && path[0] == '/' && read_auth(path, &text) ? fingerprint_of(arena, buf_str(&text)) : NULL;
    buf_free(&text);
}
