#include "tui/input.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include <curses.h>

#include "tui/decode.h"

/* Set by handlers, read by the loop: there is no other way to hear of a signal. */
static volatile sig_atomic_t ended, resized, stopped, interrupted;

static const int signals[] = {SIGTERM, SIGHUP, SIGQUIT, SIGINT, SIGWINCH, SIGTSTP, SIGCONT};

struct input_source {
    struct decode decode;
    sigset_t old_mask;
    struct sigaction old[NITEMS(signals)];
    int escape_delay;
};

static void on_signal(int number)
{
    if (number == SIGWINCH || number == SIGCONT)
        resized = 1;
    else if (number == SIGTSTP)
        stopped = 1;
    else if (number == SIGINT)
        interrupted = 1;
    else
        ended = 1;
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
    struct input_source *in = calloc(1, sizeof *in);
    if (in == NULL)
        BUG("out of memory");
    in->decode.latin1 = latin1;
    know_keys(&in->decode);
    const char *ssh = getenv("SSH_CONNECTION");
    in->escape_delay = number_of("ESCDELAY", ssh != NULL && ssh[0] != '\0' ? 100 : 25);
    ended = resized = stopped = interrupted = 0;
    sigset_t block;
    sigemptyset(&block);
    for (size_t i = 0; i < NITEMS(signals); i++)
        sigaddset(&block, signals[i]);
    sigprocmask(SIG_BLOCK, &block, &in->old_mask);
    for (size_t i = 0; i < NITEMS(signals); i++) {
        struct sigaction act = {.sa_handler = on_signal};
        sigemptyset(&act.sa_mask);
        sigaction(signals[i], &act, &in->old[i]);
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
    for (size_t i = 0; i < NITEMS(signals); i++)
        sigaction(signals[i], &in->old[i], NULL);
    decode_free(&in->decode);
    free(in);
}

static enum input take_signal(int32_t *key)
{
    if (ended) /* stays set: nothing comes after it */
        return INPUT_END;
    if (stopped) {
        stopped = 0;
        return INPUT_STOP;
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
    raise(SIGSTOP);
}
