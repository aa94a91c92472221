/* Images of a folder, written and read. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/crash/disk.h"

static void path_of(struct buf *path, const char *root, const char *name)
{
    buf_clear(path);
    buf_addf(path, "%s%s%s", root, name[0] == '\0' ? "" : "/", name);
}

void remove_folder(const char *path)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return;
    if (!S_ISDIR(st.st_mode)) {
        unlink(path);
        return;
    }
    chmod(path, 0700);
    struct buf inside = {0};
    DIR *dir = opendir(path);
    for (struct dirent *e = dir == NULL ? NULL : readdir(dir); e != NULL; e = readdir(dir)) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        path_of(&inside, path, e->d_name);
        remove_folder(buf_str(&inside));
    }
    if (dir != NULL)
        closedir(dir);
    rmdir(path);
    buf_free(&inside);
}

static size_t depth(const char *name)
{
    size_t n = 0;
    for (; *name != '\0'; name++)
        n += *name == '/';
    return n;
}

static void write_file(const char *path, const struct buf *bytes)
{
    FILE *f = fopen(path, "w");
    bool good = f != NULL && fwrite(buf_str(bytes), 1, bytes->n, f) == bytes->n;
    if (f == NULL || fclose(f) != 0 || !good || chmod(path, 0600) != 0)
        BUG("a file of the test cannot be written");
}

void image_write(const struct image *image, const char *root)
{
    struct buf path = {0};
    remove_folder(root);
    if (mkdir(root, 0700) != 0)
        BUG("a folder of the test cannot be made");
    for (size_t deep = 0; deep < 4; deep++) {
        for (size_t i = 0; i < image->n; i++) {
            path_of(&path, root, image->v[i].name);
            if (image->v[i].folder && depth(image->v[i].name) == deep && mkdir(buf_str(&path), 0700) != 0)
                BUG("a folder of the test cannot be made");
        }
    }
    for (size_t i = 0; i < image->n; i++) {
        path_of(&path, root, image->v[i].name);
        if (!image->v[i].folder)
            write_file(buf_str(&path), &image->v[i].bytes);
    }
    buf_free(&path);
}

static void read_file(const char *path, struct buf *out)
{
    char block[16384];
    FILE *f = fopen(path, "r");
    if (f == NULL)
        BUG("a file of the test cannot be read");
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;)
        buf_add(out, block, n);
    fclose(f);
}

static void read_into(struct image *image, const char *root, const char *folder)
{
    struct buf path = {0}, name = {0};
    path_of(&path, root, folder);
    DIR *dir = opendir(buf_str(&path));
    for (struct dirent *e = dir == NULL ? NULL : readdir(dir); e != NULL; e = readdir(dir)) {
        struct stat st;
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        buf_clear(&name);
        buf_addf(&name, "%s%s%s", folder, folder[0] == '\0' ? "" : "/", e->d_name);
        path_of(&path, root, buf_str(&name));
        if (lstat(buf_str(&path), &st) != 0)
            continue;
        struct buf *bytes = image_add(image, buf_str(&name), S_ISDIR(st.st_mode));
        if (S_ISDIR(st.st_mode))
            read_into(image, root, buf_str(&name));
        else
            read_file(buf_str(&path), bytes);
    }
    if (dir != NULL)
        closedir(dir);
    buf_free(&path);
    buf_free(&name);
}

void image_read(struct image *image, const char *root)
{
    *image = (struct image){0};
    read_into(image, root, "");
}

const struct image_file *image_find(const struct image *image, const char *name)
{
    for (size_t i = 0; i < image->n; i++) {
        if (strcmp(image->v[i].name, name) == 0)
            return &image->v[i];
    }
    return NULL;
}

struct buf *image_add(struct image *image, const char *name, bool folder)
{
    if (image->n == image->cap) {
        image->cap = image->cap == 0 ? 8 : image->cap * 2;
        image->v = realloc(image->v, image->cap * sizeof image->v[0]);
        if (image->v == NULL)
            BUG("out of memory");
    }
    struct buf copy = {0};
    buf_adds(&copy, name);
    image->v[image->n] = (struct image_file){copy.s, folder, {0}};
    return &image->v[image->n++].bytes;
}

void image_free(struct image *image)
{
    for (size_t i = 0; i < image->n; i++) {
        free(image->v[i].name);
        buf_free(&image->v[i].bytes);
    }
    free(image->v);
    *image = (struct image){0};
}
