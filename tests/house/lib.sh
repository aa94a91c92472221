# Shared by the house tests: run from the build directory with srcdir set.
set -eu
LC_ALL=C
export LC_ALL
build=$(pwd)
cd "$srcdir"
failed=0
# complain TEXT: reads offending lines on standard input and says them.
complain() {
    found=$(cat)
    [ -z "$found" ] && return 0
    printf '%s:\n%s\n' "$1" "$found"
    failed=1
}
finish() {
    exit "$failed"
}
