#include "tui/input.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include <curses.h>

#include "core/memory.h"
#include "tui/decode.h"

/* Set by handlers, read by the loop: there is no other way to hear of a signal. */
static volatile sig_atomic_t ended, resized, stopped, interrupted, continued;
/* What is being written to, and where to instead when the terminal takes nothing; -1: nothing is. */
static volatile sig_atomic_t writing = -1, nowhere = -1, cut_off;

/* The first of them end the program. */
static const int signals[] = {SIGTERM, SIGHUP, SIGQUIT, SIGALRM, SIGINT, SIGWINCH, SIGTSTP, SIGCONT};
#define ENDING 3 /* of them */
#define LET_IN 4 /* of them, while the terminal is written to */

struct input_source {
    struct decode decode;
    sigset_t old_mask, let_in;
    struct sigaction old[NITEMS(signals)];
    int escape_delay;
};

/* A terminal that nobody reads any more makes a write wait for ever, and curses begins it again after a signal. So the file under it is changed:
 * what is left of the frame goes nowhere, and the program goes on. */
static void cut_writing(void)
{
    int error = errno;
    if (writing >= 0 && nowhere >= 0 && dup2(nowhere, writing) >= 0)
        cut_off = 1;
    errno = error;
}

static void on_signal(int number)
{
    if (number == SIGWINCH)
        resized = 1;
    else if (number == SIGCONT)
        continued = 1;
    else if (number == SIGTSTP)
        stopped = 1;
    else if (number == SIGINT)
        interrupted = 1;
    else if (number != SIGALRM)
        ended = 1;
    if (number == SIGALRM || ended)
        cut_writing();
}

/* A positive number of the environment, or `otherwise`. */
static int number_of(const char *name, int otherwise)
{
    const char *s = getenv(name);
    char *end = NULL;
    long v = s == NULL ? 0 : strtol(s, &end, 10);
    return s == NULL || end == s || *end != '\0' || v < 1 || v > 5000 ? otherwise : (int)v;
}

static void know_keys(struct decode *d)
{
    static const struct {
        const char *name;
        int32_t key;
    } names[] = {
        {"kcuu1", KEYS_UP}, {"kcud1", KEYS_DOWN}, {"kcub1", KEYS_LEFT}, {"kcuf1", KEYS_RIGHT}, {"khome", KEYS_HOME}, {"kend", KEYS_END},
        {"kpp", KEYS_PGUP}, {"knp", KEYS_PGDN}, {"kich1", KEYS_INSERT}, {"kdch1", KEYS_DELETE}, {"kcbt", KEYS_STAB}, {"kent", KEYS_ENTER},
        {"kLFT5", KEYS_CLEFT}, {"kRIT5", KEYS_CRIGHT}, {"kf1", KEYS_F1}, {"kf2", KEYS_F1 + 1}, {"kf3", KEYS_F1 + 2}, {"kf4", KEYS_F1 + 3},
        {"kf5", KEYS_F1 + 4}, {"kf6", KEYS_F1 + 5}, {"kf7", KEYS_F1 + 6}, {"kf8", KEYS_F1 + 7}, {"kf9", KEYS_F1 + 8},
        {"kf10", KEYS_F1 + 9}, {"kf11", KEYS_F1 + 10}, {"kf12", KEYS_F12},
    };
    for (size_t i = 0; i < NITEMS(names); i++) {
        const char *sequence = tigetstr(names[i].name);
        if (sequence != (char *)-1)
            decode_know(d, sequence, names[i].key);
    }
}

struct input_source *input_open(bool latin1)
{
    struct input_source *in = memory_take(1, sizeof *in);
    in->decode.latin1 = latin1;
    know_keys(&in->decode);
    const char *ssh = getenv("SSH_CONNECTION");
    in->escape_delay = number_of("ESCDELAY", ssh != NULL && ssh[0] != '\0' ? 100 : 25);
    ended = resized = stopped = interrupted = continued = cut_off = 0;
    nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    sigset_t block;
    sigemptyset(&block);
    sigemptyset(&in->let_in);
    for (size_t i = 0; i < NITEMS(signals); i++) {
        sigaddset(&block, signals[i]);
        if (i < LET_IN)
            sigaddset(&in->let_in, signals[i]);
    }
    sigprocmask(SIG_BLOCK, &block, &in->old_mask);
    for (size_t i = 0; i < NITEMS(signals); i++) {
        struct sigaction act = {.sa_handler = on_signal};
        sigemptyset(&act.sa_mask);
        sigaction(signals[i], &act, &in->old[i]);
        if (signals[i] == SIGTSTP && in->old[i].sa_handler == SIG_IGN)
            sigaction(signals[i], &in->old[i], NULL); /* whoever started us wants no stopping: there may be nothing that would go on with us */
    }
    return in;
}

void input_close(struct input_source *in)
{
    /* What is still pending is what we are ending of: ignoring drops it. */
    struct sigaction drop = {.sa_handler = SIG_IGN};
    sigemptyset(&drop.sa_mask);
    for (size_t i = 0; ended && i < NITEMS(signals); i++)
        sigaction(signals[i], &drop, NULL);
    sigprocmask(SIG_SETMASK, &in->old_mask, NULL);
    /* Where curses had put a handler of its own: that would end the program with another exit status, and it is ending with the right one. */
    for (size_t i = 0; i < NITEMS(signals); i++)
        sigaction(signals[i], in->old[i].sa_handler == SIG_DFL || in->old[i].sa_handler == SIG_IGN ? &in->old[i] : &drop, NULL);
    if (nowhere >= 0)
        close(nowhere);
    nowhere = -1;
    decode_free(&in->decode);
    free(in);
}

void input_write_begins(struct input_source *in, int fd, unsigned patience)
{
    cut_off = 0;
    writing = fd;
    alarm(patience);
    sigprocmask(SIG_UNBLOCK, &in->let_in, NULL);
}

bool input_write_ends(struct input_source *in)
{
    sigprocmask(SIG_BLOCK, &in->let_in, NULL);
    alarm(0);
    writing = -1;
    return cut_off != 0;
}

bool input_ending(void)
{
    sigset_t waiting;
    if (nowhere < 0)
        return false;
    sigpending(&waiting);
    for (size_t i = 0; i < ENDING && !ended; i++)
        ended = sigismember(&waiting, signals[i]) == 1;
    return ended != 0;
}

static enum input take_signal(int32_t *key)
{
    if (ended) /* stays set: nothing comes after it */
        return INPUT_END;
    if (stopped) {
        stopped = 0;
        return INPUT_STOP;
    }
    if (continued) {
        continued = 0;
        return INPUT_CONTINUE;
    }
    if (resized) {
        resized = 0;
        return INPUT_RESIZE;
    }
    if (interrupted) {
        interrupted = 0;
        *key = 0x03;
        return INPUT_KEY;
    }
    return INPUT_NONE;
}

static enum input take_decoded(struct input_source *in, bool timed_out, int32_t *key, const struct buf **paste, bool *cut)
{
    switch (decode_next(&in->decode, timed_out, key)) {
    case DECODED_KEY:
        return INPUT_KEY;
    case DECODED_PASTE:
        *paste = &in->decode.paste;
        *cut = in->decode.paste_cut;
        return INPUT_PASTE;
    case DECODED_NOTHING:
        break;
    }
    return INPUT_NONE;
}

enum waited { WAITED_TIME, WAITED_BYTES, WAITED_SIGNAL, WAITED_END };

/* Signals are let in only here. */
static enum waited wait_for_bytes(struct input_source *in, int timeout_ms)
{
    fd_set set;
    FD_ZERO(&set);
    FD_SET(STDIN_FILENO, &set);
    struct timespec time = {timeout_ms / 1000, (long)(timeout_ms % 1000) * 1000000};
    int n = pselect(STDIN_FILENO + 1, &set, NULL, NULL, &time, &in->old_mask);
    if (n == 0)
        return WAITED_TIME;
    if (n < 0)
        return errno == EINTR ? WAITED_SIGNAL : WAITED_END;
    char bytes[4096];
    ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
    if (got > 0)
        decode_feed(&in->decode, bytes, (size_t)got);
    else if (got == 0 || (errno != EINTR && errno != EAGAIN))
        return WAITED_END;
    return WAITED_BYTES;
}

enum input input_next(struct input_source *in, int timeout_ms, int32_t *key, const struct buf **paste, bool *cut)
{
    bool timed_out = false;
    for (;;) {
        enum input input = take_signal(key);
        if (input == INPUT_NONE)
            input = take_decoded(in, timed_out, key, paste, cut);
        if (input != INPUT_NONE)
            return input;
        if (timeout_ms < 0)
            return INPUT_NONE;
        int rest = decode_wait(&in->decode, in->escape_delay);
        bool begun = rest >= 0 && timeout_ms > 0;
        int wait = begun ? rest : timeout_ms;
        switch (wait_for_bytes(in, wait)) {
        case WAITED_END:
            ended = 1;
            break;
        case WAITED_SIGNAL:
            break;
        case WAITED_BYTES:
            timed_out = false;
            break;
        case WAITED_TIME:
            if (!begun)
                return INPUT_NONE;
            timed_out = true;
            break;
        }
    }
}

void input_stop(void)
{
    sigset_t own;
    struct timespec now = {0};
    raise(SIGSTOP);
    sigemptyset(&own); /* what woke us is answered by whoever called: once */
    sigaddset(&own, SIGCONT);
    while (sigtimedwait(&own, NULL, &now) > 0)
        continue;
}
