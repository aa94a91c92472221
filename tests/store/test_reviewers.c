/* Keys of reviewers: what is taken, how it is named, and the file that sshd reads. Made with ssh-keygen, as are the fingerprints. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/reviewers.h"
#include "fixture.h"

Suite *suite_reviewers(void);

static const struct {
    const char *key, *fingerprint;
} keys[] = {
    {"sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIHrDSoS17yAoQd5NtS5I5Amg/2uiWl1DEn6GrPccyJTYAAAABHNzaDo=",
     "SHA256:Ae3HGpp7pVpdAqWwYMIHdiYLakP2KzdG0iw1WZzQ9qg"},
    {"sk-ecdsa-sha2-nistp256@openssh.com AAAAInNrLWVjZHNhLXNoYTItbmlzdHAyNTZAb3BlbnNzaC5jb20AAAAIbmlzdHAyNTYAAABBBFsvrnnamxnDj3A+mEUyyc5bhC0LVXbj2"
    "JtMbdMMpn1g3rLY5+SeMmpjjrPwmiKFkselg/LFPWFQbn37CJrlIfEAAAAEc3NoOg==",
     "SHA256:xyxqmNZXZF7Uunlx2wYAGob+Y9HlN4i3ko7b5Z/UMoM"},
    {"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHrDSoS17yAoQd5NtS5I5Amg/2uiWl1DEn6GrPccyJTY",
     "SHA256:c7usoKhkdq7nHWHWb3mEkMYJNtq8Wxs0bpKEyRqJ3BM"},
    {"ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBFsvrnnamxnDj3A+mEUyyc5bhC0LVXbj2JtMbdMMpn1g3rLY5+SeMmpjjrPwmiKFksel"
    "g/LFPWFQbn37CJrlIfE=",
     "SHA256:osnl3hH/aJuAzEFim7434RLMkI0FDdqGa/Okczn1TXs"},
    {"ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBMo8BpUHLM4DK33/CFR4Dwr2JyDQJ40B752hWsWg5ztwhSwd5Zrw2wl9JtiHBf1vqWK1"
    "LQsDO10bfmOkDaJIFOx2XNNyq6/B20fKvWwl9ed7SZAzidVDREOG6bSNa6FXVQ==",
     "SHA256:HP2NBJwqi1ty3nxXi0CvmCMWRlYTGD7xI4TsQwNgr5k"},
    {"ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAFPfmAIgjVq31TvCiGIhPM8Y1q1u7CnlOzKq3TsS/qYoVilF8n1mzROqH9Iwi18RyGx"
    "aZ6P8r3fwnDQ5wC2RsIZBQHIJ550ps6065LlG8TJC+dbj1In5H+GZ38UJ/nM2jfGiFNmvhJWi9UuXgB4e4s5ETTU0U/vefZEmJibcLIMM8Ei3Q==",
     "SHA256:ySna6zT0gWJnCrwhXMAxenHdH6tNB2n3RQ0edDSse1Q"},
    {"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCTQPv9FidBUQxB+TQh7wpTYN5zG/msZ3U5D6hHZHI07eMimBjtUjIvwoFox4TILTnXiVxmfmbwT4zjNRVr1m6hjf8GHLlYNsVcm69z"
    "EUXvAt63bq5HUZtqn1pb/yHUI1GiV0B8SyLQFQ3aMLffv7CEmQD4BQ9aNPzqE/2bKznuqBsMd0tPpdNBECTUflJFjIZTc/B7HrV1KumV9J+N2vkXpuoUYLipE24GG6bqLvkmL2R4/kvw"
    "q3Oxd9bJQ+9KEjkLXFMG+mQ5Kc884Y7CKn6hMVNrQpNQ3v/LtDae7H0r4Et3SGAyQZ6BjhB4WPfkl762UqvZQxEVX6p5qyoOesZZ",
     "SHA256:5W/6Pk0WePKrbD8HR8c/TQu6ZQsWwDnFIw/OOuiH/+E"},
};

#define ED25519 keys[2].key

static const struct {
    const char *text, *says;
} refused[] = {
    {"", "no key"},
    {" \n", "no key"},
    {"hello", "no public key"},
    {"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQC6dO2JSxgLUboDCStA6wSjv4hI07S7lPzOBw+qdSL4mYJgb4uzWdHfnmG4qi6jXven2CO04R+bTZj058nErvfwj+SyD70OibPyFVbf"
    "d1l88jQ+MDzEqOQlT/+vAJRPpmUYw9EGlY8Ag5vhp8WraeTAIfS7HwNEaD1Hn6Mwgh4bEQ==", "too short"},
    {"ssh-dss AAAAB3NzaC1kc3MAAAABMQ==", "DSA"},
    {"ssh-ed25519-cert-v01@openssh.com AAAAC3NzaC1lZDI1NTE5AAAAIHrDSoS17yAoQd5NtS5I5Amg/2uiWl1DEn6GrPccyJTY", "certificate"},
    {"restrict ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHrDSoS17yAoQd5NtS5I5Amg/2uiWl1DEn6GrPccyJTY", "before the key"},
    {"command=\"sh\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHrDSoS17yAoQd5NtS5I5Amg/2uiWl1DEn6GrPccyJTY", "before the key"},
    {"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHrDSoS17yAoQd5NtS5I5Amg/2uiWl1DEn6GrPccyJTY\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHrDSoS17yAoQd5NtS5I5A"
    "mg/2uiWl1DEn6GrPccyJTY", "several"},
    {"# mine\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHrDSoS17yAoQd5NtS5I5Amg/2uiWl1DEn6GrPccyJTY", "several"},
    {"-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbn", "private key"},
    {"---- BEGIN SSH2 PUBLIC KEY ----\nAAAA", "ssh-keygen -i"},
    {"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHrDSoS17yAoQd5NtS5I5Amg/2uiWl1DEn6GrPccyJT", "not whole"},
    {"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHrDSoS17yAoQd5NtS5I5Amg/2uiWl1DEn6GrPcc", "not whole"},
    {"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHrDSoS17yAoQd5NtS5I5Amg/2uiWl1DEn6GrPccyJTYAAAA", "not whole"},
    {"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHrDSoS17yAoQd5NtS5I5Amg/2uiWl1DEn6GrPccyJTY=", "not whole"},
    {"ecdsa-sha2-nistp256 AAAAC3NzaC1lZDI1NTE5AAAAIHrDSoS17yAoQd5NtS5I5Amg/2uiWl1DEn6GrPccyJTY", "not whole"},
    {"ssh-ed25519", "not whole"},
    {"ssh-ed25519 ", "not whole"},
    {"ssh-ed25519 !!!!", "not whole"},
    {"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAH3h4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg=", "not whole"},
    {"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHrDSoS17yAoQd5NtS5I5Amg/2uiWl1DEn6GrPccyJTYAA==", "not whole"},
    {"ssh-ed25519 /////3NzaC1lZDI1NTE5", "not whole"},
    {"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAgAAgBERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERER"
    "ERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERER"
    "EREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREREQ==", "not whole"},
    {"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAYARERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERER"
    "ERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERER"
    "ERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERERER", "not whole"},
    {"ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBAlsvrnnamxnDj3A+mEUyyc5bhC0LVXbj2JtMbdMMpn1g3rLY5+SeMmpjjrPwmiKFksel"
    "g/LFPWFQbn37CJrlIfE=", "not whole"},
    {"ssh-ed25519\x1b AAAAC3NzaC1lZDI1NTE5AAAAIHrDSoS17yAoQd5NtS5I5Amg/2uiWl1DEn6GrPccyJTY", "control"},
};

static struct public_key key_of(const char *text)
{
    struct public_key key = {0};
    must(reviewers_read_key(fx.arena, text, strlen(text), &key, &fx.err));
    return key;
}

START_TEST(taken)
{
    struct public_key key = key_of(keys[_i].key);
    ck_assert_str_eq(key.fingerprint, keys[_i].fingerprint);
    ck_assert(strncmp(keys[_i].key, key.kind, strlen(key.kind)) == 0);
    const char *with = arena_printf(fx.arena, "\n  %s  somebody@laptop of hers \r\n", keys[_i].key);
    struct public_key again = key_of(with);
    ck_assert_str_eq(again.blob, key.blob);
    ck_assert_str_eq(arena_printf(fx.arena, "%s %s", again.kind, again.blob), keys[_i].key); /* nothing of its comment */
}
END_TEST

START_TEST(not_taken)
{
    struct public_key key = {0};
    ck_assert_int_eq(reviewers_read_key(fx.arena, refused[_i].text, strlen(refused[_i].text), &key, &fx.err), EVH_INVALID);
    ck_assert_msg(strstr(fx.err.text, refused[_i].says) != NULL, "%s: %s", refused[_i].text, fx.err.text);
    ck_assert_ptr_null(key.blob);
}
END_TEST

static const struct uuid anita = {{1, 2, 3}}, grace = {{4, 5, 6}};

static const char *line_of(const char *key, struct uuid person, const char *name)
{
    struct public_key k = key_of(key);
    const char *line = NULL;
    must(reviewers_line(fx.arena, "/usr/bin/evenhand-review", "/srv/evenhand data/it's", &k, person, name, 20780, &line, &fx.err));
    return line;
}

static const char *whole(const char *path)
{
    struct buf text = {0};
    must(file_read(path, 1 << 20, &text, &fx.err));
    const char *s = arena_strndup(fx.arena, buf_str(&text), text.n);
    buf_free(&text);
    return s;
}

START_TEST(one_line)
{
    const char *line = line_of(ED25519, anita, " Anita\n \"Ann\" Patel ");
    ck_assert_msg(strncmp(line, "restrict,pty,command=\"/usr/bin/evenhand-review --as 01020300-0000-0000-0000-000000000000 --data '/srv/evenhand data/it'\\''s'\" ssh-ed25519 AAAA", 130) == 0,
                  "%s", line);
    ck_assert_ptr_nonnull(strstr(line, " evenhand Anita  \"Ann\" Patel 2026-11-23"));
    ck_assert_ptr_null(strchr(line, '\n'));
    struct public_key k = key_of(ED25519);
    static const char *const bad[] = {"relative/path", "", "/a\"b", "/a\nb", "/a\x01"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert_int_eq(reviewers_line(fx.arena, bad[i], "/srv", &k, anita, "A", DAY_NONE, &line, &fx.err), EVH_INVALID);
        ck_assert_int_eq(reviewers_line(fx.arena, "/bin/x", bad[i], &k, anita, "A", DAY_NONE, &line, &fx.err), EVH_INVALID);
    }
}
END_TEST

START_TEST(the_file)
{
    const char *path = fixture_path("authorized_keys");
    struct reviewers list = {0};
    size_t n = 9;
    must(reviewers_list(path, fx.arena, &list, &fx.err));
    ck_assert_uint_eq(list.n, 0);
    must(reviewers_remove(path, &(struct reviewer){.person = anita}, 1, &n, &fx.err));
    ck_assert_uint_eq(n, 0);
    must(reviewers_add(path, line_of(ED25519, anita, "Anita Patel"), &fx.err));
    struct stat st;
    ck_assert_int_eq(stat(path, &st), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0600);
    must(reviewers_add(path, line_of(keys[3].key, grace, "Grace Okafor 2026-01-01"), &fx.err));
    must(reviewers_add(path, line_of(keys[0].key, anita, "Anita Patel"), &fx.err));
    ck_assert_int_eq(reviewers_add(path, line_of(ED25519, grace, "Grace Okafor"), &fx.err), EVH_STATE); /* one key is one person's */
    ck_assert_int_eq(reviewers_add(path, keys[4].key, &fx.err), EVH_INVALID);                           /* without its options nothing is added */
    must(reviewers_list(path, fx.arena, &list, &fx.err));
    ck_assert_uint_eq(list.n, 3);
    ck_assert_str_eq(list.v[0].name, "Anita Patel");
    ck_assert_int_eq(list.v[0].added, 20780);
    ck_assert_str_eq(list.v[0].fingerprint, keys[2].fingerprint);
    ck_assert(uuid_same(list.v[0].person, anita));
    ck_assert_str_eq(list.v[1].name, "Grace Okafor 2026-01-01");
    must(reviewers_remove(path, &(struct reviewer){.person = anita}, 1, &n, &fx.err));
    ck_assert_uint_eq(n, 2);
    must(reviewers_list(path, fx.arena, &list, &fx.err));
    ck_assert_uint_eq(list.n, 1);
    ck_assert(uuid_same(list.v[0].person, grace));
}
END_TEST

START_TEST(lines_of_others_stay)
{
    const char *path = fixture_path("keys");
    const char *others = arena_printf(fx.arena, "# mine\n\n%s root@host\r\ncommand=\"x --as 01020300-0000-0000-0000-000000000000 --data y\" %s evenhand X\nrestrict,pty,command=\"never closed",
                                      keys[4].key, keys[5].key);
    must(file_write(path, others, strlen(others), false, &fx.err));
    ck_assert_int_eq(chmod(path, 0640), 0);
    struct reviewers list = {0};
    size_t n = 0;
    must(reviewers_list(path, fx.arena, &list, &fx.err));
    ck_assert_uint_eq(list.n, 0);
    ck_assert_int_eq(reviewers_add(path, line_of(keys[4].key, anita, "A"), &fx.err), EVH_STATE); /* that line would count, and lets its owner do anything */
    must(reviewers_add(path, line_of(ED25519, anita, "Anita Patel"), &fx.err));
    ck_assert_msg(strncmp(whole(path), others, strlen(others)) == 0, "%s", whole(path));
    must(reviewers_remove(path, &(struct reviewer){.person = anita}, 1, &n, &fx.err));
    ck_assert_uint_eq(n, 1);
    ck_assert_str_eq(whole(path), arena_printf(fx.arena, "%s\n", others));
    struct stat st;
    ck_assert_int_eq(stat(path, &st), 0);
    ck_assert_int_eq(st.st_mode & 0777, 0640);
    ck_assert_int_eq(symlink(path, fixture_path("link")), 0);
    ck_assert_int_eq(reviewers_add(fixture_path("link"), line_of(keys[0].key, anita, "A"), &fx.err), EVH_IO);
    ck_assert_int_eq(reviewers_add(fixture_path("no/where"), line_of(keys[0].key, anita, "A"), &fx.err), EVH_IO);
}
END_TEST

Suite *suite_reviewers(void)
{
    Suite *s = suite_create("reviewers");
    TCase *t = tcase_create("keys");
    tcase_add_checked_fixture(t, fixture_setup, fixture_teardown);
    tcase_add_loop_test(t, taken, 0, (int)(sizeof keys / sizeof keys[0]));
    tcase_add_loop_test(t, not_taken, 0, (int)(sizeof refused / sizeof refused[0]));
    tcase_add_test(t, one_line);
    tcase_add_test(t, the_file);
    tcase_add_test(t, lines_of_others_stay);
    suite_add_tcase(s, t);
    return s;
}
