#include "tui/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "core/text.h"
#include "tui/input.h"

/* How long a change waits for other programs before it is refused as busy. */
#define PATIENCE_MS 30000
#define PATIENCE_ON_SCREEN_MS 5000

static struct now read_clock(void)
{
    struct timespec ts;
    if (clock_gettime(CLOCK_REALTIME, &ts) != 0)
        BUG("there is no clock");
    struct tm tm;
    if (localtime_r(&ts.tv_sec, &tm) == NULL)
        BUG("the clock shows a year that no calendar has");
    return (struct now){
        .day = civil_day((struct civil){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday}),
        .time = tm.tm_hour * 60 + tm.tm_min,
        .utc_ms = (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000,
    };
}

static struct now world_now(void *data)
{
    const struct world_state *state = data;
    return state->fixed ? state->now : read_clock();
}

static void world_random(void *data, void *bytes, size_t n)
{
    (void)data; /* the system's own bytes need no state */
    unsigned char *p = bytes;
    while (n > 0) {
        size_t some = n < 256 ? n : 256; /* the most that getentropy gives at once */
        if (getentropy(p, some) != 0)
            BUG("the system gives no random bytes");
        p += some;
        n -= some;
    }
}

static bool world_waiting(void *data, const char *what, int waited_ms)
{
    struct world_state *state = data;
    if (state->on_screen) {
        if (state->show != NULL)
            state->show(state->show_data, what);
        return waited_ms < PATIENCE_ON_SCREEN_MS && !input_ending();
    }
    if (!state->said) {
        struct buf b = {0};
        text_show(&b, what);
        fprintf(stderr, "evenhand: waiting: %s\n", buf_str(&b));
        buf_free(&b);
        state->said = true;
    }
    return waited_ms < PATIENCE_MS;
}

/* One line that is written over, on a terminal that shows no screen. */
static void world_progress(void *data, const char *what, int done)
{
    const struct world_state *state = data;
    if (state->on_screen || !isatty(STDERR_FILENO))
        return;
    if (done < 100) {
        struct buf b = {0};
        text_show(&b, what);
        fprintf(stderr, "\revenhand: %s: %d %% ", buf_str(&b), done);
        buf_free(&b);
    } else {
        fprintf(stderr, "\r%60s\r", "");
    }
    fflush(stderr);
}

/* "2026-11-24T14:00", with seconds that do not count, a blank for the T, or the date alone (noon). */
static bool read_now(const char *s, struct now *now)
{
    int32_t day;
    int at = 12 * 60;
    size_t n = strlen(s);
    if (n < 10 || !civil_read_day(s, 10, &day))
        return false;
    if (n > 10 && ((s[10] != 'T' && s[10] != ' ') || n < 16 || !civil_read_time(s + 11, 5, &at)))
        return false;
    if (n > 16 && s[16] != ':' && s[16] != 'Z')
        return false;
    struct civil c = civil_from_day(day);
    struct tm tm = {.tm_year = c.year - 1900, .tm_mon = c.month - 1, .tm_mday = c.day,
                    .tm_hour = at / 60, .tm_min = at % 60, .tm_isdst = -1};
    *now = (struct now){.day = day, .time = at, .utc_ms = (int64_t)mktime(&tm) * 1000};
    return true;
}

enum evh world_make(struct world *world, struct world_state *state, struct err *err)
{
    *state = (struct world_state){0};
    *world = (struct world){.now = world_now, .random = world_random, .waiting = world_waiting, .progress = world_progress, .data = state};
    const char *fixed = getenv("EVENHAND_NOW");
    tzset(); /* localtime_r need not do it */
    if (fixed == NULL || fixed[0] == '\0')
        return EVH_OK;
    if (!read_now(fixed, &state->now))
        return err_set(err, EVH_USAGE, "EVENHAND_NOW cannot be read; write it as 2026-11-24T14:00");
    state->fixed = true;
    return EVH_OK;
}

static struct uuid next_id(void *data)
{
    struct world *world = data;
    unsigned char random[10];
    world->random(world->data, random, sizeof(random));
    return uuid_make(world->now(world->data).utc_ms, random);
}

struct idgen world_ids(struct world *world)
{
    return (struct idgen){next_id, world};
}
