# Shared by the house tests: run from the build directory with srcdir set.
set -eu
LC_ALL=C
export LC_ALL
build=$(pwd)
cd "$srcdir"
# Complaints are kept in a file: at the end of a pipe complain() runs in a process of its own, whose variables are lost.
complaints=$(mktemp "$build/house-XXXXXX")
trap 'rm -f "$complaints"' EXIT
# complain TEXT: reads offending lines on standard input and says them.
complain() {
    found=$(cat)
    [ -z "$found" ] && return 0
    printf '%s:\n%s\n' "$1" "$found" | tee -a "$complaints"
}
finish() {
    [ ! -s "$complaints" ] || exit 1
    exit 0
}
