# Sources of tests/store: one file a line.
store_sources = \
	tests/store/fixture.c \
	tests/store/main.c \
	tests/store/test_actions.c \
	tests/store/test_backup.c \
	tests/store/test_file.c \
	tests/store/test_import.c \
	tests/store/test_lines.c \
	tests/store/test_lists.c \
	tests/store/test_log.c \
	tests/store/test_open.c \
	tests/store/test_session.c \
	tests/store/test_trouble.c \
	tests/store/test_undo.c

store_data = \
	tests/store/valgrind.supp \
	tests/store/fixture.h \
	tests/store/suites.def
