# Tests of this folder: one a line. Each is a POSIX shell script over lib.sh; 77 is "skipped".
command_tests = \
	tests/command/actions.test \
	tests/command/backup.test \
	tests/command/busy.test \
	tests/command/care.test \
	tests/command/check.test \
	tests/command/child.test \
	tests/command/demo.test \
	tests/command/export.test \
	tests/command/facts.test \
	tests/command/formats.test \
	tests/command/help.test \
	tests/command/hostile.test \
	tests/command/import.test \
	tests/command/meetings.test \
	tests/command/person.test \
	tests/command/places.test \
	tests/command/remind.test \
	tests/command/review.test \
	tests/command/review_plain.test \
	tests/command/reviewers.test \
	tests/command/roundtrip.test \
	tests/command/search.test \
	tests/command/sign.test \
	tests/command/spec.test \
	tests/command/usage.test \
	tests/command/visits.test
TESTS += $(command_tests)
EXTRA_DIST += $(command_tests) tests/command/lib.sh tests/command/review_pty.py tests/command/check_formats.py \
	tests/meetings/check_facts.py \
	tests/meetings/s1-first-tac.expect.json \
	tests/meetings/s1-first-tac.meeting \
	tests/meetings/s4-sen-support.expect.json \
	tests/meetings/s4-sen-support.meeting \
	tests/meetings/s7-safeguarding.expect.json \
	tests/meetings/s7-safeguarding.meeting

# Reads a calendar back for formats.test.
if HAVE_ICAL
check_PROGRAMS += tests/command/read_ical
tests_command_read_ical_SOURCES = tests/command/read_ical.c
tests_command_read_ical_CPPFLAGS = $(AM_CPPFLAGS) $(ICAL_CFLAGS) $(JANSSON_CFLAGS)
tests_command_read_ical_LDADD = $(ICAL_LIBS) $(JANSSON_LIBS)
endif

# What the guard of evenhand-review refuses, tried from inside it.
check_PROGRAMS += tests/command/guard_try
tests_command_guard_try_SOURCES = tests/command/guard_try.c tui/review/guard.c
tests_command_guard_try_CPPFLAGS = $(AM_CPPFLAGS) $(SECCOMP_CFLAGS)
tests_command_guard_try_LDADD = libcore.a $(core_libs) $(SECCOMP_LIBS)
