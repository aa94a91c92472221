"""evenhand-review in a pseudo-terminal, seen from outside: what the system says of the process, strange terminals and sizes, idle log-out, hang-up.
Usage: review_pty.py PROGRAM PERSON DATA [SMALL]. SMALL is a copy of DATA on a disk of its own that can be filled. Exit status 1 and a sentence for each fault."""
import fcntl, os, pty, re, select, signal, sqlite3, struct, sys, termios, time

PROGRAM, PERSON, DATA = sys.argv[1:4]
SMALL = sys.argv[4] if len(sys.argv) > 4 else None
faults = []
LIMIT = 20 * (3 if "ASAN_OPTIONS" in os.environ else 1)


def fault(text, seen=b""):
    faults.append("%s %r" % (text, seen[-400:]) if seen else text)


class Visit:
    def __init__(self, *words, term="xterm-256color", rows=24, columns=80, data=DATA, **environment):
        mine, its = pty.openpty()
        fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.pid = os.fork()
        if self.pid == 0:
            os.setsid()
            fcntl.ioctl(its, termios.TIOCSCTTY, 0)
            for fd in (0, 1, 2):
                os.dup2(its, fd)
            os.closerange(3, 64)
            keep = {k: v for k, v in os.environ.items() if k.startswith(("EVENHAND_", "ASAN_", "UBSAN_"))}
            keep.update(environment)
            if term is not None:
                keep["TERM"] = term
            os.execve(PROGRAM, [PROGRAM, "--as", PERSON, "--data", data] + list(words), keep)
        os.close(its)
        self.fd, self.seen, self.status = mine, b"", None

    def take(self, seconds):
        ready, _, _ = select.select([self.fd], [], [], seconds)
        if ready:
            try:
                self.seen += os.read(self.fd, 65536)
            except OSError:
                return False
        return True

    def until(self, words, seconds=LIMIT):
        end = time.monotonic() + seconds
        while words not in self.seen and time.monotonic() < end and self.take(0.1):
            pass
        return words in self.seen

    def type(self, keys):
        self.seen = b""
        os.write(self.fd, keys)

    def wait(self, seconds=LIMIT):
        end = time.monotonic() + seconds
        while self.status is None and time.monotonic() < end:
            if self.fd is not None and not self.take(0.05):
                time.sleep(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self.fd is not None:
            while self.take(0) and select.select([self.fd], [], [], 0)[0]:
                pass
            os.close(self.fd)
        return self.status

    def hang_up(self):
        os.close(self.fd)
        self.fd = None

    def proc(self, name):
        with open("/proc/%d/%s" % (self.pid, name)) as f:
            return f.read()


def visits(what):
    with sqlite3.connect("file:%s/evenhand.db?mode=ro" % DATA, uri=True) as db:
        return db.execute("SELECT count(*) FROM visit WHERE what = ?", (what,)).fetchone()[0]


SHOWN = b"therapy"  # a word of the one action that is theirs


def shut_in():
    v = Visit()
    if not v.until(SHOWN):
        fault("nothing is shown", v.seen)
    status = dict(l.split(":\t", 1) for l in v.proc("status").splitlines() if ":\t" in l)
    if status["NoNewPrivs"] != "1":
        fault("NoNewPrivs is %s" % status["NoNewPrivs"])
    if os.environ.get("REVIEW_FILTER", "yes") == "yes" and status["Seccomp"] != "2":
        fault("Seccomp is %s" % status["Seccomp"])
    limits = v.proc("limits")
    for name, most in (("Max core file size", "0"), ("Max processes", "0"), ("Max open files", "32"), ("Max cpu time", "600")):
        if not re.search(r"^%s +%s +%s " % (name, most, most), limits, re.M):
            fault("%s is not %s" % (name, most))
    # What would stop, start, or leave another program elsewhere.
    for keys in (b"\x1a", b"!", b"|", b"v", b":", b"e", b"x", b"\x1c", b"\x03"):
        v.type(keys)
        v.take(0.3)
    os.kill(v.pid, signal.SIGTSTP)
    v.take(0.3)
    if v.proc("status").split("State:\t")[1][0] == "T":
        fault("it was stopped")
        os.kill(v.pid, signal.SIGCONT)
    v.type(b"\x0c")
    if not v.until(SHOWN):
        fault("it does not go on after strange keys", v.seen)
    v.type(b"Q")
    if v.wait() != 0:
        fault("Q gives %s" % v.status)
    if b"\x1b[?1049l" not in v.seen or b"\x1b[3J" not in v.seen or b"\x1b[2J" not in v.seen[: v.seen.rfind(b"\x1b[?1049l")]:
        fault("the screen is not cleared and given back", v.seen)
    if SHOWN in v.seen:
        fault("something stays on the screen", v.seen)


def terminals():
    for term in ("", None, "../../tmp/x", "/etc/passwd", "A" * 5000, "x" * 64, "\x1b[2J", "xterm;id", "no-such-terminal", "vt100", "linux", "xterm\nfoo"):
        v = Visit(term=term)
        if not v.until(SHOWN):
            fault("TERM=%.30r shows nothing" % term, v.seen)
        v.type(b"Q")
        if v.wait() != 0:
            fault("TERM=%.30r gives %s" % (term, v.status))
    v = Visit(term="dumb")
    if v.wait() != 2 or b"plain" not in v.seen:
        fault("a terminal that cannot place its cursor gives %s" % v.status, v.seen)


def sizes():
    for rows, columns in ((0, 0), (1, 1), (5, 20), (500, 500), (65535, 65535), (1, 65535), (65535, 1)):
        v = Visit(rows=rows, columns=columns)
        v.until(b"\x1b[", LIMIT)
        fcntl.ioctl(v.fd, termios.TIOCSWINSZ, struct.pack("HHHH", columns, rows, 0, 0))
        os.kill(v.pid, signal.SIGWINCH)
        v.take(0.5)
        fcntl.ioctl(v.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.kill(v.pid, signal.SIGWINCH)
        v.type(b"\x0c")
        if not v.until(SHOWN):
            fault("%d rows and %d columns: nothing is shown afterwards" % (rows, columns), v.seen)
        v.type(b"Q")
        if v.wait() != 0:
            fault("%d rows and %d columns give %s" % (rows, columns, v.status))
    v = Visit(LINES="99999", COLUMNS="-5")
    v.until(SHOWN)
    v.type(b"Q")
    if v.wait() != 0:
        fault("COLUMNS and LINES that are no sizes give %s" % v.status)


def idle():
    for words in ((), ("--plain",)):
        ended = visits("ended")
        began = time.monotonic()
        v = Visit("--idle", "0.05", *words)
        status = v.wait()
        if status != 0 or b"ogged out" not in v.seen:
            fault("nothing typed %s: %s" % (words, status), v.seen)
        if not 2.5 < time.monotonic() - began < LIMIT:
            fault("logged out after %.1f s" % (time.monotonic() - began))
        if visits("ended") != ended + 1:
            fault("the end of an idle visit %s is not on record" % (words,))
    v = Visit("--idle", "0.05")
    v.until(SHOWN)
    for _ in range(5):  # every key begins the time anew
        time.sleep(1)
        v.type(b"j")
        v.take(0.1)
    v.type(b"\x0c")
    if not v.until(SHOWN):
        fault("somebody who types was logged out", v.seen)
    v.type(b"Q")
    v.wait()


def lost():
    """The line is cut while words are half typed: the visit ends on record within five seconds, and the words wait for the next one."""
    for how in ("line", "signal"):
        ended = visits("ended")
        v = Visit()
        v.until(SHOWN)
        v.type(b"m")
        v.take(0.5)
        v.type(b"half of a word")
        if not v.until(b"word"):
            fault("what is typed is not seen", v.seen)
        began = time.monotonic()
        if how == "line":
            v.hang_up()
        else:
            os.kill(v.pid, signal.SIGHUP)
        status = v.wait()
        if status != 0 or time.monotonic() - began > 5:
            fault("a lost line (%s) gives %s after %.1f s" % (how, status, time.monotonic() - began))
        if visits("ended") != ended + 1:
            fault("the end of a lost visit (%s) is not on record" % how)
        v = Visit()
        v.until(SHOWN)
        v.type(b"m")
        if not v.until(b"half of a word"):
            fault("half-typed words were lost (%s)" % how, v.seen)
        v.type(b"\x15\x1b")
        v.take(0.5)
        v.type(b"Q")
        v.wait()


def full():
    """A disk that fills up during a visit, and has room again: within the filter the database is opened anew and the words are recorded."""
    if SMALL is None:
        return
    v = Visit(data=SMALL)
    v.until(SHOWN)
    filler = os.path.join(os.path.dirname(SMALL), "filler")
    with open(filler, "wb", buffering=0) as f:
        try:
            while True:
                f.write(b"x" * 4096)
        except OSError:
            pass
    v.type(b"m" + b"words that find no room" + b"\r")
    if not v.until(b"full"):
        fault("a full disk is not said", v.seen)
    os.unlink(filler)
    time.sleep(1.5)
    v.type(b"\r")
    v.take(1)
    v.type(b"\x0c")
    v.until(SHOWN)
    v.type(b"Q")
    v.wait()
    again = Visit("--plain", data=SMALL)
    again.until(b"1.")
    again.type(b"1\nquit\n")
    if again.wait() != 0 or b"words that find no room" not in again.seen:
        fault("words were not recorded when there was room again", again.seen)


for part in (shut_in, terminals, sizes, idle, lost, full):
    try:
        part()
    except Exception as e:  # a fault in one part hides no other
        fault("%s: %r" % (part.__name__, e))
for text in faults:
    print(text, file=sys.stderr)
sys.exit(1 if faults else 0)
