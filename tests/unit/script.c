#include "tests/unit/script.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

struct uuid script_id(unsigned n)
{
    struct uuid id = {{0x01, 0x90, [6] = 0x70, [8] = 0x80}};
    id.b[14] = (unsigned char)(n >> 8);
    id.b[15] = (unsigned char)n;
    return id;
}

/* Single quotes become double ones, and '#12' the id 12. */
static void put_json(struct buf *out, const char *s)
{
    for (; *s != '\0'; s++) {
        if (*s == '#' && s[-1] == '\'') {
            char *end, text[UUID_TEXT];
            uuid_text(script_id((unsigned)strtoul(s + 1, &end, 10)), text);
            buf_adds(out, text);
            s = end - 1;
        } else {
            buf_addc(out, *s == '\'' ? '"' : *s);
        }
    }
}

struct fact script_fact(struct arena *arena, const char *line, unsigned n)
{
    const char *json = strchr(line, ' ');
    ck_assert_ptr_nonnull(json);
    enum fact_kind kind = FACT_COUNT;
    ck_assert_msg(fact_kind_of_word(arena_strndup(arena, line, (size_t)(json - line)), &kind), "%s", line);
    struct buf b = {0};
    put_json(&b, json + 1);
    struct fact fact;
    struct err err = {0};
    enum evh e = fact_decode(arena, kind, script_id(n), buf_str(&b), b.n, &fact, &err);
    ck_assert_msg(e == EVH_OK, "%s: %s", line, err.text);
    buf_free(&b);
    return fact;
}

bool script_apply(struct record *record, const char *line, unsigned n)
{
    struct arena *arena = arena_new();
    struct fact fact = script_fact(arena, line, n);
    bool taken = record_apply(record, &fact);
    arena_free(arena);
    return taken;
}

struct record *script_record(const char *const *lines)
{
    struct record *record = record_new(script_id(9999));
    for (unsigned i = 0; lines[i] != NULL; i++)
        ck_assert_msg(script_apply(record, lines[i], i + 1), "%s", lines[i]);
    return record;
}

const char *const script_meeting[] = {
    "meeting.planned {'origin':'import'}",                                                                                         /* 1 */
    "head.set {'key':'meeting','value':'CAF review - Autumn'}",                                                                    /* 2 */
    "head.set {'key':'date','value':'2026-11-24'}",                                                                                /* 3 */
    "head.set {'key':'time','value':'14:00-15:10'}",                                                                               /* 4 */
    "head.set {'key':'kept-by','value':'Ravi Thandi'}",                                                                            /* 5 */
    "head.set {'key':'child','index':0,'value':'Tobi Okafor / T.O.'}",                                                             /* 6 */
    "head.set {'key':'next-meeting','value':'2027-01-05 14:00'}",                                                                  /* 7 */
    "attendee.added {'name':'Anita Patel','role':'SENCO','organisation':'School','capacity':'chair','presence':'13:55-15:10'}",    /* 8 */
    "attendee.added {'name':'Grace Okafor','role':'mother','capacity':'parent, PR','presence':'14:00-15:10'}",                     /* 9 */
    "attendee.added {'name':'Ravi Thandi','capacity':'minute-taker','presence':'13:55-15:10'}",                                    /* 10 */
    "attendee.added {'name':'Dr Wei Lin','capacity':'professional','presence':'apologies: clinic overran'}",                       /* 11 */
    "attendee.added {'name':'Ruth Reid','capacity':'parent-partner for Grace Okafor','presence':'14:05-15:10'}",                   /* 12 */
    "item.begun {'title':'Introductions','minutes':10}",                                                                           /* 13 */
    "entry.added {'kind':'note','time':'14:02','text':'Everybody said who they are.'}",                                            /* 14 */
    "entry.added {'kind':'said','time':'14:03','speaker':'Anita Patel','text':'“Welcome.”'}",                                      /* 15 */
    "item.begun {'title':'Speech','minutes':20}",                                                                                  /* 16 */
    "entry.added {'kind':'action','time':'14:10','text':'send the targets','owner':'Anita Patel','due':'2026-12-04'}",             /* 17 */
    "entry.added {'kind':'decision','time':'14:12','text':'A slip is added.'}",                                                    /* 18 */
    "position.taken {'target':'#18','name':'Anita Patel','position':'agrees'}",                                                    /* 19 */
    "entry.added {'kind':'arrives','time':'14:20','speaker':'Dr Wei Lin','mode':'phone'}",                                         /* 20 */
    "entry.added {'kind':'action','time':'14:22','text':'tell the lead','owner':'Ravi Thandi','readers':['*']}",                   /* 21 */
    "entry.added {'kind':'disagreement','time':'14:25','text':'Progress'}",                                                        /* 22 */
    "position.taken {'target':'#22','name':'Anita Patel','text':'none','basis':'data'}",                                           /* 23 */
    "disagreement.state {'target':'#22','state':'open','next':'the same test in January'}",                                        /* 24 */
    "entry.added {'kind':'action','time':'14:30','text':'read at home','owner':'Grace Okafor','due':'2026-12-11'}",                /* 25 */
    "entry.added {'kind':'clock','time':'15:05','what':'end'}",                                                                    /* 26 */
    NULL,
};
