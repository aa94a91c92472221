# Sources of tests/store: one file a line.
store_sources = \
	tests/store/fixture.c \
	tests/store/main.c \
	tests/store/test_actions.c \
	tests/store/test_file.c \
	tests/store/test_import.c \
	tests/store/test_lists.c \
	tests/store/test_log.c \
	tests/store/test_open.c \
	tests/store/test_session.c

store_data = \
	tests/store/valgrind.supp \
	tests/store/fixture.h \
	tests/store/suites.def
