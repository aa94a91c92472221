# Sources of tests/unit: one file a line.
unit_sources = \
	tests/unit/main.c \
	tests/unit/reading.c \
	tests/unit/reading.h \
	tests/unit/script.c \
	tests/unit/script.h \
	tests/unit/test_audience.c \
	tests/unit/test_check.c \
	tests/unit/test_civil.c \
	tests/unit/test_event.c \
	tests/unit/test_fact.c \
	tests/unit/test_mask.c \
	tests/unit/test_match.c \
	tests/unit/test_names.c \
	tests/unit/test_notation.c \
	tests/unit/test_out.c \
	tests/unit/test_presence.c \
	tests/unit/test_print.c \
	tests/unit/test_record.c \
	tests/unit/test_text.c

unit_data = \
	tests/unit/golden/files.txt \
	tests/unit/golden/lines.txt \
	tests/unit/suites.def
