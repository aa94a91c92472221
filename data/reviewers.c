#include "data/reviewers.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"
#include "data/file.h"
#include "data/reviewers_key.h"

#define FILE_MAX_BYTES ((size_t)4 << 20)
#define BEGINS "restrict,pty,command=\""
#define MARK "evenhand "

/* ---- one line ---- */

/* Whether a shell takes it as one word as it is. */
static bool plain(const char *s)
{
    static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_/.,+@%=:-";
    return s[0] != '\0' && s[strspn(s, safe)] == '\0';
}

static enum evh put_path(struct buf *out, const char *path, const char *what, struct err *err)
{
    struct buf shown = {0};
    bool bad = path[0] != '/';
    for (const char *c = path; *c != '\0'; c++)
        bad = bad || (unsigned char)*c < 0x20 || *c == 0x7f || *c == '"';
    if (bad) {
        text_show(&shown, path);
        enum evh r = err_set(err, EVH_INVALID, "%s “%.200s” cannot be written into a file of keys: give a whole path, without quotation marks and line ends", what,
                             buf_str(&shown));
        buf_free(&shown);
        return r;
    }
    if (plain(path)) {
        buf_adds(out, path);
        return EVH_OK;
    }
    buf_addc(out, '\'');
    for (const char *c = path; *c != '\0'; c++) {
        if (*c == '\'')
            buf_adds(out, "'\\''");
        else
            buf_addc(out, *c);
    }
    buf_addc(out, '\'');
    return EVH_OK;
}

enum evh reviewers_line(struct arena *arena, const char *program, const char *dir, const struct public_key *key, struct uuid person, const char *name, int32_t day,
                        const char **line, struct err *err)
{
    struct buf out = {0};
    char id[UUID_TEXT];
    uuid_text(person, id);
    buf_adds(&out, BEGINS);
    enum evh r = put_path(&out, program, "the program", err);
    buf_addf(&out, " --as %s --data ", id);
    if (r == EVH_OK)
        r = put_path(&out, dir, "the folder", err);
    const char *who = text_clean_dup(arena, name, strlen(name));
    size_t n = strlen(who);
    text_trim(&who, &n);
    buf_addf(&out, "\" %s %s " MARK "%.*s", key->kind, key->blob, (int)n, who);
    if (day != DAY_NONE)
        buf_addf(&out, " %s", civil_day_dup(arena, day));
    if (r == EVH_OK)
        *line = arena_strndup(arena, buf_str(&out), out.n);
    buf_free(&out);
    return r;
}

/* ---- reading the file ---- */

/* The end of what stands in quotation marks; NULL: there is none. */
static const char *quoted_end(const char *s, const char *end)
{
    for (; s < end && *s != '"'; s++)
        s += *s == '\\' && s + 1 < end && s[1] == '"';
    return s < end ? s : NULL;
}

/* The end of the first word, as put_path() quotes it for the shell. */
static const char *word_end(const char *s, const char *end)
{
    for (bool quoted = false; s < end && (quoted || *s != ' '); s++) {
        if (*s == '\'')
            quoted = !quoted;
        else if (*s == '\\' && !quoted)
            s++;
    }
    return s < end ? s : end;
}

/* What stands behind the program; the paths before and after it may hold anything. */
static bool person_of(const char *s, const char *end, struct uuid *person)
{
    static const char as[] = " --as ", data[] = " --data ";
    size_t n = sizeof as - 1, m = sizeof data - 1, id = UUID_TEXT - 1;
    s = word_end(s, end);
    return (size_t)(end - s) >= n + id + m && memcmp(s, as, n) == 0 && memcmp(s + n + id, data, m) == 0 && uuid_read(s + n, id, person);
}

/* "evenhand NAME 2026-11-24" */
static void comment_of(struct arena *arena, const char *s, size_t n, struct reviewer *out)
{
    s += strlen(MARK);
    n -= strlen(MARK);
    text_trim(&s, &n);
    out->added = DAY_NONE;
    if (n > 11 && s[n - 11] == ' ' && civil_read_day(s + n - 10, 10, &out->added))
        n -= 11;
    out->name = text_clean_dup(arena, s, n);
}

/* A line that this program wrote: with its options, a key, its mark. */
static bool line_read(struct arena *arena, const char *line, size_t n, struct reviewer *out, struct public_key *key)
{
    const char *end = line + n;
    size_t from = strlen(BEGINS);
    if (n <= from || memcmp(line, BEGINS, from) != 0)
        return false;
    const char *quote = quoted_end(line + from, end);
    *out = (struct reviewer){.line = NULL};
    if (quote == NULL || !person_of(line + from, quote, &out->person) || quote + 1 >= end || quote[1] != ' ')
        return false;
    const char *kind = quote + 2, *blob, *comment;
    blob = memchr(kind, ' ', (size_t)(end - kind));
    comment = blob == NULL ? NULL : memchr(blob + 1, ' ', (size_t)(end - blob - 1));
    if (comment == NULL || (size_t)(end - comment) <= strlen(MARK) || memcmp(comment + 1, MARK, strlen(MARK)) != 0)
        return false;
    struct err quiet;
    if (reviewers_read_key(arena, kind, (size_t)(comment - kind), key, &quiet) != EVH_OK)
        return false;
    comment_of(arena, comment + 1, (size_t)(end - comment - 1), out);
    out->kind = key->kind;
    out->fingerprint = key->fingerprint;
    out->line = arena_strndup(arena, line, n);
    return true;
}

/* Reads the file; one that is not there is empty. */
static enum evh load(const char *path, struct buf *text, struct stat *st, struct err *err)
{
    *st = (struct stat){.st_mode = 0600};
    if (lstat(path, st) != 0) {
        if (errno == ENOENT)
            return EVH_OK;
        return err_set(err, EVH_IO, "%s: %s", path, strerror(errno));
    }
    if (!S_ISREG(st->st_mode))
        return err_set(err, EVH_IO, "%s is not a plain file; name the file of keys itself with --keys", path);
    return file_read(path, FILE_MAX_BYTES, text, err);
}

/* Where the line at `at` ends; *next: where the next one begins. */
static size_t line_end(const struct buf *text, size_t at, size_t *next)
{
    const char *s = buf_str(text), *end = memchr(s + at, '\n', text->n - at);
    size_t stop = end == NULL ? text->n : (size_t)(end - s);
    *next = end == NULL ? text->n : stop + 1;
    return stop > at && s[stop - 1] == '\r' ? stop - 1 : stop;
}

/* Blank, or a comment. */
static bool says_nothing(const char *s, size_t n)
{
    text_trim(&s, &n);
    return n == 0 || s[0] == '#';
}

enum evh reviewers_list(const char *path, struct arena *arena, struct reviewers *out, struct err *err)
{
    struct buf text = {0};
    struct stat st;
    struct reviewers list = {0};
    size_t cap = 0, next;
    enum evh r = load(path, &text, &st, err);
    for (size_t at = 0; r == EVH_OK && at < text.n; at = next) {
        struct reviewer one;
        struct public_key key;
        size_t end = line_end(&text, at, &next);
        if (!line_read(arena, buf_str(&text) + at, end - at, &one, &key)) {
            list.others += !says_nothing(buf_str(&text) + at, end - at);
            continue;
        }
        list.v = arena_grow(arena, list.v, list.n, &cap, sizeof list.v[0]);
        list.v[list.n++] = one;
    }
    buf_free(&text);
    if (r == EVH_OK)
        *out = list;
    return r;
}

/* ---- writing it ---- */

static char *folder_of(const char *path)
{
    struct buf folder = {0};
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        buf_addc(&folder, '.');
    else
        buf_add(&folder, path, slash == path ? 1 : (size_t)(slash - path));
    return folder.s;
}

/* Two commands at once must not lose each other's line: whoever writes holds the folder. Released when it is closed. */
static int hold_folder(const char *path, struct err *err)
{
    char *folder = folder_of(path);
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || flock(fd, LOCK_EX) != 0) {
        (void)err_set(err, EVH_IO, "%s: %s", folder, strerror(errno));
        if (fd >= 0)
            close(fd);
        fd = -1;
    }
    free(folder);
    return fd;
}

/* As it was: its mode, and its owner where this account may give it away (an administrator writes the service account's file). */
static bool dress(int fd, const struct stat *was)
{
    struct stat now;
    if (fchmod(fd, was->st_mode & 0755) != 0 || fstat(fd, &now) != 0)
        return false;
    bool same = was->st_nlink == 0 || (now.st_uid == was->st_uid && now.st_gid == was->st_gid);
    return same || fchown(fd, was->st_uid, was->st_gid) == 0;
}

static enum evh save(const char *path, const struct buf *text, const struct stat *was, struct err *err)
{
    struct file_out file;
    enum evh r = file_begin(&file, path, true, err);
    if (r == EVH_OK)
        r = file_add(&file, buf_str(text), text->n, err);
    if (r == EVH_OK && !dress(file.fd, was))
        r = err_set(err, EVH_IO, "%s cannot be written as it was: %s", path, strerror(errno));
    if (r == EVH_OK)
        r = file_finish(&file, err);
    if (r != EVH_OK)
        file_drop(&file);
    return r;
}

/* Whether a blob stands in the file, in whatever line: sshd takes the first line with a key, so a second one would never be used, and the first
 * might let its owner do more. */
static bool has_blob(const struct buf *text, const char *blob)
{
    size_t n = strlen(blob);
    for (const char *s = strstr(buf_str(text), blob); s != NULL; s = strstr(s + 1, blob)) {
        bool begins = s == buf_str(text) || s[-1] == ' ' || s[-1] == '\t';
        if (begins && (s[n] == '\0' || strchr(" \t\r\n", s[n]) != NULL))
            return true;
    }
    return false;
}

/* Whose a key is. */
static enum evh taken(const char *path, const struct reviewer *new, struct arena *arena, struct err *err)
{
    struct reviewers list = {0};
    enum evh r = reviewers_list(path, arena, &list, err);
    for (size_t i = 0; r == EVH_OK && i < list.n; i++) {
        const struct reviewer *had = &list.v[i];
        if (strcmp(had->fingerprint, new->fingerprint) != 0)
            continue;
        if (uuid_same(had->person, new->person))
            return err_set(err, EVH_STATE, "%.100s has this key already: nothing was added", had->name);
        return err_set(err, EVH_STATE, "this key is %.100s's already, and one key is one person's. Take it out first: evenhand reviewers remove NAME --key %s", had->name,
                       had->fingerprint);
    }
    return r != EVH_OK ? r : err_set(err, EVH_STATE, "this key is already in a line of %s that was not written by reviewers add; take that line out by hand first", path);
}

static enum evh add_in(const char *path, const char *line, struct err *err)
{
    struct arena *arena = arena_new();
    struct reviewer one;
    struct public_key key;
    struct buf text = {0};
    struct stat st;
    enum evh r = EVH_OK;
    if (!line_read(arena, line, strlen(line), &one, &key))
        r = err_set(err, EVH_INVALID, "that is no line of a file of keys that Evenhand writes");
    if (r == EVH_OK)
        r = load(path, &text, &st, err);
    if (r == EVH_OK && has_blob(&text, key.blob))
        r = taken(path, &one, arena, err);
    if (r == EVH_OK) {
        if (text.n > 0 && text.s[text.n - 1] != '\n')
            buf_addc(&text, '\n');
        buf_addf(&text, "%s\n", line);
        r = save(path, &text, &st, err);
    }
    buf_free(&text);
    arena_free(arena);
    return r;
}

enum evh reviewers_add(const char *path, const char *line, struct err *err)
{
    int held = hold_folder(path, err);
    if (held < 0)
        return EVH_IO;
    enum evh r = add_in(path, line, err);
    close(held);
    return r;
}

static bool goes(const struct reviewer *one, const struct reviewer *gone, size_t ngone)
{
    for (size_t i = 0; i < ngone; i++) {
        if (uuid_same(one->person, gone[i].person) && (gone[i].fingerprint == NULL || strcmp(one->fingerprint, gone[i].fingerprint) == 0))
            return true;
    }
    return false;
}

static enum evh remove_in(const char *path, const struct reviewer *gone, size_t ngone, size_t *n, struct err *err)
{
    struct arena *arena = arena_new();
    struct buf text = {0}, rest = {0};
    struct stat st;
    size_t next;
    *n = 0;
    enum evh r = load(path, &text, &st, err);
    for (size_t at = 0; r == EVH_OK && at < text.n; at = next) {
        struct reviewer one;
        struct public_key key;
        size_t end = line_end(&text, at, &next);
        if (line_read(arena, text.s + at, end - at, &one, &key) && goes(&one, gone, ngone))
            ++*n;
        else
            buf_add(&rest, text.s + at, next - at);
    }
    if (r == EVH_OK && *n > 0)
        r = save(path, &rest, &st, err);
    buf_free(&text);
    buf_free(&rest);
    arena_free(arena);
    return r;
}

enum evh reviewers_remove(const char *path, const struct reviewer *gone, size_t ngone, size_t *n, struct err *err)
{
    int held = hold_folder(path, err);
    if (held < 0)
        return EVH_IO;
    enum evh r = remove_in(path, gone, ngone, n, err);
    close(held);
    return r;
}
