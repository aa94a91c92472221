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
# The tracker's own statement, without its filters' values.
BENCH_ACTIONS_SQL=$(awk '/^-- :name /{ on = $3 == "action_list_open"; next } on' "$srcdir/data/sql/queries.sql" |
    sed 's/?[124]/NULL/g; s/?[356]/2147483647/g; s/?7/-1/g')
export BENCH_ACTIONS_SQL
# What is typed goes into copies: every run measures the same archive.
rm -rf "$dir/small" "$dir/big" "$dir/worked"
cp -r "$dir/1000" "$dir/small"
cp -r "$dir/100000" "$dir/big"
# Brought up to date, and the backup before that, are no part of a start.
./evenhand --data "$dir/small" list >/dev/null
./evenhand --data "$dir/big" list >/dev/null
for file in "$srcdir"/tests/meetings/*.meeting; do
    ./evenhand --data "$dir/worked" import "$file" >/dev/null
done
# BENCH="keys enter" runs only these sections.
# shellcheck disable=SC2086
exec ./bench_driver ./evenhand . "$dir/small" "$dir/big" "$dir/worked" "$meeting" "$rows" "$bytes" "$today" ${BENCH:-}
