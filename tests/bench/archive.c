/* Makes an archive to measure with: meetings of 250 entries, 25 of them actions, through the same operation as `import`.
 * archive DIRECTORY ENTRIES TABLES */
#include "data/file.h"
#include "data/op.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

static struct now clock_now(void *data)
{
    (void)data;
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (struct now){.day = civil_day((struct civil){2026, 11, 24}), .time = 840,
                        .utc_ms = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000};
}

static void random_bytes(void *data, void *bytes, size_t n)
{
    (void)data;
    if (getrandom(bytes, n, 0) != (ssize_t)n)
        abort();
}

static const char *const given[] = {"Aisha", "Ben", "Cerys", "Dev", "Elin", "Femi", "Gwen", "Hugo", "Ines", "Joao"};
static const char *const family[] = {"Adeyemi", "Barlow", "Chaudhry", "Davies", "Evans", "Farrell", "Gupta", "Hughes", "Ito", "Jones"};

static void put_head(struct buf *out, int number)
{
    int32_t day = civil_day((struct civil){2024, 1, 8}) + number * 2;
    buf_addf(out, "evenhand: 1\nmeeting: tac - Review %d\nchild: Child%c Number%d / C.%d\ndate: ", number, 'A' + number % 26, number / 4, number / 4);
    civil_put_day(out, day);
    buf_adds(out, "\ntime: 09:00-10:30\nplace: room 2\nkept-by: Mina Clark\nkept-as: minutes\n\npeople:\n");
    buf_adds(out, "Mina Clark | administrator | School | minute-taker | 09:00-10:30\n");
    for (int i = 0; i < 8; i++)
        buf_addf(out, "%s %s | %s | School | %s | 09:00-10:30\n", given[(number + i) % 10], family[(number * 3 + i) % 10],
                 i == 0 ? "mother" : i == 1 ? "SENCO" : "teacher", i == 0 ? "parent, PR" : i == 1 ? "chair" : "professional");
    buf_addc(out, '\n');
}

static void put_entries(struct buf *out, int number)
{
    for (int i = 0; i < 250; i++) {
        if (i % 40 == 0)
            buf_addf(out, "\n# Item %d [10m]\n", i / 40 + 1);
        int time = 540 + i / 3;
        civil_put_time(out, time);
        const char *who = given[(number + i) % 8 == 0 ? 1 : (number + i) % 8];
        if (i % 10 == 3)
            buf_addf(out, " A: Mina, send paper %d of the review to everybody on the list, by %d-%02d-%02d => everybody has it\n", i,
                     2026 + i % 3 - 1, i % 12 + 1, i % 28 + 1);
        else if (i % 10 == 5)
            buf_addf(out, " P: %s says that the mornings are better and the evenings are not, number %d\n", who, i);
        else
            buf_addf(out, " The class teacher counted the mornings of the week and %s read the count out, line %d of the record.\n", who, i);
    }
}

int main(int argc, char **argv)
{
    if (argc != 4 || setlocale(LC_CTYPE, "C.UTF-8") == NULL)
        return 2;
    struct world world = {.now = clock_now, .random = random_bytes};
    struct err err = {0};
    struct store *store;
    struct arena *tables = arena_new();
    struct types types = {0};
    if (file_types(argv[3], NULL, tables, &types, &err) != EVH_OK ||
        store_open(&store, argv[1], STORE_CREATE, &world, &err) != EVH_OK) {
        fprintf(stderr, "archive: %s\n", err.text);
        return 1;
    }
    long meetings = strtol(argv[2], NULL, 10) / 250;
    for (int i = 0; i < meetings; i++) {
        struct arena *arena = arena_new();
        struct buf text = {0};
        put_head(&text, i);
        put_entries(&text, i);
        struct notices notices = {0};
        struct op_import done;
        if (op_import(store, &types, text.s, text.n, false, arena, &notices, &done, &err) != EVH_OK) {
            fprintf(stderr, "archive: %s\n", err.text);
            return 1;
        }
        buf_free(&text);
        arena_free(arena);
    }
    store_close(store);
    arena_free(tables);
    return 0;
}
