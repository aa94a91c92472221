# Shared by the tests with a real sshd on loopback: made-up meetings, keys, and a server of our own that ends with the test. Sourced first, like
# tests/command/lib.sh, which it stands on. Skips (77) where sshd or the right to start it is missing.
# shellcheck shell=sh disable=SC2034
: "${DRIVE_PROGRAM:=$(pwd)/terminal_drive}"
: "${WALK_PROGRAM:=$(pwd)/ssh_walk}"
: "${PEOPLE_PROGRAM:=$(pwd)/ssh_people}"
: "${REVIEW_PROGRAM:=$(pwd)/evenhand-review}"
export DRIVE_PROGRAM WALK_PROGRAM PEOPLE_PROGRAM
. "$srcdir/tests/command/lib.sh"
unset EVENHAND_NOW # the reviewers' program takes no clock from outside
tool=$source/tests/ssh/tool.py
data=$here/data
sshd=
port=

skip() {
    echo "skipped: $1"
    exit 77
}

# ---- who may do what here ----

# As root the visits are made to a service account that exists only for our sshd: a file of accounts of its own, seen by nobody else. An ordinary user's
# sshd takes that same user only.
account=evenhand-test
account_id=64739
as_account=
choose_account() {
    if [ "$(id -u)" != 0 ]; then
        account=$(id -un)
        case $(getent passwd "$account" | cut -d: -f7) in
        */nologin | */false) skip "$account has no shell, so sshd would let nobody in" ;;
        esac
        return 0
    fi
    unshare -m true 2>unshared || skip "no private mounts (unshare -m) for root's sshd: $(cat unshared)"
    chmod 711 "$here"
    mkdir "$data" keys home/.ssh
    as_account="setpriv --reuid $account_id --regid $account_id --clear-groups"
    if $as_account test -x "$EVENHAND_PROGRAM" -a -x "$REVIEW_PROGRAM" -a -r "$EVENHAND_TABLES/demo.meeting" 2>/dev/null; then
        chown -R "$account_id:$account_id" "$data" keys home
        printf '#!/bin/sh\nexec %s "%s" "$@"\n' "$as_account" "$EVENHAND_PROGRAM" >evenhand
        chmod 755 evenhand
        EVENHAND_PROGRAM=$here/evenhand
    else # the build folder is root's alone
        account=root
        account_id=0
        as_account=
    fi
    {
        grep -v "^$account:" /etc/passwd
        echo "$account:x:$account_id:$account_id::$here/home:/bin/sh"
    } >passwd
    {
        grep -v "^$account:" /etc/shadow
        echo "$account:*:20000::::::"
    } >shadow
    chmod 600 shadow
}

for program in ssh ssh-keygen sftp scp python3; do
    need $program
done
[ -x /usr/sbin/sshd ] || skip "there is no /usr/sbin/sshd"
[ -x "$REVIEW_PROGRAM" ] || skip "evenhand-review was not built"
choose_account
mkdir -p "$data" keys
chmod 700 "$data"
EVENHAND_DATA=$data
export EVENHAND_PROGRAM EVENHAND_DATA

# ---- records and people ----

# records PEOPLE: made-up meetings with actions of as many people; ./people has a name a line, ./canaries the words that each of them alone may see:
# NAME, tab, word.
records() {
    python3 "$tool" records made "$1" >canaries || wrong "no records were made"
    cut -f1 canaries | grep -v '^-$' | awk '!seen[$0]++' >people
    good import made/*.meeting
    cp out ids
}

# meeting N: the id of the N-th of them.
meeting() { sed -n "$1p" ids; }

# key WHO NAME: a key pair, allowed for that person; ./WHO is then ssh as they call it, options after it. The server must run.
key() {
    echo "$2" >"name-$1"
    ssh-keygen -q -t ed25519 -N '' -C "$1 of the test" -f "key-$1" || wrong "no key for $1"
    input=key-$1.pub
    good reviewers add "$2" --keys "$here/keys/authorized"
    input=
    cat >"$1" <<SCRIPT
#!/bin/sh
exec ssh -F none -e none -p $port -l $account -i "$here/key-$1" -o IdentitiesOnly=yes -o IdentityAgent=none -o BatchMode=yes -o LogLevel=ERROR -o KexAlgorithms=curve25519-sha256 \\
    -o UserKnownHostsFile="$here/known" -o GlobalKnownHostsFile=none -o StrictHostKeyChecking=yes 127.0.0.1 "\$@"
SCRIPT
    chmod 755 "$1"
}

# person WHO: the id in their forced command.
person() {
    sed -n "s/.*--as[ =]*['\"]*\\([0-9a-f-]\\{36\\}\\).* $(cut -d' ' -f2 "key-$1.pub" | sed 's/[\/+]/./g') .*/\\1/p" keys/authorized
}

# ---- the server ----

# serve [CONFIGURATION]: starts it, with more lines for its configuration; $port. Ended at the end of the test, with everybody who is still there.
# $MOUNTS: done in its private mounts as root, before it starts.
serve() {
    [ -f host ] || ssh-keygen -q -t ed25519 -N '' -f host
    for try in 1 2 3 4 5; do
        [ -n "$port" ] || port=$(python3 "$tool" port)
        write_configuration "${1:-}"
        start_server
        if python3 "$tool" listening "$port" "$sshd" 2>trouble; then
            echo "[127.0.0.1]:$port $(cut -d' ' -f1,2 host.pub)" >known
            return 0
        fi
        stop_server
        port=
        grep -q 'in use' sshd.log || break
    done
    sed 's/^/    sshd: /' sshd.log
    skip "this sshd does not start here"
}

write_configuration() {
    {
        printf '%s\n' "Port $port" "ListenAddress 127.0.0.1" "HostKey \"$here/host\"" "PidFile \"$here/sshd.pid\"" "UsePAM no" "PasswordAuthentication no" \
            "KbdInteractiveAuthentication no" "PermitUserEnvironment no" "PermitUserRC no" "AllowUsers $account" "PermitRootLogin forced-commands-only" \
            "AuthorizedKeysFile \"$here/keys/authorized\"" "ExposeAuthInfo yes" "MaxStartups 100" "MaxSessions 100" "LogLevel DEBUG1" \
            "StrictModes $(python3 "$tool" strict "$here/keys" "$account_id")"
        printf '%s\n' "$1"
    } >sshd_config
}

start_server() {
    : >sshd.log
    if [ "$(id -u)" = 0 ]; then
        # shellcheck disable=SC2016
        HERE=$here MOUNTS=${MOUNTS-} unshare -m sh -c '
            mount --bind "$HERE/passwd" /etc/passwd && mount --bind "$HERE/shadow" /etc/shadow && mount -t tmpfs -o mode=755 none /run &&
            mkdir -m 755 /run/sshd && eval "$MOUNTS" && exec /usr/sbin/sshd -D -e -f "$HERE/sshd_config"' >>sshd.log 2>&1 </dev/null &
    else
        /usr/sbin/sshd -D -e -f "$here/sshd_config" >>sshd.log 2>&1 </dev/null &
    fi
    sshd=$!
}

stop_server() {
    [ -z "$sshd" ] || python3 "$tool" stop "$sshd"
    [ -z "$sshd" ] || wait "$sshd" 2>/dev/null
    sshd=
}

trap 'stop_server; rm -rf "$here"' EXIT

# ---- looking ----

# drive: the script on standard input must run to its end.
drive() {
    ran="a terminal script"
    "$DRIVE_PROGRAM" >shots 2>trouble || {
        failed=1
        echo "a terminal script failed:"
        sed 's/^/    /' trouble
    }
}

# wait_for SECONDS COMMAND…: again and again until it gives 0.
wait_for() {
    left=$(($1 * 50))
    shift
    while ! "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || return 1
        sleep 0.02
    done
}

# hidden WHO FILE…: none of the words that others alone may see, nor where the records lie, is in these files.
hidden() {
    who=$1
    shift
    awk -F'\t' -v who="$(sed -n 1p "name-$who")" '$1 != who { print $2 }' canaries >secret
    echo "$data" >>secret
    for file in "$@"; do
        if grep -aFf secret -- "$file" >found; then
            failed=1
            echo "$ran: somebody else's words in $file:"
            head -5 found | sed 's/^/    /'
        fi
    done
}

# The records are whole in the end.
whole() {
    good rebuild
    has "nothing was different"
    good doctor
}
