#!/usr/bin/env python3
"""What the tests with a real sshd need beside a shell; see lib.sh.

tool.py records FOLDER PEOPLE       makes meetings; prints NAME, tab, a word that only NAME may see ("-": nobody)
tool.py port                        a port of the loopback that nobody listens on
tool.py listening PORT PID          waits until something listens there; 1 when the process ends before
tool.py strict PATH UID             "yes" when sshd would take PATH under StrictModes
tool.py stop PID                    ends a server and whatever it started, by their numbers
tool.py under PID NAME              numbers of the processes called NAME that PID started, and what those started
tool.py watch PID FILE              writes down what runs below PID, until it is ended itself: NAME, NoNewPrivs, Seccomp, parent's name a line
tool.py answer PORT FILE            answers on PORT with the text of FILE, until it is ended itself
tool.py others FILE NAME            prints the JSON of a meeting without what NAME may change in it
tool.py calls FILE NAME             1 when the strace in FILE shows that a program NAME started, or tried to start, anything
tool.py open PORT                   whether something listens on PORT
tool.py reads PORT [BEHIND]         prints what PORT answers, asked as it is and then as a SOCKS proxy for BEHIND; 1 when nothing
"""

import json
import os
import re
import signal
import socket
import stat
import sys
import time

GIVEN = ["Rosa", "Tariq", "Ines", "Bo", "Wanda", "Kofi", "Lena", "Mateo", "Nuala", "Omar"]
FAMILY = ["Varga", "Ünal", "Brandt", "Castro", "Dlamini", "Eriksen"]
MEETINGS = 3
ACTIONS = 3


def word(kind, *numbers):
    """A word that stands nowhere else and in no dictionary."""
    n = 7919
    for k in (kind, *(str(i) for i in numbers)):
        for c in str(k):
            n = (n * 31 + ord(c)) % 1000003
    return "zq%06dx" % n


def person(i):
    return GIVEN[i % len(GIVEN)] + " " + FAMILY[i // len(GIVEN) % len(FAMILY)]


def one_meeting(k, people, secrets):
    child = "Quillon%s Thistlewood%s" % ("abc"[k], "abc"[k])
    for name in child.split():
        secrets.append(("-", name))
    lines = ["evenhand: 1", "meeting: tac", "child: " + child, "date: 2026-10-%02d" % (12 + k), "time: 14:00-15:00", "kept-by: Mina Clark", "kept-as: minutes", "",
             "people:", "Mina Clark | administrator | School %d | chair, minute-taker | 14:00-15:00" % k]
    here = [i for i in range(people) if i % MEETINGS == k]
    lines += ["%s | teacher | School %d | professional | 14:00-15:00" % (person(i), k) for i in here]
    lines += ["", "# Everything", "14:05 The note %s was read." % word("note", k)]
    secrets.append(("-", word("note", k)))
    for i in here:
        for a in range(ACTIONS):
            w = word("action", i, a)
            secrets.append((person(i), w))
            lines.append("14:1%d A: %s, bring %s to %s, by 2026-1%d-%02d" % (a, person(i), w, child, 1 + a % 2, 1 + (i * 7 + a * 5) % 28))
        w = word("secret", i)
        secrets.append(("-", w))
        lines.append("14:20 X(Mina Clark): A: %s, ask about %s, by 2026-12-01" % (person(i), w))
        w = word("said", i)
        secrets.append(("-", w))
        lines.append("14:30 P: %s: the word %s was said" % (person(i), w))
    return "\n".join(lines) + "\n14:40 end\n"


def records(folder, people):
    os.mkdir(folder)
    secrets = []
    for k in range(min(MEETINGS, people)):
        with open("%s/%d.meeting" % (folder, k), "w", encoding="utf-8") as f:
            f.write(one_meeting(k, people, secrets))
    for who, w in sorted(secrets, key=lambda s: [person(i) for i in range(people)].index(s[0]) if s[0] != "-" else -1):
        print(who, w, sep="\t")


# ---- servers and processes ----


def port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        print(s.getsockname()[1])


def until(seconds, holds):
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def runs(pid):
    try:
        with open("/proc/%d/stat" % pid) as f:
            return f.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def answers(number):
    try:
        with socket.create_connection(("127.0.0.1", number), 1) as s:
            return s.recv(4) == b"SSH-"
    except OSError:
        return False


def listening(number, pid):
    until(10, lambda: not runs(pid) or answers(number))
    return 0 if runs(pid) and answers(number) else 1


def strict(path, uid):
    path = os.path.realpath(path)
    while True:
        st = os.stat(path)
        if st.st_uid not in (0, uid) or st.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            return "no"
        if path == "/":
            return "yes"
        path = os.path.dirname(path)


def processes():
    """{pid: (name, parent)} of all that run."""
    found = {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open("/proc/%s/stat" % entry, encoding="utf-8", errors="replace") as f:
                text = f.read()
        except OSError:
            continue
        before, _, after = text.rpartition(")")
        state, parent = after.split()[:2]
        if state not in "ZX":
            found[int(entry)] = (before.partition("(")[2], int(parent))
    return found


def below(top):
    all_of_them = processes()
    inside = {top}
    grew = True
    while grew:
        more = {p for p, (_, parent) in all_of_them.items() if parent in inside} - inside
        grew = bool(more)
        inside |= more
    inside.discard(top)
    return {p: (all_of_them[p][0], all_of_them.get(all_of_them[p][1], ("?", 0))[0]) for p in inside}


def end(pids, number):
    for pid in pids:
        try:
            os.kill(pid, number)
        except OSError:
            pass


def stop(pid):
    ours = {pid} | set(below(pid))
    end(ours, signal.SIGTERM)
    if not until(5, lambda: not any(runs(p) for p in ours)):
        end([p for p in ours if runs(p)], signal.SIGKILL)


def under(pid, name):
    inside = below(pid)
    named = [p for p in inside if inside[p][0] == name[:15]]
    print("\n".join(str(p) for p in named + [c for p in named for c in below(p)]))


def status(pid):
    values = {}
    try:
        with open("/proc/%d/status" % pid) as f:
            for line in f:
                key, _, value = line.partition(":")
                values[key] = value.strip()
    except OSError:
        pass
    return values.get("NoNewPrivs", "-"), values.get("Seccomp", "-")


def watch(pid, path):
    seen = set()
    with open(path, "w", encoding="utf-8") as f:
        while runs(pid):
            for p, (name, parent) in below(pid).items():
                line = (name, *status(p), parent)
                if line not in seen:
                    seen.add(line)
                    print(*line, file=f, flush=True)
            time.sleep(0.02)


def answer(number, path):
    with open(path, "rb") as f:
        text = f.read()
    with socket.socket() as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind(("127.0.0.1", number))
        s.listen()
        while True:
            c, _ = s.accept()
            with c:
                try:
                    c.sendall(text)
                except OSError:
                    pass


def ask(number, first):
    try:
        with socket.create_connection(("127.0.0.1", number), 1) as s:
            s.settimeout(0.5)
            if first:
                s.sendall(first)
            return s.recv(1000)
    except OSError:
        return b""


def reads(number, behind):
    text = ask(number, b"")
    if behind:
        text += ask(number, b"\4\1" + int(behind).to_bytes(2, "big") + bytes([127, 0, 0, 1]) + b"\0")
    print(text.decode("latin-1"))
    return 0 if text else 1


def opened(number):
    try:
        socket.create_connection(("127.0.0.1", number), 1).close()
        return 0
    except OSError:
        return 1


def others(path, name):
    with open(path, encoding="utf-8") as f:
        meeting = json.load(f)
    own = {(a["item"], a["entry"]) for a in meeting["actions"] if a["owner"] == name}
    for a in meeting["actions"]:
        if a["owner"] == name:
            a["status"] = a["history"] = None
            for key in ("finished", "disputes"):
                a.pop(key, None)
    for item in meeting["items"]:
        for entry in item["entries"]:
            if (item["number"], entry["number"]) in own:
                entry["disputes"] = None
    json.dump(meeting, sys.stdout, indent=1, sort_keys=True, ensure_ascii=False)


def calls(path, name):
    """Only the program's own start: after it, whatever its process asks is too much. What cannot be read may not be passed over."""
    ours, faults, started = set(), 0, 0
    with open(path, encoding="utf-8", errors="replace") as f:
        for line in f:
            pid, _, rest = line.strip().partition(" ")
            rest = rest.strip()
            if pid in ours and not rest.startswith(("+++", "---")) and "<... execve resumed>" not in rest:
                print("after its start: %s" % line.strip())
                faults += 1
            if re.match(r'execve\("[^"]*/%s",' % re.escape(name), rest):
                ours.add(pid)
                started += 1
            if rest.startswith("+++"):
                ours.discard(pid)
    if not started:
        print("%s was not seen to start" % name)
    return 1 if faults or not started else 0


def main(words):
    name, rest = words[0], words[1:]
    if name == "records":
        records(rest[0], int(rest[1]))
    elif name == "port":
        port()
    elif name == "listening":
        return listening(int(rest[0]), int(rest[1]))
    elif name == "strict":
        print(strict(rest[0], int(rest[1])))
    elif name == "stop":
        stop(int(rest[0]))
    elif name == "under":
        under(int(rest[0]), rest[1])
    elif name == "watch":
        watch(int(rest[0]), rest[1])
    elif name == "answer":
        answer(int(rest[0]), rest[1])
    elif name == "others":
        others(rest[0], rest[1])
    elif name == "calls":
        return calls(rest[0], rest[1])
    elif name == "open":
        return opened(int(rest[0]))
    elif name == "reads":
        return reads(int(rest[0]), rest[1] if len(rest) > 1 else "")
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
