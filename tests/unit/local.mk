# Sources of tests/unit: one file a line.
unit_sources = \
	tests/unit/main.c \
	tests/unit/script.c \
	tests/unit/script.h \
	tests/unit/test_audience.c \
	tests/unit/test_check.c \
	tests/unit/test_civil.c \
	tests/unit/test_event.c \
	tests/unit/test_fact.c \
	tests/unit/test_match.c \
	tests/unit/test_names.c \
	tests/unit/test_out.c \
	tests/unit/test_presence.c \
	tests/unit/test_record.c \
	tests/unit/test_text.c

unit_data = \
	tests/unit/suites.def
