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

/* The same by the words of the mount table; "fuse." may stand before them. */
static const char *const network_words[] = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "smb", "9p", "sshfs", "davfs", "davfs2", "rclone", "ceph", "afs", "glusterfs", "gvfsd-fuse", "vboxsf", "vmhgfs-fuse",
    "virtiofs", "prl_fs", "drvfs", "s3fs", "onedriver", "google-drive-ocamlfuse",
};

/* Folder names that programs which copy files behind one's back use; what follows the name does not matter where a star stands. */
static const struct {
    const char *folder, *program;
} synchronised[] = {
    {"OneDrive*", "OneDrive"}, {"Dropbox*", "Dropbox"},           {"Nextcloud*", "Nextcloud"}, {"ownCloud*", "ownCloud"},         {"Google Drive*", "Google Drive"},
    {"GoogleDrive*", "Google Drive"}, {"My Drive", "Google Drive"}, {"iCloud*", "iCloud"}, {"Mobile Documents", "iCloud"}, {"MEGA", "MEGA"},
    {"MEGAsync*", "MEGA"},     {"pCloud*", "pCloud"},             {"Syncthing", "Syncthing"},  {"Seafile", "Seafile"},
};

/* Files that such programs leave in the folder that they copy, or above it. */
static const struct {
    const char *file, *program;
} markers[] = {
    {".stfolder", "Syncthing"},          {".dropbox.cache", "Dropbox"}, {".nextcloudsync.log", "Nextcloud"},
    {".owncloudsync.log", "ownCloud"},   {".tmp.drivedownload", "Google Drive"}, {".driveupload", "Google Drive"}, {".sync.ffs_db", "FreeFileSync"},
};

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

#define MOUNTS "/proc/self/mounts"

static void mount_of(const char *table, const char *path, struct mounted *out)
{
    *out = (struct mounted){{0}, {0}};
    FILE *f = fopen(table, "re");
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

void disk_mount_type(const char *table, const char *path, char type[64])
{
    struct mounted m;
    mount_of(table, path, &m);
    snprintf(type, 64, "%s", m.type);
}

const char *disk_network_of(unsigned long number, const char *type)
{
    for (size_t i = 0; i < NITEMS(network); i++) {
        if (number == network[i].type)
            return network[i].name;
    }
    if (strncmp(type, "fuse.", 5) == 0)
        type += 5;
    for (size_t i = 0; i < NITEMS(network_words); i++) {
        if (strcmp(type, network_words[i]) == 0)
            return "a network disk or a folder of another computer";
    }
    return NULL;
}

const char *disk_network(const char *path)
{
    struct statfs fs;
    char type[64];
    disk_mount_type(MOUNTS, path, type);
    return disk_network_of(statfs(path, &fs) == 0 ? (unsigned long)fs.f_type & 0xffffffffUL : 0, type);
}

static bool named(const char *part, size_t n, const char *name)
{
    size_t length = strlen(name);
    if (length > 0 && name[length - 1] == '*')
        return n >= length - 1 && strncmp(part, name, length - 1) == 0;
    return n == length && strncmp(part, name, n) == 0;
}

const char *disk_synchronised(const char *path)
{
    struct buf name = {0};
    const char *found = NULL;
    for (const char *at = path; *at != '\0' && found == NULL;) {
        size_t n = strcspn(at, "/");
        for (size_t i = 0; i < NITEMS(synchronised) && found == NULL && n > 0; i++)
            found = named(at, n, synchronised[i].folder) ? synchronised[i].program : NULL;
        at += n;
        for (size_t i = 0; i < NITEMS(markers) && found == NULL && n > 0; i++) {
            struct stat st;
            buf_clear(&name);
            buf_addf(&name, "%.*s/%s", (int)(at - path), path, markers[i].file);
            found = lstat(buf_str(&name), &st) == 0 ? markers[i].program : NULL;
        }
        at += *at == '/';
    }
    buf_free(&name);
    return found;
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
    mount_of(MOUNTS, path, &m);
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
