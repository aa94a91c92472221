#!/usr/bin/env python3
"""Compares what a program read from one of Evenhand's lists with what --format json says.

check_formats.py KIND LIST.json FILE, KIND one of csv, raw-csv, sqlite (rows as sqlite3 -json prints them), ics (as read_ical prints it), todo, task
(as `task export` prints it), with TZ as it was then. Exit status 1 and a line for each difference.
"""
import csv
import json
import re
import sys
from datetime import datetime, timezone

KEYS = ["id", "number", "item", "entry", "text", "owner", "with", "due", "due_time", "done_when", "otherwise", "from", "carried", "status", "restricted",
        "history", "meeting", "meeting_date", "child", "overdue", "disputes", "finished", "meeting_type"]
faults = 0


def fault(*words):
    global faults
    faults += 1
    print(*words)


def none(s):
    return s if s else None


def number(s):
    return int(s) if s else None


# ---- CSV: lists of names have "; " between, lists of changes are lines with tabs between the parts

def history_of(cell):
    changes = []
    for line in cell.split("\n") if cell else []:
        date, change, old, new, by, text = line.split("\t")
        changes.append({"date": none(date), "change": none(change), "from": none(old), "to": none(new), "by": none(by), "text": none(text)})
    return changes


def disputes_of(cell):
    return [dict(zip(("by", "text"), line.split("\t"))) for line in cell.split("\n")] if cell else []


def unguarded(cell):
    """A guarded line begins with ' and what a spreadsheet would take for a formula."""
    return "\n".join(line[1:] if re.match(r"'[\s\u200b]*[=+\-@＝＋－＠]", line) else line for line in cell.split("\n"))


def from_cells(row, guarded):
    row = {k: unguarded(v) if guarded else v for k, v in row.items()}
    names = lambda s: s.split("; ") if s else []
    restricted = row["restricted"]
    return {
        "id": row["id"], "number": row["number"], "item": number(row["item"]), "entry": number(row["entry"]), "text": row["text"], "owner": none(row["owner"]),
        "with": names(row["with"]), "due": none(row["due"]), "due_time": none(row["due_time"]), "done_when": none(row["done_when"]),
        "otherwise": none(row["otherwise"]), "from": none(row["from"]), "carried": none(row["carried"]), "status": row["status"],
        "restricted": restricted if restricted == "confidential" else names(restricted) or None, "history": history_of(row["history"]), "meeting": row["meeting"],
        "meeting_date": none(row["meeting_date"]), "child": row["child"], "overdue": row["overdue"] == "yes", "disputes": disputes_of(row["disputes"]),
        "finished": none(row["finished"]), "meeting_type": none(row["meeting_type"]),
    }


def read_csv(path, guarded):
    with open(path, newline="", encoding="utf-8") as f:
        return [from_cells(row, guarded) for row in csv.DictReader(f, strict=True)]


def read_sqlite(path):
    with open(path, encoding="utf-8") as f:
        return [from_cells(row, True) for row in json.load(f)]


# ---- iCalendar

ICS_STATUS = {"open": "NEEDS-ACTION", "in progress": "IN-PROCESS", "not done": "NEEDS-ACTION", "asked": "NEEDS-ACTION", "done": "COMPLETED", "withdrawn": "CANCELLED"}


def read_ics(path):
    with open(path, encoding="utf-8") as f:
        components = json.load(f)
    rows, events = [], {}
    for c in components:
        p = {}
        for one in c["properties"]:
            p.setdefault(one["name"], []).append(one)
            if "fault" in one:
                fault(one["name"], one["fault"])
        if c["kind"] == "VEVENT":
            events[p["RELATED-TO"][0]["value"]] = p
        if c["kind"] == "VTODO":
            rows.append(from_todo(p))
    for row in rows:
        check_event(row, events.pop(row["id"], None))
    for uid in events:
        fault("an event without its to-do:", uid)
    return rows


def from_todo(p):
    value = lambda name: p[name][0]["value"] if name in p else None
    own = lambda name: value("X-EVENHAND-" + name)
    every = lambda name: [one["value"] for one in p.get("X-EVENHAND-" + name, [])]
    due = p.get("DUE", [{}])[0]
    day, time = due.get("date"), None
    if "time" in due:
        day, time = due["time"].split()
        summer = 3 < int(due["time"][5:7]) < 10  # enough for dates of the test, none is in March or October
        utc = datetime.strptime(due["utc"], "%Y-%m-%d %H:%M")
        local = datetime.strptime(due["time"], "%Y-%m-%d %H:%M")
        if (local - utc).total_seconds() != (3600 if summer else 0):
            fault("the zone is wrong at", due)
    status = own("STATUS")
    if value("STATUS") != ICS_STATUS[status]:
        fault("STATUS", value("STATUS"), "for", status)
    if (status == "done") != ("COMPLETED" in p) or (status == "done" and own("FINISHED") and p["COMPLETED"][0]["time"] != own("FINISHED") + " 12:00"):
        fault("COMPLETED is wrong for", value("SUMMARY"))
    if value("CONTACT") != own("OWNER") or "DTSTAMP" not in p or value("CLASS") not in ("PRIVATE", "CONFIDENTIAL"):
        fault("something is wrong with", value("UID"))
    if "DTSTART" in p and ("date" in p["DTSTART"][0]) != ("date" in due):
        fault("DTSTART and DUE are of two types in", value("UID"))
    return {
        "id": value("UID"), "number": own("NUMBER"), "item": number(own("ITEM")), "entry": number(own("ENTRY")), "text": value("SUMMARY"), "owner": own("OWNER"),
        "with": every("WITH"), "due": day, "due_time": time, "done_when": own("DONE-WHEN"), "otherwise": own("OTHERWISE"), "from": own("FROM"),
        "carried": own("CARRIED"), "status": status, "restricted": own("RESTRICTED") or every("READER") or None,
        "history": [json.loads(s) for s in every("HISTORY")], "meeting": own("MEETING"), "meeting_date": own("MEETING-DATE"), "child": own("CHILD"),
        "overdue": own("OVERDUE") == "yes", "disputes": [json.loads(s) for s in every("DISPUTE")], "finished": own("FINISHED"),
        "meeting_type": own("MEETING-TYPE"),
    }


def check_event(row, event):
    """An open action with a date, and no other, has an event on that day."""
    wanted = row["due"] is not None and row["status"] in ("open", "in progress", "not done")
    if wanted != (event is not None):
        fault("event and to-do do not agree:", row["text"])
    if event is None:
        return
    start = event["DTSTART"][0]
    when = row["due"] if row["due_time"] is None else row["due"] + " " + row["due_time"]
    if start.get("date", start.get("time")) != when or event["SUMMARY"][0]["value"] != "Due: " + row["text"] or event["TRANSP"][0]["value"] != "TRANSPARENT":
        fault("an event is not as its to-do:", row["text"])


# ---- todo.txt, read as its published rules say, by a reader that knows nothing of Evenhand but its keys

OWN_KEYS = ("due time from id number item entry with done-when otherwise carried status restricted reader overdue finished meeting meeting-type change dispute").split()
DATE = r"\d{4}-\d\d-\d\d"


def word(s):
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda m: bytes([int(m.group(1), 16)]), s.replace("_", " ").encode()).decode()


def words(s):
    return re.sub(rb"%([0-9A-Fa-f]{2})", lambda m: bytes([int(m.group(1), 16)]), s.encode()).decode()


def from_line(line):
    done = re.match("x ", line)
    rest = line[2:] if done else line
    ended = None
    if done:
        ended, rest = rest[:10], rest[11:]
        if not re.fullmatch(DATE, ended):
            fault("no day on which it was finished:", line)
    elif re.match(r"\([A-Z]\) ", rest):
        fault("a priority that nobody gave:", line)
    created = None
    if re.match(DATE + " ", rest):
        created, rest = rest[:10], rest[11:]
    # The same words, whatever a reader takes for a blank.
    tags = lambda text, split: [w for w in split(text) if re.match(r"[@+]\S", w) or (re.fullmatch(r"[^\s:]+:[^\s:]+", w) and w.split(":")[0] in OWN_KEYS)]
    if tags(rest, lambda s: s.split(" ")) != tags(rest, str.split):
        fault("another kind of blank divides:", line)
    text, sigils, keys = [], {}, {}
    for w in rest.split(" "):
        key, colon, value = w.partition(":")
        if re.match(r"[@+]\S", w):
            if w[0] in sigils:
                fault("two of one sign:", line)
            sigils[w[0]] = word(w[1:])
        elif colon and key in OWN_KEYS and value and ":" not in value:
            keys.setdefault(key, []).append(value)
        else:
            if sigils or keys:
                fault("words after the keys:", line)
            text.append(w)
    one = lambda name: word(keys[name][0]) if name in keys else None
    history = []
    for change in keys.get("change", []):
        history.append(dict(zip(("date", "change", "from", "to", "by", "text"), (none(word(s)) for s in change.split(",")))))
    status = one("status")
    if bool(done) != (status in ("done", "withdrawn")) or (one("finished") and one("finished") != ended):
        fault("the x is wrong:", line)
    return {
        "id": one("id"), "number": one("number"), "item": number(one("item")), "entry": number(one("entry")), "text": words(" ".join(text)),
        "owner": sigils.get("@"), "with": [word(s) for s in keys.get("with", [])], "due": one("due"), "due_time": one("time"), "done_when": one("done-when"),
        "otherwise": one("otherwise"), "from": one("from"), "carried": one("carried"), "status": status,
        "restricted": one("restricted") or [word(s) for s in keys.get("reader", [])] or None, "history": history, "meeting": one("meeting"),
        "meeting_date": created, "child": sigils.get("+", ""), "overdue": one("overdue") == "yes",
        "disputes": [dict(zip(("by", "text"), (word(s) for s in d.split(",")))) for d in keys.get("dispute", [])], "finished": one("finished"),
        "meeting_type": one("meeting-type"),
    }


def read_todo(path):
    with open(path, encoding="utf-8", newline="") as f:
        text = f.read()
    if text.split("\n")[:-1] != text.splitlines():
        fault("something else than a line feed ends a line")
    return [from_line(line) for line in text.split("\n")[:-1]]


# ---- Taskwarrior

def local(stamp):
    return datetime.strptime(stamp, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def from_task(t):
    own = lambda name: t.get("evenhand_" + name)
    listed = lambda name: json.loads(own(name)) if own(name) else []
    due, time = None, None
    if "due" in t:
        due, clock = local(t["due"]).split()
        time = None if clock == "23:59:59" else clock[:5]
    status = own("status")
    if t["status"] != {"done": "completed", "withdrawn": "deleted"}.get(status, "pending"):
        fault("status", t["status"], "for", status)
    if own("finished") and local(t["end"])[:10] != own("finished"):
        fault("end", t["end"], "for", own("finished"))
    history = listed("history")
    notes = t.get("annotations", [])
    if len(notes) != len(history):
        fault(len(notes), "annotations for", len(history), "changes:", t["description"])
    for note, change in zip(sorted(notes, key=lambda n: n["entry"]), sorted(history, key=lambda h: h["date"])):
        if local(note["entry"])[:10] != change["date"] or (change["text"] or "") not in note["description"]:
            fault("an annotation is not its change:", note)
    if own("owner") and own("owner") not in [word(tag) for tag in t["tags"]]:
        fault("no tag for the owner of", t["description"])
    return {
        "id": t["uuid"], "number": own("number"), "item": number(own("item")), "entry": number(own("entry")), "text": t["description"], "owner": own("owner"),
        "with": listed("with"), "due": due, "due_time": time, "done_when": own("done_when"), "otherwise": own("otherwise"), "from": own("from"),
        "carried": own("carried"), "status": status, "restricted": own("restricted") or listed("readers") or None, "history": history,
        "meeting": own("meeting"), "meeting_date": own("meeting_date"), "child": t.get("project", ""), "overdue": own("overdue") == "yes",
        "disputes": listed("disputes"), "finished": own("finished"), "meeting_type": own("meeting_type"),
    }


def read_task(path):
    with open(path, encoding="utf-8") as f:
        return [from_task(t) for t in json.load(f)]


READERS = {"csv": lambda p: read_csv(p, True), "raw-csv": lambda p: read_csv(p, False), "sqlite": read_sqlite, "ics": read_ics, "todo": read_todo, "task": read_task}


def main():
    kind, wanted, path = sys.argv[1:]
    with open(wanted, encoding="utf-8") as f:
        wanted = {row["id"]: row for row in json.load(f)}
    got = READERS[kind](path)
    if len(got) != len(wanted) or not wanted:
        fault(kind, "has", len(got), "actions, not", len(wanted))
    for row in got:
        was = wanted.pop(row["id"], None)
        if was is None:
            fault("not wanted, or there twice:", row["id"])
            continue
        if sorted(row) != sorted(KEYS) or sorted(was) != sorted(KEYS):
            fault("other keys than", KEYS)
        for key in KEYS:
            if row[key] != was[key]:
                fault(kind, was["number"], key + ":", repr(row[key]), "is not", repr(was[key]))
    sys.exit(1 if faults else 0)


main()
