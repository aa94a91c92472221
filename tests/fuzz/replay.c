/* Feeds every file of the folders and files named on the command line to a fuzz target: the corpora in `make check`, with any compiler. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int replay_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        perror(path);
        return -1;
    }
    static uint8_t bytes[1 << 20];
    size_t n = fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    /* A block of its own size, so that a read past the end is seen. */
    uint8_t *exact = malloc(n == 0 ? 1 : n);
    if (exact == NULL)
        return -1;
    memcpy(exact, bytes, n);
    LLVMFuzzerTestOneInput(exact, n);
    free(exact);
    return 1;
}

static int replay_folder(const char *path)
{
    DIR *dir = opendir(path);
    if (dir == NULL)
        return replay_file(path);
    int files = 0;
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        if (e->d_name[0] == '.')
            continue;
        char name[4096];
        if (snprintf(name, sizeof name, "%s/%s", path, e->d_name) >= (int)sizeof name || replay_file(name) < 0) {
            closedir(dir);
            return -1;
        }
        files++;
    }
    closedir(dir);
    return files;
}

int main(int argc, char **argv)
{
    int files = 0;
    for (int i = 1; i < argc; i++) {
        int n = replay_folder(argv[i]);
        if (n < 0)
            return EXIT_FAILURE;
        files += n;
    }
    printf("%d inputs replayed\n", files);
    return files > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
