-- What is half typed has a place: the entry line, a question, one person's sign-off. One row a place.

CREATE TABLE half_typed (
    meeting TEXT NOT NULL CHECK (length(meeting) = 36),
    place TEXT NOT NULL CHECK (length(place) BETWEEN 1 AND 200),
    text TEXT NOT NULL CHECK (length(text) BETWEEN 1 AND 1048576),
    cursor INTEGER NOT NULL CHECK (cursor >= 0),
    saved INTEGER NOT NULL,
    PRIMARY KEY (meeting, place)
) STRICT;

INSERT INTO half_typed (meeting, place, text, cursor, saved) SELECT meeting, 'line', text, place, saved FROM draft;

DROP TABLE draft;

ALTER TABLE half_typed RENAME TO draft;
