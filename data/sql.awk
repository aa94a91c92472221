# Makes a C header of an SQL file: LC_ALL=C awk -f data/sql.awk data/sql/NAME.sql > data/sql/NAME.h
#
# A file with "-- :name action_open" lines becomes STMT(action_open, "...") for each statement; the including
# file says what STMT is. Any other file becomes its lines as string literals with commas, for an array.
# Comments and blank lines are left out; literals stay short, as compilers need not take long ones.

function literal(s)
{
    gsub(/\\/, "\\\\", s)
    gsub(/"/, "\\\"", s)
    return "\"" s "\\n\""
}

function finish()
{
    if (name != "")
        print ")"
}

{
    line = $0
    sub(/\r$/, "", line)
}

line ~ /^-- :name / {
    finish()
    name = line
    sub(/^-- :name +/, "", name)
    sub(/ .*$/, "", name)
    print "STMT(" name ","
    next
}

{
    sub(/^[ \t]+/, "", line)
    sub(/^--.*$/, "", line)
    if (line == "")
        next
    print (name == "" ? literal(line) "," : "    " literal(line))
}

END {
    finish()
}
