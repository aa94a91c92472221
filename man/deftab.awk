# Fills a template (the last file) from the .def tables before it:
#
#   awk -f deftab.awk -v version=0.1.0 -v tables=/usr/share/evenhand command.def option.def action.def status.def evenhand.1.in
#
# A line @COMMANDS@, @OPTIONS@, @KEYS@, @REVIEWKEYS@ or @EXIT@ is replaced by mdoc; @BASH_WORDS@, @BASH_OPTIONS@, @BASH_COMMANDS@ by shell; @VERSION@ and @TABLES@
# within a line by words. Relies on the tables' rule: one row a line, no quotation marks within.

# Splits the arguments of a row into field[1..]; returns their number. Text loses its quotation marks, NULL becomes "".
function fields(row,    n, c, quoted, word, i) {
    sub(/^[A-Z]+\(/, "", row)
    sub(/\)[^)]*$/, "", row)
    n = 1
    word = ""
    quoted = 0
    for (i = 1; i <= length(row); i++) {
        c = substr(row, i, 1)
        if (c == "\"")
            quoted = !quoted
        else if (c == "," && !quoted) {
            field[n++] = word
            word = ""
        } else if (quoted || c != " ")
            word = word c
    }
    field[n] = word
    for (i = 1; i <= n; i++)
        if (field[i] == "NULL")
            field[i] = ""
    return n
}

# Text for mdoc: backslashes and hyphens as they are typed, no control line by accident.
function roff(s) {
    gsub(/\\/, "\\e", s)
    gsub(/-/, "\\-", s)
    if (s ~ /^[.']/)
        s = "\\&" s
    return s
}

# Plain prose: hyphens within words stay hyphens, options and alternatives do not; a new sentence begins a new line.
function prose(s) {
    gsub(/\\/, "\\e", s)
    gsub(/ --/, " \\-\\-", s)
    sub(/^--/, "\\-\\-", s)
    gsub(/ -/, " \\-", s)
    sub(/^-/, "\\-", s)
    gsub(/\. /, ".\n", s)
    return s
}

# Prints prose in lines of less than 80 bytes; a line that would begin like a control line is guarded.
function put(s,    n, w, i, line, m, part, k) {
    m = split(s, part, "\n")
    for (k = 1; k <= m; k++) {
        line = ""
        n = split(part[k], w, " ")
        for (i = 1; i <= n; i++) {
            if (line != "" && length(line) + length(w[i]) > 77) {
                print line
                line = ""
            }
            line = line (line == "" ? (w[i] ~ /^[.']/ ? "\\&" : "") : " ") w[i]
        }
        print line
    }
}

function command_mdoc(i,    j) {
    print ".It Xo"
    print ".Nm evenhand"
    if (name[i] != "")
        print ".Cm " roff(name[i])
    if (synopsis[i] != "")
        print ".No " roff_words(synopsis[i])
    print ".Xc"
    put(capital(prose(help[i])) ".")
    for (j = 1; j <= nmore; j++)
        if (more_of[j] == id[i])
            put(prose(more[j]))
    if (options[i] != "")
        put("Options: " option_list(options[i]) ".")
    for (j = 1; j <= nexamples; j++)
        if (example_of[j] == id[i])
            print ".Pp\n.Dl $ " roff(examples[j])
}

# A synopsis as literal words: characters that mdoc would take for delimiters are guarded.
function roff_words(s,    n, w, i, out) {
    n = split(s, w, " ")
    out = ""
    for (i = 1; i <= n; i++)
        out = out (i > 1 ? " " : "") (w[i] ~ /^[][|(),.:;?!]$/ || w[i] ~ /^[A-Z][a-z]$/ ? "\\&" : "") roff(w[i])
    return out
}

function capital(s) {
    return toupper(substr(s, 1, 1)) substr(s, 2)
}

function option_list(s,    n, w, i, out) {
    n = split(s, w, " ")
    out = ""
    for (i = 1; i <= n; i++)
        out = out (i > 1 ? ", " : "") "\\-\\-" roff(w[i])
    return out
}

function option_mdoc(i) {
    printf ".It"
    if (letter[i] != "0")
        printf " Fl %s ,", letter[i]
    printf " Fl \\-%s", roff(long[i])
    if (arg[i] != "")
        printf " Ar %s", arg[i]
    print ""
    put(prose(capital(ohelp[i])) ".")
}

# The keys of one map; no map: those of maps that have no heading yet, so that none is left out.
function keys_mdoc(map, title,    i, any) {
    any = 0
    for (i = 1; i <= nkeys; i++) {
        if (map != "" ? !index(kmap[i], map) : kmap[i] ~ /[GLEMHFVRPSY]/)
            continue
        if (!any)
            print ".Ss " title "\n.Bl -tag -width 20n -compact"
        any = 1
        put_row(key_words(kkeys[i]), khelp[i])
    }
    if (any)
        print ".El"
}

function put_row(label, text) {
    print ".It " label
    put(capital(prose(text)) ".")
}

# Each key as a literal word: "F4", "C-g 4" for a chord.
function key_words(s,    n, w, i, out) {
    n = split(s, w, " ")
    out = ""
    for (i = 1; i <= n; i++) {
        w[i] = roff(w[i])
        if (w[i] !~ /^\+/)
            sub(/\+/, "\\~", w[i])
        out = out (i > 1 ? ",\\~" : "") "\\&" w[i]
    }
    return out
}

function mdoc(what,    i) {
    if (what == "COMMANDS")
        for (i = 1; i <= ncommands; i++)
            command_mdoc(i)
    if (what == "OPTIONS")
        for (i = 1; i <= noptions; i++)
            option_mdoc(i)
    if (what == "KEYS") {
        keys_mdoc("G", "Everywhere")
        keys_mdoc("L", "Lists")
        keys_mdoc("E", "The entry line and other lines that are typed")
        keys_mdoc("M", "The live meeting")
        keys_mdoc("H", "The home screen")
        keys_mdoc("F", "Planning and other forms")
        keys_mdoc("V", "The minutes")
        keys_mdoc("R", "Reading back")
        keys_mdoc("P", "The people")
        keys_mdoc("S", "Sign-off")
        keys_mdoc("", "Other screens")
    }
    if (what == "REVIEWKEYS") {
        keys_mdoc("Y", "One's own actions")
        keys_mdoc("W", "Moving and searching")
        keys_mdoc("U", "Everywhere")
    }
    if (what == "EXIT")
        for (i = 1; i <= nstatus; i++)
            put_row(status[i], shelp[i])
}

# The words of one option list for a shell, the options that every command takes included.
function shell_options(s,    n, w, i, j, out) {
    out = ""
    n = split(s, w, " ")
    for (i = 1; i <= noptions; i++) {
        for (j = 1; j <= n && w[j] != long[i]; j++)
            ;
        if (i <= ncommon || j <= n)
            out = out " --" long[i] (letter[i] != "0" && i > ncommon ? " -" letter[i] : "")
    }
    return substr(out, 2)
}

function shell(what,    i, words, takes) {
    words = ""
    for (i = 1; i <= ncommands; i++)
        if (name[i] != "")
            words = words " " name[i]
    if (what == "BASH_WORDS")
        print "    local commands=\"" substr(words, 2) "\""
    if (what == "BASH_OPTIONS") {
        takes = ""
        for (i = 1; i <= noptions; i++)
            if (arg[i] != "")
                takes = takes "|--" long[i] (letter[i] != "0" ? "|-" letter[i] : "")
        print "        " substr(takes, 2) ") argument=yes ;;"
    }
    if (what == "BASH_COMMANDS")
        for (i = 1; i <= ncommands; i++)
            print "        " (name[i] == "" ? "\"\"" : name[i]) ") options=\"" shell_options(options[i]) "\" ;;"
}

/^COMMAND\(/ {
    fields($0)
    ncommands++
    id[ncommands] = field[1]; name[ncommands] = field[2]; synopsis[ncommands] = field[3]; help[ncommands] = field[4]; options[ncommands] = field[7]
    next
}
/^MORE\(/ { fields($0); nmore++; more_of[nmore] = field[1]; more[nmore] = field[2]; next }
/^EXAMPLE\(/ { fields($0); nexamples++; example_of[nexamples] = field[1]; examples[nexamples] = field[2]; next }
/^OPTION\(/ {
    fields($0)
    noptions++
    long[noptions] = field[2]; letter[noptions] = field[3]; arg[noptions] = field[4]; ohelp[noptions] = field[5]
    gsub(/'/, "", letter[noptions])
    if (long[noptions] == "version")
        ncommon = noptions
    next
}
/^ACTION\(/ { fields($0); nkeys++; kmap[nkeys] = field[3]; kkeys[nkeys] = field[4]; khelp[nkeys] = field[5]; next }
/^STATUS\(/ { fields($0); nstatus++; status[nstatus] = field[1]; shelp[nstatus] = field[2]; next }
FILENAME !~ /\.in$/ { next }
/^@BASH_[A-Z]+@$/ { shell(substr($0, 2, length($0) - 2)); next }
/^@[A-Z]+@$/ { mdoc(substr($0, 2, length($0) - 2)); next }
{
    gsub(/@VERSION@/, version)
    gsub(/@TABLES@/, tables)
    print
}
