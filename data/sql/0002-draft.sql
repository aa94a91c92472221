-- The half-typed line of a meeting: no event, overwritten in place.

CREATE TABLE draft (
    meeting TEXT NOT NULL PRIMARY KEY CHECK (length(meeting) = 36),
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 1048576),
    place INTEGER NOT NULL CHECK (place >= 0),
    saved INTEGER NOT NULL
) STRICT;
