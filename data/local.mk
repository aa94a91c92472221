# Sources of data/: one file a line.
data_sources = \
	data/action_row.c \
	data/backup.c \
	data/change.c \
	data/db.c \
	data/db_open.c \
	data/derive.c \
	data/derive_action.c \
	data/derive_child.c \
	data/derive_dump.c \
	data/derive_person.c \
	data/derive_thread.c \
	data/disk.c \
	data/doctor.c \
	data/doctor_chain.c \
	data/draft.c \
	data/file.c \
	data/filing.c \
	data/keep.c \
	data/list.c \
	data/log.c \
	data/migrate.c \
	data/op_action.c \
	data/op_import.c \
	data/op_person.c \
	data/op_plan.c \
	data/op_sign.c \
	data/own.c \
	data/own_auth.c \
	data/own_fill.c \
	data/people.c \
	data/person.c \
	data/query.c \
	data/restore.c \
	data/review.c \
	data/review_change.c \
	data/reviewers.c \
	data/reviewers_key.c \
	data/search.c \
	data/session.c \
	data/short.c \
	data/store.c \
	data/tracker.c \
	data/tracker_lines.c \
	data/tracker_minuted.c \
	data/tracker_picture.c \
	data/types.c \
	data/undo.c \
	data/undo_action.c \
	data/undo_words.c \
	data/visit.c

data_headers = \
	data/action_row.h \
	data/change.h \
	data/db.h \
	data/doctor.h \
	data/file.h \
	data/inside.h \
	data/log.h \
	data/op.h \
	data/own.h \
	data/people.h \
	data/review.h \
	data/reviewers.h \
	data/reviewers_key.h \
	data/store.h

data_sql = \
	data/sql/0001-log.sql \
	data/sql/0002-draft.sql \
	data/sql/0003-draft-place.sql \
	data/sql/0004-visit.sql \
	data/sql/derived.sql \
	data/sql/own.sql \
	data/sql/queries.sql

data_share = \
	data/share/demo.meeting \
	data/share/meeting-types.tsv
