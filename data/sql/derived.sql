-- What is read from the log, for lists and for search. Dropped and made again when this file changes.
-- Days are counted from 1970-01-01; a due date that is missing sorts last as 2147483647, a missing time as 9999.
-- Lists and histories are lines with tabs between the parts: clean text contains neither.

DROP TABLE IF EXISTS meeting;
DROP TABLE IF EXISTS child;
DROP TABLE IF EXISTS attendee;
DROP TABLE IF EXISTS same_person;
DROP TABLE IF EXISTS entry;
DROP TABLE IF EXISTS action_key;
DROP TABLE IF EXISTS action;
DROP TABLE IF EXISTS tally;

CREATE TABLE meeting (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    date INTEGER,
    start INTEGER,
    type TEXT NOT NULL,
    title TEXT,
    kept_as TEXT NOT NULL,
    kept_by TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('planned', 'live', 'draft', 'sealed')),
    signed INTEGER NOT NULL CHECK (signed IN (0, 1)),
    origin TEXT NOT NULL,
    entries INTEGER NOT NULL CHECK (entries >= 0),
    child TEXT NOT NULL,
    child_fold TEXT NOT NULL
) STRICT;

CREATE INDEX meeting_newest ON meeting (date, start, id);
CREATE INDEX meeting_unsigned ON meeting (date, start, id) WHERE signed = 0;
CREATE INDEX meeting_origin ON meeting (origin, id);

CREATE TABLE child (
    meeting TEXT NOT NULL CHECK (length(meeting) = 36),
    place INTEGER NOT NULL CHECK (place >= 0),
    file TEXT NOT NULL CHECK (length(file) = 36),
    name TEXT NOT NULL,
    known_as TEXT,
    also TEXT,
    ref TEXT,
    born TEXT,
    name_fold TEXT NOT NULL,
    known_fold TEXT NOT NULL,
    PRIMARY KEY (meeting, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX child_name ON child (name_fold, known_fold);
CREATE INDEX child_file ON child (file);

-- Who was there. `id` is that of the fact that put them on the list (of a child without a line: made of the meeting's). The same name with the
-- same role or organisation in one child's file is one person, unless the appearance stands `apart`.
CREATE TABLE attendee (
    meeting TEXT NOT NULL CHECK (length(meeting) = 36),
    place INTEGER NOT NULL CHECK (place >= 0),
    id TEXT NOT NULL CHECK (length(id) = 36),
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    role TEXT,
    organisation TEXT,
    capacity TEXT NOT NULL,
    apart INTEGER NOT NULL CHECK (apart IN (0, 1)),
    PRIMARY KEY (meeting, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX attendee_name ON attendee (name_fold);
CREATE INDEX attendee_id ON attendee (id);

-- What somebody said: this attendee is the same person as that one, of whatever meeting.
CREATE TABLE same_person (
    meeting TEXT NOT NULL CHECK (length(meeting) = 36),
    fact TEXT NOT NULL CHECK (length(fact) = 36),
    attendee TEXT NOT NULL CHECK (length(attendee) = 36),
    person TEXT NOT NULL CHECK (length(person) = 36),
    PRIMARY KEY (meeting, fact)
) STRICT, WITHOUT ROWID;

CREATE TABLE entry (
    meeting TEXT NOT NULL CHECK (length(meeting) = 36),
    place INTEGER NOT NULL CHECK (place >= 0),
    item INTEGER NOT NULL CHECK (item >= 0),
    number INTEGER NOT NULL CHECK (number >= 0),
    time INTEGER,
    kind TEXT NOT NULL,
    speaker TEXT,
    restricted INTEGER NOT NULL CHECK (restricted IN (0, 1)),
    text TEXT NOT NULL,
    more TEXT,
    PRIMARY KEY (meeting, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE action (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    meeting TEXT NOT NULL CHECK (length(meeting) = 36),
    place INTEGER NOT NULL CHECK (place >= 0),
    number TEXT NOT NULL,
    item INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    text TEXT NOT NULL,
    owner TEXT,
    owner_fold TEXT NOT NULL,
    helpers TEXT,
    due INTEGER NOT NULL,
    due_time INTEGER NOT NULL,
    from_day INTEGER,
    done_when TEXT,
    otherwise TEXT,
    carried INTEGER,
    status TEXT NOT NULL,
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    current INTEGER NOT NULL CHECK (current IN (0, 1)),
    restricted TEXT,
    history TEXT,
    child TEXT NOT NULL,
    child_fold TEXT NOT NULL,
    meeting_date INTEGER,
    meeting_type TEXT NOT NULL,
    finished INTEGER,
    disputes TEXT,
    words TEXT NOT NULL
) STRICT;

-- Everything that lists are sorted and limited by, so that they never read the rows themselves; only words are looked for there.
CREATE INDEX action_due ON action (open, due, due_time, meeting_date, meeting, place, id, owner_fold, child, child_fold, meeting_type, status, finished)
WHERE current = 1;
CREATE INDEX action_owner ON action (owner_fold, meeting);
CREATE INDEX action_meeting ON action (meeting, current, open, due, due_time);

-- What an action is known by in a child's file: the meeting it comes from and its number there. A carried
-- action has the key of the one it carries on. `replaced`: a later meeting carries it on.
CREATE TABLE action_key (
    file TEXT NOT NULL CHECK (length(file) = 36),
    date INTEGER NOT NULL,
    number TEXT NOT NULL,
    action TEXT NOT NULL CHECK (length(action) = 36),
    meeting TEXT NOT NULL CHECK (length(meeting) = 36),
    carried INTEGER NOT NULL CHECK (carried IN (0, 1)),
    minutes INTEGER NOT NULL CHECK (minutes IN (0, 1)),
    held INTEGER NOT NULL,
    start INTEGER NOT NULL,
    replaced INTEGER NOT NULL CHECK (replaced IN (0, 1)),
    PRIMARY KEY (file, date, number, action)
) STRICT, WITHOUT ROWID;

CREATE INDEX action_key_action ON action_key (action);
CREATE INDEX action_key_meeting ON action_key (meeting);

-- How many open actions fall due on each day, so that counting them never reads them all.
CREATE TABLE tally (
    due INTEGER NOT NULL PRIMARY KEY,
    open INTEGER NOT NULL
) STRICT;

CREATE TRIGGER action_counted AFTER INSERT ON action WHEN new.open = 1 AND new.current = 1
BEGIN
    INSERT INTO tally (due, open) VALUES (new.due, 1) ON CONFLICT (due) DO UPDATE SET open = open + 1;
END;

CREATE TRIGGER action_uncounted AFTER DELETE ON action WHEN old.open = 1 AND old.current = 1
BEGIN
    UPDATE tally SET open = open - 1 WHERE due = old.due;
    DELETE FROM tally WHERE due = old.due AND open = 0;
END;

CREATE TRIGGER action_was_counted AFTER UPDATE OF due, open, current ON action WHEN old.open = 1 AND old.current = 1
BEGIN
    UPDATE tally SET open = open - 1 WHERE due = old.due;
    DELETE FROM tally WHERE due = old.due AND open = 0;
END;

CREATE TRIGGER action_is_counted AFTER UPDATE OF due, open, current ON action WHEN new.open = 1 AND new.current = 1
BEGIN
    INSERT INTO tally (due, open) VALUES (new.due, 1) ON CONFLICT (due) DO UPDATE SET open = open + 1;
END;
