#!/usr/bin/env python3
"""attack.py TABLE WHO OTHER ACTION DATA PROGRAM SECRETS: sends every command of the table (see its head) through ./WHO, one after another over one connection,
and says what was answered otherwise than it should be. Exit status 1 when something was."""

import os
import re
import subprocess
import sys

ALLOWED = re.compile(r"[^\x20-\x7e\n\u00a0-\u200a\u2010-\u2027\u2030-\u205e\u2070-\ud7ff\ue000-\uffff]")


def commands(path, values):
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            wanted, _, words = line.partition(" ")
            words = words.encode("latin-1", "backslashreplace").decode("unicode_escape")
            words = re.sub(r"\{x([0-9]+)\}(.)", lambda m: m.group(2) * int(m.group(1)), words, flags=re.S)
            for name, value in values.items():
                words = words.replace("{%s}" % name, value)
            yield number, wanted, words


def wrong(number, words, what, out):
    print("line %d, %.60r: %s" % (number, words, what))
    for line in out.decode("utf-8", "replace").splitlines()[:6]:
        print("    %r" % line)


def judge(number, wanted, words, status, out, err, secrets):
    """How many faults."""
    faults = []
    if wanted == "-" and status == 0 or wanted in "012" and status != int(wanted):
        faults.append("gave %d, not %s" % (status, wanted))
    both = out + err
    text = both.decode("utf-8", "surrogateescape")
    faults += ["shows %r" % s for s in secrets if s in text]
    if ALLOWED.search(text):
        faults.append("prints %r raw" % ALLOWED.search(text).group())
    if status != 0 and out:
        faults.append("refuses on standard output")
    if status == 2 and not 1 <= err.count(b"\n") <= 12:
        faults.append("says %d lines" % err.count(b"\n"))
    for fault in faults:
        wrong(number, words, fault, both)
    return len(faults)


def main(table, who, other, action, data, program, secrets):
    with open(secrets, encoding="utf-8") as f:
        hidden = f.read().split() + [data]
    faults = sent = 0
    for number, wanted, words in commands(table, {"other": other, "action": action, "data": data, "program": program}):
        done = subprocess.run([os.path.abspath(who), "-S", "master", "--", os.fsencode(words)], capture_output=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
        faults += judge(number, wanted, words, done.returncode, done.stdout, done.stderr, hidden)
        sent += 1
    print("%d commands, %d faults" % (sent, faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
