/* Public keys as somebody hands them in, and the lines that are made of them for a file of keys. Up to the first line end the input is a folder and a name,
 * the rest is the key; without a line end all of it is the key.
 *
 * Held: what is taken as a key reads back as the same key; the line that is made of it is one line, of one forced command and one key, whatever the folder
 * and the name are; it is found again in a file with the same person, key and folder of nobody else; the file without it is as it was. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/text.h"
#include "data/file.h"
#include "data/reviewers_key.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_key(struct arena *arena, const struct public_key *key)
{
    struct public_key again;
    struct buf bytes = {0}, back = {0};
    const char *line = arena_printf(arena, "\t %s \t%s whose is it\r\n", key->kind, key->blob);
    must(reviewers_read_key(arena, line, strlen(line), &again, NULL) == EVH_OK);
    must(strcmp(key->kind, again.kind) == 0 && strcmp(key->blob, again.blob) == 0 && strcmp(key->fingerprint, again.fingerprint) == 0);
    must(strlen(key->fingerprint) == strlen("SHA256:") + 43 && strchr(key->fingerprint, '=') == NULL);
    must(base64_read(key->blob, strlen(key->blob), &bytes));
    base64_put(&back, (const unsigned char *)bytes.s, bytes.n, true);
    must(strcmp(buf_str(&back), key->blob) == 0);
    buf_free(&bytes);
    buf_free(&back);
}

/* As sshd reads options: quotation marks that no backslash stands before. */
static void check_line(const char *line)
{
    size_t marks = 0;
    for (const char *s = line; *s != '\0'; s++) {
        must((unsigned char)*s >= 0x20 && *s != 0x7f);
        if (*s == '"' && marks < 2)
            marks++;
        must(marks == 1 || *s != '\\' || marks == 2);
    }
    must(marks == 2 && strncmp(line, "restrict,pty,command=\"/", 23) == 0);
}

static void check_file(struct arena *arena, const char *line, struct uuid person, const struct public_key *key)
{
    static const char path[] = "fuzz-key.keys", others[] = "# of somebody else\nssh-ed25519 AAAA";
    struct reviewers list = {0};
    struct buf text = {0};
    struct public_key kept = *key;
    size_t n = 0;
    must(file_write(path, others, sizeof others - 1, true, NULL) == EVH_OK);
    must(reviewers_add(path, line, NULL) == EVH_OK);
    must(reviewers_add(path, line, NULL) == EVH_STATE);
    must(reviewers_list(path, arena, &list, NULL) == EVH_OK && list.n == 1);
    must(uuid_same(list.v[0].person, person) && strcmp(list.v[0].fingerprint, kept.fingerprint) == 0 && strcmp(list.v[0].line, line) == 0);
    must(reviewers_remove(path, &(struct reviewer){.person = person}, 1, &n, NULL) == EVH_OK && n == 1);
    must(file_read(path, 1 << 20, &text, NULL) == EVH_OK && strncmp(buf_str(&text), others, sizeof others - 1) == 0 && text.n == sizeof others);
    buf_free(&text);
    unlink(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct uuid person = {{0x01, 0x90, [6] = 0x70, [8] = 0x80, [15] = 1}};
    struct arena *arena = arena_new();
    const char *s = (const char *)data, *end = memchr(s, '\n', size), *line = NULL;
    size_t head = end == NULL ? 0 : (size_t)(end - s);
    struct public_key key;
    if (size > 0 && reviewers_read_key(arena, end == NULL ? s : end + 1, end == NULL ? size : size - head - 1, &key, NULL) == EVH_OK) {
        const char *words = arena_strndup(arena, s, head), *dir = arena_printf(arena, "/srv/%s", words);
        check_key(arena, &key);
        if (reviewers_line(arena, "/usr/bin/evenhand-review", dir, &key, person, words, 20779, &line, NULL) == EVH_OK) {
            check_line(line);
            check_file(arena, line, person, &key);
        }
    }
    arena_free(arena);
    return 0;
}
