#!/bin/sh
# make bench: builds two archives (1,000 and 100,000 entries), then measures the program beside bare programs that do the least.
# Figures are ratios within this run; nothing here passes or fails. The largest meeting to import: BENCH_MEETING, else a made one.
set -eu
dir=$(pwd)/bench-data
mkdir -p "$dir"
today=2026-11-24
EVENHAND_NOW=${today}T14:00
export EVENHAND_NOW
for n in 1000 100000; do
    [ -f "$dir/$n.done" ] && continue
    echo "making an archive of $n entries …" >&2
    rm -rf "$dir/$n"
    ./bench_archive "$dir/$n" $n "$EVENHAND_TABLES"
    : >"$dir/$n.done"
done
meeting=${BENCH_MEETING:-$dir/large.meeting}
if [ ! -f "$meeting" ]; then
    {
        printf 'evenhand: 1\nmeeting: other - made to measure\ndate: 2026-03-05\ntime: 09:30-11:38\nkept-by: Mina Clark\nkept-as: minutes\n\npeople:\n'
        awk 'BEGIN { for (i = 1; i <= 40; i++) printf "Mr Given%d Family%d (Region %d, Party) | member | committee | professional | 09:30-\n", i, i, i
            print ""
            for (i = 0; i < 440; i++) {
                if (i % 50 == 0) printf "\n# Item %d\n", i / 50 + 1
                printf "%02d:%02d Mr Given%d Family%d (Region %d, Party): ", 9 + int((30 + i / 4) / 60), (30 + int(i / 4)) % 60, i % 40 + 1, i % 40 + 1, i % 40 + 1
                for (j = 0; j < 30; j++) printf "words of the meeting "
                print "" } }'
    } >"$meeting"
fi
rows=$(grep -c . "$meeting")
bytes=$(($(wc -c <"$meeting") / rows + 150))
# The least that a list of all open actions has to read.
BENCH_ACTIONS_SQL='SELECT id, number, text, owner, due, due_time, from_day, done_when, child, meeting_date, status, restricted FROM action
WHERE current = 1 AND open = 1 ORDER BY due, due_time, meeting_date, meeting, place'
export BENCH_ACTIONS_SQL
# What is typed goes into copies: every run measures the same archive.
rm -rf "$dir/small" "$dir/big" "$dir/worked"
cp -r "$dir/1000" "$dir/small"
cp -r "$dir/100000" "$dir/big"
# Brought up to date, and the backup before that, are no part of a start.
./evenhand --data "$dir/small" list >/dev/null
./evenhand --data "$dir/big" list >/dev/null
# Twenty people with actions of their own, two in a meeting, are in the large archive too.
rm -rf "$dir/twenty"
mkdir "$dir/twenty"
awk -v dir="$dir/twenty" 'BEGIN { for (k = 0; k < 10; k++) {
    file = dir "/" k ".meeting"
    printf "evenhand: 1\nmeeting: tac\nchild: Twenty Child%d / T.%d\ndate: 2026-11-%02d\ntime: 14:00-15:00\nkept-by: Mina Clark\nkept-as: minutes\n\npeople:\n", k, k, k + 10 >file
    printf "Mina Clark | administrator | School | minute-taker | 14:00-15:00\n" >file
    for (i = k; i < 20; i += 10) printf "Person Number%d | teacher | School %d | professional | 14:00-15:00\n", i, i >file
    print "\n# Everything" >file
    for (i = 0; i < 6; i++) printf "14:%02d A: Person Number%d, send paper %d to everybody on the list, by 2026-12-%02d\n", i, k + i % 2 * 10, i, i + 1 >file
    close(file) } }'
./evenhand --data "$dir/big" import "$dir"/twenty/*.meeting >/dev/null
# The same actions for Taskwarrior, where that is here; reading them in takes a while, so once.
if command -v task >/dev/null 2>&1; then
    BENCH_TASK=$(command -v task)
    TASKRC=$dir/taskrc TASKDATA=$dir/task
    export BENCH_TASK TASKRC TASKDATA
    printf 'confirmation=off\nverbose=nothing\ngc=off\ndata.location=%s\n' "$TASKDATA" >"$TASKRC"
    if [ ! -f "$dir/task.done" ]; then
        echo "reading 10,000 actions into Taskwarrior …" >&2
        rm -rf "$TASKDATA"
        mkdir "$TASKDATA"
        ./evenhand --data "$dir/big" actions --format taskwarrior | task import - >/dev/null 2>&1 && : >"$dir/task.done"
    fi
fi
for file in "$srcdir"/tests/meetings/*.meeting; do
    ./evenhand --data "$dir/worked" import "$file" >/dev/null
done
# BENCH="keys enter" runs only these sections.
# shellcheck disable=SC2086
exec ./bench_driver ./evenhand . "$dir/small" "$dir/big" "$dir/worked" "$meeting" "$rows" "$bytes" "$today" ${BENCH:-}
