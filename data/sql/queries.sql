-- Every statement of the store but its schema and settings. Parameters are bound by number.

-- :name begin_write
BEGIN IMMEDIATE
-- :name begin_alone
BEGIN EXCLUSIVE
-- :name begin_read
BEGIN
-- :name commit
COMMIT
-- :name rollback
ROLLBACK
-- :name data_version
PRAGMA data_version

-- the log

-- :name device_here
SELECT id, seq FROM device WHERE here = 1
-- :name device_add
INSERT INTO device (id, here, seq) VALUES (?1, 1, 0)
-- :name device_seq
UPDATE device SET seq = ?2 WHERE id = ?1
-- :name device_not_here
UPDATE device SET here = 0 WHERE here = 1
-- :name device_all
SELECT id, seq FROM device ORDER BY id
-- :name device_seqs
SELECT seq FROM event WHERE device = ?1 ORDER BY seq
-- :name chain_clock
SELECT coalesce(max(clock), 0), (SELECT seq FROM device WHERE here = 1) FROM chain WHERE meeting = ?1
-- :name chain_end
SELECT events, hash FROM chain WHERE meeting = ?1 AND device = ?2
-- :name chain_put
INSERT INTO chain (meeting, device, events, clock, hash) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (meeting, device) DO UPDATE SET events = ?3, clock = ?4, hash = ?5
-- :name chain_of_meeting
SELECT device, events, hash FROM chain WHERE meeting = ?1 ORDER BY device
-- :name log_meetings
SELECT meeting FROM event UNION SELECT meeting FROM chain ORDER BY meeting
-- :name event_add
INSERT INTO event (id, device, seq, clock, meeting, kind, author, happened, recorded, salt, payload, digest, prev, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
-- :name event_facts
SELECT n, id, device, seq, clock, kind, payload FROM event WHERE meeting = ?1 AND n > ?2 ORDER BY n
-- :name event_last
SELECT coalesce(max(n), 0) FROM main.event
-- :name event_author
SELECT author FROM event WHERE id = ?1
-- :name event_whole
SELECT id, device, seq, clock, kind, author, happened, recorded, salt, payload, digest, prev, hash
FROM event INDEXED BY event_meeting WHERE meeting = ?1 ORDER BY device, seq

-- the form of the derived tables

-- :name stamp_get
SELECT stamp FROM derived WHERE one = 1
-- :name stamp_put
INSERT INTO derived (one, stamp) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET stamp = ?1

-- derived tables, written

-- :name meeting_put
INSERT INTO meeting (id, date, start, type, title, kept_as, kept_by, status, signed, origin, entries, child, child_fold)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
ON CONFLICT (id) DO UPDATE SET date = ?2, start = ?3, type = ?4, title = ?5, kept_as = ?6, kept_by = ?7, status = ?8,
signed = ?9, origin = ?10, entries = ?11, child = ?12, child_fold = ?13
-- :name meeting_entries
UPDATE meeting SET entries = ?11 WHERE id = ?1 AND date IS ?2 AND start IS ?3 AND type = ?4 AND title IS ?5 AND kept_as = ?6 AND kept_by = ?7
AND status = ?8 AND signed = ?9 AND origin = ?10 AND child = ?12 AND child_fold = ?13
-- :name child_clear
DELETE FROM child WHERE meeting = ?1
-- :name child_put
INSERT INTO child (meeting, place, file, name, known_as, ref, born, name_fold, known_fold, also)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
-- :name attendee_clear
DELETE FROM attendee WHERE meeting = ?1
-- :name attendee_put
INSERT INTO attendee (meeting, place, id, name, name_fold, role, organisation, capacity, apart)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
-- :name same_clear
DELETE FROM same_person WHERE meeting = ?1
-- :name same_put
INSERT INTO same_person (meeting, fact, attendee, person) VALUES (?1, ?2, ?3, ?4)
-- :name entry_clear
DELETE FROM entry WHERE meeting = ?1
-- :name entry_put
INSERT OR REPLACE INTO entry (meeting, place, item, number, time, kind, speaker, restricted, text, more)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
-- :name action_clear
DELETE FROM action WHERE meeting = ?1
-- :name action_clear_one
DELETE FROM action WHERE id = ?1
-- :name action_put
INSERT INTO action (id, meeting, place, number, item, entry, text, owner, owner_fold, helpers, due, due_time, from_day,
done_when, otherwise, carried, status, open, current, restricted, history, child, child_fold, meeting_date, meeting_type,
finished, disputes, words)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25,
?26, ?27, ?28)
-- :name action_there
SELECT EXISTS (SELECT 1 FROM action WHERE id = ?1)
-- :name action_current
UPDATE action SET current = ?2 WHERE id = ?1 AND current <> ?2
-- :name key_clear
DELETE FROM action_key WHERE meeting = ?1
-- :name key_clear_action
DELETE FROM action_key WHERE action = ?1
-- :name key_put
INSERT OR REPLACE INTO action_key (file, date, number, action, meeting, carried, minutes, held, start, replaced)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0)
-- :name key_replaced
UPDATE action_key SET replaced = ?5 WHERE file = ?1 AND date = ?2 AND number = ?3 AND action = ?4 AND replaced <> ?5
-- :name key_of_meeting
SELECT file, date, number FROM action_key WHERE meeting = ?1
-- :name key_of_action
SELECT file, date, number FROM action_key WHERE action = ?1
-- :name key_group
SELECT action, meeting, carried, minutes, held, start, replaced FROM action_key
WHERE file = ?1 AND date = ?2 AND number = ?3 ORDER BY held, start, minutes, action
-- :name key_any_replaced
SELECT EXISTS (SELECT 1 FROM action_key WHERE action = ?1 AND replaced = 1)

-- derived tables, dropped rows of a rebuild

-- :name clear_meeting
DELETE FROM meeting
-- :name clear_child
DELETE FROM child
-- :name clear_attendee
DELETE FROM attendee
-- :name clear_same
DELETE FROM same_person
-- :name clear_entry
DELETE FROM entry
-- :name clear_key
DELETE FROM action_key
-- :name clear_action
DELETE FROM action
-- :name clear_tally
DELETE FROM tally

-- derived tables as text

-- :name dump_meeting
SELECT * FROM meeting ORDER BY id
-- :name dump_child
SELECT * FROM child ORDER BY meeting, place
-- :name dump_attendee
SELECT * FROM attendee ORDER BY meeting, place
-- :name dump_same
SELECT * FROM same_person ORDER BY meeting, fact
-- :name dump_entry
SELECT * FROM entry ORDER BY meeting, place
-- :name dump_action
SELECT * FROM action ORDER BY id
-- :name dump_key
SELECT * FROM action_key ORDER BY file, date, number, action
-- :name dump_tally
SELECT * FROM tally ORDER BY due

-- meetings

-- :name meeting_list
SELECT m.id, m.date, m.start, m.type, m.title, m.kept_as, m.kept_by, m.status, m.signed, m.entries, m.child,
(SELECT count(*) FROM action a WHERE a.meeting = m.id AND a.current = 1 AND a.open = 1),
(SELECT count(*) FROM action a WHERE a.meeting = m.id AND a.current = 1 AND a.open = 1
 AND (a.due < ?3 OR (a.due = ?3 AND a.due_time < ?4))),
EXISTS (SELECT 1 FROM draft d WHERE d.meeting = m.id)
FROM meeting m WHERE ?1 IS NULL OR instr(m.child_fold, ?1) > 0
ORDER BY m.date DESC, m.start DESC, m.id DESC LIMIT ?2
-- :name meeting_list_file
SELECT m.id, m.date, m.start, m.type, m.title, m.kept_as, m.kept_by, m.status, m.signed, m.entries, m.child,
(SELECT count(*) FROM action a WHERE a.meeting = m.id AND a.current = 1 AND a.open = 1),
(SELECT count(*) FROM action a WHERE a.meeting = m.id AND a.current = 1 AND a.open = 1
 AND (a.due < ?3 OR (a.due = ?3 AND a.due_time < ?4))),
EXISTS (SELECT 1 FROM draft d WHERE d.meeting = m.id)
FROM meeting m WHERE m.id IN (SELECT c.meeting FROM child c WHERE c.file = ?1)
ORDER BY m.date DESC, m.start DESC, m.id DESC LIMIT ?2
-- :name meeting_unsigned
SELECT m.id, m.date, m.start, m.type, m.title, m.kept_as, m.kept_by, m.status, m.signed, m.entries, m.child,
(SELECT count(*) FROM action a WHERE a.meeting = m.id AND a.current = 1 AND a.open = 1),
(SELECT count(*) FROM action a WHERE a.meeting = m.id AND a.current = 1 AND a.open = 1
 AND (a.due < ?3 OR (a.due = ?3 AND a.due_time < ?4))),
EXISTS (SELECT 1 FROM draft d WHERE d.meeting = m.id)
FROM meeting m INDEXED BY meeting_unsigned
WHERE m.signed = 0 AND m.status <> 'sealed' AND m.kept_as <> 'notes' AND m.date <= ?5 AND (?1 IS NULL OR instr(m.child_fold, ?1) > 0)
ORDER BY m.date DESC, m.start DESC, m.id DESC LIMIT ?2
-- :name meeting_newest
SELECT id FROM meeting ORDER BY date DESC, start DESC, id DESC LIMIT 1
-- :name meeting_prefix
SELECT id FROM meeting WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 2
-- :name meeting_neighbours
SELECT (SELECT max(id) FROM meeting WHERE id < ?1), (SELECT min(id) FROM meeting WHERE id > ?1)
-- :name meeting_by_origin
SELECT id FROM meeting WHERE origin = ?1 ORDER BY id LIMIT 1
-- :name meeting_same
SELECT m.id FROM meeting m JOIN child c ON c.meeting = m.id AND c.place = 0
WHERE m.date IS ?1 AND m.start IS ?2 AND m.kept_by = ?3 AND m.kept_as = ?4 AND c.name_fold = ?5 AND m.id <> ?6
ORDER BY m.id LIMIT 1
-- :name meeting_brief
SELECT date, kept_as, kept_by FROM meeting WHERE id = ?1

-- who is who

-- :name child_same_name
SELECT DISTINCT file FROM child WHERE name_fold = ?1 AND known_fold = ?2 AND meeting <> ?3 ORDER BY file
-- :name child_of_file
SELECT c.meeting, c.place, c.name_fold, c.known_fold, c.ref, c.born, m.date FROM child c JOIN meeting m ON m.id = c.meeting
WHERE c.file = ?1 ORDER BY m.date DESC, m.start DESC, m.id DESC
-- :name child_files
SELECT file, name, known_as, name_fold, known_fold FROM child GROUP BY file, name_fold, known_fold ORDER BY name_fold, file

-- people across meetings

-- :name person_row
SELECT a.id, a.meeting, a.name, a.name_fold, a.role, a.organisation, a.apart, m.date, m.start
FROM attendee a JOIN meeting m ON m.id = a.meeting WHERE a.id = ?1
-- :name person_rows_of_name
SELECT a.id, a.meeting, a.name, a.name_fold, a.role, a.organisation, a.apart, m.date, m.start
FROM attendee a JOIN meeting m ON m.id = a.meeting WHERE a.name_fold = ?1
-- :name person_rows
SELECT a.id, a.meeting, a.name, a.name_fold, a.role, a.organisation, a.apart, m.date, m.start
FROM attendee a JOIN meeting m ON m.id = a.meeting
-- :name person_files_of_name
SELECT c.meeting, c.file, coalesce(c.known_as, c.name) FROM child c
WHERE c.meeting IN (SELECT a.meeting FROM attendee a WHERE a.name_fold = ?1 UNION SELECT x.meeting FROM action x WHERE x.owner_fold = ?1)
-- :name person_files
SELECT c.meeting, c.file, coalesce(c.known_as, c.name) FROM child c
-- :name person_same
SELECT meeting, fact, attendee, person FROM same_person ORDER BY meeting, fact
-- :name person_prefix
SELECT id FROM attendee WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 50
-- :name person_neighbours
SELECT (SELECT max(id) FROM attendee WHERE id < ?1), (SELECT min(id) FROM attendee WHERE id > ?1)
-- :name person_open
SELECT meeting, owner_fold, count(*) FROM action WHERE open = 1 AND current = 1 AND owner_fold <> '' GROUP BY meeting, owner_fold
-- :name person_open_of_name
SELECT meeting, owner_fold, count(*) FROM action WHERE open = 1 AND current = 1 AND owner_fold = ?1 GROUP BY meeting

-- actions

-- :name action_ids_due
SELECT rowid, id FROM action INDEXED BY action_due WHERE open = 1 AND current = 1
AND due >= ?1 AND due <= ?2 AND due * 10000 + due_time >= ?3 AND due * 10000 + due_time < ?4
AND (?5 IS NULL OR CASE ?5 WHEN '' THEN owner_fold = '' ELSE instr(owner_fold, ?5) > 0 END) AND (?6 IS NULL OR instr(child_fold, ?6) > 0) AND (?7 IS NULL OR meeting_type = ?7)
AND (?8 IS NULL OR instr(owner_fold, ?8) > 0 OR instr(child_fold, ?8) > 0 OR instr(status, ?8) > 0 OR instr(lower(number), ?8) > 0
 OR ((?9 = 1 OR restricted IS NULL) AND instr(words, ?8) > 0))
ORDER BY due, due_time, meeting_date, meeting, place LIMIT ?10
-- :name action_ids_by
SELECT rowid, id FROM action INDEXED BY action_due WHERE open >= ?12 AND current = 1
AND due >= ?1 AND due <= ?2 AND due * 10000 + due_time >= ?3 AND due * 10000 + due_time < ?4
AND (?5 IS NULL OR CASE ?5 WHEN '' THEN owner_fold = '' ELSE instr(owner_fold, ?5) > 0 END) AND (?6 IS NULL OR instr(child_fold, ?6) > 0) AND (?7 IS NULL OR meeting_type = ?7)
AND (?8 IS NULL OR instr(owner_fold, ?8) > 0 OR instr(child_fold, ?8) > 0 OR instr(status, ?8) > 0 OR instr(lower(number), ?8) > 0
 OR ((?9 = 1 OR restricted IS NULL) AND instr(words, ?8) > 0))
ORDER BY CASE ?11 WHEN 1 THEN owner_fold = '' WHEN 3 THEN meeting_type = '' END,
CASE ?11 WHEN 1 THEN owner_fold WHEN 2 THEN child WHEN 3 THEN meeting_type END COLLATE NOCASE, CASE ?11 WHEN 2 THEN child_fold END,
due, due_time, meeting_date, meeting, place LIMIT ?10
-- :name action_ids_meeting
SELECT rowid, id FROM action INDEXED BY action_meeting WHERE meeting = ?13 AND open >= ?12
AND due >= ?1 AND due <= ?2 AND due * 10000 + due_time >= ?3 AND due * 10000 + due_time < ?4
AND (?5 IS NULL OR CASE ?5 WHEN '' THEN owner_fold = '' ELSE instr(owner_fold, ?5) > 0 END) AND (?6 IS NULL OR instr(child_fold, ?6) > 0) AND (?7 IS NULL OR meeting_type = ?7)
AND (?8 IS NULL OR instr(owner_fold, ?8) > 0 OR instr(child_fold, ?8) > 0 OR instr(status, ?8) > 0 OR instr(lower(number), ?8) > 0
 OR ((?9 = 1 OR restricted IS NULL) AND instr(words, ?8) > 0))
ORDER BY CASE ?11 WHEN 1 THEN owner_fold = '' WHEN 3 THEN meeting_type = '' END,
CASE ?11 WHEN 1 THEN owner_fold WHEN 2 THEN child WHEN 3 THEN meeting_type END COLLATE NOCASE, CASE ?11 WHEN 2 THEN child_fold END,
due, due_time, meeting_date, meeting, place LIMIT ?10
-- :name action_ids_minuted
SELECT a.id AS id, 1 AS latest, a.carried IS NOT NULL AS carried, m.kept_as = 'notes' AS notes, a.owner_fold = '' AS nobody, a.owner_fold AS owner,
a.due AS due, a.due_time AS due_time, a.meeting_date AS held, a.meeting AS meeting, a.place AS place
FROM action a JOIN meeting m ON m.id = a.meeting
WHERE a.open = 1 AND a.current = 1 AND a.due <= ?1 AND (?2 IS NULL OR instr(a.owner_fold, ?2) > 0)
UNION
SELECT a.id, 0, 1, 0, a.owner_fold = '', a.owner_fold, a.due, a.due_time, a.meeting_date, a.meeting, a.place
FROM action_key l JOIN action_key k ON k.file = l.file AND k.date = l.date AND k.number = l.number AND k.minutes = 1 AND k.replaced = 1
JOIN action a ON a.id = k.action
WHERE l.minutes = 0 AND a.open = 1 AND a.current = 0 AND a.due <= ?1 AND (?2 IS NULL OR instr(a.owner_fold, ?2) > 0)
ORDER BY nobody, owner, due, due_time, held, meeting, place
-- :name action_row
SELECT id, meeting, number, item, entry, text, owner, helpers, due, due_time, from_day, done_when, otherwise, carried,
status, restricted, history, child, meeting_date, meeting_type, finished, disputes,
(SELECT max(b.id) FROM action b WHERE b.id < action.id), (SELECT min(b.id) FROM action b WHERE b.id > action.id)
FROM action WHERE rowid = ?1
-- :name action_one
SELECT id, meeting, number, item, entry, text, owner, helpers, due, due_time, from_day, done_when, otherwise, carried,
status, restricted, history, child, meeting_date, meeting_type, finished, disputes,
(SELECT max(b.id) FROM action b WHERE b.id < action.id), (SELECT min(b.id) FROM action b WHERE b.id > action.id)
FROM action WHERE id = ?1
-- :name action_lines
SELECT rowid, number, text, owner, due, due_time, carried, status, child, meeting_date, restricted, id FROM action
WHERE rowid >= ?1 AND +due >= ?2 AND +due <= ?3 ORDER BY rowid
-- :name action_every_id
SELECT rowid, id FROM action ORDER BY id
-- :name action_last
SELECT coalesce(max(rowid), 0) FROM action
-- :name action_neighbours
SELECT (SELECT max(id) FROM action WHERE id < ?1), (SELECT min(id) FROM action WHERE id > ?1)
-- :name picture_children
SELECT c.file, c.meeting, coalesce(c.known_as, c.name) FROM child c JOIN meeting m ON m.id = c.meeting
WHERE ?1 IS NULL OR instr(c.name_fold, ?1) > 0 OR instr(c.known_fold, ?1) > 0
 OR (instr(m.child_fold, ?1) > 0 AND NOT EXISTS (SELECT 1 FROM child d WHERE d.meeting = c.meeting
 AND (instr(d.name_fold, ?1) > 0 OR instr(d.known_fold, ?1) > 0)))
ORDER BY c.file, m.date DESC, m.start DESC, m.id DESC
-- :name picture_actions
SELECT meeting, open, due, due_time, meeting_date, status, finished FROM action INDEXED BY action_due WHERE open >= 0 AND current = 1
-- :name action_prefix
SELECT id FROM action WHERE id >= ?1 AND id < ?2 ORDER BY id LIMIT 2
-- :name tally_sums
SELECT coalesce(sum(open), 0), coalesce(sum(CASE WHEN due < ?1 THEN open ELSE 0 END), 0),
coalesce(sum(CASE WHEN due >= ?1 AND due <= ?2 THEN open ELSE 0 END), 0) FROM tally
-- :name action_past_time
SELECT count(*) FROM action WHERE open = 1 AND current = 1 AND due = ?1 AND due_time < ?2

-- search

-- :name meeting_newest_all
SELECT id, date FROM meeting WHERE ?1 IS NULL OR instr(child_fold, ?1) > 0 ORDER BY date DESC, start DESC, id DESC
-- :name entry_list
SELECT item, number, time, kind, speaker, text, more FROM entry
WHERE meeting = ?1 AND (?2 IS NULL OR kind = ?2) AND (?3 = 1 OR restricted = 0) ORDER BY place

-- the half-typed line

-- :name draft_put
INSERT INTO draft (meeting, place, text, cursor, saved) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (meeting, place) DO UPDATE SET text = ?3, cursor = ?4, saved = ?5
-- :name draft_get
SELECT text, cursor, saved FROM draft WHERE meeting = ?1 AND place = ?2
-- :name draft_next
SELECT place FROM draft WHERE meeting = ?1 AND substr(place, 1, length(?2)) = ?2 ORDER BY saved DESC, place LIMIT 1
-- :name draft_move
UPDATE draft SET place = ?3 WHERE meeting = ?1 AND place = ?2
-- :name draft_remove
DELETE FROM draft WHERE meeting = ?1 AND place = ?2

-- visits

-- :name visit_add
INSERT INTO visit (visit, utc_ms, person, name, what, meeting, peer, fingerprint) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
-- :name visit_list
SELECT v.utc_ms, v.person, v.name, v.what, v.meeting, v.peer, v.fingerprint, m.child, m.date,
(SELECT max(b.id) FROM meeting b WHERE b.id < v.meeting), (SELECT min(b.id) FROM meeting b WHERE b.id > v.meeting)
FROM visit v LEFT JOIN meeting m ON m.id = v.meeting
WHERE (?1 IS NULL OR instr(m.child_fold, ?1) > 0) AND v.utc_ms >= ?2 ORDER BY v.n DESC

-- a handle for one person: filling its tables

-- :name own_person_put
INSERT INTO temp.own_person (id, name) VALUES (?1, ?2)
-- :name own_news
SELECT coalesce(max(n), 0), coalesce(max(kind NOT IN ('action.changed', 'entry.marked') OR instr(payload, '"change":"owner"') > 0
 OR instr(payload, '"replaces":') > 0), 0)
FROM main.event WHERE n > ?1
-- :name own_meetings_of_name
SELECT DISTINCT a.meeting FROM main.action a JOIN main.meeting m ON m.id = a.meeting WHERE a.owner_fold = ?1 AND m.kept_as <> 'notes'
-- :name own_notes
SELECT EXISTS (SELECT 1 FROM main.action a JOIN main.meeting m ON m.id = a.meeting WHERE a.id = ?1 AND m.kept_as = 'notes')
-- :name own_hidden
SELECT DISTINCT a.id FROM temp.own_place p CROSS JOIN main.action a JOIN main.action_key k ON k.action = a.id AND k.replaced = 1
WHERE a.owner_fold = p.fold AND a.meeting = p.meeting AND a.current = 0
AND EXISTS (SELECT 1 FROM main.action_key l WHERE l.file = k.file AND l.date = k.date AND l.number = k.number AND l.minutes = 0)
-- :name own_place_clear
DELETE FROM temp.own_place
-- :name own_place_put
INSERT INTO temp.own_place (meeting, fold) VALUES (?1, ?2)
-- :name own_check
SELECT a.meeting, a.owner FROM main.action a JOIN temp.own_place p ON p.meeting = a.meeting AND p.fold = a.owner_fold WHERE a.id = ?1 AND (a.current = 1 OR ?2 = 1)
-- :name own_action_clear
DELETE FROM temp.own_action
-- :name own_action_fill
INSERT INTO temp.own_action (id, meeting, place, number, item, entry, text, owner, owner_fold, helpers, due, due_time, from_day, done_when, otherwise, carried,
status, open, current, restricted, history, child, meeting_date, meeting_type, finished, disputes)
SELECT a.id, a.meeting, a.place, a.number, a.item, a.entry, a.text, a.owner, a.owner_fold, a.helpers, a.due, a.due_time, a.from_day, a.done_when, a.otherwise,
a.carried, a.status, a.open, a.current, a.restricted, a.history, a.child, a.meeting_date, a.meeting_type, a.finished, a.disputes
FROM temp.own_place p CROSS JOIN main.action a WHERE a.owner_fold = p.fold AND a.meeting = p.meeting AND a.current = 1
-- :name own_action_add
INSERT OR IGNORE INTO temp.own_action (id, meeting, place, number, item, entry, text, owner, owner_fold, helpers, due, due_time, from_day, done_when, otherwise,
carried, status, open, current, restricted, history, child, meeting_date, meeting_type, finished, disputes)
SELECT a.id, a.meeting, a.place, a.number, a.item, a.entry, a.text, a.owner, a.owner_fold, a.helpers, a.due, a.due_time, a.from_day, a.done_when, a.otherwise,
a.carried, a.status, a.open, ?2, a.restricted, a.history, a.child, a.meeting_date, a.meeting_type, a.finished, a.disputes
FROM main.action a JOIN temp.own_place p ON p.meeting = a.meeting AND p.fold = a.owner_fold WHERE a.id = ?1
-- :name own_child_clear
DELETE FROM temp.own_child
-- :name own_child_fill
INSERT INTO temp.own_child (meeting, place, full_name, ref, file) SELECT DISTINCT c.meeting, c.place, c.name, c.ref, c.file
FROM temp.own_place p CROSS JOIN main.child c WHERE c.meeting = p.meeting
-- :name own_name_clear
DELETE FROM temp.own_name
-- :name own_name_fill
INSERT INTO temp.own_name (file, name, known_as, also) SELECT DISTINCT d.file, d.name, d.known_as, d.also
FROM (SELECT DISTINCT file FROM temp.own_child) f CROSS JOIN main.child d WHERE d.file = f.file
-- :name own_attendee_clear
DELETE FROM temp.own_attendee
-- :name own_attendee_fill
INSERT INTO temp.own_attendee (meeting, name) SELECT DISTINCT a.meeting, a.name FROM temp.own_place p CROSS JOIN main.attendee a WHERE a.meeting = p.meeting

-- a handle for one person: what is asked of it

-- :name own_list
SELECT id, meeting, number, item, entry, text, owner, helpers, due, due_time, from_day, done_when, otherwise, carried,
status, restricted, history, child, meeting_date, meeting_type, finished, disputes,
(SELECT max(b.id) FROM temp.own_action b WHERE b.id < own_action.id), (SELECT min(b.id) FROM temp.own_action b WHERE b.id > own_action.id),
owner_fold, carried FROM temp.own_action WHERE current = 1 AND (?1 = 1 OR open = 1)
ORDER BY due, due_time, meeting_date, meeting, place
-- :name own_one
SELECT id, meeting, number, item, entry, text, owner, helpers, due, due_time, from_day, done_when, otherwise, carried,
status, restricted, history, child, meeting_date, meeting_type, finished, disputes,
(SELECT max(b.id) FROM temp.own_action b WHERE b.id < own_action.id), (SELECT min(b.id) FROM temp.own_action b WHERE b.id > own_action.id),
owner_fold, carried FROM temp.own_action WHERE id = ?1
-- :name own_children
SELECT c.place, c.full_name, c.ref, n.name, n.known_as, n.also FROM temp.own_child c CROSS JOIN temp.own_name n
WHERE c.meeting = ?1 AND n.file = c.file ORDER BY c.place
-- :name own_attendees
SELECT name FROM temp.own_attendee WHERE meeting = ?1

-- care

-- :name quick
PRAGMA quick_check(1)
-- :name event_any
SELECT EXISTS (SELECT 1 FROM event)
-- :name meeting_count
SELECT count(*), max(date) FROM meeting
-- :name integrity
PRAGMA integrity_check(20)
-- :name foreign_keys
PRAGMA foreign_key_check
