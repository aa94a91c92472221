/* What the bench driver's files share: series of figures, programs on a pseudo-terminal, programs that are run to their end. */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include <stdbool.h>
#include <sys/types.h>

#define MAX_RUNS 4000

struct series {
    double v[MAX_RUNS];
    int n;
};

void series_add(struct series *s, double v);
double series_at(struct series *s, int percent);
/* Medians side by side / one percentile of both; `wanted` is printed beside the ratio and judged by nobody. */
void say(const char *what, struct series *a, struct series *floor, double wanted);
void say_at(const char *what, struct series *a, struct series *floor, int percent, double wanted);

double now_ms(void);
void nap_ms(int ms);

/* A program on a terminal of 80x24. */
struct child {
    pid_t pid;
    int fd;
    long bytes; /* that it sent */
};
struct child child_start(char *const argv[]);
/* Reads until nothing came for `quiet` ms (or `most` ms passed); returns the time of the last byte, 0 when none came. */
double child_read(struct child *c, int quiet, int most);
/* Sends keys; milliseconds from there to the last byte of the answer, 0 when none came within `quiet`. */
double child_key(struct child *c, const char *keys, int quiet);
/* Sends keys one after another and takes no time. */
void child_type(struct child *c, const char *keys);
/* Ends a child that this program started. */
void child_end(struct child *c);

/* Peak memory of a program that still runs, in KiB. */
long memory_of(pid_t pid);

/* Runs a whole command with its output thrown away; adds its wall time; its peak memory in KiB. */
long run_once(char *const argv[], struct series *s);

/* What is measured, where. */
struct bench {
    char *evenhand, *tools;            /* tools: the folder of the floor programs */
    char *small, *big, *worked;        /* archives of 1,000 and 100,000 entries; the worked meetings */
    char *meeting, *rows, *bytes, *today; /* the file to import, and how large its floor's rows are */
};
const char *bench_tool(const struct bench *b, const char *name); /* lives until it is called again */

void bench_start(const struct bench *b);
void bench_keys(const struct bench *b);
void bench_enter(const struct bench *b);
void bench_item(const struct bench *b);
void bench_writers(const struct bench *b);
void bench_people(const struct bench *b);
void bench_tracker(const struct bench *b);
void bench_overdue(const struct bench *b);
void bench_actions(const struct bench *b);
void bench_import(const struct bench *b);

#endif
