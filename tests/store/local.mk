# Sources of tests/store: one file a line.
store_sources = \
	tests/store/fixture.c \
	tests/store/main.c \
	tests/store/reviewing.c \
	tests/store/test_action_group.c \
	tests/store/test_actions.c \
	tests/store/test_backup.c \
	tests/store/test_boundary.c \
	tests/store/test_file.c \
	tests/store/test_import.c \
	tests/store/test_lines.c \
	tests/store/test_lists.c \
	tests/store/test_log.c \
	tests/store/test_open.c \
	tests/store/test_person.c \
	tests/store/test_review.c \
	tests/store/test_reviewers.c \
	tests/store/test_session.c \
	tests/store/test_tracker.c \
	tests/store/test_trouble.c \
	tests/store/test_undo.c \
	tests/store/test_visit.c

store_data = \
	tests/store/valgrind.supp \
	tests/store/fixture.h \
	tests/store/reviewing.h \
	tests/store/suites.def
