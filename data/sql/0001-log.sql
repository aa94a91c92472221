-- The event log: what was recorded, written once and never changed. Everything else is read from it.

CREATE TABLE device (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 36),
    here INTEGER NOT NULL CHECK (here IN (0, 1)),
    seq INTEGER NOT NULL CHECK (seq >= 0)
) STRICT;

CREATE UNIQUE INDEX device_here ON device (here) WHERE here = 1;

CREATE TABLE event (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),
    device TEXT NOT NULL REFERENCES device (id),
    seq INTEGER NOT NULL CHECK (seq > 0),
    clock INTEGER NOT NULL CHECK (clock > 0),
    meeting TEXT NOT NULL CHECK (length(meeting) = 36),
    kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
    author TEXT NOT NULL CHECK (length(author) <= 1048576),
    happened TEXT NOT NULL CHECK (length(happened) <= 40),
    recorded TEXT NOT NULL CHECK (length(recorded) <= 40),
    salt BLOB NOT NULL CHECK (length(salt) = 16),
    payload TEXT NOT NULL CHECK (length(payload) <= 7340032),
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    prev BLOB NOT NULL CHECK (length(prev) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    UNIQUE (device, seq)
) STRICT;

CREATE INDEX event_meeting ON event (meeting);

-- Where each chain ends: one row for each device's events of one meeting. Without it nobody
-- could see that the last events of a meeting were removed.
CREATE TABLE chain (
    meeting TEXT NOT NULL CHECK (length(meeting) = 36),
    device TEXT NOT NULL REFERENCES device (id),
    events INTEGER NOT NULL CHECK (events > 0),
    clock INTEGER NOT NULL CHECK (clock > 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (meeting, device)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER event_never_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;

CREATE TRIGGER event_never_removed BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never removed');
END;

-- Which form the derived tables have; they are made again when it is another one.
CREATE TABLE derived (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    stamp TEXT NOT NULL CHECK (length(stamp) <= 100)
) STRICT;
