#!/usr/bin/env python3
"""ttys.py WHO SECRETS: visits through ./WHO -tt from terminals that say strange things of themselves: names, sizes, changes of size. None of the SECRETS may be
sent to them; each visit ends at Q, at once or by itself, with 0 or with 2 and a sentence. Exit status 1 when something was otherwise."""

import fcntl
import os
import select
import struct
import sys
import termios
import time

TERMS = [
    "xterm-256color", "vt100", "linux", "dumb", "unknown", "", "../../tmp/x", "/etc/passwd", "../../../../etc/passwd", "x" * 5000, "xterm\nlist", "xterm;id", "$(id)", "`id`",
    "xterm-256color\x1b[2J", "%s%n%s", "ansi\udcff", "\u202emretx", "-c", "--as", "hex:00", "b64:AAAA", ".", "..", "A/../xterm", "screen.xterm-256color", "~/.terminfo", "xterm-256color ",
]
SIZES = [(0, 0), (1, 1), (1, 24), (80, 1), (2, 2), (19, 4), (500, 500), (65535, 65535), (65535, 1), (1, 65535), (32767, 32767)]


def resize(fd, size):
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))


def start(who, term, size):
    pid, fd = os.forkpty()
    if pid == 0:
        env = dict(os.environb)
        env[b"TERM"] = os.fsencode(term)
        if size is not None:
            resize(0, size)
        os.execve(os.path.abspath(who), [who, "-S", "master", "-tt"], env)
    return pid, fd


def read(fd, quiet, most):
    """What comes until nothing came for `quiet` seconds; None after it when the program is gone."""
    out, end, gone = b"", time.monotonic() + most, False
    while not gone and time.monotonic() < end and select.select([fd], [], [], quiet if out else most)[0]:
        try:
            block = os.read(fd, 65536)
        except OSError:
            block = b""
        out += block
        gone = not block
    return out, gone


def finish(pid, fd):
    """Presses Q until it ends; its status, None when it does not within ten seconds."""
    out, end, gone = b"", time.monotonic() + 10, False
    while time.monotonic() < end:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return out, os.waitstatus_to_exitcode(status)
        if not gone:
            try:
                os.write(fd, b"\x1bQ" if b"Q" in out else b"Q")
            except OSError:
                pass
            more, gone = read(fd, 0.02, 0.1)
            out += more
        else:
            time.sleep(0.02)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    return out, None


def visit(who, term, size, sizes, hidden):
    pid, fd = start(who, term, size)
    out, gone = read(fd, 0.03, 10)
    for s in sizes:
        if gone:
            break
        resize(fd, s)
        os.write(fd, b"jk")
        more, gone = read(fd, 0.05, 0.3)
        out += more
    more, status = finish(pid, fd)
    os.close(fd)
    out += more
    faults = []
    if status not in (0, 2):
        faults.append("gave %s" % ("no end" if status is None else status))
    if not out:
        faults.append("sent nothing")
    faults += ["was sent %r" % h for h in hidden if h.encode() in out]
    for fault in faults:
        print("TERM %.40r, %s then %s: %s\n    %.300r" % (term, size, sizes, fault, out[-300:]))
    return len(faults)


def main(who, secrets):
    with open(secrets, encoding="utf-8") as f:
        hidden = f.read().split()
    faults = sum(visit(who, term, (80, 24), [], hidden) for term in TERMS)
    faults += sum(visit(who, "xterm-256color", size, [], hidden) for size in SIZES)
    faults += visit(who, "xterm-256color", (80, 24), SIZES + [(80, 24)], hidden)
    print("%d names, %d sizes, %d faults" % (len(TERMS), len(SIZES), faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
