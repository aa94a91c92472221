-- What a handle for one person may see, in tables of its own connection: nothing that is asked of it reads any other. Filled by own_fill.c.

CREATE TEMP TABLE own_person (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
) STRICT;

-- In which meetings which owner's name is theirs.
CREATE TEMP TABLE own_place (
    meeting TEXT NOT NULL,
    fold TEXT NOT NULL,
    PRIMARY KEY (meeting, fold)
) STRICT, WITHOUT ROWID;

CREATE TEMP TABLE own_action AS
SELECT id, meeting, place, number, item, entry, text, owner, owner_fold, helpers, due, due_time, from_day, done_when, otherwise, carried,
status, open, current, restricted, history, child, meeting_date, meeting_type, finished, disputes FROM main.action WHERE 0;
CREATE UNIQUE INDEX temp.own_action_id ON own_action (id);

-- The children of those meetings, by what they are shown; and what they are called in any meeting of their file.
CREATE TEMP TABLE own_child (
    meeting TEXT NOT NULL,
    place INTEGER NOT NULL,
    full_name TEXT NOT NULL,
    ref TEXT,
    file TEXT NOT NULL
) STRICT;
CREATE TEMP TABLE own_name (
    file TEXT NOT NULL,
    name TEXT NOT NULL,
    known_as TEXT,
    also TEXT
) STRICT;
CREATE INDEX temp.own_name_file ON own_name (file);
CREATE INDEX temp.own_child_meeting ON own_child (meeting, place);

CREATE TEMP TABLE own_attendee (
    meeting TEXT NOT NULL,
    name TEXT NOT NULL
) STRICT;
CREATE INDEX temp.own_attendee_meeting ON own_attendee (meeting);

-- Whatever is recorded through this connection is that person's change of an action in one of their meetings.
CREATE TEMP TRIGGER own_event BEFORE INSERT ON main.event
WHEN new.kind NOT IN ('action.changed', 'entry.marked', 'undone') OR new.author IS NOT (SELECT name FROM own_person)
OR NOT EXISTS (SELECT 1 FROM own_place WHERE meeting = new.meeting)
BEGIN
    SELECT RAISE(ABORT, 'not this person''s');
END;
CREATE TEMP TRIGGER own_visit BEFORE INSERT ON main.visit
WHEN new.person IS NOT (SELECT id FROM own_person) OR new.name IS NOT (SELECT name FROM own_person)
BEGIN
    SELECT RAISE(ABORT, 'not this person''s');
END;
CREATE TEMP TRIGGER own_draft BEFORE INSERT ON main.draft WHEN new.meeting IS NOT (SELECT id FROM own_person)
BEGIN
    SELECT RAISE(ABORT, 'not this person''s');
END;
