-- Who used this, and what they opened: written once, never changed. Not read from the log, so a rebuild leaves it alone.

CREATE TABLE visit (
    n INTEGER PRIMARY KEY,
    visit TEXT NOT NULL CHECK (length(visit) = 36),
    utc_ms INTEGER NOT NULL,
    person TEXT CHECK (length(person) = 36),
    name TEXT CHECK (length(name) BETWEEN 1 AND 4000),
    what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 40),
    meeting TEXT CHECK (length(meeting) = 36),
    peer TEXT CHECK (length(peer) BETWEEN 1 AND 200),
    fingerprint TEXT CHECK (length(fingerprint) BETWEEN 1 AND 200)
) STRICT;

CREATE TRIGGER visit_never_changed BEFORE UPDATE ON visit
BEGIN
    SELECT RAISE(ABORT, 'a visit is never changed');
END;

CREATE TRIGGER visit_never_removed BEFORE DELETE ON visit
BEGIN
    SELECT RAISE(ABORT, 'a visit is never removed');
END;
