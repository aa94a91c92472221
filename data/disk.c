/* What lies under a folder: network file systems, synchronised folders, encryption. Linux tells it in /proc and /sys. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

#include "data/inside.h"

static const struct {
    unsigned long type;
    const char *name;
} network[] = {
    {0x6969, "a network disk (NFS)"},     {0xff534d42UL, "a network disk (CIFS)"}, {0xfe534d42UL, "a network disk (SMB)"},
    {0x517b, "a network disk (SMB)"},     {0x01021997, "a network disk (9p)"},     {0x00c36400, "a network disk (Ceph)"},
    {0x5346414f, "a network disk (AFS)"}, {0x73757245, "a network disk (Coda)"},
};

/* Folder names that programs which copy files behind one's back use. */
static const char *const synchronised[] = {"OneDrive", "Dropbox", "Nextcloud", "ownCloud", "Google Drive", "GoogleDrive", "iCloud", "MEGA", "pCloud"};

#define FUSE_TYPE 0x65735546UL

/* Cuts one word of a mount line off and undoes its "\040" and the like; *rest is what follows, NULL at the end. */
static const char *field(char *at, char **rest)
{
    char *end = strchr(at, ' ');
    if (end != NULL)
        *end = '\0';
    *rest = end == NULL ? NULL : end + 1;
    char *out = at;
    for (const char *in = at; *in != '\0'; out++) {
        if (in[0] == '\\' && in[1] != '\0' && in[2] != '\0' && in[3] != '\0') {
            *out = (char)((in[1] - '0') * 64 + (in[2] - '0') * 8 + (in[3] - '0'));
            in += 4;
        } else {
            *out = *in++;
        }
    }
    *out = '\0';
    return at;
}

static bool under(const char *path, const char *mount)
{
    size_t n = strlen(mount);
    return strncmp(path, mount, n) == 0 && (n == 1 || path[n] == '\0' || path[n] == '/');
}

/* The device and file system type of the innermost mount above a path, as the mount table names them. */
struct mounted {
    char device[512];
    char type[64];
};

static void mount_of(const char *path, struct mounted *out)
{
    *out = (struct mounted){{0}, {0}};
    FILE *f = fopen("/proc/self/mounts", "re");
    if (f == NULL)
        return;
    char line[4096];
    size_t best = 0;
    while (fgets(line, sizeof line, f) != NULL) {
        char *rest = NULL;
        const char *device = field(line, &rest);
        const char *mount = rest == NULL ? NULL : field(rest, &rest);
        const char *type = rest == NULL ? NULL : field(rest, &rest);
        if (mount == NULL || type == NULL || !under(path, mount) || strlen(mount) < best)
            continue;
        best = strlen(mount);
        snprintf(out->device, sizeof out->device, "%s", device);
        snprintf(out->type, sizeof out->type, "%s", type);
    }
    fclose(f);
}

static const char *sync_folder(const char *path)
{
    for (size_t i = 0; i < NITEMS(synchronised); i++) {
        const char *at = strstr(path, synchronised[i]);
        if (at != NULL && at > path && at[-1] == '/')
            return "a folder that another program synchronises";
    }
    return NULL;
}

const char *disk_unsafe(const char *path)
{
    struct statfs fs;
    if (statfs(path, &fs) == 0) {
        unsigned long found = (unsigned long)fs.f_type & 0xffffffffUL;
        for (size_t i = 0; i < NITEMS(network); i++) {
            if (found == network[i].type)
                return network[i].name;
        }
        struct mounted m = {{0}, {0}};
        if (found == FUSE_TYPE)
            mount_of(path, &m);
        if (strstr(m.type, "sshfs") != NULL || strstr(m.type, "rclone") != NULL || strstr(m.type, "davfs") != NULL)
            return "a network disk (through FUSE)";
    }
    return sync_folder(path);
}

/* ---- encryption ---- */

static bool read_line(const char *path, char text[128])
{
    FILE *f = fopen(path, "re");
    if (f == NULL)
        return false;
    bool read = fgets(text, 128, f) != NULL;
    fclose(f);
    return read;
}

#define DEEPEST 6

/* A block device and what it stands on: a logical volume on an encrypted disk is encrypted. All of it must be. */
static bool block_encrypted(const char *number, int depth)
{
    char path[512], text[128];
    snprintf(path, sizeof path, "/sys/dev/block/%s/dm/uuid", number);
    if (read_line(path, text) && strncmp(text, "CRYPT-", 6) == 0)
        return true;
    snprintf(path, sizeof path, "/sys/dev/block/%s/slaves", number);
    DIR *dir = depth < DEEPEST ? opendir(path) : NULL;
    if (dir == NULL)
        return false;
    bool any = false, all = true;
    for (struct dirent *d = readdir(dir); d != NULL; d = readdir(dir)) {
        if (d->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "/sys/dev/block/%s/slaves/%s/dev", number, d->d_name);
        any = true;
        if (!read_line(path, text)) {
            all = false;
            continue;
        }
        text[strcspn(text, "\n")] = '\0';
        all = block_encrypted(text, depth + 1) && all;
    }
    closedir(dir);
    return any && all;
}

const char *disk_encrypted(const char *path, bool *known)
{
    static const struct {
        const char *type, *name;
    } folders[] = {{"gocryptfs", "gocryptfs"}, {"ecryptfs", "eCryptfs"}, {"encfs", "EncFS"}, {"cryfs", "CryFS"}};
    struct mounted m;
    struct stat st;
    *known = true;
    mount_of(path, &m);
    for (size_t i = 0; i < NITEMS(folders); i++) {
        if (strstr(m.type, folders[i].type) != NULL)
            return folders[i].name;
    }
    dev_t device = 0;
    if (stat(m.device, &st) == 0 && S_ISBLK(st.st_mode))
        device = st.st_rdev;
    else if (stat(path, &st) == 0)
        device = st.st_dev;
    char number[64], block[128];
    snprintf(number, sizeof number, "%u:%u", major(device), minor(device));
    snprintf(block, sizeof block, "/sys/dev/block/%s", number);
    *known = stat(block, &st) == 0;
    return *known && block_encrypted(number, 0) ? "LUKS or another dm-crypt" : NULL;
}
