# Sources of tests/store: one file a line.
store_sources = \
	tests/store/fixture.c \
	tests/store/main.c \
	tests/store/test_import.c \
	tests/store/test_log.c \
	tests/store/test_open.c

store_data = \
	tests/store/fixture.h \
	tests/store/suites.def
