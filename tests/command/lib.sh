# Shared by the command tests: a directory of its own for each, a fixed clock, and what a command printed, said and gave back.
# Run from the build directory with srcdir set; sourced first.
# shellcheck shell=sh disable=SC2034
set -u
LC_ALL=C.UTF-8
LANG=C.UTF-8
TERM=dumb
EVENHAND_NOW=2026-11-30T10:00
export LC_ALL LANG TERM EVENHAND_NOW
unset EVENHAND_DATA XDG_RUNTIME_DIR NO_COLOR
source=$(cd "$srcdir" && pwd)
: "${EVENHAND_PROGRAM:=$(pwd)/evenhand}"
: "${EVENHAND_TABLES:=$source/data/share}"
export EVENHAND_TABLES
mkdir -p tests/command
here=$(mktemp -d "$(pwd)/tests/command/tmp.XXXXXX") || exit 99
trap 'rm -rf "$here"' EXIT
trap 'exit 99' HUP INT TERM
cd "$here" || exit 99
HOME=$here/home XDG_DATA_HOME=$here/share XDG_CONFIG_HOME=$here/config
export HOME XDG_DATA_HOME XDG_CONFIG_HOME
mkdir home
meetings=$source/tests/meetings
failed=0
ran=

# run WORDS…: runs evenhand; keeps ./out, ./err and $status. Standard input is empty unless $input names a file.
run() {
    ran="evenhand $*"
    "$EVENHAND_PROGRAM" "$@" >out 2>err <"${input:-/dev/null}"
    status=$?
}

wrong() {
    failed=1
    printf '%s\n    %s\n' "$ran" "$1"
    for f in out err; do
        [ -s $f ] && sed "s/^/    $f: /" $f | head -20
    done
    return 0
}

# good WORDS…: must give 0.
good() {
    run "$@"
    [ "$status" = 0 ] || wrong "gave $status, not 0"
}

# gives STATUS WORDS…
gives() {
    want=$1
    shift
    run "$@"
    [ "$status" = "$want" ] || wrong "gave $status, not $want"
}

# prints / says TEXT: a line of ./out / ./err is TEXT, whole; has / said TEXT: some line contains it; lacks / unsaid: none does.
prints() { grep -qxF -e "$1" out || wrong "does not print: $1"; }
says() { grep -qxF -e "$1" err || wrong "does not say: $1"; }
has() { grep -qF -e "$1" out || wrong "prints nothing with: $1"; }
said() { grep -qF -e "$1" err || wrong "says nothing with: $1"; }
lacks() { if grep -qF -e "$1" out; then wrong "must not print: $1"; fi; }
unsaid() { if grep -qF -e "$1" err; then wrong "must not say: $1"; fi; }
quiet() { [ ! -s err ] || wrong "should say nothing"; }
empty() { [ ! -s out ] || wrong "should print nothing"; }
lines() { [ "$(wc -l <out)" -eq "$1" ] || wrong "prints $(wc -l <out) lines, not $1"; }
# Characters, roughly columns: enough for texts in Latin letters.
narrow() { [ -z "$(awk '{ gsub(/[\200-\277]/, ""); if (length($0) > 80) print }' out)" ] || wrong "lines are longer than 80"; }

# same FILE FILE
same() {
    ran="$ran; cmp $1 $2"
    cmp -s "$1" "$2" || {
        diff "$1" "$2" | head -10 >err
        : >out
        wrong "the files differ"
    }
}

# json FILTER WANTED: what jq makes of ./out, compactly; nothing where jq is not there.
json() {
    command -v jq >/dev/null 2>&1 || return 0
    got=$(jq -c "$1" out 2>&1)
    [ "$got" = "$2" ] || wrong "$1 is $got, not $2"
}

need() {
    command -v "$1" >/dev/null 2>&1 && return 0
    echo "skipped: $1 is not here"
    exit 77
}

# After every scenario the derived tables are those that the log gives, and doctor finds nothing.
finish() {
    for db in "$XDG_DATA_HOME"/evenhand/evenhand.db data*/evenhand.db; do
        [ -f "$db" ] || continue
        good --data "$(dirname "$db")" rebuild
        has "nothing was different"
        good --data "$(dirname "$db")" doctor
    done
    exit "$failed"
}
