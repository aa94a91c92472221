#define _GNU_SOURCE 1 /* forkpty() */
#include "tests/terminal/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include "core/text.h"
#include "tui/key.h"

struct pty {
    int fd;
    pid_t pid;
    bool ended, cursor_visible, alternate;
    int status;
    VTerm *vt;
    VTermScreen *screen;
    int w, h;
    struct buf bytes;
    bool held;
    struct termios modes; /* as they were last seen */
    struct pty_keys keys;
};

#if defined(__SANITIZE_ADDRESS__)
#define DEADLINE 60
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DEADLINE 60
#endif
#endif
#ifndef DEADLINE
#define DEADLINE 10
#endif

int pty_deadline(void)
{
    const char *s = getenv("PTY_TIMEOUT");
    long v = s == NULL ? DEADLINE : strtol(s, NULL, 10);
    return v < 1 || v > 600 ? DEADLINE : (int)v;
}

static int64_t now_ms(void)
{
    struct timespec t = {0};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- running ---- */

static int on_property(VTermProp property, VTermValue *value, void *data)
{
    struct pty *p = data;
    if (property == VTERM_PROP_CURSORVISIBLE)
        p->cursor_visible = value->boolean != 0;
    else if (property == VTERM_PROP_ALTSCREEN)
        p->alternate = value->boolean != 0;
    return 1;
}

static void set_environment(const char *term, const char *const *environment)
{
    static const char *const away[] = {"NO_COLOR", "SSH_CONNECTION", "ESCDELAY", "COLUMNS", "LINES", "LC_ALL", "LANG", "LC_CTYPE"};
    for (size_t i = 0; i < NITEMS(away); i++)
        unsetenv(away[i]);
    setenv("LC_ALL", "C.UTF-8", 1);
    if (term != NULL)
        setenv("TERM", term, 1);
    else
        unsetenv("TERM");
    for (; environment != NULL && *environment != NULL; environment++) {
        size_t n = strcspn(*environment, "=");
        char name[128];
        if (n >= sizeof name)
            continue;
        memcpy(name, *environment, n);
        name[n] = '\0';
        if ((*environment)[n] == '=')
            setenv(name, *environment + n + 1, 1);
        else
            unsetenv(name);
    }
}

/* execv() takes writable strings for old reasons; it does not write. */
static char **writable(const char *const *argv)
{
    union {
        const char *const *from;
        char **to;
    } u = {.from = argv};
    return u.to;
}

/* As a shell leaves them. */
static struct termios usual_modes(void)
{
    struct termios m = {.c_iflag = ICRNL | IXON, .c_oflag = OPOST | ONLCR, .c_cflag = CS8 | CREAD | HUPCL,
                        .c_lflag = ISIG | ICANON | ECHO | ECHOE | ECHOK | IEXTEN};
    static const struct {
        int which;
        cc_t value;
    } signs[] = {{VINTR, 3}, {VQUIT, 28}, {VERASE, 127}, {VKILL, 21}, {VEOF, 4}, {VSTART, 17}, {VSTOP, 19}, {VSUSP, 26}, {VMIN, 1}};
    for (size_t i = 0; i < NITEMS(signs); i++)
        m.c_cc[signs[i].which] = signs[i].value;
    cfsetispeed(&m, B38400);
    cfsetospeed(&m, B38400);
    return m;
}

struct pty *pty_run(const char *const *argv, const char *term, int columns, int rows, const char *const *environment)
{
    struct pty *p = calloc(1, sizeof *p);
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    if (p == NULL)
        BUG("out of memory");
    struct termios modes = usual_modes();
    p->pid = forkpty(&p->fd, NULL, &modes, &size);
    if (p->pid < 0)
        BUG("no pseudo-terminal");
    if (p->pid == 0) {
        set_environment(term, environment);
        execvp(argv[0], writable(argv));
        fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
        _exit(127);
    }
    fcntl(p->fd, F_SETFL, O_NONBLOCK);
    p->w = columns;
    p->h = rows;
    p->vt = vterm_new(rows, columns);
    vterm_set_utf8(p->vt, 1);
    p->screen = vterm_obtain_screen(p->vt);
    static const VTermScreenCallbacks callbacks = {.settermprop = on_property};
    vterm_screen_set_callbacks(p->screen, &callbacks, p);
    vterm_screen_enable_altscreen(p->screen, 1);
    vterm_screen_reset(p->screen, 1);
    return p;
}

/* Takes in what has come, waiting at most `ms` for the first of it. False when nothing came. */
static bool pump(struct pty *p, int ms)
{
    struct pollfd wait = {.fd = p->fd, .events = POLLIN};
    char block[8192];
    bool any = false;
    if (p->fd >= 0 && p->held) {
        poll(NULL, 0, ms);
        return false;
    }
    if (p->fd < 0 || poll(&wait, 1, ms) <= 0)
        return false;
    for (;;) {
        ssize_t n = read(p->fd, block, sizeof block);
        if (n <= 0) {
            if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
                tcgetattr(p->fd, &p->modes);
                close(p->fd); /* the program has closed its end */
                p->fd = -1;
            }
            break;
        }
        any = true;
        buf_add(&p->bytes, block, (size_t)n);
        vterm_input_write(p->vt, block, (size_t)n);
    }
    vterm_screen_flush_damage(p->screen);
    return any;
}

bool pty_until(struct pty *p, bool (*holds)(struct pty *p, void *data), void *data)
{
    int64_t end = now_ms() + (int64_t)pty_deadline() * 1000;
    for (;;) {
        pump(p, 0);
        if (holds(p, data))
            return true;
        int64_t left = end - now_ms();
        if (left <= 0 || p->fd < 0)
            return false;
        pump(p, left > 1000 ? 1000 : (int)left);
    }
}

bool pty_settle(struct pty *p, int first_ms, int quiet_ms)
{
    bool any = pump(p, first_ms);
    int64_t end = now_ms() + (int64_t)pty_deadline() * 1000;
    while (any && p->fd >= 0 && now_ms() < end && pump(p, quiet_ms))
        continue;
    return any;
}

void pty_free(struct pty *p)
{
    if (p == NULL)
        return;
    if (!p->ended) {
        kill(p->pid, SIGKILL);
        waitpid(p->pid, NULL, 0);
    }
    if (p->fd >= 0)
        close(p->fd);
    vterm_free(p->vt);
    buf_free(&p->bytes);
    free(p);
}

/* ---- sending ---- */

void pty_send(struct pty *p, const char *bytes, size_t n)
{
    int64_t end = now_ms() + (int64_t)pty_deadline() * 1000;
    while (n > 0 && p->fd >= 0 && now_ms() < end) {
        ssize_t sent = write(p->fd, bytes, n);
        if (sent > 0) {
            bytes += sent;
            n -= (size_t)sent;
            continue;
        }
        pump(p, 1); /* full: the program may be waiting for us to read */
        struct pollfd wait = {.fd = p->fd, .events = POLLOUT | POLLIN};
        if (p->fd >= 0)
            poll(&wait, 1, 1000);
    }
}

void pty_type(struct pty *p, const char *text)
{
    pty_send(p, text, strlen(text));
}

void pty_paste(struct pty *p, const char *text)
{
    pty_type(p, "\033[200~");
    pty_type(p, text);
    pty_type(p, "\033[201~");
}

void pty_use_keys(struct pty *p, const struct pty_keys *keys)
{
    p->keys = *keys;
}

/* As the terminal's description says, else as xterm sends them. */
static const char *sequence_of(const struct pty *p, int32_t key)
{
    static const struct {
        int32_t key;
        const char *bytes;
    } keys[] = {
        {KEYS_UP, "\033[A"}, {KEYS_DOWN, "\033[B"}, {KEYS_RIGHT, "\033[C"}, {KEYS_LEFT, "\033[D"}, {KEYS_HOME, "\033[H"}, {KEYS_END, "\033[F"},
        {KEYS_PGUP, "\033[5~"}, {KEYS_PGDN, "\033[6~"}, {KEYS_INSERT, "\033[2~"}, {KEYS_DELETE, "\033[3~"}, {KEYS_BACKSPACE, "\x7f"},
        {KEYS_STAB, "\033[Z"}, {KEYS_CLEFT, "\033[1;5D"}, {KEYS_CRIGHT, "\033[1;5C"}, {KEYS_ENTER, "\r"}, {KEYS_F1, "\033OP"},
        {KEYS_F1 + 1, "\033OQ"}, {KEYS_F1 + 2, "\033OR"}, {KEYS_F1 + 3, "\033OS"}, {KEYS_F1 + 4, "\033[15~"}, {KEYS_F1 + 5, "\033[17~"},
        {KEYS_F1 + 6, "\033[18~"}, {KEYS_F1 + 7, "\033[19~"}, {KEYS_F1 + 8, "\033[20~"}, {KEYS_F1 + 9, "\033[21~"}, {KEYS_F1 + 10, "\033[23~"},
        {KEYS_F12, "\033[24~"},
    };
    for (size_t i = 0; i < p->keys.n; i++)
        if (p->keys.v[i].key == key)
            return p->keys.v[i].bytes;
    for (size_t i = 0; i < NITEMS(keys); i++)
        if (keys[i].key == key)
            return keys[i].bytes;
    return NULL;
}

static bool send_key(struct pty *p, const char *name, size_t n)
{
    int32_t key = 0;
    if (!key_read(name, n, &key))
        return false;
    struct buf bytes = {0};
    if ((key & KEY_META) != 0)
        buf_addc(&bytes, '\033');
    const char *sequence = sequence_of(p, key & ~KEY_META);
    if (sequence != NULL)
        buf_adds(&bytes, sequence);
    else
        text_put(&bytes, key & ~KEY_META);
    pty_send(p, bytes.s, bytes.n);
    buf_free(&bytes);
    return true;
}

bool pty_key(struct pty *p, const char *name)
{
    const char *plus = name[0] == '\0' ? NULL : strchr(name + 1, '+');
    if (plus != NULL && plus[1] != '\0')
        return send_key(p, name, (size_t)(plus - name)) && send_key(p, plus + 1, strlen(plus + 1));
    return send_key(p, name, strlen(name));
}

/* ---- looking ---- */

/* Columns from `x` on, `to` not among them; the end of what is not blank. */
static size_t put_columns(struct pty *p, int y, int x, int to, struct buf *out)
{
    size_t end = out->n;
    for (; x < to; x++) {
        VTermScreenCell cell;
        vterm_screen_get_cell(p->screen, (VTermPos){.row = y, .col = x}, &cell);
        if (cell.chars[0] == 0 || cell.chars[0] == (uint32_t)-1) {
            if (cell.chars[0] == 0)
                buf_addc(out, ' ');
            continue;
        }
        for (size_t i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
            text_put(out, (int32_t)cell.chars[i]);
        if (cell.chars[0] != ' ')
            end = out->n;
    }
    return end;
}

void pty_columns(struct pty *p, int y, int x, int to, struct buf *out)
{
    put_columns(p, y, x, to, out);
}

void pty_row(struct pty *p, int y, struct buf *out)
{
    size_t end = put_columns(p, y, 0, p->w, out);
    if (out->n > end)
        buf_splice(out, end, out->n - end, NULL, 0);
}

void pty_screen(struct pty *p, struct buf *out)
{
    for (int y = 0; y < p->h; y++) {
        pty_row(p, y, out);
        buf_addc(out, '\n');
    }
}

static bool contains(struct pty *p, void *data)
{
    struct buf screen = {0};
    pty_screen(p, &screen);
    bool found = strstr(buf_str(&screen), *(const char *const *)data) != NULL;
    buf_free(&screen);
    return found;
}

static bool contains_not(struct pty *p, void *data)
{
    return !contains(p, data);
}

bool pty_expect(struct pty *p, const char *text)
{
    return pty_until(p, contains, &text);
}

bool pty_gone(struct pty *p, const char *text)
{
    return pty_until(p, contains_not, &text);
}

void pty_cursor(struct pty *p, int *x, int *y)
{
    VTermPos at;
    vterm_state_get_cursorpos(vterm_obtain_state(p->vt), &at);
    *x = at.col;
    *y = at.row;
}

static bool cursor_is(struct pty *p, void *data)
{
    const int *want = data;
    int x, y;
    pty_cursor(p, &x, &y);
    return x == want[0] && y == want[1];
}

bool pty_expect_cursor(struct pty *p, int x, int y)
{
    int want[2] = {x, y};
    return pty_until(p, cursor_is, want);
}

bool pty_same_modes(struct pty *p)
{
    struct termios usual = usual_modes(), now = p->modes;
    if (p->fd >= 0 && tcgetattr(p->fd, &now) != 0)
        return false;
    return now.c_iflag == usual.c_iflag && now.c_oflag == usual.c_oflag && now.c_lflag == usual.c_lflag && memcmp(now.c_cc, usual.c_cc, sizeof now.c_cc) == 0;
}

bool pty_cursor_visible(struct pty *p)
{
    return p->cursor_visible;
}

bool pty_alternate(struct pty *p)
{
    return p->alternate;
}

/* ---- the program ---- */

void pty_resize(struct pty *p, int columns, int rows)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    pump(p, 0);
    p->w = columns;
    p->h = rows;
    vterm_set_size(p->vt, rows, columns);
    ioctl(p->fd, TIOCSWINSZ, &size);
}

void pty_signal(struct pty *p, int number)
{
    kill(p->pid, number);
}

void pty_hold(struct pty *p, bool held)
{
    p->held = held;
}

size_t pty_unread(const struct pty *p)
{
    int n = 0;
    return p->fd < 0 || ioctl(p->fd, FIONREAD, &n) != 0 || n < 0 ? 0 : (size_t)n;
}

pid_t pty_process(const struct pty *p)
{
    return p->pid;
}

void pty_hang_up(struct pty *p)
{
    if (p->fd >= 0)
        close(p->fd);
    p->fd = -1;
}

/* Waits for a change of state, reading all the while so that the program is never blocked. */
static bool wait_state(struct pty *p, int options, int *status)
{
    int64_t end = now_ms() + (int64_t)pty_deadline() * 1000;
    while (now_ms() < end) {
        if (waitpid(p->pid, status, WNOHANG | options) == p->pid)
            return true;
        if (p->fd >= 0)
            pump(p, 5);
        else
            poll(NULL, 0, 5);
    }
    return false;
}

int pty_wait(struct pty *p)
{
    if (!p->ended && !wait_state(p, 0, &p->status))
        return -1;
    p->ended = true;
    while (pump(p, 0))
        continue;
    return WIFEXITED(p->status) ? WEXITSTATUS(p->status) : 256 + WTERMSIG(p->status);
}

bool pty_runs(const struct pty *p)
{
    return p->fd >= 0 && !p->ended;
}

bool pty_stopped(struct pty *p)
{
    int status = 0;
    if (p->ended || !wait_state(p, WUNTRACED, &status))
        return false;
    if (WIFSTOPPED(status))
        return true;
    p->ended = true;
    p->status = status;
    return false;
}

size_t pty_received(const struct pty *p)
{
    return p->bytes.n;
}

const struct buf *pty_bytes(const struct pty *p)
{
    return &p->bytes;
}
